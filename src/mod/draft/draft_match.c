/* draft_match.c – which figure a count speaks of, as a table; and for which days, by the words of time. */
#include "mod/draft/draft_inner.h"

#include <stdlib.h>

#define BIT(u) (1u << (u))

struct when {
	int year, month;
};

/* The first row that fits is taken. near: a word of the sentence begins so; before: or one of the sentence
 * before, in the same paragraph; without: no word of the sentence does. NULL = does not matter. */
static const struct rule {
	const char *code;
	unsigned units;
	const char *near, *before, *without;
	bool ethnic;
} rules[] = {
	{ "participants_mean", BIT(CLAIM_PERSON) | BIT(CLAIM_PARTICIPANT), "орташа|средне", NULL,
	    NULL, false },
	{ "participants_unique", BIT(CLAIM_PERSON) | BIT(CLAIM_PARTICIPANT),
	    "бірегей|уникальн|қайталанба", NULL, NULL, false },
	{ "club_learners",
	    BIT(CLAIM_ETHNOS) | BIT(CLAIM_PERSON) | BIT(CLAIM_LEARNER) | BIT(CLAIM_PARTICIPANT),
	    "клуб|дәріс|тілдес|мәміле", NULL, "іс-шара|мероприят|тұрады|живут|проживают", false },
	{ "club_learners", BIT(CLAIM_LEARNER), NULL, "клуб|тілдес|мәміле", "курс", false },
	{ "language_learners", BIT(CLAIM_LEARNER) | BIT(CLAIM_PERSON), "курс|үйрен|обуча|изуча",
	    NULL, "іс-шара|мероприят", false },
	{ "youth_members", BIT(CLAIM_MEMBER), "жастар|молодеж", NULL, "этномәдени|этнокультур",
	    false },
	{ "eca_members", BIT(CLAIM_MEMBER), "этномәдени|этнокультур|бірлест|объединен|эмб|эко.",
	    NULL, NULL, false },
	{ "eca_members", BIT(CLAIM_MEMBER), NULL, NULL, "кеңес|клуб|совет|комисси|топ.|топты|групп",
	    false },
	{ "eca_count", BIT(CLAIM_ASSOCIATION), NULL, NULL, NULL, true },
	{ "eca_count", BIT(CLAIM_ASSOCIATION), "этномәдени|этнокультур", "этномәдени|этнокультур",
	    "қоғамдық|общественн", false },
	{ "ethnos_present", BIT(CLAIM_ETHNOS), NULL, NULL, NULL, false },
	{ "events_total", BIT(CLAIM_EVENT), NULL, NULL, "жоспарлан|запланир|жоспарда", false },
	{ "participants_total", BIT(CLAIM_PARTICIPANT), NULL, NULL, NULL, false },
	{ "participants_total", BIT(CLAIM_PERSON),
	    "қатыс|участ|іс-шара|мероприят|қамт|охва|посет|посещ|жинал|собрал|келді|келген|пришл",
	    "іс-шара|мероприят", NULL, false },
};

static bool
sentence_has(const struct claim_text *t, uint32_t s, const char *stems)
{
	size_t i;

	for (i = t->sentence[s].first; i < t->sentence[s].end; i++)
		if (t->token[i].kind == TOKEN_WORD && claim_begins(t->token[i].word, stems))
			return true;
	return false;
}

static bool
before_has(const struct claim_text *t, uint32_t s, const char *stems)
{
	return s > 0 && t->sentence[s - 1].paragraph == t->sentence[s].paragraph &&
	       sentence_has(t, s - 1, stems);
}

static bool
fits(const struct claim_text *t, const struct claim *c, const struct rule *r)
{
	bool said;

	if ((r->units & BIT(c->unit)) == 0 || (r->ethnic && !c->ethnic))
		return false;
	if (r->without != NULL && sentence_has(t, c->sentence, r->without))
		return false;
	said = r->near == NULL && r->before == NULL;
	if (r->near != NULL)
		said |= sentence_has(t, c->sentence, r->near);
	if (r->before != NULL)
		said |= before_has(t, c->sentence, r->before);
	return said;
}

static bool time_of(const struct draft_work *w, uint32_t s, struct when *out);

/* «Бес адам келді» tells of an afternoon, not of the year, unless the paragraph speaks of one. */
static bool
small_talk(const struct draft_work *w, const struct claim *c)
{
	struct when when;
	uint32_t s;

	if (c->unit != CLAIM_PERSON || c->value >= 50)
		return false;
	for (s = c->sentence;; s--) {
		if (time_of(w, s, &when))
			return false;
		if (s == 0 || c->sentence - s > 20 ||
		    w->t.sentence[s - 1].paragraph != w->t.sentence[s].paragraph)
			return !before_has(&w->t, c->sentence, "іс-шара|мероприят") &&
			       !sentence_has(&w->t, c->sentence, "іс-шара|мероприят|клуб|дәріс");
	}
}

const struct figure *
figure_of(struct draft_work *w, const struct claim *c)
{
	size_t i;

	if (c->unit <= CLAIM_PERCENT || small_talk(w, c))
		return NULL;
	for (i = 0; i < ARRAY_LEN(rules); i++)
		if (fits(&w->t, c, &rules[i]))
			return figure_find(rules[i].code);
	return NULL;
}

/* ---- time ---- */

static bool
words_then(const struct claim_text *t, size_t i, const char *first, const char *second)
{
	return claim_begins(t->token[i].word, first) && i + 1 < t->ntokens &&
	       t->token[i + 1].kind == TOKEN_WORD && claim_begins(t->token[i + 1].word, second);
}

/* «мамырда», «мамыр айында», «в мае», «за май» – but no month of a day. */
static int
month_at(const struct claim_text *t, size_t i)
{
	const char *word = t->token[i].word;
	int month = claim_month(word);
	size_t n = strlen(word);

	if (month == 0 || (i > 0 && t->token[i - 1].kind == TOKEN_DIGITS))
		return 0;
	if (t->sentence[t->token[i].sentence].lang == LANG_RU)
		return i > 0 && claim_begins(t->token[i - 1].word, "в.|за.") ? month : 0;
	if (i + 1 < t->ntokens && claim_begins(t->token[i + 1].word, "айы"))
		return month;
	return n > 4 && (strcmp(word + n - 4, "да") == 0 || strcmp(word + n - 4, "де") == 0 ||
			    strcmp(word + n - 4, "та") == 0 || strcmp(word + n - 4, "те") == 0)
		   ? month
		   : 0;
}

static bool
look_for_time(const struct draft_work *w, uint32_t s, struct when *out)
{
	const struct claim_text *t = &w->t;
	int now = w->cx->today / 10000;
	bool said = false;
	size_t i;

	*out = (struct when){ now, 0 };
	for (i = t->sentence[s].first; i < t->sentence[s].end; i++) {
		const struct claim_token *k = &t->token[i];
		int month;

		if (k->quote != 0)
			continue;
		if (k->kind == TOKEN_DIGITS && k->to - k->from == 4 && i + 1 < t->ntokens &&
		    t->token[i + 1].kind == TOKEN_WORD &&
		    claim_begins(t->token[i + 1].word, "жыл|ж.|год|г.")) {
			out->year = (int)strtol(t->text + k->from, NULL, 10);
			said = true;
		}
		if (k->kind != TOKEN_WORD)
			continue;
		if (claim_begins(k->word, "былтыр") || words_then(t, i, "өткен.|алдыңғы.", "жыл") ||
		    words_then(t, i, "прошл|минувш", "год")) {
			out->year = now - 1;
			said = true;
		}
		if (claim_begins(k->word, "биыл|бүгін|қазір|сегодня|нынешн") ||
		    words_then(t, i, "жыл.|жылдың.", "бас") || words_then(t, i, "начала.", "год") ||
		    words_then(t, i, "осы.|этом.|текущ", "жыл|год"))
			said = true;
		if ((month = month_at(t, i)) != 0) {
			out->month = month;
			said = true;
		}
	}
	return said;
}

static bool
time_of(const struct draft_work *w, uint32_t s, struct when *out)
{
	struct sentence_time *t = &w->time[s];

	if (!t->looked) {
		t->looked = true;
		t->said = look_for_time(w, s, out);
		t->year = out->year;
		t->month = out->month;
	}
	*out = (struct when){ t->year, t->month };
	return t->said;
}

void
ask_of(struct draft_work *w, const struct claim *c, struct ask *out)
{
	const struct claim_text *t = &w->t;
	uint32_t s = c->sentence, paragraph = t->sentence[s].paragraph;
	struct when when = { 0 };
	int last;

	ask_default(w->cx, out);
	while (!time_of(w, s, &when)) {
		if (s == 0 || t->sentence[s - 1].paragraph != paragraph || c->sentence - s > 20)
			return;
		s--;
	}
	if (when.year < 1900 || when.year > 2200)
		return;
	last = out->on;
	if (when.year != last / 10000) {
		out->from = when.year * 10000 + 101;
		out->to = out->on = when.year * 10000 + 1231;
	}
	if (when.month != 0) {
		int begins = when.year * 10000 + when.month * 100 + 1, ends = begins + 30;

		while (!day_valid(ends))
			ends--;
		if (begins <= last) {
			out->from = begins;
			out->to = out->on = ends < last ? ends : last;
		}
	}
}

bool
narrowed(struct draft_work *w, const struct claim *c, struct ask *out, struct draft_claim *codes)
{
	bool found = false;
	size_t i;

	for (i = 0; i < w->nmentions; i++) {
		const struct mention *m = &w->mention[i];

		if (w->t.token[m->token].sentence != c->sentence || m->named->root)
			continue;
		if (m->named->kind == NAMED_BODY && m->token < c->token) {
			out->body = m->named->id;
			codes->body = m->named->code;
			found = true;
		} else if (m->named->kind == NAMED_DISTRICT) {
			out->district = m->named->id;
			codes->district = m->named->code;
			found = true;
		}
	}
	return found;
}

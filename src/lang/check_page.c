/* check_page.c – the findings of a whole text: check_text() of check.h. */
#include "lang/check_inner.h"

#include "base/rc.h"
#include "base/utf8.h"
#include "lang/derivation.h"
#include "lang/letters.h"
#include "lang/lexicon.h"

enum tongue { TONGUE_NONE, TONGUE_KAZAKH, TONGUE_UNKNOWN, TONGUE_RUSSIAN, TONGUE_LATIN };

struct word_at {
	size_t from, to; /* its letters, bytes of the text */
	enum tongue tongue;
	bool small; /* begins with a small letter */
	bool sure;  /* Russian or English beyond doubt: a function word, an ending */
	bool quoted;
};
struct report {
	struct arena *a;
	const char *text;
	struct finding *list;
	size_t n, cap;
	bool kazakh; /* most words of the text are: others are then worth a remark */
};

static struct finding *
add(struct report *r, size_t from, size_t to, enum finding_kind kind, bool quoted)
{
	if (r->n == r->cap) {
		size_t cap = r->cap == 0 ? 16 : 2 * r->cap;
		struct finding *more = arena_array(r->a, struct finding, cap);

		if (r->n > 0)
			memcpy(more, r->list, r->n * sizeof *more);
		r->list = more;
		r->cap = cap;
	}
	r->list[r->n] = (struct finding){ from, to, kind, false, quoted, NULL, 0 };
	return &r->list[r->n++];
}

/* -- what language a word is -- */

static const char *const russian_words[] = { "и", "в", "во", "на", "не", "с", "со", "к", "от", "до",
	"по", "за", "из", "о", "об", "для", "при", "что", "как", "это", "или", "но", "же", "бы",
	"ли", "также", "только", "уже", "если", "чтобы", "который", "которая", "которые", "все",
	"его", "её", "их", "мы", "вы", "он", "она", "они", "был", "была", "были", "быть", "года",
	"году", "между", "под", "над", "без", "через", "после", "перед", "ещё", "еще", "более",
	"так", "где", "когда", "было", "нет" };
static const char *const russian_ends[] = { "ого", "его", "ому", "ему", "ыми", "ими", "ая", "яя",
	"ое", "ые", "ый", "ться", "тся", "ение", "ания", "ание", "ения", "ость", "ости", "ами",
	"ями", "ях", "овать", "ских", "ской", "ская", "ские", "щих", "ующий", "ующих" };

static bool
lower_is(const char *p, size_t n, const char *want, bool at_end)
{
	const char *end = p + n, *to = want + strlen(want);
	size_t have = 0, need = 0, skip;
	bool upper;
	const char *q;

	for (q = p; q < end; have++)
		utf8_next(&q, end);
	for (q = want; q < to; need++)
		utf8_next(&q, to);
	if (have < need || (!at_end && have != need) || (at_end && have < need + 2))
		return false;
	for (skip = have - need; skip > 0; skip--)
		utf8_next(&p, end);
	while (p < end)
		if (letter_next(&p, end, &upper) != utf8_next(&want, to))
			return false;
	return true;
}

static bool
is_russian(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(russian_words); i++)
		if (lower_is(p, n, russian_words[i], false))
			return true;
	for (i = 0; i < ARRAY_LEN(russian_ends); i++)
		if (lower_is(p, n, russian_ends[i], true))
			return true;
	return false;
}

/* Letters of one script; Kazakh in Latin has letters that English has not. */
static enum tongue
script_of(const char *p, size_t n, bool *kazakh_letters)
{
	const char *end = p + n;
	size_t latin = 0, cyrillic = 0, others = 0;
	bool upper;

	*kazakh_letters = false;
	while (p < end) {
		int32_t cp = letter_next(&p, end, &upper);

		if (cp == 0 || cp == '-' || cp == '\'')
			continue;
		if (cp >= 'a' && cp <= 'z')
			latin++;
		else if (cp >= 0x400 && cp < 0x530) {
			cyrillic++;
			*kazakh_letters |= cp > 0x45F || cp == 0x456;
		} else
			others++;
	}
	if (others > 0 || (latin > 0) == (cyrillic > 0))
		return TONGUE_NONE;
	return latin > 0 ? TONGUE_LATIN : TONGUE_KAZAKH;
}

/* The letters of a token, without the marks around them; none if marks or digits stand inside. */
static bool
word_within(const char *token, size_t n, size_t *from, size_t *to)
{
	const char *p = token, *end = token + n;
	bool upper, inside = false, over = false;

	if (memchr(token, '\0', n) != NULL)
		return false;
	while (p < end) {
		size_t at = (size_t)(p - token);
		int32_t cp = letter_next(&p, end, &upper);
		bool part =
		    cp > 0 && (letter_is(cp) || ((cp == '-' || cp == '\'') && inside && p < end));

		if (cp == 0)
			continue;
		if (cp < 0 || cp == '@' || cp == '#' || cp == '/' || cp == '_' ||
		    (cp >= '0' && cp <= '9') || (part && over))
			return false;
		if (!part) {
			over = inside;
			continue;
		}
		if (!inside)
			*from = at;
		inside = true;
		*to = (size_t)(p - token);
	}
	return inside;
}

static void
word_look(const char *text, struct word_at *w)
{
	const char *p = text + w->from;
	size_t n = w->to - w->from;
	struct kk_word k;
	bool kazakh_letters, upper;

	letter_next(&(const char *){ p }, p + n, &upper);
	w->small = !upper;
	w->tongue = script_of(p, n, &kazakh_letters);
	if (w->tongue != TONGUE_KAZAKH)
		return;
	if (!kazakh_letters && is_russian(p, n)) {
		w->sure = true;
		w->tongue = TONGUE_RUSSIAN;
	}
	if (kk_word_read(p, n, &k) && kk_word_right(&k))
		w->tongue = TONGUE_KAZAKH;
	else if (w->tongue != TONGUE_RUSSIAN)
		w->tongue = kazakh_letters ? TONGUE_UNKNOWN : n < 4 ? TONGUE_NONE : TONGUE_UNKNOWN;
}

/* -- findings -- */

static void
suggest(struct report *r, struct finding *f, const char *first)
{
	const char *const *more;
	const char **all = arena_array(r->a, const char *, SUGGESTIONS + 1);
	size_t n = word_suggest(r->a, r->text + f->from, f->to - f->from, &more), i;

	if (first != NULL)
		all[f->n++] = first;
	for (i = 0; i < n; i++)
		if (first == NULL || strcmp(first, more[i]) != 0)
			all[f->n++] = more[i];
	f->suggestions = all;
}

/* A token with repairs that are certain. */
static void
add_repairs(struct report *r, size_t from, size_t n, const struct token *t, size_t line,
    const struct quotes *q)
{
	struct finding *f = add(r, from, from + n, t->spaces ? FIND_GLUE : FIND_LOOKALIKE, false);
	struct buf all, free;

	buf_init(&all, r->a, 0);
	buf_init(&free, r->a, 0);
	token_write(r->text + from, t, 0, NULL, &all);
	f->automatic = token_write(r->text + from, t, from - line, q, &free);
	f->quoted = !f->automatic;
	suggest(r, f, f->automatic ? free.p : all.p);
}

static void
add_word(struct report *r, const struct word_at *w)
{
	const char *const *list;
	size_t n = word_suggest(r->a, r->text + w->from, w->to - w->from, &list);
	bool split = n > 0 && strchr(list[0], ' ') != NULL;
	struct kk_word k;
	struct finding *f;

	/* Names are in no dictionary, nor are many words of science; without a dictionary nothing can
	 * be called unknown. */
	if (!split && (w->tongue != TONGUE_UNKNOWN || !w->small || !lexicon_has_hunspell() ||
			  (n == 0 && kk_word_read(r->text + w->from, w->to - w->from, &k) &&
			      word_foreign_build(k.w, k.n))))
		return;
	f = add(r, w->from, w->to, split ? FIND_GLUE : FIND_UNKNOWN, w->quoted);
	f->suggestions = list;
	f->n = n;
}

/* Words in a row that are no Kazakh: alone on their line, or several of them. */
static size_t
add_foreign(struct report *r, const struct word_at *w, size_t n)
{
	size_t i, sure = 0, small = 0;
	enum tongue tongue = w[0].tongue;

	for (i = 0; i < n && !w[i].quoted; i++) {
		if (w[i].tongue != tongue &&
		    !(tongue == TONGUE_RUSSIAN && w[i].tongue == TONGUE_UNKNOWN) &&
		    !(tongue == TONGUE_UNKNOWN && w[i].tongue == TONGUE_RUSSIAN))
			break;
		sure += w[i].sure;
		small += w[i].small;
	}
	if (!r->kazakh || i == 0)
		return 0;
	if (tongue == TONGUE_LATIN ? !(small > 0 || i == n) : !(sure > 0 && i >= 2))
		return 0;
	if (tongue == TONGUE_LATIN && i == 1 && w[0].to - w[0].from < 3)
		return 0;
	add(r, w[0].from, w[i - 1].to, FIND_FOREIGN, false);
	return i;
}

static size_t
next_token(const char *text, size_t *p, size_t end)
{
	size_t from;

	while (*p < end && (text[*p] == ' ' || text[*p] == '\t' || text[*p] == '\r'))
		++*p;
	for (from = *p; *p < end && text[*p] != ' ' && text[*p] != '\t' && text[*p] != '\r';)
		++*p;
	return from;
}

static void
add_words(struct report *r, const struct word_at *w, size_t n, size_t whole_line)
{
	size_t i = 0, k;

	while (i < n) {
		bool alone = n == whole_line && i == 0;

		k = 0;
		if (w[i].tongue == TONGUE_LATIN || w[i].tongue == TONGUE_RUSSIAN ||
		    w[i].tongue == TONGUE_UNKNOWN)
			k = add_foreign(r, w + i, n - i);
		/* A lone capitalised Latin word amid a text is a name. */
		if (k > 0 && w[i].tongue == TONGUE_LATIN && k == n - i && !alone) {
			size_t j, small = 0;

			for (j = i; j < i + k; j++)
				small += w[j].small;
			if (small == 0)
				r->n--;
		}
		if (k == 0 && (w[i].tongue == TONGUE_UNKNOWN || w[i].tongue == TONGUE_KAZAKH))
			add_word(r, &w[i]);
		i += k > 0 ? k : 1;
	}
}

static void
check_line(struct report *r, size_t line, size_t n, struct word_at *words)
{
	struct quotes q;
	struct token t;
	size_t p = line, end = line + n, count = 0, tokens = 0;

	quotes_find(r->text + line, n, &q);
	while (p < end) {
		size_t from = next_token(r->text, &p, end);
		struct word_at *w = &words[count];

		if (p == from)
			break;
		tokens++;
		*w = (struct word_at){ 0 };
		if (token_fix(r->text + from, p - from, &t)) {
			add_words(r, words, count, 0);
			count = 0;
			add_repairs(r, from, p - from, &t, line, &q);
			continue;
		}
		if (word_within(r->text + from, p - from, &w->from, &w->to)) {
			w->from += from;
			w->to += from;
			w->quoted = quotes_hold(&q, w->from - line);
			word_look(r->text, w);
			count++;
		}
	}
	add_words(r, words, count, tokens);
}

/* Most words that have letters are Kazakh ones, among at most the first thousand. */
static bool
is_kazakh(const char *text, size_t n)
{
	size_t p = 0, words = 0, kazakh = 0;

	while (p < n && words < 1000) {
		size_t from, to, at;
		struct word_at w = { 0 };

		while (p < n && text[p] == '\n')
			p++;
		at = next_token(text, &p, n);
		for (to = at; to < p && text[to] != '\n';)
			to++;
		p = to;
		if (to == at || !word_within(text + at, to - at, &from, &to))
			continue;
		w.from = at + from;
		w.to = at + to;
		word_look(text, &w);
		words++;
		kazakh += w.tongue == TONGUE_KAZAKH;
	}
	return 2 * kazakh > words;
}

size_t
check_text(struct arena *a, const char *text, size_t n, const struct finding **out)
{
	struct report r = { .a = a, .text = text };
	size_t line = 0, longest = 0, words = 0, i;
	struct word_at *list;

	/* As many places as the line with most tokens needs. */
	for (i = 0; i <= n; i++)
		if (i == n || text[i] == '\n') {
			longest = words > longest ? words : longest;
			words = 0;
		} else if (i == 0 || text[i - 1] == '\n' || text[i - 1] == ' ' ||
			   text[i - 1] == '\t' || text[i - 1] == '\r')
			words++;
	list = arena_array(a, struct word_at, longest + 1);
	r.kazakh = is_kazakh(text, n);
	for (i = 0; i <= n; i++)
		if (i == n || text[i] == '\n') {
			check_line(&r, line, i - line, list);
			line = i + 1;
		}
	*out = r.list;
	return r.n;
}

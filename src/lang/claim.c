/* claim.c – see claim.h. Goes over the tokens once: at a day it takes the day, at a number the number,
 * the words of rounding around it and the noun behind it or before it. */
#include "lang/claim_inner.h"

#include <stdlib.h>

enum { UNIT_LOOK = 6, BACK_LOOK = 8, APART_LOOK = 4 };

static struct claim *
add(struct claim_reader *r)
{
	struct claim_text *t = r->t;

	if (t->nclaims == r->claim_cap) {
		struct claim *bigger;

		r->claim_cap = r->claim_cap == 0 ? 64 : r->claim_cap * 2;
		bigger = arena_array(r->arena, struct claim, r->claim_cap);
		if (t->nclaims > 0)
			memcpy(bigger, t->claim, t->nclaims * sizeof *bigger);
		t->claim = bigger;
	}
	t->claim[t->nclaims] = (struct claim){ 0 };
	return &t->claim[t->nclaims++];
}

static const struct claim_sentence *
sentence_of(const struct claim_text *t, size_t i)
{
	return &t->sentence[t->token[i].sentence];
}

static bool
is_word(const struct claim_text *t, const struct claim_sentence *s, size_t i)
{
	return i < s->end && t->token[i].kind == TOKEN_WORD;
}

/* ---- words of rounding ---- */

static enum kk_case
noun_case(const char *word)
{
	static const struct {
		const char *end;
		enum kk_case c;
	} ends[] = { { "нан", KK_ABL }, { "нен", KK_ABL }, { "дан", KK_ABL }, { "ден", KK_ABL },
		{ "тан", KK_ABL }, { "тен", KK_ABL }, { "ға", KK_DAT }, { "ге", KK_DAT },
		{ "қа", KK_DAT }, { "ке", KK_DAT }, { "на", KK_DAT }, { "не", KK_DAT } };
	size_t n = strlen(word), i;

	for (i = 0; i < ARRAY_LEN(ends); i++) {
		size_t k = strlen(ends[i].end);

		if (n > k + 2 && strcmp(word + n - k, ends[i].end) == 0)
			return ends[i].c;
	}
	return KK_NOM;
}

/* «кем емес», «аз емес»: not less. */
static size_t
not_less(const struct claim_text *t, const struct claim_sentence *s, size_t i, struct claim *c)
{
	if (c->relation == CLAIM_LT && is_word(t, s, i + 1) &&
	    claim_begins(t->token[i].word, "кем.|аз.") &&
	    strcmp(t->token[i + 1].word, "емес") == 0) {
		c->relation = CLAIM_GE;
		return i + 2;
	}
	return i + 1;
}

static void
rounding_behind(const struct claim_text *t, struct claim *c)
{
	const struct claim_sentence *s = sentence_of(t, c->token);
	size_t i = c->token_end, k;

	if (is_word(t, s, i) && claim_after(t->token[i].word, c->form.kk, &c->relation)) {
		c->form.after_from = t->token[i].from;
		i = not_less(t, s, i, c);
		c->form.after_to = t->token[i - 1].to;
		c->to = c->form.after_to;
		c->token_end = i;
		return;
	}
	if (c->form.kk != KK_NOM)
		return;
	for (k = 0; k < APART_LOOK && is_word(t, s, i + k) && is_word(t, s, i + k + 1); k++)
		if (claim_after(
			t->token[i + k + 1].word, noun_case(t->token[i + k].word), &c->relation)) {
			not_less(t, s, i + k + 1, c);
			c->form.apart = true;
			return;
		}
}

static void
rounding_before_kk(const struct claim_text *t, struct claim *c)
{
	const struct claim_sentence *s = sentence_of(t, c->token);
	enum claim_relation r;

	if (c->token <= s->first || t->token[c->token - 1].kind != TOKEN_WORD)
		return;
	if (!claim_before_kk(t->token[c->token - 1].word, &r))
		return;
	/* «шамамен 500-ге жуық» says it twice; «кемінде» alone says it once. */
	if (c->relation == CLAIM_EQ)
		c->relation = r;
	c->form.before_from = t->token[c->token - 1].from;
	c->form.before_to = t->token[c->token - 1].to;
	c->from = c->form.before_from;
}

static const char *
word_back(const struct claim_text *t, const struct claim_sentence *s, size_t i, size_t back)
{
	if (i < s->first + back || t->token[i - back].kind != TOKEN_WORD)
		return "";
	return t->token[i - back].word;
}

static void
rounding_before_ru(const struct claim_text *t, struct claim *c)
{
	const struct claim_sentence *s = sentence_of(t, c->token);
	size_t back = 1;
	bool genitive = false, no;
	enum claim_relation r;

	if (strcmp(word_back(t, s, c->token, back), "чем") == 0)
		back++;
	if (!claim_before_ru(word_back(t, s, c->token, back), &r, &genitive))
		return;
	no = strcmp(word_back(t, s, c->token, back + 1), "не") == 0 ||
	     (r == CLAIM_GE && strcmp(word_back(t, s, c->token, back + 1), "как") == 0);
	if (no) {
		back++;
		r = r == CLAIM_GT ? CLAIM_LT : CLAIM_GE;
	}
	c->relation = r;
	if (genitive)
		c->form.ru = RU_GEN;
	else if (c->form.ru == RU_GEN && !c->form.words)
		c->form.ru = RU_NOM;
	c->form.before_from = t->token[c->token - back].from;
	c->form.before_to = t->token[c->token - 1].to;
	c->from = c->form.before_from;
}

/* ---- what is counted ---- */

static bool
dot_of_short(const struct claim_text *t, size_t i)
{
	return t->token[i].kind == TOKEN_MARK && t->token[i].mark == '.' && t->token[i].glued &&
	       i > 0 && claim_begins(t->token[i - 1].word, "тыс.|млн.|млрд.");
}

/* The noun behind the number, through what may stand between. */
static void
unit_behind(const struct claim_text *t, struct claim *c)
{
	const struct claim_sentence *s = sentence_of(t, c->token);
	size_t i = c->token_end, first, seen;

	if (i < s->end && t->token[i].kind == TOKEN_MARK && t->token[i].mark == '%') {
		c->unit = CLAIM_PERCENT;
		c->unit_from = t->token[i].from;
		c->unit_to = t->token[i].to;
		return;
	}
	if (is_word(t, s, i) && claim_begins(t->token[i].word, "пайыз|процент")) {
		c->unit = CLAIM_PERCENT;
		c->unit_from = t->token[i].from;
		c->unit_to = t->token[i].to;
		return;
	}
	if (i < s->end && dot_of_short(t, i))
		i++;
	first = i;
	for (seen = 0; seen < UNIT_LOOK && is_word(t, s, i); seen++, i++) {
		const char *word = t->token[i].word;
		bool skip;
		enum claim_unit u = claim_unit_of(word, &skip);

		if (u != CLAIM_NOTHING) {
			c->unit = u;
			break;
		}
		if (claim_begins(word, "групп") && c->ethnic) {
			c->unit = CLAIM_ETHNOS;
			break;
		}
		if (!claim_modifier(word, &c->ethnic) &&
		    !claim_begins(word, "өкіл|представител|астам.|аса."))
			break;
	}
	if (!is_word(t, s, first))
		return;
	if (c->unit == CLAIM_NOTHING) {
		c->unit = CLAIM_OTHER;
		i = first;
		c->ethnic = false;
	}
	c->unit_from = t->token[first].from;
	c->unit_to = t->token[i].to;
}

/* «Іс-шаралар саны — 497», «число участников составило 14 236». */
static void
unit_before(const struct claim_text *t, struct claim *c)
{
	const struct claim_sentence *s = sentence_of(t, c->token);
	bool skip, ethnic = false, counts = false;
	size_t back;

	for (back = 1; back <= BACK_LOOK && c->token >= s->first + back; back++) {
		const struct claim_token *k = &t->token[c->token - back];
		enum claim_unit u;

		if (k->kind == TOKEN_DIGITS)
			return;
		if (k->kind == TOKEN_MARK)
			counts |= k->mark == ':' || k->mark == 0x2014 || k->mark == 0x2013;
		if (k->kind != TOKEN_WORD)
			continue;
		counts |= claim_begins(k->word, "саны|санын|числ|количеств|составил|достиг|жалпы");
		if (back > 2 && counts && claim_begins(k->word, "числ|количеств"))
			return;
		u = claim_unit_of(k->word, &skip);
		if (u == CLAIM_NOTHING)
			continue;
		/* «число участников»: the word that tells stands before the noun. */
		counts |= claim_begins(word_back(t, s, c->token, back + 1), "числ|количеств") ||
			  claim_begins(word_back(t, s, c->token, back + 2), "числ|количеств");
		if (!counts)
			return;
		claim_modifier(word_back(t, s, c->token, back + 1), &ethnic);
		c->unit = u;
		c->ethnic = ethnic;
		c->unit_from = k->from;
		c->unit_to = k->to;
		return;
	}
}

/* ---- days ---- */

static bool
take_day(struct claim_reader *r, size_t i, size_t *end)
{
	struct claim_text *t = r->t;
	const struct claim_token *k = &t->token[i];
	size_t m = i + 1;
	struct claim *c;
	int month;
	long day;

	if (k->kind != TOKEN_DIGITS || k->to - k->from > 2 ||
	    (i > 0 && k->glued && t->token[i - 1].kind == TOKEN_WORD))
		return false;
	if (m < t->ntokens && t->token[m].kind == TOKEN_MARK && t->token[m].mark == '-')
		m++;
	if (m >= t->ntokens || t->token[m].kind != TOKEN_WORD ||
	    (month = claim_month(t->token[m].word)) == 0)
		return false;
	day = strtol(t->text + k->from, NULL, 10);
	if (day < 1 || day > 31)
		return false;
	c = add(r);
	c->kind = CLAIM_DAY;
	c->from = k->from;
	c->to = t->token[m].to;
	c->token = i;
	c->token_end = *end = m + 1;
	c->sentence = k->sentence;
	c->day = (int)day;
	c->month = month;
	c->form.digits = k->to - k->from;
	if (m + 1 < t->ntokens && t->token[m + 1].kind == TOKEN_DIGITS &&
	    t->token[m + 1].to - t->token[m + 1].from == 4) {
		c->year = (int)strtol(t->text + t->token[m + 1].from, NULL, 10);
		*end = m + 2;
	}
	return true;
}

/* ---- one number ---- */

/* Too common to be a claim by itself: «екі жақ», «мың алғыс», one event. */
static bool
idle(const struct claim *c)
{
	bool known = c->unit > CLAIM_PERCENT;

	if (c->form.words && !known && c->relation == CLAIM_EQ)
		return c->value < 11 || c->value == 100 || c->value == 1000 || c->value == 1000000;
	if (c->form.words && c->value == 1)
		return true;
	/* A bare year. */
	return !known && !c->form.words && c->value >= 1900 && c->value <= 2100 &&
	       c->form.digits == 4 && *c->form.sep == '\0' && c->form.scale == 1;
}

/* «от 10 до 20», «с 10 до 20»: the token behind the range, 0 = none. */
static size_t
range_ru(const struct claim_text *t, const struct claim *c)
{
	const struct claim_sentence *s = sentence_of(t, c->token);
	struct phrase q;

	if (s->lang != LANG_RU || !claim_begins(word_back(t, s, c->token, 1), "от.|с.|между.") ||
	    !is_word(t, s, c->token_end) ||
	    !claim_begins(t->token[c->token_end].word, "до.|по.|и.") ||
	    c->token_end + 1 >= s->end || !claim_phrase(t, c->token_end + 1, &q))
		return 0;
	return q.end;
}

static size_t
take_number(struct claim_reader *r, size_t i)
{
	struct claim_text *t = r->t;
	struct phrase p;
	struct claim *c, one = { .kind = CLAIM_COUNT };
	size_t end;

	if (!claim_phrase(t, i, &p))
		return i + 1;
	if (!p.count)
		return p.end > i ? p.end : i + 1;
	one.token = i;
	one.token_end = p.end;
	one.sentence = t->token[i].sentence;
	one.from = t->token[i].from;
	one.to = t->token[p.end - 1].to;
	one.value = p.value;
	one.form = p.form;
	if (sentence_of(t, i)->lang == LANG_KK) {
		rounding_behind(t, &one);
		rounding_before_kk(t, &one);
	} else
		rounding_before_ru(t, &one);
	if ((end = range_ru(t, &one)) != 0)
		return end;
	/* 10-нан 20-ға дейін: a range, and neither end is a count. */
	if (p.cased && p.form.kk == KK_ABL && one.relation == CLAIM_EQ &&
	    one.token_end < t->ntokens && t->token[one.token_end].kind == TOKEN_DIGITS) {
		struct phrase q;

		return claim_phrase(t, one.token_end, &q) ? q.end : one.token_end;
	}
	unit_behind(t, &one);
	if (one.unit <= CLAIM_OTHER)
		unit_before(t, &one);
	if (idle(&one) || (t->token[i].quote != 0 && one.unit <= CLAIM_PERCENT))
		return p.end;
	c = add(r);
	*c = one;
	return one.token_end;
}

/* ---- all of it ---- */

static void
take_quotes(struct claim_reader *r)
{
	struct claim_text *t = r->t;
	size_t k;

	for (k = 0; k < r->nquotes && t->nclaims < CLAIMS_MAX * 2; k++) {
		const struct quotation *q = &r->quote[k];
		struct claim *c;

		if (q->end <= q->first)
			continue;
		c = add(r);
		c->kind = CLAIM_QUOTE;
		c->from = q->from;
		c->to = q->to;
		c->token = q->first;
		c->token_end = q->end;
		c->sentence = t->token[q->first].sentence;
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

void
claim_read(struct arena *a, const char *text, size_t n, struct claim_text *out)
{
	struct claim_reader r = { .arena = a, .t = out };
	size_t i, end;

	*out = (struct claim_text){ .text = text, .n = n };
	if (n > UINT32_MAX / 2) {
		out->n = UINT32_MAX / 2;
		out->cut = true;
	}
	claim_tokens(&r);
	for (i = 0; i < out->ntokens && out->nclaims < CLAIMS_MAX;)
		if (take_day(&r, i, &end))
			i = end;
		else
			i = take_number(&r, i);
	out->cut |= i < out->ntokens;
	take_quotes(&r);
	if (out->nclaims > 1)
		qsort(out->claim, out->nclaims, sizeof *out->claim, by_place);
}

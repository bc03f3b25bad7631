/* claim_number.c – the number that begins at a token: digits in groups, with a comma, with мың or тысяч
 * behind them and with an ending; or words. And what looks like one and counts nothing. */
#include "lang/claim_inner.h"

#include <string.h>

#include "lang/ru_number.h"

enum { DIGITS_MAX = 12 };
#define VALUE_MAX INT64_C(1000000000000000)

static const struct claim_token *
token(const struct claim_text *t, size_t i)
{
	return i < t->ntokens ? &t->token[i] : NULL;
}

static bool
is_mark(const struct claim_text *t, size_t i, int32_t mark)
{
	const struct claim_token *k = token(t, i);

	return k != NULL && k->kind == TOKEN_MARK && k->mark == mark;
}

static bool
is_glued(const struct claim_text *t, size_t i, enum claim_token_kind kind)
{
	const struct claim_token *k = token(t, i);

	return k != NULL && k->glued && k->kind == kind;
}

struct slice
claim_gap(const struct claim_text *t, size_t i)
{
	size_t from = t->token[i].to, to = i + 1 < t->ntokens ? t->token[i + 1].from : from;

	return (struct slice){ t->text + from, to - from };
}

static bool
is_dash(const struct claim_text *t, size_t i)
{
	return is_mark(t, i, '-') || is_mark(t, i, 0x2010) || is_mark(t, i, 0x2011) ||
	       is_mark(t, i, 0x2013) || is_mark(t, i, 0x2014) || is_mark(t, i, 0x2212);
}

static bool
is_hyphen(const struct claim_text *t, size_t i)
{
	return is_mark(t, i, '-') || is_mark(t, i, 0x2010) || is_mark(t, i, 0x2011);
}

static size_t
length(const struct claim_token *k)
{
	return k->to - k->from;
}

/* Spaces that part groups of digits. */
static bool
group_gap(const struct claim_text *t, size_t i)
{
	static const char *const gaps[] = { " ", "\u00a0", "\u202f", "\u2009", "\u2007" };
	const struct claim_token *next = token(t, i + 1);
	struct slice gap;
	size_t k;

	if (next == NULL || next->kind != TOKEN_DIGITS || length(next) != 3)
		return false;
	gap = claim_gap(t, i);
	for (k = 0; k < ARRAY_LEN(gaps); k++)
		if (slice_is(gap, gaps[k]))
			return true;
	return false;
}

static int64_t
digits_value(const struct claim_text *t, const struct claim_token *k, int64_t v)
{
	size_t i;

	for (i = k->from; i < k->to && v < VALUE_MAX / 10; i++)
		v = v * 10 + (t->text[i] - '0');
	return v;
}

/* What stands before digits so that they count nothing: letters, codes, №, a clock's colon. */
static bool
spoiled_before(const struct claim_text *t, size_t i)
{
	static const int32_t marks[] = { 0x2116, '#', '+', '@', '_', '/', '\\', '=', '&', '~' };
	size_t k;

	if (i == 0)
		return false;
	if (t->token[i].glued && t->token[i - 1].kind == TOKEN_WORD)
		return true;
	if (i >= 2 && t->token[i].glued && t->token[i - 1].glued &&
	    (is_dash(t, i - 1) || is_mark(t, i - 1, ':') || is_mark(t, i - 1, '.') ||
		is_mark(t, i - 1, ',')) &&
	    (t->token[i - 2].kind == TOKEN_DIGITS ||
		(is_hyphen(t, i - 1) && t->token[i - 2].kind == TOKEN_WORD)))
		return true;
	for (k = 0; k < ARRAY_LEN(marks); k++)
		if (is_mark(t, i - 1, marks[k]))
			return true;
	return t->token[i - 1].kind == TOKEN_WORD && claim_numbered(t->token[i - 1].word);
}

/* «1.» and «2)» at the beginning of a line. */
static bool
list_number(const struct claim_text *t, size_t i)
{
	const struct claim_token *after = token(t, i + 2);

	return (i == 0 || t->token[i - 1].kind == TOKEN_LINE) && length(&t->token[i]) <= 2 &&
	       (is_mark(t, i + 1, '.') || is_mark(t, i + 1, ')')) && t->token[i + 1].glued &&
	       (after == NULL || !after->glued);
}

/* +7 (7132) 21-22-23 and 8 (7132) 21-22-23: the token behind a telephone's number, 0 = none. */
static size_t
telephone(const struct claim_text *t, size_t i)
{
	bool plus = i > 0 && is_mark(t, i - 1, '+');
	size_t at = i + 1, k;

	if (!plus &&
	    !(length(&t->token[i]) == 1 && is_mark(t, i + 1, '(') && token(t, i + 2) != NULL &&
		t->token[i + 2].kind == TOKEN_DIGITS && is_mark(t, i + 3, ')')))
		return 0;
	for (k = 0; k < 12 && at < t->ntokens; k++, at++)
		if (t->token[at].kind != TOKEN_DIGITS && !is_dash(t, at) && !is_mark(t, at, '(') &&
		    !is_mark(t, at, ')'))
			break;
	return at;
}

/* Behind the digits: more of a date, a time, a telephone, a fraction, a range, a code. Returns the token
 * behind all of it, 0 = nothing of that. */
static size_t
spoiled_after(const struct claim_text *t, size_t i)
{
	size_t from = i;

	for (;;) {
		bool link = is_glued(t, i, TOKEN_MARK) &&
			    (is_dash(t, i) || is_mark(t, i, ':') || is_mark(t, i, '/') ||
				is_mark(t, i, '.') || is_mark(t, i, '_') || is_mark(t, i, 0xD7));

		if (!link || !is_glued(t, i + 1, TOKEN_DIGITS))
			break;
		i += 2;
	}
	/* 10 – 15, with spaces: a range too */
	if (i == from && is_dash(t, i) && !is_hyphen(t, i) && token(t, i + 1) != NULL &&
	    t->token[i + 1].kind == TOKEN_DIGITS)
		i += 2;
	return i == from ? 0 : i;
}

/* ---- groups and endings behind digits ---- */

struct group {
	int64_t scale;
	bool shortened, kk_cased;
	enum kk_case kk;
	enum ru_case ru;
};

static bool
read_group(const struct claim_token *k, struct group *out)
{
	struct kk_numeral kk;
	struct ru_numeral ru;

	*out = (struct group){ 0 };
	if (k == NULL || k->kind != TOKEN_WORD)
		return false;
	if (kk_numeral(k->word, &kk) && kk.group) {
		out->scale = kk.value;
		out->kk = kk.c;
		out->kk_cased = kk.c != KK_NOM;
		out->shortened = kk.shortened;
		return true;
	}
	if (!ru_numeral(k->word, strlen(k->word), &ru) || !ru.group)
		return false;
	out->scale = ru.value;
	out->ru = ru.c;
	out->shortened = claim_begins(k->word, "тыс.|млн.|млрд.");
	return true;
}

static void
take_group(const struct claim_text *t, struct phrase *p, int64_t *fraction)
{
	const struct claim_token *k = token(t, p->end);
	struct group g;

	if (k == NULL || (!k->glued && claim_gap(t, p->end - 1).n > 3) || !read_group(k, &g))
		return;
	if (p->value > VALUE_MAX / g.scale)
		return;
	p->value = p->value * g.scale + (*fraction == 0 ? 0 : g.scale / 1000 * *fraction);
	*fraction = 0;
	p->form.scale = g.scale;
	p->form.shortened = g.shortened;
	p->form.kk = g.kk;
	p->form.ru = g.ru;
	p->cased = g.kk_cased;
	p->end++;
	/* «14 мың 236» */
	k = token(t, p->end);
	if (!p->cased && g.scale == 1000 && k != NULL && k->kind == TOKEN_DIGITS &&
	    length(k) == 3 && t->text[k->from] != '0' && p->value % 1000 == 0) {
		p->value += digits_value(t, k, 0);
		p->form.scale = 1;
		p->end++;
	}
}

/* The ending behind a hyphen; false: an ordinal or a compound, and no count. */
static bool
take_ending(const struct claim_text *t, struct phrase *p)
{
	if (!is_hyphen(t, p->end) || !is_glued(t, p->end, TOKEN_MARK) ||
	    !is_glued(t, p->end + 1, TOKEN_WORD))
		return true;
	if (kk_ending(t->token[p->end + 1].word, &p->form.kk)) {
		p->cased = p->form.kk != KK_NOM;
		p->end += 2;
		return true;
	}
	p->end += 2;
	return false;
}

/* 14,2 – thousandths; only before мың or тысяч it may be a count. */
static bool
take_fraction(const struct claim_text *t, struct phrase *p, int64_t *fraction)
{
	const struct claim_token *k = token(t, p->end + 1);
	int64_t unit = 100;
	size_t i;

	*fraction = 0;
	if (!is_glued(t, p->end, TOKEN_MARK) || !is_glued(t, p->end + 1, TOKEN_DIGITS) ||
	    !(is_mark(t, p->end, ',') || is_mark(t, p->end, '.')) || length(k) > 3)
		return true;
	for (i = k->from; i < k->to; i++, unit /= 10)
		*fraction += (t->text[i] - '0') * unit;
	p->end += 2;
	return spoiled_after(t, p->end) == 0;
}

static bool
year_follows(const struct claim_text *t, const struct phrase *p)
{
	const struct claim_token *k = token(t, p->end);

	if (p->value < 1800 || p->value > 2200 || *p->form.sep != '\0' || p->form.scale != 1)
		return false;
	return k == NULL || k->kind != TOKEN_WORD ||
	       claim_begins(k->word, "жыл|ж.|жж.|год|г.|гг.|оқу|маусым.");
}

static bool
digits_phrase(const struct claim_text *t, size_t i, struct phrase *p)
{
	const struct claim_token *k = &t->token[i];
	int64_t fraction = 0;
	size_t skip;
	bool odd;

	*p = (struct phrase){ .end = i + 1, .form = { .scale = 1, .digits = length(k) } };
	odd = length(k) > DIGITS_MAX || (length(k) > 1 && t->text[k->from] == '0') ||
	      spoiled_before(t, i) || list_number(t, i);
	if ((skip = telephone(t, i)) != 0) {
		p->end = skip;
		return true;
	}
	p->value = digits_value(t, k, 0);
	if (length(k) <= 3)
		while (p->form.digits < DIGITS_MAX && group_gap(t, p->end - 1)) {
			struct slice gap = claim_gap(t, p->end - 1);

			memcpy(p->form.sep, gap.p, gap.n);
			p->value = digits_value(t, &t->token[p->end], p->value);
			p->form.digits += 3;
			p->end++;
		}
	if ((skip = spoiled_after(t, p->end)) != 0) {
		p->end = skip;
		return true;
	}
	if (!take_fraction(t, p, &fraction)) {
		p->end = spoiled_after(t, p->end);
		return true;
	}
	take_group(t, p, &fraction);
	if (!take_ending(t, p))
		return true;
	if (is_glued(t, p->end, TOKEN_DIGITS) || is_glued(t, p->end, TOKEN_WORD))
		odd |= t->token[p->end].latin; /* 4G, 2x2 */
	p->count = !odd && fraction == 0 && !year_follows(t, p);
	return true;
}

/* ---- words ---- */

struct sum {
	int64_t total, part;
	bool any, group_last;
};

/* false: this word cannot go on the number */
static bool
sum_add(struct sum *s, int64_t v, bool group)
{
	if (group) {
		s->total += (s->part == 0 ? 1 : s->part) * v;
		s->part = 0;
	} else if (v == 100 && s->part > 0 && s->part < 10)
		s->part *= 100; /* екі жүз */
	else {
		int64_t room = s->part % 1000 == 0  ? 1000
			       : s->part % 100 == 0 ? 100
			       : s->part % 10 == 0  ? 10
						    : 1;

		if (s->part != 0 && v >= room)
			return false;
		s->part += v;
	}
	s->any = true;
	s->group_last = group;
	return s->total < VALUE_MAX / 1000;
}

static bool
words_phrase(const struct claim_text *t, size_t i, struct phrase *p)
{
	const struct claim_sentence *s = &t->sentence[t->token[i].sentence];
	struct sum sum = { 0 };
	bool first = true;

	*p = (struct phrase){ .end = i, .form = { .scale = 1, .words = true } };
	while (p->end < s->end && t->token[p->end].kind == TOKEN_WORD && !p->cased) {
		const struct claim_token *k = &t->token[p->end];
		struct kk_numeral kk;
		struct ru_numeral ru;

		if (s->lang == LANG_KK ? !kk_numeral(k->word, &kk)
				       : !ru_numeral(k->word, strlen(k->word), &ru))
			break;
		if (!sum_add(&sum, s->lang == LANG_KK ? kk.value : ru.value,
			s->lang == LANG_KK ? kk.group : ru.group))
			break;
		if (s->lang == LANG_KK) {
			p->form.kk = kk.c;
			p->cased = kk.c != KK_NOM;
		} else if (first)
			p->form.ru = ru.c;
		first = false;
		p->end++;
	}
	p->value = sum.total + sum.part;
	p->count = sum.any;
	return sum.any;
}

bool
claim_phrase(const struct claim_text *t, size_t i, struct phrase *out)
{
	bool found = false;

	if (t->token[i].kind == TOKEN_DIGITS)
		found = digits_phrase(t, i, out);
	else if (t->token[i].kind == TOKEN_WORD)
		found = words_phrase(t, i, out);
	if (found)
		out->form.capital = t->token[i].capital;
	return found;
}

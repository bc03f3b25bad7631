/* claim_token.c – a text as words, digits and marks, with its sentences, their languages, and what
 * stands in quotation marks. One way through the bytes. */
#include "lang/claim_inner.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/letters.h"

enum { WORD_BYTES = 120, SENTENCE_TOKENS = 400, QUOTE_DEPTH = 4, QUOTE_BYTES = 600 };

static bool
is_space(int32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\r' || cp == 0xA0 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000 ||
	       cp == 0x200B || cp == 0xFEFF || cp == 0xAD;
}

static bool
is_hyphen(int32_t cp)
{
	return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

/* Peek without moving. */
static int32_t
peek(const char *p, const char *end)
{
	return p < end ? utf8_next(&p, end) : -1;
}

static struct claim_token *
add(struct claim_reader *r, enum claim_token_kind kind, size_t from, size_t to)
{
	struct claim_text *t = r->t;
	struct claim_token *k;

	if (t->ntokens == r->token_cap) {
		struct claim_token *bigger;

		r->token_cap = r->token_cap == 0 ? 512 : r->token_cap * 2;
		bigger = arena_array(r->arena, struct claim_token, r->token_cap);
		if (t->ntokens > 0)
			memcpy(bigger, t->token, t->ntokens * sizeof *bigger);
		t->token = bigger;
	}
	k = &t->token[t->ntokens];
	*k = (struct claim_token){ .from = (uint32_t)from,
		.to = (uint32_t)to,
		.kind = kind,
		.glued = t->ntokens > 0 && t->token[t->ntokens - 1].to == from,
		.word = "" };
	t->ntokens++;
	return k;
}

/* ---- words ---- */

struct word {
	char p[WORD_BYTES + 8];
	size_t n, cyrillic, latin;
	bool kazakh, capital, first;
};

static bool
kazakh_letter(int32_t cp)
{
	static const int32_t own[] = { 0x4D9, 0x493, 0x49B, 0x4A3, 0x4E9, 0x4B1, 0x4AF, 0x4BB,
		0x456 };
	size_t i;

	for (i = 0; i < ARRAY_LEN(own); i++)
		if (cp == own[i])
			return true;
	return false;
}

static void
put(struct word *w, int32_t cp, bool upper)
{
	if (w->first) {
		w->capital = upper;
		w->first = false;
	}
	if (cp == 0x451) /* ё */
		cp = 0x435;
	if (cp >= 0x400 && cp < 0x530)
		w->cyrillic++;
	else if (cp != '-')
		w->latin++;
	w->kazakh |= kazakh_letter(cp);
	if (w->n < WORD_BYTES)
		w->n += utf8_put(w->p + w->n, cp);
}

/* Latin letters that look like Cyrillic ones, in a word that has both. */
static void
repair(struct word *w)
{
	static const struct {
		char latin;
		const char *cyrillic;
	} alike[] = { { 'a', "а" }, { 'e', "е" }, { 'o', "о" }, { 'p', "р" }, { 'c', "с" },
		{ 'x', "х" }, { 'y', "у" }, { 'i', "і" }, { 'k', "к" }, { 'm', "м" }, { 't', "т" },
		{ 'h', "н" }, { 'b', "в" } };
	char out[WORD_BYTES * 2 + 16];
	size_t n = 0, i, k;

	for (i = 0; i < w->n; i++) {
		for (k = 0; k < ARRAY_LEN(alike) && alike[k].latin != w->p[i]; k++)
			;
		if (k < ARRAY_LEN(alike)) {
			memcpy(out + n, alike[k].cyrillic, 2);
			n += 2;
			w->kazakh |= w->p[i] == 'i';
		} else
			out[n++] = w->p[i];
	}
	w->n = n < WORD_BYTES ? n : WORD_BYTES;
	memcpy(w->p, out, w->n);
}

static size_t
read_word(const char *p, const char *end, struct word *w)
{
	const char *at = p;

	*w = (struct word){ .first = true };
	for (;;) {
		const char *next = at;
		bool upper = false;
		int32_t cp = peek(at, end), letter;

		if (is_hyphen(cp)) {
			const char *after = at;

			utf8_next(&after, end);
			if (!letter_is(peek(after, end)))
				break;
			put(w, '-', false);
			at = after;
			continue;
		}
		if (cp == 0xAD || cp == 0x200B || (cp >= 0x300 && cp < 0x370)) {
			utf8_next(&at, end);
			continue;
		}
		if (!letter_is(cp))
			break;
		letter = letter_next(&next, end, &upper);
		if (next == at)
			break;
		if (letter > 0)
			put(w, letter, upper);
		at = next;
	}
	return (size_t)(at - p);
}

/* Letter by letter, without the dictionary: only to be held against stems and names, which go the same
 * way where they are Latin. */
static const char *
cyrillic_letter(int32_t cp, bool after_vowel)
{
	static const struct {
		int32_t latin;
		const char *cyrillic;
	} table[] = { { 'a', "а" }, { 0xE4, "ә" }, { 0xE1, "ә" }, { 'b', "б" }, { 'd', "д" },
		{ 'e', "е" }, { 'f', "ф" }, { 'g', "г" }, { 0x11F, "ғ" }, { 0x1F5, "ғ" },
		{ 'h', "х" }, { 0x131, "і" }, { 'j', "ж" }, { 'k', "к" }, { 'q', "қ" },
		{ 'l', "л" }, { 'm', "м" }, { 'n', "н" }, { 0xF1, "ң" }, { 0x144, "ң" },
		{ 0x14B, "ң" }, { 'o', "о" }, { 0xF6, "ө" }, { 0xF3, "ө" }, { 'p', "п" },
		{ 'r', "р" }, { 's', "с" }, { 0x15F, "ш" }, { 't', "т" }, { 'u', "у" },
		{ 0x16B, "ұ" }, { 0xFC, "ү" }, { 0xFA, "ү" }, { 'v', "в" }, { 'z', "з" } };
	size_t i;

	if (cp == 'i')
		return after_vowel ? "й" : "и";
	if (cp == 'y')
		return after_vowel ? "й" : "ы";
	for (i = 0; i < ARRAY_LEN(table); i++)
		if (table[i].latin == cp)
			return table[i].cyrillic;
	return NULL;
}

static void
to_cyrillic(struct word *w)
{
	const char *p = w->p, *end = w->p + w->n;
	char out[WORD_BYTES * 2 + 16];
	bool vowel = false;
	size_t n = 0;

	while (p < end && n < WORD_BYTES) {
		const char *from = p, *letter;
		int32_t cp = utf8_next(&p, end);

		letter = cyrillic_letter(cp, vowel);
		if (letter != NULL)
			n = (size_t)(stpcpy(out + n, letter) - out);
		else {
			memcpy(out + n, from, (size_t)(p - from));
			n += (size_t)(p - from);
		}
		vowel =
		    cp == 'a' || cp == 'e' || cp == 'o' || cp == 'u' || cp == 0xE4 || cp == 0xF6;
	}
	w->n = n;
	memcpy(w->p, out, n);
}

static size_t
take_word(struct claim_reader *r, size_t at)
{
	const char *p = r->t->text + at, *end = r->t->text + r->t->n;
	struct claim_token *k;
	struct word w;
	size_t len = read_word(p, end, &w);

	if (len == 0)
		return 0;
	if (w.cyrillic > 0 && w.latin > 0 && w.cyrillic >= w.latin)
		repair(&w);
	k = add(r, TOKEN_WORD, at, at + len);
	k->capital = w.capital;
	k->kazakh = w.kazakh;
	k->latin = w.cyrillic == 0;
	if (k->latin)
		to_cyrillic(&w);
	k->word = arena_strn(r->arena, w.p, w.n);
	return len;
}

/* ---- quotation marks ---- */

struct open_quotes {
	struct {
		int32_t closes;
		uint32_t from, first;
	} open[QUOTE_DEPTH];
	size_t n;
};

static int32_t
closing_of(int32_t cp)
{
	switch (cp) {
	case 0xAB:
		return 0xBB;
	case 0x201C:
		return 0x201D;
	case 0x201E:
		return 0x201C;
	case '"':
		return '"';
	default:
		return 0;
	}
}

static void
quotation(struct claim_reader *r, uint32_t from, uint32_t to, uint32_t first, uint32_t end)
{
	uint32_t i;

	if (r->nquotes == r->quote_cap) {
		struct quotation *bigger;

		r->quote_cap = r->quote_cap == 0 ? 64 : r->quote_cap * 2;
		bigger = arena_array(r->arena, struct quotation, r->quote_cap);
		if (r->nquotes > 0)
			memcpy(bigger, r->quote, r->nquotes * sizeof *bigger);
		r->quote = bigger;
	}
	r->quote[r->nquotes++] = (struct quotation){ from, to, first, end };
	for (i = first; i < end; i++)
		r->t->token[i].quote = (uint32_t)r->nquotes;
}

/* A mark that opens or closes; the outer pair wins, since it is closed last. */
static void
quote_mark(struct claim_reader *r, struct open_quotes *q, int32_t cp, size_t from, size_t to)
{
	uint32_t index = (uint32_t)r->t->ntokens; /* the mark itself comes at this place */
	size_t i;

	for (i = q->n; i-- > 0;)
		if (q->open[i].closes == cp) {
			if (to - q->open[i].from <= QUOTE_BYTES)
				quotation(
				    r, q->open[i].from, (uint32_t)to, q->open[i].first, index);
			q->n = i;
			return;
		}
	if (closing_of(cp) != 0 && q->n < QUOTE_DEPTH) {
		q->open[q->n].closes = closing_of(cp);
		q->open[q->n].from = (uint32_t)from;
		q->open[q->n].first = index + 1;
		q->n++;
	}
}

/* ---- the way through ---- */

static size_t
take_digits(struct claim_reader *r, size_t at)
{
	size_t n = 0;

	while (at + n < r->t->n && r->t->text[at + n] >= '0' && r->t->text[at + n] <= '9')
		n++;
	if (n > 0)
		add(r, TOKEN_DIGITS, at, at + n);
	return n;
}

static void
split(struct claim_reader *r)
{
	struct claim_text *t = r->t;
	struct open_quotes q = { .n = 0 };
	size_t at = 0, n;

	while (at < t->n) {
		const char *p = t->text + at, *end = t->text + t->n;
		int32_t cp;

		if (t->ntokens >= CLAIM_TOKENS) {
			t->cut = true;
			return;
		}
		if ((n = take_digits(r, at)) > 0 ||
		    (letter_is(peek(p, end)) && (n = take_word(r, at)) > 0)) {
			at += n;
			continue;
		}
		cp = utf8_next(&p, end);
		n = (size_t)(p - (t->text + at));
		if (cp == '\n') {
			add(r, TOKEN_LINE, at, at + n);
			q.n = 0;
		} else if (cp > 0 && !is_space(cp)) {
			quote_mark(r, &q, cp, at, at + n);
			add(r, TOKEN_MARK, at, at + n)->mark = cp;
		}
		at += n;
	}
}

/* ---- sentences ---- */

static bool
ends_sentence(const struct claim_text *t, size_t i)
{
	const struct claim_token *k = &t->token[i], *before = i > 0 ? k - 1 : NULL,
				 *after = i + 1 < t->ntokens ? k + 1 : NULL;

	if (k->kind == TOKEN_LINE)
		return true;
	if (k->kind != TOKEN_MARK)
		return false;
	if (k->mark == '!' || k->mark == '?')
		return k->quote == 0;
	if (k->mark != '.' && k->mark != 0x2026)
		return false;
	if (after == NULL)
		return true;
	if (after->glued && (k->quote != 0 || after->kind != TOKEN_WORD || after->latin))
		return false;
	/* А.Құнанбайұлы, г. Актобе: one letter is a name or a short word. */
	if (before != NULL && before->kind == TOKEN_WORD && before->to - before->from <= 2)
		return false;
	return after->kind != TOKEN_WORD || after->capital;
}

/* Small words that only Russian has, and its thousands: enough for a short sentence. */
static bool
russian_word(const char *word)
{
	return claim_begins(word, "и.|в.|на.|с.|к.|по.|из.|от.|до.|за.|для.|не.|что.|как.|свыше.|"
				  "более.|около.|почти.|числ|"
				  "количеств|тысяч|участник|мероприят|человек|объединен");
}

/* `before`: of the sentence before, in the same paragraph; a short one goes with it. */
static void
sentence_language(struct claim_text *t, struct claim_sentence *s, enum lang before)
{
	size_t words = 0, own = 0, latin = 0, russian = 0, i;

	for (i = s->first; i < s->end; i++)
		if (t->token[i].kind == TOKEN_WORD && t->token[i].quote == 0) {
			words++;
			own += t->token[i].kazakh;
			latin += t->token[i].latin;
			russian += russian_word(t->token[i].word);
		}
	if (words > 0 && latin * 2 > words) {
		s->lang = LANG_KK;
		s->latin = true;
	} else if (own * 5 >= words && own > 0)
		s->lang = LANG_KK;
	else
		s->lang = own == 0 && (russian > 0 || words >= 6) ? LANG_RU : before;
}

static bool
mostly_kazakh(const struct claim_text *t)
{
	size_t words = 0, own = 0, i;

	for (i = 0; i < t->ntokens; i++)
		if (t->token[i].kind == TOKEN_WORD && t->token[i].quote == 0) {
			words++;
			own += t->token[i].kazakh || t->token[i].latin;
		}
	return own * 5 >= words;
}

static void
sentences(struct claim_reader *r)
{
	struct claim_text *t = r->t;
	enum lang usual = mostly_kazakh(t) ? LANG_KK : LANG_RU, before = usual;
	uint32_t paragraph = 0, first = 0, i;
	size_t cap = 1 + t->ntokens / SENTENCE_TOKENS + 1;

	for (i = 0; i < t->ntokens; i++)
		cap += ends_sentence(t, i);
	t->sentence = arena_array(r->arena, struct claim_sentence, cap);
	for (i = 0; i < t->ntokens; i++) {
		t->token[i].sentence = (uint32_t)t->nsentences;
		/* No sentence is so long; what looks at sentences then takes time as the text is long. */
		if (!ends_sentence(t, i) && i + 1 < t->ntokens && i + 1 - first < SENTENCE_TOKENS)
			continue;
		t->sentence[t->nsentences] =
		    (struct claim_sentence){ .first = first, .end = i + 1, .paragraph = paragraph };
		sentence_language(t, &t->sentence[t->nsentences], before);
		before = t->sentence[t->nsentences++].lang;
		if (t->token[i].kind == TOKEN_LINE) {
			paragraph++;
			before = usual;
		}
		first = i + 1;
	}
}

void
claim_tokens(struct claim_reader *r)
{
	split(r);
	sentences(r);
}

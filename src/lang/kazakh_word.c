/* kazakh_word.c – the case form of a whole word or phrase: finds the last token (a word, a number,
 * an abbreviation, a sign such as %), asks reading.c how it sounds and joins the ending.
 *
 * Loan words may change their end before it (word_changed). The ending is joined directly to a Kazakh word (облыс-ты is never written), with a hyphen after
 * digits, abbreviations, Latin words and closing quotes. */
#include "lang/kazakh.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/letters.h"
#include "lang/reading.h"

enum { TOKEN_LETTERS = 32, ABBREVIATION_MAX = 6 };
enum token_kind { TOKEN_NONE, TOKEN_WORD, TOKEN_NUMBER };

/* The last token of a text. Only a long word's last letters are kept: they decide. */
struct token {
	enum token_kind kind;
	int32_t letters[TOKEN_LETTERS];
	size_t n;	 /* kept letters */
	size_t total;	 /* all letters */
	size_t capitals; /* how many of them were capitals */
	uint64_t value;	 /* of a number */
	bool cyrillic;	 /* the last letter is */
	bool open;	 /* the text ends inside the token: nothing follows it */
};

static bool
is_sign(int32_t cp)
{
	return cp == '%' || cp == 0x20B8;
}

static void
token_letter(struct token *t, int32_t cp, bool upper)
{
	if (!t->open || t->kind != TOKEN_WORD || is_sign(cp))
		*t = (struct token){ .kind = TOKEN_WORD };
	if (t->n == TOKEN_LETTERS) {
		memmove(t->letters, t->letters + 1, (TOKEN_LETTERS - 1) * sizeof t->letters[0]);
		t->n--;
	}
	t->letters[t->n++] = cp;
	t->total++;
	t->capitals += upper;
	t->cyrillic = cp >= 0x400 && cp < 0x530;
	t->open = true;
}

/* Only the trailing zeros and the last digits matter: past 10^17 the head is folded away. */
static void
token_digit(struct token *t, int32_t cp)
{
	if (t->kind != TOKEN_NUMBER || !t->open)
		*t = (struct token){ .kind = TOKEN_NUMBER };
	if (t->value >= UINT64_C(100000000000000000))
		t->value = t->value % UINT64_C(1000000000000000) + UINT64_C(1000000000000000);
	t->value = t->value * 10 + (uint64_t)(cp - '0');
	t->open = true;
}

/* «14 000» with any of the usual spaces is one number: exactly three digits follow. */
static bool
is_group(const struct token *t, int32_t space, const char *p, const char *end)
{
	size_t n = 0;

	if (t->kind != TOKEN_NUMBER || !t->open)
		return false;
	if (space != ' ' && space != 0xA0 && space != 0x202F)
		return false;
	while (p + n < end && p[n] >= '0' && p[n] <= '9')
		n++;
	return n == 3;
}

static struct token
last_token(const char *p, const char *end)
{
	struct token t = { .kind = TOKEN_NONE };

	while (p < end) {
		bool upper;
		int32_t cp = letter_next(&p, end, &upper);

		if (cp >= '0' && cp <= '9')
			token_digit(&t, cp);
		else if (letter_is(cp) || is_sign(cp))
			token_letter(&t, cp, upper);
		else if (cp != 0 && !is_group(&t, cp, p, end))
			t.open = false;
	}
	return t;
}

static const char *
put_upper(struct arena *a, const char *s)
{
	const char *end = s + strlen(s);
	struct buf b;

	buf_init(&b, a, 0);
	while (s < end) {
		char out[4];

		buf_put(&b, out, utf8_put(out, utf8_upper(utf8_next(&s, end))));
	}
	return b.p;
}

/* Whether a word ends as a possessive does; otherwise the flag is taken for a slip. */
static bool
ends_possessive(const struct token *t)
{
	return t->letters[t->n - 1] == U'ы' || t->letters[t->n - 1] == U'і';
}

/* What joins a word: how many of its last letters go, «і», a hyphen, the ending. */
struct joint {
	unsigned cut;
	bool add_i, hyphen, caps;
	const char *ending;
};

static struct joint
word_joint(const struct token *t, enum kk_case c, bool possessive)
{
	bool caps = t->capitals == t->total && !is_sign(t->letters[0]);
	struct word w = { t->letters, t->n, caps };
	struct joint j = { 0, false, !t->open || !t->cyrillic, false, "" };
	struct reading how;

	if (known_reading(w, &how)) {
		j.hyphen = true;
		j.ending = ending_of(how, c);
	} else if (ends_possessive(t) && (possessive || is_patronymic(w))) {
		j.ending = possessive_ending(word_reading(w).harmony, c);
		j.caps = caps;
	} else if (caps && t->total <= ABBREVIATION_MAX && !possessive) {
		j.hyphen = true;
		j.ending = ending_of(abbreviation_reading(w), c);
	} else if (j.hyphen) {
		j.ending = ending_of(word_reading(w), c);
	} else {
		struct changed change = word_changed(w, c);

		j.cut = change.cut;
		j.add_i = change.add_i;
		j.ending = ending_of(change.how, c);
		j.caps = caps && t->total > 1;
	}
	j.caps = j.caps && !j.hyphen;
	return j;
}

/* Bytes of the first part when `cut` letters at its end are left out. */
static size_t
cut_letters(const char *word, size_t n, unsigned cut)
{
	while (cut > 0 && n > 0) {
		n--;
		if (((unsigned char)word[n] & 0xC0) != 0x80)
			cut--;
	}
	return n;
}

/* The word without loose spaces and control marks at its end. */
static size_t
trimmed(const char *word)
{
	size_t n = strlen(word);

	while (n > 0 && (word[n - 1] == ' ' || word[n - 1] == '\t' || word[n - 1] == '\n'))
		n--;
	return n;
}

const char *
kk_word(struct arena *a, const char *word, enum kk_case c, bool possessive)
{
	size_t n = trimmed(word);
	struct joint j = { .hyphen = true };
	struct token t = last_token(word, word + n);
	const char *ending;

	if (t.kind == TOKEN_NONE || c == KK_NOM)
		return arena_strn(a, word, n);
	if (t.kind == TOKEN_NUMBER)
		j.ending = ending_of(number_reading(t.value), c);
	else
		j = word_joint(&t, c, possessive);
	ending = j.add_i ? arena_printf(a, "і%s", j.ending) : j.ending;
	if (j.caps)
		ending = put_upper(a, ending);
	n = cut_letters(word, n, j.cut);
	return arena_printf(
	    a, "%.*s%s%s", (int)n, word, j.hyphen && ending[0] != '\0' ? "-" : "", ending);
}

const char *
kk_read_as(
    struct arena *a, const char *written, const char *reading, enum kk_case c, bool possessive)
{
	size_t n = trimmed(written), r = trimmed(reading);
	struct token t = last_token(reading, reading + r);
	const char *ending;

	if (t.kind == TOKEN_NONE || c == KK_NOM || n == 0)
		return t.kind == TOKEN_NONE ? kk_word(a, written, c, possessive)
					    : arena_strn(a, written, n);
	ending = t.kind == TOKEN_NUMBER ? ending_of(number_reading(t.value), c)
					: word_joint(&t, c, possessive).ending;
	return arena_printf(a, "%.*s-%s", (int)n, written, ending);
}

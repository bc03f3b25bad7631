/* kazakh_word.c – the case form of a whole word or phrase: finds the last token (a word, a number,
 * an abbreviation, a sign such as %), asks reading.c how it sounds and joins the ending.
 *
 * The ending is joined directly to a Kazakh word (облыс-ты is never written), with a hyphen after
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

static const char *
word_ending(struct arena *a, const struct token *t, enum kk_case c, bool possessive, bool *hyphen)
{
	bool caps = t->capitals == t->total && !is_sign(t->letters[0]);
	struct word w = { t->letters, t->n, caps };
	struct reading how;
	const char *ending;

	*hyphen = !t->open || !t->cyrillic;
	if (known_reading(w, &how)) {
		*hyphen = true;
		return ending_of(how, c);
	}
	if (possessive && ends_possessive(t))
		ending = possessive_ending(word_reading(w).harmony, c);
	else if (caps && t->total <= ABBREVIATION_MAX && !possessive) {
		*hyphen = true;
		return ending_of(abbreviation_reading(w), c);
	} else
		ending = ending_of(word_reading(w), c);
	return caps && t->total > 1 && !*hyphen ? put_upper(a, ending) : ending;
}

const char *
kk_word(struct arena *a, const char *word, enum kk_case c, bool possessive)
{
	size_t n = strlen(word);
	const char *ending;
	bool hyphen = true;
	struct token t;

	while (n > 0 && (word[n - 1] == ' ' || word[n - 1] == '\t' || word[n - 1] == '\n'))
		n--;
	t = last_token(word, word + n);
	if (t.kind == TOKEN_NONE || c == KK_NOM)
		return arena_strn(a, word, n);
	ending = t.kind == TOKEN_NUMBER ? ending_of(number_reading(t.value), c)
					: word_ending(a, &t, c, possessive, &hyphen);
	return arena_printf(
	    a, "%.*s%s%s", (int)n, word, hyphen && ending[0] != '\0' ? "-" : "", ending);
}

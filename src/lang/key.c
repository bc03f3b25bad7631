/* key.c – see key.h. */
#include "lang/key.h"

#include <string.h>

#include "lang/affix.h"
#include "lang/letters.h"
#include "lang/skeleton.h"

/* Endings of Russian and English in the skeleton, longest first: a word that the Kazakh lexicon does
 * not know and no Kazakh suffix explains loses one of them. libstemmer would have to be told the
 * language and script; here «членами» and "chlenami" must give one key. -ов and -ев stay: most such
 * words here are surnames. */
static const struct {
	const char *ending;
	uint8_t left; /* letters that must stay */
} light_endings[] = {
	{ "iami", 4 },
	{ "ami", 4 },
	{ "imi", 4 },
	{ "ogo", 4 },
	{ "ego", 4 },
	{ "omu", 4 },
	{ "emu", 4 },
	{ "aia", 4 },
	{ "uiu", 4 },
	{ "iah", 4 },
	{ "iam", 4 },
	{ "ing", 4 },
	{ "ah", 4 },
	{ "am", 4 },
	{ "om", 4 },
	{ "em", 4 },
	{ "ih", 4 },
	{ "im", 4 },
	{ "oi", 4 },
	{ "ei", 4 },
	{ "ie", 4 },
	{ "oe", 4 },
	{ "ee", 4 },
	{ "ii", 4 },
	{ "ia", 4 },
	{ "iu", 4 },
	{ "ed", 4 },
	{ "a", 4 },
	{ "e", 4 },
	{ "i", 4 },
	{ "o", 4 },
	{ "u", 4 },
	{ "s", 4 },
};

/* Until nothing goes: meetings, meeting, meet. */
static size_t
light_stem(const char *s, size_t n)
{
	size_t i = 0;

	while (i < ARRAY_LEN(light_endings)) {
		size_t len = strlen(light_endings[i].ending);

		if (n >= len + light_endings[i].left &&
		    memcmp(s + n - len, light_endings[i].ending, len) == 0) {
			n -= len;
			i = 0;
		} else
			i++;
	}
	return n;
}

struct tokens {
	struct arena *arena;
	struct key_token *list;
	size_t n, cap;
	struct letter word[WORD_MAX];
	size_t len, at;
	bool digits;
};

static struct key_token *
next_token(struct tokens *t)
{
	if (t->n == t->cap) {
		size_t cap = t->cap == 0 ? 16 : t->cap * 2;
		struct key_token *more = arena_array(t->arena, struct key_token, cap);

		if (t->n > 0)
			memcpy(more, t->list, t->n * sizeof *more);
		t->list = more;
		t->cap = cap;
	}
	return &t->list[t->n];
}

/* The word collected up to byte `end` becomes a token. */
static void
finish(struct tokens *t, size_t end)
{
	char fine[SKELETON_MAX + 4], exact[SKELETON_MAX + 4];
	struct cut c;
	struct key_token *k;
	size_t n, m, i;
	bool ascii = true;

	if (t->len == 0)
		return;
	if (!t->digits)
		word_repair(t->word, t->len);
	n = skeleton(t->word, t->len, fine);
	t->len = 0;
	for (i = 0; i < n; i++) {
		if (fine[i] == 'w')
			fine[i] = 's';
		ascii = ascii && fine[i] >= 'a' && fine[i] <= 'z';
	}
	memcpy(exact, fine, n);
	m = skeleton_reduce(exact, n, true);
	if (m > KEY_MAX)
		for (m = KEY_MAX; m > 0 && (exact[m] & 0xC0) == 0x80;)
			m--;
	if (m == 0)
		return;
	k = next_token(t);
	k->at = t->at;
	k->n = end - t->at;
	k->exact = k->stem = arena_strn(t->arena, exact, m);
	t->n++;
	if (t->digits || !ascii || n > AFFIX_MAX)
		return;
	affix_cut(KK_SKELETON, (const uint8_t *)fine, n, &c);
	if (!c.known)
		c.n = light_stem((const char *)c.stem, c.n);
	if (c.n == n && c.whole)
		return;
	n = skeleton_reduce((char *)c.stem, c.n, true);
	k->stem = arena_strn(t->arena, (const char *)c.stem, n);
}

size_t
key_tokens(struct arena *a, const char *text, size_t n, struct key_token **out)
{
	const char *p = text, *end = text + n;
	struct tokens t = { .arena = a };

	while (p < end) {
		const char *at = p;
		struct letter l;
		bool digit;

		l.cp = letter_next(&p, end, &l.upper);
		if (l.cp == 0)
			continue;
		digit = l.cp >= '0' && l.cp <= '9';
		if (l.cp < 0 || !(digit || letter_is(l.cp) ||
				    (letter_is_apostrophe(l.cp) && t.len > 0 && !t.digits))) {
			finish(&t, (size_t)(at - text));
			continue;
		}
		/* 14мыңнан: a number and a word. */
		if (t.len > 0 && digit != t.digits)
			finish(&t, (size_t)(at - text));
		if (t.len == 0) {
			t.at = (size_t)(at - text);
			t.digits = digit;
		}
		/* Nobody looks for what stands behind the first 128 letters of a word. */
		if (t.len < WORD_MAX)
			t.word[t.len++] = l;
	}
	finish(&t, n);
	*out = t.list;
	return t.n;
}

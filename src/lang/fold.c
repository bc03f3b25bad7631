/* fold.c – one key for one name however it was typed: Қуаныш, Куаныш, Quanysh, Kuanysh.
 *
 * The skeleton of each word (skeleton.h), reduced but with с and ш apart, in the letters of a Russian
 * keyboard; words parted by one space. Called where two records may be one person, and for tolerant
 * search fields. */
#include "lang/order.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "lang/letters.h"
#include "lang/skeleton.h"

enum { TRIGRAMS_MAX = 512 };

struct fold {
	struct buf out;
	struct letter word[WORD_MAX];
	size_t n;
};

static void
word_emit(struct fold *f)
{
	static const char shown[26][3] = { "а", "б", "", "д", "е", "ф", "г", "х", "и", "ж", "к",
		"л", "м", "н", "о", "п", "", "р", "с", "т", "у", "в", "ш", "", "", "з" };
	char bytes[SKELETON_MAX + 4];
	size_t i, n;

	if (f->n == 0)
		return;
	word_repair(f->word, f->n);
	n = skeleton_reduce(bytes, skeleton(f->word, f->n, bytes), false);
	f->n = 0;
	/* A word of nothing but signs (ь, apostrophes) leaves no space behind. */
	if (n == 0)
		return;
	if (f->out.n > 0)
		buf_char(&f->out, ' ');
	for (i = 0; i < n; i++)
		if (bytes[i] >= 'a' && bytes[i] <= 'z')
			buf_str(&f->out, shown[bytes[i] - 'a']);
		else
			buf_char(&f->out, bytes[i]);
}

const char *
fold_key(struct arena *a, const char *text)
{
	const char *p = text == NULL ? "" : text, *end = p + strlen(p);
	struct fold f = { .n = 0 };

	buf_init(&f.out, a, 0);
	while (p < end) {
		struct letter l;

		l.cp = letter_next(&p, end, &l.upper);
		if (l.cp == 0)
			continue;
		if (l.cp < 0 || !(letter_is(l.cp) || (l.cp >= '0' && l.cp <= '9') ||
				    (letter_is_apostrophe(l.cp) && f.n > 0))) {
			word_emit(&f);
			continue;
		}
		if (f.n == WORD_MAX)
			word_emit(&f);
		f.word[f.n++] = l;
	}
	word_emit(&f);
	return arena_strn(a, f.out.p, f.out.n);
}

static int
trigram_compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Trigrams word by word, with a space before and behind: the order of the words does not matter,
 * their beginnings and ends do. */
static size_t
trigrams(const char *key, uint64_t out[TRIGRAMS_MAX])
{
	const uint64_t mask = (UINT64_C(1) << 63) - 1;
	const char *end = key + strlen(key);
	uint64_t three = ' ';
	size_t n = 0, letters = 0;

	while (key <= end && n < TRIGRAMS_MAX) {
		int32_t cp = key < end ? utf8_next(&key, end) : (key++, ' ');

		three = (three << 21 | (uint64_t)(cp < 0 ? 0xFFFD : cp)) & mask;
		if (cp != ' ')
			letters++;
		if (letters > 0 && (letters > 1 || cp == ' '))
			out[n++] = three;
		if (cp == ' ') {
			three = ' ';
			letters = 0;
		}
	}
	qsort(out, n, sizeof out[0], trigram_compare);
	return n;
}

double
fold_similarity(const char *fold_a, const char *fold_b)
{
	uint64_t a[TRIGRAMS_MAX], b[TRIGRAMS_MAX];
	size_t na = trigrams(fold_a == NULL ? "" : fold_a, a), i = 0;
	size_t nb = trigrams(fold_b == NULL ? "" : fold_b, b), j = 0, both = 0;

	if (na == 0 || nb == 0)
		return 0;
	while (i < na && j < nb) {
		if (a[i] == b[j]) {
			both++;
			i++;
			j++;
		} else if (a[i] < b[j])
			i++;
		else
			j++;
	}
	return 2.0 * (double)both / (double)(na + nb);
}

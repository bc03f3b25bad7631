/* check.c – see check.h: one word, one text. */
#include "lang/check_inner.h"

#include "base/utf8.h"
#include "lang/derivation.h"
#include "lang/letters.h"

bool
kk_word_read(const char *p, size_t n, struct kk_word *out)
{
	const char *from = p, *end = p + n;
	size_t capitals = 0;
	bool upper;

	*out = (struct kk_word){ .n = 0 };
	if (n == 0 || n > 250)
		return false;
	while (p < end) {
		size_t at = (size_t)(p - from);
		int32_t cp = letter_next(&p, end, &upper);
		uint8_t code = cp > 0 ? kk_code(cp) : 0;

		if (cp == 0)
			continue;
		if (code == 0 || out->n == AFFIX_MAX)
			return false;
		if (upper && out->n == 0)
			out->capital = true;
		out->mixed |= upper && out->n > capitals;
		capitals += upper;
		out->at[out->n] = (uint8_t)at;
		out->w[out->n++] = code;
	}
	out->at[out->n] = (uint8_t)n;
	out->all_capitals = out->n > 1 && capitals == out->n;
	return out->n > 0 && out->w[0] != kk_code('-');
}

bool
kk_word_right(const struct kk_word *k)
{
	return word_known(k->w, k->n) || word_derived(k->w, k->n, k->capital);
}

static const char *
split_text(struct arena *a, const char *word, const struct kk_word *k, const struct split *s)
{
	struct buf b;
	size_t i, letter = 0;

	buf_init(&b, a, 0);
	for (i = 0; i < s->n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_put(&b, word + k->at[letter], (size_t)(k->at[letter + s->len[i]] - k->at[letter]));
		letter += s->len[i];
	}
	return b.p;
}

static size_t
suggest_word(struct arena *a, const char *p, size_t n, const char **out, size_t max)
{
	struct split splits[3];
	struct kk_word k;
	size_t count = 0, i, nsplits;

	if (!kk_word_read(p, n, &k) || kk_word_right(&k))
		return 0;
	nsplits = word_split(&k, splits, ARRAY_LEN(splits));
	for (i = 0; i < nsplits && count < max; i++)
		out[count++] = split_text(a, p, &k, &splits[i]);
	return count + word_spell(a, &k, out + count, max - count);
}

size_t
word_suggest(struct arena *a, const char *word, size_t n, const char *const **out)
{
	const char **list = arena_array(a, const char *, SUGGESTIONS);

	*out = list;
	return suggest_word(a, word, n, list, SUGGESTIONS);
}

void
text_fix(const char *text, size_t n, struct buf *out)
{
	buf_put(out, text, n);
}

/* latin.c – Cyrillic to Latin of 2021: a table and the matter of capitals. The way back is
 * latin_back.c. */
#include "lang/latin.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/latin_table.h"
#include "lang/letters.h"

const struct latin_letter *
latin_find(int32_t low)
{
	size_t lo = 0, hi = latin_nletters;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (latin_letters[mid].cyrillic == low)
			return &latin_letters[mid];
		if (latin_letters[mid].cyrillic < low)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* The two pairs that every other function of case gets wrong. */
static int32_t
latin_upper(int32_t cp)
{
	return cp == 'i' ? 0x130 : cp == 0x131 ? 'I' : utf8_upper(cp);
}

/* How the next letter is written: −1 small, 1 capital, 0 there is none. */
static int
case_of(int32_t cp)
{
	if (cp < 0 || !letter_is(cp))
		return 0;
	return utf8_lower(cp) != cp ? 1 : -1;
}

static int
case_at(const char *p, const char *end)
{
	while (p < end) {
		int32_t cp = utf8_next(&p, end);

		if (cp < 0x300 || cp > 0x36F)
			return case_of(cp);
	}
	return 0;
}

static void
put_letter(struct buf *b, const char32_t *latin, bool first_upper, bool rest_upper)
{
	size_t i;

	for (i = 0; latin[i] != 0; i++) {
		int32_t cp = (int32_t)latin[i];
		char out[4];

		if (i == 0 ? first_upper : rest_upper)
			cp = latin_upper(cp);
		buf_put(b, out, utf8_put(out, cp));
	}
}

/* Bytes that no Cyrillic letter begins with, in one go. */
static const char *
skip_plain(const char *p, const char *end)
{
	while (p < end && ((unsigned char)*p & 0xFC) != 0xD0)
		p++;
	return p;
}

const char *
kk_latin(struct arena *a, const char *text, size_t n, size_t *out_n)
{
	const char *p = text, *end = text + n, *from = text;
	int before = 0; /* case of the letter before, as case_of() */
	struct buf b;

	p = skip_plain(p, end);
	if (p == end) {
		*out_n = n;
		return text;
	}
	buf_init(&b, a, 0);
	buf_reserve(&b, n + n / 8 + 16);
	while (p < end) {
		const char *at = p, *mark;
		int32_t cp = utf8_next(&p, end), low = utf8_lower(cp), whole;
		const struct latin_letter *l = cp < 0x400 ? NULL : latin_find(low);
		int now = case_of(cp), next;

		if (l == NULL) {
			if (cp < 0x300 || cp > 0x36F)
				before = now;
			continue;
		}
		buf_put(&b, from, (size_t)(at - from));
		mark = p;
		if (p < end && (whole = letter_composed(low, utf8_next(&mark, end))) != low) {
			l = latin_find(whole) == NULL ? l : latin_find(whole);
			p = mark;
		}
		next = now > 0 ? case_at(p, end) : 0;
		put_letter(
		    &b, l->latin, now > 0, now > 0 && (next > 0 || (next == 0 && before > 0)));
		before = now;
		from = p;
	}
	buf_put(&b, from, (size_t)(end - from));
	*out_n = b.n;
	return b.p;
}

/* stem.c – see stem.h. The search itself is affix.c. */
#include "lang/stem.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/letters.h"
#include "lang/sounds.h"

static const char *
lowered(struct arena *a, const char *word, size_t n)
{
	const char *p = word, *end = word + n;
	struct buf out;

	buf_init(&out, a, 0);
	while (p < end) {
		const char *at = p;
		bool upper;
		int32_t cp = letter_next(&p, end, &upper);
		char bytes[4];

		if (cp > 0)
			buf_put(&out, bytes, utf8_put(bytes, cp));
		else if (cp < 0)
			buf_put(&out, at, (size_t)(p - at));
	}
	return arena_strn(a, out.p, out.n);
}

/* The form that dictionaries give: келді → келу, оқыды → оқу. A stem which -у would change stays: қой
 * (қою), ки (кию), шық (шығу), теп (тебу). */
static void
infinitive(struct cut *c)
{
	static const uint8_t kept[] = { C_SHORT_I, C_I, C_P, C_K, C_Q };
	uint8_t last = c->stem[c->n - 1];

	if (memchr(kept, last, sizeof kept) != NULL)
		return;
	if (last == C_Y || last == C_II)
		c->n--;
	c->stem[c->n++] = C_U;
}

/* ой-пікірі: of two words that no list has together, the second is cut by itself. */
static void
cut_second(const uint8_t *codes, size_t n, struct cut *c)
{
	size_t head = n;
	struct cut second;

	while (head > 0 && codes[head - 1] != C_HYPHEN)
		head--;
	if (head < 2 || head + 2 > n || c->n < head)
		return;
	affix_cut(KK_CYRILLIC, codes + head, n - head, &second);
	if (!second.known || second.verb || head + second.n > AFFIX_MAX)
		return;
	memcpy(c->stem, codes, head);
	memcpy(c->stem + head, second.stem, second.n);
	c->n = head + second.n;
	c->verb = false;
}

const char *
kk_stem(struct arena *a, const char *word, size_t n)
{
	const char *p = word, *end = word + n;
	uint8_t codes[AFFIX_MAX];
	char out[2 * AFFIX_MAX + 8];
	size_t len = 0, i, o = 0;
	struct cut c;
	bool upper;

	while (p < end) {
		int32_t cp = letter_next(&p, end, &upper);

		if (cp == 0)
			continue;
		if (len == AFFIX_MAX || (codes[len] = kk_code(cp)) == 0)
			return lowered(a, word, n);
		len++;
	}
	if (len == 0)
		return lowered(a, word, n);
	affix_cut(KK_CYRILLIC, codes, len, &c);
	if (!c.known)
		cut_second(codes, len, &c);
	if (c.verb)
		infinitive(&c);
	for (i = 0; i < c.n; i++)
		o += utf8_put(out + o, kk_letter(c.stem[i]));
	return arena_strn(a, out, o);
}

/* feed_bytes.c – see feed_bytes.h. windows-1251 and its Kazakh form as tables read them (table_read.h); KOI8-R as the
 * registry of IANA has it. */
#include "text/feed_bytes.h"

#include <strings.h>

#include "base/utf8.h"
#include "text/table_read.h"

static const uint16_t koi8r[128] = { 0x2500, 0x2502, 0x250c, 0x2510, 0x2514, 0x2518, 0x251c, 0x2524,
	0x252c, 0x2534, 0x253c, 0x2580, 0x2584, 0x2588, 0x258c, 0x2590, 0x2591, 0x2592, 0x2593,
	0x2320, 0x25a0, 0x2219, 0x221a, 0x2248, 0x2264, 0x2265, 0x00a0, 0x2321, 0x00b0, 0x00b2,
	0x00b7, 0x00f7, 0x2550, 0x2551, 0x2552, 0x0451, 0x2553, 0x2554, 0x2555, 0x2556, 0x2557,
	0x2558, 0x2559, 0x255a, 0x255b, 0x255c, 0x255d, 0x255e, 0x255f, 0x2560, 0x2561, 0x0401,
	0x2562, 0x2563, 0x2564, 0x2565, 0x2566, 0x2567, 0x2568, 0x2569, 0x256a, 0x256b, 0x256c,
	0x00a9, 0x044e, 0x0430, 0x0431, 0x0446, 0x0434, 0x0435, 0x0444, 0x0433, 0x0445, 0x0438,
	0x0439, 0x043a, 0x043b, 0x043c, 0x043d, 0x043e, 0x043f, 0x044f, 0x0440, 0x0441, 0x0442,
	0x0443, 0x0436, 0x0432, 0x044c, 0x044b, 0x0437, 0x0448, 0x044d, 0x0449, 0x0447, 0x044a,
	0x042e, 0x0410, 0x0411, 0x0426, 0x0414, 0x0415, 0x0424, 0x0413, 0x0425, 0x0418, 0x0419,
	0x041a, 0x041b, 0x041c, 0x041d, 0x041e, 0x041f, 0x042f, 0x0420, 0x0421, 0x0422, 0x0423,
	0x0416, 0x0412, 0x042c, 0x042b, 0x0417, 0x0428, 0x042d, 0x0429, 0x0427, 0x042a };

/* The name in encoding="…" of the first line; "" = none. */
static void
declared(struct slice s, char out[32])
{
	static const char word[] = "encoding";
	size_t head = s.n < 200 ? s.n : 200, i, k = 0;

	out[0] = '\0';
	for (i = 0; i + sizeof word < head; i++)
		if (memcmp(s.p + i, word, sizeof word - 1) == 0)
			break;
	if (i + sizeof word >= head)
		return;
	for (i += sizeof word - 1; i < head && strchr(" =\t\"'", s.p[i]) != NULL && s.p[i] != '\0';
	     i++)
		;
	for (; i < head && k < 31 && s.p[i] != '"' && s.p[i] != '\'' && s.p[i] > ' '; i++)
		out[k++] = s.p[i];
	out[k] = '\0';
}

static bool
named(const char *name, const char *const *names)
{
	while (*names != NULL && strcasecmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

/* KZ-1048 where it is said, and where its letters stand: older programs of this country call it windows-1251. */
static enum table_code
code_of(struct slice s, const char *name)
{
	static const char *const kazakh[] = { "kz-1048", "rk1048", "strk1048-2002", NULL };
	size_t i;

	for (i = 0; i < s.n; i++)
		if (old_is_kazakh((unsigned char)s.p[i]))
			return CODE_KZ1048;
	return named(name, kazakh) ? CODE_KZ1048 : CODE_CP1251;
}

/* UTF-8 in which somebody cut a character in two: far more whole characters of several bytes than broken ones. In a
 * code page hardly two letters in a row look like one. The broken ones become blanks. */
static bool
mostly_utf8(struct arena *a, struct slice s, struct slice *out)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t whole = 0, broken = 0;
	struct buf b;

	buf_init(&b, a, s.n + 1);
	while (p < end) {
		const char *at = p;
		int32_t c = utf8_next(&p, end);

		whole += c >= 0x80;
		broken += c < 0;
		if (c > 0)
			buf_put(&b, at, (size_t)(p - at));
		else
			buf_char(&b, ' ');
	}
	*out = (struct slice){ b.p, b.n };
	return whole > 10 * broken;
}

struct slice
feed_bytes(struct arena *a, struct slice s, const char **encoding)
{
	static const char *const koi[] = { "koi8-r", NULL };
	enum table_code code;
	struct slice mended;
	char name[32];
	bool is_koi;
	struct buf b;
	size_t i;

	*encoding = "UTF-8";
	if (s.n >= 2 && (memcmp(s.p, "\xff\xfe", 2) == 0 || memcmp(s.p, "\xfe\xff", 2) == 0)) {
		*encoding = NULL;
		return s;
	}
	if (utf8_valid(s.p, s.n))
		return s;
	if (mostly_utf8(a, s, &mended))
		return mended;
	declared(s, name);
	is_koi = named(name, koi);
	code = code_of(s, name);
	buf_init(&b, a, 4 * s.n + 16);
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		char out[4];

		if (c < 128)
			buf_char(&b, c == 0 ? ' ' : (char)c);
		else
			buf_put(
			    &b, out, utf8_put(out, is_koi ? koi8r[c - 128] : old_letter(code, c)));
	}
	return (struct slice){ b.p, b.n };
}

/* url.c – see url.h.
 *
 * Reading is strict on purpose: a sequence that is not a %XX, bytes that are not UTF-8, or a NUL
 * are refused and not repaired, so that two readers of one address (proxy, log, router) cannot
 * differ in what they see. Decoded text is shorter than its code, so one copy in the arena is enough and
 * no limit of its own is needed. */
#include "text/url.h"

#include "base/log.h"
#include "base/utf8.h"
#include "text/fmt.h"

enum { PAIRS_MAX = 1000 };

static bool
unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static void
encode(struct buf *b, const char *s, size_t n)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t i, from = 0;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		char code[3] = { '%', digits[c >> 4], digits[c & 15] };

		if (unreserved(c))
			continue;
		buf_put(b, s + from, i - from);
		buf_put(b, code, sizeof code);
		from = i + 1;
	}
	buf_put(b, s + from, n - from);
}

void
url_encode(struct buf *b, const char *s)
{
	encode(b, s, strlen(s));
}

const char *
url_vmake(struct arena *a, const char *fmt, va_list ap)
{
	struct fmt_args args;
	struct fmt_piece piece;
	struct buf b;
	const char *q;
	enum fmt_kind kind = FMT_PLAIN;

	buf_init(&b, a, 0);
	va_copy(args.ap, ap);
	while (kind != FMT_REFUSED) {
		q = strchrnul(fmt, '%');
		buf_put(&b, fmt, (size_t)(q - fmt));
		if (*q == '\0')
			break;
		fmt = q + 1;
		kind = fmt_next(&fmt, &args, &piece);
		if (kind == FMT_TEXT)
			encode(&b, piece.p, piece.n);
		else if (kind == FMT_PLAIN)
			buf_put(&b, piece.p, piece.n);
		else
			BUG("url_make: unknown conversion before '%.20s'", fmt);
	}
	va_end(args.ap);
	return kind == FMT_REFUSED ? "#" : b.p;
}

const char *
url_make(struct arena *a, const char *fmt, ...)
{
	const char *s;
	va_list ap;

	va_start(ap, fmt);
	s = url_vmake(a, fmt, ap);
	va_end(ap);
	return s;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* NULL if the code is broken or the text is not UTF-8 without NUL. */
static const char *
decode(struct arena *a, struct slice s, bool plus, size_t *n)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t i, k = 0;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '+' && plus)
			c = ' ';
		else if (c == '%') {
			int hi = s.n - i > 2 ? hex(s.p[i + 1]) : -1;
			int lo = s.n - i > 2 ? hex(s.p[i + 2]) : -1;

			if (hi < 0 || lo < 0)
				return NULL;
			c = (char)(hi << 4 | lo);
			i += 2;
		}
		out[k++] = c;
	}
	if (!utf8_valid(out, k))
		return NULL;
	*n = k;
	return out;
}

static struct slice
cut(struct slice *rest, char sep)
{
	const char *q = rest->n == 0 ? NULL : memchr(rest->p, sep, rest->n);
	struct slice head = { rest->p, q == NULL ? rest->n : (size_t)(q - rest->p) };
	size_t used = q == NULL ? rest->n : head.n + 1;

	if (used > 0)
		rest->p += used;
	rest->n -= used;
	return head;
}

int
url_parse_pairs(struct arena *a, struct slice s, struct pairs *out)
{
	struct slice rest = s, one, name;
	size_t n = 0, nname;

	*out = (struct pairs){ 0 };
	while (rest.n > 0)
		n += cut(&rest, '&').n > 0;
	if (n > PAIRS_MAX)
		return RC_TOOBIG;
	out->p = arena_array(a, struct pair, n == 0 ? 1 : n);
	while (s.n > 0) {
		struct pair *p = &out->p[out->n];

		one = cut(&s, '&');
		if (one.n == 0)
			continue;
		name = cut(&one, '=');
		p->name = decode(a, name, true, &nname);
		p->value = decode(a, one, true, &p->nvalue);
		if (p->name == NULL || p->value == NULL) {
			*out = (struct pairs){ 0 };
			return RC_INVALID;
		}
		out->n++;
	}
	return RC_OK;
}

static bool
segment_ok(const char *text, size_t n)
{
	size_t i;

	if (n == 0 || (n == 1 && text[0] == '.') || (n == 2 && text[0] == '.' && text[1] == '.'))
		return false;
	for (i = 0; i < n; i++)
		if (text[i] == '/' || (unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return false;
	return true;
}

int
url_decode_path(struct arena *a, struct slice raw, const char **out)
{
	struct buf b;
	struct slice seg;
	const char *text;
	size_t n;

	*out = NULL;
	if (raw.n == 0 || raw.p[0] != '/')
		return RC_INVALID;
	if (memchr(raw.p, '?', raw.n) != NULL || memchr(raw.p, '#', raw.n) != NULL)
		return RC_INVALID; /* the caller cuts the query off */
	buf_init(&b, a, 0);
	buf_char(&b, '/');
	raw.p++;
	raw.n--;
	while (raw.n > 0) {
		size_t left = raw.n;

		seg = cut(&raw, '/');
		text = decode(a, seg, false, &n);
		if (text == NULL || !segment_ok(text, n))
			return RC_INVALID;
		buf_put(&b, text, n);
		if (seg.n < left)
			buf_char(&b, '/'); /* also the one at the very end */
	}
	if (b.over)
		return RC_TOOBIG;
	*out = b.p;
	return RC_OK;
}

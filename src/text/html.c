/* html.c – see html.h.
 *
 * The literal parts run through scan(), a small state machine after the HTML standard's tokenizer,
 * cut down to what the house writes. Literal bytes are copied in one piece and only looked at;
 * arguments are judged by the state in which they stand. So the cost of safety is one pass over
 * bytes that are in the cache anyway, and the machine stays on in production.
 *
 * States and what ends them:
 *   TEXT '<' LT · name NAME · ' ' TAG · attr ATTR · '=' EQ · quote VALUE · else BARE · '>' TEXT
 *   LT '!' BANG · "--" COMMENT · else DECL
 *   RAW is inside <script> and <style>; only the matching close tag ends it.
 *
 * Numbers and %% are fed to the machine as if they were literal: digits are harmless anywhere, and
 * so <h%d>…</h%d> is balanced like any other tag. */
#include "text/html_inner.h"

#include <strings.h>

#include "base/log.h"
#include "text/fmt.h"

enum {
	TEXT,
	LT,
	NAME,
	TAG,
	ATTR,
	EQ,
	VALUE,
	BARE,
	BANG,
	COMMENT,
	DECL,
	RAW,
	RAW_LT,
};
enum element { NORMAL, VOID, OPAQUE };

enum { START_CAP = 4096 };

void
html_init(struct html *h, struct arena *a, size_t limit)
{
	memset(h, 0, sizeof *h);
	buf_init(&h->out, a, limit == 0 ? (size_t)4 << 20 : limit);
	buf_reserve(&h->out, START_CAP);
}

bool
html_ok(const struct html *h)
{
	return !h->out.over && h->bugs == 0 && h->depth == 0 && h->state == TEXT;
}

/* Names the place and never the data: logs are read by people who may not read the page. */
static void
wrong(struct html *h, const char *what)
{
	h->bugs++;
	BUG("html: %s; in <%s%s %s> inside <%s>, byte %zu", what, h->closing ? "/" : "", h->tag,
	    h->attr, h->depth > 0 ? h->open[h->depth - 1] : "", h->out.n);
}

static enum element
element_of(const char *t)
{
	/* By first letter, so that the common tags cost one jump. */
	switch (t[0]) {
	case 'a':
		return strcmp(t, "area") == 0 ? VOID : NORMAL;
	case 'b':
		return strcmp(t, "br") == 0 || strcmp(t, "base") == 0 ? VOID : NORMAL;
	case 'c':
		return strcmp(t, "col") == 0 ? VOID : NORMAL;
	case 'e':
		return strcmp(t, "embed") == 0 ? VOID : NORMAL;
	case 'h':
		return strcmp(t, "hr") == 0 ? VOID : NORMAL;
	case 'i':
		if (strcmp(t, "iframe") == 0)
			return OPAQUE;
		return strcmp(t, "img") == 0 || strcmp(t, "input") == 0 ? VOID : NORMAL;
	case 'l':
		return strcmp(t, "link") == 0 ? VOID : NORMAL;
	case 'm':
		return strcmp(t, "meta") == 0 ? VOID : NORMAL;
	case 'n':
		return strcmp(t, "noembed") == 0 || strcmp(t, "noframes") == 0 ? OPAQUE : NORMAL;
	case 'p':
		return strcmp(t, "plaintext") == 0 ? OPAQUE : NORMAL;
	case 's':
		if (strcmp(t, "script") == 0 || strcmp(t, "style") == 0)
			return OPAQUE;
		return strcmp(t, "source") == 0 ? VOID : NORMAL;
	case 't':
		return strcmp(t, "track") == 0 ? VOID : NORMAL;
	case 'w':
		return strcmp(t, "wbr") == 0 ? VOID : NORMAL;
	case 'x':
		return strcmp(t, "xmp") == 0 ? OPAQUE : NORMAL;
	default:
		return NORMAL;
	}
}

static bool
inside_svg(const struct html *h)
{
	int i;

	if (strcmp(h->tag, "svg") == 0)
		return true;
	for (i = h->depth; i > 0; i--)
		if (strcmp(h->open[i - 1], "svg") == 0)
			return true;
	return false;
}

static void
close_element(struct html *h)
{
	int i;

	h->state = TEXT;
	if (h->depth > 0 && memcmp(h->open[h->depth - 1], h->tag, sizeof h->tag) == 0) {
		h->depth--;
		return;
	}
	wrong(h, "close tag does not match the open one");
	for (i = h->depth; i > 0; i--)
		if (memcmp(h->open[i - 1], h->tag, sizeof h->tag) == 0) {
			h->depth = i - 1; /* go on from there: one mistake, one message */
			return;
		}
}

static void
end_tag(struct html *h)
{
	enum element e;

	if (h->closing) {
		close_element(h);
		return;
	}
	h->state = TEXT;
	e = element_of(h->tag);
	if (e == VOID)
		return;
	if (h->self_close) {
		if (!inside_svg(h))
			wrong(h, "'/>' on an element that needs a close tag");
		else
			return;
	}
	if (h->depth == HTML_DEPTH) {
		wrong(h, "too deep");
		return;
	}
	memcpy(h->open[h->depth++], h->tag, sizeof h->tag);
	show_element_open(h);
	if (e == OPAQUE)
		h->state = RAW;
}

/* Lower case of a character that may stand in a name; 0 for all others. */
static const char name_char[256] = {
	['-'] = '-',
	['.'] = '.',
	[':'] = ':',
	['_'] = '_',
	['0'] = '0',
	['1'] = '1',
	['2'] = '2',
	['3'] = '3',
	['4'] = '4',
	['5'] = '5',
	['6'] = '6',
	['7'] = '7',
	['8'] = '8',
	['9'] = '9',
	['a'] = 'a',
	['b'] = 'b',
	['c'] = 'c',
	['d'] = 'd',
	['e'] = 'e',
	['f'] = 'f',
	['g'] = 'g',
	['h'] = 'h',
	['i'] = 'i',
	['j'] = 'j',
	['k'] = 'k',
	['l'] = 'l',
	['m'] = 'm',
	['n'] = 'n',
	['o'] = 'o',
	['p'] = 'p',
	['q'] = 'q',
	['r'] = 'r',
	['s'] = 's',
	['t'] = 't',
	['u'] = 'u',
	['v'] = 'v',
	['w'] = 'w',
	['x'] = 'x',
	['y'] = 'y',
	['z'] = 'z',
	['A'] = 'a',
	['B'] = 'b',
	['C'] = 'c',
	['D'] = 'd',
	['E'] = 'e',
	['F'] = 'f',
	['G'] = 'g',
	['H'] = 'h',
	['I'] = 'i',
	['J'] = 'j',
	['K'] = 'k',
	['L'] = 'l',
	['M'] = 'm',
	['N'] = 'n',
	['O'] = 'o',
	['P'] = 'p',
	['Q'] = 'q',
	['R'] = 'r',
	['S'] = 's',
	['T'] = 't',
	['U'] = 'u',
	['V'] = 'v',
	['W'] = 'w',
	['X'] = 'x',
	['Y'] = 'y',
	['Z'] = 'z',
};

static char
lower(char c)
{
	return name_char[(unsigned char)c];
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* After '<'. */
static const char *
scan_lt(struct html *h, const char *p)
{
	if (*p == '/' && !h->closing) {
		h->closing = true;
		return p + 1;
	}
	if (*p == '!' && !h->closing) {
		h->state = BANG;
		h->dashes = 0;
		return p + 1;
	}
	h->state = NAME;
	h->ntag = 0;
	memset(h->tag, 0, sizeof h->tag);
	h->attr[0] = '\0';
	h->self_close = false;
	show_tag_begin(h);
	if (lower(*p) < 'a') {
		wrong(h, "'<' that opens no tag");
		h->state = TEXT;
		return p + 1;
	}
	return p;
}

static const char *
scan_name(struct html *h, const char *p, const char *end)
{
	unsigned n = h->ntag;
	char c;

	for (; p < end && (c = lower(*p)) != 0; p++)
		if (n < sizeof h->tag - 1)
			h->tag[n++] = c;
	h->ntag = (unsigned char)n;
	if (p < end)
		h->state = TAG;
	return p;
}

/* Between attributes. A '=' here belongs to the attribute before it ("a = 'b'"). */
static const char *
scan_tag(struct html *h, const char *p)
{
	char c = *p;

	if (is_space(c))
		return p + 1;
	if (c == '>') {
		end_tag(h);
		return p + 1;
	}
	if (c == '/') {
		h->self_close = true;
		return p + 1;
	}
	h->self_close = false;
	if (c == '=' && h->attr[0] != '\0') {
		h->state = EQ;
		return p + 1;
	}
	h->nattr = 0;
	h->state = ATTR;
	if (lower(c) == 0 || h->closing) {
		wrong(h, "no attribute may begin here");
		return p + 1;
	}
	return p;
}

static const char *
scan_attr(struct html *h, const char *p, const char *end)
{
	unsigned n = h->nattr;
	char c;

	for (; p < end && (c = lower(*p)) != 0; p++)
		if (n < sizeof h->attr - 1)
			h->attr[n++] = c;
	h->nattr = (unsigned char)n;
	h->attr[n] = '\0';
	if (p == end)
		return p;
	if (*p == '=') {
		h->state = EQ;
		return p + 1;
	}
	if (*p == '<' || *p == '\'' || *p == '"')
		wrong(h, "quote or '<' in an attribute name");
	h->state = TAG;
	return *p == '>' || *p == '/' || is_space(*p) ? p : p + 1;
}

static const char *
scan_eq(struct html *h, const char *p)
{
	if (is_space(*p))
		return p + 1;
	if (*p == '\'' || *p == '"') {
		h->quote = *p;
		h->state = VALUE;
		h->value_at = h->run_at + (size_t)(p + 1 - h->run);
		return p + 1;
	}
	if (*p == '>') {
		wrong(h, "attribute without a value");
		h->state = TAG;
		return p;
	}
	h->state = BARE;
	return p;
}

static const char *
scan_value(struct html *h, const char *p, const char *end)
{
	char q = h->quote;

	while (p < end && *p != q)
		p++;
	if (p == end)
		return p;
	show_attr_end(h, h->run_at + (size_t)(p - h->run));
	h->state = TAG;
	h->attr[0] = '\0';
	return p + 1;
}

static const char *
scan_bare(struct html *h, const char *p, const char *end)
{
	for (; p < end; p++) {
		if (is_space(*p) || *p == '>') {
			h->state = TAG;
			h->attr[0] = '\0';
			return p;
		}
		if (*p == '\'' || *p == '"' || *p == '<')
			wrong(h, "quote or '<' in an unquoted value");
	}
	return p;
}

/* "<!" and what may follow: a comment or a declaration. */
static const char *
scan_bang(struct html *h, const char *p)
{
	if (h->state == BANG) {
		if (*p == '-' && ++h->dashes < 2)
			return p + 1;
		h->state = h->dashes == 2 ? COMMENT : DECL;
		h->dashes = 0;
		return h->state == COMMENT ? p + 1 : p;
	}
	if (h->state == DECL) {
		if (*p == '>')
			h->state = TEXT;
		return p + 1;
	}
	if (*p == '>' && h->dashes >= 2)
		h->state = TEXT;
	h->dashes = *p != '-' ? 0 : h->dashes < 2 ? h->dashes + 1 : 2;
	return p + 1;
}

/* Inside <script> or <style>: "</" and the name end it; ntag counts what matched after '<'. */
static const char *
scan_raw(struct html *h, const char *p, const char *end)
{
	const char *name = h->open[h->depth - 1];
	size_t len = strlen(name);

	if (h->state == RAW) {
		p = memchr(p, '<', (size_t)(end - p));
		if (p == NULL)
			return end;
		h->state = RAW_LT;
		h->ntag = 0;
		return p + 1;
	}
	if (h->ntag == 0 ? *p == '/' : h->ntag <= len && lower(*p) == name[h->ntag - 1]) {
		h->ntag++;
		return p + 1;
	}
	if (h->ntag == len + 1 && (*p == '>' || *p == '/' || is_space(*p))) {
		memcpy(h->tag, name, sizeof h->tag);
		h->attr[0] = '\0';
		h->closing = true;
		h->state = TAG;
		return p;
	}
	h->state = RAW;
	return p;
}

static void
scan(struct html *h, const char *p, const char *end)
{
	while (p < end) {
		switch (h->state) {
		case TEXT:
			p = memchr(p, '<', (size_t)(end - p));
			if (p == NULL)
				return;
			p++;
			h->state = LT;
			h->closing = false;
			break;
		case LT:
			p = scan_lt(h, p);
			break;
		case NAME:
			p = scan_name(h, p, end);
			break;
		case TAG:
			p = scan_tag(h, p);
			break;
		case ATTR:
			p = scan_attr(h, p, end);
			break;
		case EQ:
			p = scan_eq(h, p);
			break;
		case VALUE:
			p = scan_value(h, p, end);
			break;
		case BARE:
			p = scan_bare(h, p, end);
			break;
		case RAW:
		case RAW_LT:
			p = scan_raw(h, p, end);
			break;
		default:
			p = scan_bang(h, p);
			break;
		}
	}
}

void
html_put(struct html *h, const char *p, size_t n)
{
	h->run = p;
	h->run_at = h->out.n;
	buf_put(&h->out, p, n);
	scan(h, p, p + n);
}

static void
escape(struct buf *b, const char *s, size_t n)
{
	static const struct {
		char text[7];
		unsigned char n;
	} entity[256] = {
		['&'] = { "&amp;", 5 },
		['<'] = { "&lt;", 4 },
		['>'] = { "&gt;", 4 },
		['"'] = { "&quot;", 6 },
		['\''] = { "&#39;", 5 },
	};
	const char *from = s, *end = s + n;

	for (; s < end; s++) {
		unsigned char c = (unsigned char)*s;

		if (entity[c].n == 0)
			continue;
		buf_put(b, from, (size_t)(s - from));
		buf_put(b, entity[c].text, entity[c].n);
		from = s + 1;
	}
	buf_put(b, from, (size_t)(s - from));
}

static bool
one_of(const char *name, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}

static bool
is_url_attr(const char *name)
{
	static const char *const list[] = { "href", "src", "action", "formaction", "xlink:href",
		"poster", "cite", "data", "background", "ping", "manifest" };

	return one_of(name, list, ARRAY_LEN(list));
}

/* Attributes whose value is a program or markup, where escaping does not help. */
static bool
is_code_attr(const char *name)
{
	return strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0 ||
	       strcmp(name, "srcdoc") == 0;
}

static size_t
scheme_span(const char *s, size_t n, size_t from)
{
	while (from < n && s[from] != ':' && s[from] != '/' && s[from] != '?' && s[from] != '#')
		from++;
	return from;
}

/* Whether `add` may follow what the value already holds. The scheme may come in pieces ("java" and
 * "script:…"), so it is judged over the seam. Only exact names pass: what a browser would tidy
 * up (tabs, control characters, case apart) is no exact name. */
static bool
url_ok(const char *had, size_t nhad, const char *add, size_t nadd)
{
	/* webcal: an address that a calendar program subscribes to. */
	static const char *const good[] = { "http", "https", "mailto", "tel", "webcal" };
	static const char *const bad[] = { "javascript", "vbscript" };
	char scheme[16];
	size_t i, settled = scheme_span(had, nhad, 0), colon;

	if (settled < nhad) { /* the literal before it has decided */
		for (i = 0; i < ARRAY_LEN(bad); i++)
			if (had[settled] == ':' && settled == strlen(bad[i]) &&
			    strncasecmp(had, bad[i], settled) == 0)
				return false;
		return true;
	}
	colon = scheme_span(add, nadd, 0);
	if (colon == nadd || add[colon] != ':')
		return true;
	if (nhad + colon >= sizeof scheme)
		return false;
	memcpy(scheme, had, nhad);
	memcpy(scheme + nhad, add, colon);
	scheme[nhad + colon] = '\0';
	for (i = 0; i < ARRAY_LEN(good); i++)
		if (strcasecmp(scheme, good[i]) == 0)
			return true;
	return false;
}

static void
put_value(struct html *h, const char *s, size_t n)
{
	struct slice shown;

	if (is_code_attr(h->attr)) {
		wrong(h, "text in an attribute that holds code");
		return;
	}
	if (is_url_attr(h->attr) && !h->out.over &&
	    !url_ok(h->out.p + h->value_at, h->out.n - h->value_at, s, n)) {
		BUG("html: refused scheme in <%s %s>", h->tag, h->attr);
		buf_char(&h->out, '#');
		return;
	}
	shown = shown_value(h, s, n);
	escape(&h->out, shown.p, shown.n);
}

static void
put_text(struct html *h, const char *s, size_t n)
{
	struct slice shown;

	switch (h->state) {
	case TEXT:
		shown = shown_text(h, s, n);
		escape(&h->out, shown.p, shown.n);
		break;
	case VALUE:
		put_value(h, s, n);
		break;
	case EQ:
	case BARE:
		wrong(h, "text in an unquoted value");
		break;
	case RAW:
	case RAW_LT:
		wrong(h, "text inside script or style");
		break;
	case BANG:
	case COMMENT:
	case DECL:
		wrong(h, "text in a comment or declaration");
		break;
	default:
		wrong(h, "text inside a tag");
		break;
	}
}

void
html_v(struct html *h, const char *fmt, va_list ap)
{
	struct fmt_args args;
	struct fmt_piece piece;
	const char *q;

	va_copy(args.ap, ap);
	for (;;) {
		q = strchrnul(fmt, '%');
		if (q > fmt)
			html_put(h, fmt, (size_t)(q - fmt));
		if (*q == '\0')
			break;
		fmt = q + 1;
		switch (fmt_next(&fmt, &args, &piece)) {
		case FMT_TEXT:
			put_text(h, piece.p, piece.n);
			continue;
		case FMT_PLAIN:
			html_put(h, piece.p, piece.n);
			continue;
		default:
			wrong(h, "conversion that html() does not know");
		}
		break;
	}
	va_end(args.ap);
}

void
html(struct html *h, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	html_v(h, fmt, ap);
	va_end(ap);
}

void
html_rich(struct html *h, const char *text, const char *href)
{
	const char *open = strchr(text, '['), *close = open == NULL ? NULL : strchr(open, ']');

	if (close == NULL || href == NULL) {
		html(h, "%s", text);
		return;
	}
	html(h, "%.*s<a href='%s'>%.*s</a>%s", (int)(open - text), text, href,
	    (int)(close - open - 1), open + 1, close + 1);
}

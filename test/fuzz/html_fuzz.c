/* html_fuzz.c – hostile text in every place where the house's markup lets text stand.
 *
 * Bytes are read as (format, text up to a NUL) again and again. Whatever the text is, the page must
 * be balanced and without refused places; it must hold exactly as many markup characters as its
 * literals; and every address in it must have a scheme from the list when read as a browser does,
 * by the code below, which shares nothing with the writer. */
#include "fuzz.h"

#include <stdlib.h>
#include <strings.h>

#include "base/log.h"
#include "lang/latin.h"
#include "text/html.h"

enum { FORMATS = 9, CALLS_MAX = 64 };

/* Markup characters of the literals printed so far. */
struct marks {
	size_t lt, gt, apostrophe, quote;
};

static struct marks
count(const char *s, size_t n)
{
	struct marks m = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		m.lt += s[i] == '<';
		m.gt += s[i] == '>';
		m.apostrophe += s[i] == '\'';
		m.quote += s[i] == '"';
	}
	return m;
}

#define ONE(fmt, ...)                                                       \
	do {                                                                \
		struct marks m_ = count(fmt, sizeof fmt - 1);               \
		html(h, fmt, __VA_ARGS__);                                  \
		want->lt += m_.lt, want->gt += m_.gt;                       \
		want->apostrophe += m_.apostrophe, want->quote += m_.quote; \
	} while (0)

static void
print(struct html *h, struct marks *want, unsigned format, const char *s, int n)
{
	switch (format % FORMATS) {
	case 0:
		ONE("<p class='x'>%s</p>\n", s);
		break;
	case 1:
		ONE("<input name=\"%s\" value='%s' required><br>", s, s);
		break;
	case 2:
		ONE("<a href='%s'>%s</a>", s, s);
		break;
	case 3:
		ONE("<form action='%s%s'><h%d>%s</h%d></form>", s, s, n % 6, s, n % 6);
		break;
	case 4:
		ONE("<a class='a %s b' href='/x/%s?q=%s' id=a%d>%.*s</a>", s, s, s, n, n, s);
		break;
	case 5:
		ONE("<svg viewBox='0 0 1 1'><a xlink:href='%s'><text x='%g'>%s</text></a></svg>", s,
		    (double)n / 3, s);
		break;
	case 6:
		ONE("<!-- x --><td colspan=%d title='%s'>%s%%</td>", n, s, s);
		break;
	case 7:
		ONE("<textarea>%s</textarea><title>%s</title><script src='%s'></script>", s, s, s);
		break;
	default:
		ONE("<img alt = '%s' src='", s);
		ONE("%s", s);
		ONE("%s'>", "");
		break;
	}
}

/* The value up to its quote with entities undone, as a browser reads a scheme: leading blanks and
 * controls skipped, tabs and line ends dropped. */
static bool
harmless_address(struct arena *a, const char *v, char quote)
{
	static const char *const entity[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
	static const char meaning[] = "&<>\"'";
	static const char *const good[] = { "http", "https", "mailto", "tel" };
	struct buf b;
	size_t i, n;

	buf_init(&b, a, 0);
	while (*v != quote) {
		char c = *v++;

		for (i = 0; c == '&' && i < ARRAY_LEN(entity); i++)
			if (strncmp(v - 1, entity[i], strlen(entity[i])) == 0) {
				v += strlen(entity[i]) - 1;
				c = meaning[i];
				break;
			}
		if (c == '\t' || c == '\n' || c == '\r' || (b.n == 0 && (unsigned char)c <= ' '))
			continue;
		buf_char(&b, c);
	}
	n = strcspn(b.p, ":/?#");
	if (b.p[n] != ':')
		return true;
	for (i = 0; i < ARRAY_LEN(good); i++)
		if (n == strlen(good[i]) && strncasecmp(b.p, good[i], n) == 0)
			return true;
	return false;
}

static bool
holds_address(const char *name, size_t n)
{
	static const char *const list[] = { "href", "xlink:href", "action", "src" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(list); i++)
		if (strlen(list[i]) == n && memcmp(list[i], name, n) == 0)
			return true;
	return false;
}

/* One tag, p behind its name; returns the place behind its '>'. */
static const char *
check_tag(struct arena *a, const char *p)
{
	for (;;) {
		const char *name;
		size_t n;

		p += strspn(p, " /\n");
		REQUIRE(*p != '\0');
		if (*p == '>')
			return p + 1;
		name = p;
		n = strcspn(p, " =>/");
		p += n;
		p += strspn(p, " ");
		if (*p != '=')
			continue;
		p += 1 + strspn(p + 1, " ");
		if (*p != '\'' && *p != '"') {
			p += strcspn(p, " >");
			continue;
		}
		if (holds_address(name, n))
			REQUIRE(harmless_address(a, p + 1, *p));
		p = strchr(p + 1, *p);
		REQUIRE(p != NULL);
		p++;
	}
}

static void
check_addresses(struct arena *a, const char *page)
{
	/* Data cannot write '<', so each one opens a tag or the comment of format 6. */
	while ((page = strchr(page, '<')) != NULL)
		if (page[1] == '!')
			page++;
		else
			page = check_tag(a, page + 1 + strcspn(page + 1, " >"));
}

static const struct html_show in_latin = { "kk", "kk-Latn", kk_latin };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	struct marks want = { 0 }, got;
	struct html h;
	size_t at = 0;
	int calls;

	unsetenv("SHANYRAQ_BUG_ABORT"); /* a refused address is logged as a bug, and wanted here */
	log_limit = 0;
	html_init(&h, a, 0);
	if (n % 2 == 1)
		h.show = &in_latin; /* half of the pages are read in the other script */
	for (calls = 0; at < n && calls < CALLS_MAX; calls++) {
		unsigned format = (unsigned char)in.p[at++];
		size_t len = strnlen(in.p + at, n - at);

		print(&h, &want, format, arena_strn(a, in.p + at, len), calls);
		at += len + 1;
	}
	if (!h.out.over) {
		REQUIRE(h.bugs == 0 && h.depth == 0 && html_ok(&h));
		REQUIRE(strlen(h.out.p) == h.out.n);
		got = count(h.out.p, h.out.n);
		REQUIRE(got.lt == want.lt && got.gt == want.gt);
		REQUIRE(got.apostrophe == want.apostrophe && got.quote == want.quote);
		check_addresses(a, h.out.p);
	}
	fuzz_drop(in);
	return 0;
}

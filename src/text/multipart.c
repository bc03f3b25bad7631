/* multipart.c – url_parse_multipart(), see url.h.
 *
 * The body is a sequence of parts between lines "--boundary"; the last line has "--" behind it.
 * Browsers write exactly that, so no prologue, no epilogue, no folded header lines, no bare LF and
 * no space after a boundary are taken. Names follow the browsers as well: UTF-8 inside quotes, a
 * double quote as %22 (or \"), and a backslash is otherwise itself. Bodies are not copied: they
 * are slices of the input. */
#include "text/url.h"

#include <strings.h>

#include "base/utf8.h"

enum { PARTS_MAX = 200, HEAD_MAX = 8192, HEAD_LINES = 16, BOUNDARY_MAX = 70 };

static bool
is_token(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != 0 && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static void
skip_space(struct slice *s)
{
	while (s->n > 0 && (*s->p == ' ' || *s->p == '\t'))
		s->p++, s->n--;
}

static struct slice
take_token(struct slice *s)
{
	struct slice t = { s->p, 0 };

	while (t.n < s->n && is_token((unsigned char)t.p[t.n]))
		t.n++;
	s->p += t.n;
	s->n -= t.n;
	return t;
}

static bool
same_word(struct slice s, const char *word)
{
	return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

/* Text between quotes, without them; NULL if it is broken. */
static const char *
take_quoted(struct arena *a, struct slice *s)
{
	struct buf b;
	size_t i;

	buf_init(&b, a, HEAD_MAX);
	for (i = 1; i < s->n && s->p[i] != '"'; i++) {
		if (s->p[i] == '\\' && i + 1 < s->n && (s->p[i + 1] == '"' || s->p[i + 1] == '\\'))
			i++;
		if (s->n - i > 2 && memcmp(s->p + i, "%22", 3) == 0) {
			buf_char(&b, '"');
			i += 2;
		} else
			buf_char(&b, s->p[i]);
	}
	if (i >= s->n || b.over)
		return NULL;
	s->p += i + 1;
	s->n -= i + 1;
	return b.p;
}

/* "; name=value" – 1 taken, 0 at the end, -1 broken. */
static int
take_param(struct arena *a, struct slice *s, struct slice *name, const char **value)
{
	struct slice word;

	skip_space(s);
	if (s->n == 0)
		return 0;
	if (*s->p != ';')
		return -1;
	s->p++, s->n--;
	skip_space(s);
	*name = take_token(s);
	if (name->n == 0 || s->n == 0 || *s->p != '=')
		return -1;
	s->p++, s->n--;
	if (s->n > 0 && *s->p == '"') {
		*value = take_quoted(a, s);
		return *value == NULL ? -1 : 1;
	}
	word = take_token(s);
	*value = arena_strn(a, word.p, word.n);
	return word.n == 0 ? -1 : 1;
}

static bool
read_boundary(struct arena *a, const char *content_type, const char **out)
{
	static const char extra[] = "'()+_,-./:=? ";
	struct slice s = slice_str(content_type), name;
	const char *value, *c;
	int rc;

	skip_space(&s);
	name = take_token(&s);
	if (!same_word(name, "multipart") || s.n == 0 || *s.p != '/')
		return false;
	s.p++, s.n--;
	if (!same_word(take_token(&s), "form-data"))
		return false;
	*out = NULL;
	while ((rc = take_param(a, &s, &name, &value)) > 0)
		if (same_word(name, "boundary")) {
			if (*out != NULL)
				return false;
			*out = value;
		}
	if (rc < 0 || *out == NULL || **out == '\0' || strlen(*out) > BOUNDARY_MAX)
		return false;
	for (c = *out; *c != '\0'; c++)
		if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			(*c >= '0' && *c <= '9') || strchr(extra, *c) != NULL))
			return false;
	return c[-1] != ' ';
}

static bool
clean_text(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (!utf8_valid(s, strlen(s)))
		return false;
	for (; *u != 0; u++)
		if (*u < 0x20 || *u == 0x7f)
			return false;
	return true;
}

/* The last component: old browsers and hostile clients send whole paths. */
static const char *
base_name(const char *s)
{
	const char *at = s;

	for (; *s != '\0'; s++)
		if (*s == '/' || *s == '\\')
			at = s + 1;
	return strcmp(at, ".") == 0 || strcmp(at, "..") == 0 ? "" : at;
}

static int
read_disposition(struct arena *a, struct slice s, struct form_part *p)
{
	struct slice name;
	const char *value;
	int rc;

	if (p->name != NULL || !same_word(take_token(&s), "form-data"))
		return RC_INVALID;
	while ((rc = take_param(a, &s, &name, &value)) > 0) {
		const char **where = same_word(name, "name")	   ? &p->name
				     : same_word(name, "filename") ? &p->filename
								   : NULL;

		if (same_word(name, "filename*"))
			return RC_INVALID; /* RFC 7578 forbids it: two names for one file */
		if (where == NULL)
			continue;
		if (*where != NULL || !clean_text(value))
			return RC_INVALID;
		*where = value;
	}
	if (rc < 0 || p->name == NULL || *p->name == '\0')
		return RC_INVALID;
	if (p->filename != NULL)
		p->filename = base_name(p->filename);
	return RC_OK;
}

static int
read_header(struct arena *a, struct slice line, struct form_part *p)
{
	struct slice name = take_token(&line);
	size_t i;

	if (name.n == 0 || line.n == 0 || *line.p != ':')
		return RC_INVALID;
	line.p++, line.n--;
	for (i = 0; i < line.n; i++)
		if (((unsigned char)line.p[i] < 0x20 && line.p[i] != '\t') || line.p[i] == 0x7f)
			return RC_INVALID;
	skip_space(&line);
	if (same_word(name, "content-disposition"))
		return read_disposition(a, line, p);
	if (same_word(name, "content-type")) {
		if (*p->type != '\0' || !utf8_valid(line.p, line.n))
			return RC_INVALID;
		p->type = arena_strn(a, line.p, line.n);
	}
	if (same_word(name, "content-transfer-encoding") && !same_word(line, "binary") &&
	    !same_word(line, "8bit") && !same_word(line, "7bit"))
		return RC_INVALID;
	return RC_OK;
}

/* Header lines up to the empty one; *s is left at the part's body. */
static int
read_head(struct arena *a, struct slice *s, struct form_part *p)
{
	int lines;

	p->type = "";
	for (lines = 0; lines <= HEAD_LINES; lines++) {
		size_t look = s->n < HEAD_MAX ? s->n : HEAD_MAX;
		const char *eol = memmem(s->p, look, "\r\n", 2);
		struct slice line;

		if (eol == NULL)
			return RC_INVALID;
		line = (struct slice){ s->p, (size_t)(eol - s->p) };
		s->p += line.n + 2;
		s->n -= line.n + 2;
		if (line.n == 0)
			return p->name == NULL ? RC_INVALID : RC_OK;
		TRY(read_header(a, line, p));
	}
	return RC_TOOBIG;
}

/* Behind a boundary: 1 another part follows, 0 the end, -1 broken. */
static int
after_boundary(struct slice *s)
{
	if (s->n >= 2 && memcmp(s->p, "\r\n", 2) == 0) {
		s->p += 2;
		s->n -= 2;
		return 1;
	}
	if (s->n < 2 || memcmp(s->p, "--", 2) != 0)
		return -1;
	return s->n == 2 || (s->n == 4 && memcmp(s->p + 2, "\r\n", 2) == 0) ? 0 : -1;
}

static int
read_parts(struct arena *a, struct slice s, const char *mark, struct parts *out)
{
	size_t nmark = strlen(mark); /* CR LF - - boundary */
	int more;

	if (s.n < nmark - 2 || memcmp(s.p, mark + 2, nmark - 2) != 0)
		return RC_INVALID;
	s.p += nmark - 2;
	s.n -= nmark - 2;
	while ((more = after_boundary(&s)) > 0) {
		struct form_part *p = &out->p[out->n];
		const char *end;

		if (out->n == PARTS_MAX)
			return RC_TOOBIG;
		TRY(read_head(a, &s, p));
		end = memmem(s.p, s.n, mark, nmark);
		if (end == NULL)
			return RC_INVALID;
		p->body = (struct slice){ s.p, (size_t)(end - s.p) };
		if (p->filename == NULL && !utf8_valid(p->body.p, p->body.n))
			return RC_INVALID;
		out->n++;
		s.n -= p->body.n + nmark;
		s.p = end + nmark;
	}
	return more < 0 ? RC_INVALID : RC_OK;
}

int
url_parse_multipart(struct arena *a, const char *content_type, struct slice body, struct parts *out)
{
	const char *boundary;
	int rc;

	*out = (struct parts){ 0 };
	if (!read_boundary(a, content_type == NULL ? "" : content_type, &boundary))
		return RC_INVALID;
	out->p = arena_array(a, struct form_part, PARTS_MAX + 1);
	rc = read_parts(a, body, arena_printf(a, "\r\n--%s", boundary), out);
	if (rc != RC_OK)
		*out = (struct parts){ 0 };
	return rc;
}

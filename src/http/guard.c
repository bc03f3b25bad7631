/* guard.c – the head of a request, judged before any byte of its body is taken.
 *
 * Two programs that read one message differently can be played against each other (request
 * smuggling), so everything that RFC 9112 leaves in doubt is refused, and the connection closed:
 * two lengths, a length beside chunked, two Hosts, a space before the colon, control bytes, folded
 * lines, absolute targets, versions other than 1.0 and 1.1. Old libraries let all that through; new
 * ones refuse most of it by themselves. Pure functions over strings, so that tests and fuzzers can
 * call them without a socket. */
#include "http/inner.h"

#include <strings.h>

enum { TARGET_MAX = 8192, LENGTH_DIGITS = 15 };

static bool
is_token_char(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool
is_token(const char *s)
{
	const char *p = s;

	while (is_token_char((unsigned char)*p))
		p++;
	return p > s && *p == '\0';
}

/* Field values may hold anything printable, tabs and bytes from 0x80 up. */
static bool
is_value(const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c < 0x20 && c != '\t') || c == 0x7F)
			return false;
	}
	return true;
}

static bool
is_host(const char *s)
{
	const char *p;

	for (p = s; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			strchr("-._~:[]%", c) != NULL))
			return false;
	}
	return p > s && p - s <= 255;
}

static bool
is_target(struct slice t)
{
	size_t i;

	if (t.n == 0 || t.p[0] != '/')
		return false;
	for (i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c <= 0x20 || c >= 0x7F || c == '#')
			return false;
	}
	return true;
}

/* Digits only: no sign, no list, no space; fifteen are more than any disk holds. */
static bool
parse_length(const char *s, uint64_t *out)
{
	uint64_t v = 0;
	const char *p;

	for (p = s; *p >= '0' && *p <= '9'; p++)
		if (p - s >= LENGTH_DIGITS)
			return false;
		else
			v = v * 10 + (uint64_t)(*p - '0');
	*out = v;
	return p > s && *p == '\0';
}

static void
refuse(struct guard_out *out, int status, const char *why)
{
	if (out->status == 0) {
		out->status = status;
		out->why = why;
	}
}

struct seen {
	int hosts, lengths, codings;
	size_t bytes;
};

static void
check_field(const struct header *f, struct seen *s, struct guard_out *out)
{
	s->bytes += strlen(f->name) + strlen(f->value) + 4;
	if (!is_token(f->name))
		refuse(out, 400, "field name");
	if (!is_value(f->value))
		refuse(out, 400, "field value");
	switch (f->name[0] | 0x20) {
	case 'h':
		if (strcasecmp(f->name, "Host") != 0)
			break;
		if (++s->hosts > 1 || !is_host(f->value))
			refuse(out, 400, "Host");
		break;
	case 'c':
		if (strcasecmp(f->name, "Content-Length") != 0)
			break;
		if (++s->lengths > 1 || !parse_length(f->value, &out->length))
			refuse(out, 400, "Content-Length");
		out->has_length = true;
		break;
	case 't':
		if (strcasecmp(f->name, "Transfer-Encoding") != 0)
			break;
		if (++s->codings > 1)
			refuse(out, 400, "two Transfer-Encodings");
		if (strcasecmp(f->value, "chunked") != 0)
			refuse(out, 501, "Transfer-Encoding");
		out->chunked = true;
		break;
	case 'e':
		if (strcasecmp(f->name, "Expect") == 0 && strcasecmp(f->value, "100-continue") != 0)
			refuse(out, 417, "Expect");
		break;
	default:
		break;
	}
}

void
guard_check(const struct guard_in *in, struct guard_out *out)
{
	struct seen s = { 0 };
	bool v10 = strcmp(in->version, "HTTP/1.0") == 0;
	int i;

	*out = (struct guard_out){ .why = "" };
	if (!is_token(in->method))
		refuse(out, 400, "method");
	if (!v10 && strcmp(in->version, "HTTP/1.1") != 0)
		refuse(out, 505, "version");
	if (in->target.n > TARGET_MAX)
		refuse(out, 414, "target too long");
	if (!is_target(in->target))
		refuse(out, 400, "target");
	s.bytes = in->target.n;
	for (i = 0; i < in->nhead; i++)
		check_field(&in->head[i], &s, out);
	if (s.hosts == 0 && !v10)
		refuse(out, 400, "no Host");
	if (s.codings > 0 && (s.lengths > 0 || v10))
		refuse(out, 400, "Transfer-Encoding beside a length or in 1.0");
	if (in->overflow || s.bytes > in->head_limit)
		refuse(out, 431, "head too large");
}

enum method
guard_method(const char *s)
{
	static const struct {
		const char *name;
		enum method m;
	} known[] = {
		{ "GET", M_GET },
		{ "HEAD", M_HEAD },
		{ "POST", M_POST },
		{ "PUT", M_PUT },
		{ "PATCH", M_PATCH },
		{ "DELETE", M_DELETE },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(s, known[i].name) == 0)
			return known[i].m;
	return M_OTHER;
}

/* `next` must begin just where `at` ends: after the end-of-line, which the library overwrote with
 * two NULs. A bare LF would have left one. */
static bool
follows(const char *at, const char *next)
{
	return next == at + 2;
}

bool
guard_contiguous(const struct guard_in *in, const char *start, size_t size)
{
	const char *at;
	int i;

	if (in->version != start + strlen(start) + 1 + in->target.n + 1)
		return false;
	at = in->version + strlen(in->version);
	for (i = 0; i < in->nhead; i++) {
		const struct header *f = &in->head[i];
		const char *p = f->name + strlen(f->name) + 1;

		if (!follows(at, f->name))
			return false;
		while (p < f->value && (*p == ' ' || *p == '\t'))
			p++;
		if (p != f->value)
			return false;
		at = f->value + strlen(f->value);
	}
	return start + size == at + 4;
}

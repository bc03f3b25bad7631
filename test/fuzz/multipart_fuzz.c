/* multipart_fuzz.c – the first line is the content type, the rest the body. What is taken lies
 * inside the body, has clean names, and reads back the same when written by the rules. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/url.h"

static void
put_quoted(struct buf *b, const char *s)
{
	buf_char(b, '"');
	for (; *s != '\0'; s++)
		if (*s == '"')
			buf_str(b, "%22");
		else if (*s == '\\')
			buf_str(b, "\\\\");
		else
			buf_char(b, *s);
	buf_char(b, '"');
}

static void
check_parts(const struct parts *ps, struct slice body)
{
	size_t i;

	for (i = 0; i < ps->n; i++) {
		const char *name = ps->p[i].name, *file = ps->p[i].filename;
		struct slice text = ps->p[i].body;

		REQUIRE(name != NULL && name[0] != '\0' && utf8_valid(name, strlen(name)));
		REQUIRE(ps->p[i].type != NULL);
		REQUIRE(text.p >= body.p && text.p + text.n <= body.p + body.n);
		if (file == NULL) {
			REQUIRE(utf8_valid(text.p, text.n));
			continue;
		}
		REQUIRE(utf8_valid(file, strlen(file)));
		REQUIRE(strpbrk(file, "/\\\r\n") == NULL);
		REQUIRE(strcmp(file, ".") != 0 && strcmp(file, "..") != 0);
	}
}

/* An unquoted name may hold %22 as it is; the quoted form cannot say that. */
static bool
quotable(const struct parts *ps)
{
	size_t i;

	for (i = 0; i < ps->n; i++)
		if (strstr(ps->p[i].name, "%22") != NULL ||
		    (ps->p[i].filename != NULL && strstr(ps->p[i].filename, "%22") != NULL))
			return false;
	return true;
}

static void
write_again(struct buf *b, const struct parts *ps)
{
	size_t i;

	for (i = 0; i < ps->n; i++) {
		buf_str(b, "--again\r\nContent-Disposition: form-data; name=");
		put_quoted(b, ps->p[i].name);
		if (ps->p[i].filename != NULL) {
			buf_str(b, "; filename=");
			put_quoted(b, ps->p[i].filename);
		}
		buf_str(b, "\r\n\r\n");
		buf_put(b, ps->p[i].body.p, ps->p[i].body.n);
		buf_str(b, "\r\n");
	}
	buf_str(b, "--again--\r\n");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *eol = n == 0 ? NULL : memchr(data, '\n', n);
	size_t skip = eol == NULL ? n : (size_t)(eol - data) + 1, i;
	struct fuzz_input in = fuzz_take(data + skip, n - skip);
	struct arena *a = fuzz_arena();
	struct slice body = { in.p, in.n };
	struct parts ps, again;
	struct buf b;
	char *type = arena_strn(a, (const char *)data, eol == NULL ? n : skip - 1);
	int rc = url_parse_multipart(a, type, body, &ps);

	REQUIRE(rc == RC_OK || rc == RC_INVALID || rc == RC_TOOBIG);
	REQUIRE(rc == RC_OK || ps.n == 0);
	REQUIRE(ps.n <= 200);
	check_parts(&ps, body);
	buf_init(&b, a, 0);
	write_again(&b, &ps);
	if (rc == RC_OK && quotable(&ps) && memmem(in.p, in.n, "--again", 7) == NULL) {
		REQUIRE(url_parse_multipart(a, "multipart/form-data; boundary=again",
			    (struct slice){ b.p, b.n }, &again) == RC_OK);
		REQUIRE(again.n == ps.n);
		for (i = 0; i < ps.n; i++) {
			REQUIRE(strcmp(again.p[i].name, ps.p[i].name) == 0);
			REQUIRE((again.p[i].filename == NULL) == (ps.p[i].filename == NULL));
			REQUIRE(again.p[i].body.n == ps.p[i].body.n);
			REQUIRE(ps.p[i].body.n == 0 ||
				memcmp(again.p[i].body.p, ps.p[i].body.p, ps.p[i].body.n) == 0);
		}
	}
	fuzz_drop(in);
	return 0;
}

/* guard_test.c – the judge of heads, without a socket: what must pass, and what must not. */
#include "http/inner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static struct guard_out
judge(const char *method, const char *target, const char *version, const struct header *head, int n)
{
	struct guard_in in = { .method = method,
		.version = version,
		.target = slice_str(target),
		.head = head,
		.nhead = n,
		.head_limit = 16384 };
	struct guard_out out;

	guard_check(&in, &out);
	return out;
}

static const struct header host = { "Host", "a.example:8080" };

static int
field(const char *name, const char *value)
{
	struct header h[2] = { host, { name, value } };

	return judge("POST", "/x", "HTTP/1.1", h, 2).status;
}

static void
test_fields(void **state)
{
	static const struct {
		const char *name, *value;
		int status;
	} t[] = {
		{ "Accept", "*/*", 0 },
		{ "accept", "", 0 },
		{ "X-!#$%&'*+-.^_`|~09azAZ", "tab\there, \xD2\x9B", 0 },
		{ "X ", "1", 400 },
		{ "X\t", "1", 400 },
		{ "", "1", 400 },
		{ "X\x80", "1", 400 },
		{ "X\"", "1", 400 },
		{ "X", "a\rb", 400 },
		{ "X", "a\nb", 400 },
		{ "X", "\x1f", 400 },
		{ "X", "\x7f", 400 },
		{ "host", "b", 400 },
		{ "Content-Length", "0", 0 },
		{ "Content-Length", "00005", 0 },
		{ "content-length", "999999999999999", 0 },
		{ "content-length", "1000000000000000", 400 },
		{ "Content-Length", "", 400 },
		{ "Content-Length", " 5", 400 },
		{ "Content-Length", "5 ", 400 },
		{ "Content-Length", "+5", 400 },
		{ "Content-Length", "5,5", 400 },
		{ "Content-Length", "5x", 400 },
		{ "Transfer-Encoding", "chunked", 0 },
		{ "transfer-encoding", "CHUNKED", 0 },
		{ "Transfer-Encoding", "identity", 501 },
		{ "Transfer-Encoding", " chunked", 501 },
		{ "Transfer-Encoding", "chunked, chunked", 501 },
		{ "Transfer-Encoding", "", 501 },
		{ "Expect", "100-Continue", 0 },
		{ "Expect", "100", 417 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++)
		if (field(t[i].name, t[i].value) != t[i].status)
			fail_msg(
			    "%s: %s gives %d", t[i].name, t[i].value, field(t[i].name, t[i].value));
}

static void
test_framing(void **state)
{
	struct header two[3] = { host, { "Content-Length", "5" },
		{ "Transfer-Encoding", "chunked" } };
	struct header same[3] = { host, { "Content-Length", "5" }, { "content-length", "5" } };
	struct header none[1] = { { "X", "1" } };
	struct guard_out g;

	(void)state;
	assert_int_equal(judge("POST", "/", "HTTP/1.1", two, 3).status, 400);
	assert_int_equal(judge("POST", "/", "HTTP/1.1", same, 3).status, 400);
	g = judge("POST", "/", "HTTP/1.1", two, 2);
	assert_int_equal(g.status, 0);
	assert_true(g.has_length && !g.chunked);
	assert_int_equal(g.length, 5);
	two[1] = two[2];
	g = judge("POST", "/", "HTTP/1.1", two, 2);
	assert_true(g.chunked && !g.has_length);
	assert_int_equal(judge("POST", "/", "HTTP/1.0", two, 2).status, 400);
	assert_int_equal(judge("GET", "/", "HTTP/1.1", none, 1).status, 400);
	assert_int_equal(judge("GET", "/", "HTTP/1.1", NULL, 0).status, 400);
	assert_int_equal(judge("GET", "/", "HTTP/1.0", NULL, 0).status, 0);
}

static void
test_line(void **state)
{
	static const struct {
		const char *method, *target, *version;
		int status;
	} t[] = {
		{ "GET", "/", "HTTP/1.1", 0 },
		{ "get", "/a?b=c&d=%20", "HTTP/1.0", 0 },
		{ "GET", "", "HTTP/1.1", 400 },
		{ "GET", "a", "HTTP/1.1", 400 },
		{ "GET", "http://a/", "HTTP/1.1", 400 },
		{ "GET", "*", "HTTP/1.1", 400 },
		{ "GET", "/a b", "HTTP/1.1", 400 },
		{ "GET", "/a#b", "HTTP/1.1", 400 },
		{ "GET", "/\x80", "HTTP/1.1", 400 },
		{ "GET", "/\x7f", "HTTP/1.1", 400 },
		{ "", "/", "HTTP/1.1", 400 },
		{ "G T", "/", "HTTP/1.1", 400 },
		{ "GET", "/", "HTTP/1.2", 505 },
		{ "GET", "/", "HTTP/2.0", 505 },
		{ "GET", "/", "HTTP/1.1 ", 505 },
		{ "GET", "/", "", 505 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++)
		if (judge(t[i].method, t[i].target, t[i].version, &host, 1).status != t[i].status)
			fail_msg("%s %s %s", t[i].method, t[i].target, t[i].version);
}

static void
test_sizes(void **state)
{
	static char big[9000];
	struct header h[2] = { host, { "X", big } };
	struct guard_in in = { .method = "GET",
		.version = "HTTP/1.1",
		.target = { big, 8192 },
		.head = h,
		.nhead = 2,
		.head_limit = 16384 };
	struct guard_out out;

	(void)state;
	memset(big, '/', sizeof big - 1);
	guard_check(&in, &out);
	assert_int_equal(out.status, 431); /* together too much */
	in.nhead = 1;
	guard_check(&in, &out);
	assert_int_equal(out.status, 0);
	in.target.n = 8193;
	guard_check(&in, &out);
	assert_int_equal(out.status, 414);
	in.target.n = 1;
	in.overflow = true;
	guard_check(&in, &out);
	assert_int_equal(out.status, 431);
}

/* A raw head as the library leaves it: NULs where separators were. */
static bool
contiguous(const char *raw, size_t size, const char *target, const size_t *at, int n)
{
	struct header h[4];
	struct guard_in in = { .method = raw, .target = slice_str(target), .head = h, .nhead = n };
	int i;

	in.version = raw + strlen(raw) + 1 + strlen(target) + 1;
	for (i = 0; i < n; i++)
		h[i] = (struct header){ raw + at[2 * i], raw + at[2 * i + 1] };
	return guard_contiguous(&in, raw, size);
}

static void
test_contiguous(void **state)
{
	static const char good[] = "GET\0/\0HTTP/1.1\0\0A\0 1\0\0BB\0\0\0\0\0";
	static const size_t at[] = { 16, 19, 22, 25 };
	static const char lf[] = "GET\0/\0HTTP/1.1\0A\0 1\0\0BB\0\0\0\0\0";
	static const size_t at_lf[] = { 15, 18, 21, 24 };
	static const char cut[] = "GET\0/\0HTTP/1.1\0\0A\0 1\0x\0\0BB\0\0\0\0\0";
	static const size_t at_cut[] = { 16, 19, 24, 27 };

	(void)state;
	assert_true(contiguous(good, sizeof good - 1, "/", at, 2));
	assert_false(contiguous(good, sizeof good, "/", at, 2));     /* something behind */
	assert_false(contiguous(good, sizeof good - 1, "/", at, 1)); /* a line missing */
	assert_false(contiguous(lf, sizeof lf - 1, "/", at_lf, 2));
	assert_false(contiguous(cut, sizeof cut - 1, "/", at_cut, 2));
}

static void
test_methods(void **state)
{
	(void)state;
	assert_int_equal(guard_method("GET"), M_GET);
	assert_int_equal(guard_method("HEAD"), M_HEAD);
	assert_int_equal(guard_method("POST"), M_POST);
	assert_int_equal(guard_method("PUT"), M_PUT);
	assert_int_equal(guard_method("PATCH"), M_PATCH);
	assert_int_equal(guard_method("DELETE"), M_DELETE);
	assert_int_equal(guard_method("get"), M_OTHER);
	assert_int_equal(guard_method("OPTIONS"), M_OTHER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_framing),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_contiguous),
		cmocka_unit_test(test_methods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

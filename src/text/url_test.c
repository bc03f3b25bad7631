/* url_test.c – building addresses; strict reading of queries, paths and multipart bodies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "text/url.h"

static struct arena arena;

static int
fresh(void **state)
{
	(void)state;
	arena_reset(&arena, (size_t)1 << 20);
	bug_count = 0;
	return 0;
}

static void
made_addresses(void **state)
{
	(void)state;
	assert_string_equal(url_make(&arena, "/x/%s?q=%s", "а/б", "a&b=c d+e%"),
	    "/x/%D0%B0%2F%D0%B1?q=a%26b%3Dc%20d%2Be%25");
	assert_string_equal(url_make(&arena, "/%s", "AZaz09-._~"), "/AZaz09-._~");
	assert_string_equal(url_make(&arena, "/%d/%ld?p=%d%%", -1, 2L, 3), "/-1/2?p=3%");
	assert_string_equal(url_make(&arena, "/%s", ""), "/");
	assert_string_equal(url_make(&arena, "/%.*s", 2, "a/b"), "/a%2F");
	assert_int_equal(bug_count, 0);
	assert_string_equal(url_make(&arena, "/%c", 'x'), "#");
	assert_int_equal(bug_count, 1);
}

static void
pairs_are_read(void **state)
{
	static const char good[] = "a=1&b=x+y%2Bz&&c&=v&d=a=b&%D2%9B=%D0%B0&a=2";
	struct pairs ps;

	(void)state;
	assert_int_equal(url_parse_pairs(&arena, slice_str(good), &ps), RC_OK);
	assert_int_equal(ps.n, 7);
	assert_string_equal(ps.p[0].name, "a");
	assert_string_equal(ps.p[0].value, "1");
	assert_string_equal(ps.p[1].value, "x y+z");
	assert_int_equal(ps.p[1].nvalue, 5);
	assert_string_equal(ps.p[2].name, "c");
	assert_string_equal(ps.p[2].value, "");
	assert_string_equal(ps.p[3].name, "");
	assert_string_equal(ps.p[4].value, "a=b");
	assert_string_equal(ps.p[5].name, "қ");
	assert_string_equal(ps.p[6].value, "2");
	assert_int_equal(url_parse_pairs(&arena, slice_str(""), &ps), RC_OK);
	assert_int_equal(ps.n, 0);
	assert_int_equal(url_parse_pairs(&arena, (struct slice){ NULL, 0 }, &ps), RC_OK);
	assert_int_equal(ps.n, 0);
}

static void
bad_pairs_are_refused(void **state)
{
	static const char *const bad[] = { "a=%", "a=%4", "a=%zz", "a=%4g", "%=a", "a=%00",
		"a%00=b", "a=%ff", "a=%c0%80", "a=%ed%a0%80", "a=\xff", "ok=1&a=%f4%90%80%80",
		"a=%D0&b=1" };
	struct pairs ps;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(url_parse_pairs(&arena, slice_str(bad[i]), &ps), RC_INVALID);
		assert_int_equal(ps.n, 0);
	}
	assert_int_equal(url_parse_pairs(&arena, (struct slice){ "a=b\0c", 5 }, &ps), RC_INVALID);
}

static void
pairs_have_a_limit(void **state)
{
	struct pairs ps;
	struct buf b;
	int i;

	(void)state;
	buf_init(&b, &arena, 0);
	for (i = 0; i < 1000; i++)
		buf_str(&b, "a=1&");
	assert_int_equal(url_parse_pairs(&arena, (struct slice){ b.p, b.n }, &ps), RC_OK);
	assert_int_equal(ps.n, 1000);
	buf_str(&b, "a");
	assert_int_equal(url_parse_pairs(&arena, (struct slice){ b.p, b.n }, &ps), RC_TOOBIG);
	assert_int_equal(ps.n, 0);
}

static void
paths(void **state)
{
	static const struct {
		const char *raw, *want; /* NULL = refused */
	} t[] = {
		{ "/", "/" },
		{ "/kk/", "/kk/" },
		{ "/kk/bodies", "/kk/bodies" },
		{ "/a%20b/%D2%9B", "/a b/қ" },
		{ "/a+b", "/a+b" },
		{ "/...", "/..." },
		{ "/a.b/.c", "/a.b/.c" },
		{ "/%3F%23", "/?#" },
		{ "", NULL },
		{ "a", NULL },
		{ "//", NULL },
		{ "//a", NULL },
		{ "/a//b", NULL },
		{ "/a//", NULL },
		{ "/.", NULL },
		{ "/./", NULL },
		{ "/..", NULL },
		{ "/a/../b", NULL },
		{ "/a/%2e%2E/b", NULL },
		{ "/%2e", NULL },
		{ "/a%2Fb", NULL },
		{ "/a%2fb", NULL },
		{ "/a%00", NULL },
		{ "/a%0Ab", NULL },
		{ "/a%7F", NULL },
		{ "/%", NULL },
		{ "/%4", NULL },
		{ "/%zz", NULL },
		{ "/%ff", NULL },
		{ "/%c0%ae", NULL },
		{ "/a?b", NULL },
		{ "/a#b", NULL },
	};
	const char *out;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		int rc = url_decode_path(&arena, slice_str(t[i].raw), &out);

		if (t[i].want == NULL) {
			if (rc != RC_INVALID || out != NULL)
				fail_msg("%s was taken", t[i].raw);
		} else {
			assert_int_equal(rc, RC_OK);
			assert_string_equal(out, t[i].want);
		}
	}
}

#define TYPE "multipart/form-data; boundary=XX"
#define CD "Content-Disposition: form-data; "

static int
parse(const char *type, const char *body, struct parts *out)
{
	return url_parse_multipart(&arena, type, slice_str(body), out);
}

static void
multipart_is_read(void **state)
{
	static const char body[] = "--XX\r\n" CD "name=\"аты\"\r\n\r\nҚазақ\r\n"
				   "--XX\r\n" CD "name=\"a%22b\\\"c\"\r\n\r\n\r\n"
				   "--XX\r\ncontent-disposition:form-data;name=f;"
				   "filename=\"C:\\dir\\сурет.jpg\""
				   "\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\0\r\n--X\r\n"
				   "--XX\r\n" CD "name=\"g\"; filename=\"\"\r\n\r\n\r\n"
				   "--XX--\r\n";
	struct parts ps;

	(void)state;
	assert_int_equal(
	    url_parse_multipart(&arena, TYPE, (struct slice){ body, sizeof body - 1 }, &ps), RC_OK);
	assert_int_equal(ps.n, 4);
	assert_string_equal(ps.p[0].name, "аты");
	assert_null(ps.p[0].filename);
	assert_string_equal(ps.p[0].type, "");
	assert_true(slice_is(ps.p[0].body, "Қазақ"));
	assert_string_equal(ps.p[1].name, "a\"b\"c");
	assert_int_equal(ps.p[1].body.n, 0);
	assert_string_equal(ps.p[2].name, "f");
	assert_string_equal(ps.p[2].filename, "сурет.jpg");
	assert_string_equal(ps.p[2].type, "image/jpeg");
	assert_int_equal(ps.p[2].body.n, 8);
	assert_memory_equal(ps.p[2].body.p, "\xff\xd8\0\r\n--X", 8);
	assert_true(ps.p[2].body.p > body && ps.p[2].body.p < body + sizeof body);
	assert_string_equal(ps.p[3].filename, "");
	assert_int_equal(parse(TYPE, "--XX--\r\n", &ps), RC_OK);
	assert_int_equal(ps.n, 0);
	assert_int_equal(parse(TYPE, "--XX--", &ps), RC_OK);
}

static void
boundaries(void **state)
{
	static const struct {
		const char *type, *boundary; /* NULL = refused */
	} t[] = {
		{ "multipart/form-data; boundary=abc", "abc" },
		{ "Multipart/Form-Data;BOUNDARY=\"a b:c\"", "a b:c" },
		{ "multipart/form-data; charset=utf-8; boundary=abc", "abc" },
		{ "multipart/form-data", NULL },
		{ "multipart/form-data; boundary=", NULL },
		{ "multipart/form-data; boundary=\"\"", NULL },
		{ "multipart/form-data; boundary=\"abc", NULL },
		{ "multipart/form-data; boundary=\"a \"", NULL },
		{ "multipart/form-data; boundary=a; boundary=b", NULL },
		{ "multipart/form-data boundary=abc", NULL },
		{ "multipart/form-data; boundary=\"a\\\r\nb\"", NULL },
		{ "multipart/form-data; boundary=\"а\"", NULL },
		{ "multipart/mixed; boundary=abc", NULL },
		{ "application/x-www-form-urlencoded", NULL },
		{ "", NULL },
		{ NULL, NULL },
		{ "multipart/form-data; boundary="
		  "0123456789012345678901234567890123456789012345678901234567890123456789x",
		    NULL },
	};
	struct parts ps;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		const char *b = t[i].boundary == NULL ? "abc" : t[i].boundary;
		int rc = parse(t[i].type, arena_printf(&arena, "--%s--", b), &ps);

		if (rc != (t[i].boundary == NULL ? RC_INVALID : RC_OK))
			fail_msg("%s: %d", t[i].type, rc);
	}
}

static void
hostile_multipart_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"XX",
		"--XX",
		"--XX\r\n",
		"--XX\n" CD "name=\"a\"\n\nx\n--XX--\n",
		"preamble\r\n--XX--\r\n",
		"\r\n--XX--\r\n",
		"--XX--\r\nepilogue",
		"--XX \r\n" CD "name=\"a\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n\r\nx\r\n--XX--",
		"--XX\r\nContent-Type: text/plain\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\n\r\nx",
		"--XX\r\n" CD "name=\"a\"\r\n\r\nx\r\n--XX",
		"--XX\r\n" CD "name=\"a\"\r\n\r\nx\r\n--XXY\r\n",
		"--XX\r\n" CD "name=\"a\"\r\n\r\nx--XX--",
		"--XX\r\n" CD "name=\"a\"\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\n--XX--\r\n",
		"--XX\r\n" CD "name=\"a\"; name=\"b\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "filename=\"b\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\n" CD "name=\"b\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"; filename=\"b\"; filename*=UTF-8''c\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"; filename=\"b\tc\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\x7f\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"\xff\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\n\r\n\xff\r\n--XX--",
		"--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\n folded: x\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\nX Y: z\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\nX-Y: a\x01z\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\nX-Y\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--XX--",
		"--XX\r\n" CD "name=\"a\"\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n"
		"\r\nx\r\n--XX--",
	};
	static const char nul[] = "--XX\r\n" CD "name=\"a\"\r\n\r\n\0\r\n--XX--";
	struct slice with_nul = { nul, sizeof nul - 1 };
	struct parts ps;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		int rc = parse(TYPE, bad[i], &ps);

		if (rc != RC_INVALID || ps.n != 0)
			fail_msg("%zu was taken (%d): %s", i, rc, bad[i]);
	}
	assert_int_equal(url_parse_multipart(&arena, TYPE, with_nul, &ps), RC_INVALID);
}

static void
file_names_lose_their_path(void **state)
{
	static const struct {
		const char *sent, *want;
	} t[] = {
		{ "a.txt", "a.txt" },
		{ "/etc/passwd", "passwd" },
		{ "..\\..\\x", "x" },
		{ "..", "" },
		{ "a/..", "" },
		{ "a/", "" },
		{ ".hidden", ".hidden" },
		{ "%2e%2e", "%2e%2e" },
	};
	struct parts ps;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		const char *body = arena_printf(&arena,
		    "--XX\r\n" CD "name=\"a\"; filename=\"%s\"\r\n\r\nx\r\n--XX--", t[i].sent);

		assert_int_equal(parse(TYPE, body, &ps), RC_OK);
		assert_string_equal(ps.p[0].filename, t[i].want);
	}
}

static void
multipart_has_limits(void **state)
{
	struct parts ps;
	struct buf b, many;
	int i;

	(void)state;
	buf_init(&b, &arena, 0);
	for (i = 0; i < 200; i++)
		buf_str(&b, "--XX\r\n" CD "name=\"a\"\r\n\r\nx\r\n");
	assert_int_equal(parse(TYPE, arena_printf(&arena, "%s--XX--", b.p), &ps), RC_OK);
	assert_int_equal(ps.n, 200);
	buf_str(&b, "--XX\r\n" CD "name=\"a\"\r\n\r\nx\r\n--XX--");
	assert_int_equal(parse(TYPE, b.p, &ps), RC_TOOBIG);
	assert_int_equal(ps.n, 0);

	buf_init(&many, &arena, 0);
	buf_str(&many, "--XX\r\n" CD "name=\"a\"\r\n");
	for (i = 0; i < 20; i++)
		buf_str(&many, "X: y\r\n");
	buf_str(&many, "\r\nx\r\n--XX--");
	assert_int_equal(parse(TYPE, many.p, &ps), RC_TOOBIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(made_addresses, fresh),
		cmocka_unit_test_setup(pairs_are_read, fresh),
		cmocka_unit_test_setup(bad_pairs_are_refused, fresh),
		cmocka_unit_test_setup(pairs_have_a_limit, fresh),
		cmocka_unit_test_setup(paths, fresh),
		cmocka_unit_test_setup(multipart_is_read, fresh),
		cmocka_unit_test_setup(boundaries, fresh),
		cmocka_unit_test_setup(hostile_multipart_is_refused, fresh),
		cmocka_unit_test_setup(file_names_lose_their_path, fresh),
		cmocka_unit_test_setup(multipart_has_limits, fresh),
	};
	int failed;

	unsetenv("SHANYRAQ_BUG_ABORT");
	log_limit = 0;
	arena_init(&arena);
	failed = cmocka_run_group_tests_name("url", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}

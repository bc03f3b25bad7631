/* router_test.c – which row wins, what a brace takes, and which tables are refused at boot. */
#include "http/inner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static const struct route_match table[] = {
	{ M_GET, "/" },				     /* 0 */
	{ M_GET, "/{lang}" },			     /* 1 */
	{ M_GET, "/healthz" },			     /* 2 */
	{ M_GET, "/{lang}/events" },		     /* 3 */
	{ M_POST, "/{lang}/events" },		     /* 4 */
	{ M_GET, "/{lang}/events/new" },	     /* 5 */
	{ M_GET, "/{lang}/events/{id}" },	     /* 6 */
	{ M_POST, "/{lang}/events/{id}" },	     /* 7 */
	{ M_GET, "/{lang}/events/{id}/edit" },	     /* 8 */
	{ M_GET, "/api/v1/{kind}/{id}" },	     /* 9 */
	{ M_GET, "/api/v1/figures/{code}/records" }, /* 10 */
	{ M_PATCH, "/api/v1/{kind}/{id}" },	     /* 11 */
	{ M_GET, "/kk/special" },		     /* 12 */
	{ M_HEAD, "/head" },			     /* 13 */
	{ M_GET, "/dir/" },			     /* 14 */
	{ M_POST, "/only/post" },		     /* 15 */
};

static struct router *router;
static struct req rq;

static int
find(enum method m, const char *path)
{
	rq.method = m;
	rq.path = path;
	return router_find(router, &rq);
}

static void
test_find(void **state)
{
	static const struct {
		enum method m;
		const char *path;
		int want;
	} t[] = {
		{ M_GET, "/", 0 },
		{ M_HEAD, "/", 0 },
		{ M_GET, "/kk", 1 },
		{ M_GET, "/healthz", 2 },
		{ M_GET, "/ru/events", 3 },
		{ M_POST, "/ru/events", 4 },
		{ M_GET, "/kk/events", 3 },
		{ M_GET, "/kk/events/new", 5 },
		{ M_GET, "/kk/events/17", 6 },
		{ M_HEAD, "/kk/events/17", 6 },
		{ M_POST, "/kk/events/17", 7 },
		{ M_POST, "/kk/events/new", 7 }, /* the literal has no POST: the brace takes it */
		{ M_GET, "/kk/events/17/edit", 8 },
		{ M_GET, "/kk/events/new/edit", 8 },
		{ M_GET, "/api/v1/figures/x", 9 },
		{ M_GET, "/api/v1/figures/x/records", 10 },
		{ M_PATCH, "/api/v1/figures/x", 11 },
		{ M_GET, "/kk/special", 12 },
		{ M_GET, "/ru/special", -1 },
		{ M_HEAD, "/head", 13 },
		{ M_GET, "/head", 1 },
		{ M_GET, "/dir/", 14 },
		{ M_GET, "/kk/", -1 },
		{ M_GET, "//", -1 },
		{ M_GET, "//events", -1 },
		{ M_GET, "/kk/events/17/", -1 },
		{ M_GET, "/kk/events/17/x", -1 },
		{ M_DELETE, "/kk/events/17", -2 },
		{ M_OTHER, "/", -2 },
		{ M_POST, "/healthz", -2 },
		{ M_GET, "/only/post", -2 },
		{ M_HEAD, "/only/post", -2 },
		{ M_DELETE, "/nothing/here", -1 },
		{ M_GET, "", -1 },
		{ M_GET, "kk", -1 },
		{ M_GET, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18", -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++)
		if (find(t[i].m, t[i].path) != t[i].want)
			fail_msg("%s gives %d", t[i].path, find(t[i].m, t[i].path));
}

static void
test_params(void **state)
{
	int64_t id = 7;

	(void)state;
	assert_int_equal(find(M_GET, "/kk/events/\xD2\x9B"), 6);
	assert_int_equal(rq.nparam, 2);
	assert_string_equal(rq.param[0], "kk");
	assert_string_equal(rq.param[1], "\xD2\x9B");
	assert_int_equal(req_param_id(&rq, 1, &id), RC_NOTFOUND);
	assert_int_equal(find(M_GET, "/kk/special"), 12); /* nothing left of a tried brace */
	assert_int_equal(rq.nparam, 0);
	assert_int_equal(find(M_GET, "/api/v1/figures/y"), 9);
	assert_int_equal(rq.nparam, 2);
	assert_string_equal(rq.param[0], "figures");
	assert_int_equal(find(M_GET, "/api/v1/figures/y/records"), 10);
	assert_int_equal(rq.nparam, 1);
	assert_string_equal(rq.param[0], "y");
}

static void
test_ids(void **state)
{
	static const struct {
		const char *s;
		int64_t want; /* 0 = not found */
	} t[] = {
		{ "1", 1 },
		{ "1000000000017", INT64_C(1000000000017) },
		{ "9007199254740992", INT64_C(1) << 53 },
		{ "9007199254740993", 0 },
		{ "99999999999999999999999999", 0 },
		{ "0", 0 },
		{ "01", 0 },
		{ "-1", 0 },
		{ "+1", 0 },
		{ "1x", 0 },
		{ " 1", 0 },
		{ "", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		int64_t got = 0;
		int rc;

		rq.param[0] = t[i].s;
		rq.nparam = 1;
		rc = req_param_id(&rq, 0, &got);
		if (got != t[i].want || rc != (t[i].want != 0 ? RC_OK : RC_NOTFOUND))
			fail_msg("%s", t[i].s);
	}
	assert_int_equal(req_param_id(&rq, 1, &(int64_t){ 0 }), RC_NOTFOUND);
	assert_int_equal(req_param_id(&rq, -1, &(int64_t){ 0 }), RC_NOTFOUND);
}

static void
refused(const struct route_match *m, size_t n, const char *word)
{
	struct router *r = NULL;
	const char *err = NULL;

	assert_int_not_equal(router_make(m, n, &r, &err), RC_OK);
	assert_null(r);
	if (strstr(err, word) == NULL)
		fail_msg("%s", err);
	free((void *)(uintptr_t)err);
}

static void
test_bad_tables(void **state)
{
	(void)state;
	refused((struct route_match[]){ { M_GET, "/a" }, { M_GET, "/a" } }, 2, "twice");
	refused((struct route_match[]){ { M_GET, "/{a}/x" }, { M_GET, "/{b}/x" } }, 2, "twice");
	refused((struct route_match[]){ { M_GET, "a" } }, 1, "start");
	refused((struct route_match[]){ { M_GET, "" } }, 1, "start");
	refused((struct route_match[]){ { M_GET, "/a//b" } }, 1, "empty");
	refused((struct route_match[]){ { M_GET, "/a{b}" } }, 1, "brace");
	refused((struct route_match[]){ { M_GET, "/{}" } }, 1, "brace");
	refused((struct route_match[]){ { M_GET, "/{a}/{b}/{c}/{d}/{e}/{f}/{g}" } }, 1, "braces");
	refused((struct route_match[]){ { M_GET, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17" } },
	    1, "segments");
	refused((struct route_match[]){ { M_OTHER, "/a" } }, 1, "method");
}

/* Every literal path of a large table finds its own row, whatever the order it came in. */
static void
test_large(void **state)
{
	enum { N = 500 };
	static char text[N][32];
	static struct route_match m[N];
	struct router *r;
	const char *err;
	int i;

	(void)state;
	for (i = 0; i < N; i++) {
		int k = i * 271 % N;

		snprintf(text[i], sizeof text[i], "/p%d/x%d", k % 23, k);
		m[i] = (struct route_match){ M_GET, text[i] };
	}
	assert_int_equal(router_make(m, N, &r, &err), RC_OK);
	rq.method = M_GET;
	for (i = 0; i < N; i++) {
		rq.path = text[i];
		assert_int_equal(router_find(r, &rq), i);
	}
	rq.path = "/p0/x1";
	assert_int_equal(router_find(r, &rq), -1);
	router_free(r);
}

static int
setup(void **state)
{
	const char *err;

	(void)state;
	arena_init(&rq.arena);
	return router_make(table, ARRAY_LEN(table), &router, &err) == RC_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	router_free(router);
	arena_done(&rq.arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_params),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_bad_tables),
		cmocka_unit_test(test_large),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

/* json_test.c – everything written is read back by jansson, which is strict. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/log.h"
#include "base/utf8.h"
#include "text/json.h"

static struct arena arena;
static struct json j;

static int
fresh(void **state)
{
	(void)state;
	arena_reset(&arena, (size_t)1 << 20);
	json_init(&j, &arena, 0);
	bug_count = 0;
	return 0;
}

static json_t *
read_back(void)
{
	json_error_t e;
	json_t *v;

	assert_true(json_ok(&j));
	v = json_loadb(j.out.p, j.out.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	if (v == NULL)
		fail_msg("%s: %s", e.text, j.out.p);
	return v;
}

static void
shapes(void **state)
{
	json_t *v;

	(void)state;
	json_open(&j, NULL, '{');
	json_str(&j, "a", "x");
	json_str(&j, "none", NULL);
	json_open(&j, "list", '[');
	json_num(&j, NULL, 1);
	json_bool(&j, NULL, true);
	json_open(&j, NULL, '{');
	json_close(&j, '}');
	json_open(&j, NULL, '[');
	json_close(&j, ']');
	json_nil(&j, NULL);
	json_raw(&j, NULL, "{\"r\":[1]}");
	json_close(&j, ']');
	json_strn(&j, "cut", "abcdef", 3);
	json_bool(&j, "no", false);
	json_close(&j, '}');
	assert_string_equal(j.out.p,
	    "{\"a\":\"x\",\"none\":null,\"list\":[1,true,{},[],null,{\"r\":[1]}],\"cut\":\"abc\","
	    "\"no\":false}");
	v = read_back();
	assert_int_equal(json_array_size(json_object_get(v, "list")), 6);
	json_decref(v);
	assert_int_equal(bug_count, 0);
}

static void
strings_survive(void **state)
{
	char all[128];
	static const char *const more[] = { "", "Қазақстан ₸ 😀", "</script>", "<!--", "\\\"/",
		"\xe2\x80\xa8" };
	json_t *v;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof all; i++)
		all[i] = (char)(i + 1);
	all[127] = '\0';
	json_open(&j, NULL, '{');
	json_str(&j, all, all);
	for (i = 0; i < ARRAY_LEN(more); i++)
		json_str(&j, more[i], more[i]);
	json_close(&j, '}');
	assert_null(strchr(j.out.p, '<'));
	v = read_back();
	assert_string_equal(json_string_value(json_object_get(v, all)), all);
	for (i = 0; i < ARRAY_LEN(more); i++)
		assert_string_equal(json_string_value(json_object_get(v, more[i])), more[i]);
	json_decref(v);
}

static void
broken_utf8_becomes_a_mark(void **state)
{
	json_t *v;

	(void)state;
	json_strn(&j, NULL, "a\xff\xc0\x80z\xd0", 6);
	v = read_back();
	assert_string_equal(
	    json_string_value(v), "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd");
	json_decref(v);
}

static void
nul_is_escaped(void **state)
{
	(void)state;
	json_strn(&j, NULL, "a\0b", 3);
	assert_string_equal(j.out.p, "\"a\\u0000b\"");
}

static void
numbers_survive(void **state)
{
	static const double reals[] = { 0, 0.1, -0.1, 1e300, 5e-324, DBL_MAX, 1.0 / 3, 14215.5,
		123456789012345678.0 };
	json_t *v;
	size_t i;

	(void)state;
	json_open(&j, NULL, '[');
	json_num(&j, NULL, INT64_MIN);
	json_num(&j, NULL, INT64_MAX);
	json_double(&j, NULL, (double)NAN);
	json_double(&j, NULL, -(double)INFINITY);
	for (i = 0; i < ARRAY_LEN(reals); i++)
		json_double(&j, NULL, reals[i]);
	json_close(&j, ']');
	v = read_back();
	assert_true(json_integer_value(json_array_get(v, 0)) == INT64_MIN);
	assert_true(json_integer_value(json_array_get(v, 1)) == INT64_MAX);
	assert_true(json_is_null(json_array_get(v, 2)));
	assert_true(json_is_null(json_array_get(v, 3)));
	for (i = 0; i < ARRAY_LEN(reals); i++)
		assert_false(islessgreater(json_number_value(json_array_get(v, 4 + i)), reals[i]));
	json_decref(v);
	assert_non_null(strstr(j.out.p, ",0.1,-0.1,1e+300,"));
}

/* Each misuse is noticed once and json_ok() is false afterwards. */
static void
misuse_is_noticed(void **state)
{
	(void)state;
	assert_false(json_ok(&j)); /* nothing written */

	json_open(&j, NULL, '{');
	assert_false(json_ok(&j)); /* not closed */
	json_num(&j, NULL, 1);
	assert_int_equal(bug_count, 1);

	fresh(NULL);
	json_open(&j, NULL, '[');
	json_num(&j, "key", 1);
	assert_int_equal(bug_count, 1);

	fresh(NULL);
	json_open(&j, NULL, '[');
	json_close(&j, '}');
	assert_int_equal(bug_count, 1);
	assert_false(json_ok(&j));

	fresh(NULL);
	json_close(&j, ']');
	assert_int_equal(bug_count, 1);

	fresh(NULL);
	json_num(&j, NULL, 1);
	json_num(&j, NULL, 2);
	assert_int_equal(bug_count, 1);
	assert_false(json_ok(&j));
}

static void
limits(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 32; i++)
		json_open(&j, NULL, '[');
	for (i = 0; i < 32; i++)
		json_close(&j, ']');
	json_decref(read_back());
	fresh(NULL);
	for (i = 0; i < 40; i++)
		json_open(&j, NULL, '[');
	for (i = 0; i < 40; i++)
		json_close(&j, ']');
	assert_false(json_ok(&j));
	assert_int_not_equal(bug_count, 0);
	json_init(&j, &arena, 5);
	json_str(&j, NULL, "longer than five");
	assert_false(json_ok(&j));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(shapes, fresh),
		cmocka_unit_test_setup(strings_survive, fresh),
		cmocka_unit_test_setup(broken_utf8_becomes_a_mark, fresh),
		cmocka_unit_test_setup(nul_is_escaped, fresh),
		cmocka_unit_test_setup(numbers_survive, fresh),
		cmocka_unit_test_setup(misuse_is_noticed, fresh),
		cmocka_unit_test_setup(limits, fresh),
	};
	int failed;

	unsetenv("SHANYRAQ_BUG_ABORT");
	log_limit = 0;
	arena_init(&arena);
	failed = cmocka_run_group_tests_name("json", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}

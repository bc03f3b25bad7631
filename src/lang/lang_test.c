/* lang_test.c – translation, plural forms, errors, numbers, days. The catalogues are built in
 * memory, so the test does not lean on po/. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lang/lang.h"
#include "lang/mo.h"
#include "lang/mo_build.h"

static const struct mo_pair kk_pairs[] = {
	MO_PAIR("", "Content-Type: text/plain; charset=UTF-8\n"),
	MO_PAIR("%s event\0%s events", "%s іс-шара"),
	MO_PAIR("%s of %s", "%2$s ішінде %1$s"),
	MO_PAIR("Event \"%s\" is closed.", "«%s» іс-шарасы жабық."),
	MO_PAIR("Save", "Сақтау"),
	MO_PAIR("untouched", ""),
};
static const struct mo_pair ru_pairs[] = {
	MO_PAIR("%s event\0%s events", "%s мероприятие\0%s мероприятия\0%s мероприятий"),
	MO_PAIR("%s row\0%s rows", "%s строка"),
	MO_PAIR("Save", "Сохранить"),
};
static unsigned char kk_bytes[2048], ru_bytes[2048];
static struct arena arena;
static struct ctx cx;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	if (lang_init(LANG_KK, kk_bytes, mo_build(kk_bytes, kk_pairs, ARRAY_LEN(kk_pairs))) !=
	    RC_OK)
		return -1;
	if (lang_init(LANG_RU, ru_bytes, mo_build(ru_bytes, ru_pairs, ARRAY_LEN(ru_pairs))) !=
	    RC_OK)
		return -1;
	return lang_init(LANG_EN, NULL, 0);
}

static int
teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static int
fresh(void **state)
{
	(void)state;
	arena_reset(&arena, ARENA_CHUNK);
	cx = (struct ctx){ .arena = &arena, .actor = &actor_guest, .lang = LANG_KK };
	return 0;
}

static void
codes(void **state)
{
	enum lang l = LANG_EN;

	(void)state;
	assert_true(lang_parse("kk", &l));
	assert_int_equal(l, LANG_KK);
	assert_true(lang_parse("ru", &l));
	assert_true(lang_parse("en", &l));
	assert_int_equal(l, LANG_EN);
	assert_false(lang_parse("KK", &l));
	assert_false(lang_parse("kk-KZ", &l));
	assert_false(lang_parse("", &l));
	assert_false(lang_parse(NULL, &l));
	assert_int_equal(l, LANG_EN);
	assert_string_equal(lang_code(LANG_RU), "ru");
	assert_string_equal(lang_own_name(LANG_KK), "Қазақша");
}

static void
lookups(void **state)
{
	(void)state;
	assert_string_equal(tr(&cx, "Save"), "Сақтау");
	assert_string_equal(tr_in(LANG_RU, "Save"), "Сохранить");
	assert_string_equal(tr_in(LANG_EN, "Save"), "Save");
	assert_string_equal(tr(&cx, "Not in the catalogue"), "Not in the catalogue");
	assert_string_equal(tr(&cx, "untouched"), "untouched");
	assert_string_equal(tr(&cx, "Sav"), "Sav");
	assert_string_equal(tr(&cx, "Savee"), "Savee");
	assert_string_equal(tr(&cx, ""), "");
	/* A plural msgid is found by its first form too. */
	assert_string_equal(tr(&cx, "%s event"), "%s іс-шара");
	assert_string_equal(trf(&cx, "%s of %s", "3", "10"), "10 ішінде 3");
	cx.lang = LANG_EN;
	assert_string_equal(trf(&cx, "%s of %s", "3", "10"), "3 of 10");
}

static const char *
events(int64_t n)
{
	return trn(&cx, n, "%s event", "%s events", num(&cx, n));
}

static void
plurals(void **state)
{
	static const struct {
		int64_t n;
		const char *ru, *kk, *en;
	} rows[] = {
		{ 0, "0 мероприятий", "0 іс-шара", "0 events" },
		{ 1, "1 мероприятие", "1 іс-шара", "1 event" },
		{ 2, "2 мероприятия", "2 іс-шара", "2 events" },
		{ 5, "5 мероприятий", "5 іс-шара", "5 events" },
		{ 11, "11 мероприятий", "11 іс-шара", "11 events" },
		{ 12, "12 мероприятий", "12 іс-шара", "12 events" },
		{ 14, "14 мероприятий", "14 іс-шара", "14 events" },
		{ 21, "21 мероприятие", "21 іс-шара", "21 events" },
		{ 22, "22 мероприятия", "22 іс-шара", "22 events" },
		{ 25, "25 мероприятий", "25 іс-шара", "25 events" },
		{ 101, "101 мероприятие", "101 іс-шара", "101 events" },
		{ 111, "111 мероприятий", "111 іс-шара", "111 events" },
		{ 112, "112 мероприятий", "112 іс-шара", "112 events" },
		{ 497, "497 мероприятий", "497 іс-шара", "497 events" },
		{ -1, "−1 мероприятие", "−1 іс-шара", "−1 event" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		cx.lang = LANG_RU;
		assert_string_equal(events(rows[i].n), rows[i].ru);
		cx.lang = LANG_KK;
		assert_string_equal(events(rows[i].n), rows[i].kk);
		cx.lang = LANG_EN;
		assert_string_equal(events(rows[i].n), rows[i].en);
	}
	/* Fewer forms than the language needs: the last one there is. No catalogue: English. */
	cx.lang = LANG_RU;
	assert_string_equal(trn(&cx, 5, "%s row", "%s rows", "5"), "5 строка");
	cx.lang = LANG_KK;
	assert_string_equal(trn(&cx, 5, "%s row", "%s rows", "5"), "5 rows");
	assert_string_equal(trn(&cx, 1, "%s row", "%s rows", "1"), "1 row");
}

static void
errors(void **state)
{
	(void)state;
	assert_int_equal(fail(&cx, RC_RULE, N_("Event \"%s\" is closed."), "Наурыз"), RC_RULE);
	assert_int_equal(cx.err.rc, RC_RULE);
	assert_string_equal(cx.err.text, "«Наурыз» іс-шарасы жабық.");
	assert_non_null(strstr(cx.err.detail, "lang_test.c:"));
	assert_int_equal(fail(&cx, RC_BUSY, N_("Save")), RC_BUSY);
	assert_int_equal(cx.err.rc, RC_RULE);
	assert_string_equal(cx.err.text, "«Наурыз» іс-шарасы жабық.");
	err_clear(&cx);
	cx.err.detail = "SQLSTATE 23505";
	assert_int_equal(fail(&cx, RC_EXISTS, N_("Save")), RC_EXISTS);
	assert_string_equal(cx.err.text, "Сақтау");
	assert_memory_equal(cx.err.detail, "SQLSTATE 23505 at ", 18);
}

static void
field_errors(void **state)
{
	char name[] = "iin";

	(void)state;
	assert_int_equal(fields_rc(&cx), RC_OK);
	fail_field(&cx, name, N_("Save"));
	fail_field(&cx, "name", N_("%s of %s"), "1", "2");
	memset(name, 'x', sizeof name - 1);
	assert_int_equal(fields_rc(&cx), RC_INVALID);
	assert_int_equal(cx.err.rc, RC_INVALID);
	assert_string_equal(cx.err.fields->field, "iin");
	assert_string_equal(cx.err.fields->text, "Сақтау");
	assert_string_equal(cx.err.fields->next->field, "name");
	assert_string_equal(cx.err.fields->next->text, "2 ішінде 1");
	assert_null(cx.err.fields->next->next);
}

static void
numbers(void **state)
{
	static const struct {
		int64_t v;
		const char *kk, *en;
	} rows[] = {
		{ 0, "0", "0" },
		{ 497, "497", "497" },
		{ 2245, "2245", "2,245" },
		{ 9999, "9999", "9,999" },
		{ 10000, "10\u00a0000", "10,000" },
		{ 14236, "14\u00a0236", "14,236" },
		{ 946000, "946\u00a0000", "946,000" },
		{ 1234567, "1\u00a0234\u00a0567", "1,234,567" },
		{ -5, "\u22125", "\u22125" },
		{ -14236, "\u221214\u00a0236", "\u221214,236" },
		{ INT64_MAX, "9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0807",
		    "9,223,372,036,854,775,807" },
		{ INT64_MIN, "\u22129\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808",
		    "\u22129,223,372,036,854,775,808" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		cx.lang = LANG_KK;
		assert_string_equal(num(&cx, rows[i].v), rows[i].kk);
		cx.lang = LANG_RU;
		assert_string_equal(num(&cx, rows[i].v), rows[i].kk);
		cx.lang = LANG_EN;
		assert_string_equal(num(&cx, rows[i].v), rows[i].en);
	}
}

static void
reals(void **state)
{
	(void)state;
	assert_string_equal(num_real(&cx, 110.0, 1), "110,0");
	assert_string_equal(num_real(&cx, 14236.55, 1), "14\u00a0236,5");
	assert_string_equal(num_real(&cx, 9999.96, 1), "10\u00a0000,0");
	assert_string_equal(num_real(&cx, -0.04, 1), "0,0");
	assert_string_equal(num_real(&cx, -0.06, 1), "\u22120,1");
	assert_string_equal(num_real(&cx, 12.5, 0), "12");
	assert_string_equal(num_real(&cx, 2.25, -3), "2");
	assert_string_equal(num_real(&cx, NAN, 1), "–");
	assert_string_equal(num_real(&cx, INFINITY, 1), "–");
	assert_true(strlen(num_real(&cx, -DBL_MAX, 99)) > 309);
	assert_string_equal(percent(&cx, 123, 1000), "12,3\u00a0%");
	assert_string_equal(percent(&cx, 1, 0), "–");
	assert_string_equal(percent(&cx, 0, 7), "0,0\u00a0%");
	cx.lang = LANG_EN;
	assert_string_equal(num_real(&cx, 2245.5, 2), "2,245.50");
	assert_string_equal(percent(&cx, 123, 1000), "12.3%");
}

static void
number_input(void **state)
{
	static const struct {
		const char *s;
		int64_t v;
	} good[] = { { "0", 0 }, { "14236", 14236 }, { "14 236", 14236 }, { "14\u00a0236", 14236 },
		{ "1\u202f234\u2009567", 1234567 }, { " 17 ", 17 }, { "-5", -5 }, { "007", 7 },
		{ "9223372036854775807", INT64_MAX }, { "-9223372036854775808", INT64_MIN } };
	static const char *const bad[] = { "", " ", "-", "- 5", "+5", "12 34", "1234 567", "1,5",
		"1.5", "5x", "x5", "9223372036854775808", "-9223372036854775809",
		"99999999999999999999", "−5", "5 -", "1 234 5", "٣", "0x10" };
	int64_t v;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(good); i++) {
		v = -77;
		assert_true(num_parse(good[i].s, &v));
		assert_true(v == good[i].v);
	}
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		v = -77;
		assert_false(num_parse(bad[i], &v));
		assert_true(v == -77);
	}
	assert_false(num_parse(NULL, &v));
}

static void
days(void **state)
{
	(void)state;
	assert_string_equal(day_text(&cx, 20241115), "15.11.2024");
	assert_string_equal(day_text(&cx, 20240301), "01.03.2024");
	assert_string_equal(day_text(&cx, 0), "");
	assert_string_equal(day_text(&cx, 20240231), "");
	assert_string_equal(day_long(&cx, 20241115), "15 қараша 2024 ж.");
	assert_string_equal(day_long(&cx, 20240501), "1 мамыр 2024 ж.");
	assert_string_equal(day_long(&cx, 0), "");
	assert_string_equal(day_range(&cx, 20240101, 20241115), "01.01.2024–15.11.2024");
	assert_string_equal(day_range(&cx, 20240101, 20240101), "01.01.2024");
	assert_string_equal(day_range(&cx, 20240101, 0), "01.01.2024–");
	assert_string_equal(day_range(&cx, 0, 0), "");
	assert_string_equal(month_name(&cx, 11), "Қараша");
	assert_string_equal(month_short(&cx, 11), "қар");
	assert_string_equal(month_name(&cx, 0), "");
	assert_string_equal(month_name(&cx, 13), "");
	assert_string_equal(weekday_name(&cx, 1), "дүйсенбі");
	assert_string_equal(weekday_short(&cx, 7), "жс");
	assert_string_equal(weekday_name(&cx, 8), "");
	/* 13:00 UTC is 18:00 in Aqtobe. */
	assert_string_equal(
	    moment_text(&cx, (day_number(20241115) * 86400 + 46800) * US_PER_SECOND),
	    "15.11.2024 18:00");
	assert_string_equal(moment_text(&cx, 0), "");
	cx.lang = LANG_RU;
	assert_string_equal(day_long(&cx, 20241115), "15 ноября 2024 г.");
	assert_string_equal(month_name(&cx, 11), "Ноябрь");
	assert_string_equal(weekday_short(&cx, 1), "пн");
	cx.lang = LANG_EN;
	assert_string_equal(day_long(&cx, 20241115), "15 November 2024");
	assert_string_equal(day_text(&cx, 20241115), "15.11.2024");
	assert_string_equal(weekday_short(&cx, 1), "Mon");
}

static void
three_languages(void **state)
{
	const struct text3 all = { "Үй", "Дом", "House" }, ru = { "", "Дом", NULL }, none = { 0 };
	const struct text3 en = { NULL, "", "House" };
	enum lang l = LANG_COUNT;

	(void)state;
	cx.lang = LANG_EN;
	assert_string_equal(tr3(&cx, &all, &l), "House");
	assert_int_equal(l, LANG_EN);
	assert_string_equal(tr3(&cx, &ru, &l), "Дом");
	assert_int_equal(l, LANG_RU);
	assert_string_equal(tr3(&cx, &none, &l), "");
	assert_int_equal(l, LANG_EN);
	cx.lang = LANG_KK;
	assert_string_equal(tr3(&cx, &en, &l), "House");
	assert_int_equal(l, LANG_EN);
	assert_string_equal(tr3(&cx, &all, NULL), "Үй");
}

static void
readings_of_the_site(void **state)
{
	struct ctx reader = { .lang = LANG_KK };
	enum lang l;
	bool latin;

	(void)state;
	assert_string_equal(lang_prefix(&reader), "kk");
	reader.latin = true;
	assert_string_equal(lang_prefix(&reader), "kk-latn");
	assert_string_equal(lang_tag(&reader), "kk-Latn");
	reader.lang = LANG_RU; /* only Kazakh has two scripts */
	assert_string_equal(lang_prefix(&reader), "ru");
	assert_string_equal(lang_tag(&reader), "ru");
	assert_true(lang_prefix_parse("kk-latn", &l, &latin));
	assert_true(latin && l == LANG_KK);
	assert_true(lang_prefix_parse("en", &l, &latin));
	assert_true(!latin && l == LANG_EN);
	assert_false(lang_prefix_parse("kk-Latn", &l, &latin));
	assert_false(lang_prefix_parse("kk-latnx", &l, &latin));
	assert_false(lang_prefix_parse("", &l, &latin));
	assert_false(lang_prefix_parse(NULL, &l, &latin));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(codes, fresh),
		cmocka_unit_test_setup(lookups, fresh),
		cmocka_unit_test_setup(plurals, fresh),
		cmocka_unit_test_setup(errors, fresh),
		cmocka_unit_test_setup(field_errors, fresh),
		cmocka_unit_test_setup(numbers, fresh),
		cmocka_unit_test_setup(reals, fresh),
		cmocka_unit_test_setup(number_input, fresh),
		cmocka_unit_test_setup(days, fresh),
		cmocka_unit_test_setup(three_languages, fresh),
		cmocka_unit_test(readings_of_the_site),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

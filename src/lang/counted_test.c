/* counted_test.c – Russian and English nouns after numbers, and the words for rounded numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "lang/counted.h"
#include "lang/rounded.h"
#include "lang/ru_number.h"
#include "lang/words.h"

static struct arena arena;

static int
fresh(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
done(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static const struct ru_noun association = { { "объединение", "объединения", "объединению",
						"объединение", "объединением", "объединении" },
	{ "объединения", "объединений", "объединениям", "объединения", "объединениями",
	    "объединениях" },
	false };
static const struct ru_noun member = {
	{ "участник", "участника", "участнику", "участника", "участником", "участнике" },
	{ "участники", "участников", "участникам", "участников", "участниками", "участниках" }, true
};

static void
russian(void **state)
{
	static const struct {
		int64_t n;
		enum ru_case c;
		const struct ru_noun *noun;
		const char *want;
	} cases[] = {
		{ 1, RU_NOM, &association, "1 объединение" },
		{ 2, RU_NOM, &association, "2 объединения" },
		{ 5, RU_NOM, &association, "5 объединений" },
		{ 0, RU_NOM, &association, "0 объединений" },
		{ 11, RU_NOM, &association, "11 объединений" },
		{ 12, RU_NOM, &association, "12 объединений" },
		{ 21, RU_NOM, &association, "21 объединение" },
		{ 112, RU_NOM, &association, "112 объединений" },
		{ 14236, RU_NOM, &association, "14\u00a0236 объединений" },
		{ 1, RU_DAT, &association, "1 объединению" },
		{ 21, RU_INS, &association, "21 объединением" },
		{ 3, RU_DAT, &association, "3 объединениям" },
		{ 5, RU_LOC, &association, "5 объединениях" },
		{ 2, RU_ACC, &association, "2 объединения" },
		{ 1, RU_ACC, &member, "1 участника" },
		{ 2, RU_ACC, &member, "2 участников" },
		{ 22, RU_ACC, &member, "22 участника" },
		{ 5, RU_ACC, &member, "5 участников" },
		{ -1, RU_GEN, &member, "\u22121 участника" },
		{ INT64_MIN, RU_NOM, &member,
		    "\u22129\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808 участников" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(
		    ru_counted(&arena, cases[i].n, cases[i].noun, cases[i].c), cases[i].want);
	assert_string_equal(ru_ordinal(&arena, 17), "17-й");
}

static void
english(void **state)
{
	static const struct {
		int64_t n;
		const char *want;
	} ordinals[] = { { 1, "1st" }, { 2, "2nd" }, { 3, "3rd" }, { 4, "4th" }, { 11, "11th" },
		{ 12, "12th" }, { 13, "13th" }, { 21, "21st" }, { 112, "112th" },
		{ 1003, "1,003rd" }, { 0, "0th" } };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(ordinals); i++)
		assert_string_equal(en_ordinal(&arena, ordinals[i].n), ordinals[i].want);
	assert_string_equal(en_counted(&arena, 1, "event", "events"), "1 event");
	assert_string_equal(en_counted(&arena, 0, "event", "events"), "0 events");
	assert_string_equal(en_counted(&arena, 14236, "event", "events"), "14,236 events");
}

static void
honest(void **state)
{
	(void)state;
	assert_int_equal(rounded_step(90), 10);
	assert_int_equal(rounded_step(14000), 1000);
	assert_int_equal(rounded_step(2245), 1);
	assert_int_equal(rounded_step(0), 0);
	assert_true(rounded_honest(ROUND_OVER, 90, 93));
	assert_true(rounded_honest(ROUND_OVER, 90, 99));
	assert_false(rounded_honest(ROUND_OVER, 90, 90));
	assert_false(rounded_honest(ROUND_OVER, 90, 100));
	assert_false(rounded_honest(ROUND_OVER, 90, 89));
	assert_false(rounded_honest(ROUND_OVER, 0, 5));
	assert_true(rounded_honest(ROUND_ABOUT, 100, 96));
	assert_true(rounded_honest(ROUND_ABOUT, 100, 105));
	assert_false(rounded_honest(ROUND_ABOUT, 100, 106));
	assert_false(rounded_honest(ROUND_ABOUT, 100, 95));
	assert_false(rounded_honest(ROUND_ABOUT, 100, 100));
	assert_true(rounded_honest(ROUND_UP_TO, 300, 240));
	assert_true(rounded_honest(ROUND_UP_TO, 300, 299));
	assert_false(rounded_honest(ROUND_UP_TO, 300, 239));
	assert_false(rounded_honest(ROUND_UP_TO, 300, 300));
	assert_true(rounded_honest(ROUND_EXACT, -3, -3));
	assert_false(rounded_honest(ROUND_OVER, -10, -5));
	assert_false(rounded_honest(ROUND_ABOUT, INT64_MAX, INT64_MIN));
	assert_false(rounded_honest(ROUND_OVER, 1, INT64_MAX));
}

/* Whatever is rounded down may be said with «over», unless it is itself. */
static void
rounded_down_is_honest(void **state)
{
	int64_t v;
	int digits;

	(void)state;
	for (digits = 1; digits <= 4; digits++)
		for (v = 1; v < 300000; v = v * 11 / 10 + 1) {
			int64_t n = rounded_down(v, digits);

			assert_true(n > 0 && n <= v);
			assert_true(n == v || v - n < (n >= 10 ? n : 10));
		}
	assert_int_equal(rounded_down(14236, 2), 14000);
	assert_int_equal(rounded_down(2245, 3), 2240);
	assert_int_equal(rounded_down(93, 1), 90);
	assert_int_equal(rounded_down(7, 3), 7);
	assert_int_equal(rounded_down(0, 2), 0);
	assert_int_equal(rounded_down(-5, 2), 0);
	assert_true(rounded_honest(ROUND_OVER, rounded_down(14236, 2), 14236));
}

static void
said(void **state)
{
	struct ctx cx = { .arena = &arena, .lang = LANG_KK };

	(void)state;
	assert_string_equal(rounded_text(&cx, ROUND_OVER, 14000), "14 мыңнан аса");
	assert_string_equal(rounded_text(&cx, ROUND_OVER, 90), "90-нан аса");
	assert_string_equal(rounded_text(&cx, ROUND_ABOUT, 40), "40-қа жуық");
	assert_string_equal(rounded_text(&cx, ROUND_UP_TO, 300), "300-ге дейін");
	assert_string_equal(rounded_text(&cx, ROUND_EXACT, 17), "17");
	cx.lang = LANG_RU;
	assert_string_equal(rounded_text(&cx, ROUND_OVER, 14000), "более 14\u00a0000");
	cx.lang = LANG_EN;
	assert_string_equal(rounded_text(&cx, ROUND_UP_TO, 300), "up to 300");
}

static void
in_words(void **state)
{
	static const struct {
		int64_t n;
		enum ru_gender g;
		const char *ru, *en;
	} rows[] = {
		{ 0, RU_HE, "ноль", "zero" },
		{ 1, RU_SHE, "одна", "one" },
		{ 2, RU_IT, "два", "two" },
		{ 12, RU_SHE, "двенадцать", "twelve" },
		{ 21, RU_IT, "двадцать одно", "twenty-one" },
		{ 100, RU_HE, "сто", "one hundred" },
		{ 1000, RU_HE, "одна тысяча", "one thousand" },
		{ 2345, RU_SHE, "две тысячи триста сорок пять",
		    "two thousand three hundred forty-five" },
		{ 11000, RU_HE, "одиннадцать тысяч", "eleven thousand" },
		{ 1000001, RU_HE, "один миллион один", "one million one" },
		{ 22000002, RU_SHE, "двадцать два миллиона две", "twenty-two million two" },
		{ -7, RU_HE, "минус семь", "minus seven" },
		{ INT64_MIN, RU_HE,
		    "минус девять квинтиллионов двести двадцать три квадриллиона триста семьдесят "
		    "два триллиона тридцать шесть миллиардов восемьсот пятьдесят четыре миллиона "
		    "семьсот семьдесят пять тысяч восемьсот восемь",
		    "minus nine quintillion two hundred twenty-three quadrillion three hundred "
		    "seventy-two trillion thirty-six billion eight hundred fifty-four million "
		    "seven hundred seventy-five thousand eight hundred eight" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_string_equal(ru_words(&arena, rows[i].n, RU_NOM, rows[i].g), rows[i].ru);
		assert_string_equal(en_words(&arena, rows[i].n), rows[i].en);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(russian, fresh, done),
		cmocka_unit_test_setup_teardown(english, fresh, done),
		cmocka_unit_test_setup_teardown(in_words, fresh, done),
		cmocka_unit_test(honest),
		cmocka_unit_test(rounded_down_is_honest),
		cmocka_unit_test_setup_teardown(said, fresh, done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

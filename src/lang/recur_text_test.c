/* recur_text_test.c – the sentence of a rule in three languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/rc.h"
#include "lang/recur_text.h"

#define WEEKS(n, days)                                                                   \
	{                                                                                \
		.kind = RECUR_WEEKS, .every = (n), .weekdays = (days), .first = 20241101 \
	}
#define DAY(n, d)                                                                    \
	{                                                                            \
		.kind = RECUR_MONTH_DAY, .every = (n), .dom = (d), .first = 20241101 \
	}
#define NTH(n, t, w)                                                               \
	{                                                                          \
		.kind = RECUR_MONTH_NTH, .every = (n), .nth = (t), .weekday = (w), \
		.first = 20241101                                                  \
	}

static struct arena arena;

static void
sentences(void **state)
{
	static const struct {
		struct recur r;
		const char *starts, *ends, *said[LANG_COUNT];
	} rows[] = {
		{ WEEKS(1, 8), "18:00", NULL,
		    { "Әр бейсенбі сайын, сағат 18:00-де", "Каждый четверг, в 18:00",
			"Every Thursday, at 18:00" } },
		{ WEEKS(1, 4), "", NULL,
		    { "Әр сәрсенбі сайын", "Каждую среду", "Every Wednesday" } },
		{ WEEKS(1, 64), "10:00", "12:30",
		    { "Әр жексенбі сайын, сағат 10:00-нан 12:30-ға дейін",
			"Каждое воскресенье, с 10:00 до 12:30",
			"Every Sunday, from 10:00 to 12:30" } },
		{ WEEKS(1, 10), NULL, NULL,
		    { "Әр аптаның сейсенбі және бейсенбі күндері", "По вторникам и четвергам",
			"Every Tuesday and Thursday" } },
		{ WEEKS(1, 21), NULL, NULL,
		    { "Әр аптаның дүйсенбі, сәрсенбі және жұма күндері",
			"По понедельникам, средам и пятницам",
			"Every Monday, Wednesday and Friday" } },
		{ WEEKS(1, 127), NULL, NULL, { "Күн сайын", "Ежедневно", "Every day" } },
		{ WEEKS(2, 8), NULL, NULL,
		    { "2 аптада бір рет, бейсенбі күні", "Раз в 2 недели, по четвергам",
			"Every 2 weeks on Thursday" } },
		{ WEEKS(5, 33), NULL, NULL,
		    { "5 аптада бір рет, дүйсенбі және сенбі күндері",
			"Раз в 5 недель, по понедельникам и субботам",
			"Every 5 weeks on Monday and Saturday" } },
		{ DAY(1, 15), NULL, NULL,
		    { "Әр айдың 15-күні", "15-го числа каждого месяца",
			"On the 15th of every month" } },
		{ DAY(1, 31), NULL, NULL,
		    { "Әр айдың соңғы күні", "В последний день каждого месяца",
			"On the last day of every month" } },
		{ DAY(1, 30), NULL, NULL,
		    { "Әр айдың 30-күні (қысқа айда – соңғы күні)",
			"30-го числа каждого месяца (в коротком месяце – в последний день)",
			"On the 30th of every month (in a shorter month on its last day)" } },
		{ DAY(3, 1), NULL, NULL,
		    { "3 айда бір рет, айдың 1-күні", "Раз в 3 месяца, 1-го числа месяца",
			"Every 3 months on the 1st" } },
		{ NTH(1, 2, 4), "09:00", NULL,
		    { "Әр айдың екінші бейсенбі күні, сағат 09:00-да",
			"Во второй четверг каждого месяца, в 09:00",
			"On the second Thursday of every month, at 09:00" } },
		{ NTH(1, RECUR_LAST, 5), NULL, NULL,
		    { "Әр айдың соңғы жұма күні", "В последнюю пятницу каждого месяца",
			"On the last Friday of every month" } },
		{ NTH(6, 1, 7), NULL, NULL,
		    { "6 айда бір рет, айдың бірінші жексенбі күні",
			"Раз в 6 месяцев, в первое воскресенье месяца",
			"Every 6 months on the first Sunday" } },
	};
	struct ctx cx = { .arena = &arena };
	size_t i;
	int l;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		for (l = 0; l < LANG_COUNT; l++) {
			cx.lang = (enum lang)l;
			assert_string_equal(
			    recur_text(&cx, &rows[i].r, rows[i].starts, rows[i].ends),
			    rows[i].said[l]);
		}
	assert_string_equal(recur_text(&cx, &(struct recur){ 0 }, "10:00", NULL), "");
}

static void
hours(void **state)
{
	static const struct {
		const char *hour, *loc, *dat;
	} rows[] = {
		{ "18:00", "18:00-де", "18:00-ге" },
		{ "10:00", "10:00-да", "10:00-ға" },
		{ "20:00", "20:00-да", "20:00-ға" },
		{ "16:00", "16:00-да", "16:00-ға" },
		{ "15:00", "15:00-те", "15:00-ке" },
		{ "00:00", "00:00-де", "00:00-ге" },
		{ "18:30", "18:30-да", "18:30-ға" },
		{ "17:05", "17:05-те", "17:05-ке" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		assert_string_equal(kk_hour(&arena, rows[i].hour, KK_LOC), rows[i].loc);
		assert_string_equal(kk_hour(&arena, rows[i].hour, KK_DAT), rows[i].dat);
		assert_string_equal(kk_hour(&arena, rows[i].hour, KK_NOM), rows[i].hour);
	}
	assert_string_equal(kk_hour(&arena, "noon", KK_LOC), "noon");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sentences), cmocka_unit_test(hours) };
	int failed;

	arena_init(&arena);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests_name("recur text", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}

/* claim_test.c – what is found in sentences of both languages and what is not; that any number can be
 * put in place of another so that the sentence is read again and true; that bad input ends in time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "lang/claim.h"
#include "lang/lexicon.h"
#include "lang/ru_number.h"

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

static const struct claim *
only(const struct claim_text *t, enum claim_kind kind)
{
	const struct claim *found = NULL;
	size_t i;

	for (i = 0; i < t->nclaims; i++)
		if (t->claim[i].kind == kind) {
			if (found != NULL)
				fail_msg("two claims in: %s", t->text);
			found = &t->claim[i];
		}
	return found;
}

static void
test_counts(void **state)
{
	static const struct {
		const char *text, *said;
		int64_t value;
		enum claim_relation relation;
		enum claim_unit unit;
	} rows[] = {
		{ "Биыл 497 іс-шара өтті.", "497", 497, CLAIM_EQ, CLAIM_EVENT },
		{ "Оған 14мыңнан аса адам келді.", "14мыңнан аса", 14000, CLAIM_GT, CLAIM_PERSON },
		{ "Оған 14,2 мың қатысушы келді.", "14,2 мың", 14200, CLAIM_EQ, CLAIM_PARTICIPANT },
		{ "Қорға 1,5 миллион теңге түсті.", "1,5 миллион", 1500000, CLAIM_EQ, CLAIM_OTHER },
		{ "Өңірде 90-нан астам этнос бар.", "90-нан астам", 90, CLAIM_GT, CLAIM_ETHNOS },
		{ "Өңірде 90-дан астам этнос бар.", "90-дан астам", 90, CLAIM_GT, CLAIM_ETHNOS },
		{ "Өңірде тоқсаннан астам этнос бар.", "тоқсаннан астам", 90, CLAIM_GT,
		    CLAIM_ETHNOS },
		{ "Оған он төрт мыңнан аса адам келді.", "он төрт мыңнан аса", 14000, CLAIM_GT,
		    CLAIM_PERSON },
		{ "Екі мың екі жүз қырық бес мүшесі бар.", "Екі мың екі жүз қырық бес", 2245,
		    CLAIM_EQ, CLAIM_MEMBER },
		{ "Құрамында 2 245 мүше бар.", "2 245", 2245, CLAIM_EQ, CLAIM_MEMBER },
		{ "Құрамында 2\u00a0245 мүше бар.", "2\u00a0245", 2245, CLAIM_EQ, CLAIM_MEMBER },
		{ "Құрамында 2\u202f245 мүше бар.", "2\u202f245", 2245, CLAIM_EQ, CLAIM_MEMBER },
		{ "Құрамында 2\u2009245 мүше бар.", "2\u2009245", 2245, CLAIM_EQ, CLAIM_MEMBER },
		{ "Шамамен 500 іс-шара өтті.", "Шамамен 500", 500, CLAIM_ABOUT, CLAIM_EVENT },
		{ "Биыл 500-ге жуық іс-шара өтті.", "500-ге жуық", 500, CLAIM_ABOUT, CLAIM_EVENT },
		{ "Биыл 500-ге дейін іс-шара өтті.", "500-ге дейін", 500, CLAIM_LT, CLAIM_EVENT },
		{ "Биыл 490-нан кем емес іс-шара өтті.", "490-нан кем емес", 490, CLAIM_GE,
		    CLAIM_EVENT },
		{ "Биыл 500-ден кем іс-шара өтті.", "500-ден кем", 500, CLAIM_LT, CLAIM_EVENT },
		{ "Кемінде 490 іс-шара өтті.", "Кемінде 490", 490, CLAIM_GE, CLAIM_EVENT },
		{ "Оған 14 мың адамнан астам келді.", "14 мың", 14000, CLAIM_GT, CLAIM_PERSON },
		{ "Іс-шаралардың саны — 497.", "497", 497, CLAIM_EQ, CLAIM_EVENT },
		{ "Бұл 17 белсенді этномәдени бірлестікке тиесілі.", "17", 17, CLAIM_EQ,
		    CLAIM_ASSOCIATION },
		{ "С начала года прошло 497 мероприятий.", "497", 497, CLAIM_EQ, CLAIM_EVENT },
		{ "В них участвовало свыше 14 тысяч человек.", "свыше 14 тысяч", 14000, CLAIM_GT,
		    CLAIM_PERSON },
		{ "Пришло более чем четырнадцать тысяч человек.", "более чем четырнадцать тысяч",
		    14000, CLAIM_GT, CLAIM_PERSON },
		{ "Пришло свыше четырнадцати тысяч участников.", "свыше четырнадцати тысяч", 14000,
		    CLAIM_GT, CLAIM_PARTICIPANT },
		{ "Пришло почти 14 тыс. участников.", "почти 14 тыс", 14000, CLAIM_ABOUT,
		    CLAIM_PARTICIPANT },
		{ "Прошло около пятисот мероприятий.", "около пятисот", 500, CLAIM_ABOUT,
		    CLAIM_EVENT },
		{ "Прошло не менее 490 мероприятий.", "не менее 490", 490, CLAIM_GE, CLAIM_EVENT },
		{ "Прошло до 500 мероприятий.", "до 500", 500, CLAIM_LT, CLAIM_EVENT },
		{ "Число участников составило 14 236.", "14 236", 14236, CLAIM_EQ,
		    CLAIM_PARTICIPANT },
		{ "У нас семнадцать этнокультурных объединений.", "семнадцать", 17, CLAIM_EQ,
		    CLAIM_ASSOCIATION },
		{ "Живут представители более 90 этнических групп.", "более 90", 90, CLAIM_GT,
		    CLAIM_ETHNOS },
		{ "Bul jyly 497 ıs-şara ötti.", "497", 497, CLAIM_EQ, CLAIM_EVENT },
		{ "Биыл 497 iс-шaра өтті.", "497", 497, CLAIM_EQ, CLAIM_EVENT },
		{ "Үлесі 45 % болды.", "45", 45, CLAIM_EQ, CLAIM_PERCENT },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct claim_text t;
		const struct claim *c;

		claim_read(&arena, rows[i].text, strlen(rows[i].text), &t);
		if ((c = only(&t, CLAIM_COUNT)) == NULL)
			fail_msg("nothing in: %s", rows[i].text);
		if (!slice_is((struct slice){ t.text + c->from, c->to - c->from }, rows[i].said) ||
		    c->value != rows[i].value || c->relation != rows[i].relation ||
		    c->unit != rows[i].unit)
			fail_msg("%s: “%.*s” %lld %s unit %d", rows[i].text, (int)(c->to - c->from),
			    t.text + c->from, (long long)c->value, claim_relation_code(c->relation),
			    c->unit);
	}
}

static void
test_no_counts(void **state)
{
	static const char *const rows[] = { "2024 жылы облыста жиын өтті.",
		"Жиын 18:00-де басталады.", "Ол 5-сынып оқушысы.", "34-сессия және 14-бап.",
		"Тел. +7 (7132) 21-22-23.", "тел. 8 (7132) 21-22-23", "1. Есеп\n2) Жоспар",
		"2020–2024 жылдарға арналған", "10–15 іс-шара болады.",
		"10-нан 20-ға дейін адам келді.", "Ол екі жаққа да тиімді.",
		"Бір іс-шара туралы сөз.", "«Қазақстан-2050» стратегиясы", "COVID-19 кезінде",
		"apk.kz/2024/17 сайтында", "«Мың бала» жобасы", "№ 5 бұйрық", "90-шы жылдар",
		"В 2024 году было так.", "Начало в 18.00.", "По статье 14 закона.",
		"В кабинете 204", "Пришло от 10 до 20 человек.", "Он сказал об этом.",
		"04.06.2024 жылы", "030000", "12345678901234567890 адам", "Үш A4 парақ",
		"Достарына мың алғыс!" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct claim_text t;
		const struct claim *c;

		claim_read(&arena, rows[i], strlen(rows[i]), &t);
		if ((c = only(&t, CLAIM_COUNT)) != NULL)
			fail_msg("%s: “%.*s”", rows[i], (int)(c->to - c->from), t.text + c->from);
	}
}

static void
test_days_and_quotes(void **state)
{
	struct claim_text t;
	const struct claim *c;
	const char *kk = "Бұл 1мамырда – Бірлік күні, «Таза Қазақстан» акциясы.",
		   *ru = "Сбор 1 мая.";

	(void)state;
	claim_read(&arena, kk, strlen(kk), &t);
	c = only(&t, CLAIM_DAY);
	assert_non_null(c);
	assert_int_equal(c->month * 100 + c->day, 501);
	assert_string_equal(claim_say_day(&arena, &t, c, 6, 4), "4 маусымда");
	c = only(&t, CLAIM_QUOTE);
	assert_non_null(c);
	assert_true(
	    slice_is((struct slice){ t.text + c->from, c->to - c->from }, "«Таза Қазақстан»"));
	claim_read(&arena, ru, strlen(ru), &t);
	c = only(&t, CLAIM_DAY);
	assert_non_null(c);
	assert_string_equal(claim_say_day(&arena, &t, c, 6, 4), "4 июня");
}

static void
test_truth(void **state)
{
	(void)state;
	assert_true(claim_true(CLAIM_GT, 14000, 14236));
	assert_false(claim_true(CLAIM_GT, 14000, 13900));
	assert_false(claim_true(CLAIM_GT, 14000, 14000));
	assert_false(claim_true(CLAIM_GT, 14000, 15000));
	assert_true(claim_true(CLAIM_GE, 490, 490));
	assert_true(claim_true(CLAIM_ABOUT, 500, 497));
	assert_true(claim_true(CLAIM_ABOUT, 497, 497));
	assert_false(claim_true(CLAIM_ABOUT, 600, 497));
	assert_true(claim_true(CLAIM_LT, 500, 400));
	assert_false(claim_true(CLAIM_LT, 500, 399));
	assert_false(claim_true(CLAIM_LT, 500, 500));
	assert_false(claim_true(CLAIM_EQ, 497, 498));
}

/* Whatever the true number: what claim_say() puts there is read again, in the same sense, and true. */
static void
test_say_is_true(void **state)
{
	static const char *const texts[] = { "Биыл 497 іс-шара өтті.",
		"Оған 14мыңнан аса адам келді.", "Оған 14,2 мыңнан аса адам келді.",
		"Өңірде 90-нан астам этнос бар.", "Оған он төрт мыңнан аса адам келді.",
		"Құрамында 2 245 мүше бар.", "Құрамында 12245 мүше бар.",
		"Шамамен 500 іс-шара өтті.", "Биыл 500-ге жуық іс-шара өтті.",
		"Биыл 500-ге дейін іс-шара өтті.", "Биыл 490-нан кем емес іс-шара өтті.",
		"Кемінде 490 іс-шара өтті.", "Қырық үш іс-шара өтті.", "Прошло 497 мероприятий.",
		"Прошло сорок три мероприятия.", "Участвовало свыше 14 тысяч человек.",
		"Пришло около 14 тыс. участников.", "Пришло свыше четырнадцати тысяч участников.",
		"Прошло около пятисот мероприятий.", "Прошло не менее 490 мероприятий.",
		"Прошло до 500 мероприятий.", "Пришло почти 2 миллиона человек.",
		"Bıyl 14 myñnan asa adam keldı." };
	size_t i, k, said = 0;
	unsigned seed = 20241115;

	(void)state;
	for (i = 0; i < ARRAY_LEN(texts); i++)
		for (k = 0; k < 150; k++) {
			struct arena_mark m = arena_mark(&arena);
			int64_t v = k < 30 ? (int64_t)k + 11
					   : (int64_t)(rand_r(&seed) % (k % 3 == 0	? 3000000
									   : k % 3 == 1 ? 20000
											: 600)) +
						 11;
			struct claim_text t, again;
			const struct claim *c;
			const char *s, *whole;

			claim_read(&arena, texts[i], strlen(texts[i]), &t);
			c = only(&t, CLAIM_COUNT);
			assert_non_null(c);
			s = claim_say(&arena, &t, c, v);
			assert_string_not_equal(s, "");
			whole = arena_printf(
			    &arena, "%.*s%s%s", (int)c->from, t.text, s, t.text + c->to);
			claim_read(&arena, whole, strlen(whole), &again);
			c = only(&again, CLAIM_COUNT);
			if (c == NULL || !claim_true(c->relation, c->value, v))
				fail_msg("%s → %s for %lld", texts[i], whole, (long long)v);
			said++;
			arena_rewind(&arena, m);
		}
	assert_int_equal(said, ARRAY_LEN(texts) * 150);
}

static void
test_russian_words(void **state)
{
	int64_t n;

	(void)state;
	assert_string_equal(
	    ru_words(&arena, 14236, RU_GEN, RU_HE), "четырнадцати тысяч двухсот тридцати шести");
	assert_string_equal(ru_words(&arena, 2001, RU_NOM, RU_IT), "две тысячи одно");
	assert_string_equal(ru_words(&arena, 1000000, RU_NOM, RU_HE), "один миллион");
	assert_string_equal(
	    ru_words(&arena, 578, RU_INS, RU_HE), "пятьюстами семьюдесятью восемью");
	for (n = 11; n < 2000000; n += n / 7 + 1) {
		struct arena_mark m = arena_mark(&arena);
		enum ru_case c;

		for (c = RU_NOM; c <= RU_LOC; c++) {
			const char *s = arena_printf(
			    &arena, "Это около %s мероприятий.", ru_words(&arena, n, c, RU_IT));
			struct claim_text t;
			const struct claim *found;

			claim_read(&arena, s, strlen(s), &t);
			found = only(&t, CLAIM_COUNT);
			if (found == NULL || found->value != n)
				fail_msg(
				    "%s: %lld", s, found == NULL ? -1LL : (long long)found->value);
		}
		arena_rewind(&arena, m);
	}
}

/* Half a megabyte of anything in time: the limit is far above what it takes, so that a slow machine passes. */
static void
test_bad_input(void **state)
{
	static const char *const pieces[] = { "9", "1 ", "1 234 ", "«", "«1 «", "мың ", "жүз ",
		"\xd0", "a", "1.", "1-", ". ", "\n", "до ", "миллион миллиард ", "от 1 до ",
		"4 маусым — ", "не более чем 5 ", "\xf0\x9f", "497 іс-шара ", "mıñ ", "a1b2 " };
	enum { BYTES = 1 << 19 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pieces); i++) {
		struct arena a;
		struct claim_text t;
		size_t n = strlen(pieces[i]), at;
		char *text = malloc(BYTES);
		clock_t began = clock();

		assert_non_null(text);
		for (at = 0; at + n <= BYTES; at += n)
			memcpy(text + at, pieces[i], n);
		arena_init(&a);
		claim_read(&a, text, at, &t);
		for (n = 0; n < t.nclaims; n++)
			assert_true(t.claim[n].from < t.claim[n].to && t.claim[n].to <= at);
		arena_done(&a);
		free(text);
		if (clock() - began > 20 * CLOCKS_PER_SEC)
			fail_msg("half a megabyte of “%s” took too long", pieces[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_no_counts),
		cmocka_unit_test(test_days_and_quotes),
		cmocka_unit_test(test_truth),
		cmocka_unit_test(test_say_is_true),
		cmocka_unit_test(test_russian_words),
		cmocka_unit_test(test_bad_input),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	lexicon_load(&(struct lexicon_sources){ NULL, "", NULL }, NULL);
	return cmocka_run_group_tests(tests, fresh, done);
}

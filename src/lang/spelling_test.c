/* spelling_test.c – spellings of one name are near, other names are far; letters of one sound differ
 * by a little; surnames by their form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/rc.h"
#include "lang/spelling.h"

static int
apart(const char *typed, const char *written)
{
	struct spelling a, b;

	spelling_read(typed, strlen(typed), &a);
	spelling_read(written, strlen(written), &b);
	return spelling_distance(&a, 0, &b);
}

/* Each typed form is nearer to its name than to a name with one other letter. */
static void
offices_and_keyboards(void **state)
{
	static const struct {
		const char *typed, *written, *other;
	} t[] = {
		{ "Айтхожина", "Айтқожина", "Айтожина" },
		{ "Ходжахметов", "Қожахметов", "Тожахметов" },
		{ "Рахимов", "Рақымов", "Раымов" },
		{ "Рахимов", "Рақымов", "Рагимов" },
		{ "Букенбаев", "Бөкенбаев", "Бікенбаев" },
		{ "Утегенов", "Өтегенов", "Этегенов" },
		{ "Жусуп", "Жүсіп", "Жүсоп" },
		{ "Джангир", "Жәңгір", "Жәңгер" },
		{ "Тлемис", "Тілеміс", "Тлімеіс" },
		{ "Ибрай", "Ыбырай", "Ыбылай" },
		{ "Каирбек", "Қайырбек", "Қайырбен" },
		{ "Куляш", "Күләш", "Күлә" },
		{ "Гульнар", "Гүлнәр", "Гүлнәк" },
		{ "Дюсенов", "Дүйсенов", "Дүйсенав" },
		{ "Чоканов", "Шоқанов", "Шоканай" },
		{ "Aitkhozhin", "Айтқожин", "Айтожин" },
		{ "Utegenov", "Өтегенов", "Этегенов" },
		{ "Goette", "Гётте", "Гуётте" },
		{ "Müller", "Мюллер", "Мәллер" },
		{ "Wagner", "Вагнер", "Агнер" },
		{ "Coy", "Цой", "Той" },
		{ "Mkrtçyan", "Мкртчян", "Мкрчян" },
		{ "Nazarbayev", "Назарбаев", "Назарбалев" },
		{ "Xenia", "Ксения", "Сения" },
		{ "Гузель", "Гүзәл", "Гүзғәл" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++)
		if (apart(t[i].typed, t[i].written) >= apart(t[i].typed, t[i].other))
			fail_msg("%s: %s %d, %s %d", t[i].typed, t[i].written,
			    apart(t[i].typed, t[i].written), t[i].other,
			    apart(t[i].typed, t[i].other));
}

static void
letters_of_one_sound(void **state)
{
	(void)state;
	assert_int_equal(apart("Сәтбаев", "сәтбаев"), 0);
	assert_int_equal(apart("Sätbaev", "Сәтбаев"), 0);
	assert_true(apart("Сәтбаев", "Сәтбаев") < apart("Сәтбаев", "Сатбаев"));
	assert_true(apart("Сатбаев", "Сатбаев") < apart("Сатбаев", "Сәтбаев"));
	assert_true(apart("Qasym", "Қасым") < apart("Qasym", "Касым"));
	assert_true(apart("Esimova", "Есімова") < apart("Esimova", "Есймова"));
	/* Never as much as another letter. */
	assert_true(apart("СӘТБАЕВ", "Сатбаев") < 100);
	assert_true(apart("Kuanysh", "Қуаныш") < 100);
	assert_int_equal(apart("Асан", "Исан") >= 500, 1);
	assert_int_equal(apart("Асан", "Асат"), 1000);
}

static void
endings_are_left_out(void **state)
{
	struct spelling a, b;

	(void)state;
	spelling_read("Өтегенованың", strlen("Өтегенованың"), &a);
	spelling_read("Өтегенова", strlen("Өтегенова"), &b);
	assert_int_equal(spelling_distance(&a, 3, &b), 0);
	assert_true(spelling_distance(&a, 0, &b) >= 2000);
	/* More than there is: nothing is left, and nothing is read beyond it. */
	assert_int_equal(spelling_distance(&a, 400, &a), spelling_distance(&b, 400, &a));
}

static void
anything_may_be_typed(void **state)
{
	char word[4000];
	struct spelling a, b;

	(void)state;
	memset(word, 'w', sizeof word);
	spelling_read(word, sizeof word, &a);
	assert_int_equal(a.n, 1);
	memset(word, 'x', sizeof word);
	spelling_read(word, sizeof word, &a);
	assert_int_equal(a.n, SPELLING_MAX);
	spelling_read("\xff\xd0", 2, &b);
	assert_int_equal(b.n, 0);
	assert_true(spelling_distance(&a, 0, &b) > 0);
	assert_int_equal(spelling_distance(&b, 0, &b), 0);
	spelling_read("金正日", strlen("金正日"), &a);
	spelling_read("金正恩", strlen("金正恩"), &b);
	assert_int_equal(spelling_distance(&a, 0, &a), 0);
	assert_true(spelling_distance(&a, 0, &b) > 0);
}

static void
surnames_by_form(void **state)
{
	(void)state;
	assert_int_equal(surname_form("satbaeva"), SURNAME_SURE);
	assert_int_equal(surname_form("otegenov"), SURNAME_SURE);
	assert_int_equal(surname_form("savitskii"), SURNAME_SURE);
	assert_int_equal(surname_form("aitkojina"), SURNAME_MAYBE);
	assert_int_equal(surname_form("marina"), SURNAME_MAYBE);
	assert_int_equal(surname_form("erlan"), SURNAME_NO);
	assert_int_equal(surname_form("lev"), SURNAME_NO);
	assert_int_equal(surname_form("eva"), SURNAME_NO);
	assert_int_equal(surname_form(""), SURNAME_NO);
}

int
main(void)
{
	static const struct CMUnitTest all[] = { cmocka_unit_test(offices_and_keyboards),
		cmocka_unit_test(letters_of_one_sound), cmocka_unit_test(endings_are_left_out),
		cmocka_unit_test(anything_may_be_typed), cmocka_unit_test(surnames_by_form) };

	return cmocka_run_group_tests_name("spelling", all, NULL, NULL);
}

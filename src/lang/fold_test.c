/* fold_test.c – spellings of one name must give one key, different names must not; similarity finds
 * what the key alone cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "lang/order.h"

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

static void
one_name_one_key(void **state)
{
	/* First the name, then: Russian keyboard, 2021, 2019, 2018, 2017, passport and others. */
	static const char *const names[][10] = {
		{ "Айгүл", "Айгул", "Айгуль", "АЙГУЛ", "Aigül", "Aigul", "Aıgúl", "Ai'gu'l",
		    "Aygul" },
		{ "Қуаныш", "Куаныш", "Quanyş", "Qwanyş", "Qýanysh", "Qy'anys'", "Kuanysh",
		    "Quanysh" },
		{ "Шыңғыс", "Шынгыс", "Şyñğys", "Şyŋğys", "Shyńǵys", "S'yn'g'ys", "Shyngys" },
		{ "Ғалым", "Галым", "Ğalym", "Ǵalym", "G'alym", "Galym", "Ghalym" },
		{ "Жұмабаев", "Жумабаев", "Джумабаев", "Jūmabaev", "Jumabaev", "Zhumabayev",
		    "Zhumabaev", "Dzhumabaev" },
		{ "Ерлан", "Erlan", "Yerlan", "ЕРЛАН" },
		{ "Қасым", "Касым", "Qasym", "Kassym", "Kasym" },
		{ "Чингиз", "Tşingiz", "Çingiz", "Chingiz", "C'ingiz" },
		{ "Цой", "Tsoi", "Tsoy", "Цои" },
		{ "Щукин", "Ştşukin", "Shchukin", "Şukin" },
		{ "Юлия", "Iuliia", "Yuliya", "Yulia", "Iulia" },
		{ "Хасен", "Һасен", "Hasen", "Khasen" },
		{ "Өмірбек", "Омирбек", "Ömırbek", "Ómirbek", "O'mirbek", "Omirbek" },
		{ "Фёдор", "Федор", "Fyodor", "Fedor" },
		{ "Соловьёв", "Соловьев", "Solovyev", "Solovyov" },
		{ "Нұр-Сұлтан", "Нур Султан", "Nūr-Sūltan", "Nur  Sultan" },
		{ "Александр", "Aleksandr", "Alexandr" },
		{ "Виктор", "Viktor", "Victor" },
		{ "Әлия", "Алия", "Äliia", "Aliya", "Alia", "Áliia" },
		{ "маи\u0306", "май", "mai", "may" },
		{ "дос\u00adтық", "DOSTYQ", "Достык" },
		{ "s\u0327am", "şam", "шам" },
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_LEN(names); i++)
		for (j = 1; j < 10 && names[i][j] != NULL; j++) {
			const char *a = fold_key(&arena, names[i][0]),
				   *b = fold_key(&arena, names[i][j]);

			if (strcmp(a, b) != 0)
				fail_msg(
				    "%s gives «%s», %s gives «%s»", names[i][0], a, names[i][j], b);
		}
}

static void
look_alikes(void **state)
{
	static const char *const pairs[][2] = {
		{ "Cерiк", "Серік" },	    /* Latin C and i */
		{ "əліпби", "әліпби" },	    /* U+0259 */
		{ "Ақтөбe", "Ақтөбе" },	    /* Latin e */
		{ "Нaурыз", "Наурыз" },	    /* Latin a */
		{ "Hұрлан", "Нұрлан" },	    /* Latin H for Н */
		{ "Bакытжан", "Вакытжан" }, /* Latin B for В */
		{ "DОSTYQ", "DOSTYQ" },	    /* Cyrillic О */
		{ "Qаzаq", "Qazaq" },	    /* Cyrillic а */
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pairs); i++)
		assert_string_equal(fold_key(&arena, pairs[i][0]), fold_key(&arena, pairs[i][1]));
	/* Both scripts have letters of their own: nothing is repaired, each folds as it stands. */
	assert_string_equal(fold_key(&arena, "QazaqСтан"), "казакстан");
}

static void
form_of_keys(void **state)
{
	(void)state;
	assert_string_equal(fold_key(&arena, "  «Айгүл»,  17-мектеп! "), "аигул 17 мектеп");
	assert_string_equal(fold_key(&arena, "1100 22"), "1100 22");
	assert_string_equal(fold_key(&arena, "Анна"), "ана");
	assert_string_equal(fold_key(&arena, ""), "");
	assert_string_equal(fold_key(&arena, NULL), "");
	assert_string_equal(fold_key(&arena, "—…!"), "");
	assert_string_equal(fold_key(&arena, "ь Ъ 'x"), "кс");
	assert_string_equal(fold_key(&arena, "Σοφία"), "σοφία");
	assert_string_not_equal(fold_key(&arena, "Асан"), fold_key(&arena, "Асем"));
	assert_string_not_equal(fold_key(&arena, "Сара"), fold_key(&arena, "Шара"));
	assert_string_not_equal(fold_key(&arena, "Жанар"), fold_key(&arena, "Жанат"));
}

static double
similar(const char *a, const char *b)
{
	return fold_similarity(fold_key(&arena, a), fold_key(&arena, b));
}

static void
similarity(void **state)
{
	(void)state;
	assert_true(similar("Айгүл Серікқызы", "Serikqyzy Aigul") == 1);
	assert_true(similar("Айгүл", "Айгүл") == 1);
	assert_true(similar("", "") == 0);
	assert_true(similar("Айгүл", "") == 0);
	assert_true(similar("Айгүл", "Болат") == 0);
	assert_true(similar("А", "А") == 1);
	assert_true(similar("Құдайбергенов", "Кудайбергеов") > 0.7);
	assert_true(similar("Құдайбергенов", "Кудайбергеов") < 1);
	assert_true(similar("Құдайбергенов", "Құлбаев") < 0.4);
	/* "ак " against "ак а": 2 trigrams common of 2 + 3 */
	assert_true(similar("Ақ", "Ақ А") == 0.8);
	assert_true(fold_similarity(NULL, "а") == 0);
}

static void
long_texts(void **state)
{
	enum { LEN = 60000 };
	char *text = arena_alloc(&arena, LEN + 1);
	const char *key;
	size_t i;

	(void)state;
	for (i = 0; i < LEN; i += 2)
		memcpy(text + i, i % 4 == 0 ? "Щ" : "ы", 2);
	key = fold_key(&arena, text);
	assert_true(utf8_valid(key, strlen(key)));
	assert_true(strlen(key) >= LEN);
	assert_true(fold_similarity(key, key) == 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_name_one_key, fresh, done),
		cmocka_unit_test_setup_teardown(look_alikes, fresh, done),
		cmocka_unit_test_setup_teardown(form_of_keys, fresh, done),
		cmocka_unit_test_setup_teardown(similarity, fresh, done),
		cmocka_unit_test_setup_teardown(long_texts, fresh, done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

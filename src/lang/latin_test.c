/* latin_test.c – the table and capitals; the way back with own words for every rule; texts that must
 * pass; and a property: whatever comes back gives the same Latin again. No hunspell is read here, so
 * what is tested are table, neighbours and stems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/latin.h"

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

static const char *
latin(const char *text)
{
	size_t n;
	const char *p = kk_latin(&arena, text, strlen(text), &n);

	return arena_strn(&arena, p, n);
}

static const char *
cyrillic(const char *text)
{
	size_t n;
	const char *p = kk_cyrillic(&arena, text, strlen(text), &n);

	return arena_strn(&arena, p, n);
}

static void
alphabet(void **state)
{
	static const char *const pairs[][2] = { { "а", "a" }, { "ә", "ä" }, { "б", "b" },
		{ "в", "v" }, { "г", "g" }, { "ғ", "ğ" }, { "д", "d" }, { "е", "e" }, { "ё", "io" },
		{ "ж", "j" }, { "з", "z" }, { "и", "i" }, { "й", "i" }, { "к", "k" }, { "қ", "q" },
		{ "л", "l" }, { "м", "m" }, { "н", "n" }, { "ң", "ñ" }, { "о", "o" }, { "ө", "ö" },
		{ "п", "p" }, { "р", "r" }, { "с", "s" }, { "т", "t" }, { "у", "u" }, { "ұ", "ū" },
		{ "ү", "ü" }, { "ф", "f" }, { "х", "h" }, { "һ", "h" }, { "ц", "ts" },
		{ "ч", "tş" }, { "ш", "ş" }, { "щ", "ştş" }, { "ъ", "" }, { "ы", "y" },
		{ "і", "ı" }, { "ь", "" }, { "э", "e" }, { "ю", "iu" }, { "я", "ia" } };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pairs); i++)
		assert_string_equal(latin(pairs[i][0]), pairs[i][1]);
}

static void
capitals(void **state)
{
	static const char *const pairs[][2] = {
		{ "ТӘУЕЛСІЗДІК", "TÄUELSIZDIK" },
		{ "Иіс, Іс", "İıs, Is" },
		{ "ИНЖУ ИІРІМ", "İNJU İIRIM" },
		{ "Щётка", "Ştşiotka" },
		{ "ЩЁТКА", "ŞTŞİOTKA" },
		{ "Цирк ЦИРК Ц", "Tsirk TSİRK Ts" },
		{ "ҰҒЫМ Үміт Ұшқын", "ŪĞYM Ümıt Ūşqyn" },
		{ "Яғни", "İağni" },
		{ "ЯҒНИ", "İAĞNİ" },
		{ "ЮНЕСКО-ның", "İUNESKO-nyñ" },
		{ "Я. Қасым", "İa. Qasym" },
		{ "ОБЪЕКТ Объект", "OBEKT Obekt" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pairs); i++)
		if (strcmp(latin(pairs[i][0]), pairs[i][1]) != 0)
			fail_msg("%s: %s, not %s", pairs[i][0], latin(pairs[i][0]), pairs[i][1]);
}

static void
passes_through(void **state)
{
	static const char *const same[] = { "", "QazaqVibe 2024", "a@b.kz", "Σοφία, 東京, עברית",
		"\xFF\xD2", "— 15.11.2024 —", "ìíî" };
	size_t i, n;
	const char *text = "No Kazakh here";

	(void)state;
	for (i = 0; i < ARRAY_LEN(same); i++)
		assert_string_equal(latin(same[i]), same[i]);
	assert_ptr_equal(kk_latin(&arena, text, strlen(text), &n), text);
	/* Broken bytes between letters stay where they were. */
	assert_string_equal(latin("да\xD2 е\xFFт"), "da\xD2 e\xFFt");
	/* й and ё typed as two code points; other marks stay on their letter. */
	assert_string_equal(latin("ма\u0438\u0306 \u0435\u0308"), "mai io");
	assert_string_equal(latin("о\u0301"), "o\u0301");
	assert_string_equal(latin("дос\u00adтық"), "dos\u00adtyq");
	/* Ukrainian and others are no letters of the table. */
	assert_string_equal(latin("Ґє"), "Ґє");
}

/* Words of each rule; every one must come back from its own Latin. */
static void
there_and_back(void **state)
{
	static const char *const words[] = { "мүше", "шаңырақ", "ұлағат", "жүйе", "кейін", "айна",
		"тойға", "үйіміз", "ойда", "қойды", "сүйікті", "қия", "киіз", "ауа", "таяу", "аяқ",
		"оюлы", "киюлі", "хабар", "пәуеске", "айтса", "кетсе", "жатсаң", "күтсек",
		"мұратсыз", "айтсын", "хатшылық", "патшайым", "күтші", "есепші", "дәлелхат",
		"өтінішті",
		/* loans by neighbours */
		"операция", "лицензия", "концерт", "принц", "цифр", "абзац", "Кузнецов", "чек",
		"матч", "почта", "Горбачев", "борщ", "социал", "азиат", "вариация", "популяция",
		"миллиард", "миллион", "стадион", "район", "майор", "радио", "актёр", "вертолёт",
		"Ковалёв", "алкалоид", "критерийлер", "санаторий", "Каспийде", "сульфат", "сальто",
		"польский", "комиссия", "Мария", "Саркисян", "Павлюк",
		/* loans by stems */
		"экономика", "электр", "этносаралық", "модельдер", "моделін", "фестивальге",
		"фестивалінде", "фильм", "альбом", "компьютер", "объективті", "қыркүйек",
		"октябрьде", "жаһандық", "айдаһар", "украинадан", "спортсмен", "мюзикл", "Эльмира",
		"Ильяс", "Татьяна", "рельс", "советский",
		/* not the loans that they look like */
		"сезді", "рулар", "алтын", "есте", "етік", "ең", "екеу", "еркін", "кетпесе" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(cyrillic(latin(words[i])), words[i]) != 0)
			fail_msg("%s: %s gives %s", words[i], latin(words[i]),
			    cyrillic(latin(words[i])));
}

static void
back_with_capitals_and_other_tables(void **state)
{
	static const char *const pairs[][2] = {
		{ "İgılık Igı", "Игілік Ігі" },
		{ "ŞAÑYRAQ", "ШАҢЫРАҚ" },
		{ "Ştşuka, ŞTŞUKA", "Щука, ЩУКА" },
		{ "MODELDER", "МОДЕЛЬДЕР" },
		{ "QazMūnaiGaz", "ҚазМұнайГаз" },
		{ "a\u0308lem", "әлем" },
		{ "Shańyraq", "Шаңырақ" },
		{ "çek, chek", "чек, чек" },
		{ "15 qaraşa, 2024 jyl!", "15 қараша, 2024 жыл!" },
		{ "Facebook windows xerox", "Facebook windows xerox" },
		{ "қазақ тілі", "қазақ тілі" },
		{ "\xFFjol\xD2", "\xFFжол\xD2" },
		{ "", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pairs); i++)
		if (strcmp(cyrillic(pairs[i][0]), pairs[i][1]) != 0)
			fail_msg("%s: %s, not %s", pairs[i][0], cyrillic(pairs[i][0]), pairs[i][1]);
}

/* Any string of Latin letters of the table: what comes back has the same Latin. */
static void
back_is_a_reading(void **state)
{
	static const char *const letters[] = { "a", "ä", "b", "d", "e", "g", "ğ", "h", "i", "ı",
		"j", "k", "l", "m", "n", "ñ", "o", "ö", "p", "q", "r", "s", "ş", "t", "u", "ū", "ü",
		"v", "y", "z", "ts", "tş", "ia", "iu", "io" };
	uint64_t seed = 2021;
	unsigned round;

	(void)state;
	for (round = 0; round < 4000; round++) {
		struct arena_mark mark = arena_mark(&arena);
		char word[128], *end = word;
		unsigned n, i;

		for (n = 1 + round % 12, i = 0; i < n; i++) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			end = stpcpy(end, letters[(seed >> 33) % ARRAY_LEN(letters)]);
		}
		/* sh and shch of other tables are read as such. */
		if (strstr(word, "sh") == NULL && strcmp(latin(cyrillic(word)), word) != 0 &&
		    strstr(word, "şş") == NULL && strstr(word, "ştş") == NULL)
			fail_msg("%s: %s: %s", word, cyrillic(word), latin(cyrillic(word)));
		arena_rewind(&arena, mark);
	}
}

static void
long_words(void **state)
{
	enum { N = 300000 };
	char *word = arena_alloc(&arena, N + 1);
	const char *out;

	(void)state;
	memset(word, 'i', N);
	out = cyrillic(word);
	assert_true(utf8_valid(out, strlen(out)));
	assert_int_equal(utf8_len(out), N);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(alphabet, fresh, done),
		cmocka_unit_test_setup_teardown(capitals, fresh, done),
		cmocka_unit_test_setup_teardown(passes_through, fresh, done),
		cmocka_unit_test_setup_teardown(there_and_back, fresh, done),
		cmocka_unit_test_setup_teardown(back_with_capitals_and_other_tables, fresh, done),
		cmocka_unit_test_setup_teardown(back_is_a_reading, fresh, done),
		cmocka_unit_test_setup_teardown(long_words, fresh, done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

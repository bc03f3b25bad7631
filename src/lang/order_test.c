/* order_test.c – the order itself on hand-written lists, and ICU as the oracle on random texts over
 * the alphabets (with the tailoring that puts the letters of 2021 in place). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "lang/order.h"

#ifdef HAVE_ICU
#include <unicode/ucol.h>
#include <unicode/ustring.h>
#endif

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

static int
compare(const char *a, const char *b)
{
	int c = strcmp(order_key(&arena, a), order_key(&arena, b));

	return c < 0 ? -1 : c > 0;
}

static void
assert_sorted(const char *const *list, size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++)
			if (compare(list[i], list[j]) >= 0)
				fail_msg("«%s» must come before «%s»", list[i], list[j]);
}

static void
alphabet(void **state)
{
	static const char *const letters[] = { "а", "ә", "б", "в", "г", "ғ", "д", "е", "ё", "ж",
		"з", "и", "й", "к", "қ", "л", "м", "н", "ң", "о", "ө", "п", "р", "с", "т", "у", "ұ",
		"ү", "ф", "х", "һ", "ц", "ч", "ш", "щ", "ъ", "ы", "і", "ь", "э", "ю", "я", "a", "ä",
		"b", "c", "d", "e", "f", "g", "ğ", "h", "ı", "i", "j", "k", "l", "m", "n", "ñ", "o",
		"ö", "p", "q", "r", "s", "ş", "t", "u", "ū", "ü", "v", "w", "x", "y", "z" };
	char pair[2][32];
	size_t i;

	(void)state;
	assert_sorted(letters, ARRAY_LEN(letters));
	/* Primary: the letter decides before what follows it, and before case. */
	for (i = 0; i + 1 < ARRAY_LEN(letters); i++) {
		snprintf(pair[0], sizeof pair[0], "%sяz", letters[i]);
		snprintf(pair[1], sizeof pair[1], "%s", letters[i + 1]);
		assert_int_equal(compare(pair[0], pair[1]), -1);
	}
}

static void
words(void **state)
{
	static const char *const list[] = { "", "1-сынып", "2-сынып", "10-сынып", "2024 жыл",
		"абай", "Абай", "Абай Құнанбаев", "Абайдың", "Айгүл", "Ақтөбе", "Алматы",
		"Әйтеке би", "Ғабит", "еңбек", "есеп", "ёлка", "Жетісу", "Қазақстан",
		"«Қазақстан» залы", "Қобда", "Ли Юрий", "Лиана", "ұл", "Ұлытау", "үй", "Үржар",
		"Шалқар", "ырыс", "Ілияс", "Юнус", "Ясыр", "Aqtöbe", "äuen", "dostyq", "Dostyq",
		"Ğalym", "Ilias", "igi", "İnju", "ñ", "öner", "Söz", "şam", "ūlt", "ülgi", "Vera" };

	(void)state;
	assert_sorted(list, ARRAY_LEN(list));
}

static void
numbers_by_value(void **state)
{
	static const char *const list[] = { "0", "1", "2", "9", "10", "99", "100", "101", "1000",
		"9999", "10000", "99999999999999999999999", "100000000000000000000000", "а" };
	char big[2][700];

	(void)state;
	assert_sorted(list, ARRAY_LEN(list));
	assert_int_equal(compare("№ 7", "№ 007"), -1);
	assert_int_equal(compare("№ 007а", "№ 7б"), -1);
	assert_int_equal(compare("0", "00"), -1);
	/* Longer than one number element: still bytes in bounds and a stable answer. */
	memset(big[0], '9', sizeof big[0] - 1);
	memset(big[1], '9', sizeof big[1] - 1);
	big[0][699] = big[1][699] = '\0';
	big[0][0] = '8';
	assert_int_equal(compare(big[0], big[1]), -1);
}

static void
ties(void **state)
{
	static const char *const list[] = { "ісшара", "іс-шара", "Ісшара", "Іс-шара", "ісшарА" };

	(void)state;
	assert_int_equal(compare("ісшара", "ісшара"), 0);
	assert_int_equal(compare(list[0], list[1]), -1);
	assert_int_equal(compare(list[1], list[4]), -1);
	assert_int_equal(compare(list[4], list[2]), -1);
	assert_int_equal(compare(list[2], list[3]), -1);
	/* Accents stand above case, letters above both. */
	assert_int_equal(compare("resume", "Resume"), -1);
	assert_int_equal(compare("Resume", "résume"), -1);
	assert_int_equal(compare("résume", "resumf"), -1);
	/* й in one code point or in two, a soft hyphen, spaces at the ends. */
	assert_int_equal(compare("май", "маи\u0306"), 0);
	assert_int_equal(compare("достық", "дос\u00adтық"), 0);
	assert_int_equal(compare(" Ана  тілі ", "Ана тілі"), 0);
	assert_string_equal(order_key(&arena, ""), "");
	assert_string_equal(order_key(&arena, NULL), "");
}

static void
length_is_bounded(void **state)
{
	char *text = arena_alloc(&arena, 400001), *other;
	size_t i;

	(void)state;
	for (i = 0; i < 400000; i += 4)
		memcpy(text + i, i % 8 == 0 ? "Ңы" : "(Ю)", 4);
	text[400000] = '\0';
	other = arena_str(&arena, text);
	assert_true(strlen(order_key(&arena, text)) < 2200);
	other[0] = '\xD2', other[1] = '\xA4'; /* Ҥ: not the same first letter */
	assert_true(strcmp(order_key(&arena, text), order_key(&arena, other)) != 0);
}

static uint64_t seed = 20241115;

static unsigned
roll(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % n;
}

static void
random_text(char *out, const char *const *pieces, size_t npieces, unsigned max)
{
	unsigned n = roll(max) + 1, i;
	char *begin = out;
	bool space = true;

	for (i = 0; i < n; i++) {
		const char *piece = pieces[roll((unsigned)npieces)];

		/* Runs of spaces and spaces at the ends are one and none here, but not in ICU. */
		if (piece[0] == ' ' && (space || i + 1 == n))
			continue;
		space = piece[0] == ' ';
		out = stpcpy(out, piece);
	}
	if (out > begin && space)
		out--;
	*out = '\0';
}

#ifdef HAVE_ICU
static UCollator *
oracle_open(void)
{
	static const char rules[] =
	    "[reorder Cyrl][numericOrdering on]&Е<ё<<<Ё&Ұ<ү<<<Ү&[before 1]ь<і<<<І"
	    "&A<ä<<<Ä&G<ğ<<<Ğ&H<ı<<<I<i<<<İ&N<ñ<<<Ñ&O<ö<<<Ö&S<ş<<<Ş&U<ū<<<Ū<ü<<<Ü";
	UErrorCode e = U_ZERO_ERROR;
	UChar wide[512];
	int32_t n;
	UCollator *c;

	u_strFromUTF8(wide, 512, &n, rules, -1, &e);
	c = ucol_openRules(wide, n, UCOL_OFF, UCOL_TERTIARY, NULL, &e);
	assert_true(U_SUCCESS(e));
	return c;
}

static void
like_icu(void **state)
{
	static const char *const pieces[] = { "а", "ә", "б", "в", "г", "ғ", "д", "е", "ё", "ж", "з",
		"и", "й", "к", "қ", "л", "м", "н", "ң", "о", "ө", "п", "р", "с", "т", "у", "ұ", "ү",
		"ф", "х", "һ", "ц", "ч", "ш", "щ", "ъ", "ы", "і", "ь", "э", "ю", "я", "А", "Ә", "Б",
		"В", "Г", "Ғ", "Д", "Е", "Ё", "Ж", "З", "И", "Й", "К", "Қ", "Л", "М", "Н", "Ң", "О",
		"Ө", "П", "Р", "С", "Т", "У", "Ұ", "Ү", "Ф", "Х", "Һ", "Ц", "Ч", "Ш", "Щ", "Ъ", "Ы",
		"І", "Ь", "Э", "Ю", "Я", "a", "ä", "b", "c", "d", "e", "f", "g", "ğ", "h", "ı", "i",
		"j", "k", "l", "m", "n", "ñ", "o", "ö", "p", "q", "r", "s", "ş", "t", "u", "ū", "ü",
		"v", "w", "x", "y", "z", "A", "Ä", "B", "C", "D", "E", "F", "G", "Ğ", "H", "I", "İ",
		"J", "K", "L", "M", "N", "Ñ", "O", "Ö", "P", "Q", "R", "S", "Ş", "T", "U", "Ū", "Ü",
		"V", "W", "X", "Y", "Z", "0", "1", "2", "10", "007", "345", " ", " ", " " };
	UCollator *c = oracle_open();
	char a[1024], b[1024];
	unsigned round;

	(void)state;
	for (round = 0; round < 60000; round++) {
		struct arena_mark mark = arena_mark(&arena);
		UErrorCode e = U_ZERO_ERROR;
		/* Few letters for half of the rounds: equal heads and pure case ties are then common. */
		size_t from = round % 2 == 0 ? 0 : roll(ARRAY_LEN(pieces) - 4);
		size_t n = round % 2 == 0 ? ARRAY_LEN(pieces) : 4;
		int want, have;

		random_text(a, pieces + from, n, 9);
		random_text(b, pieces + from, n, 9);
		want = (int)ucol_strcollUTF8(c, a, -1, b, -1, &e);
		have = compare(a, b);
		/* Leading zeros break ties here and are nothing to ICU. */
		if (want != have && (want != 0 || strstr(a, "0") == NULL))
			fail_msg("«%s» and «%s»: ICU says %d, order_key %d", a, b, want, have);
		arena_rewind(&arena, mark);
	}
	ucol_close(c);
}
#endif

/* Every capital of the index begins the keys of its own range and of no other; either case; what is no
 * letter is refused. */
static void
index_letters(void **state)
{
	static const char *const words[][2] = { { "Әлия", "Ә" }, { "алма", "А" }, { "«Ірге»", "І" },
		{ "Ivan", "I" }, { "Ūlken", "Ū" }, { "42 топ", "0" }, { "日本", "…" },
		{ "Ёлкин", "Ё" }, { "Їжак", "І" } };
	static const char *const none[] = { "", "АБ", "5", "!", "\xff", "ә ", "日" };
	const char *last = "";
	struct letter_range r;
	unsigned weight, letters = 0;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(words); i++) {
		const char *key = order_key(&arena, words[i][0]);

		assert_string_equal(order_letter_of(key), words[i][1]);
		assert_true(order_letter(words[i][1], &r));
		assert_true(strcmp(key, r.from) >= 0 && strcmp(key, r.to) < 0);
	}
	for (i = 0; i < ARRAY_LEN(none); i++)
		assert_false(order_letter(none[i], &r));
	for (weight = 0; weight < 256; weight++) {
		const char *letter = order_letter_of(arena_printf(&arena, "%02x", weight));

		if (letter == NULL)
			continue;
		assert_true(order_letter(letter, &r));
		assert_string_equal(order_letter_of(r.from), letter);
		assert_true(strcmp(last, r.from) < 0); /* ranges do not meet */
		last = arena_str(&arena, r.to);
		letters++;
	}
	assert_int_equal(letters, 42 + 34 + 2);
	assert_true(order_letter("ә", &r));
	assert_string_equal(order_letter_of(r.from), "Ә");
	assert_null(order_letter_of(order_key(&arena, "«—»")));
	assert_null(order_letter_of(""));
	assert_null(order_letter_of(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(alphabet, fresh, done),
		cmocka_unit_test_setup_teardown(words, fresh, done),
		cmocka_unit_test_setup_teardown(numbers_by_value, fresh, done),
		cmocka_unit_test_setup_teardown(ties, fresh, done),
		cmocka_unit_test_setup_teardown(length_is_bounded, fresh, done),
		cmocka_unit_test_setup_teardown(index_letters, fresh, done),
#ifdef HAVE_ICU
		cmocka_unit_test_setup_teardown(like_icu, fresh, done),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

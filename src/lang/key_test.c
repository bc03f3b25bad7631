/* key_test.c – one word, one key, in every script; where tokens stand; odd bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/key.h"
#include "lang/lexicon_fixture.h"

static struct arena arena;

static int
fresh(void **state)
{
	(void)state;
	arena_init(&arena);
	fixture_lexicon(SMALL_DIC);
	return 0;
}

static int
done(void **state)
{
	(void)state;
	lexicon_free();
	arena_done(&arena);
	return 0;
}

static struct key_token
only(const char *word)
{
	struct key_token *t;

	if (key_tokens(&arena, word, strlen(word), &t) != 1)
		fail_msg("«%s» is not one token", word);
	return *t;
}

/* Cyrillic; 2021; without marks; passport; Russian keyboard; 2018. */
static void
one_word_every_script(void **state)
{
	static const char *const rows[][7] = {
		{ "бірлестіктеріне", "bırlestıkterıne", "birlestikterine", "birlestikterine",
		    "бирлестиктерине", "birlestikterine" },
		{ "шаңырағымыздың", "şañyrağymyzdyñ", "sanyragymyzdyn", "shanyragymyzdyn",
		    "шанырагымыздын", "shańyraǵymyzdyń" },
		{ "Қуанышқа", "Quanyşqa", "Quanysqa", "Kuanyshka", "Куанышка", "Qýanyshqa" },
		{ "жүрегінің", "jüregınıñ", "jureginin", "zhureginin", "журегинин", "júreginiń" },
		{ "сессиясында", "sessiiasynda", "sessiiasynda", "sessiyasynda", "сессиясында" },
		{ "ұйымдастырылған", "ūiymdastyrylğan", "uiymdastyrylgan", "uyymdastyrylgan",
		    "уйымдастырылган" },
		{ "халқымыз", "halqymyz", "halqymyz", "khalkymyz", "халкымыз" },
		{ "чемпионаттың", "tşempionattyñ", "tsempionattyn", "chempionattyn", "чемпионаттын",
		    "chempionattyń" },
		{ "цирктер", "tsirkter", "tsirkter", "tsirkter", "цирктер" },
		{ "щеткалар", "ştşetkalar", "stsetkalar", "shchetkalar", "щеткалар" },
		{ "ғимараттар", "ğimarattar", "gimarattar", "gimarattar", "гимараттар" },
		{ "һәм", "häm", "ham", "ham", "хам" },
		{ "айтса", "aitsa", "aitsa", "aytsa", "айтса" },
		{ "юбилейлік", "iubileilık", "iubileilik", "yubileylik", "юбилейлик" },
		{ "күйеуі", "küieuı", "kuieui", "kuyeui", "куйеуи" },
		{ "Ерлан", "Erlan", "Erlan", "Yerlan", "Ерлан" },
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct key_token a = only(rows[i][0]);

		for (j = 1; j < 7 && rows[i][j] != NULL; j++) {
			struct key_token b = only(rows[i][j]);

			if (strcmp(a.exact, b.exact) != 0 || strcmp(a.stem, b.stem) != 0)
				fail_msg("%s gives «%s» «%s», %s gives «%s» «%s»", rows[i][0],
				    a.exact, a.stem, rows[i][j], b.exact, b.stem);
		}
	}
}

static void
forms_share_the_stem(void **state)
{
	static const char *const rows[][8] = {
		{ "мүше", "мүшелерінің", "мүшелеріміз", "mushelerine", "müşesı", "МҮШЕГЕ" },
		{ "Айгүл", "Айгүлдің", "Aigul", "Айгул", "Aygülge", "Айгүлдер" },
		{ "халық", "халқымыз", "халықтың", "halyqqa" },
		{ "кітап", "кітабы", "кітаптар", "kitabynda", "китаптардын" },
		{ "пісірді", "пісіріп", "пісірген", "pisiredi" },
		{ "ассамблея", "Ассамблеясы", "ассамблеясының", "assambleiağa" },
		{ "мен", "маған", "менің", "magan" },
		/* Russian and English */
		{ "ветераны", "ветеранами", "veteranam" },
		{ "meeting", "meetings", "meet" },
		{ "красивая", "красивый", "красивого", "krasivymi" },
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		for (j = 1; j < 8 && rows[i][j] != NULL; j++)
			if (strcmp(only(rows[i][0]).stem, only(rows[i][j]).stem) != 0)
				fail_msg("%s gives «%s», %s gives «%s»", rows[i][0],
				    only(rows[i][0]).stem, rows[i][j], only(rows[i][j]).stem);
}

static void
different_words(void **state)
{
	static const char *const pairs[][2] = {
		{ "кітап", "кітапхана" },
		{ "Асан", "Асем" },
		{ "Иванов", "Иван" },
		{ "дос", "достық" },
		{ "бала", "балалық" },
		{ "17", "170" },
		{ "қала", "дала" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pairs); i++)
		assert_string_not_equal(only(pairs[i][0]).stem, only(pairs[i][1]).stem);
}

static void
shape_of_keys(void **state)
{
	static const char text[] = "  «Айгүл», 14мыңнан 40-тан!";
	static const struct {
		const char *word, *exact, *stem;
	} want[] = {
		{ "Айгүл", "aigul", "aigul" },
		{ "14", "14", "14" },
		{ "мыңнан", "minan", "min" },
		{ "40", "40", "40" },
		{ "тан", "tan", "tan" },
	};
	struct key_token *t;
	size_t n = key_tokens(&arena, text, strlen(text), &t), i;

	(void)state;
	assert_int_equal(n, ARRAY_LEN(want));
	for (i = 0; i < n; i++) {
		assert_string_equal(t[i].exact, want[i].exact);
		assert_string_equal(t[i].stem, want[i].stem);
		assert_int_equal(t[i].n, strlen(want[i].word));
		assert_memory_equal(text + t[i].at, want[i].word, t[i].n);
	}
	assert_int_equal(key_tokens(&arena, "", 0, &t), 0);
	assert_int_equal(key_tokens(&arena, "ь —…'", strlen("ь —…'"), &t), 0);
	assert_string_equal(only("Cерiк").exact, "serik"); /* Latin C and i */
	assert_string_equal(only("дос\xC2\xADтық").exact, "dostik");
	assert_string_equal(only("Anna").exact, "ana");
	assert_string_equal(only("Σοφία").exact, "σοφία");
}

static void
odd_bytes(void **state)
{
	enum { BIG = 1 << 20 };
	char *big = arena_alloc(&arena, BIG);
	struct key_token *t;
	size_t i, n;

	(void)state;
	n = key_tokens(&arena, "дос\xFFқала\xD0", strlen("дос\xFFқала\xD0"), &t);
	assert_int_equal(n, 2);
	assert_string_equal(t[0].exact, "dos");
	assert_string_equal(t[1].exact, "kala");
	memset(big, 'q', BIG);
	assert_int_equal(key_tokens(&arena, big, BIG, &t), 1);
	assert_int_equal(t->n, BIG);
	assert_string_equal(t->exact, "k"); /* doubles once */
	for (i = 0; i < BIG; i += 2)
		memcpy(big + i, i % 4 == 0 ? "Ж" : "а", 2);
	assert_int_equal(key_tokens(&arena, big, BIG, &t), 1);
	assert_int_equal(strlen(t->exact), KEY_MAX);
	assert_int_equal(strlen(t->stem), KEY_MAX);
	for (i = 0; i + 1 < BIG; i += 2)
		memcpy(big + i, "a ", 2);
	assert_int_equal(key_tokens(&arena, big, BIG, &t), BIG / 2);
	assert_int_equal(key_tokens(&arena, "سلام дос", strlen("سلام дос"), &t), 2);
	assert_string_equal(t[1].stem, "dos");
}

static void
without_lists(void **state)
{
	(void)state;
	lexicon_load(&(struct lexicon_sources){ NULL, "", NULL }, NULL);
	assert_string_equal(only("терезелердің").stem, only("tereze").stem);
	assert_string_equal(only("зымырандардың").stem, only("zymyran").stem);
	assert_string_equal(only("Шаңырақтардың").stem, only("shanyraktardyn").stem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_word_every_script, fresh, done),
		cmocka_unit_test_setup_teardown(forms_share_the_stem, fresh, done),
		cmocka_unit_test_setup_teardown(different_words, fresh, done),
		cmocka_unit_test_setup_teardown(shape_of_keys, fresh, done),
		cmocka_unit_test_setup_teardown(odd_bytes, fresh, done),
		cmocka_unit_test_setup_teardown(without_lists, fresh, done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

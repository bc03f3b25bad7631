/* lexicon_test.c – what is known with our own list, with a dictionary in hunspell's form, with both,
 * with neither and with files that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "lang/lexicon_fixture.h"

static enum known
known(const char *word)
{
	return lexicon_word(word, strlen(word));
}

static int
forget(void **state)
{
	(void)state;
	lexicon_free();
	return 0;
}

static void
nothing(void **state)
{
	const char *warning = NULL;

	(void)state;
	assert_int_equal(known("кітап"), WORD_UNKNOWN); /* before any load */
	lexicon_load(&(struct lexicon_sources){ NULL, "", NULL }, &warning);
	assert_non_null(warning);
	assert_false(lexicon_has_hunspell());
	assert_int_equal(known("кітап"), WORD_UNKNOWN);
	assert_int_equal(known("маған"), WORD_LISTED); /* pronouns stand in the program */
	assert_int_equal(known(""), WORD_UNKNOWN);
}

static void
files_that_are_none(void **state)
{
	static const char *const paths[] = { "/no/such/file", "/", "/dev/null", "" };
	const char *warning;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		warning = NULL;
		lexicon_load(&(struct lexicon_sources){ "word,kind\nотау,noun\n", paths[i], NULL },
		    &warning);
		assert_non_null(warning);
		assert_false(lexicon_has_hunspell());
		assert_int_equal(known("отау"), WORD_LISTED);
	}
}

static void
own_words(void **state)
{
	static const char list[] = "word,kind\r\nотау,noun\r\nоқы,verb\nжаз,noun verb\nАйгүл,name\n"
				   "\nno comma\n,\nqazaq,noun\nіс-шара,noun";

	(void)state;
	lexicon_load(&(struct lexicon_sources){ list, "", NULL }, NULL);
	assert_int_equal(known("отау"), WORD_LISTED);
	assert_int_equal(known("ОТАУ"), WORD_LISTED);
	assert_int_equal(known("отаулар"), WORD_DERIVED);
	assert_int_equal(known("отаулер"), WORD_UNKNOWN); /* harmony */
	assert_int_equal(known("оқыған"), WORD_DERIVED);
	assert_int_equal(known("оқиды"), WORD_DERIVED);
	assert_int_equal(known("жазға"), WORD_DERIVED);
	assert_int_equal(known("жазған"), WORD_DERIVED);
	assert_int_equal(known("Айгүлге"), WORD_DERIVED);
	assert_int_equal(known("іс-шараларға"), WORD_DERIVED);
	assert_int_equal(known("qazaq"), WORD_UNKNOWN); /* Cyrillic only */
	assert_int_equal(known("word"), WORD_UNKNOWN);
	assert_int_equal(known("отау үй"), WORD_UNKNOWN);
}

static void
dictionary(void **state)
{
	const char *warning = "";

	(void)state;
	lexicon_load(&(struct lexicon_sources){ NULL, SMALL_DIC, NULL }, &warning);
	assert_null(warning);
	assert_true(lexicon_has_hunspell());
	assert_int_equal(known("кітап"), WORD_LISTED); /* behind a byte order mark and the count */
	assert_int_equal(known("40"), WORD_UNKNOWN);
	assert_int_equal(known("кітабы"), WORD_DERIVED);
	assert_int_equal(known("кітапта"), WORD_DERIVED);
	assert_int_equal(known("кітапда"), WORD_UNKNOWN); /* junction */
	assert_int_equal(known("жәкенге"), WORD_DERIVED);
	assert_int_equal(known("пісіру"), WORD_LISTED);
	assert_int_equal(known("пісір"), WORD_LISTED); /* the stem of a verb is a word */
	assert_int_equal(known("пісіріп"), WORD_DERIVED);
	assert_int_equal(known("пісірмейді"), WORD_DERIVED);
	assert_int_equal(known("сүзілді"), WORD_DERIVED);
	assert_int_equal(known("рояльдер"), WORD_DERIVED);
	assert_int_equal(known("роялі"), WORD_DERIVED);
	assert_int_equal(known("зымыран"), WORD_UNKNOWN);
	lexicon_free();
	assert_false(lexicon_has_hunspell());
	assert_int_equal(known("кітап"), WORD_UNKNOWN);
}

/* Loading twice replaces; odd bytes are no words. */
static void
again_and_odd(void **state)
{
	char big[4000];

	(void)state;
	lexicon_load(&(struct lexicon_sources){ NULL, SMALL_DIC, NULL }, NULL);
	lexicon_load(&(struct lexicon_sources){ "word,kind\nдос,noun\n", "", NULL }, NULL);
	assert_int_equal(known("кітап"), WORD_UNKNOWN);
	assert_int_equal(known("достар"), WORD_DERIVED);
	assert_int_equal(known("до\xD1"), WORD_UNKNOWN);
	assert_int_equal(known("\xFF\xFE"), WORD_UNKNOWN);
	memset(big, 'a', sizeof big);
	assert_int_equal(lexicon_word(big, sizeof big), WORD_UNKNOWN);
	for (size_t i = 0; i < sizeof big; i += 2)
		memcpy(big + i, "а", 2);
	assert_int_equal(lexicon_word(big, sizeof big), WORD_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nothing, forget),
		cmocka_unit_test_teardown(files_that_are_none, forget),
		cmocka_unit_test_teardown(own_words, forget),
		cmocka_unit_test_teardown(dictionary, forget),
		cmocka_unit_test_teardown(again_and_odd, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* lexicon_test.c – what is known with our own list, with a dictionary in hunspell's form, with both,
 * with neither and with files that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lang/lexicon_cache.h"
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

/* ---- kept from the last time ---- */

static char dir[64], kept[128], dic[128];

static void
copy_dictionary(void)
{
	FILE *in = fopen(SMALL_DIC, "rb"), *out = fopen(dic, "wb");
	int c;

	assert_non_null(in);
	assert_non_null(out);
	while ((c = getc(in)) != EOF)
		putc(c, out);
	fclose(in);
	fclose(out);
}

static int
make_room(void **state)
{
	(void)state;
	snprintf(dir, sizeof dir, "/tmp/lexicon-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(kept, sizeof kept, "%s/a/b/words", dir);
	snprintf(dic, sizeof dic, "%s/kk.dic", dir);
	copy_dictionary();
	return 0;
}

static int
clear_room(void **state)
{
	char path[128];

	lexicon_free();
	unlink(kept);
	unlink(dic);
	snprintf(path, sizeof path, "%s/a/b", dir);
	rmdir(path);
	snprintf(path, sizeof path, "%s/a", dir);
	rmdir(path);
	rmdir(dir);
	return forget(state);
}

static long
size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long)st.st_size : -1;
}

static void
load_here(void)
{
	lexicon_load(
	    &(struct lexicon_sources){ "word,kind\nотау,noun\nмаған,noun\n", dic, kept }, NULL);
	assert_true(lexicon_has_hunspell());
	assert_int_equal(known("кітап"), WORD_LISTED);
	assert_int_equal(known("кітабы"), WORD_DERIVED);
	assert_int_equal(known("пісірмейді"), WORD_DERIVED);
	assert_int_equal(known("отаулар"), WORD_DERIVED);
	assert_int_equal(known("маған"), WORD_LISTED);
	assert_int_equal(known("зымыран"), WORD_UNKNOWN);
}

static void
change_byte(long at)
{
	FILE *f = fopen(kept, "r+b");
	int c;

	assert_non_null(f);
	fseek(f, at, SEEK_SET);
	c = getc(f);
	fseek(f, at, SEEK_SET);
	putc(c ^ 0x10, f);
	fclose(f);
}

/* The same answers from the kept file; a damaged one, one that others may write and one of another dictionary count for
 * nothing. What stands in the file after each shows whether it was made anew. */
static void
kept_lexicon(void **state)
{
	struct stat first, again;
	FILE *f;
	long i;

	(void)state;
	load_here();
	assert_int_equal(stat(kept, &first), 0);
	assert_int_equal(first.st_mode & 0777, 0600);
	load_here();
	assert_int_equal(stat(kept, &again), 0);
	assert_int_equal(again.st_ino, first.st_ino); /* read, not written */
	for (i = 0; i < first.st_size; i += first.st_size / 50) {
		change_byte(i);
		load_here();
	}
	assert_int_equal(truncate(kept, first.st_size - 8), 0);
	load_here();
	assert_int_equal(size_of(kept), first.st_size);
	assert_int_equal(chmod(kept, 0622), 0);
	load_here();
	assert_int_equal(stat(kept, &again), 0);
	assert_int_equal(again.st_mode & 0777, 0600);
	f = fopen(dic, "ab");
	assert_non_null(f);
	fputs("зымыран\n", f);
	fclose(f);
	lexicon_load(&(struct lexicon_sources){ "word,kind\nотау,noun\n", dic, kept }, NULL);
	assert_int_equal(known("зымыран"), WORD_LISTED);
}

/* A folder that cannot be made, a link in the file's place: no word of it, and the words are there. */
static void
not_kept(void **state)
{
	(void)state;
	lexicon_load(&(struct lexicon_sources){ NULL, dic, "/proc/none/words" }, NULL);
	assert_int_equal(known("кітап"), WORD_LISTED);
	load_here();
	assert_int_equal(unlink(kept), 0);
	assert_int_equal(symlink("/dev/zero", kept), 0);
	load_here();
	assert_true(size_of(kept) > 0); /* a file of its own stands there now */
}

/* Nothing is left in a folder of somebody else: /tmp, or for root a folder that is given away. */
static void
not_in_others(void **state)
{
	char other[64];
	bool root = geteuid() == 0;

	(void)state;
	snprintf(other, sizeof other, "/tmp/lexicon-%ld", (long)getpid());
	assert_int_equal(root ? chown(dir, 65534, 65534) : 0, 0);
	if (!root)
		snprintf(kept, sizeof kept, "%s/words", other);
	load_here();
	assert_int_equal(size_of(kept), -1);
	assert_int_equal(root ? chown(dir, 0, 0) : access(other, F_OK) + 1, 0);
	if (root)
		load_here();
	assert_true(!root || size_of(kept) > 0);
}

/* The same bytes in the dictionary's place, with its size and its moment: put there later, they are another. */
static void
replaced(void **state)
{
	char other[160];
	struct stat st;
	ino_t first;

	(void)state;
	load_here();
	assert_int_equal(stat(kept, &st), 0);
	first = st.st_ino;
	assert_int_equal(stat(dic, &st), 0);
	snprintf(other, sizeof other, "%s.away", dic);
	assert_int_equal(rename(dic, other), 0); /* the inode stays */
	assert_int_equal(rename(other, dic), 0);
	assert_int_equal(
	    utimensat(AT_FDCWD, dic, (struct timespec[]){ st.st_atim, st.st_mtim }, 0), 0);
	load_here();
	assert_int_equal(stat(kept, &st), 0);
	assert_int_not_equal(st.st_ino, first);
}

/* A file that fits in all its sums and would read past a word or seek for ever. */
static void
poisoned(void **state)
{
	static const char own[] = "word,kind\nотау,noun\nмаған,noun\n";
	struct lex_piece piece[3];
	uint64_t key[LEX_KEY];
	size_t i;

	(void)state;
	assert_true(lexicon_key(dic, own, key));
	for (i = 0; i < 3; i++) {
		struct stat st;
		void *block;
		ino_t poison;

		load_here();
		block = lexicon_cache_read(kept, key, piece, 3);
		assert_non_null(block);
		memset(piece[i].p, 0xFF, piece[i].n);
		lexicon_cache_write(kept, key, piece, 3);
		free(block);
		assert_int_equal(stat(kept, &st), 0);
		poison = st.st_ino;
		load_here();
		assert_int_equal(stat(kept, &st), 0);
		assert_int_not_equal(st.st_ino, poison);
	}
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
		cmocka_unit_test_setup_teardown(kept_lexicon, make_room, clear_room),
		cmocka_unit_test_setup_teardown(not_kept, make_room, clear_room),
		cmocka_unit_test_setup_teardown(not_in_others, make_room, clear_room),
		cmocka_unit_test_setup_teardown(replaced, make_room, clear_room),
		cmocka_unit_test_setup_teardown(poisoned, make_room, clear_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* sheet_code_test.c – row codes: every single wrong digit and every exchange of neighbours is found, on small
 * and large sheets; whole codes; what is no code. RULE sheet-1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "mod/sheet/sheet_code.h"

static struct arena arena;

/* 572 has the check digit 4: the example that Damm's table is usually printed with. */
static void
test_known(void **state)
{
	(void)state;
	assert_int_equal(damm_digit("572"), 4);
	assert_int_equal(damm_digit("5724"), 0);
	assert_int_equal(damm_digit(""), 0);
	assert_int_equal(damm_digit("57x"), -1);
}

static void
slips_of(struct sheet_size s, int64_t line)
{
	char code[SHEET_CODE_MAX];
	int64_t got;
	size_t i, n;
	char d;

	strncpy(code, sheet_code(&arena, s, line), sizeof code - 1);
	code[sizeof code - 1] = '\0';
	n = strlen(code);
	assert_int_equal(n, sheet_code_width(s) + 1);
	assert_int_equal(sheet_code_read(s, code, &got), CODE_FINE);
	assert_int_equal(got, line);
	for (i = 0; i < n; i++) {
		char was = code[i];

		for (d = '0'; d <= '9'; d++) {
			code[i] = d;
			if (d != was)
				assert_int_equal(sheet_code_read(s, code, &got), CODE_CHECK);
		}
		code[i] = was;
		if (i + 1 < n && code[i] != code[i + 1]) {
			code[i] = code[i + 1];
			code[i + 1] = was;
			assert_int_equal(sheet_code_read(s, code, &got), CODE_CHECK);
			code[i + 1] = code[i];
			code[i] = was;
		}
	}
}

static void
test_slips(void **state)
{
	static const int64_t numbers[] = { 1, 7, 10, 99, 3187, 540216, 999999999 },
			     sizes[] = { 1, 64, 99, 100, SHEET_LINES_MAX };
	size_t i, j;
	int64_t line;

	(void)state;
	arena_init(&arena);
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
		for (j = 0; j < sizeof sizes / sizeof *sizes; j++)
			for (line = 1; line <= sizes[j]; line++)
				slips_of((struct sheet_size){ numbers[i], sizes[j] }, line);
	arena_done(&arena);
}

/* A sheet whose number differs in one digit, or in the order of two, is another one for every row. */
static void
test_other_sheet(void **state)
{
	static const int64_t others[] = { 3188, 3107, 3817, 1387, 9187, 3178 };
	struct sheet_size s = { 3187, 64 };
	int64_t line, got;
	size_t i;

	(void)state;
	arena_init(&arena);
	for (i = 0; i < sizeof others / sizeof *others; i++)
		for (line = 1; line <= 64; line++) {
			struct sheet_size o = { others[i], 64 };

			assert_int_equal(
			    sheet_code_read(s, sheet_code(&arena, o, line), &got), CODE_CHECK);
			assert_int_equal(
			    sheet_code_read(s, sheet_code_whole(&arena, o, line), &got),
			    CODE_OTHER);
		}
	arena_done(&arena);
}

static void
test_texts(void **state)
{
	static const struct {
		const char *typed;
		enum code_fault fault;
	} rows[] = { { NULL, CODE_EMPTY }, { "", CODE_EMPTY }, { "  ", CODE_EMPTY },
		{ "07", CODE_LENGTH }, { "0744", CODE_LENGTH }, { "О74", CODE_LETTERS },
		{ "7 4", CODE_LETTERS }, { "3187-", CODE_LETTERS }, { "-074", CODE_LETTERS },
		{ "31870000000000000000000000000000000000000000000-074", CODE_LENGTH } };
	struct sheet_size s = { 3187, 64 };
	const char *code, *whole;
	int64_t got, sheet;
	size_t i;

	(void)state;
	arena_init(&arena);
	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(sheet_code_read(s, rows[i].typed, &got), rows[i].fault);
	whole = sheet_code_whole(&arena, s, 7);
	assert_int_equal(strncmp(whole, "3187-07", 7), 0);
	assert_int_equal(sheet_code_read(s, arena_printf(&arena, " %s\n", whole), &got), CODE_FINE);
	assert_int_equal(got, 7);
	assert_true(sheet_code_part(whole, &sheet, &code));
	assert_int_equal(sheet, 3187);
	assert_string_equal(code, sheet_code(&arena, s, 7));
	assert_false(sheet_code_part("7", &sheet, &code));
	assert_false(sheet_code_part("-074", &sheet, &code));
	assert_false(sheet_code_part("03-074", &sheet, &code));
	assert_false(sheet_code_part(NULL, &sheet, &code));
	/* A row that the sheet has not, with its right check digit. */
	assert_int_equal(sheet_code_read(s, sheet_code(&arena, s, 65), &got), CODE_NO_ROW);
	assert_int_equal(sheet_code_read(s, sheet_code(&arena, s, 0), &got), CODE_NO_ROW);
	arena_done(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_other_sheet),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* row_code_fuzz.c – whatever is typed as the code of a row: what is taken is a row of that sheet, and its code
 * is what was typed. */
#include <string.h>

#include "fuzz.h"

#include "mod/sheet/sheet_code.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct sheet_size sizes[] = { { 1, 9 }, { 3187, 64 }, { 99, 100 },
		{ 540216, SHEET_LINES_MAX } };
	const char *text = arena_strn(fuzz_arena(), (const char *)data, n), *code;
	int64_t line, sheet;
	size_t i;

	for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		enum code_fault f = sheet_code_read(sizes[i], text, &line);

		REQUIRE((f == CODE_FINE) == (line != 0));
		if (f != CODE_FINE)
			continue;
		REQUIRE(line >= 1 && line <= sizes[i].lines);
		REQUIRE(strstr(text, sheet_code(fuzz_arena(), sizes[i], line)) != NULL);
	}
	if (sheet_code_part(text, &sheet, &code))
		REQUIRE(sheet > 0 && code > text && code[-1] == '-');
	return 0;
}

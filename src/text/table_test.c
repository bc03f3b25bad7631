/* table_test.c – CSV in every dress, workbooks made part by part, and files that mean harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <minizip/zip.h>

#include "text/table_inner.h"
#include "text/xlsx_inner.h"

static struct arena arena;
static char path[64];

static int
fresh(void **state)
{
	int fd;

	(void)state;
	arena_reset(&arena, (size_t)1 << 20);
	snprintf(path, sizeof path, "/tmp/table-test-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	return 0;
}

static int
gone(void **state)
{
	(void)state;
	return unlink(path);
}

static void
put_file(const char *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	fclose(f);
}

/* All rows as "1:a|b\n3:c\n", or the fault as "!7". */
static const char *
read_as(int sheet, struct table_info *info)
{
	struct table_ask ask = { .sheet = sheet };
	const struct table_row *r;
	enum table_fault fault;
	struct table *t;
	struct buf b;
	size_t i;

	if (table_open(path, &ask, &t, &fault) != RC_OK)
		return arena_printf(&arena, "!%d", fault);
	buf_init(&b, &arena, 0);
	while ((r = table_next(t)) != NULL) {
		buf_printf(&b, "%lld:", (long long)r->number);
		for (i = 0; i < r->n; i++)
			buf_printf(&b, "%s%s", i > 0 ? "|" : "", r->cell[i]);
		buf_char(&b, '\n');
	}
	if (table_fault(t) != TABLE_FINE)
		buf_printf(&b, "!%d", table_fault(t));
	if (info != NULL) {
		*info = *table_info(t);
		for (i = 0; i < info->nsheets; i++)
			info->sheets[i] = arena_str(&arena, info->sheets[i]);
	}
	table_close(t);
	return b.p;
}

static const char *
csv(const char *text)
{
	put_file(text, strlen(text));
	return read_as(-1, NULL);
}

static void
csv_cells(void **state)
{
	(void)state;
	assert_string_equal(csv("a,b\n1,2\n"), "1:a|b\n2:1|2\n");
	assert_string_equal(csv("a;b\r\n1,5;2\r\n"), "1:a|b\n2:1,5|2\n");
	assert_string_equal(csv("a\tb\r1\t2"), "1:a|b\n2:1|2\n");
	assert_string_equal(csv("sep=|\na|b,c\n"), "2:a|b,c\n");
	assert_string_equal(csv("a;\"b;\"\"c\"\"\nd\"\n\n ;\n;e"), "1:a|b;\"c\"\nd\n4:|e\n");
	assert_string_equal(csv("ТОО \"Алга\";1\n\xC2\xA0x \t;2\n"), "1:ТОО \"Алга\"|1\n2:x|2\n");
	assert_string_equal(csv("\xEF\xBB\xBF\"Аты\";b\n"), "1:Аты|b\n");
	assert_string_equal(csv("a,\"b\n"), arena_printf(&arena, "!%d", TABLE_QUOTE));
	assert_string_equal(csv(""), arena_printf(&arena, "!%d", TABLE_EMPTY));
	assert_string_equal(csv("%PDF-1.4"), arena_printf(&arena, "!%d", TABLE_NO_TABLE));
	assert_string_equal(csv("<html><table>"), arena_printf(&arena, "!%d", TABLE_NO_TABLE));
	assert_string_equal(csv("\xEF\xBB\xBF\xC0;b\n"), arena_printf(&arena, "!%d", TABLE_BROKEN));
	put_file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", 12);
	assert_string_equal(read_as(-1, NULL), arena_printf(&arena, "!%d", TABLE_OLD_XLS));
	put_file("a,b,and a letter that no text has: \0\n", 37);
	assert_string_equal(read_as(-1, NULL), arena_printf(&arena, "!%d", TABLE_NO_TABLE));
}

static void
csv_letters(void **state)
{
	static const struct {
		const char *p;
		size_t n;
		enum table_code code;
		const char *rows;
	} t[] = {
		{ "\xD4\xC8\xCE;\xB9\n\xA8;1\n", 10, CODE_CP1251, "1:ФИО|№\n2:Ё|1\n" },
		{ "\xBF\xE6\xE0\xEA;1\n", 7, CODE_CP1251, "1:їжак|1\n" },
		{ "\x8D\xE0\xE9\xF0\xE0\xF2;\xB4\n", 9, CODE_KZ1048, "1:Қайрат|ө\n" },
		{ "\xFF\xFE\x9A\x04\t\0a\0\n\0", 10, CODE_UTF16LE, "1:Қ|a\n" },
		{ "\xFE\xFF\x04\x9A\0\t\xD8\x3D\xDE\x00\0\n", 12, CODE_UTF16BE, "1:Қ|😀\n" },
		{ "a\0;\0b\0\n\0", 8, CODE_UTF16LE, "1:a|b\n" },
		{ "\xD2\x9A;b", 4, CODE_UTF8, "1:Қ|b\n" },
	};
	struct table_info info;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		put_file(t[i].p, t[i].n);
		assert_string_equal(read_as(-1, &info), t[i].rows);
		assert_int_equal(info.code, t[i].code);
	}
}

/* A broken byte behind the first chunk still says that the file is no UTF-8; a letter cut by the edge
 * of a chunk does not. */
static void
csv_letters_far_down(void **state)
{
	char *p = arena_alloc(&arena, 140000);
	struct table_info info;
	size_t i;

	(void)state;
	for (i = 0; i < 139998; i += 2)
		memcpy(p + i, i % 200 == 198 ? ",\n" : "\xD2\x9A", 2);
	put_file(p, 139998);
	assert_null(strchr(read_as(-1, &info), '!'));
	assert_int_equal(info.code, CODE_UTF8);
	memmove(p + 1, p, 139998);
	p[0] = 'x'; /* now a letter is cut by the edge of 65,536 */
	put_file(p, 139000 / 200 * 200 + 1);
	assert_null(strchr(read_as(-1, &info), '!'));
	p[139000] = '\xFF';
	put_file(p, 139998);
	assert_null(strchr(read_as(-1, &info), '!'));
	assert_int_equal(info.code, CODE_CP1251);
}

/* ---- workbooks ---- */

struct part {
	const char *name, *body;
};

static void
zip_with(const struct part *parts, size_t n)
{
	zipFile z = zipOpen64(path, 0);
	size_t i;

	assert_non_null(z);
	for (i = 0; i < n; i++) {
		assert_int_equal(zipOpenNewFileInZip64(z, parts[i].name, NULL, NULL, 0, NULL, 0,
				     NULL, Z_DEFLATED, 6, 0),
		    0);
		assert_int_equal(
		    zipWriteInFileInZip(z, parts[i].body, (unsigned)strlen(parts[i].body)), 0);
		zipCloseFileInZip(z);
	}
	zipClose(z, NULL);
}

#define BOOK_1904(flag)                                                                                   \
	"<workbook xmlns:r='r'><workbookPr date1904='" flag                                               \
	"'/><sheets><sheet name='Жасырын' state='hidden' r:id='r2'/><sheet name='Мүшелер' " \
	"r:id='r1'/>"                                                                                     \
	"</sheets></workbook>"
static const char rels[] = "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/>"
			   "<Relationship Id='r2' Target='/xl/worksheets/sheet2.xml'/>"
			   "</Relationships>";
static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='dd\\.mm\\.yyyy;@'/>"
    "<numFmt numFmtId='171' formatCode='[$-43F]d mmmm yyyy\" ж.\" h:mm'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='171'/>"
    "<xf numFmtId='20'/></cellXfs></styleSheet>";

static const char *
sheet_in(const char *book, const char *sheet)
{
	const struct part parts[] = { { "xl/workbook.xml", book },
		{ "xl/_rels/workbook.xml.rels", rels }, { "xl/styles.xml", styles },
		{ "xl/sharedStrings.xml",
		    "<sst><si><t>Аты-жөні</t></si><si><r><t>Ах</t></r><r><t>метов</t></r>"
		    "<rPh><t>x</t></rPh></si><si><t/></si></sst>" },
		{ "xl/worksheets/sheet1.xml", sheet },
		{ "xl/worksheets/sheet2.xml",
		    "<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>" } };

	zip_with(parts, ARRAY_LEN(parts));
	return read_as(-1, NULL);
}

static const char *
sheet(const char *rows)
{
	return sheet_in(BOOK_1904("0"),
	    arena_printf(&arena,
		"<x:worksheet xmlns:x='x'><x:sheetData>%s</x:sheetData></x:worksheet>", rows));
}

static void
xlsx_cells(void **state)
{
	struct table_info info;

	(void)state;
	assert_string_equal(
	    sheet("<row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c>"
		  "<c t='s'><v>2</v></c><c t='s'><v>99</v></c></row>"),
	    "2:Аты-жөні||Ахметов\n");
	assert_string_equal(
	    sheet("<row><c t='inlineStr'><is><r><t>Қай</t></r><r><t>рат</t></r></is></c>"
		  "<c t='str'><f>A1&amp;B1</f><v>a &amp; b</v></c><c><f>1+1</f><v>2</v></c>"
		  "<c t='e'><v>#N/A</v></c><c t='b'><v>1</v></c></row>"),
	    "1:Қайрат|a & b|2|#N/A|1\n");
	assert_string_equal(
	    sheet("<row><c><v>10203040506</v></c><c><v>0.30000000000000004</v></c><c><v>1E3</v></c>"
		  "<c t='d'><v>2024-11-15T00:00:00</v></c><c "
		  "t='d'><v>2024-11-15T18:30:00</v></c></row>"),
	    "1:10203040506|0.3|1000|15.11.2024|15.11.2024 18:30\n");
	assert_string_equal(sheet("<row r='5'/><row r='9'><c r='B9'><v>1</v></c></row>"), "9:|1\n");
	assert_string_equal(
	    read_as(0, &info), "1:7\n"); /* the hidden sheet, when it is asked for */
	assert_int_equal(info.nsheets, 2);
	assert_true(info.hidden[0]);
	assert_string_equal(info.sheets[1], "Мүшелер");
	assert_string_equal(read_as(7, NULL), arena_printf(&arena, "!%d", TABLE_NO_SHEET));
}

static void
xlsx_days(void **state)
{
	static const char rows[] =
	    "<row><c s='1'><v>45611</v></c><c s='2'><v>1</v></c>"
	    "<c s='3'><v>45611.75</v></c><c s='4'><v>0.75</v></c><c s='0'><v>45611</v></c>"
	    "<c s='2'><v>60</v></c><c s='2'><v>61</v></c><c s='2'><v>-5</v></c></row>";
	static const struct {
		const char *code;
		enum xlsx_shape shape;
	} t[] = { { "General", SHAPE_NUMBER }, { "0.00", SHAPE_NUMBER },
		{ "#,##0\\ \"days\"", SHAPE_NUMBER }, { "[Red]0", SHAPE_NUMBER },
		{ "yyyy\\-mm\\-dd", SHAPE_DAY }, { "[h]:mm:ss", SHAPE_TIME },
		{ "m/d/yy h:mm", SHAPE_MOMENT }, { "0;dd", SHAPE_NUMBER },
		{ "_-* #,##0.00\\ _₸", SHAPE_NUMBER }, { "\"unclosed", SHAPE_NUMBER },
		{ "\\", SHAPE_NUMBER } };
	size_t i;

	(void)state;
	assert_string_equal(
	    sheet(rows), "1:15.11.2024|01.01.1900|15.11.2024 18:00|18:00|45611|60|01.03.1900|-5\n");
	assert_string_equal(
	    sheet_in(BOOK_1904("1"),
		"<worksheet><sheetData><row><c s='1'><v>44149</v></c><c s='1'><v>0</v></c></row>"
		"</sheetData></worksheet>"),
	    "1:15.11.2024|01.01.1904\n");
	for (i = 0; i < ARRAY_LEN(t); i++)
		assert_int_equal(xlsx_format_shape(t[i].code), t[i].shape);
}

static void
xlsx_merged(void **state)
{
	(void)state;
	/* A body merged over its members, a title merged over columns. */
	assert_string_equal(
	    sheet_in(BOOK_1904("0"),
		"<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>Тізім</v></c></row>"
		"<row r='2'><c r='A2' t='str'><v>Шатлық</v></c><c r='B2'><v>1</v></c></row>"
		"<row r='3'><c r='B3'><v>2</v></c></row><row r='4'><c r='B4'><v>3</v></c></row>"
		"<row r='5'><c r='B5'><v>4</v></c></row></sheetData>"
		"<mergeCells><mergeCell ref='A2:A4'/><mergeCell "
		"ref='A1:C1'/></mergeCells></worksheet>"),
	    "1:Тізім\n2:Шатлық|1\n3:Шатлық|2\n4:Шатлық|3\n5:|4\n");
}

/* ---- harm ---- */

static void
xlsx_refused(void **state)
{
	static const struct part docx[] = { { "word/document.xml", "<a/>" } };
	const char *bomb = arena_printf(&arena, "!%d", TABLE_BOMB),
		   *broken = arena_printf(&arena, "!%d", TABLE_BROKEN);
	char *big;
	int i;

	(void)state;
	assert_string_equal(
	    sheet_in(BOOK_1904("0"),
		"<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><worksheet>"
		"<sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>"),
	    bomb);
	assert_string_equal(sheet("<row><c><v>1</v></c></row><row r='1'><c><v>1</v></c></row>"),
	    arena_printf(&arena, "1:1\n%s", broken));
	assert_string_equal(sheet("<row><c>"), broken);
	big = arena_alloc(&arena, 70 * 3 + 1);
	for (i = 0; i < 70; i++)
		memcpy(big + 3 * i, "<a>", 3);
	assert_string_equal(sheet(big), bomb);
	zip_with(docx, 1);
	assert_string_equal(read_as(-1, NULL), arena_printf(&arena, "!%d", TABLE_NO_TABLE));
	put_file("PK\3\4 and nothing", 16);
	assert_string_equal(read_as(-1, NULL), broken);
	/* An attribute without end: no event for a megabyte. */
	big = arena_alloc(&arena, (2 << 20) + 64);
	memset(big, 'a', 2 << 20);
	memcpy(big, "<row><c r='", 11);
	assert_string_equal(sheet(big), bomb);
	assert_string_equal(
	    sheet(arena_printf(&arena, "<row><c t='str'><v>%.*s</v></c></row>", 140000, big + 20)),
	    arena_printf(&arena, "!%d", TABLE_LONG));
	assert_string_equal(
	    sheet("<row><c r='ZZ1'><v>1</v></c></row>"), arena_printf(&arena, "!%d", TABLE_WIDE));
}

static void
xlsx_unpacks_to_too_much(void **state)
{
	size_t n = (size_t)12 << 20;
	char *big = malloc(n + 1);

	(void)state;
	assert_non_null(big);
	memset(big, ' ', n);
	big[n] = '\0';
	assert_string_equal(sheet_in(BOOK_1904("0"), big), arena_printf(&arena, "!%d", TABLE_BOMB));
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(csv_cells, fresh, gone),
		cmocka_unit_test_setup_teardown(csv_letters, fresh, gone),
		cmocka_unit_test_setup_teardown(csv_letters_far_down, fresh, gone),
		cmocka_unit_test_setup_teardown(xlsx_cells, fresh, gone),
		cmocka_unit_test_setup_teardown(xlsx_days, fresh, gone),
		cmocka_unit_test_setup_teardown(xlsx_merged, fresh, gone),
		cmocka_unit_test_setup_teardown(xlsx_refused, fresh, gone),
		cmocka_unit_test_setup_teardown(xlsx_unpacks_to_too_much, fresh, gone),
	};
	int failed;

	arena_init(&arena);
	failed = cmocka_run_group_tests_name("table", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}

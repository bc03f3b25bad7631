/* cells_test.c – CSV cells and their formula guard; XLSX read back from its bytes; hashes. */
#include <setjmp.h>
#include <dirent.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "text/csv.h"
#include "text/hash.h"
#include "text/xlsx.h"

static struct arena arena;

static int
fresh(void **state)
{
	(void)state;
	arena_reset(&arena, (size_t)1 << 20);
	return 0;
}

static void
csv_cells(void **state)
{
	static const struct {
		const char *cell, *machine, *office;
	} t[] = {
		{ "abc", "abc", "abc" },
		{ NULL, "", "" },
		{ "a,b", "\"a,b\"", "a,b" },
		{ "a;b", "a;b", "\"a;b\"" },
		{ "a\"b", "\"a\"\"b\"", "\"a\"\"b\"" },
		{ "\"", "\"\"\"\"", "\"\"\"\"" },
		{ "a\nb", "\"a\nb\"", "\"a\nb\"" },
		{ " a", "\" a\"", "\" a\"" },
		{ "a ", "\"a \"", "\"a \"" },
		{ "Қазақ", "Қазақ", "Қазақ" },
		{ "=1+1", "'=1+1", "'=1+1" },
		{ "=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"", "\"'=HYPERLINK(\"\"x\"\")\"" },
		{ "+1-2", "'+1-2", "'+1-2" },
		{ "-cmd|x", "'-cmd|x", "'-cmd|x" },
		{ "@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)" },
		{ "\t=1", "'\t=1", "'\t=1" },
		{ "\r=1", "\"'\r=1\"", "\"'\r=1\"" },
		{ "-", "'-", "'-" },
		{ "-5", "-5", "-5" },
		{ "+5.25", "+5.25", "+5.25" },
		{ "-5,25", "\"-5,25\"", "-5,25" },
		{ "-5.", "'-5.", "'-5." },
		{ "-5.2.3", "'-5.2.3", "'-5.2.3" },
		{ "+77010000000", "+77010000000", "+77010000000" },
		{ "\xef\xbc\x9d"
		  "1",
		    "'\xef\xbc\x9d"
		    "1",
		    "'\xef\xbc\x9d"
		    "1" },
	};
	struct csv c;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		csv_init(&c, &arena, false, 0);
		csv_num(&c, -1);
		csv_cell(&c, t[i].cell);
		csv_end_row(&c);
		assert_string_equal(c.out.p, arena_printf(&arena, "-1,%s\n", t[i].machine));
		csv_init(&c, &arena, true, 0);
		csv_cell(&c, "x");
		csv_cell(&c, t[i].cell);
		csv_end_row(&c);
		assert_string_equal(
		    c.out.p, arena_printf(&arena, "\xef\xbb\xbfx;%s\r\n", t[i].office));
	}
}

static void
csv_rows(void **state)
{
	struct csv c;

	(void)state;
	csv_init(&c, &arena, false, 0);
	csv_cell(&c, "");
	csv_end_row(&c);
	csv_cell(&c, "");
	csv_cell(&c, "");
	csv_end_row(&c);
	assert_string_equal(c.out.p, "\"\"\n,\n");
	csv_init(&c, &arena, true, 0);
	csv_cell(&c, NULL);
	csv_end_row(&c);
	assert_string_equal(c.out.p, "\xef\xbb\xbf\"\"\r\n");
	csv_init(&c, &arena, false, 4);
	csv_cell(&c, "abcdef");
	csv_end_row(&c);
	assert_true(c.out.over);
}

static unsigned
le(const char *p, int n)
{
	unsigned v = 0;

	while (n-- > 0)
		v = v << 8 | (unsigned char)p[n];
	return v;
}

/* One member of a zip, through its central directory; NULL if there is none. */
static const char *
zip_member(struct slice zip, const char *name)
{
	const char *end = memrchr(zip.p, 'P', zip.n), *p;
	unsigned i, n;

	assert_non_null(end);
	assert_memory_equal(end, "PK\5\6", 4);
	n = le(end + 10, 2);
	p = zip.p + le(end + 16, 4);
	for (i = 0; i < n; i++) {
		unsigned nname = le(p + 28, 2), packed = le(p + 20, 4), size = le(p + 24, 4);
		const char *local = zip.p + le(p + 42, 4);
		unsigned skip = 30 + le(local + 26, 2) + le(local + 28, 2);

		if (nname == strlen(name) && memcmp(p + 46, name, nname) == 0) {
			char *out = arena_alloc(&arena, size + 1);
			z_stream z = { 0 };

			assert_int_equal(inflateInit2(&z, -MAX_WBITS), Z_OK);
			z.next_in = (unsigned char *)local + skip;
			z.avail_in = packed;
			z.next_out = (unsigned char *)out;
			z.avail_out = size;
			assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
			inflateEnd(&z);
			return out;
		}
		p += 46 + nname + le(p + 30, 2) + le(p + 32, 2);
	}
	return NULL;
}

static int
entries(const char *dir)
{
	DIR *d = opendir(dir);
	int n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static void
xlsx_reads_back(void **state)
{
	struct xlsx *x;
	struct slice out;
	const char *sheet, *book;

	(void)state;
	assert_int_equal(xlsx_open(&arena, "Мүшелер [2024]: тым ұзын атау осында", &x), RC_OK);
	xlsx_head(x, "Аты-жөні");
	xlsx_head(x, "Саны");
	xlsx_end_row(x);
	xlsx_text(x, "=1+1 <Қазақ> & \"ұ\"");
	xlsx_num(x, -42);
	xlsx_day(x, 20241115);
	xlsx_day(x, 0);
	xlsx_real(x, 2.5);
	xlsx_num(x, INT64_MAX);
	xlsx_end_row(x);
	xlsx_text(x, "bad \xff byte");
	xlsx_text(x, NULL);
	xlsx_day(x, 18990101);
	xlsx_real(x, INFINITY);
	xlsx_end_row(x);
	assert_int_equal(xlsx_close(x, &out), RC_OK);
	assert_memory_equal(out.p, "PK\3\4", 4);
	sheet = zip_member(out, "xl/worksheets/sheet1.xml");
	book = zip_member(out, "xl/workbook.xml");
	assert_non_null(sheet);
	assert_non_null(book);
	assert_non_null(strstr(book, "name=\"Мүшелер -2024-- тым ұзын атау о\""));
	assert_non_null(strstr(sheet, "<t>Аты-жөні</t>"));
	assert_non_null(strstr(sheet, "=1+1 &lt;Қазақ&gt; &amp; "));
	assert_null(strstr(sheet, "<f>"));
	assert_non_null(strstr(sheet, "<v>-42</v>"));
	assert_non_null(strstr(sheet, "<v>45611</v>")); /* 2024-11-15 */
	assert_non_null(strstr(sheet, "<v>2.5</v>"));
	assert_non_null(strstr(sheet, "<t>9223372036854775807</t>"));
	assert_non_null(strstr(sheet, "bad \xef\xbf\xbd byte"));
	assert_non_null(strstr(sheet, "<t>01.01.1899</t>"));
	assert_non_null(strstr(sheet, "state=\"frozen\""));
	assert_non_null(strstr(zip_member(out, "xl/styles.xml"), "dd.mm.yyyy"));
}

static void
xlsx_limits_and_no_rubbish(void **state)
{
	char dir[] = "/tmp/xlsx-test-XXXXXX", *big;
	struct xlsx *x;
	struct slice out;
	int i;

	(void)state;
	assert_non_null(mkdtemp(dir));
	setenv("TMPDIR", dir, 1);
	big = arena_alloc(&arena, 40001);
	memset(big, 'a', 40000);

	assert_int_equal(xlsx_open(&arena, "", &x), RC_OK);
	assert_int_equal(entries(dir), 1);
	assert_int_equal(xlsx_close(x, &out), RC_OK); /* no row at all */
	assert_true(out.n > 0);
	assert_int_equal(entries(dir), 0);

	assert_int_equal(xlsx_open(&arena, NULL, &x), RC_OK);
	xlsx_text(x, big);
	assert_int_equal(xlsx_close(x, &out), RC_TOOBIG);
	assert_int_equal(out.n, 0);
	assert_int_equal(entries(dir), 0);

	assert_int_equal(xlsx_open(&arena, "a", &x), RC_OK);
	for (i = 0; i < 257; i++)
		xlsx_num(x, i);
	assert_int_equal(xlsx_close(x, &out), RC_TOOBIG);
	assert_int_equal(entries(dir), 0);

	setenv("TMPDIR", "/nonexistent/there", 1);
	assert_int_equal(xlsx_open(&arena, "a", &x), RC_STORAGE);
	assert_null(x);
	unsetenv("TMPDIR");
	assert_int_equal(rmdir(dir), 0);
}

static void
hashes(void **state)
{
	struct sha256 h;
	char hex[65];

	(void)state;
	sha256_init(&h);
	sha256_hex(&h, hex);
	assert_string_equal(
	    hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	sha256_init(&h);
	sha256_add(&h, "abc", 3);
	sha256_hex(&h, hex);
	assert_string_equal(
	    hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_init(&h);
	sha256_add_id(&h, 1);
	sha256_add_id(&h, 1000000000023);
	sha256_hex(&h, hex);
	{
		struct sha256 g;
		char want[65];

		sha256_init(&g);
		sha256_add(&g, "1\n1000000000023\n", 16);
		sha256_hex(&g, want);
		assert_string_equal(hex, want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(csv_cells, fresh),
		cmocka_unit_test_setup(csv_rows, fresh),
		cmocka_unit_test_setup(xlsx_reads_back, fresh),
		cmocka_unit_test_setup(xlsx_limits_and_no_rubbish, fresh),
		cmocka_unit_test_setup(hashes, fresh),
	};
	int failed;

	arena_init(&arena);
	failed = cmocka_run_group_tests_name("cells", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}

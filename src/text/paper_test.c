/* paper_test.c – what printed papers are made of: the ZIP, the letter, the QR code and its PNG, charts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "text/chart.h"
#include "text/docx.h"
#include "text/qr.h"
#include "text/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static unsigned
le(const char *p, int n)
{
	const unsigned char *u = (const unsigned char *)p;
	unsigned v = 0;

	while (n-- > 0)
		v = v << 8 | u[n];
	return v;
}

/* One file of a ZIP by the central directory, inflated; NULL = not there. */
static const char *
unpacked(struct slice z, const char *name)
{
	size_t end, at, i, n;

	for (end = z.n - 22; end > 0 && memcmp(z.p + end, "PK\5\6", 4) != 0; end--)
		;
	n = le(z.p + end + 10, 2);
	at = le(z.p + end + 16, 4);
	for (i = 0; i < n; i++) {
		size_t name_len = le(z.p + at + 28, 2), head = le(z.p + at + 42, 4);
		size_t packed = le(z.p + at + 20, 4), plain = le(z.p + at + 24, 4);

		assert_memory_equal(z.p + at, "PK\1\2", 4);
		if (name_len == strlen(name) && memcmp(z.p + at + 46, name, name_len) == 0) {
			char *out = arena_alloc(&arena, plain + 1);
			size_t data = head + 30 + le(z.p + head + 26, 2) + le(z.p + head + 28, 2);
			z_stream s = { 0 };

			assert_int_equal(inflateInit2(&s, -15), Z_OK);
			s.next_in = (Bytef *)(uintptr_t)(z.p + data);
			s.avail_in = (uInt)packed;
			s.next_out = (Bytef *)out;
			s.avail_out = (uInt)plain;
			assert_int_equal(inflate(&s, Z_FINISH), Z_STREAM_END);
			inflateEnd(&s);
			assert_int_equal(crc32(0, (Bytef *)out, (uInt)plain), le(z.p + at + 16, 4));
			return out;
		}
		at += 46 + name_len + le(z.p + at + 30, 2) + le(z.p + at + 32, 2);
	}
	return NULL;
}

static size_t
times(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

static struct slice
letter(void)
{
	static const int widths[] = { 5000, 2638, 2000 };
	static const struct docx_table t = { widths, 3, 1, true, "Кесте" };
	struct docx_info info = { "Есеп", "Ассамблея", "kk-KZ", "2024-11-15T13:00:00Z" };
	struct docx *d;
	struct slice out;
	int i;

	assert_int_equal(docx_open(&arena, &info, &d), RC_OK);
	docx_para(d, DOCX_TITLE, "Есеп <&> \"ә\" \x01 \xff");
	docx_lang(d, "ru-RU");
	docx_para(d, DOCX_TEXT, "Отчёт");
	docx_table_begin(d, &t);
	for (i = 0; i < 8; i++) /* the last row is not full */
		docx_cell(d, i % 3 == 0 ? "аудан" : "497", i % 3 != 0);
	docx_table_end(d);
	docx_page_break(d);
	assert_int_equal(docx_close(d, &out), RC_OK);
	return out;
}

static void
test_docx(void **state)
{
	static const char *const parts[] = { "[Content_Types].xml", "_rels/.rels",
		"word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels",
		"word/header1.xml", "docProps/core.xml" };
	struct slice a = letter(), b = letter();
	const char *xml;
	size_t i;

	(void)state;
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
	for (i = 0; i < ARRAY_LEN(parts); i++)
		assert_non_null(unpacked(a, parts[i]));
	xml = unpacked(a, "word/document.xml");
	assert_non_null(strstr(xml, "Есеп &lt;&amp;&gt; &quot;ә&quot; \xef\xbf\xbd \xef\xbf\xbd"));
	assert_int_equal(times(xml, "<w:tr>"), 3);
	assert_int_equal(times(xml, "<w:tc>"), 9);
	assert_int_equal(times(xml, "<w:tblHeader/>"), 1);
	assert_int_equal(times(xml, "<w:p>"), times(xml, "</w:p>"));
	assert_non_null(strstr(xml, "w:w=\"11906\" w:h=\"16838\""));
	assert_non_null(strstr(xml, "ru-RU"));
	assert_non_null(strstr(unpacked(a, "word/styles.xml"), "Times New Roman"));
	assert_non_null(strstr(unpacked(a, "word/styles.xml"), "<w:sz w:val=\"28\"/>"));
}

static void
test_zip(void **state)
{
	struct zip_pack *z = zip_pack_open(&arena);
	size_t n = 300000, i;
	char *big = arena_alloc(&arena, n);
	struct slice out;

	(void)state;
	assert_non_null(z);
	for (i = 0; i < n; i++)
		big[i] = (char)(i * i >> 7);
	zip_pack_file(z, "empty", "", 0);
	zip_pack_file(z, "big", big, n);
	assert_int_equal(zip_pack_close(z, &out), RC_OK);
	assert_memory_equal(unpacked(out, "big"), big, n);
	assert_string_equal(unpacked(out, "empty"), "");
	assert_null(unpacked(out, "none"));
}

/* A finder pattern stands in three corners, and the timing rows alternate (ISO 18004). */
static void
test_qr(void **state)
{
	struct slice png;
	struct html h;
	struct qr q;
	char *long_text = arena_alloc(&arena, QR_TEXT_MAX + 2);
	int i;

	(void)state;
	assert_int_equal(qr_make(&arena, "https://example.kz/kk/editions/12", &q), RC_OK);
	assert_int_equal(q.size % 4, 1);
	for (i = 0; i < 7; i++) {
		assert_true(qr_dark(&q, i, 0) && qr_dark(&q, 0, i));
		assert_true(qr_dark(&q, q.size - 1 - i, 0) && qr_dark(&q, 0, q.size - 1 - i));
	}
	for (i = 8; i < q.size - 8; i++)
		assert_int_equal(qr_dark(&q, i, 6), i % 2 == 0);
	html_init(&h, &arena, 0);
	qr_svg(&h, &q, "12");
	assert_true(html_ok(&h));
	assert_int_equal(qr_png(&arena, &q, 4, &png), RC_OK);
	assert_memory_equal(png.p, "\x89PNG\r\n\x1a\n", 8);
	assert_memory_equal(png.p + png.n - 8, "IEND", 4);
	assert_int_equal(qr_png(&arena, &q, 0, &png), RC_INVALID);
	assert_int_equal(qr_make(&arena, "", &q), RC_INVALID);
	memset(long_text, 'x', QR_TEXT_MAX + 1);
	assert_int_equal(qr_make(&arena, long_text, &q), RC_TOOBIG);
}

static void
test_charts(void **state)
{
	static const struct chart_row rows[] = { { "Қаңтар", "12", 12, 9, false, false },
		{ "Ақпан <b>", "0", 0, 30, false, false }, { "Наурыз", "–", 0, 0, true, true } };
	const struct chart c = { "Тақырып", "Сипаты", "биыл", "былтыр", rows, 3 };
	const struct chart none = { "Тақырып", "", "", "", rows + 2, 1 };
	const char *scale[] = { "0", "20", "40" };
	double s[3];
	struct html h;

	(void)state;
	html_init(&h, &arena, 0);
	chart_bars(&h, &c);
	chart_lines(&h, &c, scale);
	assert_true(html_ok(&h));
	assert_non_null(strstr(h.out.p, "Ақпан &lt;b&gt;"));
	assert_int_equal(times(h.out.p, "<title id="), 2);
	assert_int_equal(times(h.out.p, "<desc id="), 2);
	assert_int_equal(times(h.out.p, "<rect class='now'"), 1); /* nothing of nothing */
	assert_int_equal(times(h.out.p, "<rect class='last'"), 2);
	assert_int_equal(times(h.out.p, "<line class='now'"), 1);
	assert_null(strstr(h.out.p, "style="));
	chart_scale(&c, s);
	assert_true(s[2] >= 30 && s[1] * 2 == s[2]);
	html_init(&h, &arena, 0);
	chart_bars(&h, &none);
	chart_lines(&h, &none, scale);
	assert_int_equal(h.out.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_zip), cmocka_unit_test(test_docx),
		cmocka_unit_test(test_qr), cmocka_unit_test(test_charts) };

	return cmocka_run_group_tests(tests, setup, teardown);
}

/* picture_test.c – photographs made new: sizes, colours, which way is up, what is left out, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include "text/picture_inner.h"

static struct arena arena;
static const int sides[2] = { 160, 40 };

static int
fresh(void **state)
{
	(void)state;
	arena_reset(&arena, (size_t)1 << 20);
	return 0;
}

/* Red above left, green above right, blue below left, white below right. */
static struct pixels
four(int w, int h)
{
	static const unsigned char colour[4][3] = { { 250, 0, 0 }, { 0, 250, 0 }, { 0, 0, 250 },
		{ 250, 250, 250 } };
	struct pixels p = { w, h, arena_alloc(&arena, (size_t)w * (size_t)h * 3) };
	int x, y;

	for (y = 0; y < h; y++)
		for (x = 0; x < w; x++)
			memcpy(p.rgb + (y * w + x) * 3, colour[(y >= h / 2) * 2 + (x >= w / 2)], 3);
	return p;
}

static struct slice
jpeg_of(int w, int h)
{
	struct pixels p = four(w, h);
	struct slice s;

	assert_true(picture_write(&arena, &p, &s));
	return s;
}

/* With an Exif block behind the first marker: an orientation, and words that stand for a place. */
static struct slice
with_exif(struct slice jpeg, int orientation)
{
	static const char place[] = "GPS 50.2797 57.2072 camera";
	unsigned char exif[26] = { 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0,
		(unsigned char)orientation };
	size_t n = 2 + 6 + sizeof exif + sizeof place;
	struct buf b;

	buf_init(&b, &arena, 0);
	buf_put(&b, jpeg.p, 2);
	buf_put(&b, "\xff\xe1", 2);
	buf_char(&b, (char)(n >> 8));
	buf_char(&b, (char)n);
	buf_put(&b, "Exif\0\0", 6);
	buf_put(&b, exif, sizeof exif);
	buf_put(&b, place, sizeof place);
	buf_put(&b, jpeg.p + 2, jpeg.n - 2);
	return (struct slice){ b.p, b.n };
}

static bool
holds(struct slice s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

/* The colour at a quarter of the way: 'r' 'g' 'b' 'w'. */
static char
corner(const struct pixels *p, bool right, bool low)
{
	const unsigned char *c = p->rgb + ((size_t)(low ? p->h * 3 / 4 : p->h / 4) * (size_t)p->w +
					      (size_t)(right ? p->w * 3 / 4 : p->w / 4)) *
					      3;

	if (c[0] > 200 && c[1] > 200 && c[2] > 200)
		return 'w';
	return c[0] > 180 && c[1] < 80	 ? 'r'
	       : c[1] > 180 && c[0] < 80 ? 'g'
	       : c[2] > 180 && c[0] < 80 ? 'b'
					 : '?';
}

static const char *
corners(struct slice jpeg)
{
	struct pixels p;
	int o;
	char *s = arena_alloc(&arena, 5);

	assert_int_equal(picture_jpeg(&arena, jpeg, 4096, &p, &o), PICTURE_GOOD);
	s[0] = corner(&p, false, false);
	s[1] = corner(&p, true, false);
	s[2] = corner(&p, false, true);
	s[3] = corner(&p, true, true);
	return s;
}

static void
sizes(void **state)
{
	struct picture_out out[2];

	(void)state;
	assert_int_equal(picture_anew(&arena, jpeg_of(800, 600), sides, 2, out), PICTURE_GOOD);
	assert_int_equal(out[0].width, 160);
	assert_int_equal(out[0].height, 120);
	assert_int_equal(out[1].width, 40);
	assert_int_equal(out[1].height, 30);
	assert_string_equal(corners(out[0].jpeg), "rgbw");
	assert_string_equal(corners(out[1].jpeg), "rgbw");
	/* A small one keeps its size; a line of pixels stays one. */
	assert_int_equal(picture_anew(&arena, jpeg_of(33, 20), sides, 2, out), PICTURE_GOOD);
	assert_int_equal(out[0].width, 33);
	assert_int_equal(picture_anew(&arena, jpeg_of(1000, 2), sides, 2, out), PICTURE_GOOD);
	assert_int_equal(out[0].height, 1);
}

/* The average of every size is exact: a checker of black and white becomes grey. */
static void
averages(void **state)
{
	int n;

	(void)state;
	for (n = 2; n < 40; n++) {
		struct shrink s;
		unsigned char row[40 * 3];
		int x, y;

		shrink_begin(&s, &arena, (const int[2]){ n * 2, n * 2 }, 1);
		for (y = 0; y < n * 2; y++) {
			unsigned char *line =
			    n * 2 * 3 > (int)sizeof row ? arena_alloc(&arena, (size_t)n * 6) : row;

			for (x = 0; x < n * 2; x++)
				memset(line + x * 3, (x + y) % 2 == 0 ? 0 : 254, 3);
			shrink_row(&s, line);
		}
		assert_int_equal(s.done, 1);
		assert_int_equal(s.to.rgb[0], 127);
	}
}

static void
upright(void **state)
{
	static const char *const want[9] = { "", "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg",
		"wgbr", "gwrb" };
	struct slice plain = jpeg_of(96, 64);
	struct picture_out out[2];
	int i;

	(void)state;
	for (i = 1; i <= 8; i++) {
		struct slice s = with_exif(plain, i);

		assert_true(holds(s, "GPS"));
		assert_int_equal(picture_anew(&arena, s, sides, 2, out), PICTURE_GOOD);
		assert_string_equal(corners(out[0].jpeg), want[i]);
		assert_int_equal(out[0].width, i < 5 ? 96 : 64);
		assert_false(holds(out[0].jpeg, "GPS") || holds(out[0].jpeg, "Exif") ||
			     holds(out[1].jpeg, "GPS"));
	}
	assert_int_equal(picture_anew(&arena, with_exif(plain, 9), sides, 2, out), PICTURE_GOOD);
	assert_int_equal(picture_orientation((struct slice){ "II*\0\xff\xff\xff\xff", 8 }), 1);
	assert_int_equal(picture_orientation(
			     (struct slice){ "MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0", 22 }),
	    6);
}

struct png_sink {
	struct buf b;
};

static void
png_put(png_structp p, png_bytep d, png_size_t n)
{
	buf_put(&((struct png_sink *)png_get_io_ptr(p))->b, d, n);
}

static void
png_end(png_structp p)
{
	(void)p;
}

static struct slice
png_of(int w, int h, bool alpha, int interlace)
{
	struct pixels f = four(w, h);
	png_structp p = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(p);
	png_text text = { .compression = -1,
		.key = (char *)(uintptr_t) "Comment",
		.text = (char *)(uintptr_t) "GPS here" };
	struct png_sink sink;
	unsigned char **rows = arena_array(&arena, unsigned char *, h);
	int x, y;

	buf_init(&sink.b, &arena, 0);
	for (y = 0; y < h; y++) {
		rows[y] = arena_alloc(&arena, (size_t)w * 4);
		for (x = 0; x < w; x++) {
			memcpy(rows[y] + x * (alpha ? 4 : 3), f.rgb + (y * w + x) * 3, 3);
			if (alpha)
				rows[y][x * 4 + 3] = (y >= h / 2 && x >= w / 2) ? 0 : 255;
		}
	}
	png_set_write_fn(p, &sink, png_put, png_end);
	png_set_IHDR(p, info, (unsigned)w, (unsigned)h, 8,
	    alpha ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB, interlace,
	    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_text(p, info, &text, 1);
	png_set_rows(p, info, rows);
	png_write_png(p, info, 0, NULL);
	png_destroy_write_struct(&p, &info);
	return (struct slice){ sink.b.p, sink.b.n };
}

static void
other_kinds(void **state)
{
	struct picture_out out[2];
	struct pixels f = four(300, 200);
	uint8_t *webp;
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct slice s =
		    png_of(300, 200, i % 2 == 1, i < 2 ? PNG_INTERLACE_NONE : PNG_INTERLACE_ADAM7);

		assert_true(holds(s, "GPS"));
		assert_int_equal(picture_anew(&arena, s, sides, 2, out), PICTURE_GOOD);
		assert_string_equal(corners(out[0].jpeg), "rgbw");
		assert_false(holds(out[0].jpeg, "GPS"));
		s.n -= 30;
		assert_int_equal(picture_anew(&arena, s, sides, 2, out), PICTURE_BROKEN);
	}
	n = WebPEncodeRGB(f.rgb, 300, 200, 900, 90, &webp);
	assert_int_equal(
	    picture_anew(&arena, (struct slice){ (const char *)webp, n }, sides, 2, out),
	    PICTURE_GOOD);
	assert_string_equal(corners(out[0].jpeg), "rgbw");
	assert_int_equal(
	    picture_anew(&arena, (struct slice){ (const char *)webp, n / 2 }, sides, 2, out),
	    PICTURE_BROKEN);
	WebPFree(webp);
}

static struct slice
cmyk(void)
{
	struct jpeg_compress_struct j = { 0 };
	struct jpeg_error_mgr e;
	unsigned char line[32 * 4] = { 0 }, *row = line, *out = NULL;
	unsigned long n = 0;
	struct slice s;

	j.err = jpeg_std_error(&e);
	jpeg_create_compress(&j);
	jpeg_mem_dest(&j, &out, &n);
	j.image_width = j.image_height = 32;
	j.input_components = 4;
	j.in_color_space = JCS_CMYK;
	jpeg_set_defaults(&j);
	jpeg_start_compress(&j, TRUE);
	while (j.next_scanline < 32)
		jpeg_write_scanlines(&j, &row, 1);
	jpeg_finish_compress(&j);
	jpeg_destroy_compress(&j);
	s = (struct slice){ arena_copy(&arena, out, n), n };
	free(out);
	return s;
}

static void
refused(void **state)
{
	struct slice good = jpeg_of(200, 100), s;
	struct picture_out out[2];
	char *big;
	size_t i;

	(void)state;
	assert_int_equal(picture_anew(&arena, cmyk(), sides, 2, out), PICTURE_INKS);
	assert_int_equal(picture_anew(&arena, (struct slice){ "GIF89a.....", 11 }, sides, 2, out),
	    PICTURE_UNKNOWN);
	assert_int_equal(
	    picture_anew(&arena, (struct slice){ "", 0 }, sides, 2, out), PICTURE_UNKNOWN);
	assert_int_equal(
	    picture_anew(
		&arena, (struct slice){ "\xff\xd8\xff\xe0 words, no picture", 24 }, sides, 2, out),
	    PICTURE_BROKEN);
	/* Cut anywhere before the picture begins it is broken; nothing reads past its end. */
	for (i = 4; i < good.n - 2; i += 7) {
		s = (struct slice){ arena_copy(&arena, good.p, i), i };
		(void)picture_anew(&arena, s, sides, 2, out);
		if (i < 300)
			assert_int_not_equal(picture_anew(&arena, s, sides, 2, out), PICTURE_GOOD);
	}
	/* The head says 65500 × 65500: refused before anything is decoded. */
	big = arena_copy(&arena, good.p, good.n);
	for (i = 0; i + 9 < good.n; i++)
		if ((unsigned char)big[i] == 0xff && (unsigned char)big[i + 1] == 0xc0) {
			memcpy(big + i + 5, "\xff\xdc\xff\xdc", 4);
			break;
		}
	assert_int_equal(
	    picture_anew(&arena, (struct slice){ big, good.n }, sides, 2, out), PICTURE_LARGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup(sizes, fresh),
		cmocka_unit_test_setup(averages, fresh), cmocka_unit_test_setup(upright, fresh),
		cmocka_unit_test_setup(other_kinds, fresh),
		cmocka_unit_test_setup(refused, fresh) };
	int rc;

	arena_init(&arena);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	arena_done(&arena);
	return rc;
}

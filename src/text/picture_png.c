/* picture_png.c – reading PNG over libpng, and WebP over libwebp. */
#include <setjmp.h>
#include <stdlib.h>

#include <png.h>
#include <webp/decode.h>

#include "text/picture_inner.h"

struct source {
	struct slice left;
	struct shrink s;
};

static void
give(png_structp p, png_bytep to, png_size_t n)
{
	struct source *s = png_get_io_ptr(p);

	if (n > s->left.n)
		png_error(p, "cut");
	memcpy(to, s->left.p, n);
	s->left.p += n;
	s->left.n -= n;
}

static void
fault(png_structp p, png_const_charp text)
{
	(void)text;
	png_longjmp(p, 1);
}

static void
silent(png_structp p, png_const_charp text)
{
	(void)p;
	(void)text;
}

/* Whatever it holds becomes eight bits of red, green and blue upon white. */
static void
plain_colours(png_structp p, png_infop info)
{
	static const png_color_16 white = { .red = 255, .green = 255, .blue = 255, .gray = 255 };

	png_set_expand(p);
	png_set_scale_16(p);
	png_set_gray_to_rgb(p);
	if ((png_get_color_type(p, info) & PNG_COLOR_MASK_ALPHA) != 0 ||
	    png_get_valid(p, info, PNG_INFO_tRNS) != 0)
		png_set_background(p, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
}

struct reading {
	png_structp p;
	png_infop info;
	struct source s;
	unsigned char *rows; /* one line, or all of an interlaced picture */
};

static enum picture_fault
head(struct reading *r, int *passes)
{
	int64_t w, h;

	png_read_info(r->p, r->info);
	w = png_get_image_width(r->p, r->info);
	h = png_get_image_height(r->p, r->info);
	plain_colours(r->p, r->info);
	*passes = png_set_interlace_handling(r->p);
	png_read_update_info(r->p, r->info);
	if (w * h > (*passes > 1 ? PICTURE_WHOLE : PICTURE_PIXELS))
		return PICTURE_LARGE;
	return png_get_rowbytes(r->p, r->info) == (size_t)w * 3 ? PICTURE_GOOD : PICTURE_BROKEN;
}

static void
read_rows(struct reading *r, struct arena *a, int passes, int side)
{
	int w = (int)png_get_image_width(r->p, r->info),
	    h = (int)png_get_image_height(r->p, r->info), y, i;
	size_t line = (size_t)w * 3;

	shrink_begin(&r->s.s, a, (const int[2]){ w, h }, side);
	r->rows = calloc(passes > 1 ? (size_t)h : 1, line);
	if (r->rows == NULL)
		png_error(r->p, "memory");
	for (i = 0; i < passes; i++)
		for (y = 0; y < h; y++) {
			unsigned char *at = r->rows + (passes > 1 ? (size_t)y * line : 0);

			png_read_row(r->p, at, NULL);
			if (i == passes - 1)
				shrink_row(&r->s.s, at);
		}
}

enum picture_fault
picture_png(struct arena *a, struct slice in, int side, struct pixels *to)
{
	struct reading *r = arena_new(a, struct reading);
	volatile enum picture_fault f = PICTURE_BROKEN;
	int passes;

	r->s.left = in;
	r->p = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fault, silent);
	r->info = r->p == NULL ? NULL : png_create_info_struct(r->p);
	if (r->info != NULL && setjmp(png_jmpbuf(r->p)) == 0) {
		png_set_read_fn(r->p, &r->s, give);
		png_set_user_limits(r->p, 1 << 16, 1 << 16);
		png_set_chunk_cache_max(r->p, 32);
		png_set_chunk_malloc_max(r->p, 1 << 20);
		f = head(r, &passes);
		if (f == PICTURE_GOOD) {
			f = PICTURE_BROKEN;
			read_rows(r, a, passes, side);
			*to = r->s.s.to;
			f = PICTURE_GOOD;
		}
	}
	png_destroy_read_struct(&r->p, &r->info, NULL);
	free(r->rows);
	return f;
}

/* ---- WebP ---- */

static void
on_white(unsigned char *rgb, const unsigned char *rgba, int w)
{
	int x, c;

	for (x = 0; x < w; x++)
		for (c = 0; c < 3; c++)
			rgb[x * 3 + c] = (unsigned char)((rgba[x * 4 + c] * rgba[x * 4 + 3] +
							     255 * (255 - rgba[x * 4 + 3]) + 127) /
							 255);
}

enum picture_fault
picture_webp(struct arena *a, struct slice in, int side, struct pixels *to)
{
	WebPBitstreamFeatures b;
	unsigned char *rgba, *line;
	struct shrink s;
	int w, h, y;

	if (WebPGetFeatures((const uint8_t *)in.p, in.n, &b) != VP8_STATUS_OK)
		return PICTURE_BROKEN;
	if (b.has_animation)
		return PICTURE_UNKNOWN;
	if ((int64_t)b.width * b.height > PICTURE_WHOLE)
		return PICTURE_LARGE;
	rgba = WebPDecodeRGBA((const uint8_t *)in.p, in.n, &w, &h);
	if (rgba == NULL)
		return PICTURE_BROKEN;
	shrink_begin(&s, a, (const int[2]){ w, h }, side);
	line = arena_alloc(a, (size_t)w * 3);
	for (y = 0; y < h; y++) {
		on_white(line, rgba + (size_t)y * (size_t)w * 4, w);
		shrink_row(&s, line);
	}
	WebPFree(rgba);
	*to = s.to;
	return PICTURE_GOOD;
}

/* picture_jpeg.c – reading and writing JPEG over libjpeg(-turbo). Its errors come as jumps: each function
 * that calls it sets the place to come back to, and keeps what must outlive the jump in one struct. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "text/picture_inner.h"

enum { QUALITY = 82, SCANS_MAX = 64, MARKER_MAX = 65533 };

struct trouble {
	struct jpeg_error_mgr mgr;
	jmp_buf back;
	int warnings;
};

static void
error_exit(j_common_ptr c)
{
	longjmp(((struct trouble *)c->err)->back, 1);
}

/* A cut or bent file comes as warnings; a few bent bits are shown grey, as everywhere. */
static void
emit(j_common_ptr c, int level)
{
	if (level < 0)
		((struct trouble *)c->err)->warnings++;
}

static void
trouble_init(struct trouble *t)
{
	jpeg_std_error(&t->mgr);
	t->mgr.error_exit = error_exit;
	t->mgr.emit_message = emit;
}

struct reading {
	struct jpeg_decompress_struct j;
	struct jpeg_progress_mgr progress;
	struct trouble t;
	struct shrink s;
};

/* Each scan of a progressive picture costs a pass over all of it, and a small file may hold thousands. */
static void
monitor(j_common_ptr c)
{
	const struct jpeg_decompress_struct *j = (const struct jpeg_decompress_struct *)c;

	if (j->input_scan_number > SCANS_MAX)
		longjmp(((struct trouble *)c->err)->back, 1);
}

static int
orientation_of(const struct jpeg_decompress_struct *j)
{
	jpeg_saved_marker_ptr m;

	for (m = j->marker_list; m != NULL; m = m->next)
		if (m->marker == JPEG_APP0 + 1 && m->data_length > 6 &&
		    memcmp(m->data, "Exif\0\0", 6) == 0)
			return picture_orientation(
			    (struct slice){ (const char *)m->data + 6, m->data_length - 6 });
	return 1;
}

static enum picture_fault
head(struct reading *r)
{
	int64_t pixels = (int64_t)r->j.image_width * r->j.image_height;

	if (pixels > PICTURE_PIXELS || (jpeg_has_multiple_scans(&r->j) && pixels > PICTURE_WHOLE))
		return PICTURE_LARGE;
	if (r->j.jpeg_color_space == JCS_CMYK || r->j.jpeg_color_space == JCS_YCCK)
		return PICTURE_INKS;
	return PICTURE_GOOD;
}

/* The library itself can halve while it decodes; twice the wanted side is left for a good average. */
static void
scale(struct reading *r, int side)
{
	unsigned longer =
	    r->j.image_width > r->j.image_height ? r->j.image_width : r->j.image_height;

	r->j.scale_num = 1;
	r->j.scale_denom = 1;
	while (r->j.scale_denom < 8 && longer / (r->j.scale_denom * 2) >= 2 * (unsigned)side)
		r->j.scale_denom *= 2;
	r->j.out_color_space = JCS_RGB;
	r->j.dct_method = JDCT_ISLOW;
}

enum picture_fault
picture_jpeg(struct arena *a, struct slice in, int side, struct pixels *to, int *orientation)
{
	struct reading *r = arena_new(a, struct reading);
	volatile enum picture_fault f = PICTURE_BROKEN;
	unsigned char *row;

	trouble_init(&r->t);
	r->j.err = &r->t.mgr;
	if (setjmp(r->t.back) != 0) {
		jpeg_destroy_decompress(&r->j);
		return f == PICTURE_GOOD ? PICTURE_BROKEN : f;
	}
	jpeg_create_decompress(&r->j);
	r->progress.progress_monitor = monitor;
	r->j.progress = &r->progress;
	jpeg_mem_src(&r->j, (const unsigned char *)in.p, in.n);
	jpeg_save_markers(&r->j, JPEG_APP0 + 1, MARKER_MAX);
	jpeg_read_header(&r->j, TRUE);
	f = head(r);
	if (f != PICTURE_GOOD)
		longjmp(r->t.back, 1);
	*orientation = orientation_of(&r->j);
	scale(r, side);
	jpeg_start_decompress(&r->j);
	shrink_begin(
	    &r->s, a, (const int[2]){ (int)r->j.output_width, (int)r->j.output_height }, side);
	row = arena_alloc(a, (size_t)r->j.output_width * 3);
	while (r->j.output_scanline < r->j.output_height) {
		jpeg_read_scanlines(&r->j, &row, 1);
		shrink_row(&r->s, row);
	}
	jpeg_finish_decompress(&r->j);
	jpeg_destroy_decompress(&r->j);
	*to = r->s.to;
	return r->t.warnings > 16 ? PICTURE_BROKEN : PICTURE_GOOD;
}

/* ---- writing ---- */

struct writing {
	struct jpeg_compress_struct j;
	struct trouble t;
	unsigned char *out;
	unsigned long n;
};

bool
picture_write(struct arena *a, const struct pixels *p, struct slice *out)
{
	struct writing *w = arena_new(a, struct writing);
	unsigned char *row;
	bool good = false;

	trouble_init(&w->t);
	w->j.err = &w->t.mgr;
	if (setjmp(w->t.back) == 0) {
		jpeg_create_compress(&w->j);
		jpeg_mem_dest(&w->j, &w->out, &w->n);
		w->j.image_width = (JDIMENSION)p->w;
		w->j.image_height = (JDIMENSION)p->h;
		w->j.input_components = 3;
		w->j.in_color_space = JCS_RGB;
		jpeg_set_defaults(&w->j);
		jpeg_set_quality(&w->j, QUALITY, TRUE);
		w->j.optimize_coding = TRUE;
		jpeg_start_compress(&w->j, TRUE);
		while (w->j.next_scanline < w->j.image_height) {
			row = p->rgb + (size_t)w->j.next_scanline * (size_t)p->w * 3;
			jpeg_write_scanlines(&w->j, &row, 1);
		}
		jpeg_finish_compress(&w->j);
		*out = (struct slice){ arena_copy(a, w->out, w->n), w->n };
		good = true;
	}
	jpeg_destroy_compress(&w->j);
	free(w->out);
	return good;
}

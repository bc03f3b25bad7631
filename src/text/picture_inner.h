/* picture_inner.h – what the files picture_*.c share: a picture being made smaller line by line. */
#ifndef TEXT_PICTURE_INNER_H
#define TEXT_PICTURE_INNER_H

#include "text/picture.h"

struct pixels {
	int w, h;
	unsigned char *rgb; /* w × h × 3 */
};

/* Area averages, exact: a source pixel counts in each result by the area that it covers there. */
struct shrink {
	struct pixels to;
	int sw, sh;	/* of the source */
	int row, done;	/* source lines taken, result lines finished */
	uint64_t *sum;	/* of the result line that is being made */
	uint32_t *line; /* one source line, made narrow */
	struct arena *a;
};
/* The source's size, and the longest side of the result. */
void shrink_begin(struct shrink *s, struct arena *a, const int size[2], int side);
void shrink_row(struct shrink *s, const unsigned char *rgb);

/* Each fills *to; `a` holds the result. */
enum picture_fault picture_jpeg(
    struct arena *a, struct slice in, int side, struct pixels *to, int *orientation);
enum picture_fault picture_png(struct arena *a, struct slice in, int side, struct pixels *to);
enum picture_fault picture_webp(struct arena *a, struct slice in, int side, struct pixels *to);
/* False when the library refuses or memory is short. */
bool picture_write(struct arena *a, const struct pixels *p, struct slice *out);

#endif

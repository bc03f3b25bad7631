/* picture.h – photographs made new: decoded, turned upright, made smaller, written again as JPEG.
 *
 * What comes out holds pixels and nothing else: no place (GPS), no camera, no day, no profile, no comment.
 * JPEG, PNG and WebP are read over libjpeg, libpng and libwebp; an animation or a GIF is no photograph.
 * The sizes are looked at before anything is decoded: at most PICTURE_PIXELS, and lines are made smaller
 * as they come, so the memory of a large picture is never taken whole (progressive JPEG and interlaced PNG
 * excepted: these at most PICTURE_WHOLE). Meant for a process of its own (core/picture_run.h): the
 * libraries read what strangers send. */
#ifndef TEXT_PICTURE_H
#define TEXT_PICTURE_H

#include "base/buf.h"

#define PICTURE_PIXELS ((int64_t)80 << 20)
#define PICTURE_WHOLE ((int64_t)40 << 20)
enum { PICTURE_SIDES = 2, PICTURE_SIDE_MAX = 4096 };
enum picture_fault {
	PICTURE_GOOD,
	PICTURE_BROKEN,	 /* it cannot be read to its end */
	PICTURE_UNKNOWN, /* none of the three kinds */
	PICTURE_LARGE,	 /* more pixels than are taken */
	PICTURE_INKS,	 /* colours for print (CMYK) */
};

struct picture_out {
	int width, height;
	struct slice jpeg; /* in the arena */
};
/* For each of n sides (pixels, the largest first) a JPEG whose longer side is at most so long; a smaller
 * picture keeps its size. White lies beneath what is transparent. */
enum picture_fault picture_anew(
    struct arena *a, struct slice in, const int *side, size_t n, struct picture_out *out);
/* Orientation 1–8 of the block that cameras write (Exif 2.3, tag 0x0112); 1 where there is none. */
int picture_orientation(struct slice exif);

#endif

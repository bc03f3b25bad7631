/* restore_image.h – inside core/ only: the SQLite image of a backup, laid down and read row by row. */
#ifndef CORE_RESTORE_IMAGE_H
#define CORE_RESTORE_IMAGE_H

#include <stdio.h>

#include "db/bulk.h"
#include "lang/lang.h"

struct image {
	const char *path; /* of the throw-away database; NULL = none yet */
	FILE *file, *log;
	int schema; /* number that it must have */
};
/* In this folder; removed by image_done(). RC_STORAGE with a text. */
int image_begin(struct ctx *cx, const char *dir, struct image *i) MUST;
int image_add(struct ctx *cx, struct image *i, bool log, const void *bytes, size_t n) MUST;
/* Every table of `there` out of the image into b. RC_INVALID with a text when it is no database of
 * ours with that schema number. */
int image_rows(struct ctx *cx, struct image *i, struct bulk *b, const struct bulk_table *there,
    size_t n, int64_t *rows) MUST;
void image_done(struct ctx *cx, struct image *i);

#endif

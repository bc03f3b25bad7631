/* files.h – evidence outside the database: D.files/ holds each content once, named by its SHA-256.
 *
 * "ab/cdef…" under the folder; written to a temporary file, synced, renamed, the folder synced, so a
 * name never stands for half a file. Put the content first and the row after: a content without a row
 * is harmless, the reverse is found by files_check(). Contents are never changed, and go only when their
 * term of storage is over (files_drop()).
 *
 * What a file is, its first bytes say (JPEG, PNG, WebP, GIF, PDF); a type that was announced must
 * agree. HEIC and all else is refused by name. These functions touch the disk: not inside a write. */
#ifndef CORE_FILES_H
#define CORE_FILES_H

#include "db/db.h"
#include "lang/lang.h"

#define FILES_MAX ((size_t)20 << 20) /* less where the setting file_mb says so */

struct file_put {
	char sha256[65], thumb[65]; /* thumb "" = none */
	const char *media;	    /* constant: "image/jpeg" … */
	int64_t size;
	int width, height, small_width, small_height; /* of a photograph, pixels */
};
/* `media` as announced; NULL, "" or application/octet-stream = not known. RC_INVALID (field "file"),
 * RC_TOOBIG, RC_STORAGE. Putting the same content again is RC_OK. */
int files_put(struct ctx *cx, const char *dir, struct slice body, const char *media,
    struct file_put *out) MUST;
/* A photograph: made new (text/picture.h), so that neither place nor camera is kept, and a small one beside it.
 * RC_INVALID in words for what is no picture. RULE after-1. */
int files_put_photo(struct ctx *cx, const char *dir, struct slice body, const char *media,
    struct file_put *out) MUST;
/* A saved page or text, kept byte for byte as it came and never shown, only handed out as a download. The caller has
 * looked at what it is. */
int files_put_page(
    struct ctx *cx, const char *dir, struct slice body, bool html, struct file_put *out) MUST;
/* The tables whose records name contents all stand in files.c: a content goes with the last record that names it, a
 * backup carries them all, and verify looks at each. */
enum files_place { FILES_OF_FILE, FILES_OF_PAGE, FILES_OF_PICTURE, FILES_PLACES };
/* A SELECT of place, id, sha256 and size (−1: not said) of every content that is named. tables: those of an older
 * database, which may lack some; NULL = all are there. */
const char *files_named(struct arena *a, const char *const *tables, size_t n);
/* What one record names goes from the disk, unless another names it too; what is not there is RC_OK. Before the write
 * that cuts the record: a fall between the two leaves a record past its term, which is cut the next time. */
int files_drop(
    struct ctx *cx, const char *dir, enum files_place place, int64_t id, const char *sha256) MUST;
/* "DIR/ab/cdef…"; NULL unless sha256 is 64 hex digits in lower case. */
const char *files_path(struct arena *a, const char *dir, const char *sha256);
/* The folder of this process's database, set once at boot (docs/globals.md); "" before. */
void files_home_set(const char *dir);
const char *files_home(void);
/* The media type by the first bytes; NULL = none that is taken. */
const char *files_sniff(struct slice body);
/* For verify: each content that files_named() names lies on the disk with the right hash and size; a line for each
 * difference. Wrap it in the app, which knows the folder. */
int files_check(
    struct ctx *cx, const char *dir, struct buf *out, int64_t *records, int64_t *differences) MUST;

#endif

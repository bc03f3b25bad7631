/* assets.h – the files that the binary carries with it.
 *
 * assets[]: what pages load from /static/ (style sheet, marks, fonts). Every path holds a hash of
 * its content, so an answer may say "immutable"; pages ask asset_url() for the path of a logical
 * name. gz and br are made at build time (NULL where packing gains nothing). The etag belongs to
 * the unpacked bytes, quotes included: an answer in gzip or brotli needs a suffix of its own.
 * The blobs: migrations, lists and catalogues, read at boot; NUL-ended beyond their size.
 * Everything is const and lives as long as the program. Needs libc only; any floor may include it. */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include <stddef.h>

struct asset {
	const char *name; /* "shanyraq.css" */
	const char *path; /* "/static/shanyraq.3f9a61d0.css" */
	const char *type; /* media type with charset */
	const unsigned char *data;
	size_t size;
	const unsigned char *gz;
	size_t gz_size;
	const unsigned char *br;
	size_t br_size;
	const char *etag;
};

extern const struct asset assets[]; /* ascending by path, compared as bytes */
extern const size_t nassets;

/* The asset that stands at this path; NULL: none does. */
const struct asset *asset_find(const char *path);
/* The path of a logical name. An unknown name gives "/static/missing", which answers 404 and so
 * fails the page tests: it is a slip of the pen, not a thing that happens to a running program. */
const char *asset_url(const char *name);

struct blob {
	const char *name; /* "0001_start.sql", "body_kinds.csv", "kk.mo" */
	const unsigned char *data;
	size_t size;
};

extern const struct blob schema_blobs[], data_blobs[], mo_blobs[]; /* ascending by name */
extern const size_t nschema_blobs, ndata_blobs, nmo_blobs;

/* The blob of that name among n; NULL: there is none. */
const struct blob *blob_find(const struct blob *blobs, size_t n, const char *name);

#endif

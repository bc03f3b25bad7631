/* xlsx_inner.h – inside text/: one part of a workbook as a bounded stream of XML events, its shared
 * strings, its styles. */
#ifndef TEXT_XLSX_INNER_H
#define TEXT_XLSX_INNER_H

#include "text/table_inner.h"

/* ---- xlsx_part.c: parts of the zip through the XML parser */
struct xlsx_zip; /* the opened archive with its limits */
struct xlsx_zip *xlsx_zip_open(struct table *t, const char *path);
void xlsx_zip_close(struct xlsx_zip *z);

struct xlsx_part; /* one part while it is parsed */
struct xlsx_events {
	/* Names without their namespace prefix; attributes as name, value, …, NULL. */
	void (*open)(void *user, const char *name, const char **attr);
	void (*close)(void *user, const char *name);
	void (*text)(void *user, const char *p, int n);
};
/* NULL: there is no such part (no fault), or a fault. */
struct xlsx_part *xlsx_part_open(
    struct table *t, struct xlsx_zip *z, const char *name, const struct xlsx_events *e, void *user);
/* Parses on; returns when a handler called xlsx_part_pause(), at the end, or at a fault. True: paused. */
bool xlsx_part_run(struct xlsx_part *p);
void xlsx_part_pause(struct xlsx_part *p);
void xlsx_part_close(struct xlsx_part *p);
/* Whole part at once; true unless there was a fault. *found may be NULL. */
bool xlsx_part_all(struct table *t, struct xlsx_zip *z, const char *name,
    const struct xlsx_events *e, void *user, bool *found);
/* Whether the bytes of a part hold `word` (no XML is parsed). */
bool xlsx_part_holds(struct table *t, struct xlsx_zip *z, const char *name, const char *word);
/* Value of an attribute (name without prefix), NULL = absent. */
const char *xlsx_attr(const char **attr, const char *name);

/* ---- xlsx_strings.c: shared strings in an unnamed temporary file */
struct xlsx_strings;
bool xlsx_strings_read(
    struct table *t, struct xlsx_zip *z, const char *name, struct xlsx_strings **out);
/* The text with this number, good until the next call; false: no such one. */
bool xlsx_strings_at(struct xlsx_strings *s, int64_t i, struct slice *out);
void xlsx_strings_close(struct xlsx_strings *s);

/* ---- xlsx_styles.c: which formats are days and times */
enum xlsx_shape { SHAPE_NUMBER, SHAPE_DAY, SHAPE_MOMENT, SHAPE_TIME };
enum { XLSX_STYLES = 65536 };
struct xlsx_styles {
	unsigned char *shape; /* by style number; malloc'ed */
	size_t n;
};
bool xlsx_styles_read(struct table *t, struct xlsx_zip *z, struct xlsx_styles *out);
/* What a format code of the file's own shows. */
enum xlsx_shape xlsx_format_shape(const char *code);
/* A serial number as text: "15.11.2024", "15.11.2024 18:00", "18:00"; false: no day of it. */
bool xlsx_serial_text(double serial, enum xlsx_shape shape, bool from_1904, char out[40]);

#endif

/* docx.h – an office letter as DOCX (WordprocessingML in a ZIP), in memory.
 *
 * A4 with the margins of a letter (25, 15, 20, 20 mm), Times New Roman 14, text justified with a first
 * line of 12.5 mm; tables in 11 with a head that repeats on every page and rows that stay whole; page
 * numbers in the middle above, from the second page on. Source of the form: the custom of Kazakh
 * offices; of the format: ECMA-376, part 1.
 * Text is UTF-8; what XML cannot hold becomes U+FFFD. The same calls give the same bytes. Writers are
 * sticky: nothing is returned, docx_close() tells. Everything lies in the arena. */
#ifndef TEXT_DOCX_H
#define TEXT_DOCX_H

#include "base/buf.h"

struct docx_info {
	const char *title, *author, *lang; /* lang: "kk-KZ" */
	const char *created;		   /* "2024-11-15T13:00:00Z"; NULL = not said */
};
enum docx_style {
	DOCX_TEXT,  /* justified, first line set in */
	DOCX_TITLE, /* bold, in the middle */
	DOCX_CENTRE,
	DOCX_HEADING, /* bold, kept with what follows */
	DOCX_RIGHT,
	DOCX_PLAIN, /* from the left, nothing set in */
	DOCX_SMALL, /* notes under a table, size 10 */
	DOCX_FOOT,  /* the same, kept with what follows: no signature alone on a page */
	DOCX_STYLES
};
struct docx;
int docx_open(struct arena *a, const struct docx_info *info, struct docx **out) MUST;
void docx_lang(struct docx *d, const char *lang); /* of what follows: "ru-RU" */
void docx_para(struct docx *d, enum docx_style s, const char *text);
void docx_page_break(struct docx *d);

/* A table: widths in twentieths of a point (DOCX_WIDTH is the whole line). Cells fill row by row; the
 * first `heads` rows are the head. rules = false: no lines, for signatures. */
enum { DOCX_WIDTH = 9638, DOCX_COLS = 16 };
struct docx_table {
	const int *width;
	size_t cols, heads;
	bool rules;
	const char *summary; /* what the table holds, for readers by ear; NULL = none */
};
void docx_table_begin(struct docx *d, const struct docx_table *t);
void docx_cell(struct docx *d, const char *text, bool right);
void docx_table_end(struct docx *d);
/* A picture in a paragraph of its own; size in mm. */
void docx_png(struct docx *d, struct slice png, int mm, const char *alt);
int docx_close(struct docx *d, struct slice *out) MUST;

/* text with what XML needs escaped; also for tests. */
void xml_text(struct buf *b, const char *text);

#endif

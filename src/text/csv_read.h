/* csv_read.h – reads CSV as RFC 4180 has it: a header row, cells quoted where needed.
 *
 * For the lists that the program ships and for small uploads: the whole text is in memory, rows come
 * one by one, a cell lies in the arena without its quotes. LF and CRLF end a row; a BOM is skipped;
 * blank lines too. A quote that stands in the middle of a bare cell, or one that never closes, is an
 * error with its line. Cells are found by the names of the header row. */
#ifndef TEXT_CSV_READ_H
#define TEXT_CSV_READ_H

#include "base/buf.h"

enum { CSV_COLUMNS_MAX = 64 };

struct csv_read {
	struct arena *arena;
	const char *p;
	char sep;
	int line;	   /* of the row read last, from 1 */
	const char *error; /* what is wrong in `line`, a msgid; NULL = nothing */
	size_t ncolumns, ncells;
	const char *columns[CSV_COLUMNS_MAX], *cells[CSV_COLUMNS_MAX];
};

/* Reads the header row. RC_INVALID with r->error for an empty or broken text. */
int csv_read_open(struct csv_read *r, struct arena *a, const char *text, char sep) MUST;
/* The next row; false at the end or at an error (look at r->error). A row with more cells than the
 * header has names is an error; missing ones are "". */
bool csv_read_row(struct csv_read *r);
/* The cell under this name of the header; "" when there is no such column. */
const char *csv_read_cell(const struct csv_read *r, const char *column);

#endif

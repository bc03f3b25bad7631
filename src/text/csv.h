/* csv.h – a sticky CSV writer (RFC 4180) with a guard against formulas.
 *
 * Cells that begin with = + - @ TAB or CR and are not plain numbers get a leading apostrophe, so a
 * spreadsheet does not run them. Rows end with LF in machine files (the contract of `records`) and
 * with CRLF for offices, which also get a BOM and ';' (what Excel with Kazakh or Russian settings
 * opens by itself). */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include "base/buf.h"

struct csv {
	struct buf out;
	char sep;
	bool office, started;
};

void csv_init(struct csv *c, struct arena *a, bool office, size_t limit);
void csv_cell(struct csv *c, const char *text); /* NULL = empty */
void csv_num(struct csv *c, int64_t v);
void csv_end_row(struct csv *c);

#endif

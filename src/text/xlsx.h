/* xlsx.h – sheets of rows as an XLSX file in memory, over libxlsxwriter.
 *
 * Text cells stay text (no formula is ever written); numbers are right-aligned; days are real dates
 * with the form dd.mm.yyyy. The header row is bold and frozen. Rows must be written in order. */
#ifndef TEXT_XLSX_H
#define TEXT_XLSX_H

#include "base/buf.h"

struct xlsx;
int xlsx_open(struct arena *a, const char *sheet_name, struct xlsx **out) MUST;
/* The rows so far are a sheet of their own; what follows is the next one. Names differ in a book. */
void xlsx_sheet(struct xlsx *x, const char *sheet_name);
void xlsx_head(struct xlsx *x, const char *text);
void xlsx_text(struct xlsx *x, const char *text);
void xlsx_num(struct xlsx *x, int64_t v);
void xlsx_real(struct xlsx *x, double v);
void xlsx_day(struct xlsx *x, int day); /* 0 = empty */
void xlsx_end_row(struct xlsx *x);
/* Finish and take the bytes (in the arena). The handle is gone after this, also on failure. */
int xlsx_close(struct xlsx *x, struct slice *out) MUST;

#endif

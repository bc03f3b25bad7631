/* table_inner.h – what the readers of tables share: the row being built, and the two forms. */
#ifndef TEXT_TABLE_INNER_H
#define TEXT_TABLE_INNER_H

#include <stdio.h>

#include "text/table_read.h"

struct csv_rows;
struct xlsx_rows;

struct table {
	struct arena own;	/* names of sheets and what lives as long as the table */
	struct arena row_arena; /* texts of the row */
	struct table_info info;
	struct table_row row;
	enum table_fault fault;
	struct csv_rows *csv;
	struct xlsx_rows *xlsx;
};

/* Empties the row; the texts of the last one are gone. */
void table_row_begin(struct table *t, int64_t number);
/* Puts a text of n bytes into column `col` (0…); blanks at its ends are left out. False: a fault. */
bool table_row_put(struct table *t, size_t col, const char *p, size_t n);
static inline bool
table_stop(struct table *t, enum table_fault f)
{
	if (t->fault == TABLE_FINE)
		t->fault = f;
	return false;
}

/* ---- csv_rows.c */
bool csv_rows_open(struct table *t, FILE *f, const struct table_ask *ask);
bool csv_rows_next(struct table *t); /* false: end or fault */
void csv_rows_close(struct table *t);

/* ---- xlsx_rows.c */
bool xlsx_rows_open(struct table *t, const char *path, const struct table_ask *ask);
bool xlsx_rows_next(struct table *t);
void xlsx_rows_close(struct table *t);

#endif

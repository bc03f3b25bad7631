/* table_read.c – which form a file has, and the row that both forms fill. */
#include "text/table_inner.h"

#include <stdlib.h>

#include "base/utf8.h"

enum { HEAD = 512 };

void
table_row_begin(struct table *t, int64_t number)
{
	arena_reset(&t->row_arena, ARENA_CHUNK * 4);
	t->row.number = number;
	t->row.n = 0;
}

/* Spaces, also the no-break space that spreadsheets love (U+00A0). */
static size_t
blank_at(const char *p, const char *end)
{
	if (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
		return 1;
	return end - p >= 2 && memcmp(p, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

bool
table_row_put(struct table *t, size_t col, const char *p, size_t n)
{
	const char *end = p + n;
	size_t b;

	while ((b = blank_at(p, end)) > 0)
		p += b;
	for (;;) {
		if (end > p && strchr(" \t\r\n", end[-1]) != NULL && end[-1] != '\0')
			end--;
		else if (end - p >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0)
			end -= 2;
		else
			break;
	}
	if (end == p)
		return true;
	if (col >= TABLE_COLUMNS)
		return table_stop(t, TABLE_WIDE);
	if ((size_t)(end - p) > (size_t)TABLE_CELL * 4)
		return table_stop(t, TABLE_LONG);
	while (t->row.n <= col)
		t->row.cell[t->row.n++] = "";
	t->row.cell[col] = arena_strn(&t->row_arena, p, (size_t)(end - p));
	return true;
}

static bool
begins(const unsigned char *head, size_t n, const char *with, size_t nwith)
{
	return n >= nwith && memcmp(head, with, nwith) == 0;
}

/* What it is by its first bytes: the name of a file says nothing. */
static enum table_fault
look(const unsigned char *head, size_t n, enum table_form *form)
{
	static const struct {
		const char *p;
		size_t n;
		enum table_fault fault;
	} known[] = { { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, TABLE_OLD_XLS },
		{ "%PDF", 4, TABLE_NO_TABLE }, { "\xFF\xD8\xFF", 3, TABLE_NO_TABLE },
		{ "\x89PNG", 4, TABLE_NO_TABLE }, { "GIF8", 4, TABLE_NO_TABLE },
		{ "{\\rtf", 5, TABLE_NO_TABLE }, { "<?xml", 5, TABLE_NO_TABLE },
		{ "<html", 5, TABLE_NO_TABLE }, { "<!DOC", 5, TABLE_NO_TABLE } };
	size_t i;

	if (n == 0)
		return TABLE_EMPTY;
	for (i = 0; i < ARRAY_LEN(known); i++)
		if (begins(head, n, known[i].p, known[i].n))
			return known[i].fault;
	*form =
	    begins(head, n, "PK\3\4", 4) || begins(head, n, "PK\5\6", 4) ? TABLE_XLSX : TABLE_CSV;
	return TABLE_FINE;
}

int
table_open(
    const char *path, const struct table_ask *ask, struct table **out, enum table_fault *fault)
{
	struct table *t;
	unsigned char head[HEAD];
	FILE *f = fopen(path, "rbe");
	size_t n;

	*out = NULL;
	*fault = TABLE_UNREADABLE;
	if (f == NULL)
		return RC_INVALID;
	if ((t = calloc(1, sizeof *t)) == NULL)
		die("out of memory (table)");
	arena_init(&t->own);
	arena_init(&t->row_arena);
	n = fread(head, 1, sizeof head, f);
	t->fault = ferror(f) ? TABLE_UNREADABLE : look(head, n, &t->info.form);
	if (t->fault == TABLE_FINE && fseek(f, 0, SEEK_SET) != 0)
		t->fault = TABLE_UNREADABLE;
	if (t->fault == TABLE_FINE && t->info.form == TABLE_CSV && csv_rows_open(t, f, ask))
		f = NULL; /* it is the reader's now */
	else if (t->fault == TABLE_FINE && t->info.form == TABLE_XLSX)
		xlsx_rows_open(t, path, ask);
	if (f != NULL)
		fclose(f);
	*fault = t->fault;
	if (t->fault == TABLE_FINE) {
		*out = t;
		return RC_OK;
	}
	table_close(t);
	return RC_INVALID;
}

const struct table_info *
table_info(const struct table *t)
{
	return &t->info;
}

const struct table_row *
table_next(struct table *t)
{
	while (t->fault == TABLE_FINE &&
	       (t->info.form == TABLE_CSV ? csv_rows_next(t) : xlsx_rows_next(t))) {
		if (t->row.number > TABLE_ROWS) {
			table_stop(t, TABLE_MANY);
			return NULL;
		}
		if (t->row.n > 0 && t->fault == TABLE_FINE)
			return &t->row;
	}
	return NULL;
}

enum table_fault
table_fault(const struct table *t)
{
	return t->fault;
}

int64_t
table_place(const struct table *t)
{
	return t->row.number;
}

void
table_close(struct table *t)
{
	if (t == NULL)
		return;
	csv_rows_close(t);
	xlsx_rows_close(t);
	arena_done(&t->own);
	arena_done(&t->row_arena);
	free(t);
}

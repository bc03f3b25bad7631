/* csv_read.c – see csv_read.h. One function reads a cell, one a row; the state is the place in the
 * text and nothing else. Error texts are msgids for the caller to translate (text/ knows no
 * languages). */
#include "text/csv_read.h"

static bool
wrong(struct csv_read *r, const char *why)
{
	r->error = why;
	return false;
}

/* A quoted cell; the place stands behind the opening quote. */
static bool
read_quoted(struct csv_read *r, struct buf *b)
{
	for (;; r->p++) {
		if (*r->p == '\0')
			return wrong(r, "A quotation mark is not closed.");
		if (*r->p == '"' && *++r->p != '"')
			break;
		if (*r->p == '\n')
			r->line++;
		buf_char(b, *r->p);
	}
	if (*r->p != r->sep && *r->p != '\n' && *r->p != '\r' && *r->p != '\0')
		return wrong(r, "Something stands behind a closing quotation mark.");
	return true;
}

static bool
read_cell(struct csv_read *r, const char **out)
{
	struct buf b;

	buf_init(&b, r->arena, 0);
	if (*r->p == '"') {
		r->p++;
		if (!read_quoted(r, &b))
			return false;
	} else {
		size_t n = 0;

		while (r->p[n] != r->sep && r->p[n] != '\n' && r->p[n] != '\0' &&
		       !(r->p[n] == '\r' && r->p[n + 1] == '\n')) {
			if (r->p[n] == '"')
				return wrong(r, "A quotation mark stands inside a bare cell.");
			n++;
		}
		buf_put(&b, r->p, n);
		r->p += n;
	}
	if (b.over)
		return wrong(r, "A cell is too long.");
	*out = b.p;
	return true;
}

/* Cells of one row into `cells`; false at the end of the text or at an error. */
static bool
read_row(struct csv_read *r, const char **cells, size_t *n)
{
	*n = 0;
	while (*r->p == '\n' || (*r->p == '\r' && r->p[1] == '\n')) {
		r->line += *r->p == '\n';
		r->p++;
	}
	if (*r->p == '\0')
		return false;
	r->line++;
	for (;;) {
		if (*n == CSV_COLUMNS_MAX)
			return wrong(r, "The row has too many cells.");
		if (!read_cell(r, &cells[*n]))
			return false;
		++*n;
		if (*r->p != r->sep)
			break;
		r->p++;
	}
	if (*r->p == '\r')
		r->p++;
	if (*r->p == '\n')
		r->p++;
	return true;
}

int
csv_read_open(struct csv_read *r, struct arena *a, const char *text, char sep)
{
	*r = (struct csv_read){ .arena = a, .p = text, .sep = sep };
	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		r->p += 3;
	if (!read_row(r, r->columns, &r->ncolumns)) {
		if (r->error == NULL)
			r->error = "The text is empty.";
		return RC_INVALID;
	}
	return RC_OK;
}

bool
csv_read_row(struct csv_read *r)
{
	if (r->error != NULL || !read_row(r, r->cells, &r->ncells))
		return false;
	if (r->ncells > r->ncolumns)
		return wrong(r, "The row has more cells than the header has names.");
	return true;
}

const char *
csv_read_cell(const struct csv_read *r, const char *column)
{
	size_t i;

	for (i = 0; i < r->ncolumns; i++)
		if (strcmp(r->columns[i], column) == 0)
			return i < r->ncells ? r->cells[i] : "";
	return "";
}

/* xlsx_rows.c – the sheets of a workbook and the rows of the one that was chosen, as a stream.
 *
 * The parser pauses after each </row>, so one row is in memory. Merged ranges stand behind the rows in
 * the file: whether there are any is found by a quick look over the bytes, and only then the sheet is
 * parsed once before. */
#include "text/xlsx_inner.h"

#include <math.h>
#include <stdlib.h>

enum { MERGES_MAX = 20000, MERGES_AT_ONCE = TABLE_COLUMNS, VALUE_MAX = TABLE_CELL * 4 };

struct merge {
	int32_t col, from, to; /* rows, from < to */
	const char *text;      /* of the first row; "" before it came */
};
struct xlsx_rows {
	struct table *t;
	struct xlsx_zip *zip;
	struct xlsx_strings *strings;
	struct xlsx_styles styles;
	struct xlsx_part *part;
	const char *rel_id[TABLE_SHEETS], *path[TABLE_SHEETS];
	const char *shared; /* path of the shared strings */
	int64_t at;	    /* row that is being read */
	bool in_row;
	/* the cell that is being read */
	size_t col;
	char type; /* n number, s shared, i inline or formula text, b, e error, d ISO day */
	size_t style;
	bool in_value, started;
	int phonetic;
	struct buf value;
	struct merge *merges; /* by first row */
	size_t nmerges, done; /* done: those before it end above this row */
};

/* ---- the book: sheets, where they lie, the date system ---- */

static void
book_open(void *user, const char *name, const char **attr)
{
	struct xlsx_rows *x = user;
	struct table_info *i = &x->t->info;
	const char *s;

	if (strcmp(name, "workbookPr") == 0) {
		s = xlsx_attr(attr, "date1904");
		i->from_1904 = s != NULL && (strcmp(s, "1") == 0 || strcmp(s, "true") == 0);
	}
	if (strcmp(name, "sheet") != 0 || i->nsheets == TABLE_SHEETS)
		return;
	s = xlsx_attr(attr, "name");
	i->sheets[i->nsheets] = arena_str(&x->t->own, s == NULL ? "" : s);
	s = xlsx_attr(attr, "state");
	i->hidden[i->nsheets] = s != NULL && strcmp(s, "visible") != 0;
	s = xlsx_attr(attr, "id");
	x->rel_id[i->nsheets++] = arena_str(&x->t->own, s == NULL ? "" : s);
}

static const char *
part_path(struct arena *a, const char *target)
{
	return *target == '/' ? arena_str(a, target + 1) : arena_printf(a, "xl/%s", target);
}

static void
rel_open(void *user, const char *name, const char **attr)
{
	struct xlsx_rows *x = user;
	const char *id = xlsx_attr(attr, "Id"), *to = xlsx_attr(attr, "Target"),
		   *type = xlsx_attr(attr, "Type");
	size_t i;

	if (strcmp(name, "Relationship") != 0 || id == NULL || to == NULL)
		return;
	if (type != NULL && strstr(type, "/sharedStrings") != NULL)
		x->shared = part_path(&x->t->own, to);
	for (i = 0; i < x->t->info.nsheets; i++)
		if (strcmp(x->rel_id[i], id) == 0)
			x->path[i] = part_path(&x->t->own, to);
}

static bool
read_book(struct xlsx_rows *x)
{
	static const struct xlsx_events book = { book_open, NULL, NULL },
					rels = { rel_open, NULL, NULL };
	bool found;

	x->shared = "xl/sharedStrings.xml";
	if (!xlsx_part_all(x->t, x->zip, "xl/workbook.xml", &book, x, &found))
		return false;
	if (!found)
		return table_stop(x->t, TABLE_NO_TABLE); /* another kind of zip: a DOCX, an ODS */
	return xlsx_part_all(x->t, x->zip, "xl/_rels/workbook.xml.rels", &rels, x, NULL);
}

static bool
choose_sheet(struct xlsx_rows *x, int wish)
{
	struct table_info *i = &x->t->info;
	size_t n;

	i->sheet = wish;
	for (n = 0; wish < 0 && n < i->nsheets; n++)
		if (!i->hidden[n]) {
			i->sheet = (int)n;
			break;
		}
	if (i->sheet < 0 || (size_t)i->sheet >= i->nsheets || x->path[i->sheet] == NULL)
		return table_stop(x->t, TABLE_NO_SHEET);
	return true;
}

/* ---- places ---- */

/* "AB12": column from 0 and row from 1; false: no such place. Either may be absent. */
static bool
place_of(const char *s, int64_t *col, int64_t *row)
{
	*col = -1;
	*row = 0;
	for (; *s == '$'; s++)
		;
	for (; *s >= 'A' && *s <= 'Z'; s++) {
		*col = (*col + 1) * 26 + (*s - 'A');
		if (*col > 20000)
			return false;
	}
	for (; *s == '$'; s++)
		;
	for (; *s >= '0' && *s <= '9' && *row < TABLE_ROWS * 10; s++)
		*row = *row * 10 + (*s - '0');
	return true;
}

static void
merge_open(void *user, const char *name, const char **attr)
{
	struct xlsx_rows *x = user;
	const char *ref = xlsx_attr(attr, "ref"), *colon;
	int64_t c1, r1, c2, r2;

	if (strcmp(name, "mergeCell") != 0 || ref == NULL || (colon = strchr(ref, ':')) == NULL)
		return;
	if (!place_of(ref, &c1, &r1) || !place_of(colon + 1, &c2, &r2) || c1 < 0 ||
	    c1 >= TABLE_COLUMNS || r2 <= r1 || r1 < 1 || r2 > TABLE_ROWS)
		return;
	if (x->nmerges == MERGES_MAX) {
		table_stop(x->t, TABLE_BOMB);
		return;
	}
	x->merges[x->nmerges++] = (struct merge){
		.col = (int32_t)c1, .from = (int32_t)r1, .to = (int32_t)r2, .text = ""
	};
}

static int
by_first_row(const void *a, const void *b)
{
	const struct merge *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static bool
read_merges(struct xlsx_rows *x)
{
	static const struct xlsx_events events = { merge_open, NULL, NULL };
	const char *path = x->path[x->t->info.sheet];

	if (!xlsx_part_holds(x->t, x->zip, path, "mergeCell "))
		return x->t->fault == TABLE_FINE;
	x->merges = calloc(MERGES_MAX, sizeof *x->merges);
	if (x->merges == NULL)
		die("out of memory (xlsx)");
	if (!xlsx_part_all(x->t, x->zip, path, &events, x, NULL))
		return false;
	qsort(x->merges, x->nmerges, sizeof *x->merges, by_first_row);
	return true;
}

/* Ranges do not overlap, so at most one a column covers a row; a file that says otherwise is refused. */
static void
take_merges(struct xlsx_rows *x)
{
	struct table *t = x->t;
	size_t i, alive = 0;

	while (x->done < x->nmerges && x->merges[x->done].to < t->row.number)
		x->done++;
	for (i = x->done; i < x->nmerges && x->merges[i].from <= t->row.number; i++) {
		struct merge *m = &x->merges[i];
		const char *now = (size_t)m->col < t->row.n ? t->row.cell[m->col] : "";

		if (++alive > MERGES_AT_ONCE * 16) {
			table_stop(t, TABLE_BOMB);
			return;
		}
		if (t->row.number == m->from)
			m->text = arena_str(&t->own, now);
		else if (t->row.number <= m->to && *now == '\0')
			table_row_put(t, (size_t)m->col, m->text, strlen(m->text));
	}
}

/* ---- cells ---- */

static void
cell_open(struct xlsx_rows *x, const char **attr)
{
	const char *r = xlsx_attr(attr, "r"), *s = xlsx_attr(attr, "s"), *t = xlsx_attr(attr, "t");
	int64_t col, row;

	if (r != NULL && place_of(r, &col, &row) && col >= 0)
		x->col = (size_t)col;
	x->style = s == NULL ? 0 : (size_t)strtoul(s, NULL, 10);
	x->type = 'n';
	if (t != NULL)
		x->type = strcmp(t, "s") == 0		? 's'
			  : strcmp(t, "str") == 0	? 'i'
			  : strcmp(t, "inlineStr") == 0 ? 'i'
			  : strcmp(t, "b") == 0		? 'b'
			  : strcmp(t, "e") == 0		? 'i'
			  : strcmp(t, "d") == 0		? 'd'
							: 'n';
	buf_init(&x->value, &x->t->row_arena, VALUE_MAX);
	x->started = true;
	x->in_value = false;
	x->phonetic = 0;
}

static void
sheet_open(void *user, const char *name, const char **attr)
{
	struct xlsx_rows *x = user;
	const char *r;

	if (strcmp(name, "row") == 0) {
		int64_t n = x->at + 1;

		if ((r = xlsx_attr(attr, "r")) != NULL)
			n = strtoll(r, NULL, 10);
		if (n <= x->at || n > TABLE_ROWS)
			table_stop(x->t, n <= x->at ? TABLE_BROKEN : TABLE_MANY);
		x->at = n;
		x->in_row = true;
		x->col = 0;
		table_row_begin(x->t, n);
	} else if (strcmp(name, "c") == 0 && x->in_row)
		cell_open(x, attr);
	else if (strcmp(name, "rPh") == 0)
		x->phonetic++;
	else if (x->started && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0))
		x->in_value = true;
}

static void
sheet_text(void *user, const char *p, int n)
{
	struct xlsx_rows *x = user;

	if (x->in_value && x->phonetic == 0)
		buf_put(&x->value, p, (size_t)n);
}

static void
put_number(struct xlsx_rows *x)
{
	enum xlsx_shape shape =
	    x->style < x->styles.n ? (enum xlsx_shape)x->styles.shape[x->style] : SHAPE_NUMBER;
	char out[40], *end;
	double v = strtod(x->value.p, &end);

	if (end == x->value.p || *end != '\0' || !isfinite(v)) {
		table_row_put(x->t, x->col, x->value.p, x->value.n);
		return;
	}
	if (shape != SHAPE_NUMBER && xlsx_serial_text(v, shape, x->t->info.from_1904, out)) {
		table_row_put(x->t, x->col, out, strlen(out));
		return;
	}
	/* Spreadsheets save 0.1 + 0.2 with seventeen digits and show fifteen. */
	if (fabs(v) < 1e15 && floor(v) >= v)
		snprintf(out, sizeof out, "%.0f", v);
	else
		snprintf(out, sizeof out, "%.15g", v);
	table_row_put(x->t, x->col, out, strlen(out));
}

/* "2024-11-15T00:00:00" as typed by hand. */
static void
put_iso(struct xlsx_rows *x)
{
	const char *s = x->value.p;
	char out[24];

	if (x->value.n < 10 || s[4] != '-' || s[7] != '-') {
		table_row_put(x->t, x->col, s, x->value.n);
		return;
	}
	snprintf(out, sizeof out, "%.2s.%.2s.%.4s", s + 8, s + 5, s);
	if (x->value.n >= 16 && s[10] == 'T' && strncmp(s + 11, "00:00", 5) != 0)
		snprintf(out + 10, sizeof out - 10, " %.5s", s + 11);
	table_row_put(x->t, x->col, out, strlen(out));
}

static void
cell_close(struct xlsx_rows *x)
{
	struct slice text;

	if (x->value.over)
		table_stop(x->t, TABLE_LONG);
	else if (x->value.n == 0)
		;
	else if (x->type == 's') {
		if (x->strings != NULL &&
		    xlsx_strings_at(x->strings, strtoll(x->value.p, NULL, 10), &text))
			table_row_put(x->t, x->col, text.p, text.n);
	} else if (x->type == 'n')
		put_number(x);
	else if (x->type == 'd')
		put_iso(x);
	else
		table_row_put(x->t, x->col, x->value.p, x->value.n);
	x->started = false;
	x->col++;
}

static void
sheet_close(void *user, const char *name)
{
	struct xlsx_rows *x = user;

	if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		x->in_value = false;
	else if (strcmp(name, "rPh") == 0 && x->phonetic > 0)
		x->phonetic--;
	else if (strcmp(name, "c") == 0 && x->started)
		cell_close(x);
	else if (strcmp(name, "row") == 0 && x->in_row) {
		x->in_row = false;
		xlsx_part_pause(x->part);
	}
}

/* ---- the stream ---- */

bool
xlsx_rows_open(struct table *t, const char *path, const struct table_ask *ask)
{
	static const struct xlsx_events events = { sheet_open, sheet_close, sheet_text };
	struct xlsx_rows *x = calloc(1, sizeof *x);

	t->xlsx = x;
	if (x == NULL)
		die("out of memory (xlsx)");
	x->t = t;
	x->zip = xlsx_zip_open(t, path);
	if (t->fault != TABLE_FINE || !read_book(x) || !choose_sheet(x, ask->sheet) ||
	    !xlsx_styles_read(t, x->zip, &x->styles) ||
	    !xlsx_strings_read(t, x->zip, x->shared, &x->strings) || !read_merges(x))
		return false;
	x->part = xlsx_part_open(t, x->zip, x->path[t->info.sheet], &events, x);
	return x->part != NULL || table_stop(t, TABLE_NO_SHEET);
}

bool
xlsx_rows_next(struct table *t)
{
	if (!xlsx_part_run(t->xlsx->part))
		return false;
	take_merges(t->xlsx);
	return true;
}

void
xlsx_rows_close(struct table *t)
{
	struct xlsx_rows *x = t->xlsx;

	if (x == NULL)
		return;
	xlsx_part_close(x->part);
	xlsx_strings_close(x->strings);
	xlsx_zip_close(x->zip);
	free(x->styles.shape);
	free(x->merges);
	free(x);
	t->xlsx = NULL;
}

/* xlsx.c – see xlsx.h.
 *
 * The library in constant_memory mode keeps one row in memory and the rest in a temporary file, and
 * its 1.1.4 cannot write to memory, so the result is a file as well. Both lie in a directory of
 * their own (mode 0700), which is removed in xlsx_close(). Errors are remembered and told there.
 * Strings are written in line, with '=' at the start they stay text. */
#include "text/xlsx.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/day.h"
#include "base/utf8.h"

enum { ROWS_MAX = 1048576, COLS_MAX = 256, CELL_MAX = 32767, SHEET_NAME_MAX = 31, WIDTH_CAP = 60 };
#define FILE_LIMIT ((size_t)64 << 20)
#define EXACT_MAX (INT64_C(1) << 53)
/* Serial number of 1970-01-01. The format believes in a 29 February 1900: right from 1 March. */
enum { SERIAL_1970 = 25569, SERIAL_FIRST = 61 };

struct xlsx {
	struct arena *arena;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *bold, *date;
	char *dir, *file;
	lxw_row_t row;
	lxw_col_t col;
	bool head;
	int rc;
	unsigned char width[COLS_MAX];
};

/* Valid for XML: broken bytes and the two non-characters become U+FFFD. */
static const char *
clean(struct arena *a, const char *s)
{
	const char *p = s, *end = s + strlen(s);
	struct buf b;

	if (utf8_valid(s, (size_t)(end - s)) && strstr(s, "\xef\xbf") == NULL)
		return s;
	buf_init(&b, a, 0);
	while (p < end) {
		const char *at = p;
		int32_t cp = utf8_next(&p, end);

		if (cp < 0 || cp == 0xfffe || cp == 0xffff)
			buf_put(&b, "\xef\xbf\xbd", 3);
		else
			buf_put(&b, at, (size_t)(p - at));
	}
	return b.p;
}

/* At most 31 letters, without those that the format forbids. */
static const char *
sheet_name_ok(struct arena *a, const char *name)
{
	const char *p = clean(a, name == NULL ? "" : name), *end = p + strlen(p);
	struct buf b;
	int n;

	buf_init(&b, a, 0);
	for (n = 0; p < end && n < SHEET_NAME_MAX; n++) {
		const char *at = p;
		int32_t cp = utf8_next(&p, end);

		if (cp < 0x20 || cp == 0x7f || (cp < 0x80 && strchr("[]:*?/\\'", cp) != NULL))
			buf_char(&b, '-');
		else
			buf_put(&b, at, (size_t)(p - at));
	}
	return b.n == 0 ? "1" : b.p;
}

static void
remove_files(struct xlsx *x)
{
	if (unlink(x->file) != 0 || rmdir(x->dir) != 0)
		return; /* not there; nothing of use can be done about the rest */
}

static int
make_dir(struct xlsx *x)
{
	const char *base = getenv("TMPDIR");

	if (base == NULL || base[0] != '/')
		base = "/tmp";
	x->dir = arena_printf(x->arena, "%s/shanyraq-xlsx-XXXXXX", base);
	if (mkdtemp(x->dir) == NULL)
		return RC_STORAGE;
	x->file = arena_printf(x->arena, "%s/book.xlsx", x->dir);
	return RC_OK;
}

int
xlsx_open(struct arena *a, const char *sheet_name, struct xlsx **out)
{
	struct xlsx *x = arena_new(a, struct xlsx);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };

	*out = NULL;
	x->arena = a;
	TRY(make_dir(x));
	options.tmpdir = x->dir;
	x->book = workbook_new_opt(x->file, &options);
	if (x->book == NULL) {
		remove_files(x);
		return RC_STORAGE;
	}
	x->sheet = workbook_add_worksheet(x->book, sheet_name_ok(a, sheet_name));
	x->bold = workbook_add_format(x->book);
	x->date = workbook_add_format(x->book);
	if (x->sheet == NULL || x->bold == NULL || x->date == NULL) {
		lxw_workbook_free(x->book);
		remove_files(x);
		return RC_STORAGE;
	}
	format_set_bold(x->bold);
	format_set_num_format(x->date, "dd.mm.yyyy");
	format_set_align(x->date, LXW_ALIGN_RIGHT);
	*out = x;
	return RC_OK;
}

static void
note(struct xlsx *x, lxw_error e)
{
	if (x->rc != RC_OK || e == LXW_NO_ERROR)
		return;
	x->rc =
	    e == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED || e == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE
		? RC_TOOBIG
		: RC_STORAGE;
}

/* Whether the next cell may be written; its column is in *col. */
static bool
place(struct xlsx *x, size_t letters, lxw_col_t *col)
{
	if (x->rc != RC_OK)
		return false;
	if (x->row >= ROWS_MAX || x->col >= COLS_MAX || letters > CELL_MAX) {
		x->rc = RC_TOOBIG;
		return false;
	}
	if (letters > WIDTH_CAP)
		letters = WIDTH_CAP;
	*col = x->col++;
	if (letters > x->width[*col])
		x->width[*col] = (unsigned char)letters;
	return true;
}

static void
put_text(struct xlsx *x, const char *text, lxw_format *f)
{
	const char *s = clean(x->arena, text == NULL ? "" : text);
	lxw_col_t col;

	if (place(x, utf8_len(s), &col) && *s != '\0')
		note(x, worksheet_write_string(x->sheet, x->row, col, s, f));
}

static void
put_number(struct xlsx *x, double v, size_t letters, lxw_format *f)
{
	lxw_col_t col;

	if (place(x, letters, &col))
		note(x, worksheet_write_number(x->sheet, x->row, col, v, f));
}

void
xlsx_head(struct xlsx *x, const char *text)
{
	x->head = true;
	put_text(x, text, x->bold);
}

void
xlsx_text(struct xlsx *x, const char *text)
{
	put_text(x, text, NULL);
}

void
xlsx_num(struct xlsx *x, int64_t v)
{
	char s[24];
	int n = snprintf(s, sizeof s, "%lld", (long long)v);

	if (v > EXACT_MAX || v < -EXACT_MAX)
		put_text(x, s, NULL); /* a spreadsheet would round it */
	else
		put_number(x, (double)v, (size_t)n, NULL);
}

void
xlsx_real(struct xlsx *x, double v)
{
	char s[40];
	int n;

	if (!isfinite(v)) {
		put_text(x, "", NULL);
		return;
	}
	n = snprintf(s, sizeof s, "%.10g", v);
	put_number(x, v, (size_t)n, NULL);
}

void
xlsx_day(struct xlsx *x, int day)
{
	char s[32] = "";
	int64_t serial = day == 0 ? 0 : day_number(day) + SERIAL_1970;

	if (day != 0)
		snprintf(
		    s, sizeof s, "%02d.%02d.%04d", day_dom(day), day_month(day), day_year(day));
	if (serial < SERIAL_FIRST)
		put_text(x, s, NULL);
	else
		put_number(x, (double)serial, 10, x->date);
}

void
xlsx_end_row(struct xlsx *x)
{
	if (x->head && x->row == 0)
		worksheet_freeze_panes(x->sheet, 1, 0);
	x->row++;
	x->col = 0;
}

static int
read_back(struct xlsx *x, struct slice *out)
{
	struct stat st;
	FILE *f = fopen(x->file, "rbe");
	char *p;
	int rc = RC_STORAGE;

	if (f == NULL)
		return RC_STORAGE;
	if (fstat(fileno(f), &st) == 0) {
		size_t n = (size_t)st.st_size;

		if (n > FILE_LIMIT)
			rc = RC_TOOBIG;
		else {
			p = arena_alloc(x->arena, n + 1);
			if (fread(p, 1, n, f) == n) {
				*out = (struct slice){ p, n };
				rc = RC_OK;
			}
		}
	}
	fclose(f);
	return rc;
}

static void
set_widths(struct xlsx *x)
{
	lxw_col_t c;

	for (c = 0; c < COLS_MAX; c++)
		if (x->width[c] > 6)
			note(x, worksheet_set_column(x->sheet, c, c, x->width[c] + 2, NULL));
}

void
xlsx_sheet(struct xlsx *x, const char *sheet_name)
{
	lxw_worksheet *s;

	if (x->rc != RC_OK)
		return;
	s = workbook_add_worksheet(x->book, sheet_name_ok(x->arena, sheet_name));
	if (s == NULL) {
		x->rc = RC_STORAGE;
		return;
	}
	set_widths(x);
	memset(x->width, 0, sizeof x->width);
	x->sheet = s;
	x->row = 0;
	x->col = 0;
	x->head = false;
}

int
xlsx_close(struct xlsx *x, struct slice *out)
{
	/* The library stamps its files with gmtime(), which is not thread-safe. */
	static pthread_mutex_t stamping = PTHREAD_MUTEX_INITIALIZER;
	lxw_error e;

	*out = (struct slice){ "", 0 };
	set_widths(x);
	pthread_mutex_lock(&stamping);
	e = workbook_close(x->book);
	pthread_mutex_unlock(&stamping);
	note(x, e);
	if (x->rc == RC_OK)
		x->rc = read_back(x, out);
	remove_files(x);
	return x->rc;
}

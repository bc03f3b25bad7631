/* csv_rows.c – CSV as offices save it, read as a stream.
 *
 * The whole file is looked through once for its letters (a single broken byte far down says that it is
 * no UTF-8), and its first rows for the separator: the sign that parts most rows into the same number
 * of cells. Then it is read again, letter by letter. WHY tolerant: a quotation mark inside a bare cell
 * («ТОО "Алга"») is a mark, and what stands behind a closing one is kept. */
#include "text/table_inner.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/codepage.h"

enum { IN = 65536, PROBE_ROWS = 20 };

struct csv_rows {
	FILE *f;
	unsigned char in[IN];
	size_t at, n;
	enum table_code code;
	char sep;
	int64_t number;
	char back[4]; /* a letter that was looked at and not taken */
	size_t nback;
	struct buf cell;
};

/* ---- letters ---- */

static int32_t
letter_of(enum table_code code, unsigned char b)
{
	return codepage_letter(code == CODE_KZ1048 ? CODEPAGE_KZ1048 : CODEPAGE_1251, b);
}

/* Cyrillic of one byte is nearly all from 0xC0 on; in UTF-8 half of it lies below. */
bool
old_letters(struct slice in, struct buf *out)
{
	enum table_code code = CODE_CP1251;
	size_t high = 0, letters = 0, i;

	for (i = 0; i < in.n; i++) {
		unsigned char b = (unsigned char)in.p[i];

		if (b == 0)
			return false;
		high += b >= 0x80;
		letters += b >= 0xC0;
		if (codepage_kazakh(b))
			code = CODE_KZ1048;
	}
	if (letters * 3 < high * 2 || letters == 0)
		return false;
	for (i = 0; i < in.n; i++) {
		char letter[4];

		buf_put(out, letter, utf8_put(letter, letter_of(code, (unsigned char)in.p[i])));
	}
	return !out->over;
}

static int
byte(struct csv_rows *c)
{
	if (c->at == c->n) {
		c->n = fread(c->in, 1, IN, c->f);
		c->at = 0;
		if (c->n == 0)
			return -1;
	}
	return c->in[c->at++];
}

static int32_t
unit16(struct csv_rows *c)
{
	int a = byte(c), b = byte(c);

	if (b < 0)
		return -1;
	return c->code == CODE_UTF16LE ? a | b << 8 : a << 8 | b;
}

static int32_t
letter16(struct csv_rows *c)
{
	int32_t u = unit16(c), low;

	if (u < 0xD800 || u > 0xDFFF)
		return u;
	low = u < 0xDC00 ? unit16(c) : 0;
	if (low < 0xDC00 || low > 0xDFFF)
		return 0xFFFD;
	return 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
}

/* Bytes of the next letter in UTF-8 (of UTF-8 one byte at a time), 0 at the end. */
static size_t
get(struct csv_rows *c, char out[4])
{
	int32_t cp;
	size_t n = c->nback;

	if (n > 0) {
		memcpy(out, c->back, 4);
		c->nback = 0;
		return n;
	}
	if (c->code == CODE_UTF8) {
		int b = byte(c);

		out[0] = (char)b;
		return b < 0 ? 0 : 1;
	}
	if (c->code == CODE_CP1251 || c->code == CODE_KZ1048) {
		int b = byte(c);

		cp = b < 0 ? -1 : letter_of(c->code, (unsigned char)b);
	} else
		cp = letter16(c);
	return cp < 0 ? 0 : utf8_put(out, cp);
}

static void
unget(struct csv_rows *c, const char in[4], size_t n)
{
	memcpy(c->back, in, 4);
	c->nback = n;
}

/* ---- which letters ---- */

struct probe {
	size_t odd_zeros, even_zeros, n, kazakh;
	bool utf8;
	char tail[4]; /* a letter cut by the end of the chunk */
	size_t ntail;
};

/* Whether the chunk, with what was left of the last one, is sound up to a cut letter at its end. */
static void
probe_utf8(struct probe *p, const unsigned char *in, size_t n)
{
	char *all = malloc(n + sizeof p->tail + 1);
	size_t na = p->ntail, cut, back;

	if (all == NULL)
		die("out of memory (csv)");
	memcpy(all, p->tail, na);
	memcpy(all + na, in, n);
	na += n;
	/* The last letter begins at most three bytes before the end. */
	for (back = 1; back <= 3 && back <= na && ((unsigned char)all[na - back] & 0xC0) == 0x80;
	     back++)
		;
	cut = back <= na && back <= 4 && (unsigned char)all[na - back] >= 0xC0 ? na - back : na;
	if (!utf8_valid(all, cut))
		p->utf8 = false;
	p->ntail = na - cut < sizeof p->tail ? na - cut : 0;
	memcpy(p->tail, all + cut, p->ntail);
	free(all);
}

static void
probe_chunk(struct probe *p, const unsigned char *in, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (in[i] == 0)
			(i % 2 == 0 ? &p->even_zeros : &p->odd_zeros)[0]++;
		else if (codepage_kazakh(in[i]))
			p->kazakh++;
	}
	if (p->utf8)
		probe_utf8(p, in, n);
	p->n += n;
}

static enum table_code
code_of(const struct probe *p)
{
	/* Zeros are halves of Latin letters, digits and separators. */
	if (p->odd_zeros * 20 > p->n || p->even_zeros * 20 > p->n)
		return p->odd_zeros >= p->even_zeros ? CODE_UTF16LE : CODE_UTF16BE;
	if (p->utf8 && utf8_valid(p->tail, p->ntail))
		return CODE_UTF8;
	return p->kazakh > 0 ? CODE_KZ1048 : CODE_CP1251;
}

static bool
find_code(struct table *t, const struct table_ask *ask)
{
	struct csv_rows *c = t->csv;
	struct probe p = { .utf8 = true };
	size_t n, skip = 0;

	n = fread(c->in, 1, IN, c->f);
	if (n >= 3 && memcmp(c->in, "\xEF\xBB\xBF", 3) == 0) {
		c->code = CODE_UTF8;
		skip = 3;
	} else if (n >= 2 && memcmp(c->in, "\xFF\xFE", 2) == 0) {
		c->code = CODE_UTF16LE;
		skip = 2;
	} else if (n >= 2 && memcmp(c->in, "\xFE\xFF", 2) == 0) {
		c->code = CODE_UTF16BE;
		skip = 2;
	}
	t->info.bom = skip > 0;
	for (; n > 0; n = fread(c->in, 1, IN, c->f))
		probe_chunk(&p, c->in, n);
	if (skip == 0)
		c->code = code_of(&p);
	/* Bytes that are none of its letters: it was called UTF-8 and is not. */
	if (c->code == CODE_UTF8 && !p.utf8)
		return table_stop(t, TABLE_BROKEN);
	if (c->code != CODE_UTF16LE && c->code != CODE_UTF16BE && p.odd_zeros + p.even_zeros > 0)
		return table_stop(t, TABLE_NO_TABLE);
	if (ask->code != CODE_AUTO)
		c->code = ask->code;
	t->info.code = c->code;
	c->at = c->n = 0;
	return fseek(c->f, (long)skip, SEEK_SET) == 0 || table_stop(t, TABLE_UNREADABLE);
}

/* ---- the separator ---- */

/* Counts of each separator in the first rows, outside of quotes. */
struct seps {
	int count[PROBE_ROWS][3];
	int rows;
};
static const char sep_signs[] = ";\t,";

static void
count_seps(struct csv_rows *c, struct seps *s)
{
	bool quoted = false, any = false;
	char u[4];
	size_t n, read = 0;

	*s = (struct seps){ .rows = 0 };
	while (s->rows < PROBE_ROWS && read++ < IN && (n = get(c, u)) > 0) {
		const char *at = n == 1 ? memchr(sep_signs, u[0], 3) : NULL;

		if (u[0] == '"')
			quoted = !quoted;
		else if (!quoted && (u[0] == '\n' || u[0] == '\r')) {
			s->rows += any;
			any = false;
		} else {
			any = true;
			if (!quoted && at != NULL)
				s->count[s->rows][at - sep_signs]++;
		}
	}
	if (any && s->rows < PROBE_ROWS)
		s->rows++;
}

/* The sign that as many rows as possible hold equally often. */
static char
best_sep(const struct seps *s)
{
	int best = 0, k, i, j;
	char sign = ',';

	for (k = 0; k < 3; k++)
		for (i = 0; i < s->rows; i++) {
			int alike = 0, score;

			for (j = 0; j < s->rows; j++)
				alike += s->count[j][k] == s->count[i][k];
			score = s->count[i][k] == 0 ? 0 : alike * 100 + s->count[i][k];
			if (score > best) {
				best = score;
				sign = sep_signs[k];
			}
		}
	return sign;
}

/* "sep=;" in the first line, which spreadsheets obey. */
static char
told_sep(struct csv_rows *c)
{
	static const char word[] = "sep=";
	char u[4], sign;
	size_t i;

	for (i = 0; i < 4; i++)
		if (get(c, u) != 1 || (u[0] | 0x20) != (word[i] | 0x20))
			return 0;
	if (get(c, u) != 1)
		return 0;
	sign = u[0];
	if (get(c, u) != 1 || (u[0] != '\n' && u[0] != '\r'))
		return 0;
	if (u[0] == '\r' && get(c, u) == 1 && u[0] != '\n')
		unget(c, u, 1);
	return sign;
}

static bool
again(struct table *t, long from)
{
	t->csv->at = t->csv->n = t->csv->nback = 0;
	return fseek(t->csv->f, from, SEEK_SET) == 0 || table_stop(t, TABLE_UNREADABLE);
}

static bool
find_sep(struct table *t, const struct table_ask *ask)
{
	struct csv_rows *c = t->csv;
	long from = ftell(c->f);
	struct seps s;

	if (from < 0)
		return table_stop(t, TABLE_UNREADABLE);
	c->sep = told_sep(c);
	if (c->sep == 0) {
		if (!again(t, from))
			return false;
		count_seps(c, &s);
		c->sep = best_sep(&s);
		if (!again(t, from))
			return false;
	} else
		c->number++;
	if (ask->sep != 0)
		c->sep = ask->sep;
	t->info.sep = c->sep;
	return true;
}

bool
csv_rows_open(struct table *t, FILE *f, const struct table_ask *ask)
{
	t->csv = calloc(1, sizeof *t->csv);
	if (t->csv == NULL)
		die("out of memory (csv)");
	t->csv->f = f;
	if (find_code(t, ask) && find_sep(t, ask))
		return true;
	t->csv->f = NULL; /* the caller closes it */
	return false;
}

/* ---- rows ---- */

/* Behind an opening quotation mark, up to its closing one. */
static bool
quoted(struct table *t)
{
	struct csv_rows *c = t->csv;
	char u[4];
	size_t n;

	while ((n = get(c, u)) > 0) {
		if (u[0] == '"') {
			char v[4];
			size_t m = get(c, v);

			if (m == 0)
				return true;
			if (v[0] != '"') {
				unget(c, v, m);
				return true;
			}
		}
		buf_put(&c->cell, u, n);
		if (c->cell.over)
			return table_stop(t, TABLE_LONG);
	}
	return table_stop(t, TABLE_QUOTE);
}

enum end { END_CELL, END_ROW, END_FILE, END_FAULT };

static enum end
cell(struct table *t)
{
	struct csv_rows *c = t->csv;
	bool first = true;
	char u[4];
	size_t n;

	while ((n = get(c, u)) > 0) {
		if (u[0] == c->sep)
			return END_CELL;
		if (u[0] == '\n')
			return END_ROW;
		if (u[0] == '\r') {
			if ((n = get(c, u)) > 0 && u[0] != '\n')
				unget(c, u, n);
			return END_ROW;
		}
		if (first && u[0] == '"') {
			if (!quoted(t))
				return END_FAULT;
		} else
			buf_put(&c->cell, u, n);
		first = false;
		if (c->cell.over) {
			table_stop(t, TABLE_LONG);
			return END_FAULT;
		}
	}
	return ferror(c->f) && !table_stop(t, TABLE_UNREADABLE) ? END_FAULT : END_FILE;
}

bool
csv_rows_next(struct table *t)
{
	struct csv_rows *c = t->csv;
	size_t col = 0;
	enum end e;

	table_row_begin(t, ++c->number);
	for (;;) {
		buf_init(&c->cell, &t->row_arena, (size_t)TABLE_CELL * 4);
		e = cell(t);
		if (e == END_FAULT)
			return false;
		/* UTF-8 was found sound; a code that was asked for may be the wrong one. */
		if (!utf8_valid(c->cell.p, c->cell.n))
			return table_stop(t, TABLE_BROKEN);
		if (!table_row_put(t, col++, c->cell.p, c->cell.n))
			return false;
		if (e == END_ROW)
			return true;
		if (e == END_FILE)
			return t->row.n > 0;
	}
}

void
csv_rows_close(struct table *t)
{
	if (t->csv == NULL)
		return;
	if (t->csv->f != NULL)
		fclose(t->csv->f);
	free(t->csv);
	t->csv = NULL;
}

/* csv.c – see csv.h.
 *
 * The guard against formulas stands before the quoting: a spreadsheet runs a cell by its first
 * character, quoted or not. Plain numbers keep their sign, so that a column of differences stays a
 * column of numbers; a telephone number in international form counts as one. */
#include "text/csv.h"

void
csv_init(struct csv *c, struct arena *a, bool office, size_t limit)
{
	*c = (struct csv){ .sep = office ? ';' : ',', .office = office };
	buf_init(&c->out, a, limit);
	if (office)
		buf_put(&c->out, "\xef\xbb\xbf", 3);
}

/* [+-] digits, with at most one point or comma between digits. */
static bool
plain_number(const char *s)
{
	size_t n;

	s += *s == '+' || *s == '-';
	n = strspn(s, "0123456789");
	if (n == 0)
		return false;
	s += n;
	if (*s == '.' || *s == ',') {
		n = strspn(++s, "0123456789");
		if (n == 0)
			return false;
		s += n;
	}
	return *s == '\0';
}

static bool
starts_formula(const char *s)
{
	/* Also the full-width forms of = + - @, which East Asian spreadsheets read as such. */
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
		"\xef\xbc\xa0" };
	size_t i;

	if (*s != '\0' && strchr("=+-@\t\r\n", *s) != NULL)
		return !plain_number(s);
	for (i = 0; i < ARRAY_LEN(wide); i++)
		if (strncmp(s, wide[i], 3) == 0)
			return true;
	return false;
}

static bool
needs_quotes(const struct csv *c, const char *s)
{
	char special[] = { '"', '\r', '\n', c->sep, '\0' };
	size_t n = strlen(s);

	return n > 0 && (strpbrk(s, special) != NULL || s[0] == ' ' || s[n - 1] == ' ');
}

static void
separate(struct csv *c)
{
	if (c->started)
		buf_char(&c->out, c->sep);
	c->started = true;
}

void
csv_cell(struct csv *c, const char *text)
{
	const char *s = text == NULL ? "" : text, *q;
	bool quotes = needs_quotes(c, s);

	separate(c);
	if (quotes)
		buf_char(&c->out, '"');
	if (starts_formula(s))
		buf_char(&c->out, '\'');
	for (; quotes && (q = strchr(s, '"')) != NULL; s = q + 1) {
		buf_put(&c->out, s, (size_t)(q + 1 - s));
		buf_char(&c->out, '"');
	}
	buf_str(&c->out, s);
	if (quotes)
		buf_char(&c->out, '"');
}

void
csv_num(struct csv *c, int64_t v)
{
	separate(c);
	buf_int(&c->out, v);
}

void
csv_end_row(struct csv *c)
{
	size_t head = c->office ? 3 : 0; /* the BOM */

	/* A row of one empty cell would be an empty line, which readers skip. */
	if (c->started && (c->out.n == head || c->out.p[c->out.n - 1] == '\n'))
		buf_put(&c->out, "\"\"", 2);
	buf_str(&c->out, c->office ? "\r\n" : "\n");
	c->started = false;
}

/* diff.c – see diff.h. Words, blanks and single signs are tokens; a row of furthest points for each number of steps, as
 * Myers describes, is kept to walk back through. */
#include "text/diff.h"

#include <stdbool.h>
#include <string.h>

struct token {
	const char *p;
	size_t n;
};
struct side {
	struct token *t;
	size_t n;
};

static int
class_of(unsigned char c)
{
	if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
		return 1;
	if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return 2;
	return 0; /* a sign stands alone */
}

static struct side
tokens(struct arena *a, const char *s)
{
	struct side out = { arena_array(a, struct token, strlen(s) + 1), 0 };

	while (*s != '\0') {
		int class = class_of((unsigned char)*s);
		size_t n = 1;

		while (class != 0 && s[n] != '\0' && class_of((unsigned char)s[n]) == class)
			n++;
		out.t[out.n++] = (struct token){ s, n };
		s += n;
	}
	return out;
}

static bool
same(const struct token *x, const struct token *y)
{
	return x->n == y->n && memcmp(x->p, y->p, x->n) == 0;
}

/* ---- what came out, token by token ---- */

struct ops {
	struct diff_piece *v;
	size_t n;
};

static void
put(struct ops *o, enum diff_op op, const struct token *t, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		o->v[o->n++] = (struct diff_piece){ op, t[i].p, t[i].n };
}

/* ---- the fewest steps ---- */

struct middle {
	const struct token *x, *y;
	int n, m;
};

/* rows[d][k + d]: how far one comes on diagonal k with d steps. Returns d, or −1. */
static int
search(const struct middle *s, struct arena *a, int **rows)
{
	int d, k;

	for (d = 0; d <= DIFF_STEPS && d <= s->n + s->m; d++) {
		const int *before = d == 0 ? NULL : rows[d - 1];

		rows[d] = arena_array(a, int, 2 * (size_t)d + 1);
		for (k = -d; k <= d; k += 2) {
			/* The row before is indexed by k + d − 1. */
			bool down =
			    d > 0 && (k == -d || (k != d && before[k + d - 2] < before[k + d]));
			int x = d == 0 ? 0
				: down ? before[k + d]
				       : before[k + d - 2] + 1,
			    y = x - k;

			while (x < s->n && y < s->m && same(&s->x[x], &s->y[y])) {
				x++;
				y++;
			}
			rows[d][k + d] = x;
			if (x >= s->n && y >= s->m)
				return d;
		}
	}
	return -1;
}

/* Back from the end: the steps in reverse, then turned round. */
static void
walk(const struct middle *s, int **rows, int d, struct ops *o)
{
	int x = s->n, y = s->m;
	size_t from = o->n, i, j;

	for (; d >= 0; d--) {
		const int *before = d == 0 ? NULL : rows[d - 1];
		int k = x - y;
		bool down = d > 0 && (k == -d || (k != d && before[k + d - 2] < before[k + d]));
		int start = d == 0 ? 0 : down ? before[k + d] : before[k + d - 2] + 1;

		for (; x > start; x--, y--)
			put(o, DIFF_SAME, &s->y[y - 1], 1);
		if (d > 0 && down)
			put(o, DIFF_IN, &s->y[--y], 1);
		else if (d > 0)
			put(o, DIFF_OUT, &s->x[--x], 1);
	}
	for (i = from, j = o->n; i + 1 < j; i++) {
		struct diff_piece t = o->v[i];

		o->v[i] = o->v[--j];
		o->v[j] = t;
	}
}

/* ---- pieces that people read ---- */

static bool
blank(const struct diff_piece *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (class_of((unsigned char)p->p[i]) != 1)
			return false;
	return true;
}

/* Adds to the last piece of its sort since the last one that stayed. */
static void
gather(struct diff_piece *out, size_t *n, size_t from, struct diff_piece p)
{
	size_t i;

	for (i = from; i < *n; i++)
		if (out[i].op == p.op) {
			out[i].n += p.n;
			return;
		}
	out[(*n)++] = p;
	if (*n - from == 2 && out[from].op == DIFF_IN) {
		struct diff_piece t = out[from];

		out[from] = out[from + 1];
		out[from + 1] = t;
	}
}

/* A run of changes with only blanks between them, in which p lies: each side is one stretch of its own text. `was`:
 * where the old text goes on. */
static size_t
pieces(const struct ops *o, const char *was, struct diff_piece *out)
{
	size_t i, n = 0, from = 0;

	for (i = 0; i < o->n; i++) {
		struct diff_piece p = o->v[i];
		bool between = p.op == DIFF_SAME && n > from && i + 1 < o->n &&
			       o->v[i + 1].op != DIFF_SAME && blank(&p);

		if (p.op == DIFF_SAME && !between) {
			if (n > 0 && n == from && out[n - 1].op == DIFF_SAME)
				out[n - 1].n += p.n;
			else
				out[n++] = p;
			from = n;
			was += p.n;
			continue;
		}
		if (between || p.op == DIFF_OUT) {
			gather(out, &n, from, (struct diff_piece){ DIFF_OUT, was, p.n });
			was += p.n;
		}
		if (between || p.op == DIFF_IN)
			gather(out, &n, from, (struct diff_piece){ DIFF_IN, p.p, p.n });
	}
	return n;
}

size_t
diff_words(struct arena *a, const char *was, const char *is, struct diff_piece **out)
{
	struct side x = tokens(a, was), y = tokens(a, is);
	struct ops o = { arena_array(a, struct diff_piece, x.n + y.n + 1), 0 };
	size_t head = 0, tail = 0;
	struct arena_mark mark;
	struct middle m;
	int **rows, d;

	*out = arena_array(a, struct diff_piece, 2 * (x.n + y.n) + 1);
	mark = arena_mark(a);
	rows = arena_array(a, int *, DIFF_STEPS + 1);
	while (head < x.n && head < y.n && same(&x.t[head], &y.t[head]))
		head++;
	while (tail < x.n - head && tail < y.n - head &&
	       same(&x.t[x.n - 1 - tail], &y.t[y.n - 1 - tail]))
		tail++;
	m = (struct middle){ x.t + head, y.t + head, (int)(x.n - head - tail),
		(int)(y.n - head - tail) };
	put(&o, DIFF_SAME, y.t, head);
	d = search(&m, a, rows);
	if (d >= 0)
		walk(&m, rows, d, &o);
	else {
		put(&o, DIFF_OUT, m.x, (size_t)m.n);
		put(&o, DIFF_IN, m.y, (size_t)m.m);
	}
	put(&o, DIFF_SAME, y.t + y.n - tail, tail);
	arena_rewind(a, mark);
	return pieces(&o, was, *out);
}

/* fold.c – kept cells: a request only ever inserts deltas, one job adds them up.
 *
 * Adding to a sum in place would make all writers of a day wait for each other; an inserted row
 * waits for nobody. The job reads a batch by id, adds it to the sums and deletes exactly what it
 * read: ids may commit out of order on PostgreSQL, so "everything up to the largest" would lose the
 * delta of a slow neighbour. Runs of ids without a gap are deleted as ranges, since no other row can
 * stand inside one. A reader sees either the delta or the sum, never both: one snapshot. */
#include "figure/internal.h"

#include <stdlib.h>

int
figure_add_tx(struct ctx *cx, struct tx *tx, const struct figure_cell *c)
{
	if (c->amount == 0)
		return RC_OK;
	return tx_run(cx, tx, NULL,
	    "INSERT INTO figure_delta (figure, dim, dkey, day, amount, at) VALUES ($1, $2, $3, $4, "
	    "$5, $6)",
	    VALS(v_text(c->figure), v_text(c->dim), v_int(c->key), v_int(c->day), v_int(c->amount),
		v_int(cx->now)));
}

struct delta {
	int64_t id, key, amount;
	const char *figure, *dim;
	int day;
};
struct fold {
	int max;
	int64_t folded;
};

static int
by_cell(const void *a, const void *b)
{
	const struct delta *x = a, *y = b;
	int c = strcmp(x->figure, y->figure);

	if (c == 0)
		c = strcmp(x->dim, y->dim);
	if (c == 0)
		c = (x->key > y->key) - (x->key < y->key);
	return c != 0 ? c : (x->day > y->day) - (x->day < y->day);
}

static int
read_deltas(struct ctx *cx, int max, struct delta **out, size_t *n)
{
	struct delta *d = arena_array(cx->arena, struct delta, max);
	AUTO_ROWS r = { 0 };

	*out = d;
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id, figure, dim, dkey, day, amount FROM figure_delta ORDER BY id LIMIT $1",
	    VALS(v_int(max))));
	for (; *n < (size_t)max && rows_next(&r); ++*n)
		d[*n] = (struct delta){ .id = row_int(&r, 0),
			.figure = row_text(&r, 1),
			.dim = row_text(&r, 2),
			.key = row_int(&r, 3),
			.day = (int)row_int(&r, 4),
			.amount = row_int(&r, 5) };
	return rows_end(&r);
}

/* What was known when stays: each second and each day of recording keeps what it added. */
static int
keep_past(struct ctx *cx, struct tx *tx, struct vals range)
{
#define KEEP(grain, us)                                                                           \
	"INSERT INTO figure_past (figure, dim, dkey, grain, bucket, day, amount) SELECT figure, " \
	"dim, "                                                                                   \
	"dkey, " grain ", at / " us                                                               \
	", day, sum(amount) FROM figure_delta WHERE id >= $1 AND id <= $2"                        \
	" GROUP BY figure, dim, dkey, at / " us ", day"                                           \
	" ON CONFLICT (figure, dim, dkey, grain, bucket, day) DO UPDATE SET"                      \
	" amount = figure_past.amount + excluded.amount"
	TRY(tx_run(cx, tx, NULL, KEEP("1", "86400000000"), range));
	return tx_run(cx, tx, NULL, KEEP("2", "1000000"), range);
#undef KEEP
}

/* They are still in order of id. */
static int
drop_deltas(struct ctx *cx, struct tx *tx, const struct delta *d, size_t n)
{
	size_t i, from = 0;

	for (i = 1; i <= n; i++) {
		if (i < n && d[i].id == d[i - 1].id + 1)
			continue;
		TRY(keep_past(cx, tx, VALS(v_int(d[from].id), v_int(d[i - 1].id))));
		TRY(tx_run(cx, tx, NULL, "DELETE FROM figure_delta WHERE id >= $1 AND id <= $2",
		    VALS(v_int(d[from].id), v_int(d[i - 1].id))));
		from = i;
	}
	return RC_OK;
}

static int
fold_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct fold *f = arg;
	struct delta *d;
	size_t n, i, j;

	TRY(read_deltas(cx, f->max, &d, &n));
	TRY(drop_deltas(cx, tx, d, n));
	if (n > 0)
		qsort(d, n, sizeof *d, by_cell);
	for (i = 0; i < n; i = j) {
		int64_t sum = 0;

		for (j = i; j < n && by_cell(&d[i], &d[j]) == 0; j++)
			sum += d[j].amount;
		if (sum == 0)
			continue;
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO figure_sum (figure, dim, dkey, day, amount) VALUES ($1, $2, $3, "
		    "$4, $5)"
		    " ON CONFLICT (figure, dim, dkey, day) DO UPDATE SET amount = "
		    "figure_sum.amount + excluded.amount",
		    VALS(v_text(d[i].figure), v_text(d[i].dim), v_int(d[i].key), v_int(d[i].day),
			v_int(sum))));
	}
	f->folded = (int64_t)n;
	return RC_OK;
}

int
figure_fold(struct ctx *cx, int max, int64_t *folded)
{
	struct fold f = { .max = max < 1 ? 1 : max > 20000 ? 20000 : max };

	*folded = 0;
	TRY(db_write(cx, fold_fn, &f));
	*folded = f.folded;
	return RC_OK;
}

/* verify.c – recount everything from the records and name every difference.
 *
 * Each module's source says again what its records should have left in the cells, out of the records
 * and nothing else; that is gathered in one table and held against sums + open deltas. Then every
 * kept figure's value is held against its own SELECT, and the other checks run (tallies, audit).
 * All reads are of one snapshot, so work going on meanwhile is no difference. */
#include "figure/internal.h"

enum { LINES_MAX = 1000, NAMES_MAX = 200 };

struct cell {
	int64_t key, amount;
	int name, day; /* name: index into names, −1 = a free place */
};
struct table {
	struct cell_sink sink; /* first: the sink is the table */
	struct arena *arena;
	struct {
		const char *figure, *dim;
	} names[NAMES_MAX];
	int nnames;
	struct cell *cells;
	size_t n, cap;
};
struct report {
	struct buf *out;
	int64_t differences;
};

static int
name_index(struct table *t, struct slice figure, struct slice dim)
{
	int i;

	for (i = 0; i < t->nnames; i++)
		if (slice_is(figure, t->names[i].figure) && slice_is(dim, t->names[i].dim))
			return i;
	if (t->nnames == NAMES_MAX)
		die("verify: more than %d pairs of figure and dimension", NAMES_MAX);
	t->names[i].figure = arena_strn(t->arena, figure.p, figure.n);
	t->names[i].dim = arena_strn(t->arena, dim.p, dim.n);
	return t->nnames++;
}

static struct cell *
find_place(struct cell *cells, size_t cap, int name, int64_t key, int day)
{
	uint64_t h = (uint64_t)name * UINT64_C(0x9E3779B97F4A7C15) ^
		     (uint64_t)key * UINT64_C(0xC2B2AE3D27D4EB4F) ^
		     (uint64_t)day * UINT64_C(0x165667B19E3779F9);
	size_t i = (size_t)(h ^ h >> 29) & (cap - 1);

	while (cells[i].name != -1 &&
	       (cells[i].name != name || cells[i].key != key || cells[i].day != day))
		i = (i + 1) & (cap - 1);
	return &cells[i];
}

static void
table_grow(struct table *t)
{
	size_t cap = t->cap == 0 ? 4096 : t->cap * 2, i;
	struct cell *cells = arena_array(t->arena, struct cell, cap);

	for (i = 0; i < cap; i++)
		cells[i].name = -1;
	for (i = 0; i < t->cap; i++)
		if (t->cells[i].name != -1)
			*find_place(cells, cap, t->cells[i].name, t->cells[i].key,
			    t->cells[i].day) = t->cells[i];
	t->cells = cells;
	t->cap = cap;
}

static struct cell *
table_at(struct table *t, int name, int64_t key, int day)
{
	struct cell *c;

	if (t->n * 4 >= t->cap * 3)
		table_grow(t);
	c = find_place(t->cells, t->cap, name, key, day);
	if (c->name == -1) {
		*c = (struct cell){ .key = key, .name = name, .day = day };
		t->n++;
	}
	return c;
}

static int
sink_add(
    struct cell_sink *s, const char *figure, const char *dim, int64_t key, int day, int64_t amount)
{
	struct table *t = s->self;

	table_at(t, name_index(t, slice_str(figure), slice_str(dim)), key, day)->amount += amount;
	return RC_OK;
}

static void
difference(struct report *rep, const char *line)
{
	if (++rep->differences <= LINES_MAX)
		buf_printf(rep->out, "%s\n", line);
}

static void
cell_difference(
    struct ctx *cx, struct report *rep, const struct table *t, const struct cell *c, int64_t kept)
{
	char day[16];

	if (rep->differences >= LINES_MAX) {
		rep->differences++;
		return;
	}
	day_iso(c->day, day);
	difference(rep, arena_printf(cx->arena, "cell %s, %s%s%lld, %s: kept %lld, counted %lld",
			    t->names[c->name].figure, t->names[c->name].dim,
			    *t->names[c->name].dim == '\0' ? "all " : " ", (long long)c->key,
			    *day == '\0' ? "no day" : day, (long long)kept, (long long)c->amount));
}

/* What is kept, held against the table; what is found there is set to zero, so that the rest is
 * what is missing among the kept. */
static int
compare_cells(struct ctx *cx, struct table *t, struct report *rep)
{
	AUTO_ROWS r = { 0 };
	size_t i;

	TRY(db_rows(cx, &r,
	    "SELECT figure, dim, dkey, day, sum(amount) FROM"
	    " (SELECT figure, dim, dkey, day, amount FROM figure_sum UNION ALL"
	    " SELECT figure, dim, dkey, day, amount FROM figure_delta) AS x"
	    " GROUP BY figure, dim, dkey, day ORDER BY figure, dim, dkey, day",
	    NO_VALS));
	while (rows_next(&r)) {
		int name = name_index(t, row_slice(&r, 0), row_slice(&r, 1));
		struct cell *c = table_at(t, name, row_int(&r, 2), (int)row_int(&r, 3));
		int64_t kept = row_int(&r, 4);

		if (kept != c->amount)
			cell_difference(cx, rep, t, c, kept);
		c->amount = 0;
	}
	TRY(rows_end(&r));
	for (i = 0; i < t->cap; i++)
		if (t->cells[i].name != -1 && t->cells[i].amount != 0)
			cell_difference(cx, rep, t, &t->cells[i], 0);
	return RC_OK;
}

/* All that was ever recorded is what is kept now, in seconds and in days. */
static int
compare_past(struct ctx *cx, struct report *rep)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT figure, dim, dkey, day, sum(seconds), sum(days) FROM"
	    " (SELECT figure, dim, dkey, day, amount AS seconds, amount AS days FROM figure_sum"
	    " UNION ALL SELECT figure, dim, dkey, day, CASE WHEN grain = 1 THEN 0 ELSE -amount END,"
	    " CASE WHEN grain = 2 THEN 0 ELSE -amount END FROM figure_past) x"
	    " GROUP BY figure, dim, dkey, day HAVING sum(seconds) <> 0 OR sum(days) <> 0"
	    " ORDER BY figure, dim, dkey, day",
	    NO_VALS));
	while (rows_next(&r)) {
		char day[16];

		day_iso((int)row_int(&r, 3), day);
		difference(rep, arena_printf(cx->arena,
				    "past of cell %s, %s %lld, %s: %lld by seconds and %lld by "
				    "days are missing",
				    row_text(&r, 0), row_text(&r, 1), (long long)row_int(&r, 2),
				    day, (long long)row_int(&r, 4), (long long)row_int(&r, 5)));
	}
	return rows_end(&r);
}

/* The cells may be right and the SELECT wrong, or the other way round. */
static int
compare_values(struct ctx *cx, struct report *rep)
{
	struct figure_answer kept, counted;
	struct ask a;
	size_t i;

	ask_default(cx, &a);
	for (i = 0; i < figure_count(); i++) {
		const struct figure *f = figure_nth(i);

		TRY(figure_value(cx, f, &a, false, &counted));
		if (!figure_cells_answer(f, &a))
			continue;
		TRY(figure_value(cx, f, &a, true, &kept));
		if (kept.known != counted.known || kept.value < counted.value ||
		    kept.value > counted.value || kept.records != counted.records ||
		    kept.sealed != counted.sealed || kept.without != counted.without ||
		    kept.exactness != counted.exactness)
			difference(
			    rep, arena_printf(cx->arena,
				     "figure %s: kept %.0f (%lld records, %lld without), counted "
				     "%.0f (%lld, %lld)",
				     f->code, kept.value, (long long)kept.records,
				     (long long)kept.without, counted.value,
				     (long long)counted.records, (long long)counted.without));
	}
	return RC_OK;
}

static int
gather(struct ctx *cx, struct table *t, int64_t *records)
{
	const struct cell_source *sources;
	size_t n, i;

	*t = (struct table){ .arena = cx->arena };
	t->sink = (struct cell_sink){ t, sink_add };
	table_grow(t);
	sources = figure_source_list(&n);
	for (i = 0; i < n; i++)
		TRY(sources[i].emit(cx, &t->sink, records));
	return figure_sealed_emit(cx, &t->sink);
}

static int
rebuild_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t *cells = arg, records = 0;
	struct table t;
	size_t i;

	*cells = 0;
	TRY(gather(cx, &t, &records));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM figure_delta", NO_VALS));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM figure_sum", NO_VALS));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM figure_past", NO_VALS));
	for (i = 0; i < t.cap; i++) {
		const struct cell *c = &t.cells[i];

		if (c->name == -1 || c->amount == 0)
			continue;
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO figure_sum (figure, dim, dkey, day, amount) VALUES ($1, $2, $3, "
		    "$4, $5)",
		    VALS(v_text(t.names[c->name].figure), v_text(t.names[c->name].dim),
			v_int(c->key), v_int(c->day), v_int(c->amount))));
		++*cells;
	}
	/* What was known before is forgotten here and counted from history. */
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO figure_past (figure, dim, dkey, grain, bucket, day, amount)"
	    " SELECT figure, dim, dkey, 0, 0, day, amount FROM figure_sum",
	    NO_VALS));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO figure_since (id, at) VALUES (1, $1)"
	    " ON CONFLICT (id) DO UPDATE SET at = excluded.at",
	    VALS(v_int(cx->now)));
}

int
figure_rebuild(struct ctx *cx, int64_t *cells)
{
	return db_write(cx, rebuild_fn, cells);
}

int
figure_verify(struct ctx *cx, struct buf *out, int64_t *differences)
{
	struct table t;
	struct report rep = { .out = out };
	const struct verify_check *checks;
	int64_t records = 0;
	size_t n, i;

	TRY(gather(cx, &t, &records));
	TRY(compare_cells(cx, &t, &rep));
	TRY(compare_past(cx, &rep));
	TRY(compare_values(cx, &rep));
	checks = figure_check_list(&n);
	for (i = 0; i < n; i++) {
		int64_t looked = 0, differ = 0;

		TRY(checks[i].run(cx, out, &looked, &differ));
		records += looked;
		rep.differences += differ;
	}
	if (rep.differences > LINES_MAX)
		buf_printf(out, "… and more: only the first %d are named\n", LINES_MAX);
	buf_printf(out, "verify: %lld figures, %lld records, %lld differences\n",
	    (long long)figure_count(), (long long)records, (long long)rep.differences);
	*differences = rep.differences;
	return RC_OK;
}

/* figure.c – the catalogue and the answers: a value from kept cells or from the records, its
 * exactness, its split by a dimension.
 *
 * Every answer comes out of the figure's one SELECT (figure_sql) or out of cells that the same
 * records left behind; which of the two it was must not show. Cells answer the plain question, one
 * body without bodies beneath it, or one district; anything else is counted. */
#include "figure/internal.h"

#include <math.h>
#include <stdlib.h>

#include "kind/past.h"
#include "lang/order.h"

/* Handed over once at boot, before the first thread. */
static struct {
	const struct figure *const *figures;
	const struct cell_source *sources;
	const struct verify_check *checks;
	size_t nfigures, nsources, nchecks;
} figure_house;

void
figure_init(const struct figure *const *figures, size_t n)
{
	figure_house.figures = figures;
	figure_house.nfigures = n;
}

size_t
figure_count(void)
{
	return figure_house.nfigures;
}

const struct figure *
figure_nth(size_t i)
{
	return i < figure_house.nfigures ? figure_house.figures[i] : NULL;
}

const struct figure *
figure_find(const char *code)
{
	size_t i;

	for (i = 0; i < figure_house.nfigures; i++)
		if (strcmp(figure_house.figures[i]->code, code) == 0)
			return figure_house.figures[i];
	return NULL;
}

void
figure_sources(const struct cell_source *s, size_t n)
{
	figure_house.sources = s;
	figure_house.nsources = n;
}

void
figure_checks(const struct verify_check *c, size_t n)
{
	figure_house.checks = c;
	figure_house.nchecks = n;
}

const struct cell_source *
figure_source_list(size_t *n)
{
	*n = figure_house.nsources;
	return figure_house.sources;
}

const struct verify_check *
figure_check_list(size_t *n)
{
	*n = figure_house.nchecks;
	return figure_house.checks;
}

const char *
exactness_code(enum exactness e)
{
	static const char *const codes[] = { "exact", "at_least", "about", "unknown" };

	return codes[e];
}

void
ask_default(const struct ctx *cx, struct ask *a)
{
	*a = (struct ask){
		.on = cx->today, .from = day_make(day_year(cx->today), 1, 1), .to = cx->today
	};
}

/* ---- the SELECT ---- */

bool
figure_has_amount(const struct figure *f)
{
	return f->shape != FIGURE_COUNT;
}

void
figure_sql_and(struct figure_sql *q, const char *cond, const struct val *v)
{
	buf_str(&q->text, " AND ");
	for (; *cond != '\0'; cond++)
		if (*cond != '?')
			buf_char(&q->text, *cond);
		else {
			if (q->n == ARRAY_LEN(q->vals))
				die("a figure with more than %zu values", q->n);
			q->vals[q->n++] = *v;
			buf_printf(&q->text, "$%zu", q->n);
		}
}

void
figure_sql_init(struct ctx *cx, struct figure_sql *q, const char *select, const char *join,
    const struct figure *f, const struct ask *a)
{
	struct ask ask = *a;
	struct buf from;
	struct val v;

	/* Narrowed to one key, a record stands there once; so its other keys do not matter. */
	ask.split = a->split || a->dim_key != 0 || a->dim_code != NULL;
	*q = (struct figure_sql){ .n = 0 };
	buf_init(&from, cx->arena, 0);
	buf_printf(&from, "SELECT %s FROM (", select);
	f->records(cx, &ask, &from, q->vals, &q->n);
	if (q->n > FIGURE_VALS)
		die("figure %s: more than %d values", f->code, FIGURE_VALS);
	buf_printf(&from, ") r%s WHERE 1 = 1", join);
	buf_init(&q->text, cx->arena, 0);
	buf_str(&q->text, past_sql(cx, a->known, from.p));
	if (a->dim_key != 0)
		figure_sql_and(q, "r.dim = ?", (v = v_int(a->dim_key), &v));
	if (a->dim_code != NULL)
		figure_sql_and(q, "r.dim = ?", (v = v_text(a->dim_code), &v));
}

/* ---- values ---- */

static void
set_value(const struct figure *f, struct figure_answer *out, double sum, int64_t all)
{
	out->known = true;
	switch (f->shape) {
	case FIGURE_COUNT:
		out->value = (double)out->records;
		break;
	case FIGURE_SUM:
		/* No events at all is a known nothing; events without any count are not. */
		out->value = sum;
		out->known = out->records > 0 || all == 0;
		break;
	case FIGURE_MEAN:
		out->known = out->records > 0;
		out->value = out->known ? round(sum / (double)out->records * 10) / 10 : 0;
		break;
	case FIGURE_MEDIAN:
		out->known = out->records > 0;
		break;
	}
}

static int
median(struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_answer *out)
{
	struct figure_sql q;
	AUTO_ROWS r = { 0 };
	int64_t first = (out->records - 1) / 2, sum = 0, n = 0;

	if (out->records == 0)
		return RC_OK;
	figure_sql_init(cx, &q, "r.amount", "", f, a);
	figure_sql_and(&q, "r.amount IS NOT NULL ORDER BY r.amount", NULL);
	buf_printf(
	    &q.text, " LIMIT %d OFFSET %lld", out->records % 2 == 0 ? 2 : 1, (long long)first);
	TRY(db_rows(cx, &r, q.text.p, figure_sql_vals(&q)));
	for (; rows_next(&r); n++)
		sum += row_int(&r, 0);
	TRY(rows_end(&r));
	out->value = n == 0 ? 0 : (double)sum / (double)n;
	return RC_OK;
}

static int
count_records(
    struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_answer *out)
{
	struct figure_sql q;
	AUTO_ROWS r = { 0 };
	int64_t all;
	double sum = 0;

	figure_sql_init(cx, &q,
	    figure_has_amount(f) ? "count(*), count(r.amount), sum(r.amount)" : "count(*)", "", f,
	    a);
	TRY(db_rows(cx, &r, q.text.p, figure_sql_vals(&q)));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(cx, RC_BUG, "%s", "a count without a row");
	}
	all = row_int(&r, 0);
	out->records = all;
	if (figure_has_amount(f)) {
		out->records = row_int(&r, 1);
		out->without = all - out->records;
		sum = (double)row_int(&r, 2);
	}
	TRY(rows_end(&r));
	set_value(f, out, sum, all);
	return f->shape == FIGURE_MEDIAN ? median(cx, f, a, out) : RC_OK;
}

/* What was recorded by the end of a second: what was there before, whole days, and the seconds of the
 * day under way. */
static int
past_cells(struct ctx *cx, const struct cell_range *c, int64_t *out)
{
	int64_t second = c->known / US_PER_SECOND, day = second / 86400;

#define PAST                                                                                    \
	"(SELECT coalesce(sum(amount), 0) FROM figure_past WHERE figure = $1 AND dim = $2 AND " \
	"dkey = $3"                                                                             \
	" AND day >= $4 AND day <= $5 AND "
	return db_int(cx, out,
	    "SELECT " PAST "grain = 0) + " PAST "grain = 1 AND bucket < $6) + " PAST
	    "grain = 2 AND bucket >= $7 AND bucket <= $8)"
	    " + (SELECT coalesce(sum(amount), 0) FROM figure_delta WHERE figure = $1 AND dim = $2"
	    " AND dkey = $3 AND day >= $4 AND day <= $5 AND at < $9)",
	    VALS(v_text(c->figure), v_text(c->dim), v_int(c->key), v_int(c->from), v_int(c->to),
		v_int(day), v_int(day * 86400), v_int(second), v_int(past_bound(c->known))));
#undef PAST
}

int
figure_cells(struct ctx *cx, const struct cell_range *c, int64_t *out)
{
	if (c->known != 0)
		return past_cells(cx, c, out);
	return db_int(cx, out,
	    "SELECT (SELECT coalesce(sum(amount), 0) FROM figure_sum"
	    " WHERE figure = $1 AND dim = $2 AND dkey = $3 AND day >= $4 AND day <= $5)"
	    " + (SELECT coalesce(sum(amount), 0) FROM figure_delta"
	    " WHERE figure = $1 AND dim = $2 AND dkey = $3 AND day >= $4 AND day <= $5)",
	    VALS(v_text(c->figure), v_text(c->dim), v_int(c->key), v_int(c->from), v_int(c->to)));
}

int
figure_past_from(struct ctx *cx, int64_t known, bool *out)
{
	int64_t since = 0;
	int rc = db_int(cx, &since, "SELECT at FROM figure_since WHERE id = 1", NO_VALS);

	*out = known == 0 || past_bound(known) >= since;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* Whether the question is one that cells are kept for; bodies beneath are looked at apart. */
bool
figure_cells_answer(const struct figure *f, const struct ask *a)
{
	if (!f->kept || a->dim_key != 0 || a->dim_code != NULL || a->split ||
	    (f->shape != FIGURE_COUNT && f->shape != FIGURE_SUM))
		return false;
	if ((a->body != 0 || a->district != 0) && f->kept_plain)
		return false;
	if (a->body != 0 && a->district != 0)
		return false;
	return !f->kept_year || (a->from % 10000 == 101 && day_year(a->from) == day_year(a->to));
}

static int
has_children(struct ctx *cx, const struct ask *a, bool *out)
{
	int64_t one;
	int rc =
	    db_int(cx, &one, past_sql(cx, a->known, "SELECT 1 FROM body WHERE parent = $1 LIMIT 1"),
		VALS(v_int(a->body)));

	*out = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
count_cells(struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_answer *out)
{
	static const char *const dims[] = { "", "body", "district", "#", "#body", "#district" };
	int which = a->body != 0 ? 1 : a->district != 0 ? 2 : 0;
	struct cell_range c = { f->code, dims[which], a->body != 0 ? a->body : a->district, a->from,
		a->to, a->known };
	int64_t sum;

	if (f->time == FIGURE_ON_DAY) {
		c.from = 0;
		c.to = a->on;
	}
	TRY(figure_cells(cx, &c, &sum));
	out->records = sum;
	if (f->shape == FIGURE_SUM) {
		c.dim = dims[which + 3];
		TRY(figure_cells(cx, &c, &out->records));
	}
	set_value(f, out, (double)sum, 0);
	return RC_OK;
}

static int
ask_exact(struct ctx *cx, const struct figure *f, const struct ask *a, int64_t *without,
    enum exactness *out)
{
	int before = cx->err.rc;

	*out = f->exact(cx, a, without);
	return before == RC_OK ? cx->err.rc : RC_OK;
}

int
figure_value(struct ctx *cx, const struct figure *f, const struct ask *a, bool kept,
    struct figure_answer *out)
{
	bool children = false;

	*out = (struct figure_answer){ .figure = f, .ask = *a, .exactness = EXACT };
	kept = kept && figure_cells_answer(f, a);
	if (kept)
		TRY(figure_past_from(cx, a->known, &kept));
	if (kept && a->body != 0)
		TRY(has_children(cx, a, &children));
	if (kept && !children)
		TRY(count_cells(cx, f, a, out));
	else
		TRY(count_records(cx, f, a, out));
	if (f->persons)
		TRY(figure_add_sealed(cx, f, a, !(kept && !children), out));
	if (f->exact != NULL) {
		int64_t without = out->without;

		TRY(ask_exact(cx, f, a, &without, &out->exactness));
		if (kept && !children)
			out->without = without;
	}
	if (f->shape == FIGURE_SUM && out->records == 0 && out->without > 0)
		out->known = false;
	if (out->exactness == UNKNOWN)
		out->known = false;
	if (!out->known) {
		out->exactness = UNKNOWN;
		out->value = 0;
	}
	return RC_OK;
}

/* ---- who may ask ---- */

static int
may_value(struct ctx *cx, const struct figure *f, const struct ask *a)
{
	if (!may(cx, f->value_cap))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	if (f->value_cap != CAP_PUBLIC && actor_scoped(cx->actor) &&
	    (a->body == 0 || !actor_in_scope(cx->actor, a->body)))
		return fail(cx, RC_DENIED, N_("You may ask for your own body only."));
	return RC_OK;
}

bool
figure_may_value(struct ctx *cx, const struct figure *f, const struct ask *a)
{
	return may(cx, f->value_cap) && (f->value_cap == CAP_PUBLIC || !actor_scoped(cx->actor) ||
					    (a->body != 0 && actor_in_scope(cx->actor, a->body)));
}

int
figure_answer(
    struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_answer *out)
{
	TRY(may_value(cx, f, a));
	return figure_value(cx, f, a, true, out);
}

int
figure_recount(
    struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_answer *out)
{
	TRY(may_value(cx, f, a));
	return figure_value(cx, f, a, false, out);
}

/* ---- split ---- */

struct split_row {
	struct figure_answer a;
	const char *order;
	int64_t all;
	double sum;
};
struct split {
	struct split_row *rows;
	size_t n, cap;
};

static struct split_row *
split_add(struct ctx *cx, struct split *s)
{
	if (s->n == s->cap) {
		size_t cap = s->cap == 0 ? 32 : s->cap * 2;
		struct split_row *rows = arena_array(cx->arena, struct split_row, cap);

		if (s->n > 0)
			memcpy(rows, s->rows, s->n * sizeof *rows);
		s->rows = rows;
		s->cap = cap;
	}
	return &s->rows[s->n++];
}

static int
split_read(struct ctx *cx, const struct figure *f, const struct ask *a, struct split *s)
{
	struct figure_sql q;
	AUTO_ROWS r = { 0 };
	struct ask ask = *a;

	ask.split = true;
	figure_sql_init(cx, &q,
	    figure_has_amount(f) ? "r.dim, count(*), count(r.amount), sum(r.amount)"
				 : "r.dim, count(*)",
	    "", f, &ask);
	if (f->shape == FIGURE_SUM)
		figure_sql_and(&q, "r.amount IS NOT NULL", NULL);
	buf_str(&q.text, " GROUP BY r.dim");
	TRY(db_rows(cx, &r, q.text.p, figure_sql_vals(&q)));
	while (rows_next(&r)) {
		struct split_row *row = split_add(cx, s);

		row->a = (struct figure_answer){ .figure = f, .ask = *a, .exactness = EXACT };
		if (f->dim_kind != NULL)
			row->a.ask.dim_key = row_int(&r, 0);
		else
			row->a.ask.dim_code = row_text(&r, 0);
		row->all = row->a.records = row_int(&r, 1);
		if (figure_has_amount(f)) {
			row->a.records = row_int(&r, 2);
			row->a.without = row->all - row->a.records;
			row->sum = (double)row_int(&r, 3);
		}
	}
	return rows_end(&r);
}

/* Codes of the keys' records, where their kind has any. */
static int
split_codes(struct ctx *cx, const struct kind *k, const int64_t *ids, size_t n, const char **out)
{
	struct buf sql;
	AUTO_ROWS r = { 0 };
	size_t i;

	for (i = 0; i < n; i++)
		out[i] = arena_printf(cx->arena, "%lld", (long long)ids[i]);
	if (n == 0 || kind_field(k, "code") == NULL)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	buf_printf(&sql, "SELECT id, code FROM %s WHERE id IN (0", k->name);
	for (i = 0; i < n; i++)
		buf_printf(&sql, ",%lld", (long long)ids[i]);
	buf_char(&sql, ')');
	TRY(db_rows(cx, &r, sql.p, NO_VALS));
	while (rows_next(&r)) {
		const char *code = row_text(&r, 1);

		for (i = 0; i < n; i++)
			if (ids[i] == row_int(&r, 0))
				out[i] = code;
	}
	return rows_end(&r);
}

static int
split_name(struct ctx *cx, const struct figure *f, struct split *s)
{
	int64_t *ids = arena_array(cx->arena, int64_t, s->n);
	const char **titles = arena_array(cx->arena, const char *, s->n);
	const char **codes = arena_array(cx->arena, const char *, s->n);
	size_t i, o;

	if (f->dim_kind != NULL) {
		for (i = 0; i < s->n; i++)
			ids[i] = s->rows[i].a.ask.dim_key;
		TRY(kind_titles(cx, f->dim_kind, ids, s->n, titles));
		TRY(split_codes(cx, f->dim_kind, ids, s->n, codes));
	}
	for (i = 0; i < s->n; i++) {
		struct figure_answer *a = &s->rows[i].a;
		bool none = f->dim_kind != NULL ? a->ask.dim_key == 0 : a->ask.dim_code == NULL;

		a->dim_code = none ? "none" : f->dim_kind != NULL ? codes[i] : a->ask.dim_code;
		a->dim_title = none		     ? tr(cx, "not stated")
			       : f->dim_kind != NULL ? titles[i]
			       : f->dim_options != NULL
				   ? option_label(cx, f->dim_options, a->dim_code)
				   : a->dim_code;
		s->rows[i].order = none ? "~" : order_key(cx->arena, a->dim_title);
		for (o = 0; f->dim_options != NULL && f->dim_options[o].code != NULL; o++)
			if (strcmp(f->dim_options[o].code, a->dim_code) == 0)
				s->rows[i].order = arena_printf(cx->arena, "%04zu", o);
	}
	return RC_OK;
}

static int
by_order(const void *a, const void *b)
{
	const struct split_row *x = a, *y = b;
	int c = strcmp(x->order, y->order);

	return c != 0 ? c : strcmp(x->a.dim_code, y->a.dim_code);
}

int
figure_split(struct ctx *cx, const struct figure *f, const struct ask *a,
    struct figure_answer **out, size_t *n)
{
	struct split s = { 0 };
	size_t i;

	*n = 0;
	*out = NULL;
	if (f->dim == NULL)
		return RC_OK;
	TRY(may_value(cx, f, a));
	TRY(split_read(cx, f, a, &s));
	TRY(split_name(cx, f, &s));
	if (s.n > 0)
		qsort(s.rows, s.n, sizeof *s.rows, by_order);
	*out = arena_array(cx->arena, struct figure_answer, s.n);
	for (i = 0; i < s.n; i++) {
		struct figure_answer *row = &s.rows[i].a;
		int64_t without = 0;

		set_value(f, row, s.rows[i].sum, s.rows[i].all);
		if (f->persons)
			TRY(figure_add_sealed(cx, f, &row->ask, true, row));
		if (f->shape == FIGURE_MEDIAN)
			TRY(median(cx, f, &row->ask, row));
		if (f->exact != NULL)
			TRY(ask_exact(cx, f, &row->ask, &without, &row->exactness));
		(*out)[i] = *row;
	}
	*n = s.n;
	return RC_OK;
}

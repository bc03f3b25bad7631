/* paper.c – lays the report's questions out and asks them.
 *
 * The tables stand in two const lists: figures of the first table, and what the others are split by.
 * Rows of a split come from the two years together, so that what was there last year and is gone now
 * is a row with nothing in it, and not a row that is missing. */
#include "mod/report/paper_inner.h"

#include <stdlib.h>

#include "lang/order.h"
#include "mod/event/event.h"

/* In the order in which a report names them. */
static const char *const head_figures[] = { "events_total", "participants_total",
	"participants_unique", "participants_mean", "participants_median", "events_without_count",
	"eca_count", "eca_members", "eca_persons", "youth_members", "club_learners",
	"language_learners" };

enum { ROWS_MAX = 400, DISTRICTS_MAX = 100 };

/* ---- cells ---- */

static int
ask_cell(struct ctx *cx, const char *code, const struct ask *a, struct paper_cell *out)
{
	const struct figure *f = figure_find(code);
	struct figure_answer ans;

	if (f == NULL)
		return fail(cx, RC_BUG, "no figure %s", code);
	TRY(figure_answer(cx, f, a, &ans));
	*out = (struct paper_cell){ .figure = f,
		.ask = *a,
		.known = ans.known,
		.value = ans.value,
		.exactness = ans.exactness,
		.records = ans.records };
	return RC_OK;
}

/* Events, and the persons who came to them. */
static bool
of_events(const struct figure *f)
{
	return f->kind == &event_kind || f->kind == &person_kind;
}

/* RULE report-9: records that begin more than a month after the year before began say nothing of it. */
static bool
too_early(const struct paper *p, const struct ask *last)
{
	return p->begun == 0 || p->begun > last->to || p->begun > day_add(last->from, 31);
}

struct laying {
	struct ctx *cx;
	struct paper *p;
	struct paper_plans plans;
};

static int
ask_row(struct laying *l, const char *code, const struct ask *now, const struct ask *last,
    struct paper_row *row)
{
	TRY(ask_cell(l->cx, code, now, &row->now));
	TRY(ask_cell(l->cx, code, last, &row->last));
	row->no_last = of_events(row->last.figure) && too_early(l->p, &l->p->last);
	return RC_OK;
}

static void
plan_row(struct laying *l, struct paper_table *t, struct paper_row *row, const struct period *whole)
{
	row->plan = paper_plan_of(&l->plans, &row->now, whole, whole == &l->p->period);
	t->plans = t->plans || row->plan.target != 0;
}

static struct paper_table *
add_table(struct laying *l, const struct paper_table *as, size_t max)
{
	struct paper_table *t = &l->p->table[l->p->ntables++];

	if (l->p->ntables > PAPER_TABLES)
		die("a report with more than %d tables", PAPER_TABLES);
	*t = *as;
	t->row = arena_array(l->cx->arena, struct paper_row, max);
	return t;
}

/* ---- the figures ---- */

static struct text3
msgid3(const char *msgid)
{
	return (
	    struct text3){ tr_in(LANG_KK, msgid), tr_in(LANG_RU, msgid), tr_in(LANG_EN, msgid) };
}

static int
lay_figures(struct laying *l)
{
	static const struct paper_table as = {
		.code = "figures", .title = N_("The figures of the period"), .head = N_("Figure")
	};
	struct paper_table *t = add_table(l, &as, ARRAY_LEN(head_figures));
	size_t i;

	for (i = 0; i < ARRAY_LEN(head_figures); i++) {
		const struct figure *f = figure_find(head_figures[i]);
		struct paper_row *row = &t->row[t->n];

		if (f == NULL)
			return fail(l->cx, RC_BUG, "no figure %s", head_figures[i]);
		if (!may(l->cx, f->value_cap))
			continue;
		*row = (struct paper_row){ .label = msgid3(f->name), .code = f->code };
		TRY(ask_row(l, f->code, &l->p->ask, &l->p->last, row));
		plan_row(l, t, row, &l->p->period);
		t->n++;
	}
	return RC_OK;
}

/* ---- charity ---- */

/* A table of a trade's figures, as far as the program has the trade and this actor may see them. */
static int
lay_trade(struct laying *l, const struct paper_table *as, const char *const *codes, size_t ncodes)
{
	struct paper_table *t;
	size_t i;

	if (figure_find(codes[0]) == NULL)
		return RC_OK; /* a program without it */
	t = add_table(l, as, ncodes);
	for (i = 0; i < ncodes; i++) {
		const struct figure *f = figure_find(codes[i]);
		struct paper_row *row = &t->row[t->n];

		if (f == NULL || !may(l->cx, f->value_cap))
			continue;
		*row = (struct paper_row){ .label = msgid3(f->name), .code = f->code };
		TRY(ask_row(l, f->code, &l->p->ask, &l->p->last, row));
		plan_row(l, t, row, &l->p->period);
		t->n++;
	}
	return RC_OK;
}

/* Money, mass and people stand in rows of their own and are never added up. RULE charity-9 */
static int
lay_charity(struct laying *l)
{
	static const char *const codes[] = { "patrons", "charity_amount", "charity_goods",
		"charity_people", "charity_served" };
	static const struct paper_table as = {
		.code = "charity", .title = N_("Charity"), .head = N_("Figure")
	};

	return lay_trade(l, &as, codes, ARRAY_LEN(codes));
}

/* Reprints stand apart. RULE media-1 */
static int
lay_media(struct laying *l)
{
	static const char *const codes[] = { "media_publications", "media_reprints",
		"social_posts" };
	static const struct paper_table as = {
		.code = "media", .title = N_("Media"), .head = N_("Figure")
	};

	return lay_trade(l, &as, codes, ARRAY_LEN(codes));
}

/* ---- relief ---- */

/* What headquarters did; a figure that the program does not have is left out. Nothing at all in quiet years: then no
 * table. RULE report-11 */
static int
lay_relief(struct laying *l)
{
	static const char *const codes[] = { "needs", "needs_hours", "relief_sheltered",
		"hot_meals", "relief_goods_pledged", "relief_goods_received", "relief_goods",
		"vehicles", "volunteers", "volunteer_hours" };
	static const struct paper_table as = {
		.code = "relief", .title = N_("Relief headquarters"), .head = N_("Figure")
	};
	size_t before = l->p->ntables, i;
	const struct paper_table *t;
	int64_t records = 0;

	TRY(lay_trade(l, &as, codes, ARRAY_LEN(codes)));
	if (l->p->ntables == before)
		return RC_OK;
	t = &l->p->table[before];
	for (i = 0; i < t->n; i++)
		records += t->row[i].now.records + t->row[i].last.records;
	if (records == 0)
		l->p->ntables = before;
	return RC_OK;
}

/* ---- parts of the period ---- */

static struct text3
part_label(const struct period *p)
{
	static const char *const quarters[] = { N_("1st quarter"), N_("2nd quarter"),
		N_("3rd quarter"), N_("4th quarter") };
	struct text3 out = { "", "", "" };

	if (p->shape == PERIOD_QUARTER && p->number >= 1 && p->number <= 4)
		out = msgid3(quarters[p->number - 1]);
	return out;
}

static struct text3
month_label(struct ctx *cx, int month, int year)
{
	enum lang was = cx->lang;
	const char *name[LANG_COUNT];
	int i;

	for (i = 0; i < LANG_COUNT; i++) {
		cx->lang = (enum lang)i;
		name[i] = year == 0
			      ? month_name(cx, month)
			      : arena_printf(cx->arena, "%d, %s", year, month_name(cx, month));
	}
	cx->lang = was;
	return (struct text3){ name[LANG_KK], name[LANG_RU], name[LANG_EN] };
}

static int
lay_parts(
    struct laying *l, enum period_shape shape, const char *figure, const struct paper_table *as)
{
	enum { PARTS_MAX = 60 };
	struct ctx *cx = l->cx;
	const struct ask *all = &l->p->ask;
	struct paper_table *t = add_table(l, as, PARTS_MAX);
	bool one_year = day_year(all->from) == day_year(all->to);
	struct period part;
	int i;

	for (i = 0; i < PARTS_MAX && period_part(shape, all->from, all->to, i, &part); i++) {
		struct ask now = *all, last;
		struct paper_row *row = &t->row[t->n++];
		char text[PERIOD_TEXT];

		now.from = part.from > all->from ? part.from : all->from;
		now.to = part.to < all->to ? part.to : all->to;
		now.on = now.to;
		last = now;
		last.from = period_year_before(now.from);
		last.to = last.on = period_year_before(now.to);
		period_text(&part, text);
		*row = (struct paper_row){ .label = shape == PERIOD_QUARTER
							? part_label(&part)
							: month_label(cx, part.number,
							      one_year ? 0 : part.year),
			.code = arena_str(cx->arena, text) };
		TRY(ask_row(l, figure, &now, &last, row));
		plan_row(l, t, row, &part);
	}
	return RC_OK;
}

static int
lay_time(struct laying *l)
{
	static const struct paper_table quarters[] = {
		{ .code = "events_by_quarter",
		    .title = N_("Events by quarter"),
		    .head = N_("Quarter"),
		    .unit = N_("events"),
		    .chart = PAPER_BARS },
		{ .code = "attendances_by_quarter",
		    .title = N_("Attendances by quarter"),
		    .head = N_("Quarter"),
		    .unit = N_("attendances"),
		    .chart = PAPER_BARS },
	};
	static const struct paper_table months = { .code = "events_by_month",
		.title = N_("Events by month"),
		.head = N_("Month"),
		.unit = N_("events"),
		.chart = PAPER_LINES };
	const struct period *p = &l->p->period;
	bool one_year = day_year(p->from) == day_year(p->to);

	/* A part says something only if the period has several of them. */
	if (one_year && period_days(p->from, p->to) > 92) {
		TRY(lay_parts(l, PERIOD_QUARTER, "events_total", &quarters[0]));
		TRY(lay_parts(l, PERIOD_QUARTER, "participants_total", &quarters[1]));
	}
	if (period_days(p->from, p->to) > 31)
		TRY(lay_parts(l, PERIOD_MONTH, "events_total", &months));
	return RC_OK;
}

/* ---- splits ---- */

struct key {
	const char *code, *order;
	struct paper_row row;
};
struct keys {
	struct key *v;
	size_t n;
};

static struct key *
key_of(struct ctx *cx, struct keys *k, const struct figure_answer *a)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (strcmp(k->v[i].code, a->dim_code) == 0)
			return &k->v[i];
	if (k->n == ROWS_MAX)
		return NULL;
	/* Those without a key come last. */
	k->v[k->n] = (struct key){ a->dim_code,
		strcmp(a->dim_code, "none") == 0 ? "\x7f\x7f" : order_key(cx->arena, a->dim_title),
		{ .code = a->dim_code } };
	return &k->v[k->n++];
}

static void
take(struct paper_cell *c, const struct figure_answer *a)
{
	*c = (struct paper_cell){ .figure = a->figure,
		.ask = a->ask,
		.dim_code = a->ask.dim_key == 0 && a->ask.dim_code == NULL ? "none" : NULL,
		.known = a->known,
		.value = a->value,
		.exactness = a->exactness,
		.records = a->records };
}

/* A key without records in one of the years still asks its question there: the answer is nothing. */
static void
fill_empty(struct paper_cell *c, const struct paper_cell *other, const struct ask *a)
{
	if (c->figure != NULL)
		return;
	*c = (struct paper_cell){ .figure = other->figure,
		.ask = *a,
		.dim_code = other->dim_code,
		.known = true,
		.exactness = EXACT };
	c->ask.dim_key = other->ask.dim_key;
	c->ask.dim_code = other->ask.dim_code;
}

static int
by_order(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int c = strcmp(x->order, y->order);

	return c != 0 ? c : strcmp(x->code, y->code);
}

static int
split_keys(struct laying *l, const struct figure *f, struct keys *k)
{
	struct figure_answer *a;
	size_t n, i;

	TRY(figure_split(l->cx, f, &l->p->ask, &a, &n));
	for (i = 0; i < n; i++) {
		struct key *key = key_of(l->cx, k, &a[i]);

		if (key != NULL)
			take(&key->row.now, &a[i]);
	}
	TRY(figure_split(l->cx, f, &l->p->last, &a, &n));
	for (i = 0; i < n; i++) {
		struct key *key = key_of(l->cx, k, &a[i]);

		if (key != NULL)
			take(&key->row.last, &a[i]);
	}
	for (i = 0; i < k->n; i++) {
		fill_empty(&k->v[i].row.now, &k->v[i].row.last, &l->p->ask);
		fill_empty(&k->v[i].row.last, &k->v[i].row.now, &l->p->last);
		k->v[i].row.no_last = too_early(l->p, &l->p->last);
	}
	return RC_OK;
}

/* The keys' names in all three languages. */
static int
name_keys(struct ctx *cx, const struct figure *f, struct keys *k)
{
	int64_t *ids = arena_array(cx->arena, int64_t, k->n + 1);
	const char **titles = arena_array(cx->arena, const char *, k->n + 1);
	enum lang was = cx->lang;
	size_t i;
	int lang, rc = RC_OK;

	for (i = 0; i < k->n; i++)
		ids[i] = k->v[i].row.now.ask.dim_key;
	for (lang = 0; rc == RC_OK && lang < LANG_COUNT; lang++) {
		cx->lang = (enum lang)lang;
		rc = kind_titles(cx, f->dim_kind, ids, k->n, titles);
		for (i = 0; rc == RC_OK && i < k->n; i++) {
			struct text3 *t = &k->v[i].row.label;
			const char *s = ids[i] == 0 ? tr(cx, "not stated") : titles[i];

			*(lang == LANG_KK ? &t->kk : lang == LANG_RU ? &t->ru : &t->en) = s;
		}
	}
	cx->lang = was;
	return rc;
}

static int
lay_split(struct laying *l, const char *code, const struct paper_table *as)
{
	const struct figure *f = figure_find(code);
	struct keys k = { arena_array(l->cx->arena, struct key, ROWS_MAX), 0 };
	struct paper_table *t;
	size_t i;

	if (f == NULL || f->dim_kind == NULL)
		return fail(l->cx, RC_BUG, "no split %s", code);
	TRY(split_keys(l, f, &k));
	TRY(name_keys(l->cx, f, &k));
	if (k.n > 0)
		qsort(k.v, k.n, sizeof *k.v, by_order);
	t = add_table(l, as, k.n + 1);
	for (i = 0; i < k.n; i++)
		t->row[t->n++] = k.v[i].row;
	return RC_OK;
}

/* ---- districts ---- */

struct place {
	int64_t id;
	const char *code;
	struct text3 name;
};

/* Districts and cities beneath the region, in the order of their names. */
static int
read_places(struct ctx *cx, struct place *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT id, code, name_kk, name_ru, name_en FROM district"
		" WHERE level IN ('district', 'city') ORDER BY sort_%s, id LIMIT %d",
		lang_code(cx->lang), DISTRICTS_MAX),
	    NO_VALS));
	while (rows_next(&r))
		out[(*n)++] =
		    (struct place){ row_int(&r, 0), row_text(&r, 1), paper_row_text3(&r, 2) };
	return rows_end(&r);
}

static int
read_region(struct ctx *cx, int64_t *out)
{
	int rc = db_int(
	    cx, out, "SELECT id FROM district WHERE level = 'region' ORDER BY id LIMIT 1", NO_VALS);

	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* RULE report-4: events of the whole region, and those without a district, so that the column adds up. */
static int
lay_rest(struct laying *l, struct paper_table *t)
{
	const struct figure *f = figure_find("events_by_district");
	struct keys k = { arena_array(l->cx->arena, struct key, ROWS_MAX), 0 };
	int64_t region = 0;
	size_t i;

	if (f == NULL)
		return fail(l->cx, RC_BUG, "%s", "no split by districts");
	TRY(read_region(l->cx, &region));
	TRY(split_keys(l, f, &k));
	TRY(name_keys(l->cx, f, &k));
	for (i = 0; i < k.n; i++)
		if (k.v[i].row.now.ask.dim_key == 0 || k.v[i].row.now.ask.dim_key == region)
			t->row[t->n++] = k.v[i].row;
	return RC_OK;
}

static int
lay_places(struct laying *l, const char *figure, const struct paper_table *as)
{
	struct place *place = arena_array(l->cx->arena, struct place, DISTRICTS_MAX);
	struct paper_table *t;
	size_t n, i;

	TRY(read_places(l->cx, place, &n));
	t = add_table(l, as, n + 2);
	for (i = 0; i < n; i++) {
		struct ask now = l->p->ask, last = l->p->last;
		struct paper_row *row = &t->row[t->n];

		now.district = last.district = place[i].id;
		*row = (struct paper_row){ .label = place[i].name, .code = place[i].code };
		TRY(ask_row(l, figure, &now, &last, row));
		plan_row(l, t, row, &l->p->period);
		/* RULE report-4: a district without events in both years is a line too: nothing was done
		 * there. */
		t->n++;
	}
	return strcmp(figure, "events_total") == 0 ? lay_rest(l, t) : RC_OK;
}

static int
lay_splits(struct laying *l)
{
	static const struct paper_table places[] = {
		{ .code = "events_by_district",
		    .title = N_("Events by district"),
		    .head = N_("District or city"),
		    .unit = N_("events"),
		    .chart = PAPER_BARS,
		    .note = N_("A city counts with its own districts.") },
		{ .code = "attendances_by_district",
		    .title = N_("Attendances by district"),
		    .head = N_("District or city"),
		    .unit = N_("attendances"),
		    .note = N_("Events of the whole region and those without a district are not "
			       "among them.") },
	};
	static const struct paper_table kinds = { .code = "events_by_kind",
		.title = N_("Events by kind"),
		.head = N_("Kind of event"),
		.unit = N_("events"),
		.chart = PAPER_BARS };
	static const struct paper_table bodies = { .code = "events_by_body",
		.title = N_("Events by body"),
		.head = N_("Body"),
		.unit = N_("events"),
		.note = N_("An event stands once under each body that led or co-organised it, so "
			   "the rows add up to more than the whole.") };

	/* A body is not asked by districts at once: kept sums know either. */
	if (l->p->ask.district == 0 && l->p->ask.body == 0) {
		TRY(lay_places(l, "events_total", &places[0]));
		TRY(lay_places(l, "participants_total", &places[1]));
	}
	TRY(lay_split(l, "events_by_kind", &kinds));
	return lay_split(l, "events_by_body", &bodies);
}

static int
read_begun(struct ctx *cx, int *out)
{
	int64_t day = 0;
	int rc = db_int(cx, &day,
	    "SELECT first_day FROM event WHERE state IN ('held', 'reported')"
	    " ORDER BY first_day, id LIMIT 1",
	    NO_VALS);

	*out = rc == RC_OK ? (int)day : 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static void
compare_or_not(struct paper *p)
{
	size_t i, j;

	for (i = 0; i < p->ntables; i++) {
		struct paper_table *t = &p->table[i];

		t->no_last = t->n > 0;
		for (j = 0; j < t->n; j++)
			t->no_last = t->no_last && t->row[j].no_last;
	}
}

int
paper_make(struct ctx *cx, const struct paper_in *in, struct paper *out)
{
	struct laying l = { cx, out, { 0 } };

	TRY(paper_head(cx, in, out));
	TRY(read_begun(cx, &out->begun));
	TRY(paper_plans(cx, out, &l.plans));
	TRY(lay_figures(&l));
	TRY(lay_charity(&l));
	TRY(lay_media(&l));
	TRY(lay_relief(&l));
	TRY(lay_time(&l));
	TRY(lay_splits(&l));
	compare_or_not(out);
	return paper_doubts(cx, out);
}

/* ---- reading it ---- */

int
paper_cells(struct paper *p, int (*cell)(struct paper_cell *c, void *arg), void *arg)
{
	size_t i, j;

	for (i = 0; i < p->ntables; i++)
		for (j = 0; j < p->table[i].n; j++) {
			struct paper_row *r = &p->table[i].row[j];

			if (r->now.figure != NULL)
				TRY(cell(&r->now, arg));
			if (r->last.figure != NULL)
				TRY(cell(&r->last, arg));
		}
	return RC_OK;
}

static int
digest_cell(struct paper_cell *c, void *arg)
{
	struct figure_answer a = { .figure = c->figure, .ask = c->ask, .dim_code = c->dim_code };

	TRY(figure_sha256(arg, &a));
	c->sha256 = a.sha256;
	return RC_OK;
}

int
paper_digest(struct ctx *cx, struct paper *p)
{
	return paper_cells(p, digest_cell, cx);
}

const struct paper_row *
paper_find(const struct paper *p, const char *table, const char *code)
{
	size_t i, j;

	for (i = 0; i < p->ntables; i++)
		for (j = 0; strcmp(p->table[i].code, table) == 0 && j < p->table[i].n; j++)
			if (strcmp(p->table[i].row[j].code, code) == 0)
				return &p->table[i].row[j];
	return NULL;
}

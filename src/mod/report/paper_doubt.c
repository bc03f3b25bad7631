/* paper_doubt.c – numbers that do not look right, each with the records that make it so.
 *
 * A typing error survives to print (25 thousand tonnes on 23 lorries did), so every count of the period
 * is held against its own history: the same body's events of the same kind, the same place, the same
 * day, the evidence. One SELECT over exactly the records that the report counts, and those of the year
 * before, looks at all of it in one pass; each doubt is a row of a table: a condition, and what the
 * number is compared with. Nothing is corrected and nothing is left out of a figure: RULE report-6.
 *
 * Who may not read events gets none; a leader those of the own body and beneath. */
#include "mod/report/paper_inner.h"

enum { SHOWN = 20 };

/* h: the events, with n and s = how many counts and their sum for this body and kind, pn = counts at the
 * place, rank and next = order by size at the place, same = events of this day, kind and place. */
#define PLACE "coalesce(e.place, ''), coalesce(e.district, 0)"
#define OTHERS "(h.n - 1)"
#define REST "(h.s - h.amount)"
#define FILES "EXISTS (SELECT 1 FROM file f WHERE f.event = h.id AND f.withdrawn = 0)"
#define ATTENDED "(coalesce(h.scanned, 0) + coalesce(h.listed, 0))"
#define MEAN_OF_OTHERS                                                            \
	"CASE WHEN h.n > 1 AND h.amount IS NOT NULL THEN CAST(" REST " / " OTHERS \
	" AS BIGINT) ELSE NULL END"

static const struct check {
	const char *code, *title, *why, *label;
	const char *when, *usual; /* SQL */
} checks[] = {
	{ "zero_with_evidence", N_("Nobody came, and yet there is evidence"),
	    N_("The count is zero, but photographs, lists or links are on file. Perhaps nobody "
	       "counted; then leave the count empty."),
	    NULL, "h.amount = 0 AND " FILES, FIGURE_NONE },
	{ "unit", N_("Perhaps a wrong unit or a zero too many"),
	    N_("Fifty times more than the mean of this body's other events of the kind."),
	    N_("mean of the others"),
	    OTHERS " >= 4 AND h.amount >= 500 AND h.amount * " OTHERS " >= 50 * " REST,
	    MEAN_OF_OTHERS },
	{ "jump", N_("Far more people than usual"),
	    N_("More than five times the mean of this body's other events of the kind."),
	    N_("mean of the others"),
	    OTHERS " >= 4 AND h.amount >= 100 AND h.amount * " OTHERS " > 5 * " REST
		   " AND (h.amount < 500 OR h.amount * " OTHERS " < 50 * " REST ")",
	    MEAN_OF_OTHERS },
	{ "few", N_("Far fewer people than usual"),
	    N_("Less than a tenth of the mean of this body's other events of the kind. Perhaps a "
	       "digit is missing."),
	    N_("mean of the others"),
	    OTHERS " >= 4 AND h.amount > 0 AND " REST " >= 30 * " OTHERS
		   " AND h.amount * 10 * " OTHERS " < " REST,
	    MEAN_OF_OTHERS },
	{ "place", N_("More people than the place ever held"),
	    N_("More than twice as many as came to any other event at this place in the period and "
	       "the year before it."),
	    N_("most until now"),
	    "h.place <> '' AND h.pn >= 4 AND h.rank = 1 AND h.amount >= 100 AND h.amount > 2 * "
	    "h.next",
	    "h.next" },
	{ "apart", N_("Declared far more than came"),
	    N_("The declared count is more than twice the attendances on record. The figures take "
	       "the attendances."),
	    N_("declared"), ATTENDED " > 0 AND h.declared_count > 2 * " ATTENDED,
	    "h.declared_count" },
	{ "round", N_("A round number that somebody declared"),
	    N_("A thousand or more, in round hundreds, and nobody counted."), NULL,
	    "h.basis = 'declared' AND h.amount >= 1000 AND h.amount % 100 = 0", FIGURE_NONE },
	{ "twice", N_("Perhaps one event reported twice"),
	    N_("The same kind of event on the same day at the same place. If it is one event, join "
	       "the reports."),
	    NULL, "h.place <> '' AND h.same > 1", FIGURE_NONE },
	{ "bare", N_("Many people and no evidence"),
	    N_("A hundred people or more, without a list, a photograph or a link."), NULL,
	    "h.amount >= 100 AND " ATTENDED " = 0 AND NOT " FILES, FIGURE_NONE },
	{ "late", N_("Held, and no report yet"),
	    N_("More than fourteen days ago. The count may still change."), NULL,
	    "h.state = 'held' AND h.day < $today", FIGURE_NONE },
	{ "uncounted", N_("Events without a count"),
	    N_("They add nothing to the attendances: not known is not zero."), NULL,
	    "h.amount IS NULL", FIGURE_NONE },
};

struct looking {
	struct ctx *cx;
	struct paper *p;
	struct buf sql;
	struct val v[FIGURE_VALS + 4];
	size_t nv;
};

/* "$today" and "$from" of the table above become numbered values. */
static void
put_condition(struct looking *l, const char *when, size_t today)
{
	const char *at;

	for (; (at = strstr(when, "$today")) != NULL; when = at + 6) {
		buf_put(&l->sql, when, (size_t)(at - when));
		buf_printf(&l->sql, "$%zu", today);
	}
	buf_str(&l->sql, when);
}

static void
put_scope(struct looking *l)
{
	const struct actor *a = l->cx->actor;
	size_t i;

	if (!actor_scoped(a))
		return;
	buf_str(&l->sql, " AND h.body IN (0");
	for (i = 0; i < a->nscope; i++)
		buf_printf(&l->sql, ",%lld", (long long)a->scope[i]);
	buf_char(&l->sql, ')');
}

static int
put_select(struct looking *l)
{
	const struct figure *f = figure_find("participants_total");
	struct ask wide = l->p->ask;
	size_t i, from, today;

	if (f == NULL)
		return fail(l->cx, RC_BUG, "%s", "no figure participants_total");
	wide.from = l->p->last.from;
	buf_str(&l->sql, "WITH r AS (");
	f->records(l->cx, &wide, &l->sql, l->v, &l->nv);
	if (l->nv > FIGURE_VALS)
		die("more than %d values", FIGURE_VALS);
	l->v[l->nv++] = v_int(l->p->ask.from);
	from = l->nv;
	l->v[l->nv++] = v_int(day_add(l->cx->today, -14));
	today = l->nv;
	buf_str(&l->sql,
	    "), h AS (SELECT r.id, r.day, r.body, r.amount, r.basis, e.state, e.declared_count,"
	    " coalesce(e.place, '') AS place, t.scanned, t.listed, count(r.amount) OVER kin AS n,"
	    " CAST(sum(r.amount) OVER kin AS BIGINT) AS s,"
	    " count(r.amount) OVER (PARTITION BY " PLACE ") AS pn,"
	    " row_number() OVER size AS rank, lead(r.amount) OVER size AS next,"
	    " count(*) OVER (PARTITION BY r.day, e.kind, " PLACE ") AS same"
	    " FROM r JOIN event e ON e.id = r.id LEFT JOIN event_tally t ON t.event = r.id"
	    " WINDOW kin AS (PARTITION BY r.body, e.kind), size AS (PARTITION BY"
	    " " PLACE " ORDER BY coalesce(r.amount, -1) DESC, r.id))"
	    " SELECT h.id, h.day, h.amount, e.name_kk, e.name_ru, e.name_en, b.name_kk, b.name_ru,"
	    " b.name_en");
	for (i = 0; i < ARRAY_LEN(checks); i++) {
		buf_str(&l->sql, ", CASE WHEN ");
		put_condition(l, checks[i].when, today);
		buf_printf(&l->sql, " THEN 1 ELSE 0 END, %s", checks[i].usual);
	}
	buf_printf(&l->sql,
	    " FROM h JOIN event e ON e.id = h.id JOIN body b ON b.id = h.body WHERE h.day >= $%zu",
	    from);
	put_scope(l);
	buf_str(&l->sql, " AND (1 = 0");
	for (i = 0; i < ARRAY_LEN(checks); i++) {
		buf_str(&l->sql, " OR (");
		put_condition(l, checks[i].when, today);
		buf_char(&l->sql, ')');
	}
	buf_str(&l->sql, ") ORDER BY h.day, h.id");
	return RC_OK;
}

struct found {
	struct paper_doubt_record *v;
	size_t n;
	int64_t all;
};

static void
note(struct ctx *cx, struct found *f, const struct paper_doubt_record *r)
{
	if (f->v == NULL)
		f->v = arena_array(cx->arena, struct paper_doubt_record, SHOWN);
	if (f->n < SHOWN)
		f->v[f->n++] = *r;
	f->all++;
}

static int
look_at_events(struct looking *l, struct found *found)
{
	enum { FIRST = 9 };
	struct ctx *cx = l->cx;
	AUTO_ROWS r = { 0 };
	size_t i;

	TRY(put_select(l));
	TRY(db_rows(cx, &r, l->sql.p, (struct vals){ l->v, l->nv }));
	while (rows_next(&r)) {
		struct paper_doubt_record one = { .id = row_int(&r, 0),
			.day = (int)row_int(&r, 1),
			.amount = row_int_or(&r, 2, INT_NONE),
			.name = paper_row_text3(&r, 3),
			.body = paper_row_text3(&r, 6) };

		for (i = 0; i < ARRAY_LEN(checks); i++)
			if (row_int(&r, FIRST + 2 * (int)i) != 0) {
				one.usual = row_int_or(&r, FIRST + 2 * (int)i + 1, INT_NONE);
				note(cx, &found[i], &one);
			}
	}
	return rows_end(&r);
}

static void
add(struct paper *p, const struct paper_doubt *as, const struct found *f)
{
	struct paper_doubt *d;

	if (f->all == 0 || p->ndoubts == PAPER_DOUBTS)
		return;
	d = &p->doubt[p->ndoubts++];
	*d = *as;
	d->records = f->all;
	d->record = f->v;
	d->n = f->n;
}

/* ---- sums that jump ---- */

static bool
jumps(double now, double last, double least)
{
	return (now >= least || last >= least) && (now > 2 * last || last > 2 * now);
}

static struct paper_doubt_record
of_row(const struct paper_row *r, double now, double other)
{
	return (struct paper_doubt_record){ .name = r->label,
		.day = r->now.ask.to,
		.amount = (int64_t)(now + .5),
		.usual = (int64_t)(other + .5) };
}

static void
look_at_sums(struct ctx *cx, struct paper *p)
{
	static const struct paper_doubt month = { .code = "month",
		.title = N_("A month unlike the year before"),
		.why = N_("More than twice or less than half of the events of the same month a "
			  "year before. Are all reports in?"),
		.usual = N_("a year before") };
	static const struct paper_doubt over = { .code = "over",
		.title = N_("The plan is exceeded more than twice"),
		.why = N_("Either the plan or the number is not what it was meant to be."),
		.usual = N_("Plan") };
	struct found months = { 0 }, plans = { 0 };
	size_t i, j;

	for (i = 0; i < p->ntables; i++)
		for (j = 0; j < p->table[i].n; j++) {
			const struct paper_row *r = &p->table[i].row[j];
			struct paper_doubt_record one;

			/* A month that has not ended is compared with the same days. */
			if (strcmp(p->table[i].code, "events_by_month") == 0 && !r->no_last &&
			    r->last.value > 0 && jumps(r->now.value, r->last.value, 10)) {
				one = of_row(r, r->now.value, r->last.value);
				note(cx, &months, &one);
			}
			if (r->plan.target != 0 && r->now.known && r->plan.value > 0 &&
			    r->now.value > 2 * r->plan.value) {
				one = of_row(r, r->now.value, r->plan.value);
				note(cx, &plans, &one);
			}
		}
	add(p, &month, &months);
	add(p, &over, &plans);
}

int
paper_doubts(struct ctx *cx, struct paper *p)
{
	struct looking l = { .cx = cx, .p = p };
	struct found found[ARRAY_LEN(checks)] = { 0 };
	size_t i;

	/* What is printed again is past checking. */
	if (p->ask.known != 0)
		return RC_OK;
	if (!may(cx, CAP_EVENT_READ)) {
		p->doubts_hidden = true;
		return RC_OK;
	}
	buf_init(&l.sql, cx->arena, 0);
	TRY(look_at_events(&l, found));
	for (i = 0; i < ARRAY_LEN(checks); i++)
		add(p,
		    &(struct paper_doubt){ .code = checks[i].code,
			.title = checks[i].title,
			.why = checks[i].why,
			.usual = checks[i].label },
		    &found[i]);
	look_at_sums(cx, p);
	return RC_OK;
}

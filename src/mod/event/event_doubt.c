/* event_doubt.c – counts of people that do not look right.
 *
 * A typing error survives to print (25 thousand tonnes on 23 lorries did), so a count is held against its own
 * history: the same body's events of the same kind, the same place, the same day, the hall's seats, the
 * evidence. One SELECT over exactly the events that the figures count looks at all of it in one pass; each
 * doubt is a row of a table: a condition, and what the number is compared with. The report of a period asks
 * for all, the report of one event for its own. Nothing is corrected: RULE report-6.
 *
 * Who may not read events gets none; a leader those of the own body and beneath. */
#include "mod/event/event_inner.h"

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

/* Seats of the halls held for the event, once for each day on which they were held (both tables are
 * mod/hall's); NULL where one of them does not say how many it has. */
#define SEATS                                                                                    \
	"(SELECT CASE WHEN count(*) = count(x.capacity) THEN CAST(sum(x.capacity) AS BIGINT)"    \
	" ELSE NULL END FROM (SELECT DISTINCT k.hall, k.day FROM booking k WHERE k.event = h.id" \
	" AND k.state = 'held') y JOIN hall x ON x.id = y.hall)"

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
	{ "seats", N_("More people than the hall seats"),
	    N_("More than all the seats of the halls that were held for it."), N_("seats"),
	    "h.amount > " SEATS, SEATS },
	{ "expected", N_("Far from what was expected"),
	    N_("More than three times or less than a third of the number that was planned for."),
	    N_("expected"),
	    "h.amount > 0 AND h.expected >= 30 AND (h.amount > 3 * h.expected OR h.amount * 3 < "
	    "h.expected)",
	    "h.expected" },
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
	const struct event_doubts_of *of;
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
	struct ask wide = *l->of->ask;
	size_t i, from, today;

	if (f == NULL)
		return fail(l->cx, RC_BUG, "%s", "no figure participants_total");
	wide.from = l->of->since;
	buf_str(&l->sql, "WITH r AS (");
	f->records(l->cx, &wide, &l->sql, l->v, &l->nv);
	if (l->nv > FIGURE_VALS)
		die("more than %d values", FIGURE_VALS);
	l->v[l->nv++] = v_int(l->of->ask->from);
	from = l->nv;
	l->v[l->nv++] = v_int(day_add(l->cx->today, -14));
	today = l->nv;
	buf_str(&l->sql,
	    "), h AS (SELECT r.id, r.day, r.body, r.amount, r.basis, e.state, e.declared_count,"
	    " e.expected,"
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
	if (l->of->event != 0)
		buf_printf(&l->sql, " AND h.id = %lld", (long long)l->of->event);
	buf_str(&l->sql, " AND (1 = 0");
	for (i = 0; i < ARRAY_LEN(checks); i++) {
		buf_str(&l->sql, " OR (");
		put_condition(l, checks[i].when, today);
		buf_char(&l->sql, ')');
	}
	buf_str(&l->sql, ") ORDER BY h.day, h.id");
	return RC_OK;
}

static struct text3
three(const struct rows *r, int col)
{
	return (struct text3){ row_text(r, col), row_text(r, col + 1), row_text(r, col + 2) };
}

size_t
event_doubt_kinds(void)
{
	return ARRAY_LEN(checks);
}

struct event_doubt_kind
event_doubt_kind(size_t i)
{
	return (struct event_doubt_kind){ checks[i].code, checks[i].title, checks[i].why,
		checks[i].label };
}

int
event_doubts(struct ctx *cx, const struct event_doubts_of *of,
    void (*each)(struct ctx *cx, void *arg, const struct event_doubt *d), void *arg)
{
	enum { FIRST = 9 };
	struct looking l = { .cx = cx, .of = of };
	AUTO_ROWS r = { 0 };
	size_t i;

	if (!may(cx, CAP_EVENT_READ))
		return RC_OK;
	buf_init(&l.sql, cx->arena, 0);
	TRY(put_select(&l));
	TRY(db_rows(cx, &r, l.sql.p, (struct vals){ l.v, l.nv }));
	while (rows_next(&r)) {
		struct event_doubt one = { .event = row_int(&r, 0),
			.day = (int)row_int(&r, 1),
			.amount = row_int_or(&r, 2, INT_NONE),
			.name = three(&r, 3),
			.body = three(&r, 6) };

		for (i = 0; i < ARRAY_LEN(checks); i++)
			if (row_int(&r, FIRST + 2 * (int)i) != 0) {
				one.kind = i;
				one.usual = row_int_or(&r, FIRST + 2 * (int)i + 1, INT_NONE);
				each(cx, arg, &one);
			}
	}
	return rows_end(&r);
}

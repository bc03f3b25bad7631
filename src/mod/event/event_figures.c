/* event_figures.c – the figures of events and attendance, as rows of data.
 *
 * All but one share one SELECT: events that count, one row each, with their one count and its basis.
 * The number of unique participants has persons for records. What a figure counts is said in its row
 * (for people), in docs/rules.md (numbered) and in the SQL beside it. */
#include "kind/past.h"
#include "mod/event/event_inner.h"

#define SUBTREE                                                                                   \
	"(WITH RECURSIVE t(id) AS (SELECT $%zu UNION SELECT b.id FROM body b JOIN t ON b.parent " \
	"= t.id)"                                                                                 \
	" SELECT t.id FROM t)"

/* RULE figure-6: asked for a body, an event counts if its lead or a co-organiser, also of a report
 * merged into it, is that body or one beneath it; once, however many of them are. */
static void
where_body(const struct ask *a, const char *id, struct buf *sql, struct val *v, size_t *nv)
{
	size_t at;

	if (a->body == 0)
		return;
	at = figure_val(v, nv, a->body);
	buf_printf(sql,
	    " AND %s IN (SELECT coalesce(x.merged_into, x.id) FROM event x WHERE x.body IN " SUBTREE
	    " UNION SELECT coalesce(x.merged_into, x.id) FROM organiser o JOIN event x ON x.id = "
	    "o.event"
	    " WHERE o.ended = 0 AND o.via_event IS NULL AND o.body IN " SUBTREE ")",
	    id, at, at);
}

/* $1 and $2 are the period. */
static void
where_period(const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	figure_val(v, nv, a->from);
	figure_val(v, nv, a->to);
	buf_str(sql,
	    " WHERE e.state IN ('held', 'reported') AND e.merged_into IS NULL AND k.counted = 1"
	    " AND e.first_day >= $1 AND e.first_day <= $2");
	figure_within(a, NULL, "e.district", sql, v, nv); /* the body: where_body() */
}

#define AMOUNT                                                                                   \
	"CASE WHEN coalesce(t.scanned, 0) + coalesce(t.listed, 0) > 0 THEN t.scanned + t.listed" \
	" WHEN e.head_count IS NOT NULL THEN e.head_count ELSE e.declared_count END"
#define BASIS                                                               \
	"CASE WHEN coalesce(t.scanned, 0) + coalesce(t.listed, 0) > 0 THEN" \
	" CASE WHEN t.scanned >= t.listed THEN 'scanned' ELSE 'listed' END" \
	" WHEN e.head_count IS NOT NULL THEN 'head_counted'"                \
	" WHEN e.declared_count IS NOT NULL THEN 'declared' ELSE 'unknown' END"

/* RULE figure-1, figure-3: see event_cells.c; this is the same in SQL, and verify holds one against
 * the other. */
static void
events(const struct ask *a, const char *dim, const char *join, struct buf *sql, struct val *v,
    size_t *nv)
{
	buf_printf(sql,
	    "SELECT e.id AS id, e.first_day AS day, e.body AS body, " AMOUNT " AS amount, " BASIS
	    " AS basis, %s AS dim FROM event e JOIN event_kind k ON k.id = e.kind"
	    " LEFT JOIN event_tally t ON t.event = e.id%s",
	    dim, join);
	where_period(a, sql, v, nv);
	where_body(a, "e.id", sql, v, nv);
}

static void
records_total(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	events(a, FIGURE_NONE, "", sql, v, nv);
}

static void
records_by_kind(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	events(a, "e.kind", "", sql, v, nv);
}

static void
records_by_district(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	events(a, "e.district", "", sql, v, nv);
}

static void
records_by_basis(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	events(a, BASIS, "", sql, v, nv);
}

/* RULE figure-7: by bodies an event stands once under each body that organised it, so the parts of
 * this split add up to more than the whole. */
static void
records_by_body(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t at;

	(void)cx;
	if (!a->split) {
		events(a, FIGURE_NONE, "", sql, v, nv);
		return;
	}
	events(a, "ob.body",
	    " JOIN (SELECT coalesce(x.merged_into, x.id) AS event, x.body AS body FROM event x"
	    " UNION SELECT coalesce(x.merged_into, x.id), o.body FROM organiser o JOIN event x ON "
	    "x.id = o.event"
	    " WHERE o.ended = 0 AND o.via_event IS NULL) ob ON ob.event = e.id",
	    sql, v, nv);
	if (a->body != 0) {
		at = figure_val(v, nv, a->body);
		buf_printf(sql, " AND ob.body IN " SUBTREE, at);
	}
}

static void
records_without(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	events(a, FIGURE_NONE, "", sql, v, nv);
	buf_str(sql,
	    " AND coalesce(t.scanned, 0) + coalesce(t.listed, 0) = 0 AND e.head_count IS NULL"
	    " AND e.declared_count IS NULL");
}

/* RULE figure-8: unique participants are the different persons with a record who attended counted
 * events of the period; guests known by name only, and counted heads, are no persons. */
static void
records_unique(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	buf_str(sql,
	    "SELECT b.person AS id, min(e.first_day) AS day, " FIGURE_NONE " AS body, " FIGURE_NONE
	    " AS amount, " FIGURE_NO_TEXT " AS basis, " FIGURE_NONE " AS dim FROM attendance b"
	    " JOIN event e1 ON e1.id = b.event JOIN event e ON e.id = coalesce(e1.merged_into, "
	    "e1.id)"
	    " JOIN event_kind k ON k.id = e.kind");
	where_period(a, sql, v, nv);
	where_body(a, "e.id", sql, v, nv);
	buf_str(sql, " AND b.withdrawn = 0 AND b.person IS NOT NULL GROUP BY b.person");
}

/* ---- exactness ---- */

/* Kept: the home page asks for it each time. Each basis by itself, so that it is one range of the key. */
static int
bases_kept(struct ctx *cx, const struct ask *a, int64_t n[BASIS_DECLARED + 1])
{
	AUTO_ROWS r = { 0 };
	int64_t b;

	if (a->known != 0) {
		for (b = 0; b <= BASIS_DECLARED; b++)
			TRY(figure_cells(cx,
			    &(struct cell_range){
				"events_by_basis", "basis", b, a->from, a->to, a->known },
			    &n[b]));
		return RC_OK;
	}
	TRY(db_rows(cx, &r,
	    "SELECT k.rank, (SELECT coalesce(sum(amount), 0) FROM figure_sum WHERE"
	    " figure = 'events_by_basis' AND dim = 'basis' AND dkey = k.rank"
	    " AND day >= $1 AND day <= $2) FROM (SELECT 0 AS rank UNION ALL SELECT 1"
	    " UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) k"
	    " UNION ALL SELECT dkey, amount FROM figure_delta WHERE"
	    " figure = 'events_by_basis' AND dim = 'basis'"
	    " AND day >= $1 AND day <= $2",
	    VALS(v_int(a->from), v_int(a->to))));
	while (rows_next(&r)) {
		b = row_int(&r, 0);
		if (b >= 0 && b <= BASIS_DECLARED)
			n[b] += row_int(&r, 1);
	}
	return rows_end(&r);
}

/* Events of the question by the basis of their count. */
static int
bases_of(struct ctx *cx, const struct ask *a, int64_t n[BASIS_DECLARED + 1])
{
	struct val v[FIGURE_VALS];
	struct buf sql;
	size_t nv = 0;
	bool kept = a->body == 0 && a->district == 0;
	AUTO_ROWS r = { 0 };

	memset(n, 0, sizeof(int64_t) * (BASIS_DECLARED + 1));
	if (kept)
		TRY(figure_past_from(cx, a->known, &kept));
	if (kept)
		return bases_kept(cx, a, n);
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql, "SELECT CASE r.basis WHEN 'scanned' THEN 1 WHEN 'listed' THEN 2 WHEN "
		      "'head_counted' THEN 3"
		      " WHEN 'declared' THEN 4 ELSE 0 END AS b, count(*) FROM (");
	records_total(cx, a, &sql, v, &nv);
	buf_str(&sql, ") r GROUP BY 1");
	TRY(db_rows(cx, &r, past_sql(cx, a->known, sql.p), (struct vals){ v, nv }));
	while (rows_next(&r)) {
		int64_t b = row_int(&r, 0);

		if (b >= 0 && b <= BASIS_DECLARED)
			n[b] += row_int(&r, 1);
	}
	return rows_end(&r);
}

/* RULE figure-9: about, if any count was made by heads or declared; else at least, if some events
 * have no count; else exact. */
static enum exactness
exact_total(struct ctx *cx, const struct ask *a, int64_t *without)
{
	int64_t n[BASIS_DECLARED + 1];

	if (a->dim_code != NULL)
		return strcmp(a->dim_code, "scanned") == 0 || strcmp(a->dim_code, "listed") == 0
			   ? EXACT
			   : ABOUT;
	if (bases_of(cx, a, n) != RC_OK)
		return UNKNOWN;
	*without = n[BASIS_UNKNOWN];
	if (n[BASIS_HEAD] + n[BASIS_DECLARED] > 0)
		return ABOUT;
	if (n[BASIS_UNKNOWN] == 0)
		return EXACT;
	return n[BASIS_SCANNED] + n[BASIS_LISTED] > 0 ? AT_LEAST : UNKNOWN;
}

/* A mean is of the events that have a count; it is not "at least". */
static enum exactness
exact_mean(struct ctx *cx, const struct ask *a, int64_t *without)
{
	enum exactness e = exact_total(cx, a, without);

	return e == AT_LEAST ? EXACT : e;
}

/* ---- the catalogue ---- */

#define EVENT_FIGURE \
	.time = FIGURE_PERIOD, .value_cap = CAP_PUBLIC, .rows_cap = CAP_PUBLIC, .kind = &event_kind
#define COUNTS .shape = FIGURE_COUNT, .unit = N_("events"), .unit_code = "count", .say = SAY_EXACT

static const struct figure events_total = {
	.code = "events_total",
	.name = N_("Events held"),
	.definition = N_("Events that took place in the period."),
	.rule = N_("Counted are events of a counted kind that were held or reported and whose "
		   "first day lies in the "
		   "period, both ends in. An event that was held counts also before its report. "
		   "Parts, programmes and "
		   "campaigns are not events; an event that several bodies reported is one event."),
	EVENT_FIGURE,
	COUNTS,
	.records = records_total,
	.kept = true,
};
static const struct figure events_by_kind = {
	.code = "events_by_kind",
	.name = N_("Events by kind"),
	.definition = N_("The events held, split by their kind."),
	.rule = N_("As “Events held”; each event has one kind, whatever its parts."),
	EVENT_FIGURE,
	COUNTS,
	.records = records_by_kind,
	.dim = "event_kind",
	.dim_kind = &event_kind_kind,
};
static const struct figure events_by_district = {
	.code = "events_by_district",
	.name = N_("Events by district"),
	.definition = N_("The events held, split by district."),
	.rule =
	    N_("As “Events held”; each event belongs to the district that stands in its record."),
	EVENT_FIGURE,
	COUNTS,
	.records = records_by_district,
	.dim = "district",
	.dim_kind = &district_kind,
};
static const struct figure events_by_body = {
	.code = "events_by_body",
	.name = N_("Events by body"),
	.definition = N_("The events held, split by the bodies that organised them."),
	.rule = N_("As “Events held”; an event stands once under each body that led or "
		   "co-organised it, so the rows "
		   "add up to more than the whole."),
	EVENT_FIGURE,
	COUNTS,
	.records = records_by_body,
	.dim = "body",
	.dim_kind = &body_kind,
};
static const struct figure events_by_basis = {
	.code = "events_by_basis",
	.name = N_("Events by basis of the count"),
	.definition = N_("The events held, split by how their participants were counted."),
	.rule = N_("As “Events held”; the basis is the first known of scanned and listed, "
		   "head-counted, declared; "
		   "with both scanned and listed attendances it is the larger part."),
	EVENT_FIGURE,
	COUNTS,
	.records = records_by_basis,
	.dim = "basis",
	.dim_options = event_bases,
};
static const struct figure events_without_count = {
	.code = "events_without_count",
	.name = N_("Events without a count"),
	.definition = N_("Events held whose participants nobody counted."),
	.rule =
	    N_("As “Events held”, with neither attendances nor a head count nor a declared count."),
	EVENT_FIGURE,
	COUNTS,
	.records = records_without,
	.kept = true,
};
static const struct figure participants_total = {
	.code = "participants_total",
	.name = N_("Attendances (with repeats)"),
	.definition =
	    N_("Attendances at the events held: who came to three events counts three times."),
	/* RULE figure-5: parts never add, re-entry is one attendance, no count contributes nothing. */
	.rule = N_("The sum of one count an event: the first known of scanned and listed "
		   "attendances, the head count, "
		   "the declared count. Parts of an event never add; who comes back in is one "
		   "attendance. An event without "
		   "a count adds nothing and is named."),
	EVENT_FIGURE,
	.shape = FIGURE_SUM,
	.unit = N_("attendances"),
	.unit_code = "attendances",
	.say = SAY_OVER1000,
	.records = records_by_basis,
	.dim = "basis",
	.dim_options = event_bases,
	.kept = true,
	.exact = exact_total,
};
static const struct figure participants_unique = {
	.code = "participants_unique",
	.name = N_("Unique participants"),
	.definition = N_("Different persons who came to the events held."),
	.rule = N_("Persons with a record who attended at least one counted event of the period, "
		   "each once. People "
		   "who were only counted, declared or named as guests are not known as persons "
		   "and not among them."),
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.unit = N_("persons"),
	.unit_code = "persons",
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = N_("The records behind this figure are persons; only the secretariat, and a "
		       "leader for the own "
		       "body, may open them."),
	.kind = &person_kind,
	.records = records_unique,
	.persons = true,
	.kept = true,
	.kept_year = true,
	.kept_plain = true,
};
static const struct figure participants_mean = {
	.code = "participants_mean",
	.name = N_("Mean attendance of an event"),
	.definition = N_("How many people came to an event on average."),
	.rule = N_("The attendances divided by the number of events that have a count."),
	EVENT_FIGURE,
	.shape = FIGURE_MEAN,
	.unit = N_("attendances"),
	.unit_code = "attendances",
	.say = SAY_EXACT,
	.records = records_total,
	.exact = exact_mean,
};
static const struct figure participants_median = {
	.code = "participants_median",
	.name = N_("Median attendance of an event"),
	.definition = N_("Half of the events had fewer people, half more."),
	.rule = N_("The middle of the counts of all events that have one; of an even number, the "
		   "mean of the two in "
		   "the middle."),
	EVENT_FIGURE,
	.shape = FIGURE_MEDIAN,
	.unit = N_("attendances"),
	.unit_code = "attendances",
	.say = SAY_EXACT,
	.records = records_total,
	.exact = exact_mean,
};

const struct figure *const event_figures[] = { &events_total, &events_by_kind, &events_by_district,
	&events_by_body, &events_by_basis, &events_without_count, &participants_total,
	&participants_unique, &participants_mean, &participants_median };
const size_t event_nfigures = ARRAY_LEN(event_figures);

/* RULE figure-4, as event_cells.c keeps it: of a root the distinct attendances of its group. */
const struct past_view event_past_views[] = {
	{ "event_tally",
	    "SELECT y.event AS event, sum(y.scanned) AS scanned, sum(1 - y.scanned) AS listed FROM"
	    " (SELECT e.id AS event, max(CASE WHEN a.basis = 'scanned' THEN 1 ELSE 0 END) AS "
	    "scanned"
	    " FROM (SELECT id, id AS root FROM event UNION ALL SELECT id, merged_into FROM event"
	    " WHERE merged_into IS NOT NULL) m JOIN event e ON e.id = m.root"
	    " JOIN attendance a ON a.event = m.id WHERE a.withdrawn = 0"
	    " GROUP BY e.id, CASE WHEN a.person IS NULL THEN -coalesce(a.same_as, a.id) ELSE "
	    "a.person END) y"
	    " GROUP BY y.event" },
};
const size_t event_npast_views = ARRAY_LEN(event_past_views);

/* event_verify.c – everything that events should have left behind, read afresh from their rows.
 *
 * Three cursors of one snapshot run side by side in order of the event: the events themselves, the
 * bodies that organised them, and their attendances counted anew. Nothing kept is believed: not the
 * tallies (they have a check of their own), not the sums. cells_of() lies in event_cells.c. */
#include "mod/event/event_inner.h"

/* Attendances a event, and for groups a root; ascending by event. */
struct recount {
	int64_t event, scanned, listed;
};
struct recounts {
	struct recount *v;
	size_t n, cap;
};

static void
recounts_add(struct arena *a, struct recounts *t, struct recount row)
{
	if (t->n == t->cap) {
		size_t cap = t->cap == 0 ? 1024 : t->cap * 2;
		struct recount *v = arena_array(a, struct recount, cap);

		if (t->n > 0)
			memcpy(v, t->v, t->n * sizeof *v);
		t->v = v;
		t->cap = cap;
	}
	t->v[t->n++] = row;
}

static const struct recount *
recounts_find(const struct recounts *t, int64_t event)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->v[mid].event == event)
			return &t->v[mid];
		if (t->v[mid].event < event)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* A person stands once in an event (a unique index), so rows are distinct attendances. */
static int
recount_own(struct ctx *cx, struct recounts *out, int64_t *records)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT a.event, sum(CASE WHEN a.basis = 'scanned' THEN 1 ELSE 0 END), count(*) FROM "
	    "attendance a"
	    " WHERE a.withdrawn = 0 GROUP BY a.event ORDER BY a.event",
	    NO_VALS));
	while (rows_next(&r)) {
		int64_t scanned = row_int(&r, 1), all = row_int(&r, 2);

		recounts_add(
		    cx->arena, out, (struct recount){ row_int(&r, 0), scanned, all - scanned });
		*records += all;
	}
	return rows_end(&r);
}

static int
recount_groups(struct ctx *cx, struct recounts *out)
{
	struct recounts roots = { 0 };
	AUTO_ROWS r = { 0 };
	size_t i;

	TRY(db_rows(cx, &r,
	    "SELECT DISTINCT merged_into FROM event WHERE merged_into IS NOT NULL ORDER BY "
	    "merged_into",
	    NO_VALS));
	while (rows_next(&r))
		recounts_add(cx->arena, &roots, (struct recount){ .event = row_int(&r, 0) });
	TRY(rows_end(&r));
	for (i = 0; i < roots.n; i++) {
		struct recount row = roots.v[i];

		TRY(event_tally_group(cx, row.event, &row.scanned, &row.listed));
		recounts_add(cx->arena, out, row);
	}
	return RC_OK;
}

static struct event
read_event(const struct rows *r)
{
	return (struct event){ .rec.id = row_int(r, 0),
		.first_day = (int)row_int(r, 1),
		.district = row_int(r, 2),
		.state = row_int(r, 3) != 0 ? "held" : "planned",
		.head_count = row_int_or(r, 4, INT_NONE),
		.declared_count = row_int_or(r, 5, INT_NONE) };
}

/* Bodies of one root from the cursor that runs beside; *at is the root it stands on. */
static size_t
read_bodies_of(struct rows *r, int64_t root, int64_t *at, int64_t *out, size_t max)
{
	size_t n = 0;

	while (*at != 0 && *at <= root) {
		if (*at == root && n < max)
			out[n++] = row_int(r, 1);
		*at = rows_next(r) ? row_int(r, 0) : 0;
	}
	return n;
}

static int
emit_events(struct ctx *cx, struct cell_sink *sink, const struct recounts *own,
    const struct recounts *groups, int64_t *records)
{
	enum { BODIES_MAX = 1000 };
	int64_t *bodies = arena_array(cx->arena, int64_t, BODIES_MAX), at;
	struct district_tree districts;
	AUTO_ROWS e = { 0 };
	AUTO_ROWS b = { 0 };

	TRY(event_districts(cx, &districts));

	TRY(db_rows(cx, &b,
	    "SELECT coalesce(e.merged_into, e.id) AS root, e.body AS body FROM event e"
	    " UNION SELECT coalesce(e.merged_into, e.id), o.body FROM organiser o JOIN event e ON "
	    "e.id = o.event"
	    " WHERE o.ended = 0 AND o.via_event IS NULL ORDER BY 1, 2",
	    NO_VALS));
	TRY(db_rows(cx, &e,
	    "SELECT e.id, e.first_day, e.district, CASE WHEN e.state IN ('held', 'reported') THEN "
	    "1 ELSE 0 END,"
	    " e.head_count, e.declared_count, k.counted FROM event e JOIN event_kind k ON k.id = "
	    "e.kind"
	    " WHERE e.merged_into IS NULL ORDER BY e.id",
	    NO_VALS));
	at = rows_next(&b) ? row_int(&b, 0) : 0;
	while (rows_next(&e)) {
		struct emitted out = { .event = read_event(&e),
			.counted_kind = row_int(&e, 6) != 0,
			.bodies = bodies };
		int64_t id = out.event.rec.id;
		const struct recount *c = recounts_find(groups, id);

		if (c == NULL)
			c = recounts_find(own, id);
		event_areas(&districts, out.event.district, &out.areas);
		out.nbodies = read_bodies_of(&b, id, &at, bodies, BODIES_MAX);
		out.count = event_count_of(
		    &out.event, c == NULL ? 0 : c->scanned, c == NULL ? 0 : c->listed);
		TRY(event_emit(cx, sink, &out));
		++*records;
	}
	TRY(rows_end(&b));
	return rows_end(&e);
}

static int
emit(struct ctx *cx, struct cell_sink *sink, int64_t *records)
{
	struct recounts own = { 0 }, groups = { 0 };

	TRY(recount_own(cx, &own, records));
	TRY(recount_groups(cx, &groups));
	TRY(emit_events(cx, sink, &own, &groups, records));
	return unique_emit(cx, sink, records);
}

const struct cell_source event_cells = { "event", emit };

/* ---- tallies ---- */

static void
tally_line(struct buf *out, int64_t event, const int64_t kept[2], const struct recount *c,
    int64_t *differences)
{
	int64_t scanned = c == NULL ? 0 : c->scanned, listed = c == NULL ? 0 : c->listed;

	if (kept[0] == scanned && kept[1] == listed)
		return;
	++*differences;
	buf_printf(out,
	    "tally of event %lld: kept %lld scanned %lld listed, counted %lld and %lld\n",
	    (long long)event, (long long)kept[0], (long long)kept[1], (long long)scanned,
	    (long long)listed);
}

static int
check_tallies(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	struct recounts own = { 0 }, groups = { 0 };
	AUTO_ROWS r = { 0 };
	int64_t attendances = 0;

	TRY(recount_own(cx, &own, &attendances));
	TRY(recount_groups(cx, &groups));
	/* Every event that has a tally or an attendance; none of both has nothing to differ. */
	TRY(db_rows(cx, &r,
	    "SELECT e.id, t.scanned, t.listed FROM event e LEFT JOIN event_tally t ON t.event = "
	    "e.id"
	    " ORDER BY e.id",
	    NO_VALS));
	while (rows_next(&r)) {
		int64_t event = row_int(&r, 0), kept[2] = { row_int(&r, 1), row_int(&r, 2) };
		const struct recount *c = recounts_find(&groups, event);

		tally_line(
		    out, event, kept, c != NULL ? c : recounts_find(&own, event), differences);
		++*records;
	}
	return rows_end(&r);
}

const struct verify_check event_tally_check = { "tallies", check_tallies };

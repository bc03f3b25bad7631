/* event_report_reads.c – what the report of one event is held against: other events of its kind, the seats of
 * its hall; and which events still owe a report. */
#include "mod/event/event_reads.h"

#include "core/account.h"
#include "core/setting.h"
#include "mod/event/event_inner.h"

/* The events of the kind in the year before this one, with their one count. */
int
reads_kin(struct ctx *cx, const struct event *e, struct event_kin *out)
{
	struct query q;
	AUTO_ROWS r = { 0 };
	int64_t sum = 0;

	*out = (struct event_kin){ .mean = 0 };
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.kind = ? AND event.id <> ? AND event.merged_into IS NULL AND event.state IN"
	    " ('held', 'reported') AND event.first_day >= ? AND event.first_day <= ?",
	    VALS(v_int(e->kind), v_int(e->rec.id), v_int(day_add(e->first_day, -365)),
		v_int(e->first_day)));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT event.head_count, event.declared_count, coalesce(t.scanned, 0),"
		" coalesce(t.listed, 0) FROM event LEFT JOIN event_tally t ON t.event ="
		" event.id%s",
		q.where.p),
	    (struct vals){ q.vals, q.nvals }));
	while (rows_next(&r)) {
		const struct event one = { .head_count = row_int_or(&r, 0, INT_NONE),
			.declared_count = row_int_or(&r, 1, INT_NONE) };
		struct event_count c = event_count_of(&one, row_int(&r, 2), row_int(&r, 3));

		if (c.value == INT_NONE)
			continue;
		out->n++;
		sum += c.value;
	}
	if (out->n > 0)
		out->mean = (double)sum / (double)out->n;
	return rows_end(&r);
}

/* Of the halls held for it, as event_doubt.c has it: not known where one of them is not. Both tables are
 * mod/hall's. */
int
reads_seats(struct ctx *cx, int64_t event, int64_t *out)
{
	AUTO_ROWS r = { 0 };

	*out = INT_NONE;
	TRY(db_rows(cx, &r,
	    "SELECT CASE WHEN count(*) = count(h.capacity) THEN CAST(sum(h.capacity) AS BIGINT) "
	    "ELSE"
	    " NULL END FROM hall h WHERE h.id IN (SELECT b.hall FROM booking b WHERE b.event = $1"
	    " AND b.state = 'held')",
	    VALS(v_int(event))));
	if (rows_next(&r))
		*out = row_int_or(&r, 0, INT_NONE);
	return rows_end(&r);
}

static void
keep_doubt(struct ctx *cx, void *arg, const struct event_doubt *d)
{
	struct event_doubts *out = arg;

	(void)cx;
	if (out->n < EVENT_DOUBTS)
		out->v[out->n++] = *d;
}

/* Held against the year before and the rest of the event's own. */
int
reads_doubts(struct ctx *cx, const struct event *e, struct event_doubts *out)
{
	int year = day_year(e->first_day);
	struct ask ask;
	const struct event_doubts_of of = {
		.ask = &ask, .since = day_make(year - 1, 1, 1), .event = e->rec.id
	};

	out->n = 0;
	ask_default(cx, &ask);
	ask.from = day_make(year, 1, 1);
	ask.to = day_make(year, 12, 31);
	return event_doubts(cx, &of, keep_doubt, out);
}

/* ---- what is owed ---- */

enum { OWED_MAX = 60, OWED_BACK = 366, REMIND = 7 };

/* The account of the leader of this body, or of the nearest body above it that has one. */
static int
owner_of(struct ctx *cx, int64_t body, struct event_owed *o)
{
	AUTO_ROWS r = { 0 };

	o->owner = 0;
	o->owner_name = "";
	TRY(db_rows(cx, &r,
	    "WITH RECURSIVE up (id, far) AS (SELECT id, 0 FROM body WHERE id = $1 UNION SELECT"
	    " b.parent, up.far + 1 FROM up JOIN body b ON b.id = up.id WHERE b.parent IS NOT NULL"
	    " AND up.far < 20) SELECT a.id, a.name FROM up JOIN account_role r ON r.body = up.id"
	    " JOIN account a ON a.id = r.account WHERE r.role = 'leader' AND a.disabled = 0 AND"
	    " " ROLE_IN_FORCE("r", "$2") " ORDER BY up.far, a.id LIMIT 1",
	    VALS(v_int(body), v_int(role_day(cx)))));
	if (rows_next(&r)) {
		o->owner = row_int(&r, 0);
		o->owner_name = row_text(&r, 1);
	}
	return rows_end(&r);
}

static int
what_is_there(struct ctx *cx, struct event_owed *o)
{
	struct event_count c;
	int64_t files;

	TRY(event_count(cx, &o->event, &c));
	o->count = c.value != INT_NONE;
	TRY(db_int(cx, &files, "SELECT count(*) FROM file WHERE event = $1 AND withdrawn = 0",
	    VALS(v_int(o->event.rec.id))));
	o->evidence = files > 0;
	return RC_OK;
}

/* The leader's own; in the secretariat what has no leader, and what a leader is a week late with. */
static bool
is_mine(const struct ctx *cx, const struct event_owed *o)
{
	if (actor_scoped(cx->actor))
		return true; /* the list holds the own scope alone */
	return o->owner == 0 || o->owner == cx->actor->account || o->days >= REMIND;
}

int
event_owed(struct ctx *cx, int limit, struct event_owed **out, size_t *n)
{
	struct query q;
	struct list l;
	int64_t due;
	size_t i;

	*out = arena_array(cx->arena, struct event_owed, OWED_MAX);
	*n = 0;
	if (!may(cx, CAP_EVENT_WRITE))
		return RC_OK;
	TRY(setting_number(cx, "report_days", 1, &due));
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.state IN ('approved', 'held') AND event.merged_into IS NULL AND"
	    " coalesce(event.last_day, event.first_day) <= ? AND event.first_day >= ?",
	    VALS(v_int(day_add(cx->today, -(int)due)), v_int(day_add(cx->today, -OWED_BACK))));
	/* Others' are left out before they are counted, else the oldest of the region fill the list. */
	if (actor_scoped(cx->actor))
		query_and(&q,
		    "event.body IN (WITH RECURSIVE own(id) AS (SELECT ? UNION SELECT b.id FROM "
		    "body b"
		    " JOIN own ON b.parent = own.id) SELECT own.id FROM own)",
		    VALS(v_int(cx->actor->body)));
	TRY(query_sort(&q, "first_day"));
	q.limit = OWED_MAX;
	TRY(query_list(&q, &l));
	for (i = 0; i < l.n && *n < (size_t)limit; i++) {
		const struct event *e = list_row(&l, &event_kind, i);
		struct event_owed o = { .event = *e, .said = strcmp(e->state, "held") == 0 };
		int last = e->last_day == 0 ? e->first_day : e->last_day;

		if (!actor_in_scope(cx->actor, e->body))
			continue;
		o.days = (int)(day_number(cx->today) - day_number(last) - due);
		TRY(owner_of(cx, e->body, &o));
		TRY(what_is_there(cx, &o));
		if (is_mine(cx, &o))
			(*out)[(*n)++] = o;
	}
	return RC_OK;
}

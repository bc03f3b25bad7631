/* event_rules.c – what may happen to an event: its steps, attendance, likely duplicates, merging.
 *
 * The rules write through the kinds, so checks, history, audit and sums follow by themselves; here
 * stands only what needs an "if". Writes that concern one event's attendances or its merging name it
 * as hot (event_key), so that on PostgreSQL they wait for each other instead of failing. */
#include "mod/event/event_inner.h"

#include <stdlib.h>

#include "lang/order.h"

const char *
basis_code(enum basis b)
{
	return b == BASIS_UNKNOWN ? "unknown" : event_bases[b - 1].code;
}

const char *
basis_label(const struct ctx *cx, enum basis b)
{
	return option_label(cx, event_bases, basis_code(b));
}

int64_t
event_key(int64_t event)
{
	return (int64_t)kind_number(&event_kind) << 48 | event;
}

int
event_count(struct ctx *cx, const struct event *e, struct event_count *out)
{
	AUTO_ROWS r = { 0 };
	int64_t scanned = 0, listed = 0;

	TRY(db_rows(cx, &r, "SELECT scanned, listed FROM event_tally WHERE event = $1",
	    VALS(v_int(e->rec.id))));
	if (rows_next(&r)) {
		scanned = row_int(&r, 0);
		listed = row_int(&r, 1);
	}
	TRY(rows_end(&r));
	*out = event_count_of(e, scanned, listed);
	return RC_OK;
}

/* ---- steps ---- */

struct move {
	int64_t id, version;
	const char *action, *reason;
};

static const struct transition *
find_transition(const char *from, const char *action)
{
	size_t i;

	for (i = 0; i < event_ntransitions; i++)
		if (strcmp(event_transitions[i].from, from) == 0 &&
		    strcmp(event_transitions[i].action, action) == 0)
			return &event_transitions[i];
	return NULL;
}

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

static int
move_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct move *m = arg;
	const struct transition *t;
	struct event e;

	TRY(kind_get(cx, &event_kind, m->id, &e));
	if (e.merged_into != 0)
		return fail(cx, RC_RULE,
		    N_("This event is merged into another one; its own state no longer changes."));
	if (e.rec.version != m->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	t = find_transition(e.state, m->action);
	if (t == NULL)
		return fail(cx, RC_RULE, N_("This step is not possible: the event is “%s”."),
		    option_label(cx, event_states, e.state));
	if (!may(cx, t->cap))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (strcmp(t->to, "held") == 0 && e.first_day > cx->today)
		return fail(cx, RC_RULE,
		    N_("The event begins on %s; it cannot have taken place yet."),
		    day_text(cx, e.first_day));
	if (t->reason && blank(m->reason)) {
		fail_field(cx, "reason", N_("A reason is needed."));
		return RC_INVALID;
	}
	e.state = t->to;
	e.state_reason = blank(m->reason) ? NULL : m->reason;
	if (strcmp(t->to, "planned") == 0 || strcmp(t->to, "approved") == 0)
		e.moved_to = 0; /* it takes place itself after all */
	return kind_update_tx(cx, tx, &event_kind, &e);
}

int
event_move(struct ctx *cx, int64_t id, int64_t version, const char *action, const char *reason)
{
	int64_t key = event_key(id);

	return db_write_keys(cx, &key, 1, move_fn, &(struct move){ id, version, action, reason });
}

struct moved {
	int64_t id, version, to;
};

static int
check_moved(struct ctx *cx, const struct event *e, int64_t to)
{
	struct event other;
	int rc = to == 0 ? RC_OK : kind_get(cx, &event_kind, to, &other);

	if (strcmp(e->state, "postponed") != 0)
		return fail(cx, RC_RULE, N_("Only a postponed event is moved to another one."));
	if (rc == RC_NOTFOUND) {
		fail_field(cx, "moved_to", N_("There is no such record."));
		return RC_INVALID;
	}
	TRY(rc);
	if (to == 0)
		return RC_OK;
	if (to == e->rec.id)
		fail_field(cx, "moved_to", N_("An event cannot name itself."));
	else if (other.merged_into != 0 ||
		 (strcmp(other.state, "planned") != 0 && strcmp(other.state, "approved") != 0))
		fail_field(cx, "moved_to", N_("Choose an event that is planned or approved."));
	return fields_rc(cx);
}

static int
moved_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct moved *m = arg;
	struct event e;

	TRY(kind_get(cx, &event_kind, m->id, &e));
	TRY(check_moved(cx, &e, m->to));
	e.rec.version = m->version;
	e.moved_to = m->to;
	return kind_update_tx(cx, tx, &event_kind, &e);
}

int
event_set_moved(struct ctx *cx, int64_t id, int64_t version, int64_t moved_to)
{
	int64_t key = event_key(id);

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write_keys(cx, &key, 1, moved_fn, &(struct moved){ id, version, moved_to });
}

/* ---- attendance ---- */

struct attend {
	struct attend_in *in;
	int64_t id;
	bool again;
};

/* The attendance that stands already: this person's, this ticket's, or this row of the list. */
static int
find_attendance(struct ctx *cx, const struct attend_in *in, int64_t *id)
{
	int rc = RC_NOTFOUND;

	if (in->person != 0)
		rc = db_int(cx, id, "SELECT id FROM attendance WHERE event = $1 AND person = $2",
		    VALS(v_int(in->event), v_int(in->person)));
	if (rc == RC_NOTFOUND && in->ticket != 0)
		rc = db_int(cx, id, "SELECT id FROM attendance WHERE event = $1 AND ticket = $2",
		    VALS(v_int(in->event), v_int(in->ticket)));
	else if (rc == RC_NOTFOUND && in->person == 0 && !blank(in->guest) && !blank(in->sheet_row))
		rc = db_int(cx, id,
		    "SELECT id FROM attendance WHERE event = $1 AND person IS NULL AND guest = $2"
		    " AND sheet_row = $3 ORDER BY id LIMIT 1",
		    VALS(v_int(in->event), v_text(in->guest), v_text(in->sheet_row)));
	if (rc == RC_NOTFOUND)
		*id = 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
event_attended_day(const struct event *e, int64_t came_at)
{
	int day = came_at == 0 ? e->first_day : day_of_moment(came_at);
	int last = e->last_day == 0 ? e->first_day : e->last_day;

	return day < e->first_day || day > last ? e->first_day : day;
}

/* Was marked by name and shows the ticket now: the ticket is used from then on, nothing is counted. */
static int
note_ticket(struct ctx *cx, struct tx *tx, const struct attend_in *in, struct attendance *row)
{
	int64_t other;
	int rc;

	if (in->ticket == 0 || row->ticket != INT_NONE)
		return RC_OK;
	rc = db_int(cx, &other, "SELECT id FROM attendance WHERE event = $1 AND ticket = $2",
	    VALS(v_int(in->event), v_int(in->ticket)));
	if (rc != RC_NOTFOUND)
		return rc;
	row->ticket = in->ticket;
	return kind_update_tx(cx, tx, &attendance_kind, row);
}

/* Came back after the attendance was withdrawn: it stands again. */
static int
attend_once_more(struct ctx *cx, struct tx *tx, struct attend *a, const struct event *e)
{
	struct attendance row;

	TRY(kind_load(cx, &attendance_kind, a->id, &row));
	if (!row.withdrawn) {
		a->again = true;
		return note_ticket(cx, tx, a->in, &row);
	}
	row.withdrawn = false;
	row.basis = a->in->basis;
	row.came_at = a->in->came_at;
	row.day = event_attended_day(e, a->in->came_at);
	row.sheet_row = a->in->sheet_row;
	if (row.ticket == INT_NONE && a->in->ticket != 0)
		row.ticket = a->in->ticket;
	return kind_update_tx(cx, tx, &attendance_kind, &row);
}

/* Who shows the number of a record that was joined with another one comes as that one. */
static int
attend_as(struct ctx *cx, struct attend_in *in)
{
	int rc = in->person == 0 ? RC_NOTFOUND : person_stands(cx, in->person, &in->person);

	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
new_attendance(struct ctx *cx, struct tx *tx, struct attend *a, const struct event *e)
{
	struct attendance row;

	kind_empty(&attendance_kind, &row);
	row.event = e->rec.id;
	row.person = a->in->person;
	row.guest = blank(a->in->guest) ? NULL : a->in->guest;
	row.basis = a->in->basis;
	row.sheet_row = a->in->sheet_row;
	row.came_at = a->in->came_at;
	row.day = event_attended_day(e, a->in->came_at);
	row.ticket = a->in->ticket == 0 ? INT_NONE : a->in->ticket;
	TRY(kind_insert_tx(cx, tx, &attendance_kind, &row));
	a->id = row.rec.id;
	return RC_OK;
}

/* RULE event-4: one attendance a person and event; a second arrival changes nothing. */
static int
attend_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct attend *a = arg;
	struct event e;

	a->id = 0;
	a->again = false;
	TRY(kind_get(cx, &event_kind, a->in->event, &e));
	TRY(event_in_scope(cx, e.rec.id, true));
	TRY(attend_as(cx, a->in));
	if (strcmp(e.state, "approved") != 0 && !event_is_counted_state(e.state))
		return fail(
		    cx, RC_RULE, N_("Attendance is marked at events that are approved or held."));
	TRY(find_attendance(cx, a->in, &a->id));
	return a->id != 0 ? attend_once_more(cx, tx, a, &e) : new_attendance(cx, tx, a, &e);
}

int
event_attend_tx(struct ctx *cx, struct tx *tx, struct attend_in *in, int64_t *id, bool *again)
{
	struct attend a = { .in = in };

	TRY(attend_fn(cx, tx, &a));
	*id = a.id;
	*again = a.again;
	return RC_OK;
}

int
event_attend(struct ctx *cx, const struct attend_in *in, int64_t *id, bool *again)
{
	struct attend_in copy = *in;
	struct attend a = { .in = &copy };
	int64_t key = event_key(in->event);

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(db_write_keys(cx, &key, 1, attend_fn, &a));
	*id = a.id;
	*again = a.again;
	return RC_OK;
}

/* ---- likely duplicates ---- */

enum { LIKELY_MAX = 10 };
struct likely {
	const struct event *e;
	struct text3 fold;
	const char *place;
	struct likeness *v;
	size_t n, cap;
};

static struct text3
fold3(struct arena *a, const struct text3 *t)
{
	return (struct text3){ fold_key(a, t->kk == NULL ? "" : t->kk),
		fold_key(a, t->ru == NULL ? "" : t->ru), fold_key(a, t->en == NULL ? "" : t->en) };
}

static double
alike(const char *a, const char *b)
{
	return *a == '\0' || *b == '\0' ? 0 : fold_similarity(a, b);
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

/* RULE event-5: first days at most one apart, the same district or a similar place, similar names. */
static int
likely_row(struct ctx *cx, const void *rec, void *arg)
{
	const struct event *c = rec;
	struct likely *l = arg;
	struct text3 fold = fold3(cx->arena, &c->name);
	double s = larger(larger(alike(l->fold.kk, fold.kk), alike(l->fold.ru, fold.ru)),
	    alike(l->fold.en, fold.en));
	bool near = (c->district != 0 && c->district == l->e->district) ||
		    alike(l->place, fold_key(cx->arena, c->place == NULL ? "" : c->place)) >= 0.6;

	if (!near || s < 0.45)
		return RC_OK;
	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 16 : l->cap * 2;
		struct likeness *v = arena_array(cx->arena, struct likeness, cap);

		if (l->n > 0)
			memcpy(v, l->v, l->n * sizeof *v);
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = (struct likeness){ c->rec.id, s };
	return RC_OK;
}

static int
by_likeness(const void *a, const void *b)
{
	const struct likeness *x = a, *y = b;

	if (x->similarity < y->similarity || x->similarity > y->similarity)
		return x->similarity < y->similarity ? 1 : -1;
	return (x->event > y->event) - (x->event < y->event);
}

int
event_likely(struct ctx *cx, const struct event *e, struct likeness **out, size_t *n)
{
	struct likely l = { .e = e,
		.fold = fold3(cx->arena, &e->name),
		.place = fold_key(cx->arena, e->place == NULL ? "" : e->place) };
	struct query q;

	*out = NULL;
	*n = 0;
	if (e->first_day == 0 || !day_valid(e->first_day))
		return RC_OK;
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.first_day >= ? AND event.first_day <= ? AND event.id <> ?"
	    " AND event.merged_into IS NULL AND event.state <> 'cancelled'",
	    VALS(v_int(day_add(e->first_day, -1)), v_int(day_add(e->first_day, 1)),
		v_int(e->rec.id)));
	TRY(query_each(&q, likely_row, &l));
	if (l.n > 0)
		qsort(l.v, l.n, sizeof *l.v, by_likeness);
	*out = l.v;
	*n = l.n < LIKELY_MAX ? l.n : LIKELY_MAX;
	return RC_OK;
}

/* ---- merging ---- */

struct merge {
	int64_t into, from;
};

static int
check_merge(struct ctx *cx, const struct event *into, const struct event *from)
{
	int64_t n;

	if (into->rec.id == from->rec.id)
		return fail(cx, RC_RULE, N_("An event cannot be merged into itself."));
	if (from->merged_into != 0)
		return fail(cx, RC_RULE, N_("This event is merged already."));
	if (into->merged_into != 0)
		return fail(cx, RC_RULE,
		    N_("The other event is itself merged into a third one; merge into that one."));
	TRY(db_int(cx, &n, "SELECT count(*) FROM event WHERE merged_into = $1",
	    VALS(v_int(from->rec.id))));
	if (n > 0)
		return fail(cx, RC_RULE,
		    N_("Other reports are merged into this event; merge the other way round."));
	return RC_OK;
}

/* The row that keeps the report; it is open (stands among the organisers) unless its body stands
 * there already. */
static int
find_report(struct ctx *cx, int64_t into, int64_t from, struct organiser *o)
{
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT id FROM organiser WHERE event = $1 AND via_event = $2 ORDER BY id LIMIT 1",
	    VALS(v_int(into), v_int(from)));

	if (rc == RC_NOTFOUND) {
		kind_empty(&organiser_kind, o);
		o->event = into;
		o->via_event = from;
		return RC_OK;
	}
	TRY(rc);
	return kind_load(cx, &organiser_kind, id, o);
}

static int
body_stands(struct ctx *cx, const struct organiser *o, bool *out)
{
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT id FROM organiser WHERE event = $1 AND body = $2 AND ended = 0 AND id <> $3",
	    VALS(v_int(o->event), v_int(o->body), v_int(o->rec.id)));

	*out = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int64_t
known(int64_t n)
{
	return n > 0 ? n : INT_NONE;
}

static int
keep_report(struct ctx *cx, struct tx *tx, const struct event *into, const struct event *from)
{
	struct organiser o;
	struct event_count c;
	bool stands;

	TRY(event_count(cx, from, &c));
	TRY(find_report(cx, into->rec.id, from->rec.id, &o));
	if (o.rec.id != 0 && o.body != from->body) { /* merged before, under another lead */
		o.via_event = 0;
		TRY(kind_update_tx(cx, tx, &organiser_kind, &o));
		TRY(find_report(cx, into->rec.id, from->rec.id, &o));
	}
	o.body = from->body;
	TRY(body_stands(cx, &o, &stands));
	o.ended = stands;
	o.scanned_count = known(c.scanned);
	o.listed_count = known(c.listed);
	o.head_count = from->head_count;
	o.declared_count = from->declared_count;
	return o.rec.id == 0 ? kind_insert_tx(cx, tx, &organiser_kind, &o)
			     : kind_update_tx(cx, tx, &organiser_kind, &o);
}

/* RULE event-6: a merged report leaves all figures and stays as a co-organiser's report with its own
 * counts; it can be taken back. */
static int
merge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct merge *m = arg;
	struct event into, from;

	TRY(kind_get(cx, &event_kind, m->into, &into));
	TRY(kind_get(cx, &event_kind, m->from, &from));
	TRY(check_merge(cx, &into, &from));
	TRY(keep_report(cx, tx, &into, &from));
	from.merged_into = into.rec.id;
	TRY(kind_update_tx(cx, tx, &event_kind, &from));
	return audit_tx(cx, tx, "merge", event_kind.name, into.rec.id, "merged_into");
}

static int
merge_keys(struct ctx *cx, const struct merge *m, tx_fn *fn)
{
	int64_t keys[2] = { event_key(m->into), event_key(m->from) };

	if (!may(cx, CAP_EVENT_APPROVE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write_keys(cx, keys, m->into == m->from ? 1 : 2, fn, (void *)(uintptr_t)m);
}

int
event_merge(struct ctx *cx, int64_t into, int64_t from)
{
	struct merge m = { into, from };

	return merge_keys(cx, &m, merge_fn);
}

/* The body's other report, if one is still merged here, now stands for it among the organisers. */
static int
open_other_report(struct ctx *cx, struct tx *tx, const struct organiser *gone)
{
	struct organiser o;
	bool stands;
	int64_t id;
	int rc;

	TRY(body_stands(cx, gone, &stands));
	if (stands)
		return RC_OK;
	rc = db_int(cx, &id,
	    "SELECT o.id FROM organiser o JOIN event e ON e.id = o.via_event"
	    " WHERE o.event = $1 AND o.body = $2 AND o.id <> $3 AND e.merged_into = $1 ORDER BY "
	    "o.id LIMIT 1",
	    VALS(v_int(gone->event), v_int(gone->body), v_int(gone->rec.id)));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(kind_load(cx, &organiser_kind, id, &o));
	o.ended = false;
	return kind_update_tx(cx, tx, &organiser_kind, &o);
}

static int
unmerge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct merge *m = arg;
	struct organiser o;
	struct event from;
	int64_t into;

	TRY(kind_get(cx, &event_kind, m->from, &from));
	if (from.merged_into == 0)
		return fail(cx, RC_RULE, N_("This event is not merged."));
	into = from.merged_into;
	TRY(find_report(cx, into, from.rec.id, &o));
	if (o.rec.id != 0) {
		o.ended = true;
		TRY(kind_update_tx(cx, tx, &organiser_kind, &o));
		TRY(open_other_report(cx, tx, &o));
	}
	from.merged_into = 0;
	TRY(kind_update_tx(cx, tx, &event_kind, &from));
	return audit_tx(cx, tx, "unmerge", event_kind.name, into, "merged_into");
}

int
event_unmerge(struct ctx *cx, int64_t from)
{
	struct merge m = { 0, from };
	struct event e;

	if (!may(cx, CAP_EVENT_APPROVE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_get(cx, &event_kind, from, &e));
	m.into = e.merged_into != 0 ? e.merged_into : from;
	return merge_keys(cx, &m, unmerge_fn);
}

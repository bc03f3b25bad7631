/* series_make.c – the events of a series are made, and the last making is taken back; single events are put in and
 * taken out.
 *
 * A day of the rule has at most one member (the key of series_member says it, too), so the same form twice makes
 * nothing twice. Each event goes through its own kind: rights, checks, history, search. */
#include "mod/series/series_inner.h"

#include <string.h>

#include "kind/proof.h"
#include "search/search.h"

static int
loaded(struct ctx *cx, int64_t id, struct event_series *s)
{
	TRY(kind_get(cx, &event_series_kind, id, s));
	return series_run_by(cx, s);
}

/* ---- making ---- */

struct making {
	int64_t series;
	const int *days;
	size_t n;
	struct series_made *out;
};

int
series_book_tx(struct ctx *cx, struct tx *tx, const struct event_series *s, const struct event *e,
    bool *booked, const char **why)
{
	struct booking b;

	*booked = false;
	*why = NULL;
	if (s->hall == 0)
		return RC_OK;
	TRY(series_hall_free(cx, s->hall, e, why));
	if (*why != NULL)
		return RC_OK;
	kind_empty(&booking_kind, &b);
	b.hall = s->hall;
	b.event = e->rec.id;
	b.body = e->body;
	b.day = e->first_day;
	b.starts = e->starts;
	b.ends = e->ends;
	TRY(kind_insert_tx(cx, tx, &booking_kind, &b));
	*booked = true;
	return RC_OK;
}

static void
fill_event(const struct event_series *s, int day, struct event *e)
{
	kind_empty(&event_kind, e);
	series_as_event(s, e);
	e->summary = s->summary;
	e->kind = s->kind;
	e->programme = s->programme;
	e->lang = s->lang;
	e->district = s->district;
	e->first_day = day;
	e->state = "planned";
}

static int
add_member(struct ctx *cx, struct tx *tx, const struct series_member *in)
{
	struct series_member m;

	kind_empty(&series_member_kind, &m);
	m.series = in->series;
	m.event = in->event;
	m.day = in->day;
	m.making = in->making;
	return kind_add_tx(cx, tx, &series_member_kind, &m);
}

static bool
wanted(const struct making *k, int day)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (k->days[i] == day)
			return true;
	return false;
}

static int
make_one(struct ctx *cx, struct tx *tx, const struct event_series *s, struct series_member m,
    struct series_made *out)
{
	const char *why;
	struct event e;
	bool booked;

	fill_event(s, m.day, &e);
	TRY(kind_insert_tx(cx, tx, &event_kind, &e));
	m.event = e.rec.id;
	TRY(add_member(cx, tx, &m));
	TRY(series_book_tx(cx, tx, s, &e, &booked, &why));
	out->made++;
	out->booked += booked;
	if (why != NULL && out->nrefused < SERIES_MAX)
		out->refused[out->nrefused++] = m.day;
	return RC_OK;
}

/* RULE series-3 */
static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *k = arg;
	struct event_series s;
	struct series_day *v;
	int64_t making, members;
	size_t n, i;

	*k->out = (struct series_made){ 0 };
	TRY(loaded(cx, k->series, &s));
	TRY(db_int(cx, &making,
	    "SELECT coalesce(max(making), 0) + 1 FROM series_member WHERE series = $1",
	    VALS(v_int(s.rec.id))));
	TRY(db_int(cx, &members, "SELECT count(*) FROM series_member WHERE series = $1",
	    VALS(v_int(s.rec.id))));
	TRY(series_days(cx, &s, &v, &n));
	for (i = 0; i < n; i++) {
		if (v[i].made != 0 || !wanted(k, v[i].day))
			continue;
		if (members + k->out->made >= SERIES_MAX)
			return fail(cx, RC_RULE, N_("A series has at most %s events."),
			    num(cx, SERIES_MAX));
		TRY(make_one(cx, tx, &s,
		    (struct series_member){ .series = s.rec.id, .day = v[i].day, .making = making },
		    k->out));
	}
	return RC_OK;
}

/* Writes of one series, and of its hall, wait for each other. */
static int
write_series(struct ctx *cx, int64_t series, tx_fn *fn, void *arg)
{
	int64_t keys[2] = { (int64_t)kind_number(&event_series_kind) << 48 | series }, hall;
	struct booking b = { 0 };
	size_t n = 1;

	if (db_int(cx, &hall, "SELECT hall FROM event_series WHERE id = $1", VALS(v_int(series))) ==
		RC_OK &&
	    hall != 0) {
		b.hall = hall;
		n += kind_hot_keys(&booking_kind, &b, &keys[1]);
	}
	err_clear(cx);
	return db_write_keys(cx, keys, n, fn, arg);
}

int
series_make(struct ctx *cx, int64_t series, const int *days, size_t n, struct series_made *out)
{
	return write_series(cx, series, make_fn, &(struct making){ series, days, n, out });
}

/* ---- taking a making back ---- */

struct removing {
	int64_t series, making, removed;
};

/* The members of the last making, when it can be taken back: none of their events was written since. */
static int
last_making(struct ctx *cx, int64_t series, struct series_member **out, size_t *n, int64_t *making)
{
	struct series_member *m;
	int64_t last = 0, changed;
	size_t i, k = 0;

	*out = NULL;
	*n = 0;
	TRY(series_members(cx, series, &m, &i));
	for (*n = 0; *n < i; ++*n)
		if (m[*n].making > last)
			last = m[*n].making;
	for (*n = i, i = 0; i < *n; i++)
		if (last != 0 && m[i].making == last)
			m[k++] = m[i];
	*out = m;
	*n = k;
	*making = last;
	TRY(db_int(cx, &changed,
	    "SELECT count(*) FROM series_member m JOIN event e ON e.id = m.event WHERE m.series = "
	    "$1 AND"
	    " m.making = $2 AND (e.version > 1 OR e.state <> 'planned')",
	    VALS(v_int(series), v_int(last))));
	if (changed > 0)
		*n = 0;
	return RC_OK;
}

int
series_unmakes(struct ctx *cx, int64_t series, int64_t *out, int64_t *making)
{
	struct series_member *m;
	size_t n;

	TRY(last_making(cx, series, &m, &n, making));
	*out = (int64_t)n;
	return RC_OK;
}

static int
remove_bookings(struct ctx *cx, struct tx *tx, int64_t event)
{
	int64_t id;
	int rc;

	while ((rc = db_int(cx, &id, "SELECT id FROM booking WHERE event = $1 ORDER BY id LIMIT 1",
		    VALS(v_int(event)))) == RC_OK) {
		struct booking b;

		TRY(kind_load(cx, &booking_kind, id, &b));
		if (b.rec.version > 1)
			return fail(cx, RC_RULE,
			    N_("The booking of the hall on %s was changed since; cancel the events "
			       "instead."),
			    day_text(cx, b.day));
		TRY(booking_remove_tx(cx, tx, &b));
	}
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
remove_member(struct ctx *cx, struct tx *tx, const struct series_member *m)
{
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM series_member WHERE id = $1", VALS(v_int(m->rec.id))));
	tx_touch(tx, kind_number(&series_member_kind));
	return kind_removed_tx(cx, tx, &series_member_kind, m, "series,event,day");
}

static int
remove_event(struct ctx *cx, struct tx *tx, int64_t id)
{
	struct event e;
	int rc;

	TRY(kind_get(cx, &event_kind, id, &e));
	TRY(event_in_scope(cx, id, false));
	TRY(remove_bookings(cx, tx, id));
	if (search_has(&event_kind))
		TRY(search_forget_tx(cx, tx, &event_kind, &e));
	/* Whatever hangs on an event names it by a reference, and that refuses. */
	rc = tx_run(cx, tx, NULL, "DELETE FROM event WHERE id = $1", VALS(v_int(id)));
	if (rc == RC_INVALID) {
		err_clear(cx);
		return fail(cx, RC_RULE,
		    N_("Something hangs on the event of %s already (a form, a list, a file, an "
		       "article); cancel the events instead."),
		    day_text(cx, e.first_day));
	}
	TRY(rc);
	tx_touch(tx, kind_number(&event_kind));
	return kind_removed_tx(cx, tx, &event_kind, &e, "name,first_day,body");
}

/* RULE series-4 */
static int
unmake_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct removing *k = arg;
	struct event_series s;
	struct series_member *m;
	int64_t last;
	size_t n, i;

	k->removed = 0;
	TRY(loaded(cx, k->series, &s));
	TRY(last_making(cx, s.rec.id, &m, &n, &last));
	if (last != k->making)
		return fail(cx, RC_RULE,
		    N_("These events are taken back already, or others were made after them."));
	if (n == 0)
		return fail(cx, RC_RULE,
		    N_("One of these events was changed since; cancel them instead of taking them "
		       "back."));
	for (i = 0; i < n; i++) {
		TRY(remove_member(cx, tx, &m[i]));
		TRY(remove_event(cx, tx, m[i].event));
		k->removed++;
	}
	return RC_OK;
}

int
series_unmake(struct ctx *cx, int64_t series, int64_t making, int64_t *removed)
{
	struct removing k = { .series = series, .making = making };

	TRY(write_series(cx, series, unmake_fn, &k));
	*removed = k.removed;
	return RC_OK;
}

/* ---- single events ---- */

struct putting {
	int64_t series, event;
};

static int
put_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct putting *p = arg;
	struct series_member m = { 0 };
	struct event_series s;
	struct event e;
	int64_t other;
	int rc;

	TRY(loaded(cx, p->series, &s));
	TRY(kind_get(cx, &event_kind, p->event, &e));
	TRY(event_in_scope(cx, e.rec.id, false));
	rc = db_int(
	    cx, &other, "SELECT series FROM series_member WHERE event = $1", VALS(v_int(e.rec.id)));
	if (rc == RC_OK)
		return other == s.rec.id
			   ? RC_OK
			   : fail(cx, RC_RULE, N_("The event is in another series already."));
	if (rc != RC_NOTFOUND)
		return rc;
	rc = db_int(cx, &other, "SELECT event FROM series_member WHERE series = $1 AND day = $2",
	    VALS(v_int(s.rec.id), v_int(e.first_day)));
	if (rc == RC_OK)
		return fail(cx, RC_RULE, N_("The series has an event on %s already."),
		    day_text(cx, e.first_day));
	if (rc != RC_NOTFOUND)
		return rc;
	m.series = s.rec.id;
	m.event = e.rec.id;
	m.day = e.first_day;
	return add_member(cx, tx, &m);
}

int
series_put(struct ctx *cx, int64_t series, int64_t event)
{
	return write_series(cx, series, put_fn, &(struct putting){ series, event });
}

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct putting *p = arg;
	struct series_member m;
	struct event e;
	int64_t id;

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_get(cx, &event_kind, p->event, &e));
	TRY(event_in_scope(cx, e.rec.id, false));
	TRY(db_int(
	    cx, &id, "SELECT id FROM series_member WHERE event = $1", VALS(v_int(e.rec.id))));
	TRY(kind_load(cx, &series_member_kind, id, &m));
	return remove_member(cx, tx, &m);
}

int
series_take(struct ctx *cx, int64_t event)
{
	return db_write(cx, take_fn, &(struct putting){ 0, event });
}

/* signup_places.c – how many places there are, who has one, and who moves up. RULE signup-5 … -8.
 *
 * Places are counted, not kept: a number beside the tickets could part from them. All writes of one event
 * hold its key, so that on PostgreSQL, too, one counts after the other has written. */
#include "mod/signup/signup_inner.h"

int64_t
signup_key(int64_t event)
{
	struct signup s = { .event = event };
	int64_t key[1];

	(void)kind_hot_keys(&signup_kind, &s, key);
	return key[0];
}

struct actor
signup_house(const struct actor *who)
{
	struct actor a = actor_system;

	a.account = who->account;
	a.person = who->person;
	a.login = who->login;
	a.name = who->name;
	return a;
}

int
signup_form_of(struct ctx *cx, int64_t event, struct signup_form *out)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM signup_form WHERE event = $1", VALS(v_int(event))));
	return kind_load(cx, &signup_form_kind, id, out);
}

int
signup_places(struct ctx *cx, const struct signup_form *f, struct places *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct places){ .all = f->capacity, .reserved = f->reserved };
	TRY(db_rows(cx, &r,
	    "SELECT s.reserved, CASE WHEN t.state = 'waiting' THEN 1 ELSE 0 END, count(*) FROM "
	    "ticket t JOIN signup s ON s.id = t.signup WHERE t.event = $1 AND t.state <> 'revoked' "
	    "GROUP BY 1, 2",
	    VALS(v_int(f->event))));
	while (rows_next(&r)) {
		int64_t n = row_int(&r, 2);

		if (row_int(&r, 1) != 0)
			out->waiting += n;
		else if (row_int(&r, 0) != 0)
			out->taken_reserved += n;
		else
			out->taken += n;
	}
	TRY(rows_end(&r));
	out->free_reserved = f->reserved - out->taken_reserved;
	out->free = f->capacity == INT_NONE ? INT_NONE : f->capacity - f->reserved - out->taken;
	return RC_OK;
}

/* ---- moving up ---- */

static int
move_up(struct ctx *cx, struct tx *tx, int64_t id)
{
	AUTO_ROWS r = { 0 };
	int64_t ids[SIGNUP_PERSONS];
	size_t n = 0, i;
	struct signup s;
	bool mailed;

	TRY(kind_load(cx, &signup_kind, id, &s));
	s.state = "placed";
	TRY(kind_update_tx(cx, tx, &signup_kind, &s));
	TRY(db_rows(cx, &r,
	    "SELECT id FROM ticket WHERE signup = $1 AND state = 'waiting' ORDER BY seat",
	    VALS(v_int(id))));
	while (n < ARRAY_LEN(ids) && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		struct ticket t;

		TRY(kind_load(cx, &ticket_kind, ids[i], &t));
		t.state = "valid";
		TRY(kind_update_tx(cx, tx, &ticket_kind, &t));
	}
	return signup_tell_tx(cx, tx, &s, NEWS_MOVED_UP, &mailed);
}

/* The first in turn that fits; RC_NOTFOUND: nobody does. */
static int
next_that_fits(struct ctx *cx, int64_t event, int64_t room, int64_t *id, int64_t *persons)
{
	AUTO_ROWS r = { 0 };
	bool any;

	TRY(db_rows(cx, &r,
	    "SELECT id, persons FROM signup WHERE event = $1 AND state = 'waiting' AND persons <= "
	    "$2 "
	    "ORDER BY id LIMIT 1",
	    VALS(v_int(event), v_int(room))));
	any = rows_next(&r);
	if (any) {
		*id = row_int(&r, 0);
		*persons = row_int(&r, 1);
	}
	TRY(rows_end(&r));
	return any ? RC_OK : RC_NOTFOUND;
}

/* Nobody moves up into an event that does not take place, or is over. */
static int
takes_place(struct ctx *cx, int64_t event, bool *yes)
{
	struct event e;

	TRY(kind_load(cx, &event_kind, event, &e));
	*yes = e.merged_into == 0 && strcmp(e.state, "cancelled") != 0 &&
	       strcmp(e.state, "postponed") != 0 &&
	       (e.last_day == 0 ? e.first_day : e.last_day) >= cx->today;
	return RC_OK;
}

static int
fill(struct ctx *cx, struct tx *tx, const struct signup_form *f)
{
	struct places p;
	int64_t id, persons = 0, room;
	bool yes;

	TRY(takes_place(cx, f->event, &yes));
	if (!yes)
		return RC_OK;
	TRY(signup_places(cx, f, &p));
	for (room = p.free == INT_NONE ? INT32_MAX : p.free; room > 0 && p.waiting > 0;
	     room -= persons) {
		int rc = next_that_fits(cx, f->event, room, &id, &persons);

		if (rc == RC_NOTFOUND)
			return RC_OK;
		TRY(rc);
		TRY(move_up(cx, tx, id));
	}
	return RC_OK;
}

int
signup_as_house(struct ctx *cx, struct tx *tx, house_fn *fn, void *arg)
{
	const struct actor *who = cx->actor;
	struct actor house = signup_house(who);
	int rc;

	cx->actor = &house;
	rc = fn(cx, tx, arg);
	cx->actor = who;
	return rc;
}

static int
fill_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return fill(cx, tx, arg);
}

int
signup_fill_tx(struct ctx *cx, struct tx *tx, int64_t event)
{
	struct signup_form f;
	int rc = signup_form_of(cx, event, &f);

	return rc == RC_NOTFOUND ? RC_OK : rc == RC_OK ? signup_as_house(cx, tx, fill_fn, &f) : rc;
}

/* More places, or reserved ones released: the waiting list moves up with the very write. */
int
signup_form_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	struct signup_form f = *(const struct signup_form *)rec;

	return old == NULL ? RC_OK : signup_as_house(cx, tx, fill_fn, &f);
}

/* ---- a seat goes ---- */

int
signup_seat_gone_tx(struct ctx *cx, struct tx *tx, struct ticket *t, const char *reason)
{
	struct signup s;

	t->state = "revoked";
	t->reason = reason;
	t->revoked_at = cx->now;
	TRY(kind_update_tx(cx, tx, &ticket_kind, t));
	TRY(kind_load(cx, &signup_kind, t->signup, &s));
	s.persons--;
	if (s.persons <= 0) {
		s.persons = 0;
		s.state = "withdrawn";
		s.withdrawn_on = cx->today;
	}
	return kind_update_tx(cx, tx, &signup_kind, &s);
}

struct revoke {
	int64_t id, version;
	const char *reason;
};

struct going {
	struct ticket *t;
	const char *reason;
};

static int
going_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct going *g = arg;

	TRY(signup_seat_gone_tx(cx, tx, g->t, g->reason));
	return signup_fill_tx(cx, tx, g->t->event);
}

static int
revoke_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct revoke *r = arg;
	struct ticket t;

	TRY(kind_get(cx, &ticket_kind, r->id, &t));
	TRY(event_in_scope(cx, t.event, false));
	if (t.rec.version != r->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	if (strcmp(t.state, "revoked") == 0)
		return fail(cx, RC_RULE, N_("This ticket is revoked already."));
	return signup_as_house(cx, tx, going_fn, &(struct going){ &t, r->reason });
}

int
ticket_revoke(struct ctx *cx, int64_t id, int64_t version, const char *reason)
{
	struct ticket t;
	int64_t key;

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (strcmp(reason, "office") != 0 && strcmp(reason, "lost") != 0) {
		fail_field(cx, "reason", N_("Choose one of the values offered."));
		return RC_INVALID;
	}
	TRY(kind_get(cx, &ticket_kind, id, &t));
	key = signup_key(t.event);
	return db_write_keys(cx, &key, 1, revoke_fn, &(struct revoke){ id, version, reason });
}

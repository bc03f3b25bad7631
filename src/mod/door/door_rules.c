/* door_rules.c – who keeps which door, and what a human decides there.
 *
 * RULE door-7: staff (leader, clerk, head) keep the doors of the events that they may write or that their
 * body organises. A helper holds nothing but the door: events of the body's branch, names only from the day
 * before the event to the day after it; scans that were made then are taken a week longer, since a device
 * may come back late. */
#include "mod/door/door_inner.h"

#include <string.h>

enum { NAMES_DAYS = 1, SCANS_DAYS = 7 };

static int
in_scope(struct ctx *cx, const struct event *e, bool *out)
{
	AUTO_ROWS r = { 0 };

	*out = actor_in_scope(cx->actor, e->body);
	if (*out)
		return RC_OK;
	TRY(db_rows(cx, &r, "SELECT body FROM organiser WHERE event = $1 AND ended = 0",
	    VALS(v_int(e->rec.id))));
	while (rows_next(&r))
		*out = *out || actor_in_scope(cx->actor, row_int(&r, 0));
	return rows_end(&r);
}

static bool
near(const struct ctx *cx, const struct event *e, int before, int after)
{
	int last = e->last_day == 0 ? e->first_day : e->last_day;

	return cx->today >= day_add(e->first_day, -before) && cx->today <= day_add(last, after);
}

int
door_rights(struct ctx *cx, const struct event *e, struct door_rights *out)
{
	bool in = false;

	*out = (struct door_rights){ false };
	if (!may(cx, CAP_DOOR) || e->merged_into != 0)
		return RC_OK;
	TRY(in_scope(cx, e, &in));
	if (!in)
		return RC_OK;
	out->staff = may(cx, CAP_EVENT_WRITE);
	out->full = may(cx, CAP_PEOPLE_READ);
	out->uploads = out->staff || near(cx, e, NAMES_DAYS, SCANS_DAYS);
	out->reads = out->staff || near(cx, e, NAMES_DAYS, NAMES_DAYS);
	return RC_OK;
}

int
door_event(struct ctx *cx, int64_t id, struct event *e, struct door_rights *can)
{
	TRY(kind_get(cx, &event_kind, id, e));
	TRY(door_rights(cx, e, can));
	if (!can->uploads)
		return fail(cx, RC_DENIED,
		    N_("This door is kept by another body, or it is not the event's day."));
	return RC_OK;
}

/* ---- decisions ---- */

struct decide {
	int64_t event, copy;
	const unsigned char *nonce;
	enum scan_decision decision;
};

/* Everything that the decision may change: the scan's subject, those of its other contents, and of what
 * they undo. */
static int
gather(struct take *t, const struct decide *d)
{
	const unsigned char *target = NULL;
	struct scan *s;
	int64_t copy;

	TRY(take_nonces(t, &d->nonce, 1));
	for (copy = 0; (s = set_find(t, d->nonce, copy)) != NULL; copy++) {
		subjects_add(t, s->subject);
		if (s->kind != SCAN_UNDO)
			continue;
		target = s->undoes;
		TRY(take_nonces(t, &target, 1));
		if ((s = set_find(t, target, 0)) != NULL)
			subjects_add(t, s->subject);
	}
	TRY(take_special(t));
	return take_subjects(t);
}

static int
decide_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct decide *d = arg;
	struct take t = { .cx = cx, .tx = tx };
	const char *code = scan_decision_code(d->decision);
	struct scan *s;
	char uuid[37];

	TRY(take_begin(&t, d->event));
	TRY(gather(&t, d));
	s = set_find(&t, d->nonce, d->copy);
	if (s == NULL)
		return fail(cx, RC_NOTFOUND, N_("There is no such scan."));
	if (s->subject == NULL && s->kind != SCAN_UNDO)
		return fail(cx, RC_RULE,
		    N_("Nobody stands behind this code: let the guest in by name instead."));
	s->decision = d->decision;
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE scan SET decision = $1, decided_at = $2, decided_by = $3 WHERE event = $4 AND"
	    " nonce = $5 AND copy = $6",
	    VALS(v_text(code), v_int(cx->now), v_int(cx->actor->account), v_int(d->event),
		v_blob((struct slice){ (const char *)d->nonce, NONCE_SIZE }), v_int(d->copy))));
	TRY(take_settle(&t, NULL, 0));
	nonce_text(d->nonce, uuid);
	tx_touch(tx, kind_number(&attendance_kind));
	return audit_tx(cx, tx, "decide", "event", d->event,
	    arena_printf(cx->arena, "scan %s.%lld %s", uuid, (long long)d->copy,
		code == NULL ? "open" : code));
}

int
door_decide(struct ctx *cx, int64_t event, const unsigned char nonce[NONCE_SIZE], int64_t copy,
    enum scan_decision d)
{
	int64_t key = event_key(event);
	struct door_rights can;
	struct event e;

	TRY(door_event(cx, event, &e, &can));
	if (!can.staff)
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write_keys(
	    cx, &key, 1, decide_fn, &(struct decide){ event, copy, nonce, d });
}

/* camp_call.c – calling the roll: one mark a member and slot, or a day, said as often as one likes. Whoever is present
 * has a consent, and counts once at the event. One transaction that holds the keys of event and camp. */
#include "mod/camp/camp_inner.h"

struct calling {
	struct camp_call in;
	struct camp_member m;
	struct camp c;
	bool again;
};

const char *
camp_sheet_row(struct ctx *cx, const struct camp_member *m)
{
	return arena_printf(cx->arena, "camp-%lld", (long long)m->rec.id);
}

/* ---- what may be said ---- */

static bool
is_state(const char *state)
{
	size_t i;

	for (i = 0; camp_mark_states[i].code != NULL; i++)
		if (camp_is(state, camp_mark_states[i].code))
			return true;
	return false;
}

static int
check_slot(struct ctx *cx, struct calling *w)
{
	struct camp_slot s;

	if (w->in.slot == 0)
		return RC_OK;
	TRY(kind_get(cx, &camp_slot_kind, w->in.slot, &s));
	if (s.camp != w->m.camp || (s.camp_group != 0 && s.camp_group != w->m.camp_group))
		return fail(cx, RC_RULE, N_("This slot is not for the member's group."));
	w->in.day = s.day;
	return RC_OK;
}

/* RULE camp-5 */
static int
check_call(struct ctx *cx, struct calling *w)
{
	bool present = camp_is(w->in.state, "present");
	struct camp_member now = w->m;

	if (!is_state(w->in.state))
		return fail(cx, RC_RULE, N_("Choose present, absent or excused."));
	if (w->in.day < w->c.from_day || w->in.day > w->c.to_day)
		return fail(cx, RC_RULE, N_("The camp lasts %s."),
		    day_range(cx, w->c.from_day, w->c.to_day));
	if (w->in.day > cx->today)
		return fail(cx, RC_RULE, N_("This day has not come yet."));
	if (w->m.left_on != 0 && w->in.day >= w->m.left_on)
		return fail(
		    cx, RC_RULE, N_("No longer there from %s."), day_text(cx, w->m.left_on));
	if (present && !camp_is(w->m.consent, "given"))
		return fail(cx, RC_RULE,
		    N_("Without a consent nobody is marked present: enter the consent first."));
	/* RULE camp-4: the camp's first day or the birth on record may have changed since the consent. */
	TRY(camp_member_prepare(cx, &w->m, &now));
	if (present && now.minor && camp_is(w->m.consent_by, "self"))
		return fail(cx, RC_RULE,
		    N_("Under age, or not certainly 18: a parent or representative consents."));
	return RC_OK;
}

/* ---- the attendance ---- */

static int
present_times(struct ctx *cx, int64_t member, int64_t *n)
{
	return db_int(cx, n,
	    "SELECT count(*) FROM camp_mark WHERE member = $1 AND state = 'present'",
	    VALS(v_int(member)));
}

/* RULE camp-6: the last mark "present" was corrected: what the roll call counted is counted no more. One that stands
 * by other means is not touched. */
static int
unlist(struct ctx *cx, struct tx *tx, const struct calling *w)
{
	struct attendance a;
	int64_t id, n;
	int rc;

	TRY(present_times(cx, w->m.rec.id, &n));
	if (n > 0)
		return RC_OK;
	rc = db_int(cx, &id,
	    "SELECT id FROM attendance WHERE event = $1 AND sheet_row = $2 AND basis = 'listed' "
	    "AND withdrawn = 0",
	    VALS(v_int(w->c.event), v_text(camp_sheet_row(cx, &w->m))));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(kind_load(cx, &attendance_kind, id, &a));
	a.withdrawn = true;
	return kind_update_tx(cx, tx, &attendance_kind, &a);
}

static int
follow(struct ctx *cx, struct tx *tx, const struct calling *w)
{
	struct attend_in in = { .event = w->c.event,
		.person = w->m.person,
		.guest = w->m.person == 0 ? w->m.guest : NULL,
		.basis = "listed",
		.sheet_row = camp_sheet_row(cx, &w->m) };
	int64_t id;
	bool again;

	if (!camp_is(w->in.state, "present"))
		return unlist(cx, tx, w);
	return event_attend_tx(cx, tx, &in, &id, &again);
}

/* ---- the mark ---- */

/* Marks are written by this rule alone; the account stays the actor's. */
static int
put_mark(struct ctx *cx, struct tx *tx, struct camp_mark *k)
{
	const struct actor *who = cx->actor;
	struct actor house = actor_system;
	int rc;

	house.account = who->account;
	house.person = who->person;
	house.login = who->login;
	house.name = who->name;
	cx->actor = &house;
	rc = k->rec.id == 0 ? kind_insert_tx(cx, tx, &camp_mark_kind, k)
			    : kind_update_tx(cx, tx, &camp_mark_kind, k);
	cx->actor = who;
	return rc;
}

static int
find_mark(struct ctx *cx, const struct calling *w, struct camp_mark *k)
{
	int64_t id;
	int rc;

	rc = w->in.slot == 0
		 ? db_int(cx, &id,
		       "SELECT id FROM camp_mark WHERE member = $1 AND day = $2 AND "
		       "slot IS NULL",
		       VALS(v_int(w->m.rec.id), v_int(w->in.day)))
		 : db_int(cx, &id, "SELECT id FROM camp_mark WHERE member = $1 AND slot = $2",
		       VALS(v_int(w->m.rec.id), v_int(w->in.slot)));
	if (rc == RC_OK)
		return kind_load(cx, &camp_mark_kind, id, k);
	if (rc != RC_NOTFOUND)
		return rc;
	kind_empty(&camp_mark_kind, k);
	k->camp = w->m.camp;
	k->member = w->m.rec.id;
	k->day = w->in.day;
	k->slot = w->in.slot;
	return RC_OK;
}

static int
call_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct calling *w = arg;
	struct camp_mark k;

	w->again = false;
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_get(cx, &camp_member_kind, w->in.member, &w->m));
	TRY(camp_staffed_by(cx, w->m.camp));
	TRY(kind_load(cx, &camp_kind, w->m.camp, &w->c));
	TRY(check_slot(cx, w));
	TRY(find_mark(cx, w, &k));
	if (camp_is(k.state, w->in.state)) { /* said already, whatever changed since */
		w->again = true;
		return RC_OK;
	}
	TRY(check_call(cx, w));
	k.state = w->in.state;
	TRY(put_mark(cx, tx, &k));
	return follow(cx, tx, w);
}

int
camp_call(struct ctx *cx, const struct camp_call *in, bool *again)
{
	struct calling *w = arena_new(cx->arena, struct calling);
	struct camp_member m;
	int64_t event, keys[2];

	w->in = *in;
	TRY(kind_get(cx, &camp_member_kind, in->member, &m));
	TRY(db_int(cx, &event, "SELECT event FROM camp WHERE id = $1", VALS(v_int(m.camp))));
	(void)kind_hot_keys(&camp_member_kind, &m, &keys[0]);
	keys[1] = event_key(event);
	TRY(db_write_keys(cx, keys, 2, call_fn, w));
	*again = w->again;
	return RC_OK;
}

/* ---- reading ---- */

static const char *
state_code(const char *state)
{
	size_t i;

	for (i = 0; camp_mark_states[i].code != NULL; i++)
		if (camp_is(state, camp_mark_states[i].code))
			return camp_mark_states[i].code;
	return NULL;
}

int
camp_called(struct ctx *cx, const struct camp_call *which, const struct camp_row *rows, size_t n,
    const char **state)
{
	AUTO_ROWS r = { 0 };
	size_t i;

	for (i = 0; i < n; i++)
		state[i] = NULL;
	if (n == 0)
		return RC_OK;
	TRY(db_rows(cx, &r,
	    "SELECT member, state FROM camp_mark WHERE camp = $1 AND day = $2 AND coalesce(slot, "
	    "0) = $3",
	    VALS(v_int(rows[0].m.camp), v_int(which->day), v_int(which->slot))));
	while (rows_next(&r))
		for (i = 0; i < n; i++)
			if (rows[i].m.rec.id == row_int(&r, 0))
				state[i] = state_code(row_text(&r, 1));
	return rows_end(&r);
}

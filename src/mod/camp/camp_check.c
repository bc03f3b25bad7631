/* camp_check.c – who sees a camp and its parts, who may write them, and what must be true of a camp, a group, a slot.
 *
 * Camp, groups and timetable are seen with the event. Members and marks are for the secretariat and for staff of
 * the lead body or a co-organiser: a public event opens none of them. */
#include "mod/camp/camp_inner.h"

/* ---- scopes ---- */

void
camp_scope(struct ctx *cx, struct query *q)
{
	event_followed(cx, q, "camp.event");
}

void
camp_group_scope(struct ctx *cx, struct query *q)
{
	event_followed(cx, q, "(SELECT c.event FROM camp c WHERE c.id = camp_group.camp)");
}

void
camp_slot_scope(struct ctx *cx, struct query *q)
{
	event_followed(cx, q, "(SELECT c.event FROM camp c WHERE c.id = camp_slot.camp)");
}

void
camp_member_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "camp_member.person");
	event_followed_own(cx, q, "(SELECT c.event FROM camp c WHERE c.id = camp_member.camp)");
}

void
camp_mark_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(
	    cx, q, "(SELECT m.person FROM camp_member m WHERE m.id = camp_mark.member)");
	event_followed_own(cx, q, "(SELECT c.event FROM camp c WHERE c.id = camp_mark.camp)");
}

/* ---- who may ---- */

static int
event_of(struct ctx *cx, int64_t camp, int64_t *event)
{
	return db_int(cx, event, "SELECT event FROM camp WHERE id = $1", VALS(v_int(camp)));
}

int
camp_run_by(struct ctx *cx, int64_t camp)
{
	int64_t event;

	if (camp == 0)
		return RC_OK; /* named by the kind */
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(event_of(cx, camp, &event));
	return event_in_scope(cx, event, false);
}

int
camp_staffed_by(struct ctx *cx, int64_t camp)
{
	int64_t event;

	if (!may(cx, CAP_PEOPLE_READ) || !may(cx, CAP_EVENT_READ))
		return fail(cx, RC_DENIED, N_("Only the staff of the event sees this."));
	TRY(event_of(cx, camp, &event));
	return event_in_scope(cx, event, true);
}

static bool
inside(struct ctx *cx, int64_t camp)
{
	struct err kept = cx->err;
	bool yes = camp_staffed_by(cx, camp) == RC_OK;

	cx->err = kept;
	return yes;
}

bool
camp_group_inside(struct ctx *cx, const void *rec)
{
	return inside(cx, ((const struct camp_group *)rec)->camp);
}

bool
camp_slot_inside(struct ctx *cx, const void *rec)
{
	return inside(cx, ((const struct camp_slot *)rec)->camp);
}

int
camp_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct camp *c = rec;

	(void)old; /* the event is fixed */
	return c->event == 0 ? RC_OK : event_in_scope(cx, c->event, false);
}

int
camp_group_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old; /* the camp is fixed, here and below */
	return camp_run_by(cx, ((const struct camp_group *)rec)->camp);
}

int
camp_slot_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return camp_run_by(cx, ((const struct camp_slot *)rec)->camp);
}

int
camp_member_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return camp_run_by(cx, ((const struct camp_member *)rec)->camp);
}

/* ---- a camp ---- */

static int
check_days(struct ctx *cx, const struct camp *c)
{
	struct event e;

	TRY(kind_load(cx, &event_kind, c->event, &e));
	if (c->to_day < c->from_day)
		fail_field(cx, "to_day", N_("The end lies before the beginning."));
	if (c->from_day < e.first_day)
		fail_field(
		    cx, "from_day", N_("The event begins on %s."), day_text(cx, e.first_day));
	if (c->to_day > (e.last_day == 0 ? e.first_day : e.last_day))
		fail_field(cx, "to_day", N_("The event ends on %s."),
		    day_text(cx, e.last_day == 0 ? e.first_day : e.last_day));
	return RC_OK;
}

static int
outside(struct ctx *cx, const struct camp *c, const char *table, int64_t *n)
{
	return db_int(cx, n,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM %s WHERE camp = $1 AND (day < $2 OR day > $3)", table),
	    VALS(v_int(c->rec.id), v_int(c->from_day), v_int(c->to_day)));
}

/* RULE camp-1: a day that has a slot or a mark stays within the camp. */
static int
check_days_used(struct ctx *cx, const struct camp *c)
{
	int64_t n;

	TRY(outside(cx, c, "camp_slot", &n));
	if (n > 0)
		fail_field(cx, "from_day",
		    N_("%s slots of the timetable would lie outside of these days."), num(cx, n));
	TRY(outside(cx, c, "camp_mark", &n));
	if (n > 0)
		fail_field(cx, "from_day",
		    N_("%s marks of the roll call would lie outside of these days."), num(cx, n));
	return RC_OK;
}

/* RULE camp-2 */
static int
check_places(struct ctx *cx, int64_t places, const char *column, int64_t id)
{
	int64_t n;

	if (places == INT_NONE)
		return RC_OK;
	TRY(db_int(cx, &n,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM camp_member WHERE %s = $1 AND left_on IS NULL", column),
	    VALS(v_int(id))));
	if (places < n)
		fail_field(cx, "places", N_("%s places are given already."), num(cx, n));
	return RC_OK;
}

int
camp_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct camp *c = rec;

	if (c->event != 0 && c->from_day != 0 && c->to_day != 0)
		TRY(check_days(cx, c));
	if (c->age_from != INT_NONE && c->age_to != INT_NONE && c->age_to < c->age_from)
		fail_field(cx, "age_to", N_("The end lies before the beginning."));
	if (old == NULL)
		return RC_OK;
	TRY(check_days_used(cx, c));
	return check_places(cx, c->places, "camp", c->rec.id);
}

/* ---- a group ---- */

int
camp_group_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct camp_group *g = rec;
	int64_t n;

	if (!camp_blank(g->name)) {
		TRY(db_int(cx, &n,
		    "SELECT count(*) FROM camp_group WHERE camp = $1 AND name = $2 AND id <> $3",
		    VALS(v_int(g->camp), v_text(g->name), v_int(g->rec.id))));
		if (n > 0)
			fail_field(cx, "name", N_("There is a group of this name already."));
	}
	return old == NULL ? RC_OK : check_places(cx, g->places, "camp_group", g->rec.id);
}

/* ---- a slot: what clashes is told beside the timetable, not refused ---- */

int
camp_slot_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct camp_slot *s = rec, *was = old;
	struct camp c;
	int64_t n;

	if (s->camp == 0)
		return RC_OK; /* named by the kind */
	TRY(kind_load(cx, &camp_kind, s->camp, &c));
	if (s->day != 0 && (s->day < c.from_day || s->day > c.to_day))
		fail_field(
		    cx, "day", N_("The camp lasts %s."), day_range(cx, c.from_day, c.to_day));
	if (!camp_blank(s->starts) && !camp_blank(s->ends) && strcmp(s->ends, s->starts) <= 0)
		fail_field(cx, "ends", N_("The end lies before the beginning."));
	if (s->camp_group != 0) {
		TRY(db_int(cx, &n, "SELECT count(*) FROM camp_group WHERE id = $1 AND camp = $2",
		    VALS(v_int(s->camp_group), v_int(s->camp))));
		if (n == 0)
			fail_field(cx, "camp_group", N_("This group belongs to another camp."));
	}
	if (was == NULL || (was->day == s->day && was->camp_group == s->camp_group))
		return RC_OK;
	TRY(db_int(
	    cx, &n, "SELECT count(*) FROM camp_mark WHERE slot = $1", VALS(v_int(s->rec.id))));
	if (n > 0)
		fail_field(cx, was->day != s->day ? "day" : "camp_group",
		    N_("This is fixed: the roll was called already."));
	return RC_OK;
}

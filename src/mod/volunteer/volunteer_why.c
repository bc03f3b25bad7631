/* volunteer_why.c – why somebody cannot take a place, in words: one list of questions, the same for the page, the desk
 * and the write itself. RULE volunteer-2, volunteer-4. */
#include "mod/volunteer/volunteer_inner.h"

#include <string.h>

int
volunteer_age(struct ctx *cx, const struct volunteer *v, int day, int64_t *out)
{
	int64_t year = v->birth_year;
	struct person p = { 0 };

	*out = INT_NONE;
	if (v->person != 0)
		TRY(kind_load(cx, &person_kind, v->person, &p));
	if (p.birth_day != 0 && p.birth_day % 10000 != 0) {
		*out = day_year(day) - day_year(p.birth_day) -
		       (day % 10000 < p.birth_day % 10000 ? 1 : 0);
		return RC_OK;
	}
	if (p.birth_day != 0)
		year = day_year(p.birth_day);
	if (year != INT_NONE)
		*out = day_year(day) - year - 1; /* the birthday may still come */
	if (v->adult_on != 0 && v->adult_on <= day && *out != INT_NONE && *out < VOLUNTEER_ADULT)
		*out = VOLUNTEER_ADULT;
	return RC_OK;
}

bool
shift_at_night(const struct shift *s)
{
	enum { FROM = 22 * 60, TO = 6 * 60 };
	int64_t at;

	/* Minute by minute, with a stride no night fits into. */
	for (at = s->starts_at; at < s->ends_at; at += 15 * US_PER_MINUTE) {
		int day, hour, minute, second, m;

		moment_parts(at, &day, &hour, &minute, &second);
		m = hour * 60 + minute;
		if (m >= FROM || m < TO)
			return true;
		if (m + 15 > FROM && at + (FROM - m) * US_PER_MINUTE < s->ends_at)
			return true;
	}
	return false;
}

int
shift_filled(struct ctx *cx, int64_t shift, const char *role, int64_t *need, int64_t *filled)
{
	int rc;

	rc = db_int(cx, need, "SELECT people FROM shift_need WHERE shift = $1 AND role = $2",
	    VALS(v_int(shift), v_text(role)));
	if (rc == RC_NOTFOUND)
		*need = 0;
	else
		TRY(rc);
	return db_int(cx, filled,
	    "SELECT count(*) FROM shift_signup WHERE shift = $1 AND role = $2 AND " HAS_PLACE,
	    VALS(v_int(shift), v_text(role)));
}

int
shift_closed_why(struct ctx *cx, const struct shift *s, const char **why)
{
	*why = NULL;
	if (s->headquarters != 0) {
		struct headquarters h;

		TRY(kind_load(cx, &headquarters_kind, s->headquarters, &h));
		if (strcmp(h.state, "open") != 0)
			*why = tr(cx, "The headquarters is closed.");
	} else {
		struct event e;

		TRY(kind_load(cx, &event_kind, s->event, &e));
		if (strcmp(e.state, "cancelled") == 0)
			*why = tr(cx, "The event is cancelled.");
		else if (strcmp(e.state, "postponed") == 0)
			*why = tr(cx, "The event is postponed.");
	}
	return RC_OK;
}

/* RULE volunteer-2 */
static int
young_why(struct ctx *cx, const struct volunteer *v, const struct shift *s, const char **why)
{
	int64_t age;

	TRY(volunteer_age(cx, v, s->day, &age));
	if (age == INT_NONE)
		*why = tr(cx, "The year of birth is not known.");
	else if (age < VOLUNTEER_LEAST_AGE)
		*why = trf(cx, "Too young: one can help from the age of %s.",
		    num(cx, VOLUNTEER_LEAST_AGE));
	else if (age >= VOLUNTEER_ADULT)
		return RC_OK;
	else if (s->headquarters != 0)
		*why =
		    tr(cx, "At a relief headquarters only adults help; who is 18 this year shows a "
			   "document at the desk.");
	else if (s->dangerous)
		*why = tr(cx, "Dangerous work is for adults only.");
	else if (shift_at_night(s))
		*why = tr(cx, "From 22:00 to 06:00 only adults help.");
	else if (v->consent_on == 0)
		*why =
		    tr(cx, "Under 18 a parent's written consent is needed: bring it to the desk.");
	return RC_OK;
}

/* Another shift at the same time, also of a record that is the same person. */
static int
overlap_why(struct ctx *cx, const struct volunteer *v, const struct shift *s, const char **why)
{
	int64_t other;
	struct shift o;
	int rc;

	rc = db_int(cx, &other,
	    "SELECT o.id FROM shift_signup u JOIN shift o ON o.id = u.shift JOIN volunteer w ON "
	    "w.id = u.volunteer WHERE coalesce(w.same_as, w.id) = $1 AND u.state IN ('signed', "
	    "'arrived', 'left') AND o.id <> $2 AND o.starts_at < $3 AND o.ends_at > $4 ORDER BY "
	    "o.id LIMIT 1",
	    VALS(v_int(v->same_as != 0 ? v->same_as : v->rec.id), v_int(s->rec.id),
		v_int(s->ends_at), v_int(s->starts_at)));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(kind_load(cx, &shift_kind, other, &o));
	*why = trf(cx, "Another shift at that time: %s, %s.", tr3(cx, &o.task, NULL),
	    moment_text(cx, o.starts_at));
	return RC_OK;
}

static int
place_why(struct ctx *cx, const struct shift *s, const char *role, const char **why)
{
	int64_t need, filled;

	TRY(shift_filled(cx, s->rec.id, role, &need, &filled));
	if (need == 0)
		*why = tr(cx, "This shift does not need this role.");
	else if (filled >= need)
		*why = tr(cx, "All places are taken.");
	return RC_OK;
}

int
volunteer_why(struct ctx *cx, const struct volunteer *v, const struct shift *s, const char *role,
    const char **why)
{
	TRY(shift_closed_why(cx, s, why));
	if (*why == NULL && s->ends_at <= cx->now && !may(cx, CAP_RELIEF_WRITE))
		*why = tr(cx, "The shift is over.");
	if (*why == NULL)
		TRY(place_why(cx, s, role, why));
	if (*why == NULL)
		TRY(young_why(cx, v, s, why));
	if (*why == NULL && s->briefed && v->briefed_on == 0)
		*why = tr(cx, "A briefing is needed first: ask at the desk.");
	if (*why == NULL && strcmp(role, "helper") != 0 && !volunteer_has(v->skills, role))
		*why = trf(cx, "The skill is missing: %s.", option_label(cx, shift_roles, role));
	if (*why == NULL)
		TRY(overlap_why(cx, v, s, why));
	return RC_OK;
}

/* volunteer_inner.h – what the files of this module share. Other modules use volunteer.h. */
#ifndef MOD_VOLUNTEER_INNER_H
#define MOD_VOLUNTEER_INNER_H

#include "mod/registry/registry.h"
#include "mod/volunteer/volunteer.h"

#define US_PER_MINUTE (US_PER_SECOND * 60)
/* Those who take a place: who withdrew or did not come gives it back. */
#define HAS_PLACE "state IN ('signed', 'arrived', 'left')"

/* ---- volunteer_check.c: named in the rows of volunteer_kinds.c */
void volunteer_scope(struct ctx *cx, struct query *q);
void shift_signup_scope(struct ctx *cx, struct query *q);
const char *volunteer_skills_error(const char *text);
const char *volunteer_languages_error(const char *text);
int volunteer_prepare(struct ctx *cx, const void *old, void *rec);
int volunteer_check(struct ctx *cx, const void *old, const void *rec);
int shift_prepare(struct ctx *cx, const void *old, void *rec);
int shift_check(struct ctx *cx, const void *old, const void *rec);
int shift_need_check(struct ctx *cx, const void *old, const void *rec);
int shift_correction_check(struct ctx *cx, const void *old, const void *rec);
/* Whether a list of codes by commas holds this one. */
bool volunteer_has(const char *list, const char *code);
/* "cook, driver" in the reader's language. */
const char *volunteer_codes_text(struct ctx *cx, const struct option *o, const char *list);

/* ---- volunteer_why.c */
/* The least that the volunteer may be on a day, in full years; INT_NONE = not known. RULE volunteer-2 */
int volunteer_age(struct ctx *cx, const struct volunteer *v, int day, int64_t *out) MUST;
/* RULE volunteer-2: any minute from 22:00 to 06:00. */
bool shift_at_night(const struct shift *s);
/* What the role needs and how many have a place. */
int shift_filled(
    struct ctx *cx, int64_t shift, const char *role, int64_t *need, int64_t *filled) MUST;
/* The headquarters or the event still takes sign-ups: NULL, else why not. */
int shift_closed_why(struct ctx *cx, const struct shift *s, const char **why) MUST;

/* ---- volunteer_sign.c */
int shift_sign_tx(struct ctx *cx, struct tx *tx, const struct signing *in, int64_t *id) MUST;
/* RULE volunteer-5: what counts of a time between arrival and leaving. */
int64_t shift_minutes(const struct shift *s, int64_t arrived_at, int64_t left_at);
/* Keys of a write that concerns this shift (db_write_keys). */
int64_t shift_key(int64_t shift);
int shift_writer(struct ctx *cx) MUST; /* RC_OK for CAP_RELIEF_WRITE */

/* ---- volunteer_reads.c: what the pages show */
enum { SHIFT_ROLES = 13 };
struct role_row {
	const char *role;
	int64_t need, filled, here, came; /* here: arrived and not left; came: arrived at all */
};
struct shift_row {
	struct shift s;
	const char *place; /* in words, "" = not said */
	struct role_row role[SHIFT_ROLES];
	size_t nroles;
	int64_t gap; /* people still missing over all roles */
};
/* Shifts of a headquarters (or of an event) from a day on, by beginning; from 0 = all. */
struct shift_ask {
	int64_t headquarters, event, shift; /* one of them */
	int from;
	bool
	    open; /* those of the public page that have not ended, of all open headquarters and approved events */
};
int reads_shifts(struct ctx *cx, const struct shift_ask *a, struct shift_row **out, size_t *n) MUST;
struct signup_row {
	struct shift_signup u;
	const char *name;
	const char *skills;
	int briefed_on;
	int64_t age; /* least, on the day of the shift; INT_NONE */
};
/* Who has signed up for a shift, by role and name. CAP_RELIEF_WRITE */
int reads_signups(struct ctx *cx, int64_t shift, struct signup_row **out, size_t *n) MUST;
struct own_row {
	struct shift_signup u;
	struct shift s;
	const char *place;
};
/* Shifts of one volunteer (and of records that are the same person), latest first. For who has the code or CAP_RELIEF_WRITE. */
int reads_own(struct ctx *cx, const struct volunteer *v, struct own_row **out, size_t *n) MUST;
/* Names of volunteers: the person's, or the walk-in's. */
int volunteer_names(struct ctx *cx, const int64_t *ids, size_t n, const char **out) MUST;
/* Volunteers with hours of a headquarters, by name. CAP_RELIEF_WRITE; of a leader (headquarters 0): members of the
 * own bodies with the hours of all time. */
struct hours_row {
	int64_t volunteer, attendances, minutes;
	const char *name;
};
int reads_hours(struct ctx *cx, int64_t headquarters, struct hours_row **out, size_t *n) MUST;
int reads_own_members(struct ctx *cx, struct hours_row **out, size_t *n) MUST;

#endif

/* volunteer.h – volunteers, shifts, what each shift needs by role, who signed up, who came, and the hours.
 *
 * A shift belongs to a headquarters or to an event and needs so many people in each role (shift_need). A volunteer
 * signs up for one role of a shift; never are more signed up than the role needs, also when two take the last place
 * at once (all writes of one shift hold its key; RULE volunteer-3). Who cannot sign up is told why in words
 * (volunteer_why()). Coming is apart from signing up: hours are the time between arrival and leaving, at most the
 * shift and its said overrun, and are never typed; a correction is a further entry with its reason (RULE
 * volunteer-5). Minors: RULE volunteer-2. A walk-in is a name with a sealed telephone; names are for
 * CAP_RELIEF_WRITE, as the duty roster is, and a leader sees the own members alone. Whoever has no account
 * holds a code of nine digits (relief_code.h). Two records of one telephone and year of birth are one in all
 * numbers (same_as), and nobody is told. */
#ifndef MOD_VOLUNTEER_H
#define MOD_VOLUNTEER_H

#include "mod/event/event.h"
#include "mod/relief/relief.h"

enum {
	VOLUNTEER_LEAST_AGE = 16,
	VOLUNTEER_ADULT = 18,
	VOLUNTEER_PHONE_A_DAY = 5, /* records of the public page with one telephone */
	SHIFT_OVERRUN = 60	   /* minutes beyond the shift that count where none are said */
};

struct volunteer {
	struct rec rec;
	const char *code;
	int64_t person; /* 0: known by name only, or erased since */
	const char *name;
	struct sealed phone;
	const char *phone_mac;
	int64_t birth_year;    /* where no record tells the birthday; INT_NONE = not known */
	const char *skills;    /* codes of volunteer_skills[], by commas */
	const char *languages; /* codes of volunteer_languages[], by commas */
	const char *words;     /* own words */
	int briefed_on;	       /* 0 = not yet */
	int64_t briefed_by;    /* account */
	int adult_on; /* a document was seen: 18 by this day, where the year alone leaves it open; 0 = not seen */
	int consent_on;		  /* a parent's, of a minor */
	struct sealed consent_by; /* the parent's name */
	struct sealed injury;
	const char *way; /* page, desk */
	int since;
	int64_t same_as; /* the first record of the same person; 0 = this one */
};
struct shift {
	struct rec rec;
	int64_t headquarters, event; /* one of them */
	struct text3 task;
	int64_t starts_at, ends_at;
	int day; /* of its beginning */
	int64_t relief_place, hall;
	const char *place; /* words */
	bool dangerous;	   /* adults alone, after a briefing */
	bool briefed;	   /* after a briefing only */
	bool open;	   /* on the public page */
	int64_t overrun;   /* minutes; INT_NONE = SHIFT_OVERRUN */
	const char *note;
};
struct shift_need {
	struct rec rec;
	int64_t shift;
	const char *role; /* of shift_roles[]: helper, or a skill */
	int64_t people;
};
struct shift_signup {
	struct rec rec;
	int64_t shift, volunteer;
	const char *role, *state, *way; /* state of signup_marks[]; way: page, desk */
	int64_t entered_by;		/* account; 0 = by the code or the public page */
	int64_t signed_at, arrived_at, left_at, withdrawn_at;
	int day;
	int64_t minutes, hours; /* INT_NONE until they left; hours: whole ones of this attendance */
};
struct shift_correction {
	struct rec rec;
	int64_t shift_signup, arrived_at, left_at;
	const char *reason;
	int64_t author;
};
extern const struct kind volunteer_kind, shift_kind, shift_need_kind, shift_signup_kind,
    shift_correction_kind;
extern const struct option volunteer_skills[], volunteer_languages[], volunteer_ways[],
    shift_roles[], signup_marks[];

/* ---- joining ---- */
struct volunteer_in {
	const char *nonce; /* of the form; NULL = none */
	int64_t person;	   /* on record; else the name */
	const char *name, *phone;
	int64_t birth_year; /* INT_NONE = not said */
	const char *skills, *languages, *words;
	bool desk; /* by CAP_RELIEF_WRITE; else by anybody on the public page */
};
/* RC_INVALID: fields name, phone, birth_year, skills, languages. RC_RULE: too young, too often. *again: this form
 * was sent before. RULE volunteer-1, -2, -7. */
int volunteer_take(struct ctx *cx, const struct volunteer_in *in, int64_t *id, bool *again) MUST;
/* The form's shift with it, in one write: nobody is left behind where the shift says no. */
struct shift_wish {
	int64_t shift;
	const char *role;
};
int volunteer_join(struct ctx *cx, const struct volunteer_in *in, const struct shift_wish *wish,
    int64_t *id, bool *again) MUST;
/* RC_INVALID: mistyped (field code); RC_NOTFOUND. */
int volunteer_by_code(struct ctx *cx, const char *typed, struct volunteer *out) MUST;
/* The briefing was done today by the actor. CAP_RELIEF_WRITE. */
int volunteer_brief(struct ctx *cx, int64_t id) MUST;
/* Telephone, parent, injury for CAP_RELIEF_WRITE; leaves a trace. NULL = nothing is there. */
struct volunteer_opened {
	const char *phone, *parent, *injury;
};
int volunteer_open_sealed(struct ctx *cx, int64_t id, struct volunteer_opened *out) MUST;

/* ---- shifts ---- */
/* Why this volunteer cannot take this role of this shift, in words; NULL = can. RULE volunteer-4 */
int volunteer_why(struct ctx *cx, const struct volunteer *v, const struct shift *s,
    const char *role, const char **why) MUST;
/* `code`: the caller has proved the code; else CAP_RELIEF_WRITE. Signed up already in this role: the same one (*id), nothing
 * is written. RC_RULE with volunteer_why(). */
struct signing {
	int64_t volunteer;
	struct shift_wish wish;
	bool code;
};
int shift_sign(struct ctx *cx, const struct signing *in, int64_t *id) MUST;
/* By the volunteer (`code`) before the shift begins, or by the desk. RC_RULE: came already. */
int shift_withdraw(struct ctx *cx, int64_t signup, bool code) MUST;
/* Buttons of the desk, CAP_RELIEF_WRITE; pressed twice is once. at 0 = now. arrive: RC_RULE without a briefing, or
 * where the place of one who was noted as not come is taken. */
int shift_arrive(struct ctx *cx, int64_t signup, int64_t at) MUST;
int shift_leave(struct ctx *cx, int64_t signup, int64_t at) MUST;
int shift_no_show(struct ctx *cx, int64_t signup) MUST;
/* When they really came and left; by the actor, with a reason. RULE volunteer-5 */
int shift_correct(struct ctx *cx, const struct shift_correction *in) MUST;
/* The role's need becomes so many, 0 = none; RC_INVALID (field people) beneath those who have a place. */
int shift_need_set(struct ctx *cx, int64_t shift, const char *role, int64_t people) MUST;

/* ---- for app/ ---- */
extern const struct person_link volunteer_links[];
extern const size_t volunteer_nlinks;
struct figure;
extern const struct figure *const volunteer_figures[];
extern const size_t volunteer_nfigures;
/* Retention: what names a volunteer goes out of the record and its versions; hours stay. RULE volunteer-8 */
struct cut_term;
extern const struct cut_term volunteer_terms[];

#endif

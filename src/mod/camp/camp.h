/* camp.h – a camp at an event: groups, members with consents, the timetable, the roll call.
 *
 * Chain: event > camp > groups, slots > members > marks. Places are counted from members each time, never kept.
 * A minor is there only with a parent's consent, an adult with the own one; who has none is not marked present.
 * Whoever is marked present counts once as listed at the event. Guests see groups and timetable without a
 * name. RULE camp-1 … camp-9. */
#ifndef MOD_CAMP_H
#define MOD_CAMP_H

#include "mod/event/event.h"
#include "mod/registry/registry.h"

enum { CAMP_ADULT = 18 };

struct camp {
	struct rec rec;
	int64_t event;
	struct text3 name;
	int from_day, to_day;	  /* within the event, both included */
	int64_t age_from, age_to; /* full years on from_day; INT_NONE = not said */
	int64_t places;		  /* INT_NONE = no limit */
	struct text3 consent;	  /* what the printed form says beside the house's own text */
};
struct camp_group {
	struct rec rec;
	int64_t camp;
	const char *name;
	int64_t places; /* INT_NONE = no limit of its own */
	const char *lang;
	int64_t leader; /* person; 0 = none */
};
struct camp_member {
	struct rec rec;
	int64_t camp, camp_group, person; /* person 0: known by name only */
	const char *guest;
	int64_t birth_year;  /* of a guest; of a person where the record has no day; INT_NONE */
	bool minor;	     /* may be under 18 on the camp's first day: follows from the birth */
	const char *consent; /* missing, given, withdrawn */
	int consent_on;
	const char *consent_way, *consent_by;
	struct sealed parent, phone, needs; /* needs: what the staff must know of the health */
	int left_on; /* first day on which they are no longer there; 0 = are */
};
struct camp_slot {
	struct rec rec;
	int64_t camp, camp_group; /* group 0: all */
	int day;
	const char *starts, *ends; /* "09:30" */
	struct text3 name;
	const char *place;
	int64_t leader;
};
struct camp_mark {
	struct rec rec;
	int64_t camp, member;
	int day;
	int64_t slot; /* 0: the roll call of the whole day */
	const char *state;
};
extern const struct kind camp_kind, camp_group_kind, camp_member_kind, camp_slot_kind,
    camp_mark_kind;
extern const struct option camp_consents[], camp_ways[], camp_givers[], camp_mark_states[];

/* ---- who ---- */
/* RC_OK for staff of the scope of the event's lead body: they write camp, groups, members, timetable. */
int camp_run_by(struct ctx *cx, int64_t camp) MUST;
/* The same, co-organisers' staff too: they see names and call the roll. */
int camp_staffed_by(struct ctx *cx, int64_t camp) MUST;

/* ---- reading ---- */
/* One camp as everybody may see it; nothing names a person but ids of leaders. */
struct camp_table {
	struct camp c;
	struct event event;
	struct camp_group *group; /* by name, then id */
	int64_t *taken;		  /* [ngroups]: members that are there */
	size_t ngroups;
	struct camp_slot *slot; /* by day, hour, id */
	size_t nslots;
	int64_t all, missing; /* members that are there; of them without a consent */
};
int camp_table(struct ctx *cx, int64_t camp, struct camp_table *out) MUST;
ptrdiff_t camp_group_at(const struct camp_table *t, int64_t group); /* −1 = none */
/* Places that are free: INT_NONE = no limit. group < 0: of the camp. */
int64_t camp_free(const struct camp_table *t, ptrdiff_t group);

/* Members of a camp that this actor may see, by name; group 0 = of all. For staff (camp_staffed_by). */
struct camp_row {
	struct camp_member m;
	const char *name;
	int birth_year; /* 0 = not known */
};
int camp_members(
    struct ctx *cx, int64_t camp, int64_t group, struct camp_row **out, size_t *n) MUST;

/* RULE camp-8: two slots at one time with the same group or the same leader, there or at another camp. */
struct camp_clash {
	int64_t slot, other; /* other may be of another camp */
	bool leader;	     /* else the group */
};
int camp_clashes(struct ctx *cx, int64_t camp, struct camp_clash **out, size_t *n) MUST;

/* ---- roll call ---- */
struct camp_call {
	int64_t member;
	int day;
	int64_t slot; /* 0 = the whole day */
	const char *state;
};
/* RULE camp-5, camp-6: one mark a member and slot (or day); the same one again changes nothing (*again). RC_RULE:
 * no consent, the day has not come, they left. */
int camp_call(struct ctx *cx, const struct camp_call *in, bool *again) MUST;
/* Marks of one roll call: state by member; NULL where there is none. */
int camp_called(struct ctx *cx, const struct camp_call *which, const struct camp_row *rows,
    size_t n, const char **state) MUST;

/* What is sealed of a member, opened for staff of the event; leaves a trace. NULL = nothing is there. */
struct camp_opened {
	const char *parent, *phone, *needs;
};
int camp_open_sealed(struct ctx *cx, int64_t member, struct camp_opened *out) MUST;
/* Removes a group without members and slots, a slot without marks; RC_RULE otherwise. */
int camp_remove(struct ctx *cx, const struct kind *k, int64_t id) MUST;

/* ---- persons ---- */
extern const struct person_link camp_links[];
extern const size_t camp_nlinks;
/* RULE camp-9: the term of sign-ups: name, birth, parent, telephone, health; that somebody was there stays. */
struct cut_sums;
int camp_expire_tx(
    struct ctx *cx, struct tx *tx, int64_t member, int upto, struct cut_sums *sums) MUST;
struct cut_term;
extern const struct cut_term camp_terms[];

#endif

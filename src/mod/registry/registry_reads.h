/* registry_reads.h – what the pages of bodies and people ask at once for many records, one SELECT a
 * need, so that a page with forty bodies asks no more often than one with four. Reads here either
 * tell what everybody may know (totals, holders of offices) or take their WHERE from a query that
 * carries the actor's scope. */
#ifndef MOD_REGISTRY_READS_H
#define MOD_REGISTRY_READS_H

#include "mod/registry/registry.h"

/* Whom a line of the tree counts: the first of these that has anybody. */
enum body_role { BODY_MEMBERS, BODY_LEARNERS, BODY_EMPLOYEES, BODY_VOLUNTEERS, BODY_ROLES };

struct body_row {
	int64_t id, parent, district;
	const char *code, *kind, *kind_name, *district_name;
	const char *name, *abbr; /* valid on the day, in the reader's language */
	enum lang name_lang;
	int founded, closed, name_from;
	const char *state; /* of accreditation on the day; "" = no step yet */
	int valid_to;
	int64_t people
	    [BODY_ROLES]; /* distinct persons; of associations and branches with what is beneath */
};
/* All bodies that were founded by the day, by rank of their kind and name. */
int reads_bodies(struct ctx *cx, int on, struct body_row **out, size_t *n) MUST;

/* Distinct persons by role on a day, in order of membership_roles; no role without anybody. */
struct role_count {
	const char *role;
	int64_t people;
};
enum { ROLE_COUNTS = 16 };
int reads_roles(
    struct ctx *cx, int64_t body, int on, struct role_count out[ROLE_COUNTS], size_t *n) MUST;

struct office_row {
	int64_t id, holder, person; /* holder 0 = vacant */
	struct text3 title;
	const char *ex_officio, *name;
	int from;
};
/* Offices of a body with who holds them on the day: names of holders are public. */
int reads_offices(struct ctx *cx, int64_t body, int on, struct office_row **out, size_t *n) MUST;

struct group_row {
	int64_t id, group; /* id: of the body_group */
	const char *name;
};
int reads_groups(struct ctx *cx, int64_t body, struct group_row **out, size_t *n) MUST;

/* Memberships with the name of the person and of the body, by either's order; from a query of
 * membership_kind, which carries scope and conditions. */
struct stay_row {
	int64_t id, person, body;
	const char *name, *body_name, *role, *end_reason, *document;
	int from, to;
};
enum stay_order { STAYS_BY_PERSON, STAYS_NEWEST };
int reads_stays(
    struct query *q, enum stay_order order, int limit, struct stay_row **out, size_t *n) MUST;

/* Offices that a person holds or held, from a query of office_holder_kind. */
struct held_row {
	int64_t office, body;
	struct text3 title;
	const char *body_name;
	int from, to;
};
int reads_held(struct query *q, struct held_row **out, size_t *n) MUST;

/* Attendances of a person, as far as this actor may count them. */
int reads_attendances(struct ctx *cx, int64_t person, int64_t *out) MUST;

/* Which of these people this actor may open. */
int reads_may_open(struct ctx *cx, const int64_t *people, size_t n, bool *out) MUST;

#endif

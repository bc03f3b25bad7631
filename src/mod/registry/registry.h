/* registry.h – bodies, people, offices, memberships, and the reference lists under them.
 *
 * Bodies form a tree (parent). A body's name in the row is the one valid since name_from; earlier
 * names lie in body_name with their days, so a paper of last year carries last year's name. An
 * office and its holder are separate records; "ex officio" is a property of the office (Law 70-IV
 * of 20 October 2008, art. 14: the akim chairs the regional assembly). A membership is person ×
 * body × role with days; active on D: from <= D and (no end or D < end). */
#ifndef MOD_REGISTRY_H
#define MOD_REGISTRY_H

#include "kind/kind.h"

struct body_kind {
	struct rec rec;
	const char *code;
	struct text3 name;
	int64_t rank;
};
struct ethnic_group {
	struct rec rec;
	const char *code;
	struct text3 name;
	bool special; /* "other", "not stated": answers, not groups */
	int64_t rank;
};
struct district {
	struct rec rec;
	const char *code; /* KATO, 9 digits */
	struct text3 name;
	const char *level; /* region, city, city_district, district */
	int64_t parent;
};
struct body {
	struct rec rec;
	const char *code;
	int64_t kind, parent;
	struct text3 name, abbr;
	int name_from;
	const char *legal_basis, *bin;
	int founded, closed;
	int64_t district;
	const char *address, *phone, *email, *site;
	int64_t
	    declared_members; /* what the body says of itself: beside the counted one, never a figure */
	int declared_on;
	const char *declared_document, *note;
};
struct body_name {
	struct rec rec;
	int64_t body;
	struct text3 name, abbr;
	int from_day, to_day;
	const char *document;
};
struct body_group {
	struct rec rec;
	int64_t body, ethnic_group;
};
struct accreditation {
	struct rec rec;
	int64_t body;
	const char *state;
	int from_day, valid_to; /* valid_to: last day, 0 = open */
	const char *document, *note;
};
struct population {
	struct rec rec;
	int64_t ethnic_group, year, people;
	const char *source;
};
struct person {
	struct rec rec;
	const char *surname, *given, *patronymic, *latin_surname, *latin_given;
	int birth_day;
	const char *sex;
	int64_t
	    body; /* the body that keeps this person's record; a leader's new people get his own */
	int64_t district;
	const char *address, *phone, *email, *lang;
	struct sealed iin;
	const char *iin_mac; /* keyed hash, for duplicates only */
	const char *note;
	int64_t merged_into; /* the record that this one was joined with; 0 = stands on its own */
	int erased_on;	     /* a shell: only the number is left (registry_erase.h); 0 = is not */
	int restricted_on;   /* blocked on request: only CAP_RIGHTS sees it; counted as before */
};
struct ethnicity {
	struct rec rec;
	int64_t person;
	struct sealed declared; /* code of an ethnic_group */
	int consent_day;
	const char *consent_document;
};
struct office {
	struct rec rec;
	int64_t body;
	struct text3 title;
	const char *ex_officio; /* by virtue of which other office; NULL = elected or appointed */
	int64_t rank;
};
struct office_holder {
	struct rec rec;
	int64_t office, person;
	int from_day, to_day;
	const char *end_reason, *document;
	int64_t joined_into; /* as in membership */
};
struct membership {
	struct rec rec;
	int64_t person, body;
	const char *role;
	int from_day, to_day;
	const char *end_reason, *document, *note;
	/* The membership that took over this one's days when two records of one person were joined; this
	 * one keeps no day (to_day = from_day) and stands in no list. 0 = none. */
	int64_t joined_into;
};

extern const struct kind body_kind_kind, ethnic_group_kind, district_kind, body_kind,
    body_name_kind, body_group_kind, accreditation_kind, population_kind, person_kind,
    ethnicity_kind, office_kind, office_holder_kind, membership_kind;
extern const struct option membership_roles[], end_reasons[], accreditation_states[], sexes[],
    tongues[];

/* Check digits (NULL = good, else a msgid): IIN with its date, BIN with its month; weights and the
 * second pass as in the rules of the national registers (docs/rules.md, registry-1, registry-2). */
const char *iin_error(const char *iin);
const char *bin_error(const char *bin);

/* RULE rights-6: who is restricted is hidden from all but CAP_RIGHTS; `column` names the person. */
void person_unrestricted(struct ctx *cx, struct query *q, const char *column);

/* Ids of a body and all bodies beneath it, ascending, in cx->arena. */
int body_subtree(struct ctx *cx, int64_t body, const int64_t **ids, size_t *n) MUST;
int body_by_code(struct ctx *cx, const char *code, int64_t *id) MUST;
int district_by_code(struct ctx *cx, const char *code, int64_t *id) MUST;
/* The body of kind eca that this one belongs to (itself, or an ancestor of an eca_branch); 0 = none. */
int body_eca_root(struct ctx *cx, int64_t body, int64_t *root) MUST;
/* Name and abbreviation valid on a day. */
int body_name_on(
    struct ctx *cx, const struct body *b, int day, struct text3 *name, struct text3 *abbr) MUST;
/* Give a body a new name from a day on; the present one moves to body_name. */
struct rename_in {
	int64_t body;
	struct text3 name, abbr;
	int from_day;
	const char *document;
};
int body_rename(struct ctx *cx, const struct rename_in *in) MUST;
/* The body no longer stands for the group: id of the body_group. */
int body_group_remove(struct ctx *cx, int64_t id) MUST;
/* State of accreditation on a day: code, or "" if there was no step yet; "expired" after valid_to. */
int accreditation_on(struct ctx *cx, int64_t body, int day, const char **state, int *valid_to) MUST;
/* End a membership: day (exclusive), reason of the closed list, document. */
struct end_in {
	int64_t id, version;
	int to_day;
	const char *reason, *document;
};
int membership_end(struct ctx *cx, const struct end_in *in) MUST;
/* For the figure machinery: app/ hands over the figures and the cells at boot. */
struct figure;
struct cell_source;
extern const struct figure eca_count_figure, eca_members_figure, eca_persons_figure,
    ethnos_present_figure, club_learners_figure, language_learners_figure, youth_members_figure,
    bodies_by_kind_figure;
extern const struct cell_source registry_cells;
struct verify_check;
extern const struct verify_check erasure_check;

/* Load the reference lists shipped with the program (bodies, peoples, districts) into an empty database. */
int registry_seed(struct ctx *cx) MUST;

#include "mod/registry/registry_joins.h"

#include "mod/registry/registry_erase.h"

#endif

/* event_inner.h – what the files of this module share. Other modules use event.h. */
#ifndef MOD_EVENT_INNER_H
#define MOD_EVENT_INNER_H

#include "figure/figure.h"
#include "mod/event/event.h"
#include "mod/registry/registry.h"

/* ---- event_check.c: scopes, who may write, checks; named in the rows of event_kinds.c */
void event_scope(struct ctx *cx, struct query *q);
bool event_open(const void *rec);
void part_scope(struct ctx *cx, struct query *q);
void organiser_scope(struct ctx *cx, struct query *q);
void attendance_scope(struct ctx *cx, struct query *q);
void file_scope(struct ctx *cx, struct query *q);
int event_writable(struct ctx *cx, const void *old, const void *rec);
bool event_inside(struct ctx *cx, const void *rec);
bool organiser_inside(struct ctx *cx, const void *rec);
int programme_writable(struct ctx *cx, const void *old, const void *rec);
int part_writable(struct ctx *cx, const void *old, const void *rec);
int organiser_writable(struct ctx *cx, const void *old, const void *rec);
int attendance_writable(struct ctx *cx, const void *old, const void *rec);
int file_writable(struct ctx *cx, const void *old, const void *rec);
int event_prepare(struct ctx *cx, const void *old, void *rec);
int attendance_prepare(struct ctx *cx, const void *old, void *rec);
int file_prepare(struct ctx *cx, const void *old, void *rec);
int event_kind_check(struct ctx *cx, const void *old, const void *rec);
int observance_check(struct ctx *cx, const void *old, const void *rec);
int programme_check(struct ctx *cx, const void *old, const void *rec);
int event_check(struct ctx *cx, const void *old, const void *rec);
int organiser_check(struct ctx *cx, const void *old, const void *rec);
int attendance_check(struct ctx *cx, const void *old, const void *rec);
int file_check(struct ctx *cx, const void *old, const void *rec);
int cut_attendances(struct ctx *cx, struct tx *tx, const struct person_link *l,
    const struct person_erase *e) MUST;			 /* event_erase.c */
void attendance_listed(struct ctx *cx, struct query *q); /* event_person.c */
const char *event_hint(struct ctx *cx, const void *rec);

/* Codes and labels of enum basis, in its order but unknown last. */
extern const struct option event_bases[];

/* ---- event_cells.c: what events leave in the kept sums, and the tallies of attendances */
int event_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int event_written(
    struct ctx *cx, struct tx *tx, const void *old, const void *rec); /* event_follow.c */
int organiser_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int attendance_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);

/* What n new scanned attendances of one event, inserted without their own sums (kind_add_tx), leave in tally
 * and cells; fresh: ids of those that name a person. */
int attendances_added(struct ctx *cx, struct tx *tx, int64_t event, int64_t scanned,
    const int64_t *fresh, size_t nfresh) MUST;
/* The day on which somebody who came at this moment is counted as having come. */
int event_attended_day(const struct event *e, int64_t came_at);

/* RULE figure-10: a district stands for itself and all beneath it. The districts above each one; their
 * parents are fixed. */
enum { AREAS = 8 };
struct areas {
	int64_t v[AREAS]; /* the event's own district first */
	size_t n;
};
struct district_tree {
	int64_t *id, *parent; /* by id */
	size_t n;
};
int event_districts(struct ctx *cx, struct district_tree *out) MUST;
void event_areas(const struct district_tree *t, int64_t district, struct areas *out);

/* The cells of an event that stands in the figures, for verify: bodies are distinct. */
struct emitted {
	struct event event;
	bool counted_kind;
	const int64_t *bodies;
	size_t nbodies;
	struct areas areas;
	struct event_count count;
};
int event_emit(struct ctx *cx, struct cell_sink *sink, const struct emitted *e) MUST;

/* ---- event_unique.c: first days of persons in a year, for the number of unique participants */
/* Whose attendances: those of a whole group (root event and what was merged into it), those of one
 * event, or one attendance alone. Exactly one is not 0. */
struct whose {
	int64_t group, event, attendance;
	/* Besides attendance, which was this person's till now (a join of two records); 0 = as stored. */
	int64_t person;
};
/* The persons of these attendances begin (sign 1) or cease (−1) to have been at an event of `day`. */
int unique_shift(struct ctx *cx, struct tx *tx, struct whose w, int day, int sign) MUST;
int unique_emit(struct ctx *cx, struct cell_sink *sink, int64_t *records) MUST;

/* The count of an event from a tally and its own numbers; the order of the four is here alone. */
struct event_count event_count_of(const struct event *e, int64_t scanned, int64_t listed);
int64_t event_root(const struct event *e);
/* Distinct attendances of one event alone, or of a group, counted from their rows. */
int event_tally_own(struct ctx *cx, int64_t event, int64_t *scanned, int64_t *listed) MUST;
int event_tally_group(struct ctx *cx, int64_t root, int64_t *scanned, int64_t *listed) MUST;

#endif

/* event.h – programmes, events and their parts, organisers, attendances, evidence, observances.
 *
 * Chain: programme/project/campaign > event > part. An event is counted once, however many bodies
 * organised it. Four counts are never mixed: scanned, listed, head-counted, declared; unknown is
 * not zero. The event's own count is the first known of scanned+listed (distinct attendances),
 * head-counted, declared; parts never add; coming back in is one attendance. */
#ifndef MOD_EVENT_H
#define MOD_EVENT_H

#include "kind/past.h"
#include "mod/registry/registry.h"

struct event_kind {
	struct rec rec;
	const char *code, *theme; /* theme: mass, contest, campaign, patriotic, education, … */
	struct text3 name;
	bool counted; /* relief kinds, meetings of a headquarters and course lessons are not */
	int64_t rank;
};
struct observance {
	struct rec rec;
	const char *code;
	int64_t month, dom;
	const char *rule, *dates; /* see data/README.md */
	struct text3 name;
	const char *type; /* state, national, observance, intl, remembrance, … */
	bool day_off;
	int64_t since;
};
struct programme {
	struct rec rec;
	const char *type; /* programme, project, campaign */
	struct text3 name;
	int64_t parent, body;
	int from_day, to_day;
	const char *note;
};
struct event {
	struct rec rec;
	struct text3 name;
	int64_t kind, programme, observance, body;
	int first_day, last_day;   /* local days; last_day 0 = one day */
	const char *starts, *ends; /* "17:00" */
	const char *place;
	int64_t district;
	const char *lang, *goal;
	struct text3 summary;
	const char *state, *state_reason;
	int64_t moved_to, merged_into;
	int64_t expected;		    /* people planned for; INT_NONE = nobody said */
	int64_t head_count, declared_count; /* INT_NONE = unknown */
	const char *note;
	const char *well, *badly; /* what went well, what did not */
};
struct part {
	struct rec rec;
	int64_t event;
	struct text3 name;
	int64_t kind;
	const char *starts;
	int64_t people;
	const char *result;
};
struct organiser {
	struct rec rec;
	int64_t event, body;
	int64_t via_event; /* the merged event this report came from; 0 = named from the start */
	bool ended;
	int64_t scanned_count, listed_count, head_count, declared_count;
	const char *note;
};
struct attendance {
	struct rec rec;
	int64_t event, person;	   /* person 0: a guest known by name only */
	const char *guest, *basis; /* scanned, listed */
	int day;
	int64_t came_at;
	const char *sheet_row;
	bool withdrawn;
	/* Of an erased person: counted already with that attendance of a merged report; 0 = for itself. */
	int64_t same_as;
	int64_t ticket; /* shown at the door (mod/signup); INT_NONE = none */
};
struct file {
	struct rec rec;
	const char *sha256;
	int64_t size;
	const char *media, *name;
	int64_t event;
	const char *type; /* photo, list, link, note, other */
	const char *link, *credit, *caption;
	bool withdrawn;
	const char *thumb;   /* SHA-256 of the small one; of photographs */
	const char *consent; /* of a photograph: agreed, no_faces, not_asked */
};

/* False: a link or a note, or the content's term of storage is over. */
bool file_has_content(const struct file *f);

extern const struct kind event_kind_kind, observance_kind, programme_kind, event_kind, part_kind,
    organiser_kind, attendance_kind, file_kind;
extern const struct option event_states[], event_themes[], programme_sorts[], attendance_bases[],
    file_sorts[], file_consents[], event_goals[], event_langs[], event_end_reasons[];

/* The transition table: from which state which action leads where, and who may do it. */
struct transition {
	const char *from, *action, *to;
	enum cap cap;
	bool reason;	   /* a reason must be given */
	const char *label; /* msgid of the button */
};
extern const struct transition event_transitions[];
extern const size_t event_ntransitions;
int event_move(
    struct ctx *cx, int64_t id, int64_t version, const char *action, const char *reason) MUST;
/* RULE event-8: a postponed event says which later one takes its place (0 = none yet): planned or approved,
 * and not itself waiting for this one. */
int event_set_moved(struct ctx *cx, int64_t id, int64_t version, int64_t moved_to) MUST;

enum basis { BASIS_UNKNOWN, BASIS_SCANNED, BASIS_LISTED, BASIS_HEAD, BASIS_DECLARED };
const char *basis_code(enum basis b);
const char *basis_label(const struct ctx *cx, enum basis b);
/* The event's one count and its basis, from the tally of it and of the events merged into it. When
 * both scanned and listed attendances exist the basis is the larger part. INT_NONE = unknown. */
struct event_count {
	int64_t value, scanned, listed;
	enum basis basis;
};
int event_count(struct ctx *cx, const struct event *e, struct event_count *out) MUST;
bool event_is_counted_state(const char *state);		       /* held or reported */
const char *event_days(struct ctx *cx, const struct event *e); /* "15.11.2024–17.11.2024" */

/* Attendance: one a person and event, one a ticket; a second arrival changes nothing and says so (*again). */
struct attend_in {
	int64_t event, person;
	const char *guest, *basis, *sheet_row;
	int64_t came_at;
	int64_t
	    ticket; /* that was shown (mod/signup); 0 = none. Who checked it fills person or guest */
};
int event_attend(struct ctx *cx, const struct attend_in *in, int64_t *id, bool *again) MUST;
/* The same as part of a write whose keys are those of an attendance (kind_hot_keys). in->person becomes the
 * record that stands where two were joined. */
int event_attend_tx(
    struct ctx *cx, struct tx *tx, struct attend_in *in, int64_t *id, bool *again) MUST;

/* What the door says of one who came: mod/door, event_arrive.c. The caller has asked who may say so, and
 * holds event_key(). */
struct event_arrival {
	int64_t ticket, person; /* 0 = none */
	const char *guest;	/* without a person: the name */
	int64_t came_at;	/* 0 = does not count (any more) */
	int64_t attendance;	/* 0 = not known yet; filled */
};
int event_arrive_tx(
    struct ctx *cx, struct tx *tx, const struct event *e, struct event_arrival *v, size_t n) MUST;
/* Hot things of a write: PostgreSQL lets writes of one event wait for each other. */
int64_t event_key(int64_t event);

/* Likely duplicates: first days at most one apart, same place or district, similar names. */
struct likeness {
	int64_t event;
	double similarity;
};
int event_likely(struct ctx *cx, const struct event *e, struct likeness **out, size_t *n) MUST;
/* `from` becomes a co-organiser's report of `into`, with its own counts; it leaves all figures.
 * event_unmerge() takes it back. */
int event_merge(struct ctx *cx, int64_t into, int64_t from) MUST;
int event_unmerge(struct ctx *cx, int64_t from) MUST;
/* Terms of storage (kind/cut.h). Events, also merged ones, up to a day: for a SELECT whose table `a` names an event. */
struct cut_term;
extern const struct cut_term event_terms[];
#define EVENT_PAST                                                                             \
	" JOIN event e ON e.id = a.event JOIN event s ON s.id = coalesce(e.merged_into, e.id)" \
	" WHERE s.first_day <= $1"

/* Day of an observance in a year, 0 = none known. */
int observance_day(const struct observance *o, int year);
/* Load kinds and observances shipped with the program; those whose code is there stay as they are. */
int event_seed(struct ctx *cx) MUST;

/* How attendances follow a join of two people (registry.h). */
extern const struct person_link event_links[];
extern const size_t event_nlinks;

/* What app/ hands to the figure machinery at boot. */
struct figure;
struct cell_source;
struct verify_check;
extern const struct past_view event_past_views[]; /* kind/past.h */
extern const size_t event_npast_views;
extern const struct figure *const event_figures[];
extern const size_t event_nfigures;
extern const struct cell_source event_cells;
extern const struct verify_check event_tally_check;

#include "mod/event/event_after.h"
#include "mod/event/event_guests.h"

#endif

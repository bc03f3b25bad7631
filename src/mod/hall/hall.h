/* hall.h – rooms of the House of Friendship and who has them when.
 *
 * A booking takes a hall on one day from one quarter of an hour to another. Two bookings of a hall never
 * share a quarter: hall_slot has one row for each, and its key refuses the second (RULE hall-1), also
 * between two requests at once and on both engines. A booking belongs to an event or has a purpose of
 * its own; one of an event follows it: moved with it, freed when it is cancelled or postponed
 * (RULE hall-3). Days are local, times "17:00". */
#ifndef MOD_HALL_H
#define MOD_HALL_H

#include "mod/event/event.h"

struct hall {
	struct rec rec;
	int64_t body; /* the house that it belongs to */
	struct text3 name;
	int64_t capacity; /* seats; INT_NONE = not known */
	const char *equipment;
	bool step_free;
	const char *access_note;
	int closed_from,
	    closed_to; /* both in; closed_to 0 with closed_from = until further notice */
	const char *note;
	int64_t rank;
};
struct booking {
	struct rec rec;
	int64_t hall, event; /* event 0: a purpose of its own */
	const char *purpose;
	int64_t body; /* for whom it is held */
	int day;
	const char *starts, *ends;
	const char *state, *state_reason; /* held, cancelled */
};
extern const struct kind hall_kind, booking_kind;

/* The largest hall held for an event, rec.id 0 = none. What registration and plausibility ask: its
 * capacity may be INT_NONE. */
int hall_of_event(struct ctx *cx, int64_t event, struct hall *out) MUST;

/* From quarter of an hour `from` to `to`, exclusive; 0 … 96. */
struct hall_span {
	int day, from, to;
};
enum { HALL_SLOTS = 96, HALL_OPENS = 32, HALL_CLOSES = 88 }; /* 08:00–22:00 is offered */
/* false: a text is no time, no whole quarter, or it ends before it begins. */
bool hall_span_read(int day, const char *starts, const char *ends, struct hall_span *out);
const char *hall_time(struct arena *a, int slot); /* "17:30" */
/* Halls with what holds them at that time: 0 = free. Smallest that seats `need` first (RULE hall-4). */
struct hall_choice {
	struct hall hall;
	int64_t taken; /* booking that is in the way */
	bool closed, small;
};
int hall_choices(struct ctx *cx, const struct hall_span *s, int64_t need, struct hall_choice **out,
    size_t *n) MUST;
/* "Free that day: 08:00–10:00, 12:00–22:00", or the next day with room for as long. */
int hall_next_free(
    struct ctx *cx, int64_t hall, const struct hall_span *s, int64_t but, const char **out) MUST;

/* Give the hall back. The version is that of the booking as it was read. */
int booking_cancel(struct ctx *cx, int64_t id, int64_t version, const char *reason) MUST;

/* A booking that never should have been: its quarters and itself go, its history stays. Rights are the caller's. */
int booking_remove_tx(struct ctx *cx, struct tx *tx, const struct booking *b) MUST;

/* For app/ at boot: bookings follow their events. */
int hall_follow(struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is);
struct verify_check;
extern const struct verify_check hall_check_slots;

#endif

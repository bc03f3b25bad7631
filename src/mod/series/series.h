/* series.h – series of events: a weekly club, lecture hours, a council's monthly sitting.
 *
 * Chain: series > members > events. A series has a rule of days and what its events begin with; each event is made
 * once for a day of the rule and is an ordinary event from then on: its state, its rights, its lists are its own.
 * A member notes in which fields its event was changed on its own (RULE series-5); "this and all following" leaves
 * those alone. Nothing that was held is touched by its series. Days are local, times "18:00". */
#ifndef MOD_SERIES_H
#define MOD_SERIES_H

#include "base/recur.h"
#include "mod/event/event.h"
#include "mod/hall/hall.h"

struct event_series {
	struct rec rec;
	const char *code; /* for the address of its calendar; may be NULL */
	struct text3 name, summary;
	int64_t body, kind, programme;
	const char *lang;
	const char *repeat; /* weeks, month_day, month_nth */
	int64_t every;	    /* weeks or months */
	bool monday, tuesday, wednesday, thursday, friday, saturday, sunday;
	int64_t month_day;	   /* 1 … 31, INT_NONE = not said */
	const char *nth, *weekday; /* "1" … "4", "last"; "1" = Monday */
	const char *starts, *ends, *place;
	int64_t district, hall;
	int first_day, last_day;
	int64_t times; /* INT_NONE = it ends by last_day */
	bool skip_off, skip_mourning;
	const char *skipped; /* "2024-12-31;2025-01-14" */
};
struct series_member {
	struct rec rec;
	int64_t series, event;
	int day;	/* of the rule */
	int64_t making; /* 1, 2, … with which press it was made; 0 = put in by hand */
	const char
	    *differs; /* " starts place ": fields of its event that were changed on their own */
};
extern const struct kind event_series_kind, series_member_kind;
extern const struct option series_repeats[], series_nths[], series_weekdays[];
enum { SERIES_MAX = 200, SERIES_DAYS = 300 }; /* events of a series; days that are named */

void series_rule(const struct event_series *s, struct recur *out);
/* The rule in words, with the hours. */
const char *series_words(struct ctx *cx, const struct event_series *s);
/* RC_OK when this actor runs the series: may write events, and its body lies in the scope. */
int series_run_by(struct ctx *cx, const struct event_series *s) MUST;

/* ---- the days: said before anything is made ---- */
struct series_day {
	int day;
	bool past;
	int64_t made; /* the event that stands for it already, 0 = none */
	const char
	    *skipped; /* why it is left out: the name of the observance, …; NULL = it is not */
	const char *marked; /* an observance on which it is held all the same; NULL = none */
	const char *hall;   /* why the hall cannot be had; NULL = it can, or none is wanted */
	int64_t
	    clash; /* an event of the same body on that day, as far as the actor sees it; 0 = none */
	const char *clash_title;
};
int series_days(
    struct ctx *cx, const struct event_series *s, struct series_day **out, size_t *n) MUST;

/* RULE series-3: make the events of these days of the rule, each once, however often the form is sent. */
struct series_made {
	int64_t made, booked;
	int refused[SERIES_MAX]; /* days whose hall was not free */
	size_t nrefused;
};
int series_make(
    struct ctx *cx, int64_t series, const int *days, size_t n, struct series_made *out) MUST;
/* RULE series-4: take the last making back; `making` is its number as it was shown, so that the same press twice does
 * not take the one before it, too. RC_RULE when it is not the last, or anything hangs on one of its events. */
int series_unmake(struct ctx *cx, int64_t series, int64_t making, int64_t *removed) MUST;
/* How many events series_unmake() would remove, and of which making: 0 = nothing was made, or one was changed since. */
int series_unmakes(struct ctx *cx, int64_t series, int64_t *out, int64_t *making) MUST;

/* Put an event into a series, take it out again. Both must be the actor's to write. */
int series_put(struct ctx *cx, int64_t series, int64_t event) MUST;
int series_take(struct ctx *cx, int64_t event) MUST;

/* ---- this and all following ---- */
enum series_fate { SERIES_CHANGES, SERIES_SAME, SERIES_HELD, SERIES_OVER, SERIES_FOREIGN };
struct series_move {
	struct event event;
	struct series_member member;
	enum series_fate fate;
	const char *fields,
	    *kept;	  /* labels of what changes and of what stays as it was edited; "" = none */
	const char *hall; /* the new hall cannot be had: why; NULL = can, or is not asked for */
	int rc;		  /* after series_change(): what came of it … */
	const char *said; /* … and why not */
};
struct series_change {
	const struct event_series *now; /* as it shall be: name, starts, ends, place, hall, body */
	int64_t from;			/* event */
	struct series_move *move;	/* filled: members from that event on, in order of days */
	size_t n;
};
int series_change_plan(struct ctx *cx, struct series_change *c) MUST;
/* Writes the series and then each event on its own: one that is refused says why and stays. */
int series_change(struct ctx *cx, struct series_change *c) MUST;
/* A step of the table of transitions for each of these events on its own. */
struct series_step {
	const char *action, *reason;
	const int64_t *events;
	size_t n;
	int64_t done;
	const char *said; /* the first refusal, with the day of its event; NULL = none */
};
int series_step(struct ctx *cx, int64_t series, struct series_step *s) MUST;

/* ---- reading ---- */
/* Its events that this actor may see, in order of days and hours. */
int series_events(struct ctx *cx, int64_t series, struct list *out) MUST;
int series_members(struct ctx *cx, int64_t series, struct series_member **out, size_t *n) MUST;
/* The series of an event, rec.id 0 = none, or none that this actor sees. */
int series_of_event(struct ctx *cx, int64_t event, struct event_series *out) MUST;
int series_by_code(struct ctx *cx, const char *code, int64_t *id) MUST;

/* RULE series-7: who came twice or more and to none of the last three whose names are known. */
struct series_guest {
	int64_t person, times;
	int last;
	const char *name;
};
enum { SERIES_MISSED = 3 };
/* *known: events held whose names are known. */
int series_stopped(struct ctx *cx, const struct event_series *s, struct series_guest **out,
    size_t *n, int64_t *known) MUST;

/* For app/ at boot: members follow their events. */
int series_follow(struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is);

#endif

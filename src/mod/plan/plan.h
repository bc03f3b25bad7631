/* plan.h – the plan of a body for a year or a quarter, its items, and what came of them; measures of
 * campaigns.
 *
 * A plan goes draft → sent → checked → approved: the body writes, the secretariat checks, the head
 * approves; each may return it with a reason (RULE plan-1). Who sent it neither checks nor approves it
 * where somebody else can (RULE plan-2). An approved plan changes by amendments with a reason only
 * (RULE plan-3). An item names the event that was made of it; whether it was held, is late, moved or
 * dropped is never typed but follows from that event (RULE plan-4). Days are local. */
#ifndef MOD_PLAN_H
#define MOD_PLAN_H

#include "mod/event/event.h"
#include "mod/hall/hall.h"

struct body_plan {
	struct rec rec;
	int64_t body, year;
	const char *quarter; /* "0" the whole year, "1" … "4" */
	struct text3 title;  /* made by the machine */
	const char *state, *state_reason;
	int64_t sent_by, checked_by, approved_by; /* accounts; INT_NONE = nobody yet */
	int sent_on, checked_on, approved_on;
	const char *document; /* number and day of the approval's paper */
	const char *note;
};
struct plan_item {
	struct rec rec;
	int64_t plan;
	struct text3 name;
	int64_t kind;
	const char *month;    /* "01" … "12" */
	int day;	      /* 0 = only the month is known */
	int due;	      /* the day, else the last day of the month; made by the machine */
	int64_t body, person; /* who answers for it */
	int64_t expected, programme, observance;
	const char *goal, *place;
	int64_t hall, event, copied_from;
	int was_due; /* before amendments moved it; 0 = never moved */
	int amended_on;
	const char *amend_reason;
	int left_out_on; /* taken out while the plan was being written: never was in it; 0 = is in */
	int dropped_on;	 /* taken out of an approved plan, with a reason; 0 = is not */
	const char *drop_reason;
};
struct measure {
	struct rec rec;
	int64_t programme;
	struct text3 name, unit; /* trees planted; pieces */
	bool ended;
};
struct measure_value {
	struct rec rec;
	int64_t measure, event, amount;
	const char *basis; /* said, counted */
	const char *note;
};
extern const struct kind plan_kind, plan_item_kind, measure_kind, measure_value_kind;
extern const struct option plan_states[], plan_quarters[], plan_months[], plan_facts[],
    measure_bases[];

/* RULE plan-1: the steps of a plan. */
struct plan_step {
	const char *from, *action, *to;
	enum cap cap;
	bool reason;
	const char *label; /* msgid of the button */
};
extern const struct plan_step plan_steps[];
extern const size_t plan_nsteps;
/* The step itself; document (approve only, may be NULL): number and day of the paper. */
struct plan_move {
	int64_t id, version;
	const char *action, *reason, *document;
};
int plan_do(struct ctx *cx, const struct plan_move *m) MUST;
/* Whether this actor could take the step now: RC_OK, else RC_RULE or RC_DENIED with the reason. */
int plan_may_step(struct ctx *cx, const struct body_plan *p, const struct plan_step *s) MUST;

/* First and last day of a plan's period. */
void plan_days(const struct body_plan *p, int *from, int *to);
bool plan_open(const struct body_plan *p); /* being written: draft or returned */
/* Whether this actor may change items of the plan now, as a writer or by an amendment. */
int plan_may_change(struct ctx *cx, const struct body_plan *p) MUST;

/* Take an item out or put it back: while the plan is written without a word, later with a reason. */
struct plan_drop {
	int64_t id, version;
	bool out;
	const char *reason;
};
int plan_drop(struct ctx *cx, const struct plan_drop *d) MUST;
/* Make the event of an item, planned, on a day; or name one that is there. RC_RULE: it has one. */
int plan_make_event(struct ctx *cx, int64_t item, int day, int64_t *event) MUST;
int plan_link_event(struct ctx *cx, int64_t item, int64_t version, int64_t event) MUST;

/* Observances of the plan's days that no item takes yet, in order of days; and one taken. */
struct plan_day {
	int day;
	struct observance o;
};
int plan_observances(
    struct ctx *cx, const struct body_plan *p, struct plan_day **out, size_t *n) MUST;
int plan_take(struct ctx *cx, int64_t plan, int64_t observance, int64_t *item) MUST;

/* RULE plan-5: the items of the same plan a year earlier as they would stand in this one. */
struct plan_copy {
	struct plan_item item; /* of last year */
	int day;	       /* in this year, 0 = only the month */
	bool ticked;	       /* neither dropped nor left out then */
	bool taken;	       /* copied already */
};
int plan_copies(struct ctx *cx, const struct body_plan *p, struct body_plan *last,
    struct plan_copy **out, size_t *n) MUST; /* last->rec.id 0: there was none */
int plan_copy_items(
    struct ctx *cx, int64_t plan, const int64_t *items, size_t n, int64_t *made) MUST;

/* ---- plan against fact ---- */
enum plan_fact { FACT_HELD, FACT_LATE, FACT_MOVED, FACT_DROPPED, FACT_AHEAD, FACT_COUNT };
/* What became of the items of one plan, by id of the item; left out ones are not in it. */
struct item_fact {
	int64_t item;
	enum plan_fact fact;
};
int plan_facts_of(struct ctx *cx, int64_t plan, struct item_fact **out, size_t *n) MUST;
/* Sums of the approved plans that this actor may see. by: body, quarter, month, kind. */
struct plan_ask {
	int64_t year, of;	/* of: the plan's body and all beneath it; 0 = all */
	int64_t quarter, month; /* 0 = all */
	int64_t plan; /* this one alone, as its page adds it up: also what RULE plan-6 leaves to
				 * another plan; 0 = all */
	const char *by;
};
struct plan_sum {
	int64_t key;
	const char *title;
	int64_t n[FACT_COUNT];
};
int plan_sums(struct ctx *cx, const struct plan_ask *a, struct plan_sum **out, size_t *n) MUST;
/* The same as a condition of a list of items; fact NULL = all that were planned. */
int plan_narrow(struct query *q, const struct plan_ask *a, const char *fact) MUST;

/* ---- clashes ---- */
struct plan_clash {
	int64_t item; /* of the plan that is asked about */
	const char *text;
	const char *path; /* without language: what it clashes with; NULL = none to open */
};
enum { CLASHES_MAX = 60 };
int plan_clashes(
    struct ctx *cx, const struct body_plan *p, struct plan_clash **out, size_t *n) MUST;

/* The plan as an office paper with the stamp of approval: Kazakh, then Russian; English alone. */
int plan_docx(struct ctx *cx, const struct body_plan *p, struct slice *out) MUST;

/* For app/ at boot. */
struct figure;
extern const struct figure plan_items_figure, plan_done_figure, campaign_measures_figure;
extern const struct person_link plan_links[];
extern const size_t plan_nlinks;

#endif

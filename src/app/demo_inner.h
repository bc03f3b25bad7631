/* demo_inner.h – what the files of the demo share. Data lies in const tables (demo_names.c,
 * demo_article.c, demo_themes.c …); chance is a fixed sequence, begun anew in every write function,
 * since such a function may run twice. */
#ifndef APP_DEMO_INNER_H
#define APP_DEMO_INNER_H

#include "app/demo.h"
#include "mod/event/event.h"
#include "mod/registry/registry.h"

enum {
	DEMO_TODAY = 20241115,
	DEMO_YEAR = 20240101,
	DEMO_EVENTS = 497, /* counted events from 1 January to DEMO_TODAY */
	DEMO_ATTENDANCES = 14236,
	DEMO_MEMBERS = 2245,
	DEMO_PERSONS = 2118, /* behind the memberships: 127 belong to two associations */
	DEMO_GROUPS = 93,
	BODIES_MAX = 160,
	DISTRICTS_MAX = 24,
	PEOPLE_MAX = 3200,
	PLAN_MAX = 640,
};

struct demo_place { /* a district, from data/districts.csv */
	int64_t id;
	const char *code, *centre;
	struct text3 name;
};
struct demo_body {
	int64_t id;
	const char *code, *kind;
	struct text3 name;
	int members;  /* of an association: how many the figure must show */
	int district; /* index */
};
struct demo_person {
	int64_t id;
	int birth_year;
	bool female;
};
struct demo {
	struct ctx *cx;
	struct tx *tx; /* of the write function that runs */
	uint64_t chance;
	int64_t written,
	    look_at; /* PostgreSQL: records so far, and when to look at the tables again */
	struct demo_place places[DISTRICTS_MAX];
	size_t nplaces;
	struct demo_body bodies[BODIES_MAX];
	size_t nbodies;
	struct demo_person people[PEOPLE_MAX];
	size_t npeople;
	size_t chairs[32];     /* of the associations, by their number: index of the person */
	int64_t member_person; /* whose account is "member" */
	int64_t programmes[16];
	struct plan *plan;
	size_t nplan;
};

/* ---- demo.c */
void demo_seed(struct demo *d, uint64_t seed);
void demo_begin(struct demo *d, struct ctx *cx, uint64_t seed); /* first in each write function */
unsigned demo_dice(struct demo *d, unsigned n);			/* 0 … n − 1 */
int demo_between(struct demo *d, int low, int high);
int demo_day(struct demo *d, int from, int to); /* a day of [from, to] */
const struct demo_body *demo_body(const struct demo *d, const char *code);
int demo_place(const struct demo *d, const char *code); /* index */
int demo_insert(struct demo *d, struct tx *tx, const struct kind *k, void *rec) MUST;

/* ---- demo_names.c */
struct demo_name {
	const char *surname, *given, *patronymic;
};
void demo_name(struct demo *d, bool female, struct demo_name *out);

/* ---- demo_bodies.c */
int demo_bodies_fn(struct ctx *cx, struct tx *tx, void *demo);
/* ---- demo_people.c */
int demo_people_fn(struct ctx *cx, struct tx *tx, void *demo);
/* ---- demo_halls.c */
int demo_halls_fn(struct ctx *cx, struct tx *tx, void *demo);
int demo_plans_fn(struct ctx *cx, struct tx *tx, void *demo);
/* ---- demo_population.c */
int demo_population_fn(struct ctx *cx, struct tx *tx, void *demo);
/* ---- demo_users.c */
int demo_users(struct demo *d, const char *path) MUST;

/* ---- events: one row of the plan is one event to be written */
enum demo_basis { NO_COUNT, SCANNED, LISTED, HEADS, DECLARED };
struct plan {
	struct text3 name;
	const char *kind, *programme, *observance, *body, *with; /* codes; with = a co-organiser */
	int first, last;
	const char *starts, *place, *lang, *goal;
	int district; /* index */
	enum demo_basis basis;
	int count;
	const char *state; /* NULL = reported */
	const char *reason;
	bool counted; /* must stand in events_total */
	bool free;    /* made from a theme: its count may be fitted */
	const struct article_event *from;
	int64_t id; /* once written */
};
struct demo_part {
	const char *of; /* key of an article event */
	struct text3 name;
	const char *kind, *starts;
	int people;
	const char *result;
};
struct demo_programme {
	const char *code, *sort;
	struct text3 name;
	const char *body, *parent;
	int from, to;
};
struct article_event {
	const char *key; /* "" or a name that parts and traps point to */
	int first, last;
	struct text3 name;
	const char *kind, *programme, *observance, *body, *with, *district, *place, *starts, *lang,
	    *goal;
	enum demo_basis basis;
	int count;
	const char *state, *reason;
};
extern const struct demo_programme demo_programmes[];
extern const size_t demo_nprogrammes;
extern const struct article_event demo_article[], demo_traps[];
extern const size_t demo_narticle, demo_ntraps;
extern const struct demo_part demo_parts[];
extern const size_t demo_nparts;

enum slot { SLOT_NONE, SLOT_TOPIC, SLOT_DISTRICT, SLOT_BODY };
struct demo_theme {
	struct text3 name;		     /* %s = the slot */
	const char *kind, *programme, *body; /* body "eca": one of the associations */
	enum slot slot;
	const struct text3 *topics;
	size_t ntopics;
	bool away;	    /* in a district, not in the House of Friendship */
	const char *months; /* letters J F M A m j u a S O N of the months in which it happens */
	int weight, low, high, weekday; /* weekday 0 = any */
	enum demo_basis basis;
	const char *starts, *goal;
};
extern const struct demo_theme demo_themes[];
extern const size_t demo_nthemes;

/* ---- demo_plan.c */
int demo_plan(struct demo *d) MUST;
/* ---- demo_events.c */
int demo_programmes_fn(struct ctx *cx, struct tx *tx, void *demo);
int demo_events_fn(struct ctx *cx, struct tx *tx, void *demo);
int demo_signup(struct demo *d) MUST; /* demo_signup.c */
int demo_series(struct demo *d) MUST; /* demo_series.c: the club's meetings as a series */
int demo_merge(struct demo *d) MUST;
/* ---- demo_after.c */
int demo_after_fn(struct ctx *cx, struct tx *tx, void *demo);
/* ---- demo_camps.c: the summer's camp with groups, timetable and consents */
int demo_camps(struct demo *d) MUST;
/* ---- demo_contests.c: next year's contest with entries, this year's one signed */
int demo_contests(struct demo *d) MUST;
/* ---- demo_games.c: the games of Nauryz, two online challenges */
int demo_games(struct demo *d) MUST;
/* ---- demo_charity.c */
int demo_charity(struct demo *d) MUST;
/* ---- demo_media.c: outlets, publications, a column, press at an event */
int demo_media_fn(struct ctx *cx, struct tx *tx, void *demo);
/* ---- demo_news.c: the newsroom's year */
int demo_news(struct demo *d) MUST;
/* ---- demo_comments.c: what readers wrote under it */
int demo_comments(struct demo *d) MUST;
/* ---- demo_flood.c and its neighbours: the flood of April 2024 */
int demo_flood(struct demo *d) MUST;

#endif

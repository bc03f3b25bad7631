/* event_after.h – what follows an event: its evidence, its costs, its report, what is left to be done. Part of
 * event.h. */
#ifndef MOD_EVENT_AFTER_H
#define MOD_EVENT_AFTER_H

#include "mod/event/event.h"

/* Evidence: puts the content into the store of files and fills sha256, thumb, media, size by f->type; a
 * picture that is no scanned list is made new. RC_INVALID (field "file"), RC_TOOBIG, RC_STORAGE. Not inside
 * a write. */
int event_file_take(struct ctx *cx, struct slice body, const char *media, struct file *f) MUST;

/* Counts that do not look right (event_doubt.c), of the events that the question counts. */
struct ask;
struct event_doubt_kind {
	const char *code, *title, *why; /* msgids */
	const char *label;		/* msgid: what the other number is; NULL = none */
};
size_t event_doubt_kinds(void);
struct event_doubt_kind event_doubt_kind(size_t i);
struct event_doubts_of {
	const struct ask *ask;
	int since;     /* first day of the history that they are held against */
	int64_t event; /* of this one alone; 0 = of all */
};
struct event_doubt {
	size_t kind;
	int64_t event;
	int day;
	int64_t amount, usual; /* INT_NONE = not known */
	struct text3 name, body;
};
int event_doubts(struct ctx *cx, const struct event_doubts_of *of,
    void (*each)(struct ctx *cx, void *arg, const struct event_doubt *d), void *arg) MUST;

/* A cost of an event. Money is in tiyn (1/100 tenge); INT_NONE = not known. Staff of its scope alone. */
struct cost {
	struct rec rec;
	int64_t event;
	const char *item;
	int64_t planned, spent;
	const char *source; /* budget, own, sponsor, grant, other */
	const char *document;
	bool withdrawn;
};
extern const struct kind cost_kind;
extern const struct option cost_sources[];

/* RULE after-3: an event that took place and lacks its report is somebody's to do: of the leader of its
 * body, or of the nearest body above that has one; of the secretariat where there is none. Oldest first. */
struct event_owed {
	struct event event;
	bool said;		/* held was said; else its day has passed and nobody said so */
	bool count, evidence;	/* what is there already */
	int64_t owner;		/* account; 0 = the secretariat */
	const char *owner_name; /* "" = the secretariat */
	int days;		/* since the report was due */
};
/* Those that this actor has to do or, in the secretariat, to remind others of (a week late). */
int event_owed(struct ctx *cx, int limit, struct event_owed **out, size_t *n) MUST;

/* "Dear Ms …!" in the language of cx: how letters of thanks begin (event_letter.c). */
const char *event_letter_greeting(struct ctx *cx, const char *to, bool body);

#endif

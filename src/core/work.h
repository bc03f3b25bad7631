/* work.h – long works that somebody asks for and comes back to: an import, a report, a recount.
 *
 * A kind of work is a const row with a function; the table of kinds is handed over once at boot. Asking
 * adds a row and returns at once. One thread of the serving process (app/work_runner.c) takes the oldest
 * row, acts as who asked (account and role of then, looked up anew), and notes the outcome: asked →
 * running → done | failed | cancelled. With several processes on one database each row is taken once.
 * A result is a file that its asker fetches while it is kept (WORK_KEEP_DAYS); nobody else does.
 *
 * run() calls work_step() now and then: that notes the progress, and says when to stop. It may take
 * minutes, so it holds no snapshot across steps, and it may be run again from its beginning after a
 * crash when its kind says `again`: then what it wrote before must do no harm. */
#ifndef CORE_WORK_H
#define CORE_WORK_H

#include "db/db.h"
#include "lang/lang.h"

enum { WORK_KEEP_DAYS = 30, WORK_TRIES = 3, WORK_INPUT_MAX = 64 * 1024 };

struct work {
	struct ctx *cx; /* the asker's rights and language; its arena lasts for the whole work */
	int64_t id;
	const char *input; /* as given to work_ask() */
	const char *path;  /* where run() puts the result, if there is one (0600) */
	const char *file_name,
	    *file_type; /* set by run() when it did: as it is offered for saving */
	const char
	    *said; /* set by run(): the outcome in a sentence; a failure's text is cx->err.text */
	void *inner;
};
struct work_kind {
	const char *code, *title, *help; /* title, help: msgids; code stands in rows */
	enum cap cap;			 /* to ask for one */
	bool again;   /* may be begun anew after a crash or the end of the program */
	bool offered; /* the page of works has a button for it (input "") */
	int (*run)(struct work *w);
};
/* Once at boot, before any thread. */
void work_kinds_set(const struct work_kind *const *kinds, size_t n);
const struct work_kind *work_kind_find(const char *code); /* NULL = unknown */
const struct work_kind *const *work_kinds(size_t *n);

/* RC_DENIED without the kind's capability; RC_EXISTS with a text when the same work with the same
 * input waits or runs for this account; RC_TOOBIG; RC_BUG for an unknown kind. */
int work_ask(struct ctx *cx, const char *kind, const char *input, int64_t *id) MUST;
/* Inside run(), outside a write: RC_OK, or RC_BUSY when the work is to stop (cancelled, or the program
 * ends): pass it on. Ends the snapshot. Written at most once a second. total 0 = not known. */
int work_step(struct work *w, int64_t done, int64_t total) MUST;

struct work_row {
	int64_t id, account, asked_at, begun_at, ended_at, done, total;
	const char *kind, *state, *said, *who; /* said, who: "" = none */
	const char *file_name, *file_type;     /* NULL = no result, or no longer kept */
	bool cancelling, own;
};
/* Own ones, newest first; with CAP_SETTINGS everybody's. */
int work_list(struct ctx *cx, int limit, struct work_row **out, size_t *n) MUST;
/* RC_NOTFOUND for what work_list() would not show. */
int work_get(struct ctx *cx, int64_t id, struct work_row *out) MUST;
/* One's own, or with CAP_SETTINGS; RC_RULE when it has ended already. */
int work_cancel(struct ctx *cx, int64_t id) MUST;
/* Name of the result in the folder of works; RC_NOTFOUND unless it is one's own and there. */
int work_result(struct ctx *cx, int64_t id, struct work_row *out, const char **file) MUST;
/* The folder of results, set once at boot; "" before. */
void work_folder_set(const char *dir);
const char *work_folder(void);

/* ---- for the runner: */
/* Works of a process that died wait again or are called failed. all: no other process serves. */
int work_recover(struct ctx *cx, bool all) MUST;
/* Take the oldest; false in *got when none waits. Acts in cx from then on (actor, language). */
int work_take(struct ctx *cx, struct work *w, bool *got) MUST;
int work_perform(struct work *w) MUST;
/* rc as work_perform() returned it. ending: the program ends, so it waits again if its kind allows. Does
 * nothing for a work that was given to another process meanwhile (its lease had run out). */
int work_end(struct work *w, int rc, bool ending) MUST;
/* True stops every running work at its next step: the program ends. */
void work_end_all(bool yes);
/* The name of a try's result in the folder of works: tries 1 … WORK_TRIES, each in a file of its own, so
 * that one who was believed dead cannot spoil another's. */
const char *work_file(struct arena *a, int64_t id, int64_t tries);
/* Results older than WORK_KEEP_DAYS: remove each file, then say so. */
int work_outdated(struct ctx *cx, int64_t **ids, size_t *n) MUST;
int work_forget(struct ctx *cx, int64_t id) MUST;

#endif

/* backup_run.h – the list of backups: who asks adds a row, whoever serves takes it, makes the backup,
 * proves it and notes the outcome. With several processes on one database each row is taken once.
 *
 * A run goes asked → running → proved | failed. Proved: the file was read back into a database of its
 * own, which counted every figure anew without a difference and answered all figures, values and
 * digests, as the live one did in the snapshot that was saved. */
#ifndef CORE_BACKUP_RUN_H
#define CORE_BACKUP_RUN_H

#include "core/backup.h"

struct backup_run {
	int64_t id, asked_at, begun_at, ended_at; /* 0 = not yet */
	int night;				  /* yyyymmdd for the nightly one, 0 by hand */
	const char *state, *error;		  /* NULL = none */
	const char *file; /* its name in D.backups/; NULL = none, or removed since */
	int64_t bytes, rows, files;
};
/* Ask for one now (CAP_SETTINGS); RC_EXISTS with a text when one waits or runs. */
int backup_ask(struct ctx *cx) MUST;
/* The newest n, newest first. CAP_SETTINGS. */
int backup_runs(struct ctx *cx, int limit, struct backup_run **out, size_t *n) MUST;
/* The last proved one; RC_NOTFOUND. */
int backup_last_proved(struct ctx *cx, struct backup_run *out) MUST;

/* Stop one that waits or is being made (CAP_SETTINGS); RC_RULE when it has ended already. */
int backup_cancel(struct ctx *cx, int64_t id) MUST;

/* ---- for the thread that makes them */
/* Whether somebody wants the one that is being made to stop. */
int backup_cancelled(struct ctx *cx, int64_t id, bool *yes) MUST;
/* Ask for the night's one unless that was done. */
int backup_ask_night(struct ctx *cx, int night) MUST;
/* Take the oldest one that waits; *id = 0 when none does. Runs older than six hours without an end,
 * or all of them if `alone` (no other process makes backups of this database), are called interrupted. */
int backup_take(struct ctx *cx, bool alone, int64_t *id) MUST;
int backup_done(struct ctx *cx, int64_t id, const char *file, const struct backup_sums *sums,
    const char *error) MUST;
/* One that was taken and broken off waits again. */
int backup_again(struct ctx *cx, int64_t id) MUST;
/* Runs older than the newest `keep` proved ones that still have a file; remove it, then say so. */
int backup_outdated(struct ctx *cx, int keep, struct backup_run **out, size_t *n) MUST;
int backup_gone(struct ctx *cx, int64_t id) MUST;

#endif

/* backup_run.c – see backup_run.h. */
#include "core/backup_run.h"

#include "kind/kind.h"

enum { INTERRUPTED_US_HOURS = 6 };

#define COLUMNS                                                                            \
	"id, asked_at, begun_at, ended_at, night, state, file, error, bytes, rows, files " \
	"FROM backup_run"

static struct backup_run
from_row(const struct rows *r)
{
	return (struct backup_run){ .id = row_int(r, 0),
		.asked_at = row_int(r, 1),
		.begun_at = row_int(r, 2),
		.ended_at = row_int(r, 3),
		.night = (int)row_int(r, 4),
		.state = row_text(r, 5),
		.file = row_text(r, 6),
		.error = row_text(r, 7),
		.bytes = row_int(r, 8),
		.rows = row_int(r, 9),
		.files = row_int(r, 10) };
}

static int
ask_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int *night = arg;
	int64_t n, id;

	if (*night == 0) {
		TRY(db_int(cx, &n,
		    "SELECT count(*) FROM backup_run WHERE state IN ('asked', 'running')",
		    NO_VALS));
		if (n > 0)
			return fail(cx, RC_EXISTS, N_("A backup is being made already."));
	} else {
		TRY(db_int(cx, &n, "SELECT count(*) FROM backup_run WHERE night = $1",
		    VALS(v_int(*night))));
		if (n > 0)
			return RC_OK;
	}
	TRY(tx_int(cx, tx, &id,
	    "INSERT INTO backup_run (asked_at, night, state) VALUES ($1, $2, 'asked') RETURNING id",
	    VALS(v_int(cx->now), v_int_or(*night, 0))));
	return *night == 0 ? audit_tx(cx, tx, "create", "backup_run", id, NULL) : RC_OK;
}

int
backup_ask(struct ctx *cx)
{
	int night = 0;

	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, ask_fn, &night);
}

int
backup_ask_night(struct ctx *cx, int night)
{
	return db_write(cx, ask_fn, &night);
}

int
backup_runs(struct ctx *cx, int limit, struct backup_run **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this."));
	*out = arena_array(cx->arena, struct backup_run, limit);
	TRY(db_rows(cx, &r, "SELECT " COLUMNS " ORDER BY id DESC LIMIT $1", VALS(v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = from_row(&r);
	return rows_end(&r);
}

int
backup_last_proved(struct ctx *cx, struct backup_run *out)
{
	AUTO_ROWS r = { 0 };
	bool found;

	TRY(db_rows(
	    cx, &r, "SELECT " COLUMNS " WHERE state = 'proved' ORDER BY id DESC LIMIT 1", NO_VALS));
	found = rows_next(&r);
	if (found)
		*out = from_row(&r);
	TRY(rows_end(&r));
	return found ? RC_OK : RC_NOTFOUND;
}

static int
cancel_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;
	int64_t n;

	TRY(tx_run(cx, tx, &n,
	    "UPDATE backup_run SET state = 'failed', ended_at = $2, error = 'cancelled'"
	    " WHERE id = $1 AND state = 'asked'",
	    VALS(v_int(*id), v_int(cx->now))));
	if (n == 0)
		TRY(tx_run(cx, tx, &n,
		    "UPDATE backup_run SET error = 'cancelled' WHERE id = $1 AND state = 'running'",
		    VALS(v_int(*id))));
	if (n == 0)
		return fail(cx, RC_RULE, N_("This work has ended already."));
	return audit_tx(cx, tx, "cancel", "backup_run", *id, NULL);
}

int
backup_cancel(struct ctx *cx, int64_t id)
{
	if (!may(cx, CAP_SETTINGS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, cancel_fn, &id);
}

int
backup_cancelled(struct ctx *cx, int64_t id, bool *yes)
{
	int64_t n;

	TRY(db_int(cx, &n, "SELECT count(*) FROM backup_run WHERE id = $1 AND error = 'cancelled'",
	    VALS(v_int(id))));
	*yes = n > 0;
	return RC_OK;
}

struct take {
	bool alone;
	int64_t id;
};

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct take *t = arg;
	int rc;

	TRY(tx_run(cx, tx, NULL,
	    "UPDATE backup_run SET state = 'failed', ended_at = $1, error = 'interrupted'"
	    " WHERE state = 'running' AND begun_at < $2",
	    VALS(v_int(cx->now),
		v_int(t->alone ? INT64_MAX
			       : cx->now - INTERRUPTED_US_HOURS * 3600 * US_PER_SECOND))));
	rc = tx_int(cx, tx, &t->id,
	    "UPDATE backup_run SET state = 'running', begun_at = $1 WHERE id ="
	    " (SELECT min(id) FROM backup_run WHERE state = 'asked') RETURNING id",
	    VALS(v_int(cx->now)));
	if (rc == RC_NOTFOUND) {
		t->id = 0;
		return RC_OK;
	}
	return rc;
}

int
backup_take(struct ctx *cx, bool alone, int64_t *id)
{
	struct take t = { .alone = alone };
	int64_t n;

	*id = 0;
	/* Mostly there is nothing to do, and then nothing is written. */
	TRY(db_int(cx, &n, "SELECT count(*) FROM backup_run WHERE state IN ('asked', 'running')",
	    NO_VALS));
	db_end(cx);
	if (n == 0)
		return RC_OK;
	TRY(db_write(cx, take_fn, &t));
	*id = t.id;
	return RC_OK;
}

struct done {
	int64_t id;
	const char *file, *error;
	const struct backup_sums *sums;
};

static int
done_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct done *d = arg;

	return tx_run(cx, tx, NULL,
	    "UPDATE backup_run SET state = $2, ended_at = $3, file = $4, bytes = $5, rows = $6,"
	    " files = $7, error = $8 WHERE id = $1",
	    VALS(v_int(d->id), v_text(d->error == NULL ? "proved" : "failed"), v_int(cx->now),
		v_text(d->file), v_int(d->sums->bytes), v_int(d->sums->rows), v_int(d->sums->files),
		v_text(d->error)));
}

int
backup_done(
    struct ctx *cx, int64_t id, const char *file, const struct backup_sums *sums, const char *error)
{
	struct done d = { id, file, error, sums };

	return db_write(cx, done_fn, &d);
}

static int
again_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;

	return tx_run(cx, tx, NULL,
	    "UPDATE backup_run SET state = 'asked', begun_at = NULL, error = NULL WHERE id = $1 "
	    "AND state = "
	    "'running'",
	    VALS(v_int(*id)));
}

int
backup_again(struct ctx *cx, int64_t id)
{
	return db_write(cx, again_fn, &id);
}

int
backup_outdated(struct ctx *cx, int keep, struct backup_run **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	enum { AT_ONCE = 50 };

	*n = 0;
	*out = arena_array(cx->arena, struct backup_run, AT_ONCE);
	TRY(db_rows(cx, &r,
	    "SELECT " COLUMNS " WHERE file IS NOT NULL AND id < (SELECT coalesce(min(id), 0) FROM"
	    " (SELECT id FROM backup_run WHERE state = 'proved' ORDER BY id DESC LIMIT $1) newest)"
	    " ORDER BY id LIMIT $2",
	    VALS(v_int(keep), v_int(AT_ONCE))));
	while (*n < AT_ONCE && rows_next(&r))
		(*out)[(*n)++] = from_row(&r);
	return rows_end(&r);
}

static int
gone_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;

	return tx_run(
	    cx, tx, NULL, "UPDATE backup_run SET file = NULL WHERE id = $1", VALS(v_int(*id)));
}

int
backup_gone(struct ctx *cx, int64_t id)
{
	return db_write(cx, gone_fn, &id);
}

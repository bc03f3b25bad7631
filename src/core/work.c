/* work.c – the list of long works; see work.h. RULE server-5 */
#include "core/work.h"

#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "core/inner.h"
#include "core/session.h"
#include "kind/kind.h"

#define STEP_US US_PER_SECOND
#define SILENT_US (1800 * US_PER_SECOND) /* a runner that says nothing for so long is dead */

static struct {
	const struct work_kind *const *kinds;
	size_t n;
	const char *folder;
	_Atomic bool ending;
} work_house = { .folder = "" };

/* ---- kinds ---- */

void
work_kinds_set(const struct work_kind *const *kinds, size_t n)
{
	work_house.kinds = kinds;
	work_house.n = n;
}

const struct work_kind *const *
work_kinds(size_t *n)
{
	*n = work_house.n;
	return work_house.kinds;
}

const struct work_kind *
work_kind_find(const char *code)
{
	size_t i;

	for (i = 0; i < work_house.n; i++)
		if (strcmp(work_house.kinds[i]->code, code) == 0)
			return work_house.kinds[i];
	return NULL;
}

void
work_folder_set(const char *dir)
{
	work_house.folder = dir;
}

const char *
work_folder(void)
{
	return work_house.folder;
}

void
work_end_all(bool yes)
{
	work_house.ending = yes;
}

/* ---- asking ---- */

struct asking {
	const char *kind, *input;
	int64_t role, id;
};

static int
ask_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct asking *a = arg;
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM work WHERE state IN ('asked', 'running') AND account = $1 AND "
	    "kind = $2"
	    " AND input = $3",
	    VALS(v_int(cx->actor->account), v_text(a->kind), v_text(a->input))));
	if (n > 0)
		return fail(cx, RC_EXISTS, N_("This very work waits or runs already."));
	TRY(tx_int(cx, tx, &a->id,
	    "INSERT INTO work (kind, state, account, role, input, asked_at, done, total, cancel, "
	    "tries)"
	    " VALUES ($1, 'asked', $2, $3, $4, $5, 0, 0, 0, 0) RETURNING id",
	    VALS(v_text(a->kind), v_int(cx->actor->account), v_int_or(a->role, 0), v_text(a->input),
		v_int(cx->now))));
	return audit_tx(cx, tx, "create", "work", a->id, a->kind);
}

/* The account's role in which it acts now; 0 for the program itself. */
static int
role_now(struct ctx *cx, int64_t *out)
{
	const struct actor *a = cx->actor;

	*out = 0;
	if (a->account == 0)
		return RC_OK;
	return db_int(cx, out,
	    "SELECT min(id) FROM account_role WHERE account = $1 AND role = $2 AND coalesce(body, "
	    "0) = $3 AND " ROLE_IN_FORCE("account_role", "$4"),
	    VALS(v_int(a->account), v_text(role_code(a->role)), v_int(a->body),
		v_int(role_day(cx))));
}

int
work_ask(struct ctx *cx, const char *kind, const char *input, int64_t *id)
{
	const struct work_kind *k = work_kind_find(kind);
	struct asking a = { .kind = kind, .input = input };

	if (k == NULL)
		return fail(cx, RC_BUG, "%s", "no such work");
	if (!may(cx, k->cap))
		return fail(cx, RC_DENIED, N_("Your role does not allow this."));
	if (strlen(input) > WORK_INPUT_MAX)
		return fail(cx, RC_TOOBIG, N_("This is too large"));
	TRY(role_now(cx, &a.role));
	TRY(db_write(cx, ask_fn, &a));
	*id = a.id;
	return RC_OK;
}

/* ---- reading ---- */

#define COLUMNS                                                                                  \
	"j.id, j.account, j.asked_at, j.begun_at, j.ended_at, j.done, j.total, j.kind, j.state," \
	" j.said, a.name, j.file_name, j.file_type, j.cancel, j.file FROM work j"                \
	" LEFT JOIN account a ON a.id = j.account"

static const char *
text_or_none(const struct rows *r, int col)
{
	return row_null(r, col) ? "" : row_text(r, col);
}

static struct work_row
from_row(struct ctx *cx, const struct rows *r)
{
	bool kept = !row_null(r, 14);

	return (struct work_row){ .id = row_int(r, 0),
		.account = row_int(r, 1),
		.asked_at = row_int(r, 2),
		.begun_at = row_int(r, 3),
		.ended_at = row_int(r, 4),
		.done = row_int(r, 5),
		.total = row_int(r, 6),
		.kind = row_text(r, 7),
		.state = row_text(r, 8),
		.said = text_or_none(r, 9),
		.who = text_or_none(r, 10),
		.file_name = kept ? row_text(r, 11) : NULL,
		.file_type = kept ? row_text(r, 12) : NULL,
		.cancelling = row_int(r, 13) != 0,
		.own = row_int(r, 1) == cx->actor->account };
}

int
work_list(struct ctx *cx, int limit, struct work_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = arena_array(cx->arena, struct work_row, limit);
	TRY(db_rows(cx, &r,
	    "SELECT " COLUMNS " WHERE (j.account = $1 OR $2 = 1) ORDER BY j.id DESC LIMIT $3",
	    VALS(v_int(cx->actor->account), v_int(may(cx, CAP_SETTINGS)), v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = from_row(cx, &r);
	return rows_end(&r);
}

static int
get(struct ctx *cx, int64_t id, struct work_row *out, const char **file)
{
	AUTO_ROWS r = { 0 };
	bool found;

	TRY(db_rows(cx, &r, "SELECT " COLUMNS " WHERE j.id = $1 AND (j.account = $2 OR $3 = 1)",
	    VALS(v_int(id), v_int(cx->actor->account), v_int(may(cx, CAP_SETTINGS)))));
	found = rows_next(&r);
	if (found) {
		*out = from_row(cx, &r);
		*file = row_text(&r, 14);
	}
	TRY(rows_end(&r));
	return found ? RC_OK : fail(cx, RC_NOTFOUND, N_("There is no such work."));
}

int
work_get(struct ctx *cx, int64_t id, struct work_row *out)
{
	const char *file;

	return get(cx, id, out, &file);
}

int
work_result(struct ctx *cx, int64_t id, struct work_row *out, const char **file)
{
	TRY(get(cx, id, out, file));
	if (!out->own || *file == NULL)
		return fail(cx, RC_NOTFOUND, N_("This work has no result that is still kept."));
	return RC_OK;
}

/* ---- ending one ---- */

static int
cancel_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;
	int64_t n;

	TRY(tx_run(cx, tx, &n,
	    "UPDATE work SET state = 'cancelled', ended_at = $2, cancel = 1 WHERE id = $1 AND "
	    "state = "
	    "'asked'",
	    VALS(v_int(*id), v_int(cx->now))));
	if (n == 0)
		TRY(tx_run(cx, tx, &n,
		    "UPDATE work SET cancel = 1 WHERE id = $1 AND state = 'running'",
		    VALS(v_int(*id))));
	if (n == 0)
		return fail(cx, RC_RULE, N_("This work has ended already."));
	return audit_tx(cx, tx, "cancel", "work", *id, NULL);
}

int
work_cancel(struct ctx *cx, int64_t id)
{
	struct work_row row;

	TRY(work_get(cx, id, &row));
	return db_write(cx, cancel_fn, &id);
}

/* ---- the runner ---- */

struct recovering {
	bool all;
};

static int
recover_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct recovering *r = arg;
	int64_t before = r->all ? INT64_MAX : cx->now - SILENT_US;
	size_t i;

	for (i = 0; i < work_house.n; i++)
		if (work_house.kinds[i]->again)
			TRY(tx_run(cx, tx, NULL,
			    "UPDATE work SET state = 'asked', begun_at = NULL WHERE state = "
			    "'running'"
			    " AND seen_at < $1 AND kind = $2 AND tries < $3 AND cancel = 0",
			    VALS(v_int(before), v_text(work_house.kinds[i]->code),
				v_int(WORK_TRIES))));
	return tx_run(cx, tx, NULL,
	    "UPDATE work SET state = CASE WHEN cancel = 1 THEN 'cancelled' ELSE 'failed' END,"
	    " ended_at = $2, said = 'interrupted' WHERE state = 'running' AND seen_at < $1",
	    VALS(v_int(before), v_int(cx->now)));
}

int
work_recover(struct ctx *cx, bool all)
{
	struct recovering r = { all };
	int64_t n;

	TRY(db_int(cx, &n, "SELECT count(*) FROM work WHERE state = 'running'", NO_VALS));
	db_end(cx);
	return n == 0 ? RC_OK : db_write(cx, recover_fn, &r);
}

struct taking {
	int64_t id, account, role, tries;
	const char *kind, *input;
	enum lang lang;
};

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct taking *t = arg;
	int rc = tx_int(cx, tx, &t->id,
	    "UPDATE work SET state = 'running', begun_at = $1, seen_at = $1, tries = tries + 1, "
	    "done = 0"
	    " WHERE id = (SELECT min(id) FROM work WHERE state = 'asked') RETURNING id",
	    VALS(v_int(cx->now)));

	if (rc != RC_NOTFOUND)
		return rc;
	t->id = 0;
	return RC_OK;
}

/* Who asked, with the rights of today: an account that was closed, or lost the role, has none. */
static int
asker(struct ctx *cx, const struct taking *t, struct actor *out, enum lang *lang)
{
	AUTO_ROWS r = { 0 };
	bool found;

	if (t->account == 0) {
		*out = actor_system;
		return RC_OK;
	}
	TRY(db_rows(cx, &r,
	    "SELECT " ACTOR_COLUMNS
	    ", a.lang FROM account a JOIN account_role r ON r.account = a.id"
	    " WHERE a.id = $1 AND r.id = $3 AND a.disabled = 0 AND " ROLE_IN_FORCE("r", "$2"),
	    VALS(v_int(t->account), v_int(role_day(cx)), v_int(t->role))));
	found = rows_next(&r);
	if (found) {
		TRY(actor_fill(cx, &r, 0, out));
		if (!lang_parse(row_text(&r, ACTOR_NCOLUMNS), lang))
			*lang = LANG_KK;
	}
	TRY(rows_end(&r));
	if (!found)
		return fail(cx, RC_DENIED, N_("Whoever asked for it has no longer the right to."));
	return out->body == 0 ? RC_OK : scope_of_body(cx, out->body, &out->scope, &out->nscope);
}

static int
taken_row(struct ctx *cx, struct taking *t)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, "SELECT account, role, kind, input, tries FROM work WHERE id = $1",
	    VALS(v_int(t->id))));
	if (rows_next(&r)) {
		t->account = row_int(&r, 0);
		t->role = row_int(&r, 1);
		t->kind = row_text(&r, 2);
		t->input = row_text(&r, 3);
		t->tries = row_int(&r, 4);
	}
	return rows_end(&r);
}

/* While a work is silent for longer than its lease (one long figure on PostgreSQL), another process may
 * be given it: whoever had it before says nothing about it any more, and writes into no file of others. */
#define STILL_MINE " WHERE id = $1 AND state = 'running' AND tries = $2"

struct inner {
	const struct work_kind *kind;
	int64_t tries; /* which try this one is: what is mine */
	int64_t noted; /* monotonic µs of the last note */
	bool cancelled, lost;
};

const char *
work_file(struct arena *a, int64_t id, int64_t tries)
{
	return tries <= 1 ? arena_printf(a, "%lld", (long long)id)
			  : arena_printf(a, "%lld.%lld", (long long)id, (long long)tries);
}

int
work_take(struct ctx *cx, struct work *w, bool *got)
{
	struct taking t = { 0 };
	struct inner *in = arena_new(cx->arena, struct inner);
	struct actor *actor = arena_new(cx->arena, struct actor);
	int64_t n;

	*got = false;
	*w = (struct work){ .cx = cx, .inner = in };
	TRY(db_int(cx, &n, "SELECT count(*) FROM work WHERE state = 'asked'", NO_VALS));
	db_end(cx);
	if (n == 0)
		return RC_OK;
	TRY(db_write(cx, take_fn, &t));
	if (t.id == 0)
		return RC_OK;
	*got = true;
	w->id = t.id;
	TRY(taken_row(cx, &t));
	in->tries = t.tries;
	w->path = arena_printf(
	    cx->arena, "%s/%s", work_house.folder, work_file(cx->arena, t.id, t.tries));
	in->kind = work_kind_find(t.kind);
	w->input = t.input;
	if (in->kind == NULL)
		return fail(cx, RC_INVALID, N_("This program does not know such a work."));
	TRY(asker(cx, &t, actor, &cx->lang));
	if (!actor_may(actor, in->kind->cap))
		return fail(cx, RC_DENIED, N_("Whoever asked for it has no longer the right to."));
	cx->actor = actor;
	db_end(cx);
	return RC_OK;
}

int
work_perform(struct work *w)
{
	const struct inner *in = w->inner;

	return in->kind->run(w);
}

struct step {
	int64_t id, tries, done, total, cancel;
};

static int
step_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct step *s = arg;

	return tx_int(cx, tx, &s->cancel,
	    "UPDATE work SET done = $3, total = $4, seen_at = $5" STILL_MINE " RETURNING cancel",
	    VALS(v_int(s->id), v_int(s->tries), v_int(s->done), v_int(s->total),
		v_int(clock_now())));
}

int
work_step(struct work *w, int64_t done, int64_t total)
{
	struct inner *in = w->inner;
	struct step s = { .id = w->id, .tries = in->tries, .done = done, .total = total };
	int64_t now = clock_us();
	int rc;

	db_end(w->cx);
	if (work_house.ending)
		return fail(w->cx, RC_BUSY, N_("The program was ended meanwhile."));
	if (in->noted != 0 && now - in->noted < STEP_US)
		return in->cancelled || in->lost ? RC_BUSY : RC_OK;
	in->noted = now;
	rc = db_write(w->cx, step_fn, &s);
	in->lost = rc == RC_NOTFOUND;
	if (in->lost)
		return fail(w->cx, RC_BUSY, N_("Another process has taken this work over."));
	TRY(rc);
	if (s.cancel != 0) {
		in->cancelled = true;
		return fail(w->cx, RC_BUSY, N_("It was cancelled."));
	}
	return RC_OK;
}

struct ended {
	int64_t id, tries;
	const char *state, *said;
	const struct work *w;
};

static int
end_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct ended *e = arg;
	bool file = e->w->file_name != NULL && strcmp(e->state, "done") == 0;

	if (strcmp(e->state, "asked") == 0)
		return tx_run(cx, tx, NULL,
		    "UPDATE work SET state = 'asked', begun_at = NULL, tries = tries - "
		    "1" STILL_MINE,
		    VALS(v_int(e->id), v_int(e->tries)));
	return tx_run(cx, tx, NULL,
	    "UPDATE work SET state = $3, said = $4, ended_at = $5, file = $6, file_name = $7,"
	    " file_type = $8" STILL_MINE,
	    VALS(v_int(e->id), v_int(e->tries), v_text(e->state), v_text(e->said),
		v_int(clock_now()), v_text(file ? work_file(cx->arena, e->id, e->tries) : NULL),
		v_text(file ? e->w->file_name : NULL), v_text(file ? e->w->file_type : NULL)));
}

int
work_end(struct work *w, int rc, bool ending)
{
	const struct inner *in = w->inner;
	struct ended e = { .id = w->id, .tries = in->tries, .w = w, .said = w->said };

	if (rc == RC_OK)
		e.state = "done";
	else if (in->cancelled)
		e.state = "cancelled";
	else if (ending && in->kind != NULL && in->kind->again)
		e.state = "asked";
	else {
		e.state = "failed";
		e.said = w->cx->err.text != NULL && *w->cx->err.text != '\0' ? w->cx->err.text
			 : rc == RC_STORAGE || rc == RC_BUSY
			     ? tr(w->cx, "The house is busy")
			     : tr(w->cx, "Something went wrong in the program");
	}
	if (strcmp(e.state, "done") != 0)
		w->file_name = NULL;
	err_clear(w->cx);
	db_end(w->cx);
	return db_write(w->cx, end_fn, &e);
}

/* ---- forgetting ---- */

int
work_outdated(struct ctx *cx, int64_t **ids, size_t *n)
{
	AUTO_ROWS r = { 0 };
	enum { AT_ONCE = 100 };

	*n = 0;
	*ids = arena_array(cx->arena, int64_t, AT_ONCE);
	TRY(db_rows(cx, &r,
	    "SELECT id FROM work WHERE ended_at < $1 AND state IN ('done', 'failed', 'cancelled')"
	    " ORDER BY id LIMIT $2",
	    VALS(v_int(cx->now - WORK_KEEP_DAYS * US_PER_DAY), v_int(AT_ONCE))));
	while (*n < AT_ONCE && rows_next(&r))
		(*ids)[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

static int
forget_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;

	return tx_run(cx, tx, NULL, "DELETE FROM work WHERE id = $1", VALS(v_int(*id)));
}

int
work_forget(struct ctx *cx, int64_t id)
{
	return db_write(cx, forget_fn, &id);
}

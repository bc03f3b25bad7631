/* import_run.c – a run over a batch: its columns, its file, and the loop that takes one step after another
 * with the rights of whoever sent the file. */
#include "core/account.h"
#include "mod/import/import_inner.h"

#include "base/clock.h"
#include "core/session.h"

enum {
	PIECE_BYTES = 4 << 20,
	ALONE_MS = 10000 /* who gives it so long at a time is a command, and nobody waits for it */
};

static void
take_columns(struct import_run *r)
{
	const char *m = r->b.mapping;
	size_t i;

	r->ncolumns = 0;
	for (;;) {
		size_t len = strcspn(m, ";");

		for (i = 0; len > 0 && i < r->ntargets; i++)
			if (strlen(r->targets[i].name) == len &&
			    memcmp(r->targets[i].name, m, len) == 0)
				r->column[r->ncolumns] = &r->targets[i];
		r->ncolumns++;
		if (m[len] == '\0' || r->ncolumns == IMPORT_COLUMNS)
			return;
		m += len + 1;
	}
}

int
import_run_open(struct ctx *cx, int64_t id, struct import_run *r)
{
	struct arena *was = cx->arena;
	int rc;

	*r = (struct import_run){
		.cx = cx, .piece = IMPORT_PAGE_CHUNK, .most = IMPORT_SHARED_CHUNK
	};
	arena_init(&r->keep);
	cx->arena = &r->keep;
	rc = import_load(cx, id, &r->b);
	if (rc == RC_OK && (r->ik = import_kind_of(r->b.kind)) == NULL)
		rc = RC_NOTFOUND;
	if (rc == RC_OK) {
		r->ntargets = import_targets(cx, r->ik, r->targets);
		take_columns(r);
	}
	cx->arena = was;
	return rc;
}

int
import_run_again(struct import_run *r)
{
	struct arena *was = r->cx->arena;
	int rc;

	r->cx->arena = &r->keep;
	rc = import_load(r->cx, r->b.id, &r->b);
	r->cx->arena = was;
	return rc;
}

void
import_run_close(struct import_run *r)
{
	table_close(r->table);
	r->table = NULL;
	arena_done(&r->keep);
}

size_t
import_piece(struct import_run *r)
{
	size_t n = r->b.done_row == 0 ? IMPORT_PAGE_CHUNK : r->piece;

	r->piece = 2 * n < r->most ? 2 * n : r->most;
	return n;
}

static int
file_gone(struct ctx *cx)
{
	return fail(cx, RC_INVALID, N_("The file is no longer here. Send it again."));
}

int
import_run_file(struct import_run *r, int64_t after)
{
	struct table_ask ask = {
		.code = (enum table_code)r->b.code, .sep = (char)r->b.sep, .sheet = r->b.sheet
	};
	enum table_fault fault;
	int64_t from = after > r->b.header_row ? after : r->b.header_row;

	if (r->table != NULL) {
		if (table_place(r->table) == from)
			return RC_OK;
		table_close(r->table);
		r->table = NULL;
	}
	if (r->b.path == NULL)
		return file_gone(r->cx);
	if (table_open(r->b.path, &ask, &r->table, &fault) != RC_OK)
		return fault == TABLE_UNREADABLE
			   ? file_gone(r->cx)
			   : fail(r->cx, RC_INVALID, "%s", import_fault_text(r->cx, fault));
	while (table_place(r->table) < from && table_next(r->table) != NULL)
		;
	return RC_OK;
}

int
import_run_rows(struct import_run *r, struct import_plan *out, size_t n, size_t *got)
{
	struct ctx *cx = r->cx;
	const struct table_row *row;
	size_t i;

	size_t bytes = 0;

	*got = 0;
	/* A file may hold pages in each cell; a piece of it must fit the arena whatever it holds. */
	while (*got < n && bytes < PIECE_BYTES && (row = table_next(r->table)) != NULL) {
		struct import_plan *p = &out[(*got)++];

		*p = (struct import_plan){ .row = row->number, .ncells = row->n };
		p->cells = arena_array(cx->arena, const char *, row->n + 1);
		for (i = 0; i < row->n; i++) {
			p->cells[i] = arena_str(cx->arena, row->cell[i]);
			bytes += strlen(row->cell[i]);
		}
	}
	if (table_fault(r->table) != TABLE_FINE)
		return fail(cx, RC_INVALID, N_("Row %s: %s"), num(cx, table_place(r->table) + 1),
		    import_fault_text(cx, table_fault(r->table)));
	return RC_OK;
}

/* ---- the machine ---- */

struct stop {
	int64_t id;
	const char *state, *error;
};

/* What stops a batch for good is written down; it waits for whoever sent it. */
static int
stop_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct stop *s = arg;

	return tx_run(cx, tx, NULL,
	    "UPDATE import_batch SET state = $2, error = $3, changed_at = $4 WHERE id = $1",
	    VALS(v_int(s->id), v_text(s->state), v_text(s->error), v_int(cx->now)));
}

static int
stopped(struct ctx *cx, const struct import_batch *b, int rc)
{
	/* Half a commit stays resumable: the next step goes on with the row behind the last one. */
	const char *to = strcmp(b->state, "planning") == 0     ? "mapping"
			 : strcmp(b->state, "committing") == 0 ? "stopped"
							       : "done";
	struct stop s = { b->id, to,
		cx->err.text != NULL && *cx->err.text != '\0' ? cx->err.text : NULL };

	if (rc == RC_BUSY || rc == RC_STORAGE || rc == RC_BUG || rc == RC_CONFLICT)
		return rc; /* later again */
	if (s.error == NULL && cx->err.fields != NULL)
		s.error = cx->err.fields->text;
	s.error = arena_str(cx->arena, s.error);
	err_clear(cx);
	return db_write(cx, stop_fn, &s);
}

static int
step(struct import_run *r, bool *more)
{
	const char *s = r->b.state;

	*more = false;
	if (strcmp(s, "planning") == 0)
		return import_plan_step(r, more);
	if (strcmp(s, "committing") == 0)
		return import_commit_step(r, more);
	if (strcmp(s, "undoing") == 0)
		return import_undo_step(r, more);
	return RC_OK;
}

static struct field_error *
keep_field(struct arena *a, const struct field_error *f)
{
	struct field_error *out = f == NULL ? NULL : arena_new(a, struct field_error);

	if (out != NULL)
		*out = (struct field_error){ arena_str(a, f->field), arena_str(a, f->text), NULL };
	return out;
}

void
import_keep_err(struct ctx *cx, struct arena *to)
{
	cx->err.text = arena_str(to, cx->err.text);
	cx->err.detail = arena_str(to, cx->err.detail);
	cx->err.fields = keep_field(to, cx->err.fields);
}

int
import_run(struct ctx *cx, int64_t id, int ms, bool *more)
{
	int64_t until = clock_us() + (int64_t)ms * 1000;
	struct arena *was = cx->arena, page;
	struct import_run r;
	int rc = import_run_open(cx, id, &r);

	*more = false;
	arena_init(&page);
	if (ms == 0 || ms >= ALONE_MS)
		r.most = IMPORT_CHUNK;
	do {
		if (rc != RC_OK)
			break;
		cx->arena = &page;
		db_end(cx);
		rc = step(&r, more);
		cx->arena = was;
		if (rc != RC_OK) { /* the words lie in the arena that goes */
			import_keep_err(cx, was);
			rc = stopped(cx, &r.b, rc);
			*more = false;
		}
		arena_reset(&page, ARENA_CHUNK * 16);
	} while (rc == RC_OK && *more && (ms == 0 || clock_us() < until));
	import_run_close(&r);
	arena_done(&page);
	db_end(cx);
	return rc;
}

/* The account's rights as they are now; a role that was taken away, or waits for a second factor, ends
 * the batch. */
static int
owner(struct ctx *cx, const struct import_batch *b, struct actor *out)
{
	int rc = account_actor(cx, b->account, b->role, b->body, out);

	if (rc == RC_NOTFOUND || (rc == RC_OK && out->held_back))
		return fail(
		    cx, RC_DENIED, N_("The account that sent this file no longer has the role."));
	return rc;
}

int
import_run_as_owner(struct ctx *cx, int64_t id, int ms, bool *more)
{
	const struct actor *was = cx->actor;
	struct import_batch b;
	struct actor a;
	int rc;

	*more = false;
	TRY(import_load(cx, id, &b));
	if (!lang_parse(b.lang, &cx->lang))
		cx->lang = LANG_KK;
	rc = owner(cx, &b, &a);
	if (rc == RC_DENIED)
		return stopped(cx, &b, rc);
	TRY(rc);
	cx->actor = &a;
	rc = import_run(cx, id, ms, more);
	cx->actor = was;
	return rc;
}

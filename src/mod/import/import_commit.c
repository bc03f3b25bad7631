/* import_commit.c – the plan is written, some thousand rows at a time.
 *
 * Each piece moves the batch's place from the row that it expects to the row that it reaches, in the same
 * transaction as the records: whoever is killed, or comes second, writes nothing twice and leaves nothing
 * out. Where somebody else has written meanwhile, the rows of a piece are planned once more and a row
 * whose plan would be another one is left out, with the reason. A piece is written as if no row were
 * refused, with the rows of indexes gathered to its end; when one is refused all the same, the piece is
 * taken back and written once more row by row, and each refused one is left out: however many they are, a
 * piece is written twice at most. */
#include "mod/import/import_inner.h"

#include <unistd.h>

#include "db/gather.h"

struct piece {
	struct import_run *r;
	struct import_plan *p; /* rows of the file */
	size_t n;
	bool careful;	     /* rows are written one by one, and one that is refused is left out */
	int64_t bad;	     /* row that was refused */
	struct arena gather; /* of what a fast piece keeps back to its end */
};

/* Which part of which row is being written: 0 its person, 1 the record. */
struct place {
	const struct import_run *r;
	const struct import_plan *p;
	int part;
	const struct kind *kind;
};

static int
store(struct ctx *cx, struct tx *tx, const struct place *at, void *rec, bool fresh)
{
	struct rec *h = rec;
	int64_t before = fresh ? 0 : h->version;

	TRY(fresh ? kind_insert_tx(cx, tx, at->kind, rec) : kind_update_tx(cx, tx, at->kind, rec));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO import_row (batch, row, part, kind, rec, before, after) VALUES ($1, $2, "
	    "$3, $4, $5, $6, "
	    "$7)",
	    VALS(v_int(at->r->b.id), v_int(at->p->row), v_int(at->part), v_text(at->kind->name),
		v_int(h->id), v_int(before), v_int(h->version)));
}

/* The person that an earlier row of this batch made. */
static int
person_of_row(struct ctx *cx, const struct import_run *r, struct import_plan *p)
{
	int rc;

	p->earlier = p->person < 0;
	if (!p->earlier)
		return RC_OK;
	rc = db_int(cx, &p->person,
	    "SELECT rec FROM import_row WHERE batch = $1 AND row = $2 AND part = 0",
	    VALS(v_int(r->b.id), v_int(-p->person)));
	return rc == RC_NOTFOUND
		   ? fail(cx, RC_RULE,
			 N_("The same person stands in an earlier row that cannot be imported."))
		   : rc;
}

static int
still_so(struct import_run *r, const struct import_plan *was)
{
	struct import_plan now = *was;

	TRY(import_plan_row(r, &now));
	if (now.outcome != was->outcome || now.rec != was->rec || now.version != was->version ||
	    now.person != was->person || now.person_version != was->person_version)
		return fail(r->cx, RC_RULE,
		    N_("Data has changed since the trial run: this row would now mean something "
		       "else."));
	return RC_OK;
}

static int
write_row(struct ctx *cx, struct tx *tx, struct import_run *r, struct import_plan *p)
{
	TRY(person_of_row(cx, r, p));
	TRY(import_build_row(r, p));
	TRY(fields_rc(cx));
	if (p->who != NULL) {
		TRY(store(
		    cx, tx, &(struct place){ r, p, 0, &person_kind }, p->who, p->person == 0));
		if (p->person == 0)
			p->person = p->who->rec.id;
	}
	if (p->record == NULL)
		return RC_OK;
	if (r->ik->with_person && p->rec == 0)
		((struct membership *)p->record)->person = p->person;
	return store(cx, tx, &(struct place){ r, p, 1, r->ik->kind }, p->record, p->rec == 0);
}

static bool
row_refusal(int rc)
{
	return rc == RC_INVALID || rc == RC_RULE || rc == RC_DENIED || rc == RC_NOTFOUND ||
	       rc == RC_EXISTS || rc == RC_CONFLICT;
}

struct mark {
	int64_t batch, row;
	const char *why;
};

static int
mark_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct mark *m = arg;

	return tx_run(cx, tx, NULL,
	    "UPDATE import_plan SET outcome = 'e', reason = $3 WHERE batch = $1 AND row = $2",
	    VALS(v_int(m->batch), v_int(m->row), v_text(m->why)));
}

/* Why a row was refused, in words. */
static const char *
why(struct ctx *cx)
{
	const struct field_error *f = cx->err.fields;

	return cx->err.text != NULL && *cx->err.text != '\0' ? cx->err.text
	       : f != NULL				     ? f->text
							     : tr(cx, "There is no such record.");
}

/* The row's outcome. A refusal leaves it out when it left nothing behind (alone); else, and where all rows
 * or none was chosen, it ends the piece with the row's number. */
static int
settle(struct ctx *cx, struct tx *tx, struct piece *c, struct import_plan *p, int rc, bool alone)
{
	struct mark m = { c->r->b.id, p->row, NULL };

	if (rc == RC_OK || !row_refusal(rc))
		return rc;
	if (!alone || c->r->b.whole) {
		c->bad = p->row;
		return rc;
	}
	m.why = why(cx);
	TRY(mark_fn(cx, tx, &m));
	err_clear(cx);
	p->outcome = 'e';
	return RC_OK;
}

struct one {
	struct import_run *r;
	struct import_plan *p;
};

static int
one_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct one *o = arg;

	return write_row(cx, tx, o->r, o->p);
}

/* The lines of the plan that are to be written, with their cells. */
static int
load_rows(struct ctx *cx, struct piece *c, struct import_plan *plan, size_t *n)
{
	size_t i, j, all = c->n;

	*n = 0;
	TRY(import_plan_load(cx, c->r->b.id, c->p[0].row, c->p[c->n - 1].row, plan, &all));
	for (i = j = 0; i < all; i++) {
		for (; j < c->n && c->p[j].row < plan[i].row; j++)
			;
		if ((plan[i].outcome != 'n' && plan[i].outcome != 'u') || j == c->n ||
		    c->p[j].row != plan[i].row)
			continue;
		plan[*n] = plan[i];
		plan[*n].cells = c->p[j].cells;
		plan[(*n)++].ncells = c->p[j].ncells;
	}
	return RC_OK;
}

/* Whether each row still means what was planned, before the first of them is written: what the piece
 * itself writes is no change of others. */
static int
look_again(struct ctx *cx, struct tx *tx, struct piece *c, struct import_plan *plan, size_t n)
{
	int64_t foreign;
	size_t i;

	TRY(import_foreign(cx, c->r->b.known, &foreign));
	for (i = 0; i < n && foreign > 0; i++) {
		struct arena_mark mark = arena_mark(cx->arena);

		/* The person of a row before was new in the plan and is there now. */
		if (plan[i].person >= 0)
			TRY(settle(cx, tx, c, &plan[i], still_so(c->r, &plan[i]), true));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

static int
write_rows(struct ctx *cx, struct tx *tx, struct piece *c)
{
	struct import_plan *plan = arena_array(cx->arena, struct import_plan, c->n);
	size_t n, i;

	TRY(load_rows(cx, c, plan, &n));
	TRY(look_again(cx, tx, c, plan, n));
	if (!c->careful)
		tx_gather(tx, &c->gather);
	for (i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct one o = { c->r, &plan[i] };

		if (plan[i].outcome != 'e')
			TRY(settle(cx, tx, c, &plan[i],
			    c->careful ? tx_try(cx, tx, one_fn, &o) : one_fn(cx, tx, &o),
			    c->careful));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

static int
piece_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct piece *c = arg;
	const struct import_batch *b = &c->r->b;
	int64_t changed, last = c->p[c->n - 1].row;

	c->bad = 0;
	arena_reset(&c->gather, SIZE_MAX);
	TRY(tx_run(cx, tx, &changed,
	    "UPDATE import_batch SET done_row = $3, changed_at = $4 WHERE id = $1 AND state = "
	    "'committing' AND "
	    "done_row = $2",
	    VALS(v_int(b->id), v_int(b->done_row), v_int(last), v_int(cx->now))));
	if (changed != 1)
		return fail(cx, RC_CONFLICT, N_("This import has gone on meanwhile."));
	TRY(write_rows(cx, tx, c));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE import_plan SET done = 1 WHERE batch = $1 AND row >= $2 AND row <= $3 AND "
	    "outcome IN ('n', "
	    "'u')",
	    VALS(v_int(b->id), v_int(c->p[0].row), v_int(last))));
	return tx_run(cx, tx, NULL,
	    "UPDATE import_batch SET known = (SELECT max(id) FROM history) WHERE id = $1",
	    VALS(v_int(b->id)));
}

static int
whole_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct mark *m = arg;

	TRY(mark_fn(cx, tx, arg));
	TRY(tx_run(cx, tx, NULL, "UPDATE import_batch SET error = $2 WHERE id = $1",
	    VALS(v_int(m->batch),
		v_text(trf(cx, "Row %s was refused, so all rows are taken back: %s",
		    num(cx, m->row), m->why)))));
	return import_state_tx(cx, tx, m->batch, "committing", "undoing");
}

/* With "all or nothing" everything goes back. */
static int
give_up(struct import_run *r, int64_t row)
{
	struct ctx *cx = r->cx;
	struct mark m = { r->b.id, row, why(cx) };

	err_clear(cx);
	TRY(db_write(cx, whole_fn, &m));
	return import_run_again(r);
}

/* First as if no row were refused; else once more, row by row. */
static int
write_piece(struct import_run *r, struct piece *c)
{
	int rc = db_write(r->cx, piece_fn, c);

	if (rc == RC_OK || c->bad == 0)
		return rc;
	if (r->b.whole)
		return give_up(r, c->bad);
	err_clear(r->cx);
	c->careful = true;
	return db_write(r->cx, piece_fn, c);
}

struct ending {
	const struct import_batch *b;
	bool over; /* nothing was left out, so nobody needs the file again */
};

static int
done_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct ending *e = arg;
	int64_t out;

	TRY(audit_tx(cx, tx, "import", e->b->kind, e->b->id, e->b->tag));
	TRY(db_int(cx, &out,
	    "SELECT count(*) FROM import_plan WHERE batch = $1 AND outcome IN ('e', 'a', 'k')",
	    VALS(v_int(e->b->id))));
	e->over = out == 0 && e->b->staged;
	if (e->over)
		TRY(tx_run(cx, tx, NULL, "UPDATE import_batch SET path = NULL WHERE id = $1",
		    VALS(v_int(e->b->id))));
	return import_state_tx(cx, tx, e->b->id, "committing", "done");
}

/* All rows are written. A file that holds nothing more of use is not kept for its term. */
static int
finish(struct import_run *r)
{
	struct ending e = { .b = &r->b };

	TRY(db_write(r->cx, done_fn, &e));
	if (e.over)
		unlink(r->b.path);
	return import_run_again(r);
}

int
import_commit_step(struct import_run *r, bool *more)
{
	struct ctx *cx = r->cx;
	size_t most = import_piece(r);
	struct piece c = { .r = r, .p = arena_array(cx->arena, struct import_plan, most) };
	int rc;

	*more = true;
	TRY(import_run_file(r, r->b.done_row));
	TRY(import_run_rows(r, c.p, most, &c.n));
	if (c.n == 0) {
		*more = false;
		return finish(r);
	}
	arena_init(&c.gather);
	rc = write_piece(r, &c);
	arena_done(&c.gather);
	TRY(rc);
	return import_run_again(r);
}

/* ---- asked for ---- */

struct asked {
	const struct import_batch *b;
	const char *digest;
};

static int
commit_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct asked *a = arg;
	int64_t foreign;

	if (strcmp(a->b->state, "stopped") == 0) {
		TRY(tx_run(cx, tx, NULL, "UPDATE import_batch SET error = NULL WHERE id = $1",
		    VALS(v_int(a->b->id))));
		return import_state_tx(cx, tx, a->b->id, "stopped", "committing");
	}
	TRY(import_foreign(cx, a->b->known, &foreign));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE import_batch SET done_row = 0, asked_digest = $2, error = NULL WHERE id = $1",
	    VALS(v_int(a->b->id), v_text(foreign > 0 ? a->digest : NULL))));
	if (foreign == 0)
		return import_state_tx(cx, tx, a->b->id, "planned", "committing");
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM import_plan WHERE batch = $1", VALS(v_int(a->b->id))));
	return import_state_tx(cx, tx, a->b->id, "planned", "planning");
}

int
import_commit(struct ctx *cx, int64_t id, const char *plan_digest)
{
	struct import_counts n;
	struct import_batch b;
	struct asked a = { &b, plan_digest };

	TRY(import_get(cx, id, &b));
	if (strcmp(b.state, "stopped") == 0)
		return db_write(cx, commit_fn, &a);
	if (strcmp(b.state, "planned") != 0)
		return fail(cx, RC_CONFLICT, N_("This import has gone on meanwhile."));
	if (plan_digest == NULL || b.plan_digest == NULL || strcmp(plan_digest, b.plan_digest) != 0)
		return fail(cx, RC_CONFLICT,
		    N_("The plan has changed since you looked at it. Look at it again."));
	TRY(import_count(cx, id, &n));
	if (b.whole && n.errors + n.asks > 0)
		return fail(cx, RC_RULE,
		    N_("All rows or none was chosen, and some rows cannot be imported yet."));
	if (n.fresh + n.updates == 0)
		return fail(cx, RC_RULE, N_("No row of this table would change anything."));
	return db_write(cx, commit_fn, &a);
}

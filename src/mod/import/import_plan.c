/* import_plan.c – the trial run: every row planned, some hundred at a time, and nothing else written.
 *
 * What can only be known at the end is looked at then: rows that hold one IIN, rows that are one
 * membership, rows whose person stands in a row that cannot be imported. The digest over all rows is
 * what somebody sees and agrees to. */
#include "mod/import/import_inner.h"

#include <stdio.h>

#include "text/hash.h"

/* What a plan looks at besides the file. */
#define LOOKED_AT                                                                          \
	"('person', 'membership', 'body', 'body_name', 'body_kind', 'district', 'event', " \
	"'event_kind',"                                                                    \
	" 'programme', 'observance')"

int
import_known(struct ctx *cx, int64_t *out)
{
	return db_int(cx, out, "SELECT coalesce(max(id), 0) FROM history", NO_VALS);
}

int
import_foreign(struct ctx *cx, int64_t known, int64_t *out)
{
	/* Through the ids, few as they are, and not through the index of kinds with all their lines. */
	return db_int(cx, out,
	    "SELECT count(*) FROM history WHERE id > $1 AND kind || '' IN " LOOKED_AT,
	    VALS(v_int(known)));
}

int
import_plan_load(
    struct ctx *cx, int64_t batch, int64_t from, int64_t to, struct import_plan *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	size_t most = *n;

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT row, outcome, rec, version, person, person_version, done, fields, reason FROM "
	    "import_plan"
	    " WHERE batch = $1 AND row >= $2 AND row <= $3 ORDER BY row",
	    VALS(v_int(batch), v_int(from), v_int(to))));
	while (*n < most && rows_next(&r))
		out[(*n)++] = (struct import_plan){ .row = row_int(&r, 0),
			.outcome = *row_text(&r, 1),
			.rec = row_int(&r, 2),
			.version = row_int(&r, 3),
			.person = row_int(&r, 4),
			.person_version = row_int(&r, 5),
			.done = row_int(&r, 6) != 0,
			.fields = row_text(&r, 7),
			.reason = row_text(&r, 8) };
	return rows_end(&r);
}

/* ---- a piece ---- */

struct piece {
	struct import_run *r;
	struct import_plan *p;
	size_t n;
	int64_t known;
};

static int
put_plan(struct ctx *cx, struct tx *tx, int64_t batch, const struct import_plan *p)
{
	char outcome[2] = { p->outcome, '\0' };

	return tx_run(cx, tx, NULL,
	    "INSERT INTO import_plan (batch, row, outcome, rec, version, person, person_version, "
	    "done, fields,"
	    " reason, ikey, nkey, mkey) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, "
	    "$12)",
	    VALS(v_int(batch), v_int(p->row), v_text(arena_str(cx->arena, outcome)), v_int(p->rec),
		v_int(p->version), v_int(p->person), v_int(p->person_version), v_text(p->fields),
		v_text(p->reason), v_text(p->ikey), v_text(p->nkey), v_text(p->mkey)));
}

static int
piece_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct piece *c = arg;
	const struct import_batch *b = &c->r->b;
	int64_t changed;
	size_t i;

	TRY(tx_run(cx, tx, &changed,
	    "UPDATE import_batch SET done_row = $3, known = $4, changed_at = $5 WHERE id = $1 AND "
	    "state = "
	    "'planning' AND done_row = $2",
	    VALS(v_int(b->id), v_int(b->done_row), v_int(c->p[c->n - 1].row), v_int(c->known),
		v_int(cx->now))));
	if (changed != 1)
		return fail(cx, RC_CONFLICT, N_("This import has gone on meanwhile."));
	for (i = 0; i < c->n; i++)
		TRY(put_plan(cx, tx, b->id, &c->p[i]));
	return RC_OK;
}

/* ---- the end ---- */

static int
rows_text(struct ctx *cx, int64_t batch, const char *column, const char *key, const char **out)
{
	AUTO_ROWS r = { 0 };
	struct buf b;
	int n = 0;

	buf_init(&b, cx->arena, 0);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT row FROM import_plan WHERE batch = $1 AND %s = $2 ORDER BY row LIMIT 6",
		column),
	    VALS(v_int(batch), v_text(key))));
	while (rows_next(&r)) {
		buf_str(&b, n > 0 ? ", " : "");
		buf_str(&b, n < 5 ? num(cx, row_int(&r, 0)) : "…");
		n++;
	}
	*out = b.p;
	return rows_end(&r);
}

/* Every row of each group that `having` picks becomes an error that names them all. */
enum group_words { ONE_RECORD, ONE_IIN, ONE_MEMBERSHIP };

static const char *
group_text(struct ctx *cx, enum group_words w, const char *rows)
{
	return w == ONE_RECORD ? trf(cx, "The same record stands in rows %s of this file.", rows)
	       : w == ONE_IIN  ? trf(cx, "Rows %s hold the same IIN and different names.", rows)
			       : trf(cx, "Rows %s are the same membership.", rows);
}

static int
refuse_groups(struct ctx *cx, struct tx *tx, int64_t batch, const char *column, const char *having,
    enum group_words words)
{
	enum { AT_ONCE = 256 };
	const char *keys[AT_ONCE], *rows;
	size_t n, i;

	do {
		struct arena_mark mark = arena_mark(cx->arena);
		AUTO_ROWS r = { 0 };

		n = 0;
		TRY(db_rows(cx, &r,
		    arena_printf(cx->arena,
			"SELECT %s FROM import_plan WHERE batch = $1 AND %s IS NOT NULL AND "
			"outcome IN ('n', "
			"'u', 's', 'a') GROUP BY %s HAVING %s ORDER BY %s LIMIT %d",
			column, column, column, having, column, AT_ONCE),
		    VALS(v_int(batch))));
		while (n < AT_ONCE && rows_next(&r))
			keys[n++] = row_text(&r, 0);
		TRY(rows_end(&r));
		for (i = 0; i < n; i++) {
			TRY(rows_text(cx, batch, column, keys[i], &rows));
			TRY(tx_run(cx, tx, NULL,
			    arena_printf(cx->arena,
				"UPDATE import_plan SET outcome = 'e', reason = $3, fields = '' "
				"WHERE batch = $1 "
				"AND %s = $2 AND outcome IN ('n', 'u', 's', 'a')",
				column),
			    VALS(v_int(batch), v_text(keys[i]),
				v_text(group_text(cx, words, rows)))));
		}
		arena_rewind(cx->arena, mark);
	} while (n == AT_ONCE);
	return RC_OK;
}

static int
look_across(struct ctx *cx, struct tx *tx, const struct import_batch *b)
{
	if (strcmp(b->kind, "membership") != 0)
		return refuse_groups(cx, tx, b->id, "ikey", "count(*) > 1", ONE_RECORD);
	TRY(refuse_groups(cx, tx, b->id, "ikey", "count(DISTINCT nkey) > 1", ONE_IIN));
	TRY(refuse_groups(cx, tx, b->id, "mkey", "count(*) > 1", ONE_MEMBERSHIP));
	return tx_run(cx, tx, NULL,
	    "UPDATE import_plan SET outcome = 'e', reason = $2, fields = '' WHERE batch = $1 AND "
	    "person < 0 AND "
	    "outcome <> 'e' AND NOT EXISTS (SELECT 1 FROM import_plan f WHERE f.batch = $1 AND "
	    "f.row = "
	    "-import_plan.person AND f.outcome IN ('n', 'u', 's'))",
	    VALS(v_int(b->id),
		v_text(
		    tr(cx, "The same person stands in an earlier row that cannot be imported."))));
}

int
import_plan_digest(struct ctx *cx, int64_t batch, const char **out)
{
	AUTO_ROWS r = { 0 };
	char *hex = arena_alloc(cx->arena, 65), line[160];
	struct sha256 h;

	sha256_init(&h);
	TRY(db_stream(cx, &r,
	    "SELECT row, outcome, rec, version, person, person_version, coalesce(fields, '') FROM "
	    "import_plan "
	    "WHERE batch = $1 ORDER BY row",
	    VALS(v_int(batch))));
	while (rows_next(&r)) {
		struct slice o = row_slice(&r, 1), f;
		int n = snprintf(line, sizeof line, "%lld|%c|%lld|%lld|%lld|%lld|",
		    (long long)row_int(&r, 0), *o.p, (long long)row_int(&r, 2),
		    (long long)row_int(&r, 3), (long long)row_int(&r, 4),
		    (long long)row_int(&r, 5));

		sha256_add(&h, line, (size_t)n);
		f = row_slice(&r, 6);
		sha256_add(&h, f.p, f.n);
		sha256_add(&h, "\n", 1);
	}
	TRY(rows_end(&r));
	sha256_hex(&h, hex);
	*out = hex;
	return RC_OK;
}

/* The plan is whole. Planned for a commit that was asked for: the same digest goes on to it. */
static int
end_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct import_batch *b = arg;
	const char *digest, *to = "planned", *error = NULL;

	TRY(look_across(cx, tx, b));
	TRY(import_plan_digest(cx, b->id, &digest));
	if (b->asked_digest != NULL && strcmp(digest, b->asked_digest) == 0)
		to = "committing";
	else if (b->asked_digest != NULL)
		error = tr(cx,
		    "Data has changed since the trial run, so nothing was written. Look at the "
		    "new plan.");
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE import_batch SET plan_digest = $2, asked_digest = NULL, error = $3, done_row = "
	    "0 WHERE id = "
	    "$1",
	    VALS(v_int(b->id), v_text(digest), v_text(error))));
	return import_state_tx(cx, tx, b->id, "planning", to);
}

/* A row is planned in an arena of its own: what is kept of it is a hundredth of what it takes. */
static int
plan_one(struct import_run *r, struct arena *scratch, struct import_plan *p)
{
	struct ctx *cx = r->cx;
	struct arena *piece = cx->arena;
	int rc;

	cx->arena = scratch;
	rc = import_plan_row(r, p);
	cx->arena = piece;
	if (rc != RC_OK)
		import_keep_err(cx, piece);
	p->fields = arena_str(piece, p->fields);
	p->reason = arena_str(piece, p->reason);
	p->ikey = arena_str(piece, p->ikey);
	p->nkey = arena_str(piece, p->nkey);
	p->mkey = arena_str(piece, p->mkey);
	p->record = NULL;
	p->who = NULL;
	arena_reset(scratch, SIZE_MAX);
	return rc;
}

static int
plan_rows(struct import_run *r, struct import_plan *p, size_t n)
{
	struct arena scratch;
	int rc = RC_OK;

	arena_init(&scratch);
	r->chunk = p;
	for (r->nchunk = 0; r->nchunk < n && rc == RC_OK; r->nchunk++)
		rc = plan_one(r, &scratch, &p[r->nchunk]);
	r->nchunk = 0;
	arena_done(&scratch);
	return rc;
}

int
import_plan_step(struct import_run *r, bool *more)
{
	struct ctx *cx = r->cx;
	size_t most = import_piece(r);
	struct piece c = { .r = r, .p = arena_array(cx->arena, struct import_plan, most) };
	int64_t answers;

	*more = true;
	TRY(db_int(cx, &answers,
	    "SELECT count(*) FROM import_choice WHERE batch = $1 AND what <> 'event'",
	    VALS(v_int(r->b.id))));
	r->unanswered = answers == 0;
	if (r->b.done_row == 0)
		TRY(import_known(cx, &r->b.known));
	TRY(import_run_file(r, r->b.done_row));
	TRY(import_run_rows(r, c.p, most, &c.n));
	if (c.n == 0) {
		TRY(db_write(cx, end_fn, &r->b));
		TRY(import_run_again(r));
		*more = strcmp(r->b.state, "committing") == 0;
		return RC_OK;
	}
	TRY(plan_rows(r, c.p, c.n));
	c.known = r->b.known;
	TRY(db_write(cx, piece_fn, &c));
	r->b.done_row = c.p[c.n - 1].row;
	return RC_OK;
}

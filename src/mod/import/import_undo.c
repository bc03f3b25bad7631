/* import_undo.c – a batch taken back: what it made is removed, what it changed gets its earlier values.
 *
 * Only while nothing depends on it: no record of it was written since, and no other record names one that
 * it made. A removed record leaves its history, which ends with the action "delete", and its line in the
 * audit; a removed person's key is destroyed, so birth, contacts and IIN can be read nowhere any more
 * (docs/adr/0008-import.md). */
#include "kind/proof.h"
#include "mod/import/import_inner.h"

#include "search/search.h"

static struct {
	const struct kind *const *v;
	size_t n;
} all; /* set once at boot */

void
import_boot(const struct kind *const *kinds, size_t n)
{
	all.v = kinds;
	all.n = n;
}

static const struct kind *
kind_named(const char *name)
{
	size_t i;

	for (i = 0; i < all.n; i++)
		if (strcmp(all.v[i]->name, name) == 0)
			return all.v[i];
	return NULL;
}

/* ---- what stands against it ---- */

static int
changed_since(struct ctx *cx, const struct import_batch *b, const struct kind *k, int64_t *n)
{
	return db_int(cx, n,
	    arena_printf(cx->arena,
		"SELECT count(DISTINCT i.rec) FROM import_row i LEFT JOIN %s t ON t.id = i.rec "
		"WHERE i.batch = $1 "
		"AND i.kind = $2 AND coalesce(t.version, 0) <> (SELECT max(x.after) FROM "
		"import_row x WHERE "
		"x.batch = $1 AND x.kind = $2 AND x.rec = i.rec)",
		k->name),
	    VALS(v_int(b->id), v_text(k->name)));
}

/* Records of another origin whose field names one that this batch made. */
static int
naming(struct ctx *cx, const struct import_batch *b, const struct kind *from, const struct field *f,
    int64_t *n)
{
	return db_int(cx, n,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM import_row i JOIN %s t ON t.%s = i.rec WHERE i.batch = $1 "
		"AND i.kind = $2 AND "
		"i.before = 0 AND NOT EXISTS (SELECT 1 FROM import_row x WHERE x.batch = $1 AND "
		"x.kind = $3 AND "
		"x.rec = t.id AND x.before = 0)",
		from->name, f->name),
	    VALS(v_int(b->id), v_text(f->ref->name), v_text(from->name)));
}

static bool
touched(const struct kind *k, const struct import_kind *ik)
{
	return k == ik->kind || (ik->with_person && k == &person_kind);
}

int
import_undo_check(struct ctx *cx, const struct import_batch *b, const char **why)
{
	const struct import_kind *ik = import_kind_of(b->kind);
	struct buf out;
	size_t i, j;
	int64_t n;

	buf_init(&out, cx->arena, 0);
	for (i = 0; i < all.n; i++) {
		const struct kind *k = all.v[i];

		if (touched(k, ik)) {
			TRY(changed_since(cx, b, k, &n));
			if (n > 0)
				buf_printf(&out, "%s%s", out.n > 0 ? " " : "",
				    trf(cx, "%s: %s of them were changed after the import.",
					tr(cx, k->plural), num(cx, n)));
		}
		for (j = 0; j < k->nfields; j++) {
			const struct field *f = &k->fields[j];

			if (f->type != FT_REF || !touched(f->ref, ik))
				continue;
			TRY(naming(cx, b, k, f, &n));
			if (n > 0)
				buf_printf(&out, "%s%s", out.n > 0 ? " " : "",
				    trf(cx, "%s: %s of them name imported records.",
					tr(cx, k->plural), num(cx, n)));
		}
	}
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM import_row i JOIN person_merge m ON m.stays = i.rec OR m.leaves "
	    "= i.rec WHERE "
	    "i.batch = $1 AND i.kind = 'person' AND i.before = 0",
	    VALS(v_int(b->id))));
	if (n > 0)
		buf_printf(&out, "%s%s", out.n > 0 ? " " : "",
		    trf(cx, "Imported people were joined with others: %s.", num(cx, n)));
	*why = out.n == 0 ? NULL : out.p;
	return RC_OK;
}

/* ---- one record ---- */

static int
forget_person(struct ctx *cx, struct tx *tx, int64_t id)
{
	static const char *const sql[] = { "DELETE FROM person_key WHERE person = $1",
		"DELETE FROM person_due WHERE person = $1",
		"DELETE FROM person_pair WHERE one = $1 OR two = $1",
		"DELETE FROM person_distinct WHERE one = $1 OR two = $1",
		"DELETE FROM subject_key WHERE person = $1" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(sql); i++)
		TRY(tx_run(cx, tx, NULL, sql[i], VALS(v_int(id))));
	return RC_OK;
}

static int
remove_record(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	int64_t id = ((const struct rec *)rec)->id;
	struct search_record nothing = { .collection = k->name, .rec = id };

	/* First it counts in no sum: a membership keeps no day. */
	if (k == &membership_kind) {
		((struct membership *)rec)->to_day = ((struct membership *)rec)->from_day;
		TRY(kind_rewrite_tx(cx, tx, k, rec));
	}
	/* An attendance leaves the tally of its event. */
	if (k == &attendance_kind && !((struct attendance *)rec)->withdrawn) {
		((struct attendance *)rec)->withdrawn = true;
		TRY(kind_rewrite_tx(cx, tx, k, rec));
	}
	if (search_has(k))
		TRY(search_put_tx(cx, tx, &nothing));
	if (k == &person_kind)
		TRY(forget_person(cx, tx, id));
	TRY(kind_removed_tx(cx, tx, k, rec, NULL));
	TRY(tx_run(cx, tx, NULL, arena_printf(cx->arena, "DELETE FROM %s WHERE id = $1", k->name),
	    VALS(v_int(id))));
	tx_touch(tx, kind_number(k));
	return RC_OK;
}

static int
put_back(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec, int64_t version)
{
	void *old = arena_alloc(cx->arena, k->size);
	size_t i;

	TRY(kind_at_version(cx, k, ((const struct rec *)rec)->id, version, old));
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];

		if (f->type != FT_SEALED)
			field_copy(f, old, rec);
		/* RULE import-3: it was filled in where none stood. */
		else if (field_empty(f, old) && !field_empty(f, rec))
			*(struct sealed *)field_at_rw(f, rec) =
			    (struct sealed){ .present = true, .clear = true };
	}
	return kind_rewrite_tx(cx, tx, k, rec);
}

struct written {
	int64_t row, part, rec, before, after;
	const char *kind;
};

static int
undo_row(struct ctx *cx, struct tx *tx, const struct import_run *r, const struct written *w)
{
	const struct kind *k = kind_named(w->kind);
	void *rec = k == NULL ? NULL : arena_alloc(cx->arena, k->size);
	int rc;

	if (k == NULL)
		return fail(cx, RC_BUG, "%s", w->kind);
	rc = kind_load(cx, k, w->rec, rec);
	if (rc == RC_NOTFOUND ||
	    (rc == RC_OK && w->before == 0 && ((const struct rec *)rec)->version != w->after))
		return fail(cx, RC_RULE,
		    N_("Row %s was changed after the import; it and the rows before it "
		       "stay."),
		    num(cx, w->row));
	TRY(rc);
	TRY(w->before == 0 ? remove_record(cx, tx, k, rec) : put_back(cx, tx, k, rec, w->before));
	return tx_run(cx, tx, NULL,
	    "DELETE FROM import_row WHERE batch = $1 AND row = $2 AND part = $3",
	    VALS(v_int(r->b.id), v_int(w->row), v_int(w->part)));
}

/* ---- the batch ---- */

struct undoing {
	struct import_run *r;
	size_t n;
};

static int
piece_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct undoing *c = arg;
	struct written *w = arena_array(cx->arena, struct written, IMPORT_PAGE_CHUNK);
	AUTO_ROWS r = { 0 };
	size_t i;

	c->n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT row, part, rec, before, after, kind FROM import_row WHERE batch = $1 ORDER BY "
	    "row DESC, part "
	    "DESC LIMIT $2",
	    VALS(v_int(c->r->b.id), v_int(IMPORT_PAGE_CHUNK))));
	while (c->n < IMPORT_PAGE_CHUNK && rows_next(&r)) {
		struct written *x = &w[c->n++];

		*x = (struct written){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			row_int(&r, 3), row_int(&r, 4), row_text(&r, 5) };
	}
	TRY(rows_end(&r));
	for (i = 0; i < c->n; i++)
		TRY(undo_row(cx, tx, c->r, &w[i]));
	if (c->n > 0)
		return RC_OK;
	TRY(tx_run(cx, tx, NULL, "UPDATE import_plan SET done = 0 WHERE batch = $1",
	    VALS(v_int(c->r->b.id))));
	TRY(audit_tx(cx, tx, "import_undo", c->r->b.kind, c->r->b.id, NULL));
	return import_state_tx(cx, tx, c->r->b.id, "undoing", "undone");
}

int
import_undo_step(struct import_run *r, bool *more)
{
	struct undoing c = { .r = r };

	TRY(db_write(r->cx, piece_fn, &c));
	*more = c.n > 0;
	return c.n > 0 ? RC_OK : import_run_again(r);
}

static int
undo_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct import_batch *b = arg;
	const char *why;

	TRY(import_undo_check(cx, b, &why));
	if (why != NULL)
		return fail(cx, RC_RULE, "%s", why);
	TRY(tx_run(cx, tx, NULL, "UPDATE import_batch SET error = NULL WHERE id = $1",
	    VALS(v_int(b->id))));
	return import_state_tx(cx, tx, b->id, b->state, "undoing");
}

int
import_undo(struct ctx *cx, int64_t id)
{
	struct import_batch b;

	TRY(import_get(cx, id, &b));
	if (strcmp(b.state, "done") != 0 && strcmp(b.state, "stopped") != 0)
		return fail(cx, RC_CONFLICT, N_("This import has gone on meanwhile."));
	return db_write(cx, undo_fn, &b);
}

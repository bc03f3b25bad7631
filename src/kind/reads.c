/* reads.c – what rules and doors ask of a kind beside one record: the records of a SELECT, whether a reference may be
 * named, and taking a record away that nothing names. */
#include "kind/internal.h"
#include "kind/proof.h"

#include <string.h>

/* ---- many ---- */

int
kind_ids(struct ctx *cx, const char *sql, int64_t of, int64_t **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	size_t room = 16;

	*n = 0;
	*out = arena_array(cx->arena, int64_t, room);
	TRY(db_rows(cx, &r, sql, VALS(v_int(of))));
	while (rows_next(&r)) {
		if (*n == room) {
			int64_t *more = arena_array(cx->arena, int64_t, room * 2);

			memcpy(more, *out, room * sizeof *more);
			*out = more;
			room *= 2;
		}
		(*out)[(*n)++] = row_int(&r, 0);
	}
	return rows_end(&r);
}

int
kind_load_all(
    struct ctx *cx, const struct kind *k, const char *sql, int64_t of, void **out, size_t *n)
{
	int64_t *ids;
	size_t i;

	TRY(kind_ids(cx, sql, of, &ids, n));
	*out = arena_alloc(cx->arena, k->size * (*n + 1));
	for (i = 0; i < *n; i++)
		TRY(kind_load(cx, k, ids[i], (char *)*out + i * k->size));
	return RC_OK;
}

/* ---- references ---- */

int
kind_ref_seen(struct ctx *cx, const struct field *f, int64_t id, bool *seen)
{
	struct err kept = cx->err;
	int rc;

	err_clear(cx);
	rc = kind_get(cx, f->ref, id, arena_alloc(cx->arena, f->ref->size));
	if (rc != RC_OK && rc != RC_NOTFOUND && rc != RC_DENIED)
		return rc;
	cx->err = kept;
	*seen = rc == RC_OK;
	if (!*seen)
		fail_field(cx, f->name, N_("There is no such record."));
	return RC_OK;
}

/* ---- removing ---- */

static int
remove_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct kind_removal *r = arg;
	const struct kind *k = r->kind;
	void *rec = arena_alloc(cx->arena, k->size);

	TRY(kind_get(cx, k, r->id, rec));
	if (!may(cx, k->edit))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (k->writable != NULL)
		TRY(k->writable(cx, rec, rec));
	TRY(r->may_go(cx, k, rec));
	TRY(tx_run(cx, tx, NULL, arena_printf(cx->arena, "DELETE FROM %s WHERE id = $1", k->name),
	    VALS(v_int(r->id))));
	tx_touch(tx, kind_number(k));
	return kind_removed_tx(cx, tx, k, rec, r->fields);
}

int
kind_remove(struct ctx *cx, const struct kind_removal *r)
{
	struct kind_removal copy = *r;

	return db_write(cx, remove_fn, &copy);
}

/* registry_unmerge.c – a join taken back, what was joined, and a declaration withdrawn from all of it.
 *
 * See registry_merge.c for the steps that are gone back here. */
#include <stdio.h>

#include "core/account.h"
#include "mod/registry/registry_inner.h"

enum { JOINS = 64 }; /* records joined into one that are shown or followed */

/* ---- taking it back ---- */

static int
read_steps(struct ctx *cx, int64_t merge, struct merge_step **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t all;

	TRY(db_int(cx, &all, "SELECT count(*) FROM person_merge_step WHERE merge = $1",
	    VALS(v_int(merge))));
	*out = arena_array(cx->arena, struct merge_step, all + 1);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT kind, fields, rec, before, after FROM person_merge_step WHERE merge = $1 ORDER "
	    "BY "
	    "id DESC",
	    VALS(v_int(merge))));
	while (*n < (size_t)all && rows_next(&r))
		(*out)[(*n)++] = (struct merge_step){ arena_str(cx->arena, row_text(&r, 0)),
			arena_str(cx->arena, row_text(&r, 1)), row_int(&r, 2), row_int(&r, 3),
			row_int(&r, 4) };
	return rows_end(&r);
}

/* Moments come back from history to the second. */
static bool
unchanged(const struct field *f, const void *a, const void *b)
{
	if (f->type == FT_TIME)
		return *(const int64_t *)field_at(f, a) / US_PER_SECOND ==
		       *(const int64_t *)field_at(f, b) / US_PER_SECOND;
	return field_same(f, a, b);
}

/* References of the join go back whatever happened since; other fields only if nobody changed them. */
static bool
goes_back(const struct field *f, const void *after, const void *now)
{
	return f->ref == &person_kind || strcmp(f->name, "joined_into") == 0 ||
	       unchanged(f, after, now);
}

static int
undo_rewrite(struct ctx *cx, struct tx *tx, const struct kind *k, const struct merge_step *s)
{
	void *now = arena_alloc(cx->arena, k->size), *before = arena_alloc(cx->arena, k->size),
	     *after = arena_alloc(cx->arena, k->size);
	char *save = NULL, *names = arena_str(cx->arena, s->fields), *name;
	int64_t subject;
	size_t i;

	TRY(kind_load(cx, k, s->rec, now));
	TRY(kind_at_version(cx, k, s->rec, s->before, before));
	TRY(kind_at_version(cx, k, s->rec, s->after, after));
	subject = kind_subject(k, now);
	for (name = strtok_r(names, ",", &save); name != NULL; name = strtok_r(NULL, ",", &save)) {
		const struct field *f = kind_field(k, name);

		/* The mark follows the IIN, which has a step of its own. */
		if (f != NULL && f->privacy != PRIV_SEALED && goes_back(f, after, now))
			field_copy(f, before, now);
	}
	for (i = 0; i < k->nfields && k != &account_kind; i++) {
		const struct field *f = &k->fields[i];
		struct sealed *v = field_at_rw(f, now);

		if (f->type == FT_SEALED && v->present && kind_subject(k, now) != subject)
			TRY(person_sealed_plain(cx, k, s->rec, subject, f->name, &v->fresh));
	}
	return kind_rewrite_tx(cx, tx, k, now);
}

static int
undo_step(struct ctx *cx, struct tx *tx, const struct person_join *j, const struct merge_step *s)
{
	const struct kind *k = merge_kind_named(s->kind);

	if (k == NULL)
		return fail(cx, RC_BUG, "%s", "a step of a kind that is not there");
	if (strcmp(s->fields, "=iin") == 0)
		return merge_exchange_iin(cx, tx, j->stays, j->leaves);
	if (strcmp(s->fields, "=declared") == 0)
		return merge_exchange_declared(cx, tx, j->stays, j->leaves);
	return undo_rewrite(cx, tx, k, s);
}

/* RULE person-9: joins of one record are taken back latest first, so that each finds the fields as it
 * left them; a record that has itself left is taken back before those that were joined into it. */
static int
find_join(struct ctx *cx, int64_t leaves, struct person_join *j)
{
	AUTO_ROWS r = { 0 };
	int64_t later;
	int rc;

	TRY(db_rows(cx, &r,
	    "SELECT id, stays FROM person_merge WHERE leaves = $1 AND undone_at IS NULL",
	    VALS(v_int(leaves))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(cx, RC_RULE, N_("This record is not joined with another one."));
	}
	*j = (struct person_join){ row_int(&r, 0), row_int(&r, 1), leaves };
	TRY(rows_end(&r));
	rc = db_int(cx, &later,
	    "SELECT leaves FROM person_merge WHERE undone_at IS NULL AND id > $1 AND (stays = $2 "
	    "OR "
	    "leaves = $2) ORDER BY id DESC LIMIT 1",
	    VALS(v_int(j->id), v_int(j->stays)));
	if (rc == RC_OK)
		return fail(cx, RC_RULE, N_("Record %s was joined later. Take that back first."),
		    num(cx, later));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
unmerge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t leaves = *(const int64_t *)arg;
	struct person_join j = { 0 };
	struct person p;
	struct merge_step *s;
	size_t n, i;

	TRY(kind_get(cx, &person_kind, leaves, &p));
	if (p.erased_on != 0)
		return fail(cx, RC_RULE, N_("This record was erased."));
	TRY(find_join(cx, leaves, &j));
	TRY(read_steps(cx, j.id, &s, &n));
	for (i = 0; i < n; i++)
		TRY(undo_step(cx, tx, &j, &s[i]));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE person_merge SET undone_at = $1, undone_account = $2 WHERE id = $3",
	    VALS(v_int(cx->now), v_int(cx->actor->account), v_int(j.id))));
	TRY(audit_tx(cx, tx, "unmerge", person_kind.name, j.stays,
	    arena_printf(cx->arena, "person %lld", (long long)leaves)));
	return audit_tx(cx, tx, "unmerge", person_kind.name, leaves, "merged_into");
}

int
person_unmerge(struct ctx *cx, int64_t leaves)
{
	int64_t keys[2] = { merge_hot_key(leaves), 0 };
	struct person p;

	if (!may(cx, CAP_PEOPLE_MERGE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_get(cx, &person_kind, leaves, &p));
	keys[1] = merge_hot_key(p.merged_into);
	return db_write_keys(cx, keys, p.merged_into == 0 ? 1 : 2, unmerge_fn, &leaves);
}

/* ---- reading ---- */

int
person_stands(struct ctx *cx, int64_t id, int64_t *out)
{
	int64_t into = id;
	int steps;

	for (steps = 0; into != 0 && steps < JOINS; steps++) {
		id = into;
		TRY(db_int(cx, &into, "SELECT COALESCE(merged_into, 0) FROM person WHERE id = $1",
		    VALS(v_int(id))));
	}
	*out = id;
	return RC_OK;
}

int
person_merged(struct ctx *cx, int64_t stays, struct merged_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	const char **titles = arena_array(cx->arena, const char *, JOINS);
	int64_t ids[JOINS];
	size_t i;

	*out = arena_array(cx->arena, struct merged_row, JOINS);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT m.leaves, m.at, m.account, a.name FROM person_merge m LEFT JOIN account a "
		"ON"
		" a.id = m.account WHERE m.stays = $1 AND m.undone_at IS NULL ORDER BY m.id DESC"
		" LIMIT %d",
		JOINS),
	    VALS(v_int(stays))));
	while (*n < JOINS && rows_next(&r)) {
		ids[*n] = row_int(&r, 0);
		(*out)[(*n)++] = (struct merged_row){ row_int(&r, 0), row_int(&r, 1),
			row_int(&r, 2), NULL, arena_str(cx->arena, row_text(&r, 3)) };
	}
	TRY(rows_end(&r));
	TRY(kind_titles(cx, &person_kind, ids, *n, titles));
	for (i = 0; i < *n; i++)
		(*out)[i].title = titles[i];
	return RC_OK;
}

/* ---- withdrawal ---- */

struct withdrawal {
	int64_t id, version;
};

/* Of all records joined with this one, whatever the order of the joins. */
static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct withdrawal *w = arg;
	struct ethnicity e;
	int64_t *ids;
	size_t n = 0, i;
	AUTO_ROWS r = { 0 };

	TRY(kind_get(cx, &ethnicity_kind, w->id, &e));
	e.rec.version = w->version;
	e.declared = (struct sealed){ .clear = true };
	TRY(kind_update_tx(cx, tx, &ethnicity_kind, &e));
	ids = arena_array(cx->arena, int64_t, JOINS);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"WITH RECURSIVE gone (id) AS (SELECT id FROM person WHERE merged_into = $1 UNION"
		" SELECT p.id FROM person p JOIN gone g ON p.merged_into = g.id)"
		" SELECT e.id FROM ethnicity e JOIN gone g ON g.id = e.person LIMIT %d",
		JOINS),
	    VALS(v_int(e.person))));
	while (n < JOINS && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		TRY(kind_load(cx, &ethnicity_kind, ids[i], &e));
		e.declared = (struct sealed){ .clear = true };
		TRY(kind_rewrite_tx(cx, tx, &ethnicity_kind, &e));
	}
	return RC_OK;
}

int
ethnicity_withdraw(struct ctx *cx, int64_t id, int64_t version)
{
	return db_write(cx, withdraw_fn, &(struct withdrawal){ id, version });
}

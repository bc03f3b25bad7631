/* field_claim.c – which of several words on one part of a record stands, whatever came first. RULES field-3, field-4.
 *
 * Read evaluate(): the claims that nobody saw who claimed later, the one that stands among them, and those that say something
 * else with the same weight, which wait for a person. */
#include <jansson.h>
#include <string.h>

#include "kind/internal.h"
#include "mod/field/field_inner.h"

/* ---- a part as text ---- */

static const char *
sealed_mark(struct ctx *cx, const struct field *f, const char *plain)
{
	return vault_mac_hex(
	    cx->arena, VAULT_FIELD, arena_printf(cx->arena, "sealed|%s|%s", f->name, plain));
}

const char *
field_part_json(
    struct ctx *cx, const struct field_kind *k, size_t first, const void *rec, const char **plain)
{
	size_t part[PART_FIELDS], n = field_part(k, first, part), i;
	struct json j;

	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	for (i = 0; i < n; i++) {
		const struct field *f = &k->kind->fields[part[i]];

		if (f->type == FT_SEALED && plain[part[i]] != NULL)
			json_str(&j, f->name, sealed_mark(cx, f, plain[part[i]]));
		else if (f->type != FT_SEALED && (f->type == FT_BOOL || !field_empty(f, rec)))
			field_json(&j, f, rec);
	}
	json_close(&j, '}');
	return j.out.p;
}

const char *
field_part_secret(struct ctx *cx, const struct field_kind *k, size_t first, const char **plain)
{
	size_t part[PART_FIELDS], n = field_part(k, first, part), i, sealed = 0;
	struct json j;

	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	for (i = 0; i < n; i++) {
		const struct field *f = &k->kind->fields[part[i]];

		sealed += f->type == FT_SEALED;
		if (f->type == FT_SEALED && plain[part[i]] != NULL)
			json_str(&j, f->name, plain[part[i]]);
	}
	json_close(&j, '}');
	return sealed == 0 ? NULL : j.out.p;
}

int
field_part_open(
    struct ctx *cx, const struct field_kind *k, size_t first, int64_t id, const char ***plain)
{
	size_t part[PART_FIELDS], n = field_part(k, first, part), i;

	*plain = arena_array(cx->arena, const char *, k->kind->nfields);
	for (i = 0; i < n; i++) {
		const struct field *f = &k->kind->fields[part[i]];
		struct slice box = { 0 }, open;
		AUTO_ROWS r = { 0 };

		if (f->type != FT_SEALED)
			continue;
		TRY(db_rows(cx, &r,
		    arena_printf(
			cx->arena, "SELECT %s FROM %s WHERE id = $1", f->name, k->kind->name),
		    VALS(v_int(id))));
		if (rows_next(&r) && !row_null(&r, 0)) {
			struct slice s = row_slice(&r, 0);

			box = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
		}
		TRY(rows_end(&r));
		if (box.p == NULL)
			continue;
		TRY(vault_unseal(cx, 0,
		    arena_printf(cx->arena, "%s.%s:%lld", k->kind->name, f->name, (long long)id),
		    box, &open));
		(*plain)[part[i]] = arena_strn(cx->arena, open.p, open.n);
	}
	return RC_OK;
}

void
field_part_put(struct ctx *cx, const struct field_kind *k, size_t first, const char *value,
    const char *secret, void *rec)
{
	size_t part[PART_FIELDS], n = field_part(k, first, part), i;
	json_t *v = json_loads(value, 0, NULL),
	       *s = secret == NULL ? NULL : json_loads(secret, 0, NULL);
	void *none = arena_alloc(cx->arena, k->kind->size);

	kind_empty(k->kind, none);
	for (i = 0; i < n; i++) {
		const struct field *f = &k->kind->fields[part[i]];
		const json_t *one = json_object_get(f->type == FT_SEALED ? s : v, f->name);

		if (f->type == FT_SEALED)
			*(struct sealed *)field_at_rw(f, rec) = (struct sealed){ .present = true,
				.clear = one == NULL,
				.fresh = one == NULL
					     ? NULL
					     : arena_str(cx->arena, json_string_value(one)) };
		else if (one == NULL || json_is_null(one))
			field_copy(f, none, rec);
		else
			field_from_json(cx, f, one, rec);
	}
	json_decref(v);
	json_decref(s);
}

/* ---- claims on one part ---- */

enum { CLAIMS_MAX = 200 };
struct word {
	int64_t copy, since;
	const char *base, *value, *secret;
	int rank;
	bool out;
};
struct deciding {
	const struct field_claim *c;
	const char *kind, *part, *now; /* now: what stands in the record */
	void *rec;
	struct word *w;
	size_t n;
};

static const char *
place_of(struct ctx *cx, const struct deciding *d, int64_t copy)
{
	return arena_printf(cx->arena, "field_claim:%s:%lld:%s:%lld", d->kind,
	    (long long)d->c->here, d->part, (long long)copy);
}

static int
put_claim(struct ctx *cx, struct tx *tx, const struct deciding *d, const struct word *w)
{
	struct slice box = { 0 };

	if (w->secret != NULL)
		box = vault_seal_own(
		    cx->arena, VAULT_FIELD, place_of(cx, d, w->copy), slice_str(w->secret));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO field_claim (copy, kind, rec, part, base, value, secret, since, settled) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT (copy, kind, rec, part) DO "
	    "UPDATE SET base = excluded.base, value = excluded.value, secret = excluded.secret, "
	    "since = excluded.since, settled = 0",
	    VALS(v_int(w->copy), v_text(d->kind), v_int(d->c->here), v_text(d->part),
		v_text(w->base), v_text(w->value), v_blob(box), v_int(w->since)));
}

/* What stands in the house is a claim as well, if the copy has not seen it. */
static int
house_claims(struct ctx *cx, struct tx *tx, const struct deciding *d)
{
	const struct vals at = VALS(v_text(d->kind), v_int(d->c->here), v_text(d->part));
	struct word w = { .base = "", .value = d->now, .since = d->c->newest };
	const char *stand, **plain;
	int rc = db_text(cx, &stand,
	    "SELECT value FROM field_stand WHERE kind = $1 AND rec = $2 AND part = $3", at);

	if (rc == RC_OK && strcmp(stand, d->now) == 0)
		return RC_OK;
	if (rc == RC_OK) /* written over in the house: whoever wrote saw what stood there */
		TRY(tx_run(cx, tx, NULL,
		    "UPDATE field_claim SET settled = 1 WHERE kind = $1 AND rec = $2 AND part = $3",
		    at));
	else if (rc != RC_NOTFOUND)
		return rc;
	else if (strcmp(d->now, d->c->base) == 0)
		return RC_OK;
	else
		w.copy = d->c->owner;
	TRY(field_part_open(cx, d->c->k, d->c->first, d->c->here, &plain));
	w.secret = field_part_secret(cx, d->c->k, d->c->first, plain);
	return put_claim(cx, tx, d, &w);
}

/* The copy's own word, in place of what it said before. */
static int
own_claim(struct ctx *cx, struct tx *tx, const struct deciding *d)
{
	const struct field_claim *c = d->c;
	const char *before;
	int rc = db_text(cx, &before,
	    "SELECT value FROM field_claim WHERE copy = $1 AND kind = $2 AND rec = $3 AND part = "
	    "$4",
	    VALS(v_int(c->copy), v_text(d->kind), v_int(c->here), v_text(d->part)));

	if (rc == RC_OK && strcmp(before, c->value) == 0)
		return RC_OK;
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	if (strcmp(c->value, c->base) == 0) /* changed back */
		return tx_run(cx, tx, NULL,
		    "DELETE FROM field_claim WHERE copy = $1 AND kind = $2 AND rec = $3 AND part = "
		    "$4",
		    VALS(v_int(c->copy), v_text(d->kind), v_int(c->here), v_text(d->part)));
	return put_claim(cx, tx, d,
	    &(struct word){ c->copy, c->newest, c->base, c->value, c->secret, 0, false });
}

static int
load_claims(struct ctx *cx, struct deciding *d)
{
	AUTO_ROWS r = { 0 };

	d->w = arena_array(cx->arena, struct word, CLAIMS_MAX);
	TRY(db_rows(cx, &r,
	    "SELECT copy, since, base, value, secret FROM field_claim WHERE kind = $1 AND rec = $2 "
	    "AND part = $3 AND settled = 0 ORDER BY copy",
	    VALS(v_text(d->kind), v_int(d->c->here), v_text(d->part))));
	while (d->n < CLAIMS_MAX && rows_next(&r)) {
		struct word *w = &d->w[d->n++];
		struct slice plain;

		*w = (struct word){ row_int(&r, 0), row_int(&r, 1), row_text(&r, 2),
			row_text(&r, 3), NULL, 0, false };
		w->rank = field_rank(d->part, w->value);
		if (row_null(&r, 4))
			continue;
		TRY(vault_unseal_own(
		    cx->arena, VAULT_FIELD, place_of(cx, d, w->copy), row_slice(&r, 4), &plain));
		w->secret = arena_strn(cx->arena, plain.p, plain.n);
	}
	return rows_end(&r);
}

/* RULE field-3 */
static const struct word *
standing(struct deciding *d)
{
	const struct word *best = NULL;
	size_t i, j;

	for (i = 0; i < d->n; i++)
		for (j = 0; j < d->n; j++)
			if (i != j && d->w[j].copy != 0 &&
			    (d->w[j].copy > d->w[i].since ||
				(d->w[i].copy == 0 && strcmp(d->w[j].base, d->w[i].value) == 0)))
				d->w[i].out = true;
	for (i = 0; i < d->n; i++)
		if (!d->w[i].out && (best == NULL || d->w[i].rank > best->rank))
			best = &d->w[i];
	return best;
}

static bool
against(const struct deciding *d, const struct word *best, const struct word *w)
{
	return w != best && !w->out && w->rank == best->rank &&
	       !field_agree(d->part, w->value, best->value);
}

static int
write_part(struct ctx *cx, struct tx *tx, struct deciding *d, const struct word *best)
{
	const struct field_claim *c = d->c;
	const char **plain;

	if (strcmp(best->value, d->now) != 0) {
		field_part_put(cx, c->k, c->first, best->value, best->secret, d->rec);
		TRY(kind_rewrite_tx(cx, tx, c->k->kind, d->rec));
		TRY(kind_load(cx, c->k->kind, c->here, d->rec));
		TRY(field_part_open(cx, c->k, c->first, c->here, &plain));
		d->now = field_part_json(cx, c->k, c->first, d->rec, plain);
	}
	return tx_run(cx, tx, NULL,
	    "INSERT INTO field_stand (kind, rec, part, value) VALUES ($1, $2, $3, $4) ON CONFLICT "
	    "(kind, rec, part) DO UPDATE SET value = excluded.value",
	    VALS(v_text(d->kind), v_int(c->here), v_text(d->part), v_text(d->now)));
}

/* ---- conflicts ---- */

static int
put_conflict(struct ctx *cx, struct tx *tx, const struct deciding *d, const struct word *best,
    const struct word *w)
{
	struct field_conflict x;
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT id FROM field_conflict WHERE what = $1 AND record = $2 AND part = $3 AND "
	    "source_other = $4 AND state = 'waiting'",
	    VALS(v_text(d->kind), v_int(d->c->here), v_text(d->part), v_int(w->copy)));

	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	kind_empty(&field_conflict_kind, &x);
	if (rc == RC_OK)
		TRY(kind_load(cx, &field_conflict_kind, id, &x));
	x.headquarters = d->c->headquarters;
	x.what = d->kind;
	x.record = d->c->here;
	x.part = d->part;
	x.stands = best->value;
	x.source_stands = best->copy;
	x.other = w->value;
	x.source_other = w->copy;
	x.state = "waiting";
	return rc == RC_OK ? kind_rewrite_tx(cx, tx, &field_conflict_kind, &x)
			   : kind_add_tx(cx, tx, &field_conflict_kind, &x);
}

static int
drop_conflicts(struct ctx *cx, struct tx *tx, const struct deciding *d, const struct word *best)
{
	struct field_conflict *x;
	size_t n, i, j;
	void *all;

	TRY(kind_load_all(cx, &field_conflict_kind,
	    arena_printf(cx->arena,
		"SELECT id FROM field_conflict WHERE record = $1 AND what = '%s' AND part = '%s' "
		"AND state = 'waiting' ORDER BY id",
		d->kind, d->part),
	    d->c->here, &all, &n));
	x = all;
	for (i = 0; i < n; i++) {
		bool still = false;

		for (j = 0; best != NULL && j < d->n; j++)
			still = still ||
				(d->w[j].copy == x[i].source_other && against(d, best, &d->w[j]));
		if (still)
			continue;
		x[i].state = "gone";
		TRY(kind_rewrite_tx(cx, tx, &field_conflict_kind, &x[i]));
	}
	return RC_OK;
}

static int
evaluate(struct ctx *cx, struct tx *tx, struct deciding *d)
{
	const struct word *best;
	size_t i;

	TRY(load_claims(cx, d));
	best = standing(d);
	if (best != NULL)
		TRY(write_part(cx, tx, d, best));
	/* RULE field-4 */
	TRY(drop_conflicts(cx, tx, d, best));
	for (i = 0; best != NULL && i < d->n; i++)
		if (against(d, best, &d->w[i]))
			TRY(put_conflict(cx, tx, d, best, &d->w[i]));
	return RC_OK;
}

int
field_claim_tx(struct ctx *cx, struct tx *tx, const struct field_claim *c)
{
	struct deciding d = { .c = c,
		.kind = c->k->kind->name,
		.part = c->k->kind->fields[c->first].name,
		.rec = arena_alloc(cx->arena, c->k->kind->size) };
	const char **plain;
	int rc = kind_load(cx, c->k->kind, c->here, d.rec);

	if (rc == RC_NOTFOUND)
		return RC_OK; /* removed in the house: what was said of it stays in the operations */
	TRY(rc);
	TRY(field_part_open(cx, c->k, c->first, c->here, &plain));
	d.now = field_part_json(cx, c->k, c->first, d.rec, plain);
	TRY(house_claims(cx, tx, &d));
	TRY(own_claim(cx, tx, &d));
	return evaluate(cx, tx, &d);
}

/* ---- a person decides ---- */

struct decision {
	int64_t id, version;
	const char *keep;
};

static int
settle(struct ctx *cx, struct tx *tx, struct deciding *d, const struct word *kept)
{
	const struct vals at = VALS(v_text(d->kind), v_int(d->c->here), v_text(d->part));

	TRY(write_part(cx, tx, d, kept));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE field_claim SET settled = 1 WHERE kind = $1 AND rec = $2 AND part = $3", at));
	return put_claim(
	    cx, tx, d, &(struct word){ 0, d->c->newest, "", d->now, kept->secret, 0, false });
}

static int
close_conflicts(struct ctx *cx, struct tx *tx, const struct field_conflict *one, const char *keep)
{
	struct field_conflict *x;
	size_t n, i;
	void *all;

	TRY(kind_load_all(cx, &field_conflict_kind,
	    arena_printf(cx->arena,
		"SELECT id FROM field_conflict WHERE record = $1 AND what = '%s' AND part = '%s' "
		"AND state = 'waiting' ORDER BY id",
		one->what, one->part),
	    one->record, &all, &n));
	x = all;
	for (i = 0; i < n; i++) {
		x[i].state =
		    x[i].rec.id == one->rec.id || strcmp(keep, "stands") == 0 ? "decided" : "gone";
		x[i].kept = keep;
		x[i].decided_by = cx->actor->account;
		x[i].decided_at = cx->now;
		TRY(kind_rewrite_tx(cx, tx, &field_conflict_kind, &x[i]));
	}
	return RC_OK;
}

static int
decide_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct decision *in = arg;
	const struct word *kept = NULL;
	struct field_conflict x;
	struct field_claim c = { 0 };
	struct deciding d = { .c = &c };
	const char **plain;
	size_t i;

	TRY(kind_load(cx, &field_conflict_kind, in->id, &x));
	if (x.rec.version != in->version || strcmp(x.state, "waiting") != 0)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else decided this in between, or another copy came. Look again."));
	if (strcmp(x.what, stay_kind.name) == 0 && strcmp(x.part, "place") == 0) {
		TRY(field_stay_decide_tx(cx, tx, &x, in->keep));
		return close_conflicts(cx, tx, &x, in->keep);
	}
	c.k = field_kind_of(x.what);
	c.here = x.record;
	if (c.k == NULL)
		return fail(cx, RC_BUG, "%s", x.what);
	while (strcmp(c.k->kind->fields[c.first].name, x.part) != 0)
		if (++c.first == c.k->kind->nfields)
			return fail(cx, RC_BUG, "%s", x.part);
	TRY(db_int(cx, &c.newest, "SELECT coalesce(max(id), 0) FROM field_copy", NO_VALS));
	d.kind = x.what;
	d.part = x.part;
	d.rec = arena_alloc(cx->arena, c.k->kind->size);
	TRY(kind_load(cx, c.k->kind, c.here, d.rec));
	TRY(field_part_open(cx, c.k, c.first, c.here, &plain));
	d.now = field_part_json(cx, c.k, c.first, d.rec, plain);
	TRY(load_claims(cx, &d));
	for (i = 0; i < d.n; i++)
		if (d.w[i].copy ==
		    (strcmp(in->keep, "other") == 0 ? x.source_other : x.source_stands))
			kept = &d.w[i];
	if (kept == NULL)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else decided this in between, or another copy came. Look again."));
	TRY(settle(cx, tx, &d, kept));
	return close_conflicts(cx, tx, &x, in->keep);
}

int
field_decide(struct ctx *cx, int64_t id, int64_t version, const char *keep)
{
	if (!may(cx, CAP_RELIEF_OPEN))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (strcmp(keep, "stands") != 0 && strcmp(keep, "other") != 0) {
		fail_field(cx, "keep", N_("This is not in the list."));
		return RC_INVALID;
	}
	return db_write(cx, decide_fn, &(struct decision){ id, version, keep });
}

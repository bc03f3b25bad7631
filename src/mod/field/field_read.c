/* field_read.c – a copy that came back: proved first, then read into memory as operations, records and sets.
 *
 * Every line of its audit, every version, record and set is held against hashes that nobody makes without the copy's
 * key; one difference and nothing is merged. Moments are taken along for people and decide nothing. */
#include <string.h>

#include "base/utf8.h"
#include "core/seal.h"
#include "kind/internal.h"
#include "kind/proof.h"
#include "mod/field/field_inner.h"

/* ---- where it comes from ---- */

static int
no_copy(struct ctx *cx)
{
	return fail(cx, RC_INVALID,
	    N_("This file is no copy of a headquarters, or it is damaged. Nothing was merged."));
}

static int
read_pairs(struct ctx *cx, struct field_read *f)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	TRY(db_int(cx, &count, "SELECT count(*) FROM field_map WHERE copy = $1",
	    VALS(v_int(f->origin.number))));
	f->pairs = arena_array(cx->arena, struct field_pair, (size_t)count + 1);
	TRY(db_rows(cx, &r, "SELECT kind, rec, here, version FROM field_map WHERE copy = $1",
	    VALS(v_int(f->origin.number))));
	while (f->npairs < (size_t)count && rows_next(&r))
		f->pairs[f->npairs++] = (struct field_pair){ row_text(&r, 0), row_int(&r, 1),
			row_int(&r, 2), row_int(&r, 3) };
	return rows_end(&r);
}

static int
read_origin(struct ctx *copy, struct field_origin *o, const char **text, const char **mac)
{
	AUTO_ROWS r = { 0 };
	const char *code;

	*text = *mac = NULL;
	TRY(db_rows(copy, &r,
	    "SELECT number, token, headquarters, code, made_at, program, base, mac FROM "
	    "field_origin",
	    NO_VALS));
	if (rows_next(&r)) {
		o->number = row_int(&r, 0);
		o->token = row_text(&r, 1);
		o->headquarters = row_int(&r, 2);
		code = row_text(&r, 3);
		o->made_at = row_int(&r, 4);
		o->base = row_int(&r, 6);
		*text = field_origin_text(copy->arena, o, code, row_int(&r, 5));
		*mac = row_text(&r, 7);
	}
	return rows_end(&r);
}

/* RULE field-1 */
int
field_origin_read(struct ctx *cx, struct ctx *copy, struct field_read *f, unsigned char key[32])
{
	const char *text, *mac;
	int64_t known;

	if (read_origin(copy, &f->origin, &text, &mac) != RC_OK || text == NULL || mac == NULL)
		return no_copy(cx);
	if (!vault_equal(vault_mac_hex(cx->arena, VAULT_FIELD, text), mac))
		return fail(cx, RC_INVALID,
		    N_("The signature fails: this copy was not made by this house, or what it says "
		       "of its origin was changed. Nothing was merged."));
	TRY(db_int(cx, &known, "SELECT count(*) FROM field_copy WHERE id = $1 AND token = $2",
	    VALS(v_int(f->origin.number), v_text(f->origin.token))));
	if (known == 0)
		return fail(cx, RC_INVALID,
		    N_("Copy %s is not in the list of this house: it was put back to an earlier "
		       "state "
		       "since, or the term of the families' data is over. Nothing was merged."),
		    num(cx, f->origin.number));
	field_key(f->origin.number, f->origin.token, key);
	return read_pairs(cx, f);
}

/* ---- the proof ---- */

static int
prove(struct ctx *copy)
{
	const struct kind *kinds[DB_KINDS];
	int64_t records, d[4] = { 0 };
	const char *first;
	struct buf out;
	size_t n = 0;

	while (n < DB_KINDS && (kinds[n] = kind_booted(n)) != NULL)
		n++;
	buf_init(&out, copy->arena, (size_t)1 << 20);
	TRY(seal_check_root(copy, NULL, &out, &records, &d[0]));
	TRY(seal_check_history(copy, &out, &records, &d[1]));
	TRY(kind_prove(copy, kinds, n, &out, &records, &d[2]));
	TRY(ledger_check(copy, &out, &records, &d[3]));
	if (d[0] + d[1] + d[2] + d[3] == 0)
		return RC_OK;
	first = arena_strn(copy->arena, out.p, strcspn(out.p, "\n"));
	if (!utf8_valid(first, strlen(first))) /* a damaged name is shown to nobody */
		first = "?";
	return fail(copy, RC_INVALID,
	    N_("The signature fails: the copy was changed by hand or damaged. Nothing was merged. "
	       "First difference: %s"),
	    first);
}

/* ---- operations ---- */

static bool
is_set(const struct field_op *o)
{
	return strcmp(o->kind, "movement_set") == 0;
}

static const char *
hex_of(struct arena *a, struct slice s)
{
	struct buf b;
	size_t i;

	buf_init(&b, a, 0);
	for (i = 0; i < s.n; i++)
		buf_printf(&b, "%02x", (unsigned)(unsigned char)s.p[i]);
	return b.p;
}

static struct field_rec *
rec_new(struct ctx *copy, struct field_read *f, const struct field_op *o)
{
	struct field_rec *r = &f->recs[f->nrecs++];

	*r = (struct field_rec){ .k = field_kind_of(o->kind), .id = o->rec, .fields = "" };
	r->plain = arena_array(copy->arena, const char *, r->k->kind->nfields);
	return r;
}

struct field_rec *
field_rec_of(const struct field_read *f, const char *kind, int64_t id)
{
	size_t i;

	for (i = 0; i < f->nrecs; i++)
		if (f->recs[i].id == id && strcmp(f->recs[i].k->kind->name, kind) == 0)
			return &f->recs[i];
	return NULL;
}

static void
take_op(struct ctx *copy, struct field_read *f, const struct field_op *o, const char *fields)
{
	struct field_rec *r;

	if (is_set(o))
		return;
	if ((r = field_rec_of(f, o->kind, o->rec)) == NULL)
		r = rec_new(copy, f, o);
	r->made = r->made || o->version == 1;
	r->gone = strcmp(o->action, "delete") == 0;
	r->account = o->account;
	if (fields != NULL && *fields != '\0')
		r->fields = arena_printf(copy->arena, "%s,%s", r->fields, fields);
}

static int
read_ops(struct ctx *copy, struct field_read *f)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	TRY(db_int(
	    copy, &count, "SELECT count(*) FROM audit WHERE id > $1", VALS(v_int(f->origin.base))));
	f->ops = arena_array(copy->arena, struct field_op, (size_t)count + 1);
	f->recs = arena_array(copy->arena, struct field_rec, (size_t)count + 1);
	TRY(db_rows(copy, &r,
	    "SELECT id, at, account, action, kind, rec, version, mac, fields FROM audit WHERE id > "
	    "$1 AND kind IS NOT NULL AND rec IS NOT NULL AND ((version IS NOT NULL AND action <> "
	    "'forget') OR (kind = 'movement_set' AND action = 'post')) ORDER BY id",
	    VALS(v_int(f->origin.base))));
	while (f->nops < (size_t)count && rows_next(&r)) {
		struct field_op *o = &f->ops[f->nops];

		*o = (struct field_op){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			row_int(&r, 5), row_int(&r, 6), row_text(&r, 3), row_text(&r, 4),
			hex_of(copy->arena, row_slice(&r, 7)) };
		if (!is_set(o) && field_kind_of(o->kind) == NULL)
			continue; /* users, settings, the copy's own shortages */
		f->nops++;
		take_op(copy, f, o, row_text(&r, 8));
	}
	return rows_end(&r);
}

/* ---- records ---- */

static int
open_sealed(struct ctx *copy, struct field_rec *r, size_t i)
{
	const struct kind *k = r->k->kind;
	const struct field *f = &k->fields[i];
	struct slice box = { 0 }, plain;
	AUTO_ROWS rows = { 0 };

	TRY(db_rows(copy, &rows,
	    arena_printf(copy->arena, "SELECT %s FROM %s WHERE id = $1", f->name, k->name),
	    VALS(v_int(r->id))));
	if (rows_next(&rows) && !row_null(&rows, 0)) {
		struct slice s = row_slice(&rows, 0);

		box = (struct slice){ arena_copy(copy->arena, s.p, s.n), s.n };
	}
	TRY(rows_end(&rows));
	if (box.p == NULL)
		return RC_OK;
	if (vault_unseal(copy, 0,
		arena_printf(copy->arena, "%s.%s:%lld", k->name, f->name, (long long)r->id), box,
		&plain) != RC_OK)
		return fail(copy, RC_INVALID,
		    N_("The signature fails: the copy was changed by hand or damaged. Nothing was "
		       "merged. First difference: %s"),
		    arena_printf(copy->arena, "%s %lld: %s", k->name, (long long)r->id, f->name));
	r->plain[i] = arena_strn(copy->arena, plain.p, plain.n);
	return RC_OK;
}

static int64_t
first_version(const struct field_read *f, const struct field_rec *r)
{
	size_t i;

	for (i = 0; i < f->npairs; i++)
		if (f->pairs[i].rec == r->id && strcmp(f->pairs[i].kind, r->k->kind->name) == 0)
			return f->pairs[i].version;
	return r->made ? 0 : 1;
}

static int
read_rec(struct ctx *copy, const struct field_read *f, struct field_rec *r)
{
	const struct kind *k = r->k->kind;
	int64_t version = first_version(f, r);
	size_t i;
	int rc;

	r->is = arena_alloc(copy->arena, k->size);
	if (!r->gone)
		TRY(kind_load(copy, k, r->id, r->is));
	for (i = 0; i < k->nfields && !r->gone; i++)
		if (k->fields[i].type == FT_SEALED)
			TRY(open_sealed(copy, r, i));
	if (version == 0)
		return RC_OK;
	r->was = arena_alloc(copy->arena, k->size);
	rc = kind_at_version(copy, k, r->id, version, r->was);
	return rc == RC_NOTFOUND ? RC_STORAGE : rc; /* damaged */
}

/* RULE field-5: what took an opening balance back takes nothing back in the house. */
static int
of_opening(struct ctx *copy, struct movement *m)
{
	int64_t n;

	if (m->reverses == 0)
		return RC_OK;
	TRY(db_int(copy, &n,
	    "SELECT count(*) FROM movement_set WHERE id = $1 AND nonce LIKE 'field-opening-%'",
	    VALS(v_int(m->reverses))));
	if (n > 0)
		m->reverses = 0;
	return RC_OK;
}

static int
read_users(struct ctx *copy, struct field_read *f)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	TRY(db_int(copy, &count, "SELECT count(*) FROM account", NO_VALS));
	f->users = arena_array(copy->arena, struct field_user, (size_t)count + 1);
	TRY(db_rows(copy, &r, "SELECT id, login FROM account", NO_VALS));
	while (f->nusers < (size_t)count && rows_next(&r))
		f->users[f->nusers++] = (struct field_user){ row_int(&r, 0), row_text(&r, 1) };
	return rows_end(&r);
}

static int
read_sets(struct ctx *copy, struct field_read *f)
{
	size_t i;

	f->sets = arena_array(copy->arena, struct field_set, f->nops + 1);
	for (i = 0; i < f->nops; i++) {
		struct movement_read m;

		if (!is_set(&f->ops[i]))
			continue;
		TRY(movement_get(copy, f->ops[i].rec, &m));
		TRY(of_opening(copy, &m.m));
		f->sets[f->nsets++] = (struct field_set){ m.m, f->ops[i].account };
	}
	return RC_OK;
}

int
field_read_all(struct ctx *copy, struct field_read *f)
{
	size_t i;

	TRY(prove(copy));
	TRY(read_users(copy, f));
	TRY(read_ops(copy, f));
	for (i = 0; i < f->nrecs; i++)
		TRY(read_rec(copy, f, &f->recs[i]));
	return read_sets(copy, f);
}

/* field_export.c – one headquarters into an empty database, under keys of its own.
 *
 * Read field_export() from top to bottom: with the house's keys all rows are taken and what is sealed is opened; with the
 * copy's keys they are put in, sealed anew, told to a history and an audit that begin with this; then the ledger
 * opens with what the places hold. At last the house puts its name under it. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/account.h"
#include "mod/field/field_inner.h"
#include "kind/internal.h"
#include "kind/proof.h"

struct box { /* an opened value */
	const struct field *f;
	int64_t id;
	const char *plain;
};
struct held { /* what a place holds and no set of a meal explains */
	int64_t account, item, lot, quantity;
};
struct exporting {
	struct field_export *e;
	const char *token, *code;
	struct extracted *rows;
	struct box *need, *household;
	size_t nneed, nhousehold;
	struct held *held;
	size_t nheld;
	int64_t opens_at; /* of the ledger */
};

void
field_key(int64_t number, const char *token, unsigned char key[32])
{
	char text[128];

	snprintf(text, sizeof text, "copy|%lld|%.64s", (long long)number, token);
	vault_mac(VAULT_FIELD, text, strlen(text), key);
}

const char *
field_origin_text(struct arena *a, const struct field_origin *o, const char *code, int64_t program)
{
	return arena_printf(a, "origin|%lld|%s|%lld|%s|%lld|%lld|%lld", (long long)o->number,
	    o->token, (long long)o->headquarters, code, (long long)o->made_at, (long long)program,
	    (long long)o->base);
}

/* ---- with the house's keys ---- */

static int
note_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct exporting *x = arg;

	TRY(tx_int(cx, tx, &x->e->number,
	    "INSERT INTO field_copy (headquarters, token, made_at, made_by, merges, operations) "
	    "VALUES ($1, $2, $3, $4, 0, 0) RETURNING id",
	    VALS(v_int(x->e->headquarters), v_text(x->token), v_int(cx->now),
		v_int(cx->actor->account))));
	return audit_tx(cx, tx, "field_export", headquarters_kind.name, x->e->headquarters, NULL);
}

static int
open_boxes(struct ctx *cx, const struct kind *k, int64_t headquarters, struct box **out, size_t *n)
{
	int64_t count;
	size_t i;

	*n = 0;
	TRY(db_int(cx, &count,
	    arena_printf(cx->arena, "SELECT count(*) FROM %s WHERE headquarters = $1", k->name),
	    VALS(v_int(headquarters))));
	*out = arena_array(cx->arena, struct box, (size_t)count * k->nfields + 1);
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		AUTO_ROWS r = { 0 };

		if (f->type != FT_SEALED)
			continue;
		TRY(db_rows(cx, &r,
		    arena_printf(cx->arena,
			"SELECT id, %s FROM %s WHERE headquarters = $1 AND %s IS NOT NULL", f->name,
			k->name, f->name),
		    VALS(v_int(headquarters))));
		while (rows_next(&r)) {
			int64_t id = row_int(&r, 0);
			struct slice s = row_slice(&r, 1), plain;
			struct slice kept = { arena_copy(cx->arena, s.p, s.n), s.n };

			TRY(vault_unseal(cx, 0,
			    arena_printf(cx->arena, "%s.%s:%lld", k->name, f->name, (long long)id),
			    kept, &plain));
			(*out)[(*n)++] =
			    (struct box){ f, id, arena_strn(cx->arena, plain.p, plain.n) };
		}
		TRY(rows_end(&r));
	}
	return RC_OK;
}

static int
take_held(struct ctx *cx, struct exporting *x)
{
	const struct vals of = VALS(v_int(x->e->headquarters));
	AUTO_ROWS r = { 0 };
	int64_t count;

	TRY(db_int(cx, &x->opens_at,
	    arena_printf(cx->arena,
		"SELECT coalesce(min(at), %lld) FROM movement_line WHERE account IN %s OR movement "
		"IN %s",
		(long long)cx->now, field_place_accounts, field_meal_sets),
	    of));
	x->opens_at -= US_PER_DAY;
	TRY(db_int(cx, &count,
	    arena_printf(cx->arena, "SELECT count(*) FROM stock_now WHERE account IN %s",
		field_place_accounts),
	    of));
	x->held = arena_array(cx->arena, struct held, (size_t)count + 1);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT n.account, n.item, n.lot, n.balance - coalesce((SELECT sum(l.quantity) "
		"FROM "
		"movement_line l WHERE l.account = n.account AND l.item = n.item AND l.lot = n.lot "
		"AND l.movement IN %s), 0) FROM stock_now n WHERE n.account IN %s ORDER BY "
		"n.account, n.item, n.lot",
		field_meal_sets, field_place_accounts),
	    of));
	while (x->nheld < (size_t)count && rows_next(&r)) {
		struct held *h = &x->held[x->nheld];

		*h =
		    (struct held){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2), row_int(&r, 3) };
		x->nheld += h->quantity != 0;
	}
	return rows_end(&r);
}

static int
take(struct ctx *cx, struct exporting *x)
{
	int64_t hq = x->e->headquarters;

	TRY(extract_take(cx, field_takes, field_ntakes, hq, &x->rows));
	TRY(open_boxes(cx, &need_kind, hq, &x->need, &x->nneed));
	TRY(open_boxes(cx, &household_kind, hq, &x->household, &x->nhousehold));
	TRY(take_held(cx, x));
	TRY(db_int(cx, &x->e->needs, "SELECT count(*) FROM need WHERE headquarters = $1",
	    VALS(v_int(hq))));
	return db_int(cx, &x->e->users,
	    "SELECT count(DISTINCT r.account) FROM account_role r JOIN account a ON a.id = "
	    "r.account WHERE r.role IN ('relief', 'driver') AND a.disabled = 0 AND a.password IS "
	    "NOT NULL",
	    NO_VALS);
}

/* ---- with the copy's keys ---- */

static int
by_id(const void *a, const void *b)
{
	const struct box *x = a, *y = b;

	return x->id != y->id ? (x->id < y->id ? -1 : 1) : x->f < y->f ? -1 : x->f > y->f;
}

/* A record with sealed values becomes version 1 by being written with them. */
static int
seal_anew(
    struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, const struct box *b, size_t n)
{
	void *rec = arena_alloc(cx->arena, k->size);
	size_t i;

	if (n == 0) {
		TRY(tx_run(cx, tx, NULL,
		    arena_printf(cx->arena, "UPDATE %s SET version = 1 WHERE id = $1", k->name),
		    VALS(v_int(id))));
		return kind_told_tx(cx, tx, k, id, "copy", NULL);
	}
	TRY(kind_load(cx, k, id, rec));
	for (i = 0; i < n; i++)
		((struct sealed *)field_at_rw(b[i].f, rec))->fresh = b[i].plain;
	return kind_rewrite_tx(cx, tx, k, rec);
}

static int
tell_kind(struct ctx *cx, struct tx *tx, const struct exporting *x, const struct kind *k)
{
	const struct box *b = k == &need_kind	     ? x->need
			      : k == &household_kind ? x->household
						     : NULL;
	size_t nb = k == &need_kind ? x->nneed : x->nhousehold, n, i, at = 0, from;
	int64_t *ids;

	TRY(kind_ids(cx,
	    arena_printf(cx->arena, "SELECT id FROM %s WHERE $1 = $1 ORDER BY id", k->name), 0,
	    &ids, &n));
	for (i = 0; i < n; i++) {
		if (b == NULL) {
			TRY(kind_told_tx(cx, tx, k, ids[i], "copy", NULL));
			continue;
		}
		while (at < nb && b[at].id < ids[i])
			at++;
		for (from = at; at < nb && b[at].id == ids[i];)
			at++;
		TRY(seal_anew(cx, tx, k, ids[i], b + from, at - from));
	}
	return RC_OK;
}

/* What is kept beside the lines of the sets that went along as they are, and the audit's word for each. */
static int
tell_sets(struct ctx *cx, struct tx *tx)
{
	AUTO_ROWS r = { 0 };

	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO stock_now (account, item, lot, balance, last_day) SELECT account, item, "
	    "lot, sum(quantity), max(" STOCK_DAY_SQL(
		"at") ") FROM movement_line GROUP BY account, item, "
		      "lot",
	    NO_VALS));
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO stock_day (account, item, lot, day, balance) SELECT account, item, lot, "
	    "day, sum(moved) OVER (PARTITION BY account, item, lot ORDER BY day) FROM (SELECT "
	    "account, item, lot, " STOCK_DAY_SQL(
		"at") " AS day, sum(quantity) AS moved FROM "
		      "movement_line GROUP BY account, item, lot, " STOCK_DAY_SQL(
			  "at") ") AS d WHERE true",
	    NO_VALS));
	TRY(db_rows(cx, &r, "SELECT id, digest FROM movement_set ORDER BY id", NO_VALS));
	while (rows_next(&r))
		TRY(audit_tx(cx, tx, "post", "movement_set", row_int(&r, 0), row_text(&r, 1)));
	return rows_end(&r);
}

/* RULE field-5: balances come along as sets against `found`; they are of the copy alone and never come back. */
static int
open_ledger(struct ctx *cx, struct tx *tx, const struct exporting *x)
{
	enum { PLACES_A_SET = 15 };
	struct movement_line l[2 * PLACES_A_SET];
	struct stock_account found;
	size_t i, n;
	bool again;

	TRY(stock_account_find(cx, "found", &found));
	for (i = 0; i < x->nheld; i += n) {
		for (n = 0; n < PLACES_A_SET && i + n < x->nheld; n++) {
			const struct held *h = &x->held[i + n];

			l[2 * n] =
			    (struct movement_line){ h->account, h->item, h->lot, h->quantity };
			l[2 * n + 1] =
			    (struct movement_line){ found.rec.id, h->item, h->lot, -h->quantity };
		}
		TRY(movement_post_tx(cx, tx,
		    &(struct movement){
			.nonce = arena_printf(cx->arena, "field-opening-%zu", i / PLACES_A_SET),
			.at = x->opens_at,
			.type = "other",
			.document = "field copy: opening balance",
			.lines = l,
			.nlines = 2 * n,
			.allow_short = true },
		    &again));
	}
	return RC_OK;
}

static int
fill_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	static const struct kind *const others[] = { &account_kind, &account_role_kind,
		&district_kind, &centre_norm_kind };
	const struct exporting *x = arg;
	size_t i;

	for (i = 0; i < ARRAY_LEN(others); i++)
		TRY(tell_kind(cx, tx, x, others[i]));
	for (i = 0; i < field_nkinds; i++)
		TRY(tell_kind(cx, tx, x, field_kinds[i].kind));
	TRY(tell_sets(cx, tx));
	return open_ledger(cx, tx, x);
}

static int
fill(struct ctx *cx, struct ctx *copy, struct exporting *x)
{
	TRY(extract_give(cx, x->e->to, x->rows, field_ntakes));
	if (db_write(copy, fill_fn, x) != RC_OK || x->e->index(copy) != RC_OK)
		return fail(cx, copy->err.rc, "%s", copy->err.text == NULL ? "" : copy->err.text);
	return RC_OK;
}

/* ---- the house's name under it ---- */

static int
sign_fn(struct ctx *copy, struct tx *tx, void *arg)
{
	const struct exporting *x = arg;
	struct field_origin o = { .number = x->e->number,
		.headquarters = x->e->headquarters,
		.made_at = copy->now,
		.token = x->token };

	TRY(db_int(copy, &o.base, "SELECT coalesce(max(id), 0) FROM audit", NO_VALS));
	return tx_run(copy, tx, NULL,
	    "INSERT INTO field_origin (number, token, headquarters, code, made_at, program, base, "
	    "mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	    VALS(v_int(o.number), v_text(o.token), v_int(o.headquarters), v_text(x->code),
		v_int(o.made_at), v_int(x->e->program), v_int(o.base),
		v_text(vault_mac_hex(copy->arena, VAULT_FIELD,
		    field_origin_text(copy->arena, &o, x->code, x->e->program)))));
}

int
field_export(struct ctx *cx, struct field_export *e)
{
	struct exporting x = { .e = e, .token = vault_random_hex(cx->arena, 16) };
	struct headquarters h;
	struct ctx copy;
	int rc;

	if (!may(cx, CAP_RELIEF_OPEN))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(headquarters_takes(cx, e->headquarters));
	TRY(kind_load(cx, &headquarters_kind, e->headquarters, &h));
	x.code = h.code;
	TRY(db_write(cx, note_fn, &x));
	TRY(take(cx, &x));
	qsort(x.need, x.nneed, sizeof(*x.need), by_id);
	qsort(x.household, x.nhousehold, sizeof(*x.household), by_id);
	field_key(e->number, x.token, e->key);
	copy = (struct ctx){ .arena = cx->arena,
		.actor = &actor_system,
		.now = cx->now,
		.today = cx->today,
		.lang = cx->lang,
		.app = cx->app };
	db_bind(&copy, e->to);
	vault_use(e->key);
	rc = fill(cx, &copy, &x);
	vault_back();
	if (rc == RC_OK && (rc = db_write(&copy, sign_fn, &x)) != RC_OK)
		rc = fail(cx, rc, "%s", copy.err.text == NULL ? "" : copy.err.text);
	db_end(&copy);
	return rc;
}

/* RULE field-8: nothing is taken on a copy that would not come back from it. Its own are the users and its reports. */
static int
gate(struct ctx *cx, const struct kind *k, bool removes)
{
	static const struct kind *const own[] = { &account_kind, &account_role_kind };
	size_t i;

	for (i = 0; i < ARRAY_LEN(own); i++)
		if (k == own[i])
			return RC_OK;
	if (strcmp(k->name, "sitrep") == 0)
		return RC_OK;
	if (removes)
		return fail(cx, RC_RULE,
		    N_("This is a laptop copy: what is removed here would stay in the house. "
		       "Remove it there."));
	if (field_kind_of(k->name) == NULL)
		return fail(cx, RC_RULE,
		    N_("This is a laptop copy of one headquarters: “%s” would not come back from "
		       "it. Enter it in the house."),
		    tr(cx, k->label));
	return RC_OK;
}

int
field_boot(struct ctx *cx, int64_t *number)
{
	int rc = db_int(cx, number, "SELECT number FROM field_origin", NO_VALS);

	if (rc == RC_NOTFOUND) {
		*number = 0;
		rc = RC_OK;
	}
	if (rc == RC_OK) {
		relief_code_copy(*number);
		kind_gate_set(*number == 0 ? NULL : gate);
	}
	return rc;
}

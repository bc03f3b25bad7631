/* field_merge.c – a copy's operations into the house, all in one transaction. RULES field-2 to field-6.
 *
 * Read merge_fn() from top to bottom: operations are noted, what was made is made in the order in which it was made
 * there, then what was changed is claimed part by part (field_claim.c), then shortages are counted anew. It may run twice, so
 * what was read of the copy is never written to. Broken off, it has done nothing; merged again, it does what is left. */
#include <stdlib.h>
#include <string.h>

#include "core/account.h"
#include "kind/internal.h"
#include "mod/field/field_inner.h"

struct merging {
	const struct field_read *f;
	struct field_sums *sums;
	int64_t newest;		       /* copy given out */
	struct stock_shortage *places; /* account, item, lot that sets moved */
	size_t nplaces, room;
	const struct field_rec **late; /* made now, and naming what was made later */
	size_t nlate;
	const struct field_rec **met; /* made now, and found to be there already */
	size_t nmet;
};

/* ---- ids ---- */

static int
pair_of(struct ctx *cx, const struct merging *m, const char *kind, int64_t id, int64_t *here)
{
	int rc = db_int(cx, here,
	    "SELECT here FROM field_map WHERE copy = $1 AND kind = $2 AND rec = $3",
	    VALS(v_int(m->f->origin.number), v_text(kind), v_int(id)));

	if (rc == RC_NOTFOUND)
		*here = 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
put_pair(struct ctx *cx, struct tx *tx, const struct merging *m, const struct field_pair *p)
{
	return tx_run(cx, tx, NULL,
	    "INSERT INTO field_map (copy, kind, rec, here, version) VALUES ($1, $2, $3, $4, $5)",
	    VALS(v_int(m->f->origin.number), v_text(p->kind), v_int(p->rec), v_int(p->here),
		v_int(p->version)));
}

/* An account of the copy is the house's if it is called the same; else nobody. */
static int
user_here(struct ctx *cx, const struct merging *m, int64_t id, int64_t *here)
{
	size_t i;
	int rc = RC_NOTFOUND;

	*here = 0;
	for (i = 0; id > 0 && i < m->f->nusers; i++)
		if (m->f->users[i].id == id)
			rc = db_int(cx, here, "SELECT id FROM account WHERE id = $1 AND login = $2",
			    VALS(v_int(id), v_text(m->f->users[i].login)));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* *late: it was made on the copy and is not here yet. */
static int
id_here(struct ctx *cx, const struct merging *m, const char *kind, int64_t id, int64_t *here,
    bool *late)
{
	const struct field_rec *r;

	*here = id;
	if (id <= 0)
		return RC_OK;
	if (strcmp(kind, account_kind.name) == 0)
		return user_here(cx, m, id, here);
	r = field_rec_of(m->f, kind, id);
	if (r == NULL || !r->made)
		return RC_OK;
	TRY(pair_of(cx, m, kind, id, here));
	*late = *late || *here == 0;
	return RC_OK;
}

static int
set_here(struct ctx *cx, const struct merging *m, int64_t id, int64_t *here)
{
	TRY(pair_of(cx, m, "movement_set", id, here));
	if (*here == 0)
		*here = id; /* came from the house */
	return RC_OK;
}

/* The copy's record as it would be here. */
static int
rec_here(struct ctx *cx, const struct merging *m, const struct field_kind *k, const void *from,
    void **out, bool *late)
{
	size_t i;

	*out = arena_alloc(cx->arena, k->kind->size);
	memcpy(*out, from, k->kind->size);
	for (i = 0; i < k->kind->nfields; i++) {
		const struct field *f = &k->kind->fields[i];
		int64_t *at = field_at_rw(f, *out);

		if (f->type == FT_REF)
			TRY(id_here(cx, m, f->ref->name, *at, at, late));
		else if (k->sets != NULL && strcmp(f->name, k->sets) == 0)
			TRY(set_here(cx, m, *at, at));
	}
	return RC_OK;
}

/* The program writes; the account stays that of whoever worked on the copy. */
static int
writer(struct ctx *cx, const struct merging *m, int64_t account, struct actor *out)
{
	*out = actor_system;
	return user_here(cx, m, account, &out->account);
}

/* ---- operations ---- */

static int
note_ops(struct ctx *cx, struct tx *tx, struct merging *m)
{
	int64_t fresh;
	size_t i;

	for (i = 0; i < m->f->nops; i++) {
		const struct field_op *o = &m->f->ops[i];

		TRY(tx_run(cx, tx, &fresh,
		    "INSERT INTO field_op (copy, number, mac, at, account, action, kind, rec, "
		    "merged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (copy, "
		    "number, mac) DO NOTHING",
		    VALS(v_int(m->f->origin.number), v_int(o->number), v_text(o->mac), v_int(o->at),
			v_int(o->account), v_text(o->action), v_text(o->kind), v_int(o->rec),
			v_int(cx->now))));
		m->sums->merged += fresh == 1;
		m->sums->known += fresh != 1;
	}
	return RC_OK;
}

/* ---- what was made ---- */

/* The one that is there under the same key; *id = 0: none. */
static int
same_key(struct ctx *cx, const struct field_kind *k, const void *rec, int64_t *id)
{
	struct val v[ARRAY_LEN(k->key)];
	struct buf sql;
	size_t i;
	int rc;

	*id = 0;
	if (k->key[0] == NULL)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	buf_printf(&sql, "SELECT id FROM %s WHERE ", k->kind->name);
	for (i = 0; i < ARRAY_LEN(k->key) && k->key[i] != NULL; i++) {
		v[i] = field_val(kind_field(k->kind, k->key[i]), rec, 0);
		buf_printf(&sql, v[i].null ? "%s%s IS NULL" : "%s%s = $%zu", i == 0 ? "" : " AND ",
		    k->key[i], i + 1);
	}
	buf_str(&sql, " ORDER BY id LIMIT 1");
	rc = db_int(cx, id, sql.p, (struct vals){ v, i });
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The copy with the smallest number that made it; 0 = the house. */
static int
maker(struct ctx *cx, const struct field_kind *k, int64_t here, int64_t *copy)
{
	return db_int(cx, copy,
	    "SELECT coalesce(min(copy), 0) FROM field_map WHERE kind = $1 AND here = $2",
	    VALS(v_text(k->kind->name), v_int(here)));
}

static bool
alike(const struct field_kind *k, const void *a, const void *b)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(k->alike) && k->alike[i] != NULL; i++)
		if (!field_same(kind_field(k->kind, k->alike[i]), a, b))
			return false;
	return !k->drawn;
}

static void
rename_key(struct ctx *cx, const struct field_kind *k, int64_t copy, void *rec)
{
	const char **code = field_at_rw(kind_field(k->kind, k->key[0]), rec);
	char drawn[RELIEF_CODE + 1];

	relief_code_draw(drawn);
	*code = k->drawn ? arena_str(cx->arena, drawn)
			 : arena_printf(cx->arena, "%s-c%lld", *code, (long long)copy);
}

/* Something else has its code: the house keeps it, then the copy with the smaller number. *found: the same thing is
 * there already. */
static int
make_way(struct ctx *cx, struct tx *tx, const struct merging *m, const struct field_kind *k,
    void *rec, int64_t *found)
{
	int64_t copy = m->f->origin.number, other, id;
	void *there = arena_alloc(cx->arena, k->kind->size);
	int tries;

	*found = 0;
	for (tries = 0; tries < 8; tries++) {
		TRY(same_key(cx, k, rec, &id));
		if (id == 0)
			return RC_OK;
		TRY(kind_load(cx, k->kind, id, there));
		if (alike(k, there, rec)) {
			*found = id;
			return RC_OK;
		}
		TRY(maker(cx, k, id, &other));
		if (other < copy) {
			rename_key(cx, k, copy, rec);
			continue;
		}
		rename_key(cx, k, other, there);
		TRY(kind_rewrite_tx(cx, tx, k->kind, there));
	}
	return fail(cx, RC_BUG, "%s", k->kind->name);
}

static int
add_rec(struct ctx *cx, struct tx *tx, struct merging *m, const struct field_rec *r, void *rec)
{
	const struct kind *k = r->k->kind;
	struct field_stays rivals = { 0 };
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if (k->fields[i].type == FT_SEALED)
			*(struct sealed *)field_at_rw(&k->fields[i], rec) =
			    (struct sealed){ .fresh = r->plain[i] };
	if (k->prepare != NULL)
		TRY(k->prepare(cx, rec, rec)); /* marks and days; a code stays as it is */
	if (k == &stay_kind)
		TRY(field_stay_before_tx(cx, tx, rec, m->f->origin.number, &rivals));
	rivals.headquarters = m->f->origin.headquarters;
	TRY(kind_add_tx(cx, tx, k, rec));
	if (rivals.rivals)
		TRY(field_stay_after_tx(cx, tx, rec, &rivals));
	return k->changed == NULL ? RC_OK : k->changed(cx, tx, NULL, rec);
}

static int
make_rec(struct ctx *cx, struct tx *tx, struct merging *m, const struct field_rec *r)
{
	const struct actor *who = cx->actor;
	struct actor by;
	bool late = false;
	int64_t here;
	void *rec;
	int rc;

	TRY(pair_of(cx, m, r->k->kind->name, r->id, &here));
	if (here != 0 || r->gone)
		return RC_OK;
	TRY(rec_here(cx, m, r->k, r->is, &rec, &late));
	TRY(make_way(cx, tx, m, r->k, rec, &here));
	if (here != 0)
		m->met[m->nmet++] = r;
	else {
		TRY(writer(cx, m, r->account, &by));
		cx->actor = &by;
		rc = add_rec(cx, tx, m, r, rec);
		cx->actor = who;
		TRY(rc);
		here = ((struct rec *)rec)->id;
		if (late)
			m->late[m->nlate++] = r;
	}
	return put_pair(cx, tx, m,
	    &(struct field_pair){
		r->k->kind->name, r->id, here, ((const struct rec *)r->is)->version });
}

/* What named things that were made after it. */
static int
mend_late(struct ctx *cx, struct tx *tx, const struct merging *m)
{
	size_t n, i;

	for (n = 0; n < m->nlate; n++) {
		const struct field_rec *r = m->late[n];
		void *want, *rec = arena_alloc(cx->arena, r->k->kind->size);
		bool late = false;
		int64_t here;

		TRY(rec_here(cx, m, r->k, r->is, &want, &late));
		TRY(pair_of(cx, m, r->k->kind->name, r->id, &here));
		TRY(kind_load(cx, r->k->kind, here, rec));
		for (i = 0; i < r->k->kind->nfields; i++)
			if (r->k->kind->fields[i].type == FT_REF)
				field_copy(&r->k->kind->fields[i], want, rec);
		TRY(kind_rewrite_tx(cx, tx, r->k->kind, rec));
	}
	return RC_OK;
}

/* ---- sets ---- */

/* Once a place, however many sets moved it: they are few, and each is counted anew at the end. */
static void
moved(struct merging *m, const struct movement_line *l)
{
	const struct stock_shortage *p;

	for (p = m->places; p < m->places + m->nplaces; p++)
		if (p->account == l->account && p->item == l->item && p->lot == l->lot)
			return;
	if (m->nplaces < m->room)
		m->places[m->nplaces++] = (struct stock_shortage){
			.account = l->account, .item = l->item, .lot = l->lot
		};
}

static int
lines_here(struct ctx *cx, struct merging *m, const struct movement *from, struct movement *to)
{
	struct movement_line *l = arena_array(cx->arena, struct movement_line, from->nlines + 1);
	bool late = false;
	size_t i;

	for (i = 0; i < from->nlines; i++) {
		const struct movement_line *was = &from->lines[i];

		l[i] = *was;
		TRY(id_here(cx, m, stock_account_kind.name, was->account, &l[i].account, &late));
		TRY(id_here(cx, m, item_kind.name, was->item, &l[i].item, &late));
		TRY(id_here(cx, m, lot_kind.name, was->lot, &l[i].lot, &late));
		moved(m, &l[i]);
	}
	to->lines = l;
	return late ? fail(cx, RC_BUG, "%s", "a set names what is not there") : RC_OK;
}

/* A clock that is wrong by more than the ledger takes: the set is of now. */
static int64_t
moment_here(const struct ctx *cx, int64_t at)
{
	return at > cx->now + US_PER_DAY || at < INT64_C(946684800) * US_PER_SECOND ? cx->now : at;
}

static int
post(struct ctx *cx, struct tx *tx, struct merging *m, const struct field_set *s,
    struct movement *to)
{
	bool late = false, again;
	int rc;

	TRY(lines_here(cx, m, &s->m, to));
	TRY(id_here(cx, m, recipe_kind.name, s->m.recipe, &to->recipe, &late));
	TRY(id_here(cx, m, transfer_kind.name, s->m.transfer, &to->transfer, &late));
	TRY(id_here(cx, m, stock_count_kind.name, s->m.sheet, &to->sheet, &late));
	to->at = moment_here(cx, s->m.at);
	to->allow_short = true;
	rc = movement_post_tx(cx, tx, to, &again);
	if (rc != RC_CONFLICT)
		return rc;
	/* Two laptops gave two sets one number: both are kept. */
	err_clear(cx);
	to->nonce = arena_printf(
	    cx->arena, "field-%lld-%lld", (long long)m->f->origin.number, (long long)s->m.id);
	return movement_post_tx(cx, tx, to, &again);
}

static int
make_set(struct ctx *cx, struct tx *tx, struct merging *m, const struct field_set *s)
{
	const struct actor *who = cx->actor;
	struct movement to = s->m;
	struct actor by;
	int64_t here;
	int rc = RC_NOTFOUND;

	TRY(pair_of(cx, m, "movement_set", s->m.id, &here));
	if (here != 0)
		return RC_OK;
	if (s->m.reverses != 0) {
		TRY(set_here(cx, m, s->m.reverses, &to.reverses));
		/* Taken back twice is taken back. */
		rc = db_int(cx, &here, "SELECT id FROM movement_set WHERE reverses = $1",
		    VALS(v_int(to.reverses)));
	}
	if (rc == RC_NOTFOUND) {
		TRY(writer(cx, m, s->account, &by));
		cx->actor = &by;
		rc = post(cx, tx, m, s, &to);
		cx->actor = who;
		here = to.id;
	}
	TRY(rc);
	return put_pair(cx, tx, m, &(struct field_pair){ "movement_set", s->m.id, here, 0 });
}

static int
make_all(struct ctx *cx, struct tx *tx, struct merging *m)
{
	size_t i, set = 0;

	for (i = 0; i < m->f->nops; i++) {
		const struct field_op *o = &m->f->ops[i];

		if (strcmp(o->kind, "movement_set") == 0)
			TRY(make_set(cx, tx, m, &m->f->sets[set++]));
		else if (o->version == 1)
			TRY(make_rec(cx, tx, m, field_rec_of(m->f, o->kind, o->rec)));
	}
	return mend_late(cx, tx, m);
}

/* ---- what was changed ---- */

/* Whether operations wrote this sealed field; what it was before, nobody knows. */
static bool
wrote(struct ctx *cx, const struct field_rec *r, const char *field)
{
	return strstr(arena_printf(cx->arena, "%s,", r->fields),
		   arena_printf(cx->arena, ",%s,", field)) != NULL;
}

/* Of a sealed field: what stands here, if nobody in the house wrote it since the copy was made. */
static int
sealed_base(struct ctx *cx, const struct merging *m, const struct field_claim *c, const char **out)
{
	const char *field = c->k->kind->fields[c->first].name, **plain;
	void *rec = arena_alloc(cx->arena, c->k->kind->size);
	int64_t since;
	int rc;

	*out = FIELD_UNSEEN;
	TRY(db_int(cx, &since,
	    "SELECT count(*) FROM audit WHERE kind = $1 AND rec = $2 AND at > $3 AND ',' || fields "
	    "|| ',' LIKE $4",
	    VALS(v_text(c->k->kind->name), v_int(c->here), v_int(m->f->origin.made_at),
		v_text(arena_printf(cx->arena, "%%,%s,%%", field)))));
	rc = since > 0 ? RC_NOTFOUND : kind_load(cx, c->k->kind, c->here, rec);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(field_part_open(cx, c->k, c->first, c->here, &plain));
	*out = field_part_json(cx, c->k, c->first, rec, plain);
	return RC_OK;
}

static int
claim_rec(
    struct ctx *cx, struct tx *tx, const struct merging *m, const struct field_rec *r, bool met)
{
	struct field_claim c = { .k = r->k,
		.copy = m->f->origin.number,
		.headquarters = m->f->origin.headquarters,
		.newest = m->newest };
	size_t part[PART_FIELDS];
	const char **none = arena_array(cx->arena, const char *, r->k->kind->nfields);
	void *is, *was = NULL;
	bool late = false;
	int64_t claims;

	c.here = r->id;
	if (r->made)
		TRY(pair_of(cx, m, r->k->kind->name, r->id, &c.here));
	TRY(rec_here(cx, m, r->k, r->is, &is, &late));
	if (met)
		TRY(maker(cx, r->k, c.here, &c.owner));
	else
		TRY(rec_here(cx, m, r->k, r->was, &was, &late));
	TRY(db_int(cx, &claims,
	    "SELECT count(*) FROM field_claim WHERE copy = $1 AND kind = $2 AND rec = $3",
	    VALS(v_int(c.copy), v_text(r->k->kind->name), v_int(c.here))));
	for (c.first = 0; c.first < r->k->kind->nfields; c.first++) {
		if (field_part(r->k, c.first, part) == 0)
			continue;
		c.value = field_part_json(cx, r->k, c.first, is, r->plain);
		c.secret = field_part_secret(cx, r->k, c.first, r->plain);
		c.base = met ? FIELD_UNSEEN : field_part_json(cx, r->k, c.first, was, none);
		if (c.secret != NULL && !wrote(cx, r, r->k->kind->fields[c.first].name))
			continue;
		if (c.secret != NULL && !met)
			TRY(sealed_base(cx, m, &c, &c.base));
		if (claims > 0 || strcmp(c.base, c.value) != 0)
			TRY(field_claim_tx(cx, tx, &c));
	}
	return RC_OK;
}

/* Departures come before arrivals: a household that moved on the laptop is not in two centres. */
static int
claim_all(struct ctx *cx, struct tx *tx, const struct merging *m, const struct kind *only)
{
	const struct actor *who = cx->actor;
	struct actor by;
	size_t i;
	int rc = RC_OK;

	for (i = 0; i < m->f->nrecs && rc == RC_OK; i++) {
		const struct field_rec *r = &m->f->recs[i];

		if (r->gone || r->was == NULL || (only != NULL && r->k->kind != only))
			continue;
		TRY(writer(cx, m, r->account, &by));
		cx->actor = &by;
		rc = claim_rec(cx, tx, m, r, false);
		cx->actor = who;
	}
	for (i = 0; only == NULL && i < m->nmet && rc == RC_OK; i++)
		rc = claim_rec(cx, tx, m, m->met[i], true);
	return rc;
}

/* ---- the end ---- */

static int
finish(struct ctx *cx, struct tx *tx, struct merging *m)
{
	int64_t hq = m->f->origin.headquarters;
	size_t i;

	for (i = 0; i < m->nplaces; i++)
		TRY(shortage_settle_tx(cx, tx, &m->places[i]));
	TRY(db_int(cx, &m->sums->conflicts,
	    "SELECT count(*) FROM field_conflict WHERE headquarters = $1 AND state = 'waiting'",
	    VALS(v_int(hq))));
	TRY(db_int(cx, &m->sums->shortages,
	    "SELECT count(*) FROM stock_shortage WHERE state = 'open'", NO_VALS));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE field_copy SET merged_at = $1, merges = merges + 1, operations = operations + "
	    "$2 WHERE id = $3",
	    VALS(v_int(cx->now), v_int(m->sums->merged), v_int(m->f->origin.number))));
	return audit_tx(cx, tx, "field_merge", headquarters_kind.name, hq, NULL);
}

static int
merge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct merging *m = arg;
	size_t i;

	*m = (struct merging){ .f = m->f, .sums = m->sums };
	*m->sums = (struct field_sums){ .copy = m->f->origin.number };
	for (i = 0; i < m->f->nsets; i++)
		m->room += m->f->sets[i].m.nlines;
	m->places = arena_array(cx->arena, struct stock_shortage, m->room + 1);
	m->late = arena_array(cx->arena, const struct field_rec *, m->f->nrecs + 1);
	m->met = arena_array(cx->arena, const struct field_rec *, m->f->nrecs + 1);
	TRY(db_int(cx, &m->newest, "SELECT coalesce(max(id), 0) FROM field_copy", NO_VALS));
	TRY(note_ops(cx, tx, m));
	TRY(claim_all(cx, tx, m, &stay_kind));
	TRY(make_all(cx, tx, m));
	TRY(claim_all(cx, tx, m, NULL));
	return finish(cx, tx, m);
}

static int
read_copy(struct ctx *cx, struct store *from, struct field_read *f)
{
	struct ctx copy = { .arena = cx->arena,
		.actor = &actor_system,
		.now = cx->now,
		.today = cx->today,
		.lang = cx->lang,
		.app = cx->app };
	unsigned char key[32];
	int rc;

	db_bind(&copy, from);
	rc = field_origin_read(cx, &copy, f, key);
	if (rc == RC_OK) {
		vault_use(key);
		rc = field_read_all(&copy, f);
		vault_back();
		if (rc == RC_INVALID && copy.err.text != NULL)
			rc = fail(cx, rc, "%s", copy.err.text);
		else if (rc != RC_OK)
			rc = fail(cx, RC_INVALID,
			    N_("This file is no copy of a headquarters, or it is damaged. Nothing "
			       "was merged."));
	}
	db_end(&copy);
	return rc;
}

int
field_merge(struct ctx *cx, struct store *from, struct field_sums *out)
{
	struct field_read f = { 0 };
	struct merging m = { .f = &f, .sums = out };

	if (!may(cx, CAP_RELIEF_OPEN))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(read_copy(cx, from, &f));
	return db_write(cx, merge_fn, &m);
}

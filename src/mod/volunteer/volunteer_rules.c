/* volunteer_rules.c – taking somebody down, the form of strangers, the briefing, what a shift needs, what is sealed. */
#include "mod/volunteer/volunteer_inner.h"

#include "kind/proof.h"
#include "kind/vault.h"

#include <string.h>

/* ---- taking down ---- */

struct taking {
	const struct volunteer_in *in;
	const struct shift_wish *wish; /* NULL = none */
	int64_t id;
	bool again;
};

static int
sent_before(struct ctx *cx, struct taking *t)
{
	int rc;

	t->again = false;
	if (t->in->nonce == NULL)
		return RC_OK;
	rc = db_int(cx, &t->id, "SELECT volunteer FROM volunteer_sent WHERE nonce = $1",
	    VALS(v_text(t->in->nonce)));
	t->again = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static void
fill(struct ctx *cx, const struct volunteer_in *in, struct volunteer *v)
{
	kind_empty(&volunteer_kind, v);
	v->person = in->person;
	v->name = in->person != 0 ? NULL : relief_trim(cx->arena, in->name);
	v->phone.fresh = relief_trim(cx->arena, in->phone);
	v->birth_year = in->birth_year;
	v->skills = in->skills;
	v->languages = in->languages;
	v->words = relief_trim(cx->arena, in->words);
	v->way = in->desk ? "desk" : "page";
}

/* RULE volunteer-7 */
static int
check_stranger(struct ctx *cx, const struct volunteer *v)
{
	const char *d, *mac;
	int64_t n;

	if (v->phone.fresh == NULL) {
		fail_field(cx, "phone", N_("Write a telephone: we call when something changes."));
		return RC_OK;
	}
	d = relief_digits(cx->arena, v->phone.fresh);
	if (strlen(d) < 5)
		return RC_OK; /* named by the check of the kind */
	mac = vault_mac_hex(cx->arena, VAULT_RELIEF, d);
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM volunteer WHERE phone_mac = $1 AND way = 'page' AND created_at > "
	    "$2",
	    VALS(v_text(mac), v_int(cx->now - US_PER_DAY))));
	return n < VOLUNTEER_PHONE_A_DAY
		   ? RC_OK
		   : fail(cx, RC_RULE,
			 N_("From this telephone %s forms came in a day. Please call the hotline."),
			 num(cx, n));
}

static int
write_taken(struct ctx *cx, struct tx *tx, struct taking *t)
{
	struct volunteer v;

	fill(cx, t->in, &v);
	if (!t->in->desk)
		TRY(check_stranger(cx, &v));
	if (cx->err.fields != NULL) {
		TRY(kind_check(cx, &volunteer_kind, NULL, &v));
		return RC_INVALID;
	}
	TRY(kind_insert_tx(cx, tx, &volunteer_kind, &v));
	t->id = v.rec.id;
	if (t->in->nonce != NULL)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO volunteer_sent (nonce, volunteer) VALUES ($1, $2)",
		    VALS(v_text(t->in->nonce), v_int(t->id))));
	return RC_OK;
}

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct taking *t = arg;
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	struct signing s;
	int64_t id;
	int rc;

	TRY(sent_before(cx, t));
	if (t->again)
		return RC_OK;
	cx->actor = &house;
	rc = write_taken(cx, tx, t);
	cx->actor = who;
	TRY(rc);
	if (t->wish == NULL)
		return RC_OK;
	s = (struct signing){ t->id, *t->wish, !t->in->desk };
	return shift_sign_tx(cx, tx, &s, &id);
}

static int
take(struct ctx *cx, struct taking *t)
{
	int64_t key = t->wish == NULL ? 0 : shift_key(t->wish->shift);

	if (t->in->desk)
		TRY(shift_writer(cx));
	return db_write_keys(cx, &key, t->wish == NULL ? 0 : 1, take_fn, t);
}

int
volunteer_take(struct ctx *cx, const struct volunteer_in *in, int64_t *id, bool *again)
{
	return volunteer_join(cx, in, NULL, id, again);
}

int
volunteer_join(struct ctx *cx, const struct volunteer_in *in, const struct shift_wish *wish,
    int64_t *id, bool *again)
{
	struct taking t = { in, wish, 0, false };

	TRY(take(cx, &t));
	*id = t.id;
	*again = t.again;
	return RC_OK;
}

int
volunteer_by_code(struct ctx *cx, const char *typed, struct volunteer *out)
{
	char code[RELIEF_CODE + 1];
	int64_t id;

	if (!relief_code_read(typed, code)) {
		fail_field(cx, "code",
		    N_("This code was mistyped: it has nine digits, and one of them is wrong."));
		return RC_INVALID;
	}
	TRY(db_int(cx, &id, "SELECT id FROM volunteer WHERE code = $1", VALS(v_text(code))));
	return kind_load(cx, &volunteer_kind, id, out);
}

/* ---- the briefing ---- */

static int
brief_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	struct volunteer v;
	int rc;

	TRY(kind_load(cx, &volunteer_kind, *id, &v));
	if (v.briefed_on != 0)
		return RC_OK; /* pressed twice is once */
	v.briefed_on = cx->today;
	v.briefed_by = cx->actor->account;
	cx->actor = &house;
	rc = kind_update_tx(cx, tx, &volunteer_kind, &v);
	cx->actor = who;
	return rc;
}

int
volunteer_brief(struct ctx *cx, int64_t id)
{
	TRY(shift_writer(cx));
	return db_write(cx, brief_fn, &id);
}

int
volunteer_open_sealed(struct ctx *cx, int64_t id, struct volunteer_opened *out)
{
	struct volunteer v;

	*out = (struct volunteer_opened){ 0 };
	TRY(shift_writer(cx));
	TRY(kind_get(cx, &volunteer_kind, id, &v));
	TRY(kind_unseal(cx, &volunteer_kind, id, "phone", &out->phone));
	TRY(kind_unseal(cx, &volunteer_kind, id, "consent_by", &out->parent));
	return kind_unseal(cx, &volunteer_kind, id, "injury", &out->injury);
}

/* ---- what a shift needs ---- */

struct needing {
	int64_t shift, people;
	const char *role;
};

static int
need_gone(struct ctx *cx, struct tx *tx, struct shift_need *n)
{
	int64_t need, filled;
	struct shift s;

	TRY(kind_load(cx, &shift_kind, n->shift, &s));
	if (s.headquarters != 0)
		TRY(headquarters_takes(cx, s.headquarters));
	TRY(shift_filled(cx, n->shift, n->role, &need, &filled));
	if (filled > 0) {
		fail_field(cx, "people", N_("%s people have a place already."), num(cx, filled));
		return RC_INVALID;
	}
	TRY(kind_removed_tx(cx, tx, &shift_need_kind, n, "shift,role"));
	return tx_run(cx, tx, NULL, "DELETE FROM shift_need WHERE id = $1", VALS(v_int(n->rec.id)));
}

static int
need_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct needing *in = arg;
	struct shift_need n;
	int64_t id;
	int rc;

	rc = db_int(cx, &id, "SELECT id FROM shift_need WHERE shift = $1 AND role = $2",
	    VALS(v_int(in->shift), v_text(in->role)));
	if (rc == RC_NOTFOUND) {
		if (in->people == 0)
			return RC_OK;
		kind_empty(&shift_need_kind, &n);
		n.shift = in->shift;
		n.role = in->role;
		n.people = in->people;
		return kind_insert_tx(cx, tx, &shift_need_kind, &n);
	}
	TRY(rc);
	TRY(kind_load(cx, &shift_need_kind, id, &n));
	if (in->people == 0)
		return need_gone(cx, tx, &n);
	n.people = in->people;
	return kind_update_tx(cx, tx, &shift_need_kind, &n);
}

int
shift_need_set(struct ctx *cx, int64_t shift, const char *role, int64_t people)
{
	int64_t key = shift_key(shift);

	TRY(shift_writer(cx));
	return db_write_keys(cx, &key, 1, need_fn, &(struct needing){ shift, people, role });
}

/* centre_rules.c – arriving, moving, leaving; finding a household at the desk; who may see the family behind it.
 *
 * Read arrive_fn() from top to bottom: was this form sent before, which household, does the centre take it, is it
 * somewhere else, the stay. */
#include "mod/centre/centre_inner.h"

#include <string.h>

#include "db/sqllist.h"
#include "kind/vault.h"

static int
may_write(struct ctx *cx)
{
	return may(cx, CAP_RELIEF_WRITE)
		   ? RC_OK
		   : fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

static const char *
words_of(struct ctx *cx, const char *text)
{
	size_t n;

	if (text == NULL)
		return NULL;
	text += strspn(text, " \t\r\n");
	for (n = strlen(text); n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL;)
		n--;
	return n == 0 ? NULL : arena_strn(cx->arena, text, n);
}

/* ---- a household ---- */

static int
take_tx(struct ctx *cx, struct tx *tx, const struct household_in *in, struct household *h)
{
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	int rc;

	kind_empty(&household_kind, h);
	h->headquarters = in->headquarters;
	h->need = in->need;
	h->code = in->code;
	h->district = in->district;
	h->name.fresh = words_of(cx, in->name);
	h->phone.fresh = words_of(cx, in->phone);
	memcpy(&h->under5_f, in->heads.n, sizeof(in->heads.n));
	h->pregnant = in->pregnant;
	h->disabled = in->disabled;
	h->insulin = in->insulin;
	cx->actor = &house;
	rc = kind_insert_tx(cx, tx, &household_kind, h);
	cx->actor = who;
	return rc;
}

struct taking {
	const struct household_in *in;
	struct household h;
};

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct taking *t = arg;

	return take_tx(cx, tx, t->in, &t->h);
}

int
household_take(struct ctx *cx, const struct household_in *in, int64_t *id)
{
	struct taking *t = arena_new(cx->arena, struct taking);

	TRY(may_write(cx));
	t->in = in;
	TRY(db_write(cx, take_fn, t));
	*id = t->h.rec.id;
	return RC_OK;
}

int
household_by_code(struct ctx *cx, const char *typed, struct household *out)
{
	char code[RELIEF_CODE + 1];
	const char *tail = typed == NULL ? NULL : strrchr(typed, '/');
	int64_t id;
	int rc;

	/* A QR code of a slip holds an address that ends with the code. */
	if (typed == NULL || !relief_code_read(tail == NULL ? typed : tail + 1, code)) {
		fail_field(cx, "code",
		    N_("This code was mistyped: it has nine digits, and one of them is wrong."));
		return RC_INVALID;
	}
	rc = db_int(cx, &id, "SELECT id FROM household WHERE code = $1", VALS(v_text(code)));
	if (rc == RC_NOTFOUND)
		return fail(cx, RC_NOTFOUND, N_("No household has this code."));
	TRY(rc);
	return kind_load(cx, &household_kind, id, out);
}

int
household_by_name(
    struct ctx *cx, int64_t headquarters, const char *words, int64_t ids[FOUND_MAX], size_t *n)
{
	AUTO_ROWS r = { 0 };
	const char *mac[NAME_WORDS];
	struct val v[NAME_WORDS + 2];
	struct buf sql;
	size_t nmac, i;

	*n = 0;
	TRY(families_open(cx, headquarters));
	name_macs(cx, words == NULL ? "" : words, mac, &nmac);
	if (nmac == 0)
		return RC_OK;
	v[0] = v_int(headquarters);
	v[1] = v_int((int64_t)nmac);
	for (i = 0; i < nmac; i++)
		v[2 + i] = v_text(mac[i]);
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql,
	    "SELECT w.household FROM household_word w JOIN household h ON h.id = w.household WHERE "
	    "h.headquarters = $1 AND w.mac IN (");
	for (i = 0; i < nmac; i++)
		buf_printf(&sql, "%s$%zu", i == 0 ? "" : ", ", i + 3);
	buf_str(
	    &sql, ") GROUP BY w.household HAVING count(*) = $2 ORDER BY w.household DESC LIMIT 20");
	TRY(db_rows(cx, &r, sql.p, (struct vals){ v, nmac + 2 }));
	while (*n < FOUND_MAX && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

int
household_stay(struct ctx *cx, int64_t household, struct stay *out)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM stay WHERE household = $1 AND left_at IS NULL",
	    VALS(v_int(household))));
	return kind_load(cx, &stay_kind, id, out);
}

/* ---- arriving ---- */

struct arriving {
	const struct arrival_in *in;
	struct arrival_out out;
	struct relief_place place;
	struct household h;
	int64_t at;
};

static int
sent_before(struct ctx *cx, const char *nonce, int64_t *stay, bool *again)
{
	int rc;

	*again = false;
	if (nonce == NULL)
		return RC_OK;
	rc = db_int(cx, stay, "SELECT stay FROM centre_sent WHERE nonce = $1", VALS(v_text(nonce)));
	*again = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
note_sent(struct ctx *cx, struct tx *tx, const char *nonce, int64_t stay)
{
	if (nonce == NULL)
		return RC_OK;
	return tx_run(cx, tx, NULL, "INSERT INTO centre_sent (nonce, stay) VALUES ($1, $2)",
	    VALS(v_text(nonce), v_int(stay)));
}

static int
open_place(struct ctx *cx, struct arriving *a)
{
	struct headquarters h;

	TRY(centre_place(cx, a->in->place, &a->place));
	TRY(headquarters_takes(cx, a->place.headquarters));
	TRY(kind_load(cx, &headquarters_kind, a->place.headquarters, &h));
	if (a->place.closed_on != 0 && a->place.closed_on <= day_of_moment(a->at))
		return fail(cx, RC_RULE, N_("This centre is not used any more."));
	if (day_of_moment(a->at) < h.opened_on)
		fail_field(cx, "at", N_("That was before the headquarters was opened."));
	return fields_rc(cx);
}

static int
find_household(struct ctx *cx, struct tx *tx, struct arriving *a)
{
	const struct arrival_in *in = a->in;
	struct household_in fresh = in->fresh;

	if (in->household != 0)
		TRY(kind_load(cx, &household_kind, in->household, &a->h));
	else if (in->code != NULL)
		TRY(household_by_code(cx, in->code, &a->h));
	else {
		fresh.headquarters = a->place.headquarters;
		TRY(take_tx(cx, tx, &fresh, &a->h));
	}
	if (a->h.headquarters != a->place.headquarters)
		return fail(cx, RC_RULE, N_("This household belongs to another headquarters."));
	return RC_OK;
}

/* Taken from where it is. Whoever is in this very centre has not moved. */
static int
depart_tx(struct ctx *cx, struct tx *tx, const struct arriving *a)
{
	struct stay s;
	int rc = household_stay(cx, a->h.rec.id, &s);

	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	if (s.place == a->in->place)
		return RC_OK;
	s.left_at = a->at;
	s.where_to = "centre";
	return kind_update_tx(cx, tx, &stay_kind, &s);
}

static int
enter_tx(struct ctx *cx, struct tx *tx, struct arriving *a)
{
	struct heads heads = household_heads(&a->h);
	struct stay s;

	if (a->in->move)
		TRY(depart_tx(cx, tx, a));
	kind_empty(&stay_kind, &s);
	s.household = a->h.rec.id;
	s.place = a->in->place;
	memcpy(&s.under5_f, heads.n, sizeof(heads.n));
	s.arrived_at = a->at;
	TRY(kind_insert_tx(cx, tx, &stay_kind, &s));
	a->out.stay = s.rec.id;
	return RC_OK;
}

static int
now_there(struct ctx *cx, struct arriving *a)
{
	a->out.capacity = a->place.capacity;
	return db_int(cx, &a->out.people,
	    "SELECT CAST(coalesce(sum" HEAD_SUM("") ", 0) AS BIGINT) FROM stay WHERE place = $1 "
						    "AND left_at IS NULL",
	    VALS(v_int(a->in->place)));
}

static int
arrive_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct arriving *a = arg;
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	int rc;

	a->out = (struct arrival_out){ 0 };
	TRY(sent_before(cx, a->in->nonce, &a->out.stay, &a->out.again));
	if (a->out.again)
		return db_int(cx, &a->out.household, "SELECT household FROM stay WHERE id = $1",
		    VALS(v_int(a->out.stay)));
	TRY(open_place(cx, a));
	TRY(find_household(cx, tx, a));
	a->out.household = a->h.rec.id;
	cx->actor = &house;
	rc = enter_tx(cx, tx, a);
	cx->actor = who;
	TRY(rc);
	return note_sent(cx, tx, a->in->nonce, a->out.stay);
}

/* What makes two desks wait for each other (PostgreSQL): the household, when it is known before the write. */
static int
household_keys(struct ctx *cx, const struct arrival_in *in, int64_t keys[1], size_t *n)
{
	struct stay s;
	struct household h;

	*n = 0;
	kind_empty(&stay_kind, &s);
	s.household = in->household;
	if (in->household == 0 && in->code != NULL) {
		TRY(household_by_code(cx, in->code, &h));
		s.household = h.rec.id;
	}
	if (s.household != 0)
		*n = kind_hot_keys(&stay_kind, &s, keys);
	return RC_OK;
}

int
centre_arrive(struct ctx *cx, const struct arrival_in *in, struct arrival_out *out)
{
	struct arriving *a = arena_new(cx->arena, struct arriving);
	int64_t keys[1];
	size_t n;
	int rc;

	TRY(may_write(cx));
	a->in = in;
	a->at = in->at == 0 ? cx->now : in->at;
	TRY(household_keys(cx, in, keys, &n));
	rc = db_write_keys(cx, keys, n, arrive_fn, a);
	if (rc ==
	    RC_EXISTS) { /* a twin was faster: now it is found by its form, or in its centre */
		err_clear(cx);
		rc = db_write_keys(cx, keys, n, arrive_fn, a);
	}
	TRY(rc);
	TRY(centre_place(cx, in->place, &a->place));
	TRY(now_there(cx, a));
	*out = a->out;
	return RC_OK;
}

/* ---- leaving ---- */

struct leaving {
	const struct departure_in *in;
	bool again;
};

static int
leave_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct leaving *l = arg;
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	struct stay s;
	int64_t stay;
	int rc;

	TRY(sent_before(cx, l->in->nonce, &stay, &l->again));
	if (l->again)
		return RC_OK;
	TRY(kind_load(cx, &stay_kind, l->in->stay, &s));
	if (s.left_at != 0)
		return fail(cx, RC_CONFLICT, N_("This household left already: %s, %s."),
		    moment_text(cx, s.left_at), option_label(cx, stay_ways, s.where_to));
	s.left_at = l->in->at == 0 ? cx->now : l->in->at;
	s.where_to = l->in->where_to;
	cx->actor = &house;
	rc = kind_update_tx(cx, tx, &stay_kind, &s);
	cx->actor = who;
	TRY(rc);
	return note_sent(cx, tx, l->in->nonce, s.rec.id);
}

int
centre_leave(struct ctx *cx, const struct departure_in *in, bool *again)
{
	struct leaving l = { in, false };
	struct stay s;
	int64_t keys[1];
	size_t n;
	int rc;

	TRY(may_write(cx));
	TRY(kind_load(cx, &stay_kind, in->stay, &s));
	n = kind_hot_keys(&stay_kind, &s, keys);
	rc = db_write_keys(cx, keys, n, leave_fn, &l);
	if (rc == RC_EXISTS) {
		err_clear(cx);
		rc = db_write_keys(cx, keys, n, leave_fn, &l);
	}
	*again = l.again;
	return rc;
}

/* charity_post.c – a donation received, aid handed over: one set of the ledger and one numbered paper, in one
 * transaction. The nonce is the ledger's own (RULE stock-3), so the same form sent twice is one paper; that two
 * desks cannot hand out the last blanket is the ledger's rule, too (stock-4). */
#include "mod/charity/charity_inner.h"

#include <string.h>

enum { OWN_LINES = 24 };

struct actor
charity_house(const struct actor *who)
{
	struct actor a = actor_system;

	a.account = who->account;
	a.person = who->person;
	a.login = who->login;
	a.name = who->name;
	return a;
}

struct posting {
	const struct charity_post *p;
	struct movement m;
	struct charity_posted out;
	bool cash;
	int64_t people; /* of the family */
};

/* Money has a place of its own. RULE charity-4 */
static int
place_of(struct ctx *cx, struct posting *g, int64_t *out)
{
	struct stock_account a;
	struct item i;
	size_t k;

	g->cash = false;
	for (k = 0; k < g->p->nlines; k++) {
		TRY(kind_load(cx, &item_kind, g->p->lines[k].item, &i));
		g->cash = g->cash || strcmp(i.base, "tiyn") == 0;
	}
	if (g->cash) {
		TRY(stock_account_find(cx, "cash", &a));
		*out = a.rec.id;
		return RC_OK;
	}
	*out = g->p->store;
	if (*out != 0 && kind_load(cx, &stock_account_kind, *out, &a) == RC_OK &&
	    strstr(KEPT, arena_printf(cx->arena, "'%s'", a.type)) != NULL &&
	    strcmp(a.code, "cash") != 0)
		return RC_OK;
	err_clear(cx);
	fail_field(cx, "store", N_("Choose the store."));
	return fields_rc(cx);
}

/* Each line of the form is two of the set: out of one account, into the other. */
static int
set_of(struct ctx *cx, struct posting *g, int64_t from, int64_t to)
{
	struct movement_line *l =
	    arena_array(cx->arena, struct movement_line, g->p->nlines * 2 + 1);
	size_t i;

	for (i = 0; i < g->p->nlines; i++) {
		l[2 * i] = l[2 * i + 1] = g->p->lines[i];
		if (l[2 * i].quantity <= 0)
			fail_field(cx, "lines", N_("A quantity is more than zero."));
		l[2 * i].account = from;
		l[2 * i].quantity = -l[2 * i].quantity;
		l[2 * i + 1].account = to;
	}
	g->m.lines = l;
	g->m.nlines = g->p->nlines * 2;
	return fields_rc(cx);
}

static int
check_lines(struct ctx *cx, const struct charity_post *p)
{
	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (p->nlines == 0)
		fail_field(cx, "lines", N_("Say what moves."));
	if (p->nlines > OWN_LINES)
		fail_field(cx, "lines", N_("At most %s lines on one paper."), "24");
	return fields_rc(cx);
}

/* The next number of the year; whoever writes one holds the year's key. */
static int
next_number(struct ctx *cx, const char *table, int64_t year, int64_t *out)
{
	return db_int(cx, out,
	    arena_printf(
		cx->arena, "SELECT coalesce(max(number), 0) + 1 FROM %s WHERE year = $1", table),
	    VALS(v_int(year)));
}

static const char *
paper_of(struct ctx *cx, int64_t number, int64_t year)
{
	return arena_printf(cx->arena, "%lld/%lld", (long long)number, (long long)year);
}

static int
other_content(struct ctx *cx)
{
	return fail(cx, RC_CONFLICT, N_("This nonce was used for a set with other content."));
}

static int
insert_as_house(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	const struct actor *who = cx->actor;
	struct actor house = charity_house(who);
	int rc;

	cx->actor = &house;
	rc = kind_insert_tx(cx, tx, k, rec);
	cx->actor = who;
	return rc;
}

/* What is not there, or not for this actor, is said beside its field; what was said before stays. A database that asks
 * for another run (PostgreSQL) passes. */
static int
found(struct ctx *cx, int rc, const char *field, const char *msgid)
{
	if (rc != RC_NOTFOUND && rc != RC_DENIED)
		return rc;
	cx->err.text = NULL;
	cx->err.rc = RC_OK;
	fail_field(cx, field, "%s", tr(cx, msgid));
	return RC_OK;
}

/* ---- receipts ---- */

static int
check_pledge(struct ctx *cx, const struct charity_post *p)
{
	struct pledge g = { 0 };

	if (p->pledge == 0)
		return RC_OK;
	TRY(found(cx, kind_get(cx, &pledge_kind, p->pledge, &g), "pledge",
	    N_("There is no such pledge.")));
	if (g.rec.id == 0)
		return RC_OK;
	if (g.donor != p->donor || g.drive != p->drive)
		fail_field(cx, "pledge", N_("This pledge is another donor's or of another drive."));
	else if (g.withdrawn_on != 0)
		fail_field(cx, "pledge", N_("This pledge was withdrawn."));
	return RC_OK;
}

static int
check_receipt(struct ctx *cx, const struct charity_post *p, struct donor *d)
{
	struct drive v = { 0 };

	TRY(found(cx, kind_get(cx, &donor_kind, p->donor, d), "donor", N_("Choose the donor.")));
	TRY(found(cx, kind_get(cx, &drive_kind, p->drive, &v), "drive", N_("Choose the drive.")));
	if (v.rec.id != 0 && strcmp(v.state, "planned") == 0)
		fail_field(cx, "drive", N_("This drive takes no donations now."));
	TRY(fields_rc(cx));
	TRY(check_pledge(cx, p));
	return fields_rc(cx);
}

static int
same_receipt(struct ctx *cx, struct posting *g)
{
	const struct charity_post *p = g->p;
	int rc = db_int(cx, &g->out.id,
	    "SELECT id FROM charity_receipt WHERE movement = $1 AND donor = $2 AND drive = $3 AND "
	    "coalesce(pledge, 0) = $4",
	    VALS(v_int(g->m.id), v_int(p->donor), v_int(p->drive), v_int(p->pledge)));

	return rc == RC_NOTFOUND ? other_content(cx) : rc;
}

static int
receive_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct posting *g = arg;
	struct charity_receipt r;
	struct donor d;
	int64_t to;

	TRY(check_receipt(cx, g->p, &d));
	TRY(place_of(cx, g, &to));
	TRY(set_of(cx, g, d.account, to));
	TRY(movement_post_tx(cx, tx, &g->m, &g->out.again));
	g->out.movement = g->m.id;
	if (g->out.again)
		return same_receipt(cx, g);
	kind_empty(&charity_receipt_kind, &r);
	r.day = day_of_moment(g->p->at);
	r.year = day_year(r.day);
	TRY(next_number(cx, "charity_receipt", r.year, &r.number));
	r.paper = paper_of(cx, r.number, r.year);
	r.code = g->p->code != NULL ? g->p->code : charity_code_new(cx->arena);
	r.movement = g->m.id;
	r.donor = g->p->donor;
	r.drive = g->p->drive;
	r.pledge = g->p->pledge;
	r.cash = g->cash;
	TRY(insert_as_house(cx, tx, &charity_receipt_kind, &r));
	g->out.id = r.rec.id;
	return RC_OK;
}

/* ---- acts of handing over ---- */

static int
check_aid(struct ctx *cx, const struct charity_post *p, struct recipient *r)
{
	struct drive v;

	*r = (struct recipient){ 0 };
	TRY(found(cx, kind_get(cx, &recipient_kind, p->recipient, r), "recipient",
	    N_("Choose the family.")));
	if (r->rec.id != 0 && r->code == NULL)
		fail_field(cx, "recipient",
		    N_("The term of this family is over; only what is counted is left."));
	if (p->drive != 0)
		TRY(found(
		    cx, kind_get(cx, &drive_kind, p->drive, &v), "drive", N_("Choose the drive.")));
	return fields_rc(cx);
}

static int
same_aid(struct ctx *cx, struct posting *g)
{
	const struct charity_post *p = g->p;
	int rc = db_int(cx, &g->out.id,
	    "SELECT id FROM charity_aid WHERE movement = $1 AND recipient = $2 AND coalesce(drive, "
	    "0) = $3",
	    VALS(v_int(g->m.id), v_int(p->recipient), v_int(p->drive)));

	return rc == RC_NOTFOUND ? other_content(cx) : rc;
}

static int
hand_over_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct posting *g = arg;
	struct stock_account to;
	struct charity_aid a;
	struct recipient r;
	int64_t from;

	TRY(check_aid(cx, g->p, &r));
	TRY(place_of(cx, g, &from));
	TRY(stock_account_find(cx, "household", &to));
	TRY(set_of(cx, g, from, to.rec.id));
	TRY(movement_post_tx(cx, tx, &g->m, &g->out.again));
	g->out.movement = g->m.id;
	if (g->out.again)
		return same_aid(cx, g);
	kind_empty(&charity_aid_kind, &a);
	a.day = day_of_moment(g->p->at);
	a.year = day_year(a.day);
	TRY(next_number(cx, "charity_aid", a.year, &a.number));
	a.paper = paper_of(cx, a.number, a.year);
	a.movement = g->m.id;
	a.recipient = g->p->recipient;
	a.drive = g->p->drive;
	a.people = r.people;
	a.cash = g->cash;
	TRY(insert_as_house(cx, tx, &charity_aid_kind, &a));
	g->out.id = a.rec.id;
	return RC_OK;
}

/* ---- both ---- */

static int
post(struct ctx *cx, const struct charity_post *p, const char *type, const struct kind *paper,
    struct charity_posted *out)
{
	bool receipt = paper == &charity_receipt_kind;
	struct posting *g = arena_new(cx->arena, struct posting);
	struct movement of = { .lines = p->lines, .nlines = p->nlines };
	int64_t keys[SET_ITEMS_MAX + 1];
	size_t n;
	int rc;

	TRY(check_lines(cx, p));
	TRY(movement_keys(cx, &of, keys, &n));
	keys[n++] = (int64_t)kind_number(paper) << 48 | day_year(day_of_moment(p->at));
	g->p = p;
	g->m = (struct movement){ .nonce = p->nonce, .at = p->at, .type = type };
	rc = db_write_keys(cx, keys, n, receipt ? receive_fn : hand_over_fn, g);
	if (rc == RC_EXISTS) { /* a twin was faster: now it is found by its nonce */
		err_clear(cx);
		rc = db_write_keys(cx, keys, n, receipt ? receive_fn : hand_over_fn, g);
	}
	*out = g->out;
	return rc;
}

int
charity_receive(struct ctx *cx, const struct charity_post *p, struct charity_posted *out)
{
	return post(cx, p, "receipt", &charity_receipt_kind, out);
}

int
charity_hand_over(struct ctx *cx, const struct charity_post *p, struct charity_posted *out)
{
	return post(cx, p, "issue", &charity_aid_kind, out);
}

/* ---- a promise taken back ---- */

struct withdrawing {
	int64_t id, version;
};

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct withdrawing *w = arg;
	struct pledge p;

	TRY(kind_get(cx, &pledge_kind, w->id, &p));
	if (p.rec.version != w->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	if (p.withdrawn_on != 0)
		return fail(cx, RC_RULE, N_("This pledge was withdrawn."));
	p.withdrawn_on = cx->today;
	return kind_update_tx(cx, tx, &pledge_kind, &p);
}

int
pledge_withdraw(struct ctx *cx, int64_t id, int64_t version)
{
	return db_write(cx, withdraw_fn, &(struct withdrawing){ id, version });
}

/* ---- the account of money ---- */

static int
seed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct stock_account a;
	int64_t id;
	int rc = db_int(cx, &id, "SELECT id FROM stock_account WHERE code = 'cash'", NO_VALS);

	(void)arg;
	if (rc != RC_NOTFOUND)
		return rc;
	kind_empty(&stock_account_kind, &a);
	a.code = "cash";
	a.type = "store";
	a.name = (struct text3){ "Ақша (шот және касса)", "Деньги (счёт и касса)",
		"Money (account and cash desk)" };
	return kind_insert_tx(cx, tx, &stock_account_kind, &a);
}

int
charity_seed(struct ctx *cx)
{
	return db_write(cx, seed_fn, NULL);
}

/* charity_check.c – who sees and writes which drives and families, and what each record must be. */
#include "mod/charity/charity_inner.h"

#include <string.h>

#include "kind/vault.h"
#include "lang/order.h"

/* ---- scopes ---- */

void
drive_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_STOCK_READ))
		query_and(q, "drive.state <> 'planned'", NO_VALS);
}

void
need_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_STOCK_READ))
		query_and(q,
		    "drive_need.drive IN (SELECT d.id FROM drive d WHERE d.state <> 'planned')",
		    NO_VALS);
}

static const char *
own_bodies(struct ctx *cx)
{
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	buf_str(&b, "(0");
	for (i = 0; i < cx->actor->nscope; i++)
		buf_printf(&b, ",%lld", (long long)cx->actor->scope[i]);
	buf_char(&b, ')');
	return b.p;
}

/* RULE charity-5: a leader sees the families that the own body registered. */
void
recipient_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "recipient.person");
	if (actor_scoped(cx->actor))
		query_and(
		    q, arena_printf(cx->arena, "recipient.body IN %s", own_bodies(cx)), NO_VALS);
}

void
aid_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_RIGHTS))
		query_and(q,
		    "charity_aid.recipient NOT IN (SELECT r.id FROM recipient r JOIN person p ON "
		    "p.id = r.person WHERE p.restricted_on IS NOT NULL)",
		    NO_VALS);
	if (actor_scoped(cx->actor))
		query_and(q,
		    arena_printf(cx->arena,
			"charity_aid.recipient IN (SELECT r.id FROM recipient r WHERE r.body IN "
			"%s)",
			own_bodies(cx)),
		    NO_VALS);
}

int
recipient_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct recipient *r = rec, *was = old;

	if (!actor_scoped(cx->actor))
		return RC_OK;
	if (r->body != 0 && actor_in_scope(cx->actor, r->body) &&
	    (was == NULL || (was->body != 0 && actor_in_scope(cx->actor, was->body))))
		return RC_OK;
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

/* ---- what the program fills in ---- */

int
drive_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct drive *d = rec;

	(void)cx;
	if (old == NULL && (d->state == NULL || *d->state == '\0'))
		d->state = "planned";
	return RC_OK;
}

int
drive_need_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct drive_need *n = rec;

	(void)cx;
	if (old == NULL && (n->state == NULL || *n->state == '\0'))
		n->state = "needed";
	return RC_OK;
}

int
donor_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct donor *d = rec;
	struct stock_account a;

	if (old == NULL && d->code == NULL)
		d->code = charity_code_new(cx->arena);
	/* RULE charity-2: nobody unnamed is ever to be named. */
	if (d->type != NULL && strcmp(d->type, "anonymous") == 0)
		d->named = false;
	if (d->account != 0)
		return RC_OK;
	TRY(stock_account_find(cx, "donor", &a));
	d->account = a.rec.id;
	return RC_OK;
}

int
pledge_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct pledge *p = rec;

	if (old == NULL && p->code == NULL)
		p->code = charity_code_new(cx->arena);
	if (old == NULL && p->day == 0)
		p->day = cx->today;
	return RC_OK;
}

const char *
recipient_mac(struct ctx *cx, const char *name)
{
	return vault_mac_hex(cx->arena, VAULT_IIN,
	    arena_printf(cx->arena, "recipient|%s", fold_key(cx->arena, name)));
}

int
recipient_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct recipient *r = rec;

	if (old == NULL && r->code == NULL)
		r->code = charity_code_new(cx->arena);
	if (old == NULL && r->known_on == 0)
		r->known_on = cx->today;
	if (old == NULL && r->body == 0 && actor_scoped(cx->actor))
		r->body = cx->actor->body;
	if (r->name.fresh != NULL)
		r->name_mac = recipient_mac(cx, r->name.fresh);
	else if (r->name.clear)
		r->name_mac = NULL;
	return RC_OK;
}

/* ---- what tells them apart in a list to choose from ---- */

const char *
donor_hint(struct ctx *cx, const void *rec)
{
	const struct donor *d = rec;
	const char *title = "";

	if (d->body != 0 && kind_titles(cx, &body_kind, &d->body, 1, &title) == RC_OK)
		return title;
	return option_label(cx, donor_types, d->type);
}

const char *
recipient_hint(struct ctx *cx, const void *rec)
{
	const struct recipient *r = rec;
	const char *title = "";

	if (r->district == 0 || kind_titles(cx, &district_kind, &r->district, 1, &title) != RC_OK)
		title = "";
	return arena_printf(cx->arena, "%s, %s%s%s",
	    trn(cx, r->people, "%s person", "%s people", num(cx, r->people)),
	    option_label(cx, recipient_reasons, r->reason), *title == '\0' ? "" : ", ", title);
}

/* ---- checks ---- */

int
drive_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct drive *d = rec;

	(void)old;
	if (d->to_day != 0 && d->to_day < d->from_day)
		fail_field(cx, "to_day", N_("The end lies before the beginning."));
	return RC_OK;
}

int
drive_need_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct drive_need *n = rec;
	int64_t twins;

	if (old != NULL || n->drive == 0 || n->item == 0)
		return RC_OK;
	TRY(db_int(cx, &twins, "SELECT count(*) FROM drive_need WHERE drive = $1 AND item = $2",
	    VALS(v_int(n->drive), v_int(n->item))));
	if (twins > 0)
		fail_field(cx, "item", N_("This stands in the list already."));
	return RC_OK;
}

static bool
has_name(const struct sealed *now)
{
	return now->fresh != NULL || (now->present && !now->clear);
}

/* Each sort of donor is known by one thing and by nothing else. */
static void
check_who(struct ctx *cx, const struct donor *d)
{
	bool person = strcmp(d->type, "person") == 0, body = strcmp(d->type, "body") == 0,
	     company = strcmp(d->type, "company") == 0;

	if (person && d->person == 0 && !has_name(&d->name))
		fail_field(cx, "name", N_("Choose the person or write the name."));
	if (person && d->person != 0 && has_name(&d->name))
		fail_field(cx, "name", N_("The registry has the name: leave this empty."));
	if (!person && d->person != 0)
		fail_field(cx, "person", N_("Only for a donor who is a person."));
	if (!person && has_name(&d->name))
		fail_field(cx, "name", N_("Only for a donor who is a person."));
	if (body != (d->body != 0))
		fail_field(cx, "body",
		    body ? N_("Choose the body.") : N_("Only for a donor who is a body."));
	if (company != (d->company != NULL && *d->company != '\0'))
		fail_field(cx, "company",
		    company ? N_("Write the company's name.")
			    : N_("Only for a donor who is a company."));
	if (!company && d->bin != NULL && *d->bin != '\0')
		fail_field(cx, "bin", N_("Only for a donor who is a company."));
}

int
donor_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct donor *d = rec;
	struct stock_account a;

	(void)old;
	if (d->type != NULL)
		check_who(cx, d);
	if (d->account != 0) {
		TRY(kind_load(cx, &stock_account_kind, d->account, &a));
		if (strcmp(a.type, "donor") != 0)
			fail_field(cx, "account", N_("Choose an account of donors."));
	}
	return RC_OK;
}

int
pledge_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct pledge *p = rec;
	struct drive d;

	if (p->due != 0 && p->day != 0 && p->due < p->day)
		fail_field(cx, "due", N_("This lies before the day of the promise."));
	if (old != NULL || p->drive == 0)
		return RC_OK;
	TRY(kind_load(cx, &drive_kind, p->drive, &d));
	if (strcmp(d.state, "open") != 0)
		fail_field(cx, "drive", N_("This drive takes no donations now."));
	if (p->day > cx->today)
		fail_field(cx, "day", N_("This day has not come yet."));
	return RC_OK;
}

int
recipient_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct recipient *r = rec;

	if (old != NULL && r->code == NULL)
		return fail(cx, RC_RULE,
		    N_("The term of this family is over; only what is counted is left."));
	if (r->person != 0 && has_name(&r->name))
		fail_field(cx, "name", N_("The registry has the name: leave this empty."));
	if (old == NULL && r->person == 0 && !has_name(&r->name))
		fail_field(cx, "name", N_("Choose the person or write the name."));
	if (r->children != INT_NONE && r->people != INT_NONE && r->children > r->people)
		fail_field(cx, "children", N_("More children than people."));
	if (r->type != NULL && strcmp(r->type, "person") == 0 && r->people > 1)
		fail_field(cx, "people", N_("A person living alone is one."));
	return RC_OK;
}

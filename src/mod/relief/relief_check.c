/* relief_check.c – what the machine fills and what it refuses, at every door: nothing is added to a closed
 * headquarters, the log only grows, a place has its account, a need counts its people once. */
#include "mod/relief/relief_inner.h"

#include <ctype.h>
#include <string.h>

#include "kind/vault.h"
#include "lang/order.h"

const char *
relief_trim(struct arena *a, const char *text)
{
	size_t n;

	if (text == NULL)
		return NULL;
	text += strspn(text, " \t\r\n");
	n = strlen(text);
	while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
		n--;
	return n == 0 ? NULL : arena_strn(a, text, n);
}

const char *
relief_digits(struct arena *a, const char *phone)
{
	char *out = arena_alloc(a, strlen(phone) + 1);
	size_t n = 0;

	for (; *phone != '\0'; phone++)
		if (*phone >= '0' && *phone <= '9')
			out[n++] = *phone;
	if (n == 11 && out[0] == '8')
		out[0] = '7';
	return out;
}

struct actor
relief_house(const struct ctx *cx)
{
	struct actor a = actor_system;

	a.account = cx->actor->account;
	a.person = cx->actor->person;
	a.login = cx->actor->login;
	a.name = cx->actor->name;
	return a;
}

/* RULE relief-1 */
int
headquarters_takes(struct ctx *cx, int64_t headquarters)
{
	struct headquarters h;

	TRY(kind_load(cx, &headquarters_kind, headquarters, &h));
	if (strcmp(h.state, "open") != 0)
		return fail(cx, RC_RULE,
		    N_("The headquarters is closed. Only lines of the log and late entries of the "
		       "stock can be added."));
	return RC_OK;
}

static int
part_takes(struct ctx *cx, int64_t headquarters)
{
	int rc = headquarters == 0 ? RC_OK : headquarters_takes(cx, headquarters);

	return rc == RC_NOTFOUND ? RC_OK : rc; /* named as missing by the kind */
}

/* ---- the headquarters ---- */

int
headquarters_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct headquarters *h = rec;

	if (old == NULL)
		h->state = "open";
	if (h->opened_on == 0)
		h->opened_on = cx->today;
	return RC_OK;
}

int
headquarters_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct headquarters *h = rec, *was = old;

	if (h->opened_on > cx->today)
		fail_field(cx, "opened_on", N_("This day lies ahead."));
	if (h->chief == 0 && was == NULL)
		fail_field(cx, "chief", N_("Say who is its chief."));
	/* What was closed stays as it was; closing itself is the one change. */
	if (was != NULL && strcmp(was->state, "closed") == 0)
		return fail(cx, RC_RULE,
		    N_("The headquarters is closed. Only lines of the log and late entries of the "
		       "stock can be added."));
	return RC_OK;
}

int
relief_part_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct relief_area *a = rec;

	(void)old;
	return part_takes(cx, a->headquarters);
}

int
relief_duty_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct relief_duty *d = rec;

	(void)old;
	if (d->person == 0 && (d->name == NULL || *d->name == '\0'))
		fail_field(cx, "name", N_("Say who is on duty."));
	if (d->starts_at != 0 && d->ends_at != 0 && d->ends_at <= d->starts_at)
		fail_field(cx, "ends_at", N_("It ends before it begins."));
	else if (d->starts_at != 0 && d->ends_at != 0 && d->ends_at - d->starts_at > US_PER_DAY)
		fail_field(cx, "ends_at", N_("A duty lasts a day at most."));
	return part_takes(cx, d->headquarters);
}

/* ---- the log ---- */

int
relief_log_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct relief_log *l = rec;

	if (old != NULL)
		return RC_OK;
	l->at = cx->now;
	l->author = cx->actor->account;
	return RC_OK;
}

/* RULE relief-4 */
int
relief_log_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct relief_log *l = rec;
	struct relief_log former;
	int rc;

	if (old != NULL)
		return fail(cx, RC_RULE,
		    N_("A line of the log is never changed. Write a further line that corrects "
		       "it."));
	if (l->corrects == 0)
		return RC_OK;
	rc = kind_load(cx, &relief_log_kind, l->corrects, &former);
	if (rc == RC_NOTFOUND || (rc == RC_OK && former.headquarters != l->headquarters)) {
		fail_field(cx, "corrects", N_("There is no such line in this log."));
		return RC_OK;
	}
	return rc;
}

/* ---- places ---- */

static const char *
account_type(const char *purpose)
{
	return strcmp(purpose, "kitchen") == 0 ? "kitchen" : "store";
}

/* Once in a headquarters: the same store serves one emergency after another. */
static int
place_code_free(struct ctx *cx, const struct relief_place *p)
{
	int64_t id;
	int rc =
	    db_int(cx, &id, "SELECT id FROM relief_place WHERE code = $1 AND headquarters = $2",
		VALS(v_text(p->code), v_int(p->headquarters)));

	if (rc == RC_OK)
		fail_field(
		    cx, "code", N_("This value is taken already by record %s."), num(cx, id));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
relief_place_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct relief_place *p = rec;
	struct stock_account a;
	int64_t id;
	int rc;

	if (old == NULL && p->code != NULL && p->purpose != NULL) {
		TRY(place_code_free(cx, p));
		rc = db_int(
		    cx, &id, "SELECT id FROM stock_account WHERE code = $1", VALS(v_text(p->code)));
		if (rc == RC_OK) {
			TRY(kind_load(cx, &stock_account_kind, id, &a));
			if (strcmp(a.type, account_type(p->purpose)) != 0)
				fail_field(cx, "code",
				    N_("The stock has an account of another type with this code."));
			else if (a.closed != 0)
				fail_field(cx, "code", N_("This account of the stock is closed."));
		} else if (rc != RC_NOTFOUND)
			return rc;
	}
	return part_takes(cx, p->headquarters);
}

int
relief_place_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct actor *who = cx->actor;
	const struct relief_place *p = rec;
	struct actor house = relief_house(cx);
	struct headquarters h;
	struct stock_account a;
	int64_t id;
	int rc;

	if (old != NULL)
		return RC_OK;
	rc = db_int(cx, &id, "SELECT id FROM stock_account WHERE code = $1", VALS(v_text(p->code)));
	if (rc != RC_NOTFOUND)
		return rc;
	TRY(kind_load(cx, &headquarters_kind, p->headquarters, &h));
	kind_empty(&stock_account_kind, &a);
	a.code = p->code;
	a.type = account_type(p->purpose);
	a.name = p->name;
	a.body = h.body;
	a.district = p->district;
	a.place = p->address;
	cx->actor = &house;
	rc = kind_insert_tx(cx, tx, &stock_account_kind, &a);
	cx->actor = who;
	return rc;
}

int
relief_place_account(struct ctx *cx, const struct relief_place *p, struct stock_account *out)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM stock_account WHERE code = $1", VALS(v_text(p->code))));
	return kind_load(cx, &stock_account_kind, id, out);
}

/* ---- offers ---- */

int
relief_offer_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct relief_offer *o = rec;

	(void)old;
	if (o->given_on == 0)
		o->given_on = cx->today;
	return RC_OK;
}

int
relief_offer_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct relief_offer *o = rec;
	int64_t other;
	int rc;

	if (o->given_on > cx->today)
		fail_field(cx, "given_on", N_("This day lies ahead."));
	if (o->withdrawn_on != 0 && o->withdrawn_on < o->given_on)
		fail_field(cx, "withdrawn_on", N_("The last day lies before the first."));
	if (old != NULL || o->person == 0)
		return RC_OK;
	rc = db_int(cx, &other,
	    "SELECT id FROM relief_offer WHERE person = $1 AND withdrawn_on IS NULL LIMIT 1",
	    VALS(v_int(o->person)));
	if (rc == RC_OK)
		fail_field(cx, "person", N_("This person's offer is there already."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* ---- needs ---- */

static const char *
mark_of_phone(struct ctx *cx, const char *phone)
{
	const char *d = relief_digits(cx->arena, phone);

	return strlen(d) < 5 ? NULL : vault_mac_hex(cx->arena, VAULT_RELIEF, d);
}

int
relief_code_new(struct ctx *cx, const char *table, const char **out)
{
	const char *sql = arena_printf(cx->arena, "SELECT 1 FROM %s WHERE code = $1", table);
	char code[RELIEF_CODE + 1];
	int64_t one;
	int tries, rc = RC_OK;

	for (tries = 0; tries < 50 && rc == RC_OK; tries++) {
		relief_code_draw(code);
		rc = db_int(cx, &one, sql, VALS(v_text(code)));
	}
	*out = arena_str(cx->arena, code); /* the last one may be taken: the check will say so */
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
need_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct need *n = rec;
	const struct need *was = old;

	if (was == NULL) {
		if (n->code == NULL)
			TRY(relief_code_new(cx, need_kind.name, &n->code));
		n->state = "new";
		if (n->asked_at == 0)
			n->asked_at = cx->now;
	}
	n->asked_on = day_of_moment(n->asked_at);
	n->ended_on = n->ended_at == 0 ? 0 : day_of_moment(n->ended_at);
	n->hours = n->ended_at != 0 && strcmp(n->state, "delivered") == 0
		       ? (n->ended_at - n->asked_at + US_PER_SECOND * 1800) / (US_PER_SECOND * 3600)
		       : INT_NONE;
	n->phone_mac = was == NULL ? NULL : was->phone_mac;
	if (n->phone.fresh != NULL && *n->phone.fresh != '\0')
		n->phone_mac = mark_of_phone(cx, n->phone.fresh);
	else if (n->phone.clear)
		n->phone_mac = NULL;
	n->place_key = n->place == NULL || *n->place == '\0' ? NULL : fold_key(cx->arena, n->place);
	return RC_OK;
}

int
need_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct need *n = rec;
	int64_t young = 0;

	(void)old;
	if (n->asked_at > cx->now + US_PER_SECOND * 60)
		fail_field(cx, "asked_at", N_("This moment lies ahead."));
	if (n->children != INT_NONE)
		young = n->children;
	if (n->people != INT_NONE && young > n->people)
		fail_field(cx, "children", N_("There are more children than people."));
	if (n->infants != INT_NONE && n->people != INT_NONE && n->infants > n->people)
		fail_field(cx, "infants", N_("There are more children than people."));
	return part_takes(cx, n->headquarters);
}

int
need_line_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct need_line *l = rec;
	struct need n;
	int rc;

	(void)old;
	if (l->item == 0 && (l->word == NULL || *l->word == '\0'))
		fail_field(cx, "word", N_("Say what is needed."));
	if (l->need == 0)
		return RC_OK;
	rc = kind_load(cx, &need_kind, l->need, &n);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	return part_takes(cx, n.headquarters);
}

/* delivery_check.c – what is refused at every door, and the account in the ledger that a vehicle brings with it. */
#include "mod/delivery/delivery_inner.h"

#include <string.h>

#include "core/account.h"

/* RULE delivery-1 */
static int
check_driver(struct ctx *cx, int64_t account)
{
	int64_t held;

	if (account == 0 || account == INT_NONE)
		return RC_OK;
	TRY(db_int(cx, &held,
	    "SELECT count(*) FROM account_role r JOIN account a ON a.id = r.account WHERE "
	    "r.account = $1 AND r.role = 'driver' AND a.disabled = 0 AND " ROLE_IN_FORCE("r", "$2"),
	    VALS(v_int(account), v_int(role_day(cx)))));
	if (held == 0)
		fail_field(cx, "driver", N_("This account has no role of a driver."));
	return RC_OK;
}

static bool
there(const char *text)
{
	return text != NULL && *text != '\0';
}

int
vehicle_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct vehicle *v = rec, *was = old;
	int owners = (v->body > 0) + (v->person > 0) + there(v->company);
	int64_t open;

	if (v->type != NULL && strcmp(v->type, "none") == 0)
		fail_field(cx, "type", N_("Say what kind of vehicle it is."));
	if (owners != 1)
		fail_field(cx, "body",
		    N_("Say whose it is: a body, a person or a firm, one of the three."));
	if (was == NULL || was->driver != v->driver)
		TRY(check_driver(cx, v->driver));
	if (v->closed_on == 0 || was == NULL || was->closed_on == v->closed_on)
		return RC_OK;
	TRY(db_int(cx, &open,
	    "SELECT count(*) FROM waybill WHERE vehicle = $1 AND state IN ('draft', 'loaded', "
	    "'on_way')",
	    VALS(v_int(v->rec.id))));
	if (open > 0)
		fail_field(cx, "closed_on", N_("It stands on a waybill that is not finished."));
	return RC_OK;
}

static const char *
account_code(struct ctx *cx, int64_t vehicle)
{
	return arena_printf(cx->arena, "vehicle-%lld", (long long)vehicle);
}

int
vehicle_account(struct ctx *cx, int64_t vehicle, struct stock_account *out)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM stock_account WHERE code = $1",
	    VALS(v_text(account_code(cx, vehicle)))));
	return kind_load(cx, &stock_account_kind, id, out);
}

int
vehicle_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct actor *who = cx->actor;
	const struct vehicle *v = rec;
	struct actor house = relief_house(cx);
	struct stock_account a;
	int rc;

	if (old != NULL)
		return RC_OK;
	kind_empty(&stock_account_kind, &a);
	a.code = account_code(cx, v->rec.id);
	a.type = "vehicle";
	a.name.kk = a.name.ru = a.name.en = v->plate;
	cx->actor = &house;
	rc = kind_insert_tx(cx, tx, &stock_account_kind, &a);
	cx->actor = who;
	return rc;
}

int
waybill_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct waybill *w = rec, *was = old;
	struct stock_account store;
	struct vehicle v;
	int rc;

	if (was == NULL || was->driver != w->driver)
		TRY(check_driver(cx, w->driver));
	if (was != NULL)
		return RC_OK;
	rc = kind_load(cx, &vehicle_kind, w->vehicle, &v);
	if (rc == RC_OK && v.closed_on != 0)
		fail_field(cx, "vehicle", N_("This vehicle is not used any more."));
	else if (rc != RC_NOTFOUND)
		TRY(rc);
	rc = kind_load(cx, &stock_account_kind, w->store, &store);
	if (rc == RC_OK && (strcmp(store.type, "store") != 0 || store.closed != 0))
		fail_field(cx, "store", N_("Choose a store that is open."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* centre_family.c – the family behind a household: opened one at a time with a trace, cut when its term is over or when
 * it asks for it. RULE centre-2. */
#include "mod/centre/centre_inner.h"

#include <string.h>

#include "kind/cut.h"
#include "kind/vault.h"

struct noting {
	int64_t household;
	const char *way;
};

static int
note_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct noting *n = arg;

	return tx_run(cx, tx, NULL,
	    "INSERT INTO household_read (day, account, household, way, times, first_at, last_at) "
	    "VALUES ($1, $2, $3, $4, 1, $5, $5) ON CONFLICT (day, account, household, way) DO "
	    "UPDATE SET times = household_read.times + 1, last_at = excluded.last_at",
	    VALS(v_int(day_of_moment(cx->now)), v_int(cx->actor->account), v_int(n->household),
		v_text(n->way), v_int(cx->now)));
}

static int
open_box(
    struct ctx *cx, int64_t id, const char *field, const struct rows *r, int col, const char **out)
{
	struct slice plain;

	*out = NULL;
	if (row_null(r, col))
		return RC_OK;
	TRY(vault_unseal(cx, 0, arena_printf(cx->arena, "household.%s:%lld", field, (long long)id),
	    row_slice(r, col), &plain));
	*out = plain.p;
	return RC_OK;
}

int
families_open(struct ctx *cx, int64_t headquarters)
{
	struct headquarters h;

	if (!may(cx, CAP_RELIEF_FAMILY))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(kind_load(cx, &headquarters_kind, headquarters, &h));
	if (strcmp(h.state, "open") != 0 && !may(cx, CAP_RELIEF_OPEN))
		return fail(cx, RC_DENIED,
		    N_("The headquarters is closed: the data of families are closed, too."));
	return RC_OK;
}

static int
may_open(struct ctx *cx, int64_t household)
{
	struct household own;

	/* Who may open none learns of none that it is there. */
	if (!may(cx, CAP_RELIEF_FAMILY))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(kind_load(cx, &household_kind, household, &own));
	return families_open(cx, own.headquarters);
}

int
household_family(struct ctx *cx, int64_t household, const char *way, struct family *out)
{
	*out = (struct family){ 0 };
	TRY(may_open(cx, household));
	{
		AUTO_ROWS r = { 0 };

		TRY(db_rows(cx, &r, "SELECT name, phone FROM household WHERE id = $1",
		    VALS(v_int(household))));
		if (!rows_next(&r))
			return RC_NOTFOUND;
		TRY(open_box(cx, household, "name", &r, 0, &out->name));
		TRY(open_box(cx, household, "phone", &r, 1, &out->phone));
		TRY(rows_end(&r));
	}
	return cx->actor->account == 0 ? RC_OK
				       : db_write(cx, note_fn, &(struct noting){ household, way });
}

/* ---- the end of the term ---- */

int
household_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM household_word WHERE household = $1", VALS(v_int(id))));
	return kind_cut_tx(cx, tx, &household_kind, id, "need", sums);
}

static int
drop_household_read(struct ctx *cx, struct tx *tx, int64_t day, int upto, struct cut_sums *sums)
{
	int64_t n;

	(void)upto;
	TRY(tx_run(cx, tx, &n, "DELETE FROM household_read WHERE day = $1", VALS(v_int(day))));
	sums->records += n;
	return RC_OK;
}

const struct cut_term centre_terms[] = {
	{ "keep_relief",
	    "SELECT f.id FROM household f JOIN headquarters h ON h.id = f.headquarters WHERE "
	    "h.closed_on <= $1 AND f.code IS NOT NULL ORDER BY f.id LIMIT 50",
	    household_expire_tx, NULL },
	{ "keep_reads",
	    "SELECT DISTINCT day FROM household_read WHERE day <= $1 ORDER BY day LIMIT 50",
	    drop_household_read, NULL },
	{ NULL, NULL, NULL, NULL },
};

static int
forget_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t id = *(const int64_t *)arg, there;
	struct cut_sums sums = { 0 };

	TRY(db_int(cx, &there, "SELECT count(*) FROM stay WHERE household = $1 AND left_at IS NULL",
	    VALS(v_int(id))));
	if (there > 0)
		return fail(cx, RC_RULE,
		    N_("The household is in a centre: its name can be erased when it has left."));
	TRY(household_expire_tx(cx, tx, id, 0, &sums));
	return audit_tx(cx, tx, "erase", household_kind.name, id, "name,phone");
}

int
household_forget(struct ctx *cx, int64_t id)
{
	TRY(may_open(cx, id));
	return db_write(cx, forget_fn, &id);
}

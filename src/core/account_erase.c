/* account_erase.c – the account of a person who is erased. The row stays, since audit and history name
 * its number; who it was, goes. */
#include "core/account.h"
#include "core/inner.h"
#include "kind/cut.h"

/* Each has the account's number as its one value; in this order because of what refers to what. */
static const char *const gone[] = {
	"DELETE FROM idempotency WHERE token IN (SELECT id FROM api_token WHERE account = $1)",
	"DELETE FROM api_token WHERE account = $1",
	"DELETE FROM session WHERE account = $1",
	"DELETE FROM account_reset WHERE account = $1",
	"DELETE FROM account_totp WHERE account = $1",
	"DELETE FROM account_recovery WHERE account = $1",
	"DELETE FROM sign_in WHERE account = $1",
	"DELETE FROM sign_in_wait WHERE account = $1",
	"DELETE FROM outbox WHERE account = $1",
};

int
account_erase_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums)
{
	AUTO_ROWS r = { 0 };
	int64_t roles[64];
	size_t n = 0, i;

	if (cx->actor->account == id)
		return fail(cx, RC_RULE, N_("Nobody erases the own record. Ask a colleague."));
	TRY(admin_remains(cx, id));
	for (i = 0; i < ARRAY_LEN(gone); i++)
		TRY(tx_run(cx, tx, NULL, gone[i], VALS(v_int(id))));
	TRY(db_rows(
	    cx, &r, "SELECT id FROM account_role WHERE account = $1 ORDER BY id", VALS(v_int(id))));
	while (n < ARRAY_LEN(roles) && rows_next(&r))
		roles[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++)
		TRY(kind_cut_whole_tx(cx, tx, &account_role_kind, roles[i], "account", sums));
	return RC_OK;
}

int
account_shell_tx(struct ctx *cx, struct tx *tx, int64_t id)
{
	struct account a;

	TRY(kind_load(cx, &account_kind, id, &a));
	a.login = a.name = arena_printf(cx->arena, "erased-%lld", (long long)id);
	a.disabled = true;
	return kind_rewrite_tx(cx, tx, &account_kind, &a);
}

/* registry_group_rules.c – a body no longer stands for an ethnic group. The row is the statement, so
 * taking it back removes the row; who did it when stays in the audit, and what stood there in the
 * history. */
#include "kind/proof.h"
#include "mod/registry/registry.h"

static int
remove_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;
	struct body_group g;
	int64_t changed;

	if (!may(cx, body_group_kind.edit))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_load(cx, &body_group_kind, *id, &g));
	TRY(tx_run(cx, tx, &changed, "DELETE FROM body_group WHERE id = $1", VALS(v_int(*id))));
	if (changed != 1)
		return RC_NOTFOUND;
	tx_touch(tx, kind_number(&body_group_kind));
	return kind_removed_tx(cx, tx, &body_group_kind, &g, "body,ethnic_group");
}

int
body_group_remove(struct ctx *cx, int64_t id)
{
	return db_write(cx, remove_fn, &id);
}

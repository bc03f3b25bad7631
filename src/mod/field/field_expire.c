/* field_expire.c – when the term of the families' data is over: what conflicts and claims say of them goes, and no copy of
 * that headquarters is merged any more, or it would bring them back. RULE field-7. */
#include "kind/cut.h"
#include "mod/field/field_inner.h"

static int
cut_conflict(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	static const char *const fields[] = { "stands", "other" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	struct field_conflict c;

	(void)upto;
	TRY(kind_load(cx, &field_conflict_kind, id, &c));
	c.stands = c.other = CUT_MARK;
	if (c.kept == NULL)
		c.state = "gone";
	TRY(kind_cut_fields_tx(cx, tx, &field_conflict_kind, id, &span, sums));
	TRY(kind_rewrite_tx(cx, tx, &field_conflict_kind, &c));
	sums->records++;
	return RC_OK;
}

#define SAME(t) "c.kind = " t ".kind AND c.rec = " t ".rec AND c.part = " t ".part"
static int
cut_copy(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	TRY(tx_run(cx, tx, NULL,
	    "DELETE FROM field_stand WHERE EXISTS (SELECT 1 FROM field_claim c WHERE c.copy = $1 "
	    "AND " SAME("field_stand") ")",
	    VALS(v_int(id))));
	TRY(tx_run(cx, tx, NULL,
	    "DELETE FROM field_claim WHERE EXISTS (SELECT 1 FROM field_claim c WHERE c.copy = $1 "
	    "AND " SAME("field_claim") ")",
	    VALS(v_int(id))));
	TRY(tx_run(cx, tx, NULL, "UPDATE field_copy SET token = $1 WHERE id = $2",
	    VALS(v_text(arena_printf(cx->arena, "over-%lld", (long long)id)), v_int(id))));
	sums->records++;
	return RC_OK;
}

const struct cut_term field_terms[] = {
	{ "keep_relief",
	    "SELECT x.id FROM field_conflict x JOIN headquarters h ON h.id = x.headquarters WHERE "
	    "h.closed_on <= $1 AND x.stands <> '" CUT_MARK "' ORDER BY x.id LIMIT 50",
	    cut_conflict, NULL },
	{ "keep_relief",
	    "SELECT c.id FROM field_copy c JOIN headquarters h ON h.id = c.headquarters WHERE "
	    "h.closed_on <= $1 AND c.token NOT LIKE 'over-%' ORDER BY c.id LIMIT 50",
	    cut_copy, NULL },
	{ NULL, NULL, NULL, NULL },
};

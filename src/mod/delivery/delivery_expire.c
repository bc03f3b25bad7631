/* delivery_expire.c – when the term of the families' data is over: who received, signatures, photographs and what was said
 * of them go out of the acts and all their versions; goods, days and states stay. RULE delivery-9. */
#include "kind/cut.h"
#include "kind/proof.h"
#include "mod/delivery/delivery_inner.h"

/* The signature lies sealed in the database, not on the disk: it goes in the same write. */
static int
drop_marks(struct ctx *cx, struct tx *tx, int64_t act)
{
	TRY(tx_run(cx, tx, NULL, "DELETE FROM delivery_mark WHERE act = $1", VALS(v_int(act))));
	return tx_run(cx, tx, NULL, "DELETE FROM delivery_clash WHERE act = $1", VALS(v_int(act)));
}

/* The digest is of the receiver's name, too, so it goes with it; the number stays, so that an act that a telephone
 * sends years later is known (delivery_act.c). */
static int
cut_act(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	static const char *const fields[] = { "reason", "undone_why", "digest" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	struct delivery_act a;

	(void)upto;
	TRY(kind_load(cx, &delivery_act_kind, id, &a));
	a.receiver.clear = true;
	a.reason = a.undone_why = NULL;
	a.digest = CUT_MARK;
	TRY(drop_marks(cx, tx, id));
	TRY(kind_rewrite_tx(cx, tx, &delivery_act_kind, &a));
	TRY(kind_cut_private_tx(cx, tx, &delivery_act_kind, id, sums));
	TRY(kind_cut_fields_tx(cx, tx, &delivery_act_kind, id, &span, sums));
	sums->records++;
	return RC_OK;
}

/* Who receives at a place, and the note of the stop. */
static int
cut_stop(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	static const char *const fields[] = { "receiver", "note" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	struct waybill_stop s;

	(void)upto;
	TRY(kind_load(cx, &waybill_stop_kind, id, &s));
	s.receiver = s.note = NULL;
	TRY(kind_rewrite_tx(cx, tx, &waybill_stop_kind, &s));
	TRY(kind_cut_fields_tx(cx, tx, &waybill_stop_kind, id, &span, sums));
	sums->records++;
	return RC_OK;
}

const struct cut_term delivery_terms[] = {
	{ "keep_relief",
	    "SELECT a.id FROM delivery_act a JOIN waybill w ON w.id = a.waybill JOIN headquarters "
	    "h ON h.id = w.headquarters WHERE h.closed_on <= $1 AND a.digest <> '" CUT_MARK
	    "' ORDER BY a.id LIMIT 50",
	    cut_act, NULL },
	{ "keep_relief",
	    "SELECT s.id FROM waybill_stop s JOIN waybill w ON w.id = s.waybill JOIN headquarters "
	    "h "
	    "ON h.id = w.headquarters WHERE h.closed_on <= $1 AND (s.receiver IS NOT NULL OR "
	    "s.note IS NOT NULL) ORDER BY s.id LIMIT 50",
	    cut_stop, NULL },
	{ NULL, NULL, NULL, NULL },
};

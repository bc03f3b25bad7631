/* relief_expire.c – when the term of the families' data is over: what names them goes, out of the record and all its
 * versions; numbers, states, moments and lines of goods stay. RULE relief-7. */
#include "kind/cut.h"
#include "kind/proof.h"
#include "mod/relief/relief_inner.h"

static int
cut_words(struct ctx *cx, struct tx *tx, int64_t need, struct cut_sums *sums)
{
	static const char *const fields[] = { "word" };
	const struct cut_span span = { 0, INT64_MAX, fields, 1 };
	struct need_line *l;
	size_t n, i;

	TRY(need_lines(cx, need, &l, &n));
	for (i = 0; i < n; i++) {
		if (l[i].word == NULL)
			continue;
		l[i].word = CUT_MARK;
		TRY(kind_cut_fields_tx(cx, tx, &need_line_kind, l[i].rec.id, &span, sums));
		TRY(kind_rewrite_tx(cx, tx, &need_line_kind, &l[i]));
	}
	return RC_OK;
}

int
need_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums)
{
	static const char *const fields[] = { "place", "paper", "state_reason" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	struct need n;

	TRY(kind_load(cx, &need_kind, id, &n));
	n.name.clear = n.phone.clear = n.note.clear = true;
	n.place = n.paper = n.state_reason = NULL;
	TRY(kind_rewrite_tx(cx, tx, &need_kind, &n));
	TRY(kind_cut_private_tx(cx, tx, &need_kind, id, sums));
	TRY(kind_cut_fields_tx(cx, tx, &need_kind, id, &span, sums));
	TRY(cut_words(cx, tx, id, sums));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM need_sent WHERE need = $1", VALS(v_int(id))));
	sums->records++;
	return RC_OK;
}

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
need_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	static const char *const fields[] = { "place", "paper", "state_reason" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	struct need n;

	(void)upto;
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

/* Who opened the data of which family. */
static int
drop_family_read(struct ctx *cx, struct tx *tx, int64_t day, int upto, struct cut_sums *sums)
{
	int64_t n;

	(void)upto;
	TRY(tx_run(cx, tx, &n, "DELETE FROM family_read WHERE day = $1", VALS(v_int(day))));
	sums->records += n;
	return RC_OK;
}

/* Needs of a closed headquarters: the family goes, what was asked and brought stays counted. */
const struct cut_term relief_terms[] = {
	{ "keep_relief",
	    "SELECT n.id FROM need n JOIN headquarters h ON h.id = n.headquarters WHERE "
	    "h.closed_on <= $1 AND (n.name IS NOT NULL OR n.phone IS NOT NULL OR n.note IS NOT "
	    "NULL OR n.place IS NOT NULL OR n.paper IS NOT NULL OR n.state_reason IS NOT NULL) "
	    "ORDER BY n.id LIMIT 50",
	    need_expire_tx, NULL },
	{ "keep_reads",
	    "SELECT DISTINCT day FROM family_read WHERE day <= $1 ORDER BY day LIMIT 50",
	    drop_family_read, NULL },
	{ NULL, NULL, NULL, NULL },
};

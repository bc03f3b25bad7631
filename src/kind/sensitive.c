/* sensitive.c – the log of sensitive reads: who opened what the law protects about whom (ADR 0013).
 *
 * A row a day, account, person and way, with how often and when first and last: enough to answer "who
 * looked at my data", and no diary of everybody's work. Reading it is mod/rights/. */
#include "kind/kind.h"

struct noting {
	int64_t person;
	const char *way;
};

static int
note_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct noting *n = arg;

	return tx_run(cx, tx, NULL,
	    "INSERT INTO sensitive_read (day, account, person, way, times, first_at, last_at) "
	    "VALUES"
	    " ($1, $2, $3, $4, 1, $5, $5) ON CONFLICT (day, account, person, way) DO UPDATE SET"
	    " times = sensitive_read.times + 1, last_at = excluded.last_at",
	    VALS(v_int(day_of_moment(cx->now)), v_int(cx->actor->account), v_int(n->person),
		v_text(n->way), v_int(cx->now)));
}

int
sensitive_note(struct ctx *cx, int64_t person, const char *way)
{
	if (cx->actor->account == 0 || person == 0 || cx->actor->person == person)
		return RC_OK;
	return db_write(cx, note_fn, &(struct noting){ person, way });
}

int
sensitive_open(struct ctx *cx, const struct kind *k, const void *rec, const char *way)
{
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if (k->fields[i].privacy == PRIV_SUBJECT && !field_empty(&k->fields[i], rec) &&
		    kind_may_read_of(cx, k, &k->fields[i], rec))
			return sensitive_note(cx, kind_subject(k, rec), way);
	return RC_OK;
}

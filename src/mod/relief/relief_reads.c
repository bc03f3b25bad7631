/* relief_reads.c – the numbers of a headquarters: one pass over its needs. */
#include "mod/relief/relief_reads.h"

#include <string.h>

static int
place_of(const struct option *o, const char *code)
{
	int i;

	for (i = 0; o[i].code != NULL; i++)
		if (strcmp(o[i].code, code) == 0)
			return i;
	return -1;
}

static void
count_group(struct relief_sums *s, const struct rows *r)
{
	int state = place_of(need_states, row_text(r, 0)),
	    urgency = place_of(need_urgencies, row_text(r, 1));
	int64_t n = row_int(r, 2), changed = row_int(r, 5), asked = row_int(r, 6);

	if (state < 0 || urgency < 0)
		return;
	s->state[state] += n;
	s->all += n;
	if (!need_is_over(need_states[state].code))
		s->urgent[urgency] += n;
	if (state < 2) {
		s->waiting += n;
		if (s->oldest == 0 || asked < s->oldest)
			s->oldest = asked;
	}
	if (state < 5) {
		s->people += row_int(r, 3);
		s->children += row_int(r, 4);
	}
	if (changed > s->newest)
		s->newest = changed;
}

/* The median of hours from asking to delivery: the middle one, or the mean of the two in the middle. */
static int
median(struct ctx *cx, int64_t headquarters, int64_t n, int64_t *out)
{
	int64_t us;

	*out = INT_NONE;
	if (n == 0)
		return RC_OK;
	TRY(db_int(cx, &us,
	    "SELECT CAST(avg(x.t) AS BIGINT) FROM (SELECT ended_at - asked_at AS t FROM need WHERE "
	    "headquarters = $1 AND state = 'delivered' ORDER BY t LIMIT $2 OFFSET $3) x",
	    VALS(v_int(headquarters), v_int(2 - n % 2), v_int((n - 1) / 2))));
	*out = us / (US_PER_SECOND * 360);
	return RC_OK;
}

int
reads_sums(struct ctx *cx, int64_t headquarters, struct relief_sums *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct relief_sums){ 0 };
	if (!may(cx, CAP_RELIEF_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(db_rows(cx, &r,
	    "SELECT state, urgency, count(*), CAST(sum(people) AS BIGINT), "
	    "CAST(sum(coalesce(children, 0)) AS BIGINT), "
	    "max(changed_at), min(asked_at) FROM need WHERE headquarters = $1 GROUP BY state, "
	    "urgency",
	    VALS(v_int(headquarters))));
	while (rows_next(&r))
		count_group(out, &r);
	TRY(rows_end(&r));
	return median(cx, headquarters, out->state[4], &out->median_hours10);
}

/* registry_pairs.c – the queue of likely pairs, and the decision that two records are two people.
 *
 * Pairs are kept by the job (people_compare); what was decided or joined since stands no more in the
 * queue, since the reading looks at the decisions and at the people themselves. */
#include <stdio.h>
#include <stdlib.h>

#include "mod/registry/registry_inner.h"

#define OPEN_PAIRS                                                                        \
	" FROM person_pair p JOIN person a ON a.id = p.one JOIN person b ON b.id = p.two" \
	" WHERE a.merged_into IS NULL AND b.merged_into IS NULL AND NOT EXISTS (SELECT 1" \
	" FROM person_distinct d WHERE d.one = p.one AND d.two = p.two)"
#define DECIDED_PAIRS                                                                         \
	" FROM person_distinct p JOIN person a ON a.id = p.one JOIN person b ON b.id = p.two" \
	" LEFT JOIN account c ON c.id = p.account"                                            \
	" WHERE a.merged_into IS NULL AND b.merged_into IS NULL"

/* "FIRST.ONE.TWO"; a broken one is refused. */
static int
read_cursor(struct ctx *cx, const char *after, int64_t out[3])
{
	const char *p = after;
	char *end;
	int i;

	for (i = 0; i < 3; i++) {
		out[i] = strtoll(p, &end, 10);
		if (end == p || *end != (i < 2 ? '.' : '\0')) {
			fail_field(cx, "after",
			    N_("This list cannot be filtered or sorted by “%s”."), "after");
			return RC_INVALID;
		}
		p = end + 1;
	}
	return RC_OK;
}

static int
read_pairs(struct ctx *cx, const char *sql, struct vals v, int limit, struct person_pairs *out)
{
	AUTO_ROWS r = { 0 };
	int64_t first = 0;

	TRY(db_rows(cx, &r, sql, v));
	out->v = arena_array(cx->arena, struct person_pair, limit + 1);
	while (rows_next(&r)) {
		struct person_pair *p = &out->v[out->n];

		if (out->n == (size_t)limit) {
			const struct person_pair *last = p - 1;

			out->next = arena_printf(cx->arena, "%lld.%lld.%lld", (long long)first,
			    (long long)last->one, (long long)last->two);
			break;
		}
		first = row_int(&r, 0);
		*p = (struct person_pair){ .one = row_int(&r, 1),
			.two = row_int(&r, 2),
			.likeness = 1000 - (int)row_int(&r, 3),
			.reasons = (unsigned)row_int(&r, 4),
			.at = row_int(&r, 5),
			.account = row_int(&r, 6),
			.who = arena_str(cx->arena, row_text(&r, 7)) };
		out->n++;
	}
	return rows_end(&r);
}

static int
list_pairs(struct ctx *cx, const char *after, int limit, bool decided, struct person_pairs *out)
{
	/* RULE rights-6: the twin beside it would tell who the restricted one is. */
	const char *from = arena_printf(cx->arena, "%s%s", decided ? DECIDED_PAIRS : OPEN_PAIRS,
		       may(cx, CAP_RIGHTS)
			   ? ""
			   : " AND a.restricted_on IS NULL AND b.restricted_on IS NULL"),
		   *first = decided ? "-p.at" : "p.distance", *cond = "";
	int64_t at[3] = { 0 };

	*out = (struct person_pairs){ .n = 0 };
	if (!may(cx, CAP_PEOPLE_MERGE))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	if (after != NULL && *after != '\0') {
		TRY(read_cursor(cx, after, at));
		cond = arena_printf(cx->arena, " AND (%s, p.one, p.two) > ($1, $2, $3)", first);
	}
	TRY(db_int(cx, &out->total, arena_printf(cx->arena, "SELECT count(*)%s", from), NO_VALS));
	TRY(db_int(cx, &out->due, "SELECT count(*) FROM person_due", NO_VALS));
	return read_pairs(cx,
	    arena_printf(cx->arena,
		"SELECT %s, p.one, p.two, %s%s%s ORDER BY %s, p.one, p.two LIMIT %d", first,
		decided ? "0, 0, p.at, p.account, c.name" : "p.distance, p.reasons, 0, 0, NULL",
		from, cond, first, limit + 1),
	    *cond == '\0' ? NO_VALS : VALS(v_int(at[0]), v_int(at[1]), v_int(at[2])), limit, out);
}

int
people_pairs(struct ctx *cx, const char *after, int limit, struct person_pairs *out)
{
	return list_pairs(cx, after, limit, false, out);
}

int
people_distinct_pairs(struct ctx *cx, const char *after, int limit, struct person_pairs *out)
{
	return list_pairs(cx, after, limit, true, out);
}

/* ---- the decision ---- */

struct decision {
	int64_t one, two;
	bool are;
};

/* RULE person-3: that two records are two people is remembered with who said it and when; only then they
 * leave the queue, and it can be taken back. */
static int
decide_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct decision *d = arg;
	struct person p;
	int64_t changed;

	TRY(kind_get(cx, &person_kind, d->one, &p));
	TRY(kind_get(cx, &person_kind, d->two, &p));
	if (d->are)
		TRY(tx_run(cx, tx, &changed,
		    "INSERT INTO person_distinct (one, two, at, account) VALUES ($1, $2, $3, $4)"
		    " ON CONFLICT (one, two) DO NOTHING",
		    VALS(v_int(d->one), v_int(d->two), v_int(cx->now), v_int(cx->actor->account))));
	else
		TRY(tx_run(cx, tx, &changed,
		    "DELETE FROM person_distinct WHERE one = $1 AND two = $2",
		    VALS(v_int(d->one), v_int(d->two))));
	if (changed == 0)
		return RC_OK; /* decided so already */
	return audit_tx(cx, tx, d->are ? "distinct" : "not_distinct", person_kind.name, d->one,
	    arena_printf(cx->arena, "person %lld", (long long)d->two));
}

int
people_distinct(struct ctx *cx, int64_t one, int64_t two, bool are)
{
	struct decision d = { one < two ? one : two, one < two ? two : one, are };

	if (!may(cx, CAP_PEOPLE_MERGE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (one == two)
		return fail(cx, RC_RULE, N_("A record cannot be joined with itself."));
	return db_write(cx, decide_fn, &d);
}

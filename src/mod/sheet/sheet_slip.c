/* sheet_slip.c – slips of heads that somebody counted, or of numbers that somebody said.
 *
 * A slip that was sent twice would be counted twice: its form has a number (core/idempotency.h).
 * RULE sheet-4: an event's head count (or declared count) that comes from slips is the sum of those that
 * stand; when the last one is withdrawn, nobody counted and the number is unknown again. */
#include "core/idempotency.h"
#include "mod/sheet/sheet_inner.h"

struct slipping {
	struct count_slip slip;
	const struct idempotency *once; /* NULL = none */
	bool twin;
	int64_t version, sum, n; /* n: slips that stand */
};

static int
read_sum(struct ctx *cx, struct slipping *s)
{
	struct vals of = VALS(v_int(s->slip.event), v_text(s->slip.basis));

	TRY(db_int(cx, &s->n,
	    "SELECT count(*) FROM count_slip WHERE event = $1 AND basis = $2 AND withdrawn = 0",
	    of));
	return db_int(cx, &s->sum,
	    "SELECT coalesce(sum(people), 0) FROM count_slip WHERE event = $1 AND basis = $2 AND "
	    "withdrawn = 0",
	    of);
}

static int
sum_up(struct ctx *cx, struct tx *tx, struct slipping *s)
{
	bool head = strcmp(s->slip.basis, "head") == 0;
	struct event e;

	TRY(read_sum(cx, s));
	TRY(kind_get(cx, &event_kind, s->slip.event, &e));
	*(head ? &e.head_count : &e.declared_count) = s->n == 0 ? INT_NONE : s->sum;
	return kind_update_tx(cx, tx, &event_kind, &e);
}

static int
add_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct slipping *s = arg;

	int rc;

	s->slip.rec = (struct rec){ 0 };
	s->twin = false;
	TRY(kind_insert_tx(cx, tx, &count_slip_kind, &s->slip));
	TRY(sum_up(cx, tx, s));
	if (s->once == NULL)
		return RC_OK;
	rc = idempotency_keep_tx(
	    cx, tx, s->once, &(struct idempotency_answer){ .status = 303, .body = "" });
	s->twin = rc == RC_EXISTS;
	return rc;
}

int
slip_add(struct ctx *cx, const struct count_slip *in, const struct idempotency *once, int64_t *sum,
    bool *again)
{
	struct slipping s = { .slip = *in,
		.once = once == NULL || once->key == NULL ? NULL : once };
	int64_t keys[1];
	int rc = db_write_keys(cx, keys, kind_hot_keys(&count_slip_kind, in, keys), add_fn, &s);

	*again = rc == RC_EXISTS && s.twin;
	if (*again) { /* all of it is undone */
		err_clear(cx);
		rc = read_sum(cx, &s);
	}
	*sum = s.sum;
	return rc;
}

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct slipping *s = arg;
	int64_t id = s->slip.rec.id;

	TRY(kind_get(cx, &count_slip_kind, id, &s->slip));
	s->slip.rec.version = s->version;
	s->slip.withdrawn = true;
	TRY(kind_update_tx(cx, tx, &count_slip_kind, &s->slip));
	return sum_up(cx, tx, s);
}

int
slip_withdraw(struct ctx *cx, int64_t id, int64_t version)
{
	struct slipping s = { .version = version };
	int64_t keys[1];

	TRY(kind_get(cx, &count_slip_kind, id, &s.slip));
	return db_write_keys(
	    cx, keys, kind_hot_keys(&count_slip_kind, &s.slip, keys), withdraw_fn, &s);
}

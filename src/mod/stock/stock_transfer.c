/* stock_transfer.c – goods on the way: one set when they leave, one for each part that arrives, comes back or is lost.
 *
 * Nothing is kept of what is on the way: it is what the sets of the transfer left in its vehicle. */
#include "mod/stock/stock_inner.h"

#include <string.h>

struct sending {
	struct transfer *t;
	const char *nonce;
	const struct transfer_line *lines;
	size_t n;
};

static int
check_way(struct ctx *cx, const struct transfer *t)
{
	struct stock_account source, via, target;

	TRY(kind_load(cx, &stock_account_kind, t->source, &source));
	TRY(kind_load(cx, &stock_account_kind, t->via, &via));
	TRY(kind_load(cx, &stock_account_kind, t->target, &target));
	if (strcmp(via.type, "vehicle") != 0)
		fail_field(cx, "via", N_("Choose a vehicle."));
	if (t->source == t->target || t->source == t->via || t->target == t->via)
		fail_field(cx, "target", N_("Choose another account than the one it comes from."));
	if (!stock_account_guarded(source.type))
		fail_field(cx, "source", N_("Choose an account of the list."));
	if (!stock_account_guarded(target.type))
		fail_field(cx, "target", N_("Choose an account of the list."));
	return fields_rc(cx);
}

/* Two lines for each of the transfer's: out of one account, into another. */
static int
move_lines(struct ctx *cx, const struct transfer_line *in, size_t n, int64_t from, int64_t to,
    struct movement *m)
{
	struct movement_line *l = arena_array(cx->arena, struct movement_line, 2 * n + 2);
	size_t i;

	if (n == 0)
		fail_field(cx, "lines", N_("Say what moves."));
	for (i = 0; i < n; i++) {
		if (in[i].quantity <= 0 || in[i].quantity > QUANTITY_MAX)
			fail_field(cx, arena_printf(cx->arena, "lines.%zu.quantity", i),
			    N_("A number more than zero."));
		l[2 * i] = (struct movement_line){ from, in[i].item, in[i].lot, -in[i].quantity };
		l[2 * i + 1] = (struct movement_line){ to, in[i].item, in[i].lot, in[i].quantity };
	}
	m->lines = l;
	m->nlines = 2 * n;
	return fields_rc(cx);
}

static int
send_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct sending *s = arg;
	struct transfer t = *s->t;
	struct movement m = { .nonce = s->nonce,
		.at = t.sent_at,
		.type = "transfer",
		.document = t.document,
		.note = t.note };
	bool again;
	int64_t stands;

	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(movement_of_nonce(cx, s->nonce, &stands));
	if (stands != 0)
		TRY(db_int(cx, &m.transfer, "SELECT transfer FROM movement_set WHERE id = $1",
		    VALS(v_int(stands))));
	TRY(check_way(cx, &t));
	TRY(move_lines(cx, s->lines, s->n, t.source, t.via, &m));
	if (stands == 0) {
		t.rec = (struct rec){ 0 };
		t.state = "on_way";
		TRY(kind_add_tx(cx, tx, &transfer_kind, &t));
		m.transfer = t.rec.id;
	}
	TRY(movement_post_tx(
	    cx, tx, &m, &again)); /* other content under the nonce is refused here */
	s->t->rec.id = m.transfer;
	return RC_OK;
}

static int
keys_of(struct ctx *cx, const struct transfer_line *in, size_t n, int64_t *keys, size_t *nkeys)
{
	struct movement m = { 0 };

	TRY(move_lines(cx, in, n, 1, 2, &m));
	return movement_keys(cx, &m, keys, nkeys);
}

int
transfer_send(struct ctx *cx, struct transfer *t, const char *nonce,
    const struct transfer_line *lines, size_t n)
{
	int64_t keys[SET_ITEMS_MAX];
	struct sending s = { t, nonce, lines, n };
	size_t nkeys;

	TRY(keys_of(cx, lines, n, keys, &nkeys));
	return movement_write(cx, keys, nkeys, send_fn, &s);
}

int
transfer_left(struct ctx *cx, int64_t transfer, struct transfer_line **out, size_t *n)
{
	struct transfer_line *v = arena_array(cx->arena, struct transfer_line, LINES_MAX);
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = v;
	if (!may(cx, CAP_STOCK_READ))
		return fail(cx, RC_DENIED, N_("Your role may not see this."));
	TRY(db_rows(cx, &r,
	    "SELECT l.item, l.lot, sum(l.quantity) FROM stock_transfer t JOIN movement_set s ON "
	    "s.transfer = t.id JOIN movement_line l ON l.movement = s.id AND l.account = t.via "
	    "WHERE t.id = $1 GROUP BY l.item, l.lot HAVING sum(l.quantity) <> 0 ORDER BY 1, 2 "
	    "LIMIT $2",
	    VALS(v_int(transfer), v_int(LINES_MAX))));
	for (; rows_next(&r); ++*n)
		v[*n] = (struct transfer_line){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
	return rows_end(&r);
}

/* RULE stock-10: whatever the set was, an arrival or one that takes back the sending. */
int
transfer_settle_tx(struct ctx *cx, struct tx *tx, int64_t id)
{
	struct transfer_line *left;
	struct transfer t;
	const char *state;
	size_t n, i;

	TRY(transfer_left(cx, id, &left, &n));
	for (i = 0; i < n; i++) {
		struct item item;

		if (left[i].quantity > 0)
			continue;
		TRY(kind_load(cx, &item_kind, left[i].item, &item));
		return fail(cx, RC_RULE, N_("“%s”: that is %s more than is on the way."),
		    kind_title(cx, &item_kind, &item), quantity_text(cx, &item, -left[i].quantity));
	}
	TRY(kind_load(cx, &transfer_kind, id, &t));
	state = n == 0 ? "done" : "on_way";
	if (strcmp(t.state, state) == 0)
		return RC_OK;
	t.state = state;
	return kind_rewrite_tx(cx, tx, &transfer_kind, &t);
}

struct ending {
	const struct transfer_end *e;
	int64_t *movement;
	bool *again;
};

static int
end_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct ending *x = arg;
	const struct transfer_end *e = x->e;
	struct transfer t;
	struct stock_account loss;
	struct movement m = { .nonce = e->nonce,
		.at = e->at,
		.type = e->how == 'l'	? "loss"
			: e->how == 'b' ? "return"
					: "transfer",
		.document = e->document,
		.note = e->note,
		.transfer = e->transfer };

	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (e->how != 'r' && (e->note == NULL || *e->note == '\0'))
		fail_field(cx, "note", N_("Say why: the reason stays beside the movement."));
	TRY(fields_rc(cx));
	TRY(kind_get(cx, &transfer_kind, e->transfer, &t));
	TRY(stock_account_find(cx, "loss", &loss));
	TRY(move_lines(cx, e->lines, e->nlines, t.via,
	    e->how == 'l'   ? loss.rec.id
	    : e->how == 'b' ? t.source
			    : t.target,
	    &m));
	TRY(movement_post_tx(cx, tx, &m, x->again));
	*x->movement = m.id;
	return RC_OK;
}

int
transfer_end(struct ctx *cx, const struct transfer_end *e, int64_t *movement, bool *again)
{
	int64_t keys[SET_ITEMS_MAX];
	struct ending x = { e, movement, again };
	size_t n;

	TRY(keys_of(cx, e->lines, e->nlines, keys, &n));
	return movement_write(cx, keys, n, end_fn, &x);
}

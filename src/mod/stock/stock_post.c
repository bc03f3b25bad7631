/* stock_post.c – one set into the ledger: the nonce, the checks, the balances, the lines.
 *
 * Read movement_post_tx() from top to bottom. Balances are changed in the order of account, item and lot, and a
 * guarded one that would fall below zero ends the whole set, with what there is in the text (stock_balance.c). What
 * accounts and items are is read in one SELECT each (stock_known.c). */
#include "mod/stock/stock_inner.h"

#include <stdlib.h>
#include <string.h>

/* A clock may be wrong by hours; a day ahead is a typing error. */
#define AHEAD_US US_PER_DAY

/* ---- what a set must be, before anything is read ---- */

static bool
nonce_good(const char *s)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
	size_t n = s == NULL ? 0 : strlen(s);

	return n >= 1 && n <= 64 && strspn(s, letters) == n;
}

static bool
type_good(const char *type)
{
	const struct option *o;

	for (o = movement_types; o->code != NULL; o++)
		if (strcmp(o->code, type) == 0)
			return true;
	return false;
}

static void
line_fails(struct ctx *cx, size_t n, const char *what, const char *msgid)
{
	fail_field(cx, arena_printf(cx->arena, "lines.%zu.%s", n, what), "%s", tr(cx, msgid));
}

static int
check_shape(struct ctx *cx, const struct movement *m)
{
	size_t i;

	if (!nonce_good(m->nonce))
		fail_field(cx, "nonce",
		    N_("1 to 64 letters, digits, dashes or underscores, new for each set."));
	if (m->at < INT64_C(946684800) * US_PER_SECOND || m->at > cx->now + AHEAD_US)
		fail_field(cx, "at", N_("The moment lies before 2000 or more than a day ahead."));
	if (!type_good(m->type))
		fail_field(cx, "type", N_("This is not in the list."));
	if (m->document != NULL && strlen(m->document) > 800)
		fail_field(cx, "document", N_("This text is too long."));
	if (m->note != NULL && strlen(m->note) > 4000)
		fail_field(cx, "note", N_("This text is too long."));
	if (m->nlines < 2 || m->nlines > LINES_MAX)
		fail_field(cx, "lines", N_("A set has 2 to %s lines."), "100");
	for (i = 0; i < m->nlines && i < LINES_MAX; i++) {
		int64_t q = m->lines[i].quantity;

		/* RULE stock-2 */
		if (q == 0 || q > QUANTITY_MAX || q < -QUANTITY_MAX)
			line_fails(cx, i, "quantity",
			    N_("A whole number of the base unit, not zero, at most 1 000 000 000 "
			       "000."));
		if (m->lines[i].account <= 0)
			line_fails(cx, i, "account", N_("There is no such account."));
		if (m->lines[i].item <= 0)
			line_fails(cx, i, "item", N_("There is no such item."));
		if (m->lines[i].lot < 0)
			line_fails(cx, i, "lot", N_("There is no such lot."));
	}
	return fields_rc(cx);
}

/* RULE stock-1 */
static int
check_sums(struct ctx *cx, const struct movement *m)
{
	struct stock_row left[LINES_MAX];
	size_t n = lines_balance(m->lines, m->nlines, left), i;

	if (m->nlines == 0)
		return fail(cx, RC_RULE, N_("Nothing moves in this set."));
	for (i = 0; i < n; i++)
		fail_field(cx, "lines",
		    N_("The lines of each item and lot must add up to zero; here %s is left."),
		    num(cx, left[i].quantity));
	return fields_rc(cx);
}

int64_t
stock_day_number(int64_t at)
{
	/* The zone is written into STOCK_DAY_SQL, too. */
	_Static_assert(DAY_ZONE_MIN * 60 == 18000, "zone");
	return day_number(day_of_moment(at));
}

/* ---- a set that takes back another ---- */

/* RULE stock-8: wholly, each line the other way round, and no counter-set; of a transfer it stays one, so that the goods
 * are on the way again. */
static int
check_reverses(struct ctx *cx, struct movement *m)
{
	struct movement_read was;
	struct movement_line *lines;
	size_t n, i;
	int rc = m->reverses == 0 ? RC_NOTFOUND : movement_get(cx, m->reverses, &was);

	if (m->reverses == 0)
		return RC_OK;
	if (rc == RC_NOTFOUND) {
		cx->err.text = NULL;
		fail_field(cx, "reverses", N_("There is no such movement."));
		return fields_rc(cx);
	}
	TRY(rc);
	if (was.m.reverses != 0)
		return fail(cx, RC_RULE,
		    N_("This movement takes back another: enter the movement itself anew."));
	n = lines_settle(cx->arena, was.m.lines, was.m.nlines, &lines);
	for (i = 0; i < n && i < m->nlines; i++)
		if (lines[i].account != m->lines[i].account || lines[i].item != m->lines[i].item ||
		    lines[i].lot != m->lines[i].lot || lines[i].quantity != -m->lines[i].quantity)
			break;
	if (i < n || n != m->nlines)
		return fail(cx, RC_RULE,
		    N_("A movement is taken back wholly: the same lines, each the other way "
		       "round."));
	m->transfer = was.m.transfer;
	return RC_OK;
}

/* ---- the set ---- */

static int
twin(struct ctx *cx, struct movement *m, const char *digest, bool *again)
{
	AUTO_ROWS r;
	const char *kept = NULL;

	*again = false;
	TRY(db_rows(cx, &r, "SELECT id, digest FROM movement_set WHERE nonce = $1",
	    VALS(v_text(m->nonce))));
	if (rows_next(&r)) {
		m->id = row_int(&r, 0);
		kept = row_text(&r, 1);
	}
	TRY(rows_end(&r));
	/* RULE stock-3 */
	if (kept != NULL && strcmp(kept, digest) != 0)
		return fail(
		    cx, RC_CONFLICT, N_("This nonce was used for a set with other content."));
	*again = kept != NULL;
	return RC_OK;
}

static int
put_lines(struct ctx *cx, struct tx *tx, const struct movement *m, size_t from, size_t n)
{
	struct val v[7 * ROWS_BITE];
	size_t i;

	for (i = 0; i < n; i++) {
		const struct movement_line *l = &m->lines[from + i];
		struct val *to = &v[7 * i];

		to[0] = v_int(m->id);
		to[1] = v_int((int64_t)(from + i));
		to[2] = v_int(l->account);
		to[3] = v_int(l->item);
		to[4] = v_int(l->lot);
		to[5] = v_int(l->quantity);
		to[6] = v_int(m->at);
	}
	return tx_run(cx, tx, NULL,
	    rows_sql(cx->arena,
		"INSERT INTO movement_line (movement, n, account, item, lot, quantity, at) VALUES",
		n, 7, ""),
	    (struct vals){ v, 7 * n });
}

static int
put_set(struct ctx *cx, struct tx *tx, struct movement *m, const char *digest)
{
	size_t from, n;

	TRY(tx_int(cx, tx, &m->id,
	    "INSERT INTO movement_set (nonce, digest, at, recorded_at, author, type, document, "
	    "note, reverses, recipe, deviation, transfer, sheet)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
	    VALS(v_text(m->nonce), v_text(digest), v_int(m->at), v_int(cx->now),
		v_int(cx->actor->account), v_text(m->type), v_text(m->document), v_text(m->note),
		v_int_or(m->reverses, 0), v_int_or(m->recipe, 0),
		v_int_or(m->deviation, m->recipe == 0 ? m->deviation : INT_NONE),
		v_int_or(m->transfer, 0), v_int_or(m->sheet, 0))));
	for (from = 0; from < m->nlines; from += n) {
		n = m->nlines - from < ROWS_BITE ? m->nlines - from : ROWS_BITE;
		TRY(put_lines(cx, tx, m, from, n));
	}
	return audit_tx(cx, tx, "post", "movement_set", m->id, digest);
}

/* The settled lines replace those that were asked, so that a second run finds the same. */
int
movement_post_tx(struct ctx *cx, struct tx *tx, struct movement *m, bool *again)
{
	struct known_line *known;
	struct movement_line *settled;
	struct movement s = *m;
	const char *digest;

	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (s.type == NULL)
		s.type = "other";
	TRY(check_shape(cx, &s));
	s.nlines = lines_settle(cx->arena, s.lines, s.nlines, &settled);
	s.lines = settled;
	TRY(check_reverses(cx, &s));
	digest = movement_digest(cx->arena, &s);
	TRY(twin(cx, &s, digest, again));
	if (!*again) {
		TRY(check_sums(cx, &s));
		TRY(lines_known(cx, &s, &known));
		TRY(balances_shift_tx(cx, tx, &s, known));
		TRY(put_set(cx, tx, &s, digest));
		if (s.transfer != 0)
			TRY(transfer_settle_tx(cx, tx, s.transfer));
		tx_touch(tx, kind_number(&stock_account_kind));
	}
	m->id = s.id;
	return RC_OK;
}

struct posting {
	struct movement *m;
	bool *again;
};

static int
post_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct posting *p = arg;

	return movement_post_tx(cx, tx, p->m, p->again);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

int
movement_keys(struct ctx *cx, const struct movement *m, int64_t keys[SET_ITEMS_MAX], size_t *n)
{
	int64_t all[LINES_MAX];
	size_t i, k = 0, lines = m->nlines < LINES_MAX ? m->nlines : LINES_MAX;

	for (i = 0; i < lines; i++)
		all[i] = m->lines[i].item;
	qsort(all, lines, sizeof(all[0]), by_number);
	*n = 0;
	for (i = 0; i < lines; i++) {
		if (i > 0 && all[i] == all[i - 1])
			continue;
		if (k == SET_ITEMS_MAX)
			return fail(cx, RC_RULE, N_("A set holds at most 32 different items."));
		keys[k++] = (int64_t)kind_number(&item_kind) << 48 | all[i];
	}
	*n = k;
	return RC_OK;
}

int
movement_write(struct ctx *cx, const int64_t *keys, size_t n, tx_fn *fn, void *arg)
{
	int rc = db_write_keys(cx, keys, n, fn, arg);

	if (rc == RC_EXISTS) { /* a twin was faster: now it is found by its nonce */
		err_clear(cx);
		rc = db_write_keys(cx, keys, n, fn, arg);
	}
	/* RULE stock-8: the index lets a set be taken back once. */
	if (rc == RC_EXISTS)
		return fail(cx, RC_EXISTS, N_("This set was taken back already."));
	return rc;
}

int
movement_post(struct ctx *cx, struct movement *m, bool *again)
{
	int64_t keys[SET_ITEMS_MAX];
	struct posting p = { m, again };
	size_t n;

	TRY(movement_keys(cx, m, keys, &n));
	return movement_write(cx, keys, n, post_fn, &p);
}

int
movement_of_nonce(struct ctx *cx, const char *nonce, int64_t *id)
{
	int rc = RC_NOTFOUND;

	*id = 0;
	if (nonce != NULL)
		rc = db_int(
		    cx, id, "SELECT id FROM movement_set WHERE nonce = $1", VALS(v_text(nonce)));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
movement_reverse(struct ctx *cx, int64_t id, const char *nonce, const char *note, int64_t *out)
{
	struct movement_read r;
	struct movement_line *lines;
	struct movement m = {
		.nonce = nonce, .at = cx->now, .type = "correction", .note = note, .reverses = id
	};
	bool again;
	size_t i;

	TRY(movement_get(cx, id, &r));
	if (r.reversed_by != 0)
		return fail(cx, RC_EXISTS, N_("This set was taken back already."));
	lines = arena_alloc(cx->arena, r.m.nlines * sizeof(*lines));
	for (i = 0; i < r.m.nlines; i++) {
		lines[i] = r.m.lines[i];
		lines[i].quantity = -lines[i].quantity;
	}
	m.lines = lines;
	m.nlines = r.m.nlines;
	TRY(movement_post(cx, &m, &again));
	*out = m.id;
	return RC_OK;
}

/* stock_post.c – one set into the ledger: the nonce, the checks, the balances, the lines.
 *
 * Read movement_post_tx() from top to bottom. Balances are changed in the order of account, item and lot, and a
 * guarded one that would fall below zero ends the whole set, with what there is in the text. What is known of
 * the accounts and items of a set is read in one SELECT each. */
#include "mod/stock/stock_inner.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* A clock may be wrong by hours; a day ahead is a typing error. */
#define AHEAD_US US_PER_DAY

static int
by_place(const void *a, const void *b)
{
	const struct movement_line *x = a, *y = b;

	if (x->account != y->account)
		return x->account < y->account ? -1 : 1;
	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->lot < y->lot ? -1 : x->lot > y->lot;
}

size_t
lines_settle(struct arena *a, const struct movement_line *in, size_t n, struct movement_line **out)
{
	struct movement_line *l = arena_alloc(a, (n + 1) * sizeof(*l));
	size_t i, k = 0, kept = 0;

	if (n > 0)
		memcpy(l, in, n * sizeof(*l));
	qsort(l, n, sizeof(*l), by_place);
	for (i = 0; i < n; i++)
		if (k > 0 && by_place(&l[k - 1], &l[i]) == 0)
			l[k - 1].quantity += l[i].quantity;
		else
			l[k++] = l[i];
	for (i = 0; i < k; i++)
		if (l[i].quantity != 0)
			l[kept++] = l[i];
	*out = l;
	return kept;
}

const char *
movement_digest(struct arena *a, const struct movement *m)
{
	unsigned char hash[crypto_generichash_BYTES];
	char *hex = arena_alloc(a, 2 * sizeof(hash) + 1);
	struct buf b;
	size_t i;

	buf_init(&b, a, 1 << 20);
	buf_printf(&b, "%s\n%lld\n%s\n%lld\n%zu %s\n%zu %s\n", m->nonce, (long long)m->at, m->type,
	    (long long)m->reverses, m->document == NULL ? 0 : strlen(m->document),
	    m->document == NULL ? "" : m->document, m->note == NULL ? 0 : strlen(m->note),
	    m->note == NULL ? "" : m->note);
	for (i = 0; i < m->nlines; i++)
		buf_printf(&b, "%lld %lld %lld %lld\n", (long long)m->lines[i].account,
		    (long long)m->lines[i].item, (long long)m->lines[i].lot,
		    (long long)m->lines[i].quantity);
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)b.p, b.n, NULL, 0);
	return sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

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

static int
by_goods(const void *a, const void *b)
{
	const struct movement_line *x = a, *y = b;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->lot < y->lot ? -1 : x->lot > y->lot;
}

/* RULE stock-1 */
static int
check_sums(struct ctx *cx, const struct movement *m)
{
	struct movement_line *l = arena_alloc(cx->arena, (m->nlines + 1) * sizeof(*l));
	int64_t sum = 0;
	size_t i;

	if (m->nlines == 0)
		return fail(cx, RC_RULE, N_("Nothing moves in this set."));
	memcpy(l, m->lines, m->nlines * sizeof(*l));
	qsort(l, m->nlines, sizeof(*l), by_goods);
	for (i = 0; i < m->nlines; i++) {
		sum += l[i].quantity;
		if (i + 1 < m->nlines && by_goods(&l[i], &l[i + 1]) == 0)
			continue;
		if (sum != 0)
			fail_field(cx, "lines",
			    N_("The lines of each item and lot must add up to zero; here %s is "
			       "left."),
			    num(cx, sum));
		sum = 0;
	}
	return fields_rc(cx);
}

/* ---- accounts, items and lots of a set ---- */

struct known_line {
	const char *account, *account_type, *item_code, *base, *lot;
	int closed, expires;
	int64_t lot_item;
	bool perishable;
};

static int
know_line(struct ctx *cx, size_t n, const struct movement_line *l, struct known_line *k)
{
	AUTO_ROWS r;

	TRY(db_rows(cx, &r,
	    "SELECT a.code, a.type, a.closed, i.code, i.base, i.perishable, l.code, l.expires, "
	    "l.item"
	    " FROM stock_account a LEFT JOIN stock_item i ON i.id = $2 LEFT JOIN lot l ON l.id = "
	    "$3 "
	    "WHERE a.id = $1",
	    VALS(v_int(l->account), v_int(l->item), v_int(l->lot))));
	*k = (struct known_line){ 0 };
	if (!rows_next(&r))
		line_fails(cx, n, "account", N_("There is no such account."));
	else {
		k->account = row_text(&r, 0);
		k->account_type = row_text(&r, 1);
		k->closed = (int)row_int(&r, 2);
		k->item_code = row_text(&r, 3);
		k->base = row_text(&r, 4);
		k->perishable = row_int(&r, 5) != 0;
		k->lot = row_text(&r, 6);
		k->expires = (int)row_int(&r, 7);
		k->lot_item = row_int(&r, 8);
		if (k->item_code == NULL)
			line_fails(cx, n, "item", N_("There is no such item."));
		if (l->lot != 0 && (k->lot == NULL || k->lot_item != l->item))
			line_fails(cx, n, "lot", N_("There is no such lot of this item."));
	}
	return rows_end(&r);
}

static int
check_line(struct ctx *cx, size_t n, const struct movement *m, const struct known_line *k)
{
	const struct movement_line *l = &m->lines[n];
	int day = day_of_moment(m->at);

	if (k->account == NULL || k->item_code == NULL || (l->lot != 0 && k->lot == NULL))
		return RC_OK; /* named already */
	/* RULE stock-5 */
	if (k->perishable && l->lot == 0)
		line_fails(cx, n, "lot", N_("This perishes: name its lot."));
	/* RULE stock-7 */
	if (k->closed != 0 && day >= k->closed)
		return fail(
		    cx, RC_RULE, N_("The account “%s” was closed before that day."), k->account);
	if (l->quantity > 0 && k->expires != 0 && day > k->expires && m->reverses == 0 &&
	    (strcmp(k->account_type, "household") == 0 || strcmp(k->account_type, "kitchen") == 0))
		return fail(cx, RC_RULE,
		    N_("The lot “%s” has expired: it can only be written off or given back."),
		    k->lot);
	return RC_OK;
}

static int
check_known(struct ctx *cx, const struct movement *m, struct known_line *known)
{
	size_t i, money = 0;

	for (i = 0; i < m->nlines; i++) {
		TRY(know_line(cx, i, &m->lines[i], &known[i]));
		TRY(check_line(cx, i, m, &known[i]));
		money += known[i].base != NULL && strcmp(known[i].base, "tiyn") == 0;
	}
	TRY(fields_rc(cx));
	/* RULE stock-6 */
	if (money > 0 && money < m->nlines)
		return fail(cx, RC_RULE, N_("Money and goods do not stand in one set."));
	return RC_OK;
}

/* ---- balances ---- */

int64_t
stock_day_number(int64_t at)
{
	/* The zone is written into STOCK_DAY_SQL, too. */
	_Static_assert(DAY_ZONE_MIN * 60 == 18000, "zone");
	return day_number(day_of_moment(at));
}

static int
below_zero(struct ctx *cx, const struct movement_line *l, const struct known_line *k, int64_t left)
{
	struct item i;

	TRY(kind_load(cx, &item_kind, l->item, &i));
	return fail(cx, RC_RULE, N_("“%s” at “%s”: there is %s, less than the %s asked for."),
	    kind_title(cx, &item_kind, &i), k->account, quantity_text(cx, &i, left - l->quantity),
	    quantity_text(cx, &i, -l->quantity));
}

/* The closing balances of the set's day and of every later one. Days without a row hold what the last one held. */
static int
shift_days(struct ctx *cx, struct tx *tx, const struct movement_line *l, int64_t day,
    int64_t last_day, int64_t *lowest)
{
	int64_t of_day;

	TRY(tx_int(cx, tx, &of_day,
	    "INSERT INTO stock_day (account, item, lot, day, balance) SELECT $1, $2, $3, $4, $5 + "
	    "coalesce("
	    "(SELECT d.balance FROM stock_day d WHERE d.account = $1 AND d.item = $2 AND d.lot = "
	    "$3 AND d.day < $4"
	    " ORDER BY d.day DESC LIMIT 1), 0) WHERE true"
	    " ON CONFLICT (account, item, lot, day) DO UPDATE SET balance = stock_day.balance + $5 "
	    "RETURNING balance",
	    VALS(
		v_int(l->account), v_int(l->item), v_int(l->lot), v_int(day), v_int(l->quantity))));
	*lowest = of_day;
	if (day >= last_day)
		return RC_OK;
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE stock_day SET balance = balance + $5 WHERE account = $1 AND item = $2 AND lot "
	    "= $3 AND day > $4",
	    VALS(
		v_int(l->account), v_int(l->item), v_int(l->lot), v_int(day), v_int(l->quantity))));
	return db_int(cx, lowest,
	    "SELECT min(balance) FROM stock_day WHERE account = $1 AND item = $2 AND lot = $3 AND "
	    "day >= $4",
	    VALS(v_int(l->account), v_int(l->item), v_int(l->lot), v_int(day)));
}

/* RULE stock-4 */
static int
shift(struct ctx *cx, struct tx *tx, const struct movement_line *l, const struct known_line *k,
    int64_t day)
{
	int64_t lowest, last_day;

	TRY(tx_int(cx, tx, &last_day,
	    "INSERT INTO stock_now (account, item, lot, balance, last_day) VALUES ($1, $2, $3, $4, "
	    "$5)"
	    " ON CONFLICT (account, item, lot) DO UPDATE SET balance = stock_now.balance + $4,"
	    " last_day = CASE WHEN stock_now.last_day > $5 THEN stock_now.last_day ELSE $5 END "
	    "RETURNING last_day",
	    VALS(
		v_int(l->account), v_int(l->item), v_int(l->lot), v_int(l->quantity), v_int(day))));
	TRY(shift_days(cx, tx, l, day, last_day, &lowest));
	if (lowest < 0 && l->quantity < 0 && stock_account_guarded(k->account_type))
		return below_zero(cx, l, k, lowest);
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
put_set(struct ctx *cx, struct tx *tx, struct movement *m, const char *digest)
{
	size_t i;

	TRY(tx_int(cx, tx, &m->id,
	    "INSERT INTO movement_set (nonce, digest, at, recorded_at, author, type, document, "
	    "note, reverses)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
	    VALS(v_text(m->nonce), v_text(digest), v_int(m->at), v_int(cx->now),
		v_int(cx->actor->account), v_text(m->type), v_text(m->document), v_text(m->note),
		v_int_or(m->reverses, 0))));
	for (i = 0; i < m->nlines; i++)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO movement_line (movement, n, account, item, lot, quantity, at)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
		    VALS(v_int(m->id), v_int((int64_t)i), v_int(m->lines[i].account),
			v_int(m->lines[i].item), v_int(m->lines[i].lot),
			v_int(m->lines[i].quantity), v_int(m->at))));
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
	int64_t day = stock_day_number(m->at);
	size_t i;

	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (s.type == NULL)
		s.type = "other";
	TRY(check_shape(cx, &s));
	s.nlines = lines_settle(cx->arena, s.lines, s.nlines, &settled);
	s.lines = settled;
	digest = movement_digest(cx->arena, &s);
	TRY(twin(cx, &s, digest, again));
	if (!*again) {
		TRY(check_sums(cx, &s));
		known = arena_alloc(cx->arena, s.nlines * sizeof(*known));
		TRY(check_known(cx, &s, known));
		for (i = 0; i < s.nlines; i++)
			TRY(shift(cx, tx, &s.lines[i], &known[i], day));
		TRY(put_set(cx, tx, &s, digest));
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
movement_post(struct ctx *cx, struct movement *m, bool *again)
{
	int64_t keys[SET_ITEMS_MAX];
	struct posting p = { m, again };
	size_t n;
	int rc;

	TRY(movement_keys(cx, m, keys, &n));
	rc = db_write_keys(cx, keys, n, post_fn, &p);
	if (rc == RC_EXISTS) { /* a twin was faster: now it is found by its nonce */
		err_clear(cx);
		rc = db_write_keys(cx, keys, n, post_fn, &p);
	}
	/* RULE stock-8: the index lets a set be taken back once. */
	if (rc == RC_EXISTS)
		return fail(cx, RC_EXISTS, N_("This set was taken back already."));
	return rc;
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

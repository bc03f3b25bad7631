/* stock_check.c – the ledger from its lines alone: does everything that is kept beside them follow?
 *
 * One pass over the sets with their lines in order (sums, digests, the audit's lines), one over the lines by place and
 * day (balances now, balances of each day, nothing below zero). Both stream, so five million lines need no memory. */
#include "mod/stock/stock_inner.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct check {
	struct ctx *cx;
	struct arena arena; /* of `out`: cx->arena is rewound from row to row */
	struct buf out;
	int64_t sets, differences;
	struct stock_shortage *shortages; /* by account, item, lot, day */
	size_t nshortages, next;	  /* the first that the places so far have passed */
};

static void PRINTF(2, 3) differs(struct check *c, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_printf(&c->out, "%s\n", text);
	c->differences++;
}

/* ---- the sets ---- */

struct one_set {
	struct movement m;
	struct movement_line lines[LINES_MAX];
	const char *digest, *vouched;
	bool broken; /* more lines than a set may have, or a line of another moment */
};

static void
sums(struct check *c, const struct one_set *s)
{
	struct stock_row left[LINES_MAX];
	size_t n = lines_balance(s->lines, s->m.nlines, left), i;

	for (i = 0; i < n; i++)
		differs(c, "movement_set %lld: item %lld lot %lld adds up to %lld",
		    (long long)s->m.id, (long long)left[i].item, (long long)left[i].lot,
		    (long long)left[i].quantity);
}

static void
finish_set(struct check *c, struct one_set *s)
{
	struct arena_mark mark = arena_mark(c->cx->arena);

	if (s->m.id == 0)
		return;
	c->sets++;
	s->m.lines = s->lines;
	if (s->broken || s->m.nlines < 2)
		differs(
		    c, "movement_set %lld: its lines are not those of a set", (long long)s->m.id);
	else {
		sums(c, s);
		if (strcmp(movement_digest(c->cx->arena, &s->m), s->digest) != 0)
			differs(
			    c, "movement_set %lld: does not fit its digest", (long long)s->m.id);
	}
	if (s->vouched == NULL || strcmp(s->vouched, s->digest) != 0)
		differs(
		    c, "movement_set %lld: the audit does not vouch for it", (long long)s->m.id);
	arena_rewind(c->cx->arena, mark);
}

static void
begin_set(struct one_set *s, const struct rows *r, struct arena_mark mark)
{
	arena_rewind(r->cx->arena, mark);
	s->m = (struct movement){ .id = row_int(r, 0),
		.nonce = row_text(r, 1),
		.at = row_int(r, 3),
		.type = row_text(r, 4),
		.document = row_text(r, 5),
		.note = row_text(r, 6),
		.reverses = row_int(r, 7),
		.recipe = row_int(r, 14),
		.deviation = row_int(r, 15),
		.transfer = row_int(r, 16),
		.sheet = row_int(r, 17) };
	s->digest = row_text(r, 2);
	s->vouched = row_text(r, 8);
	s->broken = false;
}

static int
check_sets(struct check *c)
{
	struct one_set *s = arena_alloc(c->cx->arena, sizeof(*s));
	struct arena_mark mark;
	AUTO_ROWS r;

	memset(s, 0, sizeof(*s));
	TRY(db_stream(c->cx, &r,
	    "SELECT s.id, s.nonce, s.digest, s.at, s.type, s.document, s.note, s.reverses,"
	    " (SELECT max(a.fields) FROM audit a WHERE a.kind = 'movement_set' AND a.rec = s.id "
	    "AND a.action = 'post'),"
	    " l.account, l.item, l.lot, l.quantity, l.at, s.recipe, s.deviation, s.transfer, "
	    "s.sheet FROM movement_set s LEFT JOIN movement_line l ON l.movement = s.id ORDER BY "
	    "s.id, "
	    "l.n",
	    NO_VALS));
	mark = arena_mark(c->cx->arena); /* behind what the stream itself needs */
	while (rows_next(&r)) {
		if (row_int(&r, 0) != s->m.id) {
			finish_set(c, s);
			begin_set(s, &r, mark);
		}
		if (row_null(&r, 9) || s->m.nlines == LINES_MAX || row_int(&r, 13) != s->m.at) {
			s->broken = true;
			continue;
		}
		s->lines[s->m.nlines++] = (struct movement_line){ row_int(&r, 9), row_int(&r, 10),
			row_int(&r, 11), row_int(&r, 12) };
	}
	TRY(rows_end(&r));
	finish_set(c, s);
	return RC_OK;
}

/* ---- the balances ---- */

/* What the lines of one place (account, item, lot) say, day after day; allowed: what may be missing at present,
 * since it is on record as a shortage. */
struct place {
	int64_t account, item, lot, balance, last_day, kept_now, kept_last, allowed;
	const char *type;
	bool known, has_now;
};

static void
end_place(struct check *c, const struct place *p)
{
	if (!p->known)
		return;
	if (!p->has_now || p->kept_now != p->balance || p->kept_last != p->last_day)
		differs(c, "account %lld item %lld lot %lld: kept as %lld, the lines say %lld",
		    (long long)p->account, (long long)p->item, (long long)p->lot,
		    (long long)p->kept_now, (long long)p->balance);
}

static bool
of_place(const struct place *p, const struct rows *r)
{
	return p->known && p->account == row_int(r, 0) && p->item == row_int(r, 1) &&
	       p->lot == row_int(r, 2);
}

static int
to_place(const struct stock_shortage *s, const struct place *p)
{
	if (s->account != p->account)
		return s->account < p->account ? -1 : 1;
	if (s->item != p->item)
		return s->item < p->item ? -1 : 1;
	return s->lot < p->lot ? -1 : s->lot > p->lot;
}

/* RULE stock-12: shortages on record up to this day; they end when the place holds something again. */
static void
allow(struct check *c, struct place *p)
{
	const struct stock_shortage *s;
	int to;

	for (; c->next < c->nshortages; c->next++) {
		s = &c->shortages[c->next];
		to = to_place(s, p);
		if (to > 0 || (to == 0 && day_number(s->day) > p->last_day))
			break;
		if (to == 0 && s->quantity > p->allowed)
			p->allowed = s->quantity;
	}
	if (p->balance >= 0)
		p->allowed = 0;
}

static void
day_row(struct check *c, struct place *p, const struct rows *r)
{
	char day[16];

	p->balance += row_int(r, 4);
	p->last_day = row_int(r, 3);
	day_iso(day_of_number(p->last_day), day);
	if (row_null(r, 5) || row_int(r, 5) != p->balance)
		differs(c,
		    "account %lld item %lld lot %lld: %s is kept as %lld, the lines say %lld",
		    (long long)p->account, (long long)p->item, (long long)p->lot, day,
		    (long long)row_int(r, 5), (long long)p->balance);
	allow(c, p);
	if (-p->balance > p->allowed && p->type != NULL && stock_account_guarded(p->type))
		differs(c, "account %lld item %lld lot %lld: below zero at the end of %s",
		    (long long)p->account, (long long)p->item, (long long)p->lot, day);
}

static int
check_places(struct check *c)
{
	struct place p = { 0 };
	struct arena_mark mark;
	AUTO_ROWS r;

	TRY(db_stream(c->cx, &r,
	    "SELECT q.account, q.item, q.lot, q.day, sum(q.v), max(q.kept), max(a.type), "
	    "max(n.balance), max(n.last_day)"
	    " FROM (SELECT account, item, lot, " STOCK_DAY_SQL(
		"at") " AS day, quantity AS v, NULL AS kept FROM movement_line"
		      " UNION ALL SELECT account, item, lot, day, 0, balance FROM stock_day) q"
		      " LEFT JOIN stock_account a ON a.id = q.account"
		      " LEFT JOIN stock_now n ON n.account = q.account AND n.item = q.item AND "
		      "n.lot = q.lot"
		      " GROUP BY q.account, q.item, q.lot, q.day ORDER BY q.account, q.item, "
		      "q.lot, q.day",
	    NO_VALS));
	mark = arena_mark(c->cx->arena);
	while (rows_next(&r)) {
		if (!of_place(&p, &r)) {
			end_place(c, &p);
			arena_rewind(c->cx->arena, mark);
			p = (struct place){ .account = row_int(&r, 0),
				.item = row_int(&r, 1),
				.lot = row_int(&r, 2),
				.type = row_text(&r, 6),
				.kept_now = row_int(&r, 7),
				.kept_last = row_int(&r, 8),
				.has_now = !row_null(&r, 7),
				.known = true };
		}
		day_row(c, &p, &r);
	}
	TRY(rows_end(&r));
	end_place(c, &p);
	return RC_OK;
}

/* A balance kept for a place without lines is in no group above. */
static int
check_strays(struct check *c)
{
	AUTO_ROWS r;

	TRY(db_rows(c->cx, &r,
	    "SELECT n.account, n.item, n.lot FROM stock_now n WHERE NOT EXISTS (SELECT 1 FROM "
	    "movement_line l"
	    " WHERE l.account = n.account AND l.item = n.item AND l.lot = n.lot) ORDER BY 1, 2, 3",
	    NO_VALS));
	while (rows_next(&r))
		differs(c, "account %lld item %lld lot %lld: a balance without lines",
		    (long long)row_int(&r, 0), (long long)row_int(&r, 1),
		    (long long)row_int(&r, 2));
	return rows_end(&r);
}

/* An audit's line of a set that is not there: it was removed. */
static int
check_gone(struct check *c)
{
	AUTO_ROWS r;

	TRY(db_rows(c->cx, &r,
	    "SELECT a.rec FROM audit a WHERE a.kind = 'movement_set' AND a.action = 'post' AND NOT "
	    "EXISTS"
	    " (SELECT 1 FROM movement_set s WHERE s.id = a.rec) ORDER BY 1",
	    NO_VALS));
	while (rows_next(&r))
		differs(c, "movement_set %lld: the audit tells of it, it is gone",
		    (long long)row_int(&r, 0));
	return rows_end(&r);
}

/* The unique index says so; whoever took it away is found. */
static int
check_nonces(struct check *c)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(c->cx, &r,
	    "SELECT nonce, count(*) FROM movement_set GROUP BY nonce HAVING count(*) > 1 ORDER BY "
	    "1",
	    NO_VALS));
	while (rows_next(&r))
		differs(c, "nonce %s: %lld sets", row_text(&r, 0), (long long)row_int(&r, 1));
	return rows_end(&r);
}

/* They are named, open and explained ones, and are no differences. */
static int
list_shortages(struct check *c)
{
	struct stock_shortage *s;
	int64_t n;
	AUTO_ROWS r = { 0 };

	TRY(db_int(c->cx, &n, "SELECT count(*) FROM stock_shortage", NO_VALS));
	c->shortages = s = arena_array(&c->arena, struct stock_shortage, (size_t)n + 1);
	TRY(db_rows(c->cx, &r,
	    "SELECT account, item, coalesce(lot, 0), day, quantity, state FROM stock_shortage "
	    "ORDER BY 1, 2, 3, 4",
	    NO_VALS));
	for (; rows_next(&r) && c->nshortages < (size_t)n; c->nshortages++) {
		char day[16];

		s[c->nshortages] = (struct stock_shortage){ .account = row_int(&r, 0),
			.item = row_int(&r, 1),
			.lot = row_int(&r, 2),
			.day = (int)row_int(&r, 3),
			.quantity = row_int(&r, 4) };
		day_iso((int)row_int(&r, 3), day);
		buf_printf(&c->out,
		    "shortage %s: account %lld item %lld lot %lld: %lld missing from %s\n",
		    row_text(&r, 5), (long long)row_int(&r, 0), (long long)row_int(&r, 1),
		    (long long)row_int(&r, 2), (long long)row_int(&r, 4), day);
	}
	return rows_end(&r);
}

static int
check_all(struct check *c)
{
	TRY(list_shortages(c));
	TRY(check_sets(c));
	TRY(check_places(c));
	TRY(check_strays(c));
	TRY(check_nonces(c));
	return check_gone(c);
}

int
ledger_check(struct ctx *cx, struct buf *out, int64_t *sets, int64_t *differences)
{
	struct check c = { .cx = cx };
	int rc;

	arena_init(&c.arena);
	buf_init(&c.out, &c.arena, 16 << 20);
	rc = check_all(&c);
	if (c.out.n > 0)
		buf_put(out, c.out.p, c.out.n);
	arena_done(&c.arena);
	*sets = c.sets;
	*differences = c.differences;
	return rc;
}

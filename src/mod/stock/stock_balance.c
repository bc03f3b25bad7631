/* stock_balance.c – what is kept beside the lines: what each place holds now, and at the end of each day on which it moved.
 *
 * Sets come in the order of their days, nearly always: then the closing balance of the day is what the place holds
 * now, and two statements change eight lines. A late one shifts the closing balances of every later day, line by line. */
#include "mod/stock/stock_inner.h"

#include <string.h>

const char *
rows_sql(struct arena *a, const char *head, size_t rows, size_t cols, const char *tail)
{
	struct buf b;
	size_t r, c, n = 0;

	buf_init(&b, a, 0);
	buf_str(&b, head);
	for (r = 0; r < rows; r++)
		for (c = 0; c < cols; c++) {
			buf_str(&b, c > 0 ? ",$" : r > 0 ? ",($" : " ($");
			buf_int(&b, (int64_t)++n);
			if (c + 1 == cols)
				buf_char(&b, ')');
		}
	buf_str(&b, tail);
	return b.p;
}

/* A line and what its place came to. */
struct shifted {
	int64_t now, last_day, lowest;
};

struct shifting {
	const struct movement *m;
	const struct known_line *known;
	struct shifted *v;
	int64_t day;
};

static int
shift_now(struct ctx *cx, struct shifting *s, size_t from, size_t n)
{
	struct val v[5 * ROWS_BITE];
	const struct movement_line *l = s->m->lines;
	size_t i;
	AUTO_ROWS r = { 0 };

	for (i = 0; i < n; i++) {
		struct val *to = &v[5 * i];

		to[0] = v_int(l[from + i].account);
		to[1] = v_int(l[from + i].item);
		to[2] = v_int(l[from + i].lot);
		to[3] = v_int(l[from + i].quantity);
		to[4] = v_int(s->day);
	}
	TRY(db_rows(cx, &r,
	    rows_sql(cx->arena,
		"INSERT INTO stock_now (account, item, lot, balance, last_day) VALUES", n, 5,
		" ON CONFLICT (account, item, lot) DO UPDATE SET balance = stock_now.balance + "
		"excluded.balance, last_day = CASE WHEN stock_now.last_day > excluded.last_day "
		"THEN stock_now.last_day ELSE excluded.last_day END RETURNING account, item, lot, "
		"balance, last_day"),
	    (struct vals){ v, 5 * n }));
	while (rows_next(&r))
		for (i = from; i < from + n; i++)
			if (l[i].account == row_int(&r, 0) && l[i].item == row_int(&r, 1) &&
			    l[i].lot == row_int(&r, 2))
				s->v[i] = (struct shifted){ row_int(&r, 3), row_int(&r, 4),
					row_int(&r, 3) };
	return rows_end(&r);
}

/* The closing balance of those for which the set's day is the last so far. */
static int
close_day(struct ctx *cx, struct tx *tx, struct shifting *s, size_t from, size_t n)
{
	struct val v[5 * ROWS_BITE];
	const struct movement_line *l = s->m->lines;
	size_t i, k = 0;

	for (i = from; i < from + n; i++) {
		struct val *to = &v[5 * k];

		if (s->v[i].last_day != s->day)
			continue;
		to[0] = v_int(l[i].account);
		to[1] = v_int(l[i].item);
		to[2] = v_int(l[i].lot);
		to[3] = v_int(s->day);
		to[4] = v_int(s->v[i].now);
		k++;
	}
	if (k == 0)
		return RC_OK;
	return tx_run(cx, tx, NULL,
	    rows_sql(cx->arena, "INSERT INTO stock_day (account, item, lot, day, balance) VALUES",
		k, 5,
		" ON CONFLICT (account, item, lot, day) DO UPDATE SET balance = excluded.balance"),
	    (struct vals){ v, 5 * k });
}

/* A late line: the closing balances of its day and of every later one. Days without a row hold what the last
 * one held. */
static int
shift_days(struct ctx *cx, struct tx *tx, struct shifting *s, size_t i)
{
	const struct movement_line *l = &s->m->lines[i];
	const struct val place[] = { v_int(l->account), v_int(l->item), v_int(l->lot),
		v_int(s->day), v_int(l->quantity) };
	int64_t of_day;

	TRY(tx_int(cx, tx, &of_day,
	    "INSERT INTO stock_day (account, item, lot, day, balance) SELECT $1, $2, $3, $4, $5 + "
	    "coalesce("
	    "(SELECT d.balance FROM stock_day d WHERE d.account = $1 AND d.item = $2 AND d.lot = "
	    "$3 AND d.day < $4"
	    " ORDER BY d.day DESC LIMIT 1), 0) WHERE true"
	    " ON CONFLICT (account, item, lot, day) DO UPDATE SET balance = stock_day.balance + $5 "
	    "RETURNING balance",
	    (struct vals){ place, 5 }));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE stock_day SET balance = balance + $5 WHERE account = $1 AND item = $2 AND lot "
	    "= $3 AND day > $4",
	    (struct vals){ place, 5 }));
	return db_int(cx, &s->v[i].lowest,
	    "SELECT min(balance) FROM stock_day WHERE account = $1 AND item = $2 AND lot = $3 AND "
	    "day >= $4",
	    (struct vals){ place, 4 });
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

/* RULE stock-4 */
static int
guard(struct ctx *cx, struct tx *tx, struct shifting *s, size_t i)
{
	const struct movement_line *l = &s->m->lines[i];

	if (s->v[i].lowest >= 0 || l->quantity > 0 ||
	    !stock_account_guarded(s->known[i].account_type))
		return RC_OK;
	if (!s->m->allow_short)
		return below_zero(cx, l, &s->known[i], s->v[i].lowest);
	return shortage_note_tx(cx, tx, l, s->day);
}

int
balances_shift_tx(
    struct ctx *cx, struct tx *tx, const struct movement *m, const struct known_line *known)
{
	struct shifting s = { m, known, arena_array(cx->arena, struct shifted, m->nlines + 1),
		stock_day_number(m->at) };
	size_t from, n, i;

	for (from = 0; from < m->nlines; from += n) {
		n = m->nlines - from < ROWS_BITE ? m->nlines - from : ROWS_BITE;
		TRY(shift_now(cx, &s, from, n));
		TRY(close_day(cx, tx, &s, from, n));
	}
	for (i = 0; i < m->nlines; i++) {
		if (s.v[i].last_day != s.day)
			TRY(shift_days(cx, tx, &s, i));
		TRY(guard(cx, tx, &s, i));
	}
	return RC_OK;
}

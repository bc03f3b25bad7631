/* stock_known.c – what accounts, items and lots of a set are, read at once, and the rules that look at them. */
#include "mod/stock/stock_inner.h"

#include <string.h>

#include "db/sqllist.h"

static void
line_fails(struct ctx *cx, size_t n, const char *what, const char *msgid)
{
	fail_field(cx, arena_printf(cx->arena, "lines.%zu.%s", n, what), "%s", tr(cx, msgid));
}

enum { OF_ACCOUNT, OF_ITEM, OF_LOT };

static int64_t
id_of(const struct movement_line *l, int what)
{
	return what == OF_ACCOUNT ? l->account : what == OF_ITEM ? l->item : l->lot;
}

static void
take(struct known_line *k, int what, const struct rows *r)
{
	switch (what) {
	case OF_ACCOUNT:
		k->account = row_text(r, 1);
		k->account_type = row_text(r, 2);
		k->closed = (int)row_int(r, 3);
		break;
	case OF_ITEM:
		k->item_code = row_text(r, 1);
		k->base = row_text(r, 2);
		k->perishable = row_int(r, 3) != 0;
		break;
	default:
		k->lot = row_text(r, 1);
		k->lot_item = row_int(r, 2);
		k->expires = (int)row_int(r, 3);
	}
}

static int
know(struct ctx *cx, const struct movement *m, struct known_line *known, int what)
{
	static const char *const heads[] = {
		"SELECT id, code, type, closed FROM stock_account WHERE id IN (",
		"SELECT id, code, base, perishable FROM stock_item WHERE id IN (",
		"SELECT id, code, item, expires FROM lot WHERE id IN (",
	};
	struct val v[SQL_LIST_MAX];
	size_t i, k, n = 0;
	struct buf sql;
	AUTO_ROWS r = { 0 };

	for (i = 0; i < m->nlines; i++) {
		int64_t id = id_of(&m->lines[i], what);

		for (k = 0; k < n && v[k].i != id; k++)
			;
		if (k == n && id != 0)
			v[n++] = v_int(id);
	}
	if (n == 0)
		return RC_OK; /* no line names a lot */
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql, heads[what]);
	n = sql_list(&sql, 1, v, n);
	buf_str(&sql, ")");
	TRY(db_rows(cx, &r, sql.p, (struct vals){ v, n }));
	while (rows_next(&r))
		for (i = 0; i < m->nlines; i++)
			if (id_of(&m->lines[i], what) == row_int(&r, 0))
				take(&known[i], what, &r);
	return rows_end(&r);
}

static int
check_line(struct ctx *cx, size_t n, const struct movement *m, const struct known_line *k)
{
	const struct movement_line *l = &m->lines[n];
	int day = day_of_moment(m->at);

	if (k->account == NULL)
		line_fails(cx, n, "account", N_("There is no such account."));
	if (k->item_code == NULL)
		line_fails(cx, n, "item", N_("There is no such item."));
	if (l->lot != 0 && (k->lot == NULL || k->lot_item != l->item))
		line_fails(cx, n, "lot", N_("There is no such lot of this item."));
	if (k->account == NULL || k->item_code == NULL || (l->lot != 0 && k->lot == NULL))
		return RC_OK; /* named already */
	/* RULE stock-5 */
	if (k->perishable && l->lot == 0)
		line_fails(cx, n, "lot", N_("This perishes: name its lot."));
	/* RULE stock-7 */
	if (k->closed != 0 && day >= k->closed && !m->allow_short)
		return fail(
		    cx, RC_RULE, N_("The account “%s” was closed before that day."), k->account);
	if (l->quantity > 0 && k->expires != 0 && day > k->expires && m->reverses == 0 &&
	    !m->allow_short &&
	    (strcmp(k->account_type, "household") == 0 || strcmp(k->account_type, "kitchen") == 0))
		return fail(cx, RC_RULE,
		    N_("The lot “%s” has expired: it can only be written off or given back."),
		    k->lot);
	return RC_OK;
}

int
lines_known(struct ctx *cx, const struct movement *m, struct known_line **out)
{
	struct known_line *known = arena_array(cx->arena, struct known_line, m->nlines + 1);
	size_t i, money = 0;

	memset(known, 0, (m->nlines + 1) * sizeof(*known));
	TRY(know(cx, m, known, OF_ACCOUNT));
	TRY(know(cx, m, known, OF_ITEM));
	TRY(know(cx, m, known, OF_LOT));
	for (i = 0; i < m->nlines; i++) {
		TRY(check_line(cx, i, m, &known[i]));
		money += known[i].base != NULL && strcmp(known[i].base, "tiyn") == 0;
	}
	TRY(fields_rc(cx));
	/* RULE stock-6 */
	if (money > 0 && money < m->nlines)
		return fail(cx, RC_RULE, N_("Money and goods do not stand in one set."));
	*out = known;
	return RC_OK;
}

/* charity_sums.c – what was promised, what came and what was handed over, each from its own source: pledges, and the
 * lines of those sets of the ledger that a receipt or an act names. RULE charity-1 */
#include "mod/charity/charity_inner.h"

#include <string.h>

#include "lang/order.h"

/* ---- the goods of one set ---- */

static int
fill_line(struct ctx *cx, const struct rows *r, struct charity_line *out)
{
	int64_t lot = row_int(r, 1);

	out->quantity = row_int(r, 2);
	TRY(kind_load(cx, &item_kind, row_int(r, 0), &out->item));
	out->lot = (struct lot){ .code = "" };
	return lot == 0 ? RC_OK : kind_load(cx, &lot_kind, lot, &out->lot);
}

int
charity_lines(
    struct ctx *cx, int64_t movement, struct charity_line **out, size_t *n, bool *standing)
{
	AUTO_ROWS r = { 0 };
	int64_t stands, lines;

	TRY(db_int(cx, &stands,
	    "SELECT count(*) FROM movement_set s WHERE s.id = $1 AND " STANDS("s"),
	    VALS(v_int(movement))));
	TRY(db_int(cx, &lines,
	    "SELECT count(*) FROM movement_line WHERE movement = $1 AND quantity > 0",
	    VALS(v_int(movement))));
	*standing = stands == 1;
	*out = arena_array(cx->arena, struct charity_line, lines + 1);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT item, lot, quantity FROM movement_line WHERE movement = $1 AND quantity > 0 "
	    "ORDER BY n",
	    VALS(v_int(movement))));
	while (*n < (size_t)lines && rows_next(&r)) {
		TRY(fill_line(cx, &r, &(*out)[*n]));
		++*n;
	}
	return rows_end(&r);
}

/* ---- by item ---- */

/* clang-format off */
#define OF_DRIVE "(($1 = 0 AND d.state = 'open') OR d.id = $1)"
#define CAME_BY(table) \
	" FROM " table " c JOIN drive d ON d.id = c.drive JOIN movement_set s ON s.id = c.movement" \
	" JOIN movement_line l ON l.movement = s.id AND l.quantity > 0 WHERE " STANDS("s") " AND " OF_DRIVE
static const char sums_sql[] =
    "SELECT x.item, sum(x.promised), sum(x.received), sum(x.delivered), sum(x.goal) FROM ("
    "SELECT p.item AS item, p.quantity AS promised, 0 AS received, 0 AS delivered, 0 AS goal"
    " FROM pledge p JOIN drive d ON d.id = p.drive WHERE p.withdrawn_on IS NULL AND " OF_DRIVE
    " UNION ALL SELECT l.item, 0, l.quantity, 0, 0" CAME_BY("charity_receipt")
    " UNION ALL SELECT l.item, 0, 0, l.quantity, 0" CAME_BY("charity_aid")
    " UNION ALL SELECT n.item, 0, 0, 0, coalesce(n.quantity, 0) FROM drive_need n JOIN drive d ON"
    " d.id = n.drive WHERE " OF_DRIVE ") x GROUP BY x.item";
/* clang-format on */

/* What one drive says of an item; of all open ones: needed where one of them needs it. */
static int
fill_need(struct ctx *cx, int64_t drive, struct charity_sum *s)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT n.id, n.version, n.state FROM drive_need n JOIN drive d ON d.id = n.drive "
	    "WHERE n.item = $2 AND " OF_DRIVE " ORDER BY n.state DESC, n.id LIMIT 1",
	    VALS(v_int(drive), v_int(s->item.rec.id))));
	if (rows_next(&r)) {
		s->need = row_int(&r, 0);
		s->need_version = row_int(&r, 1);
		s->need_state = row_text(&r, 2);
	}
	return rows_end(&r);
}

static int
by_title(struct ctx *cx, struct charity_sum *v, size_t n)
{
	size_t i, j;

	/* Few rows: insertion keeps equal ones in place. */
	for (i = 1; i < n; i++) {
		struct charity_sum s = v[i];
		const char *key = order_key(cx->arena, kind_title(cx, &item_kind, &s.item));

		for (j = i; j > 0 &&
			    strcmp(order_key(cx->arena, kind_title(cx, &item_kind, &v[j - 1].item)),
				key) > 0;
		     j--)
			v[j] = v[j - 1];
		v[j] = s;
	}
	return RC_OK;
}

int
charity_sums(struct ctx *cx, int64_t drive, struct charity_sum **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t items;
	size_t i;

	TRY(db_int(cx, &items, "SELECT count(*) FROM stock_item", NO_VALS));
	*out = arena_array(cx->arena, struct charity_sum, items + 1);
	*n = 0;
	TRY(db_rows(cx, &r, sums_sql, VALS(v_int(drive))));
	while (*n < (size_t)items && rows_next(&r)) {
		struct charity_sum *s = &(*out)[(*n)++];

		*s = (struct charity_sum){ .item.rec.id = row_int(&r, 0),
			.promised = row_int(&r, 1),
			.received = row_int(&r, 2),
			.delivered = row_int(&r, 3),
			.goal = row_int(&r, 4) > 0 ? row_int(&r, 4) : INT_NONE };
	}
	TRY(rows_end(&r));
	for (i = 0; i < *n; i++) {
		TRY(kind_load(cx, &item_kind, (*out)[i].item.rec.id, &(*out)[i].item));
		TRY(fill_need(cx, drive, &(*out)[i]));
	}
	return by_title(cx, *out, *n);
}

/* ---- a pledge ---- */

int
pledge_received(struct ctx *cx, const struct pledge *p, int64_t *out)
{
	return db_int(cx, out,
	    "SELECT coalesce(sum(l.quantity), 0) FROM charity_receipt c JOIN movement_set s ON "
	    "s.id = c.movement JOIN movement_line l ON l.movement = s.id AND l.quantity > 0 AND "
	    "l.item = $2 WHERE c.pledge = $1 AND " STANDS("s"),
	    VALS(v_int(p->rec.id), v_int(p->item)));
}

const char *
pledge_state(const struct pledge *p, int64_t received)
{
	if (received >= p->quantity)
		return "received";
	if (p->withdrawn_on != 0)
		return "withdrawn";
	return received > 0 ? "part" : "promised";
}

/* ---- names of donors ---- */

static int
name_of(struct ctx *cx, const struct donor *d, const char *sealed, const char **out)
{
	struct person p;
	struct body b;

	*out = "";
	if (strcmp(d->type, "company") == 0)
		*out = d->company == NULL ? "" : d->company;
	else if (d->body != 0) {
		TRY(kind_load(cx, &body_kind, d->body, &b));
		*out = tr3(cx, &b.name, NULL);
	} else if (d->person != 0) {
		TRY(kind_load(cx, &person_kind, d->person, &p));
		if (p.erased_on == 0 && p.restricted_on == 0)
			*out = kind_title(cx, &person_kind, &p);
	} else if (sealed != NULL)
		*out = sealed;
	return RC_OK;
}

/* As far as the registry knows: a name of a minor stands on no public page. */
static int
is_minor(struct ctx *cx, const struct donor *d, bool *out)
{
	struct person p;

	*out = false;
	if (d->person == 0)
		return RC_OK;
	TRY(kind_load(cx, &person_kind, d->person, &p));
	*out = p.birth_day != 0 && (day_of_moment(cx->now) - p.birth_day) / 10000 < 18;
	return RC_OK;
}

static bool
kept_by_itself(const struct donor *d)
{
	return strcmp(d->type, "person") == 0 && d->person == 0 && d->name.present;
}

int
donor_public_name(struct ctx *cx, const struct donor *d, const char **out)
{
	const char *sealed = NULL;
	bool minor;

	*out = NULL;
	if (!d->named || strcmp(d->type, "anonymous") == 0)
		return RC_OK;
	TRY(is_minor(cx, d, &minor));
	if (minor)
		return RC_OK;
	/* WHY no trace: whoever agreed to be named is read by everybody. */
	if (kept_by_itself(d))
		TRY(person_sealed_plain(cx, &donor_kind, d->rec.id, 0, "name", &sealed));
	TRY(name_of(cx, d, sealed, out));
	if (**out == '\0')
		*out = NULL;
	return RC_OK;
}

int
donor_full_name(struct ctx *cx, const struct donor *d, const char **out)
{
	const char *sealed = NULL;

	if (kept_by_itself(d))
		TRY(kind_unseal(cx, &donor_kind, d->rec.id, "name", &sealed));
	return name_of(cx, d, sealed, out);
}

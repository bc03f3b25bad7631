/* charity_gift.c – the way of a gift from the receipt to the hands that got it. RULE charity-8
 *
 * All stores, vehicles and kitchens together are one queue for each item and lot: what came in first leaves first.
 * A set that brings more into them than it takes out stands at the end of the queue of what came; one that takes out
 * more stands in the queue of what left; moving from store to store changes nothing. Counted through, the n-th unit
 * that came is the n-th that left. What is on the road is the oldest that has not left yet. Sets that were taken back,
 * and the sets that took them back, stand in neither queue. */
#include "mod/charity/charity_inner.h"

#include <string.h>

#include "text/ticket_code.h"

struct step {
	int64_t movement, at;
	int64_t net;	 /* into stores, vehicles and kitchens; < 0: out of them */
	const char *way; /* of what left */
};

/* Where most of what left a set went; a set of mixed ways does not come out of a form. */
static const char *
way_of(const struct rows *r)
{
	static const char *const ways[] = { "household", "loss", "conversion", "donor" };
	size_t i, best = 0;

	for (i = 1; i < ARRAY_LEN(ways); i++)
		if (row_int(r, 3 + (int)i) > row_int(r, 3 + (int)best))
			best = i;
	return ways[best];
}

/* clang-format off */
#define INTO(types) "sum(CASE WHEN a.type " types " THEN l.quantity ELSE 0 END)"
static const char steps_sql[] =
    "SELECT s.id, s.at, " INTO("IN " KEPT) ", " INTO("= 'household'") ", " INTO("= 'loss'") ", "
    INTO("= 'conversion'") ", " INTO("= 'donor'") " FROM movement_line l JOIN movement_set s ON"
    " s.id = l.movement JOIN stock_account a ON a.id = l.account WHERE l.item = $1 AND l.lot = $2"
    " AND s.reverses IS NULL AND " STANDS("s") " GROUP BY s.id, s.at ORDER BY s.at, s.id";
/* clang-format on */

static int
read_steps(struct ctx *cx, int64_t item, int64_t lot, struct step **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t sets;

	TRY(db_int(cx, &sets,
	    "SELECT count(DISTINCT movement) FROM movement_line WHERE item = $1 AND lot = $2",
	    VALS(v_int(item), v_int(lot))));
	*out = arena_array(cx->arena, struct step, sets + 1);
	*n = 0;
	TRY(db_rows(cx, &r, steps_sql, VALS(v_int(item), v_int(lot))));
	while (*n < (size_t)sets && rows_next(&r))
		(*out)[(*n)++] =
		    (struct step){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2), way_of(&r) };
	return rows_end(&r);
}

static int64_t
overlap(int64_t a, int64_t b, int64_t c, int64_t d)
{
	int64_t from = a > c ? a : c, to = b < d ? b : d;

	return to > from ? to - from : 0;
}

static int
on_the_road(struct ctx *cx, int64_t item, int64_t lot, int64_t *out)
{
	return db_int(cx, out,
	    "SELECT coalesce(sum(n.balance), 0) FROM stock_now n JOIN stock_account a ON a.id = "
	    "n.account WHERE n.item = $1 AND n.lot = $2 AND a.type = 'vehicle'",
	    VALS(v_int(item), v_int(lot)));
}

/* The units [from, to) of what came, against what left. */
static int
follow(struct ctx *cx, const struct step *s, size_t n, int64_t from, struct gift_line *l)
{
	int64_t left = 0, to = from + l->received, road;
	size_t i;

	l->part = arena_array(cx->arena, struct gift_part, n + 1);
	for (i = 0; i < n; i++) {
		int64_t here;

		if (s[i].net >= 0)
			continue;
		here = overlap(from, to, left, left - s[i].net);
		left -= s[i].net;
		if (here == 0)
			continue;
		l->part[l->nparts++] =
		    (struct gift_part){ s[i].movement, here, day_of_moment(s[i].at), s[i].way };
		*(strcmp(s[i].way, "household") == 0 ? &l->handed : &l->gone) += here;
	}
	TRY(on_the_road(cx, l->item.rec.id, l->lot.rec.id, &road));
	l->on_way = overlap(from, to, left, left + road);
	l->in_store = l->received - l->handed - l->gone - l->on_way;
	return RC_OK;
}

static int
fill_line(struct ctx *cx, const struct charity_line *c, int64_t movement, struct gift_line *l)
{
	struct step *s;
	int64_t came = 0;
	size_t n, i;

	*l = (struct gift_line){ .item = c->item, .lot = c->lot, .received = c->quantity };
	TRY(read_steps(cx, c->item.rec.id, c->lot.rec.id, &s, &n));
	for (i = 0; i < n && s[i].movement != movement; i++)
		if (s[i].net > 0)
			came += s[i].net;
	return follow(cx, s, n, came, l);
}

static int
add_receipt(struct ctx *cx, int64_t id, struct gift *g)
{
	struct gift_receipt *r = &g->receipt[g->n];
	struct charity_line *lines;
	bool standing;
	size_t i;

	TRY(kind_load(cx, &charity_receipt_kind, id, &r->r));
	TRY(charity_lines(cx, r->r.movement, &lines, &r->n, &standing));
	if (!standing)
		return RC_OK;
	r->line = arena_array(cx->arena, struct gift_line, r->n + 1);
	for (i = 0; i < r->n; i++)
		TRY(fill_line(cx, &lines[i], r->r.movement, &r->line[i]));
	g->n++;
	return RC_OK;
}

static int
receipts_of(struct ctx *cx, int64_t pledge, struct gift *g)
{
	AUTO_ROWS r = { 0 };
	int64_t all, *ids;
	size_t n = 0, i;

	TRY(db_int(cx, &all, "SELECT count(*) FROM charity_receipt WHERE pledge = $1",
	    VALS(v_int(pledge))));
	ids = arena_array(cx->arena, int64_t, all + 1);
	g->receipt = arena_array(cx->arena, struct gift_receipt, all + 1);
	TRY(db_rows(cx, &r, "SELECT id FROM charity_receipt WHERE pledge = $1 ORDER BY day, id",
	    VALS(v_int(pledge))));
	while (n < (size_t)all && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++)
		TRY(add_receipt(cx, ids[i], g));
	return RC_OK;
}

static int
fill_pledge(struct ctx *cx, int64_t id, struct gift *g)
{
	TRY(kind_load(cx, &pledge_kind, id, &g->p));
	TRY(kind_load(cx, &item_kind, g->p.item, &g->item));
	TRY(kind_load(cx, &donor_kind, g->p.donor, &g->donor));
	return kind_load(cx, &drive_kind, g->p.drive, &g->drive);
}

int
gift_of_receipt(struct ctx *cx, int64_t receipt, struct gift *g)
{
	struct charity_receipt r;

	*g = (struct gift){ .receipt = arena_array(cx->arena, struct gift_receipt, 2) };
	TRY(kind_load(cx, &charity_receipt_kind, receipt, &r));
	if (r.pledge != 0)
		TRY(fill_pledge(cx, r.pledge, g));
	TRY(kind_load(cx, &donor_kind, r.donor, &g->donor));
	TRY(kind_load(cx, &drive_kind, r.drive, &g->drive));
	return add_receipt(cx, receipt, g);
}

int
gift_by_code(struct ctx *cx, const char *typed, struct gift *g)
{
	char code[TICKET_LONG + 1];
	int64_t id;
	int rc;

	if (typed == NULL || ticket_tidy(typed, code) != TICKET_CODE || !charity_code_good(code))
		return RC_NOTFOUND;
	rc = db_int(cx, &id, "SELECT id FROM pledge WHERE code = $1", VALS(v_text(code)));
	if (rc == RC_OK) {
		*g = (struct gift){ .n = 0 };
		TRY(fill_pledge(cx, id, g));
		return receipts_of(cx, id, g);
	}
	if (rc != RC_NOTFOUND)
		return rc;
	TRY(db_int(cx, &id, "SELECT id FROM charity_receipt WHERE code = $1", VALS(v_text(code))));
	return gift_of_receipt(cx, id, g);
}

/* centre_share.c – what each centre has of an item and what its people need by the norms; and how what is over is
 * shared out fairly.
 *
 * fair_share() gives each unit to whoever then has the lowest share of the own need, among equals to whoever has waited
 * longest; it does so in one step up to the level that the excess allows for all, then unit by unit. People count, and time; nothing else is known here. RULE centre-5. */
#include "mod/centre/centre_inner.h"

#include <stdlib.h>
#include <string.h>

enum { LEVELS = 1000000, MOST_PLACES = 200, MOST_NORMS = 60 };

/* ---- fair share ---- */

static int64_t
lack_at(const struct share_of *s, int64_t level)
{
	/* Rounded up: the unit that lifts one over the level comes before any unit of those who stand on it. */
	int64_t up = (int64_t)(((__int128)s->wants * level + LEVELS - 1) / LEVELS);

	return up > s->has ? up - s->has : 0;
}

static bool
fits(const struct share_of *v, size_t n, int64_t level, int64_t excess)
{
	__int128 sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += lack_at(&v[i], level);
	return sum <= excess;
}

/* Whether a is worse off than b: a lower share of its need is met, or as low and waiting longer. */
static bool
worse(const struct share_of *a, int64_t got_a, const struct share_of *b, int64_t got_b)
{
	__int128 x = (__int128)(a->has + got_a) * b->wants,
		 y = (__int128)(b->has + got_b) * a->wants;

	return x != y ? x < y : a->waits_since < b->waits_since;
}

static size_t
worst(const struct share_of *v, size_t n, const int64_t *share)
{
	size_t i, at = n;

	for (i = 0; i < n; i++)
		if (v[i].has + share[i] < v[i].wants &&
		    (at == n || worse(&v[i], share[i], &v[at], share[at])))
			at = i;
	return at;
}

void
fair_share(const struct share_of *v, size_t n, int64_t excess, int64_t *share)
{
	int64_t low = 0, high = LEVELS;
	size_t i;

	while (low < high) {
		int64_t mid = (low + high + 1) / 2;

		if (fits(v, n, mid, excess))
			low = mid;
		else
			high = mid - 1;
	}
	for (i = 0; i < n; i++) {
		share[i] = lack_at(&v[i], low);
		excess -= share[i];
	}
	while (excess > 0 && (i = worst(v, n, share)) < n) {
		/* One level of the scale is many units where much is needed. */
		int64_t step = lack_at(&v[i], LEVELS) - share[i], most = 1 + v[i].wants / LEVELS;

		step = step > most ? most : step;
		step = step > excess ? excess : step;
		share[i] += step;
		excess -= step;
	}
}

/* ---- what is there ---- */

struct norm_row {
	int64_t item, per_person, pack;
	bool once;
};
struct giver { /* any place but a kitchen, with what it holds */
	int64_t place, people;
	bool centre;
	struct stock_row *rows;
	size_t n;
};
struct shelf {
	struct giver place[MOST_PLACES];
	size_t nplaces;
	struct norm_row norm[MOST_NORMS];
	size_t nnorms;
	int64_t days;
};

static int
read_norms(struct ctx *cx, struct shelf *s)
{
	AUTO_ROWS r = { 0 };

	TRY(setting_number(cx, "norm_days", 3, &s->days));
	TRY(db_rows(cx, &r,
	    "SELECT n.item, n.per_person, i.pack, n.basis FROM centre_norm n JOIN stock_item i ON "
	    "i.id = n.item ORDER BY n.item LIMIT 60",
	    NO_VALS));
	while (s->nnorms < MOST_NORMS && rows_next(&r))
		s->norm[s->nnorms++] = (struct norm_row){ row_int(&r, 0), row_int(&r, 1),
			row_int(&r, 2), strcmp(row_text(&r, 3), "once") == 0 };
	return rows_end(&r);
}

/* Expired goods feed nobody. */
static int
drop_expired(struct ctx *cx, struct giver *g)
{
	size_t i, kept = 0;

	for (i = 0; i < g->n; i++) {
		int64_t expires = 0;

		if (g->rows[i].lot != 0)
			TRY(db_int(cx, &expires, "SELECT expires FROM lot WHERE id = $1",
			    VALS(v_int(g->rows[i].lot))));
		if (expires == 0 || expires >= cx->today)
			g->rows[kept++] = g->rows[i];
	}
	g->n = kept;
	return RC_OK;
}

static int
read_places(struct ctx *cx, int64_t headquarters, struct shelf *s)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT p.id, p.purpose, (SELECT coalesce(sum" HEAD_SUM(
		"s.") ", 0) FROM stay s WHERE s.place = p.id AND s.left_at IS NULL) FROM "
		      "relief_place p WHERE p.headquarters = $1 AND p.purpose <> 'kitchen' AND "
		      "(p.closed_on IS NULL OR p.closed_on > $2) ORDER BY p.sort_kk, p.id LIMIT "
		      "200",
	    VALS(v_int(headquarters), v_int(cx->today))));
	while (s->nplaces < MOST_PLACES && rows_next(&r))
		s->place[s->nplaces++] = (struct giver){ .place = row_int(&r, 0),
			.centre = strcmp(row_text(&r, 1), "centre") == 0,
			.people = row_int(&r, 2) };
	return rows_end(&r);
}

static int
read_shelf(struct ctx *cx, int64_t headquarters, struct shelf **out)
{
	struct shelf *s = arena_new(cx->arena, struct shelf);
	size_t i;

	if (!may(cx, CAP_RELIEF_READ) || !may(cx, CAP_STOCK_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	*s = (struct shelf){ 0 };
	TRY(read_norms(cx, s));
	TRY(read_places(cx, headquarters, s));
	for (i = 0; i < s->nplaces; i++) {
		struct giver *g = &s->place[i];
		struct relief_place p;
		struct stock_account a;

		TRY(kind_load(cx, &relief_place_kind, g->place, &p));
		TRY(relief_place_account(cx, &p, &a));
		TRY(stock_at(cx, a.rec.id, 0, 0, &g->rows, &g->n));
		TRY(drop_expired(cx, g));
	}
	*out = s;
	return RC_OK;
}

static int64_t
held(const struct giver *g, int64_t item)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < g->n; i++)
		if (g->rows[i].item == item && g->rows[i].quantity > 0)
			sum += g->rows[i].quantity;
	return sum;
}

static int64_t
wanted(const struct shelf *s, const struct giver *g, const struct norm_row *n)
{
	return g->people * n->per_person * (n->once ? 1 : s->days);
}

/* Since when: the last time that it got some of it, or its first guest of now, whichever came later. */
static int
waits_since(struct ctx *cx, int64_t place, int64_t item, int64_t *out)
{
	int64_t first, last;

	TRY(db_int(cx, &first,
	    "SELECT coalesce(min(arrived_at), 0) FROM stay WHERE place = $1 AND left_at IS NULL",
	    VALS(v_int(place))));
	TRY(db_int(cx, &last,
	    "SELECT coalesce(max(l.at), 0) FROM movement_line l JOIN stock_account a ON a.id = "
	    "l.account JOIN relief_place p ON p.code = a.code WHERE p.id = $1 AND l.item = $2 AND "
	    "l.quantity > 0",
	    VALS(v_int(place), v_int(item))));
	*out = last > first ? last : first;
	return RC_OK;
}

static int
supply_of(struct ctx *cx, const struct shelf *s, const struct giver *g, const struct norm_row *n,
    struct centre_supply *out)
{
	*out = (struct centre_supply){ g->place, n->item, g->people, held(g, n->item),
		wanted(s, g, n), 0 };
	return out->has < out->wants ? waits_since(cx, g->place, n->item, &out->waits_since)
				     : RC_OK;
}

int
centre_supplies(struct ctx *cx, int64_t headquarters, struct centre_supply **out, size_t *n)
{
	struct shelf *s;
	size_t i, k;

	TRY(read_shelf(cx, headquarters, &s));
	*out = arena_array(cx->arena, struct centre_supply, s->nnorms * s->nplaces + 1);
	*n = 0;
	for (i = 0; i < s->nnorms; i++)
		for (k = 0; k < s->nplaces; k++)
			if (s->place[k].centre)
				TRY(supply_of(cx, s, &s->place[k], &s->norm[i], &(*out)[(*n)++]));
	return RC_OK;
}

/* ---- proposals: in whole units that people count in (a kilogram, a litre, a piece) ---- */

struct sharing {
	const struct norm_row *norm;
	struct share_of of[MOST_PLACES];
	int64_t share[MOST_PLACES], over[MOST_PLACES]; /* over: what a place can give */
	int64_t excess;
};

static int
weigh(struct ctx *cx, const struct shelf *s, struct sharing *w)
{
	int64_t pack = w->norm->pack > 0 ? w->norm->pack : 1;
	size_t k;

	w->excess = 0;
	for (k = 0; k < s->nplaces; k++) {
		const struct giver *g = &s->place[k];
		int64_t has = held(g, w->norm->item), wants = g->centre ? wanted(s, g, w->norm) : 0;

		w->over[k] = has > wants ? (has - wants) / pack : 0;
		w->excess += w->over[k];
		w->of[k] = (struct share_of){ has / pack, (wants + pack - 1) / pack, 0 };
		if (w->over[k] > 0)
			w->of[k] = (struct share_of){ 0 };
		else if (w->of[k].has < w->of[k].wants)
			TRY(waits_since(cx, g->place, w->norm->item, &w->of[k].waits_since));
	}
	return RC_OK;
}

/* Stores before centres, the fullest first: few journeys, and no centre is emptied while a store has some. */
static size_t
fullest(const struct shelf *s, const struct sharing *w)
{
	size_t k, at = s->nplaces;

	for (k = 0; k < s->nplaces; k++) {
		if (w->over[k] == 0)
			continue;
		if (at == s->nplaces || s->place[k].centre < s->place[at].centre ||
		    (s->place[k].centre == s->place[at].centre && w->over[k] > w->over[at]))
			at = k;
	}
	return at;
}

static size_t
neediest(const struct sharing *w, size_t n, const bool *done)
{
	size_t k, at = n;

	for (k = 0; k < n; k++)
		if (!done[k] && w->share[k] > 0 && (at == n || worse(&w->of[k], 0, &w->of[at], 0)))
			at = k;
	return at;
}

static void
lay_out(const struct shelf *s, struct sharing *w, struct centre_transfer *out, size_t *n)
{
	bool done[MOST_PLACES] = { false };
	size_t to, from;

	while ((to = neediest(w, s->nplaces, done)) < s->nplaces) {
		const struct share_of *of = &w->of[to];
		int64_t left = w->share[to], pack = w->norm->pack > 0 ? w->norm->pack : 1;

		done[to] = true;
		while (left > 0 && (from = fullest(s, w)) < s->nplaces) {
			int64_t q = left < w->over[from] ? left : w->over[from];

			out[(*n)++] =
			    (struct centre_transfer){ w->norm->item, q * pack, s->place[from].place,
				    s->place[to].place, of->has * 1000 / of->wants,
				    (of->has + w->share[to]) * 1000 / of->wants, of->waits_since };
			w->over[from] -= q;
			left -= q;
		}
	}
}

int
centre_transfers(struct ctx *cx, int64_t headquarters, struct centre_transfer **out, size_t *n)
{
	struct sharing *w = arena_new(cx->arena, struct sharing);
	struct shelf *s;
	size_t i;

	TRY(read_shelf(cx, headquarters, &s));
	/* Each transfer empties a giver or fills a receiver. */
	*out = arena_array(cx->arena, struct centre_transfer, s->nnorms * (2 * s->nplaces + 1) + 1);
	*n = 0;
	for (i = 0; i < s->nnorms; i++) {
		w->norm = &s->norm[i];
		TRY(weigh(cx, s, w));
		fair_share(w->of, s->nplaces, w->excess, w->share);
		lay_out(s, w, *out, n);
	}
	return RC_OK;
}

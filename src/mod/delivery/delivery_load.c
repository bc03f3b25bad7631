/* delivery_load.c – loading, leaving, calling off: the ledger and the needs follow the waybill.
 *
 * Loading takes for each line of the route, in the order of the stops, from the lots that expire first; a line that comes of two
 * lots becomes two. One set moves all of it, or nothing: where two load the last blanket at once, the ledger says no to one. */
#include "mod/delivery/delivery_inner.h"

#include <string.h>

struct step {
	int64_t id, version; /* version 0 = whichever */
};

/* Lots of one item at the store that are not given to a stop yet. */
struct shelf {
	int64_t item;
	struct conversion_input *lots;
	size_t n, at;
};

static int
changed_meanwhile(struct ctx *cx)
{
	return fail(cx, RC_CONFLICT,
	    N_("Somebody else saved this record in between. Compare and save again."));
}

static int
not_enough(struct ctx *cx, int64_t item, int64_t missing)
{
	struct item i;

	TRY(kind_load(cx, &item_kind, item, &i));
	return fail(cx, RC_RULE, N_("“%s”: the store has %s less than the waybill wants."),
	    kind_title(cx, &item_kind, &i), quantity_text(cx, &i, missing));
}

static int
shelf_of(struct ctx *cx, const struct waybill *w, int64_t item, struct shelf *all, size_t *n,
    struct shelf **out)
{
	struct fefo f = { .account = w->store, .item = item, .day = day_of_moment(cx->now) };
	size_t i;

	for (i = 0; i < *n; i++)
		if (all[i].item == item) {
			*out = &all[i];
			return RC_OK;
		}
	if (*n == SET_ITEMS_MAX)
		return fail(cx, RC_RULE, N_("A set holds at most 32 different items."));
	TRY(db_int(cx, &f.quantity,
	    "SELECT sum(l.quantity) FROM waybill_line l JOIN waybill_stop s ON s.id = l.stop WHERE "
	    "s.waybill = $1 AND l.item = $2",
	    VALS(v_int(w->rec.id), v_int(item))));
	TRY(stock_fefo(cx, &f));
	if (f.missing > 0)
		return not_enough(cx, item, f.missing);
	all[*n] = (struct shelf){ .item = item, .lots = f.lots, .n = f.n };
	*out = &all[(*n)++];
	return RC_OK;
}

/* A line gets its lot; what one lot does not hold becomes a further line. */
static int
give_lots(struct ctx *cx, struct tx *tx, const struct waybill_line *line, struct shelf *s)
{
	int64_t wanted = line->quantity;
	struct waybill_line l = *line;

	for (; wanted > 0; s->at += s->lots[s->at].quantity == 0) {
		int64_t here;

		while (s->at < s->n && s->lots[s->at].quantity == 0)
			s->at++;
		if (s->at >= s->n)
			return not_enough(cx, s->item, wanted);
		here = s->lots[s->at].quantity < wanted ? s->lots[s->at].quantity : wanted;
		l.lot = s->lots[s->at].lot;
		l.quantity = here;
		s->lots[s->at].quantity -= here;
		wanted -= here;
		TRY(delivery_write_tx(cx, tx, &waybill_line_kind, &l));
		kind_empty(&waybill_line_kind, &l);
		l.stop = line->stop;
		l.item = line->item;
	}
	return RC_OK;
}

static int
allot(struct ctx *cx, struct tx *tx, const struct waybill *w)
{
	struct shelf *shelves = arena_array(cx->arena, struct shelf, SET_ITEMS_MAX), *s = NULL;
	struct waybill_stop *stops;
	size_t n, i, k, nlines, nshelves = 0;

	TRY(delivery_stops(cx, w->rec.id, &stops, &n));
	for (i = 0; i < n; i++) {
		struct waybill_line *l;

		TRY(delivery_lines(cx, stops[i].rec.id, &l, &nlines));
		for (k = 0; k < nlines; k++) {
			TRY(shelf_of(cx, w, l[k].item, shelves, &nshelves, &s));
			TRY(give_lots(cx, tx, &l[k], s));
		}
	}
	return RC_OK;
}

/* All of the waybill, out of one account and into another. */
static int
move_all(struct ctx *cx, const struct waybill *w, int64_t from, int64_t to, struct movement *m)
{
	struct movement_line *l = arena_array(cx->arena, struct movement_line, LINES_MAX + 2);
	AUTO_ROWS r = { 0 };

	m->lines = l;
	m->nlines = 0;
	TRY(db_rows(cx, &r,
	    "SELECT l.item, coalesce(l.lot, 0), sum(l.quantity) FROM waybill_line l JOIN "
	    "waybill_stop s ON s.id = l.stop WHERE s.waybill = $1 GROUP BY 1, 2 ORDER BY 1, 2 "
	    "LIMIT "
	    "$2",
	    VALS(v_int(w->rec.id), v_int(WAYBILL_LINES + 1))));
	for (; m->nlines + 2 <= LINES_MAX + 2 && rows_next(&r); m->nlines += 2) {
		l[m->nlines] =
		    (struct movement_line){ from, row_int(&r, 0), row_int(&r, 1), -row_int(&r, 2) };
		l[m->nlines + 1] =
		    (struct movement_line){ to, row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
	}
	TRY(rows_end(&r));
	if (m->nlines > 2 * WAYBILL_LINES)
		return fail(cx, RC_RULE, N_("A waybill holds at most %s different goods and lots."),
		    num(cx, WAYBILL_LINES));
	return RC_OK;
}

static int
post(struct ctx *cx, struct tx *tx, struct movement *m)
{
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	bool again;
	int rc;

	cx->actor = &house;
	rc = movement_post_tx(cx, tx, m, &again);
	cx->actor = who;
	return rc;
}

static const char *
document_of(struct ctx *cx, const struct waybill *w)
{
	struct headquarters h;

	if (kind_load(cx, &headquarters_kind, w->headquarters, &h) != RC_OK)
		return w->code;
	return arena_printf(cx->arena, "%s %s", h.code, w->code);
}

static int
load_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct step *a = arg;
	struct stock_account vehicle;
	struct movement m = { .at = cx->now, .type = "transfer" };
	struct waybill w;
	int64_t stops;

	TRY(kind_load(cx, &waybill_kind, a->id, &w));
	TRY(headquarters_takes(cx, w.headquarters));
	if (strcmp(w.state, "draft") != 0)
		return fail(cx, RC_RULE, N_("The waybill is “%s”."),
		    option_label(cx, waybill_states, w.state));
	if (w.rec.version != a->version)
		return changed_meanwhile(cx);
	TRY(db_int(cx, &stops, "SELECT count(*) FROM waybill_stop WHERE waybill = $1",
	    VALS(v_int(w.rec.id))));
	if (stops == 0)
		return fail(cx, RC_RULE, N_("The waybill has no stops yet."));
	TRY(vehicle_account(cx, w.vehicle, &vehicle));
	TRY(allot(cx, tx, &w));
	TRY(move_all(cx, &w, w.store, vehicle.rec.id, &m));
	m.nonce = arena_printf(cx->arena, "waybill-%lld-load", (long long)w.rec.id);
	m.document = document_of(cx, &w);
	if (m.nlines > 0)
		TRY(post(cx, tx, &m));
	w.state = "loaded";
	if (m.nlines > 0)
		w.movement = m.id;
	w.loaded_at = cx->now;
	w.loaded_on = day_of_moment(cx->now);
	w.loaded_by = cx->actor->account;
	return delivery_write_tx(cx, tx, &waybill_kind, &w);
}

static int
with_keys(struct ctx *cx, tx_fn *fn, struct step *a)
{
	int64_t keys[SET_ITEMS_MAX];
	size_t n;

	TRY(delivery_keys(cx, a->id, keys, &n));
	return db_write_keys(cx, keys, n, fn, a);
}

int
waybill_load(struct ctx *cx, int64_t id, int64_t version)
{
	if (!may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return with_keys(cx, load_fn, &(struct step){ id, version });
}

/* ---- leaving ---- */

static int
start_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct step *a = arg;
	struct waybill_stop *s;
	struct waybill w;
	size_t n, i;

	TRY(waybill_mine(cx, a->id, &w));
	if (strcmp(w.state, "on_way") == 0 || strcmp(w.state, "done") == 0)
		return RC_OK; /* pressed twice, or an act came first */
	if (strcmp(w.state, "loaded") != 0)
		return fail(cx, RC_RULE, N_("Load the vehicle first."));
	w.state = "on_way";
	w.started_at = cx->now;
	TRY(delivery_write_tx(cx, tx, &waybill_kind, &w));
	TRY(delivery_stops(cx, w.rec.id, &s, &n));
	for (i = 0; i < n; i++)
		if (s[i].need != 0)
			TRY(delivery_need_tx(cx, tx, s[i].need, "on_way", NULL));
	return RC_OK;
}

int
waybill_start(struct ctx *cx, int64_t id)
{
	return db_write(cx, start_fn, &(struct step){ id, 0 });
}

/* ---- calling off ---- */

static int
cancel_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct step *a = arg;
	struct stock_account vehicle;
	struct movement m = { .at = cx->now, .type = "return" };
	struct waybill_stop *s;
	struct waybill w;
	int64_t acts;
	size_t n, i;

	TRY(kind_load(cx, &waybill_kind, a->id, &w));
	if (w.rec.version != a->version)
		return changed_meanwhile(cx);
	TRY(db_int(cx, &acts, "SELECT count(*) FROM delivery_act WHERE waybill = $1",
	    VALS(v_int(w.rec.id))));
	if (acts > 0 || (strcmp(w.state, "draft") != 0 && !waybill_is_open(w.state)))
		return fail(cx, RC_RULE,
		    N_("Something was done on this waybill already: bring the rest back stop by "
		       "stop."));
	if (w.movement > 0) {
		TRY(vehicle_account(cx, w.vehicle, &vehicle));
		TRY(move_all(cx, &w, vehicle.rec.id, w.store, &m));
		m.nonce = arena_printf(cx->arena, "waybill-%lld-back", (long long)w.rec.id);
		m.document = document_of(cx, &w);
		TRY(post(cx, tx, &m));
	}
	TRY(delivery_stops(cx, w.rec.id, &s, &n));
	for (i = 0; i < n; i++)
		if (s[i].need != 0)
			TRY(delivery_need_tx(
			    cx, tx, s[i].need, "assigned", tr(cx, "The waybill was called off.")));
	w.state = "cancelled";
	w.ended_at = cx->now;
	return delivery_write_tx(cx, tx, &waybill_kind, &w);
}

int
waybill_cancel(struct ctx *cx, int64_t id, int64_t version)
{
	if (!may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return with_keys(cx, cancel_fn, &(struct step){ id, version });
}

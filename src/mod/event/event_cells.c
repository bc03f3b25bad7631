/* event_cells.c – what an event leaves in the kept sums, and the tallies of attendances.
 *
 * One function, cells_of(), says which cells an event with these organisers and this count leaves.
 * A write calls it twice, as it was and as it is, and inserts the difference; verify calls it for
 * every event with organisers and counts read afresh from their rows. So the two cannot drift.
 *
 * A merged event belongs to the group of its root: the root carries the cells, with the bodies of all
 * (leads and named co-organisers) and the distinct attendances of all, a person once. Merging is only
 * a change of merged_into, so event_changed() does all of it. event_tally holds for a root the
 * distinct attendances of its group, for a merged event its own.
 *
 * "As it was" is not read before the write but made out of what is there now: the write changed one
 * row, whose old form is given. */
#include "mod/event/event_inner.h"

#include <stdlib.h>

bool
event_is_counted_state(const char *state)
{
	return state != NULL && (strcmp(state, "held") == 0 || strcmp(state, "reported") == 0);
}

int64_t
event_root(const struct event *e)
{
	return e->merged_into != 0 ? e->merged_into : e->rec.id;
}

/* RULE figure-3: one count an event, the first known of scanned + listed, head-counted, declared. */
struct event_count
event_count_of(const struct event *e, int64_t scanned, int64_t listed)
{
	struct event_count c = { .value = INT_NONE, .scanned = scanned, .listed = listed };

	if (scanned + listed > 0) {
		c.value = scanned + listed;
		c.basis = scanned >= listed ? BASIS_SCANNED : BASIS_LISTED;
	} else if (e->head_count != INT_NONE) {
		c.value = e->head_count;
		c.basis = BASIS_HEAD;
	} else if (e->declared_count != INT_NONE) {
		c.value = e->declared_count;
		c.basis = BASIS_DECLARED;
	}
	return c;
}

/* ---- the cells of one event ---- */

struct bodies {
	struct {
		int64_t organiser, event, body; /* organiser 0: the lead of that event */
	} * v;
	size_t n, cap;
};

static void
bodies_add(struct arena *a, struct bodies *b, int64_t organiser, int64_t event, int64_t body)
{
	if (b->n == b->cap) {
		size_t cap = b->cap == 0 ? 8 : b->cap * 2;
		void *v = arena_alloc(a, cap * sizeof *b->v);

		if (b->n > 0)
			memcpy(v, b->v, b->n * sizeof *b->v);
		b->v = v;
		b->cap = cap;
	}
	b->v[b->n].organiser = organiser;
	b->v[b->n].event = event;
	b->v[b->n++].body = body;
}

int
event_districts(struct ctx *cx, struct district_tree *out)
{
	AUTO_ROWS r = { 0 };
	int64_t n;

	TRY(db_int(cx, &n, "SELECT count(*) FROM district", NO_VALS));
	out->id = arena_array(cx->arena, int64_t, n + 1);
	out->parent = arena_array(cx->arena, int64_t, n + 1);
	out->n = 0;
	TRY(db_rows(cx, &r, "SELECT id, parent FROM district ORDER BY id", NO_VALS));
	while (out->n < (size_t)n && rows_next(&r)) {
		out->id[out->n] = row_int(&r, 0);
		out->parent[out->n++] = row_int(&r, 1);
	}
	return rows_end(&r);
}

void
event_areas(const struct district_tree *t, int64_t district, struct areas *out)
{
	out->n = 0;
	while (district != 0 && out->n < AREAS) {
		size_t lo = 0, hi = t->n;

		out->v[out->n++] = district;
		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (t->id[mid] < district)
				lo = mid + 1;
			else
				hi = mid;
		}
		district = lo < t->n && t->id[lo] == district ? t->parent[lo] : 0;
	}
}

/* Where an event counts: everywhere, in the districts of its place, for the bodies that organised it. */
struct where {
	const struct bodies *bodies;
	const struct areas *areas;
};

static int
three(struct cell_sink *s, const char *figure, const char *const dims[3], const struct event *e,
    const struct where *w, int64_t amount)
{
	const struct bodies *b = w->bodies;
	size_t i, j;

	TRY(s->add(s, figure, dims[0], 0, e->first_day, amount));
	for (i = 0; i < w->areas->n; i++)
		TRY(s->add(s, figure, dims[2], w->areas->v[i], e->first_day, amount));
	for (i = 0; i < b->n; i++) {
		for (j = 0; j < i && b->v[j].body != b->v[i].body; j++)
			;
		if (j == i) /* a body once, whatever its parts in the event */
			TRY(s->add(s, figure, dims[1], b->v[i].body, e->first_day, amount));
	}
	return RC_OK;
}

/* RULE figure-1: counted is an event (no part, no programme, no merged report) of a counted kind that
 * was held or reported. `count` is whether its kind is counted. */
static int
cells_of(struct cell_sink *s, const struct event *e, bool counted_kind, const struct where *w,
    const struct event_count *c)
{
	static const char *const plain[3] = { "", "body", "district" }, *const numbers[3] = { "#",
		"#body", "#district" };

	if (!counted_kind || !event_is_counted_state(e->state) || e->merged_into != 0)
		return RC_OK;
	TRY(three(s, "events_total", plain, e, w, 1));
	TRY(s->add(s, "events_by_basis", "basis", (int64_t)c->basis, e->first_day, 1));
	if (c->value == INT_NONE)
		return three(s, "events_without_count", plain, e, w, 1);
	TRY(three(s, "participants_total", plain, e, w, c->value));
	return three(s, "participants_total", numbers, e, w, 1);
}

int
event_emit(struct ctx *cx, struct cell_sink *sink, const struct emitted *e)
{
	struct bodies b = { 0 };
	size_t i;

	if (!e->counted_kind || !event_is_counted_state(e->event.state))
		return RC_OK;
	for (i = 0; i < e->nbodies; i++)
		bodies_add(cx->arena, &b, 0, 0, e->bodies[i]);
	return cells_of(
	    sink, &e->event, e->counted_kind, &(struct where){ &b, &e->areas }, &e->count);
}

/* ---- differences of a write ---- */

struct difference {
	struct cell_sink sink;
	struct arena *arena;
	int sign;
	struct {
		const char *figure, *dim;
		int64_t key, amount;
		int day;
	} * v;
	size_t n, cap;
};

static int
difference_add(
    struct cell_sink *s, const char *figure, const char *dim, int64_t key, int day, int64_t amount)
{
	struct difference *d = s->self;
	size_t i;

	for (i = 0; i < d->n; i++)
		if (d->v[i].key == key && d->v[i].day == day &&
		    strcmp(d->v[i].figure, figure) == 0 && strcmp(d->v[i].dim, dim) == 0) {
			d->v[i].amount += d->sign * amount;
			return RC_OK;
		}
	if (d->n == d->cap) {
		size_t cap = d->cap == 0 ? 32 : d->cap * 2;
		void *v = arena_alloc(d->arena, cap * sizeof *d->v);

		if (d->n > 0)
			memcpy(v, d->v, d->n * sizeof *d->v);
		d->v = v;
		d->cap = cap;
	}
	d->v[d->n].figure = figure;
	d->v[d->n].dim = dim;
	d->v[d->n].key = key;
	d->v[d->n].day = day;
	d->v[d->n++].amount = d->sign * amount;
	return RC_OK;
}

static int
difference_write(struct ctx *cx, struct tx *tx, const struct difference *d)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		TRY(figure_add_tx(cx, tx,
		    &(struct figure_cell){
			d->v[i].figure, d->v[i].dim, d->v[i].key, d->v[i].day, d->v[i].amount }));
	return RC_OK;
}

/* An event that stands in the figures, with all that its cells depend on. */
struct group {
	struct event root;
	bool counted_kind;
	struct bodies bodies;
	struct areas areas;
	int64_t scanned, listed;
};

static int
kind_is_counted(struct ctx *cx, int64_t kind, bool *out)
{
	int64_t n;

	TRY(db_int(cx, &n, "SELECT counted FROM event_kind WHERE id = $1", VALS(v_int(kind))));
	*out = n != 0;
	return RC_OK;
}

static int
read_tally(struct ctx *cx, int64_t event, int64_t *scanned, int64_t *listed)
{
	AUTO_ROWS r = { 0 };

	*scanned = *listed = 0;
	TRY(db_rows(cx, &r, "SELECT scanned, listed FROM event_tally WHERE event = $1",
	    VALS(v_int(event))));
	if (rows_next(&r)) {
		*scanned = row_int(&r, 0);
		*listed = row_int(&r, 1);
	}
	return rows_end(&r);
}

static int
read_bodies(struct ctx *cx, int64_t root, struct bodies *b)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT 0, id, body FROM event WHERE id = $1 OR merged_into = $1"
	    " UNION ALL SELECT o.id, o.event, o.body FROM organiser o JOIN event e ON e.id = "
	    "o.event"
	    " WHERE (e.id = $1 OR e.merged_into = $1) AND o.ended = 0 AND o.via_event IS NULL",
	    VALS(v_int(root))));
	while (rows_next(&r))
		bodies_add(cx->arena, b, row_int(&r, 0), row_int(&r, 1), row_int(&r, 2));
	return rows_end(&r);
}

static int
areas_of(struct ctx *cx, int64_t district, struct areas *out)
{
	struct district_tree t;

	TRY(event_districts(cx, &t));
	event_areas(&t, district, out);
	return RC_OK;
}

static int
load_group(struct ctx *cx, int64_t root, struct group *g)
{
	*g = (struct group){ .scanned = 0 };
	TRY(kind_load(cx, &event_kind, root, &g->root));
	TRY(kind_is_counted(cx, g->root.kind, &g->counted_kind));
	TRY(read_bodies(cx, root, &g->bodies));
	TRY(areas_of(cx, g->root.district, &g->areas));
	return read_tally(cx, root, &g->scanned, &g->listed);
}

static int
group_cells(struct difference *d, const struct group *g, int sign)
{
	struct event_count c = event_count_of(&g->root, g->scanned, g->listed);

	d->sign = sign;
	return cells_of(
	    &d->sink, &g->root, g->counted_kind, &(struct where){ &g->bodies, &g->areas }, &c);
}

static int
write_change(struct ctx *cx, struct tx *tx, const struct group *before, const struct group *after)
{
	struct difference d = { .arena = cx->arena };

	d.sink = (struct cell_sink){ &d, difference_add };
	if (before != NULL)
		TRY(group_cells(&d, before, -1));
	TRY(group_cells(&d, after, 1));
	return difference_write(cx, tx, &d);
}

/* The day on which the group's attendances count; 0 = it does not count. */
static int
counted_day(const struct group *g)
{
	return g->counted_kind && event_is_counted_state(g->root.state) && g->root.merged_into == 0
		   ? g->root.first_day
		   : 0;
}

static int
move_persons(struct ctx *cx, struct tx *tx, struct whose w, int before, int after)
{
	if (before == after)
		return RC_OK;
	if (before != 0)
		TRY(unique_shift(cx, tx, w, before, -1));
	return after == 0 ? RC_OK : unique_shift(cx, tx, w, after, 1);
}

/* ---- tallies ---- */

/* RULE figure-4: a person counts once in an event and all that was merged into it; who was scanned at
 * one door and listed at another counts as scanned. Each guest known by name counts. */
#define TALLY(where)                                                                     \
	"SELECT coalesce(sum(x.scanned), 0), count(*) FROM"                              \
	" (SELECT max(CASE WHEN a.basis = 'scanned' THEN 1 ELSE 0 END) AS scanned FROM " \
	"attendance a"                                                                   \
	" WHERE a.withdrawn = 0 AND " where " GROUP BY CASE WHEN a.person IS NULL THEN " \
	"-coalesce(a.same_as, a.id) ELSE a.person END) x"

static int
tally(struct ctx *cx, const char *sql, int64_t id, int64_t *scanned, int64_t *listed)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, sql, VALS(v_int(id))));
	*scanned = *listed = 0;
	if (rows_next(&r)) {
		*scanned = row_int(&r, 0);
		*listed = row_int(&r, 1) - *scanned;
	}
	return rows_end(&r);
}

int
event_tally_own(struct ctx *cx, int64_t event, int64_t *scanned, int64_t *listed)
{
	return tally(cx, TALLY("a.event = $1"), event, scanned, listed);
}

int
event_tally_group(struct ctx *cx, int64_t root, int64_t *scanned, int64_t *listed)
{
	return tally(cx,
	    TALLY("a.event IN (SELECT id FROM event WHERE id = $1 OR merged_into = $1)"), root,
	    scanned, listed);
}

static int
store_tally(struct ctx *cx, struct tx *tx, int64_t event, int64_t scanned, int64_t listed)
{
	return tx_run(cx, tx, NULL,
	    "INSERT INTO event_tally (event, scanned, listed) VALUES ($1, $2, $3)"
	    " ON CONFLICT (event) DO UPDATE SET scanned = excluded.scanned, listed = "
	    "excluded.listed",
	    VALS(v_int(event), v_int(scanned), v_int(listed)));
}

/* ---- what the kinds call ---- */

static void
lead_was(struct bodies *b, int64_t event, int64_t body)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if (b->v[i].organiser == 0 && b->v[i].event == event)
			b->v[i].body = body;
}

/* The group's own row changed, or the lead of a merged report in it. */
static int
changed_in_place(struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is)
{
	struct group before, after;
	bool root = is->merged_into == 0;

	TRY(load_group(cx, event_root(is), &after));
	before = after;
	before.bodies = (struct bodies){ 0 };
	TRY(read_bodies(cx, event_root(is), &before.bodies));
	if (was != NULL) {
		lead_was(&before.bodies, was->rec.id, was->body);
		if (root) {
			before.root = *was;
			TRY(kind_is_counted(cx, was->kind, &before.counted_kind));
			TRY(areas_of(cx, was->district, &before.areas));
		}
	}
	TRY(write_change(cx, tx, was == NULL ? NULL : &before, &after));
	if (!root)
		return RC_OK;
	return move_persons(cx, tx, (struct whose){ .group = is->rec.id },
	    was == NULL ? 0 : counted_day(&before), counted_day(&after));
}

/* Entries of one event among a group's bodies, taken out or put in. */
static void
bodies_without(struct arena *a, const struct bodies *from, int64_t event, struct bodies *out)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		if (from->v[i].event != event)
			bodies_add(a, out, from->v[i].organiser, from->v[i].event, from->v[i].body);
}

/* The event x joined or left the group of this root (another event): its bodies and persons with it. */
static int
changed_target(struct ctx *cx, struct tx *tx, int64_t root, const struct event *was,
    const struct event *is, int *day)
{
	struct group before, after;
	struct bodies x = { 0 };
	size_t i;

	TRY(load_group(cx, root, &after));
	before = after;
	before.bodies = (struct bodies){ 0 };
	bodies_without(cx->arena, &after.bodies, is->rec.id, &before.bodies);
	if (was->merged_into == root) {
		TRY(read_bodies(cx, is->rec.id, &x));
		lead_was(&x, is->rec.id, was->body);
		for (i = 0; i < x.n; i++)
			bodies_add(
			    cx->arena, &before.bodies, x.v[i].organiser, x.v[i].event, x.v[i].body);
	}
	TRY(event_tally_group(cx, root, &after.scanned, &after.listed));
	TRY(store_tally(cx, tx, root, after.scanned, after.listed));
	*day = counted_day(&after);
	return write_change(cx, tx, &before, &after);
}

/* Merged, taken back, or merged elsewhere. */
static int
changed_group(struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is)
{
	struct group before, after;
	int from, to;

	TRY(load_group(cx, is->rec.id, &after));
	before = after;
	before.bodies = (struct bodies){ 0 };
	TRY(read_bodies(cx, is->rec.id, &before.bodies));
	lead_was(&before.bodies, is->rec.id, was->body);
	before.root = *was;
	TRY(kind_is_counted(cx, was->kind, &before.counted_kind));
	TRY(areas_of(cx, was->district, &before.areas));
	TRY(write_change(cx, tx, &before, &after));
	from = counted_day(&before);
	to = counted_day(&after);
	if (was->merged_into != 0)
		TRY(changed_target(cx, tx, was->merged_into, was, is, &from));
	if (is->merged_into != 0)
		TRY(changed_target(cx, tx, is->merged_into, was, is, &to));
	return move_persons(cx, tx, (struct whose){ .event = is->rec.id }, from, to);
}

int
event_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct event *was = old, *is = rec;

	if (was != NULL && was->merged_into != is->merged_into)
		return changed_group(cx, tx, was, is);
	if (was != NULL && was->body == is->body && was->kind == is->kind &&
	    was->first_day == is->first_day && was->district == is->district &&
	    was->head_count == is->head_count && was->declared_count == is->declared_count &&
	    event_is_counted_state(was->state) == event_is_counted_state(is->state))
		return RC_OK;
	if (is->merged_into == 0 && !event_is_counted_state(is->state) &&
	    (was == NULL || !event_is_counted_state(was->state)))
		return RC_OK;
	return changed_in_place(cx, tx, was, is);
}

static bool
organises(const struct organiser *o)
{
	return o != NULL && !o->ended && o->via_event == 0;
}

/* The report of a merged event is a row here too, but its bodies count through merged_into. */
int
organiser_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct organiser *was = old, *is = rec;
	struct group before, after;
	struct event e;
	size_t i;

	if (organises(was) == organises(is) && (was == NULL || was->body == is->body))
		return RC_OK;
	TRY(kind_load(cx, &event_kind, is->event, &e));
	TRY(load_group(cx, event_root(&e), &after));
	before = after;
	before.bodies = (struct bodies){ 0 };
	for (i = 0; i < after.bodies.n; i++)
		if (after.bodies.v[i].organiser != is->rec.id)
			bodies_add(cx->arena, &before.bodies, after.bodies.v[i].organiser,
			    after.bodies.v[i].event, after.bodies.v[i].body);
	if (organises(was))
		bodies_add(cx->arena, &before.bodies, was->rec.id, was->event, was->body);
	return write_change(cx, tx, &before, &after);
}

static void
attendance_adds(const struct attendance *a, int sign, int64_t *scanned, int64_t *listed)
{
	if (a == NULL || a->withdrawn)
		return;
	if (strcmp(a->basis, "scanned") == 0)
		*scanned += sign;
	else
		*listed += sign;
}

/* Two records of one person were joined: the attendance is another one's now. A basis changes in a
 * write of its own. */
static int
move_person(struct ctx *cx, struct tx *tx, const struct attendance *was,
    const struct attendance *is, int day)
{
	if (day == 0)
		return RC_OK;
	if (was->person != 0 && !was->withdrawn)
		TRY(unique_shift(cx, tx,
		    (struct whose){ .attendance = is->rec.id, .person = was->person }, day, -1));
	return is->person == 0
		   ? RC_OK
		   : unique_shift(cx, tx, (struct whose){ .attendance = is->rec.id }, day, 1);
}

/* The tally of the event and of what it was merged into after n more, and the cells of that. */
static int
tally_more(struct ctx *cx, struct tx *tx, const struct event *e, int64_t scanned, int64_t listed,
    struct group *before, struct group *after)
{
	int64_t own_scanned, own_listed, members = 0;

	TRY(load_group(cx, event_root(e), after));
	*before = *after;
	if (e->merged_into != 0) {
		TRY(read_tally(cx, e->rec.id, &own_scanned, &own_listed));
		TRY(store_tally(cx, tx, e->rec.id, own_scanned + scanned, own_listed + listed));
	} else
		TRY(db_int(cx, &members, "SELECT count(*) FROM event WHERE merged_into = $1",
		    VALS(v_int(e->rec.id))));
	if (e->merged_into != 0 || members > 0)
		TRY(event_tally_group(cx, after->root.rec.id, &after->scanned, &after->listed));
	else {
		after->scanned += scanned;
		after->listed += listed;
	}
	TRY(store_tally(cx, tx, after->root.rec.id, after->scanned, after->listed));
	return write_change(cx, tx, before, after);
}

int
attendances_added(struct ctx *cx, struct tx *tx, int64_t event, int64_t scanned,
    const int64_t *fresh, size_t nfresh)
{
	struct group before, after;
	struct event e;
	size_t i;

	if (scanned == 0)
		return RC_OK;
	TRY(kind_load(cx, &event_kind, event, &e));
	TRY(tally_more(cx, tx, &e, scanned, 0, &before, &after));
	for (i = 0; i < nfresh && counted_day(&after) != 0; i++)
		TRY(unique_shift(
		    cx, tx, (struct whose){ .attendance = fresh[i] }, counted_day(&after), 1));
	return RC_OK;
}

int
attendance_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct attendance *was = old, *is = rec;
	struct group before, after;
	struct event e;
	int64_t scanned = 0, listed = 0;
	bool moved = was != NULL && was->person != is->person && !is->withdrawn;
	int sign;

	attendance_adds(was, -1, &scanned, &listed);
	attendance_adds(is, 1, &scanned, &listed);
	if (scanned == 0 && listed == 0 && !moved)
		return RC_OK;
	TRY(kind_load(cx, &event_kind, is->event, &e));
	TRY(tally_more(cx, tx, &e, scanned, listed, &before, &after));
	if (moved)
		return move_person(cx, tx, was, is, counted_day(&after));
	sign = (int)(scanned + listed);
	if (is->person == 0 || sign == 0 || counted_day(&after) == 0)
		return RC_OK;
	return unique_shift(
	    cx, tx, (struct whose){ .attendance = is->rec.id }, counted_day(&after), sign);
}

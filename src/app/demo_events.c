/* demo_events.c – writes the plan: each event is planned and approved, people are marked, and then
 * it takes place, as it would with users; so history tells it and the kept sums come out of one change. */
#include "app/demo_inner.h"

static int
code_id(struct ctx *cx, const char *table, const char *code, int64_t *out)
{
	*out = 0;
	if (code == NULL)
		return RC_OK;
	return db_int(cx, out, arena_printf(cx->arena, "SELECT id FROM %s WHERE code = $1", table),
	    VALS(v_text(code)));
}

static int64_t
programme_id(const struct demo *d, const char *code)
{
	size_t i;

	if (code == NULL)
		return 0;
	for (i = 0; i < demo_nprogrammes; i++)
		if (strcmp(demo_programmes[i].code, code) == 0)
			return d->programmes[i];
	die("demo: no programme %s", code);
}

int
demo_programmes_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct demo *d = arg;
	size_t i;

	demo_begin(d, cx, 5);
	_Static_assert(
	    sizeof d->programmes / sizeof d->programmes[0] >= 13, "room for all programmes");
	for (i = 0; i < demo_nprogrammes; i++) {
		const struct demo_programme *row = &demo_programmes[i];
		struct programme p;

		kind_empty(&programme_kind, &p);
		p.type = row->sort;
		p.name = row->name;
		p.body = demo_body(d, row->body)->id;
		p.parent = programme_id(d, row->parent);
		p.from_day = row->from;
		p.to_day = row->to;
		TRY(demo_insert(d, tx, &programme_kind, &p));
		d->programmes[i] = p.rec.id;
	}
	return RC_OK;
}

/* ---- attendances ---- */

struct crowd {
	int64_t event;
	int day, hour;
	size_t start, stride;
	bool guests; /* some come without a record of their own */
};

static int
mark(struct demo *d, struct tx *tx, const struct crowd *c, int k, const char *basis, bool withdrawn)
{
	struct attendance a;

	kind_empty(&attendance_kind, &a);
	a.event = c->event;
	a.basis = basis;
	a.day = c->day;
	a.withdrawn = withdrawn;
	if (c->guests && demo_dice(d, 10) < 3) {
		struct demo_name n;

		demo_name(d, demo_dice(d, 2) == 0, &n);
		a.guest = arena_printf(d->cx->arena, "%s %s", n.surname, n.given);
	} else
		a.person = d->people[(c->start + (size_t)k * c->stride) % d->npeople].id;
	if (strcmp(basis, "scanned") == 0)
		a.came_at =
		    day_start(c->day) + ((int64_t)c->hour * 60 - 20 + k / 2) * 60 * US_PER_SECOND;
	else
		a.sheet_row = arena_printf(d->cx->arena, "%d", k + 1);
	return demo_insert(d, tx, &attendance_kind, &a);
}

static size_t
common_divisor(size_t a, size_t b)
{
	return b == 0 ? a : common_divisor(b, a % b);
}

static int
put_crowd(struct demo *d, struct tx *tx, const struct plan *p)
{
	static const size_t strides[] = { 7, 11, 13, 17, 19, 23, 29, 31, 37 };
	const char *key = p->from == NULL || p->from->key == NULL ? "" : p->from->key;
	struct crowd c = { .event = p->id,
		.day = p->first,
		.hour = 11,
		.start = demo_dice(d, (unsigned)d->npeople),
		.stride = strides[demo_dice(d, ARRAY_LEN(strides))],
		.guests = p->basis == LISTED };
	int k, listed = 0;

	if (p->starts != NULL)
		c.hour = (p->starts[0] - '0') * 10 + (p->starts[1] - '0');
	/* No person twice at one event. */
	while (common_divisor(c.stride, d->npeople) != 1)
		c.stride++;
	/* TRAP: both reports of the contest list the same people; together they are 64, not 84. */
	if (strncmp(key, "bauyrsaq", 8) == 0) {
		c.start = 100;
		c.stride = 1;
		c.guests = false;
	}
	/* Scanned and listed together: distinct attendances, the larger part tells the basis. */
	if (strcmp(key, "onerli") == 0)
		listed = 14;
	for (k = 0; k < p->count; k++)
		TRY(mark(
		    d, tx, &c, k, p->basis == LISTED || k < listed ? "listed" : "scanned", false));
	/* TRAP: a mark that was taken back does not count. */
	if (strcmp(key, "onerli") == 0) {
		c.guests = false;
		TRY(mark(d, tx, &c, p->count, "scanned", true));
	}
	return RC_OK;
}

/* ---- one event ---- */

static int
put_children(struct demo *d, struct tx *tx, const struct plan *p)
{
	const char *key = p->from == NULL || p->from->key == NULL ? "" : p->from->key;
	size_t i;

	if (p->with != NULL) {
		struct organiser o;

		kind_empty(&organiser_kind, &o);
		o.event = p->id;
		o.body = demo_body(d, p->with)->id;
		TRY(demo_insert(d, tx, &organiser_kind, &o));
	}
	for (i = 0; i < demo_nparts && *key != '\0'; i++) {
		struct part part;

		if (strcmp(demo_parts[i].of, key) != 0)
			continue;
		kind_empty(&part_kind, &part);
		part.event = p->id;
		part.name = demo_parts[i].name;
		TRY(code_id(d->cx, "event_kind", demo_parts[i].kind, &part.kind));
		part.starts = demo_parts[i].starts;
		part.people = demo_parts[i].people < 0 ? INT_NONE : demo_parts[i].people;
		part.result = demo_parts[i].result;
		TRY(demo_insert(d, tx, &part_kind, &part));
	}
	return RC_OK;
}

/* Evidence by word: what was kept on paper. Files themselves would differ from run to run. */
static int
put_note(struct demo *d, struct tx *tx, const struct plan *p)
{
	struct file f;

	kind_empty(&file_kind, &f);
	f.event = p->id;
	f.type = "note";
	f.name = "Тіркеу парағы";
	f.caption = "Тіркеу парағы қағаз түрінде хатшылықта сақтаулы.";
	return demo_insert(d, tx, &file_kind, &f);
}

static int
put_event(struct demo *d, struct tx *tx, struct plan *p)
{
	struct ctx *cx = d->cx;
	struct event e;
	const char *state = p->state == NULL ? "reported" : p->state;

	kind_empty(&event_kind, &e);
	e.name = p->name;
	TRY(code_id(cx, "event_kind", p->kind, &e.kind));
	TRY(code_id(cx, "observance", p->observance, &e.observance));
	e.programme = programme_id(d, p->programme);
	e.body = demo_body(d, p->body)->id;
	e.first_day = p->first;
	e.last_day = p->last;
	e.starts = p->starts;
	e.place = p->place;
	e.district = d->places[p->district].id;
	e.lang = p->lang;
	e.goal = p->goal;
	e.state = "planned";
	TRY(demo_insert(d, tx, &event_kind, &e));
	p->id = e.rec.id;
	TRY(put_children(d, tx, p));
	if (strcmp(state, "planned") == 0)
		return RC_OK;
	e.state = "approved";
	TRY(kind_update_tx(cx, tx, &event_kind, &e));
	if (p->basis == SCANNED || p->basis == LISTED)
		TRY(put_crowd(d, tx, p));
	if (p->basis == LISTED && p->id % 5 == 0)
		TRY(put_note(d, tx, p));
	e.state = state;
	e.state_reason = p->reason;
	if (p->basis == HEADS)
		e.head_count = p->count;
	if (p->basis == DECLARED)
		e.declared_count = p->count;
	/* TRAP: a higher head count beside a list, and a declared one beside a head count, are not taken. */
	if (p->from != NULL && p->from->key != NULL && strcmp(p->from->key, "onerli") == 0)
		e.head_count = 130;
	if (p->basis == HEADS && p->id % 9 == 0)
		e.declared_count = p->count + 40;
	return kind_update_tx(cx, tx, &event_kind, &e);
}

int
demo_events_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct demo *d = arg;
	size_t i;

	demo_begin(d, cx, 4);
	for (i = 0; i < d->nplan; i++) {
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(put_event(d, tx, &d->plan[i]));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

static int64_t
event_of(const struct demo *d, const char *key)
{
	size_t i;

	for (i = 0; i < d->nplan; i++)
		if (d->plan[i].from != NULL && d->plan[i].from->key != NULL &&
		    strcmp(d->plan[i].from->key, key) == 0)
			return d->plan[i].id;
	die("demo: no event %s", key);
}

/* TRAP: three bodies reported one contest: two reports become co-organisers' of the first. */
int
demo_merge(struct demo *d)
{
	int64_t into = event_of(d, "bauyrsaq");

	TRY(event_merge(d->cx, into, event_of(d, "bauyrsaq-2")));
	return event_merge(d->cx, into, event_of(d, "bauyrsaq-3"));
}

/* plan_clash.c – what a plan should not do unknowingly: the same hall, person or body twice on a day, a day
 * of remembrance, a holiday of one of the communities.
 *
 * Warnings, never refusals: two meetings on one day may be meant. Titles of other bodies' items are not
 * told to a leader, only whose they are. */
#include "mod/plan/plan_inner.h"

enum { ROWS_MAX = 3000 };

/* Items of all plans and bookings of halls, with a day, of the plan's days. */
struct row {
	int64_t item, plan, body, person, hall, event, observance;
	int day;
	struct text3 name;
};
struct found {
	struct ctx *cx;
	const struct body_plan *p;
	struct row *r;
	size_t nr;
	struct plan_clash *v;
	size_t n;
};

static int
read_items(struct ctx *cx, const struct body_plan *p, struct found *f)
{
	AUTO_ROWS r = { 0 };
	int from, to;

	plan_days(p, &from, &to);
	TRY(db_rows(cx, &r,
	    "SELECT i.id, i.plan, i.body, i.person, i.hall, i.event, i.observance, i.day, "
	    "i.name_kk, i.name_ru, i.name_en FROM plan_item i JOIN plan p ON p.id = i.plan WHERE "
	    "i.day >= $1 AND i.day <= $2 AND i.left_out_on IS NULL AND i.dropped_on IS NULL AND "
	    "(i.plan = $3 OR "
	    "p.body <> $4) ORDER BY i.day, i.id LIMIT 3000",
	    VALS(v_int(from), v_int(to), v_int(p->rec.id), v_int(p->body))));
	while (f->nr < ROWS_MAX && rows_next(&r))
		f->r[f->nr++] =
		    (struct row){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2), row_int(&r, 3),
			    row_int(&r, 4), row_int(&r, 5), row_int(&r, 6), (int)row_int(&r, 7),
			    { row_text(&r, 8), row_text(&r, 9), row_text(&r, 10) } };
	return rows_end(&r);
}

static struct plan_clash *
add(struct found *f, int64_t item, const char *text, const char *path)
{
	if (f->n == CLASHES_MAX)
		return NULL;
	f->v[f->n] = (struct plan_clash){ item, text, path };
	return &f->v[f->n++];
}

/* «name», or whose it is where the name is not for this reader. */
static int
named(struct found *f, const struct row *r, const char **out)
{
	const char *body;

	if (actor_in_scope(f->cx->actor, r->body)) {
		*out = tr3(f->cx, &r->name, NULL);
		return RC_OK;
	}
	TRY(kind_titles(f->cx, &body_kind, &r->body, 1, &body));
	*out = trf(f->cx, "an event of another body (%s)", body);
	return RC_OK;
}

static int
clash_of_two(struct found *f, const struct row *a, const struct row *b)
{
	struct ctx *cx = f->cx;
	const char *one = tr3(cx, &a->name, NULL), *other, *title, *text = NULL;

	TRY(named(f, b, &other));
	if (a->hall != 0 && a->hall == b->hall) {
		TRY(kind_titles(cx, &hall_kind, &a->hall, 1, &title));
		text = trf(cx, "%1$s: “%2$s” and “%3$s” need the same hall (%4$s).",
		    day_text(cx, a->day), one, other, title);
	} else if (a->person != 0 && a->person == b->person) {
		TRY(kind_titles(cx, &person_kind, &a->person, 1, &title));
		text = trf(cx, "%1$s: “%2$s” and “%3$s” have the same responsible person (%4$s).",
		    day_text(cx, a->day), one, other, title);
	} else if (a->body == b->body) {
		TRY(kind_titles(cx, &body_kind, &a->body, 1, &title));
		text = trf(cx, "%1$s: “%2$s” and “%3$s” are held by the same body (%4$s).",
		    day_text(cx, a->day), one, other, title);
	}
	if (text != NULL)
		add(f, a->item, text,
		    actor_in_scope(cx->actor, b->body)
			? arena_printf(cx->arena, "/plan-items/%lld", (long long)b->item)
			: NULL);
	return RC_OK;
}

static int
clash_items(struct found *f)
{
	size_t i, j;

	for (i = 0; i < f->nr; i++)
		for (j = i + 1; j < f->nr && f->r[j].day == f->r[i].day; j++) {
			if (f->r[i].plan == f->p->rec.id)
				TRY(clash_of_two(f, &f->r[i], &f->r[j]));
			else if (f->r[j].plan == f->p->rec.id)
				TRY(clash_of_two(f, &f->r[j], &f->r[i]));
		}
	return RC_OK;
}

/* A hall that is booked for something else than the item's own event. */
static int
clash_bookings(struct found *f)
{
	struct ctx *cx = f->cx;
	size_t i;

	for (i = 0; i < f->nr; i++) {
		const struct row *a = &f->r[i];
		const char *hall, *body;
		int64_t id, who;
		int rc;

		if (a->plan != f->p->rec.id || a->hall == 0)
			continue;
		rc = db_int(cx, &id,
		    "SELECT id FROM booking WHERE hall = $1 AND day = $2 AND state = 'held' AND "
		    "coalesce(event, 0) <> $3 ORDER BY id LIMIT 1",
		    VALS(v_int(a->hall), v_int(a->day), v_int(a->event == 0 ? -1 : a->event)));
		if (rc == RC_NOTFOUND)
			continue;
		TRY(rc);
		TRY(db_int(cx, &who, "SELECT body FROM booking WHERE id = $1", VALS(v_int(id))));
		TRY(kind_titles(cx, &hall_kind, &a->hall, 1, &hall));
		TRY(kind_titles(cx, &body_kind, &who, 1, &body));
		add(f, a->item,
		    trf(cx, "%1$s: the hall of “%2$s” (%3$s) is booked by: %4$s.",
			day_text(cx, a->day), tr3(cx, &a->name, NULL), hall, body),
		    arena_printf(cx->arena, "/bookings/%lld", (long long)id));
	}
	return RC_OK;
}

static void
clash_day(struct found *f, const struct row *a, const struct observance *o)
{
	struct ctx *cx = f->cx;
	const char *name = tr3(cx, &o->name, NULL), *item = tr3(cx, &a->name, NULL), *text = NULL;

	if (strcmp(o->type, "remembrance") == 0)
		text = trf(cx, "%1$s: “%2$s” falls on a day of remembrance (%3$s).",
		    day_text(cx, a->day), item, name);
	else if (strcmp(o->type, "ethnocultural") == 0 || strcmp(o->type, "dayoff_religious") == 0)
		text = trf(cx, "%1$s: “%2$s” falls on a holiday of one of the communities (%3$s).",
		    day_text(cx, a->day), item, name);
	if (text != NULL)
		add(f, a->item, text, NULL);
}

static int
take_observance(struct ctx *cx, const void *rec, void *arg)
{
	struct found *f = arg;
	const struct observance *o = rec;
	int day = observance_day(o, (int)f->p->year);
	size_t i;

	(void)cx;
	for (i = 0; day != 0 && i < f->nr; i++)
		if (f->r[i].day == day && f->r[i].plan == f->p->rec.id &&
		    f->r[i].observance != o->rec.id)
			clash_day(f, &f->r[i], o);
	return RC_OK;
}

int
plan_clashes(struct ctx *cx, const struct body_plan *p, struct plan_clash **out, size_t *n)
{
	struct found f = { .cx = cx,
		.p = p,
		.r = arena_array(cx->arena, struct row, ROWS_MAX),
		.v = arena_array(cx->arena, struct plan_clash, CLASHES_MAX) };
	struct query q;

	TRY(read_items(cx, p, &f));
	TRY(clash_items(&f));
	TRY(clash_bookings(&f));
	TRY(query_init(cx, &q, &observance_kind));
	query_and(
	    &q, "observance.type IN ('remembrance', 'ethnocultural', 'dayoff_religious')", NO_VALS);
	TRY(query_each(&q, take_observance, &f));
	*out = f.v;
	*n = f.n;
	return RC_OK;
}

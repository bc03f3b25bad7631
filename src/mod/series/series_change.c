/* series_change.c – "this and all following": what would change is said event by event, then each is changed on its
 * own; and the note in a member that its event was changed on its own.
 *
 * The series is written first. An event whose field then becomes what the series says does not differ in it; any
 * other change of such a field is one of its own (series_follow). So nobody has to tell the two ways apart. */
#include "mod/series/series_inner.h"

#include <string.h>

const char *const series_fields[] = { "name", "starts", "ends", "place", "body", NULL };

void
series_as_event(const struct event_series *s, struct event *e)
{
	e->name = s->name;
	e->starts = s->starts;
	e->ends = s->ends;
	e->place = s->place;
	e->body = s->body;
}

static bool
is(const char *code, const char *wanted)
{
	return code != NULL && strcmp(code, wanted) == 0;
}

bool
series_differs(const struct series_member *m, const char *field)
{
	size_t n = strlen(field);
	const char *p = m->differs == NULL ? "" : m->differs;

	for (p += strspn(p, " "); *p != '\0'; p += strcspn(p, " "), p += strspn(p, " "))
		if (strcspn(p, " ") == n && strncmp(p, field, n) == 0)
			return true;
	return false;
}

/* ---- what was changed on its own ---- */

static const char *
new_differs(struct ctx *cx, const struct series_member *m, const struct event_series *s,
    const struct event *was, const struct event *is_now)
{
	struct event said = { 0 };
	const char *const *name;
	struct buf b;

	series_as_event(s, &said);
	buf_init(&b, cx->arena, 0);
	for (name = series_fields; *name != NULL; name++) {
		const struct field *f = kind_field(&event_kind, *name);
		bool differs = field_same(f, was, is_now) ? series_differs(m, *name)
							  : !field_same(f, &said, is_now);

		if (differs)
			buf_printf(&b, "%s%s", b.n > 0 ? " " : "", *name);
	}
	if (is_now->first_day != m->day)
		buf_printf(&b, "%sfirst_day", b.n > 0 ? " " : "");
	return b.n == 0 ? NULL : b.p;
}

/* RULE series-5 */
int
series_follow(struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is_now)
{
	struct series_member m;
	struct event_series s;
	const char *differs;
	int64_t id;
	int rc;

	if (was == NULL)
		return RC_OK;
	rc = db_int(
	    cx, &id, "SELECT id FROM series_member WHERE event = $1", VALS(v_int(is_now->rec.id)));
	if (rc != RC_OK)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	TRY(kind_load(cx, &series_member_kind, id, &m));
	TRY(kind_load(cx, &event_series_kind, m.series, &s));
	differs = new_differs(cx, &m, &s, was, is_now);
	if (strcmp(differs == NULL ? "" : differs, m.differs == NULL ? "" : m.differs) == 0)
		return RC_OK;
	m.differs = differs;
	return kind_rewrite_tx(cx, tx, &series_member_kind, &m);
}

/* ---- the plan ---- */

static enum series_fate
fate_of(struct ctx *cx, const struct event *e, const struct event_series *now)
{
	if (!actor_in_scope(cx->actor, e->body) || !actor_in_scope(cx->actor, now->body))
		return SERIES_FOREIGN;
	if (e->merged_into != 0 || (!is(e->state, "planned") && !is(e->state, "approved")))
		return SERIES_HELD;
	return e->first_day < cx->today ? SERIES_OVER : SERIES_CHANGES;
}

static void
say(struct ctx *cx, const char **list, const char *label)
{
	*list = **list == '\0' ? tr(cx, label)
			       : arena_printf(cx->arena, "%s, %s", *list, tr(cx, label));
}

/* Another hall is held for the event than the series had: it was chosen on its own. */
static int
own_hall(struct ctx *cx, const struct event_series *was, int64_t event, bool *out)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM booking WHERE event = $1 AND state = 'held' AND hall <> $2",
	    VALS(v_int(event), v_int(was->hall))));
	*out = n > 0;
	return RC_OK;
}

static int
plan_hall(struct ctx *cx, const struct event_series *was, const struct event_series *now,
    struct series_move *m)
{
	bool own;

	if (was->hall == now->hall)
		return RC_OK;
	TRY(own_hall(cx, was, m->event.rec.id, &own));
	if (own) {
		say(cx, &m->kept, N_("Hall"));
		return RC_OK;
	}
	if (now->hall != 0)
		TRY(series_hall_free(cx, now->hall, &m->event, &m->hall));
	say(cx, &m->fields, N_("Hall"));
	return RC_OK;
}

/* The event as it would be; what it says of itself stays. */
static int
plan_one(struct ctx *cx, const struct event_series *was, const struct event_series *now,
    struct series_move *m)
{
	struct event before = { 0 }, after = { 0 };
	const char *const *name;

	m->fields = m->kept = "";
	m->fate = fate_of(cx, &m->event, now);
	if (m->fate != SERIES_CHANGES)
		return RC_OK;
	series_as_event(was, &before);
	series_as_event(now, &after);
	for (name = series_fields; *name != NULL; name++) {
		const struct field *f = kind_field(&event_kind, *name);

		if (field_same(f, &m->event, &after))
			continue;
		if (series_differs(&m->member, *name)) {
			if (!field_same(f, &before, &after))
				say(cx, &m->kept, f->label);
			continue;
		}
		say(cx, &m->fields, f->label);
		field_copy(f, &after, &m->event);
	}
	TRY(plan_hall(cx, was, now, m));
	if (*m->fields == '\0')
		m->fate = SERIES_SAME;
	return RC_OK;
}

static int
plan_all(struct ctx *cx, const struct event_series *was, struct series_change *c)
{
	struct series_member *member;
	struct event from;
	struct list l;
	size_t n, i, k;

	TRY(kind_get(cx, &event_kind, c->from, &from));
	TRY(series_events(cx, was->rec.id, &l));
	TRY(series_members(cx, was->rec.id, &member, &n));
	c->move = arena_array(cx->arena, struct series_move, l.n + 1);
	c->n = 0;
	for (i = 0; i < l.n; i++) {
		const struct event *e = list_row(&l, &event_kind, i);
		struct series_move *m = &c->move[c->n];

		if (e->first_day < from.first_day)
			continue;
		*m = (struct series_move){ .event = *e };
		for (k = 0; k < n; k++)
			if (member[k].event == e->rec.id)
				m->member = member[k];
		TRY(plan_one(cx, was, c->now, m));
		c->n++;
	}
	return RC_OK;
}

int
series_change_plan(struct ctx *cx, struct series_change *c)
{
	struct event_series was;

	TRY(kind_get(cx, &event_series_kind, c->now->rec.id, &was));
	TRY(series_run_by(cx, &was));
	return plan_all(cx, &was, c);
}

/* ---- the change ---- */

struct changing {
	const struct event_series *was, *now;
	struct series_move *m;
};

static int
give_back(struct ctx *cx, struct tx *tx, const struct event_series *was, int64_t event)
{
	int64_t id;
	int rc;

	while ((rc = db_int(cx, &id,
		    "SELECT id FROM booking WHERE event = $1 AND hall = $2 AND state = 'held' "
		    "ORDER BY id "
		    "LIMIT 1",
		    VALS(v_int(event), v_int(was->hall)))) == RC_OK) {
		struct booking b;

		TRY(kind_load(cx, &booking_kind, id, &b));
		b.state = "cancelled";
		b.state_reason = tr(cx, "the series has another hall");
		TRY(kind_update_tx(cx, tx, &booking_kind, &b));
	}
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* Planned anew inside the write: what somebody changed in between stays theirs. */
static int
change_one_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct changing *k = arg;
	struct series_move m = *k->m;
	bool booked, own;

	TRY(kind_get(cx, &event_kind, m.event.rec.id, &m.event));
	TRY(kind_load(cx, &series_member_kind, m.member.rec.id, &m.member));
	TRY(plan_one(cx, k->was, k->now, &m));
	if (m.fate != SERIES_CHANGES)
		return RC_OK;
	TRY(own_hall(cx, k->was, m.event.rec.id, &own));
	own = own || k->was->hall == k->now->hall;
	if (!own)
		TRY(give_back(cx, tx, k->was, m.event.rec.id));
	TRY(kind_update_tx(cx, tx, &event_kind, &m.event));
	k->m->hall = NULL;
	return own ? RC_OK : series_book_tx(cx, tx, k->now, &m.event, &booked, &k->m->hall);
}

static const char *
refusal(struct ctx *cx)
{
	const char *said = cx->err.fields != NULL ? cx->err.fields->text : cx->err.text;

	err_clear(cx);
	return said == NULL || *said == '\0' ? tr(cx, "It could not be saved.") : said;
}

int
series_change(struct ctx *cx, struct series_change *c)
{
	struct event_series was, now = *c->now;
	int64_t id = now.rec.id;
	size_t i;

	TRY(kind_get(cx, &event_series_kind, id, &was));
	TRY(series_run_by(cx, &was));
	TRY(plan_all(cx, &was, c));
	TRY(kind_update(cx, &event_series_kind, &now));
	for (i = 0; i < c->n; i++) {
		struct changing k = { &was, &now, &c->move[i] };
		int64_t key = event_key(c->move[i].event.rec.id);

		if (c->move[i].fate != SERIES_CHANGES)
			continue;
		c->move[i].rc = db_write_keys(cx, &key, 1, change_one_fn, &k);
		if (c->move[i].rc == RC_BUSY || c->move[i].rc == RC_STORAGE)
			return c->move[i].rc;
		if (c->move[i].rc != RC_OK)
			c->move[i].said = refusal(cx);
	}
	return RC_OK;
}

/* ---- steps ---- */

static int
step_one(struct ctx *cx, int64_t series, const struct series_step *s, int64_t event)
{
	struct event e;
	int64_t there;

	TRY(db_int(cx, &there, "SELECT id FROM series_member WHERE series = $1 AND event = $2",
	    VALS(v_int(series), v_int(event))));
	TRY(kind_get(cx, &event_kind, event, &e));
	TRY(event_in_scope(cx, event, false));
	if (event_is_counted_state(e.state))
		return fail(cx, RC_RULE, N_("This event was held; nothing of it is touched."));
	return event_move(cx, event, e.rec.version, s->action, s->reason);
}

int
series_step(struct ctx *cx, int64_t series, struct series_step *s)
{
	struct event_series of;
	size_t i;

	TRY(kind_get(cx, &event_series_kind, series, &of));
	TRY(series_run_by(cx, &of));
	s->done = 0;
	s->said = NULL;
	for (i = 0; i < s->n; i++) {
		int rc = step_one(cx, series, s, s->events[i]);

		if (rc == RC_BUSY || rc == RC_STORAGE)
			return rc;
		s->done += rc == RC_OK;
		if (rc != RC_OK) {
			const char *said = refusal(cx);

			s->said = s->said == NULL ? said : s->said;
		}
	}
	return RC_OK;
}

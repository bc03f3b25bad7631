/* hall_rules.c – who may book, what is refused, the quarters of an hour that a booking holds.
 *
 * RULE hall-1: two bookings of a hall never share a quarter of an hour. A check says it in words, with the
 * next free times; the key of hall_slot says it again to whoever raced past the check. So every door that
 * writes a booking (page, API, an event that moves) obeys it without knowing of it. */
#include "mod/hall/hall_inner.h"

#include "kind/proof.h"
#include "kind/record.h"

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* ---- times ---- */

/* Quarters since midnight, −1 = no time or no whole quarter. */
static int
slot_of(const char *s)
{
	int h, m;

	if (s == NULL || strlen(s) != 5 || s[2] != ':')
		return -1;
	h = day_digits(&s, 2);
	s++;
	m = day_digits(&s, 2);
	return h < 0 || h > 24 || m < 0 || m > 59 || m % 15 != 0 || (h == 24 && m > 0)
		   ? -1
		   : h * 4 + m / 15;
}

const char *
booking_time_error(const char *text)
{
	return slot_of(text) >= 0 ? NULL
				  : N_("Halls are booked by the quarter of an hour: 17:00, 17:15.");
}

bool
hall_span_read(int day, const char *starts, const char *ends, struct hall_span *out)
{
	*out = (struct hall_span){ day, slot_of(starts), slot_of(ends) };
	return day_valid(day) && out->from >= 0 && out->to > out->from;
}

const char *
hall_time(struct arena *a, int slot)
{
	return arena_printf(a, "%02d:%02d", slot / 4, slot % 4 * 15);
}

/* ---- who may write ---- */

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

int
hall_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct hall *was = old, *is = rec;

	if ((was != NULL && !actor_in_scope(cx->actor, was->body)) ||
	    !actor_in_scope(cx->actor, is->body))
		return outside(cx);
	return RC_OK;
}

int
booking_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct booking *was = old, *is = rec;
	struct event e;

	if (!actor_scoped(cx->actor))
		return RC_OK;
	if ((was != NULL && !actor_in_scope(cx->actor, was->body)) ||
	    !actor_in_scope(cx->actor, is->body))
		return outside(cx);
	if (was != NULL || is->event == 0)
		return RC_OK;
	/* A booking would tell whether an event of another body stands under that number. */
	if (kind_load(cx, &event_kind, is->event, &e) != RC_OK ||
	    !actor_in_scope(cx->actor, e.body)) {
		err_clear(cx);
		return outside(cx);
	}
	return RC_OK;
}

bool
booking_inside(struct ctx *cx, const void *rec)
{
	return actor_in_scope(cx->actor, ((const struct booking *)rec)->body);
}

/* ---- checks ---- */

int
hall_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct hall *is = rec;

	(void)old;
	if (is->closed_to != 0 && is->closed_from == 0)
		fail_field(cx, "closed_from", N_("Say from which day it is closed."));
	if (is->closed_to != 0 && is->closed_from != 0 && is->closed_to < is->closed_from)
		fail_field(cx, "closed_to", N_("The end lies before the beginning."));
	return RC_OK;
}

int
booking_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct booking *b = rec;
	struct event e;
	int rc;

	if (old == NULL && (b->state == NULL || *b->state == '\0'))
		b->state = "held";
	if (old != NULL || b->event == 0)
		return RC_OK;
	rc = kind_load(cx, &event_kind, b->event, &e);
	if (rc == RC_NOTFOUND)
		return RC_OK; /* refused by the check of references */
	TRY(rc);
	if (b->body == 0)
		b->body = e.body;
	if (b->day == 0)
		b->day = e.first_day;
	return RC_OK;
}

static bool
gives_back(const struct event *e)
{
	return strcmp(e->state, "cancelled") == 0 || strcmp(e->state, "postponed") == 0;
}

static bool
closed_on(const struct hall *h, int day)
{
	return h->closed_from != 0 && day >= h->closed_from &&
	       (h->closed_to == 0 || day <= h->closed_to);
}

/* The booking that stands in the way; 0 = none. */
static int
in_the_way(struct ctx *cx, int64_t hall, const struct hall_span *s, int64_t but, int64_t *out)
{
	int rc = db_int(cx, out,
	    "SELECT booking FROM hall_slot WHERE hall = $1 AND day = $2 AND slot >= $3 AND slot < "
	    "$4 AND booking <> $5 ORDER BY slot LIMIT 1",
	    VALS(v_int(hall), v_int(s->day), v_int(s->from), v_int(s->to), v_int(but)));

	if (rc == RC_NOTFOUND)
		*out = 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
refuse_taken(struct ctx *cx, const struct booking *b, const struct hall_span *s, int64_t other)
{
	const char *free, *hall, *body;
	struct booking o;

	TRY(kind_load(cx, &booking_kind, other, &o));
	TRY(kind_titles(cx, &hall_kind, &b->hall, 1, &hall));
	TRY(kind_titles(cx, &body_kind, &o.body, 1, &body));
	TRY(hall_next_free(cx, b->hall, s, b->rec.id, &free));
	fail_field(cx, "starts", N_("“%1$s” is taken on %2$s from %3$s to %4$s by: %5$s. %6$s"),
	    hall, day_text(cx, s->day), o.starts, o.ends, body, free);
	return RC_OK;
}

/* RULE hall-3, the other way round: an event that gave its halls back takes no new one. */
static int
check_event(struct ctx *cx, const struct booking *b)
{
	struct event e;
	int rc = b->event == 0 ? RC_NOTFOUND : kind_load(cx, &event_kind, b->event, &e);

	if (rc == RC_NOTFOUND)
		return RC_OK; /* a purpose of its own, or refused by the check of references */
	TRY(rc);
	if (gives_back(&e))
		fail_field(cx, "event", N_("This step is not possible: the event is “%s”."),
		    option_label(cx, event_states, e.state));
	return RC_OK;
}

int
booking_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct booking *b = rec;
	struct hall_span s;
	struct hall h;
	int64_t other;
	int rc;

	if (old == NULL)
		TRY(check_event(cx, b));
	if (b->event == 0 && blank(b->purpose))
		fail_field(cx, "purpose", N_("Name an event or a purpose."));
	if (b->hall == 0 || b->day == 0 || slot_of(b->starts) < 0 || slot_of(b->ends) < 0 ||
	    strcmp(b->state, "held") != 0)
		return RC_OK; /* named already, or it holds nothing */
	if (!hall_span_read(b->day, b->starts, b->ends, &s)) {
		fail_field(cx, "ends", N_("The end lies before the beginning."));
		return RC_OK;
	}
	rc = kind_load(cx, &hall_kind, b->hall, &h);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	/* RULE hall-2 */
	if (closed_on(&h, b->day) && h.closed_to == 0)
		fail_field(
		    cx, "day", N_("The hall is closed since %s."), day_text(cx, h.closed_from));
	else if (closed_on(&h, b->day))
		fail_field(cx, "day", N_("The hall is closed from %1$s to %2$s."),
		    day_text(cx, h.closed_from), day_text(cx, h.closed_to));
	TRY(in_the_way(cx, b->hall, &s, b->rec.id, &other));
	return other == 0 ? RC_OK : refuse_taken(cx, b, &s, other);
}

/* ---- the quarters ---- */

static bool
same_span(const struct booking *a, const struct booking *b)
{
	return a->hall == b->hall && a->day == b->day && strcmp(a->starts, b->starts) == 0 &&
	       strcmp(a->ends, b->ends) == 0 && strcmp(a->state, b->state) == 0;
}

int
booking_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct booking *was = old, *is = rec;
	struct hall_span s;

	if (was != NULL && same_span(was, is))
		return RC_OK;
	if (was != NULL)
		TRY(tx_run(cx, tx, NULL, "DELETE FROM hall_slot WHERE booking = $1",
		    VALS(v_int(is->rec.id))));
	if (strcmp(is->state, "held") != 0)
		return RC_OK;
	if (!hall_span_read(is->day, is->starts, is->ends, &s))
		return fail(cx, RC_BUG, "booking %lld holds no time", (long long)is->rec.id);
	return tx_run(cx, tx, NULL,
	    "INSERT INTO hall_slot (hall, day, slot, booking) WITH RECURSIVE s(n) AS"
	    " (SELECT CAST($3 AS BIGINT) UNION ALL SELECT n + 1 FROM s WHERE n + 1 < $4)"
	    " SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), n, CAST($5 AS BIGINT) FROM s",
	    VALS(v_int(is->hall), v_int(is->day), v_int(s.from), v_int(s.to), v_int(is->rec.id)));
}

/* ---- cancelling ---- */

struct cancel {
	int64_t id, version;
	const char *reason;
};

static int
cancel_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct cancel *c = arg;
	struct booking b;

	TRY(kind_get(cx, &booking_kind, c->id, &b));
	b.rec.version = c->version;
	b.state = "cancelled";
	b.state_reason = blank(c->reason) ? NULL : c->reason;
	return kind_update_tx(cx, tx, &booking_kind, &b);
}

int
booking_cancel(struct ctx *cx, int64_t id, int64_t version, const char *reason)
{
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, cancel_fn, &(struct cancel){ id, version, reason });
}

int
booking_remove_tx(struct ctx *cx, struct tx *tx, const struct booking *b)
{
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM hall_slot WHERE booking = $1", VALS(v_int(b->rec.id))));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM booking WHERE id = $1", VALS(v_int(b->rec.id))));
	tx_touch(tx, kind_number(&booking_kind));
	return kind_removed_tx(cx, tx, &booking_kind, b, "hall,event,day");
}

/* ---- a hall follows its event ---- */

/* In order of time; the last first where they move later, so that none meets the event's own next one. */
static int
held_of(struct ctx *cx, int64_t event, bool later, int64_t **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	*n = 0;
	TRY(db_int(cx, &count, "SELECT count(*) FROM booking WHERE event = $1 AND state = 'held'",
	    VALS(v_int(event))));
	*out = arena_array(cx->arena, int64_t, count + 1);
	TRY(db_rows(cx, &r,
	    later ? "SELECT id FROM booking WHERE event = $1 AND state = 'held' ORDER BY day DESC,"
		    " starts DESC, id"
		  : "SELECT id FROM booking WHERE event = $1 AND state = 'held' ORDER BY day,"
		    " starts, id",
	    VALS(v_int(event))));
	while (*n < (size_t)count && rows_next(&r))
		(*out)[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

static bool
same_hours(const char *starts, const char *ends, const struct event *e)
{
	return slot_of(e->starts) >= 0 && slot_of(e->starts) == slot_of(starts) &&
	       slot_of(e->ends) >= 0 && slot_of(e->ends) == slot_of(ends);
}

/* Booked for the very hours of the event it takes the new ones; else start and end move as far as the event's start
 * did, inside the day. */
static void
shift_times(struct ctx *cx, struct booking *b, const struct event *was, const struct event *is)
{
	int a = slot_of(was->starts), z = slot_of(is->starts), from = slot_of(b->starts),
	    to = slot_of(b->ends);

	if (same_hours(b->starts, b->ends, was) && z >= 0 && slot_of(is->ends) > z) {
		b->starts = is->starts;
		b->ends = is->ends;
		return;
	}
	if (a < 0 || z < 0 || a == z || from + z - a < 0 || to + z - a > HALL_SLOTS)
		return;
	b->starts = hall_time(cx->arena, from + z - a);
	b->ends = hall_time(cx->arena, to + z - a);
}

/* The checks of a booking are asked here, since kind_rewrite_tx() asks none; what they say belongs to the
 * event's own fields. */
static int
check_moved(struct ctx *cx, const struct booking *b)
{
	const struct field_error *f;
	const char *said;

	TRY(booking_check(cx, b, b));
	if ((f = cx->err.fields) == NULL)
		return RC_OK;
	said = f->text;
	err_clear(cx);
	fail_field(cx, "first_day",
	    N_("The hall of this event cannot move with it. %s Give the hall back first, or "
	       "choose another time."),
	    said);
	return RC_INVALID;
}

/* RULE hall-3: cancelled or postponed, an event gives its halls back; moved, it takes them along. The right
 * to the event is the right to its hall. */
int
hall_follow(struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is)
{
	bool gone = gives_back(is);
	int64_t by, *ids;
	size_t n, i;

	if (was == NULL)
		return RC_OK;
	by = day_number(is->first_day) - day_number(was->first_day);
	if (!gone && by == 0 && slot_of(was->starts) == slot_of(is->starts) &&
	    slot_of(was->ends) == slot_of(is->ends))
		return RC_OK;
	TRY(held_of(cx, is->rec.id,
	    by > 0 || (by == 0 && slot_of(is->starts) > slot_of(was->starts)), &ids, &n));
	for (i = 0; i < n; i++) {
		struct booking b;

		TRY(kind_load(cx, &booking_kind, ids[i], &b));
		if (gone) {
			b.state = "cancelled";
			b.state_reason = option_label(cx, event_states, is->state);
		} else {
			b.day = day_add(b.day, (int)by);
			shift_times(cx, &b, was, is);
			TRY(check_moved(cx, &b));
		}
		TRY(kind_rewrite_tx(cx, tx, &booking_kind, &b));
	}
	return RC_OK;
}

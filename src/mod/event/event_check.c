/* event_check.c – who sees which rows, who may write which, and the checks over several fields.
 *
 * Everybody sees public events. A leader also sees plans and merged reports of the own scope (lead
 * or co-organiser), writes only where the lead body lies in the scope, and marks attendances where
 * a body of the scope organises. The secretariat sees and writes all. Parts, organisers, attendances
 * and files follow their event. */
#include "mod/event/event_inner.h"
#include "mod/registry/registry.h"

#include <stdio.h>

#include "base/utf8.h"

#define PUBLIC_STATES "'approved', 'held', 'reported', 'postponed', 'cancelled'"
#define IS_PUBLIC "(event.state IN (" PUBLIC_STATES ") AND event.merged_into IS NULL)"
/* Each holds the body of the scope once or twice. */
#define OWN_BODIES                                                                                 \
	"(WITH RECURSIVE own(id) AS (SELECT ? UNION SELECT b.id FROM body b JOIN own ON b.parent " \
	"= own.id)"                                                                                \
	" SELECT own.id FROM own)"
#define IS_OWN                                                               \
	"(event.body IN " OWN_BODIES " OR EXISTS (SELECT 1 FROM organiser o" \
	" WHERE o.event = event.id AND o.ended = 0 AND o.body IN " OWN_BODIES "))"

static struct val
own(const struct ctx *cx)
{
	return v_int(cx->actor->body);
}

/* RULE event-3 */
void
event_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_EVENT_READ))
		query_and(q, IS_PUBLIC, NO_VALS);
	else if (actor_scoped(cx->actor))
		query_and(q, IS_PUBLIC " OR " IS_OWN, VALS(own(cx), own(cx)));
}

/* The same of a record in hand: IS_PUBLIC. */
bool
event_open(const void *rec)
{
	static const char *const open[] = { "approved", "held", "reported", "postponed",
		"cancelled" };
	const struct event *e = rec;
	size_t i;

	for (i = 0; e->state != NULL && e->merged_into == 0 && i < ARRAY_LEN(open); i++)
		if (strcmp(open[i], e->state) == 0)
			return true;
	return false;
}

bool
file_has_content(const struct file *f)
{
	return f->sha256 != NULL && strlen(f->sha256) == 64;
}

const char *
event_days(struct ctx *cx, const struct event *e)
{
	return day_range(cx, e->first_day, e->last_day == 0 ? e->first_day : e->last_day);
}

void
event_followed(struct ctx *cx, struct query *q, const char *event)
{
	struct arena *a = cx->arena;

	if (!may(cx, CAP_EVENT_READ))
		query_and(q,
		    arena_printf(a,
			"EXISTS (SELECT 1 FROM event WHERE event.id = %s AND " IS_PUBLIC ")",
			event),
		    NO_VALS);
	else if (actor_scoped(cx->actor))
		query_and(q,
		    arena_printf(a,
			"EXISTS (SELECT 1 FROM event WHERE event.id = %s AND (" IS_PUBLIC
			" OR " IS_OWN "))",
			event),
		    VALS(own(cx), own(cx)));
}

void
event_followed_own(struct ctx *cx, struct query *q, const char *event)
{
	if (actor_scoped(cx->actor))
		query_and(q,
		    arena_printf(cx->arena,
			"EXISTS (SELECT 1 FROM event WHERE event.id = %s AND " IS_OWN ")", event),
		    VALS(own(cx), own(cx)));
}

void
event_followed_any(struct ctx *cx, struct query *q, const char *events, const char *body)
{
	struct arena *a = cx->arena;

	if (!may(cx, CAP_EVENT_READ))
		query_and(q,
		    arena_printf(a,
			"EXISTS (SELECT 1 FROM event WHERE event.id IN (%s) AND " IS_PUBLIC ")",
			events),
		    NO_VALS);
	else if (actor_scoped(cx->actor))
		query_and(q,
		    arena_printf(a,
			"%s IN " OWN_BODIES
			" OR EXISTS (SELECT 1 FROM event WHERE event.id IN (%s) AND (" IS_PUBLIC
			" OR " IS_OWN "))",
			body, events),
		    VALS(own(cx), own(cx), own(cx)));
}

static void
follow_event(struct ctx *cx, struct query *q, const char *table)
{
	event_followed(cx, q, arena_printf(cx->arena, "%s.event", table));
}

void
event_follow(struct ctx *cx, struct query *q, const char *table, bool only_own)
{
	const char *event = arena_printf(cx->arena, "%s.event", table);

	if (only_own)
		event_followed_own(cx, q, event);
	else
		event_followed(cx, q, event);
}

void
part_scope(struct ctx *cx, struct query *q)
{
	follow_event(cx, q, "part");
}

void
organiser_scope(struct ctx *cx, struct query *q)
{
	follow_event(cx, q, "organiser");
}

void
attendance_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "attendance.person");
	if (actor_scoped(cx->actor))
		query_and(q,
		    "EXISTS (SELECT 1 FROM event WHERE event.id = attendance.event AND " IS_OWN ")"
		    " OR attendance.person IN (SELECT m.person FROM membership m WHERE m.body "
		    "IN " OWN_BODIES ")",
		    VALS(own(cx), own(cx), own(cx)));
}

/* Scanned lists name people; links and notes of public events are for everybody, and photographs whose
 * people agreed or cannot be recognised: RULE after-2. */
void
file_scope(struct ctx *cx, struct query *q)
{
#define OPEN_FILE                                                                           \
	"file.withdrawn = 0 AND (file.type IN ('link', 'note') OR (file.type = 'photo' AND" \
	" file.consent IN ('agreed', 'no_faces')))"                                         \
	" AND EXISTS (SELECT 1 FROM event WHERE event.id = file.event AND " IS_PUBLIC ")"
	if (!may(cx, CAP_EVENT_READ))
		query_and(q, OPEN_FILE, NO_VALS);
	else if (actor_scoped(cx->actor))
		query_and(q,
		    "(" OPEN_FILE
		    ") OR EXISTS (SELECT 1 FROM event WHERE event.id = file.event AND " IS_OWN ")",
		    VALS(own(cx), own(cx)));
}

static bool
no_text(const char *s)
{
	return s == NULL || *s == '\0';
}

/* ---- who may write ---- */

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

int
event_in_scope(struct ctx *cx, int64_t event, bool organisers_too)
{
	int64_t found;
	int rc;

	if (!actor_scoped(cx->actor))
		return RC_OK;
	rc = db_int(cx, &found,
	    organisers_too
		? "SELECT 1 FROM event WHERE id = $1 AND (body IN"
		  " (WITH RECURSIVE own(id) AS (SELECT $2 UNION SELECT b.id FROM body b JOIN own"
		  " ON b.parent = own.id) SELECT own.id FROM own) OR EXISTS (SELECT 1 FROM "
		  "organiser o"
		  " WHERE o.event = event.id AND o.ended = 0 AND o.body IN"
		  " (WITH RECURSIVE own(id) AS (SELECT $2 UNION SELECT b.id FROM body b JOIN own"
		  " ON b.parent = own.id) SELECT own.id FROM own)))"
		: "SELECT 1 FROM event WHERE id = $1 AND body IN"
		  " (WITH RECURSIVE own(id) AS (SELECT $2 UNION SELECT b.id FROM body b JOIN own"
		  " ON b.parent = own.id) SELECT own.id FROM own)",
	    VALS(v_int(event), v_int(cx->actor->body)));
	return rc == RC_NOTFOUND ? outside(cx) : rc;
}

/* Notes, reasons and reports of their own: only inside the scope, though the event is public. */
static bool
inside(struct ctx *cx, int64_t body, int64_t event)
{
	bool yes;

	if (actor_in_scope(cx->actor, body))
		return true;
	yes = event_in_scope(cx, event, true) == RC_OK;
	err_clear(cx);
	return yes;
}

bool
event_inside(struct ctx *cx, const void *rec)
{
	const struct event *e = rec;

	return inside(cx, e->body, e->rec.id);
}

bool
organiser_inside(struct ctx *cx, const void *rec)
{
	const struct organiser *o = rec;

	return inside(cx, o->body, o->event);
}

int
event_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct event *was = old, *is = rec;

	if (was != NULL && !actor_in_scope(cx->actor, was->body))
		return outside(cx);
	return is->body == 0 || actor_in_scope(cx->actor, is->body) ? RC_OK : outside(cx);
}

int
programme_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct programme *was = old, *is = rec;

	if (!actor_scoped(cx->actor))
		return RC_OK;
	if ((was != NULL && !actor_in_scope(cx->actor, was->body)) ||
	    !actor_in_scope(cx->actor, is->body))
		return outside(cx);
	return RC_OK;
}

static int
child_writable(struct ctx *cx, int64_t was, int64_t is, bool organisers_too)
{
	if (was != 0)
		TRY(event_in_scope(cx, was, organisers_too));
	return is == was ? RC_OK : event_in_scope(cx, is, organisers_too);
}

int
part_writable(struct ctx *cx, const void *old, const void *rec)
{
	return child_writable(cx, old == NULL ? 0 : ((const struct part *)old)->event,
	    ((const struct part *)rec)->event, false);
}

int
organiser_writable(struct ctx *cx, const void *old, const void *rec)
{
	return child_writable(cx, old == NULL ? 0 : ((const struct organiser *)old)->event,
	    ((const struct organiser *)rec)->event, false);
}

int
attendance_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct attendance *a = rec, *was = old;
	struct person seen;

	if (was != NULL && was->person == 0 && no_text(was->guest))
		return fail(
		    cx, RC_RULE, N_("The person's record was erased; what is left only counts."));

	/* Whom a leader may not see he may not list either: the list would show the name. */
	if (old == NULL && a->person != 0 && actor_scoped(cx->actor)) {
		int rc = kind_get(cx, &person_kind, a->person, &seen);

		if (rc == RC_NOTFOUND) {
			fail_field(cx, "person", N_("There is no such record."));
			return RC_INVALID;
		}
		TRY(rc);
	}
	return child_writable(cx, old == NULL ? 0 : ((const struct attendance *)old)->event,
	    ((const struct attendance *)rec)->event, true);
}

int
file_writable(struct ctx *cx, const void *old, const void *rec)
{
	return child_writable(cx, old == NULL ? 0 : ((const struct file *)old)->event,
	    ((const struct file *)rec)->event, false);
}

/* ---- single texts ---- */

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

const char *
time_error(const char *s)
{
	if (strlen(s) == 5 && digit(s[0]) && digit(s[1]) && s[2] == ':' && digit(s[3]) &&
	    digit(s[4]) && (s[0] - '0') * 10 + s[1] - '0' <= 23 && s[3] <= '5')
		return NULL;
	return N_("A time is written like 17:00.");
}

const char *
link_error(const char *s)
{
	size_t skip = strncmp(s, "https://", 8) == 0 ? 8 : strncmp(s, "http://", 7) == 0 ? 7 : 0;

	if (skip == 0 || s[skip] == '\0' || strpbrk(s, " <>\"\\^`{|}") != NULL)
		return N_("A link begins with https:// or http:// and holds no spaces.");
	return NULL;
}

/* ---- what the machine fills in ---- */

int
event_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct event *e = rec;

	(void)cx;
	if (old == NULL && (e->state == NULL || *e->state == '\0'))
		e->state = "planned";
	if (e->last_day == e->first_day)
		e->last_day = 0;
	return RC_OK;
}

int
attendance_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct attendance *a = rec;
	int64_t first;
	int rc;

	(void)old;
	if (a->ticket == 0)
		a->ticket = INT_NONE;
	if (a->day != 0 || a->event == 0)
		return RC_OK;
	rc = db_int(cx, &first, "SELECT first_day FROM event WHERE id = $1", VALS(v_int(a->event)));
	if (rc == RC_OK)
		a->day = (int)first;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* A link and a short note have no content of their own in the store of files. */
int
file_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct file *f = rec;
	bool bare =
	    f->type != NULL && (strcmp(f->type, "link") == 0 || strcmp(f->type, "note") == 0);

	(void)old;
	if (f->type != NULL && strcmp(f->type, "photo") == 0 && no_text(f->consent))
		f->consent = "not_asked";
	if (!bare || (f->sha256 != NULL && *f->sha256 != '\0'))
		return RC_OK;
	f->sha256 = "-";
	f->size = 0;
	f->media = strcmp(f->type, "link") == 0 ? "text/uri-list" : "text/plain";
	if (f->name == NULL || *f->name == '\0')
		f->name = f->caption != NULL && *f->caption != '\0' &&
				  utf8_len(f->caption) <= 200 &&
				  strpbrk(f->caption, "\r\n\t") == NULL
			      ? f->caption
			      : option_label(cx, file_sorts, f->type);
	return RC_OK;
}

/* ---- checks over several fields ---- */

int
event_kind_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct event_kind *was = old, *is = rec;

	if (was != NULL && was->counted != is->counted)
		fail_field(cx, "counted",
		    N_("Whether a kind is counted cannot be changed: past figures rest on it. "
		       "Make a new kind."));
	return RC_OK;
}

/* A day of the year, or a rule that can be read, or a list of days. */
int
observance_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct observance *o = rec;
	int n, w, m, used = 0;

	(void)old;
	if (no_text(o->rule)) {
		if (o->month == INT_NONE || o->dom == INT_NONE)
			fail_field(cx, "month", N_("A month and a day are needed, or a rule."));
		else if (o->month >= 1 && o->month <= 12 &&
			 o->dom > day_month_len(2024, (int)o->month))
			fail_field(cx, "dom", N_("There is no such day."));
	} else if (strcmp(o->rule, "orthodox_easter") != 0 && strcmp(o->rule, "dates") != 0 &&
		   (sscanf(o->rule, "nth:%2d:%1d:%2d%n", &n, &w, &m, &used) != 3 ||
		       o->rule[used] != '\0' || n < -1 || n == 0 || n > 5 || w < 1 || w > 7 ||
		       m < 1 || m > 12))
		fail_field(cx, "rule", N_("This rule is not known."));
	if (!no_text(o->dates)) {
		const char *p = o->dates;

		for (; *p != '\0'; p += strcspn(p, ";"), p += *p == ';') {
			int day;

			if (!day_parse(arena_strn(cx->arena, p, strcspn(p, ";")), &day)) {
				fail_field(cx, "dates",
				    N_("Days are written like 2024-04-25, with ; between them."));
				break;
			}
		}
	}
	return RC_OK;
}

int
programme_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct programme *p = rec;
	int64_t found;
	int rc;

	(void)old;
	if (p->from_day != 0 && p->to_day != 0 && p->to_day < p->from_day)
		fail_field(cx, "to_day", N_("The end lies before the beginning."));
	if (p->parent == 0 || p->rec.id == 0)
		return RC_OK;
	rc = db_int(cx, &found,
	    "WITH RECURSIVE up(id) AS (SELECT $1 UNION SELECT p.parent FROM programme p JOIN up"
	    " ON p.id = up.id WHERE p.parent IS NOT NULL) SELECT 1 FROM up WHERE up.id = $2",
	    VALS(v_int(p->parent), v_int(p->rec.id)));
	if (rc == RC_OK)
		fail_field(cx, "parent", N_("A programme cannot be a part of itself."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
event_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct event *e = rec;
	bool later = e->state != NULL &&
		     (strcmp(e->state, "postponed") == 0 || strcmp(e->state, "cancelled") == 0);

	if (old == NULL && e->merged_into != 0)
		fail_field(cx, "merged_into", N_("A new event cannot be merged already."));
	if (e->last_day != 0 && e->last_day < e->first_day)
		fail_field(cx, "last_day", N_("The end lies before the beginning."));
	if (e->last_day == 0 && !no_text(e->starts) && !no_text(e->ends) &&
	    time_error(e->starts) == NULL && time_error(e->ends) == NULL &&
	    strcmp(e->ends, e->starts) <= 0)
		fail_field(cx, "ends", N_("The end lies before the beginning."));
	/* RULE event-2: nothing is held before its day. */
	if (event_is_counted_state(e->state) && e->first_day > cx->today)
		fail_field(
		    cx, "first_day", N_("An event that took place cannot lie in the future."));
	if (later && no_text(e->state_reason))
		fail_field(cx, "state_reason", N_("A reason is needed."));
	if (e->rec.id != 0 && e->moved_to == e->rec.id)
		fail_field(cx, "moved_to", N_("An event cannot name itself."));
	if (e->rec.id != 0 && e->merged_into == e->rec.id)
		fail_field(cx, "merged_into", N_("An event cannot name itself."));
	return RC_OK;
}

int
organiser_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct organiser *o = rec;
	int64_t lead;
	int rc;

	if (o->via_event != 0 || o->ended ||
	    (old != NULL && !((const struct organiser *)old)->ended))
		return RC_OK;
	rc = db_int(cx, &lead, "SELECT body FROM event WHERE id = $1", VALS(v_int(o->event)));
	if (rc == RC_OK && lead == o->body)
		fail_field(cx, "body", N_("This body leads the event already."));
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	rc = db_int(cx, &lead,
	    "SELECT id FROM organiser WHERE event = $1 AND body = $2 AND ended = 0 AND id <> $3",
	    VALS(v_int(o->event), v_int(o->body), v_int(o->rec.id)));
	if (rc == RC_OK)
		fail_field(cx, "body", N_("This body is a co-organiser already."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
attendance_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct attendance *a = rec;
	const char *state;
	int64_t other;
	int rc;

	if ((a->person != 0) == !no_text(a->guest))
		fail_field(
		    cx, "person", N_("Either a person or a guest's name is needed, not both."));
	if (old != NULL || a->event == 0)
		return RC_OK;
	rc = db_text(cx, &state, "SELECT state FROM event WHERE id = $1", VALS(v_int(a->event)));
	if (rc != RC_OK)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	if (strcmp(state, "approved") != 0 && !event_is_counted_state(state))
		fail_field(
		    cx, "event", N_("Attendance is marked at events that are approved or held."));
	if (a->person == 0)
		return RC_OK;
	rc = db_int(cx, &other,
	    "SELECT coalesce(merged_into, 0) FROM person WHERE id = $1 AND (merged_into IS NOT "
	    "NULL OR"
	    " erased_on IS NOT NULL)",
	    VALS(v_int(a->person)));
	if (rc == RC_OK && other == 0)
		fail_field(cx, "person", N_("This record was erased."));
	else if (rc == RC_OK)
		fail_field(cx, "person",
		    N_("This record was joined with record %s: choose that one."), num(cx, other));
	if (rc != RC_NOTFOUND)
		return rc;
	/* RULE event-4: coming back in is one attendance. */
	rc = db_int(cx, &other, "SELECT id FROM attendance WHERE event = $1 AND person = $2",
	    VALS(v_int(a->event), v_int(a->person)));
	if (rc == RC_OK)
		fail_field(cx, "person",
		    N_("This person is marked at this event already (record %s)."), num(cx, other));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
file_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct file *f = rec;
	bool link = f->type != NULL && strcmp(f->type, "link") == 0;

	(void)old;
	if (link && no_text(f->link))
		fail_field(cx, "link", N_("A link is needed."));
	return RC_OK;
}

/* The day and the place tell namesakes apart. */
const char *
event_hint(struct ctx *cx, const void *rec)
{
	const struct event *e = rec;

	return arena_printf(cx->arena, "%s%s%s", event_days(cx, e), no_text(e->place) ? "" : ", ",
	    no_text(e->place) ? "" : e->place);
}

/* event_arrive.c – many who came through the door at once (mod/door): their attendances in one step.
 *
 * The door has asked who may keep it and at which event; here attendances follow what its scans say: a new
 * one, one that stands again, another moment, or withdrawn. A record each, with its version and its line in
 * the audit; the tally and the cells once for all new ones. RULE event-4 holds as in event_attend(). */
#include "db/sqllist.h"
#include "mod/event/event_inner.h"

/* An attendance that stands already, by ticket or by person. */
struct stood {
	int64_t id, ticket, person;
};
struct stands {
	struct stood *v;
	size_t n;
};

static int
find_by(struct ctx *cx, int64_t event, const char *column, const struct val *ids, size_t n,
    struct stands *out)
{
	struct val *v = arena_array(cx->arena, struct val, SQL_LIST_MAX + 1);
	AUTO_ROWS r = { 0 };
	struct buf sql;
	size_t all;

	if (n == 0)
		return RC_OK;
	v[0] = v_int(event);
	memcpy(v + 1, ids, n * sizeof *ids);
	buf_init(&sql, cx->arena, 0);
	buf_printf(&sql,
	    "SELECT id, ticket, person FROM attendance WHERE event = $1 AND %s IN (", column);
	all = sql_list(&sql, 2, v + 1, n);
	buf_char(&sql, ')');
	TRY(db_rows(cx, &r, sql.p, (struct vals){ v, all + 1 }));
	while (rows_next(&r))
		out->v[out->n++] =
		    (struct stood){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
	return rows_end(&r);
}

/* Those that have none yet: is there one of this ticket or person? */
static int
find_standing(struct ctx *cx, int64_t event, struct event_arrival *v, size_t n)
{
	struct val *tickets = arena_array(cx->arena, struct val, n + 1),
		   *persons = arena_array(cx->arena, struct val, n + 1);
	struct stands s = { arena_array(cx->arena, struct stood, 2 * n + 1), 0 };
	size_t nt = 0, np = 0, i, k;

	for (i = 0; i < n; i++) {
		if (v[i].attendance != 0)
			continue;
		if (v[i].ticket != 0)
			tickets[nt++] = v_int(v[i].ticket);
		if (v[i].person != 0)
			persons[np++] = v_int(v[i].person);
	}
	TRY(find_by(cx, event, "ticket", tickets, nt, &s));
	TRY(find_by(cx, event, "person", persons, np, &s));
	for (i = 0; i < n && s.n > 0; i++)
		for (k = 0; k < s.n && v[i].attendance == 0; k++)
			if ((v[i].ticket != 0 && v[i].ticket == s.v[k].ticket) ||
			    (v[i].person != 0 && v[i].person == s.v[k].person))
				v[i].attendance = s.v[k].id;
	return RC_OK;
}

/* One that stands by other means (a list) is not touched: it counts once already. */
static int
follow(struct ctx *cx, struct tx *tx, const struct event *e, const struct event_arrival *v)
{
	struct attendance a;
	bool scanned;

	TRY(kind_load(cx, &attendance_kind, v->attendance, &a));
	scanned = strcmp(a.basis, "scanned") == 0;
	if (a.event != e->rec.id || (a.person == 0 && (a.guest == NULL || *a.guest == '\0')))
		return RC_OK; /* of an erased person: what is left only counts */
	if (v->came_at == 0) {
		if (a.withdrawn || !scanned)
			return RC_OK;
		a.withdrawn = true;
	} else {
		if (!a.withdrawn && (!scanned || a.came_at == v->came_at))
			return RC_OK;
		a.withdrawn = false;
		a.basis = "scanned";
		a.came_at = v->came_at;
		a.day = event_attended_day(e, v->came_at);
	}
	if (a.ticket == INT_NONE && v->ticket != 0)
		a.ticket = v->ticket;
	return kind_rewrite_tx(cx, tx, &attendance_kind, &a);
}

static int
arrive(struct ctx *cx, struct tx *tx, const struct event *e, struct event_arrival *v)
{
	struct attendance a;

	kind_empty(&attendance_kind, &a);
	a.event = e->rec.id;
	a.person = v->person;
	a.ticket = v->ticket == 0 ? INT_NONE : v->ticket;
	a.guest = v->person != 0 ? NULL : v->guest;
	a.basis = "scanned";
	a.came_at = v->came_at;
	a.day = event_attended_day(e, v->came_at);
	TRY(kind_add_tx(cx, tx, &attendance_kind, &a));
	v->attendance = a.rec.id;
	return RC_OK;
}

/* The same person twice among the new ones (by ticket and by name) is one attendance. */
static bool
twin(struct event_arrival *v, size_t i)
{
	size_t k;

	for (k = 0; v[i].person != 0 && k < i; k++)
		if (v[k].person == v[i].person && v[k].attendance != 0) {
			v[i].attendance = v[k].attendance;
			return true;
		}
	return false;
}

int
event_arrive_tx(
    struct ctx *cx, struct tx *tx, const struct event *e, struct event_arrival *v, size_t n)
{
	int64_t *fresh = arena_array(cx->arena, int64_t, n + 1);
	size_t i, nfresh = 0, persons = 0;

	TRY(find_standing(cx, e->rec.id, v, n));
	for (i = 0; i < n; i++) {
		if (v[i].attendance != 0) {
			TRY(follow(cx, tx, e, &v[i]));
			continue;
		}
		if (v[i].came_at == 0 || twin(v, i))
			continue;
		TRY(arrive(cx, tx, e, &v[i]));
		nfresh++;
		if (v[i].person != 0)
			fresh[persons++] = v[i].attendance;
	}
	return attendances_added(cx, tx, e->rec.id, (int64_t)nfresh, fresh, persons);
}

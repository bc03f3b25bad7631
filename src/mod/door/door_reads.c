/* door_reads.c – counters, arrivals, what needs a human, devices: read for the pages of a door. */
#include "mod/door/door_reads.h"

#include <string.h>

#include "lang/order.h"
#include "mod/door/door_inner.h"

int
door_counts(struct ctx *cx, int64_t event, struct door_counts *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct door_counts){ 0 };
	TRY(db_rows(cx, &r,
	    "SELECT count(came), coalesce(sum(inside), 0) FROM door_pass WHERE event = $1",
	    VALS(v_int(event))));
	if (rows_next(&r)) {
		out->came = row_int(&r, 0);
		out->inside = row_int(&r, 1);
	}
	TRY(rows_end(&r));
	TRY(db_int(cx, &out->expected,
	    "SELECT count(*) FROM ticket WHERE event = $1 AND state = 'valid'",
	    VALS(v_int(event))));
	return db_int(cx, &out->open,
	    "SELECT count(*) FROM scan WHERE event = $1 AND (result <> 'done' OR decision IS NOT "
	    "NULL) AND decision IS NULL",
	    VALS(v_int(event)));
}

/* Names behind scans: a guest's own, a ticket's, a person's. A ticket of another event (another body's, maybe)
 * stays without a name. After SCAN_COLUMNS. */
#define NAMES                                                                                 \
	" FROM scan s LEFT JOIN ticket t ON t.id = s.ticket AND t.event = s.event LEFT JOIN " \
	"person p ON p.id = coalesce(s.person, t.person) LEFT JOIN account a ON a.id = "      \
	"s.decided_by WHERE s.event = $1"
#define COLUMNS                                                                                    \
	"s.nonce, s.copy, s.kind, s.at, s.device, s.ticket, s.person, s.guest, s.shown, s.undoes," \
	" s.digest, s.batch, s.received_at, s.account, s.subject, s.fact, s.decision, s.result,"   \
	" s.reason, s.undone, s.since, coalesce(s.guest, t.name), p.id, p.surname, p.given,"       \
	" p.restricted_on, a.name, s.decided_at"

static const char *
person_or(struct ctx *cx, const struct rows *r, int col, bool full)
{
	const char *name = row_text(r, col), *surname = row_text(r, col + 2),
		   *given = row_text(r, col + 3);

	if (!row_null(r, col + 1)) {
		if (!row_null(r, col + 4) && !may(cx, CAP_RIGHTS))
			return "";
		name = arena_printf(cx->arena, "%s%s%s", surname == NULL ? "" : surname,
		    surname == NULL || given == NULL ? "" : " ", given == NULL ? "" : given);
	}
	return name == NULL ? "" : full ? name : door_short_name(cx->arena, name);
}

static void
read_one(struct ctx *cx, const struct rows *r, bool full, struct door_row *d)
{
	d->scan = *scan_row(cx, r);
	d->name = person_or(cx, r, 21, full);
	d->decider = row_text(r, 26);
	d->decided_at = row_int(r, 27);
}

int
door_row_of(struct ctx *cx, int64_t event, const unsigned char nonce[NONCE_SIZE],
    const struct door_rights *can, struct door_row *out)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT " COLUMNS NAMES
	    " AND s.nonce = $2 ORDER BY CASE WHEN s.result = 'conflict' THEN "
	    "1 ELSE 0 END, s.copy LIMIT 1",
	    VALS(v_int(event), v_blob((struct slice){ (const char *)nonce, NONCE_SIZE }))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	read_one(cx, &r, can->full, out);
	return rows_end(&r);
}

int
door_rows(struct ctx *cx, int64_t event, const struct door_rights *can, bool odd, int limit,
    struct door_rows *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct door_rows){ arena_array(cx->arena, struct door_row, limit + 1), 0 };
	TRY(db_rows(cx, &r,
	    odd ? "SELECT " COLUMNS NAMES " AND (s.result <> 'done' OR s.decision IS NOT NULL)"
		  " ORDER BY CASE WHEN s.decision IS NULL THEN 0 ELSE 1 END, s.at DESC, s.nonce,"
		  " s.copy LIMIT $2"
		: "SELECT " COLUMNS NAMES
		  " ORDER BY s.received_at DESC, s.at DESC, s.nonce LIMIT $2",
	    VALS(v_int(event), v_int(limit))));
	while (out->n < (size_t)limit && rows_next(&r))
		read_one(cx, &r, can->full, &out->v[out->n++]);
	return rows_end(&r);
}

int
door_devices(struct ctx *cx, int64_t event, struct door_seen **out, size_t *n)
{
	enum { MAX = 200 };
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = arena_array(cx->arena, struct door_seen, MAX);
	TRY(db_rows(cx, &r,
	    "SELECT d.device, a.name, d.seen_at, d.scans, d.queued FROM door_device d LEFT JOIN "
	    "account a ON a.id = d.account WHERE d.event = $1 ORDER BY d.seen_at DESC, d.device "
	    "LIMIT "
	    "200",
	    VALS(v_int(event))));
	while (*n < MAX && rows_next(&r))
		(*out)[(*n)++] = (struct door_seen){ row_text(&r, 0), row_text(&r, 1),
			row_int(&r, 2), row_int(&r, 3), row_int_or(&r, 4, INT_NONE) };
	return rows_end(&r);
}

/* ---- the desk ---- */

#define LISTED                                                                                     \
	"SELECT t.id, t.code, t.state, d.came, d.inside, t.name, p.id, p.surname, p.given,"        \
	" p.restricted_on FROM ticket t LEFT JOIN person p ON p.id = t.person LEFT JOIN door_pass" \
	" d ON d.event = t.event AND d.subject = CASE WHEN t.person IS NULL THEN 't' || t.id ELSE" \
	" 'p' || t.person END WHERE t.event = $1 ORDER BY t.id"

/* Every word typed begins a word of the name. */
static bool
words_fit(struct arena *a, const char *name, const char *folded)
{
	const char *key = fold_key(a, name), *w = folded;

	while (*w != '\0') {
		size_t len = strcspn(w, " ");
		const char *at = key;

		while (*at != '\0' && strncmp(at, w, len) != 0) {
			at += strcspn(at, " ");
			at += strspn(at, " ");
		}
		if (*at == '\0')
			return false;
		w += len + strspn(w + len, " ");
	}
	return true;
}

int
door_find(struct ctx *cx, int64_t event, const struct door_rights *can, const char *words,
    struct door_search *out)
{
	const char *folded = fold_key(cx->arena, words);
	AUTO_ROWS r = { 0 };

	*out = (struct door_search){ .n = 0 };
	if (*folded == '\0')
		return RC_OK;
	TRY(db_rows(cx, &r, LISTED, VALS(v_int(event))));
	while (!out->more && rows_next(&r)) {
		const char *whole = person_or(cx, &r, 5, true);

		if (*whole == '\0' || !words_fit(cx->arena, whole, folded))
			continue;
		out->more = out->n == DOOR_FOUND;
		if (!out->more)
			out->v[out->n++] = (struct door_found){ row_int(&r, 0),
				can->full ? whole : door_short_name(cx->arena, whole),
				row_text(&r, 1), row_text(&r, 2), row_int(&r, 3),
				row_int(&r, 4) != 0 };
	}
	return rows_end(&r);
}

int
door_arrivals(struct ctx *cx, int64_t event, const struct door_rights *can,
    struct door_arrival **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	*n = 0;
	TRY(db_int(cx, &count,
	    "SELECT count(*) FROM door_pass WHERE event = $1 AND came IS NOT NULL",
	    VALS(v_int(event))));
	*out = arena_array(cx->arena, struct door_arrival, count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT d.came, d.inside, d.subject, coalesce(d.guest, t.name), p.id, p.surname, "
	    "p.given, p.restricted_on FROM door_pass d LEFT JOIN ticket t ON t.id = d.ticket LEFT "
	    "JOIN "
	    "person p ON p.id = d.person WHERE d.event = $1 AND d.came IS NOT NULL ORDER BY "
	    "d.came, "
	    "d.subject",
	    VALS(v_int(event))));
	while (*n < (size_t)count && rows_next(&r)) {
		const char *subject = row_text(&r, 2);

		(*out)[(*n)++] = (struct door_arrival){ person_or(cx, &r, 3, can->full),
			subject[0] == 't'   ? "ticket"
			: subject[0] == 'p' ? "person"
					    : "guest",
			row_int(&r, 0), row_int(&r, 1) != 0 };
	}
	return rows_end(&r);
}

/* ---- which doors ---- */

int
door_days(struct ctx *cx, struct door_day **out, size_t *n)
{
	enum { MAX = 100 };
	struct query q;
	struct list l;
	size_t i;

	*n = 0;
	*out = arena_array(cx->arena, struct door_day, MAX);
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.merged_into IS NULL AND event.first_day <= ? AND coalesce(event.last_day, "
	    "event.first_day) >= ? AND event.state IN ('approved', 'held', 'reported')",
	    VALS(v_int(day_add(cx->today, 1)), v_int(day_add(cx->today, -1))));
	TRY(query_sort(&q, "first_day"));
	q.limit = MAX;
	TRY(query_list(&q, &l));
	for (i = 0; i < l.n; i++) {
		struct door_day *d = &(*out)[*n];

		d->e = *(const struct event *)list_row(&l, &event_kind, i);
		TRY(door_rights(cx, &d->e, &d->can));
		if (d->can.reads)
			++*n;
	}
	return RC_OK;
}

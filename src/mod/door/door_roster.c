/* door_roster.c – the list of an event for a device, and what changed since. RULE door-8
 *
 * A device must be able to say yes and no by itself, so it holds every ticket: id, short code, state, whether
 * it was used. Of names it gets as much as a helper needs to greet somebody. */
#include "core/signature.h"
#include "mod/door/door_inner.h"
#include "mod/door/door_reads.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { OVERLAP_US = 10000000 };

const char *
door_short_name(struct arena *a, const char *name)
{
	size_t surname = strcspn(name, " "), given, letter = 1;
	const char *second = name + surname + strspn(name + surname, " ");

	given = strcspn(second, " ");
	if (given == 0)
		return arena_strn(a, name, surname);
	while (letter < surname && ((unsigned char)name[letter] & 0xc0) == 0x80)
		letter++;
	return arena_printf(a, "%.*s %.*s.", (int)given, second, (int)letter, name);
}

/* Columns: ticket's name, person, surname, given, restricted_on. */
static const char *
name_at(struct ctx *cx, const struct rows *r, int col, bool full)
{
	const char *name = row_text(r, col);

	if (row_int(r, col + 1) != 0) {
		const char *surname = row_text(r, col + 2), *given = row_text(r, col + 3);

		if (!row_null(r, col + 4) && !may(cx, CAP_RIGHTS))
			return "";
		name = arena_printf(cx->arena, "%s%s%s", surname == NULL ? "" : surname,
		    surname == NULL || given == NULL ? "" : " ", given == NULL ? "" : given);
	}
	if (name == NULL)
		return "";
	return full ? name : door_short_name(cx->arena, name);
}

#define TICKETS                                                                                 \
	"SELECT t.id, t.code, t.state, t.reason, d.came, d.inside, t.name, t.person, p.surname, " \
	"p.given, p.restricted_on FROM ticket t LEFT JOIN person p ON p.id = t.person LEFT JOIN "  \
	"door_pass d ON d.event = t.event AND d.subject = CASE WHEN t.person IS NULL THEN 't' || " \
	"t.id ELSE 'p' || t.person END WHERE t.event = $1"

static int
tickets_json(struct ctx *cx, const char *sql, struct vals v, bool full, struct json *j)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, sql, v));
	while (rows_next(&r)) {
		json_open(j, NULL, '{');
		json_num(j, "id", row_int(&r, 0));
		json_str(j, "code", row_text(&r, 1));
		json_str(j, "name", name_at(cx, &r, 6, full));
		json_str(j, "state", row_text(&r, 2));
		json_str(j, "reason", row_text(&r, 3));
		json_num(j, "came", row_int(&r, 4) / 1000);
		json_bool(j, "in", row_int(&r, 5) != 0);
		json_close(j, '}');
	}
	return rows_end(&r);
}

static void
words_json(struct json *j, const char *key, const struct text3 *t)
{
	json_open(j, key, '{');
	json_str(j, "kk", t->kk);
	json_str(j, "ru", t->ru);
	json_str(j, "en", t->en);
	json_close(j, '}');
}

static void
limits_json(struct ctx *cx, struct json *j)
{
	json_open(j, "limits", '[');
	json_str(j, NULL,
	    tr(cx, "Without the network this device does not know whom others let in: one ticket may "
		   "pass at two doors. Both scans are kept and shown to the staff."));
	json_str(j, NULL,
	    tr(cx, "A ticket that was taken back after the list was fetched still looks good without "
		   "the network."));
	json_str(j, NULL,
	    tr(cx, "Names and short codes are looked up in the list only; the square code alone "
		   "carries a signature."));
	json_str(j, NULL,
	    tr(cx, "The moment of a scan is what this device's clock says. A clock that is a day off "
		   "is noticed, minutes are not."));
	json_close(j, ']');
}

static const char *
mark_of_now(struct ctx *cx, int64_t seq)
{
	return arena_printf(cx->arena, "%lld.%lld", (long long)seq, (long long)cx->now);
}

static int
last_seq(struct ctx *cx, int64_t event, int64_t *out)
{
	return db_int(cx, out, "SELECT coalesce(max(seq), 0) FROM door_pass WHERE event = $1",
	    VALS(v_int(event)));
}

int
roster_json(
    struct ctx *cx, const struct event *e, const struct door_rights *can, struct json *j)
{
	unsigned char key[SIGNATURE_KEY_SIZE];
	char text[64];
	int64_t event = e->rec.id;

	json_open(j, NULL, '{');
	json_num(j, "event", event);
	words_json(j, "name", &e->name);
	day_iso(e->first_day, text);
	json_str(j, "first_day", text);
	day_iso(e->last_day == 0 ? e->first_day : e->last_day, text);
	json_str(j, "last_day", text);
	json_str(j, "state", e->state);
	signature_key(key);
	sodium_bin2base64(
	    text, sizeof text, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
	json_str(j, "key", text);
	if (cx->actor->session != 0)
		json_str(j, "csrf", cx->actor->csrf);
	json_open(j, "tickets", '[');
	TRY(tickets_json(cx, TICKETS " ORDER BY t.id", VALS(v_int(event)), can->full, j));
	json_close(j, ']');
	json_open(j, "persons", '[');
	json_close(j, ']');
	limits_json(cx, j);
	return RC_OK;
}

/* ---- news ---- */

static int
news_of_people(struct ctx *cx, int64_t event, int64_t seq, struct json *j)
{
	AUTO_ROWS r = { 0 };

	json_open(j, "persons", '[');
	TRY(db_rows(cx, &r,
	    "SELECT person, came, inside FROM door_pass WHERE event = $1 AND seq > $2 AND person IS "
	    "NOT NULL ORDER BY seq LIMIT 5000",
	    VALS(v_int(event), v_int(seq))));
	while (rows_next(&r)) {
		json_open(j, NULL, '{');
		json_num(j, "id", row_int(&r, 0));
		json_num(j, "came", row_int(&r, 1) / 1000);
		json_bool(j, "in", row_int(&r, 2) != 0);
		json_close(j, '}');
	}
	json_close(j, ']');
	return rows_end(&r);
}

/* "17.1731650000000000": how many passes had changed and when it was; anything else = from the start. */
static void
read_mark(const char *n, int64_t *seq, int64_t *at)
{
	char *end = NULL;

	*seq = n == NULL ? 0 : strtoll(n, &end, 10);
	*at = end != NULL && *end == '.' ? strtoll(end + 1, &end, 10) : 0;
	if (*seq < 0 || *at < 0 || (end != NULL && *end != '\0'))
		*seq = *at = 0;
}

int
since_json(struct ctx *cx, const struct event *e, const char *n, const struct door_rights *can,
    struct json *j)
{
	int64_t seq, at, last, event = e->rec.id;
	struct door_counts c;

	read_mark(n, &seq, &at);
	TRY(last_seq(cx, event, &last));
	TRY(door_counts(cx, event, &c));
	json_open(j, NULL, '{');
	json_str(j, "n", mark_of_now(cx, last));
	json_num(j, "at", cx->now / 1000);
	json_str(j, "state", e->state);
	json_num(j, "came", c.came);
	json_num(j, "inside", c.inside);
	json_num(j, "expected", c.expected);
	json_open(j, "tickets", '[');
	/* A commit may come somewhat after its stamp: some seconds are told twice. */
	TRY(tickets_json(cx,
	    TICKETS " AND (t.changed_at > $2 OR t.id IN (SELECT n.ticket FROM door_pass n WHERE "
		    "n.event = $1 AND n.seq > $3 AND n.ticket IS NOT NULL)) ORDER BY t.id",
	    VALS(v_int(event), v_int(at == 0 ? 0 : at - OVERLAP_US), v_int(seq)), can->full, j));
	json_close(j, ']');
	TRY(news_of_people(cx, event, seq, j));
	json_close(j, '}');
	return RC_OK;
}

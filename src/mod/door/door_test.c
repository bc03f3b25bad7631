/* door_test.c – the same scans are the same answer: in any order, any number of times, however they are
 * spread over devices and uploads; and what is refused says why. On both engines. */
#define MORE_KINDS , &signup_form_kind, &signup_question_kind, &signup_kind, &ticket_kind
#include "kind/cut.h"
#include "mod/signup/signup.h"

#include "event_test.h"
#include "mod/door/door.h"
#include "mod/door/door_reads.h"

#define DAY 20241115
#define AT(h, m) (day_start(DAY) + ((int64_t)(h)*60 + (m)) * 60000000)

static int64_t lead;
static const char *const codes[] = { "00000001", "00000002", "00000003", "00000004", "00000005" };
enum { TICKETS = 5, PERSONS = 3 };

static int64_t
ticket_of(int64_t event, const char *code, const char *state, int64_t person)
{
	struct signup s;
	struct ticket t;

	kind_empty(&signup_kind, &s);
	s.event = event;
	s.name = "Қонақ";
	s.persons = 1;
	s.state = "placed";
	s.way = "page";
	s.lang = "kk";
	s.signed_on = DAY;
	OK(kind_insert(CX, &signup_kind, &s));
	kind_empty(&ticket_kind, &t);
	t.event = event;
	t.signup = s.rec.id;
	t.seat = 1;
	t.name = person == 0 ? "Қонақова Айгүл" : NULL;
	t.person = person;
	t.code = code;
	t.state = state;
	if (strcmp(state, "revoked") == 0)
		t.revoked_at = AT(12, 0);
	OK(kind_insert(CX, &ticket_kind, &t));
	return t.rec.id;
}

static int64_t
the_body(void)
{
	if (lead == 0)
		lead = body("b1", 0);
	return lead;
}

/* ---- one upload from words ---- */

struct said {
	const char *result, *reason, *at;
};

static const char *
uuid(int n)
{
	return arena_printf(CX->arena, "00000000-0000-4000-8000-%012x", (unsigned)n);
}

static const char *
scan(int n, const char *who, int64_t at, const char *kind, const char *device)
{
	char when[32];

	moment_rfc3339(at, when);
	return arena_printf(CX->arena,
	    "{\"nonce\":\"%s\",%s,\"at\":\"%s\",\"kind\":\"%s\",\"device\":\"%s\"}", uuid(n), who,
	    when, kind, device);
}

static const char *
undo(int n, int target, int64_t at)
{
	char when[32];

	moment_rfc3339(at, when);
	return arena_printf(CX->arena,
	    "{\"nonce\":\"%s\",\"undo\":\"%s\",\"at\":\"%s\",\"kind\":\"undo\",\"device\":\"A\"}",
	    uuid(n), uuid(target), when);
}

static const char *
by_code(const char *code)
{
	return arena_printf(CX->arena, "\"code\":\"%s\"", code);
}

static const char *
upload(int64_t event, const char *const *scans, size_t n)
{
	struct json out;
	struct buf b;
	size_t i;

	buf_init(&b, CX->arena, 0);
	buf_str(&b, "{\"scans\":[");
	for (i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i == 0 ? "" : ",", scans[i]);
	buf_str(&b, "]}");
	json_init(&out, CX->arena, 0);
	OK(door_upload_json(CX, event, (struct slice){ b.p, b.n }, &out));
	house_next(&house);
	return out.out.p;
}

/* "done" or "refused already_in" of a single scan. */
static const char *
one(int64_t event, const char *scan_json)
{
	const char *a = upload(event, &scan_json, 1);
	char *result = strstr(a, "\"result\":\""), *reason = strstr(a, "\"reason\":\"");

	assert_non_null(result);
	result += 10;
	result = arena_strn(CX->arena, result, strcspn(result, "\""));
	if (reason == NULL)
		return result;
	reason += 10;
	return arena_printf(CX->arena, "%s %.*s", result, (int)strcspn(reason, "\""), reason);
}

static int64_t
came(int64_t event)
{
	return house_int(&house,
	    arena_printf(CX->arena,
		"SELECT count(*) FROM attendance WHERE event = %lld AND withdrawn = 0 AND basis = "
		"'scanned'",
		(long long)event));
}

static const char *
name_behind(int64_t event, int n)
{
	unsigned char nonce[NONCE_SIZE];
	struct door_row r;

	assert_true(nonce_parse(uuid(n), nonce));
	OK(door_row_of(CX, event, nonce, &(struct door_rights){ .full = true }, &r));
	return r.name;
}

/* ---- answers ---- */

static void
test_answers(void **state)
{
	struct event e = event("Мереке", the_body(), DAY, "approved"),
		     other = event("Басқа", the_body(), DAY, "approved"),
		     off = event("Болмайды", the_body(), DAY, "cancelled");
	const char *a = by_code("00000001"), *far;
	int64_t p = person(1);
	struct ticket t = { .event = e.rec.id };
	char *bad;

	(void)state;
	t.rec.id = ticket_of(e.rec.id, "00000001", "valid", 0);
	ticket_of(e.rec.id, "00000002", "waiting", 0);
	ticket_of(e.rec.id, "00000003", "revoked", 0);
	ticket_of(other.rec.id, "00000009", "valid", 0);
	ticket_of(off.rec.id, "0000000A", "valid", 0);
	assert_string_equal(one(e.rec.id, scan(1, a, AT(10, 4), "in", "A")), "done");
	assert_string_equal(one(e.rec.id, scan(1, a, AT(10, 4), "in", "A")), "duplicate");
	assert_int_equal(came(e.rec.id), 1);
	assert_string_equal(one(e.rec.id, scan(2, a, AT(10, 5), "in", "B")), "refused already_in");
	assert_non_null(
	    strstr(upload(e.rec.id, (const char *[]){ scan(2, a, AT(10, 5), "in", "B") }, 1),
		"\"at\":\"2024-11-15T05:04:00Z\""));
	assert_string_equal(one(e.rec.id, scan(3, a, AT(11, 0), "out", "A")), "done");
	assert_string_equal(one(e.rec.id, scan(4, a, AT(11, 1), "out", "A")), "refused not_in");
	assert_string_equal(one(e.rec.id, scan(5, a, AT(11, 30), "in", "A")), "done");
	assert_int_equal(came(e.rec.id), 1); /* re-entry is one attendance */
	assert_string_equal(
	    one(e.rec.id, scan(6, by_code("00000002"), AT(10, 0), "in", "A")), "refused invalid");
	assert_string_equal(
	    one(e.rec.id, scan(7, by_code("00000003"), AT(12, 1), "in", "A")), "refused revoked");
	/* It came in before the ticket was taken back; the device was late to tell. */
	assert_string_equal(
	    one(e.rec.id, scan(8, by_code("00000003"), AT(11, 59), "in", "A")), "done");
	assert_string_equal(one(e.rec.id, scan(9, by_code("00000009"), AT(10, 0), "in", "A")),
	    "refused wrong_event");
	/* The name on another event's ticket is not this door's to tell. */
	assert_string_not_equal(name_behind(e.rec.id, 1), "");
	assert_string_equal(name_behind(e.rec.id, 9), "");
	assert_string_equal(one(off.rec.id, scan(9, by_code("0000000A"), AT(10, 0), "in", "A")),
	    "refused cancelled");
	assert_string_equal(one(e.rec.id, scan(10, a, AT(10, 0) + INT64_C(86400000000), "in", "A")),
	    "refused wrong_day");
	assert_string_equal(one(e.rec.id, scan(11, a, AT(10, 0) - INT64_C(86400000000), "in", "A")),
	    "refused wrong_day");
	assert_string_equal(
	    one(e.rec.id, scan(12, by_code("ҚАТЕ"), AT(10, 0), "in", "A")), "refused invalid");
	/* long codes: by signature, by address, by mark; forged ones, of another event */
	bad = arena_str(CX->arena, ticket_encode(CX->arena, &t, DAY));
	assert_string_equal(
	    one(e.rec.id,
		scan(13, arena_printf(CX->arena, "\"ticket\":\"HTTPS://UY.KZ/T/%s\"", bad),
		    AT(12, 0), "out", "A")),
	    "done");
	bad[100] = bad[100] == '7' ? '8' : '7';
	assert_string_equal(
	    one(e.rec.id,
		scan(14, arena_printf(CX->arena, "\"ticket\":\"%s\"", bad), AT(12, 1), "in", "A")),
	    "refused invalid");
	bad[60] = '\0';
	assert_string_equal(
	    one(e.rec.id,
		scan(15, arena_printf(CX->arena, "\"ticket\":\"%s\"", bad), AT(12, 1), "in", "A")),
	    "refused invalid");
	t.event = other.rec.id;
	far = arena_printf(CX->arena, "\"ticket\":\"%s\"", ticket_encode(CX->arena, &t, DAY));
	assert_string_equal(one(e.rec.id, scan(16, far, AT(12, 1), "in", "A")), "refused invalid");
	/* people and guests */
	far = arena_printf(CX->arena, "\"person\":%lld", (long long)p);
	assert_string_equal(one(e.rec.id, scan(17, far, AT(12, 1), "in", "A")), "done");
	assert_string_equal(one(e.rec.id, scan(18, "\"person\":987654321", AT(12, 1), "in", "A")),
	    "refused invalid");
	assert_string_equal(
	    one(e.rec.id, scan(19, "\"guest\":\"Ораз Айдана\"", AT(12, 1), "in", "A")), "done");
	assert_string_equal(
	    one(e.rec.id, scan(20, "\"guest\":\"ораз  айдана\"", AT(12, 2), "in", "B")),
	    "refused already_in");
	assert_int_equal(came(e.rec.id), 4);
	/* an undo, also before what it undoes */
	assert_string_equal(one(e.rec.id, undo(21, 19, AT(12, 3))), "done");
	assert_int_equal(came(e.rec.id), 4); /* the other device's scan counts now */
	assert_string_equal(
	    one(e.rec.id, scan(20, "\"guest\":\"ораз  айдана\"", AT(12, 2), "in", "B")),
	    "duplicate");
	assert_string_equal(one(e.rec.id, undo(22, 20, AT(12, 4))), "done");
	assert_int_equal(came(e.rec.id), 3);
	assert_string_equal(one(e.rec.id, undo(23, 24, AT(12, 5))), "done");
	assert_string_equal(
	    one(e.rec.id, scan(24, "\"guest\":\"Кеш\"", AT(12, 4), "in", "A")), "done");
	assert_int_equal(came(e.rec.id), 3);
	assert_string_equal(one(e.rec.id, undo(25, 23, AT(12, 6))), "refused invalid");
	verified();
}

static void
test_conflict(void **state)
{
	struct event e = event("Қайшылық", the_body(), DAY, "approved");
	unsigned char nonce[NONCE_SIZE];

	(void)state;
	ticket_of(e.rec.id, "00000011", "valid", 0);
	ticket_of(e.rec.id, "00000012", "valid", 0);
	assert_string_equal(
	    one(e.rec.id, scan(1, by_code("00000011"), AT(10, 4), "in", "A")), "done");
	assert_string_equal(
	    one(e.rec.id, scan(1, by_code("00000012"), AT(10, 5), "in", "B")), "conflict");
	assert_string_equal(
	    one(e.rec.id, scan(1, by_code("00000012"), AT(10, 5), "in", "B")), "conflict");
	assert_string_equal(
	    one(e.rec.id, scan(1, by_code("00000011"), AT(10, 4), "in", "A")), "duplicate");
	assert_int_equal(came(e.rec.id), 1);
	assert_int_equal(house_int(&house,
			     arena_printf(CX->arena, "SELECT count(*) FROM scan WHERE event = %lld",
				 (long long)e.rec.id)),
	    2);
	verified();
	/* a human says that the other one is true */
	assert_true(nonce_parse(uuid(1), nonce));
	OK(door_decide(CX, e.rec.id, nonce, 1, DECIDED_ACCEPT));
	assert_int_equal(came(e.rec.id), 1);
	assert_int_equal(
	    house_int(
		&house, arena_printf(CX->arena,
			    "SELECT count(*) FROM attendance a JOIN ticket t ON t.id = a.ticket "
			    "WHERE a.event = %lld AND a.withdrawn = 0 AND t.code = '00000012'",
			    (long long)e.rec.id)),
	    1);
	verified();
	OK(door_decide(CX, e.rec.id, nonce, 1, DECIDED_NOT));
	assert_int_equal(
	    house_int(
		&house, arena_printf(CX->arena,
			    "SELECT count(*) FROM attendance a JOIN ticket t ON t.id = a.ticket "
			    "WHERE a.event = %lld AND a.withdrawn = 0 AND t.code = '00000011'",
			    (long long)e.rec.id)),
	    1);
	/* the clock of a device was wrong by a day: accepted by a human */
	assert_string_equal(one(e.rec.id, scan(2, by_code("00000012"),
					      AT(10, 0) - INT64_C(86400000000), "in", "C")),
	    "refused wrong_day");
	assert_true(nonce_parse(uuid(2), nonce));
	OK(door_decide(CX, e.rec.id, nonce, 0, DECIDED_ACCEPT));
	assert_int_equal(came(e.rec.id), 2);
	OK(door_decide(CX, e.rec.id, nonce, 0, DECIDED_REJECT));
	assert_int_equal(came(e.rec.id), 1);
	verified();
}

/* ---- the property ---- */

static uint64_t seed;

static unsigned
draw(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

enum { POOL = 36 };

/* A scan of the pool, the same for every order: i decides all but the ids of this event's tickets. */
static const char *
pool_scan(int i, uint64_t from, const int64_t *persons, const char *prefix)
{
	static const char *const devices[] = { "A", "B", "C" };
	static const char *const guests[] = { "\"guest\":\"Ораз Айдана\"",
		"\"guest\":\"Ким Анна\"" };
	const char *who, *kind;
	unsigned sort;
	int64_t at;
	int nonce = i;

	seed = (from + (uint64_t)i * 7919) * 0x9e3779b97f4a7c15u | 1;
	draw(3);
	if (draw(8) == 0)
		nonce = (int)draw(POOL); /* a nonce that another one has, too */
	at = AT(10, 0) + (int64_t)draw(12) * 60000000;
	if (nonce != i) /* contents of one moment stand in order of their digests, which hold ids */
		at += (int64_t)(i + 1) * 1000000;
	if (draw(12) == 0)
		at += INT64_C(86400000000);
	if (draw(7) == 0)
		return undo(nonce, (int)draw(POOL), at);
	sort = draw(10);
	if (sort < 6)
		who = by_code(arena_printf(CX->arena, "%s%s", prefix, codes[draw(TICKETS)] + 4));
	else if (sort < 8)
		who = arena_printf(CX->arena, "\"person\":%lld", (long long)persons[draw(PERSONS)]);
	else
		who = sort == 8 ? guests[draw(2)] : by_code("ZZZZZZZZ");
	kind = draw(3) == 0 ? "out" : "in";
	return scan(nonce, who, at, kind, devices[draw(3)]);
}

/* All that follows, in words that do not name ids. */
static const char *
outcome(int64_t event)
{
	AUTO_ROWS r = { 0 };
	struct buf b;

	buf_init(&b, CX->arena, 0);
	OK(db_rows(CX, &r,
	    "SELECT s.at, s.kind, s.device, t.code, s.person, s.guest, s.result, s.reason, "
	    "s.undone,"
	    " s.since, s.nonce FROM scan s LEFT JOIN ticket t ON t.id = s.ticket WHERE s.event = $1"
	    " ORDER BY s.nonce, s.at, s.kind, s.device, t.code, s.person, s.guest, s.undoes",
	    VALS(v_int(event))));
	while (rows_next(&r)) {
		const char *code = row_text(&r, 3), *guest = row_text(&r, 5),
			   *why = row_text(&r, 7);
		struct slice nonce = row_slice(&r, 10);

		buf_printf(&b, "%d %lld %s %s %s %lld %s: %s %s %lld %lld\n",
		    (unsigned char)nonce.p[15], (long long)row_int(&r, 0), row_text(&r, 1),
		    row_text(&r, 2), code == NULL ? "-" : code + 4, (long long)row_int(&r, 4),
		    guest == NULL ? "-" : guest, row_text(&r, 6), why == NULL ? "-" : why,
		    (long long)row_int(&r, 8), (long long)row_int(&r, 9));
	}
	OK(rows_end(&r));
	OK(db_rows(CX, &r,
	    "SELECT t.code, p.person, p.guest, p.came, p.inside, a.withdrawn, a.came_at FROM "
	    "door_pass p LEFT JOIN ticket t ON t.id = p.ticket LEFT JOIN attendance a ON a.id = "
	    "p.attendance WHERE p.event = $1 ORDER BY t.code, p.person, p.guest",
	    VALS(v_int(event))));
	while (rows_next(&r)) {
		const char *code = row_text(&r, 0), *guest = row_text(&r, 2);
		bool came_in = row_int(&r, 3) != 0;

		/* Whether one who did not come was withdrawn or never marked hangs on the order; both
		 * count nothing. */
		buf_printf(&b, "%s %lld %s came %lld inside %lld attendance %s %lld\n",
		    code == NULL ? "-" : code + 4, (long long)row_int(&r, 1),
		    guest == NULL ? "-" : guest, (long long)row_int(&r, 3),
		    (long long)row_int(&r, 4),
		    came_in && !row_null(&r, 5) && row_int(&r, 5) == 0 ? "stands" : "none",
		    came_in ? (long long)row_int(&r, 6) : 0LL);
	}
	OK(rows_end(&r));
	house_next(&house);
	return b.p;
}

static const char *
in_some_order(uint64_t from, int round, const int64_t *persons)
{
	const char *prefix = arena_printf(CX->arena, "%02d%02d", (int)(from % 100), round);
	struct event e = event("Кез келген рет", the_body(), DAY, "approved");
	const char *pool[POOL * 2];
	size_t n = POOL, i, some;
	uint64_t kept;

	for (i = 0; i < TICKETS; i++)
		ticket_of(e.rec.id, arena_printf(CX->arena, "%s%s", prefix, codes[i] + 4), "valid",
		    i == 0 ? persons[0] : 0);
	for (i = 0; i < POOL; i++)
		pool[i] = pool_scan((int)i, from, persons, prefix);
	seed = from * 31 + (uint64_t)round * 1000003 + 7;
	for (i = 0; i < 20 && round > 0; i++) /* some twice */
		pool[n++] = pool[draw(POOL)];
	for (i = n - 1; i > 0 && round > 0; i--) {
		size_t k = draw((unsigned)i + 1);
		const char *swap = pool[i];

		pool[i] = pool[k];
		pool[k] = swap;
	}
	for (i = 0; i < n; i += some) {
		some = round == 0 ? n : 1 + draw(9);
		if (some > n - i)
			some = n - i;
		kept = seed;
		upload(e.rec.id, pool + i, some);
		seed = kept;
	}
	return outcome(e.rec.id);
}

/* The first line that is another one. */
static void
compare(int set, int order, const char *a, const char *b)
{
	while (*a != '\0' && strcspn(a, "\n") == strcspn(b, "\n") &&
	       strncmp(a, b, strcspn(a, "\n")) == 0) {
		a += strcspn(a, "\n") + 1;
		b += strcspn(b, "\n") + 1;
	}
	if (*a != *b || *a != '\0')
		BROKEN("set %d, order %d\n%.*s\n%.*s", set, order, (int)strcspn(a, "\n"), a,
		    (int)strcspn(b, "\n"), b);
}

static void
test_any_order(void **state)
{
	int rounds = 5, sets = engine == DB_PG ? 4 : 10, s, r;
	int64_t persons[PERSONS];

	(void)state;
	for (r = 0; r < PERSONS; r++)
		persons[r] = person(100 + r);
	for (s = 1; s <= sets; s++) {
		const char *first = in_some_order((uint64_t)s, 0, persons);

		for (r = 1; r < rounds; r++)
			compare(s, r, first, in_some_order((uint64_t)s, r, persons));
	}
	verified();
}

/* ---- by hand ---- */

static void
found(const char *sql, const char *word)
{
	struct buf out;
	int64_t n;

	house_sql(&house, sql);
	buf_init(&out, CX->arena, 0);
	OK(figure_verify(CX, &out, &n));
	house_next(&house);
	if (n == 0 || strstr(out.p, word) == NULL)
		BROKEN("not found: %s\n%s", sql, out.p);
}

static void
test_by_hand(void **state)
{
	struct event e = event("Қолмен", the_body(), DAY, "approved");
	const char *who = arena_printf(CX->arena, "SELECT %lld", (long long)e.rec.id);
	const char *where = arena_printf(CX->arena, "event = %lld", (long long)e.rec.id);

	(void)state;
	(void)who;
	ticket_of(e.rec.id, "00000021", "valid", 0);
	one(e.rec.id, scan(1, by_code("00000021"), AT(10, 4), "in", "A"));
	one(e.rec.id, scan(2, by_code("00000021"), AT(10, 5), "in", "B"));
	verified();
	found(arena_printf(
		  CX->arena, "UPDATE scan SET at = at + 1 WHERE %s AND result = 'done'", where),
	    "not what the device sent");
	house_sql(&house, arena_printf(CX->arena,
			      "UPDATE scan SET at = at - 1 WHERE %s AND result = 'done'", where));
	found(arena_printf(CX->arena,
		  "UPDATE scan SET result = 'done', reason = NULL, since = NULL WHERE %s AND "
		  "result = 'refused'",
		  where),
	    "does not follow");
	house_sql(&house, arena_printf(CX->arena,
			      "UPDATE scan SET result = 'refused', reason = 'already_in', since = "
			      "%lld WHERE %s AND device = 'B'",
			      (long long)AT(10, 4), where));
	verified();
	found(arena_printf(CX->arena, "UPDATE door_pass SET inside = 0 WHERE %s", where),
	    "another one");
	house_sql(
	    &house, arena_printf(CX->arena, "UPDATE door_pass SET inside = 1 WHERE %s", where));
	found(arena_printf(CX->arena, "DELETE FROM scan WHERE %s AND device = 'B'", where), "");
}

/* ---- people leave the scans, what is counted stays ---- */

static int
expire_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return door_expire_tx(cx, tx, *(const int64_t *)arg, 0, &sums);
}

static void
test_cut(void **state)
{
	struct event e = event("Жойылды", the_body(), DAY, "approved");
	int64_t p = person(7);
	const char *who = arena_printf(CX->arena, "\"person\":%lld", (long long)p);
	struct erase_sums sums;

	(void)state;
	one(e.rec.id, scan(1, who, AT(10, 0), "in", "A"));
	one(e.rec.id, scan(2, who, AT(10, 1), "in", "B"));
	one(e.rec.id, scan(3, "\"guest\":\"Ораз Айдана\"", AT(10, 2), "in", "A"));
	one(e.rec.id, scan(4, by_code("ҚАТЕ"), AT(10, 3), "in", "A"));
	assert_int_equal(came(e.rec.id), 2);
	OK(person_erase(
	    CX, &(struct erase_in){ .person = p, .ground = "request", .document = "1" }, &sums));
	house_next(&house);
	assert_int_equal(
	    house_int(
		&house, "SELECT count(*) FROM scan WHERE person IS NOT NULL OR subject LIKE 'p%'"),
	    0);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM door_pass WHERE person IS NOT NULL OR subject LIKE 'p%'"),
	    0);
	assert_int_equal(came(e.rec.id), 2);
	assert_string_equal(one(e.rec.id, scan(5, who, AT(10, 5), "in", "A")), "refused invalid");
	verified();
	OK(db_write(CX, expire_fn, &e.rec.id));
	house_next(&house);
	assert_int_equal(
	    house_int(
		&house, "SELECT count(*) FROM scan WHERE guest IS NOT NULL OR shown IS NOT NULL"),
	    0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM scan"), 5);
	verified();
}

/* ---- bytes ---- */

/* Whatever stands in the body: it is taken or refused, never half. */
static void
test_bytes(void **state)
{
	struct event e = event("Байттар", the_body(), DAY, "approved");
	const char *whole = arena_printf(CX->arena, "{\"scans\":[%s,%s],\"queued\":2}",
	    scan(1, "\"guest\":\"Ораз \\u0410йдана\"", AT(10, 0), "in", "A"),
	    undo(2, 1, AT(10, 1)));
	size_t n = strlen(whole);
	int i, taken = 0;

	(void)state;
	seed = 99;
	for (i = 0; i < 600; i++) {
		char *body = arena_str(CX->arena, whole);
		size_t len = draw(4) == 0 ? draw((unsigned)n) : n;
		struct json out;
		int rc, k;

		for (k = (int)draw(3); k >= 0; k--)
			body[draw((unsigned)n)] = "{}[]\",:0a\\ \x01\xd0"[draw(13)];
		json_init(&out, CX->arena, 0);
		rc = door_upload_json(CX, e.rec.id, (struct slice){ body, len }, &out);
		if (rc == RC_OK)
			taken++;
		else
			assert_true(rc == RC_INVALID && CX->err.text != NULL);
		house_next(&house);
	}
	assert_true(taken > 0 && taken < 600);
	verified();
}

/* ---- who keeps which door ---- */

static struct door_rights
rights_as(enum role role, int64_t body_id, const struct event *e)
{
	struct actor a = { .account = 5,
		.role = role,
		.caps = role_caps(role),
		.body = body_id,
		.scope = &body_id,
		.nscope = body_id == 0 ? 0 : 1,
		.login = "x",
		.name = "x",
		.csrf = "" };
	struct door_rights can;

	CX->actor = &a;
	OK(door_rights(CX, e, &can));
	CX->actor = &actor_system;
	return can;
}

static void
test_rights(void **state)
{
	int64_t own = the_body(), other = body("b2", 0);
	struct event now = event("Бүгін", own, DAY, "approved"),
		     soon = event("Ертең", own, day_add(DAY, 1), "approved"),
		     later = event("Кейін", own, day_add(DAY, 2), "approved"),
		     past = event("Өткен", own, day_add(DAY, -5), "held"),
		     old = event("Ескі", own, day_add(DAY, -9), "held");

	(void)state;
	assert_true(rights_as(ROLE_DOOR, own, &now).reads);
	assert_true(rights_as(ROLE_DOOR, own, &soon).reads);
	assert_false(rights_as(ROLE_DOOR, own, &later).uploads);
	assert_false(rights_as(ROLE_DOOR, own, &past).reads);
	assert_true(rights_as(ROLE_DOOR, own, &past).uploads);
	assert_false(rights_as(ROLE_DOOR, own, &old).uploads);
	assert_false(rights_as(ROLE_DOOR, other, &now).uploads);
	assert_false(rights_as(ROLE_DOOR, own, &now).staff);
	assert_false(rights_as(ROLE_DOOR, own, &now).full);
	assert_true(rights_as(ROLE_LEADER, own, &later).staff);
	assert_false(rights_as(ROLE_LEADER, other, &now).reads);
	assert_true(rights_as(ROLE_CLERK, 0, &old).full);
	assert_false(rights_as(ROLE_MEMBER, 0, &now).uploads);
	assert_false(rights_as(ROLE_AUDITOR, 0, &now).uploads);
	assert_string_equal(door_short_name(CX->arena, "Қонақова Айгүл Серікқызы"), "Айгүл Қ.");
	assert_string_equal(door_short_name(CX->arena, "Айгүл"), "Айгүл");
	assert_string_equal(door_short_name(CX->arena, ""), "");
}

static int
open_all(void **state)
{
	static struct verify_check checks[2];

	open_house(state);
	checks[0] = event_tally_check;
	checks[1] = door_check;
	figure_checks(checks, 2);
	person_links_add(door_links, door_nlinks);
	lead = 0;
	return 0;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_answers, open_all, close_house),
		cmocka_unit_test_setup_teardown(test_conflict, open_all, close_house),
		cmocka_unit_test_setup_teardown(test_any_order, open_all, close_house),
		cmocka_unit_test_setup_teardown(test_by_hand, open_all, close_house),
		cmocka_unit_test_setup_teardown(test_cut, open_all, close_house),
		cmocka_unit_test_setup_teardown(test_bytes, open_all, close_house),
		cmocka_unit_test_setup_teardown(test_rights, open_all, close_house),
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

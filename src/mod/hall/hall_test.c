/* hall_test.c – a hall has one holder at a time, whoever asks at once and by whatever door; it follows its
 * event; what is refused says when there is room. On both engines. */
#define MORE_KINDS , &hall_kind, &booking_kind
#include "mod/hall/hall.h"
#include "event_test.h"

#include <pthread.h>
#include <stdatomic.h>

/* All tests share one house; each has bodies and halls of its own. */
static int64_t
fresh(void)
{
	static int n;

	return body(arena_printf(CX->arena, "hall-body-%d", n++), 0);
}

/* Place of a hall among the choices. */
static size_t
at(const struct hall_choice *c, size_t n, int64_t of)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c[i].hall.rec.id == of)
			return i;
	BROKEN("hall %lld is not offered", (long long)of);
	return n;
}

static int64_t
hall(const char *name, int64_t house_body, int64_t seats)
{
	struct hall h;

	kind_empty(&hall_kind, &h);
	h.body = house_body;
	h.name = (struct text3){ name, NULL, NULL };
	h.capacity = seats;
	OK(kind_insert(CX, &hall_kind, &h));
	return h.rec.id;
}

static struct booking
wish(int64_t of, int64_t who, int day, const char *from, const char *to)
{
	struct booking b;

	kind_empty(&booking_kind, &b);
	b.hall = of;
	b.body = who;
	b.day = day;
	b.starts = from;
	b.ends = to;
	b.purpose = "сынақ";
	return b;
}

static int
book(int64_t of, int64_t who, int day, const char *from, const char *to)
{
	struct booking b = wish(of, who, day, from, to);

	return kind_insert(CX, &booking_kind, &b);
}

static void
refused(int rc, const char *field, const char *part)
{
	const struct field_error *f = CX->err.fields;

	assert_int_equal(rc, RC_INVALID);
	while (f != NULL && strcmp(f->field, field) != 0)
		f = f->next;
	if (f == NULL || strstr(f->text, part) == NULL)
		BROKEN("field %s: “%s” does not say “%s”", field, f == NULL ? "" : f->text, part);
	house_next(&house);
}

/* Held bookings that share a quarter, counted from their own times and not from hall_slot. */
static int64_t
overlaps(void)
{
	return house_int(&house,
	    "SELECT count(*) FROM booking a JOIN booking b ON a.hall = b.hall AND a.day = b.day "
	    "AND a.id < b.id AND a.starts < b.ends AND b.starts < a.ends WHERE a.state = 'held' "
	    "AND b.state = 'held'");
}

static void
slots_agree(void)
{
	int64_t records = 0, differences = 0;
	struct buf out;

	buf_init(&out, CX->arena, 0);
	OK(hall_check_slots.run(CX, &out, &records, &differences));
	if (differences != 0)
		BROKEN("%s", out.p);
	house_next(&house);
}

static void
test_book(void **state)
{
	int64_t a = fresh(), big = hall("Үлкен зал", a, 200);

	(void)state;
	CX->lang = LANG_EN;
	OK(book(big, a, 20241120, "10:00", "12:00"));
	refused(book(big, a, 20241120, "11:45", "13:00"), "starts", "10:00 to 12:00");
	refused(book(big, a, 20241120, "09:00", "10:15"), "starts", "Free that day: 08:00–10:00");
	refused(book(big, a, 20241120, "08:00", "22:00"), "starts",
	    "The next day with room: 21.11.2024");
	OK(book(big, a, 20241120, "12:00", "13:00")); /* one ends where the next begins */
	OK(book(big, a, 20241121, "10:00", "12:00"));
	refused(book(big, a, 20241122, "10:10", "12:00"), "starts", "quarter");
	refused(book(big, a, 20241122, "12:00", "12:00"), "ends", "before");
	refused(book(big, a, 20241122, "12:00", "11:00"), "ends", "before");
	slots_agree();
	assert_int_equal(overlaps(), 0);
	CX->lang = LANG_KK;
}

static void
test_closed(void **state)
{
	int64_t a = fresh(), id = hall("Зал", a, 50);
	struct hall_choice *c;
	struct hall h;
	size_t n;

	(void)state;
	CX->lang = LANG_EN;
	OK(kind_load(CX, &hall_kind, id, &h));
	h.closed_from = 20241201;
	h.closed_to = 20241210;
	OK(kind_update(CX, &hall_kind, &h));
	OK(book(id, a, 20241130, "10:00", "11:00"));
	refused(book(id, a, 20241201, "10:00", "11:00"), "day", "closed from 01.12.2024");
	refused(book(id, a, 20241210, "10:00", "11:00"), "day", "10.12.2024");
	OK(book(id, a, 20241211, "10:00", "11:00"));
	OK(hall_choices(CX, &(struct hall_span){ 20241205, 40, 44 }, 80, &c, &n));
	assert_true(c[at(c, n, id)].closed);
	assert_true(c[at(c, n, id)].small);
	CX->lang = LANG_KK;
}

static void
test_choices(void **state)
{
	int64_t a = fresh(), big = hall("Үлкен", a, 200), mid = hall("Орта", a, 60),
		low = hall("Кіші", a, 20);
	struct hall_choice *c;
	size_t n;

	(void)state;
	OK(book(mid, a, 20241120, "10:00", "12:00"));
	OK(hall_choices(CX, &(struct hall_span){ 20241120, 48, 52 }, 50, &c, &n));
	/* The smallest that seats them, then the larger, then what is too small. */
	assert_true(at(c, n, mid) < at(c, n, big) && at(c, n, big) < at(c, n, low));
	assert_true(c[at(c, n, low)].small && !c[at(c, n, mid)].small);
	OK(hall_choices(CX, &(struct hall_span){ 20241120, 44, 52 }, 50, &c, &n));
	assert_true(at(c, n, big) < at(c, n, low) && at(c, n, low) < at(c, n, mid));
	assert_true(c[at(c, n, mid)].taken != 0);
}

static int64_t
state_of(int64_t id)
{
	return house_int(&house,
	    arena_printf(CX->arena,
		"SELECT count(*) FROM booking WHERE id = %lld AND state = 'held'", (long long)id));
}

static void
test_follows(void **state)
{
	int64_t a = fresh(), big = hall("Үлкен", a, 200), mid = hall("Орта", a, 60);
	struct event e = new_event("Кеш", a, 20241120, "approved");
	struct booking b;
	struct hall of;

	(void)state;
	event_follow_add(hall_follow);
	e.starts = "17:00";
	OK(kind_insert(CX, &event_kind, &e));
	b = wish(big, 0, 0, "16:30", "19:00");
	b.event = e.rec.id;
	b.purpose = NULL;
	OK(kind_insert(CX, &booking_kind, &b));
	assert_int_equal(b.day, 20241120); /* that of the event, for its body */
	assert_int_equal(b.body, a);
	OK(hall_of_event(CX, e.rec.id, &of));
	assert_int_equal(of.capacity, 200);
	OK(book(big, a, 20241122, "18:00", "20:00"));
	/* Into a taken evening: refused, and nothing has moved. */
	e.first_day = 20241122;
	refused(kind_update(CX, &event_kind, &e), "first_day", "18:00");
	assert_int_equal(reload(e.rec.id).first_day, 20241120);
	/* Earlier on the same day: the hall comes along. */
	e = reload(e.rec.id);
	e.first_day = 20241122;
	e.starts = "12:00";
	OK(kind_update(CX, &event_kind, &e));
	OK(kind_load(CX, &booking_kind, b.rec.id, &b));
	assert_int_equal(b.day, 20241122);
	assert_string_equal(b.starts, "11:30");
	assert_string_equal(b.ends, "14:00");
	OK(book(big, a, 20241120, "16:30", "19:00"));
	OK(move(e.rec.id, "postpone", "weather"));
	assert_int_equal(state_of(b.rec.id), 0);
	OK(book(big, a, 20241122, "11:30", "14:00"));
	OK(hall_of_event(CX, e.rec.id, &of));
	assert_int_equal(of.rec.id, 0);
	assert_true(of.capacity == INT_NONE);
	/* What was given back holds nothing. */
	OK(move(e.rec.id, "plan", NULL));
	e = reload(e.rec.id);
	e.first_day = 20241125;
	OK(kind_update(CX, &event_kind, &e));
	assert_int_equal(state_of(b.rec.id), 0);
	(void)mid;
	slots_agree();
	assert_int_equal(overlaps(), 0);
}

/* Several days in one hall: the event's own evenings are not in each other's way. */
static void
test_days_follow(void **state)
{
	int64_t a = fresh(), big = hall("Үлкен", a, 200), ids[3];
	struct event e = new_event("Апталық", a, 20250310, "approved");
	struct booking b;
	int i;

	(void)state;
	event_follow_add(hall_follow);
	e.starts = "10:00";
	OK(kind_insert(CX, &event_kind, &e));
	for (i = 0; i < 3; i++) {
		b = wish(big, a, 20250310 + i, "10:00", "12:00");
		b.event = e.rec.id;
		OK(kind_insert(CX, &booking_kind, &b));
		ids[i] = b.rec.id;
	}
	e = reload(e.rec.id);
	e.first_day = 20250311;
	OK(kind_update(CX, &event_kind, &e));
	OK(kind_load(CX, &booking_kind, ids[2], &b));
	assert_int_equal(b.day, 20250313);
	e = reload(e.rec.id);
	e.first_day = 20250309;
	OK(kind_update(CX, &event_kind, &e));
	OK(kind_load(CX, &booking_kind, ids[0], &b));
	assert_int_equal(b.day, 20250309);
	/* Two after one another on a day, both an hour later. */
	b = wish(big, a, 20250309, "12:00", "13:00");
	b.event = e.rec.id;
	OK(kind_insert(CX, &booking_kind, &b));
	e = reload(e.rec.id);
	e.starts = "11:00";
	OK(kind_update(CX, &event_kind, &e));
	OK(kind_load(CX, &booking_kind, b.rec.id, &b));
	assert_string_equal(b.starts, "13:00");
	/* One booked for the very hours of the event ends with it, too; another is moved alone. */
	e = reload(e.rec.id);
	e.ends = "13:00";
	OK(kind_update(CX, &event_kind, &e));
	e = reload(e.rec.id);
	e.ends = "12:45";
	OK(kind_update(CX, &event_kind, &e));
	e = reload(e.rec.id);
	e.starts = "10:30";
	e.ends = "12:30";
	OK(kind_update(CX, &event_kind, &e));
	OK(kind_load(CX, &booking_kind, b.rec.id, &b));
	assert_string_equal(b.starts, "12:30");
	assert_string_equal(b.ends, "13:30");
	OK(kind_load(CX, &booking_kind, ids[0], &b));
	assert_string_equal(b.starts, "10:30");
	assert_string_equal(b.ends, "12:30");
	/* Called off it holds none, and takes none. */
	OK(move(e.rec.id, "cancel", "weather"));
	for (i = 0; i < 3; i++)
		assert_int_equal(state_of(ids[i]), 0);
	b = wish(big, a, 20250309, "10:00", "12:00");
	b.event = e.rec.id;
	refused(kind_insert(CX, &booking_kind, &b), "event", "");
	slots_agree();
	assert_int_equal(overlaps(), 0);
}

static void
test_scope(void **state)
{
	int64_t a = fresh(), b = fresh(), big = hall("Үлкен", a, 200);
	const int64_t scope[] = { b };
	struct actor leader = { .account = 9,
		.role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.body = b,
		.scope = scope,
		.nscope = 1,
		.login = "l",
		.name = "l" };
	struct event other = event("Басқаның", a, 20241120, "planned");
	struct booking w;
	struct hall h;
	int64_t first;

	(void)state;
	w = wish(big, a, 20241120, "10:00", "12:00");
	OK(kind_insert(CX, &booking_kind, &w));
	first = w.rec.id;
	CX->actor = &leader;
	assert_int_equal(book(big, a, 20241121, "10:00", "12:00"), RC_DENIED);
	house_next(&house);
	w = wish(big, b, 20241121, "10:00", "12:00");
	w.event = other.rec.id;
	assert_int_equal(kind_insert(CX, &booking_kind, &w), RC_DENIED);
	house_next(&house);
	w.event = 99999; /* the same answer as for one that is there */
	assert_int_equal(kind_insert(CX, &booking_kind, &w), RC_DENIED);
	house_next(&house);
	OK(book(big, b, 20241121, "10:00", "12:00"));
	OK(kind_load(CX, &hall_kind, big, &h));
	h.capacity = 1;
	assert_int_equal(kind_update(CX, &hall_kind, &h), RC_DENIED);
	house_next(&house);
	OK(kind_get(CX, &booking_kind, first, &w));
	assert_false(kind_may_read_of(CX, &booking_kind, kind_field(&booking_kind, "purpose"), &w));
	assert_int_equal(booking_cancel(CX, w.rec.id, w.rec.version, NULL), RC_DENIED);
	house_next(&house);
	CX->actor = &actor_system;
}

/* ---- many at once ---- */

enum { THREADS = 8, EACH = 40, HALLS = 2, DAYS = 2 };
static int64_t halls[HALLS], holder;
static atomic_int done, turned_away, broken;

static const char *
clock_of(struct arena *a, int slot)
{
	return hall_time(a, slot);
}

/* Books, moves and gives back at random; what is refused must be refused in words. */
static void
one_try(struct ctx *cx, uint32_t *seed, int64_t *mine, int *nmine)
{
	struct booking b;
	int rc, from, k;

	*seed = *seed * 1664525u + 1013904223u;
	from = 36 + (int)(*seed >> 8) % 16;
	k = (int)(*seed >> 16) % 4;
	if (k == 0 && *nmine > 0) {
		rc = kind_load(cx, &booking_kind, mine[--*nmine], &b);
		if (rc == RC_OK)
			rc = booking_cancel(cx, b.rec.id, b.rec.version, NULL);
	} else if (k == 1 && *nmine > 0) {
		rc = kind_load(cx, &booking_kind, mine[*nmine - 1], &b);
		b.starts = clock_of(cx->arena, from);
		b.ends = clock_of(cx->arena, from + 3);
		b.hall = halls[*seed % HALLS];
		if (rc == RC_OK)
			rc = kind_update(cx, &booking_kind, &b);
	} else {
		b = wish(halls[(*seed >> 4) % HALLS], holder, 20241201 + (int)(*seed >> 12) % DAYS,
		    clock_of(cx->arena, from), clock_of(cx->arena, from + 1 + k));
		rc = kind_insert(cx, &booking_kind, &b);
		if (rc == RC_OK)
			mine[(*nmine)++] = b.rec.id;
	}
	if (rc == RC_OK)
		atomic_fetch_add(&done, 1);
	else if (rc == RC_INVALID || rc == RC_EXISTS || rc == RC_BUSY)
		atomic_fetch_add(&turned_away, 1);
	else
		atomic_fetch_add(&broken, 1);
}

static void *
crowd_run(void *arg)
{
	uint32_t seed = *(const uint32_t *)arg;
	int64_t mine[EACH];
	struct arena arena;
	struct ctx cx = house.cx;
	int i, n = 0;

	arena_init(&arena);
	cx.arena = &arena;
	db_bind(&cx, house.store);
	for (i = 0; i < EACH; i++) {
		one_try(&cx, &seed, mine, &n);
		err_clear(&cx);
		db_end(&cx);
	}
	arena_done(&arena);
	return NULL;
}

static void
test_at_once(void **state)
{
	pthread_t t[THREADS];
	uint32_t seeds[THREADS];
	int i;

	(void)state;
	holder = fresh();
	halls[0] = hall("Бір", holder, 10);
	halls[1] = hall("Екі", holder, 10);
	house_next(&house);
	for (i = 0; i < THREADS; i++) {
		seeds[i] = 77u + (uint32_t)i * 7919u;
		assert_int_equal(pthread_create(&t[i], NULL, crowd_run, &seeds[i]), 0);
	}
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(t[i], NULL), 0);
	print_message("# %d done, %d turned away\n", atomic_load(&done), atomic_load(&turned_away));
	assert_int_equal(atomic_load(&broken), 0);
	assert_true(atomic_load(&done) > THREADS * 2);
	assert_true(atomic_load(&turned_away) > THREADS * 2);
	assert_int_equal(overlaps(), 0);
	slots_agree();
	/* The test can fail: a booking put in by hand beside the rules is found by both. */
	house_sql(&house,
	    "INSERT INTO booking (version, created_at, changed_at, hall, body, day, starts, ends, "
	    "state, sort_kk, sort_ru, sort_en, fold_key) SELECT 1, 1, 1, hall, body, day, starts, "
	    "ends, 'held', '', '', '', '' FROM booking WHERE state = 'held' AND id = (SELECT "
	    "min(id) FROM booking WHERE state = 'held')");
	assert_true(overlaps() > 0);
}

#define T(f) cmocka_unit_test(f)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_book), T(test_closed), T(test_choices),
		T(test_follows), T(test_days_follow), T(test_scope), T(test_at_once) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, open_house, close_house);
}

/* event_property_test.c – random work on events in any order: created, moved, edited, attended, merged,
 * taken back, folded. After each batch kept cells, records and verify must agree for random asks, on
 * both engines. Rules figure-1, figure-4, figure-6 and figure-8 hold here or nowhere.
 * SHANYRAQ_TEST_LONG=1 makes ten times as many rounds, SHANYRAQ_TEST_SEED=N other ones. */
#include "event_test.h"

#include <pthread.h>
#include <stdatomic.h>

/* ---- property ---- */

static uint32_t seed;
static int
dice(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)n);
}

enum { EVENTS = 14, BODIES = 4, PERSONS = 8 };
struct world {
	int64_t events[EVENTS], bodies[BODIES], persons[PERSONS], districts[2];
	int nevents;
};

static int
any_day(void)
{
	static const int days[] = { 20231230, 20240101, 20240229, 20240301, 20240715, 20241031,
		20241115 };

	return days[dice(7)];
}

static void
random_edit(struct world *w, int64_t id)
{
	struct event e = reload(id);

	switch (dice(9)) {
	case 0:
		e.first_day = any_day();
		break;
	case 1:
		e.body = w->bodies[dice(BODIES)];
		break;
	case 2:
		e.district = dice(3) == 0 ? 0 : w->districts[dice(2)];
		break;
	case 3:
	case 4:
	case 5:
		e.head_count = dice(2) == 0 ? INT_NONE : dice(50);
		break;
	case 6:
	case 7:
		e.declared_count = dice(2) == 0 ? INT_NONE : dice(50);
		break;
	default:
		e.kind = find("event_kind", dice(3) == 0 ? "hot_meals" : "concert");
	}
	if (kind_update(CX, &event_kind, &e) != RC_OK)
		house_next(&house);
}

static void
random_organiser(struct world *w, int64_t id)
{
	struct organiser o;
	int64_t row;

	if (dice(2) == 0) {
		kind_empty(&organiser_kind, &o);
		o.event = id;
		o.body = w->bodies[dice(BODIES)];
		if (kind_insert(CX, &organiser_kind, &o) != RC_OK)
			house_next(&house);
		return;
	}
	if (db_int(CX, &row,
		"SELECT id FROM organiser WHERE event = $1 AND via_event IS NULL ORDER BY id LIMIT "
		"1",
		VALS(v_int(id))) != RC_OK)
		return;
	OK(kind_load(CX, &organiser_kind, row, &o));
	o.ended = !o.ended;
	if (kind_update(CX, &organiser_kind, &o) != RC_OK)
		house_next(&house);
}

static void
random_attendance(struct world *w, int64_t id)
{
	struct attend_in in = { .event = id, .basis = dice(2) == 0 ? "scanned" : "listed" };
	struct attendance a;
	int64_t row;
	bool again;

	if (dice(4) == 0)
		in.guest = "Қонақ";
	else
		in.person = w->persons[dice(PERSONS)];
	if (event_attend(CX, &in, &row, &again) != RC_OK) {
		house_next(&house);
		return;
	}
	if (dice(3) != 0)
		return;
	OK(kind_load(CX, &attendance_kind, row, &a));
	if (dice(2) == 0)
		a.withdrawn = true;
	else
		a.basis = strcmp(a.basis, "listed") == 0 ? "scanned" : "listed";
	OK(kind_update(CX, &attendance_kind, &a));
}

static void
random_step(struct world *w)
{
	static const char *const states[] = { "planned", "approved", "held", "held", "reported" };
	int64_t id = w->nevents == 0 ? 0 : w->events[dice(w->nevents)], n;
	int what = dice(20), rc = RC_OK;

	if (w->nevents < 3 || (what == 0 && w->nevents < EVENTS)) {
		struct event e =
		    new_event("x", w->bodies[dice(BODIES)], any_day(), states[dice(5)]);

		e.district = dice(2) == 0 ? 0 : w->districts[dice(2)];
		OK(kind_insert(CX, &event_kind, &e));
		w->events[w->nevents++] = e.rec.id;
	} else if (what < 4)
		random_edit(w, id);
	else if (what < 8) {
		const struct transition *t = &event_transitions[dice((int)event_ntransitions)];

		rc = move(id, t->action, "mistake");
	} else if (what < 11)
		rc = dice(2) == 0 ? event_merge(CX, id, w->events[dice(w->nevents)])
				  : event_unmerge(CX, id);
	else if (what < 13)
		random_organiser(w, id);
	else if (what < 14)
		rc = figure_fold(CX, 1 + dice(30), &n);
	else if (w->nevents > 0 &&
		 id % 3 != 0) /* some events have no attendances, so their own numbers count */
		random_attendance(w, id);
	if (rc != RC_OK && rc != RC_RULE && rc != RC_INVALID)
		ok_at(rc, "a random step", what);
	house_next(&house);
}

/* What was answered, and when: asked again later "as known" then, it must be the same. */
enum { REMEMBERED = 400 };
static struct remembered {
	const char *code;
	struct ask ask;
	double value;
	int64_t records, without;
	enum exactness exactness;
	char sha256[65];
} remembered[REMEMBERED];
static size_t nremembered;

static void
remember(const char *code, const struct ask *a, struct figure_answer *ans)
{
	struct remembered *r = &remembered[nremembered];

	if (nremembered == REMEMBERED)
		return;
	OK(figure_sha256(CX, ans));
	*r = (struct remembered){ code, *a, ans->value, ans->records, ans->without, ans->exactness,
		"" };
	snprintf(r->sha256, sizeof r->sha256, "%s", ans->sha256);
	r->ask.known = CX->now;
	nremembered++;
}

/* Both ways: out of the cells that were kept by then, and out of history. */
static void
ask_again(void)
{
	size_t i;
	int way;

	for (i = 0; i < nremembered; i++)
		for (way = 0; way < 2; way++) {
			const struct remembered *r = &remembered[i];
			const struct figure *f = figure_find(r->code);
			struct figure_answer a;

			OK(way == 0 ? figure_answer(CX, f, &r->ask, &a)
				    : figure_recount(CX, f, &r->ask, &a));
			OK(figure_sha256(CX, &a));
			if (a.value != r->value || a.records != r->records ||
			    a.without != r->without || a.exactness != r->exactness ||
			    strcmp(a.sha256, r->sha256) != 0)
				BROKEN("%s body %d district %d %d..%d %s: was %.1f (%d, %d, %s), "
				       "known "
				       "now %.1f (%d, %d, %s)",
				    r->code, (int)r->ask.body, (int)r->ask.district, r->ask.from,
				    r->ask.to, way == 0 ? "kept" : "counted", r->value,
				    (int)r->records, (int)r->without, exactness_code(r->exactness),
				    a.value, (int)a.records, (int)a.without,
				    exactness_code(a.exactness));
			house_next(&house);
		}
}

static void
random_asks(struct world *w)
{
	static const char *const codes[] = { "events_total", "participants_total",
		"participants_unique", "events_without_count" };
	int i;

	for (i = 0; i < 16; i++) {
		struct ask a;

		ask_default(CX, &a);
		if (dice(2) == 0) {
			a.from = any_day();
			a.to = any_day();
		}
		switch (dice(4)) {
		case 0:
			a.body = w->bodies[dice(BODIES)];
			break;
		case 1:
			a.district = w->districts[dice(2)];
			break;
		default:
			break;
		}
		struct figure_answer ans = answer_for(codes[i % 4], &a);

		remember(codes[i % 4], &a, &ans);
	}
	CX->now += US_PER_SECOND; /* nothing more is recorded in that second */
}

static void
test_property(void **state)
{
	int rounds = getenv("SHANYRAQ_TEST_LONG") != NULL ? 60 : 6, i, j;

	(void)state;
	for (i = 0; i < rounds; i++) {
		struct world w = { .nevents = 0 };
		struct arena_mark mark = arena_mark(CX->arena);

		seed = (uint32_t)(i + 1) * 7919u;
		if (getenv("SHANYRAQ_TEST_SEED") != NULL)
			seed += (uint32_t)atoi(getenv("SHANYRAQ_TEST_SEED"));
		for (j = 0; j < BODIES; j++)
			w.bodies[j] =
			    body(arena_printf(CX->arena, "r%d_%d", i, j), j == 3 ? w.bodies[0] : 0);
		for (j = 0; j < PERSONS; j++)
			w.persons[j] = person(i * 100 + j);
		w.districts[0] = house_int(&house, "SELECT min(id) FROM district");
		w.districts[1] = house_int(&house, "SELECT max(id) FROM district");
		for (j = 0; j < 120; j++) {
			random_step(&w);
			CX->now += dice(3) * (dice(9) == 0 ? US_PER_DAY : 400000);
			if (j % 20 == 19) {
				random_asks(&w);
				verified();
			}
		}
		ask_again();
		nremembered = 0;
		arena_rewind(CX->arena, mark);
		db_bind(CX, house.store);
	}
}

/* ---- many writers and the folding job at once ---- */

enum { THREADS = 4, EACH = 25 };
static int64_t crowd_event, crowd[THREADS * EACH];
static atomic_int crowd_failed;

static void *
crowd_run(void *arg)
{
	int me = *(const int *)arg, i;
	struct arena arena;
	struct ctx cx = house.cx;

	arena_init(&arena);
	cx.arena = &arena;
	db_bind(&cx, house.store);
	for (i = 0; i < EACH; i++) {
		struct attend_in in = {
			.event = crowd_event, .person = crowd[me * EACH + i], .basis = "scanned"
		};
		int64_t row;
		bool again;

		if (event_attend(&cx, &in, &row, &again) != RC_OK)
			atomic_fetch_add(&crowd_failed, 1);
		err_clear(&cx);
	}
	db_end(&cx);
	arena_done(&arena);
	return NULL;
}

static void
test_crowd(void **state)
{
	pthread_t t[THREADS];
	int me[THREADS], i;
	int64_t n;

	(void)state;
	crowd_event = event("Көпшілік", body("a", 0), 20241110, "held").rec.id;
	for (i = 0; i < THREADS * EACH; i++)
		crowd[i] = person(i);
	house_next(&house);
	atomic_store(&crowd_failed, 0);
	for (i = 0; i < THREADS; i++) {
		me[i] = i;
		assert_int_equal(pthread_create(&t[i], NULL, crowd_run, &me[i]), 0);
	}
	for (i = 0; i < 20; i++)
		if (figure_fold(CX, 37, &n) != RC_OK)
			house_next(&house); /* busy: the next round folds */
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(t[i], NULL), 0);
	assert_int_equal(atomic_load(&crowd_failed), 0);
	do
		OK(figure_fold(CX, 1000, &n));
	while (n > 0);
	assert_int_equal(count(crowd_event).value, THREADS * EACH);
	assert_int_equal(answer("participants_total").value, THREADS * EACH);
	assert_int_equal(answer("participants_unique").value, THREADS * EACH);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_crowd), T(test_property) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

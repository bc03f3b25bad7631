/* backup_run_test.c – the list of backups: one a night, one at a time, nothing left running for ever. */
#include "core_test.h"
#include "core/backup_run.h"

#define HOUR (3600 * US_PER_SECOND)

static int64_t
taken(bool alone)
{
	int64_t id;

	ok(backup_take(CX, alone, &id));
	return id;
}

static const char *
state_of(int64_t id)
{
	const char *s;

	ok(db_text(CX, &s, "SELECT state FROM backup_run WHERE id = $1", VALS(v_int(id))));
	return s;
}

static void
nights(void **state)
{
	const struct backup_sums sums = { .rows = 5, .bytes = 70 };
	struct backup_run last;
	int64_t id;

	(void)state;
	assert_int_equal(taken(true), 0);
	ends(RC_NOTFOUND, backup_last_proved(CX, &last));
	ok(backup_ask_night(CX, 20241115));
	ok(backup_ask_night(CX, 20241115));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM backup_run"), 1);
	id = taken(false);
	assert_true(id > 0);
	assert_int_equal(taken(false), 0); /* each is taken once */
	CX->now += HOUR;
	ok(backup_done(CX, id, "a.shanyraq", &sums, NULL));
	ok(backup_last_proved(CX, &last));
	assert_int_equal(last.night, 20241115);
	assert_int_equal(last.ended_at, CX->now);
	assert_string_equal(last.file, "a.shanyraq");
	ok(backup_ask_night(CX, 20241115)); /* done is done */
	assert_int_equal(taken(false), 0);
	ok(backup_ask_night(CX, 20241116));
	assert_true(taken(false) > id);
}

static void
by_hand(void **state)
{
	struct actor clerk = { .account = 1, .caps = role_caps(ROLE_CLERK), .csrf = "" };
	const struct backup_sums sums = { 0 };
	struct backup_run *runs;
	int64_t id;
	size_t n;

	(void)state;
	CX->actor = &clerk;
	ends(RC_DENIED, backup_ask(CX));
	ends(RC_DENIED, backup_runs(CX, 5, &runs, &n));
	CX->actor = &actor_system;
	ok(backup_ask(CX));
	ends(RC_EXISTS, backup_ask(CX)); /* it waits */
	id = taken(false);
	ends(RC_EXISTS, backup_ask(CX)); /* it runs */
	ok(backup_done(CX, id, NULL, &sums, "no room"));
	assert_string_equal(state_of(id), "failed");
	ok(backup_ask(CX));
	ok(backup_runs(CX, 5, &runs, &n));
	assert_int_equal(n, 2);
	assert_string_equal(runs[1].error, "no room");
	assert_string_equal(runs[0].state, "asked");
}

/* A process that was killed leaves a run behind: another one of the same house calls it interrupted at
 * once where it is alone, and after six hours where others may still be at it. */
static void
interrupted(void **state)
{
	int64_t id;

	(void)state;
	ok(backup_ask(CX));
	id = taken(false);
	CX->now += 5 * HOUR;
	assert_int_equal(taken(false), 0);
	assert_string_equal(state_of(id), "running");
	CX->now += 2 * HOUR;
	assert_int_equal(taken(false), 0);
	assert_string_equal(state_of(id), "failed");
	ok(backup_ask(CX));
	id = taken(true);
	assert_int_equal(taken(true), 0);
	assert_string_equal(state_of(id), "failed");
}

/* Stopped while it waits, stopped while it is made, broken off by the end of the program. */
static void
stopped(void **state)
{
	struct actor clerk = { .account = 1, .caps = role_caps(ROLE_CLERK), .csrf = "" };
	const struct backup_sums sums = { 0 };
	int64_t id, second;
	bool yes;

	(void)state;
	ok(backup_ask(CX));
	ok(db_int(CX, &id, "SELECT max(id) FROM backup_run", NO_VALS));
	CX->actor = &clerk;
	ends(RC_DENIED, backup_cancel(CX, id));
	CX->actor = &actor_system;
	ok(backup_cancel(CX, id));
	assert_string_equal(state_of(id), "failed");
	ends(RC_RULE, backup_cancel(CX, id));
	assert_int_equal(taken(true), 0);
	ok(backup_ask(CX));
	second = taken(true);
	assert_true(second > id);
	ok(backup_cancelled(CX, second, &yes));
	assert_false(yes);
	ok(backup_cancel(CX, second));
	ok(backup_cancelled(CX, second, &yes));
	assert_true(yes);
	assert_string_equal(state_of(second), "running"); /* until its maker has seen it */
	ok(backup_done(CX, second, NULL, &sums, "cancelled"));
	assert_string_equal(state_of(second), "failed");
	ok(backup_ask_night(CX, 20241117));
	id = taken(true);
	ok(backup_again(CX, id));
	assert_string_equal(state_of(id), "asked");
	assert_int_equal(taken(true), id);
	ok(backup_done(CX, id, "b.shanyraq", &sums, NULL));
	ok(backup_again(CX, id)); /* done is done */
	assert_string_equal(state_of(id), "proved");
}

static void
kept(void **state)
{
	const struct backup_sums sums = { 0 };
	struct backup_run *old;
	int64_t id, first = 0;
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		ok(backup_ask(CX));
		id = taken(false);
		first = i == 0 ? id : first;
		ok(backup_done(CX, id, "x", &sums, i == 1 ? "differs" : NULL));
	}
	ok(backup_outdated(CX, 4, &old, &n));
	assert_int_equal(n, 0);
	ok(backup_outdated(
	    CX, 3, &old, &n)); /* four were proved: the first one and the bad one go */
	assert_int_equal(n, 2);
	assert_int_equal(old[0].id, first);
	ok(backup_gone(CX, first));
	ok(backup_outdated(CX, 3, &old, &n));
	assert_int_equal(n, 1);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM backup_run"), 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { BOTH(nights), BOTH(by_hand), BOTH(interrupted),
		BOTH(stopped), BOTH(kept) };

	return run_both("backup_run", tests, ARRAY_LEN(tests));
}

/* actor_test.c – the table of roles as the law of the house reads it, the scope of a leader, and the
 * clocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/actor.h"
#include "base/clock.h"
#include "base/ctx.h"

#define C(x) (UINT64_C(1) << CAP_##x)
#define PEOPLE                                                                                  \
	(C(PEOPLE_READ) | C(PEOPLE_WRITE) | C(SUBJECT_READ) | C(SEALED_READ) | C(FIGURE_ROWS) | \
	    C(EXPORT) | C(HISTORY_READ))

static void
roles(void **state)
{
	(void)state;
	assert_int_equal(role_caps(ROLE_GUEST), C(PUBLIC));
	assert_int_equal(role_caps(ROLE_MEMBER), C(PUBLIC) | C(SIGNED_IN));
	/* Who watches and who keeps the accounts sees no people. */
	assert_int_equal(role_caps(ROLE_AUDITOR) & PEOPLE, 0);
	assert_int_equal(role_caps(ROLE_ADMIN) & PEOPLE, 0);
	assert_int_equal(
	    role_caps(ROLE_AUDITOR) & (C(EVENT_WRITE) | C(BODY_WRITE) | C(REFERENCE_WRITE) |
					  C(USERS) | C(SETTINGS) | C(EVENT_APPROVE)),
	    0);
	assert_true(role_caps(ROLE_AUDITOR) & C(AUDIT_READ));
	assert_int_equal(role_caps(ROLE_ADMIN) & C(AUDIT_READ), 0);
	assert_true(role_caps(ROLE_ADMIN) & C(USERS));
	/* A leader writes about the own people, but nobody approves the own events or opens an IIN. */
	assert_true(role_caps(ROLE_LEADER) & C(PEOPLE_WRITE));
	assert_int_equal(role_caps(ROLE_LEADER) &
			     (C(EVENT_APPROVE) | C(SEALED_READ) | C(BODY_WRITE) | C(AUDIT_READ)),
	    0);
	assert_true(role_caps(ROLE_CLERK) & C(EVENT_APPROVE));
	assert_int_equal(role_caps(ROLE_CLERK) & (C(USERS) | C(SETTINGS) | C(AUDIT_READ)), 0);
	assert_int_equal(role_caps(ROLE_HEAD) & (C(USERS) | C(SETTINGS)), 0);
	assert_int_equal(role_caps(ROLE_SYSTEM), UINT64_MAX);
}

/* What holds of every row: nothing unset, nothing that nobody has, and each includes the guest. */
static void
every_role(void **state)
{
	int r;

	(void)state;
	for (r = 0; r < ROLE_SYSTEM; r++) {
		uint64_t caps = role_caps((enum role)r);

		assert_true(caps & C(PUBLIC));
		assert_int_equal(caps & (C(UNSET) | C(NOBODY)), 0);
		assert_int_equal(caps >> CAP_COUNT, 0);
		assert_int_equal((caps & C(SIGNED_IN)) != 0, r != ROLE_GUEST);
		if ((caps & C(PEOPLE_WRITE)) != 0)
			assert_true(caps & C(PEOPLE_READ));
		if ((caps & C(EVENT_APPROVE)) != 0)
			assert_true(caps & C(EVENT_WRITE));
	}
}

/* Whoever only reads writes nothing, approves and signs nothing. */
static void
reading(void **state)
{
	static const char *const ends[] = { "_write", "_approve", "_merge", "_freeze", "_sign" };
	enum cap c;
	size_t i;

	(void)state;
	for (c = CAP_UNSET + 1; c < CAP_NOBODY; c++) {
		const char *code = cap_code(c);
		bool stays = (caps_reading(~UINT64_C(0)) >> c & 1) != 0;

		for (i = 0; i < sizeof ends / sizeof *ends; i++)
			if (strlen(code) > strlen(ends[i]) &&
			    strcmp(code + strlen(code) - strlen(ends[i]), ends[i]) == 0 && stays)
				fail_msg("%s", code);
	}
	assert_int_equal(caps_reading(role_caps(ROLE_DOOR)), role_caps(ROLE_MEMBER));
}

static void
codes(void **state)
{
	enum role role;
	enum cap c;
	int r, other;

	(void)state;
	for (r = ROLE_MEMBER; r < ROLE_SYSTEM; r++) {
		role = ROLE_COUNT;
		assert_true(role_parse(role_code((enum role)r), &role));
		assert_int_equal(role, r);
	}
	/* Neither of these is held by an account. */
	role = ROLE_COUNT;
	assert_false(role_parse("guest", &role) || role_parse("system", &role) ||
		     role_parse("", &role) || role_parse("Clerk", &role) ||
		     role_parse("clerk ", &role));
	assert_int_equal(role, ROLE_COUNT);
	for (r = 0; r < CAP_COUNT; r++) {
		c = (enum cap)r;
		assert_non_null(cap_code(c));
		for (other = 0; other < r; other++)
			assert_string_not_equal(cap_code(c), cap_code((enum cap)other));
	}
}

static void
may_do(void **state)
{
	struct actor a = { .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .login = "x" };
	struct ctx cx = { .actor = &a };

	(void)state;
	assert_true(actor_may(&actor_guest, CAP_PUBLIC));
	assert_false(actor_may(&actor_guest, CAP_SIGNED_IN));
	assert_true(may(&cx, CAP_EVENT_APPROVE));
	assert_false(may(&cx, CAP_USERS));
	assert_false(may(&cx, CAP_NOBODY));
	assert_true(actor_may(&actor_system, CAP_NOBODY));
	/* A forgotten or wild capability opens nothing, not even for the program itself. */
	assert_false(actor_may(&actor_system, CAP_UNSET));
	assert_false(actor_may(&actor_system, CAP_COUNT));
	assert_false(actor_may(&actor_system, (enum cap)70));
	assert_false(actor_may(&actor_system, (enum cap) - 1));
	cx.err = (struct err){ .rc = RC_RULE, .text = "x" };
	err_clear(&cx);
	assert_true(cx.err.rc == RC_OK && cx.err.text == NULL && cx.err.fields == NULL);
}

static void
scope(void **state)
{
	int64_t bodies[40];
	struct actor a = { .role = ROLE_LEADER, .scope = bodies };
	int64_t b;
	size_t n, i;

	(void)state;
	assert_true(actor_in_scope(&actor_system, 5));
	assert_true(actor_in_scope(&actor_guest, 5));
	assert_true(actor_in_scope(&a, 1)); /* no body: the whole assembly */
	a.body = 3;
	assert_true(actor_scoped(&a));
	assert_false(actor_in_scope(&a, 3)); /* an empty scope holds nothing, its root neither */
	/* Every length of the list, every place in it and between. */
	for (n = 0; n <= 40; n++) {
		for (i = 0; i < n; i++)
			bodies[i] = (int64_t)i * 3 + 1;
		a.nscope = n;
		for (b = -1; b < 130; b++)
			assert_int_equal(
			    actor_in_scope(&a, b), b > 0 && b % 3 == 1 && b < (int64_t)n * 3);
	}
	assert_false(actor_in_scope(&a, INT64_MAX));
	assert_false(actor_in_scope(&a, INT64_MIN));
}

static void
clocks(void **state)
{
	int64_t last = clock_us(), coarse = clock_coarse_us(), real = clock_now();
	int i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		int64_t now = clock_us(), c = clock_coarse_us();

		assert_true(now >= last && c >= coarse);
		last = now;
		coarse = c;
	}
	coarse = clock_coarse_us();
	last = clock_us();
	assert_true(last - coarse >= 0 && last - coarse < 1000000);
	/* Between 2024 and 2200, and in step with the monotonic one. */
	assert_in_range(real, day_start(20240101), day_start(22000101));
	assert_true(clock_now() >= real - US_PER_SECOND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles),
		cmocka_unit_test(every_role),
		cmocka_unit_test(reading),
		cmocka_unit_test(codes),
		cmocka_unit_test(may_do),
		cmocka_unit_test(scope),
		cmocka_unit_test(clocks),
	};

	return cmocka_run_group_tests_name("actor", tests, NULL, NULL);
}

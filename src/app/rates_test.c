/* rates_test.c – buckets of turns: burst, refill, neighbours, a clock that stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "app/rates.h"

enum { SECOND = 1000000 };

/* How many of n turns in a row are given. */
static int
given(struct rates *t, const char *address, int n, int64_t now)
{
	int i, ok = 0;

	for (i = 0; i < n; i++)
		ok += rates_address(t, DOOR_SEARCH, address, now) == 0;
	return ok;
}

static void
test_burst_and_refill(void **state)
{
	struct rates *t = rates_make();
	int64_t now = SECOND;
	int i, ok = 0;

	(void)state;
	assert_int_equal(given(t, "203.0.113.1", 200, now), 90);
	assert_int_equal(given(t, "203.0.113.2", 200, now), 90);
	assert_int_equal(rates_address(t, DOOR_SEARCH, "203.0.113.1", now), 1);
	assert_int_equal(given(t, "203.0.113.1", 200, now + SECOND), 20); /* 1200 a minute */
	assert_int_equal(given(t, "203.0.113.1", 200, now + 3600ll * SECOND), 90);
	/* asking a thousand times a second starves nobody: 20 a second are given all the same */
	now += 3600ll * SECOND;
	for (i = 0; i < 10000; i++)
		ok += rates_address(t, DOOR_SEARCH, "203.0.113.1", now + i * 1000ll) == 0;
	assert_in_range(ok, 199, 201);
	/* a clock that stands or goes back neither gives nor breaks */
	assert_int_equal(given(t, "203.0.113.1", 50, now - 100ll * SECOND), 0);
	assert_true(rates_refused(t, DOOR_SEARCH) > 10000);
	assert_int_equal(rates_refused(t, DOOR_PAGE), 0);
	rates_free(t);
}

static void
test_who(void **state)
{
	struct rates *t = rates_make();
	int i, ok = 0;
	char address[64];

	(void)state;
	for (i = 0; i < 200; i++) {
		snprintf(address, sizeof address, "2001:db8:1:2::%x", i);
		ok += rates_address(t, DOOR_SEARCH, address, SECOND) == 0;
	}
	assert_int_equal(ok, 90);
	assert_int_equal(rates_address(t, DOOR_SEARCH, "2001:db8:1:3::1", SECOND), 0);
	for (i = 0, ok = 0; i < 200; i++)
		ok += rates_account(t, DOOR_EXPORT, 7, SECOND) == 0;
	assert_int_equal(ok, 10);
	assert_int_equal(rates_account(t, DOOR_EXPORT, 8, SECOND), 0);
	assert_int_equal(rates_account(t, DOOR_EXPORT, 7, SECOND), 5); /* twelve a minute */
	for (i = 0; i < 1000; i++) {
		assert_int_equal(
		    rates_account(t, DOOR_EXPORT, 0, SECOND), 0); /* a guest has none */
		assert_int_equal(rates_address(t, DOOR_HOUSE, "203.0.113.1", SECOND), 0);
	}
	rates_free(t);
}

/* A flood from a million addresses neither fills memory nor locks others out. */
static void
test_flood(void **state)
{
	struct rates *t = rates_make();
	char address[64];
	int i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		snprintf(address, sizeof address, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
		assert_int_equal(rates_address(t, DOOR_PAGE, address, SECOND + i), 0);
	}
	rates_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_burst_and_refill),
		cmocka_unit_test(test_who),
		cmocka_unit_test(test_flood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* clock.c – see clock.h. */
#include "base/clock.h"

#include <time.h>

static int64_t
read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t
clock_coarse_us(void)
{
	return read_clock(CLOCK_MONOTONIC_COARSE);
}

int64_t
clock_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

/* clock.h – the two clocks. Rules never read one: they have cx->now and cx->today. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_us(void);	       /* monotonic µs, exact: for durations and deadlines */
int64_t clock_coarse_us(void); /* monotonic µs, a few milliseconds behind, nearly free */
int64_t clock_now(void);       /* real time, µs since 1970 UTC */

#endif

/* metrics.h – figures of the running server, for Prometheus: counts by kind of door, never by person,
 * address or path. Counters are atomics written by every thread; everything else is asked for when the
 * page is asked for. */
#ifndef APP_METRICS_H
#define APP_METRICS_H

#include "app/app.h"
#include "app/rates.h"

struct metrics;
struct metrics *metrics_make(void);
void metrics_free(struct metrics *m);
/* One answer: status as sent, us since the head came. All of these do nothing when m is NULL. */
void metrics_request(struct metrics *m, enum door d, int status, int64_t us);
/* Whether a guest's page came from the cache. */
void metrics_cache(struct metrics *m, bool hit);
/* One run of a job of the house (jobs.c); an unknown name is not counted. */
void metrics_job(struct metrics *m, const char *job, int rc, int64_t now);
/* The exposition text, version 0.0.4. */
int metrics_text(struct ctx *cx, struct app *a, struct buf *out) MUST;

#endif

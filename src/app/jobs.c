/* jobs.c – two threads that look after the house. One looks for writes from outside every 50 ms, so that
 * a page is at most 100 ms behind what another process wrote, however long the other thread works.
 * That one folds open sums and compares likely pairs of people every second, lays the audit's seals
 * and roots, forgets kept answers and old sessions every minute, and keeps the business day. Of
 * several processes on one PostgreSQL one leads and does all but the last. Each job is an ordinary
 * function; a failure is logged and tried again in the next round. */
#include "app/app.h"
#include "app/erased.h"

#include <pthread.h>
#include <unistd.h>

#include "app/metrics.h"
#include "app/nightly.h"
#include "base/log.h"
#include "core/idempotency.h"
#include "core/outbox.h"
#include "core/seal.h"
#include "core/session.h"
#include "core/sign_in_log.h"
#include "mod/comment/comment.h"
#include "mod/registry/registry.h"
#include "mod/rights/rights.h"
#include "mod/sitrep/sitrep.h"

static struct {
	pthread_t thread, watch;
	_Atomic bool stop;
	bool running;
	int retained;	/* business day whose terms were applied */
	int64_t erased; /* newest proof that stands in D.erased */
} jobs;

static int
business_day(struct app *a, struct ctx *cx)
{
	int day;
	bool pinned;
	struct institution *i = arena_new(cx->arena, struct institution);

	TRY(setting_business_day(cx, &day, &pinned));
	a->today = day;
	a->pinned = pinned;
	cx->today = day;
	TRY(setting_institution(cx, i));
	if (ui_institution(i, pinned))
		a->dress++;
	return RC_OK;
}

static int
fold_all(struct ctx *cx)
{
	int64_t n = 1;

	while (n > 0 && !jobs.stop)
		TRY(figure_fold(cx, 2000, &n));
	return RC_OK;
}

/* A few at a time, so that requests come in between. */
static int
compare_people(struct ctx *cx, int rounds)
{
	int64_t n = 1;

	while (n > 0 && rounds-- > 0 && !jobs.stop)
		TRY(people_compare(cx, 50, &n));
	return RC_OK;
}

/* What has settled, and then the roots of the days that are over. */
static int
seal_all(struct ctx *cx)
{
	int64_t n = 1;

	while (n > 0 && !jobs.stop)
		TRY(seal_audit(cx, &n));
	return seal_roots(cx, &n);
}

static void
note(struct ctx *cx, const char *what, int rc)
{
	metrics_job(cx->app->metrics, what, rc, cx->now);
	if (rc != RC_OK && rc != RC_BUSY)
		log_line(LOG_ERR, "job %s: rc %d: %s", what, rc,
		    cx->err.detail == NULL ? "" : cx->err.detail);
	err_clear(cx);
	db_end(cx);
}

/* Once a business day, a stretch a minute until nothing is past its term, so that requests come in between. */
static int
apply_terms(struct app *a, struct ctx *cx)
{
	enum { STRETCH = 200 };
	struct retained *r;
	int64_t gone = 0;
	size_t n, i;

	if (a->today == 0 || jobs.retained == a->today)
		return RC_OK;
	cx->today = a->today;
	TRY(retain(cx, STRETCH, &r, &n));
	for (i = 0; i < n; i++)
		gone += r[i].records;
	if (gone == 0)
		jobs.retained = a->today;
	return RC_OK;
}

static void
round_of(struct app *a, struct arena *arena, unsigned tick)
{
	struct ctx cx;
	int64_t n;

	if (tick % 10 != 0 || !store_leads(a->store))
		return;
	nightly_look(a);
	app_ctx(a, &cx, arena);
	note(&cx, "sums", fold_all(&cx));
	note(&cx, "erased", erased_save(a, &cx, &jobs.erased));
	note(&cx, "people", compare_people(&cx, 10));
	if (tick % 600 == 300)
		note(&cx, "terms", apply_terms(a, &cx));
	if (tick % 600 == 150)
		note(&cx, "reports", sitrep_due(&cx, &n));
	if (tick % 600 == 0) {
		note(&cx, "seal", seal_all(&cx));
		note(&cx, "answers", idempotency_purge(&cx, &n));
		note(&cx, "over", session_expire(&cx));
		note(&cx, "sessions", session_purge(&cx, &n));
		note(&cx, "sign-ins", sign_in_log_purge(&cx));
		note(&cx, "letters", outbox_purge(&cx));
		cx.today = a->today;
		note(&cx, "senders", a->today == 0 ? RC_OK : comment_purge(&cx, &n));
	}
	arena_reset(arena, ARENA_CHUNK);
}

static void
refresh_day(struct app *a, struct arena *arena)
{
	static uint64_t seen;
	struct ctx cx;
	int real = day_of_moment(clock_now());
	uint64_t g = store_generation_any(a->store);

	/* The setting may have changed with any write; a quiet house is not asked. */
	if (g == seen && (a->pinned || a->today == real))
		return;
	seen = g;
	app_ctx(a, &cx, arena);
	note(&cx, "day", business_day(a, &cx));
	arena_reset(arena, ARENA_CHUNK);
}

static void *
watch(void *arg)
{
	struct app *a = arg;

	for (; !jobs.stop; usleep(50 * 1000))
		store_poll(a->store);
	return NULL;
}

static void *
run(void *arg)
{
	struct app *a = arg;
	struct arena arena;
	unsigned tick = 0;

	arena_init(&arena);
	while (!jobs.stop) {
		round_of(a, &arena, tick++);
		if (tick % 10 == 5)
			refresh_day(a, &arena);
		usleep(100 * 1000);
	}
	arena_done(&arena);
	return NULL;
}

int
jobs_once(struct app *a)
{
	struct arena arena;
	struct ctx cx;
	int rc;

	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	rc = business_day(a, &cx);
	if (rc == RC_OK)
		rc = fold_all(&cx);
	if (rc == RC_OK)
		rc = compare_people(&cx, 1000000);
	db_end(&cx);
	arena_done(&arena);
	return rc;
}

void
jobs_start(struct app *a)
{
	jobs.stop = false;
	if (pthread_create(&jobs.thread, NULL, run, a) != 0 ||
	    pthread_create(&jobs.watch, NULL, watch, a) != 0)
		die("no thread for the jobs");
	jobs.running = true;
}

void
jobs_stop(void)
{
	if (!jobs.running)
		return;
	jobs.stop = true;
	pthread_join(jobs.thread, NULL);
	pthread_join(jobs.watch, NULL);
	jobs.running = false;
}

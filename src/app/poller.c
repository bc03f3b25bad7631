/* poller.c – see poller.h. */
#include "app/poller.h"

#include <pthread.h>
#include <unistd.h>

#include "base/log.h"
#include "mod/media/media_feed.h"

enum { LOOK_EVERY = 100 /* × 100 ms */ };

static struct {
	pthread_t thread;
	_Atomic bool stop;
	bool running;
} poller;

static void
look(struct app *a, struct arena *arena)
{
	struct media_polling p = { .stop = &poller.stop };
	struct ctx cx;
	int rc;

	app_ctx(a, &cx, arena);
	cx.today = a->today;
	rc = a->today == 0 ? RC_OK : media_poll(&cx, &p);
	if (rc == RC_OK && p.did)
		log_line(LOG_INFO, "feed of outlet: %s, %lld found", p.said, (long long)p.found);
	else if (rc != RC_OK && rc != RC_RULE && rc != RC_BUSY)
		log_line(
		    LOG_ERR, "feeds: rc %d: %s", rc, cx.err.detail == NULL ? "" : cx.err.detail);
	err_clear(&cx);
	db_end(&cx);
	arena_reset(arena, ARENA_CHUNK);
}

static void *
run(void *arg)
{
	struct app *a = arg;
	struct arena arena;
	unsigned tick = 1;

	arena_init(&arena);
	for (; !poller.stop; tick++, usleep(100 * 1000))
		if (tick % LOOK_EVERY == 0 && store_leads(a->store))
			look(a, &arena);
	arena_done(&arena);
	return NULL;
}

void
poller_start(struct app *a)
{
	poller.stop = false;
	if (pthread_create(&poller.thread, NULL, run, a) != 0)
		die("no thread for the feeds");
	poller.running = true;
}

void
poller_stop(void)
{
	if (!poller.running)
		return;
	poller.stop = true;
	pthread_join(poller.thread, NULL);
	poller.running = false;
}

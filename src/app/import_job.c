/* import_job.c – see import_job.h. One batch at a time, half a second of it at a time, so that a short
 * one does not wait behind a long one. A process that was killed leaves the batch where it stood; the
 * next one takes it up. */
#include "app/import_job.h"

#include <pthread.h>
#include <unistd.h>

#include "base/log.h"
#include "mod/import/import.h"

enum { SLICE_MS = 500, LOOK_MS = 200, PURGE_EVERY = 5 * 3600 };

static struct {
	pthread_t thread;
	_Atomic bool stop;
	bool running;
} job;

static void
note(struct ctx *cx, int rc)
{
	if (rc != RC_OK && rc != RC_BUSY && rc != RC_CONFLICT)
		log_line(LOG_ERR, "import: rc %d: %s (%s)", rc,
		    cx->err.text == NULL ? "" : cx->err.text,
		    cx->err.detail == NULL ? "" : cx->err.detail);
	db_end(cx);
}

/* True when there was something to do. */
static bool
once(struct app *a, struct arena *arena, unsigned tick)
{
	struct ctx cx;
	int64_t id = 0;
	bool more = false;
	int rc;

	/* Of several processes one works: two would take the same batch, and only one has its file. */
	if (!store_leads(a->store))
		return false;
	app_ctx(a, &cx, arena);
	cx.today = a->today != 0 ? a->today : cx.today;
	rc = import_waiting(&cx, &id);
	if (rc == RC_OK && id != 0)
		rc = import_run_as_owner(&cx, id, SLICE_MS, &more);
	else if (rc == RC_OK && tick % PURGE_EVERY == 0)
		rc = import_purge(&cx);
	note(&cx, rc);
	arena_reset(arena, ARENA_CHUNK * 4);
	return rc == RC_OK && id != 0;
}

static void *
run(void *arg)
{
	struct arena arena;
	unsigned tick = 0;

	arena_init(&arena);
	while (!job.stop)
		if (!once(arg, &arena, tick++))
			usleep(LOOK_MS * 1000);
	arena_done(&arena);
	return NULL;
}

void
import_job_start(struct app *a)
{
	job.stop = false;
	if (pthread_create(&job.thread, NULL, run, a) != 0)
		die("no thread for imports");
	job.running = true;
}

void
import_job_stop(void)
{
	if (!job.running)
		return;
	job.stop = true;
	pthread_join(job.thread, NULL);
	job.running = false;
}

/* work_runner.c – see work_runner.h. */
#include "app/work_runner.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/metrics.h"
#include "base/log.h"
#include "core/work.h"

enum { LOOK_EVERY = 10, CLEAR_EVERY = 36000 }; /* × 100 ms */

static struct {
	pthread_t thread;
	_Atomic bool stop;
	bool running;
} work_runner;

/* ---- the works of the house itself ---- */

/* The same recount as the command's; its lines are the result. */
static int
run_verify(struct work *w)
{
	struct ctx *cx = w->cx;
	int64_t differences = 0;
	struct buf out;
	FILE *f;
	bool good;

	TRY(work_step(w, 0, 0));
	buf_init(&out, cx->arena, 0);
	TRY(figure_verify(cx, &out, &differences));
	f = fopen(w->path, "wbe");
	good = f != NULL && fwrite(out.p, 1, out.n, f) == out.n;
	if (f != NULL)
		good &= fclose(f) == 0;
	if (!good)
		return fail(
		    cx, RC_STORAGE, N_("The result cannot be written: %s."), strerror(errno));
	w->file_name = "verify.txt";
	w->file_type = "text/plain; charset=utf-8";
	w->said = differences == 0
		      ? tr(cx, "Everything adds up: no difference was found.")
		      : trn(cx, differences, "%s difference was found: open the result.",
			    "%s differences were found: open the result.", num(cx, differences));
	return RC_OK;
}

static const struct work_kind verify_work = { "verify", N_("Recount everything"),
	N_("Every figure, the audit, the files and the search are counted anew from the records. "
	   "It may take some minutes; the work of others goes on."),
	CAP_AUDIT_READ, true, true, run_verify };

const struct work_kind *const app_works[] = { &verify_work };
const size_t app_nworks = ARRAY_LEN(app_works);

/* ---- one work ---- */

static int
do_one(struct app *a, struct ctx *cx, bool *did)
{
	struct work w;
	int rc = work_take(cx, &w, did), end;

	if (!*did)
		return rc;
	if (mkdir(work_folder(), 0700) != 0 && errno != EEXIST && rc == RC_OK)
		rc = fail(cx, RC_STORAGE, N_("The result cannot be written: %s."), strerror(errno));
	if (rc == RC_OK)
		rc = work_perform(&w);
	if (rc != RC_OK && unlink(w.path) != 0 && errno != ENOENT)
		log_line(LOG_WARN, "an unfinished result stays: %m");
	log_line(rc == RC_OK ? LOG_INFO : LOG_WARN, "work %lld: rc %d", (long long)w.id, rc);
	metrics_job(a->metrics, "works", rc, clock_now());
	end = work_end(&w, rc, work_runner.stop);
	return end;
}

int
work_runner_once(struct app *a, bool *did)
{
	struct arena arena;
	struct ctx cx;
	int rc;

	*did = false;
	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	cx.today = a->today;
	rc = do_one(a, &cx, did);
	db_end(&cx);
	arena_done(&arena);
	return rc;
}

/* Of every try; true when none is left. */
static bool
remove_files(struct ctx *cx, int64_t id)
{
	bool gone = true;
	int try;

	for (try = 1; try <= WORK_TRIES; try++)
		gone &= unlink(arena_printf(cx->arena, "%s/%s", work_folder(),
			    work_file(cx->arena, id, try))) == 0 ||
			errno == ENOENT;
	return gone;
}

static int
clear_old(struct ctx *cx)
{
	int64_t *ids;
	size_t n, i;

	TRY(work_outdated(cx, &ids, &n));
	db_end(cx);
	for (i = 0; i < n; i++)
		if (remove_files(cx, ids[i]))
			TRY(work_forget(cx, ids[i]));
	return RC_OK;
}

static void
look_after(struct app *a, int (*what)(struct ctx *cx))
{
	struct arena arena;
	struct ctx cx;

	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	if (what(&cx) != RC_OK)
		log_line(LOG_ERR, "the list of works cannot be kept: %s",
		    cx.err.detail == NULL ? "" : cx.err.detail);
	db_end(&cx);
	arena_done(&arena);
}

static int
recover(struct ctx *cx)
{
	return work_recover(cx, store_engine(cx->app->store) == DB_SQLITE);
}

static int
recover_silent(struct ctx *cx)
{
	return work_recover(cx, false);
}

static void *
run(void *arg)
{
	struct app *a = arg;
	unsigned tick = 1;
	bool did;

	look_after(a, recover);
	for (; !work_runner.stop; tick++, usleep(100 * 1000)) {
		if (tick % LOOK_EVERY != 0)
			continue;
		do {
			if (work_runner_once(a, &did) != RC_OK) {
				log_line(LOG_ERR, "the outcome of a work could not be noted");
				break;
			}
		} while (did && !work_runner.stop);
		if (tick % CLEAR_EVERY == 0) {
			look_after(a, recover_silent);
			look_after(a, clear_old);
		}
	}
	return NULL;
}

void
work_runner_start(struct app *a)
{
	work_runner.stop = false;
	work_end_all(false);
	if (pthread_create(&work_runner.thread, NULL, run, a) != 0)
		die("no thread for the works");
	work_runner.running = true;
}

void
work_runner_stop(void)
{
	if (!work_runner.running)
		return;
	work_runner.stop = true;
	work_end_all(true);
	pthread_join(work_runner.thread, NULL);
	work_runner.running = false;
}

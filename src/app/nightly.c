/* nightly.c – see nightly.h. A backup that was never read back is a hope: each one is restored into
 * an SQLite database of its own, whatever engine the house runs on, counted anew, and asked all
 * figures; the live answers come from the very snapshot that was saved. */
#include "app/nightly.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "core/backup.h"
#include "core/backup_run.h"
#include "figure/report.h"

enum {
	NIGHT_HOUR = 2,
	KEEP = 7,
	LOOK_EVERY = 10,	/* × 100 ms: for one that an administrator asks for */
	NIGHT_AFTER = 10 * 600, /* × 100 ms: a machine that was off at night catches up, when it has
				 * settled */
};

static struct {
	pthread_t thread;
	_Atomic bool stop;
	bool running;
	pthread_mutex_t lock;
	struct store *proving; /* under the lock: the copy that is being counted */
	_Atomic int64_t id;    /* the run that is being made here, 0 = none */
	_Atomic bool cancelled;
} nightly = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* ---- the proof ---- */

static int
all_figures(struct ctx *cx, struct json *j)
{
	struct ask_text t = { NULL };
	struct ask ask;
	int day;
	bool pinned;

	TRY(setting_business_day(cx, &day, &pinned));
	cx->today = day;
	TRY(ask_read(cx, &t, &ask));
	json_init(j, cx->arena, 0);
	return report_figures(cx, &ask, j);
}

static int
count_anew(struct ctx *cx, const char *path, const struct json *live, struct backup_sums *saved)
{
	struct backup_sums sums;
	struct json copy;
	struct buf out;
	int64_t differences = 0;

	TRY(backup_restore(cx, path, NULL, &sums));
	saved->tables = sums.tables;
	saved->rows = sums.rows;
	TRY(all_figures(cx, &copy));
	if (copy.out.n != live->out.n || memcmp(copy.out.p, live->out.p, copy.out.n) != 0)
		return fail(cx, RC_INVALID,
		    N_("The copy that was read back answers other figures than the database."));
	buf_init(&out, cx->arena, 0);
	TRY(figure_verify(cx, &out, &differences));
	if (differences != 0)
		return fail(cx, RC_INVALID, N_("The copy that was read back has %s differences."),
		    num(cx, differences));
	return RC_OK;
}

/* Known to nightly_stop(), which may come before or after. */
static void
proving(struct store *copy)
{
	pthread_mutex_lock(&nightly.lock);
	nightly.proving = copy;
	if (copy != NULL && (nightly.stop || nightly.cancelled))
		store_interrupt(copy);
	pthread_mutex_unlock(&nightly.lock);
}

static int
prove(struct ctx *live_cx, const char *path, const char *scratch, const struct json *live,
    struct backup_sums *sums)
{
	const char *url = arena_printf(live_cx->arena, "%s/.proof-%d.db", scratch, (int)getpid());
	struct store_options so = { .url = url, .create = true };
	struct app copy = { .url = url };
	const char *err = NULL;
	struct ctx cx = *live_cx;
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	size_t i;
	int rc;

	for (i = 0; i < ARRAY_LEN(ends); i++)
		unlink(arena_printf(live_cx->arena, "%s%s", url, ends[i]));
	rc = store_open(&so, &copy.store, &err);
	proving(rc == RC_OK ? copy.store : NULL);
	arena_init(&copy.arena);
	if (rc == RC_OK) {
		rc = app_upgrade(&copy, &err);
		if (rc == RC_OK) {
			db_bind(&cx, copy.store);
			rc = count_anew(&cx, path, live, sums);
			live_cx->err = cx.err;
			db_end(&cx);
		}
		proving(NULL);
		store_close(copy.store);
	}
	if (err != NULL && live_cx->err.rc == RC_OK)
		rc = fail(live_cx, rc, "%s", err);
	arena_done(&copy.arena);
	for (i = 0; i < ARRAY_LEN(ends); i++)
		unlink(arena_printf(live_cx->arena, "%s%s", url, ends[i]));
	return rc;
}

/* A backup and its proof in one: RC_INVALID with a text when the copy counts otherwise. `scratch` is a
 * folder for the throw-away database. */
static int
backup_with_proof(
    struct app *a, struct ctx *cx, const char *path, const char *scratch, struct backup_sums *sums)
{
	struct json live;
	int rc = backup_write(cx, path, a->paths.files, BACKUP_QUICK, sums);

	if (rc == RC_OK)
		rc = all_figures(cx, &live); /* the same snapshot still */
	db_end(cx);
	return rc == RC_OK ? prove(cx, path, scratch, &live, sums) : rc;
}

/* ---- one run ---- */

static const char *
folder(struct app *a, struct arena *arena)
{
	const char *dir = arena_printf(arena, "%s.backups", a->paths.base);

	return mkdir(dir, 0700) == 0 || errno == EEXIST ? dir : NULL;
}

static int
kept(struct ctx *cx, int *out)
{
	const char *text;
	int64_t n;

	TRY(setting_get(cx, "backup_keep", &text));
	*out = *text != '\0' && num_parse(text, &n) ? (int)n : KEEP;
	return RC_OK;
}

static int
clear_old(struct ctx *cx, const char *dir)
{
	struct backup_run *old;
	size_t n, i;
	int keep;

	TRY(kept(cx, &keep));
	TRY(backup_outdated(cx, keep > 0 ? keep : 1, &old, &n));
	db_end(cx);
	for (i = 0; i < n; i++)
		if (unlink(arena_printf(cx->arena, "%s/%s", dir, old[i].file)) == 0 ||
		    errno == ENOENT)
			TRY(backup_gone(cx, old[i].id));
	return RC_OK;
}

/* The program is being ended: not a failure, it is begun anew at the next start. */
static int
broken_off(struct ctx *cx, int64_t id, const char *path)
{
	err_clear(cx);
	db_end(cx);
	if (unlink(path) != 0 && errno != ENOENT)
		log_line(LOG_WARN, "the unfinished backup stays: %m");
	log_line(LOG_INFO, "backup %lld: broken off by the end", (long long)id);
	return backup_again(cx, id);
}

int
nightly_once(struct app *a, bool *did)
{
	struct arena arena;
	struct ctx cx;
	struct backup_sums sums = { 0 };
	const char *dir, *path, *why = NULL;
	int64_t id;
	int rc, day, h, m, s;

	*did = false;
	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	rc = backup_take(&cx, true, &id); /* only the process that leads comes here */
	if (rc == RC_OK && id != 0) {
		*did = true;
		nightly.id = id;
		nightly.cancelled = false;
		moment_parts(cx.now, &day, &h, &m, &s);
		path = arena_printf(
		    &arena, "%s.backups/%08d-%lld.shanyraq", a->paths.base, day, (long long)id);
		dir = folder(a, &arena);
		rc = dir != NULL ? backup_with_proof(a, &cx, path, dir, &sums)
				 : fail(&cx, RC_STORAGE, N_("The backup cannot be written: %s."),
				       strerror(errno));
		if (rc != RC_OK && (nightly.stop || a->stopping)) {
			rc = broken_off(&cx, id, path);
			arena_done(&arena);
			return rc;
		}
		if (rc != RC_OK)
			why = nightly.cancelled	    ? "cancelled"
			      : cx.err.text == NULL ? "?"
						    : cx.err.text;
		if (nightly.cancelled && rc != RC_OK && unlink(path) == 0)
			sums.bytes = 0;
		log_line(why == NULL ? LOG_INFO : LOG_ERR, "backup %lld: %s", (long long)id,
		    why == NULL ? "proved" : why);
		err_clear(&cx);
		nightly.id = 0;
		cx.now = clock_now();
		rc = backup_done(
		    &cx, id, sums.bytes > 0 ? strrchr(path, '/') + 1 : NULL, &sums, why);
		if (rc == RC_OK && why == NULL)
			rc = clear_old(&cx, dir);
	}
	db_end(&cx);
	arena_done(&arena);
	return rc;
}

void
nightly_look(struct app *a)
{
	struct arena arena;
	struct ctx cx;
	int64_t id = nightly.id;
	bool yes = false;

	if (id == 0)
		return;
	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	if (backup_cancelled(&cx, id, &yes) != RC_OK)
		yes = false;
	db_end(&cx);
	arena_done(&arena);
	if (!yes || nightly.id != id)
		return;
	nightly.cancelled = true;
	pthread_mutex_lock(&nightly.lock);
	if (nightly.proving != NULL)
		store_interrupt(nightly.proving);
	pthread_mutex_unlock(&nightly.lock);
}

/* ---- the thread ---- */

static void
ask_for_the_night(struct app *a)
{
	struct arena arena;
	struct ctx cx;
	int day, h, m, s, keep;

	arena_init(&arena);
	app_ctx(a, &cx, &arena);
	moment_parts(cx.now, &day, &h, &m, &s);
	if (h >= NIGHT_HOUR &&
	    (kept(&cx, &keep) != RC_OK || (keep > 0 && backup_ask_night(&cx, day) != RC_OK)))
		log_line(LOG_ERR, "the night's backup could not be asked for: %s",
		    cx.err.text == NULL ? "" : cx.err.text);
	db_end(&cx);
	arena_done(&arena);
}

static void *
run(void *arg)
{
	struct app *a = arg;
	unsigned tick = 1;
	bool did;

	/* On Linux a thread has a niceness of its own: whoever waits for a page goes first. */
	setpriority(PRIO_PROCESS, (id_t)gettid(), 10);
	for (; !nightly.stop; tick++, usleep(100 * 1000)) {
		if (tick % LOOK_EVERY != 0 || !store_leads(a->store))
			continue;
		if (tick >= NIGHT_AFTER && tick % NIGHT_AFTER == 0)
			ask_for_the_night(a);
		if (nightly_once(a, &did) != RC_OK)
			log_line(LOG_ERR, "the backup's outcome could not be noted");
	}
	return NULL;
}

void
nightly_start(struct app *a)
{
	nightly.stop = false;
	if (pthread_create(&nightly.thread, NULL, run, a) != 0)
		die("no thread for the backups");
	nightly.running = true;
}

void
nightly_stop(void)
{
	if (!nightly.running)
		return;
	nightly.stop = true;
	pthread_mutex_lock(&nightly.lock);
	if (nightly.proving != NULL)
		store_interrupt(nightly.proving);
	pthread_mutex_unlock(&nightly.lock);
	pthread_join(nightly.thread, NULL);
	nightly.running = false;
}

/* life.c – from the first listening to the last answer.
 *
 * The end: SIGTERM or SIGINT closes the listener first, so that a proxy goes elsewhere; requests that
 * run are answered, for at most stop-seconds; a backup that is being proved is broken off and waits for
 * the next start; the jobs end their round; the writer commits what was asked for before the database
 * closes. A second signal ends the program at once. RULE server-4 */
#include "app/app.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "app/config.h"
#include "app/tls.h"
#include "app/import_job.h"
#include "app/mailer.h"
#include "app/work_runner.h"
#include "app/metrics.h"
#include "app/nightly.h"
#include "app/notify.h"
#include "app/poller.h"
#include "base/log.h"
#include "core/picture_run.h"
#include "mod/signup/signup.h"

static void
say_where(struct app *a, const struct serving *s)
{
	char at[300];

	if (strncmp(s->listen, "unix:", 5) == 0)
		snprintf(at, sizeof at, "shanyraq listens on %s", s->listen);
	else
		snprintf(at, sizeof at, "shanyraq listens on http%s://%.*s:%d/%s",
		    s->tls ? "s" : "", (int)(strrchr(s->listen, ':') - s->listen), s->listen,
		    http_port(a->http), a->tls == NULL ? "" : tls_where(a->tls, &a->arena));
	if (s->log == LOG_FORM_JSON)
		log_line(LOG_INFO, "%s", at);
	else
		fprintf(stderr, "%s%s%s\n", at, s->base_url == NULL ? "" : ", address ",
		    s->base_url == NULL ? "" : s->base_url);
}

static void
wait_for_signal(const sigset_t *set)
{
	int sig;

	while (sigwait(set, &sig) != 0)
		;
	/* Whoever asks twice does not want to wait. */
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	pthread_sigmask(SIG_UNBLOCK, set, NULL);
}

static void
stop(struct app *a)
{
	a->stopping = true;
	notify("STOPPING=1");
	tls_stop(a);
	http_stop(a->http, a->serving_as->stop_seconds);
	store_interrupt(a->store); /* nobody reads any more but the backup */
	import_job_stop();
	mailer_stop();
	poller_stop();
	nightly_stop();
	work_runner_stop();
	jobs_stop();
}

static void
parts_free(struct app *a)
{
	cache_free(a->cache);
	a->cache = NULL;
	tls_done(a);
	metrics_free(a->metrics);
	a->metrics = NULL;
	rates_free(a->rates);
	a->rates = NULL;
	serve_done();
}

static int
begin(struct app *a, const struct serving *s, const char **err)
{
	struct http_options o = { .listen = s->listen,
		.socket_mode = s->socket_mode,
		.trust = &s->trust,
		.base = s->base_url,
		.https = s->base_url != NULL && strncmp(s->base_url, "https:", 6) == 0,
		.user = a };

	serve_hooks(&o);
	signup_home_set(s->base_url);
	/* As many as the store has connections to read with: more would only wait for one. */
	o.readers = store_engine(a->store) == DB_SQLITE ? 4 : 16;
	a->serving_as = s;
	a->cache = cache_make((size_t)8 << 20);
	a->metrics = metrics_make();
	a->rates = s->limits ? rates_make() : NULL;
	a->log_requests = !s->quiet;
	log_plain_json = s->log == LOG_FORM_JSON;
	TRY(jobs_once(a));
	/* The port before the jobs: their thread must not outlive a start that failed. */
	picture_helper_set("/proc/self/exe");
	return s->tls ? tls_serve(a, s, &o, err) : http_start(&o, &a->http, err);
}

static sigset_t
ends(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	return set;
}

void
serve_hold_signals(void)
{
	sigset_t set = ends();

	signal(SIGPIPE, SIG_IGN);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int
serve(struct app *a, const struct serving *s, const char **err)
{
	sigset_t set = ends();
	int rc;

	TRY(serve_init(a, err));
	rc = begin(a, s, err);
	if (rc == RC_OK) {
		jobs_start(a);
		nightly_start(a);
		mailer_start(a);
		poller_start(a);
		import_job_start(a);
		work_runner_start(a);
		say_where(a, s);
		notify("READY=1");
		wait_for_signal(&set);
		stop(a);
	}
	parts_free(a);
	return rc;
}

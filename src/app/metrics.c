/* metrics.c – see metrics.h. */
#include "app/metrics.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "core/backup_run.h"

/* Upper ends of the buckets in µs; the last is infinity. */
static const int64_t edges[] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000,
	1000000, 2500000, 10000000 };
enum { EDGES = ARRAY_LEN(edges), CLASSES = 6 };

static const char *const job_names[] = { "sums", "people", "seal", "answers", "sessions", "day",
	"backup", "works" };
enum { JOBS = ARRAY_LEN(job_names) };

struct metrics {
	int64_t started; /* real time, µs */
	struct {
		_Atomic uint64_t status[CLASSES], under[EDGES + 1], us;
	} door[DOOR_COUNT];
	_Atomic uint64_t hits, misses;
	struct {
		_Atomic uint64_t runs, failures;
		_Atomic int64_t good;
	} job[JOBS];
};

struct metrics *
metrics_make(void)
{
	struct metrics *m = calloc(1, sizeof *m);

	if (m == NULL)
		die("out of memory (metrics)");
	m->started = clock_now();
	return m;
}

void
metrics_free(struct metrics *m)
{
	free(m);
}

static void
add(_Atomic uint64_t *n, uint64_t by)
{
	atomic_fetch_add_explicit(n, by, memory_order_relaxed);
}

void
metrics_request(struct metrics *m, enum door d, int status, int64_t us)
{
	int i = 0, class = status / 100;

	if (m == NULL)
		return;
	while (i < EDGES && us > edges[i])
		i++;
	add(&m->door[d].under[i], 1);
	add(&m->door[d].us, us < 0 ? 0 : (uint64_t)us);
	add(&m->door[d].status[class > 0 && class < CLASSES ? class : 0], 1);
}

void
metrics_cache(struct metrics *m, bool hit)
{
	if (m != NULL)
		add(hit ? &m->hits : &m->misses, 1);
}

void
metrics_job(struct metrics *m, const char *job, int rc, int64_t now)
{
	int i;

	for (i = 0; m != NULL && i < JOBS; i++)
		if (strcmp(job_names[i], job) == 0) {
			add(&m->job[i].runs, 1);
			if (rc != RC_OK)
				add(&m->job[i].failures, 1);
			else
				m->job[i].good = now;
		}
}

/* ---- the text ---- */

static void
head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_printf(b, "# HELP shanyraq_%s %s\n# TYPE shanyraq_%s %s\n", name, help, name, type);
}

static void
one(struct buf *b, const char *name, const char *type, const char *help, double v)
{
	head(b, name, type, help);
	buf_printf(b, "shanyraq_%s %.15g\n", name, v);
}

static void
requests(const struct metrics *m, struct buf *b)
{
	static const char *const class[] = { "other", "1xx", "2xx", "3xx", "4xx", "5xx" };
	uint64_t sum;
	int d, i;

	head(b, "requests_total", "counter", "Answers by kind of door and class of status.");
	for (d = 0; d < DOOR_COUNT; d++)
		for (i = 0; i < CLASSES; i++)
			if (i == 2 || m->door[d].status[i] > 0)
				buf_printf(b,
				    "shanyraq_requests_total{door=\"%s\",status=\"%s\"} %llu\n",
				    door_name(d), class[i],
				    (unsigned long long)m -> door[d].status[i]);
	head(b, "request_seconds", "histogram", "From the head of a request to its answer.");
	for (d = 0; d < DOOR_COUNT; d++) {
		for (i = 0, sum = 0; i < EDGES; i++) {
			sum += m->door[d].under[i];
			buf_printf(b,
			    "shanyraq_request_seconds_bucket{door=\"%s\",le=\"%g\"} %llu\n",
			    door_name(d), (double)edges[i] / 1e6, (unsigned long long)sum);
		}
		sum += m->door[d].under[EDGES];
		buf_printf(b,
		    "shanyraq_request_seconds_bucket{door=\"%s\",le=\"+Inf\"} %llu\n"
		    "shanyraq_request_seconds_sum{door=\"%s\"} %.15g\n"
		    "shanyraq_request_seconds_count{door=\"%s\"} %llu\n",
		    door_name(d), (unsigned long long)sum, door_name(d),
		    (double)m->door[d].us / 1e6, door_name(d), (unsigned long long)sum);
	}
}

static void
wire(const struct app *a, struct buf *b)
{
	struct http_load l = { 0 };
	int d;

	if (a->http != NULL)
		http_load(a->http, &l);
	one(b, "connections", "gauge", "Open connections.", l.connections);
	one(b, "requests_running", "gauge", "Requests between head and last byte.", l.busy);
	one(b, "requests_waiting", "gauge", "Requests that wait for a worker.", l.waiting);
	if (a->rates == NULL)
		return;
	head(b, "rate_refusals_total", "counter",
	    "Requests answered 429 by the rate of their door.");
	for (d = 0; d < DOOR_COUNT; d++)
		buf_printf(b, "shanyraq_rate_refusals_total{door=\"%s\"} %llu\n", door_name(d),
		    (unsigned long long)rates_refused(a->rates, d));
}

static void
store(struct app *a, struct buf *b)
{
	struct store_load l;

	store_load(a->store, &l);
	one(b, "db_writes_total", "counter", "Writes asked for.", (double)l.writes);
	one(b, "db_writes_waiting", "gauge", "Writes before the writer (SQLite).", l.waiting);
	one(b, "db_slow_writes_total", "counter", "Write functions over 50 ms.", (double)l.slow);
	one(b, "db_connections", "gauge", "Open connections of the pool.", l.open);
	one(b, "db_connections_in_use", "gauge", "Connections lent out now.", l.in_use);
}

static void
jobs(const struct metrics *m, struct buf *b)
{
	int i;

	head(b, "job_runs_total", "counter", "Runs of the house's own jobs.");
	for (i = 0; i < JOBS; i++)
		buf_printf(b, "shanyraq_job_runs_total{job=\"%s\"} %llu\n", job_names[i],
		    (unsigned long long)m->job[i].runs);
	head(b, "job_failures_total", "counter", "Runs that failed; each is tried again.");
	for (i = 0; i < JOBS; i++)
		buf_printf(b, "shanyraq_job_failures_total{job=\"%s\"} %llu\n", job_names[i],
		    (unsigned long long)m->job[i].failures);
	head(b, "job_last_success_timestamp_seconds", "gauge", "0 = not yet.");
	for (i = 0; i < JOBS; i++)
		buf_printf(b, "shanyraq_job_last_success_timestamp_seconds{job=\"%s\"} %lld\n",
		    job_names[i], (long long)(m->job[i].good / US_PER_SECOND));
}

static int
records(struct ctx *cx, struct buf *b)
{
	struct backup_run run = { 0 };
	int64_t rows, sealed;
	int rc = backup_last_proved(cx, &run);

	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	err_clear(cx);
	one(b, "backup_last_proved_timestamp_seconds", "gauge",
	    "End of the last proved backup; 0 = none.", (double)(run.ended_at / US_PER_SECOND));
	one(b, "backup_last_proved_age_seconds", "gauge", "-1 = there is none.",
	    rc == RC_OK ? (double)((cx->now - run.ended_at) / US_PER_SECOND) : -1);
	TRY(db_int(cx, &rows, "SELECT coalesce(max(id), 0) FROM audit", NO_VALS));
	TRY(db_int(cx, &sealed, "SELECT coalesce(max(upto_id), 0) FROM audit_seal", NO_VALS));
	one(b, "audit_last_row", "counter", "Number of the newest line of the audit.",
	    (double)rows);
	one(b, "audit_unsealed_rows", "gauge", "Lines behind the last seal.",
	    (double)(rows - sealed));
	return RC_OK;
}

/* Resident memory of this process, from the second number of /proc/self/statm. */
static double
resident(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	long long all, pages = 0;

	if (f == NULL)
		return 0;
	if (fscanf(f, "%lld %lld", &all, &pages) != 2)
		pages = 0;
	fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

int
metrics_text(struct ctx *cx, struct app *a, struct buf *out)
{
	const struct metrics *m = a->metrics;
	int64_t now = clock_now();

	head(out, "build_info", "gauge", "The program and its engine.");
	buf_printf(out, "shanyraq_build_info{schema=\"%d\",engine=\"%s\"} 1\n", app_schema(),
	    store_engine(a->store) == DB_PG ? "postgresql" : "sqlite");
	one(out, "up_seconds", "gauge", "Since the start.",
	    m == NULL ? 0 : (double)((now - m->started) / US_PER_SECOND));
	one(out, "bugs_total", "counter", "Programming errors seen at run time.", bug_count);
	one(out, "resident_memory_bytes", "gauge", "Memory of the process.", resident());
	if (m != NULL) {
		requests(m, out);
		one(out, "page_cache_hits_total", "counter", "Guests' pages from the cache.",
		    (double)m->hits);
		one(out, "page_cache_misses_total", "counter", "Guests' pages that were drawn.",
		    (double)m->misses);
		one(out, "page_cache_bytes", "gauge", "What the cache holds.",
		    a->cache == NULL ? 0 : (double)cache_bytes(a->cache));
		jobs(m, out);
	}
	wire(a, out);
	store(a, out);
	return records(cx, out);
}

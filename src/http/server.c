/* server.c – start and stop, and the life of one request between libmicrohttpd and the app.
 *
 * The library calls us: when a connection opens or closes, when a request line is in (the only
 * moment at which the raw target can be had), when the head is complete (first call of the handler),
 * for each piece of the body, once more at the end, and when the request is over. Three of its ways
 * shape this file. A response queued in the first call closes the connection, so only refusals
 * are answered there and GET, too, waits for the second call. A request's object may be given
 * back only when it reports completion. And at the stop every suspended connection must have been
 * resumed, or it aborts. */
#include "http/inner.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/log.h"
#include "http/forward.h"

/* GnuTLS's own choice without what telephones of the last ten years do not need. */
#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA"

enum { FREE_JOBS = 256, SPARE_CONNS = 64 };

struct job *
job_take(struct http *h)
{
	struct job *j;

	pthread_mutex_lock(&h->free_lock);
	j = h->free;
	if (j != NULL) {
		h->free = j->next;
		h->nfree--;
	}
	pthread_mutex_unlock(&h->free_lock);
	if (j == NULL) {
		j = calloc(1, sizeof *j);
		if (j == NULL)
			die("out of memory (request)");
		arena_init(&j->rq.arena);
		j->body.fd = -1;
		j->h = h;
	}
	return j;
}

/* Everything but the arena and the arrays, whose counts say how much of them is valid. */
static void
job_wipe(struct job *j)
{
	struct req *rq = &j->rq;

	rq->target = rq->query_raw = rq->body = (struct slice){ 0 };
	rq->path = rq->peer = NULL;
	rq->nhead = rq->nparam = rq->res.nhead = rq->res.status = 0;
	rq->query = rq->form = (struct pairs){ 0 };
	rq->parts = (struct parts){ 0 };
	rq->query_done = rq->form_done = rq->local_socket = rq->https = rq->forwarded = false;
	rq->res.type = rq->res.file = NULL;
	rq->res.body = (struct slice){ 0 };
	rq->res.pin = NULL;
	rq->res.unpin = NULL;
	rq->cx = NULL;
	rq->user = NULL;
	j->stage = STAGE_HEAD;
	j->close = j->quick = j->overflow = j->gone = false;
}

void
job_give(struct job *j)
{
	struct http *h = j->h;

	if (j->rq.res.unpin != NULL)
		j->rq.res.unpin(j->rq.res.pin);
	if (j->body.any)
		body_done(j);
	arena_reset(&j->rq.arena, ARENA_KEEP);
	job_wipe(j);
	pthread_mutex_lock(&h->free_lock);
	if (h->nfree < FREE_JOBS) {
		j->next = h->free;
		h->free = j;
		h->nfree++;
		j = NULL;
	}
	pthread_mutex_unlock(&h->free_lock);
	if (j != NULL) {
		arena_done(&j->rq.arena);
		free(j);
	}
}

static void
deadline(struct job *j, int64_t seconds)
{
	if (j->conn != NULL)
		atomic_store_explicit(&j->conn->deadline,
		    seconds == 0 ? 0 : clock_coarse_us() + seconds * 1000000, memory_order_relaxed);
}

/* A body of unknown length earns its time by arriving. */
static void
deadline_chunked(struct job *j)
{
	int64_t us =
	    (int64_t)j->h->o.body_seconds * 1000000 + (int64_t)(j->body.got / 16384) * 1000000;

	if (j->conn != NULL)
		atomic_store_explicit(&j->conn->deadline, j->rq.started + us, memory_order_relaxed);
}

static void
peer_name(struct conn *c, const struct sockaddr *sa)
{
	const void *a = NULL;

	if (sa != NULL && sa->sa_family == AF_INET)
		a = &((const struct sockaddr_in *)sa)->sin_addr;
	else if (sa != NULL && sa->sa_family == AF_INET6)
		a = &((const struct sockaddr_in6 *)sa)->sin6_addr;
	if (a == NULL || inet_ntop(sa->sa_family, a, c->peer, sizeof c->peer) == NULL)
		memcpy(c->peer, "unix", sizeof "unix");
}

static void
on_connection(
    void *cls, struct MHD_Connection *mc, void **ctx, enum MHD_ConnectionNotificationCode code)
{
	struct http *h = cls;
	const union MHD_ConnectionInfo *info;
	struct conn *c;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*ctx != NULL)
			conns_remove(&h->conns, *ctx);
		*ctx = NULL;
		return;
	}
	info = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CONNECTION_FD);
	c = info == NULL ? NULL
			 : conns_add(&h->conns, info->connect_fd,
			       clock_us() + (int64_t)h->o.head_seconds * 1000000);
	if (c != NULL) {
		info = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
		c->local = h->local;
		peer_name(c, info == NULL || h->local ? NULL : info->client_addr);
	}
	*ctx = c;
}

/* The request line is in; the target is not yet decoded or cut. */
static void *
on_target(void *cls, const char *uri, struct MHD_Connection *mc)
{
	struct http *h = cls;
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(mc, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct job *j = job_take(h);
	struct req *rq = &j->rq;
	size_t n = uri == NULL ? 0 : strlen(uri);

	j->mhd = mc;
	j->conn = info == NULL ? NULL : info->socket_context;
	rq->impl = j;
	rq->id = atomic_fetch_add_explicit(&h->next_id, 1, memory_order_relaxed) + 1;
	rq->started = clock_us();
	rq->base = h->o.base;
	rq->https = h->o.https || h->o.tls_chain != NULL;
	rq->path = "/";
	rq->target = (struct slice){ arena_strn(&rq->arena, n == 0 ? "" : uri, n), n };
	if (j->conn != NULL) {
		rq->local_socket = j->conn->local;
		rq->peer = j->conn->peer;
		if (!j->conn->first) /* the first one's clock runs since the connection opened */
			deadline(j, h->o.head_seconds);
		j->conn->first = false;
	} else
		rq->peer = "";
	return j;
}

static enum MHD_Result
on_header(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct job *j = cls;

	(void)kind;
	if (j->rq.nhead == REQ_HEADERS) {
		j->overflow = true;
		return MHD_NO;
	}
	j->rq.head[j->rq.nhead++] = (struct header){ name, value == NULL ? "" : value };
	return MHD_YES;
}

/* Answer in the first call: the library then sends it and closes the connection. */
static enum MHD_Result
refuse_now(struct job *j, int status)
{
	res_refuse(j, status);
	j->close = true;
	j->stage = STAGE_ANSWERED;
	return respond(j);
}

static int
check_head(struct job *j, const char *method, const char *version, struct guard_out *g)
{
	struct req *rq = &j->rq;
	struct guard_in in = { .method = method,
		.version = version,
		.target = rq->target,
		.head_limit = j->h->o.head_limit };
	const union MHD_ConnectionInfo *size;
	const char *mark;
	size_t n;

	MHD_get_connection_values(j->mhd, MHD_HEADER_KIND, on_header, j);
	in.head = rq->head;
	in.nhead = rq->nhead;
	in.overflow = j->overflow;
	rq->method = guard_method(method);
	guard_check(&in, g);
	if (g->status == 0 && j->h->lenient) {
		size = MHD_get_connection_info(j->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
		if (size == NULL || !guard_contiguous(&in, method, size->header_size)) {
			g->status = 400;
			g->why = "folded line, bare LF or NUL";
		}
	}
	if (g->status != 0)
		return g->status;
	forward_apply(rq, j->h->o.trust, j->h->o.https || j->h->o.tls_chain != NULL);
	mark = memchr(rq->target.p, '?', rq->target.n);
	n = mark == NULL ? rq->target.n : (size_t)(mark - rq->target.p);
	if (mark != NULL)
		rq->query_raw = (struct slice){ mark + 1, rq->target.n - n - 1 };
	if (url_decode_path(&rq->arena, (struct slice){ rq->target.p, n }, &rq->path) != RC_OK) {
		rq->path = "/";
		return 400;
	}
	return 0;
}

static enum MHD_Result
first_call(struct job *j, const char *method, const char *version)
{
	struct http *h = j->h;
	struct guard_out g;
	bool body;
	uint64_t limit;
	int status;

	if (j->conn != NULL)
		atomic_store_explicit(&j->conn->busy, true, memory_order_relaxed);
	status = check_head(j, method, version, &g);
	if (status != 0)
		return refuse_now(j, status);
	body = g.chunked || g.length > 0;
	j->stage = STAGE_BODY;
	if (h->o.before_body != NULL && h->o.before_body(h->o.user, &j->rq)) {
		j->stage = STAGE_ANSWERED;
		j->close = body;
		return body ? respond(j) : MHD_YES;
	}
	if (!body) {
		deadline(j, 0);
		return MHD_YES;
	}
	limit = h->o.body_limit == NULL ? 0 : h->o.body_limit(h->o.user, &j->rq);
	if (g.length > limit || limit == 0)
		return refuse_now(j, 413);
	body_begin(j, g.length, limit);
	deadline(j, h->o.body_seconds + (int64_t)(g.length / 16384));
	return MHD_YES;
}

/* Header strings belong to the library; a worker gets copies of its own. */
static void
copy_headers(struct req *rq)
{
	int i;

	for (i = 0; i < rq->nhead; i++) {
		rq->head[i].name = arena_str(&rq->arena, rq->head[i].name);
		rq->head[i].value = arena_str(&rq->arena, rq->head[i].value);
	}
}

static enum MHD_Result
last_call(struct job *j)
{
	struct http *h = j->h;
	struct req *rq = &j->rq;

	if (j->body.any) {
		bool ok = !j->body.over && body_end(j);

		if (!ok) {
			j->close = true;
			res_refuse(j, j->body.over ? 413 : 503);
			return respond(j);
		}
	}
	deadline(j, 0);
	if (h->o.quick != NULL && h->o.quick(h->o.user, rq)) {
		j->quick = true;
		return respond(j);
	}
	copy_headers(rq);
	j->stage = STAGE_WORK;
	if (pool_put(h->pool, j))
		return MHD_YES;
	j->stage = STAGE_ANSWERED;
	res_refuse(j, 503);
	return respond(j);
}

static enum MHD_Result
on_call(void *cls, struct MHD_Connection *mc, const char *url, const char *method,
    const char *version, const char *data, size_t *size, void **ctx)
{
	struct job *j = *ctx;

	(void)cls;
	(void)mc;
	(void)url;
	if (j == NULL)
		return MHD_NO;
	switch (j->stage) {
	case STAGE_HEAD:
		return first_call(j, method, version);
	case STAGE_BODY:
		if (*size > 0) {
			bool go_on = body_take(j, data, *size);

			if (j->body.announced == 0) /* chunked: the clock follows what came */
				deadline_chunked(j);
			*size = 0;
			return go_on ? MHD_YES : MHD_NO;
		}
		return last_call(j);
	case STAGE_WORK:
		if (j->gone)
			return MHD_NO;
		if (j->rq.res.status == 0) {
			BUG("no answer to %s", j->rq.path);
			res_refuse(j, 500);
		}
		return respond(j);
	default:
		*size = 0;
		return respond(j);
	}
}

static void
on_completed(void *cls, struct MHD_Connection *mc, void **ctx, enum MHD_RequestTerminationCode why)
{
	struct job *j = *ctx;
	struct http *h = cls;

	(void)mc;
	(void)why;
	*ctx = NULL;
	if (j == NULL)
		return;
	if (j->conn != NULL) {
		atomic_store_explicit(&j->conn->busy, false, memory_order_relaxed);
		deadline(j, h->o.idle_seconds);
	}
	if (!j->gone)
		job_give(j);
}

static void
fill_defaults(struct http_options *o)
{
	static const struct trust nobody = { .n = 0 };
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (o->trust == NULL)
		o->trust = &nobody;
	if (o->epoll_threads <= 0)
		o->epoll_threads = cores < 1 ? 1 : (int)cores;
	if (o->workers <= 0)
		o->workers = 64;
	if (o->queue <= 0)
		o->queue = 512;
	if (o->max_connections <= 0)
		o->max_connections = 2000;
	if (o->head_limit == 0)
		o->head_limit = 16 * 1024;
	if (o->head_seconds <= 0)
		o->head_seconds = 10;
	if (o->body_seconds <= 0)
		o->body_seconds = 20;
	if (o->idle_seconds <= 0)
		o->idle_seconds = 60;
}

static struct MHD_Daemon *
daemon_start(struct http *h)
{
	struct MHD_OptionItem opt[16];
	int n = 0;

#define OPT(o, v, p) opt[n++] = (struct MHD_OptionItem){ o, (intptr_t)(v), p }
	OPT(MHD_OPTION_LISTEN_SOCKET, h->listen_fd, NULL);
	OPT(MHD_OPTION_CONNECTION_LIMIT, h->o.max_connections, NULL);
	OPT(MHD_OPTION_CONNECTION_TIMEOUT, 0, NULL); /* our reaper's business */
	/* Room for the head as it came in, its index and the answer's head. The library zeroes all of
	 * it after each request, so more than is needed is paid for every time. */
	OPT(MHD_OPTION_CONNECTION_MEMORY_LIMIT, h->o.head_limit + 4096, NULL);
	OPT(MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
	OPT(MHD_OPTION_NOTIFY_COMPLETED, on_completed, h);
	OPT(MHD_OPTION_NOTIFY_CONNECTION, on_connection, h);
	OPT(MHD_OPTION_URI_LOG_CALLBACK, on_target, h);
	if (h->o.epoll_threads > 1)
		OPT(MHD_OPTION_THREAD_POOL_SIZE, h->o.epoll_threads, NULL);
	if (h->o.tls_chain != NULL) {
		OPT(MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)h->o.tls_chain);
		OPT(MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)h->o.tls_key);
		OPT(MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES);
	}
	OPT(MHD_OPTION_END, 0, NULL);
#undef OPT
	return MHD_start_daemon(
	    (h->o.tls_chain != NULL ? MHD_USE_TLS : 0) | MHD_USE_EPOLL_INTERNAL_THREAD |
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO,
	    0, NULL, NULL, on_call, h, MHD_OPTION_ARRAY, opt, MHD_OPTION_END);
}

static void
http_free(struct http *h)
{
	struct job *j, *next;

	for (j = h->free; j != NULL; j = next) {
		next = j->next;
		arena_done(&j->rq.arena);
		free(j);
	}
	if (h->listen_fd >= 0)
		close(h->listen_fd);
	if (h->unix_path[0] != '\0')
		unlink(h->unix_path);
	respond_free(h->respond);
	pthread_mutex_destroy(&h->free_lock);
	free(h);
}

static int
start_parts(struct http *h, const char **err)
{
	*err = "no memory or no threads for the server";
	h->respond = respond_new();
	if (h->respond == NULL)
		return RC_STORAGE;
	TRY(conns_start(&h->conns, h->o.max_connections + SPARE_CONNS));
	TRY(pool_start(h, &h->pool));
	h->daemon = daemon_start(h);
	if (h->daemon == NULL) {
		*err = "the HTTP library did not start";
		return RC_STORAGE;
	}
	*err = NULL;
	return RC_OK;
}

int
http_start(const struct http_options *o, struct http **out, const char **err)
{
	struct http *h = calloc(1, sizeof *h);
	sigset_t all, old;
	int rc;

	*err = "out of memory";
	if (h == NULL)
		return RC_STORAGE;
	h->o = *o;
	h->listen_fd = -1;
	fill_defaults(&h->o);
	h->lenient = strncmp(MHD_get_version(), "0.", 2) == 0;
	pthread_mutex_init(&h->free_lock, NULL);
	rc = listen_open(o->listen, o->socket_mode, &h->local, &h->listen_fd, err);
	if (rc != RC_OK) {
		http_free(h);
		return rc;
	}
	if (h->local)
		snprintf(h->unix_path, sizeof h->unix_path, "%s", o->listen + 5);
	h->port = h->local ? 0 : listen_port(h->listen_fd);
	/* Signals are the main thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = start_parts(h, err);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (rc != RC_OK) {
		if (h->pool != NULL)
			pool_stop(h->pool);
		conns_stop(&h->conns);
		http_free(h);
		return rc;
	}
	*out = h;
	return RC_OK;
}

void
http_load(struct http *h, struct http_load *out)
{
	*out = (struct http_load){ .connections = conns_count(&h->conns, false),
		.busy = conns_count(&h->conns, true),
		.waiting = pool_waiting(h->pool) };
}

int
http_port(const struct http *h)
{
	return h->port;
}

/* Until no request is between head and last byte (or no connection is left), or time is over. */
static void
wait_until(struct http *h, bool no_connection, int64_t us)
{
	int64_t end = clock_us() + us;

	while (conns_count(&h->conns, !no_connection) > 0 && clock_us() < end)
		usleep(2000);
}

void
http_stop(struct http *h, int seconds)
{
	int fd, left;

	atomic_store_explicit(&h->stopping, true, memory_order_relaxed);
	fd = MHD_quiesce_daemon(h->daemon);
	if (fd >= 0)
		shutdown(fd, SHUT_RDWR); /* refuse at once; closed after the library has stopped */
	if (h->unix_path[0] != '\0')
		unlink(h->unix_path);
	h->unix_path[0] = '\0';
	conns_close(&h->conns, CLOSING_IDLE);
	wait_until(h, false, (int64_t)seconds * 1000000);
	left = pool_close(h->pool);
	wait_until(h, false, left > 0 ? 200000 : 1000000);
	/* 0.9.75 crashes when a malformed head arrives while it stops: leave it nothing to read. */
	conns_close(&h->conns, CLOSING_ALL);
	wait_until(h, true, 2000000);
	MHD_stop_daemon(h->daemon);
	conns_stop(&h->conns);
	pool_stop(h->pool);
	if (left > 0) {
		/* Their threads still hold requests of this server: its memory stays. */
		log_line(LOG_WARN, "%d requests were still running at the stop", left);
		close(h->listen_fd);
		return;
	}
	http_free(h);
}

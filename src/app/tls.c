/* tls.c – two servers of one program, see tls.h.
 *
 * The plain one has the hooks of the other in its back and asks one question before them: is this one of the
 * few addresses that must open without TLS? If not, the answer is the same address over HTTPS, found from the
 * Host that the reader typed, so that it works under every name and address of the machine. 307 keeps the
 * method; nothing is cached, since tomorrow the house may be served otherwise. */
#include "app/tls.h"

#include <stdio.h>

#include "app/config.h"
#include "base/log.h"

struct tls {
	struct app *app;
	struct identity identity;
	struct http_options inner;
	struct http *plain;
};

static bool
is_open(const char *path)
{
	static const char *const open[] = { "/tls", "/tls/authority.crt", "/healthz", "/readyz",
		"/metrics" };
	size_t i, n = strlen(path);

	for (i = 0; i < ARRAY_LEN(open); i++)
		if (strcmp(path, open[i]) == 0)
			return true;
	/* "/kk/tls": the page in a language. */
	if (n > 4 && n < 16 && strcmp(path + n - 4, "/tls") == 0 &&
	    memchr(path + 1, '/', n - 5) == NULL)
		return true;
	return strncmp(path, "/static/", 8) == 0 || strncmp(path, "/logo/", 6) == 0;
}

/* What was typed, without its port; brackets of IPv6 stay. */
static size_t
host_length(const char *host)
{
	const char *end = *host == '[' ? strchr(host, ']') : NULL;

	return end != NULL ? (size_t)(end - host) + 1 : strcspn(host, ":");
}

static void
lead_on(const struct tls *t, struct req *rq)
{
	const char *host = req_header(rq, "Host");
	char port[8] = "";

	if (host == NULL || *host == '\0')
		host = "localhost";
	if (tls_port(t) != 443)
		snprintf(port, sizeof port, ":%d", tls_port(t));
	rq->res.status = 307;
	rq->res.type = "text/plain; charset=utf-8";
	rq->res.body = (struct slice){ "HTTPS\n", 6 };
	res_header(rq, "Location",
	    arena_printf(&rq->arena, "https://%.*s%s%.*s", (int)host_length(host), host, port,
		(int)rq->target.n, rq->target.p));
}

static bool
plain_quick(void *user, struct req *rq)
{
	struct tls *t = user;

	if (is_open(rq->path))
		return t->inner.quick(t->inner.user, rq);
	lead_on(t, rq);
	return true;
}

static size_t
plain_body_limit(void *user, const struct req *rq)
{
	struct tls *t = user;

	return t->inner.body_limit(t->inner.user, rq);
}

/* Not a byte of a form travels openly because of us. */
static bool
plain_before_body(void *user, struct req *rq)
{
	if (rq->method == M_GET || rq->method == M_HEAD)
		return false;
	lead_on(user, rq);
	return true;
}

static void
plain_work(void *user, struct req *rq, int worker)
{
	struct tls *t = user;

	t->inner.work(t->inner.user, rq, worker);
}

static void
plain_refuse(void *user, struct req *rq, int status)
{
	struct tls *t = user;

	t->inner.refuse(t->inner.user, rq, status);
}

static int
plain_start(struct tls *t, const char *listen, const char **err)
{
	struct http_options o = t->inner;

	o.listen = listen;
	o.user = t;
	o.base = NULL;
	o.https = false;
	o.workers = 8;
	o.readers = 2;
	o.epoll_threads = 1;
	o.body_limit = plain_body_limit;
	o.before_body = plain_before_body;
	o.quick = plain_quick;
	o.work = plain_work;
	o.refuse = plain_refuse;
	return http_start(&o, &t->plain, err);
}

static void
say_made(const struct identity *id, const char *dir)
{
	if (id->new_authority)
		log_line(LOG_INFO,
		    "a new authority lies in %s, fingerprint %s: telephones need it, see /tls", dir,
		    id->fingerprint);
	if (id->new_server)
		log_line(LOG_INFO,
		    "a new certificate for %d names and %d addresses of this machine",
		    id->certified.nnames, id->certified.naddresses);
}

int
tls_serve(struct app *a, const struct serving *s, struct http_options *o, const char **err)
{
	struct tls *t = arena_new(&a->arena, struct tls);
	const char *dir = arena_printf(&a->arena, "%s.tls", a->paths.base), *plain = o->listen;
	struct machine here;
	int rc;

	machine_here(&a->arena, &here);
	TRY(authority_open(&a->arena, dir, &here, clock_now() / 1000000, &t->identity, err));
	say_made(&t->identity, dir);
	o->listen = arena_printf(
	    &a->arena, "%.*s:%d", (int)(strrchr(plain, ':') - plain), plain, s->tls_port);
	o->tls_chain = t->identity.chain;
	o->tls_key = t->identity.key;
	TRY(http_start(o, &a->http, err));
	o->tls_chain = o->tls_key = NULL;
	t->inner = *o;
	t->app = a;
	rc = plain_start(t, plain, err);
	if (rc != RC_OK) {
		http_stop(a->http, 0);
		return rc;
	}
	a->tls = t;
	return RC_OK;
}

void
tls_stop(struct app *a)
{
	if (a->tls != NULL && a->tls->plain != NULL)
		http_stop(a->tls->plain, 1);
	if (a->tls != NULL)
		a->tls->plain = NULL;
}

void
tls_done(struct app *a)
{
	a->tls = NULL;
}

const struct identity *
tls_identity(const struct tls *t)
{
	return &t->identity;
}

int
tls_plain_port(const struct tls *t)
{
	return t->plain == NULL ? 0 : http_port(t->plain);
}

int
tls_port(const struct tls *t)
{
	return http_port(t->app->http);
}

const char *
tls_where(const struct tls *t, struct arena *a)
{
	return arena_printf(a, " (plain HTTP on port %d leads there)", tls_plain_port(t));
}

/* health.c – what a machine asks a server: whether it lives, whether it may be sent people, and its
 * figures. No page shows these doors, and none of them says anything about a person. */
#include "app/health.h"

#include <sodium.h>
#include <strings.h>
#include <sys/statvfs.h>

#include "app/config.h"
#include "app/metrics.h"
#include "http/forward.h"

enum { FREE_MIN_MB = 64 };

static int
plain(struct view *v, int status, const char *text)
{
	v->rq->res.type = "text/plain; charset=utf-8";
	v->rq->res.status = status;
	v->rq->res.body = slice_str(text);
	return RC_OK;
}

static int
healthz(struct view *v)
{
	const char *err;

	v->rq->res.type = "text/plain; charset=utf-8";
	TRY(store_ping(db_store(v->cx), &err));
	return plain(v, 200, "ok\n");
}

/* NULL = ready; else why not, in a word that a machine can match. */
static const char *
not_ready(struct view *v)
{
	struct app *a = v->cx->app;
	struct statvfs fs;
	const char *err;
	int schema;

	if (a->stopping)
		return "stopping";
	if (store_ping(a->store, &err) != RC_OK)
		return "database";
	if (store_schema(a->store, &schema, &err) != RC_OK || schema != app_schema())
		return "schema";
	if (a->paths.files != NULL && statvfs(a->paths.files, &fs) == 0 &&
	    (double)fs.f_bavail * (double)fs.f_frsize < FREE_MIN_MB * 1e6)
		return "disk";
	return NULL;
}

static int
readyz(struct view *v)
{
	const char *why = not_ready(v);

	if (why == NULL)
		return plain(v, 200, "ready\n");
	return plain(v, 503, arena_printf(v->cx->arena, "not ready: %s\n", why));
}

static bool
may_see(const struct req *rq, const struct app *a)
{
	const char *h = req_header(rq, "Authorization"), *token;

	if (peer_is_near(rq))
		return true;
	token = a->serving_as == NULL ? NULL : a->serving_as->token;
	if (token == NULL || h == NULL || strncasecmp(h, "Bearer ", 7) != 0)
		return false;
	return strlen(h + 7) == strlen(token) && sodium_memcmp(h + 7, token, strlen(token)) == 0;
}

static int
metrics(struct view *v)
{
	struct buf out;

	if (!may_see(v->rq, v->cx->app))
		return fail(v->cx, RC_NOTFOUND, N_("There is no such page."));
	buf_init(&out, v->cx->arena, 0);
	TRY(metrics_text(v->cx, v->cx->app, &out));
	v->rq->res.type = "text/plain; version=0.0.4; charset=utf-8";
	v->rq->res.status = 200;
	v->rq->res.body = (struct slice){ out.p, out.n };
	return RC_OK;
}

const struct route health_routes[] = {
	{ M_GET, "/healthz", healthz, CAP_PUBLIC, ROUTE_BARE, N_("Health"),
	    N_("“ok” when the database answers.") },
	{ M_GET, "/readyz", readyz, CAP_PUBLIC, ROUTE_BARE, N_("Readiness"),
	    N_("“ready” when people may be sent here; else why not.") },
	{ M_GET, "/metrics", metrics, CAP_PUBLIC, ROUTE_BARE, N_("Figures of the server"),
	    N_("For Prometheus; from this machine, or with the token of metrics-token.") },
};
const size_t health_nroutes = ARRAY_LEN(health_routes);

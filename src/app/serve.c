/* serve.c – the life of one request, read from top to bottom.
 *
 *  1 a guest's page that is cached, or a static file, is answered in the epoll thread (quick)
 *  2 else a worker takes it: the context is filled, time stamped once
 *  3 the route is found; the language comes from the path
 *  4 who acts: API token, session cookie, or guest
 *  5 the gate: capability, same origin and CSRF token for every unsafe method – all from the route's
 *    row; no handler contains a login check
 *  6 the body is parsed (after the gate: a stranger's body is not looked at)
 *  7 the handler reads from its snapshot and writes through rules
 *  8 nothing is sent before it returned RC_OK, so an error never makes half a page
 *  9 the outcome becomes a status and, unless the handler drew, an error page
 * 10 one log line; the arena is forgotten */
#include "app/app.h"
#include "app/nightly.h"

#include <stdio.h>
#include <strings.h>

#include "app/metrics.h"
#include "app/rates.h"

#include "base/log.h"
#include "core/session.h"
#include "core/token.h"
#include "http/forward.h"
#include "ui/error.h"
#include "web/assets.h"

static struct {
	struct router *router;
	const struct route **route; /* by index of the router */
	size_t n;
} map;

static int64_t
look(const struct app *a)
{
	return (int64_t)a->dress << 32 | a->today;
}

static uint64_t
generation(struct app *a)
{
	return store_generation_any(a->store);
}

/* ---- routes ---- */

int
serve_init(struct app *a, const char **err)
{
	struct route_match *m;
	size_t i, j, n = 0;

	for (i = 0; i < app_nroutes; i++)
		n += *app_routes[i].n;
	m = arena_array(&a->arena, struct route_match, n);
	map.route = arena_array(&a->arena, const struct route *, n);
	map.n = 0;
	for (i = 0; i < app_nroutes; i++)
		for (j = 0; j < *app_routes[i].n; j++) {
			const struct route *r = &app_routes[i].rows[j];

			if (r->cap == CAP_UNSET || r->title == NULL) {
				*err = arena_printf(&a->arena,
				    "route %s: capability and title are needed", r->pattern);
				return RC_BUG;
			}
			m[map.n].method = r->method;
			m[map.n].pattern = (r->flags & (ROUTE_API | ROUTE_BARE)) != 0
					       ? r->pattern
					       : arena_printf(&a->arena, "/{lang}%s", r->pattern);
			map.route[map.n++] = r;
		}
	return router_make(m, map.n, &map.router, err);
}

void
serve_done(void)
{
	router_free(map.router);
	map.router = NULL;
}

static const char *
method_name(enum method m)
{
	static const char *const names[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };

	return (size_t)m < ARRAY_LEN(names) ? names[m] : "other";
}

static bool
unsafe(enum method m)
{
	return m != M_GET && m != M_HEAD;
}

/* The first part of a path that names a reading of the site: its length with the slash before it;
 * 0 if there is none. */
static size_t
prefix_of_path(const struct req *rq, enum lang *l, bool *latin)
{
	char prefix[8];
	size_t n = rq->path[0] == '/' ? strcspn(rq->path + 1, "/") : sizeof prefix;

	if (n >= sizeof prefix)
		return 0;
	memcpy(prefix, rq->path + 1, n);
	prefix[n] = '\0';
	return lang_prefix_parse(prefix, l, latin) ? n + 1 : 0;
}

static void
lang_of_request(struct ctx *cx, struct req *rq)
{
	cx->lang = LANG_KK;
	cx->latin = false;
	if (prefix_of_path(rq, &cx->lang, &cx->latin) == 0 &&
	    !lang_prefix_parse(req_q(rq, "lang"), &cx->lang, &cx->latin) &&
	    !lang_prefix_parse(req_cookie(rq, "lang"), &cx->lang, &cx->latin))
		cx->lang = LANG_KK;
}

/* ---- who acts ---- */

static int
actor_of_token(struct ctx *cx, struct req *rq, struct actor *out)
{
	const char *h = req_header(rq, "Authorization");

	if (h == NULL || strncasecmp(h, "Bearer ", 7) != 0)
		return RC_NOTFOUND;
	return token_find(cx, h + 7, out);
}

static int
find_actor(struct ctx *cx, struct req *rq, const struct route *r, bool *touch)
{
	struct actor *a = arena_new(cx->arena, struct actor);
	const char *cookie;
	int rc;

	*touch = false;
	if ((r->flags & ROUTE_API) != 0)
		rc = actor_of_token(cx, rq, a);
	else {
		cookie = req_cookie(rq, "s");
		rc = cookie == NULL || *cookie == '\0' ? RC_NOTFOUND
						       : session_find(cx, cookie, a, touch);
	}
	if (rc == RC_OK)
		cx->actor = a;
	if (rc != RC_NOTFOUND)
		return rc;
	err_clear(cx);
	return RC_OK;
}

/* ---- the gate ---- */

/* RFC 6454 origin, with the newer Sec-Fetch-Site first: a browser sends at least one of them with
 * every unsafe request. */
static bool
same_origin(const struct req *rq)
{
	const char *site = req_header(rq, "Sec-Fetch-Site"), *origin = req_header(rq, "Origin"),
		   *host = req_header(rq, "Host");
	const char *p;

	if (site != NULL)
		return strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
	if (origin == NULL)
		return true; /* an old browser: the token decides */
	if (rq->base != NULL && strcasecmp(origin, rq->base) == 0)
		return true;
	p = strstr(origin, "://");
	return p != NULL && host != NULL && strcasecmp(p + 3, host) == 0;
}

/* Not a matter of roles: its own title and advice. */
static int
stale_form(struct view *v, const struct route *r, const char *why)
{
	fail(v->cx, RC_DENIED, "%s", tr(v->cx, why));
	v->rq->res.nhead = 0;
	if ((r->flags & ROUTE_SCRIPT) == ROUTE_SCRIPT)
		return RC_DENIED;
	error_page_titled(v, 403, tr(v->cx, "The form was not taken"));
	return RC_OK;
}

/* What a token may less than its owner. The description of the API is open to everybody. */
static int
token_gate(struct view *v, const struct route *r)
{
	struct ctx *cx = v->cx;
	const char *part = v->rq->path + strlen("/api/v1/");

	if (cx->actor->token == 0 || r->cap == CAP_PUBLIC)
		return RC_OK;
	if (cx->actor->reading && unsafe(v->rq->method) && (r->flags & ROUTE_READS) == 0)
		return fail(cx, RC_DENIED, N_("This token only reads."));
	if (strncmp(v->rq->path, "/api/v1/", 8) != 0 ||
	    !token_opens(cx->actor, part, strcspn(part, "/")))
		return fail(cx, RC_DENIED, N_("This token does not open this part of the API."));
	return RC_OK;
}

static const char *
form_token(struct req *rq, const struct route *r)
{
	return (r->flags & ROUTE_SCRIPT) == ROUTE_SCRIPT ? req_header(rq, "X-CSRF-Token")
							 : req_f(rq, "_csrf");
}

static int
gate(struct view *v, const struct route *r)
{
	struct ctx *cx = v->cx;
	const char *token;

	TRY(token_gate(v, r));
	if (!may(cx, r->cap)) {
		if (cx->actor->held_back && v->rq->method == M_GET && (r->flags & ROUTE_API) == 0) {
			res_redirect(
			    v->rq, arena_printf(cx->arena, "/%s/me/second", lang_prefix(cx)));
			return RC_OK;
		}
		if (cx->actor->held_back)
			return fail(cx, RC_DENIED,
			    N_("Your role must have a second factor. Switch it on under “Your "
			       "account”."));
		if (cx->actor->role != ROLE_GUEST)
			return fail(cx, RC_DENIED, N_("Your role does not open this page."));
		v->status = 401;
		return fail(cx, RC_DENIED, N_("Sign in first."));
	}
	if (req_parse(v->rq) != RC_OK) {
		v->status = 400;
		return fail(cx, RC_INVALID,
		    N_("The request could not be read: broken text or a broken form."));
	}
	if (!unsafe(v->rq->method) || (r->flags & ROUTE_API) != 0)
		return RC_OK;
	token = form_token(v->rq, r);
	/* A form's token is made for its path; where the pattern has no {…} the two are one. */
	if (!same_origin(v->rq) ||
	    (!csrf_check(cx, r->pattern, token) && !csrf_check(cx, v->path, token)))
		return stale_form(v, r,
		    N_("This form is too old or came from another site. Go back, "
		       "reload the page and send it again."));
	return RC_OK;
}

/* ---- outcome ---- */

static int
status_of(int rc)
{
	switch (rc) {
	case RC_OK:
		return 200;
	case RC_NOTFOUND:
		return 404;
	case RC_DENIED:
		return 403;
	case RC_INVALID:
		return 422;
	case RC_RULE:
	case RC_CONFLICT:
	case RC_EXISTS:
		return 409;
	case RC_TOOBIG:
		return 413;
	case RC_BUSY:
	case RC_STORAGE:
		return 503;
	default:
		return 500;
	}
}

static void
answer_error(struct view *v, const struct route *r, int rc)
{
	struct req *rq = v->rq;
	int status =
	    v->status == 401 || v->status == 400 || v->status == 429 ? v->status : status_of(rc);

	if (rc == RC_BUG || rc == RC_STORAGE)
		/* Not the words for the reader: they may quote what was typed. */
		log_line(LOG_ERR, "request %llu: rc %d: %s", (unsigned long long)rq->id, rc,
		    v->cx->err.detail == NULL ? "" : v->cx->err.detail);
	rq->res.nhead = 0;
	if (r != NULL &&
	    ((r->flags & ROUTE_API) != 0 || (r->flags & ROUTE_SCRIPT) == ROUTE_SCRIPT)) {
		if (status == 401 && (r->flags & ROUTE_API) != 0)
			res_header(rq, "WWW-Authenticate", "Bearer");
		error_problem(v, status);
		return;
	}
	if (status == 401 && rq->method == M_GET) {
		struct slice t = rq->target;

		res_redirect(rq, url_make(v->cx->arena, "/%s/sign-in?next=%s", lang_prefix(v->cx),
				     arena_strn(v->cx->arena, t.p, t.n)));
		return;
	}
	error_page(v, status);
}

static void
finish_page(struct view *v, int rc)
{
	struct req *rq = v->rq;

	if (rq->res.status != 0)
		return; /* the handler answered itself: a redirect, a file, JSON */
	if (!html_ok(&v->h)) {
		BUG("page %s is not sound HTML (%u)", rq->path, v->h.bugs);
		rc = RC_BUG;
	}
	if (rc != RC_OK) {
		error_page(v, 500);
		return;
	}
	rq->res.status = v->status;
	rq->res.body = (struct slice){ v->h.out.p, v->h.out.n };
}

static void
log_request(struct view *v, const struct route *r, int rc)
{
	const struct actor *who = v->cx->actor;

	log_event(LOG_INFO, "request",
	    "\"id\":%llu,\"method\":\"%s\",\"route\":\"%s\",\"lang\":\"%s\",\"who\":\"%s\",\"rc\":%"
	    "d,"
	    "\"status\":%d,\"queries\":%u,\"us\":%lld,\"bytes\":%zu,\"arena\":%zu",
	    (unsigned long long)v->rq->id, method_name(v->rq->method), r == NULL ? "-" : r->pattern,
	    lang_prefix(v->cx),
	    who->token != 0	? "token"
	    : who->account != 0 ? "session"
				: "guest",
	    rc, v->rq->res.status, db_query_count(v->cx), (long long)(clock_us() - v->rq->started),
	    v->rq->res.body.n, v->cx->arena->high_water);
}

/* ---- how often ---- */

/* 0, or the seconds to wait. An account is looked at once it is known. */
static int
turn(struct view *v, const struct route *r, bool known)
{
	struct app *a = v->cx->app;
	int64_t account = v->cx->actor->account;
	enum door d;

	if (a->rates == NULL || peer_is_near(v->rq))
		return 0;
	d = door_of(r, v->rq);
	return known ? rates_account(a->rates, d, account, v->rq->started)
		     : rates_address(a->rates, d, v->rq->peer, v->rq->started);
}

static int
too_often(struct view *v, int seconds)
{
	v->status = 429;
	return fail(v->cx, RC_BUSY, "%s",
	    trn(v->cx, seconds, "Too many requests came from here. Wait %s second, then try again.",
		"Too many requests came from here. Wait %s seconds, then try again.",
		num(v->cx, seconds)));
}

/* What a request leaves behind it. */
struct trace {
	bool touch; /* the session is to be touched */
	int wait;   /* seconds, if it came too often */
};

static int
run(struct view *v, const struct route *r, struct trace *t)
{
	t->wait = turn(v, r, false);
	if (t->wait > 0)
		return too_often(v, t->wait);
	if (r == NULL)
		return fail(v->cx, RC_NOTFOUND, N_("There is no such page."));
	TRY(find_actor(v->cx, v->rq, r, &t->touch));
	t->wait = turn(v, r, true);
	if (t->wait > 0)
		return too_often(v, t->wait);
	TRY(gate(v, r));
	return v->rq->res.status != 0 ? RC_OK : r->run(v);
}

/* The path behind its language. A page that does not exist has one too: its frame offers the others. */
static const char *
path_behind_lang(const struct req *rq)
{
	enum lang l;
	bool latin;
	size_t n = prefix_of_path(rq, &l, &latin);

	return n > 0 && rq->path[n] == '\0' ? "/" : rq->path + n;
}

/* Language of the path off the front: "/kk/people/5" → "/people/5", and {lang} off the parameters. */
static const struct route *
find_route(struct view *v)
{
	struct req *rq = v->rq;
	int i = router_find(map.router, rq);
	const struct route *r;
	enum lang l;
	bool latin;

	v->path = path_behind_lang(rq);
	if (i < 0) {
		if (i == -2)
			v->status = 405;
		return NULL;
	}
	r = map.route[i];
	if ((r->flags & (ROUTE_API | ROUTE_BARE)) != 0)
		return r;
	if (rq->nparam < 1 || !lang_prefix_parse(rq->param[0], &l, &latin))
		return NULL;
	memmove(rq->param, rq->param + 1, sizeof rq->param[0] * (REQ_PARAMS - 1));
	rq->nparam--;
	return r;
}

void
serve_work(void *app, struct req *rq, int worker)
{
	struct app *a = app;
	struct ctx *cx = arena_new(&rq->arena, struct ctx);
	struct view *v = arena_new(&rq->arena, struct view);
	const struct route *r;
	uint64_t gen = generation(a);
	int64_t looks = look(a);
	int day = a->today, rc;
	struct trace t = { false, 0 };

	(void)worker;
	*cx = (struct ctx){ .arena = &rq->arena,
		.actor = &actor_guest,
		.now = clock_now(),
		.today = day,
		.app = a };
	db_bind(cx, a->store);
	rq->cx = cx;
	*v = (struct view){ .rq = rq, .cx = cx, .status = 200 };
	html_init(&v->h, &rq->arena, 0);
	lang_of_request(cx, rq);
	r = find_route(v);
	rc = run(v, r, &t);
	if (rc == RC_OK)
		finish_page(v, rc);
	else if (v->status == 405)
		error_page(v, 405);
	else
		answer_error(v, r, rc);
	if (t.wait > 0)
		res_header(rq, "Retry-After", arena_printf(cx->arena, "%d", t.wait));
	if (rc == RC_OK && r != NULL && (r->flags & ROUTE_CACHE) != 0 &&
	    cx->actor->role == ROLE_GUEST && rq->method == M_GET && rq->res.status == 200 &&
	    rq->res.file == NULL && rq->res.nhead == 0 && a->cache != NULL)
		cache_keep(a->cache, rq, gen, looks);
	if (t.touch)
		rc = session_touch(cx, cx->actor->session);
	db_end(cx);
	metrics_request(a->metrics, door_of(r, rq), rq->res.status, clock_us() - rq->started);
	if (r != NULL && (r->flags & ROUTE_CACHE) != 0 && cx->actor->role == ROLE_GUEST)
		metrics_cache(a->metrics, false);
	if (a->log_requests)
		log_request(v, r, rc);
}

/* ---- answers of the epoll thread ---- */

static bool
static_file(struct req *rq)
{
	const struct asset *f = asset_find(rq->path);
	const char *accept, *match;
	const char *tag;

	if (f == NULL)
		return false;
	rq->res.status = 200;
	rq->res.type = f->type;
	rq->res.body = (struct slice){ (const char *)f->data, f->size };
	tag = f->etag;
	accept = req_header(rq, "Accept-Encoding");
	if (accept != NULL && f->br != NULL && strstr(accept, "br") != NULL) {
		rq->res.body = (struct slice){ (const char *)f->br, f->br_size };
		res_header(rq, "Content-Encoding", "br");
		tag = arena_printf(&rq->arena, "%.*s-br\"", (int)strlen(f->etag) - 1, f->etag);
	} else if (accept != NULL && f->gz != NULL && strstr(accept, "gzip") != NULL) {
		rq->res.body = (struct slice){ (const char *)f->gz, f->gz_size };
		res_header(rq, "Content-Encoding", "gzip");
		tag = arena_printf(&rq->arena, "%.*s-gz\"", (int)strlen(f->etag) - 1, f->etag);
	}
	if (f->gz != NULL || f->br != NULL)
		res_header(rq, "Vary", "Accept-Encoding");
	match = req_header(rq, "If-None-Match");
	if (match != NULL && strstr(match, tag) != NULL) {
		rq->res.status = 304;
		rq->res.body = (struct slice){ "", 0 };
	}
	res_header(rq, "ETag", tag);
	res_header(rq, "Cache-Control", "public, max-age=31536000, immutable");
	return true;
}

static bool
has_session(const struct req *rq)
{
	const char *c = req_header(rq, "Cookie");

	for (; c != NULL; c = strchr(c, ';') == NULL ? NULL : strchr(c, ';') + 1) {
		while (*c == ' ')
			c++;
		if (c[0] == 's' && c[1] == '=')
			return true;
	}
	return false;
}

static bool
quick_answer(struct app *a, struct req *rq, enum door *d)
{

	if (rq->method != M_GET && rq->method != M_HEAD)
		return false;
	*d = DOOR_STATIC;
	if (strncmp(rq->path, "/static/", 8) == 0)
		return static_file(rq);
	*d = DOOR_PAGE;
	if (a->cache == NULL || has_session(rq) || strncmp(rq->path, "/api/", 5) == 0)
		return false;
	return cache_answer(a->cache, rq, generation(a), look(a));
}

static bool
quick(void *user, struct req *rq)
{
	struct app *a = user;
	enum door d = DOOR_PAGE;

	if (!quick_answer(a, rq, &d))
		return false;
	metrics_request(a->metrics, d, rq->res.status, clock_us() - rq->started);
	if (d == DOOR_PAGE)
		metrics_cache(a->metrics, true);
	return true;
}

static size_t
body_limit(void *user, const struct req *rq)
{
	struct req probe = *rq;
	int i;

	(void)user;
	i = router_find(map.router, &probe);
	if (i < 0)
		return 64 * 1024;
	return (map.route[i]->flags & ROUTE_FILES) != 0 ? (size_t)22 << 20 : (size_t)256 << 10;
}

/* 401 whatever the body: without any token the API does not read a byte of it. */
static bool
before_body(void *user, struct req *rq)
{
	(void)user;
	if (strncmp(rq->path, "/api/v1/", 8) != 0 || req_header(rq, "Authorization") != NULL ||
	    !unsafe(rq->method))
		return false;
	rq->res.status = 401;
	rq->res.type = "application/problem+json";
	rq->res.body =
	    slice_str("{\"type\":\"about:blank\",\"status\":401,\"title\":\"Sign in first.\"}");
	res_header(rq, "WWW-Authenticate", "Bearer");
	return true;
}

static void
refuse(void *user, struct req *rq, int status)
{
	(void)user;
	rq->res.type = "text/plain; charset=utf-8";
	rq->res.body = slice_str(
	    status == 503 ? "Сервер бос емес. Бірнеше секундтан кейін қайталаңыз.\nСервер занят. "
			    "Повторите через несколько секунд.\n"
			  : "Сұрау қабылданбады.\nЗапрос не принят.\n");
	if (status == 503)
		res_header(rq, "Retry-After", "2");
}

void
serve_hooks(struct http_options *o)
{
	o->body_limit = body_limit;
	o->before_body = before_body;
	o->quick = quick;
	o->work = serve_work;
	o->refuse = refuse;
}

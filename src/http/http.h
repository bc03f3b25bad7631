/* http.h – the wire: HTTP/1.1 over libmicrohttpd's epoll pool, with a guard of our own in front
 * (RFC 9112: one Host, one length, no length beside chunked, token characters in names) and
 * deadlines behind. No other floor includes microhttpd.h; this floor knows no database.
 *
 * A request is answered either at once in the epoll thread by `quick` (a cached page, a static
 * file) or by a worker thread, where `work` runs blocking from start to end. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/buf.h"
#include "text/url.h"

enum method { M_GET, M_HEAD, M_POST, M_PUT, M_PATCH, M_DELETE, M_OTHER };

struct header {
	const char *name, *value;
};
enum { REQ_HEADERS = 64, RES_HEADERS = 16, REQ_PARAMS = 6 };

struct res {
	int status;	   /* 0 = not answered yet */
	const char *type;  /* Content-Type; NULL = text/html; charset=utf-8 */
	struct slice body; /* lies in the request's arena or is static */
	const char *file;  /* or: a file to send whole (sendfile), with its size known by stat */
	struct header head[RES_HEADERS];
	int nhead;
	void *pin; /* released by unpin(pin) after the last byte (page cache entry) */
	void (*unpin)(void *pin);
};

struct req {
	struct arena arena; /* reset when the request object is reused */
	uint64_t id;	    /* for log lines and error pages */
	int64_t started;    /* monotonic µs */
	enum method method;
	struct slice target; /* as sent: path and query */
	const char *path;    /* decoded, starts with '/' */
	struct slice query_raw;
	struct header head[REQ_HEADERS];
	int nhead;
	struct slice body;	  /* whole body; NULL p when none */
	const char *peer;	  /* address of the client: http/forward.h */
	bool https;		  /* it reached the house, or the proxy before it, over TLS */
	const char *base;	  /* of http_options; NULL = none */
	bool forwarded;		  /* a header says that it came through a proxy, named or not */
	bool local_socket;	  /* came over the unix socket (a proxy on this machine) */
	struct pairs query, form; /* parsed on first use */
	struct parts parts;
	bool query_done, form_done;
	const char *param[REQ_PARAMS]; /* what {…} of the route matched */
	int nparam;
	struct res res;
	struct ctx *cx; /* app/serve.c fills it on the worker */
	void *user;	/* app/serve.c's own */
	void *impl;
};

const char *req_header(const struct req *rq, const char *name); /* case-blind; NULL = absent */
const char *req_cookie(struct req *rq, const char *name);	/* NULL = absent */
/* Scheme, host and port by which readers reach the house, without a slash behind: what is printed and
 * sent outside begins with it. Without a base of its own: the request's Host. In rq->arena. */
const char *req_base(struct req *rq);
/* Query and form values; first of the name, NULL = absent. Broken input was refused before the
 * handler ran (400). */
const char *req_q(struct req *rq, const char *name);
const char *req_f(struct req *rq, const char *name);
const struct form_part *req_file(struct req *rq, const char *name);
/* Parse query and body of form types now; RC_INVALID/RC_TOOBIG → 400/413. */
int req_parse(struct req *rq) MUST;
int req_param_id(const struct req *rq, int i, int64_t *out) MUST; /* RC_NOTFOUND if not 1…2^53 */

/* Copies both; a second value replaces the first (Set-Cookie adds). No CR/LF: BUG otherwise. The
 * layer adds Content-Type, X-Content-Type-Options, Referrer-Policy, Content-Security-Policy, what else
 * closes a page against others, Strict-Transport-Security over TLS, and Cache-Control: no-store where
 * they are not set; set them to override. */
void res_header(struct req *rq, const char *name, const char *value);
void res_redirect(struct req *rq, const char *location); /* 303 */
/* Path=/, HttpOnly, SameSite=Lax. max_age 0 deletes it, < 0 = until the browser closes. */
void res_cookie(struct req *rq, const char *name, const char *value, int max_age, bool secure);

/* A route: pattern segments in braces match one segment ("/{lang}/events/{id}"). */
struct route_match {
	enum method method;
	const char *pattern;
};
/* Index of the best match in a table of n patterns (get(i) tells each), literal segments winning
 * over braces; -1 none; -2 the path exists with another method. Fills rq->param. A router built
 * once is thread-safe. router_make refuses duplicates and broken patterns; its *err then names the
 * pattern and is malloc'ed. */
struct router;
int router_make(const struct route_match *m, size_t n, struct router **out, const char **err) MUST;
int router_find(const struct router *r, struct req *rq);
void router_free(struct router *r);

struct http_options {
	const char *listen; /* "127.0.0.1:8080", "[::1]:8080", ":0" or "unix:/path" */
	int socket_mode;    /* of the unix socket; 0 = 0660 */
	const struct trust
	    *trust;	  /* proxies (http/forward.h), as long as the server lives; NULL = none */
	const char *base; /* "https://example.org", as long as the server lives; NULL = none */
	bool https;	  /* everybody comes over TLS: a proxy stands before it */
	/* Both or none, PEM, as long as the server lives: the server speaks TLS itself (http/authority.h). */
	const char *tls_chain, *tls_key;
	int epoll_threads;   /* 0 = one a core */
	int workers;	     /* 0 = 64 */
	int readers;	     /* GET and HEAD at once; 0 = as many as workers */
	int queue;	     /* waiting requests before 503; 0 = 512 */
	int max_connections; /* 0 = 2000 */
	size_t head_limit;   /* 0 = 16 KiB */
	int head_seconds;    /* deadline of the head; 0 = 10 */
	int body_seconds;    /* base deadline of a body; 0 = 20, plus 1 s per 16 KiB announced */
	int idle_seconds;    /* keep-alive; 0 = 60 */
	void *user;
	/* Body limit in bytes for this request (its head is known); 0 = no body allowed. */
	size_t (*body_limit)(void *user, const struct req *rq);
	/* Whether to refuse before the body is read (the gate: 401 whatever the body). It answers into
	 * rq->res and returns true. NULL = never. Runs in the epoll thread: no database. */
	bool (*before_body)(void *user, struct req *rq);
	bool (*quick)(
	    void *user, struct req *rq); /* answered? runs in the epoll thread: must not block */
	void (*work)(void *user, struct req *rq, int worker); /* must set rq->res.status */
	/* Fills rq->res for errors of the wire (400, 413, 431, 503 …), short and without a database. */
	void (*refuse)(void *user, struct req *rq, int status);
};
struct http;
int http_start(const struct http_options *o, struct http **out, const char **err) MUST;
struct http_load {
	int connections, busy, waiting;
};
void http_load(struct http *h, struct http_load *out);
int http_port(const struct http *h); /* the bound TCP port, for ":0" */
/* Stop accepting, let running requests end (at most `seconds`), stop. */
void http_stop(struct http *h, int seconds);

#endif

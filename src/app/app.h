/* app.h – the running program: the opened database with its key and files, and what is known once a
 * process. Made by app_open() for every command; serve adds the wire, the cache and the jobs. */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/clock.h"
#include "core/paths.h"
#include "core/setting.h"
#include "db/db.h"
#include "figure/figure.h"
#include "kind/kind.h"
#include "ui/ui.h"

struct app {
	struct arena arena; /* lives as long as the program */
	struct store *store;
	struct paths paths;
	const char *url;   /* D as given */
	const char *root;  /* verify --root: held against the audit's; NULL = none was given */
	bool serving;	   /* writer thread, caches, jobs */
	_Atomic int today; /* business day, refreshed by the jobs */
	_Atomic bool pinned;
	_Atomic int dress; /* rises when the frame of all pages changes: names, logo */
	struct cache *cache;
	struct http *http;
	bool log_requests;
	/* Set by serve(), NULL in commands and tests: */
	const struct serving *serving_as; /* app/config.h */
	struct metrics *metrics;	  /* app/metrics.h */
	struct tls *tls;		  /* app/tls.h; NULL = no TLS of its own */
	struct rates *rates;		  /* app/rates.h; NULL also when limits are off */
	_Atomic bool stopping;
};
struct app_options {
	const char *db;		 /* NULL = SHANYRAQ_DB */
	const char *dir;	 /* NULL = SHANYRAQ_DIR */
	const char *hunspell_kk; /* NULL = SHANYRAQ_HUNSPELL_KK */
	bool create;		 /* init, demo: make file and key */
	bool migrate; /* run missing migrations (init, demo, migrate); else they are an error */
	bool serving;
	bool aside; /* the lexicon loads in a thread of its own, as for a server */
	/* restore: make the tables of this schema number and no newer one; the key must be there.
	 * 0 = all. app_upgrade() does the rest. */
	int upto;
	bool plain; /* backup: no word is read or written, so the lexicon is not loaded */
	bool as_is; /* migrate: open it whatever its schema is, nothing is run or compared */
};
/* RC_STORAGE or RC_INVALID with *err in words. */
int app_open(struct app *a, const struct app_options *o, const char **err) MUST;
/* After a restore: the missing migrations, and the comparison of tables and kinds. */
int app_upgrade(struct app *a, const char **err) MUST;
/* An empty SQLite database of this program's schema in a new file. */
int app_store_make(struct app *a, const char *path, struct store **out, const char **err) MUST;
/* Of the finished lexicon, in the folder of what may be lost; NULL = there is none. */
const char *cache_path(struct arena *a);
int app_schema(void); /* number of this program's newest migration */
void app_close(struct app *a);
/* A context of the program itself (CAP: all), on the app's store, in its own arena. */
void app_ctx(struct app *a, struct ctx *cx, struct arena *arena);

/* ---- tables.c: the only list of all kinds, routes, menus; figures are handed on by tables_init() ---- */
extern const struct kind *const app_kinds[];
extern const size_t app_nkinds;
extern const struct route_table app_routes[];
extern const size_t app_nroutes;
const struct kind *kind_of_collection(const char *plural_name);
const struct kind *kind_of_name(const char *name);
void tables_init(void); /* menus, verify checks, cell sources, data */

/* ---- life.c: until SIGTERM; s (app/config.h) outlives the call. ---- */
struct serving;
/* Before anything makes a thread: all inherit the mask, so that SIGTERM comes to who waits for it. */
void serve_hold_signals(void);
int serve(struct app *a, const struct serving *s, const char **err) MUST;

/* ---- serve.c ---- */
/* What the wire calls: quick, work, refuse … */
void serve_hooks(struct http_options *o);
/* Tests drive the same ten steps without a socket: rq has method, path, target, headers, body. */
int serve_init(struct app *a, const char **err) MUST;
void serve_work(void *app, struct req *rq, int worker);
void serve_done(void);

/* ---- cache.c: pages of guests ---- */
struct cache *cache_make(size_t limit_bytes);
void cache_free(struct cache *c);
/* Answer rq from the cache; generation is that of the whole store, look what else all pages hang on: the
 * business day and the frame. Both as they were before the page was begun. */
bool cache_answer(struct cache *c, struct req *rq, uint64_t generation, int64_t look);
void cache_keep(struct cache *c, const struct req *rq, uint64_t generation, int64_t look);
size_t cache_bytes(struct cache *c);

/* ---- jobs.c ---- */
void jobs_start(struct app *a);
void jobs_stop(void);
int jobs_once(struct app *a) MUST; /* one round of everything, for the CLI and tests */

/* ---- api.c ---- */
extern const struct route api_routes[];
extern const size_t api_nroutes;
/* api_search.c: GET /api/v1/search, and its part of the OpenAPI text. */
int search_api(struct view *v) MUST;
void search_openapi(struct json *j);

/* ---- lang_api.c ---- */
extern const struct route lang_api_routes[];
extern const size_t lang_api_nroutes;

/* ---- cli.c ---- */
int cli_main(int argc, char **argv);

#endif

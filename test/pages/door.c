/* door.c – see door.h. */
#include "door.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/demo.h"
#include "core/account.h"
#include "core/session.h"
#include "core/token.h"

static const char *const roles[DOOR_ROLES] = { "guest", "member", "door", "leader", "clerk", "head",
	"auditor", "admin", "relief", "driver" };

bool
door_has(enum db_engine e)
{
	return e == DB_SQLITE || getenv("SHANYRAQ_TEST_PG") != NULL;
}

static void
must(int rc, struct ctx *cx, const char *what, const char *err)
{
	if (rc != RC_OK)
		die("%s: rc %d %s %s", what, rc, err == NULL ? "" : err,
		    cx == NULL || cx->err.text == NULL ? "" : cx->err.text);
}

static void
sign_in(struct door *d, struct ctx *cx, int i)
{
	struct token_new t = { .login = roles[i] };
	struct actor *a = arena_new(&d->arena, struct actor);
	const char *token, *plain;
	int64_t id;

	must(account_by_login(cx, roles[i], &id), cx, roles[i], NULL);
	must(session_open(cx, id, "test", &token), cx, "session", NULL);
	must(session_find(cx, token, a, NULL), cx, "session", NULL);
	must(token_create(cx, &t, &plain), cx, "token", NULL);
	d->cookie[i] = arena_printf(&d->arena, "s=%s", token);
	d->csrf[i] = arena_str(&d->arena, a->csrf);
	d->token[i] = arena_printf(&d->arena, "Bearer %s", plain);
}

static void
shell(struct door *d, const char *command)
{
	(void)d;
	if (system(command) != 0)
		die("%s", command);
}

/* A database of its own on the server: the demo's tables must not meet another test's. like NULL = empty. */
static const char *
pg_database(struct door *d, const char *name, const char *like)
{
	const char *url = getenv("SHANYRAQ_TEST_PG"), *q = strchr(url, '?'), *slash;

	shell(
	    d, arena_printf(&d->arena, "psql -q '%s' -c 'CREATE DATABASE \"%s\"%s%s%s' >/dev/null",
		   url, name, like == NULL ? "" : " TEMPLATE \"", like == NULL ? "" : like,
		   like == NULL ? "" : "\" STRATEGY FILE_COPY"));
	slash = strchr(strstr(url, "://") + 3, '/');
	return arena_printf(
	    &d->arena, "%.*s/%s%s", (int)(slash - url), url, name, q == NULL ? "" : q);
}

/* ---- the demo that all tests of pages copy from ----
 *
 * One an engine, made by the first beside the cluster that test/pg.sh lends, and gone with it: another
 * one would take a quarter of a minute under sanitizers. Without a cluster each test makes its own. */

static void
make_demo(struct door *d, const char *url, const char *dir)
{
	const char *err = NULL;
	struct ctx cx;

	setenv("SHANYRAQ_DIR", dir, 1);
	must(app_open(&d->app, &(struct app_options){ .create = true, .migrate = true, .db = url },
		 &err),
	    NULL, "app_open", err);
	app_ctx(&d->app, &cx, &d->arena);
	must(demo_make(&cx, d->app.paths.sign_ins), &cx, "demo", NULL);
	db_end(&cx);
	app_close(&d->app);
}

/* In a process of its own, since a program opens its vault once. */
static void
lend(struct door *d, const char *url, const char *dir)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		make_demo(d, url, dir);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		die("the demo that is copied was not made");
}

/* The folder of the demo to copy from; NULL = there is none. */
static const char *
lent(struct door *d, enum db_engine e)
{
	const char *data = getenv("SHANYRAQ_TEST_PG_DATA"), *dir;
	int lock;

	if (data == NULL)
		return NULL;
	dir = arena_printf(&d->arena, "%s/../door-%s", data, e == DB_SQLITE ? "sqlite" : "pg");
	shell(d, arena_printf(&d->arena, "mkdir -p %s", dir));
	lock = open(arena_printf(&d->arena, "%s/lock", dir), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	if (lock < 0 || flock(lock, LOCK_EX) != 0)
		die("%s cannot be locked", dir);
	if (access(arena_printf(&d->arena, "%s/made", dir), F_OK) != 0) {
		lend(d,
		    e == DB_SQLITE ? arena_printf(&d->arena, "%s/demo.db", dir)
				   : pg_database(d, "door_demo", NULL),
		    dir);
		shell(d, arena_printf(&d->arena, "touch %s/made", dir));
	}
	close(lock);
	return dir;
}

/* This test's own demo: a copy, or made here. */
static const char *
own_demo(struct door *d, enum db_engine e)
{
	const char *from = lent(d, e), *name = arena_str(&d->arena, strrchr(d->dir, '/') + 1), *url;
	char *p;

	for (p = (char *)(uintptr_t)name; *p != '\0'; p++)
		*p = (*p >= 'A' && *p <= 'Z') ? (char)(*p + 32) : *p == '-' ? '_' : *p;
	if (e == DB_SQLITE) {
		if (from != NULL)
			shell(d, arena_printf(&d->arena, "cp -r %s/demo.db* %s/", from, d->dir));
		url = arena_printf(&d->arena, "%s/demo.db", d->dir);
	} else {
		url = pg_database(d, name, from == NULL ? NULL : "door_demo");
		if (from != NULL)
			shell(d, arena_printf(&d->arena,
				     "for s in key sign-ins; do cp %s/door_demo.$s %s/%s.$s; done",
				     from, d->dir, name));
	}
	if (from == NULL)
		lend(d, url, d->dir);
	return url;
}

void
door_open(struct door *d, enum db_engine e)
{
	const char *err = NULL;
	struct ctx cx;
	int i;

	memset(d, 0, sizeof *d);
	arena_init(&d->arena);
	snprintf(d->dir, sizeof d->dir, "%s/door-XXXXXX",
	    getenv("TMPDIR") == NULL ? "/tmp" : getenv("TMPDIR"));
	if (mkdtemp(d->dir) == NULL)
		die("no directory");
	const char *url = own_demo(d, e);

	setenv("SHANYRAQ_DIR", d->dir, 1);
	must(app_open(&d->app, &(struct app_options){ .db = url }, &err), NULL, "app_open", err);
	must(serve_init(&d->app, &err), NULL, "routes", err);
	app_ctx(&d->app, &cx, &d->arena);
	must(jobs_once(&d->app), NULL, "jobs", NULL);
	for (i = 0; i < DOOR_ROLES; i++) {
		d->role[i] = roles[i];
		if (i > 0)
			sign_in(d, &cx, i);
	}
	db_end(&cx);
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *f)
{
	(void)st, (void)flag, (void)f;
	return remove(path);
}

void
door_close(struct door *d)
{
	serve_done();
	app_close(&d->app);
	nftw(d->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_done(&d->arena);
}

int
door_role(const struct door *d, const char *name)
{
	int i;

	for (i = 0; i < DOOR_ROLES; i++)
		if (strcmp(d->role[i], name) == 0)
			return i;
	die("no role %s", name);
}

static void
add_head(struct req *rq, const char *name, const char *value)
{
	rq->head[rq->nhead++] = (struct header){ name, value };
}

static struct answer
ask_house(struct door *d, struct req *rq, enum method m, const char *path, const char *body)
{
	struct answer a = { 0 };
	const char *q = strchr(path, '?');
	size_t n = q == NULL ? strlen(path) : (size_t)(q - path);
	int i;

	rq->method = m;
	rq->id = 1;
	rq->peer = "test";
	rq->base = d->base;
	rq->target = slice_str(arena_str(&rq->arena, path));
	rq->query_raw =
	    q == NULL ? (struct slice){ "", 0 } : slice_str(arena_str(&rq->arena, q + 1));
	if (url_decode_path(&rq->arena, (struct slice){ path, n }, &rq->path) != RC_OK)
		die("bad path in a test: %s", path);
	if (body != NULL)
		rq->body = slice_str(arena_str(&rq->arena, body));
	serve_work(&d->app, rq, 0);
	a.status = rq->res.status;
	a.type = arena_str(&d->arena, rq->res.type);
	a.body = (struct slice){ arena_strn(&d->arena, rq->res.body.p == NULL ? "" : rq->res.body.p,
				     rq->res.body.n),
		rq->res.body.n };
	for (i = 0; i < rq->res.nhead; i++)
		if (strcmp(rq->res.head[i].name, "Location") == 0)
			a.location = arena_str(&d->arena, rq->res.head[i].value);
	arena_done(&rq->arena);
	free(rq);
	return a;
}

static struct req *
new_request(void)
{
	struct req *rq = calloc(1, sizeof *rq);

	if (rq == NULL)
		die("out of memory");
	arena_init(&rq->arena);
	add_head(rq, "Host", "test");
	return rq;
}

struct answer
door_page(struct door *d, int role, enum method m, const char *path, const char *body, bool csrf)
{
	struct req *rq = new_request();

	if (d->cookie[role] != NULL)
		add_head(rq, "Cookie", d->cookie[role]);
	if (m != M_GET)
		add_head(rq, "Content-Type", "application/x-www-form-urlencoded");
	if (m != M_GET && csrf) {
		add_head(rq, "Sec-Fetch-Site", "same-origin");
		if (d->csrf[role] != NULL)
			add_head(rq, "X-CSRF-Token", d->csrf[role]);
		if (d->csrf[role] == NULL) {
			/* A guest's form: its token belongs to the path without the language. */
			struct ctx cx = {
				.arena = &rq->arena, .now = clock_now(), .actor = &actor_guest
			};

			body = arena_printf(&rq->arena, "_csrf=%s&%s",
			    csrf_guest_make(&cx, path + 3), body == NULL ? "" : body);
		} else
			body = arena_printf(
			    &rq->arena, "_csrf=%s&%s", d->csrf[role], body == NULL ? "" : body);
	}
	return ask_house(d, rq, m, path, body);
}

struct answer
door_api(struct door *d, int role, enum method m, const char *path, const char *json,
    const char *if_match)
{
	struct req *rq = new_request();

	if (d->token[role] != NULL)
		add_head(rq, "Authorization", d->token[role]);
	if (json != NULL)
		add_head(rq, "Content-Type", "application/json");
	if (if_match != NULL)
		add_head(rq, "If-Match", if_match);
	return ask_house(d, rq, m, path, json);
}

int64_t
door_int(struct door *d, const char *sql)
{
	struct ctx cx;
	int64_t n;

	app_ctx(&d->app, &cx, &d->arena);
	must(db_int(&cx, &n, sql, NO_VALS), &cx, sql, NULL);
	db_end(&cx);
	return n;
}

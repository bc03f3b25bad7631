/* config.c – see config.h. The rows below are the whole list: names, hiding, and the check that a value
 * passes whatever it came from. */
#include "app/config.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "text/conf.h"

enum {
	FILE_MAX = 64 * 1024,
	STOP_SECONDS = 10,
	STOP_SECONDS_MAX = 600,
	TOKEN_MIN = 16,
	TLS_PORT = 8443
};

typedef bool check_fn(const char *value);

static bool
any_text(const char *v)
{
	return *v != '\0';
}

static bool
yes_or_no(const char *v)
{
	return strcmp(v, "yes") == 0 || strcmp(v, "no") == 0;
}

static bool
on_or_off(const char *v)
{
	return strcmp(v, "on") == 0 || strcmp(v, "off") == 0;
}

static bool
log_word(const char *v)
{
	return strcmp(v, "journal") == 0 || strcmp(v, "json") == 0;
}

static bool
seconds(const char *v)
{
	return strspn(v, "0123456789") == strlen(v) && strlen(v) > 0 && strlen(v) < 5 &&
	       atoi(v) <= STOP_SECONDS_MAX;
}

static bool
port(const char *v)
{
	return strspn(v, "0123456789") == strlen(v) && strlen(v) > 0 && strlen(v) < 6 &&
	       atoi(v) <= 65535;
}

/* The owner must be able to use it: 0600, 0660, 0666, 0777 … */
static bool
mode(const char *v)
{
	long n = strtol(v, NULL, 8);

	return strspn(v, "01234567") == strlen(v) && strlen(v) >= 3 && strlen(v) <= 4 &&
	       n <= 0777 && (n & 0600) == 0600;
}

/* scheme://host[:port], one slash behind it at most: the house stands at the root of its host. */
static bool
base(const char *v)
{
	size_t skip = strncmp(v, "https://", 8) == 0 ? 8 : strncmp(v, "http://", 7) == 0 ? 7 : 0;
	size_t n = strlen(v), i;

	if (skip == 0 || n > 200)
		return false;
	if (v[n - 1] == '/')
		n--;
	for (i = skip; i < n; i++)
		if (!isalnum((unsigned char)v[i]) && strchr(".-:[]", v[i]) == NULL)
			return false;
	return n > skip;
}

static bool
proxies(const char *v)
{
	struct trust t;

	return trust_parse(v, &t);
}

/* It goes into a header: visible ASCII. */
static bool
token(const char *v)
{
	size_t i;

	for (i = 0; v[i] != '\0'; i++)
		if (v[i] <= 0x20 || v[i] >= 0x7F)
			return false;
	return i >= TOKEN_MIN;
}

enum hide { OPEN, HIDE_URL, HIDE_ALL };
static const struct row {
	const char *name, *env;
	size_t at; /* in struct opts; 0 = quiet */
	enum hide hide;
	check_fn *check;
	const char *wanted, *built_in;
} rows[] = {
	{ "db", "SHANYRAQ_DB", offsetof(struct opts, db), HIDE_URL, any_text,
	    "a file or postgresql://…", NULL },
	{ "dir", "SHANYRAQ_DIR", offsetof(struct opts, dir), OPEN, any_text, "a folder", NULL },
	{ "listen", "SHANYRAQ_LISTEN", offsetof(struct opts, listen), OPEN, any_text,
	    "ADDRESS:PORT or unix:PATH", "127.0.0.1:8080" },
	{ "socket-mode", "SHANYRAQ_SOCKET_MODE", offsetof(struct opts, socket_mode), OPEN, mode,
	    "an octal mode as 0660", "0660" },
	{ "tls", "SHANYRAQ_TLS", offsetof(struct opts, tls), OPEN, yes_or_no, "yes or no", "no" },
	{ "tls-port", "SHANYRAQ_TLS_PORT", offsetof(struct opts, tls_port), OPEN, port, "a port",
	    "8443" },
	{ "base-url", "SHANYRAQ_BASE_URL", offsetof(struct opts, base_url), OPEN, base,
	    "https://NAME or http://NAME, without a path", NULL },
	{ "trust-proxy", "SHANYRAQ_TRUST_PROXY", offsetof(struct opts, trust_proxy), OPEN, proxies,
	    "addresses or networks (10.0.0.0/8), at most 16, with commas between", NULL },
	{ "log", "SHANYRAQ_LOG", offsetof(struct opts, log), OPEN, log_word, "journal or json",
	    "journal" },
	{ "quiet", "SHANYRAQ_QUIET", 0, OPEN, yes_or_no, "yes or no", "no" },
	{ "limits", "SHANYRAQ_LIMITS", offsetof(struct opts, limits), OPEN, on_or_off, "on or off",
	    "on" },
	{ "stop-seconds", "SHANYRAQ_STOP_SECONDS", offsetof(struct opts, stop_seconds), OPEN,
	    seconds, "0 to 600", "10" },
	{ "metrics-token", "SHANYRAQ_METRICS_TOKEN", offsetof(struct opts, metrics_token), HIDE_ALL,
	    token, "at least 16 letters and digits", NULL },
	{ "hunspell-kk", "SHANYRAQ_HUNSPELL_KK", offsetof(struct opts, hunspell_kk), OPEN, any_text,
	    "the path of kk_KZ.dic", NULL },
};
_Static_assert(ARRAY_LEN(rows) <= CONFIG_KEYS_MAX, "more keys than origins");

static const char **
slot(struct opts *o, const struct row *r)
{
	return r->at == 0 && strcmp(r->name, "quiet") == 0
		   ? &o->quiet_word
		   : (const char **)(void *)((char *)o + r->at);
}

static const char *
value_of(const struct opts *o, const struct row *r)
{
	struct opts copy = *o;

	return *slot(&copy, r);
}

/* ---- the file ---- */

struct filling {
	struct config *c;
	struct opts *o;
	bool seen[ARRAY_LEN(rows)]; /* in this file */
};

/* One line into the options; NULL or what is wrong with it. */
static const char *
line_into(struct filling *f, struct slice line, const char *where)
{
	struct arena *a = &f->c->arena;
	struct slice name, value;
	const struct row *r;
	const char *text;
	size_t i;
	enum conf_line kind = conf_line(line, &name, &value);

	if (kind == CONF_NOTHING)
		return NULL;
	if (kind == CONF_BROKEN)
		return "write “name = value”";
	for (i = 0; i < ARRAY_LEN(rows) && !slice_is(name, rows[i].name); i++)
		;
	if (i == ARRAY_LEN(rows))
		return arena_printf(a, "there is no option “%.*s”", (int)name.n, name.p);
	r = &rows[i];
	if (f->seen[i])
		return arena_printf(a, "%s stands here a second time", r->name);
	f->seen[i] = true;
	text = arena_strn(a, value.p, value.n);
	if (!r->check(text))
		return arena_printf(a, "%s: wanted is %s", r->name, r->wanted);
	if (*slot(f->o, r) == NULL) {
		*slot(f->o, r) = text;
		f->c->origin[i] = where;
	}
	return NULL;
}

static int
read_file(struct config *c, const char *path, struct slice *out, const char **err)
{
	FILE *f = fopen(path, "rbe");
	char *p = arena_alloc(&c->arena, FILE_MAX + 1);
	bool broken;

	if (f == NULL) {
		*err = arena_printf(&c->arena, "%s: %s", path, strerror(errno));
		return RC_INVALID;
	}
	*out = (struct slice){ p, fread(p, 1, FILE_MAX + 1, f) };
	broken = ferror(f) != 0;
	fclose(f);
	if (broken || out->n > FILE_MAX) {
		*err = arena_printf(&c->arena, "%s: %s", path,
		    broken ? "cannot be read" : "is larger than a configuration can be");
		return RC_INVALID;
	}
	return RC_OK;
}

static int
fill_from_file(struct config *c, struct opts *o, const char *path, const char **err)
{
	struct filling f = { .c = c, .o = o };
	struct slice rest, line;
	const char *why, *where, *end;
	int number = 0;

	TRY(read_file(c, path, &rest, err));
	if (rest.n >= 3 && memcmp(rest.p, "\xEF\xBB\xBF", 3) == 0)
		rest.p += 3, rest.n -= 3;
	while (rest.n > 0) {
		end = memchr(rest.p, '\n', rest.n);
		line = (struct slice){ rest.p, end == NULL ? rest.n : (size_t)(end - rest.p) };
		rest.n -= line.n + (end != NULL);
		rest.p += line.n + (end != NULL);
		where = arena_printf(&c->arena, "%s:%d", path, ++number);
		why = line_into(&f, line, where);
		if (why != NULL) {
			*err = arena_printf(&c->arena, "%s: %s", where, why);
			return RC_INVALID;
		}
	}
	return RC_OK;
}

/* ---- all three ---- */

static int
one_checked(struct config *c, const struct row *r, const char *value, const char **err)
{
	const char *origin = c->origin[r - rows];

	if (r->check(value))
		return RC_OK;
	*err =
	    arena_printf(&c->arena, "%s%s: wanted is %s", strcmp(origin, "option") == 0 ? "--" : "",
		strcmp(origin, "option") == 0 ? r->name : r->env, r->wanted);
	return RC_INVALID;
}

int
config_fill(struct config *c, struct opts *o, const char **err)
{
	const char *path = o->config != NULL ? o->config : getenv("SHANYRAQ_CONFIG"), *env;
	size_t i;

	memset(c, 0, sizeof *c);
	arena_init(&c->arena);
	if (o->quiet)
		o->quiet_word = "yes";
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		env = getenv(rows[i].env);
		if (*slot(o, &rows[i]) != NULL)
			c->origin[i] = "option";
		else if (env != NULL && *env != '\0') {
			*slot(o, &rows[i]) = env;
			c->origin[i] = "environment";
		} else
			continue;
		TRY(one_checked(c, &rows[i], *slot(o, &rows[i]), err));
	}
	if (path != NULL && *path != '\0')
		TRY(fill_from_file(c, o, path, err));
	o->quiet = o->quiet_word != NULL && strcmp(o->quiet_word, "yes") == 0;
	return RC_OK;
}

void
config_free(struct config *c)
{
	arena_done(&c->arena);
}

/* ---- saying what holds ---- */

/* postgresql://user:secret@host/db?password=secret */
static void
print_url(const char *v, FILE *to)
{
	const char *at = strstr(v, "://"), *p, *colon, *end;

	if (at == NULL) {
		fputs(v, to);
		return;
	}
	end = at + 3 + strcspn(at + 3, "/?");
	p = memrchr(at + 3, '@', (size_t)(end - at - 3));
	colon = p == NULL ? NULL : memchr(at + 3, ':', (size_t)(p - at - 3));
	if (colon != NULL) {
		fprintf(to, "%.*s:***", (int)(colon - v), v);
		v = p;
	}
	while ((p = strcasestr(v, "password=")) != NULL) {
		fprintf(to, "%.*s***", (int)(p + 9 - v), v);
		v = p + 9 + strcspn(p + 9, "&");
	}
	fputs(v, to);
}

void
config_print(const struct config *c, const struct opts *o, FILE *to)
{
	const char *v, *origin;
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		v = value_of(o, &rows[i]);
		origin = c->origin[i];
		fprintf(to, "# %s\n",
		    origin != NULL			    ? origin
		    : v == NULL && rows[i].built_in == NULL ? "not set"
							    : "built in");
		v = v != NULL ? v : rows[i].built_in;
		if (v == NULL || rows[i].hide == HIDE_ALL) {
			fprintf(to, "#%s = %s\n", rows[i].name, v == NULL ? "" : "***");
			continue;
		}
		fprintf(to, "%s = ", rows[i].name);
		if (rows[i].hide == HIDE_URL)
			print_url(v, to);
		else
			fputs(v, to);
		fputc('\n', to);
	}
}

int
config_serving(struct config *c, const struct opts *o, struct serving *out, const char **err)
{
	bool tls = o->tls != NULL && strcmp(o->tls, "yes") == 0;
	size_t n;

	/* Whoever asks for TLS of the house's own wants telephones to reach it. */
	*out = (struct serving){ .listen = o->listen != NULL ? o->listen
					   : tls	     ? "0.0.0.0:8080"
							     : "127.0.0.1:8080",
		.tls = tls,
		.tls_port = o->tls_port == NULL ? TLS_PORT : atoi(o->tls_port),
		.socket_mode = o->socket_mode == NULL ? 0660 : (int)strtol(o->socket_mode, NULL, 8),
		.log = o->log != NULL && strcmp(o->log, "json") == 0 ? LOG_FORM_JSON
								     : LOG_FORM_JOURNAL,
		.quiet = o->quiet,
		.limits = o->limits == NULL || strcmp(o->limits, "on") == 0,
		.stop_seconds = o->stop_seconds == NULL ? STOP_SECONDS : atoi(o->stop_seconds),
		.token = o->metrics_token };
	if (o->base_url != NULL) {
		n = strlen(o->base_url);
		out->base_url = arena_strn(&c->arena, o->base_url, n - (o->base_url[n - 1] == '/'));
	}
	if (tls && strncmp(out->listen, "unix:", 5) == 0) {
		*err = "tls: telephones do not reach a unix socket; let its proxy speak TLS";
		return RC_INVALID;
	}
	if (o->trust_proxy != NULL && !trust_parse(o->trust_proxy, &out->trust)) {
		*err = "trust-proxy cannot be read";
		return RC_INVALID;
	}
	return RC_OK;
}

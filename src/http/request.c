/* request.c – reading a request and filling its answer: what handlers see of this folder.
 *
 * Everything returned lives in the request's arena. Query and form are parsed at most once, on
 * first use; app/serve.c calls req_parse() before the handler, so a handler meets only input that
 * was well-formed, and absent names are simply NULL. The writers refuse bytes that would end a
 * header line: such a value is a programming error, not input. */
#include "http/inner.h"

#include <strings.h>
#include "base/log.h"
#include "base/utf8.h"

const char *
req_header(const struct req *rq, const char *name)
{
	int i;

	for (i = 0; i < rq->nhead; i++)
		if (strcasecmp(rq->head[i].name, name) == 0)
			return rq->head[i].value;
	return NULL;
}

const char *
req_base(struct req *rq)
{
	const char *host;

	if (rq->base != NULL)
		return rq->base;
	host = req_header(rq, "Host");
	return arena_printf(&rq->arena, "%s://%s", rq->https ? "https" : "http",
	    host == NULL || *host == '\0' ? "localhost" : host);
}

/* Value of `name` in one Cookie header ("a=1; b=2"). */
static bool
cookie_in(const char *s, const char *name, struct slice *out)
{
	size_t want = strlen(name);

	while (*s != '\0') {
		size_t n, eq;

		s += strspn(s, " \t;");
		n = strcspn(s, ";");
		eq = strcspn(s, "=;");
		if (eq == want && eq < n && memcmp(s, name, want) == 0) {
			const char *v = s + eq + 1;
			size_t nv = n - eq - 1;

			while (nv > 0 && (v[nv - 1] == ' ' || v[nv - 1] == '\t'))
				nv--;
			*out = (struct slice){ v, nv };
			return true;
		}
		s += n;
	}
	return false;
}

const char *
req_cookie(struct req *rq, const char *name)
{
	struct slice v;
	int i;

	for (i = 0; i < rq->nhead; i++)
		if (strcasecmp(rq->head[i].name, "Cookie") == 0 &&
		    cookie_in(rq->head[i].value, name, &v) && utf8_valid(v.p, v.n))
			return arena_strn(&rq->arena, v.p, v.n);
	return NULL;
}

/* Whether the media type (before any ';') is `type`. */
static bool
is_type(const char *value, const char *type)
{
	size_t n = strlen(type);

	return strncasecmp(value, type, n) == 0 &&
	       (value[n] == '\0' || value[n] == ';' || value[n] == ' ' || value[n] == '\t');
}

static int
parse_query(struct req *rq)
{
	struct pairs q = { 0 };

	if (rq->query_done)
		return RC_OK;
	if (rq->query_raw.n > 0)
		TRY(url_parse_pairs(&rq->arena, rq->query_raw, &q));
	rq->query = q;
	rq->query_done = true;
	return RC_OK;
}

/* Text fields of a multipart body are form fields like any other. */
static void
text_parts(struct req *rq)
{
	struct pairs *f = &rq->form;
	size_t i;

	f->p = arena_array(&rq->arena, struct pair, rq->parts.n + 1);
	for (i = 0; i < rq->parts.n; i++) {
		const struct form_part *part = &rq->parts.p[i];

		if (part->filename == NULL)
			f->p[f->n++] = (struct pair){ part->name,
				arena_strn(&rq->arena, part->body.p, part->body.n), part->body.n };
	}
}

static int
parse_form(struct req *rq)
{
	const char *type;

	if (rq->form_done)
		return RC_OK;
	type = req_header(rq, "Content-Type");
	if (rq->body.n > 0 && type != NULL) {
		if (is_type(type, "application/x-www-form-urlencoded"))
			TRY(url_parse_pairs(&rq->arena, rq->body, &rq->form));
		else if (is_type(type, "multipart/form-data")) {
			TRY(url_parse_multipart(&rq->arena, type, rq->body, &rq->parts));
			text_parts(rq);
		}
	}
	rq->form_done = true;
	return RC_OK;
}

int
req_parse(struct req *rq)
{
	TRY(parse_query(rq));
	return parse_form(rq);
}

static const char *
first_of(const struct pairs *ps, const char *name)
{
	size_t i;

	for (i = 0; i < ps->n; i++)
		if (strcmp(ps->p[i].name, name) == 0)
			return ps->p[i].value;
	return NULL;
}

const char *
req_q(struct req *rq, const char *name)
{
	return parse_query(rq) == RC_OK ? first_of(&rq->query, name) : NULL;
}

const char *
req_f(struct req *rq, const char *name)
{
	return parse_form(rq) == RC_OK ? first_of(&rq->form, name) : NULL;
}

const struct form_part *
req_file(struct req *rq, const char *name)
{
	size_t i;

	if (parse_form(rq) != RC_OK)
		return NULL;
	for (i = 0; i < rq->parts.n; i++)
		if (rq->parts.p[i].filename != NULL && strcmp(rq->parts.p[i].name, name) == 0)
			return &rq->parts.p[i];
	return NULL;
}

/* One spelling for one id: no sign, no leading zero, so two URLs never name one record. */
int
req_param_id(const struct req *rq, int i, int64_t *out)
{
	const char *s;
	int64_t v = 0;

	if (i < 0 || i >= rq->nparam)
		return RC_NOTFOUND;
	s = rq->param[i];
	if (*s < '1' || *s > '9')
		return RC_NOTFOUND;
	for (; *s >= '0' && *s <= '9'; s++) {
		v = v * 10 + (*s - '0');
		if (v > INT64_C(1) << 53)
			return RC_NOTFOUND;
	}
	if (*s != '\0')
		return RC_NOTFOUND;
	*out = v;
	return RC_OK;
}

static bool
is_clean(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7F)
			return false;
	return true;
}

/* A second value of a name replaces the first; only cookies may stand more than once. */
void
res_header(struct req *rq, const char *name, const char *value)
{
	struct res *res = &rq->res;
	int i;

	if (*name == '\0' || !is_clean(name) || !is_clean(value) || strpbrk(name, ": \t") != NULL) {
		BUG("header with control bytes: %s", name);
		return;
	}
	for (i = 0; i < res->nhead; i++)
		if (strcasecmp(res->head[i].name, name) == 0 && strcasecmp(name, "Set-Cookie") != 0)
			break;
	if (i == RES_HEADERS) {
		BUG("more than %d headers: %s", RES_HEADERS, name);
		return;
	}
	res->head[i] = (struct header){ arena_str(&rq->arena, name), arena_str(&rq->arena, value) };
	if (i == res->nhead)
		res->nhead++;
}

void
res_redirect(struct req *rq, const char *location)
{
	rq->res.status = 303;
	rq->res.body = (struct slice){ "", 0 };
	rq->res.type = NULL;
	rq->res.file = NULL;
	res_header(rq, "Location", location);
}

/* RFC 6265 cookie-octets. */
static bool
is_cookie_value(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s <= 0x20 || *s >= 0x7F || strchr("\",;\\", *s) != NULL)
			return false;
	return true;
}

/* max_age 0 deletes the cookie, a negative one lasts until the browser closes. */
void
res_cookie(struct req *rq, const char *name, const char *value, int max_age, bool secure)
{
	const char *life = max_age < 0 ? "" : arena_printf(&rq->arena, "; Max-Age=%d", max_age);

	if (!is_cookie_value(value) || !is_cookie_value(name) || strchr(name, '=') != NULL) {
		BUG("cookie %s with bytes that no cookie may hold", name);
		return;
	}
	res_header(rq, "Set-Cookie",
	    arena_printf(&rq->arena, "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s", name, value, life,
		secure ? "; Secure" : ""));
}

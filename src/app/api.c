/* api.c – /api/v1: records of all kinds, figures, files, and the OpenAPI text, from the same tables
 * as the pages. A token acts (Authorization: Bearer sq_…); no cookie is looked at.
 *
 * Lists: ?field=…&field_from=…&field_to=…&letter=Ә&sort=-field&limit=25&after=CURSOR → {items, next,
 * total}. A record that was joined with another one is in no list; by its id it says merged_into.
 * Change: PATCH with If-Match (RFC 9110, 13.1.1): missing 428, stale 412. Idempotency-Key keeps an
 * answer for 24 h per token and route. Errors: RFC 9457. */
#include "app/app.h"

#include <stdlib.h>

#include "core/files.h"
#include "core/idempotency.h"
#include "figure/report.h"
#include "kind/past.h"
#include "mod/event/event.h"
#include "ui/error.h"

static int
kind_of_path(struct view *v, const struct kind **out)
{
	*out = kind_of_collection(v->rq->param[0]);
	if (*out == NULL)
		return fail(v->cx, RC_NOTFOUND, N_("There is no such collection."));
	return RC_OK;
}

static const char *
etag_of(struct ctx *cx, int64_t version)
{
	return arena_printf(cx->arena, "\"%lld\"", (long long)version);
}

/* ---- reading ---- */

static int
apply_query(struct view *v, struct query *q)
{
	struct req *rq = v->rq;
	size_t i;

	for (i = 0; i < rq->query.n; i++) {
		const char *name = rq->query.p[i].name, *value = rq->query.p[i].value;
		int64_t n;

		if (strcmp(name, "sort") == 0)
			TRY(query_sort(q, value));
		else if (strcmp(name, "after") == 0)
			q->after = value;
		else if (strcmp(name, "lang") == 0)
			continue;
		else if (strcmp(name, "known") == 0) {
			int64_t known;

			known_read(v->cx, value, &known);
			TRY(fields_rc(v->cx));
			TRY(query_known(q, known));
		} else if (strcmp(name, "limit") == 0) {
			if (!num_parse(value, &n) || n < 1 || n > QUERY_LIMIT_MAX) {
				fail_field(v->cx, "limit",
				    N_("The number must lie between %s and %s."), "1",
				    num(v->cx, QUERY_LIMIT_MAX));
				return RC_INVALID;
			}
			q->limit = (int)n;
		} else
			TRY(query_filter(q, name, value));
	}
	return RC_OK;
}

static int
list_api(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct kind *k;
	struct query q;
	struct list l;
	struct json j;
	int64_t total;
	size_t i;

	TRY(kind_of_path(v, &k));
	TRY(query_init(cx, &q, k));
	TRY(apply_query(v, &q));
	TRY(query_list(&q, &l));
	TRY(query_count(&q, &total));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < l.n; i++)
		kind_json(cx, &j, k, list_row(&l, k, i));
	json_close(&j, ']');
	json_str(&j, "next", l.next);
	json_num(&j, "total", total);
	json_close(&j, '}');
	return answer_json(v, 200, &j);
}

static int
send_record(struct view *v, int status, const struct kind *k, const void *rec)
{
	const struct rec *h = rec;
	struct json j;

	json_init(&j, v->cx->arena, 0);
	kind_json(v->cx, &j, k, rec);
	res_header(v->rq, "ETag", etag_of(v->cx, h->version));
	if (status == 201)
		res_header(v->rq, "Location",
		    arena_printf(
			v->cx->arena, "/api/v1/%s/%lld", k->plural_name, (long long)h->id));
	return answer_json(v, status, &j);
}

static int
get_api(struct view *v)
{
	const struct kind *k;
	void *rec;
	int64_t id;

	TRY(kind_of_path(v, &k));
	TRY(req_param_id(v->rq, 1, &id));
	rec = arena_alloc(v->cx->arena, k->size);
	TRY(kind_get(v->cx, k, id, rec));
	TRY(sensitive_open(v->cx, k, rec, "api"));
	return send_record(v, 200, k, rec);
}

/* ---- writing ---- */

struct create {
	const struct kind *kind;
	const void *in;
	void *out;
	const struct idempotency *idem; /* NULL = no key was sent */
};

static int
create_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct create *c = arg;
	struct idempotency_answer a = { .status = 201 };
	struct json j;

	memcpy(c->out, c->in, c->kind->size);
	TRY(kind_insert_tx(cx, tx, c->kind, c->out));
	if (c->idem == NULL)
		return RC_OK;
	json_init(&j, cx->arena, 0);
	kind_json(cx, &j, c->kind, c->out);
	a.body = j.out.p;
	return idempotency_keep_tx(cx, tx, c->idem, &a);
}

static int
kept_answer(struct view *v, const struct idempotency *idem, bool *sent)
{
	struct idempotency_answer a;
	int rc = idempotency_find(v->cx, idem, &a);

	*sent = false;
	if (rc == RC_NOTFOUND) {
		err_clear(v->cx);
		return RC_OK;
	}
	TRY(rc);
	v->rq->res.status = a.status;
	v->rq->res.type = "application/json";
	v->rq->res.body = slice_str(a.body);
	res_header(v->rq, "Idempotency-Replayed", "true");
	*sent = true;
	return RC_OK;
}

static int
create_api(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct kind *k;
	struct create c;
	struct idempotency idem = { .key = req_header(v->rq, "Idempotency-Key"),
		.body = v->rq->body };
	int64_t keys[1];
	bool sent = false;
	void *in;
	int rc;

	TRY(kind_of_path(v, &k));
	if (!may(cx, k->create))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	idem.route = arena_printf(cx->arena, "POST /api/v1/%s", k->plural_name);
	if (idem.key != NULL) {
		TRY(kept_answer(v, &idem, &sent));
		if (sent)
			return RC_OK;
	}
	in = arena_alloc(cx->arena, k->size);
	TRY(kind_from_json(cx, k, v->rq->body, true, in));
	c = (struct create){ k, in, arena_alloc(cx->arena, k->size),
		idem.key == NULL ? NULL : &idem };
	rc = db_write_keys(cx, keys, kind_hot_keys(k, in, keys), create_fn, &c);
	if (rc == RC_EXISTS && idem.key != NULL) {
		/* A twin was faster: its answer is this request's answer. */
		struct err keep = cx->err;

		err_clear(cx);
		TRY(kept_answer(v, &idem, &sent));
		if (sent)
			return RC_OK;
		cx->err = keep;
	}
	TRY(rc);
	return send_record(v, 201, k, c.out);
}

/* The version that If-Match names; 428 and 412 are answered here. */
static int
if_match(struct view *v, int64_t *version)
{
	const char *h = req_header(v->rq, "If-Match");
	bool quoted;
	char *end;

	if (h == NULL) {
		fail(v->cx, RC_CONFLICT, N_("Send If-Match with the version that you read."));
		error_problem(v, 428);
		return RC_OK;
	}
	quoted = *h == '"';
	h += quoted;
	*version = strtoll(h, &end, 10);
	if (end == h || *version <= 0 || strcmp(end, quoted ? "\"" : "") != 0)
		*version = -1; /* matches nothing: stale */
	return RC_OK;
}

static int
stale(struct view *v, int rc)
{
	if (rc != RC_CONFLICT)
		return rc;
	error_problem(v, 412);
	return RC_OK;
}

static int
change_api(struct view *v)
{
	const struct kind *k;
	int64_t id, version = 0;
	void *rec;
	int rc;

	TRY(kind_of_path(v, &k));
	TRY(req_param_id(v->rq, 1, &id));
	if (!may(v->cx, k->edit))
		return fail(v->cx, RC_DENIED, N_("Your role does not allow this change."));
	rec = arena_alloc(v->cx->arena, k->size);
	TRY(kind_get(v->cx, k, id, rec));
	TRY(if_match(v, &version));
	if (v->rq->res.status != 0)
		return RC_OK;
	if (((struct rec *)rec)->version != version) {
		fail(v->cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
		return stale(v, RC_CONFLICT);
	}
	TRY(kind_from_json(v->cx, k, v->rq->body, false, rec));
	rc = kind_update(v->cx, k, rec);
	if (rc != RC_OK)
		return stale(v, rc);
	return send_record(v, 200, k, rec);
}

/* POST /api/v1/events/5/approve with {"reason": …}: the transition table's verbs. */
static int
event_move_api(struct view *v)
{
	struct ctx *cx = v->cx;
	struct event e;
	int64_t id, version = 0;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &event_kind, id, &e));
	TRY(if_match(v, &version));
	if (v->rq->res.status != 0)
		return RC_OK;
	rc = event_move(cx, id, version, v->rq->param[1], req_q(v->rq, "reason"));
	if (rc != RC_OK)
		return stale(v, rc);
	TRY(kind_get(cx, &event_kind, id, &e));
	return send_record(v, 200, &event_kind, &e);
}

/* ---- figures ---- */

static int
ask_of(struct view *v, struct ask *a)
{
	struct ask_text t = { .on = req_q(v->rq, "on"),
		.period = req_q(v->rq, "period"),
		.body = req_q(v->rq, "body"),
		.district = req_q(v->rq, "district"),
		.known = req_q(v->rq, "known") };

	return ask_read(v->cx, &t, a);
}

static int
figures_api(struct view *v)
{
	struct ask a;
	struct json j;

	TRY(ask_of(v, &a));
	json_init(&j, v->cx->arena, 0);
	TRY(report_figures(v->cx, &a, &j));
	return answer_json(v, 200, &j);
}

static int
figure_api(struct view *v)
{
	struct ask a;
	struct json j;

	TRY(ask_of(v, &a));
	json_init(&j, v->cx->arena, 0);
	TRY(report_figure(v->cx, v->rq->param[0], &a, &j));
	return answer_json(v, 200, &j);
}

static int
records_api(struct view *v)
{
	const char *format = req_q(v->rq, "format");
	struct ask a;
	struct json j;
	struct csv c;

	TRY(ask_of(v, &a));
	if (format != NULL && strcmp(format, "csv") == 0) {
		csv_init(&c, v->cx->arena, false, 0);
		TRY(report_records_csv(v->cx, v->rq->param[0], &a, &c));
		v->rq->res.status = 200;
		v->rq->res.type = "text/csv; charset=utf-8";
		v->rq->res.body = (struct slice){ c.out.p, c.out.n };
		return RC_OK;
	}
	json_init(&j, v->cx->arena, 0);
	json_open(&j, NULL, '{');
	TRY(report_records_json(v->cx, v->rq->param[0], &a, &j));
	json_close(&j, '}');
	return answer_json(v, 200, &j);
}

/* ---- files ---- */

static int
file_content_api(struct view *v)
{
	struct file f;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &file_kind, id, &f));
	if (f.sha256 == NULL || f.withdrawn)
		return RC_NOTFOUND;
	v->rq->res.file = files_path(v->cx->arena, files_home(), f.sha256);
	if (v->rq->res.file == NULL) /* a link, a note, or its term is over */
		return RC_NOTFOUND;
	v->rq->res.type = f.media;
	v->rq->res.status = 200;
	return RC_OK;
}

/* POST /api/v1/events/{id}/files: multipart with `file` and the fields of the kind. */
static int
file_put_api(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct form_part *p = req_file(v->rq, "file");
	static const char *const fields[] = { "type", "credit", "caption", "link", "consent" };
	struct file f;
	size_t i;

	if (!may(cx, file_kind.create))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	kind_empty(&file_kind, &f);
	TRY(req_param_id(v->rq, 0, &f.event));
	if (p == NULL) {
		fail_field(cx, "file", N_("This field is needed."));
		return RC_INVALID;
	}
	for (i = 0; i < ARRAY_LEN(fields); i++)
		field_parse(
		    cx, kind_field(&file_kind, fields[i]), req_f(v->rq, fields[i]), cx->lang, &f);
	TRY(fields_rc(cx));
	f.name = p->filename;
	TRY(event_file_take(cx, p->body, p->type, &f));
	TRY(kind_insert(cx, &file_kind, &f));
	return send_record(v, 201, &file_kind, &f);
}

/* ---- OpenAPI 3.1 ---- */

static void
openapi_type(struct json *j, const struct field *f)
{
	static const char *const type[] = { [FT_TEXT] = "string",
		[FT_TEXT3] = "object",
		[FT_INT] = "integer",
		[FT_DAY] = "string",
		[FT_TIME] = "string",
		[FT_BOOL] = "boolean",
		[FT_ENUM] = "string",
		[FT_REF] = "integer",
		[FT_SEALED] = "string",
		[FT_REAL] = "number" };
	const struct option *o;

	json_open(j, "type", '[');
	json_str(j, NULL, type[f->type]);
	if (f->type != FT_BOOL)
		json_str(j, NULL, "null");
	json_close(j, ']');
	if (f->type == FT_DAY)
		json_str(j, "format", "date");
	if (f->type == FT_TIME)
		json_str(j, "format", "date-time");
	if (f->type == FT_TEXT)
		json_num(j, "maxLength", f->max != 0 ? f->max : 200);
	if (f->type == FT_INT && (f->min != 0 || f->max != 0)) {
		json_num(j, "minimum", f->min);
		json_num(j, "maximum", f->max);
	}
	if (f->type == FT_ENUM) {
		json_open(j, "enum", '[');
		for (o = f->options; o->code != NULL; o++)
			json_str(j, NULL, o->code);
		json_nil(j, NULL);
		json_close(j, ']');
	}
	json_str(j, "description", f->label);
	if ((f->flags & F_RULED) != 0)
		json_bool(j, "readOnly", true);
}

static void
openapi_schema(struct json *j, const struct kind *k)
{
	static const char *const head[] = { "id", "version" };
	size_t i;

	json_open(j, k->name, '{');
	json_str(j, "type", "object");
	json_open(j, "properties", '{');
	for (i = 0; i < 2; i++) {
		json_open(j, head[i], '{');
		json_str(j, "type", "integer");
		json_bool(j, "readOnly", true);
		json_close(j, '}');
	}
	json_open(j, "changed_at", '{');
	json_str(j, "type", "string");
	json_str(j, "format", "date-time");
	json_bool(j, "readOnly", true);
	json_close(j, '}');
	for (i = 0; i < k->nfields; i++) {
		if (k->fields[i].privacy == PRIV_SEALED)
			continue;
		json_open(j, k->fields[i].name, '{');
		openapi_type(j, &k->fields[i]);
		json_close(j, '}');
	}
	json_close(j, '}');
	json_close(j, '}');
}

static void
openapi_parameter(struct json *j, const char *name, const char *in, const char *type, bool required)
{
	json_open(j, NULL, '{');
	json_str(j, "name", name);
	json_str(j, "in", in);
	json_bool(j, "required", required);
	json_open(j, "schema", '{');
	json_str(j, "type", type);
	json_close(j, '}');
	json_close(j, '}');
}

static void
openapi_answers(struct json *j, const char *status, const char *schema, bool list)
{
	json_open(j, "responses", '{');
	json_open(j, status, '{');
	json_str(j, "description", "OK");
	json_open(j, "content", '{');
	json_open(j, "application/json", '{');
	json_open(j, "schema", '{');
	if (list) {
		json_str(j, "type", "object");
		json_raw(j, "required", "[\"items\",\"next\",\"total\"]");
		json_open(j, "properties", '{');
		json_open(j, "items", '{');
		json_str(j, "type", "array");
		json_open(j, "items", '{');
		json_str(j, "$ref", schema);
		json_close(j, '}');
		json_close(j, '}');
		json_raw(j, "next", "{\"type\":[\"string\",\"null\"]}");
		json_raw(j, "total", "{\"type\":\"integer\"}");
		json_close(j, '}');
	} else if (schema != NULL)
		json_str(j, "$ref", schema);
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
	json_open(j, "default", '{');
	json_str(j, "description", "RFC 9457 problem");
	json_raw(j, "content",
	    "{\"application/"
	    "problem+json\":{\"schema\":{\"type\":\"object\",\"required\":[\"status\",\"title\"]}}"
	    "}");
	json_close(j, '}');
	json_close(j, '}');
}

static void
openapi_body(struct json *j, const char *schema)
{
	json_open(j, "requestBody", '{');
	json_bool(j, "required", true);
	json_open(j, "content", '{');
	json_open(j, "application/json", '{');
	json_open(j, "schema", '{');
	json_str(j, "$ref", schema);
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
}

static void
openapi_collection(struct ctx *cx, struct json *j, const struct kind *k)
{
	const char *schema = arena_printf(cx->arena, "#/components/schemas/%s", k->name);

	json_open(j, arena_printf(cx->arena, "/api/v1/%s", k->plural_name), '{');
	json_open(j, "get", '{');
	json_str(j, "summary", k->plural);
	json_open(j, "parameters", '[');
	openapi_parameter(j, "q", "query", "string", false);
	if (k->title[0] !=
	    NULL) /* titles that begin with it: letter=Ә, 0 for numbers, … for others */
		openapi_parameter(j, "letter", "query", "string", false);
	openapi_parameter(j, "sort", "query", "string", false);
	openapi_parameter(j, "limit", "query", "integer", false);
	openapi_parameter(j, "after", "query", "string", false);
	openapi_parameter(j, "known", "query", "string", false);
	json_close(j, ']');
	openapi_answers(j, "200", schema, true);
	json_close(j, '}');
	json_open(j, "post", '{');
	json_open(j, "parameters", '[');
	openapi_parameter(j, "Idempotency-Key", "header", "string", false);
	json_close(j, ']');
	openapi_body(j, schema);
	openapi_answers(j, "201", schema, false);
	json_close(j, '}');
	json_close(j, '}');
	json_open(j, arena_printf(cx->arena, "/api/v1/%s/{id}", k->plural_name), '{');
	json_open(j, "parameters", '[');
	openapi_parameter(j, "id", "path", "integer", true);
	json_close(j, ']');
	json_open(j, "get", '{');
	openapi_answers(j, "200", schema, false);
	json_close(j, '}');
	json_open(j, "patch", '{');
	json_open(j, "parameters", '[');
	openapi_parameter(j, "If-Match", "header", "string", true);
	json_close(j, ']');
	openapi_body(j, schema);
	openapi_answers(j, "200", schema, false);
	json_close(j, '}');
	json_close(j, '}');
}

static void
openapi_figures(struct json *j)
{
	static const char *const paths[] = { "/api/v1/figures", "/api/v1/figures/{code}",
		"/api/v1/figures/{code}/records" };
	static const char *const filters[] = { "on", "period", "body", "district", "known" };
	size_t i, f;

	for (i = 0; i < ARRAY_LEN(paths); i++) {
		json_open(j, paths[i], '{');
		json_open(j, "get", '{');
		json_open(j, "parameters", '[');
		for (f = 0; f < ARRAY_LEN(filters); f++)
			openapi_parameter(j, filters[f], "query", "string", false);
		if (i > 0)
			openapi_parameter(j, "code", "path", "string", true);
		if (i == 2)
			openapi_parameter(j, "format", "query", "string", false);
		json_close(j, ']');
		openapi_answers(j, "200", NULL, false);
		json_close(j, '}');
		json_close(j, '}');
	}
}

static void
openapi_door(struct json *j)
{
	json_open(j, "/api/v1/events/{id}/scans", '{');
	json_open(j, "post", '{');
	json_open(j, "parameters", '[');
	openapi_parameter(j, "id", "path", "integer", true);
	json_close(j, ']');
	json_raw(j, "requestBody",
	    "{\"required\":true,\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\","
	    "\"required\":[\"scans\"],\"properties\":{\"scans\":{\"type\":\"array\",\"maxItems\":"
	    "500},"
	    "\"queued\":{\"type\":\"integer\"}}}}}}");
	openapi_answers(j, "200", NULL, false);
	json_close(j, '}');
	json_close(j, '}');
	json_open(j, "/api/v1/events/{id}/roster", '{');
	json_open(j, "get", '{');
	json_open(j, "parameters", '[');
	openapi_parameter(j, "id", "path", "integer", true);
	json_close(j, ']');
	openapi_answers(j, "200", NULL, false);
	json_close(j, '}');
	json_close(j, '}');
}

static void
openapi_lang(struct json *j)
{
	json_open(j, "/api/v1/lang/{filter}", '{');
	json_open(j, "post", '{');
	json_open(j, "parameters", '[');
	openapi_parameter(j, "filter", "path", "string", true);
	json_close(j, ']');
	json_raw(j, "requestBody",
	    "{\"required\":true,\"content\":{\"text/plain\":{\"schema\":{\"type\":\"string\"}}}}");
	json_raw(j, "responses",
	    "{\"200\":{\"description\":\"one line a line; article and check: JSON\",\"content\":{"
	    "\"text/plain\":{\"schema\":{\"type\":\"string\"}},\"application/json\":{}}}}");
	json_close(j, '}');
	json_close(j, '}');
}

static int
openapi_api(struct view *v)
{
	struct json j;
	size_t i;

	json_init(&j, v->cx->arena, 0);
	json_open(&j, NULL, '{');
	json_str(&j, "openapi", "3.1.0");
	json_raw(&j, "info", "{\"title\":\"shanyraq\",\"version\":\"1\"}");
	json_open(&j, "servers", '[');
	json_open(&j, NULL, '{');
	json_str(&j, "url", req_base(v->rq));
	json_close(&j, '}');
	json_close(&j, ']');
	json_raw(&j, "security", "[{\"token\":[]}]");
	json_open(&j, "paths", '{');
	for (i = 0; i < app_nkinds; i++)
		if (app_kinds[i]->plural_name != NULL)
			openapi_collection(v->cx, &j, app_kinds[i]);
	openapi_figures(&j);
	search_openapi(&j);
	openapi_door(&j);
	openapi_lang(&j);
	json_close(&j, '}');
	json_open(&j, "components", '{');
	json_raw(&j, "securitySchemes", "{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}}");
	json_open(&j, "schemas", '{');
	for (i = 0; i < app_nkinds; i++)
		if (app_kinds[i]->plural_name != NULL)
			openapi_schema(&j, app_kinds[i]);
	json_close(&j, '}');
	json_close(&j, '}');
	json_close(&j, '}');
	return answer_json(v, 200, &j);
}

const struct route api_routes[] = {
	{ M_GET, "/api/v1/openapi.json", openapi_api, CAP_PUBLIC, ROUTE_API, N_("API description"),
	    N_("OpenAPI 3.1 of everything below.") },
	{ M_GET, "/api/v1/search", search_api, CAP_SIGNED_IN, ROUTE_API, N_("Search"),
	    N_("Everything with words, best first; q, kind, limit.") },
	{ M_GET, "/api/v1/figures", figures_api, CAP_SIGNED_IN, ROUTE_API, N_("Figures"),
	    N_("All figures; on, period, body, district, known.") },
	{ M_GET, "/api/v1/figures/{code}", figure_api, CAP_SIGNED_IN, ROUTE_API, N_("One figure"),
	    N_("A figure and its split.") },
	{ M_GET, "/api/v1/figures/{code}/records", records_api, CAP_SIGNED_IN, ROUTE_API,
	    N_("Records of a figure"), N_("The records behind a figure; format=csv.") },
	{ M_GET, "/api/v1/files/{id}/content", file_content_api, CAP_SIGNED_IN, ROUTE_API,
	    N_("Content of a file"), N_("The bytes of a file.") },
	{ M_POST, "/api/v1/events/{id}/files", file_put_api, CAP_EVENT_WRITE,
	    ROUTE_API | ROUTE_FILES, N_("Add evidence"), N_("multipart/form-data with “file”.") },
	{ M_POST, "/api/v1/events/{id}/{action}", event_move_api, CAP_EVENT_WRITE, ROUTE_API,
	    N_("Move an event"), N_("An action of the transition table; If-Match, reason.") },
	{ M_GET, "/api/v1/{collection}", list_api, CAP_SIGNED_IN, ROUTE_API, N_("List"),
	    N_("Records of a kind with filters, order and cursor.") },
	{ M_POST, "/api/v1/{collection}", create_api, CAP_SIGNED_IN, ROUTE_API, N_("Create"),
	    N_("A new record; Idempotency-Key.") },
	{ M_GET, "/api/v1/{collection}/{id}", get_api, CAP_SIGNED_IN, ROUTE_API, N_("One record"),
	    N_("A record with its version as ETag.") },
	{ M_PATCH, "/api/v1/{collection}/{id}", change_api, CAP_SIGNED_IN, ROUTE_API, N_("Change"),
	    N_("Fields to change; If-Match.") },
};
const size_t api_nroutes = ARRAY_LEN(api_routes);

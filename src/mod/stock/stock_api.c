/* stock_api.c – /api/v1/movements and /api/v1/stock: sets in and balances out, by the codes that people know. */
#include "mod/stock/stock_pages.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "db/sqllist.h"
#include "kind/past.h"
#include "ui/error.h"

static void
free_json(json_t **j)
{
	json_decref(*j);
}
#define AUTO_JSON __attribute__((cleanup(free_json))) json_t

/* ---- a set in ---- */

/* A member that must be a text; NULL when it is not there, a field error when it is something else. */
static const char *
text_member(struct ctx *cx, const json_t *o, const char *name, const char *field)
{
	const json_t *v = json_object_get(o, name);

	if (v == NULL || json_is_null(v))
		return NULL;
	if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v)) {
		fail_field(cx, field, N_("The value must be: %s."), "string");
		return NULL;
	}
	return arena_str(cx->arena, json_string_value(v));
}

/* Codes of a set that were looked up already: its lines name few accounts and items again and again. */
struct known_codes {
	const char *sql;
	struct {
		const char *code;
		int64_t id;
	} v[16];
	size_t n;
};

/* The id that a code names; 0 and a field error when there is none. */
static int
id_of(struct ctx *cx, struct known_codes *k, const char *code, const char *field, int64_t *out)
{
	int rc = RC_NOTFOUND;
	size_t i;

	*out = 0;
	for (i = 0; code != NULL && i < k->n; i++)
		if (strcmp(k->v[i].code, code) == 0) {
			*out = k->v[i].id;
			return RC_OK;
		}
	if (code != NULL)
		rc = db_int(cx, out, k->sql, VALS(v_text(code)));
	if (rc == RC_NOTFOUND) {
		fail_field(cx, field, N_("There is no such record."));
		return RC_OK;
	}
	TRY(rc);
	if (k->n < ARRAY_LEN(k->v)) {
		k->v[k->n].code = code;
		k->v[k->n++].id = *out;
	}
	return RC_OK;
}

static int
read_line(
    struct ctx *cx, const json_t *o, size_t n, struct known_codes of[3], struct movement_line *out)
{
	static const char *const known[] = { "account", "item", "lot", "quantity" };
	const char *field[4], *code[3], *key;
	const json_t *q = json_object_get(o, "quantity");
	json_t *member;
	size_t i;

	for (i = 0; i < ARRAY_LEN(known); i++)
		field[i] = arena_printf(cx->arena, "lines.%zu.%s", n, known[i]);
	json_object_foreach((json_t *)o, key, member)
	{
		for (i = 0; i < ARRAY_LEN(known) && strcmp(known[i], key) != 0; i++)
			;
		if (i == ARRAY_LEN(known))
			fail_field(cx, arena_printf(cx->arena, "lines.%zu.%s", n, key),
			    N_("There is no such field."));
	}
	for (i = 0; i < 3; i++)
		code[i] = text_member(cx, o, known[i], field[i]);
	TRY(id_of(cx, &of[0], code[0], field[0], &out->account));
	TRY(id_of(cx, &of[1], code[1], field[1], &out->item));
	out->lot = 0;
	if (code[2] != NULL)
		TRY(id_of(cx, &of[2], code[2], field[2], &out->lot));
	if (!json_is_integer(q))
		fail_field(cx, field[3], N_("The value must be: %s."), "integer");
	else
		out->quantity = json_integer_value(q);
	return RC_OK;
}

static int
read_lines(struct ctx *cx, const json_t *root, struct movement *m)
{
	struct known_codes of[3] = { { .sql = "SELECT id FROM stock_account WHERE code = $1" },
		{ .sql = "SELECT id FROM stock_item WHERE code = $1" },
		{ .sql = "SELECT id FROM lot WHERE code = $1" } };
	const json_t *lines = json_object_get(root, "lines");
	struct movement_line *l;
	size_t i;

	if (!json_is_array(lines) || json_array_size(lines) > LINES_MAX) {
		fail_field(cx, "lines", N_("A set has 2 to %s lines."), "100");
		return RC_OK;
	}
	m->nlines = json_array_size(lines);
	l = arena_alloc(cx->arena, (m->nlines + 1) * sizeof(*l));
	memset(l, 0, (m->nlines + 1) * sizeof(*l));
	for (i = 0; i < m->nlines; i++) {
		const json_t *o = json_array_get(lines, i);

		if (!json_is_object(o))
			fail_field(cx, arena_printf(cx->arena, "lines.%zu", i),
			    N_("The value must be: %s."), "object");
		else
			TRY(read_line(cx, o, i, of, &l[i]));
	}
	m->lines = l;
	return RC_OK;
}

static int
read_set(struct ctx *cx, const json_t *root, struct movement *m)
{
	static const char *const known[] = { "nonce", "at", "type", "document", "note", "reverses",
		"lines" };
	const json_t *reverses = json_object_get(root, "reverses");
	const char *key, *at;
	json_t *member;
	size_t i;

	json_object_foreach((json_t *)root, key, member)
	{
		for (i = 0; i < ARRAY_LEN(known) && strcmp(known[i], key) != 0; i++)
			;
		if (i == ARRAY_LEN(known))
			fail_field(cx, arena_str(cx->arena, key), N_("There is no such field."));
	}
	m->nonce = text_member(cx, root, "nonce", "nonce");
	m->type = text_member(cx, root, "type", "type");
	m->document = text_member(cx, root, "document", "document");
	m->note = text_member(cx, root, "note", "note");
	at = text_member(cx, root, "at", "at");
	if (at == NULL || !moment_parse_rfc3339(at, &m->at))
		fail_field(cx, "at", N_("The value must be: %s."), "RFC 3339");
	if (reverses != NULL && !json_is_null(reverses)) {
		if (!json_is_integer(reverses) || json_integer_value(reverses) <= 0)
			fail_field(cx, "reverses", N_("The value must be: %s."), "id");
		else
			m->reverses = json_integer_value(reverses);
	}
	TRY(read_lines(cx, root, m));
	return fields_rc(cx);
}

static int
movements_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct movement m = { 0 };
	json_error_t e;
	AUTO_JSON *root = json_loadb(
	    v->rq->body.p == NULL ? "" : v->rq->body.p, v->rq->body.n, JSON_REJECT_DUPLICATES, &e);
	struct json j;
	bool again;

	if (!json_is_object(root)) {
		fail_field(cx, "", N_("The body is not a JSON object."));
		return RC_INVALID;
	}
	TRY(read_set(cx, root, &m));
	TRY(movement_post(cx, &m, &again));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_num(&j, "id", m.id);
	json_str(&j, "nonce", m.nonce);
	json_bool(&j, "again", again);
	json_close(&j, '}');
	res_header(
	    v->rq, "Location", arena_printf(cx->arena, "/api/v1/movements/%lld", (long long)m.id));
	return answer_json(v, again ? 200 : 201, &j);
}

/* ---- out ---- */

static int
code_of(struct ctx *cx, const char *sql, int64_t id, const char **out)
{
	*out = NULL;
	return id == 0 ? RC_OK : db_text(cx, out, sql, VALS(v_int(id)));
}

/* The codes of many items and lots, each SELECT for up to SQL_LIST_MAX of them. */
struct named_row {
	const char *item, *lot;
};

static int
by_item(const void *a, const void *b)
{
	const struct stock_row *x = a, *y = b;

	return (x->item > y->item) - (x->item < y->item);
}

/* rows are in the order of their items. */
static int
name_items(struct ctx *cx, const struct stock_row *rows, size_t n, struct named_row *out)
{
	struct val *v = arena_array(cx->arena, struct val, SQL_LIST_MAX);
	size_t from, to, k;

	for (from = 0; from < n; from = to) {
		struct buf sql;
		AUTO_ROWS r = { 0 };

		for (to = from, k = 0; to < n && k < SQL_LIST_MAX; to++)
			if (k == 0 || v[k - 1].i != rows[to].item)
				v[k++] = v_int(rows[to].item);
		buf_init(&sql, cx->arena, 0);
		buf_str(&sql, "SELECT id, code FROM stock_item WHERE id IN (");
		k = sql_list(&sql, 1, v, k);
		buf_str(&sql, ")");
		TRY(db_rows(cx, &r, sql.p, (struct vals){ v, k }));
		while (rows_next(&r)) {
			struct stock_row key = { .item = row_int(&r, 0) };
			const char *code = row_text(&r, 1);
			const struct stock_row *at =
			    bsearch(&key, rows + from, to - from, sizeof(*rows), by_item);
			size_t i = at == NULL ? n : (size_t)(at - rows);

			while (i > from && i < n && rows[i - 1].item == key.item)
				i--;
			for (; i < n && rows[i].item == key.item; i++)
				out[i].item = code;
		}
		TRY(rows_end(&r));
	}
	return RC_OK;
}

static int
name_lots(struct ctx *cx, const struct stock_row *rows, size_t n, struct named_row *out)
{
	size_t i;

	for (i = 0; i < n; i++)
		TRY(code_of(cx, "SELECT code FROM lot WHERE id = $1", rows[i].lot, &out[i].lot));
	return RC_OK;
}

static int
line_json(struct ctx *cx, struct json *j, const struct movement_line *l)
{
	const char *account, *item, *lot;

	TRY(code_of(cx, "SELECT code FROM stock_account WHERE id = $1", l->account, &account));
	TRY(code_of(cx, "SELECT code FROM stock_item WHERE id = $1", l->item, &item));
	TRY(code_of(cx, "SELECT code FROM lot WHERE id = $1", l->lot, &lot));
	json_open(j, NULL, '{');
	if (account != NULL)
		json_str(j, "account", account);
	json_str(j, "item", item);
	json_str(j, "lot", lot);
	json_num(j, "quantity", l->quantity);
	json_close(j, '}');
	return RC_OK;
}

static void
moment_json(struct json *j, const char *key, int64_t at)
{
	char text[32];

	moment_rfc3339(at, text);
	json_str(j, key, text);
}

static void
id_json(struct json *j, const char *key, int64_t id)
{
	if (id == 0)
		json_nil(j, key);
	else
		json_num(j, key, id);
}

static int
movement_api(struct view *v)
{
	struct ctx *cx = v->cx;
	struct movement_read r;
	struct json j;
	int64_t id;
	size_t i;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(movement_get(cx, id, &r));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_num(&j, "id", id);
	json_str(&j, "nonce", r.m.nonce);
	moment_json(&j, "at", r.m.at);
	moment_json(&j, "recorded_at", r.recorded_at);
	json_num(&j, "author", r.author);
	json_str(&j, "type", r.m.type);
	json_str(&j, "document", r.m.document);
	json_str(&j, "note", r.m.note);
	id_json(&j, "reverses", r.m.reverses);
	id_json(&j, "reversed_by", r.reversed_by);
	json_open(&j, "lines", '[');
	for (i = 0; i < r.m.nlines; i++)
		TRY(line_json(cx, &j, &r.m.lines[i]));
	json_close(&j, ']');
	json_close(&j, '}');
	return answer_json(v, 200, &j);
}

/* A moment of the address; 0 when it is not given. */
static int64_t
moment_q(struct view *v, const char *name)
{
	const char *text = req_q(v->rq, name);
	int64_t at = 0;

	if (text != NULL && *text != '\0' && !moment_parse(text, &at))
		fail_field(v->cx, name, N_("The value must be: %s."), "RFC 3339");
	return at;
}

static int
stock_api(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *code = req_q(v->rq, "account");
	struct named_row *names;
	int64_t at = moment_q(v, "at"), known;
	struct stock_account a;
	struct stock_row *rows;
	struct json j;
	size_t n, i;

	known_read(cx, req_q(v->rq, "known"), &known);
	if (code == NULL)
		fail_field(cx, "account", N_("This is needed."));
	TRY(fields_rc(cx));
	TRY(stock_account_find(cx, code, &a));
	TRY(stock_at(cx, a.rec.id, at, known, &rows, &n));
	names = arena_array(cx->arena, struct named_row, n + 1);
	TRY(name_items(cx, rows, n, names));
	TRY(name_lots(cx, rows, n, names));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_str(&j, "account", a.code);
	moment_json(&j, "at", at == 0 ? cx->now : at);
	moment_json(&j, "known", known == 0 ? cx->now : known);
	json_open(&j, "items", '[');
	for (i = 0; i < n; i++) {
		json_open(&j, NULL, '{');
		json_str(&j, "item", names[i].item);
		json_str(&j, "lot", names[i].lot);
		json_num(&j, "quantity", rows[i].quantity);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	return answer_json(v, 200, &j);
}

const struct route stock_api_routes[] = {
	{ M_POST, "/api/v1/movements", movements_post, CAP_STOCK_WRITE, ROUTE_API, N_("Post a set"),
	    N_("A set of lines that moves goods or money; the same nonce is the same set.") },
	{ M_GET, "/api/v1/movements/{id}", movement_api, CAP_STOCK_READ, ROUTE_API, N_("One set"),
	    N_("A set with its lines.") },
	{ M_GET, "/api/v1/stock", stock_api, CAP_STOCK_READ, ROUTE_API, N_("Stock"),
	    N_("What an account holds: account, at, known.") },
};
const size_t stock_api_nroutes = ARRAY_LEN(stock_api_routes);

/* arrival_api.c – POST /api/v1/arrivals: what a telephone at a centre's door sends, as often as it must: the nonce makes
 * it one arrival. */
#include <jansson.h>
#include <string.h>

#include "mod/centre/centre_pages.h"

static void
free_json(json_t **j)
{
	json_decref(*j);
}
#define AUTO_JSON __attribute__((cleanup(free_json))) json_t

static const char *
text_member(struct ctx *cx, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	if (v == NULL || json_is_null(v))
		return NULL;
	if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v)) {
		fail_field(cx, name, N_("The value must be: %s."), "string");
		return NULL;
	}
	return arena_str(cx->arena, json_string_value(v));
}

static int64_t
id_member(struct ctx *cx, const json_t *o, const char *name, int64_t most)
{
	const json_t *v = json_object_get(o, name);

	if (v == NULL || json_is_null(v))
		return 0;
	if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > most) {
		fail_field(cx, name, N_("The value must be: %s."), "integer");
		return 0;
	}
	return json_integer_value(v);
}

static bool
bool_member(struct ctx *cx, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	if (v != NULL && !json_is_boolean(v) && !json_is_null(v))
		fail_field(cx, name, N_("The value must be: %s."), "boolean");
	return json_is_true(v);
}

static void
only_known(struct ctx *cx, const json_t *o, const char *const *known)
{
	const char *key;
	json_t *member;
	size_t i;

	json_object_foreach((json_t *)o, key, member)
	{
		for (i = 0; known[i] != NULL && strcmp(known[i], key) != 0; i++)
			;
		if (known[i] == NULL)
			fail_field(cx, arena_str(cx->arena, key), N_("There is no such field."));
	}
}

static void
read_household(struct ctx *cx, const json_t *o, struct household_in *in)
{
	static const char *const known[] = { "under5_f", "under5_m", "child_f", "child_m",
		"adult_f", "adult_m", "elder_f", "elder_m", "name", "phone", "need", "district",
		"pregnant", "disabled", "insulin", NULL };
	int i;

	if (!json_is_object(o)) {
		fail_field(cx, "household", N_("The value must be: %s."), "object");
		return;
	}
	only_known(cx, o, known);
	for (i = 0; i < HEADS_N; i++)
		in->heads.n[i] = id_member(cx, o, known[i], 99);
	in->name = text_member(cx, o, "name");
	in->phone = text_member(cx, o, "phone");
	in->need = id_member(cx, o, "need", INT64_MAX);
	in->district = id_member(cx, o, "district", INT64_MAX);
	in->pregnant = bool_member(cx, o, "pregnant");
	in->disabled = bool_member(cx, o, "disabled");
	in->insulin = bool_member(cx, o, "insulin");
}

static int
read_arrival(struct ctx *cx, const json_t *root, struct arrival_in *in)
{
	static const char *const known[] = { "nonce", "place", "code", "household", "at", "move",
		NULL };
	const char *at;

	*in = (struct arrival_in){ 0 };
	only_known(cx, root, known);
	in->nonce = text_member(cx, root, "nonce");
	if (in->nonce == NULL || *in->nonce == '\0' || strlen(in->nonce) > 64)
		fail_field(cx, "nonce", N_("The value must be: %s."), "string");
	in->place = id_member(cx, root, "place", INT64_MAX);
	in->code = text_member(cx, root, "code");
	in->move = bool_member(cx, root, "move");
	at = text_member(cx, root, "at");
	if (at != NULL && !moment_parse_rfc3339(at, &in->at))
		fail_field(cx, "at", N_("The value must be: %s."), "RFC 3339");
	if (in->code == NULL)
		read_household(cx, json_object_get(root, "household"), &in->fresh);
	return fields_rc(cx);
}

int
arrivals_api(struct view *v)
{
	struct ctx *cx = v->cx;
	struct arrival_in in;
	struct arrival_out out;
	struct household h;
	json_error_t e;
	AUTO_JSON *root = json_loadb(
	    v->rq->body.p == NULL ? "" : v->rq->body.p, v->rq->body.n, JSON_REJECT_DUPLICATES, &e);
	struct json j;

	if (!json_is_object(root)) {
		fail_field(cx, "", N_("The body is not a JSON object."));
		return RC_INVALID;
	}
	TRY(read_arrival(cx, root, &in));
	TRY(centre_arrive(cx, &in, &out));
	TRY(kind_load(cx, &household_kind, out.household, &h));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_num(&j, "stay", out.stay);
	json_num(&j, "household", out.household);
	json_str(&j, "code", h.code);
	json_bool(&j, "again", out.again);
	json_num(&j, "people", out.people);
	if (out.capacity == INT_NONE)
		json_nil(&j, "capacity");
	else
		json_num(&j, "capacity", out.capacity);
	json_close(&j, '}');
	v->rq->res.status = out.again ? 200 : 201;
	v->rq->res.type = "application/json";
	v->rq->res.body = (struct slice){ j.out.p, j.out.n };
	return RC_OK;
}

/* json.c – records as JSON: out as the actor may see them, in only where the actor may write.
 *
 * Strict reading: one object, no duplicate members, no unknown or refused ones (each is a field
 * error), days as yyyy-mm-dd, moments as RFC 3339, references as ids or codes. */
#include "kind/internal.h"

#include <jansson.h>
#include <math.h>

void
kind_json(struct ctx *cx, struct json *j, const struct kind *k, const void *rec)
{
	const struct rec *h = rec;
	char at[32];
	size_t i;

	json_open(j, NULL, '{');
	json_num(j, "id", h->id);
	json_num(j, "version", h->version);
	moment_rfc3339(h->changed_at, at);
	json_str(j, "changed_at", at);
	for (i = 0; i < k->nfields; i++)
		if (kind_may_read_of(cx, k, &k->fields[i], rec))
			field_json(j, &k->fields[i], rec);
	json_close(j, '}');
}

static void
wrong_type(struct ctx *cx, const char *name, const char *want)
{
	fail_field(cx, name, N_("The value must be: %s."), want);
}

static void
read_text3(struct ctx *cx, const struct field *f, const json_t *v, struct text3 *t)
{
	const char *key;
	json_t *part;

	json_object_foreach((json_t *)v, key, part)
	{
		enum lang l;

		if (!lang_parse(key, &l) || !(json_is_string(part) || json_is_null(part)))
			wrong_type(cx, f->name, "{\"kk\": …, \"ru\": …, \"en\": …}");
		else
			field_parse(cx, f, json_string_value(part), l, (char *)t - f->offset);
	}
}

static void
read_text(struct ctx *cx, const struct field *f, const json_t *v, void *rec)
{
	size_t n = json_string_length(v);

	if (strlen(json_string_value(v)) != n)
		fail_field(cx, f->name, N_("The text holds characters that cannot be shown."));
	else
		field_parse(cx, f, json_string_value(v), LANG_KK, rec);
}

static int
read_ref_code(struct ctx *cx, const struct field *f, const char *code, void *rec)
{
	int rc = RC_NOTFOUND;

	if (kind_field(f->ref, "code") != NULL)
		rc = db_int(cx, field_at_rw(f, rec),
		    arena_printf(cx->arena, "SELECT id FROM %s WHERE code = $1", f->ref->name),
		    VALS(v_text(code)));
	if (rc == RC_NOTFOUND) {
		fail_field(cx, f->name, N_("There is no such record."));
		return RC_OK;
	}
	return rc;
}

static int
read_ref(struct ctx *cx, const struct field *f, int64_t id, int64_t *at)
{
	bool seen = true;

	if (id != *at)
		TRY(kind_ref_seen(cx, f, id, &seen));
	if (seen)
		*at = id;
	return RC_OK;
}

static int
read_value(struct ctx *cx, const struct field *f, const json_t *v, void *rec)
{
	void *at = field_at_rw(f, rec);

	if (json_is_null(v)) {
		if (f->type == FT_TEXT3)
			*(struct text3 *)at = (struct text3){ 0 };
		else if (f->type == FT_SEALED)
			*(struct sealed *)at = (struct sealed){ .clear = true };
		else
			field_parse(cx, f, "", LANG_KK, rec);
		return RC_OK;
	}
	switch (f->type) {
	case FT_INT:
	case FT_REF:
		if (f->type == FT_REF && json_is_string(v))
			return read_ref_code(cx, f, json_string_value(v), rec);
		/* "None" is null: 0 for an id is a program's mistake and must not empty the field. */
		if (!json_is_integer(v) || json_integer_value(v) > (INT64_C(1) << 53) ||
		    json_integer_value(v) < (f->type == FT_REF ? 1 : -(INT64_C(1) << 53)))
			wrong_type(cx, f->name, f->type == FT_REF ? "id" : "integer");
		else if (f->type == FT_REF)
			return read_ref(cx, f, json_integer_value(v), at);
		else
			*(int64_t *)at = json_integer_value(v);
		return RC_OK;
	case FT_REAL:
		if (!json_is_number(v))
			wrong_type(cx, f->name, "number");
		else
			*(double *)at = json_number_value(v);
		return RC_OK;
	case FT_BOOL:
		if (!json_is_boolean(v))
			wrong_type(cx, f->name, "true, false");
		else
			*(bool *)at = json_is_true(v);
		return RC_OK;
	case FT_TEXT3:
		if (!json_is_object(v))
			wrong_type(cx, f->name, "{\"kk\": …, \"ru\": …, \"en\": …}");
		else
			read_text3(cx, f, v, at);
		return RC_OK;
	case FT_TEXT:
	case FT_DAY:
	case FT_TIME:
	case FT_ENUM:
	case FT_SEALED:
		if (!json_is_string(v))
			wrong_type(cx, f->name, "string");
		else
			read_text(cx, f, v, rec);
		return RC_OK;
	}
	return RC_OK;
}

void
field_from_json(struct ctx *cx, const struct field *f, const json_t *v, void *rec)
{
	void *at = field_at_rw(f, rec);

	switch (f->type) {
	case FT_TEXT:
	case FT_ENUM:
		*(const char **)at = arena_str(cx->arena, json_string_value(v));
		break;
	case FT_TEXT3:
		*(struct text3 *)at = (struct text3){
			arena_str(cx->arena, json_string_value(json_object_get(v, "kk"))),
			arena_str(cx->arena, json_string_value(json_object_get(v, "ru"))),
			arena_str(cx->arena, json_string_value(json_object_get(v, "en")))
		};
		break;
	case FT_INT:
	case FT_REF:
		*(int64_t *)at = json_integer_value(v);
		break;
	case FT_REAL:
		*(double *)at = json_number_value(v);
		break;
	case FT_BOOL:
		*(bool *)at = json_is_true(v);
		break;
	case FT_DAY:
	case FT_TIME:
		field_parse(cx, f, json_string_value(v), LANG_KK, rec);
		break;
	case FT_SEALED:
		((struct sealed *)at)->present = json_is_true(v);
		break;
	}
}

static int
read_object(struct ctx *cx, const struct kind *k, json_t *root, bool create, void *rec)
{
	const char *key;
	json_t *v;

	json_object_foreach(root, key, v)
	{
		const struct field *f = kind_field(k, key);

		/* What reading gave may be sent back as it came. */
		if (strcmp(key, "id") == 0 || strcmp(key, "version") == 0 ||
		    strcmp(key, "changed_at") == 0)
			continue;
		if (f == NULL || !kind_may_write(cx, k, f, create))
			fail_field(cx, arena_str(cx->arena, key),
			    N_("This field does not exist or cannot be set here."));
		else
			TRY(read_value(cx, f, v, rec));
	}
	return fields_rc(cx);
}

/* An empty record: none is not zero. */
static void
make_empty(const struct kind *k, void *rec)
{
	size_t i;

	memset(rec, 0, k->size);
	for (i = 0; i < k->nfields; i++)
		if (k->fields[i].type == FT_INT)
			*(int64_t *)field_at_rw(&k->fields[i], rec) = INT_NONE;
		else if (k->fields[i].type == FT_REAL)
			*(double *)field_at_rw(&k->fields[i], rec) = (double)NAN;
}

void
kind_empty(const struct kind *k, void *rec)
{
	make_empty(k, rec);
}

int
kind_from_json(struct ctx *cx, const struct kind *k, struct slice body, bool create, void *rec)
{
	json_error_t e;
	json_t *root = json_loadb(body.p == NULL ? "" : body.p, body.n, JSON_REJECT_DUPLICATES, &e);
	int rc;

	if (root == NULL || !json_is_object(root)) {
		json_decref(root);
		return fail(cx, RC_INVALID, N_("The body is not a JSON object (line %s): %s"),
		    num(cx, root == NULL ? e.line : 1), root == NULL ? e.text : "");
	}
	if (create)
		make_empty(k, rec);
	rc = read_object(cx, k, root, create, rec);
	json_decref(root);
	return rc;
}

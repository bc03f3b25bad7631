/* history.c – the version of every record with its recorded time, and the audit.
 *
 * History holds the whole record after each write: public and staff fields as JSON, private ones as
 * JSON sealed under the person's key. Pages show it as from → to per field. The audit holds who,
 * when, which record and the names of fields, with a keyed mac over the line; a job lays the chain over the macs afterwards, since a chain inside the
 * transaction would make every writer wait for the last. The hashes themselves: proof.c. */
#include "kind/internal.h"
#include "kind/proof.h"
#include "kind/vault.h"

#include <jansson.h>

const char *
history_json(struct ctx *cx, const struct kind *k, const void *rec, bool private)
{
	struct json j;
	size_t i, n = 0;

	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];

		if ((f->privacy >= PRIV_SUBJECT) != private ||
		    (field_empty(f, rec) && f->type != FT_BOOL))
			continue;
		/* A sealed value leaves only the trace that it was set; its plaintext stays in its column. */
		field_json(&j, f, rec);
		n++;
	}
	json_close(&j, '}');
	return n == 0 ? NULL : j.out.p;
}

int
history_tx(struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec, const char *action,
    const char *fields)
{
	const struct rec *h = rec;
	int64_t subject = kind_subject(k, rec);
	const char *data = history_json(cx, k, rec, false),
		   *private = history_json(cx, k, rec, true);
	struct slice box = { 0 };

	if (private != NULL && subject != 0)
		TRY(vault_seal_tx(cx, tx, subject,
		    arena_printf(cx->arena, "history.%s:%lld.%lld", k->name, (long long)h->id,
			(long long)h->version),
		    slice_str(private), &box));
	else if (private != NULL)
		box = slice_str(private); /* a kind without a subject: nobody to erase */
	return history_put_tx(cx, tx,
	    &(struct history_line){ .kind = slice_str(k->name),
		.action = slice_str(h->version == 1 ? "create" : "update"),
		.data = slice_str(data == NULL ? "{}" : data),
		.secret = box,
		.rec = h->id,
		.version = h->version,
		.at = cx->now,
		.account = cx->actor->account,
		.subject = subject },
	    action, fields);
}

int
audit_tx(struct ctx *cx, struct tx *tx, const char *action, const char *kind, int64_t rec,
    const char *fields)
{
	return audit_line_tx(cx, tx,
	    (struct audit_line){ .action = slice_str(action),
		.kind = slice_or_none(kind),
		.rec = rec,
		.fields = slice_or_none(fields) });
}

struct note {
	const char *action, *kind, *fields;
	int64_t rec;
};

static int
note_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct note *n = arg;

	return audit_tx(cx, tx, n->action, n->kind, n->rec, n->fields);
}

int
audit_note(struct ctx *cx, const char *action, const char *kind, int64_t rec, const char *fields)
{
	return db_write(cx, note_fn, &(struct note){ action, kind, fields, rec });
}

/* ---- reading ---- */

struct version {
	int64_t version, at, account, subject;
	const char *action, *who;
	json_t *data, *private;
};

static int
open_private(struct ctx *cx, const struct kind *k, int64_t id, struct version *v, struct slice box)
{
	struct slice plain = box;
	int rc;

	if (v->subject != 0) {
		rc = vault_unseal(cx, v->subject,
		    arena_printf(cx->arena, "history.%s:%lld.%lld", k->name, (long long)id,
			(long long)v->version),
		    box, &plain);
		/* Erased, or sealed under a key that was erased before the person came back
		 * (the database itself is well, or it would have said so): the line stays
		 * without values. */
		if (rc == RC_NOTFOUND || (rc == RC_STORAGE && cx->err.rc == RC_OK))
			return RC_OK;
		TRY(rc);
	}
	v->private = json_loadb(plain.p, plain.n, 0, NULL);
	return RC_OK;
}

static const char *
json_text(struct ctx *cx, const struct field *f, const json_t *v)
{
	int64_t at;
	int day;

	if (v == NULL || json_is_null(v))
		return NULL;
	if (f->type == FT_REAL && json_is_number(v))
		return num_real(cx, json_number_value(v), 4);
	if (f->type == FT_TIME && json_is_string(v) &&
	    moment_parse_rfc3339(json_string_value(v), &at))
		return moment_text(cx, at);
	if (f->type == FT_ENUM && json_is_string(v))
		return option_label(cx, f->options, json_string_value(v));
	if (f->type == FT_DAY && json_is_string(v) && day_parse(json_string_value(v), &day))
		return day_text(cx, day);
	if (json_is_string(v))
		return arena_str(cx->arena, json_string_value(v));
	if (json_is_boolean(v))
		return f->type == FT_SEALED ? "••••••"
		       : json_is_true(v)    ? tr(cx, "yes")
					    : tr(cx, "no");
	if (json_is_integer(v)) {
		const char *title = "";
		int64_t id = json_integer_value(v);

		if (f->type == FT_REF && kind_titles(cx, f->ref, &id, 1, &title) == RC_OK &&
		    *title != '\0')
			return title;
		return num(cx, id);
	}
	if (json_is_object(v)) {
		struct text3 t = { json_string_value(json_object_get(v, "kk")),
			json_string_value(json_object_get(v, "ru")),
			json_string_value(json_object_get(v, "en")) };
		const char *s = arena_printf(cx->arena, "%s%s%s%s%s", t.kk == NULL ? "" : t.kk,
		    t.ru == NULL ? "" : " · ", t.ru == NULL ? "" : t.ru, t.en == NULL ? "" : " · ",
		    t.en == NULL ? "" : t.en);

		return s;
	}
	return NULL;
}

static void
diff(struct ctx *cx, const struct kind *k, const bool *readable, const struct version *const v[2],
    struct change **out, size_t *n)
{
	const struct version *was = v[0], *is = v[1];
	size_t i;

	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		bool private = f->privacy >= PRIV_SUBJECT;
		const json_t *a =
		    was == NULL ? NULL
				: json_object_get(private ? was->private : was->data, f->name);
		const json_t *b = json_object_get(private ? is->private : is->data, f->name);

		/* A sealed value shows only that it was set; keyed hashes of one show nothing at all. */
		if (f->type != FT_SEALED && !readable[i])
			continue;
		if (a == b || (a != NULL && b != NULL && json_equal(a, b)))
			continue;
		(*out)[(*n)++] = (struct change){ .at = is->at,
			.account = is->account,
			.version = is->version,
			.action = is->action,
			.who = is->who,
			.field = f->name,
			.label = f->label,
			.from = json_text(cx, f, a),
			.to = json_text(cx, f, b) };
	}
}

static int
load_versions(
    struct ctx *cx, const struct kind *k, int64_t id, struct version *v, size_t max, size_t *n)
{
	AUTO_ROWS r = { 0 };
	struct slice *boxes = arena_array(cx->arena, struct slice, max);
	size_t i;

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT h.version, h.at, h.account, h.action, a.name, h.data, h.subject, h.secret FROM "
	    "history h"
	    " LEFT JOIN account a ON a.id = h.account WHERE h.kind = $1 AND h.rec = $2 ORDER BY "
	    "h.version DESC",
	    VALS(v_text(k->name), v_int(id))));
	while (*n < max && rows_next(&r)) {
		struct slice s = row_slice(&r, 5), box = row_slice(&r, 7);

		v[*n] = (struct version){ .version = row_int(&r, 0),
			.at = row_int(&r, 1),
			.account = row_int(&r, 2),
			.action = row_text(&r, 3),
			.who = row_text(&r, 4),
			.subject = row_int(&r, 6),
			.data = json_loadb(s.p, s.n, 0, NULL) };
		if (!row_null(&r, 7))
			boxes[*n] = (struct slice){ arena_copy(cx->arena, box.p, box.n), box.n };
		(*n)++;
	}
	TRY(rows_end(&r));
	for (i = 0; i < *n; i++)
		if (boxes[i].p != NULL)
			TRY(open_private(cx, k, id, &v[i], boxes[i]));
	return RC_OK;
}

int
kind_at_version(struct ctx *cx, const struct kind *k, int64_t id, int64_t version, void *out)
{
	struct version v = { .version = version };
	struct slice box = { 0 }, data;
	AUTO_ROWS r = { 0 };
	bool closed;
	size_t i;
	int rc = RC_OK;

	TRY(db_rows(cx, &r,
	    "SELECT data, subject, secret FROM history WHERE kind = $1 AND rec = $2 AND version = "
	    "$3",
	    VALS(v_text(k->name), v_int(id), v_int(version))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	data = row_slice(&r, 0);
	v.data = json_loadb(data.p, data.n, 0, NULL);
	v.subject = row_int(&r, 1);
	if (!row_null(&r, 2)) {
		struct slice s = row_slice(&r, 2);

		box = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
	}
	rc = rows_end(&r);
	if (rc == RC_OK && box.p != NULL)
		rc = open_private(cx, k, id, &v, box);
	closed = box.p != NULL && v.private == NULL;
	kind_empty(k, out);
	*(struct rec *)out = (struct rec){ .id = id, .version = version };
	for (i = 0; i < k->nfields && rc == RC_OK; i++) {
		const struct field *f = &k->fields[i];
		const json_t *value =
		    json_object_get(f->privacy >= PRIV_SUBJECT ? v.private : v.data, f->name);

		if (value != NULL && !json_is_null(value))
			field_from_json(cx, f, value, out);
	}
	json_decref(v.data);
	json_decref(v.private);
	return rc == RC_OK && closed ? RC_NOTFOUND : rc;
}

int
kind_history(struct ctx *cx, const struct kind *k, int64_t id, struct change **out, size_t *n)
{
	enum { MAX = 200 };
	struct version *v = arena_array(cx->arena, struct version, MAX);
	size_t i, nv = 0;
	int rc;

	bool *readable = arena_array(cx->arena, bool, k->nfields);
	void *rec = arena_alloc(cx->arena, k->size);

	*n = 0;
	*out = arena_array(cx->arena, struct change, 1);
	if (!may(cx, CAP_HISTORY_READ))
		return RC_OK;
	TRY(kind_get(cx, k, id, rec));
	for (i = 0; i < k->nfields; i++)
		readable[i] = kind_may_read_of(cx, k, &k->fields[i], rec);
	rc = load_versions(cx, k, id, v, MAX, &nv);
	if (rc == RC_OK) {
		*out = arena_array(cx->arena, struct change, nv * k->nfields + 1);
		/* Of a longer history the oldest version read only tells what the next changed. */
		for (i = 0; i < (nv < MAX ? nv : nv - 1); i++)
			diff(cx, k, readable,
			    (const struct version *const[]){ i + 1 < nv ? &v[i + 1] : NULL, &v[i] },
			    out, n);
	}
	for (i = 0; i < nv; i++) {
		json_decref(v[i].data);
		json_decref(v[i].private);
	}
	return rc;
}

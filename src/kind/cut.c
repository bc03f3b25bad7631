/* cut.c – see cut.h. A version is never changed in place: it is dropped through the door of retention
 * and put again under its own id, so the guard that protects history from UPDATE stays as it is. */
#include <jansson.h>

#include "db/retain.h"
#include "kind/cut.h"
#include "kind/internal.h"
#include "kind/proof.h"
#include "kind/vault.h"
#include "lang/order.h"

static bool
stays(const struct field *f, const char *link)
{
	if (f->privacy >= PRIV_SUBJECT)
		return false;
	if (link == NULL)
		return (f->flags & F_RULED) != 0;
	if (strcmp(f->name, link) == 0)
		return false;
	switch (f->type) {
	case FT_INT:
	case FT_DAY:
	case FT_BOOL:
	case FT_ENUM:
	case FT_REF:
	case FT_REAL:
		return true;
	case FT_TEXT:
	case FT_TEXT3:
	case FT_TIME:
	case FT_SEALED:
		break;
	}
	return false;
}

/* ---- the row ---- */

static int
cut_row(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, const char *link)
{
	static const char *const suffix[] = { "_kk", "_ru", "_en" };
	struct buf sql;
	size_t i;
	int p;

	buf_init(&sql, cx->arena, 0);
	buf_printf(
	    &sql, "UPDATE %s SET fold_key = '', sort_kk = $1, sort_ru = $1, sort_en = $1", k->name);
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		bool text = f->type == FT_TEXT || f->type == FT_TEXT3;

		for (p = 0; p < field_columns(f) && !stays(f, link); p++)
			buf_printf(&sql, ", %s%s = %s", f->name,
			    field_columns(f) == 3 ? suffix[p] : "",
			    text && (f->flags & F_REQUIRED) != 0 && p == 0 ? "'" CUT_MARK "'"
									   : "NULL");
	}
	buf_str(&sql, " WHERE id = $2");
	tx_touch(tx, k->state->number);
	return tx_run(cx, tx, NULL, sql.p, VALS(v_text(order_key(cx->arena, "")), v_int(id)));
}

/* ---- its versions ---- */

struct old_version {
	int64_t id, version, at, account, subject;
	const char *action, *data;
	struct slice secret;
};

static int
read_versions(struct ctx *cx, const struct kind *k, int64_t id, struct old_version **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t all;

	TRY(db_int(cx, &all, "SELECT count(*) FROM history WHERE kind = $1 AND rec = $2",
	    VALS(v_text(k->name), v_int(id))));
	*out = arena_array(cx->arena, struct old_version, all + 1);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id, version, at, account, subject, action, data, secret FROM history"
	    " WHERE kind = $1 AND rec = $2 ORDER BY id",
	    VALS(v_text(k->name), v_int(id))));
	while (*n < (size_t)all && rows_next(&r)) {
		struct slice s = row_slice(&r, 7);
		struct old_version *v = &(*out)[(*n)++];

		*v = (struct old_version){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			row_int(&r, 3), row_int(&r, 4), row_text(&r, 5), row_text(&r, 6), { 0 } };
		if (!row_null(&r, 7))
			v->secret = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
	}
	return rows_end(&r);
}

static int
forget_words(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id)
{
	void *rec = arena_alloc(cx->arena, k->size);
	struct old_version *v;
	size_t n, i;

	if (kind_searcher == NULL)
		return RC_OK;
	TRY(kind_load(cx, k, id, rec));
	TRY(kind_searcher->forget(cx, tx, k, rec));
	/* And the words of earlier versions: they were never taken out. */
	TRY(read_versions(cx, k, id, &v, &n));
	for (i = 0; i < n; i++) {
		int rc = kind_at_version(cx, k, id, v[i].version, rec);

		if (rc == RC_OK)
			rc = kind_searcher->forget(cx, tx, k, rec);
		if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
	}
	return RC_OK;
}

static int
put_version(
    struct ctx *cx, struct tx *tx, const struct kind *k, int64_t rec, const struct old_version *v)
{
	TRY(tx_retain(cx, tx, NULL, "DELETE FROM history WHERE id = $1", VALS(v_int(v->id))));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO history (id, kind, rec, version, at, account, action, data, subject, "
	    "secret)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	    VALS(v_int(v->id), v_text(k->name), v_int(rec), v_int(v->version), v_int(v->at),
		v_int(v->account), v_text(v->action), v_text(v->data), v_int_or(v->subject, 0),
		v_blob(v->secret)));
}

static const char *
dumped(struct ctx *cx, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT);
	const char *out = text == NULL ? "{}" : arena_str(cx->arena, text);

	free(text);
	return out;
}

/* The versions of a record were put again: their hashes and a line that vouches for them. */
static int
vouch(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id)
{
	int rc = history_forget_tx(cx, tx, k->name, id);

	return rc == RC_NOTFOUND ? RC_OK : rc; /* from before there was a history */
}

/* Only fields of the table: what an older program wrote under another name goes, too. */
static const char *
counted_part(struct ctx *cx, const struct kind *k, const char *data, const char *link)
{
	json_t *was = json_loads(data, 0, NULL), *is = json_object(), *v;
	const char *out;
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if (stays(&k->fields[i], link) &&
		    (v = json_object_get(was, k->fields[i].name)) != NULL)
			json_object_set(is, k->fields[i].name, v);
	out = dumped(cx, is);
	json_decref(was);
	json_decref(is);
	return out;
}

static int
cut_versions(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, const char *link,
    struct cut_sums *sums)
{
	struct old_version *v;
	size_t n, i;

	TRY(read_versions(cx, k, id, &v, &n));
	for (i = 0; i < n; i++) {
		v[i].data = counted_part(cx, k, v[i].data, link);
		v[i].subject = 0;
		v[i].secret = (struct slice){ 0 };
		TRY(put_version(cx, tx, k, id, &v[i]));
	}
	sums->versions += (int64_t)n;
	return RC_OK;
}

/* The newest version is the record as it now stands, marks of cut texts among it. */
static int
cut_newest(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id)
{
	void *rec = arena_alloc(cx->arena, k->size);
	struct old_version *v;
	const char *data;
	size_t n;

	TRY(read_versions(cx, k, id, &v, &n));
	if (n == 0)
		return RC_OK;
	TRY(kind_load(cx, k, id, rec));
	data = history_json(cx, k, rec, false);
	v[n - 1].data = data == NULL ? "{}" : data;
	return put_version(cx, tx, k, id, &v[n - 1]);
}

int
kind_cut_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, const char *link,
    struct cut_sums *sums)
{
	TRY(forget_words(cx, tx, k, id));
	TRY(cut_row(cx, tx, k, id, link));
	sums->records++;
	TRY(cut_versions(cx, tx, k, id, link, sums));
	TRY(cut_newest(cx, tx, k, id));
	return vouch(cx, tx, k, id);
}

int
kind_cut_whole_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, const char *link,
    struct cut_sums *sums)
{
	void *rec = arena_alloc(cx->arena, k->size);

	TRY(kind_load(cx, k, id, rec));
	TRY(forget_words(cx, tx, k, id));
	TRY(tx_run(cx, tx, NULL, arena_printf(cx->arena, "DELETE FROM %s WHERE id = $1", k->name),
	    VALS(v_int(id))));
	tx_touch(tx, k->state->number);
	sums->records++;
	TRY(cut_versions(cx, tx, k, id, link, sums));
	TRY(vouch(cx, tx, k, id));
	return kind_removed_tx(cx, tx, k, rec, NULL);
}

int
kind_cut_private_tx(
    struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, struct cut_sums *sums)
{
	struct old_version *v;
	size_t n, i;

	TRY(read_versions(cx, k, id, &v, &n));
	for (i = 0; i < n; i++) {
		if (v[i].secret.p == NULL)
			continue;
		v[i].secret = (struct slice){ 0 };
		TRY(put_version(cx, tx, k, id, &v[i]));
		sums->versions++;
	}
	return n == 0 ? RC_OK : vouch(cx, tx, k, id);
}

/* ---- fields that were another person's for a while ---- */

static const char *
without(struct ctx *cx, const char *data, size_t size, const struct cut_span *span, bool *changed)
{
	json_t *o = json_loadb(data, size, 0, NULL);
	const char *out;
	size_t i;

	for (i = 0; i < span->n; i++)
		*changed = json_object_del(o, span->fields[i]) == 0 || *changed;
	out = dumped(cx, o);
	json_decref(o);
	return out;
}

static int
strip(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, struct old_version *v,
    const struct cut_span *span)
{
	const char *place = arena_printf(
	    cx->arena, "history.%s:%lld.%lld", k->name, (long long)id, (long long)v->version);
	struct slice plain;
	bool changed = false, inner = false;
	const char *rest;
	int rc;

	v->data = without(cx, v->data, strlen(v->data), span, &changed);
	if (v->secret.p != NULL && v->subject != 0) {
		rc = vault_unseal(cx, v->subject, place, v->secret, &plain);
		if (rc == RC_OK) {
			rest = without(cx, plain.p, plain.n, span, &inner);
			if (inner)
				TRY(vault_seal_tx(
				    cx, tx, v->subject, place, slice_str(rest), &v->secret));
		} else if (rc != RC_NOTFOUND && !(rc == RC_STORAGE && cx->err.rc == RC_OK))
			return rc; /* else sealed under a key that is gone: nobody reads it */
	}
	return changed || inner ? put_version(cx, tx, k, id, v) : RC_OK;
}

int
kind_cut_fields_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id,
    const struct cut_span *span, struct cut_sums *sums)
{
	struct old_version *v;
	size_t n, i;

	TRY(read_versions(cx, k, id, &v, &n));
	for (i = 0; i < n; i++)
		if (v[i].at >= span->from && v[i].at < span->to) {
			TRY(strip(cx, tx, k, id, &v[i], span));
			sums->versions++;
		}
	return n == 0 ? RC_OK : vouch(cx, tx, k, id);
}

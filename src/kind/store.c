/* store.c – load, check and store one record, and everything a write leaves behind.
 *
 * One write = the row, its version in history, one line in the audit, whatever the kind's `changed`
 * adds (sums of figures), and the kind's generation: all in one transaction. Sealed values are
 * encrypted under their person's key after the id is known, since the place is part of the cipher. */
#include "kind/internal.h"
#include "kind/vault.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "lang/order.h"

bool
kind_may_read(const struct ctx *cx, const struct kind *k, const struct field *f)
{
	if (!may(cx, k->read))
		return false;
	switch (f->privacy) {
	case PRIV_PUBLIC:
		return true;
	case PRIV_STAFF:
		return may(cx, k->staff) && !(k->inside != NULL && actor_scoped(cx->actor));
	case PRIV_SUBJECT:
		return may(cx, CAP_SUBJECT_READ);
	case PRIV_SEALED: /* only through kind_unseal */
	case PRIV_UNSET:
		break;
	}
	return false;
}

bool
kind_may_read_of(struct ctx *cx, const struct kind *k, const struct field *f, const void *rec)
{
	if (f->privacy == PRIV_STAFF && k->inside != NULL && actor_scoped(cx->actor))
		return may(cx, k->read) && may(cx, k->staff) && k->inside(cx, rec);
	return kind_may_read(cx, k, f);
}

bool
kind_may_write(const struct ctx *cx, const struct kind *k, const struct field *f, bool create)
{
	if ((f->flags & F_RULED) != 0 || (!create && (f->flags & F_FIXED) != 0))
		return false;
	if (!may(cx, create ? k->create : k->edit))
		return false;
	if (f->privacy == PRIV_SEALED)
		return may(cx, k->sealed != CAP_UNSET ? k->sealed : CAP_PEOPLE_WRITE);
	/* Which record a scoped actor may write is writable()'s to say. */
	return f->privacy == PRIV_STAFF ? may(cx, k->staff) : kind_may_read(cx, k, f);
}

int
kind_load(struct ctx *cx, const struct kind *k, int64_t id, void *out)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, k->state->select, VALS(v_int(id))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	memset(out, 0, k->size);
	kind_read_row(&r, k, out);
	return rows_end(&r);
}

int
kind_get(struct ctx *cx, const struct kind *k, int64_t id, void *out)
{
	struct query q;
	struct list l;

	if (k->scope == NULL) {
		if (!may(cx, k->read))
			return fail(cx, RC_DENIED, N_("Your role does not open this."));
		return kind_load(cx, k, id, out);
	}
	TRY(query_init_all(cx, &q, k));
	query_and(&q, arena_printf(cx->arena, "%s.id = ?", k->name), VALS(v_int(id)));
	q.limit = 1;
	TRY(query_list(&q, &l));
	if (l.n == 0)
		return RC_NOTFOUND;
	memcpy(out, l.rows, k->size);
	return RC_OK;
}

/* ---- checks ---- */

static bool
has_control(const char *s, bool lines)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 &&
		    !(lines && (*s == '\n' || *s == '\t' || *s == '\r')))
			return true;
	return false;
}

static void
check_text(struct ctx *cx, const struct field *f, const char *s)
{
	int64_t max = f->max != 0 ? f->max : 200;
	size_t n;
	const char *why;

	if (s == NULL || *s == '\0')
		return;
	if (!utf8_valid(s, strlen(s))) {
		fail_field(cx, f->name, N_("The text is broken: it is not valid UTF-8."));
		return;
	}
	n = utf8_len(s);
	if ((int64_t)n > max)
		fail_field(cx, f->name, N_("The text is too long: at most %s characters, now %s."),
		    num(cx, max), num(cx, (int64_t)n));
	else if (has_control(s, (f->flags & F_LONG) != 0))
		fail_field(cx, f->name, N_("The text holds characters that cannot be shown."));
	else if (f->valid != NULL && (why = f->valid(s)) != NULL)
		fail_field(cx, f->name, "%s", tr(cx, why));
}

static int
check_ref(struct ctx *cx, const struct field *f, int64_t id)
{
	int64_t one;
	int rc = db_int(cx, &one,
	    arena_printf(cx->arena, "SELECT 1 FROM %s WHERE id = $1", f->ref->name),
	    VALS(v_int(id)));

	if (rc == RC_NOTFOUND) {
		fail_field(cx, f->name, N_("There is no such record."));
		return RC_OK;
	}
	return rc;
}

static int
check_unique(struct ctx *cx, const struct kind *k, const struct field *f, const void *rec)
{
	int64_t other;
	int rc = db_int(cx, &other,
	    arena_printf(
		cx->arena, "SELECT id FROM %s WHERE %s = $1 AND id <> $2", k->name, f->name),
	    VALS(field_val(f, rec, 0), v_int(((const struct rec *)rec)->id)));

	if (rc == RC_OK)
		fail_field(
		    cx, f->name, N_("This value is taken already by record %s."), num(cx, other));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
check_field(
    struct ctx *cx, const struct kind *k, const struct field *f, const void *old, const void *rec)
{
	const void *at = field_at(f, rec);
	int64_t n;

	if ((f->flags & F_REQUIRED) != 0 &&
	    (f->type == FT_TEXT3 ? field_val(f, rec, LANG_KK).null : field_empty(f, rec))) {
		fail_field(cx, f->name,
		    f->type == FT_TEXT3 ? N_("The Kazakh text is needed.")
					: N_("This field is needed."));
		return RC_OK;
	}
	switch (f->type) {
	case FT_TEXT:
		check_text(cx, f, *(const char *const *)at);
		break;
	case FT_TEXT3:
		check_text(cx, f, ((const struct text3 *)at)->kk);
		check_text(cx, f, ((const struct text3 *)at)->ru);
		check_text(cx, f, ((const struct text3 *)at)->en);
		break;
	case FT_SEALED:
		check_text(cx, f, ((const struct sealed *)at)->fresh);
		break;
	case FT_INT:
		n = *(const int64_t *)at;
		if (n != INT_NONE && (f->min != 0 || f->max != 0) && (n < f->min || n > f->max))
			fail_field(cx, f->name, N_("The number must lie between %s and %s."),
			    num(cx, f->min), num(cx, f->max));
		break;
	case FT_DAY:
		if (*(const int *)at != 0 && !day_valid(*(const int *)at))
			fail_field(cx, f->name, N_("There is no such day."));
		break;
	case FT_REF:
		if (*(const int64_t *)at != 0 && (old == NULL || !field_same(f, old, rec)))
			TRY(check_ref(cx, f, *(const int64_t *)at));
		break;
	case FT_ENUM:
	case FT_TIME:
	case FT_BOOL:
	case FT_REAL:
		break;
	}
	if ((f->flags & F_UNIQUE) != 0 && !field_empty(f, rec) &&
	    (old == NULL || !field_same(f, old, rec)))
		TRY(check_unique(cx, k, f, rec));
	return RC_OK;
}

int
kind_check(struct ctx *cx, const struct kind *k, const void *old, const void *rec)
{
	size_t i;

	for (i = 0; i < k->nfields; i++)
		TRY(check_field(cx, k, &k->fields[i], old, rec));
	if (k->check != NULL)
		TRY(k->check(cx, old, rec));
	return fields_rc(cx);
}

/* ---- titles and keys ---- */

const char *
kind_title_in(struct ctx *cx, const struct kind *k, const void *rec, enum lang l)
{
	struct buf b;
	struct ctx in = *cx;
	size_t i;

	in.lang = l;
	buf_init(&b, cx->arena, 0);
	for (i = 0; k->title[i] != NULL; i++) {
		const struct field *f = kind_field(k, k->title[i]);
		const char *s;

		if (field_empty(f, rec))
			continue;
		s = f->type == FT_TEXT3 ? tr3(&in, field_at(f, rec), NULL)
					: *(const char *const *)field_at(f, rec);
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_str(&b, s);
	}
	return b.p;
}

static const char *
numbered(struct ctx *cx, const struct kind *k, int64_t id)
{
	return arena_printf(cx->arena, "%s %lld", tr(cx, k->label), (long long)id);
}

/* Titles of the references that name each of n records, asked at once for all. */
static int
names_by_refs(struct ctx *cx, const struct kind *k, const void *recs, size_t n, const char **out)
{
	int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
	const char **part = arena_array(cx->arena, const char *, n + 1);
	size_t i, f;

	for (i = 0; i < n; i++)
		out[i] = "";
	for (f = 0; k->named_by[f] != NULL; f++) {
		const struct field *ref = kind_field(k, k->named_by[f]);

		for (i = 0; i < n; i++)
			ids[i] = *(const int64_t *)field_at(ref, (const char *)recs + i * k->size);
		TRY(kind_titles(cx, ref->ref, ids, n, part));
		for (i = 0; i < n; i++)
			if (*part[i] != '\0')
				out[i] = *out[i] == '\0'
					     ? part[i]
					     : arena_printf(cx->arena, "%s – %s", out[i], part[i]);
	}
	return RC_OK;
}

const char *
kind_title(struct ctx *cx, const struct kind *k, const void *rec)
{
	const char *s = kind_title_in(cx, k, rec, cx->lang);

	if (k->hidden != NULL && k->hidden(cx, rec))
		return numbered(cx, k, ((const struct rec *)rec)->id);
	if (*s == '\0' && k->named_by[0] != NULL && names_by_refs(cx, k, rec, 1, &s) != RC_OK)
		s = "";
	return *s != '\0' ? s : numbered(cx, k, ((const struct rec *)rec)->id);
}

const char *
kind_url(struct ctx *cx, const struct kind *k, int64_t id)
{
	if (k->path == NULL)
		return NULL;
	return arena_printf(cx->arena, "/%s%.*s%lld", lang_prefix(cx), (int)strcspn(k->path, "%"),
	    k->path, (long long)id);
}

static const char *
fold_text(struct ctx *cx, const struct kind *k, const void *rec)
{
	struct buf b;
	size_t i;
	int l;

	buf_init(&b, cx->arena, 0);
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		const void *at = field_at(f, rec);

		if ((f->flags & F_SEARCH) == 0)
			continue;
		for (l = 0; l < field_columns(f); l++) {
			const char *s = f->type == FT_TEXT3  ? text3_at(at, (enum lang)l)
					: f->type == FT_TEXT ? *(const char *const *)at
							     : NULL;

			if (s == NULL || *s == '\0')
				continue;
			if (b.n > 0)
				buf_char(&b, ' ');
			buf_str(&b, fold_key(cx->arena, s));
		}
	}
	return b.p;
}

/* ---- writing ---- */

/* The parameters of insert; update takes the same and adds id and version. */
static struct val *
bind_record(struct ctx *cx, const struct kind *k, const void *rec, size_t *n)
{
	const struct rec *h = rec;
	struct val *v = arena_array(cx->arena, struct val, k->nfields * 3 + 12);
	const char *kk = order_key(cx->arena, kind_title_in(cx, k, rec, LANG_KK));
	size_t i;
	int p;

	*n = 0;
	v[(*n)++] = v_int(h->version);
	v[(*n)++] = v_int(h->created_at);
	v[(*n)++] = v_int(h->changed_at);
	for (i = 0; i < k->nfields; i++)
		for (p = 0; p < field_columns(&k->fields[i]); p++)
			if (k->fields[i].type != FT_SEALED)
				v[(*n)++] = field_val(&k->fields[i], rec, p);
	v[(*n)++] = v_text(kk);
	v[(*n)++] = v_text(
	    k->state->title3 ? order_key(cx->arena, kind_title_in(cx, k, rec, LANG_RU)) : kk);
	v[(*n)++] = v_text(
	    k->state->title3 ? order_key(cx->arena, kind_title_in(cx, k, rec, LANG_EN)) : kk);
	v[(*n)++] = v_text(fold_text(cx, k, rec));
	return v;
}

int
kind_rekey_tx(struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec)
{
	size_t n;
	struct val *v = bind_record(cx, k, rec, &n);

	v[n] = v_int(((const struct rec *)rec)->id);
	return tx_run(cx, tx, NULL,
	    arena_printf(cx->arena,
		"UPDATE %s SET sort_kk = $1, sort_ru = $2, sort_en = $3, fold_key = $4 WHERE id = "
		"$5",
		k->name),
	    (struct vals){ v + n - 4, 5 });
}

int64_t
kind_subject(const struct kind *k, const void *rec)
{
	if (k->subject == NULL)
		return 0;
	if (strcmp(k->subject, "id") == 0)
		return ((const struct rec *)rec)->id;
	return *(const int64_t *)field_at(kind_field(k, k->subject), rec);
}

static int
store_sealed(struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec)
{
	int64_t id = ((const struct rec *)rec)->id;
	size_t i;

	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];
		const struct sealed *s = field_at(f, rec);
		struct slice box = { 0 };

		if (f->type != FT_SEALED || (s->fresh == NULL && !s->clear))
			continue;
		if (s->fresh != NULL)
			TRY(vault_seal_tx(cx, tx, kind_subject(k, rec),
			    arena_printf(cx->arena, "%s.%s:%lld", k->name, f->name, (long long)id),
			    slice_str(s->fresh), &box));
		TRY(tx_run(cx, tx, NULL,
		    arena_printf(
			cx->arena, "UPDATE %s SET %s = $1 WHERE id = $2", k->name, f->name),
		    VALS(v_blob(box), v_int(id))));
	}
	return RC_OK;
}

/* What the database's own constraints refuse was missed by the checks or raced past them. */
static int
db_refusal(struct ctx *cx, int rc)
{
	if (rc == RC_EXISTS && cx->err.text == NULL)
		return fail(cx, rc, N_("Such a record exists already."));
	if (rc == RC_INVALID && cx->err.text == NULL && cx->err.fields == NULL)
		return fail(cx, rc, N_("The record does not fit the others it names."));
	return rc;
}

static int
names_of_changes(
    struct ctx *cx, const struct kind *k, const void *old, const void *rec, const char **out)
{
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];

		if (old == NULL ? field_empty(f, rec) : field_same(f, old, rec))
			continue;
		if (b.n > 0)
			buf_char(&b, ',');
		buf_str(&b, f->name);
	}
	*out = b.p;
	return RC_OK;
}

static int
leave_behind(struct ctx *cx, struct tx *tx, const struct kind *k, const void *old, const void *rec,
    bool sums)
{
	const char *fields;

	TRY(kind_gate(cx, k, false));
	TRY(store_sealed(cx, tx, k, rec));
	TRY(names_of_changes(cx, k, old, rec, &fields));
	TRY(history_tx(cx, tx, k, rec, old == NULL ? "create" : "update", fields));
	if (sums && k->changed != NULL)
		TRY(k->changed(cx, tx, old, rec));
	if (kind_searcher != NULL)
		TRY(kind_searcher->put(cx, tx, k, old == NULL, rec));
	tx_touch(tx, k->state->number);
	return RC_OK;
}

/* SQLite gives the number of a last row that was removed (an import undone) to the next one, which must
 * not inherit a history: it moves behind all that ever were. PostgreSQL's numbers never come again. */
static int
number_of_its_own(struct ctx *cx, struct tx *tx, const struct kind *k, struct rec *h)
{
	int64_t last;
	int rc;

	if (store_engine(db_store(cx)) != DB_SQLITE)
		return RC_OK;
	rc = db_int(cx, &last, "SELECT 1 FROM history WHERE kind = $1 AND rec = $2 LIMIT 1",
	    VALS(v_text(k->name), v_int(h->id)));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(db_int(
	    cx, &last, "SELECT max(rec) FROM history WHERE kind = $1", VALS(v_text(k->name))));
	TRY(tx_run(cx, tx, NULL,
	    arena_printf(cx->arena, "UPDATE %s SET id = $1 WHERE id = $2", k->name),
	    VALS(v_int(last + 1), v_int(h->id))));
	h->id = last + 1;
	return RC_OK;
}

int
kind_insert_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	struct rec *h = rec;
	struct val *v;
	size_t n;
	int rc;

	if (!may(cx, k->create))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	h->id = 0;
	h->version = 1;
	h->created_at = h->changed_at = cx->now;
	if (k->prepare != NULL)
		TRY(k->prepare(cx, NULL, rec));
	if (k->writable != NULL)
		TRY(k->writable(cx, NULL, rec));
	TRY(kind_check(cx, k, NULL, rec));
	v = bind_record(cx, k, rec, &n);
	rc = tx_int(cx, tx, &h->id, k->state->insert, (struct vals){ v, n });
	if (rc != RC_OK)
		return db_refusal(cx, rc);
	TRY(number_of_its_own(cx, tx, k, h));
	return leave_behind(cx, tx, k, NULL, rec, true);
}

int
kind_add_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	struct rec *h = rec;
	struct val *v;
	size_t n;

	h->id = 0;
	h->version = 1;
	h->created_at = h->changed_at = cx->now;
	v = bind_record(cx, k, rec, &n);
	TRY(db_refusal(cx, tx_int(cx, tx, &h->id, k->state->insert, (struct vals){ v, n })));
	TRY(number_of_its_own(cx, tx, k, h));
	return leave_behind(cx, tx, k, NULL, rec, false);
}

/* Used so that what is set at creation stays, whoever writes. */
void
field_copy(const struct field *f, const void *from, void *to)
{
	static const size_t size[] = { [FT_TEXT] = sizeof(char *),
		[FT_TEXT3] = sizeof(struct text3),
		[FT_INT] = sizeof(int64_t),
		[FT_DAY] = sizeof(int),
		[FT_TIME] = sizeof(int64_t),
		[FT_BOOL] = sizeof(bool),
		[FT_ENUM] = sizeof(char *),
		[FT_REF] = sizeof(int64_t),
		[FT_SEALED] = sizeof(struct sealed),
		[FT_REAL] = sizeof(double) };

	memcpy(field_at_rw(f, to), field_at(f, from), size[f->type]);
}

int
kind_update_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	struct rec *h = rec;
	void *old = arena_alloc(cx->arena, k->size);
	bool same = true;
	int64_t changed;
	struct val *v;
	size_t i, n;
	int rc;

	if (!may(cx, k->edit))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_load(cx, k, h->id, old));
	for (i = 0; i < k->nfields; i++)
		if ((k->fields[i].flags & F_FIXED) != 0)
			field_copy(&k->fields[i], old, rec);
	if (k->writable != NULL)
		TRY(k->writable(cx, old, rec));
	if (((struct rec *)old)->version != h->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	if (k->prepare != NULL)
		TRY(k->prepare(cx, old, rec));
	for (i = 0; i < k->nfields; i++)
		same = same && field_same(&k->fields[i], old, rec);
	if (same)
		return RC_OK;
	TRY(kind_check(cx, k, old, rec));
	h->created_at = ((struct rec *)old)->created_at;
	h->changed_at = cx->now;
	h->version++;
	v = bind_record(cx, k, rec, &n);
	v[n] = v_int(h->id);
	v[n + 1] = v_int(h->version - 1);
	rc = tx_run(cx, tx, &changed, k->state->update, (struct vals){ v, n + 2 });
	if (rc != RC_OK)
		return db_refusal(cx, rc);
	if (changed != 1)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	return leave_behind(cx, tx, k, old, rec, true);
}

int
kind_rewrite_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	struct rec *h = rec;
	void *old = arena_alloc(cx->arena, k->size);
	bool same = true;
	int64_t changed;
	struct val *v;
	size_t i, n;

	TRY(kind_load(cx, k, h->id, old));
	if (((struct rec *)old)->version != h->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	if (k->prepare != NULL)
		TRY(k->prepare(cx, old, rec));
	for (i = 0; i < k->nfields; i++)
		same = same && field_same(&k->fields[i], old, rec);
	if (same)
		return RC_OK;
	h->created_at = ((struct rec *)old)->created_at;
	h->changed_at = cx->now;
	h->version++;
	v = bind_record(cx, k, rec, &n);
	v[n] = v_int(h->id);
	v[n + 1] = v_int(h->version - 1);
	TRY(db_refusal(cx, tx_run(cx, tx, &changed, k->state->update, (struct vals){ v, n + 2 })));
	if (changed != 1)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	return leave_behind(cx, tx, k, old, rec, true);
}

struct whole {
	const struct kind *kind;
	const void *in;
	void *out;
};

/* A write function may run twice, so it works on a copy; the caller's record changes only after
 * the commit. */
static int
insert_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct whole *w = arg;

	memcpy(w->out, w->in, w->kind->size);
	return kind_insert_tx(cx, tx, w->kind, w->out);
}

static int
update_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct whole *w = arg;

	memcpy(w->out, w->in, w->kind->size);
	return kind_update_tx(cx, tx, w->kind, w->out);
}

size_t
kind_hot_keys(const struct kind *k, const void *rec, int64_t keys[1])
{
	if (k->hot == NULL)
		return 0;
	/* Hot things of different kinds do not wait for each other. */
	keys[0] = (int64_t)kind_number(kind_field(k, k->hot)->ref) << 48 |
		  *(const int64_t *)field_at(kind_field(k, k->hot), rec);
	return 1;
}

static int
write_whole(struct ctx *cx, const struct kind *k, void *rec, tx_fn *fn)
{
	struct whole w = { k, rec, arena_alloc(cx->arena, k->size) };
	int64_t keys[1];

	TRY(db_write_keys(cx, keys, kind_hot_keys(k, rec, keys), fn, &w));
	memcpy(rec, w.out, k->size);
	return RC_OK;
}

int
kind_insert(struct ctx *cx, const struct kind *k, void *rec)
{
	return write_whole(cx, k, rec, insert_fn);
}

int
kind_update(struct ctx *cx, const struct kind *k, void *rec)
{
	return write_whole(cx, k, rec, update_fn);
}

/* ---- sealed values ---- */

static int
open_sealed(struct ctx *cx, const struct kind *k, int64_t id, const char *field, const char **out)
{
	const struct field *f = kind_field(k, field);
	void *rec = arena_alloc(cx->arena, k->size);
	AUTO_ROWS r = { 0 };
	struct slice box = { 0 }, plain;

	*out = NULL;
	if (f == NULL || f->type != FT_SEALED)
		return fail(cx, RC_BUG, "%s", "not a sealed field");
	TRY(kind_get(cx, k, id, rec));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena, "SELECT %s FROM %s WHERE id = $1", field, k->name),
	    VALS(v_int(id))));
	if (rows_next(&r) && !row_null(&r, 0)) {
		struct slice s = row_slice(&r, 0);

		box = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
	}
	TRY(rows_end(&r));
	if (box.p == NULL)
		return RC_OK;
	TRY(vault_unseal(cx, kind_subject(k, rec),
	    arena_printf(cx->arena, "%s.%s:%lld", k->name, field, (long long)id), box, &plain));
	*out = plain.p;
	return RC_OK;
}

int
kind_unseal(struct ctx *cx, const struct kind *k, int64_t id, const char *field, const char **out)
{
	if (!may(cx, k->sealed != CAP_UNSET ? k->sealed : CAP_SEALED_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(open_sealed(cx, k, id, field, out));
	if (*out == NULL)
		return RC_OK;
	if (k->subject != NULL) {
		void *rec = arena_alloc(cx->arena, k->size);

		TRY(kind_load(cx, k, id, rec));
		TRY(sensitive_note(cx, kind_subject(k, rec), "sealed"));
	}
	return audit_note(cx, "show", k->name, id, field);
}

int
kind_sealed_mask(
    struct ctx *cx, const struct kind *k, int64_t id, const char *field, const char **out)
{
	const char *plain;
	struct buf b;
	size_t n, i;

	TRY(open_sealed(cx, k, id, field, &plain));
	*out = NULL;
	if (plain == NULL)
		return RC_OK;
	buf_init(&b, cx->arena, 0);
	n = strlen(plain);
	for (i = 0; i < n; i++)
		if (i + 2 < n || n < 8)
			buf_str(&b, "•");
		else
			buf_char(&b, plain[i]);
	*out = b.p;
	return RC_OK;
}

static int
by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

struct named {
	int64_t id;
	const char *name;
};

/* Names found, to the places where their ids were asked for (an id may be asked for many times). */
static void
spread(struct named *p, size_t got, const int64_t *ids, size_t n, const char **out)
{
	size_t i;

	qsort(p, got, sizeof *p, by_id);
	for (i = 0; i < n; i++) {
		const struct named *at = bsearch(&ids[i], p, got, sizeof *p, by_id);

		if (at != NULL)
			out[i] = at->name;
	}
}

/* The records of these ids, as many as there are. */
static int
load_many(struct ctx *cx, const struct kind *k, const int64_t *ids, size_t n, struct list *out)
{
	struct buf sql;
	AUTO_ROWS r = { 0 };
	size_t i;

	*out = (struct list){ .rows = arena_alloc(cx->arena, k->size * n) };
	buf_init(&sql, cx->arena, 0);
	buf_printf(&sql, "SELECT %s FROM %s WHERE id IN (0", k->state->columns, k->name);
	for (i = 0; i < n; i++)
		if (ids[i] != 0)
			buf_printf(&sql, ",%lld", (long long)ids[i]);
	buf_char(&sql, ')');
	TRY(db_rows(cx, &r, sql.p, NO_VALS));
	while (out->n < n && rows_next(&r))
		kind_read_row(&r, k, (char *)out->rows + out->n++ * k->size);
	return rows_end(&r);
}

int
kind_titles(struct ctx *cx, const struct kind *k, const int64_t *ids, size_t n, const char **out)
{
	struct list l;
	const char **names;
	struct named *named;
	size_t i, used = 0;

	for (i = 0; i < n; i++) {
		out[i] = "";
		used += ids[i] != 0;
	}
	if (used == 0)
		return RC_OK;
	TRY(load_many(cx, k, ids, n, &l));
	names = arena_array(cx->arena, const char *, l.n + 1);
	named = arena_array(cx->arena, struct named, l.n + 1);
	if (k->title[0] == NULL && k->named_by[0] != NULL)
		TRY(names_by_refs(cx, k, l.rows, l.n, names));
	for (i = 0; i < l.n; i++) {
		const void *rec = list_row(&l, k, i);
		int64_t id = ((const struct rec *)rec)->id;

		if (k->title[0] != NULL)
			names[i] = k->hidden != NULL && k->hidden(cx, rec)
				       ? ""
				       : kind_title_in(cx, k, rec, cx->lang);
		named[i] = (struct named){ id,
			names[i] != NULL && *names[i] != '\0' ? names[i] : numbered(cx, k, id) };
	}
	spread(named, l.n, ids, n, out);
	return RC_OK;
}

/* boot.c – what is done once with each kind: number it, check its table, build its SQL texts.
 *
 * A mistake in a table (no privacy class, two members of one name, an unknown title field) is found
 * here, before the program listens, and again by the unit test. kind_compare() holds the tables
 * against the database: a member without a column or a column without a member is named. */
#include "kind/internal.h"

#include <stdio.h>

static struct arena boot_arena;
static const struct kind *const *booted;
static size_t nbooted;
const struct kind_search *kind_searcher;

void
kind_search_set(const struct kind_search *s)
{
	kind_searcher = s;
}

static kind_gate_fn *the_gate;

void
kind_gate_set(kind_gate_fn *gate)
{
	the_gate = gate;
}

int
kind_gate(struct ctx *cx, const struct kind *k, bool removes)
{
	return the_gate == NULL ? RC_OK : the_gate(cx, k, removes);
}

const struct field *
kind_field(const struct kind *k, const char *name)
{
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if (strcmp(k->fields[i].name, name) == 0)
			return &k->fields[i];
	return NULL;
}

const struct kind *
kind_booted(size_t i)
{
	return i < nbooted ? booted[i] : NULL;
}

unsigned
kind_number(const struct kind *k)
{
	return k->state->number;
}

static const char *
wrong(const struct kind *k, const char *field, const char *what)
{
	return arena_printf(&boot_arena, "kind %s, field %s: %s", k->name, field, what);
}

static bool
is_ref(const struct kind *k, const char *name)
{
	const struct field *f = kind_field(k, name);

	return f != NULL && f->type == FT_REF;
}

static const char *
table_error(const struct kind *k)
{
	size_t i, j;

	if (k->state == NULL || k->read == CAP_UNSET || k->create == CAP_UNSET ||
	    k->edit == CAP_UNSET || k->staff == CAP_UNSET || k->label == NULL || k->plural == NULL)
		return wrong(k, "-", "state, capabilities and labels are needed");
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];

		if (f->privacy == PRIV_UNSET)
			return wrong(k, f->name, "no privacy class");
		if (f->type == FT_SEALED && f->privacy != PRIV_SEALED)
			return wrong(k, f->name, "a sealed field must be PRIV_SEALED");
		if (f->privacy == PRIV_SEALED && (f->flags & (F_LIST | F_FILTER | F_SEARCH)) != 0)
			return wrong(
			    k, f->name, "a sealed field cannot be listed, filtered or searched");
		if (f->privacy > PRIV_STAFF && (f->flags & F_SEARCH) != 0)
			return wrong(k, f->name, "a private field cannot go into the search key");
		if (f->privacy == PRIV_STAFF && (f->flags & F_SEARCH) != 0 && k->read != k->staff)
			return wrong(k, f->name,
			    "a search by those who may not read the field would tell it");
		if (f->label == NULL)
			return wrong(k, f->name, "no label");
		if ((f->type == FT_REF) != (f->ref != NULL) ||
		    (f->type == FT_ENUM) != (f->options != NULL))
			return wrong(k, f->name, "ref or options do not fit the type");
		for (j = 0; j < i; j++)
			if (strcmp(k->fields[j].name, f->name) == 0)
				return wrong(k, f->name, "named twice");
	}
	for (i = 0; k->title[i] != NULL; i++) {
		const struct field *f = kind_field(k, k->title[i]);

		if (f == NULL || (f->type != FT_TEXT && f->type != FT_TEXT3))
			return wrong(k, k->title[i], "a title must be a text");
	}
	for (i = 0; k->named_by[i] != NULL; i++)
		if (!is_ref(k, k->named_by[i]))
			return wrong(k, k->named_by[i], "a record is named by references");
	if (k->subject != NULL && strcmp(k->subject, "id") != 0 && !is_ref(k, k->subject))
		return wrong(k, k->subject, "the subject is a reference or id");
	if (k->hot != NULL && !is_ref(k, k->hot))
		return wrong(k, k->hot, "a hot thing is a reference");
	return NULL;
}

static const char *const lang_suffix[] = { "_kk", "_ru", "_en" };

static void
put_columns(struct buf *b, const struct kind *k, const char *prefix)
{
	size_t i;
	int p;

	for (i = 0; i < k->nfields; i++)
		for (p = 0; p < field_columns(&k->fields[i]); p++)
			buf_printf(b, ", %s%s%s", prefix, k->fields[i].name,
			    field_columns(&k->fields[i]) == 3 ? lang_suffix[p] : "");
}

static void
build(const struct kind *k, unsigned number)
{
	struct kind_state *s = k->state;
	struct buf b, v;
	size_t i, n = 3;
	int p;

	s->number = number;
	s->title3 = k->title[0] != NULL && kind_field(k, k->title[0])->type == FT_TEXT3;
	buf_init(&b, &boot_arena, 0);
	buf_printf(&b, "%s.id, %s.version, %s.created_at, %s.changed_at", k->name, k->name, k->name,
	    k->name);
	put_columns(&b, k, arena_printf(&boot_arena, "%s.", k->name));
	s->columns = b.p;
	s->select =
	    arena_printf(&boot_arena, "SELECT %s FROM %s WHERE id = $1", s->columns, k->name);

	buf_init(&b, &boot_arena, 0);
	buf_init(&v, &boot_arena, 0);
	buf_printf(&b, "INSERT INTO %s (version, created_at, changed_at", k->name);
	buf_str(&v, "$1, $2, $3");
	for (i = 0; i < k->nfields; i++)
		for (p = 0; p < field_columns(&k->fields[i]); p++) {
			if (k->fields[i].type == FT_SEALED)
				continue;
			buf_printf(&b, ", %s%s", k->fields[i].name,
			    field_columns(&k->fields[i]) == 3 ? lang_suffix[p] : "");
			buf_printf(&v, ", $%zu", ++n);
		}
	s->nvalues = n;
	buf_str(&b, ", sort_kk, sort_ru, sort_en, fold_key");
	buf_printf(&v, ", $%zu, $%zu, $%zu, $%zu", n + 1, n + 2, n + 3, n + 4);
	buf_printf(&b, ") VALUES (%s) RETURNING id", v.p);
	s->insert = b.p;

	buf_init(&b, &boot_arena, 0);
	buf_printf(&b, "UPDATE %s SET version = $1, created_at = $2, changed_at = $3", k->name);
	n = 3;
	for (i = 0; i < k->nfields; i++)
		for (p = 0; p < field_columns(&k->fields[i]); p++)
			if (k->fields[i].type != FT_SEALED)
				buf_printf(&b, ", %s%s = $%zu", k->fields[i].name,
				    field_columns(&k->fields[i]) == 3 ? lang_suffix[p] : "", ++n);
	buf_printf(&b, ", sort_kk = $%zu, sort_ru = $%zu, sort_en = $%zu, fold_key = $%zu", n + 1,
	    n + 2, n + 3, n + 4);
	buf_printf(&b, " WHERE id = $%zu AND version = $%zu", n + 5, n + 6);
	s->update = b.p;
	s->ready = true;
}

int
kind_boot(const struct kind *const *kinds, size_t n, const char **err)
{
	size_t i;

	if (n >= DB_KINDS) {
		*err = "more than 127 kinds";
		return RC_BUG;
	}
	for (i = 0; i < n; i++) {
		*err = table_error(kinds[i]);
		if (*err != NULL)
			return RC_BUG;
		if (!kinds[i]->state->ready)
			build(kinds[i], (unsigned)i);
	}
	booted = kinds;
	nbooted = n;
	return RC_OK;
}

/* The columns of a table by asking for none of its rows: works alike on both engines. */
int
kind_compare(struct ctx *cx, const struct kind *const *kinds, size_t n, struct buf *out)
{
	size_t i, found = 0;

	for (i = 0; i < n; i++) {
		AUTO_ROWS r = { 0 };
		const struct kind *k = kinds[i];
		size_t j;
		int want = 8, rc;

		for (j = 0; j < k->nfields; j++)
			want += field_columns(&k->fields[j]);
		rc = db_rows(cx, &r,
		    arena_printf(cx->arena,
			"SELECT %s, sort_kk, sort_ru, sort_en, fold_key FROM %s WHERE 1 = 0",
			k->state->columns, k->name),
		    NO_VALS);
		if (rc == RC_OK && !rows_next(&r))
			rc = rows_end(&r);
		if (rc != RC_OK) {
			buf_printf(out, "%s: a field has no column (%s)\n", k->name,
			    cx->err.detail == NULL ? "?" : cx->err.detail);
			err_clear(cx);
			db_end(cx);
			found++;
			continue;
		}
		AUTO_ROWS all = { 0 };
		TRY(db_rows(cx, &all,
		    arena_printf(cx->arena, "SELECT * FROM %s WHERE 1 = 0", k->name), NO_VALS));
		if (all.ncols != want) {
			buf_printf(out, "%s: %d columns, %d known\n", k->name, all.ncols, want);
			found++;
		}
	}
	return found == 0 ? RC_OK : RC_INVALID;
}

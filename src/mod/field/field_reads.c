/* field_reads.c – copies and conflicts as pages show them. */
#include <jansson.h>
#include <string.h>

#include "kind/internal.h"
#include "mod/field/field_inner.h"

static int
may_read(struct ctx *cx)
{
	return may(cx, CAP_RELIEF_OPEN) ? RC_OK
					: fail(cx, RC_DENIED, N_("Your role does not open this."));
}

int
field_copies(struct ctx *cx, int64_t headquarters, struct field_copy **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	*n = 0;
	TRY(may_read(cx));
	TRY(db_int(cx, &count, "SELECT count(*) FROM field_copy WHERE headquarters = $1",
	    VALS(v_int(headquarters))));
	*out = arena_array(cx->arena, struct field_copy, (size_t)count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT c.id, c.headquarters, c.made_at, c.made_by, c.merged_at, c.merges, "
	    "c.operations, a.name FROM field_copy c LEFT JOIN account a ON a.id = c.made_by WHERE "
	    "c.headquarters = $1 ORDER BY c.id DESC",
	    VALS(v_int(headquarters))));
	while (*n < (size_t)count && rows_next(&r)) {
		struct field_copy *c = &(*out)[(*n)++];

		*c = (struct field_copy){ .id = row_int(&r, 0),
			.headquarters = row_int(&r, 1),
			.made_at = row_int(&r, 2),
			.made_by = row_int(&r, 3),
			.merged_at = row_int(&r, 4),
			.merges = row_int(&r, 5),
			.operations = row_int(&r, 6),
			.who = row_text(&r, 7) };
	}
	return rows_end(&r);
}

int
field_conflicts(struct ctx *cx, int64_t headquarters, struct field_conflict **out, size_t *n)
{
	void *all;

	*n = 0;
	TRY(may_read(cx));
	TRY(kind_load_all(cx, &field_conflict_kind,
	    "SELECT id FROM field_conflict WHERE headquarters = $1 ORDER BY CASE state WHEN "
	    "'waiting' THEN 0 ELSE 1 END, id DESC LIMIT 200",
	    headquarters, &all, n));
	*out = all;
	return RC_OK;
}

/* One field of a version, read into an empty record; a sealed one only says that it is there. */
static int
value_text(struct ctx *cx, const struct field *f, const json_t *v, void *rec, const char **out)
{
	const char *title = "";
	int64_t id;

	*out = "–";
	if (v == NULL || json_is_null(v))
		return RC_OK;
	if (f->type == FT_SEALED) {
		*out = "••••••";
		return RC_OK;
	}
	field_from_json(cx, f, v, rec);
	if (f->type == FT_REF) {
		id = *(const int64_t *)field_at(f, rec);
		TRY(kind_titles(cx, f->ref, &id, 1, &title));
	}
	*out = field_text(cx, f, rec, title);
	return RC_OK;
}

int
field_values(
    struct ctx *cx, const struct field_conflict *c, bool other, struct field_value **out, size_t *n)
{
	const struct field_kind *k = field_kind_of(c->what);
	size_t part[PART_FIELDS], first = 0, fields, i;
	json_t *v;
	void *rec;
	int rc = RC_OK;

	*n = 0;
	*out = arena_array(cx->arena, struct field_value, PART_FIELDS);
	if (k == NULL)
		return RC_OK;
	while (first < k->kind->nfields && strcmp(k->kind->fields[first].name, c->part) != 0)
		first++;
	if (first == k->kind->nfields)
		return RC_OK;
	fields = field_part(k, first, part);
	if (fields == 0) /* of a stay: the centre, which no form changes */
		part[fields++] = first;
	v = json_loads(other ? c->other : c->stands, 0, NULL);
	rec = arena_alloc(cx->arena, k->kind->size);
	kind_empty(k->kind, rec);
	for (i = 0; i < fields && rc == RC_OK; i++) {
		const struct field *f = &k->kind->fields[part[i]];
		struct field_value *to = &(*out)[*n];

		if (f->type != FT_SEALED && !kind_may_read(cx, k->kind, f))
			continue;
		to->label = tr(cx, f->label);
		rc = value_text(cx, f, json_object_get(v, f->name), rec, &to->text);
		(*n)++;
	}
	json_decref(v);
	return rc;
}

int
field_record(struct ctx *cx, const struct field_conflict *c, const char **title, const char **url)
{
	const struct field_kind *k = field_kind_of(c->what);

	*title = "";
	*url = NULL;
	if (k == NULL)
		return RC_OK;
	*url = kind_url(cx, k->kind, c->record);
	TRY(kind_titles(cx, k->kind, &c->record, 1, title));
	if (**title == '\0')
		*title = num(cx, c->record);
	*title = arena_printf(cx->arena, "%s %s", tr(cx, k->kind->label), *title);
	return RC_OK;
}

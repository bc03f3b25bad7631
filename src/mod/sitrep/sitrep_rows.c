/* sitrep_rows.c – a report as lines of a table: page, DOCX, XLSX and CSV draw the same ones. */
#include "mod/sitrep/sitrep_inner.h"

#include <string.h>

const char *
sit_period(struct ctx *cx, const struct sitrep *s)
{
	int a, b, h, m, sec;

	moment_parts(s->from_at, &a, &h, &m, &sec);
	moment_parts(s->to_at, &b, &h, &m, &sec);
	if (a == b)
		return arena_printf(cx->arena, "%s–%02d:%02d", moment_text(cx, s->from_at), h, m);
	return arena_printf(
	    cx->arena, "%s – %s", moment_text(cx, s->from_at), moment_text(cx, s->to_at));
}

/* ---- labels ---- */

static int
place_name(struct ctx *cx, int64_t headquarters, const char *code, const char **out)
{
	int64_t id;
	int rc =
	    db_int(cx, &id, "SELECT id FROM relief_place WHERE headquarters = $1 AND code = $2",
		VALS(v_int(headquarters), v_text(code)));

	*out = code;
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	return kind_titles(cx, &relief_place_kind, &id, 1, out);
}

static const char *
meal_name(struct ctx *cx, const char *key)
{
	const char *slash = strchr(key, '/');

	if (slash == NULL)
		return key;
	return arena_printf(cx->arena, "%s, %s",
	    option_label(cx, meals, arena_strn(cx->arena, key, (size_t)(slash - key))),
	    option_label(cx, meal_receivers, slash + 1));
}

int
sit_key_label(struct ctx *cx, int64_t headquarters, const struct sit_figure *f, const char *key,
    const char **out)
{
	struct item i;
	int rc;

	*out = key;
	if (f->keys != NULL)
		*out = option_label(cx, f->keys, key);
	else if (f->keyed == 'm')
		*out = meal_name(cx, key);
	else if (f->keyed == 'p')
		return place_name(cx, headquarters, key, out);
	else if (f->keyed == 'i') {
		rc = item_find(cx, key, &i);
		if (rc == RC_OK)
			*out = kind_title(cx, &item_kind, &i);
		else if (rc != RC_NOTFOUND)
			return rc;
		else
			err_clear(cx);
	}
	return RC_OK;
}

const char *
sit_said(struct ctx *cx, const struct sit_figure *f, const char *key, int64_t value)
{
	struct item i;

	if (value == INT_NONE)
		return "–";
	if (f->shape == SIT_MEDIAN)
		return num_real(cx, (double)value / 60, 1);
	if (f->keyed == 'i' && key != NULL && item_find(cx, key, &i) == RC_OK)
		return quantity_text(cx, &i, value);
	return num(cx, value);
}

/* ---- lines ---- */

struct lines {
	struct ctx *cx;
	const struct sit_report *r, *was;
	struct sit_row *v;
	size_t n, max;
};

static const char *
difference(struct ctx *cx, const struct sit_figure *f, const char *key, int64_t now, int64_t was)
{
	if (now == INT_NONE || was == INT_NONE)
		return "";
	if (now == was)
		return "=";
	return arena_printf(cx->arena, "%s%s", now > was ? "+" : "−",
	    sit_said(cx, f, key, now > was ? now - was : was - now));
}

static int
add(struct lines *l, const struct sit_figure *f, const char *key, int64_t now, int64_t was)
{
	struct ctx *cx = l->cx;
	struct sit_row *row = &l->v[l->n];
	struct item i = { .pack = 1 };
	double unit = f->shape == SIT_MEDIAN ? 60 : 1;

	if (l->n == l->max)
		return fail(cx, RC_TOOBIG, N_("The report has too many lines."));
	l->n++;
	if (f->keyed == 'i' && key != NULL && item_find(cx, key, &i) == RC_OK)
		unit = (double)i.pack;
	*row = (struct sit_row){ .figure = f,
		.key = key,
		.label = tr(cx, f->name),
		.now = sit_said(cx, f, key, now),
		.was = l->was == NULL ? "" : sit_said(cx, f, key, was),
		.diff = l->was == NULL ? "" : difference(cx, f, key, now, was),
		.number = now != INT_NONE,
		.value = now == INT_NONE ? 0 : (double)now / unit,
		.before = was == INT_NONE ? 0 : (double)was / unit };
	if (key != NULL)
		TRY(sit_key_label(cx, l->r->s.headquarters, f, key, &row->label));
	return RC_OK;
}

static bool
has_key(const struct sit_value *v, const char *key)
{
	size_t i;

	for (i = 0; v != NULL && i < v->nkeys; i++)
		if (strcmp(v->key[i].key, key) == 0)
			return true;
	return false;
}

/* Keys of both reports; known codes in their order, others as they come. */
static int
add_keys(struct lines *l, const struct sit_value *now, const struct sit_value *was)
{
	const struct sit_figure *f = now->figure;
	size_t i;

	if (f->keys != NULL) {
		for (i = 0; f->keys[i].code != NULL; i++)
			if (has_key(now, f->keys[i].code) || has_key(was, f->keys[i].code))
				TRY(add(l, f, f->keys[i].code, sit_of_key(now, f->keys[i].code),
				    sit_of_key(was, f->keys[i].code)));
		return RC_OK;
	}
	for (i = 0; i < now->nkeys; i++)
		TRY(add(
		    l, f, now->key[i].key, now->key[i].value, sit_of_key(was, now->key[i].key)));
	for (i = 0; was != NULL && i < was->nkeys; i++)
		if (!has_key(now, was->key[i].key))
			TRY(add(l, f, was->key[i].key, 0, was->key[i].value));
	return RC_OK;
}

int
sit_rows(struct ctx *cx, const struct sit_report *r, const struct sit_report *was,
    struct sit_row **out, size_t *n)
{
	struct lines l = { cx, r, was, NULL, 0, r->n };
	size_t i;

	for (i = 0; i < r->n; i++)
		l.max += r->v[i].nkeys + 8;
	for (i = 0; was != NULL && i < was->n; i++)
		l.max += was->v[i].nkeys;
	l.v = arena_array(cx->arena, struct sit_row, l.max + 1);
	for (i = 0; i < r->n; i++) {
		const struct sit_value *before = sit_value(was, r->v[i].figure->code);

		TRY(add(&l, r->v[i].figure, NULL, r->v[i].value,
		    before == NULL ? INT_NONE : before->value));
		TRY(add_keys(&l, &r->v[i], before));
	}
	*out = l.v;
	*n = l.n;
	return RC_OK;
}

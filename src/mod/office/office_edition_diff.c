/* office_edition_diff.c – two editions, or an edition and now, held against each other: every record
 * that came, went, or counts otherwise, with the reason as far as the house knows it.
 *
 * The sets of records come from edition_record and from the figures' own SELECTs (figure_gaps); the
 * values of an edition from its text, so what is shown is what was signed. Why a record differs is read
 * from when it was entered and from the audit's names of changed fields between the two moments. */
#include <jansson.h>

#include "figure/sets.h"
#include "lang/order.h"
#include "mod/office/office.h"

struct side {
	const struct edition *e; /* NULL = now */
	json_t *text;
	struct ask ask;
	int64_t at; /* the moment it tells of */
};
struct comparing {
	struct ctx *cx;
	struct side a, b;
};

/* ---- values ---- */

static bool
is_dim(const json_t *row, const struct figure *f, const char *code)
{
	const json_t *dims = json_object_get(row, "dims");
	const char *has = f->dim == NULL ? NULL : json_string_value(json_object_get(dims, f->dim));

	if (code == NULL)
		return json_object_size(dims) == 0;
	return has != NULL && strcmp(has, code) == 0;
}

static void
value_of(const json_t *row, struct edition_value *out)
{
	const json_t *v = json_object_get(row, "value");

	*out = (struct edition_value){ .asked = true,
		.known = json_is_number(v),
		.value = json_is_number(v) ? json_number_value(v) : 0 };
}

static bool
frozen_value(
    const struct side *s, const struct figure *f, const char *code, struct edition_value *out)
{
	size_t i;
	json_t *row;

	*out = (struct edition_value){ .asked = false };
	json_array_foreach(json_object_get(s->text, "figures"), i, row)
	{
		const char *is = json_string_value(json_object_get(row, "code"));

		if (is == NULL || strcmp(is, f->code) != 0 || !is_dim(row, f, code))
			continue;
		value_of(row, out);
		return true;
	}
	return false;
}

static void
live_value(const struct figure_answer *a, struct edition_value *out)
{
	*out = (struct edition_value){ .asked = true, .known = a->known, .value = a->value };
}

static int
value_at(
    struct comparing *c, const struct side *s, const struct figure *f, struct edition_value *out)
{
	struct figure_answer a;

	if (s->e != NULL) {
		frozen_value(s, f, NULL, out);
		return RC_OK;
	}
	TRY(figure_answer(c->cx, f, &s->ask, &a));
	live_value(&a, out);
	return RC_OK;
}

static bool
same_value(const struct edition_value *a, const struct edition_value *b)
{
	return a->asked == b->asked && a->known == b->known && !(a->value < b->value) &&
	       !(a->value > b->value);
}

/* ---- rows of the split ---- */

static struct edition_part *
part_at(struct edition_diff *d, const char *code)
{
	size_t i;

	for (i = 0; i < d->nparts; i++)
		if (strcmp(d->part[i].code, code) == 0)
			return &d->part[i];
	d->part[d->nparts] = (struct edition_part){ .code = code, .title = code };
	return &d->part[d->nparts++];
}

static size_t
frozen_parts(const struct side *s)
{
	return json_array_size(json_object_get(s->text, "figures"));
}

static void
take_frozen(struct comparing *c, const struct side *s, struct edition_diff *d, bool was)
{
	size_t i;
	json_t *row;

	json_array_foreach(json_object_get(s->text, "figures"), i, row)
	{
		const char *is = json_string_value(json_object_get(row, "code"));
		const char *code = json_string_value(
		    json_object_get(json_object_get(row, "dims"), d->figure->dim));
		struct edition_part *p;

		if (is == NULL || code == NULL || strcmp(is, d->figure->code) != 0)
			continue;
		p = part_at(d, arena_str(c->cx->arena, code));
		value_of(row, was ? &p->was : &p->is);
	}
}

static int
titles_of_codes(struct comparing *c, struct edition_diff *d)
{
	const struct figure *f = d->figure;
	struct ctx *cx = c->cx;
	size_t i;

	for (i = 0; i < d->nparts; i++) {
		struct edition_part *p = &d->part[i];
		int64_t id = 0;

		if (strcmp(p->code, "none") == 0)
			p->title = tr(cx, "not stated");
		else if (f->dim_options != NULL)
			p->title = option_label(cx, f->dim_options, p->code);
		else if (f->dim_kind != NULL && kind_field(f->dim_kind, "code") != NULL &&
			 db_int(cx, &id,
			     arena_printf(
				 cx->arena, "SELECT id FROM %s WHERE code = $1", f->dim_kind->name),
			     VALS(v_text(p->code))) == RC_OK)
			TRY(kind_titles(cx, f->dim_kind, &id, 1, &p->title));
	}
	return RC_OK;
}

static int
by_part(const void *a, const void *b)
{
	const struct edition_part *x = a, *y = b;

	return strcmp(x->title, y->title);
}

static int
compare_parts(struct comparing *c, struct edition_diff *d)
{
	struct figure_answer *live = NULL;
	size_t i, n = 0, kept = 0;

	if (d->figure->dim == NULL)
		return RC_OK;
	if (c->b.e == NULL)
		TRY(figure_split(c->cx, d->figure, &c->b.ask, &live, &n));
	d->part = arena_array(c->cx->arena, struct edition_part,
	    frozen_parts(&c->a) + (c->b.e == NULL ? n : frozen_parts(&c->b)) + 1);
	take_frozen(c, &c->a, d, true);
	if (c->b.e != NULL)
		take_frozen(c, &c->b, d, false);
	for (i = 0; i < n; i++)
		live_value(&live[i], &part_at(d, live[i].dim_code)->is);
	for (i = 0; i < d->nparts; i++) {
		struct edition_part *p = &d->part[i];

		/* A key without records has no row: nothing is zero here. */
		p->was.known = p->was.known || !p->was.asked;
		p->is.known = p->is.known || !p->is.asked;
		p->was.asked = p->is.asked = true;
		if (!same_value(&p->was, &p->is))
			d->part[kept++] = *p;
	}
	d->nparts = kept;
	TRY(titles_of_codes(c, d));
	if (kept > 1)
		qsort(d->part, kept, sizeof *d->part, by_part);
	return RC_OK;
}

/* ---- records ---- */

static const char *
set_of(struct comparing *c, const struct side *s, const struct figure *f)
{
	return arena_printf(c->cx->arena,
	    "SELECT rec, amount, dim FROM edition_record WHERE edition = %lld AND figure = '%s'",
	    (long long)s->e->rec.id, f->code);
}

static const char *
place_title(struct comparing *c, const struct figure *f, const char *dim)
{
	const char *title = "";
	int64_t id;

	if (dim == NULL)
		return tr(c->cx, "not stated");
	if (f->dim_kind == NULL)
		return f->dim_options == NULL ? dim : option_label(c->cx, f->dim_options, dim);
	if (!num_parse(dim, &id) || kind_titles(c->cx, f->dim_kind, &id, 1, &title) != RC_OK)
		return dim;
	return title;
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static void
take_gap(struct comparing *c, struct edition_diff *d, const struct figure_gap *g)
{
	struct edition_change *ch = &d->change[d->nchanges++];

	*ch = (struct edition_change){ .id = g->id,
		.label = "",
		.fields = "",
		.was = g->amount_was,
		.is = g->amount_is,
		.why = WHY_BESIDE };
	ch->change = !g->was			     ? CHANGE_ADDED
		     : !g->is			     ? CHANGE_REMOVED
		     : g->amount_was != g->amount_is ? CHANGE_AMOUNT
						     : CHANGE_PLACE;
	if (g->was && g->is && !same_text(g->dim_was, g->dim_is)) {
		ch->place_was = place_title(c, d->figure, g->dim_was);
		ch->place_is = place_title(c, d->figure, g->dim_is);
	}
}

static struct edition_change *
change_of(struct edition_diff *d, int64_t id)
{
	size_t lo = 0, hi = d->nchanges;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (d->change[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < d->nchanges && d->change[lo].id == id ? &d->change[lo] : NULL;
}

enum { CHUNK = 500 };

static const char *
ids_of(struct comparing *c, const struct edition_diff *d, size_t from)
{
	struct buf b;
	size_t i;

	buf_init(&b, c->cx->arena, 0);
	for (i = from; i < d->nchanges && i < from + CHUNK; i++)
		buf_printf(&b, "%s%lld", i == from ? "" : ",", (long long)d->change[i].id);
	return b.p;
}

/* The first day field of the kind is the day a record is for (first_day, from_day, day). */
static const char *
day_column(const struct kind *k)
{
	size_t i;

	for (i = 0; i < k->nfields; i++)
		if (k->fields[i].type == FT_DAY && k->fields[i].privacy <= PRIV_STAFF)
			return k->fields[i].name;
	return "NULL";
}

static int
entered(struct comparing *c, struct edition_diff *d, size_t from)
{
	const struct kind *k = d->figure->kind;
	AUTO_ROWS r = { 0 };
	int64_t bound = c->a.at + 1; /* the moment itself: an edition is read in one transaction */
	int day = day_of_moment(c->a.at);

	TRY(db_rows(c->cx, &r,
	    arena_printf(c->cx->arena, "SELECT id, created_at, %s FROM %s WHERE id IN (%s)",
		day_column(k), k->name, ids_of(c, d, from)),
	    NO_VALS));
	while (rows_next(&r)) {
		struct edition_change *ch = change_of(d, row_int(&r, 0));

		if (ch == NULL)
			continue;
		ch->day = (int)row_int(&r, 2);
		if (ch->change == CHANGE_ADDED && row_int(&r, 1) >= bound)
			ch->why = ch->day != 0 && ch->day <= day ? WHY_LATE : WHY_NEW;
	}
	return rows_end(&r);
}

static void
add_field(struct comparing *c, struct edition_change *ch, const struct field *f)
{
	const char *label = tr(c->cx, f->label);

	if (strstr(ch->fields, label) == NULL)
		ch->fields = *ch->fields == '\0'
				 ? label
				 : arena_printf(c->cx->arena, "%s, %s", ch->fields, label);
}

/* The audit holds the names of changed fields, never values. */
static int
changed_fields(struct comparing *c, struct edition_diff *d, size_t from)
{
	const struct kind *k = d->figure->kind;
	AUTO_ROWS r = { 0 };

	TRY(db_rows(c->cx, &r,
	    arena_printf(c->cx->arena,
		"SELECT rec, fields FROM audit WHERE kind = $1 AND at >= $2 AND at < $3"
		" AND fields IS NOT NULL AND rec IN (%s) ORDER BY id",
		ids_of(c, d, from)),
	    VALS(v_text(k->name), v_int(c->a.at + 1), v_int(c->b.at + 1))));
	while (rows_next(&r)) {
		struct edition_change *ch = change_of(d, row_int(&r, 0));
		const char *names = row_text(&r, 1);
		size_t i;

		if (ch == NULL || ch->why == WHY_LATE || ch->why == WHY_NEW)
			continue;
		for (i = 0; i < k->nfields; i++) {
			const struct field *f = &k->fields[i];
			const char *at = strstr(names, f->name);
			size_t n = strlen(f->name);

			if (at == NULL || (at > names && at[-1] != ',' && at[-1] != ' ') ||
			    (at[n] != '\0' && at[n] != ',' && at[n] != ' ') ||
			    f->privacy > PRIV_STAFF)
				continue;
			ch->why = WHY_CHANGED;
			add_field(c, ch, f);
		}
	}
	return rows_end(&r);
}

static int
name_changes(struct comparing *c, struct edition_diff *d, size_t from)
{
	size_t i, n = d->nchanges - from < CHUNK ? d->nchanges - from : CHUNK;
	int64_t *ids = arena_array(c->cx->arena, int64_t, n);
	const char **titles = arena_array(c->cx->arena, const char *, n);

	for (i = 0; i < n; i++)
		ids[i] = d->change[from + i].id;
	TRY(kind_titles(c->cx, d->figure->kind, ids, n, titles));
	for (i = 0; i < n; i++)
		d->change[from + i].label = titles[i];
	return RC_OK;
}

static int
compare_records(struct comparing *c, struct edition_diff *d)
{
	struct figure_gap *g;
	size_t i, n;
	bool other_days = c->a.ask.from != c->b.ask.from || c->a.ask.to != c->b.ask.to ||
			  c->a.ask.on != c->b.ask.on;

	TRY(figure_gaps(c->cx,
	    &(struct figure_sets){ d->figure, &c->b.ask, set_of(c, &c->a, d->figure),
		c->b.e == NULL ? NULL : set_of(c, &c->b, d->figure), EDITION_CHANGES_MAX },
	    &g, &n));
	d->change = arena_array(c->cx->arena, struct edition_change, n + 1);
	for (i = 0; i < n; i++)
		take_gap(c, d, &g[i]);
	for (i = 0; i < n; i += CHUNK) {
		TRY(entered(c, d, i));
		TRY(changed_fields(c, d, i));
		if (d->named)
			TRY(name_changes(c, d, i));
	}
	for (i = 0; i < n; i++) {
		if (other_days && d->change[i].why == WHY_BESIDE)
			d->change[i].why = WHY_QUESTION;
		d->counted[d->change[i].why]++;
	}
	return RC_OK;
}

/* ---- the whole ---- */

static int
open_side(struct ctx *cx, const struct edition *e, struct side *s)
{
	const char *text;

	s->e = e;
	s->at = e->known_at;
	s->ask = (struct ask){ .on = e->on_day,
		.from = e->from_day,
		.to = e->to_day,
		.body = e->body == INT_NONE ? 0 : e->body,
		.district = e->district == INT_NONE ? 0 : e->district };
	TRY(edition_text(cx, e, &text));
	s->text = json_loads(text, 0, NULL);
	return s->text != NULL ? RC_OK
			       : fail(cx, RC_STORAGE, N_("The text of edition %s is damaged."),
				     num(cx, e->number));
}

static int
may_name(struct comparing *c, const struct figure *f, bool *out)
{
	int rc = figure_may_rows(c->cx, f, &c->a.ask);

	if (rc == RC_OK)
		rc = figure_may_rows(c->cx, f, &c->b.ask);

	*out = rc == RC_OK && may(c->cx, CAP_HISTORY_READ);
	if (rc == RC_DENIED)
		err_clear(c->cx);
	return rc == RC_DENIED ? RC_OK : rc;
}

static int
compare_figure(struct comparing *c, const struct figure *f, struct edition_diff *d)
{
	*d = (struct edition_diff){ .figure = f };
	TRY(may_name(c, f, &d->named));
	TRY(value_at(c, &c->a, f, &d->was));
	TRY(value_at(c, &c->b, f, &d->is));
	if (d->was.asked && d->is.asked)
		TRY(compare_records(c, d));
	return compare_parts(c, d);
}

static int
compare_all(struct comparing *c, struct edition_diff **out, size_t *n)
{
	size_t i;

	*out = arena_array(c->cx->arena, struct edition_diff, figure_count() + 1);
	*n = 0;
	for (i = 0; i < figure_count(); i++) {
		const struct figure *f = figure_nth(i);
		struct edition_diff *d = &(*out)[*n];

		if (f->value_cap != CAP_PUBLIC)
			continue;
		TRY(compare_figure(c, f, d));
		if (!same_value(&d->was, &d->is) || d->nchanges > 0 || d->nparts > 0)
			++*n;
	}
	return RC_OK;
}

int
edition_compare(struct ctx *cx, const struct edition *e, const struct edition *with,
    struct edition_diff **out, size_t *n)
{
	struct comparing c = { .cx = cx };
	int rc = open_side(cx, e, &c.a);

	if (rc == RC_OK && with != NULL)
		rc = open_side(cx, with, &c.b);
	if (with == NULL)
		c.b = (struct side){ .ask = c.a.ask, .at = cx->now };
	if (rc == RC_OK)
		rc = compare_all(&c, out, n);
	json_decref(c.a.text);
	json_decref(c.b.text);
	return rc;
}

const char *
edition_why_text(const struct ctx *cx, enum edition_why w)
{
	static const char *const texts[] = {
		[WHY_LATE] = N_("reported late"),
		[WHY_NEW] = N_("entered since"),
		[WHY_CHANGED] = N_("changed"),
		[WHY_BESIDE] = N_("records that belong to it"),
		[WHY_QUESTION] = N_("other days are asked"),
	};

	return tr(cx, texts[w]);
}

static const char *
amount(struct ctx *cx, int64_t n)
{
	return n == INT_NONE ? tr(cx, "not known") : num(cx, n);
}

const char *
edition_change_text(struct ctx *cx, const struct edition_diff *d, const struct edition_change *c)
{
	const char *why = *c->fields == '\0' ? edition_why_text(cx, c->why)
					     : arena_printf(cx->arena, "%s: %s",
						   edition_why_text(cx, c->why), c->fields);

	switch (c->change) {
	case CHANGE_ADDED:
		return d->figure->shape != FIGURE_COUNT
			   ? trf(cx, "+ %s (%s)", amount(cx, c->is), why)
			   : trf(cx, "+ 1 (%s)", why);
	case CHANGE_REMOVED:
		return d->figure->shape != FIGURE_COUNT
			   ? trf(cx, "− %s (%s)", amount(cx, c->was), why)
			   : trf(cx, "− 1 (%s)", why);
	case CHANGE_AMOUNT:
		return trf(cx, "%s → %s (%s)", amount(cx, c->was), amount(cx, c->is), why);
	case CHANGE_PLACE:
		break;
	}
	return trf(cx, "%s → %s (%s)", c->place_was, c->place_is, why);
}

/* paper_edition.c – see paper_edition.h. */
#include "mod/report/paper_edition.h"

#include <jansson.h>

#include "core/setting.h"
#include "figure/figure.h"
#include "mod/office/office.h"

/* ---- the frozen answers ---- */

static bool
is(const json_t *row, const char *key, const char *want)
{
	const char *s = json_string_value(json_object_get(row, key));

	return s != NULL && want != NULL && strcmp(s, want) == 0;
}

/* The object of a figure, of one key of its split where dim is given. */
static const json_t *
frozen_row(const json_t *figures, const struct figure *f, const char *dim)
{
	const json_t *row;
	size_t i;

	json_array_foreach(figures, i, row)
	{
		const json_t *dims = json_object_get(row, "dims");

		if (!is(row, "code", f->code))
			continue;
		if (dim == NULL ? json_object_size(dims) == 0
				: f->dim != NULL && is(dims, f->dim, dim))
			return row;
	}
	return NULL;
}

static enum exactness
exactness_of(const json_t *row)
{
	enum exactness e;

	for (e = EXACT; e < UNKNOWN; e++)
		if (is(row, "exactness", exactness_code(e)))
			return e;
	return UNKNOWN;
}

static void
take(struct ctx *cx, struct paper_cell *c, const json_t *row)
{
	const json_t *value = json_object_get(row, "value");

	c->known = json_is_number(value);
	c->value = c->known ? json_number_value(value) : 0;
	c->exactness = exactness_of(row);
	c->records = json_integer_value(json_object_get(row, "records"));
	c->sha256 = arena_str(cx->arena, json_string_value(json_object_get(row, "sha256")));
}

/* The text holds each figure and its split for the whole period: the first table, kinds and bodies. */
static void
fill(struct ctx *cx, struct paper *p, const json_t *figures)
{
	size_t i, j;

	for (i = 0; i < p->ntables; i++)
		for (j = 0; j < p->table[i].n; j++) {
			struct paper_row *r = &p->table[i].row[j];
			bool split = r->now.ask.dim_key != 0 || r->now.dim_code != NULL;
			const json_t *row;

			if (!split && strcmp(p->table[i].code, "figures") != 0)
				continue;
			row = frozen_row(figures, r->now.figure, split ? r->code : NULL);
			if (row != NULL)
				take(cx, &r->now, row);
		}
}

static int
fill_from_text(struct ctx *cx, struct paper *p, const struct edition *e)
{
	const char *text;
	json_t *root;

	TRY(edition_text(cx, e, &text));
	root = json_loads(text, 0, NULL);
	if (root == NULL)
		return fail(
		    cx, RC_STORAGE, N_("The text of edition %s is damaged."), num(cx, e->number));
	fill(cx, p, json_object_get(root, "figures"));
	json_decref(root);
	return RC_OK;
}

/* ---- the stamp ---- */

/* The chain's digest that stood when the edition was signed; NULL = nothing was sealed by then. */
static int
audit_root(struct ctx *cx, int64_t at, const char **out)
{
	AUTO_ROWS r = { 0 };

	*out = NULL;
	TRY(db_rows(cx, &r, "SELECT digest FROM audit_seal WHERE at <= $1 ORDER BY id DESC LIMIT 1",
	    VALS(v_int(at))));
	if (rows_next(&r)) {
		struct slice s = row_slice(&r, 0);
		struct buf b;

		buf_init(&b, cx->arena, 0);
		buf_hex(&b, s.p, s.n);
		*out = b.p;
	}
	return rows_end(&r);
}

/* Where the paper's reader finds the edition: only an address with a host can be scanned. */
static int
page_url(struct ctx *cx, const struct edition *e, const char *base, const char **out)
{
	const char *site = base;
	size_t n;

	*out = NULL;
	if (site == NULL || *site == '\0')
		TRY(setting_get(cx, "site", &site));
	for (n = strlen(site); n > 0 && site[n - 1] == '/'; n--)
		;
	if (n > 0)
		*out = arena_printf(cx->arena, "%.*s/%s/editions/%lld", (int)n, site,
		    lang_code(LANG_KK), (long long)e->rec.id);
	return RC_OK;
}

static int
make_stamp(struct ctx *cx, const struct edition *e, const char *base, struct paper_stamp *s)
{
	s->number = num(cx, e->number);
	s->digest = e->sha256;
	TRY(page_url(cx, e, base, &s->url));
	return audit_root(cx, e->signed_at, &s->root);
}

int
paper_of_edition(struct ctx *cx, int64_t number, const char *base, struct paper *out,
    struct paper_stamp *stamp, bool *stamped)
{
	struct paper_in in = { 0 };
	struct edition e;

	*stamped = false;
	TRY(edition_get(cx, number, &e));
	if (strcmp(e.state, "withdrawn") == 0)
		return fail(cx, RC_RULE, N_("Edition %s is withdrawn: %s"), num(cx, number),
		    e.reason == NULL ? "" : e.reason);
	in.period = period_of(e.from_day, e.to_day);
	in.ask = (struct ask){ .on = e.on_day,
		.body = e.body == INT_NONE ? 0 : e.body,
		.district = e.district == INT_NONE ? 0 : e.district,
		.known = e.known_at };
	in.number = e.document == NULL ? "" : e.document;
	in.day = e.document_day != 0 ? e.document_day : cx->today;
	in.signed_by = e.signer;
	TRY(paper_make(cx, &in, out));
	TRY(fill_from_text(cx, out, &e));
	out->edition = number;
	if (strcmp(e.state, "signed") != 0)
		return RC_OK;
	*stamped = true;
	return make_stamp(cx, &e, base, stamp);
}

/* sitrep_read.c – a report out of its frozen text, the records behind a figure, and what verify asks (RULE sitrep-3). */
#include "mod/sitrep/sitrep_inner.h"

#include <jansson.h>
#include <string.h>

#include "text/hash.h"

/* ---- the text ---- */

static struct sit_value
read_value(struct ctx *cx, const json_t *row)
{
	const json_t *value = json_object_get(row, "value"), *x;
	json_t *dims = json_object_get(row, "dims");
	const char *sha = json_string_value(json_object_get(row, "sha256")), *key;
	struct sit_value v = {
		.figure = sit_figure_find(json_string_value(json_object_get(row, "code"))),
		.value = json_is_integer(value) ? json_integer_value(value) : INT_NONE,
		.records = json_integer_value(json_object_get(row, "records")),
		.sha256 = sha == NULL ? "" : arena_str(cx->arena, sha),
		.key = arena_array(cx->arena, struct sit_key, json_object_size(dims) + 1),
	};

	json_object_foreach(dims, key, x) v.key[v.nkeys++] =
	    (struct sit_key){ arena_str(cx->arena, key), json_integer_value(x) };
	return v;
}

int
sit_read(struct ctx *cx, const struct sitrep *s, struct sit_report *out)
{
	const char *text;
	json_t *root, *row;
	size_t i;

	*out = (struct sit_report){ .s = *s };
	TRY(sitrep_text(cx, s, &text));
	root = json_loads(text, 0, NULL);
	if (root == NULL)
		return fail(cx, RC_STORAGE, N_("The text of situation report %s is damaged."),
		    num(cx, s->number));
	out->v = arena_array(cx->arena, struct sit_value, sit_nfigures + 1);
	json_array_foreach(json_object_get(root, "figures"), i, row)
	{
		struct sit_value v = read_value(cx, row);

		if (v.figure != NULL && out->n < sit_nfigures)
			out->v[out->n++] = v;
	}
	json_decref(root);
	return RC_OK;
}

int
sit_read_before(struct ctx *cx, const struct sitrep *s, struct sit_report *out, bool *has)
{
	struct sitrep before;
	int rc =
	    s->number <= 1 ? RC_NOTFOUND : sitrep_find(cx, s->headquarters, s->number - 1, &before);

	*has = rc == RC_OK;
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	return sit_read(cx, &before, out);
}

const struct sit_value *
sit_value(const struct sit_report *r, const char *code)
{
	size_t i;

	for (i = 0; r != NULL && i < r->n; i++)
		if (strcmp(r->v[i].figure->code, code) == 0)
			return &r->v[i];
	return NULL;
}

int64_t
sit_of_key(const struct sit_value *v, const char *key)
{
	size_t i;

	for (i = 0; v != NULL && i < v->nkeys; i++)
		if (strcmp(v->key[i].key, key) == 0)
			return v->key[i].value;
	return 0;
}

bool
sit_has_group(const struct sit_report *r, enum sit_group g)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (r->v[i].figure->group == g)
			return true;
	return false;
}

/* ---- what is short ---- */

static int
add_short(struct ctx *cx, const char *code, int64_t asked, int64_t there, struct sit_short *out,
    size_t *n)
{
	if (asked <= there)
		return RC_OK;
	TRY(item_find(cx, code, &out[*n].item));
	out[*n].asked = asked;
	out[(*n)++].there = there;
	return RC_OK;
}

int
sit_shorts(struct ctx *cx, const struct sit_report *r, struct sit_short **out, size_t *n)
{
	const struct sit_value *asked = sit_value(r, "goods_asked"),
			       *there = sit_value(r, "goods_there");
	size_t i, all = asked == NULL ? 0 : asked->nkeys;

	*out = arena_array(cx->arena, struct sit_short, all + 1);
	*n = 0;
	for (i = 0; i < all; i++)
		TRY(add_short(cx, asked->key[i].key, asked->key[i].value,
		    sit_of_key(there, asked->key[i].key), *out, n));
	return RC_OK;
}

int
sit_shorts_now(struct ctx *cx, int64_t headquarters, struct sit_short **out, size_t *n)
{
	enum { MOST = 12 };
	struct {
		const char *code;
		int64_t asked, there;
	} row[MOST];
	AUTO_ROWS r = { 0 };
	size_t all = 0, i;

	*out = arena_array(cx->arena, struct sit_short, MOST);
	*n = 0;
	if (!may(cx, CAP_RELIEF_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(db_rows(cx, &r,
	    "SELECT i.code, x.asked, x.there FROM (SELECT d.item AS item, CAST(sum(d.quantity) AS "
	    "BIGINT) AS asked, (SELECT CAST(coalesce(sum(k.balance), 0) AS BIGINT) FROM stock_now "
	    "k WHERE k.item = d.item AND k.account IN (SELECT a.id FROM stock_account a JOIN "
	    "relief_place p ON p.code = a.code WHERE p.headquarters = $1)) AS there FROM need_line "
	    "d JOIN need n ON n.id = d.need WHERE n.headquarters = $1 AND n.state IN ('new', "
	    "'checked', 'assigned') AND d.item IS NOT NULL AND d.quantity IS NOT NULL GROUP BY "
	    "d.item) x JOIN stock_item i ON i.id = x.item WHERE x.asked > x.there ORDER BY "
	    "x.there * 1000 / x.asked, i.id LIMIT 12",
	    VALS(v_int(headquarters))));
	for (; all < MOST && rows_next(&r); all++) {
		row[all].code = row_text(&r, 0);
		row[all].asked = row_int(&r, 1);
		row[all].there = row_int(&r, 2);
	}
	TRY(rows_end(&r));
	for (i = 0; i < all; i++)
		TRY(add_short(cx, row[i].code, row[i].asked, row[i].there, *out, n));
	return RC_OK;
}

/* ---- records ---- */

static int
name_records(struct ctx *cx, const struct sit_figure *f, struct sit_record *v, size_t n)
{
	int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
	const char **titles = arena_array(cx->arena, const char *, n + 1);
	size_t i;

	for (i = 0; i < n; i++)
		ids[i] = v[i].id;
	if (f->kind != NULL)
		TRY(kind_titles(cx, f->kind, ids, n, titles));
	for (i = 0; i < n; i++) {
		/* A stay would be named by its household: here by its number. */
		v[i].label = f->kind == NULL || f->kind == &stay_kind || *titles[i] == '\0'
				 ? arena_printf(cx->arena, "№ %lld", (long long)v[i].id)
				 : titles[i];
		v[i].url = f->kind == NULL ? arena_printf(cx->arena, "/%s/stock/movements/%lld",
						 lang_prefix(cx), (long long)v[i].id)
					   : kind_url(cx, f->kind, v[i].id);
	}
	return RC_OK;
}

int
sit_records(struct ctx *cx, const struct sitrep *s, const struct sit_behind *of,
    struct sit_record **out, size_t *n)
{
	const struct sit_figure *f = of->figure;
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct sit_record, of->limit + 1);
	*n = 0;
	/* Stays are families': a total is for all who read the board, its stays are not. */
	if (!may(cx, CAP_RELIEF_READ) || !may(cx, f->kind == NULL ? CAP_STOCK_READ : f->kind->read))
		return fail(
		    cx, RC_DENIED, N_("Your role does not open the records behind this figure."));
	TRY(db_rows(cx, &r,
	    "SELECT rec, amount, dim FROM sitrep_record WHERE headquarters = $1 AND number = $2 "
	    "AND figure = $3 AND rec > $4 AND (CAST($5 AS TEXT) IS NULL OR dim = $5) ORDER BY rec, "
	    "dim LIMIT $6",
	    VALS(v_int(s->headquarters), v_int(s->number), v_text(f->code), v_int(of->after),
		v_text(of->key), v_int(of->limit))));
	while (*n < (size_t)of->limit && rows_next(&r))
		(*out)[(*n)++] = (struct sit_record){
			.id = row_int(&r, 0), .amount = row_int(&r, 1), .key = row_text(&r, 2)
		};
	TRY(rows_end(&r));
	return name_records(cx, f, *out, *n);
}

/* ---- proof ---- */

struct looked {
	struct ctx *cx;
	struct buf *out;
	int64_t *differences;
	const struct sitrep *s;
};

static void
differs(struct looked *l, const char *what, const char *figure)
{
	buf_printf(l->out, "situation report %lld of headquarters %lld: %s%s%s\n",
	    (long long)l->s->number, (long long)l->s->headquarters, what,
	    figure == NULL ? "" : " of ", figure == NULL ? "" : figure);
	++*l->differences;
}

static bool
same_keys(const struct sit_value *a, const struct sit_value *b)
{
	size_t i;

	for (i = 0; i < a->nkeys; i++)
		if (sit_of_key(b, a->key[i].key) != a->key[i].value)
			return false;
	return a->nkeys == b->nkeys;
}

static int
check_one(struct looked *l)
{
	struct sit_report r;
	const char *text = NULL;
	size_t i;
	int rc = sitrep_text(l->cx, l->s, &text);

	if (rc == RC_NOTFOUND) {
		differs(l, "its text is missing", NULL);
		return RC_OK;
	}
	TRY(rc);
	if (strcmp(sha256_of(l->cx->arena, text), l->s->sha256) != 0)
		differs(l, "its text has another digest", NULL);
	rc = sit_read(l->cx, l->s, &r);
	if (rc != RC_OK) {
		err_clear(l->cx);
		differs(l, "its text cannot be read", NULL);
		return RC_OK;
	}
	for (i = 0; i < r.n; i++) {
		struct sit_value x;

		TRY(sit_add_up(l->cx, l->s->headquarters, l->s->number, r.v[i].figure, &x));
		if (x.records != r.v[i].records || x.value != r.v[i].value ||
		    strcmp(x.sha256, r.v[i].sha256) != 0 || !same_keys(&x, &r.v[i]))
			differs(l, "the records kept are not those", r.v[i].figure->code);
	}
	return RC_OK;
}

static int
check_run(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	struct sitrep *all;
	size_t n, i;

	TRY(kind_load_all(cx, &sitrep_kind, "SELECT id FROM sitrep WHERE id > $1 ORDER BY id", 0,
	    (void **)&all, &n));
	for (i = 0; i < n; i++)
		TRY(check_one(&(struct looked){ cx, out, differences, &all[i] }));
	*records += (int64_t)n;
	return RC_OK;
}

const struct verify_check sitrep_check = { "situation reports", check_run };

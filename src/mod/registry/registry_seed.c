/* registry_seed.c – the lists that the program ships, written once into an empty database through the
 * same door as every record, so that they have history and audit, too. A list that holds anything
 * is left alone: from then on it is the secretariat's own. */
#include "core/data.h"
#include "mod/registry/registry.h"
#include "text/csv_read.h"

struct seed {
	const char *file;
	const struct kind *kind;
	/* Fills one record from the row; rank counts from 1. */
	int (*fill)(struct ctx *cx, const struct csv_read *r, int64_t rank, void *rec);
};

static struct text3
names(const struct csv_read *r)
{
	return (
	    struct text3){ csv_read_cell(r, "kk"), csv_read_cell(r, "ru"), csv_read_cell(r, "en") };
}

static int
fill_body_kind(struct ctx *cx, const struct csv_read *r, int64_t rank, void *rec)
{
	struct body_kind *k = rec;

	(void)cx;
	k->code = csv_read_cell(r, "code");
	k->name = names(r);
	k->rank = rank;
	return RC_OK;
}

static int
fill_group(struct ctx *cx, const struct csv_read *r, int64_t rank, void *rec)
{
	struct ethnic_group *g = rec;

	(void)cx;
	g->code = csv_read_cell(r, "code");
	g->name = names(r);
	g->special = strcmp(csv_read_cell(r, "kind"), "special") == 0;
	g->rank = rank;
	return RC_OK;
}

/* KATO: the city's districts begin with its first three digits, the rest is part of the region. */
static int
fill_district(struct ctx *cx, const struct csv_read *r, int64_t rank, void *rec)
{
	struct district *d = rec;
	bool in_city;
	int rc;

	(void)rank;
	d->code = csv_read_cell(r, "kato");
	d->name = names(r);
	d->level = csv_read_cell(r, "kind");
	if (strcmp(d->level, "region") == 0 || strlen(d->code) != 9)
		return RC_OK;
	in_city = strcmp(d->level, "city_district") == 0;
	rc = district_by_code(cx,
	    arena_printf(
		cx->arena, "%.*s%s", in_city ? 3 : 2, d->code, in_city ? "000000" : "0000000"),
	    &d->parent);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static const struct seed seeds[] = {
	{ "body_kinds.csv", &body_kind_kind, fill_body_kind },
	{ "ethnic_groups.csv", &ethnic_group_kind, fill_group },
	{ "districts.csv", &district_kind, fill_district },
};

static int
seed_one(struct ctx *cx, struct tx *tx, const struct seed *s)
{
	const char *text = house_data(s->file);
	struct csv_read r;
	int64_t rank = 0, there;

	if (text == NULL)
		return fail(cx, RC_BUG, N_("The list %s is missing in the program."), s->file);
	TRY(db_int(cx, &there, arena_printf(cx->arena, "SELECT count(*) FROM %s", s->kind->name),
	    NO_VALS));
	if (there > 0)
		return RC_OK;
	if (csv_read_open(&r, cx->arena, text, ',') != RC_OK)
		return fail(cx, RC_BUG, N_("The list %s is broken."), s->file);
	while (csv_read_row(&r)) {
		void *rec = arena_alloc(cx->arena, s->kind->size);

		kind_empty(s->kind, rec);
		TRY(s->fill(cx, &r, ++rank, rec));
		TRY(kind_insert_tx(cx, tx, s->kind, rec));
	}
	return r.error == NULL ? RC_OK : fail(cx, RC_BUG, N_("The list %s is broken."), s->file);
}

static int
seed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	size_t i;

	(void)arg;
	for (i = 0; i < ARRAY_LEN(seeds); i++)
		TRY(seed_one(cx, tx, &seeds[i]));
	return RC_OK;
}

int
registry_seed(struct ctx *cx)
{
	return db_write(cx, seed_fn, NULL);
}

/* sealed.c – what erased people leave in the counts of different people; see figure.h and ADR 0013.
 *
 * When a person is erased, the link between that person's rows is cut, so nobody can count any more that
 * they were one. What the cut would change is added up here instead: totals by figure, dimension and
 * day, of all erased people together, with a keyed hash over each row. A question whose period is a part
 * of a year, quarter or month from its first day on is answered exactly as before; of others it is said
 * that they are at least so many. */
#include "figure/sealed.h"
#include "base/log.h"
#include "figure/internal.h"
#include "kind/vault.h"

enum { MAC = 32 };

/* ---- periods ---- */

int
grain_first(enum grain g, int day)
{
	int year = day_year(day), month = day / 100 % 100;

	if (g == GRAIN_YEAR)
		return day_make(year, 1, 1);
	return day_make(year, g == GRAIN_QUARTER ? (month - 1) / 3 * 3 + 1 : month, 1);
}

enum grain
figure_grain(int from, int to)
{
	int g;

	for (g = GRAIN_YEAR; g < GRAIN_NONE; g++)
		if (from == grain_first((enum grain)g, from) &&
		    grain_first((enum grain)g, to) == from)
			return (enum grain)g;
	return GRAIN_NONE;
}

const char *
grain_dim(enum grain g, const char *dim)
{
	static const struct {
		const char *dim[GRAIN_NONE];
	} names[] = { { { "", "q", "m" } }, { { "body", "qbody", "mbody" } },
		{ { "district", "qdistrict", "mdistrict" } } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].dim[0], dim) == 0)
			return names[i].dim[g];
	BUG("a dimension without sealed totals: %s", dim);
	return dim;
}

/* ---- writing ---- */

static struct slice
mac_of(struct ctx *cx, const struct figure_cell *c, bool kept)
{
	const char *line = arena_printf(cx->arena, "sealed|%s|%s|%lld|%d|%d|%lld", c->figure,
	    c->dim, (long long)c->key, c->day, kept, (long long)c->amount);
	unsigned char *mac = arena_alloc(cx->arena, MAC);

	vault_mac(VAULT_AUDIT, line, strlen(line), mac);
	return (struct slice){ (const char *)mac, MAC };
}

int
figure_seal_tx(struct ctx *cx, struct tx *tx, const struct figure_cell *c, bool kept)
{
	struct figure_cell sum = *c;
	int64_t before;
	int rc;

	if (c->amount == 0)
		return RC_OK;
	rc = db_int(cx, &before,
	    "SELECT amount FROM figure_sealed WHERE figure = $1 AND dim = $2 AND dkey = $3 AND day "
	    "= $4",
	    VALS(v_text(c->figure), v_text(c->dim), v_int(c->key), v_int(c->day)));
	if (rc == RC_OK)
		sum.amount += before;
	else if (rc != RC_NOTFOUND)
		return rc;
	return tx_run(cx, tx, NULL,
	    "INSERT INTO figure_sealed (figure, dim, dkey, day, kept, amount, reason, mac) VALUES"
	    " ($1, $2, $3, $4, $5, $6, 'erased', $7) ON CONFLICT (figure, dim, dkey, day) DO"
	    " UPDATE SET amount = excluded.amount, mac = excluded.mac",
	    VALS(v_text(c->figure), v_text(c->dim), v_int(c->key), v_int(c->day), v_int(kept),
		v_int(sum.amount), v_blob(mac_of(cx, &sum, kept))));
}

/* ---- answering ---- */

static int
sealed_sum(struct ctx *cx, const struct cell_range *c, int64_t *sum)
{
	return db_int(cx, sum,
	    "SELECT coalesce(sum(amount), 0) FROM figure_sealed WHERE figure = $1 AND dim = $2"
	    " AND dkey = $3 AND day >= $4 AND day <= $5",
	    VALS(v_text(c->figure), v_text(c->dim), v_int(c->key), v_int(c->from), v_int(c->to)));
}

/* Questions that the sealed cells do not answer: is there anything they could miss? */
static int
some_sealed(struct ctx *cx, const struct figure *f, const struct ask *a, bool *some)
{
	int64_t one;
	int rc = db_int(cx, &one,
	    "SELECT 1 FROM figure_sealed WHERE figure = $1 AND day >= $2 AND day <= $3 LIMIT 1",
	    VALS(v_text(f->code),
		v_int(f->time == FIGURE_ON_DAY ? 0 : grain_first(GRAIN_YEAR, a->from)),
		v_int(f->time == FIGURE_ON_DAY ? a->on : a->to)));

	*some = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The body or district that is asked for: by a filter, or as the key of a split. */
static void
asked_for(const struct figure *f, const struct ask *a, int64_t *body, int64_t *district)
{
	bool by_body = f->dim != NULL && strcmp(f->dim, "body") == 0;

	*body = a->body != 0 ? a->body : by_body ? a->dim_key : 0;
	*district = a->district;
}

int
figure_add_sealed(struct ctx *cx, const struct figure *f, const struct ask *a, bool counted,
    struct figure_answer *out)
{
	int64_t body, district, sum = 0;
	enum grain g = f->time == FIGURE_ON_DAY ? GRAIN_YEAR : figure_grain(a->from, a->to);
	struct cell_range c = { .figure = f->code, .dim = "" };
	bool some;

	asked_for(f, a, &body, &district);
	if (g == GRAIN_NONE || (body != 0 && district != 0) ||
	    (a->body != 0 && a->dim_key != 0 && a->body != a->dim_key)) {
		TRY(some_sealed(cx, f, a, &some));
		if (some)
			out->exactness = f->time == FIGURE_ON_DAY ? ABOUT : AT_LEAST;
		return RC_OK;
	}
	c.dim = grain_dim(g, body != 0 ? "body" : district != 0 ? "district" : "");
	c.key = body != 0 ? body : district;
	c.from = f->time == FIGURE_ON_DAY ? 0 : a->from;
	c.to = f->time == FIGURE_ON_DAY ? a->on : a->to;
	TRY(sealed_sum(cx, &c, &sum));
	out->sealed = sum;
	/* When they were recorded is not known any more; kept cells know what stood in them. */
	if (counted && a->known != 0 && sum != 0)
		out->exactness = ABOUT;
	if (counted)
		out->value += (double)sum;
	else
		out->records -= sum;
	return RC_OK;
}

/* ---- verify ---- */

int
figure_sealed_emit(struct ctx *cx, struct cell_sink *sink)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT figure, dim, dkey, day, amount FROM figure_sealed WHERE kept = 1", NO_VALS));
	while (rows_next(&r))
		TRY(sink->add(sink, row_text(&r, 0), row_text(&r, 1), row_int(&r, 2),
		    (int)row_int(&r, 3), row_int(&r, 4)));
	return rows_end(&r);
}

static int
check_sealed(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT figure, dim, dkey, day, amount, kept, mac FROM figure_sealed ORDER BY figure, "
	    "dim, dkey, day",
	    NO_VALS));
	while (rows_next(&r)) {
		struct figure_cell c = { row_text(&r, 0), row_text(&r, 1), row_int(&r, 2),
			(int)row_int(&r, 3), row_int(&r, 4) };
		struct slice mac = row_slice(&r, 6), want = mac_of(cx, &c, row_int(&r, 5) != 0);

		++*records;
		if (mac.n == want.n && memcmp(mac.p, want.p, mac.n) == 0)
			continue;
		++*differences;
		buf_printf(out, "sealed total %s, %s %lld, %d: the row was changed\n", c.figure,
		    c.dim, (long long)c.key, c.day);
	}
	return rows_end(&r);
}

const struct verify_check figure_sealed_check = { "sealed totals", check_sealed };

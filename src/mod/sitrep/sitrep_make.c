/* sitrep_make.c – the kind of situation reports, freezing one, when one is due. See sitrep.h. */
#include "mod/sitrep/sitrep_inner.h"

#include <stdlib.h>
#include <string.h>

#include "kind/internal.h"
#include "text/hash.h"
#include "text/json.h"

const struct option sitrep_ways[] = {
	{ "clock", N_("by the clock") },
	{ "hand", N_("by hand") },
	{ NULL, NULL },
};

static const struct field sitrep_fields[] = {
	F_REF(sitrep, headquarters, &headquarters_kind, .label = N_("Headquarters"),
	    .flags = F_REQUIRED | F_RULED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(sitrep, number, .label = N_("Number of the report"), .min = 1, .max = 1000000,
	    .flags = F_REQUIRED | F_RULED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(sitrep, name, .label = N_("Title"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TIME(sitrep, from_at, .label = N_("From"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TIME(sitrep, to_at, .label = N_("To"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TIME(sitrep, known_at, .label = N_("Frozen at"), .flags = F_REQUIRED | F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(sitrep, way, sitrep_ways, .label = N_("How it was made"),
	    .flags = F_REQUIRED | F_RULED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT(sitrep, sha256, .label = N_("Digest (SHA-256)"), .max = 64,
	    .flags = F_REQUIRED | F_RULED, .privacy = PRIV_PUBLIC),
};
static struct kind_state sitrep_kept;
const struct kind sitrep_kind = {
	.name = "sitrep",
	.plural_name = "situation-reports",
	.label = N_("Situation report"),
	.plural = N_("Situation reports"),
	.size = sizeof(struct sitrep),
	.fields = sitrep_fields,
	.nfields = ARRAY_LEN(sitrep_fields),
	.title = { "name" },
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE, /* by sitrep_make() only: every field is ruled */
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_READ,
	.path = "/relief/reports/%lld",
	.state = &sitrep_kept,
};

/* ---- adding up what was frozen ---- */

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
median(int64_t *v, size_t n)
{
	if (n == 0)
		return INT_NONE;
	qsort(v, n, sizeof *v, by_number);
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

struct adding {
	struct sha256 sum;
	int64_t last, all;
	int64_t *amount;
	size_t n;
};

static void
add_key(struct sit_value *out, const char *key, int64_t amount, enum sit_shape shape)
{
	size_t i;

	if (*key == '\0')
		return;
	for (i = 0; i < out->nkeys; i++)
		if (strcmp(out->key[i].key, key) == 0)
			break;
	if (i == out->nkeys)
		out->key[out->nkeys++] = (struct sit_key){ key, 0 };
	out->key[i].value += shape == SIT_COUNT ? 1 : amount;
}

static int
by_key(const void *a, const void *b)
{
	return strcmp(((const struct sit_key *)a)->key, ((const struct sit_key *)b)->key);
}

int
sit_add_up(struct ctx *cx, int64_t headquarters, int64_t number, const struct sit_figure *f,
    struct sit_value *out)
{
	struct vals of = VALS(v_int(headquarters), v_int(number), v_text(f->code));
	struct adding a = { .last = INT_NONE };
	AUTO_ROWS r = { 0 };
	int64_t rows;
	char hex[65];

	*out = (struct sit_value){ .figure = f };
	TRY(db_int(cx, &rows,
	    "SELECT count(*) FROM sitrep_record WHERE headquarters = $1 AND number = $2 AND figure "
	    "= $3",
	    of));
	a.amount = arena_array(cx->arena, int64_t, rows + 1);
	out->key = arena_array(cx->arena, struct sit_key, rows + 1);
	sha256_init(&a.sum);
	TRY(db_rows(cx, &r,
	    "SELECT rec, amount, dim FROM sitrep_record WHERE headquarters = $1 AND number = $2 "
	    "AND figure = $3 ORDER BY rec, dim",
	    of));
	while (a.n < (size_t)rows && rows_next(&r)) {
		int64_t id = row_int(&r, 0), amount = row_int(&r, 1);

		if (id != a.last) {
			sha256_add_id(&a.sum, id);
			out->records++;
		}
		a.last = id;
		a.all += amount;
		a.amount[a.n++] = amount;
		add_key(out, row_text(&r, 2), amount, f->shape);
	}
	TRY(rows_end(&r));
	if (out->nkeys > 1)
		qsort(out->key, out->nkeys, sizeof *out->key, by_key);
	sha256_hex(&a.sum, hex);
	out->sha256 = arena_str(cx->arena, hex);
	out->value = f->shape == SIT_COUNT    ? out->records
		     : f->shape == SIT_SUM    ? a.all
		     : f->shape == SIT_MEDIAN ? median(a.amount, a.n)
					      : INT_NONE;
	return RC_OK;
}

/* ---- the text ---- */

static void
put_figure(struct json *j, const struct sit_value *x)
{
	size_t i;

	json_open(j, NULL, '{');
	json_str(j, "code", x->figure->code);
	if (x->value == INT_NONE)
		json_nil(j, "value");
	else
		json_num(j, "value", x->value);
	json_num(j, "records", x->records);
	json_str(j, "sha256", x->sha256);
	json_open(j, "dims", '{');
	for (i = 0; i < x->nkeys; i++)
		json_num(j, x->key[i].key, x->key[i].value);
	json_close(j, '}');
	json_close(j, '}');
}

static int
content_of(struct ctx *cx, const struct sitrep *s, const struct headquarters *h, const char **out)
{
	struct json j;
	char at[32];
	size_t i;

	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_num(&j, "format", 1);
	json_str(&j, "headquarters", h->code);
	json_num(&j, "report", s->number);
	moment_rfc3339(s->from_at, at);
	json_str(&j, "from", at);
	moment_rfc3339(s->to_at, at);
	json_str(&j, "to", at);
	moment_rfc3339(s->known_at, at);
	json_str(&j, "known", at);
	json_open(&j, "figures", '[');
	for (i = 0; i < sit_nfigures; i++) {
		struct sit_value x;

		TRY(sit_add_up(cx, s->headquarters, s->number, &sit_figures[i], &x));
		put_figure(&j, &x);
	}
	json_close(&j, ']');
	json_close(&j, '}');
	if (!json_ok(&j))
		return fail(cx, RC_BUG, "%s", "the text of a situation report is not whole");
	buf_char(&j.out, '\n');
	*out = j.out.p;
	return RC_OK;
}

/* ---- freezing ---- */

struct freezing {
	int64_t headquarters, to;
	const char *way;
	struct sitrep *s;
};

static int64_t
opened_at(const struct headquarters *h)
{
	return day_start(h->opened_on);
}

static int
keep_records(struct ctx *cx, struct tx *tx, const struct sitrep *s, int64_t opened)
{
	size_t i;

	for (i = 0; i < sit_nfigures; i++)
		TRY(tx_run(cx, tx, NULL,
		    arena_printf(cx->arena,
			"INSERT INTO sitrep_record (headquarters, number, figure, rec, amount, "
			"dim) "
			"SELECT $1, %lld, '%s', x.id, x.amount, x.dim FROM (%s) x",
			(long long)s->number, sit_figures[i].code, sit_figures[i].sql),
		    VALS(v_int(s->headquarters), v_int(s->to_at), v_int(opened))));
	return RC_OK;
}

static struct text3
given_name(struct ctx *cx, const struct sitrep *s)
{
	enum lang l, mine = cx->lang;
	const char *made[3];

	for (l = LANG_KK; l <= LANG_EN; l++) {
		cx->lang = l;
		made[l] = trf(cx, "Situation report %1$s, %2$s", num(cx, s->number),
		    moment_text(cx, s->to_at));
	}
	cx->lang = mine;
	return (struct text3){ made[LANG_KK], made[LANG_RU], made[LANG_EN] };
}

/* Number and beginning of the next one. */
static int
follow(struct ctx *cx, const struct headquarters *h, struct sitrep *s)
{
	int64_t last;

	TRY(db_int(cx, &s->number,
	    "SELECT coalesce(max(number), 0) + 1 FROM sitrep WHERE headquarters = $1",
	    VALS(v_int(h->rec.id))));
	TRY(db_int(cx, &last, "SELECT coalesce(max(to_at), 0) FROM sitrep WHERE headquarters = $1",
	    VALS(v_int(h->rec.id))));
	s->from_at = last > 0 ? last : opened_at(h);
	if (s->to_at < s->from_at + 60 * US_PER_SECOND)
		return fail(cx, RC_RULE,
		    N_("The last report ended within this minute: there is nothing to report "
		       "yet."));
	return RC_OK;
}

static int
freeze_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct freezing *f = arg;
	struct sitrep *s = f->s;
	struct headquarters h;
	const char *content = NULL;

	TRY(headquarters_takes(cx, f->headquarters));
	TRY(kind_load(cx, &headquarters_kind, f->headquarters, &h));
	kind_empty(&sitrep_kind, s);
	s->headquarters = f->headquarters;
	s->to_at = f->to;
	s->known_at = cx->now;
	s->way = f->way;
	TRY(follow(cx, &h, s));
	s->name = given_name(cx, s);
	TRY(keep_records(cx, tx, s, opened_at(&h)));
	TRY(content_of(cx, s, &h, &content));
	s->sha256 = sha256_of(cx->arena, content);
	TRY(kind_insert_tx(cx, tx, &sitrep_kind, s));
	return tx_run(cx, tx, NULL, "INSERT INTO sitrep_text (sitrep, content) VALUES ($1, $2)",
	    VALS(v_int(s->rec.id), v_text(content)));
}

int
sitrep_make(struct ctx *cx, int64_t headquarters, struct sitrep *out)
{
	struct freezing f = { headquarters, cx->now, "hand", out };

	if (!may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, freeze_fn, &f);
}

/* ---- when one is due ---- */

/* RULE sitrep-1 */
int64_t
sitrep_slot(int64_t now)
{
	const int64_t hour = 3600 * US_PER_SECOND;
	int64_t start = day_start(day_of_moment(now)), since = now - start;

	return since >= 18 * hour  ? start + 18 * hour
	       : since >= 6 * hour ? start + 6 * hour
				   : start - 6 * hour;
}

int
sitrep_due(struct ctx *cx, int64_t *made)
{
	int64_t slot = sitrep_slot(cx->now), id[HEADQUARTERS_OPEN];
	AUTO_ROWS r = { 0 };
	size_t n = 0, i;

	*made = 0;
	TRY(db_rows(cx, &r,
	    "SELECT h.id FROM headquarters h WHERE h.state = 'open' AND h.created_at < $1 AND "
	    "h.opened_on <= $2 AND NOT EXISTS (SELECT 1 FROM sitrep s WHERE s.headquarters = h.id "
	    "AND s.to_at > $1) ORDER BY h.id LIMIT 8",
	    VALS(v_int(slot - 60 * US_PER_SECOND), v_int(day_of_moment(slot)))));
	while (n < ARRAY_LEN(id) && rows_next(&r))
		id[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		struct sitrep s;

		TRY(db_write(cx, freeze_fn, &(struct freezing){ id[i], slot, "clock", &s }));
		++*made;
	}
	return RC_OK;
}

/* ---- one of them ---- */

int
sitrep_find(struct ctx *cx, int64_t headquarters, int64_t number, struct sitrep *out)
{
	int64_t id;
	int rc = db_int(cx, &id, "SELECT id FROM sitrep WHERE headquarters = $1 AND number = $2",
	    VALS(v_int(headquarters), v_int(number)));

	return rc == RC_OK ? kind_get(cx, &sitrep_kind, id, out) : rc;
}

int
sitrep_text(struct ctx *cx, const struct sitrep *s, const char **out)
{
	return db_text(
	    cx, out, "SELECT content FROM sitrep_text WHERE sitrep = $1", VALS(v_int(s->rec.id)));
}

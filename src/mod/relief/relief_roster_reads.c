/* relief_roster_reads.c – area, places, duties and log of a headquarters as its pages show them. */
#include "mod/relief/relief_reads.h"

#include <string.h>

#include "core/account.h"
#include "lang/order.h"

static int
may_read(struct ctx *cx, enum cap c)
{
	return may(cx, c) ? RC_OK : fail(cx, RC_DENIED, N_("Your role does not open this."));
}

int
reads_area(struct ctx *cx, int64_t headquarters, struct area_row **out, size_t *n)
{
	enum { MOST = 64 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct area_row, MOST);
	*n = 0;
	TRY(may_read(cx, CAP_RELIEF_READ));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT d.id, coalesce(d.name_%s, d.name_kk), (SELECT count(*) FROM relief_area a "
		"WHERE a.headquarters = $1 AND a.district = d.id) FROM district d WHERE d.level "
		"IN ('city', 'district') ORDER BY d.sort_%s, d.id LIMIT 64",
		lang_code(cx->lang), lang_code(cx->lang)),
	    VALS(v_int(headquarters))));
	while (*n < MOST && rows_next(&r))
		(*out)[(*n)++] =
		    (struct area_row){ row_int(&r, 0), row_text(&r, 1), row_int(&r, 2) != 0 };
	return rows_end(&r);
}

/* Ids of a SELECT with one value, at most `most`. */
static int
ids_of(struct ctx *cx, const char *sql, int64_t of, int64_t *ids, size_t most, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r, sql, VALS(v_int(of))));
	while (*n < most && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

int
reads_places(struct ctx *cx, int64_t headquarters, struct place_row **out, size_t *n)
{
	enum { MOST = 200 };
	int64_t ids[MOST];
	size_t i;

	TRY(may_read(cx, CAP_RELIEF_READ));
	TRY(ids_of(cx,
	    "SELECT id FROM relief_place WHERE headquarters = $1 ORDER BY purpose, sort_kk, id",
	    headquarters, ids, MOST, n));
	*out = arena_array(cx->arena, struct place_row, *n + 1);
	for (i = 0; i < *n; i++) {
		struct place_row *p = &(*out)[i];

		TRY(kind_load(cx, &relief_place_kind, ids[i], &p->p));
		p->district = "";
		if (p->p.district != 0)
			TRY(kind_titles(cx, &district_kind, &p->p.district, 1, &p->district));
	}
	return RC_OK;
}

int
reads_free_halls(struct ctx *cx, int64_t headquarters, struct hall_row **out, size_t *n)
{
	enum { MOST = 60 };
	AUTO_ROWS r = { 0 };
	size_t i;
	int64_t body[MOST];

	*out = arena_array(cx->arena, struct hall_row, MOST);
	*n = 0;
	TRY(may_read(cx, CAP_RELIEF_READ));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT h.id, coalesce(h.name_%s, h.name_kk), h.capacity, h.body FROM hall h WHERE "
		"NOT EXISTS (SELECT 1 FROM relief_place p WHERE p.headquarters = $1 AND p.hall = "
		"h.id) ORDER BY h.sort_%s, h.id LIMIT 60",
		lang_code(cx->lang), lang_code(cx->lang)),
	    VALS(v_int(headquarters))));
	while (*n < MOST && rows_next(&r)) {
		body[*n] = row_int(&r, 3);
		(*out)[(*n)++] = (struct hall_row){ row_int(&r, 0),
			row_null(&r, 2) ? INT_NONE : row_int(&r, 2), row_text(&r, 1), "" };
	}
	TRY(rows_end(&r));
	for (i = 0; i < *n; i++)
		TRY(kind_titles(cx, &body_kind, &body[i], 1, &(*out)[i].body));
	return RC_OK;
}

/* The latest first: who comes, who is on duty, who was. */
int
reads_duties(struct ctx *cx, int64_t headquarters, struct duty_row **out, size_t *n)
{
	enum { MOST = 100 };
	int64_t ids[MOST];
	size_t i;

	TRY(may_read(cx, CAP_RELIEF_WRITE));
	TRY(ids_of(cx,
	    "SELECT id FROM relief_duty WHERE headquarters = $1 ORDER BY starts_at DESC, id DESC",
	    headquarters, ids, MOST, n));
	*out = arena_array(cx->arena, struct duty_row, *n + 1);
	for (i = 0; i < *n; i++) {
		struct duty_row *d = &(*out)[i];

		TRY(kind_load(cx, &relief_duty_kind, ids[i], &d->d));
		d->who = d->d.name == NULL ? "" : d->d.name;
		if (d->d.person != 0)
			TRY(kind_titles(cx, &person_kind, &d->d.person, 1, &d->who));
		d->now = d->d.starts_at <= cx->now && cx->now < d->d.ends_at;
	}
	return RC_OK;
}

int
reads_log(struct ctx *cx, int64_t headquarters, int64_t before, int limit, struct log_row **out,
    size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct log_row, limit);
	*n = 0;
	TRY(may_read(cx, CAP_RELIEF_WRITE));
	TRY(db_rows(cx, &r,
	    "SELECT l.id, l.at, coalesce(l.corrects, 0), (SELECT coalesce(max(c.id), 0) FROM "
	    "relief_log c WHERE c.corrects = l.id), l.text, coalesce(a.name, '') FROM relief_log l "
	    "LEFT JOIN account a ON a.id = l.author WHERE l.headquarters = $1 AND l.id < $2 ORDER "
	    "BY l.id DESC LIMIT $3",
	    VALS(v_int(headquarters), v_int(before == 0 ? INT64_C(1) << 53 : before),
		v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = (struct log_row){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			row_int(&r, 3), row_text(&r, 4), row_text(&r, 5) };
	return rows_end(&r);
}

/* ---- who can be called ---- */

int
reads_calls(struct ctx *cx, const struct call_filter *f, struct call_row **out, size_t *n)
{
	enum { MOST = 300 };
	const char *q = relief_trim(cx->arena, f->q), *vehicle = relief_trim(cx->arena, f->vehicle);
	AUTO_ROWS r = { 0 };
	int64_t ids[MOST], people[MOST];
	const char *names[MOST];
	size_t i;

	*n = 0;
	TRY(may_read(cx, CAP_RELIEF_WRITE));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT o.id, o.person FROM relief_offer o JOIN person p ON p.id = o.person WHERE "
		"(o.withdrawn_on IS NULL OR o.withdrawn_on > $1) AND p.erased_on IS NULL AND "
		"p.restricted_on IS NULL AND p.merged_into IS NULL AND ($2 = '' OR o.vehicle = $2) "
		"AND ($3 = '' OR o.fold_key LIKE '%%' || $3 || '%%') ORDER BY p.sort_%s, o.id "
		"LIMIT 300",
		lang_code(cx->lang)),
	    VALS(v_int(cx->today), v_text(vehicle == NULL ? "" : vehicle),
		v_text(q == NULL ? "" : fold_key(cx->arena, q)))));
	while (*n < MOST && rows_next(&r)) {
		ids[*n] = row_int(&r, 0);
		people[(*n)++] = row_int(&r, 1);
	}
	TRY(rows_end(&r));
	*out = arena_array(cx->arena, struct call_row, *n + 1);
	TRY(kind_titles(cx, &person_kind, people, *n, names));
	for (i = 0; i < *n; i++) {
		TRY(kind_load(cx, &relief_offer_kind, ids[i], &(*out)[i].o));
		(*out)[i].who = names[i];
	}
	return RC_OK;
}

int
reads_family_reads(struct ctx *cx, int64_t headquarters, struct family_read_row **out, size_t *n)
{
	enum { MOST = 100 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct family_read_row, MOST);
	*n = 0;
	if (!may(cx, CAP_RELIEF_OPEN))
		TRY(may_read(cx, CAP_AUDIT_READ));
	TRY(db_rows(cx, &r,
	    "SELECT f.day, count(*), CAST(sum(f.times) AS BIGINT), coalesce(a.name, '') FROM "
	    "family_read f JOIN need n ON n.id = f.need LEFT JOIN account a ON a.id = f.account "
	    "WHERE n.headquarters = $1 GROUP BY f.day, f.account, a.name ORDER BY f.day DESC, "
	    "f.account LIMIT 100",
	    VALS(v_int(headquarters))));
	while (*n < MOST && rows_next(&r))
		(*out)[(*n)++] = (struct family_read_row){ (int)row_int(&r, 0), row_int(&r, 1),
			row_int(&r, 2), row_text(&r, 3) };
	return rows_end(&r);
}

/* relief_board_reads.c – rows of the board: one query a state for the needs, one for the lines of them all. */
#include "mod/relief/relief_reads.h"

#include <stdlib.h>
#include <string.h>

#include "core/account.h"

/* ---- lines ---- */

static const char *
with_quantity(struct ctx *cx, const char *name, int64_t quantity, int64_t pack, const char *unit)
{
	const char *number;

	if (quantity == INT_NONE)
		return name;
	number = pack <= 1 || quantity % pack == 0
		     ? num(cx, pack <= 1 ? quantity : quantity / pack)
		     : num_real(cx, (double)quantity / (double)pack, 1);
	return arena_printf(cx->arena, *unit == '\0' ? "%s %s%s" : "%s %s %s", name, number, unit);
}

const char *
reads_line_text(struct ctx *cx, const struct need_line *l)
{
	struct item i;

	if (l->item == 0)
		return with_quantity(
		    cx, l->word == NULL ? tr(cx, "other") : l->word, l->quantity, 1, "");
	if (kind_load(cx, &item_kind, l->item, &i) != RC_OK)
		return "";
	return with_quantity(
	    cx, tr3(cx, &i.name, NULL), l->quantity, i.pack, tr3(cx, &i.unit, NULL));
}

static int
by_id(const void *a, const void *b)
{
	const struct board_row *x = *(struct board_row *const *)a,
			       *y = *(struct board_row *const *)b;

	return (x->id > y->id) - (x->id < y->id);
}

static struct board_row *
find_row(struct board_row **v, size_t n, int64_t id)
{
	struct board_row key = { .id = id }, *k = &key, **at;

	at = bsearch(&k, v, n, sizeof(struct board_row *), by_id);
	return at == NULL ? NULL : *at;
}

static int
add_lines(struct ctx *cx, struct board_row *rows, size_t n)
{
	struct board_row **v = arena_array(cx->arena, struct board_row *, n + 1);
	bool words = may(cx, CAP_RELIEF_FAMILY);
	AUTO_ROWS r = { 0 };
	struct buf sql;
	size_t i;

	if (n == 0)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	buf_printf(&sql,
	    "SELECT l.need, coalesce(i.name_%s, i.name_kk), l.word, l.quantity, i.pack, "
	    "coalesce(i.unit_%s, i.unit_kk) FROM need_line l LEFT JOIN stock_item i ON i.id = "
	    "l.item WHERE l.need IN (0",
	    lang_code(cx->lang), lang_code(cx->lang));
	for (i = 0; i < n; i++) {
		v[i] = &rows[i];
		buf_printf(&sql, ",%lld", (long long)rows[i].id);
	}
	buf_str(&sql, ") ORDER BY l.id");
	qsort(v, n, sizeof(struct board_row *), by_id);
	TRY(db_rows(cx, &r, sql.p, NO_VALS));
	while (rows_next(&r)) {
		struct board_row *b = find_row(v, n, row_int(&r, 0));
		const char *name = !row_null(&r, 1) ? row_text(&r, 1)
				   : words	    ? row_text(&r, 2)
						    : tr(cx, "other");
		const char *text;

		if (b == NULL)
			continue;
		text = with_quantity(cx, name, row_null(&r, 3) ? INT_NONE : row_int(&r, 3),
		    row_null(&r, 4) ? 1 : row_int(&r, 4), row_null(&r, 5) ? "" : row_text(&r, 5));
		b->what =
		    *b->what == '\0' ? text : arena_printf(cx->arena, "%s, %s", b->what, text);
	}
	return rows_end(&r);
}

/* ---- needs ---- */

static void
conditions(struct ctx *cx, const struct board_filter *f, struct buf *sql, struct val *v, size_t *n)
{
	if (f->district != 0) {
		v[(*n)++] = v_int(f->district);
		buf_printf(sql, " AND n.district = $%zu", *n);
	}
	if (f->urgency != NULL) {
		v[(*n)++] = v_text(f->urgency);
		buf_printf(sql, " AND n.urgency = $%zu", *n);
	}
	if (f->mine) {
		v[(*n)++] = v_int(cx->actor->account);
		buf_printf(sql, " AND n.owner = $%zu", *n);
	}
}

static struct board_row
read_row(struct ctx *cx, const struct rows *r, bool family)
{
	return (struct board_row){ .id = row_int(r, 0),
		.version = row_int(r, 1),
		.code = row_text(r, 2),
		.urgency = row_text(r, 3),
		.state = row_text(r, 4),
		.asked_at = row_int(r, 5),
		.people = row_int(r, 6),
		.children = row_null(r, 7) ? INT_NONE : row_int(r, 7),
		.owner = row_null(r, 8) ? 0 : row_int(r, 8),
		.owner_name = row_null(r, 9) ? "" : row_text(r, 9),
		.district = row_text(r, 10),
		.place = !family || row_null(r, 11) ? "" : row_text(r, 11),
		.pregnant = family && row_int(r, 12) != 0,
		.disabled = family && row_int(r, 13) != 0,
		.insulin = family && row_int(r, 14) != 0,
		.livestock = row_int(r, 15) != 0,
		.infants = row_int(r, 16) != 0,
		.called = !row_null(r, 17),
		.twin = !row_null(r, 18) && strcmp(row_text(r, 18), "same") == 0,
		.likely = row_int(r, 19) != 0,
		.what = arena_str(cx->arena, "") };
}

int
reads_board(
    struct ctx *cx, int64_t headquarters, const struct board_filter *f, struct board_part *p)
{
	bool family = may(cx, CAP_RELIEF_FAMILY);
	struct val v[8] = { v_int(headquarters), v_text(p->state) };
	struct buf where, sql;
	size_t nv = 2;

	p->v = arena_array(cx->arena, struct board_row, BOARD_ROWS);
	p->n = 0;
	if (!may(cx, CAP_RELIEF_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	buf_init(&where, cx->arena, 0);
	buf_str(&where, " WHERE n.headquarters = $1 AND n.state = $2");
	conditions(cx, f, &where, v, &nv);
	TRY(db_int(cx, &p->all, arena_printf(cx->arena, "SELECT count(*) FROM need n%s", where.p),
	    (struct vals){ v, nv }));
	buf_init(&sql, cx->arena, 0);
	buf_printf(&sql,
	    "SELECT n.id, n.version, n.code, n.urgency, n.state, n.asked_at, n.people, n.children, "
	    "n.owner, a.name, coalesce(d.name_%s, d.name_kk), n.place, n.pregnant, n.disabled, "
	    "n.insulin, n.livestock, CASE WHEN n.infants > 0 THEN 1 ELSE 0 END, n.called_at, "
	    "n.twin, CASE WHEN n.twin IS NULL AND n.phone_mac IS NOT NULL AND EXISTS (SELECT 1 "
	    "FROM need o WHERE o.headquarters = n.headquarters AND o.phone_mac = n.phone_mac AND "
	    "o.id <> n.id) THEN 1 ELSE 0 END FROM need n JOIN district d ON d.id = n.district LEFT "
	    "JOIN account a ON a.id = n.owner%s ORDER BY CASE n.urgency WHEN 'now' THEN 0 WHEN "
	    "'today' THEN 1 ELSE 2 END, n.asked_at, n.id LIMIT $%zu OFFSET $%zu",
	    lang_code(cx->lang), where.p, nv + 1, nv + 2);
	v[nv] = v_int(BOARD_ROWS);
	v[nv + 1] = v_int(p->offset);
	{
		AUTO_ROWS r = { 0 };

		TRY(db_rows(cx, &r, sql.p, (struct vals){ v, nv + 2 }));
		while (p->n < BOARD_ROWS && rows_next(&r))
			p->v[p->n++] = read_row(cx, &r, family);
		TRY(rows_end(&r));
	}
	return add_lines(cx, p->v, p->n);
}

/* ---- what forms offer ---- */

int
reads_need_items(struct ctx *cx, struct item_row **out, size_t *n)
{
	enum { MOST = 200 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct item_row, MOST);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT id, pack, code, coalesce(name_%s, name_kk), coalesce(unit_%s, unit_kk) "
		"FROM stock_item WHERE base <> 'tiyn' ORDER BY sort_%s, id LIMIT 200",
		lang_code(cx->lang), lang_code(cx->lang), lang_code(cx->lang)),
	    NO_VALS));
	while (*n < MOST && rows_next(&r))
		(*out)[(*n)++] = (struct item_row){ row_int(&r, 0), row_int(&r, 1), row_text(&r, 2),
			row_text(&r, 3), row_text(&r, 4) };
	return rows_end(&r);
}

int
reads_public_districts(struct ctx *cx, struct area_row **out, size_t *n)
{
	enum { MOST = 64 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct area_row, MOST);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT d.id, coalesce(d.name_%s, d.name_kk) FROM district d WHERE d.level IN "
		"('city', 'district') AND (NOT EXISTS (SELECT 1 FROM headquarters h WHERE h.state "
		"= 'open' AND EXISTS (SELECT 1 FROM relief_area a WHERE a.headquarters = h.id)) OR "
		"EXISTS (SELECT 1 FROM relief_area a JOIN headquarters h ON h.id = a.headquarters "
		"WHERE h.state = 'open' AND a.district = d.id)) ORDER BY d.sort_%s, d.id LIMIT 64",
		lang_code(cx->lang), lang_code(cx->lang)),
	    NO_VALS));
	while (*n < MOST && rows_next(&r))
		(*out)[(*n)++] = (struct area_row){ row_int(&r, 0), row_text(&r, 1), true };
	return rows_end(&r);
}

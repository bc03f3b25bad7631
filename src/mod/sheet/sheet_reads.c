/* sheet_reads.c – sheets with their rows and names as pages show them, through the kinds' own scope. */
#include "mod/sheet/sheet_inner.h"

int
sheet_sum(struct ctx *cx, const struct sheet *s, struct sheet_sums *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct sheet_sums){ 0 };
	TRY(db_rows(cx, &r,
	    "SELECT sum(CASE WHEN state <> 'open' THEN 1 ELSE 0 END), sum(CASE WHEN state = 'came' "
	    "THEN 1 ELSE 0 END), sum(CASE WHEN state = 'absent' THEN 1 ELSE 0 END), sum(CASE WHEN "
	    "line <= $2 OR state <> 'open' THEN 1 ELSE 0 END), sum(CASE WHEN second IS NOT NULL "
	    "THEN 1 ELSE 0 END), sum(CASE WHEN second IS NOT NULL AND second <> state THEN 1 ELSE "
	    "0 END) FROM sheet_row WHERE sheet = $1",
	    VALS(v_int(s->rec.id), v_int(s->listed))));
	if (rows_next(&r))
		*out = (struct sheet_sums){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			row_int(&r, 3), row_int(&r, 4), row_int(&r, 5) };
	return rows_end(&r);
}

struct gathering {
	const struct sheet *s;
	struct row_shown *v;
	size_t n, room;
};

static int
gather(struct ctx *cx, const void *rec, void *arg)
{
	struct gathering *g = arg;
	struct row_shown *x;

	(void)cx;
	if (g->n == g->room)
		return RC_OK;
	x = &g->v[g->n++];
	*x = (struct row_shown){ .name = "", .body = "" };
	memcpy(&x->r, rec, sizeof x->r);
	x->spare = x->r.line > g->s->listed;
	return RC_OK;
}

/* What the rows of a sheet say, by line. A name of a ticket or a guest is a subject's data. */
struct said {
	int64_t person, body;
	const char *name;
};

static int
read_said(struct ctx *cx, int64_t sheet, struct said said[SHEET_LINES_MAX + 1])
{
	bool names = may(cx, CAP_SUBJECT_READ);
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT r.line, p.id, p.body, coalesce(t.name, a.guest) FROM sheet_row r LEFT JOIN "
	    "attendance a ON a.id = r.attendance LEFT JOIN ticket t ON t.id = r.ticket LEFT JOIN "
	    "person p ON p.id = coalesce(r.person, t.person, a.person) WHERE r.sheet = $1",
	    VALS(v_int(sheet))));
	while (rows_next(&r)) {
		int64_t line = row_int(&r, 0);
		const char *name = names ? row_text(&r, 3) : NULL;

		if (line >= 1 && line <= SHEET_LINES_MAX)
			said[line] = (struct said){ row_int(&r, 1), row_int(&r, 2),
				name == NULL ? "" : name };
	}
	return rows_end(&r);
}

static int
name_rows(struct ctx *cx, int64_t sheet, struct row_shown *v, size_t n)
{
	struct said *said = arena_array(cx->arena, struct said, SHEET_LINES_MAX + 1);
	int64_t *who = arena_array(cx->arena, int64_t, n + 1),
		*of = arena_array(cx->arena, int64_t, n + 1);
	const char **names = arena_array(cx->arena, const char *, n + 1),
		   **titles = arena_array(cx->arena, const char *, n + 1);
	size_t i;

	TRY(read_said(cx, sheet, said));
	for (i = 0; i < n; i++) {
		who[i] = said[v[i].r.line].person;
		of[i] = said[v[i].r.line].body;
	}
	TRY(kind_titles(cx, &person_kind, who, n, names));
	TRY(kind_titles(cx, &body_kind, of, n, titles));
	for (i = 0; i < n; i++) {
		v[i].name = who[i] != 0 ? names[i] : said[v[i].r.line].name;
		v[i].body = titles[i];
	}
	return RC_OK;
}

int
sheet_rows(
    struct ctx *cx, const struct sheet *s, struct rows_ask a, struct row_shown **out, size_t *n)
{
	struct gathering g = { .s = s, .room = a.limit > 0 ? (size_t)a.limit : SHEET_LINES_MAX };
	struct query q;

	g.v = arena_array(cx->arena, struct row_shown, g.room);
	TRY(query_init(cx, &q, &sheet_row_kind));
	query_and(&q, "sheet_row.sheet = ?", VALS(v_int(a.sheet)));
	if (a.line != 0)
		query_and(&q, "sheet_row.line = ?", VALS(v_int(a.line)));
	if (a.latest)
		query_and(&q, "sheet_row.state <> 'open'", NO_VALS);
	if (a.differ)
		query_and(&q,
		    "sheet_row.second IS NOT NULL AND sheet_row.second <> sheet_row.state",
		    NO_VALS);
	TRY(query_sort(&q, a.latest ? "-typed_at" : "line"));
	TRY(query_each(&q, gather, &g));
	*out = g.v;
	*n = g.n;
	return name_rows(cx, a.sheet, g.v, g.n);
}

int
sheets_of(struct ctx *cx, int64_t event, struct list *out)
{
	struct query q;

	TRY(query_init(cx, &q, &sheet_kind));
	query_and(&q, "sheet.event = ?", VALS(v_int(event)));
	q.limit = QUERY_LIMIT_MAX;
	q.desc = true;
	return query_list(&q, out);
}

int
pictures_of(struct ctx *cx, int64_t sheet, int64_t line, struct list *out)
{
	struct query q;

	TRY(query_init(cx, &q, &sheet_picture_kind));
	query_and(
	    &q, "sheet_picture.sheet = ? AND sheet_picture.withdrawn = 0", VALS(v_int(sheet)));
	if (line != 0)
		query_and(&q, "sheet_picture.from_line <= ? AND sheet_picture.to_line >= ?",
		    VALS(v_int(line), v_int(line)));
	q.limit = QUERY_LIMIT_MAX;
	return query_list(&q, out);
}

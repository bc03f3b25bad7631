/* camp_reads.c – reads one camp whole, its members by name, and what clashes in its timetable; removes what nothing
 * names. */
#include "lang/order.h"
#include "mod/camp/camp_inner.h"

#include <stdlib.h>

ptrdiff_t
camp_group_at(const struct camp_table *t, int64_t group)
{
	size_t i;

	for (i = 0; i < t->ngroups; i++)
		if (t->group[i].rec.id == group)
			return (ptrdiff_t)i;
	return -1;
}

int64_t
camp_free(const struct camp_table *t, ptrdiff_t group)
{
	int64_t places = group < 0 ? t->c.places : t->group[group].places;
	int64_t taken = group < 0 ? t->all : t->taken[group];

	if (places == INT_NONE)
		return INT_NONE;
	return places > taken ? places - taken : 0;
}

/* RULE camp-2: nothing but members who are there makes these numbers. */
static int
count_members(struct ctx *cx, struct camp_table *t)
{
	AUTO_ROWS r = { 0 };

	t->taken = arena_array(cx->arena, int64_t, t->ngroups + 1);
	TRY(db_rows(cx, &r,
	    "SELECT camp_group, count(*), sum(CASE WHEN consent = 'given' THEN 0 ELSE 1 END) FROM "
	    "camp_member WHERE camp = $1 AND left_on IS NULL GROUP BY camp_group",
	    VALS(v_int(t->c.rec.id))));
	while (rows_next(&r)) {
		ptrdiff_t at = camp_group_at(t, row_int(&r, 0));

		t->all += row_int(&r, 1);
		t->missing += row_int(&r, 2);
		if (at >= 0)
			t->taken[at] = row_int(&r, 1);
	}
	return rows_end(&r);
}

int
camp_table(struct ctx *cx, int64_t camp, struct camp_table *out)
{
	void *p;

	*out = (struct camp_table){ 0 };
	TRY(kind_load(cx, &camp_kind, camp, &out->c));
	TRY(kind_load(cx, &event_kind, out->c.event, &out->event));
	TRY(kind_load_all(cx, &camp_group_kind,
	    "SELECT id FROM camp_group WHERE camp = $1 ORDER BY sort_kk, id", camp, &p,
	    &out->ngroups));
	out->group = p;
	TRY(kind_load_all(cx, &camp_slot_kind,
	    "SELECT id FROM camp_slot WHERE camp = $1 ORDER BY day, starts, ends, id", camp, &p,
	    &out->nslots));
	out->slot = p;
	return count_members(cx, out);
}

/* ---- members by name ---- */

struct gathered {
	struct camp_row *row;
	size_t n, most;
};

static int
gather(struct ctx *cx, const void *rec, void *arg)
{
	struct gathered *g = arg;
	(void)cx;
	if (g->n < g->most)
		g->row[g->n++].m = *(const struct camp_member *)rec;
	return RC_OK;
}

static int
name_rows(struct ctx *cx, struct camp_row *row, size_t n)
{
	int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
	const char **title = arena_array(cx->arena, const char *, n + 1);
	size_t i;

	for (i = 0; i < n; i++)
		ids[i] = row[i].m.person;
	TRY(kind_titles(cx, &person_kind, ids, n, title));
	for (i = 0; i < n; i++) {
		struct person p;

		row[i].name = row[i].m.person != 0     ? title[i]
			      : row[i].m.guest != NULL ? row[i].m.guest
						       : "—";
		row[i].birth_year = row[i].m.birth_year == INT_NONE ? 0 : (int)row[i].m.birth_year;
		if (row[i].m.person == 0)
			continue;
		TRY(kind_load(cx, &person_kind, row[i].m.person, &p));
		if (p.birth_day != 0)
			row[i].birth_year = day_year(p.birth_day);
	}
	return RC_OK;
}

struct keyed {
	const char *key;
	struct camp_row row;
};

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int d = strcmp(x->key, y->key);

	if (d != 0)
		return d;
	return (x->row.m.rec.id > y->row.m.rec.id) - (x->row.m.rec.id < y->row.m.rec.id);
}

static void
sort_rows(struct ctx *cx, struct camp_row *row, size_t n)
{
	struct keyed *k = arena_array(cx->arena, struct keyed, n + 1);
	size_t i;

	for (i = 0; i < n; i++)
		k[i] = (struct keyed){ order_key(cx->arena, row[i].name), row[i] };
	qsort(k, n, sizeof *k, by_key);
	for (i = 0; i < n; i++)
		row[i] = k[i].row;
}

int
camp_members(struct ctx *cx, int64_t camp, int64_t group, struct camp_row **out, size_t *n)
{
	struct gathered g = { 0 };
	struct query q;
	int64_t all;

	TRY(camp_staffed_by(cx, camp));
	TRY(query_init(cx, &q, &camp_member_kind));
	query_and(&q, "camp_member.camp = ?", VALS(v_int(camp)));
	if (group != 0)
		query_and(&q, "camp_member.camp_group = ?", VALS(v_int(group)));
	TRY(query_count(&q, &all));
	g.most = (size_t)all;
	g.row = arena_array(cx->arena, struct camp_row, g.most + 1);
	TRY(query_each(&q, gather, &g));
	TRY(name_rows(cx, g.row, g.n));
	sort_rows(cx, g.row, g.n);
	*out = g.row;
	*n = g.n;
	return RC_OK;
}

/* ---- clashes ---- */

/* A pair within the camp comes once, one with another camp from this camp's side. */
#define CLASH                                                                                     \
	" FROM camp_slot a JOIN camp_slot b ON b.day = a.day AND b.starts < a.ends AND "          \
	"a.starts < b.ends AND (b.camp <> a.camp OR b.id > a.id) WHERE a.camp = $1 AND ((b.camp " \
	"= a.camp AND (a.camp_group IS NULL OR b.camp_group IS NULL OR a.camp_group = "           \
	"b.camp_group)) OR (a.leader IS NOT NULL AND a.leader = b.leader))"

int
camp_clashes(struct ctx *cx, int64_t camp, struct camp_clash **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t all;

	TRY(db_int(cx, &all, "SELECT count(*)" CLASH, VALS(v_int(camp))));
	*out = arena_array(cx->arena, struct camp_clash, (size_t)all + 1);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT a.id, b.id, CASE WHEN a.leader IS NOT NULL AND a.leader = b.leader THEN 1 ELSE "
	    "0 END" CLASH " ORDER BY a.day, a.starts, a.id, b.id",
	    VALS(v_int(camp))));
	while (*n < (size_t)all && rows_next(&r))
		(*out)[(*n)++] =
		    (struct camp_clash){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) != 0 };
	return rows_end(&r);
}

/* ---- removing ---- */

static int
may_go(struct ctx *cx, const struct kind *k, const void *rec)
{
	int64_t id = ((const struct rec *)rec)->id, members, n;

	if (k == &camp_slot_kind) {
		TRY(db_int(
		    cx, &n, "SELECT count(*) FROM camp_mark WHERE slot = $1", VALS(v_int(id))));
		return n == 0
			   ? RC_OK
			   : fail(cx, RC_RULE, N_("The roll was called at this slot; it stays."));
	}
	TRY(db_int(cx, &members, "SELECT count(*) FROM camp_member WHERE camp_group = $1",
	    VALS(v_int(id))));
	TRY(db_int(
	    cx, &n, "SELECT count(*) FROM camp_slot WHERE camp_group = $1", VALS(v_int(id))));
	return members + n == 0 ? RC_OK
				: fail(cx, RC_RULE,
				      N_("The group has members or slots in the timetable; it "
					 "stays."));
}

int
camp_remove(struct ctx *cx, const struct kind *k, int64_t id)
{
	return kind_remove(cx, &(struct kind_removal){ k, id, may_go, "camp,name" });
}

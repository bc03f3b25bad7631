/* volunteer_reads.c – what the pages show: shifts with need, filled and here by role, who signed up, one's own shifts,
 * hours. Lists of shifts take two reads, however many; the page of a code asks once more for each role of each open shift. */
#include "mod/volunteer/volunteer_inner.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

int
volunteer_names(struct ctx *cx, const int64_t *ids, size_t n, const char **out)
{
	int64_t *people = arena_array(cx->arena, int64_t, n + 1);
	const char **titles = arena_array(cx->arena, const char *, n + 1);
	size_t i;

	for (i = 0; i < n; i++) {
		struct volunteer v;

		TRY(kind_load(cx, &volunteer_kind, ids[i], &v));
		people[i] = v.person;
		out[i] = v.name == NULL ? "" : v.name;
	}
	TRY(kind_titles(cx, &person_kind, people, n, titles));
	for (i = 0; i < n; i++)
		if (people[i] != 0)
			out[i] = titles[i];
		else if (*out[i] == '\0')
			out[i] = "—"; /* the name is gone after its term */
	return RC_OK;
}

/* ---- shifts ---- */

static int
place_of(struct ctx *cx, const struct shift *s, const char **out)
{
	const char *title = "";

	if (s->relief_place != 0)
		TRY(kind_titles(cx, &relief_place_kind, &s->relief_place, 1, &title));
	else if (s->hall != 0)
		TRY(kind_titles(cx, &hall_kind, &s->hall, 1, &title));
	if (s->place == NULL || *s->place == '\0')
		*out = title;
	else
		*out =
		    *title == '\0' ? s->place : arena_printf(cx->arena, "%s, %s", title, s->place);
	return RC_OK;
}

#define OPEN_SHIFTS                                                                             \
	"s.open = 1 AND s.ends_at > $4 AND (EXISTS (SELECT 1 FROM headquarters h WHERE h.id = " \
	"s.headquarters AND h.state = 'open') OR EXISTS (SELECT 1 FROM event e WHERE e.id = "   \
	"s.event AND e.state = 'approved' AND e.merged_into IS NULL)) AND $1 = $1 AND $2 = $2 " \
	"AND $3 = $3 AND $5 = $5"
#define THEIR_SHIFTS \
	"(s.headquarters = $1 OR s.event = $2 OR s.id = $3) AND s.day >= $5 AND $4 = $4"

static void
ask_vals(struct ctx *cx, const struct shift_ask *a, struct val v[5])
{
	v[0] = v_int(a->headquarters);
	v[1] = v_int(a->event);
	v[2] = v_int(a->shift);
	v[3] = v_int(cx->now);
	v[4] = v_int(a->from);
}

static int
load_shifts(struct ctx *cx, const struct shift_ask *a, struct shift_row **out, size_t *n)
{
	enum { MOST = 500 };
	AUTO_ROWS r = { 0 };
	struct val v[5];
	int64_t *ids = arena_array(cx->arena, int64_t, MOST);
	size_t i;

	*n = 0;
	ask_vals(cx, a, v);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT s.id FROM shift s WHERE %s ORDER BY s.starts_at, s.id LIMIT 500",
		a->open ? OPEN_SHIFTS : THEIR_SHIFTS),
	    (struct vals){ v, 5 }));
	while (*n < MOST && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	TRY(rows_end(&r));
	*out = arena_array(cx->arena, struct shift_row, *n + 1);
	for (i = 0; i < *n; i++) {
		struct shift_row *s = &(*out)[i];

		*s = (struct shift_row){ 0 };
		TRY(kind_load(cx, &shift_kind, ids[i], &s->s));
		TRY(place_of(cx, &s->s, &s->place));
	}
	return RC_OK;
}

static struct shift_row *
row_of(struct shift_row *s, size_t n, int64_t id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i].s.rec.id == id)
			return &s[i];
	return NULL;
}

static const char *
shift_role_code(const char *code)
{
	int i;

	for (i = 0; shift_roles[i].code != NULL; i++)
		if (strcmp(shift_roles[i].code, code) == 0)
			return shift_roles[i].code;
	return "helper";
}

static int
by_gap(const void *a, const void *b)
{
	const struct role_row *x = a, *y = b;
	int64_t left = x->need - x->filled, right = y->need - y->filled;

	return left != right ? (left < right) - (left > right) : strcmp(x->role, y->role);
}

int
reads_shifts(struct ctx *cx, const struct shift_ask *a, struct shift_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	struct val v[5];
	size_t i;

	if (!a->open && !may(cx, CAP_RELIEF_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(load_shifts(cx, a, out, n));
	ask_vals(cx, a, v);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT n.shift, n.role, n.people, (SELECT count(*) FROM shift_signup u WHERE "
		"u.shift = n.shift AND u.role = n.role AND u.state IN ('signed', 'arrived', "
		"'left')), (SELECT count(*) FROM shift_signup u WHERE u.shift = n.shift AND u.role "
		"= n.role AND u.state = 'arrived'), (SELECT count(*) FROM shift_signup u WHERE "
		"u.shift = n.shift AND u.role = n.role AND u.arrived_at IS NOT NULL) FROM "
		"shift_need n JOIN shift s ON s.id = n.shift WHERE %s ORDER BY n.shift, n.role",
		a->open ? OPEN_SHIFTS : THEIR_SHIFTS),
	    (struct vals){ v, 5 }));
	while (rows_next(&r)) {
		struct shift_row *s = row_of(*out, *n, row_int(&r, 0));
		struct role_row *k;

		if (s == NULL || s->nroles == SHIFT_ROLES)
			continue;
		k = &s->role[s->nroles++];
		*k = (struct role_row){ shift_role_code(row_text(&r, 1)), row_int(&r, 2),
			row_int(&r, 3), row_int(&r, 4), row_int(&r, 5) };
		s->gap += k->need > k->filled ? k->need - k->filled : 0;
	}
	TRY(rows_end(&r));
	for (i = 0; i < *n; i++)
		qsort((*out)[i].role, (*out)[i].nroles, sizeof(struct role_row), by_gap);
	return RC_OK;
}

/* ---- who signed up ---- */

static int
by_state_role_name(const void *a, const void *b)
{
	const struct signup_row *x = a, *y = b;
	bool xg = strcmp(x->u.state, "withdrawn") == 0, yg = strcmp(y->u.state, "withdrawn") == 0;
	int c;

	if (xg != yg)
		return xg ? 1 : -1;
	c = strcmp(x->u.role, y->u.role);
	return c != 0 ? c : strcmp(x->name, y->name);
}

int
reads_signups(struct ctx *cx, int64_t shift, struct signup_row **out, size_t *n)
{
	enum { MOST = 600 };
	AUTO_ROWS r = { 0 };
	int64_t *ids = arena_array(cx->arena, int64_t, MOST), *who;
	const char **names;
	size_t i;

	*n = 0;
	TRY(shift_writer(cx));
	TRY(db_rows(cx, &r, "SELECT id FROM shift_signup WHERE shift = $1 ORDER BY id LIMIT 600",
	    VALS(v_int(shift))));
	while (*n < MOST && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	TRY(rows_end(&r));
	*out = arena_array(cx->arena, struct signup_row, *n + 1);
	who = arena_array(cx->arena, int64_t, *n + 1);
	names = arena_array(cx->arena, const char *, *n + 1);
	for (i = 0; i < *n; i++) {
		struct volunteer v;

		TRY(kind_load(cx, &shift_signup_kind, ids[i], &(*out)[i].u));
		who[i] = (*out)[i].u.volunteer;
		TRY(kind_load(cx, &volunteer_kind, who[i], &v));
		(*out)[i].briefed_on = v.briefed_on;
		(*out)[i].skills = v.skills;
		TRY(volunteer_age(cx, &v, (*out)[i].u.day, &(*out)[i].age));
	}
	TRY(volunteer_names(cx, who, *n, names));
	for (i = 0; i < *n; i++)
		(*out)[i].name = names[i];
	qsort(*out, *n, sizeof **out, by_state_role_name);
	return RC_OK;
}

int
reads_own(struct ctx *cx, const struct volunteer *v, struct own_row **out, size_t *n)
{
	enum { MOST = 200 };
	AUTO_ROWS r = { 0 };
	int64_t *ids = arena_array(cx->arena, int64_t, MOST);
	size_t i;

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT u.id FROM shift_signup u JOIN shift s ON s.id = u.shift WHERE u.volunteer = $1 "
	    "ORDER BY s.starts_at DESC, u.id LIMIT 200",
	    VALS(v_int(v->rec.id))));
	while (*n < MOST && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	TRY(rows_end(&r));
	*out = arena_array(cx->arena, struct own_row, *n + 1);
	for (i = 0; i < *n; i++) {
		struct own_row *o = &(*out)[i];

		TRY(kind_load(cx, &shift_signup_kind, ids[i], &o->u));
		TRY(kind_load(cx, &shift_kind, o->u.shift, &o->s));
		TRY(place_of(cx, &o->s, &o->place));
	}
	return RC_OK;
}

/* ---- hours ---- */

static int
hours_of(struct ctx *cx, struct rows *r, struct hours_row **out, size_t *n)
{
	enum { MOST = 1000 };
	int64_t *ids = arena_array(cx->arena, int64_t, MOST);
	const char **names = arena_array(cx->arena, const char *, MOST);
	size_t i;

	*n = 0;
	*out = arena_array(cx->arena, struct hours_row, MOST);
	while (*n < MOST && rows_next(r)) {
		ids[*n] = row_int(r, 0);
		(*out)[(*n)++] =
		    (struct hours_row){ row_int(r, 0), row_int(r, 1), row_int(r, 2), "" };
	}
	TRY(rows_end(r));
	TRY(volunteer_names(cx, ids, *n, names));
	for (i = 0; i < *n; i++)
		(*out)[i].name = names[i];
	return RC_OK;
}

int
reads_hours(struct ctx *cx, int64_t headquarters, struct hours_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	TRY(shift_writer(cx));
	TRY(db_rows(cx, &r,
	    "SELECT coalesce(v.same_as, v.id), count(*), CAST(sum(u.minutes) AS BIGINT) FROM "
	    "shift_signup u JOIN volunteer v ON v.id = u.volunteer JOIN shift s ON s.id = u.shift "
	    "WHERE s.headquarters = $1 AND u.minutes > 0 GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 1000",
	    VALS(v_int(headquarters))));
	return hours_of(cx, &r, out, n);
}

/* A leader's own people: those of the bodies of the scope today. */
int
reads_own_members(struct ctx *cx, struct hours_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	struct buf own;
	size_t i;

	if (!may(cx, CAP_PEOPLE_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	buf_init(&own, cx->arena, 0);
	buf_str(&own, "0");
	for (i = 0; i < cx->actor->nscope; i++)
		buf_printf(&own, ",%lld", (long long)cx->actor->scope[i]);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT v.id, count(u.id), CAST(coalesce(sum(u.minutes), 0) AS BIGINT) FROM "
		"volunteer v JOIN person p ON p.id = v.person LEFT JOIN shift_signup u ON "
		"u.volunteer = v.id AND u.minutes > 0 WHERE p.restricted_on IS NULL AND EXISTS "
		"(SELECT 1 FROM membership m WHERE m.person = v.person AND m.body IN (%s) AND "
		"m.from_day <= $1 AND (m.to_day IS NULL OR m.to_day > $1)) GROUP BY v.id ORDER BY "
		"3 DESC, v.id LIMIT 1000",
		own.p),
	    VALS(v_int(cx->today))));
	return hours_of(cx, &r, out, n);
}

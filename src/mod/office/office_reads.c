/* office_reads.c – see office_reads.h. Read-only, few queries, each with a limit. */
#include "mod/office/office_reads.h"

#include "mod/event/event.h"
#include "mod/registry/registry.h"

int
week_of_year(int day)
{
	return (int)((day_number(day) - day_number(day_make(day_year(day), 1, 1))) / 7) + 1;
}

/* From the kept cells of events_total: one row a day. */
int
reads_weeks(struct ctx *cx, int year, int64_t week[54], int64_t month[13])
{
	AUTO_ROWS r = { 0 };
	int from = day_make(year, 1, 1), to = day_make(year, 12, 31);

	to = cx->today < to ? cx->today : to;
	TRY(db_rows(cx, &r,
	    "SELECT day, amount FROM figure_sum WHERE figure = 'events_total' AND dim = '' AND "
	    "dkey = 0 AND day BETWEEN $1 AND $2"
	    " UNION ALL SELECT day, amount FROM figure_delta WHERE figure = 'events_total' AND dim "
	    "= '' AND dkey = 0"
	    " AND day BETWEEN $1 AND $2",
	    VALS(v_int(from), v_int(to))));
	while (rows_next(&r)) {
		int day = (int)row_int(&r, 0);

		week[week_of_year(day)] += row_int(&r, 1);
		month[day_month(day)] += row_int(&r, 1);
	}
	return rows_end(&r);
}

static const char *
text_or(const char *s)
{
	return s == NULL ? "" : s;
}

int
reads_coming(struct ctx *cx, int limit, struct coming **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct coming, limit);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT e.id, e.first_day, e.name_kk, e.name_ru, e.name_en, e.starts, e.place, "
	    "b.name_kk, b.name_ru, b.name_en"
	    " FROM event e JOIN body b ON b.id = e.body WHERE e.state = 'approved' AND "
	    "e.merged_into IS NULL"
	    " AND e.first_day >= $1 ORDER BY e.first_day, e.id LIMIT $2",
	    VALS(v_int(cx->today), v_int(limit))));
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 2), row_text(&r, 3), row_text(&r, 4) };
		struct text3 body = { row_text(&r, 7), row_text(&r, 8), row_text(&r, 9) };

		(*out)[(*n)++] = (struct coming){ row_int(&r, 0), (int)row_int(&r, 1),
			tr3(cx, &name, NULL), text_or(row_text(&r, 5)), text_or(row_text(&r, 6)),
			tr3(cx, &body, NULL) };
	}
	return rows_end(&r);
}

/* What those who belong to a body of a kind are called. */
static const char *
member_word(const struct ctx *cx, const char *kind, int64_t n)
{
	if (strcmp(kind, "language_club") == 0 || strcmp(kind, "language_course") == 0)
		return trn(cx, n, "learner", "learners");
	if (strcmp(kind, "secretariat") == 0 || strcmp(kind, "friendship_house") == 0)
		return trn(cx, n, "employee", "employees");
	return trn(cx, n, "member", "members");
}

int
reads_home_bodies(struct ctx *cx, struct body_line **out, size_t *n)
{
	enum { MAX = 24 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct body_line, MAX);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT b.id, b.name_kk, b.name_ru, b.name_en, (SELECT count(DISTINCT "
	    "coalesce(m.person, -m.id)) FROM "
	    "membership m"
	    " WHERE m.body = b.id AND m.from_day <= $1 AND (m.to_day IS NULL OR $1 < m.to_day)), "
	    "k.code"
	    " FROM body b JOIN body_kind k ON k.id = b.kind LEFT JOIN body p ON p.id = b.parent"
	    " WHERE k.code NOT IN ('eca', 'eca_branch', 'assembly', 'akimat', 'state_body', "
	    "'media_outlet')"
	    " AND (b.closed IS NULL OR $1 < b.closed) AND (p.parent IS NULL OR k.code IN "
	    "('language_club', 'youth_rep'))"
	    " ORDER BY k.rank, b.id LIMIT $2",
	    VALS(v_int(cx->today), v_int(MAX))));
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) };

		if (row_int(&r, 4) > 0)
			(*out)[(*n)++] = (struct body_line){ row_int(&r, 0), row_int(&r, 4),
				tr3(cx, &name, NULL),
				member_word(cx, row_text(&r, 5), row_int(&r, 4)) };
	}
	return rows_end(&r);
}

int
reads_choices(struct ctx *cx, const char *table, struct choice_row **out, size_t *n)
{
	enum { MAX = 500 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct choice_row, MAX);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT code, name_kk, name_ru, name_en FROM %s ORDER BY sort_%s, id LIMIT %d",
		table, lang_code(cx->lang), MAX),
	    NO_VALS));
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) };

		(*out)[(*n)++] = (struct choice_row){ row_text(&r, 0), tr3(cx, &name, NULL) };
	}
	return rows_end(&r);
}

/* ---- tasks ---- */

enum { TASKS = 40 };

/* Events by a condition, through the kind's own scope. */
static int
event_tasks(
    struct ctx *cx, const char *cond, struct vals v, const char *text, struct task *t, size_t *n)
{
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &event_kind));
	query_and(&q, cond, v);
	TRY(query_sort(&q, "first_day"));
	q.limit = TASKS;
	TRY(query_list(&q, &l));
	for (i = 0; i < l.n && *n < TASKS; i++) {
		const struct event *e = list_row(&l, &event_kind, i);

		t[(*n)++] = (struct task){ text == NULL ? tr3(cx, &e->name, NULL)
							: arena_printf(cx->arena, "%s: %s", text,
							      tr3(cx, &e->name, NULL)),
			day_text(cx, e->first_day),
			arena_printf(cx->arena, "/events/%lld", (long long)e->rec.id),
			.owner = NULL };
	}
	return RC_OK;
}

static int
accreditation_tasks(struct ctx *cx, struct tasks *t)
{
	AUTO_ROWS r = { 0 };
	int soon = day_add(cx->today, 90), late = day_add(cx->today, -60);

	TRY(db_rows(cx, &r,
	    "SELECT a.body, b.name_kk, b.name_ru, b.name_en, a.valid_to FROM accreditation a JOIN "
	    "body b ON b.id = a.body"
	    " WHERE a.state = 'accredited' AND a.valid_to BETWEEN $1 AND $2 AND NOT EXISTS"
	    " (SELECT 1 FROM accreditation l WHERE l.body = a.body AND l.from_day > a.from_day) "
	    "ORDER BY a.valid_to LIMIT 12",
	    VALS(v_int(late), v_int(soon))));
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) };
		int to = (int)row_int(&r, 4);
		int64_t body = row_int(&r, 0);
		bool over = to < cx->today;
		struct task one = { arena_printf(cx->arena, "%s: %s",
					over ? tr(cx, "Accreditation has ended")
					     : tr(cx, "Accreditation ends soon"),
					tr3(cx, &name, NULL)),
			day_text(cx, to), arena_printf(cx->arena, "/bodies/%lld", (long long)body),
			.owner = NULL };

		if (!actor_in_scope(cx->actor, body))
			continue;
		if (over && t->nlate < TASKS)
			t->late[t->nlate++] = one;
		else if (!over && t->nsoon < TASKS)
			t->soon[t->nsoon++] = one;
	}
	return rows_end(&r);
}

/* "2 days late, the count is missing" */
static const char *
owed_detail(struct ctx *cx, const struct event_owed *o)
{
	const char *age = o->days <= 0
			      ? tr(cx, "due today")
			      : trn(cx, o->days, "%s day late", "%s days late", num(cx, o->days));
	const char *lacks = !o->count && !o->evidence
				? tr(cx, "the count and the evidence are missing")
			    : !o->count	   ? tr(cx, "the count is missing")
			    : !o->evidence ? tr(cx, "the evidence is missing")
					   : tr(cx, "only “Report is ready” is missing");

	return arena_printf(
	    cx->arena, "%s · %s · %s", day_text(cx, o->event.first_day), age, lacks);
}

/* RULE after-3 */
static int
owed_tasks(struct ctx *cx, struct tasks *t)
{
	struct event_owed *o;
	size_t n, i;

	TRY(event_owed(cx, TASKS, &o, &n));
	for (i = 0; i < n && t->nlate < TASKS; i++) {
		const struct event *e = &o[i].event;
		struct task *one = &t->late[t->nlate++];
		bool ready = o[i].said && o[i].count && o[i].evidence;

		*one = (struct task){ .text = arena_printf(cx->arena, "%s: %s",
					  o[i].said ? tr(cx, "The report is missing")
						    : tr(cx, "Held or not? Say so"),
					  tr3(cx, &e->name, NULL)),
			.detail = owed_detail(cx, &o[i]),
			.path = arena_printf(cx->arena, "/events/%lld%s", (long long)e->rec.id,
			    o[i].said ? "/report" : ""),
			.button = o[i].said ? tr(cx, "Write the report") : NULL,
			.owner =
			    *o[i].owner_name == '\0' ? tr(cx, "the secretariat") : o[i].owner_name,
			.version = e->rec.version };
		if (!o[i].said || ready) {
			one->post = arena_printf(cx->arena, "/events/%lld/move/%s",
			    (long long)e->rec.id, ready ? "report" : "hold");
			one->post_button =
			    ready ? tr(cx, "Report is ready") : tr(cx, "It took place");
		}
	}
	return RC_OK;
}

/* What readers wrote stands aside until somebody reads it. */
static int
comment_tasks(struct ctx *cx, struct tasks *t)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM comment WHERE state = 'waiting' AND text IS NOT NULL", NO_VALS));
	if (n > 0 && t->ntoday < TASKS)
		t->today[t->ntoday++] = (struct task){ .text = trn(cx, n, "%s comment waits",
							   "%s comments wait", num(cx, n)),
			.detail = tr(cx, "Readers see it when it is shown."),
			.path = "/comments" };
	return RC_OK;
}

int
reads_tasks(struct ctx *cx, struct tasks *t)
{
	*t = (struct tasks){ arena_array(cx->arena, struct task, TASKS),
		arena_array(cx->arena, struct task, TASKS),
		arena_array(cx->arena, struct task, TASKS), 0, 0, 0 };
	if (!may(cx, CAP_EVENT_WRITE))
		return RC_OK;
	TRY(owed_tasks(cx, t));
	TRY(accreditation_tasks(cx, t));
	TRY(event_tasks(cx, "event.state = 'approved' AND event.first_day = ?",
	    VALS(v_int(cx->today)), NULL, t->today, &t->ntoday));
	if (may(cx, CAP_EVENT_APPROVE))
		TRY(event_tasks(cx, "event.state = 'planned' AND event.first_day >= ?",
		    VALS(v_int(cx->today)), tr(cx, "Waits for approval"), t->today, &t->ntoday));
	if (may(cx, CAP_EVENT_APPROVE))
		TRY(comment_tasks(cx, t));
	return event_tasks(cx,
	    "event.state = 'approved' AND event.first_day > ? AND event.first_day <= ?",
	    VALS(v_int(cx->today), v_int(day_add(cx->today, 14))), NULL, t->soon, &t->nsoon);
}

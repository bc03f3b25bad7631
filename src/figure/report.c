/* report.c – see report.h. */
#include "figure/report.h"

#include "kind/past.h"
#include "lang/kazakh.h"

/* ---- the question ---- */

static void
read_day(struct ctx *cx, const char *field, const char *text, int *out)
{
	if (!day_parse(text, out))
		fail_field(
		    cx, field, N_("There is no such day: “%s”. Write it as 15.11.2024."), text);
}

static void
read_period(struct ctx *cx, const char *text, struct ask *out)
{
	const char *dots = strstr(text, "..");

	if (dots == NULL) {
		fail_field(cx, "period", N_("Write the period as 2024-01-01..2024-11-15."));
		return;
	}
	read_day(cx, "period", arena_strn(cx->arena, text, (size_t)(dots - text)), &out->from);
	read_day(cx, "period", dots + 2, &out->to);
	if (cx->err.fields == NULL && out->to < out->from)
		fail_field(cx, "period", N_("The period ends before it begins."));
}

static int
read_code(struct ctx *cx, const char *table, const char *code, const char *field, int64_t *out)
{
	int rc =
	    db_int(cx, out, arena_printf(cx->arena, "SELECT id FROM %s WHERE code = $1", table),
		VALS(v_text(code)));

	if (rc == RC_NOTFOUND) {
		fail_field(cx, field, N_("There is no such code: “%s”."), code);
		return RC_OK;
	}
	return rc;
}

static bool
given(const char *s)
{
	return s != NULL && *s != '\0';
}

int
ask_read(struct ctx *cx, const struct ask_text *t, struct ask *out)
{
	ask_default(cx, out);
	if (given(t->on)) {
		read_day(cx, "on", t->on, &out->on);
		out->from = day_make(day_year(out->on), 1, 1);
		out->to = out->on;
	}
	if (given(t->period)) {
		read_period(cx, t->period, out);
		if (!given(t->on))
			out->on = out->to;
	}
	if (given(t->from))
		read_day(cx, "from", t->from, &out->from);
	if (given(t->to)) {
		read_day(cx, "to", t->to, &out->to);
		if (!given(t->on) && cx->err.fields == NULL)
			out->on = out->to;
	}
	if (cx->err.fields == NULL && out->to < out->from)
		fail_field(
		    cx, given(t->to) ? "to" : "from", N_("The period ends before it begins."));
	known_read(cx, t->known, &out->known);
	if (given(t->body))
		TRY(read_code(cx, "body", t->body, "body", &out->body));
	if (given(t->district))
		TRY(read_code(cx, "district", t->district, "district", &out->district));
	return fields_rc(cx);
}

/* ---- JSON ---- */

static void
put_day(struct json *j, const char *key, int day)
{
	char iso[16];

	if (day == 0)
		json_nil(j, key);
	else {
		day_iso(day, iso);
		json_str(j, key, iso);
	}
}

static void
put_answer(struct ctx *cx, struct json *j, const struct figure_answer *a)
{
	const struct figure *f = a->figure;
	bool period = f->time == FIGURE_PERIOD;
	char known[32];

	moment_rfc3339(a->ask.known != 0 ? a->ask.known : cx->now, known);
	json_open(j, NULL, '{');
	json_str(j, "code", f->code);
	if (!a->known)
		json_nil(j, "value");
	else if (f->shape == FIGURE_MEAN || f->shape == FIGURE_MEDIAN)
		json_double(j, "value", a->value);
	else
		json_num(j, "value", (int64_t)a->value);
	json_str(j, "exactness", exactness_code(a->exactness));
	json_str(j, "unit", f->unit_code);
	put_day(j, "from", period ? a->ask.from : 0);
	put_day(j, "to", period ? a->ask.to : 0);
	put_day(j, "on", a->ask.on);
	json_str(j, "known", known);
	json_num(j, "records", a->records);
	if (a->sealed != 0)
		json_num(j, "sealed", a->sealed);
	json_str(j, "sha256", a->sha256);
	json_open(j, "dims", '{');
	if (a->dim_code != NULL)
		json_str(j, f->dim, a->dim_code);
	json_close(j, '}');
	json_close(j, '}');
}

static int
put_figure(struct ctx *cx, const struct figure *f, const struct ask *a, struct json *j)
{
	struct figure_answer one, *split = NULL;
	size_t i, n = 0;

	TRY(figure_answer(cx, f, a, &one));
	TRY(figure_sha256(cx, &one));
	put_answer(cx, j, &one);
	if (f->dim == NULL)
		return RC_OK;
	TRY(figure_split(cx, f, a, &split, &n));
	for (i = 0; i < n; i++) {
		TRY(figure_sha256(cx, &split[i]));
		put_answer(cx, j, &split[i]);
	}
	return RC_OK;
}

int
report_figure_rows(struct ctx *cx, const struct ask *a, struct json *j)
{
	size_t i;

	for (i = 0; i < figure_count(); i++)
		if (figure_nth(i)->value_cap == CAP_PUBLIC)
			TRY(put_figure(cx, figure_nth(i), a, j));
	return RC_OK;
}

int
report_figures(struct ctx *cx, const struct ask *a, struct json *j)
{
	size_t i;

	json_open(j, NULL, '[');
	for (i = 0; i < figure_count(); i++)
		if (figure_may_value(cx, figure_nth(i), a))
			TRY(put_figure(cx, figure_nth(i), a, j));
	json_close(j, ']');
	return RC_OK;
}

static int
find(struct ctx *cx, const char *code, const struct figure **out)
{
	*out = figure_find(code);
	if (*out == NULL || !may(cx, (*out)->value_cap))
		return fail(cx, RC_NOTFOUND, N_("There is no figure “%s”."), code);
	return RC_OK;
}

int
report_figure(struct ctx *cx, const char *code, const struct ask *a, struct json *j)
{
	const struct figure *f;

	TRY(find(cx, code, &f));
	json_open(j, NULL, '[');
	TRY(put_figure(cx, f, a, j));
	json_close(j, ']');
	return RC_OK;
}

/* ---- records ---- */

enum { PAGE = 500 };

typedef void record_put(void *to, const struct figure_record *r);

static int
each_record(struct ctx *cx, const char *code, const struct ask *a, record_put *put, void *to)
{
	const struct figure *f;
	int64_t after = 0;
	size_t n, i;

	TRY(find(cx, code, &f));
	do {
		struct arena_mark m = arena_mark(cx->arena);
		struct figure_record *r;

		TRY(figure_records(cx, f, a, figure_from(after, PAGE), &r, &n));
		for (i = 0; i < n; i++)
			put(to, &r[i]);
		if (n > 0)
			after = r[n - 1].id;
		(void)m;
	} while (n == PAGE);
	return RC_OK;
}

static void
put_csv(void *to, const struct figure_record *r)
{
	struct csv *c = to;
	char iso[16];

	day_iso(r->day, iso);
	csv_num(c, r->id);
	csv_cell(c, r->kind);
	csv_cell(c, r->label);
	csv_cell(c, iso);
	csv_cell(c, r->body_code);
	if (r->amount == INT_NONE)
		csv_cell(c, NULL);
	else
		csv_num(c, r->amount);
	csv_cell(c, r->basis);
	csv_end_row(c);
}

int
report_records_csv(struct ctx *cx, const char *code, const struct ask *a, struct csv *c)
{
	static const char *const head[] = { "id", "kind", "label", "date", "body", "amount",
		"basis" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(head); i++)
		csv_cell(c, head[i]);
	csv_end_row(c);
	return each_record(cx, code, a, put_csv, c);
}

static void
put_json(void *to, const struct figure_record *r)
{
	struct json *j = to;

	json_open(j, NULL, '{');
	json_num(j, "id", r->id);
	json_str(j, "kind", r->kind);
	json_str(j, "label", r->label);
	put_day(j, "date", r->day);
	json_str(j, "body", r->body_code);
	if (r->amount == INT_NONE)
		json_nil(j, "amount");
	else
		json_num(j, "amount", r->amount);
	json_str(j, "basis", r->basis);
	json_close(j, '}');
}

int
report_records_json(struct ctx *cx, const char *code, const struct ask *a, struct json *j)
{
	json_open(j, "items", '[');
	TRY(each_record(cx, code, a, put_json, j));
	json_close(j, ']');
	return RC_OK;
}

/* ---- the statement ---- */

struct said {
	const char *events, *people, *unique, *eca, *members, *ethnos, *learners;
	struct figure_answer unique_answer, members_answer;
	bool no_ethnos, no_learners; /* nothing to count from: the sentence is left out */
};

static int
say_one(struct ctx *cx, const char *code, const struct ask *a, const char **out,
    struct figure_answer *keep)
{
	const struct figure *f = figure_find(code);
	struct figure_answer ans;

	if (f == NULL)
		return fail(cx, RC_BUG, "no figure %s", code);
	TRY(figure_answer(cx, f, a, &ans));
	*out = figure_say(cx, &ans);
	if (keep != NULL)
		*keep = ans;
	return RC_OK;
}

static int
say_all(struct ctx *cx, const struct ask *a, struct said *s)
{
	struct figure_answer ans = { 0 };

	TRY(say_one(cx, "events_total", a, &s->events, NULL));
	TRY(say_one(cx, "participants_total", a, &s->people, NULL));
	TRY(say_one(cx, "participants_unique", a, &s->unique, &s->unique_answer));
	TRY(say_one(cx, "eca_count", a, &s->eca, NULL));
	TRY(say_one(cx, "eca_members", a, &s->members, &s->members_answer));
	TRY(say_one(cx, "ethnos_present", a, &s->ethnos, &ans));
	s->no_ethnos = !ans.known;
	TRY(say_one(cx, "club_learners", a, &s->learners, &ans));
	s->no_learners = !ans.known || ans.value < 1;
	s->unique = s->unique_answer.known ? num(cx, (int64_t)s->unique_answer.value) : s->unique;
	s->members =
	    s->members_answer.known ? num(cx, (int64_t)s->members_answer.value) : s->members;
	return RC_OK;
}

static bool
year_to_date(const struct ask *a)
{
	return a->from == day_make(day_year(a->to), 1, 1);
}

static void
add(struct statement *st, const char *sentence)
{
	st->sentence[st->n++] = sentence;
}

static void
statement_kk(struct ctx *cx, const struct ask *a, const struct said *s, struct statement *st)
{
	struct arena *m = cx->arena;

	st->title = arena_printf(m, "%s жағдай бойынша анықтама", kk_day_of(m, a->on));
	if (!s->no_ethnos)
		add(st, arena_printf(m, "Өңірде %s этностың өкілдері тұрады.", s->ethnos));
	add(st, arena_printf(m, "Облыста %s мүшесі бар %s этномәдени бірлестік жұмыс істейді.",
		    s->members, s->eca));
	add(st,
	    arena_printf(m,
		"%s %s іс-шара өткізілді, оларға %s адам (қатысу саны; бірегей адам – %s) қатысты.",
		year_to_date(a) ? "Жыл басынан бастап"
				: arena_printf(m, a->from == a->to ? "%s күні" : "%s аралығында",
				      day_range(cx, a->from, a->to)),
		s->events, s->people, s->unique));
	if (!s->no_learners)
		add(st, arena_printf(m, "Тілдесу клубында %s адам мемлекеттік тілді үйреніп жүр.",
			    s->learners));
}

static void
statement_ru(struct ctx *cx, const struct ask *a, const struct said *s, struct statement *st)
{
	struct arena *m = cx->arena;

	st->title = arena_printf(m, "Справка по состоянию на %s", day_long(cx, a->on));
	if (!s->no_ethnos)
		add(st, arena_printf(
			    m, "Этносов, представители которых живут в регионе: %s.", s->ethnos));
	add(st, arena_printf(m, "Этнокультурных объединений в области: %s; членств в них – %s.",
		    s->eca, s->members));
	add(st,
	    arena_printf(m,
		"%s проведено мероприятий: %s; посещений – %s, уникальных участников – %s.",
		year_to_date(a) ? "С начала года"
				: arena_printf(m, "За период %s", day_range(cx, a->from, a->to)),
		s->events, s->people, s->unique));
	if (!s->no_learners)
		add(st, arena_printf(m, "Государственный язык в разговорном клубе изучают: %s чел.",
			    s->learners));
}

static void
statement_en(struct ctx *cx, const struct ask *a, const struct said *s, struct statement *st)
{
	struct arena *m = cx->arena;

	st->title = arena_printf(m, "Statement as of %s", day_long(cx, a->on));
	if (!s->no_ethnos)
		add(st,
		    arena_printf(m, "People of %s ethnic groups live in the region.", s->ethnos));
	add(st,
	    arena_printf(m, "%s ethnocultural associations with %s memberships work in the region.",
		s->eca, s->members));
	add(st,
	    arena_printf(m,
		"%s, %s events were held; %s people took part (attendances; unique persons – %s).",
		year_to_date(a)
		    ? "Since the beginning of the year"
		    : arena_printf(m, "In the period %s", day_range(cx, a->from, a->to)),
		s->events, s->people, s->unique));
	if (!s->no_learners)
		add(st,
		    arena_printf(m, "In the conversation club %s people learn the state language.",
			s->learners));
}

int
report_statement(struct ctx *cx, const struct ask *a, struct statement *out)
{
	struct said s = { 0 };

	*out = (struct statement){ 0 };
	TRY(say_all(cx, a, &s));
	if (cx->lang == LANG_KK)
		statement_kk(cx, a, &s, out);
	else if (cx->lang == LANG_RU)
		statement_ru(cx, a, &s, out);
	else
		statement_en(cx, a, &s, out);
	return RC_OK;
}

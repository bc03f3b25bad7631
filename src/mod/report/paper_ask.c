/* paper_ask.c – what is asked for: the period, what it is narrowed to, number and date of the paper,
 * who issues it and who signs.
 *
 * The issuing body is the assembly: the body at the top of the tree, under the name it had on the
 * paper's day, beneath the name of the institution in the settings. Who holds an office is public. */
#include "mod/report/paper_inner.h"

#include "base/utf8.h"
#include "core/setting.h"
#include "kind/past.h"

enum { SIGNERS_MAX = 60, CHOICES_MAX = 500 };

static bool
given(const char *s)
{
	return s != NULL && *s != '\0';
}

struct text3
paper_row_text3(const struct rows *r, int col)
{
	return (struct text3){ row_text(r, col), row_text(r, col + 1), row_text(r, col + 2) };
}

/* ---- reading ---- */

static void
read_day(struct ctx *cx, const char *field, const char *text, int *out)
{
	if (given(text) && !day_parse(text, out))
		fail_field(
		    cx, field, N_("There is no such day: “%s”. Write it as 15.11.2024."), text);
}

static int
read_code(struct ctx *cx, const char *sql, const char *code, const char *field, int64_t *out)
{
	int rc;

	if (!given(code))
		return RC_OK;
	rc = db_int(cx, out, sql, VALS(v_text(code)));
	if (rc == RC_NOTFOUND)
		fail_field(cx, field, N_("There is no such code: “%s”."), code);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* From a form: the year and which part of it, or any days. */
static void
read_parts(struct ctx *cx, const struct paper_text *t, struct period *out)
{
	int from = out->from, to = out->to;
	const char *text;

	if (given(t->from) || given(t->to)) {
		read_day(cx, "from", t->from, &from);
		read_day(cx, "to", t->to, &to);
		if (cx->err.fields != NULL)
			return;
		if (to < from)
			fail_field(cx, "to", N_("The period ends before it begins."));
		*out = period_of(from, to);
		return;
	}
	if (!given(t->year))
		return;
	text = !given(t->part) ? t->year
			       : arena_printf(cx->arena, "%s-%s", t->year,
				     *t->part == 'm' ? t->part + 1 : t->part);
	if (!period_parse(text, out))
		fail_field(cx, "year", N_("There is no such year: “%s”."), t->year);
}

static void
read_period(struct ctx *cx, const struct paper_text *t, struct period *out)
{
	/* RULE report-1: the default is the year up to the business day. */
	*out = period_make(PERIOD_YEAR, day_year(cx->today), 0);
	if (!given(t->period)) {
		read_parts(cx, t, out);
		return;
	}
	if (!period_parse(t->period, out))
		fail_field(cx, "period",
		    N_("There is no such period: “%s”. Write it as 2024, 2024-H1, 2024-Q3, "
		       "2024-11 or 2024-01-01..2024-11-15."),
		    t->period);
}

static int
read_signer(struct ctx *cx, const char *text, int64_t *out)
{
	int64_t one;
	int rc;

	if (!given(text))
		return RC_OK;
	if (!num_parse(text, out)) {
		fail_field(cx, "signer", N_("There is no such office."));
		return RC_OK;
	}
	rc = db_int(cx, &one, "SELECT id FROM office WHERE id = $1", VALS(v_int(*out)));
	if (rc == RC_NOTFOUND)
		fail_field(cx, "signer", N_("There is no such office."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
paper_read(struct ctx *cx, const struct paper_text *t, struct paper_in *out)
{
	*out = (struct paper_in){ .day = cx->today, .number = given(t->number) ? t->number : "" };
	read_period(cx, t, &out->period);
	if (cx->err.fields == NULL && out->period.from > cx->today)
		fail_field(cx,
		    given(t->period) ? "period"
		    : given(t->from) ? "from"
				     : "year",
		    N_("The period has not begun yet."));
	read_day(cx, "day", t->day, &out->day);
	if (utf8_len(out->number) > PAPER_NUMBER)
		fail_field(cx, "number", N_("A number has at most 40 characters."));
	TRY(read_code(cx, "SELECT id FROM body WHERE code = $1", t->body, "body", &out->ask.body));
	TRY(read_code(cx, "SELECT id FROM district WHERE code = $1", t->district, "district",
	    &out->ask.district));
	TRY(read_signer(cx, t->signer, &out->signer));
	known_read(cx, t->known, &out->ask.known);
	return fields_rc(cx);
}

/* ---- who issues and signs ---- */

/* The body at the top: the assembly, else the first without a parent. */
static int
read_house(struct ctx *cx, int day, struct text3 *out)
{
	struct text3 abbr;
	struct body b;
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT b.id FROM body b JOIN body_kind k ON k.id = b.kind WHERE b.parent IS NULL"
	    " ORDER BY CASE WHEN k.code = 'assembly' THEN 0 ELSE 1 END, b.id LIMIT 1",
	    NO_VALS);

	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(kind_load(cx, &body_kind, id, &b));
	return body_name_on(cx, &b, day, out, &abbr);
}

static bool
same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static int
read_names(struct ctx *cx, struct paper *p)
{
	struct institution i;

	TRY(read_house(cx, p->day, &p->house));
	TRY(setting_institution(cx, &i));
	if (!given(p->house.kk))
		p->house = i.name;
	else if (given(i.name.kk) && !same(i.name.kk, p->house.kk))
		p->above = i.name;
	return RC_OK;
}

static const char *
full_name(struct ctx *cx, const struct rows *r, int col)
{
	struct buf b;
	int i;

	buf_init(&b, cx->arena, 0);
	for (i = 0; i < 3; i++) {
		const char *s = row_text(r, col + i);

		if (given(s))
			buf_printf(&b, "%s%s", b.n > 0 ? " " : "", s);
	}
	return b.n == 0 ? NULL : b.p;
}

int
paper_signers(struct ctx *cx, int day, struct paper_signer **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	struct paper_signer *s = arena_array(cx->arena, struct paper_signer, SIGNERS_MAX);
	int64_t before = 0;

	*out = s;
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT o.id, o.title_kk, o.title_ru, o.title_en, b.name_kk, b.name_ru, b.name_en,"
		" p.surname, p.given, p.patronymic FROM office o JOIN body b ON b.id = o.body"
		" JOIN body_kind k ON k.id = b.kind LEFT JOIN office_holder h ON h.office = o.id"
		" AND h.from_day <= $1 AND (h.to_day IS NULL OR h.to_day > $1)"
		" AND h.joined_into IS NULL LEFT JOIN person p ON p.id = h.person"
		" AND p.restricted_on IS NULL AND p.erased_on IS NULL"
		" WHERE k.code IN ('secretariat', 'assembly', 'friendship_house')"
		" AND (b.founded IS NULL OR b.founded <= $1) AND (b.closed IS NULL OR b.closed > "
		"$1)"
		" ORDER BY CASE k.code WHEN 'secretariat' THEN 0 WHEN 'assembly' THEN 1 ELSE 2 END,"
		" coalesce(o.rank, 1000), o.id, h.id LIMIT %d",
		SIGNERS_MAX),
	    VALS(v_int(day))));
	while (rows_next(&r)) {
		if (row_int(&r, 0) == before)
			continue; /* two holders at once: the first signs */
		before = row_int(&r, 0);
		s[(*n)++] = (struct paper_signer){ before, paper_row_text3(&r, 1),
			paper_row_text3(&r, 4), full_name(cx, &r, 7) };
	}
	return rows_end(&r);
}

int
paper_choices(struct ctx *cx, const char *table, struct paper_choice **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct paper_choice, CHOICES_MAX);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT code, name_kk, name_ru, name_en FROM %s ORDER BY sort_%s, id LIMIT %d",
		table, lang_code(cx->lang), CHOICES_MAX),
	    NO_VALS));
	while (rows_next(&r)) {
		struct text3 t = paper_row_text3(&r, 1);

		(*out)[(*n)++] = (struct paper_choice){ row_text(&r, 0), tr3(cx, &t, NULL) };
	}
	return rows_end(&r);
}

/* RULE report-8: the office signs, and its holder on the paper's day is named; the secretariat's first
 * held office unless another is chosen. */
static int
read_signer_of(struct ctx *cx, int64_t office, struct paper *p)
{
	struct paper_signer *s;
	size_t n, i;

	TRY(paper_signers(cx, p->day, &s, &n));
	for (i = 0; i < n; i++)
		if (office != 0 ? s[i].office == office : s[i].name != NULL) {
			p->signer = s[i];
			break;
		}
	return RC_OK;
}

static int
narrowed(struct ctx *cx, const char *table, int64_t id, struct text3 *out, const char **code)
{
	AUTO_ROWS r = { 0 };

	if (id == 0)
		return RC_OK;
	TRY(db_rows(cx, &r,
	    arena_printf(
		cx->arena, "SELECT name_kk, name_ru, name_en, code FROM %s WHERE id = $1", table),
	    VALS(v_int(id))));
	if (rows_next(&r)) {
		*out = paper_row_text3(&r, 0);
		*code = row_text(&r, 3);
	}
	return rows_end(&r);
}

int
paper_head(struct ctx *cx, const struct paper_in *in, struct paper *p)
{
	*p = (struct paper){ .period = in->period,
		.ask = in->ask,
		.number = in->number == NULL ? "" : in->number,
		.day = in->day,
		.known = in->ask.known != 0 ? in->ask.known : cx->now };
	/* RULE report-1: a period that has not ended is counted up to the business day, and so is the
	 * year before, or it would look better than this one. */
	p->ask.from = in->period.from;
	p->ask.to = in->period.to;
	p->cut = p->ask.to > cx->today;
	if (p->cut)
		p->ask.to = cx->today;
	p->ask.on = in->ask.on != 0 ? in->ask.on : p->ask.to;
	p->last = p->ask;
	p->last.from = period_year_before(p->ask.from);
	p->last.to = period_year_before(p->ask.to);
	p->last.on = period_year_before(p->ask.on);
	TRY(read_names(cx, p));
	TRY(narrowed(cx, "body", in->ask.body, &p->body, &p->body_code));
	TRY(narrowed(cx, "district", in->ask.district, &p->district, &p->district_code));
	if (in->signed_by != NULL) {
		p->signer.title = (struct text3){ in->signed_by, in->signed_by, in->signed_by };
		return RC_OK;
	}
	return read_signer_of(cx, in->signer, p);
}

/* plan_docx.c – the plan as an office paper: the stamp of approval above to the right, the title, one table
 * with a head that repeats, the office that signs. Kazakh first, then Russian; English alone. */
#include "mod/plan/plan_inner.h"

#include "lang/kazakh.h"
#include "mod/report/report.h"
#include "text/docx.h"

static const char *const tags[LANG_COUNT] = { "kk-KZ", "ru-RU", "en-GB" };

struct lines {
	struct plan_item *v;
	const char **body;
	size_t n;
};

static int
take(struct ctx *cx, const void *rec, void *arg)
{
	struct lines *l = arg;

	(void)cx;
	if (l->n < 2000)
		l->v[l->n++] = *(const struct plan_item *)rec;
	return RC_OK;
}

static int
read_lines(struct ctx *cx, int64_t plan, struct lines *l)
{
	struct query q;

	l->v = arena_array(cx->arena, struct plan_item, 2000);
	l->n = 0;
	TRY(query_init(cx, &q, &plan_item_kind));
	query_and(&q, "plan_item.plan = ? AND plan_item.dropped_on IS NULL", VALS(v_int(plan)));
	TRY(query_sort(&q, "due"));
	return query_each(&q, take, l);
}

static int
name_bodies(struct ctx *cx, struct lines *l)
{
	int64_t *ids = arena_array(cx->arena, int64_t, l->n + 1);
	size_t i;

	l->body = arena_array(cx->arena, const char *, l->n + 1);
	for (i = 0; i < l->n; i++)
		ids[i] = l->v[i].body;
	return kind_titles(cx, &body_kind, ids, l->n, l->body);
}

static const char *
paper_day(struct ctx *cx, int day)
{
	return cx->lang == LANG_KK ? kk_day(cx->arena, day, KK_NOM) : day_long(cx, day);
}

/* Before the approval the lines are empty: they are filled by hand. */
static void
draw_stamp(struct docx *d, struct ctx *cx, const struct body_plan *p, const struct paper_signer *s)
{
	static const int width[] = { DOCX_WIDTH / 2, DOCX_WIDTH / 2 };
	static const struct docx_table block = { width, 2, 0, false, NULL };
	bool done = strcmp(p->state, "approved") == 0;
	const char *rows[5];
	size_t i;

	rows[0] = tr(cx, "I APPROVE");
	rows[1] = s == NULL ? "______________________" : tr3(cx, &s->title, NULL);
	rows[2] =
	    arena_printf(cx->arena, "____________ %s", s == NULL || s->name == NULL ? "" : s->name);
	rows[3] = done ? paper_day(cx, p->approved_on)
		       : trf(cx, "“____” ______________ %s",
			     arena_printf(cx->arena, "%lld", (long long)p->year));
	rows[4] = plan_blank(p->document) ? "№ ________" : p->document;
	docx_table_begin(d, &block);
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		docx_cell(d, "", false);
		docx_cell(d, rows[i], false);
	}
	docx_table_end(d);
}

static const char *
when(struct ctx *cx, const struct plan_item *i)
{
	return i->day != 0 ? day_text(cx, i->day) : month_name(cx, day_month(i->due));
}

static const char *
where(const struct plan_item *i)
{
	return plan_blank(i->place) ? "" : i->place;
}

static int
draw_table(struct docx *d, struct ctx *cx, const struct body_plan *p, const struct lines *l)
{
	static const int width[] = { 600, 3438, 1300, 1800, 1700, 800 };
	const struct docx_table as = { width, 6, 1, true, tr3(cx, &p->title, NULL) };
	size_t i;

	docx_table_begin(d, &as);
	docx_cell(d, "№", false);
	docx_cell(d, tr(cx, "Event"), false);
	docx_cell(d, tr(cx, "When"), false);
	docx_cell(d, tr(cx, "Place"), false);
	docx_cell(d, tr(cx, "Responsible body"), false);
	docx_cell(d, tr(cx, "Number of people"), true);
	for (i = 0; i < l->n; i++) {
		docx_cell(d, num(cx, (int64_t)i + 1), false);
		docx_cell(d, tr3(cx, &l->v[i].name, NULL), false);
		docx_cell(d, when(cx, &l->v[i]), false);
		docx_cell(d, where(&l->v[i]), false);
		docx_cell(d, l->body[i], false);
		docx_cell(d, l->v[i].expected == INT_NONE ? "" : num(cx, l->v[i].expected), true);
	}
	docx_table_end(d);
	for (i = 0; i < l->n; i++)
		if (!plan_blank(l->v[i].amend_reason))
			docx_para(d, DOCX_SMALL,
			    trf(cx, "%1$s. Amended on %2$s: %3$s", num(cx, (int64_t)i + 1),
				day_text(cx, l->v[i].amended_on), l->v[i].amend_reason));
	return RC_OK;
}

static int
draw_one(struct docx *d, struct ctx *cx, const struct body_plan *p, struct lines *l)
{
	struct paper_signer *s;
	size_t n;

	docx_lang(d, tags[cx->lang]);
	TRY(paper_signers(cx, p->approved_on != 0 ? p->approved_on : cx->today, &s, &n));
	TRY(name_bodies(cx, l));
	draw_stamp(d, cx, p, n == 0 ? NULL : &s[0]);
	docx_para(d, DOCX_PLAIN, "");
	docx_para(d, DOCX_TITLE, tr3(cx, &p->title, NULL));
	docx_para(d, DOCX_PLAIN, "");
	return draw_table(d, cx, p, l);
}

int
plan_docx(struct ctx *cx, const struct body_plan *p, struct slice *out)
{
	static const enum lang both[] = { LANG_KK, LANG_RU }, english[] = { LANG_EN };
	enum lang was = cx->lang;
	const enum lang *langs = was == LANG_EN ? english : both;
	size_t n = was == LANG_EN ? 1 : 2, i;
	struct docx_info info = { .created = arena_alloc(cx->arena, 32) };
	struct lines l;
	struct docx *d;
	int rc = RC_OK;

	TRY(read_lines(cx, p->rec.id, &l));
	moment_rfc3339(p->rec.changed_at, (char *)(uintptr_t)info.created);
	cx->lang = langs[0];
	info.title = tr3(cx, &p->title, NULL);
	info.author = "";
	info.lang = tags[cx->lang];
	cx->lang = was;
	TRY(docx_open(cx->arena, &info, &d));
	for (i = 0; rc == RC_OK && i < n; i++) {
		cx->lang = langs[i];
		if (i > 0)
			docx_page_break(d);
		rc = draw_one(d, cx, p, &l);
	}
	cx->lang = was;
	TRY(rc);
	return docx_close(d, out);
}

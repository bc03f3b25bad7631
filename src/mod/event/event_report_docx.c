/* event_report_docx.c – the report of one event as an office paper: the same numbers as on its page. */
#include "mod/event/event_report.h"

#include "lang/kazakh.h"
#include "lang/money.h"
#include "text/docx.h"

static const char *const tags[LANG_COUNT] = { "kk-KZ", "ru-RU", "en-GB" };

static void
two(struct docx *d, const char *label, const char *value)
{
	docx_cell(d, label, false);
	docx_cell(d, value, true);
}

static void
draw_counts(struct docx *d, struct ctx *cx, const struct event_report *r)
{
	static const int width[] = { 6238, 3400 };
	const struct docx_table t = { width, 2, 1, true, tr(cx, "How many people came") };
	struct report_line l;
	size_t i;

	docx_para(d, DOCX_HEADING, tr(cx, "How many people came"));
	docx_table_begin(d, &t);
	two(d, tr(cx, "Basis"), tr(cx, "Number of people"));
	two(d, event_capital(cx, basis_label(cx, BASIS_SCANNED)),
	    event_report_number(cx, r->count.scanned > 0 ? r->count.scanned : INT_NONE));
	two(d, event_capital(cx, basis_label(cx, BASIS_LISTED)),
	    event_report_number(cx, r->count.listed > 0 ? r->count.listed : INT_NONE));
	two(d, event_capital(cx, basis_label(cx, BASIS_HEAD)),
	    event_report_number(cx, r->e.head_count));
	two(d, event_capital(cx, basis_label(cx, BASIS_DECLARED)),
	    event_report_number(cx, r->e.declared_count));
	two(d, tr(cx, "The event's own count"), event_report_number(cx, r->count.value));
	for (i = 0; event_report_against(cx, r, i, &l); i++)
		two(d, l.label, l.value);
	docx_table_end(d);
}

static void
draw_evidence(struct docx *d, struct ctx *cx, const struct event_report *r)
{
	int64_t photos = 0, lists = 0;
	size_t i;

	docx_para(d, DOCX_HEADING, tr(cx, "Evidence"));
	for (i = 0; i < r->files.n; i++) {
		const struct file *f = list_row(&r->files, &file_kind, i);

		if (f->withdrawn)
			continue;
		photos += strcmp(f->type, "photo") == 0;
		lists += strcmp(f->type, "list") == 0;
		if (strcmp(f->type, "link") == 0 && f->link != NULL)
			docx_para(d, DOCX_PLAIN, f->link);
	}
	docx_para(d, DOCX_PLAIN,
	    trf(cx, "Photographs: %s. Scanned lists: %s.", num(cx, photos), num(cx, lists)));
}

static void
draw_costs(struct docx *d, struct ctx *cx, const struct event_report *r)
{
	static const int width[] = { 4038, 2000, 1800, 1800 };
	const struct docx_table t = { width, 4, 1, true, tr(cx, "Costs against plan") };
	size_t i;

	if (r->costs.n == 0)
		return;
	docx_para(d, DOCX_HEADING, tr(cx, "Costs against plan"));
	docx_table_begin(d, &t);
	docx_cell(d, tr(cx, "For what"), false);
	docx_cell(d, tr(cx, "Paid from"), false);
	docx_cell(d, tr(cx, "Plan"), true);
	docx_cell(d, tr(cx, "Spent"), true);
	for (i = 0; i < r->costs.n; i++) {
		const struct cost *c = list_row(&r->costs, &cost_kind, i);

		if (c->withdrawn)
			continue;
		docx_cell(d, c->item, false);
		docx_cell(d, option_label(cx, cost_sources, c->source), false);
		docx_cell(d, c->planned == INT_NONE ? "–" : money_text(cx, c->planned), true);
		docx_cell(d, c->spent == INT_NONE ? "–" : money_text(cx, c->spent), true);
	}
	docx_cell(d, tr(cx, "In all"), false);
	docx_cell(d, "", false);
	docx_cell(d, r->planned == INT_NONE ? "–" : money_text(cx, r->planned), true);
	docx_cell(d, r->spent == INT_NONE ? "–" : money_text(cx, r->spent), true);
	docx_table_end(d);
}

static void
draw_note(struct docx *d, const char *head, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	docx_para(d, DOCX_HEADING, head);
	docx_para(d, DOCX_TEXT, text);
}

static void
draw_head(struct docx *d, struct ctx *cx, const struct event_report *r)
{
	size_t i;

	docx_para(d, DOCX_CENTRE, tr3(cx, &r->house.name, NULL));
	docx_para(d, DOCX_TITLE, tr(cx, "Report of the event"));
	docx_para(d, DOCX_TITLE, r->title);
	docx_para(d, DOCX_CENTRE, event_days(cx, &r->e));
	if (r->e.place != NULL && *r->e.place != '\0')
		docx_para(d, DOCX_CENTRE, r->e.place);
	docx_para(d, DOCX_PLAIN, "");
	docx_para(d, DOCX_PLAIN, trf(cx, "Lead organiser: %s", r->body));
	for (i = 0; i < r->organisers.n; i++)
		if (!((const struct organiser *)list_row(&r->organisers, &organiser_kind, i))
			 ->ended)
			docx_para(
			    d, DOCX_PLAIN, trf(cx, "Co-organiser: %s", r->organiser_titles[i]));
}

int
event_report_docx(struct ctx *cx, const struct event_report *r, struct slice *out)
{
	char created[32];
	struct docx_info info = { .title = r->title,
		.author = tr3(cx, &r->house.name, NULL),
		.lang = tags[cx->lang],
		.created = created };
	struct docx *d;

	moment_rfc3339(cx->now, created);
	TRY(docx_open(cx->arena, &info, &d));
	draw_head(d, cx, r);
	draw_counts(d, cx, r);
	draw_evidence(d, cx, r);
	draw_costs(d, cx, r);
	draw_note(d, tr(cx, "What went well"), r->e.well);
	draw_note(d, tr(cx, "What did not"), r->e.badly);
	docx_para(
	    d, DOCX_SMALL, trf(cx, "Written from the records at %s.", moment_text(cx, cx->now)));
	return docx_close(d, out);
}

/* ---- letters ---- */

static void
draw_letter(struct docx *d, struct ctx *cx, const struct event_report *r, const struct letter *l)
{
	const char *words[LETTER_PARAS];
	size_t i;

	docx_lang(d, tags[cx->lang]);
	docx_para(d, DOCX_CENTRE, tr3(cx, &r->house.name, NULL));
	docx_para(d, DOCX_PLAIN, "");
	docx_para(d, DOCX_TITLE, tr(cx, "Letter of thanks"));
	docx_para(d, DOCX_PLAIN, "");
	event_letter_words(cx, r, l, words);
	for (i = 0; i < LETTER_PARAS && words[i] != NULL; i++)
		docx_para(d, i == 0 ? DOCX_TITLE : DOCX_TEXT, words[i]);
	docx_para(d, DOCX_FOOT, "");
	docx_para(d, DOCX_PLAIN, "__________________");
	docx_para(d, DOCX_PLAIN,
	    cx->lang == LANG_KK ? kk_day(cx->arena, cx->today, KK_NOM) : day_long(cx, cx->today));
}

int
event_letters_docx(struct ctx *cx, const struct event_report *r, const struct letter *l, size_t n,
    struct slice *out)
{
	char created[32];
	struct docx_info info = { .title = tr(cx, "Letters of thanks"),
		.author = tr3(cx, &r->house.name, NULL),
		.lang = tags[cx->lang],
		.created = created };
	struct docx *d;
	size_t i;

	moment_rfc3339(cx->now, created);
	TRY(docx_open(cx->arena, &info, &d));
	for (i = 0; i < n; i++) {
		if (i > 0)
			docx_page_break(d);
		draw_letter(d, cx, r, &l[i]);
	}
	return docx_close(d, out);
}

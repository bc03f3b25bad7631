/* contest_docx.c – the protocol of the jury as an office paper: Kazakh, then Russian; English alone for an English
 * reader. The same records give the same bytes. */
#include "mod/contest/contest_pages.h"

#include "core/setting.h"
#include "lang/kazakh.h"
#include "text/docx.h"
#include "text/qr.h"

static const char *const tags[LANG_COUNT] = { "kk-KZ", "ru-RU", "en-GB" };

static const char *
date(struct ctx *cx, int day)
{
	if (day == 0)
		return "";
	return cx->lang == LANG_KK ? kk_day(cx->arena, day, KK_NOM) : day_long(cx, day);
}

static int
draw_head(struct docx *d, struct ctx *cx, const struct contest_table *t)
{
	static const int width[] = { DOCX_WIDTH / 2, DOCX_WIDTH / 2 };
	static const struct docx_table line = { width, 2, 0, false, NULL };
	struct institution in;

	TRY(setting_institution(cx, &in));
	docx_para(d, DOCX_TITLE, tr3(cx, &in.name, NULL));
	docx_para(d, DOCX_CENTRE, tr3(cx, &in.region, NULL));
	docx_table_begin(d, &line);
	docx_cell(d, date(cx, t->c.document_day), false);
	docx_cell(d,
	    arena_printf(cx->arena, "№ %s", t->c.document == NULL ? "________" : t->c.document),
	    true);
	docx_table_end(d);
	docx_para(d, DOCX_TITLE, tr(cx, "Protocol of the jury"));
	docx_para(d, DOCX_CENTRE, tr3(cx, &t->c.name, NULL));
	docx_para(d, DOCX_CENTRE,
	    arena_printf(
		cx->arena, "%s, %s", tr3(cx, &t->event.name, NULL), event_days(cx, &t->event)));
	return RC_OK;
}

static int
draw_jury(struct docx *d, struct ctx *cx, const struct contest_table *t)
{
	size_t j, e, n = 0;

	docx_para(d, DOCX_HEADING, tr(cx, "Jury"));
	for (j = 0; j < t->njurors; j++) {
		const char *name;

		TRY(contest_juror_name(cx, &t->juror[j], &name));
		docx_para(d, DOCX_PLAIN,
		    arena_printf(cx->arena, "%zu. %s%s%s", j + 1, name,
			t->juror[j].chair ? " – " : "", t->juror[j].chair ? tr(cx, "chair") : ""));
	}
	docx_para(d, DOCX_HEADING, tr(cx, "Left out because of a conflict of interest"));
	for (j = 0; j < t->njurors; j++)
		for (e = 0; e < t->nentries; e++) {
			const char *name;

			if (contest_ground(t, j, e) == NULL)
				continue;
			TRY(contest_juror_name(cx, &t->juror[j], &name));
			docx_para(d, DOCX_PLAIN,
			    arena_printf(cx->arena, "%s – %s %s: %s", name,
				contest_code_text(cx, t, e), t->entry[e].work,
				contest_ground_text(cx, contest_ground(t, j, e))));
			n++;
		}
	if (n == 0)
		docx_para(d, DOCX_PLAIN, tr(cx, "Nobody."));
	return RC_OK;
}

static void
draw_rules(struct docx *d, struct ctx *cx, const struct contest_table *t)
{
	struct buf b;
	size_t c;

	buf_init(&b, cx->arena, 0);
	buf_printf(&b, "%s: ", tr(cx, "Criteria"));
	for (c = 0; c < t->ncriteria; c++)
		buf_printf(&b, "%s%s (%s)", c == 0 ? "" : ", ",
		    tr3(cx, &t->criterion[c].name, NULL),
		    trf(cx, "weight %s", num(cx, t->criterion[c].weight)));
	buf_char(&b, '.');
	docx_para(d, DOCX_HEADING, tr(cx, "How it was judged"));
	docx_para(d, DOCX_TEXT, b.p);
	docx_para(d, DOCX_TEXT,
	    trf(cx,
		"Points from %1$s to %2$s. Places follow: %3$s. Equal means are parted by: %4$s.",
		num(cx, t->c.min_score), num(cx, t->c.max_score),
		option_label(cx, contest_bases, t->c.decides),
		option_label(cx, contest_tie_rules, t->c.tie_rule)));
}

static int
result_row(struct docx *d, struct ctx *cx, const struct contest_table *t, size_t e)
{
	const struct contest_entry *x = &t->entry[e];
	const char *who,
	    *more = x->decided ? trf(cx, "By decision: %s", x->decision == NULL ? "" : x->decision)
			       : contest_parted_text(cx, t, e);

	TRY(contest_entrant(cx, x, &who));
	docx_cell(d, x->place == INT_NONE ? "–" : num(cx, x->place), false);
	docx_cell(d, num(cx, contest_row_code(t, e)), false);
	docx_cell(d,
	    arena_printf(cx->arena, "%s – %s%s%s%s%s", x->work, who, x->prize == NULL ? "" : ". ",
		x->prize == NULL ? "" : x->prize, *more == '\0' ? "" : ". ", more),
	    false);
	docx_cell(d,
	    arena_printf(
		cx->arena, "%s (%d)", contest_raw_text(cx, &t->rank[e]), t->rank[e].raw_rank),
	    true);
	docx_cell(d,
	    arena_printf(
		cx->arena, "%s (%d)", contest_normal_text(cx, &t->rank[e]), t->rank[e].normal_rank),
	    true);
	return RC_OK;
}

static int
draw_results(struct docx *d, struct ctx *cx, const struct contest_table *t)
{
	static const int width[] = { 1300, 1000, 4538, 1400, 1400 };
	const size_t *order = contest_order(cx, t);
	size_t i;

	docx_para(d, DOCX_HEADING, tr(cx, "Results"));
	for (i = 0; i < t->nentries; i++) {
		bool first = i == 0 || t->in.group[order[i]] != t->in.group[order[i - 1]];
		const char *class = contest_class(cx, t, order[i]);
		struct docx_table as = { width, 5, 1, true, class };

		if (first) {
			if (i > 0)
				docx_table_end(d);
			if (*class != '\0')
				docx_para(d, DOCX_HEADING, class);
			docx_table_begin(d, &as);
			docx_cell(d, tr(cx, "Place won"), false);
			docx_cell(d, "№", false);
			docx_cell(d, tr(cx, "Work and entrant"), false);
			docx_cell(d, tr(cx, "Mean (rank)"), true);
			docx_cell(d, tr(cx, "Evened mean (rank)"), true);
		}
		TRY(result_row(d, cx, t, order[i]));
	}
	if (t->nentries > 0)
		docx_table_end(d);
	return RC_OK;
}

static int
draw_signs(struct docx *d, struct ctx *cx, const struct contest_table *t)
{
	static const int width[] = { 3000, 1838, 4800 };
	static const struct docx_table line = { width, 3, 0, false, NULL };
	size_t j;

	docx_para(d, DOCX_FOOT, "");
	if (t->njurors > 0)
		docx_table_begin(d, &line);
	for (j = 0; j < t->njurors; j++) {
		const char *name;

		TRY(contest_juror_name(cx, &t->juror[j], &name));
		docx_cell(
		    d, t->juror[j].chair ? tr(cx, "Chair of the jury") : tr(cx, "Juror"), false);
		docx_cell(d, "__________", false);
		docx_cell(d, name, true);
	}
	if (t->njurors > 0)
		docx_table_end(d);
	return RC_OK;
}

static int
draw_stamp(struct docx *d, struct ctx *cx, const struct contest_table *t, const char *url)
{
	struct slice png;
	struct qr q;

	if (t->c.sha256 == NULL)
		return RC_OK;
	TRY(qr_make(cx->arena, url, &q));
	TRY(qr_png(cx->arena, &q, 6, &png));
	docx_png(d, png, 26, trf(cx, "QR code of the results: %s", url));
	docx_para(d, DOCX_SMALL,
	    trf(cx, "Signed in the records: %1$s, %2$s.", t->c.signer,
		moment_text(cx, t->c.signed_at)));
	docx_para(d, DOCX_SMALL, trf(cx, "Digest of the protocol: %s", t->c.sha256));
	return RC_OK;
}

static int
draw_one(struct docx *d, struct ctx *cx, const struct contest_table *t, const char *url)
{
	docx_lang(d, tags[cx->lang]);
	TRY(draw_head(d, cx, t));
	TRY(draw_jury(d, cx, t));
	draw_rules(d, cx, t);
	TRY(draw_results(d, cx, t));
	TRY(draw_signs(d, cx, t));
	return draw_stamp(d, cx, t, url);
}

int
contest_docx(struct ctx *cx, const struct contest_table *t, const char *url, struct slice *out)
{
	static const enum lang office[] = { LANG_KK, LANG_RU }, english[] = { LANG_EN };
	bool en = cx->lang == LANG_EN, latin = cx->latin;
	const enum lang *langs = en ? english : office;
	size_t n = en ? ARRAY_LEN(english) : ARRAY_LEN(office), i;
	enum lang was = cx->lang;
	struct docx_info info = { .title = tr3(cx, &t->c.name, NULL), .lang = tags[langs[0]] };
	char *created = arena_alloc(cx->arena, 32);
	struct docx *d;
	int rc = RC_OK;

	moment_rfc3339(t->c.signed_at != 0 ? t->c.signed_at : t->c.rec.changed_at, created);
	info.created = created;
	info.author = tr(cx, "Protocol of the jury");
	TRY(docx_open(cx->arena, &info, &d));
	cx->latin = false;
	for (i = 0; rc == RC_OK && i < n; i++) {
		cx->lang = langs[i];
		if (i > 0)
			docx_page_break(d);
		rc = draw_one(d, cx, t, url);
	}
	cx->lang = was;
	cx->latin = latin;
	TRY(rc);
	return docx_close(d, out);
}

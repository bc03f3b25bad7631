/* news_import_draw.c – see news_import_draw.h: what was taken, what was left out and why, the original beside what is
 * suggested, the numbers, and the text as it will be. */
#include "mod/news/news_import_draw.h"

#include "mod/draft/draft.h"
#include "mod/news/news_pages.h"

enum { AROUND = 60, LEFT_OUT_SHOWN = 400 };

struct news_choice
news_review_choice(const struct news_review *r)
{
	return (struct news_choice){ .back = r->back, .repair = { r->claims, r->findings } };
}

int
news_review_article(struct ctx *cx, const struct news_review *r, struct article *out)
{
	struct news_choice choice = news_review_choice(r);

	news_source_draft(cx, &r->c, &choice, r->lang, out);
	out->rubric = r->rubric;
	out->body = r->s.body;
	out->author = article_blank(r->author) ? NULL : r->author;
	out->office = article_blank(r->office) ? NULL : r->office;
	if (!article_blank(r->dated) && !day_parse(r->dated, &out->dated))
		fail_field(cx, "dated", N_("There is no such day: “%s”. Write it as 15.11.2024."),
		    r->dated);
	return fields_rc(cx);
}

void
news_draw_field(struct view *v, const struct news_field *f)
{
	const struct field_error *e;
	struct html *h = &v->h;
	bool bad = false;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		bad |= strcmp(e->field, f->name) == 0;
	html(h, bad ? "<div class='fld bad'>" : "<div class='fld'>");
	html(h, "<label for='f-%s'>%s</label>", f->name, f->label);
	if (f->hint != NULL)
		html(h, "<span class='hint' id='%s-h'>%s</span>", f->name, f->hint);
	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, f->name) == 0)
			html(h, "<span class='err' id='%s-e'>%s</span>", f->name, e->text);
	html(h, "<input type='%s' id='f-%s' name='%s' value='%s' autocomplete='off'", f->type,
	    f->name, f->name, f->value);
	if (f->day)
		html(h, " inputmode='numeric' class='w-s'");
	if (bad)
		html(h, " aria-invalid='true' aria-describedby='%s-e'", f->name);
	else if (f->hint != NULL)
		html(h, " aria-describedby='%s-h'", f->name);
	html(h, "></div>");
}

/* ---- what was taken ---- */

static const char *
rubrics_said(struct ctx *cx, const struct news_page *p)
{
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	buf_str(&b, p->rubric);
	for (i = 0; i < p->n && b.n < 200; i++)
		if (p->line[i].why != NULL && strcmp(p->line[i].code, "rubric") == 0)
			buf_printf(&b, b.n == 0 ? "%s" : ", %s", p->line[i].text);
	return b.n == 0 ? tr(cx, "The page names none.") : trf(cx, "On the page: %s", b.p);
}

static int
draw_rubrics(struct view *v, const struct news_review *r)
{
	struct ctx *cx = v->cx;
	const struct field_error *e;
	struct html *h = &v->h;
	AUTO_ROWS rows = { 0 };

	html(h, "<div class='fld'><label for='f-rubric'>%s</label>", tr(cx, "Rubric"));
	html(h, "<span class='hint'>%s</span>", rubrics_said(cx, &r->page));
	for (e = cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, "rubric") == 0)
			html(h, "<span class='err'>%s</span>", e->text);
	html(h, "<select id='f-rubric' name='rubric'><option value=''>%s</option>",
	    tr(cx, "Choose"));
	TRY(db_rows(cx, &rows,
	    "SELECT id, name_kk, name_ru, name_en FROM rubric WHERE closed = 0 ORDER BY rank, id",
	    NO_VALS));
	while (rows_next(&rows)) {
		struct text3 name = { row_text(&rows, 1), row_text(&rows, 2), row_text(&rows, 3) };
		const char *own = article_in(&name, cx->lang);

		html(h,
		    row_int(&rows, 0) == r->rubric ? "<option value='%lld' selected>%s</option>"
						   : "<option value='%lld'>%s</option>",
		    (long long)row_int(&rows, 0), *own == '\0' ? article_in(&name, LANG_KK) : own);
	}
	html(h, "</select></div>");
	return rows_end(&rows);
}

static void
draw_langs(struct view *v, const struct news_review *r)
{
	const struct option *o;

	html(&v->h,
	    "<div class='fld'><label for='f-original'>%s</label><select id='f-original' "
	    "name='original'>",
	    tr(v->cx, "Language of the original"));
	for (o = article_langs; o->code != NULL; o++)
		html(&v->h,
		    strcmp(o->code, lang_code(r->lang)) == 0
			? "<option value='%s' selected>%s</option>"
			: "<option value='%s'>%s</option>",
		    o->code, tr(v->cx, o->label));
	html(&v->h, "</select></div>");
}

static int
draw_taken(struct view *v, const struct news_review *r)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "taken", tr(cx, "What was taken"),
	    trn(cx, (int64_t)(r->page.n - r->page.left_out), "%s line of text", "%s lines of text",
		num(cx, (int64_t)(r->page.n - r->page.left_out))));
	html(&v->h, "<div>");
	news_draw_field(
	    v, &(struct news_field){
		   .name = "title", .label = tr(cx, "Title"), .value = r->title, .type = "text" });
	TRY(draw_rubrics(v, r));
	draw_langs(v, r);
	news_draw_field(v, &(struct news_field){ .name = "author",
			       .label = tr(cx, "Author"),
			       .hint = tr(cx, "As it is printed."),
			       .value = r->author,
			       .type = "text" });
	news_draw_field(v, &(struct news_field){ .name = "office",
			       .label = tr(cx, "The author's office"),
			       .value = r->office,
			       .type = "text" });
	news_draw_field(v, &(struct news_field){ .name = "dated",
			       .label = tr(cx, "Date under the text"),
			       .hint = tr(cx, "As 15.11.2024; empty: not known."),
			       .value = r->dated,
			       .type = "text",
			       .day = true });
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- the original beside what is suggested ---- */

/* The line around a place: about AROUND bytes on a side, whole words of it. */
static struct finding
around(const struct draft *d, const struct finding *f)
{
	const char *p = d->view.p;
	struct finding w = *f;

	while (w.from > 0 && p[w.from - 1] != '\n' && f->from - w.from < AROUND)
		w.from--;
	while (w.to < d->view.n && p[w.to] != '\n' && w.to - f->to < AROUND)
		w.to++;
	while (w.from < f->from && w.from > 0 && p[w.from - 1] != ' ' && p[w.from - 1] != '\n')
		w.from++;
	while (w.to > f->to && w.to < d->view.n && p[w.to] != ' ' && p[w.to] != '\n')
		w.to--;
	return w;
}

/* Whether the line goes on beyond this place. */
static bool
goes_on(const struct draft *d, size_t at)
{
	return at < d->view.n && d->view.p[at] != '\n';
}

static void
draw_side(struct view *v, const struct draft *d, const struct finding *f, const char *with)
{
	struct finding w = around(d, f);
	const char *p = d->view.p;

	html(&v->h, "<p><b class='mute'>%s</b><br><span translate='no'>%s%.*s",
	    with == NULL ? tr(v->cx, "Original") : tr(v->cx, "Suggestion"),
	    w.from > 0 && goes_on(d, w.from - 1) ? "… " : "", (int)(f->from - w.from), p + w.from);
	if (with == NULL)
		html(&v->h, "<mark>%.*s</mark>", (int)(f->to - f->from), p + f->from);
	else
		html(&v->h, "<ins>%s</ins>", with);
	html(&v->h, goes_on(d, w.to) ? "%.*s …</span></p>" : "%.*s</span></p>", (int)(w.to - f->to),
	    p + f->to);
}

static void
draw_finding(struct view *v, const struct news_review *r, size_t i)
{
	struct ctx *cx = v->cx;
	const struct draft *d = &r->c.d;
	const struct finding *f = &d->finding[i];

	html(&v->h, "<li><p><span class='mute'>%s</span> ", tr(cx, finding_text(f->kind)));
	if (news_certain(f))
		ui_state(v, 'o', tr(cx, "certain"));
	else if (f->quoted)
		ui_state(v, 'w', tr(cx, "in a quotation"));
	html(&v->h, "</p><div class='sides'>");
	draw_side(v, d, f, NULL);
	if (f->n > 0)
		draw_side(v, d, f, f->suggestions[0]);
	html(&v->h, "</div>");
	if (f->n > 0)
		draft_draw_choice(v, 'l', f->from, f->suggestions[0], r->findings[i]);
	html(&v->h, "</li>");
}

static void
draw_findings(struct view *v, const struct news_review *r)
{
	struct ctx *cx = v->cx;
	const struct draft *d = &r->c.d;
	int64_t certain = 0;
	size_t i, n = d->nfindings < DRAFT_LISTED ? d->nfindings : DRAFT_LISTED;

	if (n == 0)
		return;
	for (i = 0; i < n; i++)
		certain += news_certain(&d->finding[i]);
	ui_section_open(v, "language", tr(cx, "Text check"),
	    trn(cx, (int64_t)d->nfindings, "%s place", "%s places",
		num(cx, (int64_t)d->nfindings)));
	html(&v->h, "<div class='flow'><p class='prose'>%s</p><p class='acts'>",
	    tr(cx, "Nothing is changed until you say so. Quotations are never among the certain "
		   "ones."));
	if (certain > 0)
		html(&v->h,
		    "<button type='submit' name='act' value='certain' class='btn'>%s</button>",
		    trn(cx, certain, "Accept the certain one (%s)", "Accept all certain ones (%s)",
			num(cx, certain)));
	html(&v->h, "<button type='submit' name='act' value='none' class='btn'>%s</button></p>",
	    tr(cx, "Accept none"));
	html(&v->h, "<ul class='said'>");
	for (i = 0; i < n; i++)
		draw_finding(v, r, i);
	html(&v->h, "</ul>");
	if (d->nfindings > n)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "The other places follow when these are settled."));
	html(&v->h, "</div>");
	ui_section_close(v);
}

/* ---- what was left out ---- */

static void
draw_left_out(struct view *v, const struct news_review *r)
{
	struct ctx *cx = v->cx;
	size_t i, shown = 0;

	if (r->page.left_out == 0)
		return;
	ui_section_open(v, "left-out", tr(cx, "What was left out"),
	    trn(cx, (int64_t)r->page.left_out, "%s line", "%s lines",
		num(cx, (int64_t)r->page.left_out)));
	html(&v->h, "<details open><summary>%s</summary><ul class='said tight'>",
	    tr(cx, "Tick what belongs to the article: it returns to its place"));
	for (i = 0; i < r->page.n && shown < LEFT_OUT_SHOWN; i++) {
		const struct news_line *l = &r->page.line[i];

		if (l->why == NULL)
			continue;
		shown++;
		html(&v->h,
		    r->back[i] ? "<li><label class='tick'><input type='checkbox' name='b%zu' "
				 "value='1' checked> "
			       : "<li><label class='tick'><input type='checkbox' name='b%zu' "
				 "value='1'> ",
		    i);
		html(&v->h,
		    "<span><span translate='no'>%s</span><br><span class='mute'>%s</span></span>"
		    "</label></li>",
		    l->text, tr(cx, l->why));
	}
	html(&v->h, "</ul>");
	if (r->page.left_out > shown)
		html(&v->h, "<p class='mute'>%s</p>",
		    trf(cx,
			"Only the first %s are listed; all of them stand in the page as it was "
			"given.",
			num(cx, (int64_t)shown)));
	html(&v->h, "</details>");
	ui_section_close(v);
}

/* ---- all of it ---- */

static int
draw_outcome(struct view *v, const struct news_review *r)
{
	struct ctx *cx = v->cx;
	struct err refused = cx->err;
	struct slice whole;
	struct article a;
	int rc;

	/* A day that is none is said above; the text is shown all the same. */
	rc = news_review_article(cx, r, &a);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	rc = news_text_html(cx, &a, r->lang, &whole);
	if (rc != RC_OK && rc != RC_TOOBIG)
		return rc;
	cx->err = refused;
	ui_section_open(v, "outcome", tr(cx, "The text as it will be"), NULL);
	html(&v->h, "<div class='flow prose story' lang='%s'><p class='lead'><b>%s</b></p>",
	    lang_code(r->lang), article_in(&a.title, r->lang));
	if (rc == RC_OK)
		rc = news_draw_text(v, &a, r->lang);
	else { /* making an article says how long it may be */
		ui_note(v, 'w', tr(cx, "The text is too long."));
		rc = RC_OK;
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	return rc;
}

static void
draw_buttons(struct view *v)
{
	html(&v->h,
	    "<hr><p class='acts'><button type='submit' name='act' value='make' class='btn "
	    "go'>%s</button><button type='submit' name='act' value='check' class='btn'>%s</button>"
	    "</p>",
	    tr(v->cx, "Make a draft article"), tr(v->cx, "Show the text with what is chosen"));
}

int
news_draw_review(struct view *v, const struct news_review *r)
{
	struct ctx *cx = v->cx;
	const char *path = arena_printf(cx->arena, "/newsroom/import/%lld", (long long)r->s.rec.id);

	if (r->page.cut || r->c.d.cut)
		ui_note(v, 'w', tr(cx, "The page is longer than is read; the rest is left out."));
	ui_refusals(v, "f-");
	ui_form_begin(v, path, false);
	/* What Enter in a field does. */
	html(&v->h,
	    "<button type='submit' name='act' value='check' class='vh' "
	    "tabindex='-1'>%s</button>",
	    tr(cx, "Show the text with what is chosen"));
	TRY(draw_taken(v, r));
	draw_findings(v, r);
	if (r->c.d.nclaims > 0)
		draft_draw_claims(v, &r->c.d, DRAFT_TICK_SENT);
	draw_left_out(v, r);
	TRY(draw_outcome(v, r));
	draw_buttons(v);
	ui_form_end(v);
	return RC_OK;
}

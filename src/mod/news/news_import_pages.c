/* news_import_pages.c – a news page comes in: given, looked through, made into a draft article; and both ways back.
 *
 * What is given is kept first (RULE news-21), so nothing large travels in forms and the page can be left and come back
 * to. What is chosen travels by place and words: a tick never hits another place. */
#include "base/clock.h"
#include "core/setting.h"
#include "mod/draft/draft.h"
#include "mod/news/news_import_draw.h"
#include "mod/news/news_pages.h"

static const struct crumb *
crumbs(struct view *v, bool inside, const char *title)
{
	struct crumb *c = arena_array(v->cx->arena, struct crumb, 4);
	size_t n = 0;

	c[n++] = (struct crumb){ "/newsroom", tr(v->cx, "Newsroom") };
	if (inside)
		c[n++] = (struct crumb){ "/newsroom/import", tr(v->cx, "Import of a page") };
	c[n++] = (struct crumb){ NULL, title };
	return c;
}

static const char *
typed(struct view *v, const char *name)
{
	const char *s = req_f(v->rq, name);

	return s == NULL ? "" : s;
}

/* ---- given ---- */

static void
draw_given(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	ui_refusals(v, "f-");
	ui_form_begin(v, "/newsroom/import", true);
	html(h,
	    "<div class='fld'><label for='f-file'>%s</label><span class='hint'>%s</span><input "
	    "type='file' id='f-file' name='file' accept='.txt,.html,.htm,text/plain,text/html'>"
	    "</div>",
	    tr(cx, "A saved web page or a text"),
	    trf(cx, "UTF-8, at most %s MB.", num(cx, NEWS_PAGE_BYTES >> 20)));
	html(h,
	    "<div class='fld'><label for='f-text'>%s</label><textarea id='f-text' name='text' "
	    "rows='12' translate='no' spellcheck='false'>\n%s</textarea></div>",
	    tr(cx, "Or paste the text of the page"), typed(v, "text"));
	news_draw_field(v, &(struct news_field){ .name = "address",
			       .label = tr(cx, "Address of the page"),
			       .hint = tr(cx, "Where it stood; may stay empty."),
			       .value = typed(v, "address"),
			       .type = "url" });
	news_draw_field(v, &(struct news_field){ .name = "fetched_on",
			       .label = tr(cx, "Saved on"),
			       .hint = tr(cx, "As 15.11.2024; empty: today."),
			       .value = typed(v, "fetched_on"),
			       .type = "text",
			       .day = true });
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Read the page"));
	ui_form_end(v);
}

static int
import_page(struct view *v)
{
	static const char *const columns[] = { "name", "article", "address", "fetched_on", NULL };
	struct ui_list l = { .kind = &article_source_kind,
		.path = "/newsroom/import",
		.columns = columns,
		.sort = "-id",
		.no_search = true,
		.no_filters = true };
	struct ctx *cx = v->cx;
	const char *title = tr(cx, "Import of a page");

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/newsroom",
		       .staff = true,
		       .crumbs = crumbs(v, false, title) });
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "The article is taken out of the page; menus, comments and the like are left "
		   "out, each with its reason. Glued words and look-alike letters are offered "
		   "beside the original, numbers are held against the records. The page is kept "
		   "as it was given."));
	draw_given(v);
	err_clear(cx); /* said above; the list has none of its own */
	ui_section_open(v, "imports", tr(cx, "Imported pages"), NULL);
	html(&v->h, "<div>");
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

static struct slice
without_returns(struct arena *a, const char *s)
{
	char *out = arena_alloc(a, strlen(s) + 1);
	size_t n = 0;

	for (; *s != '\0'; s++)
		if (*s != '\r')
			out[n++] = *s;
	out[n] = '\0';
	return (struct slice){ out, n };
}

static int
take(struct view *v, struct article_source *out)
{
	struct ctx *cx = v->cx;
	const struct form_part *part = req_file(v->rq, "file");
	struct news_given g = { .address = typed(v, "address") };

	if (part != NULL && part->body.n > 0) {
		g.bytes = part->body;
		g.name = part->filename;
	} else
		g.bytes = without_returns(cx->arena, typed(v, "text"));
	if (g.bytes.n == 0)
		fail_field(cx, "file", N_("Choose a file or paste the text."));
	if (*typed(v, "fetched_on") != '\0' && !day_parse(typed(v, "fetched_on"), &g.fetched_on))
		fail_field(cx, "fetched_on",
		    N_("There is no such day: “%s”. Write it as 15.11.2024."),
		    typed(v, "fetched_on"));
	TRY(fields_rc(cx));
	return news_source_take(cx, &g, out);
}

static int
import_post(struct view *v)
{
	struct article_source s;
	int rc = take(v, &s);

	if (rc == RC_INVALID || (rc == RC_TOOBIG && v->cx->err.fields != NULL)) {
		v->status = rc == RC_TOOBIG ? 413 : 422;
		return import_page(v);
	}
	TRY(rc);
	return ui_done(v, arena_printf(v->cx->arena, "/newsroom/import/%lld", (long long)s.rec.id),
	    tr(v->cx, "The page is read. Nothing is changed yet."));
}

/* ---- looked through ---- */

static int
source_of_path(struct view *v, struct article_source *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &article_source_kind, id, out);
}

static const char *
sent_or(struct view *v, const char *name, const char *found)
{
	const char *s = req_f(v->rq, name);

	return s == NULL ? found : s;
}

/* A line in an input has no ends of lines. */
static const char *
one_line(struct arena *a, const char *s)
{
	char *out = arena_strn(a, s, strlen(s)), *p;

	for (p = out; *p != '\0'; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	return out;
}

static void
read_choices(struct view *v, struct news_review *r, const char *act)
{
	const struct draft *d = &r->c.d;
	bool certain = strcmp(act, "certain") == 0, none = strcmp(act, "none") == 0;
	size_t i;

	for (i = 0; i < d->nfindings && i < DRAFT_LISTED; i++)
		r->findings[i] =
		    d->finding[i].n > 0 && !none &&
		    (draft_chosen(v, 'l', d->finding[i].from, d->finding[i].suggestions[0]) ||
			(certain && news_certain(&d->finding[i])));
	for (i = 0; i < d->nclaims && i < DRAFT_LISTED; i++)
		r->claims[i] = *d->claim[i].suggestion != '\0' &&
			       draft_chosen(v, 'c', d->claim[i].vfrom, d->claim[i].suggestion);
}

static int
review_of(struct view *v, struct news_review *r, const char *act)
{
	struct ctx *cx = v->cx;
	struct slice bytes;
	size_t i;

	TRY(news_source_bytes(cx, &r->s, &bytes));
	TRY(news_page_read(cx, bytes, &r->page));
	r->title = one_line(cx->arena, sent_or(v, "title", r->page.title));
	r->author = sent_or(v, "author", r->page.author);
	r->office = sent_or(v, "office", r->page.office);
	r->dated = sent_or(v, "dated", r->page.dated == 0 ? "" : day_text(cx, r->page.dated));
	r->lang = r->page.lang;
	if (req_f(v->rq, "original") != NULL)
		(void)!lang_parse(req_f(v->rq, "original"), &r->lang);
	if (req_f(v->rq, "rubric") == NULL)
		TRY(news_rubric_of(cx, &r->page, &r->rubric));
	else if (!num_parse(req_f(v->rq, "rubric"), &r->rubric))
		r->rubric = 0;
	r->back = arena_array(cx->arena, bool, r->page.n + 1);
	for (i = 0; i < r->page.n; i++)
		r->back[i] = r->page.line[i].why != NULL &&
			     req_f(v->rq, arena_printf(cx->arena, "b%zu", i)) != NULL;
	TRY(news_page_check(cx, &r->page, r->title, r->back, &r->c));
	r->claims = arena_array(cx->arena, bool, r->c.d.nclaims + 1);
	r->findings = arena_array(cx->arena, bool, r->c.d.nfindings + 1);
	read_choices(v, r, act);
	return RC_OK;
}

/* The day on which a page that waits is past its term. */
static int
draw_term(struct view *v, const struct article_source *s)
{
	int64_t months;

	TRY(setting_number(v->cx, "keep_pages", 0, &months));
	if (s->article == 0 && months > 0)
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", tr(v->cx, "Removed, if no article is made"),
		    day_text(
			v->cx, day_of_moment(s->rec.changed_at + (months * 30 + 1) * US_PER_DAY)));
	return RC_OK;
}

static int
draw_source(struct view *v, const struct article_source *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<dl class='facts'>");
	if (s->address != NULL)
		html(h, "<dt>%s</dt><dd><a href='%s' rel='noreferrer'>%s</a></dd>",
		    tr(cx, "Address of the page"), s->address, s->address);
	html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Saved on"), day_text(cx, s->fetched_on));
	TRY(draw_term(v, s));
	html(h,
	    "<dt>%s</dt><dd><a href='%s' download>%s</a> <span class='mute'>%s</span></dd></dl>",
	    tr(cx, "As it was given"),
	    ui_url(v, "/newsroom/import/%lld/copy", (long long)s->rec.id), s->name,
	    trf(cx, "Size: %s kB", num(cx, (s->size + 1023) / 1024)));
	return RC_OK;
}

static void
draw_back(struct view *v, const struct article_source *s)
{
	struct ctx *cx = v->cx;
	const char *path = arena_printf(cx->arena, "/newsroom/import/%lld", (long long)s->rec.id);

	html(&v->h, "<div class='acts noprint'>");
	if (s->article != 0) {
		ui_button(v, ui_url(v, "/news/%lld", (long long)s->article),
		    tr(cx, "Open the article"), true);
		ui_post_button(v, arena_printf(cx->arena, "%s/undo", path), s->rec.version,
		    tr(cx, "Take the draft back"), true);
	} else
		ui_post_button(v, arena_printf(cx->arena, "%s/drop", path), s->rec.version,
		    tr(cx, "Throw the page away"), true);
	html(&v->h, "</div>");
}

static int
draw(struct view *v, const struct news_review *r)
{
	ui_open(v, &(struct page){ .title = r->s.name,
		       .nav = "/newsroom",
		       .staff = true,
		       .crumbs = crumbs(v, true, r->s.name) });
	TRY(draw_source(v, &r->s));
	if (r->s.article == 0)
		TRY(news_draw_review(v, r));
	if (may(v->cx, CAP_EVENT_WRITE))
		draw_back(v, &r->s);
	ui_close(v);
	return RC_OK;
}

static int
review_page(struct view *v)
{
	struct news_review r = { 0 };

	TRY(source_of_path(v, &r.s));
	if (r.s.article == 0)
		TRY(review_of(v, &r, ""));
	return draw(v, &r);
}

static int
made(struct view *v, int64_t article)
{
	return ui_done(v, news_path(v, article, ""),
	    tr(v->cx, "A draft is made of the page. Readers do not see it yet."));
}

static int
review_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct news_review r = { 0 };
	const char *act = typed(v, "act");
	struct article a;
	int rc;

	TRY(source_of_path(v, &r.s));
	if (r.s.article != 0) /* a second click, an answer that was lost */
		return strcmp(act, "make") == 0
			   ? made(v, r.s.article)
			   : fail(cx, RC_RULE, N_("An article was made of this page already."));
	TRY(review_of(v, &r, act));
	if (strcmp(act, "make") != 0)
		return draw(v, &r);
	rc = news_review_article(cx, &r, &a);
	if (rc == RC_OK)
		rc = news_source_make(cx, &r.s, &a);
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw(v, &r);
	}
	TRY(rc);
	return made(v, a.rec.id);
}

/* ---- the copy, and the ways back ---- */

static int
copy_page(struct view *v)
{
	struct article_source s;
	struct slice bytes;

	TRY(source_of_path(v, &s));
	TRY(news_source_bytes(v->cx, &s, &bytes));
	/* Never shown as a page of this house, whatever it holds. */
	res_header(v->rq, "Content-Disposition",
	    arena_printf(v->cx->arena, "attachment; filename=\"page-%lld.%s\"", (long long)s.rec.id,
		strcmp(s.media, "text/html") == 0 ? "html" : "txt"));
	res_header(v->rq, "Cache-Control", "private, no-cache");
	v->rq->res.type = "application/octet-stream";
	v->rq->res.body = bytes;
	v->rq->res.status = 200;
	return RC_OK;
}

static int
undo_post(struct view *v)
{
	struct article_source s;

	TRY(source_of_path(v, &s));
	TRY(news_source_undo(v->cx, s.rec.id));
	return ui_done(v, arena_printf(v->cx->arena, "/newsroom/import/%lld", (long long)s.rec.id),
	    tr(v->cx, "The draft is taken back; the page waits again."));
}

static int
drop_post(struct view *v)
{
	struct article_source s;

	TRY(source_of_path(v, &s));
	TRY(news_source_drop(v->cx, s.rec.id));
	return ui_done(v, "/newsroom/import", tr(v->cx, "The page is thrown away."));
}

int
news_draw_source(struct view *v, const struct article *a)
{
	struct article_source s;
	int rc = news_source_of(v->cx, a->rec.id, &s);

	if (rc == RC_NOTFOUND) {
		err_clear(v->cx);
		return RC_OK;
	}
	TRY(rc);
	ui_section_open(v, "source", tr(v->cx, "Imported from"), NULL);
	html(&v->h, "<div class='flow'>");
	TRY(draw_source(v, &s));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/newsroom/import/%lld", (long long)s.rec.id),
	    tr(v->cx, "Open the imported page"), false);
	html(&v->h, "</p></div>");
	ui_section_close(v);
	return RC_OK;
}

const struct route news_import_routes[] = {
	{ M_GET, "/newsroom/import", import_page, CAP_EVENT_WRITE, 0, N_("Import of a page"),
	    N_("A saved or pasted news page becomes a draft article.") },
	{ M_POST, "/newsroom/import", import_post, CAP_EVENT_WRITE, ROUTE_FILES,
	    N_("Import of a page"), NULL },
	{ M_GET, "/newsroom/import/{id}", review_page, CAP_EVENT_READ, 0, N_("Imported page"),
	    N_("What was taken, what was left out, what may be wrong.") },
	{ M_POST, "/newsroom/import/{id}", review_post, CAP_EVENT_WRITE, 0, N_("Imported page"),
	    NULL },
	{ M_GET, "/newsroom/import/{id}/copy", copy_page, CAP_EVENT_READ, 0,
	    N_("An imported page as it was given"), NULL },
	{ M_POST, "/newsroom/import/{id}/undo", undo_post, CAP_EVENT_WRITE, 0,
	    N_("Take the draft back"), NULL },
	{ M_POST, "/newsroom/import/{id}/drop", drop_post, CAP_EVENT_WRITE, 0,
	    N_("Throw the page away"), NULL },
};
const size_t news_import_nroutes = ARRAY_LEN(news_import_routes);

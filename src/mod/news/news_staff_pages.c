/* news_staff_pages.c – the newsroom: all articles this actor works on, the form, the steps, the links. */
#include "mod/news/news_beside.h"
#include "mod/news/news_pages.h"

void
news_state(struct view *v, const char *state)
{
	static const struct {
		const char *state;
		char tone;
	} tones[] = { { "draft", 'p' }, { "review", 'w' }, { "published", 'o' },
		{ "corrected", 'o' }, { "withdrawn", 'n' } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(tones); i++)
		if (strcmp(tones[i].state, state) == 0)
			ui_state(v, tones[i].tone, option_label(v->cx, article_states, state));
}

static int
newsroom_page(struct view *v)
{
	static const char *const columns[] = { "title", "rubric", "state", "published_on", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &article_kind,
		.path = "/newsroom",
		.columns = columns,
		.sort = "-id",
		.state = "state",
		.draw_state = news_state };
	int64_t rubrics;

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(
	    v, &(struct page){ .title = tr(cx, "Newsroom"), .nav = "/newsroom", .staff = true });
	TRY(db_int(cx, &rubrics, "SELECT count(*) FROM rubric", NO_VALS));
	if (may(cx, CAP_EVENT_WRITE) && rubrics > 0) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/news/new"), tr(cx, "Write an article"), true);
		ui_button(v, ui_url(v, "/newsroom/import"), tr(cx, "Import a page"), false);
		html(&v->h, "</p>");
	} else if (rubrics == 0)
		ui_empty(v, tr(cx, "There is no rubric yet."),
		    tr(cx, "Every article stands under one; the secretariat adds them."),
		    may(cx, CAP_REFERENCE_WRITE) ? ui_url(v, "/reference/rubrics/new") : NULL,
		    tr(cx, "Add a rubric"));
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- the form ---- */

static const char *const new_fields[] = { "rubric", "body", "original", "title", "lead", "text",
	"kk_state", "ru_state", "en_state", "author", "office", "dated", "publish_on", NULL };
static const char *const edit_fields[] = { "rubric", "body", "original", "title", "lead", "text",
	"kk_state", "ru_state", "en_state", "author", "office", "dated", "publish_on", "correction",
	NULL };

/* What was typed, as readers would see it; numbers of a draft are those of now. */
static int
draw_preview(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	enum lang l = cx->lang;
	struct slice text;
	int rc;

	if (article_blank(article_in(&a->title, l)) &&
	    (a->original == NULL || !lang_parse(a->original, &l)))
		return RC_OK;
	rc = news_text_html(cx, a, l, &text);
	if (rc == RC_TOOBIG) { /* saving says so */
		err_clear(cx);
		return RC_OK;
	}
	TRY(rc);
	ui_section_open(v, "preview", tr(cx, "Preview"), tr(cx, "Not saved yet."));
	html(&v->h, "<div class='flow prose story' lang='%s'><p class='lead'><b>%s</b></p>",
	    lang_code(l), article_in(&a->title, l));
	if (*article_in(&a->lead, l) != '\0')
		html(&v->h, "<p class='lead'>%s</p>", article_in(&a->lead, l));
	TRY(news_draw_text(v, a, l));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const char *title = f->create ? tr(cx, "New article") : tr(cx, "Change the article");

	ui_open(v, &(struct page){ .title = title,
		       .nav = "/newsroom",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/newsroom", tr(cx, "Newsroom") },
			   { NULL, title }, { NULL, NULL } } });
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"Saved, the article is shown to you as readers will see it. They see it only when "
		"it is published. The preview holds its numbers against the records, too."));
	if (req_f(v->rq, "_preview") != NULL) {
		TRY(draw_preview(v, f->rec));
		TRY(news_draw_claims(v, f->rec));
	}
	TRY(ui_form(v, f));
	news_draw_beside(v);
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct article *a, struct ui_form *f)
{
	struct ctx *cx = v->cx;

	kind_empty(&article_kind, a);
	a->original = lang_code(cx->lang);
	if (actor_scoped(cx->actor))
		a->body = cx->actor->body;
	*f = (struct ui_form){ .kind = &article_kind,
		.rec = a,
		.create = true,
		.preview = true,
		.path = "/news/new",
		.fields = new_fields,
		.cancel = "/newsroom" };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct article a;
	struct ui_form f;

	TRY(new_form(v, &a, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct article a;
	struct ui_form f;

	TRY(new_form(v, &a, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct article *a, struct ui_form *f)
{
	TRY(article_of_path(v, a));
	TRY(article_may_change(v->cx, a));
	*f = (struct ui_form){ .kind = &article_kind,
		.rec = a,
		.preview = true,
		.path = news_path(v, a->rec.id, "/edit"),
		.fields = article_public(a, v->cx->today) ? edit_fields : new_fields,
		.cancel = news_path(v, a->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct article a;
	struct ui_form f;

	TRY(edit_form(v, &a, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct article a;
	struct ui_form f;

	TRY(edit_form(v, &a, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- steps, under the article ---- */

bool
news_writes(struct view *v, const struct article *a)
{
	return may(v->cx, CAP_EVENT_READ) &&
	       (!actor_scoped(v->cx->actor) ||
		   (a->body != 0 && actor_in_scope(v->cx->actor, a->body)));
}

static void
draw_step(struct view *v, const struct article *a, const struct article_step *s)
{
	struct ctx *cx = v->cx;
	const char *path = news_path(v, a->rec.id, arena_printf(cx->arena, "/move/%s", s->action));

	if (!s->reason) {
		ui_post_button(v, path, a->rec.version, tr(cx, s->label), false);
		return;
	}
	html(&v->h, "<details><summary class='btn'>%s</summary>", tr(cx, s->label));
	ui_form_begin(v, path, false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='w-%s'>%s</label><input type='text' id='w-%s' name='reason' maxlength='1000' "
	    "required></div><p class='acts'><button type='submit' class='btn bad'>%s</button></p>",
	    (long long)a->rec.version, s->action, tr(cx, "Reason"), s->action, tr(cx, s->label));
	ui_form_end(v);
	html(&v->h, "</details>");
}

static int
draw_steps(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	size_t i;
	int rc;

	html(&v->h, "<div class='acts'>");
	for (i = 0; i < article_nsteps; i++) {
		if (strcmp(article_steps[i].from, a->state) != 0)
			continue;
		rc = article_may_step(cx, a, &article_steps[i]);
		if (rc == RC_OK)
			draw_step(v, a, &article_steps[i]);
		else if (rc == RC_DENIED)
			err_clear(cx);
		else
			TRY(rc);
	}
	rc = article_may_change(cx, a);
	if (rc == RC_OK)
		ui_button(
		    v, ui_url(v, "/news/%lld/edit", (long long)a->rec.id), tr(cx, "Change"), false);
	err_clear(cx);
	html(&v->h, "</div>");
	return RC_OK;
}

static int
draw_own_links(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	struct article_link *l;
	size_t n, i;

	if (!may(cx, CAP_EVENT_WRITE))
		return RC_OK;
	TRY(article_links_of(cx, a->rec.id, &l, &n));
	ui_section_open(v, "links", tr(cx, "Links"), NULL);
	html(&v->h, "<div class='flow'>");
	for (i = 0; i < n; i++) {
		const char *title;

		TRY(event_title_of(cx,
		    l[i].event != 0  ? &event_kind
		    : l[i].body != 0 ? &body_kind
				     : &programme_kind,
		    l[i].event != 0  ? l[i].event
		    : l[i].body != 0 ? l[i].body
				     : l[i].programme,
		    &title));
		html(&v->h, "<div class='acts'><span>%s</span>", title);
		ui_post_button(v,
		    news_path(v, a->rec.id,
			arena_printf(cx->arena, "/links/%lld/remove", (long long)l[i].rec.id)),
		    0, tr(cx, "Take it away"), false);
		html(&v->h, "</div>");
	}
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/news/%lld/links/new", (long long)a->rec.id),
	    tr(cx, "Link an event, a body or a programme"), false);
	html(&v->h, "</p></div>");
	ui_section_close(v);
	return RC_OK;
}

int
news_draw_staff(struct view *v, const struct article *a, const char *said)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<div class='noprint'>");
	ui_section_open(v, "steps", tr(cx, "What can be done now"), NULL);
	html(&v->h, "<div class='flow'>");
	if (said != NULL)
		html(&v->h, "<div class='errs' role='alert'><h2>%s</h2><p>%s</p></div>",
		    tr(cx, "Nothing was changed"), said);
	html(&v->h, "<p>");
	news_state(v, a->state);
	if (a->state_reason != NULL && *a->state_reason != '\0')
		html(&v->h, "<br>%s", trf(cx, "Reason: %s", a->state_reason));
	html(&v->h, "</p>");
	TRY(draw_steps(v, a));
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(news_draw_claims(v, a));
	TRY(news_draw_own_pictures(v, a));
	TRY(draw_own_links(v, a));
	TRY(news_draw_source(v, a));
	if (may(cx, CAP_HISTORY_READ)) {
		ui_section_open(v, "history", tr(cx, "History"), NULL);
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/news/%lld/versions", (long long)a->rec.id),
		    tr(cx, "Versions with their differences"), false);
		html(&v->h, "</p>");
		ui_section_close(v);
	}
	html(&v->h, "</div>");
	return RC_OK;
}

static int64_t
sent_version(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	int64_t n;

	return s != NULL && num_parse(s, &n) ? n : 0;
}

static int
move_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct article a;
	struct article_move m;
	int rc;

	TRY(article_of_path(v, &a));
	m = (struct article_move){ a.rec.id, sent_version(v), v->rq->param[1],
		req_f(v->rq, "reason") };
	rc = article_do(cx, &m);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return news_draw_article(v, &a, event_said(cx));
	}
	TRY(rc);
	TRY(article_of_path(v, &a));
	return ui_done(v, news_path(v, a.rec.id, ""),
	    trf(cx, "The article is now: %s.", option_label(cx, article_states, a.state)));
}

/* ---- links ---- */

static const char *const link_fields[] = { "event", "body", "programme", NULL };

static int
draw_link_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct article_link *l = f->rec;
	const char *title = tr(cx, "Link an event, a body or a programme");

	ui_open(v, &(struct page){ .title = title,
		       .nav = "/newsroom",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/newsroom", tr(cx, "Newsroom") },
			   { news_path(v, l->article, ""), tr(cx, "Article") }, { NULL, title },
			   { NULL, NULL } } });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
link_form(struct view *v, struct article_link *l, struct ui_form *f)
{
	struct article a;

	TRY(article_of_path(v, &a));
	kind_empty(&article_link_kind, l);
	l->article = a.rec.id;
	*f = (struct ui_form){ .kind = &article_link_kind,
		.rec = l,
		.create = true,
		.path = news_path(v, a.rec.id, "/links/new"),
		.fields = link_fields,
		.cancel = news_path(v, a.rec.id, "") };
	return RC_OK;
}

static int
link_page(struct view *v)
{
	struct article_link l;
	struct ui_form f;

	TRY(link_form(v, &l, &f));
	return draw_link_form(v, &f);
}

static int
link_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct article_link l;
	struct ui_form f;
	bool searching = false;
	int rc;

	TRY(link_form(v, &l, &f));
	rc = ui_form_read(v, &f, &searching);
	if (rc == RC_OK && !searching)
		rc = kind_insert(cx, &article_link_kind, &l);
	if (searching || rc == RC_INVALID || rc == RC_EXISTS) {
		v->status = searching ? 200 : rc == RC_EXISTS ? 409 : 422;
		return draw_link_form(v, &f);
	}
	TRY(rc);
	return ui_done(v, news_path(v, l.article, ""), tr(cx, "The link is there."));
}

static int
unlink_post(struct view *v)
{
	struct article a;
	struct article_link l;
	int64_t id;

	TRY(article_of_path(v, &a));
	TRY(req_param_id(v->rq, 1, &id));
	TRY(kind_get(v->cx, &article_link_kind, id, &l));
	if (l.article != a.rec.id)
		return fail(v->cx, RC_NOTFOUND, N_("There is no such record."));
	TRY(article_link_remove(v->cx, id));
	return ui_done(v, news_path(v, a.rec.id, ""), tr(v->cx, "The link is taken away."));
}

const struct route news_staff_routes[] = {
	{ M_GET, "/newsroom", newsroom_page, CAP_EVENT_READ, 0, N_("Newsroom"),
	    N_("All articles with their states.") },
	{ M_GET, "/news/new", new_page, CAP_EVENT_WRITE, 0, N_("New article"), NULL },
	{ M_POST, "/news/new", new_post, CAP_EVENT_WRITE, 0, N_("New article"), NULL },
	{ M_GET, "/news/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the article"), NULL },
	{ M_POST, "/news/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the article"),
	    NULL },
	{ M_POST, "/news/{id}/move/{action}", move_post, CAP_EVENT_WRITE, 0,
	    N_("A step of an article"), NULL },
	{ M_GET, "/news/{id}/links/new", link_page, CAP_EVENT_WRITE, 0,
	    N_("Link an event, a body or a programme"), NULL },
	{ M_POST, "/news/{id}/links/new", link_post, CAP_EVENT_WRITE, 0,
	    N_("Link an event, a body or a programme"), NULL },
	{ M_POST, "/news/{id}/links/{link}/remove", unlink_post, CAP_EVENT_WRITE, 0,
	    N_("Take a link of an article away"), NULL },
};
const size_t news_staff_nroutes = ARRAY_LEN(news_staff_routes);

/* comment_write_pages.c – the form of a comment, without an account or script, and the page behind its author's secret
 * address: how it stands, the office's reply, removing it.
 *
 * The form has a page of its own that is kept for nobody: it carries its own number and the signed moment at which it
 * was drawn (ADR 0040). A field that people do not see catches programs that fill in everything: they get a friendly
 * answer and nothing is written. */
#include "http/forward.h"
#include "mod/comment/comment_pages.h"
#include "ui/parts.h"

static const char *
typed(struct view *v, const char *name)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	return s == NULL ? "" : s;
}

/* The hint of a field and, beside it, what was refused; then the marks by which a reader of screens finds both. */
static bool
draw_said(struct view *v, const char *field, const char *hint)
{
	const struct field_error *e;
	bool wrong = false;

	html(&v->h, "<span class='hint' id='%s-h'>%s</span>", field, hint);
	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, field) == 0) {
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", field, e->text);
			wrong = true;
		}
	return wrong;
}

static void
draw_marks(struct view *v, const char *field, bool wrong)
{
	if (wrong)
		html(&v->h, " aria-describedby='%s-e %s-h' aria-invalid='true'", field, field);
	else
		html(&v->h, " aria-describedby='%s-h'", field);
}

struct line {
	const char *name, *label, *hint, *type, *complete;
};

static void
draw_line(struct view *v, const struct line *l)
{
	struct html *h = &v->h;
	bool wrong;

	html(h, "<div class='fld'><label for='%s'>%s</label>", l->name, l->label);
	wrong = draw_said(v, l->name, l->hint);
	html(h, "<input type='%s' class='w-m' id='%s' name='%s' value='%s' autocomplete='%s'",
	    l->type, l->name, l->name, typed(v, l->name), l->complete);
	draw_marks(v, l->name, wrong);
	html(h, "></div>");
}

/* The moment stays the same while the form is young: who was too fast need only wait. */
static void
draw_hidden(struct view *v, const struct article *a)
{
	struct html *h = &v->h;
	bool holds = comment_moment_holds(v->cx, a->rec.id, typed(v, "moment"));
	const char *as = v->rq->method == M_POST ? req_f(v->rq, "as") : req_q(v->rq, "as");

	ui_nonce(v);
	html(h, "<input type='hidden' name='moment' value='%s'>",
	    holds ? typed(v, "moment") : comment_moment(v->cx, a->rec.id));
	if (as != NULL && *as != '\0' && strlen(as) < 64)
		html(h, "<input type='hidden' name='as' value='%s'>", as);
	html(h,
	    "<p class='vh' aria-hidden='true'><label for='website'>%s</label><input type='text' "
	    "id='website' name='website' tabindex='-1' autocomplete='off'></p>",
	    tr(v->cx, "Leave this empty"));
}

static void
draw_form(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool wrong;

	html(h, "<p class='prose'>%s</p>",
	    tr(cx, "A moderator reads each comment before others see it. You get an address at "
		   "which you see how it stands and can remove it."));
	ui_form_begin(v, comment_at(v, a->rec.id, "/comment"), false);
	draw_hidden(v, a);
	draw_line(v, &(struct line){ "name", tr(cx, "Your name"),
			 tr(cx, "As it shall stand under the comment."), "text", "name" });
	draw_line(v, &(struct line){ "mail", tr(cx, "E-mail (not necessary)"),
			 tr(cx, "It is not published: only to tell you that the comment is shown "
				"or answered. 30 days after that it is deleted."),
			 "email", "email" });
	html(h, "<div class='fld'><label for='text'>%s</label>", tr(cx, "Your comment"));
	wrong = draw_said(v, "text", trf(cx, "At most %s characters.", num(cx, COMMENT_TEXT_MAX)));
	html(h, "<textarea id='text' name='text' rows='8' dir='auto'");
	draw_marks(v, "text", wrong);
	html(h, ">\n%s</textarea></div>", typed(v, "text"));
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button>",
	    tr(cx, "Send to the moderator"));
	ui_button(
	    v, ui_url(v, "/news/%lld", (long long)a->rec.id), tr(cx, "Back to the article"), false);
	html(h, "</p>");
	ui_form_end(v);
}

/* Of an article that was withdrawn no word is told (RULE news-7), also not its title. */
static void
open_page(struct view *v, const struct article *a, const char *title)
{
	struct ctx *cx = v->cx;
	bool open = article_public(a, cx->today);
	const struct crumb crumbs[] = { { "/news", tr(cx, "News") },
		{ open ? comment_at(v, a->rec.id, "") : NULL,
		    open ? comment_article_title(v, a) : title },
		{ NULL, open ? title : NULL }, { NULL, NULL } };

	res_header(v->rq, "X-Robots-Tag", "noindex");
	ui_open(v, &(struct page){ .title = title, .nav = "/news", .crumbs = crumbs });
}

static int
draw_page(struct view *v, const struct article *a)
{
	const char *why;
	struct err said = v->cx->err;

	err_clear(v->cx);
	TRY(comment_open(v->cx, a, &why));
	open_page(v, a, tr(v->cx, "Write a comment"));
	v->cx->err = said;
	html(&v->h, "<div class='flow'>");
	ui_refusals(v, "");
	if (why != NULL) {
		ui_note(v, 'w', why);
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/news/%lld", (long long)a->rec.id),
		    tr(v->cx, "Back to the article"), true);
		html(&v->h, "</p>");
	} else
		draw_form(v, a);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
form_page(struct view *v)
{
	struct article a;

	TRY(comment_article(v, &a));
	return draw_page(v, &a);
}

static const char *
done_text(struct ctx *cx, const struct comment_made *m)
{
	if (m->again)
		return tr(cx, "This form was sent before; it is one comment.");
	return m->shown ? tr(cx, "Thank you. The comment is shown.")
			: tr(cx, "Thank you. The comment waits for the moderator.");
}

static int
form_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct comment_made m;
	struct comment_in in;
	struct comment c;
	struct article a;
	int rc;

	TRY(comment_article(v, &a));
	if (*typed(v, "website") != '\0')
		return ui_done(v, comment_at(v, a.rec.id, ""), tr(cx, "Thank you."));
	in = (struct comment_in){ .article = a.rec.id,
		.nonce = ui_nonce_of(v),
		.moment = req_f(v->rq, "moment"),
		.name = req_f(v->rq, "name"),
		.text = req_f(v->rq, "text"),
		.mail = req_f(v->rq, "mail"),
		.as = req_f(v->rq, "as"),
		/* Behind a proxy that was never named all would have one address. */
		.peer = peer_is_near(v->rq) ? NULL : v->rq->peer };
	rc = comment_send(cx, &in, &m);
	if (comment_refused(v, rc))
		return draw_page(v, &a);
	TRY(rc);
	TRY(kind_load(cx, &comment_kind, m.id, &c));
	if (c.text == NULL)
		return RC_NOTFOUND; /* sent again after it was removed */
	return ui_done(v,
	    arena_printf(cx->arena, "/comments/own/%s", comment_secret(cx->arena, &c)),
	    done_text(cx, &m));
}

/* ---- the author's own page ---- */

static void
draw_own(struct view *v, const struct comment *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	if (strcmp(c->state, "waiting") == 0)
		ui_note(v, 'w', tr(cx, "A moderator has not read it yet. Look here again later."));
	html(h, "<dl class='facts'><dt>%s</dt><dd>", tr(cx, "State"));
	comment_state(v, c->state);
	html(h, "</dd>");
	if (c->reason != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Reason"),
		    option_label(cx, comment_reasons, c->reason));
	html(h, "<dt>%s</dt><dd><bdi translate='no'>%s</bdi></dd>", tr(cx, "Name of the author"),
	    c->name);
	html(h, "<dt>%s</dt><dd>%s</dd></dl>", tr(cx, "Entered on"), day_text(cx, c->entered_on));
	comment_draw_text(v, c->text);
	if (c->reply != NULL) {
		html(h, "<div class='note reply'><p><strong>%s</strong></p>",
		    tr(cx, "The secretariat"));
		comment_draw_text(v, c->reply);
		html(h, "</div>");
	}
	html(h, "<p class='small mute'>%s</p>",
	    tr(cx, "Keep the address of this page to yourself: whoever has it can remove the "
		   "comment."));
}

enum { NEWEST = 5 };

/* Whoever comes from here is known as the author of this comment. */
static int
draw_more(struct view *v, const struct comment *c)
{
	struct ctx *cx = v->cx;
	struct article_want w = { .limit = NEWEST };
	struct article_page p;
	size_t i;

	TRY(article_list(cx, &w, &p));
	ui_section_open(v, "more", tr(cx, "Write another comment"), NULL);
	html(&v->h, "<div class='flow'><p class='prose'>%s</p><ul>",
	    tr(cx, "From here the moderator sees that it is you again."));
	for (i = 0; i < p.n; i++)
		html(&v->h, "<li><a href='%s'>%s</a></li>",
		    ui_path(v, arena_printf(cx->arena, "/news/%lld/comment?as=%s",
				   (long long)p.v[i].rec.id, comment_secret(cx->arena, c))),
		    comment_article_title(v, &p.v[i]));
	html(&v->h, "</ul></div>");
	ui_section_close(v);
	return RC_OK;
}

static int
own_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct comment c;
	struct article a;

	TRY(comment_by_secret(cx, v->rq->param[0], &c));
	TRY(kind_load(cx, &article_kind, c.article, &a));
	open_page(v, &a, tr(cx, "Your comment"));
	html(&v->h, "<div class='flow'>");
	draw_own(v, &c);
	html(&v->h, "</div>");
	ui_section_open(v, "remove", tr(cx, "Remove your comment"), NULL);
	html(&v->h, "<div class='flow'><p class='prose'>%s</p>",
	    tr(cx, "Your name, the text and a reply to it are removed at once and for good, also "
		   "after publication. This cannot be taken back."));
	if (c.reason != NULL)
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx,
			"That a comment was refused on this day and why stays noted, without your "
			"name and without a word of it."));
	ui_post_button(v,
	    arena_printf(cx->arena, "/comments/own/%s/remove", comment_secret(cx->arena, &c)), 0,
	    tr(cx, "Remove it for good"), true);
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(draw_more(v, &c));
	ui_close(v);
	return RC_OK;
}

static int
remove_post(struct view *v)
{
	int64_t article;

	res_header(v->rq, "X-Robots-Tag", "noindex");
	TRY(comment_withdraw(v->cx, v->rq->param[0], &article));
	return ui_done(v, comment_at(v, article, ""), tr(v->cx, "The comment is removed."));
}

const struct route comment_write_routes[] = {
	{ M_GET, "/news/{id}/comment", form_page, CAP_PUBLIC, 0, N_("Write a comment"),
	    N_("A comment under an article, without an account.") },
	{ M_POST, "/news/{id}/comment", form_post, CAP_PUBLIC, ROUTE_FORM, N_("Write a comment"),
	    NULL },
	{ M_GET, "/comments/own/{secret}", own_page, CAP_PUBLIC, ROUTE_FORM, N_("Your comment"),
	    N_("How a comment stands, and removing it, by a secret address.") },
	{ M_POST, "/comments/own/{secret}/remove", remove_post, CAP_PUBLIC, ROUTE_FORM,
	    N_("Remove the comment"), NULL },
};
const size_t comment_write_nroutes = ARRAY_LEN(comment_write_routes);

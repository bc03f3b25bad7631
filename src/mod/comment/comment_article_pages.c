/* comment_article_pages.c – the section under an article: shown comments, oldest first, with the office's replies.
 *
 * The page of an article is kept for all guests alike, so nothing of one reader stands in it: no form, only a link to
 * it. It turns when a comment is shown or removed, since it reads that kind. What was typed stands in elements of its
 * own direction (bdi, dir=auto), and addresses in it are words, no links. */
#include "mod/comment/comment_pages.h"
#include "ui/parts.h"

int
comment_article(struct view *v, struct article *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &article_kind, id, out);
}

const char *
comment_at(struct view *v, int64_t article, const char *tail)
{
	return arena_printf(v->cx->arena, "/news/%lld%s", (long long)article, tail);
}

void
comment_draw_text(struct view *v, const char *text)
{
	html(&v->h, "<div dir='auto' translate='no' class='prose typed'>");
	ui_lines(v, text);
	html(&v->h, "</div>");
}

void
comment_state(struct view *v, const char *state)
{
	ui_state(v,
	    strcmp(state, "shown") == 0	    ? 'o'
	    : strcmp(state, "waiting") == 0 ? 'w'
	    : strcmp(state, "refused") == 0 ? 'n'
					    : '-',
	    event_capital(v->cx, option_label(v->cx, comment_states, state)));
}

bool
comment_refused(struct view *v, int rc)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_INVALID ? 422 : 409;
	return true;
}

const char *
comment_article_title(struct view *v, const struct article *a)
{
	return article_in(&a->title, article_lang(v->cx, a));
}

static void
draw_day(struct view *v, int day)
{
	char iso[16];

	day_iso(day, iso);
	html(&v->h, "<time class='small mute' datetime='%s'>%s</time>", iso, day_long(v->cx, day));
}

static void
draw_one(struct view *v, const struct comment_shown *c)
{
	struct html *h = &v->h;

	html(h, "<li id='comment-%lld'><p><strong><bdi translate='no'>%s</bdi></strong> ",
	    (long long)c->id, c->name);
	draw_day(v, c->day);
	html(h, "</p>");
	comment_draw_text(v, c->text);
	if (c->reply != NULL) {
		html(h, "<div class='note reply'><p><strong>%s</strong> ",
		    tr(v->cx, "The secretariat"));
		draw_day(v, c->replied_on);
		html(h, "</p>");
		comment_draw_text(v, c->reply);
		html(h, "</div>");
	}
	html(h, "</li>");
}

static int
draw_write(struct view *v, const struct article *a)
{
	const char *why;

	TRY(comment_open(v->cx, a, &why));
	if (why != NULL)
		html(&v->h, "<p class='small mute noprint'>%s</p>", why);
	else {
		html(&v->h, "<p class='acts noprint'>");
		ui_button(v, ui_url(v, "/news/%lld/comment", (long long)a->rec.id),
		    tr(v->cx, "Write a comment"), false);
		html(&v->h, "</p>");
	}
	return RC_OK;
}

/* Moderators find their work from here. */
static int
draw_moderators(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	bool closed;

	if (!may(cx, CAP_EVENT_APPROVE))
		return RC_OK;
	TRY(comment_closed(cx, a->rec.id, &closed));
	html(&v->h, "<div class='acts noprint'>");
	ui_button(v,
	    ui_path(v, arena_printf(cx->arena, "/comments/all?article=%lld", (long long)a->rec.id)),
	    tr(cx, "All comments of the article"), false);
	ui_post_button(v, comment_at(v, a->rec.id, closed ? "/comments/open" : "/comments/close"),
	    0, closed ? tr(cx, "Take comments again") : tr(cx, "Close the comments"), false);
	html(&v->h, "</div>");
	return RC_OK;
}

static void
draw_pages(struct view *v, const struct comment_page *p, int64_t after)
{
	struct ctx *cx = v->cx;

	if (!p->more && after == 0)
		return;
	html(&v->h, "<nav class='pager' aria-label='%s'><span class='acts'>",
	    tr(cx, "Pages of comments"));
	if (after > 0)
		html(&v->h, "<a class='btn' href='%s#comments'>%s</a>",
		    ui_url_with(v, "comments", NULL), tr(cx, "First page"));
	if (p->more)
		html(&v->h, "<a class='btn' href='%s#comments'>%s</a>",
		    ui_url_with(v, "comments",
			arena_printf(cx->arena, "%lld", (long long)p->row[p->n - 1].id)),
		    tr(cx, "Later comments"));
	html(&v->h, "</span></nav>");
}

int
comment_news_section(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	const char *s = req_q(v->rq, "comments");
	struct comment_page *p = arena_new(cx->arena, struct comment_page);
	int64_t after;
	size_t i;

	if (!article_public(a, cx->today))
		return RC_OK;
	if (s == NULL || !num_parse(s, &after) || after < 0)
		after = 0;
	TRY(comment_shown(cx, a->rec.id, after, p));
	ui_section_open(v, "comments", tr(cx, "Comments"),
	    p->all == 0 ? NULL : trn(cx, p->all, "%s comment", "%s comments", num(cx, p->all)));
	html(&v->h, "<div class='flow'>");
	if (p->n > 0) {
		html(&v->h, "<ol class='comments'>");
		for (i = 0; i < p->n; i++)
			draw_one(v, &p->row[i]);
		html(&v->h, "</ol>");
	} else
		html(&v->h, "<p class='mute'>%s</p>",
		    after == 0 ? tr(cx, "Nobody has written yet.")
			       : tr(cx, "There are no later comments."));
	draw_pages(v, p, after);
	TRY(draw_write(v, a));
	TRY(draw_moderators(v, a));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

/* comment_queue_pages.c – the moderator's work: what waits, oldest first, with plain buttons; one comment with its
 * history, where a decision is taken back and the office replies. The script beside the queue (web/queue.js) adds keys;
 * without it everything is the same. */
#include "core/account.h"
#include "mod/comment/comment_pages.h"
#include "ui/parts.h"
#include "web/assets.h"

/* ---- deciding ---- */

static void
draw_reasons(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	const struct option *o;

	html(&v->h,
	    "<div class='w-m'><label for='reason-%lld' class='vh'>%s</label><select "
	    "id='reason-%lld' name='reason' data-key='r'><option value=''>%s</option>",
	    (long long)id, tr(cx, "Reason of the refusal"), (long long)id,
	    tr(cx, "Reason of the refusal"));
	for (o = comment_reasons; o->code != NULL; o++)
		html(&v->h, "<option value='%s'>%s</option>", o->code, tr(cx, o->label));
	html(&v->h, "</select></div>");
}

static void
draw_button(struct view *v, const struct comment *c, const char *action[3], const char *text)
{
	html(&v->h,
	    "<button type='submit' class='%s' name='action' value='%s' data-key='%s'>%s<span "
	    "class='vh'>: %s</span></button>",
	    action[1], action[0], action[2], text, c->name);
}

/* Everything that can become of it, but what it is. */
static void
draw_decide(struct view *v, const struct comment *c, bool queue)
{
	struct ctx *cx = v->cx;
	bool shown = strcmp(c->state, "shown") == 0, refused = strcmp(c->state, "refused") == 0;

	ui_form_begin(
	    v, arena_printf(cx->arena, "/comments/%lld/decide", (long long)c->rec.id), false);
	html(
	    &v->h, "<input type='hidden' name='_version' value='%lld'>", (long long)c->rec.version);
	if (queue)
		html(&v->h, "<input type='hidden' name='back' value='queue'>");
	html(&v->h, "<div class='flow'><div class='acts'>");
	if (!shown || c->standing)
		draw_button(v, c, (const char *[]){ "show", "btn go", "a" }, tr(cx, "Show it"));
	draw_button(
	    v, c, (const char *[]){ "trust", "btn", "t" }, tr(cx, "Show it and trust the author"));
	if (strcmp(c->state, "waiting") != 0)
		draw_button(
		    v, c, (const char *[]){ "wait", "btn", "u" }, tr(cx, "Take the decision back"));
	html(&v->h, "</div><div class='acts'>");
	draw_reasons(v, c->rec.id);
	if (!refused)
		draw_button(v, c, (const char *[]){ "refuse", "btn bad", "x" }, tr(cx, "Refuse"));
	draw_button(
	    v, c, (const char *[]){ "ban", "btn bad", "b" }, tr(cx, "Refuse and ban the sender"));
	html(&v->h, "</div></div>");
	ui_form_end(v);
}

/* ---- the queue ---- */

static void
draw_marks(struct view *v, const struct comment *c)
{
	const struct option *o;

	if (c->marks == NULL)
		return;
	html(&v->h, "<p>");
	for (o = comment_marks; o->code != NULL; o++)
		if (comment_has_mark(c->marks, o->code)) {
			ui_state(v, strcmp(o->code, "discord") == 0 ? 'n' : 'w',
			    event_capital(v->cx, tr(v->cx, o->label)));
			html(&v->h, " ");
		}
	html(&v->h, "</p>");
}

static void
draw_waiting(struct view *v, const struct comment *c, const char *article)
{
	struct html *h = &v->h;

	html(h,
	    "<li class='flow' tabindex='-1' data-comment='%lld'><h2><a href='%s'><bdi "
	    "translate='no'>%s</bdi></a></h2><p class='small mute'>%s · <a href='%s'>%s</a>",
	    (long long)c->rec.id, ui_url(v, "/comments/%lld", (long long)c->rec.id), c->name,
	    day_text(v->cx, c->entered_on), ui_url(v, "/news/%lld", (long long)c->article),
	    article);
	if (c->first != 0)
		html(h, " · <a href='%s'>%s</a>", ui_url(v, "/comments/%lld", (long long)c->first),
		    tr(v->cx, "First comment of the same author"));
	html(h, "</p>");
	draw_marks(v, c);
	comment_draw_text(v, c->text);
	draw_decide(v, c, true);
	html(h, "<hr></li>");
}

static int
draw_queue_rows(struct view *v, const struct list *l)
{
	struct ctx *cx = v->cx;
	const char **title = arena_array(cx->arena, const char *, l->n + 1);
	int64_t *ids = arena_array(cx->arena, int64_t, l->n + 1);
	size_t i;

	for (i = 0; i < l->n; i++)
		ids[i] = ((const struct comment *)list_row(l, &comment_kind, i))->article;
	TRY(kind_titles(cx, &article_kind, ids, l->n, title));
	html(&v->h, "<ol class='flow plain' id='queue'>");
	for (i = 0; i < l->n; i++)
		draw_waiting(v, list_row(l, &comment_kind, i), title[i]);
	html(&v->h, "</ol>");
	return RC_OK;
}

enum { LAST = 3 };

static void
draw_decided(struct view *v, const struct comment *c)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<li class='task'><p><a href='%s'><bdi translate='no'>%s</bdi></a> ",
	    ui_url(v, "/comments/%lld", (long long)c->rec.id), c->name);
	comment_state(v, c->state);
	html(&v->h, "</p>");
	ui_form_begin(
	    v, arena_printf(cx->arena, "/comments/%lld/decide", (long long)c->rec.id), false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><input type='hidden' name='back' "
	    "value='queue'>",
	    (long long)c->rec.version);
	draw_button(v, c, (const char *[]){ "wait", "btn", "u" }, tr(cx, "Take the decision back"));
	ui_form_end(v);
	html(&v->h, "</li>");
}

/* A slip of the finger is taken back where it was made: what this moderator decided today, the last one first. */
static int
draw_last(struct view *v)
{
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };
	int64_t ids[LAST];
	size_t n = 0, i;

	TRY(db_rows(cx, &r,
	    "SELECT id FROM comment WHERE moderator = $1 AND decided_on = $2 AND text IS NOT NULL "
	    "AND standing = 0 AND state IN ('shown', 'refused') ORDER BY changed_at DESC, id LIMIT "
	    "3",
	    VALS(v_int(cx->actor->account), v_int(cx->today))));
	while (n < LAST && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "last", tr(cx, "Decided last"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		struct comment c;

		TRY(kind_get(cx, &comment_kind, ids[i], &c));
		draw_decided(v, &c);
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_keys(struct view *v)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<p class='small mute' id='keys' hidden><kbd>j</kbd> <kbd>k</kbd> %s · <kbd>a</kbd> %s "
	    "· <kbd>t</kbd> %s · <kbd>r</kbd> %s · <kbd>x</kbd> %s · <kbd>u</kbd> %s</p>",
	    tr(cx, "next, the one before"), tr(cx, "show"), tr(cx, "show and trust"),
	    tr(cx, "choose a reason"), tr(cx, "refuse"), tr(cx, "take back"));
}

static void
draw_ways(struct view *v)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='acts noprint'>");
	ui_button(v, ui_url(v, "/comments/all"), tr(cx, "All comments"), false);
	ui_button(v, ui_url(v, "/comments/senders"), tr(cx, "Trusted and banned senders"), false);
	ui_button(v, ui_url(v, "/comments/report"), tr(cx, "Report of incitement"), false);
	html(&v->h, "</p>");
}

static int
draw_queue(struct view *v)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	int64_t n;

	TRY(query_init(cx, &q, &comment_kind));
	/* Nobody can decide about one that is cut. */
	query_and(&q, "comment.state = 'waiting' AND comment.text IS NOT NULL", NO_VALS);
	q.limit = COMMENT_QUEUE;
	TRY(query_count(&q, &n));
	TRY(query_list(&q, &l));
	draw_ways(v);
	if (l.n == 0)
		ui_empty(v, tr(cx, "Nothing waits"),
		    tr(cx, "New comments stand here as soon as they are sent."), ui_url(v, "/news"),
		    tr(cx, "News"));
	else {
		html(&v->h, "<p class='mute'>%s</p>",
		    trn(cx, n, "%s comment waits, the oldest first.",
			"%s comments wait, the oldest first.", num(cx, n)));
		draw_keys(v);
		TRY(draw_queue_rows(v, &l));
	}
	return draw_last(v);
}

static int
queue_page(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){
		       .title = tr(cx, "Comments that wait"), .nav = "/comments", .staff = true });
	html(&v->h, "<div class='flow'>");
	TRY(draw_queue(v));
	html(&v->h, "</div><script src='%s' defer></script>", asset_url("queue.js"));
	ui_close(v);
	return RC_OK;
}

/* ---- one comment ---- */

static int
read_one(struct view *v, struct comment *c)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &comment_kind, id, c);
}

static void
draw_reply(struct view *v, const struct comment *c)
{
	struct ctx *cx = v->cx;
	const char *typed = v->rq->method == M_POST ? req_f(v->rq, "reply") : NULL;

	if (strcmp(c->state, "shown") != 0)
		return;
	ui_section_open(v, "reply", tr(cx, "Reply of the office"), NULL);
	if (typed != NULL && c->reply != NULL && strcmp(typed, c->reply) != 0) {
		/* Somebody else replied in between: both are seen before either stands. */
		html(&v->h, "<div class='note reply'><p><strong>%s</strong></p>",
		    tr(cx, "The secretariat"));
		comment_draw_text(v, c->reply);
		html(&v->h, "</div>");
	}
	ui_form_begin(
	    v, arena_printf(cx->arena, "/comments/%lld/reply", (long long)c->rec.id), false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='f-reply'>%s</label><span class='hint' id='f-reply-h'>%s</span><textarea "
	    "id='f-reply' name='reply' rows='4' dir='auto' aria-describedby='f-reply-h'>\n"
	    "%s</textarea></div><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button></p>",
	    (long long)c->rec.version, tr(cx, "Text of the reply"),
	    tr(cx, "It stands under the comment, signed by the secretariat. Empty: no reply."),
	    typed != NULL      ? typed
	    : c->reply == NULL ? ""
			       : c->reply,
	    tr(cx, "Publish the reply"));
	ui_form_end(v);
	ui_section_close(v);
}

static void
draw_fact(struct view *v, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", name, value);
}

/* Who decided and who replied stand by name, as in the history. */
static int
draw_facts(struct view *v, const struct comment *c)
{
	struct ctx *cx = v->cx;
	const int64_t accounts[] = { c->moderator, c->replier };
	const char *who[ARRAY_LEN(accounts)], *article;

	TRY(kind_titles(cx, &article_kind, &c->article, 1, &article));
	TRY(kind_titles(cx, &account_kind, accounts, ARRAY_LEN(accounts), who));
	html(&v->h, "<dl class='facts'><dt>%s</dt><dd><a href='%s'>%s</a></dd><dt>%s</dt><dd>",
	    tr(cx, "Article"), ui_url(v, "/news/%lld", (long long)c->article), article,
	    tr(cx, "State"));
	comment_state(v, c->state);
	html(&v->h, "</dd>");
	if (c->name != NULL)
		html(&v->h, "<dt>%s</dt><dd><bdi translate='no'>%s</bdi></dd>",
		    tr(cx, "Name of the author"), c->name);
	if (c->first != 0)
		html(&v->h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>",
		    tr(cx, "First comment of the same author"),
		    ui_url(v, "/comments/%lld", (long long)c->first), num(cx, c->first));
	draw_fact(v, tr(cx, "Entered on"), day_text(cx, c->entered_on));
	if (c->reason != NULL)
		draw_fact(v, tr(cx, "Reason"), option_label(cx, comment_reasons, c->reason));
	if (c->decided_on != 0)
		draw_fact(v, tr(cx, "Decided on"), day_text(cx, c->decided_on));
	draw_fact(
	    v, c->standing ? tr(cx, "Shown by a standing yes") : tr(cx, "Decided by"), who[0]);
	draw_fact(v, tr(cx, "Replied by"), who[1]);
	html(&v->h, "</dl>");
	if (c->text != NULL)
		comment_draw_text(v, c->text);
	return RC_OK;
}

static int
draw_one(struct view *v, const struct comment *c)
{
	struct ctx *cx = v->cx;
	const char *title = trf(cx, "Comment %s", num(cx, c->rec.id));
	const struct crumb crumbs[] = { { "/comments", tr(cx, "Comments that wait") },
		{ NULL, title }, { NULL, NULL } };
	struct err said = cx->err;

	err_clear(cx);
	ui_open(v,
	    &(struct page){ .title = title, .nav = "/comments", .staff = true, .crumbs = crumbs });
	cx->err = said;
	ui_refusals(v, "f-");
	err_clear(cx);
	html(&v->h, "<div class='flow'>");
	draw_marks(v, c);
	TRY(draw_facts(v, c));
	if (c->text == NULL)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Name and text are removed; the comment is only counted."));
	else
		draw_decide(v, c, false);
	html(&v->h, "</div>");
	draw_reply(v, c);
	TRY(ui_history(v, &comment_kind, c->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct comment c;

	TRY(read_one(v, &c));
	return draw_one(v, &c);
}

static const char *
done_text(struct ctx *cx, const char *action)
{
	static const struct {
		const char *action, *text;
	} texts[] = { { "show", N_("The comment is shown.") },
		{ "trust", N_("The comment is shown, and the author's next ones are at once.") },
		{ "refuse", N_("The comment is refused.") },
		{ "ban", N_("The comment is refused, and its sender is banned for a time.") },
		{ "wait", N_("The decision is taken back.") } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(texts); i++)
		if (strcmp(texts[i].action, action) == 0)
			return tr(cx, texts[i].text);
	return NULL;
}

static int64_t
version_of(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	int64_t n;

	return s != NULL && num_parse(s, &n) ? n : 0;
}

static int
decide_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *action = req_f(v->rq, "action"), *back = req_f(v->rq, "back");
	struct comment_decision d = { 0 };
	struct comment c;
	int rc;

	TRY(read_one(v, &c));
	d = (struct comment_decision){ c.rec.id, version_of(v), action == NULL ? "" : action,
		req_f(v->rq, "reason"), req_base(v->rq) };
	rc = comment_decide(cx, &d);
	if (comment_refused(v, rc))
		return draw_one(v, &c);
	TRY(rc);
	return ui_done(v,
	    back != NULL && strcmp(back, "queue") == 0
		? "/comments"
		: arena_printf(cx->arena, "/comments/%lld", (long long)c.rec.id),
	    done_text(cx, d.action));
}

static int
reply_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct comment_answer a;
	struct comment c;
	int rc;

	TRY(read_one(v, &c));
	a = (struct comment_answer){ c.rec.id, version_of(v), req_f(v->rq, "reply"),
		req_base(v->rq) };
	rc = comment_reply(cx, &a);
	if (comment_refused(v, rc))
		return draw_one(v, &c);
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/comments/%lld", (long long)c.rec.id),
	    tr(cx, "The reply is saved."));
}

static int
set_closed(struct view *v, bool close)
{
	struct article a;

	TRY(comment_article(v, &a));
	TRY(comment_close(v->cx, a.rec.id, close));
	return ui_done(v, comment_at(v, a.rec.id, ""),
	    close ? tr(v->cx, "The comments are closed.") : tr(v->cx, "Comments are taken again."));
}

static int
close_post(struct view *v)
{
	return set_closed(v, true);
}

static int
open_post(struct view *v)
{
	return set_closed(v, false);
}

const struct route comment_queue_routes[] = {
	{ M_GET, "/comments", queue_page, CAP_EVENT_APPROVE, 0, N_("Comments that wait"),
	    N_("Comments of readers to decide about, the oldest first.") },
	{ M_GET, "/comments/{id}", one_page, CAP_EVENT_APPROVE, 0, N_("Comment"),
	    N_("One comment with its decision, the office's reply, history.") },
	{ M_POST, "/comments/{id}/decide", decide_post, CAP_EVENT_APPROVE, 0,
	    N_("Decide about a comment"), NULL },
	{ M_POST, "/comments/{id}/reply", reply_post, CAP_EVENT_APPROVE, 0,
	    N_("Reply to a comment"), NULL },
	{ M_POST, "/news/{id}/comments/close", close_post, CAP_EVENT_APPROVE, 0,
	    N_("Close the comments"), NULL },
	{ M_POST, "/news/{id}/comments/open", open_post, CAP_EVENT_APPROVE, 0,
	    N_("Take comments again"), NULL },
};
const size_t comment_queue_nroutes = ARRAY_LEN(comment_queue_routes);

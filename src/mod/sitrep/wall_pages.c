/* wall_pages.c – the wall: a board for a big screen that is read at four metres. Totals alone, no family can be told from
 * them. It renews itself without a script, says how old its data are, and says so loudly when they are old: from the
 * served moment here, by web/wall.js where the server does not answer. Dark, and light with ?look=light. */
#include "mod/sitrep/sitrep_pages.h"

#include <string.h>

#include "mod/sitrep/wall_reads.h"
#include "ui/bare.h"
#include "web/assets.h"

/* ---- parts ---- */

static void
number(struct view *v, bool red, const char *label, const char *text)
{
	html(&v->h, red ? "<div class='red'>" : "<div>");
	html(&v->h,
	    strlen(text) > 3 ? "<dt>%s</dt><dd class='long'>%s</dd></div>"
			     : "<dt>%s</dt><dd>%s</dd></div>",
	    label, text);
}

/* "Just now" is too long for the large letters. */
static const char *
wall_age(struct ctx *cx, int64_t since)
{
	return cx->now - since < 60 * US_PER_SECOND ? trf(cx, "%s min", num(cx, 0))
						    : relief_age(cx, since);
}

static void
draw_needs(struct view *v, const struct wall *w)
{
	const struct relief_sums *s = &w->sums;
	struct ctx *cx = v->cx;
	int i;

	html(&v->h, "<dl class='big'>");
	number(v, s->urgent[0] > 0, tr(cx, "Urgent now"), num(cx, s->urgent[0]));
	number(v, false, tr(cx, "Urgent today"), num(cx, s->urgent[1]));
	number(v, false, tr(cx, need_urgencies[2].label), num(cx, s->urgent[2]));
	for (i = 0; i < 5; i++)
		number(v, false, tr(cx, need_states[i].label), num(cx, s->state[i]));
	number(v, false, tr(cx, "Waiting longest"), s->oldest == 0 ? "–" : wall_age(cx, s->oldest));
	number(v, false, tr(cx, "Hours to delivery, median"),
	    s->median_hours10 == INT_NONE ? "–" : num_real(cx, (double)s->median_hours10 / 10, 1));
	number(v, false, tr(cx, "People in the centres"), num(cx, w->people));
	number(v, false, tr(cx, "Portions today"), num(cx, w->day.handed));
	html(&v->h, "</dl>");
}

static void
draw_centres(struct view *v, const struct wall *w)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<section><h2>%s</h2>", tr(cx, "Centres"));
	if (w->ncentres == 0)
		html(&v->h, "<p class='none'>%s</p>", tr(cx, "None here."));
	html(&v->h, "<ul>");
	for (i = 0; i < w->ncentres; i++) {
		const struct wall_centre *c = &w->centre[i];

		html(&v->h, *c->red == '\0' ? "<li><span>%s" : "<li class='red'><span>%s", c->name);
		if (*c->red != '\0')
			html(&v->h, "<small>▲ %s</small>", c->red);
		html(&v->h, "</span><b>%s",
		    c->capacity == INT_NONE ? num(cx, c->people)
					    : arena_printf(cx->arena, "%s / %s", num(cx, c->people),
						  num(cx, c->capacity)));
		html(&v->h, "</b></li>");
	}
	html(&v->h, "</ul>");
	if (w->more > 0)
		html(&v->h, "<p class='none'>%s</p>",
		    trf(cx, "and %s more", num(cx, (int64_t)w->more)));
	html(&v->h, "</section>");
}

static void
draw_lack(struct view *v, const struct wall *w)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<section><h2>%s</h2>", tr(cx, "Short in the stock"));
	if (w->nlack == 0)
		html(&v->h, "<p class='none'>%s</p>", tr(cx, "There is enough for what is asked."));
	html(&v->h, "<ul>");
	for (i = 0; i < w->nlack; i++)
		html(&v->h, "<li class='red'><span>%s</span><b>−%s</b></li>",
		    kind_title(cx, &item_kind, &w->lack[i].item),
		    quantity_text(cx, &w->lack[i].item, w->lack[i].asked - w->lack[i].there));
	html(&v->h, "</ul></section>");
}

static void
draw_meals(struct view *v, const struct wall *w)
{
	struct ctx *cx = v->cx;
	int i;

	html(&v->h, "<section><h2>%s</h2><ul>", tr(cx, "Portions today"));
	html(&v->h, "<li><span>%s</span><b>%s</b></li>", tr(cx, "cooked"), num(cx, w->day.cooked));
	for (i = 0; meal_receivers[i].code != NULL; i++)
		html(&v->h, "<li><span>%s</span><b>%s</b></li>", tr(cx, meal_receivers[i].label),
		    num(cx, w->day.by_group[i]));
	html(&v->h, "</ul></section>");
}

/* ---- the page ---- */

enum { LOST_MINUTES = 3 /* without an answer of the server */ };

static const char *
clock_text(struct ctx *cx, int64_t at)
{
	int day, hour, minute, second;

	moment_parts(at, &day, &hour, &minute, &second);
	return day == day_of_moment(cx->now) ? arena_printf(cx->arena, "%02d:%02d", hour, minute)
					     : moment_text(cx, at);
}

static void
open_wall(struct view *v, const struct headquarters *q, const struct wall *w, bool light)
{
	bool open = strcmp(q->state, "open") == 0; /* a closed one moves no more */
	struct ctx *cx = v->cx;

	ui_script_of_reader(v);
	html(&v->h,
	    light ? "<!DOCTYPE html>\n<html lang='%s' class='wall light'>"
		  : "<!DOCTYPE html>\n<html lang='%s' class='wall'>",
	    lang_tag(cx));
	html(&v->h,
	    "<head><meta charset='utf-8'><meta name='viewport' content='width=device-width, "
	    "initial-scale=1'><meta name='robots' content='noindex'><meta name='referrer' "
	    "content='no-referrer'><title>%s</title><link rel='icon' href='%s' "
	    "type='image/svg+xml'><link rel='stylesheet' href='%s'>",
	    tr(cx, "Wall"), asset_url("mark.svg"), asset_url("wall.css"));
	if (open)
		html(&v->h,
		    "<noscript><meta http-equiv='refresh' content='60'></noscript><script src='%s' "
		    "defer></script>",
		    asset_url("wall.js"));
	html(&v->h, "</head><body><main data-stale='%s' data-lost='%s' data-said='%s'>",
	    arena_printf(cx->arena, "%lld", (long long)w->stale),
	    arena_printf(cx->arena, "%d", LOST_MINUTES),
	    trf(cx, "No answer of the server: these numbers are %s min old.", "#"));
	html(&v->h, "<header><h1>%s</h1>", kind_title(cx, &headquarters_kind, q));
	if (q->hotline != NULL)
		html(&v->h, "<p class='hot'><span>%s</span> %s</p>", tr(cx, "Hotline"), q->hotline);
	html(&v->h, "</header><p id='stale' class='stale' role='alert' hidden></p>");
	if (!open)
		html(&v->h, "<p class='stale'>%s</p>", tr(cx, "This headquarters is closed."));
	else if (w->newest > 0 && cx->now - w->newest > w->stale * 60 * US_PER_SECOND)
		html(&v->h, "<p class='calm'>▲ %s</p>",
		    trf(cx, "Nobody has typed anything for %s: the data may be old.",
			relief_age(cx, w->newest)));
}

static int
draw_wall(struct view *v, const struct headquarters *q, const char *self)
{
	struct ctx *cx = v->cx;
	const char *look = req_q(v->rq, "look");
	bool light = look != NULL && strcmp(look, "light") == 0;
	struct wall w;

	TRY(wall_read(cx, q->rec.id, &w));
	open_wall(v, q, &w, light);
	draw_needs(v, &w);
	html(&v->h, "<div class='cols'>");
	draw_centres(v, &w);
	draw_lack(v, &w);
	draw_meals(v, &w);
	html(&v->h, "</div><footer><span>%s</span><span>%s</span><a href='%s%s'>%s</a></footer>",
	    trf(cx, "As of %s; anew every minute.", clock_text(cx, cx->now)),
	    w.newest == 0 ? tr(cx, "Nothing typed yet.")
			  : trf(cx, "The last change: %s.", clock_text(cx, w.newest)),
	    self, light ? "" : "?look=light", light ? tr(cx, "Dark") : tr(cx, "Light"));
	html(&v->h, "</main></body></html>");
	return RC_OK;
}

static int
wall_page(struct view *v)
{
	struct headquarters q;

	TRY(relief_of_path(v, &q));
	return draw_wall(v, &q, ui_url(v, "/relief/%lld/wall", (long long)q.rec.id));
}

/* Who holds the link sees the wall and nothing else: it is read as by the house. */
static int
screen_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct actor *guest = cx->actor;
	const char *secret = v->rq->nparam > 0 ? v->rq->param[0] : "";
	struct headquarters q;
	int64_t id;
	int rc = wall_link_find(cx, secret, &id);

	if (rc == RC_NOTFOUND)
		return fail(
		    cx, RC_NOTFOUND, N_("This address of a screen does not hold any more."));
	TRY(rc);
	TRY(kind_load(cx, &headquarters_kind, id, &q));
	cx->actor = &actor_system;
	rc = draw_wall(v, &q, ui_url(v, "/wall/%s", secret));
	cx->actor = guest;
	return rc;
}

/* ---- the address of a screen ---- */

static void
draw_link_section(struct view *v, const struct headquarters *h, int64_t made, const char *secret)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "screen", tr(cx, "A screen without an account"),
	    tr(cx, "Whoever knows the address sees the wall and nothing else."));
	html(&v->h, "<div class='flow'>");
	if (secret != NULL)
		html(&v->h, "<p>%s</p><p><a class='brk' translate='no' href='%s'>%s%s</a></p>",
		    tr(cx, "The address is shown only now. Type or copy it into the screen."),
		    ui_url(v, "/wall/%s", secret), req_base(v->rq), ui_url(v, "/wall/%s", secret));
	else if (made != 0)
		html(&v->h, "<p>%s</p>",
		    trf(cx, "There is an address, made at %s.", moment_text(cx, made)));
	html(&v->h, "<div class='acts'>");
	ui_post_button(v, relief_path(v, h->rec.id, "/wall-link"), 0,
	    made != 0 ? tr(cx, "Make a new address") : tr(cx, "Make an address"), false);
	if (made != 0)
		ui_post_button(
		    v, relief_path(v, h->rec.id, "/wall-link/drop"), 0, tr(cx, "Void it"), true);
	html(&v->h, "</div></div>");
	ui_section_close(v);
}

int
wall_link_section(struct view *v, const struct headquarters *h)
{
	int64_t made;

	if (!may(v->cx, CAP_RELIEF_WRITE) || strcmp(h->state, "open") != 0)
		return RC_OK;
	TRY(wall_link_made(v->cx, h->rec.id, &made));
	draw_link_section(v, h, made, NULL);
	return RC_OK;
}

static int
link_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	const char *secret;

	TRY(relief_of_path(v, &h));
	TRY(wall_link_make(cx, h.rec.id, &secret));
	relief_open(v, &h, tr(cx, "A screen without an account"), "/reports");
	draw_link_section(v, &h, cx->now, secret);
	ui_close(v);
	return RC_OK;
}

static int
drop_post(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	TRY(wall_link_drop(v->cx, h.rec.id));
	return ui_done(v, relief_path(v, h.rec.id, "/reports"), tr(v->cx, "The address is void."));
}

const struct route wall_routes[] = {
	{ M_GET, "/relief/{id}/wall", wall_page, CAP_RELIEF_READ, 0, N_("Wall"),
	    N_("Totals for a big screen; no names.") },
	{ M_POST, "/relief/{id}/wall-link", link_post, CAP_RELIEF_WRITE, 0,
	    N_("A screen without an account"), NULL },
	{ M_POST, "/relief/{id}/wall-link/drop", drop_post, CAP_RELIEF_WRITE, 0,
	    N_("A screen without an account"), NULL },
	{ M_GET, "/wall/{secret}", screen_page, CAP_PUBLIC, ROUTE_FORM, N_("Wall"),
	    N_("By an address that the headquarters gave to its screen.") },
};
const size_t wall_nroutes = ARRAY_LEN(wall_routes);

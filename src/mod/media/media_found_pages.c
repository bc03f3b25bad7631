/* media_found_pages.c – what was found in feeds and waits for somebody: taken into the register with one button, or put
 * aside. */
#include "mod/media/media_pages.h"

void
media_aside_button(struct view *v, int64_t found)
{
	ui_post_button(v, arena_printf(v->cx->arena, "/media/found/%lld/aside", (long long)found),
	    0, tr(v->cx, "Put it aside"), false);
}

static void
draw_found(struct view *v, const struct media_found *f)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<li class='task'><div><h2><a href='%s' rel='noopener nofollow'>%s</a></h2><p "
	    "class='small mute'>%s · %s · %s</p></div>",
	    f->link, f->title, f->outlet_name, day_text(cx, f->day),
	    trf(cx, "Found by: %s", f->words));
	if (may(cx, CAP_EVENT_WRITE) && !actor_scoped(cx->actor)) {
		html(&v->h, "<div class='acts'>");
		ui_button(v, ui_url(v, "/media/new?found=%lld", (long long)f->id),
		    tr(cx, "Take it into the register"), true);
		media_aside_button(v, f->id);
		html(&v->h, "</div>");
	}
	html(&v->h, "</li>");
}

static int
found_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct media_found *f;
	int64_t all;
	size_t n, i;

	TRY(media_found_list(cx, &f, &n));
	TRY(media_found_count(cx, &all));
	media_open(v, tr(cx, "Found in feeds"), NULL);
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "Nothing of this counts before somebody takes it into the register."));
	if (n == 0)
		ui_empty(v, tr(cx, "Nothing waits."),
		    tr(cx, "Feeds are looked into where the settings say how often and an outlet "
			   "has an address of its feed."),
		    ui_url(v, "/media/outlets"), tr(cx, "Media outlets"));
	if (n > 0)
		html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		draw_found(v, &f[i]);
	if (n > 0)
		html(&v->h, "</ul>");
	if (all > (int64_t)n)
		html(&v->h, "<p class='mute'>%s</p>",
		    trf(cx, "The newest %s of %s.", num(cx, (int64_t)n), num(cx, all)));
	ui_close(v);
	return RC_OK;
}

static int
aside_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(media_found_done(v->cx, id, "aside"));
	return ui_done(v, "/media/found", tr(v->cx, "Put aside."));
}

const struct route media_found_routes[] = {
	{ M_GET, "/media/found", found_page, CAP_EVENT_READ, 0, N_("Found in feeds"),
	    N_("Items of feeds that name the assembly; nothing of it counts yet.") },
	{ M_POST, "/media/found/{id}/aside", aside_post, CAP_EVENT_WRITE, 0,
	    N_("Put an item of a feed aside"), NULL },
};
const size_t media_found_nroutes = ARRAY_LEN(media_found_routes);

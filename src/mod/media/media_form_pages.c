/* media_form_pages.c – entering and changing. A publication begins with its link: it tells the outlet, and whether the
 * page is entered already; without a link the form is there at once. */
#include "mod/media/media_pages.h"

static const char *const outlet_shown[] = { "name", "type", "lang", "district", "site", "editor",
	"phone", "email", "address", "feed", "polled", "keywords", "note", "closed", NULL };
static const char *const publication_shown[] = { "title", "outlet", "lang", "day", "link", "author",
	"tone", "reach", "event", "body", "programme", "article", "origin", "note", NULL };
static const char *const column_shown[] = { "name", "network", "address", "body", "since", "closed",
	"note", NULL };
static const char *const post_shown[] = { "title", "day", "link", "views", "views_on", "event",
	NULL };

/* What a form of this module is about. */
static const struct thing {
	const struct kind *kind;
	const char *path, *list; /* "outlets"; the list above it */
	const char *const *fields;
	const char *add, *change; /* msgids */
} things[] = {
	{ &outlet_kind, "outlets", "/media/outlets", outlet_shown, N_("Add an outlet"),
	    N_("Change the outlet") },
	{ &publication_kind, "publications", "/media", publication_shown, N_("Enter a publication"),
	    N_("Change the publication") },
	{ &social_column_kind, "columns", "/media/columns", column_shown, N_("Add a column"),
	    N_("Change the column") },
	{ &social_post_kind, "posts", "/media/columns", post_shown, N_("Enter a post"),
	    N_("Change the post") },
};

static const struct thing *
thing_of(const struct kind *k)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(things) - 1 && things[i].kind != k; i++)
		;
	return &things[i];
}

static int
draw_form(struct view *v, struct ui_form *f)
{
	const struct thing *t = thing_of(f->kind);

	media_open(v, tr(v->cx, f->create ? t->add : t->change), NULL);
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
new_form(struct ui_form *f, const struct kind *k, void *rec, const char *path)
{
	const struct thing *t = thing_of(k);

	kind_empty(k, rec);
	*f = (struct ui_form){ .kind = k,
		.rec = rec,
		.create = true,
		.path = path,
		.fields = t->fields,
		.cancel = t->list };
}

static int
edit_form(struct view *v, const struct kind *k, void *rec, struct ui_form *f)
{
	const struct thing *t = thing_of(k);
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, k, id, rec));
	TRY(k->writable(v->cx, rec, rec));
	*f = (struct ui_form){ .kind = k,
		.rec = rec,
		.path = media_path(v, t->path, id, "/edit"),
		.fields = t->fields,
		.cancel = media_path(v, t->path, id, "") };
	return RC_OK;
}

static int
edit(struct view *v, const struct kind *k, void *rec)
{
	struct ui_form f;

	TRY(edit_form(v, k, rec, &f));
	return v->rq->method == M_POST ? ui_form_save(v, &f, draw_form) : draw_form(v, &f);
}

/* ---- outlets, columns, posts ---- */

static int
outlet_new(struct view *v)
{
	struct outlet o;
	struct ui_form f;

	new_form(&f, &outlet_kind, &o, "/media/outlets/new");
	TRY(outlet_kind.writable(v->cx, NULL, &o));
	o.lang = "kk";
	return v->rq->method == M_POST ? ui_form_save(v, &f, draw_form) : draw_form(v, &f);
}

static int
outlet_edit(struct view *v)
{
	struct outlet o;

	return edit(v, &outlet_kind, &o);
}

static int
column_new(struct view *v)
{
	struct social_column c;
	struct ui_form f;

	new_form(&f, &social_column_kind, &c, "/media/columns/new");
	if (actor_scoped(v->cx->actor))
		c.body = v->cx->actor->body;
	return v->rq->method == M_POST ? ui_form_save(v, &f, draw_form) : draw_form(v, &f);
}

static int
column_edit(struct view *v)
{
	struct social_column c;

	return edit(v, &social_column_kind, &c);
}

static int
post_new(struct view *v)
{
	struct social_column c;
	struct social_post p;
	struct ui_form f;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &social_column_kind, id, &c));
	TRY(social_column_kind.writable(v->cx, &c, &c));
	new_form(&f, &social_post_kind, &p, media_path(v, "columns", id, "/posts/new"));
	p.social_column = id;
	p.day = v->cx->today;
	f.cancel = media_path(v, "columns", id, "");
	f.again = true;
	return v->rq->method == M_POST ? ui_form_save(v, &f, draw_form) : draw_form(v, &f);
}

static int
post_edit(struct view *v)
{
	struct social_post p;

	return edit(v, &social_post_kind, &p);
}

/* ---- a publication ---- */

static int
publication_edit(struct view *v)
{
	struct publication p;

	return edit(v, &publication_kind, &p);
}

/* The first step: the link alone. */
static int
draw_paste(struct view *v, const char *typed, const struct media_pasted *m)
{
	struct ctx *cx = v->cx;
	struct publication p;

	media_open(v, tr(cx, "Enter a publication"), NULL);
	ui_refusals(v, "");
	err_clear(cx);
	if (m->known != 0) {
		TRY(kind_load(cx, &publication_kind, m->known, &p));
		ui_note(v, 'w', tr(cx, "This page is entered already:"));
		TRY(media_draw_rows(v, &p, 1, false));
	}
	if (media_q(v, "found") !=
	    0) { /* entered meanwhile: only one thing is left to do with it */
		html(&v->h, "<p class='acts'>");
		media_aside_button(v, media_q(v, "found"));
		html(&v->h, "</p>");
		ui_close(v);
		return RC_OK;
	}
	html(&v->h,
	    "<form method='get' action='%s' class='form'><div class='fld'><label "
	    "for='link'>%s</label><span class='hint' id='link-h'>%s</span><input type='url' "
	    "id='link' name='link' aria-describedby='link-h' value='%s'></div>",
	    ui_url(v, "/media/new"), tr(cx, "Link of the publication"),
	    tr(cx,
		"Paste it from the browser: it tells the outlet, and whether the page is entered "
		"already."),
	    typed);
	if (media_q(v, "origin") != 0)
		html(&v->h, "<input type='hidden' name='origin' value='%lld'>",
		    (long long)media_q(v, "origin"));
	if (media_q(v, "event") != 0)
		html(&v->h, "<input type='hidden' name='event' value='%lld'>",
		    (long long)media_q(v, "event"));
	html(&v->h,
	    "<p class='acts'><button type='submit' class='btn go'>%s</button><button "
	    "type='submit' class='btn' name='paper' value='1'>%s</button></p></form>",
	    tr(cx, "Go on"), tr(cx, "It has no link: paper or air"));
	ui_close(v);
	return RC_OK;
}

/* What is known before anything is typed: of the link, of the origin, of what was found. */
static int
prefill(struct view *v, struct publication *p, const struct media_pasted *m)
{
	struct ctx *cx = v->cx;
	struct publication origin;
	struct media_found found;
	struct outlet o;

	p->day = cx->today;
	p->link = m->url;
	p->outlet = m->outlet;
	p->event = media_q(v, "event");
	if (media_q(v, "origin") != 0) {
		TRY(kind_get(cx, &publication_kind, media_q(v, "origin"), &origin));
		p->origin = origin.origin != 0 ? origin.origin : origin.rec.id;
		p->title = origin.title;
		p->event = origin.event;
		p->body = origin.body;
		p->programme = origin.programme;
	}
	if (media_q(v, "found") != 0) {
		TRY(media_found_get(cx, media_q(v, "found"), &found));
		p->title = found.title;
		p->author = found.author;
		p->outlet = found.outlet;
		p->day = found.day;
	}
	if (actor_scoped(cx->actor) && !actor_in_scope(cx->actor, p->body))
		p->body = cx->actor->body;
	if (p->outlet != 0) {
		TRY(kind_load(cx, &outlet_kind, p->outlet, &o));
		p->lang = o.lang;
	}
	return RC_OK;
}

/* The address of the form keeps where it began. */
static const char *
form_path(struct view *v)
{
	return media_q(v, "found") == 0 ? "/media/new"
					: arena_printf(v->cx->arena, "/media/new?found=%lld",
					      (long long)media_q(v, "found"));
}

static int
publication_new(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *typed = req_q(v->rq, "link");
	struct media_pasted m = { 0 };
	struct media_found found;
	struct publication p;
	struct ui_form f;
	int rc = RC_OK;

	if (media_q(v, "found") != 0) {
		TRY(media_found_get(cx, media_q(v, "found"), &found));
		typed = found.link;
	}
	if (typed != NULL && *typed != '\0')
		rc = media_paste(cx, typed, &m);
	else if (req_q(v->rq, "paper") == NULL)
		return draw_paste(v, "", &m);
	if (rc == RC_INVALID || m.known != 0) {
		v->status = rc == RC_INVALID ? 422 : 200;
		return draw_paste(v, typed, &m);
	}
	TRY(rc);
	new_form(&f, &publication_kind, &p, form_path(v));
	TRY(prefill(v, &p, &m));
	f.again = media_q(v, "found") == 0;
	return draw_form(v, &f);
}

static int
publication_post(struct view *v)
{
	struct ctx *cx = v->cx;
	int64_t found = media_q(v, "found");
	struct publication p;
	struct ui_form f;

	new_form(&f, &publication_kind, &p, form_path(v));
	f.again = found == 0;
	TRY(ui_form_save(v, &f, draw_form));
	if (found != 0 && p.rec.id != 0 && media_found_done(cx, found, "taken") != RC_OK)
		err_clear(cx); /* somebody was quicker; the publication stands */
	return RC_OK;
}

const struct route media_form_routes[] = {
	{ M_GET, "/media/new", publication_new, CAP_EVENT_WRITE, 0, N_("Enter a publication"),
	    N_("Begins with its link.") },
	{ M_POST, "/media/new", publication_post, CAP_EVENT_WRITE, 0, N_("Enter a publication"),
	    NULL },
	{ M_GET, "/media/publications/{id}/edit", publication_edit, CAP_EVENT_WRITE, 0,
	    N_("Change the publication"), NULL },
	{ M_POST, "/media/publications/{id}/edit", publication_edit, CAP_EVENT_WRITE, 0,
	    N_("Change the publication"), NULL },
	{ M_GET, "/media/outlets/new", outlet_new, CAP_EVENT_WRITE, 0, N_("Add an outlet"), NULL },
	{ M_POST, "/media/outlets/new", outlet_new, CAP_EVENT_WRITE, 0, N_("Add an outlet"), NULL },
	{ M_GET, "/media/outlets/{id}/edit", outlet_edit, CAP_EVENT_WRITE, 0,
	    N_("Change the outlet"), NULL },
	{ M_POST, "/media/outlets/{id}/edit", outlet_edit, CAP_EVENT_WRITE, 0,
	    N_("Change the outlet"), NULL },
	{ M_GET, "/media/columns/new", column_new, CAP_EVENT_WRITE, 0, N_("Add a column"), NULL },
	{ M_POST, "/media/columns/new", column_new, CAP_EVENT_WRITE, 0, N_("Add a column"), NULL },
	{ M_GET, "/media/columns/{id}/edit", column_edit, CAP_EVENT_WRITE, 0,
	    N_("Change the column"), NULL },
	{ M_POST, "/media/columns/{id}/edit", column_edit, CAP_EVENT_WRITE, 0,
	    N_("Change the column"), NULL },
	{ M_GET, "/media/columns/{id}/posts/new", post_new, CAP_EVENT_WRITE, 0, N_("Enter a post"),
	    NULL },
	{ M_POST, "/media/columns/{id}/posts/new", post_new, CAP_EVENT_WRITE, 0, N_("Enter a post"),
	    NULL },
	{ M_GET, "/media/posts/{id}/edit", post_edit, CAP_EVENT_WRITE, 0, N_("Change the post"),
	    NULL },
	{ M_POST, "/media/posts/{id}/edit", post_edit, CAP_EVENT_WRITE, 0, N_("Change the post"),
	    NULL },
};
const size_t media_form_nroutes = ARRAY_LEN(media_form_routes);

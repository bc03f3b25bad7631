/* media_pages.c – the register for staff: publications, outlets, columns with their posts, one of each. */
#include <sys/stat.h>

#include "core/files.h"
#include "mod/media/media_feed.h"
#include "mod/media/media_pages.h"

/* ---- shared ---- */

void
media_open(struct view *v, const char *title, const struct media_above *above)
{
	struct crumb c[4] = { { "/media", tr(v->cx, "Media") } };
	size_t n = 1;

	if (above != NULL)
		c[n++] = (struct crumb){ above->path, above->text };
	c[n++] = (struct crumb){ NULL, title };
	c[n] = (struct crumb){ NULL, NULL };
	ui_open(v, &(struct page){ .title = title, .nav = "/media", .staff = true, .crumbs = c });
}

const char *
media_path(struct view *v, const char *what, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/media/%s/%lld%s", what, (long long)id, tail);
}

int64_t
media_q(struct view *v, const char *name)
{
	const char *s = req_q(v->rq, name);
	int64_t id;

	return s != NULL && num_parse(s, &id) && id > 0 ? id : 0;
}

/* The title is in the language of the publication, whatever that of the page is. */
static void
title_open(struct view *v, const char *lang)
{
	if (strcmp(lang, "other") == 0)
		html(&v->h, "<p translate='no'>");
	else
		html(&v->h, "<p lang='%s'>", lang);
}

static void
draw_row(struct view *v, const struct publication *p, const char *outlet, bool outside)
{
	struct ctx *cx = v->cx;
	char iso[16];

	day_iso(p->day, iso);
	html(&v->h, "<li><p class='small mute'><time datetime='%s'>%s</time> · %s · %s</p>", iso,
	    day_text(cx, p->day), outlet, option_label(cx, media_langs, p->lang));
	title_open(v, p->lang);
	if (!outside)
		html(&v->h, "<a href='%s'>%s</a>",
		    ui_path(v, media_path(v, "publications", p->rec.id, "")), p->title);
	else if (p->link != NULL)
		html(&v->h, "<a href='%s' rel='noopener nofollow'>%s</a>", p->link, p->title);
	else
		html(&v->h, "%s", p->title);
	html(&v->h, "</p></li>");
}

int
media_draw_rows(struct view *v, const struct publication *p, size_t n, bool outside)
{
	struct ctx *cx = v->cx;
	int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
	const char **names = arena_array(cx->arena, const char *, n + 1);
	size_t i;

	for (i = 0; i < n; i++)
		ids[i] = p[i].outlet;
	TRY(kind_titles(cx, &outlet_kind, ids, n, names));
	html(&v->h, "<ul class='flow'>");
	for (i = 0; i < n; i++)
		draw_row(v, &p[i], names[i], outside);
	html(&v->h, "</ul>");
	return RC_OK;
}

/* ---- lists ---- */

static int
draw_doors(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *name;
	int64_t found, club;

	TRY(media_found_count(cx, &found));
	TRY(media_club(cx, &club));
	TRY(event_title_of(cx, &body_kind, club, &name));
	html(&v->h, "<p class='acts'>");
	if (may(cx, CAP_EVENT_WRITE))
		ui_button(v, ui_url(v, "/media/new"), tr(cx, "Enter a publication"), true);
	ui_button(v, ui_url(v, "/media/outlets"), tr(cx, "Media outlets"), false);
	ui_button(v, ui_url(v, "/media/columns"), tr(cx, "Columns in networks"), false);
	ui_button(v, ui_url(v, "/media/coverage"), tr(cx, "What stayed silent"), false);
	ui_button(v, ui_url(v, "/media/found"),
	    found == 0 ? tr(cx, "Found in feeds") : trf(cx, "Found in feeds: %s", num(cx, found)),
	    false);
	if (club != 0)
		ui_button(v, ui_url(v, "/bodies/%lld", (long long)club), name, false);
	html(&v->h, "</p>");
	return RC_OK;
}

static int
register_page(struct view *v)
{
	static const char *const columns[] = { "day", "title", "outlet", "lang", "tone", "event",
		NULL };
	struct ui_list l = {
		.kind = &publication_kind, .path = "/media", .columns = columns, .sort = "-day"
	};

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(v->cx, "Media"), .nav = "/media", .staff = true });
	TRY(draw_doors(v));
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static int
outlets_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &outlet_kind, .path = "/media/outlets", .sort = "title" };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	media_open(v, tr(cx, "Media outlets"), NULL);
	if (may(cx, CAP_EVENT_WRITE) && !actor_scoped(cx->actor)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/media/outlets/new"), tr(cx, "Add an outlet"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static int
columns_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = {
		.kind = &social_column_kind, .path = "/media/columns", .sort = "title"
	};

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	media_open(v, tr(cx, "Columns in networks"), NULL);
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/media/columns/new"), tr(cx, "Add a column"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- one of each ---- */

static int
record_of_path(struct view *v, const struct kind *k, void *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, k, id, out);
}

static void
draw_change(struct view *v, int rc, const char *path)
{
	if (rc == RC_OK && may(v->cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_path(v, path), tr(v->cx, "Change"), false);
		html(&v->h, "</p>");
	}
	err_clear(v->cx);
}

static int
draw_feed(struct view *v, const struct outlet *o)
{
	struct ctx *cx = v->cx;
	struct media_feed_state s;

	if (o->feed == NULL)
		return RC_OK;
	TRY(media_feed_state(cx, o->rec.id, &s));
	ui_section_open(v, "feed", tr(cx, "Feed"), NULL);
	html(&v->h, "<div class='flow'><p>%s</p>",
	    !o->polled	      ? tr(cx, "Nobody looks into it.")
	    : s.every == 0    ? tr(cx, "Nobody looks into it: the settings do not say how often.")
	    : s.asked_at == 0 ? tr(cx, "It was not looked into yet.")
			      : trf(cx, "Looked into: %s.", moment_text(cx, s.asked_at)));
	if (s.said != NULL)
		html(&v->h, "<p>%s</p>", option_label(cx, media_feed_ends, s.said));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static void
narrow_outlet(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "publication.outlet = ?", VALS(v_int(id)));
}

static int
outlet_page(struct view *v)
{
	static const char *const columns[] = { "day", "title", "lang", "tone", "event", NULL };
	struct ctx *cx = v->cx;
	struct media_above up = { "/media/outlets", tr(cx, "Media outlets") };
	struct ui_list l = { .kind = &publication_kind,
		.columns = columns,
		.sort = "-day",
		.no_filters = true,
		.narrow = narrow_outlet };
	struct outlet o;

	TRY(record_of_path(v, &outlet_kind, &o));
	l.path = media_path(v, "outlets", o.rec.id, "");
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	media_open(v, o.name, &up);
	ui_section_open(v, "facts", tr(cx, "Media outlet"), NULL);
	html(&v->h, "<div class='flow'>");
	TRY(ui_facts(v, &outlet_kind, &o));
	draw_change(
	    v, outlet_kind.writable(cx, &o, &o), media_path(v, "outlets", o.rec.id, "/edit"));
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(draw_feed(v, &o));
	html(&v->h, "<hr><h2>%s</h2>", tr(cx, "Publications"));
	TRY(ui_list_page(v, &l));
	TRY(ui_history(v, &outlet_kind, o.rec.id));
	ui_close(v);
	return RC_OK;
}

/* ---- a publication ---- */

static int
draw_family(struct view *v, const struct publication *p)
{
	struct ctx *cx = v->cx;
	struct publication o, *r;
	size_t n;

	if (p->origin != 0) {
		TRY(kind_load(cx, &publication_kind, p->origin, &o));
		ui_section_open(v, "origin", tr(cx, "Reprint of"), NULL);
		TRY(media_draw_rows(v, &o, 1, false));
		ui_section_close(v);
		return RC_OK;
	}
	TRY(media_reprints(cx, p->rec.id, &r, &n));
	ui_section_open(v, "reprints", tr(cx, "Reprints"), NULL);
	html(&v->h, "<div class='flow'>");
	if (n > 0)
		TRY(media_draw_rows(v, r, n, false));
	else
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "None is entered."));
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/media/new?origin=%lld", (long long)p->rec.id),
		    tr(cx, "Enter a reprint"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_archive(struct view *v, const struct publication *p, bool writes)
{
	struct ctx *cx = v->cx;
	struct file f;

	if (p->archive == 0 && !writes)
		return RC_OK;
	ui_section_open(v, "archive", tr(cx, "Archived copy"),
	    tr(cx, "For the staff: pages of outlets change and go."));
	html(&v->h, "<div class='flow'>");
	ui_refusals(v, "");
	if (p->archive != 0) {
		TRY(kind_load(cx, &file_kind, p->archive, &f));
		html(&v->h, "<p><a href='%s'>%s</a> <span class='small mute'>%s</span></p>",
		    ui_path(v, media_path(v, "publications", p->rec.id, "/copy")),
		    tr(cx, "Open the copy"), f.media);
		html(&v->h, "<p class='small mute'>SHA-256 <code>%s</code></p>", f.sha256);
	}
	if (writes) {
		ui_form_begin(v, media_path(v, "publications", p->rec.id, "/copy"), true);
		html(&v->h,
		    "<div class='fld'><label for='file'>%s</label><span class='hint' "
		    "id='file-h'>%s</span><input type='file' id='file' name='file' "
		    "aria-describedby='file-h' "
		    "accept='image/jpeg,image/png,image/webp,application/pdf'></div><p "
		    "class='acts'><button type='submit' class='btn'>%s</button></p>",
		    tr(cx, "File"), tr(cx, "The page printed to PDF, or a picture of it."),
		    p->archive != 0 ? tr(cx, "Put another copy in its place")
				    : tr(cx, "Keep a copy"));
		ui_form_end(v);
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_publication(struct view *v, const struct publication *p)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	bool writes;

	err_clear(cx);
	writes = publication_kind.writable(cx, p, p) == RC_OK && may(cx, CAP_EVENT_WRITE);
	err_clear(cx);
	media_open(v, p->title, NULL);
	ui_section_open(v, "facts", tr(cx, "Publication"), NULL);
	html(&v->h, "<div class='flow'>");
	TRY(ui_facts(v, &publication_kind, p));
	if (writes) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_path(v, media_path(v, "publications", p->rec.id, "/edit")),
		    tr(cx, "Change"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	cx->err = said;
	TRY(draw_archive(v, p, writes));
	err_clear(cx);
	TRY(draw_family(v, p));
	TRY(ui_history(v, &publication_kind, p->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
publication_page(struct view *v)
{
	struct publication p;

	TRY(record_of_path(v, &publication_kind, &p));
	return draw_publication(v, &p);
}

static int
copy_post(struct view *v)
{
	struct publication p;
	int rc;

	TRY(record_of_path(v, &publication_kind, &p));
	rc = media_archive(v->cx, p.rec.id, req_file(v->rq, "file"));
	if (rc == RC_INVALID || rc == RC_TOOBIG) {
		v->status = 422;
		return draw_publication(v, &p);
	}
	TRY(rc);
	return ui_done(
	    v, media_path(v, "publications", p.rec.id, ""), tr(v->cx, "The copy is kept."));
}

/* A picture opens, a PDF is handed over to be saved: neither acts as a page of this house. */
static int
copy_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct publication p;
	struct file f;
	struct stat st;
	const char *path;

	TRY(record_of_path(v, &publication_kind, &p));
	if (p.archive == 0)
		return fail(cx, RC_NOTFOUND, N_("There is no such record."));
	TRY(kind_load(cx, &file_kind, p.archive, &f));
	path = files_path(cx->arena, files_home(), f.sha256);
	if (path == NULL || stat(path, &st) != 0)
		return fail(
		    cx, RC_STORAGE, N_("The file is not in the store. Tell the administrator."));
	res_header(v->rq, "Content-Disposition",
	    strncmp(f.media, "image/", 6) == 0 ? "inline" : "attachment");
	v->rq->res.status = 200;
	v->rq->res.type = f.media;
	v->rq->res.file = path;
	return RC_OK;
}

/* ---- columns and posts ---- */

static void
narrow_column(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "social_post.social_column = ?", VALS(v_int(id)));
}

static int
column_page(struct view *v)
{
	static const char *const columns[] = { "day", "title", "views", "views_on", "event", NULL };
	struct ctx *cx = v->cx;
	struct media_above up = { "/media/columns", tr(cx, "Columns in networks") };
	struct ui_list l = { .kind = &social_post_kind,
		.columns = columns,
		.sort = "-day",
		.no_filters = true,
		.narrow = narrow_column };
	struct social_column c;
	bool writes;

	TRY(record_of_path(v, &social_column_kind, &c));
	l.path = media_path(v, "columns", c.rec.id, "");
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	writes = social_column_kind.writable(cx, &c, &c) == RC_OK && may(cx, CAP_EVENT_WRITE);
	err_clear(cx);
	media_open(v, tr3(cx, &c.name, NULL), &up);
	ui_section_open(v, "facts", tr(cx, "Column in a network"), NULL);
	html(&v->h, "<div class='flow'>");
	TRY(ui_facts(v, &social_column_kind, &c));
	if (writes) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_path(v, media_path(v, "columns", c.rec.id, "/posts/new")),
		    tr(cx, "Enter a post"), true);
		ui_button(v, ui_path(v, media_path(v, "columns", c.rec.id, "/edit")),
		    tr(cx, "Change"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	html(&v->h, "<hr><h2>%s</h2>", tr(cx, "Posts of columns"));
	TRY(ui_list_page(v, &l));
	TRY(ui_history(v, &social_column_kind, c.rec.id));
	ui_close(v);
	return RC_OK;
}

static int
post_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct social_post p;
	struct social_column c;
	struct media_above up;

	TRY(record_of_path(v, &social_post_kind, &p));
	TRY(kind_load(cx, &social_column_kind, p.social_column, &c));
	up = (struct media_above){ media_path(v, "columns", c.rec.id, ""), tr3(cx, &c.name, NULL) };
	media_open(v, p.title, &up);
	ui_section_open(v, "facts", tr(cx, "Post of a column"), NULL);
	html(&v->h, "<div class='flow'>");
	TRY(ui_facts(v, &social_post_kind, &p));
	draw_change(
	    v, social_post_kind.writable(cx, &p, &p), media_path(v, "posts", p.rec.id, "/edit"));
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(ui_history(v, &social_post_kind, p.rec.id));
	ui_close(v);
	return RC_OK;
}

const struct route media_routes[] = {
	{ M_GET, "/media", register_page, CAP_EVENT_READ, 0, N_("Media"),
	    N_("What outlets published, with filters and export.") },
	{ M_GET, "/media/outlets", outlets_page, CAP_EVENT_READ, 0, N_("Media outlets"), NULL },
	{ M_GET, "/media/outlets/{id}", outlet_page, CAP_EVENT_READ, 0, N_("A media outlet"),
	    NULL },
	{ M_GET, "/media/publications/{id}", publication_page, CAP_EVENT_READ, 0,
	    N_("A publication"), N_("With its origin, its reprints and the archived copy.") },
	{ M_GET, "/media/publications/{id}/copy", copy_page, CAP_EVENT_READ, 0, N_("Archived copy"),
	    NULL },
	{ M_POST, "/media/publications/{id}/copy", copy_post, CAP_EVENT_WRITE, ROUTE_FILES,
	    N_("Archived copy"), NULL },
	{ M_GET, "/media/columns", columns_page, CAP_EVENT_READ, 0, N_("Columns in networks"),
	    NULL },
	{ M_GET, "/media/columns/{id}", column_page, CAP_EVENT_READ, 0, N_("A column in a network"),
	    N_("Its posts with their views.") },
	{ M_GET, "/media/posts/{id}", post_page, CAP_EVENT_READ, 0, N_("A post of a column"),
	    NULL },
};
const size_t media_nroutes = ARRAY_LEN(media_routes);

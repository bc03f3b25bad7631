/* news_picture_pages.c – pictures of an article: shown to readers, taken in, changed and taken away by its staff.
 *
 * A picture has one address in every language, so a browser and a preview card keep one copy. Sizes stand in the
 * markup, so nothing jumps while they load; those below the text load when they are near. */
#include <sys/stat.h>

#include "core/files.h"
#include "mod/news/news_pages.h"
#include "mod/news/news_picture.h"

static const char *
address(struct view *v, const struct article_picture *p, bool small)
{
	return arena_printf(v->cx->arena, small ? "/pictures/%lld?small=1" : "/pictures/%lld",
	    (long long)p->rec.id);
}

static bool
shown(const struct article_picture *p)
{
	return strcmp(p->consent, "agreed") == 0 || strcmp(p->consent, "no_faces") == 0;
}

/* ---- for readers ---- */

void
news_draw_picture(struct view *v, const struct article_picture *p, bool lead)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	enum lang l = cx->lang;
	const char *alt = tr3(cx, &p->alt, &l), *caption;

	html(h,
	    "<figure><img src='%s' srcset='%s %dw, %s %dw' sizes='(min-width: 60rem) 40rem, 100vw'",
	    address(v, p, false), address(v, p, true), (int)p->small_width, address(v, p, false),
	    (int)p->width);
	html(h, " width='%d' height='%d' lang='%s' alt='%s'", (int)p->width, (int)p->height,
	    lang_code(l), alt);
	html(h, lead ? ">" : " loading='lazy'>");
	caption = tr3(cx, &p->caption, &l);
	if (*caption != '\0' || !article_blank(p->credit)) {
		html(h, "<figcaption>");
		if (*caption != '\0')
			html(h, "<span lang='%s'>%s</span> ", lang_code(l), caption);
		if (!article_blank(p->credit))
			html(h, "<span class='mute'>%s</span>", trf(cx, "Photo: %s", p->credit));
		html(h, "</figcaption>");
	}
	html(h, "</figure>");
}

void
news_draw_small(struct view *v, const struct article_picture *p, const char *class)
{
	html(&v->h, "<img class='%s' src='%s' width='%d' height='%d' alt='' loading='lazy'>", class,
	    address(v, p, true), (int)p->small_width, (int)p->small_height);
}

const char *
news_picture_url(struct view *v, const struct article_picture *p)
{
	return arena_printf(v->cx->arena, "%s%s", ui_base(v), address(v, p, false));
}

static int
picture_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct req *rq = v->rq;
	const char *path, *tag, *match = req_header(rq, "If-None-Match"), *sha;
	struct article_picture p;
	struct stat st;
	int64_t id;

	TRY(req_param_id(rq, 0, &id));
	TRY(kind_get(cx, &article_picture_kind, id, &p));
	sha = req_q(rq, "small") != NULL ? p.thumb : p.sha256;
	path = files_path(cx->arena, files_home(), sha);
	if (path == NULL || stat(path, &st) != 0)
		return fail(cx, RC_NOTFOUND, N_("This file has no content here."));
	tag = arena_printf(cx->arena, "\"%s\"", sha);
	/* Asked again each time: one whose consent was taken back is gone at once. */
	res_header(rq, "Cache-Control", "private, no-cache");
	res_header(rq, "ETag", tag);
	if (match != NULL && strstr(match, tag) != NULL) {
		rq->res.status = 304;
		return RC_OK;
	}
	res_header(rq, "Content-Disposition", "inline");
	rq->res.type = "image/jpeg";
	rq->res.file = path;
	rq->res.status = 200;
	return RC_OK;
}

/* ---- for the staff ---- */

int
news_draw_own_pictures(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	struct article_picture *p;
	size_t n, i;

	if (!may(cx, CAP_EVENT_WRITE))
		return RC_OK;
	TRY(article_pictures(cx, a->rec.id, &p, &n));
	ui_section_open(v, "pictures", tr(cx, "Pictures"), NULL);
	html(&v->h, "<div class='flow'>");
	for (i = 0; i < n; i++) {
		const char *path = news_path(v, a->rec.id,
		    arena_printf(cx->arena, "/pictures/%lld", (long long)p[i].rec.id));

		html(&v->h, "<div class='piece'>");
		news_draw_small(v, &p[i], "thumb");
		html(&v->h, "<div><p>%s</p><p>", tr3(cx, &p[i].alt, NULL));
		ui_state(
		    v, shown(&p[i]) ? 'o' : 'w', option_label(cx, file_consents, p[i].consent));
		html(&v->h, "</p><div class='acts'>");
		ui_button(v, ui_path(v, path), tr(cx, "Change"), false);
		ui_post_button(v, arena_printf(cx->arena, "%s/remove", path), 0,
		    tr(cx, "Take it away"), false);
		html(&v->h, "</div></div></div>");
	}
	if (n < ARTICLE_PICTURES) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_path(v, news_path(v, a->rec.id, "/pictures/new")),
		    tr(cx, "Add a picture"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static const char *const picture_fields[] = { "alt", "caption", "credit", "consent", "rank", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct article_picture *p = f->rec;
	const char *title = f->create ? tr(cx, "Add a picture") : tr(cx, "Change the picture");

	ui_open(v, &(struct page){ .title = title,
		       .nav = "/newsroom",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/newsroom", tr(cx, "Newsroom") },
			   { news_path(v, p->article, ""), tr(cx, "Article") }, { NULL, title },
			   { NULL, NULL } } });
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"The picture is made new: place, camera and day in it are taken out. Readers see "
		"it only when those in it agreed, or nobody in it can be recognised."));
	if (!f->create)
		news_draw_small(v, p, "thumb");
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct article_picture *p, struct ui_form *f)
{
	struct article a;

	TRY(article_of_path(v, &a));
	TRY(article_may_change(v->cx, &a));
	kind_empty(&article_picture_kind, p);
	p->article = a.rec.id;
	*f = (struct ui_form){ .kind = &article_picture_kind,
		.rec = p,
		.create = true,
		.path = news_path(v, a.rec.id, "/pictures/new"),
		.fields = picture_fields,
		.file = tr(v->cx, "JPEG, PNG or WebP of at most 20 MB."),
		.submit = tr(v->cx, "Add the picture"),
		.cancel = news_path(v, a.rec.id, "") };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct article_picture p;
	struct ui_form f;

	TRY(new_form(v, &p, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	const struct form_part *part = req_file(v->rq, "file");
	struct article_picture p;
	struct ui_form f;
	bool searching;
	int rc;

	TRY(new_form(v, &p, &f));
	rc = ui_form_read(v, &f, &searching);
	if (rc == RC_OK)
		rc =
		    article_picture_take(v->cx, part == NULL ? (struct slice){ "", 0 } : part->body,
			part == NULL ? NULL : part->type, &p);
	if (rc == RC_INVALID || rc == RC_TOOBIG) {
		v->status = rc == RC_TOOBIG ? 413 : 422;
		return draw_form(v, &f);
	}
	TRY(rc);
	return ui_done(v, news_path(v, p.article, ""), tr(v->cx, "The picture is there."));
}

static int
of_path(struct view *v, struct article_picture *p)
{
	struct article a;
	int64_t id;

	TRY(article_of_path(v, &a));
	TRY(req_param_id(v->rq, 1, &id));
	TRY(kind_get(v->cx, &article_picture_kind, id, p));
	return p->article == a.rec.id ? RC_OK
				      : fail(v->cx, RC_NOTFOUND, N_("There is no such record."));
}

static int
edit_form(struct view *v, struct article_picture *p, struct ui_form *f)
{
	TRY(of_path(v, p));
	*f = (struct ui_form){ .kind = &article_picture_kind,
		.rec = p,
		.path = news_path(v, p->article,
		    arena_printf(v->cx->arena, "/pictures/%lld", (long long)p->rec.id)),
		.fields = picture_fields,
		.cancel = news_path(v, p->article, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct article_picture p;
	struct ui_form f;

	TRY(edit_form(v, &p, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct article_picture p;
	struct ui_form f;

	TRY(edit_form(v, &p, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
remove_post(struct view *v)
{
	struct article_picture p;

	TRY(of_path(v, &p));
	TRY(article_picture_remove(v->cx, p.rec.id));
	return ui_done(v, news_path(v, p.article, ""), tr(v->cx, "The picture is taken away."));
}

const struct route news_picture_routes[] = {
	{ M_GET, "/pictures/{id}", picture_page, CAP_PUBLIC, ROUTE_BARE, N_("A picture"),
	    N_("Of an article; small=1: the small one.") },
	{ M_GET, "/news/{id}/pictures/new", new_page, CAP_EVENT_WRITE, 0, N_("Add a picture"),
	    NULL },
	{ M_POST, "/news/{id}/pictures/new", new_post, CAP_EVENT_WRITE, ROUTE_FILES,
	    N_("Add a picture"), NULL },
	{ M_GET, "/news/{id}/pictures/{picture}", edit_page, CAP_EVENT_WRITE, 0,
	    N_("Change the picture"), NULL },
	{ M_POST, "/news/{id}/pictures/{picture}", edit_post, CAP_EVENT_WRITE, 0,
	    N_("Change the picture"), NULL },
	{ M_POST, "/news/{id}/pictures/{picture}/remove", remove_post, CAP_EVENT_WRITE, 0,
	    N_("Take a picture away"), NULL },
};
const size_t news_picture_nroutes = ARRAY_LEN(news_picture_routes);

/* frame.c – the page around the matter: head, menus, languages, footer; public and staff.
 *
 * Public pages carry the institution's name, four words of navigation and the horn hem; staff pages
 * the menu by work at the side. Both work without script; larger type is a cookie and a link. */
#include "ui/bare.h"
#include "ui/head.h"
#include "ui/parts.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "core/session.h"
#include "lang/latin.h"
#include "web/assets.h"

static struct {
	const struct menu_entry *public_menu, *staff_menu;
	size_t npublic, nstaff;
	void (*call)(struct view *v);
	int64_t copy; /* number of the laptop copy; 0 = a house */
} menus;

/* A copy of the settings that every page shows. Replaced whole; the old one is kept, since a page may
 * still be drawing from it (settings change a few times a year). */
struct shown {
	const struct shown *before;
	struct institution i;
	bool demo;
};
static struct shown nothing;
static _Atomic(struct shown *) shown = &nothing;

void
ui_menus(const struct menu_entry *public_menu, size_t npublic, const struct menu_entry *staff_menu,
    size_t nstaff)
{
	menus.public_menu = public_menu;
	menus.npublic = npublic;
	menus.staff_menu = staff_menu;
	menus.nstaff = nstaff;
}

void
ui_call(void (*draw)(struct view *v))
{
	menus.call = draw;
}

void
ui_copy(int64_t number)
{
	menus.copy = number;
}

static const char *
keep(const char *s)
{
	char *p = strdup(s == NULL ? "" : s);

	if (p == NULL)
		die("out of memory");
	return p;
}

static bool
same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

bool
ui_institution(const struct institution *i, bool demo)
{
	const struct shown *was = shown;
	struct shown *s;

	if (was->demo == demo && same(was->i.name.kk, i->name.kk) &&
	    same(was->i.name.ru, i->name.ru) && same(was->i.name.en, i->name.en) &&
	    same(was->i.region.kk, i->region.kk) && same(was->i.region.ru, i->region.ru) &&
	    same(was->i.region.en, i->region.en) && same(was->i.address, i->address) &&
	    same(was->i.phone, i->phone) && same(was->i.email, i->email) &&
	    same(was->i.site, i->site) && was->i.logo == i->logo)
		return false;
	s = calloc(1, sizeof *s);
	if (s == NULL)
		die("out of memory");
	s->i =
	    (struct institution){ .name = { keep(i->name.kk), keep(i->name.ru), keep(i->name.en) },
		    .region = { keep(i->region.kk), keep(i->region.ru), keep(i->region.en) },
		    .address = keep(i->address),
		    .phone = keep(i->phone),
		    .email = keep(i->email),
		    .site = keep(i->site),
		    .logo = i->logo };
	s->demo = demo;
	s->before = was;
	shown = s;
	return true;
}

/* ---- addresses ---- */

const char *
ui_url(struct view *v, const char *fmt, ...)
{
	struct buf b;
	va_list ap;

	buf_init(&b, v->cx->arena, 0);
	buf_printf(&b, "/%s", lang_prefix(v->cx));
	va_start(ap, fmt);
	buf_str(&b, url_vmake(v->cx->arena, fmt, ap));
	va_end(ap);
	return b.p;
}

const char *
ui_url_with(struct view *v, const char *name, const char *value)
{
	struct req *rq = v->rq;
	struct buf b;
	size_t i;
	char sep = '?';

	buf_init(&b, v->cx->arena, 0);
	buf_printf(&b, "/%s%s", lang_prefix(v->cx), v->path);
	for (i = 0; i < rq->query.n; i++) {
		const struct pair *p = &rq->query.p[i];

		/* A changed filter or order begins at the first page again. */
		if (strcmp(p->name, name) == 0 || *p->value == '\0' ||
		    strcmp(p->name, "format") == 0 || strcmp(p->name, "done") == 0 ||
		    (strcmp(p->name, "after") == 0 && strcmp(name, "format") != 0))
			continue;
		buf_char(&b, sep);
		sep = '&';
		url_encode(&b, p->name);
		buf_char(&b, '=');
		url_encode(&b, p->value);
	}
	if (value != NULL) {
		buf_char(&b, sep);
		url_encode(&b, name);
		buf_char(&b, '=');
		url_encode(&b, value);
	}
	return b.p;
}

int
ui_done(struct view *v, const char *path, const char *message)
{
	const char *to = arena_printf(v->cx->arena, "/%s", lang_prefix(v->cx));

	res_redirect(v->rq, arena_printf(v->cx->arena, "%s%s", to, path));
	if (message != NULL) {
		struct buf b;

		buf_init(&b, v->cx->arena, 0);
		url_encode(&b, message);
		res_cookie(v->rq, "said", b.p, 20, false);
	}
	return RC_OK;
}

/* ---- head ---- */

static void
mark(struct view *v, const char *class)
{
	html(&v->h,
	    "<svg class='%s' viewBox='0 0 64 64' aria-hidden='true'><circle cx='32' cy='32' "
	    "r='26.5' stroke-width='5.5'/>"
	    "<path stroke-width='2.6' transform='rotate(45 32 32)' d='M32 8V56M23 9.8Q31.8 32 23 "
	    "54.2M41 9.8Q32.2 32 41 54.2'/>"
	    "<path stroke-width='2.6' transform='rotate(-45 32 32)' d='M32 8V56M23 9.8Q31.8 32 23 "
	    "54.2M41 9.8Q32.2 32 41 54.2'/></svg>",
	    class);
}

/* The institution's own picture, or the house's. */
static void
brand_mark(struct view *v)
{
	const struct shown *s = shown;

	if (s->i.logo == 0)
		mark(v, "");
	else
		html(&v->h, "<img src='/logo/%lld' alt='' width='44' height='44'>",
		    (long long)s->i.logo);
}

static bool
large(struct view *v)
{
	const char *c = req_cookie(v->rq, "large");

	return c != NULL && strcmp(c, "1") == 0;
}

static const char *
brand_name(struct view *v)
{
	const struct shown *s = shown;
	const char *name = tr3(v->cx, &s->i.name, NULL);

	return *name != '\0' ? name : tr(v->cx, "Assembly of the People of Kazakhstan");
}

/* What a tab and a list of bookmarks show: search engines and screen readers cut at about seventy
 * letters, so a long title stands without the institution's name, and a longer one ends at a word. */
static const char *
tab_title(struct view *v, const char *title)
{
	enum { LETTERS_MAX = 70 };
	const char *both = arena_printf(v->cx->arena, "%s – %s", title, brand_name(v));
	const char *p = title, *end = title + strlen(title), *cut = NULL;
	int n;

	if (utf8_len(both) <= LETTERS_MAX)
		return both;
	for (n = 0; p < end && n < LETTERS_MAX; n++) {
		if (*p == ' ' && n < LETTERS_MAX - 1)
			cut = p;
		utf8_next(&p, end);
	}
	if (p == end)
		return title;
	if (cut != NULL)
		p = cut;
	return arena_printf(
	    v->cx->arena, "%s…", arena_strn(v->cx->arena, title, (size_t)(p - title)));
}

/* Kazakh in Latin is no fourth language: the Kazakh page, shown so by the writer. */
static const struct html_show in_latin = { "kk", "kk-Latn", kk_latin };

void
ui_script_of_reader(struct view *v)
{
	v->h.show = v->cx->latin && v->cx->lang == LANG_KK ? &in_latin : NULL;
}

void
ui_bare_head(struct view *v, const struct page *p)
{
	struct html *h = &v->h;

	ui_script_of_reader(v);
	/* Elders' type is a class of the root: everything is in rem. */
	if (large(v))
		html(h, "<!DOCTYPE html>\n<html lang='%s' class='large'>", lang_tag(v->cx));
	else
		html(h, "<!DOCTYPE html>\n<html lang='%s'>", lang_tag(v->cx));
	html(h, "<head><meta charset='utf-8'>");
	html(h, "<meta name='viewport' content='width=device-width, initial-scale=1'>"
		"<meta name='color-scheme' content='light dark'>");
	html(h, "<title>%s</title>",
	    tab_title(v, v->status == 422 || v->status == 409 ? trf(v->cx, "Error: %s", p->title)
							      : p->title));
	if (p->description != NULL)
		html(h, "<meta name='description' content='%s'>", p->description);
	html(h,
	    "<link rel='icon' href='%s' type='image/svg+xml'><link rel='stylesheet' "
	    "href='%s'>",
	    asset_url("mark.svg"), asset_url("shanyraq.css"));
}

static void
document_head(struct view *v, const struct page *p)
{
	ui_bare_head(v, p);
	ui_page_head(v, p);
	html(&v->h, "</head>");
}

static void
demo_line(struct view *v)
{
	const struct shown *s = shown;

	if (s->demo)
		html(&v->h, "<p class='demo'>%s</p>",
		    trf(v->cx, "Demonstration data, business day %s",
			day_text(v->cx, v->cx->today)));
	/* Who takes a copy for the house enters things that are never seen there. */
	if (menus.copy != 0)
		html(&v->h, "<p class='demo'>%s</p>",
		    trf(v->cx,
			"Laptop copy no. %s: what is entered here comes to the house when the copy "
			"is merged",
			arena_printf(v->cx->arena, "%lld", (long long)menus.copy)));
}

static void
languages(struct view *v)
{
	const char *prefix = lang_prefix(v->cx),
		   *rest = ui_url_with(v, "lang", NULL) + strlen("/") + strlen(prefix);
	size_t i;

	html(&v->h, "<nav class='langs' aria-label='%s'>", tr(v->cx, "Language"));
	for (i = 0; i < LANG_READINGS; i++) {
		const struct lang_reading *r = &lang_readings[i];

		html(&v->h, "<a translate='no' href='/%s%s' lang='%s' hreflang='%s' title='%s'",
		    r->prefix, rest, r->tag, r->tag, r->name);
		if (strcmp(r->prefix, prefix) == 0)
			html(&v->h, " aria-current='true'");
		html(&v->h, ">%s</a>", r->small);
	}
	html(&v->h, "</nav>");
}

static void
type_size(struct view *v)
{
	html(&v->h, "<a href='%s'>%s</a>",
	    ui_url(v, "/type?size=%s&next=%s", large(v) ? "usual" : "large",
		ui_url_with(v, "lang", NULL)),
	    large(v) ? tr(v->cx, "Usual type") : tr(v->cx, "Larger type"));
}

static void
menu_list(struct view *v, const struct page *p, const struct menu_entry *m, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!may(v->cx, m[i].cap))
			continue;
		if (m[i].gap)
			html(&v->h, "<li class='gap'>");
		else
			html(&v->h, "<li>");
		html(&v->h, "<a href='/%s%s'", lang_prefix(v->cx), m[i].path);
		if (p->nav != NULL && strcmp(p->nav, m[i].path) == 0)
			html(&v->h, " aria-current='page'");
		html(&v->h, ">%s</a></li>", tr(v->cx, m[i].label));
	}
}

/* The one box, on every page. */
static void
search_box(struct view *v)
{
	struct html *h = &v->h;

	html(h,
	    "<form class='search' role='search' aria-label='%s' action='%s'><label class='vh' "
	    "for='q-all'>%s</label>",
	    tr(v->cx, "Search in all sections"), ui_url(v, "/search"),
	    tr(v->cx, "Search in all sections"));
	html(h,
	    "<input id='q-all' name='q' type='search' maxlength='200' placeholder='%s'><button "
	    "class='btn' type='submit' aria-label='%s'>",
	    tr(v->cx, "Name, title or number"), tr(v->cx, "Search"));
	ui_icon(v, ICON_SEARCH);
	html(h, "</button></form>");
}

static void
public_head(struct view *v, const struct page *p)
{
	struct html *h = &v->h;
	const struct shown *s = shown;
	const char *region = tr3(v->cx, &s->i.region, NULL);

	html(h, "<header class='head'>");
	demo_line(v);
	if (menus.call != NULL)
		menus.call(v);
	html(h, "<div class='wrap'><a class='brand' href='%s'>", ui_url(v, "/"));
	brand_mark(v);
	html(h, "<span>%s", brand_name(v));
	if (*region != '\0')
		html(h, "<small>%s</small>", region);
	html(h, "</span></a>");
	search_box(v);
	html(h, "<div class='tools'>");
	languages(v);
	type_size(v);
	ui_role_switch(v);
	if (may(v->cx, CAP_SIGNED_IN))
		html(h, "<a href='%s'>%s</a>", ui_url(v, "/today"), tr(v->cx, "My work"));
	else
		html(h, "<a href='%s'>%s</a>", ui_url(v, "/sign-in"), tr(v->cx, "Sign in"));
	html(h, "</div><nav class='nav' aria-label='%s'><ul>", tr(v->cx, "Main menu"));
	menu_list(v, p, menus.public_menu, menus.npublic);
	html(h, "</ul></nav></div></header>");
}

static void
staff_head(struct view *v, const struct page *p)
{
	struct html *h = &v->h;

	html(h, "<div class='staff'><header>");
	demo_line(v);
	html(h, "<div class='bar'><a class='brand' href='%s'>", ui_url(v, "/"));
	brand_mark(v);
	html(h, "<span>%s</span></a><a class='menu btn' href='#menu'>%s</a>", tr(v->cx, "Assembly"),
	    tr(v->cx, "Menu"));
	search_box(v);
	languages(v);
	html(h, "<div class='who'><a href='%s'>%s</a>", ui_url(v, "/me"), v->cx->actor->name);
	ui_role_switch(v);
	html(h, "</div></div></header>");
	html(h, "<nav class='side' id='menu' aria-label='%s'><ul>", tr(v->cx, "Sections of work"));
	menu_list(v, p, menus.staff_menu, menus.nstaff);
	html(h, "<li class='shut gap'><a href='%s'>%s</a></li>", ui_url(v, "/me"),
	    tr(v->cx, "Your account"));
	html(h, "<li class='gap'><a href='%s'>%s</a></li>", ui_url(v, "/sign-out"),
	    tr(v->cx, "Sign out"));
	html(h, "<li class='shut'><a href='#main'>%s</a></li></ul></nav>",
	    tr(v->cx, "Close the menu"));
}

/* What a POST wanted to say rides in a cookie for one page. */
static void
said(struct view *v)
{
	const char *c = req_cookie(v->rq, "said");
	struct pairs p;

	if (c == NULL || *c == '\0')
		return;
	res_cookie(v->rq, "said", "", 0, false);
	if (url_parse_pairs(v->cx->arena, slice_str(arena_printf(v->cx->arena, "m=%s", c)), &p) !=
		RC_OK ||
	    p.n != 1)
		return;
	html(&v->h, "<p class='note ok' role='status'>%s</p>", p.p[0].value);
}

/* A role that must have a second factor gives nothing before: said on every page, with the way out. */
static void
held_back(struct view *v)
{
	if (!v->cx->actor->held_back)
		return;
	html(&v->h, "<p class='note wait' role='status'>");
	html_rich(&v->h,
	    tr(v->cx, "Your role opens nothing until you switch on [the second factor]."),
	    ui_url(v, "/me/second"));
	html(&v->h, "</p>");
}

static void
crumbs(struct view *v, const struct page *p)
{
	const struct crumb *c;

	/* A page of the menu's first row needs none: the menu itself says where one is. */
	if (p->crumbs == NULL || p->crumbs[0].text == NULL || p->crumbs[0].path == NULL)
		return;
	html(&v->h, "<nav class='crumbs' aria-label='%s'><ol>", tr(v->cx, "Where you are"));
	if (!v->staff)
		html(&v->h, "<li><a href='%s'>%s</a></li>", ui_url(v, "/"), tr(v->cx, "Home page"));
	for (c = p->crumbs; c->text != NULL; c++)
		if (c->path != NULL)
			html(&v->h, "<li><a href='/%s%s'>%s</a></li>", lang_prefix(v->cx), c->path,
			    c->text);
		else
			html(&v->h, "<li aria-current='page'>%s</li>", c->text);
	html(&v->h, "</ol></nav>");
}

void
ui_open(struct view *v, const struct page *p)
{
	v->staff = p->staff && may(v->cx, CAP_STAFF);
	document_head(v, p);
	html(&v->h, "<body><a class='skip' href='#main'>%s</a>", tr(v->cx, "Skip to the content"));
	if (v->staff) {
		staff_head(v, p);
		html(&v->h, "<main id='main' class='work'>");
	} else {
		public_head(v, p);
		html(&v->h, "<main id='main' class='wrap'>");
	}
	said(v);
	held_back(v);
	crumbs(v, p);
	if (!p->no_h1)
		html(&v->h, "<h1>%s</h1>", p->title);
}

void
ui_close(struct view *v)
{
	struct html *h = &v->h;
	const struct shown *s = shown;

	html(h, "</main>");
	if (v->staff) {
		html(h, "</div></body></html>");
		return;
	}
	html(h,
	    "<footer class='foot'><div class='hem'></div><div class='wrap cols'><p>%s<br>%s</p><p>",
	    brand_name(v), s->i.address == NULL ? "" : s->i.address);
	if (s->i.phone != NULL && *s->i.phone != '\0') {
		ui_phone(v, s->i.phone);
		html(h, "<br>");
	}
	if (s->i.email != NULL && *s->i.email != '\0')
		html(h, "<a translate='no' href='mailto:%s'>%s</a>", s->i.email, s->i.email);
	html(h,
	    "</p><p><a href='%s'>%s</a><br><a href='%s'>%s</a><br><a href='%s'>%s</a></p></div>"
	    "</footer></body></html>",
	    ui_url(v, "/figures"), tr(v->cx, "How figures are counted"), ui_url(v, "/integrity"),
	    tr(v->cx, "Integrity of the records"), ui_url(v, "/help"), tr(v->cx, "Help"));
}

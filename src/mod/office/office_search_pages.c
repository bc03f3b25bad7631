/* office_search_pages.c – the one box: what was found, by kind, with the words marked in the original.
 *
 * Without ?kind the best five of each kind; with it that kind alone, twenty a page. The number beside
 * a kind counts the records that hold every word, as its list does; what follows after them holds
 * some of them, or words that look alike. Nothing here reads a field or a row that the reader may
 * not: search_kind() asks through the kind's scope. */
#include "mod/office/office_pages.h"

#include "search/search.h"

enum { FEW = 5, PAGE = 20, TITLE_MAX = 0, EXCERPT_MAX = 320, QUESTION_MAX = 200 };

struct search_view {
	struct view *v;
	const char *words;
	struct answer a;
	const struct kind *only; /* NULL = all */
	size_t from;
};

static void
draw_marked(struct search_view *s, const char *text, size_t max)
{
	struct piece *p;
	bool found;
	size_t n = search_marks(s->v->cx->arena, &s->a.q, text, max, &p, &found), i;

	for (i = 0; i < n; i++) {
		const char *part = arena_strn(s->v->cx->arena, p[i].p, p[i].n);

		if (p[i].mark)
			html(&s->v->h, "<mark>%s</mark>", part);
		else
			html(&s->v->h, "%s", part);
	}
}

static void
draw_hit(struct search_view *s, const struct kind *k, const struct found *f)
{
	struct ctx *cx = s->v->cx;
	struct html *h = &s->v->h;
	enum lang lang = cx->lang;
	const char *text = search_excerpt(cx, k, &s->a.q, f->rec, &lang),
		   *hint = k->hint == NULL ? "" : k->hint(cx, f->rec);

	html(h, "<li><a href='%s'>", kind_url(cx, k, f->id));
	draw_marked(s, kind_title(cx, k, f->rec), TITLE_MAX);
	html(h, "</a>");
	if (*hint != '\0')
		html(h, "<span class='small mute'>%s</span>", hint);
	if (text != NULL) {
		html(h, "<p class='small' lang='%s'>", lang_code(lang));
		draw_marked(s, text, EXCERPT_MAX);
		html(h, "</p>");
	}
	html(h, "</li>");
}

static void
draw_pager(struct search_view *s, const struct section *c)
{
	const struct kind *k = c->kind;
	struct ctx *cx = s->v->cx;
	struct html *h = &s->v->h;

	if (s->only == NULL) {
		if (c->ranked > c->n)
			html(h, "<p><a href='%s'>%s</a></p>",
			    ui_url(s->v, "/search?q=%s&kind=%s", s->words, k->name),
			    trf(cx, "More in “%s”", tr(cx, k->plural)));
		return;
	}
	html(h, "<nav class='acts' aria-label='%s'>", tr(cx, "Pages"));
	if (s->from > 0)
		html(h, "<a class='btn' rel='prev' href='%s'>%s</a>",
		    ui_url(s->v, "/search?q=%s&kind=%s&from=%s", s->words, k->name,
			arena_printf(
			    cx->arena, "%zu", s->from > PAGE ? s->from - PAGE : (size_t)0)),
		    tr(cx, "Previous page"));
	if (s->from + c->n < c->ranked)
		html(h, "<a class='btn' rel='next' href='%s'>%s</a>",
		    ui_url(s->v, "/search?q=%s&kind=%s&from=%s", s->words, k->name,
			arena_printf(cx->arena, "%zu", s->from + c->n)),
		    tr(cx, "Next page"));
	html(h, "<a href='%s'>%s</a></nav>", ui_url(s->v, "/search?q=%s", s->words),
	    tr(cx, "All sections"));
}

static void
draw_section(struct search_view *s, const struct section *c)
{
	const struct kind *k = c->kind;
	struct ctx *cx = s->v->cx;
	size_t i;

	ui_section_open(s->v, k->name, tr(cx, k->plural), num(cx, c->all));
	html(&s->v->h, "<div>");
	if (c->all == 0)
		html(&s->v->h, "<p class='small mute'>%s</p>",
		    tr(cx, "None holds every word; these come nearest."));
	html(&s->v->h, "<ul class='pairs found'>");
	for (i = 0; i < c->n; i++)
		draw_hit(s, k, &c->hits[i]);
	html(&s->v->h, "</ul>");
	draw_pager(s, c);
	html(&s->v->h, "</div>");
	ui_section_close(s->v);
}

static int
draw_found(struct search_view *s)
{
	struct ctx *cx = s->v->cx;
	size_t i;

	TRY(search_all(cx, s->words, s->only,
	    (struct window){ s->from, s->only == NULL ? FEW : PAGE }, &s->a));
	for (i = 0; i < s->a.n; i++)
		draw_section(s, &s->a.sections[i]);
	if (s->a.n == 0)
		ui_empty(s->v, tr(cx, "Nothing was found"),
		    tr(cx,
			"Try fewer words, the beginning of a word, or another spelling; Cyrillic "
			"and Latin letters find the same."),
		    NULL, NULL);
	return RC_OK;
}

static int
read_asked(struct search_view *s)
{
	const char *kind = req_q(s->v->rq, "kind"), *from = req_q(s->v->rq, "from");
	int64_t at;
	size_t n, i;
	const struct kind *const *kinds = search_kinds(&n);

	s->words = req_q(s->v->rq, "q");
	if (s->words == NULL)
		s->words = "";
	/* What is longer is no question; it is cut at a letter. */
	if (strlen(s->words) > QUESTION_MAX * 2) {
		size_t cut = QUESTION_MAX * 2;

		while (cut > 0 && ((unsigned char)s->words[cut] & 0xC0) == 0x80)
			cut--;
		s->words = arena_strn(s->v->cx->arena, s->words, cut);
	}
	for (i = 0; kind != NULL && i < n; i++)
		if (strcmp(kinds[i]->name, kind) == 0)
			s->only = kinds[i];
	if (kind != NULL && *kind != '\0' && s->only == NULL)
		return RC_NOTFOUND;
	if (from != NULL && *from != '\0') {
		if (!num_parse(from, &at) || at < 0 || at > HITS_MAX)
			return RC_NOTFOUND;
		s->from = (size_t)at;
	}
	return RC_OK;
}

static int
search_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct search_view s = { .v = v };

	TRY(read_asked(&s));
	ui_open(v, &(struct page){ .title = *s.words == '\0' ? tr(cx, "Search")
							     : trf(cx, "Search: %s", s.words),
		       .nav = "/search",
		       .staff = may(cx, CAP_STAFF) });
	html(&v->h,
	    "<form class='row' role='search' aria-label='%s' action='%s'><div class='fld'><label "
	    "for='sq'>%s</label><input id='sq' name='q' type='search' maxlength='200' "
	    "value='%s'></div><button type='submit' class='btn go'>%s</button></form>",
	    tr(cx, "Search"), ui_url(v, "/search"),
	    tr(cx, "Words of a name or title, in any script"), s.words, tr(cx, "Search"));
	if (*s.words != '\0')
		TRY(draw_found(&s));
	ui_close(v);
	return RC_OK;
}

const struct route office_search_routes[] = {
	{ M_GET, "/search", search_page, CAP_PUBLIC, ROUTE_CACHE, N_("Search"),
	    N_("Everything with words, by kind: q, kind, from.") },
};
const size_t office_search_nroutes = ARRAY_LEN(office_search_routes);

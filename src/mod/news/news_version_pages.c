/* news_version_pages.c – the versions of an article for its staff: who, when, and which words went and came, the old
 * text beside the new one in each language. */
#include "mod/news/news_pages.h"
#include "text/diff.h"

enum { VERSIONS = 20, AROUND = 160 /* bytes of what stayed, on each side of a change */ };

/* Letters are not cut: bytes up to the beginning of one. */
static size_t
whole(const char *p, size_t n)
{
	while (n > 0 && ((unsigned char)p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* What stayed, but of a long stretch only what lies at the changes. */
static void
draw_same(struct html *h, const struct diff_piece *p, bool first, bool last)
{
	size_t head = first ? 0 : AROUND, tail = last ? 0 : AROUND, from;

	if (p->n <= head + tail + AROUND) {
		html(h, "%.*s", (int)p->n, p->p);
		return;
	}
	head = whole(p->p, head);
	from = whole(p->p, p->n - tail);
	html(h, "%.*s", (int)head, p->p);
	html(h, first || last ? "…" : " … ");
	html(h, "%.*s", (int)(p->n - from), p->p + from);
}

static void
draw_side(struct html *h, const struct diff_piece *p, size_t n, enum diff_op side)
{
	size_t i;

	html(h, "<div class='wrote'>");
	for (i = 0; i < n; i++)
		if (p[i].op == DIFF_SAME)
			draw_same(h, &p[i], i == 0, i + 1 == n);
		else if (p[i].op == side && side == DIFF_OUT)
			html(h, "<del>%.*s</del>", (int)p[i].n, p[i].p);
		else if (p[i].op == side)
			html(h, "<ins>%.*s</ins>", (int)p[i].n, p[i].p);
	html(h, "</div>");
}

static void
draw_text(struct view *v, const struct field *f, enum lang l, const char *was, const char *is)
{
	struct ctx *cx = v->cx;
	struct diff_piece *p;
	size_t n;

	if (strcmp(was, is) == 0)
		return;
	n = diff_words(cx->arena, was, is, &p);
	html(&v->h, "<h3>%s <span class='mute'>%s</span></h3>", tr(cx, f->label), lang_own_name(l));
	html(&v->h, "<div class='sides' lang='%s'>", lang_code(l));
	draw_side(&v->h, p, n, DIFF_OUT);
	draw_side(&v->h, p, n, DIFF_IN);
	html(&v->h, "</div>");
}

static void
draw_field(struct view *v, const struct field *f, const void *was, const void *is)
{
	struct ctx *cx = v->cx;
	const char *from, *to;
	enum lang l;

	if (f->type == FT_TEXT3) {
		for (l = LANG_KK; l < LANG_COUNT; l++)
			draw_text(v, f, l, article_in(field_at(f, was), l),
			    article_in(field_at(f, is), l));
		return;
	}
	from = field_text(cx, f, was, NULL);
	to = field_text(cx, f, is, NULL);
	if (strcmp(from, to) == 0)
		return;
	html(&v->h, "<p><strong>%s</strong>:", tr(cx, f->label));
	if (*from != '\0')
		html(&v->h, " <del>%s</del>", from);
	if (*to != '\0')
		html(&v->h, " <ins>%s</ins>", to);
	html(&v->h, "</p>");
}

/* The sums that checks remember say nothing to people. */
static bool
told(const struct field *f)
{
	return strstr(f->name, "_from") == NULL;
}

static int
draw_version(struct view *v, int64_t id, int64_t version)
{
	struct article *was = arena_new(v->cx->arena, struct article),
		       *is = arena_new(v->cx->arena, struct article);
	size_t i;
	int rc;

	TRY(kind_at_version(v->cx, &article_kind, id, version, is));
	rc = version == 1 ? RC_NOTFOUND
			  : kind_at_version(v->cx, &article_kind, id, version - 1, was);
	if (rc == RC_NOTFOUND) {
		err_clear(v->cx);
		html(&v->h, "<p>%s</p>", tr(v->cx, "The record was created"));
		return RC_OK;
	}
	TRY(rc);
	for (i = 0; i < article_kind.nfields; i++)
		if (told(&article_kind.fields[i]))
			draw_field(v, &article_kind.fields[i], was, is);
	return RC_OK;
}

static int
draw_versions(struct view *v, int64_t id, int64_t below)
{
	struct ctx *cx = v->cx;
	struct {
		int64_t version, at;
		const char *who;
	} row[VERSIONS];
	AUTO_ROWS r = { 0 };
	size_t n = 0, i;

	TRY(db_rows(cx, &r,
	    "SELECT h.version, h.at, a.name FROM history h LEFT JOIN account a ON a.id = h.account "
	    "WHERE h.kind = 'article' AND h.rec = $1 AND h.version < $2 ORDER BY h.version DESC",
	    VALS(v_int(id), v_int(below))));
	while (n < VERSIONS && rows_next(&r)) {
		row[n].version = row_int(&r, 0);
		row[n].at = row_int(&r, 1);
		row[n++].who = row_text(&r, 2);
	}
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		ui_section_open(v, arena_printf(cx->arena, "v%lld", (long long)row[i].version),
		    trf(cx, "Version %s", num(cx, row[i].version)),
		    arena_printf(cx->arena, "%s · %s", moment_text(cx, row[i].at),
			row[i].who == NULL || *row[i].who == '\0' ? tr(cx, "the program itself")
								  : row[i].who));
		html(&v->h, "<div class='flow'>");
		TRY(draw_version(v, id, row[i].version));
		html(&v->h, "</div>");
		ui_section_close(v);
	}
	if (n == VERSIONS && row[n - 1].version > 1)
		html(&v->h,
		    "<nav class='pager' aria-label='%s'><span class='acts'><a class='btn' "
		    "href='%s'>%s</a></span></nav>",
		    tr(cx, "Pages"),
		    ui_url_with(v, "before",
			arena_printf(cx->arena, "%lld", (long long)row[n - 1].version)),
		    tr(cx, "Earlier versions"));
	return RC_OK;
}

static int
versions_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *before = req_q(v->rq, "before"), *title = tr(cx, "Versions of the article");
	int64_t below;
	struct article a;

	TRY(article_of_path(v, &a));
	if (!news_writes(v, &a))
		return fail(cx, RC_DENIED, N_("Your role does not allow this."));
	if (before == NULL || !num_parse(before, &below))
		below = INT64_MAX;
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/newsroom",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/newsroom", tr(cx, "Newsroom") },
			   { news_path(v, a.rec.id, ""), kind_title(cx, &article_kind, &a) },
			   { NULL, title }, { NULL, NULL } } });
	TRY(draw_versions(v, a.rec.id, below));
	ui_close(v);
	return RC_OK;
}

const struct route news_version_routes[] = {
	{ M_GET, "/news/{id}/versions", versions_page, CAP_HISTORY_READ, 0,
	    N_("Versions of the article"), N_("Who changed which words, and when.") },
};
const size_t news_version_nroutes = ARRAY_LEN(news_version_routes);

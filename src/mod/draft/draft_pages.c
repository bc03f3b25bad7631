/* draft_pages.c – a text is pasted or opened and held against the records; what is chosen is repaired.
 *
 * Nothing is stored: the text travels in the form. A choice names its place and what is to stand there, so
 * that a text that was changed meanwhile is never repaired in the wrong place. */
#include "mod/draft/draft_pages.h"

#include "base/utf8.h"
#include "lang/page_view.h"
#include "mod/draft/draft_check.h"
#include "mod/draft/draft_draw.h"

enum { TEXT_MAX = 1 << 20, DRAWN_MAX = 2 << 20, UNDO_MAX = 200 * 1024 };

/* ---- the text that is sent ---- */

static struct slice
typed(struct view *v, const char *name)
{
	const char *s = req_f(v->rq, name);
	char *out;
	size_t n = 0;

	if (s == NULL)
		return (struct slice){ "", 0 };
	out = arena_alloc(v->cx->arena, strlen(s) + 1);
	for (; *s != '\0'; s++)
		if (*s != '\r')
			out[n++] = *s;
	out[n] = '\0';
	return (struct slice){ out, n };
}

/* The lines of a view without the blanks that stand for what was left out. */
static struct slice
lines_of(struct arena *a, const char *p, size_t n)
{
	struct buf out;
	size_t i = 0;

	buf_init(&out, a, 0);
	while (i < n) {
		size_t end = i, from = i;

		while (end < n && p[end] != '\n')
			end++;
		i = end + 1;
		while (from < end && (p[from] == ' ' || p[from] == '\r' || p[from] == '\t'))
			from++;
		while (
		    end > from && (p[end - 1] == ' ' || p[end - 1] == '\r' || p[end - 1] == '\t'))
			end--;
		if (end == from)
			continue;
		buf_put(&out, p + from, end - from);
		buf_char(&out, '\n');
	}
	return (struct slice){ out.p, out.n };
}

/* As much as it takes in a page. */
static size_t
drawn_size(struct slice s)
{
	size_t n = s.n, i;

	for (i = 0; i < s.n; i++)
		if (strchr("&<>\"'", s.p[i]) != NULL)
			n += 5;
	return n;
}

/* An opened file wins over what stands in the field. */
static int
sent(struct view *v, struct slice *out)
{
	struct ctx *cx = v->cx;
	const struct form_part *file = req_file(v->rq, "file");

	*out = typed(v, "text");
	if (file != NULL && file->body.n > 0) {
		struct page_view page;

		if (file->body.n > DRAFT_BYTES) {
			fail_field(cx, "file", N_("The file is too large: at most %s MB."),
			    num(cx, DRAFT_BYTES >> 20));
			return fields_rc(cx);
		}
		if (!utf8_valid(file->body.p, file->body.n)) {
			fail_field(cx, "file",
			    N_("The file is no text in UTF-8. Save it as text or as a web page in "
			       "UTF-8, or paste the text."));
			return fields_rc(cx);
		}
		page_view_read(cx->arena, file->body.p, file->body.n, &page);
		*out = page.html ? lines_of(cx->arena, page.text, page.n) : file->body;
		*out = (struct slice){ arena_strn(cx->arena, out->p, out->n), out->n };
		if (page.cut)
			out->n = TEXT_MAX + 1;
	}
	if (out->n > TEXT_MAX || drawn_size(*out) > DRAWN_MAX) {
		fail_field(cx, "text", N_("The text is too long: at most %s kB at once."),
		    num(cx, TEXT_MAX / 1024));
		if (drawn_size(*out) > DRAWN_MAX)
			*out = (struct slice){ "", 0 };
	}
	return fields_rc(cx);
}

/* ---- the page ---- */

static void
draw_findings(struct view *v, const struct draft *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	if (d->nfindings == 0)
		return;
	ui_section_open(v, "language", tr(cx, "Text check"),
	    trn(cx, (int64_t)d->nfindings, "%s place", "%s places",
		num(cx, (int64_t)d->nfindings)));
	html(h, "<ul class='said'>");
	for (i = 0; i < d->nfindings && i < DRAFT_LISTED; i++) {
		const struct finding *f = &d->finding[i];

		html(h, "<li><p><b translate='no'>%.*s</b> <span class='mute'>%s</span></p>",
		    (int)(f->to - f->from), d->view.p + f->from, tr(cx, finding_text(f->kind)));
		if (f->n > 0)
			draft_draw_choice(
			    v, 'l', f->from, f->suggestions[0], f->automatic && !f->quoted);
		html(h, "</li>");
	}
	html(h, "</ul>");
	ui_section_close(v);
}

static void
draw_entry(struct view *v, struct slice text, bool found)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct field_error *e;

	html(h, cx->err.fields != NULL ? "<div class='fld bad'>" : "<div class='fld'>");
	html(h, "<label for='text'>%s</label>", tr(cx, "Text"));
	for (e = cx->err.fields; e != NULL; e = e->next)
		html(h, "<span class='err'>%s</span>", e->text);
	html(h,
	    "<textarea id='text' name='text' rows='16' translate='no' "
	    "spellcheck='false'>\n%s</textarea></div>",
	    text.p);
	html(h,
	    "<div class='fld'><label for='file'>%s</label><input type='file' id='file' name='file' "
	    "accept='.txt,.html,.htm,text/plain,text/html'></div>",
	    tr(cx, "Or open a file: a text or a saved web page"));
	html(h, "<p class='acts'><button type='submit' class='%s'>%s</button></p>",
	    found ? "btn" : "btn go", tr(cx, "Check the text"));
}

static void
draw_undo(struct view *v, struct slice before)
{
	if (before.n == 0 || before.n > UNDO_MAX)
		return;
	ui_form_begin(v, "/draft", true);
	html(&v->h,
	    "<textarea name='text' hidden>\n%s</textarea><p class='acts'><button type='submit' "
	    "class='btn'>%s</button></p>",
	    before.p, tr(v->cx, "Take the repairs back"));
	ui_form_end(v);
}

static int
draw(struct view *v, struct slice text, struct slice before, bool asked)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct draft d = { 0 };
	bool check = asked && text.n > 0 && cx->err.fields == NULL, choices = false;
	size_t i;

	if (check)
		TRY(draft_check(cx, text.p, text.n, &d));
	for (i = 0; i < d.nclaims; i++)
		choices |= *d.claim[i].suggestion != '\0';
	for (i = 0; i < d.nfindings; i++)
		choices |= d.finding[i].n > 0;
	ui_open(
	    v, &(struct page){ .title = tr(cx, "Draft check"), .nav = "/draft", .staff = true });
	html(h, "<p class='prose'>%s</p>",
	    tr(cx,
		"Paste a text in Kazakh or Russian before it is published. Its numbers, days and "
		"names are held against the records; where a number is not so, the right one is "
		"offered in the right form. Nothing is stored."));
	if (before.n > 0)
		ui_note(v, 'o',
		    tr(cx, "What was chosen is repaired. Copy the text from the field below."));
	draw_undo(v, before);
	if (check)
		draft_draw_summary(v, &d);
	if (check)
		draft_draw_text(v, &d);
	ui_form_begin(v, "/draft", true);
	if (check) {
		draft_draw_claims(v, &d, DRAFT_TICK_SURE);
		draw_findings(v, &d);
		if (choices)
			html(h,
			    "<p class='acts'><button type='submit' name='act' value='repair' "
			    "class='btn go'>%s</button></p>",
			    tr(cx, "Repair what is chosen"));
	}
	draw_entry(v, text, choices);
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
draft_page(struct view *v)
{
	return draw(v, slice_str(""), slice_str(""), false);
}

static int
repaired(struct view *v, struct slice text, struct slice *out)
{
	struct arena *a = v->cx->arena;
	struct draft d;
	bool *claims, *findings;
	size_t i;

	TRY(draft_check(v->cx, text.p, text.n, &d));
	claims = arena_array(a, bool, d.nclaims + 1);
	findings = arena_array(a, bool, d.nfindings + 1);
	for (i = 0; i < d.nclaims && i < DRAFT_LISTED; i++)
		claims[i] = draft_chosen(v, 'c', d.claim[i].vfrom, d.claim[i].suggestion);
	for (i = 0; i < d.nfindings && i < DRAFT_LISTED; i++)
		findings[i] = d.finding[i].n > 0 &&
			      draft_chosen(v, 'l', d.finding[i].from, d.finding[i].suggestions[0]);
	*out = draft_repaired(a, &d, claims, findings);
	return RC_OK;
}

static int
draft_post(struct view *v)
{
	struct slice text, fresh;
	const char *act = req_f(v->rq, "act");

	if (sent(v, &text) != RC_OK) {
		v->status = 422;
		return draw(v, text, slice_str(""), false);
	}
	if (act == NULL || strcmp(act, "repair") != 0)
		return draw(v, text, slice_str(""), true);
	TRY(repaired(v, text, &fresh));
	if (fresh.n == text.n && memcmp(fresh.p, text.p, text.n) == 0)
		text = slice_str("");
	return draw(v, fresh, text, true);
}

const struct route draft_routes[] = {
	{ M_GET, "/draft", draft_page, CAP_STAFF, 0, N_("Draft check"),
	    N_("A text before it is published: its numbers, days and names held against the "
	       "records.") },
	{ M_POST, "/draft", draft_post, CAP_STAFF, ROUTE_FILES, N_("Draft check"), NULL },
};
const size_t draft_nroutes = ARRAY_LEN(draft_routes);

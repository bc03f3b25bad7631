/* draft_pages.c – a text is pasted or opened and held against the records; what is chosen is repaired.
 *
 * Nothing is stored: the text travels in the form. A choice names its place and what is to stand there, so
 * that a text that was changed meanwhile is never repaired in the wrong place. */
#include "mod/draft/draft_pages.h"

#include "base/utf8.h"
#include "lang/page_view.h"
#include "mod/draft/draft_check.h"

enum {
	TEXT_MAX = 1 << 20,
	DRAWN_MAX = 2 << 20,
	LISTED_MAX = 200,
	FINDINGS_MAX = 200,
	SHOWN_MAX = 300 * 1024,
	UNDO_MAX = 200 * 1024
};

static const struct look {
	char tone;
	const char *class, *word;
} looks[DRAFT_VERDICTS] = {
	[DRAFT_TRUE] = { 'o', "ok", N_("true") },
	[DRAFT_STALE] = { 'w', "wait", N_("out of date") },
	[DRAFT_FALSE] = { 'n', "no", N_("not so") },
	[DRAFT_NOSOURCE] = { '-', "off", N_("no source") },
};

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

/* ---- the text with its marks ---- */

static void
draw_piece(struct view *v, const struct draft *d, size_t from, size_t to)
{
	while (from < to) {
		const char *p = d->view.p + from, *nl = memchr(p, '\n', to - from);
		size_t n = nl == NULL ? to - from : (size_t)(nl - p);

		html(&v->h, "%.*s", (int)n, p);
		from += n;
		if (nl != NULL) {
			html(&v->h, "<br>");
			from++;
		}
	}
}

static void
draw_mark(struct view *v, const struct draft *d, size_t i)
{
	const struct draft_claim *c = &d->claim[i];
	const struct look *l = &looks[c->verdict];
	struct html *h = &v->h;

	html(h, "<mark class='%s'>", l->class);
	draw_piece(v, d, c->vfrom, c->vto);
	html(h, "</mark>");
	if (c->counts || c->verdict != DRAFT_TRUE) {
		html(h, "<a class='dv' href='#c%zu' translate='yes'>", i + 1);
		ui_state(v, l->tone, tr(v->cx, l->word));
		html(h, "</a>");
	}
}

static void
draw_text(struct view *v, const struct draft *d)
{
	size_t at = 0, end = d->view.n < SHOWN_MAX ? d->view.n : SHOWN_MAX, i;

	ui_section_open(v, "marked", tr(v->cx, "The text"), NULL);
	html(&v->h, "<div class='draft' translate='no'>");
	while (end < d->view.n && ((unsigned char)d->view.p[end] & 0xC0) == 0x80)
		end--;
	for (i = 0; i < d->nclaims && i < LISTED_MAX; i++) {
		const struct draft_claim *c = &d->claim[i];

		if (c->vfrom < at || c->vto > end)
			continue;
		draw_piece(v, d, at, c->vfrom);
		draw_mark(v, d, i);
		at = c->vto;
	}
	draw_piece(v, d, at, end);
	html(&v->h, end < d->view.n ? " …</div>" : "</div>");
	ui_section_close(v);
}

/* ---- what was found ---- */

static const char *
receipt(struct view *v, const struct draft_claim *c)
{
	char on[16], from[16], to[16];
	const char *href;

	if (c->figure == NULL)
		return *c->path == '\0'
			   ? NULL
			   : arena_printf(v->cx->arena, "/%s%s", lang_prefix(v->cx), c->path);
	day_iso(c->ask.on, on);
	day_iso(c->ask.from, from);
	day_iso(c->ask.to, to);
	href = c->figure->time == FIGURE_PERIOD
		   ? ui_url(v, "/figures/%s?period=%s..%s", c->figure->code, from, to)
		   : ui_url(v, "/figures/%s?on=%s", c->figure->code, on);
	if (c->body != NULL)
		href = arena_printf(v->cx->arena, "%s&body=%s", href, c->body);
	if (c->district != NULL)
		href = arena_printf(v->cx->arena, "%s&district=%s", href, c->district);
	return href;
}

static const char *
expected_text(struct view *v, const struct draft_claim *c)
{
	struct ctx *cx = v->cx;
	int64_t n;
	int day;

	if (c->counts && num_parse(c->expected, &n))
		return num(cx, n);
	if (!c->counts && day_parse(c->expected, &day))
		return day_long(cx, day);
	return "";
}

static void
draw_note(struct view *v, const struct draft_claim *c)
{
	struct ctx *cx = v->cx;
	const char *said = NULL;
	int64_t n, at;

	if (strcmp(c->note, "attendances") == 0)
		said = tr(cx, "Attendances are counted: who came three times counts three times.");
	else if (strncmp(c->note, "edition ", 8) == 0 && num_parse(c->note + 8, &n))
		said = trf(cx, "Edition %s said so.", num(cx, n));
	else if (strncmp(c->note, "known ", 6) == 0 && moment_parse(c->note + 6, &at))
		said = trf(cx, "It was so by what was known on %s.", moment_text(cx, at));
	if (said != NULL)
		html(&v->h, "<br><span class='mute'>%s</span>", said);
}

/* name: place and words, so that it cannot hit another place. */
static void
draw_choice(struct view *v, char kind, size_t from, const char *with, bool on)
{
	const char *name = arena_printf(v->cx->arena, "%c%zu", kind, from);

	html(&v->h, "<label class='tick'><input type='checkbox' name='%s' value='%s'", name, with);
	html(&v->h, on ? " checked> " : "> ");
	html(&v->h, "%s <b translate='no'>%s</b></label>", tr(v->cx, "Put there:"), with);
}

static void
draw_claim(struct view *v, const struct draft_claim *c, size_t i)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *href = receipt(v, c);

	html(h, "<li id='c%zu'><p><b translate='no'>%s%s%s</b> ", i + 1, c->text,
	    c->counts && *c->unit != '\0' ? " " : "", c->counts ? c->unit : "");
	ui_state(v, looks[c->verdict].tone, tr(cx, looks[c->verdict].word));
	html(h, "</p>");
	if (*c->matched != '\0') {
		html(h, "<p>");
		if (href != NULL)
			html(h, "<a href='%s'>%s</a>", href,
			    c->figure != NULL ? tr(cx, c->title) : c->title);
		else
			html(h, "%s", c->title);
		if (*expected_text(v, c) != '\0')
			html(h, ": %s", expected_text(v, c));
		draw_note(v, c);
		html(h, "</p>");
	} else
		html(h, "<p class='mute'>%s</p>",
		    c->counts ? tr(cx, "No figure of the house counts this.")
			      : tr(cx, "No programme, event or body is called so."));
	if (*c->suggestion != '\0')
		draw_choice(v, 'c', c->vfrom, c->suggestion, c->verdict == DRAFT_FALSE);
	html(h, "</li>");
}

static bool
plain_name(const struct draft_claim *c)
{
	return !c->counts && c->verdict == DRAFT_TRUE && *c->expected == '\0';
}

static void
draw_claims(struct view *v, const struct draft *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t names = 0, i;

	ui_section_open(v, "claims", tr(cx, "What the text claims"),
	    trn(cx, (int64_t)d->nclaims, "%s place", "%s places", num(cx, (int64_t)d->nclaims)));
	html(h, "<div>");
	html(h, "<ol class='said'>");
	for (i = 0; i < d->nclaims && i < LISTED_MAX; i++)
		if (!plain_name(&d->claim[i]))
			draw_claim(v, &d->claim[i], i);
		else
			names++;
	html(h, "</ol>");
	if (names > 0) {
		html(h, "<details><summary>%s</summary><ol class='said'>",
		    tr(cx, "Names that the house knows"));
		for (i = 0; i < d->nclaims && i < LISTED_MAX; i++)
			if (plain_name(&d->claim[i]))
				draw_claim(v, &d->claim[i], i);
		html(h, "</ol></details>");
	}
	if (d->nclaims > LISTED_MAX)
		html(h, "<p class='mute'>%s</p>",
		    tr(cx, "The other places follow when these are settled."));
	html(h, "</div>");
	ui_section_close(v);
}

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
	for (i = 0; i < d->nfindings && i < FINDINGS_MAX; i++) {
		const struct finding *f = &d->finding[i];

		html(h, "<li><p><b translate='no'>%.*s</b> <span class='mute'>%s</span></p>",
		    (int)(f->to - f->from), d->view.p + f->from, tr(cx, finding_text(f->kind)));
		if (f->n > 0)
			draw_choice(v, 'l', f->from, f->suggestions[0], f->automatic && !f->quoted);
		html(h, "</li>");
	}
	html(h, "</ul>");
	ui_section_close(v);
}

static void
draw_summary(struct view *v, const struct draft *d)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<p class='sums'>");
	for (i = 0; i < DRAFT_VERDICTS; i++) {
		ui_state(v, looks[i].tone,
		    arena_printf(
			cx->arena, "%s: %s", tr(cx, looks[i].word), num(cx, (int64_t)d->count[i])));
		html(&v->h, " ");
	}
	html(&v->h, "</p>");
}

/* ---- the page ---- */

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
		draw_summary(v, &d);
	if (check)
		draw_text(v, &d);
	ui_form_begin(v, "/draft", true);
	if (check) {
		draw_claims(v, &d);
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

static bool
chosen(struct view *v, char kind, size_t from, const char *with)
{
	const char *s = req_f(v->rq, arena_printf(v->cx->arena, "%c%zu", kind, from));

	return s != NULL && strcmp(s, with) == 0;
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
	for (i = 0; i < d.nclaims && i < LISTED_MAX; i++)
		claims[i] = chosen(v, 'c', d.claim[i].vfrom, d.claim[i].suggestion);
	for (i = 0; i < d.nfindings && i < FINDINGS_MAX; i++)
		findings[i] = d.finding[i].n > 0 &&
			      chosen(v, 'l', d.finding[i].from, d.finding[i].suggestions[0]);
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

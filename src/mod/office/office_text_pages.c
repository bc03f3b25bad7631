/* office_text_pages.c – the text check for whoever writes: a text is pasted, what may be wrong is shown
 * in place, and each repair is chosen by hand. Nothing is stored; the text travels in the form, and
 * the one before the last repair with it, so that it can be taken back. */
#include "mod/office/office_pages.h"

#include "lang/check.h"

enum { TEXT_MAX = 60 * 1024, FINDINGS_MAX = 200, AROUND = 60 };

/* The form's text with the line ends of the net made plain. */
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

static const char *
part(struct view *v, struct slice text, size_t from, size_t to)
{
	return arena_strn(v->cx->arena, text.p + from, to - from);
}

/* Some words around a finding, not cut inside a letter, nor over a line's end. */
static void
draw_place(struct view *v, struct slice text, const struct finding *f)
{
	size_t from = f->from, to = f->to;

	/* To the next space behind so many bytes; a word longer than that again is cut by letters. */
	while (
	    from > 0 && text.p[from - 1] != '\n' &&
	    (f->from - from < AROUND || (text.p[from - 1] != ' ' && f->from - from < 2 * AROUND) ||
		((unsigned char)text.p[from] & 0xC0) == 0x80))
		from--;
	while (to < text.n && text.p[to] != '\n' &&
	       (to - f->to < AROUND || (text.p[to] != ' ' && to - f->to < 2 * AROUND) ||
		   ((unsigned char)text.p[to] & 0xC0) == 0x80))
		to++;
	html(&v->h, "<p lang='kk'>%s%s<mark>%s</mark>%s%s</p>",
	    from > 0 && text.p[from - 1] != '\n' ? "… " : "", part(v, text, from, f->from),
	    part(v, text, f->from, f->to), part(v, text, f->to, to),
	    to < text.n && text.p[to] != '\n' ? " …" : "");
}

static void
draw_radio(struct view *v, size_t i, size_t value, bool on)
{
	const char *name = arena_printf(v->cx->arena, "c%zu", i),
		   *number = arena_printf(v->cx->arena, "%zu", value);

	if (on)
		html(&v->h,
		    "<label class='tick'><input type='radio' name='%s' value='%s' checked> ", name,
		    number);
	else
		html(&v->h, "<label class='tick'><input type='radio' name='%s' value='%s'> ", name,
		    number);
}

/* One finding with its choices; number 0 leaves it as it is. Only what is certain is chosen beforehand. */
static void
draw_finding(struct view *v, struct slice text, const struct finding *f, size_t i)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t k;

	html(h, "<fieldset class='fld'><legend>%s. %s</legend>", num(cx, (int64_t)i + 1),
	    tr(cx, finding_text(f->kind)));
	draw_place(v, text, f);
	if (f->quoted)
		html(h, "<p class='hint'>%s</p>",
		    tr(cx, "It stands in a quotation: change it only if the source has it "
			   "otherwise."));
	draw_radio(v, i, 0, !(f->automatic && !f->quoted));
	html(h, "%s</label>", tr(cx, "Leave it"));
	for (k = 0; k < f->n; k++) {
		draw_radio(v, i, k + 1, k == 0 && f->automatic && !f->quoted);
		html(h, "<span lang='kk' translate='no'>%s</span></label>", f->suggestions[k]);
	}
	html(h, "</fieldset>");
}

static void
draw_findings(struct view *v, struct slice text, const struct finding *f, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t shown = n < FINDINGS_MAX ? n : FINDINGS_MAX, i;

	ui_section_open(
	    v, "findings", trn(cx, (int64_t)n, "%s place", "%s places", num(cx, (int64_t)n)), NULL);
	html(h, "<div>");
	ui_form_begin(v, "/text", false);
	html(h,
	    "<textarea name='text' hidden>\n%s</textarea><input type='hidden' name='act' "
	    "value='repair'>",
	    text.p);
	for (i = 0; i < shown; i++)
		draw_finding(v, text, &f[i], i);
	if (shown < n)
		html(h, "<p class='mute'>%s</p>",
		    tr(cx, "The other places follow when these are settled."));
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Repair what is chosen"));
	ui_form_end(v);
	html(h, "</div>");
	ui_section_close(v);
}

static void
draw_undo(struct view *v, struct slice before)
{
	if (before.n == 0)
		return;
	ui_form_begin(v, "/text", false);
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
	const struct finding *f = NULL;
	/* A refused text is kept as it was typed, and not checked. */
	bool check = text.n > 0 && cx->err.fields == NULL;
	size_t n = check ? check_text(cx->arena, text.p, text.n, &f) : 0;

	ui_open(v, &(struct page){ .title = tr(cx, "Text check"), .nav = "/text", .staff = true });
	html(h, "<p class='prose'>%s</p>",
	    tr(cx,
		"Paste a Kazakh text. Glued words, letters of another alphabet, unknown and "
		"foreign "
		"words are shown in their place; you choose what is changed. Nothing is stored."));
	if (asked && n == 0 && text.n > 0)
		ui_note(v, 'o', tr(cx, "Nothing was found that looks wrong."));
	draw_undo(v, before);
	if (n > 0)
		draw_findings(v, text, f, n);
	ui_form_begin(v, "/text", false);
	html(h, cx->err.fields != NULL ? "<div class='fld bad'>" : "<div class='fld'>");
	html(h, "<label for='text'>%s</label>", tr(cx, "Text"));
	if (cx->err.fields != NULL)
		html(h, "<span class='err' id='text-e'>%s</span>", cx->err.fields->text);
	html(h,
	    "<textarea id='text' name='text' rows='16' lang='kk' "
	    "spellcheck='false'>\n%s</textarea></div>",
	    text.p);
	html(h, "<p class='acts'><button type='submit' class='%s'>%s</button></p>",
	    n > 0 ? "btn" : "btn go", tr(cx, "Check the text"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
text_page(struct view *v)
{
	return draw(v, slice_str(""), slice_str(""), false);
}

/* What was chosen for the i-th finding: 0 = leave it. */
static size_t
choice(struct view *v, size_t i, size_t max)
{
	const char *s = req_f(v->rq, arena_printf(v->cx->arena, "c%zu", i));
	int64_t n;

	return s != NULL && num_parse(s, &n) && n > 0 && (uint64_t)n <= max ? (size_t)n : 0;
}

static struct slice
repaired(struct view *v, struct slice text)
{
	const struct finding *f;
	size_t n = check_text(v->cx->arena, text.p, text.n, &f), at = 0, i;
	struct buf out;

	buf_init(&out, v->cx->arena, 0);
	for (i = 0; i < n && i < FINDINGS_MAX; i++) {
		size_t c = choice(v, i, f[i].n);

		if (c == 0)
			continue;
		buf_put(&out, text.p + at, f[i].from - at);
		buf_str(&out, f[i].suggestions[c - 1]);
		at = f[i].to;
	}
	buf_put(&out, text.p + at, text.n - at);
	return (struct slice){ out.p, out.n };
}

static int
text_post(struct view *v)
{
	struct slice text = typed(v, "text"), fresh;
	const char *act = req_f(v->rq, "act");

	if (text.n > TEXT_MAX) {
		fail_field(v->cx, "text", N_("The text is too long: at most %s kB at once."),
		    num(v->cx, TEXT_MAX / 1024));
		v->status = 422;
		return draw(v, text, slice_str(""), false);
	}
	if (act == NULL || strcmp(act, "repair") != 0)
		return draw(v, text, slice_str(""), true);
	fresh = repaired(v, text);
	return draw(v, fresh,
	    fresh.n == text.n && memcmp(fresh.p, text.p, text.n) == 0 ? slice_str("") : text, true);
}

const struct route office_text_routes[] = {
	{ M_GET, "/text", text_page, CAP_STAFF, 0, N_("Text check"),
	    N_("Glued words, look-alike letters, unknown words; repairs are chosen by hand.") },
	{ M_POST, "/text", text_post, CAP_STAFF, 0, N_("Text check"), NULL },
};
const size_t office_text_nroutes = ARRAY_LEN(office_text_routes);

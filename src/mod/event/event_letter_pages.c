/* event_letter_pages.c – letters of thanks for an event: whom they go to, to print and as DOCX.
 *
 * The form holds the choice (co=ID for co-organisers, to= for names, one a line) and comes back with the
 * letters, so they can be printed, sent for as DOCX, and written again. Names of people stand in no address,
 * where histories and proxies keep them; nothing is stored. */
#include "mod/event/event_report.h"

enum { LETTERS_MAX = 60, NAME_MAX = 200 };

struct choice {
	struct letter l[LETTERS_MAX];
	size_t n;
	bool chosen[QUERY_LIMIT_MAX]; /* of the co-organisers */
};

static bool
picked(struct view *v, int64_t body)
{
	const struct pairs *f = &v->rq->form;
	size_t i;
	int64_t id;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->p[i].name, "co") == 0 && num_parse(f->p[i].value, &id) && id == body)
			return true;
	return false;
}

static const char *
trimmed(struct ctx *cx, const char *s, size_t n)
{
	while (n > 0 && strchr(" \t\r", s[0]) != NULL) {
		s++;
		n--;
	}
	while (n > 0 && strchr(" \t\r", s[n - 1]) != NULL)
		n--;
	return arena_strn(cx->arena, s, n < NAME_MAX * 4 ? n : NAME_MAX * 4);
}

/* "Name" or "Name; what for" */
static void
take_line(struct ctx *cx, struct choice *c, const char *s, size_t n)
{
	const char *semi = memchr(s, ';', n), *name;
	size_t head = semi == NULL ? n : (size_t)(semi - s);

	name = trimmed(cx, s, head);
	if (*name == '\0' || c->n == LETTERS_MAX)
		return;
	c->l[c->n++] = (struct letter){ .to = name,
		.what = semi == NULL ? "" : trimmed(cx, semi + 1, n - head - 1) };
}

static void
read_choice(struct view *v, const struct event_report *r, struct choice *c)
{
	const char *p = req_f(v->rq, "to"); /* reads the form, that picked() looks at, too */
	size_t i;

	*c = (struct choice){ .n = 0 };
	for (i = 0; i < r->organisers.n && c->n < LETTERS_MAX; i++) {
		const struct organiser *o = list_row(&r->organisers, &organiser_kind, i);

		c->chosen[i] = !o->ended && picked(v, o->body);
		if (c->chosen[i])
			c->l[c->n++] = (struct letter){
				.to = r->organiser_titles[i], .body = true, .what = ""
			};
	}
	while (p != NULL && *p != '\0') {
		size_t n = strcspn(p, "\n");

		take_line(v->cx, c, p, n);
		p += n + (p[n] == '\n');
	}
}

static void
draw_form(struct view *v, const struct event_report *r, const struct choice *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *to = req_f(v->rq, "to");
	size_t i, open = 0;

	for (i = 0; i < r->organisers.n; i++)
		open += !((const struct organiser *)list_row(&r->organisers, &organiser_kind, i))
			     ->ended;
	html(h, "<div class='noprint'>");
	ui_form_begin(v, event_path(v, r->e.rec.id, "/letters"), false);
	html(h, "<div class='flow'>");
	if (open > 0)
		html(h, "<fieldset><legend>%s</legend>", tr(cx, "Co-organisers"));
	for (i = 0; i < r->organisers.n; i++) {
		const struct organiser *o = list_row(&r->organisers, &organiser_kind, i);

		if (o->ended)
			continue;
		html(h, "<label class='tick'><input type='checkbox' name='co' value='%lld'",
		    (long long)o->body);
		html(h, c->chosen[i] ? " checked> %s</label>" : "> %s</label>",
		    r->organiser_titles[i]);
	}
	if (open > 0)
		html(h, "</fieldset>");
	html(h,
	    "<div class='fld'><label for='to'>%s</label><span class='hint' "
	    "id='to-h'>%s</span><textarea id='to' "
	    "name='to' rows='5' aria-describedby='to-h'>%s</textarea></div>",
	    tr(cx, "Helpers and other people"),
	    tr(cx, "One a line, as the letter is to address them; after a semicolon what for, as a "
		   "sentence."),
	    to == NULL ? "" : to);
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button>",
	    tr(cx, "Write the letters"));
	if (c->n > 0)
		html(h,
		    "<button type='submit' class='btn' name='format' value='docx'>DOCX</button>");
	html(h, "</p></div>");
	ui_form_end(v);
	html(h, "</div>");
}

static void
draw_letter(struct view *v, const struct event_report *r, const struct letter *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *words[LETTER_PARAS];
	size_t i;

	event_letter_words(cx, r, l, words);
	html(h,
	    "<article class='paper letter'><div "
	    "class='hem'></div><p>%s</p><h2>%s</h2><p><strong>%s</strong></p>",
	    tr3(cx, &r->house.name, NULL), tr(cx, "Letter of thanks"), words[0]);
	for (i = 1; i < LETTER_PARAS && words[i] != NULL; i++)
		html(h, "<p>%s</p>", words[i]);
	html(h, "<p>__________________</p><p>%s</p></article>", day_long(cx, cx->today));
}

static int
docx_answer(struct view *v, const struct event_report *r, const struct choice *c)
{
	TRY(event_letters_docx(v->cx, r, c->l, c->n, &v->rq->res.body));
	v->rq->res.type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	res_header(v->rq, "Content-Disposition",
	    arena_printf(v->cx->arena, "attachment; filename=\"event-%lld-letters.docx\"",
		(long long)r->e.rec.id));
	v->rq->res.status = 200;
	return RC_OK;
}

static int
letters_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *format = req_f(v->rq, "format");
	struct crumb crumbs[5] = { { "/events", tr(cx, "Events") }, { 0 }, { 0 },
		{ NULL, tr(cx, "Letters of thanks") }, { 0 } };
	struct event_report r;
	struct choice c;
	size_t i;

	TRY(event_report_read(v, &r));
	read_choice(v, &r, &c);
	if (format != NULL && strcmp(format, "docx") == 0 && c.n > 0)
		return docx_answer(v, &r, &c);
	crumbs[1] = (struct crumb){ event_path(v, r.e.rec.id, ""), r.title };
	crumbs[2] =
	    (struct crumb){ event_path(v, r.e.rec.id, "/report"), tr(cx, "Report of the event") };
	ui_open(v, &(struct page){ .title = tr(cx, "Letters of thanks"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	draw_form(v, &r, &c);
	if (c.n > 0)
		html(&v->h, "<p class='small mute noprint'>%s</p>",
		    tr(cx, "For paper use Print in the browser's menu: each letter begins a new "
			   "sheet."));
	for (i = 0; i < c.n; i++)
		draw_letter(v, &r, &c.l[i]);
	ui_close(v);
	return RC_OK;
}

const struct route event_letter_routes[] = {
	{ M_GET, "/events/{id}/letters", letters_page, CAP_EVENT_WRITE, 0, N_("Letters of thanks"),
	    N_("To co-organisers, helpers and others; prints, DOCX.") },
	{ M_POST, "/events/{id}/letters", letters_page, CAP_EVENT_WRITE, 0, N_("Letters of thanks"),
	    NULL },
};
const size_t event_letter_nroutes = ARRAY_LEN(event_letter_routes);

/* parts.c – the small parts that every page is made of.
 *
 * Icons are drawn here and nowhere else: their paths are constants of the house. A state is a shape
 * and a word, a count that opens to its records stands on a line, whose stroke says how well it is
 * known. Paths given to forms are without language, since a guest's token is bound to the pattern
 * of the route; whole addresses (href) come from ui_url(). */
#include "ui/parts.h"

#include "base/utf8.h"
#include "core/session.h"

enum { WORDS_MAX = 60 };

static const char *const icon_paths[] = {
	[ICON_SEARCH] = "<circle cx='8.5' cy='8.5' r='5.5'/><path d='M13 13l5 5'/>",
	[ICON_DOWN] = "<path d='M10 3v10M5.5 9l4.5 4.5L14.5 9M3 17h14'/>",
	[ICON_PRINT] = "<path d='M5 7V2.5h10V7M5 14H2.5V7h15v7H15M5 11.5h10v6H5z'/>",
	[ICON_CHECK] = "<path d='M3 10.5l5 5L17.5 5'/>",
	[ICON_CLOCK] = "<circle cx='10' cy='10' r='7.5'/><path d='M10 5.5V10l3 2'/>",
	[ICON_CROSS] = "<path d='M4 4l12 12M16 4L4 16'/>",
	[ICON_RING] = "<circle cx='10' cy='10' r='6.5'/>",
	[ICON_DASH] = "<path d='M3 10h14'/>",
	[ICON_UP_ARROW] = "<path d='M10 16V4M5 9l5-5 5 5'/>",
	[ICON_DOWN_ARROW] = "<path d='M10 4v12M5 11l5 5 5-5'/>",
	[ICON_NEXT] = "<path d='M7 4l6 6-6 6'/>",
	[ICON_PREV] = "<path d='M13 4l-6 6 6 6'/>",
	[ICON_PLUS] = "<path d='M10 3v14M3 10h14'/>",
	[ICON_CALENDAR] = "<path d='M3 4.5h14V17H3zM3 8.5h14M7 2v4M13 2v4'/>",
};

static void
drawing(struct view *v, enum ui_icon i)
{
	const char *p = (size_t)i < ARRAY_LEN(icon_paths) ? icon_paths[i] : "";

	html_put(&v->h, p, strlen(p));
	html(&v->h, "</svg>");
}

void
ui_icon(struct view *v, enum ui_icon i)
{
	html(&v->h, "<svg class='i' viewBox='0 0 20 20' aria-hidden='true'>");
	drawing(v, i);
}

void
ui_count(struct view *v, enum ui_known k, const char *href, const char *number)
{
	if (k == KNOWN_NOT)
		html(&v->h, "<span class='mute'>%s</span>", tr(v->cx, "not known"));
	else if (href == NULL)
		html(&v->h, "<span class='nw'>%s</span>", number);
	else
		html(&v->h, "<a class='%s' href='%s'>%s</a>",
		    k == KNOWN_PART   ? "n part"
		    : k == KNOWN_SAID ? "n said"
				      : "n",
		    href, number);
}

static const struct {
	char tone;
	const char *class;
	enum ui_icon icon;
} tones[] = {
	{ 'o', "ok", ICON_CHECK },
	{ 'w', "wait", ICON_CLOCK },
	{ 'n', "no", ICON_CROSS },
	{ 'p', "plan", ICON_RING },
	{ '-', "off", ICON_DASH },
};

static size_t
tone_index(char tone)
{
	size_t i;

	for (i = 0; i + 1 < ARRAY_LEN(tones) && tones[i].tone != tone; i++)
		;
	return i;
}

void
ui_state(struct view *v, char tone, const char *word)
{
	size_t i = tone_index(tone);

	html(&v->h, "<span class='st %s'><svg viewBox='0 0 20 20' aria-hidden='true'>",
	    tones[i].class);
	drawing(v, tones[i].icon);
	html(&v->h, "%s</span>", word);
}

void
ui_note(struct view *v, char tone, const char *text)
{
	size_t i = tone_index(tone);

	if (tones[i].tone != 'o' && tones[i].tone != 'w' && tones[i].tone != 'n') {
		html(&v->h, "<p class='note'>%s</p>", text);
		return;
	}
	html(&v->h, "<p class='note %s'>", tones[i].class);
	ui_state(v, tone, "");
	html(&v->h, " %s</p>", text);
}

void
ui_button(struct view *v, const char *href, const char *text, bool main)
{
	html(&v->h, "<a class='%s' href='%s'>%s</a>", main ? "btn go" : "btn", href, text);
}

/* The digits of one telephone number, for tel:; NULL when the text is more than that. */
static const char *
dialable(struct ctx *cx, const char *s)
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, cx->arena, 0);
	for (; *s != '\0'; s++) {
		if (*s == '+' && b.n == 0)
			buf_char(&b, '+');
		else if (*s >= '0' && *s <= '9') {
			buf_char(&b, *s);
			n++;
		} else if (strchr(" -()", *s) == NULL && strncmp(s, "\xc2\xa0", 2) != 0 &&
			   (unsigned char)*s != 0xa0)
			return NULL;
	}
	return n >= 5 && n <= 15 ? b.p : NULL;
}

void
ui_phone(struct view *v, const char *phone)
{
	const char *tel = dialable(v->cx, phone);
	struct buf b;

	if (tel == NULL) {
		ui_lines(v, phone);
		return;
	}
	/* A number is read as one word: its spaces do not break. */
	buf_init(&b, v->cx->arena, 0);
	for (; *phone != '\0'; phone++)
		if (*phone == ' ')
			buf_str(&b, "\xc2\xa0");
		else
			buf_char(&b, *phone);
	html(&v->h, "<a href='tel:%s'>%s</a>", tel, b.p);
}

const char *
ui_path(struct view *v, const char *path)
{
	return arena_printf(v->cx->arena, "/%s%s", lang_prefix(v->cx), path);
}

const char *
ui_bare(struct view *v, const char *url)
{
	return url + strlen("/") + strlen(lang_prefix(v->cx));
}

void
ui_form_begin(struct view *v, const char *path, bool files)
{
	/* Browsers would check in their own language and stop the search beside a reference: the
	 * server says what is wrong. */
	html(&v->h, "<form method='post' action='%s' novalidate", ui_path(v, path));
	if (files)
		html(&v->h, " enctype='multipart/form-data'");
	html(&v->h, "><input type='hidden' name='_csrf' value='%s'>",
	    csrf_make(v->cx, arena_strn(v->cx->arena, path, strcspn(path, "?#"))));
}

void
ui_form_end(struct view *v)
{
	html(&v->h, "</form>");
}

void
ui_post_button(struct view *v, const char *path, int64_t version, const char *text, bool danger)
{
	ui_form_begin(v, path, false);
	if (version != 0)
		html(&v->h, "<input type='hidden' name='_version' value='%lld'>",
		    (long long)version);
	html(&v->h, "<button class='%s' type='submit'>%s</button>", danger ? "btn bad" : "btn",
	    text);
	ui_form_end(v);
}

void
ui_empty(struct view *v, const char *why, const char *next, const char *href, const char *button)
{
	/* No heading: it may stand under an h1 or an h3, and a level must not be left out. */
	html(&v->h, "<div class='empty flow'><p><strong>%s</strong></p>", why);
	if (next != NULL)
		html(&v->h, "<p>%s</p>", next);
	if (href != NULL && button != NULL)
		html(&v->h, "<p class='acts'><a class='btn' href='%s'>%s</a></p>", href, button);
	html(&v->h, "</div>");
}

void
ui_section_open(struct view *v, const char *id, const char *name, const char *small)
{
	if (id != NULL)
		html(&v->h,
		    "<section class='sec' aria-labelledby='%s'><div class='rail'><h2 "
		    "id='%s'>%s</h2>",
		    id, id, name);
	else
		html(&v->h, "<section class='sec'><div class='rail'><h2>%s</h2>", name);
	if (small != NULL)
		html(&v->h, "<p class='small mute'>%s</p>", small);
	html(&v->h, "</div><div class='flow'>");
}

void
ui_section_close(struct view *v)
{
	html(&v->h, "</div></section>");
}

/* ---- shared among the files of ui/ ---- */

void
ui_lines(struct view *v, const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
		size_t n = (size_t)(end - text);

		if (n > 0 && text[n - 1] == '\r')
			n--;
		html(&v->h, "%.*s<br>", (int)n, text);
	}
	html(&v->h, "%s", text);
}

void
ui_lang_attr(struct view *v, enum lang l)
{
	if (l != v->cx->lang)
		html(&v->h, " lang='%s'", lang_code(l));
}

void
ui_option(struct view *v, const char *value, bool chosen, const char *text)
{
	html(&v->h, "<option value='%s'", value);
	if (chosen)
		html(&v->h, " selected");
	html(&v->h, ">%s</option>", text);
}

const char *
ui_q(struct view *v, const char *name)
{
	const char *s = req_q(v->rq, name);

	return s == NULL || *s == '\0' ? NULL : s;
}

const char *
ui_words(struct view *v, const char *text)
{
	const char *p = text, *end = text + strlen(text);
	int n;

	for (n = 0; n < WORDS_MAX && p < end; n++)
		utf8_next(&p, end);
	return arena_strn(v->cx->arena, text, (size_t)(p - text));
}

const char *
ui_ref_title(struct view *v, const struct kind *k, int64_t id)
{
	struct err kept = v->cx->err;
	void *rec = arena_alloc(v->cx->arena, k->size);
	const char *title = "";

	/* An id may come from the address: whoever may not see the record does not learn its name. */
	err_clear(v->cx);
	if (id != 0 && kind_get(v->cx, k, id, rec) == RC_OK)
		title = kind_title(v->cx, k, rec);
	v->cx->err = kept;
	return title;
}

bool
ui_title_known(struct view *v, const struct kind *k)
{
	size_t i;

	for (i = 0; k->title[i] != NULL; i++)
		if (!kind_may_read(v->cx, k, kind_field(k, k->title[i])))
			return false;
	return i > 0;
}

struct gather {
	const struct kind *kind;
	struct ui_choice *at;
	size_t n, cap;
};

static int
gather_row(struct ctx *cx, const void *rec, void *arg)
{
	struct gather *g = arg;

	if (g->n == g->cap) {
		struct ui_choice *more = arena_array(cx->arena, struct ui_choice, g->cap * 2);

		memcpy(more, g->at, g->n * sizeof *more);
		g->at = more;
		g->cap *= 2;
	}
	g->at[g->n++] =
	    (struct ui_choice){ ((const struct rec *)rec)->id, kind_title(cx, g->kind, rec) };
	return RC_OK;
}

int
ui_choices(struct view *v, const struct kind *k, struct ui_choice **out, size_t *n)
{
	return ui_choices_of(v, NULL, k, out, n);
}

int
ui_choices_of(struct view *v, const struct ui_form *form, const struct kind *k,
    struct ui_choice **out, size_t *n)
{
	struct ctx *cx = v->cx;
	struct err kept = cx->err;
	struct gather g = { .kind = k, .cap = 64 };
	struct query q;
	int rc;

	*n = 0;
	*out = g.at = arena_array(cx->arena, struct ui_choice, g.cap);
	err_clear(cx);
	rc = ui_title_known(v, k) ? query_init(cx, &q, k) : RC_DENIED;
	if (rc == RC_OK && form != NULL && form->narrow != NULL)
		form->narrow(v, form, &q);
	if (rc == RC_OK)
		rc = query_sort(&q, "title");
	if (rc == RC_OK)
		rc = query_each(&q, gather_row, &g);
	if (rc == RC_OK || rc == RC_DENIED) {
		cx->err = kept;
		*out = g.at;
		*n = g.n;
		return RC_OK; /* a kind that this actor may not read offers nothing */
	}
	return rc;
}

void
ui_refusals(struct view *v, const char *anchor)
{
	struct ctx *cx = v->cx;
	const struct field_error *e;
	const char *text = cx->err.text != NULL && *cx->err.text != '\0' ? cx->err.text : NULL;
	int64_t n = 0;

	for (e = cx->err.fields; e != NULL; e = e->next)
		n++;
	if (n == 0 && text == NULL)
		return;
	html(&v->h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2>",
	    n == 0 ? tr(cx, "Not saved")
		   : trn(cx, n, "Not saved: %s place has to be put right",
			 "Not saved: %s places have to be put right", num(cx, n)));
	if (text != NULL)
		html(&v->h, "<p>%s</p>", text);
	if (n > 0) {
		html(&v->h, "<ul>");
		for (e = cx->err.fields; e != NULL; e = e->next)
			html(&v->h, "<li><a href='#%s%s'>%s</a></li>", anchor, e->field, e->text);
		html(&v->h, "</ul>");
	}
	html(&v->h, "</div>");
}

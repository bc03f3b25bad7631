/* form_field.c – one field of a form, by its type.
 *
 * Order within a field: label with the word "required", hint, error, input; hint and error are tied
 * to the input by aria-describedby. No input has a maxlength or a required attribute: the server
 * says what is wrong, in the reader's language, and keeps what was typed. References to small kinds
 * are a select. Others are a group: the present record as a checked radio, candidates of a search as
 * further radios with the line that tells namesakes apart, and the search itself, which is a button
 * of the same form, so nothing typed elsewhere is lost. */
#include "ui/form_field.h"

enum { CANDIDATES = 10, RADIOS_MAX = 4 };

bool
form_has(struct view *v, const struct ui_form *form, const struct field *f)
{
	const char *const *p;

	if (!kind_may_write(v->cx, form->kind, f, form->create))
		return false;
	if (form->fields == NULL)
		return true;
	for (p = form->fields; *p != NULL; p++)
		if (strcmp(*p, f->name) == 0)
			return true;
	return false;
}

bool
form_posted(struct view *v, const struct ui_form *form)
{
	size_t n = strcspn(form->path, "?#");

	return v->rq->method == M_POST && strncmp(v->path, form->path, n) == 0 &&
	       v->path[n] == '\0';
}

const char *
form_sub(struct view *v, const struct field *f, const char *suffix)
{
	return arena_printf(v->cx->arena, "%s_%s", f->name, suffix);
}

bool
form_is_search(const struct field *f)
{
	return f->type == FT_REF && !f->ref->small;
}

/* ---- pieces ---- */

/* What stands in the input: the raw text if this form was sent, else the record's value. */
static const char *
shown(struct form_field *d, const char *name, enum lang l)
{
	const char *raw = d->posted ? req_f(d->v->rq, name) : NULL;

	return raw != NULL ? raw : field_form(d->v->cx, d->f, d->form->rec, l);
}

static const char *
format_hint(struct form_field *d)
{
	switch (d->f->type) {
	case FT_DAY:
		return tr(d->v->cx, "As 15.11.2024");
	case FT_TIME:
		return tr(d->v->cx, "As 15.11.2024 18:00");
	default:
		return NULL;
	}
}

static bool
required(const struct form_field *d)
{
	return (d->f->flags & F_REQUIRED) != 0;
}

static void
name_text(struct form_field *d)
{
	html(&d->v->h, "%s", tr(d->v->cx, d->f->label));
	if (required(d) && d->f->type != FT_BOOL)
		html(&d->v->h, " <span class='small mute'>%s</span>", tr(d->v->cx, "(required)"));
}

static void
hint_and_error(struct form_field *d)
{
	struct html *h = &d->v->h;
	const char *help = d->f->help == NULL ? NULL : tr(d->v->cx, d->f->help),
		   *format = format_hint(d);

	if (help != NULL || format != NULL)
		html(h, "<span class='hint' id='f-%s-h'>%s%s%s</span>", d->f->name,
		    help == NULL ? "" : help, help != NULL && format != NULL ? " " : "",
		    format == NULL ? "" : format);
	if (d->error != NULL)
		html(h, "<span class='err' id='f-%s-e'>%s</span>", d->f->name, d->error);
}

/* Inside the open tag of an input or group. */
static void
described(struct form_field *d, bool input)
{
	struct html *h = &d->v->h;
	bool hint = d->f->help != NULL || format_hint(d) != NULL;

	if (hint && d->error != NULL)
		html(h, " aria-describedby='f-%s-e f-%s-h'", d->f->name, d->f->name);
	else if (hint || d->error != NULL)
		html(h, " aria-describedby='f-%s-%s'", d->f->name, hint ? "h" : "e");
	if (d->error != NULL && input)
		html(h, " aria-invalid='true'");
}

static void
field_open(struct form_field *d)
{
	struct html *h = &d->v->h;

	html(h, "<div class='%s'><label for='f-%s'>", d->error != NULL ? "fld bad" : "fld",
	    d->f->name);
	name_text(d);
	html(h, "</label>");
	hint_and_error(d);
}

/* A group of radios; it is itself the target of the link in the error summary. */
static void
group_open(struct form_field *d)
{
	struct html *h = &d->v->h;

	html(h, "<fieldset class='%s' id='f-%s' tabindex='-1'",
	    d->error != NULL ? "fld bad" : "fld", d->f->name);
	described(d, false);
	html(h, "><legend>");
	name_text(d);
	html(h, "</legend>");
	hint_and_error(d);
}

static void
radio(struct form_field *d, const char *value, bool chosen, const char *text, const char *small)
{
	struct html *h = &d->v->h;

	html(h, "<label class='tick'><input type='radio' name='%s' value='%s'", d->f->name, value);
	if (chosen)
		html(h, " checked");
	html(h, "><span>%s", text);
	if (small != NULL && *small != '\0')
		html(h, " <span class='small mute'>%s</span>", small);
	html(h, "</span></label>");
}

/* ---- texts, numbers, days ---- */

static const char *
input_type(const struct field *f)
{
	static const char *const good[] = { "tel", "email", "url" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(good); i++)
		if (f->form != NULL && strcmp(f->form, good[i]) == 0)
			return good[i];
	return "text";
}

static void
draw_line(struct form_field *d)
{
	struct html *h = &d->v->h;
	const struct field *f = d->f;
	bool digits = f->type == FT_DAY || f->type == FT_TIME || f->type == FT_INT;

	field_open(d);
	html(h, "<input type='%s' id='f-%s' name='%s' value='%s' autocomplete='off'", input_type(f),
	    f->name, f->name, shown(d, f->name, d->v->cx->lang));
	if (digits)
		html(h, " inputmode='numeric' class='w-s'");
	else if (f->type == FT_REAL)
		html(h, " inputmode='decimal' class='w-s'");
	else if (strcmp(input_type(f), "tel") == 0)
		html(h, " class='w-m'");
	else if (f->type == FT_TEXT && f->max > 0 && f->max <= 12)
		html(h, " class='w-s'"); /* an hour, a code: the box shows how much is expected */
	described(d, true);
	html(h, "></div>");
}

static void
draw_long(struct form_field *d)
{
	struct html *h = &d->v->h;

	field_open(d);
	html(h, "<textarea id='f-%s' name='%s' rows='5'", d->f->name, d->f->name);
	described(d, true);
	html(h, ">%s</textarea></div>", shown(d, d->f->name, d->v->cx->lang));
}

static void
translation_state(struct form_field *d, enum lang l, bool present)
{
	struct ctx *cx = d->v->cx;

	if (l == LANG_KK)
		ui_state(d->v, present ? 'o' : 'p', tr(cx, "source"));
	else if (present)
		ui_state(d->v, 'o', tr(cx, "translated"));
	else
		ui_state(d->v, '-', tr(cx, "no translation"));
}

static const char *
lang_name(struct ctx *cx, enum lang l)
{
	return l == LANG_KK   ? tr(cx, "Kazakh")
	       : l == LANG_RU ? tr(cx, "Russian")
			      : tr(cx, "English");
}

static void
draw_trio(struct form_field *d)
{
	struct html *h = &d->v->h;
	bool pages = d->f->max > 10000; /* of text: each language has the whole width */
	int l;

	/* The link of the error summary leads to the Kazakh text, the only one that may be needed. */
	html(h, pages ? "<fieldset class='trio long'><legend>" : "<fieldset class='trio'><legend>");
	name_text(d);
	html(h, "</legend>");
	if (d->f->help != NULL)
		html(h, "<p class='hint' id='f-%s-h'>%s</p>", d->f->name, tr(d->v->cx, d->f->help));
	for (l = 0; l < LANG_COUNT; l++) {
		const char *code = lang_code((enum lang)l), *name = form_sub(d->v, d->f, code);
		const char *id = l == LANG_KK ? d->f->name : name,
			   *text = shown(d, name, (enum lang)l);
		bool bad = d->error != NULL && l == LANG_KK;

		html(h, "<div class='%s'><label class='lab2' for='f-%s'><span>%s</span>",
		    bad ? "fld bad" : "fld", id, lang_name(d->v->cx, (enum lang)l));
		translation_state(d, (enum lang)l, *text != '\0');
		html(h, "</label>");
		if (bad)
			html(h, "<span class='err' id='f-%s-e'>%s</span>", d->f->name, d->error);
		html(h, "<textarea id='f-%s' name='%s' lang='%s' rows='%d'", id, name, code,
		    pages ? 20 : 3);
		if (d->error != NULL || d->f->help != NULL)
			described(d, bad);
		html(h, ">%s</textarea></div>", text);
	}
	html(h, "</fieldset>");
}

static void
draw_sealed(struct form_field *d)
{
	struct html *h = &d->v->h;
	const struct sealed *s = field_at(d->f, d->form->rec);
	const char *raw = d->posted ? req_f(d->v->rq, d->f->name) : NULL;

	field_open(d);
	html(h, "<input type='text' class='w-m' id='f-%s' name='%s' value='%s' autocomplete='off'",
	    d->f->name, d->f->name, raw == NULL ? "" : raw);
	if (s->present)
		html(h, " placeholder='%s'", tr(d->v->cx, "stored, not shown"));
	described(d, true);
	html(h, ">");
	if (s->present && !required(d)) {
		html(h, "<label class='tick'><input type='checkbox' name='%s' value='1'",
		    form_sub(d->v, d->f, "clear"));
		if (s->clear)
			html(h, " checked");
		html(h, ">%s</label>", tr(d->v->cx, "Remove the stored value"));
	}
	html(h, "</div>");
}

/* ---- choices ---- */

static void
draw_bool(struct form_field *d)
{
	struct html *h = &d->v->h;

	/* An unchecked box is not sent at all: the hidden mark tells that it was on the page. */
	html(h, "<div class='%s'><input type='hidden' name='_has_%s' value='1'>",
	    d->error != NULL ? "fld bad" : "fld", d->f->name);
	html(h, "<label class='tick'><input type='checkbox' id='f-%s' name='%s' value='1'",
	    d->f->name, d->f->name);
	if (*(const bool *)field_at(d->f, d->form->rec))
		html(h, " checked");
	described(d, true);
	html(h, ">");
	name_text(d);
	html(h, "</label>");
	hint_and_error(d);
	html(h, "</div>");
}

static void
draw_enum(struct form_field *d)
{
	struct html *h = &d->v->h;
	const char *now = field_form(d->v->cx, d->f, d->form->rec, d->v->cx->lang);
	const struct option *o;
	size_t n = 0;

	for (o = d->f->options; o->code != NULL; o++)
		n++;
	if (required(d) && n <= RADIOS_MAX) {
		group_open(d);
		html(h, "<div>");
		for (o = d->f->options; o->code != NULL; o++)
			radio(d, o->code, strcmp(o->code, now) == 0, tr(d->v->cx, o->label), NULL);
		html(h, "</div></fieldset>");
		return;
	}
	field_open(d);
	html(h, "<select id='f-%s' name='%s'", d->f->name, d->f->name);
	described(d, true);
	html(h, ">");
	ui_option(d->v, "", *now == '\0',
	    required(d) ? tr(d->v->cx, "Choose") : tr(d->v->cx, "Not stated"));
	for (o = d->f->options; o->code != NULL; o++)
		ui_option(d->v, o->code, strcmp(o->code, now) == 0, tr(d->v->cx, o->label));
	html(h, "</select></div>");
}

static int
draw_select(struct form_field *d)
{
	struct view *v = d->v;
	int64_t now = *(const int64_t *)field_at(d->f, d->form->rec);
	struct ui_choice *c;
	bool found = now == 0;
	size_t i, n;

	TRY(ui_choices_of(v, d->form, d->f->ref, &c, &n));
	field_open(d);
	html(&v->h, "<select id='f-%s' name='%s'", d->f->name, d->f->name);
	described(d, true);
	html(&v->h, ">");
	ui_option(v, "", now == 0, required(d) ? tr(v->cx, "Choose") : tr(v->cx, "Not stated"));
	for (i = 0; i < n; i++) {
		found = found || c[i].id == now;
		ui_option(v, arena_printf(v->cx->arena, "%lld", (long long)c[i].id), c[i].id == now,
		    c[i].title);
	}
	/* The present one may lie outside what this actor may choose from: it must not be lost. */
	if (!found)
		ui_option(v, arena_printf(v->cx->arena, "%lld", (long long)now), true,
		    ui_ref_title(v, d->f->ref, now));
	html(&v->h, "</select></div>");
	return RC_OK;
}

/* ---- references by search ---- */

static int
candidates(struct form_field *d, const char *words, struct list *out)
{
	struct ctx *cx = d->v->cx;
	struct err kept = cx->err;
	struct query q;
	int rc;

	*out = (struct list){ 0 };
	err_clear(cx);
	rc = ui_title_known(d->v, d->f->ref) ? query_init(cx, &q, d->f->ref) : RC_DENIED;
	if (rc == RC_OK && d->form->narrow != NULL)
		d->form->narrow(d->v, d->form, &q);
	if (rc == RC_OK)
		rc = query_filter(&q, "q", ui_words(d->v, words));
	if (rc == RC_OK)
		rc = query_sort(&q, "title");
	if (rc == RC_OK) {
		q.limit = CANDIDATES;
		rc = query_list(&q, out);
	}
	if (rc != RC_OK && rc != RC_DENIED)
		return rc;
	cx->err = kept;
	return RC_OK;
}

static const char *
hint_of(struct form_field *d, const void *rec)
{
	const struct kind *k = d->f->ref;

	return k->hint == NULL ? NULL : k->hint(d->v->cx, rec);
}

static void
chosen_radio(struct form_field *d, int64_t now)
{
	struct ctx *cx = d->v->cx;
	struct err kept = cx->err;
	void *rec = arena_alloc(cx->arena, d->f->ref->size);
	const char *hint = NULL;

	err_clear(cx);
	if (kind_get(cx, d->f->ref, now, rec) == RC_OK)
		hint = hint_of(d, rec);
	cx->err = kept;
	radio(d, arena_printf(cx->arena, "%lld", (long long)now), true,
	    ui_ref_title(d->v, d->f->ref, now), hint);
}

static int
found_radios(struct form_field *d, int64_t now, const char *words)
{
	struct ctx *cx = d->v->cx;
	struct list l;
	size_t i;

	if (words == NULL || words[strspn(words, " \t")] == '\0')
		return RC_OK;
	TRY(candidates(d, words, &l));
	html(&d->v->h, "<p class='small mute' role='status'>%s</p>",
	    l.n == 0
		? trf(cx,
		      "Nothing was found for “%s”. Write less of the name, or another spelling.",
		      words)
	    : l.next != NULL
		? trf(cx, "The first %s are shown. Write more of the name to see others.",
		      num(cx, CANDIDATES))
		: trn(cx, (int64_t)l.n, "%s found", "%s found", num(cx, (int64_t)l.n)));
	for (i = 0; i < l.n; i++) {
		const struct rec *rec = list_row(&l, d->f->ref, i);

		if (rec->id != now)
			radio(d, arena_printf(cx->arena, "%lld", (long long)rec->id), false,
			    kind_title(cx, d->f->ref, rec), hint_of(d, rec));
	}
	return RC_OK;
}

static int
draw_search(struct form_field *d)
{
	struct html *h = &d->v->h;
	int64_t now = *(const int64_t *)field_at(d->f, d->form->rec);
	const char *words = d->posted ? req_f(d->v->rq, form_sub(d->v, d->f, "q")) : NULL,
		   *name = d->f->name;

	group_open(d);
	html(h, "<div>");
	if (now != 0)
		chosen_radio(d, now);
	if (!required(d))
		radio(d, "", now == 0, tr(d->v->cx, "none"), NULL);
	TRY(found_radios(d, now, words));
	html(h, "</div><div class='row'><div class='fld'><label for='f-%s-q'>%s</label>", name,
	    tr(d->v->cx, "Find by name"));
	html(h, "<input type='search' id='f-%s-q' name='%s_q' value='%s' autocomplete='off'>", name,
	    name, words == NULL ? "" : words);
	/* What was searched last: other words that come without the button are a search, too (Enter). */
	html(h, "<input type='hidden' name='%s_was' value='%s'>", name, words == NULL ? "" : words);
	html(h, "</div><button class='btn' type='submit' name='_find' value='%s'>", name);
	ui_icon(d->v, ICON_SEARCH);
	html(h, "%s</button></div></fieldset>", tr(d->v->cx, "Find"));
	return RC_OK;
}

int
form_field_draw(struct form_field *d)
{
	switch (d->f->type) {
	case FT_TEXT:
		if ((d->f->flags & F_LONG) != 0)
			draw_long(d);
		else
			draw_line(d);
		return RC_OK;
	case FT_INT:
	case FT_REAL:
	case FT_DAY:
	case FT_TIME:
		draw_line(d);
		return RC_OK;
	case FT_TEXT3:
		draw_trio(d);
		return RC_OK;
	case FT_BOOL:
		draw_bool(d);
		return RC_OK;
	case FT_ENUM:
		draw_enum(d);
		return RC_OK;
	case FT_REF:
		return form_is_search(d->f) ? draw_search(d) : draw_select(d);
	case FT_SEALED:
		draw_sealed(d);
		return RC_OK;
	}
	return RC_OK;
}

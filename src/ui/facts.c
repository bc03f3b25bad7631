/* facts.c – one record read: its fields as a list of facts, and what changed when.
 *
 * Each field is shown only if this actor may read it and something is known. A sealed value is masked;
 * opening it is a POST of its own (PATH/show with the field's name), which the handler answers through
 * kind_unseal() and so leaves a trace. Whoever may not open it is told that it is closed, not that
 * it is absent. References become links where the actor may read the other kind. */
#include "ui/parts.h"

static void
dd_open(struct view *v, const struct field *f)
{
	html(&v->h, "<dt>%s</dt>", tr(v->cx, f->label));
}

static bool
is_form(const struct field *f, const char *form)
{
	return f->form != NULL && strcmp(f->form, form) == 0;
}

static void
fact_text(struct view *v, const struct field *f, const char *s)
{
	if (is_form(f, "tel")) {
		html(&v->h, "<dd>");
		ui_phone(v, s);
		html(&v->h, "</dd>");
	} else if (is_form(f, "email") && strchr(s, '@') != NULL && strpbrk(s, " ,;?&") == NULL)
		html(&v->h, "<dd><a translate='no' href='mailto:%s'>%s</a></dd>", s, s);
	else if (is_form(f, "url") &&
		 (strncmp(s, "https://", 8) == 0 || strncmp(s, "http://", 7) == 0))
		html(&v->h, "<dd><a translate='no' href='%s' rel='noopener nofollow'>%s</a></dd>",
		    s, s);
	else {
		html(&v->h, "<dd>");
		ui_lines(v, s);
		html(&v->h, "</dd>");
	}
}

static void
fact_text3(struct view *v, const struct field *f, const void *rec)
{
	enum lang l = v->cx->lang;
	const char *s = tr3(v->cx, field_at(f, rec), &l);

	html(&v->h, "<dd");
	ui_lang_attr(v, l);
	html(&v->h, ">");
	ui_lines(v, s);
	html(&v->h, "</dd>");
}

static void
fact_ref(struct view *v, const struct field *f, const void *rec)
{
	int64_t id = *(const int64_t *)field_at(f, rec);
	const char *title = ui_ref_title(v, f->ref, id);
	const char *url = may(v->cx, f->ref->read) ? kind_url(v->cx, f->ref, id) : NULL;

	if (*title == '\0')
		title = field_text(v->cx, f, rec, NULL);
	if (url != NULL)
		html(&v->h, "<dd><a href='%s'>%s</a></dd>", url, title);
	else
		html(&v->h, "<dd>%s</dd>", title);
}

static int
fact_sealed(struct view *v, const struct kind *k, const struct field *f, const void *rec)
{
	int64_t id = ((const struct rec *)rec)->id;
	const char *mask = NULL, *url = kind_url(v->cx, k, id);
	int rc;

	if (f->type != FT_SEALED || !((const struct sealed *)field_at(f, rec))->present ||
	    !may(v->cx, k->read))
		return RC_OK;
	if (!may(v->cx, k->sealed != CAP_UNSET ? k->sealed : CAP_SEALED_READ)) {
		dd_open(v, f);
		html(&v->h, "<dd class='mute'>%s</dd>", tr(v->cx, "Closed to your role"));
		return RC_OK;
	}
	rc = kind_sealed_mask(v->cx, k, id, f->name, &mask);
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	if (mask == NULL)
		return RC_OK; /* gone since, or the person was erased: nothing opens it any more */
	dd_open(v, f);
	html(&v->h, "<dd><span class='nw'>%s</span>", mask);
	if (url != NULL) {
		ui_form_begin(v, arena_printf(v->cx->arena, "%s/show", ui_bare(v, url)), false);
		html(&v->h, "<input type='hidden' name='field' value='%s'>", f->name);
		html(&v->h,
		    "<button class='btn' type='submit'>%s<span class='vh'> %s</span></button>",
		    tr(v->cx, "Show"), tr(v->cx, f->label));
		html(&v->h, " <span class='small mute'>%s</span>",
		    tr(v->cx, "showing it is recorded"));
		ui_form_end(v);
	}
	html(&v->h, "</dd>");
	return RC_OK;
}

int
ui_facts(struct view *v, const struct kind *k, const void *rec)
{
	size_t i;

	html(&v->h, "<dl class='facts'>");
	for (i = 0; i < k->nfields; i++) {
		const struct field *f = &k->fields[i];

		if (f->privacy == PRIV_SEALED) {
			TRY(fact_sealed(v, k, f, rec));
			continue;
		}
		if (!kind_may_read_of(v->cx, k, f, rec) || field_empty(f, rec))
			continue;
		dd_open(v, f);
		if (f->type == FT_TEXT)
			fact_text(v, f, *(const char *const *)field_at(f, rec));
		else if (f->type == FT_TEXT3)
			fact_text3(v, f, rec);
		else if (f->type == FT_REF)
			fact_ref(v, f, rec);
		else
			html(&v->h, "<dd>%s</dd>", field_text(v->cx, f, rec, NULL));
	}
	html(&v->h, "</dl>");
	return RC_OK;
}

/* ---- history ---- */

static void
one_change(struct view *v, const struct change *c)
{
	html(&v->h, "<strong>%s</strong>:", tr(v->cx, c->label));
	if (c->from != NULL)
		html(&v->h, " <del>%s</del>", c->from);
	if (c->to != NULL)
		html(&v->h, " <ins>%s</ins>", c->to);
	else
		html(&v->h, " %s", tr(v->cx, "taken out"));
	html(&v->h, "<br>");
}

static void
who_and_when(struct view *v, const struct change *c)
{
	html(&v->h, "<span class='small mute'>%s · %s</span>", moment_text(v->cx, c->at),
	    c->who == NULL || *c->who == '\0' ? tr(v->cx, "the program itself") : c->who);
}

static void
log_list(struct view *v, const struct change *c, size_t n)
{
	size_t i;

	html(&v->h, "<ol class='log'>");
	for (i = 0; i < n; i++) {
		bool created = strcmp(c[i].action, "create") == 0;
		bool first = i == 0 || c[i - 1].version != c[i].version;
		bool last = i + 1 == n || c[i + 1].version != c[i].version;

		if (first)
			html(&v->h, "<li>");
		/* What a record began with is read off the later changes and the record itself. */
		if (!created)
			one_change(v, &c[i]);
		else if (first)
			html(&v->h, "%s<br>", tr(v->cx, "The record was created"));
		if (last) {
			who_and_when(v, &c[i]);
			html(&v->h, "</li>");
		}
	}
	html(&v->h, "</ol>");
}

static bool
inside_section(const struct html *h)
{
	int i;

	for (i = h->depth; i > 0; i--)
		if (strcmp(h->open[i - 1], "section") == 0)
			return true;
	return false;
}

int
ui_history(struct view *v, const struct kind *k, int64_t id)
{
	struct change *c;
	size_t n;

	if (!may(v->cx, CAP_HISTORY_READ))
		return RC_OK;
	TRY(kind_history(v->cx, k, id, &c, &n));
	if (n == 0)
		return RC_OK;
	if (inside_section(&v->h)) {
		log_list(v, c, n);
		return RC_OK;
	}
	ui_section_open(
	    v, "history", tr(v->cx, "History"), tr(v->cx, "Who, when, from what to what"));
	log_list(v, c, n);
	ui_section_close(v);
	return RC_OK;
}

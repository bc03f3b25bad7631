/* office_form.c – see office_form.h. */
#include "mod/office/office_form.h"

#include "core/account.h"
#include "core/role_request.h"
#include "mod/registry/registry.h"

void
form_said(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", name, e->text);
}

void
form_line(struct view *v, const struct form_line *l)
{
	struct html *h = &v->h;
	const char *value = l->type == NULL ? req_f(v->rq, l->name) : NULL;

	if (value == NULL)
		value = l->value;

	html(h, "<div class='fld'><label for='%s'>%s</label>", l->name, l->label);
	if (l->hint != NULL)
		html(h, "<span class='hint' id='%s-h'>%s</span>", l->name, l->hint);
	form_said(v, l->name);
	html(h,
	    "<input type='%s' id='%s' name='%s' value='%s' autocapitalize='none' "
	    "spellcheck='false'",
	    l->type == NULL ? "text" : l->type, l->name, l->name, value == NULL ? "" : value);
	if (l->complete != NULL)
		html(h, " autocomplete='%s'", l->complete);
	if (l->hint != NULL)
		html(h, " aria-describedby='%s-h'", l->name);
	html(h, "></div>");
}

void
form_send(struct view *v, const char *text, bool main)
{
	html(&v->h, "<p class='acts'><button type='submit' class='%s'>%s</button></p>",
	    main ? "btn go" : "btn", text);
}

int
form_day(struct view *v, const char *name)
{
	const char *value = req_f(v->rq, name);
	int day;

	if (value == NULL || *value == '\0')
		return 0;
	if (day_parse(value, &day))
		return day;
	fail_field(v->cx, name, N_("There is no such day: “%s”. Write it as 15.11.2024."), value);
	return 0;
}

void
form_role(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct option *o;
	const char *role = req_f(v->rq, "role");

	html(&v->h, "<div class='fld'><label for='role'>%s</label>", tr(cx, "Role"));
	form_said(v, "role");
	html(&v->h, "<select id='role' name='role'>");
	for (o = role_options; o->code != NULL; o++) {
		if (role != NULL && strcmp(role, o->code) == 0)
			html(&v->h, "<option value='%s' selected>%s</option>", o->code,
			    tr(cx, o->label));
		else
			html(&v->h, "<option value='%s'>%s</option>", o->code, tr(cx, o->label));
	}
	html(&v->h, "</select></div>");
	form_line(v,
	    &(struct form_line){ .name = "body",
		.label = tr(cx, "Code of the body"),
		.hint = tr(cx, "A leader acts in this body and its branches, e.g. eca03. Empty = "
			       "the whole assembly.") });
}

static int
body_of_form(struct view *v, int64_t *body)
{
	const char *code = req_f(v->rq, "body");
	int rc;

	*body = 0;
	if (code == NULL || *code == '\0')
		return RC_OK;
	rc = body_by_code(v->cx, code, body);
	if (rc != RC_NOTFOUND)
		return rc;
	err_clear(v->cx);
	fail_field(v->cx, "body", N_("There is no such code: “%s”."), code);
	return RC_INVALID;
}

int
form_role_read(struct view *v, struct role_new *out)
{
	const char *code = req_f(v->rq, "role");

	TRY(body_of_form(v, &out->body));
	if (code == NULL || !role_parse(code, &out->role))
		fail_field(v->cx, "role", N_("Choose one of the values offered."));
	out->since = form_day(v, "since");
	out->until = form_day(v, "until");
	return fields_rc(v->cx);
}

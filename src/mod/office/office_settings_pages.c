/* office_settings_pages.c – what an administrator sets, in groups: each group is a form of its own, so
 * that saving one touches no other. Beneath it who changed what when, and the way back; on a page of
 * its own the institution's names and logo by the day from which they hold. */
#include "mod/office/office_pages.h"

#include "core/institution.h"

enum { CHANGES = 30 };

/* ---- refusals ---- */

static void
field_refusal(struct view *v, const char *name)
{
	const struct field_error *f;

	for (f = v->cx->err.fields; f != NULL; f = f->next)
		if (strcmp(f->field, name) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", name, f->text);
}

static const char *
label_of(struct ctx *cx, const char *name)
{
	static const char *const of_institution[][2] = { { "since", N_("From the day") },
		{ "name_kk", N_("Name, in Kazakh") }, { "name_ru", N_("Name, in Russian") },
		{ "name_en", N_("Name, in English") }, { "region_kk", N_("Region, in Kazakh") },
		{ "region_ru", N_("Region, in Russian") },
		{ "region_en", N_("Region, in English") }, { "logo", N_("Logo") } };
	const struct setting *s = setting_find(name);
	size_t i;

	if (s != NULL)
		return tr(cx, s->label);
	for (i = 0; i < ARRAY_LEN(of_institution); i++)
		if (strcmp(of_institution[i][0], name) == 0)
			return tr(cx, of_institution[i][1]);
	return name;
}

static void
refusals(struct view *v)
{
	const struct field_error *f = v->cx->err.fields;
	const char *text = v->cx->err.text;

	if (f == NULL && (text == NULL || *text == '\0'))
		return;
	html(&v->h, "<div class='errs' role='alert' tabindex='-1'><p>%s</p><ul>",
	    f == NULL ? text : tr(v->cx, "It was not saved:"));
	for (; f != NULL; f = f->next)
		html(&v->h, "<li><a href='#%s'>%s: %s</a></li>", f->field,
		    label_of(v->cx, f->field), f->text);
	html(&v->h, "</ul></div>");
}

/* ---- one setting ---- */

/* As people read it: a day as 15.11.2024, a secret as the word that there is one. */
static const char *
readable(struct ctx *cx, const struct setting *s, const char *value)
{
	int day;

	if (s != NULL && strcmp(s->form, "day") == 0 && day_parse(value, &day))
		return day_text(cx, day);
	return value;
}

static int
draw_setting(struct view *v, const struct setting *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *typed = v->rq->method == M_POST ? req_f(v->rq, s->name) : NULL, *value;
	bool help = s->help != NULL && *s->help != '\0', secret = strcmp(s->form, "secret") == 0;

	TRY(setting_get(cx, s->name, &value));
	html(h, "<div class='fld'><label for='%s'>%s</label>", s->name, tr(cx, s->label));
	if (help || secret)
		html(h, "<span class='hint' id='%s-h'>%s%s%s</span>", s->name,
		    help ? tr(cx, s->help) : "", help && secret ? " " : "",
		    !secret	     ? ""
		    : *value != '\0' ? tr(cx, "It is set. Leave the field empty to keep it.")
				     : tr(cx, "It is not set."));
	field_refusal(v, s->name);
	html(h, "<input id='%s' name='%s'", s->name, s->name);
	if (help || secret)
		html(h, " aria-describedby='%s-h'", s->name);
	if (secret)
		html(h, " type='password' autocomplete='off' value=''></div>");
	else if (strcmp(s->form, "number") == 0)
		html(h, " type='text' inputmode='numeric' value='%s'></div>",
		    typed != NULL ? typed : value);
	else
		html(h, " type='text' value='%s'></div>",
		    typed != NULL ? typed : readable(cx, s, value));
	return RC_OK;
}

static bool
belongs(const struct setting *s, const struct setting_group *g)
{
	return strcmp(s->group == NULL ? "other" : s->group, g->code) == 0;
}

static int
draw_group(struct view *v, const struct setting_group *g)
{
	struct ctx *cx = v->cx;
	const struct setting *s;
	bool any = false;

	for (s = settings; s->name != NULL; s++)
		any |= belongs(s, g);
	if (!any)
		return RC_OK;
	ui_section_open(v, g->code, tr(cx, g->label), *g->help == '\0' ? NULL : tr(cx, g->help));
	html(&v->h, "<div>");
	ui_form_begin(v, "/settings", false);
	for (s = settings; s->name != NULL; s++)
		if (belongs(s, g))
			TRY(draw_setting(v, s));
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button>",
	    tr(cx, "Save"));
	if (strcmp(g->code, "institution") == 0) {
		html(&v->h, " ");
		ui_button(
		    v, ui_url(v, "/settings/institution"), tr(cx, "Names by day and logo"), false);
	}
	html(&v->h, "</p>");
	ui_form_end(v);
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- what was changed ---- */

static void
change_row(struct view *v, const struct setting_change *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct setting *s = setting_find(c->name);
	bool secret = s != NULL && strcmp(s->form, "secret") == 0;
	const char *label = s == NULL ? c->name : tr(cx, s->label);

	html(h,
	    "<tr><th scope='row' data-l='%s'>%s</th><td data-l='%s'>%s</td><td data-l='%s'>%s</td>",
	    tr(cx, "When"), moment_text(cx, c->at), tr(cx, "Who"),
	    *c->who == '\0' ? tr(cx, "the program") : c->who, tr(cx, "Setting"), label);
	html(h, "<td data-l='%s'>%s</td><td data-l='%s'>%s</td><td>", tr(cx, "Before"),
	    secret	      ? "•••"
	    : *c->old == '\0' ? "–"
			      : readable(cx, s, c->old),
	    tr(cx, "After"),
	    secret	      ? "•••"
	    : *c->now == '\0' ? "–"
			      : readable(cx, s, c->now));
	if (c->undone)
		ui_state(v, '-', tr(cx, "taken back"));
	else if (c->undoable)
		ui_post_button(v, arena_printf(cx->arena, "/settings/undo/%lld", (long long)c->id),
		    0, trf(cx, "Take back: %s", label), false);
	html(h, "</td></tr>");
}

static int
draw_changes(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct setting_change *c;
	size_t n, i;

	TRY(setting_changes(cx, CHANGES, &c, &n));
	ui_section_open(v, "changes", tr(cx, "Changes"), NULL);
	if (n == 0)
		html(h, "<p class='mute'>%s</p>", tr(cx, "No setting was changed yet."));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
		    tr(cx, "Changes"), tr(cx, "When"), tr(cx, "Who"), tr(cx, "Setting"));
		html(h,
		    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr>"
		    "</thead><tbody>",
		    tr(cx, "Before"), tr(cx, "After"), tr(cx, "Take back"));
		for (i = 0; i < n; i++)
			change_row(v, &c[i]);
		html(h, "</tbody></table></div>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
settings_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct setting_group *g;

	ui_open(
	    v, &(struct page){ .title = tr(cx, "Settings"), .nav = "/settings", .staff = true });
	refusals(v);
	for (g = setting_groups; g->code != NULL; g++)
		TRY(draw_group(v, g));
	TRY(draw_changes(v));
	ui_close(v);
	return RC_OK;
}

static bool
same_as(struct ctx *cx, const struct setting *s, const char *typed, const char *old)
{
	if (strcmp(s->form, "secret") == 0 && *typed == '\0')
		return true;
	return strcmp(old, typed) == 0 || strcmp(readable(cx, s, old), typed) == 0;
}

static int
settings_post(struct view *v)
{
	const struct setting *s;
	int rc = RC_OK;

	for (s = settings; s->name != NULL && (rc == RC_OK || rc == RC_INVALID); s++) {
		const char *value = req_f(v->rq, s->name), *old;

		if (value == NULL)
			continue;
		TRY(setting_get(v->cx, s->name, &old));
		if (!same_as(v->cx, s, value, old))
			rc = setting_set(v->cx, s->name, value);
	}
	if (rc == RC_INVALID) {
		v->status = 422;
		return settings_page(v);
	}
	TRY(rc);
	return ui_done(v, "/settings", tr(v->cx, "Saved."));
}

static int
undo_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(setting_undo(v->cx, id));
	return ui_done(v, "/settings", tr(v->cx, "The setting is as it was before."));
}

/* ---- the institution by day ---- */

static void
text_field(struct view *v, const char *name, bool needed)
{
	const char *typed = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	html(&v->h, "<div class='fld'><label for='%s'>%s</label>", name, label_of(v->cx, name));
	field_refusal(v, name);
	html(&v->h, "<input type='text' id='%s' name='%s' value='%s'", name, name,
	    typed == NULL ? "" : typed);
	if (needed)
		html(&v->h, " required");
	html(&v->h, "></div>");
}

static void
period_row(struct view *v, const struct institution_period *p)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><th scope='row' data-l='%s'>%s</th><td data-l='%s'>%s<br>%s<br>%s</td>",
	    label_of(cx, "since"), day_text(cx, p->since), tr(cx, "Name"), p->name.kk, p->name.ru,
	    p->name.en);
	html(h, "<td data-l='%s'>%s<br>%s<br>%s</td><td data-l='%s'>", tr(cx, "Region"),
	    p->region.kk, p->region.ru, p->region.en, label_of(cx, "logo"));
	if (p->has_logo)
		html(h, "<img src='/logo/%lld' alt='%s' width='44' height='44'>", (long long)p->id,
		    label_of(cx, "logo"));
	else
		html(h, "–");
	html(h, "</td><td>");
	ui_post_button(v,
	    arena_printf(cx->arena, "/settings/institution/%lld/remove", (long long)p->id), 0,
	    trf(cx, "Remove: %s", day_text(cx, p->since)), true);
	html(h, "</td></tr>");
}

static int
draw_periods(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct institution_period *p;
	size_t n, i;

	TRY(institution_periods(cx, &p, &n));
	if (n == 0) {
		html(h, "<p class='mute'>%s</p>",
		    tr(cx, "No change of name is noted: the name in the settings holds for all "
			   "days."));
		return RC_OK;
	}
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
	    tr(cx, "Names by day and logo"), label_of(cx, "since"), tr(cx, "Name"),
	    tr(cx, "Region"));
	html(h, "<th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    label_of(cx, "logo"), tr(cx, "Remove"));
	for (i = 0; i < n; i++)
		period_row(v, &p[i]);
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
institution_page(struct view *v)
{
	static const char *const fields[] = { "name_kk", "name_ru", "name_en", "region_kk",
		"region_ru", "region_en" };
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct crumb crumbs[] = { { "/settings", tr(cx, "Settings") },
		{ NULL, tr(cx, "Names by day and logo") }, { NULL, NULL } };
	size_t i;

	ui_open(v, &(struct page){ .title = tr(cx, "Names by day and logo"),
		       .nav = "/settings",
		       .staff = true,
		       .crumbs = crumbs });
	html(h, "<p class='prose'>%s</p>",
	    tr(cx,
		"Pages show the name that holds today; reports and letters the one of their day. "
		"Note a new name with its first day, and the old one stays where it was."));
	refusals(v);
	TRY(draw_periods(v));
	ui_section_open(v, "add", tr(cx, "A new name"), NULL);
	html(h, "<div>");
	ui_form_begin(v, "/settings/institution", true);
	text_field(v, "since", true);
	for (i = 0; i < ARRAY_LEN(fields); i++)
		text_field(v, fields[i], i < 2);
	html(h,
	    "<div class='fld'><label for='logo'>%s</label><span class='hint' id='logo-h'>%s</span>",
	    label_of(cx, "logo"),
	    tr(cx, "PNG, WebP or JPEG, at most 256 kB, best square. Empty: the one before stays."));
	field_refusal(v, "logo");
	html(h, "<input type='file' id='logo' name='logo' aria-describedby='logo-h' "
		"accept='image/png,image/webp,image/jpeg'></div>");
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Save"));
	ui_form_end(v);
	html(h, "</div>");
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

static const char *
given(struct view *v, const char *name)
{
	const char *s = req_f(v->rq, name);
	size_t n;

	if (s == NULL)
		return "";
	s += strspn(s, " \t\r\n");
	for (n = strlen(s); n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL; n--)
		;
	return arena_strn(v->cx->arena, s, n);
}

static int
institution_post(struct view *v)
{
	const struct form_part *logo = req_file(v->rq, "logo");
	const char *since = given(v, "since");
	struct institution_put in = {
		.name = { given(v, "name_kk"), given(v, "name_ru"), given(v, "name_en") },
		.region = { given(v, "region_kk"), given(v, "region_ru"), given(v, "region_en") },
	};
	int64_t id;
	int rc;

	if (*since != '\0' && !day_parse(since, &in.since))
		fail_field(v->cx, "since",
		    N_("There is no such day: “%s”. Write it as 15.11.2024."), since);
	if (logo != NULL)
		in.logo = logo->body;
	rc = institution_add(v->cx, &in, &id);
	if (rc == RC_INVALID) {
		v->status = 422;
		return institution_page(v);
	}
	TRY(rc);
	return ui_done(v, "/settings/institution", tr(v->cx, "Saved."));
}

static int
institution_remove_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(institution_remove(v->cx, id));
	return ui_done(v, "/settings/institution", tr(v->cx, "Removed."));
}

/* An id means one picture for ever: a browser may keep it. */
static int
logo(struct view *v)
{
	struct slice body;
	const char *media;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(institution_logo(v->cx, id, &body, &media));
	v->rq->res.status = 200;
	v->rq->res.type = media;
	v->rq->res.body = body;
	res_header(v->rq, "Cache-Control", "public, max-age=31536000, immutable");
	return RC_OK;
}

const struct route office_settings_routes[] = {
	{ M_GET, "/settings", settings_page, CAP_SETTINGS, 0, N_("Settings"),
	    N_("The institution's data, the business day and what else is set, with its "
	       "changes.") },
	{ M_POST, "/settings", settings_post, CAP_SETTINGS, 0, N_("Settings"), NULL },
	{ M_POST, "/settings/undo/{id}", undo_post, CAP_SETTINGS, 0, N_("Take back"), NULL },
	{ M_GET, "/settings/institution", institution_page, CAP_SETTINGS, 0,
	    N_("Names by day and logo"), N_("What the institution is called from which day on.") },
	{ M_POST, "/settings/institution", institution_post, CAP_SETTINGS, ROUTE_FILES,
	    N_("Names by day and logo"), NULL },
	{ M_POST, "/settings/institution/{id}/remove", institution_remove_post, CAP_SETTINGS, 0,
	    N_("Remove"), NULL },
	{ M_GET, "/logo/{id}", logo, CAP_PUBLIC, ROUTE_BARE, N_("Logo"), NULL },
};
const size_t office_settings_nroutes = ARRAY_LEN(office_settings_routes);

/* camp_consent_pages.c – who has no consent, first of all; and the form that a parent signs: one sheet A4 a child, in
 * Kazakh and in Russian, with the law it rests on. */
#include "mod/camp/camp_pages.h"

/* ---- the list ---- */

static void
draw_row(struct view *v, const struct camp_table *t, const struct camp_row *r, bool run)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	long long id = (long long)r->m.rec.id;
	ptrdiff_t at = camp_group_at(t, r->m.camp_group);

	html(h, "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td>",
	    ui_url(v, "/camp-members/%lld", id), r->name, tr(cx, "Group"),
	    at < 0 ? "" : t->group[at].name);
	html(h, "<td data-l='%s'>%s</td><td data-l='%s'><div>", tr(cx, "Whose consent"),
	    r->m.minor ? tr(cx, "a parent's") : tr(cx, "the person's own"), tr(cx, "Consent"));
	camp_draw_consent(v, r->m.consent);
	if (r->m.consent_on != 0)
		html(h, " <span class='small mute'>%s</span>", day_text(cx, r->m.consent_on));
	html(h, "</div></td><td class='noprint does'>");
	if (run)
		html(h, "<a href='%s'>%s<span class='vh'>: %s</span></a><br>",
		    ui_url(v, "/camp-members/%lld/consent", id), tr(cx, "enter the consent"),
		    r->name);
	html(h, "<a href='%s'>%s<span class='vh'>: %s</span></a></td></tr>",
	    ui_url(v, "/camp-members/%lld/form", id), tr(cx, "print the form"), r->name);
}

static bool
given(const struct camp_row *r)
{
	return strcmp(r->m.consent, "given") == 0;
}

/* Those without first; in each half by name. */
static void
draw_rows(struct view *v, const struct camp_table *t, const struct camp_row *row, size_t n)
{
	bool run = camp_runs(v->cx, t->c.rec.id);
	size_t i;
	int half;

	for (half = 0; half < 2; half++)
		for (i = 0; i < n; i++)
			if (given(&row[i]) == (half == 1) && row[i].m.left_on == 0)
				draw_row(v, t, &row[i], run);
}

static int
consents_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct camp_table t;
	struct camp_row *row;
	struct camp c;
	size_t n;

	TRY(camp_staffed_of_path(v, &c));
	TRY(camp_table(cx, c.rec.id, &t));
	TRY(camp_members(cx, c.rec.id, 0, &row, &n));
	camp_open(v, &c, tr(cx, "Consents"));
	if (t.all == 0)
		ui_empty(v, tr(cx, "Nobody is in the camp yet"),
		    tr(cx, "Members are added to groups."),
		    ui_url(v, "/camps/%lld", (long long)c.rec.id), tr(cx, "Groups"));
	else {
		html(h, "<p class='lead'>%s</p><p class='acts'>",
		    t.missing == 0 ? tr(cx, "All consents are there.")
				   : trn(cx, t.missing, "%s consent is missing.",
					 "%s consents are missing.", num(cx, t.missing)));
		if (t.missing > 0)
			ui_button(v, ui_url(v, "/camps/%lld/forms", (long long)c.rec.id),
			    tr(cx, "Print the forms of all who have none"), true);
		html(h,
		    "</p><div class='tbl'><table class='cards'><caption class='vh'>%s</caption>"
		    "<thead><tr><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
		    "class='noprint'><span class='vh'>%s</span></th></tr></thead><tbody>",
		    tr(cx, "Consents"), tr(cx, "Surname and name"), tr(cx, "Group"),
		    tr(cx, "Whose consent"), tr(cx, "Consent"), tr(cx, "What can be done"));
		draw_rows(v, &t, row, n);
		html(h, "</tbody></table></div>");
	}
	ui_close(v);
	return RC_OK;
}

/* ---- the form on paper ---- */

static void
draw_who(struct view *v, const struct camp_table *t, const struct camp_row *r)
{
	struct ctx *cx = v->cx;
	const char *camp = kind_title(cx, &camp_kind, &t->c);
	const char *days = day_range(cx, t->c.from_day, t->c.to_day);
	const char *year =
	    r->birth_year == 0 ? "________" : arena_printf(cx->arena, "%d", r->birth_year);

	html(&v->h, "<p>%s</p>",
	    r->m.minor
		? trf(cx,
		      "I, ______________________________________________ (surname, name of the "
		      "parent or representative), telephone ____________________, agree that "
		      "%1$s, born in %2$s, takes part in the camp: %3$s, %4$s.",
		      r->name, year, camp, days)
		: trf(cx,
		      "I, %1$s, born in %2$s, telephone ____________________, take part in the "
		      "camp: %3$s, %4$s.",
		      r->name, year, camp, days));
}

/* What the house does after the camp, by its own setting. RULE camp-9 */
static int
term_text(struct ctx *cx, const char **out)
{
	const char *months;
	int64_t n;

	TRY(setting_get(cx, "keep_signups", &months));
	*out = num_parse(months, &n) && n > 0
		   ? trf(cx, "All of it is removed %s months after the event.", num(cx, n))
		   : "";
	return RC_OK;
}

static int
draw_half(struct view *v, const struct camp_table *t, const struct camp_row *r)
{
	struct ctx *cx = v->cx;
	const char *term;
	struct html *h = &v->h;
	const char *more = tr3(cx, &t->c.consent, NULL);

	TRY(term_text(cx, &term));
	html(h, "<section lang='%s'><h2>%s</h2>", lang_code(cx->lang),
	    r->m.minor ? tr(cx, "Consent of a parent or representative")
		       : tr(cx, "Consent of a member of the camp"));
	draw_who(v, t, r);
	if (more != NULL && *more != '\0')
		html(h, "<p>%s</p>", more);
	html(h, "<p class='small'>%s %s %s</p>",
	    tr(cx,
		"I know the timetable and the rules of the camp. The organiser may keep the name, "
		"the year of birth, the parent's name and telephone and what is written below of "
		"the health, only to hold the camp safely, and gives them to nobody."),
	    term,
	    tr(cx, "This consent can be taken back at any time (Law No. 94-V of 21 May 2013 on "
		   "personal data, articles 7 and 8)."));
	html(h, "<p>%s ______________________________________________________</p>",
	    tr(cx, "What the staff must know (allergy, medicines):"));
	html(h, "<p>%s</p><div class='sign'><span>%s</span><i></i><span>%s</span></div></section>",
	    tr(cx, "Photos in reports of the event: ☐ I agree ☐ I do not agree"),
	    tr(cx, "Signature"), tr(cx, "Day: ____ . ____ . ________"));
	return RC_OK;
}

static int
draw_halves(struct view *v, const struct camp_table *t, const struct camp_row *r)
{
	static const enum lang langs[] = { LANG_KK, LANG_RU };
	bool latin = v->cx->latin;
	size_t i;

	for (i = 0; i < ARRAY_LEN(langs); i++) {
		v->cx->lang = langs[i];
		v->cx->latin = latin && langs[i] == LANG_KK;
		TRY(draw_half(v, t, r));
	}
	return RC_OK;
}

/* The paper speaks both languages, whatever the reader's. */
static int
draw_form(struct view *v, const struct camp_table *t, const struct camp_row *r)
{
	struct ctx *cx = v->cx;
	enum lang was = cx->lang;
	bool latin = cx->latin;
	int rc;

	html(&v->h,
	    "<div class='paper consent'><div class='top'><div><strong>%s</strong><br><span "
	    "class='small'>%s</span></div></div><div class='hem'></div>",
	    kind_title(cx, &camp_kind, &t->c), r->name);
	rc = draw_halves(v, t, r);
	cx->lang = was;
	cx->latin = latin;
	html(&v->h, "</div>");
	return rc;
}

static void
open_forms(struct view *v, const struct camp *c)
{
	camp_open(v, c, tr(v->cx, "Consent forms"));
	html(&v->h, "<p class='noprint mute'>%s</p>",
	    tr(v->cx, "Print this page (Ctrl+P): one sheet a member. The signed one is entered "
		      "under “Consents”."));
}

static int
forms_page(struct view *v)
{
	struct camp_table t;
	struct camp_row *row;
	struct camp c;
	size_t n, i, drawn = 0;

	TRY(camp_staffed_of_path(v, &c));
	TRY(camp_table(v->cx, c.rec.id, &t));
	TRY(camp_members(v->cx, c.rec.id, 0, &row, &n));
	open_forms(v, &c);
	for (i = 0; i < n; i++)
		if (!given(&row[i]) && row[i].m.left_on == 0) {
			TRY(draw_form(v, &t, &row[i]));
			drawn++;
		}
	if (drawn == 0)
		ui_empty(v, tr(v->cx, "All consents are there."), NULL,
		    ui_url(v, "/camps/%lld/consents", (long long)c.rec.id), tr(v->cx, "Consents"));
	ui_close(v);
	return RC_OK;
}

static int
form_page(struct view *v)
{
	struct camp_table t;
	struct camp_row *row;
	struct camp_member m;
	int64_t id;
	size_t n, i;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &camp_member_kind, id, &m));
	TRY(camp_table(v->cx, m.camp, &t));
	TRY(camp_members(v->cx, m.camp, m.camp_group, &row, &n));
	open_forms(v, &t.c);
	for (i = 0; i < n; i++)
		if (row[i].m.rec.id == id)
			TRY(draw_form(v, &t, &row[i]));
	ui_close(v);
	return RC_OK;
}

const struct route camp_consent_routes[] = {
	{ M_GET, "/camps/{id}/consents", consents_page, CAP_PEOPLE_READ, 0, N_("Consents"),
	    N_("Members of a camp, those without a consent first.") },
	{ M_GET, "/camps/{id}/forms", forms_page, CAP_PEOPLE_READ, 0, N_("Consent forms"),
	    N_("The form in Kazakh and Russian, a sheet for each member without a consent.") },
	{ M_GET, "/camp-members/{id}/form", form_page, CAP_PEOPLE_READ, 0, N_("Consent forms"),
	    N_("The form in Kazakh and Russian for one member.") },
};
const size_t camp_consent_nroutes = ARRAY_LEN(camp_consent_routes);

/* camp_list_pages.c – lists of groups to print: a sheet a group with names, years of birth, consents and who needs
 * attention. What is sealed stays sealed. */
#include "mod/camp/camp_pages.h"

static void
draw_rows(struct view *v, const struct camp_row *row, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int64_t line = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (row[i].m.left_on != 0)
			continue;
		html(h, "<tr><td class='nw'>%s</td><td>%s</td><td class='nw'>", num(cx, ++line),
		    row[i].name);
		if (row[i].birth_year != 0)
			html(h, "%d", row[i].birth_year);
		html(h, "</td><td>%s</td><td>%s</td></tr>",
		    option_label(cx, camp_consents, row[i].m.consent),
		    row[i].m.needs.present ? tr(cx, "needs attention") : "");
	}
}

static int
draw_sheet(struct view *v, const struct camp_table *t, size_t g)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *leader;
	struct camp_row *row;
	size_t n;

	TRY(camp_members(cx, t->c.rec.id, t->group[g].rec.id, &row, &n));
	TRY(camp_people(cx, &t->group[g].leader, 1, &leader));
	html(h,
	    "<div class='paper'><div class='top'><div><strong>%s</strong><br><span "
	    "class='small'>%s</span></div></div><div class='hem'></div><h2 class='name'>%s</h2><p>",
	    kind_title(cx, &camp_kind, &t->c), day_range(cx, t->c.from_day, t->c.to_day),
	    t->group[g].name);
	camp_draw_places(v, t, (ptrdiff_t)g);
	if (*leader != '\0')
		html(h, " · %s: %s", tr(cx, "Leader of the group"), leader);
	html(h,
	    "</p><div class='tbl'><table class='sheet'><caption class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>№</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Members of the group"), tr(cx, "Surname and name"), tr(cx, "Year of birth"),
	    tr(cx, "Consent"), tr(cx, "Note"));
	draw_rows(v, row, n);
	html(h, "</tbody></table></div></div>");
	return RC_OK;
}

static int
lists_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct camp_table t;
	struct camp c;
	size_t i;

	TRY(camp_staffed_of_path(v, &c));
	TRY(camp_table(cx, c.rec.id, &t));
	camp_open(v, &c, tr(cx, "Lists of groups"));
	if (t.ngroups == 0)
		ui_empty(v, tr(cx, "No groups yet"), NULL,
		    ui_url(v, "/camps/%lld", (long long)c.rec.id), tr(cx, "Groups"));
	else
		html(&v->h, "<p class='noprint mute'>%s</p>",
		    tr(cx, "Print this page (Ctrl+P): one sheet a group. Names of children: do not "
			   "leave it lying about."));
	for (i = 0; i < t.ngroups; i++)
		TRY(draw_sheet(v, &t, i));
	ui_close(v);
	return RC_OK;
}

const struct route camp_list_routes[] = {
	{ M_GET, "/camps/{id}/lists", lists_page, CAP_PEOPLE_READ, 0, N_("Lists of groups"),
	    N_("Lists of groups to print, for the staff of the event.") },
};
const size_t camp_list_nroutes = ARRAY_LEN(camp_list_routes);

/* volunteer_thanks_pages.c – letters of thanks with their hours, for those who have any; one letter a sheet, drawn as the
 * letters of an event are. */
#include "mod/volunteer/volunteer_pages.h"

#include "core/setting.h"

static void
draw_letter(struct view *v, const char *house, const char *headquarters, const struct hours_row *r)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<article class='paper letter'><div class='hem'></div><p>%s</p><h2>%s</h2><p><strong>"
	    "%s</strong></p>",
	    house, tr(cx, "Letter of thanks"), event_letter_greeting(cx, r->name, false));
	html(&v->h, "<p>%s</p><p>%s</p><p>%s</p>",
	    trf(cx,
		"We thank you from the heart for your help in the days of the headquarters “%s”.",
		headquarters),
	    trf(cx, "Shifts: %s. Hours of work: %s.", num(cx, r->attendances),
		volunteer_time(cx, r->minutes)),
	    tr(cx, "We wish you health and success."));
	html(&v->h, "<p>__________________</p><p>%s</p></article>", day_long(cx, cx->today));
}

static int
thanks_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct institution house;
	struct headquarters h;
	struct hours_row *r;
	size_t n, i;

	TRY(relief_of_path(v, &h));
	TRY(reads_hours(cx, h.rec.id, &r, &n));
	TRY(setting_institution(cx, &house));
	relief_open(v, &h, tr(cx, "Letters of thanks"), NULL);
	if (n == 0)
		ui_empty(v, tr(cx, "Nobody has hours yet"),
		    tr(cx, "Hours come from arrival and leaving at the desk of a shift."), NULL,
		    NULL);
	else
		html(&v->h, "<p class='small mute noprint'>%s</p>",
		    tr(cx, "For paper use Print in the browser's menu: each letter begins a new "
			   "sheet."));
	for (i = 0; i < n; i++)
		draw_letter(
		    v, tr3(cx, &house.name, NULL), kind_title(cx, &headquarters_kind, &h), &r[i]);
	ui_close(v);
	return RC_OK;
}

const struct route volunteer_thanks_routes[] = {
	{ M_GET, "/relief/{id}/thanks", thanks_page, CAP_RELIEF_WRITE, 0, N_("Letters of thanks"),
	    N_("To volunteers with hours; prints.") },
};
const size_t volunteer_thanks_nroutes = ARRAY_LEN(volunteer_thanks_routes);

/* relief_desk_pages.c – the operator's form, typed while somebody speaks, and the paper form for where there is no
 * net. The order of the fields is that of the talk: who, where, how many, what; it is filled without a mouse. */
#include <string.h>

#include "mod/relief/relief_form_pages.h"

enum { DESK_LINES = 6 };

static void
text(struct view *v, const char *name, const char *label, const char *class)
{
	html(&v->h, "<div class='fld %s'><label for='f-%s'>%s</label>", class, name, label);
	relief_field_error(v, name);
	html(&v->h, "<input type='text' id='f-%s' name='%s' value='%s' autocomplete='off'", name,
	    name, relief_typed(v, name));
	html(&v->h, strcmp(name, "phone") == 0 ? " autofocus></div>" : "></div>");
}

static void
choices(
    struct view *v, const char *name, const char *label, const struct option *o, const char *chosen)
{
	const char *typed = relief_typed(v, name);

	if (*typed != '\0')
		chosen = typed;
	html(&v->h, "<div class='fld w-s'><label for='f-%s'>%s</label>", name, label);
	relief_field_error(v, name);
	html(&v->h, "<select id='f-%s' name='%s'>", name, name);
	for (; o->code != NULL; o++) {
		html(&v->h, "<option value='%s'", o->code);
		html(&v->h, strcmp(o->code, chosen) == 0 ? " selected>%s</option>" : ">%s</option>",
		    tr(v->cx, o->label));
	}
	html(&v->h, "</select></div>");
}

static int
districts(struct view *v, const struct headquarters *h)
{
	const char *typed = relief_typed(v, "district");
	struct area_row *a;
	size_t n, i, in = 0;

	TRY(reads_area(v->cx, h->rec.id, &a, &n));
	for (i = 0; i < n; i++)
		in += a[i].in;
	html(&v->h, "<div class='fld w-s'><label for='f-district'>%s</label>",
	    tr(v->cx, "District or city"));
	relief_field_error(v, "district");
	html(&v->h, "<select id='f-district' name='district'><option value=''></option>");
	for (i = 0; i < n; i++) {
		const char *id = arena_printf(v->cx->arena, "%lld", (long long)a[i].district);

		if (in > 0 && !a[i].in)
			continue;
		html(&v->h, "<option value='%s'", id);
		html(&v->h, strcmp(id, typed) == 0 ? " selected>%s</option>" : ">%s</option>",
		    a[i].name);
	}
	html(&v->h, "</select></div>");
	return RC_OK;
}

static int
lines(struct view *v)
{
	struct ctx *cx = v->cx;
	struct item_row *items;
	size_t n, k;
	int i;

	TRY(reads_need_items(cx, &items, &n));
	for (i = 0; i < DESK_LINES; i++) {
		const char *item = arena_printf(cx->arena, "item%d", i),
			   *q = arena_printf(cx->arena, "q%d", i), *typed = relief_typed(v, item);

		html(&v->h, "<div class='row'><div class='fld'><label for='f-%s'>%s</label>", item,
		    tr(cx, "Item"));
		relief_field_error(v, item);
		html(&v->h, "<select id='f-%s' name='%s'><option value=''></option>", item, item);
		for (k = 0; k < n; k++) {
			html(&v->h, "<option value='%s'", items[k].code);
			html(&v->h,
			    strcmp(items[k].code, typed) == 0 ? " selected>%s, %s</option>"
							      : ">%s, %s</option>",
			    items[k].name, items[k].unit);
		}
		html(&v->h, "</select></div><div class='fld w-s'><label for='f-%s'>%s</label>", q,
		    tr(cx, "Quantity"));
		relief_field_error(v, q);
		html(&v->h,
		    "<input type='text' id='f-%s' name='%s' inputmode='decimal' value='%s'></div>"
		    "</div>",
		    q, q, relief_typed(v, q));
	}
	return RC_OK;
}

static void
flags(struct view *v)
{
	static const struct {
		const char *name, *label;
	} all[] = {
		{ "pregnant", N_("A pregnant woman") },
		{ "disabled", N_("A person with a disability") },
		{ "insulin", N_("Insulin") },
		{ "livestock", N_("Livestock") },
	};
	size_t i;

	html(&v->h, "<fieldset class='ticks'><legend>%s</legend>", tr(v->cx, "Special needs"));
	for (i = 0; i < ARRAY_LEN(all); i++) {
		html(&v->h, "<label class='tick'><input type='checkbox' name='%s' value='1'",
		    all[i].name);
		html(&v->h,
		    *relief_typed(v, all[i].name) != '\0' ? " checked> %s</label>" : "> %s</label>",
		    tr(v->cx, all[i].label));
	}
	html(&v->h, "</fieldset>");
}

static int
draw_desk(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	const char *channel = req_q(v->rq, "channel");

	relief_open(v, h, tr(cx, "New need"), "/desk");
	ui_refusals(v, "f-");
	ui_form_begin(v, relief_path(v, h->rec.id, "/desk"), false);
	relief_draw_nonce(v);
	html(&v->h, "<div class='flow'><div class='row'>");
	text(v, "phone", tr(cx, "Telephone"), "w-s");
	text(v, "name", tr(cx, "Full name"), "");
	html(&v->h, "</div><div class='row'>");
	TRY(districts(v, h));
	text(v, "place", tr(cx, "Village or quarter"), "");
	text(v, "note", tr(cx, "Street, house, how to get in"), "");
	html(&v->h, "</div><div class='row'>");
	text(v, "people", tr(cx, "People"), "w-s");
	text(v, "children", tr(cx, "Of them children"), "w-s");
	text(v, "infants", tr(cx, "Of them infants"), "w-s");
	choices(v, "urgency", tr(cx, "How urgent"), need_urgencies, "today");
	html(&v->h, "</div>");
	flags(v);
	html(&v->h, "<fieldset><legend>%s</legend>", tr(cx, "What is needed"));
	TRY(lines(v));
	text(v, "what", tr(cx, "In words, with commas between"), "");
	html(&v->h, "</fieldset><div class='row'>");
	choices(v, "channel", tr(cx, "Came by"), need_channels,
	    channel != NULL && strcmp(channel, "paper") == 0 ? "paper" : "phone");
	text(v, "asked_at", tr(cx, "Asked at (empty: now)"), "w-s");
	text(v, "paper", tr(cx, "Number of the paper form"), "w-s");
	html(&v->h,
	    "</div><p class='acts'><button type='submit' class='btn go'>%s</button> <a class='btn' "
	    "href='%s'>%s</a></p></div>",
	    tr(cx, "Save and take the next"), ui_url(v, "/relief/%lld/paper", (long long)h->rec.id),
	    tr(cx, "Paper form"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
desk_page(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	return draw_desk(v, &h);
}

static int
desk_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct need_in in;
	struct need n;
	bool again;
	int64_t id;
	int rc;

	TRY(relief_of_path(v, &h));
	rc = relief_read_need(v, &in);
	in.headquarters = h.rec.id;
	in.channel = relief_typed(v, "channel");
	/* "public" is what strangers send: an operator's form is never that. */
	if (*in.channel == '\0' || strcmp(in.channel, "public") == 0)
		in.channel = "desk";
	if (rc == RC_OK)
		rc = need_take(cx, &in, &id, &again);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_desk(v, &h);
	}
	TRY(rc);
	TRY(kind_load(cx, &need_kind, id, &n));
	return ui_done(v,
	    arena_printf(cx->arena, "/relief/%lld/desk%s", (long long)h.rec.id,
		strcmp(in.channel, "paper") == 0 ? "?channel=paper" : ""),
	    trf(cx, "The code: %s", relief_code_shown(cx->arena, n.code)));
}

/* ---- paper ---- */

static void
paper_line(struct view *v, const char *label, int rows)
{
	int i;

	html(&v->h, "<tr><th scope='row'>%s</th><td>", label);
	for (i = 1; i < rows; i++)
		html(&v->h, "<br>");
	html(&v->h, "</td></tr>");
}

static void
paper_ticks(struct view *v, const char *label, const char *const *words, size_t n)
{
	size_t i;

	html(&v->h, "<tr><th scope='row'>%s</th><td>", label);
	for (i = 0; i < n; i++)
		html(&v->h, "<span class='nw'>☐ %s</span>&#160;&#160; ", words[i]);
	html(&v->h, "</td></tr>");
}

static void
draw_paper(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	const char *urgent[] = { tr(cx, "now"), tr(cx, "today"), tr(cx, "later") },
		   *special[] = { tr(cx, "A pregnant woman"), tr(cx, "A person with a disability"),
			   tr(cx, "Insulin"), tr(cx, "Livestock") };

	html(&v->h, "<table class='fillin'><caption>%s</caption><tbody>", tr(cx, "Need form"));
	paper_line(v, tr(cx, "Number of the form, day and hour"), 1);
	paper_line(v, tr(cx, "Full name"), 1);
	paper_line(v, tr(cx, "Telephone"), 1);
	paper_line(v, tr(cx, "District or city"), 1);
	paper_line(v, tr(cx, "Village or quarter"), 1);
	paper_line(v, tr(cx, "Street, house, how to get in"), 2);
	paper_line(v, tr(cx, "People, of them children, infants"), 1);
	paper_ticks(v, tr(cx, "How urgent"), urgent, ARRAY_LEN(urgent));
	paper_ticks(v, tr(cx, "Special needs"), special, ARRAY_LEN(special));
	paper_line(v, tr(cx, "What is needed, how much"), 5);
	paper_line(v, tr(cx, "Written down by, signature"), 1);
	html(&v->h, "</tbody></table>");
	html(&v->h, "<p class='small'>%s%s%s</p>",
	    tr(cx, "These data serve the relief only. Ethnicity is not asked."),
	    h->hotline == NULL ? "" : " ", h->hotline == NULL ? "" : h->hotline);
}

static int
paper_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	relief_open(v, &h, tr(cx, "Paper form"), NULL);
	html(&v->h, "<p class='acts noprint'>");
	ui_button(v, ui_url(v, "/relief/%lld/desk?channel=paper", (long long)h.rec.id),
	    tr(cx, "Type paper forms"), false);
	html(&v->h, "<span class='mute'>%s</span></p>",
	    tr(cx, "Print this page in the language that people read."));
	draw_paper(v, &h);
	ui_close(v);
	return RC_OK;
}

const struct route relief_desk_routes[] = {
	{ M_GET, "/relief/{id}/desk", desk_page, CAP_RELIEF_WRITE, 0, N_("New need"),
	    N_("Typed while somebody speaks.") },
	{ M_POST, "/relief/{id}/desk", desk_post, CAP_RELIEF_WRITE, 0, N_("New need"), NULL },
	{ M_GET, "/relief/{id}/paper", paper_page, CAP_RELIEF_WRITE, 0, N_("Paper form"),
	    N_("For where there is no net.") },
};
const size_t relief_desk_nroutes = ARRAY_LEN(relief_desk_routes);

/* centre_print_pages.c – paper: the census sheet of all centres at an hour, with a column for what was counted by hand;
 * and slips that families keep: a code and its QR, no name, so that a lost one tells nothing. */
#include "mod/centre/centre_pages.h"

#include <string.h>

#include "text/qr.h"

/* ---- census ---- */

static void
census_row(struct view *v, const char *name, const struct occupancy *o)
{
	struct ctx *cx = v->cx;
	int i;

	html(&v->h, "<tr><th scope='row'>%s</th>", name);
	for (i = 0; i < HEAD_GROUPS; i++)
		html(&v->h, "<td class='r num'>%s / %s</td>", num(cx, o->heads.n[2 * i]),
		    num(cx, o->heads.n[2 * i + 1]));
	html(&v->h,
	    "<td class='r num'>%s</td><td class='r num'>%s</td><td class='r num'><strong>%s"
	    "</strong></td><td class='blank'></td></tr>",
	    num(cx, o->households), num(cx, heads_children(&o->heads)),
	    num(cx, heads_all(&o->heads)));
}

static int
census_table(struct view *v, const struct occupancy *o, size_t n)
{
	struct ctx *cx = v->cx;
	struct occupancy all = { 0 };
	size_t i, k;

	html(&v->h,
	    "<div class='tbl' tabindex='0' role='region' aria-label='%s'><table "
	    "class='census'><caption class='vh'>%s</caption><thead>"
	    "<tr><th scope='col'>%s</th>",
	    tr(cx, "Census sheet"), tr(cx, "Census sheet"), tr(cx, "Centre"));
	for (i = 0; i < HEAD_GROUPS; i++)
		html(&v->h, "<th scope='col' class='r'>%s</th>", tr(cx, head_groups[i]));
	html(&v->h,
	    "<th scope='col' class='r'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
	    "class='r'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Households"), tr(cx, "Of them children"), tr(cx, "People"),
	    tr(cx, "Counted by hand"));
	for (i = 0; i < n; i++) {
		const char *name = "";

		TRY(kind_titles(cx, &relief_place_kind, &o[i].place, 1, &name));
		census_row(v, name, &o[i]);
		all.households += o[i].households;
		for (k = 0; k < HEADS_N; k++)
			all.heads.n[k] += o[i].heads.n[k];
	}
	census_row(v, tr(cx, "In all"), &all);
	html(&v->h, "</tbody></table></div><p class='small'>%s</p>",
	    tr(cx, "By age: women and girls / men and boys. Children: under 18."));
	return RC_OK;
}

/* The last census hour that has passed: 08:00 or 20:00. */
static void
census_moment(struct view *v, int *day, int *hour)
{
	const char *typed = req_q(v->rq, "day"), *typed_hour = req_q(v->rq, "hour");
	int now_day, minute, second;

	moment_parts(v->cx->now, &now_day, hour, &minute, &second);
	*day = *hour >= 8 ? now_day : day_add(now_day, -1);
	*hour = *hour >= 8 && *hour < 20 ? 8 : 20;
	if (typed != NULL && day_parse(typed, &now_day))
		*day = now_day;
	if (typed_hour != NULL && strcmp(typed_hour, "8") == 0)
		*hour = 8;
	else if (typed_hour != NULL && strcmp(typed_hour, "20") == 0)
		*hour = 20;
}

static void
census_form(struct view *v, const struct headquarters *h, int day, int hour)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<form method='get' action='%s' class='row noprint'><div class='fld w-s'><label "
	    "for='f-day'>%s</label><input type='text' id='f-day' name='day' value='%s'></div><div "
	    "class='fld w-s'><label for='f-hour'>%s</label><select id='f-hour' name='hour'>",
	    ui_url(v, "/relief/%lld/census", (long long)h->rec.id), tr(cx, "Day"),
	    day_text(cx, day), tr(cx, "Hour"));
	html(&v->h, hour == 8 ? "<option value='8' selected>08:00</option><option "
				"value='20'>20:00</option>"
			      : "<option value='8'>08:00</option><option value='20' "
				"selected>20:00</option>");
	html(&v->h, "</select></div><button type='submit' class='btn'>%s</button></form>",
	    tr(cx, "Show"));
}

static int
census_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct occupancy *o;
	int day, hour;
	int64_t at;
	size_t n;

	TRY(relief_of_path(v, &h));
	census_moment(v, &day, &hour);
	at = day_start(day) + (int64_t)hour * 3600 * US_PER_SECOND;
	relief_open(v, &h, tr(cx, "Census sheet"), "/centres");
	census_form(v, &h, day, hour);
	if (at > cx->now) {
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "This moment lies ahead."));
		ui_close(v);
		return RC_OK;
	}
	TRY(centre_occupancy(cx, h.rec.id, at, &o, &n));
	html(&v->h, "<div class='paper wide'><h2>%s</h2><p>%s, %02d:00</p>",
	    kind_title(cx, &headquarters_kind, &h), day_long(cx, day), hour);
	TRY(census_table(v, o, n));
	html(&v->h, "<div class='sign'><span>%s</span><i></i><span>%s</span></div></div>",
	    tr(cx, "Responsible"), tr(cx, "Signature"));
	ui_close(v);
	return RC_OK;
}

/* ---- slips ---- */

static int
draw_slip(struct view *v, const char *code, const struct heads *h, const char *where)
{
	struct ctx *cx = v->cx;
	struct qr q;

	TRY(qr_make(cx->arena,
	    arena_printf(
		cx->arena, "%s/%s/relief/h/%s", req_base(v->rq), lang_code(cx->lang), code),
	    &q));
	html(&v->h, "<div class='slip'>");
	qr_svg(&v->h, &q, tr(cx, "QR code of the household's slip"));
	html(&v->h,
	    "<div><b class='num'>%s</b><br>%s<br>%s<br><span class='small'>%s</span></div></div>",
	    relief_code_shown(cx->arena, code),
	    trn(cx, heads_all(h), "%s person", "%s people", num(cx, heads_all(h))), where,
	    tr(cx, "Show this slip when you come and when you leave."));
	return RC_OK;
}

static void
slips_open(struct view *v, const struct headquarters *h)
{
	relief_open(v, h, tr(v->cx, "Slips to print"), "/centres");
	html(&v->h, "<p class='noprint mute'>%s</p><div class='paper slips'>",
	    tr(v->cx,
		"Print this page (Ctrl+P), cut it along the lines, give each family its slip."));
}

static int
slip_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct household f;
	struct heads heads;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &household_kind, id, &f));
	TRY(kind_get(cx, &headquarters_kind, f.headquarters, &h));
	if (f.code == NULL)
		return RC_NOTFOUND;
	heads = household_heads(&f);
	slips_open(v, &h);
	TRY(draw_slip(v, f.code, &heads, kind_title(cx, &headquarters_kind, &h)));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
slips_page(struct view *v)
{
	enum { MOST = 300 };
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };
	struct relief_place p;
	struct headquarters h;
	int n = 0;

	TRY(centre_of_path(v, &p, &h));
	slips_open(v, &h);
	TRY(db_rows(cx, &r,
	    "SELECT f.code, " HEAD_COLUMNS("s.") " FROM stay s JOIN household f ON f.id = "
						 "s.household WHERE s.place = $1 AND s.left_at IS "
						 "NULL AND f.code IS NOT NULL ORDER BY s.id DESC "
						 "LIMIT 300",
	    VALS(v_int(p.rec.id))));
	for (; n < MOST && rows_next(&r); n++) {
		struct heads heads = heads_read(&r, 1);

		TRY(draw_slip(v, row_text(&r, 0), &heads, kind_title(cx, &relief_place_kind, &p)));
	}
	TRY(rows_end(&r));
	if (n == 0)
		html(&v->h, "<p>%s</p>", tr(cx, "Nobody is in this centre."));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route centre_print_routes[] = {
	{ M_GET, "/relief/{id}/census", census_page, CAP_RELIEF_READ, 0, N_("Census sheet"),
	    N_("Who was in which centre at eight in the morning and in the evening.") },
	{ M_GET, "/relief/households/{id}/slip", slip_page, CAP_RELIEF_FAMILY, 0,
	    N_("Slip of a household"), NULL },
	{ M_GET, "/relief/centres/{id}/slips", slips_page, CAP_RELIEF_FAMILY, 0,
	    N_("Slips to print"), NULL },
};
const size_t centre_print_nroutes = ARRAY_LEN(centre_print_routes);

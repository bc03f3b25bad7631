/* arrival_pages.c – the desk at a centre's door: a slip's code or a name is typed, the household is let in, moved or let
 * out; a new one is written down with numbers only. And one household, for whoever may see families.
 *
 * A name is sent by POST and never stands in an address: addresses are kept in many places. */
#include "mod/centre/centre_pages.h"

#include <string.h>

#include "ui/parts.h"

/* ---- parts of forms ---- */

static void
text(struct view *v, const char *name, const char *label, const char *class, const char *more)
{
	html(&v->h, "<div class='fld %s'><label for='f-%s'>%s</label>", class, name, label);
	relief_field_error(v, name);
	html(&v->h,
	    "<input type='text' id='f-%s' name='%s' value='%s' autocomplete='off' maxlength='200'",
	    name, name, relief_typed(v, name));
	html(&v->h, strcmp(more, "focus") == 0 ? " autofocus></div>" : "></div>");
}

static int64_t
chosen_place(struct view *v)
{
	const char *s = relief_typed(v, "place");
	int64_t id;

	if (*s == '\0')
		s = req_q(v->rq, "place");
	return s != NULL && num_parse(s, &id) ? id : 0;
}

static int
place_field(struct view *v, int64_t headquarters, const char *id)
{
	html(&v->h, "<div class='fld'><label for='f-place%s'>%s</label>", id, tr(v->cx, "Centre"));
	relief_field_error(v, "place");
	html(&v->h, "<select id='f-place%s' name='place'>", id);
	TRY(centre_options(v, headquarters, chosen_place(v)));
	html(&v->h, "</select></div>");
	return RC_OK;
}

static const char *const head_names[HEADS_N] = { "under5_f", "under5_m", "child_f", "child_m",
	"adult_f", "adult_m", "elder_f", "elder_m" };

/* Four rows of two numbers: the whole family on one telephone screen. */
static void
heads_table(struct view *v)
{
	struct ctx *cx = v->cx;
	int i, k;

	html(&v->h, "<fieldset><legend>%s</legend>", tr(cx, "How many people"));
	relief_field_error(v, "heads");
	html(&v->h,
	    "<table class='heads' id='f-heads' tabindex='-1'><thead><tr><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Age"), tr(cx, "Women, girls"), tr(cx, "Men, boys"));
	for (i = 0; i < HEAD_GROUPS; i++) {
		html(&v->h, "<tr><th scope='row'>%s</th>", tr(cx, head_groups[i]));
		for (k = 0; k < 2; k++)
			html(&v->h,
			    "<td><input type='text' inputmode='numeric' maxlength='2' id='f-%s' "
			    "name='%s' value='%s' aria-label='%s, %s'></td>",
			    head_names[2 * i + k], head_names[2 * i + k],
			    relief_typed(v, head_names[2 * i + k]), tr(cx, head_groups[i]),
			    tr(cx, k == 0 ? N_("Women, girls") : N_("Men, boys")));
		html(&v->h, "</tr>");
	}
	html(&v->h, "</tbody></table></fieldset>");
}

static void
special(struct view *v)
{
	static const struct {
		const char *name, *label;
	} all[] = {
		{ "pregnant", N_("A pregnant woman") },
		{ "disabled", N_("A person with a disability") },
		{ "insulin", N_("Insulin") },
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

/* Those of the headquarters' area, or all where it has none. */
static int
districts(struct view *v, const struct headquarters *h)
{
	const char *typed = relief_typed(v, "district");
	AUTO_ROWS r = { 0 };

	html(&v->h,
	    "<div class='fld w-m'><label for='f-district'>%s</label><select id='f-district' "
	    "name='district'><option value=''></option>",
	    tr(v->cx, "Came from"));
	TRY(db_rows(v->cx, &r,
	    "SELECT d.id, d.name_kk, d.name_ru, d.name_en FROM district d WHERE d.level IN "
	    "('city', "
	    "'district') AND (EXISTS (SELECT 1 FROM relief_area a WHERE a.headquarters = $1 AND "
	    "a.district = d.id) OR NOT EXISTS (SELECT 1 FROM relief_area a WHERE a.headquarters = "
	    "$1)) ORDER BY d.sort_kk, d.id LIMIT 64",
	    VALS(v_int(h->rec.id))));
	while (rows_next(&r)) {
		const char *id = arena_printf(v->cx->arena, "%lld", (long long)row_int(&r, 0));
		struct text3 name = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) };

		html(&v->h, "<option value='%s'", id);
		html(&v->h, strcmp(id, typed) == 0 ? " selected>%s</option>" : ">%s</option>",
		    tr3(v->cx, &name, NULL));
	}
	html(&v->h, "</select></div>");
	return rows_end(&r);
}

/* ---- what was found ---- */

static const char *
people_text(struct ctx *cx, const struct heads *h)
{
	return trf(cx, "%s, children: %s",
	    trn(cx, heads_all(h), "%s person", "%s people", num(cx, heads_all(h))),
	    num(cx, heads_children(h)));
}

static void
leave_form(struct view *v, const struct headquarters *h, const struct stay *s)
{
	const struct option *o;

	ui_form_begin(
	    v, arena_printf(v->cx->arena, "/relief/stays/%lld/leave", (long long)s->rec.id), false);
	relief_draw_nonce(v);
	html(&v->h,
	    "<input type='hidden' name='headquarters' value='%lld'><div class='row'><div "
	    "class='fld w-m'><label for='f-where_to%lld'>%s</label><select id='f-where_to%lld' "
	    "name='where_to'>",
	    (long long)h->rec.id, (long long)s->rec.id, tr(v->cx, "Where to"),
	    (long long)s->rec.id);
	for (o = stay_ways; o->code != NULL; o++)
		html(&v->h, "<option value='%s'>%s</option>", o->code, tr(v->cx, o->label));
	html(&v->h, "</select></div><button type='submit' class='btn'>%s</button></div>",
	    tr(v->cx, "Leaves"));
	ui_form_end(v);
}

static int
enter_form(struct view *v, const struct headquarters *h, const struct household *f, bool moves)
{
	ui_form_begin(v, relief_path(v, h->rec.id, "/arrivals"), false);
	relief_draw_nonce(v);
	html(&v->h,
	    "<input type='hidden' name='household' value='%lld'><input type='hidden' name='move' "
	    "value='%s'><div class='row'>",
	    (long long)f->rec.id, moves ? "1" : "");
	TRY(place_field(v, h->rec.id, arena_printf(v->cx->arena, "%lld", (long long)f->rec.id)));
	html(&v->h, "<button type='submit' class='btn go'>%s</button></div>",
	    moves ? tr(v->cx, "Moves there") : tr(v->cx, "Let in"));
	ui_form_end(v);
	return RC_OK;
}

/* One household: where it is, and what may be done with it. */
static int
draw_found(struct view *v, const struct headquarters *h, int64_t id)
{
	struct ctx *cx = v->cx;
	struct household f;
	struct heads heads;
	struct stay s;
	int64_t place;
	const char *where = "";
	int rc;

	TRY(kind_load(cx, &household_kind, id, &f));
	heads = household_heads(&f);
	rc = household_stay(cx, id, &s);
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	html(&v->h, "<section class='card'><h2 class='num'>%s</h2><p>%s</p><p>",
	    relief_code_shown(cx->arena, f.code == NULL ? "" : f.code), people_text(cx, &heads));
	if (rc == RC_OK) {
		place = s.place;
		TRY(kind_titles(cx, &relief_place_kind, &place, 1, &where));
		ui_state(
		    v, 'w', trf(cx, "Is in “%s” since %s", where, moment_text(cx, s.arrived_at)));
	} else
		ui_state(v, '-', tr(cx, "Is in no centre now"));
	html(&v->h, "</p>");
	if (strcmp(h->state, "open") == 0)
		TRY(enter_form(v, h, &f, rc == RC_OK));
	if (rc == RC_OK)
		leave_form(v, h, &s);
	if (may(cx, CAP_RELIEF_FAMILY)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/relief/households/%lld", (long long)id),
		    tr(cx, "Open the household"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</section>");
	return RC_OK;
}

/* ---- the desk ---- */

struct found {
	int64_t ids[FOUND_MAX];
	size_t n;
	bool asked;
};

static void
find_form(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;

	ui_form_begin(v, relief_path(v, h->rec.id, "/arrivals/find"), false);
	html(&v->h, "<div class='row'>");
	text(v, "code",
	    may(cx, CAP_RELIEF_FAMILY) ? tr(cx, "Code of the slip, or surname and name")
				       : tr(cx, "Code of the slip"),
	    "", "focus");
	html(&v->h, "<button type='submit' class='btn go'>%s</button></div>", tr(cx, "Find"));
	ui_form_end(v);
}

static int
new_form(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "new", tr(cx, "A new household"), NULL);
	ui_form_begin(v, relief_path(v, h->rec.id, "/arrivals"), false);
	relief_draw_nonce(v);
	html(&v->h, "<div class='flow'>");
	heads_table(v);
	html(&v->h, "<div class='row'>");
	text(v, "name", tr(cx, "Surname and name of the head"), "", "");
	text(v, "phone", tr(cx, "Telephone"), "w-m", "");
	html(&v->h, "</div>");
	special(v);
	html(&v->h, "<div class='row'>");
	TRY(districts(v, h));
	TRY(place_field(v, h->rec.id, ""));
	text(v, "at", tr(cx, "Arrived at (empty: now)"), "w-m", "");
	html(&v->h,
	    "</div><p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Write down and let in"));
	ui_form_end(v);
	ui_section_close(v);
	return RC_OK;
}

static int
draw_last(struct view *v, const struct headquarters *h)
{
	enum { LAST = 8 };
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };
	struct {
		int64_t household, place, at, people;
		const char *code;
	} row[LAST];
	size_t n = 0, i;

	TRY(db_rows(cx, &r,
	    "SELECT s.household, s.place, s.arrived_at, " HEAD_SUM(
		"s.") ", h.code FROM stay s JOIN household h ON h.id = s.household WHERE "
		      "h.headquarters = $1 AND s.left_at IS NULL ORDER BY s.id DESC LIMIT 8",
	    VALS(v_int(h->rec.id))));
	for (; n < LAST && rows_next(&r); n++) {
		row[n].household = row_int(&r, 0);
		row[n].place = row_int(&r, 1);
		row[n].at = row_int(&r, 2);
		row[n].people = row_int(&r, 3);
		row[n].code = row_text(&r, 4);
	}
	TRY(rows_end(&r));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "last", tr(cx, "Last arrivals"), NULL);
	html(&v->h, "<ul class='basis'>");
	for (i = 0; i < n; i++) {
		const char *where = "";

		TRY(kind_titles(cx, &relief_place_kind, &row[i].place, 1, &where));
		html(&v->h,
		    "<li><span></span><span><a href='%s'>%s</a><br>%s</span><span></span><span "
		    "class='small'>%s<br>%s</span></li>",
		    ui_url(v, "/relief/%lld/arrivals?code=%s", (long long)h->rec.id,
			row[i].code == NULL ? "" : row[i].code),
		    relief_code_shown(cx->arena, row[i].code == NULL ? "" : row[i].code), where,
		    moment_text(cx, row[i].at),
		    trn(cx, row[i].people, "%s person", "%s people", num(cx, row[i].people)));
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

/* What the last act was: the household's code to write on its slip, and whether the centre is over-full. */
static int
draw_done(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *typed = req_q(v->rq, "stay");
	struct relief_place p;
	struct household f;
	struct stay s;
	int64_t id, people;

	if (typed == NULL || !num_parse(typed, &id) || kind_load(cx, &stay_kind, id, &s) != RC_OK) {
		err_clear(cx);
		return RC_OK;
	}
	TRY(kind_load(cx, &household_kind, s.household, &f));
	TRY(kind_load(cx, &relief_place_kind, s.place, &p));
	TRY(db_int(cx, &people,
	    "SELECT CAST(coalesce(sum" HEAD_SUM("") ", 0) AS BIGINT) FROM stay WHERE place = $1 "
						    "AND left_at IS NULL",
	    VALS(v_int(s.place))));
	html(&v->h, "<section class='card'><p class='bigfig num'>%s</p><p>%s: %s</p>",
	    relief_code_shown(cx->arena, f.code == NULL ? "" : f.code),
	    kind_title(cx, &relief_place_kind, &p), centre_filled(cx, people, p.capacity));
	if (p.capacity != INT_NONE && people > p.capacity)
		ui_note(v, 'n',
		    trf(cx, "The centre is over-full by %s.", num(cx, people - p.capacity)));
	if (may(cx, CAP_RELIEF_FAMILY)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/relief/households/%lld/slip", (long long)s.household),
		    tr(cx, "Print the slip"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</section>");
	return RC_OK;
}

static int
draw_desk(struct view *v, const struct headquarters *h, const struct found *found)
{
	struct ctx *cx = v->cx;
	const char *problem =
	    cx->err.fields == NULL && cx->err.text != NULL && *cx->err.text != '\0' ? cx->err.text
										    : NULL;
	size_t i;

	relief_open(v, h, tr(cx, "Arrivals"), "/arrivals");
	if (problem != NULL)
		ui_note(v, 'n', problem);
	ui_refusals(v, "f-");
	TRY(draw_done(v));
	find_form(v, h);
	if (found != NULL && found->asked && found->n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Nobody is found. Write the household down as a new one below."));
	for (i = 0; found != NULL && i < found->n; i++)
		TRY(draw_found(v, h, found->ids[i]));
	if (strcmp(h->state, "open") == 0)
		TRY(new_form(v, h));
	TRY(draw_last(v, h));
	ui_close(v);
	return RC_OK;
}

/* Digits are a code, anything else a name. */
static int
look_up(struct view *v, const struct headquarters *h, const char *typed, struct found *out)
{
	struct ctx *cx = v->cx;
	struct household f;
	int rc;

	*out = (struct found){ 0 };
	typed = relief_trim(cx->arena, typed);
	if (typed == NULL)
		return RC_OK;
	out->asked = true;
	if (strpbrk(typed, "0123456789") == NULL)
		return household_by_name(cx, h->rec.id, typed, out->ids, &out->n);
	rc = household_by_code(cx, typed, &f);
	if (rc == RC_NOTFOUND || (rc == RC_OK && f.headquarters != h->rec.id)) {
		err_clear(cx);
		return RC_OK;
	}
	TRY(rc);
	out->ids[out->n++] = f.rec.id;
	return RC_OK;
}

static int
show_found(struct view *v, const char *typed)
{
	struct headquarters h;
	struct found found;
	int rc;

	TRY(relief_of_path(v, &h));
	rc = look_up(v, &h, typed, &found);
	if (rc == RC_INVALID)
		v->status = 422;
	else
		TRY(rc);
	return draw_desk(v, &h, &found);
}

static int
desk_page(struct view *v)
{
	return show_found(v, req_q(v->rq, "code"));
}

static int
find_post(struct view *v)
{
	return show_found(v, req_f(v->rq, "code"));
}

/* A QR code of a slip leads to the desk of its headquarters. */
static int
slip_code_page(struct view *v)
{
	struct household f;

	TRY(household_by_code(v->cx, v->rq->param[0], &f));
	res_redirect(
	    v->rq, ui_url(v, "/relief/%lld/arrivals?code=%s", (long long)f.headquarters, f.code));
	return RC_OK;
}

/* ---- letting in and out ---- */

static void
read_heads(struct view *v, struct heads *out)
{
	int i;

	for (i = 0; i < HEADS_N; i++) {
		const char *s = relief_trim(v->cx->arena, relief_typed(v, head_names[i]));

		out->n[i] = 0;
		if (s != NULL && (!num_parse(s, &out->n[i]) || out->n[i] < 0)) {
			out->n[i] = 0;
			fail_field(v->cx, head_names[i], N_("A whole number."));
		}
	}
}

static int
read_arrival(struct view *v, struct arrival_in *in)
{
	struct ctx *cx = v->cx;
	const char *at = relief_trim(cx->arena, relief_typed(v, "at")),
		   *nonce = relief_typed(v, "nonce");

	*in = (struct arrival_in){ .nonce = *nonce == '\0' ? NULL : nonce };
	in->place = chosen_place(v);
	if (in->place == 0)
		fail_field(cx, "place", N_("Choose a centre."));
	if (at != NULL && !moment_parse(at, &in->at))
		fail_field(cx, "at", N_("A day and an hour: 15.11.2024 18:00."));
	in->move = *relief_typed(v, "move") != '\0';
	if (*relief_typed(v, "household") != '\0' &&
	    !num_parse(relief_typed(v, "household"), &in->household))
		return RC_NOTFOUND;
	if (in->household != 0)
		return fields_rc(cx);
	in->fresh.name = relief_typed(v, "name");
	in->fresh.phone = relief_typed(v, "phone");
	if (*relief_typed(v, "district") != '\0' &&
	    !num_parse(relief_typed(v, "district"), &in->fresh.district))
		fail_field(cx, "district", N_("There is no such record."));
	in->fresh.pregnant = *relief_typed(v, "pregnant") != '\0';
	in->fresh.disabled = *relief_typed(v, "disabled") != '\0';
	in->fresh.insulin = *relief_typed(v, "insulin") != '\0';
	read_heads(v, &in->fresh.heads);
	return fields_rc(cx);
}

static int
arrive_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct arrival_in in;
	struct arrival_out out;
	struct found found = { 0 };
	int rc;

	TRY(relief_of_path(v, &h));
	rc = read_arrival(v, &in);
	if (rc == RC_OK)
		rc = centre_arrive(cx, &in, &out);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		if (in.household != 0)
			found = (struct found){ { in.household }, 1, true };
		return draw_desk(v, &h, &found);
	}
	TRY(rc);
	return ui_done(v,
	    arena_printf(cx->arena, "/relief/%lld/arrivals?place=%lld&stay=%lld",
		(long long)h.rec.id, (long long)in.place, (long long)out.stay),
	    out.again ? tr(cx, "This form was sent before; it counts once.") : tr(cx, "Let in."));
}

static int
leave_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *nonce = relief_typed(v, "nonce"), *where = relief_typed(v, "where_to");
	struct departure_in in = { .nonce = *nonce == '\0' ? NULL : nonce,
		.where_to = *where == '\0' ? NULL : where };
	struct relief_place p;
	struct headquarters h;
	struct stay s;
	bool again;
	int rc;

	TRY(req_param_id(v->rq, 0, &in.stay));
	TRY(kind_load(cx, &stay_kind, in.stay, &s));
	TRY(kind_load(cx, &relief_place_kind, s.place, &p));
	TRY(kind_get(cx, &headquarters_kind, p.headquarters, &h));
	rc = centre_leave(cx, &in, &again);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_desk(v, &h, &(struct found){ { s.household }, 1, true });
	}
	TRY(rc);
	return ui_done(v,
	    arena_printf(cx->arena, "/relief/%lld/arrivals?place=%lld", (long long)h.rec.id,
		(long long)s.place),
	    tr(cx, "The departure is written down."));
}

/* ---- one household ---- */

static int
household_of_path(struct view *v, struct household *f, struct headquarters *h)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &household_kind, id, f));
	return kind_get(v->cx, &headquarters_kind, f->headquarters, h);
}

static void
draw_family(struct view *v, const struct family *who)
{
	struct ctx *cx = v->cx;

	if (who->name == NULL && who->phone == NULL)
		return;
	html(&v->h, "<dl class='facts'>");
	if (who->name != NULL)
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Name of the head"), who->name);
	if (who->phone != NULL) {
		html(&v->h, "<dt>%s</dt><dd>", tr(cx, "Telephone"));
		ui_phone(v, who->phone);
		html(&v->h, "</dd>");
	}
	html(&v->h, "</dl>");
}

static int
draw_stays(struct view *v, int64_t household)
{
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT p.name_kk, p.name_ru, p.name_en, s.arrived_at, s.left_at, s.where_to FROM stay "
	    "s JOIN relief_place p ON p.id = s.place WHERE s.household = $1 ORDER BY s.arrived_at "
	    "DESC LIMIT 50",
	    VALS(v_int(household))));
	ui_section_open(v, "stays", tr(cx, "Stays"), NULL);
	html(&v->h, "<ul>");
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 0), row_text(&r, 1), row_text(&r, 2) };

		html(&v->h, "<li>%s: %s – %s</li>", tr3(cx, &name, NULL),
		    moment_text(cx, row_int(&r, 3)),
		    row_null(&r, 4)
			? tr(cx, "is there")
			: arena_printf(cx->arena, "%s, %s", moment_text(cx, row_int(&r, 4)),
			      option_label(cx, stay_ways, row_text(&r, 5))));
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return rows_end(&r);
}

static int
household_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct household f;
	struct family who;

	TRY(household_of_path(v, &f, &h));
	TRY(household_family(cx, f.rec.id, "page", &who));
	relief_open(v, &h,
	    trf(cx, "Household %s", f.code == NULL ? "—" : relief_code_shown(cx->arena, f.code)),
	    NULL);
	draw_family(v, &who);
	TRY(ui_facts(v, &household_kind, &f));
	html(&v->h, "<p class='acts'>");
	if (f.code != NULL) {
		ui_button(v,
		    ui_url(v, "/relief/%lld/arrivals?code=%s", (long long)h.rec.id, f.code),
		    tr(cx, "At the desk"), true);
		ui_button(v, ui_url(v, "/relief/households/%lld/slip", (long long)f.rec.id),
		    tr(cx, "Print the slip"), false);
		ui_button(v, ui_url(v, "/relief/households/%lld/edit", (long long)f.rec.id),
		    tr(cx, "Change"), false);
	}
	html(&v->h, "</p>");
	TRY(draw_stays(v, f.rec.id));
	if (f.code != NULL) {
		ui_section_open(v, "erase", tr(cx, "Erase the name"), NULL);
		html(&v->h, "<div><p class='prose'>%s</p>",
		    tr(cx, "When the family asks for it: name, telephone and code go for good, the "
			   "numbers stay."));
		ui_post_button(v,
		    arena_printf(cx->arena, "/relief/households/%lld/erase", (long long)f.rec.id),
		    0, tr(cx, "Erase"), true);
		html(&v->h, "</div>");
		ui_section_close(v);
	}
	ui_close(v);
	return RC_OK;
}

static const char *const household_fields[] = { "name", "phone", "district", "under5_f", "under5_m",
	"child_f", "child_m", "adult_f", "adult_m", "elder_f", "elder_m", "pregnant", "disabled",
	"insulin", NULL };

static int
edit_form(struct view *v, struct household *rec, struct ui_form *f)
{
	struct headquarters h;

	TRY(household_of_path(v, rec, &h));
	*f = (struct ui_form){ .kind = &household_kind,
		.rec = rec,
		.path = arena_printf(
		    v->cx->arena, "/relief/households/%lld/edit", (long long)rec->rec.id),
		.fields = household_fields,
		.cancel =
		    arena_printf(v->cx->arena, "/relief/households/%lld", (long long)rec->rec.id) };
	return RC_OK;
}

static int
draw_edit(struct view *v, struct ui_form *f)
{
	const struct household *rec = f->rec;
	struct headquarters h;

	TRY(kind_get(v->cx, &headquarters_kind, rec->headquarters, &h));
	relief_open(v, &h, tr(v->cx, "Change the household"), NULL);
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct household rec;
	struct ui_form f;

	TRY(edit_form(v, &rec, &f));
	return draw_edit(v, &f);
}

static int
edit_post(struct view *v)
{
	struct household rec;
	struct ui_form f;

	TRY(edit_form(v, &rec, &f));
	return ui_form_save(v, &f, draw_edit);
}

static int
erase_post(struct view *v)
{
	struct headquarters h;
	struct household f;

	TRY(household_of_path(v, &f, &h));
	TRY(household_forget(v->cx, f.rec.id));
	return ui_done(v,
	    arena_printf(v->cx->arena, "/relief/households/%lld", (long long)f.rec.id),
	    tr(v->cx, "Erased."));
}

/* A stay's own address leads to its household. */
static int
stay_page(struct view *v)
{
	struct stay s;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &stay_kind, id, &s));
	res_redirect(v->rq, ui_url(v, "/relief/households/%lld", (long long)s.household));
	return RC_OK;
}

static void
of_centre(struct view *v, struct query *q)
{
	int64_t id = 0;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "stay.place = ? AND stay.left_at IS NULL", VALS(v_int(id)));
}

static int
households_page(struct view *v)
{
	static const char *const columns[] = { "household", "arrived_at", NULL };
	struct ctx *cx = v->cx;
	struct relief_place p;
	struct headquarters h;
	struct ui_list l = {
		.kind = &stay_kind, .columns = columns, .no_filters = true, .narrow = of_centre
	};

	TRY(centre_of_path(v, &p, &h));
	l.path = arena_printf(cx->arena, "/relief/centres/%lld/households", (long long)p.rec.id);
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	relief_open(v, &h, kind_title(cx, &relief_place_kind, &p), "/centres");
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

const struct route centre_arrival_routes[] = {
	{ M_GET, "/relief/{id}/arrivals", desk_page, CAP_RELIEF_WRITE, 0, N_("Arrivals"),
	    N_("The desk at a centre's door.") },
	{ M_POST, "/relief/{id}/arrivals/find", find_post, CAP_RELIEF_WRITE, 0,
	    N_("Find a household"), NULL },
	{ M_POST, "/relief/{id}/arrivals", arrive_post, CAP_RELIEF_WRITE, 0, N_("Let in"), NULL },
	{ M_POST, "/relief/stays/{id}/leave", leave_post, CAP_RELIEF_WRITE, 0, N_("Leaves"), NULL },
	{ M_GET, "/relief/stays/{id}", stay_page, CAP_RELIEF_FAMILY, 0, N_("Stay"), NULL },
	{ M_GET, "/relief/h/{code}", slip_code_page, CAP_RELIEF_WRITE, 0, N_("Slip of a household"),
	    N_("Where the QR code of a slip leads.") },
	{ M_GET, "/relief/households/{id}", household_page, CAP_RELIEF_FAMILY, 0, N_("Household"),
	    N_("One family; that it was opened is recorded.") },
	{ M_GET, "/relief/households/{id}/edit", edit_page, CAP_RELIEF_FAMILY, 0,
	    N_("Change the household"), NULL },
	{ M_POST, "/relief/households/{id}/edit", edit_post, CAP_RELIEF_FAMILY, 0,
	    N_("Change the household"), NULL },
	{ M_POST, "/relief/households/{id}/erase", erase_post, CAP_RELIEF_FAMILY, 0,
	    N_("Erase the name"), NULL },
	{ M_GET, "/relief/centres/{id}/households", households_page, CAP_RELIEF_FAMILY, 0,
	    N_("Households"), NULL },
	{ M_POST, "/api/v1/arrivals", arrivals_api, CAP_RELIEF_WRITE, ROUTE_API, N_("Arrivals"),
	    N_("{nonce, place, code or household: {…}, at, move}: lets a household in.") },
};
const size_t centre_arrival_nroutes = ARRAY_LEN(centre_arrival_routes);

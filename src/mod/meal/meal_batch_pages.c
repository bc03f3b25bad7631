/* meal_batch_pages.c – the form of a cooked batch, which fits one telephone screen, and the page of a batch: what is left
 * of it, to whom it went, handing out, throwing away, taking back. */
#include "mod/meal/meal_pages.h"

#include <string.h>

/* ---- parts of forms ---- */

static void
text(struct view *v, const char *name, const char *label, const char *value, const char *mode)
{
	html(&v->h, "<div class='fld w-s'><label for='f-%s'>%s</label>", name, label);
	relief_field_error(v, name);
	html(&v->h,
	    "<input type='text' id='f-%s' name='%s' value='%s' autocomplete='off' inputmode='%s' "
	    "maxlength='40'></div>",
	    name, name, v->rq->method == M_POST ? relief_typed(v, name) : value, mode);
}

static void
choice(
    struct view *v, const char *name, const char *label, const struct option *o, const char *chosen)
{
	const char *typed = relief_typed(v, name);

	if (*typed != '\0')
		chosen = typed;
	html(&v->h, "<div class='fld w-m'><label for='f-%s'>%s</label>", name, label);
	relief_field_error(v, name);
	html(&v->h, "<select id='f-%s' name='%s'>", name, name);
	for (; o->code != NULL; o++) {
		html(&v->h, "<option value='%s'", o->code);
		html(&v->h,
		    chosen != NULL && strcmp(o->code, chosen) == 0 ? " selected>%s</option>"
								   : ">%s</option>",
		    tr(v->cx, o->label));
	}
	html(&v->h, "</select></div>");
}

/* Records of a SELECT (id, names in three languages) as a <select>. */
static int
records(struct view *v, const char *name, const char *label, const char *sql, struct vals of,
    int64_t chosen)
{
	AUTO_ROWS r = { 0 };
	int64_t typed;

	if (num_parse(relief_typed(v, name), &typed))
		chosen = typed;
	html(&v->h, "<div class='fld'><label for='f-%s'>%s</label>", name, label);
	relief_field_error(v, name);
	html(&v->h, "<select id='f-%s' name='%s'>", name, name);
	if (strcmp(name, "to") == 0)
		html(&v->h, "<option value=''>%s</option>", tr(v->cx, "elsewhere"));
	TRY(db_rows(v->cx, &r, sql, of));
	while (rows_next(&r)) {
		struct text3 t = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) };

		html(&v->h, "<option value='%lld'", (long long)row_int(&r, 0));
		html(&v->h, row_int(&r, 0) == chosen ? " selected>%s</option>" : ">%s</option>",
		    tr3(v->cx, &t, NULL));
	}
	html(&v->h, "</select></div>");
	return rows_end(&r);
}

static const char *
read_allergens(struct view *v)
{
	struct buf b;
	const struct option *o;

	buf_init(&b, v->cx->arena, 0);
	for (o = meal_allergens; o->code != NULL; o++)
		if (*relief_typed(v, arena_printf(v->cx->arena, "a_%s", o->code)) != '\0')
			buf_printf(&b, "%s%s", b.n == 0 ? "" : " ", o->code);
	return b.n == 0 ? NULL : b.p;
}

static void
allergens(struct view *v)
{
	bool open = *relief_typed(v, "at") != '\0' || read_allergens(v) != NULL;
	const struct option *o;

	html(&v->h,
	    open ? "<details open><summary class='btn'>%s</summary>"
		 : "<details><summary class='btn'>%s</summary>",
	    tr(v->cx, "Allergens and time"));
	html(&v->h, "<fieldset class='ticks'><legend>%s</legend>", tr(v->cx, "Allergens"));
	relief_field_error(v, "allergens");
	for (o = meal_allergens; o->code != NULL; o++) {
		const char *name = arena_printf(v->cx->arena, "a_%s", o->code);

		html(&v->h, "<label class='tick'><input type='checkbox' name='%s' value='1'", name);
		html(&v->h,
		    *relief_typed(v, name) != '\0' ? " checked> %s</label>" : "> %s</label>",
		    tr(v->cx, o->label));
	}
	html(&v->h, "</fieldset>");
	text(v, "at", tr(v->cx, "Cooked at (empty: now)"), "", "text");
	html(&v->h, "</details>");
}

/* ---- ingredients ---- */

static const char *
in_units(struct ctx *cx, int64_t q, int64_t pack)
{
	char *s = arena_printf(cx->arena, "%lld.%06lld", (long long)(q / pack),
	    (long long)(q % pack * 1000000 / pack));
	size_t n = strlen(s);

	while (n > 0 && s[n - 1] == '0')
		s[--n] = '\0';
	if (n > 0 && s[n - 1] == '.')
		s[--n] = '\0';
	return s;
}

/* What the recipe wants for so many portions, to be corrected where it was otherwise. */
static int
ingredients(struct view *v, int64_t recipe, int64_t portions)
{
	struct ctx *cx = v->cx;
	struct recipe_input *in;
	struct recipe r;
	size_t n, i;

	if (recipe == 0 || portions <= 0)
		return RC_OK;
	TRY(kind_load(cx, &recipe_kind, recipe, &r));
	TRY(recipe_inputs(cx, recipe, &in, &n));
	html(&v->h, "<fieldset><legend>%s</legend><div class='row'>",
	    tr(cx, "What went in (as the recipe says, unless you write otherwise)"));
	for (i = 0; i < n; i++) {
		const char *name = arena_printf(cx->arena, "in%lld", (long long)in[i].item);
		struct item it;

		TRY(kind_load(cx, &item_kind, in[i].item, &it));
		html(&v->h,
		    "<div class='fld w-s'><label for='f-%s'>%s, %s</label><input type='text' "
		    "id='f-%s' name='%s' value='%s' inputmode='decimal'></div>",
		    name, kind_title(cx, &item_kind, &it), tr3(cx, &it.unit, NULL), name, name,
		    *relief_typed(v, name) != '\0'
			? relief_typed(v, name)
			: in_units(cx, in[i].quantity * portions / r.quantity,
			      it.pack > 0 ? it.pack : 1));
	}
	html(&v->h, "</div></fieldset>");
	return RC_OK;
}

/* ---- the form of a batch ---- */

struct batch_form {
	struct headquarters h;
	struct meal_plan plan; /* rec.id 0 = none */
};

static int64_t
typed_id(struct view *v, const char *name)
{
	int64_t id;

	return num_parse(relief_typed(v, name), &id) ? id : 0;
}

static int
open_form(struct view *v, struct batch_form *f)
{
	const char *plan = v->rq->method == M_POST ? relief_typed(v, "plan") : req_q(v->rq, "plan");
	int64_t id;

	TRY(relief_of_path(v, &f->h));
	kind_empty(&meal_plan_kind, &f->plan);
	if (plan == NULL || !num_parse(plan, &id))
		return RC_OK;
	return kind_get(v->cx, &meal_plan_kind, id, &f->plan);
}

static int
cook_fields(struct view *v, const struct batch_form *f)
{
	struct ctx *cx = v->cx;
	int64_t recipe = typed_id(v, "recipe"), portions = typed_id(v, "portions");

	if (v->rq->method != M_POST) {
		recipe = f->plan.recipe;
		portions = f->plan.rec.id == 0 ? 0 : f->plan.portions;
	}
	html(&v->h, "<div class='row'>");
	TRY(records(v, "recipe", tr(cx, "Recipe"),
	    "SELECT r.id, r.name_kk, r.name_ru, r.name_en FROM recipe r JOIN stock_item i ON i.id "
	    "= "
	    "r.item WHERE i.code = 'hot_meal' AND r.from_day <= $1 AND (r.to_day IS NULL OR "
	    "r.to_day >= $1) ORDER BY r.sort_kk, r.id LIMIT 200",
	    VALS(v_int(cx->today)), f->plan.recipe));
	html(&v->h, "</div><div class='duo'>");
	text(v, "portions", tr(cx, "Portions"),
	    portions > 0 ? arena_printf(cx->arena, "%lld", (long long)portions) : "", "numeric");
	text(v, "temperature", tr(cx, "Temperature, °C"), "", "numeric");
	html(&v->h, "</div><div class='duo'>");
	TRY(records(v, "place", tr(cx, "Kitchen"),
	    "SELECT id, name_kk, name_ru, name_en FROM relief_place WHERE headquarters = $1 AND "
	    "purpose = 'kitchen' ORDER BY sort_kk, id LIMIT 100",
	    VALS(v_int(f->h.rec.id)), f->plan.place));
	choice(v, "meal", tr(cx, "Meal"), meals, f->plan.meal != NULL ? f->plan.meal : "lunch");
	html(&v->h, "</div>");
	allergens(v);
	return ingredients(v, recipe, portions);
}

static int
draw_cook(struct view *v, const struct batch_form *f)
{
	struct ctx *cx = v->cx;

	relief_open(v, &f->h, tr(cx, "A batch was cooked"), "/kitchens");
	ui_refusals(v, "f-");
	ui_form_begin(v, relief_path(v, f->h.rec.id, "/meals/cook"), false);
	relief_draw_nonce(v);
	if (f->plan.rec.id != 0)
		html(&v->h, "<input type='hidden' name='plan' value='%lld'>",
		    (long long)f->plan.rec.id);
	html(&v->h, "<div class='flow'>");
	TRY(cook_fields(v, f));
	html(&v->h,
	    "<p class='acts'><button type='submit' class='btn go'>%s</button> <button "
	    "type='submit' class='btn' name='show' value='1'>%s</button></p></div>",
	    tr(cx, "Write down"), tr(cx, "Other amounts"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
cook_page(struct view *v)
{
	struct batch_form f;

	TRY(open_form(v, &f));
	return draw_cook(v, &f);
}

static void
read_number(struct view *v, const char *name, int64_t otherwise, int64_t *out)
{
	const char *s = relief_trim(v->cx->arena, relief_typed(v, name));

	*out = otherwise;
	if (s != NULL && !num_parse(s, out)) {
		*out = otherwise;
		fail_field(v->cx, name, N_("A whole number."));
	}
}

static void
read_moment(struct view *v, int64_t *out)
{
	const char *s = relief_trim(v->cx->arena, relief_typed(v, "at"));

	*out = 0;
	if (s != NULL && !moment_parse(s, out))
		fail_field(v->cx, "at", N_("A day and an hour: 15.11.2024 18:00."));
}

static int
read_inputs(struct view *v, struct batch_in *in)
{
	struct ctx *cx = v->cx;
	struct conversion_input *out = arena_array(cx->arena, struct conversion_input, INPUTS_MAX);
	struct recipe_input *of;
	size_t n, i;

	if (in->recipe == 0)
		return RC_OK;
	TRY(recipe_inputs(cx, in->recipe, &of, &n));
	for (i = 0; i < n; i++) {
		const char *name = arena_printf(cx->arena, "in%lld", (long long)of[i].item),
			   *s = relief_trim(cx->arena, relief_typed(v, name));
		struct item it;
		int64_t q;

		if (s == NULL)
			continue;
		TRY(kind_load(cx, &item_kind, of[i].item, &it));
		if (!quantity_parse(s, it.pack > 0 ? it.pack : 1, &q) || q < 0)
			fail_field(cx, name, N_("A number more than zero."));
		else if (q > 0)
			out[in->ninputs++] = (struct conversion_input){ of[i].item, 0, q };
	}
	in->inputs = out;
	return RC_OK;
}

static int
read_batch(struct view *v, const struct batch_form *f, struct batch_in *in)
{
	*in = (struct batch_in){ .nonce = relief_typed(v, "nonce"),
		.plan = f->plan.rec.id,
		.recipe = typed_id(v, "recipe"),
		.place = typed_id(v, "place"),
		.meal = relief_typed(v, "meal"),
		.allergens = read_allergens(v) };
	read_number(v, "portions", 0, &in->portions);
	read_number(v, "temperature", INT_NONE, &in->temperature);
	read_moment(v, &in->at);
	if (*in->nonce == '\0')
		in->nonce = NULL;
	TRY(read_inputs(v, in));
	return fields_rc(v->cx);
}

static int
cook_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct batch_form f;
	struct batch_in in;
	struct meal_batch b;
	bool again;
	int rc;

	TRY(open_form(v, &f));
	if (*relief_typed(v, "show") != '\0')
		return draw_cook(v, &f);
	rc = read_batch(v, &f, &in);
	if (rc == RC_OK)
		rc = meal_cook(cx, &in, &b, &again);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_cook(v, &f);
	}
	TRY(rc);
	return ui_done(v,
	    arena_printf(cx->arena, "/relief/meals/batches/%lld", (long long)b.rec.id),
	    again ? tr(cx, "This form was sent before; it counts once.")
		  : tr(cx, "The batch is written down, its ingredients are posted."));
}

/* ---- one batch ---- */

static int
batch_of_path(struct view *v, struct meal_batch *b, struct headquarters *h)
{
	struct relief_place p;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &meal_batch_kind, id, b));
	TRY(kind_load(v->cx, &relief_place_kind, b->place, &p));
	return kind_get(v->cx, &headquarters_kind, p.headquarters, h);
}

static void
fig(struct view *v, int64_t n, const char *label)
{
	html(&v->h, "<div class='fig'><b class='num'>%s</b><span>%s</span></div>", num(v->cx, n),
	    label);
}

static void
draw_remarks(struct view *v, const struct meal_batch *b)
{
	struct ctx *cx = v->cx;
	struct buf names;
	const struct option *o;

	if (b->withdrawn)
		ui_note(v, '-', trf(cx, "Taken back: %s", b->reason == NULL ? "" : b->reason));
	if (b->deviation > DEVIATION_WARNS || b->deviation < -DEVIATION_WARNS)
		ui_note(v, 'w',
		    trf(cx, "An ingredient lies %s away from the recipe; up to 15 %% is usual.",
			percent(
			    cx, (double)(b->deviation < 0 ? -b->deviation : b->deviation), 1000)));
	if (b->allergens == NULL)
		return;
	buf_init(&names, cx->arena, 0);
	for (o = meal_allergens; o->code != NULL; o++)
		if (meal_has_allergen(b->allergens, o->code))
			buf_printf(&names, "%s%s", names.n == 0 ? "" : ", ", tr(cx, o->label));
	html(&v->h, "<p><strong>%s:</strong> %s</p>", tr(cx, "Allergens"), names.p);
}

static int
hand_form(struct view *v, const struct meal_batch *b, const struct headquarters *h, int64_t left)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "hand", tr(cx, "Hand out"), NULL);
	ui_form_begin(v,
	    arena_printf(cx->arena, "/relief/meals/batches/%lld/hand", (long long)b->rec.id),
	    false);
	relief_draw_nonce(v);
	html(&v->h, "<div class='flow'><div class='row'>");
	text(v, "portions", tr(cx, "Portions"), arena_printf(cx->arena, "%lld", (long long)left),
	    "numeric");
	text(v, "temperature", tr(cx, "Temperature, °C"), "", "numeric");
	choice(v, "receivers", tr(cx, "For whom"), meal_receivers, "evacuees");
	TRY(records(v, "to", tr(cx, "Where to"),
	    "SELECT id, name_kk, name_ru, name_en FROM relief_place WHERE headquarters = $1 ORDER "
	    "BY purpose, sort_kk, id LIMIT 200",
	    VALS(v_int(h->rec.id)), 0));
	html(&v->h,
	    "</div><p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Handed out"));
	ui_form_end(v);
	ui_section_close(v);
	return RC_OK;
}

static void
throw_form(struct view *v, const struct meal_batch *b, int64_t left)
{
	struct ctx *cx = v->cx;

	html(
	    &v->h, "<details><summary class='btn'>%s</summary>", tr(cx, "Throw away what is left"));
	ui_form_begin(v,
	    arena_printf(cx->arena, "/relief/meals/batches/%lld/throw", (long long)b->rec.id),
	    false);
	relief_draw_nonce(v);
	html(&v->h,
	    "<div class='row'><div class='fld w-s'><label for='t-portions'>%s</label><input "
	    "type='text' id='t-portions' name='portions' value='%lld' "
	    "inputmode='numeric'></div>",
	    tr(cx, "Portions"), (long long)left);
	choice(v, "why", tr(cx, "Why"), meal_wastes, "left");
	html(&v->h, "<button type='submit' class='btn bad'>%s</button></div>",
	    tr(cx, "Thrown away"));
	ui_form_end(v);
	html(&v->h, "</details>");
}

static void
back_form(struct view *v, const char *what, int64_t id)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<details class='noprint'><summary class='btn bare'>%s</summary>",
	    tr(cx, "Take back"));
	ui_form_begin(
	    v, arena_printf(cx->arena, "/relief/meals/%s/%lld/back", what, (long long)id), false);
	html(&v->h,
	    "<div class='row'><div class='fld'><label for='r-%s%lld'>%s</label><input type='text' "
	    "id='r-%s%lld' name='reason' maxlength='300' required></div><button type='submit' "
	    "class='btn bad'>%s</button></div>",
	    what, (long long)id, tr(cx, "Reason"), what, (long long)id, tr(cx, "Take back"));
	ui_form_end(v);
	html(&v->h, "</details>");
}

static int
draw_serving(struct view *v, int64_t id, bool change)
{
	struct ctx *cx = v->cx;
	struct meal_serving s;
	const char *place = "";
	bool cold;

	TRY(kind_load(cx, &meal_serving_kind, id, &s));
	TRY(meal_too_cold(cx, &s, &cold));
	if (s.place != 0)
		TRY(kind_titles(cx, &relief_place_kind, &s.place, 1, &place));
	html(&v->h, "<li><p>%s · <strong>%s</strong> · %s · %s", moment_text(cx, s.given_at),
	    trn(cx, s.portions, "%s portion", "%s portions", num(cx, s.portions)),
	    option_label(cx, meal_receivers, s.receivers),
	    s.place == 0 ? tr(cx, "elsewhere") : place);
	if (s.temperature != INT_NONE)
		html(&v->h, " · %s °C", num(cx, s.temperature));
	html(&v->h, "</p>");
	if (s.withdrawn)
		ui_state(v, '-', trf(cx, "Taken back: %s", s.reason == NULL ? "" : s.reason));
	else if (cold)
		ui_state(v, 'n',
		    tr(cx, "Too cold: hot food must not be handed out below the threshold"));
	if (change && !s.withdrawn)
		back_form(v, "servings", id);
	html(&v->h, "</li>");
	return RC_OK;
}

static int
draw_waste(struct view *v, int64_t id, bool change)
{
	struct ctx *cx = v->cx;
	struct meal_waste w;

	TRY(kind_load(cx, &meal_waste_kind, id, &w));
	html(&v->h, "<li><p>%s · <strong>%s</strong> · %s: %s</p>", moment_text(cx, w.thrown_at),
	    trn(cx, w.portions, "%s portion", "%s portions", num(cx, w.portions)),
	    tr(cx, "Thrown away"), option_label(cx, meal_wastes, w.why));
	if (w.withdrawn)
		ui_state(v, '-', trf(cx, "Taken back: %s", w.reason == NULL ? "" : w.reason));
	else if (change)
		back_form(v, "wastes", id);
	html(&v->h, "</li>");
	return RC_OK;
}

static int
draw_went(struct view *v, int64_t batch, bool change, const char *sql,
    int (*draw)(struct view *v, int64_t id, bool change))
{
	AUTO_ROWS r = { 0 };
	int64_t ids[200];
	size_t n = 0, i;

	TRY(db_rows(v->cx, &r, sql, VALS(v_int(batch))));
	while (n < ARRAY_LEN(ids) && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++)
		TRY(draw(v, ids[i], change));
	return RC_OK;
}

static int
draw_page(struct view *v, const struct meal_batch *b, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	bool change = meal_may(v, h);
	struct meal_sum s;
	const char *recipe = "";

	TRY(meal_sum(cx, b->rec.id, &s));
	TRY(kind_titles(cx, &recipe_kind, &b->recipe, 1, &recipe));
	relief_open(v, h, trf(cx, "Batch: %s", recipe), "/kitchens");
	ui_refusals(v, "f-");
	html(&v->h, "<div class='figs sm'>");
	fig(v, s.cooked, tr(cx, "portions cooked"));
	fig(v, s.handed, tr(cx, "portions handed out"));
	fig(v, s.thrown, tr(cx, "portions thrown away"));
	fig(v, s.left, tr(cx, "portions left over"));
	html(&v->h, "</div>");
	draw_remarks(v, b);
	if (change && !b->withdrawn && s.left > 0)
		TRY(hand_form(v, b, h, s.left));
	ui_section_open(v, "went", tr(cx, "Where it went"), NULL);
	html(&v->h, "<div><ul class='log'>");
	TRY(draw_went(v, b->rec.id, change,
	    "SELECT id FROM meal_serving WHERE batch = $1 ORDER BY given_at, id", draw_serving));
	TRY(draw_went(v, b->rec.id, change,
	    "SELECT id FROM meal_waste WHERE batch = $1 ORDER BY thrown_at, id", draw_waste));
	html(&v->h, "</ul>");
	if (change && !b->withdrawn && s.left > 0)
		throw_form(v, b, s.left);
	html(&v->h, "</div>");
	ui_section_close(v);
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	html(&v->h, "<div>");
	TRY(ui_facts(v, &meal_batch_kind, b));
	html(&v->h, "<p class='acts'>");
	if (may(cx, CAP_STOCK_READ))
		ui_button(v, ui_url(v, "/stock/movements/%lld", (long long)b->movement),
		    tr(cx, "The set in the ledger"), false);
	html(&v->h, "</p>");
	if (change && !b->withdrawn)
		back_form(v, "batches", b->rec.id);
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(ui_history(v, &meal_batch_kind, b->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
batch_page(struct view *v)
{
	struct headquarters h;
	struct meal_batch b;

	TRY(batch_of_path(v, &b, &h));
	return draw_page(v, &b, &h);
}

/* After an act on a batch: its page, or what was refused on it. */
static int
answer(struct view *v, const struct meal_batch *b, const struct headquarters *h, int rc,
    const char *said)
{
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_page(v, b, h);
	}
	TRY(rc);
	return ui_done(v,
	    arena_printf(v->cx->arena, "/relief/meals/batches/%lld", (long long)b->rec.id), said);
}

static int
hand_post(struct view *v)
{
	struct headquarters h;
	struct meal_batch b;
	struct serving_in in = { .receivers = relief_typed(v, "receivers") };
	struct meal_serving out;
	bool again = false;
	int rc;

	TRY(batch_of_path(v, &b, &h));
	in.nonce = *relief_typed(v, "nonce") == '\0' ? NULL : relief_typed(v, "nonce");
	in.batch = b.rec.id;
	in.place = typed_id(v, "to");
	read_number(v, "portions", 0, &in.portions);
	read_number(v, "temperature", INT_NONE, &in.temperature);
	rc = fields_rc(v->cx);
	if (rc == RC_OK)
		rc = meal_hand_out(v->cx, &in, &out, &again);
	return answer(v, &b, &h, rc,
	    again ? tr(v->cx, "This form was sent before; it counts once.")
		  : tr(v->cx, "The portions are handed out."));
}

static int
throw_post(struct view *v)
{
	struct headquarters h;
	struct meal_batch b;
	struct waste_in in = { .why = relief_typed(v, "why") };
	struct meal_waste out;
	bool again = false;
	int rc;

	TRY(batch_of_path(v, &b, &h));
	in.nonce = *relief_typed(v, "nonce") == '\0' ? NULL : relief_typed(v, "nonce");
	in.batch = b.rec.id;
	read_number(v, "portions", 0, &in.portions);
	rc = fields_rc(v->cx);
	if (rc == RC_OK)
		rc = meal_throw(v->cx, &in, &out, &again);
	return answer(v, &b, &h, rc,
	    again ? tr(v->cx, "This form was sent before; it counts once.")
		  : tr(v->cx, "Written off as a loss."));
}

static int
back(struct view *v, const struct kind *k, int64_t id, int64_t batch)
{
	struct headquarters h;
	struct relief_place p;
	struct meal_batch b;
	int rc;

	TRY(kind_get(v->cx, &meal_batch_kind, batch, &b));
	TRY(kind_load(v->cx, &relief_place_kind, b.place, &p));
	TRY(kind_get(v->cx, &headquarters_kind, p.headquarters, &h));
	rc = meal_withdraw(v->cx, k, id, relief_trim(v->cx->arena, relief_typed(v, "reason")));
	return answer(v, &b, &h, rc, tr(v->cx, "Taken back."));
}

static int
batch_back_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return back(v, &meal_batch_kind, id, id);
}

static int
serving_back_post(struct view *v)
{
	struct meal_serving s;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &meal_serving_kind, id, &s));
	return back(v, &meal_serving_kind, id, s.batch);
}

static int
waste_back_post(struct view *v)
{
	struct meal_waste w;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &meal_waste_kind, id, &w));
	return back(v, &meal_waste_kind, id, w.batch);
}

/* A serving's own address leads to its batch. */
static int
serving_page(struct view *v)
{
	struct meal_serving s;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &meal_serving_kind, id, &s));
	res_redirect(v->rq, ui_url(v, "/relief/meals/batches/%lld", (long long)s.batch));
	return RC_OK;
}

const struct route meal_batch_routes[] = {
	{ M_GET, "/relief/{id}/meals/cook", cook_page, CAP_RELIEF_WRITE, 0,
	    N_("A batch was cooked"), N_("One telephone screen.") },
	{ M_POST, "/relief/{id}/meals/cook", cook_post, CAP_RELIEF_WRITE, 0,
	    N_("A batch was cooked"), NULL },
	{ M_GET, "/relief/meals/batches/{id}", batch_page, CAP_RELIEF_READ, 0, N_("Cooked batch"),
	    N_("What is left of it and where it went.") },
	{ M_POST, "/relief/meals/batches/{id}/hand", hand_post, CAP_RELIEF_WRITE, 0, N_("Hand out"),
	    NULL },
	{ M_POST, "/relief/meals/batches/{id}/throw", throw_post, CAP_RELIEF_WRITE, 0,
	    N_("Throw away what is left"), NULL },
	{ M_POST, "/relief/meals/batches/{id}/back", batch_back_post, CAP_RELIEF_WRITE, 0,
	    N_("Take back"), NULL },
	{ M_GET, "/relief/meals/servings/{id}", serving_page, CAP_RELIEF_READ, 0,
	    N_("Portions handed out"), NULL },
	{ M_POST, "/relief/meals/servings/{id}/back", serving_back_post, CAP_RELIEF_WRITE, 0,
	    N_("Take back"), NULL },
	{ M_POST, "/relief/meals/wastes/{id}/back", waste_back_post, CAP_RELIEF_WRITE, 0,
	    N_("Take back"), NULL },
};
const size_t meal_batch_nroutes = ARRAY_LEN(meal_batch_routes);

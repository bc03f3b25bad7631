/* meal_pages.c – a day of the kitchens: planned, cooked, handed out, thrown away, by kitchen, place and group, on one
 * page that is also its paper; and the plan. */
#include "mod/meal/meal_pages.h"

#include <string.h>

bool
meal_may(struct view *v, const struct headquarters *h)
{
	return may(v->cx, CAP_RELIEF_WRITE) && may(v->cx, CAP_STOCK_WRITE) &&
	       strcmp(h->state, "open") == 0;
}

static void
fig(struct view *v, int64_t n, const char *label)
{
	html(&v->h, "<div class='fig'><b class='num'>%s</b><span>%s</span></div>", num(v->cx, n),
	    label);
}

static void
draw_sums(struct view *v, const struct meal_day *d)
{
	struct ctx *cx = v->cx;
	int i;

	html(&v->h, "<div class='figs sm'>");
	fig(v, d->planned, tr(cx, "portions planned"));
	fig(v, d->cooked, tr(cx, "portions cooked"));
	fig(v, d->handed, tr(cx, "portions handed out"));
	fig(v, d->thrown, tr(cx, "portions thrown away"));
	html(&v->h, "</div>");
	if (d->handed == 0)
		return;
	html(&v->h, "<p>");
	for (i = 0; meal_receivers[i].code != NULL; i++)
		html(&v->h, "%s%s: <strong class='num'>%s</strong>", i == 0 ? "" : " · ",
		    tr(cx, meal_receivers[i].label), num(cx, d->by_group[i]));
	html(&v->h, "</p>");
}

static int
title_of(struct ctx *cx, const struct kind *k, int64_t id, const char **out)
{
	*out = "";
	return id == 0 ? RC_OK : kind_titles(cx, k, &id, 1, out);
}

/* ---- the plan ---- */

/* What of a plan was cooked; open: a button leads to cooking it. */
static int
draw_plans(struct view *v, const struct headquarters *h, int day)
{
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };
	struct {
		int64_t id, place, recipe, portions, cooked;
		const char *meal;
	} row[60];
	size_t n = 0, i;

	TRY(db_rows(cx, &r,
	    "SELECT m.id, m.place, m.recipe, m.portions, m.meal, (SELECT coalesce(sum(b.portions), "
	    "0) FROM meal_batch b WHERE b.plan = m.id AND b.withdrawn = 0) FROM meal_plan m JOIN "
	    "relief_place p ON p.id = m.place WHERE p.headquarters = $1 AND m.day = $2 ORDER BY "
	    "CASE m.meal WHEN 'breakfast' THEN 1 WHEN 'lunch' THEN 2 ELSE 3 END, p.sort_kk, m.id "
	    "LIMIT 60",
	    VALS(v_int(h->rec.id), v_int(day))));
	for (; n < ARRAY_LEN(row) && rows_next(&r); n++) {
		row[n].id = row_int(&r, 0);
		row[n].place = row_int(&r, 1);
		row[n].recipe = row_int(&r, 2);
		row[n].portions = row_int(&r, 3);
		row[n].meal = row_text(&r, 4);
		row[n].cooked = row_int(&r, 5);
	}
	TRY(rows_end(&r));
	ui_section_open(v, "plan", tr(cx, "Plan"), NULL);
	html(&v->h, "<div>");
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing is planned for this day."));
	for (i = 0; i < n; i++) {
		const char *kitchen, *recipe;

		TRY(title_of(cx, &relief_place_kind, row[i].place, &kitchen));
		TRY(title_of(cx, &recipe_kind, row[i].recipe, &recipe));
		html(&v->h, "<p><strong>%s</strong> · <a href='%s'>%s</a> · %s · %s ",
		    option_label(cx, meals, row[i].meal),
		    ui_url(v, "/relief/meals/plans/%lld", (long long)row[i].id), recipe, kitchen,
		    trn(cx, row[i].portions, "%s portion", "%s portions",
			num(cx, row[i].portions)));
		ui_state(v, row[i].cooked == 0 ? 'p' : 'o',
		    row[i].cooked == 0 ? tr(cx, "not cooked yet")
				       : trf(cx, "cooked: %s", num(cx, row[i].cooked)));
		if (meal_may(v, h) && row[i].cooked == 0)
			html(&v->h, " <a class='btn' href='%s'>%s</a>",
			    ui_url(v, "/relief/%lld/meals/cook?plan=%lld", (long long)h->rec.id,
				(long long)row[i].id),
			    tr(cx, "Cooked"));
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- what was cooked ---- */

static int
draw_batch(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct meal_batch b;
	struct meal_sum s;
	const char *kitchen, *recipe;

	TRY(kind_load(cx, &meal_batch_kind, id, &b));
	TRY(meal_sum(cx, id, &s));
	TRY(title_of(cx, &relief_place_kind, b.place, &kitchen));
	TRY(title_of(cx, &recipe_kind, b.recipe, &recipe));
	html(&v->h,
	    "<tr><th scope='row'><a href='%s'>%s</a><br><span class='small'>%s · %s</span></th>",
	    ui_url(v, "/relief/meals/batches/%lld", (long long)id), recipe,
	    option_label(cx, meals, b.meal), kitchen);
	html(&v->h,
	    "<td class='r num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td><td "
	    "class='r "
	    "num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td><td data-l='%s'>",
	    tr(cx, "Cooked"), num(cx, s.cooked), tr(cx, "Handed out"), num(cx, s.handed),
	    tr(cx, "Thrown away"), num(cx, s.thrown), tr(cx, "Left over"), num(cx, s.left),
	    tr(cx, "Remarks"));
	if (b.withdrawn)
		ui_state(v, '-', tr(cx, "taken back"));
	else if (b.deviation > DEVIATION_WARNS || b.deviation < -DEVIATION_WARNS)
		ui_state(v, 'w',
		    trf(cx, "%s away from the recipe",
			percent(cx, (double)(b.deviation < 0 ? -b.deviation : b.deviation), 1000)));
	html(&v->h, "</td></tr>");
	return RC_OK;
}

static int
ids_of(struct ctx *cx, const char *sql, struct vals of, int64_t *ids, size_t most, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r, sql, of));
	while (*n < most && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

static int
draw_batches(struct view *v, const struct headquarters *h, int day)
{
	enum { MOST = 100 };
	struct ctx *cx = v->cx;
	int64_t ids[MOST];
	size_t n, i;

	TRY(ids_of(cx,
	    "SELECT b.id FROM meal_batch b JOIN relief_place p ON p.id = b.place WHERE "
	    "p.headquarters = $1 AND b.day = $2 ORDER BY p.sort_kk, b.cooked_at, b.id LIMIT 100",
	    VALS(v_int(h->rec.id), v_int(day)), ids, MOST, &n));
	ui_section_open(v, "batches", tr(cx, "Cooked"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing was cooked on this day."));
	else {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
		    "class='r'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
		    "class='r'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
		    tr(cx, "Cooked batches"), tr(cx, "Recipe"), tr(cx, "Cooked"),
		    tr(cx, "Handed out"), tr(cx, "Thrown away"), tr(cx, "Left over"),
		    tr(cx, "Remarks"));
		for (i = 0; i < n; i++)
			TRY(draw_batch(v, ids[i]));
		html(&v->h, "</tbody></table></div>");
	}
	ui_section_close(v);
	return RC_OK;
}

/* Where the portions went: a row for each place and group. */
static int
draw_places(struct view *v, const struct headquarters *h, int day)
{
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };
	bool any = false;

	TRY(db_rows(cx, &r,
	    "SELECT t.name_kk, t.name_ru, t.name_en, s.receivers, CAST(sum(s.portions) AS BIGINT) "
	    "FROM meal_serving s JOIN meal_batch b ON b.id = s.batch JOIN relief_place p ON p.id = "
	    "b.place LEFT JOIN relief_place t ON t.id = s.place WHERE p.headquarters = $1 AND "
	    "s.day "
	    "= $2 AND s.withdrawn = 0 GROUP BY t.id, t.name_kk, t.name_ru, t.name_en, t.sort_kk, "
	    "s.receivers ORDER BY t.sort_kk, s.receivers LIMIT 200",
	    VALS(v_int(h->rec.id), v_int(day))));
	ui_section_open(v, "places", tr(cx, "Handed out, by place"), NULL);
	html(&v->h, "<ul class='basis'>");
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 0), row_text(&r, 1), row_text(&r, 2) };

		any = true;
		html(&v->h,
		    "<li><span></span><span>%s · %s</span><span></span><span class='r "
		    "num'>%s</span></li>",
		    row_null(&r, 0) ? tr(cx, "elsewhere") : tr3(cx, &name, NULL),
		    option_label(cx, meal_receivers, row_text(&r, 3)), num(cx, row_int(&r, 4)));
	}
	html(&v->h, "</ul>");
	if (!any)
		html(
		    &v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing was handed out on this day."));
	ui_section_close(v);
	return rows_end(&r);
}

/* ---- the page ---- */

static const char *
day_url(struct view *v, const struct headquarters *h, int day)
{
	char iso[16];

	day_iso(day, iso);
	return ui_url(v, "/relief/%lld/kitchens?day=%s", (long long)h->rec.id, iso);
}

static void
day_acts(struct view *v, const struct headquarters *h, int day)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='acts noprint'>");
	if (meal_may(v, h)) {
		ui_button(v, ui_url(v, "/relief/%lld/meals/cook", (long long)h->rec.id),
		    tr(cx, "A batch was cooked"), true);
		ui_button(v, ui_url(v, "/relief/%lld/meals/plan", (long long)h->rec.id),
		    tr(cx, "Plan a meal"), false);
	}
	ui_button(v, day_url(v, h, day_add(day, -1)), tr(cx, "The day before"), false);
	if (day < day_add(cx->today, 7))
		ui_button(v, day_url(v, h, day_add(day, 1)), tr(cx, "The day after"), false);
	html(&v->h, "</p>");
}

static int
kitchens_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *typed = req_q(v->rq, "day");
	struct headquarters h;
	struct meal_day d;
	int day = day_of_moment(cx->now);
	int64_t kitchens;

	TRY(relief_of_path(v, &h));
	if (typed != NULL && *typed != '\0' && !day_parse(typed, &day))
		day = day_of_moment(cx->now);
	TRY(meal_day(cx, h.rec.id, day, &d));
	TRY(db_int(cx, &kitchens,
	    "SELECT count(*) FROM relief_place WHERE headquarters = $1 AND purpose = 'kitchen'",
	    VALS(v_int(h.rec.id))));
	relief_open(v, &h, trf(cx, "Kitchens, %s", day_long(cx, day)), "/kitchens");
	if (kitchens == 0) {
		ui_empty(v, tr(cx, "This headquarters has no kitchen yet."),
		    tr(cx, "A kitchen is a place of the headquarters."),
		    may(cx, CAP_RELIEF_WRITE) ? ui_url(v, "/relief/%lld/about", (long long)h.rec.id)
					      : NULL,
		    tr(cx, "Add a place"));
		ui_close(v);
		return RC_OK;
	}
	draw_sums(v, &d);
	day_acts(v, &h, day);
	TRY(draw_plans(v, &h, day));
	TRY(draw_batches(v, &h, day));
	TRY(draw_places(v, &h, day));
	ui_close(v);
	return RC_OK;
}

/* ---- planning ---- */

static const char *const plan_fields[] = { "place", "day", "meal", "recipe", "portions", "note",
	NULL };

/* Kitchens of this headquarters; recipes that make hot meals and hold today. */
static void
narrow_plan(struct view *v, const struct ui_form *f, struct query *q)
{
	int64_t id = 0;

	(void)f;
	if (q->kind == &relief_place_kind) {
		query_and(q, "relief_place.purpose = 'kitchen'", NO_VALS);
		if (strstr(f->path, "/meals/plan") != NULL && f->create &&
		    req_param_id(v->rq, 0, &id) == RC_OK)
			query_and(q, "relief_place.headquarters = ?", VALS(v_int(id)));
	} else if (q->kind == &recipe_kind)
		query_and(q,
		    "recipe.item IN (SELECT i.id FROM stock_item i WHERE i.code = 'hot_meal') AND "
		    "(recipe.to_day IS NULL OR recipe.to_day >= ?)",
		    VALS(v_int(v->cx->today)));
}

static int
draw_plan_form(struct view *v, struct ui_form *f)
{
	const struct meal_plan *m = f->rec;
	struct headquarters h;
	struct relief_place p;

	if (f->create)
		TRY(relief_of_path(v, &h));
	else {
		TRY(kind_load(v->cx, &relief_place_kind, m->place, &p));
		TRY(kind_get(v->cx, &headquarters_kind, p.headquarters, &h));
	}
	relief_open(v, &h, tr(v->cx, "Plan a meal"), "/kitchens");
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
plan_new_form(struct view *v, struct meal_plan *m, struct ui_form *f)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	kind_empty(&meal_plan_kind, m);
	m->day = day_of_moment(v->cx->now);
	*f = (struct ui_form){ .kind = &meal_plan_kind,
		.rec = m,
		.create = true,
		.path = relief_path(v, h.rec.id, "/meals/plan"),
		.fields = plan_fields,
		.narrow = narrow_plan,
		.cancel = relief_path(v, h.rec.id, "/kitchens") };
	return RC_OK;
}

static int
plan_new_page(struct view *v)
{
	struct meal_plan m;
	struct ui_form f;

	TRY(plan_new_form(v, &m, &f));
	return draw_plan_form(v, &f);
}

static int
plan_new_post(struct view *v)
{
	struct meal_plan m;
	struct ui_form f;

	TRY(plan_new_form(v, &m, &f));
	return ui_form_save(v, &f, draw_plan_form);
}

static int
plan_edit_form(struct view *v, struct meal_plan *m, struct ui_form *f)
{
	static const char *const fields[] = { "portions", "note", NULL };
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &meal_plan_kind, id, m));
	*f = (struct ui_form){ .kind = &meal_plan_kind,
		.rec = m,
		.path = arena_printf(v->cx->arena, "/relief/meals/plans/%lld", (long long)id),
		.fields = fields,
		.cancel = "/relief" };
	return RC_OK;
}

static int
plan_page(struct view *v)
{
	struct headquarters h;
	struct relief_place p;
	struct meal_plan m;
	struct ui_form f;

	TRY(plan_edit_form(v, &m, &f));
	TRY(kind_load(v->cx, &relief_place_kind, m.place, &p));
	TRY(kind_get(v->cx, &headquarters_kind, p.headquarters, &h));
	f.cancel = relief_path(v, h.rec.id, "/kitchens");
	relief_open(v, &h, tr(v->cx, "Planned meal"), "/kitchens");
	TRY(ui_facts(v, &meal_plan_kind, &m));
	if (meal_may(v, &h))
		TRY(ui_form(v, &f));
	ui_close(v);
	return RC_OK;
}

static int
plan_post(struct view *v)
{
	struct meal_plan m;
	struct ui_form f;

	TRY(plan_edit_form(v, &m, &f));
	return ui_form_save(v, &f, draw_plan_form);
}

const struct route meal_routes[] = {
	{ M_GET, "/relief/{id}/kitchens", kitchens_page, CAP_RELIEF_READ, 0, N_("Kitchens"),
	    N_("A day: planned, cooked, handed out, thrown away, by kitchen and place.") },
	{ M_GET, "/relief/{id}/meals/plan", plan_new_page, CAP_RELIEF_WRITE, 0, N_("Plan a meal"),
	    NULL },
	{ M_POST, "/relief/{id}/meals/plan", plan_new_post, CAP_RELIEF_WRITE, 0, N_("Plan a meal"),
	    NULL },
	{ M_GET, "/relief/meals/plans/{id}", plan_page, CAP_RELIEF_READ, 0, N_("Planned meal"),
	    NULL },
	{ M_POST, "/relief/meals/plans/{id}", plan_post, CAP_RELIEF_WRITE, 0, N_("Planned meal"),
	    NULL },
};
const size_t meal_nroutes = ARRAY_LEN(meal_routes);

/* contest_part_pages.c – nominations, age groups and criteria: one form for the three, and removing. */
#include "mod/contest/contest_pages.h"

static const struct sort {
	const char *path; /* "nominations" */
	const struct kind *kind;
	const char *fresh, *change; /* msgids */
	const char *fields[5];
} sorts[] = {
	{ "nominations", &nomination_kind, N_("New nomination"), N_("Change the nomination"),
	    { "name", "rank", NULL } },
	{ "age-groups", &age_group_kind, N_("New age group"), N_("Change the age group"),
	    { "name", "from_age", "to_age", NULL } },
	{ "criteria", &criterion_kind, N_("New criterion"), N_("Change the criterion"),
	    { "name", "weight", "rank", NULL } },
};
union any {
	struct nomination nomination; /* rec and contest stand first in all three */
	struct age_group age_group;
	struct criterion criterion;
};

/* "/contests/5/criteria/new" and "/criteria/7/edit" name the part by their words. */
static const struct sort *
sort_of_path(struct view *v)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(sorts); i++)
		if (strstr(v->path, arena_printf(v->cx->arena, "/%s/", sorts[i].path)) != NULL)
			return &sorts[i];
	return NULL;
}

static int
draw(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct sort *p = sort_of_path(v);
	const union any *rec = f->rec;
	struct err kept = cx->err;
	struct contest c;

	err_clear(cx);
	TRY(kind_get(cx, &contest_kind, rec->nomination.contest, &c));
	cx->err = kept;
	contest_open(v, &c, tr(cx, f->create ? p->fresh : p->change));
	TRY(ui_form(v, f));
	if (!f->create) {
		html(&v->h, "<div class='acts'>");
		ui_post_button(v,
		    arena_printf(
			cx->arena, "/%s/%lld/remove", p->path, (long long)rec->nomination.rec.id),
		    0, tr(cx, "Remove"), true);
		html(&v->h, "</div>");
	}
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, union any *rec, struct ui_form *f)
{
	const struct sort *p = sort_of_path(v);
	struct contest c;

	if (p == NULL)
		return RC_NOTFOUND;
	TRY(contest_run_of_path(v, &c));
	kind_empty(p->kind, rec);
	rec->nomination.contest = c.rec.id;
	if (p->kind == &criterion_kind)
		rec->criterion.weight = 1;
	*f = (struct ui_form){ .kind = p->kind,
		.rec = rec,
		.create = true,
		.path = v->path,
		.fields = p->fields,
		.cancel = contest_path(v, c.rec.id, ""),
		.again = true };
	return RC_OK;
}

static int
edit_form(struct view *v, union any *rec, struct ui_form *f)
{
	const struct sort *p = sort_of_path(v);
	int64_t id;

	if (p == NULL)
		return RC_NOTFOUND;
	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, p->kind, id, rec));
	TRY(contest_run_by(v->cx, rec->nomination.contest));
	*f = (struct ui_form){ .kind = p->kind,
		.rec = rec,
		.path = arena_printf(v->cx->arena, "/%s/%lld/edit", p->path, (long long)id),
		.fields = p->fields,
		.cancel = contest_path(v, rec->nomination.contest, "") };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	union any rec;
	struct ui_form f;

	TRY(new_form(v, &rec, &f));
	return draw(v, &f);
}

static int
new_post(struct view *v)
{
	union any rec;
	struct ui_form f;

	TRY(new_form(v, &rec, &f));
	return ui_form_save(v, &f, draw);
}

static int
edit_page(struct view *v)
{
	union any rec;
	struct ui_form f;

	TRY(edit_form(v, &rec, &f));
	return draw(v, &f);
}

static int
edit_post(struct view *v)
{
	union any rec;
	struct ui_form f;

	TRY(edit_form(v, &rec, &f));
	return ui_form_save(v, &f, draw);
}

static int
remove_post(struct view *v)
{
	union any rec;
	struct ui_form f;
	int rc;

	TRY(edit_form(v, &rec, &f));
	rc = contest_child_remove(v->cx, f.kind, rec.nomination.rec.id);
	if (contest_refused(v, rc))
		return draw(v, &f);
	TRY(rc);
	return ui_done(v, contest_path(v, rec.nomination.contest, ""), tr(v->cx, "It is removed."));
}

#define PART(PATH, FRESH, CHANGE, REMOVE)                                                         \
	{ M_GET, "/contests/{id}/" PATH "/new", new_page, CAP_EVENT_WRITE, 0, FRESH, NULL },      \
	    { M_POST, "/contests/{id}/" PATH "/new", new_post, CAP_EVENT_WRITE, 0, FRESH, NULL }, \
	    { M_GET, "/" PATH "/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, CHANGE, NULL },        \
	    { M_POST, "/" PATH "/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, CHANGE, NULL },       \
	{                                                                                         \
		M_POST, "/" PATH "/{id}/remove", remove_post, CAP_EVENT_WRITE, 0, REMOVE, NULL    \
	}
const struct route contest_part_routes[] = {
	PART("nominations", N_("New nomination"), N_("Change the nomination"),
	    N_("Remove a nomination")),
	PART("age-groups", N_("New age group"), N_("Change the age group"),
	    N_("Remove an age group")),
	PART("criteria", N_("New criterion"), N_("Change the criterion"), N_("Remove a criterion")),
};
const size_t contest_part_nroutes = ARRAY_LEN(contest_part_routes);

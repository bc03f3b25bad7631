/* registry_reference_pages.c – the lists that everything else refers to: kinds, peoples, districts,
 * days, population. One list page, one form, drawn from whatever kind stands behind.
 *
 * Lists of other modules are handed over by app at boot: those modules know this one, so this one
 * cannot know them. Everybody may read the lists; changing them has the kinds' own capabilities. */
#include "mod/registry/registry_pages.h"

static struct {
	const struct kind *const *kinds;
	size_t n;
} reference_more;

void
registry_reference_add(const struct kind *const *kinds, size_t n)
{
	reference_more.kinds = kinds;
	reference_more.n = n;
}

static const struct kind *const own[] = { &body_kind_kind, &ethnic_group_kind, &district_kind,
	&population_kind };

static const struct kind *
nth(size_t i)
{
	if (i < ARRAY_LEN(own))
		return own[i];
	return i - ARRAY_LEN(own) < reference_more.n ? reference_more.kinds[i - ARRAY_LEN(own)]
						     : NULL;
}

/* The list that the address names, by the name that the API has for it. */
static int
list_of(struct view *v, const struct kind **out)
{
	const struct kind *k;
	size_t i;

	for (i = 0; (k = nth(i)) != NULL; i++)
		if (k->plural_name != NULL && strcmp(k->plural_name, v->rq->param[0]) == 0) {
			*out = k;
			return RC_OK;
		}
	return RC_NOTFOUND;
}

static const char *
list_path(struct view *v, const struct kind *k)
{
	return arena_printf(v->cx->arena, "/reference/%s", k->plural_name);
}

static int
hub_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct kind *k;
	struct query q;
	int64_t n;
	size_t i;

	ui_open(v, &(struct page){
		       .title = tr(cx, "Reference lists"), .nav = "/reference", .staff = true });
	html(&v->h, "<p class='prose'>%s</p><ul class='pairs'>",
	    tr(cx, "What forms offer and figures are split by."));
	for (i = 0; (k = nth(i)) != NULL; i++) {
		if (!may(cx, k->read))
			continue;
		TRY(query_init(cx, &q, k));
		TRY(query_count(&q, &n));
		html(&v->h, "<li><a href='%s'>%s</a><span class='small mute nw'>%s</span></li>",
		    ui_url(v, "/reference/%s", k->plural_name), tr(cx, k->plural), num(cx, n));
	}
	html(&v->h, "</ul>");
	ui_close(v);
	return RC_OK;
}

static void
draw_edit_link(struct view *v, const void *rec)
{
	html(&v->h, "<a href='%s'>%s</a>",
	    arena_printf(v->cx->arena, "/%s%s/%lld", lang_prefix(v->cx), v->path,
		(long long)((const struct rec *)rec)->id),
	    tr(v->cx, "Edit"));
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct kind *k;
	struct crumb crumbs[] = { { "/reference", tr(cx, "Reference lists") }, { NULL, NULL },
		{ NULL, NULL } };
	struct ui_list list;

	TRY(list_of(v, &k));
	crumbs[1].text = tr(cx, k->plural);
	list = (struct ui_list){ .kind = k,
		.path = list_path(v, k),
		.sort = kind_field(k, "rank") != NULL ? "rank"
			: k->title[0] != NULL	      ? "title"
						      : NULL };
	if (may(cx, k->edit) && may(cx, CAP_REFERENCE_WRITE)) {
		list.extra_label = tr(cx, "Change");
		list.extra = draw_edit_link;
	}
	if (ui_wants_export(v))
		return ui_list_page(v, &list);
	ui_open(v, &(struct page){ .title = tr(cx, k->plural),
		       .nav = "/reference",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='titl'><h1>%s</h1><div class='acts'>", tr(cx, k->plural));
	if (may(cx, k->create) && may(cx, CAP_REFERENCE_WRITE))
		ui_button(
		    v, ui_url(v, "/reference/%s/new", k->plural_name), tr(cx, "New entry"), true);
	html(&v->h, "</div></div>");
	TRY(ui_list_page(v, &list));
	ui_close(v);
	return RC_OK;
}

/* ---- one entry ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct kind *k = f->kind;
	const char *title =
	    f->create ? trf(cx, "%s: new entry", tr(cx, k->label)) : kind_title(cx, k, f->rec);
	const struct crumb crumbs[] = { { "/reference", tr(cx, "Reference lists") },
		{ list_path(v, k), tr(cx, k->plural) }, { NULL, title }, { NULL, NULL } };

	ui_open(v,
	    &(struct page){ .title = title, .nav = "/reference", .staff = true, .crumbs = crumbs });
	TRY(ui_form(v, f));
	if (!f->create)
		TRY(ui_history(v, k, ((const struct rec *)f->rec)->id));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct ui_form *f)
{
	const struct kind *k;

	TRY(list_of(v, &k));
	*f = (struct ui_form){ .kind = k,
		.rec = arena_alloc(v->cx->arena, k->size),
		.create = true,
		.path = v->path,
		.cancel = list_path(v, k),
		.again = true };
	kind_empty(k, f->rec);
	return may(v->cx, k->create)
		   ? RC_OK
		   : fail(v->cx, RC_DENIED, N_("Your role does not allow this change."));
}

static int
new_page(struct view *v)
{
	struct ui_form f;

	TRY(new_form(v, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct ui_form f;

	TRY(new_form(v, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
entry_form(struct view *v, struct ui_form *f)
{
	const struct kind *k;
	int64_t id;

	TRY(list_of(v, &k));
	TRY(req_param_id(v->rq, 1, &id));
	*f = (struct ui_form){ .kind = k,
		.rec = arena_alloc(v->cx->arena, k->size),
		.path = v->path,
		.cancel = list_path(v, k) };
	return kind_get(v->cx, k, id, f->rec);
}

static int
entry_page(struct view *v)
{
	struct ui_form f;

	TRY(entry_form(v, &f));
	return draw_form(v, &f);
}

static int
entry_post(struct view *v)
{
	struct ui_form f;

	TRY(entry_form(v, &f));
	return ui_form_save(v, &f, draw_form);
}

/* A row of the population table is named so by figures and searches. */
static int
population_page(struct view *v)
{
	struct population p;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &population_kind, id, &p));
	if (may(v->cx, population_kind.edit))
		return ui_done(v,
		    arena_printf(v->cx->arena, "/reference/populations/%lld", (long long)id), NULL);
	return ui_done(v,
	    arena_printf(v->cx->arena, "/reference/populations?ethnic_group=%lld",
		(long long)p.ethnic_group),
	    NULL);
}

const struct route registry_reference_routes[] = {
	{ M_GET, "/reference", hub_page, CAP_PUBLIC, ROUTE_CACHE, N_("Reference lists"),
	    N_("Kinds, peoples, districts, days of observance, population.") },
	{ M_GET, "/reference/{list}", list_page, CAP_PUBLIC, ROUTE_CACHE, N_("A reference list"),
	    NULL },
	{ M_GET, "/reference/{list}/new", new_page, CAP_REFERENCE_WRITE, 0, N_("New entry"), NULL },
	{ M_POST, "/reference/{list}/new", new_post, CAP_REFERENCE_WRITE, 0, N_("New entry"),
	    NULL },
	{ M_GET, "/reference/{list}/{id}", entry_page, CAP_REFERENCE_WRITE, 0,
	    N_("An entry of a reference list"), NULL },
	{ M_POST, "/reference/{list}/{id}", entry_post, CAP_REFERENCE_WRITE, 0,
	    N_("An entry of a reference list"), NULL },
	{ M_GET, "/populations/{id}", population_page, CAP_PUBLIC, 0,
	    N_("A number of the population table"), NULL },
};
const size_t registry_reference_nroutes = ARRAY_LEN(registry_reference_routes);

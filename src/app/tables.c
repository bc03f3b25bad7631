/* tables.c – the only list of all kinds, routes, figures, menus, cells and checks: the map of the
 * house. What is not named here does not exist. */
#include "app/app.h"

#include "core/account.h"
#include "core/data.h"
#include "core/files.h"
#include "core/seal.h"
#include "mod/event/event.h"
#include "mod/event/event_pages.h"
#include "mod/office/office_pages.h"
#include "mod/registry/registry.h"
#include "mod/registry/registry_pages.h"
#include "mod/rights/rights_pages.h"
#include "search/search.h"
#include "web/assets.h"

const struct kind *const app_kinds[] = {
	&account_kind,
	&account_role_kind,
	&body_kind_kind,
	&ethnic_group_kind,
	&district_kind,
	&body_kind,
	&body_name_kind,
	&body_group_kind,
	&accreditation_kind,
	&population_kind,
	&person_kind,
	&ethnicity_kind,
	&office_kind,
	&office_holder_kind,
	&membership_kind,
	&event_kind_kind,
	&observance_kind,
	&programme_kind,
	&event_kind,
	&part_kind,
	&organiser_kind,
	&attendance_kind,
	&file_kind,
	&consent_kind,
};
const size_t app_nkinds = ARRAY_LEN(app_kinds);

static const struct figure *const registry_figures[] = {
	&eca_count_figure,
	&eca_members_figure,
	&eca_persons_figure,
	&bodies_by_kind_figure,
	&ethnos_present_figure,
	&club_learners_figure,
	&language_learners_figure,
	&youth_members_figure,
	&consents_valid_figure,
};

static int
healthz(struct view *v)
{
	const char *err;

	v->rq->res.type = "text/plain; charset=utf-8";
	TRY(store_ping(db_store(v->cx), &err));
	v->rq->res.status = 200;
	v->rq->res.body = slice_str("ok\n");
	return RC_OK;
}

static int
front_door(struct view *v)
{
	res_redirect(v->rq, arena_printf(v->cx->arena, "/%s/", lang_prefix(v->cx)));
	return RC_OK;
}

static const struct route own_routes[] = {
	{ M_GET, "/", front_door, CAP_PUBLIC, ROUTE_BARE, N_("Home page"),
	    N_("Leads to the home page in the reader's language.") },
	{ M_GET, "/healthz", healthz, CAP_PUBLIC, ROUTE_BARE, N_("Health"),
	    N_("“ok” when the database answers.") },
};

static const size_t own_nroutes = ARRAY_LEN(own_routes);

const struct route_table app_routes[] = {
	{ own_routes, &own_nroutes },
	{ lang_api_routes, &lang_api_nroutes },
	{ api_routes, &api_nroutes },
	{ registry_tree_routes, &registry_tree_nroutes },
	{ registry_body_routes, &registry_body_nroutes },
	{ registry_body_edit_routes, &registry_body_edit_nroutes },
	{ registry_office_routes, &registry_office_nroutes },
	{ registry_people_routes, &registry_people_nroutes },
	{ registry_duplicates_routes, &registry_duplicates_nroutes },
	{ registry_person_edit_routes, &registry_person_edit_nroutes },
	{ registry_membership_routes, &registry_membership_nroutes },
	{ registry_reference_routes, &registry_reference_nroutes },
	{ rights_routes, &rights_nroutes },
	{ rights_consent_routes, &rights_consent_nroutes },
	{ event_routes, &event_nroutes },
	{ event_calendar_routes, &event_calendar_nroutes },
	{ event_edit_routes, &event_edit_nroutes },
	{ event_attend_routes, &event_attend_nroutes },
	{ event_file_routes, &event_file_nroutes },
	{ event_merge_routes, &event_merge_nroutes },
	{ event_programme_routes, &event_programme_nroutes },
	{ office_routes, &office_nroutes },
	{ office_user_routes, &office_user_nroutes },
	{ office_today_routes, &office_today_nroutes },
	{ office_search_routes, &office_search_nroutes },
	{ office_reset_routes, &office_reset_nroutes },
	{ office_backup_routes, &office_backup_nroutes },
	{ office_text_routes, &office_text_nroutes },
};
const size_t app_nroutes = ARRAY_LEN(app_routes);

const struct kind *
kind_of_collection(const char *plural_name)
{
	size_t i;

	for (i = 0; i < app_nkinds; i++)
		if (app_kinds[i]->plural_name != NULL &&
		    strcmp(app_kinds[i]->plural_name, plural_name) == 0)
			return app_kinds[i];
	return NULL;
}

static const struct menu_entry public_menu[] = {
	{ "/figures", N_("Figures"), CAP_PUBLIC, false },
	{ "/events", N_("Events"), CAP_PUBLIC, false },
	{ "/bodies", N_("Bodies"), CAP_PUBLIC, false },
	{ "/statement", N_("Statement"), CAP_PUBLIC, false },
};
static const struct menu_entry staff_menu[] = {
	{ "/today", N_("Today"), CAP_STAFF, false },
	{ "/people", N_("People"), CAP_PEOPLE_READ, false },
	{ "/memberships", N_("Memberships"), CAP_PEOPLE_READ, false },
	{ "/bodies", N_("Bodies"), CAP_PUBLIC, false },
	{ "/events", N_("Events"), CAP_PUBLIC, false },
	{ "/figures", N_("Figures"), CAP_PUBLIC, false },
	{ "/statement", N_("Statement"), CAP_PUBLIC, false },
	{ "/text", N_("Text check"), CAP_STAFF, false },
	{ "/reference", N_("Reference lists"), CAP_REFERENCE_WRITE, true },
	{ "/users", N_("Users and roles"), CAP_USERS, true },
	{ "/rights", N_("People's rights"), CAP_RIGHTS, true },
	{ "/audit", N_("Audit"), CAP_AUDIT_READ, false },
	{ "/rights/reads", N_("Sensitive reads"), CAP_AUDIT_READ, false },
	{ "/settings", N_("Settings"), CAP_SETTINGS, false },
	{ "/backups", N_("Backups"), CAP_SETTINGS, false },
};

static const char *
embedded(const char *name)
{
	const struct blob *b = blob_find(data_blobs, ndata_blobs, name);

	return b == NULL ? NULL : (const char *)b->data;
}

static int
files_verify(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	return files_check(cx, files_home(), out, records, differences);
}

static int
index_verify(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	return search_check(cx, app_kinds, app_nkinds, out, records, differences);
}

void
tables_init(void)
{
	static struct verify_check checks[] = {
		{ "files", files_verify },
		{ "audit", seal_check },
		{ "search", index_verify },
		{ NULL, NULL },
		{ NULL, NULL },
		{ NULL, NULL },
		{ NULL, NULL },
	};

	static const struct kind *const lists[] = { &event_kind_kind, &observance_kind };
	const struct kind *stray;
	const struct field *field;
	static const struct figure *figures[64];
	static struct cell_source cells[2];
	size_t i, n = 0;

	/* In the order in which a report names them: the year's events, then the bodies. */
	for (i = 0; i < event_nfigures; i++)
		figures[n++] = event_figures[i];
	for (i = 0; i < ARRAY_LEN(registry_figures); i++)
		figures[n++] = registry_figures[i];
	cells[0] = event_cells;
	cells[1] = registry_cells;
	checks[3] = figure_sealed_check;
	checks[4] = erasure_check;
	checks[5] = retention_check;
	checks[6] = event_tally_check;
	house_data_set(embedded);
	ui_menus(public_menu, ARRAY_LEN(public_menu), staff_menu, ARRAY_LEN(staff_menu));
	figure_init(figures, n);
	figure_sources(cells, ARRAY_LEN(cells));
	figure_checks(checks, ARRAY_LEN(checks));
	registry_reference_add(lists, ARRAY_LEN(lists));
	person_links_add(event_links, event_nlinks);
	person_links_add(rights_links, rights_nlinks);
	if ((stray = person_link_missing(app_kinds, app_nkinds, &field)) != NULL)
		die("%s.%s refers to people and has no rule for joining two or erasing one", stray->name,
		    field->name);
	office_help_tables(app_routes, app_nroutes);
}

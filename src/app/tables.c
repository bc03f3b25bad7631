/* tables.c – the only list of all kinds, routes, figures, menus, cells and checks: the map of the
 * house. What is not named here does not exist. */
#include "figure/sealed.h"
#include "app/app.h"

#include "app/health.h"
#include "app/tls.h"
#include "app/work_runner.h"
#include "core/account.h"
#include "core/data.h"
#include "core/files.h"
#include "core/work.h"
#include "core/seal.h"
#include "kind/cut.h"
#include "kind/proof.h"
#include "mod/camp/camp.h"
#include "mod/camp/camp_pages.h"
#include "mod/challenge/challenge.h"
#include "mod/challenge/challenge_pages.h"
#include "mod/comment/comment.h"
#include "mod/comment/comment_pages.h"
#include "mod/charity/charity.h"
#include "mod/charity/charity_pages.h"
#include "mod/centre/centre.h"
#include "mod/centre/centre_pages.h"
#include "mod/contest/contest.h"
#include "mod/contest/contest_pages.h"
#include "mod/games/games.h"
#include "mod/games/games_pages.h"
#include "mod/event/event.h"
#include "mod/event/event_pages.h"
#include "figure/figure.h"
#include "mod/field/field.h"
#include "mod/field/field_pages.h"
#include "mod/meal/meal.h"
#include "mod/meal/meal_pages.h"
#include "mod/media/media.h"
#include "mod/media/media_pages.h"
#include "mod/news/news.h"
#include "mod/news/news_beside.h"
#include "mod/news/news_pages.h"
#include "mod/news/news_source.h"
#include "mod/news/news_picture.h"
#include "mod/office/office.h"
#include "mod/hall/hall.h"
#include "mod/hall/hall_pages.h"
#include "mod/delivery/delivery.h"
#include "mod/delivery/delivery_pages.h"
#include "mod/door/door_pages.h"
#include "mod/draft/draft_pages.h"
#include "mod/import/import.h"
#include "mod/import/import_pages.h"
#include "mod/office/office_pages.h"
#include "mod/phone/phone_pages.h"
#include "mod/plan/plan.h"
#include "mod/plan/plan_pages.h"
#include "mod/registry/registry.h"
#include "mod/registry/registry_pages.h"
#include "mod/relief/relief.h"
#include "mod/relief/relief_pages.h"
#include "mod/report/paper.h"
#include "mod/report/report_pages.h"
#include "mod/rights/rights.h"
#include "mod/rights/rights_pages.h"
#include "mod/series/series.h"
#include "mod/series/series_pages.h"
#include "mod/signup/signup_pages.h"
#include "mod/volunteer/volunteer.h"
#include "mod/volunteer/volunteer_pages.h"
#include "mod/sheet/sheet_pages.h"
#include "mod/sitrep/sitrep.h"
#include "mod/sitrep/sitrep_pages.h"
#include "mod/sitrep/sitrep_year.h"
#include "mod/stock/stock_pages.h"
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
	&cost_kind,
	&edition_kind,
	&target_kind,
	&consent_kind,
	&hall_kind,
	&booking_kind,
	&plan_kind,
	&plan_item_kind,
	&measure_kind,
	&measure_value_kind,
	&signup_form_kind,
	&signup_question_kind,
	&signup_kind,
	&ticket_kind,
	&sheet_kind,
	&sheet_row_kind,
	&sheet_picture_kind,
	&count_slip_kind,
	&camp_kind,
	&camp_group_kind,
	&camp_member_kind,
	&camp_slot_kind,
	&camp_mark_kind,
	&contest_kind,
	&nomination_kind,
	&age_group_kind,
	&criterion_kind,
	&contest_entry_kind,
	&contest_member_kind,
	&juror_kind,
	&juror_conflict_kind,
	&contest_score_kind,
	&certificate_kind,
	&challenge_kind,
	&challenge_entry_kind,
	&tournament_kind,
	&game_team_kind,
	&game_match_kind,
	&event_series_kind,
	&series_member_kind,
	&item_kind,
	&stock_account_kind,
	&lot_kind,
	&headquarters_kind,
	&relief_area_kind,
	&relief_duty_kind,
	&relief_log_kind,
	&relief_place_kind,
	&relief_offer_kind,
	&need_kind,
	&need_line_kind,
	&centre_kind,
	&household_kind,
	&stay_kind,
	&centre_norm_kind,
	&meal_plan_kind,
	&meal_batch_kind,
	&meal_serving_kind,
	&meal_waste_kind,
	&sitrep_kind,
	&field_conflict_kind,
	&recipe_kind,
	&recipe_input_kind,
	&transfer_kind,
	&stock_count_kind,
	&stock_count_line_kind,
	&stock_shortage_kind,
	&vehicle_kind,
	&waybill_kind,
	&waybill_stop_kind,
	&waybill_line_kind,
	&delivery_act_kind,
	&drive_kind,
	&drive_need_kind,
	&donor_kind,
	&pledge_kind,
	&charity_receipt_kind,
	&recipient_kind,
	&charity_aid_kind,
	&volunteer_kind,
	&shift_kind,
	&shift_need_kind,
	&shift_signup_kind,
	&shift_correction_kind,
	&rubric_kind,
	&article_kind,
	&article_link_kind,
	&comment_kind,
	&outlet_kind,
	&publication_kind,
	&social_column_kind,
	&social_post_kind,
	&press_accreditation_kind,
	&article_source_kind,
	&article_picture_kind,
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
	&plan_items_figure,
	&plan_done_figure,
	&campaign_measures_figure,
};

static int
front_door(struct view *v)
{
	res_redirect(v->rq, arena_printf(v->cx->arena, "/%s/", lang_prefix(v->cx)));
	return RC_OK;
}

static const struct route own_routes[] = {
	{ M_GET, "/", front_door, CAP_PUBLIC, ROUTE_BARE, N_("Home page"),
	    N_("Leads to the home page in the reader's language.") },
};

static const size_t own_nroutes = ARRAY_LEN(own_routes);

const struct route_table app_routes[] = {
	{ own_routes, &own_nroutes },
	{ health_routes, &health_nroutes },
	{ tls_routes, &tls_nroutes },
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
	{ event_feed_routes, &event_feed_nroutes },
	{ event_map_routes, &event_map_nroutes },
	{ event_report_routes, &event_report_nroutes },
	{ event_cost_routes, &event_cost_nroutes },
	{ event_letter_routes, &event_letter_nroutes },
	{ event_edit_routes, &event_edit_nroutes },
	{ event_attend_routes, &event_attend_nroutes },
	{ event_file_routes, &event_file_nroutes },
	{ sheet_routes, &sheet_nroutes },
	{ sheet_type_routes, &sheet_type_nroutes },
	{ sheet_many_routes, &sheet_many_nroutes },
	{ sheet_picture_routes, &sheet_picture_nroutes },
	{ sheet_slip_routes, &sheet_slip_nroutes },
	{ event_merge_routes, &event_merge_nroutes },
	{ event_programme_routes, &event_programme_nroutes },
	{ hall_routes, &hall_nroutes },
	{ hall_week_routes, &hall_week_nroutes },
	{ hall_book_routes, &hall_book_nroutes },
	{ plan_list_routes, &plan_list_nroutes },
	{ plan_fact_routes, &plan_fact_nroutes },
	{ plan_routes, &plan_nroutes },
	{ plan_copy_routes, &plan_copy_nroutes },
	{ plan_item_routes, &plan_item_nroutes },
	{ measure_routes, &measure_nroutes },
	{ ticket_routes, &ticket_nroutes },
	{ signup_routes, &signup_nroutes },
	{ signup_own_routes, &signup_own_nroutes },
	{ signup_staff_routes, &signup_staff_nroutes },
	{ signup_form_routes, &signup_form_nroutes },
	{ door_routes, &door_nroutes },
	{ door_desk_routes, &door_desk_nroutes },
	{ door_staff_routes, &door_staff_nroutes },
	{ phone_routes, &phone_nroutes },
	{ camp_routes, &camp_nroutes },
	{ camp_part_routes, &camp_part_nroutes },
	{ camp_member_routes, &camp_member_nroutes },
	{ camp_time_routes, &camp_time_nroutes },
	{ camp_consent_routes, &camp_consent_nroutes },
	{ camp_call_routes, &camp_call_nroutes },
	{ camp_list_routes, &camp_list_nroutes },
	{ contest_routes, &contest_nroutes },
	{ contest_part_routes, &contest_part_nroutes },
	{ contest_entry_routes, &contest_entry_nroutes },
	{ contest_jury_routes, &contest_jury_nroutes },
	{ contest_paper_routes, &contest_paper_nroutes },
	{ contest_juror_routes, &contest_juror_nroutes },
	{ contest_result_routes, &contest_result_nroutes },
	{ contest_protocol_routes, &contest_protocol_nroutes },
	{ certificate_routes, &certificate_nroutes },
	{ challenge_routes, &challenge_nroutes },
	{ challenge_enter_routes, &challenge_enter_nroutes },
	{ challenge_staff_routes, &challenge_staff_nroutes },
	{ challenge_edit_routes, &challenge_edit_nroutes },
	{ games_routes, &games_nroutes },
	{ games_part_routes, &games_part_nroutes },
	{ games_table_routes, &games_table_nroutes },
	{ series_routes, &series_nroutes },
	{ series_make_routes, &series_make_nroutes },
	{ series_change_routes, &series_change_nroutes },
	{ series_guest_routes, &series_guest_nroutes },
	{ import_routes, &import_nroutes },
	{ office_routes, &office_nroutes },
	{ office_user_routes, &office_user_nroutes },
	{ office_user_one_routes, &office_user_one_nroutes },
	{ office_second_routes, &office_second_nroutes },
	{ office_token_routes, &office_token_nroutes },
	{ office_today_routes, &office_today_nroutes },
	{ office_search_routes, &office_search_nroutes },
	{ office_reset_routes, &office_reset_nroutes },
	{ office_backup_routes, &office_backup_nroutes },
	{ office_integrity_routes, &office_integrity_nroutes },
	{ office_text_routes, &office_text_nroutes },
	{ draft_routes, &draft_nroutes },
	{ office_edition_routes, &office_edition_nroutes },
	{ report_routes, &report_nroutes },
	{ office_settings_routes, &office_settings_nroutes },
	{ office_work_routes, &office_work_nroutes },
	{ stock_api_routes, &stock_api_nroutes },
	{ stock_routes, &stock_nroutes },
	{ stock_move_routes, &stock_move_nroutes },
	{ stock_recipe_routes, &stock_recipe_nroutes },
	{ stock_way_routes, &stock_way_nroutes },
	{ stock_count_routes, &stock_count_nroutes },
	{ stock_lot_routes, &stock_lot_nroutes },
	{ charity_routes, &charity_nroutes },
	{ charity_drive_routes, &charity_drive_nroutes },
	{ charity_donor_routes, &charity_donor_nroutes },
	{ charity_pledge_routes, &charity_pledge_nroutes },
	{ charity_receipt_routes, &charity_receipt_nroutes },
	{ charity_family_routes, &charity_family_nroutes },
	{ charity_act_routes, &charity_act_nroutes },
	{ relief_routes, &relief_nroutes },
	{ waybill_routes, &waybill_nroutes },
	{ waybill_stop_routes, &waybill_stop_nroutes },
	{ act_routes, &act_nroutes },
	{ waybill_print_routes, &waybill_print_nroutes },
	{ chain_routes, &chain_nroutes },
	{ vehicle_routes, &vehicle_nroutes },
	{ driver_routes, &driver_nroutes },
	{ driver_phone_routes, &driver_phone_nroutes },
	{ delivery_api_routes, &delivery_api_nroutes },
	{ relief_roster_routes, &relief_roster_nroutes },
	{ relief_board_routes, &relief_board_nroutes },
	{ need_routes, &need_nroutes },
	{ relief_desk_routes, &relief_desk_nroutes },
	{ relief_public_routes, &relief_public_nroutes },
	{ centre_routes, &centre_nroutes },
	{ centre_arrival_routes, &centre_arrival_nroutes },
	{ centre_print_routes, &centre_print_nroutes },
	{ sitrep_routes, &sitrep_nroutes },
	{ wall_routes, &wall_nroutes },
	{ sitrep_close_routes, &sitrep_close_nroutes },
	{ meal_routes, &meal_nroutes },
	{ meal_batch_routes, &meal_batch_nroutes },
	{ shift_routes, &shift_nroutes },
	{ shift_desk_routes, &shift_desk_nroutes },
	{ volunteer_routes, &volunteer_nroutes },
	{ volunteer_public_routes, &volunteer_public_nroutes },
	{ volunteer_thanks_routes, &volunteer_thanks_nroutes },
	{ field_routes, &field_nroutes },
	{ news_routes, &news_nroutes },
	{ news_list_routes, &news_list_nroutes },
	{ news_version_routes, &news_version_nroutes },
	{ news_staff_routes, &news_staff_nroutes },
	{ news_feed_routes, &news_feed_nroutes },
	{ comment_write_routes, &comment_write_nroutes },
	{ comment_queue_routes, &comment_queue_nroutes },
	{ comment_office_routes, &comment_office_nroutes },
	{ media_routes, &media_nroutes },
	{ media_form_routes, &media_form_nroutes },
	{ media_cover_routes, &media_cover_nroutes },
	{ media_found_routes, &media_found_nroutes },
	{ media_press_routes, &media_press_nroutes },
	{ news_import_routes, &news_import_nroutes },
	{ news_beside_routes, &news_beside_nroutes },
	{ news_picture_routes, &news_picture_nroutes },
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
	{ "/news", N_("News"), CAP_PUBLIC, false },
	{ "/events", N_("Events"), CAP_PUBLIC, false },
	{ "/bodies", N_("Bodies"), CAP_PUBLIC, false },
	{ "/statement", N_("Statement"), CAP_PUBLIC, false },
	{ "/editions", N_("Editions"), CAP_PUBLIC, false },
	{ "/charity", N_("Charity"), CAP_PUBLIC, false },
};
static const struct menu_entry staff_menu[] = {
	{ "/today", N_("Today"), CAP_STAFF, false },
	{ "/people", N_("People"), CAP_PEOPLE_READ, false },
	{ "/memberships", N_("Memberships"), CAP_PEOPLE_READ, false },
	{ "/bodies", N_("Bodies"), CAP_PUBLIC, false },
	{ "/events", N_("Events"), CAP_PUBLIC, false },
	{ "/plans", N_("Plan"), CAP_EVENT_READ, false },
	{ "/halls", N_("Halls"), CAP_EVENT_READ, false },
	{ "/door", N_("Door"), CAP_DOOR, false },
	{ "/figures", N_("Figures"), CAP_PUBLIC, false },
	{ "/statement", N_("Statement"), CAP_PUBLIC, false },
	{ "/editions", N_("Editions"), CAP_PUBLIC, false },
	{ "/report", N_("Report"), CAP_STAFF, false },
	{ "/text", N_("Text check"), CAP_STAFF, false },
	{ "/draft", N_("Draft check"), CAP_STAFF, false },
	{ "/newsroom", N_("Newsroom"), CAP_EVENT_READ, false },
	{ "/comments", N_("Comments"), CAP_EVENT_APPROVE, false },
	{ "/media", N_("Media"), CAP_EVENT_READ, false },
	{ "/stock", N_("Stock"), CAP_STOCK_READ, false },
	{ "/charity", N_("Charity"), CAP_STAFF, false },
	{ "/relief", N_("Relief headquarters"), CAP_RELIEF_READ, false },
	{ "/driver", N_("My waybills"), CAP_RELIEF_DRIVE, false },
	{ "/volunteers", N_("Volunteers"), CAP_RELIEF_WRITE, false },
	{ "/volunteers/own", N_("Volunteers of my body"), CAP_PEOPLE_READ, false },
	{ "/imports", N_("Import"), CAP_PEOPLE_WRITE, false },
	{ "/reference", N_("Reference lists"), CAP_REFERENCE_WRITE, true },
	{ "/users", N_("Users and roles"), CAP_USERS, true },
	{ "/rights", N_("People's rights"), CAP_RIGHTS, true },
	{ "/audit", N_("Audit"), CAP_AUDIT_READ, false },
	{ "/rights/reads", N_("Sensitive reads"), CAP_AUDIT_READ, false },
	{ "/settings", N_("Settings"), CAP_SETTINGS, false },
	{ "/backups", N_("Backups"), CAP_SETTINGS, false },
	{ "/jobs", N_("Long works"), CAP_STAFF, false },
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

static int
audit_verify(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	return seal_check_root(
	    cx, cx->app == NULL ? NULL : cx->app->root, out, records, differences);
}

static int
records_verify(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	return kind_prove(cx, app_kinds, app_nkinds, out, records, differences);
}

/* What a token may be limited to: the first words of the API's addresses. */
static void
token_parts_init(void)
{
	static struct option token_parts[DB_KINDS + 8] = { { "figures", N_("Figures") },
		{ "search", N_("Search") }, { "lang", N_("Language filter") },
		{ "calendar", N_("Calendar") }, { "movements", N_("Movements") },
		{ "stock", N_("Stock") } };
	size_t i, n = 6;

	for (i = 0; i < app_nkinds && n < ARRAY_LEN(token_parts); i++)
		if (app_kinds[i]->plural_name != NULL)
			token_parts[n++] =
			    (struct option){ app_kinds[i]->plural_name, app_kinds[i]->plural };
	office_token_parts(token_parts, n);
}

/* What verify runs: what is kept beside the records first, then the modules' own. */
static size_t
checks_init(struct verify_check *out)
{
	static const struct verify_check own[] = {
		{ "files", files_verify },
		{ "audit", audit_verify },
		{ "history", seal_check_history },
		{ "records", records_verify },
		{ "search", index_verify },
		{ "ledger", ledger_check },
	};
	const struct verify_check *const modules[] = {
		&door_check,
		&contest_check,
		&hall_check_slots,
		&figure_sealed_check,
		&erasure_check,
		&retention_check,
		&event_tally_check,
		&edition_check,
		&sitrep_check,
	};
	size_t i;

	memcpy(out, own, sizeof(own));
	for (i = 0; i < ARRAY_LEN(modules); i++)
		out[ARRAY_LEN(own) + i] = *modules[i];
	return ARRAY_LEN(own) + ARRAY_LEN(modules);
}

/* In the order in which a report names them: the year's events, then the bodies. */
static size_t
figures_all(const struct figure **figures)
{
	size_t i, n = 0;

	for (i = 0; i < event_nfigures; i++)
		figures[n++] = event_figures[i];
	for (i = 0; i < ARRAY_LEN(registry_figures); i++)
		figures[n++] = registry_figures[i];
	for (i = 0; i < signup_nfigures; i++)
		figures[n++] = signup_figures[i];
	for (i = 0; i < challenge_nfigures; i++)
		figures[n++] = challenge_figures[i];
	for (i = 0; i < comment_nfigures; i++)
		figures[n++] = comment_figures[i];
	for (i = 0; i < charity_nfigures; i++)
		figures[n++] = charity_figures[i];
	for (i = 0; i < relief_nfigures; i++)
		figures[n++] = relief_figures[i];
	for (i = 0; i < delivery_nfigures; i++)
		figures[n++] = delivery_figures[i];
	for (i = 0; i < centre_nfigures; i++)
		figures[n++] = centre_figures[i];
	for (i = 0; i < meal_nfigures; i++)
		figures[n++] = meal_figures[i];
	for (i = 0; i < volunteer_nfigures; i++)
		figures[n++] = volunteer_figures[i];
	for (i = 0; i < sitrep_nyear_figures; i++)
		figures[n++] = sitrep_year_figures[i];
	for (i = 0; i < media_nfigures; i++)
		figures[n++] = media_figures[i];
	return n;
}

/* In this order within a term: attendances before what stands beside them. */
static void
cut_terms_set(void)
{
	static const struct cut_term *const terms[] = { event_terms, door_terms, sheet_terms,
		rights_terms, signup_terms, challenge_terms, camp_terms, relief_terms, centre_terms,
		delivery_terms, charity_terms, volunteer_terms, field_terms, comment_terms,
		media_terms, news_terms };
	size_t i;

	for (i = 0; i < ARRAY_LEN(terms); i++)
		cut_terms_add(terms[i]);
}

void
tables_init(void)
{
	static struct verify_check checks[32];

	static const struct kind *const lists[] = { &event_kind_kind, &observance_kind,
		&target_kind, &item_kind, &stock_account_kind, &lot_kind, &rubric_kind };
	const struct kind *stray;
	const struct field *field;
	static const struct figure *figures[64];
	static struct cell_source cells[2];
	size_t n, nchecks;

	n = figures_all(figures);
	cells[0] = event_cells;
	cells[1] = registry_cells;
	nchecks = checks_init(checks);
	house_data_set(embedded);
	work_kinds_set(app_works, app_nworks);
	ui_call(relief_call);
	ui_menus(public_menu, ARRAY_LEN(public_menu), staff_menu, ARRAY_LEN(staff_menu));
	figure_init(figures, n);
	figure_sources(cells, ARRAY_LEN(cells));
	past_views_set(event_past_views, event_npast_views);
	figure_checks(checks, nchecks);
	registry_reference_add(lists, ARRAY_LEN(lists));
	person_links_add(event_links, event_nlinks);
	event_follow_add(hall_follow);
	event_section_add(hall_event_section);
	event_section_add(plan_event_section);
	event_section_add(measure_event_section);
	programme_section_add(measure_programme_section);
	event_follow_add(signup_event_follow);
	event_head_add(signup_on_event_page);
	person_links_add(plan_links, plan_nlinks);
	person_links_add(camp_links, camp_nlinks);
	person_links_add(signup_links, signup_nlinks);
	signup_consent_set(consent_of_signup_tx);
	event_section_add(camp_event_section);
	event_section_add(contest_event_section);
	event_section_add(challenge_event_section);
	programme_section_add(challenge_programme_section);
	event_section_add(games_event_section);
	event_follow_add(series_follow);
	event_section_add(series_on_event_page);
	event_section_add(news_event_section);
	event_section_add(media_event_section);
	programme_section_add(news_programme_section);
	news_section_add(comment_news_section);
	body_section_set(news_body_section);
	office_home_section(news_home_section);
	programme_section_add(media_programme_section);
	import_boot(app_kinds, app_nkinds);
	person_links_add(door_links, door_nlinks);
	person_links_add(rights_links, rights_nlinks);
	person_links_add(charity_links, charity_nlinks);
	person_links_add(sheet_links, sheet_nlinks);
	person_links_add(contest_links, contest_nlinks);
	person_links_add(relief_links, relief_nlinks);
	person_links_add(delivery_links, delivery_nlinks);
	person_links_add(volunteer_links, volunteer_nlinks);
	person_links_add(media_links, media_nlinks);
	cut_terms_set();
	if ((stray = person_link_missing(app_kinds, app_nkinds, &field)) != NULL)
		die("%s.%s refers to people and has no rule for joining two or erasing one",
		    stray->name, field->name);
	office_help_tables(app_routes, app_nroutes);
	token_parts_init();
}

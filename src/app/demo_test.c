/* demo_test.c – the demo region shows exactly the figures it promises, each trap by itself, the same
 * records on both engines and again on a second run, in under ten seconds on SQLite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "app/demo_inner.h"
#include "core/account.h"
#include "figure/figure.h"
#include "house.h"
#include "mod/challenge/challenge.h"
#include "mod/camp/camp.h"
#include "mod/charity/charity.h"
#include "mod/centre/centre.h"
#include "mod/comment/comment.h"
#include "mod/contest/contest.h"
#include "mod/delivery/delivery.h"
#include "mod/games/games.h"
#include "mod/meal/meal.h"
#include "mod/news/news_picture.h"
#include "mod/plan/plan.h"
#include "mod/signup/signup.h"
#include "mod/series/series.h"
#include "mod/stock/stock.h"
#include "mod/media/media.h"
#include "mod/news/news.h"
#include "mod/rights/rights.h"
#include "mod/volunteer/volunteer.h"
#include "text/hash.h"

static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &body_name_kind, &body_group_kind,
	&accreditation_kind, &population_kind, &person_kind, &ethnicity_kind, &office_kind,
	&office_holder_kind, &membership_kind, &event_kind_kind, &observance_kind, &programme_kind,
	&event_kind, &part_kind, &organiser_kind, &attendance_kind, &file_kind, &cost_kind,
	&hall_kind, &booking_kind, &plan_kind, &plan_item_kind, &measure_kind, &measure_value_kind,
	&signup_form_kind, &signup_question_kind, &signup_kind, &ticket_kind, &consent_kind,
	&camp_kind, &camp_group_kind, &camp_member_kind, &camp_slot_kind, &camp_mark_kind,
	&contest_kind, &nomination_kind, &age_group_kind, &criterion_kind, &contest_entry_kind,
	&tournament_kind, &game_team_kind, &game_match_kind, &contest_member_kind, &juror_kind,
	&juror_conflict_kind, &contest_score_kind, &certificate_kind, &challenge_kind,
	&challenge_entry_kind, &item_kind, &stock_account_kind, &lot_kind, &event_series_kind,
	&series_member_kind, &recipe_kind, &recipe_input_kind, &transfer_kind, &stock_count_kind,
	&stock_count_line_kind, &stock_shortage_kind, &drive_kind, &drive_need_kind, &donor_kind,
	&pledge_kind, &charity_receipt_kind, &recipient_kind, &charity_aid_kind, &centre_norm_kind,
	&headquarters_kind, &relief_area_kind, &relief_duty_kind, &relief_log_kind,
	&relief_place_kind, &relief_offer_kind, &need_kind, &need_line_kind, &centre_kind,
	&household_kind, &stay_kind, &meal_plan_kind, &meal_batch_kind, &volunteer_kind,
	&shift_kind, &shift_need_kind, &shift_signup_kind, &shift_correction_kind,
	&meal_serving_kind, &meal_waste_kind, &vehicle_kind, &waybill_kind, &waybill_stop_kind,
	&waybill_line_kind, &delivery_act_kind, &rubric_kind, &article_kind, &outlet_kind,
	&publication_kind, &social_column_kind, &social_post_kind, &press_accreditation_kind,
	&article_link_kind, &article_picture_kind, &comment_kind };
static const struct figure *figures[64];
static struct house house;
static enum db_engine engine;
static double seconds;
/* Of the first run: record ids and contents of every table. */
static char first_ids[65];
#define CX (&house.cx)

static void
must(int rc, int line)
{
	const struct field_error *f;

	if (rc == RC_OK)
		return;
	print_error("line %d: %d %s (%s)\n", line, rc, CX->err.text == NULL ? "" : CX->err.text,
	    CX->err.detail == NULL ? "" : CX->err.detail);
	for (f = CX->err.fields; f != NULL; f = f->next)
		print_error("  %s: %s\n", f->field, f->text);
	assert_int_equal(rc, RC_OK);
}
#define OK(call) must((call), __LINE__)

static double
now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* The first and the last test of a run make the region and drop it. */
static void
open_demo(void **state)
{
	static struct cell_source sources[2];
	static struct verify_check checks[1];
	const char *err = "";
	size_t i, n = 0;
	double began;

	engine = *(const enum db_engine *)*state;
	for (i = 0; i < event_nfigures; i++)
		figures[n++] = event_figures[i];
	figures[n++] = &eca_count_figure;
	figures[n++] = &eca_members_figure;
	figures[n++] = &eca_persons_figure;
	figures[n++] = &ethnos_present_figure;
	figures[n++] = &club_learners_figure;
	figures[n++] = &language_learners_figure;
	figures[n++] = &youth_members_figure;
	figures[n++] = &bodies_by_kind_figure;
	for (i = 0; i < delivery_nfigures; i++)
		figures[n++] = delivery_figures[i];
	sources[0] = registry_cells;
	sources[1] = event_cells;
	checks[0] = event_tally_check;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	/* Houses run every write twice, which leaves gaps in the ids on PostgreSQL: here once, as in life. */
	db_end(CX);
	store_close(house.store);
	if (store_open(&(struct store_options){ .url = house.url }, &house.store, &err) != RC_OK)
		die("store_open: %s", err);
	db_bind(CX, house.store);
	figure_init(figures, n);
	figure_sources(sources, 2);
	figure_checks(checks, 1);
	began = now_s();
	OK(demo_make(CX, arena_printf(CX->arena, "%s/test.sign-ins", house.dir)));
	seconds = now_s() - began;
	print_message("# demo: %.2f s, arena %zu MiB\n", seconds, house.arena.high_water >> 20);
	house_next(&house);
}

static void
close_demo(void **state)
{
	(void)state;
	house_close(&house);
}

static double
value_of(const char *code, const struct ask *a)
{
	const struct figure *f = figure_find(code);
	struct figure_answer kept, counted;

	assert_non_null(f);
	OK(figure_answer(CX, f, a, &kept));
	OK(figure_recount(CX, f, a, &counted));
	assert_true(kept.known);
	assert_true(kept.value >= counted.value && kept.value <= counted.value);
	return kept.value;
}

static int
value(const char *code)
{
	struct ask a;

	ask_default(CX, &a);
	assert_int_equal(a.on, DEMO_TODAY);
	assert_int_equal(a.from, DEMO_YEAR);
	return (int)value_of(code, &a);
}

static void
test_figures(void **state)
{
	struct ask a;
	double median;

	(void)state;
	assert_int_equal(value("events_total"), 497);
	assert_int_equal(value("participants_total"), 14236);
	assert_int_equal(value("eca_count"), 17);
	assert_int_equal(value("eca_members"), 2245);
	assert_int_equal(value("eca_persons"), 2118);
	assert_int_equal(value("club_learners"), 43);
	assert_int_equal(value("ethnos_present"), 93);
	assert_int_equal(value("youth_members"), 142);
	ask_default(CX, &a);
	median = value_of("participants_median", &a);
	assert_true(median >= 20 && median <= 26);
#ifndef __SANITIZE_ADDRESS__ /* five times as slow */
	if (engine == DB_SQLITE)
		assert_true(seconds < 10);
#endif
}

static void
test_bases(void **state)
{
	static const struct {
		const char *code;
		int events;
	} want[] = { { "unknown", 8 }, { "scanned", 61 }, { "listed", 233 },
		{ "head_counted", 158 }, { "declared", 37 } };
	struct ask a;
	struct figure_answer *rows;
	size_t n, i, j, seen = 0;

	(void)state;
	ask_default(CX, &a);
	OK(figure_split(CX, figure_find("events_by_basis"), &a, &rows, &n));
	for (i = 0; i < n; i++)
		for (j = 0; j < ARRAY_LEN(want); j++)
			if (strcmp(rows[i].dim_code, want[j].code) == 0) {
				assert_int_equal((int)rows[i].value, want[j].events);
				seen++;
			}
	if (seen != ARRAY_LEN(want))
		for (i = 0; i < n; i++)
			print_error("basis %s: %g\n", rows[i].dim_code, rows[i].value);
	assert_int_equal(seen, ARRAY_LEN(want));
}

/* Each association shows its own number; branch members belong to it once. */
static void
test_associations(void **state)
{
	static const int members[] = { 212, 288, 196, 134, 121, 143, 87, 109, 131, 158, 76, 98, 64,
		72, 83, 69, 204 };
	static const struct {
		const char *code;
		int members;
	} branches[] = { { "eca02-martuk", 41 }, { "eca02-kargaly", 26 }, { "eca03-martuk", 38 } };
	struct ask a;
	size_t i;

	(void)state;
	ask_default(CX, &a);
	for (i = 0; i < ARRAY_LEN(members); i++) {
		OK(body_by_code(CX, arena_printf(CX->arena, "eca%02zu", i + 1), &a.body));
		assert_int_equal((int)value_of("eca_members", &a), members[i]);
	}
	for (i = 0; i < ARRAY_LEN(branches); i++) {
		OK(body_by_code(CX, branches[i].code, &a.body));
		assert_int_equal((int)value_of("eca_members", &a), branches[i].members);
	}
	for (i = 18; i <= 19;
	     i++) { /* neither counted nor with members, but with a number of their own account */
		OK(body_by_code(CX, arena_printf(CX->arena, "eca%02zu", i), &a.body));
		assert_int_equal((int)value_of("eca_members", &a), 0);
		assert_int_equal((int)value_of("eca_count", &a), 0);
	}
	assert_int_equal(house_int(&house, "SELECT count(*) FROM body WHERE code IN ('eca18', "
					   "'eca19') AND declared_members > 0"),
	    2);
}

static int
events_where(const char *cond)
{
	return (int)house_int(
	    &house, arena_printf(CX->arena,
			"SELECT count(*) FROM event e JOIN event_kind k ON k.id = e.kind"
			" WHERE %s",
			cond));
}

static int
stays_where(const char *cond)
{
	return (int)house_int(
	    &house, arena_printf(CX->arena, "SELECT count(*) FROM membership m WHERE %s", cond));
}

#define IN_YEAR "e.first_day >= 20240101 AND e.first_day <= 20241115"
#define TOOK_PLACE "e.state IN ('held', 'reported')"

/* Without its trap a test of the figure would prove little: each is really there. */
static void
test_traps(void **state)
{
	struct ask a;
	int64_t eca18, eca02;
	const char *st;
	int to;

	(void)state;
	assert_true(events_where(IN_YEAR " AND e.state = 'planned'") >= 1);
	assert_true(events_where(IN_YEAR " AND e.state = 'postponed'") >= 2);
	assert_true(events_where(IN_YEAR " AND e.state = 'cancelled'") >= 2);
	assert_int_equal(events_where("e.first_day < 20240101 AND " TOOK_PLACE), 3);
	assert_int_equal(events_where("e.first_day < 20240101 AND e.last_day >= 20240101"), 1);
	assert_int_equal(events_where(IN_YEAR " AND e.merged_into IS NOT NULL"), 2);
	assert_true(events_where(IN_YEAR " AND e.state = 'held' AND k.counted = 1") >= 9);
	assert_int_equal(events_where("k.theme = 'relief' AND k.counted = 0 AND " TOOK_PLACE), 23);
	assert_int_equal(events_where("k.code = 'language_course' AND " TOOK_PLACE), 10);
	assert_int_equal(
	    events_where("e.first_day > 20241115 AND e.state IN ('planned', 'approved')"), 10);
	assert_int_equal(events_where("e.first_day >= 20250101 AND e.name_kk LIKE "
				      "'«Bauyrsaqfest»%' AND e.state = 'planned'"),
	    1);
	assert_int_equal(events_where(IN_YEAR " AND e.last_day > 20241115"), 1);
	/* Merged: three reports, one event, 64 people. */
	assert_int_equal(
	    house_int(&house,
		"SELECT t.listed FROM event_tally t JOIN event e ON e.id = t.event"
		" WHERE e.name_kk = '«Bauyrsaqfest» байқауы' AND e.first_day = 20240321"),
	    64);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM attendance WHERE withdrawn = 1"), 1);
	assert_true(house_int(&house, "SELECT count(*) FROM part WHERE people > 0") >= 8);
	/* Ended and came back; the chair is a member; a day that has not come; ended on the very day. */
	assert_true(
	    stays_where(
		"m.to_day IS NOT NULL AND EXISTS (SELECT 1 FROM membership b WHERE b.person = "
		"m.person"
		" AND b.body = m.body AND b.role = m.role AND b.from_day >= m.to_day)") >= 10);
	assert_int_equal(
	    stays_where(
		"m.role = 'chair' AND EXISTS (SELECT 1 FROM membership b WHERE b.person = m.person"
		" AND b.role IN ('member', 'honorary'))"),
	    17);
	assert_true(stays_where("m.from_day > 20241115") >= 3);
	assert_true(stays_where("m.to_day = 20241115") >= 3);
	/* In the association and in its branch: the sum of both is larger than the figure. */
	OK(body_by_code(CX, "eca02", &eca02));
	assert_int_equal(
	    house_int(&house, arena_printf(CX->arena,
				  "SELECT count(*) FROM membership m JOIN body b ON b.id = m.body"
				  " WHERE (b.id = %lld OR (b.parent = %lld AND b.code LIKE "
				  "'eca02-%%')) AND m.role IN ('member', 'honorary')"
				  " AND m.to_day IS NULL AND m.from_day <= 20241115",
				  (long long)eca02, (long long)eca02)),
	    288 + 12);
	/* The 18th counted until the middle of October. */
	OK(body_by_code(CX, "eca18", &eca18));
	OK(accreditation_on(CX, eca18, 20241015, &st, &to));
	assert_string_equal(st, "accredited");
	OK(accreditation_on(CX, eca18, DEMO_TODAY, &st, &to));
	assert_string_equal(st, "expired");
	ask_default(CX, &a);
	a.on = 20240801;
	assert_int_equal((int)value_of("eca_count", &a), 19);
	a.on = 20241015;
	assert_int_equal((int)value_of("eca_count", &a), 18);
	/* The flood: all of it finished, nobody is left in a centre. */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM need"), 900);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM movement_set WHERE nonce LIKE "
					   "'%flood%' OR nonce LIKE 'count-%' OR nonce "
					   "LIKE 'waybill-%' OR nonce LIKE 'act-%'"),
	    3000);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM need WHERE state = 'delivered'"), 771);
	assert_true(house_int(&house, "SELECT count(*) FROM need n WHERE n.state = 'delivered' AND "
				      "EXISTS (SELECT 1 FROM waybill_stop s WHERE s.need = n.id "
				      "AND s.state = 'handed')") > 300);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM waybill WHERE state <> 'done'"), 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM delivery_act WHERE fault IS NOT NULL"), 0);
	assert_true(house_int(&house, "SELECT count(*) FROM delivery_act WHERE result = "
				      "'returned'") > 10);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM stock_now n JOIN stock_account a ON a.id = "
			      "n.account WHERE a.type = 'vehicle' AND n.balance <> 0"),
	    0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM shift"), 40);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM stay WHERE left_at IS NULL"), 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM headquarters WHERE state = 'open'"), 0);
	/* It drove by waybill, and what it carried by mass, fodder, was handed over by acts. */
	ask_default(CX, &a);
	assert_int_equal((int)value_of("vehicles", &a), 8);
	assert_int_equal((int)value_of("relief_goods", &a), 12500000);
	/* No IIN anywhere. */
	assert_int_equal(
	    house_int(
		&house, "SELECT count(*) FROM person WHERE iin IS NOT NULL OR iin_mac IS NOT NULL"),
	    0);
	/* All districts of the list have events. */
	assert_int_equal(house_int(&house, "SELECT count(DISTINCT district) FROM event"), 16);
}

/* Every name that the region named its year by stands in the demo exactly so. */
static void
test_names(void **state)
{
	static const char *const names[] = { "«Наурыз — достық мерекесі!»", "«Bauyrsaqfest»",
		"«Таза Қазақстан»", "«Менің туым — менің мақтанышым!»", "«Елтану»", "«DOSTYQ CAMP»",
		"«Мың бала»", "«Өнерлі өрге жүзер»", "«Жастар LIFE»", "«Мәміле»", "«Abay»",
		"«QazaqVibe»", "«Söileqazaqşa»", "Алғыс айту күн", "А.Құнанбайұлы",
		"Мемлекеттік рәміздер күніне", "ұлттық ойындар" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		int64_t n = 0;

		OK(db_int(CX, &n,
		    "SELECT (SELECT count(*) FROM event WHERE name_kk LIKE $1) + (SELECT count(*) "
		    "FROM programme WHERE name_kk LIKE $1)",
		    VALS(v_text(arena_printf(CX->arena, "%%%s%%", names[i])))));
		if (n == 0)
			print_error("%s is missing\n", names[i]);
		assert_true(n > 0);
	}
	/* Each in three languages. */
	assert_int_equal(events_where("e.name_ru IS NULL OR e.name_en IS NULL"), 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM body WHERE name_ru IS NULL OR name_en IS NULL"),
	    0);
}

static void
test_verify(void **state)
{
	struct buf out;
	int64_t differences = -1;

	(void)state;
	buf_init(&out, CX->arena, 0);
	OK(figure_verify(CX, &out, &differences));
	if (differences != 0)
		print_error("%s", out.p);
	assert_int_equal(differences, 0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM figure_delta"), 0);
}

static void
test_sign_ins(void **state)
{
	static const char *const logins[] = { "admin", "head", "clerk", "leader", "door", "member",
		"relief", "driver", "auditor" };
	const char *path = arena_printf(CX->arena, "%s/test.sign-ins", house.dir);
	char login[32], password[64];
	struct sign_in in;
	struct stat st;
	size_t n = 0;
	FILE *f;

	(void)state;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fscanf(f, "%31s %63s", login, password) == 2) {
		assert_string_equal(login, logins[n++]);
		OK(account_sign_in(CX, login, password, "", &in));
	}
	fclose(f);
	assert_int_equal(n, ARRAY_LEN(logins));
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM account_role r JOIN body b ON b.id = r.body"
			      " WHERE r.role = 'leader' AND b.code = 'eca03'"),
	    1);
}

/* The newsroom's year: every state of an article and of a translation; numbers frozen at their day. */
static void
test_news(void **state)
{
	(void)state;
	assert_int_equal(house_int(&house, "SELECT count(*) FROM article"), 12);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM article WHERE state = 'draft'"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM article WHERE state = 'corrected'"), 2);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM article WHERE ru_state = 'stale'"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM article WHERE en_state = 'machine'"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM article WHERE published_on > 20241115 "
			      "OR (published_on IS NULL AND state <> 'draft')"),
	    0);
	assert_int_equal(house_int(&house, "SELECT max(CASE WHEN on_day = 20241115 AND spec LIKE "
					   "'events_total%' THEN value END) FROM article_figure"),
	    DEMO_EVENTS);
	assert_true(
	    house_int(&house, "SELECT count(*) FROM article_link WHERE event IS NOT NULL") >= 5);
}

/* Its readers: one waits, one was refused with a reason, of those that are shown one has the office's reply. */
static void
test_comments(void **state)
{
	(void)state;
	assert_int_equal(house_int(&house, "SELECT count(*) FROM comment"), 5);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM comment WHERE state = 'waiting' AND marks IS "
			      "NULL AND moderator IS NULL"),
	    1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM comment c JOIN account a ON a.id = c.moderator "
			      "WHERE a.login = 'clerk' AND c.state = 'refused' AND c.reason = "
			      "'advert' AND c.marks = 'link'"),
	    1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM comment WHERE state = 'shown'"), 3);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM comment WHERE state = 'shown' AND reply IS NOT "
			      "NULL AND replied_on = 20241111"),
	    1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM comment_origin WHERE mail IS NOT NULL"), 0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM comment c JOIN article a ON a.id "
					   "= c.article WHERE c.entered_on < a.published_on OR "
					   "c.decided_on < c.entered_on"),
	    0);
}

/* The same records, field by field, on the other engine and on a second run. */
static void
test_same(void **state)
{
	static const char *const sql[] = {
		"SELECT id, code, name_kk, kind, parent FROM body ORDER BY id",
		"SELECT id, surname, given, birth_day, body FROM person ORDER BY id",
		"SELECT id, person, body, role, from_day, to_day FROM membership ORDER BY id",
		"SELECT id, name_kk, first_day, body, state, merged_into, head_count FROM event "
		"ORDER BY id",
		"SELECT id, event, person, guest, basis FROM attendance ORDER BY id",
		"SELECT id, event, body, via_event FROM organiser ORDER BY id",
		"SELECT id, hall, event, day, starts, ends FROM booking ORDER BY id",
		"SELECT hall, day, slot, booking FROM hall_slot ORDER BY hall, day, slot",
		"SELECT id, plan, name_kk, due, event, dropped_on FROM plan_item ORDER BY id",
		"SELECT id, measure, event, amount, basis FROM measure_value ORDER BY id",
		"SELECT id, code, state, district, people, asked_at, ended_at, twin_of FROM need "
		"ORDER BY id",
		"SELECT id, nonce, digest, at FROM movement_set ORDER BY id",
		"SELECT id, code, vehicle, driver, state, movement, ended_at FROM waybill ORDER BY "
		"id",
		"SELECT id, stop, nonce, result, reason, at, movement FROM delivery_act ORDER BY "
		"id",
		"SELECT id, code, registered_on FROM household ORDER BY id",
		"SELECT id, household, place, arrived_at, left_at FROM stay ORDER BY id",
		"SELECT id, volunteer, shift, state, minutes FROM shift_signup ORDER BY id",
		"SELECT id, code FROM donor ORDER BY id",
		"SELECT id, code, movement FROM charity_receipt ORDER BY id",
		"SELECT id, article, name, text, marks, state, reason, moderator, reply, "
		"entered_on, decided_on FROM comment ORDER BY id",
		"SELECT figure, dim, dkey, day, amount FROM figure_sum WHERE amount <> 0 ORDER BY "
		"figure, dim, dkey, day",
	};
	struct sha256 h;
	char hex[65];
	size_t i;

	(void)state;
	sha256_init(&h);
	for (i = 0; i < ARRAY_LEN(sql); i++) {
		AUTO_ROWS r = { 0 };
		int c;

		OK(db_rows(CX, &r, sql[i], NO_VALS));
		while (rows_next(&r))
			for (c = 0; c < r.ncols; c++) {
				struct slice s =
				    row_null(&r, c) ? (struct slice){ "-", 1 } : row_slice(&r, c);

				sha256_add(&h, s.p, s.n);
				sha256_add(&h, "\n", 1);
			}
		OK(rows_end(&r));
	}
	sha256_hex(&h, hex);
	if (*first_ids == '\0')
		memcpy(first_ids, hex, sizeof hex);
	assert_string_equal(hex, first_ids);
}

/* A second demo in the same database is refused. */
static void
test_again(void **state)
{
	(void)state;
	assert_int_equal(demo_make(CX, NULL), RC_RULE);
	house_next(&house);
}

static enum db_engine engines[] = { DB_SQLITE, DB_PG };
#define ON(e)                                                                              \
	cmocka_unit_test_prestate(open_demo, &engines[e]), cmocka_unit_test(test_figures), \
	    cmocka_unit_test(test_bases), cmocka_unit_test(test_associations),             \
	    cmocka_unit_test(test_traps), cmocka_unit_test(test_names),                    \
	    cmocka_unit_test(test_verify), cmocka_unit_test(test_sign_ins),                \
	    cmocka_unit_test(test_news), cmocka_unit_test(test_comments),                  \
	    cmocka_unit_test(test_same), cmocka_unit_test(test_again),                     \
	    cmocka_unit_test(close_demo)

/* Twice on SQLite, then on PostgreSQL where there is one. */
int
main(void)
{
	const struct CMUnitTest tests[] = { ON(0), ON(0), ON(1) };
	size_t n = ARRAY_LEN(tests);

	return _cmocka_run_group_tests("demo", tests, house_has(DB_PG) ? n : n / 3 * 2, NULL, NULL);
}

/* rights_test.c – consents, restriction, terms of storage, one person's file, the log of sensitive reads. On
 * both engines. */
#include "mod/rights/rights.h"
#include "mod/challenge/challenge.h"
#include "mod/charity/charity.h"
#include "mod/door/door.h"
#include "mod/sheet/sheet.h"
#include "mod/camp/camp.h"
#include "mod/signup/signup.h"
#define MORE_KINDS                                                                             \
	, &consent_kind, &signup_form_kind, &signup_question_kind, &signup_kind, &ticket_kind, \
	    &sheet_kind, &sheet_row_kind, &sheet_picture_kind, &challenge_kind,                \
	    &challenge_entry_kind, &camp_kind, &camp_group_kind, &camp_member_kind,            \
	    &camp_slot_kind, &camp_mark_kind, &item_kind, &stock_account_kind, &lot_kind,      \
	    &drive_kind, &drive_need_kind, &donor_kind, &pledge_kind, &charity_receipt_kind,   \
	    &recipient_kind, &charity_aid_kind
#include "event_test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/files.h"
#include "kind/cut.h"
#include "core/setting.h"
#include "search/search.h"
#include "figure/sealed.h"

static int
open_all(void **state)
{
	static const struct figure *const more[] = { &eca_persons_figure, &language_learners_figure,
		&consents_valid_figure };
	static struct verify_check checks[4];
	size_t n = event_nfigures + 1;

	if (open_house(state) != 0)
		return 1;
	memcpy(figures + n, more, sizeof more);
	figure_init(figures, n + ARRAY_LEN(more));
	checks[0] = event_tally_check;
	checks[1] = figure_sealed_check;
	checks[2] = erasure_check;
	checks[3] = retention_check;
	figure_checks(checks, 4);
	person_links_add(rights_links, rights_nlinks);
	person_links_add(signup_links, signup_nlinks);
	cut_terms_add(event_terms);
	cut_terms_add(door_terms);
	cut_terms_add(sheet_terms);
	cut_terms_add(rights_terms);
	cut_terms_add(signup_terms);
	cut_terms_add(challenge_terms);
	cut_terms_add(camp_terms);
	cut_terms_add(charity_terms);
	signup_consent_set(consent_of_signup_tx);
	search_boot(kinds, ARRAY_LEN(kinds));
	return 0;
}

static struct actor
role_of(enum role r, int64_t account)
{
	return (struct actor){ .account = account,
		.role = r,
		.caps = role_caps(r),
		.login = "",
		.name = "",
		.csrf = "" };
}

static struct consent
new_consent(int64_t who, const char *purpose, int day)
{
	struct consent c;

	kind_empty(&consent_kind, &c);
	c.person = who;
	c.purpose = purpose;
	c.text = "Дербес деректерімді өңдеуге келісемін.";
	c.text_version = "3";
	c.given_on = day;
	c.given_by = "self";
	return c;
}

static int64_t
consents(const char *purpose, int day)
{
	struct ask a = { .on = day, .dim_code = purpose };
	struct figure_answer x;

	OK(figure_recount(CX, &consents_valid_figure, &a, &x));
	return (int64_t)x.value;
}

/* RULE rights-7 */
static void
test_consents(void **state)
{
	int64_t who = person(1), other = person(2);
	struct consent c = new_consent(who, "photo", 20240201), again, child;
	struct person p;
	bool holds;

	(void)state;
	OK(kind_insert(CX, &consent_kind, &c));
	OK(consent_holds(CX, who, "photo", 20240201, &holds));
	assert_true(holds);
	OK(consent_holds(CX, who, "photo", 20240131, &holds));
	assert_false(holds);
	OK(consent_holds(CX, who, "contact", 20240601, &holds));
	assert_false(holds);
	again = new_consent(who, "photo", 20240301);
	assert_int_equal(kind_insert(CX, &consent_kind, &again), RC_INVALID);
	house_next(&house);
	again = new_consent(who, "photo", 20251231); /* not come yet */
	assert_int_equal(kind_insert(CX, &consent_kind, &again), RC_INVALID);
	house_next(&house);
	again = new_consent(other, "photo", 20240301);
	OK(kind_insert(CX, &consent_kind, &again));
	assert_int_equal(consents("photo", 20240229), 1);
	assert_int_equal(consents("photo", 20240301), 2);
	OK(consent_withdraw(CX, c.rec.id, c.rec.version, 20240615));
	assert_int_equal(consent_withdraw(CX, c.rec.id, c.rec.version + 1, 20240616), RC_RULE);
	house_next(&house);
	assert_int_equal(consents("photo", 20240614), 2);
	assert_int_equal(consents("photo", 20240615), 1);
	/* A minor's own word is none. */
	OK(kind_load(CX, &person_kind, other, &p));
	p.birth_day = 20100101;
	OK(kind_update(CX, &person_kind, &p));
	child = new_consent(other, "contact", 20240401);
	assert_int_equal(kind_insert(CX, &consent_kind, &child), RC_INVALID);
	house_next(&house);
	child.given_by = "parent";
	assert_int_equal(kind_insert(CX, &consent_kind, &child), RC_INVALID);
	house_next(&house);
	child.representative.fresh = "Анасы Айша";
	OK(kind_insert(CX, &consent_kind, &child));
	verified();
}

static void
test_consents_joined_erased(void **state)
{
	int64_t a = person(1), b = person(2);
	struct consent one = new_consent(a, "photo", 20240201),
		       two = new_consent(b, "photo", 20240501);
	struct person pa, pb;
	struct person_merge_in in = { .stays = a, .leaves = b };
	struct erase_sums sums;
	int64_t before[3];

	(void)state;
	two.given_by = "guardian";
	two.representative.fresh = "Қамқоршы Болат";
	OK(kind_insert(CX, &consent_kind, &one));
	OK(kind_insert(CX, &consent_kind, &two));
	OK(kind_load(CX, &person_kind, a, &pa));
	OK(kind_load(CX, &person_kind, b, &pb));
	in.stays_version = pa.rec.version;
	in.leaves_version = pb.rec.version;
	OK(person_merge(CX, &in));
	house_next(&house);
	assert_int_equal(consents("photo", 20240430), 1);
	assert_int_equal(consents("photo", 20240501), 1);
	{
		const char *plain;

		OK(kind_unseal(CX, &consent_kind, two.rec.id, "representative", &plain));
		assert_string_equal(plain, "Қамқоршы Болат");
	}
	OK(person_unmerge(CX, b));
	house_next(&house);
	assert_int_equal(consents("photo", 20240501), 2);
	before[0] = consents("photo", 20240301);
	before[1] = consents("photo", 20240601);
	OK(person_erase(CX, &(struct erase_in){ .person = b, .ground = "request" }, &sums));
	house_next(&house);
	assert_int_equal(consents("photo", 20240301), before[0]);
	assert_int_equal(consents("photo", 20240601), before[1]);
	assert_int_equal(consents("photo", 20241115), 1);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM consent WHERE person IS NULL AND representative IS "
		"NULL AND text = '" CUT_MARK "'"),
	    1);
	verified();
}

/* RULE rights-6 */
static void
test_restricted(void **state)
{
	struct actor clerk = role_of(ROLE_CLERK, 7), head = role_of(ROLE_HEAD, 8);
	int64_t b = body("host", 0), who = person(1), e = event("Той", b, 20240301, "held").rec.id,
		id;
	struct attend_in in = { .event = e, .person = who, .basis = "listed" };
	struct figure_answer before, after;
	struct membership m;
	struct person p;
	struct answer found_all;
	struct query q;
	int64_t n, then;
	bool again;

	(void)state;
	OK(event_attend(CX, &in, &id, &again));
	kind_empty(&membership_kind, &m);
	m.person = who;
	m.body = b;
	m.role = "member";
	m.from_day = 20240101;
	OK(kind_insert(CX, &membership_kind, &m));
	before = answer("eca_members");
	then = CX->now;
	CX->now += 2 * US_PER_SECOND;
	CX->actor = &clerk;
	assert_int_equal(person_restrict(CX, who, true), RC_DENIED);
	house_next(&house);
	CX->actor = &head;
	OK(person_restrict(CX, who, true));
	house_next(&house);
	CX->actor = &clerk;
	assert_int_equal(kind_get(CX, &person_kind, who, &p), RC_NOTFOUND);
	house_next(&house);
	OK(search_all(CX, "Адам1", NULL, (struct window){ 0, 10 }, &found_all));
	assert_int_equal(found_all.n, 0);
	OK(query_init(CX, &q, &membership_kind));
	OK(query_count(&q, &n));
	assert_int_equal(n, 0);
	OK(query_init(CX, &q, &attendance_kind));
	OK(query_count(&q, &n));
	assert_int_equal(n, 0);
	/* Nor by asking for a moment before it. */
	for (again = false;; again = true) {
		OK(query_init(CX, &q, again ? &membership_kind : &person_kind));
		OK(query_known(&q, then));
		OK(query_count(&q, &n));
		assert_int_equal(n, 0);
		if (again)
			break;
	}
	{
		const char *title;

		OK(kind_titles(CX, &person_kind, &who, 1, &title));
		assert_null(strstr(title, "Адам1"));
	}
	after = answer("eca_members");
	assert_true(after.value >= before.value && after.value <= before.value);
	house_next(&house);
	CX->actor = &head;
	OK(kind_get(CX, &person_kind, who, &p));
	assert_int_equal(p.restricted_on, 20241115);
	OK(person_restrict(CX, who, false));
	house_next(&house);
	CX->actor = &clerk;
	OK(kind_get(CX, &person_kind, who, &p));
	CX->actor = &actor_system;
	verified();
}

/* ---- terms ---- */

static double
unique(int from, int to)
{
	struct ask a = { .from = from, .to = to };

	return answer_for("participants_unique", &a).value;
}

/* RULE rights-8 */
static void
test_terms(void **state)
{
	int64_t b = body("host", 0), w[3] = { person(1), person(2), person(3) }, id, i;
	int64_t e[4] = { event("Бір", b, 20220301, "held").rec.id,
		event("Екі", b, 20221231, "held").rec.id, event("Үш", b, 20230101, "held").rec.id,
		event("Төрт", b, 20240301, "held").rec.id };
	struct retained *r;
	double was[4];
	size_t n;
	bool again;

	(void)state;
	for (i = 0; i < 12; i++) {
		struct attend_in in = { .event = e[i % 4], .person = w[i / 4], .basis = "listed" };

		if (i != 5)
			OK(event_attend(CX, &in, &id, &again));
	}
	{
		struct attend_in in = {
			.event = e[0], .guest = "Қонақ Бейтаныс", .basis = "listed"
		};

		OK(event_attend(CX, &in, &id, &again));
	}
	was[0] = unique(20220101, 20221231);
	was[1] = unique(20221001, 20221231);
	was[2] = unique(20230101, 20231231);
	was[3] = unique(20240101, 20241115);
	OK(retain(CX, 0, &r, &n)); /* nothing is set, nothing goes */
	assert_int_equal(n, 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM attendance WHERE person IS NULL"), 1);
	OK(setting_set(CX, "keep_attendance", "12"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(n, 1);
	assert_int_equal(r[0].upto, 20221231);
	assert_int_equal(r[0].records, 6); /* five of persons, one guest */
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM attendance WHERE person IS NULL AND guest "
			      "IS NULL"),
	    6);
	assert_int_equal(count(e[0]).value, 4);
	assert_true(unique(20220101, 20221231) <= was[0] && unique(20220101, 20221231) >= was[0]);
	assert_true(unique(20221001, 20221231) <= was[1] && unique(20221001, 20221231) >= was[1]);
	assert_true(unique(20230101, 20231231) <= was[2] && unique(20230101, 20231231) >= was[2]);
	assert_true(unique(20240101, 20241115) <= was[3] && unique(20240101, 20241115) >= was[3]);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM retention_run"), 1);
	OK(retain(CX, 0, &r, &n)); /* again: nothing is left to do, no second proof */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM retention_run"), 1);
	verified();
	house_sql(&house, "UPDATE retention_run SET records = 5");
	{
		struct buf out;
		int64_t d;

		buf_init(&out, CX->arena, 0);
		OK(figure_verify(CX, &out, &d));
		assert_int_equal(d, 1);
	}
}

static int64_t
pictured(int64_t event, const struct file_put *put)
{
	struct sheet s;
	struct sheet_picture p;
	struct file f;

	kind_empty(&sheet_kind, &s);
	s.event = event;
	s.list = "blank";
	s.lang = "kk";
	s.listed = 0;
	s.spare = 5;
	OK(kind_insert(CX, &sheet_kind, &s));
	kind_empty(&file_kind, &f);
	f.event = event;
	f.type = "list";
	f.name = "Тізім.png";
	f.caption = "Ахметова қол қойған";
	f.sha256 = arena_str(CX->arena, put->sha256);
	f.media = put->media;
	f.size = put->size;
	OK(kind_insert(CX, &file_kind, &f));
	kind_empty(&sheet_picture_kind, &p);
	p.sheet = s.rec.id;
	p.event = event;
	p.file = f.rec.id;
	p.from_line = 1;
	p.to_line = 5;
	OK(kind_insert(CX, &sheet_picture_kind, &p));
	return f.rec.id;
}

static int64_t
missing(const char *dir)
{
	int64_t records, differences;
	struct buf out;

	buf_init(&out, CX->arena, 0);
	OK(files_check(CX, dir, &out, &records, &differences));
	return differences;
}

/* RULE sheet-6: a picture of a signed sheet goes with those who stand on it, from the disk as well; one that another
 * sheet within its term holds too stays for that one. */
static void
test_pictures(void **state)
{
	const char *dir, *path[2];
	int64_t b = body("host", 0), old = event("Ескі", b, 20221111, "held").rec.id,
		now = event("Жаңа", b, 20241101, "held").rec.id, gone;
	struct file_put put[2];
	struct retained *r;
	struct stat st;
	char temp[] = "/tmp/shanyraq-rights-XXXXXX";
	size_t n, i;

	(void)state;
	assert_non_null(mkdtemp(temp));
	dir = arena_printf(CX->arena, "%s/f", temp);
	files_home_set(dir);
	for (i = 0; i < 2; i++) {
		OK(files_put(CX, dir,
		    slice_str(i == 0 ? "\x89PNG\r\n\x1a\n1" : "\x89PNG\r\n\x1a\n2"), NULL,
		    &put[i]));
		path[i] = files_path(CX->arena, dir, put[i].sha256);
	}
	gone = pictured(old, &put[0]);
	pictured(old, &put[1]);
	pictured(now, &put[1]);
	OK(retain(CX, 0, &r, &n)); /* no term is set */
	assert_int_equal(stat(path[0], &st), 0);
	OK(setting_set(CX, "keep_attendance", "12"));
	OK(retain(CX, 0, &r, &n));
	assert_int_equal(r[0].records, 2);
	assert_int_not_equal(stat(path[0], &st), 0);
	assert_int_equal(stat(path[1], &st), 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM file WHERE caption IS NULL AND name "
			      "= '" CUT_MARK "' AND sha256 = '" CUT_MARK "'"),
	    2);
	assert_int_equal(
	    house_int(&house, arena_printf(CX->arena,
				  "SELECT count(*) FROM history WHERE kind = 'file' AND rec = %lld "
				  "AND data LIKE '%%%.20s%%'",
				  (long long)gone, put[0].sha256)),
	    0);
	assert_int_equal(missing(dir), 0);
	OK(retain(CX, 0, &r, &n)); /* again: nothing is left to do */
	assert_int_equal(r[0].records, 0);
	/* A fall after the content went and before its record was cut: the next time it is. */
	gone = pictured(old, &put[1]);
	assert_int_equal(unlink(path[1]), 0);
	assert_int_equal(missing(dir), 2);
	OK(retain(CX, 0, &r, &n));
	assert_int_equal(r[0].records, 1);
	verified();
	files_home_set("");
	assert_int_equal(system(arena_printf(CX->arena, "rm -rf '%s'", temp)), 0);
}

static void
test_contacts(void **state)
{
	int64_t b = body("host", 0), gone = person(1), stays = person(2), i;
	struct membership m;
	struct retained *r;
	struct person p;
	size_t n;

	(void)state;
	for (i = 0; i < 2; i++) {
		OK(kind_load(CX, &person_kind, i == 0 ? gone : stays, &p));
		p.phone = "+7 701 000 00 01";
		p.birth_day = 19800101;
		OK(kind_update(CX, &person_kind, &p));
		kind_empty(&membership_kind, &m);
		m.person = p.rec.id;
		m.body = b;
		m.role = "member";
		m.from_day = 20150101;
		m.to_day = i == 0 ? 20170101 : 20230101;
		m.end_reason = "rotation";
		OK(kind_insert(CX, &membership_kind, &m));
	}
	house_sql(&house, "UPDATE person SET changed_at = 1");
	OK(setting_set(CX, "keep_contacts", "60"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(r[0].records, 1);
	OK(kind_load(CX, &person_kind, gone, &p));
	assert_string_equal(p.surname, "Адам1");
	assert_null(p.phone);
	assert_int_equal(p.birth_day, 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM history WHERE kind = 'person' AND rec = "
			      "(SELECT min(id) FROM person) AND secret IS NOT NULL"),
	    0);
	OK(kind_load(CX, &person_kind, stays, &p));
	assert_non_null(p.phone);
	verified();
}

/* ---- file and log ---- */

static void
test_file_and_reads(void **state)
{
	struct actor clerk = role_of(ROLE_CLERK, 7), head = role_of(ROLE_HEAD, 8),
		     auditor = role_of(ROLE_AUDITOR, 9);
	int64_t who = person(1);
	struct consent c = new_consent(who, "photo", 20240201);
	struct sensitive_read *r;
	struct person p;
	struct json j;
	size_t n;

	(void)state;
	OK(kind_load(CX, &person_kind, who, &p));
	p.iin.fresh = "850615300024";
	p.birth_day = 19850615;
	OK(kind_update(CX, &person_kind, &p));
	OK(kind_insert(CX, &consent_kind, &c));
	CX->actor = &clerk;
	OK(sensitive_note(CX, who, "page"));
	OK(sensitive_note(CX, who, "page"));
	json_init(&j, CX->arena, 0);
	assert_int_equal(person_file_json(CX, who, &j), RC_DENIED);
	house_next(&house);
	assert_int_equal(sensitive_reads(CX, who, 0, 10, &r, &n), RC_DENIED);
	house_next(&house);
	CX->actor = &head;
	json_init(&j, CX->arena, 0);
	OK(person_file_json(CX, who, &j));
	assert_non_null(strstr(j.out.p, "850615300024"));
	assert_non_null(strstr(j.out.p, "\"consents\":[{"));
	assert_non_null(strstr(j.out.p, "Адам1"));
	assert_non_null(strstr(j.out.p, "\"way\":\"page\",\"times\":2"));
	house_next(&house);
	CX->actor = &auditor;
	OK(sensitive_reads(CX, 0, 0, 10, &r, &n));
	assert_int_equal(n, 3); /* the clerk's page, the head's file and the IIN in it */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM audit WHERE action = 'show'"), 1);
	CX->actor = &actor_system;
	OK(sensitive_note(CX, who, "page")); /* the program itself is nobody */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM sensitive_read"), 3);
}

/* A year after the event names and contacts of sign-ups go, the seats stay; a younger event's stay whole. */
static void
test_signups(void **state)
{
	int days[] = { 20231114, 20231116 };
	struct retained *r;
	int64_t b = body("b1", 0);
	size_t n, i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct signup_form f;
		struct signup_made m;
		struct signup_in in = { .n = 2,
			.name = { "Айгүл", "Болат" },
			.office = true,
			.email = "a@example.kz" };

		CX->today = days[i];
		in.event = event("Кеш", b, days[i], "approved").rec.id;
		kind_empty(&signup_form_kind, &f);
		f.event = in.event;
		OK(kind_insert(CX, &signup_form_kind, &f));
		OK(signup_make(CX, &in, &m));
	}
	CX->today = 20241115;
	OK(setting_set(CX, "keep_signups", "12"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(n, 1);
	assert_int_equal(r[0].records, 3); /* a sign-up and its two tickets */
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM signup WHERE name IS NULL AND email IS NULL AND persons = 2"),
	    1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM ticket WHERE name IS NULL AND "
					   "code IS NULL AND state = 'valid'"),
	    2);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM ticket WHERE code IS NOT NULL"), 2);
	OK(retain(CX, 0, &r, &n));
	assert_int_equal(r[0].records, 0);
	verified();
}

/* Whoever signed up was erased; who came along has a name in a ticket, and its term all the same. */
static void
test_signup_erased(void **state)
{
	struct signup_in in = { .n = 2, .self = true, .name = { NULL, "Болат" } };
	struct actor member = role_of(ROLE_MEMBER, 0);
	struct signup_form f;
	struct signup_made m;
	struct erase_sums sums;
	struct retained *r;
	int64_t differences;
	struct buf out;
	size_t n;

	(void)state;
	CX->today = 20231114;
	member.person = person(1);
	in.event = event("Кеш", body("b1", 0), 20231114, "approved").rec.id;
	kind_empty(&signup_form_kind, &f);
	f.event = in.event;
	OK(kind_insert(CX, &signup_form_kind, &f));
	CX->actor = &member;
	OK(signup_make(CX, &in, &m));
	CX->actor = &actor_system;
	CX->today = 20231116;
	OK(person_erase(
	    CX, &(struct erase_in){ .person = member.person, .ground = "request" }, &sums));
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM signup WHERE name IS NULL"), 1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM ticket WHERE name = 'Болат'"), 1);
	/* verify looks through every kind that refers to people. */
	house_sql(&house, arena_printf(CX->arena, "UPDATE ticket SET person = %lld WHERE seat = 1",
			      (long long)member.person));
	buf_init(&out, CX->arena, 0);
	OK(figure_verify(CX, &out, &differences));
	assert_non_null(strstr(out.p,
	    arena_printf(CX->arena, "erased person %lld: ticket (1)", (long long)member.person)));
	house_sql(&house, "UPDATE ticket SET person = NULL");
	house_next(&house);
	CX->today = 20241115;
	OK(setting_set(CX, "keep_signups", "12"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(
	    house_int(
		&house, "SELECT count(*) FROM ticket WHERE name IS NOT NULL OR code IS NOT NULL"),
	    0);
	OK(retain(CX, 0, &r, &n));
	assert_int_equal(r[0].records, 0);
	verified();
}

/* A ticket was shown: the scan names the ticket, its pass the person. The term takes the person out of both. */
static void
test_passes(void **state)
{
	int64_t who = person(1), b = body("b1", 0), old, young;
	struct retained *r;
	size_t n;
	int i;

	(void)state;
	old = event("Кеш", b, 20221114, "approved").rec.id;
	young = event("Кеш", b, 20241110, "approved").rec.id;
	for (i = 0; i < 2; i++) {
		long long e = i == 0 ? old : young;

		house_sql(&house,
		    arena_printf(CX->arena,
			"INSERT INTO scan (event, nonce, copy, kind, at, device, ticket, digest, "
			"batch, received_at, account, subject, result, undone) SELECT %lld, "
			"mac, 0, 'in', 1, 'A', 7, mac, 1, 1, 1, 'p%lld', 'done', 0 FROM "
			"(SELECT mac FROM audit LIMIT 1) one",
			e, (long long)who));
		house_sql(&house,
		    arena_printf(CX->arena,
			"INSERT INTO door_pass (event, subject, ticket, person, came, inside, seq) "
			"VALUES (%lld, 'p%lld', 7, %lld, 1, 1, 1)",
			e, (long long)who, (long long)who));
	}
	OK(setting_set(CX, "keep_attendance", "12"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM door_pass WHERE person IS NULL"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM scan WHERE subject NOT LIKE 'p%'"), 1);
	assert_int_equal(house_int(&house, arena_printf(CX->arena,
					       "SELECT person FROM door_pass WHERE event = %lld",
					       (long long)young)),
	    who);
	OK(retain(CX, 0, &r, &n));
	assert_int_equal(r[0].records, 0);
}

/* RULE challenge-9: a year after the last day an entry of a challenge is only counted; a younger one stays whole. */
static void
test_challenge_entries(void **state)
{
	int days[] = { 20231114, 20231116 };
	struct retained *r;
	int64_t b = body("b1", 0);
	size_t n, i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct challenge c;
		struct challenge_made m;
		struct challenge_in in = { .surname = "Сынақова",
			.given = "Айгүл",
			.link = "https://vk.com/a",
			.lang = "kk",
			.consent_version = "1",
			.consents = true };

		CX->today = days[i];
		kind_empty(&challenge_kind, &c);
		c.event = event("Кеш", b, days[i], "approved").rec.id;
		c.name = (struct text3){ "Челлендж", NULL, NULL };
		c.from_day = c.to_day = days[i];
		c.consent = "Келісемін";
		c.consent_version = "1";
		OK(kind_insert(CX, &challenge_kind, &c));
		in.challenge = c.rec.id;
		OK(challenge_enter(CX, &in, &m));
	}
	CX->today = 20241115;
	OK(setting_set(CX, "keep_signups", "12"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(r[0].records, 1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM challenge_entry WHERE given IS "
					   "NULL AND link IS NULL AND network = 'vk'"),
	    1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM challenge_entry WHERE link IS NOT NULL"), 1);
	verified();
}

static int64_t
camp_child(int64_t host, int day)
{
	struct camp_member m;
	struct camp_group g;
	struct camp c;

	kind_empty(&camp_kind, &c);
	c.event = event("Лагерь", host, day, "approved").rec.id;
	c.name = (struct text3){ "Лагерь", NULL, NULL };
	c.from_day = c.to_day = day;
	OK(kind_insert(CX, &camp_kind, &c));
	kind_empty(&camp_group_kind, &g);
	g.camp = c.rec.id;
	g.name = "Бүркіт";
	OK(kind_insert(CX, &camp_group_kind, &g));
	kind_empty(&camp_member_kind, &m);
	m.camp = c.rec.id;
	m.camp_group = g.rec.id;
	m.guest = "Сынақова Айгүл";
	m.birth_year = 2012;
	m.parent.fresh = "Сынақова Әсем";
	m.needs.fresh = "Астма";
	OK(kind_insert(CX, &camp_member_kind, &m));
	return m.rec.id;
}

/* RULE camp-9: a year after the event a member of a camp is only counted; a younger one stays whole. */
static void
test_camp_members(void **state)
{
	int64_t b = body("b1", 0), old, young;
	struct retained *r;
	size_t n;

	(void)state;
	old = camp_child(b, 20231114);
	young = camp_child(b, 20231116);
	CX->today = 20241115;
	OK(setting_set(CX, "keep_signups", "12"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(r[0].records, 1);
	assert_int_equal(
	    house_int(&house, arena_printf(CX->arena,
				  "SELECT count(*) FROM camp_member WHERE id = %lld AND guest IS "
				  "NULL AND birth_year IS NULL AND parent IS NULL AND needs IS "
				  "NULL AND minor = 1",
				  (long long)old)),
	    1);
	assert_int_equal(
	    house_int(&house, arena_printf(CX->arena,
				  "SELECT count(*) FROM camp_member WHERE id = %lld AND guest IS "
				  "NOT NULL AND needs IS NOT NULL",
				  (long long)young)),
	    1);
	OK(retain(CX, 0, &r, &n)); /* again: nothing is left to do */
	assert_int_equal(r[0].records, 0);
	verified();
}

static int64_t
family(const char *name)
{
	struct recipient f;

	kind_empty(&recipient_kind, &f);
	f.type = "household";
	f.name.fresh = name;
	f.people = 4;
	f.reason = "fire";
	OK(kind_insert(CX, &recipient_kind, &f));
	return f.rec.id;
}

/* RULE charity-10: three years after it was registered or last helped a family is only counted; a younger one stays. */
static void
test_families(void **state)
{
	struct retained *r;
	size_t n;

	(void)state;
	CX->today = 20211114;
	(void)family("Сынақов Ескі");
	CX->today = 20211116;
	(void)family("Сынақов Жаңа");
	CX->today = 20241115;
	OK(setting_set(CX, "keep_families", "36"));
	OK(retain(CX, 0, &r, &n));
	house_next(&house);
	assert_int_equal(r[0].records, 1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM recipient WHERE code IS NULL AND "
					   "name IS NULL AND name_mac IS NULL AND people = 4"),
	    1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM recipient WHERE name IS NOT NULL"), 1);
	verified();
}

/* RULE signup-11: a child on record signs up; the parent's consent stands among the consents, once. */
static void
test_signup_consent(void **state)
{
	struct actor child = role_of(ROLE_MEMBER, 0);
	struct signup_form f;
	struct signup_made m;
	struct signup_in in = { .n = 1,
		.self = true,
		.minor = { true },
		.parent = "Ата Анасы",
		.consents = true,
		.consent_version = "2" };
	int64_t b = body("b1", 0);
	struct consent c;
	int i;

	(void)state;
	child.person = person(1);
	for (i = 0; i < 2; i++) {
		in.event = event("Кеш", b, 20241120, "approved").rec.id;
		kind_empty(&signup_form_kind, &f);
		f.event = in.event;
		f.minors = true;
		f.consent = "Балам қатысады";
		f.consent_version = "2";
		OK(kind_insert(CX, &signup_form_kind, &f));
		CX->actor = &child;
		OK(signup_make(CX, &in, &m));
		CX->actor = &actor_system;
	}
	assert_int_equal(consents("event", 20241115), 1);
	OK(kind_load(CX, &consent_kind, house_int(&house, "SELECT id FROM consent"), &c));
	assert_int_equal(c.person, child.person);
	assert_string_equal(c.given_by, "parent");
	assert_string_equal(c.text_version, "2");
	assert_true(c.representative.present);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_all, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_consents), T(test_consents_joined_erased),
		T(test_restricted), T(test_terms), T(test_contacts), T(test_file_and_reads),
		T(test_pictures), T(test_signups), T(test_signup_erased), T(test_passes),
		T(test_challenge_entries), T(test_camp_members), T(test_families),
		T(test_signup_consent) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

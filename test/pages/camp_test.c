/* camp_test.c – a camp through the doors: made by the office, with groups, timetable, a child, the parent's consent
 * and the roll; guests, members, door, auditor and another body's leader see the timetable and no name. */
#include "door_words.h"

static int clerk, leader, guest, member, keeper, auditor;
static int64_t party;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	member = door_role(&door, "member");
	keeper = door_role(&door, "door");
	auditor = door_role(&door, "auditor");
	/* Held already, so that a roll can be called; counted by a list, not by the leader's body. */
	party = door_int(&door, "SELECT min(event) FROM camp");
	return 0;
}

static const char *
at(const char *format)
{
	return with_ids(format, party, 0);
}

static const char *
of(const char *table, const char *format)
{
	int64_t id = door_int(&door, arena_printf(&door.arena, "SELECT max(id) FROM %s", table));

	return with_ids(format, id, id);
}

static void
test_making(void **state)
{
	struct answer a;

	(void)state;
	a = page(guest, at("/en/events/#"));
	HAS_NOT(a, "/camps/new");
	assert_int_equal(page(member, at("/en/events/#/camps/new")).status, 403);
	a = page(clerk, at("/en/events/#"));
	HAS(a, "/camps/new");
	a = post(clerk, at("/en/events/#/camps/new"),
	    "name_kk=Taza&from_day=19.07.2024&to_day=25.07.2024&places=2");
	assert_int_equal(a.status, 422);
	HAS(a, "The event ends on");
	a = post(clerk, at("/en/events/#/camps/new"),
	    "name_kk=Taza&from_day=19.07.2024&to_day=20.07.2024&age_from=10&age_to=17&places=2");
	assert_int_equal(a.status, 303);
	a = page(clerk, of("camp", "/en/camps/#"));
	HAS(a, "No groups yet");
	a = post(clerk, of("camp", "/en/camps/#/groups/new"), "name=Qyran&places=1&lang=kk");
	assert_int_equal(a.status, 303);
	a = post(clerk, of("camp", "/en/camps/#/slots/new"),
	    "day=19.07.2024&starts=10:00&ends=09:00&name_kk=Asyq");
	assert_int_equal(a.status, 422);
	HAS(a, "value='10:00'");
	a = post(clerk, of("camp", "/en/camps/#/slots/new"),
	    "day=19.07.2024&starts=10:00&ends=11:00&name_kk=Asyq&place=Alan");
	assert_int_equal(a.status, 303);
	a = post(clerk, of("camp", "/en/camps/#/slots/new"),
	    with_ids("day=19.07.2024&starts=10:30&ends=11:30&name_kk=Qobyz&camp_group=#",
		door_int(&door, "SELECT max(id) FROM camp_group"), 0));
	assert_int_equal(a.status, 303);
	a = page(clerk, of("camp", "/en/camps/#"));
	HAS(a, "the same group at that time: Qobyz");
	HAS(a, "0 of 2 places");
	a = page(guest, at("/en/events/#"));
	HAS(a, of("camp", "/en/camps/#'"));
	a = page(guest, of("camp", "/en/camps/#"));
	HAS(a, "Qobyz");
	HAS_NOT(a, "at that time");
	HAS_NOT(a, "Call the roll");
	HAS(a, "Print the timetable");
}

static void
test_members(void **state)
{
	struct answer a;

	(void)state;
	a = post(clerk, of("camp_group", "/en/camp-groups/#/members/new"),
	    of("camp_group", "camp_group=#&guest=Synakova+Aigul&birth_year=1990"));
	assert_int_equal(a.status, 422);
	HAS(a, "up to 17 years");
	HAS(a, "Synakova Aigul");
	a = post(clerk, of("camp_group", "/en/camp-groups/#/members/new"),
	    of("camp_group",
		"camp_group=#&guest=Synakova+Aigul&birth_year=2012&parent=Synakova+Asem&"
		"phone=%2B77001112233&needs=Nut+allergy"));
	assert_int_equal(a.status, 303);
	a = post(clerk, of("camp_group", "/en/camp-groups/#/members/new"),
	    of("camp_group", "camp_group=#&guest=Ekinshi&birth_year=2012"));
	assert_int_equal(a.status, 422);
	HAS(a, "The group is full: 1 of 1");
	a = page(clerk, of("camp", "/en/camps/#"));
	HAS(a, "1 consent is missing");
	a = page(clerk, of("camp", "/en/camps/#/consents"));
	HAS(a, "Synakova Aigul");
	a = page(clerk, of("camp", "/en/camps/#/forms"));
	HAS(a, "Synakova Aigul");
	HAS_NOT(a, "Asem"); /* sealed: the form has a line to write on */
	HAS(a, "lang='ru'");
	a = page(clerk, of("camp_member", "/en/camp-members/#"));
	HAS_NOT(a, "Nut allergy");
	HAS_NOT(a, "Asem");
	HAS(a, "something is written");
	a = post(clerk, of("camp_member", "/en/camp-members/#/show"), "");
	HAS(a, "Nut allergy");
	HAS(a, "77001112233");
}

#define SAYS(state) of("camp_member", "member=#&day=20240719&state=" state)

static void
test_roll(void **state)
{
	const char *const roll = of("camp", "/en/camps/#/roll");
	const char *const counted = arena_printf(&door.arena,
	    "SELECT count(*) FROM attendance WHERE event = %lld AND "
	    "withdrawn = 0 AND guest = 'Synakova Aigul'",
	    (long long)party);
	struct answer a;

	(void)state;
	a = page(clerk, roll);
	HAS(a, of("camp", "href='/en/camps/#/roll?day=20240719'"));
	HAS(a, "No consent: cannot be marked present.");
	HAS(a, "needs attention");
	HAS_NOT(a, "value='present'");
	HAS(a, "value='absent'");
	a = post(clerk, roll, SAYS("present"));
	assert_int_equal(a.status, 409);
	HAS(a, "Without a consent nobody");
	a = page(clerk, of("camp_member", "/en/camp-members/#/consent"));
	HAS(a, "15.11.2024"); /* today, filled in */
	a = post(clerk, of("camp_member", "/en/camp-members/#/consent"),
	    "consent=given&consent_on=18.07.2024&consent_way=paper&consent_by=self&_version=1");
	assert_int_equal(a.status, 422);
	HAS(a, "a parent or representative consents");
	a = post(clerk, of("camp_member", "/en/camp-members/#/consent"),
	    "consent=given&consent_on=18.07.2024&consent_way=paper&consent_by=parent&_version=1");
	assert_int_equal(a.status, 303);
	a = page(clerk, roll);
	HAS(a, "value='present'");
	assert_int_equal(post(clerk, roll, SAYS("present")).status, 303);
	assert_int_equal(post(clerk, roll, SAYS("present")).status, 303);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM camp_mark"), 1);
	assert_int_equal(door_int(&door, counted), 1);
	a = page(clerk, of("camp", "/en/camps/#/roll?day=20240719"));
	HAS(a, "aria-pressed='true'>Present");
	HAS(a, "present: 1");
	assert_int_equal(post(clerk, roll, SAYS("excused")).status, 303);
	assert_int_equal(door_int(&door, counted), 0);
	a = page(clerk, of("camp", "/en/camps/#/lists"));
	HAS(a, "Synakova Aigul");
	HAS_NOT(a, "Nut allergy");
}

/* Nobody but the staff of the event reads a name, at any door. */
static void
test_strangers(void **state)
{
	static const char *const closed[] = { "/en/camps/#/consents", "/en/camps/#/forms",
		"/en/camps/#/lists", "/en/camps/#/roll" };
	static const char *const open[] = { "/en/camps/#", "/en/camps/#/timetable" };
	const int who[] = { guest, member, keeper, auditor, leader };
	struct answer a;
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(who); i++) {
		for (k = 0; k < ARRAY_LEN(open); k++) {
			a = page(who[i], of("camp", open[k]));
			assert_int_equal(a.status, 200);
			HAS(a, "Qobyz");
			HAS_NOT(a, "Synakova");
		}
		a = page(who[i], of("camp_group", "/en/camp-groups/#"));
		HAS_NOT(a, "Synakova");
		for (k = 0; k < ARRAY_LEN(closed); k++) {
			a = page(who[i], of("camp", closed[k]));
			assert_int_not_equal(a.status, 200);
			HAS_NOT(a, "Synakova");
		}
		assert_int_not_equal(
		    page(who[i], of("camp_member", "/en/camp-members/#")).status, 200);
		assert_int_not_equal(
		    page(who[i], of("camp_member", "/en/camp-members/#/form")).status, 200);
		assert_int_not_equal(
		    post(who[i], of("camp_member", "/en/camp-members/#/show"), "").status, 200);
		assert_int_not_equal(
		    post(who[i], of("camp", "/en/camps/#/roll"), SAYS("present")).status, 303);
	}
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM camp_mark WHERE state = 'present'"), 0);
	a = door_api(&door, leader, M_GET, "/api/v1/camp_members", NULL, NULL);
	HAS_NOT(a, "Synakova");
	/* Whom a leader may not open he may not name either: the answer would say the name. */
	a = door_api(&door, leader, M_POST, "/api/v1/camp_groups",
	    of("camp", arena_printf(&door.arena, "{\"camp\":#,\"name\":\"Zz\",\"leader\":%lld}",
			   (long long)door_int(
			       &door, "SELECT max(id) FROM person WHERE merged_into IS NULL"))),
	    NULL);
	assert_int_equal(a.status, 422);
	HAS(a, "\"leader\"");
	a = door_api(&door, clerk, M_GET, "/api/v1/camp_members?consent=given", NULL, NULL);
	HAS(a, "Synakova");
	HAS_NOT(a, "allergy");
	assert_int_equal(
	    door_api(&door, auditor, M_GET, "/api/v1/camp_marks", NULL, NULL).status, 403);
	a = door_api(&door, guest, M_GET, "/api/v1/camp_slots", NULL, NULL);
	HAS_NOT(a, "leader");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_making),
		cmocka_unit_test(test_members), cmocka_unit_test(test_roll),
		cmocka_unit_test(test_strangers) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}

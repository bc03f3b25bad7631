/* setting_test.c – changes with their way back, bounds, the institution by day. */
#include "core_test.h"
#include "core/institution.h"

static void
changes_and_back(void **state)
{
	struct setting_change *c;
	const char *value;
	size_t n;

	(void)state;
	ok(setting_set(CX, "phone", "1"));
	ok(setting_set(CX, "phone", "2"));
	ok(setting_set(CX, "phone", "2")); /* nothing changed */
	ok(setting_set(CX, "address", "Достық үйі"));
	ok(setting_changes(CX, 10, &c, &n));
	assert_int_equal(n, 3);
	assert_string_equal(c[0].name, "address");
	assert_string_equal(c[1].old, "1");
	assert_string_equal(c[1].now, "2");
	assert_true(c[0].undoable && c[1].undoable && !c[2].undoable);
	/* only the last change of a setting has a way back */
	ends(RC_CONFLICT, setting_undo(CX, c[2].id));
	ok(setting_undo(CX, c[1].id));
	ok(setting_get(CX, "phone", &value));
	assert_string_equal(value, "1");
	ends(RC_NOTFOUND, setting_undo(CX, c[1].id));
	ends(RC_NOTFOUND, setting_undo(CX, 999));
	ok(setting_changes(CX, 10, &c, &n));
	assert_int_equal(n, 4);
	assert_string_equal(c[0].now, "1");
	assert_true(c[0].undoable && c[2].undone && !c[2].undoable);
	ok(setting_undo(CX, c[0].id)); /* and back again */
	ok(setting_get(CX, "phone", &value));
	assert_string_equal(value, "2");
	/* an account without the right sees and changes nothing */
	CX->actor = &(struct actor){ .account = 1, .caps = role_caps(ROLE_CLERK), .csrf = "" };
	ends(RC_DENIED, setting_changes(CX, 10, &c, &n));
	ends(RC_DENIED, setting_undo(CX, 1));
	CX->actor = &actor_system;
}

static void
bounds(void **state)
{
	const struct setting *s;
	const struct setting_group *g;
	int64_t n;
	bool found;
	int day;
	bool pinned;

	(void)state;
	refused(setting_set(CX, "day_start", "7"), "day_start");
	refused(setting_set(CX, "file_mb", "0"), "file_mb");
	refused(setting_set(CX, "file_mb", "21"), "file_mb");
	ok(setting_number(CX, "file_mb", 20, &n));
	assert_int_equal(n, 20);
	ok(setting_set(CX, "file_mb", "5"));
	ok(setting_number(CX, "file_mb", 20, &n));
	assert_int_equal(n, 5);
	/* half past two in the night of the 16th, by the clock of Kazakhstan */
	CX->now = day_start(20241116) + 150 * 60 * US_PER_SECOND;
	ok(setting_business_day(CX, &day, &pinned));
	assert_int_equal(day, 20241116);
	ok(setting_set(CX, "day_start", "3"));
	ok(setting_business_day(CX, &day, &pinned));
	assert_int_equal(day, 20241115);
	assert_false(pinned);
	/* every setting stands in a group that the page draws */
	for (s = settings; s->name != NULL; s++) {
		for (g = setting_groups, found = false; g->code != NULL; g++)
			found |= strcmp(g->code, s->group == NULL ? "other" : s->group) == 0;
		if (!found)
			fail_msg("%s stands in no group", s->name);
	}
}

static struct institution_put
called(int since, const char *kk)
{
	return (struct institution_put){ .since = since,
		.name = { kk, "Учреждение", "" },
		.region = { "Ақтөбе облысы", "Актюбинская область", "Aktobe Region" } };
}

static const char *
name_on(int day)
{
	struct institution i;

	ok(setting_institution_on(CX, day, &i));
	return i.name.kk;
}

static void
by_day(void **state)
{
	static const char png[] = "\x89PNG\r\n\x1a\nthe rest";
	struct institution_put in = called(20200301, "Екінші");
	struct institution_period *p;
	struct institution i;
	struct slice logo;
	const char *media;
	int64_t id, second;
	size_t n;

	(void)state;
	ok(setting_set(CX, "institution_kk", "Бірінші"));
	ok(setting_set(CX, "phone", "5"));
	assert_string_equal(name_on(20300101), "Бірінші");
	in.logo = (struct slice){ png, sizeof png - 1 };
	ok(institution_add(CX, &in, &id));
	in = called(20240101, "Үшінші");
	ok(institution_add(CX, &in, &second));
	assert_string_equal(name_on(20200229), "Бірінші");
	assert_string_equal(name_on(20200301), "Екінші");
	assert_string_equal(name_on(20231231), "Екінші");
	assert_string_equal(name_on(20240101), "Үшінші");
	ok(setting_institution_on(CX, 20240101, &i));
	assert_int_equal(i.logo, id); /* the one before stays */
	assert_string_equal(i.phone, "5");
	ok(setting_institution_on(CX, 20200229, &i));
	assert_int_equal(i.logo, 0);
	ok(institution_logo(CX, id, &logo, &media));
	assert_int_equal(logo.n, sizeof png - 1);
	assert_memory_equal(logo.p, png, logo.n);
	assert_string_equal(media, "image/png");
	ends(RC_NOTFOUND, institution_logo(CX, second, &logo, &media));
	ok(institution_periods(CX, &p, &n));
	assert_int_equal(n, 2);
	assert_int_equal(p[0].since, 20240101);
	assert_true(p[1].has_logo && !p[0].has_logo);
	refused(institution_add(CX, &in, &id), "since"); /* that day is taken */
	in = called(20250101, "");
	refused(institution_add(CX, &in, &id), "name_kk");
	in = called(0, "Төртінші");
	refused(institution_add(CX, &in, &id), "since");
	in = called(20250101, "Төртінші");
	in.logo = slice_str("<svg xmlns='http://www.w3.org/2000/svg'/>");
	refused(institution_add(CX, &in, &id), "logo");
	ok(institution_remove(CX, second));
	assert_string_equal(name_on(20240101), "Екінші");
	ends(RC_NOTFOUND, institution_remove(CX, second));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { BOTH(changes_and_back), BOTH(bounds), BOTH(by_day) };

	return run_both("setting", tests, ARRAY_LEN(tests));
}

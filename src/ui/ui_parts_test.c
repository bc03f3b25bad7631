/* ui_parts_test.c – small parts, facts, history and pictures: sound HTML whatever the data, no value for
 * eyes that may not see it, and figures of the pictures that agree with their numbers. */
#include "ui/ui_test.h"

#include "core/session.h"
#include "ui/pictures.h"

#define EVIL "\"><script>alert('x')</script>&"

static void
parts_are_sound(void **state)
{
	struct view *v = get(&clerk, "/x");
	int i;

	(void)state;
	for (i = ICON_SEARCH; i <= ICON_CALENDAR; i++)
		ui_icon(v, (enum ui_icon)i);
	assert_int_equal(times(v, "<svg class='i' viewBox='0 0 20 20' aria-hidden='true'><"), 14);
	ui_count(v, KNOWN_EXACT, "/en/a?b=1&c=2", "497");
	assert_has(v, "<a class='n' href='/en/a?b=1&amp;c=2'>497</a>");
	ui_count(v, KNOWN_PART, "/a", "1");
	assert_has(v, "<a class='n part' href='/a'>1</a>");
	ui_count(v, KNOWN_SAID, "/a", EVIL);
	assert_has(v, "<a class='n said' href='/a'>&quot;&gt;&lt;script&gt;");
	ui_count(v, KNOWN_NOT, "/a", "5");
	assert_has(v, "<span class='mute'>not known</span>");
	ui_count(v, KNOWN_EXACT, NULL, "88");
	assert_has(v, "<span class='nw'>88</span>");
	ui_state(v, 'o', "Held");
	assert_has(v, "<span class='st ok'><svg viewBox='0 0 20 20' aria-hidden='true'><path d='M3 "
		      "10.5l5 5L17.5 5'/></svg>Held</span>");
	for (i = 0; i < 5; i++)
		ui_state(v, "wnp-?"[i], EVIL);
	assert_int_equal(times(v, "class='st off'"), 2);
	ui_note(v, 'n', EVIL);
	ui_note(v, '-', EVIL);
	assert_has(v, "<p class='note'>&quot;");
	ui_button(v, "/a", EVIL, true);
	ui_empty(v, EVIL, EVIL, "/a", EVIL);
	ui_empty(v, "why", NULL, NULL, NULL);
	ui_section_open(v, "s1", EVIL, EVIL);
	assert_has(
	    v, "<section class='sec' aria-labelledby='s1'><div class='rail'><h2 id='s1'>&quot;");
	ui_section_close(v);
	ui_section_open(v, NULL, "Name", NULL);
	ui_section_close(v);
	assert_lacks(v, "<script");
	assert_sound(v);
	done(v);
}

static void
forms_carry_their_token(void **state)
{
	struct view *v = get(&clerk, "/x");
	const char *token;

	(void)state;
	ui_post_button(v, "/things/5/approve", 3, "Approve", true);
	assert_has(v, "<form method='post' action='/en/things/5/approve' novalidate>"
		      "<input type='hidden' name='_csrf' value='token-of-c'>"
		      "<input type='hidden' name='_version' value='3'><button class='btn bad' "
		      "type='submit'>Approve</button></form>");
	ui_form_begin(v, "/files", true);
	assert_has(v, " enctype='multipart/form-data'>");
	ui_form_end(v);
	assert_sound(v);
	done(v);
	/* A guest's token is bound to the pattern of the route: no language, no query. */
	v = get(&actor_guest, "/sign-in");
	ui_post_button(v, "/sign-in?next=%2Fen", 0, "Sign in", false);
	assert_has(v, "action='/en/sign-in?next=%2Fen'");
	assert_lacks(v, "_version");
	token = strstr(v->h.out.p, "name='_csrf' value='") + 20;
	assert_true(csrf_check(CX, "/sign-in", arena_strn(CX->arena, token, strcspn(token, "'"))));
	assert_false(
	    csrf_check(CX, "/en/sign-in", arena_strn(CX->arena, token, strcspn(token, "'"))));
	done(v);
}

static struct view *
facts(const struct actor *who, int64_t id)
{
	struct view *v = get(who, "/things/1");
	struct thing t;

	assert_int_equal(kind_get(CX, &thing_kind, id, &t), RC_OK);
	assert_int_equal(ui_facts(v, &thing_kind, &t), RC_OK);
	assert_sound(v);
	return v;
}

static int64_t
a_thing(void)
{
	struct thing t = small_thing("Үй " EVIL, "code", 20241115);

	t.note = "бір\r\nекі\n" EVIL;
	t.phone = "+7 (7132) 00-00-00";
	t.inner_word = "ішкі";
	t.place = make_place("p", "Ақтөбе");
	t.owner = make_human("Әлиев", "Бақыт", 1);
	t.secret.fresh = "850101300123";
	return make_thing(t);
}

static void
facts_by_reader(void **state)
{
	int64_t id = a_thing();
	struct view *v = facts(&clerk, id);
	struct actor blind = clerk;

	(void)state;
	assert_has(v, "<dt>Name</dt><dd lang='kk'>Үй &quot;&gt;&lt;script&gt;");
	assert_has(v, "<dt>Note</dt><dd>бір<br>екі<br>&quot;&gt;&lt;script&gt;");
	assert_has(v, "<a href='tel:+77132000000'>+7\u00a0(7132)\u00a000-00-00</a>");
	assert_has(v, "<dt>Inner word</dt><dd>ішкі</dd>");
	assert_has(v, "<dt>Place</dt><dd><a href='/en/places/1'>Ақтөбе</a></dd>");
	assert_has(v, "<dt>Owner</dt><dd><a href='/en/humans/1'>Әлиев Бақыт</a></dd>");
	assert_has(v, "<span class='nw'>••••••••••23</span><form method='post' "
		      "action='/en/things/1/show' novalidate>");
	assert_has(v, "<input type='hidden' name='field' value='secret'>");
	assert_has(v, "showing it is recorded");
	assert_lacks(v, "8501013001");
	assert_lacks(v, "<dt>Count</dt>"); /* not known */
	assert_lacks(v, "<script");
	done(v);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit WHERE action = 'show'"), 0);
	blind.caps &= ~(UINT64_C(1) << CAP_SEALED_READ);
	v = facts(&blind, id);
	assert_has(v, "<dt>Secret</dt><dd class='mute'>Closed to your role</dd>");
	assert_lacks(v, "•");
	done(v);
	v = facts(&actor_guest, id);
	assert_lacks(v, "ішкі");
	assert_lacks(v, "Әлиев");
	assert_lacks(v, "<dt>Owner</dt>");
	assert_has(v, "<dt>Place</dt><dd><a href");
	done(v);
}

static struct view *
history(const struct actor *who, int64_t id, bool inside)
{
	struct view *v = get(who, "/things/1");

	if (inside)
		ui_section_open(v, "mine", "Mine", NULL);
	assert_int_equal(ui_history(v, &thing_kind, id), RC_OK);
	if (inside)
		ui_section_close(v);
	assert_sound(v);
	return v;
}

static void
history_by_reader(void **state)
{
	int64_t id = a_thing();
	struct thing t;
	struct view *v;

	(void)state;
	assert_int_equal(kind_load(CX, &thing_kind, id, &t), RC_OK);
	t.code = "code";
	t.phone = EVIL;
	t.count = 5;
	t.note = NULL;
	t.inner_word = "басқа";
	assert_int_equal(kind_update(CX, &thing_kind, &t), RC_OK);
	v = history(&clerk, id, false);
	assert_has(v, "<section class='sec' aria-labelledby='history'>");
	assert_has(v, "<strong>Telephone</strong>: <del>+7 (7132) 00-00-00</del> "
		      "<ins>&quot;&gt;&lt;script&gt;");
	assert_has(v, "<strong>Count</strong>: <ins>5</ins>");
	assert_has(v, "</del> taken out<br>");
	assert_has(v, "<del>ішкі</del> <ins>басқа</ins>");
	assert_int_equal(times(v, "<li>"), 2);
	assert_int_equal(times(v, "The record was created"), 1);
	assert_has(v, "15.11.2024 ");
	assert_lacks(v, "<script");
	done(v);
	v = history(&clerk, id, true);
	assert_int_equal(times(v, "<section"), 1);
	assert_has(v, "<ol class='log'>");
	done(v);
	v = history(&actor_guest, id, false);
	assert_int_equal(v->h.out.n, 0);
	done(v);
}

/* ---- pictures ---- */

static struct view *
ring(const struct ring *r)
{
	struct view *v = get(&actor_guest, "/");

	ui_ring(v, r);
	assert_sound(v);
	return v;
}

static void
ring_of_a_year(void **state)
{
	struct ring r = { .year = 2024, .week_now = 46, .month_path = "/events/calendar" };
	static const int march[] = { 11, 18, 27, 13 };
	struct view *v;
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		r.week[10 + i] = march[i];
	r.week[1] = 4;
	r.month[1] = 4;
	r.month[3] = 72;
	v = ring(&r);
	assert_int_equal(times(v, "class='pole"), 52);
	assert_int_equal(times(v, "class='pole now'"), 1);
	assert_int_equal(times(v, "class='pole todo'"), 6);
	/* The drawing of the look, to its tenth. */
	assert_has(v, "<path class='pole' d='M3.7 -60.9L4.4 -72.9'/>");
	assert_has(v, "<path class='pole' d='M60.0 -11.0L139.7 -25.6'/>");
	assert_has(v, "<path class='pole todo' d='M-37.6 -48.0L-40.1 -51.2'/>");
	assert_has(
	    v, "<circle class='axis' r='91'/><text x='-3' y='-87' text-anchor='end'>10</text>");
	assert_has(v, "<a href='/en/events/calendar?month=2024-03'><title>March: 72 events</title>"
		      "<path d='M48.5 -28.0L155.9 -90.0A180 180 0 0 1 180.0 ");
	assert_has(v, "<text x='43' y='-155' text-anchor='middle'>Jan</text></a>");
	assert_int_equal(times(v, "<a href="), 11); /* December has not begun */
	assert_has(v, "text-anchor='middle'>Dec</text></svg>");
	assert_lacks(v, "style=");
	done(v);
	r = (struct ring){ .year = 2020, .week_now = 54, .month_path = "/c" };
	r.week[53] = 90;
	v = ring(&r); /* 2020 had 53 weeks; ninety events in one widen the scale */
	assert_int_equal(times(v, "class='pole"), 53);
	assert_int_equal(times(v, "<a href="), 12);
	assert_has(v, "text-anchor='end'>50</text>");
	assert_has(v, "text-anchor='end'>100</text>");
	done(v);
	r = (struct ring){ .year = 2025, .month_path = NULL };
	v = ring(&r);
	assert_int_equal(times(v, "class='pole'"), 52);
	assert_lacks(v, "<a ");
	done(v);
}

static void
bar_of_parts(void **state)
{
	static const struct bar_part parts[] = { { "Scanner", "/en/a", 61, 0 },
		{ "List", "/en/b", 233, 1 }, { "About", "/en/c", 158, 2 },
		{ "Said " EVIL, NULL, 37, 3 }, { "Not known", "/en/e", 8, 4 },
		{ "None", NULL, 0, 2 } };
	struct view *v = get(&actor_guest, "/");
	const char *id;

	(void)state;
	ui_bar(v, parts, ARRAY_LEN(parts));
	assert_sound(v);
	assert_has(v,
	    "<rect x='1.0' y='1' width='120.0' height='38' fill='currentColor' stroke-width='1'/>");
	assert_has(v, "<rect x='123.0' y='1' width='464.0' height='38' fill='currentColor' "
		      "fill-opacity='.55' stroke-width='1'/>");
	assert_has(v, "<rect x='979.0' y='1' width='14.0' height='38' fill='none' "
		      "stroke-dasharray='3 3' stroke-width='1'/>");
	assert_has(v, "<span>List</span><a class='n r' href='/en/b'>233</a><span class='r num "
		      "mute'>46.9%</span>");
	assert_int_equal(times(v, "<rect x='1' y='1' width='14'"), 6);
	assert_int_equal(times(v, "height='38'"), 5);
	assert_lacks(v, "<script");
	id = strstr(v->h.out.p, "<pattern id='") + 13;
	id = arena_printf(CX->arena, "id='%.*s'", (int)strcspn(id, "'"), id);
	ui_bar(v, parts, ARRAY_LEN(parts));
	assert_sound(v);
	assert_int_equal(times(v, id), 1);
	assert_int_equal(times(v, "<pattern id='"), 2);
	done(v);
	v = get(&actor_guest, "/");
	ui_bar(v, parts + 5, 1);
	assert_sound(v);
	assert_lacks(v, "url(#");
	assert_has(v, "<span class='r num'>0</span>");
	done(v);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)
	const struct CMUnitTest tests[] = { T(parts_are_sound), T(forms_carry_their_token),
		T(facts_by_reader), T(history_by_reader), T(ring_of_a_year), T(bar_of_parts) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* event_feed_test.c – the calendar as bytes: the same on both engines, read back by another library
 * (libical), with what is not there for guests left out; folding and escaping letter by letter. */
#include "event_test.h"

#include <libical/ical.h>

#include "mod/event/event_filter.h"
#include "text/ical.h"

static const struct event_filter all;

static struct slice
written(const struct event_filter *f, size_t *n)
{
	const struct feed_head head = { .name = "Ассамблея; «үй», ортақ",
		.base = "https://example.kz",
		.mail = "kense@example.kz",
		.house = { "Кеңсе \"А\"", NULL, NULL } };
	struct feed_event *e;
	struct slice out;

	OK(reads_feed(CX, f, 20240101, 20251231, &e, n));
	OK(event_feed(CX, &head, e, *n, &out));
	return out;
}

/* Lines end with CRLF, none is longer than 75 octets, none begins inside a letter. */
static void
well_folded(struct slice s)
{
	size_t at = 0, i;

	for (i = 0; i + 1 < s.n; i++) {
		if (s.p[i] == '\n')
			BROKEN("a bare LF at %zu", i);
		if (s.p[i] != '\r')
			continue;
		assert_int_equal(s.p[++i], '\n');
		if (i - 1 - at > ICAL_OCTETS)
			BROKEN("a line of %zu octets at %zu", i - 1 - at, at);
		at = i + 1;
		if (at < s.n && s.p[at] == ' ')
			assert_true(((unsigned char)s.p[at + 1] & 0xc0) != 0x80);
	}
	assert_int_equal(at, s.n);
}

static icalcomponent *
event_named(icalcomponent *root, const char *summary)
{
	icalcomponent *c;

	for (c = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT))
		if (strcmp(icalcomponent_get_summary(c), summary) == 0)
			return c;
	BROKEN("no event “%s”", summary);
	return NULL;
}

static const char long_name[] = "Достық фестивалі; «Бір шаңырақ, бір отбасы» – "
				"облыстың барлық этномәдени бірлестіктері \\ жастар";

static int64_t
save(struct event *e)
{
	OK(kind_insert(CX, &event_kind, e));
	return e->rec.id;
}

/* Five events: hours, whole days, called off, put off to another, and a plan that guests do not see. */
static void
make_events(int64_t ids[5])
{
	int64_t lead = body("feed", 0);
	struct event e = new_event(long_name, lead, 20241120, "approved");

	e.starts = "17:00";
	e.ends = "19:30";
	e.place = "Достық үйі, үлкен зал";
	e.summary.kk = "Бірінші жол\r\nекінші жол";
	ids[0] = save(&e);
	e = new_event("Лагерь", lead, 20241210, "approved");
	e.last_day = 20241212;
	e.starts = "10:00";
	ids[1] = save(&e);
	e = new_event("Болмайды", lead, 20241205, "approved");
	ids[2] = save(&e);
	OK(move(ids[2], "cancel", "weather"));
	e = new_event("Кейін", lead, 20241206, "approved");
	ids[3] = save(&e);
	OK(move(ids[3], "postpone", "weather"));
	OK(event_set_moved(CX, ids[3], reload(ids[3]).rec.version, ids[1]));
	e = new_event("Жоспар", lead, 20241207, "planned");
	ids[4] = save(&e);
	house_next(&house);
}

static void
test_read_back(void **state)
{
	int64_t ids[5];
	size_t n;
	struct slice s;
	icalcomponent *root, *c;
	struct icaltimetype t;

	(void)state;
	make_events(ids);
	s = written(&all, &n);
	assert_int_equal(n, 5);
	well_folded(s);
	root = icalparser_parse_string(s.p);
	assert_non_null(root);
	assert_int_equal(icalcomponent_count_errors(root), 0);
	assert_int_equal(icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT), 5);
	assert_true(icalrestriction_check(root));
	c = event_named(root, long_name);
	t = icalcomponent_get_dtstart(c);
	assert_int_equal(t.hour, 17);
	assert_string_equal(icaltime_get_tzid(t), "Asia/Aqtobe");
	assert_int_equal(icalcomponent_get_dtend(c).minute, 30);
	assert_string_equal(icalcomponent_get_location(c), "Достық үйі, үлкен зал");
	assert_non_null(strstr(icalcomponent_get_description(c), "Бірінші жол\nекінші жол"));
	assert_int_equal(icalcomponent_get_sequence(c), 0);
	assert_int_equal(icalcomponent_get_status(c), ICAL_STATUS_CONFIRMED);
	c = event_named(root, "Лагерь");
	assert_true(icalcomponent_get_dtstart(c).is_date);
	assert_int_equal(icalcomponent_get_dtend(c).day, 13);
	c = event_named(root, "Болмайды");
	assert_int_equal(icalcomponent_get_status(c), ICAL_STATUS_CANCELLED);
	assert_int_equal(icalcomponent_get_sequence(c), 1);
	c = event_named(root, "Кейін");
	assert_int_equal(icalcomponent_get_status(c), ICAL_STATUS_CANCELLED);
	assert_non_null(strstr(icalcomponent_get_description(c), "10.12.2024"));
	c = event_named(root, "Жоспар");
	assert_int_equal(icalcomponent_get_status(c), ICAL_STATUS_TENTATIVE);
	icalcomponent_free(root);
}

/* Guests get no plans; whoever asks for one body gets its events; a wrong name is refused. */
static void
test_filters(void **state)
{
	struct event_filter f = { .under = "feed" };
	size_t n;

	(void)state;
	CX->actor = &actor_guest;
	(void)written(&all, &n);
	assert_int_equal(n, 4);
	(void)written(&f, &n);
	assert_int_equal(n, 4);
	f = (struct event_filter){ .group = "help" };
	(void)written(&f, &n);
	assert_int_equal(n, 0);
	f = (struct event_filter){ .field = { { "state", "cancelled" } }, .nfields = 1 };
	(void)written(&f, &n);
	assert_int_equal(n, 1);
	f = (struct event_filter){ .under = "no such body" };
	{
		struct feed_event *e;

		assert_int_equal(reads_feed(CX, &f, 20240101, 20251231, &e, &n), RC_INVALID);
		err_clear(CX);
		f = (struct event_filter){ .group = "x" };
		assert_int_equal(reads_feed(CX, &f, 20240101, 20251231, &e, &n), RC_INVALID);
		err_clear(CX);
	}
	CX->actor = &actor_system;
	house_next(&house);
}

/* A change raises SEQUENCE and nothing else moves the identity. */
static void
test_sequence(void **state)
{
	int64_t id = house_int(&house, "SELECT min(id) FROM event WHERE place IS NOT NULL");
	struct event e = reload(id);
	const char *before, *uid;
	size_t n;
	icalcomponent *root;

	(void)state;
	before = arena_str(CX->arena, written(&all, &n).p);
	assert_string_equal(before, written(&all, &n).p);
	root = icalparser_parse_string(before);
	uid = arena_str(CX->arena, icalcomponent_get_uid(event_named(root, long_name)));
	icalcomponent_free(root);
	e.place = "Мәдениет үйі";
	OK(kind_update(CX, &event_kind, &e));
	house_next(&house);
	root = icalparser_parse_string(written(&all, &n).p);
	assert_string_equal(icalcomponent_get_uid(event_named(root, long_name)), uid);
	assert_int_equal(icalcomponent_get_sequence(event_named(root, long_name)), 1);
	icalcomponent_free(root);
}

/* The bytes are the same on both engines: but for the number of the event they are this text. */
static void
test_bytes(void **state)
{
	static const char want[] = "DTSTAMP:20241115T060000Z\r\n"
				   "CREATED:20241115T060000Z\r\n"
				   "LAST-MODIFIED:20241115T060000Z\r\n"
				   "SEQUENCE:0\r\n"
				   "DTSTART;VALUE=DATE:20241210\r\n"
				   "DTEND;VALUE=DATE:20241213\r\n"
				   "SUMMARY;LANGUAGE=kk:Лагерь\r\n"
				   "DESCRIPTION:Starts at 10:00.\\nLead organiser: feed атауы\r\n"
				   "CATEGORIES:Concert programme\r\n"
				   "ORGANIZER;CN=\"Кеңсе 'А'\":mailto:kense@example.kz\r\n";
	int64_t id = house_int(&house, "SELECT id FROM event WHERE name_kk = 'Лагерь'");
	size_t n;
	const char *text = written(&all, &n).p, *at;

	(void)state;
	at = strstr(text,
	    arena_printf(CX->arena, "UID:event-%lld-626ed46f79800@shanyraq\r\n", (long long)id));
	assert_non_null(at);
	at = strstr(at, "\r\n") + 2;
	assert_string_equal(arena_strn(CX->arena, at, strlen(want)), want);
	at += strlen(want);
	assert_ptr_equal(strstr(at, arena_printf(CX->arena,
					"URL:https://example.kz/en/events/%lld\r\nSTATUS:"
					"CONFIRMED\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\n",
					(long long)id)),
	    at);
}

/* Letters of one to four octets at every place of the fold. */
static void
test_folding(void **state)
{
	static const char *const letters[] = { "a", "ә", "–", "𐱅" };
	size_t i, j, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(letters); i++)
		for (j = 0; j < 80; j++) {
			struct ical c;
			struct buf text, back;
			const char *p;

			buf_init(&text, CX->arena, 0);
			for (k = 0; k < j; k++)
				buf_char(&text, 'x');
			for (k = 0; k < 60; k++)
				buf_str(&text, letters[i]);
			ical_init(&c, CX->arena, 0);
			ical_text(&c, "N", NULL, text.p);
			well_folded((struct slice){ c.out.p, c.out.n });
			buf_init(&back, CX->arena, 0);
			for (p = c.out.p + 2; *p != '\0'; p++)
				if (strncmp(p, "\r\n ", 3) == 0)
					p += 2;
				else if (*p != '\r' && *p != '\n')
					buf_char(&back, *p);
			assert_string_equal(back.p, text.p);
		}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_read_back),
		cmocka_unit_test(test_filters), cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_sequence), cmocka_unit_test(test_folding) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, open_house, close_house);
}

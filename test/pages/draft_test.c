/* draft_test.c – a text held against the demo's records: every figure found once and true, in both
 * languages and several wordings; one number changed, and exactly that claim is false and its suggestion
 * makes it true; stale through an edition; the page with its choices; bad input. On both engines. */
#include "door_words.h"

#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "figure/report.h"
#include "mod/draft/draft_check.h"
#include "mod/office/office.h"

static int clerk, guest, member;
static struct ctx cx;
static struct arena arena;

static int
setup(void **state)
{
	bool pinned;

	(void)state;
	door_open(&door, engine);
	guest = 0;
	clerk = door_role(&door, "clerk");
	member = door_role(&door, "member");
	arena_init(&arena);
	app_ctx(&door.app, &cx, &arena);
	assert_int_equal(setting_business_day(&cx, &cx.today, &pinned), RC_OK);
	return 0;
}

#define wrong(...)                         \
	do {                               \
		print_error(__VA_ARGS__);  \
		print_error("\n");         \
		_fail(__FILE__, __LINE__); \
	} while (0)

/* {} holds the number with its words of rounding: what is changed by the property test. */
static const struct sentence {
	const char *text, *number, *figure;
	int64_t rounded;  /* its step */
	const char *form; /* %s: another number of the same step, in digits */
} sentences[] = {
	{ "Өткен айларда, жыл басынан бері облыста {} іс-шара өтті.", "497", "events_total", 1,
	    "%s" },
	{ "Жылдың басынан бері {} мәдени-көпшілік іс-шара болды.", "төрт жүз тоқсан жеті",
	    "events_total", 1, "%s" },
	{ "Іс-шаралардың саны — {}.", "497", "events_total", 1, "%s" },
	{ "Биылғы іс-шараларға {} адам келді.", "14мыңнан аса", "participants_total", 1000,
	    "%s мыңнан аса" },
	{ "Іс-шараларға {} қатысушы келді.", "он төрт мыңнан астам", "participants_total", 1000,
	    "%s мыңнан астам" },
	{ "Жиындарға қатысушылардың саны {} болды.", "14 236", "participants_total", 1, "%s" },
	{ "Ассамблея құрамына {} этномәдени бірлестік кіреді.", "17", "eca_count", 1, "%s" },
	{ "Олардың {} мүшесі бар.", "2 245", "eca_members", 1, "%s" },
	{ "Этномәдени бірлестіктер {} мүшені біріктіреді.", "2245", "eca_members", 1, "%s" },
	{ "Өңірде {} этнос өкілі тұрады.", "90-нан астам", "ethnos_present", 10, "%s-нан астам" },
	{ "Тілдесу клубында {} этнос өкілі дәріс алады.", "40-тан астам", "club_learners", 10,
	    "%s-тан астам" },
	{ "С начала года проведено {} мероприятий.", "497", "events_total", 1, "%s" },
	{ "За год прошло {} мероприятий.", "четыреста девяносто семь", "events_total", 1, "%s" },
	{ "В мероприятиях участвовало {} человек.", "свыше 14 тысяч", "participants_total", 1000,
	    "свыше %s тысяч" },
	{ "Мероприятия собрали {} участников.", "более четырнадцати тысяч", "participants_total",
	    1000, "более %s тысяч" },
	{ "Это {} этнокультурных объединений.", "17", "eca_count", 1, "%s" },
	{ "В объединениях состоит {} членов.", "2\u00a0245", "eca_members", 1, "%s" },
	{ "В области живут представители {} этносов.", "более 90", "ethnos_present", 10,
	    "более %s" },
	{ "Разговорный клуб посещают представители {} этносов.", "свыше сорока", "club_learners",
	    10, "свыше %s" },
};

static const char *
with_number(const struct sentence *s, const char *number)
{
	const char *hole = strstr(s->text, "{}");

	return arena_printf(&arena, "%.*s%s%s", (int)(hole - s->text), s->text, number, hole + 2);
}

static void
check(const char *text, struct draft *out)
{
	assert_int_equal(draft_check(&cx, text, strlen(text), out), RC_OK);
}

static const struct draft_claim *
only_count(const struct draft *d, const char *text)
{
	const struct draft_claim *found = NULL;
	size_t i;

	for (i = 0; i < d->nclaims; i++)
		if (d->claim[i].counts) {
			if (found != NULL)
				wrong("found twice: %s", text);
			found = &d->claim[i];
		}
	if (found == NULL)
		wrong("nothing found: %s", text);
	return found;
}

static void
test_every_wording_is_true(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(sentences); i++) {
		const struct sentence *s = &sentences[i];
		const char *text = with_number(s, s->number);
		const struct draft_claim *c;
		struct draft d;

		check(text, &d);
		c = only_count(&d, text);
		if (strcmp(c->matched, s->figure) != 0 || c->verdict != DRAFT_TRUE)
			wrong("%s: %s %s, expected %s", text, c->matched,
			    draft_verdict_code(c->verdict), c->expected);
		assert_string_equal(c->text, s->number);
	}
}

/* The whole article of the year in one language: each figure once, all true; then one number after the
 * other changed, and nothing else turns. */
static const char *
whole(size_t first, size_t end, size_t changed, const char *number)
{
	struct buf b;
	size_t i;

	buf_init(&b, &arena, 0);
	for (i = first; i < end; i++) {
		buf_str(
		    &b, with_number(&sentences[i], i == changed ? number : sentences[i].number));
		buf_str(&b, i % 3 == 0 ? "\n" : " ");
	}
	return b.p;
}

static size_t
verdicts(const struct draft *d, enum draft_verdict v)
{
	size_t i, n = 0;

	for (i = 0; i < d->nclaims; i++)
		n += d->claim[i].counts && d->claim[i].verdict == v;
	return n;
}

static void
change_each(size_t first, size_t end)
{
	unsigned seed = 1115;
	struct draft d;
	size_t i, k, j;

	check(whole(first, end, end, NULL), &d);
	assert_int_equal(verdicts(&d, DRAFT_TRUE), end - first);
	for (i = first; i < end; i++)
		for (k = 0; k < 12; k++) {
			struct arena_mark m = arena_mark(&arena);
			const struct sentence *s = &sentences[i];
			int64_t n = s->rounded == 1000 ? 2 + rand_r(&seed) % 90
						       : (2 + rand_r(&seed) % 300) * s->rounded;
			const char *text, *fixed;
			const struct draft_claim *c = NULL;
			struct draft again;
			char digits[24];

			if (n == 14 || n == 497 || n == 17 || n == 90 || n == 40 || n == 2245)
				n += s->rounded == 1000 ? 1 : s->rounded;
			snprintf(digits, sizeof digits, "%lld", (long long)n);
			text = whole(first, end, i,
			    arena_printf(&arena, "%.*s%s%s", (int)(strstr(s->form, "%s") - s->form),
				s->form, digits, strstr(s->form, "%s") + 2));
			check(text, &d);
			if (verdicts(&d, DRAFT_FALSE) != 1 ||
			    verdicts(&d, DRAFT_TRUE) != end - first - 1)
				wrong("%zu false in: %s", verdicts(&d, DRAFT_FALSE), text);
			for (j = 0; j < d.nclaims; j++)
				if (d.claim[j].counts && d.claim[j].verdict == DRAFT_FALSE)
					c = &d.claim[j];
			assert_string_equal(c->matched, s->figure);
			assert_string_not_equal(c->suggestion, "");
			fixed = arena_printf(
			    &arena, "%.*s%s%s", (int)c->from, text, c->suggestion, text + c->to);
			check(fixed, &again);
			if (verdicts(&again, DRAFT_TRUE) != end - first)
				wrong("not repaired by “%s”: %s", c->suggestion, fixed);
			arena_rewind(&arena, m);
		}
}

static void
test_one_number_changed(void **state)
{
	size_t ru = 11;

	(void)state;
	assert_non_null(strstr(sentences[ru].text, "С начала"));
	change_each(0, ru);
	change_each(ru, ARRAY_LEN(sentences));
}

static const struct draft_claim *
named(const struct draft *d, const char *matched)
{
	size_t i;

	for (i = 0; i < d->nclaims; i++)
		if (strcmp(d->claim[i].matched, matched) == 0)
			return &d->claim[i];
	return NULL;
}

static void
test_names_and_days(void **state)
{
	const struct draft_claim *c;
	struct draft d;

	(void)state;
	check("4 маусымда — Мемлекеттік рәміздер күнінде «Елтану» жобасы мен «Bauyrsaqfest» "
	      "байқауы өтті. "
	      "Ақсақалдар кеңесінің мүшелері, Ақтөбе облысы әкімі және «Жоқ нәрсе» клубы қатысты.",
	    &d);
	c = named(&d, "observance:symbols_day");
	assert_non_null(c);
	assert_int_equal(c->verdict, DRAFT_TRUE);
	assert_non_null(named(&d, "body:elders"));
	assert_int_equal(d.count[DRAFT_FALSE], 0);
	assert_int_equal(d.count[DRAFT_NOSOURCE], 1);
	assert_int_equal(d.count[DRAFT_TRUE], 5);
	check("5 июня – День государственных символов.", &d);
	c = named(&d, "observance:symbols_day");
	assert_non_null(c);
	assert_int_equal(c->verdict, DRAFT_FALSE);
	assert_string_equal(c->suggestion, "4 июня");
	assert_string_equal(c->expected, "2024-06-04");
	check("Aqsaqaldar keñesı, «Елтану», «Eltanu».", &d);
	assert_non_null(named(&d, "body:elders"));
	assert_int_equal(d.count[DRAFT_TRUE], 3);
}

static void
test_years_and_months(void **state)
{
	struct ask ask;
	struct figure_answer a;
	struct draft d;
	const char *text;

	(void)state;
	ask_default(&cx, &ask);
	ask.from = 20240501;
	ask.to = ask.on = 20240531;
	assert_int_equal(figure_answer(&cx, figure_find("events_total"), &ask, &a), RC_OK);
	assert_true(a.value > 0 && a.value < 497);
	text = arena_printf(
	    &arena, "Мамырда %.0f іс-шара өтті. В мае прошло %.0f мероприятий.", a.value, a.value);
	check(text, &d);
	assert_int_equal(verdicts(&d, DRAFT_TRUE), 2);
	check("Былтыр 497 іс-шара өтті.", &d);
	assert_int_equal(verdicts(&d, DRAFT_FALSE), 1);
	assert_int_equal(d.claim[0].ask.to, 20231231);
	check("2024 жылы 497 іс-шара өтті.", &d);
	assert_int_equal(verdicts(&d, DRAFT_TRUE), 1);
}

static void
test_saved_page(void **state)
{
	const char *page = "<!DOCTYPE html><html><head><title>12 "
			   "адам</title></head><body><nav><a>55 іс-шара</a></nav>"
			   "<article><h1>Бірлік жылы туралы сөз</h1><p>Жыл басынан бері облыста "
			   "<b>498</b>&nbsp;іс-шара "
			   "өткізілді, олардың бәрі бірлікке арналды.</p></article></body></html>";
	struct draft d;

	(void)state;
	check(page, &d);
	assert_true(d.html);
	assert_int_equal(d.nclaims, 1);
	assert_int_equal(d.claim[0].verdict, DRAFT_FALSE);
	assert_memory_equal(page + d.claim[0].from, "498", 3);
	assert_int_equal(d.claim[0].to - d.claim[0].from, 3);
	assert_string_equal(d.claim[0].suggestion, "497");
}

static void
expect_page(int role, const char *body, int status, const char *what)
{
	struct answer a = door_page(&door, role, M_POST, "/kk/draft", body, true);

	assert_int_equal(a.status, status);
	if (what != NULL && strstr(a.body.p, what) == NULL)
		wrong("no “%s” in: %.2000s", what, a.body.p);
}

static void
test_page(void **state)
{
	struct answer a;

	(void)state;
	assert_int_not_equal(door_page(&door, guest, M_GET, "/kk/draft", NULL, false).status, 200);
	assert_int_equal(door_page(&door, member, M_GET, "/kk/draft", NULL, false).status, 403);
	a = door_page(&door, clerk, M_GET, "/ru/draft", NULL, false);
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.body.p, "<textarea"));
	expect_page(clerk, "text=498+%D1%96%D1%81-%D1%88%D0%B0%D1%80%D0%B0+%3Cb%3E", 200,
	    "<mark class='no'>498</mark>");
	expect_page(
	    clerk, "text=498+%D1%96%D1%81-%D1%88%D0%B0%D1%80%D0%B0", 200, "name='c0' value='497'");
	expect_page(clerk, "text=498+%D1%96%D1%81-%D1%88%D0%B0%D1%80%D0%B0&act=repair&c0=497", 200,
	    "\n497 іс-шара</textarea>");
	/* A choice of another text does nothing. */
	expect_page(clerk, "text=499+%D1%96%D1%81-%D1%88%D0%B0%D1%80%D0%B0&act=repair&c5=497", 200,
	    "\n499 іс-шара</textarea>");
}

static void
test_too_long(void **state)
{
	size_t n = (1 << 20) + 10;
	char *body = arena_alloc(&arena, n + 6);

	(void)state;
	memcpy(body, "text=", 5);
	memset(body + 5, 'a', n);
	body[n + 5] = '\0';
	expect_page(clerk, body, 422, NULL);
}

/* ---- last: the records change ---- */

static void
two_more_events(void)
{
	static const char *const steps[] = { "approve", "hold", "report" };
	size_t k, i;

	for (k = 0; k < 2; k++) {
		struct answer a = door_api(&door, clerk, M_POST, "/api/v1/events",
		    "{\"name\":{\"kk\":\"Кеш тіркелген кеш\"},\"kind\":\"concert\",\"body\":2,"
		    "\"first_day\":\"2024-10-20\",\"head_count\":25}",
		    NULL);
		int64_t id = door_int(&door, "SELECT max(id) FROM event");

		assert_int_equal(a.status, 201);
		for (i = 0; i < ARRAY_LEN(steps); i++) {
			const char *match = arena_printf(&arena, "\"%zu\"", i + 1);

			a = door_api(&door, clerk, M_POST,
			    arena_printf(&arena, "/api/v1/events/%lld/%s", (long long)id, steps[i]),
			    "", match);
			assert_int_equal(a.status, 200);
		}
	}
}

/* Without an edition: the house knew 497 until just now. The next second, since known counts whole ones. */
static void
test_stale_known(void **state)
{
	int64_t second = clock_now() / US_PER_SECOND;
	struct draft d;

	(void)state;
	while (clock_now() / US_PER_SECOND < second + 2)
		usleep(20000);
	db_end(&cx);
	two_more_events();
	check("Жыл басынан бері 499 іс-шара өтті.", &d);
	assert_int_equal(d.claim[0].verdict, DRAFT_STALE);
	assert_string_equal(d.claim[0].expected, "501");
	assert_int_equal(strncmp(d.claim[0].note, "known ", 6), 0);
}

static void
test_language(void **state)
{
	struct draft d;

	(void)state;
	check("Жыл басынан бері іс-шараға 14мыңнан аса адам келді.\n"
	      "С начала года прошло 497 мероприятий в районах области.",
	    &d);
	assert_int_equal(d.nfindings, 1);
	assert_int_equal(d.finding[0].kind, FIND_GLUE);
}

static void
test_stale(void **state)
{
	struct edition e;
	struct ask ask;
	struct draft d;

	(void)state;
	ask_default(&cx, &ask);
	assert_int_equal(edition_freeze(&cx, &ask, NULL, &e), RC_OK);
	db_end(&cx);
	two_more_events();
	check("Жыл басынан бері 497 іс-шара өтті.", &d);
	assert_int_equal(d.claim[0].verdict, DRAFT_STALE);
	assert_string_equal(d.claim[0].expected, "499");
	assert_string_equal(d.claim[0].suggestion, "499");
	assert_int_equal(strncmp(d.claim[0].note, "edition ", 8), 0);
	check("Жыл басынан бері 496 іс-шара өтті.", &d);
	assert_int_equal(d.claim[0].verdict, DRAFT_FALSE);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_wording_is_true),
		cmocka_unit_test(test_one_number_changed),
		cmocka_unit_test(test_names_and_days),
		cmocka_unit_test(test_years_and_months),
		cmocka_unit_test(test_saved_page),
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_stale_known),
	};

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}

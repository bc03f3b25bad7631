/* newspage_test.c – a saved page comes into the newsroom: nothing is changed unless chosen, furniture has its reasons and
 * comes back by a tick, quotations stay, the copy is the very bytes, and every step has its way back. Then the check
 * beside a text that is being written. On both engines. */
#include "door_words.h"

#include <unistd.h>

#include "core/files.h"
#include "core/setting.h"
#include "mod/rights/rights.h"
#include "text/url.h"

#define SAYS(call, text)                    \
	do {                                \
		struct answer got = (call); \
		HAS(got, text);             \
	} while (0)
#define SAYS_NOT(call, text)                \
	do {                                \
		struct answer got = (call); \
		HAS_NOT(got, text);         \
	} while (0)

static int clerk, leader, guest, member;
static long long demos; /* the newest article of the demo */
static const char *fixture;

static const char *
read_fixture(const char *name)
{
	FILE *f = fopen(arena_printf(&door.arena, "%s/../fixtures/%s", GOLDEN, name), "rb");
	char *p = arena_alloc(&door.arena, 1 << 16);
	size_t n;

	assert_non_null(f);
	n = fread(p, 1, (1 << 16) - 1, f);
	fclose(f);
	p[n] = '\0';
	return p;
}

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	member = door_role(&door, "member");
	fixture = read_fixture("saved_page.html");
	demos = door_int(&door, "SELECT max(id) FROM article");
	return 0;
}

static const char *
form(const char *format, const char *text)
{
	struct buf b;

	buf_init(&b, &door.arena, 0);
	buf_str(&b, format);
	url_encode(&b, text);
	return b.p;
}

static int64_t
newest(const char *kind)
{
	return door_int(
	    &door, arena_printf(&door.arena, "SELECT coalesce(max(id), 0) FROM %s", kind));
}

static const char *
at(const char *format)
{
	return with_ids(format, newest("article_source"), newest("article"));
}

static void
test_doors(void **state)
{
	(void)state;
	assert_int_not_equal(page(guest, "/en/newsroom/import").status, 200);
	assert_int_equal(page(member, "/en/newsroom/import").status, 403);
	assert_int_equal(post(member, "/en/newsroom/import", "text=x").status, 403);
	assert_int_equal(page(clerk, "/en/newsroom/import").status, 200);
	assert_int_equal(page(clerk, "/en/newsroom/import/1").status, 404);
}

static void
test_refused(void **state)
{
	struct answer a;

	(void)state;
	a = post(clerk, "/en/newsroom/import", "text=");
	assert_int_equal(a.status, 422);
	HAS(a, "Choose a file or paste the text");
	a = post(clerk, "/en/newsroom/import", "text=%20%0A&address=");
	assert_int_equal(a.status, 422);
	HAS(a, "There are no words in it");
	a = post(clerk, "/en/newsroom/import",
	    "text=Kesh+boldy.&address=javascript:alert(1)&fetched_on=33.33.2024");
	assert_int_equal(a.status, 422);
	HAS(a, "There is no such day");
	HAS(a, "Kesh boldy.</textarea>"); /* what was typed stays */
	a = post(clerk, "/en/newsroom/import", "text=Kesh+boldy.&address=javascript:alert(1)");
	assert_int_equal(a.status, 422);
	HAS(a, "A link begins with https://");
	assert_int_equal(newest("article_source"), 0);
}

/* Who works for one body brings pages in for that body; the secretariat sees all of them. */
static void
test_scoped(void **state)
{
	struct answer a = post(leader, "/en/newsroom/import", "text=Kesh+boldy+bizdin+uide.");

	(void)state;
	assert_int_equal(a.status, 303);
	assert_int_equal(page(leader, at("/en/newsroom/import/#")).status, 200);
	assert_int_equal(page(clerk, at("/en/newsroom/import/#")).status, 200);
	assert_true(door_int(&door, "SELECT body FROM article_source") > 0);
	assert_int_equal(post(leader, at("/en/newsroom/import/#/drop"), "x=1").status, 303);
	assert_int_equal(newest("article_source"), 0);
}

static void
test_read(void **state)
{
	struct answer a;

	(void)state;
	a = post(clerk, "/en/newsroom/import",
	    form("address=https%3A%2F%2Fnews.example%2F1&fetched_on=14.11.2024&text=", fixture));
	assert_int_equal(a.status, 303);
	/* Sent twice it is there once. */
	a = post(clerk, "/en/newsroom/import", form("text=", fixture));
	assert_int_equal(a.status, 303);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM article_source"), 1);
	a = page(clerk, at("/en/newsroom/import/#"));
	assert_int_equal(a.status, 200);
	HAS(a, "value='Достық үйінде күзгі кездесу өтті'");
	HAS(a, "value='Үлгі АВТОР'");
	HAS(a, "value='14.11.2024'");
	HAS(a, "selected>The Assembly</option>");
	HAS(a, "<mark>14мыңнан</mark>");
	HAS(a, "<ins>14 мыңнан</ins>");
	HAS(a, "Back to top button");
	HAS(a, "a part of the site or a way to move in it");
	HAS(a, "https://news.example/1");
	HAS_NOT(a, " checked"); /* nothing is chosen by itself */
	HAS_NOT(a, "document.write");
	HAS(a, "Attendances (with repeats)");
	assert_int_equal(newest("article"), demos);
	assert_int_equal(page(member, at("/en/newsroom/import/#")).status, 403);
	assert_int_equal(page(leader, at("/en/newsroom/import/#")).status, 404);
	assert_int_equal(page(leader, at("/en/newsroom/import/#/copy")).status, 404);
}

static void
test_certain(void **state)
{
	struct answer a;

	(void)state;
	a = post(clerk, at("/en/newsroom/import/#"), "act=certain");
	assert_int_equal(a.status, 200);
	HAS(a, "value='14 мыңнан' checked>");
	HAS(a, "value='Кездесу' checked>");
	HAS_NOT(a, "value='тұрғыны этникалық' checked>"); /* only the dictionary knows it */
	HAS_NOT(a, "value='жерде береке' checked>");	  /* a quotation */
	a = post(clerk, at("/en/newsroom/import/#"), "act=none&l0=x");
	HAS_NOT(a, " checked");
}

/* The name of the tick whose words are these: "l1234". */
static const char *
tick(const struct answer *a, const char *with)
{
	const char *v = strstr(a->body.p, arena_printf(&door.arena, "' value='%s'", with)), *n;

	assert_non_null(v);
	for (n = v; n[-1] != '\''; n--)
		;
	return arena_strn(&door.arena, n, (size_t)(v - n));
}

/* The tick of the line that holds these words. */
static const char *
line_tick(const struct answer *a, const char *words)
{
	const char *p = strstr(a->body.p, words), *n;

	assert_non_null(p);
	while (strncmp(p, "name='b", 7) != 0)
		p--;
	for (n = p += 6; *n != '\''; n++)
		;
	return arena_strn(&door.arena, p, (size_t)(n - p));
}

static void
test_make(void **state)
{
	struct answer a = page(clerk, at("/en/newsroom/import/#"));
	int64_t made;
	struct buf b;

	(void)state;
	buf_init(&b, &door.arena, 0);
	buf_printf(&b, "act=make&rubric=%lld&original=kk&author=A&office=B&dated=14.11.2024&title=",
	    (long long)newest("rubric"));
	url_encode(&b, "Тақырып *1*");
	buf_printf(&b, "&%s=", tick(&a, "14 мыңнан"));
	url_encode(&b, "14 мыңнан");
	buf_printf(&b, "&%s=", tick(&a, "тұрғыны этникалық"));
	url_encode(&b, "басқа сөз"); /* not what was offered */
	buf_printf(&b, "&%s=1", line_tick(&a, "Сурет: редакция мұрағаты"));
	assert_int_equal(
	    post(clerk, at("/en/newsroom/import/#"), "act=make&rubric=&title=x").status, 422);
	assert_int_equal(
	    post(clerk, at("/en/newsroom/import/#"), "act=make&rubric=1&dated=9.9").status, 422);
	assert_int_equal(newest("article"), demos);
	a = post(clerk, at("/en/newsroom/import/#"), b.p);
	assert_int_equal(a.status, 303);
	a = page(clerk, with_ids("/kk/news/#", newest("article"), 0));
	HAS(a, "Тақырып *1*");
	HAS(a, "Оларға 14 мыңнан аса адам");
	HAS(a, "тұрғыныэтникалық");
	HAS(a, "Бірлік бар жердебереке бар");
	HAS(a, "Сурет: редакция мұрағаты");
	HAS_NOT(a, "Back to top button");
	HAS_NOT(a, "Пікір үстеу");
	HAS(a, at("/kk/newsroom/import/#"));
	assert_int_equal(page(guest, with_ids("/kk/news/#", newest("article"), 0)).status, 404);
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM article WHERE original = 'kk' AND state = "
			    "'draft' AND dated = 20241114 AND author = 'A'"),
	    1);
	/* A second click leads to the one that was made; nothing else is done to the page any more. */
	made = newest("article");
	a = post(clerk, at("/en/newsroom/import/#"), "act=make&rubric=1&title=x");
	assert_int_equal(a.status, 303);
	assert_string_equal(a.location, with_ids("/en/news/#", made, 0));
	assert_int_equal(newest("article"), made);
	assert_int_equal(post(clerk, at("/en/newsroom/import/#"), "act=certain").status, 409);
	assert_int_equal(post(clerk, at("/en/newsroom/import/#/drop"), "x=1").status, 409);
}

static void
test_copy(void **state)
{
	struct answer a = page(clerk, at("/en/newsroom/import/#/copy"));
	size_t n = strlen(fixture);

	(void)state;
	assert_int_equal(a.status, 200);
	assert_string_equal(a.type, "application/octet-stream");
	assert_int_equal(a.body.n, n);
	assert_memory_equal(a.body.p, fixture, n);
}

static const char *
path_on_disk(void)
{
	struct ctx cx;
	const char *sha;

	app_ctx(&door.app, &cx, &door.arena);
	assert_int_equal(db_text(&cx, &sha,
			     "SELECT sha256 FROM article_source ORDER BY id DESC LIMIT 1", NO_VALS),
	    RC_OK);
	db_end(&cx);
	return files_path(&door.arena, files_home(), sha);
}

static void
test_back(void **state)
{
	const char *file = path_on_disk();
	struct answer a;

	(void)state;
	assert_int_equal(access(file, R_OK), 0);
	a = post(clerk, at("/en/newsroom/import/#/undo"), "x=1");
	assert_int_equal(a.status, 303);
	assert_int_equal(newest("article"), demos);
	SAYS(page(clerk, at("/en/newsroom/import/#")), "Make a draft article");
	SAYS_NOT(page(clerk, "/en/search?q=%D0%BA%D0%B5%D0%B7%D0%B4%D0%B5%D1%81%D1%83"), "/news/");
	a = post(clerk, at("/en/newsroom/import/#/drop"), "x=1");
	assert_int_equal(a.status, 303);
	assert_int_equal(newest("article_source"), 0);
	assert_int_not_equal(access(file, R_OK), 0);
}

/* A page that waits has a term, counted from the day it came in; one that an article stands on has none. */
static int64_t
pages_later(int days)
{
	struct ctx cx;
	struct retained *r;
	size_t n;

	app_ctx(&door.app, &cx, &door.arena);
	cx.actor = &actor_system;
	cx.today = day_add(day_of_moment(cx.now), days);
	cx.now += days * US_PER_DAY;
	assert_int_equal(setting_set(&cx, "keep_pages", "3"), RC_OK);
	assert_int_equal(retain(&cx, 0, &r, &n), RC_OK);
	db_end(&cx);
	if (door_int(&door, "SELECT count(*) FROM article_source WHERE article IS NULL") > 0)
		SAYS(page(clerk, at("/en/newsroom/import/#")), "Removed, if no article is made");
	assert_int_equal(setting_set(&cx, "keep_pages", ""), RC_OK);
	db_end(&cx);
	return door_int(&door, "SELECT count(*) FROM article_source");
}

static void
test_term(void **state)
{
	int64_t all = door_int(&door, "SELECT count(*) FROM article_source"), id;
	const char *file, *told;

	(void)state;
	assert_true(all > 0);
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM article_source WHERE article IS NULL"), 0);
	post(clerk, "/en/newsroom/import",
	    "text=Kesh+boldy+bizdin+uide.&address=https%3A%2F%2Fold.example%2F7&fetched_on=01.02."
	    "2020");
	id = newest("article_source");
	told = arena_printf(&door.arena,
	    "SELECT count(*) FROM history WHERE kind = 'article_source' AND rec = %lld AND data "
	    "LIKE "
	    "'%%old.example%%'",
	    (long long)id);
	file = path_on_disk();
	assert_int_equal(door_int(&door, told), 1);
	assert_int_equal(pages_later(89), all + 1); /* not from the day on which it was saved */
	assert_int_equal(access(file, R_OK), 0);
	assert_int_equal(pages_later(91), all);
	assert_int_not_equal(access(file, R_OK), 0);
	assert_int_equal(door_int(&door, told), 0);
	assert_int_equal(page(clerk, with_ids("/en/newsroom/import/#", id, 0)).status, 404);
	assert_int_equal(access(path_on_disk(), R_OK), 0);
	assert_int_equal(pages_later(4000), all);
}

/* Attacks stay words, in the review as in the article; a figure is not asked because a page has its sign. */
static void
test_hostile(void **state)
{
	static const char page_text[] =
	    "<!DOCTYPE html><html><body><h1>Бірлік туралы сөз</h1><article><p>Жыл басынан бері "
	    "облыста &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) "
	    "{figure:nothing} жиын өтті, бәрі жақсы болды.</p><math><mtext><style><!--</style>"
	    "<img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\"></article>";
	struct answer a = post(clerk, "/en/newsroom/import", form("text=", page_text));

	(void)state;
	assert_int_equal(a.status, 303);
	a = page(clerk, at("/en/newsroom/import/#"));
	assert_int_equal(a.status, 200);
	HAS(a, "&lt;script&gt;alert(1)");
	HAS_NOT(a, "<script>alert");
	HAS_NOT(a, "href='javascript");
	HAS_NOT(a, "<img src=1");
	a = post(clerk, at("/en/newsroom/import/#"),
	    with_ids("act=make&original=kk&title=Kesh&rubric=#", newest("rubric"), 0));
	assert_int_equal(a.status, 303);
	a = page(clerk, with_ids("/kk/news/#", newest("article"), 0));
	HAS(a, "{figure:nothing}");
	HAS(a, "[x](javascript:alert(1))");
	HAS_NOT(a, "href='javascript");
	HAS_NOT(a, "<script>alert");
}

static void
test_deep(void **state)
{
	struct buf b;
	struct answer a;
	int i;

	(void)state;
	buf_init(&b, &door.arena, 0);
	buf_str(&b, "<!DOCTYPE html><html><body>");
	for (i = 0; i < 10000; i++)
		buf_str(&b, "<div>");
	buf_str(&b, "<p>Жыл басынан бері облыста 497 іс-шара өтті, бәрі жақсы болды.</p>");
	a = post(clerk, "/en/newsroom/import", form("text=", b.p));
	assert_int_equal(a.status, 303);
	a = page(clerk, at("/en/newsroom/import/#"));
	assert_int_equal(a.status, 200);
	HAS(a, "497 іс-шара");
	/* One endless line: read as far as makes sense, so that the page opens and can be thrown away. */
	b.n = 0;
	for (i = 0; i < 30000; i++)
		buf_str(&b, "Kesh boldy, dep aitty olar, & bizdin uide bari jaqsy edi. ");
	a = post(clerk, "/en/newsroom/import", form("text=", b.p));
	assert_int_equal(a.status, 303);
	a = page(clerk, at("/en/newsroom/import/#"));
	assert_int_equal(a.status, 200);
	HAS(a, "The page is longer than is read");
	assert_int_equal(post(clerk, at("/en/newsroom/import/#/drop"), "x=1").status, 303);
}

/* What the script of the form asks. */
static void
test_beside(void **state)
{
	struct answer a;
	int64_t before = door_int(&door, "SELECT count(*) FROM audit");

	(void)state;
	a = page(clerk, "/en/news/new");
	HAS(a, "id='news-check'");
	/* Pages of text have the whole width, titles stand side by side. */
	HAS(a, "<fieldset class='trio'><legend>Title");
	HAS(a, "<fieldset class='trio long'><legend>Text");
	assert_int_equal(post(member, "/news/check?lang=en", "x").status, 403);
	assert_int_equal(
	    door_page(&door, clerk, M_POST, "/news/check?lang=en", "x", false).status, 403);
	a = post(clerk, "/news/check?lang=en",
	    "Биыл **498** іс-шара өтті. Оларға 14мыңнан аса адам келді. {figure:events_total "
	    "on=2024-11-15} [бет](https://a.example/1999).");
	assert_int_equal(a.status, 200);
	assert_string_equal(a.type, "application/json");
	HAS(a, "\"text\":\"498\",\"verdict\":\"false\",\"said\":\"not so\"");
	HAS(a, "\"put\":\"497\"");
	HAS(a, "\"figure\":\"{figure:events_total noun=no}\"");
	HAS(a, "\"figure\":\"{figure:participants_total noun=no say=over}\"");
	HAS(a, "\"text\":\"14мыңнан\"");
	HAS_NOT(a, "1999");
	HAS_NOT(a, "\"text\":\"2024");
	/* Places are units of UTF-16: an emoji is two. */
	a = post(clerk, "/news/check?lang=en", "\xf0\x9f\x98\x80 498 іс-шара");
	HAS(a, arena_printf(&door.arena, "\"from\":%zu,\"to\":%zu,\"text\":\"498\"",
		   strlen(door.csrf[clerk]) + 7 + 3, strlen(door.csrf[clerk]) + 7 + 6));
	a = post(clerk, "/news/check?lang=en", "\xff\xfe");
	assert_int_equal(a.status, 400);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM audit"), before);
	/* Without the script: the preview. */
	a = post(clerk, "/en/news/new",
	    form("_preview=1&rubric=1&original=kk&title_kk=Kesh&text_kk=",
		"Биыл 498 іс-шара өтті."));
	HAS(a, "<q>498</q> → 497");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_doors),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_scoped),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_certain),
		cmocka_unit_test(test_make),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_term),
		cmocka_unit_test(test_back),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_beside),
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}

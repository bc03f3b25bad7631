/* news_test.c – an article's way, its languages against the original's words, corrections, the day from which it is
 * shown, figures frozen at publication, related articles, who sees what. On both engines. */
#define MORE_KINDS , &rubric_kind, &article_kind, &article_link_kind
#include "mod/news/news.h"
#include "mod/news/news_figure.h"
#include "event_test.h"

static int64_t rubric;

static struct actor
actor_of(enum role r, const int64_t *scope, size_t n)
{
	return (struct actor){ .account = 0,
		.role = r,
		.caps = role_caps(r),
		.body = n == 0 ? 0 : scope[0],
		.scope = scope,
		.nscope = n,
		.login = "x",
		.name = "x",
		.csrf = "" };
}

static struct article
fresh(const char *title, const char *text)
{
	struct article a;

	kind_empty(&article_kind, &a);
	a.rubric = rubric;
	a.original = "kk";
	a.title.kk = title;
	a.text.kk = text;
	return a;
}

static struct article
now(int64_t id)
{
	struct article a;

	OK(kind_load(CX, &article_kind, id, &a));
	return a;
}

static int
step(int64_t id, const char *action, const char *reason)
{
	int rc = article_do(CX, &(struct article_move){ id, now(id).rec.version, action, reason });

	if (rc != RC_OK)
		house_next(&house);
	return rc;
}

static int
save(struct article *a)
{
	int rc = kind_update(CX, &article_kind, a);

	if (rc != RC_OK)
		house_next(&house);
	return rc;
}

static int64_t
published(const char *title, const char *text)
{
	struct article a = fresh(title, text);

	OK(kind_insert(CX, &article_kind, &a));
	OK(step(a.rec.id, "send", NULL));
	OK(step(a.rec.id, "publish", NULL));
	return a.rec.id;
}

static int
seen_by(const struct actor *who, int64_t id)
{
	const struct actor *me = CX->actor;
	struct article a;
	int rc;

	CX->actor = who;
	rc = kind_get(CX, &article_kind, id, &a);
	CX->actor = me;
	if (rc != RC_OK)
		err_clear(CX);
	return rc;
}

static void
test_steps(void **state)
{
	int64_t b = body("news-a", 0), other = body("news-b", 0);
	struct actor leader = actor_of(ROLE_LEADER, &b, 1), far = actor_of(ROLE_LEADER, &other, 1);
	struct actor clerk = actor_of(ROLE_CLERK, NULL, 0);
	struct article a = fresh("Кеш", "");

	(void)state;
	CX->actor = &leader;
	assert_int_equal(kind_insert(CX, &article_kind, &a), RC_DENIED); /* the assembly's own */
	house_next(&house);
	a.body = b;
	OK(kind_insert(CX, &article_kind, &a));
	assert_string_equal(a.state, "draft");
	assert_int_equal(step(a.rec.id, "send", NULL), RC_RULE); /* no text */
	a = now(a.rec.id);
	a.text.kk = "Мәтін";
	OK(save(&a));
	assert_int_equal(step(a.rec.id, "publish", NULL), RC_RULE);
	OK(step(a.rec.id, "send", NULL));
	a = now(a.rec.id);
	a.text.kk = "Басқа мәтін";
	assert_int_equal(save(&a), RC_DENIED); /* with the editor */
	assert_int_equal(step(a.rec.id, "publish", NULL), RC_DENIED);
	assert_int_equal(seen_by(&far, a.rec.id), RC_NOTFOUND);
	assert_int_equal(seen_by(&actor_guest, a.rec.id), RC_NOTFOUND);
	CX->actor = &clerk;
	assert_int_equal(step(a.rec.id, "return", " "), RC_INVALID);
	OK(step(a.rec.id, "return", "қысқа"));
	OK(step(a.rec.id, "send", NULL));
	OK(step(a.rec.id, "publish", NULL));
	assert_int_equal(now(a.rec.id).published_on, CX->today);
	OK(seen_by(&far, a.rec.id));
	OK(seen_by(&actor_guest, a.rec.id));
	CX->actor = &leader;
	a = now(a.rec.id);
	a.text.kk = "Басқа мәтін";
	assert_int_equal(save(&a), RC_DENIED);
	CX->actor = &clerk;
	OK(step(a.rec.id, "withdraw", "қате"));
	assert_int_equal(seen_by(&actor_guest, a.rec.id), RC_NOTFOUND);
	a = now(a.rec.id);
	a.text.kk = "Басқа мәтін";
	assert_int_equal(save(&a), RC_RULE);
	OK(step(a.rec.id, "reopen", NULL));
	CX->actor = &actor_system;
}

static void
test_languages(void **state)
{
	struct article a = fresh("Наурыз кеші", "Бүгін **17** бірлестік келді.");

	(void)state;
	a.title.ru = "Вечер Наурыза";
	a.text.ru = "Сегодня пришли 17 объединений.";
	a.title.en = "An evening";
	a.en_state = "checked";
	OK(kind_insert(CX, &article_kind, &a));
	a = now(a.rec.id);
	assert_string_equal(a.kk_state, "original");
	assert_string_equal(a.ru_state, "machine"); /* nobody said that it is checked */
	assert_string_equal(a.en_state, "checked");
	a.ru_state = "checked";
	OK(save(&a));
	/* Marks, punctuation and capitals bear no meaning. */
	a.text.kk = "бүгін 17 _бірлестік_ келді!";
	OK(save(&a));
	assert_string_equal(now(a.rec.id).ru_state, "checked");
	a = now(a.rec.id);
	a.text.kk = "Бүгін 18 бірлестік келді.";
	OK(save(&a));
	assert_string_equal(now(a.rec.id).ru_state, "stale");
	assert_string_equal(now(a.rec.id).en_state, "stale");
	a = now(a.rec.id);
	a.text.ru = "Сегодня пришли 18 объединений."; /* touched, not said to be checked */
	OK(save(&a));
	assert_string_equal(now(a.rec.id).ru_state, "stale");
	a = now(a.rec.id);
	a.ru_state = "checked";
	OK(save(&a));
	assert_string_equal(now(a.rec.id).ru_state, "checked");
	a = now(a.rec.id); /* both in one go */
	a.text.kk = "Бүгін 19 бірлестік келді.";
	a.text.ru = "Сегодня пришли 19 объединений.";
	OK(save(&a));
	assert_string_equal(now(a.rec.id).ru_state, "checked");
	a = now(a.rec.id); /* back to the words of the checked one */
	a.text.kk = "Бүгін 17 бірлестік келді.";
	OK(save(&a));
	assert_string_equal(now(a.rec.id).en_state, "checked");
	assert_string_equal(now(a.rec.id).ru_state, "stale");
	a = now(a.rec.id);
	a.original = "ru";
	OK(save(&a));
	assert_string_equal(now(a.rec.id).ru_state, "original");
	assert_string_equal(now(a.rec.id).kk_state, "checked");
	a = now(a.rec.id);
	a.title.en = NULL;
	OK(save(&a));
	assert_null(now(a.rec.id).en_state);
}

static void
test_correction(void **state)
{
	int64_t id = published("Түзету", "Кеш *сағат* 17-де басталды.");
	struct article a = now(id);

	(void)state;
	a.text.kk = "Кеш сағат 17-де басталды";
	OK(save(&a)); /* the same words */
	assert_string_equal(now(id).state, "published");
	a = now(id);
	a.text.kk = "Кеш сағат 18-де басталды";
	assert_int_equal(save(&a), RC_INVALID);
	a.correction = "Сағат 18 болатын.";
	OK(save(&a));
	assert_string_equal(now(id).state, "corrected");
	assert_int_equal(now(id).corrected_on, CX->today);
	a = now(id);
	a.text.kk = "Кеш сағат 19-да басталды";
	assert_int_equal(save(&a), RC_INVALID); /* a word of the earlier one does not do */
	a = now(id);
	a.title.kk = "Тү\u202eзету";
	assert_int_equal(save(&a), RC_INVALID);
}

static void
test_schedule(void **state)
{
	struct article a = fresh("Кейін", "Мәтін"), *about;
	struct article_page p;
	int today = CX->today;
	size_t n;

	(void)state;
	a.publish_on = day_add(today, 3);
	OK(kind_insert(CX, &article_kind, &a));
	OK(step(a.rec.id, "send", NULL));
	OK(step(a.rec.id, "publish", NULL));
	assert_int_equal(now(a.rec.id).published_on, day_add(today, 3));
	assert_int_equal(seen_by(&actor_guest, a.rec.id), RC_NOTFOUND);
	a = now(a.rec.id);
	a.text.kk = "Басқа"; /* nobody has read it: no correction */
	OK(save(&a));
	assert_string_equal(now(a.rec.id).state, "published");
	OK(article_list(CX, &(struct article_want){ .rubric = rubric, .limit = 50 }, &p));
	for (n = 0; n < p.n; n++)
		assert_int_not_equal(p.v[n].rec.id, a.rec.id);
	CX->today = day_add(today, 3);
	OK(seen_by(&actor_guest, a.rec.id));
	OK(article_list(CX, &(struct article_want){ .rubric = rubric, .limit = 50 }, &p));
	assert_int_equal(p.v[0].rec.id, a.rec.id);
	OK(article_related(CX, &p.v[0], &about, &n));
	assert_true(n > 0);
	CX->today = today;
}

static const char *
said(enum lang l, const char *spec, double value)
{
	struct news_value v = { .value = value, .is_known = true };
	struct news_figure f;
	const char *why, *out;

	if (news_figure_read(CX, spec, &f, &why) != RC_OK)
		BROKEN("%s: %s", spec, why);
	CX->lang = l;
	out = news_figure_say(CX, &f, &v);
	CX->lang = LANG_KK;
	return out;
}

static void
test_saying(void **state)
{
	static const char *const wrong[] = { "", "nothing", "events_total on",
		"events_total on=32.01.2024", "events_total case=x", "events_total body=none-such",
		"events_total on=", "on=2024-11-15", "events_total x=1",
		"events_total from=2024-11-15 to=2024-01-01" };
	struct news_figure f;
	const char *why;
	size_t i;

	(void)state;
	assert_string_equal(said(LANG_KK, "events_total", 497), "497 іс-шара");
	assert_string_equal(said(LANG_KK, "events_total case=gen", 497), "497 іс-шараның");
	assert_string_equal(said(LANG_KK, "events_total case=abl noun=no", 40), "40-тан");
	assert_string_equal(said(LANG_RU, "events_total", 497), "497 мероприятий");
	assert_string_equal(said(LANG_RU, "events_total", 1), "1 мероприятие");
	assert_string_equal(said(LANG_RU, "events_total case=ins", 22), "22 мероприятиями");
	assert_string_equal(said(LANG_EN, "events_total", 1), "1 event");
	assert_string_equal(said(LANG_EN, "events_total", 1497), "1,497 events");
	assert_string_equal(
	    said(LANG_KK, "participants_total say=over", 14236), "14 мыңнан аса қатысу");
	assert_string_equal(said(LANG_KK, "participants_total say=over", 14000),
	    "14\u00a0000 қатысу"); /* more would not be true */
	for (i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(news_figure_read(CX, wrong[i], &f, &why), RC_INVALID);
		assert_true(*why != '\0');
		assert_null(CX->err.fields);
	}
}

static void
test_freezing(void **state)
{
	int64_t lead = body("news-freeze", 0), id;
	struct news_shown *s;
	struct article a;
	size_t n;

	(void)state;
	event("Бірінші", lead, 20240301, "held");
	a = fresh("Сан", "Жыл басынан {figure:events_total body=news-freeze} өтті.");
	OK(kind_insert(CX, &article_kind, &a));
	OK(news_figures_of(CX, &a, LANG_KK, &s, &n));
	assert_int_equal(n, 1);
	assert_string_equal(s[0].text, "1 іс-шара");
	id = a.rec.id;
	OK(step(id, "send", NULL));
	event("Екінші", lead, 20240302, "held");
	OK(step(id, "publish", NULL));
	event("Үшінші", lead, 20240303, "held");
	a = now(id);
	OK(news_figures_of(CX, &a, LANG_KK, &s, &n));
	assert_string_equal(s[0].text, "2 іс-шара");
	assert_non_null(
	    strstr(s[0].receipt, "/figures/events_total?period=2024-01-01..2024-11-15"));
	assert_non_null(strstr(s[0].receipt, "&body=news-freeze"));
	assert_non_null(strstr(s[0].receipt, "&known="));
	/* A correction freezes what it adds and leaves the rest. */
	a.text.kk = "{figure:events_total body=news-freeze}, {figure:events_total body=news-freeze "
		    "on=2024-11-15 case=dat}";
	a.correction = "Толықтырылды.";
	OK(save(&a));
	a = now(id);
	OK(news_figures_of(CX, &a, LANG_KK, &s, &n));
	assert_int_equal(n, 2);
	assert_string_equal(s[0].text, "2 іс-шара");
	assert_string_equal(s[1].text, "3 іс-шараға");
	/* What is frozen stays, whatever became of a code in the question. */
	house_sql(&house, "UPDATE body SET code = 'news-renamed' WHERE code = 'news-freeze'");
	OK(news_figures_of(CX, &a, LANG_KK, &s, &n));
	assert_string_equal(s[0].text, "2 іс-шара");
	house_sql(&house, "UPDATE body SET code = 'news-freeze' WHERE code = 'news-renamed'");
	/* Published anew after it was withdrawn: asked anew. */
	OK(step(id, "withdraw", "қате"));
	OK(step(id, "reopen", NULL));
	OK(step(id, "send", NULL));
	OK(step(id, "publish", NULL));
	a = now(id);
	OK(news_figures_of(CX, &a, LANG_KK, &s, &n));
	assert_string_equal(s[0].text, "3 іс-шара");
	a.text.kk = "{figure:nothing}";
	a.correction = "Тағы.";
	assert_int_equal(save(&a), RC_INVALID);
}

static int64_t
link_to(int64_t article, int64_t e, int64_t b)
{
	struct article_link l;

	kind_empty(&article_link_kind, &l);
	l.article = article;
	l.event = e;
	l.body = b;
	OK(kind_insert(CX, &article_link_kind, &l));
	return l.rec.id;
}

static void
test_links(void **state)
{
	int64_t b = body("news-links", 0), one, two, three, l;
	struct event e = event("Байланыс", b, 20240401, "held");
	struct article a, *v;
	struct article_link bad, *links;
	size_t n;

	(void)state;
	one = published("Бір", "а");
	two = published("Екі", "ә");
	three = published("Үш", "б");
	link_to(one, e.rec.id, 0);
	link_to(one, 0, b);
	l = link_to(two, e.rec.id, 0);
	link_to(three, e.rec.id, 0);
	link_to(three, 0, b);
	kind_empty(&article_link_kind, &bad);
	bad.article = one;
	assert_int_equal(kind_insert(CX, &article_link_kind, &bad), RC_INVALID);
	house_next(&house);
	bad.event = e.rec.id;
	assert_int_equal(kind_insert(CX, &article_link_kind, &bad), RC_EXISTS); /* twice */
	house_next(&house);
	bad.body = b;
	assert_int_equal(kind_insert(CX, &article_link_kind, &bad), RC_INVALID);
	house_next(&house);
	a = now(one);
	OK(article_related(CX, &a, &v, &n));
	assert_true(n >= 2);
	assert_int_equal(v[0].rec.id, three); /* two links in common */
	assert_int_equal(v[1].rec.id, two);
	OK(article_about(CX, &(struct article_link){ .event = e.rec.id }, &v, &n));
	assert_int_equal(n, 3);
	OK(step(three, "withdraw", "x"));
	OK(article_related(CX, &a, &v, &n));
	assert_int_equal(v[0].rec.id, two);
	OK(article_link_remove(CX, l));
	OK(article_about(CX, &(struct article_link){ .event = e.rec.id }, &v, &n));
	assert_int_equal(n, 1);
	OK(article_links_of(CX, one, &links, &n));
	assert_int_equal(n, 2);
}

static int
open_news(void **state)
{
	int rc = open_house(state);
	struct rubric r;

	kind_empty(&rubric_kind, &r);
	r.code = "assembly";
	r.name = (struct text3){ "Ассамблея", "Ассамблея", "Assembly" };
	OK(kind_insert(CX, &rubric_kind, &r));
	rubric = r.rec.id;
	return rc;
}

static void
test_proof(void **state)
{
	(void)state;
	verified();
}

#define T(f) cmocka_unit_test(f)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_steps), T(test_languages), T(test_correction),
		T(test_schedule), T(test_saying), T(test_freezing), T(test_links), T(test_proof) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, open_news, close_house);
}

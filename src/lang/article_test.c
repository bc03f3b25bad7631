/* article_test.c – pages as people paste and save them; all made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "lang/article.h"

static struct arena arena;

static void
read_page(const char *page, struct article *out)
{
	arena_reset(&arena, 1 << 20);
	article_read(&arena, page, strlen(page), out);
}

static void
check_slice(struct slice s, const char *want)
{
	assert_string_equal(arena_strn(&arena, s.p, s.n), want);
}

static const char *
reason_for(const struct article *a, const char *line)
{
	size_t i;

	for (i = 0; i < a->ndropped; i++)
		if (slice_is(a->dropped[i].line, line))
			return article_reason_code(a->dropped[i].reason);
	return "not dropped";
}

static bool
in_body(const struct article *a, const char *line)
{
	size_t i;

	for (i = 0; i < a->nbody; i++)
		if (slice_is(a->body[i], line))
			return true;
	return false;
}

#define P1                                                                                                                                                             \
	"Кеше Достық үйінде облыстағы этномәдени бірлестіктердің жетекшілері жиналып, жазғы " \
	"іс-шаралар жоспарын талқылады."
#define P2                                                                                                                                                         \
	"Жиынға мектеп оқушылары мен ардагерлер де келді, олар өз ұсыныстарын ортаға салып, " \
	"қолдау тапты."
#define P3                                                                                                                                                         \
	"Келесі кездесу қыркүйек айында өтеді деп жоспарланып отыр, оған көрші аудандардың " \
	"өкілдері шақырылады."

static void
pasted_page(void **state)
{
	struct article a;

	(void)state;
	read_page(
	    "Басты бет\nІздеу\nМәдениет\n\n  Достық үйінде үлкен жиын өтті  \nСәуле ТАСТЕМІРОВА,\n"
	    "облыстық кітапхана директоры\n12 мамыр 2021\nҚаралым: 340\n\n" P1 "\n\nМеню\n"
	    "«Бірлік болмай, тірлік болмас» деді төраға.\n" P2 "\nНе істеу керек?\n"
	    "1. Жоспар бекіту\n" P3 "\n– Рақмет!\nБөлісу: Facebook Telegram WhatsApp\n"
	    "Ұқсас жаңалықтар\nАуылда жаңа мектеп ашылды\nПікір қалдыру\n"
	    "Сіздің электрондық поштаңыз жарияланбайды. Міндетті өрістер * белгіленген\n"
	    "© 2021 Барлық құқықтар қорғалған. Материалдарды пайдалану кезінде сілтеме міндетті.\n"
	    "+7 (7132) 00-00-00\n",
	    &a);
	check_slice(a.title, "Достық үйінде үлкен жиын өтті");
	check_slice(a.author, "Сәуле ТАСТЕМІРОВА");
	check_slice(a.position, "облыстық кітапхана директоры");
	check_slice(a.rubric, "Мәдениет");
	assert_int_equal(a.nbody, 7);
	check_slice(a.body[0], P1);
	check_slice(a.body[1], "«Бірлік болмай, тірлік болмас» деді төраға.");
	assert_true(in_body(&a, "Не істеу керек?"));
	assert_true(in_body(&a, "1. Жоспар бекіту"));
	check_slice(a.body[6], "– Рақмет!");
	assert_string_equal(reason_for(&a, "Меню"), "menu");
	assert_string_equal(reason_for(&a, "12 мамыр 2021"), "date");
	assert_string_equal(reason_for(&a, "Қаралым: 340"), "count");
	assert_string_equal(reason_for(&a, "Бөлісу: Facebook Telegram WhatsApp"), "share");
	assert_string_equal(reason_for(&a, "Ұқсас жаңалықтар"), "read_also");
	assert_string_equal(reason_for(&a, "Пікір қалдыру"), "comments");
	assert_string_equal(reason_for(&a, "Ауылда жаңа мектеп ашылды"), "below");
	assert_string_equal(reason_for(&a, "+7 (7132) 00-00-00"), "contact");
	assert_false(a.html || a.cut);
}

/* Every line with a sign is title, author, position, rubric, body or dropped – once. */
static void
nothing_is_lost(void **state)
{
	static const char page[] =
	    "Қоғам\nТақырып сөзі\n" P1 "\n***\n" P2 "\n\n \t\nMenu\n" P3 "\nClose\n";
	struct article a;

	(void)state;
	read_page(page, &a);
	assert_int_equal(a.nbody, 3);
	assert_int_equal(a.ndropped, 3);
	check_slice(a.title, "Тақырып сөзі");
	check_slice(a.rubric, "Қоғам");
	assert_string_equal(reason_for(&a, "***"), "between");
}

static void
title_twice_and_name_as_title(void **state)
{
	struct article a;

	(void)state;
	read_page("Menu\nТарих\nӘбілмансұр Сабалақ\nЕрден Қамысбаев\n3 сағат бұрын\nӘбілмансұр "
		  "Сабалақ\n" P1 "\n" P2 "\n",
	    &a);
	check_slice(a.title, "Әбілмансұр Сабалақ");
	check_slice(a.author, "Ерден Қамысбаев");
	assert_string_equal(reason_for(&a, "3 сағат бұрын"), "date");
	assert_string_equal(reason_for(&a, "Әбілмансұр Сабалақ"), "title_again");
}

static void
bylines(void **state)
{
	struct article a;

	(void)state;
	read_page("Көктем келді\nАвтор: Дина Оразқызы\n" P1 "\n" P2 "\n", &a);
	check_slice(a.author, "Дина Оразқызы");
	read_page("Көктем келді\nНұржан ТӨЛЕБИЕВ, мектеп мұғалімі\n" P1 "\n" P2 "\n", &a);
	check_slice(a.author, "Нұржан ТӨЛЕБИЕВ");
	check_slice(a.position, "мектеп мұғалімі");
	read_page("Көктем келді\n" P1 "\n" P2 "\nНұржан ТӨЛЕБИЕВ\nЖарнама\n", &a);
	check_slice(a.author, "Нұржан ТӨЛЕБИЕВ");
	read_page("Көктем келді\n" P1 "\n" P2 "\n", &a);
	assert_int_equal(a.author.n, 0);
}

/* «Келесі» is a way through a site, and the first word of many a last sentence. */
static void
last_line_behind_a_picture(void **state)
{
	struct article a;

	(void)state;
	read_page(
	    "<!doctype html><title>x</title><article><h1>Жиын өтті</h1><p>" P1 "</p><p>" P2
	    "</p><figure><img src=x.jpg alt=''><figcaption>Сурет: редакция "
	    "мұрағаты</figcaption></figure>"
	    "<p>Келесі кездесу қыс басында өтеді, оған барлық тұрғын шақырылады.</p></article>"
	    "<p><a href=/2>Келесі бет</a></p>",
	    &a);
	assert_int_equal(a.nbody, 3);
	assert_true(
	    in_body(&a, "Келесі кездесу қыс басында өтеді, оған барлық тұрғын шақырылады."));
	assert_false(in_body(&a, "Келесі бет"));
}

static void
russian_page(void **state)
{
	struct article a;

	(void)state;
	read_page(
	    "Главная\nОбщество\nВ доме дружбы прошла встреча\n" P1 "\n"
	    "Участники обсудили план работы на лето и договорились встретиться снова осенью.\n"
	    "Читайте также: В районе открыли школу\nФото: из архива\nПодписывайтесь на наш канал!\n"
	    "При использовании материалов сайта активная ссылка на источник обязательна.\n",
	    &a);
	check_slice(a.title, "В доме дружбы прошла встреча");
	assert_int_equal(a.nbody, 2);
	assert_string_equal(reason_for(&a, "Фото: из архива"), "credit");
	assert_string_equal(reason_for(&a, "Читайте также: В районе открыли школу"), "read_also");
	assert_string_equal(reason_for(&a, "Подписывайтесь на наш канал!"), "share");
}

static void
saved_html(void **state)
{
	static const char page[] =
	    "<!doctype html><html><head><title>Жиын өтті | Өлке</title>"
	    "<script>document.write('<p>Бұл жазу бетте жоқ, оны оқуға болмайды, өйткені ол "
	    "бағдарлама.</p>')"
	    "</script></head><body class='sidebar'><nav><a href=/>Басты бет</a><a "
	    "href=/q>Қоғам</a></nav>"
	    "<h1>Жиын өтті</h1><span class='post-author'>Ербол Сатаев</span><time>1 мамыр</time>"
	    "<p>Кеше Достық үйінде облыстағы <b>этномәдени</b> бірлестіктердің жетекшілері "
	    "&laquo;жиналып&raquo;, "
	    "жоспарды&nbsp;талқылады.<h2>Жоспар</h2><ul><li>тіл үйрену</ul><p>" P2
	    "<div class='related-posts'><p>Ауылда екі жүз орындық жаңа мектеп ашылып, балалар "
	    "қуанып жатыр.</p></div>"
	    "<footer><p>Біз туралы толық мәлімет алу үшін осында хабарласуыңызға болады деп "
	    "жазылған.</p></footer>"
	    "<!-- <p>Жасырын сөйлем осында тұр, оны да ешкім көрмеуі керек деп ойлаймыз.</p> "
	    "--></body></html>";
	struct article a;

	(void)state;
	read_page(page, &a);
	assert_true(a.html);
	check_slice(a.title, "Жиын өтті");
	check_slice(a.author, "Ербол Сатаев");
	assert_int_equal(a.nbody, 4);
	check_slice(a.body[0],
	    "Кеше Достық үйінде облыстағы этномәдени бірлестіктердің жетекшілері «жиналып», "
	    "жоспарды\u00a0талқылады.");
	check_slice(a.body[1], "Жоспар");
	check_slice(a.body[2], "тіл үйрену");
	assert_true(in_body(&a, P2));
}

/* A page that calls everything a sidebar is read all the same. */
static void
html_all_outside(void **state)
{
	struct article a;

	(void)state;
	read_page("<div class=sidebar><p>" P1 "</p><p>" P2 "</p></div>", &a);
	assert_int_equal(a.nbody, 2);
}

static void
repeat(struct buf *b, const char *s, size_t times)
{
	while (times-- > 0)
		buf_str(b, s);
}

/* None of these may hang, overflow or lose its way; the sanitizers look on. */
static void
hostile_pages(void **state)
{
	static const char *const pieces[] = { "<div>", "<p><b><i>", "<a ", "<a href=\"", "<!--",
		"<script>", "x\n", "&", "&#x110000;&#0;&#99999999999;", "<td><tr>", "</b>",
		"<title>", "<", "</div", "мәзір ", "\xff\xfe\n", "\xd0", "<h1>a</h1>\n" };
	struct article a;
	struct buf b;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pieces); i++) {
		arena_reset(&arena, 1 << 20);
		buf_init(&b, &arena, 0);
		buf_str(&b, i % 2 == 0 ? "<html>" : "");
		repeat(&b, pieces[i], 30000);
		article_read(&arena, b.p, b.n, &a);
		assert_true(a.nbody + a.ndropped <= ARTICLE_LINES);
	}
	article_read(&arena, "\0\0 \0", 4, &a);
	assert_int_equal(a.nbody + a.ndropped, 0);
	article_read(&arena, "", 0, &a);
	assert_int_equal(a.title.n, 0);
}

static void
too_long(void **state)
{
	struct article a;
	struct buf b;

	(void)state;
	arena_reset(&arena, 1 << 20);
	buf_init(&b, &arena, 0);
	repeat(&b, "ә", ARTICLE_BYTES / 2 - 1);
	repeat(&b, "\nтағы бір жол", 10);
	article_read(&arena, b.p, b.n, &a);
	assert_true(a.cut);
	buf_init(&b, &arena, 0);
	repeat(&b, "жол.\n", ARTICLE_LINES + 5);
	article_read(&arena, b.p, b.n, &a);
	assert_true(a.cut);
}

static void
reasons_have_words(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < ARTICLE_REASONS; i++) {
		assert_true(strlen(article_reason_code((enum article_reason)i)) > 2);
		assert_true(strlen(article_reason_text((enum article_reason)i)) > 5);
	}
	assert_string_equal(article_reason_code(ARTICLE_REASONS), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pasted_page),
		cmocka_unit_test(nothing_is_lost),
		cmocka_unit_test(title_twice_and_name_as_title),
		cmocka_unit_test(bylines),
		cmocka_unit_test(last_line_behind_a_picture),
		cmocka_unit_test(russian_page),
		cmocka_unit_test(saved_html),
		cmocka_unit_test(html_all_outside),
		cmocka_unit_test(hostile_pages),
		cmocka_unit_test(too_long),
		cmocka_unit_test(reasons_have_words),
	};
	int failed;

	arena_init(&arena);
	failed = cmocka_run_group_tests_name("article", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}

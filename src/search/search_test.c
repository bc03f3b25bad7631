/* search_test.c – finding: words in any script and form, names in any order, who sees what, marks. */
#include "search/search_test.h"

static struct house h;

static int
open_sqlite(void **state)
{
	(void)state;
	house_start(&h, DB_SQLITE);
	return 0;
}
static int
open_pg(void **state)
{
	(void)state;
	house_start(&h, DB_PG);
	return 0;
}
static int
shut(void **state)
{
	(void)state;
	house_close(&h);
	return 0;
}

#define finds(k, text, ids) assert_string_equal(found(&h, (k), (text), NULL), (ids))

#define first(k, text, ids) \
	assert_true(strncmp(found(&h, (k), (text), NULL), (ids), strlen(ids)) == 0)

static void
words_in_any_script(void **state)
{
	int64_t all;

	(void)state;
	add_paper(&h, "Көпшілік кітапхананың ашылуы", "Оқырмандар мен кітаптар", "open", 1);
	add_paper(&h, "Қалалық спорт мерекесі", "Жүгіру, күрес", "open", 1);
	add_paper(&h, "Аударма шеберханасы", "Кітапханада өтеді", "open", 1);
	/* A title says more than a mention. */
	finds(&paper_kind, "кітапхана", "1 3");
	finds(&paper_kind, "kıtaphana", "1 3");
	finds(&paper_kind, "kitaphana", "1 3");
	finds(&paper_kind, "китапхана", "1 3");
	/* The very form that was typed comes first. */
	finds(&paper_kind, "КІТАПХАНАДА", "3 1");
	assert_string_equal(found(&h, &paper_kind, "мереке", &all), "2");
	assert_int_equal(all, 1);
	assert_int_equal(listed(&h, &paper_kind, "кітапхана"), 2);
	/* A list holds what has every word, in whatever field. */
	assert_int_equal(listed(&h, &paper_kind, "кітапхана аударма"), 1);
	assert_int_equal(listed(&h, &paper_kind, "мереке аударма"), 0);
	/* The ranking goes on to what has some. */
	assert_string_equal(found(&h, &paper_kind, "мереке күрес аударма", &all), "2 3");
	assert_int_equal(all, 0);
}

static void
beginnings_and_numbers(void **state)
{
	(void)state;
	add_paper(&h, "Энциклопедия көрмесі", "2031 жыл", "open", 1);
	add_paper(&h, "Есеп", "2032 жыл", "open", 1);
	finds(&paper_kind, "энцик", "1");
	assert_int_equal(listed(&h, &paper_kind, "энцик"), 1);
	/* A year is not nearly another one. */
	finds(&paper_kind, "2031", "1");
	assert_int_equal(listed(&h, &paper_kind, "2033"), 0);
	finds(&paper_kind, "", "");
	finds(&paper_kind, "?! – «»", "");
	assert_int_equal(listed(&h, &paper_kind, "?!"), 0);
	finds(&paper_kind, "\xff\xfe\xd0", "");
}

static void
names_in_any_order(void **state)
{
	(void)state;
	add_folk(&h, "Тұрсынжанова", "Гүлбаршын", 1);
	add_folk(&h, "Тұрсынжанов", "Ерасыл", 1);
	add_folk(&h, "Шәріпбаева", "Гүлжамал", 1);
	add_folk(&h, "Kowalczyk", "Zbigniew", 1);
	first(&folk_kind, "Гүлбаршын Тұрсынжанова", "1");
	first(&folk_kind, "Тұрсынжанова, Гүлбаршын", "1");
	first(&folk_kind, "Gulbarshyn Tursynzhanova", "1");
	first(&folk_kind, "Gülbarşyn Tūrsynjanova", "1");
	first(&folk_kind, "Гулбаршын Турсынжанова", "1");
	/* Case endings, one typing error, a lone surname. */
	first(&folk_kind, "Гүлбаршынның", "1");
	first(&folk_kind, "Шәрипбоева", "3");
	first(&folk_kind, "Sharipbaeva", "3");
	first(&folk_kind, "Тұрсынжанов", "2 1");
	finds(&folk_kind, "Kowalczyk", "4");
	/* The list says the same. */
	assert_int_equal(listed(&h, &folk_kind, "Gulbarshyn"), 1);
	assert_int_equal(listed(&h, &folk_kind, "Гүлбаршынға"), 1);
}

/* A name that only ends alike is no answer beside the name itself, in any spelling of it; alone it
 * is, since a letter may be wrong. */
static void
names_that_end_alike(void **state)
{
	static const char *const spellings[] = { "Aigul", "Айгүл", "Айгул", "Айгулдің" };
	size_t i;

	(void)state;
	add_folk(&h, "Тасболатова", "Назгүл", 1);
	finds(&folk_kind, "Айгүл", "1");
	add_folk(&h, "Көкшебаева", "Айгүл", 1);
	add_folk(&h, "Бескемпірова", "Айгүл", 1);
	for (i = 0; i < ARRAY_LEN(spellings); i++)
		finds(&folk_kind, spellings[i], "2 3");
}

/* Who writes a Kazakh name in Russian letters, or reads it off a passport of another country, finds it
 * before names that look nearer letter by letter. */
static void
names_as_offices_write_them(void **state)
{
	static const struct {
		const char *surname, *given, *typed[4];
	} t[] = {
		{ "Айтқожина", "Ұлдай", { "Улдай Айтхожина", "Aitkhozhina Ulday" } },
		{ "Бөкенбаев", "Жүсіп", { "Жусуп Букенбаев", "Bukenbayev Zhusup" } },
		{ "Құдайбергенов", "Ыбырай", { "Ибрай Худайбергенов", "Khudaibergenov Ibrai" } },
		{ "Жәңгіров", "Күләш", { "Куляш Джангирова", "Dzhangirov Kuliash" } },
		{ "Тілемісов", "Рақым", { "Рахим Тлемисов", "Tlemissov Rakhim" } },
		{ "Ким", "Вячеслав", { "Vyacheslav Gim", "Вячеславтың Ким" } },
		{ "Гётте", "Генрих", { "Heinrich Goette", "Götte Heinrich" } },
		{ "Мкртчян", "Арам", { "Aram Mkrtçyan", "Арам Мкртчяннан" } },
		{ "Цой", "Ақбота", { "Aqbota Coy", "Акбота Цойдың" } },
	};
	/* Letter by letter as near or nearer. */
	static const char *const others[][2] = { { "Айтожина", "Ұлдай" }, { "Айтохина", "Ұлдай" },
		{ "Бікенбаев", "Жүсіп" }, { "Бөкенбаев", "Жүсоп" }, { "Құдайбергенов", "Ыбай" },
		{ "Удайбергенов", "Ыбырай" }, { "Жаңгаров", "Күлә" }, { "Жәңгаров", "Күләш" },
		{ "Тілемісов", "Раым" }, { "Тлмисов", "Рақым" }, { "Сим", "Вячеслав" },
		{ "Гуётте", "Генрих" }, { "Гётте", "Генри" }, { "Мкрчян", "Арам" },
		{ "Мкртян", "Арам" }, { "Той", "Ақбота" }, { "Ой", "Ақбота" } };
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_LEN(others); i++)
		add_folk(&h, others[i][0], others[i][1], 1);
	for (i = 0; i < ARRAY_LEN(t); i++) {
		const char *place = arena_printf(
		    &h.arena, "%lld", (long long)add_folk(&h, t[i].surname, t[i].given, 1));

		for (j = 0; j < ARRAY_LEN(t[i].typed) && t[i].typed[j] != NULL; j++) {
			const char *got = found(&h, &folk_kind, t[i].typed[j], NULL);

			if (strncmp(got, place, strlen(place)) != 0)
				fail_msg("%s: %s, not %s", t[i].typed[j], got, place);
		}
	}
}

/* One word that is a surname here and a given name there: the family comes first, however early the
 * others were entered; all are found. */
static void
families_first(void **state)
{
	(void)state;
	add_folk(&h, "Тасболатов", "Иманғали", 1);
	add_folk(&h, "Бескемпіров", "Иманғали", 1);
	add_folk(&h, "Серік", "Иманғали", 1);
	add_folk(&h, "Иманғали", "Ұлдай", 1);
	add_folk(&h, "Иманғали", "Серік", 1);
	finds(&folk_kind, "Иманғали", "4 5 1 2 3");
	finds(&folk_kind, "Имангали", "4 5 1 2 3");
	finds(&folk_kind, "İmanğali", "4 5 1 2 3");
	finds(&folk_kind, "IMANGALIDIN", "4 5 1 2 3");
	/* Both words: in the order asked; with a comma the surname is the first. */
	first(&folk_kind, "Серік Иманғали", "3 5");
	first(&folk_kind, "Иманғали Серік", "5 3");
	first(&folk_kind, "Иманғали, Серік", "5 3");
}

/* Names of one key: the letters decide if they were typed, whichever was entered first. */
static void
names_of_one_skeleton(void **state)
{
	(void)state;
	add_folk(&h, "Сатбаева", "Ұлдай", 1);
	add_folk(&h, "Сәтбаева", "Ұлдай", 1);
	add_folk(&h, "Сатпаева", "Ұлдай", 1);
	finds(&folk_kind, "Сәтбаева", "2 1 3");
	finds(&folk_kind, "Сатбаева", "1 2 3");
	finds(&folk_kind, "Sätbaeva", "2 1 3");
	finds(&folk_kind, "Сәтбаеваның", "2 1 3");
	finds(&folk_kind, "Ұлдай Сәтбаева", "2 1 3");
	finds(&folk_kind, "Ұлдай Сатпаева", "3 1 2");
}

static void
each_sees_his_own(void **state)
{
	struct actor guest = actor_of(ROLE_GUEST, 0), leader = actor_of(ROLE_LEADER, 5),
		     auditor = actor_of(ROLE_AUDITOR, 0), clerk = actor_of(ROLE_CLERK, 0);
	int64_t all;
	struct paper p;

	(void)state;
	add_paper(&h, "Ашық жиналыс", NULL, "open", 4);
	add_paper(&h, "Жабық жиналыс", NULL, "shut", 4);
	add_paper(&h, "Өз жиналыс", NULL, "shut", 5);
	add_folk(&h, "Біреуханов", "Досжан", 4);
	add_folk(&h, "Өзхановтар", "Досжан", 5);

	h.cx.actor = &guest;
	assert_string_equal(found(&h, &paper_kind, "жиналыс", &all), "1");
	assert_int_equal(all, 1);
	finds(&paper_kind, "жабық", "");
	finds(&folk_kind, "Досжан", "");
	assert_int_equal(listed(&h, &folk_kind, "Досжан"), -1);

	h.cx.actor = &leader;
	assert_string_equal(found(&h, &paper_kind, "жиналыс", &all), "1 3");
	assert_int_equal(all, 2);
	finds(&paper_kind, "жабық", "");
	assert_string_equal(found(&h, &folk_kind, "Досжан", &all), "2");
	assert_int_equal(all, 1);
	assert_int_equal(listed(&h, &folk_kind, "Досжан"), 1);
	assert_int_equal(listed(&h, &folk_kind, "Біреуханов"), 0);

	h.cx.actor = &auditor;
	finds(&paper_kind, "жиналыс", "1");
	finds(&folk_kind, "Досжан", "");

	h.cx.actor = &clerk;
	assert_string_equal(found(&h, &paper_kind, "жиналыс", &all), "1 2 3");
	finds(&folk_kind, "Досжан", "1 2");
	/* Contacts are in no index, whoever asks. */
	finds(&folk_kind, "жасырын телефон", "");

	/* Closing and opening a record moves its words. */
	ok(&h, kind_get(&h.cx, &paper_kind, id_at(&h, &paper_kind, 1), &p));
	p.state = "shut";
	ok(&h, kind_update(&h.cx, &paper_kind, &p));
	ok(&h, kind_get(&h.cx, &paper_kind, id_at(&h, &paper_kind, 2), &p));
	p.state = "open";
	ok(&h, kind_update(&h.cx, &paper_kind, &p));
	h.cx.actor = &guest;
	finds(&paper_kind, "жиналыс", "2");
	h.cx.actor = &actor_system;
	assert_int_equal(differences(&h), 0);
}

/* A guest's question may not even tell whether a word is known to the staff. */
static void
words_apart(void **state)
{
	struct actor guest = actor_of(ROLE_GUEST, 0);
	struct question *q = arena_new(h.cx.arena, struct question);
	size_t i, j;

	(void)state;
	add_paper(&h, "Құпияламалар", NULL, "shut", 4);
	add_folk(&h, "Құпияламанов", NULL, 4);
	h.cx.actor = &guest;
	ok(&h, question_read(&h.cx, "құпияламалар", search_readers(&h.cx, &paper_kind),
		   ASK_TEXTS | ASK_NAMES, q));
	assert_int_equal(q->n, 1);
	assert_false(q->group[0].text_known);
	assert_false(q->group[0].name_known);
	for (i = 0; i < q->n; i++)
		for (j = 0; j < q->group[i].ntext; j++)
			assert_false(q->group[i].text[j].near);
	h.cx.actor = &actor_system;
	ok(&h, question_read(&h.cx, "құпияламалар", search_readers(&h.cx, &paper_kind),
		   ASK_TEXTS | ASK_NAMES, q));
	assert_true(q->group[0].text_known);
}

static void
nothing_stays_of_what_failed(void **state)
{
	struct paper p;

	(void)state;
	kind_empty(&paper_kind, &p);
	p.name.kk = "Құрдымға кеткен";
	p.state = "open";
	p.doom = 666;
	ends(&h, RC_RULE, kind_insert(&h.cx, &paper_kind, &p));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM search_posting"), 0);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM search_word"), 0);
	p.doom = 0;
	ok(&h, kind_insert(&h.cx, &paper_kind, &p));
	p.name.kk = "Басқа атау";
	p.doom = 666;
	ends(&h, RC_RULE, kind_update(&h.cx, &paper_kind, &p));
	finds(&paper_kind, "құрдым", "1");
	finds(&paper_kind, "атау", "");
	assert_int_equal(differences(&h), 0);
}

static const char *
marked(const char *question, const char *text, size_t max)
{
	struct question *q = arena_new(h.cx.arena, struct question);
	struct piece *p;
	struct buf b;
	size_t n, i;
	bool any;

	ok(&h, question_read(&h.cx, question, READER(CAP_PUBLIC), ASK_TEXTS | ASK_NAMES, q));
	n = search_marks(h.cx.arena, q, text, max, &p, &any);
	buf_init(&b, h.cx.arena, 0);
	for (i = 0; i < n; i++) {
		buf_str(&b, p[i].mark ? "[" : "");
		buf_put(&b, p[i].p, p[i].n);
		buf_str(&b, p[i].mark ? "]" : "");
	}
	return b.p;
}

static void
marks(void **state)
{
	static const char long_text[] =
	    "Алғашқы сөйлем өте ұзақ, онда іздегеніміз жоқ, бірақ ол біраз жерге созылады. Содан "
	    "кейін ғана кітапхана туралы айтылады, ал одан кейін тағы да көп сөз болады, болады.";
	const char *cut;

	(void)state;
	assert_string_equal(marked("кітап", "Жаңа Кітапты оқыдық.", 0), "Жаңа [Кітапты] оқыдық.");
	assert_string_equal(marked("kitap", "«кітап»", 0), "«[кітап]»");
	assert_string_equal(marked("спорт мереке", "Үлкен спорт мерекесі болды", 0),
	    "Үлкен [спорт мерекесі] болды");
	assert_string_equal(marked("жоқ сөз", "Мұнда ештеңе", 0), "Мұнда ештеңе");
	assert_string_equal(marked("a", "", 0), "");
	cut = marked("кітапхана", long_text, 120);
	assert_non_null(strstr(cut, "[кітапхана]"));
	assert_true(strncmp(cut, "… ", strlen("… ")) == 0);
	assert_true(strlen(cut) < 200);
	/* Cut anywhere, it stays text. */
	for (size_t max = 1; max < sizeof long_text; max += 7)
		assert_non_null(marked("кітапхана", long_text, max));
}

static void
keys_of_another_version(void **state)
{
	const char *why;
	int64_t n;

	(void)state;
	ends(&h, RC_INVALID, keys_check(&h.cx, &why));
	assert_non_null(strstr(why, "shanyraq reindex"));
	add_paper(&h, "Бір", NULL, "open", 1);
	ok(&h, search_reindex(&h.cx, test_kinds, NKINDS, &n));
	assert_int_equal(n, 1);
	ok(&h, keys_check(&h.cx, &why));
	house_sql(&h, "UPDATE key_version SET version = 0 WHERE name = 'order'");
	ends(&h, RC_INVALID, keys_check(&h.cx, &why));
	assert_non_null(strstr(why, "shanyraq reindex"));
}

static void
reindex_mends(void **state)
{
	int64_t n;

	(void)state;
	add_paper(&h, "Қазына", "мұра", "open", 1);
	add_folk(&h, "Мұрагеров", "Қазынабек", 1);
	assert_int_equal(differences(&h), 0);
	house_sql(&h,
	    "DELETE FROM search_posting WHERE impact > 1 AND rec = (SELECT min(id) FROM paper)");
	assert_true(differences(&h) > 0);
	house_sql(&h, "UPDATE search_doc SET keys = 'x'");
	house_sql(&h, "UPDATE paper SET sort_kk = ''");
	ok(&h, search_reindex(&h.cx, test_kinds, NKINDS, &n));
	assert_int_equal(differences(&h), 0);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM paper WHERE sort_kk = ''"), 0);
	finds(&paper_kind, "мұра", "1");
	house_sql(&h, "INSERT INTO search_posting (term, rec, impact) VALUES (5, 5, 5)");
	assert_int_equal(differences(&h), 1);
}

#define BOTH(f)                                       \
	{ "sqlite " #f, f, open_sqlite, shut, NULL }, \
	{                                             \
		"pg " #f, f, open_pg, shut, NULL      \
	}

int
main(void)
{
	static const struct CMUnitTest all[] = { BOTH(words_in_any_script),
		BOTH(beginnings_and_numbers), BOTH(names_in_any_order), BOTH(names_that_end_alike),
		BOTH(names_as_offices_write_them), BOTH(families_first),
		BOTH(names_of_one_skeleton), BOTH(each_sees_his_own), BOTH(words_apart),
		BOTH(nothing_stays_of_what_failed), BOTH(marks), BOTH(keys_of_another_version),
		BOTH(reindex_mends) };
	struct CMUnitTest run[ARRAY_LEN(all)];
	size_t i, n = 0;

	/* Words of our own, so that the installed dictionary changes nothing here. */
	lexicon_load(
	    &(struct lexicon_sources){ "word,kind\nкітапхана,noun\nкітап,noun\nмереке,noun\n"
				       "жиналыс,noun\nмұра,noun\n",
		"", NULL },
	    NULL);
	for (i = 0; i < ARRAY_LEN(all); i++)
		if (all[i].setup_func != open_pg || house_has(DB_PG))
			run[n++] = all[i];
	return _cmocka_run_group_tests("search", run, n, NULL, NULL);
}

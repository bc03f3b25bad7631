/* check_test.c – repairs that are certain, what must stay, suggestions, findings of a text.
 *
 * The words of these tests are a list of their own, so that they do not hang on what is installed; the
 * last group asks hunspell-kk where it is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lang/check.h"
#include "lang/check_inner.h"
#include "lang/derivation.h"
#include "lang/lexicon.h"

static struct arena arena;

static const char own_words[] =
    "word,kind\nгүлзар,noun\nтерезе,noun\nқоңырау,noun\nсандық,noun\nкүміс,noun\n"
    "көбелек,noun\nтырна,noun\nсөйлеш,noun\nбағда,verb\nқұрт,noun\nшелек,noun\n";

static const char *
fixed(const char *text)
{
	struct buf b;

	buf_init(&b, &arena, 0);
	text_fix(text, strlen(text), &b);
	return b.p;
}

static const char *
suggested(const char *word, size_t at)
{
	const char *const *list;
	size_t n = word_suggest(&arena, word, strlen(word), &list);

	return at < n ? list[at] : "";
}

static void
repairs(void **state)
{
	static const char *const pairs[][2] = {
		{ "25теңгеден", "25 теңгеден" },
		{ "1,5мың", "1,5 мың" },
		{ "гүлзар,терезе", "гүлзар, терезе" },
		{ "гүлзар,7терезе", "гүлзар, 7 терезе" },
		{ "терезе!Қоңырау", "терезе! Қоңырау" },
		{ "терезеде.Күміс", "терезеде. Күміс" },
		{ "терезеде...Күміс", "терезеде... Күміс" },
		{ "терезедеКөкшетаудың", "терезеде Көкшетаудың" },
		{ "терезе«Шаңырақ»", "терезе «Шаңырақ»" },
		{ "«Шаңырақ»терезесі", "«Шаңырақ» терезесі" },
		{ "те\u00adре\u00adзе", "терезе" },
		{ "те\u00acрезе", "терезе" },
		{ "cандық", "сандық" },	  /* Latin c */
		{ "кyміс", "куміс" },	  /* Latin y is the twin of у */
		{ "КӨБEЛЕК", "КӨБЕЛЕК" }, /* Latin E */
		{ "өpic", "өріс" },	  /* ө between Latin p, i, c */
		{ "мəдениет", "мәдениет" },
		{ "терезедеCамалдың", "терезеде Самалдың" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(pairs); i++)
		assert_string_equal(fixed(pairs[i][0]), pairs[i][1]);
}

static void
left_alone(void **state)
{
	static const char *const good[] = { "Ж.Таймасұлының", "Ә.Б.Сәкенов", "Дж.Смит",
		"проф.Жұмабек", "т.б.", "т.с.с.", "м.ғ.к.", "Бірлік.KZ", "сайт.қаз", "40-тан",
		"5-сынып", "5ші", "90ыншы", "100дей", "40тан", "12:45", "1:0", "3,14", "15.03.2020",
		"1 000 000", "45%-дан", "№7", "ҚазМұнайГаз", "НұрОтан", "ЖасҚанат", "eTicket",
		"iPhone-ның", "PDFті", "А4пішім", "2ГИС", "5G", "COVID-19", "XXI", "ХХІ", "ХIХ",
		"#БірліктеБерекелі", "@жас_қанат", "https://sait.kz/а,бв", "pochta@sait.kz",
		"www.sait.kz/Бет,екі", "жан-жақты", "іс-шара", "әл-Фараби", "Э-пошта", "О'Нил",
		"бала(лар)", "«Отан»ның", "\xd0", "терезе\xffКүміс,сөз", "", " ", "…", "?!",
		"қ.Көкшетау", "C++", "мәтін…", "сөйлеш.", "«гүлзар,терезе»", "\"гүлзар,терезе\"",
		"“25теңге”", "„гүлзар,терезе“", "«ашық терезедеКөкшетаудың",
		"гүлзар,терезе» деді" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(good); i++)
		assert_string_equal(fixed(good[i]), good[i]);
}

static void
quotations(void **state)
{
	(void)state;
	assert_string_equal(
	    fixed("Ол «гүлзар,терезе» деп,терезе ашты"), "Ол «гүлзар,терезе» деп, терезе ашты");
	assert_string_equal(fixed("а,бв \"бір,екі\" үш,төрт"), "а,бв \"бір,екі\" үш, төрт");
	/* A mark without its partner: the rest of the line, not the next one. */
	assert_string_equal(fixed("бір,екі «үш,төрт\nбес,алты"), "бір, екі «үш,төрт\nбес, алты");
	assert_string_equal(
	    fixed("«а «бір,екі» үш,төрт» бес,алты"), "«а «бір,екі» үш,төрт» бес, алты");
	assert_string_equal(fixed("  бос\tорын  қалады \n\n"), "  бос\tорын  қалады \n\n");
}

static void
splits(void **state)
{
	(void)state;
	assert_string_equal(suggested("терезеденқоңырау", 0), "терезеден қоңырау");
	assert_string_equal(suggested("Терезеденқоңырау", 0), "Терезеден қоңырау");
	assert_string_equal(suggested("«көбелеккүміссандық»,", 0), "«көбелек күміс сандық»,");
	assert_string_equal(suggested("25терезеденқоңырау", 0), "25 терезеден қоңырау");
	assert_string_equal(suggested("тереземенде", 0), "тереземен де");
	/* Right, not Kazakh, or not readable: nothing. */
	assert_string_equal(suggested("терезелерімізден", 0), "");
	assert_string_equal(suggested("window", 0), "");
	assert_string_equal(suggested("", 0), "");
	assert_string_equal(suggested("терезе\xffқоңырау", 0), "");
	assert_string_equal(suggested("Күмісқоңырау", 0), ""); /* may be a name */
	assert_string_equal(suggested("А.Қоңыраубаев", 0), "");
	assert_string_equal(suggested("т.б.", 0), "");
}

static void
derivations(void **state)
{
	static const char *const words[] = { "терезелік", "терезесіз", "терезесіздіктен",
		"қоңыраушылар", "көпкөбелекті", "жалпытерезелік", "терезеаралық", "үшжылдық",
		"телекөбелек", "күмістеу", "күмістеліп", "терезе-қоңырау", "Тырнабайдың",
		"Көбелекұлы" };
	struct kk_word k;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(words); i++) {
		assert_true(kk_word_read(words[i], strlen(words[i]), &k));
		if (!kk_word_right(&k))
			fail_msg("not taken for a word: %s", words[i]);
		assert_string_equal(suggested(words[i], 0), "");
	}
	/* A name only with its capital. */
	assert_true(kk_word_read("тырнабайдың", strlen("тырнабайдың"), &k));
	assert_false(word_derived(k.w, k.n, false));
}

static void
spelling(void **state)
{
	(void)state;
	assert_string_equal(suggested("терзе", 0), "терезе");
	assert_string_equal(suggested("терезее", 0), "терезе");
	assert_string_equal(suggested("көбеелк", 0), "көбелек");
	assert_string_equal(suggested("конырау", 0), "қоңырау");
	assert_string_equal(suggested("Конырау", 0), "Қоңырау");
	assert_string_equal(suggested("КҮМІЗ", 0), "КҮМІС");
	assert_string_equal(suggested("аббрвгд", 0), "");
}

static void
findings(void **state)
{
	static const char text[] =
	    "Терезе алдында 5қоңырау тұр, «күміс,сандық» дейді олар біздің ауылда.\n"
	    "Ертең терезеденқоңырау естіледі және біз оны күтіп отырмыз.\n"
	    "Leave a comment\nОл cандық туралы айтты, мен оған сендім.\n";
	const struct finding *f;
	size_t n = check_text(&arena, text, strlen(text), &f), i;

	(void)state;
	assert_int_equal(n, 5);
	assert_int_equal(f[0].kind, FIND_GLUE);
	assert_true(f[0].automatic && !f[0].quoted);
	assert_string_equal(f[0].suggestions[0], "5 қоңырау");
	assert_true(f[1].quoted && !f[1].automatic);
	assert_string_equal(f[1].suggestions[0], "«күміс, сандық»");
	assert_int_equal(f[2].kind, FIND_GLUE);
	assert_false(f[2].automatic);
	assert_string_equal(f[2].suggestions[0], "терезеден қоңырау");
	assert_int_equal(f[3].kind, FIND_FOREIGN);
	assert_memory_equal(text + f[3].from, "Leave a comment", f[3].to - f[3].from);
	assert_int_equal(f[4].kind, FIND_LOOKALIKE);
	assert_true(f[4].automatic);
	for (i = 1; i < n; i++)
		assert_true(f[i - 1].to <= f[i].from);
	assert_int_equal(check_text(&arena, "", 0, &f), 0);
	/* An English text is no Kazakh one with foreign words. */
	assert_int_equal(check_text(&arena, "all of this is English", 22, &f), 0);
	for (i = 0; i <= FIND_FOREIGN; i++)
		assert_true(strlen(finding_code((enum finding_kind)i)) > 3 &&
			    strlen(finding_text((enum finding_kind)i)) > 5);
}

/* One mega-byte word, and a line without any space. */
static void
long_words(void **state)
{
	const struct finding *f;
	const char *const *list;
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, &arena, 0);
	for (i = 0; i < 500000; i++)
		buf_str(&b, "ә");
	assert_int_equal(word_suggest(&arena, b.p, b.n, &list), 0);
	assert_int_equal(check_text(&arena, b.p, b.n, &f), 0);
	assert_string_equal(fixed(b.p), b.p);
}

static void
with_hunspell(void **state)
{
	(void)state;
	lexicon_load(&(struct lexicon_sources){ own_words, NULL, NULL }, NULL);
	if (!lexicon_has_hunspell())
		return; /* cmocka's skip() is a failure in TAP */
	assert_string_equal(suggested("ағашқақонды", 0), "ағашқа қонды");
	assert_string_equal(suggested("отырғанбалалар", 0), "отырған балалар");
	assert_string_equal(suggested("кітаптарымызды", 0), "");
	assert_string_equal(suggested("тәуелсіздігіміздің", 0), "");
	assert_string_equal(suggested("көпбалалылар", 0), "");
	assert_string_equal(suggested("балаларымзға", 0), "балаларымызға");
}

static int
load_own(void **state)
{
	(void)state;
	arena_reset(&arena, 1 << 20);
	lexicon_load(&(struct lexicon_sources){ own_words, "", NULL }, NULL);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(repairs, load_own),
		cmocka_unit_test_setup(left_alone, load_own),
		cmocka_unit_test_setup(quotations, load_own),
		cmocka_unit_test_setup(splits, load_own),
		cmocka_unit_test_setup(derivations, load_own),
		cmocka_unit_test_setup(spelling, load_own),
		cmocka_unit_test_setup(findings, load_own),
		cmocka_unit_test_setup(long_words, load_own),
		cmocka_unit_test_setup(with_hunspell, load_own),
	};
	int failed;

	arena_init(&arena);
	failed = cmocka_run_group_tests_name("check", tests, NULL, NULL);
	lexicon_free();
	arena_done(&arena);
	return failed;
}

/* stem_test.c – dictionary forms with our own list and a small dictionary, and by rules alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lang/lexicon_fixture.h"
#include "lang/stem.h"

static struct arena arena;

static int
fresh(void **state)
{
	(void)state;
	arena_init(&arena);
	fixture_lexicon(SMALL_DIC);
	return 0;
}

static int
done(void **state)
{
	(void)state;
	lexicon_free();
	arena_done(&arena);
	return 0;
}

static void
stems(const char *stem, const char *forms)
{
	while (*forms != '\0') {
		size_t n = strcspn(forms, " ");
		const char *got = kk_stem(&arena, forms, n);

		if (strcmp(got, stem) != 0)
			fail_msg("%.*s gives «%s», not «%s»", (int)n, forms, got, stem);
		forms += n + (forms[n] == ' ');
	}
}

static void
nouns(void **state)
{
	(void)state;
	stems("кітап", "кітап кітаптар кітапта кітабы кітабым кітабымыз кітаптарымызға кітабындағы "
		       "кітаптардың КІТАБЫНДА кітаппен");
	stems("дала", "дала далада далалар даламыз даламыздың даласында далаға даладан");
	stems("терезе", "терезе терезенің терезелер терезесіне терезелердегі тереземіз");
	stems("мүше", "мүше мүшелер мүшесі мүшелерінің мүшелеріміздің мүшеге мүшемен");
	stems("бірлестік", "бірлестік бірлестігі бірлестіктер бірлестіктеріне бірлестікке");
	stems("бидай", "бидай бидайы бидайдың бидайға");
	stems("отау", "отау отаудың отауға отаулар");
	stems("айгүл", "Айгүл Айгүлдің Айгүлге АЙГҮЛМЕН");
	stems("ассамблея", "Ассамблеясы ассамблеясының ассамблеяға ассамблеялар");
	stems("волонтёр", "волонтёрлер волонтёрлердің волонтёрге");
	stems("бұұ", "БҰҰ-ның БҰҰ-ға БҰҰ-да");
	stems("км", "км-ге км-ден");
	stems("ой-терезе", "ой-терезесі ой-терезелеріне");
	stems("іс-шара", "іс-шара іс-шаралар іс-шараларға іс-шарасында");
}

static void
letters_that_change(void **state)
{
	(void)state;
	stems("халық", "халық халқы халқымыз халқымыздың халыққа халықтың");
	stems("ерін", "ерні ерніне ерін");
	stems("қалпақ", "қалпағы қалпағын қалпағымның қалпақтар");
	stems("рояль", "рояль рояльдер роялі роялінің рояльге");
	stems("фестиваль", "фестиваль фестивалі фестивальге фестивальдар");
	stems("банк", "банкі банкке банктің банктер");
	stems("объект", "объект объектілер объектісі объектілерді объектіге");
}

static void
verbs(void **state)
{
	(void)state;
	stems("пісіру", "пісіру пісірді пісірген пісіріп пісіреді пісірмейді пісірсе пісірсін "
			"пісіретін пісірмеген пісіруге пісіруі пісірейік пісіргенде пісіргендер");
	stems("сүзу", "сүзу сүзді сүзілді сүзілген сүзіліп сүзуге");
	stems("қадағалау", "қадағалады қадағаланды қадағаланған қадағалап");
	stems("таңдану", "таңданды таңданған таңданып");
	stems("шайқау", "шайқау шайқады шайқаған шайқайды шайқап");
	stems("жақ", "жаққан жағып жағады жақты жағу");
	stems("оқу", "оқыды оқып оқиды оқыған оқитын оқу оқуға оқымады");
	stems("ки", "киді киген кию киіп киеді");
	stems("қой", "қойды қояды қойған қоюға қоятын");
	stems("келу", "келді келген келеді келмейді келіп келсе келу келуге");
	stems("ұйымдастыру", "ұйымдастырды ұйымдастырған ұйымдастырылды ұйымдастыру ұйымдастырып");
	stems("жап", "жауып жапты жабады жапқан");
	stems("мөлдіреу", "мөлдірейді мөлдіреген");
}

static void
whole_words(void **state)
{
	(void)state;
	stems("қысқа", "қысқа");
	stems("барша", "барша");
	stems("маңызды", "маңызды");
	stems("және", "және");
	stems("қорған", "қорған");
	stems("мен", "мен маған менің мені менімен");
	stems("ол", "оның оған оны ол");
	stems("бұл", "бұл мұның бұған");
}

static void
without_lists(void **state)
{
	(void)state;
	lexicon_load(&(struct lexicon_sources){ NULL, "", NULL }, NULL);
	stems("кітап", "кітаптардың кітаптар");
	stems("терезе", "терезелерінің терезелер");
	stems("зымыран", "зымырандардың");
	stems("университет", "университеттердің университеттерге");
}

static void
other_texts(void **state)
{
	char *big = arena_alloc(&arena, 1 << 20);
	size_t i;

	(void)state;
	stems("qazaqstan", "Qazaqstan QAZAQSTAN");
	assert_string_equal(kk_stem(&arena, "", 0), "");
	assert_string_equal(kk_stem(&arena, "а", 2), "а");
	assert_string_equal(kk_stem(&arena, "17", 2), "17");
	assert_string_equal(kk_stem(&arena, "Кіт\xD0", 7), "кіт\xD0");
	assert_string_equal(kk_stem(&arena, "дос\xC2\xADтар", 14), "дос");
	assert_string_equal(kk_stem(&arena, "маи\xCC\x86", 8), "май"); /* и and a breve */
	assert_string_equal(kk_stem(&arena, "סלאם", 8), "סלאם");
	for (i = 0; i + 1 < 1 << 20; i += 2)
		memcpy(big + i, i % 4 == 0 ? "Қ" : "а", 2);
	assert_int_equal(strlen(kk_stem(&arena, big, (1 << 20) - 2)), (1 << 20) - 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nouns, fresh, done),
		cmocka_unit_test_setup_teardown(letters_that_change, fresh, done),
		cmocka_unit_test_setup_teardown(verbs, fresh, done),
		cmocka_unit_test_setup_teardown(whole_words, fresh, done),
		cmocka_unit_test_setup_teardown(without_lists, fresh, done),
		cmocka_unit_test_setup_teardown(other_texts, fresh, done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* claim_words.c – the words that claims are told by: numerals, rounding, what is counted. Data. */
#include "lang/claim_inner.h"

#include <string.h>

static const struct {
	const char *word;
	int64_t value;
	bool group, shortened;
} numerals[] = {
	{ "нөл", 0, false, false },
	{ "бір", 1, false, false },
	{ "екі", 2, false, false },
	{ "үш", 3, false, false },
	{ "төрт", 4, false, false },
	{ "бес", 5, false, false },
	{ "алты", 6, false, false },
	{ "жеті", 7, false, false },
	{ "сегіз", 8, false, false },
	{ "тоғыз", 9, false, false },
	{ "он", 10, false, false },
	{ "жиырма", 20, false, false },
	{ "отыз", 30, false, false },
	{ "қырық", 40, false, false },
	{ "елу", 50, false, false },
	{ "алпыс", 60, false, false },
	{ "жетпіс", 70, false, false },
	{ "сексен", 80, false, false },
	{ "тоқсан", 90, false, false },
	{ "жүз", 100, false, false },
	{ "мың", 1000, true, false },
	{ "миллион", 1000000, true, false },
	{ "млн", 1000000, true, true },
	{ "миллиард", 1000000000, true, false },
	{ "млрд", 1000000000, true, true },
};

bool
kk_numeral(const char *word, struct kk_numeral *out)
{
	size_t i;
	int c;

	for (i = 0; i < ARRAY_LEN(numerals); i++) {
		size_t n = strlen(numerals[i].word);
		const char *rest = word + n;

		if (strncmp(word, numerals[i].word, n) != 0)
			continue;
		if (numerals[i].shortened && *rest == '-')
			rest++;
		for (c = KK_NOM; c <= KK_INS; c++)
			if (strcmp(rest, kk_num_ending(numerals[i].value, (enum kk_case)c)) == 0) {
				*out = (struct kk_numeral){ numerals[i].value, numerals[i].group,
					(enum kk_case)c, numerals[i].shortened };
				return true;
			}
	}
	return false;
}

/* «90-дан» is no good ending of 90, but it is an ending, and what is said is clear. */
bool
kk_ending(const char *word, enum kk_case *out)
{
	static const char *const endings[KK_INS + 1] = {
		[KK_NOM] = "ы.|і.|сы.|сі.",
		[KK_GEN] = "ның.|нің.|дың.|дің.|тың.|тің.",
		[KK_DAT] = "ға.|ге.|қа.|ке.|на.|не.",
		[KK_ACC] = "ны.|ні.|ды.|ді.|ты.|ті.",
		[KK_LOC] = "да.|де.|та.|те.",
		[KK_ABL] = "дан.|ден.|нан.|нен.|тан.|тен.",
		[KK_INS] = "мен.|бен.|пен.",
	};
	int c;

	for (c = KK_NOM; c <= KK_INS; c++)
		if (claim_begins(word, endings[c])) {
			*out = (enum kk_case)c;
			return true;
		}
	return false;
}

bool
claim_ordinal_ending(const char *word)
{
	return claim_begins(word, "шы.|ші.|ншы.|нші.|ыншы.|інші.|й.|я.|е.|го.|му.|м.|х.|ми.|ый.|ой."
				  "|ий.|ая.|ое.|ые.|ую.|ти.|ю.");
}

bool
claim_numbered(const char *word)
{
	return claim_begins(word,
	    "бап.|бабы.|бабын|тармақ|статья.|статьи.|статье.|статью.|ст.|пункт.|пункта.|пункте.|п.|"
	    "стр.|страниц|бет.|кабинет.|кабинете.|кабинета.|каб.|том.|глав|тел.|телефон|индекс|үй.|"
	    "дом.|офис.|каталог");
}

/* ---- what is counted ---- */

static const struct {
	enum claim_unit unit;
	const char *stems;
} units[] = {
	/* Longer words that begin like a unit and are none. */
	{ CLAIM_NOTHING, "этносарал|етносарал|этносоц|ұлтарал|ұлттық|ұлттар|адамгер|адами.|"
			 "человечес|членств|мүшелік" },
	{ CLAIM_EVENT, "іс-шара|шара.|шарал|шарағ|шаран|шарад|шарас|мероприят" },
	{ CLAIM_PARTICIPANT, "қатысушы|участник|участниц|посетител" },
	{ CLAIM_PERSON, "адам|кісі|человек|люд|тұрғын|жител" },
	{ CLAIM_MEMBER, "мүше|член" },
	{ CLAIM_ASSOCIATION, "бірлест|объединен|эмб.|эмб-|эко." },
	{ CLAIM_ETHNOS,
	    "этнос|етнос|ұлт.|ұлтты|ұлттан.|ұлтқа.|ұлыс|национальност|народност|этногрупп" },
	{ CLAIM_LEARNER, "тыңдаушы|оқушы|үйренуші|слушател|учащи|ученик|ученица" },
};

enum claim_unit
claim_unit_of(const char *word, bool *skip)
{
	size_t i;

	*skip = false;
	for (i = 0; i < ARRAY_LEN(units); i++)
		if (claim_begins(word, units[i].stems)) {
			*skip = units[i].unit == CLAIM_NOTHING;
			return units[i].unit;
		}
	return CLAIM_NOTHING;
}

/* What ends as adjectives do, in both languages, with the few that have no ending. */
bool
claim_modifier(const char *word, bool *ethnic)
{
	static const char *const ends[] = { "лық", "лік", "дық", "дік", "тық", "тік", "ғы", "гі",
		"қы", "кі", "лы", "лі", "ды", "ді", "ты", "ті", "мәдени", "ған", "ген", "қан",
		"кен", "аралық", "нған", "ых", "их", "ого", "его", "ому", "ему", "ый", "ий", "ой",
		"ая", "яя", "ое", "ее", "ые", "ие", "ым", "им", "ыми", "ими", "ую", "юю" };
	size_t n = strlen(word), i;

	if (claim_begins(word, "этномәдени|етномәдени|этнокультур|эмб|этническ|этникалық"))
		*ethnic = true;
	if (claim_begins(word,
		"түрлі.|әртүрлі.|әр.|ірі.|жаңа.|үлкен.|жас.|белсенді.|осындай.|мәдени.|этномәдени.|"
		"етномәдени.|"
		"ғылыми.|"
		"қоғамдық.|тағы.|өз.|своих.|наших.|его.|ее.|их.|разных.|облыс.|өңір."))
		return true;
	for (i = 0; i < ARRAY_LEN(ends); i++) {
		size_t k = strlen(ends[i]);

		if (n > k + 2 && strcmp(word + n - k, ends[i]) == 0)
			return true;
	}
	return false;
}

/* ---- rounding ---- */

bool
claim_after(const char *word, enum kk_case c, enum claim_relation *out)
{
	if (c == KK_ABL && claim_begins(word, "аса.|астам.|артық.|көп.|асып.")) {
		*out = CLAIM_GT;
		return true;
	}
	if (c == KK_ABL && claim_begins(word, "кем.|аз.")) {
		*out = CLAIM_LT;
		return true;
	}
	if (c == KK_DAT && claim_begins(word, "жуық.|таяу.|жақын.")) {
		*out = CLAIM_ABOUT;
		return true;
	}
	if (c == KK_DAT && claim_begins(word, "дейін.|дейінгі.|шейін.")) {
		*out = CLAIM_LT;
		return true;
	}
	if (c == KK_NOM && claim_begins(word, "шақты.|шамалы.")) {
		*out = CLAIM_ABOUT;
		return true;
	}
	return false;
}

bool
claim_before_kk(const char *word, enum claim_relation *out)
{
	if (claim_begins(word, "шамамен.|жуықтап.")) {
		*out = CLAIM_ABOUT;
		return true;
	}
	if (claim_begins(word, "кемінде.|кемі.")) {
		*out = CLAIM_GE;
		return true;
	}
	return false;
}

bool
claim_before_ru(const char *word, enum claim_relation *out, bool *genitive)
{
	static const struct {
		const char *words;
		enum claim_relation relation;
		bool genitive;
	} table[] = {
		{ "свыше.|более.|больше.|сверх.", CLAIM_GT, true },
		{ "около.|порядка.", CLAIM_ABOUT, true },
		{ "почти.|примерно.|приблизительно.|ориентировочно.", CLAIM_ABOUT, false },
		{ "до.", CLAIM_LT, true },
		{ "менее.|меньше.", CLAIM_LT, true },
		{ "минимум.", CLAIM_GE, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(table); i++)
		if (claim_begins(word, table[i].words)) {
			*out = table[i].relation;
			*genitive = table[i].genitive;
			return true;
		}
	return false;
}

/* ---- months ---- */

int
claim_month(const char *word)
{
	static const char *const kk[] = { "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
		"шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан" };
	static const char *const ru[] = { "январ", "феврал", "март", "апрел", "ма", "июн", "июл",
		"август", "сентябр", "октябр", "ноябр", "декабр" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(kk); i++) {
		size_t n = strlen(kk[i]);
		enum kk_case c;

		if (strncmp(word, kk[i], n) == 0 &&
		    (word[n] == '\0' || kk_ending(word + n, &c) ||
			claim_begins(
			    word + n, "дағы.|дегі.|тағы.|тегі.|ындағы.|ында.|ғы.|гі.|дың.|ның.")))
			return (int)i + 1;
	}
	for (i = 0; i < ARRAY_LEN(ru); i++) {
		size_t n = strlen(ru[i]);

		if (strncmp(word, ru[i], n) == 0 &&
		    claim_begins(word + n, i == 4	      ? "й.|я.|ю.|е.|ем."
					   : i == 2 || i == 7 ? ".|а.|у.|е.|ом."
							      : "ь.|я.|ю.|е.|ем."))
			return (int)i + 1;
	}
	return 0;
}

bool
claim_begins(const char *word, const char *stems)
{
	while (*stems != '\0') {
		size_t n = strcspn(stems, "|");
		bool whole = n > 0 && stems[n - 1] == '.';
		size_t k = whole ? n - 1 : n;

		if (strncmp(word, stems, k) == 0 && (!whole || word[k] == '\0'))
			return true;
		stems += n;
		if (*stems == '|')
			stems++;
	}
	return false;
}

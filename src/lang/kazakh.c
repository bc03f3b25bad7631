/* kazakh.c – case endings for generated sentences: «497 іс-шараға», «40-тан астам», «14 мыңнан».
 *
 * An ending is chosen by two things heard in the word: its harmony (back or front, told by the last
 * vowel) and its last sound (five classes). That makes one table of 5 × 6 endings in a back and a
 * front spelling; a number only has to say which class its last spoken word belongs to (24 rows).
 * ICU's ordinal categories are not used: they put 50, 70, 80 and 100 into the wrong class.
 *
 * What cannot be heard from the letters – abbreviations, Latin brands, loan words – follows the
 * rules that docs/kazakh.md lists; a sentence should put the case on the generic noun instead
 * («QazaqVibe» курсының). Called by rules and pages that write sentences, and by reports. */
#include "lang/kazakh.h"

#include "base/buf.h"
#include "base/day.h"
#include "lang/date.h"
#include "lang/reading.h"

static const char *const endings[KK_INS + 1][5][2] = {
	[KK_NOM] = { { "", "" }, { "", "" }, { "", "" }, { "", "" }, { "", "" } },
	[KK_GEN] = { { "ның", "нің" }, { "ның", "нің" }, { "дың", "дің" }, { "дың", "дің" },
	    { "тың", "тің" } },
	[KK_DAT] = { { "ға", "ге" }, { "ға", "ге" }, { "ға", "ге" }, { "ға", "ге" },
	    { "қа", "ке" } },
	[KK_ACC] = { { "ны", "ні" }, { "ды", "ді" }, { "ды", "ді" }, { "ды", "ді" },
	    { "ты", "ті" } },
	[KK_LOC] = { { "да", "де" }, { "да", "де" }, { "да", "де" }, { "да", "де" },
	    { "та", "те" } },
	[KK_ABL] = { { "дан", "ден" }, { "нан", "нен" }, { "дан", "ден" }, { "дан", "ден" },
	    { "тан", "тен" } },
	[KK_INS] = { { "мен", "мен" }, { "мен", "мен" }, { "мен", "мен" }, { "бен", "бен" },
	    { "пен", "пен" } },
};
/* After a possessive of the third person: бірлестігі-не, облысы-нда. */
static const char *const after_possessive[KK_INS + 1][2] = {
	[KK_NOM] = { "", "" },
	[KK_GEN] = { "ның", "нің" },
	[KK_DAT] = { "на", "не" },
	[KK_ACC] = { "н", "н" },
	[KK_LOC] = { "нда", "нде" },
	[KK_ABL] = { "нан", "нен" },
	[KK_INS] = { "мен", "мен" },
};

#define THOUSAND UINT64_C(1000)
#define MILLION UINT64_C(1000000)
#define MILLIARD UINT64_C(1000000000)
#define TRILLION UINT64_C(1000000000000)

/* The words of numbers as they are spoken; ascending. */
static const struct number_word {
	uint64_t value;
	const char *word;
	struct reading how;
	const char *ordinal;
} number_words[] = {
	{ 0, "нөл", { FRONT, GLIDE }, "нөлінші" },
	{ 1, "бір", { FRONT, GLIDE }, "бірінші" },
	{ 2, "екі", { FRONT, VOWEL }, "екінші" },
	{ 3, "үш", { FRONT, HARD }, "үшінші" },
	{ 4, "төрт", { FRONT, HARD }, "төртінші" },
	{ 5, "бес", { FRONT, HARD }, "бесінші" },
	{ 6, "алты", { BACK, VOWEL }, "алтыншы" },
	{ 7, "жеті", { FRONT, VOWEL }, "жетінші" },
	{ 8, "сегіз", { FRONT, BUZZ }, "сегізінші" },
	{ 9, "тоғыз", { BACK, BUZZ }, "тоғызыншы" },
	{ 10, "он", { BACK, NASAL }, "оныншы" },
	{ 20, "жиырма", { BACK, VOWEL }, "жиырмасыншы" },
	{ 30, "отыз", { BACK, BUZZ }, "отызыншы" },
	{ 40, "қырық", { BACK, HARD }, "қырқыншы" },
	{ 50, "елу", { FRONT, GLIDE }, "елуінші" },
	{ 60, "алпыс", { BACK, HARD }, "алпысыншы" },
	{ 70, "жетпіс", { FRONT, HARD }, "жетпісінші" },
	{ 80, "сексен", { FRONT, NASAL }, "сексенінші" },
	{ 90, "тоқсан", { BACK, NASAL }, "тоқсаныншы" },
	{ 100, "жүз", { FRONT, BUZZ }, "жүзінші" },
	{ THOUSAND, "мың", { BACK, NASAL }, "мыңыншы" },
	{ MILLION, "миллион", { BACK, NASAL }, "миллионыншы" },
	{ MILLIARD, "миллиард", { BACK, HARD }, "миллиардыншы" },
	{ TRILLION, "триллион", { BACK, NASAL }, "триллионыншы" },
};

static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

/* The value of the last word of a number as it is read: 2245 → 5, 90 → 90, 14000 → 1000. */
static uint64_t
last_spoken(uint64_t n)
{
	static const uint64_t scales[] = { THOUSAND, MILLION, MILLIARD, TRILLION };
	size_t i;

	if (n % 10 > 0)
		return n % 10;
	if (n == 0 || n % 100 > 0)
		return n % 100;
	if (n % THOUSAND > 0)
		return 100;
	for (i = 0; i + 1 < ARRAY_LEN(scales); i++)
		if (n % scales[i + 1] > 0)
			return scales[i];
	return TRILLION;
}

static const struct number_word *
number_row(uint64_t n)
{
	uint64_t last = last_spoken(n);
	size_t i = 0;

	while (number_words[i].value != last)
		i++;
	return &number_words[i];
}

struct reading
number_reading(uint64_t n)
{
	return number_row(n)->how;
}

const char *
ending_of(struct reading how, enum kk_case c)
{
	if ((unsigned)c > KK_INS)
		return "";
	return endings[c][how.sound][how.harmony];
}

const char *
possessive_ending(enum harmony h, enum kk_case c)
{
	return (unsigned)c > KK_INS ? "" : after_possessive[c][h];
}

const char *
kk_num_ending(int64_t n, enum kk_case c)
{
	return ending_of(number_row(magnitude(n))->how, c);
}

/* Groups by a no-break space from five digits, as num() has it for Kazakh. */
static void
put_digits(struct buf *b, uint64_t u)
{
	char s[24];
	size_t n = sizeof s, i, len;

	do {
		s[--n] = (char)('0' + u % 10);
		u /= 10;
	} while (u != 0);
	len = sizeof s - n;
	for (i = 0; i < len; i++) {
		if (i > 0 && len >= 5 && (len - i) % 3 == 0)
			buf_str(b, "\u00a0");
		buf_char(b, s[n + i]);
	}
}

static void
put_sign(struct buf *b, int64_t n)
{
	if (n < 0)
		buf_str(b, "\u2212");
}

static void
put_hyphened(struct buf *b, const char *ending)
{
	if (ending[0] == '\0')
		return;
	buf_char(b, '-');
	buf_str(b, ending);
}

const char *
kk_num(struct arena *a, int64_t n, enum kk_case c)
{
	struct buf b;

	buf_init(&b, a, 0);
	put_sign(&b, n);
	put_digits(&b, magnitude(n));
	put_hyphened(&b, kk_num_ending(n, c));
	return b.p;
}

/* 14000 → «14 мың», 1 500 000 → «1 миллион 500 мың»: what is no multiple of a thousand is written
 * in digits. */
const char *
kk_round(struct arena *a, int64_t n, enum kk_case c)
{
	static const uint64_t scales[] = { TRILLION, MILLIARD, MILLION, THOUSAND };
	uint64_t rest = magnitude(n);
	struct buf b;
	size_t i;

	if (n == 0 || rest % THOUSAND != 0)
		return kk_num(a, n, c);
	buf_init(&b, a, 0);
	put_sign(&b, n);
	for (i = 0; i < ARRAY_LEN(scales); i++) {
		uint64_t part = rest / scales[i];

		rest %= scales[i];
		if (part == 0)
			continue;
		put_digits(&b, part);
		buf_char(&b, ' ');
		buf_str(&b, number_row(scales[i])->word);
		if (rest > 0)
			buf_char(&b, ' ');
	}
	buf_str(&b, kk_num_ending(n, c));
	return b.p;
}

/* Million, milliard … as words; the two beyond the table of 24 sound as миллион does. */
static const struct {
	uint64_t value;
	const char *word, *ordinal;
} spoken_scales[] = {
	{ TRILLION * MILLION, "квинтиллион", "квинтиллионыншы" },
	{ TRILLION * THOUSAND, "квадриллион", "квадриллионыншы" },
	{ TRILLION, "триллион", "триллионыншы" },
	{ MILLIARD, "миллиард", "миллиардыншы" },
	{ MILLION, "миллион", "миллионыншы" },
	{ THOUSAND, "мың", "мыңыншы" },
};

/* Words one after another; the last one is held back, so that it can take its ending. */
struct spoken {
	struct buf b;
	const char *last, *last_ordinal;
};

static void
say(struct spoken *s, const char *word, const char *ordinal)
{
	if (s->last != NULL) {
		buf_str(&s->b, s->last);
		buf_char(&s->b, ' ');
	}
	s->last = word;
	s->last_ordinal = ordinal;
}

static void
say_row(struct spoken *s, uint64_t value)
{
	const struct number_word *w = number_row(value);

	say(s, w->word, w->ordinal);
}

static void
say_below_thousand(struct spoken *s, uint64_t n)
{
	if (n >= 200)
		say_row(s, n / 100);
	if (n >= 100)
		say_row(s, 100);
	n %= 100;
	if (n >= 10)
		say_row(s, n - n % 10);
	if (n % 10 > 0)
		say_row(s, n % 10);
}

static void
say_number(struct spoken *s, uint64_t n)
{
	bool first = true;
	size_t i;

	if (n == 0)
		say_row(s, 0);
	for (i = 0; i < ARRAY_LEN(spoken_scales); i++) {
		uint64_t part = n / spoken_scales[i].value;

		n %= spoken_scales[i].value;
		if (part == 0)
			continue;
		if (part > 1 || spoken_scales[i].value > THOUSAND || !first)
			say_below_thousand(s, part);
		say(s, spoken_scales[i].word, spoken_scales[i].ordinal);
		first = false;
	}
	say_below_thousand(s, n);
}

static struct spoken
spoken(struct arena *a, int64_t n)
{
	struct spoken s = { .last = NULL };

	buf_init(&s.b, a, 0);
	if (n < 0)
		say(&s, "минус", "минус");
	say_number(&s, magnitude(n));
	return s;
}

const char *
kk_words(struct arena *a, int64_t n, enum kk_case c)
{
	struct spoken s = spoken(a, n);

	buf_str(&s.b, s.last);
	buf_str(&s.b, kk_num_ending(n, c));
	return s.b.p;
}

const char *
kk_ordinal_words(struct arena *a, int64_t n)
{
	struct spoken s = spoken(a, n);

	buf_str(&s.b, s.last_ordinal);
	return s.b.p;
}

const char *
kk_ordinal(struct arena *a, int64_t n)
{
	return arena_printf(a, "%s-%s", kk_num(a, n, KK_NOM),
	    number_reading(magnitude(n)).harmony == BACK ? "шы" : "ші");
}

const char *
kk_ordinal_before(struct arena *a, int64_t n, const char *noun)
{
	return arena_printf(a, "%s-%s", kk_num(a, n, KK_NOM), noun);
}

bool
kk_case_parse(const char *text, enum kk_case *out)
{
	static const char *const names[] = { "nom", "gen", "dat", "acc", "loc", "abl", "ins" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(text, names[i]) == 0) {
			*out = (enum kk_case)i;
			return true;
		}
	return false;
}

const char *
kk_day(struct arena *a, int day, enum kk_case c)
{
	if (!day_valid(day))
		return "";
	return arena_printf(a, "%d жылғы %d %s", day_year(day), day_dom(day),
	    kk_word(a, month_after_day(LANG_KK, day_month(day)), c, false));
}

const char *
kk_day_of(struct arena *a, int day)
{
	const char *loc = kk_day(a, day, KK_LOC);
	size_t n = strlen(loc);

	if (n == 0)
		return loc;
	/* The locative says the harmony: -да or -де. */
	return arena_printf(a, "%s%s", loc, strcmp(loc + n - strlen("а"), "а") == 0 ? "ғы" : "гі");
}

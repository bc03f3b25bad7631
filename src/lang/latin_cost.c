/* latin_cost.c – what each reading of a Latin letter costs, told by its neighbours. */
#include "lang/latin_inner.h"

static bool
in(int32_t cp, const char32_t *set)
{
	for (; *set != 0; set++)
		if ((int32_t)*set == cp)
			return true;
	return false;
}

bool
latin_vowel(int32_t cp)
{
	return in(cp, U"aäeıoöuūüy");
}

int32_t
latin_at(const struct source *s, size_t i)
{
	return i < s->n ? s->cp[i] : 0;
}

static int32_t
before(const struct source *s, size_t i, size_t back)
{
	return i >= back ? s->cp[i - back] : 0;
}

/* ---- what a reading costs ---- */

/* io after a consonant: «ё» in актёр, самолёт, Журавлёв; «ио» in радио, миллион, библиотека. */
static bool
is_yo(const struct source *s, size_t i)
{
	int32_t was = before(s, i, 1), next = latin_at(s, i + 2);

	if (was == 0x15F)
		return true;
	if (next == 'v')
		return !latin_vowel(was) && was != 'i' && was != 0;
	if (was == 'l' && before(s, i, 2) == 'b')
		return false;
	return (next == 'r' && in(was, U"tlms")) ||
	       (next == 't' && was == 'l' && latin_at(s, i + 3) != 's') ||
	       (next == 'l' && was == 's') || (next == 'm' && was == 't');
}

/* ia after a consonant: «иа» in социал, азиат, диабет; «я» in Поляков, Саркисян. */
static bool
is_ia(const struct source *s, size_t i)
{
	int32_t next = latin_at(s, i + 2), then = latin_at(s, i + 3), was = before(s, i, 1);

	if (was == 's' && before(s, i, 2) == 't')
		return true;
	if (next == 't' && then == 's') /* вариация, but популяция */
		return was == 'r';
	return in(next, U"ltdbgmp") && then != 0x15F;
}

/* «-оид» of loan words, not ой + д of қойды: there is a vowel before the о. */
static bool
is_oid(const struct source *s, size_t i)
{
	size_t j;

	if (before(s, i, 1) != 'o' || latin_at(s, i + 1) != 'd' || latin_at(s, i + 2) == 'y')
		return false; /* мезозой + дың */
	for (j = 0; j + 1 < i; j++)
		if (latin_vowel(s->cp[j]) || s->cp[j] == 'i')
			return true;
	return false;
}

/* i alone: «й» after a vowel and before the end or an ending after «и» (критерийлер), «и»
 * elsewhere. */
static int
cost_of_i(const struct source *s, size_t i, bool short_i)
{
	int32_t was = before(s, i, 1), next = latin_at(s, i + 1);
	/* Before these it would have been written with я, ю: the pairs have rows of their own. */
	int pair = next == 'a' || next == 'u' ? 12 : 0;

	if (next == 'a' && was != 0 && !latin_vowel(was) && was != 'i')
		pair = is_ia(s, i) ? 0 : 12;
	if (was == 0)
		return short_i ? (next == 'o' ? 12 : 40) : pair;
	if (was == 'i') {
		if (latin_vowel(next))
			return short_i ? 25 + pair : 20;
		return short_i ? 0 : 20;
	}
	if (was == 'u' || is_oid(s, i))
		return short_i ? 10 + pair : pair;
	if (latin_vowel(was))
		return short_i ? (pair != 0 ? 30 : 0) : 35 + pair;
	if (next == 'o' && is_yo(s, i))
		return short_i ? 60 : 20;
	return short_i ? 60 : pair;
}

static int
cost_of_pair(const struct source *s, size_t i, int32_t cyr)
{
	int32_t was = before(s, i, 1);
	bool after = was == 'i' || latin_vowel(was) || was == 0;

	if (cyr == U'ё')
		return is_yo(s, i) ? 0 : after && was != 0 ? 25 : 18;
	if (cyr == U'ю')
		return after ? 0 : 4;
	return after ? 0 : is_ia(s, i) ? 10 : 0;
}

/* ts: «ц» where no ending can begin with «с». */
static int
cost_of_ts(const struct source *s, size_t i, bool one)
{
	int32_t next = latin_at(s, i + 2), then = latin_at(s, i + 3), was = before(s, i, 1);
	bool native = false; /* т + с */

	if (i == 0)
		return one ? 0 : 30;
	if (was == 's' || (was == 'n' && next != 'y' && next != 0x131 && next != 'a'))
		return one ? 0 : 15;
	if (next == 'y' || next == 0x131)
		native = next != 'y' || in(then, U"znñ"); /* -сыз, -сын, -сың */
	else if (next == 'a')
		native = !in(then, U"rptvb");
	else if (next == 'e') /* -се, -сем, -сең, -сек */
		native = then == 0 || in(then, U"mñkli");
	else if (next == 'k')
		native = !in(was, U"ei");
	else if (next == 'm' || next == 'v')
		native = true;
	return one == native ? 15 : 0;
}

/* tş: «тш» before the endings -шы and -ші, «ч» elsewhere. */
static int
cost_of_tsh(const struct source *s, size_t i, bool one)
{
	int32_t next = latin_at(s, i + 2);
	bool native = i > 0 && (next == 'y' || next == 0x131);

	return one == native ? 20 : 0;
}

static int
cost_of_e(const struct source *s, size_t i, bool reversed)
{
	if (!reversed)
		return 0;
	if (i == 0)
		return 22;
	return latin_vowel(before(s, i, 1)) ? 28 : 50;
}

/* A dropped sign behind the consonant at i. */
int
latin_sign_cost(const struct source *s, size_t i, bool hard)
{
	int32_t c = latin_at(s, i), next = latin_at(s, i + 1), then = latin_at(s, i + 2);
	bool glide = next == 'e' || (next == 'i' && in(then, U"aoue"));

	if (i == 0)
		return NO_SIGN;
	if (hard)
		return glide && in(c, U"bvdst") ? 30 : NO_SIGN;
	if (c == 'l') {
		if (next == 's' && then == 'k')
			return -10;
		if (next == 'f' || next == 'v' || (next == 't' && then == 's'))
			return -5; /* сульфид, Сальвадор, кольцо */
		if (next == 'n' && in(then, U"iye") && in(before(s, i, 1), U"aei"))
			return -3; /* мельник, дальний */
		if (next == 't' && in(before(s, i, 1), U"ui"))
			return 5;
		return glide || next == 0 || !latin_vowel(next) ? 18 : 60;
	}
	if (c == 't' && next == 0 && before(s, i, 1) == 's' && before(s, i, 2) == 'o' &&
	    before(s, i, 3) == 'n')
		return -10; /* Russian -ность */
	if (in(c, U"ntrdszmvbp"))
		return glide ? 26 : next == 0 || !(latin_vowel(next) || next == 'i') ? 30 : 70;
	return NO_SIGN;
}

int
latin_cost(const struct source *s, size_t i, const struct latin_back *b)
{
	int foreign = b->foreign ? 3 : 0;

	switch (b->cyrillic) {
	case U'и':
		return cost_of_i(s, i, false);
	case U'й':
		return cost_of_i(s, i, true);
	case U'я':
	case U'ю':
	case U'ё':
		return b->foreign ? 50 : cost_of_pair(s, i, b->cyrillic);
	case U'ц':
		return cost_of_ts(s, i, true);
	case U'ч':
		return foreign + (b->latin[0] == 't' ? cost_of_tsh(s, i, true) : 0);
	case U'щ':
		return foreign;
	case U'һ':
		return 34;
	case U'э':
		return cost_of_e(s, i, true);
	case U'т':
		if (latin_at(s, i + 1) == 's')
			return cost_of_ts(s, i, false);
		return latin_at(s, i + 1) == 0x15F ? cost_of_tsh(s, i, false) : 0;
	case U'с':
		return s->acute && latin_at(s, i + 1) == 'h' ? 20 : 0;
	case U'ш':
		return b->foreign						  ? 12
		       : latin_at(s, i + 1) == 't' && latin_at(s, i + 2) == 0x15F ? 20
										  : 0;
	default:
		return foreign;
	}
}

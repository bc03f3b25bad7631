/* check_spell.c – words spelled like one that nobody knows.
 *
 * Two sorts of slips. One letter wrong, missing, doubled or two exchanged, where letters that sound or
 * lie alike are likelier; and Kazakh letters typed as a Russian keyboard has them, all at once
 * (казакша). What is offered is a word that the lexicon and its endings accept. A name is only
 * offered a listed word by a change of like letters. */
#include "lang/check_inner.h"

#include <string.h>
#include <uchar.h>

#include "base/rc.h"
#include "base/utf8.h"
#include "lang/derivation.h"

enum {
	COST_LIKE = 100,  /* ә for а, қ for к */
	COST_NEAR = 220,  /* beside it on the keyboard */
	COST_OTHER = 380, /* any other letter */
	COST_EXCHANGED = 180,
	COST_DOUBLED = 150,
	COST_MISSING = 260,
	COST_EXTRA = 260,
	COST_FIRST = 150, /* people hardly err in the first letter */
	WORST = 1400,
	LEAST_LETTERS = 4,
	MOST_LETTERS = 24,
	MOST_TWINS = 7
};

/* Letters that are taken for one another: by sound, or for want of a Kazakh keyboard. */
static const char32_t *const alike[] = { U"аә", U"оө", U"ұүу", U"ыіи", U"иій", U"гғ", U"кқ", U"нң",
	U"хһқ", U"еэ", U"бп", U"дт", U"зс", U"жш", U"шщ", U"вф", U"еі", U"еә", U"ығ", U"уо" };
/* The keyboard, row over row; neighbours are those beside. */
static const char32_t *const rows[] = { U"әіңғүұқөһ", U"йцукенгшщзхъ", U"фывапролджэ",
	U"ячсмитьбю" };
/* What a Russian keyboard leaves of a Kazakh letter. */
static const struct {
	char32_t typed;
	const char32_t *meant;
} twins[] = { { U'а', U"ә" }, { U'о', U"ө" }, { U'у', U"ұү" }, { U'ы', U"і" }, { U'и', U"і" },
	{ U'г', U"ғ" }, { U'к', U"қ" }, { U'н', U"ң" }, { U'х', U"һ" } };

struct found {
	uint8_t w[AFFIX_MAX + 1];
	size_t n;
	int cost;
};
struct spelling {
	const struct kk_word *k;
	struct found best[SUGGESTIONS];
	size_t n, max;
	bool listed_only;
};

static bool
stands_in(char32_t c, const char32_t *list)
{
	for (; *list != 0; list++)
		if (*list == c)
			return true;
	return false;
}

static bool
are_alike(char32_t a, char32_t b)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(alike); i++)
		if (stands_in(a, alike[i]) && stands_in(b, alike[i]))
			return true;
	return false;
}

static bool
are_near(char32_t a, char32_t b)
{
	size_t i, k;

	for (i = 0; i < ARRAY_LEN(rows); i++)
		for (k = 0; rows[i][k] != 0 && rows[i][k + 1] != 0; k++)
			if ((rows[i][k] == a && rows[i][k + 1] == b) ||
			    (rows[i][k] == b && rows[i][k + 1] == a))
				return true;
	return false;
}

static bool
acceptable(const struct spelling *s, const uint8_t *w, size_t n)
{
	return s->listed_only ? word_bare(w, n) || word_own(w, n) : word_known(w, n);
}

static void
offer(struct spelling *s, const uint8_t *w, size_t n, int cost)
{
	size_t i;
	int of_word;

	if (n < 3 || n > AFFIX_MAX || !acceptable(s, w, n))
		return;
	of_word = word_cost(w, n);
	cost += of_word >= WORD_NEVER ? 600 : of_word / 3;
	if (cost > WORST)
		return;
	for (i = 0; i < s->n; i++)
		if (s->best[i].n == n && memcmp(s->best[i].w, w, n) == 0) {
			if (s->best[i].cost <= cost)
				return;
			memmove(&s->best[i], &s->best[i + 1], (s->n - i - 1) * sizeof s->best[0]);
			s->n--;
			break;
		}
	for (i = s->n; i > 0 && s->best[i - 1].cost > cost; i--)
		if (i < s->max)
			s->best[i] = s->best[i - 1];
	if (i == s->max)
		return;
	s->best[i].cost = cost;
	s->best[i].n = n;
	memcpy(s->best[i].w, w, n);
	s->n += s->n < s->max;
}

static int
change_cost(uint8_t from, uint8_t to, size_t at)
{
	char32_t a = (char32_t)kk_letter(from), b = (char32_t)kk_letter(to);

	if (are_alike(a, b))
		return COST_LIKE;
	return (are_near(a, b) ? COST_NEAR : COST_OTHER) + (at == 0 ? COST_FIRST : 0);
}

enum { LETTERS_OF_ALPHABET = 42 };

static void
one_changed(struct spelling *s)
{
	const struct kk_word *k = s->k;
	uint8_t w[AFFIX_MAX + 1], c;
	size_t i;

	memcpy(w, k->w, k->n);
	for (i = 0; i < k->n; i++) {
		for (c = 1; c <= LETTERS_OF_ALPHABET; c++) {
			int cost = change_cost(k->w[i], c, i);

			if (c == k->w[i] || (s->listed_only && cost > COST_LIKE) ||
			    cost >= COST_OTHER)
				continue;
			w[i] = c;
			offer(s, w, k->n, cost);
		}
		w[i] = k->w[i];
	}
}

static void
one_less_or_exchanged(struct spelling *s)
{
	const struct kk_word *k = s->k;
	uint8_t w[AFFIX_MAX + 1];
	size_t i;

	for (i = 0; i < k->n; i++) {
		bool doubled = i > 0 && k->w[i] == k->w[i - 1];

		memcpy(w, k->w, i);
		memcpy(w + i, k->w + i + 1, k->n - i - 1);
		offer(s, w, k->n - 1,
		    (doubled ? COST_DOUBLED : COST_EXTRA) + (i == 0 ? COST_FIRST : 0));
		if (i + 1 == k->n || k->w[i] == k->w[i + 1])
			continue;
		memcpy(w, k->w, k->n);
		w[i] = k->w[i + 1];
		w[i + 1] = k->w[i];
		offer(s, w, k->n, COST_EXCHANGED + (i == 0 ? COST_FIRST : 0));
	}
}

/* Letters that Kazakh words of their own have; ф в ц ч щ ё э ъ ь are seldom forgotten. */
static void
one_more(struct spelling *s)
{
	static const char32_t letters[] = U"аеыіуоөүұәнрлтдсқкгмйшжбпзңғ";
	const struct kk_word *k = s->k;
	uint8_t w[AFFIX_MAX + 1];
	size_t i, c;

	if (k->n + 1 > AFFIX_MAX)
		return;
	for (i = 1; i <= k->n; i++)
		for (c = 0; letters[c] != 0; c++) {
			memcpy(w, k->w, i);
			w[i] = kk_code((int32_t)letters[c]);
			memcpy(w + i + 1, k->w + i, k->n - i);
			offer(s, w, k->n + 1, w[i] == w[i - 1] ? COST_DOUBLED : COST_MISSING);
		}
}

static const char32_t *
twin_of(uint8_t code)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(twins); i++)
		if (twins[i].typed == (char32_t)kk_letter(code))
			return twins[i].meant;
	return NULL;
}

/* Every choice of Kazakh letters for the Russian ones, as a number in a mixed base. */
static void
russian_keyboard(struct spelling *s)
{
	const struct kk_word *k = s->k;
	size_t at[MOST_TWINS], i, n = 0, number, all = 1;

	for (i = 0; i < k->n && n < MOST_TWINS; i++) {
		const char32_t *meant = twin_of(k->w[i]);

		if (meant == NULL)
			continue;
		at[n++] = i;
		all *= meant[1] == 0 ? 2 : 3;
	}
	for (number = 1; number < all; number++) {
		uint8_t w[AFFIX_MAX + 1];
		size_t rest = number, changes = 0;

		memcpy(w, k->w, k->n);
		for (i = 0; i < n; i++) {
			const char32_t *meant = twin_of(k->w[at[i]]);
			size_t base = meant[1] == 0 ? 2 : 3;

			if (rest % base > 0) {
				w[at[i]] = kk_code((int32_t)meant[rest % base - 1]);
				changes++;
			}
			rest /= base;
		}
		if (changes > 1)
			offer(s, w, k->n, COST_LIKE + 30 * (int)changes);
	}
}

static const char *
in_case_of(struct arena *a, const struct kk_word *k, const struct found *f)
{
	struct buf b;
	size_t i;
	char bytes[4];

	buf_init(&b, a, 0);
	for (i = 0; i < f->n; i++) {
		int32_t cp = kk_letter(f->w[i]);

		if (k->all_capitals || (i == 0 && k->capital))
			cp = utf8_upper(cp);
		buf_put(&b, bytes, utf8_put(bytes, cp));
	}
	return b.p;
}

size_t
word_spell(struct arena *a, const struct kk_word *k, const char **out, size_t max)
{
	struct spelling s = { .k = k, .max = max < SUGGESTIONS ? max : SUGGESTIONS };
	size_t i;

	if (k->n < LEAST_LETTERS || k->n > MOST_LETTERS || s.max == 0)
		return 0;
	s.listed_only = k->capital;
	one_changed(&s);
	russian_keyboard(&s);
	if (!s.listed_only) {
		one_less_or_exchanged(&s);
		one_more(&s);
	}
	for (i = 0; i < s.n; i++)
		out[i] = in_case_of(a, k, &s.best[i]);
	return s.n;
}

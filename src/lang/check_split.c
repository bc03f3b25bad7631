/* check_split.c – where spaces are missing in a word that nobody knows: the cheapest row of words that
 * fills it, if it is likelier than one unknown word. */
#include "lang/check_inner.h"

#include <string.h>

#include "base/rc.h"
#include "lang/derivation.h"

/* Hundredths, as everywhere in the costs of words. */
enum {
	COST_SPACE = 300,	  /* every missing space */
	COST_UNKNOWN_WORD = 2300, /* one word that nobody knows … */
	COST_UNKNOWN_LETTER = 60, /* … and how much less likely for its length */
	GAIN_FOREIGN = 700,	  /* it may well be a word from elsewhere */
	GAIN_NAME = 1000,
	COST_BARE_IN_NAME = 500,
	COST_FIRST_OF_THREE = 300,
	COST_FIRST_OF_FOUR = 100,
	LONGEST_PIECE = 26
};

static int
whole_cost(const struct kk_word *k)
{
	int cost = COST_UNKNOWN_WORD + COST_UNKNOWN_LETTER * ((int)k->n - 8);

	if (k->capital)
		cost -= GAIN_NAME;
	if (word_foreign_build(k->w, k->n))
		cost -= GAIN_FOREIGN;
	return cost;
}

/* best[j]: the cheapest row that fills the first j letters, by number of pieces up to PIECES_MAX. */
struct table {
	int cost[AFFIX_MAX + 1][PIECES_MAX + 1];
	uint8_t from[AFFIX_MAX + 1][PIECES_MAX + 1];
};

static bool
is_particle(const uint8_t *w, size_t n)
{
	static const char *const list[] = { "да", "де", "та", "те", "ма", "ме", "ба", "бе", "па",
		"пе", "ақ", "бен", "пен", "ғой" };
	struct kk_word p;
	size_t i;

	for (i = 0; i < ARRAY_LEN(list); i++)
		if (kk_word_read(list[i], strlen(list[i]), &p) && p.n == n &&
		    memcmp(p.w, w, n) == 0)
			return true;
	return false;
}

/* Particles lean on the word before them; a short bare noun at the beginning is rather the first half
 * of a compound (тас|жол). */
static int
piece_cost(const struct kk_word *k, size_t i, size_t j)
{
	int cost = word_cost(k->w + i, j - i);

	if (cost >= WORD_NEVER)
		return WORD_NEVER;
	if (i == 0 && j <= 3 && is_particle(k->w, j))
		return WORD_NEVER;
	/* Names of places and people are made of two bare words (Бет|пақ, Аман|жол). */
	if (i == 0 && k->capital && !word_common(k->w, j) && word_bare(k->w, j))
		cost += COST_BARE_IN_NAME;
	if (i == 0 && j <= 4 && !word_common(k->w, j))
		cost += j <= 3 ? COST_FIRST_OF_THREE : COST_FIRST_OF_FOUR;
	return cost;
}

/* Letters [i, j) as one more piece behind every row that reaches i. */
static void
append(struct table *t, size_t i, size_t j, int cost)
{
	size_t pieces;

	cost += i > 0 ? COST_SPACE : 0;
	for (pieces = 0; pieces < PIECES_MAX; pieces++)
		if (t->cost[i][pieces] + cost < t->cost[j][pieces + 1]) {
			t->cost[j][pieces + 1] = t->cost[i][pieces] + cost;
			t->from[j][pieces + 1] = (uint8_t)i;
		}
}

static bool
reached(const struct table *t, size_t i)
{
	size_t pieces;

	for (pieces = 0; pieces < PIECES_MAX; pieces++)
		if (t->cost[i][pieces] < WORD_NEVER)
			return true;
	return false;
}

static void
fill(const struct kk_word *k, struct table *t)
{
	size_t i, j, pieces;

	for (j = 0; j <= k->n; j++)
		for (pieces = 0; pieces <= PIECES_MAX; pieces++)
			t->cost[j][pieces] = WORD_NEVER;
	t->cost[0][0] = 0;
	for (i = 0; i + 2 <= k->n; i++) {
		size_t end = i + LONGEST_PIECE < k->n ? i + LONGEST_PIECE : k->n;

		for (j = i + 2; reached(t, i) && j <= end; j++) {
			int cost = j - i == k->n ? WORD_NEVER : piece_cost(k, i, j);

			if (cost < WORD_NEVER)
				append(t, i, j, cost);
		}
	}
}

static void
read_back(const struct kk_word *k, const struct table *t, size_t pieces, struct split *out)
{
	size_t at = k->n, i;

	out->n = pieces;
	out->cost = t->cost[k->n][pieces];
	for (i = pieces; i > 0; i--) {
		out->len[i - 1] = at - t->from[at][i];
		at = t->from[at][i];
	}
}

size_t
word_split(const struct kk_word *k, struct split *out, size_t max)
{
	struct table t;
	int limit;
	size_t pieces, n = 0, i;

	if (k->n < 5 || k->all_capitals)
		return 0;
	fill(k, &t);
	limit = whole_cost(k);
	/* The best row of each length, cheapest first. */
	for (pieces = 2; pieces <= PIECES_MAX; pieces++) {
		struct split s;

		if (t.cost[k->n][pieces] >= limit)
			continue;
		read_back(k, &t, pieces, &s);
		for (i = n < max ? n++ : max; i > 0 && out[i - 1].cost > s.cost; i--)
			if (i < max)
				out[i] = out[i - 1];
		if (i < max)
			out[i] = s;
	}
	return n;
}

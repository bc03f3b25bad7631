/* affix.c – see affix.h. The cheapest way through the grammar from right to left, by dynamic
 * programming over (letters left, tag). */
#include "lang/affix.h"

#include <limits.h>
#include <string.h>

#include "base/rc.h"
#include "lang/affix_trie.h"
#include "lang/lexicon_inner.h"

/* Set by search on our own development texts, half of them held out. */
enum {
	COST_UNKNOWN = 1696,
	COST_UNKNOWN_VERB = 200, /* unknown words are names and loans more often */
	COST_INFLECTED = 300,	 /* the stem is listed, but as a form of another */
	COST_SWALLOWED = 150,	 /* a verb that its infinitive shows without the last letter */
	COST_ALSO_VERB = 80,	 /* a noun that is a verb's stem as well: сез in сезім */
	COST_DERIVED = 500,	 /* of no list, but of a listed word and a suffix */
	COST_COMMON = -150,	 /* our own list has it */
	COST_COMMON_WHOLE = -500,
	COST_LETTER = -56, /* a letter cut */
	COST_VERB = -45,
	COST_STEM_1 = 358,
	COST_STEM_2 = 400,
	COST_STEM_3 = -50,
	COST_KNOWN_2 = 100, /* of two letters, in our list */
	COST_HARMONY = 100, /* skeleton: a front suffix after a or o, which may be ә or ө */
	NEVER = 1 << 28
};
enum { KIND_NOUN, KIND_VERB, NKINDS };
#define VERBS (LEX_VERB | LEX_VERB_I)
/* Where a stem ends, and how it is mended. */
enum { END_PLAIN, END_HARD, END_ELIDED, END_GROWN, END_Y, END_SOFT, END_P, END_HYPHEN, NENDS };

/* A stem: the first `keep` letters of the word and those of the tail. */
struct ending {
	size_t keep, ntail;
	uint8_t tail[2];
};
struct way {
	enum kk_space space;
	const uint8_t *w;
	size_t n;
	struct ending best;
	struct cut *out;		   /* what is known of the best */
	int cost[AFFIX_MAX + 1][NTAGS][2]; /* [1]: the last letter hardened, б → п */
	uint32_t live[AFFIX_MAX + 1][2];   /* bits of tags */
	int ends[AFFIX_MAX + 1][NENDS][NKINDS];
	uint64_t hash[AFFIX_MAX + 1];
	char harmony[AFFIX_MAX + 1];
	bool vowel[AFFIX_MAX + 1];
};

static bool
is_verbal(uint8_t tag)
{
	return tag >= TAG_PARTICIPLE;
}

static void
better(int *a, int b)
{
	if (b < *a)
		*a = b;
}

/* One suffix matched letters [j, …): where it leads. */
static void
follow(struct way *y, size_t j, const struct entry *e, int cost)
{
	enum kk_space space = y->space;
	uint8_t last = y->w[j - 1], hard;
	uint32_t bit = TAG_BIT(e->tag);
	int kind = is_verbal(e->tag) ? KIND_VERB : KIND_NOUN;

	if (e->join == JOIN_P) {
		better(&y->ends[j][END_P][kind], cost);
		return;
	}
	if (e->join == JOIN_I) {
		better(&y->ends[j][END_GROWN][kind], cost);
		return;
	}
	if (e->join == JOIN_Y) { /* кию: ки, but сүю: сүй */
		better(&y->ends[j][space == KK_CYRILLIC && last == C_I ? END_PLAIN : END_Y][kind],
		    cost);
		return;
	}
	if (e->join == JOIN_GROWN && (class_at(space, last) & AT_V) == 0)
		better(&y->ends[j][END_GROWN][kind], cost);
	if (e->join == JOIN_ELISION && j >= 3 && (class_at(space, last) & AT_V) == 0 &&
	    (class_at(space, y->w[j - 2]) & AT_V) == 0)
		better(&y->ends[j][END_ELIDED][kind], cost);
	if ((y->live[j][0] & bit) == 0 || cost < y->cost[j][e->tag][0]) {
		y->live[j][0] |= bit;
		y->cost[j][e->tag][0] = cost;
	}
	if (e->first && (e->tag == TAG_POSS || e->tag == TAG_MORE || kind == KIND_VERB) &&
	    (hard = hardened(space, last)) != 0 &&
	    ((y->live[j][1] & bit) == 0 || cost < y->cost[j][e->tag][1])) {
		y->live[j][1] |= bit;
		y->cost[j][e->tag][1] = cost;
	}
}

/* км-ге, АҚШ-тың: how the abbreviation is read decides the ending, not its letters. */
static void
hyphened(struct way *y, size_t at, int alt, size_t j, const struct entry *e)
{
	uint32_t from = y->live[at][alt] & e->left_of;
	int cost = NEVER;

	if (j < 3 || e->tag > TAG_PLURAL || e->tag == TAG_POSS_CASE || e->join != JOIN_PLAIN)
		return;
	for (; from != 0; from &= from - 1)
		better(&cost, y->cost[at][__builtin_ctz(from)][alt]);
	better(&y->ends[j][END_HYPHEN][KIND_NOUN], cost + e->cost);
}

static void
try_entry(struct way *y, size_t at, int alt, size_t j, const struct entry *e)
{
	enum kk_space space = y->space;
	const uint8_t *w = y->w;
	uint32_t from = y->live[at][alt] & e->left_of;
	uint8_t last = w[j - 1];
	uint8_t cls = class_before(space, w, j);
	int cost = NEVER, extra = 0;
	char h = y->harmony[j];
	bool soft = false;

	if (from == 0)
		return;
	if (space == KK_CYRILLIC && last == C_HYPHEN) {
		hyphened(y, at, alt, j, e);
		return;
	}
	if ((cls & e->after) == 0 || !y->vowel[j])
		return;
	if (e->special != 0 && !special_at(space, w, j, e->special))
		return;
	if (space == KK_CYRILLIC) {
		if (e->harmony != '*' && h != 0 && h != e->harmony) {
			/* король, королі */
			if (e->join != JOIN_ELISION || e->harmony != 'f' || last != C_L)
				return;
			soft = true;
		}
	} else {
		if (e->harmony == 'b' && h == 'f')
			return;
		if (e->harmony == 'f' && h == 'b')
			extra = COST_HARMONY;
	}
	for (; from != 0; from &= from - 1)
		better(&cost, y->cost[at][__builtin_ctz(from)][alt]);
	cost += e->cost + extra;
	if (space == KK_CYRILLIC && e->join == JOIN_ELISION && (cls & (AT_L | AT_N | AT_R)) != 0)
		better(&y->ends[j][END_SOFT][KIND_NOUN], cost);
	if (!soft)
		follow(y, j, e, cost);
}

static void
step(struct way *y, size_t at, int alt)
{
	const struct grammar *g = grammar_of(y->space);
	size_t node = 0, j = at;
	uint8_t c = alt ? hardened(y->space, y->w[at - 1]) : y->w[at - 1];

	while (j > 1) {
		size_t e;

		node = g->nodes[node].child[slot(y->space, c)];
		if (node == 0)
			return;
		j--;
		for (e = g->nodes[node].entries; e != 0; e = g->entries[e].next)
			try_entry(y, at, alt, j, &g->entries[e]);
		c = y->w[j - 1];
	}
}

/* Whether a stem of no list is a listed word and a suffix that makes words. */
static bool
derived(const struct way *y, const struct ending *at, int kind)
{
	enum kk_space space = y->space;
	const struct grammar *g = grammar_of(space);
	uint8_t s[AFFIX_MAX + 2];
	size_t node = 0, j = at->keep + at->ntail, e;

	memcpy(s, y->w, at->keep);
	memcpy(s + at->keep, at->tail, at->ntail);

	while (j > 3) {
		node = g->nodes[node].child[slot(space, s[j - 1])];
		if (node == 0)
			return false;
		j--;
		for (e = g->nodes[node].entries; e != 0; e = g->entries[e].next) {
			const struct entry *x = &g->entries[e];
			char h = y->harmony[j];
			unsigned need = x->tag == TAG_NOUN_OF_NOUN || x->tag == TAG_VERB_OF_NOUN
					    ? LEX_WORD
					    : LEX_VERB | LEX_VERB_I;

			if (x->tag < NTAGS || j > at->keep ||
			    (x->tag >= TAG_VERB_OF_NOUN) != (kind == KIND_VERB) ||
			    (class_before(space, s, j) & x->after) == 0 ||
			    (h != 0 && x->harmony != '*' && h != x->harmony &&
				(space == KK_CYRILLIC || h == 'f')))
				continue;
			if ((lex_find(space, y->hash[j]) & need) != 0)
				return true;
		}
	}
	return false;
}

/* What a stem of this part of speech costs by what lists say of it. */
static int
listing(unsigned flags, bool verb, bool whole)
{
	int cost = 0;

	if (verb)
		cost += (flags & LEX_VERB) != 0 ? 0 : COST_SWALLOWED;
	else
		cost += (flags & LEX_CORE) != 0 ? 0 : COST_INFLECTED;
	if (!verb && !whole && (flags & (LEX_VERB | LEX_COMMON)) == LEX_VERB)
		cost += COST_ALSO_VERB;
	if ((flags & (verb ? LEX_COMMON_VERB : LEX_COMMON)) != 0)
		cost += whole ? COST_COMMON_WHOLE : COST_COMMON;
	return cost;
}

/* The stem that ends so, at letter j, reached at this cost: is it the best so far? */
static void
weigh(struct way *y, struct ending at, size_t j, int kind, int cost)
{
	static const int by_length[3][4] = { { 0, COST_STEM_1, COST_STEM_2, COST_STEM_3 },
		{ 0, COST_STEM_1 / 2, COST_KNOWN_2, COST_STEM_3 }, /* in our list */
		{ 0, 600, 500, 150 } };				   /* in none */
	struct cut *best = y->out;
	uint64_t h = y->hash[at.keep];
	size_t i, n = at.keep + at.ntail;
	bool known, listed, verb, whole = j == y->n && at.ntail == 0;
	unsigned flags;

	if (cost >= NEVER)
		return;
	for (i = 0; i < at.ntail; i++)
		h = lex_step(h, at.tail[i]);
	flags = lex_find(y->space, h);
	verb = kind == KIND_VERB ||
	       (whole && n > 1 && (flags & LEX_WORD) == 0 && (flags & VERBS) != 0);
	known = listed = (flags & (verb ? VERBS : LEX_WORD)) != 0;
	cost +=
	    COST_LETTER * (int)(y->n - j) +
	    (n < 4 ? by_length[!listed ? 2 : (flags & (verb ? LEX_COMMON_VERB : LEX_COMMON)) != 0]
			      [n]
		   : 0) +
	    (verb && !whole ? COST_VERB : 0);
	if (listed)
		cost += listing(flags, verb, whole);
	else if (cost + COST_DERIVED > best->cost)
		return;			       /* no list makes it dear: most are done here */
	else if (at.keep < j && at.ntail == 0) /* whatever stands before a hyphen and an ending */
		cost += COST_DERIVED;
	else if ((known = n >= 5 && derived(y, &at, kind)))
		cost += COST_DERIVED;
	else
		cost += COST_UNKNOWN + (verb ? COST_UNKNOWN_VERB : 0);
	if (cost > best->cost || (cost == best->cost && n >= best->n))
		return;
	y->best = at;
	best->n = n;
	best->cost = cost;
	best->known = known;
	best->listed = listed;
	best->verb = verb;
	best->whole = whole;
}

/* All stems that end behind letter j. */
static void
weigh_at(struct way *y, size_t j)
{
	bool skel = y->space == KK_SKELETON;
	uint8_t last = y->w[j - 1], i = skel ? 'i' : y->harmony[j] == 'f' ? C_II : C_Y;
	const struct ending endings[NENDS] = {
		[END_PLAIN] = { j, 0, { 0 } },
		[END_HARD] = { j - 1, 1, { hardened(y->space, last) } },
		[END_ELIDED] = { j - 1, 2, { i, last } },
		[END_GROWN] = { j, 1, { i } },
		[END_Y] = { j, 1, { skel ? 'i' : C_SHORT_I } },
		[END_SOFT] = { j, 1, { C_SOFT } },
		[END_P] = { j, 1, { skel ? 'p' : C_P } },
		[END_HYPHEN] = { j - 1, 0, { 0 } },
	};
	int kind, alt, end;
	uint32_t bits;

	for (alt = 0; alt < 2; alt++)
		for (bits = y->live[j][alt]; bits != 0; bits &= bits - 1) {
			int tag = __builtin_ctz(bits);

			better(&y->ends[j][alt ? END_HARD : END_PLAIN][is_verbal((uint8_t)tag)],
			    y->cost[j][tag][alt]);
		}
	for (kind = 0; kind < NKINDS; kind++)
		for (end = 0; end < NENDS; end++)
			weigh(y, endings[end], j, kind, y->ends[j][end][kind]);
}

/* Ends of loans and surnames after which both harmonies are met: фестивальге, волонтёрлер, организмге, банкке
 * but блокқа, Назарбаевтың. */
static bool
loan_end(const uint8_t *w, size_t n, char harmony)
{
	if (w[n - 1] == C_SOFT || w[n - 1] == C_YO || w[n - 1] == C_I)
		return true;
	if (w[n - 1] == C_K || w[n - 1] == C_G)
		return harmony == 'b';
	return n > 3 && w[n - 1] == C_V && w[n - 2] == C_E &&
	       (w[n - 3] == C_A || w[n - 3] == C_O || w[n - 3] == C_YA);
}

/* What each beginning of the word is like. */
static void
prepare(struct way *y)
{
	size_t i, k;

	y->hash[0] = LEX_SEED;
	y->harmony[0] = 0;
	y->vowel[0] = false;
	for (i = 0; i < y->n; i++) {
		struct sound sound = sound_of(y->space, y->w[i]);

		y->hash[i + 1] = lex_step(y->hash[i], y->w[i]);
		y->harmony[i + 1] = sound.harmony != 0 ? sound.harmony : y->harmony[i];
		if (y->space == KK_CYRILLIC && loan_end(y->w, i + 1, y->harmony[i]))
			y->harmony[i + 1] = 0;
		y->vowel[i + 1] = y->vowel[i] || (sound.at & AT_V) != 0;
	}
	memset(y->live, 0, (y->n + 1) * sizeof y->live[0]);
	for (i = 0; i <= y->n; i++)
		for (k = 0; k < NENDS * NKINDS; k++)
			y->ends[i][k / NKINDS][k % NKINDS] = NEVER;
	y->live[y->n][0] = TAG_BIT(TAG_START);
	y->cost[y->n][TAG_START][0] = 0;
}

static bool
pronoun(enum kk_space space, uint64_t hash, struct cut *out)
{
	const uint8_t *stem;
	size_t n;

	if ((lex_find(space, hash) & LEX_IRREGULAR) == 0 ||
	    (n = lex_irregular(space, hash, &stem)) == 0)
		return false;
	*out = (struct cut){ .n = n, .known = true, .listed = true };
	memcpy(out->stem, stem, n);
	return true;
}

void
affix_cut(enum kk_space space, const uint8_t *w, size_t n, struct cut *out)
{
	struct way y;
	size_t i;

	y.space = space;
	y.w = w;
	y.n = n > AFFIX_MAX ? AFFIX_MAX : n;
	y.out = out;
	prepare(&y);
	if (pronoun(space, y.hash[y.n], out))
		return;
	out->cost = INT_MAX;
	for (i = y.n; i > 0; i--) {
		if (y.live[i][0] != 0)
			step(&y, i, 0);
		if (y.live[i][1] != 0)
			step(&y, i, 1);
		weigh_at(&y, i);
	}
	memcpy(out->stem, w, y.best.keep);
	memcpy(out->stem + y.best.keep, y.best.tail, y.best.ntail);
}

/* ---- suffixes behind stems of no lexicon -------------------------------------------------------- */

void
affix_ends(const uint8_t *w, size_t n, int ends[AFFIX_MAX + 1][2])
{
	struct way y;
	uint32_t bits;
	size_t i;

	y.space = KK_CYRILLIC;
	y.w = w;
	y.n = n > AFFIX_MAX ? AFFIX_MAX : n;
	y.out = NULL;
	prepare(&y);
	ends[0][0] = ends[0][1] = AFFIX_NEVER;
	for (i = y.n; i > 0; i--) {
		ends[i][0] = ends[i][1] = AFFIX_NEVER;
		if (y.live[i][0] != 0)
			step(&y, i, 0);
		for (bits = y.live[i][0]; bits != 0; bits &= bits - 1) {
			int tag = __builtin_ctz(bits);

			better(&ends[i][is_verbal((uint8_t)tag)], y.cost[i][tag][0]);
		}
	}
}

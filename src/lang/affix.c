/* affix.c – see affix.h. The cheapest way through the grammar from right to left, by dynamic
 * programming over (letters left, tag). */
#include "lang/affix.h"

#include <limits.h>
#include <string.h>

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
	COST_COMMON_WHOLE = -400,
	COST_LETTER = -56, /* a letter cut */
	COST_VERB = -45,
	COST_STEM_1 = 358,
	COST_STEM_2 = 400,
	COST_STEM_3 = -50,
	COST_HARMONY = 100, /* skeleton: a front suffix after a or o, which may be ә or ө */
	NEVER = 1 << 28
};
enum { KIND_NOUN, KIND_VERB, NKINDS };
#define VERBS (LEX_VERB | LEX_VERB_I)
/* Where a stem ends, and how it is mended. */
enum { END_PLAIN, END_HARD, END_ELIDED, END_GROWN, END_Y, END_SOFT, NENDS };

struct way {
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
follow(
    enum kk_space space, const uint8_t *w, struct way *y, size_t j, const struct entry *e, int cost)
{
	uint8_t last = w[j - 1], hard;
	uint32_t bit = TAG_BIT(e->tag);
	int kind = is_verbal(e->tag) ? KIND_VERB : KIND_NOUN;

	if (e->join == JOIN_I) {
		better(&y->ends[j][END_GROWN][kind], cost);
		return;
	}
	if (e->join == JOIN_Y) { /* кию: ки, but сүю: сүй */
		better(
		    &y->ends[j][space == KK_CYRILLIC && last == C_I ? END_PLAIN : END_Y][kind], cost);
		return;
	}
	if (e->join == JOIN_GROWN && (class_at(space, last) & AT_V) == 0)
		better(&y->ends[j][END_GROWN][kind], cost);
	if (e->join == JOIN_ELISION && j >= 3 && (class_at(space, last) & AT_V) == 0 &&
	    (class_at(space, w[j - 2]) & AT_V) == 0)
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

static void
try_entry(enum kk_space space, const uint8_t *w, struct way *y, size_t at, int alt, size_t j,
    const struct entry *e)
{
	uint32_t from = y->live[at][alt] & e->left_of;
	uint8_t last = w[j - 1];
	uint8_t cls = class_before(space, w, j);
	int cost = NEVER, extra = 0;
	char h = y->harmony[j];
	bool soft = false;

	if (from == 0 || (cls & e->after) == 0 || !y->vowel[j])
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
		follow(space, w, y, j, e, cost);
}

static void
step(enum kk_space space, const uint8_t *w, struct way *y, size_t at, int alt)
{
	const struct grammar *g = grammar_of(space);
	size_t node = 0, j = at;
	uint8_t c = alt ? hardened(space, w[at - 1]) : w[at - 1];

	while (j > 1) {
		size_t e;

		node = g->nodes[node].child[slot(space, c)];
		if (node == 0)
			return;
		j--;
		for (e = g->nodes[node].entries; e != 0; e = g->entries[e].next)
			try_entry(space, w, y, at, alt, j, &g->entries[e]);
		c = w[j - 1];
	}
}

struct best {
	int cost;
	size_t n;
	uint8_t tail[2];
	size_t cut, ntail;
	bool known, listed, verb, whole;
};

/* Whether a stem of no list is a listed word and a suffix that makes words. */
static bool
derived(enum kk_space space, const struct way *y, const uint8_t *s, size_t keep, size_t n, int kind)
{
	const struct grammar *g = grammar_of(space);
	size_t node = 0, j = n, e;

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

			if (x->tag < NTAGS || j > keep ||
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

/* A stem of the first `keep` letters and a tail of at most two others. */
static void
weigh(enum kk_space space, const uint8_t *w, const struct way *y, size_t keep, const uint8_t *tail,
    size_t ntail, size_t removed, int kind, int cost, struct best *b)
{
	uint64_t h = y->hash[keep];
	unsigned flags;
	size_t i, n = keep + ntail;
	bool ok, verb, listed = true, whole = removed == 0 && ntail == 0;

	if (cost >= NEVER)
		return;
	for (i = 0; i < ntail; i++)
		h = lex_step(h, tail[i]);
	flags = lex_find(space, h);
	verb = kind == KIND_VERB || (whole && (flags & LEX_WORD) == 0 && (flags & VERBS) != 0);
	ok = (flags & (verb ? VERBS : LEX_WORD)) != 0;
	if (ok)
		cost += verb ? ((flags & LEX_VERB) != 0 ? 0 : COST_SWALLOWED)
			     : ((flags & LEX_CORE) != 0 ? 0 : COST_INFLECTED);
	if (ok && !verb && !whole && (flags & (LEX_VERB | LEX_COMMON)) == LEX_VERB)
		cost += COST_ALSO_VERB;
	if ((flags & LEX_COMMON) != 0 && ok)
		cost += whole ? COST_COMMON_WHOLE : COST_COMMON;
	if (verb && !whole)
		cost += COST_VERB;
	cost += COST_LETTER * (int)removed;
	/* No list makes it dear, whatever else; most words are done here. */
	if (!ok && cost + COST_DERIVED <= b->cost) {
		uint8_t s[AFFIX_MAX + 2];

		memcpy(s, w, keep);
		memcpy(s + keep, tail, ntail);
		listed = false;
		ok = n >= 5 && derived(space, y, s, keep, n, kind);
		cost += ok ? COST_DERIVED : COST_UNKNOWN + (verb ? COST_UNKNOWN_VERB : 0);
	} else if (!ok)
		return;
	cost += n == 1 ? COST_STEM_1 : n == 2 ? COST_STEM_2 : n == 3 ? COST_STEM_3 : 0;
	if (cost > b->cost || (cost == b->cost && n >= b->n))
		return;
	*b = (struct best){ .cost = cost,
		.n = n,
		.cut = keep,
		.ntail = ntail,
		.known = ok,
		.listed = ok && listed,
		.verb = kind == KIND_VERB,
		.whole = whole };
	memcpy(b->tail, tail, ntail);
}

/* All stems that end behind letter j. */
static void
weigh_at(enum kk_space space, const uint8_t *w, size_t n, struct way *y, size_t j, struct best *b)
{
	const uint8_t none[2] = { 0 };
	int kind, alt;
	uint32_t bits;
	bool skel = space == KK_SKELETON;
	uint8_t vowel = skel ? 'i' : y->harmony[j] == 'f' ? C_II : C_Y;

	for (alt = 0; alt < 2; alt++)
		for (bits = y->live[j][alt]; bits != 0; bits &= bits - 1) {
			int tag = __builtin_ctz(bits);

			better(&y->ends[j][alt ? END_HARD : END_PLAIN][is_verbal((uint8_t)tag)],
			    y->cost[j][tag][alt]);
		}
	for (kind = 0; kind < NKINDS; kind++) {
		const int(*ends)[NKINDS] = y->ends[j];
		uint8_t hard = hardened(space, w[j - 1]);

		weigh(space, w, y, j, none, 0, n - j, kind, ends[END_PLAIN][kind], b);
		weigh(space, w, y, j - 1, &hard, 1, n - j, kind, ends[END_HARD][kind], b);
		weigh(space, w, y, j - 1, (uint8_t[]){ vowel, w[j - 1] }, 2, n - j, kind,
		    ends[END_ELIDED][kind], b);
		weigh(space, w, y, j, &vowel, 1, n - j, kind, ends[END_GROWN][kind], b);
		weigh(space, w, y, j, (uint8_t[]){ skel ? 'i' : C_SHORT_I }, 1, n - j, kind,
		    ends[END_Y][kind], b);
		weigh(
		    space, w, y, j, (uint8_t[]){ C_SOFT }, 1, n - j, kind, ends[END_SOFT][kind], b);
	}
}

/* Ends of loans and surnames after which both harmonies are met: фестивальге, волонтёрлер, банкке but блокқа,
 * Назарбаевтың. */
static bool
loan_end(const uint8_t *w, size_t n, char harmony)
{
	if (w[n - 1] == C_SOFT || w[n - 1] == C_YO)
		return true;
	if (w[n - 1] == C_K || w[n - 1] == C_G)
		return harmony == 'b';
	return n > 3 && w[n - 1] == C_V && w[n - 2] == C_E &&
	       (w[n - 3] == C_A || w[n - 3] == C_O || w[n - 3] == C_YA);
}

void
affix_cut(enum kk_space space, const uint8_t *w, size_t n, struct cut *out)
{
	struct way y;
	struct best b = { .cost = INT_MAX };
	size_t i, k;

	if (n > AFFIX_MAX)
		n = AFFIX_MAX;
	y.hash[0] = LEX_SEED;
	y.harmony[0] = 0;
	y.vowel[0] = false;
	for (i = 0; i < n; i++) {
		char h = sound_of(space, w[i]).harmony;

		y.hash[i + 1] = lex_step(y.hash[i], w[i]);
		y.harmony[i + 1] = h != 0 ? h : y.harmony[i];
		if (space == KK_CYRILLIC && loan_end(w, i + 1, y.harmony[i]))
			y.harmony[i + 1] = 0;
		y.vowel[i + 1] = y.vowel[i] || (class_at(space, w[i]) & AT_V) != 0;
	}
	if ((lex_find(space, y.hash[n]) & LEX_IRREGULAR) != 0) {
		const uint8_t *stem;

		out->n = lex_irregular(space, y.hash[n], &stem);
		if (out->n > 0) {
			memcpy(out->stem, stem, out->n);
			out->cost = 0;
			out->known = out->listed = true;
			out->verb = out->whole = false;
			return;
		}
	}
	memset(y.live, 0, (n + 1) * sizeof y.live[0]);
	for (i = 0; i <= n; i++)
		for (k = 0; k < NENDS * NKINDS; k++)
			y.ends[i][k / NKINDS][k % NKINDS] = NEVER;
	y.live[n][0] = TAG_BIT(TAG_START);
	y.cost[n][TAG_START][0] = 0;
	for (i = n; i > 0; i--) {
		if (y.live[i][0] != 0)
			step(space, w, &y, i, 0);
		if (y.live[i][1] != 0)
			step(space, w, &y, i, 1);
		weigh_at(space, w, n, &y, i, &b);
	}
	memcpy(out->stem, w, b.cut);
	memcpy(out->stem + b.cut, b.tail, b.ntail);
	out->n = b.cut + b.ntail;
	out->cost = b.cost;
	out->known = b.known;
	out->listed = b.listed;
	out->verb = b.verb;
	out->whole = b.whole;
}

/* affix_list.c – entries of lists that are forms of others, as they are loaded. */
#include "lang/affix.h"

#include "lang/affix_trie.h"
#include "lang/lexicon_inner.h"

#define COMMON_WORD (LEX_COMMON | LEX_WORD)

/* Whether this suffix, cut from a list entry, says that the entry is a form; `left` letters stay. */
static bool
marks_form(const struct entry *x, size_t left, size_t cut, unsigned *need)
{
	*need = LEX_WORD;
	switch (x->tag) {
	case TAG_POSS: /* the third person; the others of common words alone */
		if (x->cost >= 80)
			*need = COMMON_WORD;
		return true;
	case TAG_CASE:
	case TAG_PLACE:
	case TAG_PLURAL:
	case TAG_POSS_CASE:
		return cut >= 2 && x->special != 'e' && left >= 3;
	case TAG_PARTICIPLE:
	case TAG_FINITE:
		*need = LEX_VERB;
		return x->join == JOIN_PLAIN && (cut >= 2 || x->cost == 97) && x->cost < 137 &&
		       x->cost > -100 && left >= 2;
	default:
		return false;
	}
}

/* Whether a list entry with a possessive is one: after stems of two letters only where we know them;
 * жүйелі is жүйе and -лі rather than жүйел and -і. */
static bool
possessed(const uint8_t *w, size_t n, const uint64_t *hash, size_t stem, unsigned found)
{
	if ((found & LEX_COMMON) != 0)
		return true;
	if (stem < 3)
		return false;
	return !(n > 4 && w[n - 2] == C_L && (w[n - 1] == C_Y || w[n - 1] == C_II) &&
		 (lex_find(KK_CYRILLIC, hash[n - 2]) & LEX_WORD) != 0);
}

bool
affix_inflected(const uint8_t *w, size_t n)
{
	const struct grammar *g = grammar_of(KK_CYRILLIC);
	uint64_t hash[AFFIX_MAX + 1];
	size_t node = 0, j, i;

	if (n > AFFIX_MAX || n < 3)
		return false;
	hash[0] = LEX_SEED;
	for (i = 0; i < n; i++)
		hash[i + 1] = lex_step(hash[i], w[i]);
	for (j = n - 1; j >= 2; j--) {
		size_t e;
		char h = kk_harmony(w, j);
		uint8_t hard = hardened(KK_CYRILLIC, w[j - 1]);
		bool elided = false;
		unsigned plain = lex_find(KK_CYRILLIC, hash[j]), other = 0, need;

		if (hard != 0)
			other = lex_find(KK_CYRILLIC, lex_step(hash[j - 1], hard));
		else if (j >= 3 && !kk_is_vowel(w[j - 1]) && !kk_is_vowel(w[j - 2])) {
			elided = true;
			other = lex_find(KK_CYRILLIC,
			    lex_step(lex_step(hash[j - 1], h == 'f' ? C_II : C_Y), w[j - 1]));
		}
		node = g->nodes[node].child[w[j]];
		if (node == 0)
			return false;
		for (e = g->nodes[node].entries; e != 0; e = g->entries[e].next) {
			const struct entry *x = &g->entries[e];
			unsigned found = x->tag == TAG_POSS || x->first ? plain | other : plain;

			if (!marks_form(x, j, n - j, &need) ||
			    (class_before(KK_CYRILLIC, w, j) & x->after) == 0 ||
			    (x->harmony != '*' && h != 0 && h != x->harmony) ||
			    (x->special != 0 && !special_at(KK_CYRILLIC, w, j, x->special)))
				continue;
			if ((found & need) == need &&
			    (x->tag != TAG_POSS || possessed(w, n, hash, j + elided, found)))
				return true;
		}
	}
	return false;
}

bool
affix_passive(const uint8_t *w, size_t n)
{
	uint64_t h = LEX_SEED;
	size_t i, left = n - 1;
	uint8_t last;

	if (n < 4 || (w[n - 1] != C_L && w[n - 1] != C_N))
		return false;
	if (w[n - 2] == C_Y || w[n - 2] == C_II)
		left--;
	last = w[left - 1];
	if (left < n - 1
		? kk_is_vowel(last) || (w[n - 1] == C_N) != (last == C_L)
		: !kk_is_vowel(last) || (w[n - 1] == C_N && !special_at(KK_CYRILLIC, w, left, 'A')))
		return false;
	for (i = 0; i < left; i++)
		h = lex_step(h, i == left - 1 && left < n - 1 && hardened(KK_CYRILLIC, last)
				    ? hardened(KK_CYRILLIC, last)
				    : w[i]);
	return (lex_find(KK_CYRILLIC, h) & (LEX_VERB | LEX_VERB_I)) != 0;
}

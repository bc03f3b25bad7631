/* affix_trie.h – inside lang/ only: the table of suffixes as two tries read from the end of a word,
 * made once and then only read. */
#ifndef LANG_AFFIX_TRIE_H
#define LANG_AFFIX_TRIE_H

#include "lang/affix_table.h"
#include "lang/sounds.h"

enum { MAX_NODES = 1200, MAX_ENTRIES = 700 };

struct entry {
	uint16_t next; /* further suffixes of the same letters; 0 = none */
	uint16_t after;
	uint32_t left_of;
	int16_t cost;
	uint8_t tag, join;
	char harmony;	 /* 'b', 'f', '*' */
	uint8_t first;	 /* its first letter is a vowel */
	uint8_t special; /* 'p', 'e' or 0 */
};
struct node {
	uint16_t child[LETTERS];
	uint16_t entries;
};
struct grammar {
	struct node nodes[MAX_NODES];
	struct entry entries[MAX_ENTRIES];
	size_t nnodes, nentries;
};
/* Makes both the first time; any thread. */
const struct grammar *grammar_of(enum kk_space space);
/* Where a letter leads from a node of the trie. */
static inline size_t
slot(enum kk_space space, uint8_t c)
{
	if (space == KK_CYRILLIC)
		return c < LETTERS ? c : 0;
	return c >= 'a' && c <= 'z' ? (size_t)(c - 'a' + 1) : 0;
}
/* Whether the letters before j are what a suffix with this `special` asks for. */
bool special_at(enum kk_space space, const uint8_t *w, size_t j, uint8_t special);

#endif

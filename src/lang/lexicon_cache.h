/* lexicon_cache.h – inside lang/ only: the finished lexicon as a file of the user's own, so that reading hunspell-kk and
 * working out its 54 000 lines (some 30 ms) is done once and not at every start.
 *
 * The file is this user's (0600, in a folder of his own), no part of the program or of any database; whoever deletes it
 * loses nothing. It holds for one program, one dictionary and one list of our own: their places, sizes and moments of
 * change are its key, a sum over all of it tells a damaged one. What does not fit is made anew. */
#ifndef LANG_LEXICON_CACHE_H
#define LANG_LEXICON_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LEX_KEY = 12 };
/* Of the program that runs, the dictionary and our list; false: something of it cannot be told. */
bool lexicon_key(const char *dictionary, const char *own_words, uint64_t key[LEX_KEY]);

struct lex_piece {
	void *p;
	size_t n; /* bytes, whole words of 8 */
};
/* The pieces of a file of this key, in one block to be freed with free(); NULL = none that holds. `pieces` says how many
 * there are and is filled. */
void *lexicon_cache_read(
    const char *path, const uint64_t key[LEX_KEY], struct lex_piece *piece, size_t pieces);
/* Best effort: written beside, renamed; nothing is said where it cannot be. */
void lexicon_cache_write(
    const char *path, const uint64_t key[LEX_KEY], const struct lex_piece *piece, size_t pieces);

#endif

/* diff.h – what was taken out of a text and what was put in, by words.
 *
 * The pieces in their order: DIFF_SAME and DIFF_OUT together are the old text, DIFF_SAME and DIFF_IN the new one, byte by
 * byte. Words are never cut, blanks between two changed words count as changed. The fewest changes (Myers 1986) where
 * these are at most DIFF_STEPS; beyond that what is not alike at both ends is one piece out and one in. */
#ifndef TEXT_DIFF_H
#define TEXT_DIFF_H

#include "base/arena.h"

enum { DIFF_STEPS = 1000 };
enum diff_op { DIFF_SAME, DIFF_OUT, DIFF_IN };
struct diff_piece {
	enum diff_op op;
	const char *p; /* in one of the two texts */
	size_t n;
};
/* *out in the arena; no two neighbours are of one sort, and what goes out stands before what comes in. */
size_t diff_words(struct arena *a, const char *was, const char *is, struct diff_piece **out);

#endif

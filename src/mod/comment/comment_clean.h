/* comment_clean.h – a name or a text as a stranger typed it, made fit to stand on a page, or refused.
 *
 * Marks that turn the direction of writing are refused, since with them a line reads other than it is and reaches into
 * the page around it, and so are control characters and broken bytes. What takes no place is taken out without a word,
 * since telephones put it in by themselves (joiners stay in texts: pictures of families are made with them). At most
 * three marks stand on a letter, one blank line between two, 60 lines in all; more are joined. RULE comment-5 */
#ifndef MOD_COMMENT_CLEAN_H
#define MOD_COMMENT_CLEAN_H

#include <stdbool.h>

#include "base/arena.h"

enum clean_fault { CLEAN_FINE, CLEAN_TURNS, CLEAN_CONTROL };
/* line: a name, in one line. *out: without blanks round it; NULL = nothing is left. */
enum clean_fault comment_clean(struct arena *a, const char *typed, bool line, const char **out);

/* A scheme, or a dot before the usual ends of names: good enough to look twice. */
bool comment_has_link(const char *s);
/* Look-alike letters: Latin and Cyrillic in one word. */
bool comment_is_mixed(const char *s);

#endif

/* check.h – the text check: what stands wrongly in a Kazakh text, and what may be meant.
 *
 * Four kinds of findings. Glued words: where digits, letters, capitals and punctuation meet the place
 * is certain and the repair automatic («14мыңнан», «таратты.Қазақстан»); where only the dictionary
 * knows it («етубағытында») it is a suggestion. Look-alike letters and invisible characters inside
 * words: automatic. Words nobody knows, with what is spelled alike. Words of another language on a
 * Kazakh page. Names, addresses of the net, numbers, days, hashtags, abbreviations stay as they are.
 *
 * A quotation – «…», “…”, „…“, "…", '…', on one line – is never changed by itself: what is found inside
 * one is only reported. A quotation mark without its partner counts to the end of the line.
 *
 * Broken UTF-8 parts words and is passed on as it is. Works without hunspell-kk; then only our own
 * words are known: fewer glued words are seen, and unknown words are not reported at all. */
#ifndef LANG_CHECK_H
#define LANG_CHECK_H

#include "base/buf.h"

enum finding_kind { FIND_GLUE, FIND_LOOKALIKE, FIND_UNKNOWN, FIND_FOREIGN };

struct finding {
	size_t from, to; /* bytes of the text */
	enum finding_kind kind;
	bool automatic; /* text_fix() does it */
	bool quoted;	/* inside a quotation */
	/* Replacements for text[from, to), best first; none for foreign words. */
	const char *const *suggestions;
	size_t n;
};

/* All findings in their order, never overlapping; *out lies in the arena. */
size_t check_text(struct arena *a, const char *text, size_t n, const struct finding **out);
/* The text with every automatic repair; what is right comes out byte for byte. */
void text_fix(const char *text, size_t n, struct buf *out);
/* What may be meant by one word: as its parts, as others spelled alike. 0 if it is right, no Kazakh
 * word, or nothing is near. At most SUGGESTIONS. */
enum { SUGGESTIONS = 8 };
size_t word_suggest(struct arena *a, const char *word, size_t n, const char *const **out);

/* «glue», «look-alike», … and in English what it means; constants for tr(). */
const char *finding_code(enum finding_kind k);
const char *finding_text(enum finding_kind k);

#endif

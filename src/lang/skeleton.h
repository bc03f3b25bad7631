/* skeleton.h – inside lang/ only: one word in any script as ASCII letters that all spellings share.
 *
 * Three steps. word_repair() turns look-alike letters of the other script where a word mixes both.
 * skeleton() writes each letter or digraph of any table (Cyrillic, Latin of 2021, 2019, 2018, the
 * apostrophes of 2017, passports, English) as the same few ASCII letters, with nothing evened out,
 * so that suffixes can still be seen. skeleton_reduce() then evens out what spellings disagree about
 * (doubles, the glide before e, дж, and for search ц = ч = с = ш). That joins more than a reader
 * would – жатса and жаса – which is right for finding and wrong for anything else: never shown,
 * never turned back.
 *
 * Letters: a b v g d e j z i k l m n o p r s t u f h, and w for ш. ы и й і y are i; у ұ ү w are u;
 * к қ q are k; х һ kh are h; ц and ч are ts, щ is w, я is ia, ю is iu, ё is e; ь ъ vanish. */
#ifndef LANG_SKELETON_H
#define LANG_SKELETON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_MAX = 128, SKELETON_MAX = 3 * WORD_MAX };

struct letter {
	int32_t cp; /* as letter_next() gives it */
	bool upper;
};

bool letter_is_apostrophe(int32_t cp);
void word_repair(struct letter *w, size_t n);
/* Letters of other scripts and digits are written as they are, in UTF-8: out holds SKELETON_MAX + 4
 * bytes. n ≤ WORD_MAX. Returns the bytes written. */
size_t skeleton(const struct letter *w, size_t n, char *out);
/* The same; from[i] is the place in w of the letter that byte i of out stems from. */
size_t skeleton_from(const struct letter *w, size_t n, char *out, uint8_t *from);
/* In place; `merge` joins all sibilants (w, ts → s). Returns the new length. */
size_t skeleton_reduce(char *s, size_t n, bool merge);

#endif

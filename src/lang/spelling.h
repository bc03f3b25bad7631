/* spelling.h – how far apart two spellings of one name are, letter by letter.
 *
 * The key of a name (key.h) evens out what all spellings share; this measures what single offices,
 * keyboards and languages do differently, and knows which letter stood there: Russian «х» for «қ»
 * (Айтхожин for Айтқожин), «у» for «ө» (Утегенов), «у» for «і» (Жусуп), «и» or nothing for «ы»
 * (Ибраев, Тлемис), «дж» for «ж», oe for ё (Goette), w for в (Wagner) cost little, an unrelated letter
 * costs 1000. Letters of one sound (к and қ typed for қ) differ by a few, so that Сәтбаев stands before
 * Сатбаев where ә was typed. Rules are data (spelling.c), no list of names. */
#ifndef LANG_SPELLING_H
#define LANG_SPELLING_H

#include <stddef.h>
#include <stdint.h>

enum { SPELLING_MAX = 48 }; /* sounds of one word; what stands behind is not compared */

struct spelling {
	size_t n;
	char sound[SPELLING_MAX];    /* as in skeleton.h, and c for ц, ч, ts, tş, ch */
	uint16_t from[SPELLING_MAX]; /* the letter it was written with, 0 = beyond the BMP */
	uint8_t times[SPELLING_MAX]; /* how often it was written: нн is one sound, twice */
};
/* One word in UTF-8, any script and case. Never fails; no letters give n = 0. */
void spelling_read(const char *word, size_t n, struct spelling *out);
/* Thousandths of a letter, 0 = the same letters. `ending` sounds at the end of a are not compared (a
 * case ending that does not belong to the name). Symmetric but for letters of one sound. */
int spelling_distance(const struct spelling *typed, size_t ending, const struct spelling *written);

/* What the ending of a name's key (key_token.exact) says. Some given names end as surnames do
 * (Марина): those are MAYBE. */
enum surname_form { SURNAME_NO, SURNAME_MAYBE, SURNAME_SURE };
enum surname_form surname_form(const char *key);

#endif

/* sounds.h – inside lang/ only: the letters of Kazakh as small numbers, and what grammar asks of them,
 * for Cyrillic codes and for the ASCII letters of the skeleton. */
#ifndef LANG_SOUNDS_H
#define LANG_SOUNDS_H

#include "lang/affix.h"

/* Classes of letters where stem and suffix meet. у ю и are vowel and glide at once. */
enum { AT_V = 1, AT_N = 2, AT_Z = 4, AT_L = 8, AT_R = 16, AT_T = 32, AT_ANY = 63 };

/* Codes 1–32 are а…я in the order of Unicode. */
enum {
	C_A = 1,
	C_B = 2,
	C_V = 3,
	C_G = 4,
	C_E = 6,
	C_I = 9,
	C_SHORT_I = 10,
	C_K = 11,
	C_L = 12,
	C_M = 13,
	C_N = 14,
	C_O = 15,
	C_P = 16,
	C_T = 19,
	C_U = 20,
	C_Y = 28, /* ы */
	C_SOFT = 29,
	C_YU = 31,
	C_YA = 32,
	C_YO = 33,
	C_GH = 35, /* ғ */
	C_Q = 36,  /* қ */
	C_NG = 37, /* ң */
	C_II = 42, /* і */
	C_HYPHEN = 43,
	LETTERS = 44
};

struct sound {
	uint8_t at;
	char harmony; /* 'b', 'f' of a vowel that shows it; 0 */
};
extern const struct sound kk_sounds[LETTERS];
extern const struct sound skeleton_sounds[128];

static inline struct sound
sound_of(enum kk_space space, uint8_t c)
{
	return space == KK_CYRILLIC ? kk_sounds[c < LETTERS ? c : 0] : skeleton_sounds[c & 127];
}
static inline uint8_t
class_at(enum kk_space space, uint8_t c)
{
	return sound_of(space, c).at;
}
/* The class of what ends at j; a soft sign sounds like the letter before it. */
static inline uint8_t
class_before(enum kk_space space, const uint8_t *w, size_t j)
{
	if (space == KK_CYRILLIC && w[j - 1] == C_SOFT && j > 1)
		return class_at(space, w[j - 2]);
	return class_at(space, w[j - 1]);
}
/* б → п, г → к, ғ → қ, as a stem ends without its suffix; 0 for other letters. */
static inline uint8_t
hardened(enum kk_space space, uint8_t c)
{
	if (space == KK_SKELETON)
		return c == 'b' ? 'p' : c == 'g' ? 'k' : 0;
	return c == C_B ? C_P : c == C_G ? C_K : c == C_GH ? C_Q : 0;
}

#endif

/* sounds.c – see sounds.h. */
#include "lang/sounds.h"

#include <uchar.h>

/* Letters by code, from 1; the order is that of Unicode. */
static const char32_t alphabet[] = U" абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі-";

uint8_t
kk_code(int32_t cp)
{
	if (cp >= 0x430 && cp <= 0x44F)
		return (uint8_t)(cp - 0x430 + 1);
	switch (cp) {
	case U'ё':
		return 33;
	case U'ә':
		return 34;
	case U'ғ':
		return 35;
	case U'қ':
		return 36;
	case U'ң':
		return 37;
	case U'ө':
		return 38;
	case U'ұ':
		return 39;
	case U'ү':
		return 40;
	case U'һ':
		return 41;
	case U'і':
		return 42;
	case '-':
		return 43;
	default:
		return 0;
	}
}

int32_t
kk_letter(uint8_t code)
{
	return (int32_t)alphabet[code < LETTERS ? code : 0];
}

#define CODE(c) ((uint8_t)((c) - U'а' + 1)) /* of the 32 letters in their row */

const struct sound kk_sounds[LETTERS] = {
	[CODE(U'а')] = { AT_V, 'b' },
	[CODE(U'о')] = { AT_V, 'b' },
	[CODE(U'ы')] = { AT_V, 'b' },
	[CODE(U'я')] = { AT_V, 'b' },
	[33] = { AT_V, 0 },
	[39] = { AT_V, 'b' },
	[CODE(U'е')] = { AT_V, 'f' },
	[CODE(U'э')] = { AT_V, 'f' },
	[34] = { AT_V, 'f' },
	[38] = { AT_V, 'f' },
	[40] = { AT_V, 'f' },
	[42] = { AT_V, 'f' },
	[CODE(U'и')] = { AT_V | AT_R, 0 },
	[CODE(U'у')] = { AT_V | AT_R, 0 },
	[CODE(U'ю')] = { AT_V | AT_R, 0 },
	[CODE(U'м')] = { AT_N, 0 },
	[CODE(U'н')] = { AT_N, 0 },
	[37] = { AT_N, 0 },
	[CODE(U'з')] = { AT_Z, 0 },
	[CODE(U'ж')] = { AT_Z, 0 },
	[CODE(U'л')] = { AT_L, 0 },
	[CODE(U'р')] = { AT_R, 0 },
	[CODE(U'й')] = { AT_R, 0 },
	[CODE(U'б')] = { AT_T, 0 },
	[CODE(U'в')] = { AT_T, 0 },
	[CODE(U'г')] = { AT_T, 0 },
	[CODE(U'д')] = { AT_T, 0 },
	[CODE(U'к')] = { AT_T, 0 },
	[CODE(U'п')] = { AT_T, 0 },
	[CODE(U'с')] = { AT_T, 0 },
	[CODE(U'т')] = { AT_T, 0 },
	[CODE(U'ф')] = { AT_T, 0 },
	[CODE(U'х')] = { AT_T, 0 },
	[CODE(U'ц')] = { AT_T, 0 },
	[CODE(U'ч')] = { AT_T, 0 },
	[CODE(U'ш')] = { AT_T, 0 },
	[CODE(U'щ')] = { AT_T, 0 },
	[CODE(U'ъ')] = { AT_T, 0 },
	[CODE(U'ь')] = { AT_T, 0 },
	[35] = { AT_T, 0 },
	[36] = { AT_T, 0 },
	[41] = { AT_T, 0 },
	[43] = { AT_T, 0 },
};

const struct sound skeleton_sounds[128] = {
	['a'] = { AT_V, 'b' },
	['o'] = { AT_V, 'b' },
	['e'] = { AT_V, 'f' },
	['i'] = { AT_V | AT_R, 0 },
	['u'] = { AT_V | AT_R, 0 },
	['m'] = { AT_N, 0 },
	['n'] = { AT_N, 0 },
	['z'] = { AT_Z, 0 },
	['j'] = { AT_Z, 0 },
	['l'] = { AT_L, 0 },
	['r'] = { AT_R, 0 },
	['b'] = { AT_T, 0 },
	['v'] = { AT_T, 0 },
	['g'] = { AT_T, 0 },
	['d'] = { AT_T, 0 },
	['k'] = { AT_T, 0 },
	['p'] = { AT_T, 0 },
	['s'] = { AT_T, 0 },
	['t'] = { AT_T, 0 },
	['f'] = { AT_T, 0 },
	['h'] = { AT_T, 0 },
};

bool
kk_is_vowel(uint8_t c)
{
	return (class_at(KK_CYRILLIC, c) & AT_V) != 0;
}

char
kk_harmony(const uint8_t *codes, size_t n)
{
	while (n > 0) {
		char h = sound_of(KK_CYRILLIC, codes[--n]).harmony;

		if (h != 0)
			return h;
	}
	return 0;
}

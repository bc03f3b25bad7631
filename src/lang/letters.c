/* letters.c – see letters.h. The common ground of order.c, fold.c and kazakh_word.c: without it
 * each would have its own idea of й typed as two code points, of İ and of the soft hyphen. */
#include "lang/letters.h"

#include <stddef.h>

#include "base/rc.h"
#include "base/utf8.h"

static bool
is_mark(int32_t cp)
{
	return cp >= 0x300 && cp <= 0x36F;
}

static bool
is_invisible(int32_t cp)
{
	return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF;
}

/* Only letters of the alphabets used here; other accents say nothing about order or likeness. */
int32_t
letter_composed(int32_t base, int32_t mark)
{
	static const struct {
		uint16_t base, mark, whole;
	} pairs[] = {
		{ 0x438, 0x306, 0x439 },
		{ 0x435, 0x308, 0x451 },
		{ 0x443, 0x306, 0x45E },
		{ 0x456, 0x308, 0x457 },
		{ 'a', 0x308, 0xE4 },
		{ 'o', 0x308, 0xF6 },
		{ 'u', 0x308, 0xFC },
		{ 'u', 0x304, 0x16B },
		{ 'n', 0x303, 0xF1 },
		{ 's', 0x327, 0x15F },
		{ 'c', 0x327, 0xE7 },
		{ 'g', 0x306, 0x11F },
		{ 'a', 0x301, 0xE1 },
		{ 'g', 0x301, 0x1F5 },
		{ 'n', 0x301, 0x144 },
		{ 'o', 0x301, 0xF3 },
		{ 'u', 0x301, 0xFA },
		{ 'y', 0x301, 0xFD },
		{ 's', 0x30C, 0x161 },
		{ 'c', 0x30C, 0x10D },
		{ 'z', 0x30C, 0x17E },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(pairs); i++)
		if (pairs[i].base == base && pairs[i].mark == mark)
			return pairs[i].whole;
	return base;
}

int32_t
letter_next(const char **p, const char *end, bool *upper)
{
	int32_t cp = utf8_next(p, end), low;

	*upper = false;
	if (cp < 0)
		return -1;
	if (is_invisible(cp) || is_mark(cp))
		return 0;
	low = cp == 0x1F4 ? 0x1F5 : utf8_lower(cp); /* Ǵ of 2018 */
	*upper = low != cp;
	/* A mark starts with 0xCC or 0xCD: most letters are done after one look. */
	while (*p < end && ((unsigned char)**p & 0xFE) == 0xCC) {
		const char *next = *p;
		int32_t mark = utf8_next(&next, end);

		if (!is_mark(mark))
			break;
		low = letter_composed(low, mark);
		*p = next;
	}
	return low;
}

bool
letter_is(int32_t cp)
{
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
	if (cp < 0xC0)
		return cp == 0xAA || cp == 0xB5 || cp == 0xBA;
	if (cp < 0x2000)
		return cp != 0xD7 && cp != 0xF7 && !is_mark(cp);
	if (cp < 0x2C00)
		return false;
	if (cp < 0x3041)
		return cp < 0x2E00 || cp == 0x3005;
	return cp < 0xE000 || (cp >= 0xF900 && cp < 0xFE00) || (cp >= 0xFE70 && cp < 0xFEFF) ||
	       (cp >= 0xFF21 && cp < 0xFFE0) || (cp >= 0x10000 && cp < 0x1F000) ||
	       (cp >= 0x20000 && cp < 0xE0000);
}

/* codepage.h – Cyrillic of one byte a letter, as older files and sites still have it.
 *
 * Windows-1251, KZ-1048 (STRK 1048-2002: the same with the Kazakh letters), KOI8-R, as the registry of IANA has them. */
#ifndef TEXT_CODEPAGE_H
#define TEXT_CODEPAGE_H

#include <stdint.h>

enum codepage { CODEPAGE_1251, CODEPAGE_KZ1048, CODEPAGE_KOI8R };
/* The code point of a byte; U+FFFD where the page has none. */
int32_t codepage_letter(enum codepage page, unsigned char byte);

#endif

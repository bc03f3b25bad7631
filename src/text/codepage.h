/* codepage.h – Cyrillic of one byte a letter, as older files and sites still have it.
 *
 * Windows-1251, KZ-1048 (STRK 1048-2002: the same with the Kazakh letters), KOI8-R, as the registry of IANA has them. */
#ifndef TEXT_CODEPAGE_H
#define TEXT_CODEPAGE_H

#include <stdbool.h>
#include <stdint.h>

enum codepage { CODEPAGE_1251, CODEPAGE_KZ1048, CODEPAGE_KOI8R };
/* The code point of a byte; U+FFFD where the page has none. */
int32_t codepage_letter(enum codepage page, unsigned char byte);
/* Қ қ Ұ ұ Ә ә Ң ң of KZ-1048, in places where no Russian or Ukrainian text has a letter: older programs of this country
 * call that page windows-1251. */
bool codepage_kazakh(unsigned char byte);

#endif

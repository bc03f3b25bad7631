/* latin_table.h – inside lang/ only: the tables that tools/latin_table.py makes of data/kk_latin.csv
 * and data/kk_latin_words.csv. */
#ifndef LANG_LATIN_TABLE_H
#define LANG_LATIN_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

/* Cyrillic → Latin of 2021, small letters, ascending by Cyrillic. */
struct latin_letter {
	int32_t cyrillic;
	const char32_t *latin; /* "" = dropped */
};
extern const struct latin_letter latin_letters[];
extern const size_t latin_nletters;
/* The row of a small Cyrillic letter; NULL for any other. */
const struct latin_letter *latin_find(int32_t cyrillic);

/* Latin → Cyrillic: one row for each spelling. */
struct latin_back {
	const char32_t *latin;
	uint8_t n;
	int32_t cyrillic;
	bool foreign; /* of another table than that of 2021 */
};
extern const struct latin_back latin_backs[];
extern const size_t latin_nbacks;

/* Stems of loan words in both scripts, ascending by Latin. */
enum latin_place { LATIN_START, LATIN_ANY, LATIN_WHOLE };
struct latin_stem {
	const char32_t *latin, *cyrillic;
	uint8_t nlatin, ncyrillic, place;
};
extern const struct latin_stem latin_stems[];
extern const size_t latin_nstems;

#endif

/* affix_table.h – inside lang/ only: the suffixes as data. */
#ifndef LANG_AFFIX_TABLE_H
#define LANG_AFFIX_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* What a suffix is, which decides what may stand to its left. */
enum affix_tag {
	TAG_START, /* the end of the word */
	TAG_PERSON,
	TAG_CASE,
	TAG_POSS_CASE, /* case forms that only follow a possessive of the third person */
	TAG_PLACE,     /* -дағы, -нікі */
	TAG_POSS,
	TAG_PLURAL,
	TAG_LIKE, /* -дай, -ша */
	TAG_MORE, /* -рақ */
	TAG_LINK, /* -ы- in loans that end in two consonants: объект|і|лер */
	TAG_PARTICIPLE,
	TAG_FINITE,
	TAG_NEGATION,
	TAG_PASSIVE,
	NTAGS,
	/* Not cut: a stem that no list has is likely one if a listed word and one of these make it up. */
	TAG_NOUN_OF_NOUN = NTAGS,
	TAG_NOUN_OF_VERB,
	TAG_VERB_OF_NOUN,
	TAG_VERB_OF_VERB,
	AFFIX_TAGS
};
#define TAG_BIT(t) (1u << (t))

/* What happens where suffix and stem meet. */
enum affix_join {
	JOIN_PLAIN,
	JOIN_ELISION, /* the stem may have lost ы or і: халқ|ы, халық */
	JOIN_GROWN,   /* the stem may have lost its last ы or і: оқ|у, оқы */
	JOIN_I,	      /* й and ы became и: оқ|иды, оқы */
	JOIN_P,	      /* п became у: шауып, шап */
	JOIN_Y,	      /* й and а became я, й and у ю: тоқта, то|яды, той */
};

struct affix {
	const char *forms; /* back forms with commas; '=' before a form: it stands as written */
	const char
	    *after; /* classes of the letter before: v vowel, n м н ң, z з ж, l л, r р й, s = l
			    * and r, t the others; * any. Or the last letters themselves: p ы or і; e м or ң;
			    * L л; A ла or ле; T т behind another hard one */
	uint8_t tag, join;
	int16_t cost;
};
extern const struct affix affixes[];
extern const size_t naffixes;
/* Which tags may stand to the right of a suffix of this tag. */
extern const uint32_t affix_left_of[AFFIX_TAGS];

#endif

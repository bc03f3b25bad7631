/* counted.h – a number and its noun in the two other languages; Kazakh needs only kk_word(), since its
 * noun stays singular after a number.
 *
 * Russian nouns have too many ways to decline for rules: the caller gives the forms. Numeral and noun
 * agree as grammars have it: 1 книга, 2 книги, 5 книг; in the other cases both take the case, and after
 * 1, 21, 101 … the noun is singular: к 1 книге, к 21 книге, к 22 книгам; living beings in the
 * accusative: 1 ученика, 2 учеников. All results lie in the arena. */
#ifndef LANG_COUNTED_H
#define LANG_COUNTED_H

#include "base/ctx.h"

enum ru_case { RU_NOM, RU_GEN, RU_DAT, RU_ACC, RU_INS, RU_LOC };
enum ru_plural { RU_ONE, RU_FEW, RU_MANY };
struct ru_noun {
	const char *one[RU_LOC + 1]; /* книга книги книге книгу книгой книге */
	const char *many[RU_LOC + 1]; /* книги книг книгам книги книгами книгах */
	bool alive;
};
enum ru_plural ru_plural(int64_t n); /* 1 21 101 · 2–4 22 · 0 5–20 11–14 */
/* The noun alone, in the form that n asks for. */
const char *ru_form(const struct ru_noun *noun, int64_t n, enum ru_case c);
/* "14 236 книгам"; digits as num() groups them in Russian. */
const char *ru_counted(struct arena *a, int64_t n, const struct ru_noun *noun, enum ru_case c);
/* "1 book", "14,236 books", "−1 book". */
const char *en_counted(struct arena *a, int64_t n, const char *one, const char *many);
/* 1st 2nd 3rd 4th 11th 21st; Russian with the ending of a masculine nominative: 5-й. */
const char *en_ordinal(struct arena *a, int64_t n);
const char *ru_ordinal(struct arena *a, int64_t n);

#endif

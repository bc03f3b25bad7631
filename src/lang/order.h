/* order.h – keys for order and for tolerant comparison, computed in C so that both engines list
 * alike. ORDER_VERSION changes when any key would; stored keys of another version are refused. */
#ifndef LANG_ORDER_H
#define LANG_ORDER_H

#include <stdbool.h>

#include "base/buf.h"

enum { ORDER_VERSION = 2 };

/* Sort key, compared as bytes (memcmp): the Kazakh Cyrillic alphabet in its legal order (А Ә Б …
 * Э Ю Я, 42 letters) with Russian letters in place, then Latin with the 2021 Kazakh letters in
 * place; case and punctuation only break ties; digit runs by value (2 before 10). Hex text, so it
 * is a TEXT column on both engines. At most 2,100 characters, so that an index can hold it; texts
 * that differ only behind some 600 letters compare equal. NULL is "". */
const char *order_key(struct arena *a, const char *text);
/* The keys of all titles that begin with a letter: from <= key < to. Either case; "0" stands for any
 * number, "…" for letters of other scripts. False: no such letter. */
struct letter_range {
	char from[4], to[4];
};
bool order_letter(const char *letter, struct letter_range *out);
/* The capital by which the first two hex digits of a key are named, "А" or "0" or "…"; NULL: the key
 * begins with none (a title of nothing but signs). */
const char *order_letter_of(const char *key);
/* Fold for tolerant comparison: lower case, Kazakh letters to the Russian-keyboard ones (ә→а ғ→г қ→к
 * ң→н ө→о ұ,ү→у һ→х і→и), ё→е, й→и, Latin of all four tables to the same skeleton, look-alikes
 * repaired, punctuation to one space. Айгүл, Aigul, АЙГУЛ give one key. (The full Kazakh layer with
 * stems comes with search.) */
const char *fold_key(struct arena *a, const char *text);
/* 0…1: Dice over character trigrams of two fold keys. */
double fold_similarity(const char *fold_a, const char *fold_b);

#endif

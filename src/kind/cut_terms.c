/* cut_terms.c – the terms of storage that modules handed over at boot. */
#include "kind/cut.h"

enum { MORE = 32 };
static const struct cut_term *tables[MORE];

void
cut_terms_add(const struct cut_term *terms)
{
	size_t i;

	for (i = 0; i < MORE; i++)
		if (tables[i] == NULL || tables[i] == terms) {
			tables[i] = terms;
			return;
		}
	die("more than %d modules have terms of storage", MORE);
}

const struct cut_term *
cut_term_nth(size_t i)
{
	const struct cut_term *t;
	size_t m;

	for (m = 0; m < MORE && tables[m] != NULL; m++)
		for (t = tables[m]; t->setting != NULL; t++)
			if (i-- == 0)
				return t;
	return NULL;
}

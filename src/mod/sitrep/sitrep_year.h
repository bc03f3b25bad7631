/* sitrep_year.h – what relief gives to the year's report, and the same numbers of one headquarters for its closing. */
#ifndef MOD_SITREP_YEAR_H
#define MOD_SITREP_YEAR_H

#include "mod/sitrep/sitrep_inner.h"

extern const struct figure *const sitrep_year_figures[];
extern const size_t sitrep_nyear_figures;

struct relief_left { /* lies in the places of the headquarters */
	struct item item;
	int64_t quantity;
};
struct relief_total {
	struct relief_sums sums;
	int64_t sheltered, portions, received_kg, delivered_kg;
	/* what is still open */
	int64_t here, households; /* people in its centres now */
	int64_t on_way, shortages;
	struct relief_left *stock; /* what lies in its places, by item, at most 30 rows */
	size_t nstock, more;
};
/* CAP_RELIEF_READ. */
int relief_total(struct ctx *cx, int64_t headquarters, struct relief_total *out) MUST;

#endif

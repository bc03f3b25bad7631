/* sealed.h – figure_sealed: what erased people left in counts of different people (ADR 0013).
 *
 * Cells as in figure.h, without a link to a record: "", "body", "district" count over days as the figure's own
 * cells do. Figures of a period have them once more for periods that begin with a quarter or a month:
 * "q", "qbody", "qdistrict", "m", …: the first day of each person in that quarter or month. */
#ifndef FIGURE_SEALED_H
#define FIGURE_SEALED_H

#include "figure/figure.h"

enum grain { GRAIN_YEAR, GRAIN_QUARTER, GRAIN_MONTH, GRAIN_NONE };
/* The grain whose cells answer this period: it begins with one and does not leave it. */
enum grain figure_grain(int from, int to);
/* First day of the year, quarter or month of a day. */
int grain_first(enum grain g, int day);
/* "body" → "qbody" */
const char *grain_dim(enum grain g, const char *dim);
/* Add to a sealed cell. `kept`: the amount is in the kept cells already and stays there, though no
 * record leaves it any more. */
int figure_seal_tx(struct ctx *cx, struct tx *tx, const struct figure_cell *c, bool kept) MUST;
/* For verify: nobody but the program wrote the sealed cells. */
extern const struct verify_check figure_sealed_check;

#endif

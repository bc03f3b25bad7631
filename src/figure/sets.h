/* sets.h – sets of records that are kept and compared: what an edition freezes beside its values. */
#ifndef FIGURE_SETS_H
#define FIGURE_SETS_H

#include "figure/figure.h"

/* The ids behind a figure into a table, inside a write: `into` is "INSERT INTO t (…) SELECT …," to
 * which id, amount (NULL for counts) and the key of the dimension as text are added. */
int figure_keep_tx(struct ctx *cx, struct tx *tx, const struct figure *f, const struct ask *a,
    const char *into) MUST;

/* A record in which two sets differ. */
struct figure_gap {
	int64_t id;
	bool was, is;		       /* in the first, in the second */
	int64_t amount_was, amount_is; /* INT_NONE = none */
	const char *dim_was, *dim_is;  /* NULL = none */
};
/* Two sets: SELECTs without values that yield rec, amount, dim. after NULL: the records behind
 * `figure` for `ask`. */
struct figure_sets {
	const struct figure *figure;
	const struct ask *ask;
	const char *before, *after;
	size_t max;
};
/* Ascending by id. RC_TOOBIG when there are more than max. */
int figure_gaps(
    struct ctx *cx, const struct figure_sets *s, struct figure_gap **out, size_t *n) MUST;

#endif

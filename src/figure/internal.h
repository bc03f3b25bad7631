/* internal.h – what the files of figure/ share among themselves. */
#ifndef FIGURE_INTERNAL_H
#define FIGURE_INTERNAL_H

#include "figure/figure.h"

/* The SELECT of a figure's records for one question, ready to be wrapped:
 * SELECT … FROM (records) r WHERE … */
struct figure_sql {
	struct buf text;
	struct val vals[FIGURE_VALS + 4];
	size_t n;
};
/* select = what stands between SELECT and FROM; join = "" or " LEFT JOIN …". */
void figure_sql_init(struct ctx *cx, struct figure_sql *q, const char *select, const char *join,
    const struct figure *f, const struct ask *a);
/* One more condition; its one ? is the value (NULL = no value). */
void figure_sql_and(struct figure_sql *q, const char *cond, const struct val *v);
static inline struct vals
figure_sql_vals(const struct figure_sql *q)
{
	return (struct vals){ q->vals, q->n };
}
bool figure_has_amount(const struct figure *f);
/* Without asking who wants to know: for verify. */
int figure_value(struct ctx *cx, const struct figure *f, const struct ask *a, bool kept,
    struct figure_answer *out) MUST;
/* What erased people left, added to a value that was counted (counted) or only named beside a value
 * that holds it already (cells). sealed.c */
int figure_add_sealed(struct ctx *cx, const struct figure *f, const struct ask *a, bool counted,
    struct figure_answer *out) MUST;
int figure_sealed_emit(struct ctx *cx, struct cell_sink *sink) MUST;
bool figure_cells_answer(const struct figure *f, const struct ask *a);

const struct cell_source *figure_source_list(size_t *n);
const struct verify_check *figure_check_list(size_t *n);

#endif

/* sitrep_inner.h – what the files of this module share. Other modules use sitrep.h. */
#ifndef MOD_SITREP_INNER_H
#define MOD_SITREP_INNER_H

#include "figure/figure.h"
#include "mod/registry/registry.h"
#include "mod/sitrep/sitrep.h"

/* sitrep_make.c: a figure of a report, added up from its frozen records. */
int sit_add_up(struct ctx *cx, int64_t headquarters, int64_t number, const struct sit_figure *f,
    struct sit_value *out) MUST;
/* sitrep_words.c: "breakfast, rescuers"; the name of a place or an item. */
int sit_key_label(struct ctx *cx, int64_t headquarters, const struct sit_figure *f, const char *key,
    const char **out) MUST;
/* "12,5 h", "820", "12,5 kg": key NULL = the figure itself. */
const char *sit_said(struct ctx *cx, const struct sit_figure *f, const char *key, int64_t value);
/* What the links to a wall are kept as. */
const char *wall_digest(struct ctx *cx, const char *plain);

#endif

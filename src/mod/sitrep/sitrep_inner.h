/* sitrep_inner.h – what the files of this module share. Other modules use sitrep.h. */
#ifndef MOD_SITREP_INNER_H
#define MOD_SITREP_INNER_H

#include "figure/figure.h"
#include "mod/registry/registry.h"
#include "mod/sitrep/sitrep.h"

/* Everybody of a stay s. */
#define SIT_PEOPLE                                                                                \
	"(s.under5_f + s.under5_m + s.child_f + s.child_m + s.adult_f + s.adult_m + s.elder_f + " \
	"s.elder_m)"
/* Accounts of the places of headquarters $1; of vehicles that were loaded there. */
#define SIT_OWN                                                                           \
	"(SELECT a.id FROM stock_account a JOIN relief_place p ON p.code = a.code WHERE " \
	"p.headquarters = $1)"
#define SIT_VEHICLES                                                                           \
	"(SELECT y.account FROM movement_line y JOIN stock_account a ON a.id = y.account AND " \
	"a.type = 'vehicle' JOIN movement_line z ON z.movement = y.movement AND z.account "    \
	"IN " SIT_OWN ")"
/* What an act of delivery posted is its waybill's, whoever loaded the vehicle before; a set typed by hand is the headquarters'
 * whose place or loaded vehicle gave. */
#define SIT_DELIVERED                                                                          \
	"l.account IN (SELECT a.id FROM stock_account a WHERE a.type = 'household') AND CASE " \
	"WHEN EXISTS (SELECT 1 FROM delivery_act t WHERE t.movement = l.movement) THEN "       \
	"EXISTS (SELECT 1 FROM delivery_act t JOIN waybill w ON w.id = t.waybill WHERE "       \
	"t.movement = l.movement AND w.headquarters = $1) ELSE EXISTS (SELECT 1 FROM "         \
	"movement_line x WHERE x.movement = l.movement AND x.quantity < 0 AND (x.account "     \
	"IN " SIT_OWN " OR x.account IN " SIT_VEHICLES ")) END"

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

/* stock_inner.h – what the files of this module share. Other modules use stock.h. */
#ifndef MOD_STOCK_INNER_H
#define MOD_STOCK_INNER_H

#include "mod/registry/registry.h"
#include "mod/stock/stock.h"

/* The lines in the order of account, item and lot, those of one place as one; lines that came to nothing are
 * left out. What a set says does not depend on how it was typed. */
size_t lines_settle(
    struct arena *a, const struct movement_line *in, size_t n, struct movement_line **out);
/* BLAKE2b-256, in hex, of all that was asked: what a nonce stands for and the audit vouches for. The lines are
 * settled ones. */
const char *movement_digest(struct arena *a, const struct movement *m);
/* The local day of a moment as its number since 1970 (day_number()), in SQL: moments lie after 2000, so both engines
 * divide alike. stock_now.last_day and stock_day.day hold such numbers. */
#define STOCK_DAY_SQL(at) "(" at " + 18000000000) / 86400000000"
int64_t stock_day_number(int64_t at);
/* A quantity as people read it: "12,5 кг", "3 дана". */
const char *quantity_text(struct ctx *cx, const struct item *i, int64_t quantity);

#endif

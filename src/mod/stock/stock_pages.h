/* stock_pages.h – the pages and the JSON of the ledger, as tables of routes for app/. */
#ifndef MOD_STOCK_PAGES_H
#define MOD_STOCK_PAGES_H

#include "mod/stock/stock_reads.h"
#include "ui/ui.h"

extern const struct route stock_api_routes[];  /* JSON */
extern const struct route stock_routes[];      /* what lies where, cards */
extern const struct route stock_move_routes[]; /* sets: enter, list, look, take back */
extern const size_t stock_api_nroutes, stock_nroutes, stock_move_nroutes;

/* ---- shared among the pages ---- */

/* <option>s of accounts, those of these types (NULL = all); "store vehicle". */
void stock_account_options(
    struct view *v, const struct choice *c, size_t n, const char *types, int64_t chosen);
/* The types that a movement of this sort leaves and comes to, as above. */
struct ways {
	const char *type, *from, *to, *title, *verb; /* title, verb: msgids */
};
const struct ways *stock_ways(const char *type); /* NULL = no such sort */

#endif

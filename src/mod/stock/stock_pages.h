/* stock_pages.h – the pages and the JSON of the ledger, as tables of routes for app/. */
#ifndef MOD_STOCK_PAGES_H
#define MOD_STOCK_PAGES_H

#include "mod/stock/stock_reads.h"
#include "ui/ui.h"

extern const struct route stock_api_routes[];	 /* JSON */
extern const struct route stock_routes[];	 /* what lies where, cards */
extern const struct route stock_move_routes[];	 /* sets: enter, list, look, take back */
extern const struct route stock_recipe_routes[]; /* recipes and kits */
extern const struct route stock_way_routes[];	 /* goods on the way */
extern const struct route stock_count_routes[];	 /* stock-taking */
extern const struct route stock_lot_routes[];	 /* what expires, what is missing */
extern const size_t stock_api_nroutes, stock_nroutes, stock_move_nroutes, stock_recipe_nroutes,
    stock_way_nroutes, stock_count_nroutes, stock_lot_nroutes;

/* ---- shared among the pages ---- */

/* "good until 1.12.2024", amber within 30 days, red when it has passed. */
void stock_draw_expiry(struct view *v, int expires);
/* The rows of the screen as the address asks (format=csv|xlsx). Needs CAP_EXPORT; recorded. */
int stock_export(
    struct view *v, const struct stock_account *a, const struct held *x, size_t n) MUST;
/* <option>s of accounts, those of these types (NULL = all); "store vehicle". */
void stock_account_options(
    struct view *v, const struct choice *c, size_t n, const char *types, int64_t chosen);
/* The types that a movement of this sort leaves and comes to, as above. */
struct ways {
	const char *type, *from, *to, *title, *verb; /* title, verb: msgids */
};
const struct ways *stock_ways(const char *type); /* NULL = no such sort */

#endif

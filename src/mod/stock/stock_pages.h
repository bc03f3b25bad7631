/* stock_pages.h – the pages and the JSON of the ledger, as tables of routes for app/. */
#ifndef MOD_STOCK_PAGES_H
#define MOD_STOCK_PAGES_H

#include "mod/stock/stock_inner.h"
#include "ui/ui.h"

extern const struct route stock_api_routes[];
extern const size_t stock_api_nroutes;

#endif

/* draft_pages.h – the page /draft. */
#ifndef MOD_DRAFT_PAGES_H
#define MOD_DRAFT_PAGES_H

#include "ui/ui.h"

extern const struct route draft_routes[];
extern const size_t draft_nroutes;

#endif

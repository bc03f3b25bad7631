/* field_pages.h – the pages of laptop copies as a table of routes for app/. */
#ifndef MOD_FIELD_FIELD_PAGES_H
#define MOD_FIELD_FIELD_PAGES_H

#include "mod/field/field.h"
#include "ui/ui.h"

extern const struct route field_routes[];
extern const size_t field_nroutes;

#endif

/* report_pages.h – the page of the report and its files. */
#ifndef MOD_REPORT_PAGES_H
#define MOD_REPORT_PAGES_H

#include "ui/ui.h"

extern const struct route report_routes[];
extern const size_t report_nroutes;

#endif

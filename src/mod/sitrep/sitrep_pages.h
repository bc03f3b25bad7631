/* sitrep_pages.h – the pages of situation reports, of the wall and of closing as tables of routes for app/. */
#ifndef MOD_SITREP_PAGES_H
#define MOD_SITREP_PAGES_H

#include "mod/sitrep/sitrep_inner.h"
#include "ui/ui.h"

extern const struct route sitrep_routes[];	 /* list, one, its records and files */
extern const struct route wall_routes[];	 /* the wall, with and without an account */
extern const struct route sitrep_close_routes[]; /* closing a headquarters */
extern const size_t sitrep_nroutes, wall_nroutes, sitrep_close_nroutes;

/* sitrep_files.c: docx, xlsx or csv as the answer. Kazakh, the original, and Russian; an English reader gets English alone. CAP_EXPORT,
 * recorded. */
int sitrep_file(struct view *v, const struct sit_report *r, const struct sit_report *was,
    const char *format) MUST;
/* wall_pages.c: the section that makes the address of a screen. */
int wall_link_section(struct view *v, const struct headquarters *h) MUST;

#endif

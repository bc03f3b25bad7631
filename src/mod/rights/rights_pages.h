/* rights_pages.h – routes of this module, and what its page files share. */
#ifndef MOD_RIGHTS_PAGES_H
#define MOD_RIGHTS_PAGES_H

#include "mod/rights/rights.h"
#include "ui/ui.h"

extern const struct route rights_routes[], rights_consent_routes[];
extern const size_t rights_nroutes, rights_consent_nroutes;

const char *rights_path(struct view *v, int64_t person); /* "/people/5/rights" */
/* The standing person of the path whom this actor may see and who was not erased. */
int rights_person(struct view *v, struct person *p) MUST;
void rights_frame(struct view *v, const struct person *p, const char *title);
/* Whether a write was refused so that the page is drawn again; sets the status, 422 or 409. */
bool rights_refused(struct view *v, int rc);
/* rights_consent_pages.c: the person's consents as a section. */
int draw_consents(struct view *v, const struct person *p) MUST;
/* rights_file_pages.c */
int person_file_page(struct view *v) MUST;

#endif

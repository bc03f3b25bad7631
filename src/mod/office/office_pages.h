/* office_pages.h – the house's own pages: sign-in, one's own account, today's tasks, users and roles,
 * audit, settings, search, help. Knows the other modules' tables only through their doors and the
 * reads of office_reads.c. */
#ifndef MOD_OFFICE_PAGES_H
#define MOD_OFFICE_PAGES_H

#include "ui/ui.h"

extern const struct route office_settings_routes[], office_work_routes[];
extern const size_t office_settings_nroutes, office_work_nroutes;
extern const struct route office_routes[], office_user_routes[], office_today_routes[],
    office_backup_routes[], office_reset_routes[], office_search_routes[], office_text_routes[],
    office_edition_routes[], office_integrity_routes[];
extern const size_t office_nroutes, office_user_nroutes, office_today_nroutes,
    office_backup_nroutes, office_reset_nroutes, office_search_nroutes, office_text_nroutes,
    office_edition_nroutes, office_integrity_nroutes;

/* /help prints every route that the reader may open; app hands its tables over at boot. */
void office_help_tables(const struct route_table *t, size_t n);

#endif

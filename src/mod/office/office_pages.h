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
    office_edition_routes[], office_integrity_routes[], office_user_one_routes[],
    office_second_routes[], office_token_routes[];
extern const size_t office_nroutes, office_user_nroutes, office_today_nroutes,
    office_backup_nroutes, office_reset_nroutes, office_search_nroutes, office_text_nroutes,
    office_edition_nroutes, office_integrity_nroutes, office_user_one_nroutes,
    office_second_nroutes, office_token_nroutes;

/* /help prints every route that the reader may open; app hands its tables over at boot. */
void office_help_tables(const struct route_table *t, size_t n);
/* Parts of the API that a token may be limited to: word of the address and label; app hands them over
 * at boot. */
void office_token_parts(const struct option *o, size_t n);

/* One section more on the home page, below the coming days; app hands it over at boot. */
void office_home_section(int (*draw)(struct view *v));

/* Inside the office: sections of one account's page, for its owner and for an administrator. */
int office_tokens(struct view *v, int64_t account) MUST;
int office_sign_ins(struct view *v, int64_t account) MUST;
/* The second door: its page; and what follows when somebody is in. */
struct sign_in;
int office_second_door(struct view *v, const char *ticket, const char *next) MUST;
int office_signed_in(struct view *v, const struct sign_in *in) MUST;

#endif

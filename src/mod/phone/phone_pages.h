/* phone_pages.h – the door on a telephone: the one page with script. ADR 0021.
 *
 * The page is a shell: names, tickets and scans come through /door/{event}/roster, since, scans. Its scripts are
 * web/door/, its look web/door/door.css; its texts are drawn into the page (dl#words), so the scripts know no
 * language. Without script the online desk does the same work (/events/{id}/door). */
#ifndef MOD_PHONE_PAGES_H
#define MOD_PHONE_PAGES_H

#include "mod/phone/phone.h"
#include "ui/ui.h"

extern const struct route phone_routes[];
extern const size_t phone_nroutes;

/* phone_words.c: what the scripts say. */
void phone_words(struct view *v);

#endif

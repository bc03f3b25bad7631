/* rates.h – how often one address or account may come to which kind of door.
 *
 * A bucket holds `burst` turns and is refilled at its rate; a turn at an empty one is refused with the
 * seconds until the next. Addresses have wider buckets than accounts, since a whole office may stand
 * behind one. Whoever connects from this machine itself and for nobody else is not counted: scripts,
 * the monitoring, and a proxy that was never named, behind which everybody would share one bucket. */
#ifndef APP_RATES_H
#define APP_RATES_H

#include "ui/ui.h"

/* What kind of door a request goes to; rates and figures of the server go by it. */
enum door {
	DOOR_HOUSE,  /* without a language: /healthz, /readyz, /metrics, /logo, / */
	DOOR_STATIC, /* style, fonts */
	DOOR_PAGE,
	DOOR_SIGN_IN, /* every try with a password or code */
	DOOR_FORM,    /* a guest's sign-up, a ticket's code */
	DOOR_SEARCH,
	DOOR_EXPORT, /* a whole list as a file */
	DOOR_API,
	DOOR_COUNT
};
const char *door_name(enum door d);
/* r NULL: no such page. */
enum door door_of(const struct route *r, struct req *rq);

struct rates;
struct rates *rates_make(void);
void rates_free(struct rates *t);
/* Take a turn: 0, or the seconds until there is one. now: monotonic µs. */
int rates_address(struct rates *t, enum door d, const char *address, int64_t now);
int rates_account(struct rates *t, enum door d, int64_t account, int64_t now);
uint64_t rates_refused(const struct rates *t, enum door d); /* since the start */

#endif

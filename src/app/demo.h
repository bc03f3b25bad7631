/* demo.h – the synthetic region that `shanyraq demo` makes: 17 associations with 2 245 memberships,
 * 497 events, and the traps that a wrong count falls into.
 *
 * Everybody in it is invented; no IIN, no living or private person. It is the same on every run and on
 * both engines, record by record, but for passwords, keys and recorded times. It is written through
 * the doors that users use, so it has history, audit and kept sums. Later issues add to it and never
 * change these figures. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "base/ctx.h"
#include "base/rc.h"

/* One family of the flood whose name, telephone, village and street nobody and nothing else in the demo has: what a test
 * looks for at every door. It asked for help and lived in a centre. */
#define DEMO_FAMILY_SURNAME "Қызғалдақбаев"
#define DEMO_FAMILY_GIVEN "Жұлдызтөре"
#define DEMO_FAMILY_PHONE "+7 700 000 77 31"
#define DEMO_FAMILY_PLACE "Тұңғиықсай"
#define DEMO_FAMILY_STREET "Сандуғаш"

/* Into an empty, migrated database, as the program itself; pins the business day. sign_ins: the file
 * (0600) that gets logins and passwords; NULL = no accounts. Sets cx->today. RC_RULE when the database
 * holds bodies already. */
int demo_make(struct ctx *cx, const char *sign_ins) MUST;

#endif

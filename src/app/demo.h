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

/* Into an empty, migrated database, as the program itself; pins the business day. sign_ins: the file
 * (0600) that gets logins and passwords; NULL = no accounts. Sets cx->today. RC_RULE when the database
 * holds bodies already. */
int demo_make(struct ctx *cx, const char *sign_ins) MUST;

#endif

/* cli_ticket.h – the verb ticket: what a ticket is worth, for scripts and for a door without a browser. */
#ifndef APP_CLI_TICKET_H
#define APP_CLI_TICKET_H

#include "app/app.h"
#include "app/args.h"

/* ticket verify CODE: "valid", "revoked", "used 2024-11-15T10:04:00Z", "wrong: …"; *bad: anything but valid
 * (exit 1). */
int ticket_verb(struct app *a, struct ctx *cx, const struct opts *o, bool *bad) MUST;

#endif

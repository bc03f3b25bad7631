/* cli_feed.h – the verb feed: poll. */
#ifndef APP_CLI_FEED_H
#define APP_CLI_FEED_H

#include "app/app.h"
#include "app/args.h"

/* Looks into every feed that is due, one after another, with a line for each; for houses without a server that runs
 * all day. Only where the settings say how often. */
int cli_feed(struct app *a, struct ctx *cx, const struct opts *o) MUST;

#endif

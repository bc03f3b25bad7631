/* cli_edition.h – the verb edition: freeze, list, show, diff. */
#ifndef APP_CLI_EDITION_H
#define APP_CLI_EDITION_H

#include "app/app.h"
#include "app/args.h"
#include "figure/figure.h"

/* `ask` is read from the options already; argv[0] is the word. EXIT words as in cli.c: RC_INVALID with a
 * text for wrong usage. */
int cli_edition(struct ctx *cx, const struct opts *o, const struct ask *ask) MUST;

#endif

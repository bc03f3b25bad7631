/* cli_ledger.h – the verb ledger: check. */
#ifndef APP_CLI_LEDGER_H
#define APP_CLI_LEDGER_H

#include "app/app.h"
#include "app/args.h"

/* A line for each difference, and as the last one "balanced N sets" when there is none. */
int cli_ledger(struct ctx *cx, const struct opts *o, int64_t *differences) MUST;

#endif

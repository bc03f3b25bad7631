/* cli_draft.h – `check-draft FILE`: a text held against the records, as JSON. */
#ifndef APP_CLI_DRAFT_H
#define APP_CLI_DRAFT_H

#include "app/args.h"
#include "base/ctx.h"

/* *found: something is false. */
int cli_draft(struct ctx *cx, const struct opts *o, bool *found) MUST;

#endif

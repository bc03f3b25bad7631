/* cli_field.h – the verb field: export, merge. */
#ifndef APP_CLI_FIELD_H
#define APP_CLI_FIELD_H

#include "app/app.h"
#include "app/args.h"

int cli_field(struct app *a, struct ctx *cx, const struct opts *o) MUST;

#endif

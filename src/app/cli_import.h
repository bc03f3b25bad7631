/* cli_import.h – the verbs import and export. */
#ifndef APP_CLI_IMPORT_H
#define APP_CLI_IMPORT_H

#include "app/app.h"
#include "app/args.h"

/* *rejected: rows that were not imported; the verb then ends with 1. */
int import_verb(struct app *a, struct ctx *cx, const struct opts *o, int64_t *rejected) MUST;
int export_verb(struct app *a, struct ctx *cx, const struct opts *o) MUST;

#endif

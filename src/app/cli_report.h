/* cli_report.h – the verb report: the report of a period as a file or on standard output. */
#ifndef APP_CLI_REPORT_H
#define APP_CLI_REPORT_H

#include "app/app.h"
#include "app/args.h"

int report_verb(struct app *a, struct ctx *cx, const struct opts *o) MUST;

#endif

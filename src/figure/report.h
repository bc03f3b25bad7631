/* report.h – the contract's texts about figures: JSON, records, the statement. The command line, the
 * API and the pages print the same ones from here. */
#ifndef FIGURE_REPORT_H
#define FIGURE_REPORT_H

#include "figure/figure.h"
#include "text/csv.h"

/* A question as written: days and codes. Empty = default. RC_INVALID with field errors (on, period,
 * body, district). */
struct ask_text {
	const char *on, *period, *body, *district;
	const char *from, *to; /* instead of period, for forms */
	const char *known;     /* as known at this moment, see moment_parse() */
};

int ask_read(struct ctx *cx, const struct ask_text *t, struct ask *out) MUST;

/* An array of {code, value, exactness, unit, from, to, on, known, records, sha256, dims}: every
 * figure that this actor may see, the undimensioned object of a code first. */
int report_figures(struct ctx *cx, const struct ask *a, struct json *j) MUST;
/* Only the objects of figures that everybody may see, inside an array that is open: editions are public. */
int report_figure_rows(struct ctx *cx, const struct ask *a, struct json *j) MUST;
/* The same for one code; RC_NOTFOUND. */
int report_figure(struct ctx *cx, const char *code, const struct ask *a, struct json *j) MUST;
/* id,kind,label,date,body,amount,basis, then one line a record, ascending by id. */
int report_records_csv(struct ctx *cx, const char *code, const struct ask *a, struct csv *c) MUST;
int report_records_json(struct ctx *cx, const char *code, const struct ask *a, struct json *j) MUST;

/* The statement in cx->lang: whole sentences, each computed. */
enum { STATEMENT_MAX = 8 };
struct statement {
	const char *title;
	const char *sentence[STATEMENT_MAX];
	size_t n;
};
int report_statement(struct ctx *cx, const struct ask *a, struct statement *out) MUST;

#endif

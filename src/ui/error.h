/* error.h – the page and the JSON of an outcome that is not RC_OK. Both say what happened, what to
 * do, and carry the request's number, by which the log line is found. */
#ifndef UI_ERROR_H
#define UI_ERROR_H

#include "ui/ui.h"

/* An HTML page in the reader's language; forgets what was drawn so far. */
void error_page(struct view *v, int status);
/* The same with a title of its own and no advice but cx->err. */
void error_page_titled(struct view *v, int status, const char *title);
/* application/problem+json (RFC 9457) with "errors": [{field, detail}]. */
void error_problem(struct view *v, int status);
/* Answers with JSON. RC_BUG when it was not closed or grew too large. */
int answer_json(struct view *v, int status, const struct json *j) MUST;
/* Title of a status in words. */
const char *error_title(const struct ctx *cx, int status);

#endif

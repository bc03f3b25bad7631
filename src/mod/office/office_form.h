/* office_form.h – the small parts that the office's own forms share: what was refused, one line of a form.
 * For forms of kinds see ui.h; these are for passwords, codes, roles. */
#ifndef MOD_OFFICE_FORM_H
#define MOD_OFFICE_FORM_H

#include "ui/ui.h"

/* What was refused about one field. */
void form_said(struct view *v, const char *name);
/* A line: type NULL = text (shows again what was typed; passwords never do), complete = the autocomplete
 * word or NULL, hint or NULL. */
struct form_line {
	const char *name, *label, *hint, *type, *complete;
	const char *value; /* until something is typed; NULL = nothing */
};
void form_line(struct view *v, const struct form_line *l);
/* The button that sends the form. */
void form_send(struct view *v, const char *text, bool main);
/* A posted day as people write it; 0 where it is empty. A bad one is a field error. */
int form_day(struct view *v, const char *name);
/* A role to give: role, body by its code, first and last day. form_role_read: RC_INVALID with fields. */
void form_role(struct view *v);
struct role_new;
int form_role_read(struct view *v, struct role_new *out) MUST;
/* Whether a page is drawn again with what was refused. */
static inline bool
form_refused(int rc)
{
	return rc == RC_INVALID || rc == RC_RULE || rc == RC_EXISTS;
}

#endif

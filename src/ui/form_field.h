/* form_field.h – inside ui/: drawing one field of a form, and what drawing and reading must agree on. */
#ifndef UI_FORM_FIELD_H
#define UI_FORM_FIELD_H

#include "ui/parts.h"

struct form_field {
	struct view *v;
	const struct ui_form *form;
	const struct field *f;
	const char *error; /* NULL = nothing was refused */
	bool posted; /* this very form was sent: what was typed is shown, even if it is no value */
};
int form_field_draw(struct form_field *d) MUST;

/* Whether the field stands in this form: named by it (or nothing is named) and open to this actor. */
bool form_has(struct view *v, const struct ui_form *form, const struct field *f);
bool form_posted(struct view *v, const struct ui_form *form);
/* "name_kk", "name_q": in the arena. */
const char *form_sub(struct view *v, const struct field *f, const char *suffix);
bool form_is_search(const struct field *f); /* a reference chosen by search, not from a select */

#endif

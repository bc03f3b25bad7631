/* parts.h – inside ui/: what the drawing files share among themselves. */
#ifndef UI_PARTS_H
#define UI_PARTS_H

#include "ui/ui.h"

/* The other way round: "/people/5" of "/kk/people/5". */
const char *ui_bare(struct view *v, const char *url);
/* A telephone number that can be dialled and does not break; any other text as it is. */
void ui_phone(struct view *v, const char *phone);
/* In the head: the role acted in, with the others to choose from; nothing where there is one. */
void ui_role_switch(struct view *v);
/* A text with its line breaks. */
void ui_lines(struct view *v, const char *text);
/* The attribute lang of a text that is not in the reader's language: " lang='ru'"; to be written
 * inside an open tag. */
void ui_lang_attr(struct view *v, enum lang l);
/* One option of a <select>. */
void ui_option(struct view *v, const char *value, bool chosen, const char *text);
/* Title of one record that a reference names; "" when there is none. Errors met on the way (a
 * kind that this actor may not read) are forgotten, those that stood before are kept. */
const char *ui_ref_title(struct view *v, const struct kind *k, int64_t id);
/* Whether every field that makes the title may be read. */
bool ui_title_known(struct view *v, const struct kind *k);
/* Rows of a small kind in the order of their titles, as far as this actor may see them. */
struct ui_choice {
	int64_t id;
	const char *title;
};
int ui_choices(struct view *v, const struct kind *k, struct ui_choice **out, size_t *n) MUST;
/* The same as far as the form narrows it. */
int ui_choices_of(struct view *v, const struct ui_form *form, const struct kind *k,
    struct ui_choice **out, size_t *n) MUST;
/* A value of the query, NULL = absent or "". */
const char *ui_q(struct view *v, const char *name);
/* What is typed into a search, cut to a length at which it still is one (a query holds 48 values). */
const char *ui_words(struct view *v, const char *text);

#endif

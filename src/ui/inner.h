/* inner.h – shared among the files of ui/. */
#ifndef UI_INNER_H
#define UI_INNER_H

#include "ui/ui.h"

void frame_public_head(struct view *v, const struct page *p);
const char *ui_input_mode(const struct field *f);

#endif

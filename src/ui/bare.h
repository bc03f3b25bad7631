/* bare.h – for a page with a frame of its own, as the door on a telephone has. */
#ifndef UI_BARE_H
#define UI_BARE_H

#include "ui/ui.h"

/* Kazakh in the letters of the reader (Latin where the address says so): for a page with a head of its own, before its
 * first byte; ui_bare_head does it, too. */
void ui_script_of_reader(struct view *v);
/* From the doctype to the style sheet; the caller writes the rest of the head, </head> and all behind. */
void ui_bare_head(struct view *v, const struct page *p);

#endif

/* draft.h – the door of this module for others: a text held against the records, see draft_check.h, and what was found
 * drawn, see draft_draw.h. */
#ifndef MOD_DRAFT_H
#define MOD_DRAFT_H

#include "mod/draft/draft_check.h"
#include "mod/draft/draft_draw.h"

#endif

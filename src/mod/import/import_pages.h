/* import_pages.h – routes of this module, and what its page files share. */
#ifndef MOD_IMPORT_PAGES_H
#define MOD_IMPORT_PAGES_H

#include "mod/import/import.h"
#include "ui/ui.h"

extern const struct route import_routes[];
extern const size_t import_nroutes;

/* ---- import_plan_pages.c: the trial run, its questions, the result */
int import_plan_screen(struct view *v, const struct import_batch *b) MUST;
int import_result_screen(struct view *v, const struct import_batch *b) MUST;
int import_question_page(struct view *v) MUST;
int import_question_post(struct view *v) MUST;

/* ---- import_pages.c */
/* "/imports/5/commit"; tail may be "". */
const char *import_path(struct view *v, int64_t id, const char *tail);
/* The batch of the address, as this actor may see it. */
int import_of_path(struct view *v, struct import_batch *b) MUST;
/* Opens the frame with the crumbs and says what the batch was told last. */
void import_frame(struct view *v, const struct import_batch *b, const char *title);
/* Works on the batch for a moment, so that a short table needs no second look. */
int import_a_moment(struct view *v, const struct import_batch *b) MUST;

#endif

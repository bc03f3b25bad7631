/* erased.h – the list D.erased: who was erased, kept outside of the database.
 *
 * A backup from before an erasure still holds the person. So every erasure is also a line of a file beside
 * the database, which `restore` reads and carries out again: nobody comes back out of an old copy. A line
 * holds the number of the record, when that record was made (a number that was given anew afterwards is
 * another person's), the moment, day, author and ground of the erasure, and a keyed hash over these; no
 * name, no document. Lines made with another key are passed over. Keep it with the key. */
#ifndef APP_ERASED_H
#define APP_ERASED_H

#include "app/app.h"
#include "text/erased_line.h"

/* One line without its end; false: not a line of this key. */
bool erased_parse(struct arena *a, const char *text, size_t n, struct erased_line *out);
const char *erased_text(struct arena *a, const struct erased_line *l);

/* The file is made to hold every erasure of the database; lines that are in it already stay. *seen: newest
 * proof that it holds; nothing is done while there is no newer one. */
int erased_save(struct app *a, struct ctx *cx, int64_t *seen) MUST;
/* After a restore: erase again whoever is on the list and has come back. *n: how many. */
int erased_replay(struct app *a, struct ctx *cx, int64_t *n) MUST;

#endif

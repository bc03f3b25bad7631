/* nightly.h – the thread that makes backups: the night's one and those that an administrator asks for
 * on the page. They lie in D.backups/. */
#ifndef APP_NIGHTLY_H
#define APP_NIGHTLY_H

#include "app/app.h"

void nightly_start(struct app *a);
void nightly_stop(void);
/* Break off the one that is being proved here if somebody cancelled it; the jobs' thread asks. */
void nightly_look(struct app *a);
/* Take one backup that waits, if any, make and prove it; *did says whether there was one. */
int nightly_once(struct app *a, bool *did) MUST;

#endif

/* import_job.h – the thread that works on imports which pages have begun: trial runs, writing, undoing. */
#ifndef APP_IMPORT_JOB_H
#define APP_IMPORT_JOB_H

#include "app/app.h"

void import_job_start(struct app *a);
void import_job_stop(void);

#endif

/* work_runner.h – the thread that does long works (core/work.h), one after the other. */
#ifndef APP_WORK_RUNNER_H
#define APP_WORK_RUNNER_H

#include "app/app.h"

void work_runner_start(struct app *a);
void work_runner_stop(void); /* the work that runs is broken off at its next step */
/* Do one work that waits, if any: for tests and the thread. */
int work_runner_once(struct app *a, bool *did) MUST;

extern const struct work_kind *const app_works[];
extern const size_t app_nworks;

#endif

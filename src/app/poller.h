/* poller.h – the thread that looks into feeds of media outlets (mod/media/media_feed.h), one at a time, where the
 * settings say how often. It is a thread of its own, since another server may answer slowly. */
#ifndef APP_POLLER_H
#define APP_POLLER_H

#include "app/app.h"

void poller_start(struct app *a);
void poller_stop(void);

#endif

/* mailer.h – the thread that sends letters (core/outbox.h) by SMTP, with libcurl.
 *
 * libcurl is opened when the first letter is due and not with the program: a house without mail needs
 * neither the library nor the time it takes to load. smtps:// speaks TLS from the first byte; smtp:// must
 * change to it (STARTTLS), unless the server is this machine. The password comes from
 * SHANYRAQ_MAIL_PASSWORD. No letter, address or code is ever logged. */
#ifndef APP_MAILER_H
#define APP_MAILER_H

#include "app/app.h"

void mailer_start(struct app *a);
void mailer_stop(void);
/* Send one letter that is due, if any; *did says whether there was one. */
int mailer_once(struct app *a, bool *did) MUST;

#endif

/* outbox.h – letters on their way. A letter is written in the transaction that brings it about and sent by
 * a thread of its own (app/mailer.c), again and again until it is taken or no longer of use.
 *
 * Off unless the settings mail_server and mail_from are set. What a letter says (a code) lies sealed under
 * a key of the house, and is forgotten once it was sent, failed for good, or came too late. */
#ifndef CORE_OUTBOX_H
#define CORE_OUTBOX_H

#include "db/db.h"
#include "lang/lang.h"

enum { RESET_MAILS_AN_HOUR = 3 };

/* Whether letters can be sent at all. */
int outbox_open(struct ctx *cx, bool *open) MUST;
/* The own e-mail address, with the present password ("" takes it away); "system" sets anybody's. RC_INVALID:
 * "email", "email-password". Nobody else sets it, so nobody is led around the password. */
int outbox_set_email(struct ctx *cx, int64_t account, const char *email, const char *password) MUST;
/* A code for a new password to the account's own address: good once, as long as a printed one. RC_OK
 * also for a login that does not exist, is disabled or has no address, and it takes as long; RC_RULE:
 * too many from this address, wait. At most RESET_MAILS_AN_HOUR an hour and account; more are silently
 * not sent. RC_NOTFOUND when mail is off. */
int outbox_reset(struct ctx *cx, const char *login, const char *peer) MUST;

/* A letter of any sort, written with what brings it about: whoever's transaction it is, the letter is sent if
 * that stays. Nothing is written, and *written is false, where mail is off or the address is none: then nothing
 * may be promised. RC_OK either way. */
struct letter_new {
	const char *to, *subject, *text; /* in the reader's language already */
	int64_t useful_us;		 /* how long it is of use from now; 0 = three days */
};
int outbox_put_tx(struct ctx *cx, struct tx *tx, const struct letter_new *l, bool *written) MUST;

/* For the thread: take the next letter that is due, in the name of this process; RC_NOTFOUND = none.
 * Text and addresses live in cx->arena. */
struct letter {
	int64_t id, tries;
	const char *to, *subject, *text;
};
int outbox_take(struct ctx *cx, struct letter *out) MUST;
/* It was taken by the server; or not: again later (for_good = never again). error is for the log of the
 * outbox and holds no text of the letter. */
int outbox_sent(struct ctx *cx, int64_t id) MUST;
int outbox_failed(struct ctx *cx, int64_t id, const char *error, bool for_good) MUST;
/* Job: letters that are too old to be of use, and rows older than 30 days. */
int outbox_purge(struct ctx *cx) MUST;

#endif

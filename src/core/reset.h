/* reset.h – back in without e-mail: an administrator prints a code, its owner sets a password with it.
 *
 * A code has 60 bits, is good once and for 24 hours, and ends when a newer one is made. The database
 * keeps only its digest. A clock put back brings no code to life again (session_expire() ends what is
 * over), and a code that was made in its future is not taken: print another. The administrator never knows the password; that it was reset stands in the
 * audit twice, who made the code and that it was used. Guessing codes counts as guessing passwords:
 * the same waits for the same logins and peers (account.h), and the same words for a login that does
 * not exist. */
#ifndef CORE_RESET_H
#define CORE_RESET_H

#include "core/account.h"

enum { RESET_HOURS = 24 };

struct reset_code {
	const char *code; /* "xxxx-xxxx-xxxx" */
	int64_t expires_at;
};
/* CAP_USERS; RC_RULE for one's own account and a disabled one. Not with a token. */
int reset_make(struct ctx *cx, int64_t account, struct reset_code *out) MUST;
/* Set the password of `login`. All sessions of the account end, locks are lifted. RC_INVALID: field
 * "code" (wrong, used or too old – not told which) or "password"; RC_RULE: wait. Nothing is used up
 * by a password that is refused. Spaces, hyphens and capitals of the code do not matter. */
int reset_use(struct ctx *cx, const char *login, const char *code, const char *password,
    const char *peer) MUST;

#endif

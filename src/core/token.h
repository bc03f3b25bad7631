/* token.h – API tokens: "sq_" and 43 characters of base64url (32 random bytes), shown once.
 *
 * The database keeps the BLAKE2b digest only. A token acts as its account in the account's first
 * role by id. It may be made by the account's owner when signed in, or from the command line; not
 * by another token (a leaked one could renew itself) and not by an administrator for others. */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include "db/db.h"
#include "lang/lang.h"

enum { TOKEN_DAYS = 90, TOKEN_DAYS_MAX = 3650 };

struct token_new {
	const char *login;
	const char *label; /* what it is for; may be NULL */
	int days;	   /* 0 = TOKEN_DAYS */
};
/* RC_NOTFOUND: no such login; RC_DENIED; RC_INVALID (days, label); RC_RULE: account disabled. */
int token_create(struct ctx *cx, const struct token_new *in, const char **out_plain) MUST;
/* RC_NOTFOUND when unknown, expired, revoked, or the account is disabled or without a role. */
int token_find(struct ctx *cx, const char *plain, struct actor *out) MUST;
/* One's own, or with CAP_USERS. */
int token_revoke(struct ctx *cx, int64_t id) MUST;
struct token_row {
	int64_t id, account, created_at, expires_at, revoked_at; /* revoked_at 0 = not revoked */
	const char *login, *label;				 /* label "" = none */
};
/* account 0 = all (CAP_USERS); newest first. */
int token_list(struct ctx *cx, int64_t account, struct token_row **out, size_t *n) MUST;

#endif

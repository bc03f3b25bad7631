/* token.h – API tokens: "sq_" and 43 characters of base64url (32 random bytes), shown once.
 *
 * The database keeps the BLAKE2b digest only. A token acts as its account, in the role that it was made
 * in, as long as that is in force; where none was chosen, in the first by id. It may do less than its
 * owner: read only (any GET, and POSTs that write nothing), and only parts of the API, named by the first
 * word of their addresses: "events", "people", "figures", "search" … It may be made by the account's owner
 * when signed in, or from the command line; not by another token (a leaked one could renew itself) and
 * not by an administrator for others. Over is over: session_expire() revokes what has expired, so that a
 * clock put back does not bring it to life. */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include "db/db.h"
#include "lang/lang.h"

enum { TOKEN_DAYS = 90, TOKEN_DAYS_MAX = 3650 };

struct token_new {
	const char *login;
	const char *label; /* what it is for; may be NULL */
	int days;	   /* 0 = TOKEN_DAYS */
	bool reading;
	const char *kinds; /* words with spaces or commas between; NULL or "" = all parts */
	int64_t role; /* id of an account_role of the login; 0 = the one acted in, or the first */
};
/* RC_NOTFOUND: no such login or role; RC_DENIED; RC_INVALID (days, label, kinds); RC_RULE: account
 * disabled. */
int token_create(struct ctx *cx, const struct token_new *in, const char **out_plain) MUST;
/* RC_NOTFOUND when unknown, expired, revoked, or the account is disabled or without the role. The actor
 * says `reading` and `kinds`; a reading one has no capability to write either. */
int token_find(struct ctx *cx, const char *plain, struct actor *out) MUST;
/* Whether the actor may use this part of the API: anybody but a token that names others. */
bool token_opens(const struct actor *a, const char *part, size_t n);
/* One's own, or with CAP_USERS. */
int token_revoke(struct ctx *cx, int64_t id) MUST;
struct token_row {
	int64_t id, account, created_at, expires_at, revoked_at; /* revoked_at 0 = not revoked */
	const char *login, *label;				 /* label "" = none */
	bool reading;
	const char *kinds; /* "events people"; "" = all parts */
	const char *role;  /* code of the role acted in; "" = the first */
};
/* account 0 = all (CAP_USERS); newest first. */
int token_list(struct ctx *cx, int64_t account, struct token_row **out, size_t *n) MUST;

#endif

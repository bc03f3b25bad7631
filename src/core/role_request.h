/* role_request.h – roles that two persons give.
 *
 * RULE account-1: nobody raises himself. Head, auditor and administrator, and any role for one's own
 * account, are asked for by one administrator and given by another; who asked and whom it is for do
 * not decide. Nor does anyone whose password came last from the one who asked, or whose account the one
 * who asked has made, given a password or a code or freed of its second factor within 30 days: he might
 * be the same person. A request is good for 14 days. The program itself (command line on the server: whoever may
 * read the database and its key) gives at once and decides any request: that is the way where there is
 * only one administrator.
 *
 * Asking, deciding and withdrawing stand in the audit under the kind "role_request". */
#ifndef CORE_ROLE_REQUEST_H
#define CORE_ROLE_REQUEST_H

#include "core/account.h"

enum { ROLE_REQUEST_DAYS = 14, ROLE_HANDS_OFF_DAYS = 30 };

struct role_new {
	int64_t account;
	enum role role;
	int64_t body;	  /* 0 = the whole assembly */
	int since, until; /* 0 = open */
};
bool role_needs_two(enum role r);

/* CAP_USERS. Gives the role (*role = its id, *request = 0) or asks for it (the other way round).
 * RC_DENIED with a token; RC_INVALID names role, body, since, until;
 * RC_RULE: asked for already. */
int role_give(struct ctx *cx, const struct role_new *in, int64_t *role, int64_t *request) MUST;
/* Inside core/: the same in a transaction, for a new account. */
int role_give_tx(
    struct ctx *cx, struct tx *tx, const struct role_new *in, int64_t *role, int64_t *request) MUST;

struct role_request {
	int64_t id, account;
	const char *login, *name; /* whom it is for */
	const char *role;	  /* role_code() */
	int64_t body;		  /* INT_NONE = the whole assembly */
	int since, until;
	int64_t asked_at, expires_at, asked_by;
	const char *asker;  /* name; "" = the program */
	const char *hinder; /* msgid: why this actor may not confirm; NULL = may */
};
/* Open ones that are not too old, oldest first; account 0 = all. CAP_USERS. */
int role_requests(struct ctx *cx, int64_t account, struct role_request **out, size_t *n) MUST;
/* Give what was asked for; *role (may be NULL) = the new account_role. RC_NOTFOUND: none such is open;
 * RC_RULE with the hindrance; RC_INVALID as role_give(). */
int role_confirm(struct ctx *cx, int64_t request, int64_t *role) MUST;
/* Refuse another's request or withdraw the own one. */
int role_refuse(struct ctx *cx, int64_t request) MUST;
/* Whether any other administrator could decide what this actor asks for. */
int role_second_exists(struct ctx *cx, bool *yes) MUST;

/* Inside core/: the check of a role that needs two, when it is stored: RC_RULE unless this actor is the
 * program or has just confirmed another's request for it. */
int role_request_holds(struct ctx *cx, const struct account_role *r) MUST;

#endif

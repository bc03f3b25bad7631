/* session.h – signed-in browsers, and the tokens that their forms carry.
 *
 * A session's cookie holds 32 random bytes in hex; the database keeps only their BLAKE2b digest. A
 * session lasts 12 hours, or until 60 minutes pass without a request. It acts in one role of its
 * account that is in force: the one used last, until another is chosen; then the token of its forms
 * changes too, so that a page opened in the earlier role cannot be sent in the new one. A session
 * that lies in the future (the clock was put back) or whose role is over is none.
 *
 * Guests' forms are cached, so their CSRF token belongs to no one: an hour stamp and a keyed hash
 * of the route, good for 24 hours; it stands beside the Origin check and does not replace it. */
#ifndef CORE_SESSION_H
#define CORE_SESSION_H

#include "db/db.h"
#include "lang/lang.h"

#define SESSION_LIFE_US (12 * 3600 * US_PER_SECOND)
#define SESSION_IDLE_US (3600 * US_PER_SECOND)
#define SESSION_TOUCH_US (60 * US_PER_SECOND)
#define CLOCK_SLACK_US (300 * US_PER_SECOND) /* clocks of several servers may differ so much */

/* After account_sign_in(): a new session; *token goes into the cookie. RC_DENIED when the account
 * is disabled or has no role. `agent` is the User-Agent (cut to 200 bytes), may be NULL. */
int session_open(struct ctx *cx, int64_t account, const char *agent, const char **token) MUST;
/* Who the cookie stands for. The actor (its texts and scope) lives in cx->arena; cx->actor is not
 * set. RC_NOTFOUND when there is no such session, it has ended, expired, or its account is disabled.
 * *touch_due (may be NULL): call session_touch(), at most once a minute. */
int session_find(struct ctx *cx, const char *token, struct actor *out, bool *touch_due) MUST;
int session_touch(struct ctx *cx, int64_t session) MUST;
/* Act in another role of the own account (id of an account_role); RC_NOTFOUND if it is not one's own. */
int session_choose_role(struct ctx *cx, int64_t role_id) MUST;
/* The roles of the own account that are in force, by id, with the names of their bodies ("" = the whole
 * assembly): for the switch in the head of a page. */
struct session_role {
	int64_t id;
	const char *role; /* role_code() */
	struct text3 body;
	bool current;
};
int session_roles(struct ctx *cx, struct session_role **out, size_t *n) MUST;
/* End one session: one's own, or with CAP_USERS. Ending an ended one is no error. */
int session_end(struct ctx *cx, int64_t session) MUST;
/* Sign out everywhere: the own account, or with CAP_USERS. *ended (may be NULL) = how many. */
int session_end_all(struct ctx *cx, int64_t account, int64_t *ended) MUST;
/* Open sessions of an account, newest first: one's own, or with CAP_USERS. */
struct session_row {
	int64_t id, created_at, seen_at;
	const char *agent; /* "" = unknown */
	bool current;
};
int session_list(struct ctx *cx, int64_t account, struct session_row **out, size_t *n) MUST;
/* Job: end for good what is over by the clock – sessions, tokens, reset codes –, so that a clock put back
 * later opens none of it again. Writes only if there is something. */
int session_expire(struct ctx *cx) MUST;
/* Job: forget sessions opened more than 30 days ago; all of them are over. */
int session_purge(struct ctx *cx, int64_t *purged) MUST;

/* The bodies that an actor scoped to `body` acts in: it and all beneath, ascending, in cx->arena. */
int scope_of_body(struct ctx *cx, int64_t body, const int64_t **ids, size_t *n) MUST;

/* Inside core/ only: end all sessions of an account but `keep` (0 = none is kept). */
int session_end_all_tx(
    struct ctx *cx, struct tx *tx, int64_t account, int64_t keep, int64_t *ended) MUST;

/* `route` is the route's name or pattern, the same at both ends. */
const char *csrf_guest_make(struct ctx *cx, const char *route);
bool csrf_guest_check(struct ctx *cx, const char *route, const char *token);
/* Whatever the actor: the session's token, for guests the guest one. NULL and "" fail. */
const char *csrf_make(struct ctx *cx, const char *route);
bool csrf_check(struct ctx *cx, const char *route, const char *token);

/* Whoever has one address of IPv6 has 2^64 of them: the network counts, not its parts. IPv4, in either spelling, and
 * what is no address: as it is; NULL: "". */
const char *network_of(struct ctx *cx, const char *peer);

#endif

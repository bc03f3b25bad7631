/* inner.h – what the files of core/ share among themselves. */
#ifndef CORE_INNER_H
#define CORE_INNER_H

#include "core/account.h"

/* ---- password.c: argon2id behind a gate of two */
/* The gate lets two hash at once and sixteen wait; RC_BUSY beyond. */
int password_enter(struct ctx *cx) MUST;
void password_leave(void);
/* Inside the gate. NULL hash = compare with one that nothing fits, so that it takes as long. */
bool password_fits(const char *hash, const char *password);
bool password_is_old(const char *hash); /* made with other costs than today's */
int password_make(struct ctx *cx, const char *password, const char **hash) MUST;
/* Enter, make, leave. */
int password_hash(struct ctx *cx, const char *password, const char **hash) MUST;

/* ---- guess.c: failures kept in memory */
/* Seconds to wait after so many failures in a row, 0 below the limit. */
int guess_schedule(int64_t failures, int limit);
/* Seconds that this name has still to wait. */
int guess_wait(char sort, const char *name, int64_t now);
/* Note a failure; the wait that it brings. After `forget_us` without one, counting begins anew. */
int guess_failed(char sort, const char *name, int64_t now, int limit, int64_t forget_us);
void guess_forget_all(void); /* for tests */

/* ---- waits.c: failures and the waits they bring */
#define PEER_FORGET_US (900 * US_PER_SECOND)
#define PLACE_FORGET_US US_PER_DAY
struct client {
	int64_t account; /* 0 = no such login */
	const char *login, *peer;
	const char *place;  /* keyed hash of account and address */
	const char *pair;   /* login@peer, for guess.c */
	const char *device; /* kind of device, "" = not known */
	bool trusted;	    /* signed in already */
};
struct client client_of(struct ctx *cx, int64_t account, const char *login, const char *peer);
/* Seconds of a wait that began and ends then; never more than its own length. */
int wait_left(int64_t began, int64_t until, int64_t now);
/* Seconds that this client has still to wait. Outside of a write: no snapshot is held afterwards. */
int waits_left(struct ctx *cx, const struct client *c, int *seconds) MUST;
/* Inside one, of an account that exists. */
int waits_left_tx(struct ctx *cx, const struct client *c, int *seconds) MUST;
/* Count a failure and note it in the log; how = password, code, reset. The wait that it brings. */
int note_failure(struct ctx *cx, const struct client *c, const char *how, int *wait_s) MUST;
int failure_tx(
    struct ctx *cx, struct tx *tx, const struct client *c, const char *how, int *wait_s) MUST;
int waits_lift_tx(struct ctx *cx, struct tx *tx, const struct client *c) MUST;

/* ---- sign_in_log.c */
int sign_in_note_tx(struct ctx *cx, struct tx *tx, const struct client *c, const char *outcome,
    const char *how) MUST;

/* ---- sign_in.c */
struct known {
	int64_t id; /* 0 = no such login */
	const char *login, *hash;
	bool disabled;
	int64_t last;
	enum lang lang;
};
/* The account whose column (a constant) has this value; no snapshot is held afterwards. */
int load_known(struct ctx *cx, const char *where, struct val v, struct known *out) MUST;
/* Trimmed and in small letters, as it stands in the database if it is a login at all. */
const char *login_as_stored(struct ctx *cx, const char *login);
/* RC_RULE with the wait in words. */
int must_wait(struct ctx *cx, int seconds);
/* RC_INVALID for the field, with the wait if there is one. */
int wrong(struct ctx *cx, const char *field, const char *what, int wait_s);
/* The present password of an account, for changes of it; RC_INVALID names `field`. */
int password_prove(struct ctx *cx, int64_t account, const char *password, const char *field) MUST;

/* ---- account.c */
/* Put a hash in place, end all sessions but `keep`, lift the locks; audited as `action`. */
int password_put_tx(struct ctx *cx, struct tx *tx, int64_t account, const char *hash, int64_t keep,
    const char *action) MUST;

/* ---- account_kinds.c */
/* RC_RULE when nobody but this account could administer. */
int admin_remains(struct ctx *cx, int64_t without) MUST;

/* ---- secret.c */
/* Hex of the BLAKE2b-256 of a random token: what the database keeps of it. */
const char *secret_digest(struct arena *a, const char *token);
/* A code as it is hashed: in what people copy from paper case, spaces and hyphens say nothing. NULL = "". */
const char *code_bare(struct arena *a, const char *code);
/* The actor's own account, or CAP_USERS; else RC_DENIED. */
int own_or_users(struct ctx *cx, int64_t account) MUST;
/* Fill an actor from one row of account columns, in which $2 is role_day(). A role that must have a
 * second factor and has none is held back to what every account may. */
#define ACTOR_COLUMNS                                                                              \
	"a.id, a.login, a.name, a.person, r.role, r.body, (SELECT count(*) FROM account_role o "   \
	"WHERE o.account = a.id AND " ROLE_IN_FORCE(                                               \
	    "o", "$2") "), (SELECT t.on_at FROM "                                                  \
		       "account_totp t WHERE t.account = a.id), (SELECT value FROM setting WHERE " \
		       "name = "                                                                   \
		       "'second_factor')"
enum { ACTOR_NCOLUMNS = 9 };
int actor_fill(struct ctx *cx, const struct rows *r, int col, struct actor *out) MUST;

#endif

/* account.h – who may sign in: accounts, their roles, passwords, and what happens to guessing.
 *
 * An account is a record kind (table `account`), so are the roles it holds (`account_role`): both
 * are read and written under CAP_USERS, and nobody changes the roles of his own account. The
 * password column holds an argon2id text; to the kind it is a sealed field, so that loading tells only
 * whether there is one and history never holds it. Only the functions below write it.
 *
 * Passwords are hashed by libsodium (argon2id, 2 passes, 19 MiB), at most two at once in the whole
 * process, always outside of db_write. Callers beyond a short queue get RC_BUSY.
 *
 * A role may have a first and a last day (local days of the real clock, never the pinned business day);
 * outside of them it gives nothing. Head, auditor and administrator are given by two persons, and so
 * is every role for oneself: core/role_request.h.
 *
 * Guessing: five failures in a row at one address lock a login there for 1 minute, each further one
 * doubles the wait up to 1 hour; a day without one and counting begins anew. Twenty failures from
 * wherever, with never 15 minutes between two, lock it at all addresses but those where its owner
 * signed in within 90 days: who guesses does not keep the owner out. Logins that do not exist behave
 * alike (kept in memory), and so do peers after twenty failures within 15 minutes. The answer tells
 * the wait, never whether the login exists. Attempts during the wait are refused unread and do not
 * lengthen it. A clock that is put back neither opens a lock nor makes it longer than it was meant:
 * it begins once more. Addresses are kept as keyed hashes only.
 *
 * The functions here write by themselves: never call them inside a write function. They read
 * cx->now and never a clock. Pages change accounts through account_change(), not kind_update(): it
 * loads inside its transaction, so a sign-in in between is not lost. */
#ifndef CORE_ACCOUNT_H
#define CORE_ACCOUNT_H

#include "kind/kind.h"

struct account {
	struct rec rec;
	const char *login, *name, *lang; /* lang: "kk" "ru" "en" */
	int64_t person;			 /* id of a person, INT_NONE = none known */
	const char *email;		 /* NULL = none; only its owner sets it (outbox.h) */
	bool disabled;
	struct sealed password; /* present = one is set; without it nobody can sign in */
	int64_t failures;	/* in a row, at all addresses together */
	int64_t failed_at, locked_until, last_sign_in, before_last; /* moments, 0 = never */
};
struct account_role {
	struct rec rec;
	int64_t account;
	const char *role; /* role_code() */
	int64_t body;	  /* INT_NONE = the whole assembly */
	int since, until; /* first and last day, 0 = open */
	int64_t
	    used_at; /* chosen last by its owner: sign-in begins in the latest of them; 0 = never */
};
/* SQL: whether the role row r is in force on a day (a text like "$2"). Days: role_day(). */
#define ROLE_IN_FORCE(r, day)                                                            \
	"(" r ".since IS NULL OR " r ".since <= " day ") AND (" r ".until IS NULL OR " r \
	".until >= " day ")"
int role_day(const struct ctx *cx);
/* The actor of an account in a role that it holds today (body 0 = the whole assembly), for work that goes
 * on without a session. RC_NOTFOUND: the account is closed or the role gone. */
int account_actor(
    struct ctx *cx, int64_t account, const char *role, int64_t body, struct actor *out) MUST;
extern const struct kind account_kind, account_role_kind;
extern const struct option account_langs[], role_options[];

enum {
	ACCOUNT_FAILURES = 5, /* the fifth locks */
	ACCOUNT_WAIT_S = 60,
	ACCOUNT_WAIT_MAX_S = 3600,
	ACCOUNT_ALL_FAILURES = 20, /* at all addresses together */
	ACCOUNT_PEER_FAILURES = 20,
	ACCOUNT_PASSWORD_MIN = 10,  /* code points */
	ACCOUNT_PASSWORD_MAX = 200, /* bytes: keeps hashing cheap */
};

/* A new account with its first role; a role that needs a second person is asked for (its request
 * stands in core/role_request.h) and the account cannot sign in until it is given. RC_DENIED, RC_INVALID
 * (login – also when it is taken –, name, role, body, password). `out_password` gets the password that was drawn when none was given, else
 * NULL. */
struct account_new {
	const char *login, *name;
	enum lang lang;
	enum role role;
	int64_t body;	      /* 0 = the whole assembly; a leader needs one */
	int64_t person;	      /* 0 = none */
	const char *password; /* NULL = draw one */
};
int account_create(
    struct ctx *cx, const struct account_new *in, int64_t *out_id, const char **out_password) MUST;

/* Change name, language and person under the optimistic lock; the login stays. */
struct account_edit {
	int64_t id, version;
	const char *name;
	enum lang lang;
	int64_t person; /* 0 = none */
};
int account_change(struct ctx *cx, const struct account_edit *in) MUST;

/* Set a password: one's own with the old one (a wrong one counts as a failure of signing in),
 * another's with CAP_USERS (old is not looked at), any from the command line. fresh NULL = draw one
 * into *out_drawn (may be NULL otherwise). All other sessions of the account end, locks are lifted.
 * RC_INVALID names "old" or "password". */
int account_set_password(
    struct ctx *cx, int64_t id, const char *old, const char *fresh, const char **out_drawn) MUST;

/* Disabling also ends all sessions; tokens stop working at once. RC_RULE: the last administrator
 * that may sign in cannot be disabled, and nobody disables himself. */
int account_disable(struct ctx *cx, int64_t id, bool disabled) MUST;

/* Give and take a role. RC_RULE: own account, a role that needs a second person (role_give() asks for
 * it), the last administrator, the last role of an account. Taking one ends the sessions in it. */
int account_role_add(
    struct ctx *cx, int64_t account, enum role role, int64_t body, int64_t *out_id) MUST;
int account_role_remove(struct ctx *cx, int64_t role_id) MUST;

/* All accounts with their roles, by login; CAP_USERS. */
struct account_row {
	struct account account;
	const char *roles; /* "leader@12 member": codes with bodies, in order of the role's id */
};
int account_list(struct ctx *cx, struct account_row **out, size_t *n) MUST;
/* Roles of one account by id: one's own, or CAP_USERS. */
int account_roles(struct ctx *cx, int64_t account, struct account_role **out, size_t *n) MUST;
int account_by_login(struct ctx *cx, const char *login, int64_t *out_id) MUST;

/* When the person behind an account is erased: sessions, tokens, kept answers, codes and roles go …
 * RC_RULE: one's own account, the last administrator. */
struct cut_sums;
int account_erase_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums) MUST;
/* … and, after its texts were cut, the account gets a name without a person and is disabled. */
int account_shell_tx(struct ctx *cx, struct tx *tx, int64_t id) MUST;

/* Check login and password and note the sign-in (audit "sign_in", core/sign_in_log.h). RC_OK with *out;
 * RC_INVALID: login or password wrong (a field error of "password"); RC_RULE: wait, out->wait_s tells
 * how long; RC_DENIED: the password is right and the account disabled; RC_BUSY: too many at once.
 * `peer` is the client's address, agent its User-Agent, "" or NULL for none. The login is taken
 * case-blind and trimmed.
 *
 * Where the account has a second factor RC_OK only opens the second door: out->ticket is not NULL,
 * nothing is noted yet, and sign_in_second() with the ticket (good for five minutes and for this
 * password only) and a code of the device or a recovery code ends it. RC_INVALID names "code", or
 * "ticket" when it is too old. */
struct sign_in {
	int64_t account;
	enum lang lang;
	int64_t last_sign_in; /* the one before this; 0 = this is the first */
	int wait_s;	      /* > 0 with RC_RULE, and with RC_INVALID when this failure locked */
	const char *ticket;   /* NULL = signed in */
	int recovery_left;    /* recovery codes left when one was used; -1 = none was */
};
struct sign_in_try {
	const char *login, *password, *peer, *agent;
};
int sign_in_first(struct ctx *cx, const struct sign_in_try *in, struct sign_in *out) MUST;
struct second_try {
	const char *ticket, *code, *peer, *agent;
};
int sign_in_second(struct ctx *cx, const struct second_try *in, struct sign_in *out) MUST;
/* sign_in_first() without an agent. */
int account_sign_in(struct ctx *cx, const char *login, const char *password, const char *peer,
    struct sign_in *out) MUST;

/* NULL = good, else a msgid. */
const char *login_error(const char *login);
const char *password_error(const char *login, const char *password);
/* "xxxx-xxxx-xxxx-xxxx-xxxx": 20 letters and digits that are not mistaken for each other, 99 bits. */
const char *password_draw(struct arena *a);

#endif

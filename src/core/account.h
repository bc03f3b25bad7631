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
 * Guessing: five failures in a row lock a login for 1 minute, each further one doubles the wait up
 * to 1 hour. Logins that do not exist behave alike (kept in memory), and so do peers after twenty
 * failures within 15 minutes. The answer tells the wait, never whether the login exists. Attempts
 * during the wait are refused unread and do not lengthen it.
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
	bool disabled;
	struct sealed password; /* present = one is set; without it nobody can sign in */
	int64_t failures;
	int64_t locked_until, last_sign_in, before_last; /* moments, 0 = never */
};
struct account_role {
	struct rec rec;
	int64_t account;
	const char *role; /* role_code() */
	int64_t body;	  /* INT_NONE = the whole assembly */
};
extern const struct kind account_kind, account_role_kind;
extern const struct option account_langs[], role_options[];

enum {
	ACCOUNT_FAILURES = 5, /* the fifth locks */
	ACCOUNT_WAIT_S = 60,
	ACCOUNT_WAIT_MAX_S = 3600,
	ACCOUNT_PEER_FAILURES = 20,
	ACCOUNT_PASSWORD_MIN = 10,  /* code points */
	ACCOUNT_PASSWORD_MAX = 200, /* bytes: keeps hashing cheap */
};

/* A new account with its first role. RC_DENIED, RC_INVALID (login – also when it is taken –, name,
 * role, body, password). `out_password` gets the password that was drawn when none was given, else
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

/* Give and take a role. RC_RULE: own account, the last administrator, the last role of an account.
 * Taking one ends the sessions in it. */
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

/* Check login and password and note the sign-in (audit "sign_in"). RC_OK with *out; RC_INVALID: login
 * or password wrong (a field error of "password"); RC_RULE: wait, out->wait_s tells how long;
 * RC_DENIED: the password is right and the account disabled; RC_BUSY: too many at once. `peer` is the client's address, "" or NULL for none. The login is taken case-blind and
 * trimmed. */
struct sign_in {
	int64_t account;
	enum lang lang;
	int64_t last_sign_in; /* the one before this; 0 = this is the first */
	int wait_s;	      /* > 0 with RC_RULE, and with RC_INVALID when this failure locked */
};
int account_sign_in(struct ctx *cx, const char *login, const char *password, const char *peer,
    struct sign_in *out) MUST;

/* NULL = good, else a msgid. */
const char *login_error(const char *login);
const char *password_error(const char *login, const char *password);
/* "xxxx-xxxx-xxxx-xxxx-xxxx": 20 letters and digits that are not mistaken for each other, 99 bits. */
const char *password_draw(struct arena *a);

#endif

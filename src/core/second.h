/* second.h – the second factor: six digits that change every 30 seconds (RFC 6238: HMAC-SHA-1 over the
 * time, computed by liboath), and ten recovery codes for the day the device is lost.
 *
 * Optional, unless the setting second_factor names the role: then the role gives nothing until it is on
 * (actor.held_back). The secret (160 bits) lies sealed under a key of the house (vault.h); a code is taken
 * from the present step and one on either side, once: no step at or before the newest used is taken
 * again. Recovery codes have 60 bits, are kept as keyed hashes, and each is good once. Wrong codes count
 * as wrong passwords do (account.h).
 *
 * The steps are those of the server's clock: a clock that is wrong by more than half a minute refuses
 * the device's codes, and recovery codes still open. */
#ifndef CORE_SECOND_H
#define CORE_SECOND_H

#include "core/account.h"

enum { SECOND_STEP_S = 30, SECOND_WINDOW = 1, SECOND_CODES = 10 };

struct second_state {
	bool on;
	int64_t on_at;
	int codes_left;
};
/* One's own, or CAP_USERS. */
int second_state(struct ctx *cx, int64_t account, struct second_state *out) MUST;

/* Begin: a new secret for the own account, not in use until second_on() proves it; called again it shows
 * the same one for an hour. RC_RULE when it is on already; RC_DENIED with a token. */
struct second_secret {
	const char *groups; /* Base32 in groups of four: "ABCD EFGH …" */
	const char *uri;    /* otpauth://totp/… */
};
int second_begin(struct ctx *cx, const char *issuer, struct second_secret *out) MUST;
/* Prove it with the password and a code of the device, and switch it on; codes = SECOND_CODES texts
 * "xxxx-xxxx-xxxx", shown once. Ends the account's other sessions. RC_INVALID: "password", "code". */
int second_on(struct ctx *cx, const char *password, const char *code, const char **codes) MUST;
/* New recovery codes, with the password; the old ones end. RC_RULE when it is off. */
int second_codes(struct ctx *cx, const char *password, const char **codes) MUST;
/* Off: one's own with the password (RC_INVALID "password"; RC_RULE where the role must have it), another's
 * with CAP_USERS and not with a token (password not looked at). Audited; ends the account's sessions but
 * the own one. */
int second_off(struct ctx *cx, int64_t account, const char *password) MUST;

/* Whether the value of the setting second_factor (codes of roles; NULL = none) names the role. */
bool second_needed(const char *setting, enum role role);
/* NULL = good, else a msgid: for the setting. */
const char *second_roles_error(const char *setting);

/* Inside core/: whether it is on. */
int second_is_on(struct ctx *cx, int64_t account, bool *on) MUST;
/* Inside core/: take a code of the device or a recovery code; *how "code" or "recovery", NULL = neither
 * fits. *left: recovery codes that are left then, -1 after a code of the device. */
int second_take_tx(struct ctx *cx, struct tx *tx, int64_t account, const char *code,
    const char **how, int *left) MUST;

#endif

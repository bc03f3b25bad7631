/* sign_in_log.h – sign-ins as they were: when, how, with which kind of device, and whether they went well.
 *
 * A row is written by whatever decides about a password, a code or a reset; attempts during a wait are
 * not looked at and leave none. Kept as many days as the setting sign_ins_kept says (180 unless set, 30
 * at least). The User-Agent is not kept, only the kind of device in words ("Firefox, Windows"); the address
 * only as a keyed hash, which tells the same place from another and nothing else. */
#ifndef CORE_SIGN_IN_LOG_H
#define CORE_SIGN_IN_LOG_H

#include "core/account.h"

enum { SIGN_INS_DAYS = 180, SIGN_INS_DAYS_MIN = 30, SIGN_INS_KNOWN_DAYS = 90 };

/* Kind of device of a User-Agent (any bytes, may be NULL): "Firefox, Windows"; "" = not known. Of names
 * of products only, so it needs no translation. At most 40 bytes. */
const char *device_of_agent(const char *agent, char out[41]);

extern const struct option sign_in_outcomes[]; /* ok, wrong, locked, closed */
extern const struct option sign_in_hows[];     /* password, code, recovery, reset */
struct sign_in_row {
	int64_t at;
	const char *outcome, *how; /* codes */
	const char *device;	   /* "" = not known */
	bool new_place;		   /* a good one from where none of the kept ones before it came */
};
/* Newest first, at most `limit`: one's own, or CAP_USERS. */
int sign_in_log(
    struct ctx *cx, int64_t account, int limit, struct sign_in_row **out, size_t *n) MUST;
/* Job: forget what is older than the setting says, and waits that nobody has earned for a day. */
int sign_in_log_purge(struct ctx *cx) MUST;

#endif

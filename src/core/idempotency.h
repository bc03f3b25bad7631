/* idempotency.h – answers kept for 24 hours, so that a request sent twice acts once.
 *
 * Kept per token, route and Idempotency-Key, with a digest of the request's body. The way of use:
 * before the write idempotency_find(): RC_OK → send the kept answer again; RC_CONFLICT → the key was
 * used with another body; RC_NOTFOUND → do the write, and inside the same transaction, as its last
 * step, idempotency_keep_tx(). If that says RC_EXISTS, a twin was faster: the whole write is undone
 * and idempotency_find() now has its answer (after err_clear()). */
#ifndef CORE_IDEMPOTENCY_H
#define CORE_IDEMPOTENCY_H

#include "db/db.h"
#include "lang/lang.h"

#define IDEMPOTENCY_LIFE_US US_PER_DAY

struct idempotency {
	const char *route; /* the route's name or pattern with the method: "POST /api/v1/events" */
	const char *key;   /* 1–255 printable ASCII characters */
	struct slice body; /* of the request */
};
struct idempotency_answer {
	int status;
	const char *body;
};
/* RC_INVALID: the key is malformed. The token is cx->actor->token. */
int idempotency_find(
    struct ctx *cx, const struct idempotency *in, struct idempotency_answer *out) MUST;
int idempotency_keep_tx(struct ctx *cx, struct tx *tx, const struct idempotency *in,
    const struct idempotency_answer *answer) MUST;
/* Job: forget what is older than 24 hours, at most 1000 a call. */
int idempotency_purge(struct ctx *cx, int64_t *purged) MUST;

#endif

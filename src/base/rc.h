/* rc.h – the closed list of outcomes and the one control-flow macro of the house.
 *
 * Every function that can fail returns int: RC_OK (0) or one of the negative codes below, and is
 * marked MUST so that gcc refuses a forgotten result. The text for the person stands in ctx->err
 * (written by fail() in lang/lang.h); a code without a text is a bug of the caller. Never overwrite
 * a lower error: pass it on with TRY. */
#ifndef BASE_RC_H
#define BASE_RC_H

enum rc {
	RC_OK = 0,
	RC_NOTFOUND = -1, /* no such record, or one that this actor may not know of */
	RC_DENIED = -2,	  /* the actor lacks the capability */
	RC_INVALID = -3,  /* field errors are listed in ctx->err.fields */
	RC_RULE = -4,	  /* a rule of the trade forbids it; ctx->err.text says which */
	RC_CONFLICT = -5, /* stale version: somebody saved in between */
	RC_EXISTS = -6,	  /* a unique value is taken */
	RC_BUSY = -7,	  /* the store is busy or locked; try again */
	RC_TOOBIG = -8,	  /* over a limit */
	RC_STORAGE = -9,  /* disk full, I/O error, server gone */
	RC_BUG = -10,	  /* programming error; details in the log */
};

#define MUST __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Return at once on any outcome but RC_OK. Possible because nothing needs cleanup: memory lives in
 * the arena, handles carry a cleanup attribute. */
#define TRY(call)                       \
	do {                            \
		int try_rc_ = (call);   \
		if (try_rc_ != RC_OK)   \
			return try_rc_; \
	} while (0)

#endif

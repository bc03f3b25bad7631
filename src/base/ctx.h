/* ctx.h – what travels with a request, a job or a command. At most ten members; one more needs an
 * ADR. `now` is stamped once (real time); `today` is the business day, which a setting may pin:
 * rules read these two and never a clock. */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/actor.h"
#include "base/arena.h"
#include "base/day.h"

enum lang { LANG_KK, LANG_RU, LANG_EN, LANG_COUNT };

struct db; /* db/db.h */

/* One refused field: its name (column and form name) and the reason in the reader's language. */
struct field_error {
	const char *field, *text;
	struct field_error *next;
};

struct err {
	int rc;
	const char *text;   /* for the person, translated; "" = none */
	const char *detail; /* for the log only: SQL state, file:line */
	struct field_error *fields;
};

struct ctx {
	struct arena *arena;
	const struct actor *actor;
	int64_t now; /* microseconds, UTC */
	int today;   /* business day */
	enum lang lang;
	bool latin;    /* Kazakh is read in Latin: only what is shown, never what is stored */
	struct db *db; /* what reads go to: a snapshot; inside db_write the transaction */
	struct err err;
	struct app *app; /* app/: the running program's handles (opaque below app/) */
};

static inline bool
may(const struct ctx *cx, enum cap c)
{
	return actor_may(cx->actor, c);
}

/* Forget an error that was expected and dealt with. */
static inline void
err_clear(struct ctx *cx)
{
	cx->err = (struct err){ 0 };
}

#endif

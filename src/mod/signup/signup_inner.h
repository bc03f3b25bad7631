/* signup_inner.h – what the files of this module share. */
#ifndef MOD_SIGNUP_INNER_H
#define MOD_SIGNUP_INNER_H

#include "mod/registry/registry.h"
#include "mod/signup/signup.h"

/* ---- signup_check.c: scopes, who may write, checks; named in the rows of signup_kinds.c */
void signup_form_scope(struct ctx *cx, struct query *q);
void signup_question_scope(struct ctx *cx, struct query *q);
void signup_scope(struct ctx *cx, struct query *q);
void ticket_scope(struct ctx *cx, struct query *q);
int signup_form_writable(struct ctx *cx, const void *old, const void *rec);
int signup_question_writable(struct ctx *cx, const void *old, const void *rec);
int signup_form_check(struct ctx *cx, const void *old, const void *rec);
int signup_question_check(struct ctx *cx, const void *old, const void *rec);
int signup_form_prepare(struct ctx *cx, const void *old, void *rec);
int signup_form_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);

/* ---- signup_places.c: places and the waiting list. All inside a write that holds the event's key */
struct places {
	int64_t all, reserved;	       /* as the form says; all INT_NONE = no limit */
	int64_t taken, taken_reserved; /* valid tickets: on open places, on reserved ones */
	int64_t waiting;	       /* persons in the waiting list */
	int64_t free, free_reserved;   /* free INT_NONE = no limit */
};
int signup_places(struct ctx *cx, const struct signup_form *f, struct places *out) MUST;
/* Whoever waits and fits moves up, in order. */
int signup_fill_tx(struct ctx *cx, struct tx *tx, int64_t event) MUST;
/* One seat goes: its ticket is revoked; the sign-up with its last one. Places are not filled yet. */
int signup_seat_gone_tx(struct ctx *cx, struct tx *tx, struct ticket *t, const char *reason) MUST;
/* Rules act as the house, since a guest may write nothing; the audit names the account all the same. */
struct actor signup_house(const struct actor *who);
/* Keys of a write that concerns this event (db_write_keys). */
int64_t signup_key(int64_t event);

/* Run something as the house and give the actor back. */
typedef int house_fn(struct ctx *cx, struct tx *tx, void *arg);
int signup_as_house(struct ctx *cx, struct tx *tx, house_fn *fn, void *arg) MUST;

/* ---- signup_read.c: what was typed against what the form asks */
struct reading {
	const struct signup_form *form;
	struct signup_question q[SIGNUP_QUESTIONS];
	size_t nq;
};
/* Field errors for all that is wrong; `old`: seats stay as they are, consent was given. */
int signup_check_in(
    struct ctx *cx, const struct reading *r, const struct signup_in *in, bool old) MUST;
/* RULE signup-10: one address signs up a few times for one event and no more. `but`: a sign-up that keeps its
 * own; 0 = none. RC_INVALID with the field email. */
int signup_check_address(struct ctx *cx, int64_t event, const char *email, int64_t but) MUST;
bool signup_any_minor(const struct signup_in *in);
/* The lines of signup.answers; NULL = nothing was answered. */
const char *signup_answers(struct ctx *cx, const struct reading *r, const struct signup_in *in);

/* ---- signup_letter.c */
enum signup_news {
	NEWS_PLACED,
	NEWS_WAITS,
	NEWS_MOVED_UP,
	NEWS_WITHDRAWN,
	NEWS_CANCELLED,
	NEWS_POSTPONED,
	NEWS_CHANGED /* another day, hour or place */
};
/* A letter to who signed up, in his language, within the transaction; none without an address or mail. */
int signup_tell_tx(struct ctx *cx, struct tx *tx, const struct signup *s, enum signup_news news,
    bool *mailed) MUST;

#endif

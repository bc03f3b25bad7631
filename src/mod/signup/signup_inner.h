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
/* RC_NOTFOUND: the event has no registration. */
int signup_form_of(struct ctx *cx, int64_t event, struct signup_form *out) MUST;
/* Whoever waits and fits moves up, in order. */
int signup_fill_tx(struct ctx *cx, struct tx *tx, int64_t event) MUST;
/* One seat goes: its ticket is revoked; the sign-up with its last one. Places are not filled yet. */
int signup_seat_gone_tx(struct ctx *cx, struct tx *tx, struct ticket *t, const char *reason) MUST;
/* Rules act as the house, since a guest may write nothing; the audit names the account all the same. */
struct actor signup_house(const struct actor *who);
/* Keys of a write that concerns this event (db_write_keys). */
int64_t signup_key(int64_t event);

#endif

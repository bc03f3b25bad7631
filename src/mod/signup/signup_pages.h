/* signup_pages.h – route tables of this module, for app/tables.c, and below what its pages share. */
#ifndef MOD_SIGNUP_PAGES_H
#define MOD_SIGNUP_PAGES_H

#include "mod/signup/signup.h"
#include "ui/ui.h"

extern const struct route ticket_routes[];	 /* a code */
extern const struct route signup_routes[];	 /* the public form */
extern const struct route signup_own_routes[];	 /* the page of a secret */
extern const struct route signup_staff_routes[]; /* sign-ups of an event */
extern const struct route signup_form_routes[];	 /* what the form asks */
extern const size_t ticket_nroutes, signup_nroutes, signup_own_nroutes, signup_staff_nroutes,
    signup_form_nroutes;
/* Under the head of an event's page: "Sign up", or the way to the sign-ups for staff. */
event_section signup_on_event_page;

/* ---- shared among the pages: signup_draw_pages.c ---- */

/* "/events/5" in the request's arena, without language; tail "" or "/signup". */
const char *signup_path(struct view *v, int64_t event, const char *tail);
/* The event of the first {…} of the route, as far as this actor may see it. */
int signup_event(struct view *v, struct event *out) MUST;
/* "15.11.2024–17.11.2024" */
const char *signup_days(struct ctx *cx, const struct event *e);
/* What this actor may do with registration for the event: reads = staff of a body that organises it, writes =
 * of the one that leads it. */
struct signup_rights {
	bool reads, writes;
};
struct signup_rights signup_rights_of(struct ctx *cx, const struct event *e);

/* One sign-up as it is typed: what was sent, else what stands. */
struct signup_draft {
	struct event e;
	struct signup_form f;
	struct signup_question q[SIGNUP_QUESTIONS];
	size_t nq;
	const struct signup *old; /* NULL = a new one */
	struct ticket t[SIGNUP_PERSONS];
	size_t n;    /* tickets that are not revoked */
	bool office; /* typed by staff */
};
/* The fields between <form> and its button. */
void signup_draw_fields(struct view *v, const struct signup_draft *d);
/* What was sent, as the rules want it. */
void signup_read_fields(struct view *v, const struct signup_draft *d, struct signup_in *in);
/* What was refused about a field. */
void signup_field_said(struct view *v, const char *field);
/* Day, hour, place of the event, with a link to it. */
void signup_draw_event(struct view *v, const struct event *e);
/* A ticket with its QR code and code to type; paper: for the sheet. */
int signup_draw_ticket(
    struct view *v, const struct event *e, const struct ticket *t, bool paper) MUST;

#endif

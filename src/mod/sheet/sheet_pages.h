/* sheet_pages.h – the pages of paper, as tables of routes for app/, and what their files share. */
#ifndef MOD_SHEET_PAGES_H
#define MOD_SHEET_PAGES_H

#include "mod/sheet/sheet.h"
#include "ui/ui.h"

extern const struct route sheet_routes[];      /* the sheets of an event, one sheet for print */
extern const struct route sheet_type_routes[]; /* what is typed from it */
extern const struct route sheet_many_routes[];
extern const struct route sheet_picture_routes[]; /* pictures, a row beside its picture */
extern const struct route sheet_slip_routes[];	  /* counted heads */
extern const size_t sheet_nroutes, sheet_type_nroutes, sheet_many_nroutes, sheet_picture_nroutes,
    sheet_slip_nroutes;

/* What this actor may do with the paper of an event. */
struct paper_rights {
	bool reads, marks; /* staff of the lead's or a co-organiser's body */
	bool writes;	   /* the lead's: what goes into the event's own record */
};
/* A sheet of the address with its event and what this actor may do there. */
struct sheet_view {
	struct sheet s;
	struct event e;
	struct paper_rights can;
	struct sheet_size size;
	const char *title; /* of the event */
};
int sheet_of_path(struct view *v, struct sheet_view *out) MUST;
/* The same for typing: RC_DENIED unless this actor marks attendances there. */
int sheet_to_type(struct view *v, struct sheet_view *out) MUST;
/* "/sheets/5/type" without language; tail may be "". */
const char *sheet_path(struct view *v, int64_t id, const char *tail);
/* Opens the frame: crumbs, the pages of this sheet as chips; h1 unless NULL. now: "", "/type", … */
void sheet_frame(struct view *v, const struct sheet_view *s, const char *now, const char *h1);
/* RC_DENIED unless attendances may be marked at the event of the address. */
int sheet_event(struct view *v, struct event *e, struct paper_rights *can) MUST;
const char *sheet_event_path(struct view *v, int64_t id, const char *tail);
const char *sheet_event_days(struct ctx *cx, const struct event *e);
int sheet_body_title(struct ctx *cx, int64_t body, const char **out) MUST;
/* "07 · Name"; a spare row: "Т2 · Name" */
const char *row_name(struct ctx *cx, const struct sheet_view *s, const struct row_shown *r);
int sheet_print_page(struct view *v) MUST; /* sheet_print_pages.c */
void row_state_mark(struct view *v, const char *state);

#endif

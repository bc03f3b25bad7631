/* delivery_pages.h – the pages and the JSON of deliveries, as tables of routes for app/, and below what they share. */
#ifndef MOD_DELIVERY_PAGES_H
#define MOD_DELIVERY_PAGES_H

#include "mod/delivery/delivery_inner.h"
#include "ui/ui.h"

extern const struct route waybill_routes[];	  /* list, new, one with its steps */
extern const struct route waybill_stop_routes[];  /* a stop and its goods */
extern const struct route act_routes[];		  /* an act, its signature, undoing it */
extern const struct route waybill_print_routes[]; /* paper: the waybill, the distribution list */
extern const struct route chain_routes[];	  /* box → hand */
extern const struct route vehicle_routes[];
extern const struct route driver_routes[];	 /* the driver's list and pages */
extern const struct route driver_phone_routes[]; /* the same on a telephone without network */
extern const struct route delivery_api_routes[]; /* JSON */
extern const size_t waybill_nroutes, waybill_stop_nroutes, act_nroutes, waybill_print_nroutes,
    chain_nroutes, vehicle_nroutes, driver_nroutes, driver_phone_nroutes, delivery_api_nroutes;

/* ---- shared ---- */

/* "/waybills/5" in the arena, without language; tail "" or "/load". */
const char *waybill_path(struct view *v, int64_t id, const char *tail);
/* The waybill of the first {…}, with its headquarters. */
int waybill_of_path(struct view *v, struct waybill *w, struct headquarters *h) MUST;
/* The driver's own waybill of the first {…}. */
int driver_waybill(struct view *v, struct waybill *w) MUST;
void waybill_state_mark(struct view *v, const char *code);
void stop_state_mark(struct view *v, const char *code);
void act_state_mark(struct view *v, const struct delivery_act *a);
/* What a stop is called where no family may be named: the need's code with its district, or the place's name. */
int stop_title(struct view *v, const struct waybill_stop *s, const char **out) MUST;
/* "Blanket 4 pcs (lot 12)". */
int delivery_line_text(struct ctx *cx, const struct delivery_line *l, const char **out) MUST;
/* Who drives, loaded, entered it, by name, as the papers say it: accounts are no records of these readers, so ui_facts() has
 * their numbers alone. 0 = nothing is drawn. */
int delivery_account(struct view *v, const char *label, int64_t account) MUST;
/* A refusal of a rule in words above the page. */
void delivery_refusal(struct view *v);
/* The fields of a hand-over: quantities of what is left, result, reason, receiver, signature on paper. */
int act_draw_form(struct view *v, const struct waybill_stop *s, const char *path) MUST;
/* The posted form as an act, taken; *refused: drawn again with what is wrong in cx->err. */
int act_post_form(struct view *v, const struct waybill_stop *s, bool *refused) MUST;

#endif

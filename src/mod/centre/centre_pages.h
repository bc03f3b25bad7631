/* centre_pages.h – the pages of centres as tables of routes for app/, and below what they share. */
#ifndef MOD_CENTRE_PAGES_H
#define MOD_CENTRE_PAGES_H

#include "mod/centre/centre_inner.h"
#include "ui/ui.h"

extern const struct route centre_routes[]; /* centres, one centre, transfers, norms */
extern const struct route
    centre_arrival_routes[]; /* the desk, households, stays, the API's arrivals */
extern const struct route centre_print_routes[]; /* census sheet, slips */
extern const size_t centre_nroutes, centre_arrival_nroutes, centre_print_nroutes;

/* ---- shared among the pages: centre_pages.c ---- */

/* "84 of 120 people" or "84 people". */
const char *centre_filled(struct ctx *cx, int64_t people, int64_t capacity);
/* The place of the first {…} of the route, which must be a centre, with its headquarters. */
int centre_of_path(struct view *v, struct relief_place *p, struct headquarters *h) MUST;
/* Centres of a headquarters that take people, as options of a <select>; chosen 0 = none. */
int centre_options(struct view *v, int64_t headquarters, int64_t chosen) MUST;
/* arrival_api.c: POST /api/v1/arrivals */
int arrivals_api(struct view *v);

#endif

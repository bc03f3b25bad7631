/* plan_pages.h – the pages of plans, as tables of routes for app/, and what these files share. */
#ifndef MOD_PLAN_PAGES_H
#define MOD_PLAN_PAGES_H

#include "mod/plan/plan.h"
#include "ui/ui.h"

extern const struct route plan_list_routes[]; /* all plans, a new one */
extern const struct route plan_routes[];      /* one plan and its steps */
extern const struct route plan_copy_routes[]; /* last year's plan */
extern const struct route plan_item_routes[]; /* items */
extern const struct route plan_fact_routes[]; /* plan against fact */
extern const struct route measure_routes[];   /* measures of campaigns */
extern const size_t plan_list_nroutes, plan_nroutes, plan_copy_nroutes, plan_item_nroutes,
    plan_fact_nroutes, measure_nroutes;

/* Sections of the pages of events and programmes; for event_section_add() and its sister. */
int plan_event_section(struct view *v, const struct event *e, const struct event_rights *can) MUST;
int measure_event_section(
    struct view *v, const struct event *e, const struct event_rights *can) MUST;
int measure_programme_section(struct view *v, const struct programme *p) MUST;

/* ---- shared among the pages ---- */

int plan_of_path(struct view *v, struct body_plan *out) MUST;
const char *plan_path(struct view *v, int64_t id, const char *tail);	  /* "/plans/5/edit" */
const char *plan_item_path(struct view *v, int64_t id, const char *tail); /* "/plan-items/5" */
void plan_state(struct view *v, const char *state);
void plan_fact_state(struct view *v, enum plan_fact f);
const char *plan_when(struct ctx *cx, const struct plan_item *i); /* day, or month */
bool plan_own(struct view *v, const struct body_plan *p);	  /* may write plans of this body */
/* Chips: plans, plan against fact. */
void plan_views(struct view *v, const char *path);
/* The version that a form carries; 0 = none, which is never the stored one. */
int64_t plan_version(struct view *v);

#endif

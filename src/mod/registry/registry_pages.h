/* registry_pages.h – routes of this module, and what its page files share. */
#ifndef MOD_REGISTRY_PAGES_H
#define MOD_REGISTRY_PAGES_H

#include "mod/registry/registry_reads.h"
#include "ui/ui.h"

extern const struct route registry_tree_routes[], registry_body_routes[],
    registry_body_edit_routes[], registry_office_routes[], registry_people_routes[],
    registry_duplicates_routes[], registry_person_edit_routes[], registry_membership_routes[],
    registry_reference_routes[];
extern const size_t registry_tree_nroutes, registry_body_nroutes, registry_body_edit_nroutes,
    registry_duplicates_nroutes, registry_office_nroutes, registry_people_nroutes,
    registry_person_edit_nroutes, registry_membership_nroutes, registry_reference_nroutes;

/* Reference lists that other modules own (kinds of events, observances): app hands them over at boot,
 * since a door to those modules would close a circle. The array outlives the program. */
void registry_reference_add(const struct kind *const *kinds, size_t n);

/* One section more on the page of a body, drawn by a module above this one; app hands it over at boot. */
void body_section_set(int (*draw)(struct view *v, int64_t body));

/* ---- registry_draw_pages.c: parts that several pages draw */
/* The day that ?on= asks for, else the business day. A day that does not exist is a field error "on",
 * status 422, and the business day. */
int page_day(struct view *v);
/* "On the day [15.11.2024] (Show)", a GET form to this path; 0 = no day. */
void draw_day_form(struct view *v, const char *path, int on);
/* State of an accreditation as shape and word; closed wins. */
void draw_body_state(struct view *v, const char *state, int valid_to, int closed);
/* From … until …: "01.02.2023", "continues". */
void draw_until(struct view *v, int to);
const char *iso(struct view *v, int day);	     /* "2024-11-15" in the arena */
const char *body_path(struct view *v, int64_t body); /* "/bodies/5" */
/* Fields to_day and end_reason, or others, named for a form. */
extern const char *const end_fields[];
/* Whether a write was refused so that the page is drawn again; sets the status, 422 or 409. */
bool was_refused(struct view *v, int rc);
void draw_field_error(struct view *v, const char *name);
void draw_version(struct view *v, int64_t version);
/* A short text field of a form drawn by hand, with what was typed. */
void draw_text_field(struct view *v, const char *name, const char *label, const char *value);

/* ---- registry_tree_pages.c: one body of a tree with what is beneath it, as a <li> */
struct body_tree {
	struct body_row *v;
	size_t n;
	int on;
};
void draw_tree_line(struct view *v, const struct body_tree *t, const struct body_row *b);
/* ---- registry_body_pages.c */
int draw_body_page(struct view *v, int64_t id) MUST;
/* ---- registry_people_pages.c: shown = a value just opened, with its label; NULL = none */
int draw_person_page(struct view *v, int64_t id, const char *shown_label, const char *shown) MUST;

#endif

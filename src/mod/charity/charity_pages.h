/* charity_pages.h – the pages of charity as tables of routes for app/, and below what they share. */
#ifndef MOD_CHARITY_PAGES_H
#define MOD_CHARITY_PAGES_H

#include "mod/charity/charity.h"
#include "ui/ui.h"

extern const struct route charity_routes[];	    /* public: all drives, one drive, a gift */
extern const struct route charity_drive_routes[];   /* a drive made and changed, its needs */
extern const struct route charity_donor_routes[];   /* donors */
extern const struct route charity_pledge_routes[];  /* pledges */
extern const struct route charity_receipt_routes[]; /* receipts, their chain and papers */
extern const struct route charity_family_routes[];  /* families */
extern const struct route charity_act_routes[];	    /* acts of handing over */
extern const size_t charity_nroutes, charity_drive_nroutes, charity_donor_nroutes,
    charity_pledge_nroutes, charity_receipt_nroutes, charity_family_nroutes, charity_act_nroutes;

/* ---- shared among the pages: charity_shared_pages.c ---- */

/* Opens a page with the way from /charity; `list` and `list_title` NULL = none between. */
void charity_frame(struct view *v, const char *list, const char *list_title, const char *title);
/* 422 or 409 where the reader can mend it; false: pass the outcome on. */
bool charity_refused(struct view *v, int rc);
const char *charity_path(struct view *v, const char *fmt, ...) PRINTF(2, 3);
/* A list of facts of the fields named, ended by NULL, as far as they may be read and are known. */
int charity_facts(
    struct view *v, const struct kind *k, const void *rec, const char *const *fields) MUST;
void drive_mark(struct view *v, const char *state);
void pledge_mark(struct view *v, const char *state);
/* "25 000 теңге", "12,5 кг". */
const char *charity_quantity(struct ctx *cx, const struct item *i, int64_t quantity);
/* The same in words: «он екі кг», of parts in the base unit: «он екі мың бес жүз г». */
const char *charity_quantity_words(struct ctx *cx, const struct item *i, int64_t quantity);
const char *charity_typed(struct view *v, const char *name); /* "" = absent */
/* An id of the form or the address; 0 = absent or none. */
int64_t charity_id(struct view *v, const char *name);
struct charity_choice {
	const char *name, *label, *none; /* none: text of the empty option; NULL = no such option */
	int64_t chosen;
	const char *first; /* condition that brings rows to the list; NULL = all */
};
/* <select> of the records of a kind as far as this actor sees them, at most some hundred. */
int charity_select(struct view *v, const struct kind *k, const struct charity_choice *c) MUST;
/* ---- goods as people write them: charity_units.c ---- */
struct goods_choice {
	const char *code, *title;
};
/* Items, or the open stores and vehicles, in the order of their titles. */
int charity_choices(struct ctx *cx, bool items, struct goods_choice **out, size_t *n) MUST;
void charity_options(
    struct view *v, const struct goods_choice *c, size_t n, const char *chosen_code);
/* The sums of a drive (0 = of all open ones) as a table. */
int charity_draw_sums(struct view *v, const struct charity_sum *s, size_t n, bool money) MUST;

/* ---- a form of goods: charity_lines_pages.c ---- */
struct lines_form {
	const char *path, *title, *list, *list_title, *verb;
	const char *day, *nonce, *drawn, *store;
	int64_t who, drive, pledge; /* who: donor or family */
	bool receipt;
	struct typed_line lines[FORM_LINES];
};
/* Empty, with a nonce of its own; what stands in the address is filled in (who=, drive=, pledge=). */
void lines_form_new(struct view *v, struct lines_form *f);
void lines_form_typed(struct view *v, struct lines_form *f);
int lines_form_draw(struct view *v, const struct lines_form *f) MUST;
/* RC_INVALID with field errors. */
int lines_form_post(struct view *v, const struct lines_form *f, struct charity_post *out) MUST;
/* The goods of a set as a table. */
void charity_draw_lines(struct view *v, const struct charity_line *l, size_t n, bool words);

/* ---- papers: charity_paper_pages.c ---- */
handler receipt_print_page, receipt_letter_page, act_print_page;

#endif

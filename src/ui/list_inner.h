/* list_inner.h – inside ui/: what the page of a list and its export share, so that they cannot differ. */
#ifndef UI_LIST_INNER_H
#define UI_LIST_INNER_H

#include "ui/parts.h"

enum { LIST_COLUMNS = 24, LIST_FILTERS = 10 };

struct list_view {
	struct view *v;
	const struct ui_list *l;
	const struct kind *k;
	struct query q;
	bool title; /* the first column is the title, by which rows are named */
	const struct field *cols[LIST_COLUMNS]; /* the others; those in the title are left out */
	size_t ncols;
	const char **ref_titles[LIST_COLUMNS]; /* by row; NULL for columns that are no references */
	const char *sort;		       /* "title", "first_day"; NULL = by id */
	bool desc;
	const struct pair *filters[LIST_FILTERS]; /* those of the address that apply */
	size_t nfilters;
	const struct pair *letter;	    /* letter=Ә of the address; NULL = none */
	const char *letters[QUERY_LETTERS]; /* first letters of the rows but for that filter */
	size_t nletters;
	struct list rows;
	int64_t count;
};

/* "first_day_from" → first_day and "from"; the end is "" for the bare name. NULL: no field. */
const struct field *list_filter_field(const struct kind *k, const char *name, const char **end);
bool list_has_search(const struct list_view *lv);
int list_filter_row(struct list_view *lv) MUST;
int list_chips(struct list_view *lv) MUST;
/* The address without any filter, but with order and the page's own parameters. */
const char *list_cleared(struct list_view *lv);

/* Titles of the references in the rows of lv: one query for each such column. */
int list_ref_titles(struct list_view *lv) MUST;
bool list_may_export(const struct list_view *lv);
/* The whole list as csv, xlsx or json, as the answer. */
int list_export(struct list_view *lv) MUST;

#endif

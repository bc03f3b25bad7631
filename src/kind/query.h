/* query.h – lists of records: scope, filters, order, pages, counts. Part of kind.h.
 *
 * One query object serves the page, the API, the export and the number above the list, so that they
 * cannot differ. Filter and sort take only fields that the actor may read. */
#ifndef KIND_QUERY_H
#define KIND_QUERY_H

#include "kind/kind.h"

enum { QUERY_VALS = 48, QUERY_LIMIT_MAX = 100 };
struct query {
	struct ctx *cx;
	const struct kind *kind;
	struct buf where;
	struct val vals[QUERY_VALS];
	size_t nvals;
	bool over;		  /* more conditions than fit: the list is refused */
	const struct field *sort; /* NULL = by id */
	bool by_title;		  /* by the sort key of the title */
	bool desc;
	int limit;	   /* 1…QUERY_LIMIT_MAX */
	int64_t known;	   /* as known at this moment; 0 = now. See query_known() */
	const char *after; /* cursor; NULL = from the start */
};
/* All rows that the actor may see, by id, 25. RC_DENIED if the kind is not readable. */
int query_init(struct ctx *cx, struct query *q, const struct kind *k) MUST;
/* The same with the rows that no list shows (kind.listed): to find one record. */
int query_init_all(struct ctx *cx, struct query *q, const struct kind *k) MUST;
/* One more condition; every ? is a value. Columns are written with the table's name. */
void query_and(struct query *q, const char *cond, struct vals v);
/* field=…, field_from=…, field_to=…, q=…, letter=…; RC_INVALID names the field (also one that may not be
 * read). Empty values are skipped. */
int query_filter(struct query *q, const char *name, const char *value) MUST;
/* "name", "-name", "title"; no reals and no pages of text (F_LONG): the cursor carries the value. */
int query_sort(struct query *q, const char *spec) MUST;
/* The list as known at a moment (kind/past.h). What was corrected since shows again, so it is for those
 * to whom history is open: else RC_DENIED. q= finds by the words of today. */
int query_known(struct query *q, int64_t known) MUST;
struct list {
	void *rows; /* n records of kind->size */
	size_t n;
	const char *next; /* cursor of the next page, NULL at the end */
};
static inline const void *
list_row(const struct list *l, const struct kind *k, size_t i)
{
	return (const char *)l->rows + i * k->size;
}
int query_list(struct query *q, struct list *out) MUST;
/* The first letters of the titles of all rows, in the order of the list: "А", "Ә", "0" for any number,
 * "…" for what is neither (order_letters()). As many steps through the index as there are letters. */
enum { QUERY_LETTERS = 96 };
int query_letters(struct query *q, const char *out[QUERY_LETTERS], size_t *n) MUST;
int query_count(struct query *q, int64_t *out) MUST;
/* Every row, one after another, without paging (exports). Return RC_OK to go on. */
int query_each(
    struct query *q, int (*row)(struct ctx *cx, const void *rec, void *arg), void *arg) MUST;

#endif

/* plan_inner.h – what the files of this module share. */
#ifndef MOD_PLAN_INNER_H
#define MOD_PLAN_INNER_H

#include "mod/plan/plan.h"

void plan_scope(struct ctx *cx, struct query *q);
void plan_item_scope(struct ctx *cx, struct query *q);
void plan_item_listed(struct ctx *cx, struct query *q);
int plan_writable(struct ctx *cx, const void *old, const void *rec);
int plan_item_writable(struct ctx *cx, const void *old, const void *rec);
int plan_prepare(struct ctx *cx, const void *old, void *rec);
int plan_item_prepare(struct ctx *cx, const void *old, void *rec);
int plan_check(struct ctx *cx, const void *old, const void *rec);
int plan_item_check(struct ctx *cx, const void *old, const void *rec);
int measure_writable(struct ctx *cx, const void *old, const void *rec);
int measure_prepare(struct ctx *cx, const void *old, void *rec);
int measure_value_writable(struct ctx *cx, const void *old, const void *rec);
int measure_value_check(struct ctx *cx, const void *old, const void *rec);
void measure_value_scope(struct ctx *cx, struct query *q);
bool plan_blank(const char *s);

/* ---- RULE plan-4 in SQL, of plan_item i: the event that stands for it, and what became of it. %s is the
 * place of the present month (yyyymm) among the values. */
#define PLAN_EVENT_JOIN                                                         \
	" LEFT JOIN event e1 ON e1.id = i.event LEFT JOIN event e2 ON e2.id = " \
	"coalesce(e1.moved_to, e1.id) LEFT JOIN event e ON e.id = coalesce(e2.merged_into, e2.id)"
#define PLAN_FACT                                                                     \
	"CASE WHEN i.dropped_on IS NOT NULL OR e.state = 'cancelled' THEN 3"          \
	" WHEN e.state IN ('held', 'reported') THEN 0"                                \
	" WHEN (CASE WHEN e.state <> 'postponed' AND e.first_day / 100 > i.due / 100" \
	" THEN e.first_day / 100 ELSE i.due / 100 END) < $%zu THEN 1"                 \
	" WHEN e.state = 'postponed' OR e.first_day / 100 > i.due / 100"              \
	" OR i.was_due / 100 < i.due / 100 THEN 2 ELSE 4 END"
/* RULE plan-6: of plan p and its item i, whether the item counts. */
#define PLAN_COUNTED                                                                          \
	"p.state = 'approved' AND i.left_out_on IS NULL AND (p.quarter <> '0' OR NOT EXISTS " \
	"(SELECT "                                                                            \
	"1 FROM plan pq WHERE pq.body = p.body AND pq.year = p.year AND pq.state = "          \
	"'approved' AND CAST(pq.quarter AS BIGINT) = (i.due / 100 % 100 + 2) / 3))"

#endif

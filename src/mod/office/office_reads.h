/* office_reads.h – the queries behind home and today. */
#ifndef MOD_OFFICE_READS_H
#define MOD_OFFICE_READS_H

#include "kind/kind.h"

/* Week of the ring: 1 = 1–7 January, 2 = 8–14, … 53 holds the last one or two days. */
int week_of_year(int day);
/* Events of events_total by such weeks and by month, up to the business day. */
int reads_weeks(struct ctx *cx, int year, int64_t week[54], int64_t month[13]) MUST;

struct coming {
	int64_t id;
	int day;
	const char *name, *starts, *place, *body;
};
/* Approved events from the day after the business day (or today's) on. */
int reads_coming(struct ctx *cx, int limit, struct coming **out, size_t *n) MUST;

struct body_line {
	int64_t id, members;
	const char *name, *word; /* word: "members", "learners" … in the number's form */
};
/* The bodies directly under the assembly with their active memberships (persons) today. */
int reads_home_bodies(struct ctx *cx, struct body_line **out, size_t *n) MUST;

struct choice_row {
	const char *code, *name;
};
/* Codes and names of a reference table ("body", "district") in the order of the reader's language. */
int reads_choices(struct ctx *cx, const char *table, struct choice_row **out, size_t *n) MUST;

struct task {
	const char *text, *detail, *path;
	const char *owner;  /* whose it is; NULL = not said */
	const char *button; /* NULL = "Open" */
	const char *post;   /* path of the one step that does it, with its button; NULL = none */
	const char *post_button;
	int64_t version; /* of the record, for the step */
};
struct tasks {
	struct task *late, *today, *soon;
	size_t nlate, ntoday, nsoon;
};
int reads_tasks(struct ctx *cx, struct tasks *out) MUST;

#endif

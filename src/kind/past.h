/* past.h – tables as they were known at an earlier moment.
 *
 * Two clocks: a record says for which days it holds (first_day, from_day … to_day), history says
 * since when the house knows it (history.at; SQL:2011 calls them application and system time). A
 * question "as known at K" is today's SELECT over tables as they stood at K.
 *
 * past_sql() puts a WITH before a SELECT, in which each table of a kind that the SELECT names is
 * shadowed by one of the same name and columns: rows not written since K as they are, rows written
 * or removed since out of their newest version in history before K, rows made since not at all. So the
 * SELECT itself does not change, and a list or a figure cannot mean two things. Tables that are kept beside
 * the records (tallies) are derived in the same way from the records by a past_view.
 *
 * K counts as whole second: everything recorded up to its end is known. A write gets its moment when
 * its request begins and is seen when it is committed; so an answer for the second that just passed
 * may still grow.
 *
 * Fields with F_TODAY, which protect people, stand as they stand today. Of rows out of history, fields
 * that only the person and case workers see, sealed ones and moments are NULL here (history holds them
 * sealed): no figure counts by them. Keys of order are today's. */
#ifndef KIND_PAST_H
#define KIND_PAST_H

#include "kind/kind.h"

/* The first moment that is no longer known at K, in µs. */
static inline int64_t
past_bound(int64_t known)
{
	return (known / US_PER_SECOND + 1) * US_PER_SECOND;
}

/* RULE figure-11: who may see records and lists as they were known. What a body's leader sees is decided
 * by who belongs to it today, which cannot be asked of tables as they were. */
static inline bool
past_may(const struct ctx *cx)
{
	return may(cx, CAP_HISTORY_READ) && !actor_scoped(cx->actor);
}
/* The moment that is asked for (moment_parse()); 0 for none, for now and for today. A field error
 * (known) for what is no moment and for one that lies ahead. */
void known_read(struct ctx *cx, const char *text, int64_t *out);

/* A table that is no kind, made out of kinds' tables: its SELECT yields the table's columns. */
struct past_view {
	const char *table, *select;
};
/* Handed over once at boot; the array stays the caller's. */
void past_views_set(const struct past_view *v, size_t n);

/* The same SELECT as known at `known`; 0 = now, and *sql comes back as it went in. sql begins with
 * SELECT; its parameters keep their numbers. In cx->arena. */
const char *past_sql(struct ctx *cx, int64_t known, const char *sql);

#endif

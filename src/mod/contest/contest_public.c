/* contest_public.c – what everybody may read of entrants, and which minors wait for a parent's consent.
 * RULE contest-8, contest-9. */
#include "mod/contest/contest_inner.h"
#include "mod/rights/rights.h"

enum { FULL_AGE = 18 };

const char *
contest_open_name(struct ctx *cx, const struct person *p)
{
	if (p->erased_on != 0 || p->restricted_on != 0)
		return "";
	/* Whose day of birth is not known may be a minor. */
	if (p->birth_day == 0 || age_on(p->birth_day, day_of_moment(cx->now)) < FULL_AGE)
		return p->given == NULL ? "" : p->given;
	return kind_title(cx, &person_kind, p);
}

static int
person_public(struct ctx *cx, const struct contest_entry *e, const char **out)
{
	struct person p;
	bool holds;

	TRY(kind_load(cx, &person_kind, e->person, &p));
	TRY(consent_holds(cx, e->person, "publish", cx->today, &holds));
	if (holds)
		*out = contest_open_name(cx, &p);
	return RC_OK;
}

int
contest_entrant_public(struct ctx *cx, const struct contest_entry *e, const char **out)
{
	*out = NULL;
	if (strcmp(e->type, "person") != 0)
		return contest_entrant(cx, e, out);
	if (e->person != 0)
		TRY(person_public(cx, e, out));
	if (*out == NULL || **out == '\0')
		*out = trf(cx, "entry %s", num(cx, e->number));
	return RC_OK;
}

static int
minor_without(struct ctx *cx, int64_t person, int first_day, bool *without)
{
	int64_t birth, age;
	bool holds;

	*without = false;
	TRY(db_int(cx, &birth, "SELECT birth_day FROM person WHERE id = $1", VALS(v_int(person))));
	age = age_on(birth, first_day);
	if (age == INT_NONE || age >= FULL_AGE)
		return RC_OK;
	TRY(consent_holds(cx, person, "records", cx->today, &holds));
	*without = !holds;
	return RC_OK;
}

int
contest_unconsented(struct ctx *cx, int64_t contest, int64_t **out, size_t *n)
{
	int64_t *entries, *people, first;
	size_t all, np, i, k;

	TRY(db_int(cx, &first,
	    "SELECT e.first_day FROM event e JOIN contest c ON c.event = e.id WHERE c.id = $1",
	    VALS(v_int(contest))));
	TRY(kind_ids(cx,
	    "SELECT id FROM contest_entry WHERE contest = $1 AND withdrawn_on IS NULL ORDER BY "
	    "number",
	    contest, &entries, &all));
	*out = arena_array(cx->arena, int64_t, all + 1);
	*n = 0;
	for (i = 0; i < all; i++) {
		bool without = false;

		TRY(kind_ids(cx,
		    "SELECT person FROM contest_entry WHERE id = $1 AND person IS NOT NULL UNION "
		    "SELECT "
		    "person FROM contest_member WHERE entry = $1 AND ended = 0 AND person IS NOT "
		    "NULL",
		    entries[i], &people, &np));
		for (k = 0; k < np && !without; k++)
			TRY(minor_without(cx, people[k], (int)first, &without));
		if (without)
			(*out)[(*n)++] = entries[i];
	}
	return RC_OK;
}

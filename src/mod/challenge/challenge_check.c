/* challenge_check.c – who sees and writes which challenges and entries, and what a challenge must be.
 *
 * A challenge is public with its event; a programme always is. Entries are for the secretariat and for the staff
 * of the body that leads the event or the programme: they name people. What everybody sees of an entry is
 * challenge_reads.c's to say. */
#include "mod/challenge/challenge_inner.h"

#include <string.h>

#define PUBLIC_EVENT                                                                         \
	"EXISTS (SELECT 1 FROM event WHERE event.id = challenge.event AND event.merged_into" \
	" IS NULL AND event.state IN ('approved', 'held', 'reported', 'postponed', 'cancelled'))"

static const char *
own_bodies(struct ctx *cx)
{
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	buf_str(&b, "(0");
	for (i = 0; i < cx->actor->nscope; i++)
		buf_printf(&b, ",%lld", (long long)cx->actor->scope[i]);
	buf_char(&b, ')');
	return b.p;
}

void
challenge_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_EVENT_READ))
		query_and(q, "challenge.event IS NULL OR " PUBLIC_EVENT, NO_VALS);
	else if (actor_scoped(cx->actor))
		query_and(q,
		    arena_printf(cx->arena,
			"challenge.event IS NULL OR " PUBLIC_EVENT
			" OR EXISTS (SELECT 1 FROM event WHERE event.id = challenge.event AND "
			"event.body IN %s)",
			own_bodies(cx)),
		    NO_VALS);
}

static const char *
own_condition(struct ctx *cx)
{
	const char *own = own_bodies(cx);

	return arena_printf(cx->arena,
	    "challenge_entry.challenge IN (SELECT c.id FROM challenge c LEFT JOIN event e ON e.id "
	    "= c.event LEFT JOIN programme p ON p.id = c.programme WHERE e.body IN %s OR p.body IN "
	    "%s)",
	    own, own);
}

void
challenge_entry_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q, own_condition(cx), NO_VALS);
}

const char *
challenge_own_entries(struct ctx *cx)
{
	return actor_scoped(cx->actor) ? arena_printf(cx->arena, " AND %s", own_condition(cx)) : "";
}

int
challenge_run_by(struct ctx *cx, const struct challenge *c)
{
	struct programme p;

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (!actor_scoped(cx->actor))
		return RC_OK;
	if (c->event != 0)
		return event_in_scope(cx, c->event, false);
	TRY(kind_load(cx, &programme_kind, c->programme, &p));
	return p.body != 0 && actor_in_scope(cx->actor, p.body)
		   ? RC_OK
		   : fail(cx, RC_DENIED,
			 N_("This belongs to another body; you may change only what is your own "
			    "body's."));
}

int
challenge_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct challenge *c = rec;

	(void)old; /* event and programme are fixed */
	return c->event == 0 && c->programme == 0 ? RC_OK : challenge_run_by(cx, c);
}

int
challenge_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct challenge *c = rec;

	(void)cx;
	if (old == NULL && (c->state == NULL || *c->state == '\0'))
		c->state = "open";
	return RC_OK;
}

int
challenge_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct challenge *c = rec, *was = old;

	if ((c->event == 0) == (c->programme == 0))
		fail_field(cx, "event", N_("A challenge belongs to one event or one programme."));
	if (c->from_day != 0 && c->to_day != 0 && c->to_day < c->from_day)
		fail_field(cx, "to_day", N_("The end lies before the beginning."));
	/* RULE challenge-2: what was agreed to can be told by its version. */
	if (was != NULL && c->consent != NULL && c->consent_version != NULL &&
	    strcmp(was->consent, c->consent) != 0 &&
	    strcmp(was->consent_version, c->consent_version) == 0)
		fail_field(cx, "consent_version",
		    N_("The text was changed: give it another version, since people agreed to the "
		       "earlier one."));
	return RC_OK;
}

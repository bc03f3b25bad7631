/* contest_check.c – who sees which rows of contests, who may write them, and when no longer.
 *
 * A contest and what it is judged by are public with their event, once entries are taken. Entries are seen by
 * the secretariat, by the leader who runs the contest, and by a leader whose body takes part: only its own
 * (RULE contest-8). Who sits on the jury of a blind contest sees no entry and no points through any door of
 * the staff until it is closed (RULE contest-4). */
#include "mod/contest/contest_inner.h"

/* ---- scopes ---- */

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

/* The lead body's staff and the secretariat; more = a further condition that is enough. */
static void
only_runners(struct ctx *cx, struct query *q, const char *contest, const char *more)
{
	if (!actor_scoped(cx->actor))
		return;
	query_and(q,
	    arena_printf(cx->arena,
		"%s IN (SELECT c.id FROM contest c JOIN event e ON e.id = c.event WHERE e.body IN "
		"%s)%s",
		contest, own_bodies(cx), more),
	    NO_VALS);
}

/* RULE contest-4: no door around the blind ballot, and none to other jurors' points before the end. Asked of today
 * beforehand, not inside the list: as known earlier (kind/past.h) nobody sits on a jury yet. A contest that went
 * back to being prepared keeps its entries, so that state is closed, too. */
static void
not_own_jury(struct ctx *cx, struct query *q, const char *contest, bool blind_only)
{
	int64_t *own;
	size_t n, i;
	struct buf b;

	if (cx->actor->person == 0)
		return;
	if (kind_ids(cx,
		blind_only ? "SELECT c.id FROM juror j JOIN contest c ON c.id = j.contest WHERE "
			     "j.person = $1 AND j.ended = 0 AND c.blind = 1 AND c.state NOT IN "
			     "('closed', 'signed') ORDER BY c.id"
			   : "SELECT c.id FROM juror j JOIN contest c ON c.id = j.contest WHERE "
			     "j.person = $1 AND j.ended = 0 AND c.state = 'judging' ORDER BY c.id",
		cx->actor->person, &own, &n) != RC_OK) {
		query_and(q, "1 = 0", NO_VALS);
		return;
	}
	if (n == 0)
		return;
	buf_init(&b, cx->arena, 0);
	buf_printf(&b, "%s NOT IN (0", contest);
	for (i = 0; i < n; i++)
		buf_printf(&b, ",%lld", (long long)own[i]);
	buf_char(&b, ')');
	query_and(q, b.p, NO_VALS);
}

void
contest_scope(struct ctx *cx, struct query *q)
{
	event_followed(cx, q, "contest.event");
	if (!may(cx, CAP_EVENT_READ))
		query_and(q, "contest.state <> 'draft'", NO_VALS);
}

static void
child_scope(struct ctx *cx, struct query *q, const char *table)
{
	event_followed(cx, q,
	    arena_printf(cx->arena,
		"(SELECT contest.event FROM contest WHERE contest.id = %s.contest)", table));
	if (!may(cx, CAP_EVENT_READ))
		query_and(q,
		    arena_printf(cx->arena,
			"EXISTS (SELECT 1 FROM contest WHERE contest.id = %s.contest AND "
			"contest.state <> 'draft')",
			table),
		    NO_VALS);
}

void
nomination_scope(struct ctx *cx, struct query *q)
{
	child_scope(cx, q, "nomination");
}

void
age_group_scope(struct ctx *cx, struct query *q)
{
	child_scope(cx, q, "age_group");
}

void
criterion_scope(struct ctx *cx, struct query *q)
{
	child_scope(cx, q, "criterion");
}

void
contest_entry_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "contest_entry.person");
	only_runners(cx, q, "contest_entry.contest",
	    arena_printf(cx->arena, " OR contest_entry.body IN %s", own_bodies(cx)));
	not_own_jury(cx, q, "contest_entry.contest", true);
}

void
contest_member_scope(struct ctx *cx, struct query *q)
{
	const char *of =
	    "(SELECT ce.contest FROM contest_entry ce WHERE ce.id = contest_member.entry)";

	person_unrestricted(cx, q, "contest_member.person");
	only_runners(cx, q, of,
	    arena_printf(cx->arena,
		" OR contest_member.entry IN (SELECT ce.id FROM contest_entry ce WHERE ce.body IN "
		"%s)",
		own_bodies(cx)));
	not_own_jury(cx, q, of, true);
}

void
juror_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "juror.person");
	only_runners(cx, q, "juror.contest", "");
}

void
juror_conflict_scope(struct ctx *cx, struct query *q)
{
	const char *of = "(SELECT cj.contest FROM juror cj WHERE cj.id = juror_conflict.juror)";

	person_unrestricted(cx, q, "juror_conflict.person");
	only_runners(cx, q, of, "");
	not_own_jury(cx, q, of, true);
}

void
contest_score_scope(struct ctx *cx, struct query *q)
{
	const char *of =
	    "(SELECT ce.contest FROM contest_entry ce WHERE ce.id = contest_score.entry)";

	only_runners(cx, q, of, "");
	not_own_jury(cx, q, of, false);
}

void
certificate_scope(struct ctx *cx, struct query *q)
{
	const char *own = own_bodies(cx);

	person_unrestricted(cx, q, "certificate.person");
	if (actor_scoped(cx->actor))
		query_and(q,
		    arena_printf(cx->arena,
			"certificate.body IN %s OR certificate.event IN (SELECT e.id FROM event e "
			"WHERE "
			"e.body IN %s)",
			own, own),
		    NO_VALS);
}

/* ---- stages and who runs it ---- */

int
contest_stage(const char *state)
{
	int i;

	for (i = 0; state != NULL && contest_states[i].code != NULL; i++)
		if (strcmp(contest_states[i].code, state) == 0)
			return i;
	return -1;
}

static int
others(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

static int
run_event(struct ctx *cx, int64_t event)
{
	int64_t body;
	int rc;

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (event == 0)
		return RC_OK; /* named by the kind */
	rc = db_int(cx, &body, "SELECT body FROM event WHERE id = $1", VALS(v_int(event)));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	return actor_in_scope(cx->actor, body) ? RC_OK : others(cx);
}

int
contest_run_by(struct ctx *cx, int64_t contest)
{
	int64_t event;
	int rc =
	    db_int(cx, &event, "SELECT event FROM contest WHERE id = $1", VALS(v_int(contest)));

	return rc == RC_OK ? run_event(cx, event) : rc;
}

struct actor
contest_program(const struct ctx *cx)
{
	struct actor a = actor_system;

	a.account = cx->actor->account;
	a.person = cx->actor->person;
	return a;
}

/* ---- who may write, and until when ---- */

int
contest_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct contest *was = old, *is = rec;

	if (was != NULL && contest_stage(was->state) == STAGE_SIGNED)
		return fail(
		    cx, RC_RULE, N_("The protocol is signed; the contest changes no more."));
	return run_event(cx, was != NULL ? was->event : is->event);
}

static int
load_contest(struct ctx *cx, int64_t id, struct contest *out)
{
	int rc = id == 0 ? RC_NOTFOUND : kind_load(cx, &contest_kind, id, out);

	if (rc != RC_NOTFOUND)
		return rc;
	fail_field(cx, "contest", N_("There is no such record."));
	return RC_INVALID;
}

/* RULE contest-1: what the jury judges by is fixed when it begins. */
int
contest_child_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct nomination *n = rec; /* age groups and criteria begin alike */
	struct contest c;

	(void)old;
	TRY(load_contest(cx, n->contest, &c));
	TRY(run_event(cx, c.event));
	return contest_stage(c.state) <= STAGE_OPEN
		   ? RC_OK
		   : fail(cx, RC_RULE,
			 N_("The jury has begun: nominations, age groups, criteria and weights are "
			    "fixed."));
}

_Static_assert(offsetof(struct nomination, contest) == offsetof(struct age_group, contest) &&
		   offsetof(struct nomination, contest) == offsetof(struct criterion, contest),
    "contest_child_writable() reads all three");

int
contest_entry_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct contest_entry *was = old, *is = rec;
	struct contest c;

	TRY(load_contest(cx, is->contest, &c));
	if (contest_stage(c.state) != STAGE_OPEN)
		return fail(cx, RC_RULE,
		    N_("Entries are made and changed only while they are taken. Afterwards one may "
		       "be withdrawn."));
	if (actor_scoped(cx->actor) && run_event(cx, c.event) != RC_OK) {
		err_clear(cx);
		if ((was != NULL && !actor_in_scope(cx->actor, was->body)) || is->body == 0 ||
		    !actor_in_scope(cx->actor, is->body))
			return others(cx);
	}
	return RC_OK;
}

int
contest_member_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct contest_member *m = rec;
	struct contest_entry e;

	(void)old;
	if (m->entry == 0)
		return RC_OK; /* named by the kind */
	TRY(kind_load(cx, &contest_entry_kind, m->entry, &e));
	return contest_entry_writable(cx, &e, &e);
}

int
juror_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct juror *was = old, *is = rec;
	struct contest c;
	int stage;

	TRY(load_contest(cx, is->contest, &c));
	TRY(run_event(cx, c.event));
	stage = contest_stage(c.state);
	if (stage <= STAGE_OPEN)
		return RC_OK;
	/* One may step down while the jury scores; nobody comes or becomes chair. */
	if (stage == STAGE_JUDGING && was != NULL && is->chair == was->chair && !was->ended)
		return RC_OK;
	return fail(
	    cx, RC_RULE, N_("The jury has begun: it may only lose a member, not gain one."));
}

int
juror_conflict_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct juror_conflict *k = rec;
	struct contest c;
	struct juror j;

	(void)old;
	if (k->juror == 0)
		return RC_OK; /* named by the kind */
	TRY(kind_load(cx, &juror_kind, k->juror, &j));
	TRY(load_contest(cx, j.contest, &c));
	TRY(run_event(cx, c.event));
	return contest_stage(c.state) < STAGE_CLOSED
		   ? RC_OK
		   : fail(cx, RC_RULE, N_("The contest is closed; conflicts are decided before."));
}

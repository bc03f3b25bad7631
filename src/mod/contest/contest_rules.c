/* contest_rules.c – the steps of a contest, and what may happen to its records on the way.
 *
 * RULE contest-2. open: from draft, anybody who runs it. judge: from open, when there are criteria, entries and
 * jurors, every hint of a conflict is decided, every entry has a juror who may score it, no minor's consent is
 * missing; then numbers are drawn by lot, if the jury is to see no names. close: when every juror scored all that he may; places are given
 * from the ranks. back: one state earlier, with a reason once the jury began; to taking entries only while
 * there are no points. */
#include <sodium.h>

#include "mod/contest/contest_inner.h"

static bool
is(const char *code, const char *wanted)
{
	return code != NULL && strcmp(code, wanted) == 0;
}

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* ---- what must be there before the jury begins ---- */

static int
check_jury(struct ctx *cx, const struct contest_table *t)
{
	struct conflict_hint *hint;
	size_t n, e, j;

	if (t->njurors == 0)
		return fail(cx, RC_RULE, N_("Name the jury first."));
	if (is(t->c.tie_rule, "chair") && !t->juror[0].chair)
		return fail(
		    cx, RC_RULE, N_("The tie rule asks the chair: name the chair of the jury."));
	TRY(contest_hints(cx, t->c.rec.id, &hint, &n));
	if (n > 0)
		return fail(cx, RC_RULE,
		    N_("Decide first about the likely conflicts of interest: %s are open."),
		    num(cx, (int64_t)n));
	for (e = 0; e < t->nentries; e++) {
		bool any = false;

		for (j = 0; j < t->njurors; j++)
			any = any || contest_ground(t, j, e) == NULL;
		if (!any)
			return fail(cx, RC_RULE, N_("No juror may score entry %s."),
			    num(cx, t->entry[e].number));
	}
	return RC_OK;
}

static int
check_ready(struct ctx *cx, const struct contest_table *t)
{
	int64_t *minors;
	size_t n;

	if (t->ncriteria == 0)
		return fail(cx, RC_RULE, N_("Set the criteria and their weights first."));
	if (t->nentries == 0)
		return fail(cx, RC_RULE, N_("There is no entry to be judged."));
	TRY(contest_unconsented(cx, t->c.rec.id, &minors, &n));
	if (n > 0)
		return fail(cx, RC_RULE,
		    N_("A parent's consent is missing for %s entries with minors."),
		    num(cx, (int64_t)n));
	return check_jury(cx, t);
}

/* ---- drawing numbers ---- */

/* Another order from a seed that was drawn before the write: it may run twice. */
struct lot {
	const unsigned char *seed;
	uint64_t used;
};

static uint64_t
draw(struct lot *l, uint64_t n)
{
	unsigned char out[8];
	uint64_t v, limit = UINT64_MAX - UINT64_MAX % n;

	do {
		uint64_t at = l->used++;

		crypto_generichash(
		    out, sizeof out, (const unsigned char *)&at, sizeof at, l->seed, 32);
		memcpy(&v, out, sizeof v);
	} while (v >= limit);
	return v % n;
}

/* Codes of three digits without order: nobody tells from one when the entry came. */
static int
draw_codes(struct ctx *cx, struct tx *tx, const struct contest_table *t, struct lot *l)
{
	size_t span = t->nentries * 4 < 900 ? 900 : t->nentries * 4, i;
	bool *taken = arena_array(cx->arena, bool, span);

	for (i = 0; i < t->nentries; i++) {
		struct contest_entry e = t->entry[i];
		size_t at;

		if (e.code != INT_NONE)
			continue;
		do
			at = (size_t)draw(l, span);
		while (taken[at]);
		taken[at] = true;
		e.code = 100 + (int64_t)at;
		TRY(kind_rewrite_tx(cx, tx, &contest_entry_kind, &e));
	}
	return RC_OK;
}

/* A second beginning draws anew: who saw the first lot knows nothing. */
static int
forget_codes(struct ctx *cx, struct tx *tx, struct contest_table *t)
{
	size_t i;

	for (i = 0; i < t->nentries; i++)
		if (t->entry[i].code != INT_NONE) {
			t->entry[i].code = INT_NONE;
			TRY(kind_rewrite_tx(cx, tx, &contest_entry_kind, &t->entry[i]));
		}
	return RC_OK;
}

/* ---- places ---- */

static int
check_complete(struct ctx *cx, const struct contest_table *t)
{
	size_t j, missing = 0, of;

	for (j = 0; j < t->njurors; j++)
		missing += contest_missing(t, j, &of);
	return missing == 0 ? RC_OK
			    : fail(cx, RC_RULE,
				  N_("Not all points are there: %s are missing. See who has not "
				     "scored what."),
				  num(cx, (int64_t)missing));
}

/* RULE contest-7: places from the ranks; what was decided otherwise stays. */
static int
give_places(struct ctx *cx, struct tx *tx, const struct contest_table *t)
{
	size_t i;

	for (i = 0; i < t->nentries; i++) {
		struct contest_entry e = t->entry[i];
		int64_t place = t->rank[i].place == 0 ? INT_NONE : t->rank[i].place;

		if (e.decided || e.place == place)
			continue;
		e.place = place;
		TRY(kind_rewrite_tx(cx, tx, &contest_entry_kind, &e));
	}
	return RC_OK;
}

static int
take_places(struct ctx *cx, struct tx *tx, const struct contest_table *t)
{
	size_t i;

	for (i = 0; i < t->nentries; i++) {
		struct contest_entry e = t->entry[i];

		e.place = INT_NONE;
		e.prize = e.decision = NULL;
		e.decided = false;
		TRY(kind_rewrite_tx(cx, tx, &contest_entry_kind, &e));
	}
	return RC_OK;
}

/* ---- steps ---- */

struct moving {
	const struct contest_step *s;
	unsigned char seed[32];
};

static int
no_scores(struct ctx *cx, int64_t contest)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM contest_score s JOIN contest_entry e ON e.id = s.entry WHERE "
	    "e.contest = $1",
	    VALS(v_int(contest))));
	return n == 0 ? RC_OK
		      : fail(cx, RC_RULE,
			    N_("There are points already: entries and weights stay as they are."));
}

static int
go_back(struct ctx *cx, struct tx *tx, struct contest_table *t, const char **state)
{
	switch (contest_stage(t->c.state)) {
	case STAGE_OPEN:
		*state = "draft";
		return RC_OK;
	case STAGE_JUDGING:
		TRY(no_scores(cx, t->c.rec.id));
		*state = "open";
		return forget_codes(cx, tx, t);
	case STAGE_CLOSED:
		*state = "judging";
		return take_places(cx, tx, t);
	default:
		return fail(cx, RC_RULE, N_("This step is not possible now."));
	}
}

static int
step(struct ctx *cx, struct tx *tx, const struct moving *m, struct contest_table *t)
{
	struct lot lot = { m->seed, 0 };
	int stage = contest_stage(t->c.state);
	const char *a = m->s->action, *state = NULL;

	if (is(a, "open") && stage == STAGE_DRAFT)
		state = "open";
	else if (is(a, "judge") && stage == STAGE_OPEN) {
		TRY(check_ready(cx, t));
		if (t->c.blind)
			TRY(draw_codes(cx, tx, t, &lot));
		state = "judging";
	} else if (is(a, "close") && stage == STAGE_JUDGING) {
		TRY(check_complete(cx, t));
		TRY(give_places(cx, tx, t));
		state = "closed";
	} else if (is(a, "back"))
		TRY(go_back(cx, tx, t, &state));
	if (state == NULL)
		return fail(cx, RC_RULE, N_("This step is not possible now."));
	t->c.state = state;
	if (!blank(m->s->reason))
		t->c.note =
		    arena_printf(cx->arena, "%s%s%s: %s", t->c.note == NULL ? "" : t->c.note,
			blank(t->c.note) ? "" : "\n", day_text(cx, cx->today), m->s->reason);
	return kind_rewrite_tx(cx, tx, &contest_kind, &t->c);
}

static int
move_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct moving *m = arg;
	struct contest_table t;

	TRY(contest_run_by(cx, m->s->id));
	TRY(contest_table(cx, m->s->id, &t));
	if (t.c.rec.version != m->s->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else changed this record meanwhile. Look at it again."));
	if (is(m->s->action, "back") && contest_stage(t.c.state) >= STAGE_JUDGING &&
	    blank(m->s->reason)) {
		fail_field(cx, "reason", N_("Say why it goes back."));
		return RC_INVALID;
	}
	return step(cx, tx, m, &t);
}

int
contest_move(struct ctx *cx, const struct contest_step *s)
{
	struct moving m = { s, { 0 } };

	randombytes_buf(m.seed, sizeof m.seed);
	return db_write(cx, move_fn, &m);
}

/* ---- removing what nothing names ---- */

static int
child_may_go(struct ctx *cx, const struct kind *k, const void *rec)
{
	int64_t n = 0;

	if (k != &criterion_kind)
		TRY(db_int(cx, &n,
		    arena_printf(
			cx->arena, "SELECT count(*) FROM contest_entry WHERE %s = $1", k->name),
		    VALS(v_int(((const struct rec *)rec)->id))));
	return n == 0 ? RC_OK
		      : fail(cx, RC_RULE, N_("%s entries stand under it; move them first."),
			    num(cx, n));
}

int
contest_child_remove(struct ctx *cx, const struct kind *k, int64_t id)
{
	return kind_remove(cx, &(struct kind_removal){ k, id, child_may_go, "contest,name" });
}

/* ---- entries ---- */

struct withdrawing {
	int64_t id, version;
	const char *reason;
};

static int
own_entry(struct ctx *cx, const struct contest_entry *e)
{
	if (contest_run_by(cx, e->contest) == RC_OK)
		return RC_OK;
	if (!may(cx, CAP_EVENT_WRITE) || e->body == 0 || !actor_in_scope(cx->actor, e->body))
		return RC_DENIED;
	err_clear(cx);
	return RC_OK;
}

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct withdrawing *w = arg;
	struct contest_entry e;

	TRY(kind_get(cx, &contest_entry_kind, w->id, &e));
	TRY(own_entry(cx, &e));
	if (e.rec.version != w->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else changed this record meanwhile. Look at it again."));
	if (e.withdrawn_on != 0)
		return fail(cx, RC_RULE, N_("This entry was withdrawn."));
	e.withdrawn_on = cx->today;
	e.withdraw_reason = w->reason;
	return kind_rewrite_tx(cx, tx, &contest_entry_kind, &e);
}

int
contest_entry_withdraw(struct ctx *cx, int64_t id, int64_t version, const char *reason)
{
	if (blank(reason))
		fail_field(cx, "reason", N_("Say why the entry is withdrawn."));
	TRY(fields_rc(cx));
	return db_write(cx, withdraw_fn, &(struct withdrawing){ id, version, reason });
}

static int
decide_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct contest_decision *d = arg;
	struct contest_entry e;
	struct contest c;

	TRY(kind_get(cx, &contest_entry_kind, d->entry, &e));
	TRY(contest_run_by(cx, e.contest));
	TRY(kind_load(cx, &contest_kind, e.contest, &c));
	if (e.rec.version != d->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else changed this record meanwhile. Look at it again."));
	if (contest_stage(c.state) != STAGE_CLOSED)
		return fail(cx, RC_RULE,
		    N_("Places and prizes are decided when the contest is closed and before the "
		       "protocol is signed."));
	e.place = d->place == 0 ? INT_NONE : d->place;
	e.prize = blank(d->prize) ? NULL : d->prize;
	e.decided = true;
	e.decision = d->reason;
	return kind_rewrite_tx(cx, tx, &contest_entry_kind, &e);
}

int
contest_decide(struct ctx *cx, const struct contest_decision *d)
{
	if (blank(d->reason))
		fail_field(cx, "reason", N_("A decision needs its reason."));
	if (d->place < 0 || d->place > 100000)
		fail_field(cx, "place", N_("A place is a number from 1 on; empty: no place."));
	TRY(fields_rc(cx));
	return db_write(cx, decide_fn, (void *)(uintptr_t)d);
}

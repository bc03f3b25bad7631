/* contest_score.c – points as jurors give them, from a screen or typed from paper. Each value is a record with
 * its versions; who typed it stands in its history. */
#include "mod/contest/contest_inner.h"

struct scoring {
	const struct score_in *in;
};

static int
check_pair(struct ctx *cx, const struct contest_table *t, const struct score_in *in)
{
	ptrdiff_t j = contest_juror_at(t, in->juror), e = contest_entry_at(t, in->entry);

	if (contest_stage(t->c.state) != STAGE_JUDGING)
		return fail(cx, RC_RULE, N_("Points are given only while the jury scores."));
	if (j < 0)
		return fail(cx, RC_RULE, N_("This juror is no longer on the jury."));
	if (e < 0)
		return fail(cx, RC_RULE, N_("This entry was withdrawn."));
	/* RULE contest-4 */
	if (contest_ground(t, (size_t)j, (size_t)e) != NULL)
		return fail(cx, RC_RULE,
		    N_("This juror does not score this entry: a conflict of interest is on "
		       "record."));
	return RC_OK;
}

static int
check_scale(struct ctx *cx, const struct contest_table *t, const struct score_in *in)
{
	size_t i;

	for (i = 0; i < in->n && i < t->ncriteria; i++)
		if (in->value[i] != INT_NONE &&
		    (in->value[i] < t->c.min_score || in->value[i] > t->c.max_score))
			fail_field(cx, arena_printf(cx->arena, "c%zu", i + 1),
			    N_("Points lie between %s and %s."), num(cx, t->c.min_score),
			    num(cx, t->c.max_score));
	return fields_rc(cx);
}

static int
put_one(struct ctx *cx, struct tx *tx, const struct score_in *in, const struct criterion *c,
    int64_t value)
{
	struct contest_score s;
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT id FROM contest_score WHERE juror = $1 AND entry = $2 AND criterion = $3",
	    VALS(v_int(in->juror), v_int(in->entry), v_int(c->rec.id)));

	if (rc == RC_OK) {
		TRY(kind_load(cx, &contest_score_kind, id, &s));
		if (s.value == value)
			return RC_OK;
		s.value = value;
		s.source = in->source;
		return kind_update_tx(cx, tx, &contest_score_kind, &s);
	}
	if (rc != RC_NOTFOUND)
		return rc;
	kind_empty(&contest_score_kind, &s);
	s.juror = in->juror;
	s.entry = in->entry;
	s.criterion = c->rec.id;
	s.value = value;
	s.source = in->source;
	return kind_insert_tx(cx, tx, &contest_score_kind, &s);
}

static int
put_all(struct ctx *cx, struct tx *tx, const struct score_in *in, const struct contest_table *t)
{
	size_t i;

	for (i = 0; i < in->n && i < t->ncriteria; i++)
		if (in->value[i] != INT_NONE)
			TRY(put_one(cx, tx, in, &t->criterion[i], in->value[i]));
	return RC_OK;
}

static int
score_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct scoring *s = arg;
	const struct actor *who = cx->actor;
	struct actor program = contest_program(cx);
	struct contest_table t;
	int64_t contest;
	int rc;

	TRY(db_int(cx, &contest, "SELECT contest FROM contest_entry WHERE id = $1",
	    VALS(v_int(s->in->entry))));
	TRY(contest_frame(cx, contest, &t));
	TRY(check_pair(cx, &t, s->in));
	TRY(check_scale(cx, &t, s->in));
	cx->actor = &program;
	rc = put_all(cx, tx, s->in, &t);
	cx->actor = who;
	return rc;
}

int
contest_score(struct ctx *cx, const struct score_in *in)
{
	int64_t key = (int64_t)kind_number(&juror_kind) << 48 | in->juror;

	return db_write_keys(cx, &key, 1, score_fn, &(struct scoring){ in });
}

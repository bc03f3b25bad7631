/* volunteer_sign.c – places and hours: signing up, withdrawing, arrival, leaving, corrections. All writes of one shift
 * hold its key, so that on PostgreSQL, too, one counts after the other has written. */
#include "mod/volunteer/volunteer_inner.h"

#include <string.h>

int64_t
shift_key(int64_t shift)
{
	struct shift_signup s = { .shift = shift };
	int64_t key[1];

	(void)kind_hot_keys(&shift_signup_kind, &s, key);
	return key[0];
}

int
shift_writer(struct ctx *cx)
{
	return may(cx, CAP_RELIEF_WRITE)
		   ? RC_OK
		   : fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

/* A sign-up is written by rules alone, as the house; the audit names the account all the same. */
static int
store(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	int rc;

	cx->actor = &house;
	rc = ((const struct rec *)rec)->id == 0 ? kind_insert_tx(cx, tx, k, rec)
						: kind_update_tx(cx, tx, k, rec);
	cx->actor = who;
	return rc;
}

/* ---- signing up ---- */

static int
there_already(struct ctx *cx, const struct signing *in, struct shift_signup *u, bool *there)
{
	int64_t id;
	int rc;

	rc = db_int(cx, &id, "SELECT id FROM shift_signup WHERE shift = $1 AND volunteer = $2",
	    VALS(v_int(in->wish.shift), v_int(in->volunteer)));
	*there = rc == RC_OK;
	if (rc == RC_NOTFOUND) {
		kind_empty(&shift_signup_kind, u);
		u->shift = in->wish.shift;
		u->volunteer = in->volunteer;
		return RC_OK;
	}
	TRY(rc);
	return kind_load(cx, &shift_signup_kind, id, u);
}

static bool
has_place(const struct shift_signup *u)
{
	return strcmp(u->state, "withdrawn") != 0 && strcmp(u->state, "no_show") != 0;
}

/* RULE volunteer-3, volunteer-4 */
int
shift_sign_tx(struct ctx *cx, struct tx *tx, const struct signing *in, int64_t *id)
{
	struct shift_signup u;
	struct volunteer v;
	struct shift s;
	const char *why;
	bool there;

	TRY(kind_load(cx, &volunteer_kind, in->volunteer, &v));
	TRY(kind_load(cx, &shift_kind, in->wish.shift, &s));
	if (in->code && !s.open)
		return RC_NOTFOUND;
	TRY(there_already(cx, in, &u, &there));
	if (there && has_place(&u)) {
		*id = u.rec.id;
		if (strcmp(u.role, in->wish.role) == 0)
			return RC_OK;
		return fail(cx, RC_RULE, N_("Signed up for this shift already: %s."),
		    option_label(cx, shift_roles, u.role));
	}
	TRY(volunteer_why(cx, &v, &s, in->wish.role, &why));
	if (why != NULL)
		return fail(cx, RC_RULE, "%s", why);
	u.role = in->wish.role;
	u.state = "signed";
	u.way = in->code ? "page" : "desk";
	u.entered_by = in->code ? 0 : cx->actor->account;
	u.signed_at = cx->now;
	u.day = s.day;
	u.arrived_at = u.left_at = u.withdrawn_at = 0;
	u.minutes = u.hours = INT_NONE;
	TRY(store(cx, tx, &shift_signup_kind, &u));
	*id = u.rec.id;
	return RC_OK;
}

struct signing_fn {
	const struct signing *in;
	int64_t id;
};

static int
sign_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct signing_fn *f = arg;

	return shift_sign_tx(cx, tx, f->in, &f->id);
}

int
shift_sign(struct ctx *cx, const struct signing *in, int64_t *id)
{
	struct signing_fn f = { in, 0 };
	int64_t key = shift_key(in->wish.shift);

	if (!in->code)
		TRY(shift_writer(cx));
	TRY(db_write_keys(cx, &key, 1, sign_fn, &f));
	*id = f.id;
	return RC_OK;
}

/* ---- what becomes of a sign-up ---- */

int64_t
shift_minutes(const struct shift *s, int64_t arrived_at, int64_t left_at)
{
	int64_t most = (s->ends_at - s->starts_at) / US_PER_MINUTE +
		       (s->overrun == INT_NONE ? SHIFT_OVERRUN : s->overrun),
		minutes = (left_at - arrived_at) / US_PER_MINUTE;

	return minutes < 0 ? 0 : minutes > most ? most : minutes;
}

struct moving {
	int64_t signup, at;
	const char *to;
	bool code;
	const struct shift_correction *correction;
};
struct moved {
	struct shift_signup u;
	struct shift s;
	int64_t at;
};

static void
count(struct moved *m)
{
	m->u.minutes = shift_minutes(&m->s, m->u.arrived_at, m->u.left_at);
	m->u.hours = (m->u.minutes + 30) / 60;
}

static int
arrive(struct ctx *cx, struct moved *m)
{
	int64_t need, filled;
	struct volunteer v;

	if (m->u.arrived_at != 0)
		return RC_OK; /* pressed twice is once */
	if (strcmp(m->u.state, "withdrawn") == 0)
		return fail(cx, RC_RULE, N_("This sign-up was withdrawn. Sign up anew."));
	TRY(kind_load(cx, &volunteer_kind, m->u.volunteer, &v));
	/* RULE volunteer-6 */
	if (v.briefed_on == 0)
		return fail(
		    cx, RC_RULE, N_("Not briefed yet: brief first, then note the arrival."));
	if (strcmp(m->u.state, "no_show") == 0) {
		TRY(shift_filled(cx, m->u.shift, m->u.role, &need, &filled));
		if (filled >= need)
			return fail(cx, RC_RULE,
			    N_("The place was given to somebody else since. All places are "
			       "taken."));
	}
	m->u.arrived_at = m->at;
	m->u.state = "arrived";
	return RC_OK;
}

static int
leave(struct ctx *cx, struct moved *m)
{
	if (m->u.left_at != 0)
		return RC_OK;
	if (m->u.arrived_at == 0)
		return fail(cx, RC_RULE, N_("The arrival is not noted."));
	if (m->at < m->u.arrived_at)
		return fail(cx, RC_RULE, N_("It ends before it begins."));
	m->u.left_at = m->at;
	m->u.state = "left";
	count(m);
	return RC_OK;
}

static int
give_back(struct ctx *cx, struct moved *m, const char *to)
{
	if (strcmp(m->u.state, to) == 0)
		return RC_OK;
	if (m->u.arrived_at != 0)
		return fail(cx, RC_RULE, N_("Has come already."));
	if (strcmp(to, "no_show") == 0 && strcmp(m->u.state, "withdrawn") == 0)
		return fail(cx, RC_RULE, N_("This sign-up was withdrawn. Sign up anew."));
	if (strcmp(to, "no_show") == 0 && m->s.starts_at > cx->now)
		return fail(cx, RC_RULE, N_("The shift has not begun yet."));
	m->u.state = to;
	if (strcmp(to, "withdrawn") == 0)
		m->u.withdrawn_at = cx->now;
	return RC_OK;
}

/* The form sent twice is one entry. */
static int
corrected_so(struct ctx *cx, const struct moved *m, const struct shift_correction *c, bool *already)
{
	int64_t n = 0;

	if (c->reason != NULL && m->u.arrived_at == c->arrived_at && m->u.left_at == c->left_at)
		TRY(db_int(cx, &n,
		    "SELECT count(*) FROM shift_correction WHERE shift_signup = $1 AND arrived_at "
		    "= $2 AND left_at = $3 AND reason = $4",
		    VALS(v_int(m->u.rec.id), v_int(c->arrived_at), v_int(c->left_at),
			v_text(c->reason))));
	*already = n > 0;
	return RC_OK;
}

/* RULE volunteer-5: a correction stands beside what was noted and takes its place in the count. */
static int
correct(struct ctx *cx, struct tx *tx, struct moved *m, const struct shift_correction *in)
{
	struct shift_correction c = *in;
	bool already;

	if (m->u.arrived_at == 0)
		return fail(cx, RC_RULE, N_("The arrival is not noted."));
	c.rec.id = 0;
	c.reason = relief_trim(cx->arena, in->reason);
	c.author = cx->actor->account;
	TRY(corrected_so(cx, m, &c, &already));
	if (already)
		return RC_OK;
	TRY(store(cx, tx, &shift_correction_kind, &c));
	m->u.arrived_at = c.arrived_at;
	m->u.left_at = c.left_at;
	m->u.state = "left";
	count(m);
	return RC_OK;
}

static int
change(struct ctx *cx, struct tx *tx, struct moved *m, const struct moving *in)
{
	if (in->correction != NULL)
		return correct(cx, tx, m, in->correction);
	if (strcmp(in->to, "arrived") == 0)
		return arrive(cx, m);
	if (strcmp(in->to, "left") == 0)
		return leave(cx, m);
	return give_back(cx, m, in->to);
}

static int
move_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct moving *in = arg;
	struct moved m;

	TRY(kind_load(cx, &shift_signup_kind, in->signup, &m.u));
	TRY(kind_load(cx, &shift_kind, m.u.shift, &m.s));
	if (in->code && m.s.starts_at <= cx->now)
		return fail(cx, RC_RULE, N_("The shift has begun: tell the desk."));
	m.at = in->at == 0 ? cx->now : in->at;
	TRY(change(cx, tx, &m, in));
	return store(cx, tx, &shift_signup_kind, &m.u);
}

static int
move(struct ctx *cx, struct moving in)
{
	int64_t shift, key;

	if (!in.code)
		TRY(shift_writer(cx));
	if (in.at > cx->now)
		return fail(cx, RC_RULE, N_("This moment lies ahead."));
	TRY(db_int(
	    cx, &shift, "SELECT shift FROM shift_signup WHERE id = $1", VALS(v_int(in.signup))));
	key = shift_key(shift);
	return db_write_keys(cx, &key, 1, move_fn, &in);
}

int
shift_withdraw(struct ctx *cx, int64_t signup, bool code)
{
	return move(cx, (struct moving){ .signup = signup, .to = "withdrawn", .code = code });
}

int
shift_arrive(struct ctx *cx, int64_t signup, int64_t at)
{
	return move(cx, (struct moving){ .signup = signup, .to = "arrived", .at = at });
}

int
shift_leave(struct ctx *cx, int64_t signup, int64_t at)
{
	return move(cx, (struct moving){ .signup = signup, .to = "left", .at = at });
}

int
shift_no_show(struct ctx *cx, int64_t signup)
{
	return move(cx, (struct moving){ .signup = signup, .to = "no_show" });
}

int
shift_correct(struct ctx *cx, const struct shift_correction *in)
{
	return move(cx, (struct moving){ .signup = in->shift_signup, .correction = in });
}

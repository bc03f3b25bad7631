/* role_request.c – see role_request.h. The check sits in the kind's own row (account_kinds.c), so that
 * no door goes around it; what is here only writes down who asked and who decided. */
#include "core/role_request.h"

#include "core/inner.h"

bool
role_needs_two(enum role r)
{
	return r == ROLE_HEAD || r == ROLE_AUDITOR || r == ROLE_ADMIN;
}

static bool
is_program(const struct ctx *cx)
{
	return cx->actor->role == ROLE_SYSTEM;
}

static int
may_ask(struct ctx *cx)
{
	if (!may(cx, CAP_USERS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (cx->actor->token != 0)
		return fail(cx, RC_DENIED, N_("A role is given by a person, not with a token."));
	return RC_OK;
}

/* ---- asking ---- */

/* What would refuse it later is said now. */
static int
check_new(struct ctx *cx, const struct role_new *in)
{
	struct account_role r = { .account = in->account,
		.role = role_code(in->role),
		.body = in->body == 0 ? INT_NONE : in->body,
		.since = in->since,
		.until = in->until };
	const struct actor *me = cx->actor;
	int rc;

	if (in->role <= ROLE_GUEST || in->role >= ROLE_SYSTEM) {
		fail_field(cx, "role", N_("Choose one of the values offered."));
		return RC_INVALID;
	}
	if (in->until != 0 && in->until < role_day(cx))
		fail_field(cx, "until", N_("This day is over."));
	cx->actor = &actor_system;
	rc = kind_check(cx, &account_role_kind, NULL, &r);
	cx->actor = me;
	TRY(rc);
	return fields_rc(cx);
}

static int
not_asked_yet(struct ctx *cx, const struct role_new *in)
{
	int64_t one;
	int rc = db_int(cx, &one,
	    "SELECT id FROM role_request WHERE account = $1 AND role = $2 AND coalesce(body, 0) = "
	    "$3 AND state = 'open' AND expires_at > $4 LIMIT 1",
	    VALS(v_int(in->account), v_text(role_code(in->role)), v_int(in->body), v_int(cx->now)));

	if (rc == RC_NOTFOUND)
		return RC_OK;
	return rc != RC_OK
		   ? rc
		   : fail(cx, RC_RULE,
			 N_("This role is asked for already and waits for an administrator."));
}

static int
ask_tx(struct ctx *cx, struct tx *tx, const struct role_new *in, int64_t *request)
{
	TRY(not_asked_yet(cx, in));
	TRY(tx_int(cx, tx, request,
	    "INSERT INTO role_request (account, role, body, since, until, asked_at, asked_by, "
	    "expires_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open') RETURNING id",
	    VALS(v_int(in->account), v_text(role_code(in->role)), v_int_or(in->body, 0),
		v_int_or(in->since, 0), v_int_or(in->until, 0), v_int(cx->now),
		v_int(cx->actor->account), v_int(cx->now + ROLE_REQUEST_DAYS * US_PER_DAY))));
	tx_touch(tx, kind_number(&account_role_kind));
	return audit_tx(cx, tx, "ask", "role_request", *request, "account,role,body");
}

static int
insert_tx(struct ctx *cx, struct tx *tx, const struct role_new *in, int64_t *role)
{
	struct account_role r = { .account = in->account,
		.role = role_code(in->role),
		.body = in->body == 0 ? INT_NONE : in->body,
		.since = in->since,
		.until = in->until };

	TRY(kind_insert_tx(cx, tx, &account_role_kind, &r));
	*role = r.rec.id;
	return RC_OK;
}

int
role_give_tx(
    struct ctx *cx, struct tx *tx, const struct role_new *in, int64_t *role, int64_t *request)
{
	bool own = cx->actor->account != 0 && cx->actor->account == in->account;

	*role = *request = 0;
	TRY(check_new(cx, in));
	if (!is_program(cx) && (own || role_needs_two(in->role)))
		return ask_tx(cx, tx, in, request);
	return insert_tx(cx, tx, in, role);
}

struct give {
	const struct role_new *in;
	int64_t role, request;
};

static int
give_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct give *g = arg;
	struct account a;

	TRY(kind_load(cx, &account_kind, g->in->account, &a));
	return role_give_tx(cx, tx, g->in, &g->role, &g->request);
}

int
role_give(struct ctx *cx, const struct role_new *in, int64_t *role, int64_t *request)
{
	struct give g = { .in = in };

	TRY(may_ask(cx));
	TRY(db_write(cx, give_fn, &g));
	*role = g.role;
	*request = g.request;
	return RC_OK;
}

/* ---- who may decide ---- */

/* The account whose hand set this account's password last; 0 = its owner, or the program. */
static int
password_from(struct ctx *cx, int64_t account, int64_t *who)
{
	int rc = db_int(cx, who,
	    "SELECT account FROM audit WHERE kind = 'account' AND rec = $1 AND action IN "
	    "('create', 'password', 'reset_code') ORDER BY id DESC LIMIT 1",
	    VALS(v_int(account)));

	if (rc == RC_NOTFOUND || (rc == RC_OK && *who == account))
		*who = 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* Whether this account was lately in that one's hands: made, opened with a code, freed of its second
 * factor. Whoever held it could have signed in and set another password himself. */
static int
held_by(struct ctx *cx, int64_t account, int64_t who, bool *yes)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM audit WHERE kind = 'account' AND rec = $1 AND account = $2 AND "
	    "action IN ('create', 'password', 'reset_code', 'second_off') AND at > $3",
	    VALS(v_int(account), v_int(who), v_int(cx->now - ROLE_HANDS_OFF_DAYS * US_PER_DAY))));
	*yes = n > 0;
	return RC_OK;
}

static int
hindrance(struct ctx *cx, const struct role_request *q, const char **why)
{
	int64_t from;
	bool held;

	*why = NULL;
	if (is_program(cx))
		return RC_OK;
	if (q->asked_by == cx->actor->account)
		*why = N_("Another administrator decides what you have asked for.");
	else if (q->account == cx->actor->account)
		*why = N_("Another administrator decides about your own account.");
	else {
		TRY(password_from(cx, cx->actor->account, &from));
		if (from != 0 && from == q->asked_by)
			*why = N_("Your password came from the one who asks. Change it under “Your "
				  "account”, then decide.");
		TRY(held_by(cx, cx->actor->account, q->asked_by, &held));
		if (held)
			*why = N_(
			    "The one who asks has made your account, your password or a code for "
			    "you within 30 days. Somebody else decides, or the command line on "
			    "the server.");
	}
	return RC_OK;
}

int
role_request_holds(struct ctx *cx, const struct account_role *r)
{
	int64_t one;
	int rc;

	if (is_program(cx))
		return RC_OK;
	rc = db_int(cx, &one,
	    "SELECT 1 FROM role_request WHERE account = $1 AND role = $2 AND coalesce(body, 0) = $3"
	    " AND state = 'confirmed' AND decided_by = $4 AND asked_by <> $4 AND given IS NULL "
	    "LIMIT 1",
	    VALS(v_int(r->account), v_text(r->role), v_int(r->body == INT_NONE ? 0 : r->body),
		v_int(cx->actor->account)));
	return rc == RC_NOTFOUND
		   ? fail(cx, RC_RULE, N_("This role is given by two administrators together."))
		   : rc;
}

int
role_second_exists(struct ctx *cx, bool *yes)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM account_role r JOIN account a ON a.id = r.account WHERE r.role = "
	    "'admin' AND a.disabled = 0 AND a.password IS NOT NULL AND a.id <> $1 "
	    "AND " ROLE_IN_FORCE("r", "$2"),
	    VALS(v_int(cx->actor->account), v_int(role_day(cx)))));
	*yes = n > 0;
	return RC_OK;
}

/* ---- reading ---- */

#define REQUEST_COLUMNS                                                                    \
	"q.id, q.account, a.login, a.name, q.role, q.body, q.since, q.until, q.asked_at, " \
	"q.expires_at, q.asked_by, w.name FROM role_request q JOIN account a ON a.id = "   \
	"q.account LEFT JOIN account w ON w.id = q.asked_by "

static struct role_request
row_request(const struct rows *r)
{
	const char *asker = row_text(r, 11);

	return (struct role_request){ .id = row_int(r, 0),
		.account = row_int(r, 1),
		.login = row_text(r, 2),
		.name = row_text(r, 3),
		.role = row_text(r, 4),
		.body = row_int_or(r, 5, INT_NONE),
		.since = (int)row_int(r, 6),
		.until = (int)row_int(r, 7),
		.asked_at = row_int(r, 8),
		.expires_at = row_int(r, 9),
		.asked_by = row_int(r, 10),
		.asker = asker == NULL ? "" : asker };
}

int
role_requests(struct ctx *cx, int64_t account, struct role_request **out, size_t *n)
{
	enum { MAX = 200 };
	AUTO_ROWS r = { 0 };
	struct role_request *list = arena_array(cx->arena, struct role_request, MAX);
	size_t have = 0, i;

	if (!may(cx, CAP_USERS))
		return fail(cx, RC_DENIED, N_("Your role does not open this page."));
	TRY(db_rows(cx, &r,
	    "SELECT " REQUEST_COLUMNS
	    "WHERE q.state = 'open' AND q.expires_at > $1 AND ($2 = 0 OR q.account = $2)"
	    " ORDER BY q.asked_at, q.id LIMIT 200",
	    VALS(v_int(cx->now), v_int(account))));
	while (have < MAX && rows_next(&r))
		list[have++] = row_request(&r);
	TRY(rows_end(&r));
	for (i = 0; i < have; i++)
		TRY(hindrance(cx, &list[i], &list[i].hinder));
	*out = list;
	*n = have;
	return RC_OK;
}

static int
load_open(struct ctx *cx, int64_t id, struct role_request *q)
{
	AUTO_ROWS r = { 0 };
	bool found;

	TRY(db_rows(cx, &r,
	    "SELECT " REQUEST_COLUMNS "WHERE q.id = $1 AND q.state = 'open' AND q.expires_at > $2",
	    VALS(v_int(id), v_int(cx->now))));
	found = rows_next(&r);
	if (found)
		*q = row_request(&r);
	TRY(rows_end(&r));
	return found ? RC_OK
		     : fail(cx, RC_NOTFOUND,
			   N_("This request is decided already, or it is too old. Ask anew."));
}

/* ---- deciding ---- */

struct decide {
	int64_t request, role;
	const char *state, *action;
};

static int
close_tx(struct ctx *cx, struct tx *tx, const struct decide *d)
{
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE role_request SET state = $1, decided_at = $2, decided_by = $3 WHERE id = $4",
	    VALS(v_text(d->state), v_int(cx->now), v_int(cx->actor->account), v_int(d->request))));
	tx_touch(tx, kind_number(&account_role_kind));
	return audit_tx(cx, tx, d->action, "role_request", d->request, NULL);
}

static int
confirm_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct decide *d = arg;
	struct role_request q = { 0 };
	struct role_new in;
	const char *why;

	TRY(load_open(cx, d->request, &q));
	TRY(hindrance(cx, &q, &why));
	if (why != NULL)
		return fail(cx, RC_RULE, "%s", tr(cx, why));
	in = (struct role_new){ .account = q.account,
		.body = q.body == INT_NONE ? 0 : q.body,
		.since = q.since,
		.until = q.until };
	if (!role_parse(q.role, &in.role))
		return fail(cx, RC_BUG, "a request for an unknown role: %s", q.role);
	TRY(close_tx(cx, tx, d));
	TRY(insert_tx(cx, tx, &in, &d->role));
	return tx_run(cx, tx, NULL, "UPDATE role_request SET given = $1 WHERE id = $2",
	    VALS(v_int(d->role), v_int(d->request)));
}

int
role_confirm(struct ctx *cx, int64_t request, int64_t *role)
{
	struct decide d = { .request = request, .state = "confirmed", .action = "confirm" };

	TRY(may_ask(cx));
	TRY(db_write(cx, confirm_fn, &d));
	if (role != NULL)
		*role = d.role;
	return RC_OK;
}

static int
refuse_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct decide *d = arg;
	struct role_request q = { 0 };

	TRY(load_open(cx, d->request, &q));
	if (q.asked_by == cx->actor->account && !is_program(cx)) {
		d->state = "withdrawn";
		d->action = "withdraw";
	}
	return close_tx(cx, tx, d);
}

int
role_refuse(struct ctx *cx, int64_t request)
{
	struct decide d = { .request = request, .state = "refused", .action = "refuse" };

	TRY(may_ask(cx));
	return db_write(cx, refuse_fn, &d);
}

/* account_kinds.c – accounts and their roles as record kinds, with the rules that hold at every door:
 * nobody raises himself, the last administrator stays, a leader leads a body.
 *
 * Sign-ins change failures, locked_until and the two last columns by plain SQL, without a version:
 * history would tell nothing with them. Person and body are plain numbers here, since their kinds
 * belong to a higher floor. */
#include "core/inner.h"
#include "core/role_request.h"
#include "kind/internal.h"

const struct option account_langs[] = {
	{ "kk", N_("Kazakh") },
	{ "ru", N_("Russian") },
	{ "en", N_("English") },
	{ NULL, NULL },
};
const struct option role_options[] = {
	{ "member", N_("member") },
	{ "door", N_("helper at the door") },
	{ "driver", N_("driver of relief goods") },
	{ "relief", N_("relief coordinator") },
	{ "leader", N_("leader of an association") },
	{ "clerk", N_("clerk of the secretariat") },
	{ "head", N_("head of the secretariat") },
	{ "auditor", N_("auditor") },
	{ "admin", N_("administrator") },
	{ NULL, NULL },
};

static const struct field account_fields[] = {
	F_TEXT(account, login, .label = N_("Login"),
	    .help = N_("3 to 32 small Latin letters, digits, and . - _"), .max = 32,
	    .flags = F_REQUIRED | F_FIXED | F_UNIQUE | F_LIST | F_SEARCH | F_NAME,
	    .privacy = PRIV_STAFF, .valid = login_error),
	F_TEXT(account, name, .label = N_("Full name"),
	    .flags = F_REQUIRED | F_LIST | F_SEARCH | F_NAME, .privacy = PRIV_STAFF),
	F_ENUM(account, lang, account_langs, .label = N_("Language"), .flags = F_REQUIRED,
	    .privacy = PRIV_STAFF),
	F_INT(account, person, .label = N_("Person"), .min = 1, .max = INT64_C(1) << 53,
	    .privacy = PRIV_STAFF),
	F_TEXT(account, email, .label = N_("E-mail"), .max = 254, .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_BOOL(account, disabled, .label = N_("Disabled"), .flags = F_RULED | F_LIST | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_SEALED(account, password, .label = N_("Password"), .flags = F_RULED | F_UNVERSIONED,
	    .privacy = PRIV_SEALED),
	F_INT(account, failures, .label = N_("Failed attempts"), .flags = F_RULED | F_UNVERSIONED,
	    .privacy = PRIV_STAFF),
	F_TIME(account, failed_at, .label = N_("Last failed attempt"),
	    .flags = F_RULED | F_UNVERSIONED, .privacy = PRIV_STAFF),
	F_TIME(account, locked_until, .label = N_("Locked until"), .flags = F_RULED | F_UNVERSIONED,
	    .privacy = PRIV_STAFF),
	F_TIME(account, last_sign_in, .label = N_("Last sign-in"),
	    .flags = F_RULED | F_LIST | F_UNVERSIONED, .privacy = PRIV_STAFF),
	F_TIME(account, before_last, .label = N_("Sign-in before"),
	    .flags = F_RULED | F_UNVERSIONED, .privacy = PRIV_STAFF),
};

static int
account_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct account *a = rec;

	(void)cx;
	if (old == NULL && a->failures == INT_NONE)
		a->failures = 0;
	if (a->lang == NULL)
		a->lang = "kk";
	return RC_OK;
}

int
admin_remains(struct ctx *cx, int64_t without)
{
	int64_t is, others;

	TRY(db_int(cx, &is,
	    "SELECT count(*) FROM account_role r WHERE r.account = $1 AND r.role = 'admin' "
	    "AND " ROLE_IN_FORCE("r", "$2"),
	    VALS(v_int(without), v_int(role_day(cx)))));
	if (is == 0)
		return RC_OK;
	/* A role that ends would leave the house without an administrator one day. */
	TRY(db_int(cx, &others,
	    "SELECT count(*) FROM account_role r JOIN account a ON a.id = r.account WHERE r.role = "
	    "'admin'"
	    " AND a.disabled = 0 AND a.password IS NOT NULL AND a.id <> $1 AND r.until IS NULL "
	    "AND " ROLE_IN_FORCE("r", "$2"),
	    VALS(v_int(without), v_int(role_day(cx)))));
	return others > 0 ? RC_OK
			  : fail(cx, RC_RULE,
				N_("This is the last administrator. Name another one first."));
}

static int
account_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct account *was = old, *is = rec;

	if (was == NULL || was->disabled || !is->disabled)
		return RC_OK;
	if (cx->actor->account == is->rec.id)
		return fail(cx, RC_RULE, N_("Nobody disables the own account."));
	return admin_remains(cx, is->rec.id);
}

static struct kind_state account_state;
const struct kind account_kind = {
	.name = "account",
	.label = N_("Account"),
	.plural = N_("Accounts"),
	.size = sizeof(struct account),
	.fields = account_fields,
	.nfields = ARRAY_LEN(account_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_USERS,
	.create = CAP_USERS,
	.edit = CAP_USERS,
	.staff = CAP_USERS,
	.prepare = account_prepare,
	.check = account_check,
	.state = &account_state,
};

static const struct field account_role_fields[] = {
	F_REF(account_role, account, &account_kind, .label = N_("Account"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_ENUM(account_role, role, role_options, .label = N_("Role"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_INT(account_role, body, .label = N_("Body"), .help = N_("Empty: the whole assembly"),
	    .min = 1, .max = INT64_C(1) << 53, .flags = F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_DAY(account_role, since, .label = N_("First day"), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_DAY(account_role, until, .label = N_("Last day"), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_TIME(account_role, used_at, .label = N_("Last used"), .flags = F_RULED | F_UNVERSIONED,
	    .privacy = PRIV_STAFF),
};

int
role_day(const struct ctx *cx)
{
	return day_of_moment(cx->now);
}

static int
account_role_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct account_role *is = rec, *was = old;

	if (cx->actor->account != 0 && (is->account == cx->actor->account ||
					   (was != NULL && was->account == cx->actor->account)))
		return fail(cx, RC_RULE, N_("Nobody changes the roles of the own account."));
	return RC_OK;
}

static int
body_known(struct ctx *cx, int64_t body)
{
	int64_t one;
	int rc = db_int(cx, &one, "SELECT 1 FROM body WHERE id = $1", VALS(v_int(body)));

	if (rc == RC_NOTFOUND) {
		fail_field(cx, "body", N_("There is no such record."));
		return RC_OK;
	}
	return rc;
}

static int
account_role_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct account_role *r = rec;
	int64_t twin;
	enum role role;
	int rc;

	if (r->role == NULL || r->account == 0)
		return RC_OK; /* named by the kind already */
	if (!role_parse(r->role, &role)) {
		fail_field(cx, "role", N_("Choose one of the values offered."));
		return RC_OK;
	}
	if (role == ROLE_LEADER && r->body == INT_NONE)
		fail_field(cx, "body", N_("A leader needs the body that is led."));
	if (role == ROLE_DOOR && r->body == INT_NONE)
		fail_field(
		    cx, "body", N_("A helper needs the body at whose events the door is kept."));
	if (role_needs_two(role) && r->body != INT_NONE)
		fail_field(
		    cx, "body", N_("This role is held in the whole assembly, not in one body."));
	if (r->since != 0 && r->until != 0 && r->until < r->since)
		fail_field(cx, "until", N_("The last day lies before the first."));
	if (r->body != INT_NONE)
		TRY(body_known(cx, r->body));
	if (old == NULL && role_needs_two(role))
		TRY(role_request_holds(cx, r));
	rc = db_int(cx, &twin,
	    "SELECT id FROM account_role WHERE account = $1 AND role = $2 AND coalesce(body, 0) = "
	    "$3 AND id <> $4 AND coalesce(until, 99991231) >= $5 AND coalesce(since, 0) <= $6"
	    " LIMIT 1",
	    VALS(v_int(r->account), v_text(r->role), v_int(r->body == INT_NONE ? 0 : r->body),
		v_int(r->rec.id), v_int(r->since == 0 ? role_day(cx) : r->since),
		v_int(r->until == 0 ? 99991231 : r->until)));
	if (rc == RC_OK)
		fail_field(cx, "role", N_("The account holds this role already."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static struct kind_state account_role_state;
const struct kind account_role_kind = {
	.name = "account_role",
	.label = N_("Role of an account"),
	.plural = N_("Roles of accounts"),
	.size = sizeof(struct account_role),
	.fields = account_role_fields,
	.nfields = ARRAY_LEN(account_role_fields),
	.read = CAP_USERS,
	.create = CAP_USERS,
	.edit = CAP_USERS,
	.staff = CAP_USERS,
	.writable = account_role_writable,
	.check = account_role_check,
	.state = &account_role_state,
};

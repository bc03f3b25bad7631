/* cli_users.c – accounts, roles that wait, second factors and tokens from the command line.
 *
 * Acts as the program: whoever may read the database and its key decides alone what takes two
 * administrators in the pages. Each line of a list is one record, its number first, parted by tabs. */
#include "app/cli_users.h"

#include <stdio.h>

#include "core/account.h"
#include "core/outbox.h"
#include "core/reset.h"
#include "core/role_request.h"
#include "core/second.h"
#include "core/session.h"
#include "core/sign_in_log.h"
#include "core/token.h"
#include "mod/registry/registry.h"

static int
usage(struct ctx *cx, const char *what)
{
	return fail(cx, RC_INVALID, "%s", what);
}

static const char *
moment_or(struct ctx *cx, int64_t us)
{
	return us == 0 ? "" : moment_text(cx, us);
}

static int
list(struct ctx *cx)
{
	struct account_row *rows;
	size_t n, i;

	TRY(account_list(cx, &rows, &n));
	for (i = 0; i < n; i++)
		printf("%lld\t%s\t%s\t%s\t%s\n", (long long)rows[i].account.rec.id,
		    rows[i].account.login, rows[i].account.name, rows[i].roles,
		    rows[i].account.disabled ? "disabled" : "");
	return RC_OK;
}

static int
add(struct ctx *cx, const struct opts *o)
{
	struct account_new in = { .login = o->argv[1], .lang = LANG_KK };
	const char *password;
	int64_t id;

	in.name = o->name == NULL ? in.login : o->name;
	if (o->role == NULL || !role_parse(o->role, &in.role))
		return usage(cx, "user add LOGIN --role member|leader|clerk|head|auditor|admin "
				 "[--body CODE] [--name NAME]");
	if (o->lang != NULL && !lang_parse(o->lang, &in.lang))
		return usage(cx, "--lang kk|ru|en");
	if (o->body != NULL)
		TRY(body_by_code(cx, o->body, &in.body));
	TRY(account_create(cx, &in, &id, &password));
	printf("login: %s\npassword: %s\n", in.login, password);
	return RC_OK;
}

/* ---- of one login ---- */

static int
give(struct ctx *cx, const struct opts *o, int64_t id)
{
	struct role_new in = { .account = id };
	int64_t role, request;

	if (o->role == NULL || !role_parse(o->role, &in.role) ||
	    (o->since != NULL && !day_parse(o->since, &in.since)) ||
	    (o->until != NULL && !day_parse(o->until, &in.until)))
		return usage(cx, "user give LOGIN --role member|leader|clerk|head|auditor|admin "
				 "[--body CODE] [--since DAY] [--until DAY]");
	if (o->body != NULL)
		TRY(body_by_code(cx, o->body, &in.body));
	TRY(role_give(cx, &in, &role, &request));
	printf("%lld\n", (long long)role);
	return RC_OK;
}

static int
roles(struct ctx *cx, const struct opts *o, int64_t id)
{
	struct account_role *r;
	size_t n, i;

	(void)o;
	TRY(account_roles(cx, id, &r, &n));
	for (i = 0; i < n; i++)
		printf("%lld\t%s\t%lld\t%s\t%s\t%s\n", (long long)r[i].rec.id, r[i].role,
		    (long long)(r[i].body == INT_NONE ? 0 : r[i].body), day_text(cx, r[i].since),
		    day_text(cx, r[i].until), moment_or(cx, r[i].used_at));
	return RC_OK;
}

static int
password(struct ctx *cx, const struct opts *o, int64_t id)
{
	const char *drawn = NULL;

	TRY(account_set_password(cx, id, NULL, NULL, &drawn));
	printf("login: %s\npassword: %s\n", o->argv[1], drawn);
	return RC_OK;
}

static int
reset(struct ctx *cx, const struct opts *o, int64_t id)
{
	struct reset_code r;

	TRY(reset_make(cx, id, &r));
	printf(
	    "login: %s\ncode: %s\nuntil: %s\n", o->argv[1], r.code, moment_text(cx, r.expires_at));
	return RC_OK;
}

static int
second(struct ctx *cx, const struct opts *o, int64_t id)
{
	(void)o;
	return second_off(cx, id, NULL);
}

static int
sign_ins(struct ctx *cx, const struct opts *o, int64_t id)
{
	enum { SHOWN = 100 };
	struct sign_in_row *s;
	size_t n, i;

	(void)o;
	TRY(sign_in_log(cx, id, SHOWN, &s, &n));
	for (i = 0; i < n; i++)
		printf("%s\t%s\t%s\t%s\t%s\n", moment_text(cx, s[i].at), s[i].outcome, s[i].how,
		    s[i].device, s[i].new_place ? "new place" : "");
	return RC_OK;
}

static int
sign_out(struct ctx *cx, const struct opts *o, int64_t id)
{
	int64_t ended;

	(void)o;
	TRY(session_end_all(cx, id, &ended));
	printf("%lld\n", (long long)ended);
	return RC_OK;
}

static int
disable(struct ctx *cx, const struct opts *o, int64_t id)
{
	(void)o;
	return account_disable(cx, id, true);
}

static int
enable(struct ctx *cx, const struct opts *o, int64_t id)
{
	(void)o;
	return account_disable(cx, id, false);
}

static const struct {
	const char *word;
	int (*run)(struct ctx *cx, const struct opts *o, int64_t id);
} of_login[] = { { "give", give }, { "roles", roles }, { "password", password }, { "reset", reset },
	{ "second-off", second }, { "sign-ins", sign_ins }, { "sign-out", sign_out },
	{ "disable", disable }, { "enable", enable } };

/* ---- of one number ---- */

static int
requests(struct ctx *cx)
{
	struct role_request *q;
	size_t n, i;

	TRY(role_requests(cx, 0, &q, &n));
	for (i = 0; i < n; i++)
		printf("%lld\t%s\t%s\t%lld\t%s\t%s\t%s\t%s\n", (long long)q[i].id, q[i].login,
		    q[i].role, (long long)(q[i].body == INT_NONE ? 0 : q[i].body),
		    day_text(cx, q[i].since), day_text(cx, q[i].until), q[i].asker,
		    moment_text(cx, q[i].expires_at));
	return RC_OK;
}

static int
confirm(struct ctx *cx, int64_t id)
{
	return role_confirm(cx, id, NULL);
}

static const struct {
	const char *word;
	int (*run)(struct ctx *cx, int64_t id);
} of_number[] = { { "take", account_role_remove }, { "confirm", confirm },
	{ "refuse", role_refuse } };

int
user_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	int64_t id;
	size_t i;

	(void)a;
	if (o->argc == 1 && strcmp(o->argv[0], "list") == 0)
		return list(cx);
	if (o->argc == 1 && strcmp(o->argv[0], "requests") == 0)
		return requests(cx);
	if (o->argc == 3 && strcmp(o->argv[0], "email") == 0) {
		TRY(account_by_login(cx, o->argv[1], &id));
		return outbox_set_email(cx, id, o->argv[2], NULL);
	}
	if (o->argc != 2)
		return usage(cx, "user " USER_ARGS);
	if (strcmp(o->argv[0], "add") == 0)
		return add(cx, o);
	for (i = 0; i < ARRAY_LEN(of_number); i++)
		if (strcmp(o->argv[0], of_number[i].word) == 0)
			return num_parse(o->argv[1], &id) ? of_number[i].run(cx, id)
							  : usage(cx, "user " USER_ARGS);
	for (i = 0; i < ARRAY_LEN(of_login); i++)
		if (strcmp(o->argv[0], of_login[i].word) == 0) {
			TRY(account_by_login(cx, o->argv[1], &id));
			return of_login[i].run(cx, o, id);
		}
	return usage(cx, "user " USER_ARGS);
}

/* ---- tokens ---- */

static int
token_list_verb(struct ctx *cx, const struct opts *o)
{
	struct token_row *t;
	int64_t account = 0;
	size_t n, i;

	if (o->user != NULL)
		TRY(account_by_login(cx, o->user, &account));
	TRY(token_list(cx, account, &t, &n));
	for (i = 0; i < n; i++)
		printf("%lld\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", (long long)t[i].id, t[i].login,
		    t[i].label, t[i].reading ? "read" : "write", t[i].kinds, t[i].role,
		    moment_text(cx, t[i].expires_at),
		    t[i].revoked_at != 0 || t[i].expires_at <= cx->now ? "over" : "");
	return RC_OK;
}

/* The role of the login that the token is to act in. */
static int
role_of(struct ctx *cx, const struct opts *o, int64_t *role)
{
	struct account_role *r;
	int64_t account;
	size_t n, i;

	if (o->role == NULL)
		return RC_OK;
	TRY(account_by_login(cx, o->user, &account));
	TRY(account_roles(cx, account, &r, &n));
	for (i = 0; i < n && strcmp(r[i].role, o->role) != 0; i++)
		;
	if (i == n)
		return usage(cx, "--role: the account has no such role");
	*role = r[i].rec.id;
	return RC_OK;
}

static bool
part_known(const char *word, size_t n)
{
	static const char *const more[] = { "figures", "search", "lang" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(more); i++)
		if (strlen(more[i]) == n && strncmp(more[i], word, n) == 0)
			return true;
	for (i = 0; i < app_nkinds; i++)
		if (app_kinds[i]->plural_name != NULL && strlen(app_kinds[i]->plural_name) == n &&
		    strncmp(app_kinds[i]->plural_name, word, n) == 0)
			return true;
	return false;
}

static int
parts_check(struct ctx *cx, const char *kinds)
{
	const char *p = kinds;

	while (p != NULL && *(p += strspn(p, " ,")) != '\0') {
		size_t n = strcspn(p, " ,");

		if (!part_known(p, n))
			return usage(cx, arena_printf(cx->arena,
					     "--kinds: the API has no part “%.*s”", (int)n, p));
		p += n;
	}
	return RC_OK;
}

static int
token_make(struct ctx *cx, const struct opts *o)
{
	struct token_new in = { .login = o->user, .label = o->label, .kinds = o->kinds };
	const char *plain;
	int64_t days;

	if (o->user == NULL)
		return usage(cx, "token " TOKEN_ARGS);
	if (o->days != NULL) {
		if (!num_parse(o->days, &days) || days < 1 || days > TOKEN_DAYS_MAX)
			return usage(cx, "--days: 1 to 3650");
		in.days = (int)days;
	}
	if (o->scope != NULL && strcmp(o->scope, "read") != 0 && strcmp(o->scope, "write") != 0)
		return usage(cx, "--scope read|write");
	in.reading = o->scope != NULL && strcmp(o->scope, "read") == 0;
	TRY(parts_check(cx, o->kinds));
	TRY(role_of(cx, o, &in.role));
	TRY(token_create(cx, &in, &plain));
	printf("%s\n", plain);
	return RC_OK;
}

int
token_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	int64_t id;

	(void)a;
	if (o->argc == 1 && strcmp(o->argv[0], "create") == 0)
		return token_make(cx, o);
	if (o->argc == 1 && strcmp(o->argv[0], "list") == 0)
		return token_list_verb(cx, o);
	if (o->argc == 2 && strcmp(o->argv[0], "revoke") == 0 && num_parse(o->argv[1], &id))
		return token_revoke(cx, id);
	return usage(cx, "token " TOKEN_ARGS);
}

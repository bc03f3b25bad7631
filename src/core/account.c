/* account.c – making and changing accounts; see account.h. Hashing and drawing happen before the
 * write, since a write function may run twice and holds the one writer. */
#include "core/inner.h"
#include "core/role_request.h"
#include "core/session.h"
#include "kind/proof.h"

/* ---- creating ---- */

struct create {
	const struct account_new *in;
	const char *hash;
	int64_t id;
};

static int
create_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct create *c = arg;
	const struct account_new *in = c->in;
	struct account a = { .login = in->login,
		.name = in->name,
		.lang = lang_code(in->lang),
		.person = in->person == 0 ? INT_NONE : in->person };
	struct role_new r = { .role = in->role, .body = in->body };
	int64_t role, request;

	TRY(kind_insert_tx(cx, tx, &account_kind, &a));
	r.account = c->id = a.rec.id;
	TRY(role_give_tx(cx, tx, &r, &role, &request));
	return tx_run(cx, tx, NULL, "UPDATE account SET password = $1 WHERE id = $2",
	    VALS(v_text(c->hash), v_int(c->id)));
}

static int
may_users(struct ctx *cx)
{
	return may(cx, CAP_USERS)
		   ? RC_OK
		   : fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

static int
new_check(struct ctx *cx, const struct account_new *in, const char *password)
{
	const char *why;

	if ((why = login_error(in->login)) != NULL)
		fail_field(cx, "login", "%s", tr(cx, why));
	if (in->name == NULL || *in->name == '\0')
		fail_field(cx, "name", N_("This field is needed."));
	if (in->role <= ROLE_GUEST || in->role >= ROLE_SYSTEM)
		fail_field(cx, "role", N_("Choose one of the values offered."));
	if ((why = password_error(in->login, password)) != NULL)
		fail_field(cx, "password", "%s", tr(cx, why));
	return fields_rc(cx);
}

int
account_create(
    struct ctx *cx, const struct account_new *in, int64_t *out_id, const char **out_password)
{
	const char *drawn = in->password == NULL ? password_draw(cx->arena) : NULL;
	const char *password = drawn != NULL ? drawn : in->password;
	struct create c = { .in = in };

	TRY(may_users(cx));
	TRY(new_check(cx, in, password));
	TRY(password_hash(cx, password, &c.hash));
	TRY(db_write(cx, create_fn, &c));
	*out_id = c.id;
	if (out_password != NULL)
		*out_password = drawn;
	return RC_OK;
}

/* ---- changing ---- */

static int
change_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct account_edit *in = arg;
	struct account a;

	TRY(kind_load(cx, &account_kind, in->id, &a));
	a.rec.version = in->version;
	a.name = in->name;
	a.lang = lang_code(in->lang);
	a.person = in->person == 0 ? INT_NONE : in->person;
	return kind_update_tx(cx, tx, &account_kind, &a);
}

int
account_change(struct ctx *cx, const struct account_edit *in)
{
	TRY(may_users(cx));
	return db_write(cx, change_fn, (void *)(uintptr_t)in);
}

struct set_password {
	int64_t id, keep;
	const char *hash;
};

int
password_put_tx(struct ctx *cx, struct tx *tx, int64_t account, const char *hash, int64_t keep,
    const char *action)
{
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE account SET password = $1, failures = 0, failed_at = NULL, locked_until = NULL,"
	    " version = version + 1,"
	    " changed_at = $2 WHERE id = $3",
	    VALS(v_text(hash), v_int(cx->now), v_int(account))));
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM sign_in_wait WHERE account = $1", VALS(v_int(account))));
	TRY(session_end_all_tx(cx, tx, account, keep, NULL));
	tx_touch(tx, kind_number(&account_kind));
	return kind_told_tx(cx, tx, &account_kind, account, action, "password");
}

static int
set_password_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct set_password *p = arg;

	return password_put_tx(cx, tx, p->id, p->hash, p->keep, "password");
}

int
account_set_password(
    struct ctx *cx, int64_t id, const char *old, const char *fresh, const char **out_drawn)
{
	bool own = cx->actor->account != 0 && cx->actor->account == id;
	const char *drawn = fresh == NULL ? password_draw(cx->arena) : NULL, *why;
	struct set_password p = { .id = id, .keep = own ? cx->actor->session : 0 };
	struct account a;

	TRY(own_or_users(cx, id));
	if (cx->actor->token != 0)
		return fail(
		    cx, RC_DENIED, N_("A password is changed by a person, not with a token."));
	TRY(kind_load(cx, &account_kind, id, &a));
	db_end(cx);
	why = password_error(a.login, drawn != NULL ? drawn : fresh);
	if (why != NULL)
		fail_field(cx, "password", "%s", tr(cx, why));
	TRY(fields_rc(cx));
	if (own)
		TRY(password_prove(cx, id, old == NULL ? "" : old, "old"));
	TRY(password_hash(cx, drawn != NULL ? drawn : fresh, &p.hash));
	TRY(db_write(cx, set_password_fn, &p));
	if (out_drawn != NULL)
		*out_drawn = drawn;
	return RC_OK;
}

struct disable {
	int64_t id;
	bool disabled;
};

static int
disable_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct disable *d = arg;
	struct account a;

	TRY(kind_load(cx, &account_kind, d->id, &a));
	a.disabled = d->disabled;
	TRY(kind_update_tx(cx, tx, &account_kind, &a));
	return d->disabled ? session_end_all_tx(cx, tx, d->id, 0, NULL) : RC_OK;
}

int
account_disable(struct ctx *cx, int64_t id, bool disabled)
{
	TRY(may_users(cx));
	return db_write(cx, disable_fn, &(struct disable){ id, disabled });
}

/* ---- roles ---- */

static int
role_add_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct account_role *in = arg, r = *in;

	TRY(kind_insert_tx(cx, tx, &account_role_kind, &r));
	in->rec = r.rec;
	return RC_OK;
}

int
account_role_add(struct ctx *cx, int64_t account, enum role role, int64_t body, int64_t *out_id)
{
	struct account_role r = {
		.account = account, .role = role_code(role), .body = body == 0 ? INT_NONE : body
	};

	TRY(may_users(cx));
	TRY(db_write(cx, role_add_fn, &r));
	if (out_id != NULL)
		*out_id = r.rec.id;
	return RC_OK;
}

/* A role is the one kind of record that is removed; history and audit keep that it was there. */
static int
role_remove_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct account_role r;
	int64_t others;

	TRY(kind_load(cx, &account_role_kind, *(const int64_t *)arg, &r));
	TRY(account_role_kind.writable(cx, &r, &r));
	TRY(db_int(cx, &others, "SELECT count(*) FROM account_role WHERE account = $1 AND id <> $2",
	    VALS(v_int(r.account), v_int(r.rec.id))));
	if (others == 0)
		return fail(cx, RC_RULE,
		    N_("This is the only role of the account. Disable the account instead."));
	if (strcmp(r.role, role_code(ROLE_ADMIN)) == 0)
		TRY(admin_remains(cx, r.account));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM session WHERE role = $1", VALS(v_int(r.rec.id))));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM account_role WHERE id = $1", VALS(v_int(r.rec.id))));
	tx_touch(tx, kind_number(&account_role_kind));
	return kind_removed_tx(cx, tx, &account_role_kind, &r, "account,role,body");
}

int
account_role_remove(struct ctx *cx, int64_t role_id)
{
	TRY(may_users(cx));
	return db_write(cx, role_remove_fn, &role_id);
}

/* ---- reading ---- */

int
account_roles(struct ctx *cx, int64_t account, struct account_role **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	size_t room = 4, have = 0;
	struct account_role *list = arena_array(cx->arena, struct account_role, room);

	TRY(own_or_users(cx, account));
	TRY(db_rows(cx, &r,
	    "SELECT id, version, created_at, changed_at, account, role, body, since, until, used_at"
	    " FROM account_role WHERE account = $1 ORDER BY id",
	    VALS(v_int(account))));
	while (rows_next(&r)) {
		if (have == room) {
			struct account_role *more =
			    arena_array(cx->arena, struct account_role, room * 2);

			memcpy(more, list, have * sizeof *list);
			list = more;
			room *= 2;
		}
		list[have++] = (struct account_role){ .rec = { row_int(&r, 0), row_int(&r, 1),
							  row_int(&r, 2), row_int(&r, 3) },
			.account = row_int(&r, 4),
			.role = row_text(&r, 5),
			.body = row_int_or(&r, 6, INT_NONE),
			.since = (int)row_int(&r, 7),
			.until = (int)row_int(&r, 8),
			.used_at = row_int(&r, 9) };
	}
	TRY(rows_end(&r));
	*out = list;
	*n = have;
	return RC_OK;
}

static int
list_roles(struct ctx *cx, struct account_row *list, size_t n)
{
	AUTO_ROWS r = { 0 };
	struct buf *text = arena_array(cx->arena, struct buf, n == 0 ? 1 : n);
	size_t i;

	for (i = 0; i < n; i++)
		buf_init(&text[i], cx->arena, 4096);
	i = 0;
	TRY(db_rows(cx, &r,
	    "SELECT a.login, r.role, r.body FROM account_role r"
	    " JOIN account a ON a.id = r.account ORDER BY a.login, r.id",
	    NO_VALS));
	while (rows_next(&r)) {
		const char *login = row_text(&r, 0);

		while (i < n && strcmp(list[i].account.login, login) != 0)
			i++;
		if (i == n)
			break;
		buf_printf(&text[i], "%s%s", text[i].n == 0 ? "" : " ", row_text(&r, 1));
		if (row_int(&r, 2) != 0)
			buf_printf(&text[i], "@%lld", (long long)row_int(&r, 2));
	}
	TRY(rows_end(&r));
	for (i = 0; i < n; i++)
		list[i].roles = text[i].p;
	return RC_OK;
}

int
account_list(struct ctx *cx, struct account_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	struct account_row *list;
	int64_t count;
	size_t have = 0;

	TRY(may_users(cx));
	TRY(db_int(cx, &count, "SELECT count(*) FROM account", NO_VALS));
	list = arena_array(cx->arena, struct account_row, count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT id, version, created_at, changed_at, login, name, lang, person, disabled, CASE "
	    "WHEN password IS NULL THEN 0 ELSE 1 END,"
	    " failures, failed_at, locked_until, last_sign_in, before_last FROM account ORDER BY "
	    "login",
	    NO_VALS));
	while ((int64_t)have < count && rows_next(&r))
		list[have++].account = (struct account){ .rec = { row_int(&r, 0), row_int(&r, 1),
							     row_int(&r, 2), row_int(&r, 3) },
			.login = row_text(&r, 4),
			.name = row_text(&r, 5),
			.lang = row_text(&r, 6),
			.person = row_int_or(&r, 7, INT_NONE),
			.disabled = row_int(&r, 8) != 0,
			.password = { .present = row_int(&r, 9) != 0 },
			.failures = row_int(&r, 10),
			.failed_at = row_int(&r, 11),
			.locked_until = row_int(&r, 12),
			.last_sign_in = row_int(&r, 13),
			.before_last = row_int(&r, 14) };
	TRY(rows_end(&r));
	TRY(list_roles(cx, list, have));
	*out = list;
	*n = have;
	return RC_OK;
}

int
account_by_login(struct ctx *cx, const char *login, int64_t *out_id)
{
	return db_int(cx, out_id, "SELECT id FROM account WHERE login = $1",
	    VALS(v_text(login == NULL ? "" : login)));
}

int
account_actor(struct ctx *cx, int64_t account, const char *role, int64_t body, struct actor *out)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT " ACTOR_COLUMNS " FROM account a JOIN account_role r ON r.account = a.id WHERE "
	    "a.id = $1 AND a.disabled = 0"
	    " AND r.role = $3 AND coalesce(r.body, 0) = $4 AND " ROLE_IN_FORCE(
		"r", "$2") " ORDER BY r.id LIMIT 1",
	    VALS(v_int(account), v_int(role_day(cx)), v_text(role), v_int(body))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	TRY(actor_fill(cx, &r, 0, out));
	TRY(rows_end(&r));
	return out->body == 0 ? RC_OK : scope_of_body(cx, out->body, &out->scope, &out->nscope);
}

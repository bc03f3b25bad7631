/* account_test.c – accounts, roles, passwords, and what happens to those who guess. */
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "core_test.h"
#include "core/session.h"

static void
rules_of_texts(void **state)
{
	static const char *const bad_logins[] = { NULL, "", "ab", "Abc", "a b c", "әкім", "abc@x",
		"a23456789012345678901234567890123" };
	static const char *const bad[] = { NULL, "", "nine char", "1234567890", "QWERTYUIOP",
		"aaaaaaaaaaaa", "құпиясөз12", "tab\there it is", "asel.clerk", "Asel.Clerk12",
		"\xff\xfe broken text" };
	char longer[ACCOUNT_PASSWORD_MAX + 2];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad_logins); i++)
		if (login_error(bad_logins[i]) == NULL)
			fail_msg("login %zu was taken", i);
	assert_null(login_error("abc"));
	assert_null(login_error("a.b-c_9"));
	assert_null(login_error("a2345678901234567890123456789012"));
	for (i = 0; i < ARRAY_LEN(bad); i++)
		if (password_error("asel.clerk", bad[i]) == NULL)
			fail_msg("password %zu was taken", i);
	assert_null(
	    password_error("asel.clerk", "он таңба ғой")); /* ten code points count, not bytes */
	assert_non_null(password_error("asel.clerk", "тоғыз таң"));
	memset(longer, 'x', sizeof longer);
	longer[0] = 'y';
	longer[sizeof longer - 1] = '\0';
	assert_non_null(password_error("a", longer));
	longer[sizeof longer - 2] = '\0';
	assert_null(password_error("a", longer));
}

static void
drawn_passwords(void **state)
{
	const char *a = password_draw(CX->arena), *b = password_draw(CX->arena), *drawn = NULL;
	struct sign_in in;
	int64_t id;

	(void)state;
	assert_int_equal(strlen(a), 24);
	assert_int_equal(strspn(a, "abcdefghijkmnpqrstuvwxyz23456789-"), 24);
	assert_string_not_equal(a, b);
	ok(account_create(CX,
	    &(struct account_new){ .login = "drawn", .name = "D", .role = ROLE_MEMBER }, &id,
	    &drawn));
	assert_null(password_error("drawn", drawn));
	ok(account_sign_in(CX, "drawn", drawn, "", &in));
	assert_int_equal(in.account, id);
}

static void
created(void **state)
{
	const char *hash, *none = "x";
	int64_t id;
	struct account a;

	(void)state;
	ok(account_create(CX,
	    &(struct account_new){ .login = "asel",
		.name = "Әсел",
		.lang = LANG_RU,
		.role = ROLE_LEADER,
		.body = 2,
		.person = 77,
		.password = "bir eki ush" },
	    &id, &none));
	assert_null(none);
	ok(kind_load(CX, &account_kind, id, &a));
	assert_string_equal(a.name, "Әсел");
	assert_string_equal(a.lang, "ru");
	assert_int_equal(a.person, 77);
	assert_true(a.password.present);
	assert_int_equal(a.failures, 0);
	ok(db_text(CX, &hash, "SELECT password FROM account WHERE login = 'asel'", NO_VALS));
	assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	/* Neither history nor audit holds the hash. */
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM history WHERE kind IN ('account', 'account_role')"),
	    2);
	assert_int_equal(
	    house_int(
		&h, "SELECT count(*) FROM history WHERE data LIKE '%argon%' OR secret IS NOT NULL"),
	    0);
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM audit WHERE fields LIKE '%argon%'"), 0);
}

static void
refused_accounts(void **state)
{
	struct account_new in = { .login = "asel",
		.name = "A",
		.role = ROLE_CLERK,
		.password = "bir eki ush" },
			   x;
	int64_t id, n;

	(void)state;
	ok(account_create(CX, &in, &id, NULL));
	n = house_int(&h, "SELECT count(*) FROM audit");
	refused(account_create(CX, &in, &id, NULL), "login");
	x = in, x.login = "Asel", x.password = "short";
	assert_int_equal(account_create(CX, &x, &id, NULL), RC_INVALID);
	assert_string_equal(CX->err.fields->field, "login");
	assert_string_equal(CX->err.fields->next->field, "password");
	house_next(&h);
	x = in, x.login = "other", x.name = "";
	refused(account_create(CX, &x, &id, NULL), "name");
	x = in, x.login = "other", x.role = ROLE_SYSTEM;
	refused(account_create(CX, &x, &id, NULL), "role");
	x = in, x.login = "other", x.role = ROLE_LEADER;
	refused(account_create(CX, &x, &id, NULL), "body");
	x.body = 99;
	refused(account_create(CX, &x, &id, NULL), "body");
	x.role = ROLE_ADMIN, x.body = 1;
	refused(account_create(CX, &x, &id, NULL), "body");
	assert_int_equal(house_int(&h, "SELECT count(*) FROM account"), 1);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit"), n);
	CX->actor = &(struct actor){
		.account = id, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
	x = in, x.login = "other";
	ends(RC_DENIED, account_create(CX, &x, &id, NULL));
}

static void
signing_in(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), first = CX->now;
	struct sign_in in;

	(void)state;
	ok(account_sign_in(CX, " Asel ", "bir eki ush", "10.0.0.1", &in));
	assert_int_equal(in.account, id);
	assert_int_equal(in.last_sign_in, 0);
	CX->now += 5 * SECOND;
	ok(account_sign_in(CX, "asel", "bir eki ush", NULL, &in));
	assert_int_equal(in.last_sign_in, first);
	assert_int_equal(house_int(&h, "SELECT before_last FROM account"), first);
	assert_int_equal(house_int(&h, "SELECT last_sign_in FROM account"), CX->now);
	assert_int_equal(
	    house_int(
		&h, "SELECT count(*) FROM audit WHERE action = 'sign_in' AND kind = 'account'"),
	    2);
	refused(account_sign_in(CX, "asel", "bir eki ush ", "", &in), "password");
	refused(account_sign_in(CX, "asel", "", "", &in), "password");
	refused(account_sign_in(CX, "asel", NULL, "", &in), "password");
	refused(account_sign_in(CX, NULL, NULL, "", &in), "password");
	refused(account_sign_in(CX, "\xff\xfe", "bir eki ush", "", &in), "password");
	assert_int_equal(house_int(&h, "SELECT failures FROM account"), 3);
	ok(account_sign_in(CX, "asel", "bir eki ush", "", &in));
	assert_int_equal(house_int(&h, "SELECT failures FROM account"), 0);
	ok(account_disable(CX, id, true));
	refused(account_sign_in(CX, "asel", "wrong password", "", &in), "password");
	ends(RC_DENIED, account_sign_in(CX, "asel", "bir eki ush", "", &in));
}

/* One step of guessing: outcome, wait and words. */
static int
guess(const char *login, const char *password, char *words)
{
	struct sign_in in;
	int rc = account_sign_in(CX, login, password, "", &in);

	snprintf(words, 200, "%d %d %s %s", rc, in.wait_s, CX->err.text == NULL ? "" : CX->err.text,
	    CX->err.fields == NULL ? "" : CX->err.fields->text);
	house_next(&h);
	return rc == RC_OK ? 0 : in.wait_s;
}

/* A login that exists and one that does not answer word for word alike, through lock and doubling. */
static void
locked_out(void **state)
{
	static const int waits[] = { 0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600 };
	char real[200], unreal[200];
	size_t i;

	(void)state;
	account_of("asel", ROLE_CLERK, 0);
	for (i = 0; i < ARRAY_LEN(waits); i++) {
		assert_int_equal(guess("asel", "wrong password", real), waits[i]);
		assert_int_equal(guess("nobody", "wrong password", unreal), waits[i]);
		assert_string_equal(real, unreal);
		if (waits[i] == 0)
			continue;
		/* During the wait the right password is not looked at, and the wait does not grow. */
		CX->now += 10 * SECOND;
		assert_int_equal(guess("asel", "bir eki ush", real), waits[i] - 10);
		assert_int_equal(guess("nobody", "bir eki ush", unreal), waits[i] - 10);
		assert_string_equal(real, unreal);
		CX->now += (waits[i] - 10) * SECOND;
	}
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit WHERE action = 'locked'"), 8);
	assert_int_equal(guess("asel", "bir eki ush", real), 0);
	assert_int_equal(house_int(&h, "SELECT failures FROM account"), 0);
	assert_int_equal(guess("asel", "wrong password", real), 0);
}

static void
peers_wait(void **state)
{
	struct sign_in in;
	int i;

	(void)state;
	account_of("asel", ROLE_CLERK, 0);
	for (i = 1; i < ACCOUNT_PEER_FAILURES; i++)
		refused(account_sign_in(CX, arena_printf(CX->arena, "guess%d", i), "wrong password",
			    "10.9.9.9", &in),
		    "password");
	assert_int_equal(in.wait_s, 0);
	refused(account_sign_in(CX, "guess0", "wrong password", "10.9.9.9", &in), "password");
	assert_int_equal(in.wait_s, 60);
	ends(RC_RULE, account_sign_in(CX, "asel", "bir eki ush", "10.9.9.9", &in));
	assert_int_equal(in.wait_s, 60);
	ok(account_sign_in(CX, "asel", "bir eki ush", "10.9.9.8", &in));
	CX->now += 61 * SECOND;
	ok(account_sign_in(CX, "asel", "bir eki ush", "10.9.9.9", &in));
	CX->now += 1000 * SECOND; /* forgotten: counting begins anew */
	refused(account_sign_in(CX, "guess0", "wrong password", "10.9.9.9", &in), "password");
	assert_int_equal(in.wait_s, 0);
}

static void
old_costs_renewed(void **state)
{
	const char *old = "$argon2id$v=19$m=8192,t=1,p=1$", *hash;
	char made[128];
	struct sign_in in;

	(void)state;
	account_of("asel", ROLE_CLERK, 0);
	assert_int_equal(crypto_pwhash_str(made, "bir eki ush", 11, 1, (size_t)8 << 20), 0);
	assert_memory_equal(made, old, strlen(old));
	house_sql(&h, arena_printf(CX->arena, "UPDATE account SET password = '%s'", made));
	ok(account_sign_in(CX, "asel", "bir eki ush", "", &in));
	ok(db_text(CX, &hash, "SELECT password FROM account", NO_VALS));
	assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	ok(account_sign_in(CX, "asel", "bir eki ush", "", &in));
}

static void
passwords_set(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), other = account_of("other", ROLE_MEMBER, 0);
	struct actor me = {
		.account = id, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
	const char *mine, *elsewhere, *drawn;
	struct sign_in in;
	struct actor found;
	int i;

	(void)state;
	ok(session_open(CX, id, NULL, &mine));
	ok(session_open(CX, id, NULL, &elsewhere));
	ok(session_find(CX, mine, &me, NULL));
	CX->actor = &me;
	refused(account_set_password(CX, id, "not the old one", "tort bes alty", NULL), "old");
	refused(account_set_password(CX, id, NULL, "tort bes alty", NULL), "old");
	refused(account_set_password(CX, id, "bir eki ush", "short", NULL), "password");
	ends(RC_DENIED, account_set_password(CX, other, "bir eki ush", "tort bes alty", NULL));
	ok(account_set_password(CX, id, "bir eki ush", "tort bes alty", NULL));
	ok(session_find(CX, mine, &found, NULL));
	ends(RC_NOTFOUND, session_find(CX, elsewhere, &found, NULL));
	for (i = 0; i < ACCOUNT_FAILURES; i++)
		refused(account_set_password(CX, id, "not the old one", "jeti segiz togyz", NULL),
		    "old");
	ends(RC_RULE, account_set_password(CX, id, "tort bes alty", "jeti segiz togyz", NULL));
	CX->actor = &actor_system;
	ok(account_set_password(CX, id, NULL, NULL, &drawn));
	ok(account_sign_in(CX, "asel", drawn, "", &in));
	ends(RC_NOTFOUND, session_find(CX, mine, &found, NULL));
	ends(RC_NOTFOUND, account_set_password(CX, 999, NULL, NULL, &drawn));
}

static void
nobody_raises_himself(void **state)
{
	int64_t admin = account_of("admin1", ROLE_ADMIN, 0),
		clerk = account_of("asel", ROLE_CLERK, 0), role, mine;
	struct actor me = {
		.account = admin, .role = ROLE_ADMIN, .caps = role_caps(ROLE_ADMIN), .csrf = ""
	};
	struct account_role *roles, r = { .account = admin, .role = "head", .body = INT_NONE };
	size_t n;

	(void)state;
	account_of("admin2", ROLE_ADMIN, 0); /* so that no other rule stands in the way */
	ok(account_role_add(CX, admin, ROLE_MEMBER, 0, &role));
	CX->actor = &me;
	ends(RC_RULE, account_role_add(CX, admin, ROLE_HEAD, 0, &role));
	ends(RC_RULE, kind_insert(CX, &account_role_kind, &r)); /* by any door */
	ok(account_roles(CX, admin, &roles, &n));
	assert_int_equal(n, 2);
	mine = roles[0].rec.id;
	ends(RC_RULE, account_role_remove(CX, mine));
	ok(account_role_add(CX, clerk, ROLE_LEADER, 2, &role));
	refused(account_role_add(CX, clerk, ROLE_LEADER, 2, &role), "role");
	ok(account_roles(CX, clerk, &roles, &n));
	assert_int_equal(n, 2);
	assert_string_equal(roles[1].role, "leader");
	assert_int_equal(roles[1].body, 2);
	ok(account_role_remove(CX, roles[0].rec.id));
	ends(RC_RULE, account_role_remove(CX, roles[1].rec.id)); /* the only one left */
	assert_int_equal(
	    house_int(
		&h, "SELECT count(*) FROM audit WHERE kind = 'account_role' AND action = 'delete'"),
	    1);
	me = (struct actor){
		.account = clerk, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
	ends(RC_DENIED, account_role_add(CX, clerk, ROLE_ADMIN, 0, &role));
	ends(RC_DENIED, account_roles(CX, admin, &roles, &n));
	ok(account_roles(CX, clerk, &roles, &n));
}

static void
last_administrator(void **state)
{
	int64_t one = account_of("admin1", ROLE_ADMIN, 0),
		two = account_of("admin2", ROLE_ADMIN, 0);
	struct actor me = {
		.account = one, .role = ROLE_ADMIN, .caps = role_caps(ROLE_ADMIN), .csrf = ""
	};
	struct account_role *roles;
	struct account a;
	size_t n;

	(void)state;
	CX->actor = &me;
	ends(RC_RULE, account_disable(CX, one, true)); /* oneself */
	ok(account_disable(CX, two, true));
	CX->actor = &actor_system;
	ends(RC_RULE, account_disable(CX, one, true)); /* the last that can sign in */
	ok(kind_load(CX, &account_kind, one, &a));
	a.disabled = true;
	ends(RC_RULE, kind_update(CX, &account_kind, &a)); /* by any door */
	ok(account_role_add(CX, one, ROLE_MEMBER, 0, NULL));
	ok(account_roles(CX, one, &roles, &n));
	ends(RC_RULE, account_role_remove(CX, roles[0].rec.id));
	ok(account_disable(CX, two, false));
	ok(account_role_remove(CX, roles[0].rec.id));
	ok(account_disable(CX, one, true));
	ends(RC_NOTFOUND, account_disable(CX, 999, true));
}

static void
changed_and_listed(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0);
	struct account_edit e = { .id = id, .version = 1, .name = "Жаңа", .lang = LANG_EN };
	struct account_row *list;
	struct sign_in in;
	size_t n;

	(void)state;
	account_of("admin1", ROLE_ADMIN, 0);
	ok(account_role_add(CX, id, ROLE_LEADER, 3, NULL));
	ok(account_sign_in(CX, "asel", "bir eki ush", "", &in));
	ok(account_change(CX, &e));
	ends(RC_CONFLICT, account_change(CX, &e)); /* stale */
	e.version = 2, e.name = NULL;
	refused(account_change(CX, &e), "name");
	assert_int_equal(
	    house_int(&h, "SELECT last_sign_in FROM account WHERE login = 'asel'"), CX->now);
	ok(account_sign_in(
	    CX, "asel", "bir eki ush", "", &in)); /* the password outlived the change */
	assert_int_equal(in.lang, LANG_EN);
	ok(account_list(CX, &list, &n));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].account.login, "admin1");
	assert_string_equal(list[0].roles, "admin");
	assert_string_equal(list[1].account.name, "Жаңа");
	assert_string_equal(list[1].roles, "clerk leader@3");
	assert_true(list[1].account.password.present);
	CX->actor = &actor_guest;
	ends(RC_DENIED, account_list(CX, &list, &n));
}

/* Nineteen callers at a gate of two: sixteen wait, the nineteenth is told to come again. */
struct caller {
	pthread_t thread;
	int rc;
};
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
static int inside, most;

static void *
call(void *arg)
{
	struct caller *c = arg;
	struct arena a;
	struct ctx cx = { .actor = &actor_system };

	arena_init(&a);
	cx.arena = &a;
	c->rc = password_enter(&cx);
	if (c->rc == RC_OK) {
		pthread_mutex_lock(&counting);
		inside++;
		most = inside > most ? inside : most;
		pthread_mutex_unlock(&counting);
		usleep(150000);
		pthread_mutex_lock(&counting);
		inside--;
		pthread_mutex_unlock(&counting);
		password_leave();
	}
	arena_done(&a);
	return NULL;
}

static void
gate(void **state)
{
	struct caller c[24];
	size_t i, busy = 0;

	(void)state;
	inside = most = 0;
	for (i = 0; i < ARRAY_LEN(c); i++)
		assert_int_equal(pthread_create(&c[i].thread, NULL, call, &c[i]), 0);
	for (i = 0; i < ARRAY_LEN(c); i++) {
		pthread_join(c[i].thread, NULL);
		busy += c[i].rc == RC_BUSY;
	}
	assert_int_equal(most, 2);
	assert_in_range(busy, 1, 6); /* the first two may have left before the last came */
}

static void
tables_fit(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, CX->arena, 0);
	if (kind_compare(CX, core_kinds, ARRAY_LEN(core_kinds), &out) != RC_OK)
		fail_msg("%s", out.p);
}

int
main(void)
{
	const struct CMUnitTest all[] = { cmocka_unit_test(rules_of_texts), cmocka_unit_test(gate),
		BOTH(tables_fit), BOTH(drawn_passwords), BOTH(created), BOTH(refused_accounts),
		BOTH(signing_in), BOTH(locked_out), BOTH(peers_wait), BOTH(old_costs_renewed),
		BOTH(passwords_set), BOTH(nobody_raises_himself), BOTH(last_administrator),
		BOTH(changed_and_listed) };

	return run_both("core account", all, ARRAY_LEN(all));
}

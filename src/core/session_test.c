/* session_test.c – sessions, their limits and scopes, and the tokens of forms. */
#include <stdio.h>

#include "core_test.h"
#include "core/session.h"
#include "kind/vault.h"

static struct actor me;

/* Signed in as asel, clerk; acts as CX->actor. */
static int64_t
sign_in(const char **token)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0);

	ok(session_open(CX, id, "Browser/1.0", token));
	ok(session_find(CX, *token, &me, NULL));
	CX->actor = &me;
	return id;
}

static void
opened_and_found(void **state)
{
	const char *token, *again, *digest;
	int64_t id = sign_in(&token);
	struct actor a;
	bool due = true;

	(void)state;
	assert_int_equal(strlen(token), 64);
	ok(session_find(CX, token, &a, &due));
	assert_false(due);
	assert_int_equal(a.account, id);
	assert_int_equal(a.role, ROLE_CLERK);
	assert_int_equal(a.caps, role_caps(ROLE_CLERK));
	assert_int_equal(a.person, 0);
	assert_int_equal(a.body, 0);
	assert_string_equal(a.login, "asel");
	assert_int_equal(strlen(a.csrf), 64);
	assert_true(a.session > 0);
	/* Only the digest is stored. */
	ok(db_text(CX, &digest, "SELECT digest FROM session", NO_VALS));
	assert_string_not_equal(digest, token);
	ends(RC_NOTFOUND, session_find(CX, digest, &a, NULL));
	ends(RC_NOTFOUND, session_find(CX, NULL, &a, NULL));
	ends(RC_NOTFOUND, session_find(CX, "", &a, NULL));
	ends(RC_NOTFOUND, session_find(CX, "'; --", &a, NULL));
	ok(session_open(CX, id, NULL, &again));
	assert_string_not_equal(token, again);
	ends(RC_DENIED, session_open(CX, 999, NULL, &again));
}

static void
times_out(void **state)
{
	const char *token;
	int64_t start = CX->now;
	struct actor a;
	bool due;
	int i;

	(void)state;
	sign_in(&token);
	CX->now = start + SESSION_TOUCH_US - 1;
	ok(session_find(CX, token, &a, &due));
	assert_false(due);
	CX->now = start + SESSION_TOUCH_US;
	ok(session_find(CX, token, &a, &due));
	assert_true(due);
	CX->now = start + SESSION_IDLE_US - 1;
	ok(session_find(CX, token, &a, &due));
	CX->now = start + SESSION_IDLE_US; /* sixty minutes without a request */
	ends(RC_NOTFOUND, session_find(CX, token, &a, &due));
	CX->now = start;
	for (i = 1; i <= 14; i++) { /* kept alive, until twelve hours are over */
		CX->now = start + i * (SESSION_IDLE_US - SECOND);
		if (CX->now - start >= SESSION_LIFE_US)
			break;
		ok(session_find(CX, token, &a, &due));
		ok(session_touch(CX, a.session));
	}
	CX->now = start + SESSION_LIFE_US - SECOND;
	ok(session_find(CX, token, &a, &due));
	ok(session_touch(CX, a.session));
	CX->now = start + SESSION_LIFE_US;
	ends(RC_NOTFOUND, session_find(CX, token, &a, &due));
}

static void
ended(void **state)
{
	const char *token, *second, *third;
	int64_t id = sign_in(&token), n, other;
	struct actor a, stranger;
	struct session_row *rows;
	size_t count;

	(void)state;
	ok(session_open(CX, id, NULL, &second));
	ok(session_open(CX, id, NULL, &third));
	ok(session_list(CX, id, &rows, &count));
	assert_int_equal(count, 3);
	assert_true(rows[2].current);
	assert_false(rows[0].current);
	assert_string_equal(rows[2].agent, "Browser/1.0");
	assert_string_equal(rows[0].agent, "");
	ok(session_find(CX, second, &a, NULL));
	CX->actor = &actor_system;
	other = account_of("other", ROLE_CLERK, 0);
	stranger = (struct actor){
		.account = other, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
	CX->actor = &stranger;
	ends(RC_NOTFOUND, session_end(CX, a.session));
	ends(RC_DENIED, session_end_all(CX, id, NULL));
	ends(RC_DENIED, session_list(CX, id, &rows, &count));
	ok(session_find(CX, second, &a, NULL));
	CX->actor = &me;
	ok(session_end(CX, a.session));
	ok(session_end(CX, a.session));
	ends(RC_NOTFOUND, session_find(CX, second, &a, NULL));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit WHERE action = 'sign_out'"), 1);
	ok(session_end_all(CX, id, &n));
	assert_int_equal(n, 2);
	ends(RC_NOTFOUND, session_find(CX, token, &a, NULL));
	ends(RC_NOTFOUND, session_find(CX, third, &a, NULL));
}

static void
disabled_at_once(void **state)
{
	const char *token;
	int64_t id = sign_in(&token);
	struct actor a;

	(void)state;
	CX->actor = &actor_system;
	ok(account_disable(CX, id, true));
	ends(RC_NOTFOUND, session_find(CX, token, &a, NULL));
	ends(RC_DENIED, session_open(CX, id, NULL, &token));
	ok(account_disable(CX, id, false));
	ends(RC_NOTFOUND, session_find(CX, token, &a, NULL)); /* and stays ended */
}

static void
scopes_and_roles(void **state)
{
	int64_t id = account_of("leader", ROLE_LEADER, 2),
		other = account_of("other", ROLE_CLERK, 0), role, foreign;
	const char *token;
	struct account_role *roles;
	const int64_t *ids;
	size_t n;

	(void)state;
	ok(account_role_add(CX, id, ROLE_CLERK, 0, &role));
	ok(account_roles(CX, other, &roles, &n));
	foreign = roles[0].rec.id;
	ok(session_open(CX, id, NULL, &token));
	ok(session_find(CX, token, &me, NULL));
	assert_int_equal(me.role, ROLE_LEADER);
	assert_int_equal(me.body, 2);
	assert_int_equal(me.nscope, 2);
	assert_int_equal(me.scope[0], 2);
	assert_int_equal(me.scope[1], 3);
	assert_true(actor_in_scope(&me, 3));
	assert_false(actor_in_scope(&me, 1));
	assert_false(actor_in_scope(&me, 4));
	CX->actor = &me;
	ends(RC_NOTFOUND, session_choose_role(CX, foreign));
	ends(RC_NOTFOUND, session_choose_role(CX, 999));
	ok(session_choose_role(CX, role));
	ok(session_find(CX, token, &me, NULL));
	assert_int_equal(me.role, ROLE_CLERK);
	assert_int_equal(me.body, 0);
	assert_int_equal(me.nscope, 0);
	CX->actor = &actor_guest;
	ends(RC_DENIED, session_choose_role(CX, role));
	/* A loop in the tree ends; an unknown body is an empty scope, which sees nothing. */
	house_sql(&h, "UPDATE body SET parent = 3 WHERE id = 1");
	ok(scope_of_body(CX, 1, &ids, &n));
	assert_int_equal(n, 3);
	ok(scope_of_body(CX, 99, &ids, &n));
	assert_int_equal(n, 0);
	/* Taking the role ends what was opened in it. */
	CX->actor = &actor_system;
	ok(account_role_remove(CX, role));
	ends(RC_NOTFOUND, session_find(CX, token, &me, NULL));
}

static void
agents_and_purge(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), n;
	const char *token;
	struct session_row *rows;
	size_t count;
	char agent[400];

	(void)state;
	memset(agent, 'a', sizeof agent);
	memcpy(agent + 199, "ә", 2); /* the cut at 200 must not split it */
	agent[399] = '\0';
	ok(session_open(CX, id, agent, &token));
	ok(session_open(CX, id, "\xff broken", &token));
	ok(session_list(CX, id, &rows, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[0].agent, "");
	assert_int_equal(strlen(rows[1].agent), 199);
	CX->now += 29 * US_PER_DAY;
	ok(session_open(CX, id, NULL, &token));
	ok(session_purge(CX, &n));
	assert_int_equal(n, 0);
	CX->now += 2 * US_PER_DAY;
	ok(session_purge(CX, &n));
	assert_int_equal(n, 2);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM session"), 1);
}

static void
form_tokens(void **state)
{
	const char *guest, *mine, *token;
	char bent[128];

	(void)state;
	CX->actor = &actor_guest;
	guest = csrf_make(CX, "POST /sign-in");
	assert_true(csrf_check(CX, "POST /sign-in", guest));
	assert_false(csrf_check(CX, "POST /other", guest));
	assert_false(csrf_check(CX, "POST /sign-in", NULL));
	assert_false(csrf_check(CX, "POST /sign-in", ""));
	assert_false(csrf_check(CX, "POST /sign-in", "480000."));
	assert_false(csrf_check(CX, "POST /sign-in", "99999999999999999999.00"));
	snprintf(bent, sizeof bent, "%s", guest);
	bent[strlen(bent) - 1] = bent[strlen(bent) - 1] == '0' ? '1' : '0';
	assert_false(csrf_check(CX, "POST /sign-in", bent));
	snprintf(bent, sizeof bent, "%s", guest);
	bent[5]++; /* another hour under the same hash */
	assert_false(csrf_check(CX, "POST /sign-in", bent));
	CX->now += 24 * 3600 * SECOND;
	assert_true(csrf_check(CX, "POST /sign-in", guest));
	CX->now += 3600 * SECOND;
	assert_false(csrf_check(CX, "POST /sign-in", guest));
	CX->now -= 26 * 3600 * SECOND; /* from the future */
	assert_false(csrf_check(CX, "POST /sign-in", guest));
	CX->actor = &actor_system;
	sign_in(&token);
	mine = csrf_make(CX, "POST /x");
	assert_string_equal(mine, me.csrf);
	assert_true(csrf_check(CX, "POST /anything", mine));
	assert_false(csrf_check(CX, "POST /sign-in", csrf_guest_make(CX, "POST /sign-in")));
	me.csrf = "";
	assert_false(csrf_check(CX, "POST /anything", ""));
}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(opened_and_found), BOTH(times_out), BOTH(ended),
		BOTH(disabled_at_once), BOTH(scopes_and_roles), BOTH(agents_and_purge),
		BOTH(form_tokens) };

	return run_both("core session", all, ARRAY_LEN(all));
}

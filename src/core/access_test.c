/* access_test.c – who may give what to whom, which role acts, and what guessing or a jumping clock cannot do. */
#include "core_test.h"
#include "core/reset.h"
#include "core/role_request.h"
#include "core/session.h"
#include "core/setting.h"
#include "core/sign_in_log.h"
#include "core/token.h"

#define PASSWORD "bir eki ush"

static struct actor
as(int64_t account, enum role role)
{
	return (struct actor){
		.account = account, .role = role, .caps = role_caps(role), .login = "", .csrf = ""
	};
}

static int64_t
roles_of(int64_t account)
{
	return house_int(
	    &h, arena_printf(&h.arena, "SELECT count(*) FROM account_role WHERE account = %lld",
		    (long long)account));
}

/* RULE account-1 */
static void
two_persons(void **state)
{
	int64_t one = account_of("admin1", ROLE_ADMIN, 0),
		two = account_of("admin2", ROLE_ADMIN, 0),
		clerk = account_of("asel", ROLE_CLERK, 0), role, request, n;
	struct actor first = as(one, ROLE_ADMIN), second = as(two, ROLE_ADMIN),
		     third = as(clerk, ROLE_ADMIN);
	struct role_new head = { .account = clerk, .role = ROLE_HEAD };
	struct account_role direct = { .account = clerk, .role = "admin", .body = INT_NONE };
	struct role_request *q;
	size_t count;

	(void)state;
	CX->actor = &first;
	ok(role_give(CX, &head, &role, &request));
	assert_int_equal(role, 0);
	assert_true(request > 0);
	assert_int_equal(roles_of(clerk), 1);
	ends(RC_RULE, role_give(CX, &head, &role, &n)); /* asked for already */
	/* No other door gives it: neither the kind's own nor the short way. */
	ends(RC_RULE, kind_insert(CX, &account_role_kind, &direct));
	ends(RC_RULE, account_role_add(CX, clerk, ROLE_AUDITOR, 0, &role));
	ends(RC_RULE, role_confirm(CX, request, NULL)); /* the one who asked */
	CX->actor = &third;
	ends(RC_RULE, role_confirm(CX, request, NULL)); /* whom it is for */
	CX->actor = &second;
	ok(role_requests(CX, 0, &q, &count));
	assert_int_equal(count, 1);
	assert_string_equal(q[0].login, "asel");
	assert_string_equal(q[0].role, "head");
	assert_string_equal(q[0].asker, "admin1");
	assert_null(q[0].hinder);
	second.token = 5;
	ends(RC_DENIED, role_confirm(CX, request, NULL));
	second.token = 0;
	ok(role_confirm(CX, request, &role));
	assert_int_equal(roles_of(clerk), 2);
	ends(RC_NOTFOUND, role_confirm(CX, request, NULL)); /* once */
	assert_int_equal(roles_of(clerk), 2);
	/* What was confirmed once serves for nothing else: taken away, it is asked for anew. */
	ok(account_role_remove(CX, role));
	ends(RC_RULE, account_role_add(CX, clerk, ROLE_HEAD, 0, &role));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit WHERE kind = 'role_request' AND "
				       "action IN ('ask', 'confirm')"),
	    2);
	/* An ordinary role for somebody else needs nobody; for oneself it does. */
	ok(role_give(CX, &(struct role_new){ .account = clerk, .role = ROLE_LEADER, .body = 2 },
	    &role, &request));
	assert_true(role > 0 && request == 0);
	ok(role_give(
	    CX, &(struct role_new){ .account = two, .role = ROLE_CLERK }, &role, &request));
	assert_true(role == 0 && request > 0);
	ok(role_refuse(CX, request)); /* his own: withdrawn */
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM role_request WHERE state = 'withdrawn'"), 1);
	ends(RC_NOTFOUND, role_confirm(CX, request, NULL));
}

static void
requests_end(void **state)
{
	int64_t one = account_of("admin1", ROLE_ADMIN, 0),
		two = account_of("admin2", ROLE_ADMIN, 0),
		clerk = account_of("asel", ROLE_CLERK, 0), role, request, id;
	struct actor first = as(one, ROLE_ADMIN), second = as(two, ROLE_ADMIN),
		     me = as(clerk, ROLE_CLERK);
	struct role_new in = { .account = clerk, .role = ROLE_ADMIN };
	struct account_new fresh = {
		.login = "fresh", .name = "F", .role = ROLE_ADMIN, .password = PASSWORD
	};
	const char *cookie;
	struct role_request *q;
	struct reset_code code;
	size_t n;
	bool yes;

	(void)state;
	CX->actor = &me;
	ends(RC_DENIED, role_give(CX, &in, &role, &request));
	ends(RC_DENIED, role_requests(CX, 0, &q, &n));
	CX->actor = &first;
	ends(RC_NOTFOUND, role_give(CX, &(struct role_new){ .account = 999, .role = ROLE_HEAD },
			      &role, &request));
	refused(role_give(CX, &(struct role_new){ .account = clerk, .role = ROLE_HEAD, .body = 1 },
		    &role, &request),
	    "body");
	refused(role_give(CX,
		    &(struct role_new){ .account = clerk, .role = ROLE_HEAD, .until = 20000101 },
		    &role, &request),
	    "until");
	ok(role_give(CX, &in, &role, &request));
	CX->now += ROLE_REQUEST_DAYS * US_PER_DAY;
	ok(role_requests(CX, 0, &q, &n));
	assert_int_equal(n, 0);
	CX->actor = &second;
	ends(RC_NOTFOUND, role_confirm(CX, request, NULL)); /* too old */
	/* Whoever prints a code for a colleague could be that colleague: no confirming his wishes. */
	CX->actor = &first;
	ok(role_give(CX, &in, &role, &request));
	ok(reset_make(CX, two, &code));
	CX->actor = &second;
	ends(RC_RULE, role_confirm(CX, request, NULL));
	/* A password of his own does not help at once: the other one could have set it. */
	ok(account_set_password(CX, two, PASSWORD, "tort bes alty", NULL));
	ends(RC_RULE, role_confirm(CX, request, NULL));
	CX->now += ROLE_HANDS_OFF_DAYS * US_PER_DAY;
	CX->actor = &first;
	ok(role_give(CX, &in, &role, &request));
	CX->actor = &second;
	ok(role_confirm(CX, request, NULL));
	assert_int_equal(roles_of(clerk), 2);
	/* A new administrator comes without the role until another one says so. */
	CX->actor = &first;
	ok(account_create(CX, &fresh, &id, NULL));
	assert_int_equal(roles_of(id), 0);
	ends(RC_DENIED, session_open(CX, id, NULL, &cookie));
	ok(role_requests(CX, id, &q, &n));
	assert_int_equal(n, 1);
	assert_non_null(q[0].hinder);
	ok(role_second_exists(CX, &yes));
	assert_true(yes);
	CX->actor = &second;
	ok(role_refuse(CX, q[0].id));
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM role_request WHERE state = 'refused'"), 1);
	/* Only one administrator: the command line on the server decides. */
	CX->actor = &first;
	ok(account_disable(CX, two, true));
	ok(account_disable(CX, clerk, true));
	ok(role_second_exists(CX, &yes));
	assert_false(yes);
	ok(role_give(
	    CX, &(struct role_new){ .account = id, .role = ROLE_AUDITOR }, &role, &request));
	CX->actor = &actor_system;
	ok(role_confirm(CX, request, NULL));
	assert_int_equal(roles_of(id), 1);
}

static void
roles_have_days(void **state)
{
	int64_t id = account_of("asel", ROLE_MEMBER, 0), role, again, request;
	int today = role_day(CX), tomorrow = day_of_moment(CX->now + US_PER_DAY);
	struct role_new in = {
		.account = id, .role = ROLE_LEADER, .body = 2, .since = tomorrow, .until = tomorrow
	};
	const char *cookie, *plain;
	struct session_role *list;
	struct actor a;
	size_t n;

	(void)state;
	refused(role_give(CX,
		    &(struct role_new){
			.account = id, .role = ROLE_CLERK, .since = tomorrow, .until = today },
		    &role, &request),
	    "until");
	ok(role_give(CX, &in, &role, &request));
	refused(role_give(CX, &in, &again, &request), "role"); /* the days overlap */
	ok(session_open(CX, id, NULL, &cookie));
	cookie = arena_str(&h.arena, cookie);
	ok(session_find(CX, cookie, &a, NULL));
	assert_int_equal(a.role, ROLE_MEMBER);
	assert_int_equal(a.nroles, 1);
	CX->actor = &a;
	ends(RC_NOTFOUND, session_choose_role(CX, role)); /* not yet */
	CX->actor = &actor_system;
	ok(token_create(CX, &(struct token_new){ .login = "asel", .role = role }, &plain));
	plain = arena_str(&h.arena, plain);
	ends(RC_NOTFOUND, token_find(CX, plain, &a));
	CX->now += US_PER_DAY;
	ok(token_find(CX, plain, &a));
	assert_int_equal(a.role, ROLE_LEADER);
	ok(session_open(CX, id, NULL, &cookie));
	cookie = arena_str(&h.arena, cookie);
	ok(session_find(CX, cookie, &a, NULL));
	assert_int_equal(a.nroles, 2);
	CX->actor = &a;
	ok(session_choose_role(CX, role));
	ok(session_roles(CX, &list, &n));
	assert_int_equal(n, 2);
	assert_true(list[1].current);
	assert_false(list[0].current);
	assert_string_equal(list[1].role, "leader");
	assert_string_equal(list[1].body.kk, "x");
	ok(session_find(CX, cookie, &a, NULL));
	assert_int_equal(a.nscope, 2);
	/* Its last day is over: neither the session in it nor the token goes on. */
	CX->actor = &actor_system;
	CX->now = day_start(day_of_moment(CX->now + US_PER_DAY)) - 1;
	ok(token_find(CX, plain, &a));
	CX->now++;
	ends(RC_NOTFOUND, token_find(CX, plain, &a));
	ends(RC_NOTFOUND, session_find(CX, cookie, &a, NULL));
	ok(session_open(CX, id, NULL, &cookie));
	ok(session_find(CX, cookie, &a, NULL));
	assert_int_equal(a.role, ROLE_MEMBER);
	/* And it may be given again. */
	in.since = in.until = 0;
	ok(role_give(CX, &in, &again, &request));
}

static void
the_last_used(void **state)
{
	int64_t id = account_of("asel", ROLE_LEADER, 2), clerk;
	const char *cookie, *csrf;
	struct actor a;

	(void)state;
	ok(account_role_add(CX, id, ROLE_CLERK, 0, &clerk));
	ok(session_open(CX, id, NULL, &cookie));
	cookie = arena_str(&h.arena, cookie);
	ok(session_find(CX, cookie, &a, NULL));
	assert_int_equal(a.role, ROLE_LEADER);
	csrf = arena_str(&h.arena, a.csrf);
	CX->actor = &a;
	CX->now -= 3600 * SECOND; /* the clock is put back: the choice counts all the same */
	ends(RC_NOTFOUND, session_find(CX, cookie, &a, NULL));
	CX->now += 3600 * SECOND;
	ok(session_choose_role(CX, clerk));
	ok(session_find(CX, cookie, &a, NULL));
	assert_int_equal(a.role, ROLE_CLERK);
	/* A form of the earlier role is not taken in the new one. */
	assert_string_not_equal(a.csrf, csrf);
	CX->actor = &actor_system;
	CX->now -= 10 * SECOND;
	ok(session_open(CX, id, NULL, &cookie));
	ok(session_find(CX, cookie, &a, NULL));
	assert_int_equal(a.role, ROLE_CLERK);
}

/* ---- guessing ---- */

/* A thousand wrong passwords from one address, as fast as the waits allow. */
static void
a_thousand(const char *login, const char *peer)
{
	struct sign_in in;
	int i;

	for (i = 0; i < 1000; i++) {
		int rc = account_sign_in(CX, login, "wrong password", peer, &in);

		assert_true(rc == RC_INVALID || rc == RC_RULE);
		house_next(&h);
		CX->now += SECOND;
		if (i % 100 == 99) /* so that each hundred counts at least once */
			CX->now += ACCOUNT_WAIT_MAX_S * SECOND;
	}
}

/* A failure from there, without the cost of comparing a password. */
static int
failed_from(int64_t account, const char *login, const char *peer)
{
	struct client c = client_of(CX, account, login, peer);
	int wait, left;

	ok(note_failure(CX, &c, "password", &wait));
	c = client_of(CX, account, login, peer);
	ok(waits_left(CX, &c, &left));
	assert_int_equal(left, wait);
	return wait;
}

static void
the_owner_comes_in(void **state)
{
	int64_t rows, id = account_of("asel", ROLE_CLERK, 0);
	struct sign_in in;
	int i, wait = 0;

	(void)state;
	a_thousand("asel", "10.6.6.6");
	rows = house_int(&h, "SELECT count(*) FROM sign_in");
	assert_in_range(rows, 10, 60); /* what is refused unread leaves nothing */
	refused(account_sign_in(CX, "asel", "wrong password", "10.6.6.6", &in), "password");
	ends(RC_RULE, account_sign_in(CX, "asel", PASSWORD, "10.6.6.6", &in));
	ok(account_sign_in(CX, "asel", PASSWORD, "10.0.0.1", &in));
	/* Success elsewhere does not let the guesser go on. */
	ends(RC_RULE, account_sign_in(CX, "asel", PASSWORD, "10.6.6.6", &in));
	/* Many addresses together: strangers wait, the owner's own address does not. */
	for (i = 0; i < ACCOUNT_ALL_FAILURES; i++)
		wait = failed_from(id, "asel", arena_printf(&h.arena, "10.7.0.%d", i));
	assert_int_equal(wait, ACCOUNT_WAIT_S);
	ends(RC_RULE, account_sign_in(CX, "asel", PASSWORD, "10.0.0.2", &in));
	ok(account_sign_in(CX, "asel", PASSWORD, "10.0.0.1", &in));
	ends(RC_RULE, account_sign_in(CX, "asel", PASSWORD, "10.0.0.2", &in)); /* still */
	CX->now += (ACCOUNT_WAIT_S + 1) * SECOND;
	ok(account_sign_in(CX, "asel", PASSWORD, "10.0.0.2", &in));
}

/* The same waits from many addresses for a login that is not there. */
static void
alike_everywhere(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0);
	int i, wait = 0;

	(void)state;
	for (i = 0; i < ACCOUNT_ALL_FAILURES + 3; i++) {
		const char *peer = arena_printf(&h.arena, "10.8.0.%d", i);

		wait = failed_from(id, "asel", peer);
		assert_int_equal(failed_from(0, "nobody", peer), wait);
		if (wait > 0)
			CX->now += (wait + 1) * SECOND;
	}
	assert_int_equal(wait, ACCOUNT_WAIT_S * 8);
	/* A network of IPv6 is one place; one of IPv4 in its clothes is itself. */
	house_sql(&h, "UPDATE account SET failures = 0, failed_at = NULL, locked_until = NULL");
	for (i = 0; i < ACCOUNT_FAILURES; i++)
		wait = failed_from(
		    id, "asel", arena_printf(&h.arena, "2001:db8:1:2:%x::%x", i + 1, i + 7));
	assert_int_equal(wait, ACCOUNT_WAIT_S);
	for (i = 0; i < ACCOUNT_FAILURES; i++)
		assert_int_equal(
		    failed_from(id, "asel", arena_printf(&h.arena, "::ffff:10.9.0.%d", i)), 0);
}

/* ---- a clock that jumps ---- */

static void
locks_under_the_clock(void **state)
{
	struct sign_in in;
	int i;

	(void)state;
	account_of("asel", ROLE_CLERK, 0);
	for (i = 0; i < ACCOUNT_FAILURES; i++) {
		refused(account_sign_in(CX, "asel", "wrong password", "10.0.0.1", &in), "password");
		refused(
		    account_sign_in(CX, "ghost", "wrong password", "10.0.0.2", &in), "password");
	}
	CX->now -= 10 * US_PER_DAY;
	/* Not opened … */
	ends(RC_RULE, account_sign_in(CX, "asel", PASSWORD, "10.0.0.1", &in));
	assert_int_equal(in.wait_s, ACCOUNT_WAIT_S);
	ends(RC_RULE, account_sign_in(CX, "ghost", PASSWORD, "10.0.0.2", &in));
	assert_int_equal(in.wait_s, ACCOUNT_WAIT_S);
	CX->now += (ACCOUNT_WAIT_S - 1) * SECOND;
	ends(RC_RULE, account_sign_in(CX, "asel", PASSWORD, "10.0.0.1", &in));
	/* … and not ten days longer. */
	CX->now += 2 * SECOND;
	refused(account_sign_in(CX, "ghost", PASSWORD, "10.0.0.2", &in), "password");
	ok(account_sign_in(CX, "asel", PASSWORD, "10.0.0.1", &in));
}

static void
codes_under_the_clock(void **state)
{
	int64_t admin = account_of("boss", ROLE_ADMIN, 0), id = account_of("asel", ROLE_CLERK, 0);
	struct actor boss = as(admin, ROLE_ADMIN), a;
	const char *cookie, *plain, *old, *new;
	struct reset_code r;
	int64_t start = CX->now;

	(void)state;
	CX->actor = &boss;
	ok(reset_make(CX, id, &r));
	old = arena_str(&h.arena, r.code);
	CX->actor = &actor_system;
	ok(session_open(CX, id, NULL, &cookie));
	cookie = arena_str(&h.arena, cookie);
	ok(token_create(CX, &(struct token_new){ .login = "asel", .days = 1 }, &plain));
	plain = arena_str(&h.arena, plain);
	ok(session_expire(CX));
	ok(token_find(CX, plain, &a)); /* nothing is ended before its time */
	ok(session_find(CX, cookie, &a, NULL));
	/* Expired, ended by the job, then the clock is put back: none of them lives again. */
	CX->now = start + 24 * 3600 * SECOND;
	ok(session_expire(CX));
	CX->now = start + SECOND;
	refused(reset_use(CX, "asel", old, "tort bes alty", "10.0.0.1"), "code");
	ends(RC_NOTFOUND, session_find(CX, cookie, &a, NULL));
	ends(RC_NOTFOUND, token_find(CX, plain, &a));
	/* Made in the future of a clock that was put back: it must not live longer for it. */
	CX->actor = &boss;
	ok(reset_make(CX, id, &r));
	new = arena_str(&h.arena, r.code);
	CX->actor = &actor_system;
	ok(session_open(CX, id, NULL, &cookie));
	cookie = arena_str(&h.arena, cookie);
	ok(token_create(CX, &(struct token_new){ .login = "asel" }, &plain));
	plain = arena_str(&h.arena, plain);
	CX->now -= US_PER_DAY;
	refused(reset_use(CX, "asel", new, "tort bes alty", "10.0.0.1"), "code");
	ends(RC_NOTFOUND, session_find(CX, cookie, &a, NULL));
	ends(RC_NOTFOUND, token_find(CX, plain, &a));
	CX->now += US_PER_DAY + 60 * SECOND; /* put right again */
	ok(token_find(CX, plain, &a));
	ok(reset_use(CX, "asel", new, "tort bes alty", "10.0.0.1"));
}

/* ---- the log of sign-ins, tokens that may less ---- */

static void
devices(void **state)
{
	static const struct {
		const char *agent, *device;
	} all[] = {
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
		  "Gecko) "
		  "Chrome/120.0 Safari/537.36 Edg/120.0",
		    "Edge, Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0; rv:121.0) Gecko/20100101 Firefox/121.0",
		    "Firefox, Windows" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605 "
		  "Safari/604.1",
		    "Safari, iPhone" },
		{ "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/23.0 "
		  "Chrome/115.0 Mobile Safari/537.36",
		    "Samsung Internet, Android" },
		{ "curl/8.5.0", "curl" },
		{ "\xff<script>", "" },
		{ "", "" },
		{ NULL, "" },
	};
	char out[41];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(all); i++)
		assert_string_equal(device_of_agent(all[i].agent, out), all[i].device);
}

static void
sign_ins_kept(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), other = account_of("other", ROLE_CLERK, 0);
	struct sign_in_try try = { .login = "asel",
		.password = PASSWORD,
		.peer = "10.0.0.1",
		.agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/121.0" };
	struct actor stranger = as(other, ROLE_CLERK), me = as(id, ROLE_CLERK);
	struct sign_in_row *rows;
	struct sign_in in;
	size_t n;

	(void)state;
	ok(sign_in_first(CX, &try, &in));
	try.password = "wrong password";
	refused(sign_in_first(CX, &try, &in), "password");
	try.password = PASSWORD;
	ok(sign_in_first(CX, &try, &in));
	try.peer = "10.0.0.2";
	ok(sign_in_first(CX, &try, &in));
	ok(account_disable(CX, id, true));
	ends(RC_DENIED, sign_in_first(CX, &try, &in));
	CX->actor = &stranger;
	ends(RC_DENIED, sign_in_log(CX, id, 10, &rows, &n));
	CX->actor = &me;
	ok(sign_in_log(CX, id, 10, &rows, &n));
	assert_int_equal(n, 5);
	assert_string_equal(rows[0].outcome, "closed");
	assert_string_equal(rows[1].outcome, "ok");
	assert_true(rows[1].new_place);
	assert_false(rows[2].new_place);
	assert_string_equal(rows[3].outcome, "wrong");
	assert_true(rows[4].new_place);
	assert_string_equal(rows[4].device, "Firefox, Linux");
	assert_string_equal(rows[4].how, "password");
	ok(sign_in_log(CX, id, 2, &rows, &n));
	assert_int_equal(n, 2);
	/* No address, no whole User-Agent. */
	assert_int_equal(house_int(&h, "SELECT count(*) FROM sign_in WHERE place LIKE '%10.%' OR "
				       "device LIKE '%Mozilla%'"),
	    0);
	CX->actor = &actor_system;
	CX->now += 60 * US_PER_DAY;
	ok(sign_in_log_purge(CX));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM sign_in"), 5);
	ok(setting_set(CX, "sign_ins_kept", "30")); /* thirty at least */
	ok(sign_in_log_purge(CX));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM sign_in"), 0);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM sign_in_wait"), 0);
}

static void
tokens_that_may_less(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), leader;
	struct token_row *rows;
	const char *plain, *first;
	struct actor a;
	size_t n;

	(void)state;
	ok(account_role_add(CX, id, ROLE_LEADER, 2, &leader));
	ok(token_create(CX,
	    &(struct token_new){
		.login = "asel", .reading = true, .kinds = "events, figures", .role = leader },
	    &plain));
	first = arena_str(&h.arena, plain);
	ok(token_find(CX, first, &a));
	assert_int_equal(a.role, ROLE_LEADER);
	assert_true(a.reading);
	assert_true(actor_may(&a, CAP_EVENT_READ));
	assert_false(actor_may(&a, CAP_EVENT_WRITE));
	assert_false(actor_may(&a, CAP_PEOPLE_WRITE));
	assert_true(token_opens(&a, "events", 6));
	assert_true(token_opens(&a, "figures/x", 7));
	assert_false(token_opens(&a, "event", 5));
	assert_false(token_opens(&a, "people", 6));
	assert_false(token_opens(&a, "", 0));
	ok(token_list(CX, id, &rows, &n));
	assert_true(rows[0].reading);
	assert_string_equal(rows[0].kinds, "events figures");
	assert_string_equal(rows[0].role, "leader");
	refused(
	    token_create(CX, &(struct token_new){ .login = "asel", .kinds = "Events;" }, &plain),
	    "kinds");
	ends(RC_NOTFOUND,
	    token_create(CX, &(struct token_new){ .login = "asel", .role = 999 }, &plain));
	ok(token_create(CX, &(struct token_new){ .login = "asel", .kinds = " , " }, &plain));
	ok(token_find(CX, plain, &a));
	assert_false(a.reading);
	assert_true(token_opens(&a, "people", 6));
	assert_true(actor_may(&a, CAP_EVENT_WRITE));
	/* The role it was made in is taken: the token does not slip into another one. */
	ok(account_role_remove(CX, leader));
	ends(RC_NOTFOUND, token_find(CX, first, &a));
	house_sql(&h, "UPDATE api_token SET scope = 'all'");
	ok(token_find(CX, plain, &a));
	assert_true(a.reading); /* an unknown word gives nothing */
}

int
main(void)
{
	const struct CMUnitTest all[] = { cmocka_unit_test(devices), BOTH(two_persons),
		BOTH(requests_end), BOTH(roles_have_days), BOTH(the_last_used),
		BOTH(the_owner_comes_in), BOTH(alike_everywhere), BOTH(locks_under_the_clock),
		BOTH(codes_under_the_clock), BOTH(sign_ins_kept), BOTH(tokens_that_may_less) };

	return run_both("core access", all, ARRAY_LEN(all));
}

/* reset_test.c – codes for a forgotten password: once, a day, and no way around the waits. */
#include "core_test.h"
#include "core/reset.h"
#include "core/session.h"

static struct actor boss;

static int64_t
with_boss(void)
{
	int64_t admin = account_of("boss", ROLE_ADMIN, 0), id = account_of("asel", ROLE_CLERK, 0);

	boss = (struct actor){
		.account = admin, .role = ROLE_ADMIN, .caps = role_caps(ROLE_ADMIN), .csrf = ""
	};
	return id;
}

static const char *
code_of(int64_t id)
{
	struct reset_code r;

	CX->actor = &boss;
	ok(reset_make(CX, id, &r));
	CX->actor = &actor_system;
	assert_int_equal(strlen(r.code), 14);
	assert_int_equal(r.expires_at, CX->now + 24 * 3600 * US_PER_SECOND);
	return arena_str(&h.arena, r.code);
}

static const char *
capitals(const char *s)
{
	char *out = arena_str(&h.arena, s), *p;

	for (p = out; *p != '\0'; p++)
		*p = *p == '-' ? ' ' : *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p;
	return out;
}

static void
the_road(void **state)
{
	int64_t id = with_boss();
	const char *code = code_of(id), *cookie;
	struct sign_in in;
	struct actor a;
	bool due;

	(void)state;
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM account_reset WHERE digest LIKE '%-%'"), 0);
	ok(session_open(CX, id, "old device", &cookie));
	cookie = arena_str(&h.arena, cookie);
	/* A refused password uses nothing up. */
	refused(reset_use(CX, "asel", code, "short", "10.0.0.1"), "password");
	refused(reset_use(CX, "asel", code, "asel", "10.0.0.1"), "password");
	/* As people type it: capitals, spaces, a login with a capital. */
	ok(reset_use(CX, " Asel ", capitals(code), "tort bes alty", "10.0.0.1"));
	ends(RC_NOTFOUND, session_find(CX, cookie, &a, &due));
	ok(account_sign_in(CX, "asel", "tort bes alty", "10.0.0.1", &in));
	ends(RC_INVALID, account_sign_in(CX, "asel", "bir eki ush", "10.0.0.1", &in));
	refused(reset_use(CX, "asel", code, "jeti segiz togyz", "10.0.0.1"), "code");
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM audit WHERE action IN ('reset_code', 'reset')"), 2);
}

static void
not_good(void **state)
{
	int64_t id = with_boss(), other;
	const char *first = code_of(id), *second = code_of(id);

	(void)state;
	other = account_of("dana", ROLE_CLERK, 0);
	refused(
	    reset_use(CX, "asel", first, "tort bes alty", "10.0.0.2"), "code"); /* a newer one */
	refused(reset_use(CX, "dana", second, "tort bes alty", "10.0.0.2"), "code"); /* another's */
	refused(reset_use(CX, "nobody", second, "tort bes alty", "10.0.0.2"), "code");
	refused(reset_use(CX, "asel", "", "tort bes alty", "10.0.0.2"), "code");
	refused(reset_use(CX, NULL, NULL, NULL, NULL), "code");
	ok(account_disable(CX, id, true));
	refused(reset_use(CX, "asel", second, "tort bes alty", "10.0.0.2"), "code");
	ok(account_disable(CX, id, false));
	CX->now += 24 * 3600 * US_PER_SECOND;
	refused(reset_use(CX, "asel", second, "tort bes alty", "10.0.0.2"), "code");
	ok(reset_use(CX, "asel", code_of(id), "tort bes alty", "10.0.0.2"));
	assert_int_equal(other, house_int(&h, "SELECT id FROM account WHERE login = 'dana'"));
}

static void
who_makes_them(void **state)
{
	int64_t id = with_boss();
	struct actor clerk = {
		.account = id, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
	struct reset_code r;

	(void)state;
	CX->actor = &clerk;
	ends(RC_DENIED, reset_make(CX, boss.account, &r));
	ends(RC_DENIED, reset_make(CX, id, &r));
	CX->actor = &boss;
	ends(RC_RULE, reset_make(CX, boss.account, &r));
	ends(RC_NOTFOUND, reset_make(CX, 999, &r));
	boss.token = 7;
	ends(RC_DENIED, reset_make(CX, id, &r));
	boss.token = 0;
	ok(account_disable(CX, id, true));
	ends(RC_RULE, reset_make(CX, id, &r));
}

/* Guessed codes lock like guessed passwords, also for a login that is not there; a lock holds for both. */
static void
guessing(void **state)
{
	int64_t id = with_boss();
	const char *code = code_of(id);
	struct sign_in in;
	int i;

	(void)state;
	for (i = 0; i < ACCOUNT_FAILURES; i++) {
		refused(reset_use(CX, "asel", "aaaa-bbbb-cccc", "tort bes alty", ""), "code");
		refused(reset_use(CX, "ghost", "aaaa-bbbb-cccc", "tort bes alty", ""), "code");
	}
	ends(RC_RULE, reset_use(CX, "asel", code, "tort bes alty", ""));
	ends(RC_RULE, reset_use(CX, "ghost", code, "tort bes alty", ""));
	ends(RC_RULE, account_sign_in(CX, "asel", "bir eki ush", "", &in));
	CX->now += (ACCOUNT_WAIT_S + 1) * SECOND;
	ok(reset_use(CX, "asel", code, "tort bes alty", ""));
	ok(account_sign_in(CX, "asel", "tort bes alty", "", &in));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { BOTH(the_road), BOTH(not_good), BOTH(who_makes_them),
		BOTH(guessing) };

	return run_both("reset", tests, ARRAY_LEN(tests));
}

/* second_test.c – the second factor: the vectors of RFC 6238, each code once, ten codes for a lost device. */
#include <oath.h>
#include <stdlib.h>

#include "core_test.h"
#include "core/role_request.h"
#include "core/second.h"
#include "core/session.h"
#include "core/setting.h"
#include "kind/vault.h"

#define PASSWORD "bir eki ush"

static struct actor me;
static const char *secret; /* Base32 without spaces */

/* As the device computes it: from the text that was shown, on its own clock. */
static const char *
device_code(int64_t now)
{
	char code[7], *raw;
	size_t n;

	assert_int_equal(oath_base32_decode(secret, strlen(secret), &raw, &n), OATH_OK);
	assert_int_equal(n, 20);
	assert_int_equal(oath_hotp_generate(raw, n, (uint64_t)(now / US_PER_SECOND / 30), 6, false,
			     OATH_HOTP_DYNAMIC_TRUNCATION, code),
	    OATH_OK);
	free(raw);
	return arena_str(&h.arena, code);
}

static const char *
bare(const char *groups)
{
	char *out = arena_str(&h.arena, groups), *to = out;

	for (; *groups != '\0'; groups++)
		if (*groups != ' ')
			*to++ = *groups;
	*to = '\0';
	return out;
}

static const char *
cookie_of(int64_t id)
{
	const char *cookie;

	ok(session_open(CX, id, NULL, &cookie));
	return arena_str(&h.arena, cookie);
}

/* asel, signed in, with the second factor on; the codes live as long as the house. */
static int64_t
switched_on(const char **codes)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0);
	struct second_secret s;
	int i;

	ok(session_find(CX, cookie_of(id), &me, NULL));
	CX->actor = &me;
	ok(second_begin(CX, "Үй", &s));
	secret = bare(s.groups);
	assert_int_equal(second_on(CX, PASSWORD, device_code(CX->now), codes), RC_OK);
	for (i = 0; i < SECOND_CODES; i++)
		codes[i] = arena_str(&h.arena, codes[i]);
	house_next(&h);
	CX->actor = &actor_system;
	return id;
}

static int
put_secret_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, "UPDATE account_totp SET step = 0, secret = $1",
	    VALS(v_blob(*(const struct slice *)arg)));
}

/* RFC 6238, appendix B (SHA-1, the last six of eight digits), at the seams of 32 bits and of steps. */
static void
vectors(void **state)
{
	static const struct {
		int64_t s;
		const char *code;
	} all[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
		{ 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
	const char *codes[SECOND_CODES];
	struct slice sealed;
	int64_t id = switched_on(codes);
	size_t i;

	(void)state;
	sealed = vault_seal_own(&h.arena, VAULT_ACCOUNT,
	    arena_printf(&h.arena, "account_totp:%lld", (long long)id),
	    slice_str("12345678901234567890"));
	ok(db_write(CX, put_secret_fn, &sealed));
	for (i = 0; i < ARRAY_LEN(all); i++) {
		struct sign_in in;

		CX->now = all[i].s * US_PER_SECOND;
		ok(account_sign_in(CX, "asel", PASSWORD, "", &in));
		assert_int_equal(
		    sign_in_second(
			CX, &(struct second_try){ .ticket = in.ticket, .code = all[i].code }, &in),
		    RC_OK);
		house_next(&h);
	}
}

static const char *
ticket_of(const char *login)
{
	struct sign_in in;

	ok(account_sign_in(CX, login, PASSWORD, "10.0.0.1", &in));
	assert_non_null(in.ticket);
	return arena_str(&h.arena, in.ticket);
}

static int
second_door(const char *ticket, const char *code, struct sign_in *in)
{
	return sign_in_second(
	    CX, &(struct second_try){ .ticket = ticket, .code = code, .peer = "10.0.0.1" }, in);
}

static void
each_code_once(void **state)
{
	const char *codes[SECOND_CODES], *ticket, *code;
	int64_t id = switched_on(codes);
	struct sign_in in;

	(void)state;
	/* The right password alone notes nothing and opens nothing. */
	ticket = ticket_of("asel");
	assert_int_equal(house_int(&h, "SELECT count(*) FROM sign_in"), 0);
	/* The code that switched it on is used up. */
	refused(second_door(ticket, device_code(CX->now), &in), "code");
	CX->now += 30 * SECOND;
	code = device_code(CX->now);
	ok(second_door(ticket, arena_printf(&h.arena, " %.3s %s", code, code + 3), &in));
	assert_int_equal(in.account, id);
	assert_null(in.ticket);
	assert_int_equal(in.recovery_left, -1);
	refused(second_door(ticket, code, &in), "code"); /* seen over a shoulder */
	/* One step ahead is taken (a device's clock), then nothing older is. */
	ok(second_door(ticket, device_code(CX->now + 30 * SECOND), &in));
	CX->now += 30 * SECOND;
	refused(second_door(ticket, device_code(CX->now), &in), "code");
	CX->now += 90 * SECOND;
	refused(second_door(ticket, device_code(CX->now - 60 * SECOND), &in), "code");
	refused(second_door(ticket, device_code(CX->now + 60 * SECOND), &in), "code");
	ok(second_door(ticket, device_code(CX->now - 30 * SECOND), &in));
	refused(second_door(ticket, "", &in), "code");
	refused(second_door(ticket, NULL, &in), "code");
	refused(second_door(ticket, "000000000000", &in), "code");
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM sign_in WHERE how = 'code' AND outcome = 'ok'"), 3);
}

static void
tickets(void **state)
{
	const char *codes[SECOND_CODES], *ticket, *other;
	int64_t id = switched_on(codes);
	struct sign_in in;
	char *bent;

	(void)state;
	CX->now += 60 * SECOND;
	ticket = ticket_of("asel");
	bent = arena_str(&h.arena, ticket);
	bent[strlen(bent) - 1] = bent[strlen(bent) - 1] == '0' ? '1' : '0';
	refused(second_door(bent, device_code(CX->now), &in), "ticket");
	other = arena_printf(&h.arena, "%lld%s", (long long)id + 1, strchr(ticket, '.'));
	refused(second_door(other, device_code(CX->now), &in), "ticket");
	refused(second_door("", device_code(CX->now), &in), "ticket");
	refused(second_door(NULL, device_code(CX->now), &in), "ticket");
	refused(second_door("1.2", device_code(CX->now), &in), "ticket");
	refused(second_door("99999999999999999999999.1.x", "1", &in), "ticket");
	CX->now += 300 * SECOND;
	refused(second_door(ticket, device_code(CX->now), &in), "ticket");
	CX->now -= US_PER_DAY; /* put back: it does not live a day longer */
	refused(second_door(ticket, device_code(CX->now), &in), "ticket");
	CX->now += US_PER_DAY;
	/* A new password ends it. */
	ticket = ticket_of("asel");
	ok(account_set_password(CX, id, NULL, "tort bes alty", NULL));
	refused(second_door(ticket, device_code(CX->now), &in), "ticket");
}

static void
a_lost_device(void **state)
{
	const char *codes[SECOND_CODES], *more[SECOND_CODES], *ticket;
	int64_t id = switched_on(codes);
	struct second_state st;
	struct sign_in in;

	(void)state;
	ticket = ticket_of("asel");
	ok(second_door(ticket, codes[3], &in));
	assert_int_equal(in.recovery_left, 9);
	refused(second_door(ticket, codes[3], &in), "code"); /* once */
	ok(second_door(ticket, codes[9], &in));
	assert_int_equal(in.recovery_left, 8);
	ok(second_state(CX, id, &st));
	assert_true(st.on);
	assert_int_equal(st.codes_left, 8);
	/* Neither the codes nor the secret lie open. */
	assert_int_equal(house_int(&h, arena_printf(&h.arena,
					   "SELECT count(*) FROM account_recovery WHERE digest "
					   "LIKE '%%%s%%'",
					   codes[0])),
	    0);
	CX->actor = &me;
	refused(second_codes(CX, "not the password", more), "password");
	ok(second_codes(CX, PASSWORD, more));
	CX->actor = &actor_system;
	refused(second_door(ticket, codes[0], &in), "code"); /* the old ones ended */
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM audit WHERE action = 'recovery_code'"), 2);
}

/* Guessing at the second door waits like guessing at the first, and the right password does not help. */
static void
guessing_codes(void **state)
{
	const char *codes[SECOND_CODES], *ticket;
	struct sign_in in;
	int i;

	(void)state;
	switched_on(codes);
	CX->now += 60 * SECOND;
	ticket = ticket_of("asel");
	for (i = 0; i < ACCOUNT_FAILURES; i++) {
		refused(second_door(ticket, "abc", &in), "code");
		if (i < ACCOUNT_FAILURES - 1)
			ticket = ticket_of("asel");
	}
	assert_int_equal(in.wait_s, ACCOUNT_WAIT_S);
	ends(RC_RULE, second_door(ticket, device_code(CX->now), &in));
	ends(RC_RULE, account_sign_in(CX, "asel", PASSWORD, "10.0.0.1", &in));
	CX->now += (ACCOUNT_WAIT_S + 1) * SECOND;
	ok(second_door(ticket, device_code(CX->now), &in));
}

static void
on_and_off(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), boss = account_of("boss", ROLE_ADMIN, 0);
	struct actor admin = {
		.account = boss, .role = ROLE_ADMIN, .caps = role_caps(ROLE_ADMIN), .csrf = ""
	};
	const char *elsewhere = cookie_of(id), *codes[SECOND_CODES], *first;
	struct second_secret s;
	struct second_state st;
	struct sign_in in;
	struct actor a;

	(void)state;
	ok(session_find(CX, cookie_of(id), &me, NULL));
	CX->actor = &me;
	ok(second_begin(CX, "Ақтөбе үйі", &s));
	assert_int_equal(strlen(s.groups), 39);
	first = arena_str(&h.arena, s.groups);
	assert_non_null(strstr(s.uri, "otpauth://totp/%D0"));
	assert_non_null(strstr(s.uri, ":asel?secret="));
	assert_null(strchr(s.uri, ' '));
	ok(second_begin(CX, "Ақтөбе үйі", &s)); /* reloaded */
	assert_string_equal(s.groups, first);
	secret = bare(first);
	refused(second_on(CX, "not the password", device_code(CX->now), codes), "password");
	refused(second_on(CX, PASSWORD, "123", codes), "code");
	ok(second_state(CX, id, &st));
	assert_false(st.on);
	/* Begun is not on: the password alone is still enough. */
	ok(account_sign_in(CX, "asel", PASSWORD, "", &in));
	assert_null(in.ticket);
	ok(second_on(CX, PASSWORD, device_code(CX->now), codes));
	ends(RC_NOTFOUND, session_find(CX, elsewhere, &a, NULL));
	ends(RC_RULE, second_begin(CX, "x", &s));
	CX->actor = &admin;
	ok(second_off(CX, id, NULL)); /* for one who lost device and codes */
	ends(RC_RULE, second_off(CX, id, NULL));
	CX->actor = &me;
	ends(RC_DENIED, second_off(CX, boss, PASSWORD));
	ends(RC_RULE, second_codes(CX, PASSWORD, codes));
	CX->now += 3601 * SECOND; /* a new secret after an hour */
	ok(second_begin(CX, "x", &s));
	assert_string_not_equal(s.groups, first);
	secret = bare(s.groups);
	ok(second_on(CX, PASSWORD, device_code(CX->now), codes));
	refused(second_off(CX, id, "not the password"), "password");
	ok(second_off(CX, id, PASSWORD));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM account_recovery"), 0);
	me.token = 3;
	ends(RC_DENIED, second_begin(CX, "x", &s));
	me.token = 0;
}

/* RULE account-2: a role that must have it gives nothing before. */
static void
roles_that_must(void **state)
{
	const char *codes[SECOND_CODES], *cookie;
	int64_t id = account_of("asel", ROLE_CLERK, 0);
	struct second_secret s;
	struct actor a;

	(void)state;
	cookie = cookie_of(id);
	ok(session_find(CX, cookie, &a, NULL));
	assert_false(a.held_back);
	refused(setting_set(CX, "second_factor", "clerk, boss"), "second_factor");
	ok(setting_set(CX, "second_factor", "admin, clerk"));
	ok(session_find(CX, cookie, &a, NULL));
	assert_true(a.held_back);
	assert_int_equal(a.caps, role_caps(ROLE_MEMBER));
	CX->actor = &a;
	ok(second_begin(CX, "x", &s));
	secret = bare(s.groups);
	ok(second_on(CX, PASSWORD, device_code(CX->now), codes));
	ok(session_find(CX, cookie, &a, NULL));
	assert_false(a.held_back);
	assert_int_equal(a.caps, role_caps(ROLE_CLERK));
	CX->actor = &a;
	ends(RC_RULE, second_off(CX, id, PASSWORD));
	assert_true(second_needed("admin head", ROLE_HEAD));
	assert_false(second_needed("admin header", ROLE_HEAD));
	assert_false(second_needed("", ROLE_HEAD));
	assert_false(second_needed(NULL, ROLE_HEAD));
}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(vectors), BOTH(each_code_once), BOTH(tickets),
		BOTH(a_lost_device), BOTH(guessing_codes), BOTH(on_and_off),
		BOTH(roles_that_must) };

	return run_both("core second", all, ARRAY_LEN(all));
}

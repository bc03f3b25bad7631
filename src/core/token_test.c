/* token_test.c – API tokens, answers kept for a day, settings. */
#include "core_test.h"
#include "core/idempotency.h"
#include "core/session.h"
#include "core/setting.h"
#include "core/token.h"

static void
tokens(void **state)
{
	int64_t id = account_of("leader", ROLE_LEADER, 2);
	const char *plain, *other, *digest;
	struct actor a;

	(void)state;
	ok(token_create(
	    CX, &(struct token_new){ .login = "leader", .label = "sync", .days = 1 }, &plain));
	assert_int_equal(strlen(plain), 46);
	assert_memory_equal(plain, "sq_", 3);
	assert_int_equal(
	    strspn(plain + 3, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
	    43);
	ok(db_text(CX, &digest, "SELECT digest FROM api_token", NO_VALS));
	assert_null(strstr(digest, plain + 3));
	ok(token_find(CX, plain, &a));
	assert_int_equal(a.account, id);
	assert_int_equal(a.role, ROLE_LEADER);
	assert_int_equal(a.nscope, 2);
	assert_true(a.token > 0);
	assert_int_equal(a.session, 0);
	ok(token_create(CX, &(struct token_new){ .login = "leader" }, &other));
	assert_string_not_equal(plain, other);
	ends(RC_NOTFOUND, token_find(CX, NULL, &a));
	ends(RC_NOTFOUND, token_find(CX, "", &a));
	ends(RC_NOTFOUND, token_find(CX, digest, &a));
	ends(RC_NOTFOUND, token_find(CX, "sq_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &a));
	CX->now += US_PER_DAY - 1;
	ok(token_find(CX, plain, &a));
	CX->now += 1;
	ends(RC_NOTFOUND, token_find(CX, plain, &a));
	ok(token_find(CX, other, &a)); /* ninety days */
	ok(account_disable(CX, id, true));
	ends(RC_NOTFOUND, token_find(CX, other, &a));
	ends(RC_RULE, token_create(CX, &(struct token_new){ .login = "leader" }, &plain));
}

static void
who_makes_tokens(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), admin = account_of("admin1", ROLE_ADMIN, 0),
		token;
	struct actor me = {
		.account = id, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
	struct actor boss = {
		.account = admin, .role = ROLE_ADMIN, .caps = role_caps(ROLE_ADMIN), .csrf = ""
	};
	const struct token_new in = { .login = "asel" };
	const char *plain;
	struct token_row *rows;
	struct actor a;
	size_t n;

	(void)state;
	ends(RC_NOTFOUND, token_create(CX, &(struct token_new){ .login = "nobody" }, &plain));
	refused(
	    token_create(CX, &(struct token_new){ .login = "asel", .days = -1 }, &plain), "days");
	refused(
	    token_create(CX, &(struct token_new){ .login = "asel", .days = 3651 }, &plain), "days");
	refused(token_create(CX, &(struct token_new){ .login = "asel", .label = "\xff" }, &plain),
	    "label");
	CX->actor = &boss;
	ends(RC_DENIED, token_create(CX, &in, &plain)); /* he would act as a clerk */
	CX->actor = &me;
	ends(RC_DENIED, token_create(CX, &(struct token_new){ .login = "admin1" }, &plain));
	ok(token_create(CX, &in, &plain));
	ok(token_find(CX, plain, &a));
	token = a.token;
	CX->actor = &a;
	ends(RC_DENIED, token_create(CX, &in, &plain)); /* a token does not make tokens */
	CX->actor = &me;
	ends(RC_DENIED, token_list(CX, 0, &rows, &n));
	ok(token_list(CX, id, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].login, "asel");
	assert_int_equal(rows[0].revoked_at, 0);
	me.account = 999;
	ends(RC_NOTFOUND, token_revoke(CX, token));
	CX->actor = &boss;
	ok(token_revoke(CX, token));
	ok(token_revoke(CX, token));
	ends(RC_NOTFOUND, token_revoke(CX, 999));
	ends(RC_NOTFOUND, token_find(CX, plain, &a));
	ok(token_list(CX, 0, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].revoked_at, CX->now);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit WHERE kind = 'api_token'"), 2);
}

static const struct idempotency put = { "POST /api/v1/events", "key-1", { "{\"a\":1}", 7 } };

struct kept {
	const struct idempotency *in;
	int fail_after;
};

static int
keep_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct kept *k = arg;

	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO setting (name, value, changed_at) VALUES ($1, 'x', 0)",
	    VALS(v_text(k->in->key))));
	TRY(idempotency_keep_tx(cx, tx, k->in, &(struct idempotency_answer){ 201, "{\"id\":5}" }));
	return k->fail_after;
}

static void
kept_answers(void **state)
{
	struct idempotency other = put;
	struct idempotency_answer a = { 0 };
	struct actor me = { .account = 1, .token = 7, .csrf = "" };
	char longer[257];
	int64_t n;

	(void)state;
	CX->actor = &me;
	ends(RC_NOTFOUND, idempotency_find(CX, &put, &a));
	/* The write fails: neither it nor its answer is there. */
	ends(RC_RULE, db_write(CX, keep_fn, &(struct kept){ &put, RC_RULE }));
	ends(RC_NOTFOUND, idempotency_find(CX, &put, &a));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM setting"), 0);
	ok(db_write(CX, keep_fn, &(struct kept){ &put, RC_OK }));
	ok(idempotency_find(CX, &put, &a));
	assert_int_equal(a.status, 201);
	assert_string_equal(a.body, "{\"id\":5}");
	other.body = slice_str("{\"a\":2}");
	ends(RC_CONFLICT, idempotency_find(CX, &other, &a));
	other = put, other.route = "POST /api/v1/people";
	ends(RC_NOTFOUND, idempotency_find(CX, &other, &a));
	me.token = 8;
	ends(RC_NOTFOUND, idempotency_find(CX, &put, &a));
	me.token = 7;
	/* A twin that comes later in its transaction: its write is undone. */
	house_sql(&h, "DELETE FROM setting");
	ends(RC_EXISTS, db_write(CX, keep_fn, &(struct kept){ &put, RC_OK }));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM setting"), 0);
	memset(longer, 'k', 256);
	longer[256] = '\0';
	other = put, other.key = longer;
	refused(idempotency_find(CX, &other, &a), "Idempotency-Key");
	other.key = "";
	refused(idempotency_find(CX, &other, &a), "Idempotency-Key");
	other.key = "a b";
	refused(idempotency_find(CX, &other, &a), "Idempotency-Key");
	CX->now += IDEMPOTENCY_LIFE_US - 1;
	ok(idempotency_find(CX, &put, &a));
	ok(idempotency_purge(CX, &n));
	assert_int_equal(n, 0);
	CX->now += 1; /* a day is over: the key may be used anew, purged or not */
	ends(RC_NOTFOUND, idempotency_find(CX, &put, &a));
	ok(db_write(CX, keep_fn, &(struct kept){ &put, RC_OK }));
	CX->now += IDEMPOTENCY_LIFE_US;
	ok(idempotency_purge(CX, &n));
	assert_int_equal(n, 1);
}

static void
set_and_read(void **state)
{
	static const struct {
		const char *name, *value;
	} bad[] = { { "email", "nobody" }, { "email", "a b@c.d" },
		{ "site", "javascript:alert(1)" }, { "site", "http://a b" }, { "phone", "call me" },
		{ "business_day", "31.02.2024" }, { "business_day", "soon" },
		{ "address", "two\nlines" }, { "region_kk", "\xff" } };
	struct actor clerk = {
		.account = 5, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
	const char *value;
	struct institution in;
	size_t i;

	(void)state;
	ok(setting_get(CX, "phone", &value));
	assert_string_equal(value, "");
	ok(setting_set(CX, "institution_kk", "  Ассамблея хатшылығы "));
	ok(setting_set(CX, "institution_kk", "Ассамблея хатшылығы")); /* nothing changed: no line */
	ok(setting_set(CX, "phone", "+7 (7132) 00-00-00"));
	ok(setting_set(CX, "email", "office@example.org"));
	ok(setting_set(CX, "site", "https://example.org/"));
	for (i = 0; i < ARRAY_LEN(bad); i++)
		refused(setting_set(CX, bad[i].name, bad[i].value), bad[i].name);
	refused(setting_set(CX, "region_kk", arena_printf(CX->arena, "%0121d", 0)), "region_kk");
	ends(RC_NOTFOUND, setting_set(CX, "no_such", "1"));
	ok(setting_institution(CX, &in));
	assert_string_equal(in.name.kk, "Ассамблея хатшылығы");
	assert_string_equal(in.name.ru, "");
	assert_string_equal(in.phone, "+7 (7132) 00-00-00");
	assert_string_equal(in.region.en, "");
	ok(setting_set(CX, "phone", ""));
	ok(setting_get(CX, "phone", &value));
	assert_string_equal(value, "");
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM audit WHERE kind = 'setting' AND fields = 'phone'"),
	    2);
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM audit WHERE fields = 'institution_kk'"), 1);
	CX->actor = &clerk;
	ends(RC_DENIED, setting_set(CX, "phone", "1"));
}

static void
business_day(void **state)
{
	uint64_t before;
	bool pinned = true;
	int day = 0;

	(void)state;
	day_parse("2025-03-09", &day);
	CX->now = day_start(day) - 1; /* a microsecond before local midnight */
	ok(setting_business_day(CX, &day, &pinned));
	assert_int_equal(day, 20250308);
	assert_false(pinned);
	CX->now++;
	ok(setting_business_day(CX, &day, &pinned));
	assert_int_equal(day, 20250309);
	before = store_generation(h.store, 40);
	ok(setting_set(CX, "business_day", "15.11.2024"));
	assert_true(store_generation(h.store, 40) > before); /* every cached page is stale */
	ok(setting_business_day(CX, &day, &pinned));
	assert_int_equal(day, 20241115);
	assert_true(pinned);
	ok(setting_set(CX, "business_day", ""));
	ok(setting_business_day(CX, &day, &pinned));
	assert_int_equal(day, 20250309);
	assert_false(pinned);
}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(tokens), BOTH(who_makes_tokens), BOTH(kept_answers),
		BOTH(set_and_read), BOTH(business_day) };

	return run_both("core token", all, ARRAY_LEN(all));
}

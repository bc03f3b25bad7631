/* account_test.c – accounts through the doors: the switch of roles, roles that two administrators give, the
 * second door behind the password, tokens that may less, a role held back. On both engines. */
#include "door_words.h"

#include <oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/account.h"
#include "core/session.h"
#include "core/token.h"

static int guest, member, clerk, auditor, admin;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	member = door_role(&door, "member");
	clerk = door_role(&door, "clerk");
	auditor = door_role(&door, "auditor");
	admin = door_role(&door, "admin");
	return 0;
}

static void
is(const struct answer *a, int status, const char *text, int line)
{
	if (a->status == status && (text == NULL || strstr(a->body.p, text) != NULL))
		return;
	print_error("line %d: status %d, not %d; «%s»\n%.600s\n", line, a->status, status,
	    text == NULL ? "" : text, a->status == status ? "" : a->body.p);
	_fail(__FILE__, line);
}
#define IS(call, status, text)                        \
	do {                                          \
		const struct answer is_ = (call);     \
		is(&is_, (status), (text), __LINE__); \
	} while (0)

static int64_t
number(const char *sql)
{
	return door_int(&door, sql);
}

static const char *
format(const char *f, int64_t n)
{
	const char *at = strchr(f, '#');

	return arena_printf(&door.arena, "%.*s%lld%s", (int)(at - f), f, (long long)n, at + 1);
}

/* What stands between two marks of a page. */
static const char *
between(const struct answer *a, const char *from, const char *to)
{
	const char *p = strstr(a->body.p, from), *end;

	assert_non_null(p);
	p += strlen(from);
	end = strstr(p, to);
	assert_non_null(end);
	return arena_strn(&door.arena, p, (size_t)(end - p));
}

/* The house as the program: what the command line would do. */
static void
house(struct ctx *cx)
{
	app_ctx(&door.app, cx, &door.arena);
}

static void
give(const char *login, enum role role, const char *body)
{
	struct ctx cx;
	int64_t id, b = 0;

	house(&cx);
	assert_int_equal(account_by_login(&cx, login, &id), RC_OK);
	if (body != NULL)
		assert_int_equal(
		    db_int(&cx, &b, "SELECT id FROM body WHERE code = $1", VALS(v_text(body))),
		    RC_OK);
	db_end(&cx);
	assert_int_equal(account_role_add(&cx, id, role, b, NULL), RC_OK);
	db_end(&cx);
}

/* Another session of this login in this place of the table. */
static void
sit(int place, const char *login)
{
	struct actor *a = arena_new(&door.arena, struct actor);
	const char *token;
	struct ctx cx;
	int64_t id;

	house(&cx);
	assert_int_equal(account_by_login(&cx, login, &id), RC_OK);
	db_end(&cx);
	assert_int_equal(session_open(&cx, id, "test", &token), RC_OK);
	assert_int_equal(session_find(&cx, token, a, NULL), RC_OK);
	db_end(&cx);
	door.cookie[place] = arena_printf(&door.arena, "s=%s", token);
	door.csrf[place] = arena_str(&door.arena, a->csrf);
}

static void
switching(void **state)
{
	const char *old = door.csrf[clerk], *role;
	struct answer a;

	(void)state;
	a = page(clerk, "/kk/today");
	assert_null(strstr(a.body.p, "class='roles'")); /* one role: no switch */
	give("clerk", ROLE_LEADER, "eca03");
	a = page(clerk, "/kk/people");
	IS(a, 200, "class='roles'");
	role = between(&a, "name='role' value='", "'");
	IS(page(clerk, "/kk/people/duplicates"), 200, NULL); /* as a clerk */
	IS(post(clerk, "/kk/me/role", "role=1"), 404, NULL); /* the administrator's */
	IS(post(clerk, "/kk/me/role", arena_printf(&door.arena, "role=%s", role)), 303, NULL);
	IS(page(clerk, "/kk/people/duplicates"), 403, NULL); /* a leader does not join records */
	IS(page(clerk, "/kk/people"), 200, NULL);
	/* A form that was drawn in the earlier role is not taken in this one. */
	IS(post(clerk, "/kk/me/role", arena_printf(&door.arena, "role=%s", role)), 403, NULL);
	sit(clerk, "clerk"); /* signed in again: the role used last */
	assert_string_not_equal(door.csrf[clerk], old);
	IS(page(clerk, "/kk/people/duplicates"), 403, NULL);
	a = page(clerk, "/kk/me");
	role = between(&a, "name='role' value='", "'");
	IS(post(clerk, "/kk/me/role", arena_printf(&door.arena, "role=%s", role)), 303, NULL);
	IS(page(clerk, "/kk/people/duplicates"), 200, NULL);
	sit(clerk, "clerk");
}

static void
two_administrators(void **state)
{
	struct account_new second = {
		.login = "admin2", .name = "Second", .role = ROLE_ADMIN, .password = "tort bes alty"
	};
	int64_t account = number("SELECT id FROM account WHERE login = 'member'"), id;
	const char *user = format("/kk/users/#", account);
	struct ctx cx;
	struct answer a;

	(void)state;
	IS(post(admin, format("/kk/users/#/roles", account), "role=head"), 303, NULL);
	assert_int_equal(number("SELECT count(*) FROM account_role WHERE role = 'head'"), 1);
	id = number("SELECT max(id) FROM role_request");
	a = page(admin, "/en/users/requests");
	IS(a, 200, "There is no second administrator");
	assert_null(strstr(a.body.p, "/confirm'")); /* he asked himself */
	IS(post(admin, format("/kk/users/requests/#/confirm", id), "x=1"), 409, NULL);
	IS(post(auditor, format("/kk/users/requests/#/confirm", id), "x=1"), 403, NULL);
	house(&cx);
	assert_int_equal(account_create(&cx, &second, &account, NULL), RC_OK);
	db_end(&cx);
	sit(auditor, "admin2");
	IS(page(auditor, "/kk/users/requests"), 200, "/confirm'");
	IS(page(auditor, user), 200, "/confirm'");
	IS(post(auditor, format("/kk/users/requests/#/confirm", id), "x=1"), 303, NULL);
	assert_int_equal(number("SELECT count(*) FROM account_role WHERE role = 'head'"), 2);
	IS(post(auditor, format("/kk/users/requests/#/confirm", id), "x=1"), 404, NULL);
	/* Nobody gives himself anything; a bad day and a bad body are said beside their fields. */
	IS(post(admin, "/kk/users/1/roles", "role=clerk"), 303, NULL);
	assert_int_equal(
	    number("SELECT count(*) FROM account_role WHERE account = 1 AND role = 'clerk'"), 0);
	IS(post(admin, "/kk/users/1/roles", "role=clerk&since=31.02.2026"), 422, "since-e");
	IS(post(admin, "/kk/users/1/roles", "role=clerk&body=nope"), 422, "body-e");
	sit(auditor, "auditor");
}

static const char *
code_of(const char *groups)
{
	char code[7], *raw, key[40];
	size_t n = 0, len;

	for (; *groups != '\0'; groups++)
		if (*groups != ' ')
			key[n++] = *groups;
	assert_int_equal(n, 32);
	assert_int_equal(oath_base32_decode(key, n, &raw, &len), OATH_OK);
	assert_int_equal(oath_hotp_generate(raw, len, (uint64_t)(clock_now() / 30000000), 6, false,
			     OATH_HOTP_DYNAMIC_TRUNCATION, code),
	    OATH_OK);
	free(raw);
	return arena_str(&door.arena, code);
}

static const char *
password_of(const char *login)
{
	FILE *f = fopen(door.app.paths.sign_ins, "r");
	char name[40], word[40];

	assert_non_null(f);
	while (fscanf(f, "%39s %39s", name, word) == 2)
		if (strcmp(name, login) == 0)
			break;
	fclose(f);
	assert_string_equal(name, login);
	return arena_str(&door.arena, word);
}

static void
the_second_door(void **state)
{
	const char *password = password_of("member"), *code, *ticket, *recovery, *login;
	struct answer a = page(member, "/kk/me/second");
	int64_t before;

	(void)state;
	IS(a, 200, "href='otpauth://totp/");
	code = code_of(between(&a, "<code translate='no'>", "</code>"));
	IS(post(member, "/kk/me/second",
	       arena_printf(&door.arena, "code=%s&password=%s", code, "wrong")),
	    422, "password-e");
	a = post(member, "/kk/me/second",
	    arena_printf(&door.arena, "code=%s&password=%s", code, password));
	IS(a, 200, "class='codes'");
	recovery = between(&a, "<li><code>", "</code>");
	login = arena_printf(&door.arena, "login=member&password=%s&next=/kk/help", password);
	before = number("SELECT count(*) FROM session");
	a = post(guest, "/kk/sign-in", login);
	IS(a, 200, "name='ticket'");
	assert_int_equal(number("SELECT count(*) FROM session"), before); /* nobody is in */
	ticket = between(&a, "name='ticket' value='", "'");
	IS(post(guest, "/kk/sign-in/code",
	       arena_printf(&door.arena, "ticket=%s&code=%s", ticket, code)),
	    422, "code-e"); /* it switched the factor on: used */
	a = post(guest, "/kk/sign-in/code", "ticket=1.2.3&code=000000");
	IS(a, 303, NULL);
	assert_non_null(strstr(a.location, "/sign-in"));
	a = post(guest, "/kk/sign-in/code",
	    arena_printf(&door.arena, "ticket=%s&code=%s&next=//evil.example", ticket, recovery));
	IS(a, 303, NULL);
	assert_non_null(strstr(a.location, "/me/second"));
	assert_int_equal(number("SELECT count(*) FROM session"), before + 1);
	IS(page(member, "/kk/me"), 200, NULL);
	/* An administrator helps whoever lost both. */
	IS(post(admin,
	       format("/kk/users/#/second-off",
		   number("SELECT id FROM account WHERE login = 'member'")),
	       "x=1"),
	    303, NULL);
	assert_int_equal(number("SELECT count(*) FROM account_totp WHERE on_at IS NOT NULL"), 0);
	sit(member, "member");
}

static const char *
token(const char *login, bool reading, const char *kinds)
{
	struct token_new t = { .login = login, .reading = reading, .kinds = kinds };
	const char *plain;
	struct ctx cx;

	house(&cx);
	assert_int_equal(token_create(&cx, &t, &plain), RC_OK);
	db_end(&cx);
	return arena_printf(&door.arena, "Bearer %s", plain);
}

static void
tokens(void **state)
{
	const char *full = door.token[clerk], *body = "{\"name\":{\"kk\":\"x\"}}";
	struct answer a;

	(void)state;
	door.token[clerk] = token("clerk", true, NULL);
	IS(door_api(&door, clerk, M_GET, "/api/v1/people?limit=1", NULL, NULL), 200, NULL);
	IS(door_api(&door, clerk, M_POST, "/api/v1/programmes", body, NULL), 403, NULL);
	IS(door_api(&door, clerk, M_PATCH, "/api/v1/events/1", "{}", "\"1\""), 403, NULL);
	IS(door_api(&door, clerk, M_POST, "/api/v1/events/1/hold", "{}", "\"1\""), 403, NULL);
	IS(door_api(&door, clerk, M_POST, "/api/v1/lang/stem", "\"x\"", NULL), 200, NULL);
	door.token[clerk] = token("clerk", false, "programmes figures");
	IS(door_api(&door, clerk, M_GET, "/api/v1/people?limit=1", NULL, NULL), 403, NULL);
	IS(door_api(&door, clerk, M_GET, "/api/v1/people/1", NULL, NULL), 403, NULL);
	IS(door_api(&door, clerk, M_GET, "/api/v1/search?q=a", NULL, NULL), 403, NULL);
	IS(door_api(&door, clerk, M_POST, "/api/v1/events/1/hold", "{}", "\"1\""), 403, NULL);
	IS(door_api(&door, clerk, M_GET, "/api/v1/programmes?limit=1", NULL, NULL), 200, NULL);
	IS(door_api(&door, clerk, M_GET, "/api/v1/figures/events_total", NULL, NULL), 200, NULL);
	a = door_api(&door, clerk, M_POST, "/api/v1/programmes", body, NULL);
	assert_int_not_equal(a.status, 403); /* refused by its fields, if at all */
	door.token[clerk] = full;
	/* Made in the pages: shown once, listed, taken back. */
	a = post(clerk, "/kk/me/tokens", "label=sync&days=5&scope=read&kind=events&kind=figures");
	IS(a, 200, "sq_");
	IS(page(clerk, "/kk/me/tokens"), 200, "sync");
	a = page(clerk, "/kk/me/tokens");
	assert_null(strstr(a.body.p, "sq_"));
	assert_int_equal(number("SELECT count(*) FROM api_token WHERE label = 'sync' AND kinds = "
				"'figures events' AND scope = 'read'"),
	    1);
	IS(post(clerk, "/kk/me/tokens", "days=9999"), 422, "days-e");
	IS(post(auditor, format("/kk/me/tokens/#/revoke", number("SELECT max(id) FROM api_token")),
	       "x=1"),
	    404, NULL); /* not his */
	IS(post(admin, format("/kk/users/tokens/#/revoke", number("SELECT max(id) FROM api_token")),
	       "x=1"),
	    303, NULL);
	assert_int_equal(number("SELECT count(*) FROM api_token WHERE label = 'sync' AND "
				"revoked_at IS NOT NULL"),
	    1);
}

/* RULE account-2 */
static void
held_back(void **state)
{
	struct ctx cx;
	struct answer a;

	(void)state;
	house(&cx);
	assert_int_equal(setting_set(&cx, "second_factor", "clerk"), RC_OK);
	db_end(&cx);
	a = page(clerk, "/kk/people");
	IS(a, 303, NULL);
	assert_non_null(strstr(a.location, "/kk/me/second"));
	IS(page(clerk, "/kk/me/second"), 200, "otpauth");
	IS(page(clerk, "/kk/me"), 200, "class='note wait'"); /* said on every page */
	IS(post(clerk, "/kk/people/new", "surname=x"), 403, NULL);
	IS(door_api(&door, clerk, M_GET, "/api/v1/people?limit=1", NULL, NULL), 403, NULL);
	IS(page(admin, "/kk/users"), 200, NULL);
	house(&cx);
	assert_int_equal(setting_set(&cx, "second_factor", ""), RC_OK);
	db_end(&cx);
	IS(page(clerk, "/kk/people"), 200, NULL);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(switching),
		cmocka_unit_test(two_administrators), cmocka_unit_test(the_second_door),
		cmocka_unit_test(tokens), cmocka_unit_test(held_back) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}

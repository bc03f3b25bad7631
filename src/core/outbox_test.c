/* outbox_test.c – letters: how they are written, who gets one, when they are tried again. */
#include <sodium.h>

#include "core_test.h"
#include "base/utf8.h"
#include "core/mail.h"
#include "core/outbox.h"
#include "core/reset.h"
#include "core/setting.h"

#define PASSWORD "bir eki ush"

static void
addresses(void **state)
{
	static const char *const good[] = { "a@b.kz", "a.b+c@mail.example.org", "x_1@xn--80a.kz" };
	static const char *const bad[] = { NULL, "", "a", "@b.kz", "a@b", "a@@b.kz", "a b@c.kz",
		"a@b.kz\r\nBcc: c@d.kz", "a@b.kz>", "<a@b.kz", "a@b.kz,c@d.kz", "ә@b.kz", "a@ә.kz",
		"-oQ@b.kz", "a@.kz", "a@b.", "a@b c.kz", "a@[127.0.0.1]" };
	char longer[300];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(good); i++)
		if (!mail_address(good[i]))
			fail_msg("%s was refused", good[i]);
	for (i = 0; i < ARRAY_LEN(bad); i++)
		if (mail_address(bad[i]))
			fail_msg("address %zu was taken", i);
	memset(longer, 'a', sizeof longer);
	memcpy(longer + 280, "@b.kz", 6);
	assert_false(mail_address(longer));
}

/* Every line of the head within 76 bytes, and the words give back the text. */
static void
composed(void **state)
{
	struct mail m = { .from_name = "Қазақстан халқы Ассамблеясының хатшылығы, «Достық үйі»",
		.from = "office@example.org",
		.to = "asel@example.org",
		.subject = "Жаңа құпиясөзге арналған код – қазақша өте ұзын тақырып болса да",
		.text = "Әсел!\n.\nFrom here" };
	struct slice s;
	const char *p, *end;

	(void)state;
	CX->now = INT64_C(1731672000) * US_PER_SECOND;
	ok(mail_compose(CX, &m, &s));
	assert_non_null(strstr(s.p, "Date: Fri, 15 Nov 2024 12:00:00 +0000\r\n"));
	assert_non_null(strstr(s.p, "\r\nTo: <asel@example.org>\r\nSubject: =?UTF-8?B?"));
	assert_null(strstr(s.p, "\n."));
	for (p = s.p; *p != '\0'; p = end + 2) {
		end = strstr(p, "\r\n");
		assert_non_null(end);
		assert_true(end - p <= 100);
		assert_null(memchr(p, '\n', (size_t)(end - p)));
	}
	for (p = s.p; (p = strstr(p, "=?UTF-8?B?")) != NULL; p += 10) {
		unsigned char out[100];
		size_t n, len = (size_t)(strstr(p, "?=") - p);

		assert_true(len + 2 <= 75);
		assert_int_equal(sodium_base642bin(out, sizeof out, p + 10, len - 10, NULL, &n,
				     NULL, sodium_base64_VARIANT_ORIGINAL),
		    0);
		assert_true(utf8_valid((const char *)out, n)); /* cut between characters */
	}
	m.subject = "x\r\nBcc: all@example.org";
	ends(RC_INVALID, mail_compose(CX, &m, &s));
	m.subject = "x";
	m.to = "a@b.kz\r\nRCPT TO:<c@d.kz>";
	ends(RC_INVALID, mail_compose(CX, &m, &s));
}

static void
set_up(void)
{
	ok(setting_set(CX, "mail_server", "smtp://127.0.0.1:2525"));
	ok(setting_set(CX, "mail_from", "office@example.org"));
}

static const char *
code_in(const char *text)
{
	const char *p = strstr(text, "-");

	assert_non_null(p);
	return arena_strn(&h.arena, p - 4, 14);
}

static void
code_by_letter(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), boss = account_of("boss", ROLE_ADMIN, 0);
	struct actor me = { .account = id,
		.role = ROLE_CLERK,
		.caps = role_caps(ROLE_CLERK),
		.csrf = "" },
		     admin = { .account = boss,
			     .role = ROLE_ADMIN,
			     .caps = role_caps(ROLE_ADMIN),
			     .csrf = "" };
	struct letter l;
	const char *code;
	struct reset_code printed;
	struct sign_in in;
	int64_t first;
	int i;

	(void)state;
	ends(RC_NOTFOUND, outbox_reset(CX, "asel", "10.0.0.1")); /* off */
	refused(setting_set(CX, "mail_server", "http://x"), "mail_server");
	refused(setting_set(CX, "mail_server", "smtp://user:word@x"), "mail_server");
	set_up();
	CX->actor = &admin;
	ends(RC_DENIED, outbox_set_email(CX, id, "boss@example.org", PASSWORD)); /* not another's */
	ok(reset_make(CX, id, &printed));
	printed.code = arena_str(&h.arena, printed.code);
	CX->actor = &me;
	refused(outbox_set_email(CX, id, "a b", PASSWORD), "email");
	refused(outbox_set_email(CX, id, "asel@example.org", "wrong one"), "email-password");
	ok(outbox_set_email(CX, id, "asel@example.org", PASSWORD));
	CX->actor = &actor_guest;
	ok(outbox_reset(CX, " Asel", "10.0.0.1"));
	ok(outbox_reset(CX, "nobody", "10.0.0.2")); /* says the same, sends nothing */
	ok(outbox_reset(CX, "boss", "10.0.0.2"));   /* no address */
	CX->actor = &actor_system;
	assert_int_equal(house_int(&h, "SELECT count(*) FROM outbox WHERE state = 'open'"), 1);
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM outbox WHERE state = 'none' AND letter IS NULL"),
	    2);
	ok(outbox_take(CX, &l));
	assert_string_equal(l.to, "asel@example.org");
	code = code_in(l.text);
	first = l.id;
	ends(RC_NOTFOUND, outbox_take(CX, &l)); /* taken: not by two */
	ok(outbox_failed(CX, first, "no answer", false));
	ends(RC_NOTFOUND, outbox_take(CX, &l));
	CX->now += 61 * SECOND;
	ok(outbox_take(CX, &l));
	assert_int_equal(l.tries, 1);
	ok(outbox_sent(CX, l.id));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM outbox WHERE letter IS NOT NULL"), 0);
	/* Both are good: a stranger who asks does not take the printed one away. */
	ok(reset_use(CX, "asel", code, "tort bes alty", "10.0.0.1"));
	refused(reset_use(CX, "asel", code, "jeti segiz togyz", "10.0.0.1"), "code");
	ok(reset_use(CX, "asel", printed.code, "jeti segiz togyz", "10.0.0.1"));
	ok(account_sign_in(CX, "asel", "jeti segiz togyz", "10.0.0.1", &in));
	/* At most three an hour for an account, and five at once from an address. */
	for (i = 0; i < 4; i++)
		ok(outbox_reset(CX, "asel", arena_printf(&h.arena, "10.0.1.%d", i)));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM outbox WHERE state <> 'none'"), 3);
	for (i = 0; i < 5; i++)
		ok(outbox_reset(CX, "nobody", "10.0.2.1"));
	ends(RC_RULE, outbox_reset(CX, "asel", "10.0.2.1"));
}

static void
letters_end(void **state)
{
	int64_t id = account_of("asel", ROLE_CLERK, 0), gap = 0, tries;
	struct letter l;

	(void)state;
	set_up();
	ok(outbox_set_email(CX, id, "asel@example.org", NULL)); /* the command line */
	ok(outbox_reset(CX, "asel", ""));
	/* Tried again less and less often, until the code is no longer good; then its text is forgotten. */
	for (tries = 0; outbox_take(CX, &l) == RC_OK; tries++) {
		house_next(&h);
		ok(outbox_failed(CX, l.id, "no answer", false));
		gap = house_int(&h, "SELECT due_at FROM outbox") - CX->now;
		CX->now += gap;
	}
	house_next(&h);
	assert_int_equal(gap, 3600 * SECOND);
	assert_in_range(tries, 20, 40);
	ok(outbox_purge(CX));
	assert_int_equal(
	    house_int(&h, "SELECT count(*) FROM outbox WHERE state = 'failed' AND letter IS NULL"),
	    1);
	CX->now += 31 * US_PER_DAY;
	ok(outbox_purge(CX));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM outbox"), 0);
	/* A letter of another key is not sent as it lies there. */
	CX->now += US_PER_DAY;
	ok(outbox_reset(CX, "asel", ""));
	house_sql(&h, h.engine == DB_SQLITE
			  ? "UPDATE outbox SET letter = x'01020304'"
			  : "UPDATE outbox SET letter = decode('01020304', 'hex')");
	ends(RC_STORAGE, outbox_take(CX, &l));
}

int
main(void)
{
	const struct CMUnitTest all[] = { cmocka_unit_test(addresses), BOTH(composed),
		BOTH(code_by_letter), BOTH(letters_end) };

	return run_both("core outbox", all, ARRAY_LEN(all));
}

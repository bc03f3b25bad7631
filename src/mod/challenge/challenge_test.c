/* challenge_test.c – online challenges: bad links stay outside, the same form is one entry, nothing is public before
 * a moderator said so, a minor needs a parent, who takes an entry back is forgotten, and what counts stays. */
#include "core/account.h"
#include "mod/challenge/challenge.h"

#define MORE_KINDS , &challenge_kind, &challenge_entry_kind
#include "kind/cut.h"
#include "mod/challenge/challenge_link.h"

#include "event_test.h"

static struct event party;
static struct challenge flag;

static void
make(void)
{
	struct challenge c;

	party = event("Менің туым – менің мақтанышым!", body("b1", 0), 20241101, "approved");
	kind_empty(&challenge_kind, &c);
	c.event = party.rec.id;
	c.name = (struct text3){ "Абай оқимыз", NULL, NULL };
	c.from_day = 20241101;
	c.to_day = 20241130;
	c.asks_work = true;
	c.consent = "Келісемін";
	c.consent_version = "1";
	OK(kind_insert(CX, &challenge_kind, &c));
	flag = c;
}

static struct challenge_in
entry(const char *link, const char *nonce)
{
	return (struct challenge_in){ .challenge = flag.rec.id,
		.nonce = nonce,
		.surname = "Сынақова",
		.given = " Айгүл ",
		.link = link,
		.lang = "kk",
		.work = "Жазғытұры",
		.consent_version = "1",
		.consents = true };
}

static int
try(const struct challenge_in *in, struct challenge_made *m)
{
	const struct actor *who = CX->actor;
	int rc;

	CX->actor = &actor_guest;
	rc = challenge_enter(CX, in, m);
	CX->actor = who;
	return rc;
}

static struct challenge_entry
entered(const char *link)
{
	struct challenge_in in = entry(link, NULL);
	struct challenge_made m;
	struct challenge_entry e;

	OK(try(&in, &m));
	OK(kind_load(CX, &challenge_entry_kind, m.id, &e));
	return e;
}

static bool
said(const char *field)
{
	const struct field_error *f;

	for (f = CX->err.fields; f != NULL; f = f->next)
		if (strcmp(f->field, field) == 0)
			return true;
	return false;
}

static int
decide(int64_t id, const char *action, const char *reason)
{
	struct challenge_entry e;

	OK(kind_load(CX, &challenge_entry_kind, id, &e));
	return challenge_decide(
	    CX, &(struct challenge_decision){ id, e.rec.version, action, reason });
}

static size_t
seen(struct challenge_shown out[CHALLENGE_PAGE])
{
	struct challenge_want w = { flag.rec.id, "", "", 0 };
	size_t n;
	bool more;

	OK(challenge_shown(CX, &w, out, &n, &more));
	assert_false(more);
	return n;
}

static void
test_links(void **state)
{
	static const struct {
		const char *typed;
		enum link_fault fault;
		const char *network;
	} rows[] = {
		{ "https://www.instagram.com/reel/C1/?igsh=a", LINK_FINE, "instagram" },
		{ "HTTPS://VM.TikTok.com/Zx", LINK_FINE, "tiktok" },
		{ "https://youtu.be/abc", LINK_FINE, "youtube" },
		{ "https://m.facebook.com/1", LINK_FINE, "facebook" },
		{ "https://t.me/kanal/5", LINK_FINE, "telegram" },
		{ "https://vk.com/wall-1_2", LINK_FINE, "vk" },
		{ "https://notvk.com/a", LINK_FINE, "other" },
		{ "https://vk.com.example.kz/a", LINK_FINE, "other" },
		{ NULL, LINK_NONE, NULL },
		{ " \t", LINK_NONE, NULL },
		{ "javascript:alert(1)", LINK_HTTPS, NULL },
		{ "http://vk.com/a", LINK_HTTPS, NULL },
		{ "vk.com/a", LINK_HTTPS, NULL },
		{ "data:text/html,a", LINK_HTTPS, NULL },
		{ "https://127.0.0.1/a", LINK_HOST, NULL },
		{ "https://2130706433/a", LINK_HOST, NULL },
		{ "https://0x7f.1/a", LINK_HOST, NULL },
		{ "https://[::1]/a", LINK_HOST, NULL },
		{ "https://vk.com@evil.kz/a", LINK_HOST, NULL },
		{ "https://vk.com:8080/a", LINK_HOST, NULL },
		{ "https://localhost/a", LINK_HOST, NULL },
		{ "https://printer.local/a", LINK_HOST, NULL },
		{ "https://xn--80ak6aa92e.com/", LINK_HOST, NULL },
		{ "https:///a", LINK_HOST, NULL },
		{ "https://vk.com./a", LINK_HOST, NULL },
		{ "https://vk.com\\@evil.kz", LINK_SIGNS, NULL },
		{ "https://vk.com/\xe2\x80\xae"
		  "a",
		    LINK_SIGNS, NULL },
		{ "https://\xd0\xb2k.com/a", LINK_SIGNS, NULL },
		{ "https://vk.com/a b", LINK_SIGNS, NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct challenge_link l = { 0 };
		enum link_fault f = challenge_link_read(CX->arena, rows[i].typed, &l);

		if (f != rows[i].fault ||
		    (f == LINK_FINE && strcmp(l.network, rows[i].network) != 0))
			BROKEN("%s: %d %s", rows[i].typed == NULL ? "" : rows[i].typed, (int)f,
			    l.network == NULL ? "" : l.network);
	}
}

static void
test_entering(void **state)
{
	struct challenge_shown out[CHALLENGE_PAGE];
	struct challenge_made m, again;
	struct challenge_in in;

	(void)state;
	make();
	in = entry("https://vk.com/a", "0123456789abcdef0123456789abcdef");
	OK(try(&in, &m));
	OK(try(&in, &again));
	assert_true(again.again && again.id == m.id);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM challenge_entry"), 1);
	assert_int_equal(seen(out), 0); /* nothing before the moderator */
	in = entry("https://VK.com/a", NULL);
	assert_int_equal(try(&in, &m), RC_INVALID);
	assert_true(said("link")); /* entered already, whatever the spelling of the host */
	err_clear(CX);
	in = entry("javascript:alert(1)", NULL);
	in.consents = false;
	in.work = NULL;
	in.lang = "xx";
	in.given = "A\xe2\x80\xaey";
	assert_int_equal(try(&in, &m), RC_INVALID);
	assert_true(said("link") && said("consent") && said("work") && said("lang") &&
		    said("given") && !said("surname"));
	err_clear(CX);
	CX->today = 20241201;
	in = entry("https://vk.com/late", NULL);
	assert_int_equal(try(&in, &m), RC_RULE);
	CX->today = 20241115;
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM challenge_entry"), 1);
	verified();
}

static void
test_moderating(void **state)
{
	struct challenge_shown out[CHALLENGE_PAGE];
	struct challenge_entry e, stale;
	int64_t n[CHALLENGE_CODES], waiting;

	(void)state;
	make();
	e = entered("https://vk.com/b");
	(void)entered("https://youtu.be/c");
	assert_int_equal(decide(e.rec.id, "refuse", ""), RC_RULE);
	err_clear(CX);
	assert_int_equal(decide(e.rec.id, "burn", NULL), RC_RULE);
	err_clear(CX);
	stale = e;
	OK(decide(e.rec.id, "show", NULL));
	assert_int_equal(challenge_decide(CX, &(struct challenge_decision){ e.rec.id,
						  stale.rec.version, "refuse", "discord" }),
	    RC_CONFLICT);
	err_clear(CX);
	house_next(&house);
	assert_int_equal(seen(out), 1);
	/* Two clicks: it is shown, and once. */
	OK(challenge_decide(
	    CX, &(struct challenge_decision){ e.rec.id, stale.rec.version, "show", NULL }));
	OK(kind_load(CX, &challenge_entry_kind, e.rec.id, &e));
	assert_int_equal(e.rec.version, stale.rec.version + 1);
	assert_string_equal(out[0].name, "Сынақова Айгүл");
	assert_string_equal(out[0].host, "vk.com");
	OK(challenge_counts(CX, flag.rec.id, false, n));
	assert_int_equal(n[5], 1); /* vk */
	assert_int_equal(n[2], 0); /* youtube waits */
	OK(challenge_waiting(CX, 0, &waiting));
	assert_int_equal(waiting, 1);
	OK(decide(e.rec.id, "refuse", "discord"));
	house_next(&house);
	assert_int_equal(seen(out), 0);
	OK(decide(e.rec.id, "wait", NULL));
	OK(kind_load(CX, &challenge_entry_kind, e.rec.id, &e));
	assert_true(e.reason == NULL && e.decided_on == 0 && e.moderator == 0);
	verified();
}

static void
test_minors(void **state)
{
	struct challenge_shown out[CHALLENGE_PAGE];
	struct challenge_made m;
	struct challenge_in in;

	(void)state;
	make();
	in = entry("https://vk.com/d", NULL);
	in.minor = true;
	assert_int_equal(try(&in, &m), RC_INVALID);
	assert_true(said("parent") && said("parent_consent"));
	err_clear(CX);
	in.parent = "Сынақова Дана";
	in.minor = false; /* the parent forgot the tick: a minor all the same */
	assert_int_equal(try(&in, &m), RC_INVALID);
	assert_true(said("parent_consent"));
	err_clear(CX);
	in.parent_consents = true;
	OK(try(&in, &m));
	OK(decide(m.id, "show", NULL));
	house_next(&house);
	assert_int_equal(seen(out), 1);
	assert_string_equal(out[0].name, "Айгүл");
	verified();
}

static void
test_taken_back(void **state)
{
	struct challenge_shown out[CHALLENGE_PAGE];
	struct challenge_entry e;
	const char *secret;
	int64_t of, version;

	(void)state;
	make();
	e = entered("https://vk.com/e");
	OK(decide(e.rec.id, "show", NULL));
	secret = challenge_secret(CX->arena, &e);
	OK(challenge_by_secret(CX, secret, &e));
	assert_int_equal(
	    challenge_by_secret(CX, arena_printf(CX->arena, "%s1", secret), &e), RC_NOTFOUND);
	OK(challenge_withdraw(CX, secret, &of));
	assert_int_equal(of, flag.rec.id);
	version = house_int(&house, "SELECT version FROM challenge_entry");
	OK(challenge_withdraw(CX, secret, &of)); /* two clicks */
	assert_int_equal(house_int(&house, "SELECT version FROM challenge_entry"), version);
	assert_int_equal(
	    challenge_withdraw(CX, arena_printf(CX->arena, "%s1", secret), &of), RC_NOTFOUND);
	house_next(&house);
	assert_int_equal(seen(out), 0);
	assert_int_equal(challenge_by_secret(CX, secret, &e), RC_NOTFOUND);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM challenge_entry WHERE state = 'withdrawn' AND "
			      "given IS NULL AND link IS NULL AND network = 'vk'"),
	    1);
	assert_int_equal(house_int(&house,
			     "SELECT count(*) FROM history WHERE kind = 'challenge_entry' AND "
			     "(data LIKE '%vk.com%' OR data LIKE '%Айгүл%' OR secret IS NOT NULL)"),
	    0);
	assert_int_equal(decide(e.rec.id, "show", NULL), RC_RULE);
	err_clear(CX);
	verified();
}

static int
cut_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return challenge_expire_tx(cx, tx, *(const int64_t *)arg, 0, &sums);
}

static void
test_term(void **state)
{
	struct challenge_shown out[CHALLENGE_PAGE];
	struct challenge_entry e, never;
	int64_t n[CHALLENGE_CODES], waiting;

	(void)state;
	make();
	e = entered("https://t.me/f/1");
	never = entered("https://vk.com/f/2");
	OK(decide(e.rec.id, "show", NULL));
	OK(db_write(CX, cut_fn, &e.rec.id));
	house_next(&house);
	assert_int_equal(seen(out), 0);
	OK(challenge_waiting(CX, 0, &waiting));
	assert_int_equal(waiting, 1);
	OK(db_write(CX, cut_fn, &never.rec.id));
	house_next(&house);
	OK(challenge_waiting(CX, 0, &waiting));
	assert_int_equal(waiting, 0); /* nobody looked at it in time, and nobody can any more */
	OK(challenge_counts(CX, flag.rec.id, false, n));
	assert_int_equal(n[4], 1); /* telegram: still counted */
	OK(challenge_counts(CX, flag.rec.id, true, n));
	assert_int_equal(n[0], 1);
	verified();
}

static void
test_shape(void **state)
{
	struct challenge_made m;
	struct challenge_in in;
	struct challenge c;

	(void)state;
	make();
	c = flag;
	c.rec.id = 0;
	c.event = 0;
	assert_int_equal(kind_insert(CX, &challenge_kind, &c), RC_INVALID);
	err_clear(CX);
	c = flag;
	c.consent = "Басқа мәтін";
	assert_int_equal(kind_update(CX, &challenge_kind, &c), RC_INVALID);
	assert_true(said("consent_version"));
	err_clear(CX);
	c.consent_version = "2";
	OK(kind_update(CX, &challenge_kind, &c));
	/* Who read the first text has not agreed to the second. */
	in = entry("https://vk.com/g", NULL);
	assert_int_equal(try(&in, &m), RC_INVALID);
	assert_true(said("consent"));
	err_clear(CX);
	in.consent_version = "2";
	OK(try(&in, &m));
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_links), T(test_entering), T(test_moderating),
		T(test_minors), T(test_taken_back), T(test_term), T(test_shape) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

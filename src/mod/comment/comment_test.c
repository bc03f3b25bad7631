/* comment_test.c – nothing is seen before a moderator's yes, whatever the order of decisions; names and texts that are
 * more than they look; floods; trust and ban; what lies apart stays apart and goes; removal. On both engines. */
#include "core/outbox.h"
#include "core/setting.h"
#include "kind/cut.h"
#include "mod/comment/comment.h"

#define MORE_KINDS , &rubric_kind, &article_kind, &article_link_kind, &comment_kind
#include "event_test.h"

static int64_t article;
static struct actor clerk;

enum { FORM_US = 10 * 1000000 };

static void
make(void)
{
	struct account_new in = { .login = "mod", .name = "Модератор", .role = ROLE_CLERK };
	const char *drawn;
	struct rubric r;
	struct article a;
	struct article_move m;

	kind_empty(&rubric_kind, &r);
	r.code = "assembly";
	r.name = (struct text3){ "Ассамблея", NULL, NULL };
	OK(kind_insert(CX, &rubric_kind, &r));
	kind_empty(&article_kind, &a);
	a.rubric = r.rec.id;
	a.original = "kk";
	a.title.kk = "Кеш";
	a.text.kk = "Мәтін";
	OK(kind_insert(CX, &article_kind, &a));
	m = (struct article_move){ a.rec.id, 1, "send", NULL };
	OK(article_do(CX, &m));
	m = (struct article_move){ a.rec.id, 2, "publish", NULL };
	OK(article_do(CX, &m));
	article = a.rec.id;
	clerk = (struct actor){ .role = ROLE_CLERK,
		.caps = role_caps(ROLE_CLERK),
		.login = "mod",
		.name = "x",
		.csrf = "" };
	OK(account_create(CX, &in, &clerk.account, &drawn));
	house_next(&house);
}

static const char *
moment_of(int64_t of, int64_t ago_us)
{
	const char *s;

	CX->now -= ago_us;
	s = comment_moment(CX, of);
	CX->now += ago_us;
	return s;
}

static struct comment_in
form(const char *name, const char *text)
{
	return (struct comment_in){ .article = article,
		.moment = moment_of(article, FORM_US),
		.name = name,
		.text = text };
}

static int
try(const struct comment_in *in, struct comment_made *m)
{
	const struct actor *who = CX->actor;
	int rc;

	CX->actor = &actor_guest;
	rc = comment_send(CX, in, m);
	CX->actor = who;
	return rc;
}

static struct comment
now(int64_t id)
{
	struct comment c;

	OK(kind_load(CX, &comment_kind, id, &c));
	return c;
}

static struct comment
sent(const struct comment_in *in)
{
	struct comment_made m;

	OK(try(in, &m));
	return now(m.id);
}

static struct comment
wrote(const char *text)
{
	struct comment_in in = form("Сәуле Т.", text);

	return sent(&in);
}

static int
decide(int64_t id, const char *action, const char *reason)
{
	const struct actor *who = CX->actor;
	int rc;

	CX->actor = &clerk;
	rc = comment_decide(CX,
	    &(struct comment_decision){ id, now(id).rec.version, action, reason, "https://h.kz" });
	CX->actor = who;
	if (rc != RC_OK)
		house_next(&house);
	return rc;
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

static struct comment_page seen;
static int64_t
shown(void)
{
	OK(comment_shown(CX, article, 0, &seen));
	house_next(&house);
	return seen.all;
}

static int64_t
counted(const char *sql)
{
	int64_t n = house_int(&house, sql);

	house_next(&house);
	return n;
}

static void
refused(struct comment_in in, int rc, const char *field)
{
	struct comment_made m;
	int got = try(&in, &m);

	if (got != rc || (field != NULL && !said(field)))
		BROKEN("%s | %s: %d", in.name == NULL ? "" : in.name,
		    in.text == NULL ? "" : in.text, got);
	house_next(&house);
}

/* ---- sending ---- */

static void
test_sending(void **state)
{
	struct comment_made m, again;
	struct comment_in in;

	(void)state;
	make();
	in = form(" Сәуле  ", "Орын бар ма?\r\n\r\n\r\n\r\nРақмет");
	in.nonce = "0123456789abcdef0123456789abcdef";
	OK(try(&in, &m));
	OK(try(&in, &again));
	assert_true(again.again && again.id == m.id && !m.shown);
	assert_string_equal(now(m.id).name, "Сәуле");
	assert_string_equal(now(m.id).text, "Орын бар ма?\n\nРақмет");
	assert_string_equal(now(m.id).state, "waiting");
	assert_int_equal(counted("SELECT count(*) FROM comment"), 1);
	assert_int_equal(shown(), 0);		   /* nothing before the moderator */
	refused(form("", ""), RC_INVALID, "text"); /* both are said at once */
	refused(form("", "a"), RC_INVALID, "name");
	refused(form("А", " \n "), RC_INVALID, "text");
	in = form("А", "б");
	in.mail = "a@b.kz\r\nBcc: c@d.kz";
	refused(in, RC_INVALID, "mail");
	in = form("А", "б");
	in.article = article + 1;
	refused(in, RC_NOTFOUND, NULL);
	assert_int_equal(counted("SELECT count(*) FROM comment"), 1);
	verified();
}

/* RULE comment-11 */
static void
test_moment(void **state)
{
	struct comment_in in;
	char *forged;

	(void)state;
	make();
	in = form("А", "б");
	in.moment = moment_of(article, 1000000);
	refused(in, RC_RULE, NULL);
	in.moment = moment_of(article, (int64_t)13 * 3600 * 1000000);
	refused(in, RC_RULE, NULL);
	in.moment = moment_of(article, -FORM_US);
	refused(in, RC_RULE, NULL);
	in.moment = moment_of(article + 1, FORM_US); /* of another article's form */
	refused(in, RC_RULE, NULL);
	in.moment = NULL;
	refused(in, RC_RULE, NULL);
	in.moment = "12.34";
	refused(in, RC_RULE, NULL);
	forged = arena_str(CX->arena, moment_of(article, 1000000));
	forged[9]--; /* earlier than it was drawn */
	in.moment = forged;
	refused(in, RC_RULE, NULL);
	in.moment = moment_of(article, 3000000);
	(void)sent(&in);
}

/* RULE comment-3 */
static void
test_closing(void **state)
{
	const struct actor *who = CX->actor;

	(void)state;
	make();
	CX->actor = &clerk;
	OK(comment_close(CX, article, true));
	OK(comment_close(CX, article, true));
	CX->actor = who;
	refused(form("А", "б"), RC_RULE, NULL);
	CX->actor = &actor_guest;
	assert_int_equal(comment_close(CX, article, false), RC_DENIED);
	house_next(&house);
	CX->actor = who;
	OK(comment_close(CX, article, false));
	(void)wrote("б");
	CX->today = 20250213; /* 90 days */
	(void)wrote("в");
	CX->today = 20250214;
	refused(form("А", "б"), RC_RULE, NULL);
	OK(setting_set(CX, "comment_days", "91"));
	(void)wrote("г");
	OK(setting_set(CX, "comment_days", "0"));
	CX->today = 20241115;
	refused(form("А", "б"), RC_RULE, NULL);
}

/* RULE comment-5, comment-6 */
static void
test_names(void **state)
{
	static const char *const bad[] = { "A\xe2\x80\xae"
					   "B",
		"\xe2\x81\xa6x", "А\nБ", "А\r\nBcc: a@b.kz", "a\x01", "a\xc2\x85", "\xe2\x80\xa8x",
		"...", "12", "a@b.kz", "https://a.kz", "Хатшылық", "ХАТШЫЛЫҚ!", "Hatşylyq",
		"Секретариат", "the Moderator", "Админ", "\xff", NULL };
	static const struct {
		const char *typed, *kept;
	} good[] = { { "Әлия Қ.", "Әлия Қ." }, { "\xe2\x80\x8bОлжас\xc2\xad", "Олжас" },
		{ "О'Нил-Иванова", "О'Нил-Иванова" },
		{ "A\xc2\xa0"
		  "B",
		    "A B" },
		{ "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", "e\xcc\x81\xcc\x81\xcc\x81" } };
	size_t i;

	(void)state;
	make();
	OK(setting_set(CX, "comment_a_day", "500"));
	for (i = 0; bad[i] != NULL; i++)
		refused(form(bad[i], "Сәлем"), RC_INVALID, "name");
	for (i = 0; i < ARRAY_LEN(good); i++) {
		struct comment_in in = form(good[i].typed, "Сәлем");

		assert_string_equal(sent(&in).name, good[i].kept);
	}
	refused(form("А", "бұл \xe2\x80\xae мәтін"), RC_INVALID, "text");
	refused(form("А", "бұл \x1b[2J мәтін"), RC_INVALID, "text");
	assert_string_equal(wrote("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9").text,
	    "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"); /* a family stays together */
}

/* RULE comment-7 */
static void
test_marks(void **state)
{
	static const struct {
		const char *text, *marks;
	} rows[] = {
		{ "Жақсы кеш болды.", NULL },
		{ "Сатқындарға орын жоқ", "stop" },
		{ "САТҚЫН", "stop" },
		{ "satqyndarğa", "stop" },
		{ "бұл дұшпандардың ісі", "discord" },
		{ "https://a.kz/b", "link" },
		{ "сайтым a.kz", "link" },
		{ "САЙТЫМ A.KZ", "link" },
		{ "Қ\x61зақ", "mixed" },
		{ "IT-мамандар, COVID-19", NULL },
		{ "Сатқын! www.a.kz дұшпан", "stop discord link" },
	};
	size_t i;

	(void)state;
	make();
	OK(setting_set(CX, "comment_stop", "сатқын, ақымақ"));
	OK(setting_set(CX, "comment_discord", "дұшпан"));
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct comment c = wrote(rows[i].text);

		if (strcmp(c.marks == NULL ? "" : c.marks,
			rows[i].marks == NULL ? "" : rows[i].marks) != 0)
			BROKEN("%s: %s", rows[i].text, c.marks == NULL ? "" : c.marks);
	}
	assert_true(comment_has_mark("stop link", "link") &&
		    !comment_has_mark("stoplink", "link") && !comment_has_mark(NULL, "link"));
}

/* ---- deciding ---- */

static void
test_deciding(void **state)
{
	struct comment c;
	struct comment_answer a;
	int64_t version, waiting;

	(void)state;
	make();
	c = wrote("Бірінші");
	(void)wrote("Екінші");
	assert_int_equal(decide(c.rec.id, "refuse", ""), RC_RULE);
	assert_int_equal(decide(c.rec.id, "refuse", "because"), RC_RULE);
	assert_int_equal(decide(c.rec.id, "burn", NULL), RC_RULE);
	OK(decide(c.rec.id, "show", NULL));
	version = now(c.rec.id).rec.version;
	OK(decide(c.rec.id, "show", NULL)); /* two clicks */
	assert_int_equal(now(c.rec.id).rec.version, version);
	CX->actor = &clerk;
	assert_int_equal(comment_decide(CX, &(struct comment_decision){ c.rec.id, version - 1,
						"refuse", "offends", NULL }),
	    RC_CONFLICT);
	house_next(&house);
	assert_int_equal(shown(), 1);
	assert_int_equal(now(c.rec.id).moderator, clerk.account);
	OK(comment_waiting(CX, &waiting));
	assert_int_equal(waiting, 1);
	a = (struct comment_answer){ c.rec.id, version, "Орын бар.", NULL };
	OK(comment_reply(CX, &a));
	assert_int_equal(shown(), 1);
	assert_string_equal(seen.row[0].reply, "Орын бар.");
	assert_int_equal(seen.row[0].replied_on, 20241115);
	OK(decide(c.rec.id, "refuse", "discord"));
	assert_int_equal(shown(), 0);
	a.version = now(c.rec.id).rec.version;
	a.text = "Жоқ";
	assert_int_equal(comment_reply(CX, &a), RC_RULE);
	house_next(&house);
	OK(decide(c.rec.id, "wait", NULL));
	c = now(c.rec.id);
	assert_true(c.reason == NULL && c.decided_on == 0 && c.moderator == 0);
	CX->actor = &actor_system;
	verified();
}

static void
test_doors(void **state)
{
	static const enum role roles[] = { ROLE_GUEST, ROLE_MEMBER, ROLE_DOOR, ROLE_LEADER,
		ROLE_AUDITOR, ROLE_ADMIN, ROLE_RELIEF, ROLE_DRIVER };
	const struct actor *who = CX->actor;
	struct comment_rule *rules;
	struct comment c, got;
	struct actor a = { .login = "x", .name = "x", .csrf = "" };
	int64_t waiting;
	size_t i, n;

	(void)state;
	make();
	c = wrote("Құпия");
	for (i = 0; i < ARRAY_LEN(roles); i++) {
		a.role = roles[i];
		a.caps = role_caps(roles[i]);
		CX->actor = &a;
		assert_int_equal(kind_get(CX, &comment_kind, c.rec.id, &got), RC_DENIED);
		err_clear(CX);
		assert_int_equal(comment_decide(CX,
				     &(struct comment_decision){ c.rec.id, 1, "show", NULL, NULL }),
		    RC_DENIED);
		err_clear(CX);
		assert_int_equal(comment_rules(CX, &rules, &n), RC_DENIED);
		err_clear(CX);
		OK(comment_waiting(CX, &waiting));
		assert_int_equal(waiting, 0);
		assert_int_equal(shown(), 0);
	}
	CX->actor = who;
}

/* Whatever is decided in whatever order and how often: seen is what was shown last, and rules in force are those of
 * the last decision. RULE comment-1, comment-4 */
static void
test_any_order(void **state)
{
	static const char *const actions[] = { "show", "trust", "refuse", "ban", "wait" };
	enum { N = 5, STEPS = 120 };
	size_t last[N], i, k, want, rules;
	int64_t id[N], version;
	uint32_t seed = 20241115;

	(void)state;
	make();
	for (i = 0; i < N; i++) {
		id[i] = wrote(arena_printf(CX->arena, "Пікір %zu", i)).rec.id;
		last[i] = 4;
	}
	for (k = 0; k < STEPS; k++) {
		seed = seed * 1664525 + 1013904223;
		i = (seed >> 8) % N;
		last[i] = (seed >> 16) % ARRAY_LEN(actions);
		OK(decide(id[i], actions[last[i]], "offends"));
		version = now(id[i]).rec.version;
		OK(decide(id[i], actions[last[i]], "offends"));
		assert_int_equal(now(id[i]).rec.version, version);
		for (want = rules = 0, i = 0; i < N; i++) {
			want += last[i] < 2;
			rules += last[i] == 1 || last[i] == 3;
		}
		if ((size_t)shown() != want)
			BROKEN("step %zu: %lld shown, not %zu", k, (long long)seen.all, want);
		assert_int_equal(counted("SELECT count(DISTINCT comment) FROM comment_rule WHERE "
					 "ended_on IS NULL"),
		    rules);
	}
	assert_true(house_int(&house, "SELECT count(*) FROM comment_rule") > 20);
	verified();
}

/* ---- senders ---- */

/* RULE comment-9 */
static void
test_trust(void **state)
{
	struct comment_in in;
	struct comment_made m;
	struct comment_rule *rules;
	struct comment c;
	const char *secret;
	size_t n;

	(void)state;
	make();
	in = form("Сәуле", "Бірінші");
	in.mail = "saule@example.kz";
	c = sent(&in);
	secret = comment_secret(CX->arena, &c);
	in = form("Сәуле", "Екінші");
	in.as = secret;
	OK(try(&in, &m)); /* nobody said yes yet */
	assert_false(m.shown);
	assert_int_equal(now(m.id).first, c.rec.id);
	OK(decide(c.rec.id, "trust", NULL));
	in.text = "Үшінші";
	OK(try(&in, &m));
	assert_true(m.shown && now(m.id).standing);
	assert_int_equal(now(m.id).moderator, clerk.account);
	assert_int_equal(shown(), 2);
	/* The secret of a later comment tells the same author. */
	c = now(m.id);
	in.as = comment_secret(CX->arena, &c);
	in.text = "Төртінші";
	OK(try(&in, &m));
	assert_true(m.shown);
	in.text = "www.a.kz"; /* what bears a mark waits all the same */
	OK(try(&in, &m));
	assert_false(m.shown);
	in = form("Сәуле", "Басқа");
	in.mail = "saule@example.kz"; /* an address is no secret */
	OK(try(&in, &m));
	assert_false(m.shown);
	in.as = "0123456789ABCDEFGHJKMNPQRS-1";
	OK(try(&in, &m));
	assert_false(m.shown);
	CX->actor = &clerk;
	OK(comment_rules(CX, &rules, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rules[0].verdict, "trusted");
	assert_string_equal(rules[0].moderator, "Модератор");
	OK(comment_rule_end(CX, rules[0].id));
	OK(comment_rule_end(CX, rules[0].id));
	OK(comment_rules(CX, &rules, &n));
	assert_int_equal(n, 0);
	CX->actor = &actor_system;
	in = form("Сәуле", "Бесінші");
	in.as = secret;
	OK(try(&in, &m));
	assert_false(m.shown);
	assert_int_equal(shown(), 3); /* what was shown stays */
	verified();
}

/* RULE comment-10: whoever was trusted and is banned then is trusted no more, also when the ban is over. */
static void
test_trust_ends(void **state)
{
	struct comment_in in;
	struct comment_made m;
	struct comment c;

	(void)state;
	make();
	c = wrote("Бірінші");
	OK(decide(c.rec.id, "trust", NULL));
	in = form("Сәуле", "Жаман сөз");
	in.as = comment_secret(CX->arena, &c);
	OK(try(&in, &m));
	assert_true(m.shown);
	OK(decide(m.id, "ban", "offends"));
	refused(in, RC_RULE, NULL);
	CX->today = 20241216;
	OK(try(&in, &m));
	assert_false(m.shown);
	OK(decide(c.rec.id, "trust", NULL)); /* a moderator may give it anew */
	OK(try(&in, &m));
	assert_true(m.shown);
	verified();
}

/* RULE comment-10 */
static void
test_ban(void **state)
{
	struct comment_in in;
	struct comment c, c2;

	(void)state;
	make();
	in = form("Троль", "Жаман сөз");
	in.mail = "Troll@example.kz";
	in.peer = "2001:db8:1:2::3";
	c = sent(&in);
	OK(decide(c.rec.id, "ban", "offends"));
	in = form("Басқа", "Тағы");
	in.mail = "troll@example.KZ";
	refused(in, RC_RULE, NULL);
	in.mail = NULL;
	in.peer = "2001:db8:1:2:ffff::1"; /* the same /64 */
	refused(in, RC_RULE, NULL);
	in.peer = "2001:db8:1:3::1";
	(void)sent(&in);
	in.peer = "::ffff:203.0.113.7"; /* so some proxies write IPv4: each is one address */
	c2 = sent(&in);
	OK(decide(c2.rec.id, "ban", "offends"));
	refused(in, RC_RULE, NULL);
	in.peer = "::ffff:203.0.113.8";
	(void)sent(&in);
	OK(decide(c2.rec.id, "wait", NULL));
	in.peer = NULL;
	in.as = comment_secret(CX->arena, &c);
	refused(in, RC_RULE, NULL);
	CX->today = 20241215; /* the last of 30 days */
	refused(in, RC_RULE, NULL);
	CX->today = 20241216;
	(void)sent(&in);
	OK(decide(c.rec.id, "ban", "offends")); /* it was over: it begins anew */
	refused(in, RC_RULE, NULL);
	CX->today = 20241115;
	OK(decide(c.rec.id, "wait", NULL)); /* taken back, and the ban with it */
	in.mail = "troll@example.kz";
	(void)sent(&in);
	verified();
}

/* RULE comment-12: two hundred from one address are few in the queue, and others can write. */
static void
test_flood(void **state)
{
	struct comment_in in;
	struct comment_made m;
	int64_t waiting;
	int i, taken = 0;

	(void)state;
	make();
	for (i = 0; i < 200; i++) {
		int rc;

		in = form("Бот", arena_printf(CX->arena, "Сатып ал %d", i));
		in.peer = "203.0.113.9";
		rc = try(&in, &m);
		assert_true(rc == RC_OK || rc == RC_RULE);
		taken += rc == RC_OK;
		house_next(&house);
	}
	assert_int_equal(taken, 10);
	assert_true(comment_has_mark(now(m.id).marks, "many") ||
		    counted("SELECT count(*) FROM comment WHERE marks = 'many'") == 7);
	OK(comment_waiting(CX, &waiting));
	assert_int_equal(waiting, 10);
	in.peer = "203.0.113.10";
	OK(try(&in, &m));
	in.peer = "203.0.113.9";
	CX->today = 20241116;
	OK(try(&in, &m));
	assert_true(now(m.id).marks == NULL);
	CX->today = 20241115;
	/* With one ban the flood is gone; the first three of it bear no mark, the other addresses stay. */
	OK(decide(
	    house_int(&house, "SELECT max(id) FROM comment WHERE marks = 'many'"), "ban", "flood"));
	OK(comment_waiting(CX, &waiting));
	assert_int_equal(waiting, 5);
	assert_int_equal(counted("SELECT count(*) FROM comment WHERE reason = 'flood' AND state = "
				 "'refused' AND marks = 'many'"),
	    7);
	verified();
}

/* ---- what lies apart ---- */

static void
not_in(const char *sql)
{
	if (counted(sql) != 0)
		BROKEN("%s", sql);
}

/* RULE comment-8: the address stands in no table but sealed in one, and goes. */
static void
test_apart(void **state)
{
	AUTO_ROWS r = { 0 };
	struct comment_in in;
	struct comment c;
	struct slice s;
	int64_t n;

	(void)state;
	make();
	in = form("Сәуле", "Орын бар ма?");
	in.mail = "saule@example.kz";
	in.peer = "203.0.113.7";
	c = sent(&in);
	OK(decide(c.rec.id, "show", NULL));
	not_in("SELECT count(*) FROM history WHERE data LIKE '%saule%' OR data LIKE '%203.0%'");
	not_in("SELECT count(*) FROM audit WHERE fields LIKE '%saule%' OR fields LIKE '%203.0%'");
	not_in("SELECT count(*) FROM comment WHERE name LIKE '%saule%' OR text LIKE '%saule%' OR "
	       "fold_key LIKE '%example%'");
	not_in("SELECT count(*) FROM comment_origin WHERE mail_mac LIKE '%saule%' OR address_mac "
	       "LIKE '%203%113%'");
	OK(db_rows(CX, &r, "SELECT mail FROM comment_origin", NO_VALS));
	assert_true(rows_next(&r));
	s = row_slice(&r, 0);
	assert_true(s.n > 40 && memmem(s.p, s.n, "saule", 5) == NULL);
	OK(rows_end(&r));
	house_next(&house);
	(void)wrote("Ешкім қарамаған");
	CX->today = 20241215;
	OK(comment_purge(CX, &n));
	assert_int_equal(n, 0);
	CX->today = 20241216;
	OK(comment_purge(CX, &n));
	assert_int_equal(n, 1);
	OK(comment_purge(CX, &n));
	assert_int_equal(n, 0);
	assert_int_equal(counted("SELECT count(*) FROM comment_origin"), 1);
	CX->today = 20250601;
	OK(comment_purge(CX, &n));
	assert_int_equal(n, 1);
	assert_int_equal(shown(), 1); /* the comment stays */
	CX->today = 20241115;
	verified();
}

/* One letter when it is shown and one when it is answered, to the address that was typed and without a word of what was
 * typed beside it. */
static void
test_letters(void **state)
{
	struct comment_in in;
	struct comment c;
	struct letter l;

	(void)state;
	make();
	OK(setting_set(CX, "mail_server", "smtp://mail.example.kz"));
	OK(setting_set(CX, "mail_from", "house@example.kz"));
	in = form("Сәуле", "Орын бар ма?");
	in.mail = "saule@example.kz";
	c = sent(&in);
	(void)wrote("Поштасыз");
	assert_int_equal(counted("SELECT count(*) FROM outbox"), 0);
	OK(decide(c.rec.id, "show", NULL));
	OK(decide(c.rec.id, "wait", NULL));
	OK(decide(c.rec.id, "show", NULL));
	assert_int_equal(counted("SELECT count(*) FROM outbox"), 1);
	OK(outbox_take(CX, &l));
	assert_string_equal(l.to, "saule@example.kz");
	assert_non_null(strstr(l.text, "/comments/own/"));
	assert_null(strstr(l.text, "Сәуле"));
	assert_null(strstr(l.text, "Орын"));
	OK(outbox_sent(CX, l.id));
	OK(comment_reply(CX, &(struct comment_answer){
				 c.rec.id, now(c.rec.id).rec.version, "Бар.", "https://h.kz" }));
	OK(comment_reply(CX, &(struct comment_answer){ c.rec.id, now(c.rec.id).rec.version,
				 "Бар ғой.", "https://h.kz" }));
	assert_int_equal(counted("SELECT count(*) FROM outbox"), 2);
}

/* Where fifty are shown before it the letter leads to the page on which it stands. */
static void
test_place(void **state)
{
	const char *where;
	struct comment_in in;
	struct comment c;
	struct letter l;
	int i;

	(void)state;
	make();
	OK(setting_set(CX, "mail_server", "smtp://mail.example.kz"));
	OK(setting_set(CX, "mail_from", "house@example.kz"));
	for (i = 0; i <= COMMENT_PAGE; i++) {
		in = form("Сәуле", "Пікір");
		in.mail = i < COMMENT_PAGE - 1 ? NULL : "saule@example.kz";
		c = sent(&in);
		OK(decide(c.rec.id, "show", NULL));
		if (in.mail == NULL)
			continue;
		OK(outbox_take(CX, &l));
		where = i < COMMENT_PAGE
			    ? arena_printf(CX->arena, "/news/%lld#comment-%lld\n",
				  (long long)article, (long long)c.rec.id)
			    : arena_printf(CX->arena, "/news/%lld?comments=%lld#comment-%lld\n",
				  (long long)article, (long long)c.rec.id - 1, (long long)c.rec.id);
		assert_non_null(strstr(l.text, where));
		OK(outbox_sent(CX, l.id));
	}
	OK(comment_shown(CX, article, 0, &seen));
	assert_true(seen.more && seen.row[COMMENT_PAGE - 1].id < c.rec.id);
	OK(comment_shown(CX, article, c.rec.id - 1, &seen));
	assert_int_equal(seen.row[0].id, c.rec.id);
}

/* RULE comment-13 */
static void
test_removed(void **state)
{
	struct comment c, got;
	const char *secret;
	int64_t of;

	(void)state;
	make();
	c = wrote("Менің сөзім");
	OK(decide(c.rec.id, "trust", NULL));
	OK(comment_reply(CX, &(struct comment_answer){
				 c.rec.id, now(c.rec.id).rec.version, "Хатшылықтың сөзі", NULL }));
	secret = comment_secret(CX->arena, &c);
	OK(comment_by_secret(CX, secret, &got));
	assert_int_equal(
	    comment_by_secret(CX, arena_printf(CX->arena, "%s1", secret), &got), RC_NOTFOUND);
	CX->actor = &actor_guest;
	OK(comment_withdraw(CX, secret, &of));
	OK(comment_withdraw(CX, secret, &of)); /* two clicks */
	assert_int_equal(of, article);
	CX->actor = &actor_system;
	assert_int_equal(shown(), 0);
	assert_int_equal(comment_by_secret(CX, secret, &got), RC_NOTFOUND);
	assert_int_equal(
	    counted("SELECT count(*) FROM comment WHERE state = 'withdrawn' AND name IS "
		    "NULL AND text IS NULL AND reply IS NULL"),
	    1);
	not_in("SELECT count(*) FROM history WHERE kind = 'comment' AND (data LIKE '%сөз%' OR data "
	       "LIKE '%Сәуле%' OR secret IS NOT NULL)");
	not_in("SELECT count(*) FROM comment_origin WHERE mail IS NOT NULL OR mail_mac IS NOT "
	       "NULL");
	assert_int_equal(decide(c.rec.id, "show", NULL), RC_RULE);
	CX->today = 20241116; /* what was counted by goes with its day */
	OK(comment_purge(CX, &of));
	not_in("SELECT count(*) FROM comment_origin");
	not_in("SELECT count(*) FROM comment_sent");
	verified();
}

/* RULE comment-12: whoever removes what they wrote has written it all the same, and a form is one comment. */
static void
test_removed_counts(void **state)
{
	struct comment_in in;
	struct comment_made m, again;
	struct comment c;
	int64_t of;
	int i;

	(void)state;
	make();
	in = form("Бот", "Сатып ал");
	in.peer = "203.0.113.9";
	in.mail = "bot@example.kz";
	in.nonce = "0123456789abcdef0123456789abcdef";
	OK(try(&in, &m));
	c = now(m.id);
	OK(comment_withdraw(CX, comment_secret(CX->arena, &c), &of));
	OK(try(&in, &again));
	assert_true(again.again && again.id == m.id);
	in.nonce = NULL;
	for (i = 1; i < 10; i++) {
		c = sent(&in);
		OK(comment_withdraw(CX, comment_secret(CX->arena, &c), &of));
	}
	refused(in, RC_RULE, NULL);
	assert_int_equal(counted("SELECT count(*) FROM comment_origin WHERE mail IS NULL"), 10);
	CX->today = 20241116;
	OK(comment_purge(CX, &of));
	assert_int_equal(of, 10);
	(void)sent(&in);
}

/* RULE comment-13: the text is its author's, the fact of the refusal is the office's. */
static void
test_removed_refused(void **state)
{
	struct comment c;
	int64_t of;

	(void)state;
	make();
	c = wrote("Жаман сөз");
	OK(decide(c.rec.id, "refuse", "discord"));
	OK(comment_withdraw(CX, comment_secret(CX->arena, &c), &of));
	c = now(c.rec.id);
	assert_true(c.name == NULL && c.text == NULL);
	assert_string_equal(c.state, "withdrawn");
	assert_string_equal(c.reason, "discord");
	assert_int_equal(c.moderator, clerk.account);
	assert_int_equal(c.decided_on, 20241115);
	assert_int_equal(shown(), 0);
	verified();
}

static int
cut_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return comment_terms[0].cut_tx(cx, tx, *(const int64_t *)arg, 0, &sums);
}

/* RULE comment-14 */
static void
test_term(void **state)
{
	AUTO_ROWS r = { 0 };
	struct comment c;

	(void)state;
	make();
	c = wrote("Жаман сөз");
	OK(decide(c.rec.id, "refuse", "discord"));
	OK(decide(wrote("Жақсы сөз").rec.id, "show", NULL));
	CX->today = 20241116;
	(void)wrote("Ешкім қарамаған");
	CX->today = 20241115;
	OK(db_rows(CX, &r, comment_terms[0].sql, VALS(v_int(20241114))));
	assert_false(rows_next(&r));
	OK(rows_end(&r));
	OK(db_rows(CX, &r, comment_terms[0].sql, VALS(v_int(20241115))));
	assert_true(rows_next(&r));
	assert_int_equal(row_int(&r, 0), c.rec.id);
	assert_false(rows_next(&r));
	OK(rows_end(&r));
	house_next(&house);
	OK(db_write(CX, cut_fn, &c.rec.id));
	c = now(c.rec.id);
	assert_true(c.name == NULL && c.text == NULL && strcmp(c.reason, "discord") == 0);
	assert_int_equal(shown(), 1);
	verified();
}

static int64_t
answered(const char *code)
{
	struct figure_answer a;
	struct ask ask;

	ask_default(CX, &ask);
	OK(figure_answer(CX, figure_find(code), &ask, &a));
	house_next(&house);
	return (int64_t)a.value;
}

static void
test_figures(void **state)
{
	int64_t of;
	struct comment c;

	(void)state;
	figure_init(comment_figures, comment_nfigures);
	make();
	c = wrote("а");
	OK(decide(c.rec.id, "show", NULL));
	OK(decide(wrote("б").rec.id, "refuse", "advert"));
	OK(decide(wrote("в").rec.id, "show", NULL));
	(void)wrote("г");
	assert_int_equal(answered("comments_shown"), 2);
	assert_int_equal(answered("comments_refused"), 1);
	OK(comment_withdraw(CX, comment_secret(CX->arena, &c), &of));
	house_next(&house);
	assert_int_equal(answered("comments_shown"), 1);
	c = now(house_int(&house, "SELECT id FROM comment WHERE state = 'refused'"));
	OK(comment_withdraw(CX, comment_secret(CX->arena, &c), &of));
	house_next(&house);
	assert_int_equal(answered("comments_refused"), 1); /* it was refused all the same */
	OK(article_do(CX, &(struct article_move){ article, 3, "withdraw", "қате" }));
	assert_int_equal(answered("comments_shown"), 0); /* nobody sees them any more */
	assert_int_equal(answered("comments_refused"), 1);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_sending), T(test_moment), T(test_closing),
		T(test_names), T(test_marks), T(test_deciding), T(test_doors), T(test_any_order),
		T(test_trust), T(test_trust_ends), T(test_ban), T(test_flood), T(test_apart),
		T(test_letters), T(test_place), T(test_removed), T(test_removed_counts),
		T(test_removed_refused), T(test_term), T(test_figures) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

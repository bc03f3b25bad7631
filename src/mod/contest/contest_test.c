/* contest_test.c – a contest through its rules: what is fixed when the jury begins, who may see what, conflicts
 * found and left out, points, places, the protocol that stays, certificates. On both engines. */
#include "mod/contest/contest.h"
#include "mod/rights/rights.h"
#define MORE_KINDS                                                                          \
	, &consent_kind, &contest_kind, &nomination_kind, &age_group_kind, &criterion_kind, \
	    &contest_entry_kind, &contest_member_kind, &juror_kind, &juror_conflict_kind,   \
	    &contest_score_kind, &certificate_kind
#include "event_test.h"

#include "search/search.h"

static int
open_all(void **state)
{
	static struct verify_check checks[3];

	if (open_house(state) != 0)
		return 1;
	checks[0] = event_tally_check;
	checks[1] = erasure_check;
	checks[2] = contest_check;
	figure_checks(checks, 3);
	person_links_add(rights_links, rights_nlinks);
	person_links_add(contest_links, contest_nlinks);
	search_boot(kinds, ARRAY_LEN(kinds));
	return 0;
}

static struct actor
role_of(enum role r, int64_t account, int64_t who)
{
	return (struct actor){ .account = account,
		.person = who,
		.role = r,
		.caps = role_caps(r),
		.login = "",
		.name = "",
		.csrf = "" };
}

static int64_t
named(const char *surname, const char *given, const char *patronymic, int birth)
{
	struct person p;

	kind_empty(&person_kind, &p);
	p.surname = surname;
	p.given = given;
	p.patronymic = patronymic;
	p.birth_day = birth;
	OK(kind_insert(CX, &person_kind, &p));
	return p.rec.id;
}

/* Two criteria of weight 3 and 1, points 1–10, in the event of a body. */
static int64_t contest, lead, criterion[2];

static void
new_contest(bool blind)
{
	struct contest c;
	int i;

	lead = body("host", 0);
	kind_empty(&contest_kind, &c);
	c.event = event("Байқау", lead, 20241120, "approved").rec.id;
	c.name = (struct text3){ "Байқау", NULL, NULL };
	c.min_score = 1;
	c.max_score = 10;
	c.tie_rule = "criteria";
	c.decides = "raw";
	c.blind = blind;
	OK(kind_insert(CX, &contest_kind, &c));
	contest = c.rec.id;
	for (i = 0; i < 2; i++) {
		struct criterion k;

		kind_empty(&criterion_kind, &k);
		k.contest = contest;
		k.name = (struct text3){ i == 0 ? "Дәмі" : "Түрі", NULL, NULL };
		k.weight = i == 0 ? 3 : 1;
		k.rank = i + 1;
		OK(kind_insert(CX, &criterion_kind, &k));
		criterion[i] = k.rec.id;
	}
}

static int
step(const char *action, const char *reason)
{
	struct contest c;

	OK(kind_load(CX, &contest_kind, contest, &c));
	return contest_move(CX, &(struct contest_step){ contest, c.rec.version, action, reason });
}

static int
try_entry(struct contest_entry *e, const char *type, const char *work, int64_t who, int64_t from)
{
	kind_empty(&contest_entry_kind, e);
	e->contest = contest;
	e->type = type;
	e->work = work;
	e->person = who;
	e->body = from;
	if (strcmp(type, "team") == 0)
		e->team = "Топ";
	return kind_insert(CX, &contest_entry_kind, e);
}

static int64_t
entry(const char *type, const char *work, int64_t who, int64_t from)
{
	struct contest_entry e;

	OK(try_entry(&e, type, work, who, from));
	return e.rec.id;
}

static int64_t
juror(int64_t who, bool chair)
{
	struct juror j;

	kind_empty(&juror_kind, &j);
	j.contest = contest;
	j.person = who;
	j.chair = chair;
	OK(kind_insert(CX, &juror_kind, &j));
	return j.rec.id;
}

static int
give(int64_t j, int64_t e, int64_t a, int64_t b)
{
	int64_t value[] = { a, b };

	return contest_score(CX, &(struct score_in){ j, e, value, 2, "screen" });
}

static struct contest_table
table(void)
{
	struct contest_table t;

	OK(contest_table(CX, contest, &t));
	return t;
}

#define REFUSED(call, code)                       \
	do {                                      \
		assert_int_equal((call), (code)); \
		house_next(&house);               \
	} while (0)

/* RULE contest-1, contest-2 */
static void
test_frozen(void **state)
{
	struct contest_entry late;
	struct criterion k;
	struct contest c;
	int64_t e, j;

	(void)state;
	new_contest(true);
	REFUSED(try_entry(&late, "person", "Нан", person(1), 0), RC_RULE); /* not open yet */
	OK(step("open", NULL));
	REFUSED(step("judge", NULL), RC_RULE); /* no entries */
	e = entry("person", "Бауырсақ", person(2), lead);
	REFUSED(step("judge", NULL), RC_RULE); /* no jury */
	j = juror(person(3), true);
	OK(kind_load(CX, &criterion_kind, criterion[0], &k));
	k.weight = 4; /* while entries are taken weights may move */
	OK(kind_update(CX, &criterion_kind, &k));
	k.weight = 3;
	OK(kind_update(CX, &criterion_kind, &k));
	REFUSED(give(j, e, 5, 5), RC_RULE);
	OK(step("judge", NULL));
	k.weight = 9;
	REFUSED(kind_update(CX, &criterion_kind, &k), RC_RULE);
	REFUSED(contest_child_remove(CX, &criterion_kind, criterion[1]), RC_RULE);
	OK(kind_load(CX, &contest_kind, contest, &c));
	c.tie_rule = "shared";
	REFUSED(kind_update(CX, &contest_kind, &c), RC_INVALID);
	REFUSED(try_entry(&late, "person", "Кеш", person(4), 0), RC_RULE);
	OK(step("back", "қате ашылды")); /* nothing was scored yet */
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM contest_entry WHERE code IS NOT NULL"), 0);
	OK(step("judge", NULL));
	OK(give(j, e, 5, 5));
	REFUSED(step("back", "тағы"), RC_RULE); /* points stand */
	REFUSED(give(j, e, 11, 5), RC_INVALID);
	OK(give(j, e, 6, INT_NONE)); /* corrected: a second version */
	assert_int_equal(house_int(&house, "SELECT max(version) FROM contest_score"), 2);
	OK(kind_load(CX, &contest_entry_kind, e, &late));
	assert_in_range(late.code, 100, 999);
	verified();
}

/* RULE contest-4: found, decided, left out; nobody judges himself. */
static void
test_conflicts(void **state)
{
	int64_t own = body("own", 0), branch = body("branch", own),
		father = named("Ахметов", "Асан", NULL, 19700101),
		daughter = named("Ахметова", "Айша", "Асанқызы", 19900101),
		son = named("Асанұлы", "Нұрлан", "Асанұлы", 19900101),
		other = named("Ким", "Ольга", NULL, 19800101), e[4], j[2];
	struct conflict_hint *hint;
	struct juror_conflict k;
	struct membership m;
	struct contest_table t;
	struct juror again;
	size_t n, of;

	(void)state;
	new_contest(false);
	OK(step("open", NULL));
	e[0] = entry("person", "Бір", daughter, 0);
	e[1] = entry("person", "Екі", son, 0);
	e[2] = entry("body", "Үш", 0, branch);
	e[3] = entry("person", "Төрт", person(9), 0);
	j[0] = juror(father, true);
	j[1] = juror(other, false);
	kind_empty(&juror_kind, &again);
	again.contest = contest;
	again.person = daughter; /* an entrant */
	REFUSED(kind_insert(CX, &juror_kind, &again), RC_INVALID);
	kind_empty(&membership_kind, &m);
	m.person = other;
	m.body = own;
	m.role = "member";
	m.from_day = 20200101;
	OK(kind_insert(CX, &membership_kind, &m));
	OK(contest_hints(CX, contest, &hint, &n));
	assert_int_equal(n, 3);
	assert_string_equal(hint[0].ground, "relative");
	assert_int_equal(hint[0].entry, e[0]);
	assert_int_equal(hint[1].entry, e[1]);
	assert_string_equal(hint[2].ground, "member");
	assert_int_equal(hint[2].entry, e[2]);
	REFUSED(step("judge", NULL), RC_RULE);
	kind_empty(&juror_conflict_kind, &k);
	k = (struct juror_conflict){
		.juror = j[0], .entry = e[0], .ground = "relative", .decision = "excluded"
	};
	OK(kind_insert(CX, &juror_conflict_kind, &k));
	k = (struct juror_conflict){
		.juror = j[0], .entry = e[1], .ground = "relative", .decision = "allowed"
	};
	REFUSED(kind_insert(CX, &juror_conflict_kind, &k), RC_INVALID); /* a reason is needed */
	k.note = "Аттас адам, туыс емес";
	OK(kind_insert(CX, &juror_conflict_kind, &k));
	k = (struct juror_conflict){
		.juror = j[1], .body = own, .ground = "member", .decision = "excluded"
	};
	OK(kind_insert(CX, &juror_conflict_kind, &k));
	OK(contest_hints(CX, contest, &hint, &n));
	assert_int_equal(n, 0);
	OK(step("judge", NULL));
	t = table();
	assert_string_equal(contest_ground(&t, 0, 0), "relative");
	assert_null(contest_ground(&t, 0, 1));
	assert_string_equal(contest_ground(&t, 1, 2), "member"); /* the branch beneath the body */
	assert_int_equal(contest_missing(&t, 0, &of), 3);
	assert_int_equal(of, 3);
	REFUSED(give(j[0], e[0], 10, 10), RC_RULE);
	OK(give(j[0], e[3], 9, 9));
	OK(conflict_declare(CX, j[0], e[3], "Досым"));
	OK(conflict_declare(CX, j[0], e[3], "Досым")); /* two clicks: one conflict */
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM juror_conflict WHERE ground = 'declared'"), 1);
	t = table();
	assert_string_equal(contest_ground(&t, 0, 3), "declared");
	assert_int_equal(t.rank[3].jurors, 0); /* what was given before counts no more */
	verified();
}

/* RULE contest-4, contest-8: no door around. */
static void
test_doors(void **state)
{
	int64_t a = body("a", 0), b = body("b", 0), mine, theirs, n, before, seat = person(5);
	struct actor clerk = role_of(ROLE_CLERK, 7, 0), sits = role_of(ROLE_CLERK, 8, seat),
		     leader = role_of(ROLE_LEADER, 9, 0), member = role_of(ROLE_MEMBER, 10, 0);
	struct contest_entry e;
	struct query q;

	(void)state;
	new_contest(true);
	OK(step("open", NULL));
	mine = entry("body", "Менікі", 0, a);
	theirs = entry("body", "Олардікі", 0, b);
	before = CX->now;
	CX->now += 2 * US_PER_SECOND;
	juror(seat, true);
	leader.body = a;
	leader.scope = &a;
	leader.nscope = 1;
	CX->actor = &clerk;
	OK(kind_get(CX, &contest_entry_kind, theirs, &e));
	CX->actor = &sits;
	REFUSED(kind_get(CX, &contest_entry_kind, mine, &e), RC_NOTFOUND);
	OK(query_init(CX, &q, &contest_entry_kind));
	OK(query_count(&q, &n));
	assert_int_equal(n, 0);
	/* As known before the seat was given: no way around either. */
	OK(query_init(CX, &q, &contest_entry_kind));
	OK(query_known(&q, before));
	OK(query_count(&q, &n));
	assert_int_equal(n, 0);
	CX->actor = &clerk;
	OK(query_init(CX, &q, &contest_entry_kind));
	OK(query_known(&q, before));
	OK(query_count(&q, &n));
	assert_int_equal(n, 2);
	CX->actor = &actor_system;
	OK(step("back", NULL)); /* prepared anew: the entries are still there */
	CX->actor = &sits;
	REFUSED(kind_get(CX, &contest_entry_kind, mine, &e), RC_NOTFOUND);
	CX->actor = &actor_system;
	OK(step("open", NULL));
	CX->actor = &leader;
	OK(kind_get(CX, &contest_entry_kind, mine, &e));
	REFUSED(kind_get(CX, &contest_entry_kind, theirs, &e), RC_NOTFOUND);
	REFUSED(step("judge", NULL), RC_DENIED);
	OK(try_entry(&e, "body", "Тағы", 0, a));
	REFUSED(try_entry(&e, "body", "Бөтен", 0, b), RC_DENIED);
	CX->actor = &member;
	REFUSED(query_init(CX, &q, &contest_entry_kind), RC_DENIED);
	CX->actor = &actor_system;
	verified();
}

/* RULE contest-9 and contest-8 */
static void
test_minors(void **state)
{
	int64_t child = named("Сапаров", "Дана", NULL, 20140101),
		adult = named("Сапарова", "Гүл", NULL, 19800101), e[2], *ids;
	struct consent c;
	struct contest_entry rec;
	const char *name;
	size_t n;
	int i;

	(void)state;
	new_contest(false);
	OK(step("open", NULL));
	e[0] = entry("person", "Сурет", child, 0);
	e[1] = entry("person", "Ән", adult, 0);
	juror(person(7), true);
	OK(contest_unconsented(CX, contest, &ids, &n));
	assert_int_equal(n, 1);
	assert_int_equal(ids[0], e[0]);
	REFUSED(step("judge", NULL), RC_RULE);
	OK(kind_load(CX, &contest_entry_kind, e[0], &rec));
	OK(contest_entrant_public(CX, &rec, &name));
	assert_null(strstr(name, "Дана"));
	for (i = 0; i < 3; i++) {
		kind_empty(&consent_kind, &c);
		c.person = i < 2 ? child : adult;
		c.purpose = i == 0 ? "records" : "publish";
		c.text = "Келісемін.";
		c.text_version = "1";
		c.given_on = 20241101;
		c.given_by = i < 2 ? "parent" : "self";
		if (i < 2)
			c.representative.fresh = "Сапарова Гүл";
		OK(kind_insert(CX, &consent_kind, &c));
	}
	OK(step("judge", NULL));
	OK(contest_entrant_public(CX, &rec, &name));
	assert_string_equal(name, "Дана"); /* never the surname */
	OK(kind_load(CX, &contest_entry_kind, e[1], &rec));
	OK(contest_entrant_public(CX, &rec, &name));
	assert_non_null(strstr(name, "Сапарова"));
	verified();
}

static int64_t e3[3], j2[2];

/* Means by hand: A (9·3+7+7·3+5)/8 = 7.5, B the same with a lower first criterion, C 4. */
static void
to_the_end(void)
{
	new_contest(true);
	OK(step("open", NULL));
	e3[0] = entry("person", "А", named("Оспанов", "Ерлан", NULL, 19800101), 0);
	e3[1] = entry("person", "Б", named("Ли", "Вера", NULL, 19810101), 0);
	e3[2] = entry("person", "В", named("Бейсенов", "Мұрат", NULL, 19820101), 0);
	j2[0] = juror(named("Төлегенова", "Сара", NULL, 19600101), true);
	j2[1] = juror(named("Цой", "Виктор", NULL, 19620101), false);
	OK(step("judge", NULL));
	OK(give(j2[0], e3[0], 9, 7));
	OK(give(j2[0], e3[1], 8, 10));
	OK(give(j2[0], e3[2], 4, 4));
	OK(give(j2[1], e3[0], 7, 5));
	OK(give(j2[1], e3[1], 7, 5));
	REFUSED(step("close", NULL), RC_RULE); /* one is missing */
	OK(give(j2[1], e3[2], 4, 4));
	OK(step("close", NULL));
}

static int
sign(void)
{
	struct contest c;

	OK(kind_load(CX, &contest_kind, contest, &c));
	return contest_sign(
	    CX, &(struct protocol_signing){ contest, c.rec.version, "5", 0, "Меңгеруші" });
}

/* RULE contest-6, contest-7, contest-10 */
static void
test_protocol(void **state)
{
	struct actor clerk = role_of(ROLE_CLERK, 7, 0), head = role_of(ROLE_HEAD, 8, 0);
	const char *then, *now, **line;
	struct contest_entry e;
	struct contest_table t;
	struct erase_sums sums;
	size_t n;
	struct erase_in erase = { .ground = "request", .document = "12" };

	(void)state;
	to_the_end();
	OK(kind_load(CX, &contest_entry_kind, e3[0], &e));
	assert_int_equal(e.place, 1);
	t = table();
	assert_int_equal(t.rank[contest_entry_at(&t, e3[0])].num, 60);
	assert_int_equal(t.rank[contest_entry_at(&t, e3[0])].den, 8);
	assert_int_equal(t.rank[contest_entry_at(&t, e3[1])].raw_rank, 1); /* equal means … */
	assert_int_equal(
	    t.rank[contest_entry_at(&t, e3[0])].parted, 1); /* … parted by the first criterion */
	OK(kind_load(CX, &contest_entry_kind, e3[2], &e));
	REFUSED(
	    contest_decide(CX, &(struct contest_decision){ e3[2], e.rec.version, 2, NULL, " " }),
	    RC_INVALID);
	OK(contest_decide(CX, &(struct contest_decision){
				  e3[2], e.rec.version, 3, "Көрермен жүлдесі", "Сұрау нәтижесі" }));
	CX->actor = &clerk;
	REFUSED(sign(), RC_DENIED);
	CX->actor = &head;
	OK(sign());
	CX->actor = &actor_system;
	house_next(&house);
	OK(contest_protocol_signed(CX, contest, &then));
	assert_null(strstr(then, "Оспанов"));
	t = table();
	OK(contest_protocol_changes(CX, &t, &line, &n));
	assert_int_equal(n, 0);
	REFUSED(give(j2[0], e3[0], 1, 1), RC_RULE);
	/* One entrant is erased: the name goes, the text and its digest stay. */
	OK(kind_load(CX, &contest_entry_kind, e3[0], &e));
	erase.person = e.person;
	OK(person_erase(CX, &erase, &sums));
	house_next(&house);
	OK(contest_protocol_signed(CX, contest, &now));
	assert_string_equal(then, now);
	OK(contest_shown(CX, contest, &t));
	assert_int_equal(t.nentries, 3);
	OK(contest_entrant(CX, &t.entry[0], &now));
	assert_null(strstr(now, "Оспанов"));
	verified();
	/* A later withdrawal is told, the protocol shows what was signed. */
	OK(kind_load(CX, &contest_entry_kind, e3[1], &e));
	OK(contest_entry_withdraw(CX, e3[1], e.rec.version, "ереже бұзылды"));
	house_next(&house);
	t = table();
	OK(contest_protocol_changes(CX, &t, &line, &n));
	assert_int_equal(n, 1);
	OK(contest_shown(CX, contest, &t));
	assert_int_equal(t.nentries, 3);
	house_sql(&house,
	    "UPDATE contest_protocol SET content = replace(content, '\"place\":1', '\"place\":2')");
	{
		struct buf out;
		int64_t d;

		buf_init(&out, CX->arena, 0);
		OK(figure_verify(CX, &out, &d));
		assert_int_equal(d, 1);
	}
}

static void
test_certificates(void **state)
{
	struct certificate c, found;
	const char *code;
	char *forged;
	int64_t made;

	(void)state;
	to_the_end();
	REFUSED(certificates_of_contest(CX, contest, &made), RC_RULE); /* not signed yet */
	OK(sign());
	OK(certificates_of_contest(CX, contest, &made));
	assert_int_equal(made, 3);
	OK(certificates_of_contest(CX, contest, &made));
	assert_int_equal(made, 0);
	OK(kind_load(
	    CX, &certificate_kind, house_int(&house, "SELECT min(id) FROM certificate"), &c));
	assert_string_equal(c.type, "winner");
	code = certificate_code(CX, &c);
	OK(certificate_of_code(CX, code, &found));
	assert_int_equal(found.number, c.number);
	forged = arena_str(CX->arena, code);
	forged[9] = forged[9] == 'A' ? 'B' : 'A'; /* another number under the old signature */
	REFUSED(certificate_of_code(CX, forged, &found), RC_NOTFOUND);
	REFUSED(certificate_of_code(CX, arena_strn(CX->arena, code, strlen(code) - 2), &found),
	    RC_NOTFOUND);
	REFUSED(certificate_of_code(CX, "", &found), RC_NOTFOUND);
	REFUSED(certificate_withdraw(CX, c.rec.id, c.rec.version, ""), RC_INVALID);
	OK(certificate_withdraw(CX, c.rec.id, c.rec.version, "қате"));
	house_next(&house);
	OK(certificate_of_code(CX, code, &found));
	assert_int_equal(found.withdrawn_on, CX->today);
	/* Whoever changes the place behind the program's back spoils the code. */
	house_sql(&house, "UPDATE certificate SET place = 2 WHERE place = 1");
	REFUSED(certificate_of_code(CX, code, &found), RC_NOTFOUND);
}

/* Signed anew with another place: the old paper is withdrawn, the new one says what is signed. */
static void
test_signed_anew(void **state)
{
	struct contest_entry e;
	struct certificate c;
	struct contest k;
	int64_t made;

	(void)state;
	to_the_end();
	OK(sign());
	OK(certificates_of_contest(CX, contest, &made));
	OK(kind_load(CX, &contest_kind, contest, &k));
	OK(contest_unsign(CX, contest, k.rec.version, "санақ қатесі"));
	OK(kind_load(CX, &contest_entry_kind, e3[2], &e));
	OK(contest_decide(CX, &(struct contest_decision){ e3[2], e.rec.version, 2, NULL, "қате" }));
	OK(sign());
	OK(certificates_of_contest(CX, contest, &made));
	assert_int_equal(made, 1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM certificate"), 4);
	OK(kind_load(CX, &certificate_kind,
	    house_int(&house, "SELECT max(id) FROM certificate WHERE withdrawn_on IS NULL"), &c));
	assert_int_equal(c.entry, e3[2]);
	assert_int_equal(c.place, 2);
	OK(kind_load(CX, &certificate_kind,
	    house_int(&house, "SELECT id FROM certificate WHERE withdrawn_on IS NOT NULL"), &c));
	assert_int_equal(c.entry, e3[2]);
	assert_int_equal(c.place, 3);
	OK(certificates_of_contest(CX, contest, &made));
	assert_int_equal(made, 0);
	/* Withdrawn from the contest, then signed once more: no paper of it stays valid. */
	OK(kind_load(CX, &contest_kind, contest, &k));
	OK(contest_unsign(CX, contest, k.rec.version, "өтініш"));
	OK(kind_load(CX, &contest_entry_kind, e3[2], &e));
	OK(contest_entry_withdraw(CX, e3[2], e.rec.version, "өз өтініші"));
	OK(sign());
	OK(certificates_of_contest(CX, contest, &made));
	assert_int_equal(made, 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM certificate WHERE withdrawn_on IS NULL"), 2);
	verified();
}

/* certificate-1: whose it is, on the paper and for everybody. */
static void
test_holders(void **state)
{
	struct erase_in erase = { .ground = "request", .document = "12" };
	struct contest_entry e = { 0 };
	struct certificate c = { 0 };
	struct erase_sums sums;
	const char *name;

	(void)state;
	new_contest(false);
	OK(step("open", NULL));
	c.place = INT_NONE;
	c.person = named("Сапаров", "Дана", NULL, 20140101);
	c.body = body("sends", 0);
	c.entry = entry("person", "Сурет", c.person, c.body);
	OK(certificate_holder(CX, &c, false, &name));
	assert_non_null(strstr(name, "Сапаров"));
	OK(certificate_holder(CX, &c, true, &name));
	assert_string_equal(name, "Дана");
	erase.person = c.person;
	OK(person_erase(CX, &erase, &sums));
	house_next(&house);
	OK(kind_load(CX, &contest_entry_kind, c.entry, &e));
	c.person = e.person;
	assert_int_equal(e.body, c.body);
	OK(certificate_holder(CX, &c, true, &name));
	assert_string_equal(name, ""); /* not the body that sent him */
}

static void
test_links(void **state)
{
	const char *first, *second;
	struct juror j;
	int64_t seat;

	(void)state;
	new_contest(true);
	seat = juror(person(1), false);
	OK(juror_link_make(CX, seat, &first));
	OK(juror_of_link(CX, first, &j));
	assert_int_equal(j.rec.id, seat);
	OK(juror_link_make(CX, seat, &second));
	REFUSED(juror_of_link(CX, first, &j), RC_NOTFOUND);
	OK(juror_of_link(CX, second, &j));
	OK(juror_link_revoke(CX, seat));
	house_next(&house);
	REFUSED(juror_of_link(CX, second, &j), RC_NOTFOUND);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM juror_link WHERE length(digest) = 64"), 1);
}

/* Joining two records: the entry, the seat and the certificate follow, and come back. */
static void
test_joined(void **state)
{
	int64_t stays = named("Сейтов", "Бек", NULL, 19700101),
		leaves = named("Сеитов", "Бек", NULL, 19700101), e;
	struct contest_entry rec;
	struct person a, b;

	(void)state;
	new_contest(false);
	OK(step("open", NULL));
	e = entry("person", "Тоқаш", leaves, 0);
	OK(kind_load(CX, &person_kind, stays, &a));
	OK(kind_load(CX, &person_kind, leaves, &b));
	OK(person_merge(
	    CX, &(struct person_merge_in){ stays, leaves, a.rec.version, b.rec.version, NULL }));
	OK(kind_load(CX, &contest_entry_kind, e, &rec));
	assert_int_equal(rec.person, stays);
	house_next(&house);
	OK(person_unmerge(CX, leaves));
	house_next(&house);
	OK(kind_load(CX, &contest_entry_kind, e, &rec));
	assert_int_equal(rec.person, leaves);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_all, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_frozen), T(test_conflicts), T(test_doors),
		T(test_minors), T(test_protocol), T(test_certificates), T(test_signed_anew),
		T(test_holders), T(test_links), T(test_joined) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

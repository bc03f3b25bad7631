/* camp_test.c – camps through their rules, on both engines: places, ages and consents, the roll and what it counts,
 * clashes, who sees and writes, joining and erasing, many at once, the term. */
#include "mod/camp/camp.h"
#define MORE_KINDS \
	, &camp_kind, &camp_group_kind, &camp_member_kind, &camp_slot_kind, &camp_mark_kind
#include "event_test.h"

#include <pthread.h>
#include <stdatomic.h>

#include "kind/cut.h"
#include "search/search.h"

static int64_t lead, party, camp, group[2];

static int
open_all(void **state)
{
	if (open_house(state) != 0)
		return 1;
	search_boot(kinds, ARRAY_LEN(kinds));
	person_links_add(camp_links, camp_nlinks);
	return 0;
}

/* 10–12 November 2024; today is the second day. Five places, two in the first group. */
static void
new_camp(int number)
{
	static const char *const names[] = { "Бүркіт", "Сұңқар" };
	struct event e;
	struct camp c;
	size_t i;

	CX->today = 20241111;
	lead = body(arena_printf(CX->arena, "host%d", number), 0);
	e = new_event("Лагерь", lead, 20241110, "approved");
	e.last_day = 20241112;
	OK(kind_insert(CX, &event_kind, &e));
	party = e.rec.id;
	kind_empty(&camp_kind, &c);
	c.event = party;
	c.name = (struct text3){ "Жаз", NULL, NULL };
	c.from_day = 20241110;
	c.to_day = 20241112;
	c.age_from = 12;
	c.age_to = 40;
	c.places = 3;
	OK(kind_insert(CX, &camp_kind, &c));
	camp = c.rec.id;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		struct camp_group g;

		kind_empty(&camp_group_kind, &g);
		g.camp = camp;
		g.name = names[i];
		g.places = i == 0 ? 2 : INT_NONE;
		OK(kind_insert(CX, &camp_group_kind, &g));
		group[i] = g.rec.id;
	}
}

static struct camp_member
new_member(size_t g, const char *name, int64_t year)
{
	struct camp_member m;

	kind_empty(&camp_member_kind, &m);
	m.camp = camp;
	m.camp_group = group[g];
	m.guest = name;
	m.birth_year = year;
	return m;
}

static void
consent(struct camp_member *m, const char *by)
{
	m->consent = "given";
	m->consent_on = CX->today;
	m->consent_way = "paper";
	m->consent_by = by;
}

static int64_t
member(size_t g, const char *name, int64_t year)
{
	struct camp_member m = new_member(g, name, year);

	if (year > 2006) {
		consent(&m, "parent");
		m.parent.fresh = "Сынақова Әсем";
		m.phone.fresh = "+7 700 000 00 00";
		m.needs.fresh = "Жаңғаққа аллергия";
	} else
		consent(&m, "self");
	OK(kind_insert(CX, &camp_member_kind, &m));
	return m.rec.id;
}

static void
refused(const char *field, int rc)
{
	assert_int_equal(rc, RC_INVALID);
	assert_non_null(CX->err.fields);
	assert_string_equal(CX->err.fields->field, field);
	err_clear(CX);
}

static void
test_camp(void **state)
{
	struct camp_group g;
	struct camp c;

	(void)state;
	new_camp(1);
	OK(kind_load(CX, &camp_kind, camp, &c));
	c.to_day = 20241113;
	refused("to_day", kind_update(CX, &camp_kind, &c));
	c.to_day = 20241112;
	c.from_day = 20241109;
	refused("from_day", kind_update(CX, &camp_kind, &c));
	c.from_day = 20241110;
	c.age_to = 11;
	refused("age_to", kind_update(CX, &camp_kind, &c));
	kind_empty(&camp_group_kind, &g);
	g.camp = camp;
	g.name = "Бүркіт";
	refused("name", kind_insert(CX, &camp_group_kind, &g));
	member(0, "Бір", 2012);
	member(0, "Екі", 2012);
	OK(kind_load(CX, &camp_kind, camp, &c));
	c.places = 1;
	refused("places", kind_update(CX, &camp_kind, &c));
	OK(kind_load(CX, &camp_group_kind, group[0], &g));
	g.places = 1;
	refused("places", kind_update(CX, &camp_group_kind, &g));
}

/* RULE camp-2: counted from who is there; who leaves gives the place back. */
static void
test_places(void **state)
{
	struct camp_table t;
	struct camp_member m;
	int64_t first;

	(void)state;
	new_camp(1);
	first = member(0, "Бір", 2012);
	member(0, "Екі", 2012);
	m = new_member(0, "Үш", 2012);
	refused("camp_group", kind_insert(CX, &camp_member_kind, &m));
	member(1, "Үш", 2012);
	m = new_member(1, "Төрт", 2012);
	refused("camp_group", kind_insert(CX, &camp_member_kind, &m));
	OK(camp_table(CX, camp, &t));
	assert_int_equal(t.all, 3);
	assert_int_equal(camp_free(&t, -1), 0);
	assert_int_equal(camp_free(&t, camp_group_at(&t, group[0])), 0);
	assert_int_equal(camp_free(&t, camp_group_at(&t, group[1])), INT_NONE);
	OK(kind_load(CX, &camp_member_kind, first, &m));
	m.left_on = 20241111;
	OK(kind_update(CX, &camp_member_kind, &m));
	member(1, "Төрт", 2012);
	OK(camp_table(CX, camp, &t));
	assert_int_equal(t.all, 3);
	assert_int_equal(t.missing, 0);
	m.left_on = 0; /* comes back: the camp is full again */
	refused("camp_group", kind_update(CX, &camp_member_kind, &m));
}

/* RULE camp-3, camp-4 */
static void
test_consents(void **state)
{
	struct camp_member m;

	(void)state;
	new_camp(1);
	m = new_member(0, NULL, 2012);
	refused("guest", kind_insert(CX, &camp_member_kind, &m));
	m = new_member(0, "Бір", INT_NONE);
	refused("birth_year", kind_insert(CX, &camp_member_kind, &m));
	m.birth_year = 2013; /* eleven at most */
	refused("birth_year", kind_insert(CX, &camp_member_kind, &m));
	m.birth_year = 1982;
	refused("birth_year", kind_insert(CX, &camp_member_kind, &m));
	m.birth_year = 2006; /* may be 17 still */
	consent(&m, "self");
	refused("consent_by", kind_insert(CX, &camp_member_kind, &m));
	m.consent_by = "parent";
	refused("parent", kind_insert(CX, &camp_member_kind, &m));
	m.parent.fresh = "Сынақова Әсем";
	m.consent_on = 20241112;
	refused("consent_on", kind_insert(CX, &camp_member_kind, &m));
	m.consent_on = 20241111;
	m.consent_way = NULL;
	refused("consent_way", kind_insert(CX, &camp_member_kind, &m));
	m.consent_way = "paper";
	OK(kind_insert(CX, &camp_member_kind, &m));
	assert_true(m.minor);
	OK(kind_load(CX, &camp_member_kind, m.rec.id, &m));
	m.consent = "missing";
	refused("consent", kind_update(CX, &camp_member_kind, &m));
	m = new_member(1, "Ересек", 2005);
	consent(&m, "parent");
	refused("consent_by", kind_insert(CX, &camp_member_kind, &m));
	m.consent_by = "self";
	OK(kind_insert(CX, &camp_member_kind, &m));
	assert_false(m.minor);
}

static int
call(int64_t who, int day, int64_t slot, const char *state)
{
	struct camp_call in = { .member = who, .day = day, .slot = slot, .state = state };
	bool again;

	return camp_call(CX, &in, &again);
}

static int64_t
new_slot(int64_t of, int day, const char *starts, const char *ends, int64_t leader)
{
	struct camp_slot s;

	kind_empty(&camp_slot_kind, &s);
	s.camp = camp;
	s.camp_group = of;
	s.day = day;
	s.starts = starts;
	s.ends = ends;
	s.name = (struct text3){ "Асық ату", NULL, NULL };
	s.leader = leader;
	OK(kind_insert(CX, &camp_slot_kind, &s));
	return s.rec.id;
}

#define NOT(call) (assert_int_equal((call), RC_RULE), err_clear(CX))

/* RULE camp-5, camp-6: no consent, no mark; many marks count once; the last one corrected counts no more. */
static void
test_roll(void **state)
{
	struct camp_member m;
	int64_t a, b, slot, other;

	(void)state;
	new_camp(1);
	m = new_member(0, "Рұқсатсыз", 2012);
	OK(kind_insert(CX, &camp_member_kind, &m));
	NOT(call(m.rec.id, 20241110, 0, "present"));
	OK(call(m.rec.id, 20241110, 0, "absent"));
	assert_int_equal(count(party).value, INT_NONE);
	a = member(0, "Бір", 2012);
	b = member(1, "Бір", 2012); /* a namesake is somebody else */
	slot = new_slot(group[0], 20241110, "10:00", "11:00", 0);
	other = new_slot(group[1], 20241110, "10:00", "11:00", 0);
	OK(call(a, 20241110, 0, "present"));
	OK(call(a, 20241110, 0, "present"));
	OK(call(a, 20241111, 0, "present"));
	OK(call(a, 20241110, slot, "present"));
	OK(call(b, 20241110, 0, "present"));
	NOT(call(b, 20241110, slot, "present"));
	NOT(call(b, 20241112, 0, "present")); /* tomorrow */
	NOT(call(b, 20241109, 0, "present"));
	NOT(call(b, 20241110, 0, "late"));
	OK(call(b, 20241110, other, "excused"));
	assert_int_equal(count(party).listed, 2);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM camp_mark WHERE state = 'present'"), 4);
	OK(call(a, 20241110, 0, "absent"));
	OK(call(a, 20241111, 0, "excused"));
	assert_int_equal(count(party).listed, 2);
	OK(call(a, 20241110, slot, "absent"));
	assert_int_equal(count(party).listed, 1);
	OK(call(a, 20241111, 0, "present")); /* stands again, the same one */
	assert_int_equal(count(party).listed, 2);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM attendance"), 2);
	assert_int_equal(camp_remove(CX, &camp_slot_kind, slot), RC_RULE);
	err_clear(CX);
	house_next(&house);
	verified();
}

/* Who was scanned at the door stays so, whatever the roll says. */
static void
test_roll_of_scanned(void **state)
{
	struct camp_member m;
	struct attend_in in = { .basis = "scanned" };
	int64_t id;
	bool again;

	(void)state;
	new_camp(1);
	m = new_member(0, NULL, 2000);
	m.person = person(1);
	consent(&m, "self");
	OK(kind_insert(CX, &camp_member_kind, &m));
	in.event = party;
	in.person = m.person;
	OK(event_attend(CX, &in, &id, &again));
	OK(call(m.rec.id, 20241110, 0, "present"));
	OK(call(m.rec.id, 20241110, 0, "absent"));
	assert_int_equal(count(party).scanned, 1);
	assert_int_equal(count(party).listed, 0);
	verified();
}

/* RULE camp-8 */
static void
test_clashes(void **state)
{
	struct camp_clash *c;
	int64_t who, first;
	size_t n;

	(void)state;
	new_camp(1);
	who = person(1);
	first = new_slot(group[0], 20241110, "10:00", "11:00", who);
	new_slot(group[1], 20241110, "10:00", "11:00", 0);
	new_slot(group[0], 20241110, "11:00", "12:00", who); /* one after the other */
	new_slot(group[0], 20241111, "10:00", "11:00", who);
	OK(camp_clashes(CX, camp, &c, &n));
	assert_int_equal(n, 0);
	new_slot(0, 20241110, "10:30", "10:45", 0); /* all groups: with both */
	OK(camp_clashes(CX, camp, &c, &n));
	assert_int_equal(n, 2);
	assert_false(c[0].leader);
	new_camp(2); /* the same leader at another camp */
	new_slot(group[0], 20241110, "09:00", "10:30", who);
	OK(camp_clashes(CX, camp, &c, &n));
	assert_int_equal(n, 1);
	assert_true(c[0].leader);
	assert_int_equal(c[0].other, first);
}

/* Public with the event: camp, group, slot; the staff's alone: members, marks, leaders, what is sealed. */
static void
test_doors(void **state)
{
	struct actor leader = { .account = 7,
		.role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.login = "",
		.name = "",
		.csrf = "" };
	const struct actor *was;
	struct camp_group g;
	struct camp_member m;
	struct camp_opened o;
	struct camp_row *row;
	int64_t other, id;
	size_t n;

	(void)state;
	new_camp(1);
	other = body("other", 0);
	id = member(0, "Бір", 2012);
	was = CX->actor;
	leader.body = other;
	leader.scope = &other;
	leader.nscope = 1;
	CX->actor = &leader;
	OK(kind_get(CX, &camp_group_kind, group[0], &g));
	assert_false(
	    kind_may_read_of(CX, &camp_group_kind, kind_field(&camp_group_kind, "leader"), &g));
	assert_int_equal(kind_get(CX, &camp_member_kind, id, &m), RC_NOTFOUND);
	assert_int_equal(camp_members(CX, camp, 0, &row, &n), RC_DENIED);
	assert_int_equal(call(id, 20241110, 0, "present"), RC_NOTFOUND);
	assert_int_equal(camp_open_sealed(CX, id, &o), RC_NOTFOUND);
	m = new_member(0, "Екі", 2012);
	assert_int_equal(kind_insert(CX, &camp_member_kind, &m), RC_DENIED);
	err_clear(CX);
	leader.body = lead;
	leader.scope = &lead;
	OK(camp_members(CX, camp, 0, &row, &n));
	assert_int_equal(n, 1);
	assert_true(
	    kind_may_read_of(CX, &camp_group_kind, kind_field(&camp_group_kind, "leader"), &g));
	OK(camp_open_sealed(CX, id, &o));
	assert_string_equal(o.needs, "Жаңғаққа аллергия");
	assert_string_equal(o.parent, "Сынақова Әсем");
	OK(call(id, 20241110, 0, "present"));
	assert_int_equal(camp_remove(CX, &camp_group_kind, group[0]), RC_RULE);
	err_clear(CX);
	OK(camp_remove(CX, &camp_group_kind, group[1]));
	CX->actor = was;
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM audit WHERE action = 'show' AND "
					   "kind = 'camp_member'"),
	    1);
	verified();
}

static struct person
loaded(int64_t id)
{
	struct person p;

	OK(kind_load(CX, &person_kind, id, &p));
	return p;
}

/* What is sealed follows the record that stays; the one that is erased leaves a place that only counts. */
static void
test_persons(void **state)
{
	struct person_merge_in join = { 0 };
	struct erase_in erase = { .ground = "request", .document = "№ 1" };
	struct erase_sums sums;
	struct camp_opened o;
	struct camp_member m;

	(void)state;
	new_camp(1);
	m = new_member(0, NULL, 2012);
	m.person = join.leaves = person(1);
	join.stays = person(2);
	consent(&m, "parent");
	m.parent.fresh = "Сынақова Әсем";
	m.needs.fresh = "Астма";
	OK(kind_insert(CX, &camp_member_kind, &m));
	OK(call(m.rec.id, 20241110, 0, "present"));
	join.stays_version = loaded(join.stays).rec.version;
	join.leaves_version = loaded(join.leaves).rec.version;
	OK(person_merge(CX, &join));
	OK(kind_load(CX, &camp_member_kind, m.rec.id, &m));
	assert_int_equal(m.person, join.stays);
	OK(camp_open_sealed(CX, m.rec.id, &o));
	assert_string_equal(o.needs, "Астма");
	erase.person = join.stays;
	OK(person_erase(CX, &erase, &sums));
	OK(kind_load(CX, &camp_member_kind, m.rec.id, &m));
	assert_int_equal(m.person, 0);
	assert_false(m.needs.present);
	assert_string_equal(m.consent, "given");
	assert_int_equal(count(party).listed, 1);
	house_next(&house);
	verified();
}

/* In one camp under two records: one place, one person; taken back they are two again. */
static void
test_joined_twice(void **state)
{
	struct person_merge_in join = { 0 };
	struct camp_opened o;
	struct camp_member m[2];
	struct camp_table t;
	int i;

	(void)state;
	new_camp(1);
	for (i = 0; i < 2; i++) {
		m[i] = new_member(0, NULL, 2012);
		m[i].person = person(i + 1);
		consent(&m[i], "parent");
		m[i].parent.fresh = "Сынақова Әсем";
		m[i].needs.fresh = i == 0 ? "Астма" : "Полен";
		OK(kind_insert(CX, &camp_member_kind, &m[i]));
		OK(call(m[i].rec.id, 20241110, 0, "present"));
	}
	join.leaves = m[0].person;
	join.stays = m[1].person;
	join.stays_version = loaded(join.stays).rec.version;
	join.leaves_version = loaded(join.leaves).rec.version;
	OK(person_merge(CX, &join));
	OK(camp_table(CX, camp, &t));
	assert_int_equal(t.all, 1);
	assert_int_equal(count(party).listed, 1);
	OK(camp_open_sealed(CX, m[1].rec.id, &o));
	assert_string_equal(o.needs, "Полен");
	house_next(&house);
	verified();
	OK(person_unmerge(CX, join.leaves));
	OK(camp_table(CX, camp, &t));
	assert_int_equal(t.all, 2);
	assert_int_equal(count(party).listed, 2);
	OK(camp_open_sealed(CX, m[0].rec.id, &o));
	assert_string_equal(o.needs, "Астма");
	house_next(&house);
	verified();
}

/* A consent that was taken back: what was is kept, from then on nobody is present. */
static void
test_taken_back(void **state)
{
	struct camp_member m;
	struct camp_table t;
	int64_t id;

	(void)state;
	new_camp(1);
	id = member(0, "Бір", 2012);
	OK(call(id, 20241110, 0, "present"));
	OK(kind_load(CX, &camp_member_kind, id, &m));
	m.consent = "withdrawn";
	OK(kind_update(CX, &camp_member_kind, &m));
	NOT(call(id, 20241111, 0, "present"));
	OK(call(id, 20241110, 0, "present")); /* said already */
	OK(camp_table(CX, camp, &t));
	assert_int_equal(t.missing, 1);
	assert_int_equal(count(party).listed, 1);
	m.left_on = 20241111;
	OK(kind_update(CX, &camp_member_kind, &m));
	NOT(call(id, 20241111, 0, "absent"));
}

/* RULE camp-1, camp-4: a day with a mark stays; an own consent does not outlive the age it was given at. */
static void
test_changed_since(void **state)
{
	struct camp_member m;
	struct person p;
	struct camp c;

	(void)state;
	new_camp(1);
	m = new_member(0, NULL, INT_NONE);
	m.person = person(1);
	OK(kind_load(CX, &person_kind, m.person, &p));
	p.birth_day = 20000101;
	OK(kind_update(CX, &person_kind, &p));
	consent(&m, "self");
	OK(kind_insert(CX, &camp_member_kind, &m));
	OK(call(m.rec.id, 20241110, 0, "present"));
	OK(kind_load(CX, &camp_kind, camp, &c));
	c.from_day = 20241111;
	refused("from_day", kind_update(CX, &camp_kind, &c));
	p.birth_day = 20080101; /* the record was wrong */
	OK(kind_update(CX, &person_kind, &p));
	NOT(call(m.rec.id, 20241111, 0, "present"));
	OK(call(m.rec.id, 20241111, 0, "absent"));
}

/* ---- many at once ---- */

enum { THREADS = 4, EACH = 4 };
static atomic_int broken, taken, marks;
static int64_t shared;

static void *
crowd_run(void *arg)
{
	int me = *(const int *)arg, i;
	struct arena arena;
	struct ctx cx = house.cx;

	arena_init(&arena);
	cx.arena = &arena;
	db_bind(&cx, house.store);
	for (i = 0; i < EACH; i++) {
		struct camp_member m =
		    new_member(1, arena_printf(&arena, "Бала %d-%d", me, i), 2012);
		struct camp_call in = { .member = shared, .day = 20241110, .state = "present" };
		bool again = true;
		int rc = kind_insert(&cx, &camp_member_kind, &m);

		if (rc != RC_OK && rc != RC_INVALID && rc != RC_BUSY)
			atomic_fetch_add(&broken, 1);
		if (rc == RC_OK)
			atomic_fetch_add(&taken, 1);
		err_clear(&cx);
		rc = camp_call(&cx, &in, &again);
		if (rc != RC_OK && rc != RC_BUSY)
			atomic_fetch_add(&broken, 1);
		if (rc == RC_OK && !again)
			atomic_fetch_add(&marks, 1);
		err_clear(&cx);
		db_end(&cx);
	}
	arena_done(&arena);
	return NULL;
}

static void
test_crowd(void **state)
{
	pthread_t t[THREADS];
	int me[THREADS], i;

	(void)state;
	new_camp(1); /* three places, one of them taken here */
	shared = member(0, "Бір", 2012);
	house_next(&house);
	atomic_store(&broken, 0);
	atomic_store(&taken, 0);
	atomic_store(&marks, 0);
	for (i = 0; i < THREADS; i++) {
		me[i] = i;
		assert_int_equal(pthread_create(&t[i], NULL, crowd_run, &me[i]), 0);
	}
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(t[i], NULL), 0);
	assert_int_equal(atomic_load(&broken), 0);
	assert_int_equal(atomic_load(&taken), 2);
	assert_int_equal(atomic_load(&marks), 1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM camp_member"), 3);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM attendance"), 1);
	verified();
}

struct expiring {
	int64_t id;
	struct cut_sums sums;
};

static int
expire_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct expiring *x = arg;

	return camp_expire_tx(cx, tx, x->id, 0, &x->sums);
}

/* RULE camp-9 */
static void
test_term(void **state)
{
	struct expiring x = { 0 };
	struct camp_member m;
	struct camp_table t;
	int64_t id;

	(void)state;
	new_camp(1);
	id = member(0, "Бір", 2012);
	OK(call(id, 20241110, 0, "present"));
	x.id = id;
	OK(db_write(CX, expire_fn, &x));
	OK(kind_load(CX, &camp_member_kind, id, &m));
	assert_null(m.guest);
	assert_int_equal(m.birth_year, INT_NONE);
	assert_false(m.parent.present || m.phone.present || m.needs.present);
	assert_true(m.minor);
	/* The roll's own line in the list of attendances loses the name, too; that somebody came stays. */
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM attendance WHERE guest IS NOT NULL"), 0);
	assert_int_equal(count(party).listed, 1);
	OK(camp_table(CX, camp, &t));
	assert_int_equal(t.all, 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM history WHERE kind = 'camp_member' AND secret "
			      "IS NOT NULL"),
	    0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM history WHERE kind = 'attendance' AND secret "
			      "IS NOT NULL"),
	    0);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_all, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_camp), T(test_places), T(test_consents),
		T(test_roll), T(test_roll_of_scanned), T(test_clashes), T(test_doors),
		T(test_persons), T(test_joined_twice), T(test_taken_back), T(test_changed_since),
		T(test_crowd), T(test_term) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

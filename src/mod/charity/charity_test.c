/* charity_test.c – charity on both engines: promised, received and handed over are three figures that equal sums over
 * the ledger's lines whatever was done in whatever order; a paper entered twice is one; the last blanket goes to one
 * desk; a gift is followed first in, first out; a family is seen by those who may and its name goes with its term. */
#include "kind/cut.h"
#include "mod/charity/charity.h"
#define MORE_KINDS                                                                                \
	, &item_kind, &stock_account_kind, &lot_kind, &drive_kind, &drive_need_kind, &donor_kind, \
	    &pledge_kind, &charity_receipt_kind, &recipient_kind, &charity_aid_kind
#include "event_test.h"
#include "kind/proof.h"

static int64_t centre, school, company, blanket, rice, cash, store;

static int
open_charity(void **state)
{
	open_house(state);
	OK(stock_seed(CX));
	OK(charity_seed(CX));
	OK(charity_seed(CX));
	figure_init(charity_figures, charity_nfigures);
	person_links_add(charity_links, charity_nlinks);
	house_next(&house);
	centre = body("jomart-jan", 0);
	blanket = find("stock_item", "blanket");
	rice = find("stock_item", "rice");
	cash = find("stock_item", "cash");
	store = find("stock_account", "store-main");
	return 0;
}

static int64_t
new_drive(const char *name)
{
	struct drive d;

	kind_empty(&drive_kind, &d);
	d.name = (struct text3){ name, NULL, NULL };
	d.body = centre;
	d.from_day = 20240801;
	d.state = "open";
	OK(kind_insert(CX, &drive_kind, &d));
	return d.rec.id;
}

static int64_t
new_donor(const char *type, const char *name)
{
	struct donor d;

	kind_empty(&donor_kind, &d);
	d.type = type;
	if (strcmp(type, "company") == 0)
		d.company = name;
	else if (strcmp(type, "person") == 0)
		d.name.fresh = name;
	OK(kind_insert(CX, &donor_kind, &d));
	return d.rec.id;
}

static int64_t
new_family(const char *name, int64_t of, int64_t people)
{
	struct recipient r;

	kind_empty(&recipient_kind, &r);
	r.type = "household";
	r.name.fresh = name;
	r.body = of;
	r.people = people;
	r.children = people > 2 ? people - 2 : 0;
	r.reason = "large_family";
	OK(kind_insert(CX, &recipient_kind, &r));
	return r.rec.id;
}

static int64_t
new_pledge(int64_t item, int64_t quantity)
{
	struct pledge p;

	kind_empty(&pledge_kind, &p);
	p.donor = company;
	p.drive = school;
	p.item = item;
	p.quantity = quantity;
	OK(kind_insert(CX, &pledge_kind, &p));
	return p.rec.id;
}

static void
setting(void)
{
	school = new_drive("Мектепке жол");
	company = new_donor("company", "«Үлгі» ЖШС");
}

static struct charity_post
of(int64_t item, int64_t quantity, const char *nonce)
{
	struct movement_line *l = arena_new(CX->arena, struct movement_line);

	*l = (struct movement_line){ .item = item, .quantity = quantity };
	return (struct charity_post){ .nonce = nonce,
		.at = CX->now,
		.donor = company,
		.drive = school,
		.store = store,
		.lines = l,
		.nlines = 1 };
}

static int64_t
received(int64_t item, int64_t quantity, int64_t pledge, const char *nonce)
{
	struct charity_post p = of(item, quantity, nonce);
	struct charity_posted out;

	p.pledge = pledge;
	OK(charity_receive(CX, &p, &out));
	return out.id;
}

static int
hand(int64_t family, int64_t item, int64_t quantity, const char *nonce)
{
	struct charity_post p = of(item, quantity, nonce);
	struct charity_posted out;

	p.recipient = family;
	return charity_hand_over(CX, &p, &out);
}

static struct charity_sum
sum_of(int64_t drive, int64_t item)
{
	struct charity_sum *s;
	size_t n, i;

	OK(charity_sums(CX, drive, &s, &n));
	for (i = 0; i < n; i++)
		if (s[i].item.rec.id == item)
			return s[i];
	return (struct charity_sum){ .goal = INT_NONE };
}

static struct figure_answer
figure(const char *code, int64_t known)
{
	struct figure_answer a;
	struct ask q;

	ask_default(CX, &q);
	q.from = 20240101;
	q.to = 20241231;
	q.known = known;
	house_next(&house);
	OK(figure_recount(CX, figure_find(code), &q, &a));
	return a;
}

static void
balanced(void)
{
	struct buf b;
	int64_t sets, differences = 0, records = 0;

	house_next(&house);
	buf_init(&b, CX->arena, 0);
	OK(ledger_check(CX, &b, &sets, &differences));
	if (differences == 0)
		OK(kind_prove(CX, kinds, ARRAY_LEN(kinds), &b, &records, &differences));
	if (differences != 0)
		BROKEN("%s", b.p);
}

/* ---- tests ---- */

static void
test_codes(void **state)
{
	static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	int round, i;
	size_t k;

	(void)state;
	for (round = 0; round < 50; round++) {
		const char *code = charity_code_new(CX->arena);
		char bad[CHARITY_CODE + 1];

		if (!charity_code_good(code))
			BROKEN("%s", code);
		for (i = 0; i < CHARITY_CODE; i++)
			for (k = 0; k < 32; k++) {
				memcpy(bad, code, sizeof(bad));
				bad[i] = symbols[k];
				if (charity_code_good(bad) != (bad[i] == code[i]))
					BROKEN("%s as %s", code, bad);
			}
		for (i = 0; i + 1 < CHARITY_CODE; i++) {
			memcpy(bad, code, sizeof(bad));
			bad[i] = code[i + 1];
			bad[i + 1] = code[i];
			if (charity_code_good(bad) != (bad[i] == bad[i + 1]))
				BROKEN("%s exchanged: %s", code, bad);
		}
	}
	assert_false(charity_code_good("0000-000"));
	assert_false(charity_code_good(NULL));
}

static void
test_three_figures(void **state)
{
	struct charity_sum s;
	struct charity_receipt r;
	struct pledge p;
	int64_t pledge, first, again, family, out, n;

	(void)state;
	setting();
	pledge = new_pledge(blanket, 10);
	s = sum_of(school, blanket);
	assert_int_equal(s.promised, 10);
	assert_int_equal(s.received, 0);
	first = received(blanket, 4, pledge, "r1");
	again = received(blanket, 4, pledge, "r1"); /* pressed twice */
	assert_int_equal(first, again);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM charity_receipt"), 1);
	OK(kind_load(CX, &charity_receipt_kind, first, &r));
	assert_string_equal(r.paper, "1/2024");
	assert_true(charity_code_good(r.code));
	OK(kind_load(CX, &pledge_kind, pledge, &p));
	OK(pledge_received(CX, &p, &n));
	assert_int_equal(n, 4);
	assert_string_equal(pledge_state(&p, n), "part");
	family = new_family("Сынақов Айдос", centre, 5);
	OK(hand(family, blanket, 3, "a1"));
	s = sum_of(school, blanket);
	assert_int_equal(s.promised, 10);
	assert_int_equal(s.received, 4);
	assert_int_equal(s.delivered, 3);
	assert_int_equal(hand(family, blanket, 2, "a2"), RC_RULE); /* one is left */
	err_clear(CX);
	/* The receipt is taken back as far as the ledger lets it: three were handed over. */
	assert_int_equal(movement_reverse(CX, r.movement, "b1", "қате", &out), RC_RULE);
	err_clear(CX);
	OK(movement_reverse(
	    CX, house_int(&house, "SELECT max(movement) FROM charity_aid"), "b2", "қате", &out));
	OK(movement_reverse(CX, r.movement, "b3", "қате", &out));
	s = sum_of(school, blanket);
	assert_int_equal(s.received, 0);
	assert_int_equal(s.delivered, 0);
	assert_int_equal(s.promised, 10);
	balanced();
}

static void
test_refusals(void **state)
{
	struct charity_post p;
	struct charity_posted out;
	int64_t pledge, other;

	(void)state;
	setting();
	pledge = new_pledge(blanket, 10);
	(void)received(blanket, 1, pledge, "same");
	p = of(blanket, 1, "same");
	assert_int_equal(charity_receive(CX, &p, &out), RC_CONFLICT); /* without the pledge */
	err_clear(CX);
	p = of(blanket, 2, "same");
	p.pledge = pledge;
	assert_int_equal(charity_receive(CX, &p, &out), RC_CONFLICT);
	err_clear(CX);
	other = new_donor("anonymous", NULL);
	p = of(blanket, 1, "x1");
	p.pledge = pledge;
	p.donor = other;
	assert_int_equal(charity_receive(CX, &p, &out), RC_INVALID);
	err_clear(CX);
	p = of(blanket, 1, "x2");
	p.store = find("stock_account", "loss");
	assert_int_equal(charity_receive(CX, &p, &out), RC_INVALID);
	err_clear(CX);
	p = of(blanket, -1, "x3");
	assert_int_equal(charity_receive(CX, &p, &out), RC_INVALID);
	err_clear(CX);
	p = of(blanket, 1, "x4");
	p.drive = 0;
	assert_int_equal(charity_receive(CX, &p, &out), RC_INVALID);
	err_clear(CX);
	OK(pledge_withdraw(CX, pledge, 1));
	assert_int_equal(sum_of(school, blanket).promised, 0);
	p = of(blanket, 1, "x5");
	p.pledge = pledge;
	assert_int_equal(charity_receive(CX, &p, &out), RC_INVALID);
	err_clear(CX);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM charity_receipt"), 1);
	balanced();
}

static void
test_money(void **state)
{
	int64_t account, family;

	(void)state;
	setting();
	(void)received(cash, 2500000, 0, "m1");
	account = find("stock_account", "cash");
	assert_int_equal(house_int(&house, arena_printf(CX->arena,
					       "SELECT balance FROM stock_now WHERE account = %lld",
					       (long long)account)),
	    2500000);
	(void)received(rice, 12500, 0, "m2");
	family = new_family("Сынақова Гүл", centre, 3);
	OK(hand(family, cash, 1000000, "m3"));
	assert_int_equal((int64_t)figure("charity_amount", 0).value, 25000);
	assert_int_equal((int64_t)figure("charity_goods", 0).value, 12);
	assert_int_equal((int64_t)figure("patrons", 0).value, 1);
	balanced();
}

static void
test_figures(void **state)
{
	struct figure_answer a;
	int64_t one, two, before, out;

	(void)state;
	setting();
	(void)received(blanket, 50, 0, "f1");
	one = new_family("Бір", centre, 5);
	two = new_family("Екі", centre, 2);
	OK(hand(one, blanket, 1, "f2"));
	OK(hand(one, blanket, 1, "f3"));
	OK(hand(two, blanket, 1, "f4"));
	a = figure("charity_people", 0);
	assert_int_equal((int64_t)a.value, 7);
	assert_int_equal(a.records, 2);
	a = figure("charity_served", 0);
	assert_int_equal((int64_t)a.value, 12);
	assert_int_equal(a.records, 3);
	company = new_donor("anonymous", NULL);
	(void)received(blanket, 1, 0, "f5");
	assert_int_equal((int64_t)figure("patrons", 0).value, 1);
	before = CX->now;
	CX->now += 10 * US_PER_SECOND;
	OK(movement_reverse(
	    CX, house_int(&house, "SELECT max(movement) FROM charity_aid"), "f6", "қате", &out));
	assert_int_equal((int64_t)figure("charity_people", 0).value, 5);
	assert_int_equal((int64_t)figure("charity_people", before).value, 7);
	assert_int_equal((int64_t)figure("charity_served", before).value, 12);
	assert_int_equal((int64_t)figure("charity_people", before - 10 * US_PER_SECOND).value, 0);
	balanced();
}

/* Two donors, one queue: who came first is handed over first; the road is the oldest that is left. */
static void
test_gift(void **state)
{
	struct stock_account van;
	struct movement_line l[2];
	struct movement m = { .nonce = "van", .type = "transfer", .lines = l, .nlines = 2 };
	struct gift g;
	int64_t first, second, family;
	struct charity_receipt r;
	bool again;

	(void)state;
	setting();
	first = received(blanket, 10, new_pledge(blanket, 12), "g1");
	CX->now += US_PER_SECOND;
	second = received(blanket, 5, 0, "g2");
	family = new_family("Сынақ", centre, 4);
	CX->now += US_PER_SECOND;
	OK(hand(family, blanket, 8, "g3"));
	kind_empty(&stock_account_kind, &van);
	van.code = "van";
	van.type = "vehicle";
	van.name = (struct text3){ "Көлік", NULL, NULL };
	OK(kind_insert(CX, &stock_account_kind, &van));
	l[0] = (struct movement_line){ store, blanket, 0, -3 };
	l[1] = (struct movement_line){ van.rec.id, blanket, 0, 3 };
	m.at = CX->now;
	OK(movement_post(CX, &m, &again));
	OK(gift_of_receipt(CX, first, &g));
	assert_int_equal(g.receipt[0].line[0].handed, 8);
	assert_int_equal(g.receipt[0].line[0].on_way, 2);
	assert_int_equal(g.receipt[0].line[0].in_store, 0);
	assert_int_equal(g.receipt[0].line[0].nparts, 1);
	OK(gift_of_receipt(CX, second, &g));
	assert_int_equal(g.receipt[0].line[0].handed, 0);
	assert_int_equal(g.receipt[0].line[0].on_way, 1);
	assert_int_equal(g.receipt[0].line[0].in_store, 4);
	OK(kind_load(CX, &charity_receipt_kind, first, &r));
	OK(gift_by_code(CX, charity_code_show(CX->arena, r.code), &g));
	assert_int_equal(g.n, 1);
	assert_int_equal(g.p.quantity, 12);
	assert_int_equal(gift_by_code(CX, "0000-0001", &g), RC_NOTFOUND);
	assert_int_equal(gift_by_code(CX, "", &g), RC_NOTFOUND);
	balanced();
}

/* Random promises, receipts, acts and takings back: each figure equals the sum that the ledger's lines give, and what
 * all gifts together became is what left and what lies there. */
static void
test_property(void **state)
{
	uint64_t dice = 4711;
	int64_t promised = 0, in = 0, out = 0, set, families[3], pooled = 0, handed = 0, left = 0;
	int64_t sets[64];
	size_t nsets = 0;
	int i, undone = 0;

	(void)state;
	setting();
	for (i = 0; i < 3; i++)
		families[i] = new_family(arena_printf(CX->arena, "Отбасы %d", i), centre, i + 1);
	for (i = 0; i < 60; i++) {
		const char *nonce = arena_printf(CX->arena, "p%d", i);
		struct charity_posted done;
		struct charity_post p;
		int64_t q;

		dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		q = (int64_t)(dice >> 40) % 9 + 1;
		CX->now += US_PER_SECOND;
		p = of(blanket, q, nonce);
		p.recipient = families[q % 3];
		switch ((dice >> 33) % 5) {
		case 0:
			(void)new_pledge(blanket, q);
			promised += q;
			break;
		case 1:
		case 2:
			OK(charity_receive(CX, &p, &done));
			sets[nsets++] = done.movement;
			break;
		case 3:
			if (charity_hand_over(CX, &p, &done) == RC_OK)
				sets[nsets++] = done.movement;
			break;
		default:
			/* Refused where it would leave less than nothing. */
			if (nsets > 0 && movement_reverse(CX, sets[q % (int64_t)nsets], nonce, "?",
					     &set) == RC_OK)
				undone++;
			break;
		}
		err_clear(CX);
	}
	in = house_int(&house, "SELECT coalesce(sum(-l.quantity), 0) FROM movement_line l JOIN "
			       "stock_account a ON a.id "
			       "= l.account WHERE a.type = 'donor'");
	out = house_int(&house,
	    "SELECT coalesce(sum(l.quantity), 0) FROM movement_line l JOIN stock_account a ON a.id "
	    "= l.account WHERE a.type = 'household'");
	assert_int_equal(sum_of(school, blanket).promised, promised);
	assert_int_equal(sum_of(school, blanket).received, in);
	assert_int_equal(sum_of(school, blanket).delivered, out);
	assert_true(in > 0 && out > 0 && promised > 0 && undone > 0);
	for (i = 1; i <= house_int(&house, "SELECT max(id) FROM charity_receipt"); i++) {
		struct gift g;

		/* Numbers may have gaps; what was taken back is no gift any more. */
		if (gift_of_receipt(CX, i, &g) == RC_NOTFOUND || g.n == 0)
			continue;
		pooled += g.receipt[0].line[0].received;
		handed += g.receipt[0].line[0].handed;
		left += g.receipt[0].line[0].in_store;
	}
	assert_int_equal(pooled, in);
	assert_int_equal(handed, out);
	assert_int_equal(left, in - out);
	balanced();
}

static struct actor
as(enum role role, int64_t of_body)
{
	static int64_t scope[1];
	struct actor a = { .account = 7,
		.role = role,
		.caps = role_caps(role),
		.login = "x",
		.name = "x",
		.csrf = "" };

	scope[0] = of_body;
	if (role == ROLE_LEADER) {
		a.body = of_body;
		a.scope = scope;
		a.nscope = 1;
	}
	return a;
}

static void
test_families(void **state)
{
	struct actor leader, auditor, clerk;
	const struct actor *house_itself = CX->actor;
	struct recipient r;
	const char *name;
	int64_t mine, theirs, other, *ids;
	struct query q;
	size_t n;

	(void)state;
	setting();
	other = body("other", 0);
	mine = new_family("Қасенов Ерлан", centre, 4);
	theirs = new_family("Тыныс Сынақ", other, 2);
	house_next(&house);
	/* Nothing of a name lies open, in the row or in history. */
	assert_int_equal(house_int(&house,
			     "SELECT count(*) FROM history WHERE kind = 'recipient' AND (data LIKE "
			     "'%Қасенов%' OR data LIKE '%name_mac%')"),
	    0);
	leader = as(ROLE_LEADER, centre);
	CX->actor = &leader;
	OK(kind_get(CX, &recipient_kind, mine, &r));
	assert_int_equal(kind_get(CX, &recipient_kind, theirs, &r), RC_NOTFOUND);
	err_clear(CX);
	OK(kind_load(CX, &recipient_kind, mine, &r));
	OK(recipient_name(CX, &r, &name));
	assert_string_equal(name, "Қасенов Ерлан");
	OK(kind_load(CX, &recipient_kind, theirs, &r));
	assert_int_equal(recipient_name(CX, &r, &name), RC_NOTFOUND);
	err_clear(CX);
	OK(recipient_find(CX, "Тыныс Сынақ", &ids, &n));
	assert_int_equal(n, 0);
	clerk = as(ROLE_CLERK, 0);
	CX->actor = &clerk;
	OK(recipient_find(CX, "касенов ЕРЛАН", &ids, &n));
	assert_int_equal(n, 1);
	auditor = as(ROLE_AUDITOR, 0);
	CX->actor = &auditor;
	assert_int_equal(query_init(CX, &q, &recipient_kind), RC_DENIED);
	err_clear(CX);
	assert_int_equal(query_init(CX, &q, &charity_aid_kind), RC_DENIED);
	err_clear(CX);
	CX->actor = house_itself;
	assert_int_equal(
	    house_int(
		&house, "SELECT count(*) FROM recipient_read WHERE way = 'name' AND account = 7"),
	    1);
	balanced();
}

static int
cut_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return recipient_expire_tx(cx, tx, *(const int64_t *)arg, 0, &sums);
}

static int
cut_donor_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return donor_expire_tx(cx, tx, *(const int64_t *)arg, 0, &sums);
}

/* How many of these the term of donors takes: the last day past it, and its moment. */
static size_t
due_donors_of(int day, int64_t moment, int64_t donor)
{
	const struct cut_term *t = charity_terms;
	AUTO_ROWS r = { 0 };
	size_t n = 0;

	while (strstr(t->sql, "FROM donor") == NULL)
		t++;
	assert_int_equal(db_rows(CX, &r, t->sql, VALS(v_int(day), v_int(moment))), RC_OK);
	while (rows_next(&r))
		n += row_int(&r, 0) == donor;
	assert_int_equal(rows_end(&r), RC_OK);
	return n;
}

/* RULE charity-10: whoever only came to be entered has a term, too; what stands beside a promise goes with its donor. */
static void
test_donor_term(void **state)
{
	struct pledge p;
	int64_t id;

	(void)state;
	setting();
	id = new_donor("person", "Сынақ Мерей");
	assert_int_equal(due_donors_of(20241115, CX->now, id), 0);
	assert_int_equal(due_donors_of(20241115, CX->now + 1, id), 1);
	kind_empty(&pledge_kind, &p);
	p.donor = id;
	p.drive = school;
	p.item = blanket;
	p.quantity = 3;
	p.day = 20241115;
	p.note = "Zqnote";
	OK(kind_insert(CX, &pledge_kind, &p));
	assert_int_equal(due_donors_of(20241114, CX->now + 1, id), 0);
	assert_int_equal(due_donors_of(20241115, CX->now + 1, id), 1);
	OK(db_write(CX, cut_donor_fn, &id));
	assert_int_equal(
	    house_int(&house,
		"SELECT (SELECT count(*) FROM pledge WHERE note IS NOT NULL) + (SELECT "
		"count(*) FROM history WHERE data LIKE '%Zqnote%')"),
	    0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM pledge"), 1);
	balanced();
}

static void
test_term(void **state)
{
	int64_t family, people, served, n;
	struct recipient r;
	struct erase_in in = { .ground = "asked", .document = "1" };
	struct erase_sums sums;

	(void)state;
	setting();
	(void)received(blanket, 9, 0, "t1");
	family = new_family("Сынақ Мерзім", centre, 6);
	OK(hand(family, blanket, 2, "t2"));
	OK(db_write(CX, cut_fn, &family));
	house_next(&house);
	OK(kind_load(CX, &recipient_kind, family, &r));
	assert_true(r.code == NULL && !r.name.present && r.name_mac == NULL);
	assert_int_equal(r.people, 6);
	assert_int_equal(hand(family, blanket, 1, "t3"), RC_INVALID);
	err_clear(CX);
	kind_empty(&recipient_kind, &r);
	r.type = "person";
	r.person = in.person = person(1);
	r.people = 1;
	r.reason = "elderly";
	OK(kind_insert(CX, &recipient_kind, &r));
	OK(hand(r.rec.id, blanket, 1, "t4"));
	people = (int64_t)figure("charity_people", 0).value;
	served = (int64_t)figure("charity_served", 0).value;
	assert_int_equal(people, 7);
	in.ground = erase_grounds[0].code;
	OK(person_erase(CX, &in, &sums));
	assert_int_equal((int64_t)figure("charity_people", 0).value, people);
	assert_int_equal((int64_t)figure("charity_served", 0).value, served);
	n = house_int(&house, "SELECT count(*) FROM recipient WHERE person IS NOT NULL");
	assert_int_equal(n, 0);
	balanced();
}

static void
test_donors(void **state)
{
	struct donor d;
	struct person p;
	const char *name;
	int64_t id;

	(void)state;
	setting();
	id = new_donor("person", "Жомартов Сынақ");
	OK(kind_load(CX, &donor_kind, id, &d));
	OK(donor_public_name(CX, &d, &name));
	assert_null(name);
	OK(donor_full_name(CX, &d, &name));
	assert_string_equal(name, "Жомартов Сынақ");
	d.named = true;
	OK(kind_update(CX, &donor_kind, &d));
	OK(kind_load(CX, &donor_kind, id, &d));
	OK(donor_public_name(CX, &d, &name));
	assert_string_equal(name, "Жомартов Сынақ");
	/* A child of the registry is named by no public page, whoever agreed. */
	kind_empty(&donor_kind, &d);
	d.type = "person";
	d.person = person(2);
	d.named = true;
	OK(kind_insert(CX, &donor_kind, &d));
	OK(donor_public_name(CX, &d, &name));
	assert_non_null(name);
	OK(kind_load(CX, &person_kind, d.person, &p));
	p.birth_day = 20100101;
	OK(kind_update(CX, &person_kind, &p));
	OK(donor_public_name(CX, &d, &name));
	assert_null(name);
	kind_empty(&donor_kind, &d);
	d.type = "anonymous";
	d.named = true;
	OK(kind_insert(CX, &donor_kind, &d));
	OK(kind_load(CX, &donor_kind, d.rec.id, &d));
	assert_false(d.named);
	kind_empty(&donor_kind, &d);
	d.type = "company";
	d.company = "«Сынақ» ЖШС";
	d.bin = "123456789012";
	assert_int_equal(kind_insert(CX, &donor_kind, &d), RC_INVALID);
	err_clear(CX);
	d.bin = NULL;
	d.account = store;
	assert_int_equal(kind_insert(CX, &donor_kind, &d), RC_INVALID);
	err_clear(CX);
	kind_empty(&donor_kind, &d);
	d.type = "person";
	assert_int_equal(kind_insert(CX, &donor_kind, &d), RC_INVALID);
	err_clear(CX);
	balanced();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_charity, close_house)
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_codes), T(test_three_figures), T(test_refusals),
		T(test_money), T(test_figures), T(test_gift), T(test_property), T(test_families),
		T(test_term), T(test_donor_term), T(test_donors) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* demo_charity.c – charity in the demo: two drives that take donations and one that is closed, invented donors, what
 * they promised and brought, and invented families that were helped. All goods and money pass through the rules, so
 * the ledger balances.
 *
 * TRAP: a donor who promised and brought less; one who did not agree to be named; one who stays unnamed. */
#include "app/demo_inner.h"

#include "mod/charity/charity.h"

static const struct {
	struct text3 name, purpose;
	int from, to;
	const char *state;
} drives[] = {
	{ { "«Мектепке жол»", "«Дорога в школу»", "“Road to School”" },
	    { "Аз қамтылған отбасылардың балаларын оқу жылына киіммен және аяқ киіммен қамту.",
		"Одежда и обувь к учебному году для детей из малообеспеченных семей.",
		"Clothes and shoes for the school year for children of families with low income." },
	    20240801, 20240930, "closed" },
	{ { "«Мейірім керуені»", "«Караван милосердия»", "“Caravan of Mercy”" },
	    { "Аудандардағы көп балалы отбасылар мен жалғызбасты қарттарға қысқа азық-түлік.",
		"Продукты на зиму многодетным семьям и одиноким пожилым людям в районах.",
		"Food for the winter for large families and lonely old people in the districts." },
	    20241001, 20241231, "open" },
	{ { "«Жомарт жан» қоры", "Фонд «Жомарт жан»", "“Zhomart Zhan” fund" },
	    { "Меценаттар көмегі: емделуге, оқуға, тұрмысқа қажет ақша мен зат.",
		"Помощь меценатов: деньги и вещи на лечение, учёбу и быт.",
		"Help of patrons: money and goods for treatment, study and the household." },
	    20240110, 0, "open" },
};

static const struct {
	const char *type, *name;
	bool named;
} donors[] = {
	{ "company", "«Үлгі-Нан» ЖШС (ойдан шығарылған)", true },
	{ "company", "«Сынақ Құрылыс» ЖШС (ойдан шығарылған)", true },
	{ "person", "Үлгібаев Мысал Сынақұлы", true },
	{ "person", "Сынақова Үлгі Мысалқызы", false },
	{ "anonymous", NULL, false },
	{ "body", "eca03", true },
};

/* Quantities in people's units. */
static const struct {
	int drive;
	const char *item;
	int goal;
	const char *state;
} needs[] = {
	{ 1, "flour", 2000, "needed" },
	{ 1, "sugar", 500, "needed" },
	{ 1, "blanket", 120, "needed" },
	{ 1, "clothes_adult", 0, "enough" },
	{ 2, "cash", 3000000, "needed" },
	{ 0, "clothes_child", 150, "enough" },
	{ 0, "rubber_boots", 150, "enough" },
};

static const struct {
	int donor, drive, day;
	const char *item;
	int promised, brought; /* promised 0 = brought without a promise */
} gifts[] = {
	{ 0, 1, 20241007, "flour", 1500, 1500 },
	{ 1, 0, 20240812, "clothes_child", 150, 150 },
	{ 1, 0, 20240819, "rubber_boots", 150, 120 },
	{ 2, 2, 20240215, "cash", 0, 500000 },
	{ 3, 2, 20240520, "cash", 250000, 250000 },
	{ 4, 2, 20240903, "cash", 0, 75000 },
	{ 5, 1, 20241021, "blanket", 80, 50 },
	{ 5, 1, 20241028, "sugar", 300, 0 },
	{ 4, 1, 20241104, "rice", 0, 200 },
};

static const struct {
	const char *name, *type, *reason, *district;
	int people, children;
} families[] = {
	{ "Мысалов Бірінші", "household", "large_family", "Алға", 7, 5 },
	{ "Мысалова Екінші", "household", "low_income", "Қобда", 4, 2 },
	{ "Мысалов Үшінші", "household", "disability", "Шалқар", 3, 1 },
	{ "Мысалова Төртінші", "person", "elderly", "Мұғалжар", 1, 0 },
	{ "Мысалов Бесінші", "household", "flood", "Ырғыз", 6, 3 },
};

static const struct {
	int family, drive, day;
	const char *item;
	int quantity;
} aids[] = {
	{ 0, 0, 20240826, "clothes_child", 5 },
	{ 0, 0, 20240826, "rubber_boots", 5 },
	{ 1, 0, 20240827, "clothes_child", 2 },
	{ 2, 0, 20240828, "rubber_boots", 1 },
	{ 0, 1, 20241015, "flour", 100 },
	{ 1, 1, 20241016, "flour", 50 },
	{ 3, 1, 20241030, "blanket", 2 },
	{ 3, 1, 20241030, "flour", 25 },
	{ 4, 2, 20240422, "cash", 300000 },
	{ 4, 1, 20241107, "rice", 50 },
};

struct making {
	struct demo *d;
	int64_t drive[ARRAY_LEN(drives)], donor[ARRAY_LEN(donors)], family[ARRAY_LEN(families)],
	    pledge[ARRAY_LEN(gifts)], store;
};

static int
put_drives(struct making *m, struct tx *tx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(drives); i++) {
		struct drive v;

		kind_empty(&drive_kind, &v);
		v.name = drives[i].name;
		v.purpose = drives[i].purpose;
		v.body = demo_body(m->d, "zhomart")->id;
		v.from_day = drives[i].from;
		v.to_day = drives[i].to;
		v.state = "open"; /* promises need it; closed below */
		v.place = "Достық үйі, 1-қабат";
		v.hours = "Дс–Жм 9:00–18:00, Сн 10:00–14:00";
		v.phone = "+7 7132 00 00 00";
		TRY(demo_insert(m->d, tx, &drive_kind, &v));
		m->drive[i] = v.rec.id;
	}
	return RC_OK;
}

static int
put_donors(struct making *m, struct tx *tx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(donors); i++) {
		struct donor o;

		kind_empty(&donor_kind, &o);
		o.type = donors[i].type;
		o.named = donors[i].named;
		if (strcmp(o.type, "company") == 0)
			o.company = donors[i].name;
		else if (strcmp(o.type, "body") == 0)
			o.body = demo_body(m->d, donors[i].name)->id;
		else if (donors[i].name != NULL)
			o.name.fresh = donors[i].name;
		TRY(demo_insert(m->d, tx, &donor_kind, &o));
		m->donor[i] = o.rec.id;
	}
	return RC_OK;
}

static int
put_needs(struct making *m, struct tx *tx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(needs); i++) {
		struct drive_need n;
		struct item it;

		TRY(item_find(m->d->cx, needs[i].item, &it));
		kind_empty(&drive_need_kind, &n);
		n.drive = m->drive[needs[i].drive];
		n.item = it.rec.id;
		if (needs[i].goal > 0)
			n.quantity = needs[i].goal * it.pack;
		n.state = needs[i].state;
		TRY(demo_insert(m->d, tx, &drive_need_kind, &n));
	}
	return RC_OK;
}

static int
put_pledges(struct making *m, struct tx *tx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(gifts); i++) {
		struct pledge p;
		struct item it;

		m->pledge[i] = 0;
		if (gifts[i].promised == 0)
			continue;
		TRY(item_find(m->d->cx, gifts[i].item, &it));
		kind_empty(&pledge_kind, &p);
		p.donor = m->donor[gifts[i].donor];
		p.drive = m->drive[gifts[i].drive];
		p.item = it.rec.id;
		p.quantity = gifts[i].promised * it.pack;
		p.day = day_add(gifts[i].day, -5);
		p.due = gifts[i].day;
		TRY(demo_insert(m->d, tx, &pledge_kind, &p));
		m->pledge[i] = p.rec.id;
	}
	return RC_OK;
}

static int
put_families(struct making *m, struct tx *tx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(families); i++) {
		struct recipient r;
		int64_t district;
		int rc = db_int(m->d->cx, &district,
		    "SELECT id FROM district WHERE name_kk LIKE $1 ORDER BY id LIMIT 1",
		    VALS(v_text(arena_printf(m->d->cx->arena, "%s%%", families[i].district))));

		if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
		kind_empty(&recipient_kind, &r);
		r.type = families[i].type;
		r.name.fresh = families[i].name;
		r.reason = families[i].reason;
		r.people = families[i].people;
		r.children = families[i].children;
		r.district = rc == RC_OK ? district : 0;
		r.body = demo_body(m->d, "zhomart")->id;
		TRY(demo_insert(m->d, tx, &recipient_kind, &r));
		m->family[i] = r.rec.id;
	}
	return RC_OK;
}

static int
close_drives(struct making *m, struct tx *tx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(drives); i++) {
		struct drive v;

		TRY(kind_load(m->d->cx, &drive_kind, m->drive[i], &v));
		v.state = drives[i].state;
		TRY(kind_update_tx(m->d->cx, tx, &drive_kind, &v));
	}
	return RC_OK;
}

static int
records_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;
	struct stock_account a;

	demo_begin(m->d, cx, 41);
	TRY(stock_account_find(cx, "store-main", &a));
	m->store = a.rec.id;
	TRY(put_drives(m, tx));
	TRY(put_donors(m, tx));
	TRY(put_needs(m, tx));
	TRY(put_pledges(m, tx));
	TRY(put_families(m, tx));
	return close_drives(m, tx);
}

static int
move(struct making *m, const char *item, int quantity, int day, struct charity_post *p)
{
	struct ctx *cx = m->d->cx;
	struct movement_line l = { .quantity = quantity };
	struct charity_posted out;
	struct item it;

	TRY(item_find(cx, item, &it));
	l.item = it.rec.id;
	l.quantity *= it.pack;
	p->at = day_start(day) + US_PER_DAY / 2;
	p->store = m->store;
	p->lines = &l;
	p->nlines = 1;
	return p->recipient == 0 ? charity_receive(cx, p, &out) : charity_hand_over(cx, p, &out);
}

int
demo_charity(struct demo *d)
{
	struct making *m = arena_new(d->cx->arena, struct making);
	size_t i;

	m->d = d;
	TRY(db_write(d->cx, records_fn, m));
	for (i = 0; i < ARRAY_LEN(gifts); i++) {
		struct charity_post p = { .nonce =
					      arena_printf(d->cx->arena, "demo-charity-in-%zu", i),
			.donor = m->donor[gifts[i].donor],
			.drive = m->drive[gifts[i].drive],
			.pledge = m->pledge[i] };

		if (gifts[i].brought > 0)
			TRY(move(m, gifts[i].item, gifts[i].brought, gifts[i].day, &p));
	}
	for (i = 0; i < ARRAY_LEN(aids); i++) {
		struct charity_post p = { .nonce =
					      arena_printf(d->cx->arena, "demo-charity-out-%zu", i),
			.recipient = m->family[aids[i].family],
			.drive = m->drive[aids[i].drive] };

		TRY(move(m, aids[i].item, aids[i].quantity, aids[i].day, &p));
	}
	return RC_OK;
}

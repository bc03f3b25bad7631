/* demo_flood_places.c – the headquarters itself: who works in it, its area and places with their accounts in the ledger,
 * vehicles, lots, recipes, donors of its drive, duty, log, and who had offered help. At the end it is closed. */
#include "app/demo_flood.h"

#include "core/account.h"

static const struct {
	const char *code, *purpose, *district;
	struct text3 name;
	const char *address, *hours, *services;
	int capacity, area, toilets, taps, water;
	bool own_kitchen, access;
} places[] = {
	{ "store-main", "store", "151000000", { "Негізгі қойма", "Главный склад", "Main store" },
	    "Ақтөбе қаласы, Достық үйі, жертөле", "Тәулік бойы", NULL, 0, 0, 0, 0, 0, false,
	    false },
	{ "flood-collect", "collection", "151000000",
	    { "Достық үйіндегі көмек қабылдау пункті", "Пункт приёма помощи в Доме дружбы",
		"Collection point in the House of Friendship" },
	    "Ақтөбе қаласы, Достық үйі, фойе", "8:00–22:00", NULL, 0, 0, 0, 0, 0, false, false },
	{ "flood-kitchen-1", "kitchen", "151000000",
	    { "Достық үйінің асханасы", "Кухня Дома дружбы", "Kitchen of the House of Friendship" },
	    "Ақтөбе қаласы, Достық үйі, 1-қабат", "5:00–22:00", NULL, 1200, 0, 0, 0, 0, false,
	    false },
	{ "flood-kitchen-2", "kitchen", "153200000",
	    { "Алғадағы дала асханасы", "Полевая кухня в Алге", "Field kitchen in Alga" },
	    "Алға қаласы, мәдениет үйінің ауласы", "5:00–21:00", NULL, 600, 0, 0, 0, 0, false,
	    false },
	{ "flood-centre-1", "centre", "151011100",
	    { "№ 1 эвакуация орталығы (мектеп)", "Эвакуационный центр № 1 (школа)",
		"Evacuation centre 1 (school)" },
	    "Ақтөбе қаласы, Астана ауданы, мектеп ғимараты", "Тәулік бойы",
	    "Дәрігер\nДуш\nТелефон қуаттау\nПсихолог", 220, 900, 12, 16, 4000, false, true },
	{ "flood-centre-2", "centre", "151013100",
	    { "№ 2 эвакуация орталығы (жатақхана)", "Эвакуационный центр № 2 (общежитие)",
		"Evacuation centre 2 (hostel)" },
	    "Ақтөбе қаласы, Алматы ауданы, студенттер жатақханасы", "Тәулік бойы",
	    "Дәрігер\nДуш\nКір жуу", 260, 1300, 20, 30, 6000, true, true },
	{ "flood-centre-3", "centre", "151013100",
	    { "№ 3 эвакуация орталығы (спорт кешені)", "Эвакуационный центр № 3 (спорткомплекс)",
		"Evacuation centre 3 (sports hall)" },
	    "Ақтөбе қаласы, Алматы ауданы, спорт кешені", "Тәулік бойы", "Дәрігер\nДуш", 150, 420,
	    6, 8, 1500, false, false },
	{ "flood-centre-4", "centre", "153200000",
	    { "№ 4 эвакуация орталығы (Алға)", "Эвакуационный центр № 4 (Алга)",
		"Evacuation centre 4 (Alga)" },
	    "Алға қаласы, мәдениет үйі", "Тәулік бойы", "Дәрігер\nТелефон қуаттау", 120, 520, 6, 6,
	    2200, false, true },
	{ "flood-centre-5", "centre", "154800000",
	    { "№ 5 эвакуация орталығы (Қандыағаш)", "Эвакуационный центр № 5 (Кандыагаш)",
		"Evacuation centre 5 (Kandyagash)" },
	    "Қандыағаш қаласы, колледж", "Тәулік бойы", "Фельдшер\nДуш", 140, 600, 8, 10, 2500,
	    true, false },
	{ "flood-centre-6", "centre", "154200000",
	    { "№ 6 эвакуация орталығы (Қобда)", "Эвакуационный центр № 6 (Кобда)",
		"Evacuation centre 6 (Kobda)" },
	    "Қобда ауылы, мектеп-интернат", "Тәулік бойы", "Фельдшер", 100, 450, 6, 6, 1800, true,
	    false },
};
static const char *const area[] = { "151000000", "153200000", "154800000", "154200000", "154600000",
	"155600000", "156000000", "156800000", "155200000", "153600000" };
static const char *const items[FI_COUNT] = { "water_bottled", "bread", "flour", "rice", "buckwheat",
	"pasta", "potato", "onion", "meat", "canned_meat", "oil", "sugar", "salt", "tea",
	"milk_uht", "baby_food", "food_basket", "blanket", "mattress", "clothes_child",
	"rubber_boots", "diapers", "soap", "hygiene_kit", "detergent", "medicine", "heater",
	"fodder" };
static const struct {
	const char *code;
	struct text3 name;
	const char *item;
	int quantity;
	struct {
		enum flood_item item;
		int quantity;
	} in[8];
} recipes[FR_COUNT] = {
	{ "food_basket", { "Азық-түлік себеті", "Продуктовая корзина", "Food basket" },
	    "food_basket", 1,
	    { { FI_FLOUR, 5000 }, { FI_RICE, 2000 }, { FI_PASTA, 2000 }, { FI_SUGAR, 2000 },
		{ FI_OIL, 1000 }, { FI_SALT, 1000 }, { FI_TEA, 2 }, { FI_CANNED, 4 } } },
	{ "hygiene_kit", { "Гигиеналық жиынтық", "Гигиенический набор", "Hygiene kit" },
	    "hygiene_kit", 1, { { FI_SOAP, 4 }, { FI_DETERGENT, 1000 } } },
	{ "hot_porridge",
	    { "Сүтке пісірілген қарақұмық ботқасы", "Гречневая каша на молоке",
		"Buckwheat porridge with milk" },
	    "hot_meal", 100,
	    { { FI_BUCKWHEAT, 8000 }, { FI_MILK, 6000 }, { FI_SUGAR, 1500 }, { FI_OIL, 1000 },
		{ FI_SALT, 300 } } },
	{ "hot_plov", { "Палау", "Плов", "Pilaf" }, "hot_meal", 100,
	    { { FI_RICE, 10000 }, { FI_MEAT, 8000 }, { FI_ONION, 2500 }, { FI_OIL, 2000 },
		{ FI_SALT, 500 } } },
	{ "hot_soup", { "Ет қосылған кеспе көже", "Суп с лапшой и мясом", "Noodle soup with meat" },
	    "hot_meal", 100,
	    { { FI_POTATO, 12000 }, { FI_MEAT, 5000 }, { FI_PASTA, 3000 }, { FI_ONION, 1500 },
		{ FI_SALT, 500 } } },
};
static const struct {
	const char *type, *name;
	bool named;
} donors[FLOOD_DONORS] = {
	{ "company", "«Үлгі-Су» ЖШС (ойдан шығарылған)", true },
	{ "company", "«Мысал Наубайханасы» ЖШС (ойдан шығарылған)", true },
	{ "company", "«Сынақ Трейд» ЖШС (ойдан шығарылған)", false },
	{ "body", "eca01", true },
	{ "body", "eca02", true },
	{ "body", "eca05", true },
	{ "person", "Мысалов Жетінші Үлгіұлы", false },
	{ "anonymous", NULL, false },
};
/* Day (0 = the first), minute of the day, text. */
static const struct {
	int day, minute;
	const char *text;
} lines[] = {
	{ 0, 8 * 60, "Штаб жұмысын бастады. Достық үйі қабылдау пункті болып бекітілді." },
	{ 0, 8 * 60 + 40, "Кезекшілік кестесі бекітілді, сенім телефоны қосылды." },
	{ 0, 11 * 60 + 15,
	    "Ақтөбе қаласы: өзен деңгейі көтерілуде, жағалаудағы көшелер босатылып жатыр." },
	{ 0, 19 * 60, "№ 1–3 эвакуация орталықтары ашылды." },
	{ 1, 7 * 60 + 20, "Достық үйінің асханасы алғашқы ыстық тамақты дайындады." },
	{ 1, 13 * 60 + 5, "Алға, Қандыағаш және Қобда қалаларында орталықтар ашылды." },
	{ 1, 21 * 60 + 30, "Екі ауылға жол жабық, су мен нан қайықпен жеткізілді." },
	{ 2, 9 * 60 + 10,
	    "Этномәдени бірлестіктер азық-түлік әкелуде, қабылдау кезексіз жүріп жатыр." },
	{ 2, 18 * 60 + 45,
	    "№ 3 орталықта адам сыйымдылыққа жақындады: жаңа отбасылар № 2 орталыққа жіберіледі." },
	{ 3, 10 * 60, "Балалар тағамы мен жөргек жетпейді: донорларға хабарланды." },
	{ 3, 22 * 60, "Тәулік қорытындысы: барлық кезек күттірмейтін өтінім орындалды." },
	{ 4, 9 * 60 + 30, "Қайталанған өтінімдер белгіленді, екеуі де журналда қалды." },
	{ 5, 12 * 60, "Мал азығы Ырғыз және Ойыл аудандарына жіберілді." },
	{ 6, 17 * 60 + 20, "Су деңгейі түсе бастады." },
	{ 7, 11 * 60 + 40, "№ 4 орталықта түгендеу жүргізілді." },
	{ 8, 9 * 60, "Алғашқы отбасылар үйлеріне оралды." },
	{ 9, 16 * 60, "Құтқарушылар саны азайды: асхана порция санын қысқартты." },
	{ 11, 10 * 60 + 10, "Жуу құралдары мен жылытқыштарға сұраныс артты." },
	{ 14, 20 * 60, "Асханалар жұмысын аяқтады: он төрт күн." },
	{ 16, 18 * 60, "Орталықтардағы қалдық негізгі қоймаға қайтарылды." },
	{ 22, 12 * 60, "Соңғы отбасы орталықтан кетті." },
};

static int64_t
district(const struct flood *f, const char *code)
{
	return f->d->places[demo_place(f->d, code)].id;
}

/* Accounts of those days: nobody can sign in with them, they have no password and are disabled. */
static int
put_actor(struct flood *f, struct tx *tx, struct actor *out, const char *login, const char *name,
    enum role role)
{
	struct account a;

	kind_empty(&account_kind, &a);
	a.login = login;
	a.name = name;
	a.lang = "kk";
	a.disabled = true;
	TRY(demo_insert(f->d, tx, &account_kind, &a));
	*out = actor_system;
	out->account = a.rec.id;
	out->role = role;
	out->caps = role_caps(role);
	out->login = login;
	out->name = name;
	return RC_OK;
}

static int
put_headquarters(struct flood *f, struct tx *tx)
{
	struct headquarters h;
	size_t i;

	kind_empty(&headquarters_kind, &h);
	h.code = "flood-2024";
	h.name = (struct text3){ "2024 жылғы сәуірдегі су тасқыны", "Паводок апреля 2024 года",
		"Flood of April 2024" };
	h.emergency = "flood";
	h.opened_on = FLOOD_FIRST;
	h.act =
	    "Облыс әкімінің табиғи сипаттағы төтенше жағдай туралы өкімі, № 1 (үлгі), 01.04.2024";
	h.chief = f->d->people[f->d->chairs[0]].id;
	h.hotline = "+7 7132 00 00 01";
	h.body = demo_body(f->d, "secretariat")->id;
	h.note = "Бейбіт уақыттағы «Жомарт жан» орталығының қоймасы штаб қоймасы болды.";
	TRY(demo_insert(f->d, tx, &headquarters_kind, &h));
	f->headquarters = h.rec.id;
	for (i = 0; i < ARRAY_LEN(area); i++) {
		struct relief_area a;

		kind_empty(&relief_area_kind, &a);
		a.headquarters = f->headquarters;
		a.district = district(f, area[i]);
		TRY(demo_insert(f->d, tx, &relief_area_kind, &a));
	}
	return RC_OK;
}

static int
put_centre(struct flood *f, struct tx *tx, size_t i, int64_t place)
{
	struct centre c;

	kind_empty(&centre_kind, &c);
	c.place = place;
	c.area_m2 = places[i].area;
	c.toilets = places[i].toilets;
	c.taps = places[i].taps;
	c.water_l = places[i].water;
	c.ration_kcal = 2200;
	c.kitchen = places[i].own_kitchen;
	c.heating = true;
	c.access = places[i].access;
	return demo_insert(f->d, tx, &centre_kind, &c);
}

static int
put_places(struct flood *f, struct tx *tx)
{
	int kitchens = 0, centres = 0;
	size_t i;

	for (i = 0; i < ARRAY_LEN(places); i++) {
		struct relief_place p;
		struct stock_account a;

		kind_empty(&relief_place_kind, &p);
		p.headquarters = f->headquarters;
		p.code = places[i].code;
		p.name = places[i].name;
		p.purpose = places[i].purpose;
		p.district = district(f, places[i].district);
		p.address = places[i].address;
		p.hours = places[i].hours;
		p.services = places[i].services;
		if (places[i].capacity > 0)
			p.capacity = places[i].capacity;
		TRY(demo_insert(f->d, tx, &relief_place_kind, &p));
		TRY(relief_place_account(f->d->cx, &p, &a));
		if (strcmp(p.purpose, "kitchen") == 0) {
			f->kitchen[kitchens] = p.rec.id;
			f->kitchen_store[kitchens++] = a.rec.id;
		} else if (strcmp(p.purpose, "centre") == 0) {
			f->centre[centres] = p.rec.id;
			f->centre_store[centres++] = a.rec.id;
			TRY(put_centre(f, tx, i, p.rec.id));
		} else if (strcmp(p.purpose, "store") == 0)
			f->main = a.rec.id;
	}
	return RC_OK;
}

static int
put_vans(struct flood *f, struct tx *tx)
{
	struct arena *arena = f->d->cx->arena;
	int i;

	for (i = 0; i < FLOOD_VANS; i++) {
		struct stock_account a;

		kind_empty(&stock_account_kind, &a);
		a.code = arena_printf(arena, "flood-van-%d", i + 1);
		a.type = "vehicle";
		a.name = (struct text3){ arena_printf(arena, "№ %d жүк көлігі", i + 1),
			arena_printf(arena, "Грузовик № %d", i + 1),
			arena_printf(arena, "Lorry %d", i + 1) };
		a.body = demo_body(f->d, "zhomart")->id;
		TRY(demo_insert(f->d, tx, &stock_account_kind, &a));
		f->van[i] = a.rec.id;
	}
	return RC_OK;
}

static int
put_lots(struct flood *f, struct tx *tx, const struct item *it, enum flood_item n)
{
	int i;

	for (i = 0; i < 2; i++) {
		struct lot l;

		kind_empty(&lot_kind, &l);
		l.code = arena_printf(f->d->cx->arena, "flood-%s-%d", it->code, i + 1);
		l.item = it->rec.id;
		l.expires =
		    n == FI_MEAT ? (i == 0 ? 20240430 : 20240515) : (i == 0 ? 20250630 : 20251130);
		TRY(demo_insert(f->d, tx, &lot_kind, &l));
		f->lot[n][i] = l.rec.id;
	}
	return RC_OK;
}

static int
put_recipes(struct flood *f, struct tx *tx)
{
	struct item it;
	size_t i, j;

	for (i = 0; i < FR_COUNT; i++) {
		struct recipe r;

		TRY(item_find(f->d->cx, recipes[i].item, &it));
		kind_empty(&recipe_kind, &r);
		r.code = recipes[i].code;
		r.name = recipes[i].name;
		r.item = it.rec.id;
		r.quantity = recipes[i].quantity;
		r.from_day = DEMO_YEAR;
		TRY(demo_insert(f->d, tx, &recipe_kind, &r));
		f->recipe[i] = r.rec.id;
		for (j = 0; j < ARRAY_LEN(recipes[i].in) && recipes[i].in[j].quantity > 0; j++) {
			struct recipe_input in;

			kind_empty(&recipe_input_kind, &in);
			in.recipe = r.rec.id;
			in.item = f->item[recipes[i].in[j].item];
			in.quantity = recipes[i].in[j].quantity;
			TRY(demo_insert(f->d, tx, &recipe_input_kind, &in));
		}
	}
	return RC_OK;
}

int64_t
flood_recipe_wants(enum flood_recipe r, enum flood_item item, int64_t quantity)
{
	size_t j;

	for (j = 0; j < ARRAY_LEN(recipes[r].in); j++)
		if (recipes[r].in[j].quantity > 0 && recipes[r].in[j].item == item)
			return (recipes[r].in[j].quantity * quantity + recipes[r].quantity - 1) /
			       recipes[r].quantity;
	return 0;
}

static int
put_donors(struct flood *f, struct tx *tx)
{
	struct drive v;
	size_t i;

	kind_empty(&drive_kind, &v);
	v.name = (struct text3){ "Су тасқынынан зардап шеккендерге көмек",
		"Помощь пострадавшим от паводка", "Help for people hit by the flood" };
	v.purpose = (struct text3){ "Ауызсу, азық-түлік, көрпе-төсек, гигиена заттары.",
		"Питьевая вода, продукты, постельные принадлежности, средства гигиены.",
		"Drinking water, food, bedding, hygiene goods." };
	v.body = demo_body(f->d, "zhomart")->id;
	v.from_day = FLOOD_FIRST;
	v.to_day = FLOOD_LAST;
	v.state = "open";
	v.place = "Достық үйі, фойе";
	v.hours = "8:00–22:00";
	v.phone = "+7 7132 00 00 01";
	TRY(demo_insert(f->d, tx, &drive_kind, &v));
	f->drive = v.rec.id;
	for (i = 0; i < FLOOD_DONORS; i++) {
		struct donor o;

		kind_empty(&donor_kind, &o);
		o.code = charity_code_of(f->d->cx->arena, UINT64_C(0x2f00d00000) + i * 7919);
		o.type = donors[i].type;
		o.named = donors[i].named;
		if (strcmp(o.type, "company") == 0)
			o.company = donors[i].name;
		else if (strcmp(o.type, "body") == 0)
			o.body = demo_body(f->d, donors[i].name)->id;
		else if (donors[i].name != NULL)
			o.name.fresh = donors[i].name;
		TRY(demo_insert(f->d, tx, &donor_kind, &o));
		f->donor[i] = o.rec.id;
	}
	return RC_OK;
}

/* ---- who is there ---- */

static int
put_duties(struct flood *f, struct tx *tx)
{
	static const char *const tasks[] = { "Сенім телефоны", "Қойма" };
	int day, i;

	for (day = 0; day < FLOOD_DAYS; day++)
		for (i = 0; i < 2; i++) {
			struct relief_duty u;

			kind_empty(&relief_duty_kind, &u);
			u.headquarters = f->headquarters;
			u.person = f->d->people[40 + (size_t)(2 * day + i) * 37 % 900].id;
			u.task = tasks[i];
			u.starts_at = flood_moment(day, 8 * 60);
			u.ends_at = flood_moment(day, 20 * 60);
			u.phone = arena_printf(f->d->cx->arena, "+7 7132 00 00 0%d", i + 1);
			TRY(demo_insert(f->d, tx, &relief_duty_kind, &u));
		}
	return RC_OK;
}

static int
put_offers(struct flood *f, struct tx *tx)
{
	static const char *const skills[] = { "медбике", "аспазшы", "дәнекерлеуші", "психолог",
		"электрик", "жүргізуші", "аудармашы", "қоймашы" };
	static const char *const languages[] = { "қазақша, орысша", "қазақша", "орысша, неміс тілі",
		"қазақша, орысша, ағылшын тілі" };
	static const char *const vehicles[] = { "none", "car", "van", "none", "truck", "none",
		"bus", "boat" };
	int i;

	for (i = 0; i < 30; i++) {
		struct relief_offer o;

		kind_empty(&relief_offer_kind, &o);
		o.person = f->d->people[200 + (size_t)i * 41].id;
		o.skills = skills[i % 8];
		o.languages = languages[i % 4];
		o.vehicle = vehicles[i % 8];
		if (strcmp(o.vehicle, "none") != 0)
			o.seats = i % 8 == 6 ? 40 : 4;
		o.availability =
		    i % 3 == 0 ? "Кез келген уақытта" : "Жұмыстан кейін, демалыс күндері";
		o.district = district(f, area[i % ARRAY_LEN(area)]);
		o.phone = arena_printf(f->d->cx->arena, "+7 700 000 01 %02d", i);
		o.given_on = 20240315;
		TRY(demo_insert(f->d, tx, &relief_offer_kind, &o));
	}
	return RC_OK;
}

static int
find(struct flood *f, const char *code, int64_t *out)
{
	struct stock_account a;

	TRY(stock_account_find(f->d->cx, code, &a));
	*out = a.rec.id;
	return RC_OK;
}

int
flood_places(struct flood *f, struct tx *tx)
{
	int i;

	TRY(put_actor(
	    f, tx, &f->lead, "flood-lead", "2024 жылғы су тасқыны штабының басшысы", ROLE_HEAD));
	TRY(put_actor(f, tx, &f->desk, "flood-desk", "2024 жылғы су тасқыны штабының кезекшісі",
	    ROLE_RELIEF));
	TRY(put_actor(f, tx, &f->store, "flood-store", "2024 жылғы су тасқыны штабының қоймашысы",
	    ROLE_RELIEF));
	TRY(put_headquarters(f, tx));
	TRY(put_places(f, tx));
	TRY(put_vans(f, tx));
	TRY(flood_vehicles(f, tx));
	TRY(find(f, "household", &f->household));
	TRY(find(f, "loss", &f->loss));
	for (i = 0; i < FI_COUNT; i++) {
		struct item it;

		TRY(item_find(f->d->cx, items[i], &it));
		f->item[i] = it.rec.id;
		f->pack[i] = it.pack;
		if (it.perishable)
			TRY(put_lots(f, tx, &it, (enum flood_item)i));
	}
	TRY(put_recipes(f, tx));
	TRY(put_donors(f, tx));
	TRY(put_duties(f, tx));
	return put_offers(f, tx);
}

/* ---- log ---- */

static int
do_line(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	return relief_log_tx(f->d->cx, tx, f->headquarters, lines[a->i].text);
}

void
flood_plan_log(struct flood *f)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(lines); i++)
		flood_act(f, flood_moment(lines[i].day, lines[i].minute), do_line, (int)i, 0);
}

/* ---- closing ---- */

static int
end_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct flood *f = arg;
	struct relief_place p;
	struct drive v;
	int i;

	for (i = 0; i < FLOOD_CENTRES + FLOOD_KITCHENS; i++) {
		TRY(kind_load(cx, &relief_place_kind,
		    i < FLOOD_CENTRES ? f->centre[i] : f->kitchen[i - FLOOD_CENTRES], &p));
		p.closed_on = FLOOD_LAST;
		TRY(kind_update_tx(cx, tx, &relief_place_kind, &p));
	}
	TRY(kind_load(cx, &drive_kind, f->drive, &v));
	v.state = "closed";
	TRY(kind_update_tx(cx, tx, &drive_kind, &v));
	return flood_vehicles_close(f, tx);
}

int
flood_close(struct flood *f)
{
	struct ctx *cx = f->d->cx;
	struct headquarters h;

	cx->actor = &actor_system;
	TRY(db_write(cx, end_fn, f));
	cx->actor = &f->lead;
	TRY(kind_load(cx, &headquarters_kind, f->headquarters, &h));
	return headquarters_close(cx, f->headquarters, h.rec.version, FLOOD_LAST,
	    "Су қайтты, барлық өтінім аяқталды, отбасылар үйлеріне оралды.");
}

/* demo_halls.c – the House of Friendship's halls with some bookings, plans of 2024 that name events of the
 * year, plans of 2025 at each step of their way, and what a campaign counted besides people.
 *
 * No event is added, so no figure of events or people moves; everything is a function of the tables. */
#include "app/demo_inner.h"

#include "mod/plan/plan.h"

/* ---- halls ---- */

static const struct {
	struct text3 name;
	int seats;
	bool step_free;
	const char *equipment, *access;
} halls[] = {
	{ { "Үлкен зал", "Большой зал", "Great hall" }, 220, true,
	    "Сахна\nДыбыс жүйесі\nПроектор және экран\nРояль", "Негізгі есік, пандус бар" },
	{ { "Мәжіліс залы", "Зал заседаний", "Assembly room" }, 60, true,
	    "Дөңгелек үстел\nБейнеконференция\nІлеспе аударма", "Негізгі есік, пандус бар" },
	{ { "204-кабинет", "Кабинет 204", "Room 204" }, 30, false, "Тақта\nПроектор",
	    "Екінші қабат, лифт жоқ" },
	{ { "105-кабинет", "Кабинет 105", "Room 105" }, 25, true, "Тақта\nОн ноутбук",
	    "Бірінші қабат" },
};
static const struct {
	int hall, day;
	const char *from, *to, *event, *body, *purpose; /* event: its Kazakh name */
} bookings[] = {
	{ 0, 20241116, "16:00", "19:30", "Төзімділік күніне арналған достық кеші", NULL, NULL },
	{ 2, 20241119, "18:30", "20:00", "«Abay» ситуациялық қазақ тілі курсының сабағы", NULL,
	    NULL },
	{ 2, 20241120, "18:30", "20:00", "«Мәміле» тілдесу клубының ашық сабағы", NULL, NULL },
	{ 1, 20241128, "09:30", "12:00", "Ассамблея кеңесінің отырысы", NULL, NULL },
	{ 0, 20241115, "15:00", "17:00", NULL, "eca05", "Хордың дайындығы" },
	{ 0, 20241122, "15:00", "17:00", NULL, "eca05", "Хордың дайындығы" },
	{ 3, 20241115, "10:00", "12:30", NULL, "mediators", "Медиаторлардың қабылдауы" },
	{ 3, 20241118, "10:00", "12:30", NULL, "mediators", "Медиаторлардың қабылдауы" },
	{ 1, 20241115, "11:00", "12:00", NULL, "secretariat", "Апталық жиын" },
};

static int
event_named(struct ctx *cx, const char *name, int day, int64_t *id, int64_t *body)
{
	TRY(db_int(cx, id, "SELECT id FROM event WHERE name_kk = $1 AND first_day = $2",
	    VALS(v_text(name), v_int(day))));
	return db_int(cx, body, "SELECT body FROM event WHERE id = $1", VALS(v_int(*id)));
}

int
demo_halls_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct demo *d = arg;
	int64_t ids[ARRAY_LEN(halls)];
	size_t i;

	demo_begin(d, cx, 11);
	for (i = 0; i < ARRAY_LEN(halls); i++) {
		struct hall h;

		kind_empty(&hall_kind, &h);
		h.body = demo_body(d, "house")->id;
		h.name = halls[i].name;
		h.capacity = halls[i].seats;
		h.step_free = halls[i].step_free;
		h.equipment = halls[i].equipment;
		h.access_note = halls[i].access;
		h.rank = (int64_t)(i + 1) * 10;
		TRY(demo_insert(d, tx, &hall_kind, &h));
		ids[i] = h.rec.id;
	}
	for (i = 0; i < ARRAY_LEN(bookings); i++) {
		struct booking b;

		kind_empty(&booking_kind, &b);
		b.hall = ids[bookings[i].hall];
		b.day = bookings[i].day;
		b.starts = bookings[i].from;
		b.ends = bookings[i].to;
		b.purpose = bookings[i].purpose;
		if (bookings[i].event != NULL)
			TRY(event_named(cx, bookings[i].event, b.day, &b.event, &b.body));
		else
			b.body = demo_body(d, bookings[i].body)->id;
		TRY(demo_insert(d, tx, &booking_kind, &b));
	}
	return RC_OK;
}

/* ---- plans ---- */

enum { FROM_EVENTS = 24 };
static const struct {
	const char *body, *of; /* items are events of this body; codes */
	int year, events;
	const char *state;
	int day; /* of the last step */
} plans[] = {
	{ "apk", "house", 2024, 14, "approved", 20231225 },
	{ "eca03", "eca03", 2024, 6, "approved", 20231220 },
	{ "eca04", "eca04", 2024, 5, "approved", 20231220 },
	{ "eca05", "eca05", 2024, 5, "approved", 20231221 },
	{ "eca04", "eca04", 2025, 4, "sent", 20241112 },
	{ "eca05", "eca05", 2025, 4, "checked", 20241113 },
	{ "apk", "house", 2025, 8, "draft", 0 },
};

/* Items that no event stands for: late, dropped, ahead. */
static const struct {
	struct text3 name;
	int month;
	const char *dropped;
} extra[] = {
	{ { "Этномәдени бірлестіктердің жазғы демалыс күні",
	      "Летний день отдыха этнокультурных объединений", "Summer day of the associations" },
	    7, NULL },
	{ { "Көшпелі концерт", "Выездной концерт", "Concert on tour" }, 4,
	    "Су тасқынына байланысты өткізілмеді" },
	{ { "Жылдың қорытынды жиыны", "Итоговое собрание года", "Closing meeting of the year" }, 12,
	    NULL },
};

/* Of the draft: two in one hall on one day, and one on a day of remembrance. */
static const struct {
	struct text3 name;
	int day;
	const char *event; /* planned already */
} drafted[] = {
	{ { "«Bauyrsaqfest» байқауы", "Конкурс «Bauyrsaqfest»", "«Bauyrsaqfest» contest" },
	    20250322, "«Bauyrsaqfest» байқауы" },
	{ { "Наурыз концерті", "Концерт к Наурызу", "Nauryz concert" }, 20250322, NULL },
	{ { "Көктемгі концерт", "Весенний концерт", "Spring concert" }, 20250531, NULL },
};

struct source {
	int64_t id, kind, observance, count;
	int day;
	struct text3 name;
	const char *place;
};

/* Events of a body, spread over its year. */
static int
read_sources(struct ctx *cx, int64_t body, struct source *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT e.id, e.kind, e.observance, coalesce(e.head_count, t.scanned + t.listed, "
	    "e.declared_count, 40), e.first_day, e.name_kk, e.name_ru, e.name_en, e.place FROM "
	    "event e JOIN event_kind k ON k.id = e.kind LEFT JOIN event_tally t ON t.event = e.id "
	    "WHERE e.body = $1 AND e.state IN ('held', 'reported') AND e.merged_into IS NULL AND "
	    "k.counted = 1 AND e.first_day >= 20240101 AND e.first_day < 20241101 ORDER BY "
	    "e.first_day * 17 % 1009, e.id LIMIT "
	    "24",
	    VALS(v_int(body))));
	while (*n < FROM_EVENTS && rows_next(&r))
		out[(*n)++] = (struct source){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			row_int(&r, 3), (int)row_int(&r, 4),
			{ row_text(&r, 5), row_text(&r, 6), row_text(&r, 7) }, row_text(&r, 8) };
	return rows_end(&r);
}

struct writing {
	struct demo *d;
	struct tx *tx;
	int64_t plan, body;
	int year;
};

static int
put_item(struct writing *w, const struct source *s)
{
	struct plan_item i;
	bool past = w->year == 2024;

	kind_empty(&plan_item_kind, &i);
	i.plan = w->plan;
	i.name = s->name;
	i.kind = s->kind;
	i.body = w->body;
	i.place = s->place;
	i.observance = s->observance;
	i.expected = s->count < 10 ? 10 : (s->count + 5) / 10 * 10;
	i.month = arena_printf(w->d->cx->arena, "%02d", day_month(s->day));
	/* Half of them were planned for a day; those of the coming year for the same weekday. */
	if (s->id % 2 == 0)
		i.day = past ? s->day : day_add(s->day, 364);
	if (day_year(i.day) != w->year || s->observance != 0)
		i.day = 0;
	i.event = past ? s->id : 0;
	return demo_insert(w->d, w->tx, &plan_item_kind, &i);
}

static int
put_extra(struct writing *w, size_t at, int64_t *dropped)
{
	struct plan_item i;

	kind_empty(&plan_item_kind, &i);
	i.plan = w->plan;
	i.name = extra[at].name;
	i.body = w->body;
	i.month = arena_printf(w->d->cx->arena, "%02d", extra[at].month);
	i.expected = 50;
	TRY(db_int(
	    w->d->cx, &i.kind, "SELECT id FROM event_kind WHERE code = 'mass_event'", NO_VALS));
	TRY(demo_insert(w->d, w->tx, &plan_item_kind, &i));
	if (extra[at].dropped != NULL)
		*dropped = i.rec.id;
	return RC_OK;
}

static int
put_drafted(struct writing *w)
{
	struct ctx *cx = w->d->cx;
	size_t at;

	for (at = 0; at < ARRAY_LEN(drafted); at++) {
		struct plan_item i;
		int64_t body = w->body;

		kind_empty(&plan_item_kind, &i);
		i.plan = w->plan;
		i.name = drafted[at].name;
		i.day = drafted[at].day;
		i.expected = 150;
		TRY(db_int(
		    cx, &i.kind, "SELECT id FROM event_kind WHERE code = 'concert'", NO_VALS));
		TRY(db_int(cx, &i.hall, "SELECT id FROM hall ORDER BY rank LIMIT 1", NO_VALS));
		if (drafted[at].event != NULL)
			TRY(event_named(cx, drafted[at].event, i.day, &i.event, &body));
		i.body = body;
		TRY(demo_insert(w->d, w->tx, &plan_item_kind, &i));
	}
	return RC_OK;
}

static int
drop(struct writing *w, int64_t item, const char *why)
{
	struct plan_item i;

	TRY(kind_load(w->d->cx, &plan_item_kind, item, &i));
	i.dropped_on = 20240410;
	i.drop_reason = i.amend_reason = why;
	i.amended_on = 20240410;
	return kind_rewrite_tx(w->d->cx, w->tx, &plan_item_kind, &i);
}

static int
put_state(struct writing *w, const char *state, int day)
{
	struct body_plan p;

	if (strcmp(state, "draft") == 0)
		return RC_OK;
	TRY(kind_load(w->d->cx, &plan_kind, w->plan, &p));
	p.state = state;
	p.sent_on = day_add(day, -5);
	p.checked_on = strcmp(state, "sent") == 0 ? 0 : day_add(day, -2);
	p.approved_on = strcmp(state, "approved") == 0 ? day : 0;
	return kind_update_tx(w->d->cx, w->tx, &plan_kind, &p);
}

static int
put_plan(struct writing *w, size_t at)
{
	struct source s[FROM_EVENTS];
	struct body_plan p;
	int64_t dropped = 0;
	size_t n, i;

	kind_empty(&plan_kind, &p);
	p.body = demo_body(w->d, plans[at].body)->id;
	p.year = plans[at].year;
	TRY(demo_insert(w->d, w->tx, &plan_kind, &p));
	*w = (struct writing){ w->d, w->tx, p.rec.id, demo_body(w->d, plans[at].of)->id,
		plans[at].year };
	TRY(read_sources(w->d->cx, w->body, s, &n));
	for (i = 0; i < n && i < (size_t)plans[at].events; i++)
		TRY(put_item(w, &s[i]));
	for (i = 0; i < ARRAY_LEN(extra) && p.year == 2024; i++)
		TRY(put_extra(w, i, &dropped));
	if (strcmp(plans[at].state, "draft") == 0)
		TRY(put_drafted(w));
	TRY(put_state(w, plans[at].state, plans[at].day));
	return dropped == 0 ? RC_OK : drop(w, dropped, extra[1].dropped);
}

/* ---- measures ---- */

static const struct {
	struct text3 name, unit;
	int each;
} measures[] = {
	{ { "Отырғызылған көшет", "Посажено саженцев", "Saplings planted" },
	    { "түп", "шт.", "saplings" }, 35 },
	{ { "Жиналған қоқыс", "Собрано мусора", "Litter collected" }, { "қап", "мешков", "bags" },
	    48 },
	{ { "Көмек сағаты", "Часы помощи", "Hours of help" }, { "сағат", "ч", "hours" }, 60 },
};

static int
campaign_events(struct ctx *cx, int64_t programme, int64_t *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id FROM event WHERE programme = $1 AND state IN ('held', 'reported') AND "
	    "merged_into IS NULL ORDER BY first_day, id LIMIT 12",
	    VALS(v_int(programme))));
	while (*n < 12 && rows_next(&r))
		out[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

static int
put_measures(struct demo *d, struct tx *tx)
{
	int64_t programme, events[12];
	size_t n, m, i;

	for (m = 0; strcmp(demo_programmes[m].code, "taza") != 0; m++)
		;
	programme = d->programmes[m];
	TRY(campaign_events(d->cx, programme, events, &n));
	for (m = 0; m < ARRAY_LEN(measures); m++) {
		struct measure x;

		kind_empty(&measure_kind, &x);
		x.programme = programme;
		x.name = measures[m].name;
		x.unit = measures[m].unit;
		TRY(demo_insert(d, tx, &measure_kind, &x));
		for (i = 0; i < n; i++) {
			struct measure_value v;

			kind_empty(&measure_value_kind, &v);
			v.measure = x.rec.id;
			v.event = events[i];
			v.amount = measures[m].each + demo_between(d, -12, 40);
			v.basis = (i + m) % 3 == 0 ? "said" : "counted";
			TRY(demo_insert(d, tx, &measure_value_kind, &v));
		}
	}
	return RC_OK;
}

int
demo_plans_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct writing w = { .d = arg, .tx = tx };
	size_t i;

	demo_begin(w.d, cx, 13);
	for (i = 0; i < ARRAY_LEN(plans); i++)
		TRY(put_plan(&w, i));
	return put_measures(w.d, tx);
}

/* demo_camps.c – the camp «DOSTYQ CAMP» of the summer: three groups, a timetable of three days, eighteen young people
 * with their parents' consents, but for two. Nobody is marked present: the event's own count stays. */
#include "app/demo_inner.h"
#include "mod/camp/camp.h"

static const struct demo_group {
	const char *name, *lang;
	int64_t places;
} groups[] = {
	{ "«Бүркіт»", "kk", 8 },
	{ "«Сұңқар»", "kk_ru", 6 },
	{ "«Қарлығаш»", "ru", 8 },
};
static const struct demo_slot {
	int day, group; /* group 0: all */
	const char *starts, *ends;
	struct text3 name;
	const char *place;
} slots[] = {
	{ 20240719, 0, "10:00", "11:00", { "Ашылу", "Открытие", "Opening" }, "Алаң" },
	{ 20240719, 1, "11:30", "13:00", { "Асық ату", "Асық ату", "Asyq atu" }, "Ойын алаңы" },
	{ 20240719, 2, "11:30", "13:00",
	    { "Қазақ тілінде сөйлесу клубы", "Разговорный клуб казахского языка",
		"Kazakh speaking club" },
	    "№ 1 бөлме" },
	{ 20240719, 3, "11:30", "13:00",
	    { "Бірлесіп сурет салу", "Рисуем вместе", "Drawing together" }, "№ 2 бөлме" },
	{ 20240719, 0, "15:00", "17:00", { "Командалық ойындар", "Командные игры", "Team games" },
	    "Алаң" },
	{ 20240720, 0, "08:30", "09:00", { "Таңғы жаттығу", "Зарядка", "Morning exercise" },
	    "Алаң" },
	{ 20240720, 0, "09:30", "12:30", { "Тауға жорық", "Поход в горы", "Hike in the hills" },
	    NULL },
	{ 20240720, 2, "15:00", "16:30", { "Асық ату", "Асық ату", "Asyq atu" }, "Ойын алаңы" },
	{ 20240720, 1, "15:00", "16:30",
	    { "Достық туралы фильм", "Фильм о дружбе", "A film about friendship" }, "Зал" },
	{ 20240721, 0, "10:00", "12:00", { "Қорытынды кеш", "Итоговый вечер", "Closing" }, "Зал" },
};

struct camping {
	struct demo *d;
	struct camp c;
	int64_t group[ARRAY_LEN(groups)];
};

static int
put_camp(struct camping *w, struct tx *tx)
{
	struct ctx *cx = w->d->cx;
	struct camp *c = &w->c;

	kind_empty(&camp_kind, c);
	TRY(db_int(cx, &c->event,
	    "SELECT min(e.id) FROM event e JOIN programme p ON p.id = e.programme WHERE p.name_kk "
	    "= '«DOSTYQ CAMP»' AND e.first_day = 20240719",
	    NO_VALS));
	c->name = (struct text3){ "«DOSTYQ CAMP» жазғы лагері", "Летний лагерь «DOSTYQ CAMP»",
		"«DOSTYQ CAMP» summer camp" };
	c->from_day = 20240719;
	c->to_day = 20240721;
	c->age_from = 12;
	c->age_to = 17;
	c->places = 24;
	c->consent = (struct text3){
		"Бағдарламада тауға жаяу жорық бар; балалармен бірге екі ересек барады.",
		"В программе пеший поход в горы; детей сопровождают двое взрослых.",
		"There is a hike in the hills; two adults go with the children."
	};
	return demo_insert(w->d, tx, &camp_kind, c);
}

static int
put_groups(struct camping *w, struct tx *tx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(groups); i++) {
		struct camp_group g;

		kind_empty(&camp_group_kind, &g);
		g.camp = w->c.rec.id;
		g.name = groups[i].name;
		g.places = groups[i].places;
		g.lang = groups[i].lang;
		TRY(demo_insert(w->d, tx, &camp_group_kind, &g));
		w->group[i] = g.rec.id;
	}
	for (i = 0; i < ARRAY_LEN(slots); i++) {
		struct camp_slot s;

		kind_empty(&camp_slot_kind, &s);
		s.camp = w->c.rec.id;
		s.camp_group = slots[i].group == 0 ? 0 : w->group[slots[i].group - 1];
		s.day = slots[i].day;
		s.starts = slots[i].starts;
		s.ends = slots[i].ends;
		s.name = slots[i].name;
		s.place = slots[i].place;
		TRY(demo_insert(w->d, tx, &camp_slot_kind, &s));
	}
	return RC_OK;
}

static int
put_members(struct camping *w, struct tx *tx)
{
	struct arena *a = w->d->cx->arena;
	int i;

	for (i = 0; i < 18; i++) {
		struct demo_name n, parent;
		struct camp_member m;

		demo_name(w->d, i % 2 == 0, &n);
		demo_name(w->d, true, &parent);
		kind_empty(&camp_member_kind, &m);
		m.camp = w->c.rec.id;
		m.camp_group = w->group[i % 3];
		m.guest = arena_printf(a, "%s %s", n.surname, n.given);
		m.birth_year = 2008 + i % 4;
		m.parent.fresh = arena_printf(a, "%s %s", n.surname, parent.given);
		m.phone.fresh = arena_printf(a, "+7 700 000 00 %02d", i + 1);
		if (i == 4)
			m.needs.fresh = "Жаңғаққа аллергия";
		m.consent = i == 7 || i == 14 ? "missing" : "given";
		if (strcmp(m.consent, "given") == 0) {
			m.consent_on = 20240710 + i % 5;
			m.consent_way = i % 3 == 0 ? "office" : "paper";
			m.consent_by = i % 6 == 5 ? "guardian" : "parent";
		}
		TRY(demo_insert(w->d, tx, &camp_member_kind, &m));
	}
	return RC_OK;
}

static int
put_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct camping *w = arg;

	demo_begin(w->d, cx, 47);
	TRY(put_camp(w, tx));
	TRY(put_groups(w, tx));
	return put_members(w, tx);
}

int
demo_camps(struct demo *d)
{
	struct camping w = { .d = d };

	return db_write(d->cx, put_fn, &w);
}

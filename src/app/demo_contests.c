/* demo_contests.c – two contests: next year's «Bauyrsaqfest» with its entries and jury, open, so that a new user
 * can take it to the signed protocol; and «Өнерлі өрге жүзер», scored and signed through the rules.
 *
 * TRAP: one juror of «Bauyrsaqfest» leads an association that sends an entry. */
#include "app/demo_inner.h"

#include "mod/contest/contest.h"

struct work {
	const char *type, *title, *body, *team; /* body: code, NULL = the person's own */
	int nomination;				/* 0 or 1 */
};
static const struct work baking[] = {
	{ "body", "Қазанға піскен бауырсақ", "eca03", NULL, 0 },
	{ "body", "Балды бауырсақ", "eca05", NULL, 0 },
	{ "body", "Жеті халықтың наны", "eca09", NULL, 1 },
	{ "team", "Ірімшік қосылған бауырсақ", "school-korean", "«Шуақ» тобы", 0 },
	{ "team", "Достық дастарқаны", "school-german", "«Бірлік» тобы", 1 },
	{ "team", "Наурыз дастарқаны", "volunteers", "«Жас қанат» тобы", 1 },
	{ "person", "Ашытқысыз бауырсақ", NULL, NULL, 0 },
	{ "person", "Қаймақты бауырсақ", NULL, NULL, 0 },
	{ "person", "Домалақ бауырсақ", NULL, NULL, 0 },
	{ "person", "Төртбұрыш бауырсақ", NULL, NULL, 0 },
	{ "person", "Әже қазаны", NULL, NULL, 1 },
	{ "person", "Қонақ табақ", NULL, NULL, 1 },
};
static const struct work singing[] = {
	{ "person", "«Көзімнің қарасы»", NULL, NULL, 0 },
	{ "person", "«Қараторғай»", NULL, NULL, 0 },
	{ "person", "«Сарыжайлау» күйі", NULL, NULL, 1 },
	{ "person", "«Балбырауын» күйі", NULL, NULL, 1 },
	{ "team", "«Атамекен» әні", "youth", "«Жастар үні» ансамблі", 0 },
	{ "team", "«Менің Қазақстаным»", "mamile", "«Мәміле» хоры", 0 },
};
static const struct criterion_row {
	struct text3 name;
	int weight;
} tasting[] = { { { "Дәмі", "Вкус", "Taste" }, 4 },
	{ { "Дәстүрге сай болуы", "Соответствие традиции", "Faithful to tradition" }, 3 },
	{ { "Безендірілуі", "Оформление", "Presentation on the table" }, 2 },
	{ { "Таныстырылуы", "Представление", "Story told about it" }, 1 } },
  hearing[] = { { { "Орындау шеберлігі", "Мастерство исполнения", "Skill" }, 3 },
	  { { "Сахна мәдениеті", "Сценическая культура", "Stage manners" }, 1 } };
static const struct text3 offices[] = { { "Ақсақалдар кеңесінің мүшесі", "член Совета аксакалов",
					    "member of the Council of Elders" },
	{ "аспаз-технолог", "повар-технолог", "cook and technologist" },
	{ "этнограф", "этнограф", "ethnographer" }, { "тілші", "журналист", "journalist" },
	{ "этномәдени бірлестік төрағасы", "председатель этнокультурного объединения",
	    "chair of an ethnocultural association" } };

struct setting {
	const char *event, *rules; /* event: a WHERE */
	struct text3 nomination[2];
	const struct criterion_row *criterion;
	const struct work *work;
	size_t ncriteria, nworks, njurors;
	bool blind;
	int64_t first_person; /* where the search for entrants begins */
};
static const struct setting settings[] = {
	{ "name_kk LIKE '«Bauyrsaqfest»%' AND first_day >= 20250101",
	    "Әр қатысушы бауырсақты сол жерде, көпшілік алдында пісіреді. Қазылар жұмысты нөмірі "
	    "бойынша бағалайды. Тең ұпай жиналса, орын алдымен дәмі бойынша анықталады.",
	    { { "Дәстүрлі бауырсақ", "Традиционный баурсак", "Traditional bauyrsaq" },
		{ "Мерекелік дастарқан", "Праздничный дастархан", "Festive table" } },
	    tasting, baking, ARRAY_LEN(tasting), ARRAY_LEN(baking), 5, true, 300 },
	{ "name_kk LIKE '«Өнерлі өрге жүзер»%' AND first_day = 20241108",
	    "Әр қатысушы бір шығарма орындайды. Дауыс күшейткішсіз орындау да бағаланады.",
	    { { "Ән", "Песня", "Song" }, { "Күй", "Кюй", "Kui" } }, hearing, singing,
	    ARRAY_LEN(hearing), ARRAY_LEN(singing), 3, false, 900 },
};

struct making {
	struct demo *d;
	const struct setting *s;
	int64_t contest, nomination[2];
};

/* The n-th grown-up of an association from a number on, nobody of those who follow. */
static int
entrant(struct ctx *cx, int64_t from, int64_t *id)
{
	return db_int(cx, id,
	    "SELECT p.id FROM person p JOIN membership m ON m.person = p.id JOIN body b ON b.id = "
	    "m.body "
	    "JOIN body_kind k ON k.id = b.kind WHERE p.id >= $1 AND p.birth_day IS NOT NULL AND "
	    "p.birth_day < 20060101 AND p.given IS NOT NULL AND k.code = 'eca' ORDER BY p.id LIMIT "
	    "1",
	    VALS(v_int(from)));
}

/* Somebody of a council who belongs to no association. */
static int
expert(struct ctx *cx, int64_t from, int64_t *id)
{
	return db_int(cx, id,
	    "SELECT p.id FROM person p WHERE p.id >= $1 AND p.given IS NOT NULL AND EXISTS (SELECT "
	    "1 "
	    "FROM membership m WHERE m.person = p.id) AND NOT EXISTS (SELECT 1 FROM membership m "
	    "JOIN "
	    "body b ON b.id = m.body JOIN body_kind k ON k.id = b.kind WHERE m.person = p.id AND "
	    "k.code "
	    "IN ('eca', 'eca_branch', 'school')) ORDER BY p.id LIMIT 1",
	    VALS(v_int(from)));
}

static int
put_contest(struct making *m, struct tx *tx)
{
	struct ctx *cx = m->d->cx;
	struct contest c;
	struct event e;
	int64_t id;

	TRY(db_int(cx, &id,
	    arena_printf(cx->arena, "SELECT min(id) FROM event WHERE %s AND merged_into IS NULL",
		m->s->event),
	    NO_VALS));
	TRY(kind_load(cx, &event_kind, id, &e));
	kind_empty(&contest_kind, &c);
	c.event = id;
	c.name = e.name;
	c.rules = m->s->rules;
	c.min_score = 1;
	c.max_score = 10;
	c.tie_rule = "criteria";
	c.decides = "raw";
	c.blind = m->s->blind;
	TRY(demo_insert(m->d, tx, &contest_kind, &c));
	m->contest = c.rec.id;
	return RC_OK;
}

static int
put_parts(struct making *m, struct tx *tx)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		struct nomination n;

		kind_empty(&nomination_kind, &n);
		n.contest = m->contest;
		n.name = m->s->nomination[i];
		n.rank = (int64_t)i + 1;
		TRY(demo_insert(m->d, tx, &nomination_kind, &n));
		m->nomination[i] = n.rec.id;
	}
	for (i = 0; i < m->s->ncriteria; i++) {
		struct criterion k;

		kind_empty(&criterion_kind, &k);
		k.contest = m->contest;
		k.name = m->s->criterion[i].name;
		k.weight = m->s->criterion[i].weight;
		k.rank = (int64_t)i + 1;
		TRY(demo_insert(m->d, tx, &criterion_kind, &k));
	}
	return RC_OK;
}

static int
put_team(struct making *m, struct tx *tx, int64_t entry, int64_t *from)
{
	int i;

	for (i = 0; i < 3; i++) {
		struct contest_member p;

		kind_empty(&contest_member_kind, &p);
		p.entry = entry;
		TRY(entrant(m->d->cx, *from, &p.person));
		*from = p.person + 7;
		TRY(demo_insert(m->d, tx, &contest_member_kind, &p));
	}
	return RC_OK;
}

static int
put_entries(struct making *m, struct tx *tx)
{
	int64_t from = m->s->first_person;
	size_t i;

	for (i = 0; i < m->s->nworks; i++) {
		const struct work *w = &m->s->work[i];
		struct contest_entry e;

		kind_empty(&contest_entry_kind, &e);
		e.contest = m->contest;
		e.type = w->type;
		e.work = w->title;
		e.team = w->team;
		e.nomination = m->nomination[w->nomination];
		if (w->body != NULL)
			e.body = demo_body(m->d, w->body)->id;
		if (strcmp(w->type, "person") == 0) {
			TRY(entrant(m->d->cx, from, &e.person));
			from = e.person + 31;
		}
		TRY(demo_insert(m->d, tx, &contest_entry_kind, &e));
		if (w->team != NULL)
			TRY(put_team(m, tx, e.rec.id, &from));
	}
	return RC_OK;
}

static int
put_jury(struct making *m, struct tx *tx)
{
	int64_t from = 1;
	size_t i;

	for (i = 0; i < m->s->njurors; i++) {
		struct juror j;

		kind_empty(&juror_kind, &j);
		j.contest = m->contest;
		j.office = offices[i];
		j.chair = i == 0;
		if (i == 0)
			j.person = m->d->member_person;
		else if (i == 4)
			j.person = m->d->people[m->d->chairs[2]].id;
		else {
			TRY(expert(m->d->cx, from, &j.person));
			if (j.person == m->d->member_person)
				TRY(expert(m->d->cx, j.person + 1, &j.person));
			from = j.person + 1;
		}
		TRY(demo_insert(m->d, tx, &juror_kind, &j));
	}
	return RC_OK;
}

static int
put_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;

	demo_begin(m->d, cx, 41);
	TRY(put_contest(m, tx));
	return put_parts(m, tx);
}

static int
people_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;

	demo_begin(m->d, cx, 42);
	TRY(put_entries(m, tx));
	return put_jury(m, tx);
}

static int
step(struct ctx *cx, int64_t contest, const char *action)
{
	struct contest c;

	TRY(kind_load(cx, &contest_kind, contest, &c));
	return contest_move(cx, &(struct contest_step){ contest, c.rec.version, action, NULL });
}

/* Each hint of a conflict is taken; whoever is left scores all. */
static int
leave_out(struct ctx *cx, int64_t contest)
{
	struct conflict_hint *hint;
	size_t n, i;

	TRY(contest_hints(cx, contest, &hint, &n));
	for (i = 0; i < n; i++) {
		struct juror_conflict k;

		kind_empty(&juror_conflict_kind, &k);
		k.juror = hint[i].juror;
		k.entry = hint[i].entry;
		k.ground = hint[i].ground;
		k.decision = "excluded";
		TRY(kind_insert(cx, &juror_conflict_kind, &k));
	}
	return RC_OK;
}

static int
score_all(struct demo *d, int64_t contest)
{
	struct contest_table t;
	size_t j, e;

	demo_seed(d, 43);
	TRY(contest_frame(d->cx, contest, &t));
	for (j = 0; j < t.njurors; j++)
		for (e = 0; e < t.nentries; e++) {
			int64_t value[4];
			size_t c;

			if (contest_ground(&t, j, e) != NULL)
				continue;
			/* Strict and mild jurors, one work clearly better. */
			for (c = 0; c < t.ncriteria; c++)
				value[c] = 5 + (int64_t)j + demo_between(d, 0, 2) + (e == 1);
			TRY(contest_score(
			    d->cx, &(struct score_in){ t.juror[j].rec.id, t.entry[e].rec.id, value,
				       t.ncriteria, j == 2 ? "paper" : "screen" }));
		}
	return RC_OK;
}

static int
finish(struct demo *d, int64_t contest)
{
	struct ctx *cx = d->cx;
	struct contest c;
	int64_t made;

	TRY(leave_out(cx, contest));
	TRY(step(cx, contest, "judge"));
	TRY(score_all(d, contest));
	TRY(step(cx, contest, "close"));
	TRY(kind_load(cx, &contest_kind, contest, &c));
	TRY(contest_sign(cx, &(struct protocol_signing){
				 contest, c.rec.version, "1", 20241108, "Хатшылық меңгерушісі" }));
	return certificates_of_contest(cx, contest, &made);
}

int
demo_contests(struct demo *d)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(settings); i++) {
		struct making m = { d, &settings[i], 0, { 0 } };

		TRY(db_write(d->cx, put_fn, &m));
		TRY(step(d->cx, m.contest, "open"));
		TRY(db_write(d->cx, people_fn, &m));
		if (i == 1)
			TRY(finish(d, m.contest));
	}
	return RC_OK;
}

/* demo_games.c – two things that people do for an event: the national games of Nauryz with their matches, and
 * two online challenges, one that is over and one that still takes entries, with some that wait for the moderator.
 *
 * TRAP: two teams of the games end level in points; the difference decides. */
#include "app/demo_inner.h"

#include "mod/challenge/challenge.h"
#include "mod/games/games.h"

/* ---- games ---- */

static const struct {
	const char *name, *body;
	int64_t people;
} teams[] = { { "«Қыран» командасы", "eca01", 9 }, { "«Шатлық» командасы", "eca03", 8 },
	{ "«Бірлік» командасы", "eca05", 9 }, { "«Жас қанат» командасы", "volunteers", 7 } };
static const struct {
	size_t a, b;
	int64_t scored[2];
	const char *starts, *unplayed, *reason;
} matches[] = { { 0, 1, { 3, 2 }, "12:20", NULL, NULL }, { 2, 3, { 4, 1 }, "12:40", NULL, NULL },
	{ 0, 2, { 1, 2 }, "13:10", NULL, NULL }, { 1, 3, { 2, 2 }, "13:30", NULL, NULL },
	{ 0, 3, { INT_NONE, INT_NONE }, "14:00", "won_a",
	    "Қарсылас ойынға толық құраммен шықпады" },
	{ 1, 2, { 5, 2 }, "14:20", NULL, NULL } };

static int
games_fn(struct ctx *cx, struct tx *tx, void *demo)
{
	struct demo *d = demo;
	struct tournament t;
	int64_t team[ARRAY_LEN(teams)];
	size_t i;

	kind_empty(&tournament_kind, &t);
	TRY(db_int(cx, &t.event,
	    "SELECT min(e.id) FROM event e JOIN event_kind k ON k.id = e.kind WHERE k.code = "
	    "'national_games' AND e.first_day = 20240322",
	    NO_VALS));
	t.name = (struct text3){ "Асық ату", "Асык ату", "Asyk throwing" };
	t.rules = "Әр кездесуде командалар кезекпен атады; ортадан шыққан асықтың саны есептеледі.";
	t.win = 3;
	t.draw = 1;
	t.loss = 0;
	t.walkover = 3;
	TRY(demo_insert(d, tx, &tournament_kind, &t));
	for (i = 0; i < ARRAY_LEN(teams); i++) {
		struct game_team g;

		kind_empty(&game_team_kind, &g);
		g.tournament = t.rec.id;
		g.name = teams[i].name;
		g.body = demo_body(d, teams[i].body)->id;
		g.people = teams[i].people;
		TRY(demo_insert(d, tx, &game_team_kind, &g));
		team[i] = g.rec.id;
	}
	for (i = 0; i < ARRAY_LEN(matches); i++) {
		struct game_match m;

		kind_empty(&game_match_kind, &m);
		m.tournament = t.rec.id;
		m.team_a = team[matches[i].a];
		m.team_b = team[matches[i].b];
		m.day = 20240322;
		m.starts = matches[i].starts;
		m.place = "Орталық стадион";
		m.state = matches[i].unplayed == NULL ? "played" : "cancelled";
		m.score_a = matches[i].scored[0];
		m.score_b = matches[i].scored[1];
		m.unplayed = matches[i].unplayed;
		m.reason = matches[i].reason;
		TRY(demo_insert(d, tx, &game_match_kind, &m));
	}
	return RC_OK;
}

/* ---- challenges ---- */

static const struct online {
	const char *event, *rules; /* event: a WHERE */
	struct text3 name;
	int from, to;
	bool asks_work;
	const char *works[4]; /* cycled; NULL = not asked */
	int entries, shown;   /* the first of them are shown, one more is refused */
} online[] = {
	{ "name_kk LIKE '«Менің туым%патриоттық%'",
	    "Мемлекеттік ту туралы қысқа бейнежазба түсіріп, өз парақшаңызда жариялаңыз да, "
	    "сілтемесін жіберіңіз.",
	    { "Менің туым — менің мақтанышым!", "Мой флаг — моя гордость!", "My flag, my pride!" },
	    20240604, 20240614, false, { NULL, NULL, NULL, NULL }, 18, 16 },
	{ "name_kk LIKE 'Абай қара сөздерін%'",
	    "Абайдың бір өлеңін немесе қара сөзін жатқа оқып, бейнежазбасын жариялаңыз да, "
	    "сілтемесін жіберіңіз.",
	    { "Абайды оқимыз", "Читаем Абая", "Reading Abai" }, 20240810, 20241231, true,
	    { "Он жетінші сөз", "Желсіз түнде жарық ай", "Отыз екінші сөз",
		"Ғылым таппай мақтанба" },
	    14, 10 },
};
static const char *const posts[] = { "https://www.instagram.com/reel/shanyraq-demo-",
	"https://www.tiktok.com/@shanyraq-demo/video/",
	"https://www.youtube.com/watch?v=shanyraq-demo-",
	"https://www.facebook.com/shanyraq-demo/posts/", "https://t.me/shanyraq_demo/" };

struct opening {
	struct demo *d;
	const struct online *o;
	int64_t id;
};

static int
challenge_fn(struct ctx *cx, struct tx *tx, void *opening)
{
	struct opening *p = opening;
	struct challenge c;

	kind_empty(&challenge_kind, &c);
	TRY(db_int(cx, &c.event,
	    arena_printf(cx->arena, "SELECT min(id) FROM event WHERE %s AND merged_into IS NULL",
		p->o->event),
	    NO_VALS));
	c.name = p->o->name;
	c.rules = p->o->rules;
	c.from_day = p->o->from;
	c.to_day = p->o->to;
	c.asks_work = p->o->asks_work;
	c.consent =
	    "Аты-жөнім мен жұмысымның сілтемесі осы сайтта челленджге байланысты, ол аяқталғаннан "
	    "кейін бір жыл бойы көрсетілуіне келісемін.";
	c.consent_version = "1";
	c.state = "open";
	TRY(demo_insert(p->d, tx, &challenge_kind, &c));
	p->id = c.rec.id;
	return RC_OK;
}

static int
enter(struct opening *p, int n)
{
	struct demo *d = p->d;
	struct ctx *cx = d->cx;
	bool female = demo_dice(d, 2) == 0, minor = demo_dice(d, 3) == 0;
	struct challenge_in in = {
		.challenge = p->id, .consents = true, .consent_version = "1", .minor = minor
	};
	struct challenge_decision say = { .version = 1, .action = "show" };
	struct challenge_made made;
	struct demo_name name, parent;

	demo_name(d, female, &name);
	demo_name(d, true, &parent);
	in.surname = name.surname;
	in.given = name.given;
	if (minor) {
		in.parent = arena_printf(cx->arena, "%s %s", parent.surname, parent.given);
		in.parent_consents = true;
	}
	in.link = arena_printf(cx->arena, "%s%04d", posts[demo_dice(d, ARRAY_LEN(posts))], n);
	in.lang = demo_dice(d, 4) == 0 ? "ru" : "kk";
	in.work = p->o->works[(size_t)n % ARRAY_LEN(p->o->works)];
	cx->today =
	    p->o->from + n / 3; /* the first days of a month's middle: no month ends between */
	TRY(challenge_enter(cx, &in, &made));
	if (n > p->o->shown)
		return RC_OK;
	say.id = made.id;
	if (n == p->o->shown) {
		say.action = "refuse";
		say.reason = "off_subject";
	}
	return challenge_decide(cx, &say);
}

int
demo_games(struct demo *d)
{
	struct ctx *cx = d->cx;
	int today = cx->today;
	size_t i;
	int n;

	TRY(db_write(cx, games_fn, d));
	for (i = 0; i < ARRAY_LEN(online); i++) {
		struct opening p = { d, &online[i], 0 };

		TRY(db_write(cx, challenge_fn, &p));
		demo_seed(d, 0xca11 + i);
		for (n = 0; n < online[i].entries; n++)
			TRY(enter(&p, n));
		cx->today = today;
	}
	return RC_OK;
}

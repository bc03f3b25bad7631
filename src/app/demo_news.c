/* demo_news.c – the newsroom of the demo's year: four rubrics and twelve articles in words of our own, with figures that
 * were frozen at the day of publication, and links to the events, bodies and programmes that they are about.
 *
 * TRAP: one translation is stale, since the original's words changed after it was checked; one is a machine draft; one
 * article was corrected in both languages; one is still being written. */
#include "app/demo_inner.h"

#include "mod/news/news.h"

static const struct {
	const char *code;
	struct text3 name;
} rubrics[] = {
	{ "assambleya", { "Ассамблея", "Ассамблея", "The Assembly" } },
	{ "til", { "Тіл", "Язык", "Language" } },
	{ "jastar", { "Жастар", "Молодёжь", "Youth" } },
	{ "qaiyrymdylyq", { "Қайырымдылық", "Благотворительность", "Charity" } },
};

struct written {
	int day;      /* of publication; 0 = a draft */
	bool undated; /* when it was written is not known */
	size_t rubric;
	const char *body, *programme; /* codes: whose news, and what it is about; NULL = none */
	const char *author;
	const char *ru_state, *en_state; /* NULL = no text */
	struct text3 title, lead, text;
	/* Changed on a later day: in Kazakh, and in Russian where that was done in one go. */
	int corrected;
	const char *kk_then, *ru_then, *correction;
};

#define PRESS "Хатшылықтың баспасөз қызметі"

static const struct written articles[] = {
	{ .day = 20240118,
	    .rubric = 1,
	    .body = "mamile",
	    .programme = "mamile",
	    .author = PRESS,
	    .ru_state = "checked",
	    .en_state = "checked",
	    .title = { "«Мәміле» клубы жаңа топтарға шақырады",
		"Клуб «Мәміле» приглашает в новые группы",
		"The Mamile club invites to new groups" },
	    .lead = { "Қазақ тілін күнделікті әңгімеден үйренгісі келетіндер үшін кешкі топтар "
		      "ашылды.",
		"Открыты вечерние группы для тех, кто хочет учить казахский язык в живой беседе.",
		"Evening groups are open for those who want to learn Kazakh by talking." },
	    .text = { "Сабақ Достық үйінде аптасына екі рет, жұмыстан кейін өтеді. Оқытушы "
		      "дүкендегі, аялдамадағы, емханадағы әңгімеден бастайды.\n\n## Қалай "
		      "жазылуға болады\n\n- хатшылыққа келіп;\n- телефонмен;\n- клуб сабағында.\n\n"
		      "Сабақ тегін, жасқа шек жоқ.",
		"Занятия проходят в Доме дружбы два раза в неделю, после работы. Преподаватель "
		"начинает с разговора в магазине, на остановке, в поликлинике.\n\n## Как "
		"записаться\n\n- в секретариате;\n- по телефону;\n- на занятии клуба.\n\nЗанятия "
		"бесплатные, возраст не ограничен.",
		"Lessons take place in the House of Friendship twice a week, after work. The "
		"teacher "
		"begins with talk in a shop, at a bus stop, at the doctor's.\n\nLessons are free "
		"of "
		"charge, for every age." } },
	{ .day = 20240324,
	    .rubric = 0,
	    .programme = "nauryz",
	    .author = PRESS,
	    .ru_state = "checked",
	    .title = { "Наурыз он күнге созылды", "Наурыз длился десять дней", NULL },
	    .lead = { "Көрісу күнінен басталған мереке облыстың барлық ауданын қамтыды.",
		"Праздник, начавшийся с Амала, охватил все районы области.", NULL },
	    .text = { "Мерекелік онкүндікте этномәдени бірлестіктер бірге дастарқан жайып, ән-күй "
		      "мен ұлттық ойындарын көрсетті. Облыста {figure:eca_count on=2024-03-24} "
		      "бар, "
		      "олардың бәрі мерекеге қатысты.\n\nЖыл басынан бері Ассамблея "
		      "**{figure:events_total on=2024-03-24}** өткізді.",
		"В праздничную декаду этнокультурные объединения накрыли общий дастархан, показали "
		"песни и национальные игры. В области {figure:eca_count on=2024-03-24}, и все они "
		"участвовали в празднике.\n\nС начала года Ассамблея провела "
		"**{figure:events_total on=2024-03-24}**.",
		NULL } },
	{ .day = 20240412,
	    .rubric = 3,
	    .programme = "flood",
	    .author = PRESS,
	    .ru_state = "checked",
	    .title = { "Тасқыннан зардап шеккендерге көмек жиналып жатыр",
		"Идёт сбор помощи пострадавшим от паводка", NULL },
	    .lead = { "Достық үйінде азық-түлік, жылы киім мен су қабылданады.",
		"В Доме дружбы принимают продукты, тёплые вещи и воду.", NULL },
	    .text = { "Бірлестіктер мен жастар кезекпен келіп, жинақтарды сұрыптап жатыр. Алдымен "
		      "балалы отбасылар мен қарттарға жеткізіледі.\n\nКөмектің бәрі тізілімге "
		      "жазылады: кімнен келгені де, қайда кеткені де белгілі.",
		"Объединения и молодёжь по очереди сортируют наборы. Первыми их получают семьи с "
		"детьми и пожилые люди.\n\nВся помощь вносится в реестр: известно и от кого она "
		"поступила, и куда ушла.",
		NULL } },
	{ .day = 20240502,
	    .rubric = 0,
	    .author = PRESS,
	    .ru_state = "checked",
	    .en_state = "machine",
	    .title = { "Бірлік күні: ортақ бау отырғызылды", "День единства: посажен общий сад",
		"Unity Day: a common garden was planted" },
	    .lead = { "Әр бірлестік өз ағашын екті.", "Каждое объединение посадило своё дерево.",
		"Every association planted a tree of its own." },
	    .text = { "Қала шетіндегі жерге алма, шие мен қайың отырғызылды. Күтімін жастар мен "
		      "ақсақалдар бірге мойнына алды.",
		"На окраине города посажены яблони, вишни и берёзы. Ухаживать за ними взялись "
		"вместе молодёжь и старейшины.",
		"At the edge of the town apple trees, cherries and birches were planted. The young "
		"and the elders will care for them together." },
	    .corrected = 20240503,
	    .kk_then = "Қала шетіндегі жерге алма, өрік, шие мен қайың отырғызылды. Күтімін жастар "
		       "мен ақсақалдар бірге мойнына алды.",
	    .ru_then = "На окраине города посажены яблони, абрикосы, вишни и берёзы. Ухаживать за "
		       "ними взялись вместе молодёжь и старейшины.",
	    .correction = "Отырғызылған ағаштардың арасында өрік те бар екені қосылды." },
	{ .day = 20240605,
	    .rubric = 2,
	    .body = "youth",
	    .programme = "tuym",
	    .author = "Жастар бөлімі",
	    .ru_state = "checked",
	    .title = { "Ту туралы бейнеге мыңнан аса жас үн қосты",
		"Ролики о флаге: откликнулось больше тысячи молодых людей", NULL },
	    .lead = { "4 маусым – Мемлекеттік рәміздер күніне орай челлендж басталды.",
		"Челлендж начался ко Дню государственных символов – 4 июня.", NULL },
	    .text = { "Қатысушылар тудың түсі мен өрнегі нені білдіретінін өз сөзімен айтып берді. "
		      "Үздік жұмыстар маусымның соңында аталады.",
		"Участники своими словами рассказали, что означают цвет и узор флага. Лучшие "
		"работы "
		"назовут в конце июня.",
		NULL } },
	{ .day = 20240722,
	    .rubric = 2,
	    .body = "youth",
	    .programme = "dostyq",
	    .author = "Жастар бөлімі",
	    .ru_state = "checked",
	    .title = { "Жазғы лагерьдің бірінші ауысымы аяқталды",
		"Завершилась первая смена летнего лагеря", NULL },
	    .lead = { "Әр ауданнан келген балалар бір апта бірге тұрды.",
		"Дети из всех районов прожили вместе неделю.", NULL },
	    .text = { "Таңертең – жаттығу, түстен кейін – шеберхана, кешке – от басындағы әңгіме. "
		      "Балалар бір-бірінің тілінде амандасуды үйренді.\n\n> Енді әр ауданда досым "
		      "бар.",
		"Утром – зарядка, после обеда – мастерские, вечером – разговор у костра. Дети "
		"научились здороваться на языках друг друга.\n\n> Теперь у меня друзья в каждом "
		"районе.",
		NULL } },
	{ .day = 20240905,
	    .rubric = 1,
	    .body = "qazaqvibe",
	    .programme = "vibe",
	    .author = PRESS,
	    .ru_state = "checked",
	    .title = { "Тілдер күніне орай ашық сабақтар өтеді",
		"Ко Дню языков пройдут открытые уроки", NULL },
	    .lead = { "Қыркүйек бойы әр сенбіде курстар есігін ашады.",
		"Весь сентябрь по субботам курсы открывают двери.", NULL },
	    .text = { "Ашық сабаққа жазылу қажет емес. Бірінші сағатта амандасу мен танысу, "
		      "екіншісінде ән мен ойын.",
		"Записываться на открытый урок не нужно. В первый час – приветствия и знакомство, "
		"во второй – песни и игры.",
		NULL } },
	{ .day = 20241001,
	    .rubric = 3,
	    .programme = "taza",
	    .author = PRESS,
	    .ru_state = "checked",
	    .title = { "Өзен жағасы қоқыстан тазартылды", "Берег реки очищен от мусора", NULL },
	    .lead = { "Сенбілікке бірлестіктер, оқушылар мен көрші аулалар шықты.",
		"На субботник вышли объединения, школьники и жители соседних дворов.", NULL },
	    .text = { "Жиналған қоқыс сол күні сұрыпталып, шығарылды. Келесі сенбілік көктемде "
		      "болады.",
		"Собранный мусор в тот же день рассортировали и вывезли. Следующий субботник – "
		"весной.",
		NULL },
	    .corrected = 20241002,
	    .kk_then = "Жиналған қоқыс сол күні сұрыпталып, шығарылды. Келесі сенбілік сәуірде "
		       "болады.",
	    .correction = "Келесі сенбіліктің уақыты нақтыланды." },
	{ .day = 20241018,
	    .undated = true,
	    .rubric = 0,
	    .body = "experts",
	    .programme = "eltanu",
	    .author = "Сарапшылар тобы",
	    .ru_state = "checked",
	    .title = { "«Елтану»: өлкенің тарихы бір картада",
		"«Елтану»: история края на одной карте", NULL },
	    .lead = { "Ауыл аттарының шығу тегі жинақталды.",
		"Собраны сведения о происхождении названий сёл.", NULL },
	    .text = { "Сарапшылар ақсақалдардың айтқанын мұрағаттағы жазбамен салыстырды. Карта "
		      "мектептерге беріледі.",
		"Эксперты сопоставили рассказы старейшин с записями архива. Карту передадут "
		"школам.",
		NULL } },
	{ .day = 20241108,
	    .rubric = 1,
	    .body = "mamile",
	    .programme = "mamile",
	    .author = PRESS,
	    .ru_state = "checked",
	    .title = { "Тілдесу клубының күзгі топтары толды",
		"Осенние группы разговорного клуба заполнены", NULL },
	    .lead = { "Тыңдаушылардың арасында студент те, зейнеткер де бар.",
		"Среди слушателей есть и студенты, и пенсионеры.", NULL },
	    .text = { "Биыл «Мәміле» клубында {figure:club_learners on=2024-11-08} бар. Әр "
		      "сабақтан "
		      "кейін олар күнделікті өмірде бірден қолдана алатын он сөйлем алып қайтады.",
		"В этом году в клубе «Мәміле» {figure:club_learners on=2024-11-08}. После каждого "
		"занятия они уносят десять фраз, которые сразу пригодятся в жизни.",
		NULL } },
	{ .day = 20241115,
	    .rubric = 0,
	    .author = PRESS,
	    .ru_state = "checked",
	    .en_state = "checked",
	    .title = { "Ынтымақ – бәріміздің ортақ ісіміз", "Согласие – наше общее дело",
		"Accord is our common work" },
	    .lead = { "Жыл басынан бергі жұмыс санмен де, адамдардың сөзімен де көрінеді.",
		"Работа с начала года видна и в числах, и в словах людей.",
		"The work of the year is seen in numbers and in people's words." },
	    .text = { "Биыл Ассамблея **{figure:events_total on=2024-11-15}** өткізді. Оларда "
		      "{figure:participants_total on=2024-11-15 say=over} тіркелді.\n\n## "
		      "Бірлестіктер\n\nОблыста {figure:eca_count on=2024-11-15} жұмыс істейді, "
		      "оларда {figure:eca_members on=2024-11-15} бар.\n\n| Не саналды | Саны "
		      "|\n|---|---|\n| Іс-шаралар | {figure:events_total on=2024-11-15 noun=no} "
		      "|\n| Тіл үйренушілер | {figure:club_learners on=2024-11-15 noun=no} |\n\nӘр "
		      "санды басып, оның қайдан шыққанын көруге болады.",
		"В этом году Ассамблея провела **{figure:events_total on=2024-11-15}**. На них "
		"отмечено {figure:participants_total on=2024-11-15 say=over}.\n\n## "
		"Объединения\n\nВ области {figure:eca_count on=2024-11-15}, в них "
		"{figure:eca_members on=2024-11-15}.\n\nКаждое число можно открыть и увидеть, "
		"откуда оно.",
		"This year the Assembly held **{figure:events_total on=2024-11-15}**.\n\n## "
		"Associations\n\nThe region has {figure:eca_count on=2024-11-15} with "
		"{figure:eca_members on=2024-11-15}.\n\nEvery number opens to where it comes "
		"from." } },
	{ .rubric = 2,
	    .body = "youth",
	    .programme = "life",
	    .author = "Жастар бөлімі",
	    .title = { "«Жастар LIFE»: кімдер қатысады", NULL, NULL },
	    .lead = { NULL, NULL, NULL },
	    .text = { "Қатысушылар тізімі келесі аптада жарияланады.", NULL, NULL } },
};

static int
rubrics_fn(struct ctx *cx, struct tx *tx, void *ids)
{
	int64_t *id = ids;
	size_t i;

	for (i = 0; i < ARRAY_LEN(rubrics); i++) {
		struct rubric r;

		kind_empty(&rubric_kind, &r);
		r.code = rubrics[i].code;
		r.name = rubrics[i].name;
		r.rank = (int64_t)i + 1;
		TRY(kind_insert_tx(cx, tx, &rubric_kind, &r));
		id[i] = r.rec.id;
	}
	return RC_OK;
}

static int
links(struct demo *d, const struct written *w, int64_t article)
{
	struct ctx *cx = d->cx;
	struct article_link l;
	int64_t event;
	size_t i;

	kind_empty(&article_link_kind, &l);
	l.article = article;
	for (i = 0; w->programme != NULL && i < demo_nprogrammes; i++)
		if (strcmp(demo_programmes[i].code, w->programme) == 0) {
			l.programme = d->programmes[i];
			TRY(kind_insert(cx, &article_link_kind, &l));
			/* The last event of the programme that was held by then. */
			TRY(db_int(cx, &event,
			    "SELECT coalesce(max(id), 0) FROM event WHERE programme = $1 AND "
			    "first_day <= $2 AND state = 'reported' AND merged_into IS NULL",
			    VALS(v_int(l.programme), v_int(w->day == 0 ? DEMO_TODAY : w->day))));
			l.programme = 0;
			l.event = event;
			l.rec = (struct rec){ 0 };
			if (event != 0)
				TRY(kind_insert(cx, &article_link_kind, &l));
		}
	return RC_OK;
}

static int
step(struct ctx *cx, struct article *a, const char *action)
{
	TRY(article_do(cx, &(struct article_move){ a->rec.id, a->rec.version, action, NULL }));
	return kind_load(cx, &article_kind, a->rec.id, a);
}

static int
correct(struct ctx *cx, const struct written *w, struct article *a)
{
	cx->today = w->corrected;
	a->text.kk = w->kk_then;
	if (w->ru_then != NULL)
		a->text.ru = w->ru_then;
	a->correction = w->correction;
	return kind_update(cx, &article_kind, a);
}

static int
write_one(struct demo *d, const struct written *w, const int64_t *rubric)
{
	struct ctx *cx = d->cx;
	struct article a;

	kind_empty(&article_kind, &a);
	cx->today = w->day == 0 ? DEMO_TODAY : w->day;
	a.rubric = rubric[w->rubric];
	a.body = w->body == NULL ? 0 : demo_body(d, w->body)->id;
	a.original = "kk";
	a.title = w->title;
	a.lead = w->lead;
	a.text = w->text;
	a.ru_state = w->ru_state;
	a.en_state = w->en_state;
	a.author = w->author;
	a.office = "Ассамблея хатшылығы";
	a.dated = w->undated ? 0 : w->day;
	TRY(kind_insert(cx, &article_kind, &a));
	TRY(links(d, w, a.rec.id));
	if (w->day == 0)
		return RC_OK;
	TRY(step(cx, &a, "send"));
	TRY(step(cx, &a, "publish"));
	return w->corrected == 0 ? RC_OK : correct(cx, w, &a);
}

int
demo_news(struct demo *d)
{
	struct ctx *cx = d->cx;
	int64_t rubric[ARRAY_LEN(rubrics)];
	size_t i;
	int rc = RC_OK;

	TRY(db_write(cx, rubrics_fn, rubric));
	for (i = 0; i < ARRAY_LEN(articles) && rc == RC_OK; i++) {
		struct arena_mark mark = arena_mark(cx->arena);

		rc = write_one(d, &articles[i], rubric);
		db_end(cx);
		arena_rewind(cx->arena, mark);
	}
	cx->today = DEMO_TODAY;
	return rc;
}

/* demo_traps.c – events that must not stand in events_total of the year up to the business day: coming
 * ones, last year's, postponed and cancelled ones, relief work and lessons, reports merged into
 * another, next year's contest. */
#include "app/demo_inner.h"

#define HALL "Достық үйі, үлкен зал"
#define CONF "Достық үйі, мәжіліс залы"
#define ROOM "Достық үйі, 204-кабинет"
#define CITY "151000000"
/* TRAP: relief is work, not an event of the year's figure. */
#define RELIEF(day_, kind_, kk_, ru_, en_, body_, district_, place_, count_)                       \
	{ .first = day_, .name = { kk_, ru_, en_ }, .kind = kind_, .programme = "flood", .body = body_, \
	    .with = NULL, .district = district_, .place = place_, .lang = "kk_ru", .goal = "charity",  \
	    .basis = count_ > 0 ? HEADS : NO_COUNT, .count = count_ }
#define HQ(day_) RELIEF(day_, "hq_meeting", "Аймақтық штабтың отырысы", "Заседание регионального штаба", "Meeting of the regional headquarters", "hq-2024", CITY, CONF, 14)
#define MEALS(day_, count_) RELIEF(day_, "hot_meals", "Құтқарушылар мен еріктілерге ыстық тамақ тарату", "Раздача горячего питания спасателям и волонтерам", "Hot meals for rescuers and volunteers", "zhomart", CITY, "Достық үйінің асханасы", count_)
#define DELIVERY(day_, body_, district_, count_) RELIEF(day_, "aid_delivery", "Эвакуациялық орталыққа азық-түлік пен тұрмыстық заттар жеткізу", "Доставка продуктов питания и предметов быта в эвакуационный центр", "Food and household goods to an evacuation centre", body_, district_, "Эвакуация орталығы", count_)
#define COLLECTION(day_, body_, count_) RELIEF(day_, "aid_collection", "Су тасқынынан зардап шеккендерге көмек жинау", "Сбор помощи пострадавшим от паводка", "Collecting aid for those hit by the flood", body_, CITY, "Достық үйі", count_)
/* TRAP: lessons of a course are not events. */
#define LESSON(day_, programme_, body_, kk_, ru_, en_, count_)                                     \
	{ .first = day_, .name = { kk_, ru_, en_ }, .kind = "language_course", .programme = programme_, .body = body_, \
	    .district = CITY, .place = ROOM, .starts = "18:30", .lang = "kk", .goal = "language", .basis = LISTED, \
	    .count = count_ }
#define ABAY(day_, count_) LESSON(day_, "abay", "abay-course", "«Abay» ситуациялық қазақ тілі курсының сабағы", "Занятие курса ситуативного казахского языка «Abay»", "Lesson of the «Abay» course of situational Kazakh", count_)
#define VIBE(day_, count_) LESSON(day_, "vibe", "qazaqvibe", "«QazaqVibe» курсының сабағы", "Занятие курса «QazaqVibe»", "Lesson of the «QazaqVibe» course", count_)

const struct article_event demo_traps[] = {
	/* TRAP: December 2023, one of them lasting into the year. */
	{ .first = 20231216, .name = { "Тәуелсіздік күніне арналған салтанатты жиын", "Торжественное собрание ко Дню Независимости", "Ceremony on Independence Day" },
	    .kind = "ceremony", .observance = "independence_day", .body = "apk", .district = CITY, .place = HALL,
	    .starts = "11:00", .lang = "kk_ru", .goal = "homeland", .basis = HEADS, .count = 140 },
	{ .first = 20231226, .name = { "Ассамблеяның жылдық қорытынды отырысы", "Итоговое заседание Ассамблеи", "Closing meeting of the year" },
	    .kind = "council_meeting", .body = "council", .district = CITY, .place = CONF, .starts = "10:00", .lang = "kk",
	    .goal = "policy", .basis = LISTED, .count = 26 },
	{ .first = 20231230, .last = 20240102, .name = { "Жаңажылдық достық көрмесі", "Новогодняя выставка дружбы", "New Year exhibition of friendship" },
	    .kind = "exhibition", .observance = "new_year", .body = "house", .district = CITY, .place = HALL, .lang = "kk_ru",
	    .goal = "culture", .basis = DECLARED, .count = 200 },
	/* TRAP: two more reports of the «Bauyrsaqfest» contest, by the district and by the House. */
	{ .key = "bauyrsaq-2", .first = 20240321, .name = { "Бауырсақ фестивалі «Bauyrsaqfest»", "Фестиваль баурсаков «Bauyrsaqfest»", "Bauyrsaq festival «Bauyrsaqfest»" },
	    .kind = "food_contest", .programme = "nauryz", .body = "accord-1510", .district = CITY, .place = "Қала алаңы",
	    .starts = "13:00", .lang = "kk", .goal = "culture", .basis = LISTED, .count = 20 },
	{ .key = "bauyrsaq-3", .first = 20240322, .name = { "«Bauyrsaqfest» тағам байқауы", "Кулинарный конкурс «Bauyrsaqfest»", "«Bauyrsaqfest» cooking contest" },
	    .kind = "food_contest", .body = "house", .district = CITY, .place = "Қала алаңы", .starts = "13:00", .lang = "kk_ru",
	    .goal = "culture", .basis = HEADS, .count = 90 },
	/* TRAP: postponed, cancelled, and planned on days that have passed. */
	{ .first = 20240406, .name = { "Көктемгі ұлттық ойындар", "Весенние национальные игры", "Spring national games" },
	    .kind = "national_games", .body = "eca01", .district = "153200000", .place = "Алға қаласының стадионы",
	    .starts = "11:00", .lang = "kk", .goal = "culture", .state = "postponed", .reason = "Су тасқынына байланысты" },
	{ .first = 20240413, .name = { "Достық кроссы", "Кросс дружбы", "Friendship cross-country run" }, .kind = "sport_tournament",
	    .body = "eca02", .district = "154600000", .place = "Мәртөк ауылы", .starts = "10:00", .lang = "kk_ru", .goal = "trust",
	    .state = "cancelled", .reason = "Су тасқынына байланысты" },
	{ .first = 20240622, .name = { "Сабантой мерекесі", "Праздник Сабантуй", "Sabantuy holiday" }, .kind = "festival",
	    .observance = "sabantuy", .body = "eca03", .district = "154600000", .place = "Мәртөк ауылы", .starts = "11:00",
	    .lang = "kk_ru", .goal = "culture", .state = "postponed", .reason = "Ауа райына байланысты" },
	{ .first = 20240928, .name = { "Аудандық пікірсайыс турнирі", "Районный дебатный турнир", "District debate tournament" },
	    .kind = "debate", .body = "youth", .district = "155200000", .place = "Ойыл ауылы", .starts = "11:00", .lang = "kk",
	    .goal = "unity", .state = "cancelled", .reason = "Ұйымдастырушының шешімі" },
	{ .first = 20241102, .name = { "Этноауыл жәрмеңкесі", "Ярмарка этноаула", "Ethno-village fair" }, .kind = "fair",
	    .body = "entrepreneurs", .district = CITY, .place = "Қала алаңы", .starts = "11:00", .lang = "kk_ru", .goal = "culture",
	    .state = "planned" },
	HQ(20240329), HQ(20240401), HQ(20240404), HQ(20240408), HQ(20240412), HQ(20240419), HQ(20240506), HQ(20240527),
	MEALS(20240402, 120), MEALS(20240405, 160), MEALS(20240408, 180), MEALS(20240411, 150), MEALS(20240415, 90),
	DELIVERY(20240403, "eca02", CITY, 85), DELIVERY(20240404, "eca03", "154600000", 60), DELIVERY(20240406, "eca08", "154200000", 54),
	DELIVERY(20240407, "mothers", "155200000", 70), DELIVERY(20240410, "eca10", "156800000", 48), DELIVERY(20240414, "entrepreneurs", "154800000", 0),
	COLLECTION(20240401, "zhomart", 0), COLLECTION(20240402, "youth", 65), COLLECTION(20240403, "eca05", 0), COLLECTION(20240409, "eca17", 38),
	ABAY(20240213, 18), ABAY(20240312, 17), ABAY(20240514, 20), ABAY(20240917, 22), ABAY(20241015, 24), ABAY(20241105, 23),
	VIBE(20240222, 15), VIBE(20240418, 19), VIBE(20240926, 21), VIBE(20241024, 26),
	/* TRAP: coming ones; they may be planned or approved, never counted before they were held. */
	{ .key = "dostyq-evening", .first = 20241116, .name = { "Төзімділік күніне арналған достық кеші", "Вечер дружбы ко Дню толерантности", "Evening of friendship on the Day of Tolerance" },
	    .kind = "concert", .observance = "tolerance_day", .body = "secretariat", .with = "eca03", .district = CITY, .place = HALL,
	    .starts = "17:00", .lang = "kk_ru", .goal = "trust", .state = "approved" },
	{ .first = 20241119, .name = { "«Abay» ситуациялық қазақ тілі курсының сабағы", "Занятие курса ситуативного казахского языка «Abay»", "Lesson of the «Abay» course of situational Kazakh" },
	    .kind = "language_course", .programme = "abay", .body = "abay-course", .district = CITY, .place = ROOM, .starts = "18:30",
	    .lang = "kk", .goal = "language", .state = "approved" },
	{ .first = 20241120, .name = { "«Мәміле» тілдесу клубының ашық сабағы", "Открытое занятие клуба «Мәміле»", "Open session of the Mamile conversation club" },
	    .kind = "language_club", .programme = "mamile", .body = "mamile", .district = CITY, .place = ROOM, .starts = "18:30",
	    .lang = "kk", .goal = "language", .state = "approved" },
	{ .first = 20241122, .name = { "«Жастар LIFE» реалити шоуының түсірілімі", "Съемки реалити-шоу «Жастар LIFE»", "Shooting of the «Жастар LIFE» reality show" },
	    .kind = "reality_show", .programme = "life", .body = "youth", .district = CITY, .place = "Жастар орталығы", .starts = "14:00",
	    .lang = "kk", .goal = "homeland", .state = "approved" },
	{ .first = 20241123, .name = { "«Елтану» жобасы: өлке тарихы туралы лекторий сағаты", "Проект «Елтану»: лекторий об истории края", "«Елтану» project: lectorium hour on local history" },
	    .kind = "lectorium", .programme = "eltanu", .body = "experts", .district = "156000000", .place = "Мәдениет үйі, Хромтау қаласы",
	    .starts = "11:00", .lang = "kk", .goal = "model", .state = "approved" },
	{ .first = 20241126, .name = { "Жылы киім жинау акциясы", "Акция по сбору теплой одежды", "Warm clothes drive" }, .kind = "charity_drive",
	    .body = "zhomart", .with = "volunteers", .district = CITY, .place = "Достық үйі", .starts = "10:00", .lang = "kk_ru",
	    .goal = "charity", .state = "approved" },
	{ .first = 20241128, .name = { "Ассамблея кеңесінің отырысы", "Заседание Совета Ассамблеи", "Meeting of the Council of the Assembly" },
	    .kind = "council_meeting", .body = "council", .district = CITY, .place = CONF, .starts = "10:00", .lang = "kk", .goal = "policy",
	    .state = "planned" },
	{ .first = 20241130, .name = { "Көрме: халықтар киімі", "Выставка: одежда народов", "Exhibition: dress of the peoples" },
	    .kind = "exhibition", .body = "eca16", .district = CITY, .place = HALL, .starts = "11:00", .lang = "kk_ru", .goal = "culture",
	    .state = "approved" },
	{ .first = 20241205, .name = { "Еріктілер күніне арналған марапаттау рәсімі", "Награждение ко Дню волонтеров", "Awards on Volunteers' Day" },
	    .kind = "award_ceremony", .observance = "volunteers_day", .body = "youth", .with = "volunteers", .district = CITY, .place = HALL,
	    .starts = "15:00", .lang = "kk_ru", .goal = "charity", .state = "approved" },
	/* TRAP: next year's contest of the same name. */
	{ .first = 20250322, .name = { "«Bauyrsaqfest» байқауы", "Конкурс «Bauyrsaqfest»", "«Bauyrsaqfest» contest" }, .kind = "food_contest",
	    .observance = "nauryz_2", .body = "mothers", .district = CITY, .place = "Қала алаңы", .starts = "13:00", .lang = "kk",
	    .goal = "culture", .state = "planned" },
};
const size_t demo_ntraps = ARRAY_LEN(demo_traps);

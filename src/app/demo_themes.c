/* demo_themes.c – what the year is filled with besides the events that stand by name: meetings, clubs,
 * lectures, games, readings, help. %s is the topic, the district or the association. The last field
 * of a theme is the way in which its visitors are usually counted. */
#include "app/demo_inner.h"

#define T(kk, ru, en) { kk, ru, en }
static const struct text3 eltanu[] = {
	T("өлке тарихы", "История края", "local history"),
	T("мемлекеттік рәміздер тарихы", "История государственных символов", "the history of the state symbols"),
	T("қоғамдық келісімнің қазақстандық моделі", "Казахстанская модель общественного согласия", "the Kazakhstan model of public accord"),
	T("Ассамблеяның құрылу тарихы", "История создания Ассамблеи", "how the Assembly came to be"),
	T("туған жердің киелі орындары", "Сакральные места родного края", "sacred places of the native land"),
	T("халықтардың салт-дәстүрлері", "Традиции народов", "traditions of the peoples"),
	T("Конституция және азаматтық жауапкершілік", "Конституция и гражданская ответственность", "the Constitution and civic duty"),
	T("медиация және татулық мәдениеті", "Медиация и культура согласия", "mediation and the culture of accord"),
};
static const struct text3 mamile[] = {
	T("«Танысу»", "«Знакомство»", "Getting acquainted"), T("«Отбасы»", "«Семья»", "Family"),
	T("«Ұлттық тағамдар»", "«Национальные блюда»", "National dishes"), T("«Дүкенде»", "«В магазине»", "At the shop"),
	T("«Қонақта»", "«В гостях»", "Visiting friends"), T("«Жыл мезгілдері»", "«Времена года»", "Seasons"),
	T("«Мақал-мәтелдер»", "«Пословицы и поговорки»", "Proverbs"), T("«Ән мен күй»", "«Песня и кюй»", "Song and kui"),
	T("«Қала көшелерінде»", "«На улицах города»", "In the streets"), T("«Дәрігерде»", "«У врача»", "At the doctor's"),
	T("«Мереке дастарқаны»", "«Праздничный стол»", "The festive table"), T("«Балалар ойындары»", "«Детские игры»", "Children's games"),
};
static const struct text3 mothers[] = {
	T("отбасы құндылықтары", "семейные ценности", "family values"),
	T("көпбалалы аналарды қолдау", "поддержка многодетных матерей", "support for large families"),
	T("бала тәрбиесі және кітап", "воспитание и книга", "upbringing and books"),
	T("жас отбасы мектебі", "школа молодой семьи", "school of young families"),
};
static const struct text3 elders[] = {
	T("жастар тәрбиесі", "воспитание молодежи", "upbringing of the young"),
	T("ауылдағы татулық", "согласие в ауле", "accord in the village"),
	T("бата беру дәстүрі", "традиция благословения", "the tradition of blessing"),
};
static const struct text3 dialogue[] = {
	T("«Бірлігіміз – әртүрлілікте»", "«Наше единство – в многообразии»", "Our unity is in diversity"),
	T("«Жастар және қоғамдық келісім»", "«Молодежь и общественное согласие»", "Youth and public accord"),
	T("«Тіл – татулық тірегі»", "«Язык – опора согласия»", "Language, the pillar of accord"),
	T("«Әлеуметтік желідегі мәдениет»", "«Культура общения в сети»", "Manners on social networks"),
	T("«Еңбек адамы»", "«Человек труда»", "Working people"),
};
static const struct text3 crafts[] = {
	T("ұлттық тағамдар", "национальные блюда", "national dishes"), T("қолөнер бұйымдары", "ремесла", "crafts"),
	T("халық би өнері", "народные танцы", "folk dances"), T("ұлттық ою-өрнек", "национальный орнамент", "national ornament"),
	T("халық аспаптары", "народные инструменты", "folk instruments"),
};
static const struct text3 shows[] = {
	T("бір шаңырақ астында", "под одним шаныраком", "under one shanyraq"), T("қолөнер әлемі", "мир ремесел", "the world of crafts"),
	T("туған жер суреттері", "картины родной земли", "pictures of the native land"),
	T("отбасы мұрағаты", "семейный архив", "the family archive"),
};
static const struct text3 books[] = {
	T("халықтар ертегілері", "сказки народов", "tales of the peoples"),
	T("ауыз әдебиеті жинағы", "сборник устного творчества", "a collection of oral lore"),
	T("өлкетану мақалалары", "краеведческие статьи", "essays on local lore"),
};
static const struct text3 sports[] = {
	T("шағын футбол", "мини-футбол", "futsal"), T("волейбол", "волейбол", "volleyball"),
	T("тоғызқұмалақ", "тогызкумалак", "togyzqumalaq"), T("арқан тартыс", "перетягивание каната", "tug of war"),
	T("асық ату", "асык ату", "asyq atu"), T("шахмат", "шахматы", "chess"),
};
static const struct text3 quizzes[] = {
	T("«Ел тарихы»", "«История страны»", "History of the country"), T("«Халықтар мәдениеті»", "«Культура народов»", "Culture of the peoples"),
	T("«Тіл білгірі»", "«Знаток языка»", "Master of the language"), T("«Рәміздер»", "«Символы»", "Symbols"),
};
static const struct text3 help[] = {
	T("«Мейірім дастарқаны»", "«Стол милосердия»", "Table of mercy"), T("«Қамқорлық»", "«Забота»", "Care"),
	T("«Кітап сыйла»", "«Подари книгу»", "Give a book"), T("«Жылы лебіз»", "«Теплое слово»", "A warm word"),
};
static const struct text3 studies[] = {
	T("этносаралық қатынастар мониторингі", "мониторинг межэтнических отношений", "monitoring of interethnic relations"),
	T("ұсынымдардың орындалуы", "исполнение рекомендаций", "carrying out of recommendations"),
	T("сауалнама қорытындысы", "итоги опроса", "results of the survey"),
};
static const struct text3 media[] = {
	T("этносаралық тақырыптағы жазу мәдениеті", "этика публикаций на межэтнические темы", "writing on interethnic topics"),
	T("Ассамблеяның айлық жұмысы", "работа Ассамблеи за месяц", "the month's work of the Assembly"),
	T("тілдесу клубының тәжірибесі", "опыт разговорного клуба", "experience of the conversation club"),
};
static const struct text3 films[] = {
	T("достық туралы деректі фильм", "документальный фильм о дружбе", "a documentary on friendship"),
	T("туған өлке туралы фильм", "фильм о родном крае", "a film on the native land"),
};

#define TOPICS(t) .slot = SLOT_TOPIC, .topics = t, .ntopics = ARRAY_LEN(t)
#define YEAR "JFMAmjuaSON"
#define SCHOOL "JFMAmSON"
const struct demo_theme demo_themes[] = {
	{ .name = T("«Елтану» жобасы: %s туралы лекторий сағаты", "Проект «Елтану»: лекторий «%s»", "«Елтану» project: lectorium hour on %s"),
	    .kind = "lectorium", .programme = "eltanu", .body = "experts", TOPICS(eltanu), .away = true, .months = SCHOOL,
	    .weight = 11, .low = 16, .high = 34, .basis = LISTED, .starts = "11:00", .goal = "model" },
	{ .name = T("«Мәміле» тілдесу клубының отырысы: %s", "Заседание клуба «Мәміле»: %s", "Mamile conversation club: %s"),
	    .kind = "language_club", .programme = "mamile", .body = "mamile", TOPICS(mamile), .months = SCHOOL, .weight = 15,
	    .low = 18, .high = 38, .weekday = 3, .basis = SCANNED, .starts = "18:30", .goal = "language" },
	{ .name = T("Аналар кеңесінің отырысы: %s", "Заседание Совета матерей: %s", "Council of Mothers: %s"), .kind = "council_meeting",
	    .body = "mothers", TOPICS(mothers), .months = YEAR, .weight = 4, .low = 12, .high = 26, .basis = LISTED,
	    .starts = "15:00", .goal = "harmony" },
	{ .name = T("Аналар кеңесінің көшпелі отырысы: %s", "Выездное заседание Совета матерей: %s", "Council of Mothers away: %s"),
	    .kind = "visiting_meeting", .body = "mothers", .slot = SLOT_DISTRICT, .away = true, .months = YEAR, .weight = 5, .low = 14,
	    .high = 32, .basis = LISTED, .starts = "11:00", .goal = "harmony" },
	{ .name = T("Ақсақалдар кеңесінің отырысы: %s", "Заседание Совета аксакалов: %s", "Council of Elders: %s"), .kind = "council_meeting",
	    .body = "elders", TOPICS(elders), .months = YEAR, .weight = 4, .low = 10, .high = 20, .basis = LISTED, .starts = "11:00",
	    .goal = "trust" },
	{ .name = T("Медиация кабинетінде қабылдау күні: %s", "День приема медиаторов: %s", "Reception day of mediators: %s"),
	    .kind = "citizens_reception", .body = "mediators", .slot = SLOT_DISTRICT, .away = true, .months = YEAR, .weight = 5, .low = 8,
	    .high = 18, .basis = LISTED, .starts = "10:00", .goal = "trust" },
	{ .name = T("Халықпен кездесу: %s", "Встреча с населением: %s", "Meeting with residents: %s"), .kind = "outreach",
	    .body = "secretariat", .slot = SLOT_DISTRICT, .away = true, .months = YEAR, .weight = 8, .low = 20, .high = 56, .basis = HEADS,
	    .starts = "11:00", .goal = "stability" },
	{ .name = T("Диалог алаңы: %s", "Диалоговая площадка %s", "Dialogue platform: %s"), .kind = "dialogue_platform", .body = "experts",
	    TOPICS(dialogue), .months = YEAR, .weight = 5, .low = 18, .high = 36, .basis = LISTED, .starts = "15:00", .goal = "trust" },
	{ .name = T("Дөңгелек үстел: %s", "Круглый стол: %s", "Round table: %s"), .kind = "round_table", .body = "apk-chair", TOPICS(dialogue),
	    .months = SCHOOL, .weight = 4, .low = 14, .high = 28, .basis = LISTED, .starts = "11:00", .goal = "unity" },
	{ .name = T("Шеберлік сыныбы: %s", "Мастер-класс: %s", "Master class: %s"), .kind = "master_class", .body = "eca", TOPICS(crafts),
	    .months = YEAR, .weight = 9, .low = 10, .high = 24, .basis = LISTED, .starts = "14:00", .goal = "culture" },
	{ .name = T("Этнос күні: %s", "День этноса: %s", "Day of an ethnic group: %s"), .kind = "ethnos_day", .body = "eca", .slot = SLOT_BODY,
	    .months = "FMAmjSON", .weight = 7, .low = 30, .high = 80, .basis = HEADS, .starts = "12:00", .goal = "culture" },
	{ .name = T("Ұлттық ойындар: %s", "Национальные игры: %s", "National games: %s"), .kind = "national_games", .body = "eca",
	    .slot = SLOT_DISTRICT, .away = true, .months = "MAmjuaS", .weight = 6, .low = 30, .high = 72, .basis = HEADS, .starts = "11:00",
	    .goal = "culture" },
	{ .name = T("Жексенбілік мектептің ашық сабағы", "Открытый урок воскресной школы", "Open lesson of a Sunday school"),
	    .kind = "open_lesson", .body = "school", .months = SCHOOL, .weight = 5, .low = 9, .high = 22, .weekday = 7, .basis = LISTED,
	    .starts = "11:00", .goal = "language" },
	{ .name = T("Көрме: %s", "Выставка: %s", "Exhibition: %s"), .kind = "exhibition", .body = "eca", TOPICS(shows), .months = YEAR,
	    .weight = 4, .low = 24, .high = 60, .basis = DECLARED, .starts = "12:00", .goal = "culture" },
	{ .name = T("Кітап тұсаукесері: %s", "Презентация книги: %s", "Book presentation: %s"), .kind = "book_presentation", .body = "house",
	    TOPICS(books), .months = SCHOOL, .weight = 3, .low = 16, .high = 34, .basis = LISTED, .starts = "15:00", .goal = "culture" },
	{ .name = T("Фильм көрсетілімі: %s", "Показ фильма: %s", "Film screening: %s"), .kind = "film_screening", .body = "youth", TOPICS(films),
	    .months = YEAR, .weight = 3, .low = 20, .high = 44, .basis = HEADS, .starts = "17:00", .goal = "homeland" },
	{ .name = T("Қайырымдылық акциясы: %s", "Благотворительная акция %s", "Charity drive: %s"), .kind = "charity_drive", .body = "zhomart",
	    TOPICS(help), .months = YEAR, .weight = 5, .low = 14, .high = 40, .basis = DECLARED, .starts = "12:00", .goal = "charity" },
	{ .name = T("«Мектепке жол» акциясы: %s", "Акция «Дорога в школу»: %s", "Road to School drive: %s"), .kind = "road_to_school",
	    .body = "zhomart", .slot = SLOT_DISTRICT, .away = true, .months = "aS", .weight = 12, .low = 14, .high = 30, .basis = LISTED,
	    .starts = "11:00", .goal = "charity" },
	{ .name = T("«Таза Қазақстан» акциясы аясындағы сенбілік: %s", "Субботник акции «Таза Қазақстан»: %s", "«Таза Қазақстан» clean-up: %s"),
	    .kind = "clean_up", .programme = "taza", .body = "eca", .slot = SLOT_DISTRICT, .away = true, .months = "AmjuaSO", .weight = 10,
	    .low = 22, .high = 60, .weekday = 6, .basis = HEADS, .starts = "09:00", .goal = "unity" },
	{ .name = T("Ағаш отырғызу: %s", "Посадка деревьев: %s", "Tree planting: %s"), .kind = "tree_planting", .programme = "taza",
	    .body = "volunteers", .slot = SLOT_DISTRICT, .away = true, .months = "AmO", .weight = 6, .low = 18, .high = 48, .weekday = 6,
	    .basis = HEADS, .starts = "10:00", .goal = "homeland" },
	{ .name = T("Пікірсайыс: %s", "Дебаты %s", "Debate: %s"), .kind = "debate", .body = "youth", TOPICS(dialogue), .months = SCHOOL,
	    .weight = 4, .low = 16, .high = 30, .basis = LISTED, .starts = "15:00", .goal = "unity" },
	{ .name = T("Жастармен кездесу: %s", "Встреча с молодежью: %s", "Youth meeting: %s"), .kind = "youth_meeting", .body = "youth",
	    .slot = SLOT_DISTRICT, .away = true, .months = YEAR, .weight = 8, .low = 18, .high = 46, .basis = HEADS, .starts = "12:00",
	    .goal = "patriotism" },
	{ .name = T("Баспасөз мәслихаты: %s", "Пресс-конференция: %s", "Press conference: %s"), .kind = "press_conference",
	    .body = "journalists", TOPICS(media), .months = YEAR, .weight = 3, .low = 9, .high = 18, .basis = LISTED, .starts = "11:00",
	    .goal = "policy" },
	{ .name = T("Журналистер семинары: %s", "Семинар журналистов: %s", "Seminar of journalists: %s"), .kind = "seminar",
	    .body = "journalists", TOPICS(media), .months = SCHOOL, .weight = 2, .low = 12, .high = 24, .basis = LISTED, .starts = "10:00",
	    .goal = "policy" },
	{ .name = T("Қоғамдық медиаторларға арналған тренинг", "Тренинг для общественных медиаторов", "Training of public mediators"),
	    .kind = "training", .body = "mediators", .months = YEAR, .weight = 3, .low = 12, .high = 22, .basis = SCANNED, .starts = "10:00",
	    .goal = "trust" },
	{ .name = T("Спорттық жарыс: %s", "Соревнование: %s", "Tournament: %s"), .kind = "sport_tournament", .body = "eca", TOPICS(sports),
	    .months = YEAR, .weight = 6, .low = 24, .high = 64, .basis = HEADS, .starts = "10:00", .goal = "trust" },
	{ .name = T("Зияткерлік ойын: %s", "Интеллектуальная игра %s", "Quiz game: %s"), .kind = "quiz", .body = "youth", TOPICS(quizzes),
	    .months = SCHOOL, .weight = 5, .low = 14, .high = 30, .basis = SCANNED, .starts = "15:00", .goal = "patriotism" },
	{ .name = T("Сарапшылар отырысы: %s", "Заседание экспертной группы: %s", "Expert group: %s"), .kind = "expert_meeting",
	    .body = "experts", TOPICS(studies), .months = YEAR, .weight = 3, .low = 8, .high = 13, .basis = LISTED, .starts = "15:00",
	    .goal = "model" },
	{ .name = T("Мониторингтік сапар: %s", "Мониторинговый выезд: %s", "Monitoring visit: %s"), .kind = "monitoring_visit",
	    .body = "accord", .slot = SLOT_DISTRICT, .away = true, .months = YEAR, .weight = 4, .low = 6, .high = 16, .basis = LISTED,
	    .starts = "10:00", .goal = "stability" },
	{ .name = T("Концерттік бағдарлама: %s", "Концертная программа: %s", "Concert programme: %s"), .kind = "concert", .body = "eca",
	    .slot = SLOT_BODY, .months = YEAR, .weight = 4, .low = 40, .high = 110, .basis = HEADS, .starts = "17:00", .goal = "culture" },
	{ .name = T("Мұражайға экскурсия", "Экскурсия в музей", "Excursion to the museum"), .kind = "excursion", .body = "eca", .months = YEAR,
	    .weight = 4, .low = 10, .high = 24, .basis = LISTED, .starts = "11:00", .goal = "homeland" },
	{ .name = T("Достық үйінің ашық есік күні", "День открытых дверей Дома дружбы", "Open day of the House of Friendship"),
	    .kind = "open_day", .body = "house", .months = "FMmSO", .weight = 2, .low = 30, .high = 70, .basis = SCANNED, .starts = "10:00",
	    .goal = "harmony" },
	{ .name = T("Көркемсөз оқу байқауы: %s", "Конкурс чтецов: %s", "Recitation contest: %s"), .kind = "poetry_contest", .body = "eca01",
	    .slot = SLOT_DISTRICT, .away = true, .months = "FMmSO", .weight = 4, .low = 16, .high = 34, .basis = LISTED, .starts = "14:00",
	    .goal = "language" },
	{ .name = T("Жалпыұлттық диктант: %s", "Национальный диктант: %s", "Dictation: %s"), .kind = "dictation", .body = "languages",
	    .slot = SLOT_DISTRICT, .away = true, .months = "S", .weight = 8, .low = 20, .high = 40, .basis = LISTED, .starts = "11:00",
	    .goal = "language" },
	{ .name = T("Әлеуметтік сауалнама: %s", "Социологический опрос: %s", "Survey: %s"), .kind = "survey", .body = "experts",
	    .slot = SLOT_DISTRICT, .away = true, .months = "FmSO", .weight = 3, .low = 20, .high = 48, .basis = DECLARED, .starts = "10:00",
	    .goal = "stability" },
};
const size_t demo_nthemes = ARRAY_LEN(demo_themes);

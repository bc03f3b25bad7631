/* demo_bodies.c – the bodies of the demo region: what the region's assembly is known to have, the 17
 * associations of data/associations.csv, branches, councils in the districts, partners; and two
 * associations that must not be counted (see TRAP). BINs and registers are left out: none is invented. */
#include "app/demo_inner.h"

#include <stdlib.h>

#include "core/data.h"
#include "text/csv_read.h"

#define REGION "150000000"
#define CITY "151000000"

struct row {
	const char *code, *kind, *parent; /* parent NULL = none */
	struct text3 name;
	const char *district;
	int founded, closed;
};

static const struct row own[] = {
	{ "akimat", "akimat", NULL,
	    { "Ақтөбе облысының әкімдігі", "Акимат Актюбинской области",
		"Akimat of Aktobe Region" },
	    REGION, 0, 0 },
	{ "apk", "assembly", NULL,
	    { "Ақтөбе облысының Қазақстан халқы Ассамблеясы",
		"Ассамблея народа Казахстана Актюбинской области",
		"Assembly of the People of Kazakhstan, Aktobe Region" },
	    REGION, 19950601, 0 },
	{ "session", "session", "apk",
	    { "Облыстық Ассамблея сессиясы", "Сессия областной Ассамблеи",
		"Session of the regional Assembly" },
	    CITY, 19950601, 0 },
	{ "council", "council", "apk",
	    { "Ассамблея кеңесі", "Совет Ассамблеи", "Council of the Assembly" }, CITY, 20081101,
	    0 },
	{ "secretariat", "secretariat", "apk",
	    { "Ассамблея хатшылығы", "Секретариат Ассамблеи", "Secretariat of the Assembly" }, CITY,
	    20081101, 0 },
	{ "house", "friendship_house", "apk",
	    { "Достық үйі («Қоғамдық келісім» КММ)", "Дом дружбы (КГУ «Қоғамдық келісім»)",
		"House of Friendship (KGU Qogamdyq kelisim)" },
	    CITY, 20100901, 0 },
	{ "hq-2024", "relief_hq", "apk",
	    { "Көктемгі су тасқыны бойынша аймақтық штаб", "Региональный штаб по весеннему паводку",
		"Regional headquarters for the spring flood" },
	    CITY, 20240329, 20240528 },
	{ "elders", "elders_council", "apk",
	    { "Ақсақалдар кеңесі", "Совет аксакалов", "Council of Elders" }, CITY, 20120315, 0 },
	{ "mothers", "mothers_council", "apk",
	    { "Аналар кеңесі", "Совет матерей", "Council of Mothers" }, CITY, 20160301, 0 },
	{ "mediators", "mediators_council", "apk",
	    { "Медиаторлар кеңесі", "Совет медиаторов", "Mediators' Council" }, CITY, 20150805, 0 },
	{ "mediation-room", "mediation_room", "mediators",
	    { "Медиация кабинеті", "Кабинет медиации", "Mediation room" }, CITY, 20160110, 0 },
	{ "journalists", "journalists_club", "apk",
	    { "Журналистер клубы", "Клуб журналистов", "Journalists' Club" }, CITY, 20120628, 0 },
	{ "zhomart", "charity_centre", "apk",
	    { "«Жомарт жан» орталығы", "Центр «Жомарт жан»", "Zhomart Zhan centre" }, CITY,
	    20180315, 0 },
	{ "experts", "expert_group", "apk",
	    { "Ғылыми-сарапшылық топ", "Научно-экспертная группа", "Scientific-expert group" },
	    CITY, 20091020, 0 },
	{ "youth", "youth_rep", "apk",
	    { "«Ассамблея жастары» РҚБ облыстық өкілдігі",
		"Областное представительство РОО «Ассамблея жастары»",
		"Regional office of Assembly Youth" },
	    CITY, 20190412, 0 },
	{ "volunteers", "volunteer_corps", "youth",
	    { "«Ассамблея жастары» еріктілер тобы", "Группа волонтеров «Ассамблея жастары»",
		"Assembly Youth volunteers" },
	    CITY, 20200401, 0 },
	{ "mamile", "language_club", "apk",
	    { "«Мәміле» тілдесу клубы", "Разговорный клуб «Мәміле»", "Mamile conversation club" },
	    CITY, 20190910, 0 },
	{ "accreditation", "accreditation_commission", "apk",
	    { "Қоғамдық аккредиттеу жөніндегі өңірлік комиссия",
		"Региональная комиссия по общественной аккредитации",
		"Regional public-accreditation commission" },
	    CITY, 20190401, 0 },
	{ "accord", "accord_council", "apk",
	    { "Облыстық қоғамдық келісім кеңесі", "Областной совет общественного согласия",
		"Regional Public Accord Council" },
	    CITY, 20140901, 0 },
	{ "entrepreneurs", "entrepreneurs", "apk",
	    { "ҚХА Кәсіпкерлер қауымдастығының облыстық бөлімшесі",
		"Областное отделение Ассоциации предпринимателей АНК",
		"Assembly Entrepreneurs, regional section" },
	    CITY, 20170601, 0 },
	{ "apk-chair", "apk_chair", "apk",
	    { "Университеттің Қазақстан халқы Ассамблеясы кафедрасы",
		"Университетская кафедра Ассамблеи народа Казахстана",
		"University department of the Assembly" },
	    CITY, 20130902, 0 },
	{ "culture", "state_body", "akimat",
	    { "Облыстық мәдениет басқармасы", "Областное управление культуры",
		"Regional department of culture" },
	    CITY, 0, 0 },
	{ "education", "state_body", "akimat",
	    { "Облыстық білім басқармасы", "Областное управление образования",
		"Regional department of education" },
	    CITY, 0, 0 },
	{ "languages", "state_body", "akimat",
	    { "Облыстық тілдерді дамыту басқармасы", "Областное управление по развитию языков",
		"Regional department of languages" },
	    CITY, 0, 0 },
	{ "policy", "state_body", "akimat",
	    { "Облыстық ішкі саясат басқармасы", "Областное управление внутренней политики",
		"Regional department of internal policy" },
	    CITY, 0, 0 },
};
/* Written after the associations that they belong to. */
static const struct row beneath[] = {
	{ "eca02-martuk", "eca_branch", "eca02",
	    { "«Славян» мәдени орталығының Мәртөк ауданындағы филиалы",
		"Мартукский районный филиал Славянского культурного центра",
		"Slavic Cultural Centre, Martuk branch" },
	    "154600000", 20110520, 0 },
	{ "eca02-kargaly", "eca_branch", "eca02",
	    { "«Славян» мәдени орталығының Қарғалы ауданындағы филиалы",
		"Каргалинский районный филиал Славянского культурного центра",
		"Slavic Cultural Centre, Kargaly branch" },
	    "154000000", 20130418, 0 },
	{ "eca03-martuk", "eca_branch", "eca03",
	    { "«Шатлық 2», Мәртөк ауданы", "«Шатлык 2», Мартукский район",
		"Shatlyq 2, Martuk District" },
	    "154600000", 20120915, 0 },
	{ "abay-course", "language_course", "eca17",
	    { "«Abay» курсы", "Курс «Abay»", "Abay course" }, CITY, 20220905, 0 },
	{ "qazaqvibe", "language_course", "youth",
	    { "«QazaqVibe» курсы", "Курс «QazaqVibe»", "QazaqVibe course" }, CITY, 20230116, 0 },
	{ "ens-shatlyq", "art_collective", "eca03",
	    { "«Шатлық» ән-би ансамблі", "Ансамбль песни и танца «Шатлык»",
		"Shatlyq song and dance ensemble" },
	    CITY, 20080301, 0 },
	{ "choir-slavic", "art_collective", "eca02",
	    { "Славян орталығының халық хоры", "Народный хор Славянского центра",
		"Folk choir of the Slavic Centre" },
	    CITY, 20050912, 0 },
	{ "school-korean", "sunday_school", "eca04",
	    { "Корей тілі жексенбілік мектебі", "Воскресная школа корейского языка",
		"Sunday school of Korean" },
	    CITY, 20140907, 0 },
	{ "school-german", "sunday_school", "eca05",
	    { "Неміс тілі жексенбілік мектебі", "Воскресная школа немецкого языка",
		"Sunday school of German" },
	    CITY, 20150906, 0 },
	{ "school-armenian", "sunday_school", "eca08",
	    { "Армян тілі жексенбілік мектебі", "Воскресная школа армянского языка",
		"Sunday school of Armenian" },
	    CITY, 20170903, 0 },
	/* TRAP: an 18th association whose accreditation lapsed in October 2024 … */
	{ "eca18", "eca", "apk",
	    { "«Эллада» грек мәдени орталығы", "Греческий культурный центр «Эллада»",
		"Ellada Greek Cultural Centre" },
	    CITY, 20031012, 0 },
	/* TRAP: … and a suspended one. Both hold ended memberships and a declared number only. */
	{ "eca19", "eca", "apk",
	    { "«Иберия» грузин мәдени орталығы", "Грузинский культурный центр «Иберия»",
		"Iberia Georgian Cultural Centre" },
	    CITY, 20060518, 0 },
};

static const struct {
	const char *body;
	struct text3 title;
	const char *ex_officio;
} offices[] = {
	{ "akimat", { "Облыс әкімі", "Аким области", "Akim of the region" }, NULL },
	{ "apk", { "Ассамблея төрағасы", "Председатель Ассамблеи", "Chair of the Assembly" },
	    "Облыс әкімі" },
	{ "apk",
	    { "Ассамблея төрағасының орынбасары", "Заместитель председателя Ассамблеи",
		"Deputy chair of the Assembly" },
	    NULL },
	{ "council", { "Кеңес төрағасы", "Председатель Совета", "Chair of the Council" },
	    "Облыс әкімі" },
	{ "secretariat",
	    { "Хатшылық меңгерушісі", "Заведующий секретариатом", "Head of the secretariat" },
	    NULL },
	{ "house",
	    { "Достық үйінің директоры", "Директор Дома дружбы",
		"Director of the House of Friendship" },
	    NULL },
};

static int
places_read(struct demo *d)
{
	struct ctx *cx = d->cx;
	const char *text = house_data("districts.csv");
	struct csv_read r;

	d->nplaces = 0;
	if (text == NULL || csv_read_open(&r, cx->arena, text, ',') != RC_OK)
		return fail(
		    cx, RC_BUG, N_("The list %s is missing in the program."), "districts.csv");
	while (csv_read_row(&r) && d->nplaces < DISTRICTS_MAX) {
		struct demo_place *p = &d->places[d->nplaces++];

		*p = (struct demo_place){ .code = csv_read_cell(&r, "kato"),
			.centre = csv_read_cell(&r, "centre_kk"),
			.name = { csv_read_cell(&r, "kk"), csv_read_cell(&r, "ru"),
			    csv_read_cell(&r, "en") } };
		TRY(district_by_code(cx, p->code, &p->id));
	}
	return RC_OK;
}

static int
put_body(struct demo *d, struct tx *tx, const struct row *row, int members)
{
	struct demo_body *b = &d->bodies[d->nbodies];
	struct body rec;

	if (d->nbodies == BODIES_MAX)
		die("demo: too many bodies");
	kind_empty(&body_kind, &rec);
	rec.code = row->code;
	rec.name = row->name;
	rec.founded = rec.name_from = row->founded;
	rec.closed = row->closed;
	rec.parent = row->parent == NULL ? 0 : demo_body(d, row->parent)->id;
	TRY(db_int(
	    d->cx, &rec.kind, "SELECT id FROM body_kind WHERE code = $1", VALS(v_text(row->kind))));
	*b = (struct demo_body){ .code = row->code,
		.kind = row->kind,
		.name = row->name,
		.members = members,
		.district = demo_place(d, row->district) };
	rec.district = d->places[b->district].id;
	if (strcmp(row->code, "apk") == 0) {
		rec.abbr = (struct text3){ "ҚХА", "АНК", "APK" };
		rec.legal_basis = "20.10.2008 № 70-IV Заң, 14-бап";
	}
	if (strcmp(row->code, "house") == 0)
		rec.phone = "+7 7132 00 00 00";
	/* What a body says of itself is never what is counted: the two differ on purpose. */
	if (strcmp(row->kind, "eca") == 0) {
		rec.declared_members =
		    members == 0 ? demo_between(d, 40, 60) : members + demo_between(d, 3, 25);
		rec.declared_on = 20240115;
		rec.declared_document = "Жылдық ақпарат";
	}
	TRY(demo_insert(d, tx, &body_kind, &rec));
	b->id = rec.rec.id;
	d->nbodies++;
	return RC_OK;
}

static int
put_step(struct demo *d, struct tx *tx, const char *body, const char *state, int from, int to)
{
	struct accreditation a;

	kind_empty(&accreditation_kind, &a);
	a.body = demo_body(d, body)->id;
	a.state = state;
	a.from_day = from;
	a.valid_to = to;
	if (strcmp(state, "accredited") == 0)
		a.document = "Өңірлік комиссияның шешімі";
	return demo_insert(d, tx, &accreditation_kind, &a);
}

static int
put_groups(struct demo *d, struct tx *tx, const char *body, const char *codes)
{
	const char *p = codes;

	while (*p != '\0') {
		size_t n = strcspn(p, ";");
		struct body_group g;

		kind_empty(&body_group_kind, &g);
		g.body = demo_body(d, body)->id;
		TRY(db_int(d->cx, &g.ethnic_group, "SELECT id FROM ethnic_group WHERE code = $1",
		    VALS(v_text(arena_strn(d->cx->arena, p, n)))));
		TRY(demo_insert(d, tx, &body_group_kind, &g));
		p += n + (p[n] == ';');
	}
	return RC_OK;
}

static int
put_associations(struct demo *d, struct tx *tx)
{
	struct ctx *cx = d->cx;
	const char *text = house_data("associations.csv");
	struct csv_read r;
	int n = 0;

	if (text == NULL || csv_read_open(&r, cx->arena, text, ',') != RC_OK)
		return fail(
		    cx, RC_BUG, N_("The list %s is missing in the program."), "associations.csv");
	while (csv_read_row(&r)) {
		struct row row = { csv_read_cell(&r, "code"), "eca", "apk",
			{ csv_read_cell(&r, "kk"), csv_read_cell(&r, "ru"),
			    csv_read_cell(&r, "en") },
			CITY, day_make(1994 + n, 1 + n % 12, 10 + n), 0 };

		TRY(put_body(d, tx, &row, atoi(csv_read_cell(&r, "members"))));
		TRY(put_groups(d, tx, row.code, csv_read_cell(&r, "groups")));
		TRY(put_step(d, tx, row.code, "submitted", 20220420, 0));
		TRY(put_step(d, tx, row.code, "accredited", 20220715, 20250714));
		n++;
	}
	/* TRAP: an application for renewal under way does not end the accreditation in force. */
	return put_step(d, tx, "eca15", "submitted", 20241021, 0);
}

/* In each district a council of mothers beneath the region's, and a public accord council; the
 * city has the latter. */
static int
put_district_councils(struct demo *d, struct tx *tx)
{
	struct arena *a = d->cx->arena;
	size_t i;

	for (i = 0; i < d->nplaces; i++) {
		const struct demo_place *p = &d->places[i];
		bool district = strncmp(p->code, "151", 3) != 0;
		struct row row = { arena_printf(a, "accord-%.4s", p->code), "accord_council",
			"accord",
			{ arena_printf(a, "%sның қоғамдық келісім кеңесі", p->name.kk),
			    arena_printf(a, "Совет общественного согласия (%s)", p->name.ru),
			    arena_printf(a, "Public Accord Council, %s", p->name.en) },
			p->code, 20150301, 0 };

		if (strcmp(p->code, REGION) == 0 || (!district && strcmp(p->code, CITY) != 0))
			continue;
		TRY(put_body(d, tx, &row, 0));
		if (!district)
			continue;
		row.code = arena_printf(a, "mothers-%.4s", p->code);
		row.kind = "mothers_council";
		row.parent = "mothers";
		row.name = (struct text3){ arena_printf(a, "%sның аналар кеңесі", p->name.kk),
			arena_printf(a, "Совет матерей (%s)", p->name.ru),
			arena_printf(a, "Council of Mothers, %s", p->name.en) };
		row.founded = 20170308;
		TRY(put_body(d, tx, &row, 0));
	}
	return RC_OK;
}

static int
put_office(
    struct demo *d, struct tx *tx, int64_t body, const struct text3 *title, const char *ex_officio)
{
	struct office o;

	kind_empty(&office_kind, &o);
	o.body = body;
	o.title = *title;
	o.ex_officio = ex_officio;
	o.rank = 1;
	return demo_insert(d, tx, &office_kind, &o);
}

static int
put_offices(struct demo *d, struct tx *tx)
{
	static const char *const led[] = { "eca", "elders_council", "mothers_council",
		"mediators_council", "journalists_club", "charity_centre", "expert_group",
		"youth_rep" };
	static const struct text3 chair = { "Төраға", "Председатель", "Chair" };
	size_t i, j;

	for (i = 0; i < ARRAY_LEN(offices); i++)
		TRY(put_office(d, tx, demo_body(d, offices[i].body)->id, &offices[i].title,
		    offices[i].ex_officio));
	for (i = 0; i < d->nbodies; i++)
		for (j = 0; j < ARRAY_LEN(led); j++)
			if (strcmp(d->bodies[i].kind, led[j]) == 0)
				TRY(put_office(d, tx, d->bodies[i].id, &chair, NULL));
	return RC_OK;
}

int
demo_bodies_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	static const char *const branches[] = { "eca02-martuk", "eca02-kargaly", "eca03-martuk" };
	struct demo *d = arg;
	size_t i;

	d->nbodies = 0;
	demo_begin(d, cx, 1);
	TRY(places_read(d));
	for (i = 0; i < ARRAY_LEN(own); i++)
		TRY(put_body(d, tx, &own[i], 0));
	TRY(put_associations(d, tx));
	for (i = 0; i < ARRAY_LEN(beneath); i++)
		TRY(put_body(d, tx, &beneath[i], 0));
	for (i = 0; i < ARRAY_LEN(branches); i++)
		TRY(put_step(d, tx, branches[i], "accredited", 20220715, 20250714));
	TRY(put_groups(d, tx, "eca18", "greek"));
	TRY(put_groups(d, tx, "eca19", "georgian"));
	TRY(put_step(d, tx, "eca18", "accredited", 20211016, 20241015));
	TRY(put_step(d, tx, "eca19", "accredited", 20220715, 20250714));
	TRY(put_step(d, tx, "eca19", "suspended", 20240902, 0));
	TRY(put_district_councils(d, tx));
	return put_offices(d, tx);
}

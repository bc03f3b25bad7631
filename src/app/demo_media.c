/* demo_media.c – the register of media in the demo: invented outlets, what they published about the year's events, a
 * column for the state language with its posts, and press accredited to one event. Names end in "(үлгі)", so that nobody
 * takes them for an outlet that there is; addresses lie under .example, which no server has.
 *
 * TRAP: reprints beside their origin; an outlet that writes only when something went badly; a quarter's events of which
 * nobody wrote. */
#include "app/demo_inner.h"

#include "mod/media/media.h"

static const struct {
	const char *name, *type, *lang, *site;
} outlets[] = {
	{ "«Дала хабары» (үлгі)", "newspaper", "kk", "https://dala-habary.example/" },
	{ "«Степной вестник» (үлгі)", "newspaper", "ru", "https://stepnoi-vestnik.example/" },
	{ "«Елек FM» (үлгі)", "radio", "kk", "https://elek-fm.example/" },
	{ "«Жем ТВ» (үлгі)", "tv", "kk", "https://zhem-tv.example/" },
	{ "sholu.example (үлгі)", "site", "kk", "https://sholu.example/" },
	{ "region.example (үлгі)", "site", "ru", "https://region.example/" },
	{ "«Шаңырақ» агенттігі (үлгі)", "agency", "ru", "https://agency-shanyraq.example/" },
};
enum { NOUTLETS = ARRAY_LEN(outlets), NEWS = 60, POSTS = 18, OF_AGENCY = 6 };

struct about {
	int64_t event;
	int day;
	const char *kk, *ru;
};

struct making {
	struct demo *d;
	int64_t outlet[NOUTLETS];
	int64_t last;	   /* the agency's newest publication: others reprint it */
	struct about told; /* of which event it is */
};

static int
put_outlets(struct making *m, struct tx *tx)
{
	struct outlet o;
	size_t i;

	for (i = 0; i < NOUTLETS; i++) {
		kind_empty(&outlet_kind, &o);
		o.name = outlets[i].name;
		o.type = outlets[i].type;
		o.lang = outlets[i].lang;
		o.site = outlets[i].site;
		if (strcmp(o.type, "site") == 0)
			o.feed = arena_printf(m->d->cx->arena, "%sfeed.xml", o.site);
		TRY(demo_insert(m->d, tx, &outlet_kind, &o));
		m->outlet[i] = o.rec.id;
	}
	return RC_OK;
}

/* Each eighth event that took place, in the order of their days; the same ones each time. */
static int
choose(struct ctx *cx, struct about *out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int at = 0;

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id, first_day, name_kk, coalesce(name_ru, name_kk) FROM event WHERE state IN "
	    "('held', 'reported') AND merged_into IS NULL AND first_day <= 20241110 ORDER BY "
	    "first_day, id",
	    NO_VALS));
	while (rows_next(&r))
		if (at++ % 8 == 3 && *n < NEWS)
			out[(*n)++] = (struct about){ row_int(&r, 0), (int)row_int(&r, 1),
				row_text(&r, 2), row_text(&r, 3) };
	return rows_end(&r);
}

static int
put_publication(struct making *m, struct tx *tx, const struct about *e, int n)
{
	static const char *const tones[] = { "positive", "neutral", "positive", "neutral" };
	struct demo *d = m->d;
	size_t o = demo_dice(d, NOUTLETS);
	bool reprint = m->last != 0 && n % 7 == 5, ru;
	struct publication p;

	if (reprint)
		o = (size_t)n / 7 % OF_AGENCY;
	ru = strcmp(outlets[o].lang, "ru") == 0;
	kind_empty(&publication_kind, &p);
	p.outlet = m->outlet[o];
	p.lang = outlets[o].lang;
	p.title = ru ? e->ru : e->kk;
	p.day = day_add(e->day, (int)demo_dice(d, 3));
	p.event = e->event;
	p.tone = n % 9 == 4 ? NULL : n % 17 == 11 ? "critical" : tones[demo_dice(d, 4)];
	if (strcmp(outlets[o].type, "radio") != 0)
		p.link = arena_printf(d->cx->arena, "%s%d/%03d", outlets[o].site, e->day, n);
	p.reach = n % 4 == 0 ? INT_NONE : 500 + 100 * (int64_t)demo_dice(d, 90);
	if (reprint) {
		struct publication of;

		TRY(kind_load(d->cx, &publication_kind, m->last, &of));
		p.origin = m->last;
		p.title = ru ? m->told.ru : m->told.kk;
		p.event = of.event;
		p.day = day_add(of.day, 1);
	}
	TRY(demo_insert(d, tx, &publication_kind, &p));
	if (o == OF_AGENCY && !reprint) {
		m->last = p.rec.id;
		m->told = *e;
	}
	return RC_OK;
}

static int
put_column(struct making *m, struct tx *tx)
{
	static const char *const about[] = { "Сәлемдесу", "Дүкенде", "Дәрігер қабылдауында",
		"Көлікте", "Қонақта", "Мерекемен құттықтау" };
	struct demo *d = m->d;
	const struct demo_body *b = demo_body(d, "youth");
	struct social_column c;
	struct social_post p;
	int i;

	kind_empty(&social_column_kind, &c);
	c.name = (struct text3){ "«Söileqazaqşa»", "«Söileqazaqşa»", "Söileqazaqşa" };
	c.network = "instagram";
	c.address = "https://networks.example/soileqazaqsha";
	c.body = b == NULL ? 0 : b->id;
	c.since = 20230904;
	TRY(demo_insert(d, tx, &social_column_kind, &c));
	for (i = 0; i < POSTS; i++) {
		kind_empty(&social_post_kind, &p);
		p.social_column = c.rec.id;
		p.title = arena_printf(
		    d->cx->arena, "%s: %d-сабақ", about[(size_t)i % ARRAY_LEN(about)], i + 1);
		p.day = day_add(20240115, 16 * i);
		p.link =
		    arena_printf(d->cx->arena, "https://networks.example/soileqazaqsha/%d", i + 1);
		p.views = 400 + 100 * (int64_t)demo_dice(d, 60);
		p.views_on = day_add(p.day, 7);
		TRY(demo_insert(d, tx, &social_post_kind, &p));
	}
	return RC_OK;
}

static int
put_press(struct making *m, struct tx *tx, int64_t event)
{
	static const struct {
		size_t outlet;
		const char *name, *state;
	} press[] = { { 0, "Үлгібаева Сынақ", "granted" }, { 3, "Мысалов Түсіруші", "granted" },
		{ 5, "Примерова Проба", "asked" } };
	struct press_accreditation a;
	size_t i;

	for (i = 0; i < ARRAY_LEN(press); i++) {
		kind_empty(&press_accreditation_kind, &a);
		a.event = event;
		a.outlet = m->outlet[press[i].outlet];
		a.name = press[i].name;
		a.state = press[i].state;
		TRY(demo_insert(m->d, tx, &press_accreditation_kind, &a));
	}
	return RC_OK;
}

int
demo_media_fn(struct ctx *cx, struct tx *tx, void *demo)
{
	struct making m = { .d = demo };
	struct about *e = arena_array(cx->arena, struct about, NEWS);
	size_t n, i;

	demo_begin(m.d, cx, 0x3ed1a);
	TRY(choose(cx, e, &n));
	TRY(put_outlets(&m, tx));
	for (i = 0; i < n; i++)
		TRY(put_publication(&m, tx, &e[i], (int)i));
	TRY(put_column(&m, tx));
	return n == 0 ? RC_OK : put_press(&m, tx, e[n - 1].event);
}

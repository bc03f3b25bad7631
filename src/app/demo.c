/* demo.c – the order in which the demo region is made, and its chance.
 *
 * Lists first, then bodies, people, the population table, programmes and events, each in one large
 * write; then merging (a rule with writes of its own), accounts, and the fold of the kept sums. Chance
 * is a 64-bit linear congruential sequence with a seed per write function: nothing depends on time,
 * addresses or the engine. */
#include "app/demo_inner.h"

#include "mod/charity/charity.h"
#include "mod/centre/centre.h"
#include "mod/stock/stock.h"

#include "core/setting.h"
#include "figure/figure.h"

void
demo_seed(struct demo *d, uint64_t seed)
{
	d->chance = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

unsigned
demo_dice(struct demo *d, unsigned n)
{
	d->chance = d->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return n == 0 ? 0 : (unsigned)(d->chance >> 33) % n;
}

int
demo_between(struct demo *d, int low, int high)
{
	return low + (int)demo_dice(d, (unsigned)(high - low + 1));
}

int
demo_day(struct demo *d, int from, int to)
{
	int64_t n = day_number(to) - day_number(from) + 1;

	return day_add(from, (int)demo_dice(d, (unsigned)n));
}

const struct demo_body *
demo_body(const struct demo *d, const char *code)
{
	size_t i;

	for (i = 0; i < d->nbodies; i++)
		if (strcmp(d->bodies[i].code, code) == 0)
			return &d->bodies[i];
	die("demo: no body %s", code);
}

int
demo_place(const struct demo *d, const char *code)
{
	size_t i;

	for (i = 0; i < d->nplaces; i++)
		if (strcmp(d->places[i].code, code) == 0)
			return (int)i;
	die("demo: no district %s", code);
}

/* WHY: PostgreSQL keeps the plans that it made while the tables were empty, full scans, until they
 * are analysed, which nobody does inside one large write: minutes instead of seconds. Only those that grow here:
 * all, with the server's own, take a tenth of a second and more each time. */
static int
look_again(struct demo *d, struct tx *tx)
{
	if (++d->written < d->look_at)
		return RC_OK;
	d->look_at = d->written * 2;
	return tx_run(d->cx, tx, NULL,
	    "ANALYZE audit, history, body, person, person_key, subject_key, membership, event, "
	    "organiser, attendance, event_tally, search_doc, search_word, search_gram, "
	    "search_posting, figure_sum, figure_delta",
	    NO_VALS);
}

void
demo_begin(struct demo *d, struct ctx *cx, uint64_t seed)
{
	d->cx = cx;
	demo_seed(d, seed);
	d->written = 0;
	d->look_at = store_engine(db_store(cx)) == DB_PG ? 50 : INT64_MAX;
}

/* The record keeps its id; what the write needed on the way is forgotten. */
int
demo_insert(struct demo *d, struct tx *tx, const struct kind *k, void *rec)
{
	struct arena_mark mark = arena_mark(d->cx->arena);

	TRY(kind_insert_tx(d->cx, tx, k, rec));
	TRY(look_again(d, tx));
	arena_rewind(d->cx->arena, mark);
	return RC_OK;
}

static int
analyse_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, arg, NO_VALS);
}

static int
settings_make(struct ctx *cx)
{
	static const struct {
		const char *name, *value;
	} rows[] = {
		{ "institution_kk", "Қазақстан халқы Ассамблеясы" },
		{ "institution_ru", "Ассамблея народа Казахстана" },
		{ "institution_en", "Assembly of the People of Kazakhstan" },
		{ "region_kk", "Ақтөбе облысы" },
		{ "region_ru", "Актюбинская область" },
		{ "region_en", "Aktobe Region" },
		{ "address", "Ақтөбе қаласы, Достық үйі" },
		{ "phone", "+7 7132 00 00 00" },
		{ "business_day", "15.11.2024" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++)
		TRY(setting_set(cx, rows[i].name, rows[i].value));
	return RC_OK;
}

static int
fold_all(struct ctx *cx)
{
	int64_t folded;

	do {
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(figure_fold(cx, 10000, &folded));
		db_end(cx);
		arena_rewind(cx->arena, mark);
	} while (folded > 0);
	return RC_OK;
}

/* TRAP: three people entered twice: the parts of the name exchanged, typed on a Russian keyboard without
 * a patronymic, and with a telephone but no day of birth. They belong to no body and attended nothing, so
 * no figure changes whether they are joined or not. */
static const char *
russian_keyboard(struct ctx *cx, const char *s)
{
	static const char *const pairs[][2] = { { "ә", "а" }, { "ғ", "г" }, { "қ", "к" },
		{ "ң", "н" }, { "ө", "о" }, { "ұ", "у" }, { "ү", "у" }, { "һ", "х" }, { "і", "и" },
		{ "Ә", "А" }, { "Ғ", "Г" }, { "Қ", "К" }, { "Ө", "О" }, { "Ұ", "У" },
		{ "І", "И" } };
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	while (*s != '\0') {
		for (i = 0; i < ARRAY_LEN(pairs); i++)
			if (strncmp(s, pairs[i][0], strlen(pairs[i][0])) == 0)
				break;
		if (i < ARRAY_LEN(pairs)) {
			buf_str(&b, pairs[i][1]);
			s += strlen(pairs[i][0]);
		} else
			buf_char(&b, *s++);
	}
	return b.p;
}

static int
twins_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct person p, twin;
	int64_t id;
	int i;

	(void)arg;
	for (i = 0; i < 3; i++) {
		TRY(db_int(cx, &id,
		    "SELECT id FROM person WHERE birth_day IS NOT NULL AND given IS NOT NULL AND "
		    "id > "
		    "$1 AND surname LIKE $2 ORDER BY id LIMIT 1",
		    VALS(v_int(100 + 400 * i), v_text(i == 1 ? "%ә%" : "%"))));
		TRY(kind_load(cx, &person_kind, id, &p));
		kind_empty(&person_kind, &twin);
		twin.surname = i == 0	? p.given
			       : i == 1 ? russian_keyboard(cx, p.surname)
					: p.surname;
		twin.given = i == 0 ? p.surname : i == 1 ? russian_keyboard(cx, p.given) : p.given;
		twin.birth_day = i == 2 ? 0 : p.birth_day;
		twin.sex = p.sex;
		twin.phone = i == 2 ? p.phone : NULL;
		twin.district = p.district;
		TRY(kind_insert_tx(cx, tx, &person_kind, &twin));
	}
	return RC_OK;
}

/* The queue of likely pairs stands from the first look on. */
static int
compare_all(struct ctx *cx)
{
	int64_t done;

	do {
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(people_compare(cx, 1000, &done));
		db_end(cx);
		arena_rewind(cx->arena, mark);
	} while (done > 0);
	return RC_OK;
}

int
demo_make(struct ctx *cx, const char *sign_ins)
{
	struct demo *d = arena_new(cx->arena, struct demo);
	int64_t there;

	d->cx = cx;
	TRY(db_int(cx, &there, "SELECT count(*) FROM body", NO_VALS));
	if (there > 0)
		return fail(cx, RC_RULE,
		    N_("The demo region is made in an empty database; this one holds bodies "
		       "already."));
	cx->today = DEMO_TODAY;
	TRY(registry_seed(cx));
	TRY(event_seed(cx));
	TRY(stock_seed(cx));
	TRY(charity_seed(cx));
	TRY(centre_seed(cx));
	TRY(settings_make(cx));
	TRY(db_write(cx, demo_bodies_fn, d));
	TRY(db_write(cx, demo_people_fn, d));
	TRY(db_write(cx, demo_population_fn, d));
	TRY(db_write(cx, demo_programmes_fn, d));
	TRY(demo_plan(d));
	TRY(db_write(cx, demo_events_fn, d));
	TRY(demo_merge(d));
	TRY(db_write(cx, demo_halls_fn, d));
	TRY(db_write(cx, demo_plans_fn, d));
	TRY(db_write(cx, demo_after_fn, NULL));
	TRY(demo_signup(d));
	TRY(demo_series(d));
	TRY(demo_contests(d));
	TRY(demo_games(d));
	TRY(demo_camps(d));
	TRY(demo_charity(d));
	TRY(db_write(cx, demo_media_fn, d));
	TRY(db_write(cx, twins_fn, NULL));
	if (sign_ins != NULL)
		TRY(demo_users(d, sign_ins));
	TRY(demo_flood(d));
	TRY(fold_all(cx));
	TRY(demo_news(d));
	TRY(demo_comments(d));
	if (store_engine(db_store(cx)) == DB_PG)
		TRY(db_write(cx, analyse_fn, "ANALYZE"));
	TRY(compare_all(cx));
	if (store_engine(db_store(cx)) == DB_PG) /* the other tables stand as they were looked at */
		TRY(db_write(cx, analyse_fn, "ANALYZE person_pair, person_due"));
	return RC_OK;
}

/* media_test.c – one page once, reprints, who writes what, terms of storage, figures, what stayed silent; and feeds looked
 * into against a small server on this machine. On both engines. */
#define MORE_KINDS                                                                          \
	, &rubric_kind, &article_kind, &article_link_kind, &outlet_kind, &publication_kind, \
	    &social_column_kind, &social_post_kind, &press_accreditation_kind
#include "mod/media/media.h"
#include "mod/media/media_feed.h"
#include "mod/news/news.h"
#include "event_test.h"
#include "core/files.h"
#include "core/setting.h"
#include "kind/cut.h"
#include "text/url.h"
#include "test_server.h"

static int64_t outlet_id;

static struct actor
leader_of(const int64_t *body)
{
	return (struct actor){ .role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.body = *body,
		.scope = body,
		.nscope = 1,
		.login = "x",
		.name = "x",
		.csrf = "" };
}

static int
save(const struct kind *k, void *rec)
{
	int rc = ((struct rec *)rec)->id == 0 ? kind_insert(CX, k, rec) : kind_update(CX, k, rec);

	if (rc != RC_OK)
		house_next(&house);
	return rc;
}

static int64_t
outlet(const char *name, const char *site)
{
	struct outlet o;

	kind_empty(&outlet_kind, &o);
	o.name = name;
	o.type = "site";
	o.lang = "kk";
	o.site = site;
	OK(save(&outlet_kind, &o));
	return o.rec.id;
}

static struct publication
fresh(const char *title, const char *link)
{
	struct publication p;

	kind_empty(&publication_kind, &p);
	p.title = title;
	p.outlet = outlet_id;
	p.lang = "kk";
	p.day = 20241110;
	p.link = link;
	return p;
}

static int64_t
event_at(const char *name, int64_t lead, int day)
{
	return event(name, lead, day, "held").rec.id;
}

static void
test_once(void **state)
{
	struct publication p, again;
	struct media_pasted m;

	(void)state;
	outlet_id = outlet("Үлгі", "https://www.ulgi.example/about");
	p = fresh("Кеш", "https://Ulgi.example/n/1/?utm_source=x#top");
	OK(save(&publication_kind, &p));
	assert_string_equal(p.link, "https://ulgi.example/n/1/?utm_source=x");
	assert_string_equal(p.link_key, "ulgi.example/n/1");
	again = fresh("Кеш", "http://www.ulgi.example/n/1");
	assert_int_equal(save(&publication_kind, &again), RC_INVALID);
	OK(media_paste(CX, "http://m.ulgi.example/n/1?fbclid=5", &m));
	assert_int_equal(m.known, p.rec.id);
	assert_int_equal(m.outlet, outlet_id);
	assert_int_equal(media_paste(CX, "javascript:x", &m), RC_INVALID);
	house_next(&house);
	again = fresh("Қағазда", NULL);
	OK(save(&publication_kind, &again));
	again = fresh("Қағазда", " ");
	OK(save(&publication_kind, &again)); /* none is no link twice */
	again = fresh("Ертең", NULL);
	again.day = day_add(CX->today, 1);
	assert_int_equal(save(&publication_kind, &again), RC_INVALID);
}

static void
test_reprints(void **state)
{
	struct publication origin = fresh("Бас", NULL), one = fresh("Көшірме", NULL), two, *r;
	size_t n;

	(void)state;
	OK(save(&publication_kind, &origin));
	one.origin = origin.rec.id;
	OK(save(&publication_kind, &one));
	two = fresh("Көшірменің көшірмесі", NULL);
	two.origin = one.rec.id;
	assert_int_equal(save(&publication_kind, &two), RC_INVALID);
	origin.origin = origin.rec.id;
	assert_int_equal(save(&publication_kind, &origin), RC_INVALID);
	two.origin = 0;
	OK(save(&publication_kind, &two));
	OK(kind_load(CX, &publication_kind, origin.rec.id, &origin));
	origin.origin = two.rec.id; /* it has one of its own */
	assert_int_equal(save(&publication_kind, &origin), RC_INVALID);
	OK(media_reprints(CX, origin.rec.id, &r, &n));
	assert_int_equal(n, 1);
	assert_int_equal(r[0].rec.id, one.rec.id);
}

static void
test_writers(void **state)
{
	int64_t own = body("media-a", 0), far = body("media-b", 0);
	int64_t mine = event_at("A", own, 20241101), other = event_at("B", far, 20241102);
	int64_t stranger = person(7);
	struct actor leader = leader_of(&own);
	struct publication p = fresh("Жетекші", NULL);
	struct press_accreditation a;
	struct social_column c;
	struct outlet o;

	(void)state;
	CX->actor = &leader;
	assert_int_equal(save(&publication_kind, &p), RC_DENIED);
	p.event = other;
	assert_int_equal(save(&publication_kind, &p), RC_DENIED);
	p.event = event("Жоспар", own, 20241212, "planned").rec.id;
	assert_int_equal(save(&publication_kind, &p), RC_INVALID);
	p.event = mine;
	OK(save(&publication_kind, &p));
	p.event = other; /* nor handed over */
	assert_int_equal(save(&publication_kind, &p), RC_DENIED);
	p.body = own; /* nor put on the page of another's event */
	assert_int_equal(save(&publication_kind, &p), RC_INVALID);
	p.event = 0;
	OK(save(&publication_kind, &p));
	p.event = mine;
	OK(save(&publication_kind, &p));
	kind_empty(&outlet_kind, &o);
	o.name = "x";
	o.type = "tv";
	o.lang = "kk";
	assert_int_equal(save(&outlet_kind, &o), RC_DENIED);
	kind_empty(&social_column_kind, &c);
	c.name.kk = "x";
	c.network = "vk";
	assert_int_equal(save(&social_column_kind, &c), RC_DENIED);
	c.body = own;
	OK(save(&social_column_kind, &c));
	kind_empty(&press_accreditation_kind, &a);
	a.event = other;
	a.outlet = outlet_id;
	a.name = "Үлгі";
	assert_int_equal(save(&press_accreditation_kind, &a), RC_DENIED);
	a.event = mine;
	a.valid_on = 20241103;
	assert_int_equal(save(&press_accreditation_kind, &a), RC_INVALID);
	a.valid_on = 20241101;
	a.person = stranger; /* of no body of his: the list for the door would tell the name */
	a.name = NULL;
	assert_int_equal(save(&press_accreditation_kind, &a), RC_INVALID);
	a.person = 0;
	a.name = "Үлгі";
	OK(save(&press_accreditation_kind, &a));
	assert_string_equal(a.state, "asked");
	leader = leader_of(&far);
	assert_int_equal(kind_get(CX, &press_accreditation_kind, a.rec.id, &a), RC_NOTFOUND);
	err_clear(CX);
	CX->actor = &actor_guest;
	assert_int_equal(kind_get(CX, &publication_kind, p.rec.id, &p), RC_DENIED);
	err_clear(CX);
	CX->actor = &actor_system;
}

static int
restrict_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct person p;

	TRY(kind_load(cx, &person_kind, *(const int64_t *)arg, &p));
	p.restricted_on = cx->today;
	return kind_rewrite_tx(cx, tx, &person_kind, &p);
}

/* Names for the door: of a person, of a guest; none of one who is restricted, nor who only asked. */
static void
test_door(void **state)
{
	int64_t e = event_at("Есік", body("media-door", 0), 20241101), who = person(1), n64;
	struct press_accreditation a;
	struct media_press *d;
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		kind_empty(&press_accreditation_kind, &a);
		a.event = e;
		a.outlet = outlet_id;
		a.person = i == 0 ? who : 0;
		a.name = i == 0 ? NULL : i == 1 ? "Қонақ" : "Сұраған";
		a.state = i == 2 ? "asked" : "granted";
		OK(save(&press_accreditation_kind, &a));
		if (i == 0) { /* a person or a name: two would be erased one without the other */
			a.name = "Басқа";
			assert_int_equal(save(&press_accreditation_kind, &a), RC_INVALID);
		}
	}
	OK(media_press_count(CX, e, "asked", &n64));
	assert_int_equal(n64, 1);
	OK(media_press_at(CX, e, &d, &n));
	assert_int_equal(n, 2);
	assert_string_equal(d[0].name, "Адам1 Сынақ");
	assert_string_equal(d[1].name, "Қонақ");
	db_end(CX);
	OK(db_write(CX, restrict_fn, &who));
	OK(media_press_at(CX, e, &d, &n));
	assert_string_equal(d[0].name, "");
}

struct cutting {
	const struct cut_term *t;
	int64_t id;
};

static int
cut_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct cutting *c = arg;
	struct cut_sums sums = { 0 };

	return c->t->cut_tx(cx, tx, c->id, 0, &sums);
}

/* After the term the accreditation stands, the name does not. */
static void
test_term(void **state)
{
	int64_t e = event_at("Ескі", body("media-c", 0), 20200115), id = 0;
	struct press_accreditation a;

	(void)state;
	kind_empty(&press_accreditation_kind, &a);
	a.event = e;
	a.outlet = outlet_id;
	a.name = "Кетеді";
	a.state = "granted";
	OK(save(&press_accreditation_kind, &a));
	OK(db_int(CX, &id, media_terms[0].sql, VALS(v_int(20210101))));
	assert_int_equal(id, a.rec.id);
	OK(db_write(CX, cut_fn, &(struct cutting){ &media_terms[0], id }));
	OK(kind_load(CX, &press_accreditation_kind, id, &a));
	assert_null(a.name);
	assert_string_equal(a.state, "granted");
	assert_int_equal(db_int(CX, &id, media_terms[0].sql, VALS(v_int(20210101))), RC_NOTFOUND);
	err_clear(CX);
}

static void
test_views(void **state)
{
	struct social_column c;
	struct social_post p;

	(void)state;
	kind_empty(&social_column_kind, &c);
	c.name.kk = "«Söileqazaqşa»";
	c.network = "instagram";
	OK(save(&social_column_kind, &c));
	kind_empty(&social_post_kind, &p);
	p.social_column = c.rec.id;
	p.title = "Сәлем";
	p.day = 20241101;
	p.views = 100;
	OK(save(&social_post_kind, &p));
	assert_int_equal(p.views_on, CX->today);
	p.views_on = 20241001; /* before it was there */
	assert_int_equal(save(&social_post_kind, &p), RC_INVALID);
	p.views_on = 20241105;
	OK(save(&social_post_kind, &p));
	p.views = 200; /* read anew, without saying when */
	OK(save(&social_post_kind, &p));
	assert_int_equal(p.views_on, CX->today);
	p.views = INT_NONE;
	OK(save(&social_post_kind, &p));
	assert_int_equal(p.views_on, 0);
}

static void
test_silent(void **state)
{
	int64_t loud = body("media-loud", 0), mute = body("media-mute", 0);
	int64_t a = event_at("Айтылған", loud, 20230201),
		b = event_at("Айтылмаған", mute, 20230202);
	struct publication p = fresh("Туралы", NULL), *v;
	struct media_coverage c = { .from = 20230101, .to = 20230331 };
	size_t n;

	(void)state;
	p.event = a;
	p.day = 20230203;
	OK(save(&publication_kind, &p));
	OK(media_coverage(CX, &c));
	assert_int_equal(c.side[MEDIA_EVENTS], 2);
	assert_int_equal(c.side[MEDIA_SILENT_EVENTS], 1);
	assert_int_equal(c.side[MEDIA_BODIES], 2);
	assert_int_equal(c.side[MEDIA_SILENT_BODIES], 1);
	assert_int_equal(c.publications[0], 1);
	assert_int_equal(c.publications[1], 0);
	OK(media_about(CX, a, &v, &n));
	assert_int_equal(n, 1);
	db_end(CX);
	/* What was written about a merged report is about the event. */
	p = fresh("Есеп туралы", NULL);
	p.event = event_at("Айтылмаған", loud, 20230202);
	OK(save(&publication_kind, &p));
	OK(event_merge(CX, b, p.event));
	OK(media_coverage(CX, &c));
	assert_int_equal(c.side[MEDIA_EVENTS], 2);
	assert_int_equal(c.side[MEDIA_SILENT_EVENTS], 0);
	assert_int_equal(c.side[MEDIA_SILENT_BODIES], 0);
	OK(media_about(CX, b, &v, &n));
	assert_int_equal(n, 1);
}

/* A copy is a picture or a PDF by its first bytes; a page that could act is refused, whatever it is called. */
static void
test_copy(void **state)
{
	char dir[] = "/tmp/shanyraq-media-XXXXXX";
	struct form_part part = { .name = "file", .filename = "x.pdf", .type = "application/pdf" };
	struct publication p = fresh("Көшірмесі бар", NULL);
	int64_t own = body("media-d", 0);
	struct actor leader = leader_of(&own);
	struct file f;

	(void)state;
	assert_non_null(mkdtemp(dir));
	files_home_set(dir);
	OK(save(&publication_kind, &p));
	part.body = slice_str("<html><script>alert(1)</script></html>");
	assert_int_equal(media_archive(CX, p.rec.id, &part), RC_INVALID);
	house_next(&house);
	part.body = slice_str("");
	assert_int_equal(media_archive(CX, p.rec.id, &part), RC_INVALID);
	house_next(&house);
	part.body = slice_str("%PDF-1.4\n%%EOF\n");
	CX->actor = &leader; /* the assembly's own publication */
	assert_int_equal(media_archive(CX, p.rec.id, &part), RC_DENIED);
	house_next(&house);
	CX->actor = &actor_system;
	OK(media_archive(CX, p.rec.id, &part));
	OK(kind_load(CX, &publication_kind, p.rec.id, &p));
	assert_true(p.archive != 0);
	OK(kind_load(CX, &file_kind, p.archive, &f));
	assert_string_equal(f.media, "application/pdf");
	assert_int_equal(f.size, 15);
	CX->actor = &actor_guest; /* the outlet's text is not ours to publish */
	assert_int_equal(kind_get(CX, &file_kind, p.archive, &f), RC_NOTFOUND);
	err_clear(CX);
	CX->actor = &actor_system;
	files_home_set("");
	db_end(CX);
	(void)!system(arena_printf(CX->arena, "rm -rf %s", dir));
}

/* ---- feeds ---- */

static struct media_polling
look(void)
{
	struct media_polling p = { .inner = true };

	OK(media_poll(CX, &p));
	db_end(CX);
	return p;
}

static void
set(const char *name, const char *value)
{
	OK(setting_set(CX, name, value));
}

static struct media_feed_state
after(int64_t id)
{
	struct media_feed_state s;

	OK(media_feed_state(CX, id, &s));
	db_end(CX);
	return s;
}

/* The address of the small server is none that a form takes: past the checks. */
static int
point_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const char *const *path = arg;
	struct outlet o;

	TRY(kind_load(cx, &outlet_kind, outlet_id, &o));
	o.feed = arena_printf(cx->arena, "%s%s", server_base(cx->arena), *path);
	o.polled = true;
	return kind_rewrite_tx(cx, tx, &outlet_kind, &o);
}

static void
point(const char *path)
{
	OK(db_write(CX, point_fn, &path));
}

static void
test_feed(void **state)
{
	struct media_polling p = { .inner = true };
	struct media_found *f, got;
	size_t n;

	(void)state;
	server.feed = SERVER_FEED(
	    SERVER_ITEM("Қазақстан халқы Ассамблеясының отырысы өтті", "https://ulgi.example/f/1")
		SERVER_ITEM("Qazaqstan halqy Assambleıasynda", "https://ulgi.example/f/2")
		    SERVER_ITEM("Ауа райы", "https://ulgi.example/f/3")
			SERVER_ITEM("В Ассамблее народа Казахстана", "https://ulgi.example/n/1"));
	point("/feed");
	assert_int_equal(
	    media_poll(CX, &p), RC_RULE); /* nothing goes out unless somebody says so */
	err_clear(CX);
	assert_int_equal(server.nasked, 0);
	set("feed_minutes", "30");
	p = look();
	assert_true(p.did);
	assert_string_equal(p.said, "fine");
	assert_int_equal(p.found, 2); /* the weather is not asked for; n/1 is in the register */
	p = look();
	assert_false(p.did); /* not before half an hour is over */
	CX->now += 31 * 60 * US_PER_SECOND;
	p = look();
	assert_string_equal(p.said, "same");
	assert_int_equal(server_asked("/feed"), 2);
	OK(media_found_list(CX, &f, &n));
	assert_int_equal(n, 2);
	OK(media_found_get(CX, f[0].id, &got));
	OK(media_found_done(CX, f[0].id, "aside"));
	OK(media_found_done(CX, f[0].id, "aside")); /* the button pressed twice */
	assert_int_equal(media_found_done(CX, f[0].id, "taken"), RC_NOTFOUND);
	house_next(&house);
	point("/feed?x"); /* another address: without the conditions of the old one */
	p = look();
	assert_string_equal(p.said, "fine");
	assert_int_equal(p.found, 0); /* what was put aside stays so */
}

/* What was found goes after its days, also where nobody looks into feeds any more. */
static void
test_feed_term(void **state)
{
	struct media_polling p = { .inner = true };
	int64_t n, now = CX->now;

	(void)state;
	set("feed_minutes", "");
	CX->now += 89 * US_PER_DAY;
	assert_int_equal(media_poll(CX, &p), RC_RULE);
	house_next(&house);
	OK(db_int(CX, &n, "SELECT count(*) FROM media_found", NO_VALS));
	assert_true(n > 0);
	db_end(CX);
	CX->now += 2 * US_PER_DAY;
	assert_int_equal(media_poll(CX, &p), RC_RULE);
	house_next(&house);
	OK(db_int(CX, &n, "SELECT count(*) FROM media_found", NO_VALS));
	assert_int_equal(n, 0);
	db_end(CX);
	CX->now = now;
	set("feed_minutes", "30");
}

static void
test_feed_bad(void **state)
{
	static const struct {
		const char *path, *said;
	} ways[] = { { "/busy", "error" }, { "/endless", "big" }, { "/bomb", "big" },
		{ "/to-private", "private" }, { "/to-file", "address" }, { "/loop", "hops" } };
	struct media_feed_state s;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(ways); i++) {
		point(ways[i].path);
		assert_string_equal(look().said, ways[i].said);
	}
	point("/nothing");
	assert_string_equal(look().said, "error");
	s = after(outlet_id);
	assert_int_equal(s.fails, 1);
	assert_true(s.next_at >= CX->now + 60 * 60 * US_PER_SECOND); /* twice as late */
	for (i = 0; i < 8; i++) {
		CX->now = s.next_at;
		assert_true(look().did);
		s = after(outlet_id);
	}
	assert_true(s.next_at == CX->now + US_PER_DAY); /* never later than a day */
	server.feed = "<html/>";
	point("/feed?html");
	assert_string_equal(look().said, "not");
}

static void
test_proof(void **state)
{
	(void)state;
	verified();
}

#define T(f) cmocka_unit_test(f)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_once), T(test_reprints), T(test_writers),
		T(test_door), T(test_term), T(test_views), T(test_silent), T(test_copy),
		T(test_feed), T(test_feed_term), T(test_feed_bad), T(test_proof) };
	int failed;

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	server_start();
	failed = cmocka_run_group_tests_name("media", tests, open_house, close_house);
	server_stop();
	return failed;
}

/* news_furniture_test.c – what stands round an article: photographs made new and seen only with consent, words found in
 * any script, case and where spaces are missing, other news by shared words, the news of a body. On both engines. */
#define MORE_KINDS , &rubric_kind, &article_kind, &article_link_kind, &article_picture_kind
#include "mod/news/news.h"
#include "mod/news/news_picture.h"
#include "event_test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/files.h"
#include "search/search.h"

static int64_t rubric;
static char dir[96];

static struct article
published_of(int64_t of, const char *title, const char *text)
{
	static const char *const way[] = { "send", "publish" };
	struct article a;
	size_t i;

	kind_empty(&article_kind, &a);
	a.rubric = rubric;
	a.body = of;
	a.original = "kk";
	a.title.kk = title;
	a.text.kk = text;
	OK(kind_insert(CX, &article_kind, &a));
	for (i = 0; i < ARRAY_LEN(way); i++) {
		OK(article_do(CX, &(struct article_move){ a.rec.id, a.rec.version, way[i], NULL }));
		OK(kind_load(CX, &article_kind, a.rec.id, &a));
	}
	return a;
}

/* ---- pictures ---- */

static void
put32(struct buf *b, uint32_t n)
{
	const char s[4] = { (char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n };

	buf_put(b, s, 4);
}

static void
chunk(struct buf *b, const char *type, const char *data, size_t n)
{
	uLong crc = crc32(0, (const Bytef *)type, 4);

	put32(b, (uint32_t)n);
	buf_put(b, type, 4);
	buf_put(b, data, n);
	put32(b, (uint32_t)crc32(crc, (const Bytef *)data, (uInt)n));
}

/* A grey PNG of so many pixels; place: with words in it that say where it was taken; moving: two frames. */
static struct slice
png(int width, int height, const char *place, bool moving)
{
	size_t raw = (size_t)height * ((size_t)width + 1);
	uLongf n = compressBound(raw);
	char *pixels = arena_alloc(CX->arena, raw), *packed = arena_alloc(CX->arena, n);
	struct buf b, head;

	memset(pixels, 0, raw);
	assert_int_equal(compress((Bytef *)packed, &n, (const Bytef *)pixels, raw), Z_OK);
	buf_init(&b, CX->arena, 0);
	buf_init(&head, CX->arena, 0);
	buf_put(&b, "\x89PNG\r\n\x1a\n", 8);
	put32(&head, (uint32_t)width);
	put32(&head, (uint32_t)height);
	buf_put(&head, "\x08\0\0\0\0", 5);
	chunk(&b, "IHDR", head.p, head.n);
	if (moving)
		chunk(&b, "acTL", "\0\0\0\x02\0\0\0\0", 8);
	if (place != NULL) {
		struct buf text;

		buf_init(&text, CX->arena, 0);
		buf_put(&text, "Comment", 8);
		buf_str(&text, place);
		chunk(&b, "tEXt", text.p, text.n);
		chunk(&b, "eXIf", place, strlen(place));
	}
	chunk(&b, "IDAT", packed, n);
	chunk(&b, "IEND", "", 0);
	return (struct slice){ b.p, b.n };
}

static struct article_picture
picture_of(int64_t article, const char *alt, const char *consent)
{
	struct article_picture p;

	kind_empty(&article_picture_kind, &p);
	p.article = article;
	p.alt.kk = alt;
	p.consent = consent;
	return p;
}

static struct slice
kept(const char *sha)
{
	const char *path = files_path(CX->arena, dir, sha);
	char *p = arena_alloc(CX->arena, 1 << 20);
	int fd = open(path, O_RDONLY);
	ssize_t n;

	assert_true(fd >= 0);
	n = read(fd, p, 1 << 20);
	close(fd);
	assert_true(n > 0);
	return (struct slice){ p, (size_t)n };
}

static bool
holds(struct slice s, const char *word)
{
	return memmem(s.p, s.n, word, strlen(word)) != NULL;
}

/* RULE after-1 for articles: neither place nor anything else rides along; the same of a JPEG with Exif in it. */
static void
test_no_place(void **state)
{
	struct article a = published_of(0, "Сурет", "а");
	struct article_picture p = picture_of(a.rec.id, "Ақ үй", "no_faces"), again;
	struct slice in = png(900, 600, "GPSLatitude 50.28", false), jpeg;
	struct buf tail, exif;

	(void)state;
	assert_true(holds(in, "GPSLatitude"));
	buf_init(&tail, CX->arena, 0); /* a polyglot: the tail is a page */
	buf_put(&tail, in.p, in.n);
	buf_str(&tail, "<script>alert(1)</script>");
	OK(article_picture_take(CX, (struct slice){ tail.p, tail.n }, "image/png", &p));
	jpeg = kept(p.sha256);
	assert_memory_equal(jpeg.p, "\xff\xd8\xff", 3);
	assert_false(holds(jpeg, "GPSLatitude") || holds(jpeg, "<script") ||
		     holds(kept(p.thumb), "GPSLatitude"));
	assert_int_equal(p.width, 900);
	assert_int_equal(p.height, 600);
	assert_int_equal(p.small_width, 400);
	assert_int_equal(p.rank, 1);
	buf_init(&exif, CX->arena, 0);
	buf_put(&exif, jpeg.p, 2);
	buf_put(&exif,
	    "\xff\xe1\0\x1a"
	    "Exif\0\0GPSLatitude 50.28",
	    28);
	buf_put(&exif, jpeg.p + 2, jpeg.n - 2);
	again = picture_of(a.rec.id, "Ақ үй", "agreed");
	OK(article_picture_take(CX, (struct slice){ exif.p, exif.n }, "image/jpeg", &again));
	assert_false(holds(kept(again.sha256), "GPSLatitude"));
	assert_int_equal(again.rank, 2);
}

static const char *
refusal(struct slice in, struct article_picture p)
{
	const char *text;

	assert_int_equal(article_picture_take(CX, in, NULL, &p), RC_INVALID);
	assert_non_null(CX->err.fields);
	text = arena_str(CX->arena, CX->err.fields->text);
	house_next(&house);
	return text;
}

#define S(s) ((struct slice){ "" s, sizeof(s) - 1 })

static void
test_refused(void **state)
{
	struct article a = published_of(0, "Бас тарту", "а");
	struct article_picture p = picture_of(a.rec.id, "Үй", "agreed");

	(void)state;
	CX->lang = LANG_EN;
	assert_non_null(strstr(refusal(S(""), p), "Choose a file"));
	assert_non_null(
	    strstr(refusal(S("<svg xmlns='http://www.w3.org/2000/svg'/>"), p), "Only pictures"));
	assert_non_null(strstr(refusal(S("\0\0\0\x18"
					 "ftypheic\0\0\0\0"),
				   p),
	    "HEIC"));
	assert_true(*refusal(S("GIF89a\1\0\1\0\0\0\0;"), p) != '\0');
	assert_true(*refusal(S("%PDF-1.7"), p) != '\0');
	assert_true(*refusal(S("\xff\xd8\xff\xe0 no picture"), p) != '\0');
	p.consent = NULL;
	assert_non_null(strstr(refusal(png(8, 8, NULL, false), p), "agreed"));
	p.consent = "agreed";
	p.alt.kk = NULL;
	assert_non_null(strstr(refusal(png(8, 8, NULL, false), p), "in words"));
	p.alt.kk = "Үй";
	OK(article_picture_take(CX, png(8, 8, NULL, true), NULL, &p)); /* it moved: now it stands */
	assert_memory_equal(kept(p.sha256).p, "\xff\xd8\xff", 3);
	CX->lang = LANG_KK;
}

/* RULE news-30 */
static void
test_consent(void **state)
{
	struct article a = published_of(0, "Келісім", "а"), *list;
	struct article_picture p = picture_of(a.rec.id, "Топ", "not_asked"), q, *v;
	const struct actor *me = CX->actor;
	const char *path;
	size_t n;

	(void)state;
	OK(article_picture_take(CX, png(20, 20, NULL, false), NULL, &p));
	CX->actor = &actor_guest;
	OK(article_pictures(CX, a.rec.id, &v, &n));
	assert_int_equal(n, 0);
	CX->actor = me;
	OK(article_pictures(CX, a.rec.id, &v, &n));
	assert_int_equal(n, 1);
	p.consent = "agreed";
	OK(kind_update(CX, &article_picture_kind, &p));
	q = picture_of(a.rec.id, "Екінші", "no_faces");
	OK(article_picture_take(CX, png(21, 20, NULL, false), NULL, &q));
	CX->actor = &actor_guest;
	OK(article_pictures(CX, a.rec.id, &v, &n));
	assert_int_equal(n, 2);
	assert_int_equal(v[0].rec.id, p.rec.id);
	list = &a;
	OK(article_pictures_first(CX, list, 1, &v));
	assert_int_equal(v[0].rec.id, p.rec.id);
	CX->actor = me;
	path = files_path(CX->arena, dir, p.sha256);
	assert_int_equal(access(path, F_OK), 0);
	OK(article_picture_remove(CX, p.rec.id));
	assert_int_equal(access(path, F_OK), -1);
	OK(article_pictures_first(CX, list, 1, &v));
	assert_int_equal(v[0].rec.id, q.rec.id);
	/* Gone with the article from guests. */
	OK(kind_load(CX, &article_kind, a.rec.id, &a));
	OK(article_do(CX, &(struct article_move){ a.rec.id, a.rec.version, "withdraw", "x" }));
	CX->actor = &actor_guest;
	OK(article_pictures(CX, a.rec.id, &v, &n));
	assert_int_equal(n, 0);
	CX->actor = me;
}

static void
test_whole(void **state)
{
	int64_t records, differences;
	struct buf out;

	(void)state;
	buf_init(&out, CX->arena, 0);
	OK(files_check(CX, dir, &out, &records, &differences));
	assert_true(records >= 8);
	if (differences != 0)
		BROKEN("%s", out.p);
	house_sql(&house, "UPDATE article_picture SET size = size + 1");
	OK(files_check(CX, dir, &out, &records, &differences));
	assert_true(differences > 0);
	house_sql(&house, "UPDATE article_picture SET size = size - 1");
}

/* ---- words ---- */

static bool
found(const char *text, int64_t id)
{
	struct answer a;
	size_t i, k;

	OK(search_all(CX, text, &article_kind, (struct window){ 0, 100 }, &a));
	for (i = 0; i < a.n; i++)
		for (k = 0; k < a.sections[i].n; k++)
			if (a.sections[i].hits[k].id == id)
				return true;
	return false;
}

static void
test_words(void **state)
{
	struct article a = published_of(0, "Бейбітшілік жолы",
	    "Келісімді дәріптеу етубағытында жиналған қала тұрғыныэтникалық.");
	const struct actor *me = CX->actor;

	(void)state;
	CX->actor = &actor_guest;
	assert_true(found("бейбітшілікке", a.rec.id)); /* another case */
	assert_true(found("beıbıtşılık", a.rec.id));   /* another script */
	assert_true(found("beibitshilik", a.rec.id));  /* typed without signs */
	assert_true(found("етубағытында", a.rec.id));  /* as it stands */
	assert_true(found("бағыт", a.rec.id));	       /* a part of what lacks its space */
	assert_true(found("этникалық", a.rec.id));
	assert_true(found("baǵytynda", a.rec.id));
	assert_false(found("темекі", a.rec.id));
	CX->actor = me;
}

static bool
related(const struct article *a, int64_t id)
{
	struct article *v;
	size_t n, i;

	OK(article_related(CX, a, &v, &n));
	for (i = 0; i < n; i++)
		if (v[i].rec.id == id)
			return true;
	return false;
}

static void
test_alike(void **state)
{
	struct rubric own;
	int64_t before = rubric;
	struct article a, b, c;

	(void)state;
	kind_empty(&rubric_kind, &own);
	own.code = "alike";
	own.name.kk = "Ұқсас";
	OK(kind_insert(CX, &rubric_kind, &own));
	a = published_of(0, "Домбыра үйірмесі балаларды шақырады", "а");
	rubric = own.rec.id;
	b = published_of(0, "Балалар домбыра үйірмесіне жазылды", "б");
	c = published_of(0, "Көпір жөнделіп жатыр", "в");
	assert_true(related(&b, a.rec.id)); /* of another rubric, by its words */
	assert_true(related(&b, c.rec.id)); /* of the rubric */
	assert_false(related(&a, c.rec.id));
	rubric = before;
}

static void
test_body(void **state)
{
	int64_t of = body("news-of", 0);
	struct article a = published_of(of, "Өз жаңалығы", "а"),
		       b = published_of(0, "Ол туралы", "б");
	struct article_link l;
	struct article_page p;

	(void)state;
	kind_empty(&article_link_kind, &l);
	l.article = b.rec.id;
	l.body = of;
	OK(kind_insert(CX, &article_link_kind, &l));
	published_of(0, "Басқа", "в");
	OK(article_list(CX, &(struct article_want){ .body = of, .limit = 10 }, &p));
	assert_int_equal(p.n, 2);
	assert_int_equal(p.v[0].rec.id, b.rec.id);
	assert_int_equal(p.v[1].rec.id, a.rec.id);
}

static int
open_news(void **state)
{
	int rc = open_house(state);
	struct rubric r;

	search_boot(kinds, ARRAY_LEN(kinds));
	snprintf(dir, sizeof dir, "/tmp/news-files-XXXXXX");
	assert_non_null(mkdtemp(dir));
	files_home_set(dir);
	kind_empty(&rubric_kind, &r);
	r.code = "assembly";
	r.name.kk = "Ассамблея";
	OK(kind_insert(CX, &rubric_kind, &r));
	rubric = r.rec.id;
	return rc;
}

static int
close_news(void **state)
{
	const char *rm = arena_printf(CX->arena, "rm -rf '%s'", dir);

	assert_int_equal(system(rm), 0);
	files_home_set("");
	return close_house(state);
}

#define T(f) cmocka_unit_test(f)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_no_place), T(test_refused), T(test_consent),
		T(test_whole), T(test_words), T(test_alike), T(test_body) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, open_news, close_news);
}

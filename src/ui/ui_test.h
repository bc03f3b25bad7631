/* ui_test.h – what the tests of ui/ share: a house with three kinds of its own, requests made by hand,
 * and a small reader of forms that answers as a browser would. Header-only, for tests alone.
 *
 * place: small, chosen from a select. human: chosen by search, names open to staff only, scoped for
 * actors with a body. thing: one field of every type. */
#ifndef UI_UI_TEST_H
#define UI_UI_TEST_H
#ifdef HOUSE_ROOT

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "house.h"
#include "kind/internal.h"
#include "ui/ui.h"

/* cmocka's own again: lang.h has one of the same name. */
#undef fail
#define fail() _fail(__FILE__, __LINE__)

struct place {
	struct rec rec;
	const char *code;
	struct text3 name;
};
struct human {
	struct rec rec;
	const char *surname, *given;
	int64_t body;
};
struct thing {
	struct rec rec;
	struct text3 name;
	const char *code, *note, *phone, *inner_word;
	int64_t count;
	double price;
	int day;
	int64_t at;
	bool done;
	const char *size, *colour;
	int64_t place, owner;
	struct sealed secret;
	const char *mark;
};

static const struct option sizes[] = { { "s", "Small" }, { "m", "Middle" }, { "l", "Large" }, { NULL, NULL } };
static const struct option colours[] = { { "red", "Red" }, { "blue", "Blue" }, { NULL, NULL } };
static struct kind_state states[3];

static const struct field place_fields[] = {
	F_TEXT(place, code, .label = "Code", .flags = F_REQUIRED | F_UNIQUE, .privacy = PRIV_PUBLIC),
	F_TEXT3(place, name, .label = "Name", .flags = F_REQUIRED | F_SEARCH | F_LIST, .privacy = PRIV_PUBLIC),
};
static const struct kind place_kind = { .name = "place", .label = "Place", .plural = "Places", .size = sizeof(struct place),
	.fields = place_fields, .nfields = ARRAY_LEN(place_fields), .title = { "name" }, .small = true, .read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE, .edit = CAP_BODY_WRITE, .staff = CAP_STAFF, .path = "/places/%lld", .state = &states[0] };

static void
human_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q, "human.body = ?", VALS(v_int(cx->actor->body)));
}
static const char *
human_hint(struct ctx *cx, const void *rec)
{
	return arena_printf(cx->arena, "of body %lld", (long long)((const struct human *)rec)->body);
}
static const struct field human_fields[] = {
	F_TEXT(human, surname, .label = "Surname", .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_STAFF),
	F_TEXT(human, given, .label = "Given name", .flags = F_LIST | F_SEARCH, .privacy = PRIV_STAFF),
	F_INT(human, body, .label = "Body", .privacy = PRIV_STAFF),
};
static const struct kind human_kind = { .name = "human", .plural_name = "humans", .label = "Human", .plural = "Humans",
	.size = sizeof(struct human), .fields = human_fields, .nfields = ARRAY_LEN(human_fields),
	.title = { "surname", "given" }, .read = CAP_PEOPLE_READ, .create = CAP_PEOPLE_WRITE, .edit = CAP_PEOPLE_WRITE,
	.staff = CAP_PEOPLE_READ, .scope = human_scope, .hint = human_hint, .path = "/humans/%lld", .state = &states[1] };

static const struct field thing_fields[] = {
	F_TEXT3(thing, name, .label = "Name", .max = 40, .help = "As on the door", .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(thing, code, .label = "Code", .flags = F_UNIQUE | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(thing, note, .label = "Note", .max = 400, .flags = F_LONG, .privacy = PRIV_PUBLIC),
	F_TEXT(thing, phone, .label = "Telephone", .form = "tel", .privacy = PRIV_PUBLIC),
	F_TEXT(thing, inner_word, .label = "Inner word", .flags = F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_INT(thing, count, .label = "Count", .min = 0, .max = 1000, .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_REAL(thing, price, .label = "Price", .privacy = PRIV_PUBLIC),
	F_DAY(thing, day, .label = "Day", .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TIME(thing, at, .label = "Moment", .privacy = PRIV_PUBLIC),
	F_BOOL(thing, done, .label = "Done", .flags = F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(thing, size, sizes, .label = "Size", .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(thing, colour, colours, .label = "Colour", .privacy = PRIV_PUBLIC),
	F_REF(thing, place, &place_kind, .label = "Place", .flags = F_LIST | F_FILTER | F_OPTION_COLUMN,
	    .privacy = PRIV_PUBLIC),
	F_REF(thing, owner, &human_kind, .label = "Owner", .privacy = PRIV_STAFF),
	F_SEALED(thing, secret, .label = "Secret", .max = 30, .privacy = PRIV_SEALED),
	F_TEXT(thing, mark, .label = "Mark", .flags = F_RULED, .privacy = PRIV_PUBLIC),
};
static const struct kind thing_kind = { .name = "thing", .plural_name = "things", .label = "Thing", .plural = "Things",
	.size = sizeof(struct thing), .fields = thing_fields, .nfields = ARRAY_LEN(thing_fields), .title = { "name" },
	.read = CAP_PUBLIC, .create = CAP_BODY_WRITE, .edit = CAP_BODY_WRITE, .staff = CAP_STAFF, .path = "/things/%lld",
	.state = &states[2] };

static const struct kind *const test_kinds[] = { &place_kind, &human_kind, &thing_kind };
static struct house h;
#define CX (&h.cx)

static struct actor clerk, leader;

#define HEAD "(id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL, "
#define TAIL ", sort_kk @text, sort_ru @text, sort_en @text, fold_key @text);\n"
static const struct migration tables = { 1000, "ui_test.sql",
	"CREATE TABLE place " HEAD "code @text, name_kk @text, name_ru @text, name_en @text" TAIL
	"CREATE TABLE human " HEAD "surname @text, given @text, body @int" TAIL
	"CREATE TABLE thing " HEAD "name_kk @text, name_ru @text, name_en @text, code @text, note @text, phone @text,"
	" inner_word @text, count @int, price @real, day @int, at @int, done @int, size @text, colour @text, place @int,"
	" owner @int, secret @blob, mark @text" TAIL };

static int
open_house(void **state)
{
	const char *err = "";

	(void)state;
	house_open(&h, DB_SQLITE, test_kinds, ARRAY_LEN(test_kinds));
	if (store_migrate(h.store, &tables, 1, NULL, &err) != RC_OK)
		fail_msg("store_migrate: %s", err);
	house_next(&h);
	clerk = (struct actor){ .account = 7, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .login = "c", .name = "Clerk",
		.session = 3, .csrf = "token-of-c" };
	leader = (struct actor){ .account = 8, .role = ROLE_LEADER, .body = 1, .login = "l", .name = "Leader", .session = 4,
		.caps = role_caps(ROLE_LEADER) | UINT64_C(1) << CAP_BODY_WRITE, .csrf = "token-of-l" };
	return 0;
}

static int
close_house(void **state)
{
	(void)state;
	house_close(&h);
	return 0;
}

/* ---- records ---- */

static inline int64_t
make_place(const char *code, const char *kk)
{
	struct place p;

	kind_empty(&place_kind, &p);
	p.code = code;
	p.name.kk = kk;
	assert_int_equal(kind_insert(CX, &place_kind, &p), RC_OK);
	return p.rec.id;
}

static inline int64_t
make_human(const char *surname, const char *given, int64_t body)
{
	struct human p;

	kind_empty(&human_kind, &p);
	p.surname = surname;
	p.given = given;
	p.body = body;
	assert_int_equal(kind_insert(CX, &human_kind, &p), RC_OK);
	return p.rec.id;
}

static inline struct thing
small_thing(const char *kk, const char *code, int day)
{
	struct thing t;

	kind_empty(&thing_kind, &t);
	t.name.kk = kk;
	t.code = code;
	t.day = day;
	t.size = "m";
	return t;
}

static inline int64_t
make_thing(struct thing t)
{
	assert_int_equal(kind_insert(CX, &thing_kind, &t), RC_OK);
	return t.rec.id;
}

/* ---- requests ---- */

static inline struct view *
view_of(const struct actor *who, enum method m, const char *target)
{
	struct req *rq = arena_new(&h.arena, struct req);
	struct view *v = arena_new(&h.arena, struct view);
	size_t n = strcspn(target, "?");

	house_next(&h);
	CX->actor = who;
	arena_init(&rq->arena);
	rq->method = m;
	rq->path = arena_printf(&h.arena, "/en%.*s", (int)n, target);
	if (target[n] == '?')
		rq->query_raw = slice_str(target + n + 1);
	*v = (struct view){ .rq = rq, .cx = CX, .status = 200, .path = rq->path + 3 };
	html_init(&v->h, &h.arena, 0);
	return v;
}

static inline struct view *
get(const struct actor *who, const char *target)
{
	return view_of(who, M_GET, target);
}

static inline struct view *
post(const struct actor *who, const char *target, const char *body)
{
	struct view *v = view_of(who, M_POST, target);

	v->rq->head[v->rq->nhead++] = (struct header){ "Content-Type", "application/x-www-form-urlencoded" };
	v->rq->body = slice_str(body);
	assert_int_equal(req_parse(v->rq), RC_OK);
	return v;
}

/* The request's own arena holds only what http/ parsed; all else lies in the house's. */
static inline void
done(struct view *v)
{
	arena_done(&v->rq->arena);
	CX->actor = &actor_system;
	house_next(&h);
}

static inline bool
has(const struct view *v, const char *part)
{
	return strstr(v->h.out.p, part) != NULL;
}

static inline int
times(const struct view *v, const char *part)
{
	const char *p = v->h.out.p;
	int n = 0;

	for (; (p = strstr(p, part)) != NULL; p += strlen(part))
		n++;
	return n;
}

#define assert_has(v, part)                                                                        \
	do {                                                                                       \
		if (!has((v), (part)))                                                             \
			fail_msg("not drawn: %s\nin: %s", (part), (v)->h.out.p);                   \
	} while (0)
#define assert_lacks(v, part)                                                                      \
	do {                                                                                       \
		if (has((v), (part)))                                                              \
			fail_msg("drawn: %s\nin: %s", (part), (v)->h.out.p);                       \
	} while (0)
#define assert_sound(v) assert_true(html_ok(&(v)->h))

#endif
#endif

/* ui_test.h – what the tests of ui/ share: a house with the three kinds of ui_test_kinds.h, records made
 * in few words, and requests made by hand. Header-only, for tests alone. */
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
#include "ui/ui.h"
#include "ui/ui_test_kinds.h"

/* cmocka's own again: lang.h has one of the same name. */
#undef fail
#define fail() _fail(__FILE__, __LINE__)

static struct house h;
#define CX (&h.cx)

static struct actor clerk, leader;

static int
open_house(void **state)
{
	const char *err = "";

	(void)state;
	house_open(&h, DB_SQLITE, test_kinds, ARRAY_LEN(test_kinds));
	if (store_migrate(h.store, &tables, 1, NULL, &err) != RC_OK)
		fail_msg("store_migrate: %s", err);
	house_next(&h);
	clerk = (struct actor){ .account = 7,
		.role = ROLE_CLERK,
		.caps = role_caps(ROLE_CLERK),
		.login = "c",
		.name = "Clerk",
		.session = 3,
		.csrf = "token-of-c" };
	leader = (struct actor){ .account = 8,
		.role = ROLE_LEADER,
		.body = 1,
		.login = "l",
		.name = "Leader",
		.session = 4,
		.caps = role_caps(ROLE_LEADER) | UINT64_C(1) << CAP_BODY_WRITE,
		.csrf = "token-of-l" };
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

	v->rq->head[v->rq->nhead++] =
	    (struct header){ "Content-Type", "application/x-www-form-urlencoded" };
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

#define assert_has(v, part)                                                      \
	do {                                                                     \
		if (!has((v), (part)))                                           \
			fail_msg("not drawn: %s\nin: %s", (part), (v)->h.out.p); \
	} while (0)
#define assert_lacks(v, part)                                                \
	do {                                                                 \
		if (has((v), (part)))                                        \
			fail_msg("drawn: %s\nin: %s", (part), (v)->h.out.p); \
	} while (0)
#define assert_sound(v) assert_true(html_ok(&(v)->h))

#endif
#endif

/* search_test.h – two small kinds and short words for the tests of search/: papers, some of which
 * guests see, and folk with names. Header-only, for builds of tests (HOUSE_ROOT). */
#ifndef SEARCH_SEARCH_TEST_H
#define SEARCH_SEARCH_TEST_H
#ifdef HOUSE_ROOT

#include "search/search_test_tables.h"

static inline void
house_start(struct house *h, enum db_engine e)
{
	const char *err = "";

	house_open(h, e, test_kinds, NKINDS);
	if (store_migrate(h->store, &test_tables, 1, NULL, &err) != RC_OK)
		fail_msg("store_migrate: %s", err);
	search_boot(test_kinds, NKINDS);
}

static inline void
is_rc(struct house *h, int want, int rc, const char *what, int line)
{
	if (rc != want)
		fail_msg("line %d: %s = %d, not %d: %s | %s", line, what, rc, want,
		    h->cx.err.text == NULL ? "" : h->cx.err.text,
		    h->cx.err.detail == NULL ? "" : h->cx.err.detail);
	house_next(h);
}
#define ok(h, call) is_rc((h), RC_OK, (call), #call, __LINE__)
#define ends(h, rc, call) is_rc((h), (rc), (call), #call, __LINE__)

static inline struct actor
actor_of(enum role r, int64_t body)
{
	static int64_t scope[1];

	scope[0] = body;
	return (struct actor){ .account = 70 + (int)r,
		.role = r,
		.caps = role_caps(r),
		.body = body,
		.scope = scope,
		.nscope = body == 0 ? 0 : 1,
		.login = "x",
		.name = "x",
		.csrf = "" };
}

/* Every write runs twice in checks, and PostgreSQL's ids then have gaps: records are named by their
 * place among the others, from 1. */
static inline int64_t
place_of(struct house *h, const struct kind *k, int64_t id)
{
	return house_int(h, arena_printf(h->cx.arena, "SELECT count(*) FROM %s WHERE id <= %lld",
				k->name, (long long)id));
}
static inline int64_t
id_at(struct house *h, const struct kind *k, int64_t place)
{
	return house_int(
	    h, arena_printf(h->cx.arena, "SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET %lld",
		   k->name, (long long)place - 1));
}

static inline int64_t
add_paper(struct house *h, const char *name, const char *matter, const char *state, int64_t body)
{
	struct paper p;

	kind_empty(&paper_kind, &p);
	p.name.kk = name;
	p.matter = matter;
	p.state = state;
	p.body = body;
	ok(h, kind_insert(&h->cx, &paper_kind, &p));
	return place_of(h, &paper_kind, p.rec.id);
}
static inline int64_t
add_folk(struct house *h, const char *surname, const char *given, int64_t body)
{
	struct folk p;

	kind_empty(&folk_kind, &p);
	p.surname = surname;
	p.given = given;
	p.phone = "жасырын телефон";
	p.body = body;
	ok(h, kind_insert(&h->cx, &folk_kind, &p));
	return place_of(h, &folk_kind, p.rec.id);
}

/* "3 1 7": places of the best, as this actor finds them; *all as counted. */
static inline const char *
found(struct house *h, const struct kind *k, const char *text, int64_t *all)
{
	struct question *q = arena_new(h->cx.arena, struct question);
	struct section s;
	size_t i;
	struct buf b;

	ok(h, question_read(&h->cx, text, search_readers(&h->cx, k), search_words_of(k), q));
	ok(h, search_kind(&h->cx, k, q, (struct window){ 0, 100 }, &s));
	if (all != NULL)
		*all = s.all;
	buf_init(&b, h->cx.arena, 0);
	for (i = 0; i < s.n; i++)
		buf_printf(&b, i == 0 ? "%lld" : " %lld", (long long)place_of(h, k, s.hits[i].id));
	return b.p;
}
/* How many the list with q= holds. */
static inline int64_t
listed(struct house *h, const struct kind *k, const char *text)
{
	struct query q;
	int64_t n;

	if (query_init(&h->cx, &q, k) != RC_OK) {
		house_next(h);
		return -1;
	}
	ok(h, query_filter(&q, "q", text));
	ok(h, query_count(&q, &n));
	return n;
}
static inline int64_t
differences(struct house *h)
{
	struct buf b;
	int64_t records = 0, d = 0;

	buf_init(&b, h->cx.arena, 0);
	ok(h, search_check(&h->cx, test_kinds, NKINDS, &b, &records, &d));
	if (d > 0)
		print_message("%s", b.p);
	return d;
}

#endif
#endif

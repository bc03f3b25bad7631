/* search_test.h – two small kinds and short words for the tests of search/: papers, some of which
 * guests see, and folk with names. Header-only, for builds of tests (HOUSE_ROOT). */
#ifndef SEARCH_SEARCH_TEST_H
#define SEARCH_SEARCH_TEST_H
#ifdef HOUSE_ROOT

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "house.h"
#include "kind/internal.h"
#include "lang/lexicon.h"
#include "search/search.h"

#undef fail
#define fail() _fail(__FILE__, __LINE__)

struct paper {
	struct rec rec;
	struct text3 name;
	const char *matter, *state, *remark;
	int64_t body, doom;
};
struct folk {
	struct rec rec;
	const char *surname, *given, *phone;
	int64_t body;
};

static struct kind_state paper_state, folk_state;
static const struct option paper_states[] = { { "open", "Open" }, { "shut", "Shut" },
	{ NULL, NULL } };

static inline void
paper_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_EVENT_READ))
		query_and(q, "paper.state = 'open'", NO_VALS);
	else if (actor_scoped(cx->actor))
		query_and(
		    q, "paper.state = 'open' OR paper.body = ?", VALS(v_int(cx->actor->body)));
}
static inline bool
paper_open(const void *rec)
{
	return strcmp(((const struct paper *)rec)->state, "open") == 0;
}
/* Comes after the index was written: nothing of the write may stay. */
static inline int
paper_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	(void)tx;
	(void)old;
	return ((const struct paper *)rec)->doom == 666 ? fail_at(cx, "test", RC_RULE, "Doomed.")
							: RC_OK;
}
static inline void
folk_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q, "folk.body = ?", VALS(v_int(cx->actor->body)));
}

static const struct field paper_fields[] = {
	F_TEXT3(paper, name, .label = "Name", .flags = F_REQUIRED | F_SEARCH, .max = 300,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(paper, matter, .label = "Matter", .flags = F_LONG | F_SEARCH, .max = 8000,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(paper, state, paper_states, .label = "State", .flags = F_REQUIRED,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(paper, remark, .label = "Remark", .flags = F_LONG, .privacy = PRIV_STAFF),
	F_INT(paper, body, .label = "Body", .privacy = PRIV_PUBLIC),
	F_INT(paper, doom, .label = "Doom", .privacy = PRIV_PUBLIC),
};
static const struct kind paper_kind = { .name = "paper",
	.plural_name = "papers",
	.label = "Paper",
	.plural = "Papers",
	.size = sizeof(struct paper),
	.fields = paper_fields,
	.nfields = ARRAY_LEN(paper_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = paper_scope,
	.open = paper_open,
	.changed = paper_changed,
	.path = "/papers/%lld",
	.state = &paper_state };

static const struct field folk_fields[] = {
	F_TEXT(folk, surname, .label = "Surname", .flags = F_REQUIRED | F_SEARCH | F_NAME,
	    .privacy = PRIV_STAFF),
	F_TEXT(folk, given, .label = "Given", .flags = F_SEARCH | F_NAME, .privacy = PRIV_STAFF),
	F_TEXT(folk, phone, .label = "Phone", .privacy = PRIV_SUBJECT),
	F_INT(folk, body, .label = "Body", .privacy = PRIV_STAFF),
};
static const struct kind folk_kind = { .name = "folk",
	.plural_name = "folks",
	.label = "Folk",
	.plural = "Folk",
	.size = sizeof(struct folk),
	.fields = folk_fields,
	.nfields = ARRAY_LEN(folk_fields),
	.title = { "surname", "given" },
	.read = CAP_PEOPLE_READ,
	.create = CAP_PEOPLE_WRITE,
	.edit = CAP_PEOPLE_WRITE,
	.staff = CAP_PEOPLE_READ,
	.scope = folk_scope,
	.path = "/folk/%lld",
	.state = &folk_state };

static const struct kind *const test_kinds[] = { &paper_kind, &folk_kind };
enum { NKINDS = 2 };

#define HEAD "(id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL, "
#define TAIL                                                                                  \
	", sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key " \
	"@text NOT NULL);\n"
static const struct migration test_tables = { 1000, "search_test.sql",
	"CREATE TABLE paper " HEAD "name_kk @text NOT NULL, name_ru @text, name_en @text, matter "
	"@text, state @text NOT NULL, remark @text, body @int, doom @int" TAIL
	"CREATE TABLE folk " HEAD
	"surname @text NOT NULL, given @text, phone @text, body @int" TAIL };

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
	struct found *f;
	size_t n, ranked, i;
	struct buf b;

	ok(h, question_read(&h->cx, text, search_readers(&h->cx, k), search_words_of(k), q));
	ok(h, search_kind(&h->cx, k, q, 0, 100, &f, &n, &ranked, all));
	buf_init(&b, h->cx.arena, 0);
	for (i = 0; i < n; i++)
		buf_printf(&b, i == 0 ? "%lld" : " %lld", (long long)place_of(h, k, f[i].id));
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

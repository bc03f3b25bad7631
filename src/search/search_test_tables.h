/* search_test_tables.h – the two kinds that the tests of search/ are about, and their tables. Part of
 * search_test.h. */
#ifndef SEARCH_SEARCH_TEST_TABLES_H
#define SEARCH_SEARCH_TEST_TABLES_H
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
	F_TEXT(folk, surname, .label = "Surname",
	    .flags = F_REQUIRED | F_SEARCH | F_NAME | F_SURNAME, .privacy = PRIV_STAFF),
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

#endif
#endif

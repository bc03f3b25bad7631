/* kind_test.h – what the tests of kind/ share: a house with two kinds of their own and short words.
 *
 * item has one field of every type and of every privacy class, team is what it refers to. guarded is
 * item once more, with a scope, a guard of writes and notes that only the own team reads.
 * Header-only, for builds of tests, which know where the house stands (HOUSE_ROOT). */
#ifndef KIND_KIND_TEST_H
#define KIND_KIND_TEST_H
#ifdef HOUSE_ROOT

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "house.h"
#include "kind/internal.h"
#include "kind/vault.h"

/* cmocka's own again: lang.h has one of the same name. */
#undef fail
#define fail() _fail(__FILE__, __LINE__)

struct team {
	struct rec rec;
	const char *code;
	struct text3 name;
};
struct item {
	struct rec rec;
	const char *code;
	struct text3 name;
	int64_t amount;
	double share;
	int day;
	int64_t at;
	bool done;
	const char *state;
	int64_t team, owner;
	const char *remark, *phone;
	struct sealed secret, pin;
	int64_t rank;
};

static const struct option item_states[] = { { "open", "Open" }, { "shut", "Shut" },
	{ "lost", "Lost" }, { NULL, NULL } };

static inline const char *
digits_error(const char *s)
{
	return s[strspn(s, "0123456789")] == '\0' ? NULL : "Digits only.";
}

static struct kind_state team_state, item_state, guarded_state;

static const struct field team_fields[] = {
	F_TEXT(team, code, .label = "Code", .flags = F_REQUIRED | F_UNIQUE, .privacy = PRIV_PUBLIC),
	F_TEXT3(team, name, .label = "Name", .flags = F_REQUIRED, .privacy = PRIV_PUBLIC),
};
static const struct kind team_kind = { .name = "team",
	.label = "Team",
	.plural = "Teams",
	.size = sizeof(struct team),
	.fields = team_fields,
	.nfields = ARRAY_LEN(team_fields),
	.title = { "code" },
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_STAFF,
	.state = &team_state };

/* A cross-field check and a count of its calls, to tell that a refused write came so far. */
static inline int
item_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct item *i = rec;

	(void)old;
	if (i->amount == 13)
		fail_field(cx, "amount", "No %s here.", "thirteen");
	return RC_OK;
}

static inline int
item_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct item *i = rec;

	/* Fails after the row stands: nothing of the write may stay. */
	(void)tx;
	(void)old;
	return i->amount == 666 ? fail_at(cx, "test", RC_RULE, "No beasts.") : RC_OK;
}

static const struct field item_fields[] = {
	F_TEXT(item, code, .label = "Code", .max = 40,
	    .flags = F_REQUIRED | F_UNIQUE | F_FIXED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_TEXT3(item, name, .label = "Name", .max = 300, .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC),
	F_INT(item, amount, .label = "Amount", .min = -1000, .max = 1000000, .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REAL(item, share, .label = "Share", .privacy = PRIV_PUBLIC),
	F_DAY(item, day, .label = "Day", .privacy = PRIV_PUBLIC),
	F_TIME(item, at, .label = "Moment", .privacy = PRIV_PUBLIC),
	F_BOOL(item, done, .label = "Done", .privacy = PRIV_PUBLIC),
	F_ENUM(item, state, item_states, .label = "State", .privacy = PRIV_PUBLIC),
	F_REF(item, team, &team_kind, .label = "Team", .privacy = PRIV_PUBLIC),
	F_REF(item, owner, &team_kind, .label = "Owner", .privacy = PRIV_STAFF),
	F_TEXT(
	    item, remark, .label = "Remark", .max = 4000, .flags = F_LONG, .privacy = PRIV_STAFF),
	F_TEXT(item, phone, .label = "Telephone", .max = 1000, .privacy = PRIV_SUBJECT),
	F_SEALED(item, secret, .label = "Secret", .max = 12, .valid = digits_error,
	    .privacy = PRIV_SEALED),
	F_SEALED(item, pin, .label = "Pin", .privacy = PRIV_SEALED),
	F_INT(item, rank, .label = "Rank", .flags = F_RULED, .privacy = PRIV_PUBLIC),
};
#define ITEM_KIND                                                                           \
	.name = "item", .plural_name = "items", .label = "Item", .plural = "Items",         \
	.size = sizeof(struct item), .nfields = ARRAY_LEN(item_fields), .subject = "owner", \
	.read = CAP_PUBLIC, .create = CAP_BODY_WRITE, .edit = CAP_BODY_WRITE,               \
	.staff = CAP_PEOPLE_READ, .path = "/items/%lld"
static const struct kind item_kind = { ITEM_KIND, .fields = item_fields, .title = { "name" },
	.check = item_check, .changed = item_changed, .state = &item_state };

/* Rows without a team are everybody's; the rest only their team's. Nobody but scoped actors notices. */
static inline void
guarded_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q, "item.team IS NULL OR item.team <> ?", VALS(v_int(99)));
}
static inline int
guarded_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct item *i = rec, *was = old;

	if (was != NULL && !actor_in_scope(cx->actor, was->team))
		return RC_NOTFOUND;
	return actor_in_scope(cx->actor, i->team) ? RC_OK
						  : fail_at(cx, "test", RC_DENIED, "Not yours.");
}
static inline bool
guarded_inside(struct ctx *cx, const void *rec)
{
	return actor_in_scope(cx->actor, ((const struct item *)rec)->team);
}
static const struct kind guarded_kind = { ITEM_KIND, .fields = item_fields, .title = { "name" },
	.scope = guarded_scope, .writable = guarded_writable, .inside = guarded_inside,
	.state = &guarded_state };

static const struct kind *const test_kinds[] = { &team_kind, &item_kind, &guarded_kind };

#define HEAD "(id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL, "
#define TAIL                                                                                  \
	", sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key " \
	"@text NOT NULL);\n"
static const struct migration test_tables = { 1000, "kind_test.sql",
	"CREATE TABLE team " HEAD
	"code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text" TAIL
	"CREATE TABLE item " HEAD
	"code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text,"
	" amount @int, share @real, day @int, at @int, done @int NOT NULL, state @text, team @int "
	"REFERENCES team (id),"
	" owner @int, remark @text, phone @text, secret @blob, pin @blob, rank @int CHECK (rank < "
	"500)" TAIL };

static struct house h;
#define CX (&h.cx)

static inline int
open_on(enum db_engine e)
{
	const char *err = "";
	int i;

	house_open(&h, e, test_kinds, ARRAY_LEN(test_kinds));
	if (store_migrate(h.store, &test_tables, 1, NULL, &err) != RC_OK)
		fail_msg("store_migrate: %s", err);
	for (i = 1; i <= 5; i++)
		house_sql(
		    &h, arena_printf(CX->arena,
			    "INSERT INTO team (id, version, created_at, changed_at, code, name_kk,"
			    " name_ru, sort_kk, sort_ru, sort_en, fold_key) VALUES (%d, 1, 0, 0, "
			    "'t%d', 'Топ %d', %s, '', '', '',"
			    " '')",
			    i, i, i, i % 2 == 0 ? "'Группа'" : "NULL"));
	return 0;
}
static inline int
open_sqlite(void **state)
{
	(void)state;
	return open_on(DB_SQLITE);
}
static inline int
open_pg(void **state)
{
	(void)state;
	return open_on(DB_PG);
}
static inline int
close_house(void **state)
{
	(void)state;
	house_close(&h);
	return 0;
}

/* The call must end so; the error is forgotten. What went wrong is printed. */
#define ok(call) is_rc(RC_OK, (call), #call, __LINE__)
#define ends(rc, call) is_rc((rc), (call), #call, __LINE__)
static inline void
is_rc(int want, int rc, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc != want)
		fail_msg("line %d: %s = %d, not %d: %s | %s | %s: %s", line, what, rc, want,
		    CX->err.text == NULL ? "" : CX->err.text,
		    CX->err.detail == NULL ? "" : CX->err.detail, f == NULL ? "" : f->field,
		    f == NULL ? "" : f->text);
	house_next(&h);
}

/* Ends with RC_INVALID on this field alone. */
#define refused(call, field) is_refused((call), (field), #call, __LINE__)
static inline void
is_refused(int rc, const char *field, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc != RC_INVALID || f == NULL || strcmp(f->field, field) != 0 || f->next != NULL ||
	    f->text[0] == '\0')
		fail_msg("line %d: %s = %d, error of %s (%s), not of %s alone", line, what, rc,
		    f == NULL ? "no field" : f->field, CX->err.detail == NULL ? "" : CX->err.detail,
		    field);
	house_next(&h);
}

/* A good item with nothing but what is needed. */
static inline struct item
item_new(const char *code)
{
	struct item i;

	kind_empty(&item_kind, &i);
	i.code = code;
	i.name.kk = code;
	return i;
}

static inline struct actor
actor_of(enum role r)
{
	return (struct actor){ .account = 70 + (int)r,
		.role = r,
		.caps = role_caps(r),
		.login = "x",
		.name = "x",
		.csrf = "" };
}

#define BOTH(f)                                              \
	{ "sqlite " #f, f, open_sqlite, close_house, NULL }, \
	{                                                    \
		"pg " #f, f, open_pg, close_house, NULL      \
	}

/* Without a cluster the PostgreSQL halves are left out. */
static inline int
run_both(const char *name, const struct CMUnitTest *all, size_t n)
{
	struct CMUnitTest run[64];
	size_t i, kept = 0;

	for (i = 0; i < n && kept < ARRAY_LEN(run); i++)
		if (all[i].setup_func != open_pg || house_has(DB_PG))
			run[kept++] = all[i];
	return _cmocka_run_group_tests(name, run, kept, NULL, NULL);
}

#endif
#endif

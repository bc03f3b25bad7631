/* kind_test_tables.h – the kinds that the tests of this folder are about, and their tables. Part of
 * kind_test.h. */
#ifndef KIND_KIND_TEST_TABLES_H
#define KIND_KIND_TEST_TABLES_H
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

#endif
#endif

/* ui_test_kinds.h – three kinds for the tests of ui/, and their tables.
 *
 * place: small, chosen from a select. human: chosen by search, names open to staff only, scoped for
 * actors with a body. thing: one field of every type. Header-only, for tests alone. */
#ifndef UI_UI_TEST_KINDS_H
#define UI_UI_TEST_KINDS_H
#ifdef HOUSE_ROOT

#include "kind/internal.h"

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

static const struct option sizes[] = { { "s", "Small" }, { "m", "Middle" }, { "l", "Large" },
	{ NULL, NULL } };
static const struct option colours[] = { { "red", "Red" }, { "blue", "Blue" }, { NULL, NULL } };
static struct kind_state states[3];

static const struct field place_fields[] = {
	F_TEXT(
	    place, code, .label = "Code", .flags = F_REQUIRED | F_UNIQUE, .privacy = PRIV_PUBLIC),
	F_TEXT3(place, name, .label = "Name", .flags = F_REQUIRED | F_SEARCH | F_LIST,
	    .privacy = PRIV_PUBLIC),
};
static const struct kind place_kind = { .name = "place",
	.label = "Place",
	.plural = "Places",
	.size = sizeof(struct place),
	.fields = place_fields,
	.nfields = ARRAY_LEN(place_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_STAFF,
	.path = "/places/%lld",
	.state = &states[0] };

static void
human_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q, "human.body = ?", VALS(v_int(cx->actor->body)));
}
static const char *
human_hint(struct ctx *cx, const void *rec)
{
	return arena_printf(
	    cx->arena, "of body %lld", (long long)((const struct human *)rec)->body);
}
static const struct field human_fields[] = {
	F_TEXT(human, surname, .label = "Surname", .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_STAFF),
	F_TEXT(
	    human, given, .label = "Given name", .flags = F_LIST | F_SEARCH, .privacy = PRIV_STAFF),
	F_INT(human, body, .label = "Body", .privacy = PRIV_STAFF),
};
static const struct kind human_kind = { .name = "human",
	.plural_name = "humans",
	.label = "Human",
	.plural = "Humans",
	.size = sizeof(struct human),
	.fields = human_fields,
	.nfields = ARRAY_LEN(human_fields),
	.title = { "surname", "given" },
	.read = CAP_PEOPLE_READ,
	.create = CAP_PEOPLE_WRITE,
	.edit = CAP_PEOPLE_WRITE,
	.staff = CAP_PEOPLE_READ,
	.scope = human_scope,
	.hint = human_hint,
	.path = "/humans/%lld",
	.state = &states[1] };

static const struct field thing_fields[] = {
	F_TEXT3(thing, name, .label = "Name", .max = 40, .help = "As on the door",
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_TEXT(thing, code, .label = "Code", .flags = F_UNIQUE | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(thing, note, .label = "Note", .max = 400, .flags = F_LONG, .privacy = PRIV_PUBLIC),
	F_TEXT(thing, phone, .label = "Telephone", .form = "tel", .privacy = PRIV_PUBLIC),
	F_TEXT(thing, inner_word, .label = "Inner word", .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_INT(thing, count, .label = "Count", .min = 0, .max = 1000, .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_REAL(thing, price, .label = "Price", .privacy = PRIV_PUBLIC),
	F_DAY(thing, day, .label = "Day", .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TIME(thing, at, .label = "Moment", .privacy = PRIV_PUBLIC),
	F_BOOL(thing, done, .label = "Done", .flags = F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(thing, size, sizes, .label = "Size", .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(thing, colour, colours, .label = "Colour", .privacy = PRIV_PUBLIC),
	F_REF(thing, place, &place_kind, .label = "Place",
	    .flags = F_LIST | F_FILTER | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_REF(thing, owner, &human_kind, .label = "Owner", .privacy = PRIV_STAFF),
	F_SEALED(thing, secret, .label = "Secret", .max = 30, .privacy = PRIV_SEALED),
	F_TEXT(thing, mark, .label = "Mark", .flags = F_RULED, .privacy = PRIV_PUBLIC),
};
static const struct kind thing_kind = { .name = "thing",
	.plural_name = "things",
	.label = "Thing",
	.plural = "Things",
	.size = sizeof(struct thing),
	.fields = thing_fields,
	.nfields = ARRAY_LEN(thing_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_STAFF,
	.path = "/things/%lld",
	.state = &states[2] };

static const struct kind *const test_kinds[] = { &place_kind, &human_kind, &thing_kind };

#define HEAD "(id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL, "
#define TAIL ", sort_kk @text, sort_ru @text, sort_en @text, fold_key @text);\n"
static const struct migration tables = { 1000, "ui_test.sql",
	"CREATE TABLE place " HEAD "code @text, name_kk @text, name_ru @text, name_en @text" TAIL
	"CREATE TABLE human " HEAD "surname @text, given @text, body @int" TAIL
	"CREATE TABLE thing " HEAD
	"name_kk @text, name_ru @text, name_en @text, code @text, note @text, phone @text,"
	" inner_word @text, count @int, price @real, day @int, at @int, done @int, size @text, "
	"colour @text, place @int,"
	" owner @int, secret @blob, mark @text" TAIL };

#endif
#endif

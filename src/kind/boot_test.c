/* boot_test.c – kind_boot() refuses each mistake in a table, kind_compare() each difference from the
 * database. */
#include "kind_test.h"

static struct kind_state fresh;
static struct field fields[16];

/* A copy of item that may be spoiled. */
static struct kind
copy_of_item(void)
{
	struct kind k = { ITEM_KIND, .fields = fields, .title = { "name" }, .state = &fresh };

	fresh = (struct kind_state){ 0 };
	assert_in_range(item_kind.nfields, 1, ARRAY_LEN(fields));
	memcpy(fields, item_fields, sizeof item_fields);
	return k;
}

static struct field *
at(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(item_fields) && strcmp(item_fields[i].name, name) != 0; i++)
		;
	assert_in_range(i, 0, ARRAY_LEN(item_fields) - 1);
	return &fields[i];
}

static void
boots(const struct kind *k, const char *wrong)
{
	const struct kind *const all[] = { k };
	const char *err = NULL;
	int rc = kind_boot(all, 1, &err);

	if (wrong == NULL) {
		if (rc != RC_OK)
			fail_msg("refused: %s", err);
		assert_true(k->state->ready);
		return;
	}
	assert_int_equal(rc, RC_BUG);
	assert_false(k->state != NULL && k->state->ready);
	if (strstr(err, wrong) == NULL)
		fail_msg("“%s” does not name %s", err, wrong);
	assert_non_null(strstr(err, "kind item"));
}

/* One mistake at a time, each named by its field. */
#define SPOILED(wrong, ...)                     \
	do {                                    \
		struct kind k = copy_of_item(); \
		__VA_ARGS__;                    \
		boots(&k, wrong);               \
	} while (0)

static void
mistakes(void **state)
{
	(void)state;
	SPOILED(NULL, (void)0);
	SPOILED("state", k.state = NULL);
	SPOILED("capabilities", k.read = CAP_UNSET);
	SPOILED("capabilities", k.create = CAP_UNSET);
	SPOILED("capabilities", k.edit = CAP_UNSET);
	SPOILED("capabilities", k.staff = CAP_UNSET);
	SPOILED("labels", k.label = NULL);
	SPOILED("labels", k.plural = NULL);
	SPOILED("amount", at("amount")->privacy = PRIV_UNSET);
	SPOILED("secret", at("secret")->privacy = PRIV_SUBJECT);
	SPOILED("secret", at("secret")->privacy = PRIV_PUBLIC);
	SPOILED("secret", at("secret")->flags |= F_LIST);
	SPOILED("secret", at("secret")->flags |= F_FILTER);
	SPOILED("secret", at("secret")->flags |= F_SEARCH);
	SPOILED("rank", (at("rank")->privacy = PRIV_SEALED, at("rank")->flags |= F_LIST));
	SPOILED("phone", at("phone")->flags |= F_SEARCH);
	/* A search by those who may not read the remark would tell what stands there. */
	SPOILED("remark", at("remark")->flags |= F_SEARCH);
	SPOILED(NULL, (at("remark")->flags |= F_SEARCH, k.read = k.staff));
	SPOILED("day", at("day")->label = NULL);
	SPOILED("team", at("team")->ref = NULL);
	SPOILED("amount", at("amount")->ref = &team_kind);
	SPOILED("state", at("state")->options = NULL);
	SPOILED("code", at("code")->options = item_states);
	SPOILED("day", at("rank")->name = "day");
	SPOILED("code", at("rank")->name = "code");
}

/* title, subject, hot and named_by name fields. */
static void
unknown_names(void **state)
{
	struct kind titled = { ITEM_KIND, .fields = item_fields, .title = { "code", "nowhere" },
		.state = &fresh };
	struct kind numbered = { ITEM_KIND, .fields = item_fields, .title = { "amount" },
		.state = &fresh };
	struct kind secret = { ITEM_KIND, .fields = item_fields, .title = { "secret" },
		.state = &fresh };
	struct kind named = { ITEM_KIND, .fields = item_fields, .named_by = { "team", "nowhere" },
		.state = &fresh };
	struct kind by_text = { ITEM_KIND, .fields = item_fields, .named_by = { "code" },
		.state = &fresh };

	(void)state;
	boots(&titled, "nowhere");
	boots(&numbered, "amount");
	boots(&secret, "secret");
	boots(&named, "nowhere");
	boots(&by_text, "code");
	SPOILED("nowhere", k.subject = "nowhere");
	SPOILED("amount", k.subject = "amount");
	SPOILED("nowhere", k.hot = "nowhere");
	SPOILED("amount", k.hot = "amount");
	SPOILED(NULL, k.hot = "team");
	SPOILED(NULL, k.subject = "id");
}

static void
numbers(void **state)
{
	static const struct kind *many[DB_KINDS];
	const char *err = NULL;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(many); i++)
		many[i] = &item_kind;
	assert_int_equal(kind_boot(many, ARRAY_LEN(many), &err), RC_BUG);
	assert_non_null(strstr(err, "127"));
	assert_int_equal(kind_boot(test_kinds, ARRAY_LEN(test_kinds), &err), RC_OK);
	assert_int_equal(kind_number(&team_kind), 0);
	assert_int_equal(kind_number(&item_kind), 1);
	assert_int_equal(kind_number(&guarded_kind), 2);
	assert_ptr_equal(kind_field(&item_kind, "amount"), &item_fields[2]);
	assert_null(kind_field(&item_kind, "amoun"));
	assert_null(kind_field(&item_kind, "name_kk"));
	assert_null(kind_field(&item_kind, "id"));
	assert_null(kind_field(&item_kind, ""));
}

static void
compared(void **state)
{
	static struct kind_state other_state;
	struct kind_state *const kept = &other_state;
	static const struct field extra[] = {
		F_TEXT(team, code, .label = "Code", .privacy = PRIV_PUBLIC),
		F_TEXT3(team, name, .label = "Name", .privacy = PRIV_PUBLIC),
		{ .name = "colour", .type = FT_TEXT, .label = "Colour", .privacy = PRIV_PUBLIC },
	};
	struct kind k = team_kind;
	const struct kind *const one[] = { &k };
	const char *err = NULL;
	struct buf out;

	(void)state;
	buf_init(&out, CX->arena, 0);
	ok(kind_compare(CX, test_kinds, ARRAY_LEN(test_kinds), &out));
	assert_string_equal(out.p, "");
	k.state = kept;
	k.fields = extra;
	*kept = (struct kind_state){ 0 };
	k.nfields = 3; /* a member without a column */
	assert_int_equal(kind_boot(one, 1, &err), RC_OK);
	ends(RC_INVALID, kind_compare(CX, one, 1, &out));
	assert_non_null(strstr(out.p, "team: "));
	*kept = (struct kind_state){ 0 };
	k.nfields = 1; /* columns without a member */
	assert_int_equal(kind_boot(one, 1, &err), RC_OK);
	buf_init(&out, CX->arena, 0);
	ends(RC_INVALID, kind_compare(CX, one, 1, &out));
	assert_non_null(strstr(out.p, "12 columns, 9 known"));
	/* And the house goes on reading behind a difference. */
	assert_int_equal(house_int(&h, "SELECT count(*) FROM team"), 5);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes),
		cmocka_unit_test(unknown_names),
		cmocka_unit_test(numbers),
		BOTH(compared),
	};

	return run_both("kind boot", tests, ARRAY_LEN(tests));
}

/* field_test.c – each type of field from the form to the row and back, as text, form and JSON. */
#include <math.h>
#include <stdio.h>

#include "kind_test.h"

/* What is typed, what the form shows of it later, and the JSON. NULL = as typed. */
static const struct typed {
	const char *field, *text, *form, *json;
} typed[] = {
	{ "amount", "0", NULL, "0" },
	{ "amount", "-5", NULL, "-5" },
	{ "amount", " 14 236 ", "14236", "14236" },
	{ "amount", "14\u00a0236", "14236", "14236" },
	{ "amount", "007", "7", "7" },
	{ "amount", "", NULL, "null" },
	{ "amount", "  \t", "", "null" },
	{ "share", "0", NULL, "0" },
	{ "share", "0.5", NULL, "0.5" },
	{ "share", "-1234567.25", NULL, "-1234567.25" },
	{ "share", "0.1", NULL, "0.1" },
	{ "share", "1e-3", "0.001", "0.001" },
	{ "share", "0.30000000000000004", NULL, "0.30000000000000004" },
	{ "share", "", NULL, "null" },
	{ "day", "15.11.2024", NULL, "\"2024-11-15\"" },
	{ "day", "1.3.2024", "01.03.2024", "\"2024-03-01\"" },
	{ "day", "2024-02-29", "29.02.2024", "\"2024-02-29\"" },
	{ "day", "", NULL, "null" },
	{ "at", "15.11.2024 18:00", NULL, "\"2024-11-15T13:00:00Z\"" },
	{ "at", "01.01.2024 04:59", NULL, "\"2023-12-31T23:59:00Z\"" },
	{ "at", "1.1.2024 4:05", "01.01.2024 04:05", "\"2023-12-31T23:05:00Z\"" },
	{ "at", "2024-11-15T18:00:00+05:00", "15.11.2024 18:00", "\"2024-11-15T13:00:00Z\"" },
	{ "at", "", NULL, "null" },
	{ "done", "1", NULL, "true" },
	{ "done", "on", "1", "true" },
	{ "done", "true", "1", "true" },
	{ "done", "", NULL, "false" },
	{ "done", "0", "", "false" },
	{ "state", "open", NULL, "\"open\"" },
	{ "state", "lost", NULL, "\"lost\"" },
	{ "state", "", NULL, "null" },
	{ "team", "3", NULL, "3" },
	{ "team", "", NULL, "null" },
	{ "remark", "  two words  ", "two words", "\"two words\"" },
	{ "remark", "«Қазақ» <b>&amp; \"сөз\"\r\nline", NULL,
	    "\"«Қазақ» \\u003cb>&amp; \\\"сөз\\\"\\r\\nline\"" },
	{ "remark", "0", NULL, "\"0\"" },
	{ "remark", " ", "", "null" },
	{ "phone", "+7 7132 00 00 00", NULL, "\"+7 7132 00 00 00\"" },
};

static const char *
json_of(const struct field *f, const void *rec)
{
	struct json j;
	size_t n = strlen(f->name) + 4;

	json_init(&j, CX->arena, 0);
	json_open(&j, NULL, '{');
	field_json(&j, f, rec);
	json_close(&j, '}');
	assert_true(json_ok(&j));
	return arena_strn(CX->arena, j.out.p + n, j.out.n - n - 1);
}

/* form → record → row → record → form and JSON → record. */
static void
round_trips(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(typed); i++) {
		const struct typed *t = &typed[i];
		const struct field *f = kind_field(&item_kind, t->field);
		struct item a = item_new(arena_printf(CX->arena, "c%zu", i)), b, c;
		const char *form;

		field_parse(CX, f, t->text, LANG_KK, &a);
		ok(fields_rc(CX));
		ok(kind_insert(CX, &item_kind, &a));
		ok(kind_load(CX, &item_kind, a.rec.id, &b));
		assert_true(field_same(f, &a, &b));
		assert_int_equal(
		    field_empty(f, &b), f->type != FT_BOOL && strcmp(t->json, "null") == 0);
		form = field_form(CX, f, &b, LANG_KK);
		assert_string_equal(form, t->form != NULL ? t->form : t->text);
		assert_string_equal(json_of(f, &b), t->json);
		kind_empty(&item_kind, &c);
		field_parse(CX, f, form, LANG_KK, &c);
		ok(fields_rc(CX));
		assert_true(field_same(f, &b, &c));
		ok(kind_from_json(CX, &item_kind,
		    slice_str(arena_printf(CX->arena, "{\"%s\": %s}", t->field, t->json)), true,
		    &c));
		assert_true(field_same(f, &b, &c));
	}
}

static void
three_languages(void **state)
{
	const struct field *f = kind_field(&item_kind, "name");
	struct item a = item_new("c"), b;

	(void)state;
	field_parse(CX, f, " Мереке ", LANG_KK, &a);
	field_parse(CX, f, "Праздник", LANG_RU, &a);
	field_parse(CX, f, "  ", LANG_EN, &a);
	ok(kind_insert(CX, &item_kind, &a));
	ok(kind_load(CX, &item_kind, a.rec.id, &b));
	assert_true(field_same(f, &a, &b));
	assert_string_equal(field_form(CX, f, &b, LANG_KK), "Мереке");
	assert_string_equal(field_form(CX, f, &b, LANG_RU), "Праздник");
	assert_string_equal(field_form(CX, f, &b, LANG_EN), "");
	assert_string_equal(field_text(CX, f, &b, NULL), "Мереке"); /* no English: Kazakh */
	assert_string_equal(json_of(f, &b), "{\"kk\":\"Мереке\",\"ru\":\"Праздник\",\"en\":null}");
	b.name.ru = "Праздники";
	assert_false(field_same(f, &a, &b));
	b.name = (struct text3){ 0 };
	assert_true(field_empty(f, &b));
}

/* A bad value names its field and leaves nothing behind. */
static void
bad_values(void **state)
{
	static const struct {
		const char *field, *text[12];
	} bad[] = {
		{ "amount", { "x", "1.5", "1e3", "12 34", "99999999999999999999", "--1", "1-", "+1",
				"0x10", "1,000" } },
		{ "share", { "x", "1.5.5", "1 2", "nan", "inf", "-INF", "1e999", "0x1p3", "1e", ".",
			       "-" } },
		{ "day", { "30.02.2024", "2024-02-30", "15.11", "today", "15.11.24", "20241115" } },
		{ "at",
		    { "15.11.2024", "15.11.2024 24:00", "15.11.2024 18:60", "15.11.2024 18",
			"15.11.2024 -1:00", "15.11.2024 1:+2", "30.02.2024 10:00",
			"15.11.2024 10:00x", "10:00", "15.11.2024 10:00:00", "2024-11-15T10:00" } },
		{ "state", { "OPEN", "opened", "ope", "Open", "0" } },
		{ "team", { "x", "0", "-1", "1.0", "t1", "99999999999999999999" } },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++)
		for (k = 0; k < ARRAY_LEN(bad[i].text) && bad[i].text[k] != NULL; k++) {
			const struct field *f = kind_field(&item_kind, bad[i].field);
			struct item a = item_new("c");

			field_parse(CX, f, bad[i].text[k], LANG_KK, &a);
			if (fields_rc(CX) == RC_OK || !field_empty(f, &a))
				fail_msg("%s took “%s”", f->name, bad[i].text[k]);
			refused(fields_rc(CX), f->name);
		}
}

/* Values that parse but do not fit are refused by the check, each alone and by name. */
static void
unfit_values(void **state)
{
	struct item a;
	const char *long41 = arena_printf(CX->arena, "%041d", 0);

	(void)state;
#define UNFIT(field, ...)                                        \
	do {                                                     \
		a = item_new("c");                               \
		__VA_ARGS__;                                     \
		refused(kind_insert(CX, &item_kind, &a), field); \
		assert_int_equal(a.rec.id, 0);                   \
	} while (0)
	UNFIT("code", a.code = NULL);
	UNFIT("code", a.code = "");
	UNFIT("code", a.code = long41);
	UNFIT("code", a.code = "a\nb");
	UNFIT("code", a.code = "a\x1b[0m");
	UNFIT("code", a.code = "\xff");
	UNFIT("name", a.name.kk = NULL);
	UNFIT("name", a.name.kk = ""; a.name.ru = "x");
	UNFIT("name", a.name.en = "\xd2");
	UNFIT("amount", a.amount = -1001);
	UNFIT("amount", a.amount = 1000001);
	UNFIT("amount", a.amount = 13);
	UNFIT("day", a.day = 20240230);
	UNFIT("day", a.day = -5);
	UNFIT("team", a.team = 6);
	UNFIT("team", a.team = -1);
	UNFIT("remark", a.remark = "\x07");
	UNFIT("phone", a.phone = "1\n2");
	UNFIT("secret", a.owner = 1; a.secret.fresh = "12x");
	UNFIT("secret", a.owner = 1; a.secret.fresh = "1234567890123");
#undef UNFIT
	assert_int_equal(house_int(&h, "SELECT count(*) FROM item"), 0);
	a = item_new(long41 + 1); /* forty fit, lines where lines may be */
	a.amount = -1000;
	a.remark = "a\nb\tc\r\n";
	ok(kind_insert(CX, &item_kind, &a));
}

/* Unknown is not zero: what kind_empty() leaves is empty in every field but yes/no. */
static void
nothing_known(void **state)
{
	struct item a, b;
	size_t i;

	(void)state;
	memset(&a, 0x5a, sizeof a);
	kind_empty(&item_kind, &a);
	for (i = 0; i < item_kind.nfields; i++) {
		const struct field *f = &item_fields[i];

		assert_int_equal(field_empty(f, &a), f->type != FT_BOOL);
		assert_string_equal(field_text(CX, f, &a, NULL), f->type == FT_BOOL ? "no" : "");
		if (f->type != FT_SEALED)
			assert_true(field_same(f, &a, &a));
	}
	b = a;
	b.amount = 0;
	b.share = 0;
	assert_false(field_empty(kind_field(&item_kind, "amount"), &b));
	assert_false(field_same(kind_field(&item_kind, "amount"), &a, &b));
	assert_false(field_same(kind_field(&item_kind, "share"), &a, &b));
	assert_true(isnan(a.share));
}

static void
shown(void **state)
{
	struct item a = item_new("c");

	(void)state;
	a.amount = 14236;
	a.share = 2.5;
	a.day = 20241115;
	a.at = INT64_C(1731675600000000);
	a.done = true;
	a.state = "shut";
	a.team = 3;
	a.secret.present = true;
#define TEXT(field, title) field_text(CX, kind_field(&item_kind, field), &a, title)
	assert_string_equal(TEXT("amount", NULL), "14,236");
	assert_string_equal(TEXT("share", NULL), "2.5000");
	assert_string_equal(TEXT("day", NULL), "15.11.2024");
	assert_string_equal(TEXT("at", NULL), "15.11.2024 18:00");
	assert_string_equal(TEXT("done", NULL), "yes");
	assert_string_equal(TEXT("state", NULL), "Shut");
	assert_string_equal(TEXT("team", NULL), "3");
	assert_string_equal(TEXT("team", "Топ 3"), "Топ 3");
	assert_null(strchr(TEXT("secret", NULL), '1'));
	a.state = "gone"; /* a code that the table no longer has */
	assert_string_equal(TEXT("state", NULL), "gone");
#undef TEXT
	assert_string_equal(option_label(CX, item_states, "open"), "Open");
	assert_string_equal(option_label(CX, item_states, NULL), "");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		BOTH(round_trips),
		BOTH(three_languages),
		BOTH(bad_values),
		BOTH(unfit_values),
		BOTH(nothing_known),
		BOTH(shown),
	};

	return run_both("kind field", tests, ARRAY_LEN(tests));
}

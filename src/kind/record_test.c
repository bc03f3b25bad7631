/* record_test.c – what a write leaves behind and what it refuses; JSON in and out; history. */
#include "kind_test.h"

#include "kind/proof.h"

static int64_t
count_of(const char *table)
{
	return house_int(&h, arena_printf(CX->arena, "SELECT count(*) FROM %s", table));
}

/* The mac of an audit line, computed once more from what stands in the row; the line vouches for the
 * version that stands in history. */
static void
audit_line_stands(int64_t id, const char *action, int64_t rec, const char *names)
{
	AUTO_ROWS r = { 0 };
	unsigned char mac[PROOF_MAC];
	struct buf b;

	assert_int_equal(
	    db_rows(CX, &r,
		"SELECT a.at, a.account, a.action, a.kind, a.rec, a.fields, a.mac, a.version, "
		"a.digest, h.mac FROM audit a JOIN history h ON h.kind = a.kind AND h.rec = a.rec "
		"AND h.version = a.version WHERE a.id = $1",
		VALS(v_int(id))),
	    RC_OK);
	assert_true(rows_next(&r));
	assert_string_equal(row_text(&r, 2), action);
	assert_int_equal(row_int(&r, 4), rec);
	assert_string_equal(row_text(&r, 5), names);
	buf_init(&b, CX->arena, 0);
	audit_mac(&b,
	    &(struct audit_line){ .at = row_int(&r, 0),
		.account = row_int(&r, 1),
		.action = row_slice(&r, 2),
		.kind = row_slice(&r, 3),
		.rec = row_int(&r, 4),
		.fields = row_slice(&r, 5),
		.version = row_int(&r, 7),
		.digest = row_slice(&r, 8) },
	    mac);
	assert_int_equal(row_slice(&r, 6).n, PROOF_MAC);
	assert_memory_equal(row_slice(&r, 6).p, mac, PROOF_MAC);
	assert_int_equal(row_slice(&r, 8).n, PROOF_MAC);
	assert_memory_equal(row_slice(&r, 8).p, row_slice(&r, 9).p, PROOF_MAC);
}

static void
traces(void **state)
{
	struct actor clerk = actor_of(ROLE_CLERK);
	struct item i = item_new("a"), back;
	const char *data;

	(void)state;
	CX->actor = &clerk;
	i.amount = 5;
	ok(kind_insert(CX, &item_kind, &i));
	assert_true(i.rec.id > 0);
	assert_int_equal(i.rec.version, 1);
	assert_int_equal(i.rec.created_at, CX->now);
	assert_int_equal(count_of("history"), 1);
	assert_int_equal(count_of("audit"), 1);
	audit_line_stands(house_int(&h, "SELECT max(id) FROM audit"), "create", i.rec.id,
	    "code,name,amount,done");
	assert_int_equal(house_int(&h, "SELECT account FROM audit"), 70 + ROLE_CLERK);
	assert_int_equal(house_int(&h, "SELECT account FROM history"), 70 + ROLE_CLERK);
	CX->now += 1000;
	i.amount = 6;
	i.state = "open";
	ok(kind_update(CX, &item_kind, &i));
	assert_int_equal(i.rec.version, 2);
	assert_int_equal(i.rec.created_at, CX->now - 1000);
	assert_int_equal(i.rec.changed_at, CX->now);
	audit_line_stands(
	    house_int(&h, "SELECT max(id) FROM audit"), "update", i.rec.id, "amount,state");
	ok(db_text(CX, &data, "SELECT data FROM history WHERE version = 2", NO_VALS));
	assert_non_null(strstr(data, "\"amount\":6"));
	/* Nothing changed: nothing is written, the version stays. */
	ok(kind_update(CX, &item_kind, &i));
	assert_int_equal(i.rec.version, 2);
	assert_int_equal(count_of("history"), 2);
	assert_int_equal(count_of("audit"), 2);
	ok(kind_load(CX, &item_kind, i.rec.id, &back));
	assert_int_equal(back.rec.version, 2);
	assert_int_equal(back.amount, 6);
}

static void
locked(void **state)
{
	struct item mine = item_new("a"), yours;

	(void)state;
	ok(kind_insert(CX, &item_kind, &mine));
	yours = mine;
	mine.amount = 1;
	ok(kind_update(CX, &item_kind, &mine));
	yours.amount = 2;
	ends(RC_CONFLICT, kind_update(CX, &item_kind, &yours));
	assert_int_equal(
	    yours.rec.version, 1); /* the caller's record changes only with the commit */
	yours = mine;
	yours.rec.version = 3; /* nor a version that is still to come */
	ends(RC_CONFLICT, kind_update(CX, &item_kind, &yours));
	yours.rec.id = 999;
	ends(RC_NOTFOUND, kind_update(CX, &item_kind, &yours));
	assert_int_equal(house_int(&h, "SELECT amount FROM item"), 1);
	assert_int_equal(count_of("history"), 2);
}

/* A write that fails late leaves nothing at all. */
static void
all_or_nothing(void **state)
{
	struct item i = item_new("a");

	(void)state;
	i.amount = 666;
	i.owner = 1;
	i.secret.fresh = "12";
	ends(RC_RULE, kind_insert(CX, &item_kind, &i));
	assert_true(i.rec.id == 0 && i.rec.version == 0);
	i.amount = 1;
	i.rank = 500; /* the database's own constraint */
	ends(RC_INVALID, kind_insert(CX, &item_kind, &i));
	assert_int_equal(
	    count_of("item") + count_of("history") + count_of("audit") + count_of("subject_key"),
	    0);
	i.rank = 499;
	ok(kind_insert(CX, &item_kind, &i));
	i.amount = 666;
	ends(RC_RULE, kind_update(CX, &item_kind, &i));
	assert_int_equal(i.rec.version, 1);
	assert_int_equal(house_int(&h, "SELECT amount FROM item"), 1);
	assert_int_equal(count_of("history"), 1);
}

static void
taken_and_unknown(void **state)
{
	struct item a = item_new("a"), b = item_new("b"), c = item_new("a");

	(void)state;
	ok(kind_insert(CX, &item_kind, &a));
	ok(kind_insert(CX, &item_kind, &b));
	refused(kind_insert(CX, &item_kind, &c), "code");
	b.team = 77;
	refused(kind_update(CX, &item_kind, &b), "team");
	b.team = 5;
	ok(kind_update(CX, &item_kind, &b));
	/* A reference that was there before is not asked again: an unchanged record can be saved. */
	b.amount = 4;
	ok(kind_update(CX, &item_kind, &b));
	assert_int_equal(count_of("item"), 2);
}

/* Fixed fields keep their stored value whoever writes; ruled ones are open to rules. */
static void
fixed_and_ruled(void **state)
{
	struct item i = item_new("a"), other = item_new("b");

	(void)state;
	ok(kind_insert(CX, &item_kind, &i));
	ok(kind_insert(CX, &item_kind, &other));
	i.code = "b"; /* taken, besides */
	ok(kind_update(CX, &item_kind, &i));
	assert_int_equal(i.rec.version, 1);
	i.code = "z";
	i.rank = 7;
	ok(kind_update(CX, &item_kind, &i));
	assert_string_equal(i.code, "a");
	assert_int_equal(
	    house_int(
		&h, "SELECT count(*) FROM item WHERE code = 'a' AND rank = 7 AND version = 2"),
	    1);
}

static void
who_may(void **state)
{
	struct actor guest = actor_of(ROLE_GUEST), clerk = actor_of(ROLE_CLERK),
		     auditor = actor_of(ROLE_AUDITOR);
	struct item i = item_new("a"), back;
	const struct field *remark = kind_field(&item_kind, "remark"),
			   *phone = kind_field(&item_kind, "phone"),
			   *code = kind_field(&item_kind, "code"),
			   *rank = kind_field(&item_kind, "rank"),
			   *secret = kind_field(&item_kind, "secret");

	(void)state;
	CX->actor = &guest;
	ends(RC_DENIED, kind_insert(CX, &item_kind, &i));
	assert_true(kind_may_read(CX, &item_kind, code));
	assert_false(kind_may_read(CX, &item_kind, remark) ||
		     kind_may_read(CX, &item_kind, phone) || kind_may_read(CX, &item_kind, secret));
	assert_false(kind_may_write(CX, &item_kind, code, true));
	CX->actor = &auditor;
	assert_false(kind_may_read(CX, &item_kind, remark) || kind_may_read(CX, &item_kind, phone));
	CX->actor = &clerk;
	ok(kind_insert(CX, &item_kind, &i));
	assert_true(kind_may_read(CX, &item_kind, remark) && kind_may_read(CX, &item_kind, phone));
	assert_false(kind_may_read(CX, &item_kind, secret)); /* never by this way */
	assert_true(kind_may_write(CX, &item_kind, code, true));
	assert_false(kind_may_write(CX, &item_kind, code, false));
	assert_false(kind_may_write(CX, &item_kind, rank, true));
	assert_true(kind_may_write(CX, &item_kind, secret, false));
	CX->actor = &guest;
	i.amount = 1;
	ends(RC_DENIED, kind_update(CX, &item_kind, &i));
	ok(kind_get(CX, &item_kind, i.rec.id, &back));
	ends(RC_NOTFOUND, kind_get(CX, &item_kind, i.rec.id + 1, &back));
	clerk.caps = 0;
	CX->actor = &clerk;
	ends(RC_DENIED, kind_get(CX, &item_kind, i.rec.id, &back));
	ends(RC_DENIED, kind_get(CX, &item_kind, 999, &back)); /* not even whether it exists */
}

/* A leader reads the notes of the own team alone, on rows that all may see. */
static void
inside_only(void **state)
{
	static const int64_t mine[] = { 2, 3 };
	struct actor leader = actor_of(ROLE_LEADER);
	const struct field *remark = kind_field(&guarded_kind, "remark"),
			   *code = kind_field(&guarded_kind, "code");
	struct item own = item_new("own"), other = item_new("other");
	struct change *changes;
	struct query q;
	size_t n, i;
	struct json j;

	(void)state;
	own.team = 2;
	other.team = 4;
	own.remark = other.remark = "whispered";
	ok(kind_insert(CX, &guarded_kind, &own));
	ok(kind_insert(CX, &guarded_kind, &other));
	assert_true(kind_may_read_of(CX, &guarded_kind, remark, &other)); /* whoever has no scope */
	leader.caps |= UINT64_C(1) << CAP_BODY_WRITE;
	leader.body = 2;
	leader.scope = mine;
	leader.nscope = 2;
	CX->actor = &leader;
	assert_true(kind_may_read_of(CX, &guarded_kind, remark, &own));
	assert_false(kind_may_read_of(CX, &guarded_kind, remark, &other));
	assert_true(kind_may_read_of(CX, &guarded_kind, code, &other));
	json_init(&j, CX->arena, 0);
	json_open(&j, NULL, '[');
	kind_json(CX, &j, &guarded_kind, &other);
	json_close(&j, ']');
	assert_null(strstr(j.out.p, "whispered"));
	assert_non_null(strstr(j.out.p, "\"code\":\"other\""));
	/* Nor can the notes be guessed by filter, order or history. */
	ok(query_init(CX, &q, &guarded_kind));
	refused(query_filter(&q, "remark", "whispered"), "remark");
	refused(query_sort(&q, "remark"), "remark");
	ok(kind_history(CX, &guarded_kind, other.rec.id, &changes, &n));
	assert_true(n > 0);
	for (i = 0; i < n; i++)
		assert_string_not_equal(changes[i].field, "remark");
	/* And writes go by the same border. */
	other.amount = 1;
	ends(RC_NOTFOUND, kind_update(CX, &guarded_kind, &other));
	own.amount = 1;
	ok(kind_update(CX, &guarded_kind, &own));
	own.team = 4;
	ends(RC_DENIED, kind_update(CX, &guarded_kind, &own));
	assert_int_equal(own.rec.version, 2);
}

/* ---- JSON ---- */

static void
json_in(void **state)
{
	struct actor clerk = actor_of(ROLE_CLERK);
	struct item i;
	const char *body =
	    "{\"code\": \"a\", \"name\": {\"kk\": \"Аты\", \"en\": null}, \"amount\": 14, "
	    "\"share\": 0.5,"
	    " \"day\": \"2024-11-15\", \"at\": \"2024-11-15T18:00:00+05:00\", \"done\": true,"
	    " \"state\": \"open\", \"team\": \"t3\", \"owner\": 2, \"phone\": \" 1 \", \"secret\": "
	    "\"123\","
	    " \"id\": 5, \"version\": 9, \"changed_at\": \"x\"}";

	(void)state;
	CX->actor = &clerk;
	ok(kind_from_json(CX, &item_kind, slice_str(body), true, &i));
	assert_int_equal(i.rec.id, 0); /* the address says which, not the body */
	assert_int_equal(i.rec.version, 0);
	assert_string_equal(i.name.kk, "Аты");
	assert_int_equal(i.amount, 14);
	assert_int_equal(i.team, 3);
	assert_string_equal(i.phone, "1");
	assert_string_equal(i.secret.fresh, "123");
	assert_int_equal(i.rank, INT_NONE);
	ok(kind_insert(CX, &item_kind, &i));
	/* A change names only what changes. */
	ok(kind_from_json(CX, &item_kind,
	    slice_str("{\"amount\": null, \"name\": {\"ru\": \"Имя\"}}"), false, &i));
	assert_int_equal(i.amount, INT_NONE);
	assert_string_equal(i.name.kk, "Аты");
	assert_string_equal(i.name.ru, "Имя");
	assert_int_equal(i.day, 20241115);
	ok(kind_from_json(CX, &item_kind, slice_str("{}"), false, &i));
	ok(kind_from_json(CX, &item_kind,
	    slice_str("{\"name\": null, \"state\": null, \"secret\": null}"), false, &i));
	assert_true(i.name.kk == NULL && i.state == NULL && i.secret.clear);
}

static void
json_refused(void **state)
{
	static const struct {
		const char *field, *body;
	} bad[] = {
		{ "code", "{\"code\": 5}" },
		{ "code", "{\"code\": {}}" },
		{ "nosuch", "{\"nosuch\": 1}" },
		{ "rank", "{\"rank\": 1}" },
		{ "name_kk", "{\"name_kk\": \"x\"}" },
		{ "", "{\"\": 1}" },
		{ "created_at", "{\"created_at\": 1}" },
		{ "sort_kk", "{\"sort_kk\": \"x\"}" },
		{ "name", "{\"name\": \"x\"}" },
		{ "name", "{\"name\": {\"de\": \"x\"}}" },
		{ "name", "{\"name\": {\"kk\": 1}}" },
		{ "name", "{\"name\": []}" },
		{ "amount", "{\"amount\": \"5\"}" },
		{ "amount", "{\"amount\": 1.0}" },
		{ "amount", "{\"amount\": true}" },
		{ "amount", "{\"amount\": 9007199254740993}" },
		{ "amount", "{\"amount\": -9223372036854775808}" },
		{ "share", "{\"share\": \"1\"}" },
		{ "done", "{\"done\": 1}" },
		{ "done", "{\"done\": \"true\"}" },
		{ "day", "{\"day\": 20241115}" },
		{ "day", "{\"day\": \"2024-02-30\"}" },
		{ "at", "{\"at\": \"yesterday\"}" },
		{ "state", "{\"state\": \"OPEN\"}" },
		{ "team", "{\"team\": \"t9\"}" },
		{ "team", "{\"team\": \"' OR 1=1 --\"}" },
		{ "team", "{\"team\": 1.5}" },
		{ "team", "{\"team\": []}" },
		{ "secret", "{\"secret\": true}" },
	};
	static const char *const broken[] = { "", " ", "null", "[]", "5", "\"x\"", "{", "}",
		"{\"code\"}", "{\"code\": }", "{\"code\": \"a\",}", "{'code': 'a'}",
		"{\"code\": \"a\"} x", "{\"code\": \"a\"}{}", "{\"code\": \"\xff\"}",
		"{\"code\": \"\\ud800\"}", "{\"code\": \"a\\u0000b\"}",
		"{\"code\": \"a\", \"code\": \"b\"}", "{\"amount\": 99999999999999999999}",
		"{\"share\": 1e999}", "{\"share\": NaN}", "\xef\xbb\xbf{}", "{\"code\": \"a\nb\"}",
		"{\"amount\": 0x10}", "{\"amount\": 01}" };
	struct item i, kept;
	char *deep = arena_alloc(CX->arena, 200001);
	size_t n;

	(void)state;
	for (n = 0; n < ARRAY_LEN(bad); n++)
		refused(
		    kind_from_json(CX, &item_kind, slice_str(bad[n].body), true, &i), bad[n].field);
	refused(kind_from_json(CX, &item_kind, slice_str("{\"code\": \"z\"}"), false, &i),
	    "code"); /* fixed */
	for (n = 0; n < ARRAY_LEN(broken); n++) {
		if (kind_from_json(CX, &item_kind, slice_str(broken[n]), true, &i) != RC_INVALID ||
		    CX->err.fields != NULL || CX->err.text == NULL)
			fail_msg("“%s”", broken[n]);
		house_next(&h);
	}
	ends(RC_INVALID, kind_from_json(CX, &item_kind, (struct slice){ NULL, 0 }, true, &i));
	memset(deep, '[', 200000);
	ends(RC_INVALID, kind_from_json(CX, &item_kind, (struct slice){ deep, 200000 }, true, &i));
	ends(RC_INVALID, kind_from_json(CX, &item_kind, (struct slice){ "{}\0", 3 }, true, &i));
	/* A body that is refused whole leaves the record as it was. */
	i = kept = item_new("a");
	ends(RC_INVALID, kind_from_json(CX, &item_kind, slice_str("{\"amount\": 1,"), false, &i));
	assert_memory_equal(&i, &kept, sizeof i);
}

/* A guest reads public fields, staff all but the sealed; what was read may be sent back. */
static void
json_out(void **state)
{
	struct actor guest = actor_of(ROLE_GUEST), clerk = actor_of(ROLE_CLERK);
	struct item i = item_new("a"), back;
	struct json j;
	int round;

	(void)state;
	i.remark = "whispered";
	i.phone = "0700";
	i.owner = 3;
	i.secret.fresh = "98765";
	ok(kind_insert(CX, &item_kind, &i));
	for (round = 0; round < 2; round++) {
		bool staff = round == 1;

		CX->actor = staff ? &clerk : &guest;
		ok(kind_get(CX, &item_kind, i.rec.id, &back));
		json_init(&j, CX->arena, 0);
		kind_json(CX, &j, &item_kind, &back);
		assert_true(json_ok(&j));
		assert_int_equal(strstr(j.out.p, "whispered") != NULL, staff);
		assert_int_equal(strstr(j.out.p, "0700") != NULL, staff);
		assert_int_equal(strstr(j.out.p, "owner") != NULL, staff);
		assert_null(strstr(j.out.p, "secret"));
		assert_null(strstr(j.out.p, "98765"));
		assert_non_null(strstr(j.out.p, "\"amount\":null"));
	}
}

/* ---- history ---- */

static const struct change *
change_of(const struct change *c, size_t n, int64_t version, const char *field)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c[i].version == version && strcmp(c[i].field, field) == 0)
			return &c[i];
	return NULL;
}

static void
is_change(const struct change *c, const char *from, const char *to)
{
	assert_non_null(c);
	if (from == NULL)
		assert_null(c->from);
	else
		assert_string_equal(c->from, from);
	if (to == NULL)
		assert_null(c->to);
	else
		assert_string_equal(c->to, to);
}

static void
from_to(void **state)
{
	struct actor clerk = actor_of(ROLE_CLERK), member = actor_of(ROLE_MEMBER);
	struct item i = item_new("a");
	struct change *c;
	size_t n;

	(void)state;
	CX->actor = &clerk;
	i.amount = 14236;
	i.owner = 2;
	i.phone = "111";
	ok(kind_insert(CX, &item_kind, &i));
	i.amount = INT_NONE;
	i.state = "open";
	i.day = 20241115;
	i.share = 2.5;
	i.at = INT64_C(1731675600000000);
	i.done = true;
	i.team = 3;
	i.phone = "222";
	i.name.ru = "Имя";
	i.remark = "x";
	ok(kind_update(CX, &item_kind, &i));
	i.remark = NULL;
	ok(kind_update(CX, &item_kind, &i));
	ok(kind_history(CX, &item_kind, i.rec.id, &c, &n));
	assert_int_equal(c[0].version, 3); /* newest first */
	assert_int_equal(c[n - 1].version, 1);
	is_change(change_of(c, n, 3, "remark"), "x", NULL);
	assert_null(change_of(c, n, 3, "amount"));
	is_change(change_of(c, n, 2, "amount"), "14,236", NULL);
	is_change(change_of(c, n, 2, "state"), NULL, "Open");
	is_change(change_of(c, n, 2, "day"), NULL, "15.11.2024");
	is_change(change_of(c, n, 2, "share"), NULL, "2.5000");
	is_change(change_of(c, n, 2, "at"), NULL, "15.11.2024 18:00");
	is_change(change_of(c, n, 2, "done"), "no", "yes");
	is_change(change_of(c, n, 2, "team"), NULL, "t3");
	is_change(change_of(c, n, 2, "phone"), "111", "222");
	is_change(change_of(c, n, 2, "name"), "a", "a · Имя");
	is_change(change_of(c, n, 1, "code"), NULL, "a");
	assert_string_equal(change_of(c, n, 1, "code")->action, "create");
	assert_string_equal(change_of(c, n, 2, "amount")->action, "update");
	assert_int_equal(c[0].account, 70 + ROLE_CLERK);
	/* Without the capability for contacts they are not in the history either. */
	clerk.caps &= ~(UINT64_C(1) << CAP_SUBJECT_READ);
	ok(kind_history(CX, &item_kind, i.rec.id, &c, &n));
	assert_null(change_of(c, n, 2, "phone"));
	assert_non_null(change_of(c, n, 2, "amount"));
	CX->actor = &member;
	ok(kind_history(CX, &item_kind, i.rec.id, &c, &n));
	assert_int_equal(n, 0);
	CX->actor = &clerk;
	ends(RC_NOTFOUND, kind_history(CX, &item_kind, 999, &c, &n));
	assert_int_equal(
	    house_int(
		&h, "SELECT count(*) FROM history WHERE data LIKE '%111%' OR data LIKE '%222%'"),
	    0);
}

/* Of a long history the newest versions are shown, and the last of them is no creation. */
static void
long_history(void **state)
{
	struct item i = item_new("a");
	struct change *c;
	size_t n;
	int k;

	(void)state;
	ok(kind_insert(CX, &item_kind, &i));
	for (k = 1; k <= 205; k++) {
		i.amount = k % 2;
		ok(kind_update(CX, &item_kind, &i));
	}
	ok(kind_history(CX, &item_kind, i.rec.id, &c, &n));
	assert_int_equal(c[0].version, 206);
	assert_in_range(n, 150, 205);
	assert_null(change_of(c, n, c[n - 1].version, "code"));
	is_change(&c[n - 1], c[n - 1].version % 2 == 0 ? "0" : "1",
	    c[n - 1].version % 2 == 0 ? "1" : "0");
}

static void
titles(void **state)
{
	static const int64_t ids[] = { 3, 0, 1, 3, 99, -4 };
	const char *out[ARRAY_LEN(ids)];
	struct item i = item_new("a");

	(void)state;
	ok(kind_titles(CX, &team_kind, ids, ARRAY_LEN(ids), out));
	assert_string_equal(out[0], "t3");
	assert_string_equal(out[1], "");
	assert_string_equal(out[2], "t1");
	assert_string_equal(out[3], "t3");
	assert_string_equal(out[4], "");
	assert_string_equal(out[5], "");
	ok(kind_titles(CX, &team_kind, ids, 0, out));
	i.name = (struct text3){ "Аты", "Имя", NULL };
	i.rec.id = 7;
	assert_string_equal(kind_title(CX, &item_kind, &i), "Аты");
	CX->lang = LANG_RU;
	assert_string_equal(kind_title(CX, &item_kind, &i), "Имя");
	assert_string_equal(kind_url(CX, &item_kind, 7), "/ru/items/7");
	assert_null(kind_url(CX, &team_kind, 7));
	CX->lang = LANG_EN;
	i.name = (struct text3){ 0 };
	assert_string_equal(kind_title(CX, &item_kind, &i), "Item 7");
}

/* A record as it was, field by field, and written back by a rule that may change what is fixed. */
static void
at_version(void **state)
{
	struct item i = item_new("was"), was;

	(void)state;
	i.name = (struct text3){ "Бұрынғы", "Прежнее", NULL };
	i.amount = -5;
	i.share = 0.25;
	i.day = 20240229;
	i.at = INT64_C(1709280000123000);
	i.done = true;
	i.state = "shut";
	i.team = 3;
	i.owner = 2;
	i.phone = "0101";
	i.remark = " екі бос орын ";
	i.secret.fresh = "1234";
	ok(kind_insert(CX, &item_kind, &i));
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	i.amount = INT_NONE;
	i.name.ru = NULL;
	i.phone = NULL;
	i.done = false;
	ok(kind_update(CX, &item_kind, &i));
	ok(kind_at_version(CX, &item_kind, i.rec.id, 1, &was));
	assert_int_equal(was.rec.version, 1);
	assert_string_equal(was.name.ru, "Прежнее");
	assert_null(was.name.en);
	assert_int_equal(was.amount, -5);
	assert_true(was.share > 0.24 && was.share < 0.26);
	assert_int_equal(was.day, 20240229);
	assert_int_equal(was.at, INT64_C(1709280000000000)); /* to the second */
	assert_true(was.done);
	assert_string_equal(was.state, "shut");
	assert_int_equal(was.team, 3);
	assert_string_equal(was.phone, "0101");
	assert_string_equal(was.remark, " екі бос орын ");
	assert_true(was.secret.present);
	assert_null(was.secret.fresh);
	ok(kind_at_version(CX, &item_kind, i.rec.id, 2, &was));
	assert_int_equal(was.amount, INT_NONE);
	assert_null(was.phone);
	ends(RC_NOTFOUND, kind_at_version(CX, &item_kind, i.rec.id, 3, &was));
	ends(RC_NOTFOUND, kind_at_version(CX, &item_kind, 9999, 1, &was));
	house_sql(&h, "DELETE FROM subject_key WHERE person = 2");
	ends(RC_NOTFOUND, kind_at_version(CX, &item_kind, i.rec.id, 1, &was));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		BOTH(traces),
		BOTH(locked),
		BOTH(all_or_nothing),
		BOTH(taken_and_unknown),
		BOTH(fixed_and_ruled),
		BOTH(who_may),
		BOTH(inside_only),
		BOTH(json_in),
		BOTH(json_refused),
		BOTH(json_out),
		BOTH(from_to),
		BOTH(long_history),
		BOTH(titles),
		BOTH(at_version),
	};

	return run_both("kind record", tests, ARRAY_LEN(tests));
}

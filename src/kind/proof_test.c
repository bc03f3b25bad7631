/* proof_test.c – records that were edited by hand are named, with the fields; honest writes never are. */
#include "kind_test.h"

#include "kind/proof.h"

static const struct kind *const proved[] = { &item_kind };

/* So many differences, and these words among them (NULL = none asked). */
static void
proves(int64_t differences, const char *words)
{
	struct buf out;
	int64_t n = -1, d = -1;

	buf_init(&out, CX->arena, 0);
	ok(kind_prove(CX, proved, 1, &out, &n, &d));
	if (d != differences || (words != NULL && strstr(out.p, words) == NULL))
		fail_msg("%d differences, not %d (%s): %s", (int)d, (int)differences, words, out.p);
	assert_int_equal(n, house_int(&h, "SELECT count(*) FROM item"));
}

static struct item
full_item(const char *code)
{
	struct item i = item_new(code);

	i.name.ru = "Имя";
	i.amount = 7;
	i.share = 0.1;
	i.day = 20240229;
	i.at = CX->now + 123456;
	i.state = "open";
	i.team = 1;
	i.owner = 2;
	i.remark = "ескерту";
	i.phone = "87010000000";
	i.secret.fresh = "123456";
	return i;
}

static void
honest(void **state)
{
	struct item i = full_item("a"), bare = item_new("b");

	(void)state;
	proves(0, NULL);
	ok(kind_insert(CX, &item_kind, &i));
	ok(kind_insert(CX, &item_kind, &bare));
	proves(0, NULL);
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	i.share = 1.0 / 3;
	i.phone = NULL;
	i.secret.clear = true;
	ok(kind_update(CX, &item_kind, &i));
	proves(0, NULL);
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	i.owner = 3; /* another's key from now on */
	i.phone = "87020000000";
	ok(kind_update(CX, &item_kind, &i));
	proves(0, NULL);
	house_sql(&h, "DELETE FROM subject_key WHERE person = 3"); /* erased: nothing to compare */
	proves(0, NULL);
}

static void
edited(void **state)
{
	static const struct {
		const char *set, *names;
	} edits[] = { { "code = 'c'", ": code" }, { "name_kk = 'x'", ": name" },
		{ "name_en = 'x'", ": name" }, { "amount = 8", ": amount" },
		{ "amount = NULL", ": amount" }, { "share = 0.2", ": share" },
		{ "day = 20240301", ": day" }, { "at = 5000000", ": at" }, { "done = 1", ": done" },
		{ "state = NULL", ": state" }, { "team = 2", ": team" },
		{ "remark = NULL", ": remark" }, { "phone = '8'", ": phone" },
		{ "secret = NULL", ": secret" }, { "rank = 1", ": rank" },
		{ "amount = 1, phone = '9'", ": amount, phone" } };
	struct item i = full_item("a"), other = full_item("b");
	size_t n;

	(void)state;
	ok(kind_insert(CX, &item_kind, &i));
	ok(kind_insert(CX, &item_kind, &other));
	for (n = 0; n < ARRAY_LEN(edits); n++) {
		struct item now;

		house_sql(&h, arena_printf(CX->arena, "UPDATE item SET %s WHERE id = %lld",
				  edits[n].set, (long long)i.rec.id));
		proves(1, arena_printf(CX->arena,
			      "item %lld, version %d: the record was changed by hand after "
			      "2024-11-15%s\n",
			      (long long)i.rec.id, (int)n + 1, edits[n].names));
		/* Taken up by the program with the next honest write, it is a version of its own. */
		ok(kind_load(CX, &item_kind, i.rec.id, &now));
		now.amount = 100 + (int64_t)n;
		ok(kind_update(CX, &item_kind, &now));
		proves(0, NULL);
	}
}

static void
put_and_gone(void **state)
{
	struct item i = full_item("a");

	(void)state;
	ok(kind_insert(CX, &item_kind, &i));
	house_sql(&h, "INSERT INTO item (version, created_at, changed_at, code, name_kk, done, "
		      "sort_kk, sort_ru, sort_en, fold_key) VALUES (1, 0, 0, 'z', 'z', 0, '', '', "
		      "'', '')");
	proves(1, "not in the history");
	house_sql(&h, "DELETE FROM item WHERE code = 'z'");
	house_sql(&h, "UPDATE item SET version = 9");
	proves(1, "version 9: the record is not in the history");
	house_sql(&h, "UPDATE item SET version = 1");
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	i.amount = 8;
	ok(kind_update(CX, &item_kind, &i));
	house_sql(&h, "UPDATE item SET version = 1, amount = 7");
	proves(1, "version 2: written on 2024-11-15, the record is gone or was set back");
	house_sql(&h, "DELETE FROM item");
	proves(1, "version 2: written on 2024-11-15, the record is gone or was set back");
}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(honest), BOTH(edited), BOTH(put_and_gone) };

	return run_both("kind proof", all, ARRAY_LEN(all));
}

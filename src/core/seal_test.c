/* seal_test.c – the chain over the audit: what it seals, and that each way of tampering is found.
 * Rows are removed through the one door for retention and put back changed: UPDATE is refused. */
#include "core_test.h"
#include "core/seal.h"
#include "db/retain.h"

static int
delete_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_retain(
	    cx, tx, NULL, "DELETE FROM audit WHERE id = $1", VALS(v_int(*(int64_t *)arg)));
}

static void
remove_row(int64_t id)
{
	ok(db_write(CX, delete_fn, &id));
}

static void
notes(int n)
{
	int i;

	for (i = 0; i < n; i++)
		ok(audit_note(CX, i % 2 == 0 ? "export" : "show", i % 3 == 0 ? NULL : "person", i,
		    i % 3 == 0 ? NULL : "iin,name"));
}

static void
check(int64_t differences, const char *words)
{
	struct buf out;
	int64_t n, d;

	buf_init(&out, CX->arena, 0);
	ok(seal_check(CX, &out, &n, &d));
	if (d != differences || (words != NULL && strstr(out.p, words) == NULL))
		fail_msg("%d differences, not %d: %s", (int)d, (int)differences, out.p);
	assert_int_equal(n, house_int(&h, "SELECT count(*) FROM audit"));
}

/* Ten rows in a first seal, ten in a second, two unsealed. */
static void
sealed_house(void)
{
	int64_t n;

	notes(10);
	CX->now += SEAL_SETTLE_US;
	ok(seal_audit(CX, &n));
	assert_int_equal(n, 10);
	notes(10);
	CX->now += SEAL_SETTLE_US;
	ok(seal_audit(CX, &n));
	assert_int_equal(n, 10);
	notes(2);
	check(0, NULL);
}

static void
sealing(void **state)
{
	int64_t n = -1;

	(void)state;
	ok(seal_audit(CX, &n));
	assert_int_equal(n, 0);
	check(0, NULL);
	notes(3);
	CX->now += SEAL_SETTLE_US - 1;
	ok(seal_audit(CX, &n)); /* not settled yet */
	assert_int_equal(n, 0);
	CX->now += 1;
	notes(1);
	ok(seal_audit(CX, &n)); /* the three, not the fourth */
	assert_int_equal(n, 3);
	ok(seal_audit(CX, &n));
	assert_int_equal(n, 0);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit_seal"), 1);
	check(0, NULL);
}

static int64_t
nth(int n)
{
	return house_int(
	    &h, arena_printf(CX->arena, "SELECT id FROM audit ORDER BY id LIMIT 1 OFFSET %d", n));
}

static void
removed(void **state)
{
	(void)state;
	sealed_house();
	remove_row(nth(4));
	check(1, "9 rows, sealed were 10");
}

static void
edited(void **state)
{
	const char *const columns[] = { "at + 1", "account + 1", "'create'", "'event'",
		"coalesce(rec, 0) + 1", "'iin'" };
	size_t i, j;

	(void)state;
	sealed_house();
	for (i = 0; i < ARRAY_LEN(columns); i++) {
		const char *c[] = { "at", "account", "action", "kind", "rec", "fields" };
		int64_t id = nth(4), top = nth(21) + 1 + (int64_t)i;
		struct buf sql;

		c[i] = columns[i];
		buf_init(&sql, CX->arena, 0);
		buf_printf(&sql,
		    "INSERT INTO audit (id, at, account, action, kind, rec, fields, mac) SELECT "
		    "%lld",
		    (long long)top);
		for (j = 0; j < ARRAY_LEN(c); j++)
			buf_printf(&sql, ", %s", c[j]);
		buf_printf(&sql, ", mac FROM audit WHERE id = %lld", (long long)id);
		house_sql(&h, sql.p);
		check(1, "the row was changed"); /* a forged row that is not sealed yet */
		remove_row(top);
		check(0, NULL);
	}
}

static void
copy_row(int64_t from, int64_t to)
{
	house_sql(&h, arena_printf(CX->arena,
			  "INSERT INTO audit (id, at, account, action, kind, rec, fields, mac)"
			  " SELECT %lld, at, account, action, kind, rec, fields, mac FROM audit "
			  "WHERE id = %lld",
			  (long long)to, (long long)from));
}

/* A whole row of the program's own, with a good mac, put in the place of another. */
static void
replaced(void **state)
{
	int64_t id;

	(void)state;
	sealed_house();
	id = nth(12);
	remove_row(id);
	copy_row(nth(3), id);
	check(1, "the seal does not fit the rows");
}

/* Two seals with a gap of ids between them, as a rolled-back write leaves on PostgreSQL: the gap is
 * fine, a row that appears in it is not. */
static void
slipped_in(void **state)
{
	int64_t n, top;

	(void)state;
	notes(5);
	CX->now += SEAL_SETTLE_US;
	ok(seal_audit(CX, &n));
	top = nth(4);
	copy_row(nth(0), top + 20);
	CX->now += SEAL_SETTLE_US;
	ok(seal_audit(CX, &n));
	assert_int_equal(n, 1);
	check(0, NULL);
	copy_row(nth(0), top + 5);
	check(1, "lies between two seals");
}

static void
seals_tampered(void **state)
{
	(void)state;
	sealed_house();
	house_sql(&h, "UPDATE audit_seal SET rows = 9 WHERE id = (SELECT min(id) FROM audit_seal)");
	check(1, "10 rows, sealed were 9");
	house_sql(&h,
	    "UPDATE audit_seal SET rows = 1000000000 WHERE id = (SELECT min(id) FROM audit_seal)");
	check(1, NULL);
	house_sql(
	    &h, "UPDATE audit_seal SET rows = 10 WHERE id = (SELECT min(id) FROM audit_seal)");
	check(0, NULL);
	/* Without the first seal its rows lie bare, and the second does not fit what went before. */
	house_sql(&h, "DELETE FROM audit_seal WHERE id = (SELECT min(id) FROM audit_seal)");
	check(11, "the seal does not fit the rows");
}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(sealing), BOTH(removed), BOTH(edited),
		BOTH(replaced), BOTH(slipped_in), BOTH(seals_tampered) };

	return run_both("core seal", all, ARRAY_LEN(all));
}

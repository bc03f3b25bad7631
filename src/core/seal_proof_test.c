/* seal_proof_test.c – daily roots, a root from outside, history beside the audit, retention and erasure:
 * what honest work leaves proves clean, and each way of tampering is named. */
#include "core_test.h"

#include <stdio.h>

#include "core/seal.h"
#include "db/retain.h"
#include "kind/proof.h"

static int
raw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_retain(cx, tx, NULL, arg, NO_VALS);
}

/* By hand, past the rules: history may be rewritten through this door, and the audit's rows removed. */
static void
by_hand(const char *sql)
{
	ok(db_write(CX, raw_fn, (void *)(uintptr_t)sql));
}

/* UPDATE of an audit row is refused everywhere: copied with a change, removed, put back. */
static void
edit_audit(int64_t id, const char *column, const char *value)
{
	static const char *const all[] = { "at", "account", "action", "kind", "rec", "fields",
		"mac", "version", "digest" };
	struct buf names, values;
	size_t i;

	buf_init(&names, CX->arena, 0);
	buf_init(&values, CX->arena, 0);
	for (i = 0; i < ARRAY_LEN(all); i++) {
		buf_printf(&names, ", %s", all[i]);
		buf_printf(&values, ", %s", strcmp(all[i], column) == 0 ? value : all[i]);
	}
	house_sql(
	    &h, arena_printf(CX->arena,
		    "INSERT INTO audit (id%s) SELECT 1000000 + id%s FROM audit WHERE id = %lld",
		    names.p, values.p, (long long)id));
	by_hand(arena_printf(CX->arena, "DELETE FROM audit WHERE id = %lld", (long long)id));
	house_sql(&h, arena_printf(CX->arena,
			  "INSERT INTO audit (id%s) SELECT %lld%s FROM audit WHERE id = %lld",
			  names.p, (long long)id, names.p, (long long)(1000000 + id)));
	by_hand("DELETE FROM audit WHERE id > 1000000");
}

static const char *root_given;

static int64_t
count(int64_t want, const char *words)
{
	int64_t n, d, all = 0;
	struct buf out;

	buf_init(&out, CX->arena, 0);
	ok(seal_check_root(CX, root_given, &out, &n, &d));
	all = d;
	ok(seal_check_history(CX, &out, &n, &d));
	assert_int_equal(n, house_int(&h, "SELECT count(*) FROM history"));
	all += d;
	ok(kind_prove(CX, core_kinds, ARRAY_LEN(core_kinds), &out, &n, &d));
	all += d;
	if (all != want || (words != NULL && strstr(out.p, words) == NULL))
		fail_msg("%d differences, not %d, nor “%s”: %s", (int)all, (int)want, words, out.p);
	return all;
}

static void
rename_account(int64_t id, const char *name)
{
	struct account a;

	ok(kind_load(CX, &account_kind, id, &a));
	a.name = name;
	ok(kind_update(CX, &account_kind, &a));
}

static void
seal_and_root(int64_t roots)
{
	int64_t n = 1;

	while (n > 0)
		ok(seal_audit(CX, &n));
	ok(seal_roots(CX, &n));
	assert_int_equal(n, roots);
}

static int64_t first_account;
static struct seal_root first_root, second_root;

/* Three days: an account on the first, its name changed on the second and again on the third, which is
 * not over. Two roots. */
static void
three_days(void)
{
	root_given = NULL;
	first_account = account_of("aigul", ROLE_CLERK, 0);
	seal_and_root(0);
	CX->now += US_PER_DAY;
	rename_account(first_account, "Екінші");
	seal_and_root(1);
	CX->now += US_PER_DAY;
	rename_account(first_account, "Үшінші");
	seal_and_root(1);
	seal_and_root(0);
	ok(seal_root_of(CX, 20241115, &first_root));
	ok(seal_root_of(CX, 20241116, &second_root));
	CX->now += SEAL_SETTLE_US;
	seal_and_root(0);
	count(0, NULL);
}

static void
roots(void **state)
{
	struct seal_root *list, one;
	size_t n;

	(void)state;
	ends(RC_NOTFOUND, seal_root_of(CX, 20241115, &one));
	three_days();
	assert_int_equal(first_root.day, 20241115);
	assert_int_equal(second_root.day, 20241116);
	assert_true(second_root.rows > first_root.rows && first_root.rows > 0);
	assert_int_equal(strlen(first_root.hex), 64);
	assert_string_not_equal(first_root.hex, second_root.hex);
	ok(seal_root_of(CX, 20991231, &one));
	assert_string_equal(one.hex, second_root.hex);
	ends(RC_NOTFOUND, seal_root_of(CX, 20241114, &one));
	ok(seal_roots_last(CX, 1, &list, &n));
	assert_int_equal(n, 1);
	assert_string_equal(list[0].hex, second_root.hex);
	ok(seal_roots_last(CX, 9, &list, &n));
	assert_int_equal(n, 2);
	/* A quiet week has no roots; the next day with rows has one. */
	CX->now += 7 * US_PER_DAY;
	seal_and_root(1);
	ok(seal_root_of(CX, 20241124, &one));
	assert_int_equal(one.day, 20241117);
	count(0, NULL);
}

static void
asked(const char *root, int64_t want, const char *words)
{
	root_given = root;
	count(want, words);
	root_given = NULL;
}

static void
from_outside(void **state)
{
	char hex[SEAL_HEX + 8];
	struct buf out;
	int64_t n, d;
	static const char *const bad[] = { "", "x", "12", "2024-11-15:", "2024-13-01:00",
		"20241115:00", "0123456789012345678901234567890:00" };
	size_t i;

	(void)state;
	three_days();
	asked(first_root.hex, 0, "root of 2024-11-15,");
	asked(arena_printf(CX->arena, "2024-11-16:%s", second_root.hex), 0, "fits");
	snprintf(hex, sizeof hex, "%.8s %s", first_root.hex, first_root.hex + 8);
	asked(hex, 0, "fits");
	asked(arena_printf(CX->arena, "2024-11-15:%s", second_root.hex), 1, "root given");
	memcpy(hex, first_root.hex, SEAL_HEX);
	hex[0] = hex[0] == '0' ? '1' : '0';
	asked(hex, 1, "no day here has it; the roots end with 2024-11-16");
	buf_init(&out, CX->arena, 0);
	for (i = 0; i < ARRAY_LEN(bad); i++)
		ends(RC_INVALID, seal_check_root(CX, bad[i], &out, &n, &d));
	ends(RC_INVALID,
	    seal_check_root(CX, arena_printf(CX->arena, "%s0", first_root.hex), &out, &n, &d));
}

/* The last day with its records, versions, lines, seals and root cut off as if it had never been. */
static void
tail_cut(void **state)
{
	const char *kept;

	(void)state;
	three_days();
	CX->now += US_PER_DAY;
	seal_and_root(1);
	ok(seal_root_of(CX, 20241117, &second_root));
	kept = arena_printf(CX->arena, "2024-11-17:%s", second_root.hex);
	asked(kept, 0, "fits");
	by_hand("DELETE FROM audit WHERE version = 3");
	by_hand("DELETE FROM history WHERE version = 3");
	house_sql(&h, "UPDATE account SET version = 2, name = 'Екінші'");
	count(1, "(sealed 2024-11-17): 0 rows, sealed were 1");
	house_sql(&h, "DELETE FROM audit_seal WHERE id = (SELECT max(id) FROM audit_seal)");
	count(1, "root of 2024-11-17: its seal is missing");
	house_sql(&h, "DELETE FROM audit_root WHERE day = 20241117");
	count(0, NULL); /* nothing inside tells of it any more … */
	asked(kept, 1,
	    "root given for 2024-11-17: no day here has it; the roots end with 2024-11-16");
	asked(first_root.hex, 0, "fits");
}

/* Whoever holds the key lays everything anew: only a root from outside tells. */
static void
laid_anew(void **state)
{
	struct seal_root again;

	(void)state;
	three_days();
	by_hand("DELETE FROM history");
	by_hand("DELETE FROM audit");
	house_sql(&h, "DELETE FROM audit_seal");
	house_sql(&h, "DELETE FROM audit_root");
	house_sql(&h, "DELETE FROM account_role");
	house_sql(&h, "DELETE FROM account");
	CX->now -= 2 * US_PER_DAY + SEAL_SETTLE_US;
	first_account = account_of("bolat", ROLE_CLERK, 0);
	CX->now += US_PER_DAY;
	rename_account(first_account, "Екінші");
	CX->now += US_PER_DAY;
	seal_and_root(2);
	count(0, NULL);
	ok(seal_root_of(CX, 20241115, &again));
	assert_string_not_equal(again.hex, first_root.hex);
	asked(arena_printf(CX->arena, "2024-11-15:%s", first_root.hex), 1,
	    "the rows up to 2024-11-15 give another one");
}

static const char *
of_account(const char *words)
{
	return arena_printf(CX->arena, "account %lld, %s", (long long)first_account, words);
}

static int64_t
audit_of_version(int version)
{
	return house_int(
	    &h, arena_printf(CX->arena,
		    "SELECT id FROM audit WHERE kind = 'account' AND version = %d", version));
}

static void
tampered(void **state)
{
	(void)state;
	three_days();
	house_sql(&h, "UPDATE account SET name = 'Басқа'");
	count(1, of_account("version 3: the record was changed by hand after 2024-11-17: name"));
	house_sql(&h, "UPDATE account SET name = 'Үшінші'");
	by_hand("UPDATE history SET data = '{}' WHERE kind = 'account' AND version = 1");
	count(1, of_account("version 1 (2024-11-15): the history was changed"));
	by_hand("UPDATE history SET mac = NULL WHERE kind = 'account' AND version = 1");
	count(1, of_account("version 1 (2024-11-15): the audit tells of another content"));
	by_hand("DELETE FROM history WHERE kind = 'account' AND version = 1");
	count(1, of_account("version 1 (2024-11-16): it was removed from the history"));
}

static void
audit_edited(void **state)
{
	int64_t id;

	(void)state;
	three_days();
	id = audit_of_version(2);
	edit_audit(id, "account", "77");
	count(1, arena_printf(CX->arena,
		     "audit %lld (update account %lld, 2024-11-16): the row was changed",
		     (long long)id, (long long)first_account));
	asked(first_root.hex, 1, "root of 2024-11-15");
	asked(second_root.hex, 2, "this day's root is kept here, but the rows up to it");
	edit_audit(id, "account", "0");
	count(0, NULL);
	edit_audit(id, "digest", "NULL");
	count(2, "the row was changed"); /* and the version's hash stands alone */
}

static void
audit_gap(void **state)
{
	int64_t id;

	(void)state;
	three_days();
	id = audit_of_version(2);
	by_hand(arena_printf(CX->arena, "DELETE FROM audit WHERE id = %lld", (long long)id));
	count(2, of_account("version 2 (2024-11-16): its line in the audit is missing"));
	count(2, "(sealed 2024-11-17): 0 rows, sealed were 1");
	asked(second_root.hex, 3, "do not give it any more");
}

static void
roots_tampered(void **state)
{
	(void)state;
	three_days();
	house_sql(&h, "UPDATE audit_root SET rows = rows + 1 WHERE day = 20241115");
	count(1, "root of 2024-11-15: does not fit");
	house_sql(&h, "UPDATE audit_root SET rows = rows - 1 WHERE day = 20241115");
	house_sql(&h, "DELETE FROM audit_root WHERE day = 20241115");
	count(1, "root of 2024-11-16: does not fit");
}

static int
drop_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return seal_drop_tx(cx, tx, cx->now, arg);
}

static void
dropping(void **state)
{
	int64_t n = -1, left;

	(void)state;
	ok(db_write(CX, drop_fn, &n));
	assert_int_equal(n, 0); /* nothing was sealed */
	three_days();
	ok(db_write(CX, drop_fn, &n));
	assert_int_equal(n, second_root.rows); /* what stands under a root, and no row more */
	left = house_int(&h, "SELECT count(*) FROM audit");
	count(0, NULL);
	asked(second_root.hex, 0, "fits");
	ok(db_write(CX, drop_fn, &n));
	assert_int_equal(n, 0);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit"), left);
	/* Old versions are guarded by their own hash still. */
	by_hand(
	    "UPDATE history SET data = '{\"name\":\"x\"}' WHERE kind = 'account' AND version = 1");
	count(1, of_account("version 1 (2024-11-15): the history was changed"));
}

/* Rows removed by hand, and a line put beside them to call it retention: its mac tells. */
static void
dropped_by_hand(void **state)
{
	(void)state;
	three_days();
	by_hand("DELETE FROM audit WHERE id <= (SELECT min(upto_id) FROM audit_seal)");
	house_sql(&h,
	    "INSERT INTO audit (at, account, action, kind, rec, mac, version, digest) SELECT "
	    "at, 0, 'drop', 'audit', upto_id, digest, rows, digest FROM audit_seal WHERE id "
	    "= (SELECT min(id) FROM audit_seal)");
	count(1, "(drop audit ");
}

static int
forget_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;

	TRY(tx_retain(cx, tx, NULL,
	    "UPDATE history SET data = '{}' WHERE kind = 'account' AND rec = $1 AND version < 3",
	    VALS(v_int(*id))));
	TRY(tx_retain(cx, tx, NULL,
	    "DELETE FROM history WHERE kind = 'account' AND rec = $1 AND version = 2",
	    VALS(v_int(*id))));
	return history_forget_tx(cx, tx, "account", *id);
}

static int
forget_nobody_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)arg;
	return history_forget_tx(cx, tx, "account", 999);
}

static void
forgetting(void **state)
{
	(void)state;
	three_days();
	account_of("second", ROLE_CLERK, 0);
	ok(db_write(CX, forget_fn, &first_account));
	ends(RC_NOTFOUND, db_write(CX, forget_nobody_fn, NULL));
	count(0, NULL);
	rename_account(first_account, "Төртінші"); /* life goes on, one by one again */
	count(0, NULL);
	CX->now += US_PER_DAY;
	seal_and_root(1);
	asked(second_root.hex, 0, "fits"); /* the audit itself was not touched */
	by_hand(arena_printf(CX->arena,
	    "UPDATE history SET data = '{ }' WHERE kind = 'account' AND rec = %lld AND version = 1",
	    (long long)first_account));
	count(1, of_account("version 1 (2024-11-15): the history was changed"));
	by_hand(arena_printf(CX->arena,
	    "DELETE FROM history WHERE kind = 'account' AND rec = %lld AND version = 1",
	    (long long)first_account));
	count(1, "versions up to this one are not what the erasure left");
}

/* A database from before migration 9: no hashes. From the first one on every later version needs its. */
static void
older(void **state)
{
	(void)state;
	root_given = NULL;
	first_account = account_of("aigul", ROLE_CLERK, 0);
	by_hand("UPDATE history SET mac = NULL");
	by_hand("DELETE FROM audit");
	ok(audit_note(CX, "create", "account", first_account, "login,name"));
	count(0, NULL);
	rename_account(first_account, "Екінші");
	count(0, NULL);
	CX->now += US_PER_DAY;
	seal_and_root(1);
	count(0, NULL);
	rename_account(first_account, "Үшінші");
	by_hand("UPDATE history SET mac = NULL WHERE version = 3");
	count(2, of_account("version 3 (2024-11-16): the history was changed"));
}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(roots), BOTH(from_outside), BOTH(tail_cut),
		BOTH(laid_anew), BOTH(tampered), BOTH(audit_edited), BOTH(audit_gap),
		BOTH(roots_tampered), BOTH(dropping), BOTH(dropped_by_hand), BOTH(forgetting),
		BOTH(older) };

	return run_both("core seal proof", all, ARRAY_LEN(all));
}

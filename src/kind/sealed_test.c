/* sealed_test.c – values encrypted at rest: what lies in the tables, who opens them, what a moved or
 * spoiled one does, and what is left when a person's key is destroyed. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kind_test.h"

static struct actor clerk;

/* An item of this owner with a secret, written by a clerk. */
static struct item
item_with(const char *code, int64_t owner, const char *secret)
{
	struct item i = item_new(code);

	clerk = actor_of(ROLE_CLERK);
	CX->actor = &clerk;
	i.owner = owner;
	i.secret.fresh = secret;
	i.phone = "0707070707";
	ok(kind_insert(CX, &item_kind, &i));
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	return i;
}

static struct slice
blob(const char *sql, int64_t id)
{
	AUTO_ROWS r = { 0 };
	struct slice s = { 0 };

	assert_int_equal(db_rows(CX, &r, sql, VALS(v_int(id))), RC_OK);
	assert_true(rows_next(&r));
	if (!row_null(&r, 0)) {
		s = row_slice(&r, 0);
		s.p = arena_copy(CX->arena, s.p, s.n);
	}
	return s;
}

struct put {
	const char *sql;
	struct slice s;
	int64_t id;
};

static int
put_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct put *p = arg;

	return tx_run(cx, tx, NULL, p->sql, VALS(v_blob(p->s), v_int(p->id)));
}

static const char *const read_secret = "SELECT secret FROM item WHERE id = $1";
static const char *const put_secret = "UPDATE item SET secret = $1 WHERE id = $2";

static void
at_rest(void **state)
{
	struct item i = item_with("a", 1, "880101300037");
	struct slice box = blob(read_secret, i.rec.id),
		     past = blob("SELECT secret FROM history WHERE rec = $1", i.rec.id);
	const char *text;

	(void)state;
	assert_true(i.secret.present && i.secret.fresh == NULL && !i.pin.present);
	assert_int_equal(box.n, 1 + 24 + 12 + 16);
	assert_null(memmem(box.p, box.n, "8801", 4));
	assert_true(past.n > 41);
	assert_null(memmem(past.p, past.n, "0707", 4));
	ok(db_text(CX, &text, "SELECT data FROM history", NO_VALS));
	assert_null(strstr(text, "8801"));
	assert_null(strstr(text, "0707"));
	ok(db_text(CX, &text, "SELECT fields FROM audit", NO_VALS));
	assert_null(strstr(text, "8801"));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM subject_key WHERE person = 1"), 1);
	/* The same value twice looks different each time. */
	i.secret.fresh = "880101300037";
	ok(kind_update(CX, &item_kind, &i));
	assert_int_equal(i.rec.version, 2);
	assert_memory_not_equal(blob(read_secret, i.rec.id).p, box.p, box.n);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM subject_key"), 1);
}

static void
opened(void **state)
{
	struct actor leader = actor_of(ROLE_LEADER), guest = actor_of(ROLE_GUEST);
	struct item i = item_with("a", 1, "880101300037");
	const char *out, *names;
	int64_t lines = house_int(&h, "SELECT count(*) FROM audit");

	(void)state;
	ok(kind_sealed_mask(CX, &item_kind, i.rec.id, "secret", &out));
	assert_string_equal(out, "••••••••••37");
	ok(kind_sealed_mask(CX, &item_kind, i.rec.id, "pin", &out));
	assert_null(out);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit"), lines); /* leaves no trace */
	ok(kind_unseal(CX, &item_kind, i.rec.id, "secret", &out));
	assert_string_equal(out, "880101300037");
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit"), lines + 1);
	assert_int_equal(
	    house_int(
		&h, arena_printf(CX->arena,
			"SELECT count(*) FROM audit WHERE action = 'show' AND"
			" kind = 'item' AND rec = %lld AND fields = 'secret' AND account = %d",
			(long long)i.rec.id, 70 + ROLE_CLERK)),
	    1);
	ok(kind_unseal(
	    CX, &item_kind, i.rec.id, "pin", &out)); /* nothing shown, nothing to record */
	assert_null(out);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit"), lines + 1);
	ends(RC_NOTFOUND, kind_unseal(CX, &item_kind, 999, "secret", &out));
	ends(RC_BUG, kind_unseal(CX, &item_kind, i.rec.id, "phone", &out));
	ends(RC_BUG, kind_unseal(CX, &item_kind, i.rec.id, "nosuch", &out));
	CX->actor = &leader;
	ends(RC_DENIED, kind_unseal(CX, &item_kind, i.rec.id, "secret", &out));
	CX->actor = &guest;
	ends(RC_DENIED, kind_unseal(CX, &item_kind, i.rec.id, "secret", &out));
	ok(db_text(CX, &names, "SELECT fields FROM audit WHERE action = 'show'", NO_VALS));
	assert_string_equal(names, "secret");
}

/* Of a short value the mask shows nothing at all. */
static void
masked(void **state)
{
	static const struct {
		const char *plain, *mask;
	} some[] = { { "1", "•" }, { "1234567", "•••••••" }, { "12345678", "••••••78" } };
	const char *out;
	size_t n;

	(void)state;
	for (n = 0; n < ARRAY_LEN(some); n++) {
		struct item i = item_with(some[n].plain, 1, some[n].plain);

		ok(kind_sealed_mask(CX, &item_kind, i.rec.id, "secret", &out));
		assert_string_equal(out, some[n].mask);
	}
}

/* A ciphertext belongs to its row, column and person; any changed byte is noticed. */
static void
moved_and_spoiled(void **state)
{
	struct item a = item_with("a", 1, "111111"), b = item_with("b", 1, "222222"),
		    c = item_with("c", 2, "333333");
	struct slice box = blob(read_secret, a.rec.id), wrapped;
	struct put p = { put_secret, box, b.rec.id };
	const char *out;
	size_t n;

	(void)state;
	ok(db_write(CX, put_fn, &p)); /* another row of the same person: the same key */
	ends(RC_STORAGE, kind_unseal(CX, &item_kind, b.rec.id, "secret", &out));
	p.id = c.rec.id; /* another person's row */
	ok(db_write(CX, put_fn, &p));
	ends(RC_STORAGE, kind_unseal(CX, &item_kind, c.rec.id, "secret", &out));
	p = (struct put){ "UPDATE item SET pin = $1 WHERE id = $2", box,
		a.rec.id }; /* another column */
	ok(db_write(CX, put_fn, &p));
	ends(RC_STORAGE, kind_unseal(CX, &item_kind, a.rec.id, "pin", &out));
	for (n = 0; n < box.n; n += 7) {
		char *bad = arena_copy(CX->arena, box.p, box.n);

		bad[n] = (char)(bad[n] ^ 1);
		p = (struct put){ put_secret, { bad, box.n }, a.rec.id };
		ok(db_write(CX, put_fn, &p));
		ends(RC_STORAGE, kind_unseal(CX, &item_kind, a.rec.id, "secret", &out));
	}
	for (n = 1; n < box.n; n += 5) {
		p = (struct put){ put_secret, { box.p, n }, a.rec.id };
		ok(db_write(CX, put_fn, &p));
		ends(RC_STORAGE, kind_unseal(CX, &item_kind, a.rec.id, "secret", &out));
	}
	p.s = box;
	ok(db_write(CX, put_fn, &p));
	ok(kind_unseal(CX, &item_kind, a.rec.id, "secret", &out));
	assert_string_equal(out, "111111");
	/* A person's key serves no other person. */
	wrapped = blob("SELECT wrapped FROM subject_key WHERE person = $1", 2);
	p = (struct put){ "UPDATE subject_key SET wrapped = $1 WHERE person = $2", wrapped, 1 };
	ok(db_write(CX, put_fn, &p));
	ends(RC_STORAGE, kind_unseal(CX, &item_kind, a.rec.id, "secret", &out));
}

static size_t
lines_of(int64_t id, const char *field, const char *to)
{
	struct change *c;
	size_t n, i, found = 0;

	ok(kind_history(CX, &item_kind, id, &c, &n));
	for (i = 0; i < n; i++)
		found += strcmp(c[i].field, field) == 0 &&
			 (to == NULL || (c[i].to != NULL && strcmp(c[i].to, to) == 0));
	return found;
}

static void
set_and_cleared(void **state)
{
	struct item i = item_with("a", 1, NULL);
	const char *out;

	(void)state;
	assert_false(i.secret.present);
	i.secret.fresh = "123456789";
	ok(kind_update(CX, &item_kind, &i));
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	assert_true(i.secret.present);
	assert_int_equal(lines_of(i.rec.id, "secret", "••••••"), 1);
	i.amount = 1; /* a change beside it leaves it alone */
	ok(kind_update(CX, &item_kind, &i));
	ok(kind_unseal(CX, &item_kind, i.rec.id, "secret", &out));
	assert_string_equal(out, "123456789");
	i.secret.clear = true;
	ok(kind_update(CX, &item_kind, &i));
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	assert_false(i.secret.present);
	ok(kind_unseal(CX, &item_kind, i.rec.id, "secret", &out));
	assert_null(out);
	assert_int_equal(lines_of(i.rec.id, "secret", NULL), 2); /* set, then cleared */
	assert_int_equal(
	    house_int(
		&h, "SELECT count(*) FROM audit WHERE fields = 'secret' AND action = 'update'"),
	    2);
}

/* Destroyed on request: what was sealed cannot be read any more, the lines of history stay, and the
 * record goes on living under a new key. */
static void
destroyed(void **state)
{
	struct item i = item_with("a", 1, "123456"), other = item_with("b", 2, "654321");
	const char *out;
	size_t lines;

	(void)state;
	i.amount = 3;
	i.phone = "0808080808";
	ok(kind_update(CX, &item_kind, &i));
	assert_int_equal(lines_of(i.rec.id, "phone", NULL), 2);
	lines = lines_of(i.rec.id, "amount", NULL);
	assert_int_equal(lines, 1);
	house_sql(&h, "DELETE FROM subject_key WHERE person = 1");
	ends(RC_NOTFOUND, kind_unseal(CX, &item_kind, i.rec.id, "secret", &out));
	ends(RC_NOTFOUND, kind_sealed_mask(CX, &item_kind, i.rec.id, "secret", &out));
	assert_int_equal(lines_of(i.rec.id, "phone", NULL), 0);
	assert_int_equal(lines_of(i.rec.id, "amount", NULL), lines);
	assert_int_equal(
	    house_int(&h, arena_printf(CX->arena, "SELECT count(*) FROM history WHERE rec = %lld",
			      (long long)i.rec.id)),
	    2);
	ok(kind_unseal(CX, &item_kind, other.rec.id, "secret", &out));
	assert_string_equal(out, "654321");
	/* A later change makes a new key; what lies under the old one stays closed and harms nothing. */
	ok(kind_load(CX, &item_kind, i.rec.id, &i));
	i.amount = 4;
	i.phone = "0909090909";
	ok(kind_update(CX, &item_kind, &i));
	assert_int_equal(lines_of(i.rec.id, "phone", "0909090909"), 1);
	assert_int_equal(lines_of(i.rec.id, "phone", "0808080808"), 0);
	assert_int_equal(lines_of(i.rec.id, "amount", NULL), 2);
	i.secret.fresh = "777777";
	ok(kind_update(CX, &item_kind, &i));
	ok(kind_unseal(CX, &item_kind, i.rec.id, "secret", &out));
	assert_string_equal(out, "777777");
}

static void
key_file(void **state)
{
	char dir[] = "/tmp/shanyraq-vault-XXXXXX", path[64];
	unsigned char one[32], two[32];
	const char *err = "";
	struct stat st;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/D.key", dir);
	assert_int_equal(vault_open(path, false, &err), RC_STORAGE);
	assert_non_null(strstr(err, "missing"));
	assert_int_equal(vault_open(path, true, &err), RC_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	vault_mac(VAULT_AUDIT, "x", 1, one);
	vault_mac(VAULT_IIN, "x", 1, two);
	assert_memory_not_equal(one, two, 32);		       /* no key serves two purposes */
	assert_int_equal(vault_open(path, true, &err), RC_OK); /* not made anew */
	vault_mac(VAULT_AUDIT, "x", 1, two);
	assert_memory_equal(one, two, 32);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(vault_open(path, false, &err), RC_STORAGE);
	assert_non_null(strstr(err, "chmod"));
	assert_int_equal(unlink(path), 0);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("0123456789abcdef", f);
	fclose(f);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(vault_open(path, false, &err), RC_STORAGE);
	assert_non_null(strstr(err, "64 hex"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
	assert_true(vault_equal("", "") && vault_equal("abc", "abc"));
	assert_false(vault_equal("abc", "abd") || vault_equal("abc", "ab") || vault_equal("", "a"));
}

static void
randoms(void **state)
{
	const char *a = vault_random_hex(CX->arena, 32), *b = vault_random_hex(CX->arena, 32);

	(void)state;
	assert_int_equal(strlen(a), 64);
	assert_int_equal(strspn(a, "0123456789abcdef"), 64);
	assert_string_not_equal(a, b);
	assert_string_equal(
	    vault_mac_hex(CX->arena, VAULT_IIN, "x"), vault_mac_hex(CX->arena, VAULT_IIN, "x"));
	assert_string_not_equal(
	    vault_mac_hex(CX->arena, VAULT_IIN, "x"), vault_mac_hex(CX->arena, VAULT_IIN, "y"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(key_file),
		BOTH(at_rest),
		BOTH(opened),
		BOTH(masked),
		BOTH(moved_and_spoiled),
		BOTH(set_and_cleared),
		BOTH(destroyed),
		BOTH(randoms),
	};

	return run_both("kind sealed", tests, ARRAY_LEN(tests));
}

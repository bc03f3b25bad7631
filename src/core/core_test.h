/* core_test.h – what the tests of core/ share: a house per test on the engine that the test's name
 * says, three bodies in a line (1 > 2 > 3, and 4 apart), and short words. Header-only, for
 * builds of tests, which know where the house stands (HOUSE_ROOT); empty elsewhere. */
#ifndef CORE_CORE_TEST_H
#define CORE_CORE_TEST_H
#ifdef HOUSE_ROOT

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/inner.h"
#include "house.h"

/* cmocka's own again: lang.h has one of the same name. */
#undef fail
#define fail() _fail(__FILE__, __LINE__)

static struct house h;
#define CX (&h.cx)
#define SECOND US_PER_SECOND

static const struct kind *const core_kinds[] = { &account_kind, &account_role_kind };

static inline int
open_on(enum db_engine e)
{
	const char *err = "";
	int i;

	house_open(&h, e, core_kinds, ARRAY_LEN(core_kinds));
	/* Again, with every write function run twice: a second run must not see the first. */
	db_end(CX);
	store_close(h.store);
	if (store_open(&(struct store_options){ .url = h.url, .twice = true }, &h.store, &err) !=
	    RC_OK)
		fail_msg("store_open: %s", err);
	db_bind(CX, h.store);
	guess_forget_all();
	house_sql(&h, "INSERT INTO body_kind (id, version, created_at, changed_at, code, name_kk, "
		      "sort_kk, sort_ru,"
		      " sort_en, fold_key) VALUES (1, 1, 0, 0, 'eca', 'x', '', '', '', '')");
	for (i = 1; i <= 4; i++)
		house_sql(
		    &h, arena_printf(CX->arena,
			    "INSERT INTO body (id, version, created_at, changed_at, code, kind,"
			    " parent, name_kk, sort_kk, sort_ru, sort_en, fold_key) VALUES (%d, 1, "
			    "0, 0, 'b%d', 1, %s, 'x', '',"
			    " '', '', '')",
			    i, i,
			    i == 2   ? "1"
			    : i == 3 ? "2"
				     : "NULL"));
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

/* The call must succeed; what went wrong is printed. */
#define ok(call) is_rc(RC_OK, (call), #call, __LINE__)
/* The call must end so; the error is forgotten. */
#define ends(rc, call) is_rc((rc), (call), #call, __LINE__)
static inline void
is_rc(int want, int rc, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc != want)
		fail_msg("line %d: %s = %d, not %d: %s | %s | %s", line, what, rc, want,
		    CX->err.text == NULL ? "" : CX->err.text,
		    CX->err.detail == NULL ? "" : CX->err.detail, f == NULL ? "" : f->text);
	house_next(&h);
}

/* Ends with RC_INVALID on this field. */
static inline void
refused(int rc, const char *field)
{
	const struct field_error *f;

	assert_int_equal(rc, RC_INVALID);
	for (f = CX->err.fields; f != NULL && strcmp(f->field, field) != 0; f = f->next)
		;
	if (f == NULL)
		fail_msg("no error of the field %s", field);
	assert_true(f->text[0] != '\0');
	house_next(&h);
}

static inline int64_t
account_of(const char *login, enum role role, int64_t body)
{
	const struct account_new in = {
		.login = login, .name = login, .role = role, .body = body, .password = "bir eki ush"
	};
	int64_t id = 0;

	ok(account_create(CX, &in, &id, NULL));
	return id;
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

/* kind_test.h – what the tests of kind/ share: a house with two kinds of their own and short words.
 *
 * item has one field of every type and of every privacy class, team is what it refers to. guarded is
 * item once more, with a scope, a guard of writes and notes that only the own team reads.
 * Header-only, for builds of tests, which know where the house stands (HOUSE_ROOT). */
#ifndef KIND_KIND_TEST_H
#define KIND_KIND_TEST_H
#ifdef HOUSE_ROOT

#include "kind/kind_test_tables.h"

static struct house h;
#define CX (&h.cx)

static inline int
open_on(enum db_engine e)
{
	const char *err = "";
	int i;

	house_open(&h, e, test_kinds, ARRAY_LEN(test_kinds));
	if (store_migrate(h.store, &test_tables, 1, NULL, &err) != RC_OK)
		fail_msg("store_migrate: %s", err);
	for (i = 1; i <= 5; i++)
		house_sql(
		    &h, arena_printf(CX->arena,
			    "INSERT INTO team (id, version, created_at, changed_at, code, name_kk,"
			    " name_ru, sort_kk, sort_ru, sort_en, fold_key) VALUES (%d, 1, 0, 0, "
			    "'t%d', 'Топ %d', %s, '', '', '',"
			    " '')",
			    i, i, i, i % 2 == 0 ? "'Группа'" : "NULL"));
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

/* The call must end so; the error is forgotten. What went wrong is printed. */
#define ok(call) is_rc(RC_OK, (call), #call, __LINE__)
#define ends(rc, call) is_rc((rc), (call), #call, __LINE__)
static inline void
is_rc(int want, int rc, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc != want)
		fail_msg("line %d: %s = %d, not %d: %s | %s | %s: %s", line, what, rc, want,
		    CX->err.text == NULL ? "" : CX->err.text,
		    CX->err.detail == NULL ? "" : CX->err.detail, f == NULL ? "" : f->field,
		    f == NULL ? "" : f->text);
	house_next(&h);
}

/* Ends with RC_INVALID on this field alone. */
#define refused(call, field) is_refused((call), (field), #call, __LINE__)
static inline void
is_refused(int rc, const char *field, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc != RC_INVALID || f == NULL || strcmp(f->field, field) != 0 || f->next != NULL ||
	    f->text[0] == '\0')
		fail_msg("line %d: %s = %d, error of %s (%s), not of %s alone", line, what, rc,
		    f == NULL ? "no field" : f->field, CX->err.detail == NULL ? "" : CX->err.detail,
		    field);
	house_next(&h);
}

/* A good item with nothing but what is needed. */
static inline struct item
item_new(const char *code)
{
	struct item i;

	kind_empty(&item_kind, &i);
	i.code = code;
	i.name.kk = code;
	return i;
}

static inline struct actor
actor_of(enum role r)
{
	return (struct actor){ .account = 70 + (int)r,
		.role = r,
		.caps = role_caps(r),
		.login = "x",
		.name = "x",
		.csrf = "" };
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

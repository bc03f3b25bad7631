/* test_stock.h – a house with the lists of goods, and short words for what its tests do. */
#ifndef MOD_STOCK_TEST_STOCK_H
#define MOD_STOCK_TEST_STOCK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/account.h"
#include "core/data.h"
#include "house.h"
#include "mod/registry/registry.h"
#include "mod/stock/stock.h"

#undef fail
#define fail() _fail(__FILE__, __LINE__)

#ifndef MORE_KINDS
#define MORE_KINDS
#endif
static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &person_kind, &item_kind,
	&stock_account_kind, &lot_kind, &recipe_kind, &recipe_input_kind, &transfer_kind,
	&stock_count_kind, &stock_count_line_kind, &stock_shortage_kind MORE_KINDS };
static struct house house;
static enum db_engine engine;
#define CX (&house.cx)
#define OK(call) ends_at((call), RC_OK, #call, __LINE__)
#define ENDS(rc, call) ends_at((call), (rc), #call, __LINE__)

static inline void
ends_at(int rc, int wanted, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc == wanted)
		return;
	print_error("line %d: %s = %d, not %d: %s (%s)\n", line, what, rc, wanted,
	    CX->err.text == NULL ? "" : CX->err.text, CX->err.detail == NULL ? "" : CX->err.detail);
	for (; f != NULL; f = f->next)
		print_error("  %s: %s\n", f->field, f->text);
	assert_int_equal(rc, wanted);
}

static inline int
open_house(void **state)
{
	(void)state;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	OK(stock_seed(CX));
	OK(stock_seed(CX)); /* again: changes nothing */
	house_next(&house);
	return 0;
}

static inline int
close_house(void **state)
{
	(void)state;
	house_close(&house);
	return 0;
}

/* ---- short words ---- */

static inline int64_t
account(const char *code)
{
	struct stock_account a;

	OK(stock_account_find(CX, code, &a));
	return a.rec.id;
}

static inline int64_t
item(const char *code)
{
	struct item i;

	OK(item_find(CX, code, &i));
	return i.rec.id;
}

static inline int64_t
new_account(const char *code, const char *type)
{
	struct stock_account a;

	kind_empty(&stock_account_kind, &a);
	a.code = code;
	a.type = type;
	a.name.kk = code;
	OK(kind_insert(CX, &stock_account_kind, &a));
	return a.rec.id;
}

static inline int64_t
new_lot(const char *code, const char *of, int expires)
{
	struct lot l;

	kind_empty(&lot_kind, &l);
	l.code = code;
	l.item = item(of);
	l.expires = expires;
	OK(kind_insert(CX, &lot_kind, &l));
	return l.rec.id;
}

static int counter;

static inline int
move_at(int64_t at, const char *from, const char *to, const char *what, int64_t lot, int64_t q)
{
	struct movement_line l[] = { { account(from), item(what), lot, -q },
		{ account(to), item(what), lot, q } };
	struct movement m = { .nonce = arena_printf(CX->arena, "n%d", ++counter),
		.at = at,
		.lines = l,
		.nlines = 2 };
	bool again;

	return movement_post(CX, &m, &again);
}

static inline int
move(const char *from, const char *to, const char *what, int64_t q)
{
	return move_at(CX->now, from, to, what, 0, q);
}

static inline int64_t
holds_at(const char *where, const char *what, int64_t at, int64_t known)
{
	struct stock_row *r;
	size_t n, i;

	house_next(&house);
	OK(stock_at(CX, account(where), at, known, &r, &n));
	for (i = 0; i < n; i++)
		if (r[i].item == item(what) && r[i].lot == 0)
			return r[i].quantity;
	return 0;
}

static inline int64_t
holds(const char *where, const char *what)
{
	return holds_at(where, what, 0, 0);
}

static inline int64_t
differences(const char **text)
{
	struct buf b;
	int64_t sets, n;

	house_next(&house);
	buf_init(&b, CX->arena, 1 << 20);
	OK(ledger_check(CX, &b, &sets, &n));
	if (text != NULL)
		*text = b.n == 0 ? "" : b.p;
	return n;
}

static inline void
balanced(void)
{
	const char *text = "";

	if (differences(&text) != 0)
		fail_msg("%s", text);
}

/* Runs the tests of a file on the engine that argv names. */
static inline int
stock_tests(int argc, char **argv, int (*run)(void))
{
	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return run();
}
#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

#endif

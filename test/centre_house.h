/* centre_house.h – a house with an open headquarters and the lists of goods, and short words for what tests of centres and
 * kitchens do. Header-only; each test program has its own house. */
#ifndef CENTRE_HOUSE_H
#define CENTRE_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/account.h"
#include "core/data.h"
#include "figure/figure.h"
#include "house.h"
#include "kind/proof.h"
#include "mod/centre/centre_inner.h"

#undef fail
#define fail() _fail(__FILE__, __LINE__)

#ifndef MORE_KINDS
#define MORE_KINDS
#endif
static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &person_kind, &item_kind,
	&stock_account_kind, &lot_kind, &recipe_kind, &recipe_input_kind, &transfer_kind,
	&stock_count_kind, &stock_count_line_kind, &stock_shortage_kind, &hall_kind, &booking_kind,
	&headquarters_kind, &relief_area_kind, &relief_duty_kind, &relief_log_kind,
	&relief_place_kind, &relief_offer_kind, &need_kind, &need_line_kind, &centre_kind,
	&household_kind, &stay_kind, &centre_norm_kind MORE_KINDS };
static struct house house;
static enum db_engine engine;
#define CX (&house.cx)
#define OK(call) ends_at((call), RC_OK, #call, __LINE__)
#define ENDS(rc, call) ends_at((call), (rc), #call, __LINE__)

static inline void
ends_at(int rc, int wanted, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc != wanted) {
		print_error("line %d: %s = %d, not %d: %s (%s)\n", line, what, rc, wanted,
		    CX->err.text == NULL ? "" : CX->err.text,
		    CX->err.detail == NULL ? "" : CX->err.detail);
		for (; f != NULL; f = f->next)
			print_error("  %s: %s\n", f->field, f->text);
		assert_int_equal(rc, wanted);
	}
}

static inline bool
says(const char *part)
{
	bool yes = CX->err.text != NULL && strstr(CX->err.text, part) != NULL;

	house_next(&house);
	return yes;
}

/* ---- a headquarters with centres ---- */

static int64_t hq;

static inline int64_t
place(const char *code, const char *purpose, int64_t capacity)
{
	struct relief_place p;

	kind_empty(&relief_place_kind, &p);
	p.headquarters = hq;
	p.code = code;
	p.name.kk = code;
	p.purpose = purpose;
	p.capacity = capacity;
	OK(kind_insert(CX, &relief_place_kind, &p));
	return p.rec.id;
}

static inline int
open_house(void **state)
{
	struct headquarters h;
	struct person chief;

	(void)state;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	figure_init(centre_figures, centre_nfigures);
	OK(stock_seed(CX));
	OK(centre_seed(CX));
	OK(centre_seed(CX));
	kind_empty(&person_kind, &chief);
	chief.surname = "Жетекші";
	chief.given = "Сынақ";
	OK(kind_insert(CX, &person_kind, &chief));
	kind_empty(&headquarters_kind, &h);
	h.chief = chief.rec.id;
	h.code = "flood";
	h.name.kk = "Су тасқыны";
	h.emergency = "flood";
	h.opened_on = day_add(CX->today, -30);
	h.act = "№ 1";
	h.state = "open";
	OK(kind_insert(CX, &headquarters_kind, &h));
	hq = h.rec.id;
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

static inline void
give(const char *to, const char *what, int64_t q)
{
	static int n;
	struct stock_account donor, a;
	struct item i;
	bool again;

	OK(stock_account_find(CX, "donor", &donor));
	OK(stock_account_find(CX, to, &a));
	OK(item_find(CX, what, &i));
	OK(movement_post(CX,
	    &(struct movement){ .nonce = arena_printf(CX->arena, "give-%d", n++),
		.at = CX->now,
		.type = "receipt",
		.lines = (const struct movement_line[]){ { donor.rec.id, i.rec.id, 0, -q },
		    { a.rec.id, i.rec.id, 0, q } },
		.nlines = 2 },
	    &again));
}

#define HOUR (3600 * US_PER_SECOND)
#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

#endif

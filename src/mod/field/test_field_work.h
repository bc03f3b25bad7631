/* test_field_work.h – short words for what tests of laptop copies do: needs, goods, proofs, and the house they begin in. */
#ifndef MOD_FIELD_TEST_FIELD_WORK_H
#define MOD_FIELD_TEST_FIELD_WORK_H

#include "mod/field/test_field.h"

static inline int64_t
take_need(struct ctx *cx, const char *name)
{
	int64_t id = 0;
	bool again;
	struct need_in in = { .headquarters = hq,
		.channel = "phone",
		.name = name,
		.phone = "+7 701 111 22 33",
		.place = "Ескі ауыл",
		.note = "Көше 1",
		.asked_at = CX->now - 20 * HOUR,
		.district = district_id,
		.people = 4,
		.children = 2,
		.infants = INT_NONE,
		.urgency = "today",
		.nlines = 1,
		.line = { { .word = "су", .quantity = 3 } } };

	if (need_take(cx, &in, &id, &again) != RC_OK)
		print_error("need_take: %s\n", cx->err.text == NULL ? "" : cx->err.text);
	assert_true(id > 0);
	return id;
}

static inline int
step(struct ctx *cx, int64_t id, const char *action, const char *reason)
{
	struct need n;
	int rc;

	db_end(cx);
	err_clear(cx);
	rc = kind_load(cx, &need_kind, id, &n);
	if (rc != RC_OK)
		return rc;
	rc =
	    need_move(cx, &(struct need_move){ id, n.rec.version, action, reason, relief_account });
	db_end(cx);
	return rc;
}

static inline const char *
state_of(int64_t id)
{
	struct need n;

	house_next(&house);
	OK(kind_load(CX, &need_kind, id, &n));
	return n.state;
}

static inline int
move_goods(struct ctx *cx, const char *nonce, const char *from, const char *to, int64_t q)
{
	struct stock_account a, b;
	struct item i;
	bool again;
	int rc = stock_account_find(cx, from, &a);

	if (rc == RC_OK)
		rc = stock_account_find(cx, to, &b);
	if (rc == RC_OK)
		rc = item_find(cx, "blanket", &i);
	if (rc == RC_OK)
		rc = movement_post(cx,
		    &(struct movement){ .nonce = nonce,
			.at = cx->now,
			.type = "issue",
			.lines = (const struct movement_line[]){ { a.rec.id, i.rec.id, 0, -q },
			    { b.rec.id, i.rec.id, 0, q } },
			.nlines = 2 },
		    &again);
	return rc;
}

static inline int64_t
blankets(struct ctx *cx, const char *account)
{
	int64_t n = 0;
	int rc = db_int(cx, &n,
	    "SELECT coalesce(sum(s.balance), 0) FROM stock_now s JOIN stock_account a ON a.id = "
	    "s.account JOIN stock_item i ON i.id = s.item WHERE a.code = $1 AND i.code = 'blanket'",
	    VALS(v_text(account)));

	assert_int_equal(rc, RC_OK);
	db_end(cx);
	return n;
}

static inline void
differences_of(struct ctx *cx, const char *whose)
{
	const struct kind *all[ARRAY_LEN(kinds)];
	int64_t records, d[3] = { 0 };
	struct buf out;
	int rc;

	memcpy(all, kinds, sizeof all);
	buf_init(&out, cx->arena, 0);
	rc = ledger_check(cx, &out, &records, &d[0]);
	if (rc == RC_OK)
		rc = kind_prove(cx, all, ARRAY_LEN(kinds), &out, &records, &d[1]);
	if (rc == RC_OK)
		rc = seal_check_history(cx, &out, &records, &d[2]);
	if (rc != RC_OK || d[0] + d[1] + d[2] > 0)
		print_error("%s: %d %s\n", whose, rc, out.p);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(d[0] + d[1] + d[2], 0);
	db_end(cx);
}

static inline int
open_field(void **state)
{
	struct district d;
	struct relief_area area;
	const char *password;

	open_house(state);
	laptops_made = 0;
	kind_empty(&district_kind, &d);
	d.code = "151000000";
	d.name.kk = "Аудан";
	d.level = "district";
	OK(kind_insert(CX, &district_kind, &d));
	district_id = d.rec.id;
	kind_empty(&relief_area_kind, &area);
	area.headquarters = hq;
	area.district = district_id;
	OK(kind_insert(CX, &relief_area_kind, &area));
	OK(account_create(CX,
	    &(struct account_new){
		.login = "relief", .name = "Штаб қызметкері", .role = ROLE_RELIEF },
	    &relief_account, &password));
	place("school", "centre", 100);
	place("depot", "store", INT_NONE);
	give("depot", "blanket", 10);
	needs[0] = take_need(CX, "Бірінші Отбасы");
	needs[1] = take_need(CX, "Екінші Отбасы");
	house_next(&house);
	return 0;
}

#define F(f) cmocka_unit_test_setup_teardown(f, open_field, close_house)

#endif

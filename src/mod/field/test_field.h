/* test_field.h – laptops with copies of the house's headquarters. What is done in it: test_field_work.h. */
#ifndef MOD_FIELD_TEST_FIELD_H
#define MOD_FIELD_TEST_FIELD_H

#include <string.h>
#include <unistd.h>

#include "core/seal.h"
#include "mod/field/test_field_house.h"

struct laptop {
	struct store *store;
	struct ctx cx;
	unsigned char key[32];
	int64_t number;
	char path[128];
};
static int64_t district_id, relief_account, needs[16];
static int laptops_made;

/* Whatever happens between these happens on the laptop, under its keys. */
static inline struct ctx *
on(struct laptop *l)
{
	vault_use(l->key);
	db_end(&l->cx);
	err_clear(&l->cx);
	return &l->cx;
}

static inline void
off(struct laptop *l)
{
	db_end(&l->cx);
	vault_back();
}

#define THERE(l, call) there_at((l), (call), RC_OK, #call, __LINE__)
static inline void
there_at(struct laptop *l, int rc, int wanted, const char *what, int line)
{
	if (rc != wanted)
		print_error("line %d: on copy %lld: %s = %d: %s (%s)\n", line, (long long)l->number,
		    what, rc, l->cx.err.text == NULL ? "" : l->cx.err.text,
		    l->cx.err.detail == NULL ? "" : l->cx.err.detail);
	assert_int_equal(rc, wanted);
}

static inline int
index_nothing(struct ctx *copy)
{
	(void)copy;
	return RC_OK;
}

static inline void
laptop_open(struct laptop *l)
{
	struct field_export e = { .headquarters = hq, .index = index_nothing, .program = 36 };

	memset(l, 0, sizeof *l);
	snprintf(l->path, sizeof l->path, "%s/copy%d.db", house.dir, ++laptops_made);
	house_store(l->path, &l->store);
	e.to = l->store;
	house_next(&house);
	OK(field_export(CX, &e));
	memcpy(l->key, e.key, sizeof l->key);
	l->number = e.number;
	l->cx = (struct ctx){ .arena = &house.arena,
		.actor = &actor_system,
		.now = CX->now + l->number * HOUR * 7 - 10 * HOUR, /* clocks are wrong by hours */
		.today = CX->today,
		.lang = LANG_EN };
	db_bind(&l->cx, l->store);
	house_next(&house);
}

static inline void
laptop_close(struct laptop *l)
{
	db_end(&l->cx);
	store_close(l->store);
}

static inline struct field_sums
merge(struct laptop *l)
{
	struct field_sums s = { 0 };

	db_end(&l->cx);
	house_next(&house);
	OK(field_merge(CX, l->store, &s));
	house_next(&house);
	return s;
}

#endif

/* work_test.c – long works: each is taken once, acts with its asker's rights, is stopped, recovered,
 * forgotten. RULE server-5 */
#include "core_test.h"
#include "core/work.h"

static int
count_to_five(struct work *w)
{
	int64_t i;

	assert_string_equal(w->input, "five");
	for (i = 1; i <= 5; i++)
		TRY(work_step(w, i, 5));
	w->file_name = "five.txt";
	w->file_type = "text/plain";
	w->said = w->cx->lang == LANG_RU ? "пять" : "five";
	return RC_OK;
}

static int
refuse(struct work *w)
{
	return fail_at(w->cx, "work_test.c:1", RC_RULE, "%s", "not today");
}

static const struct work_kind five = { "five", "Five", "", CAP_STAFF, true, true, count_to_five },
			      never = { "never", "Never", "", CAP_AUDIT_READ, false, true, refuse };
static const struct work_kind *const kinds[] = { &five, &never };

static struct actor
clerk(int64_t account)
{
	return (struct actor){
		.account = account, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK), .csrf = ""
	};
}

static const char *
state_of(int64_t id)
{
	const char *s;

	ok(db_text(CX, &s, "SELECT state FROM work WHERE id = $1", VALS(v_int(id))));
	return s;
}

/* One work, in a context of its own as the runner has it. */
static int64_t
one(int *rc)
{
	struct ctx cx = *CX;
	struct work w;
	bool got;

	cx.actor = &actor_system;
	db_bind(&cx, h.store);
	*rc = work_take(&cx, &w, &got);
	if (!got)
		return 0;
	if (*rc == RC_OK)
		*rc = work_perform(&w);
	ok(work_end(&w, *rc, false));
	db_end(&cx);
	return w.id;
}

static void
asked_and_done(void **state)
{
	struct actor a, b;
	struct work_row row, *rows;
	const char *file;
	int64_t id, second;
	size_t n;
	int rc;

	(void)state;
	work_kinds_set(kinds, ARRAY_LEN(kinds));
	a = clerk(account_of("asan", ROLE_CLERK, 0));
	b = clerk(account_of("usen", ROLE_CLERK, 0));
	house_sql(&h, "UPDATE account SET lang = 'ru' WHERE login = 'asan'");
	CX->actor = &a;
	ok(work_ask(CX, "five", "five", &id));
	ends(RC_EXISTS, work_ask(CX, "five", "five", &second));
	ends(RC_DENIED, work_ask(CX, "never", "", &second));
	ends(RC_BUG, work_ask(CX, "nosuch", "", &second));
	CX->actor = &b;
	ok(work_ask(CX, "five", "five", &second)); /* another's is another */
	assert_int_equal(one(&rc), id);
	assert_int_equal(rc, RC_OK);
	ends(RC_NOTFOUND, work_get(CX, id, &row)); /* of somebody else */
	ends(RC_NOTFOUND, work_cancel(CX, id));
	CX->actor = &a;
	ok(work_get(CX, id, &row));
	assert_string_equal(row.state, "done");
	assert_string_equal(row.said, "пять");
	assert_int_equal(row.total, 5);
	ok(work_result(CX, id, &row, &file));
	assert_string_equal(row.file_name, "five.txt");
	ends(RC_RULE, work_cancel(CX, id));
	ok(work_list(CX, 10, &rows, &n));
	assert_int_equal(n, 1);
	CX->actor = &actor_system; /* sees all, fetches nothing of others */
	ok(work_list(CX, 10, &rows, &n));
	assert_int_equal(n, 2);
	ends(RC_NOTFOUND, work_result(CX, id, &row, &file));
	assert_int_equal(one(&rc), second);
	assert_int_equal(one(&rc), 0);
}

/* The rights are those of the moment at which it runs. */
static void
rights_of_then(void **state)
{
	struct actor a;
	int64_t id, again;
	int rc;

	(void)state;
	work_kinds_set(kinds, ARRAY_LEN(kinds));
	a = clerk(account_of("asan", ROLE_CLERK, 0));
	CX->actor = &a;
	ok(work_ask(CX, "five", "five", &id));
	house_sql(&h, "UPDATE account SET disabled = 1");
	assert_int_equal(one(&rc), id);
	assert_int_equal(rc, RC_DENIED);
	assert_string_equal(state_of(id), "failed");
	house_sql(&h, "UPDATE account SET disabled = 0");
	ok(work_ask(CX, "five", "five", &again));
	house_sql(&h, "UPDATE account_role SET role = 'member'");
	assert_int_equal(one(&rc), again);
	assert_int_equal(rc, RC_DENIED);
	CX->actor = &actor_system;
	ok(work_ask(CX, "never", "", &id));
	assert_int_equal(one(&rc), id);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM work WHERE said = 'not today'"), 1);
}

static void
stopped(void **state)
{
	struct ctx cx = *CX;
	struct work w;
	int64_t id, other;
	bool got;
	int rc;

	(void)state;
	work_kinds_set(kinds, ARRAY_LEN(kinds));
	ok(work_ask(CX, "five", "five", &id));
	ok(work_cancel(CX, id));
	assert_string_equal(state_of(id), "cancelled");
	assert_int_equal(one(&rc), 0);
	/* one that runs: it is told at its next step */
	ok(work_ask(CX, "five", "five", &id));
	db_bind(&cx, h.store);
	ok(work_take(&cx, &w, &got));
	assert_true(got);
	assert_int_equal(one(&rc), 0); /* taken once */
	ok(work_cancel(CX, id));
	rc = work_perform(&w);
	assert_int_equal(rc, RC_BUSY);
	ok(work_end(&w, rc, false));
	assert_string_equal(state_of(id), "cancelled");
	/* the program ends: it waits for the next start */
	ok(work_ask(CX, "five", "five", &other));
	ok(work_take(&cx, &w, &got));
	work_end_all(true);
	rc = work_perform(&w);
	work_end_all(false);
	assert_int_equal(rc, RC_BUSY);
	ok(work_end(&w, rc, true));
	assert_string_equal(state_of(other), "asked");
	db_end(&cx);
	assert_int_equal(one(&rc), other);
	assert_string_equal(state_of(other), "done");
}

static void
recovered_and_forgotten(void **state)
{
	struct ctx cx = *CX;
	struct work w;
	int64_t id, never_again, *ids;
	size_t n;
	bool got;
	int i, rc;

	(void)state;
	work_kinds_set(kinds, ARRAY_LEN(kinds));
	ok(work_ask(CX, "never", "", &never_again));
	ok(work_ask(CX, "five", "five", &id));
	db_bind(&cx, h.store);
	ok(work_take(&cx, &w, &got));
	ok(work_take(&cx, &w, &got));
	db_end(&cx);
	ok(work_recover(CX, false)); /* another process may be at it */
	assert_string_equal(state_of(id), "running");
	ok(work_recover(CX, true));
	assert_string_equal(state_of(id), "asked");
	assert_string_equal(state_of(never_again), "failed");
	for (i = 1; i < WORK_TRIES; i++) {
		ok(work_take(&cx, &w, &got));
		assert_true(got);
		db_end(&cx);
		CX->now += 3600 * US_PER_SECOND; /* silent for an hour */
		cx.now = CX->now;
		ok(work_recover(CX, false));
	}
	assert_string_equal(state_of(id), "failed"); /* what dies three times is not tried again */
	assert_int_equal(one(&rc), 0);
	ok(work_outdated(CX, &ids, &n));
	assert_int_equal(n, 0);
	CX->now += (WORK_KEEP_DAYS + 1) * US_PER_DAY;
	ok(work_outdated(CX, &ids, &n));
	assert_int_equal(n, 2);
	ok(work_forget(CX, ids[0]));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM work"), 1);
}

/* A runner that was silent for longer than its lease, and another that was given its work. */
static void
taken_over(void **state)
{
	struct ctx one_cx = *CX, two_cx = *CX;
	struct work first, second;
	struct work_row row;
	const char *file;
	int64_t id;
	bool got;

	(void)state;
	work_kinds_set(kinds, ARRAY_LEN(kinds));
	ok(work_ask(CX, "five", "five", &id));
	db_bind(&one_cx, h.store);
	db_bind(&two_cx, h.store);
	ok(work_take(&one_cx, &first, &got));
	assert_true(got);
	CX->now += 3600 * US_PER_SECOND;
	ok(work_recover(CX, false));
	two_cx.now = CX->now;
	ok(work_take(&two_cx, &second, &got));
	assert_true(got);
	assert_int_equal(second.id, id);
	assert_string_not_equal(first.path, second.path);
	/* the first wakes up: it is told at its next step, and its end is nobody's */
	ends(RC_BUSY, work_step(&first, 4, 5));
	assert_int_equal(house_int(&h, "SELECT done FROM work"), 0);
	ok(work_end(&first, RC_BUSY, false));
	assert_string_equal(state_of(id), "running");
	ok(work_end(&first, RC_OK, false));
	ok(work_end(&first, RC_BUSY, true));
	assert_string_equal(state_of(id), "running");
	ok(work_perform(&second));
	ok(work_end(&second, RC_OK, false));
	assert_string_equal(state_of(id), "done");
	ok(work_end(&first, RC_RULE, false)); /* nor does it undo what is done */
	ok(work_result(CX, id, &row, &file));
	assert_string_equal(file, work_file(CX->arena, id, 2));
	db_end(&one_cx);
	db_end(&two_cx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { BOTH(asked_and_done), BOTH(rights_of_then),
		BOTH(stopped), BOTH(recovered_and_forgotten), BOTH(taken_over) };

	return run_both("work", tests, ARRAY_LEN(tests));
}

/* plan_test.c – a plan's way and who may take which step, amendments, what became of each item, sums that
 * agree with their lists and figures, last year's plan, clashes, measures. On both engines. */
#define MORE_KINDS \
	, &hall_kind, &booking_kind, &plan_kind, &plan_item_kind, &measure_kind, &measure_value_kind
#include "mod/plan/plan.h"
#include "event_test.h"

static struct actor
actor_of(enum role r, int64_t account, const int64_t *scope, size_t n)
{
	return (struct actor){ .account = account,
		.role = r,
		.caps = role_caps(r),
		.body = n == 0 ? 0 : scope[0],
		.scope = scope,
		.nscope = n,
		.login = "x",
		.name = "x",
		.csrf = "" };
}

/* All tests share one house; each has bodies of its own. */
static int64_t
fresh(void)
{
	static int n;

	return body(arena_printf(CX->arena, "plan-body-%d", n++), 0);
}

static int64_t
new_plan(int64_t of, int64_t year, const char *quarter)
{
	struct body_plan p;

	kind_empty(&plan_kind, &p);
	p.body = of;
	p.year = year;
	p.quarter = quarter;
	OK(kind_insert(CX, &plan_kind, &p));
	return p.rec.id;
}

static struct plan_item
item_of(int64_t plan, const char *name, const char *month, int day)
{
	struct plan_item i;

	kind_empty(&plan_item_kind, &i);
	i.plan = plan;
	i.name = (struct text3){ name, NULL, NULL };
	i.kind = find("event_kind", "concert");
	i.month = month;
	i.day = day;
	return i;
}

static int64_t
item(int64_t plan, const char *name, const char *month, int day)
{
	struct plan_item i = item_of(plan, name, month, day);

	OK(kind_insert(CX, &plan_item_kind, &i));
	return i.rec.id;
}

static struct body_plan
plan_now(int64_t id)
{
	struct body_plan p;

	OK(kind_load(CX, &plan_kind, id, &p));
	return p;
}

static struct plan_item
item_now(int64_t id)
{
	struct plan_item i;

	OK(kind_load(CX, &plan_item_kind, id, &i));
	return i;
}

static int
step(int64_t id, const char *action, const char *reason)
{
	int rc =
	    plan_do(CX, &(struct plan_move){ id, plan_now(id).rec.version, action, reason, "№ 1" });

	if (rc != RC_OK)
		house_next(&house);
	return rc;
}

static void
approve(int64_t id)
{
	OK(step(id, "send", NULL));
	OK(step(id, "check", NULL));
	OK(step(id, "approve", NULL));
}

/* ---- the way of a plan ---- */

static int64_t
account(const char *login, enum role r, int64_t of)
{
	struct account_new in = { .login = login,
		.name = login,
		.lang = LANG_KK,
		.role = r,
		.body = of,
		.password = "сөз-құпия-сынақ-2024" };
	const char *password;
	int64_t id;

	OK(account_create(CX, &in, &id, &password));
	return id;
}

static void
test_steps(void **state)
{
	int64_t a = fresh(), b = fresh(), plan = new_plan(a, 2024, "0");
	struct actor leader, clerk, head, other;

	(void)state;
	leader = actor_of(ROLE_LEADER, account("leader", ROLE_LEADER, a), &a, 1);
	other = actor_of(ROLE_LEADER, account("other", ROLE_LEADER, b), &b, 1);
	clerk = actor_of(ROLE_CLERK, account("clerk", ROLE_CLERK, 0), NULL, 0);
	head = actor_of(ROLE_HEAD, account("head", ROLE_HEAD, 0), NULL, 0);
	CX->actor = &leader;
	assert_int_equal(step(plan, "send", NULL), RC_RULE); /* empty */
	item(plan, "Кеш", "03", 0);
	CX->actor = &other;
	assert_int_equal(step(plan, "send", NULL), RC_NOTFOUND);
	CX->actor = &leader;
	assert_int_equal(step(plan, "approve", NULL), RC_RULE); /* no such step from here */
	OK(step(plan, "send", NULL));
	assert_int_equal(plan_now(plan).sent_by, leader.account);
	assert_int_equal(step(plan, "check", NULL), RC_DENIED);
	CX->actor = &clerk;
	assert_int_equal(step(plan, "return", "  "), RC_INVALID);
	OK(step(plan, "return", "күні жоқ"));
	assert_string_equal(plan_now(plan).state_reason, "күні жоқ");
	CX->actor = &leader;
	OK(step(plan, "send", NULL));
	OK(step(plan, "withdraw", NULL));
	OK(step(plan, "send", NULL));
	CX->actor = &clerk;
	OK(step(plan, "check", NULL));
	assert_int_equal(step(plan, "approve", NULL), RC_DENIED);
	CX->actor = &head;
	OK(step(plan, "return", "толықтыру керек"));
	CX->actor = &clerk;
	OK(step(plan, "send", NULL));
	/* RULE plan-2: the clerk sent it; a head can check it, so the clerk may not. */
	assert_int_equal(step(plan, "check", NULL), RC_RULE);
	CX->actor = &head;
	OK(step(plan, "check", NULL));
	OK(step(plan, "approve", NULL));
	assert_int_equal(plan_now(plan).approved_by, head.account);
	assert_int_equal(plan_now(plan).approved_on, CX->today);
	assert_string_equal(plan_now(plan).document, "№ 1");
	OK(step(plan, "reopen", "қате"));
	assert_string_equal(plan_now(plan).state, "returned");
	/* The only head may approve what he sent: nobody else could. */
	OK(step(plan, "send", NULL));
	CX->actor = &clerk;
	OK(step(plan, "check", NULL));
	CX->actor = &head;
	OK(step(plan, "approve", NULL));
	CX->actor = &actor_system;
	account("head2", ROLE_HEAD, 0);
	CX->actor = &head;
	OK(step(plan, "reopen", "қайта"));
	OK(step(plan, "send", NULL));
	CX->actor = &clerk;
	OK(step(plan, "check", NULL));
	CX->actor = &head;
	assert_int_equal(step(plan, "approve", NULL), RC_RULE);
	CX->actor = &actor_system;
}

static void
test_once(void **state)
{
	int64_t a = fresh();
	struct body_plan p;

	(void)state;
	new_plan(a, 2024, "0");
	new_plan(a, 2024, "1");
	new_plan(a, 2025, "0");
	kind_empty(&plan_kind, &p);
	p.body = a;
	p.year = 2024;
	p.quarter = "1";
	assert_int_equal(kind_insert(CX, &plan_kind, &p), RC_INVALID);
	house_next(&house);
}

static void
test_days(void **state)
{
	int64_t a = fresh(), quarter = new_plan(a, 2024, "2");
	struct plan_item i = item_of(quarter, "Кеш", "07", 0);

	(void)state;
	assert_int_equal(kind_insert(CX, &plan_item_kind, &i), RC_INVALID);
	house_next(&house);
	i = item_of(quarter, "Кеш", NULL, 20240331);
	assert_int_equal(kind_insert(CX, &plan_item_kind, &i), RC_INVALID);
	house_next(&house);
	i = item_now(item(quarter, "Кеш", "01", 20240415)); /* the day says the month */
	assert_string_equal(i.month, "04");
	assert_int_equal(i.due, 20240415);
	i = item_now(item(quarter, "Кеш 2", "06", 0));
	assert_int_equal(i.due, 20240630);
	assert_int_equal(i.body, a);
}

/* ---- RULE plan-3 ---- */

static void
test_amend(void **state)
{
	int64_t a = fresh(), plan = new_plan(a, 2024, "0"), id = item(plan, "Кеш", "03", 0);
	struct actor leader = actor_of(ROLE_LEADER, 5, &a, 1),
		     clerk = actor_of(ROLE_CLERK, 6, NULL, 0);
	struct plan_item i;

	(void)state;
	OK(step(plan, "send", NULL));
	i = item_now(id);
	i.month = "04";
	assert_int_equal(kind_update(CX, &plan_item_kind, &i), RC_RULE); /* it stands */
	house_next(&house);
	OK(step(plan, "check", NULL));
	OK(step(plan, "approve", NULL));
	CX->actor = &leader;
	i = item_now(id);
	i.month = "04";
	i.amend_reason = "зал жөнделуде";
	assert_int_equal(kind_update(CX, &plan_item_kind, &i), RC_DENIED);
	house_next(&house);
	CX->actor = &clerk;
	i = item_now(id);
	i.month = "04";
	assert_int_equal(kind_update(CX, &plan_item_kind, &i), RC_INVALID); /* without a reason */
	house_next(&house);
	i.amend_reason = "зал жөнделуде";
	OK(kind_update(CX, &plan_item_kind, &i));
	assert_int_equal(i.was_due, 20240331);
	assert_int_equal(i.amended_on, CX->today);
	i.month = "05";
	assert_int_equal(kind_update(CX, &plan_item_kind, &i), RC_INVALID); /* the old reason */
	house_next(&house);
	i.amend_reason = "тағы да";
	OK(kind_update(CX, &plan_item_kind, &i));
	assert_int_equal(item_now(id).was_due, 20240331); /* the first of all */
	assert_int_equal(
	    plan_drop(CX, &(struct plan_drop){ id, item_now(id).rec.version, true, " " }),
	    RC_INVALID);
	house_next(&house);
	OK(plan_drop(CX, &(struct plan_drop){ id, item_now(id).rec.version, true, "қаржы жоқ" }));
	assert_int_equal(item_now(id).dropped_on, CX->today);
	assert_int_equal(item_now(id).left_out_on, 0);
	OK(plan_drop(CX, &(struct plan_drop){ id, item_now(id).rec.version, false, "табылды" }));
	assert_int_equal(item_now(id).dropped_on, 0);
	CX->actor = &actor_system;
	/* Naming its event is no amendment. */
	i = item_now(id);
	{
		int64_t event;

		OK(plan_make_event(CX, id, 20240510, &event));
	}
	assert_string_equal(item_now(id).amend_reason, i.amend_reason);
	assert_int_equal(item_now(id).amended_on, i.amended_on);
}

/* ---- plan against fact ---- */

static enum plan_fact
fact(int64_t plan, int64_t of)
{
	struct item_fact *f;
	size_t n, i;

	OK(plan_facts_of(CX, plan, &f, &n));
	for (i = 0; i < n; i++)
		if (f[i].item == of)
			return f[i].fact;
	BROKEN("item %lld is not in its plan", (long long)of);
	return FACT_COUNT;
}

static int64_t
made(int64_t of, int day, const char *action)
{
	int64_t event;

	OK(plan_make_event(CX, of, day, &event));
	if (strcmp(action, "plan") == 0)
		return event;
	OK(move(event, "approve", NULL));
	if (strcmp(action, "approve") != 0)
		OK(move(event, action, "weather"));
	return event;
}

static void
sums_agree(int64_t of, int64_t held, int64_t late, int64_t moved_n, int64_t dropped, int64_t ahead)
{
	static const char *const by[] = { "body", "quarter", "month", "kind" };
	const int64_t want[FACT_COUNT] = { held, late, moved_n, dropped, ahead };
	size_t b, i, f, n;

	for (b = 0; b < ARRAY_LEN(by); b++) {
		struct plan_ask a = { .year = 2024, .of = of, .by = by[b] };
		int64_t sum[FACT_COUNT] = { 0 };
		struct plan_sum *s;

		OK(plan_sums(CX, &a, &s, &n));
		for (i = 0; i < n; i++)
			for (f = 0; f < FACT_COUNT; f++)
				sum[f] += s[i].n[f];
		for (f = 0; f < FACT_COUNT; f++) {
			struct query q;
			int64_t rows;

			if (sum[f] != want[f])
				BROKEN("by %s: %s is %lld, wanted %lld", by[b], plan_facts[f].code,
				    (long long)sum[f], (long long)want[f]);
			OK(query_init(CX, &q, &plan_item_kind));
			OK(plan_narrow(&q, &a, plan_facts[f].code));
			OK(query_count(&q, &rows));
			assert_int_equal(rows, want[f]); /* each number opens to its rows */
		}
	}
}

static int64_t
figure_value(const struct figure *f, int64_t of)
{
	struct figure_answer ans;
	struct ask a = { .on = 20241231, .from = 20240101, .to = 20241231, .body = of };

	OK(figure_answer(CX, f, &a, &ans));
	return (int64_t)ans.value;
}

static void
test_fact(void **state)
{
	int64_t a = fresh(), plan = new_plan(a, 2024, "0");
	int64_t held = item(plan, "Өткен", "03", 20240310),
		late = item(plan, "Кеш қалған", "05", 0), none = item(plan, "Құрылмаған", "06", 0),
		next = item(plan, "Ауысқан", "09", 0), gone = item(plan, "Болмаған", "04", 0),
		out = item(plan, "Шыққан", "10", 0), ahead = item(plan, "Алда", "12", 0),
		other = item(plan, "Басқа айда", "02", 0), left = item(plan, "Енбеген", "01", 0),
		this_month = item(plan, "Осы ай", "11", 0), after = item(plan, "Орнына", "08", 0);
	int64_t event, later;

	(void)state;
	OK(plan_drop(CX, &(struct plan_drop){ left, item_now(left).rec.version, true, NULL }));
	approve(plan);
	made(held, 0, "hold");
	made(late, 20240520, "approve");
	made(next, 20241220, "plan"); /* its event stands in a later month, not passed */
	made(gone, 20240410, "cancel");
	made(other, 20240405, "hold"); /* held, in whatever month */
	OK(plan_drop(CX, &(struct plan_drop){ out, item_now(out).rec.version, true, "қаржы жоқ" }));
	/* Postponed; another event takes its place and is held. */
	event = made(after, 20240815, "postpone");
	{
		struct event e = new_event("Орнына өткен", a, 20240914, "approved");

		OK(kind_insert(CX, &event_kind, &e));
		later = e.rec.id;
	}
	assert_int_equal(fact(plan, after), FACT_LATE); /* put off without another day */
	OK(event_set_moved(CX, event, reload(event).rec.version, later));
	assert_int_equal(fact(plan, after), FACT_LATE);
	OK(move(later, "hold", NULL));
	assert_int_equal(fact(plan, after), FACT_HELD);

	assert_int_equal(fact(plan, held), FACT_HELD);
	assert_int_equal(fact(plan, late), FACT_LATE);
	assert_int_equal(fact(plan, none), FACT_LATE);
	assert_int_equal(fact(plan, next), FACT_MOVED);
	assert_int_equal(fact(plan, gone), FACT_DROPPED);
	assert_int_equal(fact(plan, out), FACT_DROPPED);
	assert_int_equal(fact(plan, ahead), FACT_AHEAD);
	assert_int_equal(fact(plan, other), FACT_HELD);
	assert_int_equal(fact(plan, this_month), FACT_AHEAD);
	sums_agree(a, 3, 2, 1, 2, 2);
	/* Dropped items are no plan any more; a cancelled event was planned all the same. */
	assert_int_equal(figure_value(&plan_items_figure, a), 9);
	assert_int_equal(figure_value(&plan_done_figure, a), 3);
	/* The same days, looked at a month later: what was ahead is late. */
	CX->today = 20241201;
	assert_int_equal(fact(plan, this_month), FACT_LATE);
	CX->today = 20241115;
}

/* RULE plan-6: the quarter's plan stands for its months, so nothing is counted twice. */
static void
test_quarter(void **state)
{
	int64_t a = fresh(), year = new_plan(a, 2024, "0"), quarter = new_plan(a, 2024, "1"), rows;
	struct query q;

	(void)state;
	item(year, "Наурыз", "03", 0);
	item(year, "Мамыр", "05", 0);
	item(quarter, "Наурыз", "03", 20240321);
	item(quarter, "Ақпан", "02", 0);
	approve(year);
	assert_int_equal(figure_value(&plan_items_figure, a), 2);
	approve(quarter);
	assert_int_equal(figure_value(&plan_items_figure, a), 3);
	sums_agree(a, 0, 3, 0, 0, 0);
	/* The page of the year's plan adds up its own two, and that number opens to two. */
	OK(query_init(CX, &q, &plan_item_kind));
	OK(plan_narrow(&q, &(struct plan_ask){ .by = "body", .plan = year }, "late"));
	OK(query_count(&q, &rows));
	assert_int_equal(rows, 2);
}

static void
test_make(void **state)
{
	int64_t a = fresh(), plan = new_plan(a, 2024, "0"), event;
	struct plan_item i = item_of(plan, "Кеш", "12", 0);
	struct event e;

	(void)state;
	i.expected = 120;
	i.place = "Үлкен зал";
	i.goal = "harmony";
	i.observance = find("observance", "independence_day");
	OK(kind_insert(CX, &plan_item_kind, &i));
	assert_int_equal(plan_make_event(CX, i.rec.id, 0, &event), RC_INVALID); /* which day? */
	house_next(&house);
	OK(plan_make_event(CX, i.rec.id, 20241214, &event));
	e = reload(event);
	assert_int_equal(e.expected, 120);
	assert_string_equal(e.state, "planned");
	assert_string_equal(e.place, "Үлкен зал");
	assert_int_equal(e.body, a);
	assert_int_equal(e.first_day, 20241214);
	assert_int_equal(e.observance, i.observance);
	assert_int_equal(item_now(i.rec.id).event, event);
	assert_int_equal(plan_make_event(CX, i.rec.id, 20241214, &event), RC_RULE); /* made */
	house_next(&house);
	OK(move(event, "cancel", "weather"));
	OK(plan_make_event(CX, i.rec.id, 20241215, &event)); /* another try */
}

/* ---- what fills a plan ---- */

static void
test_copy(void **state)
{
	int64_t a = fresh(), old = new_plan(a, 2024, "0"), plan = new_plan(a, 2025, "0");
	struct plan_item i = item_of(old, "Шашу", "04", 20240425);
	int64_t fixed = item(old, "Алғыс", "03", 20240301),
		edge = item(old, "Жыл басы", "01", 20240101), month = item(old, "Ай", "06", 0),
		gone = item(old, "Болмаған", "07", 0), ids[8], made_n;
	struct body_plan p, last;
	struct plan_copy *c;
	size_t n, k;

	(void)state;
	i.observance = find("observance", "assembly_session");
	OK(kind_insert(CX, &plan_item_kind, &i));
	approve(old);
	OK(plan_drop(CX, &(struct plan_drop){ gone, item_now(gone).rec.version, true, "жоқ" }));
	p = plan_now(plan);
	OK(plan_copies(CX, &p, &last, &c, &n));
	assert_int_equal(last.rec.id, old);
	assert_int_equal(n, 5);
	for (k = 0; k < n; k++) {
		int64_t id = c[k].item.rec.id;

		ids[k] = id;
		assert_int_equal(c[k].ticked, id != gone);
		assert_int_equal(
		    c[k].day, id == fixed      ? 0 /* 364 days on it is the last day of February */
			      : id == edge     ? 0 /* would fall into the old year */
			      : id == i.rec.id ? 20250424 /* the day announced for the observance */
					       : 0);
		(void)month;
	}
	OK(plan_copy_items(CX, plan, ids, n - 1, &made_n));
	assert_int_equal(made_n, n - 1);
	OK(plan_copy_items(CX, plan, ids, n, &made_n));
	assert_int_equal(made_n, 1); /* nothing twice */
	OK(plan_copy_items(CX, plan, ids, n, &made_n));
	assert_int_equal(made_n, 0);
	assert_int_equal(
	    house_int(&house, arena_printf(CX->arena,
				  "SELECT count(*) FROM plan_item WHERE plan = %lld AND event IS "
				  "NULL AND amended_on IS NULL AND dropped_on IS NULL",
				  (long long)plan)),
	    5);
}

static void
test_observances(void **state)
{
	int64_t a = fresh(), plan = new_plan(a, 2025, "1"), item_id, again;
	int64_t day = find("observance", "gratitude_day");
	struct body_plan p = plan_now(plan);
	struct plan_day *d;
	struct plan_item i;
	size_t n, before, k;
	bool found = false;

	(void)state;
	OK(plan_observances(CX, &p, &d, &before));
	for (k = 0; k < before; k++) {
		assert_in_range(d[k].day, 20250101, 20250331);
		found = found || d[k].o.rec.id == day;
		if (k > 0)
			assert_true(d[k - 1].day <= d[k].day);
	}
	assert_true(found);
	OK(plan_take(CX, plan, day, &item_id));
	OK(plan_take(CX, plan, day, &again)); /* pressed twice */
	assert_int_equal(item_id, again);
	i = item_now(item_id);
	assert_int_equal(i.day, 20250301);
	assert_non_null(strstr(i.name.kk, "Алғыс айту күніне"));
	OK(plan_observances(CX, &p, &d, &n));
	assert_int_equal(n, before - 1);
}

static bool
clashes_say(const struct plan_clash *c, size_t n, const char *text)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strstr(c[i].text, text) != NULL)
			return true;
	return false;
}

static void
test_clashes(void **state)
{
	int64_t a = fresh(), b = fresh(), plan = new_plan(a, 2024, "0"),
		other = new_plan(b, 2024, "0"), who = person(1);
	struct actor leader = actor_of(ROLE_LEADER, 5, &a, 1);
	struct plan_item i;
	struct plan_clash *c;
	struct body_plan p;
	struct hall h;
	size_t n;

	(void)state;
	CX->lang = LANG_EN;
	kind_empty(&hall_kind, &h);
	h.body = a;
	h.name = (struct text3){ "Зал", NULL, NULL };
	OK(kind_insert(CX, &hall_kind, &h));
	p = plan_now(plan);
	item(plan, "Жалғыз", "06", 20240611);
	OK(plan_clashes(CX, &p, &c, &n));
	assert_int_equal(n, 0);
	i = item_of(plan, "Менікі", NULL, 20240612);
	i.hall = h.rec.id;
	i.person = who;
	OK(kind_insert(CX, &plan_item_kind, &i));
	i = item_of(other, "Құпия кеш", NULL, 20240612);
	i.hall = h.rec.id;
	OK(kind_insert(CX, &plan_item_kind, &i));
	OK(plan_clashes(CX, &p, &c, &n));
	assert_int_equal(n, 1);
	assert_true(clashes_say(c, n, "need the same hall"));
	assert_true(clashes_say(c, n, "Құпия кеш"));
	CX->actor = &leader; /* whose it is, not what it is */
	OK(plan_clashes(CX, &p, &c, &n));
	assert_false(clashes_say(c, n, "Құпия"));
	assert_true(clashes_say(c, n, "another body"));
	assert_null(c[0].path);
	CX->actor = &actor_system;
	i = item_of(other, "Сол адам", NULL, 20240612);
	i.person = who;
	OK(kind_insert(CX, &plan_item_kind, &i));
	OK(plan_clashes(CX, &p, &c, &n));
	assert_true(clashes_say(c, n, "same responsible person"));
	item(plan, "Екінші", NULL, 20240611);
	item(plan, "Күлкі", NULL, 20240531);
	item(plan, "Жиын", NULL, 20240408);
	OK(plan_clashes(CX, &p, &c, &n));
	assert_true(clashes_say(c, n, "held by the same body"));
	assert_true(clashes_say(c, n, "day of remembrance"));
	assert_true(clashes_say(c, n, "holiday of one of the communities"));
	CX->lang = LANG_KK;
}

/* ---- scopes ---- */

static void
test_scope(void **state)
{
	int64_t a = fresh(), b = fresh(), mine = new_plan(a, 2024, "0"),
		theirs = new_plan(b, 2024, "0"), id = item(theirs, "Кеш", "03", 0), event;
	struct actor leader = actor_of(ROLE_LEADER, 5, &a, 1), guest = actor_guest;
	struct plan_ask ask = { .year = 2024, .by = "body" };
	struct plan_item i;
	struct body_plan p;
	struct plan_sum *s;
	size_t n;

	(void)state;
	item(mine, "Кеш", "03", 0);
	approve(mine);
	approve(theirs);
	CX->actor = &leader;
	OK(kind_get(CX, &plan_kind, mine, &p));
	assert_int_equal(kind_get(CX, &plan_kind, theirs, &p), RC_NOTFOUND);
	house_next(&house);
	assert_int_equal(kind_get(CX, &plan_item_kind, id, &i), RC_NOTFOUND);
	house_next(&house);
	assert_int_equal(plan_make_event(CX, id, 20240310, &event), RC_NOTFOUND);
	house_next(&house);
	OK(plan_sums(CX, &ask, &s, &n));
	assert_int_equal(n, 1);
	assert_int_equal(s[0].key, a);
	kind_empty(&plan_kind, &p);
	p.body = b;
	p.year = 2030;
	assert_int_equal(kind_insert(CX, &plan_kind, &p), RC_DENIED);
	house_next(&house);
	i = item_of(theirs, "Бөтен", "04", 0);
	assert_int_equal(kind_insert(CX, &plan_item_kind, &i), RC_DENIED);
	house_next(&house);
	CX->actor = &guest;
	assert_int_equal(kind_get(CX, &plan_kind, mine, &p), RC_DENIED);
	house_next(&house);
	CX->actor = &actor_system;
}

/* ---- measures ---- */

static void
test_measures(void **state)
{
	int64_t a = fresh();
	struct event e = new_event("Сенбілік", a, 20240420, "held"), out;
	struct measure_value v;
	struct programme p;
	struct measure m;

	(void)state;
	kind_empty(&programme_kind, &p);
	p.type = "campaign";
	p.name = (struct text3){ "Акция", NULL, NULL };
	OK(kind_insert(CX, &programme_kind, &p));
	kind_empty(&measure_kind, &m);
	m.programme = p.rec.id;
	m.name = (struct text3){ "Көшет", NULL, NULL };
	m.unit = (struct text3){ "түп", NULL, NULL };
	OK(kind_insert(CX, &measure_kind, &m));
	e.programme = p.rec.id;
	OK(kind_insert(CX, &event_kind, &e));
	out = event("Бөлек", a, 20240421, "held");
	kind_empty(&measure_value_kind, &v);
	v.measure = m.rec.id;
	v.event = out.rec.id;
	v.amount = 5;
	assert_int_equal(kind_insert(CX, &measure_value_kind, &v), RC_INVALID); /* no campaign */
	house_next(&house);
	v.event = e.rec.id;
	OK(kind_insert(CX, &measure_value_kind, &v));
	assert_string_equal(v.basis, "said");
	v.rec = (struct rec){ 0 };
	assert_int_equal(kind_insert(CX, &measure_value_kind, &v), RC_INVALID); /* twice */
	house_next(&house);
	assert_int_equal(figure_value(&campaign_measures_figure, a), 1);
}

static int
open_plans(void **state)
{
	int rc = open_house(state);

	person_links_add(plan_links, plan_nlinks);
	return rc;
}

#define T(f) cmocka_unit_test(f)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_steps), T(test_once), T(test_days),
		T(test_amend), T(test_fact), T(test_quarter), T(test_make), T(test_copy),
		T(test_observances), T(test_clashes), T(test_scope), T(test_measures) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, open_plans, close_house);
}

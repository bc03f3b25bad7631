/* event_test.c – steps, attendance, merging, the traps of a year, and kept figures against a recount:
 * rules event-1 … event-6 and figure-1 … figure-9, on both engines. */
#include "event_test.h"

#include "text/csv_read.h"
#include "text/hash.h"

/* The outcome and, if a field is named, an error of that field. */
static void
refused(int rc, int want, const char *field)
{
	const struct field_error *f = CX->err.fields;

	assert_int_equal(rc, want);
	while (field != NULL && f != NULL && strcmp(f->field, field) != 0)
		f = f->next;
	if (field != NULL)
		assert_non_null(f);
	house_next(&house);
}

/* An actor with a role; a leader's scope is one body and those beneath it. */
static void
act_as(struct actor *a, enum role r, int64_t scope)
{
	const int64_t *ids;

	*a = (struct actor){ .account = 7,
		.role = r,
		.caps = role_caps(r),
		.login = "x",
		.name = "x",
		.csrf = "",
		.body = scope };
	if (scope != 0) {
		OK(body_subtree(CX, scope, &ids, &a->nscope));
		a->scope = ids;
	}
	CX->actor = a;
}

static bool
attend(int64_t id, int64_t who, const char *basis)
{
	struct attend_in in = { .event = id, .person = who, .basis = basis };
	int64_t row;
	bool again;

	OK(event_attend(CX, &in, &row, &again));
	return again;
}

/* ---- lists and days ---- */

static void
test_lists(void **state)
{
	static const struct {
		const char *code;
		int year, day;
	} rows[] = { { "gratitude_day", 2024, 20240301 }, { "gratitude_day", 2015, 0 },
		{ "vyshyvanka", 2024, 20240516 }, { "orthodox_easter", 2024, 20240505 },
		{ "assembly_session", 2024, 20240425 }, { "assembly_session", 2022, 0 },
		{ "sabantuy", 2024, 0 }, { "family_day", 2024, 20240908 },
		{ "erntedank", 2024, 20241006 } };
	struct observance o;
	size_t i;

	(void)state;
	assert_int_equal(house_int(&house, "SELECT count(*) FROM event_kind"), 71);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM event_kind WHERE counted = 0"), 5);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM observance"), 65);
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		OK(kind_load(CX, &observance_kind, find("observance", rows[i].code), &o));
		if (observance_day(&o, rows[i].year) != rows[i].day)
			BROKEN("%s %d: %d", rows[i].code, rows[i].year,
			    observance_day(&o, rows[i].year));
	}
	o.rule = "nth:-1:7:3";
	o.since = INT_NONE;
	assert_int_equal(observance_day(&o, 2024), 20240331);
	o.rule = "nth:5:1:2";
	assert_int_equal(observance_day(&o, 2024), 0);
	OK(event_seed(CX)); /* again: changes nothing */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM event_kind"), 71);
}

/* ---- RULE event-1, event-2 ---- */

static void
test_steps(void **state)
{
	int64_t b = body("a", 0), id = event("Концерт", b, 20241110, NULL).rec.id, later;
	struct actor clerk, leader;

	(void)state;
	assert_string_equal(reload(id).state, "planned");
	refused(move(id, "hold", NULL), RC_RULE, NULL);
	act_as(&leader, ROLE_LEADER, b);
	refused(move(id, "approve", NULL), RC_DENIED, NULL);
	act_as(&clerk, ROLE_CLERK, 0);
	OK(move(id, "approve", NULL));
	CX->actor = &leader;
	OK(move(id, "hold", NULL));
	OK(move(id, "report", NULL));
	refused(move(id, "reopen", "қате"), RC_DENIED, NULL);
	CX->actor = &clerk;
	refused(move(id, "reopen", "  "), RC_INVALID, "reason");
	OK(move(id, "reopen", "mistake"));
	assert_string_equal(reload(id).state_reason, "mistake");
	OK(move(id, "undo", "mistake"));
	assert_string_equal(reload(id).state, "approved");
	refused(move(id, "cancel", NULL), RC_INVALID, "reason");
	OK(move(id, "postpone", "weather"));
	OK(move(id, "plan", NULL));
	assert_null(reload(id).state_reason);
	refused(event_move(CX, id, 1, "approve", NULL), RC_CONFLICT, NULL);
	refused(event_move(CX, 999999, 1, "approve", NULL), RC_NOTFOUND, NULL);
	later = event("Болашақ", b, 20241116, "approved").rec.id;
	refused(move(later, "hold", NULL), RC_RULE, NULL);
	CX->actor = &actor_system;
	verified();
}

static void
test_checks(void **state)
{
	int64_t b = body("a", 0);
	struct event e = new_event("x", b, 20241116, "held");

	(void)state;
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "first_day");
	e = new_event("x", b, 20241110, NULL);
	e.last_day = 20241109;
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "last_day");
	e.last_day = 0;
	e.starts = "17:00";
	e.ends = "16:59";
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "ends");
	e.ends = "24:00";
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "ends");
	e.ends = NULL;
	e.head_count = 1000001;
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "head_count");
	e.head_count = -1;
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "head_count");
	e.head_count = INT_NONE;
	e.state = "cancelled";
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "state_reason");
	e.state = NULL;
	e.body = 424242;
	refused(kind_insert(CX, &event_kind, &e), RC_INVALID, "body");
}

/* ---- attendance: RULE event-4, figure-3, figure-5 ---- */

static void
test_attendance(void **state)
{
	int64_t b = body("a", 0), id = event("Концерт", b, 20241110, "approved").rec.id,
		p = person(1), q = person(2), row;
	struct attend_in guest = {
		.event = id, .guest = "Қонақ", .basis = "listed", .sheet_row = "3"
	};
	struct attendance a;
	struct event e = reload(id);
	struct figure_answer *split;
	struct ask ask;
	bool again;
	size_t n;

	(void)state;
	assert_true(count(id).value == INT_NONE);
	assert_int_equal(count(id).basis, BASIS_UNKNOWN);
	assert_false(attend(id, p, "scanned"));
	assert_true(attend(id, p, "listed")); /* came back in */
	assert_int_equal(count(id).value, 1);
	assert_false(attend(id, q, "listed"));
	OK(event_attend(CX, &guest, &row, &again));
	assert_false(again);
	OK(event_attend(CX, &guest, &row, &again));
	assert_true(again);
	assert_int_equal(count(id).value, 3);
	assert_int_equal(count(id).basis, BASIS_LISTED);
	assert_int_equal(answer("participants_total").value, 0); /* not held yet */
	OK(move(id, "hold", NULL));
	assert_int_equal(answer("participants_total").value, 3);
	assert_int_equal(answer("participants_unique").value, 2);
	OK(kind_load(CX, &attendance_kind, row, &a));
	a.withdrawn = true;
	OK(kind_update(CX, &attendance_kind, &a));
	assert_int_equal(answer("participants_total").value, 2);
	assert_int_equal(
	    count(id).basis, BASIS_SCANNED); /* one of each: the stronger one, in C and in SQL */
	ask_default(CX, &ask);
	OK(figure_split(CX, figure_find("participants_total"), &ask, &split, &n));
	assert_int_equal(n, 1);
	assert_string_equal(split[0].dim_code, "scanned");
	OK(event_attend(CX, &guest, &row, &again));
	assert_false(again); /* stands again */
	assert_int_equal(answer("participants_total").value, 3);
	e = reload(id);
	e.head_count = 500; /* lists come first */
	OK(kind_update(CX, &event_kind, &e));
	assert_int_equal(answer("participants_total").value, 3);
	guest.guest = NULL;
	guest.sheet_row = NULL;
	refused(event_attend(CX, &guest, &row, &again), RC_INVALID, "person");
	guest.event = event("Жоспар", b, 20241111, NULL).rec.id;
	guest.guest = "Қонақ";
	refused(event_attend(CX, &guest, &row, &again), RC_RULE, NULL);
	verified();
}

/* ---- RULE figure-1, figure-3, figure-5, figure-9: what counts and what does not ---- */

static void
test_traps(void **state)
{
	int64_t b = body("a", 0);
	struct event e;
	struct ask last;
	struct part part;

	(void)state;
	assert_int_equal(answer("participants_total").value, 0);
	assert_true(answer("participants_total").known);
	event("Жоспарланған", b, 20241201, "planned");
	event("«Bauyrsaqfest» 2025", b, 20250321, "planned");
	event("Бекітілген", b, 20241001, "approved");
	event("Кейінге қалған", b, 20241001, "postponed");
	event("Тоқтатылған", b, 20241001, "cancelled");
	event("Өткен жыл", b, 20231231, "reported");
	e = new_event("Ыстық тамақ", b, 20240410, "reported");
	e.kind = find("event_kind", "hot_meals");
	e.head_count = 300;
	OK(kind_insert(CX, &event_kind, &e));
	assert_int_equal(answer("events_total").value, 0);
	e = event("Саны белгісіз", b, 20240101, "held"); /* the first day, without a report */
	assert_int_equal(answer("events_total").value, 1);
	assert_int_equal(answer("events_without_count").value, 1);
	assert_false(answer("participants_total").known);
	assert_int_equal(answer("participants_total").exactness, UNKNOWN);
	kind_empty(&part_kind, &part);
	part.event = e.rec.id;
	part.name.kk = "Бөлім";
	part.people = 40;
	OK(kind_insert(CX, &part_kind, &part)); /* parts never add */
	assert_false(answer("participants_total").known);
	e = new_event("Бүгін", b, 20241115, "reported"); /* the last day */
	e.declared_count = 0;				 /* a known nothing */
	OK(kind_insert(CX, &event_kind, &e));
	assert_true(answer("participants_total").known);
	assert_int_equal(answer("participants_total").exactness, ABOUT);
	assert_int_equal(answer("participants_total").without, 1);
	e.declared_count = 90;
	e.head_count = 70;
	OK(kind_update(CX, &event_kind, &e));
	assert_int_equal(answer("participants_total").value, 70);
	assert_int_equal(answer("events_total").value, 2);
	e = event("Тізім", b, 20240601, "held");
	attend(e.rec.id, person(1), "listed");
	attend(e.rec.id, person(2), "listed");
	assert_int_equal(answer("participants_total").value, 72);
	assert_int_equal((int)answer("participants_mean").value, 36);
	assert_int_equal((int)answer("participants_median").value, 36);
	ask_default(CX, &last);
	last.from = 20231201;
	last.to = 20231231;
	assert_int_equal(answer_for("events_total", &last).value, 1);
	last.from = 20240601;
	last.to = 20240601;
	assert_int_equal(answer_for("participants_total", &last).exactness, EXACT);
	last.from = 20240101;
	assert_int_equal(answer_for("participants_total", &last).exactness, AT_LEAST);
	verified();
}

/* ---- RULE event-6, figure-4, figure-6, figure-7: one event reported by three bodies ---- */

static void
organise(int64_t id, int64_t who)
{
	struct organiser o;

	kind_empty(&organiser_kind, &o);
	o.event = id;
	o.body = who;
	OK(kind_insert(CX, &organiser_kind, &o));
}

static double
by_body(const char *code, int64_t who)
{
	struct ask a;

	ask_default(CX, &a);
	a.body = who;
	return answer_for(code, &a).value;
}

static void
test_merge(void **state)
{
	int64_t a = body("a", 0), b = body("b", 0), c = body("c", 0), d = body("d", 0),
		p = person(1), q = person(2), r = person(3);
	int64_t into = event("Наурыз мерекесі", a, 20240321, "reported").rec.id;
	int64_t from = event("Наурыз мейрамы", b, 20240322, "held").rec.id;
	int64_t third = event("Наурыз", c, 20240320, "held").rec.id;
	static const char *const codes[] = { "events_total", "participants_total",
		"participants_unique", "events_without_count" };
	double before[ARRAY_LEN(codes)];
	size_t i;

	(void)state;
	attend(into, p, "listed");
	attend(into, q, "scanned");
	attend(from, q, "listed");
	attend(from, r, "listed");
	organise(from, d);
	for (i = 0; i < ARRAY_LEN(codes); i++)
		before[i] = answer(codes[i]).value;
	assert_int_equal(before[0], 3);
	assert_int_equal(before[1], 4);
	assert_int_equal(before[2], 3);
	OK(event_merge(CX, into, from));
	OK(event_merge(CX, into, third));
	assert_int_equal(answer("events_total").value, 1);
	assert_int_equal(answer("participants_total").value, 3);
	assert_int_equal(answer("participants_unique").value, 3);
	assert_int_equal(answer("events_without_count").value, 0);
	assert_int_equal(count(into).scanned, 1);
	assert_int_equal(by_body("events_total", b), 1);
	assert_int_equal(by_body("participants_total", d), 3);
	assert_int_equal(
	    house_int(
		&house, "SELECT count(*) FROM organiser WHERE via_event IS NOT NULL AND ended = 0"),
	    2);
	assert_int_equal(
	    house_int(&house, "SELECT listed_count FROM organiser WHERE listed_count IS NOT NULL"),
	    2);
	refused(event_merge(CX, into, from), RC_RULE, NULL);
	refused(event_merge(CX, from, third), RC_RULE, NULL);
	refused(event_merge(CX, third, into), RC_RULE, NULL);
	refused(event_merge(CX, into, into), RC_RULE, NULL);
	refused(move(from, "report", NULL), RC_RULE, NULL);
	verified();
	attend(from, p, "scanned"); /* the same person, now scanned at the other door */
	assert_int_equal(count(into).value, 3);
	assert_int_equal(count(into).scanned, 2);
	verified();
	OK(event_unmerge(CX, from));
	OK(event_unmerge(CX, third));
	refused(event_unmerge(CX, third), RC_RULE, NULL);
	assert_int_equal(count(from).value, 3);
	assert_int_equal(count(into).value, 2);
	assert_int_equal(
	    house_int(
		&house, "SELECT count(*) FROM organiser WHERE via_event IS NOT NULL AND ended = 0"),
	    0);
	assert_int_equal(answer("events_total").value, before[0]);
	assert_int_equal(answer("participants_total").value, before[1] + 1);
	assert_int_equal(answer("participants_unique").value, before[2]);
	assert_int_equal(answer("events_without_count").value, before[3]);
	OK(event_merge(CX, into, from)); /* again: the same row of the report */
	OK(event_unmerge(CX, from));
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM organiser WHERE via_event IS NOT NULL"), 2);
	verified();
}

/* One body that reported twice, and stands among the organisers by name as well. */
static void
test_merge_same_body(void **state)
{
	int64_t a = body("a", 0), b = body("b", 0);
	int64_t into = event("x", a, 20240321, "held").rec.id;
	int64_t one = event("x", b, 20240321, "held").rec.id,
		two = event("x", b, 20240321, "held").rec.id;

	(void)state;
	OK(event_merge(CX, into, one));
	OK(event_merge(CX, into, two));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM organiser WHERE ended = 0"), 1);
	OK(event_unmerge(CX, one));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM organiser WHERE ended = 0"), 1);
	OK(event_unmerge(CX, two));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM organiser WHERE ended = 0"), 0);
	organise(into, b);
	OK(event_merge(CX, into, one));
	OK(event_unmerge(CX, one));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM organiser WHERE ended = 0"), 1);
	assert_int_equal(by_body("events_total", b), 3);
	verified();
}

/* ---- RULE event-3: who sees what ---- */

static int64_t
seen(const struct kind *k)
{
	struct query q;
	int64_t n = 0;
	int rc = query_init(CX, &q, k);

	if (rc == RC_OK)
		OK(query_count(&q, &n));
	house_next(&house);
	return rc == RC_OK ? n : rc;
}

static void
add_file(int64_t id, const char *sort)
{
	struct file f;

	kind_empty(&file_kind, &f);
	f.event = id;
	f.type = sort;
	f.sha256 = "00";
	f.size = 1;
	f.media = "image/png";
	f.name = "x.png";
	f.link = "https://example.org/x";
	f.consent = strcmp(sort, "photo") == 0 ? "agreed" : NULL;
	OK(kind_insert(CX, &file_kind, &f));
}

static void
photo_of(int64_t id, const char *consent)
{
	struct file f;

	kind_empty(&file_kind, &f);
	f.event = id;
	f.type = "photo";
	f.sha256 = "00";
	f.size = 1;
	f.media = "image/jpeg";
	f.name = "x.jpg";
	f.consent = consent;
	OK(kind_insert(CX, &file_kind, &f));
}

static void
test_scope(void **state)
{
	int64_t a = body("a", 0), branch = body("a1", a), b = body("b", 0), p = person(1);
	int64_t mine = event("Менікі", branch, 20241110, "held").rec.id,
		theirs = event("Бөтен", b, 20241110, "held").rec.id;
	int64_t plan = event("Жоспар", b, 20241120, NULL).rec.id;
	struct actor guest = actor_guest, leader, clerk, auditor;
	struct event e;

	(void)state;
	event("Өз жоспарым", a, 20241120, NULL);
	attend(mine, p, "listed");
	attend(theirs, p, "listed");
	add_file(mine, "list");
	add_file(theirs, "list");
	add_file(theirs, "photo");
	CX->actor = &guest;
	assert_int_equal(seen(&event_kind), 2);
	assert_int_equal(seen(&file_kind), 1);
	/* RULE after-2: not without consent. */
	CX->actor = &actor_system;
	photo_of(theirs, "not_asked");
	photo_of(theirs, NULL);
	CX->actor = &guest;
	assert_int_equal(seen(&file_kind), 1);
	CX->actor = &actor_system;
	photo_of(theirs, "no_faces");
	CX->actor = &guest;
	assert_int_equal(seen(&file_kind), 2);
	assert_int_equal(seen(&attendance_kind), RC_DENIED);
	act_as(&auditor, ROLE_AUDITOR, 0);
	assert_int_equal(seen(&event_kind), 2);
	assert_int_equal(seen(&file_kind), 2);
	act_as(&clerk, ROLE_CLERK, 0);
	assert_int_equal(seen(&event_kind), 4);
	assert_int_equal(seen(&file_kind), 6);
	act_as(&leader, ROLE_LEADER, a);
	assert_int_equal(seen(&event_kind), 3);
	assert_int_equal(seen(&file_kind), 3);
	assert_int_equal(seen(&attendance_kind), 1);
	refused(kind_get(CX, &event_kind, plan, &e), RC_NOTFOUND, NULL);
	e = reload(theirs);
	e.head_count = 5;
	refused(kind_update(CX, &event_kind, &e), RC_DENIED, NULL);
	e = new_event("Бөтен атынан", b, 20241101, NULL);
	refused(kind_insert(CX, &event_kind, &e), RC_DENIED, NULL);
	refused(event_attend(CX,
		    &(struct attend_in){ .event = theirs, .guest = "Қ", .basis = "listed" },
		    &(int64_t){ 0 }, &(bool){ false }),
	    RC_DENIED, NULL);
	CX->actor = &actor_system;
	organise(plan, a);
	CX->actor = &leader;
	OK(kind_get(CX, &event_kind, plan, &e)); /* a co-organiser sees the plan */
	refused(move(plan, "cancel", "x"), RC_DENIED, NULL);
	CX->actor = &actor_system;
}

/* ---- RULE event-5 ---- */

static void
test_likely(void **state)
{
	int64_t a = body("a", 0), b = body("b", 0), same, place;
	struct event e = new_event("«Наурыз – достық мерекесі!» концерті", a, 20240321, "held"), f;
	struct likeness *v;
	size_t n;

	(void)state;
	e.district = find("district", "150000000");
	OK(kind_insert(CX, &event_kind, &e));
	f = new_event("Наурыз - достық мерекесі концерттік бағдарламасы", b, 20240322, "held");
	f.district = e.district;
	OK(kind_insert(CX, &event_kind, &f));
	same = f.rec.id;
	f.first_day = 20240323; /* two days apart */
	OK(kind_insert(CX, &event_kind, &f));
	f.first_day = 20240321;
	f.district = 0;
	f.place = "Достық үйі";
	OK(kind_insert(CX, &event_kind, &f));
	place = f.rec.id;
	f.name.kk = "Шахмат турнирі";
	f.district = e.district;
	OK(kind_insert(CX, &event_kind, &f));
	OK(event_likely(CX, &e, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].event, same);
	e.place = "«Достық» үйі";
	OK(event_likely(CX, &e, &v, &n));
	assert_int_equal(n, 2);
	assert_true(v[0].event == place || v[1].event == place);
	assert_true(v[0].similarity >= v[1].similarity && v[1].similarity >= 0.45);
}

/* ---- the machinery: split, records, hash, words ---- */

static void
test_records(void **state)
{
	int64_t a = body("a", 0), b = body("b", 0), first = 0;
	struct ask ask;
	struct figure_answer t, *split;
	struct figure_record *rec;
	const struct figure *sum = figure_find("participants_total"),
			    *unique = figure_find("participants_unique");
	struct actor guest = actor_guest, leader;
	struct sha256 h;
	char hex[65];
	size_t n, i;
	int64_t total = 0;

	(void)state;
	for (i = 0; i < 5; i++) {
		struct event e = new_event(
		    arena_printf(CX->arena, "Е%zu", i), i == 0 ? b : a, 20240501 + (int)i, "held");

		e.head_count = i == 4 ? INT_NONE : 10 * (int64_t)(i + 1);
		OK(kind_insert(CX, &event_kind, &e));
		if (i == 0)
			first = e.rec.id;
	}
	organise(first, a);
	ask_default(CX, &ask);
	t = answer("participants_total");
	assert_int_equal(t.value, 100);
	assert_int_equal(t.records, 4);
	OK(figure_records(CX, sum, &ask, figure_from(0, 3), &rec, &n));
	assert_int_equal(n, 3);
	assert_string_equal(rec[0].label, "Е0");
	assert_string_equal(rec[0].body_code, "b");
	assert_string_equal(rec[0].basis, "head_counted");
	sha256_init(&h);
	for (i = 0; i < n; i++) {
		total += rec[i].amount;
		sha256_add_id(&h, rec[i].id);
	}
	OK(figure_records(CX, sum, &ask, figure_from(rec[2].id, 3), &rec, &n));
	assert_int_equal(n, 1);
	sha256_add_id(&h, rec[0].id);
	assert_int_equal(total + rec[0].amount, 100);
	OK(figure_sha256(CX, &t));
	sha256_hex(&h, hex);
	assert_string_equal(t.sha256, hex);
	OK(figure_without(CX, sum, &ask, &rec, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rec[0].label, "Е4");
	OK(figure_split(CX, figure_find("events_by_body"), &ask, &split, &n));
	assert_int_equal(n, 2); /* an event of two bodies under each */
	assert_string_equal(split[0].dim_code, "a");
	assert_int_equal(split[0].value, 5);
	assert_int_equal(split[1].value, 1);
	OK(figure_split(CX, sum, &ask, &split, &n));
	assert_int_equal(n, 1);
	assert_string_equal(split[0].dim_code, "head_counted");
	assert_int_equal(split[0].exactness, ABOUT);
	OK(figure_split(CX, figure_find("events_by_basis"), &ask, &split, &n));
	assert_int_equal(n, 2);
	assert_string_equal(split[1].dim_code, "unknown");
	OK(figure_split(CX, figure_find("events_by_district"), &ask, &split, &n));
	assert_int_equal(n, 1);
	assert_string_equal(split[0].dim_code, "none");
	assert_int_equal(split[0].value, 5);
	CX->actor = &guest;
	refused(figure_records(CX, unique, &ask, figure_from(0, 5), &rec, &n), RC_DENIED, NULL);
	OK(figure_records(CX, sum, &ask, figure_from(0, 5), &rec, &n));
	act_as(&leader, ROLE_LEADER, a);
	refused(figure_records(CX, unique, &ask, figure_from(0, 5), &rec, &n), RC_DENIED, NULL);
	ask.body = b;
	refused(figure_records(CX, unique, &ask, figure_from(0, 5), &rec, &n), RC_DENIED, NULL);
	ask.body = a;
	OK(figure_records(CX, unique, &ask, figure_from(0, 5), &rec, &n));
	CX->actor = &actor_system;
}

/* RULE figure-2 */
static void
test_say(void **state)
{
	static const struct {
		enum say say;
		double value;
		const char *kk, *ru, *en;
	} rows[] = {
		{ SAY_EXACT, 497, "497", "497", "497" },
		{ SAY_OVER1000, 14236, "14 мыңнан аса", "более 14 тысяч", "more than 14 thousand" },
		{ SAY_OVER1000, 21001, "21 мыңнан аса", "более 21 тысячи",
		    "more than 21 thousand" },
		{ SAY_OVER1000, 11500, "11 мыңнан аса", "более 11 тысяч", "more than 11 thousand" },
		{ SAY_OVER1000, 2000, "2000", "2000", "2,000" },
		{ SAY_OVER1000, 999, "999", "999", "999" },
		{ SAY_OVER10, 93, "90-нан астам", "более 90", "over 90" },
		{ SAY_OVER10, 43, "40-тан астам", "более 40", "over 40" },
		{ SAY_OVER10, 90, "90", "90", "90" },
		{ SAY_OVER10, 7, "7", "7", "7" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct figure f = { .say = rows[i].say };
		struct figure_answer a = { .figure = &f, .known = true, .value = rows[i].value };

		CX->lang = LANG_KK;
		assert_string_equal(figure_say(CX, &a), rows[i].kk);
		CX->lang = LANG_RU;
		assert_string_equal(figure_say(CX, &a), rows[i].ru);
		CX->lang = LANG_EN;
		assert_string_equal(figure_say(CX, &a), rows[i].en);
	}
}

static void
test_verify(void **state)
{
	int64_t a = body("a", 0), n;
	struct event e = event("x", a, 20240501, "held");
	struct buf out;

	(void)state;
	attend(e.rec.id, person(1), "listed");
	OK(figure_fold(CX, 5, &n));
	assert_int_equal(n, 5);
	verified();
	do
		OK(figure_fold(CX, 5, &n));
	while (n > 0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM figure_delta"), 0);
	verified();
	house_sql(&house, "UPDATE figure_sum SET amount = amount + 1 WHERE figure = "
			  "'participants_total' AND dim = 'body'");
	house_sql(&house, "INSERT INTO figure_delta (figure, dim, dkey, day, amount)"
			  " VALUES ('events_total', '', 0, 20240502, 1)");
	house_sql(&house, "UPDATE event_tally SET listed = 9");
	buf_init(&out, CX->arena, 0);
	OK(figure_verify(CX, &out, &n));
	assert_non_null(
	    strstr(out.p, arena_printf(CX->arena,
			      "cell participants_total, body %lld, 2024-05-01: kept 2, counted 1",
			      (long long)a)));
	assert_non_null(strstr(out.p, "cell events_total, all 0, 2024-05-02: kept 1, counted 0"));
	assert_non_null(strstr(out.p, "tally of event"));
	assert_non_null(strstr(out.p, " differences\n"));
	assert_true(n >= 4);
	house_next(&house);
	house_sql(&house, "UPDATE event_tally SET listed = 1");
	OK(figure_rebuild(CX, &n));
	assert_true(n > 5);
	verified();
}

/* ---- lists as text ---- */

static void
test_csv(void **state)
{
	struct csv_read r;

	(void)state;
	OK(csv_read_open(&r, CX->arena,
	    "\xEF\xBB\xBF"
	    "a,b\r\n\"x,\"\"y\"\"\nz\",2\n\n3\n",
	    ','));
	assert_true(csv_read_row(&r));
	assert_string_equal(csv_read_cell(&r, "a"), "x,\"y\"\nz");
	assert_string_equal(csv_read_cell(&r, "b"), "2");
	assert_string_equal(csv_read_cell(&r, "c"), "");
	assert_true(csv_read_row(&r));
	assert_string_equal(csv_read_cell(&r, "b"), "");
	assert_false(csv_read_row(&r));
	assert_null(r.error);
	OK(csv_read_open(&r, CX->arena, "a\n\"x", ','));
	assert_false(csv_read_row(&r));
	assert_non_null(r.error);
	assert_int_equal(r.line, 2);
	OK(csv_read_open(&r, CX->arena, "a\nx\"y\n", ','));
	assert_false(csv_read_row(&r));
	assert_non_null(r.error);
	OK(csv_read_open(&r, CX->arena, "a\nx,y\n", ','));
	assert_false(csv_read_row(&r));
	assert_non_null(r.error);
	assert_int_equal(csv_read_open(&r, CX->arena, "\n", ','), RC_INVALID);
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_lists), T(test_steps), T(test_checks),
		T(test_attendance), T(test_traps), T(test_merge), T(test_merge_same_body),
		T(test_scope), T(test_likely), T(test_records), T(test_say), T(test_verify),
		T(test_csv) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

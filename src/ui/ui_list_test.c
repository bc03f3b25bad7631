/* ui_list_test.c – lists: what may be read, filtered, sorted and taken out, by whom; that the export is
 * the list; that nothing typed into an address breaks a page. */
#include "ui/ui_test.h"

static int
draw(struct view *v, const struct ui_list *l)
{
	int rc;

	if (ui_wants_export(v))
		return ui_list_page(v, l);
	ui_open(v, &(struct page){ .title = "Things" });
	rc = ui_list_page(v, l);
	ui_close(v);
	return rc;
}

static const struct ui_list things = { .kind = &thing_kind, .path = "/things", .sort = "title" };

static struct view *
list(const struct actor *who, const char *target)
{
	struct view *v = get(who, target);

	assert_int_equal(draw(v, &things), RC_OK);
	if (v->rq->res.status == 0)
		assert_sound(v);
	return v;
}

static int64_t aktobe;

static void
some_things(void)
{
	struct thing t = small_thing("Әнші", "a", 20240105);

	aktobe = make_place("akt", "Ақтөбе");
	make_place("khr", "Хромтау");
	t.place = aktobe;
	t.count = 12;
	t.inner_word = "жасырын";
	make_thing(t);
	t = small_thing("Би <b>", "b", 20240210);
	t.size = "l";
	t.name.ru = "Танец";
	make_thing(t);
	t = small_thing("Ғалым", "c", 20240315);
	t.done = true;
	t.count = 0;
	make_thing(t);
}

static int
place_of(const struct view *v, const char *part)
{
	const char *p = strstr(v->h.out.p, part);

	return p == NULL ? -1 : (int)(p - v->h.out.p);
}

static void
columns_and_order(void **state)
{
	struct view *v;

	(void)state;
	some_things();
	v = list(&actor_guest, "/things");
	assert_has(v, "role='status'>3 records</p>");
	assert_has(v, "<th scope='col' aria-sort='ascending'><a class='sort' "
		      "href='/en/things?sort=-title'>Name");
	assert_has(v, "<th scope='row'><a href='/en/things/2'>Би &lt;b&gt;</a></th>");
	/* Ә А Б … Ғ: after the Kazakh alphabet Ә < Б < Ғ, by bytes Ғ would be last and Ә behind Б. */
	assert_true(place_of(v, "/en/things/1'") < place_of(v, "/en/things/2'"));
	assert_true(place_of(v, "/en/things/2'") < place_of(v, "/en/things/3'"));
	assert_has(v, "<td class='r' data-l='Count'><span>12</span></td>");
	assert_has(v, "<td class='r' data-l='Count'><span>0</span></td>");
	assert_has(v, "<td class='r' data-l='Count'><span class='mute'>not known</span></td>");
	assert_has(v, "<td class='nw' data-l='Day'><span>05.01.2024</span></td>");
	assert_has(
	    v, arena_printf(CX->arena, "data-l='Place'><a href='/en/places/%lld'>Ақтөбе</a></td>",
		   (long long)aktobe));
	assert_has(v, "<th scope='col' class='opt'>Place</th>");
	assert_has(v, "<td data-l='Size'><span>Middle</span></td>");
	assert_lacks(v, "жасырын");
	assert_lacks(v, "Inner word");
	done(v);
	v = list(&clerk, "/things?sort=-day");
	assert_has(v, "жасырын");
	assert_has(v, "Inner word");
	assert_has(v, "aria-sort='descending'><a class='sort' href='/en/things?sort=day'>Day");
	assert_true(place_of(v, "/en/things/3'") < place_of(v, "/en/things/1'"));
	done(v);
}

static void
what_may_not_be_read_is_no_filter(void **state)
{
	static const char *const targets[] = { "/things?inner_word=жасырын",
		"/things?sort=inner_word", "/things?secret=1", "/things?inner_word_from=a",
		"/things?sort=secret", "/things?after=zz" };
	struct view *v;
	size_t i;

	(void)state;
	some_things();
	for (i = 0; i < ARRAY_LEN(targets); i++) {
		v = list(&actor_guest, targets[i]);
		assert_int_equal(v->status, 422);
		assert_lacks(v, "/en/things/1'");
		assert_lacks(v, "role='status'");
		assert_has(v, "The list cannot be shown like this");
		done(v);
		if (strstr(targets[i], "after") != NULL)
			continue; /* the place is nothing to a file */
		v = get(&actor_guest, arena_printf(CX->arena, "%s&format=csv", targets[i]));
		assert_int_equal(draw(v, &things), RC_INVALID);
		assert_int_equal(v->rq->res.status, 0);
		done(v);
	}
	v = list(&clerk, "/things?inner_word=%D0%B6%D0%B0%D1%81%D1%8B%D1%80%D1%8B%D0%BD");
	assert_has(v, "role='status'>1 record</p>");
	done(v);
}

static void
filters_chips_and_words(void **state)
{
	struct view *v;

	(void)state;
	some_things();
	v = list(&actor_guest, "/things?size=m&day_from=01.02.2024&own=1&sort=day");
	assert_has(v, "role='status'>1 record</p>");
	assert_has(v, "<a class='chip on' "
		      "href='/en/things?day_from=01.02.2024&amp;own=1&amp;sort=day'>Size: Middle");
	assert_has(v, "<a class='chip on' href='/en/things?size=m&amp;own=1&amp;sort=day'>Day, "
		      "from: 01.02.2024");
	assert_has(v, "<a class='btn bare noprint' href='/en/things?own=1&amp;sort=day'>");
	assert_has(v, "<option value='m' selected>Middle</option>");
	assert_has(v, "name='day_from' value='01.02.2024'");
	assert_has(v, "<input type='hidden' name='own' value='1'>");
	assert_has(v, "<input type='hidden' name='sort' value='day'>");
	done(v);
	v = list(&actor_guest, arena_printf(CX->arena, "/things?place=%lld", (long long)aktobe));
	assert_has(v, "Place: Ақтөбе");
	assert_has(v, "role='status'>1 record</p>");
	done(v);
	v = list(&actor_guest, "/things?place=akt");
	assert_has(
	    v, arena_printf(CX->arena, "<option value='%lld' selected>Ақтөбе", (long long)aktobe));
	done(v);
	v = list(&actor_guest, "/things?place=none");
	assert_has(v, "role='status'>2 records</p>");
	assert_has(v, "<option value='none' selected>Not stated</option>");
	done(v);
	v = list(&actor_guest, "/things?q=%D0%B0%D0%BD%D1%88%D0%B8");
	assert_has(v, "role='status'>1 record</p>");
	assert_has(v, "Search: анши");
	done(v);
	v = list(&actor_guest, "/things?done=1&format=zip&size=l&size=m");
	assert_has(v, "role='status'>1 record</p>");
	done(v);
	/* What cannot be is said, and stays in its place. */
	v = list(&actor_guest, "/things?day_from=31.02.2024");
	assert_int_equal(v->status, 422);
	assert_has(v, "Day: There is no such day");
	assert_has(v, "name='day_from' value='31.02.2024'");
	done(v);
	v = list(&actor_guest, "/things?size=%3Cscript%3E");
	assert_int_equal(v->status, 422);
	assert_lacks(v, "<script>");
	done(v);
}

static void
floods_of_the_address(void **state)
{
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, CX->arena, 0);
	buf_str(&b, "/things?q=");
	for (i = 0; i < 500; i++)
		buf_str(&b, "a+");
	done(list(&actor_guest, b.p));
	buf_init(&b, CX->arena, 0);
	buf_str(&b, "/things?x=1");
	for (i = 0; i < thing_kind.nfields; i++)
		buf_printf(&b, "&%s=1&%s_from=1&%s_to=1", thing_fields[i].name,
		    thing_fields[i].name, thing_fields[i].name);
	done(list(&clerk, b.p));
	buf_init(&b, CX->arena, 0);
	buf_str(&b, "/things?x=1");
	for (i = 0; i < 90; i++)
		buf_str(&b, "&size=m");
	done(list(&actor_guest, b.p));
}

static void
empty_lists_say_why(void **state)
{
	struct view *v;

	(void)state;
	v = list(&actor_guest, "/things");
	assert_has(v, "There is no record here yet");
	assert_has(v, "role='status'>0 records</p>");
	assert_lacks(v, "<table");
	assert_lacks(v, "format=csv");
	done(v);
	some_things();
	v = list(&actor_guest, "/things?size=s");
	assert_has(v, "No record fits these filters");
	assert_has(v, "<a class='btn' href='/en/things'>Clear all</a>");
	done(v);
}

static void
pages_follow_each_other(void **state)
{
	const char *p, *href;
	bool seen[61] = { false };
	struct view *v;
	int i, n = 0;

	(void)state;
	for (i = 0; i < 60; i++)
		make_thing(small_thing(arena_printf(CX->arena, "Зат %02d", i),
		    arena_printf(CX->arena, "c%d", i), 20240101));
	href = "/things?limit=7";
	for (i = 0; i < 5 && href != NULL; i++) {
		v = list(&actor_guest, href);
		assert_has(v, "role='status'>60 records</p>");
		for (p = v->h.out.p; (p = strstr(p, "scope='row'><a href='/en/things/")) != NULL;
		     p++, n++)
			seen[atoi(p + 32)] = true;
		p = strstr(v->h.out.p, "rel='next' href='/en");
		href = p == NULL ? NULL : arena_strn(&h.arena, p + 20, strcspn(p + 20, "'"));
		done(v);
		if (href != NULL) {
			char *amp = strstr((char *)(uintptr_t)href, "&amp;");

			assert_non_null(amp);
			href = arena_printf(&h.arena, "%.*s&%s", (int)(amp - href), href, amp + 5);
		}
	}
	assert_int_equal(n, 60); /* 25 + 25 + 10: a size that is not offered is the usual one */
	assert_int_equal(i, 3);
	for (i = 1; i <= 60; i++)
		assert_true(seen[i]);
	v = list(&actor_guest, "/things?limit=100");
	assert_int_equal(times(v, "<th scope='row'>"), 60);
	assert_has(v, "limit=100' aria-current='true'>100</a>");
	done(v);
}

static const char *
header_of(const struct view *v, const char *name)
{
	int i;

	for (i = 0; i < v->rq->res.nhead; i++)
		if (strcmp(v->rq->res.head[i].name, name) == 0)
			return v->rq->res.head[i].value;
	return "";
}

static void
exports_are_the_list(void **state)
{
	struct view *v;
	const char *body;
	int i;

	(void)state;
	some_things();
	v = list(&clerk, "/things?format=csv&sort=-day&size=m");
	assert_int_equal(v->rq->res.status, 200);
	assert_string_equal(v->rq->res.type, "text/csv; charset=utf-8");
	assert_string_equal(
	    header_of(v, "Content-Disposition"), "attachment; filename=\"things-2024-11-15.csv\"");
	body = arena_strn(CX->arena, v->rq->res.body.p, v->rq->res.body.n);
	assert_string_equal(body, "\xef\xbb\xbfName;Code;Inner word;Count;Day;Size;Place\r\n"
				  "Ғалым;c;;0;15.03.2024;Middle;\r\n"
				  "Әнші;a;жасырын;12;05.01.2024;Middle;Ақтөбе\r\n");
	assert_int_equal(v->h.out.n, 0);
	done(v);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit WHERE action = 'export' AND "
				       "kind = 'thing' AND fields = 'csv'"
				       " AND account = 7"),
	    1);
	v = list(&actor_guest, "/things?format=json&size=l");
	body = arena_strn(CX->arena, v->rq->res.body.p, v->rq->res.body.n);
	assert_string_equal(body, "[{\"id\":2,\"name\":{\"kk\":\"Би "
				  "\\u003cb>\",\"ru\":\"Танец\",\"en\":null},\"code\":\"b\","
				  "\"count\":null,\"day\":\"2024-02-10\",\"size\":\"l\",\"place\":"
				  "null,\"place_title\":null}]");
	done(v);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM audit WHERE action = 'export'"), 1);
	v = list(&clerk, "/things?format=xlsx");
	assert_memory_equal(v->rq->res.body.p, "PK", 2);
	done(v);
	/* All pages, not the one on the screen. */
	for (i = 0; i < 230; i++)
		make_thing(small_thing("Зат", arena_printf(CX->arena, "n%d", i), 20240101));
	v = list(&actor_guest, "/things?format=json&limit=25&after=31");
	body = arena_strn(CX->arena, v->rq->res.body.p, v->rq->res.body.n);
	for (i = 0; (body = strstr(body, "\"id\":")) != NULL; i++)
		body++;
	assert_int_equal(i, 233);
	done(v);
}

static int
humans(const struct actor *who, const char *target, struct view **out)
{
	static const struct ui_list l = { .kind = &human_kind, .path = "/humans" };

	*out = get(who, target);
	return draw(*out, &l);
}

static void
rights_of_the_export(void **state)
{
	struct actor reader = clerk;
	struct view *v;
	const char *body;

	(void)state;
	make_human("Әлиев", "Бақыт", 1);
	make_human("Браун", "Артур", 2);
	reader.caps &= ~(UINT64_C(1) << CAP_EXPORT);
	assert_int_equal(humans(&reader, "/humans", &v), RC_OK);
	assert_has(v, "Браун");
	assert_lacks(v, "format=csv");
	done(v);
	assert_int_equal(humans(&reader, "/humans?format=csv", &v), RC_DENIED);
	assert_int_equal(v->rq->res.status, 0);
	done(v);
	assert_int_equal(humans(&actor_guest, "/humans", &v), RC_DENIED);
	done(v);
	assert_int_equal(humans(&actor_guest, "/humans?format=json", &v), RC_DENIED);
	done(v);
	/* The scope of a leader holds for the file as for the page. */
	assert_int_equal(humans(&leader, "/humans?format=csv", &v), RC_OK);
	body = arena_strn(CX->arena, v->rq->res.body.p, v->rq->res.body.n);
	assert_string_equal(body, "\xef\xbb\xbfSurname;Given name\r\nӘлиев;Бақыт\r\n");
	done(v);
	v = get(&clerk, "/things?format=csv");
	assert_int_equal(
	    draw(v, &(struct ui_list){ .kind = &thing_kind, .path = "/things", .no_export = true }),
	    RC_NOTFOUND);
	done(v);
}

static void
only_large(struct view *v, struct query *q)
{
	(void)v;
	query_and(q, "thing.size = ?", VALS(v_text("l")));
}

static void
extra_cell(struct view *v, const void *rec)
{
	html(&v->h, "<em>%s!</em>", ((const struct thing *)rec)->name.kk);
}

static void
pages_of_their_own(void **state)
{
	static const char *const columns[] = { "day", "name", "inner_word", "nonsense", NULL };
	const struct ui_list l = { .kind = &thing_kind,
		.path = "/things",
		.columns = columns,
		.narrow = only_large,
		.extra = extra_cell,
		.extra_label = "More",
		.no_filters = true };
	struct view *v;

	(void)state;
	some_things();
	v = get(&actor_guest, "/things");
	assert_int_equal(draw(v, &l), RC_OK);
	assert_sound(v);
	assert_has(v, "role='status'>1 record</p>");
	assert_has(v, "<td data-l='More'><em>Би &lt;b&gt;!</em></td>");
	assert_int_equal(times(v, "<th scope='col'"), 3);
	assert_lacks(v, "<form class='row'");
	done(v);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)
	const struct CMUnitTest tests[] = { T(columns_and_order),
		T(what_may_not_be_read_is_no_filter), T(filters_chips_and_words),
		T(floods_of_the_address), T(empty_lists_say_why), T(pages_follow_each_other),
		T(exports_are_the_list), T(rights_of_the_export), T(pages_of_their_own) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

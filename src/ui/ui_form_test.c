/* ui_form_test.c – forms: what is drawn, sent back and read again must be the same record; what was
 * refused stays as typed; what does not stand in the form cannot be written. The test answers forms
 * as a browser does (browser_body), so a field that is drawn wrongly is seen here. */
#include "ui/ui_test.h"

/* ---- a browser in small ---- */

static const char *
attr(struct arena *a, const char *tag, size_t n, const char *name)
{
	const char *want = arena_printf(a, " %s='", name), *p = memmem(tag, n, want, strlen(want)),
		   *end;
	struct buf b;

	if (p == NULL)
		return NULL;
	p += strlen(want);
	end = memchr(p, '\'', n - (size_t)(p - tag));
	buf_init(&b, a, 0);
	for (; p < end; p++) {
		static const struct {
			const char *code;
			char c;
		} codes[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' },
			{ "&#39;", '\'' } };
		size_t i;

		for (i = 0;
		     i < ARRAY_LEN(codes) && strncmp(p, codes[i].code, strlen(codes[i].code)) != 0;
		     i++)
			;
		buf_char(&b, i < ARRAY_LEN(codes) ? codes[i].c : *p);
		p += i < ARRAY_LEN(codes) ? strlen(codes[i].code) - 1 : 0;
	}
	return b.p;
}

static void
add(struct buf *b, const char *name, const char *value)
{
	if (name == NULL || value == NULL)
		return;
	if (b->n > 0)
		buf_char(b, '&');
	url_encode(b, name);
	buf_char(b, '=');
	url_encode(b, value);
}

/* Line ends of a textarea go out as CR LF. */
static const char *
textarea_value(struct arena *a, const char *p, size_t n)
{
	struct buf b;
	const char *quoted;
	size_t i;

	quoted = arena_printf(a, " x='%.*s'", (int)n, p);
	quoted = attr(a, quoted, strlen(quoted), "x");
	buf_init(&b, a, 0);
	for (i = 0; quoted[i] != '\0'; i++) {
		if (quoted[i] == '\n')
			buf_char(&b, '\r');
		buf_char(&b, quoted[i]);
	}
	return b.p;
}

static void
select_value(struct arena *a, struct buf *b, const char *tag, size_t ntag)
{
	const char *end = strstr(tag, "</select>"), *p = tag, *value = NULL;

	while ((p = strstr(p, "<option")) != NULL && p < end) {
		size_t n = strcspn(p, ">");

		if (value == NULL || memmem(p, n, " selected", 9) != NULL)
			value = attr(a, p, n, "value");
		p += n;
	}
	add(b, attr(a, tag, ntag, "name"), value);
}

/* The body that the page's last form would send when Save is pressed. */
static const char *
browser_body(struct view *v)
{
	struct arena *a = v->cx->arena;
	const char *p = v->h.out.p, *next;
	struct buf b;

	while ((next = strstr(p + 1, "<form method='post'")) != NULL)
		p = next;
	buf_init(&b, a, 0);
	for (; (p = strchr(p, '<')) != NULL; p++) {
		size_t n = strcspn(p, ">");
		const char *type = attr(a, p, n, "type"), *value = attr(a, p, n, "value");

		if (strncmp(p, "</form>", 7) == 0)
			break;
		if (strncmp(p, "<textarea", 9) == 0)
			add(&b, attr(a, p, n, "name"),
			    textarea_value(a, p + n + 1, strcspn(p + n + 1, "<")));
		else if (strncmp(p, "<select", 7) == 0)
			select_value(a, &b, p, n);
		else if (strncmp(p, "<input", 6) == 0 &&
			 ((strcmp(type, "radio") != 0 && strcmp(type, "checkbox") != 0) ||
			     memmem(p, n, " checked", 8) != NULL))
			add(&b, attr(a, p, n, "name"), value);
	}
	return b.p;
}

/* The body with one pair replaced, added or (value NULL) taken out. */
static const char *
with(const char *body, const char *name, const char *value)
{
	struct pairs p;
	struct buf b;
	size_t i;

	assert_int_equal(url_parse_pairs(CX->arena, slice_str(body), &p), RC_OK);
	buf_init(&b, CX->arena, 0);
	for (i = 0; i < p.n; i++)
		if (strcmp(p.p[i].name, name) != 0)
			add(&b, p.p[i].name, p.p[i].value);
	add(&b, name, value);
	return b.p;
}

/* ---- the page under test ---- */

static const char *const *form_fields;
static bool form_again;

static int
draw(struct view *v, struct ui_form *f)
{
	ui_open(v, &(struct page){ .title = "Thing", .staff = true });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

/* GET and POST of /things/{id}/edit (id 0: /things/new). */
static int
edit(struct view *v, int64_t id, struct thing *t)
{
	struct ui_form f = { .kind = &thing_kind,
		.rec = t,
		.create = id == 0,
		.path = v->path,
		.fields = form_fields,
		.cancel = "/things",
		.again = form_again };

	kind_empty(&thing_kind, t);
	if (id != 0)
		TRY(kind_get(v->cx, &thing_kind, id, t));
	return v->rq->method == M_POST ? ui_form_save(v, &f, draw) : draw(v, &f);
}

static const char *
edit_path(int64_t id)
{
	return id == 0 ? "/things/new"
		       : arena_printf(CX->arena, "/things/%lld/edit", (long long)id);
}

static struct view *
open_form(const struct actor *who, int64_t id)
{
	struct view *v = get(who, edit_path(id));
	struct thing t;

	assert_int_equal(edit(v, id, &t), RC_OK);
	assert_sound(v);
	return v;
}

static struct view *
send(const struct actor *who, int64_t id, const char *body)
{
	struct view *v = post(who, edit_path(id), body);
	struct thing t;

	assert_int_equal(edit(v, id, &t), RC_OK);
	if (v->rq->res.status == 0)
		assert_sound(v);
	return v;
}

static const char *
body_of(const struct actor *who, int64_t id)
{
	struct view *v = open_form(who, id);
	const char *body = browser_body(v);

	done(v);
	return body;
}

static struct thing
stored(int64_t id)
{
	struct thing t;

	CX->actor = &actor_system;
	house_next(&h);
	assert_int_equal(kind_load(CX, &thing_kind, id, &t), RC_OK);
	return t;
}

static struct thing
full_thing(void)
{
	struct thing t = small_thing("Ұлы <дала> \"елі\" & 'жер'", "full", 20241115);

	t.name.ru = "Степь";
	t.note = "Бірінші жол\nекінші жол\n\nүшінші";
	t.phone = "+7 701 000-00-00";
	t.inner_word = "іші";
	t.count = 0;
	t.price = 3.5;
	t.at = day_start(20241116) + INT64_C(17) * 3600 * US_PER_SECOND;
	t.done = true;
	t.colour = "blue";
	t.place = make_place("p1", "Ақтөбе");
	t.owner = make_human("Әлиев", "Бақыт", 1);
	t.secret.fresh = "850101300123";
	return t;
}

/* ---- tests ---- */

static void
unchanged_form_changes_nothing(void **state)
{
	struct thing was, is;
	int64_t id;
	struct view *v;
	size_t i;

	(void)state;
	make_place("p2", "Хромтау");
	id = make_thing(full_thing());
	was = stored(id);
	v = send(&clerk, id, body_of(&clerk, id));
	assert_int_equal(v->rq->res.status, 303);
	done(v);
	is = stored(id);
	assert_int_equal(is.rec.version, was.rec.version);
	for (i = 0; i < thing_kind.nfields; i++)
		if (!field_same(&thing_fields[i], &was, &is))
			fail_msg("changed: %s", thing_fields[i].name);
	assert_true(is.secret.present);
}

static void
empty_form_makes_a_record(void **state)
{
	const char *body;
	struct thing t;
	struct view *v;

	(void)state;
	body = body_of(&clerk, 0);
	assert_non_null(strstr(body, "_csrf=token-of-c"));
	body = with(with(with(body, "name_kk", "Жаңа зат"), "day", "15.11.2024"), "size", "s");
	body = with(with(with(body, "price", "2,25"), "code", "new-1"), "done", "1");
	v = send(&clerk, 0, body);
	assert_int_equal(v->rq->res.status, 303);
	done(v);
	t = stored(house_int(&h, "SELECT id FROM thing WHERE code = 'new-1'"));
	assert_string_equal(t.name.kk, "Жаңа зат");
	assert_int_equal(t.day, 20241115);
	assert_string_equal(t.size, "s");
	assert_true(t.price > 2.24 && t.price < 2.26);
	assert_true(t.done);
	assert_true(t.count == INT_NONE);
	assert_null(t.colour);
}

static void
refused_fields_stay_as_typed(void **state)
{
	const char *body;
	struct view *v;

	(void)state;
	body = body_of(&clerk, 0);
	body = with(with(with(body, "day", "31.02.1953"), "count", "жүз <b>"), "name_ru",
	    "только по-русски");
	v = send(&clerk, 0, with(body, "at", "кеше"));
	assert_int_equal(v->status, 422);
	assert_int_equal(v->rq->res.status, 0);
	assert_has(v, "<div class='errs' role='alert' tabindex='-1'>");
	assert_has(v, "value='31.02.1953'");
	assert_has(v, "value='жүз &lt;b&gt;'");
	assert_has(v, "value='кеше'");
	assert_has(v, "только по-русски</textarea>");
	assert_has(v, "<a href='#f-day'>Day: There is no such day: “31.02.1953”. Write it as "
		      "15.11.2024.</a>");
	assert_has(v, "<span class='err' id='f-day-e'>There is no such day: “31.02.1953”. Write it "
		      "as 15.11.2024.</span>");
	assert_has(v, "aria-describedby='f-day-e f-day-h' aria-invalid='true'");
	assert_int_equal(times(v, "Not saved: "), 1);
	done(v);
	/* Right at last in these, the record is still refused for what only the checks see. */
	v = send(&clerk, 0, with(with(with(body, "day", ""), "count", "1001"), "size", NULL));
	assert_int_equal(v->status, 422);
	assert_has(v, "<a href='#f-name'>Name: The Kazakh text is needed.</a>");
	assert_has(v, "<a href='#f-day'>Day: This field is needed.</a>");
	assert_has(v, "<a href='#f-size'>Size: This field is needed.</a>");
	assert_has(v, "<fieldset class='fld bad' id='f-size' tabindex='-1'");
	assert_has(v, "Count: The number must lie between 0 and 1,000.");
	assert_has(v, "value='1001'");
	done(v);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM thing"), 0);
}

static void
only_the_form_is_read(void **state)
{
	static const char *const few[] = { "note", "done", NULL };
	struct thing t;
	int64_t id;
	const char *body;
	struct view *v;

	(void)state;
	id = make_thing(full_thing());
	body = body_of(&clerk, id);
	assert_null(strstr(body, "code="));
	assert_null(strstr(body, "mark="));
	v = send(&clerk, id, with(with(with(body, "mark", "forged"), "code", "other"), "id", "99"));
	assert_int_equal(v->rq->res.status, 303);
	done(v);
	t = stored(id);
	assert_null(t.mark);
	assert_string_equal(t.code, "full");
	form_fields = few;
	body = body_of(&clerk, id);
	assert_null(strstr(body, "name_kk="));
	v = send(&clerk, id, with(with(body, "name_kk", "Басқа"), "note", "жаңа"));
	assert_int_equal(v->rq->res.status, 303);
	done(v);
	form_fields = NULL;
	t = stored(id);
	assert_string_equal(t.note, "жаңа");
	assert_string_equal(t.name.kk, "Ұлы <дала> \"елі\" & 'жер'");
	/* Whoever may not write sealed values is not even shown the field. */
	leader.caps &= ~(UINT64_C(1) << CAP_PEOPLE_WRITE);
	body = body_of(&leader, id);
	assert_null(strstr(body, "secret"));
	v = send(&leader, id, with(body, "secret_clear", "1"));
	done(v);
	assert_true(stored(id).secret.present);
}

static void
boxes_and_sealed_values(void **state)
{
	int64_t id;
	const char *body, *plain;
	struct view *v;

	(void)state;
	id = make_thing(full_thing());
	v = open_form(&clerk, id);
	assert_has(v, "placeholder='stored, not shown'");
	assert_lacks(v, "850101300123");
	done(v);
	body = body_of(&clerk, id);
	v = send(&clerk, id, with(body, "done", NULL));
	done(v);
	assert_false(stored(id).done);
	assert_true(stored(id).secret.present);
	/* Without the hidden mark the box was not on the page: nothing is known about it. */
	house_sql(&h, "UPDATE thing SET done = 1");
	v = send(&clerk, id, with(with(body_of(&clerk, id), "done", NULL), "_has_done", NULL));
	done(v);
	assert_true(stored(id).done);
	v = send(&clerk, id, with(body_of(&clerk, id), "secret", "990202400456"));
	done(v);
	assert_int_equal(kind_unseal(CX, &thing_kind, id, "secret", &plain), RC_OK);
	assert_string_equal(plain, "990202400456");
	v = send(&clerk, id, with(body_of(&clerk, id), "secret_clear", "1"));
	done(v);
	assert_false(stored(id).secret.present);
}

static void
references_by_search(void **state)
{
	const char *body;
	int64_t id, alive, other;
	struct view *v;
	int i;

	(void)state;
	id = make_thing(full_thing());
	alive = stored(id).owner;
	other = make_human("Әлиев", "Серік", 2);
	make_human("Браун", "Артур", 1);
	body = with(with(body_of(&clerk, id), "owner_q", "алиев"), "note", "жаңа сөз");
	v = send(&clerk, id, with(body, "_find", "owner"));
	assert_int_equal(v->status, 200);
	assert_has(
	    v, arena_printf(CX->arena, "name='owner' value='%lld' checked", (long long)alive));
	assert_has(v, arena_printf(CX->arena,
			  "name='owner' value='%lld'><span>Әлиев Серік <span class='small mute'>of "
			  "body 2</span>",
			  (long long)other));
	assert_has(v, "жаңа сөз</textarea>");
	assert_lacks(v, "Браун");
	body = browser_body(v);
	done(v);
	assert_string_not_equal(stored(id).note, "жаңа сөз");
	/* Words that were searched already do not stop saving; new words do, as Enter would send them. */
	v = send(&clerk, id, with(body, "owner_q", "браун"));
	assert_int_equal(v->rq->res.status, 0);
	assert_has(v, "Браун Артур");
	done(v);
	v = send(
	    &clerk, id, with(body, "owner", arena_printf(CX->arena, "%lld", (long long)other)));
	assert_int_equal(v->rq->res.status, 303);
	done(v);
	assert_int_equal(stored(id).owner, other);
	/* A leader sees the own body's people only, and cannot name others by number. */
	v = send(
	    &leader, id, with(with(body_of(&leader, id), "owner_q", "алиев"), "_find", "owner"));
	assert_has(v, "Әлиев Бақыт");
	assert_has(v, "1 found");
	done(v);
	v = send(&leader, id,
	    with(body_of(&leader, id), "owner", arena_printf(CX->arena, "%lld", (long long)alive)));
	assert_int_equal(v->rq->res.status, 303);
	done(v);
	v = send(&leader, id,
	    with(body_of(&leader, id), "owner", arena_printf(CX->arena, "%lld", (long long)other)));
	assert_int_equal(v->status, 422);
	assert_has(v, "Owner: There is no such record.");
	assert_lacks(v, "Серік");
	done(v);
	assert_int_equal(stored(id).owner, alive);
	for (i = 0; i < 12; i++)
		make_human("Көп", arena_printf(CX->arena, "Адам %d", i), 1);
	v = send(&clerk, id, with(with(body_of(&clerk, id), "owner_q", "коп"), "_find", "owner"));
	assert_int_equal(times(v, "<span>Көп "), 10);
	assert_has(v, "The first 10 are shown.");
	done(v);
}

static void
no_flood_of_words(void **state)
{
	struct buf b;
	int i;

	(void)state;
	buf_init(&b, CX->arena, 0);
	for (i = 0; i < 300; i++)
		buf_str(&b, "a ");
	done(send(&clerk, 0, with(with(body_of(&clerk, 0), "owner_q", b.p), "_find", "owner")));
}

static void
conflict_shows_both(void **state)
{
	int64_t id;
	const char *mine;
	struct thing t;
	struct view *v;

	(void)state;
	id = make_thing(full_thing());
	mine = with(with(body_of(&clerk, id), "phone", "+7 111"), "name_en", "Steppe");
	done(send(&clerk, id, with(body_of(&clerk, id), "phone", "+7 222")));
	v = send(&clerk, id, mine);
	assert_int_equal(v->status, 409);
	assert_has(v,
	    "<td data-l='As you wrote it'>+7 111</td><td data-l='As it is stored now'>+7 222</td>");
	assert_has(v, "· Степь · Steppe</td>");
	assert_int_equal(times(v, "<tr><th scope='row'>"), 2);
	assert_has(v, "name='_version' value='2'");
	assert_has(v, "name='phone' value='+7 111'");
	mine = browser_body(v);
	done(v);
	assert_string_equal(stored(id).phone, "+7 222");
	v = send(&clerk, id, mine);
	assert_int_equal(v->rq->res.status, 303);
	done(v);
	t = stored(id);
	assert_string_equal(t.phone, "+7 111");
	assert_string_equal(t.name.en, "Steppe");
	v = send(&clerk, id, with(with(mine, "_version", NULL), "phone", "+7 333"));
	assert_int_equal(v->status, 409);
	done(v);
}

static void
one_record_from_a_double_click(void **state)
{
	const char *body, *other;
	struct view *v;

	(void)state;
	body = with(
	    with(with(body_of(&clerk, 0), "name_kk", "Бір"), "day", "01.11.2024"), "size", "l");
	v = send(&clerk, 0, body);
	assert_string_equal(v->rq->res.head[0].value, "/en/things/1");
	done(v);
	v = send(&clerk, 0, body);
	assert_int_equal(v->rq->res.status, 303);
	assert_string_equal(v->rq->res.head[0].value, "/en/things/1");
	done(v);
	assert_int_equal(house_int(&h, "SELECT count(*) FROM thing"), 1);
	/* Other contents from the same page (the back button) are another record. */
	other = with(body, "name_kk", "Екі");
	done(send(&clerk, 0, other));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM thing"), 2);
	/* A word that no form of ours makes is no reason to fail, nor to join two records. */
	done(send(&clerk, 0, with(body, "_once", "../../x y")));
	assert_int_equal(house_int(&h, "SELECT count(*) FROM thing"), 3);
}

static void
again_leads_to_the_empty_form(void **state)
{
	const char *body;
	struct view *v;

	(void)state;
	form_again = true;
	body = with(
	    with(with(body_of(&clerk, 0), "name_kk", "Бір"), "day", "01.11.2024"), "size", "l");
	v = send(&clerk, 0, with(body, "_again", "1"));
	assert_string_equal(v->rq->res.head[0].value, "/en/things/new");
	done(v);
	form_again = false;
}

static void
a_taken_value_is_refused(void **state)
{
	const char *body;
	struct view *v;

	(void)state;
	make_thing(small_thing("Бар", "taken", 20241101));
	body = with(
	    with(with(body_of(&clerk, 0), "name_kk", "Бір"), "day", "01.11.2024"), "size", "l");
	v = send(&clerk, 0, with(body, "code", "taken"));
	assert_int_equal(v->status, 422);
	assert_has(v, "Code: This value is taken already");
	done(v);
}

static void
who_may_not_write_gets_no_fields(void **state)
{
	int64_t id;
	struct view *v;

	(void)state;
	id = make_thing(full_thing());
	v = open_form(&actor_guest, id);
	assert_lacks(v, "name='name_kk'");
	done(v);
	v = post(&actor_guest, edit_path(id), "name_kk=x&_version=1");
	struct thing t;
	assert_int_equal(edit(v, id, &t), RC_DENIED);
	done(v);
	assert_string_equal(stored(id).name.kk, "Ұлы <дала> \"елі\" & 'жер'");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)
	const struct CMUnitTest tests[] = { T(unchanged_form_changes_nothing),
		T(empty_form_makes_a_record), T(refused_fields_stay_as_typed),
		T(only_the_form_is_read), T(boxes_and_sealed_values), T(references_by_search),
		T(no_flood_of_words), T(conflict_shows_both), T(one_record_from_a_double_click),
		T(again_leads_to_the_empty_form), T(a_taken_value_is_refused),
		T(who_may_not_write_gets_no_fields) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

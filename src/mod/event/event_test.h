/* event_test.h – what the tests of events share: a house with all kinds, and short words for making
 * bodies, persons and events. Header-only; each test program has its own house. */
#ifndef MOD_EVENT_TEST_H
#define MOD_EVENT_TEST_H

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
#include "mod/event/event.h"
#include "mod/registry/registry.h"

#ifndef MORE_KINDS
#define MORE_KINDS
#endif
static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &body_name_kind, &body_group_kind,
	&accreditation_kind, &population_kind, &person_kind, &ethnicity_kind, &office_kind,
	&office_holder_kind, &membership_kind, &event_kind_kind, &observance_kind, &programme_kind,
	&event_kind, &part_kind, &organiser_kind, &attendance_kind, &file_kind,
	&cost_kind MORE_KINDS };

static struct house house;
static enum db_engine engine;
static struct cell_source sources[2];
static const struct figure *figures[64];
#define CX (&house.cx)
#define BROKEN(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))
#define OK(call) ok_at((call), #call, __LINE__)

static inline void
ok_at(int rc, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;
	if (rc == RC_OK)
		return;
	print_error("line %d: %s = %d %s (%s)\n", line, what, rc,
	    CX->err.text == NULL ? "" : CX->err.text, CX->err.detail == NULL ? "" : CX->err.detail);
	for (; f != NULL; f = f->next)
		print_error("  %s: %s\n", f->field, f->text);
	assert_int_equal(rc, RC_OK);
}

static inline int
open_house(void **state)
{
	(void)state;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	memcpy(figures, event_figures, event_nfigures * sizeof *figures);
	figures[event_nfigures] = &eca_members_figure;
	figure_init(figures, event_nfigures + 1);
	sources[0] = registry_cells;
	sources[1] = event_cells;
	figure_sources(sources, 2);
	figure_checks(&event_tally_check, 1);
	past_views_set(event_past_views, event_npast_views);
	person_links_add(event_links, event_nlinks);
	OK(registry_seed(CX));
	OK(event_seed(CX));
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

static inline int64_t
find(const char *table, const char *code)
{
	const char *sql = arena_printf(CX->arena, "SELECT id FROM %s WHERE code = $1", table);
	int64_t id = 0;
	OK(db_int(CX, &id, sql, VALS(v_text(code))));
	return id;
}

static inline int64_t
body(const char *code, int64_t parent)
{
	struct body b;
	kind_empty(&body_kind, &b);
	b.code = code;
	b.kind = find("body_kind", parent == 0 ? "eca" : "eca_branch");
	b.parent = parent;
	b.name = (struct text3){ arena_printf(CX->arena, "%s атауы", code), NULL, NULL };
	OK(kind_insert(CX, &body_kind, &b));
	return b.rec.id;
}

static inline int64_t
person(int n)
{
	struct person p;

	kind_empty(&person_kind, &p);
	p.surname = arena_printf(CX->arena, "Адам%d", n);
	p.given = "Сынақ";
	OK(kind_insert(CX, &person_kind, &p));
	return p.rec.id;
}

static inline struct event
new_event(const char *name, int64_t lead, int day, const char *state)
{
	struct event e;

	kind_empty(&event_kind, &e);
	e.name = (struct text3){ name, NULL, NULL };
	e.kind = find("event_kind", "concert");
	e.body = lead;
	e.first_day = day;
	e.state = state;
	if (state != NULL && (strcmp(state, "postponed") == 0 || strcmp(state, "cancelled") == 0))
		e.state_reason = "weather";
	return e;
}

static inline struct event
event(const char *name, int64_t lead, int day, const char *state)
{
	struct event e = new_event(name, lead, day, state);

	OK(kind_insert(CX, &event_kind, &e));
	return e;
}

static inline struct event
reload(int64_t id)
{
	struct event e;

	return ok_at(kind_load(CX, &event_kind, id, &e), "reload", 0), e;
}

static inline int
move(int64_t id, const char *action, const char *reason)
{
	return event_move(CX, id, reload(id).rec.version, action, reason);
}

static inline struct event_count
count(int64_t id)
{
	struct event_count c;
	struct event e = reload(id);

	OK(event_count(CX, &e, &c));
	return c;
}

static inline struct figure_answer
answer_for(const char *code, const struct ask *a)
{
	struct figure_answer kept, counted;
	const struct figure *f = figure_find(code);
	OK(figure_answer(CX, f, a, &kept));
	OK(figure_recount(CX, f, a, &counted));
	if (kept.known != counted.known || kept.value != counted.value ||
	    kept.records != counted.records || kept.without != counted.without ||
	    kept.exactness != counted.exactness)
		BROKEN("%s body %d district %d %d..%d: kept %.1f (%d, %d), counted %.1f (%d, %d)",
		    code, (int)a->body, (int)a->district, a->from, a->to, kept.value,
		    (int)kept.records, (int)kept.without, counted.value, (int)counted.records,
		    (int)counted.without);
	return kept;
}

static inline struct figure_answer
answer(const char *code)
{
	struct ask a;
	ask_default(CX, &a);
	return answer_for(code, &a);
}

static inline void
verified(void)
{
	struct buf out;
	int64_t n;

	buf_init(&out, CX->arena, 0);
	OK(figure_verify(CX, &out, &n));
	if (n != 0)
		BROKEN("%s", out.p);
	house_next(&house);
}
#endif

/* event_days.c – the day of an observance in a year, and the lists that a new database begins with.
 *
 * Rules are those of data/README.md: a day of the year, the N-th weekday of a month, Orthodox Easter,
 * or days written down because they are announced each year. */
#include "mod/event/event_inner.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/data.h"
#include "text/csv_read.h"

static int
nth_weekday(int year, int n, int weekday, int month)
{
	int len, day, dom;

	if (month < 1 || month > 12 || weekday < 1 || weekday > 7)
		return 0;
	len = day_month_len(year, month);
	if (n > 0) {
		day = day_weekday(day_make(year, month, 1));
		dom = 1 + (weekday - day + 7) % 7 + (n - 1) * 7;
	} else {
		day = day_weekday(day_make(year, month, len));
		dom = len - (day - weekday + 7) % 7 + (n + 1) * 7;
	}
	return dom >= 1 && dom <= len ? day_make(year, month, dom) : 0;
}

static int
listed_day(const char *dates, int year)
{
	const char *p = dates == NULL ? "" : dates;

	for (; *p != '\0'; p += strcspn(p, ";"), p += *p == ';') {
		int y, m, d;

		if (sscanf(p, "%4d-%2d-%2d", &y, &m, &d) == 3 && y == year &&
		    day_valid(day_make(y, m, d)))
			return day_make(y, m, d);
	}
	return 0;
}

int
observance_day(const struct observance *o, int year)
{
	const char *rule = o->rule == NULL ? "" : o->rule;
	int n, w, m, day;

	if (year < 1000 || year > 9999 || (o->since != INT_NONE && year < o->since))
		return 0;
	if (strcmp(rule, "orthodox_easter") == 0)
		return day_easter_orthodox(year);
	if (strcmp(rule, "dates") == 0)
		return listed_day(o->dates, year);
	if (sscanf(rule, "nth:%d:%d:%d", &n, &w, &m) == 3)
		return n == 0 ? 0 : nth_weekday(year, n, w, m);
	if (*rule != '\0' || o->month < 1 || o->month > 12 || o->dom < 1 || o->dom > 31)
		return 0;
	day = day_make(year, (int)o->month, (int)o->dom);
	return day_valid(day) ? day : 0;
}

/* ---- seed ---- */

static int64_t
int_cell(const struct csv_read *r, const char *column)
{
	const char *s = csv_read_cell(r, column);
	int64_t n;

	return num_parse(s, &n) ? n : INT_NONE;
}

static struct text3
name_cells(const struct csv_read *r)
{
	return (
	    struct text3){ csv_read_cell(r, "kk"), csv_read_cell(r, "ru"), csv_read_cell(r, "en") };
}

static int
seed_event_kind(struct ctx *cx, struct tx *tx, const struct csv_read *r, int64_t rank)
{
	struct event_kind k;

	kind_empty(&event_kind_kind, &k);
	k.code = csv_read_cell(r, "code");
	k.theme = csv_read_cell(r, "group");
	k.name = name_cells(r);
	k.counted = strcmp(csv_read_cell(r, "counted"), "yes") == 0;
	k.rank = rank;
	return kind_insert_tx(cx, tx, &event_kind_kind, &k);
}

static int
seed_observance(struct ctx *cx, struct tx *tx, const struct csv_read *r, int64_t rank)
{
	struct observance o;

	(void)rank;
	kind_empty(&observance_kind, &o);
	o.code = csv_read_cell(r, "code");
	o.month = int_cell(r, "month");
	o.dom = int_cell(r, "day");
	o.rule = csv_read_cell(r, "rule");
	o.dates = csv_read_cell(r, "dates");
	o.name = name_cells(r);
	o.type = csv_read_cell(r, "kind");
	o.day_off = strcmp(csv_read_cell(r, "day_off"), "yes") == 0;
	o.since = int_cell(r, "since");
	return kind_insert_tx(cx, tx, &observance_kind, &o);
}

struct seed {
	const char *list, *find;
	int (*row)(struct ctx *cx, struct tx *tx, const struct csv_read *r, int64_t rank);
};

static int
seed_list(struct ctx *cx, struct tx *tx, const struct seed *s)
{
	const char *text = house_data(s->list);
	struct csv_read r;
	int64_t rank = 0, id;

	if (text == NULL)
		return fail(cx, RC_BUG, "%s: no such list", s->list);
	if (csv_read_open(&r, cx->arena, text, ',') != RC_OK)
		return fail(cx, RC_BUG, "%s: %s", s->list, r.error);
	while (csv_read_row(&r)) {
		int rc = db_int(cx, &id, s->find, VALS(v_text(csv_read_cell(&r, "code"))));

		rank += 10;
		if (rc == RC_NOTFOUND)
			rc = s->row(cx, tx, &r, rank);
		TRY(rc);
	}
	return r.error == NULL ? RC_OK
			       : fail(cx, RC_BUG, "%s, line %d: %s", s->list, r.line, r.error);
}

static int
seed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	static const struct seed lists[] = {
		{ "event_kinds.csv", "SELECT id FROM event_kind WHERE code = $1", seed_event_kind },
		{ "observances.csv", "SELECT id FROM observance WHERE code = $1", seed_observance },
	};
	size_t i;

	(void)arg;
	for (i = 0; i < ARRAY_LEN(lists); i++)
		TRY(seed_list(cx, tx, &lists[i]));
	return RC_OK;
}

int
event_seed(struct ctx *cx)
{
	return db_write(cx, seed_fn, NULL);
}

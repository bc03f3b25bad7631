/* draft_judge.c – a count against its figure: true, stale, false. */
#include "mod/draft/draft_inner.h"

#include <math.h>
#include <jansson.h>

#include "base/clock.h"
#include "kind/query.h"
#include "mod/office/office.h"

enum { MOMENTS = 6, EDITIONS = 24, LATE_MAX = 40 };

static bool
value_of(const struct figure_answer *a, int64_t *out)
{
	if (!a->known || !isfinite(a->value) || fabs(a->value) > 9e15)
		return false;
	*out = llround(a->value);
	return true;
}

/* ---- stale: an edition said so ---- */

static bool
edition_value(const char *content, const char *code, int64_t *out)
{
	json_t *root = json_loads(content, 0, NULL), *list = json_object_get(root, "figures"), *f;
	bool found = false;
	size_t i;

	json_array_foreach(list, i, f)
	{
		const char *name = json_string_value(json_object_get(f, "code"));
		json_t *v = json_object_get(f, "value");

		/* The undimensioned object of a code stands first. */
		if (name != NULL && strcmp(name, code) == 0) {
			found = json_is_number(v);
			if (found)
				*out = llround(json_number_value(v));
			break;
		}
	}
	json_decref(root);
	return found;
}

static bool
edition_fits(const struct edition *e, const struct draft_claim *d)
{
	int year = d->figure->time == FIGURE_PERIOD ? d->ask.to / 10000 : d->ask.on / 10000;

	return strcmp(e->state, "withdrawn") != 0 && e->to_day / 10000 == year &&
	       (e->body == INT_NONE ? 0 : e->body) == d->ask.body &&
	       (e->district == INT_NONE ? 0 : e->district) == d->ask.district;
}

static int
edition_said(struct draft_work *w, struct draft_claim *d, bool *said)
{
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(w->cx, &q, &edition_kind));
	TRY(query_sort(&q, "-number"));
	q.limit = EDITIONS;
	TRY(query_list(&q, &l));
	for (i = 0; i < l.n && !*said; i++) {
		const struct edition *e = list_row(&l, &edition_kind, i);
		const char *content;
		int64_t v;

		if (!edition_fits(e, d))
			continue;
		TRY(edition_text(w->cx, e, &content));
		if (edition_value(content, d->figure->code, &v) &&
		    claim_true(d->relation, d->value, v)) {
			*said = true;
			d->note = arena_printf(w->cx->arena, "edition %lld", (long long)e->number);
		}
	}
	return RC_OK;
}

/* ---- stale: it was so before the records changed ---- */

static int
read_moments(struct draft_work *w)
{
	int64_t *m = arena_array(w->cx->arena, int64_t, MOMENTS);
	int64_t first = 0, from;
	AUTO_ROWS r = { 0 };

	w->moments_read = true;
	w->moment = m;
	from = day_start(day_year(day_of_moment(w->cx->now)) * 10000 + 101);
	TRY(db_int(w->cx, &first, "SELECT coalesce(min(at), 0) FROM history", NO_VALS));
	TRY(db_rows(w->cx, &r,
	    "SELECT DISTINCT at FROM history WHERE at >= $1 AND at > $2 ORDER BY at DESC LIMIT 6",
	    VALS(v_int(from), v_int(first))));
	while (rows_next(&r) && w->nmoments < MOMENTS)
		m[w->nmoments++] = row_int(&r, 0);
	return rows_end(&r);
}

/* Asked as known just before each of the last changes; only sums of the whole are asked so, since they
 * are kept. */
static int
known_said(struct draft_work *w, struct draft_claim *d, bool *said)
{
	size_t i;

	if (!w->moments_read)
		TRY(read_moments(w));
	for (i = 0; i < w->nmoments && !*said; i++) {
		struct ask ask = d->ask;
		struct figure_answer a;
		char at[32];
		int64_t v;

		ask.known = w->moment[i] - US_PER_SECOND;
		TRY(figure_answer(w->cx, d->figure, &ask, &a));
		if (!value_of(&a, &v) || !claim_true(d->relation, d->value, v))
			continue;
		*said = true;
		moment_rfc3339(ask.known, at);
		d->note = arena_printf(w->cx->arena, "known %s", at);
	}
	return RC_OK;
}

/* ---- the verdict ---- */

static bool
same_ask(const struct ask *a, const struct ask *b)
{
	return a->on == b->on && a->from == b->from && a->to == b->to && a->body == b->body &&
	       a->district == b->district;
}

static int
answered(struct draft_work *w, const struct draft_claim *d, const struct ask *ask, bool *known,
    int64_t *v)
{
	struct figure_answer a;
	size_t i;

	*known = false;
	for (i = 0; i < w->nanswers && i < DRAFT_ANSWERS; i++)
		if (w->answer[i].figure == d->figure && same_ask(&w->answer[i].ask, ask)) {
			*known = value_of(&w->answer[i], v);
			return RC_OK;
		}
	if (!figure_may_value(w->cx, d->figure, ask))
		return RC_OK;
	TRY(figure_answer(w->cx, d->figure, ask, &a));
	a.figure = d->figure;
	a.ask = *ask;
	w->answer[w->nanswers++ % DRAFT_ANSWERS] = a;
	*known = value_of(&a, v);
	return RC_OK;
}

static bool
counts_people(const struct claim *c)
{
	return c->unit == CLAIM_PERSON || c->unit == CLAIM_PARTICIPANT;
}

int
judge_count(struct draft_work *w, const struct claim *c, struct draft_claim *d)
{
	struct ask whole, part;
	bool known, stale = false;
	int64_t v = 0, pv;

	d->verdict = DRAFT_NOSOURCE;
	d->figure = figure_of(w, c);
	if (d->figure == NULL)
		return RC_OK;
	ask_of(w, c, &whole);
	d->ask = part = whole;
	TRY(answered(w, d, &whole, &known, &v));
	if (!known) {
		d->figure = NULL;
		return RC_OK;
	}
	/* The part that is named is meant, unless the number is that of the whole. */
	if (!claim_true(c->relation, c->value, v) && narrowed(w, c, &part, d)) {
		TRY(answered(w, d, &part, &known, &pv));
		if (known) {
			v = pv;
			d->ask = part;
		} else
			d->body = d->district = NULL;
	}
	d->matched = d->figure->code;
	d->title = d->figure->name;
	d->path = arena_printf(w->cx->arena, "/figures/%s", d->figure->code);
	d->expected = arena_printf(w->cx->arena, "%lld", (long long)v);
	if (strcmp(d->figure->code, "participants_total") == 0 && counts_people(c))
		d->note = "attendances";
	if (claim_true(c->relation, c->value, v)) {
		d->verdict = DRAFT_TRUE;
		return RC_OK;
	}
	/* The past is asked for the first of them: nobody reads the thousandth. */
	if (w->judged_late++ < LATE_MAX) {
		TRY(edition_said(w, d, &stale));
		if (!stale)
			TRY(known_said(w, d, &stale));
	}
	d->verdict = stale ? DRAFT_STALE : DRAFT_FALSE;
	d->suggestion = claim_say(w->cx->arena, &w->t, c, v);
	return RC_OK;
}

/* contest_table.c – reads a whole contest into one table and ranks it. See contest_table.h. */
#include "mod/contest/contest_inner.h"

#include <stdlib.h>

static bool
is(const char *code, const char *wanted)
{
	return code != NULL && strcmp(code, wanted) == 0;
}

static int
load_parts(struct ctx *cx, struct contest_table *t)
{
	bool lot = t->c.blind && contest_stage(t->c.state) == STAGE_JUDGING;
	int64_t id = t->c.rec.id;
	void *p;

	TRY(kind_load_all(cx, &nomination_kind,
	    "SELECT id FROM nomination WHERE contest = $1 ORDER BY coalesce(rank, 100000), id", id,
	    &p, &t->nnominations));
	t->nomination = p;
	TRY(kind_load_all(cx, &age_group_kind,
	    "SELECT id FROM age_group WHERE contest = $1 ORDER BY coalesce(from_age, 0), id", id,
	    &p, &t->nages));
	t->age_group = p;
	TRY(kind_load_all(cx, &criterion_kind,
	    "SELECT id FROM criterion WHERE contest = $1 ORDER BY coalesce(rank, 100000), id", id,
	    &p, &t->ncriteria));
	t->criterion = p;
	TRY(kind_load_all(cx, &contest_entry_kind,
	    lot ? "SELECT id FROM contest_entry WHERE contest = $1 AND withdrawn_on IS NULL ORDER "
		  "BY "
		  "code, id"
		: "SELECT id FROM contest_entry WHERE contest = $1 AND withdrawn_on IS NULL ORDER "
		  "BY "
		  "number",
	    id, &p, &t->nentries));
	t->entry = p;
	TRY(kind_load_all(cx, &juror_kind,
	    "SELECT id FROM juror WHERE contest = $1 AND ended = 0 ORDER BY chair DESC, id", id, &p,
	    &t->njurors));
	t->juror = p;
	return RC_OK;
}

ptrdiff_t
contest_entry_at(const struct contest_table *t, int64_t id)
{
	size_t i;

	for (i = 0; i < t->nentries; i++)
		if (t->entry[i].rec.id == id)
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t
contest_juror_at(const struct contest_table *t, int64_t id)
{
	size_t i;

	for (i = 0; i < t->njurors; i++)
		if (t->juror[i].rec.id == id)
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t
contest_code_at(const struct contest_table *t, int64_t code)
{
	size_t i;

	for (i = 0; i < t->nentries; i++)
		if (contest_row_code(t, i) == code)
			return (ptrdiff_t)i;
	return -1;
}

int64_t
contest_row_code(const struct contest_table *t, size_t e)
{
	return t->entry[e].code == INT_NONE ? t->entry[e].number : t->entry[e].code;
}

/* ---- what is left out ---- */

static void
leave_out(struct contest_table *t, size_t j, size_t e, const char *ground)
{
	if (t->ground[j * t->nentries + e] == NULL)
		t->ground[j * t->nentries + e] = ground;
}

/* Whoever takes part, alone or in a team, judges nothing of his own. */
static int
leave_out_person(
    struct ctx *cx, struct contest_table *t, size_t j, int64_t person, const char *ground)
{
	int64_t *entries;
	size_t n, i, e;

	if (person == 0)
		return RC_OK;
	TRY(kind_ids(cx, "SELECT entry FROM contest_member WHERE person = $1 AND ended = 0", person,
	    &entries, &n));
	for (e = 0; e < t->nentries; e++) {
		bool named = t->entry[e].person == person;

		for (i = 0; i < n && !named; i++)
			named = entries[i] == t->entry[e].rec.id;
		if (named)
			leave_out(t, j, e, ground);
	}
	return RC_OK;
}

static int
leave_out_body(struct ctx *cx, struct contest_table *t, size_t j, const struct juror_conflict *k)
{
	const int64_t *bodies;
	size_t n, i, e;

	TRY(body_subtree(cx, k->body, &bodies, &n));
	for (e = 0; e < t->nentries; e++)
		for (i = 0; i < n; i++)
			if (t->entry[e].body == bodies[i])
				leave_out(t, j, e, k->ground);
	return RC_OK;
}

static int
leave_out_all(struct ctx *cx, struct contest_table *t)
{
	struct juror_conflict *k;
	size_t n, i, j;
	void *p;

	t->ground = arena_array(cx->arena, const char *, t->njurors * t->nentries + 1);
	TRY(kind_load_all(cx, &juror_conflict_kind,
	    "SELECT k.id FROM juror_conflict k JOIN juror j ON j.id = k.juror WHERE j.contest = $1 "
	    "AND "
	    "k.decision = 'excluded' ORDER BY k.id",
	    t->c.rec.id, &p, &n));
	k = p;
	for (j = 0; j < t->njurors; j++)
		TRY(leave_out_person(cx, t, j, t->juror[j].person, "self"));
	for (i = 0; i < n; i++) {
		ptrdiff_t juror = contest_juror_at(t, k[i].juror), entry;

		if (juror < 0)
			continue;
		entry = contest_entry_at(t, k[i].entry);
		if (entry >= 0)
			leave_out(t, (size_t)juror, (size_t)entry, k[i].ground);
		TRY(leave_out_person(cx, t, (size_t)juror, k[i].person, k[i].ground));
		if (k[i].body != 0)
			TRY(leave_out_body(cx, t, (size_t)juror, &k[i]));
	}
	return RC_OK;
}

/* ---- points ---- */

static ptrdiff_t
criterion_at(const struct contest_table *t, int64_t id)
{
	size_t i;

	for (i = 0; i < t->ncriteria; i++)
		if (t->criterion[i].rec.id == id)
			return (ptrdiff_t)i;
	return -1;
}

static int
load_scores(struct ctx *cx, const struct contest_table *t, int64_t *score)
{
	AUTO_ROWS r = { 0 };
	size_t i, all = t->njurors * t->nentries * t->ncriteria;

	for (i = 0; i < all; i++)
		score[i] = NO_SCORE;
	TRY(db_rows(cx, &r,
	    "SELECT s.juror, s.entry, s.criterion, s.value FROM contest_score s JOIN contest_entry "
	    "e ON "
	    "e.id = s.entry WHERE e.contest = $1",
	    VALS(v_int(t->c.rec.id))));
	while (rows_next(&r)) {
		ptrdiff_t j = contest_juror_at(t, row_int(&r, 0)),
			  e = contest_entry_at(t, row_int(&r, 1)),
			  c = criterion_at(t, row_int(&r, 2));

		if (j >= 0 && e >= 0 && c >= 0)
			score[((size_t)j * t->nentries + (size_t)e) * t->ncriteria + (size_t)c] =
			    row_int(&r, 3);
	}
	return rows_end(&r);
}

static ptrdiff_t
index_of(const struct contest_table *t, const struct kind *k, int64_t id)
{
	size_t i;

	if (k == &nomination_kind) {
		for (i = 0; i < t->nnominations; i++)
			if (t->nomination[i].rec.id == id)
				return (ptrdiff_t)i;
	} else
		for (i = 0; i < t->nages; i++)
			if (t->age_group[i].rec.id == id)
				return (ptrdiff_t)i;
	return -1;
}

/* Groups in the order of nominations, then of age groups. */
static int
group_of(const struct contest_table *t, const struct contest_entry *e)
{
	return (
	    int)((index_of(t, &nomination_kind, e->nomination) + 1) * (ptrdiff_t)(t->nages + 1) +
		 index_of(t, &age_group_kind, e->age_group) + 1);
}

void
contest_frame_ranks(struct ctx *cx, struct contest_table *t, const int64_t *score)
{
	struct arena *a = cx->arena;
	int64_t *weight = arena_array(a, int64_t, t->ncriteria + 1);
	bool *excluded = arena_array(a, bool, t->njurors * t->nentries + 1);
	int *group = arena_array(a, int, t->nentries + 1);
	size_t i;

	for (i = 0; i < t->ncriteria; i++)
		weight[i] = t->criterion[i].weight;
	for (i = 0; i < t->njurors * t->nentries; i++)
		excluded[i] = t->ground[i] != NULL;
	for (i = 0; i < t->nentries; i++)
		group[i] = group_of(t, &t->entry[i]);
	t->in = (struct rank_in){ t->njurors, t->nentries, t->ncriteria, weight, score, excluded,
		group, t->njurors > 0 && t->juror[0].chair ? 0 : -1,
		is(t->c.tie_rule, "shared")  ? TIE_SHARED
		: is(t->c.tie_rule, "chair") ? TIE_CHAIR
					     : TIE_CRITERIA,
		is(t->c.decides, "normal") };
}

int
contest_frame(struct ctx *cx, int64_t contest, struct contest_table *t)
{
	*t = (struct contest_table){ 0 };
	TRY(kind_load(cx, &contest_kind, contest, &t->c));
	TRY(kind_load(cx, &event_kind, t->c.event, &t->event));
	TRY(load_parts(cx, t));
	return leave_out_all(cx, t);
}

int
contest_table(struct ctx *cx, int64_t contest, struct contest_table *t)
{
	int64_t *score;

	TRY(contest_frame(cx, contest, t));
	score = arena_array(cx->arena, int64_t, t->njurors * t->nentries * t->ncriteria + 1);
	TRY(load_scores(cx, t, score));
	contest_frame_ranks(cx, t, score);
	t->rank = arena_array(cx->arena, struct ranked, t->nentries + 1);
	rank_all(cx->arena, &t->in, t->rank);
	return RC_OK;
}

size_t
contest_missing(const struct contest_table *t, size_t juror, size_t *of)
{
	size_t e, missing = 0;

	*of = 0;
	for (e = 0; e < t->nentries; e++)
		if (!rank_excluded(&t->in, juror, e)) {
			++*of;
			missing += !rank_complete(&t->in, juror, e);
		}
	return missing;
}

/* ---- order and words ---- */

static int64_t
place_at(const struct contest_table *t, size_t e)
{
	int64_t given = t->entry[e].place;

	if (contest_stage(t->c.state) >= STAGE_CLOSED)
		return given == INT_NONE ? INT64_MAX : given;
	return t->rank[e].place == 0 ? INT64_MAX : t->rank[e].place;
}

static bool
before(const struct contest_table *t, size_t a, size_t b)
{
	if (t->in.group[a] != t->in.group[b])
		return t->in.group[a] < t->in.group[b];
	if (place_at(t, a) != place_at(t, b))
		return place_at(t, a) < place_at(t, b);
	return t->entry[a].number < t->entry[b].number;
}

const size_t *
contest_order(struct ctx *cx, const struct contest_table *t)
{
	size_t *o = arena_array(cx->arena, size_t, t->nentries + 1), i, k;

	for (i = 0; i < t->nentries; i++) {
		for (k = i; k > 0 && before(t, i, o[k - 1]); k--)
			o[k] = o[k - 1];
		o[k] = i;
	}
	return o;
}

static const char *
both(struct ctx *cx, const char *a, const char *b)
{
	return *a == '\0' ? b : *b == '\0' ? a : arena_printf(cx->arena, "%s · %s", a, b);
}

const char *
contest_class(struct ctx *cx, const struct contest_table *t, size_t e)
{
	ptrdiff_t n = index_of(t, &nomination_kind, t->entry[e].nomination),
		  g = index_of(t, &age_group_kind, t->entry[e].age_group);
	const char *a = n < 0 ? "" : tr3(cx, &t->nomination[n].name, NULL),
		   *b = g < 0 ? "" : tr3(cx, &t->age_group[g].name, NULL);

	return both(cx, a, b);
}

int
contest_class_of(struct ctx *cx, const struct contest_entry *e, const char **out)
{
	const char *a = "", *b = "";

	if (e->nomination != 0)
		TRY(kind_titles(cx, &nomination_kind, &e->nomination, 1, &a));
	if (e->age_group != 0)
		TRY(kind_titles(cx, &age_group_kind, &e->age_group, 1, &b));
	*out = both(cx, a, b);
	return RC_OK;
}

int
contest_entrant(struct ctx *cx, const struct contest_entry *e, const char **out)
{
	if (is(e->type, "team")) {
		*out = e->team == NULL ? "—" : e->team;
		return RC_OK;
	}
	*out = "";
	if (is(e->type, "person") && e->person != 0)
		TRY(kind_titles(cx, &person_kind, &e->person, 1, out));
	else if (is(e->type, "body") && e->body != 0)
		TRY(kind_titles(cx, &body_kind, &e->body, 1, out));
	if (**out == '\0')
		*out = trf(cx, "entry %s", num(cx, e->number));
	return RC_OK;
}

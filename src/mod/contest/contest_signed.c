/* contest_signed.c – a signed contest as it was signed: the table is made out of the text, record by id, so that
 * what is shown and printed later is what was signed; only names are today's (an erased person has none). */
#include <jansson.h>

#include "mod/contest/contest_inner.h"

static int64_t
number(const json_t *row, const char *key)
{
	return json_integer_value(json_object_get(row, key));
}

static int64_t
number_or_none(const json_t *row, const char *key)
{
	int64_t n = number(row, key);

	return n == 0 ? INT_NONE : n;
}

static int
read_jury(struct ctx *cx, const json_t *root, struct contest_table *t)
{
	const json_t *rows = json_object_get(root, "jury");
	size_t i;

	t->njurors = json_array_size(rows);
	t->juror = arena_array(cx->arena, struct juror, t->njurors + 1);
	for (i = 0; i < t->njurors; i++) {
		const json_t *row = json_array_get(rows, i);

		TRY(kind_load(cx, &juror_kind, number(row, "juror"), &t->juror[i]));
		t->juror[i].chair = json_is_true(json_object_get(row, "chair"));
		t->juror[i].ended = false;
	}
	return RC_OK;
}

static void
read_rank(const json_t *row, struct ranked *r)
{
	r->jurors = json_array_size(json_object_get(row, "points"));
	r->num = number(row, "sum");
	r->den = number(row, "over");
	r->raw_rank = (int)number(row, "raw_rank");
	r->normal = (double)number(row, "normal_millionths") / 1e6;
	r->normal_rank = (int)number(row, "normal_rank");
	r->parted = (int)number(row, "parted");
	r->place = (int)number(row, "place");
}

static int
read_entries(struct ctx *cx, const json_t *root, struct contest_table *t)
{
	const json_t *rows = json_object_get(root, "entries");
	size_t i;

	t->nentries = json_array_size(rows);
	t->entry = arena_array(cx->arena, struct contest_entry, t->nentries + 1);
	t->rank = arena_array(cx->arena, struct ranked, t->nentries + 1);
	for (i = 0; i < t->nentries; i++) {
		const json_t *row = json_array_get(rows, i);
		struct contest_entry *e = &t->entry[i];

		TRY(kind_load(cx, &contest_entry_kind, number(row, "entry"), e));
		e->number = number(row, "number");
		e->code = number_or_none(row, "code");
		e->nomination = number(row, "nomination");
		e->age_group = number(row, "age_group");
		e->place = number_or_none(row, "place");
		e->decided = json_is_true(json_object_get(row, "decided"));
		read_rank(row, &t->rank[i]);
	}
	return RC_OK;
}

/* Points and what is left out, at their old places in the table. */
static void
read_points(struct ctx *cx, const json_t *root, struct contest_table *t, int64_t *score)
{
	const json_t *rows = json_object_get(root, "entries"),
		     *out = json_object_get(root, "left_out");
	size_t i, k, c;

	for (i = 0; i < json_array_size(out); i++) {
		const json_t *row = json_array_get(out, i);
		ptrdiff_t j = contest_juror_at(t, number(row, "juror")),
			  e = contest_entry_at(t, number(row, "entry"));

		if (j >= 0 && e >= 0)
			t->ground[(size_t)j * t->nentries + (size_t)e] =
			    arena_str(cx->arena, json_string_value(json_object_get(row, "ground")));
	}
	for (i = 0; i < t->nentries; i++) {
		const json_t *points = json_object_get(json_array_get(rows, i), "points");

		for (k = 0; k < json_array_size(points); k++) {
			const json_t *row = json_array_get(points, k),
				     *of = json_object_get(row, "of");
			ptrdiff_t j = contest_juror_at(t, number(row, "juror"));

			for (c = 0; j >= 0 && c < t->ncriteria; c++)
				score[((size_t)j * t->nentries + i) * t->ncriteria + c] =
				    json_integer_value(json_array_get(of, c));
		}
	}
}

static int
read_all(struct ctx *cx, const json_t *root, struct contest_table *t)
{
	int64_t *score;
	size_t i, all;

	TRY(read_jury(cx, root, t));
	TRY(read_entries(cx, root, t));
	all = t->njurors * t->nentries * t->ncriteria;
	score = arena_array(cx->arena, int64_t, all + 1);
	for (i = 0; i < all; i++)
		score[i] = NO_SCORE;
	t->ground = arena_array(cx->arena, const char *, t->njurors * t->nentries + 1);
	read_points(cx, root, t, score);
	contest_frame_ranks(cx, t, score);
	return RC_OK;
}

int
contest_shown(struct ctx *cx, int64_t contest, struct contest_table *t)
{
	const char *text;
	json_t *root;
	int rc;

	TRY(contest_frame(cx, contest, t));
	if (contest_stage(t->c.state) != STAGE_SIGNED)
		return contest_table(cx, contest, t);
	TRY(contest_protocol_signed(cx, contest, &text));
	root = json_loads(text, 0, NULL);
	if (root == NULL)
		return fail(cx, RC_BUG, "the signed text of contest %lld cannot be read",
		    (long long)contest);
	rc = read_all(cx, root, t);
	json_decref(root);
	return rc;
}

/* rank.c – see rank.h. Raw means are compared as fractions, so equal is equal; normalised ones as numbers
 * that differ by more than an error of calculation. */
#include "mod/contest/rank.h"

#include <math.h>
#include <string.h>

#define SAME_NORMAL 1e-9

/* One comparison: a fraction for each entry. den 0 = not known. */
struct key {
	int64_t num, den;
	double real; /* where den is -1 */
};
enum { REAL_KEY = -1 };
struct ranking {
	const struct rank_in *in;
	struct ranked *out;
	size_t *order; /* entries of one group */
	struct key *key;
	size_t n;
};

bool
rank_complete(const struct rank_in *in, size_t j, size_t e)
{
	size_t c;

	if (rank_excluded(in, j, e) || in->criteria == 0)
		return false;
	for (c = 0; c < in->criteria; c++)
		if (rank_score(in, j, e, c) == NO_SCORE)
			return false;
	return true;
}

/* Σ w·s of one juror. */
static int64_t
total(const struct rank_in *in, size_t j, size_t e)
{
	int64_t sum = 0;
	size_t c;

	for (c = 0; c < in->criteria; c++)
		sum += in->weight[c] * rank_score(in, j, e, c);
	return sum;
}

static int64_t
weights(const struct rank_in *in)
{
	int64_t sum = 0;
	size_t c;

	for (c = 0; c < in->criteria; c++)
		sum += in->weight[c];
	return sum;
}

static void
means(const struct rank_in *in, struct ranked *out)
{
	size_t j, e;

	for (e = 0; e < in->entries; e++) {
		out[e] = (struct ranked){ 0 };
		for (j = 0; j < in->jurors; j++)
			if (rank_complete(in, j, e)) {
				out[e].num += total(in, j, e);
				out[e].jurors++;
			}
		out[e].den = (int64_t)out[e].jurors * weights(in);
	}
}

static void
normals(const struct rank_in *in, struct ranked *out)
{
	size_t j, e;

	for (j = 0; j < in->jurors; j++) {
		double sum = 0, squares = 0, mean, spread, w = (double)weights(in);
		size_t n = 0;

		for (e = 0; e < in->entries; e++)
			if (rank_complete(in, j, e)) {
				sum += (double)total(in, j, e) / w;
				n++;
			}
		mean = n == 0 ? 0 : sum / (double)n;
		for (e = 0; e < in->entries; e++)
			if (rank_complete(in, j, e)) {
				double d = (double)total(in, j, e) / w - mean;

				squares += d * d;
			}
		spread = n == 0 ? 0 : sqrt(squares / (double)n);
		for (e = 0; e < in->entries; e++)
			if (rank_complete(in, j, e) && spread > SAME_NORMAL)
				out[e].normal += ((double)total(in, j, e) / w - mean) / spread;
	}
	for (e = 0; e < in->entries; e++)
		if (out[e].jurors > 0)
			out[e].normal /= (double)out[e].jurors;
}

/* > 0: a is better. Both are known. */
static int
compare(const struct key *a, const struct key *b)
{
	if (a->den == REAL_KEY) {
		double d = a->real - b->real;

		return d > SAME_NORMAL ? 1 : d < -SAME_NORMAL ? -1 : 0;
	}
	{
		int64_t left = a->num * b->den, right = b->num * a->den;

		return left > right ? 1 : left < right ? -1 : 0;
	}
}

/* Best first; equal ones keep their order. */
static void
sort(struct ranking *r, size_t from, size_t to)
{
	size_t i, k;

	for (i = from + 1; i < to; i++) {
		size_t x = r->order[i];

		for (k = i; k > from && compare(&r->key[x], &r->key[r->order[k - 1]]) > 0; k--)
			r->order[k] = r->order[k - 1];
		r->order[k] = x;
	}
}

static struct key
basis(const struct ranked *e, bool normal)
{
	return normal ? (struct key){ 0, REAL_KEY, e->normal } : (struct key){ e->num, e->den, 0 };
}

/* The mean of one criterion over the jurors who count. */
static struct key
by_criterion(const struct rank_in *in, size_t e, size_t c)
{
	struct key k = { 0 };
	size_t j;

	for (j = 0; j < in->jurors; j++)
		if (rank_complete(in, j, e)) {
			k.num += rank_score(in, j, e, c);
			k.den++;
		}
	return k;
}

static struct key
by_chair(const struct rank_in *in, size_t e)
{
	size_t chair = (size_t)in->chair;

	return in->chair < 0 || !rank_complete(in, chair, e)
		   ? (struct key){ 0 }
		   : (struct key){ total(in, chair, e), 1, 0 };
}

/* The steps of the tie rule, from 0; false behind the last. *name: what parted says. */
static bool
tie_step(const struct rank_in *in, size_t step, int *name, bool *chair)
{
	size_t criteria = in->tie == TIE_CRITERIA ? in->criteria : 0;

	if (in->tie == TIE_SHARED || step > criteria)
		return false;
	*chair = step == criteria;
	*name = *chair ? PARTED_CHAIR : (int)step + 1;
	return true;
}

static void
place_run(struct ranking *r, size_t from, size_t to, int parted)
{
	size_t i;

	for (i = from; i < to; i++) {
		r->out[r->order[i]].place = (int)from + 1;
		r->out[r->order[i]].parted = to - from > 1 ? PARTED_SHARED : parted;
	}
}

/* Entries [from, to) of the order are equal so far: take the next step of the rule. */
static void
part(struct ranking *r, size_t from, size_t to, size_t step)
{
	size_t i, start = from;
	bool known = true, chair = false;
	int name = PARTED_NOT;

	if (!tie_step(r->in, step, &name, &chair)) {
		place_run(r, from, to, PARTED_SHARED);
		return;
	}
	for (i = from; i < to; i++) {
		size_t e = r->order[i];

		r->key[e] = chair ? by_chair(r->in, e) : by_criterion(r->in, e, step);
		known = known && r->key[e].den != 0;
	}
	if (!known) {
		part(r, from, to, step + 1);
		return;
	}
	sort(r, from, to);
	for (i = from + 1; i <= to; i++) {
		if (i < to && compare(&r->key[r->order[i]], &r->key[r->order[i - 1]]) == 0)
			continue;
		if (i - start == 1)
			place_run(r, start, i, name);
		else
			part(r, start, i, step + 1);
		start = i;
	}
}

/* Ranks of one group by one mean, without the tie rule: equal means share. */
static void
rank_group(struct ranking *r, bool normal)
{
	size_t i;
	int rank = 0;

	for (i = 0; i < r->n; i++)
		r->key[r->order[i]] = basis(&r->out[r->order[i]], normal);
	sort(r, 0, r->n);
	for (i = 0; i < r->n; i++) {
		struct ranked *e = &r->out[r->order[i]];

		if (i == 0 || compare(&r->key[r->order[i]], &r->key[r->order[i - 1]]) != 0)
			rank = (int)i + 1;
		if (normal)
			e->normal_rank = rank;
		else
			e->raw_rank = rank;
	}
}

static void
place_group(struct ranking *r)
{
	size_t i, start = 0, *ends = r->order + r->in->entries, n = 0;

	rank_group(r, !r->in->normal);
	rank_group(r, r->in->normal); /* last: the order stays that of the places */
	for (i = 1; i <= r->n; i++)
		if (i == r->n || compare(&r->key[r->order[i]], &r->key[r->order[i - 1]]) != 0)
			ends[n++] = i;
	for (i = 0; i < n; i++) {
		if (ends[i] - start == 1)
			place_run(r, start, ends[i], PARTED_NOT);
		else
			part(r, start, ends[i], 0);
		start = ends[i];
	}
}

void
rank_all(struct arena *a, const struct rank_in *in, struct ranked *out)
{
	struct ranking r = { in, out, arena_array(a, size_t, in->entries * 2 + 1),
		arena_array(a, struct key, in->entries + 1), 0 };
	bool *done = arena_array(a, bool, in->entries + 1);
	size_t e, f;

	means(in, out);
	normals(in, out);
	for (e = 0; e < in->entries; e++) {
		if (done[e])
			continue;
		r.n = 0;
		for (f = e; f < in->entries; f++)
			if (in->group[f] == in->group[e]) {
				done[f] = true;
				if (out[f].jurors > 0)
					r.order[r.n++] = f;
			}
		if (r.n > 0)
			place_group(&r);
	}
}

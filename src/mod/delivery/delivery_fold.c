/* delivery_fold.c – what the acts of one stop come to. No database, no clock: the same acts give the same state in
 * whatever order they came, how often and from whose telephone.
 *
 * RULE delivery-3: acts count in the order of their moments (of one moment: of their nonces). An act that moves goods stands
 * when all of its lines are still at the stop; else it counts for nothing, wholly, and says so. A refusal, and that
 * nobody was at home, stands while there is something to hand over. A stop is handed when all of it was handed, back when nothing is left of
 * it and not all was handed. */
#include "mod/delivery/delivery_inner.h"

#include <stdlib.h>
#include <string.h>

static int
by_place(const void *a, const void *b)
{
	const struct delivery_line *x = a, *y = b;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->lot == y->lot ? 0 : x->lot < y->lot ? -1 : 1;
}

size_t
delivery_lines_settle(
    struct arena *a, const struct delivery_line *in, size_t n, struct delivery_line **out)
{
	struct delivery_line *v = arena_array(a, struct delivery_line, n + 1);
	size_t i, k = 0;

	if (n > 0)
		memcpy(v, in, n * sizeof(*v));
	qsort(v, n, sizeof(*v), by_place);
	for (i = 0; i < n; i++) {
		if (v[i].quantity == 0)
			continue;
		if (k > 0 && by_place(&v[k - 1], &v[i]) == 0)
			v[k - 1].quantity += v[i].quantity;
		else
			v[k++] = v[i];
	}
	*out = v;
	return k;
}

static int
by_moment(const void *a, const void *b)
{
	const struct fold_act *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->nonce, y->nonce);
}

static struct delivery_line *
find(struct fold *f, const struct delivery_line *l)
{
	size_t i;

	for (i = 0; i < f->nleft; i++)
		if (by_place(&f->left[i], l) == 0)
			return &f->left[i];
	return NULL;
}

static bool
all_there(struct fold *f, const struct fold_act *act)
{
	size_t i;

	for (i = 0; i < act->nlines; i++) {
		const struct delivery_line *at = find(f, &act->lines[i]);

		if (at == NULL || at->quantity < act->lines[i].quantity)
			return false;
	}
	return true;
}

static bool
nothing_left(const struct fold *f)
{
	size_t i;

	for (i = 0; i < f->nleft; i++)
		if (f->left[i].quantity > 0)
			return false;
	return true;
}

struct tally {
	bool handed; /* something was handed to the receiver */
	bool other;  /* something went elsewhere */
	bool closed; /* a stop without goods: somebody was there */
	const char
	    *kept; /* the last act that stands left the goods on the vehicle: refused, absent */
};

static bool
is(const struct fold_act *a, const char *result)
{
	return strcmp(a->result, result) == 0;
}

/* The goods stay where they are. */
static bool
stays(const struct fold_act *a)
{
	return is(a, "refused") || is(a, "absent");
}

static const char *
fault_of(struct fold *f, const struct fold_act *a, const struct tally *t)
{
	bool empty = f->nleft == 0; /* only words were asked for: no goods of the ledger */

	if (a->expired)
		return "expired";
	if (stays(a) || (empty && a->nlines == 0))
		return (empty ? t->closed : nothing_left(f)) ? "nothing" : NULL;
	if (a->nlines == 0)
		return "nothing";
	return all_there(f, a) ? NULL : "over";
}

static void
apply(struct fold *f, const struct fold_act *a, struct tally *t)
{
	size_t i;

	if (a->reason != NULL)
		f->reason = a->reason;
	t->kept = stays(a) ? a->result : NULL;
	if (f->nleft == 0 && !is(a, "absent"))
		t->closed = true;
	if (stays(a))
		return;
	for (i = 0; i < a->nlines; i++)
		find(f, &a->lines[i])->quantity -= a->lines[i].quantity;
	if (is(a, "handed") || is(a, "partly"))
		t->handed = true;
	else
		t->other = true;
}

static const char *
state_of(const struct fold *f, const struct tally *t)
{
	if (f->nleft == 0 && t->closed)
		return t->handed ? "handed" : "back";
	if (f->nleft == 0)
		return t->kept != NULL ? t->kept : "open";
	if (nothing_left(f))
		return t->other ? "back" : "handed";
	if (t->kept != NULL && !t->handed)
		return t->kept;
	return t->handed ? "partly" : "open";
}

void
delivery_fold(struct arena *a, struct fold_act *acts, size_t n, const struct delivery_line *lines,
    size_t nlines, struct fold *out)
{
	struct tally t = { 0 };
	size_t i;

	*out = (struct fold){ 0 };
	out->nleft = delivery_lines_settle(a, lines, nlines, &out->left);
	qsort(acts, n, sizeof(*acts), by_moment);
	for (i = 0; i < n; i++) {
		acts[i].fault = NULL;
		if (acts[i].undone)
			continue;
		acts[i].fault = fault_of(out, &acts[i], &t);
		if (acts[i].fault == NULL)
			apply(out, &acts[i], &t);
	}
	out->state = state_of(out, &t);
}

/* stock_lines.c – lines as such: put in order, added up, and what a set says as one hash. */
#include "mod/stock/stock_inner.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static int
by_place(const void *a, const void *b)
{
	const struct movement_line *x = a, *y = b;

	if (x->account != y->account)
		return x->account < y->account ? -1 : 1;
	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->lot < y->lot ? -1 : x->lot > y->lot;
}

size_t
lines_settle(struct arena *a, const struct movement_line *in, size_t n, struct movement_line **out)
{
	struct movement_line *l = arena_alloc(a, (n + 1) * sizeof(*l));
	size_t i, k = 0, kept = 0;

	if (n > 0)
		memcpy(l, in, n * sizeof(*l));
	qsort(l, n, sizeof(*l), by_place);
	for (i = 0; i < n; i++)
		if (k > 0 && by_place(&l[k - 1], &l[i]) == 0)
			l[k - 1].quantity += l[i].quantity;
		else
			l[k++] = l[i];
	for (i = 0; i < k; i++)
		if (l[i].quantity != 0)
			l[kept++] = l[i];
	*out = l;
	return kept;
}

const char *
movement_digest(struct arena *a, const struct movement *m)
{
	unsigned char hash[crypto_generichash_BYTES];
	char *hex = arena_alloc(a, 2 * sizeof(hash) + 1);
	struct buf b;
	size_t i;

	buf_init(&b, a, 1 << 20);
	buf_printf(&b, "%s\n%lld\n%s\n%lld\n%zu %s\n%zu %s\n", m->nonce, (long long)m->at, m->type,
	    (long long)m->reverses, m->document == NULL ? 0 : strlen(m->document),
	    m->document == NULL ? "" : m->document, m->note == NULL ? 0 : strlen(m->note),
	    m->note == NULL ? "" : m->note);
	/* Sets that came of nothing else hash as they did before there was anything else. */
	if (m->recipe != 0 || m->transfer != 0 || m->sheet != 0)
		buf_printf(&b, "of %lld %lld %lld %lld\n", (long long)m->recipe,
		    (long long)m->deviation, (long long)m->transfer, (long long)m->sheet);
	for (i = 0; i < m->nlines; i++)
		buf_printf(&b, "%lld %lld %lld %lld\n", (long long)m->lines[i].account,
		    (long long)m->lines[i].item, (long long)m->lines[i].lot,
		    (long long)m->lines[i].quantity);
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)b.p, b.n, NULL, 0);
	return sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

static int
by_goods(const void *a, const void *b)
{
	const struct stock_row *x = a, *y = b;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->lot < y->lot ? -1 : x->lot > y->lot;
}

size_t
rows_settle(struct stock_row *v, size_t n)
{
	size_t i, k = 0, kept = 0;

	if (n == 0)
		return 0;
	qsort(v, n, sizeof(*v), by_goods);
	for (i = 0; i < n; i++)
		if (k > 0 && by_goods(&v[k - 1], &v[i]) == 0)
			v[k - 1].quantity += v[i].quantity;
		else
			v[k++] = v[i];
	for (i = 0; i < k; i++)
		if (v[i].quantity != 0)
			v[kept++] = v[i];
	return kept;
}

size_t
lines_balance(const struct movement_line *l, size_t n, struct stock_row left[LINES_MAX])
{
	size_t i;

	for (i = 0; i < n; i++)
		left[i] = (struct stock_row){ l[i].item, l[i].lot, l[i].quantity };
	return rows_settle(left, n);
}

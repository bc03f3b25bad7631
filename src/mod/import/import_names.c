/* import_names.c – what the records of a kind are called: names in three languages, abbreviations, codes,
 * and of bodies their earlier names. Read once a run, compared as fold keys. */
#include "mod/import/import_inner.h"

#include <stdlib.h>

#include "lang/order.h"

enum { SAME_LENGTH = 64 };

static void
add(struct import_run *r, struct import_names *n, const char *text, int64_t id)
{
	struct ctx *cx = r->cx;
	const char *key;

	if (text == NULL || *text == '\0')
		return;
	key = fold_key(cx->arena, text);
	if (*key == '\0')
		return;
	if (n->n == n->room) {
		size_t room = n->room == 0 ? 256 : n->room * 2;
		struct import_name *v = arena_array(&r->keep, struct import_name, room);

		if (n->n > 0)
			memcpy(v, n->v, n->n * sizeof *v);
		n->v = v;
		n->room = room;
	}
	n->v[n->n++] = (struct import_name){ arena_str(&r->keep, key), id };
}

struct naming {
	struct import_run *r;
	struct import_names *n;
	const struct kind *kind;
	const struct field *as; /* whose id is named: NULL = the record's own */
};

static int
name_row(struct ctx *cx, const void *rec, void *arg)
{
	static const char *const fields[] = { "name", "abbr", "code", "title", NULL };
	struct naming *m = arg;
	int64_t id =
	    m->as == NULL ? ((const struct rec *)rec)->id : *(const int64_t *)field_at(m->as, rec);
	size_t i;

	(void)cx;
	for (i = 0; fields[i] != NULL; i++) {
		const struct field *f = kind_field(m->kind, fields[i]);

		if (f != NULL && f->type == FT_TEXT)
			add(m->r, m->n, *(const char *const *)field_at(f, rec), id);
		if (f != NULL && f->type == FT_TEXT3) {
			const struct text3 *t = field_at(f, rec);

			add(m->r, m->n, t->kk, id);
			add(m->r, m->n, t->ru, id);
			add(m->r, m->n, t->en, id);
		}
	}
	return RC_OK;
}

static int
by_key(const void *a, const void *b)
{
	const struct import_name *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c != 0 ? c : (x->id > y->id) - (x->id < y->id);
}

static int
read_names(struct import_run *r, const struct kind *k, const char *as, struct import_names *n)
{
	struct naming m = { r, n, k, as == NULL ? NULL : kind_field(k, as) };
	struct query q;

	TRY(query_init(r->cx, &q, k));
	return query_each(&q, name_row, &m);
}

int
import_names_of(struct import_run *r, const struct kind *k, struct import_names **out)
{
	struct import_names *n;
	size_t i;

	for (i = 0; i < r->nnames; i++)
		if (r->names[i].kind == k) {
			*out = &r->names[i];
			return RC_OK;
		}
	if (r->nnames == ARRAY_LEN(r->names))
		die("import: too many kinds of references");
	n = &r->names[r->nnames];
	*n = (struct import_names){ .kind = k };
	TRY(read_names(r, k, NULL, n));
	if (k == &body_kind)
		TRY(read_names(r, &body_name_kind, "body", n));
	if (n->n > 0)
		qsort(n->v, n->n, sizeof *n->v, by_key);
	r->nnames++;
	*out = n;
	return RC_OK;
}

static bool
put_once(int64_t *out, size_t *n, size_t max, int64_t id)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (out[i] == id)
			return false;
	if (*n < max)
		out[(*n)++] = id;
	return true;
}

size_t
import_names_find(
    struct import_run *r, const struct import_names *n, const char *key, int64_t *out, size_t max)
{
	size_t lo = 0, hi = n->n, got = 0;

	(void)r;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (strcmp(n->v[mid].key, key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < n->n && strcmp(n->v[lo].key, key) == 0; lo++)
		put_once(out, &got, max, n->v[lo].id);
	return got;
}

/* Whether each word of the shorter text begins a word of the longer one. */
static bool
words_within(const char *small, const char *large)
{
	while (*small != '\0') {
		size_t len = strcspn(small, " ");
		const char *p = large;
		bool hit = false;

		while (!hit && *p != '\0') {
			hit = strncmp(p, small, len) == 0;
			p += strcspn(p, " ");
			p += *p == ' ';
		}
		if (!hit)
			return false;
		small += len;
		small += *small == ' ';
	}
	return true;
}

size_t
import_names_near(
    struct import_run *r, const struct import_names *n, const char *key, int64_t *out, size_t max)
{
	struct {
		double s;
		int64_t id;
	} best[IMPORT_OFFERS] = { { 0, 0 } };
	size_t i, j, got = 0, most = max < IMPORT_OFFERS ? max : IMPORT_OFFERS;

	(void)r;
	for (i = 0; i < n->n; i++) {
		double s = fold_similarity(key, n->v[i].key);

		if (strlen(key) >= 4 && s < 0.9 &&
		    (words_within(key, n->v[i].key) || words_within(n->v[i].key, key)))
			s = s < 0.7 ? 0.7 : s;
		if (s < 0.5)
			continue;
		for (j = 0; j < most && best[j].s >= s && best[j].id != n->v[i].id; j++)
			;
		if (j == most || (best[j].id == n->v[i].id && best[j].s >= s))
			continue;
		memmove(&best[j + 1], &best[j], (most - j - 1) * sizeof best[0]);
		best[j].s = s;
		best[j].id = n->v[i].id;
	}
	for (j = 0; j < most && best[j].id != 0; j++)
		put_once(out, &got, max, best[j].id);
	return got;
}

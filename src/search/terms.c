/* terms.c – from texts to what a record posts: hashes of keys, and how strongly each counts.
 *
 * Impact is BM25's part that a record knows by itself: tf / (tf + k1 (1 − b + b · length / usual)),
 * in thousandths. The usual length is a constant and no average of the collection, so that a record's
 * postings depend on the record alone: nothing else has to be rewritten when another one changes. */
#include "base/utf8.h"
#include "search/inner.h"

#include <stdlib.h>

#include "lang/check.h"
#include "lang/key.h"

enum {
	K1 = 1200,	    /* thousandths */
	B = 600,	    /* thousandths */
	USUAL_LENGTH = 100, /* words */
	KEYS_MAX = 4000	    /* bytes of a record's words kept for ranking */
};

static uint64_t
mix(uint64_t h, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return h;
}

/* FNV alone is weak in its high bits for short texts. */
static int64_t
finish(uint64_t h)
{
	h ^= h >> 33;
	h *= UINT64_C(0xff51afd7ed558ccd);
	h ^= h >> 33;
	h *= UINT64_C(0xc4ceb9fe1a85ec53);
	h ^= h >> 33;
	h &= INT64_MAX;
	return h == 0 ? 1 : (int64_t)h;
}

static int64_t
hash_of(int64_t in, char what, const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	h = mix(h, (const char *)&in, sizeof in);
	h = mix(h, &what, 1);
	return finish(mix(h, s, n));
}

int64_t
space_of(const char *collection, enum audience a)
{
	return hash_of((int64_t)a, 'c', collection, strlen(collection));
}

int64_t
term_of(int64_t space, const char *key)
{
	return hash_of(space, 't', key, strlen(key));
}

int64_t
sample_of(int64_t term)
{
	return hash_of(term, 's', "", 0);
}

int64_t
everything_of(int64_t space)
{
	return hash_of(space, 'e', "", 0);
}

bool
sampled(int64_t rec)
{
	return hash_of(rec, 'r', "", 0) % SAMPLE == 0;
}

int64_t
scope_of(enum cap reader, bool name)
{
	return (int64_t)reader * 2 + name;
}

int64_t
gram_of(int64_t scope, const char *gram, size_t n)
{
	return hash_of(scope, 'g', gram, n);
}

const char *
name_key(struct arena *a, const char *exact)
{
	const char *at;
	char *out, *to;

	if (*exact == '\0' || strstr(exact + 1, "io") == NULL)
		return exact;
	out = to = arena_alloc(a, strlen(exact) + 1);
	for (at = exact; *at != '\0'; at++)
		if (at > exact && at[0] == 'i' && at[1] == 'o') {
			*to++ = 'e';
			at++;
		} else
			*to++ = *at;
	return out;
}

/* ---- what one record posts ---- */

struct word {
	const char *key;
	int weight;
	bool name;
};

static int
by_key(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c != 0 ? c : x->name - y->name;
}

static int
by_term(const void *a, const void *b)
{
	int64_t x = ((const struct posted *)a)->term, y = ((const struct posted *)b)->term;

	return (x > y) - (x < y);
}

int
impact_of(int64_t tf, int64_t length)
{
	/* tf·10⁶ / (tf·10³ + k1·(1 − b + b·length/usual)·10³) */
	int64_t norm = K1 * (1000 - B + B * length / USUAL_LENGTH) / 1000;
	int64_t i = tf * 1000 * IMPACT_MAX / (tf * 1000 + norm);

	return i < 1 ? 1 : (int)i;
}

struct collect {
	struct arena *arena;
	struct word *w;
	size_t n, cap;
	struct buf keys;
	int64_t length;
};

static void
add_word(struct collect *c, const char *key, int weight, bool name)
{
	if (c->n == c->cap) {
		size_t cap = c->cap == 0 ? 64 : c->cap * 2;
		struct word *w = arena_array(c->arena, struct word, cap);

		if (c->n > 0)
			memcpy(w, c->w, c->n * sizeof *w);
		c->w = w;
		c->cap = cap;
	}
	c->w[c->n++] = (struct word){ key, weight, name };
}

const char *
small_letters(struct arena *a, const char *word, size_t n)
{
	const char *end = word + n;
	struct buf b;

	buf_init(&b, a, 0);
	while (word < end) {
		char bytes[4];
		int32_t cp = utf8_next(&word, end);

		if (cp > ' ')
			buf_put(&b, bytes, utf8_put(bytes, utf8_lower(cp)));
	}
	return b.p;
}

/* «етубағытында» is found as it stands and as «ету бағытында»; what is written is not changed by it, nor its length. */
static void
add_glued(struct collect *c, const struct search_part *p, int weight)
{
	const struct finding *f;
	struct key_token *t;
	size_t n = check_text(c->arena, p->text, strlen(p->text), &f), i, k, words;

	for (i = 0; i < n; i++) {
		if (f[i].kind != FIND_GLUE || f[i].n == 0)
			continue;
		words = key_tokens(c->arena, f[i].suggestions[0], strlen(f[i].suggestions[0]), &t);
		for (k = 0; k < words; k++)
			add_word(c, t[k].stem, weight, false);
	}
}

static void
add_part(struct collect *c, const struct search_part *p)
{
	int weight = p->weight < 1 ? 1 : p->weight;
	struct key_token *t;
	size_t n, i;

	if (p->text == NULL || *p->text == '\0')
		return;
	n = key_tokens(c->arena, p->text, strlen(p->text), &t);
	for (i = 0; i < n; i++) {
		const char *whole = p->name ? name_key(c->arena, t[i].exact) : t[i].exact;

		if (c->keys.n < KEYS_MAX) {
			if (c->keys.n > 0)
				buf_char(&c->keys, ' ');
			buf_str(&c->keys, whole);
			if (p->name) {
				buf_char(&c->keys, ' ');
				buf_char(&c->keys, p->surname ? WRITTEN_SURNAME : WRITTEN);
				buf_str(
				    &c->keys, small_letters(c->arena, p->text + t[i].at, t[i].n));
			}
		}
		c->length += weight;
		add_word(c, p->name ? whole : t[i].stem, weight, p->name);
	}
	if (p->glued)
		add_glued(c, p, weight);
}

/* Words, sorted by key → the vocabulary's new ones and one term for each key. */
static void
gather(struct collect *c, int64_t space, struct posting_set *out)
{
	size_t i, j;

	out->words = arena_array(c->arena, const char *, c->n);
	out->word_name = arena_array(c->arena, bool, c->n);
	out->terms = arena_array(c->arena, struct posted, 2 * c->n + 2);
	for (i = 0; i < c->n; i = j) {
		int64_t tf = 0;

		for (j = i; j < c->n && strcmp(c->w[j].key, c->w[i].key) == 0; j++) {
			tf += c->w[j].weight;
			if (j == i || c->w[j].name != c->w[j - 1].name) {
				out->words[out->nwords] = c->w[j].key;
				out->word_name[out->nwords++] = c->w[j].name;
			}
		}
		out->terms[out->n++] =
		    (struct posted){ term_of(space, c->w[i].key), impact_of(tf, c->length) };
	}
	out->terms[out->n++] = (struct posted){ everything_of(space), 1 };
}

void
posting_set(
    struct arena *a, const struct search_record *r, enum audience aud, struct posting_set *out)
{
	struct collect c = { .arena = a };
	size_t i, j, n;

	buf_init(&c.keys, a, 0);
	*out = (struct posting_set){ .reader = CAP_NOBODY };
	for (i = 0; i < r->n; i++)
		if (r->parts[i].audience == aud) {
			add_part(&c, &r->parts[i]);
			out->reader = r->parts[i].reader;
		}
	out->keys = c.keys.p;
	if (c.n == 0)
		return;
	qsort(c.w, c.n, sizeof *c.w, by_key);
	gather(&c, space_of(r->collection, aud), out);
	if (sampled(r->rec))
		for (i = 0, n = out->n; i < n; i++)
			out->terms[out->n++] = (struct posted){ sample_of(out->terms[i].term), 1 };
	qsort(out->terms, out->n, sizeof *out->terms, by_term);
	/* Two keys with one hash (once in 10^18 pairs): the stronger one stays. */
	for (i = 0, j = 0; i < out->n; i++)
		if (j > 0 && out->terms[j - 1].term == out->terms[i].term) {
			if (out->terms[j - 1].impact < out->terms[i].impact)
				out->terms[j - 1].impact = out->terms[i].impact;
		} else
			out->terms[j++] = out->terms[i];
	out->n = j;
}

/* ---- the record's own list of its terms ---- */

enum { TERM_BYTES = 10 };

struct slice
terms_blob(struct arena *a, const struct posted *t, size_t n)
{
	unsigned char *p = arena_alloc(a, n * TERM_BYTES + 1);
	size_t i, b;

	for (i = 0; i < n; i++) {
		for (b = 0; b < 8; b++)
			p[i * TERM_BYTES + b] = (unsigned char)(t[i].term >> (56 - 8 * b));
		p[i * TERM_BYTES + 8] = (unsigned char)(t[i].impact >> 8);
		p[i * TERM_BYTES + 9] = (unsigned char)t[i].impact;
	}
	return (struct slice){ (const char *)p, n * TERM_BYTES };
}

size_t
terms_read(struct arena *a, struct slice blob, struct posted **out)
{
	const unsigned char *p = (const unsigned char *)blob.p;
	size_t n = blob.n / TERM_BYTES, i, b;

	*out = arena_array(a, struct posted, n + 1);
	for (i = 0; i < n; i++, p += TERM_BYTES) {
		uint64_t t = 0;

		for (b = 0; b < 8; b++)
			t = t << 8 | p[b];
		(*out)[i] = (struct posted){ (int64_t)t, p[8] << 8 | p[9] };
	}
	return n;
}

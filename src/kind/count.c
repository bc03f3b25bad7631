/* count.c – the number above a list, remembered. Counting 6 000 rows costs more than reading the 25
 * that are shown; the number stays good until anything is written (store_generation_any). The table
 * has a fixed size; a new answer takes the place of an old one. Thread-safe. */
#include "kind/internal.h"

#include <pthread.h>
#include <sodium.h>

enum { PLACES = 1024 };

static struct {
	pthread_mutex_t lock;
	struct {
		struct count_key key;
		uint64_t generation;
		int64_t n;
	} place[PLACES];
} counts = { .lock = PTHREAD_MUTEX_INITIALIZER };

void
count_key(struct count_key *k, const struct store *s, const char *sql, struct vals v)
{
	crypto_generichash_state h;
	size_t i;

	crypto_generichash_init(&h, NULL, 0, sizeof k->digest);
	crypto_generichash_update(&h, (const unsigned char *)&s, sizeof s);
	crypto_generichash_update(&h, (const unsigned char *)sql, strlen(sql) + 1);
	for (i = 0; i < v.n; i++) {
		const struct val *x = &v.v[i];
		int64_t head[3] = { x->t, x->null, x->t == V_INT ? x->i : (int64_t)x->s.n };

		crypto_generichash_update(&h, (const unsigned char *)head, sizeof head);
		if (!x->null && x->t == V_REAL)
			crypto_generichash_update(&h, (const unsigned char *)&x->r, sizeof x->r);
		else if (!x->null && x->t != V_INT)
			crypto_generichash_update(&h, (const unsigned char *)x->s.p, x->s.n);
	}
	crypto_generichash_final(&h, k->digest, sizeof k->digest);
}

static size_t
place_of(const struct count_key *k)
{
	return (size_t)(k->digest[0] | k->digest[1] << 8) % PLACES;
}

bool
count_recall(const struct count_key *k, uint64_t generation, int64_t *out)
{
	size_t i = place_of(k);
	bool hit;

	pthread_mutex_lock(&counts.lock);
	hit = counts.place[i].generation == generation &&
	      memcmp(&counts.place[i].key, k, sizeof *k) == 0;
	if (hit)
		*out = counts.place[i].n;
	pthread_mutex_unlock(&counts.lock);
	return hit;
}

void
count_keep(const struct count_key *k, uint64_t generation, int64_t n)
{
	size_t i = place_of(k);

	pthread_mutex_lock(&counts.lock);
	counts.place[i].key = *k;
	counts.place[i].generation = generation;
	counts.place[i].n = n;
	pthread_mutex_unlock(&counts.lock);
}

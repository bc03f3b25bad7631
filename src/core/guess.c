/* guess.c – failures kept in memory: peers, and logins that do not exist.
 *
 * A table of fixed size, four places a row; when a row is full the place whose failure is longest ago
 * gives way. Names are stored as keyed hashes, so nobody can aim at a row. What is lost at a restart
 * is little: real logins keep their failures in the database. */
#include <pthread.h>
#include <sodium.h>

#include "core/inner.h"

enum { ROWS = 1024, PLACES = 4 };

struct guess {
	uint64_t key; /* 0 = free */
	int64_t last, until, failures;
};
static struct {
	pthread_mutex_t lock;
	bool ready;
	unsigned char secret[crypto_shorthash_KEYBYTES];
	struct guess row[ROWS][PLACES];
} guess_table = { .lock = PTHREAD_MUTEX_INITIALIZER };

int
guess_schedule(int64_t failures, int limit)
{
	int64_t over = failures - limit;

	if (over < 0)
		return 0;
	return over > 5 ? ACCOUNT_WAIT_MAX_S : ACCOUNT_WAIT_S << over;
}

static uint64_t
hash_name(char sort, const char *name)
{
	unsigned char in[33] = { (unsigned char)sort }, out[crypto_shorthash_BYTES];
	uint64_t key;

	if (!guess_table.ready) {
		crypto_shorthash_keygen(guess_table.secret);
		guess_table.ready = true;
	}
	crypto_generichash(in + 1, 32, (const unsigned char *)name, strlen(name), NULL, 0);
	crypto_shorthash(out, in, sizeof in, guess_table.secret);
	memcpy(&key, out, sizeof key);
	return key == 0 ? 1 : key;
}

/* The place of a name; with `make` one is freed for it. Under the lock. */
static struct guess *
place(uint64_t key, bool make)
{
	struct guess *row = guess_table.row[key % ROWS], *oldest = row;
	int i;

	for (i = 0; i < PLACES; i++) {
		if (row[i].key == key)
			return &row[i];
		if (row[i].last < oldest->last)
			oldest = &row[i];
	}
	if (!make)
		return NULL;
	*oldest = (struct guess){ .key = key };
	return oldest;
}

/* The clock was put back: the wait begins once more. */
static void
anew(struct guess *g, int64_t now)
{
	if (g->last <= now)
		return;
	g->until = g->until <= g->last ? 0 : now + (g->until - g->last);
	g->last = now;
}

int
guess_wait(char sort, const char *name, int64_t now)
{
	struct guess *g;
	int s = 0;

	if (name == NULL || *name == '\0')
		return 0;
	pthread_mutex_lock(&guess_table.lock);
	g = place(hash_name(sort, name), false);
	if (g != NULL) {
		anew(g, now);
		s = wait_left(g->last, g->until, now);
	}
	pthread_mutex_unlock(&guess_table.lock);
	return s;
}

int
guess_failed(char sort, const char *name, int64_t now, int limit, int64_t forget_us)
{
	struct guess *g;
	int s;

	if (name == NULL || *name == '\0')
		return 0;
	pthread_mutex_lock(&guess_table.lock);
	g = place(hash_name(sort, name), true);
	anew(g, now);
	if (g->failures > 0 && now - g->last > forget_us)
		g->failures = 0;
	g->failures++;
	g->last = now;
	s = guess_schedule(g->failures, limit);
	if (s > 0)
		g->until = now + s * US_PER_SECOND;
	pthread_mutex_unlock(&guess_table.lock);
	return s;
}

void
guess_forget_all(void)
{
	pthread_mutex_lock(&guess_table.lock);
	memset(guess_table.row, 0, sizeof guess_table.row);
	pthread_mutex_unlock(&guess_table.lock);
}

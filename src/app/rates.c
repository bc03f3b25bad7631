/* rates.c – see rates.h. A table of fixed size, four buckets a row; where all are taken the one that
 * was longest not asked for gives way, and is full anyway by then. Keys are keyed hashes, so nobody
 * can aim at a row, and no address stands in memory. RULE server-2 */
#include "app/rates.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { ROWS = 4096, PLACES = 4, LOCKS = 64, MILLI = 1000 };

struct bucket {
	uint64_t key; /* 0 = free */
	int64_t at;   /* when milli was counted */
	int64_t milli;
};
struct rates {
	pthread_mutex_t lock[LOCKS];
	unsigned char secret[crypto_shorthash_KEYBYTES];
	struct bucket row[ROWS][PLACES];
	_Atomic uint64_t refused[DOOR_COUNT];
};

/* Turns: at once, and then a minute; 0 = not counted. */
static const struct limit {
	const char *name;
	struct {
		int burst, minute;
	} address, account;
} limits[DOOR_COUNT] = {
	[DOOR_HOUSE] = { "house", { 300, 3000 }, { 0, 0 } },
	[DOOR_STATIC] = { "static", { 0, 0 }, { 0, 0 } },
	[DOOR_PAGE] = { "page", { 300, 3000 }, { 120, 1200 } },
	[DOOR_SIGN_IN] = { "sign_in", { 60, 60 }, { 20, 20 } },
	[DOOR_FORM] = { "form", { 60, 60 }, { 30, 60 } },
	[DOOR_SEARCH] = { "search", { 90, 1200 }, { 40, 300 } },
	[DOOR_EXPORT] = { "export", { 30, 60 }, { 10, 12 } },
	[DOOR_API] = { "api", { 800, 12000 }, { 400, 3000 } },
};

const char *
door_name(enum door d)
{
	return limits[d].name;
}

enum door
door_of(const struct route *r, struct req *rq)
{
	const char *format;
	size_t n;

	if (r == NULL)
		return DOOR_PAGE;
	if ((r->flags & ROUTE_BARE) != 0)
		return DOOR_HOUSE;
	if ((r->flags & ROUTE_SIGN_IN) != 0)
		return DOOR_SIGN_IN;
	if ((r->flags & ROUTE_FORM) != 0)
		return DOOR_FORM;
	format = rq->method == M_GET ? req_q(rq, "format") : NULL;
	if (format != NULL && *format != '\0')
		return DOOR_EXPORT;
	n = strlen(r->pattern);
	if (n >= 7 && strcmp(r->pattern + n - 7, "/search") == 0)
		return DOOR_SEARCH;
	return (r->flags & ROUTE_API) != 0 ? DOOR_API : DOOR_PAGE;
}

struct rates *
rates_make(void)
{
	struct rates *t = calloc(1, sizeof *t);
	int i;

	if (t == NULL)
		die("out of memory (rates)");
	for (i = 0; i < LOCKS; i++)
		pthread_mutex_init(&t->lock[i], NULL);
	crypto_shorthash_keygen(t->secret);
	return t;
}

void
rates_free(struct rates *t)
{
	int i;

	if (t == NULL)
		return;
	for (i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&t->lock[i]);
	free(t);
}

uint64_t
rates_refused(const struct rates *t, enum door d)
{
	return atomic_load_explicit(&t->refused[d], memory_order_relaxed);
}

/* The bucket of a key, in its row; a new one is full. Under the row's lock. */
static struct bucket *
bucket_of(struct bucket *row, uint64_t key, int burst, int64_t now)
{
	struct bucket *b = &row[0];
	int i;

	for (i = 0; i < PLACES; i++) {
		if (row[i].key == key)
			return &row[i];
		if (row[i].key == 0 || row[i].at < b->at)
			b = &row[i];
		if (b->key == 0)
			break;
	}
	*b = (struct bucket){ .key = key, .at = now, .milli = (int64_t)burst * MILLI };
	return b;
}

static int
take(struct rates *t, enum door d, const unsigned char id[17], int burst, int minute, int64_t now)
{
	unsigned char in[18], out[crypto_shorthash_BYTES];
	struct bucket *b;
	uint64_t key;
	size_t r;
	int wait = 0;

	if (burst == 0)
		return 0;
	in[0] = (unsigned char)d;
	memcpy(in + 1, id, 17);
	crypto_shorthash(out, in, sizeof in, t->secret);
	memcpy(&key, out, sizeof key);
	key += key == 0;
	r = key % ROWS;
	pthread_mutex_lock(&t->lock[r % LOCKS]);
	b = bucket_of(t->row[r], key, burst, now);
	if (now > b->at) {
		int64_t more = (now - b->at) * minute / (60 * 1000);

		/* Only the time that made whole thousandths is used up, or asking often would starve. */
		b->milli += more;
		b->at += more * (60 * 1000) / minute;
		if (b->milli >= (int64_t)burst * MILLI) {
			b->milli = (int64_t)burst * MILLI;
			b->at = now;
		}
	}
	if (b->milli >= MILLI)
		b->milli -= MILLI;
	else
		wait = (int)(((MILLI - b->milli) * 60 + MILLI * minute - 1) / (MILLI * minute));
	pthread_mutex_unlock(&t->lock[r % LOCKS]);
	if (wait > 0)
		atomic_fetch_add_explicit(&t->refused[d], 1, memory_order_relaxed);
	return wait;
}

/* Somebody with IPv6 has a whole /64 of addresses to come from. */
int
rates_address(struct rates *t, enum door d, const char *address, int64_t now)
{
	unsigned char id[17] = { 'a' };

	if (inet_pton(AF_INET, address, id + 13) == 1)
		id[1] = 4;
	else if (inet_pton(AF_INET6, address, id + 1) == 1)
		memset(id + 9, 0, 8);
	else
		return 0;
	return take(t, d, id, limits[d].address.burst, limits[d].address.minute, now);
}

int
rates_account(struct rates *t, enum door d, int64_t account, int64_t now)
{
	unsigned char id[17] = { 'k' };

	if (account == 0)
		return 0;
	memcpy(id + 1, &account, sizeof account);
	return take(t, d, id, limits[d].account.burst, limits[d].account.minute, now);
}

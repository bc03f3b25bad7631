/* backup_out.c – see backup_out.h. A ring of blocks: the caller fills one, gives it to the hashing
 * thread, writes it to the file itself, and goes on to the next that both are done with. Hashing
 * costs about as much as reading and writing together, so beside them it costs no time. */
#include "core/backup_out.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BLOCKS = 8,
	BLOCK = BACKUP_PIECE,
	/* So much is handed to the disk at once; more than twice of it never waits there. */
	AHEAD = 16 << 20,
};

struct backup_out {
	struct arena *arena;
	const char *path, *temp;
	int fd, why;
	int64_t bytes, written, started; /* put; in the file; of these on the way to the disk */
	char *blocks;			 /* BLOCKS × BLOCK */
	size_t fill[BLOCKS], n;		 /* bytes of each; of the one being filled */
	/* The ring, under the lock: blocks [tail, head) wait for their hash. */
	pthread_mutex_t lock;
	pthread_cond_t change;
	pthread_t thread;
	unsigned head, tail;
	bool stop, summed;
	crypto_generichash_state sum;
};

static char *
block_at(struct backup_out *o, unsigned i)
{
	return o->blocks + (size_t)(i % BLOCKS) * BLOCK;
}

static void *
hashing(void *arg)
{
	struct backup_out *o = arg;

	pthread_mutex_lock(&o->lock);
	for (;;) {
		while (o->tail == o->head && !o->stop)
			pthread_cond_wait(&o->change, &o->lock);
		if (o->tail == o->head)
			break;
		pthread_mutex_unlock(&o->lock);
		crypto_generichash_update(&o->sum, (unsigned char *)block_at(o, o->tail),
		    o->fill[o->tail % BLOCKS]);
		pthread_mutex_lock(&o->lock);
		o->tail++;
		pthread_cond_broadcast(&o->change);
	}
	pthread_mutex_unlock(&o->lock);
	return NULL;
}

struct backup_out *
backup_out_open(struct arena *a, const char *path)
{
	struct backup_out *o = arena_new(a, struct backup_out);
	char *temp = arena_printf(a, "%s.new-XXXXXX", path);

	*o = (struct backup_out){ .arena = a, .path = path, .temp = temp };
	o->fd = mkostemp(temp, O_CLOEXEC);
	if (o->fd < 0)
		return NULL;
	o->blocks = malloc((size_t)BLOCKS * BLOCK);
	pthread_mutex_init(&o->lock, NULL);
	pthread_cond_init(&o->change, NULL);
	crypto_generichash_init(&o->sum, NULL, 0, BACKUP_SUM);
	if (o->blocks == NULL || pthread_create(&o->thread, NULL, hashing, o) != 0)
		die("out of memory (backup)");
	return o;
}

/* The disk begins early with what was written, and we wait for what it began long ago: else the fsync
 * at the end holds up every commit of the database for as long as the disk needs for all of it. */
static void
pace(struct backup_out *o)
{
	if (o->written - o->started < AHEAD)
		return;
	sync_file_range(o->fd, o->started, AHEAD, SYNC_FILE_RANGE_WRITE);
	if (o->started >= AHEAD)
		sync_file_range(o->fd, o->started - AHEAD, AHEAD,
		    SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
			SYNC_FILE_RANGE_WAIT_AFTER);
	o->started += AHEAD;
}

static void
write_block(struct backup_out *o, const char *p, size_t n)
{
	while (n > 0 && o->why == 0) {
		ssize_t k = write(o->fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			o->why = k < 0 ? errno : ENOSPC;
			break;
		}
		p += k;
		n -= (size_t)k;
		o->written += k;
	}
	pace(o);
}

static void
flush(struct backup_out *o)
{
	size_t n = o->n;
	char *p = block_at(o, o->head);

	o->n = 0;
	if (n == 0)
		return;
	if (o->summed) {
		write_block(o, p, n);
		return;
	}
	pthread_mutex_lock(&o->lock);
	o->fill[o->head % BLOCKS] = n;
	o->head++;
	pthread_cond_broadcast(&o->change);
	pthread_mutex_unlock(&o->lock);
	write_block(o, p, n);
	pthread_mutex_lock(&o->lock);
	while (o->head - o->tail == BLOCKS)
		pthread_cond_wait(&o->change, &o->lock);
	pthread_mutex_unlock(&o->lock);
}

void *
backup_out_room(struct backup_out *o, size_t *n)
{
	*n = (size_t)BLOCK - o->n;
	return block_at(o, o->head) + o->n;
}

void
backup_out_filled(struct backup_out *o, size_t n)
{
	o->bytes += (int64_t)n;
	o->n += n;
	if (o->n == BLOCK)
		flush(o);
}

void
backup_out_put(struct backup_out *o, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		size_t room;
		void *to = backup_out_room(o, &room);

		room = n < room ? n : room;
		memcpy(to, p, room);
		backup_out_filled(o, room);
		p += room;
		n -= room;
	}
}

int64_t
backup_out_bytes(const struct backup_out *o)
{
	return o->bytes;
}

bool
backup_out_failed(const struct backup_out *o)
{
	return o->why != 0;
}

void
backup_out_fail(struct backup_out *o, int why)
{
	o->why = why;
}

void
backup_out_sum(struct backup_out *o, unsigned char sum[BACKUP_SUM])
{
	flush(o);
	pthread_mutex_lock(&o->lock);
	while (o->head != o->tail)
		pthread_cond_wait(&o->change, &o->lock);
	pthread_mutex_unlock(&o->lock);
	crypto_generichash_final(&o->sum, sum, BACKUP_SUM);
	o->summed = true;
}

static void
settle(struct backup_out *o)
{
	char *copy = arena_str(o->arena, o->path);
	int dir;

	if (fsync(o->fd) != 0 || rename(o->temp, o->path) != 0) {
		o->why = errno;
		return;
	}
	dir = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return;
	if (fsync(dir) != 0)
		o->why = errno;
	close(dir);
}

int
backup_out_close(struct backup_out *o, bool keep)
{
	flush(o);
	pthread_mutex_lock(&o->lock);
	o->stop = true;
	pthread_cond_broadcast(&o->change);
	pthread_mutex_unlock(&o->lock);
	pthread_join(o->thread, NULL);
	if (keep && o->why == 0)
		settle(o);
	if (close(o->fd) != 0 && o->why == 0)
		o->why = errno;
	if (!keep || o->why != 0)
		unlink(o->temp);
	free(o->blocks);
	pthread_cond_destroy(&o->change);
	pthread_mutex_destroy(&o->lock);
	return o->why;
}

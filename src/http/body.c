/* body.c – collecting a request's body: small ones in the arena, large ones in a spool file.
 *
 * Up to BODY_IN_ARENA bytes stay in memory. Beyond that the bytes go to a file without a name in
 * TMPDIR, mapped as one slice when the body is complete, so a handler never sees the difference
 * and a large upload costs page cache instead of heap. A body that grows over its limit (only a
 * chunked one can, announced ones were refused with the head) is read on and thrown away for a
 * while, because the library cannot answer in the middle of a body, and then answered 413; a
 * client that does not stop is cut off. */
#include "http/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int
spool_open(void)
{
	const char *dir = getenv("TMPDIR");
	char path[256];
	int fd, n;

	if (dir == NULL || dir[0] != '/')
		dir = "/tmp";
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	n = snprintf(path, sizeof path, "%s/spool-XXXXXX", dir);
	if (n < 0 || (size_t)n >= sizeof path)
		return -1;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return false;
		p += w;
		n -= (size_t)w;
	}
	return true;
}

void
body_begin(struct job *j, uint64_t announced, uint64_t limit)
{
	struct body *b = &j->body;

	b->any = true;
	b->limit = limit;
	b->announced = announced;
	if (announced > BODY_IN_ARENA)
		b->failed = (b->fd = spool_open()) < 0;
	else if (announced > 0) {
		b->cap = (size_t)announced;
		b->p = arena_alloc(&j->rq.arena, b->cap + 1);
	}
}

/* Room for n more bytes in memory, or the move to a file. */
static void
grow(struct job *j, size_t n)
{
	struct body *b = &j->body;
	size_t need = (size_t)b->got + n, cap = b->cap == 0 ? 8192 : b->cap;
	char *q;

	if (need <= b->cap)
		return;
	if (need > BODY_IN_ARENA) {
		b->fd = spool_open();
		b->failed = b->fd < 0 || !write_all(b->fd, b->p, (size_t)b->got);
		return;
	}
	while (cap < need)
		cap *= 2;
	q = arena_alloc(&j->rq.arena, cap + 1);
	if (b->got > 0)
		memcpy(q, b->p, (size_t)b->got);
	b->p = q;
	b->cap = cap;
}

bool
body_take(struct job *j, const char *p, size_t n)
{
	struct body *b = &j->body;

	if (n > b->limit || b->got > b->limit - n)
		b->over = true;
	if (b->over || b->failed) {
		b->got += n;
		return b->got <= b->limit + BODY_DRAIN;
	}
	if (b->fd < 0)
		grow(j, n);
	if (b->fd >= 0)
		b->failed = b->failed || !write_all(b->fd, p, n);
	else
		memcpy(b->p + b->got, p, n);
	b->got += n;
	return true;
}

bool
body_end(struct job *j)
{
	struct body *b = &j->body;

	if (b->failed)
		return false;
	if (b->fd < 0) {
		if (b->got > 0)
			j->rq.body = (struct slice){ b->p, (size_t)b->got };
		return true;
	}
	b->map_n = (size_t)b->got;
	b->map = mmap(NULL, b->map_n, PROT_READ, MAP_PRIVATE, b->fd, 0);
	if (b->map == MAP_FAILED) {
		b->map = NULL;
		return false;
	}
	j->rq.body = (struct slice){ b->map, b->map_n };
	return true;
}

void
body_done(struct job *j)
{
	struct body *b = &j->body;

	if (b->map != NULL)
		munmap(b->map, b->map_n);
	if (b->fd >= 0)
		close(b->fd);
	*b = (struct body){ .fd = -1 };
}

/* lexicon_cache.c – see lexicon_cache.h. */
#include "lang/lexicon_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECES = 4, LARGEST = 64 << 20 };
#define MAGIC UINT64_C(0x313058454C515153) /* another shape of the file, another number */

struct head {
	uint64_t magic, sum, key[LEX_KEY], bytes[PIECES];
};

static uint64_t
mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 32;
}

/* Four at a time: a step needs the one before it in its own row alone. */
static uint64_t
sum_of(const uint64_t *p, size_t n)
{
	uint64_t a = 1, b = 2, c = 3, d = 4;
	size_t i;

	for (i = 0; i + 4 <= n; i += 4) {
		a = mix(a, p[i]);
		b = mix(b, p[i + 1]);
		c = mix(c, p[i + 2]);
		d = mix(d, p[i + 3]);
	}
	for (; i < n; i++)
		a = mix(a, p[i]);
	return mix(mix(a, b), mix(c, d));
}

static bool
put_file(const char *path, uint64_t *key)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return false;
	key[0] = mix((uint64_t)st.st_dev, (uint64_t)st.st_ino);
	key[1] = (uint64_t)st.st_size;
	key[2] = (uint64_t)st.st_mtim.tv_sec;
	/* The moment at which it was put there, too: copies keep the first one. */
	key[3] = mix(mix((uint64_t)st.st_mtim.tv_nsec, (uint64_t)st.st_ctim.tv_sec),
	    (uint64_t)st.st_ctim.tv_nsec);
	return true;
}

bool
lexicon_key(const char *dictionary, const char *own_words, uint64_t key[LEX_KEY])
{
	size_t n = own_words == NULL ? 0 : strlen(own_words), i;
	uint64_t word;

	memset(key, 0, LEX_KEY * sizeof *key);
	key[8] = n;
	for (i = 0; i + sizeof word <= n; i += sizeof word) {
		memcpy(&word, own_words + i, sizeof word);
		key[9] = mix(key[9], word);
	}
	for (; i < n; i++)
		key[9] = mix(key[9], (unsigned char)own_words[i]);
	return put_file("/proc/self/exe", key) && put_file(dictionary, key + 4);
}

/* A regular file of this very user that nobody else writes. */
static int
open_own(const char *path, struct stat *st)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0)
		return -1;
	if (fstat(fd, st) != 0 || !S_ISREG(st->st_mode) || st->st_uid != geteuid() ||
	    (st->st_mode & 022) != 0 || st->st_size < (off_t)sizeof(struct head) ||
	    st->st_size > LARGEST || st->st_size % 8 != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool
read_whole(int fd, char *p, size_t n)
{
	while (n > 0) {
		ssize_t got = read(fd, p, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static bool
holds(const struct head *h, const uint64_t key[LEX_KEY], size_t bytes, size_t pieces)
{
	size_t left = bytes - sizeof *h, i;

	if (h->magic != MAGIC || memcmp(h->key, key, sizeof h->key) != 0)
		return false;
	for (i = 0; i < PIECES; i++) {
		if (h->bytes[i] > left || h->bytes[i] % 8 != 0 || (i >= pieces && h->bytes[i] != 0))
			return false;
		left -= h->bytes[i];
	}
	return left == 0 && h->sum == sum_of((const uint64_t *)(h + 1), (bytes - sizeof *h) / 8);
}

void *
lexicon_cache_read(
    const char *path, const uint64_t key[LEX_KEY], struct lex_piece *piece, size_t pieces)
{
	struct stat st;
	int fd = open_own(path, &st);
	struct head *h = fd < 0 ? NULL : malloc((size_t)st.st_size);
	char *at;
	size_t i;

	if (h == NULL || !read_whole(fd, (char *)h, (size_t)st.st_size) ||
	    !holds(h, key, (size_t)st.st_size, pieces)) {
		free(h);
		h = NULL;
	}
	if (fd >= 0)
		close(fd);
	if (h == NULL)
		return NULL;
	at = (char *)(h + 1);
	for (i = 0; i < pieces; at += h->bytes[i++])
		piece[i] = (struct lex_piece){ at, h->bytes[i] };
	return h;
}

static bool
write_whole(int fd, const void *from, size_t n)
{
	const char *p = from;

	while (n > 0) {
		ssize_t put = write(fd, p, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		p += put;
		n -= (size_t)put;
	}
	return true;
}

/* Whether the nearest folder that is there is this user's own: a command with the home of somebody else (sudo) leaves
 * nothing in it that its owner could not replace. */
static bool
own_folder(const char *path)
{
	char above[4096];
	struct stat st;
	char *slash;

	if (snprintf(above, sizeof above, "%s", path) >= (int)sizeof above)
		return false;
	while ((slash = strrchr(above, '/')) != NULL && slash != above) {
		*slash = '\0';
		if (stat(above, &st) == 0)
			return S_ISDIR(st.st_mode) && st.st_uid == geteuid();
		if (errno != ENOENT)
			return false;
	}
	return false;
}

/* The folders above it; what is there stays as it is. */
static void
make_folders(char *path)
{
	char *slash;

	for (slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)!mkdir(path, 0700);
		*slash = '/';
	}
}

void
lexicon_cache_write(
    const char *path, const uint64_t key[LEX_KEY], const struct lex_piece *piece, size_t pieces)
{
	struct head head = { .magic = MAGIC };
	char temp[4096];
	size_t all = 0, i;
	uint64_t *body;
	char *at;
	bool good;
	int fd;

	if (!own_folder(path))
		return;
	for (i = 0; i < pieces; all += piece[i++].n)
		head.bytes[i] = piece[i].n;
	body = malloc(all);
	if (body == NULL || snprintf(temp, sizeof temp, "%s.XXXXXX", path) >= (int)sizeof temp) {
		free(body);
		return;
	}
	for (i = 0, at = (char *)body; i < pieces; at += piece[i++].n)
		memcpy(at, piece[i].p, piece[i].n);
	memcpy(head.key, key, sizeof head.key);
	head.sum = sum_of(body, all / 8);
	make_folders(temp);
	fd = mkostemp(temp, O_CLOEXEC); /* 0600 */
	if (fd >= 0) {
		good = write_whole(fd, &head, sizeof head) && write_whole(fd, body, all);
		good = close(fd) == 0 && good;
		if (!good || rename(temp, path) != 0)
			unlink(temp);
	}
	free(body);
}

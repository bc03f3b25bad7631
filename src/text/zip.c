/* zip.c – see zip.h. minizip writes through five functions; ours move in a growing piece of memory, since
 * it goes back to complete the head of each file. */
#include "text/zip.h"

#include <minizip/zip.h>

#define ZIP_LIMIT ((size_t)64 << 20)

struct zip_pack {
	struct arena *arena;
	char *p;
	size_t n, cap, at;
	int rc;
	zipFile zip;
};

static voidpf
mem_open(voidpf self, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return self;
}

static uLong
mem_read(voidpf self, voidpf stream, void *buf, uLong n)
{
	(void)self;
	(void)stream;
	(void)buf;
	(void)n;
	return 0;
}

static bool
room(struct zip_pack *z, size_t n)
{
	size_t cap = z->cap == 0 ? 65536 : z->cap;
	char *p;

	if (n > ZIP_LIMIT) {
		z->rc = RC_TOOBIG;
		return false;
	}
	if (n <= z->cap)
		return true;
	while (cap < n)
		cap *= 2;
	p = arena_alloc(z->arena, cap);
	if (z->n > 0)
		memcpy(p, z->p, z->n);
	z->p = p;
	z->cap = cap;
	return true;
}

static uLong
mem_write(voidpf self, voidpf stream, const void *buf, uLong n)
{
	struct zip_pack *z = self;

	(void)stream;
	if (!room(z, z->at + n))
		return 0;
	if (n > 0)
		memcpy(z->p + z->at, buf, n);
	z->at += n;
	if (z->at > z->n)
		z->n = z->at;
	return n;
}

static ZPOS64_T
mem_tell(voidpf self, voidpf stream)
{
	const struct zip_pack *z = self;

	(void)stream;
	return z->at;
}

static long
mem_seek(voidpf self, voidpf stream, ZPOS64_T offset, int origin)
{
	struct zip_pack *z = self;
	size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR	 ? z->at
		      : origin == ZLIB_FILEFUNC_SEEK_END ? z->n
							 : 0;

	(void)stream;
	if (from + offset > z->n)
		return -1;
	z->at = from + (size_t)offset;
	return 0;
}

static int
mem_close(voidpf self, voidpf stream)
{
	(void)self;
	(void)stream;
	return 0;
}

static int
mem_error(voidpf self, voidpf stream)
{
	const struct zip_pack *z = self;

	(void)stream;
	return z->rc != RC_OK;
}

struct zip_pack *
zip_pack_open(struct arena *a)
{
	struct zip_pack *z = arena_new(a, struct zip_pack);
	zlib_filefunc64_def f = { mem_open, mem_read, mem_write, mem_tell, mem_seek, mem_close,
		mem_error, z };

	z->arena = a;
	z->zip = zipOpen2_64("memory", APPEND_STATUS_CREATE, NULL, &f);
	return z->zip == NULL ? NULL : z;
}

void
zip_pack_file(struct zip_pack *z, const char *name, const void *p, size_t n)
{
	zip_fileinfo info = { .tmz_date = { .tm_mday = 1, .tm_year = 1980 } };

	if (z->rc != RC_OK)
		return;
	if (n > ZIP_LIMIT)
		z->rc = RC_TOOBIG;
	else if (zipOpenNewFileInZip(z->zip, name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
		     Z_DEFAULT_COMPRESSION) != ZIP_OK ||
		 zipWriteInFileInZip(z->zip, p, (unsigned)n) != ZIP_OK ||
		 zipCloseFileInZip(z->zip) != ZIP_OK)
		z->rc = z->rc == RC_OK ? RC_STORAGE : z->rc;
}

int
zip_pack_close(struct zip_pack *z, struct slice *out)
{
	*out = (struct slice){ "", 0 };
	if (zipClose(z->zip, NULL) != ZIP_OK && z->rc == RC_OK)
		z->rc = RC_STORAGE;
	if (z->rc == RC_OK)
		*out = (struct slice){ z->p, z->n };
	return z->rc;
}

/* files.c – see files.h. The order temp file, fsync, rename, fsync of the folder is what makes a name
 * stand for whole contents even when the power fails between any two steps. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/files.h"
#include "core/picture_run.h"
#include "core/setting.h"
#include "text/hash.h"

/* ---- what it is ---- */

static bool
begins(struct slice s, size_t at, const char *magic, size_t n)
{
	return s.n >= at + n && memcmp(s.p + at, magic, n) == 0;
}

const char *
files_sniff(struct slice s)
{
	if (begins(s, 0, "\xff\xd8\xff", 3))
		return "image/jpeg";
	if (begins(s, 0, "\x89PNG\r\n\x1a\n", 8))
		return "image/png";
	if (begins(s, 0, "RIFF", 4) && begins(s, 8, "WEBP", 4))
		return "image/webp";
	if (begins(s, 0, "GIF87a", 6) || begins(s, 0, "GIF89a", 6))
		return "image/gif";
	if (begins(s, 0, "%PDF-", 5))
		return "application/pdf";
	return NULL;
}

static bool
is_heic(struct slice s)
{
	static const char *const brands[] = { "heic", "heix", "hevc", "heim", "heis", "mif1",
		"msf1" };
	size_t i;

	for (i = 0; begins(s, 4, "ftyp", 4) && i < ARRAY_LEN(brands); i++)
		if (begins(s, 8, brands[i], 4))
			return true;
	return false;
}

/* "Image/JPG; q=1" announces image/jpeg. */
static bool
announced_as(const char *media, const char *found)
{
	static const char *const same[][2] = { { "image/jpg", "image/jpeg" },
		{ "image/pjpeg", "image/jpeg" }, { "image/x-png", "image/png" },
		{ "application/x-pdf", "application/pdf" } };
	size_t n = media == NULL ? 0 : strcspn(media, "; \t"), i;

	if (n == 0 || (n == 24 && strncasecmp(media, "application/octet-stream", n) == 0))
		return true;
	for (i = 0; i < ARRAY_LEN(same); i++)
		if (strlen(same[i][0]) == n && strncasecmp(media, same[i][0], n) == 0)
			return strcmp(same[i][1], found) == 0;
	return strlen(found) == n && strncasecmp(media, found, n) == 0;
}

static int
check(struct ctx *cx, struct slice body, const char *media, const char **found)
{
	int64_t mb;

	TRY(setting_number(cx, "file_mb", (int64_t)(FILES_MAX >> 20), &mb));
	*found = files_sniff(body);
	if (body.n == 0)
		fail_field(cx, "file", N_("The file is empty."));
	else if (body.n > (size_t)mb << 20) {
		fail_field(cx, "file", N_("The file is too large: at most %s MB."), num(cx, mb));
		return RC_TOOBIG;
	} else if (is_heic(body))
		fail_field(cx, "file",
		    N_("HEIC pictures cannot be shown by browsers. Save it as JPEG and try "
		       "again."));
	else if (*found == NULL)
		fail_field(
		    cx, "file", N_("Only pictures (JPEG, PNG, WebP, GIF) and PDF are taken."));
	else if (!announced_as(media, *found))
		fail_field(
		    cx, "file", N_("The file is not what its type says: it holds %s."), *found);
	return fields_rc(cx);
}

/* ---- where it lies ---- */

const char *
files_path(struct arena *a, const char *dir, const char *sha256)
{
	if (sha256 == NULL || strlen(sha256) != 64 || strspn(sha256, "0123456789abcdef") != 64)
		return NULL;
	return arena_printf(a, "%s/%.2s/%s", dir, sha256, sha256 + 2);
}

static bool
sync_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return good;
}

/* A folder that is there, and whose name in its parent is on the disk. */
static bool
make_dir(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (mkdir(path, 0700) != 0)
		return errno == EEXIST;
	return sync_dir(slash == NULL	? "."
			: slash == path ? "/"
					: arena_strn(a, path, (size_t)(slash - path)));
}

static bool
write_all(int fd, struct slice body)
{
	while (body.n > 0) {
		ssize_t n = write(fd, body.p, body.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		body.p += n;
		body.n -= (size_t)n;
	}
	return fsync(fd) == 0;
}

static bool
write_new(struct arena *a, const char *folder, const char *path, struct slice body)
{
	char *temp = arena_printf(a, "%s/.new-XXXXXX", folder);
	int fd = mkostemp(temp, O_CLOEXEC);
	bool good;

	if (fd < 0)
		return false;
	good = write_all(fd, body);
	good = close(fd) == 0 && good;
	good = good && rename(temp, path) == 0;
	if (!good) {
		int why = errno;

		unlink(temp);
		errno = why;
	}
	return good && sync_dir(folder);
}

static bool
lies_there(const char *path, int64_t size)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size;
}

static int
store(struct ctx *cx, const char *dir, struct slice body, char sha256[65])
{
	const char *path, *folder;
	struct sha256 h;
	bool good;

	sha256_init(&h);
	sha256_add(&h, body.p, body.n);
	sha256_hex(&h, sha256);
	path = files_path(cx->arena, dir, sha256);
	folder = arena_strn(cx->arena, path, strlen(dir) + 3);
	good = lies_there(path, (int64_t)body.n) ||
	       (make_dir(cx->arena, dir) && make_dir(cx->arena, folder) &&
		   write_new(cx->arena, folder, path, body));
	if (!good)
		return errno == ENOSPC || errno == EDQUOT
			   ? fail(cx, RC_STORAGE, N_("The disk is full: the file was not stored."))
			   : fail(cx, RC_STORAGE,
				 N_("The file cannot be stored. Tell the administrator."));
	return RC_OK;
}

int
files_put(
    struct ctx *cx, const char *dir, struct slice body, const char *media, struct file_put *out)
{
	struct file_put put = { .size = (int64_t)body.n };

	TRY(check(cx, body, media, &put.media));
	TRY(store(cx, dir, body, put.sha256));
	*out = put;
	return RC_OK;
}

int
files_put_page(struct ctx *cx, const char *dir, struct slice body, bool html, struct file_put *out)
{
	struct file_put put = { .media = html ? "text/html" : "text/plain",
		.size = (int64_t)body.n };

	if (body.n == 0)
		fail_field(cx, "file", N_("The file is empty."));
	TRY(fields_rc(cx));
	if (body.n > FILES_MAX)
		return fail(cx, RC_TOOBIG, N_("The file is too large: at most %s MB."),
		    num(cx, (int64_t)(FILES_MAX >> 20)));
	TRY(store(cx, dir, body, put.sha256));
	*out = put;
	return RC_OK;
}

int
files_put_photo(
    struct ctx *cx, const char *dir, struct slice body, const char *media, struct file_put *out)
{
	struct file_put put = { .media = "image/jpeg" };
	struct picture_out picture[PICTURE_SIDES] = { 0 };
	const char *found;

	TRY(check(cx, body, media, &found));
	if (strncmp(found, "image/", 6) != 0) {
		fail_field(cx, "file",
		    N_("A photograph must be a picture; choose “other” for this file."));
		return RC_INVALID;
	}
	TRY(picture_take(cx, body, picture));
	TRY(store(cx, dir, picture[0].jpeg, put.sha256));
	TRY(store(cx, dir, picture[1].jpeg, put.thumb));
	put.size = (int64_t)picture[0].jpeg.n;
	put.width = picture[0].width;
	put.height = picture[0].height;
	put.small_width = picture[1].width;
	put.small_height = picture[1].height;
	*out = put;
	return RC_OK;
}

static const struct {
	const char *table, *contents;
} places[FILES_PLACES] = {
	[FILES_OF_FILE] = { "file",
	    "SELECT 0 AS place, id, sha256, size FROM file WHERE sha256 NOT IN ('', '-', '—') "
	    "UNION ALL SELECT 0, id, thumb, -1 FROM file WHERE thumb IS NOT NULL" },
	[FILES_OF_PAGE] = { "article_source",
	    "SELECT 1 AS place, id, sha256, size FROM article_source" },
	[FILES_OF_PICTURE] = { "article_picture",
	    "SELECT 2 AS place, id, sha256, size FROM article_picture "
	    "UNION ALL SELECT 2, id, thumb, -1 FROM article_picture" },
};

static bool
stands(const char *table, const char *const *tables, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(tables[i], table) == 0)
			return true;
	return tables == NULL;
}

const char *
files_named(struct arena *a, const char *const *tables, size_t n)
{
	struct buf b;
	size_t i;

	buf_init(&b, a, 0);
	for (i = 0; i < FILES_PLACES; i++)
		if (stands(places[i].table, tables, n))
			buf_printf(&b, "%s%s", b.n == 0 ? "" : " UNION ALL ", places[i].contents);
	return b.p;
}

int
files_drop(struct ctx *cx, const char *dir, enum files_place place, int64_t id, const char *sha256)
{
	const char *path = sha256 == NULL ? NULL : files_path(cx->arena, dir, sha256);
	int64_t others;

	if (path == NULL)
		return RC_OK;
	TRY(db_int(cx, &others,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM (%s) x WHERE sha256 = $1 AND (place <> $2 OR id <> $3)",
		files_named(cx->arena, NULL, 0)),
	    VALS(v_text(sha256), v_int(place), v_int(id))));
	return others > 0 || unlink(path) == 0 || errno == ENOENT
		   ? RC_OK
		   : fail(cx, RC_STORAGE, N_("The file cannot be stored. Tell the administrator."));
}

/* ---- verify ---- */

/* What is wrong with the content at path, NULL = nothing. size −1: no record says it. */
static const char *
content_error(const char *path, const char *sha256, int64_t size)
{
	static const size_t piece = 64 * 1024;
	struct sha256 h;
	char hex[65], *p;
	int64_t got = 0;
	ssize_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? "is missing" : "cannot be read";
	p = malloc(piece);
	if (p == NULL)
		die("out of memory");
	sha256_init(&h);
	while ((n = read(fd, p, piece)) > 0) {
		sha256_add(&h, p, (size_t)n);
		got += n;
	}
	free(p);
	close(fd);
	sha256_hex(&h, hex);
	if (n < 0)
		return "cannot be read";
	if (strcmp(hex, sha256) != 0)
		return "has changed";
	return size < 0 || got == size ? NULL : "has another size than its record says";
}

int
files_check(
    struct ctx *cx, const char *dir, struct buf *out, int64_t *records, int64_t *differences)
{
	AUTO_ROWS r = { 0 };

	*records = *differences = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena, "%s ORDER BY 1, 2, 4 DESC", files_named(cx->arena, NULL, 0)),
	    NO_VALS));
	while (rows_next(&r)) {
		const char *sha = row_text(&r, 2), *path = files_path(cx->arena, dir, sha);
		const char *why =
		    path == NULL ? "has no valid hash" : content_error(path, sha, row_int(&r, 3));

		++*records;
		if (why == NULL)
			continue;
		++*differences;
		buf_printf(out, "%s %lld: its content %.12s %s\n", places[row_int(&r, 0)].table,
		    (long long)row_int(&r, 1), sha, why);
	}
	return rows_end(&r);
}

static const char *files_dir = "";

void
files_home_set(const char *dir)
{
	files_dir = dir;
}

const char *
files_home(void)
{
	return files_dir;
}

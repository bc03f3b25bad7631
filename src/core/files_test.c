/* files_test.c – contents by hash, what is refused, what verify finds; and where a database lies. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core_test.h"
#include "core/files.h"
#include "core/paths.h"

#define S(text) ((struct slice){ text, sizeof text - 1 })
static const char png_sha[] = "4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6";
static const struct slice png = { "\x89PNG\r\n\x1a\n", 8 };

static const char *
folder(void)
{
	return arena_printf(CX->arena, "%s/test.db.files", h.dir);
}

static void
kinds_of_files(void **state)
{
	static const struct {
		struct slice s;
		const char *media;
	} t[] = {
		{ S("\xff\xd8\xff\xe0 rest"), "image/jpeg" },
		{ S("\x89PNG\r\n\x1a\n rest"), "image/png" },
		{ S("RIFF\1\2\3\4WEBPVP8 "), "image/webp" },
		{ S("GIF89a.."), "image/gif" },
		{ S("GIF87a"), "image/gif" },
		{ S("%PDF-1.7\n"), "application/pdf" },
		{ S("RIFF\1\2\3\4WAVE"), NULL },
		{ S("<svg/>"), NULL },
		{ S("<!doctype html>"), NULL },
		{ S("\x89PNG"), NULL },
		{ S(""), NULL },
		{ S("PK\3\4"), NULL },
		{ S(" %PDF-1.7"), NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		const char *got = files_sniff(t[i].s);

		if ((got == NULL) != (t[i].media == NULL) ||
		    (got != NULL && strcmp(got, t[i].media) != 0))
			fail_msg("row %zu: %s", i, got == NULL ? "none" : got);
	}
}

static void
put(void **state)
{
	struct file_put p, again;
	const char *path;
	struct stat st;
	char back[16];
	FILE *f;

	(void)state;
	ok(files_put(CX, folder(), png, "image/png", &p));
	assert_string_equal(p.sha256, png_sha);
	assert_string_equal(p.media, "image/png");
	assert_int_equal(p.size, 8);
	path = files_path(CX->arena, folder(), p.sha256);
	assert_string_equal(path, arena_printf(CX->arena, "%s/4c/%s", folder(), png_sha + 2));
	f = fopen(path, "rb");
	assert_non_null(f);
	assert_int_equal(fread(back, 1, sizeof back, f), 8);
	fclose(f);
	assert_memory_equal(back, png.p, 8);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	ok(files_put(CX, folder(), png, "", &again));
	assert_string_equal(again.sha256, p.sha256);
	ok(files_put(CX, folder(), png, "application/octet-stream", &again));
	ok(files_put(CX, folder(), png, "Image/PNG; x=1", &again));
	ok(files_put(CX, folder(), S("\xff\xd8\xff\xe0"), "image/jpg", &again));
	/* A half file under the name, as after a broken disk, is written anew. */
	assert_int_equal(truncate(path, 3), 0);
	ok(files_put(CX, folder(), png, NULL, &again));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 8);
	/* No temporary file is left. */
	assert_int_equal(
	    system(arena_printf(CX->arena, "test -z \"$(find '%s' -name '.new-*')\"", folder())),
	    0);
}

static void
refused_files(void **state)
{
	struct file_put p;
	char *large = calloc(1, FILES_MAX + 1);

	(void)state;
	assert_non_null(large);
	memcpy(large, "%PDF-1.7", 8);
	refused(files_put(CX, folder(), S(""), NULL, &p), "file");
	refused(files_put(CX, folder(), png, "image/jpeg", &p), "file");
	refused(files_put(CX, folder(), png, "image/pngx", &p), "file");
	refused(files_put(CX, folder(), png, "text/html", &p), "file");
	refused(files_put(CX, folder(), S("<script>"), "image/png", &p), "file");
	CX->lang = LANG_EN;
	assert_int_equal(files_put(CX, folder(),
			     S("\0\0\0\x18"
			       "ftypheic\0\0\0\0"),
			     "image/heic", &p),
	    RC_INVALID);
	assert_non_null(strstr(CX->err.fields->text, "HEIC"));
	house_next(&h);
	assert_int_equal(
	    files_put(CX, folder(), (struct slice){ large, FILES_MAX + 1 }, NULL, &p), RC_TOOBIG);
	assert_string_equal(CX->err.fields->field, "file");
	house_next(&h);
	assert_int_equal(access(folder(), F_OK), -1); /* nothing was written */
	ok(files_put(CX, folder(), (struct slice){ large, FILES_MAX }, NULL, &p));
	free(large);
	/* A folder that cannot be made; the words are for the person. */
	close(open(arena_printf(CX->arena, "%s/plain", h.dir), O_CREAT | O_WRONLY, 0600));
	assert_int_equal(
	    files_put(CX, arena_printf(CX->arena, "%s/plain/x", h.dir), png, NULL, &p), RC_STORAGE);
	assert_true(CX->err.text[0] != '\0');
	house_next(&h);
}

static void
paths_of_hashes(void **state)
{
	(void)state;
	assert_null(files_path(CX->arena, "d", NULL));
	assert_null(files_path(CX->arena, "d", "abc"));
	assert_null(files_path(
	    CX->arena, "d", "../../../../etc/passwd/0123456789012345678901234567890123456789"));
	assert_null(files_path(
	    CX->arena, "d", "4C4B6A3BE1314AB86138BEF4314DDE022E600960D8689A2C8F8631802D20DAB6"));
}

static void
file_row(int id, const char *sha, int size)
{
	house_sql(
	    &h, arena_printf(CX->arena,
		    "INSERT INTO file (id, version, created_at, changed_at, sha256, size, media,"
		    " name, type, withdrawn, sort_kk, sort_ru, sort_en, fold_key) VALUES (%d, 1, "
		    "0, 0, '%s', %d, 'image/png',"
		    " 'x', 'photo', 0, '', '', '', '')",
		    id, sha, size));
}

static void
verified(void **state)
{
	struct file_put p;
	struct buf out;
	int64_t n, d;
	FILE *f;

	(void)state;
	buf_init(&out, CX->arena, 0);
	ok(files_put(CX, folder(), png, NULL, &p));
	file_row(1, p.sha256, 8);
	file_row(2, "", 0); /* a link: no content */
	ok(files_check(CX, folder(), &out, &n, &d));
	assert_int_equal(n, 1);
	assert_int_equal(d, 0);
	assert_string_equal(out.p, "");
	file_row(3, "0000000000000000000000000000000000000000000000000000000000000000", 8);
	file_row(4, p.sha256, 9);
	file_row(5, "../key", 9);
	f = fopen(files_path(CX->arena, folder(), p.sha256), "r+b");
	ok(files_check(CX, folder(), &out, &n, &d));
	assert_int_equal(n, 4);
	assert_int_equal(d, 3);
	assert_non_null(strstr(out.p, "file 3: its content 000000000000 is missing"));
	assert_non_null(strstr(out.p, "file 4: its content 4c4b6a3be131 has another size"));
	assert_non_null(strstr(out.p, "file 5: its content ../key has no valid hash"));
	assert_non_null(f);
	fputc('X', f); /* same size, other bytes */
	fclose(f);
	buf_init(&out, CX->arena, 0);
	ok(files_check(CX, folder(), &out, &n, &d));
	assert_int_equal(d, 4);
	assert_non_null(strstr(out.p, "file 1: its content 4c4b6a3be131 has changed"));
}

static void
where_it_lies(void **state)
{
	static const struct {
		const char *url, *dir, *key; /* key NULL = refused */
		bool pg;
	} t[] = {
		{ "demo.db", NULL, "demo.db.key", false },
		{ "/var/lib/x/a.db", "/else", "/var/lib/x/a.db.key", false },
		{ "postgresql://u:p@h:5432/shany", NULL, "shany.key", true },
		{ "postgresql://u:p@h/shany?sslmode=require", "/var/lib/s", "/var/lib/s/shany.key",
		    true },
		{ "postgres:///shany", "/var/lib/s/", "/var/lib/s/shany.key", true },
		{ "postgresql://h/?host=/tmp&dbname=other", NULL, "other.key", true },
		{ "postgresql://u@/postgres?host=/tmp/pg", "", "postgres.key", true },
		{ "postgresql://h/..%2f..%2Fetc", NULL, "_._.._etc.key", true },
		{ "postgresql://h/a%20b%00c", NULL, "a_b_c.key", true },
		{ "postgresql://h/", NULL, NULL, true },
		{ "postgresql://h", NULL, NULL, true },
		{ "postgresql://h?host=/a/b", NULL, NULL, true },
		{ "", NULL, NULL, false },
		{ NULL, NULL, NULL, false },
		{ "folder/", NULL, NULL, false },
	};
	struct paths p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		int rc = paths_of(CX->arena, t[i].url, t[i].dir, &p);

		if (rc != (t[i].key == NULL ? RC_INVALID : RC_OK))
			fail_msg("row %zu: %d", i, rc);
		if (rc != RC_OK)
			continue;
		if (strcmp(p.key, t[i].key) != 0)
			fail_msg("row %zu: %s, not %s", i, p.key, t[i].key);
		assert_int_equal(p.pg, t[i].pg);
	}
	assert_int_equal(paths_of(CX->arena, "demo.db", NULL, &p), RC_OK);
	assert_string_equal(p.files, "demo.db.files");
	assert_string_equal(p.sign_ins, "demo.db.sign-ins");
	assert_string_equal(p.base, "demo.db");
}

#define ONCE(f)                                       \
	{                                             \
#f, f, open_sqlite, close_house, NULL \
	} /* no database in it */

int
main(void)
{
	const struct CMUnitTest all[] = { ONCE(kinds_of_files), ONCE(put), ONCE(refused_files),
		ONCE(paths_of_hashes), BOTH(verified), ONCE(where_it_lies) };

	return run_both("core files", all, ARRAY_LEN(all));
}

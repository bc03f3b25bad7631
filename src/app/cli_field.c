/* cli_field.c – `shanyraq field export --headquarters N FILE` and `shanyraq field merge FILE`.
 *
 * FILE is an SQLite database that the same program serves; FILE.key beside it is the copy's own key. The house
 * needs no key file to merge: it derives the copy's key from its own. */
#include "app/cli_field.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mod/field/field.h"
#include "search/search.h"

static int
index_copy(struct ctx *copy)
{
	int64_t records;

	return search_reindex(copy, app_kinds, app_nkinds, &records);
}

/* By number or by code. */
static int
find_headquarters(struct ctx *cx, const char *text, int64_t *id)
{
	int rc;

	if (text == NULL)
		return fail(cx, RC_INVALID, "%s", "field export --headquarters N|CODE FILE");
	if (num_parse(text, id))
		rc = db_int(cx, id, "SELECT id FROM headquarters WHERE id = $1", VALS(v_int(*id)));
	else
		rc = db_int(
		    cx, id, "SELECT id FROM headquarters WHERE code = $1", VALS(v_text(text)));
	return rc == RC_NOTFOUND ? fail(cx, RC_INVALID, N_("There is no such headquarters.")) : rc;
}

static int
put_key(struct ctx *cx, const char *path, const unsigned char key[32])
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	char hex[66];
	size_t i;
	bool ok;

	if (fd < 0)
		return fail(cx, RC_STORAGE, "%s: %s", path, strerror(errno));
	for (i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", key[i]);
	hex[64] = '\n';
	ok = write(fd, hex, 65) == 65 && fsync(fd) == 0;
	if (close(fd) != 0 || !ok)
		return fail(cx, RC_STORAGE, "%s: %s", path, strerror(errno));
	return RC_OK;
}

static void
remove_copy(struct ctx *cx, const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".key" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(ends); i++)
		if (unlink(arena_printf(cx->arena, "%s%s", path, ends[i])) != 0 && errno != ENOENT)
			fprintf(stderr, "%s%s: %s\n", path, ends[i], strerror(errno));
}

static bool
taken(struct ctx *cx, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 || stat(arena_printf(cx->arena, "%s.key", path), &st) == 0;
}

static int
export_verb(struct app *a, struct ctx *cx, const struct opts *o, const char *path)
{
	struct field_export e = { .index = index_copy, .program = app_schema() };
	const char *err = NULL;
	int rc;

	TRY(find_headquarters(cx, o->headquarters, &e.headquarters));
	if (taken(cx, path))
		return fail(cx, RC_INVALID, N_("%s is there already; give another name."), path);
	rc = app_store_make(a, path, &e.to, &err);
	if (rc != RC_OK)
		rc = fail(cx, rc, "%s", err == NULL ? "" : err);
	else
		rc = field_export(cx, &e);
	if (e.to != NULL)
		store_close(e.to);
	if (rc == RC_OK)
		rc = put_key(cx, arena_printf(cx->arena, "%s.key", path), e.key);
	if (rc != RC_OK) {
		remove_copy(cx, path);
		return rc;
	}
	printf("copy %lld: %lld needs, %lld users\n", (long long)e.number, (long long)e.needs,
	    (long long)e.users);
	fprintf(stderr, "Take %s and %s.key along; start it with: shanyraq serve --db %s\n%s", path,
	    path, path,
	    e.users == 0 ? "Nobody of this house holds the role relief or driver with a password: "
			   "nobody can sign in to the copy.\n"
			 : "");
	return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

static int
open_copy(struct ctx *cx, const char *path, struct store **out)
{
	const char *err = NULL;
	int have;

	if (access(path, R_OK) != 0)
		return fail(cx, RC_INVALID, "%s: %s", path, strerror(errno));
	if (store_open(&(struct store_options){ .url = path, .patient = true }, out, &err) !=
		RC_OK ||
	    store_schema(*out, &have, &err) != RC_OK || have == 0)
		return fail(cx, RC_INVALID,
		    N_("This file is no copy of a headquarters, or it is damaged. Nothing was "
		       "merged."));
	if (have < app_schema())
		return fail(cx, RC_INVALID,
		    N_("The copy is of an older program (schema %s, here %s): bring it up with "
		       "“shanyraq migrate --db FILE”, its key file beside it, and merge again. "
		       "Nothing was merged."),
		    num(cx, have), num(cx, app_schema()));
	if (have > app_schema())
		return fail(cx, RC_INVALID,
		    N_("The copy is of a newer program (schema %s, here %s): update this program "
		       "first. Nothing was merged."),
		    num(cx, have), num(cx, app_schema()));
	return RC_OK;
}

static int
merge_verb(struct ctx *cx, const char *path)
{
	struct store *from = NULL;
	struct field_sums s;
	int rc = open_copy(cx, path, &from);

	if (rc == RC_OK)
		rc = field_merge(cx, from, &s);
	if (from != NULL)
		store_close(from);
	TRY(rc);
	printf("merged %lld operations, %lld already known, %lld conflicts, %lld shortages\n",
	    (long long)s.merged, (long long)s.known, (long long)s.conflicts,
	    (long long)s.shortages);
	return fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

int
cli_field(struct app *a, struct ctx *cx, const struct opts *o)
{
	if (o->argc == 2 && strcmp(o->argv[0], "export") == 0)
		return export_verb(a, cx, o, o->argv[1]);
	if (o->argc == 2 && strcmp(o->argv[0], "merge") == 0)
		return merge_verb(cx, o->argv[1]);
	return fail(
	    cx, RC_INVALID, "%s", "field export --headquarters N|CODE FILE | field merge FILE");
}

/* cli_backup.c – `shanyraq backup FILE` and `shanyraq restore FILE`.
 *
 * Restore makes the tables as they were when the backup was made, fills them, and only then brings
 * them to this program's schema: so an older backup takes the same road as an older database. */
#include "app/cli_backup.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/erased.h"
#include "core/backup.h"
#include "mod/charity/charity.h"
#include "mod/centre/centre.h"
#include "mod/stock/stock.h"

static void
say(struct ctx *cx, const char *what, const struct backup_sums *s)
{
	fprintf(stderr, "%s: ", what);
	if (s->tables > 0)
		fprintf(stderr, "%s tables, %s rows, ", num(cx, s->tables), num(cx, s->rows));
	fprintf(stderr, "%s files, %s bytes, of %s\n", num(cx, s->files), num(cx, s->bytes),
	    moment_text(cx, s->created_at));
}

int
backup_verb(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct backup_sums sums;

	bool rows = o->format != NULL && strcmp(o->format, "rows") == 0;

	if (o->argc != 1 || (o->format != NULL && !rows))
		return fail(cx, RC_INVALID, "%s", "backup FILE [--format rows]");
	TRY(backup_write(cx, o->argv[0], a->paths.files, rows ? BACKUP_ROWS : BACKUP_QUICK, &sums));
	say(cx, "backup", &sums);
	fprintf(stderr, "The key %s is not in it: keep a copy of it apart.\n", a->paths.key);
	return RC_OK;
}

int
backup_before_migrating(struct app *a, struct ctx *cx)
{
	struct backup_sums sums;
	const char *path, *err = NULL;
	int have;

	if (store_schema(a->store, &have, &err) != RC_OK)
		return fail(cx, RC_STORAGE, "%s", err == NULL ? "" : err);
	if (have == 0 || have >= app_schema())
		return RC_OK;
	path = arena_printf(cx->arena, "%s.before-schema-%d.shanyraq", a->paths.base, app_schema());
	TRY(backup_write(cx, path, a->paths.files, BACKUP_QUICK, &sums));
	fprintf(stderr, "%s\n", path);
	say(cx, "backup", &sums);
	return RC_OK;
}

int
backup_schema(const char *path)
{
	FILE *f = fopen(path, "rbe");
	char head[256];
	const char *p;
	size_t n;

	if (f == NULL)
		return 0;
	n = fread(head, 1, sizeof head - 1, f);
	fclose(f);
	head[n] = '\0';
	/* Behind the first line comes the head of a piece, which holds NULs. */
	for (p = head; p + 7 < head + n; p++)
		if (memcmp(p, "schema=", 7) == 0)
			return atoi(p + 7);
	return 0;
}

int
restore_verb(struct app *a, struct ctx *cx, const struct opts *o, int64_t *differences)
{
	struct backup_sums sums;
	const char *err = NULL;
	struct buf out;
	int64_t again;
	int rc;

	if (o->argc != 1)
		return fail(cx, RC_INVALID, "%s", "restore FILE");
	TRY(backup_restore(cx, o->argv[0], a->paths.files, &sums));
	say(cx, "restore", &sums);
	rc = app_upgrade(a, &err);
	if (rc != RC_OK)
		return fail(cx, rc, "%s", err == NULL ? "" : err);
	TRY(stock_seed(cx)); /* a backup from before the ledger has no list of goods */
	TRY(charity_seed(cx));
	TRY(centre_seed(cx));
	TRY(erased_replay(a, cx, &again));
	if (again > 0)
		fprintf(stderr, "erased again, from %s.erased: %s people\n", a->paths.base,
		    num(cx, again));
	buf_init(&out, cx->arena, 0);
	TRY(figure_verify(cx, &out, differences));
	return fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0 ? RC_OK : RC_STORAGE;
}

/* erased.c – see erased.h. */
#include "app/erased.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "kind/vault.h"
#include "mod/registry/registry.h"

enum { LINE_MAX_BYTES = 400, LIST_MAX = 16 << 20 };

/* ---- one line ---- */

static const char *
unsigned_text(struct arena *a, const struct erased_line *l)
{
	return arena_printf(a, "%lld %lld %lld %d %lld %s", (long long)l->person,
	    (long long)l->made_at, (long long)l->at, l->day, (long long)l->account, l->ground);
}

const char *
erased_text(struct arena *a, const struct erased_line *l)
{
	const char *text = unsigned_text(a, l);

	return arena_printf(
	    a, "%s %s", text, vault_mac_hex(a, VAULT_AUDIT, arena_printf(a, "erased|%s", text)));
}

bool
erased_parse(struct arena *a, const char *text, size_t n, struct erased_line *out)
{
	return erased_line_read(text, n, out) &&
	       vault_equal(erased_text(a, out), arena_strn(a, text, n));
}

/* ---- the file ---- */

struct erased_list {
	struct erased_line *v;
	size_t n, room;
};

static const char *
list_path(const struct app *a, struct arena *arena)
{
	return arena_printf(arena, "%s.erased", a->paths.base);
}

static void
add(struct ctx *cx, struct erased_list *l, const struct erased_line *one)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->v[i].person == one->person && l->v[i].made_at == one->made_at)
			return;
	if (l->n == l->room) {
		size_t room = l->room == 0 ? 64 : l->room * 2;
		struct erased_line *more = arena_array(cx->arena, struct erased_line, room);

		if (l->n > 0)
			memcpy(more, l->v, l->n * sizeof *more);
		l->v = more;
		l->room = room;
	}
	l->v[l->n++] = *one;
}

static int
unreadable(struct ctx *cx, const char *path)
{
	return fail(cx, RC_STORAGE,
	    N_("The list of erased people %s cannot be read or written: %s."), path,
	    strerror(errno));
}

static int
read_list(struct ctx *cx, const char *path, struct erased_list *l)
{
	char line[LINE_MAX_BYTES + 2];
	FILE *f = fopen(path, "rbe");

	if (f == NULL)
		return errno == ENOENT ? RC_OK : unreadable(cx, path);
	while (fgets(line, sizeof line, f) != NULL) {
		struct erased_line one;

		if (erased_parse(cx->arena, line, strcspn(line, "\n"), &one))
			add(cx, l, &one);
	}
	fclose(f);
	return RC_OK;
}

static bool
put(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static int
write_list(struct ctx *cx, const char *path, const struct erased_list *l)
{
	char *temp = arena_printf(cx->arena, "%s.new-XXXXXX", path);
	int fd = mkostemp(temp, O_CLOEXEC);
	struct buf b;
	bool good;
	size_t i;

	if (fd < 0)
		return unreadable(cx, path);
	buf_init(&b, cx->arena, LIST_MAX);
	for (i = 0; i < l->n; i++)
		buf_printf(&b, "%s\n", erased_text(cx->arena, &l->v[i]));
	good = !b.over && put(fd, b.p, b.n) && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	if (good && rename(temp, path) == 0)
		return RC_OK;
	unlink(temp);
	return unreadable(cx, path);
}

/* ---- both ways ---- */

static int
add_proofs(struct ctx *cx, struct erased_list *l, int64_t *newest)
{
	struct erasure *e;
	int64_t after = 0;
	size_t n, i;

	do {
		TRY(erasures(cx, after, 500, &e, &n));
		for (i = 0; i < n; i++) {
			struct erased_line one = { .person = e[i].person,
				.made_at = e[i].made_at,
				.at = e[i].at,
				.account = e[i].account,
				.day = e[i].day };

			snprintf(one.ground, sizeof one.ground, "%s", e[i].ground);
			add(cx, l, &one);
			*newest = e[i].id > *newest ? e[i].id : *newest;
			after = e[i].id;
		}
	} while (n > 0);
	return RC_OK;
}

int
erased_save(struct app *a, struct ctx *cx, int64_t *seen)
{
	const char *path = list_path(a, cx->arena);
	struct erased_list l = { 0 };
	const char *err = NULL;
	int64_t newest;

	TRY(db_int(cx, &newest, "SELECT coalesce(max(id), 0) FROM erasure", NO_VALS));
	if (newest == *seen)
		return RC_OK;
	TRY(read_list(cx, path, &l));
	TRY(add_proofs(cx, &l, &newest));
	db_end(cx);
	TRY(write_list(cx, path, &l));
	*seen = newest;
	if (store_scrub(a->store, &err) != RC_OK)
		log_line(LOG_WARN, "the write-ahead log was not emptied after an erasure: %s",
		    err == NULL ? "" : err);
	return RC_OK;
}

static int
has_come_back(struct ctx *cx, const struct erased_line *l, bool *yes)
{
	int64_t one;
	int rc = db_int(cx, &one,
	    "SELECT 1 FROM person WHERE id = $1 AND created_at = $2 AND erased_on IS NULL",
	    VALS(v_int(l->person), v_int(l->made_at)));

	*yes = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
erased_replay(struct app *a, struct ctx *cx, int64_t *n)
{
	const char *path = list_path(a, cx->arena);
	struct erased_list l = { 0 };
	int64_t seen = -1;
	size_t i;

	*n = 0;
	TRY(read_list(cx, path, &l));
	for (i = 0; i < l.n; i++) {
		struct erase_in in = { .person = l.v[i].person,
			.ground = l.v[i].ground,
			.at = l.v[i].at,
			.day = l.v[i].day,
			.account = l.v[i].account };
		struct erase_sums sums;
		bool yes;

		TRY(has_come_back(cx, &l.v[i], &yes));
		if (!yes)
			continue;
		TRY(person_erase(cx, &in, &sums));
		*n += sums.people;
	}
	return erased_save(a, cx, &seen);
}

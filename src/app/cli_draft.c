/* cli_draft.c – see cli_draft.h. */
#include "app/cli_draft.h"

#include <errno.h>
#include <stdio.h>

#include "core/setting.h"
#include "mod/draft/draft_check.h"

/* One byte past the limit tells that there is more. */
static int
read_file(struct ctx *cx, const char *name, struct buf *out)
{
	char piece[1 << 15];
	FILE *f = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
	size_t n;
	bool bad;

	if (f == NULL)
		return fail(cx, RC_INVALID, "%s: %s", name, strerror(errno));
	buf_init(out, cx->arena, DRAFT_BYTES + sizeof piece * 2);
	while (out->n <= DRAFT_BYTES && (n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(out, piece, n);
	bad = ferror(f) != 0;
	if (f != stdin)
		fclose(f);
	if (bad)
		return fail(cx, RC_INVALID, "%s: %s", name, strerror(errno == 0 ? EIO : errno));
	return RC_OK;
}

int
cli_draft(struct ctx *cx, const struct opts *o, bool *found)
{
	struct draft d;
	struct json j;
	struct buf file;
	bool pinned;

	*found = false;
	if (o->argc != 1)
		return fail(cx, RC_INVALID, "%s", "check-draft FILE (- reads standard input)");
	TRY(read_file(cx, o->argv[0], &file));
	TRY(setting_business_day(cx, &cx->today, &pinned));
	TRY(draft_check(cx, file.p, file.n, &d));
	json_init(&j, cx->arena, 0);
	draft_json(&j, &d);
	if (!json_ok(&j))
		return fail(cx, RC_TOOBIG, "%s", "there is more to say than fits into one answer");
	buf_char(&j.out, '\n');
	if (fwrite(j.out.p, 1, j.out.n, stdout) != j.out.n || fflush(stdout) != 0)
		return RC_STORAGE;
	*found = d.count[DRAFT_FALSE] > 0;
	return RC_OK;
}

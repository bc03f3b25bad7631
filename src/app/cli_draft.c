/* cli_draft.c – see cli_draft.h. */
#include "app/cli_draft.h"

#include <stdio.h>

#include "app/cli_page.h"
#include "core/setting.h"
#include "mod/draft/draft_check.h"

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
	TRY(cli_read_file(cx, o->argv[0], DRAFT_BYTES, &file));
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

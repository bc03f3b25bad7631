/* cli_feed.c – see cli_feed.h. */
#include "app/cli_feed.h"

#include <stdio.h>
#include <string.h>

#include "core/setting.h"
#include "mod/media/media_feed.h"

int
cli_feed(struct app *a, struct ctx *cx, const struct opts *o)
{
	struct media_polling p = { .did = true };
	bool pinned;

	(void)a;
	if (o->argc != 1 || strcmp(o->argv[0], "poll") != 0)
		return fail(cx, RC_INVALID, "%s", "feed poll");
	TRY(setting_business_day(cx, &cx->today, &pinned));
	while (p.did) {
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(media_poll(cx, &p));
		if (p.did)
			printf("%s: %s, %lld found\n", p.outlet, p.said, (long long)p.found);
		db_end(cx);
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

/* event_follow.c – what a changed event leaves behind, here and in modules that build on events: those hand
 * over a function at boot, so that this module needs to know none of them. */
#include "mod/event/event_inner.h"

static struct {
	event_follower *const *list;
	size_t n;
} followers;

void
event_followers_set(event_follower *const *list, size_t n)
{
	followers.list = list;
	followers.n = n;
}

int
event_followed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	size_t i;

	TRY(event_changed(cx, tx, old, rec));
	for (i = 0; i < followers.n; i++)
		TRY(followers.list[i](cx, tx, old, rec));
	return RC_OK;
}

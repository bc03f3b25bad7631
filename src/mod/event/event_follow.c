/* event_follow.c – what else is written when an event was: its own cells first, then what other modules
 * asked for (a hall follows its event, for example). They stand above this module, so they come as
 * functions handed over at boot. */
#include "mod/event/event_inner.h"

enum { FOLLOWERS = 8 };
static event_follower *followers[FOLLOWERS];

void
event_follow_add(event_follower *f)
{
	size_t i;

	for (i = 0; i < FOLLOWERS; i++)
		if (followers[i] == NULL || followers[i] == f) {
			followers[i] = f;
			return;
		}
	die("more than %d modules follow events", FOLLOWERS);
}

int
event_written(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	size_t i;

	TRY(event_changed(cx, tx, old, rec));
	for (i = 0; i < FOLLOWERS && followers[i] != NULL; i++)
		TRY(followers[i](cx, tx, old, rec));
	return RC_OK;
}

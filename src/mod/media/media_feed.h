/* media_feed.h – feeds of outlets looked into, politely and only where the settings say how often.
 *
 * One feed at a time, each no more often than the setting feed_minutes says (at least 15); after a failure twice as
 * late, up to a day; what the server asks with Retry-After is kept. What is fetched and from where: core/fetch.h.
 * An item that names the assembly, a body, a programme or a word of the office, in any script and case, waits in
 * media_found for somebody; nothing of it counts. RULE media-7, media-8 */
#ifndef MOD_MEDIA_FEED_H
#define MOD_MEDIA_FEED_H

#include <stdatomic.h>

#include "mod/media/media.h"

struct media_feed_state {
	int64_t every; /* minutes; 0 = no feed is looked into */
	int64_t asked_at, next_at, fails;
	const char *said; /* code of media_feed_ends: what came of it last; NULL = not asked yet */
};
extern const struct option media_feed_ends[];
int media_feed_state(struct ctx *cx, int64_t outlet, struct media_feed_state *out) MUST;

struct media_polling {
	const _Atomic bool *stop;  /* breaks a transfer off; NULL = never */
	bool inner;		   /* tests alone: addresses of the own machine, any port */
	bool did;		   /* out: a feed was looked into */
	int64_t found;		   /* out: new items */
	const char *outlet, *said; /* out, for the log: name, code of media_feed_ends */
};
/* The feed that is due the longest, if any. Not inside a write. RC_RULE: the settings do not allow it. */
int media_poll(struct ctx *cx, struct media_polling *p) MUST;

/* The phrases that an outlet's items are held against; tests. */
struct media_words {
	const char **stem; /* "qazaqstan xalqi assambleia": stems parted by blanks */
	const char **said; /* as it was written */
	size_t n;
};
int media_words(struct ctx *cx, const char *own, struct media_words *out) MUST;
/* The first phrase of them in the text, NULL = none. */
const char *media_match(struct arena *a, const struct media_words *w, const char *text);

#endif

/* signup_letter.c – what is written to those who signed up.
 *
 * In the language of the sign-up, whoever brings the letter about. Names and answers that a guest typed stand
 * in no letter: anybody may type anybody's address, and the house must not carry a stranger's words there. */
#include "core/outbox.h"
#include "mod/signup/signup_inner.h"

static struct {
	const char *base;
} home;

void
signup_home_set(const char *base)
{
	home.base = base;
}

static const char *
subject_of(struct ctx *cx, enum signup_news news, const char *title)
{
	switch (news) {
	case NEWS_PLACED:
		return trf(cx, "You are signed up: %s", title);
	case NEWS_WAITS:
		return trf(cx, "You are in the waiting list: %s", title);
	case NEWS_MOVED_UP:
		return trf(cx, "There is a place for you: %s", title);
	case NEWS_WITHDRAWN:
		return trf(cx, "Your sign-up is withdrawn: %s", title);
	case NEWS_CANCELLED:
		return trf(cx, "Cancelled: %s", title);
	case NEWS_POSTPONED:
		return trf(cx, "Postponed: %s", title);
	case NEWS_CHANGED:
		break;
	}
	return trf(cx, "Day, hour or place changed: %s", title);
}

static const char *
lead_of(struct ctx *cx, enum signup_news news)
{
	switch (news) {
	case NEWS_PLACED:
		return tr(cx, "You are signed up. Show a code at the entrance.");
	case NEWS_WAITS:
		return tr(cx,
		    "There is no place yet. When one becomes free you get it by yourself, and a "
		    "letter comes.");
	case NEWS_MOVED_UP:
		return tr(cx,
		    "A place became free and is yours. Show a code at the entrance. If you "
		    "cannot come, please withdraw, so that others can.");
	case NEWS_WITHDRAWN:
		return tr(cx, "Your sign-up is withdrawn; its codes are no longer good.");
	case NEWS_CANCELLED:
		return tr(cx, "The event does not take place; the tickets are no longer good.");
	case NEWS_POSTPONED:
		return tr(cx,
		    "The event does not take place on this day. When a new day is known, a letter "
		    "comes; your sign-up stays.");
	case NEWS_CHANGED:
		break;
	}
	return tr(cx, "Something about the event has changed; your sign-up stays. It is now:");
}

/* Day, hour, place. */
static void
put_event(struct ctx *cx, struct buf *b, const struct event *e, const char *title)
{
	buf_printf(b, "\n\n%s\n%s", title,
	    day_range(cx, e->first_day, e->last_day == 0 ? e->first_day : e->last_day));
	if (e->starts != NULL && *e->starts != '\0')
		buf_printf(b, ", %s", e->starts);
	if (e->place != NULL && *e->place != '\0')
		buf_printf(b, "\n%s", e->place);
}

static int
put_codes(struct ctx *cx, struct buf *b, const struct signup *s)
{
	struct ticket t[SIGNUP_PERSONS];
	size_t n, i;

	TRY(signup_tickets(cx, s->rec.id, t, &n));
	buf_str(b, "\n");
	for (i = 0; i < n; i++)
		if (strcmp(t[i].state, "valid") == 0)
			buf_printf(
			    b, "\n%lld.  %s", (long long)t[i].seat, ticket_shown(cx->arena, &t[i]));
	return RC_OK;
}

static void
put_address(struct ctx *cx, struct buf *b, const struct signup *s)
{
	if (home.base == NULL)
		return;
	buf_printf(b, "\n\n%s\n%s/%s/s/%s\n%s", tr(cx, "Tickets, changes, withdrawal:"), home.base,
	    lang_prefix(cx), signup_secret(cx->arena, s),
	    tr(cx, "Whoever has this address can change your sign-up: keep it to yourself."));
}

static int
compose(struct ctx *cx, const struct signup *s, enum signup_news news, struct letter_new *out)
{
	bool placed = strcmp(s->state, "placed") == 0;
	struct signup_form f;
	struct event e;
	struct buf b;
	const char *title, *after;
	int rc;

	TRY(kind_load(cx, &event_kind, s->event, &e));
	title = kind_title(cx, &event_kind, &e);
	buf_init(&b, cx->arena, 0);
	buf_str(&b, lead_of(cx, news));
	put_event(cx, &b, &e, title);
	if (placed && news != NEWS_WITHDRAWN && news != NEWS_CANCELLED && news != NEWS_POSTPONED) {
		TRY(put_codes(cx, &b, s));
		rc = signup_form_of(cx, s->event, &f);
		after = rc == RC_OK ? tr3(cx, &f.after, NULL) : "";
		if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
		if (*after != '\0')
			buf_printf(&b, "\n\n%s", after);
	}
	if (news != NEWS_WITHDRAWN)
		put_address(cx, &b, s);
	buf_str(&b, "\n");
	*out = (struct letter_new){ s->email, subject_of(cx, news, title), b.p, 0 };
	return RC_OK;
}

int
signup_tell_tx(
    struct ctx *cx, struct tx *tx, const struct signup *s, enum signup_news news, bool *mailed)
{
	enum lang reader = cx->lang;
	bool latin = cx->latin;
	struct letter_new l;
	int rc;

	*mailed = false;
	if (s->email == NULL)
		return RC_OK;
	cx->latin = false;
	if (!lang_parse(s->lang, &cx->lang))
		cx->lang = LANG_KK;
	rc = compose(cx, s, news, &l);
	cx->lang = reader;
	cx->latin = latin;
	return rc == RC_OK ? outbox_put_tx(cx, tx, &l, mailed) : rc;
}

/* ---- what happens to the event ---- */

static bool
differ(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) != 0;
}

/* False: nothing that those who signed up must know. */
static bool
news_of(const struct event *was, const struct event *is, enum signup_news *news)
{
	bool cancelled = strcmp(is->state, "cancelled") == 0,
	     postponed = strcmp(is->state, "postponed") == 0,
	     off = strcmp(was->state, "cancelled") == 0 || strcmp(was->state, "postponed") == 0;

	*news = cancelled ? NEWS_CANCELLED : postponed ? NEWS_POSTPONED : NEWS_CHANGED;
	if (cancelled || postponed)
		return differ(was->state, is->state);
	if (strcmp(is->state, "approved") != 0)
		return false;
	return off || was->first_day != is->first_day || was->last_day != is->last_day ||
	       differ(was->starts, is->starts) || differ(was->place, is->place);
}

struct telling {
	int64_t event;
	enum signup_news news;
};

static int
tell_all(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct telling *t = arg;
	AUTO_ROWS r = { 0 };
	int64_t all, *ids;
	size_t n = 0, i;

	TRY(db_int(
	    cx, &all, "SELECT count(*) FROM signup WHERE event = $1", VALS(v_int(t->event))));
	ids = arena_array(cx->arena, int64_t, all + 1);
	TRY(db_rows(cx, &r,
	    "SELECT id FROM signup WHERE event = $1 AND state <> 'withdrawn' AND email IS NOT NULL "
	    "ORDER BY id",
	    VALS(v_int(t->event))));
	while (n < (size_t)all && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		struct signup s;
		bool mailed;

		TRY(kind_load(cx, &signup_kind, ids[i], &s));
		TRY(signup_tell_tx(cx, tx, &s, t->news, &mailed));
	}
	return RC_OK;
}

/* RULE signup-12: whoever signed up is told when the event is cancelled, postponed or moved. The tickets' rows
 * stay: what they are worth follows the event (ticket_status()), so a cancelled event that is planned again has
 * its guests. */
int
signup_event_follow(struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is)
{
	struct telling t = { is->rec.id, NEWS_CHANGED };
	int last = is->last_day == 0 ? is->first_day : is->last_day;

	if (was == NULL || is->merged_into != 0 || last < cx->today || !news_of(was, is, &t.news))
		return RC_OK;
	TRY(signup_as_house(cx, tx, tell_all, &t));
	return signup_fill_tx(cx, tx, is->rec.id);
}

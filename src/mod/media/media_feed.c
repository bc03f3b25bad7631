/* media_feed.c – feeds looked into, and the queue of what was found. See media_feed.h. */
#include "mod/media/media_feed.h"

#include "base/utf8.h"
#include "core/fetch.h"
#include "core/setting.h"
#include "mod/media/media_inner.h"
#include "text/feed.h"
#include "text/hash.h"
#include "text/weblink.h"

enum { LEAST_MINUTES = 15, KEPT_DAYS = 90, NEW_DAYS = 60, SECONDS = 20 };
enum { TITLE_MOST = 300, AUTHOR_MOST = 200 }; /* of a publication */
#define MOST ((size_t)2 << 20)
#define MINUTE (60 * US_PER_SECOND)

const struct option media_feed_ends[] = {
	{ "fine", N_("The last answer was good.") },
	{ "same", N_("Nothing new since the look before.") },
	{ "error", N_("The server answered with an error.") },
	{ "address", N_("The address is none of a public page.") },
	{ "private",
	    N_("The address leads into a private network; nothing is fetched from there.") },
	{ "hops", N_("It leads on and on to other addresses.") },
	{ "big", N_("The feed is larger than 2 MB.") },
	{ "failed", N_("No answer came, or it broke off.") },
	{ "none", N_("The server lacks the library libcurl.") },
	{ "not", N_("What came is no feed.") },
	{ "broken", N_("The feed breaks off; what stands before the break was read.") },
	{ "type", N_("The feed declares a document type; such a one is not read.") },
	{ NULL, NULL },
};

/* ---- state ---- */

static int
every_minutes(struct ctx *cx, int64_t *out)
{
	TRY(setting_number(cx, "feed_minutes", 0, out));
	if (*out > 0 && *out < LEAST_MINUTES)
		*out = LEAST_MINUTES;
	return RC_OK;
}

int
media_feed_state(struct ctx *cx, int64_t outlet, struct media_feed_state *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct media_feed_state){ 0 };
	TRY(every_minutes(cx, &out->every));
	TRY(db_rows(cx, &r,
	    "SELECT asked_at, next_at, fails, said FROM media_feed WHERE outlet = $1",
	    VALS(v_int(outlet))));
	if (rows_next(&r)) {
		out->asked_at = row_int(&r, 0);
		out->next_at = row_int(&r, 1);
		out->fails = row_int(&r, 2);
		out->said = row_text(&r, 3);
	}
	return rows_end(&r);
}

/* ---- one look ---- */

struct pick {
	const struct feed_item *item;
	const char *link, *key, *words;
	int day;
};
struct look {
	struct media_polling *p;
	int64_t outlet, every, fails;
	const char *feed, *keywords, *etag, *modified;
	struct fetched got;
	struct feed read;
	struct media_words words;
	struct pick *pick; /* of what was read: what names us */
	size_t npick;
	const char *end; /* code of media_feed_ends */
	bool claimed;
};

/* The one that is due the longest; a changed address at once. */
static int
find_due(struct ctx *cx, struct look *l)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT o.id, o.name, o.feed, o.keywords, f.etag, f.modified, f.fails, f.address FROM "
	    "outlet o LEFT JOIN media_feed f ON f.outlet = o.id WHERE o.polled = 1 AND o.closed = "
	    "0 "
	    "AND o.feed IS NOT NULL AND (f.next_at IS NULL OR f.next_at <= $1 OR f.address <> "
	    "o.feed) ORDER BY coalesce(f.next_at, 0), o.id LIMIT 1",
	    VALS(v_int(cx->now))));
	if (rows_next(&r)) {
		const char *address = row_text(&r, 7);

		l->outlet = row_int(&r, 0);
		l->p->outlet = row_text(&r, 1);
		l->feed = row_text(&r, 2);
		l->keywords = row_text(&r, 3);
		l->fails = row_int(&r, 6);
		if (address != NULL && strcmp(address, l->feed) == 0) {
			l->etag = row_text(&r, 4);
			l->modified = row_text(&r, 5);
		} else
			l->fails = 0;
	}
	return rows_end(&r);
}

/* Nobody else looks into it meanwhile, and if this process falls it is due again after the usual time. */
static int
claim_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct look *l = arg;
	int64_t due;
	int rc = db_int(cx, &due,
	    "SELECT count(*) FROM media_feed WHERE outlet = $1 AND address = $2 AND next_at > $3",
	    VALS(v_int(l->outlet), v_text(l->feed), v_int(cx->now)));

	TRY(rc);
	l->claimed = due == 0;
	if (!l->claimed)
		return RC_OK;
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM media_feed WHERE outlet = $1", VALS(v_int(l->outlet))));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO media_feed (outlet, address, etag, modified, asked_at, next_at, fails, "
	    "said) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
	    VALS(v_int(l->outlet), v_text(l->feed), v_text(l->etag), v_text(l->modified),
		v_int(cx->now), v_int(cx->now + l->every * MINUTE), v_int(l->fails)));
}

static const char *
end_of(const struct look *l)
{
	static const char *const ends[] = { [FETCH_ADDRESS] = "address",
		[FETCH_PRIVATE] = "private",
		[FETCH_HOPPED] = "hops",
		[FETCH_BIG] = "big",
		[FETCH_FAILED] = "failed",
		[FETCH_NONE] = "none",
		[FETCH_STOPPED] = "failed" };

	if (l->got.end != FETCH_FINE)
		return ends[l->got.end];
	if (l->got.status == 304)
		return "same";
	if (l->got.status != 200)
		return "error";
	switch (l->read.fault) {
	case FEED_FINE:
		return "fine";
	case FEED_BROKEN:
		return "broken";
	case FEED_TYPE:
		return "type";
	default:
		return "not";
	}
}

static bool
good(const struct look *l)
{
	return strcmp(l->end, "fine") == 0 || strcmp(l->end, "same") == 0 ||
	       strcmp(l->end, "broken") == 0;
}

/* After failures 2, 4, 8 … times the usual time, at most a day; what the server asks for, at most a week. */
static int64_t
next_look(const struct look *l, int64_t now)
{
	int64_t wait = l->every * MINUTE, asked = l->got.retry_after;
	int64_t i;

	for (i = 0; !good(l) && i <= l->fails && wait < US_PER_DAY; i++)
		wait *= 2;
	if (!good(l) && wait > US_PER_DAY)
		wait = l->every * MINUTE > US_PER_DAY ? l->every * MINUTE : US_PER_DAY;
	if (asked > 7 * 86400)
		asked = 7 * 86400;
	return now + (asked * US_PER_SECOND > wait ? asked * US_PER_SECOND : wait);
}

/* Before the write: to hold 200 texts against a thousand phrases takes its time. */
static void
pick_items(struct ctx *cx, struct look *l)
{
	int oldest = day_add(cx->today, -NEW_DAYS);
	size_t i;

	l->npick = 0;
	l->pick = arena_array(cx->arena, struct pick, l->read.n + 1);
	for (i = 0; i < l->read.n; i++) {
		const struct feed_item *it = &l->read.item[i];
		struct pick p = { .item = it,
			.day = it->day == 0 || it->day > cx->today ? cx->today : it->day };
		struct weblink link;

		if (p.day < oldest || !weblink_read(cx->arena, it->link, false, &link))
			continue;
		p.words = media_match(cx->arena, &l->words,
		    arena_printf(
			cx->arena, "%s . %s", it->title, it->text == NULL ? "" : it->text));
		p.link = link.url;
		p.key = weblink_key(cx->arena, &link);
		if (p.words != NULL)
			l->pick[l->npick++] = p;
	}
}

/* As long as the register takes it. */
static const char *
cut(struct arena *a, const char *s, size_t most)
{
	const char *p = s, *end;

	if (s == NULL || utf8_len(s) <= most)
		return s;
	for (end = s + strlen(s); most-- > 1;)
		utf8_next(&p, end);
	return arena_printf(a, "%.*s…", (int)(p - s), s);
}

static int
put_item(struct ctx *cx, struct tx *tx, struct look *l, const struct pick *p)
{
	int64_t known, changed;

	TRY(db_int(cx, &known, "SELECT count(*) FROM publication WHERE link_key = $1",
	    VALS(v_text(p->key))));
	if (known > 0)
		return RC_OK;
	TRY(tx_run(cx, tx, &changed,
	    "INSERT INTO media_found (outlet, item, link, title, author, day, words, state, "
	    "found_at) SELECT $1, $2, $3, $4, $5, $6, $7, 'waiting', $8 WHERE NOT EXISTS (SELECT 1 "
	    "FROM media_found WHERE outlet = $1 AND item = $2)",
	    VALS(v_int(l->outlet), v_text(sha256_of(cx->arena, p->key)), v_text(p->link),
		v_text(cut(cx->arena, p->item->title, TITLE_MOST)),
		v_text(cut(cx->arena, p->item->author, AUTHOR_MOST)), v_int(p->day),
		v_text(p->words), v_int(cx->now))));
	l->p->found += changed;
	return RC_OK;
}

static int
settle_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct look *l = arg;
	size_t i;

	l->p->found = 0;
	for (i = 0; i < l->npick; i++)
		TRY(put_item(cx, tx, l, &l->pick[i]));
	return tx_run(cx, tx, NULL,
	    "UPDATE media_feed SET next_at = $2, fails = $3, said = $4, etag = $5, modified = $6 "
	    "WHERE outlet = $1",
	    VALS(v_int(l->outlet), v_int(next_look(l, cx->now)), v_int(good(l) ? 0 : l->fails + 1),
		v_text(l->end), v_text(l->got.status == 200 && good(l) ? l->got.etag : l->etag),
		v_text(l->got.status == 200 && good(l) ? l->got.modified : l->modified)));
}

static int
forget_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, "DELETE FROM media_found WHERE found_at < $1",
	    VALS(v_int(*(int64_t *)arg)));
}

/* RULE media-8: also where feeds are no longer looked into. */
static int
forget_old(struct ctx *cx)
{
	int64_t before = cx->now - KEPT_DAYS * US_PER_DAY, n;

	TRY(db_int(
	    cx, &n, "SELECT count(*) FROM media_found WHERE found_at < $1", VALS(v_int(before))));
	db_end(cx);
	return n == 0 ? RC_OK : db_write(cx, forget_fn, &before);
}

int
media_poll(struct ctx *cx, struct media_polling *p)
{
	struct look l = { .p = p };
	struct fetch_want w = {
		.most = MOST, .seconds = SECONDS, .stop = p->stop, .inner = p->inner
	};

	p->did = false;
	p->found = 0;
	TRY(forget_old(cx));
	TRY(every_minutes(cx, &l.every));
	if (l.every == 0)
		return fail(
		    cx, RC_RULE, N_("The settings do not say how often feeds are looked into."));
	TRY(find_due(cx, &l));
	db_end(cx);
	if (l.outlet == 0)
		return RC_OK;
	TRY(db_write(cx, claim_fn, &l));
	if (!l.claimed)
		return RC_OK;
	p->did = true;
	TRY(media_words(cx, l.keywords, &l.words));
	db_end(cx); /* nothing of the database is held while the other server answers */
	w.url = l.feed;
	w.etag = l.etag;
	w.modified = l.modified;
	fetch(cx->arena, &w, &l.got);
	if (l.got.end == FETCH_FINE && l.got.status == 200)
		feed_read(cx->arena, l.got.body, &l.read);
	l.end = p->said = end_of(&l);
	if (l.got.end == FETCH_STOPPED)
		return RC_OK; /* the house closes: no fault of theirs, and due at the usual time */
	pick_items(cx, &l);
	return db_write(cx, settle_fn, &l);
}

/* ---- the queue ---- */

#define FOUND_COLUMNS                                                                    \
	"SELECT f.id, f.outlet, f.link, f.title, f.author, f.words, o.name, f.day FROM " \
	"media_found f JOIN outlet o ON o.id = f.outlet WHERE f.state = 'waiting'"

static void
take_row(struct rows *r, struct media_found *f)
{
	*f = (struct media_found){ .id = row_int(r, 0),
		.outlet = row_int(r, 1),
		.link = row_text(r, 2),
		.title = row_text(r, 3),
		.author = row_text(r, 4),
		.words = row_text(r, 5),
		.outlet_name = row_text(r, 6),
		.day = (int)row_int(r, 7) };
}

static int
denied(struct ctx *cx)
{
	return may(cx, CAP_EVENT_READ)
		   ? RC_OK
		   : fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

int
media_found_list(struct ctx *cx, struct media_found **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	TRY(denied(cx));
	*n = 0;
	*out = arena_array(cx->arena, struct media_found, MEDIA_FOUND);
	TRY(db_rows(cx, &r, FOUND_COLUMNS " ORDER BY f.day DESC, f.id DESC LIMIT 50", NO_VALS));
	while (rows_next(&r) && *n < MEDIA_FOUND)
		take_row(&r, &(*out)[(*n)++]);
	return rows_end(&r);
}

int
media_found_count(struct ctx *cx, int64_t *out)
{
	return db_int(cx, out, "SELECT count(*) FROM media_found WHERE state = 'waiting'", NO_VALS);
}

int
media_found_get(struct ctx *cx, int64_t id, struct media_found *out)
{
	AUTO_ROWS r = { 0 };
	bool there;

	TRY(denied(cx));
	TRY(db_rows(cx, &r, FOUND_COLUMNS " AND f.id = $1", VALS(v_int(id))));
	there = rows_next(&r);
	if (there)
		take_row(&r, out);
	TRY(rows_end(&r));
	return there ? RC_OK : fail(cx, RC_NOTFOUND, N_("There is no such record."));
}

struct deciding {
	int64_t id;
	const char *state;
};

static int
done_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct deciding *d = arg;
	int64_t changed, same;

	TRY(tx_run(cx, tx, &changed,
	    "UPDATE media_found SET state = $2 WHERE id = $1 AND state = 'waiting'",
	    VALS(v_int(d->id), v_text(d->state))));
	if (changed == 0) {
		TRY(db_int(cx, &same,
		    "SELECT count(*) FROM media_found WHERE id = $1 AND state = $2",
		    VALS(v_int(d->id), v_text(d->state))));
		return same > 0 ? RC_OK : fail(cx, RC_NOTFOUND, N_("There is no such record."));
	}
	return audit_tx(cx, tx, d->state, "media_found", d->id, "state");
}

int
media_found_done(struct ctx *cx, int64_t id, const char *state)
{
	/* The queue is the secretariat's. */
	if (!may(cx, CAP_EVENT_WRITE) || actor_scoped(cx->actor))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, done_fn, &(struct deciding){ id, state });
}

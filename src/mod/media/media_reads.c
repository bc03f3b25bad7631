/* media_reads.c – what a pasted address tells, publications about an event, reprints, the archived copy, and the map of
 * what stayed silent. */
#include "core/files.h"
#include "mod/media/media_inner.h"
#include "text/url.h"
#include "text/weblink.h"

int
media_paste(struct ctx *cx, const char *typed, struct media_pasted *out)
{
	struct weblink l;
	int rc;

	*out = (struct media_pasted){ 0 };
	if (!weblink_read(cx->arena, typed, false, &l)) {
		fail_field(
		    cx, "link", N_("This is not an address of a public page: http or https."));
		return RC_INVALID;
	}
	out->url = l.url;
	out->host = weblink_site(&l);
	out->key = weblink_key(cx->arena, &l);
	rc = db_int(cx, &out->known, "SELECT id FROM publication WHERE link_key = $1",
	    VALS(v_text(out->key)));
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	rc = db_int(cx, &out->outlet, "SELECT id FROM outlet WHERE host = $1 AND closed = 0",
	    VALS(v_text(out->host)));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
load(struct ctx *cx, const char *sql, int64_t of, struct publication **out, size_t *n)
{
	void *v;

	TRY(kind_load_all(cx, &publication_kind, sql, of, &v, n));
	*out = v;
	return RC_OK;
}

int
media_about(struct ctx *cx, int64_t event, struct publication **out, size_t *n)
{
	return load(cx,
	    "SELECT p.id FROM publication p WHERE p.event IN (SELECT e.id FROM event e WHERE e.id "
	    "= "
	    "$1 OR e.merged_into = $1) ORDER BY p.day DESC, p.id DESC LIMIT 20",
	    event, out, n);
}

int
media_of_programme(struct ctx *cx, int64_t programme, struct publication **out, size_t *n)
{
	return load(cx,
	    "SELECT id FROM publication WHERE programme = $1 ORDER BY day DESC, id DESC LIMIT 20",
	    programme, out, n);
}

int
media_club(struct ctx *cx, int64_t *body)
{
	int rc = db_int(cx, body,
	    "SELECT b.id FROM body b JOIN body_kind k ON k.id = b.kind WHERE k.code = "
	    "'journalists_club' ORDER BY b.id LIMIT 1",
	    NO_VALS);

	*body = rc == RC_OK ? *body : 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
media_reprints(struct ctx *cx, int64_t origin, struct publication **out, size_t *n)
{
	return load(cx, "SELECT id FROM publication WHERE origin = $1 ORDER BY day, id LIMIT 100",
	    origin, out, n);
}

/* ---- press at an event ---- */

int
media_press_count(struct ctx *cx, int64_t event, const char *state, int64_t *out)
{
	return db_int(cx, out,
	    "SELECT count(*) FROM press_accreditation WHERE event = $1 AND state = $2",
	    VALS(v_int(event), v_text(state)));
}

int
media_press_at(struct ctx *cx, int64_t event, struct media_press **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = arena_array(cx->arena, struct media_press, MEDIA_PRESS);
	TRY(db_rows(cx, &r,
	    "SELECT o.name, coalesce(p.surname, a.name), p.given, a.valid_on, a.note FROM "
	    "press_accreditation a JOIN outlet o ON o.id = a.outlet LEFT JOIN person p ON p.id = "
	    "a.person AND p.restricted_on IS NULL WHERE a.event = $1 AND a.state = 'granted' ORDER "
	    "BY o.sort_kk, a.id LIMIT 500",
	    VALS(v_int(event))));
	while (rows_next(&r) && *n < MEDIA_PRESS) {
		const char *name = row_text(&r, 1), *given = row_text(&r, 2);

		(*out)[(*n)++] = (struct media_press){ .outlet = row_text(&r, 0),
			.name = arena_printf(cx->arena, "%s%s%s", name == NULL ? "" : name,
			    given == NULL ? "" : " ", given == NULL ? "" : given),
			.note = row_text(&r, 4),
			.valid_on = (int)row_int(&r, 3) };
	}
	return rows_end(&r);
}

/* ---- the archived copy ---- */

struct copying {
	struct publication p;
	struct file f;
};

static int
copy_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct copying *c = arg;

	TRY(kind_get(cx, &publication_kind, c->p.rec.id, &c->p));
	TRY(publication_writable(cx, &c->p, &c->p));
	c->f.rec = (struct rec){ 0 };
	c->f.event = 0; /* no evidence of the event */
	TRY(kind_add_tx(cx, tx, &file_kind, &c->f));
	c->p.archive = c->f.rec.id;
	return kind_rewrite_tx(cx, tx, &publication_kind, &c->p);
}

int
media_archive(struct ctx *cx, int64_t publication, const struct form_part *part)
{
	struct copying c = { 0 };
	struct file_put put;

	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (part == NULL || part->body.n == 0) {
		fail_field(cx, "file", N_("Choose a file."));
		return RC_INVALID;
	}
	TRY(files_put(cx, files_home(), part->body, part->type, &put));
	kind_empty(&file_kind, &c.f);
	c.p.rec.id = publication;
	c.f.sha256 = put.sha256;
	c.f.size = put.size;
	c.f.media = put.media;
	c.f.type = "other"; /* never public: the text is the outlet's own */
	c.f.name = arena_printf(cx->arena, "publication-%lld", (long long)publication);
	return db_write(cx, copy_fn, &c);
}

/* ---- what stayed silent ---- */

/* The events of the figure events_total: of a counted kind, not the meetings of a headquarters. */
#define TOOK_PLACE                                                                          \
	"event.merged_into IS NULL AND event.state IN ('held', 'reported') AND event.kind " \
	"IN (SELECT id FROM event_kind WHERE counted = 1) AND event.first_day >= ? AND "    \
	"event.first_day <= ?"
/* Asked once for all events, not once for each. */
#define COVERED(E)                                                                              \
	"(" E " IN (SELECT coalesce(m.merged_into, m.id) FROM publication p JOIN event m "      \
	"ON m.id = p.event) OR " E " IN (SELECT l.event FROM article_link l JOIN article w ON " \
	"w.id = l.article WHERE l.event IS NOT NULL AND w.state IN ('published', "              \
	"'corrected')))"
#define HELD "EXISTS (SELECT 1 FROM event WHERE event.body = body.id AND " TOOK_PLACE ")"

static const struct {
	const struct kind *kind;
	const char *cond;
	int times; /* how often from and to stand in it */
} sides[] = {
	[MEDIA_EVENTS] = { &event_kind, TOOK_PLACE, 1 },
	[MEDIA_SILENT_EVENTS] = { &event_kind, TOOK_PLACE " AND NOT " COVERED("event.id"), 1 },
	[MEDIA_BODIES] = { &body_kind, HELD, 1 },
	[MEDIA_SILENT_BODIES] = { &body_kind,
	    HELD " AND NOT EXISTS (SELECT 1 FROM event WHERE event.body = body.id AND " TOOK_PLACE
		 " AND " COVERED("event.id") ")",
	    2 },
};

void
media_side_narrow(struct query *q, enum media_side side, int from, int to)
{
	query_and(q, sides[side].cond,
	    sides[side].times == 1 ? VALS(v_int(from), v_int(to))
				   : VALS(v_int(from), v_int(to), v_int(from), v_int(to)));
}

int
media_coverage(struct ctx *cx, struct media_coverage *c)
{
	size_t i;

	for (i = 0; i < MEDIA_SIDES; i++) {
		struct query q;

		TRY(query_init(cx, &q, sides[i].kind));
		media_side_narrow(&q, (enum media_side)i, c->from, c->to);
		TRY(query_count(&q, &c->side[i]));
	}
	for (i = 0; i < MEDIA_LANGS; i++)
		TRY(db_int(cx, &c->publications[i],
		    "SELECT count(*) FROM publication WHERE day >= $1 AND day <= $2 AND lang = $3",
		    VALS(v_int(c->from), v_int(c->to), v_text(media_langs[i].code))));
	return RC_OK;
}

/* door_api.c – the doors for devices and programs: uploads, the list, what changed. */
#include <sodium.h>
#include <string.h>
#include <zlib.h>

#include "core/token.h"
#include "mod/door/door_inner.h"
#include "mod/door/door_pages.h"
#include "ui/error.h"

enum { BODY_MAX = 1 << 20, GZIP_FROM = 4096, MARKS_AT_ONCE = 1000 };

/* ---- uploads ---- */

/* RULE door-1: scans are stored and answered in one step; sent twice they are there once. */
static int
scans_post(struct view *v)
{
	struct door_rights can;
	struct event e;
	struct json j;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(door_event(v->cx, id, &e, &can));
	if (v->rq->body.n > BODY_MAX)
		return fail(v->cx, RC_TOOBIG, N_("The body is too large."));
	json_init(&j, v->cx->arena, 0);
	TRY(door_upload_json(v->cx, id, v->rq->body, &j));
	return answer_json(v, 200, &j);
}

/* ---- the list ---- */

/* Names and codes are those of tickets: a token that was made for other parts sends scans and reads no list. */
int
door_of_path(struct view *v, struct event *e, struct door_rights *can)
{
	int64_t id;

	if (!token_opens(v->cx->actor, "tickets", strlen("tickets")))
		return fail(v->cx, RC_DENIED, N_("This token does not open this part of the API."));
	TRY(req_param_id(v->rq, 0, &id));
	TRY(door_event(v->cx, id, e, can));
	if (!can->reads)
		return fail(v->cx, RC_DENIED,
		    N_("The list is open from the day before the event to the day after it."));
	return RC_OK;
}

/* gzip (RFC 1952), fast: five thousand tickets are half a megabyte. */
static void
compress_body(struct view *v)
{
	const char *accept = req_header(v->rq, "Accept-Encoding");
	struct slice body = v->rq->res.body;
	z_stream z = { 0 };
	size_t room;
	char *out;

	if (accept == NULL || strstr(accept, "gzip") == NULL || body.n < GZIP_FROM ||
	    deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return;
	room = deflateBound(&z, body.n);
	out = arena_alloc(v->cx->arena, room);
	z.next_in = (Bytef *)(uintptr_t)body.p;
	z.avail_in = (uInt)body.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
		v->rq->res.body = (struct slice){ out, room - z.avail_out };
		res_header(v->rq, "Content-Encoding", "gzip");
	}
	res_header(v->rq, "Vary", "Accept-Encoding");
	deflateEnd(&z);
}

/* A tag over all but the moment: a device that has this list already gets 304. */
static bool
has_it(struct view *v, const struct json *j)
{
	const char *match = req_header(v->rq, "If-None-Match");
	unsigned char hash[12];
	struct buf tag;

	crypto_generichash(hash, sizeof hash, (const unsigned char *)j->out.p, j->out.n, NULL, 0);
	buf_init(&tag, v->cx->arena, 0);
	buf_char(&tag, '"');
	buf_hex(&tag, hash, sizeof hash);
	buf_char(&tag, '"');
	res_header(v->rq, "ETag", tag.p);
	res_header(v->rq, "Cache-Control", "private, no-cache");
	if (match == NULL || strstr(match, tag.p) == NULL)
		return false;
	v->rq->res.status = 304;
	return true;
}

/* Marks are made when a device fetches the list: then no scan of it needs its signature checked. */
static int
mark_if_new(struct view *v, int64_t event)
{
	int64_t missing, done;

	TRY(db_int(v->cx, &missing,
	    "SELECT (SELECT count(*) FROM ticket WHERE event = $1) - (SELECT count(*) FROM "
	    "ticket_mark WHERE event = $1)",
	    VALS(v_int(event))));
	return missing > 0 ? door_mark_tickets(v->cx, event, MARKS_AT_ONCE, &done) : RC_OK;
}

static int
roster_get(struct view *v)
{
	struct door_rights can;
	struct event e;
	struct json j;
	int64_t seq;

	TRY(door_of_path(v, &e, &can));
	TRY(mark_if_new(v, e.rec.id));
	json_init(&j, v->cx->arena, 0);
	TRY(roster_json(v->cx, &e, &can, &j));
	if (has_it(v, &j))
		return RC_OK;
	TRY(db_int(v->cx, &seq, "SELECT coalesce(max(seq), 0) FROM door_pass WHERE event = $1",
	    VALS(v_int(e.rec.id))));
	json_str(&j, "n",
	    arena_printf(v->cx->arena, "%lld.%lld", (long long)seq, (long long)v->cx->now));
	json_num(&j, "at", v->cx->now / 1000);
	json_close(&j, '}');
	TRY(answer_json(v, 200, &j));
	compress_body(v);
	return RC_OK;
}

static int
since_get(struct view *v)
{
	struct door_rights can;
	struct event e;
	struct json j;

	TRY(door_of_path(v, &e, &can));
	json_init(&j, v->cx->arena, 0);
	TRY(since_json(v->cx, &e, req_q(v->rq, "n"), &can, &j));
	TRY(answer_json(v, 200, &j));
	compress_body(v);
	return RC_OK;
}

const struct route door_routes[] = {
	{ M_POST, "/api/v1/events/{id}/scans", scans_post, CAP_DOOR, ROUTE_API | ROUTE_FILES,
	    N_("Scans of the door"),
	    N_("JSON: {\"scans\": […]}, at most 500; harmless when repeated.") },
	{ M_POST, "/door/{event}/scans", scans_post, CAP_DOOR, ROUTE_SCRIPT | ROUTE_FILES,
	    N_("Scans of the door"), N_("The same for a device that is signed in.") },
	{ M_GET, "/api/v1/events/{id}/roster", roster_get, CAP_DOOR, ROUTE_API,
	    N_("List for the door"), N_("Tickets and names as a device keeps them.") },
	{ M_GET, "/door/{event}/roster", roster_get, CAP_DOOR, ROUTE_SCRIPT,
	    N_("List for the door"), N_("Tickets and names as a device keeps them.") },
	{ M_GET, "/door/{event}/since", since_get, CAP_DOOR, ROUTE_SCRIPT,
	    N_("What changed at the door"), N_("n: the number of the answer before.") },
};
const size_t door_nroutes = ARRAY_LEN(door_routes);

/* event_feed_pages.c – calendars to subscribe to, and the page that says how.
 *
 * A feed is asked for by programs, again and again: it is the same bytes until an event changes, and
 * If-None-Match answers with nothing. The addresses without a secret show what guests see. A personal one
 * carries a key of the account (core/token.h) that opens nothing but the calendar: it shows what the
 * account's role may see of events, never who came or signed up, and ends when it is taken back:
 * RULE calendar-3. The page is never cached, since the house's own address stands in it. */
#include "core/token.h"
#include "mod/event/event_pages.h"
#include "text/hash.h"
#include "text/qr.h"

enum { KEY_DAYS = 3650, BACK_DAYS = 366, AHEAD_DAYS = 3 * 366 };

/* ---- the feed ---- */

static int
feed_head(struct view *v, const char *name, struct feed_head *out)
{
	struct institution in;

	TRY(setting_institution(v->cx, &in));
	*out = (struct feed_head){
		.name = name, .base = req_base(v->rq), .mail = in.email, .house = in.name
	};
	return RC_OK;
}

static int
answer(struct view *v, struct slice body)
{
	struct ctx *cx = v->cx;
	struct req *rq = v->rq;
	const char *match = req_header(rq, "If-None-Match"), *tag;
	struct sha256 h;
	char hex[65];

	sha256_init(&h);
	sha256_add(&h, body.p, body.n);
	sha256_hex(&h, hex);
	tag = arena_printf(cx->arena, "\"%.32s\"", hex);
	res_header(rq, "Cache-Control", "private, no-cache");
	res_header(rq, "ETag", tag);
	if (match != NULL && strstr(match, tag) != NULL) {
		rq->res.status = 304;
		return RC_OK;
	}
	res_header(rq, "Content-Disposition", "inline; filename=\"calendar.ics\"");
	rq->res.type = "text/calendar; charset=utf-8";
	rq->res.body = body;
	rq->res.status = 200;
	return RC_OK;
}

static int
feed_days(struct view *v, const struct event_filter *f, const char *name, int from, int to)
{
	struct feed_event *e;
	struct feed_head head;
	struct slice body;
	size_t n;

	TRY(reads_feed(v->cx, f, from, to, &e, &n));
	TRY(feed_head(v, name, &head));
	TRY(event_feed(v->cx, &head, e, n, &body));
	return answer(v, body);
}

/* The year behind and three ahead; whoever names days gets these. */
static int
feed(struct view *v, const struct event_filter *f, const char *name)
{
	bool days = event_filter_value(f, "first_day_from") != NULL;
	int today = v->cx->today;

	return feed_days(
	    v, f, name, days ? 10000101 : day_add(today, -BACK_DAYS), day_add(today, AHEAD_DAYS));
}

/* What the reader's browser prefers is nothing for a program that reads along: Kazakh, or lang=. */
void
event_feed_lang(struct view *v)
{
	const char *lang = req_q(v->rq, "lang");
	bool latin;

	if (lang == NULL || !lang_prefix_parse(lang, &v->cx->lang, &latin))
		v->cx->lang = LANG_KK;
	v->cx->latin = false;
}

int
event_feed_whole(struct view *v, const char *within, int64_t of, const char *name)
{
	const struct event_filter f = { .within = within, .within_of = of };

	return feed_days(v, &f, name, 10000101, 99991231);
}

static int
all_feed(struct view *v)
{
	struct event_filter f;
	struct institution in;
	const char *name;

	event_feed_lang(v);
	event_filter_read(v, &f);
	TRY(setting_institution(v->cx, &in));
	name = tr3(v->cx, &in.name, NULL);
	return feed(v, &f, *name == '\0' ? tr(v->cx, "Events") : name);
}

static int
body_feed(struct view *v)
{
	struct event_filter f;
	const char *code = v->rq->param[0], *title;
	int64_t id;
	int rc;

	event_feed_lang(v);
	event_filter_read(v, &f);
	rc = body_by_code(v->cx, code, &id);
	if (rc == RC_NOTFOUND && num_parse(code, &id)) {
		struct body b;

		err_clear(v->cx);
		rc = kind_get(v->cx, &body_kind, id, &b);
	}
	TRY(rc);
	TRY(event_title_of(v->cx, &body_kind, id, &title));
	f.under = arena_printf(v->cx->arena, "%lld", (long long)id);
	return feed(v, &f, title);
}

static int
programme_feed(struct view *v)
{
	struct event_filter f;
	struct programme p;
	int64_t id;
	size_t i, kept = 0;

	event_feed_lang(v);
	event_filter_read(v, &f);
	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &programme_kind, id, &p));
	for (i = 0; i < f.nfields; i++)
		if (strcmp(f.field[i].name, "programme") != 0)
			f.field[kept++] = f.field[i];
	f.field[kept] =
	    (struct filter_value){ "programme", arena_printf(v->cx->arena, "%lld", (long long)id) };
	f.nfields = kept + 1;
	return feed(v, &f, kind_title(v->cx, &programme_kind, &p));
}

static int
own_feed(struct view *v)
{
	struct ctx *cx = v->cx;
	struct actor *a = arena_new(cx->arena, struct actor);
	struct event_filter f;
	int rc = token_find(cx, v->rq->param[0], a);

	event_feed_lang(v);
	event_filter_read(v, &f);
	/* A key that opens more is not taken out of an address, where it may be seen. */
	if (rc == RC_OK && (!a->reading || a->kinds == NULL || strcmp(a->kinds, " calendar ") != 0))
		rc = RC_NOTFOUND;
	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		return fail(cx, RC_NOTFOUND,
		    N_("This calendar's address is not valid any more. Make a new one on the page "
		       "“Subscribe to the calendar”."));
	}
	TRY(rc);
	cx->actor = a;
	return feed(v, &f, trf(cx, "Events: %s", a->name));
}

/* ---- how to subscribe ---- */

void
event_subscribe_line(struct view *v, const struct event_filter *f)
{
	html(&v->h, "<p class='small noprint'><a href='%s'>%s</a></p>",
	    event_filter_link(
		v, arena_printf(v->cx->arena, "/%s/events/subscribe", lang_prefix(v->cx)), f, true),
	    event_filter_any(f) ? tr(v->cx, "Subscribe to these events in your own calendar")
				: tr(v->cx, "Subscribe to the events in your own calendar"));
}

/* One address: to copy, to press, to photograph. */
static int
draw_address(struct view *v, const char *id, const char *path)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *base = req_base(v->rq), *at = strstr(base, "://");
	const char *url = arena_printf(cx->arena, "%s%s", base, path);
	struct qr qr;
	int rc;

	html(h,
	    "<div class='fld'><label for='%s'>%s</label><input type='text' id='%s' readonly "
	    "value='%s' translate='no'></div>",
	    id, tr(cx, "Address of the calendar"), id, url);
	html(h,
	    "<p class='acts noprint'><a class='btn go' href='webcal%s%s'>%s</a><a class='btn' "
	    "href='%s'>%s</a></p>",
	    at == NULL ? "://" : at, path, tr(cx, "Open in the calendar program"), path,
	    tr(cx, "Download once"));
	rc = qr_make(cx->arena, url, &qr);
	if (rc == RC_OK) {
		html(h, "<figure>");
		qr_svg(h, &qr, tr(cx, "QR code of the calendar's address"));
		html(h, "<figcaption class='small mute'>%s</figcaption></figure>",
		    tr(cx, "Point the telephone's camera at the code."));
	}
	return rc == RC_TOOBIG ? RC_OK : rc;
}

static int
draw_public(struct view *v, const struct event_filter *f)
{
	struct ctx *cx = v->cx;
	const char *path = "/calendar.ics";

	if (cx->lang != LANG_KK)
		path = arena_printf(cx->arena, "/calendar.ics?lang=%s", lang_code(cx->lang));
	ui_section_open(v, "public",
	    event_filter_any(f) ? tr(cx, "The events of this filter") : tr(cx, "All public events"),
	    tr(cx, "Everybody may use this address; it holds what everybody sees."));
	html(&v->h, "<div class='flow'>");
	if (event_filter_any(f))
		html(&v->h, "<p><a href='%s'>%s</a></p>", ui_url(v, "/events/subscribe"),
		    tr(cx, "All events instead"));
	TRY(draw_address(v, "address", event_filter_link(v, path, f, true)));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_steps(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "how", tr(cx, "How it is done"), NULL);
	html(&v->h, "<div class='flow prose'><p>%s</p><p>%s</p><p>%s</p></div>",
	    tr(cx,
		"Telephone: press “Open in the calendar program”, or photograph the code. Google "
		"Calendar: Other calendars, From URL, paste the address. Outlook: Add calendar, "
		"Subscribe from web."),
	    tr(cx, "The program asks for changes by itself, mostly once in some hours. An event "
		   "that is "
		   "called off stays and is crossed out."),
	    tr(cx, "“Download once” gives a file that will not change any more."));
	ui_section_close(v);
}

static int
draw_keys(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct token_row *t;
	bool any = false;
	size_t n, i;

	TRY(token_list(cx, cx->actor->account, &t, &n));
	for (i = 0; i < n; i++) {
		if (strcmp(t[i].kinds, "calendar") != 0 || t[i].revoked_at != 0 ||
		    t[i].expires_at <= cx->now)
			continue;
		if (!any)
			html(h, "<ul>");
		any = true;
		html(h, "<li class='task'><p>%s</p>",
		    trf(cx, "Made on %s", moment_text(cx, t[i].created_at)));
		ui_post_button(v,
		    arena_printf(cx->arena, "/events/subscribe/%lld/end", (long long)t[i].id), 0,
		    tr(cx, "Take back"), true);
		html(h, "</li>");
	}
	if (any)
		html(h, "</ul>");
	return RC_OK;
}

static int
draw_own(struct view *v, const char *key, const struct event_filter *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	if (!may(cx, CAP_SIGNED_IN))
		return RC_OK;
	ui_section_open(v, "own", tr(cx, "Your own address"),
	    tr(cx, "It shows what your role may see, plans too. Keep it to yourself."));
	html(h, "<div class='flow'>");
	if (key != NULL) {
		ui_note(v, 'w',
		    tr(cx, "This address is shown only now. Whoever has it sees these events; take "
			   "it back if it gets lost."));
		TRY(draw_address(v, "own-address",
		    event_filter_link(v,
			arena_printf(
			    cx->arena, "/feeds/%s/calendar.ics?lang=%s", key, lang_code(cx->lang)),
			f, true)));
	}
	TRY(draw_keys(v));
	ui_post_button(v, "/events/subscribe", 0, tr(cx, "Make an address of your own"), false);
	html(h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_subscribe(struct view *v, const char *key)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ NULL, tr(cx, "Subscribe to the calendar") }, { NULL, NULL } };
	struct event_filter f;

	event_filter_read(v, &f);
	ui_open(v, &(struct page){ .title = tr(cx, "Subscribe to the calendar"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	if (key != NULL)
		TRY(draw_own(v, key, &f));
	TRY(draw_public(v, &f));
	draw_steps(v);
	if (key == NULL)
		TRY(draw_own(v, NULL, &f));
	ui_close(v);
	return RC_OK;
}

static int
subscribe_page(struct view *v)
{
	return draw_subscribe(v, NULL);
}

static int
subscribe_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct token_new in = { .login = cx->actor->login,
		.label = tr(cx, "Calendar"),
		.days = KEY_DAYS,
		.reading = true,
		.kinds = "calendar" };
	const char *key;

	TRY(token_create(cx, &in, &key));
	return draw_subscribe(v, key);
}

static int
end_post(struct view *v)
{
	struct token_row *t;
	size_t n, i;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(token_list(v->cx, v->cx->actor->account, &t, &n));
	for (i = 0; i < n; i++)
		if (t[i].id == id && strcmp(t[i].kinds, "calendar") == 0) {
			TRY(token_revoke(v->cx, id));
			return ui_done(v, "/events/subscribe",
			    tr(v->cx, "The address is taken back; it shows nothing any more."));
		}
	return fail(v->cx, RC_NOTFOUND, N_("There is no such record."));
}

const struct route event_feed_routes[] = {
	{ M_GET, "/calendar.ics", all_feed, CAP_PUBLIC, ROUTE_BARE, N_("Calendar to subscribe to"),
	    N_("The public events as iCalendar (RFC 5545), with the filters of the list.") },
	{ M_GET, "/bodies/{code}/calendar.ics", body_feed, CAP_PUBLIC, ROUTE_BARE,
	    N_("Calendar of a body"), N_("Its events and those of the bodies beneath it.") },
	{ M_GET, "/programmes/{id}/calendar.ics", programme_feed, CAP_PUBLIC, ROUTE_BARE,
	    N_("Calendar of a programme"), NULL },
	{ M_GET, "/feeds/{key}/calendar.ics", own_feed, CAP_PUBLIC, ROUTE_BARE,
	    N_("Calendar of an account"),
	    N_("What its role may see of events; the key in the address opens nothing else.") },
	{ M_GET, "/events/subscribe", subscribe_page, CAP_PUBLIC, 0,
	    N_("Subscribe to the calendar"), N_("Addresses for calendar programs.") },
	{ M_POST, "/events/subscribe", subscribe_post, CAP_SIGNED_IN, 0,
	    N_("Make an address of your own"), NULL },
	{ M_POST, "/events/subscribe/{id}/end", end_post, CAP_SIGNED_IN, 0,
	    N_("Take back the address of a calendar"), NULL },
};
const size_t event_feed_nroutes = ARRAY_LEN(event_feed_routes);

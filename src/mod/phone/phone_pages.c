/* phone_pages.c – GET /door/{event}/phone: the shell of the door's page, its manifest, its service worker.
 *
 * The shell holds nothing about people: who is expected comes by /door/{event}/roster to those who may have it, and
 * leaves the telephone again. The shell itself may therefore be kept by the worker for the hours without network. */
#include "mod/phone/phone_pages.h"

#include "core/session.h"
#include "mod/door/door.h"
#include "web/assets.h"

/* In the order in which the browser needs them; all are fetched before the network may go. */
static const char *const modules[] = { "app.mjs", "core.mjs", "store.mjs", "roster.mjs",
	"signature.mjs", "screen.mjs", "words.mjs", "idb.mjs", "wire.mjs", "sound.mjs", "sync.mjs",
	"ed25519.js", "sha2.js", "noble-md.js", "noble-u64.js", "noble-utils.js",
	"noble-crypto.js" };
static const char *const later[] = { "camera.mjs", "qr-scanner.js", "qr-reader.mjs", "qr-worker.js",
	"frames.mjs", "lean-qr.mjs", "shanyraq.css", "door.css", "mark.svg", "icon-180.png",
	"icon-192.png", "icon-512.png", "golos-text-cyrillic-400-normal.woff2",
	"golos-text-cyrillic-600-normal.woff2", "golos-text-cyrillic-ext-400-normal.woff2",
	"golos-text-cyrillic-ext-600-normal.woff2", "golos-text-latin-400-normal.woff2",
	"golos-text-latin-600-normal.woff2" };
static const struct phone_shell shell = { "door",
	"^\\/[\\w-]+\\/door\\/\\d+\\/(phone|manifest\\.webmanifest)$", modules, later,
	ARRAY_LEN(modules), ARRAY_LEN(later), false };

static int
its_event(struct view *v, struct event *e)
{
	struct door_rights can;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return door_event(v->cx, id, e, &can);
}

/* ---- the page ---- */

static void
signs(struct view *v)
{
	static const char *const drawn[] = {
		"<svg class='sign s-ready' viewBox='0 0 40 40' aria-hidden='true'><path d='M4 "
		"13V4h9M27 4h9v9M36 "
		"27v9h-9M13 36H4v-9'/><path d='M12 20h16'/></svg>",
		"<svg class='sign s-ok' viewBox='0 0 40 40' aria-hidden='true'><circle cx='20' "
		"cy='20' r='17'/><path "
		"d='M11.5 20.5l6 6L29 14.5'/></svg>",
		"<svg class='sign s-wait' viewBox='0 0 40 40' aria-hidden='true'><path d='M20 4L37 "
		"35H3z'/><path d='M20 "
		"15v10M20 28.5v2.5'/></svg>",
		"<svg class='sign s-no' viewBox='0 0 40 40' aria-hidden='true'><path d='M13 "
		"3h14l10 10v14L27 "
		"37H13L3 27V13z'/><path d='M13.5 13.5l13 13M26.5 13.5l-13 13'/></svg>",
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(drawn); i++)
		html_put(&v->h, drawn[i], strlen(drawn[i]));
}

static void
top(struct view *v, const struct event *e, const struct page *p)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<header><h1 class='small'>%s, %s</h1>", p->title, day_text(cx, e->first_day));
	html(h,
	    "<p class='tally'><span><b id='n-in'>…</b> %s</span> <span><b id='n-all'>…</b> "
	    "%s</span>",
	    tr(cx, "came"), tr(cx, "expected"));
	html(h, " <span><b id='n-now'>…</b> %s</span> <span><b id='n-wait'>0</b> %s</span></p>",
	    tr(cx, "inside now"), tr(cx, "not sent"));
	html(h,
	    "<p class='net'><span id='net' role='status'></span> <a id='sign-in' href='%s' "
	    "hidden>%s</a></p>",
	    ui_url(v, "/sign-in?next=%s", ui_url(v, "/door/%lld/phone", (long long)e->rec.id)),
	    tr(cx, "Sign in"));
	html(h, "<p class='net' id='insecure' hidden>%s <a href='%s'>%s</a></p></header>",
	    tr(cx, "Without HTTPS this page is a desk with network: codes and names are typed, the "
		   "camera stays shut."),
	    ui_url(v, "/tls"), tr(cx, "How to change that"));
}

static void
middle(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<main id='main'>");
	signs(v);
	html(h, "<div role='status' aria-live='assertive'><p class='word' id='word'></p><p "
		"class='whom' "
		"id='whom'></p></div>");
	html(h, "<video id='eye' muted playsinline></video>");
	html(h, "<noscript><p class='whom'>%s <a href='%s'>%s</a></p></noscript></main>",
	    tr(cx, "This page needs scripts. The same work without them:"),
	    ui_url(v, "/events/%lld/door", (long long)e->rec.id), tr(cx, "desk at the door"));
}

static void
button(struct view *v, const char *id, const char *text)
{
	html(&v->h, "<button type='button' class='btn' id='%s'>%s</button> ", id, text);
}

static void
bottom(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<footer><form class='row' id='ask'><div class='fld'><label "
	    "for='code'>%s</label><input type='text' "
	    "id='code' autocomplete='off' autocapitalize='off' spellcheck='false' "
	    "enterkeyhint='go'></div>",
	    tr(cx, "Next code or name"));
	html(h, "<button type='submit' class='btn go'>%s</button></form><p class='acts'>",
	    tr(cx, "Check"));
	html(h, "<button type='button' class='btn' id='b-camera' aria-pressed='false'>%s</button> ",
	    tr(cx, "Camera"));
	html(h,
	    "<button type='button' class='btn' id='b-way' aria-pressed='false'>%s: <span "
	    "id='way'>%s</span></button> ",
	    tr(cx, "Way"), tr(cx, "Entry"));
	button(v, "b-guest", tr(cx, "Guest"));
	button(v, "b-undo", tr(cx, "Undo the last one"));
	button(v, "b-last", tr(cx, "Last ten"));
	button(v, "b-more", tr(cx, "More"));
	html(h, "</p></footer>");
}

static void
dialog_open(struct view *v, const char *id, const char *word, const char *title)
{
	html(&v->h, "<dialog id='%s' aria-labelledby='%s'><div class='flow'><h2 id='%s'>%s</h2>",
	    id, word, word, title);
}

static void
dialog_close(struct view *v)
{
	html(&v->h,
	    "<p class='acts'><button type='button' class='btn' "
	    "data-close>%s</button></p></div></dialog>",
	    tr(v->cx, "Close"));
}

static void
lists(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	dialog_open(v, "d-list", "list-word", tr(cx, "Guest"));
	html(h,
	    "<ul class='people' id='list'></ul><form class='row' id='list-guest'><div "
	    "class='fld'><label "
	    "for='guest'>%s</label><input type='text' id='guest' maxlength='200' "
	    "autocomplete='off'></div>"
	    "<button type='submit' class='btn'>%s</button></form>",
	    tr(cx, "Name of a guest who is not on the list"), tr(cx, "Let the guest in"));
	dialog_close(v);
	dialog_open(v, "d-last", "last-word", tr(cx, "Last ten"));
	html(h, "<p id='last-none'>%s</p><ul class='people' id='last'></ul>",
	    tr(cx, "Nobody went through on this telephone yet."));
	dialog_close(v);
	dialog_open(v, "d-frames", "frames-title", tr(cx, "Scans as pictures"));
	html(h,
	    "<p id='frames-word'></p><canvas id='frame' width='177' height='177'></canvas><p "
	    "id='frame-n'></p><p>%s</p>",
	    tr(cx, "On the other telephone open the same event, switch the camera on and hold it "
		   "before this screen "
		   "until it says that all was taken over."));
	dialog_close(v);
}

static void
more(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	dialog_open(v, "d-more", "more-word", tr(cx, "More"));
	html(h, "<p>%s <b id='device' translate='no'></b></p><p class='acts'>",
	    tr(cx, "This telephone:"));
	html(h,
	    "<button type='button' class='btn' id='b-sound' aria-pressed='true'>%s</button></p>",
	    tr(cx, "Sound"));
	html(h, "<h3>%s</h3><p>%s</p><p class='acts'>", tr(cx, "Two telephones without network"),
	    tr(cx, "Hand your scans to the other telephone: as pictures for its camera, or as a "
		   "file. Handing over twice "
		   "does no harm."));
	button(v, "b-frames", tr(cx, "Show pictures"));
	button(v, "b-save", tr(cx, "Save as a file"));
	button(v, "b-read", tr(cx, "Take over a file"));
	html(h,
	    "</p><div hidden><label for='file'>%s</label><input type='file' id='file' "
	    "accept='.json,application/json'></div>",
	    tr(cx, "File of another telephone"));
	html(h, "<h3>%s</h3><ul class='limits' id='limits'></ul><p>%s</p>",
	    tr(cx, "What cannot be held without network"),
	    tr(cx, "Two telephones without network do not know of each other: one ticket can pass "
		   "at both. The server "
		   "finds it afterwards and shows both."));
	html(h,
	    "<h3>%s</h3><p>%s</p><p class='acts'><button type='button' class='btn stop' "
	    "id='b-wipe'>%s</button> <a "
	    "href='%s'>%s</a></p>",
	    tr(cx, "Copy on this telephone"),
	    tr(cx, "The list is wiped by itself on the day after the event."), tr(cx, "Wipe now"),
	    asset_url("door-licences.txt"), tr(cx, "Licences of the libraries"));
	dialog_close(v);
	dialog_open(v, "d-wipe", "wipe-title", tr(cx, "Wipe the copy"));
	html(h,
	    "<p id='wipe-word'></p><p class='acts'><button type='button' class='btn stop' "
	    "id='wipe-yes'>%s</button></p>",
	    tr(cx, "Wipe"));
	dialog_close(v);
}

/* Days from the calendar's day to the house's business day: not 0 in a demonstration only. */
static int
shift(const struct ctx *cx)
{
	return (int)((day_start(cx->today) - day_start(day_of_moment(cx->now))) /
		     (INT64_C(86400) * 1000000));
}

static int
phone_page(struct view *v)
{
	struct event e = { 0 };
	struct page p = { 0 };

	TRY(its_event(v, &e));
	p.title = tr3(v->cx, &e.name, NULL);
	phone_shell_head(v, &p, &shell, "door.css",
	    ui_url(v, "/door/%lld/manifest.webmanifest", (long long)e.rec.id));
	html(&v->h,
	    "<body class='door ready' data-event='%lld' data-csrf='%s' data-sw='%s' "
	    "data-scope='%s' data-away='%s' data-shift='%d'>",
	    (long long)e.rec.id, csrf_make(v->cx, "/door/{event}/scans"), ui_url(v, "/door/sw.js"),
	    ui_url(v, "/door/"), ui_url(v, "/events/%lld", (long long)e.rec.id), shift(v->cx));
	top(v, &e, &p);
	middle(v, &e);
	bottom(v);
	lists(v);
	more(v);
	phone_words(v);
	html(&v->h, "</body></html>");
	phone_policy(v);
	return RC_OK;
}

/* ---- what makes it an application of the telephone ---- */

static int
manifest(struct view *v)
{
	struct event e = { 0 };
	struct phone_app a = { 0 };

	TRY(its_event(v, &e));
	a.name = trf(v->cx, "The door: %s", tr3(v->cx, &e.name, NULL));
	a.short_name = tr(v->cx, "The door");
	a.start = ui_url(v, "/door/%lld/phone", (long long)e.rec.id);
	a.scope = ui_url(v, "/door/");
	return phone_app_manifest(v, &a);
}

static int
worker(struct view *v)
{
	return phone_worker(v, &shell);
}

const struct route phone_routes[] = {
	{ M_GET, "/door/{event}/phone", phone_page, CAP_DOOR, 0, N_("The door on a telephone"),
	    N_("Camera, typed code or name; works on without network and sends later.") },
	{ M_GET, "/door/{event}/manifest.webmanifest", manifest, CAP_DOOR, 0,
	    N_("The door as an application"),
	    N_("Lets a telephone put the door of one event on its home screen.") },
	{ M_GET, "/door/sw.js", worker, CAP_PUBLIC, 0, N_("The door without network"),
	    N_("The script that keeps the door's page on the telephone; the same for everybody.") },
};
const size_t phone_nroutes = ARRAY_LEN(phone_routes);

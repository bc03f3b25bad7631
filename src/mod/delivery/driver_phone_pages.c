/* driver_phone_pages.c – a waybill as a shell that lives on the driver's telephone without network (web/driver; the shell
 * itself as at the door, mod/phone).
 *
 * The shell names nobody, so the worker may keep it. Names and telephones come by /driver/{waybill}/route while the waybill
 * is open, and leave the telephone once it is not. */
#include "mod/delivery/delivery_pages.h"

#include "core/session.h"
#include "mod/phone/phone.h"
#include "web/assets.h"

static const char *const modules[] = { "drive.mjs", "keep.mjs", "left.mjs", "sign.mjs",
	"upload.mjs", "words.mjs", "idb.mjs", "wire.mjs", "core.mjs" };
static const char *const later[] = { "shanyraq.css", "driver.css", "mark.svg", "icon-180.png",
	"icon-192.png", "icon-512.png", "golos-text-cyrillic-400-normal.woff2",
	"golos-text-cyrillic-600-normal.woff2", "golos-text-cyrillic-ext-400-normal.woff2",
	"golos-text-cyrillic-ext-600-normal.woff2", "golos-text-latin-400-normal.woff2",
	"golos-text-latin-600-normal.woff2" };
static const struct phone_shell shell = { "driver",
	"^\\/[\\w-]+\\/driver\\/\\d+\\/(phone|manifest\\.webmanifest)$", modules, later,
	ARRAY_LEN(modules), ARRAY_LEN(later), true };

static const struct phone_word words[] = {
	{ "not_sent", N_("Not yet sent: {0}") },
	{ "all_sent", N_("All is sent") },
	{ "off", N_("No network: it is kept here and sent later") },
	{ "on", N_("Connected") },
	{ "shut_sign", N_("Sign in again: what is kept here waits. If you are not let in, your "
			  "role has ended or your sign-in is closed: tell the headquarters.") },
	{ "shut", N_("The server answers {0}; it is tried again") },
	{ "no_route",
	    N_("The route is not on this telephone yet. Open this page once with network.") },
	{ "over", N_("This waybill is finished. Names and telephones have left this telephone.") },
	{ "called_off", N_("The headquarters called this waybill off or gave it to another driver. "
			   "Names and telephones have left this telephone.") },
	{ "no_role", N_("The server opens this waybill to you no more: {0} Names and telephones "
			"have left this telephone. Ask the headquarters.") },
	{ "too_old", N_("The route was not renewed for two days. Names and telephones have left "
			"this telephone. Open this page once with network.") },
	{ "tell", N_("Tell the headquarters of these entries") },
	{ "people", N_("People: {0}") },
	{ "left", N_("To hand over") },
	{ "nothing_left", N_("Nothing is left here") },
	{ "also", N_("Also asked for: {0}") },
	{ "call", N_("Call {0}") },
	{ "hand", N_("Hand over") },
	{ "refuse", N_("Refused") },
	{ "absent", N_("Nobody at home") },
	{ "return", N_("Back to the store") },
	{ "handed", N_("Handed over") },
	{ "partly", N_("Handed over in part") },
	{ "was_refused", N_("Refused") },
	{ "was_absent", N_("Nobody at home") },
	{ "returned", N_("Brought back to the store") },
	{ "waits", N_("waits to be sent") },
	{ "taken", N_("sent") },
	{ "counts_not", N_("counts for nothing: {0}") },
	{ "reason_needed", N_("Say why.") },
	{ "sign_needed", N_("Let them sign, or tick that it is signed on paper.") },
	{ "too_much", N_("There is only {0} left.") },
	{ "no_number", N_("This is no number.") },
	{ "nothing", N_("Say how much.") },
	{ "wipe_sure", N_("The route leaves this telephone. What was sent stays on the server.") },
	{ "wipe_not",
	    N_("Not yet sent: {0}. Connect to the network first; then it can be wiped.") },
	{ "wipe_refused",
	    N_("Not yet sent: {0}. The server does not take it now, so it is kept: tell the "
	       "headquarters what stands here.") },
	{ "lot", N_("lot {0}") },
	{ "full", N_("The telephone could not keep it: its storage is full or shut.") },
};

static void
field(struct view *v, const char *id, const char *label, const char *hint)
{
	html(&v->h, "<div class='fld'><label for='%s'>%s</label>", id, label);
	if (hint != NULL)
		html(&v->h, "<span class='hint'>%s</span>", hint);
	html(&v->h, "<input type='text' id='%s' maxlength='200' autocomplete='off'></div>", id);
}

static void
dialogs(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<dialog id='d-act' aria-labelledby='act-title'><form class='flow' id='act'><h2 "
		"id='act-title'></h2><div id='act-lines' class='flow'></div>");
	field(v, "act-reason", tr(cx, "Reason"), NULL);
	html(h, "<div id='act-who' class='flow'>");
	field(v, "act-receiver", tr(cx, "Received by"), NULL);
	html(h,
	    "<div><p id='pad-word'>%s</p><canvas id='pad' width='600' height='240' "
	    "aria-labelledby='pad-word'></canvas><p class='acts'><button type='button' class='btn' "
	    "id='pad-clear'>%s</button></p></div><label class='tick'><input type='checkbox' "
	    "id='act-paper'> %s</label></div>",
	    tr(cx, "Sign here with the finger"), tr(cx, "Sign again"), tr(cx, "Signed on paper"));
	html(h,
	    "<p class='bad' id='act-error' role='alert'></p><p class='acts'><button type='submit' "
	    "class='btn go' id='act-go'>%s</button> <button type='button' class='btn' "
	    "data-close>%s</button></p></form></dialog>",
	    tr(cx, "Write it down"), tr(cx, "Cancel"));
	html(h,
	    "<dialog id='d-wipe' aria-labelledby='wipe-title'><div class='flow'><h2 "
	    "id='wipe-title'>%s</h2><p id='wipe-word'></p><p class='acts'><button type='button' "
	    "class='btn stop' id='wipe-yes'>%s</button> <button type='button' class='btn' "
	    "data-close>%s</button></p></div></dialog>",
	    tr(cx, "Wipe the copy"), tr(cx, "Wipe"), tr(cx, "Close"));
}

static void
body(struct view *v, const struct waybill *w, const char *title)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<header><h1 class='small'>%s</h1><p class='net'><span id='net' role='status'></span> "
	    "<b id='queue' role='status'></b> <a id='sign-in' href='%s' hidden>%s</a></p></header>",
	    title,
	    ui_url(v, "/sign-in?next=%s", ui_url(v, "/driver/%lld/phone", (long long)w->rec.id)),
	    tr(cx, "Sign in"));
	html(h,
	    "<main id='main'><p id='insecure' hidden>%s <a href='%s'>%s</a></p><p "
	    "id='word'></p><ol "
	    "id='stops'></ol><noscript><p>%s <a href='%s'>%s</a></p></noscript></main>",
	    tr(cx, "Without HTTPS this page works with network only."), ui_url(v, "/tls"),
	    tr(cx, "How to change that"),
	    tr(cx, "This page needs scripts. The same work without them:"),
	    ui_url(v, "/driver/%lld", (long long)w->rec.id), title);
	html(h,
	    "<footer><p class='acts'><button type='button' class='btn' id='b-send'>%s</button> "
	    "<button type='button' class='btn stop' id='b-wipe'>%s</button> <a class='btn' "
	    "href='%s'>%s</a></p></footer>",
	    tr(cx, "Send now"), tr(cx, "Wipe the copy"), ui_url(v, "/driver"),
	    tr(cx, "My waybills"));
}

static int
phone_page(struct view *v)
{
	struct page p = { 0 };
	struct waybill w;

	TRY(driver_waybill(v, &w));
	p.title = trf(v->cx, "Waybill No. %s", w.code);
	phone_shell_head(v, &p, &shell, "driver.css",
	    ui_url(v, "/driver/%lld/manifest.webmanifest", (long long)w.rec.id));
	html(&v->h,
	    "<body class='drive' data-waybill='%lld' data-csrf='%s' data-sw='%s' data-scope='%s' "
	    "data-away='%s'>",
	    (long long)w.rec.id, csrf_make(v->cx, "/driver/{waybill}/acts"),
	    ui_url(v, "/driver/sw.js"), ui_url(v, "/driver/"), ui_url(v, "/driver"));
	body(v, &w, p.title);
	dialogs(v);
	phone_words_draw(v, words, ARRAY_LEN(words));
	html(&v->h, "</body></html>");
	phone_policy(v);
	return RC_OK;
}

static int
manifest(struct view *v)
{
	struct phone_app a = { 0 };
	struct waybill w;

	TRY(driver_waybill(v, &w));
	a.name = trf(v->cx, "Waybill No. %s", w.code);
	a.short_name = tr(v->cx, "Waybill");
	a.start = ui_url(v, "/driver/%lld/phone", (long long)w.rec.id);
	a.scope = ui_url(v, "/driver/");
	return phone_app_manifest(v, &a);
}

static int
worker(struct view *v)
{
	return phone_worker(v, &shell);
}

const struct route driver_phone_routes[] = {
	{ M_GET, "/driver/{waybill}/phone", phone_page, CAP_RELIEF_DRIVE, 0,
	    N_("A waybill on the telephone"),
	    N_("Route, signatures and quantities without network; sent later, once.") },
	{ M_GET, "/driver/{waybill}/manifest.webmanifest", manifest, CAP_RELIEF_DRIVE, 0,
	    N_("A waybill as an application"),
	    N_("Lets a telephone put one waybill on its home screen.") },
	{ M_GET, "/driver/sw.js", worker, CAP_PUBLIC, 0, N_("A waybill without network"),
	    N_("The script that keeps the driver's page on the telephone; the same for "
	       "everybody.") },
};
const size_t driver_phone_nroutes = ARRAY_LEN(driver_phone_routes);

/* tls_pages.c – GET /tls: how a telephone learns to trust this house, in three steps.
 *
 * The page opens over plain HTTP too, since a telephone that does not know the authority yet would be warned
 * of HTTPS. Whoever looks at it on a computer shows its QR code to the telephone; on the telephone the same
 * page has the button. The fingerprint is there to be compared by eye: a network in which somebody hands out
 * an authority of his own would show another. */
#include "app/tls.h"

#include "text/qr.h"

/* ---- three drawings: a telephone with what is to be pressed ---- */

enum drawing { DRAW_FETCH, DRAW_FILE, DRAW_SWITCH };

static void
draw(struct view *v, enum drawing d)
{
	static const char *const inner[] = {
		[DRAW_FETCH] = "<path d='M36 30v26M26 47l10 10 10-10M22 66h28'/>",
		[DRAW_FILE] =
		    "<path d='M24 34h24M24 44h24M24 54h14'/><circle cx='48' cy='64' r='7'/>"
		    "<path d='M45 64l2 2 4-4'/>",
		[DRAW_SWITCH] = "<rect x='22' y='40' width='28' height='16' rx='8'/><circle "
				"cx='42' cy='48' r='5'/>"
				"<path d='M24 66h24'/>",
	};
	struct html *h = &v->h;

	html(h, "<svg class='tele' viewBox='0 0 72 96' width='72' height='96' aria-hidden='true'>"
		"<rect x='10' y='4' width='52' height='88' rx='8' stroke-width='2'/><path d='M30 "
		"12h12'/>");
	html_put(h, inner[d], strlen(inner[d]));
	html(h, "</svg>");
}

struct step {
	enum drawing drawing;
	const char *text; /* msgid */
};

static void
steps(struct view *v, const char *id, const char *name, const struct step *s, size_t n)
{
	struct html *h = &v->h;
	size_t i;

	ui_section_open(v, id, name, NULL);
	html(h, "<ol class='steps'>");
	for (i = 0; i < n; i++) {
		html(h, "<li>");
		draw(v, s[i].drawing);
		html(h, "<p>%s</p></li>", tr(v->cx, s[i].text));
	}
	html(h, "</ol>");
	ui_section_close(v);
}

static const struct step android[] = {
	{ DRAW_FETCH, N_("Press “Download the certificate” on this page. The file shanyraq.crt "
			 "lies among the "
			 "downloads.") },
	{ DRAW_FILE, N_("Open Settings, search for “CA certificate”, choose “Install anyway” and "
			"then the file "
			"shanyraq.crt.") },
	{ DRAW_SWITCH, N_("Come back to this page and press “Open over HTTPS”. No warning appears: "
			  "it is done.") },
};
static const struct step iphone[] = {
	{ DRAW_FETCH, N_("Open this page in Safari, press “Download the certificate” and allow the "
			 "profile.") },
	{ DRAW_FILE,
	    N_("Open Settings, press “Profile Downloaded” at the top and then “Install”.") },
	{ DRAW_SWITCH, N_("In Settings open General, About, Certificate Trust Settings and switch "
			  "“Shanyraq” on.") },
};

/* ---- addresses ---- */

/* The address by which a telephone in the same network reaches the machine: where the reader came by, unless
 * that is the machine's own loopback. */
static const char *
reachable(struct view *v, const struct tls *t)
{
	const struct machine *m = &tls_identity(t)->certified;
	const char *host = req_header(v->rq, "Host");
	int i;

	if (host != NULL && strncmp(host, "localhost", 9) != 0 && strncmp(host, "127.", 4) != 0 &&
	    strncmp(host, "[::1]", 5) != 0)
		return arena_strn(v->cx->arena, host,
		    *host == '[' && strchr(host, ']') != NULL
			? (size_t)(strchr(host, ']') - host) + 1
			: strcspn(host, ":"));
	for (i = 0; i < m->naddresses; i++)
		if (strncmp(m->address[i], "127.", 4) != 0 && strchr(m->address[i], ':') == NULL)
			return m->address[i];
	return "localhost";
}

static void
code_of_page(struct view *v, const char *plain)
{
	const char *url = arena_printf(v->cx->arena, "%s/%s/tls", plain, lang_prefix(v->cx));
	struct html *h = &v->h;
	struct qr qr;

	html(h, "<div class='show-code'>");
	if (qr_make(v->cx->arena, url, &qr) == RC_OK)
		qr_svg(h, &qr, tr(v->cx, "Address of this page as a QR code"));
	html(h, "<div><p>%s</p><p><b translate='no'>%s</b></p></div></div>",
	    tr(v->cx, "On a computer? Point the telephone’s camera at this code: it opens this "
		      "page there. Both "
		      "must be in the same network."),
	    url);
}

static void
fingerprint(struct view *v, const struct identity *id)
{
	struct html *h = &v->h;

	ui_section_open(v, "fingerprint", tr(v->cx, "Fingerprint"), NULL);
	html(h,
	    "<div><p>%s</p><p><code class='print-of' translate='no'>%s</code></p><p "
	    "class='mute'>%s</p></div>",
	    tr(v->cx, "The telephone shows this row of letters (SHA-256) in the details of the "
		      "certificate. If it "
		      "differs, do not install it and call whoever keeps the server."),
	    id->fingerprint,
	    tr(v->cx, "This certificate is good only for this house on the local network; it "
		      "cannot vouch for any "
		      "other site. After the event it may be taken off again."));
	ui_section_close(v);
}

static int
draw_page(struct view *v, const struct tls *t)
{
	const char *host = reachable(v, t);
	const char *plain = arena_printf(v->cx->arena, "http://%s:%d", host, tls_plain_port(t));
	const char *secure = arena_printf(v->cx->arena, "https://%s:%d", host, tls_port(t));
	struct html *h = &v->h;

	html(h, "<p class='lead'>%s</p>",
	    tr(v->cx, "A telephone opens its camera and works without network only where it trusts "
		      "the address. "
		      "Three steps, once for each telephone."));
	code_of_page(v, plain);
	html(h,
	    "<p class='acts'><a class='btn go' href='/tls/authority.crt' "
	    "download='shanyraq.crt'>%s</a>",
	    tr(v->cx, "Download the certificate"));
	html(h, "<a class='btn' href='%s/%s/'>%s</a></p>", secure, lang_prefix(v->cx),
	    tr(v->cx, "Open over HTTPS"));
	steps(v, "android", tr(v->cx, "Android"), android, ARRAY_LEN(android));
	steps(v, "iphone", tr(v->cx, "iPhone"), iphone, ARRAY_LEN(iphone));
	fingerprint(v, tls_identity(t));
	return RC_OK;
}

static int
tls_page(struct view *v)
{
	struct app *a = v->cx->app;
	struct page p = { .title = tr(v->cx, "Telephones at the door"), .nav = "" };

	ui_open(v, &p);
	if (a->tls != NULL)
		TRY(draw_page(v, a->tls));
	else if (v->rq->https)
		ui_note(v, 'o',
		    tr(v->cx, "This address is trusted already: telephones need no certificate of "
			      "ours."));
	else
		ui_empty(v, tr(v->cx, "This server does not offer HTTPS."),
		    tr(v->cx, "Cameras of telephones stay shut; typed codes and names work at any "
			      "desk. Whoever "
			      "keeps the server starts it with “serve --tls”, or puts a proxy with "
			      "a certificate "
			      "before it."),
		    NULL, NULL);
	ui_close(v);
	return RC_OK;
}

static int
tls_front(struct view *v)
{
	res_redirect(v->rq, arena_printf(v->cx->arena, "/%s/tls", lang_prefix(v->cx)));
	return RC_OK;
}

static int
tls_file(struct view *v)
{
	struct app *a = v->cx->app;

	if (a->tls == NULL)
		return fail(v->cx, RC_NOTFOUND, N_("There is no such page."));
	v->rq->res.status = 200;
	v->rq->res.type = "application/x-x509-ca-cert";
	v->rq->res.body = tls_identity(a->tls)->authority;
	res_header(v->rq, "Content-Disposition", "attachment; filename=\"shanyraq.crt\"");
	return RC_OK;
}

const struct route tls_routes[] = {
	{ M_GET, "/tls", tls_front, CAP_PUBLIC, ROUTE_BARE, N_("Telephones at the door"),
	    N_("Leads to the page about certificates in the reader's language.") },
	{ M_GET, "/tls", tls_page, CAP_PUBLIC, 0, N_("Telephones at the door"),
	    N_("How a telephone learns to trust this house: three steps, certificate, "
	       "fingerprint.") },
	{ M_GET, "/tls/authority.crt", tls_file, CAP_PUBLIC, ROUTE_BARE,
	    N_("Certificate of the house"),
	    N_("What a telephone is given so that it trusts this house on the local network.") },
};
const size_t tls_nroutes = ARRAY_LEN(tls_routes);

/* office_integrity_pages.c – the audit's daily roots for everybody: a page to read and print, and the
 * same as plain lines for a machine that keeps them elsewhere. Nothing of a record or a person can be
 * told from a root. */
#include "mod/office/office_pages.h"

#include "core/seal.h"

enum { SHOWN = 31, LINES = 400, GROUP = 8 };

/* In groups, so that a narrow screen breaks it and a person can read it aloud; --root takes it so. */
static const char *
grouped(struct ctx *cx, const char *hex)
{
	struct buf b;
	size_t i;

	buf_init(&b, cx->arena, 0);
	for (i = 0; hex[i] != '\0'; i++) {
		if (i > 0 && i % GROUP == 0)
			buf_char(&b, ' ');
		buf_char(&b, hex[i]);
	}
	return b.p;
}

static void
roots_table(struct view *v, const struct seal_root *r, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col'>%s</th></tr>"
	    "</thead><tbody>",
	    tr(cx, "Roots by day"), tr(cx, "Day"), tr(cx, "Lines so far"), tr(cx, "Root"));
	for (i = 0; i < n; i++)
		html(h,
		    "<tr><th scope='row' class='nw'>%s</th><td class='r num' data-l='%s'>%s</td>"
		    "<td data-l='%s'><code translate='no'>%s</code></td></tr>",
		    day_text(cx, r[i].day), tr(cx, "Lines so far"), num(cx, r[i].rows),
		    tr(cx, "Root"), grouped(cx, r[i].hex));
	html(h, "</tbody></table></div>");
}

static int
integrity_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct seal_root *r;
	size_t n;

	TRY(seal_roots_last(cx, SHOWN, &r, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Integrity of the records") });
	html(h, "<p class='lead prose'>%s</p><p class='prose'>%s</p>",
	    tr(cx, "Every change of a record leaves a line in the audit. When a day is over, its "
		   "lines are closed by a root: a number that comes out otherwise if a single line "
		   "of that day or of any day before it is changed, added or taken away."),
	    tr(cx, "Whoever writes down a root from this page can have it checked years later, and "
		   "nobody can change the past unnoticed, not even an administrator. Nothing about "
		   "a person or a record can be learned from a root."));
	if (n == 0)
		ui_empty(v, tr(cx, "No root yet"),
		    tr(cx, "The first one appears when the first day is over."), NULL, NULL);
	else
		roots_table(v, r, n);
	ui_section_open(v, "check", tr(cx, "How to check"), NULL);
	html(h,
	    "<p class='prose'>%s</p><p><code translate='no'>shanyraq verify --root "
	    "2024-11-15:…</code></p><p class='prose'>%s</p><p><a href='/integrity.txt'>%s</a></p>",
	    tr(cx, "On the server, with a root kept elsewhere and its day:"),
	    tr(cx, "The answer says that it fits, or names what does not: which record, version or "
		   "line, of which day."),
	    tr(cx, "The roots as plain text, for keeping elsewhere"));
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

/* "2024-11-15 1234 HASH", the newest first. */
static int
integrity_text(struct view *v)
{
	struct seal_root *r;
	struct buf b;
	size_t n, i;
	char day[16];

	TRY(seal_roots_last(v->cx, LINES, &r, &n));
	buf_init(&b, v->cx->arena, 0);
	for (i = 0; i < n; i++) {
		day_iso(r[i].day, day);
		buf_printf(&b, "%s %lld %s\n", day, (long long)r[i].rows, r[i].hex);
	}
	v->rq->res.status = 200;
	v->rq->res.type = "text/plain; charset=utf-8";
	v->rq->res.body = (struct slice){ b.p, b.n };
	return RC_OK;
}

const struct route office_integrity_routes[] = {
	{ M_GET, "/integrity", integrity_page, CAP_PUBLIC, ROUTE_CACHE,
	    N_("Integrity of the records"),
	    N_("The audit's root of each day, to be kept elsewhere and checked later.") },
	{ M_GET, "/integrity.txt", integrity_text, CAP_PUBLIC, ROUTE_BARE,
	    N_("Integrity of the records"), NULL },
};
const size_t office_integrity_nroutes = ARRAY_LEN(office_integrity_routes);

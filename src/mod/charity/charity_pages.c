/* charity_pages.c – what everybody sees of charity: the drives with what they need and what not, where to bring it, what
 * came of it in totals; and the way of one gift by its code. No family and no donor who did not agree stands here. */
#include "mod/charity/charity_pages.h"

#include <string.h>

#include "figure/figure.h"
#include "lang/money.h"
#include "mod/event/event.h"
#include "ui/parts.h"

/* ---- all drives ---- */

static int
draw_figures(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct ask a;
	size_t i;

	ask_default(cx, &a);
	ui_section_open(v, "year", trf(cx, "%d so far", day_year(cx->today)), NULL);
	html(h, "<dl class='facts'>");
	for (i = 0; i < charity_nfigures; i++) {
		const struct figure *f = charity_figures[i];
		struct figure_answer r;

		TRY(figure_answer(cx, f, &a, &r));
		html(h, "<dt>%s</dt><dd>", tr(cx, f->name));
		ui_count(
		    v, KNOWN_EXACT, ui_url(v, "/figures/%s", f->code), num(cx, (int64_t)r.value));
		html(h, " %s</dd>", tr(cx, f->unit));
	}
	html(h, "</dl>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_needs(struct view *v, const struct charity_sum *s, size_t n, const char *state, int level)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool needed = strcmp(state, "needed") == 0, any = false;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i].need_state == NULL || strcmp(s[i].need_state, state) != 0)
			continue;
		if (!any)
			html(h, "<h%d>%s</h%d><ul>", level,
			    needed ? tr(cx, "Needed now") : tr(cx, "Enough: please do not bring"),
			    level);
		any = true;
		html(h, "<li>%s", kind_title(cx, &item_kind, &s[i].item));
		if (needed && s[i].goal != INT_NONE && s[i].goal > s[i].received)
			html(h, " <span class='mute'>%s</span>",
			    trf(cx, "%s still missing",
				charity_quantity(cx, &s[i].item, s[i].goal - s[i].received)));
		html(h, "</li>");
	}
	if (any)
		html(h, "</ul>");
}

static void
draw_where(struct view *v, const struct drive *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	if (d->place == NULL && d->hours == NULL && d->phone == NULL)
		return;
	html(h, "<dl class='facts'>");
	if (d->place != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Where to bring it"), d->place);
	if (d->hours != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Hours"), d->hours);
	if (d->phone != NULL) {
		html(h, "<dt>%s</dt><dd>", tr(cx, "Telephone for donors"));
		ui_phone(v, d->phone);
		html(h, "</dd>");
	}
	html(h, "</dl>");
}

static const char *
days_of(struct ctx *cx, const struct drive *d)
{
	return d->to_day == 0 ? trf(cx, "from %s", day_text(cx, d->from_day))
			      : day_range(cx, d->from_day, d->to_day);
}

static int
one_open(struct ctx *cx, const void *rec, void *arg)
{
	struct view *v = arg;
	const struct drive *d = rec;
	struct charity_sum *s;
	size_t n;

	TRY(charity_sums(cx, d->rec.id, &s, &n));
	ui_section_open(v, arena_printf(cx->arena, "drive-%lld", (long long)d->rec.id),
	    kind_title(cx, &drive_kind, d), days_of(cx, d));
	html(&v->h, "<div class='flow'>");
	if (d->purpose.kk != NULL && *d->purpose.kk != '\0')
		html(&v->h, "<p class='prose'>%s</p>", tr3(cx, &d->purpose, NULL));
	draw_needs(v, s, n, "needed", 3);
	draw_needs(v, s, n, "enough", 3);
	draw_where(v, d);
	TRY(charity_draw_sums(v, s, n, true));
	TRY(charity_draw_sums(v, s, n, false));
	html(&v->h, "<p><a href='%s'>%s<span class='vh'>: %s</span></a></p></div>",
	    ui_url(v, "/charity/drives/%lld", (long long)d->rec.id),
	    tr(cx, "More about this drive"), kind_title(cx, &drive_kind, d));
	ui_section_close(v);
	return RC_OK;
}

static int
one_other(struct ctx *cx, const void *rec, void *arg)
{
	struct view *v = arg;
	const struct drive *d = rec;

	html(&v->h, "<li class='task'><p><a href='%s'>%s</a> <span class='mute'>%s</span></p><p>",
	    ui_url(v, "/charity/drives/%lld", (long long)d->rec.id), kind_title(cx, &drive_kind, d),
	    days_of(cx, d));
	drive_mark(v, d->state);
	html(&v->h, "</p></li>");
	return RC_OK;
}

static int
drives_of(struct view *v, const char *condition, const char *sort,
    int (*row)(struct ctx *cx, const void *rec, void *arg), int64_t *count)
{
	struct query q;

	TRY(query_init(v->cx, &q, &drive_kind));
	query_and(&q, condition, NO_VALS);
	TRY(query_sort(&q, sort));
	if (count != NULL)
		return query_count(&q, count);
	return query_each(&q, row, v);
}

static void
draw_follow(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "follow", tr(cx, "Follow your gift"), NULL);
	html(&v->h,
	    "<form class='flow' action='%s'><div class='fld w-m'><label for='code'>%s</label><span "
	    "class='hint' id='code-h'>%s</span><input type='text' id='code' name='code' "
	    "autocomplete='off' autocapitalize='characters' spellcheck='false' "
	    "aria-describedby='code-h'></div><p class='acts'><button type='submit' "
	    "class='btn'>%s</button></p></form>",
	    ui_url(v, "/gift"), tr(cx, "Code of the gift"),
	    tr(cx, "Eight letters and digits; they stand on your receipt."),
	    tr(cx, "Show its way"));
	ui_section_close(v);
}

static void
draw_work(struct view *v)
{
	static const struct {
		const char *path, *text;
		enum cap cap, also;
	} all[] = {
		{ "/charity/receipts/new", N_("Receive a donation"), CAP_STOCK_WRITE, CAP_PUBLIC },
		{ "/charity/acts/new", N_("Hand over"), CAP_STOCK_WRITE, CAP_CHARITY_FAMILY },
		{ "/charity/pledges", N_("Pledges"), CAP_STOCK_READ, CAP_PUBLIC },
		{ "/charity/receipts", N_("Receipts"), CAP_STOCK_READ, CAP_PUBLIC },
		{ "/charity/donors", N_("Donors"), CAP_STOCK_READ, CAP_PUBLIC },
		{ "/charity/families", N_("Families"), CAP_CHARITY_FAMILY, CAP_PUBLIC },
		{ "/charity/acts", N_("Acts of handing over"), CAP_CHARITY_FAMILY, CAP_PUBLIC },
		{ "/charity/drives/new", N_("New drive"), CAP_STOCK_WRITE, CAP_PUBLIC },
	};
	size_t i;

	if (!may(v->cx, CAP_STOCK_READ) && !may(v->cx, CAP_CHARITY_FAMILY))
		return;
	html(&v->h, "<p class='acts'>");
	for (i = 0; i < ARRAY_LEN(all); i++)
		if (may(v->cx, all[i].cap) && may(v->cx, all[i].also))
			ui_button(v, ui_path(v, all[i].path), tr(v->cx, all[i].text), i == 0);
	html(&v->h, "</p>");
}

static int
charity_page(struct view *v)
{
	struct ctx *cx = v->cx;
	int64_t open, others;

	TRY(drives_of(v, "drive.state = 'open'", "title", NULL, &open));
	TRY(drives_of(v, "drive.state <> 'open'", "title", NULL, &others));
	ui_open(
	    v, &(struct page){ .title = tr(cx, "Charity"),
		   .nav = "/charity",
		   .staff = true,
		   .description = tr(cx, "What is needed, where to bring it, what came of it.") });
	html(&v->h, "<div class='flow'>");
	draw_work(v);
	if (open == 0)
		ui_note(v, 'w', tr(cx, "No drive takes donations now."));
	html(&v->h, "</div>");
	TRY(drives_of(v, "drive.state = 'open'", "title", one_open, NULL));
	TRY(draw_figures(v));
	draw_follow(v);
	if (others > 0) {
		ui_section_open(v, "others", tr(cx, "Other drives"), NULL);
		html(&v->h, "<ul>");
		TRY(drives_of(v, "drive.state <> 'open'", "-from_day", one_other, NULL));
		html(&v->h, "</ul>");
		ui_section_close(v);
	}
	ui_close(v);
	return RC_OK;
}

/* ---- one drive ---- */

/* RULE charity-2 */
static int
draw_patrons(struct view *v, const struct drive *d)
{
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };
	int64_t ids[200];
	size_t n = 0, i;
	bool any = false;

	TRY(db_rows(cx, &r,
	    "SELECT DISTINCT o.id FROM donor o JOIN charity_receipt c ON c.donor = o.id WHERE "
	    "c.drive = $1 AND o.named = 1 AND o.type <> 'anonymous' AND NOT EXISTS (SELECT 1 FROM "
	    "movement_set b WHERE b.reverses = c.movement) ORDER BY o.id LIMIT 200",
	    VALS(v_int(d->rec.id))));
	while (n < ARRAY_LEN(ids) && rows_next(&r))
		ids[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		struct donor o;
		const char *name;

		TRY(kind_load(cx, &donor_kind, ids[i], &o));
		TRY(donor_public_name(cx, &o, &name));
		if (name == NULL)
			continue;
		if (!any) {
			ui_section_open(
			    v, "patrons", tr(cx, "Patrons"), tr(cx, "who agreed to be named"));
			html(&v->h, "<ul>");
		}
		any = true;
		html(&v->h, "<li>%s</li>", name);
	}
	if (any) {
		html(&v->h, "</ul>");
		ui_section_close(v);
	}
	return RC_OK;
}

static void
draw_drive_work(struct view *v, const struct drive *d)
{
	struct ctx *cx = v->cx;
	long long id = (long long)d->rec.id;

	if (!may(cx, CAP_STOCK_WRITE))
		return;
	html(&v->h, "<p class='acts'>");
	if (strcmp(d->state, "planned") != 0)
		ui_button(v, ui_url(v, "/charity/receipts/new?drive=%lld", id),
		    tr(cx, "Receive a donation"), true);
	if (strcmp(d->state, "open") == 0)
		ui_button(v, ui_url(v, "/charity/pledges/new?drive=%lld", id), tr(cx, "New pledge"),
		    false);
	ui_button(v, ui_url(v, "/charity/drives/%lld/needs", id), tr(cx, "What it needs"), false);
	ui_button(v, ui_url(v, "/charity/receipts?drive=%lld", id), tr(cx, "Receipts"), false);
	ui_button(v, ui_url(v, "/charity/drives/%lld/edit", id), tr(cx, "Change"), false);
	html(&v->h, "</p>");
}

static int
drive_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct charity_sum *s;
	const char *body = "";
	struct drive d;
	int64_t id;
	size_t n;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &drive_kind, id, &d));
	TRY(charity_sums(cx, id, &s, &n));
	TRY(kind_titles(cx, &body_kind, &d.body, 1, &body));
	charity_frame(v, NULL, NULL, kind_title(cx, &drive_kind, &d));
	html(&v->h, "<div class='flow'><p class='lead'>%s · <a href='%s'>%s</a></p><p>",
	    days_of(cx, &d), ui_url(v, "/bodies/%lld", (long long)d.body), body);
	drive_mark(v, d.state);
	html(&v->h, "</p>");
	if (d.programme != 0) {
		const char *title;

		TRY(event_title_of(cx, &programme_kind, d.programme, &title));
		html(&v->h, "<p><a href='%s'>%s</a></p>",
		    ui_url(v, "/programmes/%lld", (long long)d.programme), title);
	}
	draw_drive_work(v, &d);
	if (d.purpose.kk != NULL && *d.purpose.kk != '\0')
		html(&v->h, "<p class='prose'>%s</p>", tr3(cx, &d.purpose, NULL));
	draw_needs(v, s, n, "needed", 2);
	draw_needs(v, s, n, "enough", 2);
	draw_where(v, &d);
	html(&v->h, "</div>");
	ui_section_open(v, "sums", tr(cx, "What came of it"), NULL);
	html(&v->h, "<div class='flow'>");
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing has come yet."));
	TRY(charity_draw_sums(v, s, n, true));
	TRY(charity_draw_sums(v, s, n, false));
	html(&v->h, "<p class='small mute'>%s</p></div>",
	    tr(cx, "Promised, received and handed over are three figures; received and handed over "
		   "are sums of the ledger."));
	ui_section_close(v);
	TRY(draw_patrons(v, &d));
	if (may(cx, CAP_STOCK_READ))
		TRY(ui_history(v, &drive_kind, id));
	ui_close(v);
	return RC_OK;
}

/* ---- a gift ---- */

static void
stage(struct view *v, char tone, const char *word, const char *quantity)
{
	html(&v->h, "<li class='task'><p>");
	ui_state(v, tone, word);
	html(&v->h, "</p><p class='num'>%s</p></li>", quantity);
}

static void
draw_gift_line(struct view *v, const struct gift_line *l)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<h3>%s%s%s</h3><ul>", kind_title(cx, &item_kind, &l->item),
	    l->lot.rec.id == 0 ? "" : ", ",
	    l->lot.rec.id == 0 ? "" : trf(cx, "lot %s", l->lot.code));
	stage(v, 'o', tr(cx, "Received"), charity_quantity(cx, &l->item, l->received));
	if (l->in_store > 0)
		stage(v, 'w', tr(cx, "In the store"), charity_quantity(cx, &l->item, l->in_store));
	if (l->on_way > 0)
		stage(v, 'w', tr(cx, "On the way"), charity_quantity(cx, &l->item, l->on_way));
	for (i = 0; i < l->nparts; i++)
		stage(v, strcmp(l->part[i].way, "household") == 0 ? 'o' : '-',
		    strcmp(l->part[i].way, "household") == 0
			? trf(cx, "Handed over on %s", day_text(cx, l->part[i].day))
			: trf(cx, "Written off, turned into something else or given back on %s",
			      day_text(cx, l->part[i].day)),
		    charity_quantity(cx, &l->item, l->part[i].quantity));
	html(&v->h, "</ul>");
}

static void
draw_gift(struct view *v, const struct gift *g)
{
	struct ctx *cx = v->cx;
	size_t i, k;

	html(&v->h, "<p class='lead'><a href='%s'>%s</a></p>",
	    ui_url(v, "/charity/drives/%lld", (long long)g->drive.rec.id),
	    kind_title(cx, &drive_kind, &g->drive));
	if (g->p.rec.id != 0) {
		html(&v->h, "<ul>");
		stage(v, g->p.withdrawn_on != 0 ? '-' : 'p',
		    g->p.withdrawn_on != 0
			? trf(cx, "Promised on %s, withdrawn on %s", day_text(cx, g->p.day),
			      day_text(cx, g->p.withdrawn_on))
			: trf(cx, "Promised on %s", day_text(cx, g->p.day)),
		    arena_printf(cx->arena, "%s, %s", kind_title(cx, &item_kind, &g->item),
			charity_quantity(cx, &g->item, g->p.quantity)));
		html(&v->h, "</ul>");
	}
	if (g->n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing has come for it yet."));
	for (i = 0; i < g->n; i++) {
		html(&v->h, "<h2>%s</h2>",
		    trf(cx, "Receipt %s of %s", g->receipt[i].r.paper,
			day_text(cx, g->receipt[i].r.day)));
		for (k = 0; k < g->receipt[i].n; k++)
			draw_gift_line(v, &g->receipt[i].line[k]);
	}
	html(&v->h, "<p class='small mute'>%s</p>",
	    tr(cx,
		"Goods of one sort are handed over in the order in which they came. The families "
		"stay unnamed; an auditor can follow each gift to its act."));
}

static int
gift_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct gift g;
	int rc = gift_by_code(cx, v->rq->param[0], &g);

	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	err_clear(cx);
	v->status = rc == RC_OK ? 200 : 404;
	res_header(v->rq, "X-Robots-Tag", "noindex");
	charity_frame(v, NULL, NULL, tr(cx, "The way of a gift"));
	html(&v->h, "<div class='flow'>");
	if (rc == RC_OK)
		draw_gift(v, &g);
	else
		ui_note(v, 'n',
		    tr(cx, "There is no gift with this code. Look at the receipt once "
			   "more: eight letters and digits."));
	html(&v->h, "</div>");
	if (rc != RC_OK)
		draw_follow(v);
	ui_close(v);
	return RC_OK;
}

/* What was typed, cut to what a code can be, becomes the address of the gift. */
static int
ask_page(struct view *v)
{
	const char *code = req_q(v->rq, "code");
	struct buf b;

	if (code == NULL || *code == '\0') {
		res_redirect(v->rq, ui_url(v, "/charity#follow"));
		return RC_OK;
	}
	buf_init(&b, v->cx->arena, 0);
	for (; *code != '\0' && b.n < 40; code++)
		if ((*code >= '0' && *code <= '9') || (*code >= 'a' && *code <= 'z') ||
		    (*code >= 'A' && *code <= 'Z'))
			buf_char(&b, *code);
	res_redirect(v->rq, ui_url(v, "/gift/%s", b.n == 0 ? "0" : b.p));
	return RC_OK;
}

const struct route charity_routes[] = {
	{ M_GET, "/charity", charity_page, CAP_PUBLIC, 0, N_("Charity"),
	    N_("Drives: what is needed, what not, where to bring it, what came of it.") },
	{ M_GET, "/charity/drives/{id}", drive_page, CAP_PUBLIC, 0, N_("A charity drive"), NULL },
	{ M_GET, "/gift", ask_page, CAP_PUBLIC, ROUTE_FORM, N_("Follow a gift"), NULL },
	{ M_GET, "/gift/{code}", gift_page, CAP_PUBLIC, ROUTE_FORM, N_("The way of a gift"),
	    N_("From the promise to the hands that got it, without the family.") },
};
const size_t charity_nroutes = ARRAY_LEN(charity_routes);

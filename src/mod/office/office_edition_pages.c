/* office_edition_pages.c – editions on pages: the list with the form that freezes, one edition as it
 * was frozen, signing, withdrawing, and the comparison with another edition or with now.
 *
 * Everything on an edition's page is read from its text; only the comparison counts anew. The page of
 * a signed edition is public: whoever holds the paper finds the digest here. */
#include <jansson.h>

#include "figure/report.h"
#include "mod/office/office.h"
#include "mod/office/office_form.h"
#include "mod/office/office_pages.h"

/* ---- parts ---- */

static const char *
edition_title(struct ctx *cx, const struct edition *e)
{
	return trf(cx, "Edition %s", num(cx, e->number));
}

static void
draw_state(struct view *v, const char *code)
{
	char tone = strcmp(code, "signed") == 0 ? 'o' : strcmp(code, "withdrawn") == 0 ? 'n' : 'w';

	ui_state(v, tone, option_label(v->cx, kind_field(&edition_kind, "state")->options, code));
}

/* ---- the list, and freezing ---- */

static void
freeze_form(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ask a;

	if (!may(cx, CAP_EDITION_FREEZE))
		return;
	ask_default(cx, &a);
	ui_section_open(v, "freeze", tr(cx, "Freeze the figures"),
	    tr(cx, "Records go on changing; the edition stays, and tells later what moved."));
	ui_form_begin(v, "/editions", false);
	html(&v->h, "<div class='row'>");
	form_line(v, &(struct form_line){
			 .name = "from", .label = tr(cx, "From"), .value = day_text(cx, a.from) });
	form_line(v, &(struct form_line){
			 .name = "to", .label = tr(cx, "To"), .value = day_text(cx, a.to) });
	form_line(v, &(struct form_line){
			 .name = "name", .label = tr(cx, "Title (empty: made from the days)") });
	html(&v->h, "<button type='submit' class='btn go'>%s</button></div>", tr(cx, "Freeze"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
editions_page(struct view *v)
{
	static const char *const columns[] = { "number", "from_day", "to_day", "known_at", "state",
		"document", NULL };
	struct ui_list l = { .kind = &edition_kind,
		.path = "/editions",
		.columns = columns,
		.sort = "-number",
		.state = "state",
		.draw_state = draw_state };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(v->cx, "Editions"),
		       .nav = "/editions",
		       .staff = may(v->cx, CAP_STAFF) });
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(v->cx, "An edition is a report's figures as they were known at one moment. Nobody "
		      "can change it afterwards; what moved since is told figure by figure, record "
		      "by record."));
	ui_refusals(v, "");
	TRY(ui_list_page(v, &l));
	freeze_form(v);
	ui_close(v);
	return RC_OK;
}

static int
editions_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ask_text t = { .from = req_f(v->rq, "from"), .to = req_f(v->rq, "to") };
	struct edition e;
	struct ask a;
	int rc = ask_read(cx, &t, &a);

	if (rc == RC_OK)
		rc = edition_freeze(cx, &a, req_f(v->rq, "name"), &e);
	if (rc == RC_INVALID) {
		v->status = 422;
		return editions_page(v);
	}
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/editions/%lld", (long long)e.rec.id),
	    trf(cx, "Edition %s is frozen.", num(cx, e.number)));
}

/* ---- one edition, out of its text ---- */

static const char *
number_text(struct ctx *cx, const struct figure *f, const struct edition_value *x)
{
	if (!x->asked)
		return "–";
	if (!x->known)
		return tr(cx, "not known");
	return f == NULL ? num(cx, (int64_t)x->value) : figure_digits(cx, f, x->value);
}

static void
value_row(struct view *v, const json_t *row)
{
	struct ctx *cx = v->cx;
	const char *code = json_string_value(json_object_get(row, "code"));
	const json_t *value = json_object_get(row, "value");
	const struct figure *f = code == NULL ? NULL : figure_find(code);
	struct edition_value x = { true, json_is_number(value),
		json_is_number(value) ? json_number_value(value) : 0 };

	if (code == NULL || json_object_size(json_object_get(row, "dims")) > 0)
		return;
	html(&v->h,
	    "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>%s</td><td "
	    "data-l='%s'>%s</td>"
	    "<td class='r num' data-l='%s'>%s</td></tr>",
	    f == NULL ? code : tr(cx, f->name), tr(cx, "Value"), number_text(cx, f, &x),
	    tr(cx, "Unit"), f == NULL ? "" : tr(cx, f->unit), tr(cx, "Records"),
	    num(cx, json_integer_value(json_object_get(row, "records"))));
}

static int
draw_values(struct view *v, const struct edition *e)
{
	struct ctx *cx = v->cx;
	const char *text;
	json_t *root, *row;
	size_t i;

	TRY(edition_text(cx, e, &text));
	root = json_loads(text, 0, NULL);
	if (root == NULL)
		return fail(
		    cx, RC_STORAGE, N_("The text of edition %s is damaged."), num(cx, e->number));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col'>%s</th><th "
	    "scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Figures"), tr(cx, "Figure"), tr(cx, "Value"), tr(cx, "Unit"),
	    tr(cx, "Records"));
	json_array_foreach(json_object_get(root, "figures"), i, row) value_row(v, row);
	html(&v->h, "</tbody></table></div>");
	json_decref(root);
	return RC_OK;
}

static void
sign_form(struct view *v, const struct edition *e)
{
	struct ctx *cx = v->cx;
	const char *path = arena_printf(cx->arena, "/editions/%lld", (long long)e->rec.id);

	if (!may(cx, CAP_EDITION_SIGN) || strcmp(e->state, "withdrawn") == 0)
		return;
	if (strcmp(e->state, "frozen") == 0) {
		ui_section_open(v, "sign", tr(cx, "Sign"),
		    tr(cx, "The edition becomes public with its digest. Nothing in it changes."));
		ui_form_begin(v, arena_printf(cx->arena, "%s/sign", path), false);
		html(&v->h, "<input type='hidden' name='_version' value='%s'><div class='row'>",
		    arena_printf(cx->arena, "%lld", (long long)e->rec.version));
		form_line(v, &(struct form_line){ .name = "signer",
				 .label = tr(cx, "Who signs: office and name"),
				 .value = cx->actor->name });
		form_line(v, &(struct form_line){
				 .name = "document", .label = tr(cx, "Number of the document") });
		form_line(v, &(struct form_line){ .name = "document_day",
				 .label = tr(cx, "Day of the document"),
				 .value = day_text(cx, cx->today) });
		html(&v->h, "<button type='submit' class='btn go'>%s</button></div>",
		    tr(cx, "Sign"));
		ui_form_end(v);
		ui_section_close(v);
	}
	ui_section_open(v, "withdraw", tr(cx, "Withdraw"),
	    tr(cx, "It stays to be read, marked as withdrawn, with the reason."));
	ui_form_begin(v, arena_printf(cx->arena, "%s/withdraw", path), false);
	html(&v->h, "<input type='hidden' name='_version' value='%s'><div class='row'>",
	    arena_printf(cx->arena, "%lld", (long long)e->rec.version));
	form_line(v, &(struct form_line){ .name = "reason", .label = tr(cx, "Reason") });
	html(&v->h, "<button type='submit' class='btn danger'>%s</button></div>",
	    tr(cx, "Withdraw"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
compare_form(struct view *v, const struct edition *e)
{
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };

	if (!may(cx, CAP_STAFF))
		return RC_OK;
	ui_section_open(v, "compare", tr(cx, "What moved since"), NULL);
	html(&v->h,
	    "<form class='row' action='%s'><div class='fld'><label for='with'>%s</label><select "
	    "id='with' name='with'><option value=''>%s</option>",
	    ui_url(v, "/editions/%lld/compare", (long long)e->rec.id), tr(cx, "Compare with"),
	    tr(cx, "what is known now"));
	TRY(db_rows(cx, &r,
	    "SELECT number, name_kk, name_ru, name_en FROM edition WHERE id <> $1 ORDER BY number "
	    "DESC"
	    " LIMIT 50",
	    VALS(v_int(e->rec.id))));
	while (rows_next(&r)) {
		const struct text3 name = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) };

		html(&v->h, "<option value='%s'>%s. %s</option>",
		    arena_printf(cx->arena, "%lld", (long long)row_int(&r, 0)),
		    num(cx, row_int(&r, 0)), tr3(cx, &name, NULL));
	}
	TRY(rows_end(&r));
	html(&v->h, "</select></div><button type='submit' class='btn'>%s</button></form>",
	    tr(cx, "Compare"));
	ui_section_close(v);
	return RC_OK;
}

static int
draw_edition(struct view *v, const struct edition *e)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/editions", tr(cx, "Editions") },
		{ NULL, edition_title(cx, e) }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = edition_title(cx, e),
		       .nav = "/editions",
		       .crumbs = crumbs,
		       .no_h1 = true,
		       .staff = may(cx, CAP_STAFF) });
	html(&v->h, "<article class='paper'><div class='hem'></div><h1>%s</h1><p>",
	    tr3(cx, &e->name, NULL));
	draw_state(v, e->state);
	html(&v->h, "</p><div class='flow'>");
	ui_refusals(v, "");
	TRY(ui_facts(v, &edition_kind, e));
	TRY(draw_values(v, e));
	html(&v->h,
	    "<p class='small'>%s</p><p class='acts noprint'><a class='btn' href='%s'>%s</a></p>"
	    "</div></article>",
	    tr(cx, "The digest is that of the edition's text. Whoever holds a copy can compute it "
		   "anew."),
	    ui_url(v, "/editions/%lld/text", (long long)e->rec.id), tr(cx, "The text (JSON)"));
	if (may(cx, CAP_STAFF) && strcmp(e->state, "withdrawn") != 0)
		html(&v->h, "<p class='acts noprint'><a class='btn' href='%s'>%s</a></p>",
		    ui_url(v, "/report?edition=%lld", (long long)e->number), tr(cx, "As a report"));
	TRY(compare_form(v, e));
	sign_form(v, e);
	ui_close(v);
	return RC_OK;
}

static int
edition_of(struct view *v, struct edition *e)
{
	int64_t id;

	if (!num_parse(v->rq->param[0], &id))
		return fail(v->cx, RC_NOTFOUND, N_("There is no such record."));
	return kind_get(v->cx, &edition_kind, id, e);
}

static int
edition_page(struct view *v)
{
	struct edition e;

	TRY(edition_of(v, &e));
	return draw_edition(v, &e);
}

static int
text_page(struct view *v)
{
	struct edition e;
	const char *text;

	TRY(edition_of(v, &e));
	TRY(edition_text(v->cx, &e, &text));
	v->rq->res.type = "application/json";
	v->rq->res.body = slice_str(text);
	res_header(v->rq, "Content-Disposition",
	    arena_printf(
		v->cx->arena, "attachment; filename=\"edition-%lld.json\"", (long long)e.number));
	v->rq->res.status = 200;
	return RC_OK;
}

static int64_t
posted_version(struct view *v)
{
	const char *text = req_f(v->rq, "_version");
	int64_t n = 0;

	return text != NULL && num_parse(text, &n) ? n : 0;
}

static int
after_post(struct view *v, const struct edition *e, int rc, const char *message)
{
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_edition(v, e);
	}
	TRY(rc);
	return ui_done(
	    v, arena_printf(v->cx->arena, "/editions/%lld", (long long)e->rec.id), message);
}

static int
sign_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct edition e;
	struct edition_signing s = { .document = req_f(v->rq, "document"),
		.signer = req_f(v->rq, "signer") };
	const char *day = req_f(v->rq, "document_day");
	int rc;

	TRY(edition_of(v, &e));
	s.number = e.number;
	s.version = posted_version(v);
	if (day != NULL && *day != '\0' && !day_parse(day, &s.document_day))
		fail_field(cx, "document_day",
		    N_("There is no such day: “%s”. Write it as 15.11.2024."), day);
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = edition_sign(cx, &s);
	return after_post(v, &e, rc, tr(cx, "The edition is signed."));
}

static int
withdraw_post(struct view *v)
{
	struct edition e;
	int rc;

	TRY(edition_of(v, &e));
	rc = edition_withdraw(v->cx, e.number, posted_version(v), req_f(v->rq, "reason"));
	return after_post(v, &e, rc, tr(v->cx, "The edition is withdrawn."));
}

/* ---- the comparison ---- */

/* «497 → 499: 2 reported late» */
static void
draw_sentence(struct view *v, const struct edition_diff *d)
{
	struct ctx *cx = v->cx;
	enum edition_why w;
	const char *sep = ": ";

	html(&v->h, "<p class='lead'>%s → %s", number_text(cx, d->figure, &d->was),
	    number_text(cx, d->figure, &d->is));
	for (w = WHY_LATE; w <= WHY_QUESTION; w++) {
		if (d->counted[w] == 0)
			continue;
		html(&v->h, "%s%s", sep,
		    arena_printf(cx->arena, "%s – %s", edition_why_text(cx, w),
			num(cx, (int64_t)d->counted[w])));
		sep = "; ";
	}
	html(&v->h, "</p>");
}

enum { SHOWN = 200 };

static void
draw_changes(struct view *v, const struct edition_diff *d)
{
	struct ctx *cx = v->cx;
	size_t i;

	if (d->nchanges == 0)
		return;
	if (!d->named) {
		ui_note(v, '-',
		    tr(cx, "Which records these are is open to those who may see the records of "
			   "this figure and their history."));
		return;
	}
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Records"), tr(cx, d->figure->kind->label), tr(cx, "Day"),
	    tr(cx, "What moved since"));
	for (i = 0; i < d->nchanges && i < SHOWN; i++) {
		const struct edition_change *c = &d->change[i];
		const char *url = kind_url(cx, d->figure->kind, c->id);

		html(&v->h, "<tr><th scope='row'>");
		if (url != NULL)
			html(&v->h, "<a href='%s'>%s</a>", url, c->label);
		else
			html(&v->h, "%s", c->label);
		html(&v->h, "</th><td class='nw' data-l='%s'>%s</td><td data-l='%s'>%s</td></tr>",
		    tr(cx, "Day"), c->day == 0 ? "" : day_text(cx, c->day),
		    tr(cx, "What moved since"), edition_change_text(cx, d, c));
	}
	html(&v->h, "</tbody></table></div>");
	if (d->nchanges > SHOWN)
		html(&v->h, "<p class='mute'>%s</p>",
		    trf(cx, "And %s more; the JSON has them all.",
			num(cx, (int64_t)(d->nchanges - SHOWN))));
}

static void
draw_parts(struct view *v, const struct edition_diff *d)
{
	struct ctx *cx = v->cx;
	size_t i;

	if (d->nparts == 0)
		return;
	html(&v->h, "<ul class='pairs'>");
	for (i = 0; i < d->nparts; i++)
		html(&v->h, "<li><span>%s</span><span class='num nw'>%s → %s</span></li>",
		    d->part[i].title, number_text(cx, d->figure, &d->part[i].was),
		    number_text(cx, d->figure, &d->part[i].is));
	html(&v->h, "</ul>");
}

static int
draw_compare(struct view *v, const struct edition *e, const struct edition *with)
{
	struct ctx *cx = v->cx;
	struct edition_diff *d;
	size_t n, i;
	const struct crumb crumbs[] = { { "/editions", tr(cx, "Editions") },
		{ arena_printf(cx->arena, "/editions/%lld", (long long)e->rec.id),
		    edition_title(cx, e) },
		{ NULL, tr(cx, "What moved since") }, { NULL, NULL } };

	TRY(edition_compare(cx, e, with, &d, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "What moved since"),
		       .nav = "/editions",
		       .crumbs = crumbs,
		       .staff = true });
	html(&v->h, "<p class='mute'>%s</p>",
	    with == NULL
		? trf(cx, "Edition %s, frozen at %s, and what is known now (%s)",
		      num(cx, e->number), moment_text(cx, e->known_at), moment_text(cx, cx->now))
		: trf(cx, "Edition %s, frozen at %s, and edition %s, frozen at %s",
		      num(cx, e->number), moment_text(cx, e->known_at), num(cx, with->number),
		      moment_text(cx, with->known_at)));
	if (n == 0)
		ui_empty(v, tr(cx, "Nothing moved"),
		    tr(cx, "Every figure and every record behind it is the same."),
		    ui_url(v, "/editions/%lld", (long long)e->rec.id), tr(cx, "Back"));
	for (i = 0; i < n; i++) {
		ui_section_open(v, d[i].figure->code, tr(cx, d[i].figure->name), NULL);
		html(&v->h, "<div class='flow'>");
		draw_sentence(v, &d[i]);
		draw_changes(v, &d[i]);
		draw_parts(v, &d[i]);
		html(&v->h, "</div>");
		ui_section_close(v);
	}
	ui_close(v);
	return RC_OK;
}

static int
compare_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *with = req_q(v->rq, "with");
	struct edition e, other;
	int64_t number;

	TRY(edition_of(v, &e));
	if (with == NULL || *with == '\0')
		return draw_compare(v, &e, NULL);
	if (!num_parse(with, &number))
		return fail(cx, RC_NOTFOUND, N_("There is no edition %s."), with);
	TRY(edition_get(cx, number, &other));
	return draw_compare(v, &e, &other);
}

const struct route office_edition_routes[] = {
	{ M_GET, "/editions", editions_page, CAP_PUBLIC, ROUTE_CACHE, N_("Editions"),
	    N_("Reports as they were frozen and signed.") },
	{ M_POST, "/editions", editions_post, CAP_EDITION_FREEZE, 0, N_("Editions"), NULL },
	{ M_GET, "/editions/{id}", edition_page, CAP_PUBLIC, ROUTE_CACHE, N_("An edition"), NULL },
	{ M_GET, "/editions/{id}/text", text_page, CAP_PUBLIC, ROUTE_CACHE, N_("An edition"),
	    NULL },
	{ M_GET, "/editions/{id}/compare", compare_page, CAP_STAFF, 0, N_("What moved since"),
	    NULL },
	{ M_POST, "/editions/{id}/sign", sign_post, CAP_EDITION_SIGN, 0, N_("An edition"), NULL },
	{ M_POST, "/editions/{id}/withdraw", withdraw_post, CAP_EDITION_SIGN, 0, N_("An edition"),
	    NULL },
};
const size_t office_edition_nroutes = ARRAY_LEN(office_edition_routes);

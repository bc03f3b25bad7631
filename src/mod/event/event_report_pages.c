/* event_report_pages.c – the report of one event on one page: how many came and how that is known, what that is
 * held against, photographs with the consent of those in them, links, costs against plan, what went well and
 * what did not, what looks wrong. For staff of the event's scope; it prints, and goes out as DOCX. */
#include "mod/event/event_report.h"

#include "lang/money.h"

/* ---- what is read ---- */

static void
add_money(int64_t *sum, int64_t n)
{
	if (n != INT_NONE)
		*sum = (*sum == INT_NONE ? 0 : *sum) + n;
}

static int
read_lists(struct ctx *cx, struct event_report *r)
{
	int64_t ids[QUERY_LIMIT_MAX];
	size_t i;

	TRY(reads_of_event(cx, &organiser_kind, r->e.rec.id, NULL, &r->organisers));
	for (i = 0; i < r->organisers.n; i++)
		ids[i] =
		    ((const struct organiser *)list_row(&r->organisers, &organiser_kind, i))->body;
	r->organiser_titles = arena_array(cx->arena, const char *, r->organisers.n + 1);
	TRY(kind_titles(cx, &body_kind, ids, r->organisers.n, r->organiser_titles));
	TRY(reads_of_event(cx, &file_kind, r->e.rec.id, NULL, &r->files));
	TRY(reads_of_event(cx, &cost_kind, r->e.rec.id, NULL, &r->costs));
	r->planned = r->spent = INT_NONE;
	for (i = 0; i < r->costs.n; i++) {
		const struct cost *c = list_row(&r->costs, &cost_kind, i);

		if (c->withdrawn)
			continue;
		add_money(&r->planned, c->planned);
		add_money(&r->spent, c->spent);
	}
	return RC_OK;
}

int
event_report_read(struct view *v, struct event_report *r)
{
	struct ctx *cx = v->cx;

	*r = (struct event_report){ 0 };
	TRY(event_of_path(v, &r->e));
	TRY(reads_rights(cx, &r->e, &r->can));
	if (!r->can.reads)
		return fail(cx, RC_DENIED,
		    N_("The report of an event is for its organisers and the secretariat."));
	r->title = kind_title(cx, &event_kind, &r->e);
	TRY(event_count(cx, &r->e, &r->count));
	TRY(event_title_of(cx, &body_kind, r->e.body, &r->body));
	TRY(event_title_of(cx, &event_kind_kind, r->e.kind, &r->kind));
	TRY(event_title_of(cx, &district_kind, r->e.district, &r->district));
	TRY(read_lists(cx, r));
	TRY(reads_kin(cx, &r->e, &r->kin));
	TRY(reads_seats(cx, r->e.rec.id, &r->seats));
	TRY(setting_institution(cx, &r->house));
	return reads_doubts(cx, &r->e, &r->doubts);
}

const char *
event_report_number(struct ctx *cx, int64_t n)
{
	return n == INT_NONE ? tr(cx, "not known") : num(cx, n);
}

bool
event_report_against(
    struct ctx *cx, const struct event_report *r, size_t nth, struct report_line *out)
{
	switch (nth) {
	case 0:
		*out = (struct report_line){ tr(cx, "Expected people"),
			event_report_number(cx, r->e.expected) };
		return true;
	case 1:
		*out = (struct report_line){ tr(cx, "Mean of this kind in the year before"),
			r->kin.n == 0
			    ? tr(cx, "not known")
			    : arena_printf(cx->arena, "%s (%s)", num_real(cx, r->kin.mean, 1),
				  trn(cx, r->kin.n, "%s event", "%s events", num(cx, r->kin.n))) };
		return true;
	case 2:
		*out = (struct report_line){ tr(cx, "Seats of the hall"),
			event_report_number(cx, r->seats) };
		return true;
	default:
		return false;
	}
}

const char *
event_doubt_text(struct ctx *cx, const struct event_doubt *d)
{
	struct event_doubt_kind k = event_doubt_kind(d->kind);

	if (k.label == NULL || d->usual == INT_NONE)
		return arena_printf(cx->arena, "%s. %s", tr(cx, k.title), tr(cx, k.why));
	return arena_printf(cx->arena, "%s. %s (%s: %s)", tr(cx, k.title), tr(cx, k.why),
	    tr(cx, k.label), num(cx, d->usual));
}

/* ---- the page ---- */

static void
draw_doubts(struct view *v, const struct event_report *r)
{
	struct ctx *cx = v->cx;
	size_t i;

	if (r->doubts.n == 0)
		return;
	ui_section_open(v, "doubts", tr(cx, "Look at this again"),
	    tr(cx, "Nothing is changed by itself; perhaps the number is right."));
	html(&v->h, "<ul>");
	for (i = 0; i < r->doubts.n; i++)
		html(&v->h, "<li class='task'><p>%s</p></li>",
		    event_doubt_text(cx, &r->doubts.v[i]));
	html(&v->h, "</ul>");
	ui_section_close(v);
}

static void
draw_line(struct view *v, const char *label, const char *value)
{
	html(&v->h, "<dt>%s</dt><dd class='num'>%s</dd>", label, value);
}

static void
draw_counts(struct view *v, const struct event_report *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct report_line l;
	size_t i;

	ui_section_open(v, "counts", tr(cx, "How many people came"),
	    tr(cx, "The four counts, never mixed; the first one known is the event's own."));
	html(h, "<p class='lead'>");
	event_count_line(v, &r->count, NULL);
	html(h, " <span class='mute'>%s</span></p><dl class='facts'>",
	    basis_label(cx, r->count.basis));
	draw_line(v, event_capital(cx, basis_label(cx, BASIS_SCANNED)),
	    event_report_number(cx, r->count.scanned > 0 ? r->count.scanned : INT_NONE));
	draw_line(v, event_capital(cx, basis_label(cx, BASIS_LISTED)),
	    event_report_number(cx, r->count.listed > 0 ? r->count.listed : INT_NONE));
	draw_line(v, event_capital(cx, basis_label(cx, BASIS_HEAD)),
	    event_report_number(cx, r->e.head_count));
	draw_line(v, event_capital(cx, basis_label(cx, BASIS_DECLARED)),
	    event_report_number(cx, r->e.declared_count));
	for (i = 0; event_report_against(cx, r, i, &l); i++)
		draw_line(v, l.label, l.value);
	html(h, "</dl>");
	if (r->can.marks) {
		html(h, "<p class='acts'>");
		if (r->can.writes)
			ui_button(v, ui_url(v, "/events/%lld/report/edit", (long long)r->e.rec.id),
			    tr(cx, "Write counts and notes"), false);
		ui_button(v, ui_url(v, "/events/%lld/attendances/new", (long long)r->e.rec.id),
		    tr(cx, "Mark who came"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
}

static void
draw_consent(struct view *v, const struct file *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct option *o;

	ui_form_begin(
	    v, arena_printf(cx->arena, "/files/%lld/consent", (long long)f->rec.id), false);
	html(h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "class='small' "
	    "for='c-%lld'>%s</label><select id='c-%lld' name='consent'>",
	    (long long)f->rec.version, (long long)f->rec.id,
	    tr(cx, "Consent of those in the picture"), (long long)f->rec.id);
	for (o = file_consents; o->code != NULL; o++) {
		html(h, "<option value='%s'", o->code);
		if (f->consent != NULL && strcmp(f->consent, o->code) == 0)
			html(h, " selected");
		html(h, ">%s</option>", event_capital(cx, tr(cx, o->label)));
	}
	html(h, "</select></div><button type='submit' class='btn'>%s</button>", tr(cx, "Note it"));
	ui_form_end(v);
}

static void
draw_photo(struct view *v, const struct event_report *r, const struct file *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *text = f->caption != NULL && *f->caption != '\0' ? f->caption : f->name;

	html(h,
	    "<figure><a href='%s'><img src='%s' alt='%s' loading='lazy' "
	    "width='280'></a><figcaption class='small'>%s",
	    ui_url(v, "/files/%lld", (long long)f->rec.id),
	    ui_url(v, "/files/%lld?small=1", (long long)f->rec.id), text, text);
	html(h, "<br><span class='mute'>%s</span>",
	    event_capital(cx,
		option_label(cx, file_consents, f->consent == NULL ? "not_asked" : f->consent)));
	html(h, "</figcaption>");
	if (r->can.writes)
		draw_consent(v, f);
	html(h, "</figure>");
}

static bool
is_photo(const struct file *f)
{
	return !f->withdrawn && strcmp(f->type, "photo") == 0 &&
	       strncmp(f->media, "image/", 6) == 0;
}

static void
draw_other(struct view *v, const struct file *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<li>%s: ", event_capital(cx, option_label(cx, file_sorts, f->type)));
	if (strcmp(f->type, "link") == 0 && f->link != NULL)
		html(h, "<a href='%s' rel='noopener nofollow'>%s</a>", f->link, f->link);
	else if (strcmp(f->type, "note") == 0)
		html(h, "%s", f->caption == NULL ? f->name : f->caption);
	else if (!file_has_content(f))
		html(
		    h, "<span class='mute'>%s</span>", tr(cx, "removed after its term of storage"));
	else
		html(h, "<a translate='no' href='%s'>%s</a>",
		    ui_url(v, "/files/%lld", (long long)f->rec.id), f->name);
	html(h, "</li>");
}

static void
draw_evidence(struct view *v, const struct event_report *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool photos = false, others = false;
	size_t i;

	ui_section_open(v, "evidence", tr(cx, "Evidence"), NULL);
	html(h, "<div class='flow'>");
	for (i = 0; i < r->files.n; i++) {
		const struct file *f = list_row(&r->files, &file_kind, i);

		if (!is_photo(f))
			continue;
		html(h, photos ? "" : "<div class='news'>");
		photos = true;
		draw_photo(v, r, f);
	}
	html(h, photos ? "</div>" : "");
	for (i = 0; i < r->files.n; i++) {
		const struct file *f = list_row(&r->files, &file_kind, i);

		if (is_photo(f) || f->withdrawn)
			continue;
		html(h, others ? "" : "<ul>");
		others = true;
		draw_other(v, f);
	}
	html(h, others ? "</ul>" : "");
	if (!photos && !others)
		html(h, "<p class='mute'>%s</p>", tr(cx, "There is no evidence yet"));
	if (r->can.writes) {
		html(h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/files/new", (long long)r->e.rec.id),
		    tr(cx, "Add evidence"), false);
		html(h, "</p>");
	}
	html(h, "</div>");
	ui_section_close(v);
}

static const char *
money(struct ctx *cx, int64_t n)
{
	return n == INT_NONE ? "–" : money_text(cx, n);
}

static void
draw_cost(struct view *v, const struct event_report *r, const struct cost *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, c->withdrawn ? "<tr><th scope='row'><del>%s</del>" : "<tr><th scope='row'>%s",
	    c->item);
	if (c->document != NULL && *c->document != '\0')
		html(h, "<br><span class='small mute'>%s</span>", c->document);
	html(h,
	    "</th><td data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td><td class='r num' "
	    "data-l='%s'>%s</td>",
	    tr(cx, "Paid from"), option_label(cx, cost_sources, c->source), tr(cx, "Plan"),
	    money(cx, c->planned), tr(cx, "Spent"), money(cx, c->spent));
	html(h, "<td class='noprint'>");
	if (r->can.writes) {
		html(h, "<a class='small' href='%s'>%s<span class='vh'>: %s</span></a>",
		    ui_url(v, "/costs/%lld/edit", (long long)c->rec.id), tr(cx, "change"), c->item);
		ui_post_button(v,
		    arena_printf(cx->arena, "/costs/%lld/withdraw", (long long)c->rec.id),
		    c->rec.version, c->withdrawn ? tr(cx, "Add again") : tr(cx, "Withdraw"),
		    !c->withdrawn);
	}
	html(h, "</td></tr>");
}

static const char *
difference(struct ctx *cx, const struct event_report *r)
{
	int64_t d = r->spent - r->planned;

	if (r->planned == INT_NONE || r->spent == INT_NONE)
		return NULL;
	if (d == 0)
		return tr(cx, "Exactly as planned.");
	return d > 0 ? trf(cx, "%s more than planned.", money_text(cx, d))
		     : trf(cx, "%s less than planned.", money_text(cx, -d));
}

static void
draw_costs(struct view *v, const struct event_report *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	ui_section_open(v, "costs", tr(cx, "Costs against plan"),
	    tr(cx, "Seen by the organisers and the secretariat alone."));
	html(h, "<div class='flow'>");
	if (r->costs.n == 0)
		html(h, "<p class='mute'>%s</p>", tr(cx, "No costs are entered."));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr><th "
		    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
		    "class='r'>%s</th><th "
		    "scope='col' class='r'>%s</th><td class='noprint'></td></tr></thead><tbody>",
		    tr(cx, "Costs against plan"), tr(cx, "For what"), tr(cx, "Paid from"),
		    tr(cx, "Plan"), tr(cx, "Spent"));
		for (i = 0; i < r->costs.n; i++)
			draw_cost(v, r, list_row(&r->costs, &cost_kind, i));
		html(h,
		    "<tr><th scope='row'>%s</th><td></td><td class='r num' "
		    "data-l='%s'><strong>%s</strong></td><td class='r num' "
		    "data-l='%s'><strong>%s</strong></td><td "
		    "class='noprint'></td></tr></tbody></table></div>",
		    tr(cx, "In all"), tr(cx, "Plan"), money(cx, r->planned), tr(cx, "Spent"),
		    money(cx, r->spent));
		if (difference(cx, r) != NULL)
			html(h, "<p>%s</p>", difference(cx, r));
	}
	if (r->can.writes) {
		html(h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/costs/new", (long long)r->e.rec.id),
		    tr(cx, "Add a cost"), false);
		html(h, "</p>");
	}
	html(h, "</div>");
	ui_section_close(v);
}

static void
draw_notes(struct view *v, const struct event_report *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool well = r->e.well != NULL && *r->e.well != '\0',
	     badly = r->e.badly != NULL && *r->e.badly != '\0';

	ui_section_open(v, "notes", tr(cx, "For next time"), NULL);
	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>",
	    tr(cx, "What went well"), well ? r->e.well : tr(cx, "Nothing is written yet."),
	    tr(cx, "What did not"), badly ? r->e.badly : tr(cx, "Nothing is written yet."));
	ui_section_close(v);
}

static void
draw_head(struct view *v, const struct event_report *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<h1>%s</h1><p class='lead'><a href='%s'>%s</a></p><p class='mute'>%s · %s%s%s · "
	    "%s</p><p>",
	    tr(cx, "Report of the event"), ui_url(v, "/events/%lld", (long long)r->e.rec.id),
	    r->title, event_days(cx, &r->e), r->e.place == NULL ? "" : r->e.place,
	    r->e.place == NULL || *r->e.place == '\0' ? "" : ", ", r->district, r->body);
	event_draw_state(v, r->e.state);
	html(h, "</p><div class='acts noprint'>");
	if (r->can.writes && strcmp(r->e.state, "approved") == 0)
		ui_post_button(v, event_path(v, r->e.rec.id, "/move/hold"), r->e.rec.version,
		    tr(cx, "It took place"), false);
	if (r->can.writes && strcmp(r->e.state, "held") == 0)
		ui_post_button(v, event_path(v, r->e.rec.id, "/move/report"), r->e.rec.version,
		    tr(cx, "Report is ready"), false);
	ui_button(
	    v, ui_url(v, "/events/%lld/report?format=docx", (long long)r->e.rec.id), "DOCX", false);
	if (r->can.writes)
		ui_button(v, ui_url(v, "/events/%lld/letters", (long long)r->e.rec.id),
		    tr(cx, "Letters of thanks"), false);
	html(h, "</div>");
}

static int
docx_answer(struct view *v, const struct event_report *r)
{
	TRY(event_report_docx(v->cx, r, &v->rq->res.body));
	v->rq->res.type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	res_header(v->rq, "Content-Disposition",
	    arena_printf(v->cx->arena, "attachment; filename=\"event-%lld-report.docx\"",
		(long long)r->e.rec.id));
	v->rq->res.status = 200;
	return audit_note(v->cx, "export", "event", r->e.rec.id, "report");
}

static int
report_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *format = req_q(v->rq, "format");
	struct crumb crumbs[4] = { { "/events", tr(cx, "Events") }, { 0 },
		{ NULL, tr(cx, "Report of the event") }, { 0 } };
	struct event_report r;

	TRY(event_report_read(v, &r));
	if (format != NULL && strcmp(format, "docx") == 0)
		return docx_answer(v, &r);
	crumbs[1] = (struct crumb){ event_path(v, r.e.rec.id, ""), r.title };
	ui_open(v, &(struct page){ .title = trf(cx, "Report: %s", r.title),
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	draw_head(v, &r);
	draw_doubts(v, &r);
	draw_counts(v, &r);
	draw_evidence(v, &r);
	draw_costs(v, &r);
	draw_notes(v, &r);
	ui_close(v);
	return RC_OK;
}

/* ---- counts and notes: a form of the event's own fields ---- */

static int
draw_edit(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct event *e = f->rec;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
		{ event_path(v, e->rec.id, "/report"), tr(cx, "Report of the event") },
		{ NULL, tr(cx, "Write counts and notes") }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = tr(cx, "Write counts and notes"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
edit_form(struct view *v, struct event *e, struct ui_form *f)
{
	static const char *const fields[] = { "head_count", "declared_count", "well", "badly",
		NULL };
	struct event_rights can;

	TRY(event_of_path(v, e));
	TRY(reads_rights(v->cx, e, &can));
	if (!can.writes)
		return fail(v->cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	*f = (struct ui_form){ .kind = &event_kind,
		.rec = e,
		.path = event_path(v, e->rec.id, "/report/edit"),
		.fields = fields,
		.cancel = event_path(v, e->rec.id, "/report") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct event e;
	struct ui_form f;

	TRY(edit_form(v, &e, &f));
	return draw_edit(v, &f);
}

static int
edit_post(struct view *v)
{
	struct event e;
	struct ui_form f;

	TRY(edit_form(v, &e, &f));
	TRY(ui_form_save(v, &f, draw_edit));
	if (v->rq->res.status == 303)
		return ui_done(v, event_path(v, e.rec.id, "/report"), tr(v->cx, "Saved."));
	return RC_OK;
}

const struct route event_report_routes[] = {
	{ M_GET, "/events/{id}/report", report_page, CAP_EVENT_READ, 0, N_("Report of the event"),
	    N_("One page: counts, evidence, costs, what looks wrong; prints, DOCX.") },
	{ M_GET, "/events/{id}/report/edit", edit_page, CAP_EVENT_WRITE, 0,
	    N_("Write counts and notes"), NULL },
	{ M_POST, "/events/{id}/report/edit", edit_post, CAP_EVENT_WRITE, 0,
	    N_("Write counts and notes"), NULL },
};
const size_t event_report_nroutes = ARRAY_LEN(event_report_routes);

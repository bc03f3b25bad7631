/* plan_pages.c – one plan: where it stands and what can be done now, what came of it, what it clashes with,
 * its items by month, the days of observance that are not in it yet.
 *
 * The buttons come from the table of steps, so one is there exactly when the rule would let it pass. */
#include "mod/plan/plan_pages.h"

struct shown {
	struct body_plan p;
	const char *title, *body;
	bool own, open, approved;
	struct plan_item *v;
	size_t n;
	enum plan_fact *fact; /* one for each item */
	const char **bodies;
	int64_t sums[FACT_COUNT];
	struct plan_clash *clash;
	size_t nclash;
	const char *said;
};

enum { ITEMS_MAX = 2000 };

static int
take(struct ctx *cx, const void *rec, void *arg)
{
	struct shown *s = arg;

	(void)cx;
	if (s->n < ITEMS_MAX)
		s->v[s->n++] = *(const struct plan_item *)rec;
	return RC_OK;
}

static int
read_facts(struct ctx *cx, struct shown *s)
{
	struct item_fact *f;
	size_t n, i, j;

	TRY(plan_facts_of(cx, s->p.rec.id, &f, &n));
	for (i = 0; i < s->n; i++) {
		s->fact[i] = FACT_AHEAD;
		for (j = 0; j < n; j++)
			if (f[j].item == s->v[i].rec.id)
				s->fact[i] = f[j].fact;
		if (s->v[i].left_out_on == 0)
			s->sums[s->fact[i]]++;
	}
	return RC_OK;
}

static int
read_shown(struct view *v, struct shown *s)
{
	struct ctx *cx = v->cx;
	struct query q;
	int64_t *ids;
	size_t i;

	TRY(plan_of_path(v, &s->p));
	s->title = kind_title(cx, &plan_kind, &s->p);
	TRY(event_title_of(cx, &body_kind, s->p.body, &s->body));
	s->own = plan_own(v, &s->p);
	s->open = plan_open(&s->p);
	s->approved = strcmp(s->p.state, "approved") == 0;
	s->v = arena_array(cx->arena, struct plan_item, ITEMS_MAX);
	s->n = 0;
	TRY(query_init_all(cx, &q, &plan_item_kind));
	query_and(&q, "plan_item.plan = ?", VALS(v_int(s->p.rec.id)));
	TRY(query_sort(&q, "due"));
	TRY(query_each(&q, take, s));
	s->fact = arena_array(cx->arena, enum plan_fact, s->n + 1);
	s->bodies = arena_array(cx->arena, const char *, s->n + 1);
	ids = arena_array(cx->arena, int64_t, s->n + 1);
	for (i = 0; i < s->n; i++)
		ids[i] = s->v[i].body;
	TRY(kind_titles(cx, &body_kind, ids, s->n, s->bodies));
	TRY(read_facts(cx, s));
	return plan_clashes(cx, &s->p, &s->clash, &s->nclash);
}

/* ---- head and steps ---- */

static int
who(struct ctx *cx, int64_t account, const char **out)
{
	int rc = account <= 0 ? RC_NOTFOUND
			      : db_text(cx, out, "SELECT name FROM account WHERE id = $1",
				    VALS(v_int(account)));

	if (rc == RC_NOTFOUND)
		*out = "";
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
draw_trace(struct view *v, const char *label, int day, int64_t account)
{
	const char *name;

	if (day == 0)
		return RC_OK;
	TRY(who(v->cx, account, &name));
	html(&v->h, "<dt>%s</dt><dd>%s%s%s</dd>", label, day_text(v->cx, day),
	    *name == '\0' ? "" : ", ", name);
	return RC_OK;
}

static int
draw_facts(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<dl class='facts'><dt>%s</dt><dd>", tr(cx, "State"));
	plan_state(v, s->p.state);
	if (s->p.state_reason != NULL && *s->p.state_reason != '\0')
		html(h, "<br>%s", trf(cx, "Reason: %s", s->p.state_reason));
	html(h, "</dd><dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Body"),
	    ui_url(v, "/bodies/%lld", (long long)s->p.body), s->body);
	TRY(draw_trace(v, tr(cx, "Sent"), s->p.sent_on, s->p.sent_by));
	TRY(draw_trace(v, tr(cx, "Checked"), s->p.checked_on, s->p.checked_by));
	TRY(draw_trace(v, tr(cx, "Approved"), s->p.approved_on, s->p.approved_by));
	if (s->p.document != NULL && *s->p.document != '\0')
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Paper of the approval"), s->p.document);
	if (s->p.note != NULL && *s->p.note != '\0')
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Note"), s->p.note);
	html(h, "</dl>");
	return RC_OK;
}

static void
draw_step(struct view *v, const struct shown *s, const struct plan_step *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *path =
	    plan_path(v, s->p.rec.id, arena_printf(cx->arena, "/move/%s", t->action));
	bool approve = strcmp(t->action, "approve") == 0;

	if (!t->reason && !approve) {
		ui_post_button(v, path, s->p.rec.version, tr(cx, t->label), false);
		return;
	}
	html(h, "<details><summary class='btn%s'>%s</summary>", approve ? " go" : "",
	    tr(cx, t->label));
	ui_form_begin(v, path, false);
	html(h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='w-%s'>%s</label><input type='text' id='w-%s' name='%s' maxlength='200'></div>"
	    "<p class='acts'><button type='submit' class='btn%s'>%s</button></p>",
	    (long long)s->p.rec.version, t->action,
	    approve ? tr(cx, "Number and day of the paper, if there is one") : tr(cx, "Reason"),
	    t->action, approve ? "document" : "reason", approve ? " go" : " bad", tr(cx, t->label));
	ui_form_end(v);
	html(h, "</details>");
}

static int
draw_steps(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	const char *why = NULL;
	bool any = false;
	size_t i;

	if (!s->own)
		return RC_OK;
	ui_section_open(v, "steps", tr(cx, "What can be done now"), NULL);
	html(&v->h, "<div class='flow'><div class='acts'>");
	for (i = 0; i < plan_nsteps; i++) {
		const struct plan_step *t = &plan_steps[i];
		int rc;

		if (strcmp(t->from, s->p.state) != 0)
			continue;
		rc = plan_may_step(cx, &s->p, t);
		if (rc == RC_RULE)
			why = event_said(cx);
		else if (rc == RC_DENIED)
			err_clear(cx);
		else
			TRY(rc);
		if (rc == RC_OK) {
			draw_step(v, s, t);
			any = true;
		}
	}
	html(&v->h, "</div>");
	if (why != NULL)
		html(&v->h, "<p class='mute'>%s</p>", why);
	else if (!any)
		html(&v->h, "<p class='mute'>%s</p>",
		    s->approved ? tr(cx, "The plan is in force.")
				: tr(cx, "Nothing: the next step is somebody else's."));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- plan against fact ---- */

static void
draw_sums(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	int64_t all = 0;
	size_t i;

	for (i = 0; i < FACT_COUNT; i++)
		all += s->sums[i];
	if (!s->approved || all == 0)
		return;
	ui_section_open(
	    v, "fact", tr(cx, "Plan against fact"), trf(cx, "On %s", day_text(cx, cx->today)));
	html(&v->h, "<dl class='facts'><dt>%s</dt><dd>", tr(cx, "Planned"));
	ui_count(v, KNOWN_EXACT, ui_url(v, "/plans/items?plan=%lld", (long long)s->p.rec.id),
	    num(cx, all));
	html(&v->h, "</dd>");
	for (i = 0; i < FACT_COUNT; i++) {
		html(&v->h, "<dt>");
		plan_fact_state(v, (enum plan_fact)i);
		html(&v->h, "</dt><dd>");
		ui_count(v, KNOWN_EXACT,
		    ui_url(v, "/plans/items?plan=%lld&fact=%s", (long long)s->p.rec.id,
			plan_facts[i].code),
		    num(cx, s->sums[i]));
		html(&v->h, "</dd>");
	}
	html(&v->h, "</dl>");
	ui_section_close(v);
}

/* ---- clashes ---- */

static void
draw_clashes(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	size_t i;

	if (s->nclash == 0)
		return;
	ui_section_open(v, "clashes", tr(cx, "To be looked at"),
	    tr(cx, "Warnings; the plan can be approved with them."));
	html(&v->h, "<ul class='prose'>");
	for (i = 0; i < s->nclash; i++) {
		html(&v->h, "<li><a href='/%s%s'>%s</a>", lang_prefix(cx),
		    plan_item_path(v, s->clash[i].item, ""), s->clash[i].text);
		if (s->clash[i].path != NULL)
			html(&v->h, " <a class='small' href='/%s%s'>%s</a>", lang_prefix(cx),
			    s->clash[i].path, tr(cx, "the other one"));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
}

/* ---- items ---- */

static void
draw_item(struct view *v, const struct shown *s, size_t at)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct plan_item *i = &s->v[at];

	html(h, "<tr><th scope='row'><a href='%s'>%s</a>",
	    ui_url(v, "/plan-items/%lld", (long long)i->rec.id),
	    kind_title(cx, &plan_item_kind, i));
	if (i->amended_on != 0)
		html(h, "<br><span class='small mute'>%s</span>",
		    trf(cx, "Amended on %1$s: %2$s", day_text(cx, i->amended_on),
			i->amend_reason == NULL ? "" : i->amend_reason));
	html(h, "</th><td class='nw' data-l='%s'>%s</td><td class='opt' data-l='%s'>%s</td>",
	    tr(cx, "When"), plan_when(cx, i), tr(cx, "Place"), i->place == NULL ? "" : i->place);
	html(h, "<td data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td>",
	    tr(cx, "Responsible body"), s->bodies[at], tr(cx, "Number of people"),
	    i->expected == INT_NONE ? "" : num(cx, i->expected));
	if (s->approved) {
		html(h, "<td data-l='%s'>", tr(cx, "State"));
		plan_fact_state(v, s->fact[at]);
		html(h, "</td>");
	}
	html(h, "</tr>");
}

static void
draw_month(struct view *v, const struct shown *s, int month)
{
	bool any = false;
	size_t i;

	for (i = 0; i < s->n; i++) {
		if (s->v[i].left_out_on != 0 || day_month(s->v[i].due) != month)
			continue;
		if (!any)
			html(&v->h,
			    "<tbody><tr><th scope='rowgroup' colspan='%d'><b>%s</b></th></tr>",
			    s->approved ? 6 : 5, month_name(v->cx, month));
		any = true;
		draw_item(v, s, i);
	}
	if (any)
		html(&v->h, "</tbody>");
}

static void
draw_months(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int m;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col' class='opt'>%s</th><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th>",
	    s->title, tr(cx, "Event"), tr(cx, "When"), tr(cx, "Place"), tr(cx, "Responsible body"),
	    tr(cx, "Number of people"));
	if (s->approved)
		html(h, "<th scope='col'>%s</th>", tr(cx, "State"));
	html(h, "</tr></thead>");
	for (m = 1; m <= 12; m++)
		draw_month(v, s, m);
	html(h, "</table></div>");
}

static void
draw_left_out(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	size_t i, n = 0;

	for (i = 0; i < s->n; i++)
		n += s->v[i].left_out_on != 0;
	if (n == 0)
		return;
	html(&v->h, "<details class='noprint'><summary>%s</summary><ul>",
	    trn(cx, (int64_t)n, "%s item left out", "%s items left out", num(cx, (int64_t)n)));
	for (i = 0; i < s->n; i++)
		if (s->v[i].left_out_on != 0)
			html(&v->h, "<li><a href='%s'>%s</a>, %s</li>",
			    ui_url(v, "/plan-items/%lld", (long long)s->v[i].rec.id),
			    kind_title(cx, &plan_item_kind, &s->v[i]), plan_when(cx, &s->v[i]));
	html(&v->h, "</ul></details>");
}

static void
draw_item_buttons(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	long long id = s->p.rec.id;

	html(&v->h, "<p class='acts noprint'>");
	if (s->own && (s->open || (s->approved && may(cx, CAP_EVENT_APPROVE))))
		ui_button(v, ui_url(v, "/plans/%lld/items/new", id),
		    s->open ? tr(cx, "Add an item") : tr(cx, "Add by an amendment"), s->open);
	if (s->own && s->open)
		ui_button(
		    v, ui_url(v, "/plans/%lld/copy", id), tr(cx, "Copy last year's plan"), false);
	if (may(cx, CAP_EXPORT) && s->n > 0)
		html(&v->h,
		    "<a class='btn' href='%s'>DOCX</a><a class='btn' href='%s'>XLSX</a><a "
		    "class='btn' href='%s'>CSV</a>",
		    ui_url(v, "/plans/%lld/paper", id),
		    ui_url(v, "/plans/items?plan=%lld&format=xlsx", id),
		    ui_url(v, "/plans/items?plan=%lld&format=csv", id));
	html(&v->h, "</p>");
}

static void
draw_items(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	size_t i, n = 0;

	for (i = 0; i < s->n; i++)
		n += s->v[i].left_out_on == 0;
	ui_section_open(
	    v, "items", trn(cx, (int64_t)n, "%s item", "%s items", num(cx, (int64_t)n)), NULL);
	html(&v->h, "<div class='flow'>");
	draw_item_buttons(v, s);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "The plan is empty. Copy last year's, take days of observance below, or "
			   "add items."));
	else
		draw_months(v, s);
	draw_left_out(v, s);
	html(&v->h, "</div>");
	ui_section_close(v);
}

/* ---- days of observance ---- */

static void
draw_day(struct view *v, const struct shown *s, const struct plan_day *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><th scope='row'>%s</th><td class='nw' data-l='%s'>%s, %s</td><td>",
	    tr3(cx, &d->o.name, NULL), tr(cx, "Day"), day_text(cx, d->day),
	    weekday_short(cx, day_weekday(d->day)));
	ui_form_begin(v,
	    plan_path(v, s->p.rec.id,
		arena_printf(cx->arena, "/observances/%lld", (long long)d->o.rec.id)),
	    false);
	html(h, "<button type='submit' class='btn'>%s<span class='vh'>: %s</span></button>",
	    tr(cx, "Take it"), tr3(cx, &d->o.name, NULL));
	ui_form_end(v);
	html(h, "</td></tr>");
}

static int
draw_days(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct plan_day *d;
	size_t n, i;

	if (!s->own || !s->open)
		return RC_OK;
	TRY(plan_observances(cx, &s->p, &d, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "days", tr(cx, "Days of observance"),
	    tr(cx, "Not in the plan yet; one press puts an item on the day."));
	html(h, s->n == 0 ? "<details class='noprint' open>" : "<details class='noprint'>");
	html(h, "<summary class='btn'>%s</summary>",
	    trn(cx, (int64_t)n, "%s day to choose from", "%s days to choose from",
		num(cx, (int64_t)n)));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'><span "
	    "class='vh'>%s</span></th></tr></thead><tbody>",
	    tr(cx, "Days of observance"), tr(cx, "Name"), tr(cx, "Day"), tr(cx, "Take it"));
	for (i = 0; i < n; i++)
		draw_day(v, s, &d[i]);
	html(h, "</tbody></table></div></details>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- the page ---- */

static int
draw_plan(struct view *v, const char *said)
{
	struct ctx *cx = v->cx;
	struct shown *s = arena_new(cx->arena, struct shown);
	struct crumb crumbs[] = { { "/plans", tr(cx, "Plans") }, { 0 }, { 0 } };

	*s = (struct shown){ .said = said };
	TRY(read_shown(v, s));
	crumbs[1].text = s->title;
	ui_open(v, &(struct page){ .title = s->title,
		       .nav = "/plans",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'><h1>%s</h1>", s->title);
	if (said != NULL)
		html(&v->h, "<div class='errs' role='alert'><h2>%s</h2><p>%s</p></div>",
		    tr(cx, "Nothing was changed"), said);
	TRY(draw_facts(v, s));
	html(&v->h, "</div>");
	TRY(draw_steps(v, s));
	draw_sums(v, s);
	draw_clashes(v, s);
	draw_items(v, s);
	TRY(draw_days(v, s));
	TRY(ui_history(v, &plan_kind, s->p.rec.id));
	ui_close(v);
	return RC_OK;
}

static int
plan_page(struct view *v)
{
	return draw_plan(v, NULL);
}

/* A refused step stands on top of the page, which is drawn as it is now. */
static bool
refused(struct view *v, int rc)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_INVALID ? 422 : 409;
	return true;
}

static int
move_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct body_plan p;
	struct plan_move m;
	int rc;

	TRY(plan_of_path(v, &p));
	m = (struct plan_move){ p.rec.id, plan_version(v), v->rq->param[1], req_f(v->rq, "reason"),
		req_f(v->rq, "document") };
	rc = plan_do(cx, &m);
	if (refused(v, rc))
		return draw_plan(v, event_said(cx));
	TRY(rc);
	TRY(plan_of_path(v, &p));
	return ui_done(v, plan_path(v, p.rec.id, ""),
	    trf(cx, "The plan is now: %s.", option_label(cx, plan_states, p.state)));
}

static int
take_post(struct view *v)
{
	struct ctx *cx = v->cx;
	int64_t plan, observance, item;
	int rc;

	TRY(req_param_id(v->rq, 0, &plan));
	TRY(req_param_id(v->rq, 1, &observance));
	rc = plan_take(cx, plan, observance, &item);
	if (refused(v, rc))
		return draw_plan(v, event_said(cx));
	TRY(rc);
	return ui_done(v, plan_path(v, plan, ""), tr(cx, "The day is in the plan."));
}

static int
paper_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct body_plan p;

	TRY(plan_of_path(v, &p));
	if (!may(cx, CAP_EXPORT))
		return fail(cx, RC_DENIED, N_("Your role does not allow exports."));
	TRY(plan_docx(cx, &p, &v->rq->res.body));
	v->rq->res.type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"plan-%lld-%lld.docx\"",
		(long long)p.year, (long long)p.rec.id));
	TRY(audit_note(cx, "export", plan_kind.name, p.rec.id, "docx"));
	v->rq->res.status = 200;
	return RC_OK;
}

const struct route plan_routes[] = {
	{ M_GET, "/plans/{id}", plan_page, CAP_EVENT_READ, 0, N_("A plan"),
	    N_("Its state, what came of it, clashes, items by month.") },
	{ M_POST, "/plans/{id}/move/{action}", move_post, CAP_EVENT_WRITE, 0,
	    N_("A step of a plan"), NULL },
	{ M_POST, "/plans/{id}/observances/{observance}", take_post, CAP_EVENT_WRITE, 0,
	    N_("Take a day of observance into a plan"), NULL },
	{ M_GET, "/plans/{id}/paper", paper_page, CAP_EVENT_READ, 0,
	    N_("A plan as an office paper"),
	    N_("DOCX with the stamp of approval, Kazakh and Russian.") },
};
const size_t plan_nroutes = ARRAY_LEN(plan_routes);

/* contest_pages.c – the list of contests, one contest with what stands in the way of its next step, and the
 * steps. Everybody reads rules, nominations and criteria; the staff that runs it sees the rest. */
#include "mod/contest/contest_pages.h"

/* ---- the list ---- */

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "event", "state", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &contest_kind,
		.path = "/contests",
		.columns = columns,
		.sort = "title",
		.state = "state",
		.draw_state = contest_mark };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Contests"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { NULL, tr(cx, "Contests") }, { NULL, NULL } } });
	if (may(cx, CAP_EVENT_WRITE))
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx,
			"A contest belongs to an event: open the event and choose “New contest”."));
	if (cx->actor->person != 0) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/jury"), tr(cx, "Where I sit on the jury"), false);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- forms ---- */

static const char *const fields[] = { "name", "rules", "min_score", "max_score", "tie_rule",
	"decides", "blind", "note", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct contest *c = f->rec;

	if (f->create)
		ui_open(v, &(struct page){ .title = tr(cx, "New contest"),
			       .nav = "/events",
			       .staff = true,
			       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
				   { "/contests", tr(cx, "Contests") },
				   { NULL, tr(cx, "New contest") }, { NULL, NULL } } });
	else
		contest_open(v, c, tr(cx, "Change the contest"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct contest *c, struct ui_form *f)
{
	struct event e;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &event_kind, id, &e));
	if (!actor_in_scope(v->cx->actor, e.body))
		return fail(v->cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	kind_empty(&contest_kind, c);
	c->event = id;
	c->name = e.name;
	c->min_score = 1;
	c->max_score = 10;
	c->tie_rule = "criteria";
	c->decides = "raw";
	c->blind = true;
	*f = (struct ui_form){ .kind = &contest_kind,
		.rec = c,
		.create = true,
		.path = arena_printf(v->cx->arena, "/events/%lld/contests/new", (long long)id),
		.fields = fields,
		.cancel = arena_printf(v->cx->arena, "/events/%lld", (long long)id) };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct contest c;
	struct ui_form f;

	TRY(new_form(v, &c, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct contest c;
	struct ui_form f;

	TRY(new_form(v, &c, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct contest *c, struct ui_form *f)
{
	TRY(contest_run_of_path(v, c));
	*f = (struct ui_form){ .kind = &contest_kind,
		.rec = c,
		.path = contest_path(v, c->rec.id, "/edit"),
		.fields = fields,
		.cancel = contest_path(v, c->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct contest c;
	struct ui_form f;

	TRY(edit_form(v, &c, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct contest c;
	struct ui_form f;

	TRY(edit_form(v, &c, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one contest ---- */

/* The way as five words, the present one marked. */
static void
draw_way(struct view *v, const struct contest *c)
{
	int stage = contest_stage(c->state), i;
	struct html *h = &v->h;

	html(h, "<p class='vh'>%s</p><ol class='way'>", tr(v->cx, "Steps of the contest"));
	for (i = 0; contest_states[i].code != NULL; i++) {
		html(h, i == stage ? "<li aria-current='step'>" : "<li>");
		ui_state(v,
		    i < stage	 ? 'o'
		    : i == stage ? 'w'
				 : 'p',
		    tr(v->cx, contest_states[i].label));
		html(h, "</li>");
	}
	html(h, "</ol>");
}

static void
step_button(struct view *v, const struct contest *c, const char *action, const char *label)
{
	ui_post_button(v,
	    contest_path(v, c->rec.id, arena_printf(v->cx->arena, "/move/%s", action)),
	    c->rec.version, label, false);
}

static void
draw_signing(struct view *v, const struct contest_table *t)
{
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/contests/%lld/protocol", (long long)t->c.rec.id),
	    tr(v->cx, "Protocol"), true);
	html(&v->h, "</p>");
}

/* What is still missing before the jury may begin, each with its way. */
static int
draw_hurdles(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct conflict_hint *hint;
	int64_t *minors, id = t->c.rec.id;
	size_t n, m;

	if (contest_stage(t->c.state) > STAGE_OPEN)
		return RC_OK;
	if (t->ncriteria == 0)
		ui_note(v, 'w', tr(cx, "No criterion is set yet."));
	if (t->njurors == 0)
		ui_note(v, 'w', tr(cx, "Nobody is on the jury yet."));
	TRY(contest_hints(cx, id, &hint, &n));
	if (n > 0)
		html(&v->h, "<p class='note wait'><a href='%s'>%s</a></p>",
		    ui_url(v, "/contests/%lld/conflicts", (long long)id),
		    trn(cx, (int64_t)n, "%s likely conflict of interest waits for a decision",
			"%s likely conflicts of interest wait for a decision",
			num(cx, (int64_t)n)));
	TRY(contest_unconsented(cx, id, &minors, &m));
	if (m > 0)
		html(&v->h, "<p class='note wait'>%s</p>",
		    trn(cx, (int64_t)m, "%s entry with a minor waits for a parent's consent",
			"%s entries with minors wait for a parent's consent", num(cx, (int64_t)m)));
	return RC_OK;
}

static void
draw_back(struct view *v, const struct contest *c)
{
	struct ctx *cx = v->cx;
	int stage = contest_stage(c->state);

	if (stage == STAGE_OPEN)
		step_button(v, c, "back", tr(cx, "Back to preparing"));
	else if (stage == STAGE_JUDGING || stage == STAGE_CLOSED)
		contest_ask(
		    v, &(struct contest_ask){ .path = contest_path(v, c->rec.id, "/move/back"),
			   .label = stage == STAGE_JUDGING ? tr(cx, "Back to entries")
							   : tr(cx, "Back to the jury"),
			   .ask = tr(cx, "Reason"),
			   .version = c->rec.version,
			   .danger = true });
}

static int
draw_steps(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "steps", tr(cx, "What can be done now"), NULL);
	draw_way(v, &t->c);
	TRY(draw_hurdles(v, t));
	html(&v->h, "<div class='acts'>");
	switch (contest_stage(t->c.state)) {
	case STAGE_DRAFT:
		step_button(v, &t->c, "open", tr(cx, "Take entries"));
		break;
	case STAGE_OPEN:
		step_button(v, &t->c, "judge", tr(cx, "Let the jury begin"));
		break;
	case STAGE_JUDGING:
		step_button(v, &t->c, "close", tr(cx, "Close and give places"));
		break;
	default:
		break;
	}
	draw_back(v, &t->c);
	if (contest_stage(t->c.state) != STAGE_SIGNED)
		ui_button(v, ui_url(v, "/contests/%lld/edit", (long long)t->c.rec.id),
		    tr(cx, "Change the contest"), false);
	html(&v->h, "</div>");
	if (contest_stage(t->c.state) >= STAGE_CLOSED)
		draw_signing(v, t);
	ui_section_close(v);
	return RC_OK;
}

/* A list of small records with the ways to change and remove them. */
struct part_list {
	const char *name, *why, *add, *path; /* path: "nominations" */
	bool change;
};

static void
part_row(struct view *v, const struct part_list *l, int64_t id, const struct text3 *name,
    const char *more)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *title = tr3(cx, name, NULL);

	html(h, "<li>%s", title);
	if (*more != '\0')
		html(h, " <span class='mute'>%s</span>", more);
	if (l->change)
		html(h,
		    " <a class='small' href='/%s/%s/%lld/edit'>%s<span class='vh'>: %s</span></a>",
		    lang_prefix(cx), l->path, (long long)id, tr(cx, "change"), title);
	html(h, "</li>");
}

static void
part_open(struct view *v, const struct part_list *l, size_t n)
{
	html(&v->h, "<h3>%s</h3>", l->name);
	if (n == 0)
		html(&v->h, "<p class='small mute'>%s</p>", l->why);
	else
		html(&v->h, "<ul class='prose'>");
}

static void
part_close(struct view *v, const struct part_list *l, const struct contest *c, size_t n)
{
	if (n > 0)
		html(&v->h, "</ul>");
	if (!l->change)
		return;
	html(&v->h, "<p class='acts'>");
	ui_button(
	    v, ui_url(v, "/contests/%lld/%s/new", (long long)c->rec.id, l->path), l->add, false);
	html(&v->h, "</p>");
}

static const char *
ages(struct ctx *cx, const struct age_group *g)
{
	if (g->from_age != INT_NONE && g->to_age != INT_NONE)
		return trf(cx, "%s–%s years", num(cx, g->from_age), num(cx, g->to_age));
	if (g->from_age != INT_NONE)
		return trf(cx, "from %s years on", num(cx, g->from_age));
	return g->to_age != INT_NONE ? trf(cx, "up to %s years", num(cx, g->to_age)) : "";
}

static void
draw_classes(struct view *v, const struct contest_table *t, bool change)
{
	struct ctx *cx = v->cx;
	struct part_list noms = { tr(cx, "Nominations"),
		tr(cx, "None: all entries stand in one row."), tr(cx, "Add a nomination"),
		"nominations", change },
			 groups = { tr(cx, "Age groups"), tr(cx, "None: entrants of any age."),
				 tr(cx, "Add an age group"), "age-groups", change };
	size_t i;

	if (t->nnominations > 0 || change) {
		part_open(v, &noms, t->nnominations);
		for (i = 0; i < t->nnominations; i++)
			part_row(v, &noms, t->nomination[i].rec.id, &t->nomination[i].name, "");
		part_close(v, &noms, &t->c, t->nnominations);
	}
	if (t->nages > 0 || change) {
		part_open(v, &groups, t->nages);
		for (i = 0; i < t->nages; i++)
			part_row(v, &groups, t->age_group[i].rec.id, &t->age_group[i].name,
			    ages(cx, &t->age_group[i]));
		part_close(v, &groups, &t->c, t->nages);
	}
}

static void
draw_criteria(struct view *v, const struct contest_table *t, bool change)
{
	struct ctx *cx = v->cx;
	struct part_list l = { tr(cx, "Criteria"), tr(cx, "No criterion is set yet."),
		tr(cx, "Add a criterion"), "criteria", change };
	int64_t all = 0;
	size_t i;

	for (i = 0; i < t->ncriteria; i++)
		all += t->criterion[i].weight;
	part_open(v, &l, t->ncriteria);
	for (i = 0; i < t->ncriteria; i++)
		part_row(v, &l, t->criterion[i].rec.id, &t->criterion[i].name,
		    trf(cx, "weight %s, %s", num(cx, t->criterion[i].weight),
			percent(cx, (double)t->criterion[i].weight, (double)all)));
	part_close(v, &l, &t->c, t->ncriteria);
}

static void
draw_rules(struct view *v, const struct contest_table *t, bool runs)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool change = runs && contest_stage(t->c.state) <= STAGE_OPEN;

	ui_section_open(v, "rules", tr(cx, "How it is judged"), NULL);
	if (t->c.rules != NULL && *t->c.rules != '\0')
		html(h, "<p class='prose'>%s</p>", t->c.rules);
	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>", tr(cx, "Points"),
	    trf(cx, "from %s to %s", num(cx, t->c.min_score), num(cx, t->c.max_score)),
	    tr(cx, "Places follow"), option_label(cx, contest_bases, t->c.decides));
	html(h, "<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>",
	    tr(cx, "Equal means are parted by"), option_label(cx, contest_tie_rules, t->c.tie_rule),
	    tr(cx, "The jury sees"),
	    t->c.blind ? tr(cx, "numbers drawn by lot, no names")
		       : tr(cx, "the names of entrants"));
	draw_criteria(v, t, change);
	draw_classes(v, t, change);
	ui_section_close(v);
}

/* ---- entries and jury, for the staff ---- */

static int
entry_row(struct view *v, const struct contest_table *t, const struct contest_entry *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	ptrdiff_t at = contest_entry_at(t, e->rec.id);
	const char *who;

	TRY(contest_entrant(cx, e, &who));
	html(h,
	    "<tr><td class='r num' data-l='№'>%lld</td><th scope='row'><a href='%s'>%s</a></th><td "
	    "data-l='%s'>%s</td>",
	    (long long)e->number, ui_url(v, "/entries/%lld", (long long)e->rec.id), e->work,
	    tr(cx, "Entrant"), who);
	html(h, "<td data-l='%s'>%s</td><td data-l='%s'>", tr(cx, "Nomination"),
	    at < 0 ? "" : contest_class(cx, t, (size_t)at), tr(cx, "State"));
	if (e->withdrawn_on != 0)
		ui_state(v, '-', tr(cx, "Withdrawn"));
	else if (e->code != INT_NONE)
		html(h, "%s", trf(cx, "number for the jury: %s", num(cx, e->code)));
	else
		ui_state(v, 'p', tr(cx, "taken"));
	html(h, "</td></tr>");
	return RC_OK;
}

static int
draw_entries(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *add = ui_url(v, "/contests/%lld/entries/new", (long long)t->c.rec.id);
	bool open = contest_stage(t->c.state) == STAGE_OPEN && may(cx, CAP_EVENT_WRITE);
	struct query q;
	struct list l;
	int64_t n;
	size_t i;

	if (!may(cx, CAP_EVENT_READ))
		return RC_OK;
	TRY(query_init(cx, &q, &contest_entry_kind));
	query_and(&q, "contest_entry.contest = ?", VALS(v_int(t->c.rec.id)));
	TRY(query_sort(&q, "number"));
	TRY(query_count(&q, &n));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	ui_section_open(v, "entries", trn(cx, n, "%s entry", "%s entries", num(cx, n)), NULL);
	if (n == 0)
		ui_empty(v, tr(cx, "No entries yet"),
		    contest_stage(t->c.state) == STAGE_DRAFT
			? tr(cx, "They can be entered once entries are taken.")
			: tr(cx, "A person, a team or a body takes part with a work."),
		    open ? add : NULL, tr(cx, "New entry"));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr><th "
		    "scope='col' class='r'>№</th><th scope='col'>%s</th><th scope='col'>%s</th>",
		    tr(cx, "Entries"), tr(cx, "Work"), tr(cx, "Entrant"));
		html(h, "<th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
		    tr(cx, "Nomination"), tr(cx, "State"));
		for (i = 0; i < l.n; i++)
			TRY(entry_row(v, t, list_row(&l, &contest_entry_kind, i)));
		html(h, "</tbody></table></div><p class='acts'>");
		if (open)
			ui_button(v, add, tr(cx, "New entry"), true);
		ui_button(v, ui_url(v, "/contests/%lld/entries", (long long)t->c.rec.id),
		    tr(cx, "The whole list"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_jury(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int64_t id = t->c.rec.id;
	const char *add = ui_url(v, "/contests/%lld/jurors/new", (long long)id);
	bool early = contest_stage(t->c.state) <= STAGE_OPEN;
	size_t i;

	ui_section_open(v, "jury", tr(cx, "Jury"), NULL);
	if (t->njurors == 0)
		ui_empty(v, tr(cx, "Nobody is on the jury yet."),
		    tr(cx, "Three or five jurors make equal means rare."), early ? add : NULL,
		    tr(cx, "Add a juror"));
	else
		html(h, "<ul class='prose'>");
	for (i = 0; i < t->njurors; i++) {
		const char *name;

		TRY(contest_juror_name(cx, &t->juror[i], &name));
		html(h, "<li><a href='%s'>%s</a>%s%s</li>",
		    ui_url(v, "/jurors/%lld", (long long)t->juror[i].rec.id), name,
		    t->juror[i].chair ? " – " : "", t->juror[i].chair ? tr(cx, "chair") : "");
	}
	if (t->njurors > 0) {
		html(h, "</ul><p class='acts'>");
		if (early)
			ui_button(v, add, tr(cx, "Add a juror"), false);
		ui_button(v, ui_url(v, "/contests/%lld/conflicts", (long long)id),
		    tr(cx, "Conflicts of interest"), false);
		ui_button(v, ui_url(v, "/contests/%lld/sheets", (long long)id),
		    tr(cx, "Sheets for points on paper"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_results_way(struct view *v, const struct contest_table *t, bool runs)
{
	struct ctx *cx = v->cx;
	int stage = contest_stage(t->c.state);

	if (stage != STAGE_SIGNED && !(runs && stage >= STAGE_JUDGING))
		return RC_OK;
	ui_section_open(v, "results", tr(cx, "Results"), NULL);
	if (runs && stage == STAGE_JUDGING)
		TRY(contest_draw_progress(v, t));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/contests/%lld/results", (long long)t->c.rec.id),
	    stage == STAGE_SIGNED ? tr(cx, "Results") : tr(cx, "Ranks and places"),
	    stage == STAGE_SIGNED);
	if (runs && stage == STAGE_SIGNED)
		ui_button(v, ui_url(v, "/contests/%lld/certificates", (long long)t->c.rec.id),
		    tr(cx, "Certificates"), false);
	html(&v->h, "</p>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_contest(struct view *v, const struct contest *c)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	bool runs = contest_runs(cx, c->rec.id) && may(cx, CAP_EVENT_WRITE);
	struct contest_table t;

	err_clear(cx);
	TRY(contest_table(cx, c->rec.id, &t));
	contest_open(v, c, NULL);
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	html(&v->h, "<p><a href='%s'>%s</a> · %s</p>",
	    ui_url(v, "/events/%lld", (long long)c->event), kind_title(cx, &event_kind, &t.event),
	    event_days(cx, &t.event));
	if (runs)
		TRY(draw_steps(v, &t));
	else {
		html(&v->h, "<p>");
		contest_mark(v, c->state);
		html(&v->h, "</p>");
	}
	TRY(draw_results_way(v, &t, runs));
	draw_rules(v, &t, runs);
	TRY(draw_entries(v, &t));
	if (runs) {
		TRY(draw_jury(v, &t));
		TRY(ui_history(v, &contest_kind, c->rec.id));
	}
	ui_close(v);
	return RC_OK;
}

static int
contest_page(struct view *v)
{
	struct contest c;

	TRY(contest_of_path(v, &c));
	return draw_contest(v, &c);
}

static int
move_post(struct view *v)
{
	struct contest c;
	int rc;

	TRY(contest_run_of_path(v, &c));
	rc = contest_move(v->cx, &(struct contest_step){ c.rec.id, contest_version(v),
				     v->rq->param[1], req_f(v->rq, "reason") });
	if (contest_refused(v, rc))
		return draw_contest(v, &c);
	TRY(rc);
	TRY(contest_of_path(v, &c));
	return ui_done(v, contest_path(v, c.rec.id, ""),
	    trf(v->cx, "The contest is now: %s.", option_label(v->cx, contest_states, c.state)));
}

const struct route contest_routes[] = {
	{ M_GET, "/contests", list_page, CAP_PUBLIC, 0, N_("Contests"),
	    N_("Contests of all events with their state.") },
	{ M_GET, "/contests/{id}", contest_page, CAP_PUBLIC, 0, N_("A contest"),
	    N_("How it is judged, its entries and jury, and the next step.") },
	{ M_POST, "/contests/{id}/move/{action}", move_post, CAP_EVENT_WRITE, 0,
	    N_("A step of a contest"), NULL },
	{ M_GET, "/events/{id}/contests/new", new_page, CAP_EVENT_WRITE, 0, N_("New contest"),
	    NULL },
	{ M_POST, "/events/{id}/contests/new", new_post, CAP_EVENT_WRITE, 0, N_("New contest"),
	    NULL },
	{ M_GET, "/contests/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the contest"),
	    NULL },
	{ M_POST, "/contests/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the contest"),
	    NULL },
};
const size_t contest_nroutes = ARRAY_LEN(contest_routes);

/* series_change_pages.c – "this one and all that follow": a form, then what would change event by event, then the
 * change; and a step (cancel, approve) of many events with ticks.
 *
 * The form's values travel through the list as hidden fields, so nothing is kept between the two pages and "Back" has
 * what was typed. Where an event refuses, the list comes back with what it said; the others are changed. The same
 * press once more (twice pressed, an answer that was lost) does what is left to do. */
#include "mod/series/series_pages.h"

static const char *const change_fields[] = { "name", "starts", "ends", "place", "hall", "body",
	NULL };

/* ---- the form ---- */

static int
asked_event(struct view *v, struct event *e)
{
	const char *s = req_q(v->rq, "from");
	int64_t id = 0;

	if (s == NULL || !num_parse(s, &id))
		return fail(v->cx, RC_NOTFOUND, N_("There is no such record."));
	return kind_get(v->cx, &event_kind, id, e);
}

static int
change_form(struct view *v, struct event_series *s, struct event *from, struct ui_form *f)
{
	TRY(series_of_path(v, true, s));
	TRY(asked_event(v, from));
	*f = (struct ui_form){ .kind = &event_series_kind,
		.rec = s,
		.path = series_path(v, s->rec.id,
		    arena_printf(v->cx->arena, "/change?from=%lld", (long long)from->rec.id)),
		.fields = change_fields,
		.submit = tr(v->cx, "See what would change"),
		.cancel = series_path(v, s->rec.id, "") };
	return RC_OK;
}

static int
draw_change(struct view *v, struct ui_form *f, const struct event *from)
{
	struct ctx *cx = v->cx;
	struct event_series stored;

	TRY(series_of_path(v, true, &stored));
	series_open(v, &stored, tr(cx, "Change this one and all that follow"));
	html(&v->h, "<p class='prose'>%s %s</p>",
	    trf(cx, "From %s on: events that are planned or approved and still to come.",
		day_text(cx, from->first_day)),
	    tr(cx, "What was changed on its own stays, and nothing that was held is touched."));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
change_page(struct view *v)
{
	struct event_series s;
	struct event from;
	struct ui_form f;

	TRY(change_form(v, &s, &from, &f));
	return draw_change(v, &f, &from);
}

/* ---- the list ---- */

static const char *
fate_text(struct ctx *cx, const struct series_move *m, bool done)
{
	switch (m->fate) {
	case SERIES_CHANGES:
		return done ? trf(cx, "Changed: %s", m->fields) : trf(cx, "Changes: %s", m->fields);
	case SERIES_SAME:
		return tr(cx, "Nothing changes");
	case SERIES_HELD:
		return trf(
		    cx, "Stays: the event is “%s”", option_label(cx, event_states, m->event.state));
	case SERIES_OVER:
		return tr(cx, "Stays: its day is over");
	case SERIES_FOREIGN:
		return tr(cx, "Stays: it belongs to another body");
	}
	return "";
}

static void
draw_move(struct view *v, const struct series_move *m, bool done)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'><span>",
	    ui_url(v, "/events/%lld", (long long)m->event.rec.id),
	    series_day_text(cx, m->event.first_day), tr(cx, "What happens"));
	if (done && m->said != NULL)
		html(h, "<strong>%s</strong> %s", tr(cx, "Not changed."), m->said);
	else
		html(h, "%s", fate_text(cx, m, done));
	if (*m->kept != '\0')
		html(h, "<br>%s", trf(cx, "Stays as it was changed on its own: %s", m->kept));
	if (m->hall != NULL)
		html(h, "<br>%s", trf(cx, "Without a hall: %s", m->hall));
	html(h, "</span></td></tr>");
}

static void
draw_moves(struct view *v, const struct series_change *c, bool done)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "What happens to each event"), tr(cx, "Day"), tr(cx, "What happens"));
	for (i = 0; i < c->n; i++)
		draw_move(v, &c->move[i], done);
	html(h, "</tbody></table></div>");
}

static void
carry(struct view *v, const struct event_series *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *const *name;
	int l;

	html(h, "<input type='hidden' name='_version' value='%lld'>", (long long)s->rec.version);
	html(h, "<input type='hidden' name='sure' value='1'>");
	for (name = change_fields; *name != NULL; name++) {
		const struct field *f = kind_field(&event_series_kind, *name);

		for (l = 0; l < LANG_COUNT; l++)
			if (f->type == FT_TEXT3)
				html(h, "<input type='hidden' name='%s_%s' value='%s'>", *name,
				    lang_code((enum lang)l), field_form(cx, f, s, (enum lang)l));
		if (f->type != FT_TEXT3)
			html(h, "<input type='hidden' name='%s' value='%s'>", *name,
			    field_form(cx, f, s, cx->lang));
	}
}

static size_t
changing(const struct series_change *c)
{
	size_t i, n = 0;

	for (i = 0; i < c->n; i++)
		n += c->move[i].fate == SERIES_CHANGES;
	return n;
}

static int
draw_preview(struct view *v, const struct ui_form *f, const struct series_change *c)
{
	struct ctx *cx = v->cx;
	size_t n = changing(c);
	struct event_series stored;

	TRY(series_of_path(v, true, &stored));
	series_open(v, &stored, tr(cx, "What would change"));
	html(&v->h, "<div class='flow'><p class='prose'>%s</p>",
	    trn(cx, (int64_t)n, "%s event would change. Nothing is saved yet.",
		"%s events would change. Nothing is saved yet.", num(cx, (int64_t)n)));
	draw_moves(v, c, false);
	ui_form_begin(v, f->path, false);
	carry(v, c->now);
	html(&v->h,
	    "<p class='acts'><button type='submit' class='btn go'>%s</button><button type='submit' "
	    "class='btn bare' name='back' value='1'>%s</button></p>",
	    n == 0 ? tr(cx, "Save in the series") : tr(cx, "Change them"), tr(cx, "Back"));
	ui_form_end(v);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
draw_outcome(struct view *v, const struct series_change *c, bool refused)
{
	struct ctx *cx = v->cx;

	series_open(v, c->now, tr(cx, "What was changed"));
	html(&v->h, "<div class='flow'>");
	ui_note(v, 'w',
	    refused ? tr(cx, "Some events could not be changed; the others are.")
		    : tr(cx, "The events are changed; some of them are without a hall now."));
	draw_moves(v, c, true);
	html(&v->h, "<p class='acts'><a class='btn' href='%s'>%s</a></p></div>",
	    ui_url(v, "/series/%lld", (long long)c->now->rec.id), tr(cx, "To the series"));
	ui_close(v);
	return RC_OK;
}

/* Checked as the series itself will be, so that the list is never of something that cannot be saved. */
static int
read_change(
    struct view *v, const struct ui_form *f, const struct event_series *stored, bool *redraw)
{
	struct ctx *cx = v->cx;
	int rc = ui_form_read(v, f, redraw);

	if (rc == RC_OK && !*redraw)
		rc = kind_check(cx, &event_series_kind, stored, f->rec);
	if (rc == RC_INVALID) {
		v->status = 422;
		*redraw = true;
		return RC_OK;
	}
	return rc;
}

static bool
says_the_same(const struct event_series *a, const struct event_series *b)
{
	const char *const *name;

	for (name = change_fields; *name != NULL; name++)
		if (!field_same(kind_field(&event_series_kind, *name), a, b))
			return false;
	return true;
}

/* The series may have been written since the list was drawn: by the same press, whose events are gone on with, or by
 * somebody else, and then both are shown. */
static int
change_all(struct view *v, struct ui_form *f, struct event_series *s, struct series_change *c)
{
	struct ctx *cx = v->cx;
	struct event_series *theirs = arena_alloc(cx->arena, sizeof *theirs);
	int rc = series_change(cx, c);

	if (rc != RC_CONFLICT)
		return rc;
	TRY(series_of_path(v, true, theirs));
	if (!says_the_same(theirs, s)) {
		f->theirs = theirs;
		return RC_CONFLICT;
	}
	err_clear(cx);
	s->rec.version = theirs->rec.version;
	return series_change(cx, c);
}

static int
change_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct series_change c = { 0 };
	struct event_series s, stored;
	struct event from;
	struct ui_form f;
	bool redraw = false;
	size_t i, refused = 0, hall = 0;
	int rc;

	TRY(change_form(v, &s, &from, &f));
	stored = s;
	TRY(read_change(v, &f, &stored, &redraw));
	if (redraw || req_f(v->rq, "back") != NULL)
		return draw_change(v, &f, &from);
	c.now = &s;
	c.from = from.rec.id;
	if (req_f(v->rq, "sure") == NULL) {
		TRY(series_change_plan(cx, &c));
		return draw_preview(v, &f, &c);
	}
	rc = change_all(v, &f, &s, &c);
	if (rc == RC_CONFLICT || rc == RC_INVALID) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_change(v, &f, &from);
	}
	TRY(rc);
	for (i = 0; i < c.n; i++) {
		refused += c.move[i].said != NULL;
		hall += c.move[i].hall != NULL;
	}
	if (refused + hall > 0)
		return draw_outcome(v, &c, refused > 0);
	return ui_done(v, series_path(v, s.rec.id, ""),
	    trn(cx, (int64_t)changing(&c), "%s event is changed.", "%s events are changed.",
		num(cx, (int64_t)changing(&c))));
}

/* ---- a step of many ---- */

static const struct transition *
step_of(const char *from, const char *action)
{
	size_t i;

	for (i = 0; i < event_ntransitions; i++)
		if (strcmp(event_transitions[i].from, from) == 0 &&
		    strcmp(event_transitions[i].action, action) == 0)
			return &event_transitions[i];
	return NULL;
}

/* Only these two make sense for many at once. */
static int
asked_action(struct view *v, const char **out)
{
	*out = v->rq->param[1];
	return strcmp(*out, "cancel") == 0 || strcmp(*out, "approve") == 0
		   ? RC_OK
		   : fail(v->cx, RC_NOTFOUND, N_("There is no such record."));
}

static bool
offered(struct ctx *cx, const struct event *e, const char *action)
{
	const struct transition *t = step_of(e->state, action);

	return t != NULL && may(cx, t->cap) && e->merged_into == 0 && e->first_day >= cx->today &&
	       actor_in_scope(cx->actor, e->body);
}

static void
draw_reason(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *words = req_f(v->rq, "words"), *reason = req_f(v->rq, "reason");
	const struct option *o;

	html(h,
	    "<div class='fld'><label for='f-reason'>%s</label><select id='f-reason' "
	    "name='reason'><option "
	    "value=''>%s</option>",
	    tr(cx, "Reason"), tr(cx, "another one, written below"));
	for (o = event_end_reasons; o->code != NULL; o++)
		html(h,
		    reason != NULL && strcmp(reason, o->code) == 0
			? "<option value='%s' selected>%s</option>"
			: "<option value='%s'>%s</option>",
		    o->code, tr(cx, o->label));
	html(h,
	    "</select></div><div class='fld'><label for='f-words'>%s</label><input type='text' "
	    "id='f-words' name='words' value='%s'></div>",
	    tr(cx, "In your own words"), words == NULL ? "" : words);
}

static void
draw_ticks(struct view *v, const struct list *l, const char *action)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h, "<fieldset class='fld'><legend>%s</legend>", tr(cx, "Events to come"));
	for (i = 0; i < l->n; i++) {
		const struct event *e = list_row(l, &event_kind, i);

		if (!offered(cx, e, action))
			continue;
		html(h, "<label class='tick'><input type='checkbox' name='e%lld' value='1'",
		    (long long)e->rec.id);
		if (v->rq->method == M_GET ||
		    req_f(v->rq, arena_printf(cx->arena, "e%lld", (long long)e->rec.id)) != NULL)
			html(h, " checked");
		html(h, "><span>%s <span class='small mute'>%s</span></span></label>",
		    series_day_text(cx, e->first_day), kind_title(cx, &event_kind, e));
	}
	html(h, "</fieldset>");
}

/* said: why not everything was changed, NULL = nothing was refused; done: how many were. */
static int
draw_steps(struct view *v, const struct event_series *s, const char *action, const char *said,
    int64_t done)
{
	struct ctx *cx = v->cx;
	bool cancel = strcmp(action, "cancel") == 0;
	const char *title =
	    cancel ? tr(cx, "Cancel what is to come") : tr(cx, "Approve what is to come");
	struct list l;
	size_t i, n = 0;

	TRY(series_events(cx, s->rec.id, &l));
	for (i = 0; i < l.n; i++)
		n += offered(cx, list_row(&l, &event_kind, i), action);
	series_open(v, s, title);
	series_draw_said(v,
	    done == 0 ? tr(cx, "Nothing was changed") : tr(cx, "Not everything was changed"), said);
	if (n == 0) {
		ui_empty(v, tr(cx, "No event waits for this step"),
		    tr(cx,
			"Only events that are still to come and are your body's own are offered."),
		    ui_url(v, "/series/%lld", (long long)s->rec.id), tr(cx, "To the series"));
		ui_close(v);
		return RC_OK;
	}
	ui_form_begin(
	    v, series_path(v, s->rec.id, arena_printf(cx->arena, "/steps/%s", action)), false);
	if (cancel)
		draw_reason(v);
	draw_ticks(v, &l, action);
	html(&v->h,
	    "<p class='acts'><button type='submit' class='%s'>%s</button><a class='btn bare' "
	    "href='%s'>%s</a></p>",
	    cancel ? "btn bad" : "btn go", cancel ? tr(cx, "Cancel the events") : title,
	    ui_url(v, "/series/%lld", (long long)s->rec.id), tr(cx, "Back"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
steps_page(struct view *v)
{
	struct event_series s;
	const char *action;

	TRY(series_of_path(v, true, &s));
	TRY(asked_action(v, &action));
	return draw_steps(v, &s, action, NULL, 0);
}

static int
steps_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *words = req_f(v->rq, "words");
	struct series_step step = { .reason = req_f(v->rq, "reason") };
	struct event_series s;
	struct list l;
	int64_t *ids;
	size_t i;

	TRY(series_of_path(v, true, &s));
	TRY(asked_action(v, &step.action));
	TRY(series_events(cx, s.rec.id, &l));
	ids = arena_array(cx->arena, int64_t, l.n + 1);
	for (i = 0; i < l.n; i++) {
		const struct event *e = list_row(&l, &event_kind, i);

		if (req_f(v->rq, arena_printf(cx->arena, "e%lld", (long long)e->rec.id)) != NULL)
			ids[step.n++] = e->rec.id;
	}
	if (words != NULL && words[strspn(words, " \t\r\n")] != '\0')
		step.reason = words;
	step.events = ids;
	TRY(series_step(cx, s.rec.id, &step));
	if (step.said != NULL || step.n == 0) {
		v->status = 409;
		return draw_steps(v, &s, step.action,
		    step.n == 0 ? tr(cx, "Tick at least one event.") : step.said, step.done);
	}
	return ui_done(v, series_path(v, s.rec.id, ""),
	    trn(cx, step.done, "%s event is changed.", "%s events are changed.",
		num(cx, step.done)));
}

const struct route series_change_routes[] = {
	{ M_GET, "/series/{id}/change", change_page, CAP_EVENT_WRITE, 0,
	    N_("Change this one and all that follow"),
	    N_("Name, hours, place, hall and organiser of the events to come; what changes is "
	       "shown first.") },
	{ M_POST, "/series/{id}/change", change_post, CAP_EVENT_WRITE, 0,
	    N_("Change this one and all that follow"), NULL },
	{ M_GET, "/series/{id}/steps/{action}", steps_page, CAP_EVENT_WRITE, 0,
	    N_("A step of many events"), NULL },
	{ M_POST, "/series/{id}/steps/{action}", steps_post, CAP_EVENT_WRITE, 0,
	    N_("A step of many events"), NULL },
};
const size_t series_change_nroutes = ARRAY_LEN(series_change_routes);

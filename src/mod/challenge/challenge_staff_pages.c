/* challenge_staff_pages.c – entries for the staff that moderates: the queue of those that wait, oldest first, with
 * plain buttons; the list with filters and export; one entry with its history, where a decision is taken back. */
#include "mod/challenge/challenge_pages.h"

/* ---- deciding ---- */

/* The challenge that the queue is narrowed to; 0 = all. */
static int64_t
narrowed(const char *s)
{
	int64_t id;

	return s != NULL && num_parse(s, &id) && id > 0 ? id : 0;
}

static void
hidden_fields(struct view *v, const struct challenge_entry *e, bool queue)
{
	html(
	    &v->h, "<input type='hidden' name='_version' value='%lld'>", (long long)e->rec.version);
	if (queue)
		html(&v->h,
		    "<input type='hidden' name='back' value='queue'><input type='hidden' "
		    "name='challenge' value='%lld'>",
		    (long long)narrowed(req_q(v->rq, "challenge")));
}

static void
draw_refuse(struct view *v, const struct challenge_entry *e)
{
	struct ctx *cx = v->cx;
	const struct option *o;
	long long id = (long long)e->rec.id;

	html(&v->h,
	    "<div class='w-m'><label for='reason-%lld' class='vh'>%s</label><select "
	    "id='reason-%lld' "
	    "name='reason'><option value=''>%s</option>",
	    id, tr(cx, "Reason of the refusal"), id, tr(cx, "Reason of the refusal"));
	for (o = challenge_reasons; o->code != NULL; o++)
		html(&v->h, "<option value='%s'>%s</option>", o->code, tr(cx, o->label));
	html(&v->h,
	    "</select></div><button type='submit' class='btn bad' name='action' "
	    "value='refuse'>%s<span "
	    "class='vh'>: %s</span></button>",
	    tr(cx, "Refuse"), e->given);
}

static void
draw_button(struct view *v, const struct challenge_entry *e, const char *action, const char *text)
{
	html(&v->h,
	    "<button type='submit' class='btn go' name='action' value='%s'>%s<span class='vh'>: "
	    "%s</span></button>",
	    action, text, e->given);
}

/* Everything that can become of it, but what it is. */
static void
draw_decide(struct view *v, const struct challenge_entry *e, bool queue)
{
	struct ctx *cx = v->cx;

	ui_form_begin(v,
	    arena_printf(cx->arena, "/challenges/entries/%lld/decide", (long long)e->rec.id),
	    false);
	hidden_fields(v, e, queue);
	html(&v->h, "<div class='acts'>");
	if (strcmp(e->state, "shown") != 0)
		draw_button(v, e, "show", tr(cx, "Show it"));
	if (strcmp(e->state, "waiting") != 0)
		draw_button(v, e, "wait", tr(cx, "Take the decision back"));
	if (strcmp(e->state, "refused") != 0)
		draw_refuse(v, e);
	html(&v->h, "</div>");
	ui_form_end(v);
}

/* ---- the queue ---- */

static void
draw_waiting(struct view *v, const struct challenge_entry *e, const char *challenge)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<h2><a href='%s'>%s %s</a></h2><dl "
	    "class='facts'><dt>%s</dt><dd>%s</dd>",
	    ui_url(v, "/challenges/entries/%lld", (long long)e->rec.id),
	    e->surname == NULL ? "" : e->surname, e->given, tr(cx, "Online challenge"), challenge);
	if (e->minor)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Under 18, agreed by"),
		    e->parent == NULL ? "–" : e->parent);
	if (e->work != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Work that is read"), e->work);
	html(h, "<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>", tr(cx, "Language"),
	    option_label(cx, challenge_langs, e->lang), tr(cx, "Entered on"),
	    day_text(cx, e->entered_on), tr(cx, "Link"));
	challenge_link_out(v, e->link, e->link);
	html(h, "</dd></dl>");
	draw_decide(v, e, true);
	html(h, "</li>");
}

static int
query_waiting(struct view *v, int64_t challenge, struct query *q)
{
	TRY(query_init(v->cx, q, &challenge_entry_kind));
	/* Nobody can decide about one whose term is over. */
	query_and(
	    q, "challenge_entry.state = 'waiting' AND challenge_entry.given IS NOT NULL", NO_VALS);
	if (challenge != 0)
		query_and(q, "challenge_entry.challenge = ?", VALS(v_int(challenge)));
	q->limit = CHALLENGE_QUEUE;
	return RC_OK;
}

static int
draw_queue_rows(struct view *v, const struct list *l)
{
	struct ctx *cx = v->cx;
	const char **title = arena_array(cx->arena, const char *, l->n + 1);
	int64_t *ids = arena_array(cx->arena, int64_t, l->n + 1);
	size_t i;

	for (i = 0; i < l->n; i++)
		ids[i] = ((const struct challenge_entry *)list_row(l, &challenge_entry_kind, i))
			     ->challenge;
	TRY(kind_titles(cx, &challenge_kind, ids, l->n, title));
	html(&v->h, "<ol class='flow'>");
	for (i = 0; i < l->n; i++) {
		const struct challenge_entry *e = list_row(l, &challenge_entry_kind, i);

		html(&v->h, i == 0 ? "<li class='flow'>" : "<li class='flow'><hr>");
		draw_waiting(v, e, title[i]);
	}
	html(&v->h, "</ol>");
	return RC_OK;
}

static int
queue_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ "/challenges", tr(cx, "Online challenges") },
		{ NULL, tr(cx, "Entries that wait") }, { NULL, NULL } };
	int64_t challenge = narrowed(req_q(v->rq, "challenge")), n;
	struct query q;
	struct list l;

	TRY(query_waiting(v, challenge, &q));
	TRY(query_count(&q, &n));
	TRY(query_list(&q, &l));
	ui_open(v, &(struct page){ .title = tr(cx, "Entries that wait"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'>");
	if (l.n == 0)
		ui_empty(v, tr(cx, "Nothing waits"),
		    tr(cx, "New entries stand here as soon as they are sent."),
		    ui_url(v, "/challenges/entries"), tr(cx, "All works sent"));
	else {
		html(&v->h, "<p class='prose'>%s</p><p class='mute'>%s</p>",
		    tr(cx, "Open the link yourself: this program never does. Show what is on the "
			   "subject and offends nobody."),
		    trn(cx, n, "%s entry waits, the oldest first.",
			"%s entries wait, the oldest first.", num(cx, n)));
		TRY(draw_queue_rows(v, &l));
	}
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- the list ---- */

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "surname", "given", "state", "network", "lang",
		"work", "entered_on", NULL };
	static const char *const exported[] = { "challenge", "surname", "given", "minor", "state",
		"reason", "network", "lang", "work", "link", "entered_on", "decided_on", NULL };
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ "/challenges", tr(cx, "Online challenges") }, { NULL, tr(cx, "All works sent") },
		{ NULL, NULL } };
	struct ui_list l = { .kind = &challenge_entry_kind,
		.path = "/challenges/entries",
		.columns = ui_wants_export(v) ? exported : columns,
		.sort = "-entered_on",
		.state = "state",
		.draw_state = challenge_entry_mark };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Challenge entries"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- one entry ---- */

static int
read_one(struct view *v, struct challenge_entry *e, struct challenge *c)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &challenge_entry_kind, id, e));
	return kind_load(v->cx, &challenge_kind, e->challenge, c);
}

static int
draw_one(struct view *v, const struct challenge_entry *e, const struct challenge *c)
{
	struct ctx *cx = v->cx;

	challenge_frame(v, c, trf(cx, "Entry %s", num(cx, e->rec.id)));
	err_clear(cx);
	html(&v->h, "<div class='flow'>");
	TRY(ui_facts(v, &challenge_entry_kind, e));
	if (e->given == NULL)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Name, work and link are removed; the entry is only counted."));
	else if (challenge_runs(v, c)) {
		html(&v->h, "<p>");
		challenge_link_out(v, e->link, e->link);
		html(&v->h, "</p>");
		draw_decide(v, e, false);
	}
	html(&v->h, "</div>");
	TRY(ui_history(v, &challenge_entry_kind, e->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct challenge_entry e;
	struct challenge c;

	TRY(read_one(v, &e, &c));
	return draw_one(v, &e, &c);
}

/* Where the moderator came from: the queue, as narrow as it was, or the entry. */
static const char *
way_back(struct view *v, int64_t entry)
{
	const char *back = req_f(v->rq, "back");
	int64_t of = narrowed(req_f(v->rq, "challenge"));

	if (back == NULL || strcmp(back, "queue") != 0)
		return arena_printf(v->cx->arena, "/challenges/entries/%lld", (long long)entry);
	return of == 0
		   ? "/challenges/queue"
		   : arena_printf(v->cx->arena, "/challenges/queue?challenge=%lld", (long long)of);
}

static const char *
done_text(struct ctx *cx, const char *action)
{
	if (strcmp(action, "show") == 0)
		return tr(cx, "The entry is shown.");
	return strcmp(action, "refuse") == 0 ? tr(cx, "The entry is refused.")
					     : tr(cx, "The decision is taken back.");
}

static int
decide_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version"), *action = req_f(v->rq, "action");
	struct challenge_decision d = { 0 };
	struct challenge_entry e;
	struct challenge c;
	int rc;

	TRY(read_one(v, &e, &c));
	d.id = e.rec.id;
	d.action = action == NULL ? "" : action;
	d.reason = req_f(v->rq, "reason");
	if (s == NULL || !num_parse(s, &d.version))
		d.version = 0;
	rc = challenge_decide(v->cx, &d);
	if (challenge_refused(v, rc))
		return draw_one(v, &e, &c);
	TRY(rc);
	return ui_done(v, way_back(v, d.id), done_text(v->cx, d.action));
}

const struct route challenge_staff_routes[] = {
	{ M_GET, "/challenges/queue", queue_page, CAP_EVENT_WRITE, 0, N_("Entries that wait"),
	    N_("Entries of online challenges to look at, the oldest first.") },
	{ M_GET, "/challenges/entries", list_page, CAP_PEOPLE_READ, 0, N_("Challenge entries"),
	    N_("All entries of online challenges in the scope, with filters and export.") },
	{ M_GET, "/challenges/entries/{id}", one_page, CAP_PEOPLE_READ, 0, N_("Challenge entry"),
	    N_("One entry with its decision and history.") },
	{ M_POST, "/challenges/entries/{id}/decide", decide_post, CAP_EVENT_WRITE, 0,
	    N_("Decide about an entry"), NULL },
};
const size_t challenge_staff_nroutes = ARRAY_LEN(challenge_staff_routes);

/* contest_jury_pages.c – the jury as the staff sees it: members, conflicts of interest to decide, personal
 * links. A link is shown once, with a QR code, on a page made to be printed and handed over. */
#include "mod/contest/contest_pages.h"

#include "text/qr.h"

static const char *
juror_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/jurors/%lld%s", (long long)id, tail);
}

static int
juror_of_path(struct view *v, struct juror *j, struct contest *c)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &juror_kind, id, j));
	TRY(contest_run_by(v->cx, j->contest));
	return kind_get(v->cx, &contest_kind, j->contest, c);
}

/* ---- forms ---- */

static const char *const fields[] = { "person", "office", "chair", "ended", NULL };
static const char *const new_fields[] = { "person", "office", "chair", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct juror *j = f->rec;
	struct err kept = cx->err;
	struct contest c;

	err_clear(cx);
	TRY(kind_get(cx, &contest_kind, j->contest, &c));
	cx->err = kept;
	contest_open(v, &c, f->create ? tr(cx, "New juror") : tr(cx, "Change the juror"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct juror *j, struct ui_form *f)
{
	struct contest c;

	TRY(contest_run_of_path(v, &c));
	kind_empty(&juror_kind, j);
	j->contest = c.rec.id;
	*f = (struct ui_form){ .kind = &juror_kind,
		.rec = j,
		.create = true,
		.path = contest_path(v, c.rec.id, "/jurors/new"),
		.fields = new_fields,
		.cancel = contest_path(v, c.rec.id, ""),
		.again = true };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct juror j;
	struct ui_form f;

	TRY(new_form(v, &j, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct juror j;
	struct ui_form f;

	TRY(new_form(v, &j, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct juror *j, struct ui_form *f)
{
	struct contest c;

	TRY(juror_of_path(v, j, &c));
	*f = (struct ui_form){ .kind = &juror_kind,
		.rec = j,
		.path = juror_path(v, j->rec.id, "/edit"),
		.fields = fields,
		.cancel = juror_path(v, j->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct juror j;
	struct ui_form f;

	TRY(edit_form(v, &j, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct juror j;
	struct ui_form f;

	TRY(edit_form(v, &j, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one juror ---- */

static int
draw_link(struct view *v, const struct juror *j)
{
	struct ctx *cx = v->cx;
	int64_t made = 0, account;
	int rc = db_int(cx, &made,
	    "SELECT made_at FROM juror_link WHERE juror = $1 AND revoked_at IS NULL",
	    VALS(v_int(j->rec.id)));

	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	ui_section_open(v, "link", tr(cx, "How the juror gives points"), NULL);
	rc = db_int(cx, &account, "SELECT id FROM account WHERE person = $1 LIMIT 1",
	    VALS(v_int(j->person)));
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	html(&v->h, "<p class='prose'>%s</p>",
	    rc == RC_OK
		? tr(cx,
		      "The juror has an account: after signing in, “Where I sit on the jury” leads "
		      "to the points.")
		: tr(cx,
		      "The juror has no account: a personal link opens the own sheet of points and "
		      "nothing else. Print it and hand it over in person."));
	if (made != 0)
		html(&v->h, "<p>%s</p>", trf(cx, "A link was made: %s.", moment_text(cx, made)));
	html(&v->h, "<div class='acts'>");
	ui_post_button(v, juror_path(v, j->rec.id, "/link"), 0,
	    made == 0 ? tr(cx, "Make a personal link")
		      : tr(cx, "Make a new link; the old one ends"),
	    false);
	if (made != 0)
		ui_post_button(
		    v, juror_path(v, j->rec.id, "/link/end"), 0, tr(cx, "End the link"), true);
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_conflict(struct view *v, const struct juror_conflict *k)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *what = "", *juror = "";
	struct juror j;

	TRY(kind_load(cx, &juror_kind, k->juror, &j));
	TRY(contest_juror_name(cx, &j, &juror));
	if (k->entry != 0)
		TRY(kind_titles(cx, &contest_entry_kind, &k->entry, 1, &what));
	else if (k->body != 0)
		TRY(kind_titles(cx, &body_kind, &k->body, 1, &what));
	else if (k->person != 0)
		TRY(kind_titles(cx, &person_kind, &k->person, 1, &what));
	html(h,
	    "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td "
	    "data-l='%s'>%s</td><td data-l='%s'>",
	    ui_url(v, "/jurors/%lld", (long long)k->juror), juror, tr(cx, "Does not score"), what,
	    tr(cx, "Ground"), contest_ground_text(cx, k->ground), tr(cx, "Decision"));
	ui_state(v, strcmp(k->decision, "excluded") == 0 ? 'n' : 'o',
	    option_label(cx, conflict_decisions, k->decision));
	html(h, "</td><td data-l='%s'>%s</td></tr>", tr(cx, "Reason"),
	    k->note == NULL ? "" : k->note);
	return RC_OK;
}

/* Those on record: of one juror, or of all of a contest. */
static int
draw_conflicts(struct view *v, int64_t contest, int64_t juror)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &juror_conflict_kind));
	if (juror != 0)
		query_and(&q, "juror_conflict.juror = ?", VALS(v_int(juror)));
	else
		query_and(&q,
		    "juror_conflict.juror IN (SELECT jj.id FROM juror jj WHERE jj.contest = ?)",
		    VALS(v_int(contest)));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	if (l.n == 0) {
		html(h, "<p class='mute'>%s</p>", tr(cx, "No conflict is on record."));
		return RC_OK;
	}
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
	    tr(cx, "Conflicts of interest"), tr(cx, "Juror"), tr(cx, "Does not score"),
	    tr(cx, "Ground"));
	html(h, "<th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Decision"), tr(cx, "Reason"));
	for (i = 0; i < l.n; i++)
		TRY(draw_conflict(v, list_row(&l, &juror_conflict_kind, i)));
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
juror_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct contest c;
	struct juror j;
	const char *name;
	int stage;

	TRY(juror_of_path(v, &j, &c));
	TRY(contest_juror_name(cx, &j, &name));
	stage = contest_stage(c.state);
	contest_open(v, &c, name);
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	TRY(ui_facts(v, &juror_kind, &j));
	html(&v->h, "<p class='acts'>");
	if (stage <= STAGE_JUDGING)
		ui_button(v, ui_url(v, "/jurors/%lld/edit", (long long)j.rec.id),
		    tr(cx, "Change the juror"), false);
	ui_button(v, ui_url(v, "/jurors/%lld/sheet", (long long)j.rec.id),
	    tr(cx, "Sheet for points on paper"), false);
	if (stage == STAGE_JUDGING)
		ui_button(v, ui_url(v, "/jurors/%lld/type", (long long)j.rec.id),
		    tr(cx, "Type points from paper"), false);
	html(&v->h, "</p>");
	ui_section_close(v);
	if (stage <= STAGE_JUDGING && !j.ended)
		TRY(draw_link(v, &j));
	ui_section_open(v, "conflicts", tr(cx, "Conflicts of interest"), NULL);
	TRY(draw_conflicts(v, c.rec.id, j.rec.id));
	if (stage < STAGE_CLOSED) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/jurors/%lld/conflicts/new", (long long)j.rec.id),
		    tr(cx, "Write down a conflict"), false);
		html(&v->h, "</p>");
	}
	ui_section_close(v);
	TRY(ui_history(v, &juror_kind, j.rec.id));
	ui_close(v);
	return RC_OK;
}

/* ---- the personal link ---- */

static int
link_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *secret, *url, *name;
	struct contest c;
	struct juror j;
	struct qr q;

	TRY(juror_of_path(v, &j, &c));
	TRY(contest_juror_name(cx, &j, &name));
	TRY(juror_link_make(cx, j.rec.id, &secret));
	url = arena_printf(cx->arena, "%s/%s/j/%s", req_base(v->rq), lang_prefix(cx), secret);
	TRY(qr_make(cx->arena, url, &q));
	ui_open(v, &(struct page){ .title = tr(cx, "Personal link of a juror"),
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true });
	ui_note(v, 'w',
	    tr(cx, "This link is shown only now. Print the page and hand it over in person."));
	html(h, "<p class='acts'>");
	ui_button(
	    v, ui_url(v, "/jurors/%lld", (long long)j.rec.id), tr(cx, "Back to the juror"), false);
	html(h, "</p><div class='paper'><div class='hem'></div><h1>%s</h1><p>%s</p><p>%s</p>",
	    kind_title(cx, &contest_kind, &c), name,
	    tr(cx, "Point the camera of a telephone at the square, or write the address into a "
		   "browser. It opens your own sheet of points. Give it to nobody."));
	qr_svg(h, &q, tr(cx, "QR code of the personal link"));
	html(h, "<p class='small' translate='no'>%s</p></div>", url);
	ui_close(v);
	return RC_OK;
}

static int
link_end_post(struct view *v)
{
	struct contest c;
	struct juror j;

	TRY(juror_of_path(v, &j, &c));
	TRY(juror_link_revoke(v->cx, j.rec.id));
	return ui_done(
	    v, juror_path(v, j.rec.id, ""), tr(v->cx, "The link opens nothing any more."));
}

/* ---- conflicts: hints to decide, and those written down ---- */

static int
draw_hint(struct view *v, const struct contest *c, const struct conflict_hint *k)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *path = contest_path(v, c->rec.id, "/conflicts"), *name, *who;
	struct contest_entry e;
	struct juror j;

	TRY(kind_load(cx, &juror_kind, k->juror, &j));
	TRY(kind_load(cx, &contest_entry_kind, k->entry, &e));
	TRY(contest_juror_name(cx, &j, &name));
	TRY(contest_entrant(cx, &e, &who));
	html(h,
	    "<li class='task'><div><h3>%s</h3><p>%s · %s<br><span class='small mute'>%s: "
	    "%s</span></p></div>",
	    name, e.work, who, contest_ground_text(cx, k->ground), k->why);
	ui_form_begin(v, path, false);
	html(h,
	    "<input type='hidden' name='juror' value='%lld'><input type='hidden' name='entry' "
	    "value='%lld'><input type='hidden' name='ground' value='%s'>",
	    (long long)k->juror, (long long)k->entry, k->ground);
	html(h,
	    "<div class='acts'><button type='submit' class='btn go' name='decision' "
	    "value='excluded'>%s<span "
	    "class='vh'>: %s, %s</span></button></div><details><summary "
	    "class='btn'>%s</summary><div "
	    "class='fld'><label for='n-%lld-%lld'>%s</label>",
	    tr(cx, "Leave out"), name, e.work, tr(cx, "May score"), (long long)k->juror,
	    (long long)k->entry, tr(cx, "Reason"));
	html(h,
	    "<input type='text' id='n-%lld-%lld' name='note' maxlength='500'></div><p "
	    "class='acts'><button type='submit' class='btn' name='decision' "
	    "value='allowed'>%s<span class='vh'>: "
	    "%s, "
	    "%s</span></button></p></details>",
	    (long long)k->juror, (long long)k->entry, tr(cx, "May score"), name, e.work);
	ui_form_end(v);
	html(h, "</li>");
	return RC_OK;
}

static int
draw_conflicts_page(struct view *v, const struct contest *c)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct conflict_hint *hint = NULL;
	size_t n = 0, i;

	err_clear(cx);
	if (contest_stage(c->state) < STAGE_CLOSED)
		TRY(contest_hints(cx, c->rec.id, &hint, &n));
	contest_open(v, c, tr(cx, "Conflicts of interest"));
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"A juror does not score whom he is bound to. The program suggests; people decide. "
		"Whoever is left out stands in the protocol with the ground."));
	ui_section_open(v, "hints", tr(cx, "To be decided"), NULL);
	if (n == 0)
		ui_note(v, 'o', tr(cx, "Nothing waits for a decision."));
	else
		html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		TRY(draw_hint(v, c, &hint[i]));
	if (n > 0)
		html(&v->h, "</ul>");
	ui_section_close(v);
	ui_section_open(v, "known", tr(cx, "On record"), NULL);
	TRY(draw_conflicts(v, c->rec.id, 0));
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

/* RULE contest-4: the hints name entrants, so whoever sits on a blind jury decides none of them. */
static int
conflicts_of_path(struct view *v, struct contest *c)
{
	struct contest_table t;

	TRY(contest_run_of_path(v, c));
	TRY(contest_frame(v->cx, c->rec.id, &t));
	return c->blind && contest_stage(c->state) < STAGE_CLOSED && contest_sits(v->cx, &t)
		   ? fail(v->cx, RC_DENIED,
			 N_("You sit on this jury, which sees no names: somebody else decides."))
		   : RC_OK;
}

static int
conflicts_page(struct view *v)
{
	struct contest c;

	TRY(conflicts_of_path(v, &c));
	return draw_conflicts_page(v, &c);
}

static int
conflicts_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct juror_conflict k;
	struct contest c;
	struct juror j;
	int rc;

	TRY(conflicts_of_path(v, &c));
	kind_empty(&juror_conflict_kind, &k);
	k.juror = contest_number(v, "juror", 0);
	k.entry = contest_number(v, "entry", 0);
	TRY(kind_get(cx, &juror_kind, k.juror, &j));
	if (j.contest != c.rec.id)
		return RC_NOTFOUND;
	k.ground = req_f(v->rq, "ground");
	k.decision = req_f(v->rq, "decision");
	k.note = req_f(v->rq, "note");
	rc = kind_insert(cx, &juror_conflict_kind, &k);
	if (contest_refused(v, rc))
		return draw_conflicts_page(v, &c);
	TRY(rc);
	return ui_done(
	    v, contest_path(v, c.rec.id, "/conflicts"), tr(cx, "The decision is on record."));
}

static const char *const conflict_fields[] = { "entry", "body", "person", "ground", "decision",
	"note", NULL };

static void
narrow(struct view *v, const struct ui_form *f, struct query *q)
{
	const struct juror_conflict *k = f->rec;

	(void)v;
	if (q->kind == &contest_entry_kind)
		query_and(q,
		    "contest_entry.contest = (SELECT jj.contest FROM juror jj WHERE jj.id = ?)",
		    VALS(v_int(k->juror)));
}

static int
draw_conflict_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	struct err kept = cx->err;
	struct contest c;
	struct juror j;

	err_clear(cx);
	TRY(juror_of_path(v, &j, &c));
	cx->err = kept;
	contest_open(v, &c, tr(cx, "Write down a conflict"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
conflict_form(struct view *v, struct juror_conflict *k, struct ui_form *f)
{
	struct contest c;
	struct juror j;

	TRY(juror_of_path(v, &j, &c));
	kind_empty(&juror_conflict_kind, k);
	k->juror = j.rec.id;
	k->ground = "declared";
	k->decision = "excluded";
	*f = (struct ui_form){ .kind = &juror_conflict_kind,
		.rec = k,
		.create = true,
		.path = juror_path(v, j.rec.id, "/conflicts/new"),
		.fields = conflict_fields,
		.cancel = juror_path(v, j.rec.id, ""),
		.narrow = narrow };
	return RC_OK;
}

static int
conflict_page(struct view *v)
{
	struct juror_conflict k;
	struct ui_form f;

	TRY(conflict_form(v, &k, &f));
	return draw_conflict_form(v, &f);
}

static int
conflict_post(struct view *v)
{
	struct juror_conflict k;
	struct ui_form f;

	TRY(conflict_form(v, &k, &f));
	return ui_form_save(v, &f, draw_conflict_form);
}

const struct route contest_jury_routes[] = {
	{ M_GET, "/contests/{id}/jurors/new", new_page, CAP_EVENT_WRITE, 0, N_("New juror"), NULL },
	{ M_POST, "/contests/{id}/jurors/new", new_post, CAP_EVENT_WRITE, 0, N_("New juror"),
	    NULL },
	{ M_GET, "/jurors/{id}", juror_page, CAP_EVENT_WRITE, 0, N_("A juror"), NULL },
	{ M_GET, "/jurors/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the juror"), NULL },
	{ M_POST, "/jurors/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the juror"),
	    NULL },
	{ M_POST, "/jurors/{id}/link", link_post, CAP_EVENT_WRITE, 0,
	    N_("Personal link of a juror"), NULL },
	{ M_POST, "/jurors/{id}/link/end", link_end_post, CAP_EVENT_WRITE, 0, N_("End the link"),
	    NULL },
	{ M_GET, "/contests/{id}/conflicts", conflicts_page, CAP_EVENT_WRITE, 0,
	    N_("Conflicts of interest"), NULL },
	{ M_POST, "/contests/{id}/conflicts", conflicts_post, CAP_EVENT_WRITE, 0,
	    N_("Decide about a conflict"), NULL },
	{ M_GET, "/jurors/{id}/conflicts/new", conflict_page, CAP_EVENT_WRITE, 0,
	    N_("Write down a conflict"), NULL },
	{ M_POST, "/jurors/{id}/conflicts/new", conflict_post, CAP_EVENT_WRITE, 0,
	    N_("Write down a conflict"), NULL },
};
const size_t contest_jury_nroutes = ARRAY_LEN(contest_jury_routes);

/* contest_entry_pages.c – entries of a contest: the list, one entry with its team, the form, withdrawing. */
#include "mod/contest/contest_pages.h"

static const char *const fields[] = { "type", "person", "team", "body", "nomination", "age_group",
	"work", "note", NULL };

static const char *
entry_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/entries/%lld%s", (long long)id, tail);
}

static void
of_contest(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "contest_entry.contest = ?", VALS(v_int(id)));
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "number", "work", "type", "person", "team", "body",
		"nomination", "age_group", "place", NULL };
	struct ui_list l = { .kind = &contest_entry_kind,
		.columns = columns,
		.sort = "number",
		.narrow = of_contest };
	struct contest c;

	TRY(contest_of_path(v, &c));
	l.path = contest_path(v, c.rec.id, "/entries");
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	contest_open(v, &c, tr(v->cx, "Entries"));
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- forms ---- */

/* Nominations and age groups of this contest alone; of a leader, bodies of the own scope. */
static void
narrow(struct view *v, const struct ui_form *f, struct query *q)
{
	const struct contest_entry *e = f->rec;

	(void)v;
	if (q->kind == &nomination_kind || q->kind == &age_group_kind)
		query_and(q, arena_printf(q->cx->arena, "%s.contest = ?", q->kind->name),
		    VALS(v_int(e->contest)));
}

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct contest_entry *e = f->rec;
	struct err kept = cx->err;
	struct contest c;

	err_clear(cx);
	TRY(kind_get(cx, &contest_kind, e->contest, &c));
	cx->err = kept;
	contest_open(v, &c, f->create ? tr(cx, "New entry") : tr(cx, "Change the entry"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct contest_entry *e, struct ui_form *f)
{
	struct contest c;

	TRY(contest_of_path(v, &c));
	kind_empty(&contest_entry_kind, e);
	e->contest = c.rec.id;
	e->type = "person";
	e->body = v->cx->actor->body;
	*f = (struct ui_form){ .kind = &contest_entry_kind,
		.rec = e,
		.create = true,
		.path = contest_path(v, c.rec.id, "/entries/new"),
		.fields = fields,
		.cancel = contest_path(v, c.rec.id, ""),
		.again = true,
		.narrow = narrow };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct contest_entry e;
	struct ui_form f;

	TRY(new_form(v, &e, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct contest_entry e;
	struct ui_form f;

	TRY(new_form(v, &e, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
entry_of_path(struct view *v, struct contest_entry *e)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &contest_entry_kind, id, e);
}

static int
edit_form(struct view *v, struct contest_entry *e, struct ui_form *f)
{
	TRY(entry_of_path(v, e));
	*f = (struct ui_form){ .kind = &contest_entry_kind,
		.rec = e,
		.path = entry_path(v, e->rec.id, "/edit"),
		.fields = fields,
		.cancel = entry_path(v, e->rec.id, ""),
		.narrow = narrow };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct contest_entry e;
	struct ui_form f;

	TRY(edit_form(v, &e, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct contest_entry e;
	struct ui_form f;

	TRY(edit_form(v, &e, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one entry ---- */

static int
draw_consent(struct view *v, const struct contest_entry *e)
{
	int64_t *minors;
	size_t n, i;

	TRY(contest_unconsented(v->cx, e->contest, &minors, &n));
	for (i = 0; i < n; i++)
		if (minors[i] == e->rec.id)
			ui_note(v, 'w',
			    tr(v->cx, "A minor takes part and no parent or guardian has consented "
				      "yet: write "
				      "the consent down on the page of the person, for the purpose "
				      "“keeping "
				      "my record and memberships”."));
	return RC_OK;
}

static int
draw_member(struct view *v, const struct contest_member *m, bool change)
{
	struct ctx *cx = v->cx;
	const char *name = "";

	if (m->person != 0)
		TRY(kind_titles(cx, &person_kind, &m->person, 1, &name));
	if (*name == '\0') /* erased: there is no page to lead to */
		html(&v->h, "<li class='task'><p>%s</p>", tr(cx, "not named"));
	else
		html(&v->h, "<li class='task'><p><a href='%s'>%s</a></p>",
		    ui_url(v, "/people/%lld", (long long)m->person), name);
	if (change)
		ui_post_button(v,
		    arena_printf(cx->arena, "/entries/members/%lld/end", (long long)m->rec.id),
		    m->rec.version, tr(cx, "No longer in the team"), true);
	html(&v->h, "</li>");
	return RC_OK;
}

static int
draw_team(struct view *v, const struct contest_entry *e, bool change)
{
	struct ctx *cx = v->cx;
	const char *add = ui_url(v, "/entries/%lld/members/new", (long long)e->rec.id);
	struct query q;
	struct list l;
	size_t i;

	if (strcmp(e->type, "team") != 0)
		return RC_OK;
	TRY(query_init(cx, &q, &contest_member_kind));
	query_and(
	    &q, "contest_member.entry = ? AND contest_member.ended = 0", VALS(v_int(e->rec.id)));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	ui_section_open(v, "team", tr(cx, "The team"), NULL);
	if (l.n == 0)
		ui_empty(v, tr(cx, "Nobody of the team is named"),
		    tr(cx, "Name its people, so that relatives on the jury are noticed."),
		    change ? add : NULL, tr(cx, "Add a person"));
	else {
		html(&v->h, "<ul>");
		for (i = 0; i < l.n; i++)
			TRY(draw_member(v, list_row(&l, &contest_member_kind, i), change));
		html(&v->h, "</ul>");
		if (change) {
			html(&v->h, "<p class='acts'>");
			ui_button(v, add, tr(cx, "Add a person"), false);
			html(&v->h, "</p>");
		}
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_entry(struct view *v, const struct contest_entry *e)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct contest c;
	bool change;

	err_clear(cx);
	TRY(kind_get(cx, &contest_kind, e->contest, &c));
	change = contest_stage(c.state) == STAGE_OPEN && may(cx, CAP_EVENT_WRITE) &&
		 contest_entry_writable(cx, e, e) == RC_OK;
	err_clear(cx);
	contest_open(v, &c, kind_title(cx, &contest_entry_kind, e));
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	TRY(draw_consent(v, e));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	TRY(ui_facts(v, &contest_entry_kind, e));
	html(&v->h, "<div class='acts'>");
	if (change)
		ui_button(v, ui_url(v, "/entries/%lld/edit", (long long)e->rec.id),
		    tr(cx, "Change the entry"), false);
	if (e->withdrawn_on == 0 && may(cx, CAP_EVENT_WRITE))
		contest_ask(
		    v, &(struct contest_ask){ entry_path(v, e->rec.id, "/withdraw"),
			   tr(cx, "Withdraw the entry"), tr(cx, "Reason"), e->rec.version, true });
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(draw_team(v, e, change));
	TRY(ui_history(v, &contest_entry_kind, e->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
entry_page(struct view *v)
{
	struct contest_entry e;

	TRY(entry_of_path(v, &e));
	return draw_entry(v, &e);
}

static int
withdraw_post(struct view *v)
{
	struct contest_entry e;
	int rc;

	TRY(entry_of_path(v, &e));
	rc = contest_entry_withdraw(v->cx, e.rec.id, contest_version(v), req_f(v->rq, "reason"));
	if (contest_refused(v, rc))
		return draw_entry(v, &e);
	TRY(rc);
	return ui_done(v, entry_path(v, e.rec.id, ""),
	    tr(v->cx, "The entry is withdrawn; it stays on record."));
}

/* ---- the team ---- */

static const char *const member_fields[] = { "person", NULL };

static int
draw_member_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct contest_member *m = f->rec;
	struct err kept = cx->err;
	struct contest_entry e;
	struct contest c;

	err_clear(cx);
	TRY(kind_get(cx, &contest_entry_kind, m->entry, &e));
	TRY(kind_get(cx, &contest_kind, e.contest, &c));
	cx->err = kept;
	contest_open(v, &c, tr(cx, "Add a person to the team"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
member_form(struct view *v, struct contest_member *m, struct ui_form *f)
{
	struct contest_entry e;

	TRY(entry_of_path(v, &e));
	kind_empty(&contest_member_kind, m);
	m->entry = e.rec.id;
	*f = (struct ui_form){ .kind = &contest_member_kind,
		.rec = m,
		.create = true,
		.path = entry_path(v, e.rec.id, "/members/new"),
		.fields = member_fields,
		.cancel = entry_path(v, e.rec.id, ""),
		.again = true };
	return RC_OK;
}

static int
member_page(struct view *v)
{
	struct contest_member m;
	struct ui_form f;

	TRY(member_form(v, &m, &f));
	return draw_member_form(v, &f);
}

static int
member_post(struct view *v)
{
	struct contest_member m;
	struct ui_form f;

	TRY(member_form(v, &m, &f));
	return ui_form_save(v, &f, draw_member_form);
}

static int
member_end_post(struct view *v)
{
	struct contest_member m;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &contest_member_kind, id, &m));
	if (!m.ended) { /* sent twice: it is done */
		m.rec.version = contest_version(v);
		m.ended = true;
		TRY(kind_update(v->cx, &contest_member_kind, &m));
	}
	return ui_done(
	    v, entry_path(v, m.entry, ""), tr(v->cx, "The person is no longer in the team."));
}

const struct route contest_entry_routes[] = {
	{ M_GET, "/contests/{id}/entries", list_page, CAP_EVENT_READ, 0, N_("Entries"), NULL },
	{ M_GET, "/contests/{id}/entries/new", new_page, CAP_EVENT_WRITE, 0, N_("New entry"),
	    NULL },
	{ M_POST, "/contests/{id}/entries/new", new_post, CAP_EVENT_WRITE, 0, N_("New entry"),
	    NULL },
	{ M_GET, "/entries/{id}", entry_page, CAP_EVENT_READ, 0, N_("A contest entry"), NULL },
	{ M_GET, "/entries/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the entry"),
	    NULL },
	{ M_POST, "/entries/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the entry"),
	    NULL },
	{ M_POST, "/entries/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0,
	    N_("Withdraw the entry"), NULL },
	{ M_GET, "/entries/{id}/members/new", member_page, CAP_EVENT_WRITE, 0,
	    N_("Add a person to the team"), NULL },
	{ M_POST, "/entries/{id}/members/new", member_post, CAP_EVENT_WRITE, 0,
	    N_("Add a person to the team"), NULL },
	{ M_POST, "/entries/members/{id}/end", member_end_post, CAP_EVENT_WRITE, 0,
	    N_("No longer in the team"), NULL },
};
const size_t contest_entry_nroutes = ARRAY_LEN(contest_entry_routes);

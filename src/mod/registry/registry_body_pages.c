/* registry_body_pages.c – the page of one body: facts, offices with their holders, groups,
 * accreditation, what is beneath, members, earlier names, history.
 *
 * A guest meets totals and holders of offices; the names of members are for the secretariat, and for
 * a leader in his own bodies. What a body declares of itself stands beside the counted number, dotted,
 * and says that it is no figure. */
#include "figure/figure.h"
#include "mod/registry/registry_pages.h"

enum { MEMBERS_SHOWN = 25, STEPS_SHOWN = 50 };

struct one {
	struct body b;
	int on;
	struct text3 name, abbr;
	const char *kind;
	bool eca;     /* an association or a branch of one */
	bool members; /* this reader may see the members' names */
};

static void
draw_acts(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	long long id = (long long)o->b.rec.id;

	html(&v->h, "<div class='acts'>");
	if (may(cx, CAP_BODY_WRITE)) {
		ui_button(v, ui_url(v, "/bodies/%lld/edit", id), tr(cx, "Edit"), true);
		ui_button(v, ui_url(v, "/bodies/%lld/rename", id), tr(cx, "Rename"), false);
	}
	if (may(cx, CAP_PEOPLE_WRITE) && actor_in_scope(cx->actor, o->b.rec.id))
		ui_button(v, ui_url(v, "/memberships/new?body=%lld", id), tr(cx, "New membership"),
		    false);
	html(&v->h, "</div>");
}

static int
draw_head(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	enum lang l;
	const char *name = tr3(cx, &o->name, &l), *abbr = tr3(cx, &o->abbr, NULL), *state;
	bool closed = o->b.closed != 0 && o->b.closed <= o->on;
	int valid_to;

	html(h, "<div class='titl'><div><h1 lang='%s'>%s</h1><p>", lang_code(l), name);
	if (o->eca) {
		TRY(accreditation_on(cx, o->b.rec.id, o->on, &state, &valid_to));
		draw_body_state(v, state, valid_to, closed ? o->b.closed : 0);
	} else if (closed)
		draw_body_state(v, "", 0, o->b.closed);
	html(h, " <span class='mute'>%s%s</span></p></div>", *abbr == '\0' ? "" : abbr,
	    o->on == cx->today ? "" : trf(cx, " on %s", day_text(cx, o->on)));
	draw_acts(v, o);
	html(h, "</div>");
	return RC_OK;
}

/* The figure of this body with its label; nothing when the figure is not in the catalogue. */
static int
draw_figure(struct view *v, const struct one *o, const char *code, const char *label)
{
	const struct figure *f = figure_find(code);
	struct figure_answer a;
	struct ask ask;

	if (f == NULL)
		return RC_OK;
	ask_default(v->cx, &ask);
	ask.on = o->on;
	ask.body = o->b.rec.id;
	TRY(figure_answer(v->cx, f, &ask, &a));
	if (!a.known)
		return RC_OK;
	html(&v->h,
	    "<a class='fig' href='%s'><b><i "
	    "class='n'>%s</i></b><span>%s</span><small>%s</small></a>",
	    f->time == FIGURE_PERIOD
		? ui_url(v, "/figures/%s?body=%s", code, o->b.code)
		: ui_url(v, "/figures/%s?on=%s&body=%s", code, iso(v, o->on), o->b.code),
	    num(v->cx, (int64_t)a.value), label,
	    f->time == FIGURE_PERIOD ? tr(v->cx, "since the beginning of the year")
				     : trf(v->cx, "on %s", day_text(v->cx, o->on)));
	return RC_OK;
}

/* What the body says of itself stands beside the counted number, and says so. */
static void
draw_declared(struct view *v, const struct body *b)
{
	struct ctx *cx = v->cx;

	if (b->declared_members == INT_NONE)
		return;
	html(&v->h, "<p>%s <a class='n said' href='#declared'>%s</a><span id='declared'> %s</span>",
	    tr(cx, "By its own account:"), num(cx, b->declared_members),
	    trn(cx, b->declared_members, "member", "members"));
	if (b->declared_on != 0)
		html(&v->h, ", %s", day_text(cx, b->declared_on));
	if (b->declared_document != NULL)
		html(&v->h, ", %s", b->declared_document);
	html(&v->h, ". <span class='small mute'>%s</span></p>",
	    tr(cx, "Declared, not a figure: only memberships on record are counted."));
}

static int
draw_figures(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<div class='figs sm'>");
	if (o->eca)
		TRY(draw_figure(v, o, "eca_members", tr(cx, "memberships")));
	else if (strcmp(o->kind, "language_club") == 0)
		TRY(draw_figure(v, o, "club_learners", tr(cx, "learners")));
	else if (strcmp(o->kind, "youth_rep") == 0)
		TRY(draw_figure(v, o, "youth_members", tr(cx, "members")));
	TRY(draw_figure(v, o, "events_total", tr(cx, "events held")));
	html(&v->h, "</div><p class='small noprint'><a href='%s'>%s</a> · <a href='%s'>%s</a></p>",
	    ui_url(v, "/events/calendar?under=%lld", (long long)o->b.rec.id),
	    tr(cx, "Its calendar"),
	    ui_url(v, "/events/subscribe?under=%lld", (long long)o->b.rec.id),
	    tr(cx, "Subscribe to the calendar"));
	return RC_OK;
}

/* The facts without what stands elsewhere on the page. */
static int
draw_facts(struct view *v, const struct one *o)
{
	struct body shown = o->b;

	shown.name = (struct text3){ NULL, NULL, NULL };
	shown.abbr = o->abbr;
	shown.declared_members = INT_NONE;
	shown.declared_on = 0;
	shown.declared_document = NULL;
	if (!may(v->cx, CAP_STAFF))
		shown.code = NULL;
	ui_section_open(v, "facts", tr(v->cx, "About the body"), NULL);
	TRY(ui_facts(v, &body_kind, &shown));
	ui_section_close(v);
	return RC_OK;
}

/* ---- members ---- */

static int
draw_member_rows(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct stay_row *s;
	int64_t total;
	size_t n, i;

	TRY(query_init(cx, &q, &membership_kind));
	query_and(&q, "membership.body = ?", VALS(v_int(o->b.rec.id)));
	query_and(&q, "membership.from_day <= ?", VALS(v_int(o->on)));
	query_and(&q, "membership.to_day IS NULL OR membership.to_day > ?", VALS(v_int(o->on)));
	TRY(query_count(&q, &total));
	TRY(reads_stays(&q, STAYS_BY_PERSON, MEMBERS_SHOWN, &s, &n));
	if (n == 0) {
		ui_empty(v, tr(cx, "Nobody on this day"),
		    tr(cx, "No membership in this body is in force on the day."),
		    may(cx, CAP_PEOPLE_WRITE)
			? ui_url(v, "/memberships/new?body=%lld", (long long)o->b.rec.id)
			: NULL,
		    tr(cx, "New membership"));
		return RC_OK;
	}
	html(h,
	    "<div class='tbl'><table class='cards'><caption>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
	    "class='opt'>%s</th></tr></thead><tbody>",
	    total > (int64_t)n
		? trf(cx, "The first %s of %s memberships", num(cx, (int64_t)n), num(cx, total))
		: trn(cx, total, "%s membership", "%s memberships", num(cx, total)),
	    tr(cx, "Person"), tr(cx, "Role"), tr(cx, "From"), tr(cx, "Document"));
	for (i = 0; i < n; i++) {
		if (s[i].person == 0) /* of an erased person */
			html(h, "<tr><th scope='row'>%s</th>", s[i].name);
		else
			html(h, "<tr><th scope='row'><a href='%s'>%s</a></th>",
			    ui_url(v, "/people/%lld", (long long)s[i].person), s[i].name);
		html(h,
		    "<td data-l='%s'><a href='%s'>%s</a></td><td class='nw' data-l='%s'>%s</td><td "
		    "class='opt' data-l='%s'>%s</td></tr>",
		    tr(cx, "Role"), ui_url(v, "/memberships/%lld", (long long)s[i].id),
		    option_label(cx, membership_roles, s[i].role), tr(cx, "From"),
		    day_text(cx, s[i].from), tr(cx, "Document"), s[i].document);
	}
	html(h, "</tbody></table></div><p class='acts noprint'>");
	ui_button(v,
	    ui_url(v, "/memberships?body=%lld&on=%s", (long long)o->b.rec.id, day_text(cx, o->on)),
	    tr(cx, "All as a list"), false);
	html(h, "</p>");
	return RC_OK;
}

static int
draw_members(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct role_count r[ROLE_COUNTS];
	size_t n, i;

	TRY(reads_roles(cx, o->b.rec.id, o->on, r, &n));
	ui_section_open(v, "members", tr(cx, "Members"), trf(cx, "On %s", day_text(cx, o->on)));
	if (n > 0)
		html(h, "<dl class='facts'>");
	for (i = 0; i < n; i++) {
		html(h, "<dt>%s</dt><dd>", option_label(cx, membership_roles, r[i].role));
		ui_count(v, KNOWN_EXACT,
		    o->members ? ui_url(v, "/memberships?body=%lld&role=%s&on=%s",
				     (long long)o->b.rec.id, r[i].role, day_text(cx, o->on))
			       : NULL,
		    num(cx, r[i].people));
		html(h, "</dd>");
	}
	if (n > 0)
		html(h, "</dl>");
	else
		html(h, "<p>%s</p>", tr(cx, "No membership is on record for this day."));
	draw_declared(v, &o->b);
	draw_day_form(v, body_path(v, o->b.rec.id), o->on);
	if (o->members)
		TRY(draw_member_rows(v, o));
	else
		html(h, "<p class='small mute prose'>%s</p>",
		    tr(cx, "Who belongs to which body tells much about a person: the names are "
			   "open to the secretariat, and to leaders for their own body."));
	ui_section_close(v);
	return RC_OK;
}

/* ---- offices ---- */

static void
draw_office(struct view *v, const struct one *o, const struct office_row *r, bool link)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	enum lang l;
	const char *title = tr3(cx, &r->title, &l);

	(void)o;
	html(h, "<li class='task' id='office-%lld'><div><h3 lang='%s'>%s</h3><p>", (long long)r->id,
	    lang_code(l), title);
	if (r->holder == 0)
		html(h, "<span class='mute'>%s</span>", tr(cx, "nobody holds it on this day"));
	else if (link)
		html(h, "<a href='%s'>%s</a> ", ui_url(v, "/people/%lld", (long long)r->person),
		    r->name);
	else
		html(h, "%s ", r->name);
	if (r->holder != 0)
		html(h, "<span class='small mute nw'>%s</span>",
		    trf(cx, "since %s", day_text(cx, r->from)));
	if (*r->ex_officio != '\0')
		html(h, "<br><span class='small mute'>%s</span>",
		    trf(cx, "By virtue of the office: %s", r->ex_officio));
	html(h, "</p></div>");
	if (may(cx, CAP_BODY_WRITE)) {
		html(h, "<p class='acts'>");
		if (r->holder != 0)
			ui_button(v, ui_url(v, "/holders/%lld/end", (long long)r->holder),
			    tr(cx, "End"), false);
		else
			ui_button(v, ui_url(v, "/offices/%lld/holders/new", (long long)r->id),
			    tr(cx, "Name a holder"), false);
		ui_button(
		    v, ui_url(v, "/offices/%lld/edit", (long long)r->id), tr(cx, "Edit"), false);
		html(h, "</p>");
	}
	html(h, "</li>");
}

static int
draw_offices(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct office_row *r;
	int64_t *people;
	bool *open;
	size_t n, i;

	TRY(reads_offices(cx, o->b.rec.id, o->on, &r, &n));
	if (n == 0 && !may(cx, CAP_BODY_WRITE))
		return RC_OK;
	people = arena_array(cx->arena, int64_t, n + 1);
	open = arena_array(cx->arena, bool, n + 1);
	for (i = 0; i < n; i++)
		people[i] = r[i].person;
	TRY(reads_may_open(cx, people, n, open));
	ui_section_open(v, "offices", tr(cx, "Offices"), NULL);
	if (n == 0)
		html(&v->h, "<p>%s</p>",
		    tr(cx, "No office is on record: the chair, deputies and secretaries belong "
			   "here."));
	else {
		html(&v->h, "<ul>");
		for (i = 0; i < n; i++)
			draw_office(v, o, &r[i], open[i]);
		html(&v->h, "</ul>");
	}
	if (may(cx, CAP_BODY_WRITE)) {
		html(&v->h, "<p class='acts noprint'>");
		ui_button(v, ui_url(v, "/bodies/%lld/offices/new", (long long)o->b.rec.id),
		    tr(cx, "New office"), false);
		html(&v->h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}

/* ---- groups, accreditation, what is beneath, earlier names ---- */

static int
draw_group_form(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &ethnic_group_kind));
	query_and(&q,
	    "ethnic_group.special = 0 AND NOT EXISTS (SELECT 1 FROM body_group g WHERE g.body = ?"
	    " AND g.ethnic_group = ethnic_group.id)",
	    VALS(v_int(o->b.rec.id)));
	TRY(query_sort(&q, "title"));
	ui_form_begin(
	    v, arena_printf(cx->arena, "/bodies/%lld/groups", (long long)o->b.rec.id), false);
	html(&v->h, "<div class='row'><div class='fld'><label for='f-ethnic_group'>%s</label>",
	    tr(cx, "Stands also for"));
	draw_field_error(v, "ethnic_group");
	html(&v->h, "<select id='f-ethnic_group' name='ethnic_group'>");
	q.limit = QUERY_LIMIT_MAX;
	do {
		TRY(query_list(&q, &l));
		for (i = 0; i < l.n; i++) {
			const struct ethnic_group *g = list_row(&l, &ethnic_group_kind, i);

			html(&v->h, "<option value='%lld'>%s</option>", (long long)g->rec.id,
			    tr3(cx, &g->name, NULL));
		}
		q.after = l.next;
	} while (l.next != NULL);
	html(&v->h, "</select></div><button class='btn' type='submit'>%s</button></div>",
	    tr(cx, "Add"));
	ui_form_end(v);
	return RC_OK;
}

static int
draw_groups(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct group_row *g;
	bool write = may(cx, CAP_BODY_WRITE);
	size_t n, i;

	TRY(reads_groups(cx, o->b.rec.id, &g, &n));
	if (n == 0 && (!write || !o->eca))
		return RC_OK;
	ui_section_open(v, "groups", tr(cx, "Ethnic groups it stands for"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Not known"));
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		html(&v->h, "<li class='row'><span>%s</span>", g[i].name);
		if (write) {
			ui_form_begin(v,
			    arena_printf(cx->arena, "/bodies/%lld/groups/%lld/remove",
				(long long)o->b.rec.id, (long long)g[i].id),
			    false);
			html(&v->h,
			    "<button class='btn' type='submit'>%s<span class='vh'> "
			    "%s</span></button>",
			    tr(cx, "Take out"), g[i].name);
			ui_form_end(v);
		}
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	if (write)
		TRY(draw_group_form(v, o));
	ui_section_close(v);
	return RC_OK;
}

static void
draw_step(struct view *v, const struct accreditation *a)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<li><strong>%s</strong> %s", option_label(cx, accreditation_states, a->state),
	    trf(cx, "since %s", day_text(cx, a->from_day)));
	if (a->valid_to != 0)
		html(&v->h, ", %s", trf(cx, "last day %s", day_text(cx, a->valid_to)));
	if (a->document != NULL)
		html(&v->h, "<br><span class='small mute'>%s</span>", a->document);
	if (a->note != NULL && may(cx, accreditation_kind.staff))
		html(&v->h, "<br><span class='small'>%s</span>", a->note);
	if (may(cx, CAP_BODY_WRITE))
		html(&v->h, " <a href='%s'>%s<span class='vh'> %s</span></a>",
		    ui_url(v, "/accreditations/%lld/edit", (long long)a->rec.id), tr(cx, "Edit"),
		    day_text(cx, a->from_day));
	html(&v->h, "</li>");
}

static int
draw_accreditations(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i;

	if (!o->eca)
		return RC_OK;
	TRY(query_init(cx, &q, &accreditation_kind));
	query_and(&q, "accreditation.body = ?", VALS(v_int(o->b.rec.id)));
	TRY(query_sort(&q, "-from_day"));
	q.limit = STEPS_SHOWN;
	TRY(query_list(&q, &l));
	ui_section_open(
	    v, "accreditation", tr(cx, "Accreditation"), tr(cx, "Steps, the newest first"));
	if (l.n == 0)
		html(&v->h, "<p>%s</p>",
		    tr(cx, "No step is on record: the body is not accredited."));
	else {
		html(&v->h, "<ol class='log'>");
		for (i = 0; i < l.n; i++)
			draw_step(v, list_row(&l, &accreditation_kind, i));
		html(&v->h, "</ol>");
	}
	if (may(cx, CAP_BODY_WRITE)) {
		html(&v->h, "<p class='acts noprint'>");
		ui_button(v, ui_url(v, "/bodies/%lld/accreditations/new", (long long)o->b.rec.id),
		    tr(cx, "New step"), false);
		html(&v->h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_below(struct view *v, const struct one *o)
{
	struct body_tree t = { .on = o->on };
	struct query q;
	int64_t beneath;
	size_t i;

	TRY(query_init(v->cx, &q, &body_kind));
	query_and(&q, "body.parent = ?", VALS(v_int(o->b.rec.id)));
	TRY(query_count(&q, &beneath));
	if (beneath == 0)
		return RC_OK;
	TRY(reads_bodies(v->cx, o->on, &t.v, &t.n));
	ui_section_open(v, "beneath",
	    o->eca ? tr(v->cx, "Branches and groups") : tr(v->cx, "Bodies beneath"), NULL);
	html(&v->h, "<ul class='tree'>");
	for (i = 0; i < t.n; i++)
		if (t.v[i].parent == o->b.rec.id)
			draw_tree_line(v, &t, &t.v[i]);
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_earlier_names(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &body_name_kind));
	query_and(&q, "body_name.body = ?", VALS(v_int(o->b.rec.id)));
	TRY(query_sort(&q, "-to_day"));
	TRY(query_list(&q, &l));
	if (l.n == 0)
		return RC_OK;
	ui_section_open(v, "names", tr(cx, "Earlier names"),
	    tr(cx, "A paper of that time carries the name of that time."));
	html(&v->h, "<ul>");
	for (i = 0; i < l.n; i++) {
		const struct body_name *b = list_row(&l, &body_name_kind, i);
		enum lang lang;
		const char *name = tr3(cx, &b->name, &lang);

		html(&v->h, "<li><span lang='%s'>%s</span><br><span class='small mute'>",
		    lang_code(lang), name);
		if (b->from_day != 0)
			html(&v->h, "%s, ", trf(cx, "since %s", day_text(cx, b->from_day)));
		html(&v->h, "%s%s%s</span></li>",
		    trf(cx, "until %s", day_text(cx, day_add(b->to_day, -1))),
		    b->document == NULL ? "" : ", ", b->document == NULL ? "" : b->document);
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int (*body_section)(struct view *v, int64_t body);

void
body_section_set(int (*draw)(struct view *v, int64_t body))
{
	body_section = draw;
}

static int
draw_body(struct view *v, const struct one *o)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/bodies", tr(cx, "Bodies") },
		{ NULL, tr3(cx, &o->name, NULL) }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = tr3(cx, &o->name, NULL),
		       .nav = "/bodies",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	TRY(draw_head(v, o));
	if (v->rq->method == M_POST)
		ui_refusals(v, "f-");
	TRY(draw_figures(v, o));
	TRY(draw_facts(v, o));
	TRY(draw_offices(v, o));
	TRY(draw_groups(v, o));
	TRY(draw_accreditations(v, o));
	TRY(draw_below(v, o));
	TRY(draw_members(v, o));
	if (body_section != NULL)
		TRY(body_section(v, o->b.rec.id));
	TRY(draw_earlier_names(v, o));
	TRY(ui_history(v, &body_kind, o->b.rec.id));
	ui_close(v);
	return RC_OK;
}

int
draw_body_page(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct one o = { .on = page_day(v) };
	struct body_kind kind;

	TRY(kind_get(cx, &body_kind, id, &o.b));
	TRY(kind_get(cx, &body_kind_kind, o.b.kind, &kind));
	o.kind = kind.code;
	TRY(body_name_on(cx, &o.b, o.on, &o.name, &o.abbr));
	o.eca = strcmp(o.kind, "eca") == 0 || strcmp(o.kind, "eca_branch") == 0;
	o.members = may(cx, CAP_PEOPLE_READ) && actor_in_scope(cx->actor, id);
	return draw_body(v, &o);
}

static int
body_page(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return draw_body_page(v, id);
}

const struct route registry_body_routes[] = {
	{ M_GET, "/bodies/{id}", body_page, CAP_PUBLIC, ROUTE_CACHE, N_("A body"), NULL },
};
const size_t registry_body_nroutes = ARRAY_LEN(registry_body_routes);

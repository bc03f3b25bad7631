/* registry_people_pages.c – the list of people and the page of one person.
 *
 * Who may be seen is said by the kinds' scopes alone: every read here begins with kind_get() or a
 * query. Sealed values are masked; opening one is a POST, recorded, and the value stands only in that
 * one answer, never in an address or a cookie. */
#include "mod/registry/registry_pages.h"

enum { STAYS_SHOWN = 100, PAGE_STAYS = 400 };

/* ---- the list ---- */

/* A view with what the callbacks of this list know beside: ui_list_page() hands the view through. */
struct people_view {
	struct view v; /* first, so that the view is found to be this */
	const struct query *q;
	struct stay_row *stays;
	size_t nstays;
	bool read;
};

static void
remember_query(struct view *v, struct query *q)
{
	((struct people_view *)(void *)v)->q = q;
}

/* Active memberships of everybody on this page of the list: two queries, not one a row. */
static int
read_stays(struct people_view *p)
{
	struct ctx *cx = p->v.cx;
	struct query people = *p->q, q;
	struct list l;
	struct buf in;
	size_t i;

	TRY(query_list(&people, &l));
	buf_init(&in, cx->arena, 0);
	buf_str(&in, "membership.person IN (0");
	for (i = 0; i < l.n; i++)
		buf_printf(&in, ",%lld",
		    (long long)((const struct rec *)list_row(&l, &person_kind, i))->id);
	buf_char(&in, ')');
	TRY(query_init(cx, &q, &membership_kind));
	query_and(&q, in.p, NO_VALS);
	query_and(&q,
	    "membership.from_day <= ? AND (membership.to_day IS NULL OR membership.to_day > ?)",
	    VALS(v_int(cx->today), v_int(cx->today)));
	return reads_stays(&q, STAYS_NEWEST, PAGE_STAYS, &p->stays, &p->nstays);
}

static void
draw_stays(struct view *v, const void *rec)
{
	struct people_view *p = (struct people_view *)(void *)v;
	int64_t person = ((const struct rec *)rec)->id;
	bool any = false;
	size_t i;

	if (!p->read && read_stays(p) != RC_OK) {
		err_clear(v->cx);
		p->nstays = 0;
	}
	p->read = true;
	html(&v->h, "<span>");
	for (i = 0; i < p->nstays; i++) {
		const struct stay_row *s = &p->stays[i];

		if (s->person != person)
			continue;
		if (any)
			html(&v->h, "<br>");
		html(&v->h, "%s <span class='small mute'>%s</span>", s->body_name,
		    option_label(v->cx, membership_roles, s->role));
		any = true;
	}
	if (!any)
		html(&v->h, "<span class='mute'>%s</span>", tr(v->cx, "none now"));
	html(&v->h, "</span>");
}

static int
people_page(struct view *v)
{
	static const char *const columns[] = { "surname", "birth_day", "sex", "district", NULL };
	struct ctx *cx = v->cx;
	const struct ui_list list = { .kind = &person_kind,
		.path = "/people",
		.columns = columns,
		.sort = "title",
		.narrow = remember_query,
		.extra_label = tr(cx, "Memberships now"),
		.extra = draw_stays };
	struct people_view p = { .v = *v };
	int rc;

	if (!ui_wants_export(v)) {
		ui_open(&p.v, &(struct page){ .title = tr(cx, "People"),
				  .nav = "/people",
				  .staff = true,
				  .no_h1 = true });
		html(&p.v.h, "<div class='titl'><h1>%s</h1><div class='acts'>", tr(cx, "People"));
		if (may(cx, CAP_PEOPLE_WRITE))
			ui_button(&p.v, ui_url(v, "/people/new"), tr(cx, "New person"), true);
		if (may(cx, CAP_PEOPLE_MERGE))
			ui_button(&p.v, ui_url(v, "/people/duplicates"),
			    tr(cx, "Likely the same person"), false);
		html(&p.v.h, "</div></div>");
	}
	rc = ui_list_page(&p.v, &list);
	if (rc == RC_OK && !ui_wants_export(v))
		ui_close(&p.v);
	*v = p.v;
	return rc;
}

/* ---- one person ---- */

static int
draw_memberships(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *asked = req_q(v->rq, "on");
	int on = page_day(v);
	struct query q;
	struct stay_row *s;
	size_t n, i;

	TRY(query_init(cx, &q, &membership_kind));
	query_and(&q, "membership.person = ?", VALS(v_int(p->rec.id)));
	if (asked != NULL && *asked != '\0')
		query_and(&q,
		    "membership.from_day <= ? AND (membership.to_day IS NULL OR membership.to_day "
		    "> ?)",
		    VALS(v_int(on), v_int(on)));
	TRY(reads_stays(&q, STAYS_NEWEST, STAYS_SHOWN, &s, &n));
	ui_section_open(v, "memberships", tr(cx, "Memberships"),
	    asked != NULL && *asked != '\0' ? trf(cx, "On %s", day_text(cx, on))
					    : tr(cx, "Now and before"));
	draw_day_form(v, arena_printf(cx->arena, "/people/%lld", (long long)p->rec.id), on);
	if (n == 0)
		ui_empty(v, tr(cx, "No membership"), tr(cx, "None is on record that you may see."),
		    may(cx, CAP_PEOPLE_WRITE)
			? ui_url(v, "/memberships/new?person=%lld", (long long)p->rec.id)
			: NULL,
		    tr(cx, "New membership"));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th><th "
		    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col' class='opt'>%s</th></tr></thead><tbody>",
		    tr(cx, "Memberships"), tr(cx, "Body"), tr(cx, "Role"), tr(cx, "From"),
		    tr(cx, "Until"), tr(cx, "Document"));
		for (i = 0; i < n; i++) {
			html(h,
			    "<tr><th scope='row'><a href='%s'>%s</a></th><td "
			    "data-l='%s'>%s</td><td class='nw' data-l='%s'>%s</td><td "
			    "data-l='%s'><span>",
			    ui_url(v, "/memberships/%lld", (long long)s[i].id), s[i].body_name,
			    tr(cx, "Role"), option_label(cx, membership_roles, s[i].role),
			    tr(cx, "From"), day_text(cx, s[i].from), tr(cx, "Until"));
			draw_until(v, s[i].to);
			if (*s[i].end_reason != '\0')
				html(h, "<br><span class='small mute'>%s</span>",
				    option_label(cx, end_reasons, s[i].end_reason));
			html(h, "</span></td><td class='opt' data-l='%s'>%s</td></tr>",
			    tr(cx, "Document"), s[i].document);
		}
		html(h, "</tbody></table></div>");
		if (may(cx, CAP_PEOPLE_WRITE)) {
			html(h, "<p class='acts noprint'>");
			ui_button(v,
			    ui_url(v, "/memberships/new?person=%lld", (long long)p->rec.id),
			    tr(cx, "New membership"), false);
			html(h, "</p>");
		}
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_held(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct held_row *r;
	size_t n, i;

	TRY(query_init(cx, &q, &office_holder_kind));
	query_and(&q, "office_holder.person = ?", VALS(v_int(p->rec.id)));
	TRY(reads_held(&q, &r, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "offices", tr(cx, "Offices"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		html(&v->h,
		    "<li class='task'><div><h3>%s</h3><p><a href='%s'>%s</a> <span class='small "
		    "mute'>%s – ",
		    tr3(cx, &r[i].title, NULL), ui_url(v, "/bodies/%lld", (long long)r[i].body),
		    r[i].body_name, day_text(cx, r[i].from));
		draw_until(v, r[i].to);
		html(&v->h, "</span></p></div></li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_attendances(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	int64_t n;

	TRY(reads_attendances(cx, p->rec.id, &n));
	ui_section_open(v, "attendances", tr(cx, "Attendances"), NULL);
	if (n == 0)
		html(&v->h, "<p>%s</p>", tr(cx, "No attendance is on record."));
	else
		html(&v->h, "<p>%s</p>",
		    trn(cx, n, "%s attendance, scanned or from a list",
			"%s attendances, scanned or from lists", num(cx, n)));
	ui_section_close(v);
	return RC_OK;
}

/* The group itself is shown only on asking; whether there is one, to those who may ask. */
static int
draw_ethnicity(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	const struct ethnicity *e;

	ui_section_open(v, "ethnicity", tr(cx, "Declared ethnicity"), NULL);
	if (!may(cx, CAP_SEALED_READ)) {
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Closed to your role"));
		ui_section_close(v);
		return RC_OK;
	}
	TRY(query_init(cx, &q, &ethnicity_kind));
	query_and(&q, "ethnicity.person = ?", VALS(v_int(p->rec.id)));
	TRY(query_list(&q, &l));
	e = l.n == 0 ? NULL : list_row(&l, &ethnicity_kind, 0);
	if (e != NULL && e->declared.present) {
		ui_form_begin(
		    v, arena_printf(cx->arena, "/people/%lld/show", (long long)p->rec.id), false);
		html(&v->h,
		    "<p><input type='hidden' name='field' value='declared'>•••••• <button "
		    "class='btn' type='submit'>%s<span class='vh'> %s</span></button> <span "
		    "class='small mute'>%s</span></p>",
		    tr(cx, "Show"), tr(cx, "Declared ethnicity"), tr(cx, "showing it is recorded"));
		ui_form_end(v);
	} else
		html(&v->h, "<p>%s</p>", tr(cx, "Not stated"));
	html(&v->h, "<p class='acts noprint'>");
	ui_button(v, ui_url(v, "/people/%lld/ethnicity", (long long)p->rec.id),
	    tr(cx, "Declare or withdraw"), false);
	html(&v->h, "</p>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_person_head(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	const char *hint = person_kind.hint(cx, p);

	html(&v->h,
	    "<div class='titl'><div><h1>%s</h1><p class='mute'>%s</p></div><div class='acts'>",
	    kind_title(cx, &person_kind, p), hint);
	if (may(cx, CAP_PEOPLE_WRITE) && actor_in_scope(cx->actor, p->body) && p->erased_on == 0)
		ui_button(
		    v, ui_url(v, "/people/%lld/edit", (long long)p->rec.id), tr(cx, "Edit"), true);
	if (p->erased_on == 0)
		ui_button(v, ui_url(v, "/people/%lld/rights", (long long)p->rec.id),
		    tr(cx, "Rights"), false);
	html(&v->h, "</div></div>");
	if (p->erased_on != 0)
		ui_note(v, 'w',
		    trf(cx, "Erased on %s: only the number is left, and what is counted.",
			day_text(cx, p->erased_on)));
	else if (p->restricted_on != 0)
		ui_note(v, 'w',
		    trf(cx, "Restricted since %s: hidden from everybody else.",
			day_text(cx, p->restricted_on)));
	return RC_OK;
}

/* Records joined into this one: who joined them, their history, and the way back. */
static int
draw_merged(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	struct merged_row *m;
	size_t n, i;

	if (!may(cx, CAP_PEOPLE_MERGE))
		return RC_OK;
	TRY(person_merged(cx, p->rec.id, &m, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "joined", tr(cx, "Joined records"), NULL);
	for (i = 0; i < n; i++) {
		html(&v->h, "<p>№ %lld: %s <span class='small mute'>%s, %s</span></p>",
		    (long long)m[i].leaves, m[i].title, moment_text(cx, m[i].at),
		    m[i].who == NULL ? tr(cx, "the program") : m[i].who);
		if (i > 0)
			continue; /* the latest is taken back first */
		html(&v->h, "<div class='acts'>");
		ui_post_button(v,
		    arena_printf(cx->arena, "/people/%lld/unmerge", (long long)m[i].leaves), 0,
		    tr(cx, "Take it back"), false);
		html(&v->h, "</div>");
	}
	ui_section_close(v);
	return RC_OK;
}

/* What happened to a joined record before and since stands under the history of the one that stays. */
static int
draw_merged_history(struct view *v, int64_t id)
{
	struct merged_row *m;
	size_t n, i;

	if (!may(v->cx, CAP_PEOPLE_MERGE))
		return RC_OK;
	TRY(person_merged(v->cx, id, &m, &n));
	for (i = 0; i < n; i++) {
		html(
		    &v->h, "<h2 class='small'>№ %lld: %s</h2>", (long long)m[i].leaves, m[i].title);
		TRY(ui_history(v, &person_kind, m[i].leaves));
	}
	return RC_OK;
}

int
draw_person_page(struct view *v, int64_t id, const char *shown_label, const char *shown)
{
	struct ctx *cx = v->cx;
	struct person p;

	TRY(kind_get(cx, &person_kind, id, &p));
	TRY(sensitive_open(cx, &person_kind, &p, "page"));
	const struct crumb crumbs[] = { { "/people", tr(cx, "People") },
		{ NULL, kind_title(cx, &person_kind, &p) }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = kind_title(cx, &person_kind, &p),
		       .nav = "/people",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	TRY(draw_person_head(v, &p));
	if (shown != NULL)
		html(&v->h, "<p class='note wait' role='status'>%s: <strong>%s</strong>. %s</p>",
		    shown_label, shown, tr(cx, "That you saw it is on record."));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	TRY(ui_facts(v, &person_kind, &p));
	ui_section_close(v);
	if (p.erased_on == 0) {
		TRY(draw_memberships(v, &p));
		TRY(draw_held(v, &p));
		TRY(draw_attendances(v, &p));
		TRY(draw_ethnicity(v, &p));
		TRY(draw_merged(v, &p));
	}
	TRY(ui_history(v, &person_kind, id));
	TRY(draw_merged_history(v, id));
	ui_close(v);
	return RC_OK;
}

static int
person_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct person p;
	int64_t id, stands;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &person_kind, id, &p));
	if (p.merged_into == 0)
		return draw_person_page(v, id, NULL, NULL);
	/* RULE person-4: its page leads to the record that stands, if this reader may open that one. */
	TRY(person_stands(cx, id, &stands));
	TRY(kind_get(cx, &person_kind, stands, &p));
	return ui_done(v, arena_printf(cx->arena, "/people/%lld", (long long)stands),
	    trf(cx, "Record %s was joined with this one.", num(cx, id)));
}

const struct route registry_people_routes[] = {
	{ M_GET, "/people", people_page, CAP_PEOPLE_READ, 0, N_("People"),
	    N_("Everybody on record, as far as you may see them.") },
	{ M_GET, "/people/{id}", person_page, CAP_PEOPLE_READ, 0, N_("A person"), NULL },
};
const size_t registry_people_nroutes = ARRAY_LEN(registry_people_routes);

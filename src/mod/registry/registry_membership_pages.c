/* registry_membership_pages.c – memberships: the list on a day, one membership, beginning, ending, and
 * taking a mistaken end back. A membership that ended stays on record; whoever comes back gets a new
 * one. */
#include "mod/registry/registry_pages.h"

static const char *
membership_path(struct view *v, int64_t id)
{
	return arena_printf(v->cx->arena, "/memberships/%lld", (long long)id);
}

/* ---- the list ---- */

static bool
asks_day(struct view *v)
{
	const char *s = req_q(v->rq, "on");
	int day;

	return s != NULL && day_parse(s, &day);
}

static void
on_that_day(struct view *v, struct query *q)
{
	int on = 0;

	if (asks_day(v) && day_parse(req_q(v->rq, "on"), &on))
		query_and(q,
		    "membership.from_day <= ? AND (membership.to_day IS NULL OR membership.to_day "
		    "> ?)",
		    VALS(v_int(on), v_int(on)));
}

static void
draw_state(struct view *v, const void *rec)
{
	const struct membership *m = rec;
	int today = v->cx->today;

	if (m->to_day != 0 && m->to_day <= today)
		ui_state(v, '-',
		    m->end_reason == NULL ? tr(v->cx, "ended")
					  : option_label(v->cx, end_reasons, m->end_reason));
	else if (m->from_day > today)
		ui_state(v, 'p', tr(v->cx, "begins later"));
	else
		ui_state(v, 'o', tr(v->cx, "in force"));
}

/* Days from and to on which a membership began: the kind offers them as filters of the address. */
static void
draw_began_form(struct view *v)
{
	static const char *const names[] = { "from_day_from", "from_day_to" };
	struct ctx *cx = v->cx;
	size_t i, j;

	html(&v->h, "<form class='row noprint' action='%s'>", ui_url(v, "/memberships"));
	for (i = 0; i < v->rq->query.n; i++) {
		const struct pair *p = &v->rq->query.p[i];
		bool own = strcmp(p->name, "after") == 0 || strcmp(p->name, "format") == 0 ||
			   *p->value == '\0';

		for (j = 0; j < ARRAY_LEN(names); j++)
			own = own || strcmp(p->name, names[j]) == 0;
		if (!own)
			html(
			    &v->h, "<input type='hidden' name='%s' value='%s'>", p->name, p->value);
	}
	for (j = 0; j < ARRAY_LEN(names); j++) {
		const char *now = req_q(v->rq, names[j]);

		html(&v->h,
		    "<div class='fld'><label for='%s'>%s</label><input class='w-s' type='text' "
		    "inputmode='numeric' id='%s' name='%s' value='%s'></div>",
		    names[j], j == 0 ? tr(cx, "Began from") : tr(cx, "Began up to"), names[j],
		    names[j], now == NULL ? "" : now);
	}
	html(&v->h, "<button class='btn' type='submit'>%s</button></form>", tr(cx, "Filter"));
}

static int
memberships_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct ui_list list = { .kind = &membership_kind,
		.path = "/memberships",
		.sort = "-from_day",
		.narrow = on_that_day,
		.extra_label = tr(cx, "State"),
		.extra = draw_state };
	const char *asked = req_q(v->rq, "on");
	int on;

	if (ui_wants_export(v))
		return ui_list_page(v, &list);
	on = page_day(v);
	ui_open(v, &(struct page){ .title = tr(cx, "Memberships"),
		       .nav = "/memberships",
		       .staff = true,
		       .no_h1 = true });
	html(&v->h, "<div class='titl'><div><h1>%s</h1>", tr(cx, "Memberships"));
	if (asks_day(v))
		html(&v->h, "<p class='mute'>%s</p>",
		    trf(cx, "Those in force on %s", day_text(cx, on)));
	else
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "All, also those that ended"));
	html(&v->h, "</div><div class='acts'>");
	if (may(cx, CAP_PEOPLE_WRITE))
		ui_button(v, ui_url(v, "/memberships/new"), tr(cx, "New membership"), true);
	if (asked != NULL && *asked != '\0')
		ui_button(v, ui_url_with(v, "on", NULL), tr(cx, "On any day"), false);
	html(&v->h, "</div></div><div class='row'>");
	draw_day_form(v, "/memberships", on);
	draw_began_form(v);
	html(&v->h, "</div><hr>");
	err_clear(cx); /* said beside the day; the list has errors of its own */
	TRY(ui_list_page(v, &list));
	ui_close(v);
	return RC_OK;
}

/* ---- one ---- */

static int
membership_of(struct view *v, struct membership *m)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &membership_kind, id, m);
}

/* "Person – body" */
static int
title_of(struct view *v, const struct membership *m, const char **out)
{
	const char *person = "", *body = "";

	TRY(kind_titles(v->cx, &person_kind, &m->person, 1, &person));
	TRY(kind_titles(v->cx, &body_kind, &m->body, 1, &body));
	*out = arena_printf(
	    v->cx->arena, "%s – %s", m->person == 0 ? tr(v->cx, "not named") : person, body);
	return RC_OK;
}

static void
draw_acts(struct view *v, const struct membership *m)
{
	struct ctx *cx = v->cx;
	long long id = (long long)m->rec.id;

	html(&v->h, "<div class='acts'>");
	if (may(cx, CAP_PEOPLE_WRITE) && actor_in_scope(cx->actor, m->body) && m->person != 0) {
		if (m->to_day == 0)
			ui_button(v, ui_url(v, "/memberships/%lld/end", id), tr(cx, "End"), true);
		ui_button(v, ui_url(v, "/memberships/%lld/edit", id), tr(cx, "Edit"), false);
		if (m->to_day != 0)
			ui_post_button(v, arena_printf(cx->arena, "/memberships/%lld/reopen", id),
			    m->rec.version, tr(cx, "The end was a mistake"), false);
	}
	html(&v->h, "</div>");
}

static int
draw_membership(struct view *v, const struct membership *m)
{
	struct ctx *cx = v->cx;
	const char *title;
	struct crumb crumbs[] = { { "/memberships", tr(cx, "Memberships") }, { NULL, NULL },
		{ NULL, NULL } };

	TRY(title_of(v, m, &title));
	crumbs[1].text = title;
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/memberships",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='titl'><div><h1>%s</h1><p>", title);
	draw_state(v, m);
	html(&v->h, "</p></div>");
	draw_acts(v, m);
	html(&v->h, "</div>");
	ui_refusals(v, "f-");
	ui_section_open(v, "facts", tr(cx, "Membership"), NULL);
	TRY(ui_facts(v, &membership_kind, m));
	ui_section_close(v);
	TRY(ui_history(v, &membership_kind, m->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
membership_page(struct view *v)
{
	struct membership m;

	TRY(membership_of(v, &m));
	return draw_membership(v, &m);
}

/* ---- beginning, changing ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct membership *m = f->rec;
	const char *title = tr(cx, "New membership"), *of;
	struct crumb crumbs[4] = { { "/memberships", tr(cx, "Memberships") }, { NULL, title },
		{ NULL, NULL }, { NULL, NULL } };

	if (!f->create) {
		title = f->fields == end_fields ? tr(cx, "End of a membership")
						: tr(cx, "Edit the membership");
		TRY(title_of(v, m, &of));
		crumbs[1] = (struct crumb){ membership_path(v, m->rec.id), of };
		crumbs[2] = (struct crumb){ NULL, title };
	}
	ui_open(v, &(struct page){
		       .title = title, .nav = "/memberships", .staff = true, .crumbs = crumbs });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

/* Fields of a beginning: its end is no part of it. */
static const char *const begin_fields[] = { "person", "body", "role", "from_day", "document",
	"note", NULL };
static const char *const open_fields[] = { "from_day", "document", "note", NULL };

static struct ui_form
new_form(struct view *v, struct membership *m)
{
	kind_empty(&membership_kind, m);
	m->from_day = v->cx->today;
	m->role = membership_roles[0].code;
	if (actor_scoped(v->cx->actor))
		m->body = v->cx->actor->body;
	return (struct ui_form){ .kind = &membership_kind,
		.rec = m,
		.create = true,
		.path = "/memberships/new",
		.fields = begin_fields,
		.cancel = "/memberships",
		.again = true };
}

static int
asked_ref(struct view *v, const struct kind *k, const char *name, int64_t *out)
{
	const char *s = req_q(v->rq, name);
	int64_t id;
	int rc;

	if (s == NULL || !num_parse(s, &id) || id <= 0)
		return RC_OK;
	rc = kind_get(v->cx, k, id, arena_alloc(v->cx->arena, k->size));
	if (rc == RC_OK)
		*out = id;
	else if (rc == RC_NOTFOUND)
		err_clear(v->cx); /* a record that this actor may not know of is not offered */
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
new_page(struct view *v)
{
	struct membership m;
	struct ui_form f = new_form(v, &m);

	TRY(asked_ref(v, &person_kind, "person", &m.person));
	TRY(asked_ref(v, &body_kind, "body", &m.body));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct membership m;
	struct ui_form f = new_form(v, &m);

	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct membership *m, struct ui_form *f)
{
	TRY(membership_of(v, m));
	*f = (struct ui_form){ .kind = &membership_kind,
		.rec = m,
		.path = v->path,
		.fields = m->to_day == 0 ? open_fields : NULL,
		.cancel = membership_path(v, m->rec.id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct membership m;
	struct ui_form f;

	TRY(edit_form(v, &m, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct membership m;
	struct ui_form f;

	TRY(edit_form(v, &m, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- ending ---- */

static int
end_form(struct view *v, struct membership *m, struct ui_form *f)
{
	TRY(membership_of(v, m));
	*f = (struct ui_form){ .kind = &membership_kind,
		.rec = m,
		.path = v->path,
		.fields = end_fields,
		.submit = tr(v->cx, "End the membership"),
		.cancel = membership_path(v, m->rec.id) };
	return RC_OK;
}

static int
end_page(struct view *v)
{
	struct membership m;
	struct ui_form f;

	TRY(end_form(v, &m, &f));
	if (m.to_day != 0)
		return ui_done(v, membership_path(v, m.rec.id),
		    trf(v->cx, "This membership ended on %s already.", day_text(v->cx, m.to_day)));
	m.to_day = v->cx->today;
	return draw_form(v, &f);
}

static int
end_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct membership m, theirs;
	struct ui_form f;
	bool searching;
	int rc;

	TRY(end_form(v, &m, &f));
	rc = ui_form_read(v, &f, &searching);
	if (rc == RC_OK)
		rc = membership_end(cx, &(struct end_in){ m.rec.id, m.rec.version, m.to_day,
					    m.end_reason, m.document });
	if (was_refused(v, rc)) {
		if (rc == RC_CONFLICT) {
			TRY(kind_get(cx, &membership_kind, m.rec.id, &theirs));
			f.theirs = &theirs;
		}
		return draw_form(v, &f);
	}
	TRY(rc);
	return ui_done(v, membership_path(v, m.rec.id),
	    tr(cx, "The membership is ended; it stays on record."));
}

static int
reopen_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *version = req_f(v->rq, "_version");
	struct membership m;
	int rc;

	TRY(membership_of(v, &m));
	if (version == NULL || !num_parse(version, &m.rec.version))
		m.rec.version = 0;
	m.to_day = 0;
	m.end_reason = NULL;
	rc = kind_update(cx, &membership_kind, &m);
	if (was_refused(v, rc)) {
		struct err said = cx->err;

		err_clear(cx);
		TRY(membership_of(v, &m));
		cx->err = said;
		return draw_membership(v, &m);
	}
	TRY(rc);
	return ui_done(v, membership_path(v, m.rec.id),
	    tr(cx, "The membership continues; the mistaken end stays in its history."));
}

const struct route registry_membership_routes[] = {
	{ M_GET, "/memberships", memberships_page, CAP_PEOPLE_READ, 0, N_("Memberships"),
	    N_("Who belongs to which body in which role, on any day.") },
	{ M_GET, "/memberships/new", new_page, CAP_PEOPLE_WRITE, 0, N_("New membership"), NULL },
	{ M_POST, "/memberships/new", new_post, CAP_PEOPLE_WRITE, 0, N_("New membership"), NULL },
	{ M_GET, "/memberships/{id}", membership_page, CAP_PEOPLE_READ, 0, N_("A membership"),
	    NULL },
	{ M_GET, "/memberships/{id}/edit", edit_page, CAP_PEOPLE_WRITE, 0,
	    N_("Edit the membership"), NULL },
	{ M_POST, "/memberships/{id}/edit", edit_post, CAP_PEOPLE_WRITE, 0,
	    N_("Edit the membership"), NULL },
	{ M_GET, "/memberships/{id}/end", end_page, CAP_PEOPLE_WRITE, 0, N_("End of a membership"),
	    NULL },
	{ M_POST, "/memberships/{id}/end", end_post, CAP_PEOPLE_WRITE, 0, N_("End of a membership"),
	    NULL },
	{ M_POST, "/memberships/{id}/reopen", reopen_post, CAP_PEOPLE_WRITE, 0,
	    N_("Take a mistaken end back"), NULL },
};
const size_t registry_membership_nroutes = ARRAY_LEN(registry_membership_routes);

/* signup_form_pages.c – what an event's form asks: places, days, contacts, questions. For staff of the event's
 * lead body. */
#include "mod/signup/signup_pages.h"

static const char *const form_fields[] = { "capacity", "waiting", "opens_on", "closes_on", "closed",
	"per_signup", "email", "phone", "minors", "consent", "consent_version", "reserved",
	"reserved_for", "after", NULL };
static const char *const question_fields[] = { "text", "type", "choices", "required", "rank",
	NULL };
static const char *const question_edit_fields[] = { "text", "type", "choices", "required", "rank",
	"gone", NULL };

static int
writable_event(struct view *v, int64_t id, struct event *e)
{
	struct signup_rights can;

	TRY(kind_get(v->cx, &event_kind, id, e));
	can = signup_rights_of(v->cx, e);
	return can.writes ? RC_OK
			  : fail(v->cx, RC_DENIED,
				N_("This belongs to another body; you may change only what is your "
				   "own body's."));
}

/* ---- the questions, listed under the form ---- */

static int
draw_questions(struct view *v, int64_t event)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &signup_question_kind));
	query_and(&q, "signup_question.event = ?", VALS(v_int(event)));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	ui_section_open(v, "questions", tr(cx, "Questions of its own"),
	    tr(cx, "At most ten. Ethnicity is not asked."));
	html(&v->h, "<ul>");
	for (i = 0; i < l.n; i++) {
		const struct signup_question *s = list_row(&l, &signup_question_kind, i);

		html(&v->h, "<li><a href='%s'>%s</a> <span class='mute'>%s</span>",
		    ui_url(v, "/questions/%lld/edit", (long long)s->rec.id),
		    tr3(cx, &s->text, NULL),
		    s->gone ? tr(cx, "no longer asked")
			    : option_label(cx, question_types, s->type));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul><p class='acts'>");
	ui_button(v, ui_url(v, "/events/%lld/questions/new", (long long)event),
	    tr(cx, "New question"), false);
	html(&v->h, "</p>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- the form ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct signup_form *s = f->rec;
	struct event e;
	struct err kept = cx->err;

	err_clear(cx);
	TRY(kind_get(cx, &event_kind, s->event, &e));
	cx->err = kept;
	ui_open(v, &(struct page){ .title = tr(cx, "Registration"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { signup_path(v, s->event, ""), kind_title(cx, &event_kind, &e) },
			   { NULL, tr(cx, "Registration") }, { NULL, NULL } } });
	if (!f->create) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/signup", (long long)s->event),
		    tr(cx, "The form as guests see it"), false);
		html(&v->h, "</p>");
	}
	TRY(ui_form(v, f));
	if (!f->create) {
		TRY(draw_questions(v, s->event));
		TRY(ui_history(v, &signup_form_kind, s->rec.id));
	}
	ui_close(v);
	return RC_OK;
}

static int
form_of(struct view *v, struct signup_form *s, struct ui_form *f)
{
	struct event e;
	int64_t id;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(writable_event(v, id, &e));
	rc = signup_form_of(v->cx, id, s);
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	if (rc == RC_NOTFOUND) {
		kind_empty(&signup_form_kind, s);
		s->event = id;
		s->per_signup = 5;
		s->email = "optional";
		s->phone = "no";
		s->waiting = true;
	}
	*f = (struct ui_form){ .kind = &signup_form_kind,
		.rec = s,
		.create = rc == RC_NOTFOUND,
		.path = signup_path(v, id, "/registration"),
		.fields = form_fields,
		.submit = rc == RC_NOTFOUND ? tr(v->cx, "Open registration") : NULL,
		.cancel = signup_path(v, id, "") };
	return RC_OK;
}

static int
form_page(struct view *v)
{
	struct signup_form s;
	struct ui_form f;

	TRY(form_of(v, &s, &f));
	return draw_form(v, &f);
}

static int
form_post(struct view *v)
{
	struct signup_form s;
	struct ui_form f;

	TRY(form_of(v, &s, &f));
	if (!f.create)
		f.cancel = f.path; /* back to the form, where the questions are */
	return ui_form_save(v, &f, draw_form);
}

/* ---- one question ---- */

static int
draw_question(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct signup_question *s = f->rec;
	const char *title = f->create ? tr(cx, "New question") : tr(cx, "Question");
	struct event e;
	struct err kept = cx->err;

	err_clear(cx);
	TRY(kind_get(cx, &event_kind, s->event, &e));
	cx->err = kept;
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { signup_path(v, s->event, ""), kind_title(cx, &event_kind, &e) },
			   { signup_path(v, s->event, "/registration"), tr(cx, "Registration") },
			   { NULL, title }, { NULL, NULL } } });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
question_new(struct view *v, struct signup_question *s, struct ui_form *f)
{
	struct event e;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(writable_event(v, id, &e));
	kind_empty(&signup_question_kind, s);
	s->event = id;
	*f = (struct ui_form){ .kind = &signup_question_kind,
		.rec = s,
		.create = true,
		.path = signup_path(v, id, "/questions/new"),
		.fields = question_fields,
		.cancel = signup_path(v, id, "/registration"),
		.again = true };
	return RC_OK;
}

static int
question_new_page(struct view *v)
{
	struct signup_question s;
	struct ui_form f;

	TRY(question_new(v, &s, &f));
	return draw_question(v, &f);
}

static int
question_new_post(struct view *v)
{
	struct signup_question s;
	struct ui_form f;

	TRY(question_new(v, &s, &f));
	return ui_form_save(v, &f, draw_question);
}

static int
question_edit(struct view *v, struct signup_question *s, struct ui_form *f)
{
	struct event e;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &signup_question_kind, id, s));
	TRY(writable_event(v, s->event, &e));
	*f = (struct ui_form){ .kind = &signup_question_kind,
		.rec = s,
		.path = arena_printf(v->cx->arena, "/questions/%lld/edit", (long long)id),
		.fields = question_edit_fields,
		.cancel = signup_path(v, s->event, "/registration") };
	return RC_OK;
}

static int
question_edit_page(struct view *v)
{
	struct signup_question s;
	struct ui_form f;

	TRY(question_edit(v, &s, &f));
	return draw_question(v, &f);
}

static int
question_edit_post(struct view *v)
{
	struct signup_question s;
	struct ui_form f;

	TRY(question_edit(v, &s, &f));
	return ui_form_save(v, &f, draw_question);
}

const struct route signup_form_routes[] = {
	{ M_GET, "/events/{id}/registration", form_page, CAP_EVENT_WRITE, 0, N_("Registration"),
	    N_("Places, days and questions of an event's registration.") },
	{ M_POST, "/events/{id}/registration", form_post, CAP_EVENT_WRITE, 0, N_("Registration"),
	    NULL },
	{ M_GET, "/events/{id}/questions/new", question_new_page, CAP_EVENT_WRITE, 0,
	    N_("New question"), NULL },
	{ M_POST, "/events/{id}/questions/new", question_new_post, CAP_EVENT_WRITE, 0,
	    N_("New question"), NULL },
	{ M_GET, "/questions/{id}/edit", question_edit_page, CAP_EVENT_WRITE, 0, N_("Question"),
	    NULL },
	{ M_POST, "/questions/{id}/edit", question_edit_post, CAP_EVENT_WRITE, 0, N_("Question"),
	    NULL },
};
const size_t signup_form_nroutes = ARRAY_LEN(signup_form_routes);

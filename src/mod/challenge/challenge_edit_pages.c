/* challenge_edit_pages.c – what a challenge is: made from an event or a programme, changed, closed. */
#include "mod/challenge/challenge_pages.h"

static const char *const new_fields[] = { "name", "rules", "from_day", "to_day", "asks_work",
	"consent", "consent_version", NULL };
static const char *const edit_fields[] = { "name", "rules", "from_day", "to_day", "asks_work",
	"consent", "consent_version", "state", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct challenge *c = f->rec;

	const char *title =
	    f->create ? tr(cx, "New online challenge") : tr(cx, "Change the online challenge");

	ui_open(v,
	    &(struct page){ .title = title,
		.nav = "/events",
		.staff = true,
		.crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
		    { c->event != 0
			    ? arena_printf(cx->arena, "/events/%lld", (long long)c->event)
			    : arena_printf(cx->arena, "/programmes/%lld", (long long)c->programme),
			c->event != 0 ? tr(cx, "Event") : tr(cx, "Programme") },
		    { NULL, title }, { NULL, NULL } } });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
start(struct view *v, struct challenge *c)
{
	struct ctx *cx = v->cx;

	kind_empty(&challenge_kind, c);
	c->state = "open";
	c->from_day = cx->today;
	c->consent =
	    tr(cx, "I made this work myself, everybody who is seen in it agrees, and I agree "
		   "that the assembly shows my name, the title and the link on its site "
		   "until a year after the end of the challenge. I can take the entry back "
		   "at any time.");
	c->consent_version = "1";
}

static int
event_form(struct view *v, struct challenge *c, struct ui_form *f)
{
	struct event e;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &event_kind, id, &e));
	start(v, c);
	c->event = id;
	c->name = e.name;
	TRY(challenge_run_by(v->cx, c));
	*f = (struct ui_form){ .kind = &challenge_kind,
		.rec = c,
		.create = true,
		.path = arena_printf(v->cx->arena, "/events/%lld/challenges/new", (long long)id),
		.fields = new_fields,
		.cancel = arena_printf(v->cx->arena, "/events/%lld", (long long)id) };
	return RC_OK;
}

static int
event_new_page(struct view *v)
{
	struct challenge c;
	struct ui_form f;

	TRY(event_form(v, &c, &f));
	return draw_form(v, &f);
}

static int
event_new_post(struct view *v)
{
	struct challenge c;
	struct ui_form f;

	TRY(event_form(v, &c, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
programme_form(struct view *v, struct challenge *c, struct ui_form *f)
{
	struct programme p;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &programme_kind, id, &p));
	start(v, c);
	c->programme = id;
	c->name = p.name;
	c->to_day = p.to_day;
	TRY(challenge_run_by(v->cx, c));
	*f = (struct ui_form){ .kind = &challenge_kind,
		.rec = c,
		.create = true,
		.path =
		    arena_printf(v->cx->arena, "/programmes/%lld/challenges/new", (long long)id),
		.fields = new_fields,
		.cancel = arena_printf(v->cx->arena, "/programmes/%lld", (long long)id) };
	return RC_OK;
}

static int
programme_new_page(struct view *v)
{
	struct challenge c;
	struct ui_form f;

	TRY(programme_form(v, &c, &f));
	return draw_form(v, &f);
}

static int
programme_new_post(struct view *v)
{
	struct challenge c;
	struct ui_form f;

	TRY(programme_form(v, &c, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct challenge *c, struct ui_form *f)
{
	TRY(challenge_of_path(v, c));
	TRY(challenge_run_by(v->cx, c));
	*f = (struct ui_form){ .kind = &challenge_kind,
		.rec = c,
		.path = challenge_path(v, c->rec.id, "/edit"),
		.fields = edit_fields,
		.cancel = challenge_path(v, c->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct challenge c;
	struct ui_form f;

	TRY(edit_form(v, &c, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct challenge c;
	struct ui_form f;

	TRY(edit_form(v, &c, &f));
	return ui_form_save(v, &f, draw_form);
}

const struct route challenge_edit_routes[] = {
	{ M_GET, "/events/{id}/challenges/new", event_new_page, CAP_EVENT_WRITE, 0,
	    N_("New online challenge"), NULL },
	{ M_POST, "/events/{id}/challenges/new", event_new_post, CAP_EVENT_WRITE, 0,
	    N_("New online challenge"), NULL },
	{ M_GET, "/programmes/{id}/challenges/new", programme_new_page, CAP_EVENT_WRITE, 0,
	    N_("New online challenge"), NULL },
	{ M_POST, "/programmes/{id}/challenges/new", programme_new_post, CAP_EVENT_WRITE, 0,
	    N_("New online challenge"), NULL },
	{ M_GET, "/challenges/{id}/edit", edit_page, CAP_EVENT_WRITE, 0,
	    N_("Change the online challenge"), NULL },
	{ M_POST, "/challenges/{id}/edit", edit_post, CAP_EVENT_WRITE, 0,
	    N_("Change the online challenge"), NULL },
};
const size_t challenge_edit_nroutes = ARRAY_LEN(challenge_edit_routes);

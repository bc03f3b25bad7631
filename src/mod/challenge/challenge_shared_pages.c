/* challenge_shared_pages.c – what the pages of challenges draw alike, and their sections on the pages of events
 * and programmes. */
#include "mod/challenge/challenge_pages.h"

const char *
challenge_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/challenges/%lld%s", (long long)id, tail);
}

int
challenge_of_path(struct view *v, struct challenge *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &challenge_kind, id, out);
}

void
challenge_frame(struct view *v, const struct challenge *c, const char *title)
{
	struct ctx *cx = v->cx;
	const char *name = kind_title(cx, &challenge_kind, c);
	struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ "/challenges", tr(cx, "Online challenges") },
		{ title == NULL ? NULL : challenge_path(v, c->rec.id, ""), name }, { NULL, title },
		{ NULL, NULL } };
	struct err said = cx->err;

	if (title == NULL)
		crumbs[3] = (struct crumb){ NULL, NULL };
	err_clear(cx);
	ui_open(v, &(struct page){ .title = title == NULL ? name : title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	cx->err = said;
	ui_refusals(v, "");
}

bool
challenge_runs(struct view *v, const struct challenge *c)
{
	struct err kept = v->cx->err;
	bool yes = challenge_run_by(v->cx, c) == RC_OK;

	v->cx->err = kept;
	return yes;
}

void
challenge_mark(struct view *v, const char *state)
{
	ui_state(v, strcmp(state, "open") == 0 ? 'p' : '-',
	    event_capital(v->cx, option_label(v->cx, challenge_states, state)));
}

void
challenge_entry_mark(struct view *v, const char *state)
{
	ui_state(v,
	    strcmp(state, "shown") == 0	    ? 'o'
	    : strcmp(state, "waiting") == 0 ? 'w'
	    : strcmp(state, "refused") == 0 ? 'n'
					    : '-',
	    event_capital(v->cx, option_label(v->cx, challenge_entry_states, state)));
}

void
challenge_link_out(struct view *v, const char *link, const char *text)
{
	html(&v->h, "<a href='%s' rel='nofollow noopener noreferrer' translate='no'>%s</a>", link,
	    text);
}

bool
challenge_refused(struct view *v, int rc)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_INVALID ? 422 : 409;
	return true;
}

/* ---- on the page of an event, of a programme ---- */

static void
draw_row(struct view *v, const struct challenge *c)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<li class='task'><p><a href='%s'>%s</a> <span class='mute'>%s</span></p><p>",
	    ui_url(v, "/challenges/%lld", (long long)c->rec.id), kind_title(cx, &challenge_kind, c),
	    day_range(cx, c->from_day, c->to_day));
	/* Nobody need close it: after its last day nothing is taken. */
	challenge_mark(v, c->to_day < cx->today ? "closed" : c->state);
	html(&v->h, "</p></li>");
}

static int
draw_section(struct view *v, const char *condition, int64_t id, const char *new_path)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &challenge_kind));
	query_and(&q, condition, VALS(v_int(id)));
	TRY(query_list(&q, &l));
	if (l.n == 0 && new_path == NULL)
		return RC_OK;
	ui_section_open(v, "challenges", tr(cx, "Online challenges"), NULL);
	if (l.n > 0) {
		html(&v->h, "<ul>");
		for (i = 0; i < l.n; i++)
			draw_row(v, list_row(&l, &challenge_kind, i));
		html(&v->h, "</ul>");
	} else
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "People publish a work and send its link; a moderator shows it."));
	if (new_path != NULL) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, new_path, tr(cx, "New online challenge"), false);
		html(&v->h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}

int
challenge_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	return draw_section(v, "challenge.event = ?", e->rec.id,
	    can->writes ? ui_url(v, "/events/%lld/challenges/new", (long long)e->rec.id) : NULL);
}

int
challenge_programme_section(struct view *v, const struct programme *p)
{
	struct challenge c = { .programme = p->rec.id };

	return draw_section(v, "challenge.programme = ?", p->rec.id,
	    challenge_runs(v, &c)
		? ui_url(v, "/programmes/%lld/challenges/new", (long long)p->rec.id)
		: NULL);
}

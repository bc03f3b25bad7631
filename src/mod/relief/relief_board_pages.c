/* relief_board_pages.c – the board of a headquarters: needs by state with age and owner, the next step a button away. */
#include <string.h>

#include "mod/relief/relief_form_pages.h"
#include "ui/bare.h"
#include "web/assets.h"

static const char *const live[] = { "new", "checked", "assigned", "on_way" };

/* ---- filters ---- */

static bool
known_code(const struct option *o, const char *code)
{
	for (; o->code != NULL; o++)
		if (strcmp(o->code, code) == 0)
			return true;
	return false;
}

static void
read_filter(struct view *v, struct board_filter *f)
{
	const char *district = req_q(v->rq, "district"), *urgency = req_q(v->rq, "urgency"),
		   *state = req_q(v->rq, "state"), *mine = req_q(v->rq, "mine");

	*f = (struct board_filter){ 0 };
	if (district != NULL && *district != '\0' && !num_parse(district, &f->district))
		f->district = 0;
	if (urgency != NULL && known_code(need_urgencies, urgency))
		f->urgency = urgency;
	if (state != NULL && known_code(need_states, state))
		f->state = state;
	f->mine = mine != NULL && *mine != '\0';
}

const char *
relief_board_query(struct view *v)
{
	struct board_filter f;
	struct buf b;

	read_filter(v, &f);
	buf_init(&b, v->cx->arena, 0);
	buf_str(&b, "?back=board");
	if (f.district != 0)
		buf_printf(&b, "&district=%lld", (long long)f.district);
	if (f.urgency != NULL)
		buf_printf(&b, "&urgency=%s", f.urgency);
	if (f.state != NULL)
		buf_printf(&b, "&state=%s", f.state);
	if (f.mine)
		buf_str(&b, "&mine=1");
	return b.p;
}

static void
select_open(struct view *v, const char *name, const char *label)
{
	html(&v->h,
	    "<div class='fld'><label for='f-%s'>%s</label><select id='f-%s' name='%s'><option "
	    "value=''>%s</option>",
	    name, label, name, name, tr(v->cx, "All"));
}

static void
option(struct view *v, const char *value, bool on, const char *label)
{
	html(&v->h, "<option value='%s'", value);
	html(&v->h, on ? " selected>%s</option>" : ">%s</option>", label);
}

static void
options(struct view *v, const struct option *o, const char *chosen)
{
	for (; o->code != NULL; o++)
		option(v, o->code, chosen != NULL && strcmp(chosen, o->code) == 0,
		    tr(v->cx, o->label));
}

static int
draw_filter(struct view *v, const struct headquarters *h, const struct board_filter *f)
{
	struct ctx *cx = v->cx;
	bool on = f->district != 0 || f->urgency != NULL || f->state != NULL || f->mine;
	struct area_row *a;
	size_t n, i;

	TRY(reads_area(cx, h->rec.id, &a, &n));
	html(&v->h, "<form method='get' action='%s' class='row'>",
	    ui_url(v, "/relief/%lld", (long long)h->rec.id));
	html(&v->h,
	    on ? "<details class='fold' open><summary class='btn'>%s</summary><div class='row'>"
	       : "<details class='fold'><summary class='btn'>%s</summary><div class='row'>",
	    tr(cx, "Filters"));
	select_open(v, "district", tr(cx, "District or city"));
	for (i = 0; i < n; i++)
		option(v, arena_printf(cx->arena, "%lld", (long long)a[i].district),
		    a[i].district == f->district, a[i].name);
	html(&v->h, "</select></div>");
	select_open(v, "urgency", tr(cx, "How urgent"));
	options(v, need_urgencies, f->urgency);
	html(&v->h, "</select></div>");
	select_open(v, "state", tr(cx, "State"));
	options(v, need_states, f->state);
	html(&v->h, "</select></div><label class='tick'><input type='checkbox' name='mine' "
		    "value='1'");
	html(&v->h, f->mine ? " checked> %s</label>" : "> %s</label>", tr(cx, "Mine"));
	html(&v->h, "<p class='acts'><button type='submit' class='btn'>%s</button>",
	    tr(cx, "Filter"));
	if (on)
		html(&v->h, " <a class='btn bare' href='%s'>%s</a>",
		    ui_url(v, "/relief/%lld", (long long)h->rec.id), tr(cx, "show all"));
	html(&v->h, "</p></div></details></form>");
	return RC_OK;
}

/* ---- one need on the board ---- */

static const struct need_step *
next_step(const char *state)
{
	size_t i;

	for (i = 0; i < need_nsteps; i++)
		if (strcmp(need_steps[i].from, state) == 0 && !need_steps[i].reason)
			return &need_steps[i];
	return NULL;
}

static void
flag(struct view *v, bool is, const char *word)
{
	if (is)
		html(&v->h, " · %s", word);
}

static void
draw_flags(struct view *v, const struct board_row *b)
{
	struct ctx *cx = v->cx;

	flag(v, b->infants, tr(cx, "infant"));
	flag(v, b->pregnant, tr(cx, "pregnant"));
	flag(v, b->disabled, tr(cx, "disability"));
	flag(v, b->insulin, tr(cx, "insulin"));
	flag(v, b->livestock, tr(cx, "livestock"));
}

static const char *
people_text(struct ctx *cx, const struct board_row *b)
{
	const char *people = trn(cx, b->people, "%s person", "%s people", num(cx, b->people));

	return b->children == INT_NONE || b->children == 0
		   ? people
		   : trf(cx, "%s, of them %s", people,
			 trn(cx, b->children, "%s child", "%s children", num(cx, b->children)));
}

static void
draw_card(struct view *v, const struct board_row *b, const char *query, bool steps)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct need_step *s = next_step(b->state);
	bool over = need_is_over(b->state);

	html(h, "<li class='need'><p class='top'><a class='num' href='%s'>%s</a> ",
	    ui_url(v, "/needs/%lld", (long long)b->id), relief_code_shown(cx->arena, b->code));
	ui_state(v,
	    strcmp(b->urgency, "now") == 0     ? 'n'
	    : strcmp(b->urgency, "today") == 0 ? 'w'
					       : 'p',
	    option_label(cx, need_urgencies, b->urgency));
	html(h, " <span class='age'>%s</span></p><p>%s%s%s · %s", relief_age(cx, b->asked_at),
	    b->district, *b->place == '\0' ? "" : ", ", b->place, people_text(cx, b));
	draw_flags(v, b);
	html(h, "</p><p>%s</p>", b->what);
	if (b->owner != 0)
		html(h, "<p class='small mute'>%s</p>", b->owner_name);
	if (b->twin || b->likely)
		html(h, "<p class='small mute'>%s</p>",
		    b->twin ? tr(cx, "the same as another one") : tr(cx, "likely asked before"));
	if (steps && s != NULL && !over)
		ui_post_button(v,
		    arena_printf(
			cx->arena, "/needs/%lld/step/%s%s", (long long)b->id, s->action, query),
		    b->version, tr(cx, s->label), false);
	html(h, "</li>");
}

static int
draw_state(struct view *v, const struct headquarters *h, const struct board_filter *f,
    const char *state, int64_t offset)
{
	struct ctx *cx = v->cx;
	const char *query = relief_board_query(v);
	bool steps = may(cx, CAP_RELIEF_WRITE) && strcmp(h->state, "open") == 0;
	struct board_part p = { .state = state, .offset = offset };
	size_t i;

	TRY(reads_board(cx, h->rec.id, f, &p));
	html(&v->h,
	    "<section class='col' aria-labelledby='s-%s'><h2 id='s-%s'>%s <span "
	    "class='num'>%s</span></h2><ol>",
	    state, state, option_label(cx, need_states, state), num(cx, p.all));
	for (i = 0; i < p.n; i++)
		draw_card(v, &p.v[i], query, steps);
	html(&v->h, "</ol>");
	if (p.n == 0)
		html(&v->h, "<p class='small mute'>%s</p>", tr(cx, "None here."));
	if (offset + (int64_t)p.n < p.all)
		html(&v->h, "<p><a href='%s'>%s</a></p>",
		    f->state == NULL
			? ui_url_with(v, "state", state)
			: ui_url_with(v, "from",
			      arena_printf(cx->arena, "%lld", (long long)(offset + (int64_t)p.n))),
		    f->state == NULL ? tr(cx, "All of them") : tr(cx, "The next ones"));
	html(&v->h, "</section>");
	return RC_OK;
}

static void
draw_counts(struct view *v, const struct headquarters *h, const struct relief_sums *s)
{
	struct ctx *cx = v->cx;
	int i;

	html(&v->h, "<p class='counts'>");
	for (i = 0; i < NEED_STATES; i++)
		html(&v->h, "<a href='%s'>%s <span class='num'>%s</span></a> ",
		    ui_url(v, "/relief/%lld?state=%s", (long long)h->rec.id, need_states[i].code),
		    tr(cx, need_states[i].label), num(cx, s->state[i]));
	if (s->median_hours10 != INT_NONE)
		html(&v->h, "<span class='mute'>%s</span>",
		    trf(cx, "half were delivered within %s h",
			num_real(cx, (double)s->median_hours10 / 10, 1)));
	html(&v->h, "</p>");
}

static int
board_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct board_filter f;
	struct relief_sums sums;
	const char *from = req_q(v->rq, "from");
	int64_t offset = 0;
	size_t i;

	TRY(relief_of_path(v, &h));
	read_filter(v, &f);
	if (from != NULL && (!num_parse(from, &offset) || offset < 0))
		offset = 0;
	TRY(reads_sums(cx, h.rec.id, &sums));
	relief_open(v, &h, NULL, "");
	draw_counts(v, &h, &sums);
	TRY(draw_filter(v, &h, &f));
	if (sums.all == 0)
		ui_empty(v, tr(cx, "No needs yet"),
		    tr(cx,
			"They come from the public page, by telephone, at the desk and on paper."),
		    may(cx, CAP_RELIEF_WRITE) ? ui_url(v, "/relief/%lld/desk", (long long)h.rec.id)
					      : NULL,
		    may(cx, CAP_RELIEF_WRITE) ? tr(cx, "Take a need") : NULL);
	html(&v->h, "<div class='board'>");
	if (f.state != NULL)
		TRY(draw_state(v, &h, &f, f.state, offset));
	/* Of a closed one nothing is left to be done: its needs are in the list, by state. */
	for (i = 0; f.state == NULL && strcmp(h.state, "open") == 0 && i < ARRAY_LEN(live); i++)
		TRY(draw_state(v, &h, &f, live[i], 0));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- all of them as a list, to filter, sort and take along ---- */

static void
of_headquarters(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "need.headquarters = ?", VALS(v_int(id)));
}

static void
state_mark(struct view *v, const char *code)
{
	char tone = strcmp(code, "delivered") == 0 ? 'o'
		    : strcmp(code, "refused") == 0 ? 'n'
		    : strcmp(code, "closed") == 0  ? '-'
						   : 'w';

	ui_state(v, tone, option_label(v->cx, need_states, code));
}

static int
needs_page(struct view *v)
{
	/* Taken along whole; on a screen of 1280 points there is room for one number of people. */
	static const char *const all[] = { "code", "asked_at", "district", "people", "children",
		"urgency", "state", "hours", NULL };
	static const char *const shown[] = { "code", "asked_at", "district", "people", "urgency",
		"state", "hours", NULL };
	static const char *const hashtags[] = { "code", "#affected+code", "asked_at", "#date+asked",
		"district", "#adm2+name", "people", "#affected+people+num", "children",
		"#affected+children+num", "urgency", "#severity", "state", "#status", "hours",
		"#indicator+hours+num", NULL };
	struct headquarters h;
	struct ui_list l = { .kind = &need_kind,
		.hashtags = hashtags,
		.columns = ui_wants_export(v) ? all : shown,
		.sort = "-asked_at",
		.narrow = of_headquarters,
		.state = "state",
		.draw_state = state_mark };

	TRY(relief_of_path(v, &h));
	l.path = relief_path(v, h.rec.id, "/needs");
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	relief_open(v, &h, tr(v->cx, "Needs"), "/needs");
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

const struct route relief_board_routes[] = {
	{ M_GET, "/relief/{id}", board_page, CAP_RELIEF_READ, 0, N_("Board"),
	    N_("Needs of a headquarters by state, with age and owner.") },
	{ M_GET, "/relief/{id}/needs", needs_page, CAP_RELIEF_READ, 0, N_("Needs"),
	    N_("All needs of a headquarters, to filter and to export.") },
};
const size_t relief_board_nroutes = ARRAY_LEN(relief_board_routes);

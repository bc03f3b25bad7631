/* camp_call_pages.c – the roll of a day or a slot: three large buttons a member, a form each, no script. What was said
 * last stands beside the name and can be said anew. */
#include "mod/camp/camp_pages.h"

struct roll {
	struct camp_table t;
	struct camp_call which; /* day, slot */
	int64_t group;
	struct camp_row *row;
	const char **state; /* [n], NULL = not called */
	size_t n;
	bool marks; /* may say so */
};

/* ---- which roll ---- */

static int
usual_day(const struct ctx *cx, const struct camp *c)
{
	if (cx->today < c->from_day)
		return c->from_day;
	return cx->today > c->to_day ? c->to_day : cx->today;
}

static const struct camp_slot *
slot_of(const struct roll *r)
{
	size_t i;

	for (i = 0; i < r->t.nslots; i++)
		if (r->t.slot[i].rec.id == r->which.slot)
			return &r->t.slot[i];
	return NULL;
}

static void
read_which(struct view *v, struct roll *r)
{
	int64_t day = camp_asked(v, "day");
	const struct camp_slot *s;

	r->which.slot = camp_asked(v, "slot");
	r->group = camp_asked(v, "group");
	s = slot_of(r);
	if (s == NULL)
		r->which.slot = 0;
	else
		day = s->day;
	if (s != NULL && s->camp_group != 0)
		r->group = s->camp_group;
	r->which.day =
	    day >= r->t.c.from_day && day <= r->t.c.to_day ? (int)day : usual_day(v->cx, &r->t.c);
	if (r->group != 0 && camp_group_at(&r->t, r->group) < 0)
		r->group = 0;
}

static bool
there(const struct roll *r, const struct camp_member *m)
{
	return m->left_on == 0 || r->which.day < m->left_on;
}

static int
read_roll(struct view *v, struct roll *r)
{
	struct ctx *cx = v->cx;
	struct camp c;

	*r = (struct roll){ 0 };
	TRY(camp_staffed_of_path(v, &c));
	TRY(camp_table(cx, c.rec.id, &r->t));
	read_which(v, r);
	TRY(camp_members(cx, c.rec.id, r->group, &r->row, &r->n));
	r->state = arena_array(cx->arena, const char *, r->n + 1);
	r->marks = may(cx, CAP_EVENT_WRITE) && r->which.day <= cx->today;
	return camp_called(cx, &r->which, r->row, r->n, r->state);
}

static const char *
roll_path(struct view *v, const struct roll *r, int day, int64_t slot)
{
	const char *path =
	    arena_printf(v->cx->arena, "/camps/%lld/roll?day=%d", (long long)r->t.c.rec.id, day);

	if (slot != 0)
		path = arena_printf(v->cx->arena, "%s&slot=%lld", path, (long long)slot);
	return path;
}

/* ---- what can be chosen ---- */

static void
chip(struct view *v, const char *path, bool now, const char *text)
{
	html(&v->h, "<a class='chip' href='%s'", camp_link(v, path));
	if (now)
		html(&v->h, " aria-current='true'");
	html(&v->h, ">%s</a>", text);
}

static void
draw_choices(struct view *v, const struct roll *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;
	int day;

	html(h, "<nav class='chips noprint' aria-label='%s'>", tr(cx, "Day"));
	for (day = r->t.c.from_day; day <= r->t.c.to_day; day = day_add(day, 1))
		chip(v, roll_path(v, r, day, 0), day == r->which.day, day_text(cx, day));
	html(h, "</nav><nav class='chips noprint' aria-label='%s'>", tr(cx, "Timetable"));
	chip(v, roll_path(v, r, r->which.day, 0), r->which.slot == 0, tr(cx, "The whole day"));
	for (i = 0; i < r->t.nslots; i++) {
		const struct camp_slot *s = &r->t.slot[i];

		if (s->day == r->which.day)
			chip(v, roll_path(v, r, s->day, s->rec.id), s->rec.id == r->which.slot,
			    arena_printf(
				cx->arena, "%s %s", s->starts, kind_title(cx, &camp_slot_kind, s)));
	}
	html(h, "</nav>");
	if (slot_of(r) == NULL || slot_of(r)->camp_group == 0)
		camp_draw_groups(v, &r->t, roll_path(v, r, r->which.day, r->which.slot), r->group);
}

static void
draw_sums(struct view *v, const struct roll *r)
{
	struct ctx *cx = v->cx;
	int64_t n[4] = { 0 }; /* present, absent, excused, not called */
	size_t i, k;

	for (i = 0; i < r->n; i++) {
		if (!there(r, &r->row[i].m))
			continue;
		for (k = 0; k < 3; k++)
			if (r->state[i] != NULL &&
			    strcmp(r->state[i], camp_mark_states[k].code) == 0)
				break;
		n[k]++;
	}
	html(&v->h, "<p class='lead'>%s: %s", tr(cx, "present"), num(cx, n[0]));
	html(&v->h, " · %s: %s · %s: %s · %s: %s</p>", tr(cx, "absent"), num(cx, n[1]),
	    tr(cx, "excused"), num(cx, n[2]), tr(cx, "not called yet"), num(cx, n[3]));
}

/* ---- one member ---- */

static void
hidden(struct view *v, const char *name, int64_t value)
{
	if (value != 0)
		html(&v->h, "<input type='hidden' name='%s' value='%lld'>", name, (long long)value);
}

static void
draw_buttons(struct view *v, const struct roll *r, size_t at)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct camp_row *row = &r->row[at];
	size_t i = strcmp(row->m.consent, "given") == 0 ? 0 : 1; /* RULE camp-5 */

	ui_form_begin(v, camp_path(v, r->t.c.rec.id, "/roll"), false);
	hidden(v, "member", row->m.rec.id);
	hidden(v, "day", r->which.day);
	hidden(v, "slot", r->which.slot);
	hidden(v, "group", r->group);
	html(h, "<div class='acts roll'>");
	for (; camp_mark_states[i].code != NULL; i++) {
		const char *code = camp_mark_states[i].code;
		bool now = r->state[at] != NULL && strcmp(r->state[at], code) == 0;

		html(h, "<button type='submit' name='state' value='%s' class='%s'", code,
		    now ? "btn go" : "btn");
		if (now)
			html(h, " aria-pressed='true'");
		html(h, ">%s<span class='vh'>: %s</span></button>",
		    event_capital(cx, tr(cx, camp_mark_states[i].label)), row->name);
	}
	html(h, "</div>");
	ui_form_end(v);
}

static void
draw_member(struct view *v, const struct roll *r, size_t at)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct camp_row *row = &r->row[at];
	long long id = (long long)row->m.rec.id;

	html(h, "<li class='called' id='m%lld'><p><a href='%s'>%s</a> ", id,
	    ui_url(v, "/camp-members/%lld", id), row->name);
	if (r->state[at] != NULL)
		ui_state(v,
		    strcmp(r->state[at], "present") == 0   ? 'o'
		    : strcmp(r->state[at], "excused") == 0 ? 'w'
							   : 'n',
		    option_label(cx, camp_mark_states, r->state[at]));
	if (row->m.needs.present) {
		html(h, " ");
		ui_state(v, 'w', tr(cx, "needs attention"));
	}
	html(h, "</p>");
	if (strcmp(row->m.consent, "given") != 0)
		html(h, "<p class='small'>%s <a href='%s'>%s<span class='vh'>: %s</span></a></p>",
		    tr(cx, "No consent: cannot be marked present."),
		    ui_url(v, "/camp-members/%lld/consent", id), tr(cx, "enter the consent"),
		    row->name);
	if (r->marks)
		draw_buttons(v, r, at);
	html(h, "</li>");
}

static int
draw(struct view *v, const struct roll *r, const char *said)
{
	struct ctx *cx = v->cx;
	const struct camp_slot *s = slot_of(r);
	size_t i, shown = 0;

	camp_open(v, &r->t.c, tr(cx, "Roll call"));
	if (said != NULL)
		ui_note(v, 'n', said);
	draw_choices(v, r);
	html(&v->h, "<h2>%s, %s</h2>", day_text(cx, r->which.day),
	    s == NULL ? tr(cx, "the whole day")
		      : arena_printf(cx->arena, "%s–%s %s", s->starts, s->ends,
			    kind_title(cx, &camp_slot_kind, s)));
	draw_sums(v, r);
	if (r->which.day > cx->today)
		ui_note(v, 'w', tr(cx, "This day has not come yet."));
	html(&v->h, "<ul class='calls'>");
	for (i = 0; i < r->n; i++)
		if (there(r, &r->row[i].m)) {
			draw_member(v, r, i);
			shown++;
		}
	html(&v->h, "</ul>");
	if (shown == 0)
		ui_empty(v, tr(cx, "Nobody is in this roll"),
		    tr(cx, "Members are added to groups."),
		    ui_url(v, "/camps/%lld", (long long)r->t.c.rec.id), tr(cx, "Groups"));
	ui_close(v);
	return RC_OK;
}

static int
roll_page(struct view *v)
{
	struct roll r;

	TRY(read_roll(v, &r));
	return draw(v, &r, NULL);
}

static int
roll_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct roll r;
	struct camp_call in;
	const char *back;
	bool again;
	int rc;

	TRY(read_roll(v, &r));
	in = r.which;
	in.member = camp_asked(v, "member");
	in.state = req_f(v->rq, "state");
	rc = camp_call(cx, &in, &again);
	if (rc == RC_RULE || rc == RC_INVALID) { /* the event's own door says no by a field */
		v->status = 409;
		return draw(v, &r, event_said(cx));
	}
	TRY(rc);
	back = roll_path(v, &r, r.which.day, r.which.slot);
	if (r.group != 0)
		back = arena_printf(cx->arena, "%s&group=%lld", back, (long long)r.group);
	back = arena_printf(cx->arena, "%s#m%lld", back, (long long)in.member);
	return ui_done(v, back, again ? tr(cx, "That is said already.") : tr(cx, "Written down."));
}

const struct route camp_call_routes[] = {
	{ M_GET, "/camps/{id}/roll", roll_page, CAP_PEOPLE_READ, 0, N_("Roll call"),
	    N_("Who is present on a day or at a slot; one button each, repeated safely.") },
	{ M_POST, "/camps/{id}/roll", roll_post, CAP_EVENT_WRITE, 0, N_("Roll call"), NULL },
};
const size_t camp_call_nroutes = ARRAY_LEN(camp_call_routes);

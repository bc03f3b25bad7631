/* camp_time_pages.c – the timetable by day, for all or for one group, on the screen and on paper. Everybody reads it
 * without names; staff sees who leads, and what clashes. */
#include "mod/camp/camp_pages.h"

/* ---- one table a day ---- */

struct drawing {
	const struct camp_times *w;
	const char **leader; /* [nslots], "" = none */
	struct camp_clash *clash;
	size_t nclashes;
};

static bool
is_shown(const struct camp_times *w, const struct camp_slot *s)
{
	return (w->day == 0 || s->day == w->day) &&
	       (w->group == 0 || s->camp_group == 0 || s->camp_group == w->group);
}

static const char *
group_name(struct ctx *cx, const struct camp_table *t, int64_t group)
{
	ptrdiff_t at = camp_group_at(t, group);

	return at < 0 ? tr(cx, "all groups") : t->group[at].name;
}

/* A leader who is at another body's camp as well: what is done there is told only where its event is seen. */
static int
other_name(struct ctx *cx, const struct camp_clash *c, int64_t id, const char **out)
{
	struct err kept = cx->err;
	struct camp_slot other;
	int rc = kind_get(cx, &camp_slot_kind, c->slot == id ? c->other : c->slot, &other);

	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	cx->err = kept;
	*out = rc == RC_OK ? kind_title(cx, &camp_slot_kind, &other) : tr(cx, "at another camp");
	return RC_OK;
}

/* RULE camp-8 */
static int
draw_clashes(struct view *v, const struct drawing *d, int64_t slot)
{
	struct ctx *cx = v->cx;
	size_t i;

	for (i = 0; i < d->nclashes; i++) {
		const struct camp_clash *c = &d->clash[i];
		const char *other;

		if (c->slot != slot && c->other != slot)
			continue;
		TRY(other_name(cx, c, slot, &other));
		html(&v->h, "<br>");
		ui_state(v, 'w',
		    c->leader ? trf(cx, "the same leader at that time: %s", other)
			      : trf(cx, "the same group at that time: %s", other));
	}
	return RC_OK;
}

static int
draw_slot(struct view *v, const struct drawing *d, size_t at)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct camp_slot *s = &d->w->t->slot[at];
	const char *name = kind_title(cx, &camp_slot_kind, s);

	html(h, "<tr><th scope='row' class='nw'>%s–%s</th><td>%s", s->starts, s->ends, name);
	if (d->w->staff)
		TRY(draw_clashes(v, d, s->rec.id));
	html(h, "</td><td data-l='%s'>%s</td><td data-l='%s'>%s</td>", tr(cx, "Group"),
	    group_name(cx, d->w->t, s->camp_group), tr(cx, "Place"),
	    s->place == NULL ? "–" : s->place);
	if (d->w->staff)
		html(h, "<td data-l='%s'>%s</td>", tr(cx, "Who leads"),
		    *d->leader[at] == '\0' ? "–" : d->leader[at]);
	if (d->w->run)
		html(h,
		    "<td class='noprint does'><a href='%s'>%s<span class='vh'>: "
		    "%s</span></a><br><a "
		    "href='%s'>%s<span class='vh'>: %s</span></a></td>",
		    ui_url(
			v, "/camps/%lld/roll?slot=%lld", (long long)s->camp, (long long)s->rec.id),
		    tr(cx, "call the roll"), name,
		    ui_url(v, "/camp-slots/%lld/edit", (long long)s->rec.id), tr(cx, "change"),
		    name);
	html(h, "</tr>");
	return RC_OK;
}

static void
day_open(struct view *v, const struct camp_times *w, int day)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<h3>%s, %s</h3><div class='tbl'><table class='cards'><caption class='vh'>%s</caption>"
	    "<thead><tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th>",
	    day_text(cx, day), weekday_name(cx, day_weekday(day)),
	    trf(cx, "Timetable of %s", day_text(cx, day)), tr(cx, "Time"), tr(cx, "What"),
	    tr(cx, "Group"), tr(cx, "Place"));
	if (w->staff)
		html(h, "<th scope='col'>%s</th>", tr(cx, "Who leads"));
	if (w->run)
		html(h, "<th scope='col' class='noprint'><span class='vh'>%s</span></th>",
		    tr(cx, "What can be done"));
	html(h, "</tr></thead><tbody>");
}

static int
prepare(struct view *v, struct drawing *d)
{
	const struct camp_table *t = d->w->t;
	int64_t *ids = arena_array(v->cx->arena, int64_t, t->nslots + 1);
	size_t i;

	d->leader = arena_array(v->cx->arena, const char *, t->nslots + 1);
	if (!d->w->staff)
		return RC_OK;
	for (i = 0; i < t->nslots; i++)
		ids[i] = t->slot[i].leader;
	TRY(camp_people(v->cx, ids, t->nslots, d->leader));
	return camp_clashes(v->cx, t->c.rec.id, &d->clash, &d->nclashes);
}

int
camp_draw_times(struct view *v, const struct camp_times *w)
{
	struct drawing d = { .w = w };
	int day = 0;
	size_t i;

	TRY(prepare(v, &d));
	for (i = 0; i < w->t->nslots; i++) {
		if (!is_shown(w, &w->t->slot[i]))
			continue;
		if (w->t->slot[i].day != day) {
			if (day != 0)
				html(&v->h, "</tbody></table></div>");
			day = w->t->slot[i].day;
			day_open(v, w, day);
		}
		TRY(draw_slot(v, &d, i));
	}
	if (day != 0)
		html(&v->h, "</tbody></table></div>");
	else
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(v->cx, "Nothing stands in the timetable yet."));
	return RC_OK;
}

void
camp_draw_groups(struct view *v, const struct camp_table *t, const char *path, int64_t now)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	if (t->ngroups < 2)
		return;
	html(h, "<nav class='chips noprint' aria-label='%s'><a class='chip' href='%s'",
	    tr(cx, "Group"), camp_link(v, path));
	if (now == 0)
		html(h, " aria-current='true'");
	html(h, ">%s</a>", tr(cx, "All groups"));
	for (i = 0; i < t->ngroups; i++) {
		html(h, "<a class='chip' href='%s'",
		    camp_link(v,
			arena_printf(cx->arena, "%s%sgroup=%lld", path,
			    strchr(path, '?') == NULL ? "?" : "&", (long long)t->group[i].rec.id)));
		if (t->group[i].rec.id == now)
			html(h, " aria-current='true'");
		html(h, ">%s</a>", t->group[i].name);
	}
	html(h, "</nav>");
}

/* ---- on paper ---- */

static int
draw_paper(struct view *v, struct camp_times *w, const char *who)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<div class='paper'><div class='top'><div><strong>%s</strong><br><span "
	    "class='small'>%s</span></div></div><div class='hem'></div><h2 class='name'>%s</h2>",
	    kind_title(cx, &camp_kind, &w->t->c), day_range(cx, w->t->c.from_day, w->t->c.to_day),
	    who);
	TRY(camp_draw_times(v, w));
	html(&v->h, "</div>");
	return RC_OK;
}

/* One sheet a group; without groups one for all. No names: it hangs on a door. */
static int
times_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct camp_table t;
	struct camp c;
	int64_t only = camp_asked(v, "group");
	size_t i;

	TRY(camp_of_path(v, &c));
	TRY(camp_table(cx, c.rec.id, &t));
	camp_open(v, &c, tr(cx, "Timetable"));
	camp_draw_groups(v, &t, camp_path(v, c.rec.id, "/timetable"), only);
	if (t.ngroups == 0)
		TRY(draw_paper(v, &(struct camp_times){ .t = &t }, tr(cx, "Timetable")));
	for (i = 0; i < t.ngroups; i++)
		if (only == 0 || t.group[i].rec.id == only)
			TRY(draw_paper(v,
			    &(struct camp_times){ .t = &t, .group = t.group[i].rec.id },
			    t.group[i].name));
	ui_close(v);
	return RC_OK;
}

const struct route camp_time_routes[] = {
	{ M_GET, "/camps/{id}/timetable", times_page, CAP_PUBLIC, 0, N_("Timetable"),
	    N_("The timetable of a camp to print, a sheet for each group, without names.") },
};
const size_t camp_time_nroutes = ARRAY_LEN(camp_time_routes);

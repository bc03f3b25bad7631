/* shift_pages.c – the shifts of a headquarters or of an event: by day, gaps first, with need, filled and here by role;
 * a new shift, a changed one. */
#include "mod/volunteer/volunteer_pages.h"

#include <stdlib.h>
#include <string.h>

/* Whose shifts: a headquarters' or an event's. */
struct home {
	int64_t headquarters, event;
	struct headquarters h;
	struct event e;
	bool takes;
	const char *path;
};

static int
home_of(struct view *v, bool event, struct home *out)
{
	struct ctx *cx = v->cx;

	*out = (struct home){ 0 };
	if (!event) {
		TRY(relief_of_path(v, &out->h));
		out->headquarters = out->h.rec.id;
		out->takes = strcmp(out->h.state, "open") == 0;
		out->path = relief_path(v, out->h.rec.id, "/shifts");
		return RC_OK;
	}
	TRY(req_param_id(v->rq, 0, &out->event));
	TRY(kind_get(cx, &event_kind, out->event, &out->e));
	out->takes = true;
	out->path = arena_printf(cx->arena, "/events/%lld/shifts", (long long)out->event);
	return RC_OK;
}

static void
open_home(struct view *v, const struct home *o, const char *title)
{
	struct ctx *cx = v->cx;

	if (o->headquarters != 0) {
		relief_open(v, &o->h, title, "/shifts");
		return;
	}
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/events",
		       .staff = true,
		       .wide = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { arena_printf(cx->arena, "/events/%lld", (long long)o->event),
			       kind_title(cx, &event_kind, &o->e) },
			   { NULL, title }, { NULL, NULL } } });
}

/* ---- the list ---- */

static void
draw_roles(struct view *v, const struct shift_row *s)
{
	struct ctx *cx = v->cx;
	size_t i;

	if (s->nroles == 0)
		html(&v->h, "<span class='mute'>%s</span>", tr(cx, "no need said yet"));
	for (i = 0; i < s->nroles; i++) {
		const struct role_row *r = &s->role[i];

		html(&v->h, "<div>%s: ", option_label(cx, shift_roles, r->role));
		html(&v->h, "%s",
		    trf(cx, "%s of %s, here %s", num(cx, r->filled), num(cx, r->need),
			num(cx, r->here)));
		html(&v->h, "</div>");
	}
}

static void
draw_shift(struct view *v, const struct shift_row *s)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<tr><th scope='row' class='nw'>%s–%s</th><td data-l='%s'><div><a href='%s'>%s</a>",
	    volunteer_clock(cx, s->s.starts_at), volunteer_clock(cx, s->s.ends_at), tr(cx, "Task"),
	    ui_url(v, "/shifts/%lld", (long long)s->s.rec.id), tr3(cx, &s->s.task, NULL));
	if (s->s.dangerous)
		html(&v->h, " <span class='small'>%s</span>", tr(cx, "Dangerous work"));
	html(&v->h, "</div></td><td data-l='%s'>%s</td><td data-l='%s'><div>", tr(cx, "Place"),
	    *s->place == '\0' ? "–" : s->place, tr(cx, "Role"));
	draw_roles(v, s);
	html(&v->h, "</div></td><td data-l='%s'>", tr(cx, "People missing"));
	if (s->gap > 0)
		ui_state(v, 'w', trf(cx, "missing: %s", num(cx, s->gap)));
	else
		ui_state(v, 'o', tr(cx, "filled"));
	html(&v->h, "</td></tr>");
}

static int
by_day_gap(const void *a, const void *b)
{
	const struct shift_row *x = a, *y = b;

	if (x->s.day != y->s.day)
		return x->s.day < y->s.day ? -1 : 1;
	if ((x->gap > 0) != (y->gap > 0))
		return x->gap > 0 ? -1 : 1;
	if (x->s.starts_at != y->s.starts_at)
		return x->s.starts_at < y->s.starts_at ? -1 : 1;
	return (x->s.rec.id > y->s.rec.id) - (x->s.rec.id < y->s.rec.id);
}

static void
draw_days(struct view *v, const struct shift_row *s, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;

	for (i = 0; i < n; i++) {
		if (i == 0 || s[i].s.day != s[i - 1].s.day) {
			if (i > 0)
				html(&v->h, "</tbody></table></div>");
			html(&v->h,
			    "<h2>%s</h2><div class='tbl'><table class='cards'><caption "
			    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th><th "
			    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
			    "scope='col'>%s</th></tr></thead><tbody>",
			    day_text(cx, s[i].s.day), tr(cx, "Shifts"), tr(cx, "Hours"),
			    tr(cx, "Task"), tr(cx, "Place"), tr(cx, "Role"),
			    tr(cx, "People missing"));
		}
		draw_shift(v, &s[i]);
	}
	html(&v->h, "</tbody></table></div>");
}

/* At work from yesterday on, since a night begins the day before; what is over, or on asking, as a whole. */
static int
read_list(struct view *v, const struct home *o, struct shift_row **s, size_t *n, bool *earlier)
{
	struct ctx *cx = v->cx;
	struct shift_ask a = { .headquarters = o->headquarters, .event = o->event };
	bool whole = o->headquarters == 0 || !o->takes || req_q(v->rq, "all") != NULL;
	size_t all;

	TRY(reads_shifts(cx, &a, s, n));
	*earlier = false;
	if (whole)
		return RC_OK;
	all = *n;
	a.from = day_add(cx->today, -1);
	TRY(reads_shifts(cx, &a, s, n));
	*earlier = *n < all;
	return RC_OK;
}

static int
draw_list(struct view *v, const struct home *o)
{
	struct ctx *cx = v->cx;
	struct shift_row *s;
	bool earlier;
	size_t n;

	TRY(read_list(v, o, &s, &n, &earlier));
	qsort(s, n, sizeof *s, by_day_gap);
	open_home(v, o, tr(cx, "Shifts"));
	html(&v->h, "<p class='acts noprint'>");
	if (o->takes && may(cx, CAP_RELIEF_WRITE))
		ui_button(v, ui_url(v, "%s/new", o->path), tr(cx, "New shift"), true);
	if (o->headquarters != 0 && may(cx, CAP_RELIEF_WRITE))
		ui_button(v, ui_url(v, "/relief/%lld/thanks", (long long)o->headquarters),
		    tr(cx, "Letters of thanks"), false);
	html(&v->h, "</p>");
	if (earlier)
		html(&v->h, "<p class='noprint'><a href='%s'>%s</a></p>",
		    ui_url(v, "/relief/%lld/shifts?all=1", (long long)o->headquarters),
		    tr(cx, "Earlier shifts"));
	if (n == 0 && earlier)
		html(&v->h, "<p>%s</p>", tr(cx, "No shift lies ahead."));
	else if (n == 0)
		ui_empty(v, tr(cx, "There are no shifts yet"),
		    tr(cx, "Say when, where and what for people are needed, and how many in which "
			   "role."),
		    NULL, NULL);
	else
		draw_days(v, s, n);
	ui_close(v);
	return RC_OK;
}

static int
list_page(struct view *v)
{
	struct home o;

	TRY(home_of(v, false, &o));
	return draw_list(v, &o);
}

static int
event_list_page(struct view *v)
{
	struct home o;

	TRY(home_of(v, true, &o));
	return draw_list(v, &o);
}

/* ---- a new one, a changed one ---- */

static const char *const shift_fields[] = { "task", "starts_at", "ends_at", "relief_place", "hall",
	"place", "dangerous", "briefed", "open", "overrun", "note", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	const struct shift *s = f->rec;
	struct ctx *cx = v->cx;
	struct home o = { .headquarters = s->headquarters, .event = s->event };

	if (s->headquarters != 0)
		TRY(kind_get(cx, &headquarters_kind, s->headquarters, &o.h));
	else
		TRY(kind_get(cx, &event_kind, s->event, &o.e));
	open_home(v, &o, f->create ? tr(cx, "New shift") : tr(cx, "Change the shift"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, bool event, struct shift *s, struct ui_form *f)
{
	struct home o;

	TRY(home_of(v, event, &o));
	kind_empty(&shift_kind, s);
	s->headquarters = o.headquarters;
	s->event = o.event;
	s->open = true;
	*f = (struct ui_form){ .kind = &shift_kind,
		.rec = s,
		.create = true,
		.path = arena_printf(v->cx->arena, "%s/new", o.path),
		.fields = shift_fields,
		.cancel = o.path };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct shift s;
	struct ui_form f;

	TRY(new_form(v, false, &s, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct shift s;
	struct ui_form f;

	TRY(new_form(v, false, &s, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
event_new_page(struct view *v)
{
	struct shift s;
	struct ui_form f;

	TRY(new_form(v, true, &s, &f));
	return draw_form(v, &f);
}

static int
event_new_post(struct view *v)
{
	struct shift s;
	struct ui_form f;

	TRY(new_form(v, true, &s, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct shift *s, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &shift_kind, id, s));
	*f = (struct ui_form){ .kind = &shift_kind,
		.rec = s,
		.path = arena_printf(v->cx->arena, "/shifts/%lld/edit", (long long)id),
		.fields = shift_fields,
		.cancel = arena_printf(v->cx->arena, "/shifts/%lld", (long long)id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct shift s;
	struct ui_form f;

	TRY(edit_form(v, &s, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct shift s;
	struct ui_form f;

	TRY(edit_form(v, &s, &f));
	return ui_form_save(v, &f, draw_form);
}

const struct route shift_routes[] = {
	{ M_GET, "/relief/{id}/shifts", list_page, CAP_RELIEF_READ, 0, N_("Shifts"),
	    N_("By day, gaps first: need, filled and here by role.") },
	{ M_GET, "/relief/{id}/shifts/new", new_page, CAP_RELIEF_WRITE, 0, N_("New shift"), NULL },
	{ M_POST, "/relief/{id}/shifts/new", new_post, CAP_RELIEF_WRITE, 0, N_("New shift"), NULL },
	{ M_GET, "/events/{id}/shifts", event_list_page, CAP_RELIEF_READ, 0, N_("Shifts"), NULL },
	{ M_GET, "/events/{id}/shifts/new", event_new_page, CAP_RELIEF_WRITE, 0, N_("New shift"),
	    NULL },
	{ M_POST, "/events/{id}/shifts/new", event_new_post, CAP_RELIEF_WRITE, 0, N_("New shift"),
	    NULL },
	{ M_GET, "/shifts/{id}/edit", edit_page, CAP_RELIEF_WRITE, 0, N_("Change the shift"),
	    NULL },
	{ M_POST, "/shifts/{id}/edit", edit_post, CAP_RELIEF_WRITE, 0, N_("Change the shift"),
	    NULL },
};
const size_t shift_nroutes = ARRAY_LEN(shift_routes);

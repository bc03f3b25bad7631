/* event_filter_pages.c – the filter of events as it stands in an address: read, kept in links, drawn as a
 * row of choices. See event_filter.h. */
#include "mod/event/event_filter.h"
#include "mod/event/event_pages.h"
#include "ui/parts.h"

static const char *const fields[] = { "kind", "programme", "district", "goal", "state", "body", "q",
	"first_day_from", "first_day_to" };

static const char *
asked(struct view *v, const char *name)
{
	const char *s = req_q(v->rq, name);

	return s == NULL || *s == '\0' ? NULL : s;
}

void
event_filter_read(struct view *v, struct event_filter *f)
{
	size_t i;

	/* lang= is the language of the page. */
	*f = (struct event_filter){ .under = asked(v, "under"),
		.group = asked(v, "group"),
		.language = asked(v, "language") };
	for (i = 0; i < ARRAY_LEN(fields); i++)
		if (asked(v, fields[i]) != NULL)
			f->field[f->nfields++] =
			    (struct filter_value){ fields[i], asked(v, fields[i]) };
}

const char *
event_filter_value(const struct event_filter *f, const char *name)
{
	size_t i;

	if (strcmp(name, "under") == 0)
		return f->under;
	if (strcmp(name, "group") == 0)
		return f->group;
	if (strcmp(name, "language") == 0)
		return f->language;
	for (i = 0; i < f->nfields; i++)
		if (strcmp(f->field[i].name, name) == 0)
			return f->field[i].value;
	return NULL;
}

bool
event_filter_any(const struct event_filter *f)
{
	return f->nfields > 0 || f->under != NULL || f->group != NULL || f->language != NULL;
}

static void
put_pair(struct buf *b, const char *name, const char *value, char *sep)
{
	if (value == NULL)
		return;
	buf_char(b, *sep);
	*sep = '&';
	buf_printf(b, "%s=", name);
	url_encode(b, value);
}

const char *
event_filter_link(struct view *v, const char *path, const struct event_filter *f, bool days)
{
	struct buf b;
	size_t i;
	char sep = strchr(path, '?') == NULL ? '?' : '&';

	buf_init(&b, v->cx->arena, 0);
	buf_str(&b, path);
	for (i = 0; i < f->nfields; i++)
		if (days || strncmp(f->field[i].name, "first_day_", 10) != 0)
			put_pair(&b, f->field[i].name, f->field[i].value, &sep);
	put_pair(&b, "under", f->under, &sep);
	put_pair(&b, "group", f->group, &sep);
	put_pair(&b, "language", f->language, &sep);
	return b.p;
}

/* ---- the row ---- */

static void
select_open(struct view *v, const char *name, const char *label, bool none)
{
	html(&v->h, "<div class='fld'><label for='c-%s'>%s</label><select id='c-%s' name='%s'>",
	    name, label, name, name);
	ui_option(v, "", none, tr(v->cx, "All"));
}

static void
draw_options(struct view *v, const struct event_filter *f, const char *name, const char *label,
    const struct option *o)
{
	const char *now = event_filter_value(f, name);

	select_open(v, name, label, now == NULL);
	for (; o->code != NULL; o++)
		ui_option(v, o->code, now != NULL && strcmp(now, o->code) == 0,
		    event_capital(v->cx, tr(v->cx, o->label)));
	html(&v->h, "</select></div>");
}

/* A reference's value is a number, or the code of its record where the address names one. */
static int
draw_records(struct view *v, const struct event_filter *f, const char *name, const char *label,
    const struct kind *k)
{
	struct arena *a = v->cx->arena;
	const char *now = event_filter_value(f, name);
	struct ui_choice *c;
	bool found = false;
	size_t i, n;

	TRY(ui_choices(v, k, &c, &n));
	select_open(v, name, label, now == NULL);
	for (i = 0; i < n; i++) {
		const char *id = arena_printf(a, "%lld", (long long)c[i].id);
		bool chosen = now != NULL && strcmp(now, id) == 0;

		found = found || chosen;
		ui_option(v, id, chosen, c[i].title);
	}
	if (now != NULL && !found)
		ui_option(v, now, true, now);
	html(&v->h, "</select></div>");
	return RC_OK;
}

static void
draw_text(struct view *v, const struct event_filter *f, const char *name, const char *label)
{
	const char *now = event_filter_value(f, name);

	html(&v->h,
	    "<div class='fld'><label for='c-%s'>%s</label><input type='text' id='c-%s' name='%s' "
	    "inputmode='numeric' value='%s'></div>",
	    name, label, name, name, now == NULL ? "" : now);
}

/* "month", "2024-11": what the page itself asks for goes along. */
static void
draw_kept(struct view *v, const char *const *names)
{
	for (; *names != NULL; names++)
		if (asked(v, *names) != NULL)
			html(&v->h, "<input type='hidden' name='%s' value='%s'>", *names,
			    asked(v, *names));
}

int
event_filter_draw(struct view *v, const struct event_filter *f, const char *const *kept)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool any = event_filter_any(f);

	html(h, "<form class='row noprint' method='get' action='/%s%s'>", lang_prefix(cx), v->path);
	draw_kept(v, kept);
	html(h, any ? "<details class='fold' open>" : "<details class='fold'>");
	html(h, "<summary class='btn'>%s</summary><div class='row'>", tr(cx, "Filters"));
	if (strcmp(v->path, "/events/map") == 0) {
		draw_text(v, f, "first_day_from", trf(cx, "%s, from", tr(cx, "First day")));
		draw_text(v, f, "first_day_to", trf(cx, "%s, up to", tr(cx, "First day")));
	}
	TRY(draw_records(v, f, "under", tr(cx, "Body and those beneath"), &body_kind));
	TRY(draw_records(
	    v, f, "programme", tr(cx, "Programme, project or campaign"), &programme_kind));
	TRY(draw_records(v, f, "kind", tr(cx, "Kind"), &event_kind_kind));
	TRY(draw_records(v, f, "district", tr(cx, "District"), &district_kind));
	draw_options(v, f, "language", tr(cx, "Language"), event_langs);
	draw_options(v, f, "state", tr(cx, "State"), event_states);
	html(h, "</div></details><button type='submit' class='btn'>%s</button>", tr(cx, "Filter"));
	if (any)
		html(h, "<a class='btn bare' href='%s'>%s</a>",
		    event_filter_link(v, arena_printf(cx->arena, "/%s%s", lang_prefix(cx), v->path),
			&(struct event_filter){ 0 }, false),
		    tr(cx, "Clear all"));
	html(h, "</form>");
	return RC_OK;
}

static void
draw_chip(struct view *v, const char *name, const char *label, const char *value)
{
	html(
	    &v->h, "<a class='chip on' href='%s'>%s: %s", ui_url_with(v, name, NULL), label, value);
	ui_icon(v, ICON_CROSS);
	html(&v->h, "<span class='vh'>%s</span></a>", tr(v->cx, "take this filter off"));
}

/* What the list of events cannot show among its own chips. */
void
event_filter_chips(struct view *v, const struct event_filter *f)
{
	struct ctx *cx = v->cx;
	const char *body = f->under;
	int64_t id = 0;
	size_t i;

	if (f->under == NULL && f->group == NULL && f->language == NULL)
		return;
	if (body != NULL && num_parse(body, &id) && *ui_ref_title(v, &body_kind, id) != '\0')
		body = ui_ref_title(v, &body_kind, id);
	html(&v->h, "<p class='chips'>");
	if (body != NULL)
		draw_chip(v, "under", tr(cx, "Body and those beneath"), body);
	for (i = 0; f->group != NULL && i < EVENT_GROUPS; i++)
		if (strcmp(event_theme_groups[i].code, f->group) == 0)
			draw_chip(v, "group", tr(cx, "Kinds of events"),
			    tr(cx, event_theme_groups[i].label));
	if (f->language != NULL)
		draw_chip(
		    v, "language", tr(cx, "Language"), option_label(cx, event_langs, f->language));
	html(&v->h, "</p>");
}

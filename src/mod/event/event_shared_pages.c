/* event_shared_pages.c – what the pages of events have in common: views, states and counts as they
 * are drawn, lists of candidates.
 *
 * A state is always a shape and the same word that stands in filters and exports. A count is said
 * with its basis, and its line tells the basis by its stroke; without a basis it is "not known". */
#include "base/utf8.h"
#include "mod/event/event_pages.h"

void
event_views(struct view *v, const char *path)
{
	static const struct {
		const char *path, *label;
	} views[] = {
		{ "/events", N_("List") },
		{ "/events/calendar", N_("Calendar") },
		{ "/events/week", N_("Week") },
		{ "/events/map", N_("Map") },
		{ "/programmes", N_("Programmes") },
		{ "/series", N_("All series of events") },
	};
	struct event_filter f;
	size_t i;

	event_filter_read(v, &f);

	html(&v->h, "<nav class='chips' aria-label='%s'>", tr(v->cx, "Views"));
	for (i = 0; i < ARRAY_LEN(views); i++) {
		html(&v->h, "<a class='chip' href='/%s%s'", lang_prefix(v->cx),
		    strcmp(views[i].path, "/programmes") == 0 ||
			    strcmp(views[i].path, "/series") == 0
			? views[i].path
			: event_filter_link(v, views[i].path, &f, false));
		if (strcmp(views[i].path, path) == 0)
			html(&v->h, " aria-current='true'");
		html(&v->h, ">%s</a>", tr(v->cx, views[i].label));
	}
	html(&v->h, "</nav>");
}

const char *
event_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/events/%lld%s", (long long)id, tail);
}

int
event_of_path(struct view *v, struct event *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &event_kind, id, out);
}

const char *
event_capital(struct ctx *cx, const char *word)
{
	return utf8_capital(cx->arena, word);
}

void
event_draw_state(struct view *v, const char *state)
{
	bool done = event_is_counted_state(state);
	char tone = done			      ? 'o'
		    : strcmp(state, "cancelled") == 0 ? 'n'
		    : strcmp(state, "postponed") == 0 ? 'w'
						      : 'p';

	ui_state(v, tone, event_capital(v->cx, option_label(v->cx, event_states, state)));
}

void
event_count_line(struct view *v, const struct event_count *c, const char *href)
{
	enum ui_known k = KNOWN_NOT;

	switch (c->basis) {
	case BASIS_SCANNED:
	case BASIS_LISTED:
		k = KNOWN_EXACT;
		break;
	case BASIS_HEAD:
		k = KNOWN_PART;
		break;
	case BASIS_DECLARED:
		k = KNOWN_SAID;
		break;
	case BASIS_UNKNOWN:
		break;
	}
	ui_count(v, k, href, c->value == INT_NONE ? "" : num(v->cx, c->value));
}

int
event_title_of(struct ctx *cx, const struct kind *k, int64_t id, const char **out)
{
	*out = "";
	return id == 0 ? RC_OK : kind_titles(cx, k, &id, 1, out);
}

void
event_candidates(struct view *v, const struct list *l, const char *compare)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h, "<ul class='agenda'>");
	for (i = 0; i < l->n; i++) {
		const struct event *e = list_row(l, &event_kind, i);

		html(h,
		    "<li><p class='day'><b>%d</b>%s</p><div><h3><a href='/%s%s'>%s</a></h3><p "
		    "class='small mute'>%s</p>",
		    day_dom(e->first_day), month_short(cx, day_month(e->first_day)),
		    lang_prefix(cx), event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e),
		    event_kind.hint(cx, e));
		if (compare != NULL)
			html(h,
			    "<p class='acts'><a class='btn' href='/%s%s/merge/%lld'>%s<span "
			    "class='vh'>: %s</span></a></p>",
			    lang_prefix(cx), compare, (long long)e->rec.id, tr(cx, "Compare"),
			    kind_title(cx, &event_kind, e));
		html(h, "</div></li>");
	}
	html(h, "</ul>");
}

const char *
event_said(struct ctx *cx)
{
	const char *s = cx->err.fields != NULL ? cx->err.fields->text : cx->err.text;

	err_clear(cx);
	return s == NULL || *s == '\0' ? NULL : s;
}

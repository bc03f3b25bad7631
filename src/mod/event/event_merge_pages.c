/* event_merge_pages.c – two events that may be one, side by side.
 *
 * The reader chooses which stays; the other becomes a co-organiser's report of it, with its own
 * counts, and leaves all figures. Nothing is lost and it can be taken back on the merged one's page. */
#include "mod/event/event_pages.h"

struct pair_of {
	struct event e[2];
	struct event_count c[2];
	const char *title[2];
};

static int
read_pair(struct view *v, struct pair_of *p)
{
	struct ctx *cx = v->cx;
	int64_t id;
	int i;

	for (i = 0; i < 2; i++) {
		TRY(req_param_id(v->rq, i, &id));
		TRY(kind_get(cx, &event_kind, id, &p->e[i]));
		TRY(event_count(cx, &p->e[i], &p->c[i]));
		p->title[i] = kind_title(cx, &event_kind, &p->e[i]);
	}
	return p->e[0].rec.id != p->e[1].rec.id
		   ? RC_OK
		   : fail(cx, RC_RULE, N_("An event cannot be merged into itself."));
}

/* Titles of a reference of both, in one read. */
static int
ref_titles(struct ctx *cx, const struct field *f, const struct pair_of *p, const char *out[2])
{
	int64_t ids[2];
	int i;

	for (i = 0; i < 2; i++)
		ids[i] = *(const int64_t *)field_at(f, &p->e[i]);
	return kind_titles(cx, f->ref, ids, 2, out);
}

static void
cell(struct view *v, const struct pair_of *p, int i, const char *text)
{
	html(&v->h, "<td data-l='№ %lld'>%s</td>", (long long)p->e[i].rec.id,
	    text == NULL || *text == '\0' ? tr(v->cx, "not known") : text);
}

static int
draw_row(struct view *v, const struct pair_of *p, const struct field *f)
{
	struct ctx *cx = v->cx;
	const char *title[2] = { NULL, NULL };
	int i;

	if (field_empty(f, &p->e[0]) && field_empty(f, &p->e[1]))
		return RC_OK;
	if (f->type == FT_REF)
		TRY(ref_titles(cx, f, p, title));
	html(&v->h, "<tr><th scope='row'>%s", tr(cx, f->label));
	if (!field_same(f, &p->e[0], &p->e[1])) {
		html(&v->h, " ");
		ui_state(v, 'w', tr(cx, "differs"));
	}
	html(&v->h, "</th>");
	for (i = 0; i < 2; i++)
		cell(v, p, i,
		    field_empty(f, &p->e[i]) ? NULL : field_text(cx, f, &p->e[i], title[i]));
	html(&v->h, "</tr>");
	return RC_OK;
}

static int
draw_table(struct view *v, const struct pair_of *p)
{
	static const char *const fields[] = { "name", "first_day", "last_day", "starts", "ends",
		"place", "district", "body", "kind", "programme", "state", "head_count",
		"declared_count", "summary" };
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;
	int k;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(cx, "Two events side by side"), tr(cx, "Field"));
	for (k = 0; k < 2; k++)
		html(h, "<th scope='col'><a href='%s'>№ %lld</a></th>",
		    ui_url(v, "/events/%lld", (long long)p->e[k].rec.id),
		    (long long)p->e[k].rec.id);
	html(h, "</tr></thead><tbody>");
	for (i = 0; i < ARRAY_LEN(fields); i++)
		TRY(draw_row(v, p, kind_field(&event_kind, fields[i])));
	html(h, "<tr><th scope='row'>%s</th>", tr(cx, "Count of the event"));
	for (k = 0; k < 2; k++) {
		html(h, "<td data-l='№ %lld'>", (long long)p->e[k].rec.id);
		event_count_line(v, &p->c[k], NULL);
		html(h, " <span class='mute'>%s</span></td>",
		    p->c[k].basis == BASIS_UNKNOWN ? "" : basis_label(cx, p->c[k].basis));
	}
	html(h, "</tr></tbody></table></div>");
	return RC_OK;
}

static int
draw_pair(struct view *v, const struct pair_of *p, const char *said)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *title = tr(cx, "Are these two one event?");
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ event_path(v, p->e[0].rec.id, ""), p->title[0] }, { NULL, title },
		{ NULL, NULL } };
	int k;

	ui_open(
	    v, &(struct page){ .title = title, .nav = "/events", .staff = true, .crumbs = crumbs });
	if (said != NULL)
		ui_note(v, 'n', said);
	TRY(draw_table(v, p));
	ui_section_open(v, "merge", tr(cx, "Join them"),
	    tr(cx, "It can be taken back on the merged one's page."));
	html(h, "<p class='prose'>%s</p>",
	    tr(cx, "The one that stays is counted once. The other stays on record as its body's "
		   "own report, with its own counts, and leaves all figures."));
	ui_form_begin(v,
	    event_path(v, p->e[0].rec.id,
		arena_printf(cx->arena, "/merge/%lld", (long long)p->e[1].rec.id)),
	    false);
	html(h, "<fieldset class='fld'><legend>%s</legend>", tr(cx, "Which one stays?"));
	for (k = 0; k < 2; k++) {
		html(h, "<label class='tick'><input type='radio' name='stays' value='%lld'",
		    (long long)p->e[k].rec.id);
		if (k == 0)
			html(h, " checked");
		html(h, ">№ %lld: %s, %s</label>", (long long)p->e[k].rec.id, p->title[k],
		    event_days(cx, &p->e[k]));
	}
	html(h,
	    "</fieldset><hr><p class='acts'><button type='submit' class='btn go'>%s</button><a "
	    "class='btn bare' href='%s'>%s</a></p>",
	    tr(cx, "Merge"), ui_url(v, "/events/%lld", (long long)p->e[0].rec.id),
	    tr(cx, "They are two events"));
	ui_form_end(v);
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

static int
merge_page(struct view *v)
{
	struct pair_of p;

	TRY(read_pair(v, &p));
	return draw_pair(v, &p, NULL);
}

static int
merge_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *s = req_f(v->rq, "stays");
	struct pair_of p;
	int64_t stays;
	int rc, k;

	TRY(read_pair(v, &p));
	if (s == NULL || !num_parse(s, &stays) ||
	    (stays != p.e[0].rec.id && stays != p.e[1].rec.id)) {
		v->status = 422;
		return draw_pair(v, &p, tr(cx, "Choose which one stays."));
	}
	k = stays == p.e[0].rec.id ? 0 : 1;
	rc = event_merge(cx, stays, p.e[1 - k].rec.id);
	if (rc == RC_RULE || rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_EXISTS) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_pair(v, &p, event_said(cx));
	}
	TRY(rc);
	return ui_done(v, event_path(v, stays, ""),
	    trf(cx, "“%s” is merged into this event.", p.title[1 - k]));
}

static int
unmerge_post(struct view *v)
{
	struct event e;

	TRY(event_of_path(v, &e));
	TRY(event_unmerge(v->cx, e.rec.id));
	return ui_done(v, event_path(v, e.rec.id, ""),
	    tr(v->cx, "The merging is taken back: this event stands on its own again."));
}

const struct route event_merge_routes[] = {
	{ M_GET, "/events/{id}/merge/{other}", merge_page, CAP_EVENT_APPROVE, 0,
	    N_("Compare two events"), N_("Side by side; one of them stays.") },
	{ M_POST, "/events/{id}/merge/{other}", merge_post, CAP_EVENT_APPROVE, 0,
	    N_("Merge two events"), NULL },
	{ M_POST, "/events/{id}/unmerge", unmerge_post, CAP_EVENT_APPROVE, 0,
	    N_("Take a merging back"), NULL },
};
const size_t event_merge_nroutes = ARRAY_LEN(event_merge_routes);

/* field_pages.c – the copies of a headquarters and what came of them, and conflicts with both versions side by side. */
#include "mod/field/field_pages.h"

#include <string.h>

/* ---- the list ---- */

static void
draw_copy(struct view *v, const struct field_copy *c)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<tr><th scope='row' class='num'>%s</th><td data-l='%s'>%s</td><td data-l='%s'>%s</td>"
	    "<td data-l='%s'>",
	    num(cx, c->id), tr(cx, "Given out"), moment_text(cx, c->made_at), tr(cx, "By"),
	    c->who == NULL ? tr(cx, "command line") : c->who, tr(cx, "Merged last"));
	if (c->merged_at == 0)
		ui_state(v, 'w', tr(cx, "not come back yet"));
	else
		html(&v->h, "%s", moment_text(cx, c->merged_at));
	html(&v->h,
	    "</td><td class='r num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td></tr>",
	    tr(cx, "Times merged"), num(cx, c->merges), tr(cx, "Operations"),
	    num(cx, c->operations));
}

static int
draw_copies(struct view *v, int64_t headquarters)
{
	struct ctx *cx = v->cx;
	struct field_copy *c;
	size_t n, i;

	TRY(field_copies(cx, headquarters, &c, &n));
	if (n == 0) {
		ui_empty(v, tr(cx, "No copy was given out yet"),
		    tr(cx, "Whoever looks after the server makes one: shanyraq field export. It "
			   "works on a laptop without a network, and its changes are merged "
			   "back: shanyraq field merge."),
		    NULL, NULL);
		return RC_OK;
	}
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
	    "class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Laptop copies"), tr(cx, "Copy"), tr(cx, "Given out"), tr(cx, "By"),
	    tr(cx, "Merged last"), tr(cx, "Times merged"), tr(cx, "Operations"));
	for (i = 0; i < n; i++)
		draw_copy(v, &c[i]);
	html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static void
draw_state(struct view *v, const struct field_conflict *c)
{
	char tone = strcmp(c->state, "waiting") == 0   ? 'w'
		    : strcmp(c->state, "decided") == 0 ? 'o'
						       : '-';

	ui_state(v, tone, option_label(v->cx, field_conflict_states, c->state));
}

static const char *
source(struct ctx *cx, int64_t copy)
{
	return copy == 0 ? tr(cx, "the house") : trf(cx, "copy %s", num(cx, copy));
}

static int
draw_conflicts(struct view *v, int64_t headquarters)
{
	struct ctx *cx = v->cx;
	struct field_conflict *c;
	const char *title, *url;
	size_t n, i;

	TRY(field_conflicts(cx, headquarters, &c, &n));
	if (n == 0) {
		html(&v->h, "<p class='small'>%s</p>", tr(cx, "No conflicts."));
		return RC_OK;
	}
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Conflicts"), tr(cx, "Record"), tr(cx, "Between"), tr(cx, "State"));
	for (i = 0; i < n; i++) {
		TRY(field_record(cx, &c[i], &title, &url));
		html(&v->h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s – %s</td><td "
		    "data-l='%s'>",
		    ui_url(v, "/field/conflicts/%lld", (long long)c[i].rec.id), title,
		    tr(cx, "Between"), source(cx, c[i].source_stands),
		    source(cx, c[i].source_other), tr(cx, "State"));
		draw_state(v, &c[i]);
		html(&v->h, "</td></tr>");
	}
	html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static int
copies_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	relief_open(v, &h, tr(cx, "Laptop copies"), "/copies");
	TRY(draw_copies(v, h.rec.id));
	ui_section_open(v, "conflicts", tr(cx, "Conflicts"), NULL);
	TRY(draw_conflicts(v, h.rec.id));
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

/* ---- one conflict ---- */

static int
conflict_of_path(struct view *v, struct field_conflict *c, struct headquarters *h)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &field_conflict_kind, id, c));
	return kind_get(v->cx, &headquarters_kind, c->headquarters, h);
}

/* Both versions hold the same fields in the same order. */
static int
draw_versions(struct view *v, const struct field_conflict *c)
{
	struct ctx *cx = v->cx;
	const char *here = arena_printf(
		       cx->arena, "%s: %s", tr(cx, "Stands now"), source(cx, c->source_stands)),
		   *there = arena_printf(cx->arena, "%s: %s", tr(cx, "The other version"),
		       source(cx, c->source_other));
	struct field_value *a, *b;
	size_t n, m, i;

	TRY(field_values(cx, c, false, &a, &n));
	TRY(field_values(cx, c, true, &b, &m));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Two versions"), tr(cx, "Field"), here, there);
	for (i = 0; i < n && i < m; i++) {
		bool same = strcmp(a[i].text, b[i].text) == 0;

		if (same && strcmp(a[i].text, "–") == 0)
			continue; /* nobody said anything */
		html(&v->h, "<tr><th scope='row'>%s</th><td data-l='%s'>", a[i].label, here);
		html(&v->h, same ? "%s" : "<strong>%s</strong>", a[i].text);
		html(&v->h, "</td><td data-l='%s'>", there);
		html(&v->h, same ? "%s" : "<strong>%s</strong>", b[i].text);
		html(&v->h, "</td></tr>");
	}
	html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static void
draw_choice(struct view *v)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<p class='acts'><button type='submit' class='btn go' name='keep' value='stands'>%s"
	    "</button><button type='submit' class='btn' name='keep' value='other'>%s</button></p>",
	    tr(cx, "Keep what stands"), tr(cx, "Take the other version"));
}

static int
draw_conflict(struct view *v, const struct field_conflict *c, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	bool waits = strcmp(c->state, "waiting") == 0;
	const char *title, *url;

	TRY(field_record(cx, c, &title, &url));
	relief_open(v, h, tr(cx, "Two versions"), NULL);
	if (cx->err.text != NULL && *cx->err.text != '\0')
		ui_note(v, 'n', cx->err.text);
	html(&v->h, "<p>");
	if (url != NULL)
		html(&v->h, "<a href='%s'>%s</a> ", url, title);
	else
		html(&v->h, "%s ", title);
	draw_state(v, c);
	html(&v->h, "</p>");
	if (waits) {
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx, "Both were written without knowing of the other. Look which one is "
			   "right; the other one stays in the history."));
		ui_form_begin(v,
		    arena_printf(cx->arena, "/field/conflicts/%lld", (long long)c->rec.id), false);
		html(&v->h, "<input type='hidden' name='_version' value='%lld'>",
		    (long long)c->rec.version);
	} else if (c->kept != NULL)
		html(
		    &v->h, "<p>%s: %s</p>", tr(cx, "Kept"), option_label(cx, field_kepts, c->kept));
	TRY(draw_versions(v, c));
	if (waits) {
		draw_choice(v);
		ui_form_end(v);
	}
	TRY(ui_history(v, &field_conflict_kind, c->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
conflict_page(struct view *v)
{
	struct field_conflict c;
	struct headquarters h;

	TRY(conflict_of_path(v, &c, &h));
	return draw_conflict(v, &c, &h);
}

static int
conflict_post(struct view *v)
{
	const char *version_s = req_f(v->rq, "_version"), *keep = req_f(v->rq, "keep");
	struct field_conflict c;
	struct headquarters h;
	int64_t version = 0;
	int rc;

	TRY(conflict_of_path(v, &c, &h));
	if (version_s == NULL || !num_parse(version_s, &version))
		version = 0;
	rc = field_decide(v->cx, c.rec.id, version, keep == NULL ? "" : keep);
	if (rc == RC_CONFLICT || rc == RC_INVALID) {
		v->status = rc == RC_CONFLICT ? 409 : 422;
		return draw_conflict(v, &c, &h);
	}
	TRY(rc);
	return ui_done(v, relief_path(v, h.rec.id, "/copies"), tr(v->cx, "Decided."));
}

const struct route field_routes[] = {
	{ M_GET, "/relief/{id}/copies", copies_page, CAP_RELIEF_OPEN, 0, N_("Laptop copies"),
	    N_("Copies for laptops, what they brought back, and what waits for a decision.") },
	{ M_GET, "/field/conflicts/{id}", conflict_page, CAP_RELIEF_OPEN, 0, N_("Two versions"),
	    NULL },
	{ M_POST, "/field/conflicts/{id}", conflict_post, CAP_RELIEF_OPEN, 0,
	    N_("Decide between two versions"), NULL },
};
const size_t field_nroutes = ARRAY_LEN(field_routes);

/* need_pages.c – one need: what is asked, who asks (recorded), the steps, the marks; and the desk, where needs are
 * typed as they are told. */
#include <string.h>

#include "mod/relief/relief_form_pages.h"
#include "ui/parts.h"

static int
need_of_path(struct view *v, struct need *n)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &need_kind, id, n);
}

static const char *
need_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/needs/%lld%s", (long long)id, tail);
}

/* ---- who asks ---- */

static void
fact(struct view *v, const char *label, const char *value)
{
	if (value != NULL && *value != '\0')
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", label, value);
}

static int
draw_family(struct view *v, const struct need *n)
{
	struct ctx *cx = v->cx;
	struct family f;
	int rc;

	ui_section_open(v, "family", tr(cx, "Who asks"), tr(cx, "Opening this page is recorded."));
	rc = need_family(cx, n->rec.id, "page", &f);
	if (rc == RC_DENIED) {
		html(&v->h, "<p class='mute'>%s</p>", cx->err.text);
		err_clear(cx);
		ui_section_close(v);
		return RC_OK;
	}
	TRY(rc);
	html(&v->h, "<dl class='facts'>");
	fact(v, tr(cx, "Full name"), f.name);
	if (f.phone != NULL) {
		html(&v->h, "<dt>%s</dt><dd>", tr(cx, "Telephone"));
		ui_phone(v, f.phone);
		html(&v->h, "</dd>");
	}
	fact(v, tr(cx, "Village or quarter"), f.place);
	fact(v, tr(cx, "Street, house, how to get in"), f.note);
	html(&v->h, "</dl>");
	if (f.name == NULL && f.phone == NULL && f.note == NULL)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing is known of it any more."));
	ui_section_close(v);
	return RC_OK;
}

static int
draw_lines(struct view *v, const struct need *n)
{
	struct ctx *cx = v->cx;
	struct need_line *l;
	size_t m, i;

	TRY(need_lines(cx, n->rec.id, &l, &m));
	ui_section_open(v, "what", tr(cx, "What is needed"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < m; i++) {
		if (l[i].item == 0 && !may(cx, CAP_RELIEF_FAMILY))
			l[i].word = NULL;
		html(&v->h, "<li>%s</li>", reads_line_text(cx, &l[i]));
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- steps and marks ---- */

static void
draw_step(struct view *v, const struct need *n, const struct need_step *s)
{
	struct ctx *cx = v->cx;
	const char *path = need_path(v, n->rec.id, arena_printf(cx->arena, "/step/%s", s->action)),
		   *id;
	bool tried;

	if (!s->reason) {
		ui_post_button(v, path, n->rec.version, tr(cx, s->label), false);
		return;
	}
	/* The one that was tried without a reason stands open, where the refusal leads. */
	tried =
	    cx->err.fields != NULL && v->rq->nparam > 1 && strcmp(v->rq->param[1], s->action) == 0;
	id = tried ? "f-reason" : arena_printf(cx->arena, "f-reason-%s", s->action);
	html(&v->h,
	    tried ? "<details open><summary class='btn'>%s</summary>"
		  : "<details><summary class='btn'>%s</summary>",
	    tr(cx, s->label));
	ui_form_begin(v, path, false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='%s'>%s</label>",
	    (long long)n->rec.version, id, tr(cx, "Reason"));
	if (tried)
		relief_field_error(v, "reason");
	html(&v->h,
	    "<input type='text' id='%s' name='reason' maxlength='300' required></div><p "
	    "class='acts'><button type='submit' class='btn bad'>%s</button></p>",
	    id, tr(cx, s->label));
	ui_form_end(v);
	html(&v->h, "</details>");
}

static void
draw_steps(struct view *v, const struct need *n)
{
	struct ctx *cx = v->cx;
	size_t i;

	ui_section_open(v, "steps", tr(cx, "What can be done now"), NULL);
	html(&v->h, "<div class='acts'>");
	for (i = 0; i < need_nsteps; i++)
		if (strcmp(need_steps[i].from, n->state) == 0)
			draw_step(v, n, &need_steps[i]);
	if (n->called_at == 0)
		ui_post_button(v, need_path(v, n->rec.id, "/called"), n->rec.version,
		    tr(cx, "Called back"), false);
	html(&v->h, "</div>");
	ui_section_close(v);
}

static void
twin_button(struct view *v, const struct need *n, int64_t of, const char *twin, const char *label)
{
	ui_form_begin(v, need_path(v, n->rec.id, "/twin"), false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><input type='hidden' name='of' "
	    "value='%lld'><input type='hidden' name='twin' value='%s'><button type='submit' "
	    "class='btn'>%s</button>",
	    (long long)n->rec.version, (long long)of, twin, label);
	ui_form_end(v);
}

static int
draw_likely(struct view *v, const struct need *n, bool change)
{
	struct ctx *cx = v->cx;
	struct need_like *l;
	size_t m, i;

	TRY(need_likely(cx, n, &l, &m));
	if (m == 0)
		return RC_OK;
	ui_section_open(v, "likely", tr(cx, "Likely asked before"), tr(cx, "Both are kept."));
	html(&v->h, "<ul class='flow'>");
	for (i = 0; i < m; i++) {
		html(&v->h, "<li><a class='num' href='%s'>%s</a> · %s · %s · %s",
		    ui_url(v, "/needs/%lld", (long long)l[i].id),
		    relief_code_shown(cx->arena, l[i].code),
		    option_label(cx, need_states, l[i].state), moment_text(cx, l[i].asked_at),
		    l[i].phone ? tr(cx, "the same telephone") : tr(cx, "the same place"));
		if (n->twin_of == l[i].id)
			html(&v->h, " · <b>%s</b>", option_label(cx, need_twins, n->twin));
		else if (change) {
			html(&v->h, "<div class='acts'>");
			twin_button(v, n, l[i].id, "same", tr(cx, "The same need"));
			twin_button(v, n, l[i].id, "other", tr(cx, "Another need"));
			html(&v->h, "</div>");
		}
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

/* What is no secret; the family has a section of its own. */
static int
draw_facts(struct view *v, const struct need *n)
{
	static const char *const names[] = { "channel", "paper", "asked_at", "urgency", "district",
		"people", "children", "infants", "pregnant", "disabled", "insulin", "livestock",
		"state", "state_reason", "called_at", "checked_at", "checked_by", "owner",
		"assigned_at", "started_at", "ended_at" };
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<dl class='facts'>");
	for (i = 0; i < ARRAY_LEN(names); i++) {
		const struct field *f = kind_field(&need_kind, names[i]);
		const char *title = NULL;

		if (field_empty(f, n) || !kind_may_read(cx, &need_kind, f) ||
		    (f->type == FT_BOOL && !*(const bool *)field_at(f, n)))
			continue;
		if (f->type == FT_REF)
			TRY(kind_titles(cx, f->ref, field_at(f, n), 1, &title));
		fact(v, tr(cx, f->label), field_text(cx, f, n, title));
	}
	html(&v->h, "</dl>");
	return RC_OK;
}

static int
draw_need(struct view *v, const struct need *n)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	bool change;

	TRY(kind_get(cx, &headquarters_kind, n->headquarters, &h));
	change = may(cx, CAP_RELIEF_WRITE) && strcmp(h.state, "open") == 0;
	relief_open(v, &h, trf(cx, "Need %s", relief_code_shown(cx->arena, n->code)), NULL);
	if (cx->err.text != NULL && *cx->err.text != '\0')
		ui_note(v, 'n', cx->err.text);
	ui_refusals(v, "f-");
	if (change)
		draw_steps(v, n);
	err_clear(cx);
	TRY(draw_lines(v, n));
	if (may(cx, CAP_RELIEF_FAMILY))
		TRY(draw_family(v, n));
	TRY(draw_likely(v, n, change));
	ui_section_open(v, "facts", tr(cx, "About the need"), NULL);
	TRY(draw_facts(v, n));
	ui_section_close(v);
	TRY(ui_history(v, &need_kind, n->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
need_page(struct view *v)
{
	struct need n;

	TRY(need_of_path(v, &n));
	return draw_need(v, &n);
}

static int64_t
version_of(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	int64_t version = 0;

	return s != NULL && num_parse(s, &version) ? version : 0;
}

/* After a step: back to the board as it was, or to the need. */
static int
step_done(struct view *v, const struct need *n, const char *said)
{
	const char *back = req_q(v->rq, "back");

	if (back == NULL)
		return ui_done(v, need_path(v, n->rec.id, ""), said);
	return ui_done(v,
	    arena_printf(
		v->cx->arena, "/relief/%lld%s", (long long)n->headquarters, relief_board_query(v)),
	    said);
}

static int
refused(struct view *v, int64_t id, int rc)
{
	struct need n;

	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return rc;
	v->status = rc == RC_INVALID ? 422 : 409;
	TRY(kind_get(v->cx, &need_kind, id, &n));
	return draw_need(v, &n);
}

static int
step_post(struct view *v)
{
	struct need n;
	struct need_move m;
	int rc;

	TRY(need_of_path(v, &n));
	m = (struct need_move){ .id = n.rec.id,
		.version = version_of(v),
		.action = v->rq->param[1],
		.reason = req_f(v->rq, "reason") };
	rc = need_move(v->cx, &m);
	if (rc != RC_OK)
		return refused(v, n.rec.id, rc);
	TRY(kind_load(v->cx, &need_kind, n.rec.id, &n));
	return step_done(v, &n,
	    trf(v->cx, "%s: %s", relief_code_shown(v->cx->arena, n.code),
		option_label(v->cx, need_states, n.state)));
}

static int
called_post(struct view *v)
{
	struct need n;
	int rc;

	TRY(need_of_path(v, &n));
	rc = need_called(v->cx, n.rec.id, version_of(v));
	return rc == RC_OK ? step_done(v, &n, tr(v->cx, "Saved.")) : refused(v, n.rec.id, rc);
}

static int
twin_post(struct view *v)
{
	const char *of_s = req_f(v->rq, "of"), *twin = req_f(v->rq, "twin");
	struct need n;
	int64_t of = 0;
	int rc;

	TRY(need_of_path(v, &n));
	if (of_s == NULL || !num_parse(of_s, &of) || twin == NULL ||
	    (strcmp(twin, "same") != 0 && strcmp(twin, "other") != 0))
		return RC_NOTFOUND;
	rc = need_twin(v->cx, n.rec.id, version_of(v), of, twin);
	return rc == RC_OK ? step_done(v, &n, tr(v->cx, "Saved.")) : refused(v, n.rec.id, rc);
}

const struct route need_routes[] = {
	{ M_GET, "/needs/{id}", need_page, CAP_RELIEF_READ, 0, N_("One need"),
	    N_("What is asked and how far it is.") },
	{ M_POST, "/needs/{id}/step/{action}", step_post, CAP_RELIEF_WRITE, 0, N_("Move a need on"),
	    NULL },
	{ M_POST, "/needs/{id}/called", called_post, CAP_RELIEF_WRITE, 0, N_("Called back"), NULL },
	{ M_POST, "/needs/{id}/twin", twin_post, CAP_RELIEF_WRITE, 0,
	    N_("Hold a need against another"), NULL },
};
const size_t need_nroutes = ARRAY_LEN(need_routes);

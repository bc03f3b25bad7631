/* act_pages.c – one act of delivery: what was handed to whom, signed how, whether it counts, and the way to undo it. */
#include "mod/delivery/delivery_pages.h"

#include "core/account.h"

void
act_state_mark(struct view *v, const struct delivery_act *a)
{
	struct ctx *cx = v->cx;

	if (a->undone_at != 0)
		ui_state(v, '-', tr(cx, "undone"));
	else if (a->fault != NULL)
		ui_state(v, 'n', option_label(cx, act_faults, a->fault));
	else
		ui_state(v, 'o', tr(cx, "counts"));
}

int
delivery_account(struct view *v, const char *label, int64_t account)
{
	const char *name = "";

	if (account <= 0)
		return RC_OK;
	TRY(kind_titles(v->cx, &account_kind, &account, 1, &name));
	html(&v->h, "<dl class='facts'><dt>%s</dt><dd>%s</dd></dl>", label, name);
	return RC_OK;
}

static void
draw_undo(struct view *v, const struct delivery_act *a)
{
	struct ctx *cx = v->cx;

	if (a->undone_at != 0 || !may(cx, CAP_RELIEF_WRITE))
		return;
	ui_section_open(v, "undo", tr(cx, "A mistake"), NULL);
	ui_form_begin(
	    v, arena_printf(cx->arena, "/waybills/acts/%lld/undo", (long long)a->rec.id), false);
	html(&v->h,
	    "<p>%s</p><div class='row'><div class='fld'><label for='f-reason'>%s</label><input "
	    "type='text' id='f-reason' name='reason' maxlength='300' required></div><p "
	    "class='acts'><button type='submit' class='btn bad'>%s</button></p></div>",
	    tr(cx, "The act stays in the list and counts for nothing; the stock follows by a "
		   "counter-movement."),
	    tr(cx, "Reason"), tr(cx, "Undo the act"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_evidence(struct view *v, const struct delivery_act *a)
{
	struct ctx *cx = v->cx;
	int64_t has, clashes;

	TRY(db_int(
	    cx, &has, "SELECT count(*) FROM delivery_mark WHERE act = $1", VALS(v_int(a->rec.id))));
	TRY(db_int(cx, &clashes, "SELECT count(*) FROM delivery_clash WHERE act = $1",
	    VALS(v_int(a->rec.id))));
	if (clashes > 0)
		ui_note(v, 'n',
		    trf(cx,
			"Other acts came under the same number: %s. They are kept and count for "
			"nothing.",
			num(cx, clashes)));
	if (has == 0 || !may(cx, CAP_RELIEF_FAMILY))
		return RC_OK;
	html(&v->h, "<p><a class='btn' href='%s'>%s</a> <span class='small mute'>%s</span></p>",
	    ui_url(v, "/waybills/acts/%lld/picture", (long long)a->rec.id),
	    tr(cx, "Show the signature"), tr(cx, "showing it is recorded"));
	return RC_OK;
}

/* shown: who received, opened just now; NULL = sealed. */
static int
draw_act(struct view *v, int64_t id, const char *shown)
{
	struct ctx *cx = v->cx;
	struct delivery_line *l;
	struct delivery_act a, shown_act;
	struct headquarters h;
	struct waybill w;
	size_t n, i;

	TRY(kind_get(cx, &delivery_act_kind, id, &a));
	TRY(kind_get(cx, &waybill_kind, a.waybill, &w));
	TRY(kind_get(cx, &headquarters_kind, w.headquarters, &h));
	TRY(delivery_act_lines(cx, id, &l, &n));
	relief_open(v, &h, trf(cx, "Act of delivery No. %s", num(cx, id)), NULL);
	delivery_refusal(v);
	if (shown != NULL)
		ui_note(v, '-', trf(cx, "Received by: %s", shown));
	html(&v->h, "<p>");
	act_state_mark(v, &a);
	html(&v->h, "</p><ul>");
	for (i = 0; i < n; i++) {
		const char *text;

		TRY(delivery_line_text(cx, &l[i], &text));
		html(&v->h, "<li>%s</li>", text);
	}
	html(&v->h, "</ul>");
	shown_act = a;
	shown_act.author = shown_act.undone_by = 0;
	TRY(delivery_account(v, tr(cx, "Entered by"), a.author));
	TRY(delivery_account(v, tr(cx, "Undone by"), a.undone_by));
	TRY(ui_facts(v, &delivery_act_kind, &shown_act));
	TRY(draw_evidence(v, &a));
	draw_undo(v, &a);
	ui_close(v);
	return RC_OK;
}

static int
act_page(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return draw_act(v, id, NULL);
}

static int
show_post(struct view *v)
{
	const char *plain;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_unseal(v->cx, &delivery_act_kind, id, "receiver", &plain));
	return plain == NULL ? RC_NOTFOUND : draw_act(v, id, plain);
}

static int
undo_post(struct view *v)
{
	int64_t id;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	rc = delivery_undo(v->cx, id, req_f(v->rq, "reason"));
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_act(v, id, NULL);
	}
	TRY(rc);
	return ui_done(v, arena_printf(v->cx->arena, "/waybills/acts/%lld", (long long)id),
	    tr(v->cx, "Undone."));
}

static int
picture_get(struct view *v)
{
	struct delivery_act a;
	const char *media;
	struct slice body;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &delivery_act_kind, id, &a));
	TRY(delivery_picture(v->cx, id, &media, &body));
	TRY(audit_note(v->cx, "read", "delivery_act", id, "mark"));
	v->rq->res.status = 200;
	v->rq->res.type = media;
	v->rq->res.body = body;
	res_header(v->rq, "Cache-Control", "private, no-store");
	return RC_OK;
}

const struct route act_routes[] = {
	{ M_GET, "/waybills/acts/{id}", act_page, CAP_RELIEF_READ, 0, N_("Act of delivery"),
	    N_("What was handed over, signed how, and whether it counts.") },
	{ M_POST, "/waybills/acts/{id}/undo", undo_post, CAP_RELIEF_WRITE, 0, N_("Undo the act"),
	    NULL },
	{ M_POST, "/waybills/acts/{id}/show", show_post, CAP_RELIEF_FAMILY, 0,
	    N_("Show who received"), N_("Recorded.") },
	{ M_GET, "/waybills/acts/{id}/picture", picture_get, CAP_RELIEF_FAMILY, 0,
	    N_("Signature of an act"), N_("Recorded.") },
};
const size_t act_nroutes = ARRAY_LEN(act_routes);

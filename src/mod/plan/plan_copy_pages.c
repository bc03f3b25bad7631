/* plan_copy_pages.c – last year's plan as a list with ticks: what is ticked is written into this one.
 *
 * Days are shown as they will stand: those of observances anew, others on the same weekday; what was
 * dropped last year comes without a tick. Nothing is written before the button, and pressing it twice
 * copies nothing twice. */
#include "mod/plan/plan_pages.h"

enum { TICKS_MAX = 400 };

static void
draw_row(struct view *v, const struct plan_copy *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	long long id = c->item.rec.id;

	html(h, "<tr><td class='pick'>");
	if (!c->taken) {
		html(h, "<input type='checkbox' id='i%lld' name='i%lld' value='1'", id, id);
		html(h, c->ticked ? " checked>" : ">");
	}
	html(h, "</td><th scope='row'>");
	if (c->taken)
		html(h, "%s", kind_title(cx, &plan_item_kind, &c->item));
	else
		html(h, "<label for='i%lld'>%s</label>", id,
		    kind_title(cx, &plan_item_kind, &c->item));
	if (c->taken)
		html(h, "<br><span class='small mute'>%s</span>", tr(cx, "copied already"));
	else if (!c->ticked)
		html(h, "<br><span class='small mute'>%s</span>",
		    c->item.drop_reason == NULL || *c->item.drop_reason == '\0'
			? tr(cx, "dropped last year")
			: trf(cx, "Dropped last year: %s", c->item.drop_reason));
	html(h,
	    "</th><td class='nw' data-l='%s'>%s</td><td class='nw' data-l='%s'>%s</td><td "
	    "class='r num' data-l='%s'>%s</td></tr>",
	    tr(cx, "Last year"), plan_when(cx, &c->item), tr(cx, "This time"),
	    c->day != 0 ? day_text(cx, c->day) : month_name(cx, day_month(c->item.due)),
	    tr(cx, "Number of people"),
	    c->item.expected == INT_NONE ? "" : num(cx, c->item.expected));
}

static void
draw_copies(struct view *v, const struct body_plan *p, const struct plan_copy *c, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	ui_form_begin(v, plan_path(v, p->rec.id, "/copy"), false);
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><td "
	    "class='pick'></td><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Last year's plan"), tr(cx, "Event"), tr(cx, "Last year"), tr(cx, "This time"),
	    tr(cx, "Number of people"));
	for (i = 0; i < n; i++)
		draw_row(v, &c[i]);
	html(h,
	    "</tbody></table></div><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button><a class='btn bare' href='%s'>%s</a></p>",
	    tr(cx, "Copy what is ticked"), ui_url(v, "/plans/%lld", (long long)p->rec.id),
	    tr(cx, "Cancel"));
	ui_form_end(v);
}

static int
writable(struct view *v, struct body_plan *p)
{
	TRY(plan_of_path(v, p));
	TRY(plan_may_change(v->cx, p));
	return plan_open(p) ? RC_OK
			    : fail(v->cx, RC_RULE,
				  N_("The plan is “%s”: its items stand. It can be returned for "
				     "rework."),
				  option_label(v->cx, plan_states, p->state));
}

static int
copy_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct body_plan p, last;
	struct plan_copy *c;
	size_t n;

	TRY(writable(v, &p));
	TRY(plan_copies(cx, &p, &last, &c, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Copy last year's plan"),
		       .nav = "/plans",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/plans", tr(cx, "Plans") },
			   { plan_path(v, p.rec.id, ""), kind_title(cx, &plan_kind, &p) },
			   { NULL, tr(cx, "Copy last year's plan") }, { NULL, NULL } } });
	html(&v->h, "<div class='flow'>");
	if (n == 0)
		ui_empty(v, tr(cx, "There is no plan of the year before"),
		    tr(cx, "Neither for this body nor for the same part of the year. Take days of "
			   "observance or add items."),
		    ui_url(v, "/plans/%lld", (long long)p.rec.id), tr(cx, "To the plan"));
	else {
		html(&v->h, "<p class='prose'>%s <a href='%s'>%s</a></p>",
		    tr(cx, "Days of observance stand on this year's day, other days on the same "
			   "weekday. Untick what is not repeated."),
		    ui_url(v, "/plans/%lld", (long long)last.rec.id),
		    kind_title(cx, &plan_kind, &last));
		draw_copies(v, &p, c, n);
	}
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
copy_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct body_plan p, last;
	struct plan_copy *c;
	int64_t *ids = arena_array(cx->arena, int64_t, TICKS_MAX), made;
	size_t n, k = 0, i;

	TRY(writable(v, &p));
	TRY(plan_copies(cx, &p, &last, &c, &n));
	for (i = 0; i < n && k < TICKS_MAX; i++)
		if (req_f(v->rq, arena_printf(cx->arena, "i%lld", (long long)c[i].item.rec.id)) !=
		    NULL)
			ids[k++] = c[i].item.rec.id;
	TRY(plan_copy_items(cx, p.rec.id, ids, k, &made));
	return ui_done(v, plan_path(v, p.rec.id, ""),
	    trn(cx, made, "%s item is copied.", "%s items are copied.", num(cx, made)));
}

const struct route plan_copy_routes[] = {
	{ M_GET, "/plans/{id}/copy", copy_page, CAP_EVENT_WRITE, 0, N_("Copy last year's plan"),
	    NULL },
	{ M_POST, "/plans/{id}/copy", copy_post, CAP_EVENT_WRITE, 0, N_("Copy last year's plan"),
	    NULL },
};
const size_t plan_copy_nroutes = ARRAY_LEN(plan_copy_routes);

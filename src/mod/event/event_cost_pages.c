/* event_cost_pages.c – costs of an event: entered in tenge, kept in tiyn, taken back when wrong. */
#include "lang/money.h"
#include "mod/event/event_pages.h"
#include "ui/parts.h"

struct entry {
	struct event e;
	struct cost c;
	bool fresh;
};

static void
said(struct view *v, const char *name)
{
	const struct field_error *f;

	for (f = v->cx->err.fields; f != NULL; f = f->next)
		if (strcmp(f->field, name) == 0)
			html(&v->h, "<span class='err' id='f-%s-e'>%s</span>", name, f->text);
}

/* What was typed, else what is stored. */
static const char *
shown(struct view *v, const char *name, const char *stored)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	return s != NULL ? s : stored == NULL ? "" : stored;
}

static void
line(struct view *v, const char *name, const char *label, const char *stored)
{
	html(&v->h, "<div class='fld'><label for='f-%s'>%s</label>", name, label);
	said(v, name);
	html(&v->h, "<input type='text' id='f-%s' name='%s' value='%s'></div>", name, name,
	    shown(v, name, stored));
}

static void
money_line(struct view *v, const char *name, const char *label, int64_t stored)
{
	html(&v->h, "<div class='fld'><label for='f-%s'>%s</label>", name, label);
	said(v, name);
	html(&v->h,
	    "<input type='text' id='f-%s' name='%s' inputmode='decimal' class='w-s' "
	    "value='%s'></div>",
	    name, name, shown(v, name, stored == INT_NONE ? NULL : money_form(v->cx, stored)));
}

static void
draw_source(struct view *v, const struct cost *c)
{
	const char *now = shown(v, "source", c->source);
	const struct option *o;

	html(&v->h, "<div class='fld'><label for='f-source'>%s</label>", tr(v->cx, "Paid from"));
	said(v, "source");
	html(&v->h, "<select id='f-source' name='source'>");
	ui_option(v, "", *now == '\0', tr(v->cx, "Choose"));
	for (o = cost_sources; o->code != NULL; o++)
		ui_option(v, o->code, strcmp(now, o->code) == 0,
		    event_capital(v->cx, tr(v->cx, o->label)));
	html(&v->h, "</select></div>");
}

static int
draw_form(struct view *v, const struct entry *in)
{
	struct ctx *cx = v->cx;
	const char *title = in->fresh ? tr(cx, "New cost") : tr(cx, "Change the cost");
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ event_path(v, in->e.rec.id, ""), kind_title(cx, &event_kind, &in->e) },
		{ event_path(v, in->e.rec.id, "/report"), tr(cx, "Report of the event") },
		{ NULL, title }, { NULL, NULL } };

	ui_open(
	    v, &(struct page){ .title = title, .nav = "/events", .staff = true, .crumbs = crumbs });
	ui_refusals(v, "f-");
	ui_form_begin(v,
	    in->fresh ? event_path(v, in->e.rec.id, "/costs/new")
		      : arena_printf(cx->arena, "/costs/%lld/edit", (long long)in->c.rec.id),
	    false);
	if (!in->fresh)
		html(&v->h, "<input type='hidden' name='_version' value='%lld'>",
		    (long long)in->c.rec.version);
	line(v, "item", tr(cx, "For what"), in->c.item);
	money_line(v, "planned", tr(cx, "Planned, tenge"), in->c.planned);
	money_line(v, "spent", tr(cx, "Spent, tenge"), in->c.spent);
	draw_source(v, &in->c);
	line(v, "document", tr(cx, "Document"), in->c.document);
	html(&v->h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button>",
	    tr(cx, "Save"));
	ui_button(
	    v, ui_url(v, "/events/%lld/report", (long long)in->e.rec.id), tr(cx, "Cancel"), false);
	html(&v->h, "</p>");
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
writable(struct view *v, const struct event *e)
{
	struct event_rights can;

	TRY(reads_rights(v->cx, e, &can));
	return can.writes ? RC_OK
			  : fail(v->cx, RC_DENIED,
				N_("This belongs to another body; you may change only what is your "
				   "own body's."));
}

static int
fresh_of(struct view *v, struct entry *in)
{
	*in = (struct entry){ .fresh = true };
	TRY(event_of_path(v, &in->e));
	TRY(writable(v, &in->e));
	kind_empty(&cost_kind, &in->c);
	in->c.event = in->e.rec.id;
	return RC_OK;
}

static int
stored_of(struct view *v, struct entry *in)
{
	int64_t id;

	*in = (struct entry){ .fresh = false };
	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &cost_kind, id, &in->c));
	TRY(kind_get(v->cx, &event_kind, in->c.event, &in->e));
	return writable(v, &in->e);
}

static void
take_money(struct view *v, const char *name, int64_t *to)
{
	const char *s = req_f(v->rq, name);

	*to = INT_NONE;
	if (s != NULL && s[strspn(s, " \t")] != '\0' && !money_parse(s, to))
		fail_field(v->cx, name, N_("Write an amount like 25 000 or 1 200,50."));
}

static int
take(struct view *v, struct entry *in)
{
	static const char *const texts[] = { "item", "document", "source" };
	const char *s = req_f(v->rq, "_version");
	size_t i;

	for (i = 0; i < ARRAY_LEN(texts); i++)
		field_parse(v->cx, kind_field(&cost_kind, texts[i]), req_f(v->rq, texts[i]),
		    v->cx->lang, &in->c);
	take_money(v, "planned", &in->c.planned);
	take_money(v, "spent", &in->c.spent);
	TRY(fields_rc(v->cx));
	if (in->fresh)
		return kind_insert(v->cx, &cost_kind, &in->c);
	if (s == NULL || !num_parse(s, &in->c.rec.version))
		in->c.rec.version = 0;
	return kind_update(v->cx, &cost_kind, &in->c);
}

static int
save(struct view *v, struct entry *in)
{
	int rc = take(v, in);

	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_form(v, in);
	}
	TRY(rc);
	return ui_done(v, event_path(v, in->e.rec.id, "/report"), tr(v->cx, "The cost is saved."));
}

static int
new_page(struct view *v)
{
	struct entry in;

	TRY(fresh_of(v, &in));
	return draw_form(v, &in);
}

static int
new_post(struct view *v)
{
	struct entry in;

	TRY(fresh_of(v, &in));
	return save(v, &in);
}

static int
edit_page(struct view *v)
{
	struct entry in;

	TRY(stored_of(v, &in));
	return draw_form(v, &in);
}

static int
edit_post(struct view *v)
{
	struct entry in;

	TRY(stored_of(v, &in));
	return save(v, &in);
}

static int
withdraw_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct entry in;

	TRY(stored_of(v, &in));
	if (s == NULL || !num_parse(s, &in.c.rec.version))
		in.c.rec.version = 0;
	in.c.withdrawn = !in.c.withdrawn;
	TRY(kind_update(v->cx, &cost_kind, &in.c));
	return ui_done(v, event_path(v, in.e.rec.id, "/report"),
	    in.c.withdrawn ? tr(v->cx, "The cost is withdrawn: it is kept, but no longer added.")
			   : tr(v->cx, "The cost is added again."));
}

const struct route event_cost_routes[] = {
	{ M_GET, "/events/{id}/costs/new", new_page, CAP_EVENT_WRITE, 0, N_("New cost"),
	    N_("What an event was planned to cost and what it did.") },
	{ M_POST, "/events/{id}/costs/new", new_post, CAP_EVENT_WRITE, 0, N_("New cost"), NULL },
	{ M_GET, "/costs/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the cost"), NULL },
	{ M_POST, "/costs/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the cost"), NULL },
	{ M_POST, "/costs/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0,
	    N_("Withdraw the cost, or add it again"), NULL },
};
const size_t event_cost_nroutes = ARRAY_LEN(event_cost_routes);

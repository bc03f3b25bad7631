/* event_edit_pages.c – forms of an event, its parts and its co-organisers.
 *
 * Before a new event is saved it is compared with those there are: whoever sees the same event in the
 * list names the own body as a co-organiser there instead of counting it twice. "It is another event"
 * saves all the same. Parts and co-organisers have no page of their own and lead back to their event. */
#include "mod/event/event_pages.h"

static const char *const event_fields[] = { "name", "kind", "first_day", "last_day", "starts",
	"ends", "place", "district", "body", "programme", "observance", "lang", "goal", "summary",
	"expected", "head_count", "declared_count", "note", NULL };
static const char *const part_fields[] = { "name", "kind", "starts", "people", "result", NULL };
static const char *const organiser_fields[] = { "body", "scanned_count", "listed_count",
	"head_count", "declared_count", "note", NULL };

/* ---- a new event ---- */

static void
prefill_ref(struct view *v, const char *name, int64_t *at)
{
	const char *s = req_q(v->rq, name);
	int64_t id;

	if (s != NULL && num_parse(s, &id) && id > 0)
		*at = id;
}

static void
prefill(struct view *v, struct event *e)
{
	const char *day = req_q(v->rq, "day");
	int d;

	kind_empty(&event_kind, e);
	e->body = v->cx->actor->body;
	if (day != NULL && day_parse(day, &d))
		e->first_day = d;
	prefill_ref(v, "programme", &e->programme);
	prefill_ref(v, "body", &e->body);
}

static int
draw_new(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ NULL, tr(cx, "New event") }, { NULL, NULL } };

	ui_open(v,
	    &(struct page){
		.title = tr(cx, "New event"), .nav = "/events", .staff = true, .crumbs = crumbs });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static struct ui_form
new_form(struct event *e)
{
	return (struct ui_form){ .kind = &event_kind,
		.rec = e,
		.create = true,
		.path = "/events/new",
		.fields = event_fields,
		.cancel = "/events" };
}

static int
new_page(struct view *v)
{
	struct event e;
	struct ui_form f = new_form(&e);

	prefill(v, &e);
	return draw_new(v, &f);
}

/* What is typed, compared with the events there are; nothing is found while something is wrong with
 * it, since then the form comes back anyway. */
static int
find_likely(struct view *v, const struct ui_form *f, struct list *out)
{
	struct ctx *cx = v->cx;
	struct likeness *like;
	int64_t ids[20];
	bool searching = false;
	size_t n, i;
	int rc = ui_form_read(v, f, &searching);

	*out = (struct list){ 0 };
	if (rc == RC_INVALID || (rc == RC_OK && searching)) {
		err_clear(cx);
		return RC_OK;
	}
	TRY(rc);
	TRY(event_likely(cx, f->rec, &like, &n));
	n = n < ARRAY_LEN(ids) ? n : ARRAY_LEN(ids);
	for (i = 0; i < n; i++)
		ids[i] = like[i].event;
	return reads_events(cx, ids, n, out);
}

static int
draw_same(struct view *v, struct ui_form *f, const struct list *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct event *e = f->rec;
	size_t i;

	f->path = "/events/new?other=1";
	f->submit = tr(cx, "It is another event: save it");
	v->status = 422;
	ui_open(v, &(struct page){ .title = tr(cx, "New event"), .nav = "/events", .staff = true });
	html(h, "<div class='note wait flow' role='alert'><h2>%s</h2><p>%s</p>",
	    tr(cx, "This may be the same event"),
	    tr(cx, "Nothing is saved yet. An event is counted once, however many bodies organise "
		   "it."));
	event_candidates(v, l, NULL);
	/* Only the lead's own people may name a co-organiser: others tell the secretariat by saving. */
	if (actor_scoped(cx->actor))
		html(h, "<p>%s</p>",
		    tr(cx, "If it is the same one, you may still save yours: the secretariat joins "
			   "the two, and your counts stay as your own report."));
	else
		for (i = 0; i < l->n; i++) {
			const struct event *same = list_row(l, &event_kind, i);

			html(h, "<p><a class='btn' href='%s'>%s</a></p>",
			    ui_url(v, "/events/%lld/organisers/new?body=%lld",
				(long long)same->rec.id, (long long)e->body),
			    trf(cx, "It is “%s”: add the body as a co-organiser there",
				kind_title(cx, &event_kind, same)));
		}
	html(h, "</div>");
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_post(struct view *v)
{
	struct event e, probe;
	struct ui_form f = new_form(&e), look = new_form(&probe);
	struct list l;

	prefill(v, &e);
	if (req_q(v->rq, "other") != NULL) {
		f.path = "/events/new?other=1";
		f.submit = tr(v->cx, "It is another event: save it");
		return ui_form_save(v, &f, draw_new);
	}
	prefill(v, &probe);
	TRY(find_likely(v, &look, &l));
	if (l.n > 0)
		return draw_same(v, &look, &l);
	return ui_form_save(v, &f, draw_new);
}

/* ---- change an event ---- */

static int
draw_edit(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct event *e = f->rec;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
		{ NULL, tr(cx, "Change") }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = tr(cx, "Change the event"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
edit_form(struct view *v, struct event *e, struct ui_form *f)
{
	TRY(event_of_path(v, e));
	*f = (struct ui_form){ .kind = &event_kind,
		.rec = e,
		.path = event_path(v, e->rec.id, "/edit"),
		.fields = event_fields,
		.cancel = event_path(v, e->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct event_rights can;
	struct event e;
	struct ui_form f;

	TRY(edit_form(v, &e, &f));
	TRY(reads_rights(v->cx, &e, &can));
	if (!can.writes)
		return fail(v->cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	return draw_edit(v, &f);
}

static int
edit_post(struct view *v)
{
	struct event e;
	struct ui_form f;

	TRY(edit_form(v, &e, &f));
	return ui_form_save(v, &f, draw_edit);
}

/* ---- parts and co-organisers: forms that lead back to the event ---- */

static int
draw_child(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	bool part = f->kind == &part_kind;
	const char *title = part ? (f->create ? tr(cx, "New part") : tr(cx, "Change the part"))
				 : tr(cx, "New co-organiser");
	int64_t event =
	    part ? ((const struct part *)f->rec)->event : ((const struct organiser *)f->rec)->event;
	struct event e;
	struct err kept = cx->err;

	err_clear(cx);
	TRY(kind_get(cx, &event_kind, event, &e));
	cx->err = kept;
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { event_path(v, event, ""), kind_title(cx, &event_kind, &e) },
			   { NULL, title }, { NULL, NULL } } });
	if (part)
		ui_note(v, '-',
		    tr(cx, "A part belongs to its event and is never counted apart; its people are "
			   "not added."));
	else
		ui_note(v, '-',
		    tr(cx, "The event is counted once, whoever took part. What this body counted "
			   "itself is kept beside it."));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

/* A child of an event that is not the actor's own to change is refused before anything is typed. */
static int
writable_event(struct view *v, struct event *e)
{
	struct event_rights can;

	TRY(event_of_path(v, e));
	TRY(reads_rights(v->cx, e, &can));
	return can.writes ? RC_OK
			  : fail(v->cx, RC_DENIED,
				N_("This belongs to another body; you may change only what is your "
				   "own body's."));
}

static int
part_new(struct view *v, struct part *p, struct ui_form *f)
{
	struct event e;

	TRY(writable_event(v, &e));
	kind_empty(&part_kind, p);
	p->event = e.rec.id;
	*f = (struct ui_form){ .kind = &part_kind,
		.rec = p,
		.create = true,
		.path = event_path(v, e.rec.id, "/parts/new"),
		.fields = part_fields,
		.cancel = event_path(v, e.rec.id, ""),
		.again = true };
	return RC_OK;
}

static int
part_new_page(struct view *v)
{
	struct part p;
	struct ui_form f;

	TRY(part_new(v, &p, &f));
	return draw_child(v, &f);
}

static int
part_new_post(struct view *v)
{
	struct part p;
	struct ui_form f;

	TRY(part_new(v, &p, &f));
	return ui_form_save(v, &f, draw_child);
}

static int
part_edit(struct view *v, struct part *p, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &part_kind, id, p));
	*f = (struct ui_form){ .kind = &part_kind,
		.rec = p,
		.path = arena_printf(v->cx->arena, "/parts/%lld/edit", (long long)id),
		.fields = part_fields,
		.cancel = event_path(v, p->event, "") };
	return RC_OK;
}

static int
part_edit_page(struct view *v)
{
	struct part p;
	struct ui_form f;

	TRY(part_edit(v, &p, &f));
	return draw_child(v, &f);
}

static int
part_edit_post(struct view *v)
{
	struct part p;
	struct ui_form f;

	TRY(part_edit(v, &p, &f));
	return ui_form_save(v, &f, draw_child);
}

static int
organiser_new(struct view *v, struct organiser *o, struct ui_form *f)
{
	struct event e;

	TRY(writable_event(v, &e));
	kind_empty(&organiser_kind, o);
	o->event = e.rec.id;
	prefill_ref(v, "body", &o->body);
	*f = (struct ui_form){ .kind = &organiser_kind,
		.rec = o,
		.create = true,
		.path = event_path(v, e.rec.id, "/organisers/new"),
		.fields = organiser_fields,
		.cancel = event_path(v, e.rec.id, ""),
		.again = true };
	return RC_OK;
}

static int
organiser_new_page(struct view *v)
{
	struct organiser o;
	struct ui_form f;

	TRY(organiser_new(v, &o, &f));
	return draw_child(v, &f);
}

static int
organiser_new_post(struct view *v)
{
	struct organiser o;
	struct ui_form f;

	TRY(organiser_new(v, &o, &f));
	return ui_form_save(v, &f, draw_child);
}

static int
organiser_end_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct organiser o;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &organiser_kind, id, &o));
	if (s == NULL || !num_parse(s, &o.rec.version))
		o.rec.version = 0;
	o.ended = true;
	TRY(kind_update(v->cx, &organiser_kind, &o));
	return ui_done(v, event_path(v, o.event, ""),
	    tr(v->cx, "The body is no longer named as a co-organiser."));
}

const struct route event_edit_routes[] = {
	{ M_GET, "/events/new", new_page, CAP_EVENT_WRITE, 0, N_("New event"),
	    N_("Looks for the same event before it saves.") },
	{ M_POST, "/events/new", new_post, CAP_EVENT_WRITE, 0, N_("New event"), NULL },
	{ M_GET, "/events/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the event"), NULL },
	{ M_POST, "/events/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the event"),
	    NULL },
	{ M_GET, "/events/{id}/parts/new", part_new_page, CAP_EVENT_WRITE, 0, N_("New part"),
	    NULL },
	{ M_POST, "/events/{id}/parts/new", part_new_post, CAP_EVENT_WRITE, 0, N_("New part"),
	    NULL },
	{ M_GET, "/parts/{id}/edit", part_edit_page, CAP_EVENT_WRITE, 0, N_("Change the part"),
	    NULL },
	{ M_POST, "/parts/{id}/edit", part_edit_post, CAP_EVENT_WRITE, 0, N_("Change the part"),
	    NULL },
	{ M_GET, "/events/{id}/organisers/new", organiser_new_page, CAP_EVENT_WRITE, 0,
	    N_("New co-organiser"), NULL },
	{ M_POST, "/events/{id}/organisers/new", organiser_new_post, CAP_EVENT_WRITE, 0,
	    N_("New co-organiser"), NULL },
	{ M_POST, "/organisers/{id}/end", organiser_end_post, CAP_EVENT_WRITE, 0,
	    N_("No longer an organiser"), NULL },
};
const size_t event_edit_nroutes = ARRAY_LEN(event_edit_routes);

/* rights_consent_pages.c – consents of a person: the list, a new one, one to look at and to withdraw. */
#include "mod/rights/rights_pages.h"

static void
draw_state(struct view *v, const struct consent *c)
{
	struct ctx *cx = v->cx;

	if (c->withdrawn_on != 0 && c->withdrawn_on <= cx->today)
		ui_state(v, 'n', trf(cx, "withdrawn on %s", day_text(cx, c->withdrawn_on)));
	else if (c->until_day != 0 && c->until_day < cx->today)
		ui_state(v, '-', trf(cx, "lapsed on %s", day_text(cx, c->until_day)));
	else if (c->given_on > cx->today)
		ui_state(v, 'p', tr(cx, "begins later"));
	else
		ui_state(v, 'o', tr(cx, "holds"));
}

static void
draw_row(struct view *v, const struct consent *c)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<tr><th scope='row'><a href='%s'>%s</a></th><td class='nw' data-l='%s'>%s</td><td "
	    "data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'>",
	    ui_url(v, "/consents/%lld", (long long)c->rec.id),
	    option_label(cx, consent_purposes, c->purpose), tr(cx, "Given on"),
	    day_text(cx, c->given_on), tr(cx, "Given by"),
	    option_label(cx, consent_givers, c->given_by), tr(cx, "Version of the text"),
	    c->text_version, tr(cx, "State"));
	draw_state(v, c);
	html(&v->h, "</td></tr>");
}

int
draw_consents(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	const char *fresh = may(cx, CAP_PEOPLE_WRITE)
				? ui_url(v, "/people/%lld/consents/new", (long long)p->rec.id)
				: NULL;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &consent_kind));
	query_and(&q, "consent.person = ?", VALS(v_int(p->rec.id)));
	TRY(query_sort(&q, "-given_on"));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	ui_section_open(v, "consents", tr(cx, "Consents"), NULL);
	if (l.n == 0)
		ui_empty(v, tr(cx, "No consent is on record"),
		    tr(cx, "Write down what the person agreed to, with the text that was signed."),
		    fresh, tr(cx, "New consent"));
	else {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr><th "
		    "scope='col'>%s</th><th scope='col'>%s</th>",
		    tr(cx, "Consents"), tr(cx, "Purpose"), tr(cx, "Given on"));
		html(&v->h,
		    "<th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col'>%s</th></tr></thead>"
		    "<tbody>",
		    tr(cx, "Given by"), tr(cx, "Version of the text"), tr(cx, "State"));
		for (i = 0; i < l.n; i++)
			draw_row(v, list_row(&l, &consent_kind, i));
		html(&v->h, "</tbody></table></div>");
		if (fresh != NULL) {
			html(&v->h, "<p class='acts noprint'>");
			ui_button(v, fresh, tr(cx, "New consent"), false);
			html(&v->h, "</p>");
		}
	}
	ui_section_close(v);
	return RC_OK;
}

/* ---- a new one ---- */

static const char *const new_fields[] = { "purpose", "text", "text_version", "given_on",
	"until_day", "given_by", "representative", "document", NULL };

static int
draw_new(struct view *v, struct ui_form *f)
{
	const struct consent *c = f->rec;
	struct person p;

	TRY(kind_get(v->cx, &person_kind, c->person, &p));
	rights_frame(v, &p, tr(v->cx, "New consent"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct consent *c, struct ui_form *f)
{
	struct person p;

	TRY(rights_person(v, &p));
	kind_empty(&consent_kind, c);
	c->person = p.rec.id;
	c->given_on = v->cx->today;
	c->given_by = "self";
	*f = (struct ui_form){ .kind = &consent_kind,
		.rec = c,
		.create = true,
		.path = v->path,
		.fields = new_fields,
		.cancel = rights_path(v, p.rec.id) };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct consent c;
	struct ui_form f;

	TRY(new_form(v, &c, &f));
	return draw_new(v, &f);
}

static int
new_post(struct view *v)
{
	struct consent c;
	struct ui_form f;

	TRY(new_form(v, &c, &f));
	return ui_form_save(v, &f, draw_new);
}

/* ---- one ---- */

static int
draw_consent(struct view *v, const struct consent *c, const char *shown)
{
	struct ctx *cx = v->cx;
	struct person p;

	TRY(kind_get(cx, &person_kind, c->person, &p));
	rights_frame(v, &p, trf(cx, "Consent: %s", option_label(cx, consent_purposes, c->purpose)));
	ui_refusals(v, "f-");
	if (shown != NULL)
		html(&v->h, "<p class='note wait' role='status'>%s: <strong>%s</strong>. %s</p>",
		    tr(cx, "Name of the parent or representative"), shown,
		    tr(cx, "That you saw it is on record."));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	TRY(ui_facts(v, &consent_kind, c));
	if (c->withdrawn_on == 0 && may(cx, CAP_PEOPLE_WRITE)) {
		html(&v->h, "<div class='acts'>");
		ui_post_button(v,
		    arena_printf(cx->arena, "/consents/%lld/withdraw", (long long)c->rec.id),
		    c->rec.version, tr(cx, "Withdraw from today"), true);
		html(&v->h, "</div>");
	}
	ui_section_close(v);
	TRY(ui_history(v, &consent_kind, c->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
consent_of(struct view *v, struct consent *c)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &consent_kind, id, c));
	return c->person == 0 ? RC_NOTFOUND : RC_OK;
}

static int
consent_page(struct view *v)
{
	struct consent c;

	TRY(consent_of(v, &c));
	return draw_consent(v, &c, NULL);
}

static int
show_post(struct view *v)
{
	const char *field = req_f(v->rq, "field"), *value;
	struct consent c;

	TRY(consent_of(v, &c));
	if (field == NULL || strcmp(field, "representative") != 0)
		return RC_NOTFOUND;
	TRY(kind_unseal(v->cx, &consent_kind, c.rec.id, field, &value));
	return value == NULL ? RC_NOTFOUND : draw_consent(v, &c, value);
}

static int
withdraw_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *version = req_f(v->rq, "_version");
	struct consent c;
	int64_t seen = 0;
	int rc;

	TRY(consent_of(v, &c));
	if (version == NULL || !num_parse(version, &seen))
		seen = 0;
	rc = consent_withdraw(cx, c.rec.id, seen, day_of_moment(cx->now));
	if (rights_refused(v, rc))
		return draw_consent(v, &c, NULL);
	TRY(rc);
	return ui_done(v, rights_path(v, c.person), tr(cx, "The consent is withdrawn."));
}

const struct route rights_consent_routes[] = {
	{ M_GET, "/people/{id}/consents/new", new_page, CAP_PEOPLE_WRITE, 0, N_("New consent"),
	    NULL },
	{ M_POST, "/people/{id}/consents/new", new_post, CAP_PEOPLE_WRITE, 0, N_("New consent"),
	    NULL },
	{ M_GET, "/consents/{id}", consent_page, CAP_PEOPLE_READ, 0, N_("A consent"), NULL },
	{ M_POST, "/consents/{id}/show", show_post, CAP_SEALED_READ, 0, N_("Show a sealed value"),
	    NULL },
	{ M_POST, "/consents/{id}/withdraw", withdraw_post, CAP_PEOPLE_WRITE, 0,
	    N_("Withdraw a consent"), NULL },
};
const size_t rights_consent_nroutes = ARRAY_LEN(rights_consent_routes);

/* registry_person_edit_pages.c – entering and changing people, opening a sealed value, and the
 * ethnicity that a person declares.
 *
 * Before a new person is stored, likely duplicates are looked for among those whom this actor may see:
 * an equal IIN blocks and leads to the record; an equal name is shown beside what was typed, and the
 * clerk says that it is another person, which sends the same form again. */
#include "mod/registry/registry_pages.h"

enum { CANDIDATES = 10 }; /* shown beside what was typed */

static const char *
person_path(struct view *v, int64_t id)
{
	return arena_printf(v->cx->arena, "/people/%lld", (long long)id);
}

/* A person whom this actor may see and whose record was not joined with another. */
static int
standing(struct view *v, int64_t id, struct person *p)
{
	TRY(kind_get(v->cx, &person_kind, id, p));
	return p->merged_into == 0 ? RC_OK
				   : fail(v->cx, RC_RULE,
					 N_("This record was joined with record %s and no longer "
					    "changes by itself."),
					 num(v->cx, p->merged_into));
}

static int
draw_form(struct view *v, struct ui_form *f, const char *title)
{
	const struct crumb crumbs[] = { { "/people", tr(v->cx, "People") }, { NULL, title },
		{ NULL, NULL } };

	ui_open(
	    v, &(struct page){ .title = title, .nav = "/people", .staff = true, .crumbs = crumbs });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
draw_new(struct view *v, struct ui_form *f)
{
	return draw_form(v, f, tr(v->cx, "New person"));
}

static int
draw_edit(struct view *v, struct ui_form *f)
{
	return draw_form(v, f, trf(v->cx, "Edit: %s", kind_title(v->cx, &person_kind, f->rec)));
}

/* ---- a new one ---- */

static struct ui_form
new_form(struct view *v, struct person *p)
{
	kind_empty(&person_kind, p);
	if (actor_scoped(v->cx->actor))
		p->body = v->cx->actor->body;
	return (struct ui_form){ .kind = &person_kind,
		.rec = p,
		.create = true,
		.path = "/people/new",
		.cancel = "/people",
		.again = true };
}

static int
new_page(struct view *v)
{
	struct person p;
	struct ui_form f = new_form(v, &p);

	return draw_new(v, &f);
}

/* The same form once more, unseen, with the clerk's word that it is another person. */
static void
draw_other_button(struct view *v)
{
	size_t i;

	ui_form_begin(v, "/people/new", false);
	for (i = 0; i < v->rq->form.n; i++) {
		const struct pair *p = &v->rq->form.p[i];

		if (strcmp(p->name, "_csrf") != 0 && strcmp(p->name, "_other") != 0)
			html(
			    &v->h, "<input type='hidden' name='%s' value='%s'>", p->name, p->value);
	}
	html(&v->h,
	    "<label class='tick'><input type='checkbox' name='_other' value='1' required>"
	    "<span>%s</span></label><p><button class='btn' type='submit'>%s</button></p>",
	    tr(v->cx, "I looked: it is another person"), tr(v->cx, "Save all the same"));
	ui_form_end(v);
}

/* Birth and telephone, as far as this reader may know them, and the line that tells namesakes apart. */
static void
draw_known(struct view *v, const struct person *p, const char *hint)
{
	struct ctx *cx = v->cx;
	static const char *const names[] = { "birth_day", "phone" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++) {
		const struct field *f = kind_field(&person_kind, names[i]);

		html(&v->h, "<td data-l='%s'>%s</td>", tr(cx, f->label),
		    !kind_may_read(cx, &person_kind, f) || field_empty(f, p)
			? tr(cx, "not known")
			: field_text(cx, f, p, NULL));
	}
	html(&v->h, "<td data-l='%s'>%s</td>", tr(cx, "Known of them"), hint);
}

static void
draw_candidate(struct view *v, const struct candidate *c, const struct person *p)
{
	html(&v->h, "<tr><th scope='row'><a href='%s'>%s</a></th>",
	    ui_url(v, "/people/%lld", (long long)c->id), c->title);
	draw_known(v, p, c->hint);
	html(&v->h, "<td data-l='%s'>%s</td></tr>", tr(v->cx, "Why"),
	    person_reasons_text(v->cx, c->reasons));
}

static int
draw_candidates(struct view *v, struct ui_form *f, const struct candidate *c, size_t n)
{
	struct ctx *cx = v->cx;
	const struct person *p = f->rec;
	const struct crumb crumbs[] = { { "/people", tr(cx, "People") },
		{ NULL, tr(cx, "New person") }, { NULL, NULL } };
	bool certain = false;
	size_t i;

	for (i = 0; i < n; i++)
		certain = certain || c[i].certain;
	v->status = 409;
	ui_open(v,
	    &(struct page){
		.title = tr(cx, "New person"), .nav = "/people", .staff = true, .crumbs = crumbs });
	html(&v->h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2><p>%s</p></div>",
	    certain ? tr(cx, "This person is on record already") : tr(cx, "Is it one of these?"),
	    certain ? tr(cx, "The IIN stands in a record. Nothing was saved: open that record and "
			     "add what is new.")
		    : tr(cx, "Somebody like this is on record. Nothing was saved yet."));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "What you wrote, and who is on record"), tr(cx, "Person"),
	    tr(cx, "Day of birth"), tr(cx, "Telephone"), tr(cx, "Known of them"), tr(cx, "Why"));
	html(&v->h, "<tr><th scope='row'>%s</th>", kind_title(cx, &person_kind, p));
	draw_known(v, p, person_kind.hint(cx, p));
	html(&v->h, "<td data-l='%s'>%s</td></tr>", tr(cx, "Why"), tr(cx, "as you wrote it"));
	for (i = 0; i < n && i < CANDIDATES; i++) {
		struct person on_record;

		TRY(kind_get(cx, &person_kind, c[i].id, &on_record));
		draw_candidate(v, &c[i], &on_record);
	}
	html(&v->h, "</tbody></table></div>");
	if (!certain) {
		html(&v->h, "<div class='acts'>");
		draw_other_button(v);
		html(&v->h, "</div>");
	}
	html(&v->h, "<hr>");
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct person p;
	struct ui_form f = new_form(v, &p);
	const char *other = req_f(v->rq, "_other");
	struct candidate *c = NULL;
	size_t n = 0, i, certain = 0;
	bool searching;
	int rc = ui_form_read(v, &f, &searching);

	/* What is wrong in itself is put right first. */
	if (rc == RC_OK && !searching)
		rc = kind_check(cx, &person_kind, NULL, &p);
	if (rc == RC_OK && !searching)
		rc = person_candidates(cx, &p, &c, &n);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	for (i = 0; i < n; i++)
		certain += c[i].certain;
	if (certain > 0 || (n > 0 && (other == NULL || strcmp(other, "1") != 0)))
		return draw_candidates(v, &f, c, n);
	err_clear(cx);
	f = new_form(v, &p); /* read once more, by the door that saves */
	return ui_form_save(v, &f, draw_new);
}

/* ---- changing ---- */

static int
edit_form(struct view *v, struct person *p, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(standing(v, id, p));
	*f = (struct ui_form){
		.kind = &person_kind, .rec = p, .path = v->path, .cancel = person_path(v, id)
	};
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct person p;
	struct ui_form f;

	TRY(edit_form(v, &p, &f));
	if (!actor_in_scope(v->cx->actor, p.body))
		return fail(v->cx, RC_DENIED,
		    N_("Another body keeps this person's record. Ask the secretariat to change "
		       "it."));
	TRY(sensitive_open(v->cx, &person_kind, &p, "page"));
	return draw_edit(v, &f);
}

static int
edit_post(struct view *v)
{
	struct person p;
	struct ui_form f;

	TRY(edit_form(v, &p, &f));
	return ui_form_save(v, &f, draw_edit);
}

/* ---- opening a sealed value ---- */

static int
ethnicity_of(struct view *v, int64_t person, struct ethnicity *e)
{
	struct query q;
	struct list l;

	TRY(query_init(v->cx, &q, &ethnicity_kind));
	query_and(&q, "ethnicity.person = ?", VALS(v_int(person)));
	q.limit = 1;
	TRY(query_list(&q, &l));
	if (l.n == 0)
		return RC_NOTFOUND;
	memcpy(e, l.rows, sizeof *e);
	return RC_OK;
}

static int
show_ethnicity(struct view *v, int64_t person)
{
	struct ctx *cx = v->cx;
	struct ethnicity e;
	struct query q;
	struct list l;
	const char *code;

	TRY(ethnicity_of(v, person, &e));
	TRY(kind_unseal(cx, &ethnicity_kind, e.rec.id, "declared", &code));
	if (code == NULL)
		return RC_NOTFOUND;
	TRY(query_init(cx, &q, &ethnic_group_kind));
	TRY(query_filter(&q, "code", code));
	TRY(query_list(&q, &l));
	return draw_person_page(v, person, tr(cx, "Declared ethnicity"),
	    l.n == 0 ? code
		     : kind_title(cx, &ethnic_group_kind, list_row(&l, &ethnic_group_kind, 0)));
}

static int
show_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *field = req_f(v->rq, "field"), *value;
	struct person p;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(standing(v, id, &p));
	if (field == NULL)
		return RC_NOTFOUND;
	if (strcmp(field, "declared") == 0)
		return show_ethnicity(v, id);
	if (strcmp(field, "iin") != 0)
		return RC_NOTFOUND;
	TRY(kind_unseal(cx, &person_kind, id, field, &value));
	if (value == NULL)
		return RC_NOTFOUND;
	return draw_person_page(v, id, tr(cx, kind_field(&person_kind, field)->label), value);
}

/* ---- declared ethnicity ---- */

static int
draw_group_select(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *typed = req_f(v->rq, "declared");
	struct query q;
	struct list l;
	size_t i;

	html(&v->h,
	    "<div class='fld'><label for='f-declared'>%s</label><span class='hint'>%s</span>",
	    tr(cx, "Ethnic group, as the person declares it"),
	    tr(cx, "Never taken from a name, a language or an association."));
	draw_field_error(v, "declared");
	html(&v->h, "<select id='f-declared' name='declared'><option value=''>%s</option>",
	    tr(cx, "Choose"));
	TRY(query_init(cx, &q, &ethnic_group_kind));
	query_and(&q, "ethnic_group.special = 0", NO_VALS);
	TRY(query_sort(&q, "title"));
	q.limit = QUERY_LIMIT_MAX;
	do {
		TRY(query_list(&q, &l));
		for (i = 0; i < l.n; i++) {
			const struct ethnic_group *g = list_row(&l, &ethnic_group_kind, i);

			html(&v->h, "<option value='%s'", g->code);
			html(&v->h,
			    typed != NULL && strcmp(typed, g->code) == 0 ? " selected>" : ">");
			html(&v->h, "%s</option>", tr3(cx, &g->name, NULL));
		}
		q.after = l.next;
	} while (l.next != NULL);
	html(&v->h, "</select></div>");
	return RC_OK;
}

static int
draw_declare_form(struct view *v, int64_t person, const struct ethnicity *e)
{
	struct ctx *cx = v->cx;

	ui_form_begin(
	    v, arena_printf(cx->arena, "/people/%lld/ethnicity", (long long)person), false);
	draw_version(v, e->rec.version);
	TRY(draw_group_select(v));
	draw_text_field(v, "consent_day", tr(cx, "Day of the consent"), day_text(cx, cx->today));
	draw_text_field(
	    v, "consent_document", tr(cx, "Document of the consent"), e->consent_document);
	html(&v->h,
	    "<hr><div class='acts'><button class='btn go' type='submit'>%s</button><a class='btn "
	    "bare' href='%s'>%s</a></div>",
	    tr(cx, "Record the declaration"), ui_url(v, "/people/%lld", (long long)person),
	    tr(cx, "Cancel"));
	ui_form_end(v);
	return RC_OK;
}

static int
draw_ethnicity_page(struct view *v, int64_t person)
{
	struct ctx *cx = v->cx;
	const char *name = "";
	struct crumb crumbs[] = { { "/people", tr(cx, "People") }, { person_path(v, person), NULL },
		{ NULL, tr(cx, "Declared ethnicity") }, { NULL, NULL } };
	struct err refused = cx->err;
	struct ethnicity e;
	int rc;

	err_clear(cx);
	rc = ethnicity_of(v, person, &e);
	if (rc == RC_NOTFOUND)
		kind_empty(&ethnicity_kind, &e);
	else
		TRY(rc);
	TRY(kind_titles(cx, &person_kind, &person, 1, &name));
	cx->err = refused;
	crumbs[1].text = name;
	ui_open(v, &(struct page){ .title = tr(cx, "Declared ethnicity"),
		       .nav = "/people",
		       .staff = true,
		       .crumbs = crumbs });
	ui_refusals(v, "f-");
	html(&v->h, "<div class='flow'><p class='lead prose'>%s</p><p class='prose'>%s</p></div>",
	    tr(cx, "Nobody has to declare it, and nothing depends on it."),
	    tr(cx, "It is kept encrypted, shown one at a time with a record of who looked, and "
		   "never listed, filtered or exported. The person may withdraw it on any day."));
	if (e.declared.present) {
		ui_section_open(v, "now", tr(cx, "On record"), NULL);
		html(&v->h, "<p>%s</p><div class='acts'>",
		    trf(cx, "Declared with the consent of %s", day_text(cx, e.consent_day)));
		ui_post_button(v,
		    arena_printf(cx->arena, "/people/%lld/ethnicity/withdraw", (long long)person),
		    e.rec.version, tr(cx, "Withdraw the declaration"), true);
		html(&v->h, "</div>");
		ui_section_close(v);
	}
	ui_section_open(
	    v, "declare", e.declared.present ? tr(cx, "Declare anew") : tr(cx, "Declare"), NULL);
	TRY(draw_declare_form(v, person, &e));
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

/* The person of the path, whom this actor may see. */
static int
person_of(struct view *v, struct person *p)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return standing(v, id, p);
}

static int
ethnicity_page(struct view *v)
{
	struct person p;

	TRY(person_of(v, &p));
	return draw_ethnicity_page(v, p.rec.id);
}

static void
read_posted(struct view *v, struct ethnicity *e)
{
	static const char *const names[] = { "declared", "consent_day", "consent_document" };
	const char *version = req_f(v->rq, "_version");
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++) {
		const char *s = req_f(v->rq, names[i]);

		field_parse(v->cx, kind_field(&ethnicity_kind, names[i]), s == NULL ? "" : s,
		    v->cx->lang, e);
	}
	if (version == NULL || !num_parse(version, &e->rec.version))
		e->rec.version = 0;
}

static int
ethnicity_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct person p;
	struct ethnicity e;
	int rc;

	TRY(person_of(v, &p));
	rc = ethnicity_of(v, p.rec.id, &e);
	if (rc == RC_NOTFOUND) {
		kind_empty(&ethnicity_kind, &e);
		e.person = p.rec.id;
	} else
		TRY(rc);
	read_posted(v, &e);
	if (e.declared.fresh == NULL)
		fail_field(cx, "declared", N_("This field is needed."));
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = e.rec.id == 0 ? kind_insert(cx, &ethnicity_kind, &e)
				   : kind_update(cx, &ethnicity_kind, &e);
	if (was_refused(v, rc))
		return draw_ethnicity_page(v, p.rec.id);
	TRY(rc);
	return ui_done(v, person_path(v, p.rec.id), tr(cx, "The declaration is on record."));
}

static int
withdraw_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *version = req_f(v->rq, "_version");
	struct person p;
	struct ethnicity e;
	int rc;

	TRY(person_of(v, &p));
	TRY(ethnicity_of(v, p.rec.id, &e));
	if (version == NULL || !num_parse(version, &e.rec.version))
		e.rec.version = 0;
	rc = ethnicity_withdraw(cx, e.rec.id, e.rec.version);
	if (was_refused(v, rc))
		return draw_ethnicity_page(v, p.rec.id);
	TRY(rc);
	return ui_done(v, person_path(v, p.rec.id),
	    tr(cx, "The declaration is withdrawn; what was declared is destroyed."));
}

const struct route registry_person_edit_routes[] = {
	{ M_GET, "/people/new", new_page, CAP_PEOPLE_WRITE, 0, N_("New person"),
	    N_("Likely duplicates are shown before anything is saved.") },
	{ M_POST, "/people/new", new_post, CAP_PEOPLE_WRITE, 0, N_("New person"), NULL },
	{ M_GET, "/people/{id}/edit", edit_page, CAP_PEOPLE_WRITE, 0, N_("Edit the person"), NULL },
	{ M_POST, "/people/{id}/edit", edit_post, CAP_PEOPLE_WRITE, 0, N_("Edit the person"),
	    NULL },
	{ M_POST, "/people/{id}/show", show_post, CAP_SEALED_READ, 0, N_("Show a sealed value"),
	    NULL },
	{ M_GET, "/people/{id}/ethnicity", ethnicity_page, CAP_SEALED_READ, 0,
	    N_("Declared ethnicity"), NULL },
	{ M_POST, "/people/{id}/ethnicity", ethnicity_post, CAP_SEALED_READ, 0,
	    N_("Declared ethnicity"), NULL },
	{ M_POST, "/people/{id}/ethnicity/withdraw", withdraw_post, CAP_SEALED_READ, 0,
	    N_("Withdraw the declaration"), NULL },
};
const size_t registry_person_edit_nroutes = ARRAY_LEN(registry_person_edit_routes);

/* rights_pages.c – a person's rights on one page: consents, the file, restriction, erasure; what was erased
 * and removed by term; who read what. */
#include "mod/rights/rights_pages.h"

enum { SHOWN = 50 };

const char *
rights_path(struct view *v, int64_t person)
{
	return arena_printf(v->cx->arena, "/people/%lld/rights", (long long)person);
}

int
rights_person(struct view *v, struct person *p)
{
	struct ctx *cx = v->cx;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &person_kind, id, p));
	if (p->merged_into != 0) {
		TRY(person_stands(cx, id, &id));
		TRY(kind_get(cx, &person_kind, id, p));
	}
	return p->erased_on != 0 ? fail(cx, RC_RULE, N_("This record was erased.")) : RC_OK;
}

void
rights_frame(struct view *v, const struct person *p, const char *title)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/people", tr(cx, "People") },
		{ arena_printf(cx->arena, "/people/%lld", (long long)p->rec.id),
		    kind_title(cx, &person_kind, p) },
		{ NULL, title }, { NULL, NULL } };

	ui_open(
	    v, &(struct page){ .title = title, .nav = "/people", .staff = true, .crumbs = crumbs });
}

bool
rights_refused(struct view *v, int rc)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_EXISTS && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_INVALID ? 422 : 409;
	return true;
}

/* ---- one person ---- */

static const char *
way_word(struct ctx *cx, const char *way)
{
	static const struct option ways[] = { { "page", N_("page of the person") },
		{ "api", N_("by a program") }, { "file", N_("the whole file") },
		{ "sealed", N_("a sealed value") }, { NULL, NULL } };

	return option_label(cx, ways, way);
}

static void
draw_reads(struct view *v, const struct sensitive_read *r, size_t n, bool whose)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th>",
	    tr(cx, "Sensitive reads"), tr(cx, "Who"), tr(cx, "Day"));
	if (whose)
		html(h, "<th scope='col'>%s</th>", tr(cx, "Number of the record"));
	html(h, "<th scope='col'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "What"), tr(cx, "Times"));
	for (i = 0; i < n; i++) {
		html(h, "<tr><th scope='row'>%s</th><td class='nw' data-l='%s'>%s</td>",
		    r[i].who == NULL ? "" : r[i].who, tr(cx, "Day"), day_text(cx, r[i].day));
		if (whose)
			html(h, "<td data-l='%s'>№ %lld</td>", tr(cx, "Number of the record"),
			    (long long)r[i].person);
		html(h, "<td data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td></tr>",
		    tr(cx, "What"), way_word(cx, r[i].way), tr(cx, "Times"), num(cx, r[i].times));
	}
	html(h, "</tbody></table></div>");
}

static int
draw_person_reads(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	struct sensitive_read *r;
	size_t n;

	TRY(sensitive_reads(cx, p->rec.id, 0, SHOWN, &r, &n));
	ui_section_open(v, "reads", tr(cx, "Who opened it"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Nobody has opened contacts or sealed values."));
	else
		draw_reads(v, r, n, false);
	ui_section_close(v);
	return RC_OK;
}

static void
draw_officer(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	long long id = (long long)p->rec.id;

	ui_section_open(v, "file", tr(cx, "What is held"), NULL);
	html(&v->h, "<p class='prose'>%s</p><div class='acts'>",
	    tr(cx, "Everything held about the person, on one page to print and as a file. Opening "
		   "it is recorded."));
	ui_button(v, ui_url(v, "/people/%lld/file", id), tr(cx, "The person's file"), false);
	ui_button(v, ui_url(v, "/people/%lld/edit", id), tr(cx, "Correct"), false);
	html(&v->h, "</div>");
	ui_section_close(v);
	ui_section_open(v, "restrict", tr(cx, "Restriction"), NULL);
	html(&v->h, "<p class='prose'>%s</p><div class='acts'>",
	    p->restricted_on != 0
		? trf(cx, "Restricted since %s: hidden from everybody else.",
		      day_text(cx, p->restricted_on))
		: tr(cx, "A restricted record leaves all lists, search and exports; only you and "
			 "others who answer for personal data open it. Figures stay as they are."));
	ui_post_button(v,
	    arena_printf(cx->arena, "/people/%lld/%s", id,
		p->restricted_on != 0 ? "unrestrict" : "restrict"),
	    0, p->restricted_on != 0 ? tr(cx, "Lift the restriction") : tr(cx, "Restrict"), false);
	html(&v->h, "</div>");
	ui_section_close(v);
	ui_section_open(v, "erase", tr(cx, "Erasure"), NULL);
	html(&v->h, "<p class='prose'>%s</p><div class='acts'>",
	    tr(cx,
		"Destroys what identifies the person, for good. You see first what it touches."));
	ui_button(v, ui_url(v, "/people/%lld/erase", id), tr(cx, "Erase …"), false);
	html(&v->h, "</div>");
	ui_section_close(v);
}

static int
rights_page(struct view *v)
{
	struct person p;

	TRY(rights_person(v, &p));
	rights_frame(v, &p, trf(v->cx, "Rights: %s", kind_title(v->cx, &person_kind, &p)));
	TRY(draw_consents(v, &p));
	if (may(v->cx, CAP_RIGHTS)) {
		draw_officer(v, &p);
		TRY(draw_person_reads(v, &p));
	}
	ui_close(v);
	return RC_OK;
}

static int
set_restricted(struct view *v, bool restricted)
{
	struct person p;

	TRY(rights_person(v, &p));
	TRY(person_restrict(v->cx, p.rec.id, restricted));
	return ui_done(v, rights_path(v, p.rec.id),
	    restricted ? tr(v->cx, "The record is restricted.")
		       : tr(v->cx, "The restriction is lifted."));
}

static int
restrict_post(struct view *v)
{
	return set_restricted(v, true);
}

static int
unrestrict_post(struct view *v)
{
	return set_restricted(v, false);
}

/* ---- erasing ---- */

static void
draw_grounds(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *typed = req_f(v->rq, "ground");
	const struct option *o;

	html(&v->h,
	    "<div class='fld'><label for='f-ground'>%s</label><select id='f-ground' name='ground'>",
	    tr(cx, "Legal ground"));
	for (o = erase_grounds; o->code != NULL; o++)
		html(&v->h,
		    typed != NULL && strcmp(typed, o->code) == 0
			? "<option value='%s' selected>%s</option>"
			: "<option value='%s'>%s</option>",
		    o->code, tr(cx, o->label));
	html(&v->h, "</select></div>");
}

static void
draw_text(struct view *v, const char *name, const char *label, const char *hint)
{
	const char *typed = req_f(v->rq, name);

	html(&v->h,
	    "<div class='fld'><label for='f-%s'>%s</label><span class='hint'>%s</span><input "
	    "type='text' "
	    "autocomplete='off' id='f-%s' name='%s' value='%s'></div>",
	    name, label, hint, name, name, typed == NULL ? "" : typed);
}

static int
draw_erase(struct view *v, const struct person *p)
{
	struct ctx *cx = v->cx;
	struct err refused = cx->err;
	struct erase_sums s = { 0 };
	int rc;

	err_clear(cx);
	rc = person_erase_plan(cx, p->rec.id, &s);
	/* What forbids it (one's own record, the last administrator) stands on the page. */
	if (rc != RC_OK && rc != RC_RULE)
		return rc;
	if (refused.rc != RC_OK)
		cx->err = refused;
	rights_frame(v, p, trf(cx, "Erase: %s", kind_title(cx, &person_kind, p)));
	ui_refusals(v, "f-");
	ui_note(v, '!',
	    tr(cx, "This cannot be taken back. Older backups do not bring it back either."));
	html(&v->h, "<ul><li>%s</li><li>%s</li><li>%s</li><li>%s</li></ul>",
	    tr(cx,
		"The name, contacts, sealed values and their key are destroyed, in all versions."),
	    trf(cx, "Records that lose the link to the person: %s; versions written anew: %s.",
		num(cx, s.records), num(cx, s.versions)),
	    tr(cx, "Open memberships and offices end today; an account of the person is closed."),
	    tr(cx, "Attendances and days stay as numbers: figures of past days do not change."));
	ui_form_begin(
	    v, arena_printf(cx->arena, "/people/%lld/erase", (long long)p->rec.id), false);
	draw_grounds(v);
	draw_text(v, "document", tr(cx, "Request or decision"),
	    tr(cx, "Number and day of the paper. No names: it stays in the proof."));
	draw_text(v, "confirm",
	    trf(cx, "Write the number of the record to confirm: %lld", (long long)p->rec.id),
	    tr(cx, "A second look: is it the right person?"));
	html(&v->h, "<p class='acts'><button type='submit' class='btn bad'>%s</button>",
	    tr(cx, "Erase for good"));
	ui_button(
	    v, ui_url(v, "/people/%lld/rights", (long long)p->rec.id), tr(cx, "Cancel"), false);
	html(&v->h, "</p>");
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
erase_page(struct view *v)
{
	struct person p;

	TRY(rights_person(v, &p));
	return draw_erase(v, &p);
}

static int
erase_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *confirm = req_f(v->rq, "confirm");
	struct erase_in in = { .ground = req_f(v->rq, "ground"),
		.document = req_f(v->rq, "document") };
	struct erase_sums sums;
	struct person p;
	int64_t typed = 0;
	int rc;

	TRY(rights_person(v, &p));
	in.person = p.rec.id;
	if (confirm == NULL || !num_parse(confirm, &typed) || typed != p.rec.id)
		fail_field(cx, "confirm", N_("The number is another one. Nothing was erased."));
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = person_erase(cx, &in, &sums);
	if (rights_refused(v, rc))
		return draw_erase(v, &p);
	TRY(rc);
	return ui_done(v, "/rights",
	    trf(cx, "Record № %lld is erased; the proof stands below.", (long long)p.rec.id));
}

/* ---- proofs ---- */

static int
draw_erasures(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct erasure *e;
	int64_t after = 0;
	const char *asked = req_q(v->rq, "after");
	size_t n, i;

	if (asked != NULL && !num_parse(asked, &after))
		return RC_NOTFOUND;
	TRY(erasures(cx, after, SHOWN, &e, &n));
	ui_section_open(v, "erasures", tr(cx, "Erased records"), NULL);
	if (n == 0)
		html(h, "<p class='mute'>%s</p>", tr(cx, "Nobody was erased."));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr>"
		    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
		    tr(cx, "Erased records"), tr(cx, "Number of the record"), tr(cx, "Day"),
		    tr(cx, "Legal ground"));
		html(h,
		    "<th scope='col'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
		    tr(cx, "By"), tr(cx, "Records"));
		for (i = 0; i < n; i++)
			html(h,
			    "<tr><th scope='row'>№ %lld</th><td class='nw' data-l='%s'>%s</td><td "
			    "data-l='%s'>%s<br><span class='small mute'>%s</span></td><td "
			    "data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td></tr>",
			    (long long)e[i].person, tr(cx, "Day"), day_text(cx, e[i].day),
			    tr(cx, "Legal ground"), option_label(cx, erase_grounds, e[i].ground),
			    e[i].document == NULL ? "" : e[i].document, tr(cx, "By"),
			    e[i].who == NULL ? tr(cx, "the program") : e[i].who, tr(cx, "Records"),
			    num(cx, e[i].records));
		html(h, "</tbody></table></div>");
		if (n == SHOWN)
			ui_button(v, ui_url(v, "/rights?after=%lld", (long long)e[n - 1].id),
			    tr(cx, "Older"), false);
	}
	ui_section_close(v);
	return RC_OK;
}

static const char *
term_label(struct ctx *cx, const char *name)
{
	size_t i;

	for (i = 0; i < nretention_terms; i++)
		if (strcmp(retention_terms[i].setting, name) == 0)
			return tr(cx, retention_terms[i].label);
	return name;
}

static int
draw_terms(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *value;
	int64_t months;
	size_t i;

	ui_section_open(v, "terms", tr(cx, "Terms of storage"), NULL);
	html(&v->h, "<dl class='facts'>");
	for (i = 0; i < nretention_terms; i++) {
		TRY(setting_get(cx, retention_terms[i].setting, &value));
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", tr(cx, retention_terms[i].label),
		    !num_parse(value, &months) || months <= 0
			? tr(cx, "for good")
			: trn(cx, months, "%s month", "%s months", num(cx, months)));
	}
	html(&v->h, "</dl><p class='small mute'>%s</p>",
	    tr(cx, "The administrator sets them in the settings; they are applied every day."));
	ui_section_close(v);
	return RC_OK;
}

static int
draw_runs(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct retention_run *r;
	size_t n, i;

	TRY(retention_runs(cx, SHOWN, &r, &n));
	ui_section_open(v, "runs", tr(cx, "Removed by term"), NULL);
	if (n == 0)
		html(h, "<p class='mute'>%s</p>", tr(cx, "Nothing was removed by term yet."));
	for (i = 0; i < n; i++)
		html(h, "<p>%s: %s <span class='small mute'>%s</span></p>", day_text(cx, r[i].day),
		    term_label(cx, r[i].term),
		    trf(cx, "up to %s, records: %s", day_text(cx, r[i].upto),
			num(cx, r[i].records)));
	ui_section_close(v);
	return RC_OK;
}

static int
proofs_page(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_open(v,
	    &(struct page){ .title = tr(cx, "People's rights"), .nav = "/rights", .staff = true });
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"What was erased and removed, with its ground. Consents, the file, restriction and "
		"erasure of one person stand on that person's page under “Rights”."));
	TRY(draw_erasures(v));
	TRY(draw_terms(v));
	TRY(draw_runs(v));
	ui_close(v);
	return RC_OK;
}

static int
reads_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *rec = req_q(v->rq, "rec"), *from = req_q(v->rq, "from");
	struct sensitive_read *r;
	int64_t id = 0, offset = 0;
	size_t n;

	if ((rec != NULL && *rec != '\0' && !num_parse(rec, &id)) ||
	    (from != NULL && (!num_parse(from, &offset) || offset < 0 || offset > 1000000)))
		return RC_NOTFOUND;
	TRY(sensitive_reads(cx, id, (int)offset, SHOWN, &r, &n));
	ui_open(v, &(struct page){
		       .title = tr(cx, "Sensitive reads"), .nav = "/rights/reads", .staff = true });
	html(&v->h, "<p class='mute prose'>%s</p>",
	    tr(cx, "Who opened contacts, birth dates or sealed values of whom. People stand as the "
		   "numbers of their records."));
	html(&v->h,
	    "<form class='row' action='%s'><div class='fld'><label for='rec'>%s</label><input "
	    "type='text' inputmode='numeric' id='rec' name='rec' value='%s'></div><button "
	    "type='submit' "
	    "class='btn'>%s</button></form>",
	    ui_url(v, "/rights/reads"), tr(cx, "Number of the record"), rec == NULL ? "" : rec,
	    tr(cx, "Filter"));
	if (n == 0)
		ui_empty(v, tr(cx, "No lines"),
		    tr(cx, "Nothing was written that fits this filter."), NULL, NULL);
	else
		draw_reads(v, r, n, true);
	if (n == SHOWN)
		ui_button(v,
		    ui_url_with(v, "from", arena_printf(cx->arena, "%d", (int)offset + SHOWN)),
		    tr(cx, "Older"), false);
	ui_close(v);
	return RC_OK;
}

const struct route rights_routes[] = {
	{ M_GET, "/people/{id}/rights", rights_page, CAP_PEOPLE_READ, 0, N_("Rights of a person"),
	    N_("Consents; for those who answer for personal data also the file, restriction and "
	       "erasure.") },
	{ M_GET, "/people/{id}/file", person_file_page, CAP_RIGHTS, 0, N_("The person's file"),
	    N_("Everything held about a person, to print or as JSON.") },
	{ M_POST, "/people/{id}/restrict", restrict_post, CAP_RIGHTS, 0, N_("Restrict"), NULL },
	{ M_POST, "/people/{id}/unrestrict", unrestrict_post, CAP_RIGHTS, 0,
	    N_("Lift the restriction"), NULL },
	{ M_GET, "/people/{id}/erase", erase_page, CAP_RIGHTS, 0, N_("Erase a person"), NULL },
	{ M_POST, "/people/{id}/erase", erase_post, CAP_RIGHTS, 0, N_("Erase a person"), NULL },
	{ M_GET, "/rights", proofs_page, CAP_RIGHTS, 0, N_("People's rights"),
	    N_("Proofs of erasures and of what was removed by term.") },
	{ M_GET, "/rights/reads", reads_page, CAP_AUDIT_READ, 0, N_("Sensitive reads"),
	    N_("Who opened contacts, birth dates or sealed values of whom.") },
};
const size_t rights_nroutes = ARRAY_LEN(rights_routes);

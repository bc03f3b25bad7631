/* registry_duplicates_pages.c – likely the same person: the queue, two records side by side, joining,
 * parting, and the decision that they are two people.
 *
 * Everything here is for the secretariat (CAP_PEOPLE_MERGE). The reader chooses which record stays and,
 * field by field where they differ, which value; the versions that were on the page travel with the form,
 * so that nobody joins what he has not seen (412 draws both as they are now). */
#include "mod/registry/registry_pages.h"

enum { PAIRS_SHOWN = 25 };

/* ---- the queue ---- */

/* Names and hints of both people of every pair, one read for all names. */
struct sides {
	const char **title, **hint; /* 2n: one, two, one, two … */
};

static int
read_sides(struct view *v, const struct person_pairs *p, struct sides *s)
{
	struct ctx *cx = v->cx;
	int64_t *ids = arena_array(cx->arena, int64_t, 2 * p->n + 1);
	size_t i;

	s->title = arena_array(cx->arena, const char *, 2 * p->n + 1);
	s->hint = arena_array(cx->arena, const char *, 2 * p->n + 1);
	for (i = 0; i < p->n; i++) {
		ids[2 * i] = p->v[i].one;
		ids[2 * i + 1] = p->v[i].two;
	}
	TRY(kind_titles(cx, &person_kind, ids, 2 * p->n, s->title));
	for (i = 0; i < 2 * p->n; i++) {
		struct person one;

		TRY(kind_load(cx, &person_kind, ids[i], &one));
		s->hint[i] = person_kind.hint(cx, &one);
	}
	return RC_OK;
}

static void
draw_side(
    struct view *v, int64_t id, const char *label, const char *title, const char *hint, bool head)
{
	if (head)
		html(&v->h, "<th scope='row'>");
	else
		html(&v->h, "<td data-l='%s'><span>", label);
	html(&v->h, "<a href='%s'>%s</a> <span class='small mute'>№ %lld</span>",
	    ui_url(v, "/people/%lld", (long long)id), title, (long long)id);
	if (*hint != '\0')
		html(&v->h, "<br><span class='small mute'>%s</span>", hint);
	html(&v->h, head ? "</th>" : "</span></td>");
}

static void
draw_likeness(struct view *v, const struct person_pair *p)
{
	struct ctx *cx = v->cx;
	bool very = (p->reasons & (SAME_NAME | SAME_BIRTH)) == (SAME_NAME | SAME_BIRTH);

	html(&v->h, "<td data-l='%s'><span>", tr(cx, "Likeness"));
	ui_state(v, very ? 'o' : 'w', very ? tr(cx, "very likely") : tr(cx, "possible"));
	html(&v->h, " <span class='small mute'>%s</span></span></td>",
	    percent(cx, p->likeness, 1000));
}

static void
draw_pair_row(
    struct view *v, const struct person_pair *p, const struct sides *s, size_t i, bool decided)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<tr>");
	draw_side(v, p->one, NULL, s->title[2 * i], s->hint[2 * i], true);
	draw_side(
	    v, p->two, tr(cx, "Other record"), s->title[2 * i + 1], s->hint[2 * i + 1], false);
	if (decided)
		html(&v->h, "<td data-l='%s'>%s</td><td data-l='%s'>%s</td><td>",
		    tr(cx, "Decided by"), p->who == NULL ? tr(cx, "the program") : p->who,
		    tr(cx, "When"), moment_text(cx, p->at));
	else {
		draw_likeness(v, p);
		html(&v->h, "<td data-l='%s'>%s</td><td>", tr(cx, "Why"),
		    person_reasons_text(cx, p->reasons));
	}
	if (decided)
		ui_post_button(v,
		    arena_printf(cx->arena, "/people/%lld/distinct/%lld/undo", (long long)p->one,
			(long long)p->two),
		    0, tr(cx, "Ask again"), false);
	else
		ui_button(v,
		    ui_url(v, "/people/%lld/merge/%lld", (long long)p->one, (long long)p->two),
		    tr(cx, "Compare"), false);
	html(&v->h, "</td></tr>");
}

static int
draw_pairs(struct view *v, const struct person_pairs *p, bool decided)
{
	struct ctx *cx = v->cx;
	struct sides s;
	size_t i;

	TRY(read_sides(v, p, &s));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'><span "
	    "class='vh'>%s</span></th></tr></thead><tbody>",
	    tr(cx, "Likely the same person"), tr(cx, "Person"), tr(cx, "Other record"),
	    decided ? tr(cx, "Decided by") : tr(cx, "Likeness"),
	    decided ? tr(cx, "When") : tr(cx, "Why"), tr(cx, "Action"));
	for (i = 0; i < p->n; i++)
		draw_pair_row(v, &p->v[i], &s, i, decided);
	html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static void
draw_views(struct view *v, bool decided)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<nav class='chips' aria-label='%s'><a class='chip' href='%s'", tr(cx, "View"),
	    ui_url(v, "/people/duplicates"));
	html(&v->h, decided ? ">" : " aria-current='true'>");
	html(&v->h, "%s</a><a class='chip' href='%s'", tr(cx, "To be decided"),
	    ui_url(v, "/people/duplicates?decided=1"));
	html(&v->h, decided ? " aria-current='true'>" : ">");
	html(&v->h, "%s</a></nav>", tr(cx, "Found to be two people"));
}

static void
draw_more(struct view *v, const struct person_pairs *p, bool first)
{
	if (p->next == NULL && first)
		return;
	html(&v->h, "<nav class='pager' aria-label='%s'><span class='acts'>", tr(v->cx, "Pages"));
	if (!first) {
		html(&v->h, "<a class='btn' href='%s'>", ui_url_with(v, "after", NULL));
		ui_icon(v, ICON_PREV);
		html(&v->h, "%s</a>", tr(v->cx, "First page"));
	}
	if (p->next != NULL) {
		html(&v->h, "<a class='btn' rel='next' href='%s'>%s",
		    ui_url_with(v, "after", p->next), tr(v->cx, "Next"));
		ui_icon(v, ICON_NEXT);
		html(&v->h, "</a>");
	}
	html(&v->h, "</span></nav>");
}

static int
duplicates_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *asked = req_q(v->rq, "decided"), *after = req_q(v->rq, "after");
	bool decided = asked != NULL && strcmp(asked, "1") == 0,
	     first = after == NULL || *after == '\0';
	const struct crumb crumbs[] = { { "/people", tr(cx, "People") },
		{ NULL, tr(cx, "Likely the same person") }, { NULL, NULL } };
	struct person_pairs p;

	TRY(decided ? people_distinct_pairs(cx, after, PAIRS_SHOWN, &p)
		    : people_pairs(cx, after, PAIRS_SHOWN, &p));
	ui_open(v, &(struct page){ .title = tr(cx, "Likely the same person"),
		       .nav = "/people",
		       .staff = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'>");
	draw_views(v, decided);
	html(&v->h, "<p class='mute' role='status'>%s</p>",
	    trn(cx, p.total, "%s pair", "%s pairs", num(cx, p.total)));
	if (p.due > 0)
		ui_note(v, 'w',
		    trn(cx, p.due, "%s record is still being compared; look again in a minute.",
			"%s records are still being compared; look again in a minute.",
			num(cx, p.due)));
	if (p.n > 0)
		TRY(draw_pairs(v, &p, decided));
	else if (!first)
		ui_empty(v, tr(cx, "The list has no more records"), NULL,
		    ui_url_with(v, "after", NULL), tr(cx, "First page"));
	else if (decided)
		ui_empty(v, tr(cx, "Nothing was decided yet"),
		    tr(cx, "Pairs that you find to be two people stand here, with who decided and "
			   "when."),
		    NULL, NULL);
	else
		ui_empty(v, tr(cx, "No two records look like one person"),
		    tr(cx,
			"Names in any script and order, days of birth and telephones are compared "
			"whenever somebody is saved."),
		    ui_url(v, "/people"), tr(cx, "People"));
	draw_more(v, &p, first);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- two records side by side ---- */

struct pair_of {
	struct person p[2];
	const char *title[2];
	int64_t memberships[2], attendances[2];
	int stays; /* 0 or 1 */
};

static int
count_of(struct ctx *cx, const char *sql, int64_t id, int64_t *out)
{
	return db_int(cx, out, sql, VALS(v_int(id)));
}

static int
read_pair(struct view *v, struct pair_of *o)
{
	struct ctx *cx = v->cx;
	int64_t id;
	int i;

	o->stays = 0;
	for (i = 0; i < 2; i++) {
		TRY(req_param_id(v->rq, i, &id));
		TRY(kind_get(cx, &person_kind, id, &o->p[i]));
		o->title[i] = kind_title(cx, &person_kind, &o->p[i]);
		TRY(count_of(cx,
		    "SELECT count(*) FROM membership WHERE person = $1 AND joined_into IS NULL", id,
		    &o->memberships[i]));
		TRY(count_of(cx,
		    "SELECT count(*) FROM attendance WHERE person = $1 AND withdrawn = 0", id,
		    &o->attendances[i]));
	}
	return o->p[0].rec.id != o->p[1].rec.id
		   ? RC_OK
		   : fail(cx, RC_RULE, N_("A record cannot be joined with itself."));
}

/* Whose value is proposed: that of the record that stays, unless only the other one has any. */
static int
proposed(struct view *v, const struct pair_of *o, const struct field *f)
{
	const char *typed = req_f(v->rq, arena_printf(v->cx->arena, "take_%s", f->name));
	int64_t id;

	if (typed != NULL && num_parse(typed, &id))
		return id == o->p[1].rec.id;
	return field_empty(f, &o->p[o->stays]) ? 1 - o->stays : o->stays;
}

static int
draw_field(struct view *v, const struct pair_of *o, const struct field *f)
{
	struct ctx *cx = v->cx;
	const char *title[2] = { NULL, NULL };
	int64_t ids[2];
	int i, chosen = proposed(v, o, f);
	bool same = field_same(f, &o->p[0], &o->p[1]);

	if (field_empty(f, &o->p[0]) && field_empty(f, &o->p[1]))
		return RC_OK;
	if (f->type == FT_REF) {
		for (i = 0; i < 2; i++)
			ids[i] = *(const int64_t *)field_at(f, &o->p[i]);
		TRY(kind_titles(cx, f->ref, ids, 2, title));
	}
	html(&v->h, "<tr><th scope='row' id='t-%s'>%s", f->name, tr(cx, f->label));
	if (!same) {
		html(&v->h, " ");
		ui_state(v, 'w', tr(cx, "differs"));
	}
	html(&v->h, "</th>");
	for (i = 0; i < 2; i++) {
		const char *text = field_empty(f, &o->p[i]) ? tr(cx, "not known")
							    : field_text(cx, f, &o->p[i], title[i]);

		html(&v->h, "<td data-l='№ %lld'>", (long long)o->p[i].rec.id);
		if (same)
			html(&v->h, "%s", text);
		else {
			html(&v->h,
			    "<label class='tick'><input type='radio' name='take_%s' value='%lld' "
			    "aria-describedby='t-%s'",
			    f->name, (long long)o->p[i].rec.id, f->name);
			if (chosen == i)
				html(&v->h, " checked");
			html(&v->h, "><span>%s</span></label>", text);
		}
		html(&v->h, "</td>");
	}
	html(&v->h, "</tr>");
	return RC_OK;
}

static void
draw_fact(struct view *v, const struct pair_of *o, const char *label, const char *const text[2])
{
	int i;

	html(&v->h, "<tr><th scope='row'>%s</th>", label);
	for (i = 0; i < 2; i++)
		html(&v->h, "<td data-l='№ %lld'>%s</td>", (long long)o->p[i].rec.id, text[i]);
	html(&v->h, "</tr>");
}

static int
draw_table(struct view *v, const struct pair_of *o)
{
	struct ctx *cx = v->cx;
	const char *const *name;
	const char *text[2];
	int i;

	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(cx, "Two records side by side"), tr(cx, "Field"));
	for (i = 0; i < 2; i++)
		html(&v->h, "<th scope='col'><a href='%s'>№ %lld</a></th>",
		    ui_url(v, "/people/%lld", (long long)o->p[i].rec.id),
		    (long long)o->p[i].rec.id);
	html(&v->h, "</tr></thead><tbody>");
	for (name = person_merge_fields; *name != NULL; name++)
		TRY(draw_field(v, o, kind_field(&person_kind, *name)));
	for (i = 0; i < 2; i++)
		text[i] = o->p[i].iin.present ? tr(cx, "on record") : tr(cx, "not known");
	draw_fact(v, o, tr(cx, "IIN"), text);
	for (i = 0; i < 2; i++)
		text[i] = num(cx, o->memberships[i]);
	draw_fact(v, o, tr(cx, "Memberships"), text);
	for (i = 0; i < 2; i++)
		text[i] = num(cx, o->attendances[i]);
	draw_fact(v, o, tr(cx, "Attendances"), text);
	for (i = 0; i < 2; i++)
		text[i] = moment_text(cx, o->p[i].rec.changed_at);
	draw_fact(v, o, tr(cx, "Last change"), text);
	html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static void
draw_choice(struct view *v, const struct pair_of *o)
{
	struct ctx *cx = v->cx;
	int i;

	html(&v->h, "<fieldset class='fld'><legend>%s</legend>", tr(cx, "Which record stays?"));
	for (i = 0; i < 2; i++) {
		html(&v->h, "<label class='tick'><input type='radio' name='stays' value='%lld'",
		    (long long)o->p[i].rec.id);
		if (i == o->stays)
			html(&v->h, " checked");
		html(&v->h, "><span>№ %lld: %s</span></label>", (long long)o->p[i].rec.id,
		    o->title[i]);
	}
	html(&v->h, "</fieldset>");
}

static int
draw_merge(struct view *v, const struct pair_of *o)
{
	struct ctx *cx = v->cx;
	const char *title = tr(cx, "Are these two one person?"),
		   *pair = arena_printf(cx->arena, "%lld/merge/%lld", (long long)o->p[0].rec.id,
		       (long long)o->p[1].rec.id);
	const struct crumb crumbs[] = { { "/people", tr(cx, "People") },
		{ "/people/duplicates", tr(cx, "Likely the same person") }, { NULL, title },
		{ NULL, NULL } };
	int i;

	ui_open(
	    v, &(struct page){ .title = title, .nav = "/people", .staff = true, .crumbs = crumbs });
	ui_refusals(v, "f-");
	ui_form_begin(v, arena_printf(cx->arena, "/people/%s", pair), false);
	for (i = 0; i < 2; i++)
		html(&v->h, "<input type='hidden' name='version_%lld' value='%lld'>",
		    (long long)o->p[i].rec.id, (long long)o->p[i].rec.version);
	TRY(draw_table(v, o));
	ui_section_open(v, "merge", tr(cx, "Join them"),
	    tr(cx, "It can be taken back on the page of the record that stays."));
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"Memberships, offices, attendances, the declaration and the account go over to the "
		"record that stays. The other one leaves all lists and keeps its history."));
	draw_choice(v, o);
	html(&v->h,
	    "<hr><p class='acts'><button type='submit' class='btn go'>%s</button><a class='btn "
	    "bare' "
	    "href='%s'>%s</a></p>",
	    tr(cx, "Join"), ui_url(v, "/people/duplicates"), tr(cx, "Cancel"));
	ui_section_close(v);
	ui_form_end(v);
	ui_section_open(
	    v, "distinct", tr(cx, "They are two"), tr(cx, "They will not be asked about again."));
	html(&v->h, "<div class='acts'>");
	ui_post_button(v,
	    arena_printf(cx->arena, "/people/%lld/distinct/%lld", (long long)o->p[0].rec.id,
		(long long)o->p[1].rec.id),
	    0, tr(cx, "Not the same person"), false);
	html(&v->h, "</div>");
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

static int
merge_page(struct view *v)
{
	struct pair_of o;

	TRY(read_pair(v, &o));
	return draw_merge(v, &o);
}

static int64_t
posted_version(struct view *v, int64_t id)
{
	const char *s = req_f(v->rq, arena_printf(v->cx->arena, "version_%lld", (long long)id));
	int64_t n;

	return s != NULL && num_parse(s, &n) ? n : 0;
}

/* Fields of which the leaving record's value was chosen. */
static const char *const *
taken(struct view *v, int64_t leaves)
{
	const char **out = arena_array(v->cx->arena, const char *, 32);
	const char *const *name;
	size_t n = 0;
	int64_t id;

	for (name = person_merge_fields; *name != NULL; name++) {
		const char *s = req_f(v->rq, arena_printf(v->cx->arena, "take_%s", *name));

		if (s != NULL && num_parse(s, &id) && id == leaves && n < 31)
			out[n++] = *name;
	}
	return out;
}

static int
merge_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *s = req_f(v->rq, "stays");
	struct person_merge_in in = { .stays = 0 };
	struct pair_of o;
	int rc;

	TRY(read_pair(v, &o));
	if (s == NULL || !num_parse(s, &in.stays) ||
	    (in.stays != o.p[0].rec.id && in.stays != o.p[1].rec.id)) {
		fail_field(cx, "stays", N_("Choose which one stays."));
		v->status = 422;
		return draw_merge(v, &o);
	}
	o.stays = in.stays == o.p[0].rec.id ? 0 : 1;
	in.leaves = o.p[1 - o.stays].rec.id;
	in.stays_version = posted_version(v, in.stays);
	in.leaves_version = posted_version(v, in.leaves);
	in.take = taken(v, in.leaves);
	rc = person_merge(cx, &in);
	if (was_refused(v, rc)) {
		struct err said = cx->err;

		v->status = rc == RC_CONFLICT ? 412 : v->status;
		err_clear(cx);
		db_end(cx);
		TRY(read_pair(v, &o)); /* as they are now */
		o.stays = in.stays == o.p[0].rec.id ? 0 : 1;
		cx->err = said;
		return draw_merge(v, &o);
	}
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/people/%lld", (long long)in.stays),
	    tr(cx, "The two records are joined."));
}

static int
unmerge_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct person p;
	int64_t id;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &person_kind, id, &p));
	rc = person_unmerge(cx, id);
	if (rc == RC_RULE) {
		const char *why = cx->err.text;

		err_clear(cx);
		return ui_done(v,
		    arena_printf(cx->arena, "/people/%lld",
			(long long)(p.merged_into != 0 ? p.merged_into : id)),
		    why);
	}
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/people/%lld", (long long)id),
	    tr(cx, "The joining is taken back: everything is as it was before."));
}

static int
decide(struct view *v, bool are, const char *path, const char *said)
{
	int64_t one, two;

	TRY(req_param_id(v->rq, 0, &one));
	TRY(req_param_id(v->rq, 1, &two));
	TRY(people_distinct(v->cx, one, two, are));
	return ui_done(v, path, said);
}

static int
distinct_post(struct view *v)
{
	return decide(v, true, "/people/duplicates", tr(v->cx, "Noted: they are two people."));
}

static int
distinct_undo_post(struct view *v)
{
	return decide(
	    v, false, "/people/duplicates?decided=1", tr(v->cx, "The decision is taken back."));
}

const struct route registry_duplicates_routes[] = {
	{ M_GET, "/people/duplicates", duplicates_page, CAP_PEOPLE_MERGE, 0,
	    N_("Likely the same person"),
	    N_("Pairs of records with the reasons, most certain first.") },
	{ M_GET, "/people/{id}/merge/{other}", merge_page, CAP_PEOPLE_MERGE, 0,
	    N_("Compare two people"), N_("Side by side; one record stays.") },
	{ M_POST, "/people/{id}/merge/{other}", merge_post, CAP_PEOPLE_MERGE, 0,
	    N_("Join two records of one person"), NULL },
	{ M_POST, "/people/{id}/unmerge", unmerge_post, CAP_PEOPLE_MERGE, 0,
	    N_("Take a joining back"), NULL },
	{ M_POST, "/people/{id}/distinct/{other}", distinct_post, CAP_PEOPLE_MERGE, 0,
	    N_("Not the same person"), NULL },
	{ M_POST, "/people/{id}/distinct/{other}/undo", distinct_undo_post, CAP_PEOPLE_MERGE, 0,
	    N_("Ask again about two people"), NULL },
};
const size_t registry_duplicates_nroutes = ARRAY_LEN(registry_duplicates_routes);

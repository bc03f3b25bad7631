/* registry_tree_pages.c – all bodies, as a tree and as a list, on a day.
 *
 * Names are those valid on the day, the standing of accreditations and the persons counted likewise.
 * The tree has three sections: the assembly with what is beneath; associations accredited on the day;
 * and the rest in words – lapsed, suspended, closed, partners outside. A count opens to the figure of
 * that body where there is one, else to the members on the body's page. */
#include <stdlib.h>

#include "lang/order.h"
#include "figure/figure.h"
#include "mod/registry/registry_pages.h"

enum { DEPTH_MAX = 12 };

/* ---- the tree ---- */

static const struct body_row *
row_of(const struct body_tree *t, int64_t id)
{
	size_t i;

	for (i = 0; id != 0 && i < t->n; i++)
		if (t->v[i].id == id)
			return &t->v[i];
	return NULL;
}

static bool
is(const struct body_row *b, const char *kind)
{
	return strcmp(b->kind, kind) == 0;
}

static bool
closed_by(const struct body_row *b, int on)
{
	return b->closed != 0 && b->closed <= on;
}

enum section { SECTION_ASSEMBLY, SECTION_ACCREDITED, SECTION_OTHERS };

/* Whether this body begins a tree of its own in the section. */
static bool
begins(const struct body_tree *t, const struct body_row *b, enum section s)
{
	bool accredited = !closed_by(b, t->on) && strcmp(b->state, "accredited") == 0;

	if (is(b, "eca"))
		return s == (accredited ? SECTION_ACCREDITED : SECTION_OTHERS);
	if (row_of(t, b->parent) != NULL)
		return false;
	return s == (is(b, "assembly") ? SECTION_ASSEMBLY : SECTION_OTHERS);
}

/* The figure that counts what this line counts; NULL = none. */
static const char *
figure_of(const struct body_row *b, enum body_role role)
{
	const char *code = NULL;

	if (role == BODY_MEMBERS && (is(b, "eca") || is(b, "eca_branch")))
		code = "eca_members";
	else if (role == BODY_MEMBERS && is(b, "youth_rep"))
		code = "youth_members";
	else if (role == BODY_LEARNERS && is(b, "language_club"))
		code = "club_learners";
	return code == NULL || figure_find(code) == NULL ? NULL : code;
}

static const char *
role_noun(struct ctx *cx, enum body_role role, int64_t n)
{
	switch (role) {
	case BODY_LEARNERS:
		return trn(cx, n, "learner", "learners");
	case BODY_EMPLOYEES:
		return trn(cx, n, "employee", "employees");
	case BODY_VOLUNTEERS:
		return trn(cx, n, "volunteer", "volunteers");
	case BODY_MEMBERS:
	case BODY_ROLES:
		break;
	}
	return trn(cx, n, "member", "members");
}

static void
draw_people(struct view *v, const struct body_tree *t, const struct body_row *b)
{
	int role;

	for (role = 0; role < BODY_ROLES && b->people[role] == 0; role++)
		;
	if (role < BODY_ROLES) {
		const char *code = figure_of(b, (enum body_role)role);

		ui_count(v, KNOWN_EXACT,
		    code != NULL
			? ui_url(v, "/figures/%s?on=%s&body=%s", code, iso(v, t->on), b->code)
		    : t->on == v->cx->today
			? ui_url(v, "/bodies/%lld#members", (long long)b->id)
			: ui_url(v, "/bodies/%lld?on=%s#members", (long long)b->id, iso(v, t->on)),
		    num(v->cx, b->people[role]));
		html(&v->h, " %s", role_noun(v->cx, (enum body_role)role, b->people[role]));
	}
}

static void
draw_name(struct view *v, const struct body_tree *t, const struct body_row *b)
{
	const char *url = t->on == v->cx->today
			      ? ui_url(v, "/bodies/%lld", (long long)b->id)
			      : ui_url(v, "/bodies/%lld?on=%s", (long long)b->id, iso(v, t->on));

	if (b->name_lang == v->cx->lang)
		html(&v->h, "<a href='%s'>%s</a>", url, b->name);
	else
		html(&v->h, "<a href='%s' lang='%s'>%s</a>", url, lang_code(b->name_lang), b->name);
}

static void
draw_node(struct view *v, const struct body_tree *t, const struct body_row *b)
{
	bool closed = closed_by(b, t->on), waits = (is(b, "eca") || is(b, "eca_branch")) &&
						   strcmp(b->state, "accredited") != 0 &&
						   (is(b, "eca") || *b->state != '\0');

	html(&v->h, "<div class='node'><span>");
	draw_name(v, t, b);
	html(&v->h, "</span><span>");
	if (closed || waits) {
		draw_body_state(v, b->state, b->valid_to, closed ? b->closed : 0);
		html(&v->h, " ");
	}
	if (!closed)
		draw_people(v, t, b);
	html(&v->h, "</span></div>");
}

static void draw_line(
    struct view *v, const struct body_tree *t, const struct body_row *b, int depth);

/* Bodies whose parent this is; associations stand in sections of their own. */
static void
draw_beneath(struct view *v, const struct body_tree *t, int64_t parent, int depth)
{
	bool open = false;
	size_t i;

	for (i = 0; i < t->n && depth < DEPTH_MAX; i++) {
		if (t->v[i].parent != parent || is(&t->v[i], "eca"))
			continue;
		if (!open)
			html(&v->h, "<ul>");
		open = true;
		draw_line(v, t, &t->v[i], depth + 1);
	}
	if (open)
		html(&v->h, "</ul>");
}

static void
draw_line(struct view *v, const struct body_tree *t, const struct body_row *b, int depth)
{
	html(&v->h, "<li>");
	draw_node(v, t, b);
	draw_beneath(v, t, b->id, depth);
	html(&v->h, "</li>");
}

void
draw_tree_line(struct view *v, const struct body_tree *t, const struct body_row *b)
{
	draw_line(v, t, b, 0);
}

static void
draw_section(struct view *v, const struct body_tree *t, enum section s)
{
	static const struct {
		const char *id, *name, *small;
	} sections[] = {
		{ "assembly", N_("Assembly"), NULL },
		{ "accredited", N_("Ethnocultural associations"),
		    N_("Accredited on the day. One person may belong to two associations.") },
		{ "others", N_("Others"),
		    N_("Associations without an accreditation in force, and bodies that work with "
		       "the Assembly.") },
	};
	struct ctx *cx = v->cx;
	size_t i, n = 0;

	for (i = 0; i < t->n; i++)
		n += begins(t, &t->v[i], s);
	if (n == 0)
		return;
	ui_section_open(v, sections[s].id, tr(cx, sections[s].name),
	    sections[s].small == NULL ? NULL : tr(cx, sections[s].small));
	html(&v->h, "<ul class='tree'>");
	for (i = 0; i < t->n; i++)
		if (begins(t, &t->v[i], s))
			draw_line(v, t, &t->v[i], 0);
	html(&v->h, "</ul>");
	ui_section_close(v);
}

/* ---- the same as a list ---- */

static void
draw_list_row(struct view *v, const struct body_tree *t, const struct body_row *b)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct body_row *above = row_of(t, b->parent);
	bool eca = is(b, "eca") || is(b, "eca_branch"), closed = closed_by(b, t->on);

	html(h, "<tr><th scope='row'>");
	draw_name(v, t, b);
	html(h,
	    "</th><td data-l='%s'>%s</td><td class='opt' data-l='%s'>%s</td><td class='opt' "
	    "data-l='%s'>%s</td><td data-l='%s'><span>",
	    tr(cx, "Kind"), b->kind_name, tr(cx, "Part of"), above == NULL ? "" : above->name,
	    tr(cx, "District or city"), b->district_name, tr(cx, "State"));
	if (eca || closed)
		draw_body_state(v, b->state, b->valid_to, closed ? b->closed : 0);
	html(h, "</span></td><td data-l='%s'><span>", tr(cx, "Number of people"));
	draw_people(v, t, b);
	html(h, "</span></td></tr>");
}

struct by_name {
	const char *key;
	const struct body_row *b;
};

static int
compare_names(const void *a, const void *b)
{
	return strcmp(((const struct by_name *)a)->key, ((const struct by_name *)b)->key);
}

/* In the order of the names that were in force on the day; the letter of the address narrows it. */
static struct by_name *
in_order(struct view *v, const struct body_tree *t, size_t *n)
{
	struct by_name *out = arena_array(v->cx->arena, struct by_name, t->n + 1);
	const char **have = arena_array(v->cx->arena, const char *, t->n + 1),
		   *now = req_q(v->rq, "letter");
	struct letter_range range;
	size_t i, letters = 0, kept = 0;

	for (i = 0; i < t->n; i++)
		out[i] = (struct by_name){ order_key(v->cx->arena, t->v[i].name), &t->v[i] };
	if (t->n > 0)
		qsort(out, t->n, sizeof *out, compare_names);
	for (i = 0; i < t->n; i++) {
		const char *letter = order_letter_of(out[i].key);

		if (letter != NULL && (letters == 0 || strcmp(have[letters - 1], letter) != 0))
			have[letters++] = letter;
	}
	if (now != NULL && (*now == '\0' || !order_letter(now, &range)))
		now = NULL;
	ui_letters(v, have, letters, now);
	for (i = 0; i < t->n; i++)
		if (now == NULL ||
		    (strcmp(out[i].key, range.from) >= 0 && strcmp(out[i].key, range.to) < 0))
			out[kept++] = out[i];
	*n = kept;
	return out;
}

static void
draw_list(struct view *v, const struct body_tree *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i, n;
	struct by_name *sorted = in_order(v, t, &n);

	if (n == 0) {
		ui_empty(v, tr(cx, "No record fits these filters"), NULL,
		    ui_url_with(v, "letter", NULL), tr(cx, "All"));
		return;
	}
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th>",
	    tr(cx, "Bodies"), tr(cx, "Name"), tr(cx, "Kind"));
	html(h,
	    "<th scope='col' class='opt'>%s</th><th scope='col' class='opt'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Part of"), tr(cx, "District or city"), tr(cx, "State"),
	    tr(cx, "Number of people"));
	for (i = 0; i < n; i++)
		draw_list_row(v, t, sorted[i].b);
	html(h, "</tbody></table></div>");
}

static const char *
total_noun(struct ctx *cx, size_t i, int64_t n)
{
	switch (i) {
	case 0:
		return trn(cx, n, "body", "bodies");
	case 1:
		return trn(cx, n, "accredited association", "accredited associations");
	default:
		return trn(cx, n, "membership in associations", "memberships in associations");
	}
}

/* "On 15.11.2024: 38 bodies, 2245 memberships in associations", each with its line. */
static int
draw_totals(struct view *v, int on)
{
	static const char *const totals[] = { "bodies_by_kind", "eca_count", "eca_members" };
	struct ctx *cx = v->cx;
	struct figure_answer a;
	struct ask ask;
	const char *sep = "";
	size_t i;

	ask_default(cx, &ask);
	ask.on = on;
	html(&v->h, "<p class='mute'>%s ", trf(cx, "On %s:", day_text(cx, on)));
	for (i = 0; i < ARRAY_LEN(totals); i++) {
		const struct figure *f = figure_find(totals[i]);

		if (f == NULL)
			continue;
		TRY(figure_answer(cx, f, &ask, &a));
		html(&v->h, "%s", sep);
		ui_count(v, a.known ? KNOWN_EXACT : KNOWN_NOT,
		    ui_url(v, "/figures/%s?on=%s", f->code, iso(v, on)), num(cx, (int64_t)a.value));
		html(&v->h, " %s", total_noun(cx, i, (int64_t)a.value));
		sep = ", ";
	}
	html(&v->h, "</p>");
	return RC_OK;
}

static void
draw_views(struct view *v, bool list)
{
	html(&v->h, "<nav class='chips' aria-label='%s'><a class='chip' href='%s'",
	    tr(v->cx, "View"), ui_url_with(v, "view", NULL));
	html(&v->h, list ? ">" : " aria-current='true'>");
	html(&v->h, "%s</a><a class='chip' href='%s'", tr(v->cx, "Tree"),
	    ui_url_with(v, "view", "list"));
	html(&v->h, list ? " aria-current='true'>" : ">");
	html(&v->h, "%s</a></nav>", tr(v->cx, "List"));
}

static int
bodies_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *view = req_q(v->rq, "view");
	bool list = view != NULL && strcmp(view, "list") == 0;
	const struct crumb crumbs[] = { { NULL, tr(cx, "Bodies") }, { NULL, NULL } };
	struct body_tree t = { .on = page_day(v) };

	TRY(reads_bodies(cx, t.on, &t.v, &t.n));
	ui_open(v, &(struct page){ .title = tr(cx, "Bodies"),
		       .nav = "/bodies",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = may(cx, CAP_STAFF) ? NULL : crumbs,
		       .description = tr(cx, "The Assembly's bodies and the ethnocultural "
					     "associations, with their members counted.") });
	html(&v->h, "<div class='titl'><div><h1>%s</h1>", tr(cx, "Bodies"));
	TRY(draw_totals(v, t.on));
	html(&v->h, "</div>");
	draw_day_form(v, "/bodies", t.on);
	if (may(cx, CAP_BODY_WRITE)) {
		html(&v->h, "<div class='acts'>");
		ui_button(v, ui_url(v, "/bodies/new"), tr(cx, "New body"), true);
		html(&v->h, "</div>");
	}
	html(&v->h, "</div>");
	draw_views(v, list);
	if (t.n == 0)
		ui_empty(v, tr(cx, "No bodies"),
		    tr(cx, "None is on record for this day. The secretariat enters the assembly "
			   "first, then what is beneath it."),
		    may(cx, CAP_BODY_WRITE) ? ui_url(v, "/bodies/new") : NULL, tr(cx, "New body"));
	else if (list)
		draw_list(v, &t);
	else {
		draw_section(v, &t, SECTION_ASSEMBLY);
		draw_section(v, &t, SECTION_ACCREDITED);
		draw_section(v, &t, SECTION_OTHERS);
	}
	ui_close(v);
	return RC_OK;
}

const struct route registry_tree_routes[] = {
	{ M_GET, "/bodies", bodies_page, CAP_PUBLIC, ROUTE_CACHE, N_("Bodies"),
	    N_("The assembly, its councils and clubs, and the ethnocultural associations, on any "
	       "day.") },
};
const size_t registry_tree_nroutes = ARRAY_LEN(registry_tree_routes);

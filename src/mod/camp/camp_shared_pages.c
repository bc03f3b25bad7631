/* camp_shared_pages.c – what the pages of camps have in common: frame, rights, places, the mark of a consent. */
#include "mod/camp/camp_pages.h"

const char *
camp_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/camps/%lld%s", (long long)id, tail);
}

int
camp_of_path(struct view *v, struct camp *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &camp_kind, id, out);
}

int
camp_run_of_path(struct view *v, struct camp *out)
{
	TRY(camp_of_path(v, out));
	return camp_run_by(v->cx, out->rec.id);
}

int
camp_staffed_of_path(struct view *v, struct camp *out)
{
	TRY(camp_of_path(v, out));
	return camp_staffed_by(v->cx, out->rec.id);
}

bool
camp_runs(struct ctx *cx, int64_t camp)
{
	struct err kept = cx->err;
	bool runs = camp_run_by(cx, camp) == RC_OK;

	cx->err = kept;
	return runs;
}

bool
camp_staffed(struct ctx *cx, int64_t camp)
{
	struct err kept = cx->err;
	bool staffed = camp_staffed_by(cx, camp) == RC_OK;

	cx->err = kept;
	return staffed;
}

void
camp_open(struct view *v, const struct camp *c, const char *title)
{
	struct ctx *cx = v->cx;
	const char *name = kind_title(cx, &camp_kind, c);
	struct crumb crumbs[] = { { "/events", tr(cx, "Events") }, { "/camps", tr(cx, "Camps") },
		{ title == NULL ? NULL : camp_path(v, c->rec.id, ""), name }, { NULL, title },
		{ NULL, NULL } };

	ui_open(v, &(struct page){ .title = title == NULL ? name : title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
}

void
camp_draw_places(struct view *v, const struct camp_table *t, ptrdiff_t group)
{
	struct ctx *cx = v->cx;
	int64_t places = group < 0 ? t->c.places : t->group[group].places;
	int64_t taken = group < 0 ? t->all : t->taken[group];

	html(&v->h, "<span>");
	if (places == INT_NONE)
		html(&v->h, "%s", trn(cx, taken, "%s person", "%s people", num(cx, taken)));
	else
		html(&v->h, "%s", trf(cx, "%1$s of %2$s places", num(cx, taken), num(cx, places)));
	if (camp_free(t, group) == 0) {
		html(&v->h, " ");
		ui_state(v, 'w', tr(cx, "full"));
	}
	html(&v->h, "</span>");
}

void
camp_draw_consent(struct view *v, const char *consent)
{
	bool given = strcmp(consent, "given") == 0;

	ui_state(v, given ? 'o' : 'n', option_label(v->cx, camp_consents, consent));
}

const char *
camp_link(struct view *v, const char *path)
{
	return arena_printf(v->cx->arena, "/%s%s", lang_prefix(v->cx), path);
}

int64_t
camp_asked(struct view *v, const char *name)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : req_q(v->rq, name);
	int64_t id;

	return s != NULL && num_parse(s, &id) && id > 0 ? id : 0;
}

int
camp_people(struct ctx *cx, const int64_t *ids, size_t n, const char **out)
{
	return kind_titles(cx, &person_kind, ids, n, out);
}

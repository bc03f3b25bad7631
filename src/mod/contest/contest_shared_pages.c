/* contest_shared_pages.c – what the pages of contests have in common: frame, states, small forms, numbers. */
#include "mod/contest/contest_pages.h"

#include "base/utf8.h"

const char *
contest_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/contests/%lld%s", (long long)id, tail);
}

int
contest_of_path(struct view *v, struct contest *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &contest_kind, id, out);
}

int
contest_run_of_path(struct view *v, struct contest *out)
{
	TRY(contest_of_path(v, out));
	return contest_run_by(v->cx, out->rec.id);
}

bool
contest_runs(struct ctx *cx, int64_t contest)
{
	struct err kept = cx->err;
	bool runs = contest_run_by(cx, contest) == RC_OK;

	cx->err = kept;
	return runs;
}

bool
contest_sits(const struct ctx *cx, const struct contest_table *t)
{
	size_t i;

	for (i = 0; cx->actor->person != 0 && i < t->njurors; i++)
		if (t->juror[i].person == cx->actor->person)
			return true;
	return false;
}

void
contest_open(struct view *v, const struct contest *c, const char *title)
{
	struct ctx *cx = v->cx;
	const char *name = kind_title(cx, &contest_kind, c);
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ "/contests", tr(cx, "Contests") },
		{ title == NULL ? NULL : contest_path(v, c->rec.id, ""), name },
		{ title == NULL ? NULL : "", title }, { NULL, NULL } };
	struct crumb shown[5];

	memcpy(shown, crumbs, sizeof shown);
	if (title == NULL)
		shown[3] = (struct crumb){ NULL, NULL };
	else
		shown[3].path = NULL;
	ui_open(v, &(struct page){ .title = title == NULL ? name : title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = shown });
}

void
contest_mark(struct view *v, const char *state)
{
	static const char tones[] = "-pwoo";
	int stage = contest_stage(state);

	ui_state(v, stage < 0 ? '-' : tones[stage],
	    utf8_capital(v->cx->arena, option_label(v->cx, contest_states, state)));
}

bool
contest_refused(struct view *v, int rc)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_EXISTS && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_INVALID ? 422 : 409;
	return true;
}

int64_t
contest_number(struct view *v, const char *name, int64_t none)
{
	const char *s = req_f(v->rq, name);
	int64_t n;

	if (s == NULL || s[strspn(s, " ")] == '\0')
		return none;
	if (num_parse(s, &n))
		return n;
	fail_field(v->cx, name, N_("This is not a number: %s"), s);
	return none;
}

const int64_t *
contest_points(struct view *v, const struct contest_table *t, size_t j, ptrdiff_t e)
{
	struct ctx *cx = v->cx;
	int64_t *value = arena_array(cx->arena, int64_t, t->ncriteria + 1);
	size_t c;

	for (c = 0; c < t->ncriteria; c++) {
		const char *name = arena_printf(cx->arena, "c%zu", c + 1);
		const struct field_error *before = cx->err.fields;

		value[c] = contest_number(v, name, INT_NONE);
		if (value[c] == INT_NONE && before == cx->err.fields && e >= 0 &&
		    rank_score(&t->in, j, (size_t)e, c) == NO_SCORE)
			fail_field(cx, name, N_("Give points for this criterion, too."));
	}
	return value;
}

int64_t
contest_version(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	int64_t n;

	return s != NULL && num_parse(s, &n) ? n : 0;
}

void
contest_said(struct view *v, const char *field)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, field) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", field, e->text);
}

static bool
wrong(struct view *v, const char *field)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, field) == 0)
			return true;
	return false;
}

void
contest_line(struct view *v, const struct contest_line *l)
{
	const char *typed = req_f(v->rq, l->name), *value = typed != NULL ? typed : l->value;
	struct html *h = &v->h;

	html(h, "<div class='fld%s%s'><label for='%s'>%s</label>", l->number ? " w-s" : "",
	    wrong(v, l->name) ? " bad" : "", l->name, l->label);
	if (l->hint != NULL)
		html(h, "<span class='hint'>%s</span>", l->hint);
	contest_said(v, l->name);
	html(h, "<input type='text' id='%s' name='%s' value='%s'", l->name, l->name,
	    value == NULL ? "" : value);
	if (l->number)
		html(h, " inputmode='numeric' autocomplete='off'");
	if (l->focus)
		html(h, " autofocus");
	if (wrong(v, l->name))
		html(h, " aria-invalid='true' aria-describedby='%s-e'", l->name);
	html(h, "></div>");
}

void
contest_ask(struct view *v, const struct contest_ask *a)
{
	struct html *h = &v->h;
	/* Several of them may stand on one page. */
	const char *id = arena_printf(v->cx->arena, "why-%zu", v->h.out.n);

	html(h, "<details><summary class='btn'>%s</summary>", a->label);
	ui_form_begin(v, a->path, false);
	if (a->version != 0)
		html(
		    h, "<input type='hidden' name='_version' value='%lld'>", (long long)a->version);
	html(h,
	    "<div class='fld'><label for='%s'>%s</label><input type='text' id='%s' name='reason' "
	    "maxlength='500'></div><p class='acts'><button type='submit' "
	    "class='btn%s'>%s</button></p>",
	    id, a->ask, id, a->danger ? " bad" : "", a->label);
	ui_form_end(v);
	html(h, "</details>");
}

/* ---- numbers and words ---- */

const char *
contest_raw_text(struct ctx *cx, const struct ranked *r)
{
	return r->jurors == 0 ? "–" : num_real(cx, (double)r->num / (double)r->den, 2);
}

const char *
contest_normal_text(struct ctx *cx, const struct ranked *r)
{
	if (r->jurors == 0)
		return "–";
	if (r->normal > 0.005)
		return arena_printf(cx->arena, "+%s", num_real(cx, r->normal, 2));
	if (r->normal < -0.005)
		return arena_printf(cx->arena, "−%s", num_real(cx, -r->normal, 2));
	return num_real(cx, 0, 2);
}

const char *
contest_place_text(struct ctx *cx, int64_t place)
{
	return place == INT_NONE || place == 0 ? "–" : trf(cx, "place %s", num(cx, place));
}

const char *
contest_parted_text(struct ctx *cx, const struct contest_table *t, size_t e)
{
	int parted = t->rank[e].parted;

	if (parted == PARTED_NOT)
		return "";
	if (parted == PARTED_SHARED)
		return tr(cx, "equal, the place is shared");
	if (parted == PARTED_CHAIR)
		return tr(cx, "equal, parted by the chair's points");
	return trf(cx, "equal, parted by: %s", tr3(cx, &t->criterion[parted - 1].name, NULL));
}

const char *
contest_ground_text(struct ctx *cx, const char *ground)
{
	return strcmp(ground, "self") == 0 ? tr(cx, "takes part himself")
					   : option_label(cx, conflict_grounds, ground);
}

int
contest_juror_name(struct ctx *cx, const struct juror *j, const char **out)
{
	const char *office = tr3(cx, &j->office, NULL);

	*out = "";
	if (j->person != 0)
		TRY(kind_titles(cx, &person_kind, &j->person, 1, out));
	if (**out == '\0')
		*out = trf(cx, "juror %s", num(cx, j->rec.id));
	if (*office != '\0')
		*out = arena_printf(cx->arena, "%s, %s", *out, office);
	return RC_OK;
}

const char *
contest_code_text(struct ctx *cx, const struct contest_table *t, size_t e)
{
	return arena_printf(cx->arena, "№ %lld", (long long)contest_row_code(t, e));
}

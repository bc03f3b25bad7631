/* registry_draw_pages.c – parts that the pages of this module share: the day a page is asked for, the
 * state of a body, errors of forms drawn by hand. No routes. */
#include "mod/registry/registry_pages.h"

const char *const end_fields[] = { "to_day", "end_reason", "document", NULL };

const char *
iso(struct view *v, int day)
{
	char out[16];

	day_iso(day, out);
	return arena_str(v->cx->arena, out);
}

const char *
body_path(struct view *v, int64_t body)
{
	return arena_printf(v->cx->arena, "/bodies/%lld", (long long)body);
}

int
page_day(struct view *v)
{
	const char *s = req_q(v->rq, "on");
	int on = 0;

	if (s == NULL || *s == '\0')
		return v->cx->today;
	if (day_parse(s, &on))
		return on;
	fail_field(v->cx, "on", N_("There is no such day: “%s”. Write it as 15.11.2024."), s);
	v->status = 422;
	return v->cx->today;
}

void
draw_field_error(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", name, e->text);
}

static bool
has_error(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			return true;
	return false;
}

/* What else the address asks goes along; a new day begins at the first page. */
static void
other_questions(struct view *v)
{
	static const char *const left[] = { "on", "after", "format", "lang", "done" };
	size_t i, j;

	for (i = 0; i < v->rq->query.n; i++) {
		const struct pair *p = &v->rq->query.p[i];
		bool drop = *p->value == '\0';

		for (j = 0; j < ARRAY_LEN(left); j++)
			drop = drop || strcmp(p->name, left[j]) == 0;
		if (!drop)
			html(
			    &v->h, "<input type='hidden' name='%s' value='%s'>", p->name, p->value);
	}
}

void
draw_day_form(struct view *v, const char *path, int on)
{
	struct html *h = &v->h;
	bool bad = has_error(v, "on");
	const char *typed = req_q(v->rq, "on");

	html(h, "<form class='row noprint' action='/%s%s'>", lang_prefix(v->cx), path);
	other_questions(v);
	html(h, bad ? "<div class='fld bad'>" : "<div class='fld'>");
	html(h, "<label for='on'>%s</label>", tr(v->cx, "On the day"));
	draw_field_error(v, "on");
	html(h, "<input class='w-s' type='text' id='on' name='on' inputmode='numeric' value='%s'",
	    bad && typed != NULL ? typed : day_text(v->cx, on));
	html(h, bad ? " aria-invalid='true' aria-describedby='on-e'></div>" : "></div>");
	html(h, "<button class='btn' type='submit'>%s</button></form>", tr(v->cx, "Show"));
}

static char
tone_of(const char *state)
{
	static const struct {
		const char *state;
		char tone;
	} tones[] = {
		{ "accredited", 'o' },
		{ "draft", 'p' },
		{ "submitted", 'w' },
		{ "review", 'w' },
		{ "returned", 'w' },
		{ "refused", 'n' },
		{ "suspended", 'w' },
		{ "expired", 'n' },
		{ "excluded", 'n' },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(tones); i++)
		if (strcmp(tones[i].state, state) == 0)
			return tones[i].tone;
	return '-';
}

void
draw_body_state(struct view *v, const char *state, int valid_to, int closed)
{
	struct ctx *cx = v->cx;
	const char *word;

	if (closed != 0) {
		ui_state(v, '-', trf(cx, "closed on %s", day_text(cx, closed)));
		return;
	}
	if (*state == '\0') {
		ui_state(v, '-', tr(cx, "not accredited"));
		return;
	}
	word = option_label(cx, accreditation_states, state);
	if (strcmp(state, "accredited") == 0 && valid_to != 0)
		word = trf(cx, "accredited until %s", day_text(cx, valid_to));
	else if (strcmp(state, "expired") == 0 && valid_to != 0)
		word = trf(cx, "accreditation lapsed on %s", day_text(cx, valid_to));
	ui_state(v, tone_of(state), word);
}

void
draw_until(struct view *v, int to)
{
	if (to == 0)
		html(&v->h, "<span class='mute'>%s</span>", tr(v->cx, "continues"));
	else
		html(&v->h, "<span class='nw'>%s</span>", day_text(v->cx, to));
}

bool
was_refused(struct view *v, int rc)
{
	switch (rc) {
	case RC_INVALID:
		v->status = 422;
		return true;
	case RC_RULE:
	case RC_EXISTS:
	case RC_CONFLICT:
		v->status = 409;
		return true;
	default:
		return false;
	}
}

void
draw_version(struct view *v, int64_t version)
{
	html(&v->h, "<input type='hidden' name='_version' value='%lld'>", (long long)version);
}

void
draw_text_field(struct view *v, const char *name, const char *label, const char *value)
{
	const char *typed = req_f(v->rq, name);
	bool bad = has_error(v, name);

	html(&v->h, bad ? "<div class='fld bad'>" : "<div class='fld'>");
	html(&v->h, "<label for='f-%s'>%s</label>", name, label);
	draw_field_error(v, name);
	html(&v->h, "<input type='text' id='f-%s' name='%s' value='%s'", name, name,
	    typed != NULL   ? typed
	    : value == NULL ? ""
			    : value);
	if (bad)
		html(&v->h, " aria-invalid='true' aria-describedby='%s-e'", name);
	html(&v->h, "></div>");
}

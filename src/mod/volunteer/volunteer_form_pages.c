/* volunteer_form_pages.c – what the pages of shifts and volunteers share: the form of a volunteer, hours and days in
 * words. */
#include "mod/volunteer/volunteer_pages.h"

#include <string.h>

const char *
volunteer_time(struct ctx *cx, int64_t minutes)
{
	if (minutes < 60)
		return trf(cx, "%s min", num(cx, minutes));
	if (minutes % 60 == 0)
		return trf(cx, "%s h", num(cx, minutes / 60));
	return trf(cx, "%s h %s min", num(cx, minutes / 60), num(cx, minutes % 60));
}

const char *
volunteer_clock(struct ctx *cx, int64_t at)
{
	int day, hour, minute, second;

	moment_parts(at, &day, &hour, &minute, &second);
	return arena_printf(cx->arena, "%02d:%02d", hour, minute);
}

const char *
shift_when(struct ctx *cx, const struct shift *s)
{
	return arena_printf(cx->arena, "%s, %s–%s", day_text(cx, s->day),
	    volunteer_clock(cx, s->starts_at), volunteer_clock(cx, s->ends_at));
}

int64_t
own_minutes(const struct own_row *o, size_t n)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (o[i].u.minutes != INT_NONE)
			sum += o[i].u.minutes;
	return sum;
}

void
volunteer_refused(struct view *v, int rc)
{
	v->status = rc == RC_INVALID ? 422 : 409;
}

/* ---- the form ---- */

static void
draw_text(struct view *v, const char *name, const char *label, const char *type, const char *value)
{
	html(&v->h, "<div class='fld'><label for='f-%s'>%s</label>", name, label);
	relief_field_error(v, name);
	html(&v->h, "<input type='%s' id='f-%s' name='%s' value='%s'", type, name, name, value);
	if (strcmp(type, "tel") == 0)
		html(&v->h, " autocomplete='tel'");
	if (strcmp(name, "birth_year") == 0)
		html(&v->h, " inputmode='numeric' maxlength='4'");
	html(&v->h, "></div>");
}

static const char *
shown(struct view *v, const char *name, const char *now)
{
	return v->rq->method == M_POST && v->status != 200 ? relief_typed(v, name)
	       : now == NULL				   ? ""
							   : now;
}

static void
draw_ticks(
    struct view *v, const struct option *o, const char *prefix, const char *legend, const char *now)
{
	struct ctx *cx = v->cx;
	bool again = v->rq->method == M_POST && v->status != 200;

	html(&v->h, "<fieldset class='ticks'><legend>%s</legend>", legend);
	for (; o->code != NULL; o++) {
		const char *name = arena_printf(cx->arena, "%s_%s", prefix, o->code);
		bool on = again ? *relief_typed(v, name) != '\0' : volunteer_has(now, o->code);

		html(&v->h, "<label class='tick'><input type='checkbox' name='%s' value='1'", name);
		html(&v->h, on ? " checked> %s</label>" : "> %s</label>", tr(cx, o->label));
	}
	html(&v->h, "</fieldset>");
}

void
volunteer_draw_skills(struct view *v, const struct volunteer *now)
{
	struct ctx *cx = v->cx;

	draw_ticks(v, volunteer_skills, "s", tr(cx, "Skills"), now == NULL ? NULL : now->skills);
	draw_ticks(
	    v, volunteer_languages, "l", tr(cx, "Languages"), now == NULL ? NULL : now->languages);
}

void
volunteer_draw_fields(struct view *v, const struct volunteer *now, bool plain)
{
	struct ctx *cx = v->cx;
	const char *year = now == NULL || now->birth_year == INT_NONE
			       ? NULL
			       : arena_printf(cx->arena, "%lld", (long long)now->birth_year);

	if (now == NULL || now->person == 0)
		draw_text(v, "name", tr(cx, "Surname and name"), "text",
		    shown(v, "name", now == NULL ? NULL : now->name));
	draw_text(v, "phone", tr(cx, "Telephone"), "tel", shown(v, "phone", NULL));
	draw_text(v, "birth_year", tr(cx, "Year of birth"), "text", shown(v, "birth_year", year));
	volunteer_draw_skills(v, now);
	draw_text(v, "words", tr(cx, "In own words"), "text",
	    shown(v, "words", now == NULL ? NULL : now->words));
	if (plain)
		html(&v->h, "<p class='vh' aria-hidden='true'><input name='website' tabindex='-1' "
			    "autocomplete='off'></p>");
}

static const char *
ticked(struct view *v, const struct option *o, const char *prefix)
{
	struct buf b;

	buf_init(&b, v->cx->arena, 0);
	for (; o->code != NULL; o++)
		if (*relief_typed(v, arena_printf(v->cx->arena, "%s_%s", prefix, o->code)) != '\0')
			buf_printf(&b, "%s%s", b.n > 0 ? "," : "", o->code);
	return b.n == 0 ? NULL : b.p;
}

int
volunteer_read_form(struct view *v, struct volunteer_in *in)
{
	const char *year = relief_trim(v->cx->arena, relief_typed(v, "birth_year")),
		   *nonce = relief_typed(v, "nonce"), *person = relief_typed(v, "person");

	*in = (struct volunteer_in){ .nonce = strlen(nonce) == 32 ? nonce : NULL,
		.name = relief_typed(v, "name"),
		.phone = relief_typed(v, "phone"),
		.birth_year = INT_NONE,
		.skills = ticked(v, volunteer_skills, "s"),
		.languages = ticked(v, volunteer_languages, "l"),
		.words = relief_typed(v, "words") };
	if (*person != '\0' && !num_parse(person, &in->person))
		in->person = 0;
	if (year != NULL && (!num_parse(year, &in->birth_year) || in->birth_year < 1900)) {
		in->birth_year = INT_NONE;
		fail_field(v->cx, "birth_year", N_("Four digits, for example 1998."));
	}
	return fields_rc(v->cx);
}

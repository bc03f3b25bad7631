/* event_letter.c – the words of a letter of thanks.
 *
 * Written so that no name needs an ending: a body is greeted as its people («… ұжымы»), a person by name in
 * the nominative, as letters do; the event stands in quotation marks before its noun. Only the day takes a
 * case, through src/lang. In Russian the greeting follows the patronymic; where that does not tell, it is
 * one that fits everybody. */
#include "mod/event/event_report.h"

#include "lang/kazakh.h"

enum gender { GENDER_UNKNOWN, GENDER_SHE, GENDER_HE };

static bool
ends(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && strcmp(s + n - m, tail) == 0;
}

static enum gender
gender_of(const char *name)
{
	static const char *const she[] = { "қызы", "кызы", "овна", "евна", "ична", "ovna", "evna",
		"qyzy" },
				 *const he[] = { "ұлы", "улы", "ович", "евич", "ovich", "evich",
					 "uly" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(she); i++)
		if (ends(name, she[i]))
			return GENDER_SHE;
	for (i = 0; i < ARRAY_LEN(he); i++)
		if (ends(name, he[i]))
			return GENDER_HE;
	return GENDER_UNKNOWN;
}

const char *
event_letter_greeting(struct ctx *cx, const char *to, bool body)
{
	if (body)
		return trf(cx, "Dear colleagues of %s!", to);
	switch (gender_of(to)) {
	case GENDER_SHE:
		return trf(cx, "Dear Ms %s!", to);
	case GENDER_HE:
		return trf(cx, "Dear Mr %s!", to);
	case GENDER_UNKNOWN:
		break;
	}
	return trf(cx, "Dear %s!", to);
}

/* English says the day as it stands; the other two in their case. */
static const char *
day_in(struct ctx *cx, int day)
{
	return cx->lang == LANG_KK ? kk_day(cx->arena, day, KK_LOC) : day_long(cx, day);
}

void
event_letter_words(struct ctx *cx, const struct event_report *r, const struct letter *l,
    const char *out[LETTER_PARAS])
{
	const char *name = tr3(cx, &r->e.name, NULL), *house = tr3(cx, &r->house.name, NULL);
	size_t n = 0;

	out[n++] = event_letter_greeting(cx, l->to, l->body);
	out[n++] =
	    l->body
		? trf(cx,
		      "We thank you from the heart for preparing and holding the event “%s” with "
		      "us on %s.",
		      name, day_in(cx, r->e.first_day))
		: trf(cx, "We thank you from the heart for your help with the event “%s” on %s.",
		      name, day_in(cx, r->e.first_day));
	if (*l->what != '\0')
		out[n++] = l->what;
	out[n++] = *house == '\0' ? tr(cx, "We wish you health and success.")
				  : tr(cx, "Your work strengthens the accord of our land. We wish "
					   "you health and success.");
	if (n < LETTER_PARAS)
		out[n] = NULL;
}

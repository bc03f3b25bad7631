/* letters.c – the letters above a list that is ordered by names: А Ә Б …
 *
 * The letters of the reader's alphabet stand in the order of the list, those without a record as plain
 * text, so that the eye finds its place; letters of another alphabet stand only where a record begins
 * with them. An alphabet in which no name begins is left out. */
#include "ui/parts.h"

#include "lang/order.h"

static const char *const alphabet[] = {
	[LANG_KK] = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
	[LANG_RU] = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
	[LANG_EN] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
};

static bool
of_alphabet(enum lang l, const char *letter)
{
	return strstr(alphabet[l], letter) != NULL;
}

static bool
among(const char *const *have, size_t n, const char *letter)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(have[i], letter) == 0)
			return true;
	return false;
}

static const char *
shown(struct view *v, const char *letter)
{
	if (strcmp(letter, "0") == 0)
		return "0–9";
	return strcmp(letter, "…") == 0 ? tr(v->cx, "others") : letter;
}

static void
one_letter(struct view *v, const char *letter, bool linked, bool now)
{
	/* In Latin some letters share a sign and some have none: only those that lead somewhere stand. */
	if (!linked && !now && v->cx->latin)
		return;
	if (!linked && !now) {
		html(&v->h, "<span>%s</span>", shown(v, letter));
		return;
	}
	html(&v->h, "<a href='%s'", ui_url_with(v, "letter", letter));
	if (now)
		html(&v->h, " aria-current='true'");
	html(&v->h, ">%s</a>", shown(v, letter));
}

void
ui_letters(struct view *v, const char *const *have, size_t n, const char *now)
{
	enum lang l = v->cx->lang;
	struct letter_range chosen = { .from = "" }, range;
	bool own = false;
	unsigned weight;
	size_t i;

	if (n < 2 && now == NULL)
		return;
	for (i = 0; i < n; i++)
		own = own || of_alphabet(l, have[i]);
	if (now != NULL && !order_letter(now, &chosen))
		now = NULL;
	html(&v->h, "<nav class='abc noprint' aria-label='%s'><a href='%s'",
	    tr(v->cx, "First letter"), ui_url_with(v, "letter", NULL));
	if (now == NULL)
		html(&v->h, " aria-current='true'");
	html(&v->h, ">%s</a>", tr(v->cx, "All"));
	for (weight = 0; weight < 256; weight++) {
		const char *letter = order_letter_of(arena_printf(v->cx->arena, "%02x", weight));
		bool here;

		if (letter == NULL || !order_letter(letter, &range))
			continue;
		here = among(have, n, letter);
		if (here || (own && of_alphabet(l, letter)))
			one_letter(v, letter, here, strcmp(range.from, chosen.from) == 0);
	}
	html(&v->h, "</nav>");
}

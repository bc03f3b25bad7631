/* relief_form_pages.c – see relief_form_pages.h. */
#include "mod/relief/relief_form_pages.h"

#include <string.h>

#include "kind/vault.h"

enum { NONCE_BYTES = 16, WORD_LETTERS = 100 /* as need_line.word */ };

const char *
relief_typed(struct view *v, const char *name)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	return s == NULL ? "" : s;
}

static const char *
nonce_of(struct view *v)
{
	const char *s = relief_typed(v, "nonce");

	return strlen(s) == NONCE_BYTES * 2 && strspn(s, "0123456789abcdef") == strlen(s) ? s
											  : NULL;
}

void
relief_draw_nonce(struct view *v)
{
	const char *sent = nonce_of(v);

	html(&v->h, "<input type='hidden' name='nonce' value='%s'>",
	    sent != NULL ? sent : vault_random_hex(v->cx->arena, NONCE_BYTES));
}

/* A field that people do not see. */
bool
relief_is_robot(struct view *v)
{
	return *relief_typed(v, "website") != '\0';
}

static void
read_count(struct view *v, const char *name, int64_t *out)
{
	const char *s = relief_trim(v->cx->arena, relief_typed(v, name));

	*out = INT_NONE;
	if (s != NULL && (!num_parse(s, out) || *out < 0)) {
		*out = INT_NONE;
		fail_field(v->cx, name, N_("A whole number."));
	}
}

static bool
ticked(struct view *v, const char *name)
{
	return *relief_typed(v, name) != '\0';
}

static bool
add_word(struct view *v, struct need_in *in, const char *word)
{
	if (in->nlines == NEED_LINES) {
		fail_field(
		    v->cx, "what", N_("At most %s things in one form."), num(v->cx, NEED_LINES));
		return false;
	}
	in->line[in->nlines].word = word;
	in->line[in->nlines++].quantity = INT_NONE;
	return true;
}

/* So many bytes of a word fit a line: all of it, or up to a space, or else between two letters. */
static size_t
fits(const char *word)
{
	size_t letters = 0, i, space = 0;

	for (i = 0; word[i] != '\0'; i++) {
		if (((unsigned char)word[i] & 0xc0) != 0x80 && ++letters > WORD_LETTERS)
			return space > 0 ? space : i;
		if (word[i] == ' ')
			space = i;
	}
	return i;
}

/* Free words, parted by commas or lines: each is a line of the need. A sentence without a comma is several: nobody in need is
 * sent back for it. */
static void
read_words(struct view *v, struct need_in *in)
{
	char *text = arena_str(v->cx->arena, relief_typed(v, "what")), *rest, *p;

	for (p = strtok_r(text, ",;\n", &rest); p != NULL; p = strtok_r(NULL, ",;\n", &rest)) {
		const char *word = relief_trim(v->cx->arena, p);

		while (word != NULL) {
			size_t n = fits(word);

			if (!add_word(v, in, arena_strn(v->cx->arena, word, n)))
				return;
			word = relief_trim(v->cx->arena, word + n);
		}
	}
}

/* A number of the item's unit, in base units: whole, or with a comma where the pack divides. */
static bool
read_quantity(struct ctx *cx, const char *s, int64_t pack, int64_t *out)
{
	int64_t whole, part = 0, scale = 1;
	const char *dot = strpbrk(s, ",.");
	const char *p;

	if (!num_parse(dot == NULL ? s : arena_strn(cx->arena, s, (size_t)(dot - s)), &whole) ||
	    whole < 0 || whole > QUANTITY_MAX / 1000000)
		return false;
	for (p = dot == NULL ? "" : dot + 1; *p != '\0'; p++) {
		if (*p < '0' || *p > '9' || scale > 100000)
			return false;
		part = part * 10 + (*p - '0');
		scale *= 10;
	}
	if (part * pack % scale != 0)
		return false;
	*out = whole * pack + part * pack / scale;
	return *out > 0;
}

static int
read_items(struct view *v, struct need_in *in)
{
	struct ctx *cx = v->cx;
	struct item_row *items;
	size_t n, k;
	int i;

	if (req_f(v->rq, "item0") == NULL)
		return RC_OK;
	TRY(reads_need_items(cx, &items, &n));
	for (i = 0; i < NEED_LINES && in->nlines < NEED_LINES; i++) {
		const char *code = relief_typed(v, arena_printf(cx->arena, "item%d", i)),
			   *q = relief_typed(v, arena_printf(cx->arena, "q%d", i));

		if (*code == '\0')
			continue;
		for (k = 0; k < n && strcmp(items[k].code, code) != 0; k++)
			;
		if (k == n) {
			fail_field(cx, arena_printf(cx->arena, "item%d", i),
			    N_("Choose one of the values offered."));
			continue;
		}
		in->line[in->nlines].item = items[k].id;
		in->line[in->nlines].quantity = INT_NONE;
		if (*q != '\0' &&
		    !read_quantity(cx, q, items[k].pack, &in->line[in->nlines].quantity))
			fail_field(cx, arena_printf(cx->arena, "q%d", i),
			    N_("A number of “%s”, more than zero."), items[k].unit);
		in->nlines++;
	}
	return RC_OK;
}

int
relief_read_need(struct view *v, struct need_in *in)
{
	struct ctx *cx = v->cx;
	const char *at = relief_typed(v, "asked_at");

	*in = (struct need_in){ .nonce = nonce_of(v),
		.paper = relief_typed(v, "paper"),
		.name = relief_typed(v, "name"),
		.phone = relief_typed(v, "phone"),
		.place = relief_typed(v, "place"),
		.note = relief_typed(v, "note"),
		.urgency = *relief_typed(v, "urgency") == '\0' ? NULL : relief_typed(v, "urgency"),
		.pregnant = ticked(v, "pregnant"),
		.disabled = ticked(v, "disabled"),
		.insulin = ticked(v, "insulin"),
		.livestock = ticked(v, "livestock") };
	if (*relief_typed(v, "district") != '\0' &&
	    !num_parse(relief_typed(v, "district"), &in->district))
		in->district = 0;
	read_count(v, "people", &in->people);
	read_count(v, "children", &in->children);
	read_count(v, "infants", &in->infants);
	if (*at != '\0' && !moment_parse(at, &in->asked_at))
		fail_field(
		    cx, "asked_at", N_("Write a day, or a day and an hour: 15.11.2024 18:00."));
	TRY(read_items(v, in));
	read_words(v, in);
	return fields_rc(cx);
}

const char *
relief_age(struct ctx *cx, int64_t since)
{
	int64_t minutes = (cx->now - since) / (US_PER_SECOND * 60);

	if (minutes < 1)
		return tr(cx, "just now");
	if (minutes < 60)
		return trf(cx, "%s min", num(cx, minutes));
	if (minutes < 48 * 60)
		return trf(cx, "%s h", num(cx, minutes / 60));
	return trf(cx, "%s d", num(cx, minutes / (24 * 60)));
}

/* draft_draw.c – see draft_draw.h. */
#include "mod/draft/draft_draw.h"

#include "ui/ui.h"

enum { SHOWN_MAX = 300 * 1024 };

static const struct look {
	char tone;
	const char *class, *word;
} looks[DRAFT_VERDICTS] = {
	[DRAFT_TRUE] = { 'o', "ok", N_("true") },
	[DRAFT_STALE] = { 'w', "wait", N_("out of date") },
	[DRAFT_FALSE] = { 'n', "no", N_("not so") },
	[DRAFT_NOSOURCE] = { '-', "off", N_("no source") },
};

/* ---- the text with its marks ---- */

static void
draw_piece(struct view *v, const struct draft *d, size_t from, size_t to)
{
	while (from < to) {
		const char *p = d->view.p + from, *nl = memchr(p, '\n', to - from);
		size_t n = nl == NULL ? to - from : (size_t)(nl - p);

		html(&v->h, "%.*s", (int)n, p);
		from += n;
		if (nl != NULL) {
			html(&v->h, "<br>");
			from++;
		}
	}
}

static void
draw_mark(struct view *v, const struct draft *d, size_t i)
{
	const struct draft_claim *c = &d->claim[i];
	const struct look *l = &looks[c->verdict];
	struct html *h = &v->h;

	html(h, "<mark class='%s'>", l->class);
	draw_piece(v, d, c->vfrom, c->vto);
	html(h, "</mark>");
	if (c->counts || c->verdict != DRAFT_TRUE) {
		html(h, "<a class='dv' href='#c%zu' translate='yes'>", i + 1);
		ui_state(v, l->tone, tr(v->cx, l->word));
		html(h, "</a>");
	}
}

void
draft_draw_text(struct view *v, const struct draft *d)
{
	size_t at = 0, end = d->view.n < SHOWN_MAX ? d->view.n : SHOWN_MAX, i;

	ui_section_open(v, "marked", tr(v->cx, "The text"), NULL);
	html(&v->h, "<div class='draft' translate='no'>");
	while (end < d->view.n && ((unsigned char)d->view.p[end] & 0xC0) == 0x80)
		end--;
	for (i = 0; i < d->nclaims && i < DRAFT_LISTED; i++) {
		const struct draft_claim *c = &d->claim[i];

		if (c->vfrom < at || c->vto > end)
			continue;
		draw_piece(v, d, at, c->vfrom);
		draw_mark(v, d, i);
		at = c->vto;
	}
	draw_piece(v, d, at, end);
	html(&v->h, end < d->view.n ? " …</div>" : "</div>");
	ui_section_close(v);
}

/* ---- what was found ---- */

const char *
draft_receipt(struct view *v, const struct draft_claim *c)
{
	char on[16], from[16], to[16];
	const char *href;

	if (c->figure == NULL)
		return *c->path == '\0'
			   ? NULL
			   : arena_printf(v->cx->arena, "/%s%s", lang_prefix(v->cx), c->path);
	day_iso(c->ask.on, on);
	day_iso(c->ask.from, from);
	day_iso(c->ask.to, to);
	href = c->figure->time == FIGURE_PERIOD
		   ? ui_url(v, "/figures/%s?period=%s..%s", c->figure->code, from, to)
		   : ui_url(v, "/figures/%s?on=%s", c->figure->code, on);
	if (c->body != NULL)
		href = arena_printf(v->cx->arena, "%s&body=%s", href, c->body);
	if (c->district != NULL)
		href = arena_printf(v->cx->arena, "%s&district=%s", href, c->district);
	return href;
}

const char *
draft_expected(struct ctx *cx, const struct draft_claim *c)
{
	int64_t n;
	int day;

	if (c->counts && num_parse(c->expected, &n))
		return num(cx, n);
	if (!c->counts && day_parse(c->expected, &day))
		return day_long(cx, day);
	return "";
}

static void
draw_note(struct view *v, const struct draft_claim *c)
{
	struct ctx *cx = v->cx;
	const char *said = NULL;
	int64_t n, at;

	if (strcmp(c->note, "attendances") == 0)
		said = tr(cx, "Attendances are counted: who came three times counts three times.");
	else if (strncmp(c->note, "edition ", 8) == 0 && num_parse(c->note + 8, &n))
		said = trf(cx, "Edition %s said so.", num(cx, n));
	else if (strncmp(c->note, "known ", 6) == 0 && moment_parse(c->note + 6, &at))
		said = trf(cx, "It was so by what was known on %s.", moment_text(cx, at));
	if (said != NULL)
		html(&v->h, "<br><span class='mute'>%s</span>", said);
}

/* name: place and words, so that it cannot hit another place. */
void
draft_draw_choice(struct view *v, char kind, size_t from, const char *with, bool on)
{
	const char *name = arena_printf(v->cx->arena, "%c%zu", kind, from);

	html(&v->h, "<label class='tick'><input type='checkbox' name='%s' value='%s'", name, with);
	html(&v->h, on ? " checked> " : "> ");
	html(&v->h, "%s <b translate='no'>%s</b></label>", tr(v->cx, "Put there:"), with);
}

static void
draw_claim(struct view *v, const struct draft_claim *c, size_t i, enum draft_ticks ticks)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *href = draft_receipt(v, c);

	html(h, "<li id='c%zu'><p><b translate='no'>%s%s%s</b> ", i + 1, c->text,
	    c->counts && *c->unit != '\0' ? " " : "", c->counts ? c->unit : "");
	ui_state(v, looks[c->verdict].tone, tr(cx, looks[c->verdict].word));
	html(h, "</p>");
	if (*c->matched != '\0') {
		html(h, "<p>");
		if (href != NULL)
			html(h, "<a href='%s'>%s</a>", href,
			    c->figure != NULL ? tr(cx, c->title) : c->title);
		else
			html(h, "%s", c->title);
		if (*draft_expected(cx, c) != '\0')
			html(h, ": %s", draft_expected(cx, c));
		draw_note(v, c);
		html(h, "</p>");
	} else
		html(h, "<p class='mute'>%s</p>",
		    c->counts ? tr(cx, "No figure of the house counts this.")
			      : tr(cx, "No programme, event or body is called so."));
	if (*c->suggestion != '\0')
		draft_draw_choice(v, 'c', c->vfrom, c->suggestion,
		    ticks == DRAFT_TICK_SURE ? c->verdict == DRAFT_FALSE
					     : draft_chosen(v, 'c', c->vfrom, c->suggestion));
	html(h, "</li>");
}

bool
draft_chosen(struct view *v, char kind, size_t from, const char *with)
{
	const char *s = req_f(v->rq, arena_printf(v->cx->arena, "%c%zu", kind, from));

	return s != NULL && strcmp(s, with) == 0;
}

static bool
plain_name(const struct draft_claim *c)
{
	return !c->counts && c->verdict == DRAFT_TRUE && *c->expected == '\0';
}

void
draft_draw_claims(struct view *v, const struct draft *d, enum draft_ticks ticks)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t names = 0, i;

	ui_section_open(v, "claims", tr(cx, "What the text claims"),
	    trn(cx, (int64_t)d->nclaims, "%s place", "%s places", num(cx, (int64_t)d->nclaims)));
	html(h, "<div>");
	html(h, "<ol class='said'>");
	for (i = 0; i < d->nclaims && i < DRAFT_LISTED; i++)
		if (!plain_name(&d->claim[i]))
			draw_claim(v, &d->claim[i], i, ticks);
		else
			names++;
	html(h, "</ol>");
	if (names > 0) {
		html(h, "<details><summary>%s</summary><ol class='said'>",
		    tr(cx, "Names that the house knows"));
		for (i = 0; i < d->nclaims && i < DRAFT_LISTED; i++)
			if (plain_name(&d->claim[i]))
				draw_claim(v, &d->claim[i], i, ticks);
		html(h, "</ol></details>");
	}
	if (d->nclaims > DRAFT_LISTED)
		html(h, "<p class='mute'>%s</p>",
		    tr(cx, "The other places follow when these are settled."));
	html(h, "</div>");
	ui_section_close(v);
}

void
draft_draw_summary(struct view *v, const struct draft *d)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<p class='sums'>");
	for (i = 0; i < DRAFT_VERDICTS; i++) {
		ui_state(v, looks[i].tone,
		    arena_printf(
			cx->arena, "%s: %s", tr(cx, looks[i].word), num(cx, (int64_t)d->count[i])));
		html(&v->h, " ");
	}
	html(&v->h, "</p>");
}

const char *
draft_verdict_said(struct ctx *cx, enum draft_verdict d)
{
	return tr(cx, looks[d].word);
}

void
draft_draw_verdict(struct view *v, const struct draft_claim *c)
{
	ui_state(v, looks[c->verdict].tone, tr(v->cx, looks[c->verdict].word));
}

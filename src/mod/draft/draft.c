/* draft.c – see draft_check.h. The text as a view, claims and names found in it, each judged, in the order of
 * the text. */
#include "mod/draft/draft_inner.h"

#include <stdlib.h>

#include "lang/page_view.h"
#include "mod/event/event.h"

enum { DAY_GAP = 6, PIECE = 16 * 1024, FINDINGS_MAX = 20000 };

const char *
draft_verdict_code(enum draft_verdict v)
{
	static const char *const codes[] = { "true", "stale", "false", "nosource" };

	return codes[v];
}

static struct draft_claim *
add(struct draft_work *w, const struct page_view *v, size_t from, size_t to)
{
	struct draft_claim *d = &w->out->claim[w->out->nclaims++];

	*d = (struct draft_claim){ .vfrom = from,
		.vto = to,
		.text = arena_strn(w->cx->arena, w->t.text + from, to - from),
		.unit = "",
		.matched = "",
		.title = "",
		.expected = "",
		.suggestion = "",
		.note = "",
		.path = "",
		.verdict = DRAFT_NOSOURCE };
	page_view_place(v, from, to, &d->from, &d->to);
	return d;
}

/* ---- names ---- */

static void
matched(struct draft_work *w, struct draft_claim *d, const struct named *n)
{
	static const char *const kinds[] = { [NAMED_BODY] = "body",
		[NAMED_OFFICE] = "office",
		[NAMED_PROGRAMME] = "programme",
		[NAMED_OBSERVANCE] = "observance",
		[NAMED_DISTRICT] = "district",
		[NAMED_EVENT] = "event" };
	struct arena *a = w->cx->arena;

	d->verdict = DRAFT_TRUE;
	d->title = n->title;
	d->matched = n->code != NULL ? arena_printf(a, "%s:%s", kinds[n->kind], n->code)
				     : arena_printf(a, "%s:%lld", kinds[n->kind], (long long)n->id);
	switch (n->kind) {
	case NAMED_BODY:
		d->path = arena_printf(a, "/bodies/%lld", (long long)n->id);
		break;
	case NAMED_PROGRAMME:
		d->path = arena_printf(a, "/programmes/%lld", (long long)n->id);
		break;
	case NAMED_EVENT:
		d->path = arena_printf(a, "/events/%lld", (long long)n->id);
		break;
	default:
		break;
	}
}

static int
take_quote(struct draft_work *w, const struct page_view *v, const struct claim *c)
{
	const struct named *n;
	struct draft_claim *d;

	/* A lone small letter begins speech or a word that is only meant otherwise. */
	if (!w->t.token[c->token].capital)
		return RC_OK;
	TRY(names_quoted(w, c, &n));
	d = add(w, v, c->from, c->to);
	d->unit = "name";
	if (n == NULL)
		return RC_OK;
	matched(w, d, n);
	if (n->kind == NAMED_BODY && w->nmentions < w->mention_room)
		w->mention[w->nmentions++] = (struct mention){ n, c->token, c->token_end, true };
	return RC_OK;
}

/* ---- days ---- */

/* The observances named nearest to a day, in its sentence; one that falls on this day before others. */
static struct mention *
observance_at(struct draft_work *w, const struct claim *c)
{
	struct mention *best = NULL;
	size_t gap = DAY_GAP + 1, i;

	for (i = 0; i < w->nmentions; i++) {
		struct mention *m = &w->mention[i];
		size_t here;
		int day;

		if (m->named->kind != NAMED_OBSERVANCE || m->used ||
		    w->t.token[m->token].sentence != c->sentence)
			continue;
		here = m->token >= c->token_end ? m->token - c->token_end
		       : m->end <= c->token	? c->token - m->end + 1
						: gap;
		if (here > gap || here > DAY_GAP)
			continue;
		day = observance_day(m->named->rec, c->year != 0 ? c->year : w->cx->today / 10000);
		if (best == NULL || here < gap || day % 10000 == c->month * 100 + c->day) {
			best = m;
			gap = here;
		}
	}
	return best;
}

static void
take_day(struct draft_work *w, const struct page_view *v, const struct claim *c)
{
	struct mention *m = observance_at(w, c);
	struct draft_claim *d;
	char iso[16];
	size_t i;
	int day;

	if (m == NULL)
		return;
	d = add(w, v, c->from, c->to);
	d->unit = "day";
	matched(w, d, m->named);
	for (i = 0; i < w->nmentions; i++) /* others of the same words were not meant */
		if (w->mention[i].token == m->token)
			w->mention[i].used = true;
	day = observance_day(m->named->rec, c->year != 0 ? c->year : w->cx->today / 10000);
	if (day == 0) {
		d->verdict = DRAFT_NOSOURCE;
		return;
	}
	day_iso(day, iso);
	d->expected = arena_str(w->cx->arena, iso);
	if (day % 10000 == c->month * 100 + c->day)
		return;
	d->verdict = DRAFT_FALSE;
	d->suggestion = claim_say_day(w->cx->arena, &w->t, c, day / 100 % 100, day % 100);
}

/* ---- counts ---- */

static int
take_count(struct draft_work *w, const struct page_view *v, const struct claim *c)
{
	struct draft_claim *d = add(w, v, c->from, c->to);

	d->counts = true;
	d->value = c->value;
	d->relation = c->relation;
	d->unit = arena_strn(w->cx->arena, w->t.text + c->unit_from, c->unit_to - c->unit_from);
	return judge_count(w, c, d);
}

/* ---- all of it ---- */

static int
by_place(const void *a, const void *b)
{
	const struct draft_claim *x = a, *y = b;

	if (x->vfrom != y->vfrom)
		return x->vfrom < y->vfrom ? -1 : 1;
	return x->vto < y->vto ? -1 : x->vto > y->vto;
}

static void
take_mentions(struct draft_work *w, const struct page_view *v)
{
	size_t i;

	for (i = 0; i < w->nmentions; i++) {
		const struct mention *m = &w->mention[i];
		struct draft_claim *d;

		if (m->used || m->named->kind == NAMED_DISTRICT ||
		    (i > 0 && w->mention[i - 1].token == m->token))
			continue;
		d = add(w, v, w->t.token[m->token].from, w->t.token[m->end - 1].to);
		d->unit = "name";
		matched(w, d, m->named);
	}
}

static int
take_claims(struct draft_work *w, const struct page_view *v)
{
	static const enum claim_kind order[] = { CLAIM_DAY, CLAIM_QUOTE, CLAIM_COUNT };
	size_t k, i;

	for (k = 0; k < ARRAY_LEN(order); k++)
		for (i = 0; i < w->t.nclaims; i++) {
			const struct claim *c = &w->t.claim[i];

			if (c->kind != order[k])
				continue;
			if (c->kind == CLAIM_DAY)
				take_day(w, v, c);
			else if (c->kind == CLAIM_QUOTE)
				TRY(take_quote(w, v, c));
			else
				TRY(take_count(w, v, c));
		}
	return RC_OK;
}

/* The text check knows Kazakh: of Russian sentences only what is certain in any language stays, glued
 * digits and look-alike letters, and what is left over in Latin. */
static bool
russian_noise(const struct draft_work *w, const struct finding *f, size_t *token)
{
	const struct claim_text *t = &w->t;

	while (*token < t->ntokens && t->token[*token].to <= f->from)
		(*token)++;
	if (*token >= t->ntokens || t->sentence[t->token[*token].sentence].lang != LANG_RU)
		return false;
	return f->kind == FIND_FOREIGN ? !t->token[*token].latin : !f->automatic;
}

/* The text check takes the square of a line's length: it gets a text in pieces, parted at a line's end,
 * else at a space. */
static size_t
piece_end(const struct page_view *v, size_t from)
{
	size_t end = from + PIECE, at;

	if (end >= v->n)
		return v->n;
	for (at = end; at > from; at--)
		if (v->text[at - 1] == '\n')
			return at;
	for (at = end; at > from; at--)
		if (v->text[at - 1] == ' ')
			return at;
	return end;
}

static void
check_language(struct draft_work *w, const struct page_view *v, struct draft *out)
{
	struct arena *a = w->cx->arena;
	struct finding *kept = arena_array(a, struct finding, FINDINGS_MAX);
	size_t(*place)[2] = arena_alloc(a, sizeof *place * FINDINGS_MAX);
	size_t from, end, token = 0, i;

	for (from = 0; from < v->n; from = end) {
		const struct finding *all;
		size_t n;

		end = piece_end(v, from);
		n = check_text(a, v->text + from, end - from, &all);
		for (i = 0; i < n && out->nfindings < FINDINGS_MAX; i++) {
			struct finding f = all[i];

			f.from += from;
			f.to += from;
			if (russian_noise(w, &f, &token))
				continue;
			page_view_place(
			    v, f.from, f.to, &place[out->nfindings][0], &place[out->nfindings][1]);
			kept[out->nfindings++] = f;
		}
		out->cut |= out->nfindings == FINDINGS_MAX;
	}
	out->finding = kept;
	out->finding_place = (const size_t(*)[2])place;
}

int
draft_check(struct ctx *cx, const char *file, size_t n, struct draft *out)
{
	struct draft_work w = { .cx = cx, .out = out };
	struct page_view v;
	size_t i;

	*out = (struct draft){ 0 };
	if (n > DRAFT_BYTES)
		return fail(cx, RC_TOOBIG, N_("The text is too long: at most %s kB at once."),
		    num(cx, DRAFT_BYTES / 1024));
	page_view_read(cx->arena, file, n, &v);
	claim_read(cx->arena, v.text, v.n, &w.t);
	out->view = (struct slice){ v.text, v.n };
	out->html = v.html;
	out->cut = v.cut || w.t.cut;
	w.time = arena_array(cx->arena, struct sentence_time, w.t.nsentences + 1);
	TRY(names_read(&w));
	names_find(&w);
	out->claim = arena_array(cx->arena, struct draft_claim, w.t.nclaims + w.nmentions + 1);
	TRY(take_claims(&w, &v));
	take_mentions(&w, &v);
	qsort(out->claim, out->nclaims, sizeof *out->claim, by_place);
	for (i = 0; i < out->nclaims; i++)
		out->count[out->claim[i].verdict]++;
	check_language(&w, &v, out);
	return RC_OK;
}

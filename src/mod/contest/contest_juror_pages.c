/* contest_juror_pages.c – what a juror sees: the own entries of one contest, and one entry with a row of large
 * buttons for each criterion. Saved at once, one entry at a time; works on a narrow telephone without scripts.
 *
 * Two doors lead here: an account (/jury), and a personal link (/j/…) without one. Neither asks a capability:
 * whose seat it is decides. In a blind contest no name stands anywhere on these pages (RULE contest-4). */
#include "mod/contest/contest_pages.h"

struct bench {
	struct juror j;
	struct contest_table t;
	size_t at;	  /* index of the juror in the table */
	const char *base; /* "/jury/5" or "/j/secret" */
};

static int
sit_down(struct view *v, struct bench *b)
{
	struct ctx *cx = v->cx;
	ptrdiff_t at;

	TRY(contest_table(cx, b->j.contest, &b->t));
	at = contest_juror_at(&b->t, b->j.rec.id);
	if (at < 0)
		return RC_NOTFOUND;
	b->at = (size_t)at;
	return RC_OK;
}

static int
bench_of_link(struct view *v, struct bench *b)
{
	TRY(juror_of_link(v->cx, v->rq->param[0], &b->j));
	res_header(v->rq, "X-Robots-Tag", "noindex");
	b->base = arena_printf(v->cx->arena, "/j/%s", v->rq->param[0]);
	return sit_down(v, b);
}

/* Only the own seat: whoever else asks is told that there is none. */
static int
bench_of_account(struct view *v, struct bench *b)
{
	struct ctx *cx = v->cx;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_load(cx, &juror_kind, id, &b->j));
	if (cx->actor->person == 0 || b->j.person != cx->actor->person || b->j.ended)
		return RC_NOTFOUND;
	b->base = arena_printf(cx->arena, "/jury/%lld", (long long)id);
	return sit_down(v, b);
}

static const char *
bench_url(struct view *v, const struct bench *b, const char *tail)
{
	return arena_printf(v->cx->arena, "/%s%s%s", lang_prefix(v->cx), b->base, tail);
}

static void
bench_open(struct view *v, const struct bench *b, const char *title)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = title });
	html(&v->h, "<p class='small mute'>%s</p>", kind_title(cx, &contest_kind, &b->t.c));
}

/* ---- the list ---- */

static int
list_row_of(struct view *v, const struct bench *b, size_t e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *who = "", *ground = contest_ground(&b->t, b->at, e);

	if (!b->t.c.blind)
		TRY(contest_entrant(cx, &b->t.entry[e], &who));
	html(h,
	    "<li class='task'><p><strong class='nw'>%s</strong> %s%s%s<br><span class='small "
	    "mute'>%s</span></p><p>",
	    contest_code_text(cx, &b->t, e), b->t.entry[e].work, *who == '\0' ? "" : " – ", who,
	    contest_class(cx, &b->t, e));
	if (ground != NULL)
		ui_state(
		    v, '-', trf(cx, "not yours to score: %s", contest_ground_text(cx, ground)));
	else if (rank_complete(&b->t.in, b->at, e))
		ui_state(v, 'o', tr(cx, "scored"));
	else
		ui_state(v, 'w', tr(cx, "to be scored"));
	html(h, "</p>");
	if (ground == NULL)
		html(h,
		    "<p class='acts'><a class='btn' href='%s'>%s<span class='vh'>: "
		    "%s</span></a></p>",
		    bench_url(v, b,
			arena_printf(cx->arena, "/%lld", (long long)contest_row_code(&b->t, e))),
		    rank_complete(&b->t.in, b->at, e) ? tr(cx, "Look again") : tr(cx, "Score"),
		    contest_code_text(cx, &b->t, e));
	html(h, "</li>");
	return RC_OK;
}

static int
draw_list(struct view *v, const struct bench *b)
{
	struct ctx *cx = v->cx;
	int stage = contest_stage(b->t.c.state);
	size_t of, missing = contest_missing(&b->t, b->at, &of), e;

	bench_open(v, b, tr(cx, "My points"));
	if (stage < STAGE_JUDGING) {
		ui_note(v, 'p', tr(cx, "The jury has not begun yet. Come back when you are told."));
		ui_close(v);
		return RC_OK;
	}
	/* Nothing is left to do, and a link that lies about opens no list of entrants years later. */
	if (stage > STAGE_JUDGING) {
		ui_note(
		    v, 'o', tr(cx, "The contest is closed: points are given no more. Thank you."));
		ui_close(v);
		return RC_OK;
	}
	html(&v->h, "<p class='lead'>%s</p>",
	    trf(cx, "%1$s of %2$s are scored.", num(cx, (int64_t)(of - missing)),
		num(cx, (int64_t)of)));
	html(&v->h, "<ul>");
	for (e = 0; e < b->t.nentries; e++)
		TRY(list_row_of(v, b, e));
	html(&v->h, "</ul>");
	ui_close(v);
	return RC_OK;
}

/* ---- one entry ---- */

enum { BUTTONS_MAX = 11 }; /* a longer scale is typed */

static int64_t
shown_value(struct view *v, const struct bench *b, size_t e, size_t c)
{
	const char *typed = req_f(v->rq, arena_printf(v->cx->arena, "c%zu", c + 1));
	int64_t n, is = rank_score(&b->t.in, b->at, e, c);

	if (typed != NULL && num_parse(typed, &n))
		return n;
	return is == NO_SCORE ? INT_NONE : is;
}

static void
draw_buttons(struct view *v, const struct bench *b, size_t c, int64_t now)
{
	struct html *h = &v->h;
	int64_t n;

	html(h, "<div class='marks'>");
	for (n = b->t.c.min_score; n <= b->t.c.max_score; n++) {
		html(h, "<label><input type='radio' name='c%zu' value='%lld'", c + 1, (long long)n);
		html(h, n == now ? " checked>" : ">");
		html(h, "<span>%lld</span></label>", (long long)n);
	}
	html(h, "</div>");
}

static void
draw_criterion(struct view *v, const struct bench *b, size_t e, size_t c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int64_t now = shown_value(v, b, e, c);
	const char *name = arena_printf(cx->arena, "c%zu", c + 1);

	html(h, "<fieldset id='%s'><legend>%s <span class='mute small'>%s</span></legend>", name,
	    tr3(cx, &b->t.criterion[c].name, NULL),
	    trf(cx, "weight %s", num(cx, b->t.criterion[c].weight)));
	contest_said(v, name);
	if (b->t.c.max_score - b->t.c.min_score < BUTTONS_MAX)
		draw_buttons(v, b, c, now);
	else
		html(h,
		    "<div class='fld w-s'><label class='vh' for='i-%s'>%s</label><input "
		    "type='text' "
		    "id='i-%s' name='%s' inputmode='numeric' autocomplete='off' value='%s'></div>",
		    name, tr3(cx, &b->t.criterion[c].name, NULL), name, name,
		    now == INT_NONE ? "" : arena_printf(cx->arena, "%lld", (long long)now));
	html(h, "</fieldset>");
}

static void
draw_declare(struct view *v, const struct bench *b, const char *path)
{
	struct ctx *cx = v->cx;

	(void)b;
	contest_ask(v,
	    &(struct contest_ask){ arena_printf(cx->arena, "%s/conflict", path),
		tr(cx, "I am bound to this entrant"),
		tr(cx,
		    "How? The secretariat reads it; the protocol says only that you are left out."),
		0, true });
}

static int
draw_entry(struct view *v, const struct bench *b, size_t e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *path = arena_printf(
		       cx->arena, "%s/%lld", b->base, (long long)contest_row_code(&b->t, e)),
		   *who = "", *class = contest_class(cx, &b->t, e);
	size_t c, of, missing = contest_missing(&b->t, b->at, &of);

	if (!b->t.c.blind)
		TRY(contest_entrant(cx, &b->t.entry[e], &who));
	bench_open(v, b,
	    arena_printf(cx->arena, "%s %s", contest_code_text(cx, &b->t, e), b->t.entry[e].work));
	ui_refusals(v, "");
	html(h, "<p>%s%s%s</p><p class='small mute'>%s</p>", who,
	    *who != '\0' && *class != '\0' ? " · " : "", class,
	    trf(cx, "%1$s of %2$s are scored.", num(cx, (int64_t)(of - missing)),
		num(cx, (int64_t)of)));
	ui_form_begin(v, path, false);
	for (c = 0; c < b->t.ncriteria; c++)
		draw_criterion(v, b, e, c);
	html(h,
	    "<p class='acts'><button type='submit' class='btn go'>%s</button><a class='btn bare' "
	    "href='%s'>%s</a></p>",
	    tr(cx, "Save and go on"), bench_url(v, b, ""), tr(cx, "All entries"));
	ui_form_end(v);
	html(h, "<hr>");
	draw_declare(v, b, path);
	ui_close(v);
	return RC_OK;
}

static int
entry_of_code(struct view *v, const struct bench *b, size_t *e)
{
	int64_t code;
	ptrdiff_t at;

	TRY(req_param_id(v->rq, 1, &code));
	at = contest_code_at(&b->t, code);
	if (at < 0 || contest_stage(b->t.c.state) < STAGE_JUDGING)
		return RC_NOTFOUND;
	*e = (size_t)at;
	return RC_OK;
}

/* The next one that waits for points, behind this one, then from the start; the list when none does. */
static const char *
next_path(struct view *v, const struct bench *b, size_t e)
{
	size_t k;

	for (k = 1; k < b->t.nentries; k++) {
		size_t at = (e + k) % b->t.nentries;

		if (contest_ground(&b->t, b->at, at) == NULL && !rank_complete(&b->t.in, b->at, at))
			return arena_printf(v->cx->arena, "%s/%lld", b->base,
			    (long long)contest_row_code(&b->t, at));
	}
	return b->base;
}

static int
save(struct view *v, struct bench *b, size_t e)
{
	struct ctx *cx = v->cx;
	const int64_t *value = contest_points(v, &b->t, b->at, e);
	int rc = fields_rc(cx);

	if (rc == RC_OK)
		rc = contest_score(cx, &(struct score_in){ b->j.rec.id, b->t.entry[e].rec.id, value,
					   b->t.ncriteria, "screen" });
	if (contest_refused(v, rc))
		return draw_entry(v, b, e);
	TRY(rc);
	return ui_done(
	    v, next_path(v, b, e), trf(cx, "%s is saved.", contest_code_text(cx, &b->t, e)));
}

static int
declare(struct view *v, struct bench *b, size_t e)
{
	int rc;

	rc = conflict_declare(v->cx, b->j.rec.id, b->t.entry[e].rec.id, req_f(v->rq, "reason"));
	if (contest_refused(v, rc))
		return draw_entry(v, b, e);
	TRY(rc);
	return ui_done(v, b->base, tr(v->cx, "Thank you. This entry is left out of your sheet."));
}

/* ---- the two doors ---- */

typedef int opener(struct view *v, struct bench *b);

static int
open_list(struct view *v, opener *open)
{
	struct bench b;

	TRY(open(v, &b));
	return draw_list(v, &b);
}

static int
open_entry(struct view *v, opener *open, int (*then)(struct view *, struct bench *, size_t))
{
	struct bench b;
	size_t e;

	TRY(open(v, &b));
	TRY(entry_of_code(v, &b, &e));
	/* Closed meanwhile, or left out (a declaration sent twice, a page from before): the list says so. */
	if (contest_stage(b.t.c.state) != STAGE_JUDGING || contest_ground(&b.t, b.at, e) != NULL) {
		if (then == save)
			v->status = 409;
		return draw_list(v, &b);
	}
	return then(v, &b, e);
}

static int
show(struct view *v, struct bench *b, size_t e)
{
	return draw_entry(v, b, e);
}

static int
link_list(struct view *v)
{
	return open_list(v, bench_of_link);
}

static int
link_entry(struct view *v)
{
	return open_entry(v, bench_of_link, show);
}

static int
link_save(struct view *v)
{
	return open_entry(v, bench_of_link, save);
}

static int
link_declare(struct view *v)
{
	return open_entry(v, bench_of_link, declare);
}

static int
own_list(struct view *v)
{
	return open_list(v, bench_of_account);
}

static int
own_entry(struct view *v)
{
	return open_entry(v, bench_of_account, show);
}

static int
own_save(struct view *v)
{
	return open_entry(v, bench_of_account, save);
}

static int
own_declare(struct view *v)
{
	return open_entry(v, bench_of_account, declare);
}

static int
seats_page(struct view *v)
{
	struct ctx *cx = v->cx;
	int64_t *seats;
	size_t n, i;

	TRY(kind_ids(cx, "SELECT id FROM juror WHERE person = $1 AND ended = 0 ORDER BY id DESC",
	    cx->actor->person, &seats, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Where I sit on the jury") });
	if (cx->actor->person == 0 || n == 0)
		ui_empty(v, tr(cx, "You sit on no jury"),
		    tr(cx, "The secretariat names the jury of a contest."), NULL, NULL);
	else
		html(&v->h, "<ul>");
	for (i = 0; cx->actor->person != 0 && i < n; i++) {
		struct contest c;
		struct juror j;

		TRY(kind_load(cx, &juror_kind, seats[i], &j));
		TRY(kind_load(cx, &contest_kind, j.contest, &c));
		html(&v->h, "<li class='task'><p><a href='%s'>%s</a></p><p>",
		    ui_url(v, "/jury/%lld", (long long)seats[i]),
		    kind_title(cx, &contest_kind, &c));
		contest_mark(v, c.state);
		html(&v->h, "</p></li>");
	}
	if (cx->actor->person != 0 && n > 0)
		html(&v->h, "</ul>");
	ui_close(v);
	return RC_OK;
}

const struct route contest_juror_routes[] = {
	{ M_GET, "/jury", seats_page, CAP_SIGNED_IN, 0, N_("Where I sit on the jury"),
	    N_("Contests whose jury the own account belongs to.") },
	{ M_GET, "/jury/{juror}", own_list, CAP_SIGNED_IN, 0, N_("My points"), NULL },
	{ M_GET, "/jury/{juror}/{code}", own_entry, CAP_SIGNED_IN, 0, N_("Score an entry"), NULL },
	{ M_POST, "/jury/{juror}/{code}", own_save, CAP_SIGNED_IN, 0, N_("Score an entry"), NULL },
	{ M_POST, "/jury/{juror}/{code}/conflict", own_declare, CAP_SIGNED_IN, 0,
	    N_("Declare a conflict of interest"), NULL },
	{ M_GET, "/j/{secret}", link_list, CAP_PUBLIC, 0, N_("My points"),
	    N_("By the personal link of a juror without an account.") },
	{ M_GET, "/j/{secret}/{code}", link_entry, CAP_PUBLIC, 0, N_("Score an entry"), NULL },
	{ M_POST, "/j/{secret}/{code}", link_save, CAP_PUBLIC, 0, N_("Score an entry"), NULL },
	{ M_POST, "/j/{secret}/{code}/conflict", link_declare, CAP_PUBLIC, 0,
	    N_("Declare a conflict of interest"), NULL },
};
const size_t contest_juror_nroutes = ARRAY_LEN(contest_juror_routes);

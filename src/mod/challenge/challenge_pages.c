/* challenge_pages.c – the list of challenges and the public page of one: what to do, how many entries came from
 * which network and in which language, and the entries themselves. */
#include "mod/challenge/challenge_pages.h"

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "event", "programme", "from_day", "to_day",
		"state", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &challenge_kind,
		.path = "/challenges",
		.columns = columns,
		.sort = "-from_day",
		.state = "state",
		.draw_state = challenge_mark };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Online challenges"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { NULL, tr(cx, "Online challenges") }, { NULL, NULL } } });
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='prose'>%s</p><p class='acts'>",
		    tr(cx,
			"A challenge belongs to an event or a programme: open it and choose “New "
			"online challenge”."));
		ui_button(v, ui_url(v, "/challenges/queue"), tr(cx, "Entries that wait"), false);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- one challenge ---- */

struct shown {
	struct challenge c;
	struct challenge_want want;
	struct challenge_shown e[CHALLENGE_PAGE];
	size_t n;
	bool more, runs;
	int64_t network[CHALLENGE_CODES], lang[CHALLENGE_CODES], all, waiting;
	const char *why; /* nobody can enter now */
};

/* A code of the table, else "" (nothing is narrowed). */
static const char *
wanted(struct view *v, const char *name, const struct option *o)
{
	const char *s = req_q(v->rq, name);

	for (; s != NULL && o->code != NULL; o++)
		if (strcmp(o->code, s) == 0)
			return o->code;
	return "";
}

static int
read_shown(struct view *v, struct shown *s)
{
	struct ctx *cx = v->cx;
	const char *before = req_q(v->rq, "before");
	size_t i;

	TRY(challenge_of_path(v, &s->c));
	s->runs = challenge_runs(v, &s->c);
	s->want = (struct challenge_want){ .challenge = s->c.rec.id,
		.network = wanted(v, "network", challenge_networks),
		.lang = wanted(v, "lang", challenge_langs) };
	if (before == NULL || !num_parse(before, &s->want.before) || s->want.before < 1)
		s->want.before = 0;
	TRY(challenge_shown(cx, &s->want, s->e, &s->n, &s->more));
	TRY(challenge_counts(cx, s->c.rec.id, false, s->network));
	TRY(challenge_counts(cx, s->c.rec.id, true, s->lang));
	for (i = 0; i < CHALLENGE_CODES; i++)
		s->all += s->network[i];
	if (s->runs)
		TRY(challenge_waiting(cx, s->c.rec.id, &s->waiting));
	return challenge_open(cx, &s->c, &s->why);
}

/* Each line as it was typed is a paragraph. */
static void
draw_lines(struct view *v, const char *text)
{
	size_t n;

	for (; text != NULL && *text != '\0'; text += n) {
		text += strspn(text, "\r\n");
		n = strcspn(text, "\r\n");
		if (n > 0)
			html(&v->h, "<p class='prose'>%.*s</p>", (int)n, text);
	}
}

static int
draw_about(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct challenge *c = &s->c;
	const struct kind *k = c->event != 0 ? &event_kind : &programme_kind;
	int64_t of = c->event != 0 ? c->event : c->programme;
	const char *title;

	TRY(event_title_of(cx, k, of, &title));
	html(h, "<p class='lead'><a href='%s'>%s</a><br>%s</p>",
	    c->event != 0 ? ui_url(v, "/events/%lld", (long long)of)
			  : ui_url(v, "/programmes/%lld", (long long)of),
	    title, day_range(cx, c->from_day, c->to_day));
	draw_lines(v, c->rules);
	if (s->why != NULL) {
		ui_note(v, 'w', s->why);
		return RC_OK;
	}
	html(h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/challenges/%lld/enter", (long long)c->rec.id), tr(cx, "Take part"),
	    true);
	html(h, "</p>");
	return RC_OK;
}

static void
draw_staff(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	long long id = (long long)s->c.rec.id;

	if (!s->runs)
		return;
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/challenges/queue?challenge=%lld", id),
	    trf(cx, "Entries that wait: %s", num(cx, s->waiting)), false);
	if (may(cx, CAP_PEOPLE_READ))
		ui_button(v, ui_url(v, "/challenges/entries?challenge=%lld", id),
		    tr(cx, "All works sent"), false);
	ui_button(v, ui_url(v, "/challenges/%lld/edit", id), tr(cx, "Change"), false);
	html(&v->h, "</p>");
}

static void
draw_counts(struct view *v, const struct shown *s, bool lang)
{
	const struct option *o = lang ? challenge_langs : challenge_networks;
	const int64_t *n = lang ? s->lang : s->network;
	struct ctx *cx = v->cx;
	long long id = (long long)s->c.rec.id;
	size_t i;

	html(&v->h, "<h3>%s</h3><dl class='facts'>",
	    lang ? tr(cx, "By language") : tr(cx, "By network"));
	for (i = 0; i < CHALLENGE_CODES && o[i].code != NULL; i++) {
		if (n[i] == 0)
			continue;
		html(&v->h, "<dt>%s</dt><dd>", event_capital(cx, tr(cx, o[i].label)));
		ui_count(v, KNOWN_EXACT,
		    lang ? ui_url(v, "/challenges/%lld?lang=%s#entries", id, o[i].code)
			 : ui_url(v, "/challenges/%lld?network=%s#entries", id, o[i].code),
		    num(cx, n[i]));
		html(&v->h, "</dd>");
	}
	html(&v->h, "</dl>");
}

static void
draw_entry(struct view *v, const struct challenge_shown *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<li class='task'><div><h3>%s</h3><p class='small'>", e->name);
	if (e->work != NULL)
		html(h, "%s · ", e->work);
	html(h, "<span class='mute'>%s · %s</span></p></div><p>",
	    event_capital(cx, option_label(cx, challenge_langs, e->lang)), day_text(cx, e->day));
	challenge_link_out(v, e->link, e->host);
	html(h, "</p></li>");
}

/* What the list is narrowed to, and the way back to all. */
static void
draw_narrowed(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	const struct option *o = *s->want.network != '\0' ? challenge_networks : challenge_langs;
	const char *code = *s->want.network != '\0' ? s->want.network : s->want.lang;

	if (*code == '\0')
		return;
	html(&v->h, "<p>%s. <a href='%s'>%s</a></p>", event_capital(cx, option_label(cx, o, code)),
	    ui_url(v, "/challenges/%lld#entries", (long long)s->c.rec.id),
	    tr(cx, "Show all entries"));
}

static void
draw_entries(struct view *v, const struct shown *s)
{
	struct ctx *cx = v->cx;
	size_t i;

	ui_section_open(v, "entries",
	    trn(cx, s->all, "%s work shown", "%s works shown", num(cx, s->all)), NULL);
	html(&v->h, "<div class='flow'>");
	draw_narrowed(v, s);
	if (s->n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    s->all == 0 ? tr(cx, "Nothing is shown yet.")
				: tr(cx, "Names and links are removed a year after the end; the "
					 "number stays."));
	else {
		html(&v->h, "<ul>");
		for (i = 0; i < s->n; i++)
			draw_entry(v, &s->e[i]);
		html(&v->h, "</ul>");
	}
	if (s->more)
		html(&v->h,
		    "<nav class='pager' aria-label='%s'><span class='acts'><a class='btn' "
		    "href='%s'>%s</a></span></nav>",
		    tr(cx, "Pages"),
		    ui_url_with(
			v, "before", arena_printf(cx->arena, "%lld", (long long)s->e[s->n - 1].id)),
		    tr(cx, "Next"));
	html(&v->h, "</div>");
	ui_section_close(v);
}

static int
one_page(struct view *v)
{
	struct shown *s = arena_new(v->cx->arena, struct shown);

	TRY(read_shown(v, s));
	challenge_frame(v, &s->c, NULL);
	html(&v->h, "<div class='flow'>");
	TRY(draw_about(v, s));
	draw_staff(v, s);
	html(&v->h, "</div>");
	if (s->all > 0) {
		ui_section_open(v, "counts", tr(v->cx, "How many"), NULL);
		html(&v->h, "<div class='flow'>");
		draw_counts(v, s, false);
		draw_counts(v, s, true);
		html(&v->h, "</div>");
		ui_section_close(v);
	}
	draw_entries(v, s);
	if (s->runs)
		TRY(ui_history(v, &challenge_kind, s->c.rec.id));
	ui_close(v);
	return RC_OK;
}

const struct route challenge_routes[] = {
	{ M_GET, "/challenges", list_page, CAP_PUBLIC, 0, N_("Online challenges"),
	    N_("What people are called to publish and to send a link of.") },
	{ M_GET, "/challenges/{id}", one_page, CAP_PUBLIC, 0, N_("Online challenge"),
	    N_("What to do, how many took part, the entries that are shown.") },
};
const size_t challenge_nroutes = ARRAY_LEN(challenge_routes);

/* event_pages.c – the list of events and the page of one event, for guests and for staff.
 *
 * A guest reads what is public: day, place, organisers, programme of the day, the count and what it
 * rests on, photographs. Staff of the event's own scope also see the four counts apart, the evidence,
 * the co-organisers' own reports, likely duplicates, the steps that are possible now, and the history.
 * Every row comes through its kind's scope, every field through its privacy; what the page adds is
 * only where it stands. The evidence and the attendances have files of their own. */
#include "mod/event/event_pages.h"

/* ---- the list ---- */

static void
unmerged(struct view *v, struct query *q)
{
	struct event_filter f;

	event_filter_read(v, &f);
	query_and(q, "event.merged_into IS NULL", NO_VALS);
	/* What means nothing is told above the list. */
	if (event_filter_own(q, &f) != RC_OK)
		query_and(q, "1 = 0", NO_VALS);
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "first_day", "body", "district", "kind",
		"state", NULL };
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { NULL, tr(cx, "Events") }, { NULL, NULL } };
	const struct ui_list l = { .kind = &event_kind,
		.path = "/events",
		.columns = columns,
		.sort = "-first_day",
		.narrow = unmerged,
		.state = "state",
		.draw_state = event_draw_state };
	struct event_filter f;

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v,
	    &(struct page){ .title = tr(cx, "Events"),
		.nav = "/events",
		.staff = true,
		.no_h1 = true,
		.crumbs = crumbs,
		.description = tr(cx, "What the Assembly and its associations do, day by day.") });
	html(&v->h, "<div class='titl'><h1>%s</h1>", tr(cx, "Events"));
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/new"), tr(cx, "New event"), true);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	html(&v->h, "<div class='flow'>");
	event_views(v, "/events");
	event_filter_read(v, &f);
	event_filter_chips(v, &f);
	event_subscribe_line(v, &f);
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- one event: what is read for it ---- */

/* An event that another one names, if this actor may see it. */
static int
read_other(struct ctx *cx, int64_t id, struct event *out)
{
	int rc;

	*out = (struct event){ 0 };
	if (id == 0)
		return RC_OK;
	rc = kind_get(cx, &event_kind, id, out);
	if (rc != RC_NOTFOUND)
		return rc;
	err_clear(cx);
	*out = (struct event){ 0 };
	return RC_OK;
}

static int
read_organisers(struct ctx *cx, struct event_shown *s)
{
	int64_t ids[QUERY_LIMIT_MAX];
	size_t i;

	TRY(reads_of_event(cx, &organiser_kind, s->e.rec.id, NULL, &s->organisers));
	for (i = 0; i < s->organisers.n; i++)
		ids[i] =
		    ((const struct organiser *)list_row(&s->organisers, &organiser_kind, i))->body;
	s->organiser_titles = arena_array(cx->arena, const char *, s->organisers.n + 1);
	return kind_titles(cx, &body_kind, ids, s->organisers.n, s->organiser_titles);
}

static int
read_shown(struct view *v, struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct event *e = &s->e;

	TRY(event_of_path(v, e));
	s->title = kind_title(cx, &event_kind, e);
	TRY(reads_rights(cx, e, &s->can));
	TRY(event_count(cx, e, &s->count));
	TRY(event_title_of(cx, &body_kind, e->body, &s->body));
	TRY(event_title_of(cx, &event_kind_kind, e->kind, &s->kind));
	TRY(event_title_of(cx, &programme_kind, e->programme, &s->programme));
	TRY(event_title_of(cx, &observance_kind, e->observance, &s->observance));
	TRY(event_title_of(cx, &district_kind, e->district, &s->district));
	TRY(read_organisers(cx, s));
	TRY(reads_of_event(cx, &part_kind, e->rec.id, "starts", &s->parts));
	TRY(reads_of_event(cx, &file_kind, e->rec.id, NULL, &s->files));
	TRY(read_other(cx, e->moved_to, &s->moved_to));
	TRY(read_other(cx, e->merged_into, &s->merged_into));
	if (s->can.reads)
		TRY(reads_merged(cx, e->rec.id, &s->merged));
	if (s->can.reads && event_is_counted_state(e->state))
		TRY(reads_doubts(cx, e, &s->doubts));
	return RC_OK;
}

/* ---- what everybody sees ---- */

static const char *
hours(struct ctx *cx, const struct event *e)
{
	if (e->starts == NULL || *e->starts == '\0')
		return tr(cx, "the hour is not known");
	if (e->ends == NULL || *e->ends == '\0')
		return e->starts;
	return arena_printf(cx->arena, "%s–%s", e->starts, e->ends);
}

static void
draw_date(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	char iso[16];

	day_iso(e->first_day, iso);
	html(h,
	    "<div class='date'><b>%d</b><p><strong><time datetime='%s'>%s, "
	    "%s</time></strong><br>%s",
	    day_dom(e->first_day), iso, day_long(cx, e->first_day),
	    weekday_name(cx, day_weekday(e->first_day)), hours(cx, e));
	if (e->starts != NULL && *e->starts != '\0')
		html(h, " <span class='mute'>(%s)</span>", tr(cx, "local time, UTC+5"));
	if (e->last_day != 0)
		html(h, "<br>%s", event_days(cx, e));
	html(h, "</p></div>");
}

/* A reason may be one of those offered, kept as its code, or a text of its own. */
static const char *
reason_text(struct ctx *cx, const char *reason)
{
	const struct option *o;

	for (o = event_end_reasons; o->code != NULL; o++)
		if (strcmp(o->code, reason) == 0)
			return tr(cx, o->label);
	return reason;
}

static bool
reads_field(struct view *v, const struct event *e, const char *name)
{
	return kind_may_read_of(v->cx, &event_kind, kind_field(&event_kind, name), e);
}

/* RULE event-7: why an event was postponed or cancelled is told to everybody where the reason is one of
 * those offered; what somebody wrote in own words is for the secretariat. */
static bool
everybody_reads(const struct event *e)
{
	const struct option *o;

	if (strcmp(e->state, "postponed") != 0 && strcmp(e->state, "cancelled") != 0)
		return false;
	for (o = event_end_reasons; o->code != NULL; o++)
		if (strcmp(o->code, e->state_reason) == 0)
			return true;
	return false;
}

static void
draw_state(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *why = s->e.state_reason;

	html(h, "<dt>%s</dt><dd>", tr(cx, "State"));
	event_draw_state(v, s->e.state);
	if (why != NULL && *why != '\0' &&
	    (reads_field(v, &s->e, "state_reason") || everybody_reads(&s->e)))
		html(h, "<br>%s", trf(cx, "Reason: %s", reason_text(cx, why)));
	if (s->moved_to.rec.id != 0)
		html(h, "<br>%s <a href='%s'>%s</a>", tr(cx, "Moved to:"),
		    ui_url(v, "/events/%lld", (long long)s->moved_to.rec.id),
		    event_days(cx, &s->moved_to));
	html(h, "</dd>");
}

static void
draw_co_organisers(struct view *v, const struct event_shown *s)
{
	struct html *h = &v->h;
	bool first = true;
	size_t i;

	for (i = 0; i < s->organisers.n; i++) {
		const struct organiser *o = list_row(&s->organisers, &organiser_kind, i);

		if (o->ended)
			continue;
		if (first)
			html(h, "<dt>%s</dt><dd>", tr(v->cx, "Co-organisers"));
		else
			html(h, ", ");
		html(h, "<a href='%s'>%s</a>", ui_url(v, "/bodies/%lld", (long long)o->body),
		    s->organiser_titles[i]);
		first = false;
	}
	if (!first)
		html(h, "</dd>");
}

/* A fact that leads to the list or page of its like; left out when it is not known. */
static void
fact_link(struct view *v, const char *label, const char *text, const char *href)
{
	if (text != NULL && *text != '\0')
		html(&v->h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>", label, href, text);
}

static void
draw_facts(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct event *e = &s->e;

	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd>", tr(cx, "Place"),
	    e->place != NULL && *e->place != '\0' ? e->place : tr(cx, "not known"));
	fact_link(v, tr(cx, "District or city"), s->district,
	    ui_url(v, "/events?district=%lld", (long long)e->district));
	fact_link(
	    v, tr(cx, "Lead organiser"), s->body, ui_url(v, "/bodies/%lld", (long long)e->body));
	draw_co_organisers(v, s);
	if (e->lang != NULL && *e->lang != '\0')
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Language"),
		    option_label(cx, event_langs, e->lang));
	fact_link(v, tr(cx, "Kind"), s->kind, ui_url(v, "/events?kind=%lld", (long long)e->kind));
	fact_link(v, tr(cx, "Programme"), s->programme,
	    ui_url(v, "/programmes/%lld", (long long)e->programme));
	if (*s->observance != '\0')
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "For the day"), s->observance);
	if (e->goal != NULL && *e->goal != '\0')
		fact_link(v, tr(cx, "Goal"),
		    event_capital(cx, option_label(cx, event_goals, e->goal)),
		    ui_url(v, "/events?goal=%s", e->goal));
	if (e->expected != INT_NONE)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Expected people"), num(cx, e->expected));
	draw_state(v, s);
	html(h, "</dl>");
}

static const char *
basis_sentence(struct ctx *cx, enum basis b)
{
	switch (b) {
	case BASIS_SCANNED:
		return tr(cx, "Scanned at the door, one by one; coming back in is counted once.");
	case BASIS_LISTED:
		return tr(cx, "Taken from the attendance list; each person is counted once.");
	case BASIS_HEAD:
		return tr(cx, "Counted by heads on the spot, so the number is approximate.");
	case BASIS_DECLARED:
		return tr(cx, "As the organiser says; nobody counted.");
	case BASIS_UNKNOWN:
		break;
	}
	return tr(cx, "Nobody counted or said how many. Not known is not zero: such an event adds "
		      "nothing to the figures.");
}

static void
one_count(struct view *v, const char *label, enum basis basis, int64_t value, const char *href)
{
	struct event_count c = { .value = value,
		.basis = value == INT_NONE ? BASIS_UNKNOWN : basis };

	html(&v->h, "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>", label,
	    tr(v->cx, "Number of people"));
	event_count_line(v, &c, href);
	html(&v->h, "</td></tr>");
}

/* No attendance on record is no count: of lists nobody may say that zero people came. */
static int64_t
or_unknown(int64_t n)
{
	return n > 0 ? n : INT_NONE;
}

static void
draw_four(struct view *v, const struct event_shown *s, const char *list)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<p class='small mute'>%s</p><div class='tbl'><table class='cards'><caption "
	    "class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "The four counts, never mixed; the first one known is the event's own."),
	    tr(cx, "How many people came"), tr(cx, "Basis"), tr(cx, "Number of people"));
	one_count(v, event_capital(cx, basis_label(cx, BASIS_SCANNED)), BASIS_SCANNED,
	    or_unknown(s->count.scanned), list);
	one_count(v, event_capital(cx, basis_label(cx, BASIS_LISTED)), BASIS_LISTED,
	    or_unknown(s->count.listed), list);
	one_count(
	    v, event_capital(cx, basis_label(cx, BASIS_HEAD)), BASIS_HEAD, s->e.head_count, NULL);
	one_count(v, event_capital(cx, basis_label(cx, BASIS_DECLARED)), BASIS_DECLARED,
	    s->e.declared_count, NULL);
	html(h, "</tbody></table></div>");
}

/* Only named here; the report of the event says why. */
static void
draw_doubts(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	size_t i;

	for (i = 0; i < s->doubts.n; i++)
		ui_note(v, 'w', tr(cx, event_doubt_kind(s->doubts.v[i].kind).title));
	if (s->doubts.n > 0)
		html(&v->h, "<p><a href='%s'>%s</a></p>",
		    ui_url(v, "/events/%lld/report#doubts", (long long)s->e.rec.id),
		    tr(cx, "Look at this again"));
}

static void
draw_people(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool lists = s->can.reads && may(cx, CAP_PEOPLE_READ);
	const char *list =
	    lists ? ui_url(v, "/events/%lld/attendances", (long long)s->e.rec.id) : NULL;
	/* Only names can be opened; heads and words lead to how the figure is counted. */
	bool by_name = s->count.basis == BASIS_SCANNED || s->count.basis == BASIS_LISTED;
	bool took_place = event_is_counted_state(s->e.state),
	     ahead = !took_place && s->count.value == INT_NONE;
	bool marks = s->can.marks && (took_place || strcmp(s->e.state, "approved") == 0);

	/* A plan has no count yet, and saying so would read as a fault. */
	if (ahead && !s->can.reads)
		return;
	ui_section_open(v, "people", tr(cx, "How many people came"), NULL);
	html(h, "<p class='lead'>");
	event_count_line(v, &s->count,
	    list != NULL && by_name ? list : ui_url(v, "/figures/participants_total"));
	html(h, "</p><p class='prose'>%s</p>",
	    ahead ? tr(cx, "It has not taken place, so there is no count yet.")
		  : basis_sentence(cx, s->count.basis));
	if (s->can.reads && !ahead) {
		draw_four(v, s, list);
		draw_doubts(v, s);
	}
	if (lists || marks) {
		html(h, "<p class='acts'>");
		if (lists)
			ui_button(v, list, tr(cx, "Attendances"), false);
		if (marks)
			ui_button(v,
			    ui_url(v, "/events/%lld/attendances/new", (long long)s->e.rec.id),
			    tr(cx, "Mark who came"), false);
		if (marks && may(cx, CAP_DOOR))
			ui_button(v, ui_url(v, "/events/%lld/door", (long long)s->e.rec.id),
			    tr(cx, "Desk at the door"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
}

static int
draw_parts(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *add = ui_url(v, "/events/%lld/parts/new", (long long)s->e.rec.id);
	size_t i;

	if (s->parts.n == 0 && !s->can.writes)
		return RC_OK;
	ui_section_open(v, "parts", tr(cx, "Programme of the day"), NULL);
	if (s->parts.n == 0)
		ui_empty(v, tr(cx, "No parts are entered"),
		    tr(cx, "A concert, a contest or a table of an event are its parts; they are "
			   "never counted apart."),
		    add, tr(cx, "Add a part"));
	else
		html(h, "<dl class='facts'>");
	for (i = 0; i < s->parts.n; i++) {
		const struct part *p = list_row(&s->parts, &part_kind, i);

		html(h, "<dt>%s</dt><dd>%s",
		    p->starts != NULL && *p->starts != '\0' ? p->starts : tr(cx, "hour not known"),
		    kind_title(cx, &part_kind, p));
		if (p->people != INT_NONE)
			html(h, " <span class='mute nw'>%s</span>",
			    trn(cx, p->people, "%s person", "%s people", num(cx, p->people)));
		if (p->result != NULL && *p->result != '\0')
			html(h, "<br><span class='small'>%s</span>", p->result);
		if (s->can.writes)
			html(h, " <a class='small' href='%s'>%s<span class='vh'>: %s</span></a>",
			    ui_url(v, "/parts/%lld/edit", (long long)p->rec.id), tr(cx, "change"),
			    kind_title(cx, &part_kind, p));
		html(h, "</dd>");
	}
	if (s->parts.n > 0) {
		html(h, "</dl>");
		if (s->can.writes) {
			html(h, "<p class='acts'>");
			ui_button(v, add, tr(cx, "Add a part"), false);
			html(h, "</p>");
		}
	}
	ui_section_close(v);
	return RC_OK;
}

/* ---- evidence ---- */

static bool
is_picture(const struct file *f)
{
	return strcmp(f->type, "photo") == 0 && strncmp(f->media, "image/", 6) == 0 &&
	       !f->withdrawn;
}

static void
draw_pictures(struct view *v, const struct event_shown *s)
{
	struct html *h = &v->h;
	bool any = false;
	size_t i;

	for (i = 0; i < s->files.n; i++) {
		const struct file *f = list_row(&s->files, &file_kind, i);
		const char *text = f->caption != NULL && *f->caption != '\0' ? f->caption : f->name;

		if (!is_picture(f))
			continue;
		if (!any)
			html(h, "<div class='news'>");
		any = true;
		html(h,
		    "<figure><a href='%s'><img src='%s' alt='%s' loading='lazy' "
		    "width='280'></a><figcaption class='small'>%s",
		    ui_url(v, "/files/%lld", (long long)f->rec.id),
		    ui_url(v, "/files/%lld?small=1", (long long)f->rec.id), text, text);
		if (f->credit != NULL && *f->credit != '\0')
			html(h, "<br><span class='mute'>%s</span>",
			    trf(v->cx, "Photo: %s", f->credit));
		if (s->can.reads && f->consent != NULL && strcmp(f->consent, "not_asked") == 0)
			html(h, "<br><span class='mute'>%s</span>",
			    tr(v->cx, "Seen by staff alone: those in it were not asked."));
		html(h, "</figcaption></figure>");
	}
	if (any)
		html(h, "</div>");
}

static void
draw_file(struct view *v, const struct event_shown *s, const struct file *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool link = strcmp(f->type, "link") == 0, note = strcmp(f->type, "note") == 0;

	html(h,
	    "<li class='task'><p>%s: ", event_capital(cx, option_label(cx, file_sorts, f->type)));
	if (link && f->link != NULL)
		html(h, "<a href='%s' rel='noopener nofollow'>%s</a>", f->link, f->name);
	else if (note)
		html(h, "%s", f->caption != NULL && *f->caption != '\0' ? f->caption : f->name);
	else if (!file_has_content(f))
		html(
		    h, "<span class='mute'>%s</span>", tr(cx, "removed after its term of storage"));
	else
		html(h, "<a translate='no' href='%s'>%s</a> <span class='small mute'>%s</span>",
		    ui_url(v, "/files/%lld", (long long)f->rec.id), f->name,
		    trf(cx, "%s KB", num(cx, (f->size + 1023) / 1024)));
	if (f->withdrawn) {
		html(h, " ");
		ui_state(v, '-', tr(cx, "Withdrawn"));
	}
	html(h, "</p>");
	if (s->can.writes && !f->withdrawn)
		ui_post_button(v,
		    arena_printf(cx->arena, "/files/%lld/withdraw", (long long)f->rec.id),
		    f->rec.version, tr(cx, "Withdraw"), true);
	html(h, "</li>");
}

static void
draw_evidence(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *add = ui_url(v, "/events/%lld/files/new", (long long)s->e.rec.id);
	size_t i, rows = 0;

	if (s->files.n == 0 && !s->can.reads)
		return;
	ui_section_open(v, "evidence",
	    s->can.reads ? tr(cx, "Evidence") : tr(cx, "Photographs and links"), NULL);
	if (s->files.n == 0)
		ui_empty(v, tr(cx, "There is no evidence yet"),
		    tr(cx,
			"Photographs, the scanned list or a link show that the event took place."),
		    s->can.writes ? add : NULL, tr(cx, "Add evidence"));
	draw_pictures(v, s);
	for (i = 0; i < s->files.n; i++) {
		const struct file *f = list_row(&s->files, &file_kind, i);

		if (!s->can.reads && is_picture(f))
			continue;
		if (rows++ == 0)
			html(h, "<ul>");
		draw_file(v, s, f);
	}
	if (rows > 0)
		html(h, "</ul>");
	if (s->files.n > 0 && s->can.writes) {
		html(h, "<p class='acts'>");
		ui_button(v, add, tr(cx, "Add evidence"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
}

/* ---- the page ---- */

static void
draw_merged_into(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;

	if (s->merged_into.rec.id == 0)
		return;
	html(&v->h, "<div class='note wait'><p>%s <a href='%s'>%s</a></p>",
	    tr(cx, "This report is merged and stands in no figure. The event is:"),
	    ui_url(v, "/events/%lld", (long long)s->merged_into.rec.id),
	    kind_title(cx, &event_kind, &s->merged_into));
	if (may(cx, CAP_EVENT_APPROVE))
		ui_post_button(v, event_path(v, s->e.rec.id, "/unmerge"), s->e.rec.version,
		    tr(cx, "Take the merging back"), false);
	html(&v->h, "</div>");
}

static void
draw_head(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *summary = tr3(cx, &s->e.summary, NULL);

	if (s->said != NULL)
		html(h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2><p>%s</p></div>",
		    tr(cx, "Nothing was changed"), s->said);
	draw_merged_into(v, s);
	draw_date(v, &s->e);
	html(h, "<div class='flow'><h1>%s</h1>", s->title);
	if (*summary != '\0')
		html(h, "<p class='lead prose'>%s</p>", summary);
	if (s->can.reads) {
		html(h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/report", (long long)s->e.rec.id),
		    tr(cx, "Report of the event"), false);
	}
	if (s->can.writes) {
		ui_button(v, ui_url(v, "/events/%lld/edit", (long long)s->e.rec.id),
		    tr(cx, "Change the event"), false);
		ui_button(v, ui_url(v, "/events/%lld/sheets", (long long)s->e.rec.id),
		    tr(cx, "Paper"), false);
	}
	html(h, s->can.reads ? "</p></div><hr>" : "</div><hr>");
}

static int
draw_event(struct view *v, const char *said)
{
	struct ctx *cx = v->cx;
	struct event_shown s = { .said = said };
	struct crumb crumbs[3] = { { "/events", tr(cx, "Events") }, { 0 }, { 0 } };

	TRY(read_shown(v, &s));
	crumbs[1].text = s.title;
	ui_open(v, &(struct page){ .title = s.title,
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs,
		       .description = trf(cx, "%s, %s", event_days(cx, &s.e), s.body) });
	draw_head(v, &s);
	TRY(event_draw_under_head(v, &s));
	draw_facts(v, &s);
	TRY(event_draw_steps(v, &s));
	TRY(draw_parts(v, &s));
	draw_people(v, &s);
	TRY(event_draw_sections(v, &s));
	draw_evidence(v, &s);
	event_draw_reports(v, &s);
	TRY(event_draw_likely(v, &s));
	if (s.can.reads)
		TRY(ui_history(v, &event_kind, s.e.rec.id));
	ui_close(v);
	return RC_OK;
}

static int
event_page(struct view *v)
{
	return draw_event(v, NULL);
}

static int
move_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *words = req_f(v->rq, "words"), *reason = req_f(v->rq, "reason"),
		   *s = req_f(v->rq, "_version");
	struct event e;
	int64_t version;
	int rc;

	TRY(event_of_path(v, &e));
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	if (words != NULL && words[strspn(words, " \t\r\n")] != '\0')
		reason = words;
	rc = event_move(cx, e.rec.id, version, v->rq->param[1], reason);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_event(v, event_said(cx));
	}
	TRY(rc);
	TRY(event_of_path(v, &e));
	return ui_done(v, event_path(v, e.rec.id, ""),
	    trf(cx, "The event is now: %s.", option_label(cx, event_states, e.state)));
}

static int
moved_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *s = req_f(v->rq, "_version"), *to = req_f(v->rq, "moved_to");
	int64_t version = 0, moved_to = 0;
	struct event e;
	int rc;

	TRY(event_of_path(v, &e));
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	if (to != NULL && *to != '\0' && !num_parse(to, &moved_to))
		moved_to = -1;
	rc = event_set_moved(cx, e.rec.id, version, moved_to);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_event(v, event_said(cx));
	}
	TRY(rc);
	return ui_done(v, event_path(v, e.rec.id, ""),
	    moved_to == 0 ? tr(cx, "No event takes its place yet.")
			  : tr(cx, "The event that takes its place is named."));
}

const struct route event_routes[] = {
	{ M_GET, "/events", list_page, CAP_PUBLIC, ROUTE_CACHE, N_("Events"),
	    N_("All events with filters; a list that can be exported.") },
	{ M_GET, "/events/{id}", event_page, CAP_PUBLIC, ROUTE_CACHE, N_("An event"),
	    N_("Day, place, organisers, programme, how many came and how that is known.") },
	{ M_POST, "/events/{id}/moved", moved_post, CAP_EVENT_WRITE, 0,
	    N_("Name the event that takes the place of a postponed one"), NULL },
	{ M_POST, "/events/{id}/move/{action}", move_post, CAP_EVENT_WRITE, 0,
	    N_("A step of an event"), NULL },
};
const size_t event_nroutes = ARRAY_LEN(event_routes);

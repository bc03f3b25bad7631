/* signup_draw_pages.c – what the pages of registration draw alike: the fields of a sign-up, the event's line, a
 * ticket. What was typed is shown again, whatever was refused. */
#include "mod/signup/signup_pages.h"
#include "text/qr.h"

const char *
signup_path(struct view *v, int64_t event, const char *tail)
{
	return arena_printf(v->cx->arena, "/events/%lld%s", (long long)event, tail);
}

int
signup_event(struct view *v, struct event *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &event_kind, id, out);
}

const char *
signup_days(struct ctx *cx, const struct event *e)
{
	return day_range(cx, e->first_day, e->last_day == 0 ? e->first_day : e->last_day);
}

static bool
in_scope(struct ctx *cx, int64_t event, bool organisers_too)
{
	struct err kept = cx->err;
	bool yes = event_in_scope(cx, event, organisers_too) == RC_OK;

	cx->err = kept;
	return yes;
}

struct signup_rights
signup_rights_of(struct ctx *cx, const struct event *e)
{
	return (struct signup_rights){
		.reads = may(cx, CAP_EVENT_READ) && in_scope(cx, e->rec.id, true),
		.writes = may(cx, CAP_EVENT_WRITE) && in_scope(cx, e->rec.id, false),
	};
}

void
signup_field_said(struct view *v, const char *field)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, field) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", field, e->text);
}

static const char *
numbered(struct view *v, const char *base, int64_t n)
{
	return arena_printf(v->cx->arena, "%s%lld", base, (long long)n);
}

/* Sent, else standing, else empty. */
static const char *
typed(struct view *v, const char *name, const char *stands)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : stands;

	return s == NULL ? "" : s;
}

struct line {
	const char *name, *label, *hint, *value, *type, *complete;
};

static void
draw_line(struct view *v, const struct line *l)
{
	struct html *h = &v->h;

	html(h, "<div class='fld'><label for='%s'>%s</label>", l->name, l->label);
	if (l->hint != NULL)
		html(h, "<span class='hint' id='%s-h'>%s</span>", l->name, l->hint);
	signup_field_said(v, l->name);
	html(h, "<input type='%s' id='%s' name='%s' value='%s'", l->type == NULL ? "text" : l->type,
	    l->name, l->name, l->value);
	if (l->complete != NULL)
		html(h, " autocomplete='%s'", l->complete);
	if (l->hint != NULL)
		html(h, " aria-describedby='%s-h'", l->name);
	html(h, "></div>");
}

static bool
ticked(struct view *v, const char *name)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	return s != NULL && *s != '\0';
}

static void
draw_tick(struct view *v, const char *name, const char *label, bool is)
{
	html(&v->h, "<label class='tick'><input type='checkbox' id='%s' name='%s' value='1'", name,
	    name);
	if (is)
		html(&v->h, " checked");
	html(&v->h, "> %s</label>", label);
}

/* ---- persons ---- */

static void
draw_person(struct view *v, const struct signup_draft *d, int64_t n)
{
	struct ctx *cx = v->cx;
	const char *name = numbered(v, "name", n);
	bool stands = (size_t)n <= d->n;

	if (stands && d->t[n - 1].person != 0) {
		html(&v->h, "<p>%s. %s</p>", num(cx, n), d->t[n - 1].name);
		return;
	}
	draw_line(v, &(struct line){ .name = name,
			 .label = d->f.per_signup == 1 && !d->office
				      ? tr(cx, "Surname and name")
				      : trf(cx, "%s. Surname and name", num(cx, n)),
			 .value = typed(v, name, stands ? d->t[n - 1].name : NULL),
			 .complete = n == 1 && !d->office ? "name" : "off" });
	if (d->f.minors && d->old == NULL)
		draw_tick(v, numbered(v, "minor", n), tr(cx, "Under 18"),
		    ticked(v, numbered(v, "minor", n)));
}

static bool
typed_more(struct view *v, int64_t most)
{
	int64_t i;

	for (i = 2; i <= most; i++) {
		const char *s = req_f(v->rq, numbered(v, "name", i));

		if (s != NULL && *s != '\0')
			return true;
	}
	return false;
}

static void
open_more(struct view *v, int64_t most)
{
	html(&v->h, "<details");
	if (v->rq->method == M_POST && typed_more(v, most))
		html(&v->h, " open");
	html(&v->h, "><summary class='btn'>%s</summary>",
	    trf(v->cx, "More persons (up to %s)", num(v->cx, most - 1)));
}

static void
draw_persons(struct view *v, const struct signup_draft *d)
{
	struct ctx *cx = v->cx;
	int64_t most = d->office ? SIGNUP_PERSONS : d->f.per_signup, i;

	html(&v->h, "<fieldset class='fld' id='persons' tabindex='-1'><legend>%s</legend>",
	    tr(cx, "Who comes"));
	signup_field_said(v, "persons");
	if (d->old != NULL)
		most = (int64_t)d->n;
	else if (cx->actor->person != 0 && !d->office)
		draw_tick(
		    v, "self", trf(cx, "I come myself: %s", cx->actor->name), ticked(v, "self"));
	for (i = 1; i <= most; i++) {
		if (i == 2 && d->old == NULL)
			open_more(v, most);
		draw_person(v, d, i);
	}
	if (most > 1 && d->old == NULL)
		html(&v->h, "</details>");
	html(&v->h, "</fieldset>");
}

static void
draw_consent(struct view *v, const struct signup_draft *d)
{
	struct ctx *cx = v->cx;

	if (!d->f.minors || d->old != NULL)
		return;
	html(&v->h, "<fieldset class='fld'><legend>%s</legend><span class='hint'>%s</span>",
	    tr(cx, "A parent's consent"),
	    tr(cx, "Only where somebody under 18 comes. A parent or guardian fills this in."));
	draw_line(v, &(struct line){ .name = "parent",
			 .label = tr(cx, "Name of the parent or guardian"),
			 .value = typed(v, "parent", NULL),
			 .complete = "off" });
	html(&v->h, "<blockquote class='prose'>%s</blockquote>", d->f.consent);
	signup_field_said(v, "consent");
	html(
	    &v->h, "<input type='hidden' name='consent_version' value='%s'>", d->f.consent_version);
	/* The tick stands for the text that was read, not for one that came after it. */
	draw_tick(v, "consent", tr(cx, "I agree to this text"),
	    ticked(v, "consent") &&
		strcmp(typed(v, "consent_version", ""), d->f.consent_version) == 0);
	html(&v->h, "</fieldset>");
}

/* ---- contacts ---- */

static bool
asks(const struct signup_draft *d, const char *how)
{
	return d->office || strcmp(how, "no") != 0;
}

static void
draw_contacts(struct view *v, const struct signup_draft *d)
{
	struct ctx *cx = v->cx;
	const struct signup *s = d->old;
	const char *may_be_empty = tr(cx, "May stay empty.");

	if (asks(d, d->f.email))
		draw_line(
		    v, &(struct line){ .name = "email",
			   .label = tr(cx, "E-mail"),
			   .hint = strcmp(d->f.email, "required") == 0 && !d->office ? NULL
										     : may_be_empty,
			   .value = typed(v, "email", s == NULL ? NULL : s->email),
			   .type = "email",
			   .complete = d->office ? "off" : "email" });
	if (asks(d, d->f.phone))
		draw_line(
		    v, &(struct line){ .name = "phone",
			   .label = tr(cx, "Telephone"),
			   .hint = strcmp(d->f.phone, "required") == 0 && !d->office ? NULL
										     : may_be_empty,
			   .value = typed(v, "phone", s == NULL ? NULL : s->phone),
			   .type = "tel",
			   .complete = d->office ? "off" : "tel" });
}

/* ---- questions ---- */

static void
draw_radio(struct view *v, const char *name, const char *value, const char *now, const char *text)
{
	html(&v->h, "<label class='tick'><input type='radio' name='%s' value='%s'", name, value);
	if (strcmp(value, now) == 0)
		html(&v->h, " checked");
	html(&v->h, "> %s</label>", text);
}

static const char *
nth_line(struct arena *a, const char *lines, int64_t n)
{
	size_t len;

	for (; lines != NULL && *lines != '\0'; lines += len) {
		lines += strspn(lines, "\r\n");
		len = strcspn(lines, "\r\n");
		if (len > 0 && --n == 0)
			return arena_strn(a, lines, len);
	}
	return NULL;
}

/* The value that a form holds for an answer that stands. */
static const char *
standing(struct view *v, const struct signup_question *q, const char *answer)
{
	const char *line;
	int64_t i;

	if (strcmp(q->type, "yesno") == 0)
		return *answer == '\0'					? ""
		       : strcmp(answer, tr_in(LANG_KK, N_("yes"))) == 0 ? "yes"
									: "no";
	if (strcmp(q->type, "choice") != 0)
		return answer;
	for (i = 1; (line = nth_line(v->cx->arena, q->choices.kk, i)) != NULL; i++)
		if (strcmp(line, answer) == 0)
			return arena_printf(v->cx->arena, "%lld", (long long)i);
	return "";
}

static void
draw_choices(struct view *v, const struct signup_question *q, const char *name, const char *now)
{
	struct ctx *cx = v->cx;
	const char *line, *lines = tr3(cx, &q->choices, NULL);
	int64_t i;

	html(&v->h, "<fieldset class='fld' id='%s' tabindex='-1'><legend>%s</legend>", name,
	    tr3(cx, &q->text, NULL));
	signup_field_said(v, name);
	if (strcmp(q->type, "yesno") == 0) {
		draw_radio(v, name, "yes", now, tr(cx, "yes"));
		draw_radio(v, name, "no", now, tr(cx, "no"));
	} else
		for (i = 1; (line = nth_line(cx->arena, lines, i)) != NULL; i++)
			draw_radio(
			    v, name, arena_printf(cx->arena, "%lld", (long long)i), now, line);
	html(&v->h, "</fieldset>");
}

static void
draw_question(struct view *v, const struct signup_draft *d, const struct signup_question *q)
{
	struct ctx *cx = v->cx;
	const char *name = numbered(v, "q", q->rec.id), *now;

	now = typed(v, name,
	    d->old == NULL ? NULL : standing(v, q, signup_answer(cx->arena, d->old, q->rec.id)));
	if (strcmp(q->type, "choice") == 0 || strcmp(q->type, "yesno") == 0) {
		draw_choices(v, q, name, now);
		return;
	}
	draw_line(v, &(struct line){ .name = name,
			 .label = tr3(cx, &q->text, NULL),
			 .hint = q->required && !d->office ? NULL : tr(cx, "May stay empty."),
			 .value = now,
			 .complete = "off" });
}

void
signup_draw_fields(struct view *v, const struct signup_draft *d)
{
	size_t i;

	draw_persons(v, d);
	draw_consent(v, d);
	draw_contacts(v, d);
	for (i = 0; i < d->nq; i++)
		draw_question(v, d, &d->q[i]);
}

/* Empty lines between names do not matter: the persons are counted as they come. */
static void
read_persons(struct view *v, struct signup_in *in, bool own)
{
	int64_t i;

	in->self = own && ticked(v, "self");
	for (i = 1; i <= SIGNUP_PERSONS && in->n < SIGNUP_PERSONS; i++) {
		const char *s = req_f(v->rq, numbered(v, "name", i));
		bool minor = ticked(v, numbered(v, "minor", i));

		if (i == 1 && in->self) {
			in->minor[in->n++] = minor;
			if (s == NULL || s[strspn(s, " \t")] == '\0')
				continue;
			minor = false; /* somebody else on the first line comes, too */
		}
		if (s == NULL || s[strspn(s, " \t")] == '\0' || in->n == SIGNUP_PERSONS)
			continue;
		in->name[in->n] = s;
		in->minor[in->n++] = minor;
	}
}

void
signup_read_fields(struct view *v, const struct signup_draft *d, struct signup_in *in)
{
	size_t i;

	*in = (struct signup_in){
		.event = d->e.rec.id, .office = d->office, .nonce = ui_nonce_of(v)
	};
	if (d->old == NULL)
		read_persons(v, in, v->cx->actor->person != 0 && !d->office);
	else
		for (in->n = d->n, i = 0; i < d->n; i++)
			in->name[i] = req_f(v->rq, numbered(v, "name", (int64_t)i + 1));
	in->email = req_f(v->rq, "email");
	in->phone = req_f(v->rq, "phone");
	in->parent = req_f(v->rq, "parent");
	in->consents = ticked(v, "consent");
	in->consent_version = req_f(v->rq, "consent_version");
	for (i = 0; i < d->nq; i++)
		in->answer[i] = req_f(v->rq, numbered(v, "q", d->q[i].rec.id));
}

/* ---- event and ticket ---- */

void
signup_draw_event(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='lead'><a href='%s'>%s</a><br>%s",
	    ui_url(v, "/events/%lld", (long long)e->rec.id), kind_title(cx, &event_kind, e),
	    e->last_day == 0 ? day_long(cx, e->first_day) : signup_days(cx, e));
	if (e->starts != NULL && *e->starts != '\0')
		html(&v->h, ", %s", e->starts);
	if (e->place != NULL && *e->place != '\0')
		html(&v->h, "<br>%s", e->place);
	html(&v->h, "</p>");
}

int
signup_draw_ticket(struct view *v, const struct event *e, const struct ticket *t, bool paper)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *code =
	    ticket_encode(cx->arena, t, e->last_day == 0 ? e->first_day : e->last_day);
	struct qr q;

	TRY(qr_make(cx->arena, ticket_address(cx->arena, code, req_base(v->rq)), &q));
	html(h, "<div class='ticket'>");
	qr_svg(h, &q, tr(cx, "QR code of the ticket"));
	html(h, "<div><p><strong>%s</strong></p><p class='code' translate='no'>%s</p>", t->name,
	    ticket_shown(cx->arena, t));
	if (paper) {
		html(h, "<p><strong>%s</strong><br>%s", kind_title(cx, &event_kind, e),
		    signup_days(cx, e));
		if (e->starts != NULL && *e->starts != '\0')
			html(h, ", %s", e->starts);
		html(h, "<br>%s</p>", e->place == NULL ? "" : e->place);
	}
	html(h, "</div></div>");
	return RC_OK;
}

/* challenge_enter_pages.c – the public form, without an account or script, and the page behind the author's
 * secret address: how the entry stands, and taking it back.
 *
 * A form carries a number of its own; sent twice it is one entry with one answer. A field that people do not see
 * catches programs that fill in everything: they get a friendly answer and nothing is written. */
#include "mod/challenge/challenge_pages.h"

/* ---- fields ---- */

static const char *
typed(struct view *v, const char *name)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : NULL;

	return s == NULL ? "" : s;
}

static void
field_said(struct view *v, const char *field)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, field) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", field, e->text);
}

struct line {
	const char *name, *label, *hint, *type, *complete;
};

static void
draw_line(struct view *v, const struct line *l)
{
	struct html *h = &v->h;

	html(h, "<div class='fld'><label for='%s'>%s</label>", l->name, l->label);
	if (l->hint != NULL)
		html(h, "<span class='hint' id='%s-h'>%s</span>", l->name, l->hint);
	field_said(v, l->name);
	html(h, "<input type='%s' id='%s' name='%s' value='%s' autocomplete='%s'",
	    l->type == NULL ? "text" : l->type, l->name, l->name, typed(v, l->name),
	    l->complete == NULL ? "off" : l->complete);
	if (l->hint != NULL)
		html(h, " aria-describedby='%s-h'", l->name);
	html(h, "></div>");
}

static void
draw_tick(struct view *v, const char *name, const char *label, bool ticked)
{
	field_said(v, name);
	html(&v->h, "<label class='tick'><input type='checkbox' id='%s' name='%s' value='1'", name,
	    name);
	if (ticked)
		html(&v->h, " checked");
	html(&v->h, "> %s</label>", label);
}

static void
draw_langs(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct option *o;

	html(&v->h, "<fieldset class='fld' id='lang' tabindex='-1'><legend>%s</legend>",
	    tr(cx, "Language of the work"));
	field_said(v, "lang");
	for (o = challenge_langs; o->code != NULL; o++) {
		html(&v->h, "<label class='tick'><input type='radio' name='lang' value='%s'",
		    o->code);
		if (strcmp(typed(v, "lang"), o->code) == 0)
			html(&v->h, " checked");
		html(&v->h, "> %s</label>", event_capital(cx, tr(cx, o->label)));
	}
	html(&v->h, "</fieldset>");
}

static void
draw_consent(struct view *v, const struct challenge *c)
{
	struct ctx *cx = v->cx;
	/* Ticks stand for the text that was read, not for one that came after it. */
	bool same = strcmp(typed(v, "consent_version"), c->consent_version) == 0;

	html(&v->h,
	    "<fieldset class='fld'><legend>%s</legend><blockquote class='prose'>%s</blockquote>",
	    tr(cx, "Consent"), c->consent);
	html(&v->h, "<input type='hidden' name='consent_version' value='%s'>", c->consent_version);
	draw_tick(
	    v, "consent", tr(cx, "I agree to this text"), same && *typed(v, "consent") != '\0');
	html(&v->h,
	    "</fieldset><fieldset class='fld'><legend>%s</legend><span class='hint'>%s</span>",
	    tr(cx, "Under 18?"),
	    tr(cx, "A parent or guardian fills this in. Only the given name will be shown."));
	draw_tick(v, "minor", tr(cx, "The author is under 18"), *typed(v, "minor") != '\0');
	draw_line(v,
	    &(struct line){ .name = "parent", .label = tr(cx, "Name of the parent or guardian") });
	draw_tick(v, "parent_consent", tr(cx, "I am the parent or guardian and agree to the text"),
	    same && *typed(v, "parent_consent") != '\0');
	html(&v->h, "</fieldset>");
}

static void
draw_form(struct view *v, const struct challenge *c)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='prose small'>%s</p>",
	    tr(cx, "A moderator looks at each entry; then your name, the work and the link are "
		   "shown. A year after the end they are removed."));
	ui_form_begin(v, challenge_path(v, c->rec.id, "/enter"), false);
	ui_nonce(v);
	html(&v->h,
	    "<p class='vh' aria-hidden='true'><label for='website'>%s</label><input type='text' "
	    "id='website' name='website' tabindex='-1' autocomplete='off'></p>",
	    tr(cx, "Leave this empty"));
	draw_line(
	    v, &(struct line){
		   .name = "surname", .label = tr(cx, "Surname"), .complete = "family-name" });
	draw_line(
	    v, &(struct line){
		   .name = "given", .label = tr(cx, "Given name"), .complete = "given-name" });
	draw_line(v, &(struct line){ .name = "link",
			 .label = tr(cx, "Link to your work"),
			 .hint = tr(cx, "Open your post, choose “Share”, “Copy link”, and put it "
					"here. It begins with https://"),
			 .type = "url" });
	if (c->asks_work)
		draw_line(v, &(struct line){ .name = "work",
				 .label = tr(cx, "Work that is read"),
				 .hint = tr(cx, "Author and title") });
	draw_langs(v);
	draw_consent(v, c);
	html(&v->h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Send to the moderator"));
	ui_form_end(v);
}

static int
draw_page(struct view *v, const struct challenge *c)
{
	const char *why;
	struct err said = v->cx->err;

	err_clear(v->cx);
	TRY(challenge_open(v->cx, c, &why));
	v->cx->err = said;
	challenge_frame(v, c, tr(v->cx, "Take part"));
	html(&v->h, "<div class='flow'>");
	if (why != NULL)
		ui_note(v, 'w', why);
	else
		draw_form(v, c);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
form_page(struct view *v)
{
	struct challenge c;

	TRY(challenge_of_path(v, &c));
	return draw_page(v, &c);
}

static int
form_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct challenge_made m;
	struct challenge_entry e;
	struct challenge c;
	struct challenge_in in;
	int rc;

	TRY(challenge_of_path(v, &c));
	if (*typed(v, "website") != '\0')
		return ui_done(v, challenge_path(v, c.rec.id, ""), tr(cx, "Thank you."));
	in = (struct challenge_in){ .challenge = c.rec.id,
		.nonce = ui_nonce_of(v),
		.surname = req_f(v->rq, "surname"),
		.given = req_f(v->rq, "given"),
		.parent = req_f(v->rq, "parent"),
		.link = req_f(v->rq, "link"),
		.lang = req_f(v->rq, "lang"),
		.work = req_f(v->rq, "work"),
		.consent_version = req_f(v->rq, "consent_version"),
		.minor = *typed(v, "minor") != '\0',
		.consents = *typed(v, "consent") != '\0',
		.parent_consents = *typed(v, "parent_consent") != '\0' };
	rc = challenge_enter(cx, &in, &m);
	if (challenge_refused(v, rc))
		return draw_page(v, &c);
	TRY(rc);
	TRY(kind_load(cx, &challenge_entry_kind, m.id, &e));
	if (e.given == NULL)
		return RC_NOTFOUND; /* sent again after it was taken back */
	return ui_done(v,
	    arena_printf(cx->arena, "/challenges/own/%s", challenge_secret(cx->arena, &e)),
	    m.again ? tr(cx, "This form was sent before; it is one entry.")
		    : tr(cx, "Thank you. The entry waits for the moderator."));
}

/* ---- the author's own page ---- */

static int
own_of_path(struct view *v, struct challenge_entry *e, struct challenge *c)
{
	TRY(challenge_by_secret(v->cx, v->rq->param[0], e));
	/* Not into the lists of search engines; other sites never learn the address (same-origin referrer). */
	res_header(v->rq, "X-Robots-Tag", "noindex");
	return kind_load(v->cx, &challenge_kind, e->challenge, c);
}

static void
draw_own_facts(struct view *v, const struct challenge_entry *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<dl class='facts'><dt>%s</dt><dd>", tr(cx, "State"));
	challenge_entry_mark(v, e->state);
	html(h, "</dd>");
	if (e->reason != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Reason"),
		    option_label(cx, challenge_reasons, e->reason));
	html(h, "<dt>%s</dt><dd>%s %s</dd>", tr(cx, "Author"), e->surname == NULL ? "" : e->surname,
	    e->given);
	if (e->work != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Work that is read"), e->work);
	html(h, "<dt>%s</dt><dd>", tr(cx, "Link"));
	challenge_link_out(v, e->link, e->link);
	html(h, "</dd></dl>");
}

static int
own_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct challenge_entry e;
	struct challenge c;

	TRY(own_of_path(v, &e, &c));
	challenge_frame(v, &c, tr(cx, "Your entry"));
	html(&v->h, "<div class='flow'>");
	if (strcmp(e.state, "waiting") == 0)
		ui_note(
		    v, 'w', tr(cx, "A moderator has not looked at it yet. Look here again later."));
	draw_own_facts(v, &e);
	html(&v->h, "<p class='small mute'>%s</p></div>",
	    tr(cx, "Keep the address of this page to yourself: whoever has it can take the entry "
		   "back."));
	ui_section_open(v, "leave", tr(cx, "Do you not want it any more?"), NULL);
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "Your name and the link are removed at once and for good. This cannot be taken "
		   "back."));
	ui_post_button(v,
	    arena_printf(cx->arena, "/challenges/own/%s/withdraw", challenge_secret(cx->arena, &e)),
	    0, tr(cx, "Take the entry back"), true);
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

static int
withdraw_post(struct view *v)
{
	int64_t challenge;

	res_header(v->rq, "X-Robots-Tag", "noindex");
	TRY(challenge_withdraw(v->cx, v->rq->param[0], &challenge));
	return ui_done(v, challenge_path(v, challenge, ""),
	    tr(v->cx, "The entry is taken back; name and link are removed."));
}

const struct route challenge_enter_routes[] = {
	{ M_GET, "/challenges/{id}/enter", form_page, CAP_PUBLIC, 0, N_("Take part"),
	    N_("Sending the link of a work, without an account.") },
	{ M_POST, "/challenges/{id}/enter", form_post, CAP_PUBLIC, ROUTE_FORM, N_("Take part"),
	    NULL },
	{ M_GET, "/challenges/own/{secret}", own_page, CAP_PUBLIC, ROUTE_FORM, N_("Your entry"),
	    N_("How an entry stands, and taking it back, by a secret address.") },
	{ M_POST, "/challenges/own/{secret}/withdraw", withdraw_post, CAP_PUBLIC, ROUTE_FORM,
	    N_("Take the entry back"), NULL },
};
const size_t challenge_enter_nroutes = ARRAY_LEN(challenge_enter_routes);

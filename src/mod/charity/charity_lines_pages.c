/* charity_lines_pages.c – the one form by which goods and money come and go: who, for which drive, which store, which
 * day, up to eight lines. It carries its nonce and the moment it was drawn, so that pressing twice is one paper. */
#include "mod/charity/charity_pages.h"

#include <string.h>

#include "kind/vault.h"

void
lines_form_typed(struct view *v, struct lines_form *f)
{
	struct arena *a = v->cx->arena;
	int i;

	f->day = charity_typed(v, "day");
	f->nonce = charity_typed(v, "nonce");
	f->drawn = charity_typed(v, "drawn");
	f->store = charity_typed(v, "store");
	f->who = charity_id(v, f->receipt ? "donor" : "recipient");
	f->drive = charity_id(v, "drive");
	f->pledge = charity_id(v, "pledge");
	for (i = 0; i < FORM_LINES; i++)
		f->lines[i] = (struct typed_line){ charity_typed(v, arena_printf(a, "item%d", i)),
			charity_typed(v, arena_printf(a, "lot%d", i)),
			charity_typed(v, arena_printf(a, "q%d", i)) };
}

void
lines_form_new(struct view *v, struct lines_form *f)
{
	lines_form_typed(v, f);
	f->nonce = vault_random_hex(v->cx->arena, 16);
	f->drawn = arena_printf(v->cx->arena, "%lld", (long long)v->cx->now);
	if (*f->day == '\0')
		f->day = day_text(v->cx, v->cx->today);
}

/* ---- drawing ---- */

static int
draw_what(struct view *v, const struct lines_form *f)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<fieldset><legend>%s</legend><div id='f-lines'>",
	    f->receipt ? tr(cx, "What was brought") : tr(cx, "What is handed over"));
	form_field_error(v, "lines");
	if (f->receipt)
		html(&v->h, "<p class='mute'>%s <a href='%s'>%s</a></p>",
		    tr(cx, "What perishes has a lot that says its last good day."),
		    ui_url(v, "/stock/lots/new"), tr(cx, "New lot"));
	TRY(form_lines(v, f->lines));
	html(&v->h, "</div></fieldset>");
	return RC_OK;
}

static int
draw_store(struct view *v, const struct lines_form *f)
{
	struct ctx *cx = v->cx;
	struct goods_choice *c;
	size_t n;

	TRY(charity_choices(cx, false, &c, &n));
	html(&v->h, "<div class='fld'><label for='f-store'>%s</label><span class='hint'>%s</span>",
	    f->receipt ? tr(cx, "Into the store") : tr(cx, "Out of the store"),
	    tr(cx, "Money goes to and from the account of money by itself."));
	form_field_error(v, "store");
	html(&v->h, "<select id='f-store' name='store'>");
	charity_options(v, c, n, *f->store == '\0' ? "store-main" : f->store);
	html(&v->h, "</select></div>");
	return RC_OK;
}

static int
draw_who(struct view *v, const struct lines_form *f)
{
	struct ctx *cx = v->cx;
	const struct charity_choice who = { .name = f->receipt ? "donor" : "recipient",
		.label = f->receipt ? tr(cx, "Donor") : tr(cx, "Family that is helped"),
		.none = tr(cx, "Choose"),
		.chosen = f->who,
		.first = f->receipt ? "donor.code IS NOT NULL" : "recipient.code IS NOT NULL" };
	const struct charity_choice drive = { .name = "drive",
		.label = tr(cx, "Charity drive"),
		.none = f->receipt ? tr(cx, "Choose") : tr(cx, "No drive"),
		.chosen = f->drive,
		.first = "drive.state <> 'planned'" };

	TRY(charity_select(v, f->receipt ? &donor_kind : &recipient_kind, &who));
	return charity_select(v, &drive_kind, &drive);
}

int
lines_form_draw(struct view *v, const struct lines_form *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	charity_frame(v, f->list, f->list_title, f->title);
	ui_refusals(v, "f-");
	ui_form_begin(v, f->path, false);
	form_once(v, f->nonce, f->drawn);
	html(h, "<div class='flow'>");
	if (f->pledge != 0)
		html(h, "<input type='hidden' name='pledge' value='%lld'>", (long long)f->pledge);
	TRY(draw_who(v, f));
	html(h, "<div class='row'>");
	TRY(draw_store(v, f));
	html(h, "<div class='fld w-s'><label for='f-day'>%s</label>", tr(cx, "Day"));
	form_field_error(v, "day");
	html(h,
	    "<input type='text' id='f-day' name='day' inputmode='numeric' value='%s'></div></div>",
	    f->day);
	TRY(draw_what(v, f));
	html(h,
	    "<p class='acts'><button type='submit' class='btn go'>%s</button> <a class='btn' "
	    "href='%s'>%s</a></p></div>",
	    f->verb, ui_path(v, f->list), tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

/* ---- what was typed ---- */

/* Found by its code; else a field error and RC_OK. */
static int
told(struct ctx *cx, int rc, const char *field, const char *msgid)
{
	if (rc != RC_NOTFOUND)
		return rc;
	cx->err.text = NULL;
	cx->err.rc = RC_OK;
	fail_field(cx, field, "%s", tr(cx, msgid));
	return RC_OK;
}

/* Today: the moment at which the form was drawn; an earlier day: its noon. */
static void
moment_of(struct view *v, const struct lines_form *f, int64_t *at)
{
	struct ctx *cx = v->cx;
	int day;

	*at = cx->now;
	if (!day_parse(f->day, &day) || day > cx->today) {
		fail_field(cx, "day", N_("Write a day that has come, like 15.11.2024."));
		return;
	}
	if (day != day_of_moment(cx->now)) {
		*at = day_start(day) + US_PER_DAY / 2;
		return;
	}
	if (!num_parse(f->drawn, at) || *at > cx->now || day_of_moment(*at) != day)
		*at = cx->now;
}

int
lines_form_post(struct view *v, const struct lines_form *f, struct charity_post *out)
{
	struct ctx *cx = v->cx;
	struct movement_line *l = arena_array(cx->arena, struct movement_line, FORM_LINES);
	struct stock_account store = { 0 };
	int i;

	*out = (struct charity_post){ .nonce = f->nonce,
		.drive = f->drive,
		.pledge = f->pledge,
		.donor = f->receipt ? f->who : 0,
		.recipient = f->receipt ? 0 : f->who,
		.lines = l };
	moment_of(v, f, &out->at);
	TRY(told(cx, stock_account_find(cx, f->store, &store), "store", N_("Choose the store.")));
	out->store = store.rec.id;
	for (i = 0; i < FORM_LINES; i++) {
		struct movement_line one = { 0 };
		bool empty;

		TRY(form_line_of(v, &f->lines[i], i, &one, &empty));
		TRY(form_lot_needed(v, &f->lines[i], i, &one));
		if (!empty)
			l[out->nlines++] = one;
	}
	if (out->nlines == 0)
		fail_field(cx, "item0", N_("Say what moves."));
	return fields_rc(cx);
}

/* ---- a set as a table ---- */

void
charity_draw_lines(struct view *v, const struct charity_line *l, size_t n, bool words)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th>",
	    tr(cx, "Lines"), tr(cx, "Item"), tr(cx, "Quantity"));
	if (words)
		html(h, "<th scope='col'>%s</th>", tr(cx, "In words"));
	html(h, "</tr></thead><tbody>");
	for (i = 0; i < n; i++) {
		html(h, "<tr><th scope='row'>%s%s%s</th><td class='r num' data-l='%s'>%s</td>",
		    kind_title(cx, &item_kind, &l[i].item), l[i].lot.rec.id == 0 ? "" : ", ",
		    l[i].lot.rec.id == 0 ? "" : trf(cx, "lot %s", l[i].lot.code),
		    tr(cx, "Quantity"), charity_quantity(cx, &l[i].item, l[i].quantity));
		if (words)
			html(h, "<td data-l='%s'>%s</td>", tr(cx, "In words"),
			    charity_quantity_words(cx, &l[i].item, l[i].quantity));
		html(h, "</tr>");
	}
	html(h, "</tbody></table></div>");
}

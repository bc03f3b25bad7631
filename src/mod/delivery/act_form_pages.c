/* act_form_pages.c – a hand-over typed on a page, for headquarters and drivers alike: what of the rest was handed or went
 * where, who received it, the signed paper photographed. Works without script; the telephone's page does the same offline.
 *
 * The form carries its number and the moment it was drawn: sent twice it is one act. */
#include "mod/delivery/delivery_pages.h"

#include <string.h>

static void
draw_results(struct view *v)
{
	static const struct {
		const char *code, *label;
	} ways[] = {
		{ "handed", N_("Handed over, the quantities below") },
		{ "refused", N_("Refused: the goods stay on the vehicle") },
		{ "absent", N_("Nobody at home: the goods stay on the vehicle") },
		{ "returned", N_("Brought back to the store, the quantities below") },
		{ "lost", N_("Lost, the quantities below") },
	};
	const char *typed = relief_typed(v, "result");
	size_t i;

	html(&v->h, "<fieldset><legend>%s</legend>", tr(v->cx, "What was done"));
	relief_field_error(v, "result");
	for (i = 0; i < ARRAY_LEN(ways); i++) {
		bool on = *typed == '\0' ? i == 0 : strcmp(typed, ways[i].code) == 0;

		html(&v->h, "<label class='tick'><input type='radio' name='result' value='%s'",
		    ways[i].code);
		html(&v->h, on ? " checked> %s</label>" : "> %s</label>", tr(v->cx, ways[i].label));
	}
	html(&v->h, "</fieldset>");
}

static const char *
line_name(struct ctx *cx, const struct delivery_line *l)
{
	return arena_printf(cx->arena, "q%lld-%lld", (long long)l->item, (long long)l->lot);
}

/* In people's units, without the unit: "12,5". */
static const char *
quantity_value(struct ctx *cx, const struct item *i, int64_t quantity)
{
	int64_t ten = 1;
	int decimals = 0;

	for (; decimals < 6 && quantity % i->pack * ten % i->pack != 0; decimals++)
		ten *= 10;
	return num_real(cx, (double)quantity / (double)i->pack, decimals);
}

static int
draw_left(struct view *v, const struct delivery_line *left, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<fieldset><legend>%s</legend><div class='flow'>", tr(cx, "Quantities"));
	for (i = 0; i < n; i++) {
		const char *name = line_name(cx, &left[i]), *typed = relief_typed(v, name), *text;
		struct item it;

		TRY(kind_load(cx, &item_kind, left[i].item, &it));
		TRY(delivery_line_text(cx, &left[i], &text));
		html(&v->h,
		    "<div class='fld w-s'><label for='f-%s'>%s</label><span class='hint'>%s</span>",
		    name, text, trf(cx, "In: %s", tr3(cx, &it.unit, NULL)));
		relief_field_error(v, name);
		html(&v->h,
		    "<input type='text' id='f-%s' name='%s' inputmode='decimal' value='%s'></div>",
		    name, name,
		    *relief_typed(v, "nonce") != '\0' ? typed
						      : quantity_value(cx, &it, left[i].quantity));
	}
	html(&v->h, "</div></fieldset>");
	return RC_OK;
}

static void
draw_rest(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<div class='fld'><label for='f-reason'>%s</label><span class='hint'>%s</span>",
	    tr(cx, "Reason"), tr(cx, "Needed unless all was handed over."));
	relief_field_error(v, "reason");
	html(h,
	    "<input type='text' id='f-reason' name='reason' maxlength='300' value='%s'></div><div "
	    "class='fld'><label for='f-receiver'>%s</label>",
	    relief_typed(v, "reason"), tr(cx, "Received by"));
	relief_field_error(v, "receiver");
	html(h,
	    "<input type='text' id='f-receiver' name='receiver' maxlength='200' value='%s' "
	    "autocomplete='off'></div><label class='tick'><input type='checkbox' name='paper' "
	    "value='1'%s> %s</label>",
	    relief_typed(v, "receiver"), *relief_typed(v, "paper") != '\0' ? " checked" : "",
	    tr(cx, "Signed on paper"));
	html(h, "<div class='fld'><label for='f-file'>%s</label><span class='hint'>%s</span>",
	    tr(cx, "Photograph of the signed paper"),
	    tr(cx, "Stored sealed; only the headquarters opens it."));
	relief_field_error(v, "file");
	html(h,
	    "<input type='file' id='f-file' name='file' accept='image/jpeg,image/png,image/webp' "
	    "capture='environment'></div>");
}

int
act_draw_form(struct view *v, const struct waybill_stop *s, const char *path)
{
	struct ctx *cx = v->cx;
	const char *drawn = relief_typed(v, "drawn");
	struct delivery_line *left;
	size_t n;

	TRY(delivery_left(cx, s->rec.id, &left, &n));
	ui_form_begin(v, path, true);
	relief_draw_nonce(v);
	html(&v->h, "<input type='hidden' name='drawn' value='%s'><div class='flow'>",
	    *drawn != '\0' ? drawn : arena_printf(cx->arena, "%lld", (long long)cx->now));
	draw_results(v);
	if (n > 0)
		TRY(draw_left(v, left, n));
	draw_rest(v);
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Write it down"));
	ui_form_end(v);
	return RC_OK;
}

/* ---- what was typed ---- */

static int
read_left(struct view *v, const struct waybill_stop *s, struct act_in *in, bool *all)
{
	struct ctx *cx = v->cx;
	struct delivery_line *left, *out;
	size_t n, i;

	TRY(delivery_left(cx, s->rec.id, &left, &n));
	out = arena_array(cx->arena, struct delivery_line, n + 1);
	*all = true;
	for (i = 0; i < n; i++) {
		const char *name = line_name(cx, &left[i]), *typed = relief_typed(v, name);
		struct item it;

		TRY(kind_load(cx, &item_kind, left[i].item, &it));
		out[in->nlines] = left[i];
		if (*typed == '\0')
			out[in->nlines].quantity = 0;
		else if (!quantity_parse(typed, it.pack, &out[in->nlines].quantity))
			fail_field(cx, name, N_("A number of “%s”, more than zero."),
			    tr3(cx, &it.unit, NULL));
		*all &= out[in->nlines].quantity == left[i].quantity;
		if (out[in->nlines].quantity > left[i].quantity)
			fail_field(cx, name, N_("More than is left of it at this stop."));
		else if (out[in->nlines].quantity > 0)
			in->nlines++;
	}
	in->lines = out;
	return RC_OK;
}

static const char *
or_null(const char *s)
{
	return *s == '\0' ? NULL : s;
}

static int
read_form(struct view *v, const struct waybill_stop *s, struct act_in *in)
{
	struct ctx *cx = v->cx;
	const struct form_part *file = req_file(v->rq, "file");
	bool all = true;

	*in = (struct act_in){ .nonce = relief_typed(v, "nonce"),
		.stop = s->rec.id,
		.at = cx->now,
		.result = relief_typed(v, "result"),
		.reason = or_null(relief_typed(v, "reason")),
		.receiver = or_null(relief_typed(v, "receiver")),
		.mark = *relief_typed(v, "paper") != '\0' ? "paper" : "none" };
	if (num_parse(relief_typed(v, "drawn"), &in->at) && in->at > cx->now)
		in->at = cx->now;
	if (file != NULL && file->body.n > 0) {
		in->picture = file->body;
		in->mark = "paper";
	}
	if (strcmp(in->result, "refused") != 0 && strcmp(in->result, "absent") != 0)
		TRY(read_left(v, s, in, &all));
	if (strcmp(in->result, "handed") == 0 && !all) {
		in->result = "partly";
		if (in->reason == NULL)
			fail_field(cx, "reason", N_("Say why not all of it."));
	}
	return fields_rc(cx);
}

int
act_post_form(struct view *v, const struct waybill_stop *s, bool *refused)
{
	struct ctx *cx = v->cx;
	struct act_out out;
	struct act_in in;
	int64_t known;
	int rc = db_int(cx, &known, "SELECT id FROM delivery_act WHERE nonce = $1",
	    VALS(v_text(relief_typed(v, "nonce"))));

	*refused = false;
	if (rc == RC_OK) /* sent before: what stands is shown */
		return RC_OK;
	if (rc != RC_NOTFOUND)
		return rc;
	rc = read_form(v, s, &in);
	if (rc == RC_OK)
		rc = delivery_take(cx, s->waybill, 0, &in, &out);
	if (rc == RC_OK && (out.how == ACT_REFUSED || out.how == ACT_CLASH)) {
		rc = fail(cx, RC_RULE, "%s",
		    out.how == ACT_REFUSED
			? out.text
			: tr(cx, "Another act was entered under this number before."));
	}
	*refused = rc == RC_INVALID || rc == RC_RULE;
	return *refused ? RC_OK : rc;
}

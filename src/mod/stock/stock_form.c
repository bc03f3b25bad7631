/* stock_form.c – what the forms of the ledger are made of: accounts, lines of goods, the moment, the nonce.
 *
 * What is typed is in people's units; the ledger gets whole base units. */
#include "mod/stock/stock_pages.h"

#include <string.h>

#include "kind/vault.h"

const char *
form_typed(struct view *v, const char *name)
{
	const char *s = req_f(v->rq, name);

	return s == NULL ? "" : s;
}

/* The message of a refused field, beside it. */
void
form_field_error(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			html(&v->h, "<span class='err' id='f-%s-e'>%s</span>", name, e->text);
}

void
form_account(
    struct view *v, const char *name, const char *label, const char *types, const char *now)
{
	struct choice *c;
	size_t n, i;
	int64_t chosen = 0;

	if (reads_accounts(v->cx, &c, &n) != RC_OK)
		return;
	for (i = 0; i < n; i++)
		if (strcmp(c[i].code, now) == 0)
			chosen = c[i].id;
	html(&v->h, "<div class='fld'><label for='f-%s'>%s</label>", name, label);
	form_field_error(v, name);
	html(&v->h, "<select id='f-%s' name='%s'>", name, name);
	stock_account_options(v, c, n, types, chosen);
	html(&v->h, "</select></div>");
}

static void
draw_line(
    struct view *v, const struct typed_line *l, int n, const struct choice *items, size_t nitems)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h, "<div class='row'><div class='fld'><label for='f-item%d'>%s</label>", n,
	    tr(cx, "Item"));
	form_field_error(v, arena_printf(cx->arena, "item%d", n));
	html(h, "<select id='f-item%d' name='item%d'><option value=''></option>", n, n);
	for (i = 0; i < nitems; i++) {
		html(h, "<option value='%s'", items[i].code);
		if (strcmp(items[i].code, l->item) == 0)
			html(h, " selected");
		html(h, ">%s</option>", items[i].title);
	}
	html(h, "</select></div><div class='fld w-s'><label for='f-q%d'>%s</label>", n,
	    tr(cx, "Quantity"));
	form_field_error(v, arena_printf(cx->arena, "q%d", n));
	html(h,
	    "<input type='text' id='f-q%d' name='q%d' inputmode='decimal' value='%s'></div><div "
	    "class='fld "
	    "w-s'>"
	    "<label for='f-lot%d'>%s</label>",
	    n, n, l->quantity, n, tr(cx, "Lot"));
	form_field_error(v, arena_printf(cx->arena, "lot%d", n));
	html(h,
	    "<input type='text' id='f-lot%d' name='lot%d' value='%s' "
	    "autocomplete='off'></div></div>",
	    n, n, l->lot);
}

/* Three lines to begin with; the others are a press away, and open where something is typed. */
int
form_lines(struct view *v, const struct typed_line lines[FORM_LINES])
{
	struct choice *items;
	bool typed_below = false;
	size_t n;
	int i;

	TRY(reads_items(v->cx, &items, &n));
	for (i = FIRST_LINES; i < FORM_LINES; i++)
		typed_below |= *lines[i].item != '\0' || *lines[i].quantity != '\0';
	html(&v->h, "<div class='flow'>");
	for (i = 0; i < FIRST_LINES; i++)
		draw_line(v, &lines[i], i, items, n);
	html(&v->h, typed_below ? "<details open>" : "<details>");
	html(&v->h, "<summary class='btn'>%s</summary><div class='flow'>", tr(v->cx, "More goods"));
	for (; i < FORM_LINES; i++)
		draw_line(v, &lines[i], i, items, n);
	html(&v->h, "</div></details></div>");
	return RC_OK;
}

/* The id of a code; a field error, and RC_OK with 0, when there is none. */
int
form_account_of(
    struct ctx *cx, const char *code, const char *types, const char *field, int64_t *out)
{
	struct stock_account a;
	int rc = stock_account_find(cx, code, &a);

	*out = 0;
	if (rc == RC_NOTFOUND) {
		cx->err.text = NULL;
		fail_field(cx, field, N_("There is no such account."));
		return RC_OK;
	}
	TRY(rc);
	if (strstr(types, a.type) == NULL)
		fail_field(cx, field, N_("Choose an account of the list."));
	*out = a.rec.id;
	return RC_OK;
}

int
form_line_of(
    struct view *v, const struct typed_line *t, int n, struct movement_line *out, bool *empty)
{
	struct ctx *cx = v->cx;
	struct item i;
	struct lot lot;
	int rc;

	*empty = *t->item == '\0' && *t->quantity == '\0' && *t->lot == '\0';
	if (*empty)
		return RC_OK;
	rc = item_find(cx, t->item, &i);
	if (rc == RC_NOTFOUND) {
		cx->err.text = NULL;
		fail_field(cx, arena_printf(cx->arena, "item%d", n), N_("Choose what it is."));
		return RC_OK;
	}
	TRY(rc);
	out->item = i.rec.id;
	if (!quantity_parse(t->quantity, i.pack, &out->quantity) || out->quantity == 0)
		fail_field(cx, arena_printf(cx->arena, "q%d", n),
		    N_("A number of “%s”, more than zero."), tr3(cx, &i.unit, NULL));
	if (*t->lot == '\0')
		return RC_OK;
	rc = lot_find(cx, t->lot, &lot);
	if (rc == RC_NOTFOUND) {
		cx->err.text = NULL;
		fail_field(cx, arena_printf(cx->arena, "lot%d", n),
		    N_("There is no such lot of this item."));
		return RC_OK;
	}
	TRY(rc);
	out->lot = lot.rec.id;
	return RC_OK;
}

int
form_lot_needed(struct view *v, const struct typed_line *t, int n, const struct movement_line *l)
{
	struct item i;

	if (l->item == 0 || *t->lot != '\0')
		return RC_OK; /* named where the line is read */
	TRY(kind_load(v->cx, &item_kind, l->item, &i));
	if (i.perishable)
		fail_field(v->cx, arena_printf(v->cx->arena, "lot%d", n),
		    N_("This perishes: name its lot."));
	return RC_OK;
}

void
form_lines_read(struct view *v, struct typed_line lines[FORM_LINES])
{
	struct arena *a = v->cx->arena;
	int i;

	for (i = 0; i < FORM_LINES; i++)
		lines[i] = (struct typed_line){ form_typed(v, arena_printf(a, "item%d", i)),
			form_typed(v, arena_printf(a, "lot%d", i)),
			form_typed(v, arena_printf(a, "q%d", i)) };
}

void
form_lines_empty(struct typed_line lines[FORM_LINES])
{
	int i;

	for (i = 0; i < FORM_LINES; i++)
		lines[i] = (struct typed_line){ "", "", "" };
}

bool
form_refused(struct view *v, int rc, const char **nonce)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_CONFLICT ? 409 : 422;
	if (rc == RC_CONFLICT) {
		v->cx->err.text =
		    tr(v->cx, "This form was entered before. If this is another movement, "
			      "press the button again.");
		*nonce = vault_random_hex(v->cx->arena, 16);
	}
	return true;
}

void
form_once(struct view *v, const char *nonce, const char *drawn)
{
	html(&v->h,
	    "<input type='hidden' name='nonce' value='%s'><input type='hidden' name='drawn' "
	    "value='%s'>",
	    nonce, drawn);
}

int64_t
form_moment(struct view *v, const char *at, const char *drawn)
{
	struct ctx *cx = v->cx;
	int64_t moment = cx->now;

	if (*at == '\0') {
		if (num_parse(drawn, &moment) && moment > cx->now)
			moment = cx->now;
	} else if (!moment_parse(at, &moment))
		fail_field(cx, "at", N_("Write a day, or a day and an hour: 15.11.2024 18:00."));
	return moment;
}

/* The lots of one line go into it and into empty lines behind it. */
static int
propose(struct view *v, int64_t account, struct typed_line lines[FORM_LINES], int n)
{
	struct ctx *cx = v->cx;
	struct fefo f = { .account = account, .day = cx->today };
	struct item i;
	struct lot lot;
	size_t k;
	int at = n, rc = item_find(cx, lines[n].item, &i);

	if (rc == RC_NOTFOUND) {
		cx->err.text = NULL;
		return RC_OK; /* named where the line is read */
	}
	TRY(rc);
	if (!i.perishable || !quantity_parse(lines[n].quantity, i.pack, &f.quantity))
		return RC_OK;
	f.item = i.rec.id;
	TRY(stock_fefo(cx, &f));
	for (k = 0; k < f.n; k++) {
		TRY(kind_load(cx, &lot_kind, f.lots[k].lot, &lot));
		if (k > 0)
			for (at = n + 1; at < FORM_LINES && *lines[at].item != '\0'; at++)
				;
		if (at == FORM_LINES)
			break;
		lines[at] = (struct typed_line){ lines[n].item, lot.code,
			quantity_form(cx, &i, f.lots[k].quantity) };
		fail_field(cx, arena_printf(cx->arena, "lot%d", at),
		    N_("Proposed: the lot that expires first, good until %s. Press the button "
		       "again, or choose another."),
		    day_text(cx, lot.expires));
	}
	return RC_OK;
}

int
form_propose_lots(struct view *v, int64_t account, struct typed_line lines[FORM_LINES])
{
	int i;

	for (i = 0; i < FORM_LINES; i++)
		if (*lines[i].item != '\0' && *lines[i].lot == '\0')
			TRY(propose(v, account, lines, i));
	return RC_OK;
}

const char *
quantity_form(struct ctx *cx, const struct item *i, int64_t quantity)
{
	int64_t part = quantity % i->pack, ten = i->pack;
	char digits[24];
	int n = 0;

	if (part == 0)
		return arena_printf(cx->arena, "%lld", (long long)(quantity / i->pack));
	/* Packs are 1, 100, 1000: their parts end after a few digits. */
	while (part != 0 && n < 12) {
		part *= 10;
		digits[n++] = (char)('0' + part / ten);
		part %= ten;
	}
	return arena_printf(cx->arena, "%lld,%.*s", (long long)(quantity / i->pack), n, digits);
}

/* charity_units.c – goods as people write and choose them: quantities in the item's own unit, items and stores to
 * choose from. The ledger itself knows whole base units only. */
#include "mod/charity/charity_pages.h"

#include "lang/money.h"
#include "lang/words.h"

const char *
charity_quantity(struct ctx *cx, const struct item *i, int64_t quantity)
{
	int64_t ten = 1;
	int decimals = 0;

	if (strcmp(i->base, "tiyn") == 0)
		return money_text(cx, quantity);
	/* As many decimals as there is something to say: 12,5 kg, 12 kg. */
	for (; decimals < 6 && quantity % i->pack * ten % i->pack != 0; decimals++)
		ten *= 10;
	return arena_printf(cx->arena, "%s %s",
	    num_real(cx, (double)quantity / (double)i->pack, decimals), tr3(cx, &i->unit, NULL));
}

const char *
charity_quantity_words(struct ctx *cx, const struct item *i, int64_t quantity)
{
	int64_t rest = quantity % i->pack;

	if (strcmp(i->base, "tiyn") == 0)
		return trf(cx, "%s tenge %s tiyn", number_words(cx, quantity / 100),
		    arena_printf(cx->arena, "%02lld", (long long)(quantity % 100)));
	if (rest != 0)
		return arena_printf(cx->arena, "%s %s", number_words(cx, quantity),
		    option_label(cx, item_bases, i->base));
	return arena_printf(
	    cx->arena, "%s %s", number_words(cx, quantity / i->pack), tr3(cx, &i->unit, NULL));
}

/* The digits before or behind the comma; false: something else stands there, or too much. */
static bool
digits(const char **s, bool groups, int64_t *out, int64_t *scale)
{
	*out = 0;
	*scale = 1;
	for (; **s != '\0' && **s != ',' && **s != '.'; ++*s) {
		if (groups && **s == ' ')
			continue;
		if (groups && strncmp(*s, "\xc2\xa0", 2) == 0) { /* no-break space */
			++*s;
			continue;
		}
		if (**s < '0' || **s > '9' || *out > QUANTITY_MAX || *scale > 1000000000)
			return false;
		*out = *out * 10 + (**s - '0');
		if (!groups)
			*scale *= 10;
	}
	return true;
}

bool
charity_quantity_parse(const char *text, int64_t pack, int64_t *out)
{
	const char *s = text;
	int64_t whole, part = 0, scale = 1, none;

	if (*s == '\0' || !digits(&s, true, &whole, &none))
		return false;
	if (*s != '\0') {
		s++;
		if (!digits(&s, false, &part, &scale) || *s != '\0')
			return false;
	}
	/* Exact: what is no whole number of base units is refused. */
	if (whole > QUANTITY_MAX / pack || part * pack % scale != 0)
		return false;
	*out = whole * pack + part * pack / scale;
	return true;
}

/* ---- choices ---- */

struct gather {
	struct goods_choice *v;
	size_t n, room;
	bool items;
};

static int
gather_one(struct ctx *cx, const void *rec, void *arg)
{
	struct gather *g = arg;
	const struct item *i = rec;
	const struct stock_account *a = rec;

	if (g->n == g->room) {
		struct goods_choice *more =
		    arena_array(cx->arena, struct goods_choice, g->room * 2 + 32);

		if (g->n > 0)
			memcpy(more, g->v, g->n * sizeof(*more));
		g->v = more;
		g->room = g->room * 2 + 32;
	}
	g->v[g->n++] =
	    g->items ? (struct goods_choice){ i->code,
		    arena_printf(cx->arena, "%s, %s", kind_title(cx, &item_kind, i),
			tr3(cx, &i->unit, NULL)) }
		     : (struct goods_choice){ a->code, kind_title(cx, &stock_account_kind, a) };
	return RC_OK;
}

int
charity_choices(struct ctx *cx, bool items, struct goods_choice **out, size_t *n)
{
	struct gather g = { .items = items };
	struct query q;

	TRY(query_init(cx, &q, items ? &item_kind : &stock_account_kind));
	if (!items) /* money finds its place by itself */
		query_and(&q,
		    "stock_account.type IN ('store', 'vehicle') AND stock_account.code <> 'cash' "
		    "AND (stock_account.closed IS NULL OR stock_account.closed > ?)",
		    VALS(v_int(cx->today)));
	TRY(query_sort(&q, "title"));
	TRY(query_each(&q, gather_one, &g));
	*out = g.v;
	*n = g.n;
	return RC_OK;
}

void
charity_options(struct view *v, const struct goods_choice *c, size_t n, const char *chosen)
{
	size_t i;

	for (i = 0; i < n; i++) {
		html(&v->h, "<option value='%s'", c[i].code);
		html(&v->h,
		    strcmp(c[i].code, chosen) == 0 ? " selected>%s</option>" : ">%s</option>",
		    c[i].title);
	}
}

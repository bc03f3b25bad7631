/* charity_units.c – goods as people read and choose them: quantities in the item's own unit and money as money, in
 * digits and in words; items and stores to choose from. */
#include "mod/charity/charity_pages.h"

#include "lang/money.h"
#include "lang/words.h"

const char *
charity_quantity(struct ctx *cx, const struct item *i, int64_t quantity)
{
	return strcmp(i->base, "tiyn") == 0 ? money_text(cx, quantity)
					    : quantity_text(cx, i, quantity);
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

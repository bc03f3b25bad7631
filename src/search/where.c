/* where.c – a question as a condition: records that hold every word of it.
 *
 * Lists, counts and exports with q= are exact sets and no rankings: the words themselves (as stems,
 * in any script) and what begins so; other words that look alike only where the word itself is
 * nowhere in the index – or, for one who sees only a part of the records, always: whether a word is
 * known to the others must not be seen. */
#include "search/inner.h"

enum {
	ALIKE = 700, /* least likeness of a word that stands for an unknown one */
};

static bool
stands(const struct ask_word *w, bool known)
{
	if (!w->near || w->begins)
		return true;
	return !known && w->weight >= ALIKE;
}

const char *
question_where(
    struct ctx *cx, const struct question *q, const struct collection *c, const char *column)
{
	struct buf b;
	size_t g, i;
	int a;

	/* Signs alone ask for nothing. */
	if (q->n == 0 || c->audiences == 0)
		return "0 = 1";
	buf_init(&b, cx->arena, 0);
	for (g = 0; g < q->n; g++) {
		const struct ask_group *w = &q->group[g];
		const struct ask_word *words = c->names ? w->name : w->text;
		size_t n = c->names ? w->nname : w->ntext;
		bool known = (c->names ? w->name_known : w->text_known) && !actor_scoped(cx->actor);

		buf_printf(&b, "%s%s IN (SELECT rec FROM search_posting WHERE term IN (0",
		    g == 0 ? "" : " AND ", column);
		for (i = 0; i < n; i++)
			for (a = 0; a < AUD_COUNT && stands(&words[i], known); a++)
				if ((c->audiences & AUD_BIT(a)) != 0)
					buf_printf(&b, ",%lld",
					    (long long)term_of(
						space_of(c->name, (enum audience)a), words[i].key));
		buf_str(&b, "))");
	}
	return b.p;
}

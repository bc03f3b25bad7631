/* demo_after.c – what follows an event: the costs of the largest one, against plan. */
#include "app/demo_inner.h"

/* Tenge. */
static const struct {
	const char *item, *source, *document;
	int64_t planned, spent;
} rows[] = {
	{ "Сахна мен дыбыс жабдығын жалға алу", "budget", "№ 14 шарт", 480000, 465000 },
	{ "Ұлттық киімдерді тігу", "own", NULL, 150000, 172500 },
	{ "Дастарқан", "sponsor", NULL, 300000, 300000 },
};

int
demo_after_fn(struct ctx *cx, struct tx *tx, void *demo)
{
	int64_t event;
	size_t i;

	(void)demo;
	TRY(db_int(cx, &event,
	    "SELECT id FROM event WHERE state = 'reported' AND head_count IS NOT NULL ORDER BY"
	    " head_count DESC, id LIMIT 1",
	    NO_VALS));
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct cost c;

		kind_empty(&cost_kind, &c);
		c.event = event;
		c.item = rows[i].item;
		c.source = rows[i].source;
		c.document = rows[i].document;
		c.planned = rows[i].planned * 100;
		c.spent = rows[i].spent * 100;
		TRY(kind_insert_tx(cx, tx, &cost_kind, &c));
	}
	return RC_OK;
}

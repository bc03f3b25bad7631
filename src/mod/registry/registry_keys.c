/* registry_keys.c – the keys by which likely the same person is found, written with the person; which keys
 * there are and what is likely: registry_alike.c.
 *
 * Of many people who come in with one write (an import) the keys are gathered and written in their own order:
 * each person leaves some eight, and each of them falls on another page of the index. */
#include "mod/registry/registry_alike.h"

#include <stdlib.h>

#include "db/gather.h"

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

#define INTO_KEYS(cx_, tx_)                                                       \
	{                                                                         \
		.cx = (cx_), .tx = (tx_), .cols = 3, .whole = true,               \
		.head = "INSERT INTO person_key (sort, name, person)", .tail = "" \
	}
#define INTO_DUE(cx_, tx_)                                                                      \
	{                                                                                       \
		.cx = (cx_), .tx = (tx_), .cols = 1, .head = "INSERT INTO person_due (person)", \
		.tail = " ON CONFLICT (person) DO NOTHING"                                      \
	}

int
alike_store_keys(struct ctx *cx, struct tx *tx, const struct person *p, bool fresh)
{
	struct tx_many m = INTO_KEYS(cx, tx);
	struct alike_keys k;
	struct names n;
	size_t i;

	if (!fresh)
		TRY(tx_run(cx, tx, NULL, "DELETE FROM person_key WHERE person = $1",
		    VALS(v_int(p->rec.id))));
	if (p->merged_into != 0)
		return RC_OK;
	alike_names(cx, p, &n);
	alike_keys_of(cx, p, &n, &k);
	for (i = 0; i < k.n; i++)
		TRY(tx_many_put(&m, VALS(v_text(arena_strn(cx->arena, &k.v[i].sort, 1)),
					v_text(k.v[i].name), v_int(p->rec.id))));
	return tx_many_end(&m);
}

/* ---- keys of many new people in one write ---- */

struct gathered_key {
	char sort[2];
	const char *name;
	int64_t person;
};
struct gathered_keys {
	struct gathered_key *k;
	size_t n, room;
	int64_t *due; /* people in the order of their coming */
	size_t ndue, due_room;
};

static int
by_sort_and_name(const void *a, const void *b)
{
	const struct gathered_key *x = a, *y = b;
	int c = x->sort[0] != y->sort[0] ? x->sort[0] - y->sort[0] : strcmp(x->name, y->name);

	return c != 0 ? c : (x->person > y->person) - (x->person < y->person);
}

static int
write_gathered(struct ctx *cx, struct tx *tx, void *rows)
{
	struct gathered_keys *g = rows;
	struct tx_many keys = INTO_KEYS(cx, tx), due = INTO_DUE(cx, tx);
	size_t i;

	if (g->n > 0)
		qsort(g->k, g->n, sizeof *g->k, by_sort_and_name);
	for (i = 0; i < g->n; i++)
		TRY(tx_many_put(&keys,
		    VALS(v_text(g->k[i].sort), v_text(g->k[i].name), v_int(g->k[i].person))));
	TRY(tx_many_end(&keys));
	for (i = 0; i < g->ndue; i++)
		TRY(tx_many_put(&due, VALS(v_int(g->due[i]))));
	g->n = g->ndue = 0;
	return tx_many_end(&due);
}

/* Room for more elements behind n; grows by doubling. */
static void *
room_for(struct arena *a, void *was, size_t size, size_t n, size_t more, size_t *room)
{
	void *now;

	if (n + more <= *room)
		return was;
	*room = 2 * (n + more) + 512;
	now = arena_alloc(a, *room * size);
	if (n > 0)
		memcpy(now, was, n * size);
	return now;
}

static void
gather_keys(struct ctx *cx, struct gathered_keys *g, struct arena *a, const struct person *p)
{
	struct alike_keys k;
	struct names n;
	size_t i;

	alike_names(cx, p, &n);
	alike_keys_of(cx, p, &n, &k);
	g->k = room_for(a, g->k, sizeof *g->k, g->n, k.n, &g->room);
	for (i = 0; i < k.n; i++)
		g->k[g->n++] = (struct gathered_key){ { k.v[i].sort, '\0' },
			arena_str(a, k.v[i].name), p->rec.id };
	g->due = room_for(a, g->due, sizeof *g->due, g->ndue, 1, &g->due_room);
	g->due[g->ndue++] = p->rec.id;
}

static bool
same_keys(const struct person *was, const struct person *p)
{
	return was->merged_into == p->merged_into && was->birth_day == p->birth_day &&
	       same_text(was->surname, p->surname) && same_text(was->given, p->given) &&
	       same_text(was->patronymic, p->patronymic) &&
	       same_text(was->latin_surname, p->latin_surname) &&
	       same_text(was->latin_given, p->latin_given) && same_text(was->phone, p->phone) &&
	       same_text(was->sex, p->sex) && same_text(was->iin_mac, p->iin_mac);
}

/* Keys at once, so that the next one to enter the same person is asked; pairs by the job, so that no
 * save waits for comparing. */
int
person_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct person *was = old, *p = rec;
	struct tx_many due = INTO_DUE(cx, tx);
	struct gathered_keys *g;
	struct arena *a;

	if (was != NULL && same_keys(was, p))
		return RC_OK;
	g = tx_gathered(tx, write_gathered, sizeof *g, &a);
	if (g != NULL && was == NULL && p->merged_into == 0) {
		gather_keys(cx, g, a, p);
		return RC_OK;
	}
	if (g != NULL) /* its keys may be among those that wait */
		TRY(tx_gathered_now(cx, tx, write_gathered));
	TRY(alike_store_keys(cx, tx, p, was == NULL));
	TRY(tx_many_put(&due, VALS(v_int(p->rec.id))));
	return tx_many_end(&due);
}

/* centre_check.c – what the machine fills and what it refuses, at every door: facts belong to a centre, a household
 * has members, a stay ends after it began and stands alone in its time. */
#include "mod/centre/centre_inner.h"

#include <stddef.h>
#include <string.h>

#include "kind/vault.h"
#include "lang/order.h"

/* The eight numbers stand side by side in both records, so they are read as one. */
_Static_assert(offsetof(struct household, elder_m) - offsetof(struct household, under5_f) ==
		   (HEADS_N - 1) * sizeof(int64_t),
    "heads of a household");
_Static_assert(offsetof(struct stay, elder_m) - offsetof(struct stay, under5_f) ==
		   (HEADS_N - 1) * sizeof(int64_t),
    "heads of a stay");

struct heads
household_heads(const struct household *h)
{
	struct heads out;

	memcpy(out.n, (const char *)h + offsetof(struct household, under5_f), sizeof(out.n));
	return out;
}

struct heads
stay_heads(const struct stay *s)
{
	struct heads out;

	memcpy(out.n, (const char *)s + offsetof(struct stay, under5_f), sizeof(out.n));
	return out;
}

int64_t
heads_all(const struct heads *h)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < HEADS_N; i++)
		sum += h->n[i] == INT_NONE ? 0 : h->n[i];
	return sum;
}

int64_t
heads_children(const struct heads *h)
{
	return h->n[0] + h->n[1] + h->n[2] + h->n[3];
}

struct heads
heads_read(const struct rows *r, int col)
{
	struct heads h;
	int i;

	for (i = 0; i < HEADS_N; i++)
		h.n[i] = row_int(r, col + i);
	return h;
}

int
centre_place(struct ctx *cx, int64_t id, struct relief_place *out)
{
	int rc = kind_load(cx, &relief_place_kind, id, out);

	if (rc == RC_NOTFOUND || (rc == RC_OK && strcmp(out->purpose, "centre") != 0))
		return fail(cx, RC_RULE, N_("This place is no evacuation centre."));
	return rc;
}

int
centre_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct centre *c = rec;
	struct relief_place p;

	(void)old;
	if (c->place == 0)
		return RC_OK;
	TRY(centre_place(cx, c->place, &p));
	return headquarters_takes(cx, p.headquarters);
}

/* ---- households ---- */

void
name_macs(struct ctx *cx, const char *name, const char *out[NAME_WORDS], size_t *n)
{
	char *key = arena_str(cx->arena, fold_key(cx->arena, name)), *word, *rest = key;

	for (*n = 0; *n < NAME_WORDS && (word = strtok_r(rest, " ", &rest)) != NULL;)
		if (strlen(word) > 1)
			out[(*n)++] = vault_mac_hex(cx->arena, VAULT_RELIEF,
			    arena_printf(cx->arena, "household.name %s", word));
}

int
household_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct household *h = rec;

	if (old != NULL)
		return RC_OK;
	if (h->code == NULL)
		TRY(relief_code_new(cx, household_kind.name, &h->code));
	h->registered_on = cx->today;
	return RC_OK;
}

int
household_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct household *h = rec;
	struct heads heads = household_heads(h);
	struct need n;
	int rc;

	if (heads_all(&heads) == 0)
		fail_field(cx, "heads", N_("Say how many people there are."));
	if (h->need != 0) {
		rc = kind_load(cx, &need_kind, h->need, &n);
		if (rc == RC_NOTFOUND || (rc == RC_OK && n.headquarters != h->headquarters))
			fail_field(cx, "need", N_("This need belongs to another headquarters."));
		else
			TRY(rc);
	}
	return old == NULL ? headquarters_takes(cx, h->headquarters) : RC_OK;
}

/* The hashes follow the name. */
int
household_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec)
{
	const struct household *h = rec;
	const char *mac[NAME_WORDS];
	size_t n, i;

	if (h->name.fresh == NULL && !h->name.clear)
		return RC_OK;
	if (old != NULL)
		TRY(tx_run(cx, tx, NULL, "DELETE FROM household_word WHERE household = $1",
		    VALS(v_int(h->rec.id))));
	if (h->name.fresh == NULL)
		return RC_OK;
	name_macs(cx, h->name.fresh, mac, &n);
	for (i = 0; i < n; i++)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO household_word (household, mac) VALUES ($1, $2) ON CONFLICT DO "
		    "NOTHING",
		    VALS(v_int(h->rec.id), v_text(mac[i]))));
	return RC_OK;
}

/* ---- stays ---- */

int
stay_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct stay *s = rec;

	(void)old;
	if (s->arrived_at == 0)
		s->arrived_at = cx->now;
	s->arrived_on = day_of_moment(s->arrived_at);
	s->left_on = s->left_at == 0 ? 0 : day_of_moment(s->left_at);
	return RC_OK;
}

/* RULE centre-3: no other stay of the household covers any part of this one's time. */
static int
alone(struct ctx *cx, const struct stay *s)
{
	AUTO_ROWS r = { 0 };
	int64_t place, arrived, left;
	const char *name = "";

	TRY(db_rows(cx, &r,
	    "SELECT place, arrived_at, left_at FROM stay WHERE household = $1 AND id <> $2 AND "
	    "(left_at IS NULL OR left_at > $3) AND ($4 = 0 OR arrived_at < $4) ORDER BY arrived_at "
	    "LIMIT 1",
	    VALS(v_int(s->household), v_int(s->rec.id), v_int(s->arrived_at), v_int(s->left_at))));
	if (!rows_next(&r))
		return rows_end(&r);
	place = row_int(&r, 0);
	arrived = row_int(&r, 1);
	left = row_int(&r, 2);
	TRY(rows_end(&r));
	TRY(kind_titles(cx, &relief_place_kind, &place, 1, &name));
	if (left == 0)
		return fail(cx, RC_CONFLICT, N_("This household is in “%s” since %s."), name,
		    moment_text(cx, arrived));
	return fail(cx, RC_CONFLICT, N_("This household was in “%s” from %s to %s."), name,
	    moment_text(cx, arrived), moment_text(cx, left));
}

int
stay_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct stay *s = rec;
	struct heads heads = stay_heads(s);

	(void)old;
	if (heads_all(&heads) == 0)
		fail_field(cx, "heads", N_("Say how many people there are."));
	if (s->arrived_at > cx->now + 60 * US_PER_SECOND)
		fail_field(cx, "at", N_("This moment lies ahead."));
	if (s->left_at > cx->now + 60 * US_PER_SECOND)
		fail_field(cx, "at", N_("This moment lies ahead."));
	else if (s->left_at != 0 && s->left_at < s->arrived_at)
		fail_field(cx, "at", N_("It left before it arrived."));
	if (s->left_at != 0 && s->where_to == NULL)
		fail_field(cx, "where_to", N_("Say where the household goes."));
	return s->household == 0 ? RC_OK : alone(cx, s);
}

int
norm_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct centre_norm *n = rec;
	struct item i;
	int rc;

	(void)old;
	if (n->item == 0)
		return RC_OK;
	rc = kind_load(cx, &item_kind, n->item, &i);
	if (rc == RC_OK && strcmp(i.base, "tiyn") == 0)
		fail_field(cx, "item", N_("Money is no supply of a centre."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* field_stay.c – a household that two laptops, or a laptop and the house, let into two centres at once. RULE field-4.
 *
 * It can be in one: in that of the house, or of the copy with the smaller number. The other stay is kept as one that ended when
 * it began, and both wait for a person, who may turn it round. */
#include <string.h>

#include "kind/internal.h"
#include "mod/field/field_inner.h"

static const char *
place_json(struct ctx *cx, int64_t place)
{
	return arena_printf(cx->arena, "{\"place\":%lld}", (long long)place);
}

static int
end_at_once(struct ctx *cx, struct tx *tx, struct stay *s)
{
	s->left_at = s->arrived_at;
	return kind_rewrite_tx(cx, tx, &stay_kind, s);
}

/* Whoever lost to the former winner has lost to the present one. */
static int
retell(struct ctx *cx, struct tx *tx, const struct field_stays *s)
{
	struct field_conflict *x;
	size_t n, i;
	void *all;

	TRY(kind_load_all(cx, &field_conflict_kind,
	    "SELECT c.id FROM field_conflict c JOIN stay s ON s.id = c.record WHERE c.what = "
	    "'stay' "
	    "AND c.part = 'place' AND c.state = 'waiting' AND s.household = $1 ORDER BY c.id",
	    s->household, &all, &n));
	x = all;
	for (i = 0; i < n; i++) {
		x[i].stands = place_json(cx, s->place);
		x[i].source_stands = s->copy;
		TRY(kind_rewrite_tx(cx, tx, &field_conflict_kind, &x[i]));
	}
	return RC_OK;
}

static int
put_conflict(struct ctx *cx, struct tx *tx, const struct field_stays *s)
{
	struct field_conflict x;

	kind_empty(&field_conflict_kind, &x);
	x.headquarters = s->headquarters;
	x.what = stay_kind.name;
	x.part = "place";
	x.state = "waiting";
	x.record = s->lost;
	x.other = place_json(cx, s->lost_place);
	x.source_other = s->lost_copy;
	x.stands = place_json(cx, s->place);
	x.source_stands = s->copy;
	TRY(kind_add_tx(cx, tx, &field_conflict_kind, &x));
	return retell(cx, tx, s);
}

/* Before it is added; `copy` is whose it is, `there_copy` who made the one that is open here. */
int
field_stay_before_tx(
    struct ctx *cx, struct tx *tx, struct stay *fresh, int64_t copy, struct field_stays *s)
{
	struct stay there;
	int64_t id, there_copy;
	int rc = RC_NOTFOUND;

	*s = (struct field_stays){ .household = fresh->household };
	if (fresh->left_at == 0)
		rc = db_int(cx, &id, "SELECT id FROM stay WHERE household = $1 AND left_at IS NULL",
		    VALS(v_int(fresh->household)));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(kind_load(cx, &stay_kind, id, &there));
	TRY(db_int(cx, &there_copy,
	    "SELECT coalesce(min(copy), 0) FROM field_map WHERE kind = 'stay' AND here = $1",
	    VALS(v_int(id))));
	s->rivals = true;
	if (there_copy < copy) {
		fresh->left_at = fresh->arrived_at;
		fresh->left_on = fresh->arrived_on;
		s->copy = there_copy;
		s->place = there.place;
		s->lost_copy = copy;
		s->lost_place = fresh->place;
		return RC_OK;
	}
	s->copy = copy;
	s->place = fresh->place;
	s->lost = id;
	s->lost_copy = there_copy;
	s->lost_place = there.place;
	return end_at_once(cx, tx, &there);
}

int
field_stay_after_tx(struct ctx *cx, struct tx *tx, const struct stay *fresh, struct field_stays *s)
{
	if (!s->rivals)
		return RC_OK;
	if (s->lost == 0)
		s->lost = fresh->rec.id;
	return put_conflict(cx, tx, s);
}

/* keep "other": the household is where the lost stay says. */
int
field_stay_decide_tx(
    struct ctx *cx, struct tx *tx, const struct field_conflict *x, const char *keep)
{
	struct stay lost, there;
	int64_t id;
	int rc;

	if (strcmp(keep, "other") != 0)
		return RC_OK;
	TRY(kind_load(cx, &stay_kind, x->record, &lost));
	rc = db_int(cx, &id, "SELECT id FROM stay WHERE household = $1 AND left_at IS NULL",
	    VALS(v_int(lost.household)));
	if (rc == RC_OK) {
		TRY(kind_load(cx, &stay_kind, id, &there));
		TRY(end_at_once(cx, tx, &there));
	} else if (rc != RC_NOTFOUND)
		return rc;
	lost.left_at = 0;
	lost.where_to = NULL;
	return kind_rewrite_tx(cx, tx, &stay_kind, &lost);
}

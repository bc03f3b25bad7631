/* relief_rules.c – a headquarters' own acts: which are open, its area, closing it, a line of the log. */
#include "mod/relief/relief_inner.h"

#include <string.h>

#include "kind/proof.h"

int
headquarters_open(struct ctx *cx, struct headquarters out[HEADQUARTERS_OPEN], size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t ids[HEADQUARTERS_OPEN];
	size_t got = 0, i;

	TRY(db_rows(cx, &r,
	    "SELECT id FROM headquarters WHERE state = 'open' ORDER BY opened_on DESC, id DESC "
	    "LIMIT 8",
	    NO_VALS));
	while (got < ARRAY_LEN(ids) && rows_next(&r))
		ids[got++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < got; i++)
		TRY(kind_load(cx, &headquarters_kind, ids[i], &out[i]));
	*n = got;
	return RC_OK;
}

/* ---- closing ---- */

struct closing {
	int64_t id, version;
	int day;
	const char *reason;
};

static int
close_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct closing *c = arg;
	struct headquarters h;
	int64_t left;

	TRY(kind_get(cx, &headquarters_kind, c->id, &h));
	if (h.rec.version != c->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	if (strcmp(h.state, "open") != 0)
		return fail(cx, RC_RULE, N_("This headquarters is closed already."));
	if (c->reason == NULL)
		fail_field(cx, "reason", N_("A reason is needed."));
	if (c->day < h.opened_on || c->day > cx->today)
		fail_field(cx, "day", N_("A day between its opening and today."));
	TRY(fields_rc(cx));
	TRY(db_int(cx, &left,
	    "SELECT count(*) FROM need WHERE headquarters = $1 AND state IN ('new', 'checked', "
	    "'assigned', 'on_way')",
	    VALS(v_int(c->id))));
	if (left > 0)
		return fail(cx, RC_RULE,
		    N_("Not finished yet: %s. Deliver, refuse or close these needs first."),
		    trn(cx, left, "%s need", "%s needs", num(cx, left)));
	h.state = "closed";
	h.closed_on = c->day;
	h.close_reason = c->reason;
	TRY(kind_update_tx(cx, tx, &headquarters_kind, &h));
	return relief_log_tx(cx, tx, c->id, trf(cx, "The headquarters was closed: %s", c->reason));
}

int
headquarters_close(struct ctx *cx, int64_t id, int64_t version, int day, const char *reason)
{
	struct closing c = { id, version, day, relief_trim(cx->arena, reason) };

	if (!may(cx, CAP_RELIEF_OPEN))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, close_fn, &c);
}

/* ---- the area ---- */

struct areas {
	int64_t id;
	const int64_t *districts;
	size_t n;
};

static bool
among(const int64_t *v, size_t n, int64_t x)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i] == x)
			return true;
	return false;
}

static int
area_remove_tx(struct ctx *cx, struct tx *tx, int64_t id)
{
	struct relief_area a;

	TRY(kind_load(cx, &relief_area_kind, id, &a));
	TRY(kind_removed_tx(cx, tx, &relief_area_kind, &a, "headquarters,district"));
	return tx_run(cx, tx, NULL, "DELETE FROM relief_area WHERE id = $1", VALS(v_int(id)));
}

static int
area_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct areas *s = arg;
	AUTO_ROWS r = { 0 };
	int64_t id[64], district[64];
	size_t n = 0, i;

	TRY(headquarters_takes(cx, s->id));
	TRY(db_rows(cx, &r, "SELECT id, district FROM relief_area WHERE headquarters = $1",
	    VALS(v_int(s->id))));
	while (n < ARRAY_LEN(id) && rows_next(&r)) {
		id[n] = row_int(&r, 0);
		district[n++] = row_int(&r, 1);
	}
	TRY(rows_end(&r));
	for (i = 0; i < n; i++)
		if (!among(s->districts, s->n, district[i]))
			TRY(area_remove_tx(cx, tx, id[i]));
	for (i = 0; i < s->n; i++) {
		struct relief_area a;

		if (among(district, n, s->districts[i]) || among(s->districts, i, s->districts[i]))
			continue;
		kind_empty(&relief_area_kind, &a);
		a.headquarters = s->id;
		a.district = s->districts[i];
		TRY(kind_insert_tx(cx, tx, &relief_area_kind, &a));
	}
	return RC_OK;
}

int
headquarters_area(struct ctx *cx, int64_t id, const int64_t *districts, size_t n)
{
	if (!may(cx, CAP_RELIEF_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, area_fn, &(struct areas){ id, districts, n });
}

/* ---- the log ---- */

int
relief_log_tx(struct ctx *cx, struct tx *tx, int64_t headquarters, const char *text)
{
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	struct relief_log l;
	int rc;

	kind_empty(&relief_log_kind, &l);
	l.headquarters = headquarters;
	l.text = text;
	cx->actor = &house;
	rc = kind_insert_tx(cx, tx, &relief_log_kind, &l);
	cx->actor = who;
	return rc;
}

int
relief_log_add(
    struct ctx *cx, int64_t headquarters, const char *text, int64_t corrects, int64_t *id)
{
	struct relief_log l;

	kind_empty(&relief_log_kind, &l);
	l.headquarters = headquarters;
	l.text = relief_trim(cx->arena, text);
	l.corrects = corrects;
	TRY(kind_insert(cx, &relief_log_kind, &l));
	*id = l.rec.id;
	return RC_OK;
}

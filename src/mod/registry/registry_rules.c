/* registry_rules.c – what happens to bodies and people beyond one saved form: the tree, names with
 * their days, the standing of an accreditation, the end of a membership. */
#include "mod/registry/registry_inner.h"

/* ---- the tree ---- */

int
body_subtree(struct ctx *cx, int64_t body, const int64_t **ids, size_t *n)
{
	int64_t *list;

	TRY(kind_ids(cx,
	    "WITH RECURSIVE sub (id) AS (SELECT id FROM body WHERE id = $1 UNION"
	    " SELECT b.id FROM body b JOIN sub ON b.parent = sub.id) SELECT id FROM sub ORDER BY "
	    "id",
	    body, &list, n));
	*ids = list;
	return RC_OK;
}

int
body_by_code(struct ctx *cx, const char *code, int64_t *id)
{
	return db_int(cx, id, "SELECT id FROM body WHERE code = $1", VALS(v_text(code)));
}

int
district_by_code(struct ctx *cx, const char *code, int64_t *id)
{
	return db_int(cx, id, "SELECT id FROM district WHERE code = $1", VALS(v_text(code)));
}

/* Up through branches; the first body of another kind decides. */
int
body_eca_root(struct ctx *cx, int64_t body, int64_t *root)
{
	int steps;

	*root = 0;
	for (steps = 0; body != 0 && steps < 64; steps++) {
		AUTO_ROWS r = { 0 };
		const char *kind;
		int64_t parent;

		TRY(db_rows(cx, &r,
		    "SELECT k.code, b.parent FROM body b JOIN body_kind k ON k.id = b.kind WHERE "
		    "b.id = $1",
		    VALS(v_int(body))));
		if (!rows_next(&r))
			return rows_end(&r);
		kind = row_text(&r, 0);
		parent = row_int(&r, 1);
		TRY(rows_end(&r));
		if (strcmp(kind, "eca") == 0)
			*root = body;
		if (strcmp(kind, "eca_branch") != 0)
			return RC_OK;
		body = parent;
	}
	return RC_OK;
}

/* ---- names ---- */

int
body_name_on(struct ctx *cx, const struct body *b, int day, struct text3 *name, struct text3 *abbr)
{
	AUTO_ROWS r = { 0 };

	*name = b->name;
	*abbr = b->abbr;
	if (day == 0 || b->name_from == 0 || day >= b->name_from)
		return RC_OK;
	TRY(db_rows(cx, &r,
	    "SELECT name_kk, name_ru, name_en, abbr_kk, abbr_ru, abbr_en FROM body_name"
	    " WHERE body = $1 AND to_day > $2 ORDER BY to_day LIMIT 1",
	    VALS(v_int(b->rec.id), v_int(day))));
	if (rows_next(&r)) {
		*name = (struct text3){ row_text(&r, 0), row_text(&r, 1), row_text(&r, 2) };
		*abbr = (struct text3){ row_text(&r, 3), row_text(&r, 4), row_text(&r, 5) };
	}
	return rows_end(&r);
}

static bool
same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static bool
same3(const struct text3 *a, const struct text3 *b)
{
	return same(a->kk, b->kk) && same(a->ru, b->ru) && same(a->en, b->en);
}

static int
rename_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct rename_in *in = arg;
	struct body b;
	struct body_name was;

	TRY(kind_load(cx, &body_kind, in->body, &b));
	/* RULE registry-9: names follow each other: a new one begins after the present one and is no
	 * promise for a later day. */
	if (!day_valid(in->from_day) || in->from_day > cx->today)
		fail_field(cx, "from_day", N_("The new name is in force from a day up to today."));
	else if (in->from_day <= b.name_from)
		fail_field(cx, "from_day",
		    N_("The present name is in force since %s: the new one begins later."),
		    day_text(cx, b.name_from));
	if (same3(&in->name, &b.name) && same3(&in->abbr, &b.abbr))
		fail_field(cx, "name", N_("The new name is the same as the present one."));
	TRY(fields_rc(cx));
	kind_empty(&body_name_kind, &was);
	was.body = b.rec.id;
	was.name = b.name;
	was.abbr = b.abbr;
	was.from_day = b.name_from;
	was.to_day = in->from_day;
	was.document = in->document;
	TRY(kind_insert_tx(cx, tx, &body_name_kind, &was));
	b.name = in->name;
	b.abbr = in->abbr;
	b.name_from = in->from_day;
	return kind_update_tx(cx, tx, &body_kind, &b);
}

int
body_rename(struct ctx *cx, const struct rename_in *in)
{
	struct rename_in copy = *in;

	return db_write(cx, rename_fn, &copy);
}

/* ---- accreditation ---- */

/* RULE registry-10: an application (draft … refused) does not end an accreditation in force; only a
 * standing (accredited, suspended, expired, excluded) follows a standing. Without any standing the
 * last step of the application tells the state. */
int
accreditation_on(struct ctx *cx, int64_t body, int day, const char **state, int *valid_to)
{
	AUTO_ROWS r = { 0 };

	*state = "";
	*valid_to = 0;
	TRY(db_rows(cx, &r,
	    "SELECT state, valid_to FROM accreditation WHERE body = $1 AND from_day <= $2"
	    " ORDER BY CASE WHEN state IN ('accredited', 'suspended', 'expired', 'excluded') THEN "
	    "0 ELSE 1 END,"
	    " from_day DESC, id DESC LIMIT 1",
	    VALS(v_int(body), v_int(day))));
	if (rows_next(&r)) {
		*state = row_text(&r, 0);
		*valid_to = (int)row_int(&r, 1);
		if (strcmp(*state, "accredited") == 0 && *valid_to != 0 && *valid_to < day)
			*state = "expired";
	}
	return rows_end(&r);
}

/* ---- memberships ---- */

static int
end_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct end_in *in = arg;
	struct membership m;

	TRY(kind_get(cx, &membership_kind, in->id, &m));
	if (m.to_day != 0)
		return fail(cx, RC_RULE, N_("This membership ended on %s already."),
		    day_text(cx, m.to_day));
	if (in->to_day == 0)
		fail_field(cx, "to_day", N_("This field is needed."));
	if (in->reason == NULL || *in->reason == '\0')
		fail_field(cx, "end_reason", N_("An end needs its reason."));
	TRY(fields_rc(cx));
	m.rec.version = in->version;
	m.to_day = in->to_day;
	m.end_reason = in->reason;
	if (in->document != NULL && *in->document != '\0')
		m.document = in->document;
	return kind_update_tx(cx, tx, &membership_kind, &m);
}

int
membership_end(struct ctx *cx, const struct end_in *in)
{
	struct end_in copy = *in;
	const struct option *o = end_reasons;

	while (copy.reason != NULL && *copy.reason != '\0' && o->code != NULL &&
	       strcmp(o->code, copy.reason) != 0)
		o++;
	if (o->code == NULL) {
		fail_field(cx, "end_reason", N_("Choose one of the values offered."));
		return RC_INVALID;
	}
	return db_write(cx, end_fn, &copy);
}

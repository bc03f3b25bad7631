/* registry_erase.c – see registry_erase.h.
 *
 * All in one transaction, in this order: what is open ends by its ordinary rule (so the day's figures
 * follow); each kind that refers to people seals what its counts would lose and cuts its rows; keys of
 * likeness, pairs, steps of joins and vault keys go; the record itself becomes a shell that keeps its
 * number; a proof is written.
 *
 * WHY the rows stay: events were held and people came, whoever they were. WHY the links between one
 * person's rows go, too: who was where on which days is that person's data even without the name. */
#include "kind/vault.h"
#include "lang/order.h"
#include "mod/registry/registry_inner.h"

enum { GROUP_MAX = 64, MAC = 32 };

const struct option erase_grounds[] = {
	{ "request", N_("the person asked for it (art. 24)") },
	{ "term", N_("the term of storage is over (art. 18)") },
	{ "ended", N_("the relations with the person have ended (art. 18)") },
	{ "court", N_("a decision of a court (art. 18)") },
	{ "unlawful", N_("collected against the law (art. 18)") },
	{ NULL, NULL },
};

/* A pinned business day is for figures; an erasure has its day in law. */
static int
real_day(const struct ctx *cx)
{
	return day_of_moment(cx->now);
}

struct erasing {
	struct erase_in in;
	struct erase_sums sums;
	int64_t group[GROUP_MAX];
	size_t n;
	bool plan;
};

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

/* ---- whom ---- */

static int
load_group(struct ctx *cx, struct erasing *e)
{
	AUTO_ROWS r = { 0 };
	int64_t stands;

	TRY(person_stands(cx, e->in.person, &stands));
	e->n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"WITH RECURSIVE same (id) AS (SELECT id FROM person WHERE id = $1 UNION"
		" SELECT p.id FROM person p JOIN same s ON p.merged_into = s.id)"
		" SELECT id FROM same ORDER BY id LIMIT %d",
		GROUP_MAX + 1),
	    VALS(v_int(stands))));
	while (e->n < GROUP_MAX && rows_next(&r))
		e->group[e->n++] = row_int(&r, 0);
	if (rows_next(&r)) {
		rows_drop(&r);
		return fail(cx, RC_RULE, N_("Too many records are joined with this one."));
	}
	return rows_end(&r);
}

static bool
in_group(const struct erasing *e, int64_t id)
{
	size_t i;

	for (i = 0; i < e->n; i++)
		if (e->group[i] == id)
			return true;
	return false;
}

/* The proof stays for good, so no name may slip into it. */
static bool
names_person(struct ctx *cx, const char *text, const struct person *p)
{
	const char *const names[] = { p->surname, p->given, p->latin_surname, p->latin_given };
	const char *in = fold_key(cx->arena, text);
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if (!blank(names[i]) && strstr(in, fold_key(cx->arena, names[i])) != NULL)
			return true;
	return false;
}

static int
check_in(struct ctx *cx, struct erasing *e)
{
	const struct option *o = erase_grounds;
	struct person p;
	size_t i;

	while (o->code != NULL && (e->in.ground == NULL || strcmp(o->code, e->in.ground) != 0))
		o++;
	if (o->code == NULL)
		fail_field(cx, "ground", N_("Choose one of the values offered."));
	for (i = 0; i < e->n; i++) {
		TRY(kind_load(cx, &person_kind, e->group[i], &p));
		if (p.erased_on != 0)
			return fail(cx, RC_RULE, N_("This record was erased already."));
		if (!blank(e->in.document) && names_person(cx, e->in.document, &p))
			fail_field(cx, "document",
			    N_("The proof must not hold the name. Write the number and day of the "
			       "paper only."));
	}
	if (!blank(e->in.document) && strlen(e->in.document) > 200)
		fail_field(cx, "document",
		    N_("The text is too long: at most %s characters, now %s."), num(cx, 200),
		    num(cx, (int64_t)strlen(e->in.document)));
	if (cx->actor->person != 0 && in_group(e, cx->actor->person))
		return fail(cx, RC_RULE, N_("Nobody erases the own record. Ask a colleague."));
	return fields_rc(cx);
}

/* ---- what hangs on a person ---- */

int
person_cut_links(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++)
		TRY(kind_cut_tx(cx, tx, l->kind, ids[i], l->field, e->sums));
	return RC_OK;
}

static int
cut_links(struct ctx *cx, struct tx *tx, struct erasing *e, struct cut_sums *sums)
{
	/* A reason is only claimed where it is known. */
	bool own = strcmp(e->in.ground, "request") == 0;
	const struct person_link *l;
	size_t i, p;

	for (i = 0; (l = person_link_nth(i)) != NULL; i++)
		for (p = 0; p < e->n; p++)
			TRY(l->cut(cx, tx, l,
			    &(struct person_erase){
				e->group[p], real_day(cx), own ? "own_wish" : NULL, sums }));
	return RC_OK;
}

/* An undone join: for a while the other's record held what the steps of the join name. */
struct undone {
	int64_t stays, from, to;
	char *fields;
};

static int
read_undone(struct ctx *cx, int64_t leaves, struct undone *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT m.stays, m.at, m.undone_at, s.fields FROM person_merge m JOIN "
	    "person_merge_step s"
	    " ON s.merge = m.id AND s.kind = 'person' AND s.rec = m.stays WHERE m.leaves = $1 AND"
	    " m.undone_at IS NOT NULL ORDER BY m.id DESC, s.id",
	    VALS(v_int(leaves))));
	for (; *n < GROUP_MAX && rows_next(&r); ++*n)
		out[*n] = (struct undone){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			arena_str(cx->arena, row_text(&r, 3)) };
	return rows_end(&r);
}

static int
scrub_one(struct ctx *cx, struct tx *tx, struct undone *u, struct cut_sums *sums)
{
	const char *fields[64];
	struct cut_span span = { u->from, u->to, fields, 0 };
	char *save = NULL, *name = strtok_r(u->fields, ",", &save);

	for (; name != NULL && span.n < ARRAY_LEN(fields); name = strtok_r(NULL, ",", &save))
		if (kind_field(&person_kind, name) != NULL)
			fields[span.n++] = name;
	return kind_cut_fields_tx(cx, tx, &person_kind, u->stays, &span, sums);
}

static int
scrub_undone(struct ctx *cx, struct tx *tx, const struct erasing *e, struct cut_sums *sums)
{
	struct undone u[GROUP_MAX];
	size_t i, j, n;

	for (i = 0; i < e->n; i++) {
		TRY(read_undone(cx, e->group[i], u, &n));
		for (j = 0; j < n; j++)
			if (!in_group(e, u[j].stays))
				TRY(scrub_one(cx, tx, &u[j], sums));
	}
	return RC_OK;
}

/* Each statement has the person's number as its one value. */
static const char *const traces[] = {
	"DELETE FROM person_key WHERE person = $1",
	"DELETE FROM person_due WHERE person = $1",
	"DELETE FROM person_pair WHERE one = $1 OR two = $1",
	"DELETE FROM person_distinct WHERE one = $1 OR two = $1",
	"DELETE FROM person_merge_step WHERE merge IN (SELECT id FROM person_merge WHERE stays = $1"
	" OR leaves = $1)",
};

/* An answer kept for a client that asks twice holds the record as it was made. */
static int
blank_answers(struct ctx *cx, struct tx *tx, int64_t id)
{
	return tx_run(cx, tx, NULL, "UPDATE idempotency SET answer = $1 WHERE answer LIKE $2",
	    VALS(v_text(arena_printf(cx->arena, "{\"id\":%lld}", (long long)id)),
		v_text(arena_printf(cx->arena, "{\"id\":%lld,%%\"surname\":%%", (long long)id))));
}

static int
make_shell(struct ctx *cx, struct tx *tx, struct erasing *e, int64_t id, struct cut_sums *sums)
{
	struct person p;
	int64_t keys;
	size_t i;

	TRY(kind_cut_tx(cx, tx, &person_kind, id, NULL, sums));
	TRY(kind_load(cx, &person_kind, id, &p));
	p.erased_on = e->in.day != 0 ? e->in.day : real_day(cx);
	p.restricted_on = 0;
	TRY(kind_rewrite_tx(cx, tx, &person_kind, &p));
	for (i = 0; i < ARRAY_LEN(traces); i++)
		TRY(tx_run(cx, tx, NULL, traces[i], VALS(v_int(id))));
	TRY(blank_answers(cx, tx, id));
	/* The shell has none of its own: what it was sealed under is destroyed. */
	TRY(tx_run(cx, tx, &keys, "DELETE FROM subject_key WHERE person = $1", VALS(v_int(id))));
	e->sums.keys += keys;
	return RC_OK;
}

/* ---- the proof ---- */

static struct slice
erasure_mac(struct ctx *cx, const struct erasure *e)
{
	const char *line =
	    arena_printf(cx->arena, "erasure|%lld|%lld|%lld|%d|%s|%s|%lld|%lld|%lld|%lld",
		(long long)e->person, (long long)e->made_at, (long long)e->at, e->day, e->ground,
		e->document == NULL ? "" : e->document, (long long)e->account,
		(long long)e->records, (long long)e->versions, (long long)e->keys);
	unsigned char *mac = arena_alloc(cx->arena, MAC);

	vault_mac(VAULT_AUDIT, line, strlen(line), mac);
	return (struct slice){ (const char *)mac, MAC };
}

static int
put_proof(struct ctx *cx, struct tx *tx, const struct erasing *e, int64_t person)
{
	struct erasure p = { .person = person,
		.at = e->in.at != 0 ? e->in.at : cx->now,
		.account = e->in.at != 0 ? e->in.account : cx->actor->account,
		.day = e->in.day != 0 ? e->in.day : real_day(cx),
		.ground = e->in.ground,
		.document = blank(e->in.document) ? NULL : e->in.document,
		.records = e->sums.records,
		.versions = e->sums.versions,
		.keys = e->sums.keys };

	TRY(db_int(
	    cx, &p.made_at, "SELECT created_at FROM person WHERE id = $1", VALS(v_int(person))));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO erasure (person, made_at, at, day, ground, document, account, records, "
	    "versions, keys, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	    VALS(v_int(person), v_int(p.made_at), v_int(p.at), v_int(p.day), v_text(p.ground),
		v_text(p.document), v_int(p.account), v_int(p.records), v_int(p.versions),
		v_int(p.keys), v_blob(erasure_mac(cx, &p))));
}

/* ---- the whole ---- */

static int
erase_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct erasing *e = arg;
	struct cut_sums sums = { 0 };
	size_t i;

	e->sums = (struct erase_sums){ 0 };
	TRY(load_group(cx, e));
	if (!e->plan)
		TRY(check_in(cx, e));
	TRY(cut_links(cx, tx, e, &sums));
	TRY(scrub_undone(cx, tx, e, &sums));
	for (i = 0; i < e->n; i++)
		TRY(make_shell(cx, tx, e, e->group[i], &sums));
	e->sums.people = (int64_t)e->n;
	e->sums.records = sums.records;
	e->sums.versions = sums.versions;
	for (i = 0; i < e->n && !e->plan; i++) {
		TRY(put_proof(cx, tx, e, e->group[i]));
		TRY(audit_tx(cx, tx, "erase", person_kind.name, e->group[i], e->in.ground));
	}
	tx_touch_all(tx);
	return e->plan ? RC_RULE : RC_OK; /* a plan is taken back */
}

static int
run(struct ctx *cx, struct erasing *e)
{
	int64_t keys[32], stands;

	if (!may(cx, CAP_RIGHTS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(person_stands(cx, e->in.person, &stands));
	keys[0] = merge_hot_key(stands);
	return db_write_keys(cx, keys, 1, erase_fn, e);
}

int
person_erase(struct ctx *cx, const struct erase_in *in, struct erase_sums *out)
{
	struct erasing e = { .in = *in };

	TRY(run(cx, &e));
	*out = e.sums;
	return RC_OK;
}

int
person_erase_plan(struct ctx *cx, int64_t person, struct erase_sums *out)
{
	struct erasing e = { .in = { .person = person, .ground = "request" }, .plan = true };
	int rc = run(cx, &e);

	*out = e.sums;
	if (rc == RC_RULE && e.sums.people > 0) {
		err_clear(cx);
		rc = RC_OK;
	}
	return rc == RC_OK && e.sums.people == 0 ? RC_NOTFOUND : rc;
}

/* ---- restricted ---- */

struct restricting {
	int64_t person;
	bool restricted;
};

static int
restrict_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct restricting *w = arg;
	struct erasing e = { .in = { .person = w->person } };
	struct person p;
	size_t i;

	TRY(load_group(cx, &e));
	for (i = 0; i < e.n; i++) {
		TRY(kind_load(cx, &person_kind, e.group[i], &p));
		if (p.erased_on != 0)
			return fail(cx, RC_RULE, N_("This record was erased."));
		if ((p.restricted_on != 0) == w->restricted)
			continue;
		p.restricted_on = w->restricted ? real_day(cx) : 0;
		TRY(kind_rewrite_tx(cx, tx, &person_kind, &p));
		TRY(audit_tx(cx, tx, w->restricted ? "restrict" : "unrestrict", person_kind.name,
		    e.group[i], NULL));
	}
	tx_touch_all(tx); /* titles stand in lists of other kinds */
	return RC_OK;
}

int
person_restrict(struct ctx *cx, int64_t person, bool restricted)
{
	if (!may(cx, CAP_RIGHTS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return db_write(cx, restrict_fn, &(struct restricting){ person, restricted });
}

/* ---- reading the proofs ---- */

#define ERASURE_COLUMNS                                                                            \
	"SELECT e.id, e.person, e.made_at, e.at, e.day, e.ground, e.document, e.account, "         \
	"e.records, e.versions, e.keys, a.name, e.mac FROM erasure e LEFT JOIN account a ON a.id " \
	"= e.account"

static struct erasure
read_erasure(const struct rows *r)
{
	return (struct erasure){ .id = row_int(r, 0),
		.person = row_int(r, 1),
		.made_at = row_int(r, 2),
		.at = row_int(r, 3),
		.day = (int)row_int(r, 4),
		.ground = row_text(r, 5),
		.document = row_text(r, 6),
		.account = row_int(r, 7),
		.records = row_int(r, 8),
		.versions = row_int(r, 9),
		.keys = row_int(r, 10),
		.who = row_text(r, 11) };
}

int
erasures(struct ctx *cx, int64_t after, int limit, struct erasure **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct erasure, limit);
	*n = 0;
	TRY(db_rows(cx, &r,
	    ERASURE_COLUMNS " WHERE ($1 = 0 OR e.id < $1) ORDER BY e.id DESC LIMIT $2",
	    VALS(v_int(after), v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = read_erasure(&r);
	return rows_end(&r);
}

int
erasure_of(struct ctx *cx, int64_t person, struct erasure *out)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, ERASURE_COLUMNS " WHERE e.person = $1", VALS(v_int(person))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	*out = read_erasure(&r);
	return rows_end(&r);
}

/* ---- verify ---- */

/* What would mean that an erased person is not: each counts rows of one number. */
static const struct {
	const char *what, *sql;
} leftovers[] = {
	{ "the record holds something",
	    "SELECT count(*) FROM person WHERE id = $1 AND (erased_on IS NULL OR surname <> "
	    "'" CUT_MARK "' OR given IS"
	    " NOT NULL OR patronymic IS NOT NULL OR phone IS NOT NULL OR email IS NOT NULL OR iin"
	    " IS NOT NULL OR iin_mac IS NOT NULL OR address IS NOT NULL OR note IS NOT NULL OR"
	    " birth_day IS NOT NULL OR fold_key <> '')" },
	{ "a key is there", "SELECT count(*) FROM subject_key WHERE person = $1" },
	{ "history is sealed under its key", "SELECT count(*) FROM history WHERE kind = 'person' "
					     "AND rec = $1 AND secret IS NOT NULL" },
	{ "history tells the name",
	    "SELECT count(*) FROM history WHERE kind = 'person' AND rec = $1 AND data LIKE "
	    "'%surname%' AND data NOT LIKE '%\"surname\":\"" CUT_MARK "\"%'" },
	{ "names to find it by", "SELECT count(*) FROM person_key WHERE person = $1" },
};

static int
check_left(struct ctx *cx, const struct erasure *e, const char *what, const char *sql,
    struct buf *out, int64_t *differences)
{
	int64_t n;

	TRY(db_int(cx, &n, sql, VALS(v_int(e->person))));
	if (n == 0)
		return RC_OK;
	++*differences;
	buf_printf(
	    out, "erased person %lld: %s (%lld)\n", (long long)e->person, what, (long long)n);
	return RC_OK;
}

static int
check_one(struct ctx *cx, const struct erasure *e, struct buf *out, int64_t *differences)
{
	const struct person_link *l;
	size_t i;

	for (i = 0; i < ARRAY_LEN(leftovers); i++)
		TRY(check_left(cx, e, leftovers[i].what, leftovers[i].sql, out, differences));
	/* Whatever kind refers to people, of whichever module: none names this one. */
	for (i = 0; (l = person_link_nth(i)) != NULL; i++)
		TRY(check_left(cx, e, l->kind->name,
		    arena_printf(cx->arena, "SELECT count(*) FROM %s WHERE %s = $1", l->kind->name,
			l->field),
		    out, differences));
	return RC_OK;
}

static int
check_erasures(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	struct erasure *all;
	int64_t count, i = 0, n;
	AUTO_ROWS r = { 0 };

	TRY(db_int(cx, &count, "SELECT count(*) FROM erasure", NO_VALS));
	all = arena_array(cx->arena, struct erasure, count + 1);
	TRY(db_rows(cx, &r, ERASURE_COLUMNS " ORDER BY e.id", NO_VALS));
	for (; i < count && rows_next(&r); i++) {
		struct slice mac = row_slice(&r, 12), want;

		all[i] = read_erasure(&r);
		want = erasure_mac(cx, &all[i]);
		if (mac.n == want.n && memcmp(mac.p, want.p, mac.n) == 0)
			continue;
		++*differences;
		buf_printf(
		    out, "proof %lld of an erasure: the row was changed\n", (long long)all[i].id);
	}
	TRY(rows_end(&r));
	*records += count;
	for (i = 0; i < count; i++)
		TRY(check_one(cx, &all[i], out, differences));
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM person WHERE erased_on IS NOT NULL AND id NOT IN (SELECT person "
	    "FROM erasure)",
	    NO_VALS));
	if (n > 0) {
		++*differences;
		buf_printf(out, "%lld erased people without a proof\n", (long long)n);
	}
	return RC_OK;
}

const struct verify_check erasure_check = { "erasures", check_erasures };

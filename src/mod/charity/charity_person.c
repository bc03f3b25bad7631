/* charity_person.c – names of families: opened and recorded, found by the whole name, removed when their term is
 * over; and what follows when two records of one person are joined, or one is erased. What is counted – people,
 * children, district, reason, days – stays in the record, so no sum changes. */
#include "mod/charity/charity_inner.h"

#include <string.h>

#include "kind/cut.h"

/* ---- the log of who read ---- */

struct noting {
	int64_t recipient;
	const char *way;
};

static int
note_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct noting *n = arg;

	return tx_run(cx, tx, NULL,
	    "INSERT INTO recipient_read (day, account, recipient, way, times, first_at, last_at) "
	    "VALUES ($1, $2, $3, $4, 1, $5, $5) ON CONFLICT (day, account, recipient, way) DO "
	    "UPDATE SET times = recipient_read.times + 1, last_at = excluded.last_at",
	    VALS(v_int(day_of_moment(cx->now)), v_int(cx->actor->account), v_int(n->recipient),
		v_text(n->way), v_int(cx->now)));
}

int
recipient_read_note(struct ctx *cx, int64_t recipient, const char *way)
{
	if (cx->actor->account == 0)
		return RC_OK;
	return db_write(cx, note_fn, &(struct noting){ recipient, way });
}

int
recipient_reads(struct ctx *cx, int64_t recipient, struct recipient_reading **out, size_t *n)
{
	enum { MOST = 50 };
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = arena_array(cx->arena, struct recipient_reading, MOST);
	if (!may(cx, CAP_AUDIT_READ) && !may(cx, CAP_RIGHTS))
		return RC_OK;
	TRY(db_rows(cx, &r,
	    "SELECT r.day, a.name, r.way, r.times FROM recipient_read r LEFT JOIN account a ON "
	    "a.id = r.account WHERE r.recipient = $1 ORDER BY r.last_at DESC LIMIT 50",
	    VALS(v_int(recipient))));
	while (*n < MOST && rows_next(&r)) {
		const char *who = row_text(&r, 1);

		(*out)[(*n)++] = (struct recipient_reading){ (int)row_int(&r, 0),
			who == NULL ? "" : who, row_text(&r, 2), row_int(&r, 3) };
	}
	return rows_end(&r);
}

/* ---- names ---- */

/* WHY more than the role's own rights: a leader opens no sealed value elsewhere, and here only those of the own
 * body, which kind_get() has asked. */
static int
open_name(struct ctx *cx, int64_t id, const char **out)
{
	const struct actor *who = cx->actor;
	struct actor opens = *who;
	int rc;

	opens.caps |= UINT64_C(1) << CAP_SEALED_READ;
	cx->actor = &opens;
	rc = kind_unseal(cx, &recipient_kind, id, "name", out);
	cx->actor = who;
	return rc;
}

int
recipient_name(struct ctx *cx, const struct recipient *r, const char **out)
{
	struct recipient seen;
	struct person p;

	*out = "";
	TRY(kind_get(cx, &recipient_kind, r->rec.id, &seen));
	if (seen.code == NULL)
		return RC_OK;
	TRY(recipient_read_note(cx, r->rec.id, "name"));
	if (seen.person != 0) {
		TRY(kind_load(cx, &person_kind, seen.person, &p));
		TRY(sensitive_note(cx, seen.person, "page"));
		*out = p.erased_on != 0 ? "" : kind_title(cx, &person_kind, &p);
		return RC_OK;
	}
	if (!seen.name.present)
		return RC_OK;
	TRY(open_name(cx, r->rec.id, out));
	if (*out == NULL)
		*out = "";
	return RC_OK;
}

int
recipient_find(struct ctx *cx, const char *name, int64_t **ids, size_t *n)
{
	struct query q;
	struct list l;
	size_t i;

	*n = 0;
	TRY(query_init(cx, &q, &recipient_kind));
	query_and(&q, "recipient.name_mac = ?", VALS(v_text(recipient_mac(cx, name))));
	TRY(query_list(&q, &l));
	*ids = arena_array(cx->arena, int64_t, l.n + 1);
	for (i = 0; i < l.n; i++)
		(*ids)[(*n)++] =
		    ((const struct recipient *)list_row(&l, &recipient_kind, i))->rec.id;
	return RC_OK;
}

/* ---- terms ---- */

int
recipient_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	/* Who read it is of no use to anybody any more, and would tell that there was something to read. */
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM recipient_read WHERE recipient = $1", VALS(v_int(id))));
	return kind_cut_tx(cx, tx, &recipient_kind, id, "person", sums);
}

/* What was written beside a promise may name who made it; the promise itself counts on. */
static int
cut_pledge_notes(struct ctx *cx, struct tx *tx, int64_t donor, struct cut_sums *sums)
{
	static const char *const fields[] = { "note" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	struct pledge *p;
	void *all;
	size_t n, i;

	TRY(kind_load_all(cx, &pledge_kind,
	    "SELECT id FROM pledge WHERE donor = $1 AND note IS NOT NULL", donor, &all, &n));
	for (i = 0, p = all; i < n; i++, p++) {
		p->note = NULL;
		TRY(kind_rewrite_tx(cx, tx, &pledge_kind, p));
		TRY(kind_cut_fields_tx(cx, tx, &pledge_kind, p->rec.id, &span, sums));
	}
	return RC_OK;
}

int
donor_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	TRY(cut_pledge_notes(cx, tx, id, sums));
	return kind_cut_tx(cx, tx, &donor_kind, id, "person", sums);
}

static int
drop_recipient_read(struct ctx *cx, struct tx *tx, int64_t day, int upto, struct cut_sums *sums)
{
	int64_t n;

	(void)upto;
	TRY(tx_run(cx, tx, &n, "DELETE FROM recipient_read WHERE day = $1", VALS(v_int(day))));
	sums->records += n;
	return RC_OK;
}

/* RULE charity-10: since the family was last helped, or registered; those who got money have a term of their own. */
#define LAST_HELP                                                                          \
	"(SELECT coalesce(max(a.day), t.known_on) FROM charity_aid a WHERE a.recipient = " \
	"t.id) <= $1"
#define GOT_MONEY "EXISTS (SELECT 1 FROM charity_aid m WHERE m.recipient = t.id AND m.cash = 1)"

/* Donors who are people, since their last promise or receipt, or since they were entered; a company or a body is no
 * person. */
static const char due_donors[] =
    "SELECT t.id FROM donor t WHERE t.code IS NOT NULL AND t.type IN ('person', 'anonymous') "
    "AND (t.created_at < $2 OR EXISTS (SELECT 1 FROM pledge p WHERE p.donor = t.id) OR EXISTS "
    "(SELECT 1 FROM charity_receipt c WHERE c.donor = t.id)) AND NOT EXISTS (SELECT 1 FROM pledge "
    "p WHERE "
    "p.donor = t.id AND p.day > $1) AND NOT EXISTS (SELECT 1 FROM charity_receipt c WHERE "
    "c.donor = t.id AND c.day > $1) ORDER BY t.id LIMIT 50";

const struct cut_term charity_terms[] = {
	{ "keep_families",
	    "SELECT t.id FROM recipient t WHERE t.code IS NOT NULL AND NOT " GOT_MONEY
	    " AND " LAST_HELP " ORDER BY t.id LIMIT 50",
	    recipient_expire_tx, NULL },
	{ "keep_charity_money",
	    "SELECT t.id FROM recipient t WHERE t.code IS NOT NULL AND " GOT_MONEY " AND " LAST_HELP
	    " ORDER BY t.id LIMIT 50",
	    recipient_expire_tx, NULL },
	{ "keep_charity_money", due_donors, donor_expire_tx, NULL },
	{ "keep_reads",
	    "SELECT DISTINCT day FROM recipient_read WHERE day <= $1 ORDER BY day LIMIT 50",
	    drop_recipient_read, NULL },
	{ NULL, NULL, NULL, NULL },
};

/* ---- people of the registry ---- */

static int
cut_each(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++)
		TRY(l->kind == &recipient_kind ? recipient_expire_tx(cx, tx, ids[i], 0, e->sums)
					       : donor_expire_tx(cx, tx, ids[i], 0, e->sums));
	return RC_OK;
}

/* Joined: each changes its person; that one donor, or one family, was registered twice stays visible. */
const struct person_link charity_links[] = {
	{ &donor_kind, "person", NULL, cut_each },
	{ &recipient_kind, "person", NULL, cut_each },
};
const size_t charity_nlinks = ARRAY_LEN(charity_links);

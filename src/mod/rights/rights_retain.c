/* rights_retain.c – terms of storage, applied daily: what is past its term goes, what counts stays, and
 * each run leaves a proof. RULE rights-8. */
#include "core/setting.h"
#include "kind/cut.h"
#include "kind/vault.h"
#include "mod/rights/rights_inner.h"

enum { MAC = 32 };

struct run {
	const struct term *term;
	int months, upto;
	struct cut_sums sums;
	int64_t left; /* of `most` */
	int64_t ids[CUT_BITE];
	size_t n;
};

/* ---- what belongs to no other module ---- */

/* Contacts: what is the person's own but the name. The key goes, too: nothing else lies under it. */
static int
only_name(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	return person_only_name_tx(cx, tx, id, sums);
}

static int
drop_read(struct ctx *cx, struct tx *tx, int64_t day, int upto, struct cut_sums *sums)
{
	int64_t n;

	(void)upto;
	TRY(tx_run(cx, tx, &n, "DELETE FROM sensitive_read WHERE day = $1", VALS(v_int(day))));
	sums->records += n;
	return RC_OK;
}

static int
drop_session(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	int64_t n;

	(void)upto;
	TRY(tx_run(cx, tx, &n, "DELETE FROM session WHERE id = $1", VALS(v_int(id))));
	sums->records += n;
	return RC_OK;
}

/* Nobody who is in a body, holds an office, has an account, came since, or was entered or changed since. */
static const char due_contacts[] =
    "SELECT p.id FROM person p WHERE p.erased_on IS NULL AND p.changed_at < $2 AND "
    "(p.birth_day IS"
    " NOT NULL OR p.sex IS NOT NULL OR p.address IS NOT NULL OR p.phone IS NOT NULL OR "
    "p.email"
    " IS NOT NULL OR p.iin IS NOT NULL OR p.note IS NOT NULL)"
    " AND EXISTS (SELECT 1 FROM membership m WHERE m.person = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person = p.id AND (m.to_day IS NULL "
    "OR"
    " m.to_day > $1))"
    " AND NOT EXISTS (SELECT 1 FROM office_holder h WHERE h.person = p.id AND (h.to_day IS "
    "NULL"
    " OR h.to_day > $1))"
    " AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.person = p.id AND a.day > $1)"
    " AND NOT EXISTS (SELECT 1 FROM account c WHERE c.person = p.id) ORDER BY p.id LIMIT 50";

const struct cut_term rights_terms[] = {
	{ "keep_contacts", due_contacts, only_name, NULL },
	{ "keep_reads",
	    "SELECT DISTINCT day FROM sensitive_read WHERE day <= $1 ORDER BY day LIMIT 50",
	    drop_read, NULL },
	{ "keep_sessions",
	    "SELECT id FROM session WHERE ended_at IS NOT NULL AND ended_at < $2 AND $1 = $1 ORDER "
	    "BY id LIMIT 50",
	    drop_session, NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct term retention_terms[] = {
	{ "keep_attendance", N_("Who came to an event; then only that somebody came"), 12, true },
	{ "keep_contacts", N_("Contacts after the last membership; then the name only"), 60,
	    false },
	{ "keep_reads", N_("The log of sensitive reads"), 12, false },
	{ "keep_sessions", N_("Sign-ins that have ended"), 12, false },
	{ "keep_signups",
	    N_("Names, contacts and answers of sign-ups after the event; names and links of "
	       "challenge entries; members of camps; names of accredited press"),
	    12, false },
	{ "keep_relief",
	    N_("Data of families and volunteers after the closing of a relief headquarters"), 36,
	    false },
	{ "keep_families", N_("Names of families after the last help"), 36, false },
	{ "keep_charity_money",
	    N_("Names of families that got money, and of donors, after the last time"), 60, false },
	{ "keep_comments",
	    N_("Names and texts of comments that were refused or never decided about"), 12, false },
	{ "keep_pages", N_("Imported pages that no article stands on"), 3, false },
};
const size_t nretention_terms = ARRAY_LEN(retention_terms);

/* ---- a run ---- */

/* The last day that is past its term: so many months ago. */
static int
last_past(const struct ctx *cx, const struct term *t, int months)
{
	int year = day_year(cx->today), month = cx->today / 100 % 100, day = cx->today % 100, len;

	year -= months / 12;
	month -= months % 12;
	if (month < 1) {
		month += 12;
		year--;
	}
	len = day_month_len(year, month);
	day = day_make(year, month, day > len ? len : day);
	return t->whole_years ? day_make(day_year(day) - 1, 12, 31) : day;
}

struct bite {
	const struct run *from;
	struct run *r;
	const struct cut_term *w;
};

static int
bite_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct bite *b = arg;
	size_t i;

	*b->r = *b->from; /* a write may run twice */
	for (i = 0; i < b->r->n; i++)
		TRY(b->w->cut_tx(cx, tx, b->r->ids[i], b->r->upto, &b->r->sums));
	tx_touch_all(tx);
	return RC_OK;
}

static int
some_due(struct ctx *cx, struct run *r, const struct cut_term *w)
{
	AUTO_ROWS rows = { 0 };

	r->n = 0;
	TRY(db_rows(cx, &rows, w->sql,
	    strstr(w->sql, "$2") == NULL
		? VALS(v_int(r->upto))
		: VALS(v_int(r->upto), v_int(cx->now - (int64_t)r->months * 30 * US_PER_DAY))));
	while (r->n < CUT_BITE && rows_next(&rows))
		r->ids[r->n++] = row_int(&rows, 0);
	return rows_end(&rows);
}

static int
run_work(struct ctx *cx, struct run *r, const struct cut_term *w)
{
	for (;;) {
		struct run copy;
		struct bite b = { r, &copy, w };
		size_t i;

		TRY(some_due(cx, r, w));
		if (r->n == 0 || r->left == 0)
			return RC_OK;
		if (r->left > 0 && (int64_t)r->n > r->left)
			r->n = (size_t)r->left;
		for (i = 0; w->before != NULL && i < r->n; i++)
			TRY(w->before(cx, r->ids[i]));
		TRY(db_write(cx, bite_fn, &b));
		if (copy.sums.records == r->sums.records)
			return RC_OK; /* nothing goes: not to turn in a circle */
		r->sums = copy.sums;
		r->left -= r->left > 0 ? (int64_t)r->n : 0;
	}
}

/* ---- the proof ---- */

static struct slice
run_mac(struct ctx *cx, const struct retention_run *p)
{
	const char *line =
	    arena_printf(cx->arena, "retention|%lld|%d|%s|%d|%d|%lld|%lld", (long long)p->at,
		p->day, p->term, p->months, p->upto, (long long)p->records, (long long)p->versions);
	unsigned char *mac = arena_alloc(cx->arena, MAC);

	vault_mac(VAULT_AUDIT, line, strlen(line), mac);
	return (struct slice){ (const char *)mac, MAC };
}

static int
proof_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct run *r = arg;
	struct retention_run p = { .at = cx->now,
		.day = cx->today,
		.term = r->term->setting,
		.months = r->months,
		.upto = r->upto,
		.records = r->sums.records,
		.versions = r->sums.versions };

	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO retention_run (at, day, term, months, upto, records, versions, mac) VALUES"
	    " ($1, $2, $3, $4, $5, $6, $7, $8)",
	    VALS(v_int(p.at), v_int(p.day), v_text(p.term), v_int(p.months), v_int(p.upto),
		v_int(p.records), v_int(p.versions), v_blob(run_mac(cx, &p)))));
	return audit_tx(cx, tx, "retain", NULL, 0, p.term);
}

static int
months_of(struct ctx *cx, const struct term *t, int *months)
{
	const char *text;
	int64_t n;

	TRY(setting_get(cx, t->setting, &text));
	*months = *text != '\0' && num_parse(text, &n) && n > 0 && n < 1200 ? (int)n : 0;
	return RC_OK;
}

int
retain(struct ctx *cx, int64_t most, struct retained **out, size_t *n)
{
	const struct cut_term *t;
	size_t i, w;

	*n = 0;
	if (!may(cx, CAP_RIGHTS))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	*out = arena_array(cx->arena, struct retained, nretention_terms);
	for (i = 0; i < nretention_terms; i++) {
		struct run r = { .term = &retention_terms[i], .left = most > 0 ? most : -1 };

		TRY(months_of(cx, r.term, &r.months));
		if (r.months == 0)
			continue;
		r.upto = last_past(cx, r.term, r.months);
		for (w = 0; (t = cut_term_nth(w)) != NULL; w++)
			if (strcmp(t->setting, r.term->setting) == 0)
				TRY(run_work(cx, &r, t));
		if (r.sums.records > 0)
			TRY(db_write(cx, proof_fn, &r));
		(*out)[(*n)++] = (struct retained){ r.term->setting, r.months, r.upto,
			r.sums.records, r.sums.versions };
	}
	return RC_OK;
}

/* ---- reading ---- */

#define RUN_COLUMNS \
	"SELECT id, at, records, versions, day, months, upto, term, mac FROM retention_run"

static struct retention_run
read_run(const struct rows *r)
{
	return (struct retention_run){ row_int(r, 0), row_int(r, 1), row_int(r, 2), row_int(r, 3),
		(int)row_int(r, 4), (int)row_int(r, 5), (int)row_int(r, 6), row_text(r, 7) };
}

int
retention_runs(struct ctx *cx, int limit, struct retention_run **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct retention_run, limit);
	*n = 0;
	TRY(db_rows(cx, &r, RUN_COLUMNS " ORDER BY id DESC LIMIT $1", VALS(v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = read_run(&r);
	return rows_end(&r);
}

int
retention_propose(struct ctx *cx)
{
	size_t i;

	for (i = 0; i < nretention_terms; i++)
		TRY(setting_set(cx, retention_terms[i].setting,
		    arena_printf(cx->arena, "%d", retention_terms[i].proposed)));
	return RC_OK;
}

static int
check_runs(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, RUN_COLUMNS " ORDER BY id", NO_VALS));
	while (rows_next(&r)) {
		struct retention_run p = read_run(&r);
		struct slice mac = row_slice(&r, 8), want = run_mac(cx, &p);

		++*records;
		if (mac.n == want.n && memcmp(mac.p, want.p, mac.n) == 0)
			continue;
		++*differences;
		buf_printf(out, "proof %lld of retention: the row was changed\n", (long long)p.id);
	}
	return rows_end(&r);
}

const struct verify_check retention_check = { "retention", check_runs };

/* rights_retain.c – terms of storage, applied daily: what is past its term goes, what counts stays, and
 * each run leaves a proof. RULE rights-8. */
#include "core/setting.h"
#include "kind/cut.h"
#include "kind/vault.h"
#include "mod/door/door.h"
#include "mod/event/event.h"
#include "mod/relief/relief.h"
#include "mod/rights/rights_inner.h"
#include "mod/sheet/sheet.h"
#include "mod/signup/signup.h"

enum { MAC = 32, BITE = 50 };

struct run {
	const struct term *term;
	int months, upto;
	struct cut_sums sums;
	int64_t left; /* of `most` */
	int64_t ids[BITE];
	size_t n;
};
typedef int apply_fn(struct ctx *cx, struct tx *tx, struct run *r, int64_t id);
struct work {
	/* At most BITE ids that are past their term; $1 = the last day past it. */
	const char *sql;
	apply_fn *apply;
	int (*before)(struct ctx *cx, int64_t id); /* outside the write: what lies on the disk */
};

/* ---- what each term does ---- */

/* Sign-ups: the person of an attendance, and a guest's name. Years go whole, so that a year's number of
 * different people is sealed at once. */
static int
cut_attendances_of(struct ctx *cx, struct tx *tx, struct run *r, int64_t person)
{
	return attendance_expire_tx(cx, tx, person, r->upto, &r->sums);
}

/* Who stood on a sheet for signatures. */
static int
cut_sheet_row(struct ctx *cx, struct tx *tx, struct run *r, int64_t id)
{
	return kind_cut_tx(cx, tx, &sheet_row_kind, id, "person", &r->sums);
}

static int
cut_picture(struct ctx *cx, struct tx *tx, struct run *r, int64_t id)
{
	return sheet_picture_expire_tx(cx, tx, id, &r->sums);
}

static int
cut_guest(struct ctx *cx, struct tx *tx, struct run *r, int64_t id)
{
	return kind_cut_tx(cx, tx, &attendance_kind, id, "person", &r->sums);
}

/* What devices scanned at the door, with the attendances. */
static int
cut_door(struct ctx *cx, struct tx *tx, struct run *r, int64_t event)
{
	return door_expire_tx(cx, tx, event, &r->sums.records);
}

/* Contacts: what is the person's own but the name. The key goes, too: nothing else lies under it. */
static int
only_name(struct ctx *cx, struct tx *tx, struct run *r, int64_t id)
{
	return person_only_name_tx(cx, tx, id, &r->sums);
}

/* Sign-ups for an event: names, contacts, answers, codes; the seats stay counted. */
static int
cut_signup(struct ctx *cx, struct tx *tx, struct run *r, int64_t id)
{
	return signup_expire_tx(cx, tx, id, &r->sums);
}

static int
drop_read(struct ctx *cx, struct tx *tx, struct run *r, int64_t day)
{
	int64_t n;

	TRY(tx_run(cx, tx, &n, "DELETE FROM sensitive_read WHERE day = $1", VALS(v_int(day))));
	r->sums.records += n;
	return RC_OK;
}

/* Who opened the data of which family. */
static int
drop_family_read(struct ctx *cx, struct tx *tx, struct run *r, int64_t day)
{
	int64_t n;

	TRY(tx_run(cx, tx, &n, "DELETE FROM family_read WHERE day = $1", VALS(v_int(day))));
	r->sums.records += n;
	return RC_OK;
}

/* Needs of a closed headquarters: the family goes, what was asked and brought stays counted. */
static int
cut_need(struct ctx *cx, struct tx *tx, struct run *r, int64_t id)
{
	return need_expire_tx(cx, tx, id, &r->sums);
}

static int
drop_session(struct ctx *cx, struct tx *tx, struct run *r, int64_t id)
{
	int64_t n;

	TRY(tx_run(cx, tx, &n, "DELETE FROM session WHERE id = $1", VALS(v_int(id))));
	r->sums.records += n;
	return RC_OK;
}

/* By the day on which the event counts, also where a report was merged into another. */
#define UP_TO_YEAR                                                                             \
	" JOIN event e ON e.id = a.event JOIN event s ON s.id = coalesce(e.merged_into, e.id)" \
	" WHERE s.first_day <= $1"
static const struct work attendance_work[] = {
	{ "SELECT DISTINCT a.person FROM attendance a" UP_TO_YEAR
	  " AND a.person IS NOT NULL ORDER BY 1"
	  " LIMIT 50",
	    cut_attendances_of, NULL },
	{ "SELECT a.id FROM attendance a" UP_TO_YEAR " AND a.guest IS NOT NULL ORDER BY 1 LIMIT 50",
	    cut_guest, NULL },
	/* A pass names the person of a ticket, whose scans name the ticket alone. */
	{ "SELECT DISTINCT a.event FROM (SELECT event FROM scan WHERE person IS NOT NULL OR guest "
	  "IS NOT NULL OR shown IS NOT NULL UNION ALL SELECT event FROM door_pass WHERE person IS "
	  "NOT NULL OR guest IS NOT NULL) a" UP_TO_YEAR " ORDER BY 1 LIMIT 50",
	    cut_door, NULL },
	{ "SELECT a.id FROM sheet_row a" UP_TO_YEAR " AND a.person IS NOT NULL ORDER BY 1 LIMIT 50",
	    cut_sheet_row, NULL },
	{ "SELECT a.id FROM sheet_picture a JOIN file f ON f.id = a.file AND f.sha256 <> "
	  "'" CUT_MARK "'" UP_TO_YEAR " ORDER BY 1 LIMIT 50",
	    cut_picture, sheet_picture_drop },
	{ NULL, NULL, NULL },
};
/* Nobody who is in a body, holds an office, has an account, came since, or was entered or changed since. */
static const struct work contact_work[] = {
	{ "SELECT p.id FROM person p WHERE p.erased_on IS NULL AND p.changed_at < $2 AND "
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
	  " AND NOT EXISTS (SELECT 1 FROM account c WHERE c.person = p.id) ORDER BY p.id LIMIT 50",
	    only_name, NULL },
	{ NULL, NULL, NULL },
};
/* Whoever signed up may be erased already; the names of those who came along stand in their tickets. */
static const struct work signup_work[] = {
	{ "SELECT s.id FROM signup s JOIN event e ON e.id = s.event WHERE coalesce(e.last_day, "
	  "e.first_day) <= $1 AND (s.name IS NOT NULL OR EXISTS (SELECT 1 FROM ticket t WHERE "
	  "t.signup = s.id AND (t.name IS NOT NULL OR t.code IS NOT NULL))) ORDER BY s.id LIMIT 50",
	    cut_signup, NULL },
	{ NULL, NULL, NULL },
};
static const struct work read_work[] = {
	{ "SELECT DISTINCT day FROM sensitive_read WHERE day <= $1 ORDER BY day LIMIT 50",
	    drop_read, NULL },
	{ "SELECT DISTINCT day FROM family_read WHERE day <= $1 ORDER BY day LIMIT 50",
	    drop_family_read, NULL },
	{ NULL, NULL, NULL },
};
static const struct work relief_work[] = {
	{ "SELECT n.id FROM need n JOIN headquarters h ON h.id = n.headquarters WHERE h.closed_on "
	  "<= $1 AND (n.name IS NOT NULL OR n.phone IS NOT NULL OR n.note IS NOT NULL OR n.place "
	  "IS NOT NULL OR n.paper IS NOT NULL OR n.state_reason IS NOT NULL) ORDER BY n.id LIMIT "
	  "50",
	    cut_need, NULL },
	{ NULL, NULL, NULL },
};
static const struct work session_work[] = {
	{ "SELECT id FROM session WHERE ended_at IS NOT NULL AND ended_at < $2 AND $1 = $1 ORDER "
	  "BY id"
	  " LIMIT 50",
	    drop_session, NULL },
	{ NULL, NULL, NULL },
};

const struct term retention_terms[] = {
	{ "keep_attendance", N_("Who came to an event; then only that somebody came"), 12 },
	{ "keep_contacts", N_("Contacts after the last membership; then the name only"), 60 },
	{ "keep_reads", N_("The log of sensitive reads"), 12 },
	{ "keep_sessions", N_("Sign-ins that have ended"), 12 },
	{ "keep_signups", N_("Names, contacts and answers of sign-ups after the event"), 12 },
	{ "keep_relief", N_("Data of families after the closing of a relief headquarters"), 36 },
};
const size_t nretention_terms = ARRAY_LEN(retention_terms);
static const struct work *const works[] = { attendance_work, contact_work, read_work, session_work,
	signup_work, relief_work };

/* ---- a run ---- */

/* The last day that is past its term: so many months ago; attendances by whole years. */
static int
last_past(const struct ctx *cx, size_t term, int months)
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
	return works[term] == attendance_work ? day_make(day_year(day) - 1, 12, 31) : day;
}

struct bite {
	const struct run *from;
	struct run *r;
	const struct work *w;
};

static int
bite_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct bite *b = arg;
	size_t i;

	*b->r = *b->from; /* a write may run twice */
	for (i = 0; i < b->r->n; i++)
		TRY(b->w->apply(cx, tx, b->r, b->r->ids[i]));
	tx_touch_all(tx);
	return RC_OK;
}

static int
some_due(struct ctx *cx, struct run *r, const struct work *w)
{
	AUTO_ROWS rows = { 0 };

	r->n = 0;
	TRY(db_rows(cx, &rows, w->sql,
	    strstr(w->sql, "$2") == NULL
		? VALS(v_int(r->upto))
		: VALS(v_int(r->upto), v_int(cx->now - (int64_t)r->months * 30 * US_PER_DAY))));
	while (r->n < BITE && rows_next(&rows))
		r->ids[r->n++] = row_int(&rows, 0);
	return rows_end(&rows);
}

static int
run_work(struct ctx *cx, struct run *r, const struct work *w)
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
		r.upto = last_past(cx, i, r.months);
		for (w = 0; works[i][w].sql != NULL; w++)
			TRY(run_work(cx, &r, &works[i][w]));
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

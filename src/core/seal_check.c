/* seal_check.c – the audit recounted: each row against its mac, each seal against its rows, each root
 * against its seals, and a root from outside against all of them; see seal.h.
 *
 * Two chains are counted side by side. One takes the stored macs and digests and so names the very
 * place that does not fit. The other takes only what the rows say: its roots are what the rows are
 * worth now, and a root from outside is held against these. */
#include <sodium.h>

#include "core/seal_inner.h"

enum { MAC = PROOF_MAC };

struct proof {
	struct ctx *cx;
	struct buf *out, scratch;
	const struct seal *seals;
	size_t nseals, at;
	const struct root *roots;
	size_t nroots, root;
	struct dropped dropped;
	unsigned char *stored, *counted; /* macs of the seal at hand */
	int64_t rows;			 /* of the seal at hand */
	int64_t first_at;
	int64_t total;			      /* rows of all seals so far, as sealed */
	unsigned char digest[MAC], hash[MAC]; /* the counted chain: last seal, last root */
	int64_t records, differences;
	/* the root from outside */
	bool asked, fits, known;
	int asked_day;
	unsigned char wanted[MAC];
};

static void
differs(struct proof *p, const char *line)
{
	if (++p->differences <= SEAL_LINES_MAX)
		buf_printf(p->out, "%s\n", line);
}

static const char *
day_of(struct proof *p, int64_t at)
{
	char day[16];

	day_iso(at == 0 ? 0 : day_of_moment(at), day);
	return arena_str(p->cx->arena, day);
}

/* ---- what there is ---- */

static int
load_seals(struct ctx *cx, struct seal **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	TRY(db_int(cx, &count, "SELECT count(*) FROM audit_seal", NO_VALS));
	*out = arena_array(cx->arena, struct seal, count + 1);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id, from_id, upto_id, rows, at, digest FROM audit_seal ORDER BY id", NO_VALS));
	while ((int64_t)*n < count && rows_next(&r)) {
		struct seal *s = &(*out)[(*n)++];

		*s = (struct seal){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2), row_int(&r, 3),
			row_int(&r, 4), { 0 } };
		hash_copy(s->digest, row_slice(&r, 5));
	}
	return rows_end(&r);
}

static int
load_roots(struct ctx *cx, struct root **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t count;

	TRY(db_int(cx, &count, "SELECT count(*) FROM audit_root", NO_VALS));
	*out = arena_array(cx->arena, struct root, count + 1);
	*n = 0;
	TRY(db_rows(
	    cx, &r, "SELECT id, rows, seal, day, root FROM audit_root ORDER BY id", NO_VALS));
	while ((int64_t)*n < count && rows_next(&r)) {
		struct root *t = &(*out)[(*n)++];

		*t = (struct root){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			(int)row_int(&r, 3), { 0 } };
		hash_copy(t->hash, row_slice(&r, 4));
	}
	return rows_end(&r);
}

/* ---- roots ---- */

/* The seal just closed is the last one of a root. */
static void
close_root(struct proof *p)
{
	static const unsigned char nothing[MAC];
	const struct root *r = &p->roots[p->root];
	unsigned char want[MAC];
	char day[16];

	day_iso(r->day, day);
	root_hash(&p->scratch, r, p->root == 0 ? nothing : p->roots[p->root - 1].hash,
	    p->seals[p->at].digest, want);
	if (memcmp(want, r->hash, MAC) != 0 || r->rows != p->total)
		differs(p, arena_printf(p->cx->arena,
			       "root of %s: does not fit the seals (%lld rows, sealed were %lld)",
			       day, (long long)r->rows, (long long)p->total));
	root_hash(&p->scratch, r, p->hash, p->digest, want);
	memcpy(p->hash, want, MAC);
	p->known = p->known || (p->asked && memcmp(p->wanted, r->hash, MAC) == 0);
	if (p->asked && memcmp(p->wanted, want, MAC) == 0 &&
	    (p->asked_day == 0 || p->asked_day == r->day)) {
		p->fits = true;
		buf_printf(p->out, "root of %s, %lld rows: fits\n", day, (long long)r->rows);
	}
	p->root++;
}

/* Nothing can be counted on top of a seal that is no more. */
static void
root_without_seal(struct proof *p)
{
	char day[16];

	day_iso(p->roots[p->root++].day, day);
	memset(p->hash, 0, MAC);
	differs(p, arena_printf(p->cx->arena,
		       "root of %s: its seal is missing: rows of the audit were cut off", day));
}

/* A root from outside that no day gives. */
static void
root_unmet(struct proof *p)
{
	const struct root *last = p->nroots == 0 ? NULL : &p->roots[p->nroots - 1];
	char day[16] = "", end[16] = "no day";
	size_t i;

	if (!p->asked || p->fits)
		return;
	if (last != NULL)
		day_iso(last->day, end);
	if (p->known) {
		differs(p, "root given: this day's root is kept here, but the rows up to it do not "
			   "give it any more");
		return;
	}
	day_iso(p->asked_day, day);
	for (i = 0; p->asked_day != 0 && i < p->nroots; i++)
		if (p->roots[i].day == p->asked_day) {
			differs(p, arena_printf(p->cx->arena,
				       "root given: the rows up to %s give another one: they were "
				       "changed and sealed anew",
				       day));
			return;
		}
	differs(p,
	    arena_printf(p->cx->arena,
		"root given%s%s: no day here has it; the roots end with %s, %lld rows: the "
		"tail of the audit was cut off, or it was changed and sealed anew",
		*day == '\0' ? "" : " for ", day, end, last == NULL ? 0LL : (long long)last->rows));
}

/* ---- seals ---- */

static bool
gone(const struct proof *p, const struct seal *s)
{
	return p->rows == 0 && s->upto <= p->dropped.upto;
}

static void
seal_differs(struct proof *p, const struct seal *s, const char *what)
{
	differs(p, arena_printf(p->cx->arena, "audit %lld to %lld (%s%s): %s", (long long)s->from,
		       (long long)s->upto, p->first_at == 0 ? "sealed " : "",
		       day_of(p, p->first_at != 0 ? p->first_at : s->at), what));
}

/* All rows of the seal at hand were seen: compare, and go to the next. */
static void
close_seal(struct proof *p)
{
	static const unsigned char nothing[MAC];
	const struct seal *s = &p->seals[p->at];
	unsigned char want[MAC];

	p->total += s->rows;
	if (gone(p, s)) { /* retention's line vouches for it */
		memcpy(p->digest, s->digest, MAC);
		if (s->upto == p->dropped.upto && memcmp(s->digest, p->dropped.digest, MAC) != 0)
			seal_differs(p, s, "not the seal under which its rows were dropped");
	} else if (p->rows != s->rows || s->rows > SEAL_ROWS_MAX) {
		seal_differs(p, s,
		    arena_printf(p->cx->arena, "%lld rows, sealed were %lld", (long long)p->rows,
			(long long)s->rows));
		memset(p->digest, 0, MAC);
	} else {
		seal_digest(&p->scratch, s, p->at == 0 ? nothing : p->seals[p->at - 1].digest,
		    p->stored, want);
		if (memcmp(want, s->digest, MAC) != 0)
			seal_differs(p, s, "the seal does not fit the rows");
		seal_digest(&p->scratch, s, p->digest, p->counted, want);
		memcpy(p->digest, want, MAC);
	}
	while (p->root < p->nroots && p->roots[p->root].seal < s->id)
		root_without_seal(p);
	if (p->root < p->nroots && p->roots[p->root].seal == s->id)
		close_root(p);
	p->rows = 0;
	p->first_at = 0;
	p->at++;
}

/* ---- rows ---- */

static void
row_differs(struct proof *p, const struct rows *r, const char *what)
{
	struct slice action = row_slice(r, 3), kind = row_slice(r, 4);

	differs(p, arena_printf(p->cx->arena, "audit %lld (%.*s %.*s %lld, %s): %s",
		       (long long)row_int(r, 0), (int)action.n, action.p, (int)kind.n,
		       kind.p == NULL ? "" : kind.p, (long long)row_int(r, 5),
		       day_of(p, row_int(r, 1)), what));
}

/* The mac that this row would have. */
static void
count_mac(struct proof *p, const struct rows *r, unsigned char out[MAC])
{
	struct audit_line l = { .at = row_int(r, 1),
		.account = row_int(r, 2),
		.action = row_slice(r, 3),
		.kind = row_slice(r, 4),
		.rec = row_int(r, 5),
		.fields = row_slice(r, 6),
		.version = row_int(r, 8),
		.digest = row_null(r, 9) ? (struct slice){ NULL, 0 } : row_slice(r, 9) };

	audit_mac(&p->scratch, &l, out);
}

static void
prove_row(struct proof *p, const struct rows *r)
{
	int64_t id = row_int(r, 0);
	unsigned char stored[MAC], counted[MAC];

	hash_copy(stored, row_slice(r, 7)); /* zeros for one of a wrong size, as sealed */
	if (row_slice(r, 7).n != MAC)
		memset(stored, 0, MAC);
	count_mac(p, r, counted);
	p->records++;
	while (p->at < p->nseals && id > p->seals[p->at].upto)
		close_seal(p);
	if (memcmp(stored, counted, MAC) != 0)
		row_differs(p, r, "the row was changed");
	if (p->at == p->nseals)
		return; /* not sealed yet */
	if (id < p->seals[p->at].from) {
		row_differs(p, r, "lies between two seals");
		return;
	}
	if (p->rows == 0)
		p->first_at = row_int(r, 1);
	if (p->rows < SEAL_ROWS_MAX) {
		memcpy(p->stored + p->rows * MAC, stored, MAC);
		memcpy(p->counted + p->rows * MAC, counted, MAC);
	}
	p->rows++;
}

/* ---- the whole ---- */

static int
read_root(struct proof *p, const char *text)
{
	const char *hex = text, *colon = text == NULL ? NULL : strchr(text, ':');
	char day[16];
	size_t n = 0;

	if (text == NULL)
		return RC_OK;
	if (colon != NULL) {
		if (colon - text >= (ptrdiff_t)sizeof day)
			return fail(p->cx, RC_INVALID, "%s", "--root [DAY:]HASH");
		memcpy(day, text, (size_t)(colon - text));
		day[colon - text] = '\0';
		if (!day_parse(day, &p->asked_day))
			return fail(p->cx, RC_INVALID, "%s", "--root [DAY:]HASH");
		hex = colon + 1;
	}
	/* As it stands on paper: groups may be apart. */
	if (sodium_hex2bin(p->wanted, MAC, hex, strlen(hex), " -\n", &n, &hex) != 0 || n != MAC ||
	    *hex != '\0')
		return fail(p->cx, RC_INVALID, "%s", "--root: a root has 64 hex digits");
	p->asked = true;
	return RC_OK;
}

int
seal_check_root(
    struct ctx *cx, const char *root, struct buf *out, int64_t *records, int64_t *differences)
{
	struct proof p = { .cx = cx, .out = out };
	struct seal *seals;
	struct root *roots;
	AUTO_ROWS r = { 0 };

	TRY(read_root(&p, root));
	p.stored = arena_alloc(cx->arena, (size_t)SEAL_ROWS_MAX * MAC);
	p.counted = arena_alloc(cx->arena, (size_t)SEAL_ROWS_MAX * MAC);
	buf_init(&p.scratch, cx->arena, 0);
	TRY(load_seals(cx, &seals, &p.nseals));
	TRY(load_roots(cx, &roots, &p.nroots));
	TRY(seal_dropped(cx, &p.dropped));
	p.seals = seals;
	p.roots = roots;
	TRY(db_stream(cx, &r,
	    "SELECT id, at, account, action, kind, rec, fields, mac, version, digest FROM audit"
	    " ORDER BY id",
	    NO_VALS));
	while (rows_next(&r))
		prove_row(&p, &r);
	TRY(rows_end(&r));
	while (p.at < p.nseals)
		close_seal(&p);
	while (p.root < p.nroots)
		root_without_seal(&p);
	root_unmet(&p);
	*records = p.records;
	*differences = p.differences;
	return RC_OK;
}

int
seal_check(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	return seal_check_root(cx, NULL, out, records, differences);
}

/* seal_history.c – the versions in history against their own hashes, their numbers and their lines in
 * the audit; see seal.h.
 *
 * Walked once in the order of records, each version beside its line in the audit. What an erasure
 * rewrote is vouched for by its "forget" line as a whole, newer versions again one by one. Versions
 * from before migration 9 carry no hash; once they began, every later one must. */
#include <stdio.h>

#include "core/seal_inner.h"

struct forget {
	struct slice kind;
	int64_t rec, version;
	unsigned char digest[PROOF_MAC];
};
struct walk {
	struct ctx *cx;
	struct buf *out, scratch, macs;
	struct dropped dropped;
	const struct forget *forgets;
	size_t nforgets, f;
	int64_t first; /* id of the first version with a hash; 0 = there is none */
	/* the record at hand */
	char kind[64];
	int64_t rec, version;
	const struct forget *forget; /* its newest, NULL = none */
	int64_t records, differences;
};

static void
differs(struct walk *w, int64_t version, int64_t at, const char *what)
{
	char day[16];

	day_iso(day_of_moment(at), day);
	if (++w->differences <= SEAL_LINES_MAX)
		buf_printf(w->out, "%s %lld, version %lld (%s): %s\n", w->kind, (long long)w->rec,
		    (long long)version, day, what);
}

static int
load_forgets(struct walk *w)
{
	struct ctx *cx = w->cx;
	struct forget *list;
	AUTO_ROWS r = { 0 };
	int64_t count;

	TRY(db_int(cx, &count, "SELECT count(*) FROM audit WHERE action = 'forget'", NO_VALS));
	w->forgets = list = arena_array(cx->arena, struct forget, count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT kind, rec, version, digest FROM audit WHERE action = 'forget'"
	    " ORDER BY kind, rec, id",
	    NO_VALS));
	while ((int64_t)w->nforgets < count && rows_next(&r)) {
		struct forget *f = &list[w->nforgets++];

		*f = (struct forget){ slice_str(row_text(&r, 0)), row_int(&r, 1), row_int(&r, 2),
			{ 0 } };
		hash_copy(f->digest, row_slice(&r, 3));
	}
	return rows_end(&r);
}

static int
before(const struct forget *f, const char *kind, int64_t rec)
{
	int c = strcmp(f->kind.p, kind);

	return c != 0 ? c : f->rec < rec ? -1 : f->rec > rec;
}

/* All versions that an erasure vouches for were seen. */
static void
close_record(struct walk *w)
{
	unsigned char want[PROOF_MAC];

	if (w->forget == NULL)
		return;
	vault_mac(VAULT_HISTORY, w->macs.p, w->macs.n, want);
	if (memcmp(want, w->forget->digest, PROOF_MAC) != 0)
		differs(w, w->forget->version, w->cx->now,
		    "versions up to this one are not what the erasure left");
	w->forget = NULL;
}

static void
open_record(struct walk *w, struct slice name, int64_t rec)
{
	const char *kind = w->kind;

	snprintf(w->kind, sizeof w->kind, "%.*s", (int)name.n, name.p);
	w->rec = rec;
	w->version = 0;
	w->macs.n = 0;
	buf_str(&w->macs, "forget|");
	while (w->f < w->nforgets && before(&w->forgets[w->f], kind, rec) < 0)
		w->f++;
	for (; w->f < w->nforgets && before(&w->forgets[w->f], kind, rec) == 0; w->f++)
		w->forget = &w->forgets[w->f]; /* the newest */
}

/* Columns: kind, rec, version, at, account, action, data, subject, secret, mac, id, a.id, a.digest. */
static void
audit_beside(struct walk *w, const struct rows *r, int64_t version, int64_t at)
{
	struct slice mac = row_slice(r, 9), digest = row_slice(r, 12);

	if (row_null(r, 11)) {
		if (!row_null(r, 9) && at >= w->dropped.before)
			differs(w, version, at, "its line in the audit is missing");
	} else if (mac.n != digest.n ||
		   memcmp(mac.p == NULL ? "" : mac.p, digest.p == NULL ? "" : digest.p, mac.n) != 0)
		differs(w, version, at, "the audit tells of another content");
}

static bool
hash_fits(struct walk *w, const struct rows *r)
{
	struct history_line h = { .kind = row_slice(r, 0),
		.rec = row_int(r, 1),
		.version = row_int(r, 2),
		.at = row_int(r, 3),
		.account = row_int(r, 4),
		.action = row_slice(r, 5),
		.data = row_slice(r, 6),
		.subject = row_int(r, 7),
		.secret = row_null(r, 8) ? (struct slice){ NULL, 0 } : row_slice(r, 8) };
	unsigned char want[PROOF_MAC];
	struct slice mac = row_slice(r, 9);

	if (row_null(r, 9))
		return w->first == 0 || row_int(r, 10) < w->first; /* older than the hashes */
	history_mac(&w->scratch, &h, want);
	return mac.n == PROOF_MAC && memcmp(mac.p, want, PROOF_MAC) == 0;
}

static void
version_row(struct walk *w, const struct rows *r)
{
	struct slice kind = row_slice(r, 0);
	int64_t rec = row_int(r, 1), version = row_int(r, 2), at = row_int(r, 3);
	bool vouched;

	if (rec != w->rec || !slice_is(kind, w->kind)) {
		close_record(w);
		open_record(w, kind, rec);
	}
	vouched = w->forget != NULL && version <= w->forget->version;
	if (!vouched && w->version == 0 && w->forget != NULL)
		w->version = w->forget->version;
	w->records++;
	if (version == w->version && w->version != 0 && !vouched)
		differs(w, version, at, "it is there twice");
	else if (!vouched && version != w->version + 1)
		differs(w, w->version + 1, at, "it was removed from the history");
	if (!hash_fits(w, r))
		differs(w, version, at, "the history was changed");
	if (vouched && !row_null(r, 9))
		buf_put(&w->macs, row_slice(r, 9).p, row_slice(r, 9).n);
	else if (!vouched)
		audit_beside(w, r, version, at);
	w->version = version;
}

int
seal_check_history(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	struct walk w = { .cx = cx, .out = out };
	AUTO_ROWS r = { 0 };

	buf_init(&w.scratch, cx->arena, 0);
	buf_init(&w.macs, cx->arena, 0);
	TRY(load_forgets(&w));
	TRY(seal_dropped(cx, &w.dropped));
	TRY(db_int(cx, &w.first, "SELECT coalesce(min(id), 0) FROM history WHERE mac IS NOT NULL",
	    NO_VALS));
	TRY(db_stream(cx, &r,
	    "SELECT h.kind, h.rec, h.version, h.at, h.account, h.action, h.data, h.subject,"
	    " h.secret, h.mac, h.id, a.id, a.digest FROM history h LEFT JOIN audit a"
	    " ON a.kind = h.kind AND a.rec = h.rec AND a.version = h.version"
	    " AND a.action <> 'forget' ORDER BY h.kind, h.rec, h.version",
	    NO_VALS));
	while (rows_next(&r))
		version_row(&w, &r);
	TRY(rows_end(&r));
	close_record(&w);
	*records = w.records;
	*differences = w.differences;
	return RC_OK;
}

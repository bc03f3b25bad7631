/* door_verify.c – for `verify`: everything that follows from the scans, counted again from the scans.
 *
 * Nothing kept is believed. The content of each scan is held against its digest, the digests of each upload
 * against its line in the audit, the answers, passes and attendances against what door_derive() says of the
 * set. An event is read in pieces, whole subjects each; undos and conflicts of the event stand in every
 * piece. A guest's name that went with its term leaves its digest. A withdrawal by hand stands. */
#include "core/seal.h"
#include "kind/vault.h"
#include "mod/door/door_inner.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 20000, LINES = 20 };

struct told { /* of a scan, until its event is read */
	int64_t batch, received_at;
	unsigned char digest[SCAN_DIGEST];
};
struct batches {
	struct told *v;
	size_t n, cap;
};
struct look {
	struct ctx *cx;
	struct buf *out;
	struct arena own; /* of one event */
	struct batches batches;
	int64_t event, kept_from, records, differences;
	struct take t; /* only for its set */
	size_t nspecial;
};

static void __attribute__((format(printf, 2, 3)))
differs(struct look *l, const char *fmt, ...)
{
	va_list ap;

	if (++l->differences > LINES)
		return;
	buf_printf(l->out, "door of event %lld: ", (long long)l->event);
	va_start(ap, fmt);
	buf_vprintf(l->out, fmt, ap);
	va_end(ap);
	buf_char(l->out, '\n');
}

static void
differs_scan(struct look *l, const struct scan *s, const char *what)
{
	char text[37];

	nonce_text(s->nonce, text);
	differs(l, "scan %s, copy %lld: %s", text, (long long)s->copy, what);
}

/* ---- a piece ---- */

static bool
name_gone(const struct scan *s)
{
	return s->kind != SCAN_UNDO && s->ticket == 0 && s->person == 0 && s->guest == NULL &&
	       s->shown == NULL;
}

static void
check_content(struct look *l, const struct scan *s)
{
	struct scan again = *s;

	scan_digest(l->cx->arena, &again);
	if (!name_gone(s) && memcmp(again.digest, s->digest, SCAN_DIGEST) != 0)
		differs_scan(l, s, "its content is not what the device sent");
}

static void
note_batch(struct look *l, const struct scan *s)
{
	struct batches *b = &l->batches;

	if (b->n == b->cap) {
		size_t cap = b->cap == 0 ? 1024 : b->cap * 2;
		struct told *v = arena_array(&l->own, struct told, cap);

		if (b->n > 0)
			memcpy(v, b->v, b->n * sizeof *v);
		b->v = v;
		b->cap = cap;
	}
	b->v[b->n].batch = s->batch;
	b->v[b->n].received_at = s->received_at;
	memcpy(b->v[b->n++].digest, s->digest, SCAN_DIGEST);
}

static int
check_passes(struct look *l, const struct pass *p, size_t n)
{
	AUTO_ROWS r = { 0 };
	size_t i = 0;

	if (n == 0)
		return RC_OK;
	TRY(db_rows(l->cx, &r,
	    "SELECT p.subject, p.came, p.inside, p.attendance, a.event, a.basis, a.withdrawn FROM "
	    "door_pass p LEFT JOIN attendance a ON a.id = p.attendance WHERE p.event = $1 AND "
	    "p.subject >= $2 AND p.subject <= $3 ORDER BY p.subject",
	    VALS(v_int(l->event), v_text(p[0].subject), v_text(p[n - 1].subject))));
	while (rows_next(&r)) {
		const char *subject = row_text(&r, 0), *basis = row_text(&r, 5);

		while (i < n && strcmp(p[i].subject, subject) < 0)
			differs(l, "subject %s has scans and no pass", p[i++].subject);
		if (i == n || strcmp(p[i].subject, subject) != 0) {
			differs(l, "subject %s has a pass and no scan", subject);
			continue;
		}
		if (row_int(&r, 1) != p[i].came || (row_int(&r, 2) != 0) != p[i].inside)
			differs(l, "subject %s: the kept pass is another one", subject);
		if (p[i].came != 0 && row_int(&r, 4) != l->event)
			differs(l, "subject %s came and has no attendance", subject);
		else if (p[i].came == 0 && basis != NULL && strcmp(basis, "scanned") == 0 &&
			 row_int(&r, 6) == 0)
			differs(l, "subject %s did not come and has an attendance", subject);
		i++;
	}
	TRY(rows_end(&r));
	for (; i < n; i++)
		differs(l, "subject %s has scans and no pass", p[i].subject);
	return RC_OK;
}

struct kept_scan {
	struct scan *scan, as;
};

/* Passes of subjects of this piece only: of others the set holds a part. */
static size_t
only_whole(struct look *l, struct pass *p, size_t n)
{
	size_t i, kept = 0;

	for (i = 0; i < n; i++)
		if (subjects_has(&l->t, p[i].subject))
			p[kept++] = p[i];
	return kept;
}

static int
check_piece(struct look *l)
{
	struct set *set = &l->t.set;
	struct kept_scan *kept = arena_array(l->cx->arena, struct kept_scan, set->n + 1);
	struct pass *passes = arena_array(l->cx->arena, struct pass, set->n + 1);
	size_t i, n = 0, npasses;

	for (i = l->nspecial; i < set->n; i++)
		kept[n++] = (struct kept_scan){ set->v[i], *set->v[i] };
	door_derive(set->v, set->n, passes, &npasses);
	for (i = 0; i < n; i++) {
		const struct scan *s = kept[i].scan, *was = &kept[i].as;

		if (s->result != was->result || s->reason != was->reason ||
		    s->undone != was->undone || s->since != was->since)
			differs_scan(l, s, "its answer does not follow from the scans");
	}
	return check_passes(l, passes, only_whole(l, passes, npasses));
}

/* ---- reading ---- */

static void
begin_piece(struct look *l)
{
	l->t.set = (struct set){ 0 };
	l->t.dirty = (struct subjects){ 0 };
	l->t.cx = l->cx;
	l->t.e.rec.id = l->event;
}

/* Special rows again in each piece: derive() sorts and changes them. Those that belong to the piece are
 * checked with it. */
static int
end_piece(struct look *l, struct scan **v, size_t n)
{
	size_t i;

	begin_piece(l);
	for (i = 0; i < n; i++) {
		set_add(&l->t, v[i]);
		subjects_add(&l->t, v[i]->subject);
	}
	l->nspecial = 0;
	TRY(take_special(&l->t));
	/* What take_special() added stands behind: move it to the front. */
	if (l->t.set.n > n) {
		size_t more = l->t.set.n - n;
		struct scan **all = arena_array(l->cx->arena, struct scan *, l->t.set.n);

		memcpy(all, l->t.set.v + n, more * sizeof *all);
		memcpy(all + more, l->t.set.v, n * sizeof *all);
		memcpy(l->t.set.v, all, l->t.set.n * sizeof *all);
		l->nspecial = more;
	}
	return check_piece(l);
}

/* The last subject of a full piece may go on: it begins the next one. */
static size_t
whole_subjects(struct scan *const *v, size_t n)
{
	size_t whole = n;

	while (whole > 0 && strcmp(v[whole - 1]->subject, v[n - 1]->subject) == 0)
		whole--;
	return whole;
}

static int
read_piece(struct look *l, const char *sql, struct vals vals, struct scan ***out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	size_t cap = 64;

	*n = 0;
	*out = arena_array(l->cx->arena, struct scan *, cap);
	TRY(db_rows(l->cx, &r, sql, vals));
	while (rows_next(&r)) {
		if (*n == cap) {
			struct scan **more = arena_array(l->cx->arena, struct scan *, cap * 2);

			memcpy(more, *out, cap * sizeof *more);
			*out = more;
			cap *= 2;
		}
		(*out)[(*n)++] = scan_row(l->cx, &r);
	}
	return rows_end(&r);
}

static int
check_named(struct look *l)
{
	char after[64] = "";
	int64_t limit = PIECE;

	for (;;) {
		struct arena_mark mark = arena_mark(l->cx->arena);
		struct scan **v;
		size_t n, whole, i;

		TRY(read_piece(l,
		    "SELECT " SCAN_COLUMNS " FROM scan WHERE event = $1 AND subject > $2 ORDER BY "
		    "subject, nonce, copy LIMIT $3",
		    VALS(v_int(l->event), v_text(after), v_int(limit)), &v, &n));
		if (n == 0)
			return RC_OK;
		whole = (int64_t)n == limit ? whole_subjects(v, n) : n;
		if (whole == 0) {
			limit *= 2;
			arena_rewind(l->cx->arena, mark);
			continue;
		}
		memset(after, 0, sizeof after);
		strncpy(after, v[whole - 1]->subject, sizeof after - 1);
		for (i = 0; i < whole; i++) {
			check_content(l, v[i]);
			note_batch(l, v[i]);
		}
		l->records += (int64_t)whole;
		TRY(end_piece(l, v, whole));
		arena_rewind(l->cx->arena, mark);
		if (whole == n && (int64_t)n < limit)
			return RC_OK;
	}
}

/* Undos and what nobody stands behind. */
static int
check_nameless(struct look *l)
{
	unsigned char after[NONCE_SIZE] = { 0 };
	bool first = true;

	for (;;) {
		struct arena_mark mark = arena_mark(l->cx->arena);
		struct scan **v;
		size_t n, i;

		TRY(read_piece(l,
		    first ? "SELECT " SCAN_COLUMNS " FROM scan WHERE event = $1 AND subject IS NULL "
			    "AND nonce >= $2 ORDER BY nonce, copy LIMIT $3"
			  : "SELECT " SCAN_COLUMNS " FROM scan WHERE event = $1 AND subject IS NULL "
			    "AND nonce > $2 ORDER BY nonce, copy LIMIT $3",
		    VALS(v_int(l->event),
			v_blob((struct slice){ (const char *)after, NONCE_SIZE }), v_int(PIECE)),
		    &v, &n));
		first = false;
		if (n == 0)
			return RC_OK;
		memcpy(after, v[n - 1]->nonce, NONCE_SIZE);
		for (i = 0; i < n; i++) {
			check_content(l, v[i]);
			note_batch(l, v[i]);
		}
		l->records += (int64_t)n;
		TRY(end_piece(l, v, n));
		arena_rewind(l->cx->arena, mark);
		if (n < PIECE)
			return RC_OK;
	}
}

/* ---- uploads ---- */

static int
by_batch(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	if (x->batch != y->batch)
		return x->batch < y->batch ? -1 : 1;
	return memcmp(x->digest, y->digest, SCAN_DIGEST);
}

static int
check_batch(struct look *l, const struct told *v, size_t n)
{
	struct scan *scans = arena_array(l->cx->arena, struct scan, n),
		    **p = arena_array(l->cx->arena, struct scan *, n);
	unsigned char mac[PROOF_MAC];
	AUTO_ROWS r = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		memcpy(scans[i].digest, v[i].digest, SCAN_DIGEST);
		p[i] = &scans[i];
	}
	batch_mac(l->cx->arena, l->event, v->batch, p, n, mac);
	TRY(db_rows(l->cx, &r,
	    "SELECT digest FROM audit WHERE kind = 'scan' AND rec = $1 AND action = 'scan'",
	    VALS(v_int(v->batch))));
	if (!rows_next(&r)) {
		if (v->received_at >= l->kept_from)
			differs(l, "upload %lld has no line in the audit", (long long)v->batch);
	} else {
		struct slice digest = row_slice(&r, 0);

		if (digest.n != PROOF_MAC || memcmp(digest.p, mac, PROOF_MAC) != 0)
			differs(l, "upload %lld: scans were added, removed or changed by hand",
			    (long long)v->batch);
	}
	return rows_end(&r);
}

static int
check_batches(struct look *l)
{
	struct batches *b = &l->batches;
	size_t i, n;

	if (b->n > 0)
		qsort(b->v, b->n, sizeof *b->v, by_batch);
	for (i = 0; i < b->n; i += n) {
		struct arena_mark mark = arena_mark(l->cx->arena);

		for (n = 1; i + n < b->n && b->v[i + n].batch == b->v[i].batch; n++)
			;
		TRY(check_batch(l, &b->v[i], n));
		arena_rewind(l->cx->arena, mark);
	}
	return RC_OK;
}

static int
check_event(struct look *l, int64_t event)
{
	l->event = event;
	l->batches = (struct batches){ 0 };
	TRY(check_named(l));
	TRY(check_nameless(l));
	TRY(check_batches(l));
	arena_reset(&l->own, ARENA_CHUNK);
	return RC_OK;
}

/* All scans of an upload removed together with their passes: only the audit still tells of it. */
static int
check_lines(struct look *l)
{
	int64_t lines, batches;

	TRY(db_int(l->cx, &lines,
	    "SELECT count(*) FROM audit WHERE kind = 'scan' AND action = 'scan'", NO_VALS));
	TRY(db_int(l->cx, &batches,
	    "SELECT count(DISTINCT batch) FROM scan WHERE received_at >= $1",
	    VALS(v_int(l->kept_from))));
	l->event = 0;
	if (lines > batches && l->kept_from == 0)
		differs(l, "%lld uploads of the audit have no scans",
		    (long long)(lines - batches));
	return RC_OK;
}

static int
check_door(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	struct look l = { .out = out };
	struct arena pieces;
	struct ctx in = *cx;
	AUTO_ROWS r = { 0 };
	int64_t *events, count;
	size_t n = 0, i;
	int rc = RC_OK;

	TRY(seal_kept_from(cx, &l.kept_from));
	TRY(db_int(cx, &count, "SELECT count(*) FROM (SELECT DISTINCT event FROM scan) e", NO_VALS));
	events = arena_array(cx->arena, int64_t, count + 1);
	TRY(db_rows(cx, &r, "SELECT DISTINCT event FROM scan ORDER BY event", NO_VALS));
	while (n < (size_t)count && rows_next(&r))
		events[n++] = row_int(&r, 0);
	TRY(rows_end(&r));
	/* What is read is forgotten piece by piece; what is said stays in the caller's arena. */
	arena_init(&pieces);
	arena_init(&l.own);
	in.arena = &pieces;
	l.cx = &in;
	for (i = 0; i < n && rc == RC_OK; i++)
		rc = check_event(&l, events[i]);
	arena_done(&l.own);
	arena_done(&pieces);
	l.cx = cx;
	TRY(rc);
	TRY(check_lines(&l));
	*records = l.records;
	*differences = l.differences;
	return RC_OK;
}

const struct verify_check door_check = { "door", check_door };

/* door_take.c – the set of scans that an upload belongs to, gathered with few statements.
 *
 * door_derive() wants every copy of a nonce, every undo, and all scans of a subject. Mostly nobody of an
 * upload has been scanned before: then there is nothing to gather, and four statements say so for fifty
 * scans as for one. Lists go as parameters, 512 at a time. */
#include "mod/door/door_inner.h"

#include <stdlib.h>
#include <string.h>

/* ---- the set, each row once ---- */

static size_t
slot_of(const struct set *s, const unsigned char *nonce, int64_t copy)
{
	uint64_t h;

	memcpy(&h, nonce, sizeof h); /* random already, unless somebody chose it */
	h = (h ^ (uint64_t)copy) * 0x9e3779b97f4a7c15u;
	return (size_t)(h >> 32) & (s->nslots - 1);
}

static bool
is_row(const struct scan *s, const unsigned char *nonce, int64_t copy)
{
	return s->copy == copy && memcmp(s->nonce, nonce, NONCE_SIZE) == 0;
}

struct scan *
set_find(const struct take *t, const unsigned char *nonce, int64_t copy)
{
	const struct set *s = &t->set;
	size_t i;

	if (s->nslots == 0)
		return NULL;
	for (i = slot_of(s, nonce, copy); s->slot[i] != 0; i = (i + 1) & (s->nslots - 1))
		if (is_row(s->v[s->slot[i] - 1], nonce, copy))
			return s->v[s->slot[i] - 1];
	return NULL;
}

static void
put_slot(struct set *s, size_t at)
{
	size_t i = slot_of(s, s->v[at]->nonce, s->v[at]->copy);

	while (s->slot[i] != 0)
		i = (i + 1) & (s->nslots - 1);
	s->slot[i] = at + 1;
}

static void
grow(struct take *t)
{
	struct set *s = &t->set;
	size_t cap = s->cap == 0 ? 128 : s->cap * 2, i;
	struct scan **v = arena_array(t->cx->arena, struct scan *, cap);

	if (s->n > 0)
		memcpy(v, s->v, s->n * sizeof *v);
	s->v = v;
	s->cap = cap;
	s->nslots = cap * 2;
	s->slot = arena_array(t->cx->arena, size_t, s->nslots);
	for (i = 0; i < s->n; i++)
		put_slot(s, i);
}

void
set_add(struct take *t, struct scan *s)
{
	if (set_find(t, s->nonce, s->copy) != NULL)
		return;
	if (t->set.n == t->set.cap)
		grow(t);
	t->set.v[t->set.n++] = s;
	put_slot(&t->set, t->set.n - 1);
}

/* ---- subjects, in order ---- */

static size_t
place_of(const struct subjects *s, const char *subject)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(s->v[mid], subject) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool
subjects_has(const struct take *t, const char *subject)
{
	size_t at = place_of(&t->dirty, subject);

	return at < t->dirty.n && strcmp(t->dirty.v[at], subject) == 0;
}

void
subjects_add(struct take *t, const char *subject)
{
	struct subjects *s = &t->dirty;
	size_t at;

	if (subject == NULL || subjects_has(t, subject))
		return;
	if (s->n == s->cap) {
		size_t cap = s->cap == 0 ? 64 : s->cap * 2;
		const char **v = arena_array(t->cx->arena, const char *, cap);

		if (s->n > 0)
			memcpy(v, s->v, s->n * sizeof *v);
		s->v = v;
		s->cap = cap;
	}
	at = place_of(s, subject);
	memmove(s->v + at + 1, s->v + at, (s->n - at) * sizeof *s->v);
	s->v[at] = subject;
	s->n++;
}

/* ---- rows ---- */

static enum scan_decision
decision_of(const char *code)
{
	return code == NULL ? DECIDED_NOT : *code == 'a' ? DECIDED_ACCEPT : DECIDED_REJECT;
}

static void
copy_blob(unsigned char *out, size_t n, struct slice s)
{
	memset(out, 0, n);
	if (s.n > 0)
		memcpy(out, s.p, s.n < n ? s.n : n);
}

struct scan *
scan_row(struct ctx *cx, const struct rows *r)
{
	static const enum scan_result results[] = { SCAN_DONE, SCAN_CONFLICT, SCAN_REFUSED };
	struct scan *s = arena_new(cx->arena, struct scan);
	const char *result = row_text(r, 17);
	size_t i;

	copy_blob(s->nonce, NONCE_SIZE, row_slice(r, 0));
	s->copy = row_int(r, 1);
	if (!scan_kind_parse(row_text(r, 2), &s->kind))
		s->kind = SCAN_IN;
	s->at = row_int(r, 3);
	s->device = row_text(r, 4);
	s->ticket = row_int(r, 5);
	s->person = row_int(r, 6);
	s->guest = row_text(r, 7);
	s->shown = row_text(r, 8);
	copy_blob(s->undoes, NONCE_SIZE, row_slice(r, 9));
	copy_blob(s->digest, SCAN_DIGEST, row_slice(r, 10));
	s->batch = row_int(r, 11);
	s->received_at = row_int(r, 12);
	s->account = row_int(r, 13);
	s->subject = row_text(r, 14);
	s->fact = scan_reason_parse(row_text(r, 15));
	s->decision = decision_of(row_text(r, 16));
	for (i = 0; i < ARRAY_LEN(results); i++)
		if (result != NULL && strcmp(result, scan_result_code(results[i])) == 0)
			s->result = results[i];
	s->reason = scan_reason_parse(row_text(r, 18));
	s->undone = row_int(r, 19) != 0;
	s->since = row_int(r, 20);
	s->stored = true;
	return s;
}

static int
rows_into(struct take *t, const char *sql, struct vals v)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(t->cx, &r, sql, v));
	while (rows_next(&r))
		set_add(t, scan_row(t->cx, &r));
	return rows_end(&r);
}

/* WHERE event = $1 AND column IN (all of v), in pieces. */
static int
rows_among(struct take *t, const char *column, const struct val *v, size_t n)
{
	struct val *p = arena_array(t->cx->arena, struct val, SQL_LIST_MAX + 1);
	size_t i, some, all;
	struct buf sql;

	p[0] = v_int(t->e.rec.id);
	for (i = 0; i < n; i += some) {
		some = n - i < SQL_LIST_MAX ? n - i : SQL_LIST_MAX;
		memcpy(p + 1, v + i, some * sizeof *v);
		buf_init(&sql, t->cx->arena, 0);
		buf_printf(&sql,
		    "SELECT " SCAN_COLUMNS " FROM scan WHERE event = $1 AND %s IN (", column);
		all = sql_list(&sql, 2, p + 1, some);
		buf_char(&sql, ')');
		TRY(rows_into(t, sql.p, (struct vals){ p, all + 1 }));
	}
	return RC_OK;
}

int
take_nonces(struct take *t, const unsigned char *const *nonces, size_t n)
{
	struct val *v = arena_array(t->cx->arena, struct val, n + 1);
	size_t i;

	for (i = 0; i < n; i++)
		v[i] = v_blob((struct slice){ (const char *)nonces[i], NONCE_SIZE });
	return rows_among(t, "nonce", v, n);
}

static int
special_nonces(struct take *t, const unsigned char ***out, size_t *n)
{
	size_t i;

	TRY(rows_into(t,
	    "SELECT " SCAN_COLUMNS " FROM scan WHERE event = $1 AND (copy > 0 OR undoes IS NOT "
	    "NULL)",
	    VALS(v_int(t->e.rec.id))));
	*n = 0;
	*out = arena_array(t->cx->arena, const unsigned char *, t->set.n + 1);
	for (i = 0; i < t->set.n; i++)
		if (t->set.v[i]->copy > 0)
			(*out)[(*n)++] = t->set.v[i]->nonce;
	return RC_OK;
}

int
take_special(struct take *t)
{
	const unsigned char **nonces;
	size_t n;

	TRY(special_nonces(t, &nonces, &n));
	return n == 0 ? RC_OK : take_nonces(t, nonces, n);
}

/* ---- what is kept of the dirty ones ---- */

static int
read_passes(struct take *t, const struct val *v, size_t n)
{
	struct val *p = arena_array(t->cx->arena, struct val, SQL_LIST_MAX + 1);
	AUTO_ROWS r = { 0 };
	struct buf sql;
	size_t all;

	p[0] = v_int(t->e.rec.id);
	memcpy(p + 1, v, n * sizeof *v);
	buf_init(&sql, t->cx->arena, 0);
	buf_str(&sql, "SELECT subject, came, inside, ticket, person, attendance, guest, seq FROM "
		      "door_pass WHERE event = $1 AND subject IN (");
	all = sql_list(&sql, 2, p + 1, n);
	buf_char(&sql, ')');
	TRY(db_rows(t->cx, &r, sql.p, (struct vals){ p, all + 1 }));
	while (rows_next(&r))
		t->old[t->nold++] = (struct pass){ .subject = row_text(&r, 0),
			.came = row_int(&r, 1),
			.inside = row_int(&r, 2) != 0,
			.ticket = row_int(&r, 3),
			.person = row_int(&r, 4),
			.attendance = row_int(&r, 5),
			.guest = row_text(&r, 6),
			.seq = row_int(&r, 7) };
	return rows_end(&r);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct pass *)a)->subject, ((const struct pass *)b)->subject);
}

/* Who has no pass has no scan stored either. */
int
take_subjects(struct take *t)
{
	size_t n = t->dirty.n, i, some;
	struct val *v = arena_array(t->cx->arena, struct val, n + 1);

	t->old = arena_array(t->cx->arena, struct pass, n + 1);
	t->nold = 0;
	for (i = 0; i < n; i++)
		v[i] = v_text(t->dirty.v[i]);
	for (i = 0; i < n; i += some) {
		some = n - i < SQL_LIST_MAX ? n - i : SQL_LIST_MAX;
		TRY(read_passes(t, v + i, some));
	}
	if (t->nold == 0)
		return RC_OK;
	qsort(t->old, t->nold, sizeof *t->old, by_name);
	for (i = 0; i < t->nold; i++)
		v[i] = v_text(t->old[i].subject);
	return rows_among(t, "subject", v, t->nold);
}

/* door_store.c – one upload: what is new is told from what came before, its gate is passed, and everything
 * that follows is written in one transaction; see door.h.
 *
 * An upload is harmless when it is repeated: a scan that stands already is a duplicate, the same nonce with
 * another content is kept beside the first and shown as a conflict. The audit has one line for each upload
 * that brought something, with a keyed hash over its scans; verify holds them against it (door_verify.c).
 * Uploads of one event wait for each other on PostgreSQL (event_key()). */
#include "kind/vault.h"
#include "mod/door/door_inner.h"

#include <stdlib.h>
#include <string.h>

#include "lang/order.h"

enum { US_PER_HOUR = 3600000, LATE_HOURS = 6, AHEAD_HOURS = 3 };
#define HOURS(n) ((int64_t)(n)*US_PER_HOUR * 1000)

/* ---- the gate: what ticket, event and day say of a new scan ---- */

static bool
in_days(const struct event *e, int64_t at)
{
	int last = e->last_day == 0 ? e->first_day : e->last_day;

	return at >= day_start(e->first_day) &&
	       at < day_start(day_add(last, 1)) + HOURS(LATE_HOURS);
}

/* RULE door-3: the event's days by the device's clock; who goes out after midnight has not left the day. A
 * clock that is ahead of ours tells of a moment that has not been. */
static bool
day_wrong(const struct take *t, const struct scan *s)
{
	if (s->at > t->cx->now + HOURS(AHEAD_HOURS))
		return true;
	return !in_days(&t->e, s->at) && (t->shift == 0 || !in_days(&t->e, s->at + t->shift));
}

static bool
event_is_off(const struct event *e)
{
	return strcmp(e->state, "cancelled") == 0 || strcmp(e->state, "postponed") == 0;
}

static const char *
guest_subject(struct take *t, const char *guest)
{
	const char *mac = vault_mac_hex(t->cx->arena, VAULT_HISTORY,
	    arena_printf(t->cx->arena, "guest|%lld|%s", (long long)t->e.rec.id,
		fold_key(t->cx->arena, guest)));

	return arena_printf(t->cx->arena, "g%.24s", mac);
}

static void
ticket_subject(struct take *t, struct scan *s)
{
	const struct door_ticket *k = door_ticket_by(&t->tickets, s->ticket, NULL);

	if (k == NULL) {
		s->fact = WHY_INVALID;
		return;
	}
	if (k->event != t->e.rec.id) {
		s->fact = WHY_WRONG_EVENT;
		return;
	}
	s->subject = k->person != 0 ? arena_printf(t->cx->arena, "p%lld", (long long)k->person)
				    : arena_printf(t->cx->arena, "t%lld", (long long)k->id);
	if (strcmp(k->state, "revoked") == 0 && (k->revoked_at == 0 || k->revoked_at <= s->at))
		s->fact = WHY_REVOKED;
	else if (strcmp(k->state, "waiting") == 0)
		s->fact = WHY_INVALID;
}

static int
member_in_scope(struct ctx *cx, int64_t event, int64_t person, bool *in)
{
	AUTO_ROWS r = { 0 };
	int64_t one;
	int rc = db_int(cx, &one,
	    "SELECT 1 FROM person WHERE id = $1 AND erased_on IS NULL AND (restricted_on IS NULL "
	    "OR "
	    "$2 = 1)",
	    VALS(v_int(person), v_int(may(cx, CAP_RIGHTS))));

	*in = rc == RC_OK && !actor_scoped(cx->actor);
	if (*in || rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(db_rows(cx, &r,
	    "SELECT body, 0 FROM membership WHERE person = $1 UNION ALL SELECT 0, id FROM ticket "
	    "WHERE person = $1 AND event = $2",
	    VALS(v_int(person), v_int(event))));
	while (rows_next(&r))
		*in = *in || row_int(&r, 1) != 0 || actor_in_scope(cx->actor, row_int(&r, 0));
	return rows_end(&r);
}

/* RULE door-7: only whom this actor's bodies know; anybody else is "invalid", so that numbers cannot be
 * tried out. */
static int
person_subject(struct take *t, struct scan *s)
{
	int64_t stands = 0;
	bool in = false;
	int rc = person_stands(t->cx, s->person, &stands);

	if (rc == RC_OK)
		TRY(member_in_scope(t->cx, t->e.rec.id, stands, &in));
	else if (rc != RC_NOTFOUND)
		return rc;
	if (in)
		s->subject = arena_printf(t->cx->arena, "p%lld", (long long)stands);
	else
		s->fact = WHY_INVALID;
	return RC_OK;
}

static int
pass_gate(struct take *t, struct scan *s)
{
	if (s->kind == SCAN_UNDO)
		return RC_OK;
	if (s->shown != NULL)
		s->fact = WHY_INVALID;
	else if (s->ticket != 0)
		ticket_subject(t, s);
	else if (s->person != 0)
		TRY(person_subject(t, s));
	else
		s->subject = guest_subject(t, s->guest);
	if (s->fact == WHY_NONE && event_is_off(&t->e))
		s->fact = WHY_CANCELLED;
	if (s->fact == WHY_NONE && day_wrong(t, s))
		s->fact = WHY_WRONG_DAY;
	return RC_OK;
}

/* ---- tickets of an upload ---- */

/* A short code means its ticket from here on; one that nobody knows stays as it was shown. */
static int
find_tickets(struct take *t, const struct upload *u, struct scan *scans)
{
	struct ctx *cx = t->cx;
	int64_t *ids = arena_array(cx->arena, int64_t, u->n + 1);
	const char **codes = arena_array(cx->arena, const char *, u->n + 1);
	size_t nids = 0, ncodes = 0, i;

	for (i = 0; i < u->n; i++)
		if (u->shown[i].ticket != 0 && u->shown[i].proved)
			ids[nids++] = u->shown[i].ticket;
		else if (u->shown[i].code != NULL)
			codes[ncodes++] = u->shown[i].code;
	TRY(door_tickets(cx, ids, nids, codes, ncodes, &t->tickets));
	for (i = 0; i < u->n; i++) {
		const struct door_ticket *k;

		if (u->shown[i].ticket != 0 && u->shown[i].proved) {
			k = door_ticket_by(&t->tickets, u->shown[i].ticket, NULL);
			if (k == NULL || k->event != u->shown[i].event)
				continue;
		} else if (u->shown[i].code == NULL ||
			   (k = door_ticket_by(&t->tickets, 0, u->shown[i].code)) == NULL)
			continue;
		scans[i].ticket = k->id;
		scans[i].shown = NULL;
	}
	return RC_OK;
}

/* ---- new, known, or another content ---- */

static int64_t
next_copy(const struct take *t, const unsigned char *nonce)
{
	int64_t copy = 0;

	while (set_find(t, nonce, copy) != NULL)
		copy++;
	return copy;
}

static const struct scan *
same_content(const struct take *t, const struct scan *s)
{
	const struct scan *other;
	int64_t copy;

	for (copy = 0; (other = set_find(t, s->nonce, copy)) != NULL; copy++)
		if (memcmp(other->digest, s->digest, SCAN_DIGEST) == 0)
			return other;
	return NULL;
}

static void
dirty_nonce(struct take *t, const unsigned char *nonce)
{
	const struct scan *other;
	int64_t copy;

	for (copy = 0; (other = set_find(t, nonce, copy)) != NULL; copy++)
		subjects_add(t, other->subject);
}

/* Whatever an undo of this nonce takes out or gives back. */
static void
dirty_targets(struct take *t, const unsigned char *nonce)
{
	const struct scan *other;
	int64_t copy;

	for (copy = 0; (other = set_find(t, nonce, copy)) != NULL; copy++)
		if (other->kind == SCAN_UNDO)
			dirty_nonce(t, other->undoes);
}

struct sorted {
	struct scan **fresh;
	const struct scan **means; /* of each scan of the upload: the row that it is */
	bool *again;
	size_t n;
};

static int
take_new(struct take *t, const struct upload *u, struct scan *scans, struct sorted *out)
{
	size_t i;

	for (i = 0; i < u->n; i++) {
		struct scan *s = &scans[i];
		const struct scan *same;

		scan_digest(t->cx->arena, s);
		same = same_content(t, s);
		out->again[i] = same != NULL;
		out->means[i] = same != NULL ? same : s;
		if (same != NULL)
			continue;
		TRY(pass_gate(t, s));
		s->copy = next_copy(t, s->nonce);
		s->batch = u->batch;
		s->received_at = t->cx->now;
		s->account = t->cx->actor->account;
		set_add(t, s);
		out->fresh[out->n++] = s;
	}
	for (i = 0; i < out->n; i++) {
		dirty_nonce(t, out->fresh[i]->nonce);
		dirty_targets(t, out->fresh[i]->nonce);
	}
	return RC_OK;
}

/* Rows under the nonces of the upload and under those that it undoes. */
static int
known_rows(struct take *t, const struct scan *scans, size_t n)
{
	const unsigned char **nonces = arena_array(t->cx->arena, const unsigned char *, 2 * n + 1);
	size_t i, all = 0;

	for (i = 0; i < n; i++) {
		nonces[all++] = scans[i].nonce;
		if (scans[i].kind == SCAN_UNDO)
			nonces[all++] = scans[i].undoes;
	}
	TRY(take_nonces(t, nonces, all));
	nonces = arena_array(t->cx->arena, const unsigned char *, t->set.n + 1);
	for (i = 0, all = 0; i < t->set.n; i++)
		if (t->set.v[i]->kind == SCAN_UNDO)
			nonces[all++] = t->set.v[i]->undoes;
	return all == 0 ? RC_OK : take_nonces(t, nonces, all);
}

/* ---- what an upload leaves besides ---- */

static int
by_digest(const void *a, const void *b)
{
	return memcmp(
	    (*(struct scan *const *)a)->digest, (*(struct scan *const *)b)->digest, SCAN_DIGEST);
}

/* The audit's line: a keyed hash over event and digests, in their order. */
void
batch_mac(struct arena *a, int64_t event, int64_t batch, struct scan **v, size_t n,
    unsigned char out[PROOF_MAC])
{
	struct buf b;
	size_t i;

	qsort(v, n, sizeof *v, by_digest);
	buf_init(&b, a, 0);
	buf_printf(&b, "scans|%lld|%lld|%zu|", (long long)event, (long long)batch, n);
	for (i = 0; i < n; i++)
		buf_put(&b, v[i]->digest, SCAN_DIGEST);
	vault_mac(VAULT_AUDIT, b.p, b.n, out);
}

static int
leave_trace(struct take *t, const struct upload *u, struct scan **fresh, size_t n)
{
	unsigned char mac[PROOF_MAC];

	batch_mac(t->cx->arena, t->e.rec.id, u->batch, fresh, n, mac);
	TRY(audit_line_tx(t->cx, t->tx,
	    (struct audit_line){ .action = slice_str("scan"),
		.kind = slice_str("scan"),
		.rec = u->batch,
		.fields = slice_str(
		    arena_printf(t->cx->arena, "event %lld, %zu", (long long)t->e.rec.id, n)),
		.digest = { (const char *)mac, PROOF_MAC } }));
	tx_touch(t->tx, kind_number(&attendance_kind));
	return RC_OK;
}

static int
see_device(struct take *t, const struct upload *u, size_t fresh)
{
	return tx_run(t->cx, t->tx, NULL,
	    "INSERT INTO door_device (event, device, account, seen_at, scans, queued) VALUES ($1, "
	    "$2,"
	    " $3, $4, $5, $6) ON CONFLICT (event, device) DO UPDATE SET account = "
	    "excluded.account,"
	    " seen_at = excluded.seen_at, scans = door_device.scans + excluded.scans,"
	    " queued = excluded.queued",
	    VALS(v_int(t->e.rec.id), v_text(u->device), v_int(t->cx->actor->account),
		v_int(t->cx->now), v_int((int64_t)fresh), v_int_or(u->queued, INT_NONE)));
}

static void
tell(const struct upload *u, const struct sorted *s)
{
	size_t i;

	for (i = 0; i < u->n; i++) {
		const struct scan *row = s->means[i];

		u->told[i] = *row;
		if (row->result == SCAN_CONFLICT || (!s->again[i] && row->copy > 0))
			u->results[i] = SCAN_CONFLICT;
		else
			u->results[i] = s->again[i] ? SCAN_DUPLICATE : row->result;
	}
}

int
take_begin(struct take *t, int64_t event)
{
	struct ctx *cx = t->cx;
	int64_t days = day_number(cx->today) - day_number(day_of_moment(cx->now));

	TRY(kind_load(cx, &event_kind, event, &t->e));
	/* Around midnight one day more is no pinned day. */
	t->shift = days > 1 || days < -1 ? days * HOURS(24) : 0;
	if (strcmp(t->e.state, "approved") != 0 && !event_is_counted_state(t->e.state) &&
	    !event_is_off(&t->e))
		return fail(
		    cx, RC_RULE, N_("Attendance is marked at events that are approved or held."));
	return RC_OK;
}

static int
upload_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct upload *u = arg;
	struct take t = { .cx = cx, .tx = tx };
	struct scan *scans = arena_copy(cx->arena, u->scans, u->n * sizeof *scans);
	struct sorted s = { arena_array(cx->arena, struct scan *, u->n + 1),
		arena_array(cx->arena, const struct scan *, u->n + 1),
		arena_array(cx->arena, bool, u->n + 1), 0 };

	TRY(take_begin(&t, u->event));
	TRY(find_tickets(&t, u, scans));
	TRY(known_rows(&t, scans, u->n));
	TRY(take_new(&t, u, scans, &s));
	if (s.n > 0) {
		TRY(take_special(&t));
		TRY(take_subjects(&t));
		TRY(take_settle(&t, s.fresh, s.n));
		TRY(leave_trace(&t, u, s.fresh, s.n));
	}
	tell(u, &s);
	return see_device(&t, u, s.n);
}

int
door_upload(struct ctx *cx, struct upload *u)
{
	int64_t key = event_key(u->event);

	if (!may(cx, CAP_DOOR))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (u->n == 0)
		return RC_OK;
	return db_write_keys(cx, &key, 1, upload_fn, u);
}

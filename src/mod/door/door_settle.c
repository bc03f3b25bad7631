/* door_settle.c – what follows from the gathered set is stored: new scans, answers that became others,
 * passes, and the attendances behind them. All in the upload's own transaction. RULE door-4, door-5 */
#include "mod/door/door_inner.h"

#include <stdlib.h>
#include <string.h>

/* ---- scans ---- */

static int
insert_scan(struct take *t, const struct scan *s)
{
	const char *fact = scan_reason_code(s->fact);
	struct slice nonce = { (const char *)s->nonce, NONCE_SIZE },
		     undoes = { s->kind == SCAN_UNDO ? (const char *)s->undoes : NULL, NONCE_SIZE },
		     digest = { (const char *)s->digest, SCAN_DIGEST };

	return tx_run(t->cx, t->tx, NULL,
	    "INSERT INTO scan (event, nonce, copy, kind, at, device, ticket, person, guest, shown,"
	    " undoes, digest, batch, received_at, account, subject, fact, result, reason, undone, "
	    "since)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, "
	    "$18,"
	    " $19, $20, $21)",
	    VALS(v_int(t->e.rec.id), v_blob(nonce), v_int(s->copy), v_text(scan_kind_code(s->kind)),
		v_int(s->at), v_text(s->device), v_int_or(s->ticket, 0), v_int_or(s->person, 0),
		v_text(s->guest), v_text(s->shown), v_blob(undoes), v_blob(digest), v_int(s->batch),
		v_int(s->received_at), v_int(s->account), v_text(s->subject), v_text(fact),
		v_text(scan_result_code(s->result)), v_text(scan_reason_code(s->reason)),
		v_int(s->undone), v_int_or(s->since, 0)));
}

static int
update_scan(struct take *t, const struct scan *s)
{
	return tx_run(t->cx, t->tx, NULL,
	    "UPDATE scan SET result = $1, reason = $2, undone = $3, since = $4 WHERE event = $5 AND"
	    " nonce = $6 AND copy = $7",
	    VALS(v_text(scan_result_code(s->result)), v_text(scan_reason_code(s->reason)),
		v_int(s->undone), v_int_or(s->since, 0), v_int(t->e.rec.id),
		v_blob((struct slice){ (const char *)s->nonce, NONCE_SIZE }), v_int(s->copy)));
}

struct before {
	struct scan *scan;
	enum scan_result result;
	enum scan_reason reason;
	bool undone;
	int64_t since;
};

/* Of a subject that is not dirty only a part may have been gathered: nothing is said of it. */
static bool
concerned(const struct take *t, const struct scan *s)
{
	return s->subject == NULL || subjects_has(t, s->subject);
}

static int
store_scans(struct take *t, const struct before *was, size_t n, struct scan **fresh, size_t nfresh)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct scan *s = was[i].scan;

		if (concerned(t, s) && (s->result != was[i].result || s->reason != was[i].reason ||
					   s->undone != was[i].undone || s->since != was[i].since))
			TRY(update_scan(t, s));
	}
	for (i = 0; i < nfresh; i++)
		TRY(insert_scan(t, fresh[i]));
	return RC_OK;
}

/* ---- passes and attendances ---- */

static const struct pass *
old_pass(const struct take *t, const char *subject)
{
	size_t lo = 0, hi = t->nold;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(t->old[mid].subject, subject) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->nold && strcmp(t->old[lo].subject, subject) == 0 ? &t->old[lo] : NULL;
}

/* Who stands behind a pass for the attendance. A ticket whose name is gone is named by its number. */
static int
name_of(struct take *t, struct pass *p)
{
	const struct door_ticket *k;
	struct door_tickets found;

	if (p->ticket == 0 || p->person != 0)
		return RC_OK;
	k = door_ticket_by(&t->tickets, p->ticket, NULL);
	if (k == NULL) {
		TRY(door_tickets(t->cx, &p->ticket, 1, NULL, 0, &found));
		k = door_ticket_by(&found, p->ticket, NULL);
	}
	p->guest = k != NULL && k->name != NULL && *k->name != '\0'
		       ? k->name
		       : arena_printf(t->cx->arena, "№ %lld", (long long)p->ticket);
	return RC_OK;
}

/* More passes may lie behind one attendance (a ticket that was given its person later): the earliest
 * arrival among them counts. */
static int
earliest(struct take *t, const struct pass *p, int64_t attendance, int64_t *came)
{
	int64_t other;

	TRY(db_int(t->cx, &other,
	    "SELECT coalesce(min(came), 0) FROM door_pass WHERE event = $1 AND attendance = $2 AND"
	    " subject <> $3 AND came IS NOT NULL",
	    VALS(v_int(t->e.rec.id), v_int(attendance), v_text(p->subject))));
	*came = p->came == 0 || (other != 0 && other < p->came) ? other : p->came;
	return RC_OK;
}

struct follow {
	struct pass *pass;
	size_t arrival; /* index + 1; 0 = nothing is said to attendances */
};

static int
prepare(struct take *t, struct pass *p, struct follow *f, struct event_arrival *a, size_t *n)
{
	const struct pass *was = old_pass(t, p->subject);
	int64_t came = p->came;

	f->pass = p;
	if (was != NULL) {
		p->attendance = was->attendance;
		if (was->came == p->came)
			return RC_OK;
	} else if (p->came == 0)
		return RC_OK;
	TRY(name_of(t, p));
	if (p->attendance != 0)
		TRY(earliest(t, p, p->attendance, &came));
	a[*n] = (struct event_arrival){ .ticket = p->ticket,
		.person = p->person,
		.guest = p->guest,
		.came_at = came,
		.attendance = p->attendance };
	f->arrival = ++*n;
	return RC_OK;
}

static int
store_pass(struct take *t, const struct pass *p, int64_t seq)
{
	return tx_run(t->cx, t->tx, NULL,
	    "INSERT INTO door_pass (event, subject, ticket, person, guest, came, inside, "
	    "attendance,"
	    " seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (event, subject) DO "
	    "UPDATE"
	    " SET ticket = excluded.ticket, guest = excluded.guest, came = excluded.came, inside = excluded.inside, attendance = "
	    "excluded.attendance,"
	    " seq = excluded.seq",
	    VALS(v_int(t->e.rec.id), v_text(p->subject), v_int_or(p->ticket, 0),
		v_int_or(p->person, 0), v_text(p->subject[0] == 'g' ? p->guest : NULL),
		v_int_or(p->came, 0), v_int(p->inside), v_int_or(p->attendance, 0), v_int(seq)));
}

static int
store_passes(struct take *t, struct pass *passes, size_t n)
{
	struct event_arrival *a = arena_array(t->cx->arena, struct event_arrival, n + 1);
	struct follow *f = arena_array(t->cx->arena, struct follow, n + 1);
	size_t i, na = 0, nf = 0;
	int64_t seq;

	for (i = 0; i < n; i++)
		if (subjects_has(t, passes[i].subject))
			TRY(prepare(t, &passes[i], &f[nf++], a, &na));
	if (na > 0)
		TRY(event_arrive_tx(t->cx, t->tx, &t->e, a, na));
	TRY(db_int(t->cx, &seq, "SELECT coalesce(max(seq), 0) FROM door_pass WHERE event = $1",
	    VALS(v_int(t->e.rec.id))));
	for (i = 0; i < nf; i++) {
		struct pass *p = f[i].pass;
		const struct pass *was = old_pass(t, p->subject);

		if (f[i].arrival != 0)
			p->attendance = a[f[i].arrival - 1].attendance;
		if (was == NULL || was->came != p->came || was->inside != p->inside ||
		    was->ticket != p->ticket || was->attendance != p->attendance)
			TRY(store_pass(t, p, ++seq));
	}
	return RC_OK;
}

int
take_settle(struct take *t, struct scan **fresh, size_t nfresh)
{
	struct ctx *cx = t->cx;
	struct before *was = arena_array(cx->arena, struct before, t->set.n + 1);
	struct pass *passes;
	size_t i, n = 0, npasses;

	for (i = 0; i < t->set.n; i++)
		if (t->set.v[i]->stored)
			was[n++] = (struct before){ t->set.v[i], t->set.v[i]->result,
				t->set.v[i]->reason, t->set.v[i]->undone, t->set.v[i]->since };
	passes = arena_array(cx->arena, struct pass, t->set.n + 1);
	door_derive(t->set.v, t->set.n, passes, &npasses);
	t->set.nslots = 0; /* the order is another one now */
	TRY(store_scans(t, was, n, fresh, nfresh));
	return store_passes(t, passes, npasses);
}

/* door_inner.h – what the files of the door share. Other modules use door.h. */
#ifndef MOD_DOOR_INNER_H
#define MOD_DOOR_INNER_H

#include "db/sqllist.h"
#include "kind/proof.h"
#include "mod/door/door.h"
#include "mod/registry/registry.h"

/* Columns of one scan as scan_row() reads them. */
#define SCAN_COLUMNS                                                                          \
	"nonce, copy, kind, at, device, ticket, person, guest, shown, undoes, digest, batch," \
	" received_at, account, subject, fact, decision, result, reason, undone, since"
/* In the arena. */
struct scan *scan_row(struct ctx *cx, const struct rows *r);

/* A ticket as far as the door asks. */
struct door_ticket {
	int64_t id, event, person, revoked_at;
	const char *state, *code, *name;
};
struct door_tickets {
	struct door_ticket *v;
	size_t n;
};
/* By ids and by short codes; n of each ≤ SCANS_MAX. */
int door_tickets(struct ctx *cx, const int64_t *ids, size_t nids, const char *const *codes,
    size_t ncodes, struct door_tickets *out) MUST;
const struct door_ticket *door_ticket_by(const struct door_tickets *t, int64_t id, const char *code);
/* Which long codes are ours: those known by their mark, the others by their signature. Outside a write. */
int door_prove(struct ctx *cx, const unsigned char *const *codes, size_t n, bool *good) MUST;
/* Marks of the event's tickets that have none yet, at most `limit`. */
int door_mark_tickets(struct ctx *cx, int64_t event, int limit, int64_t *done) MUST;

/* ---- door_take.c: the set that an upload belongs to */
struct set {
	struct scan **v;
	size_t n, cap;
	size_t *slot; /* open addressing by nonce and copy: index + 1 */
	size_t nslots;
};
struct subjects {
	const char **v;
	size_t n, cap;
};
struct take {
	struct ctx *cx;
	struct tx *tx;
	struct event e;
	struct set set;
	struct subjects dirty;
	struct pass *old; /* passes of dirty subjects as they are kept */
	size_t nold;
	struct door_tickets tickets;
	/* µs that a pinned business day lies after the real one: devices of a demo tell real moments. */
	int64_t shift;
};
void set_add(struct take *t, struct scan *s);
struct scan *set_find(const struct take *t, const unsigned char *nonce, int64_t copy);
void subjects_add(struct take *t, const char *subject);
bool subjects_has(const struct take *t, const char *subject);
/* Rows of the event by nonces or subjects into the set. */
int take_nonces(struct take *t, const unsigned char *const *nonces, size_t n) MUST;
int take_subjects(struct take *t) MUST; /* passes and scans of the dirty ones */
int take_special(struct take *t) MUST;	/* undos, and nonces with more than one content */
/* Ticket, subject and fact of a scan that is new. */
void scan_subject(struct take *t, struct scan *s);
/* ---- door_settle.c: derive, store what changed, and let attendances follow. `fresh` are in the set and
 * not stored yet. */
int take_settle(struct take *t, struct scan **fresh, size_t nfresh) MUST;

/* ---- door_store.c */
/* Loads the event and the clock of the business day; RC_RULE before its plan is approved. */
int take_begin(struct take *t, int64_t event) MUST;
/* The hash of an upload in the audit; sorts v. */
void batch_mac(struct arena *a, int64_t event, int64_t batch, struct scan **v, size_t n,
    unsigned char out[PROOF_MAC]);

#endif

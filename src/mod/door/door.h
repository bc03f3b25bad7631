/* door.h – the door of an event: what devices scanned, and who came by it. ADR 0020.
 *
 * A scan is a fact that a device tells: this ticket, person or guest went in or out at that moment. Scans
 * are kept as they came, also refused ones, and never change; a nonce names one for ever. What follows from
 * them – who came and when, who is inside, which scan is refused and why – is a pure function of the set of
 * scans (door_derive()), so that neither the order in which devices reach the house nor what they send
 * twice matters. What a human decides about a scan belongs to the set.
 *
 * A subject is who goes through the door: "t5" a ticket, "p7" a person, "g…" a guest by name. */
#ifndef MOD_DOOR_DOOR_H
#define MOD_DOOR_DOOR_H

#include "kind/kind.h"
#include "mod/event/event.h"

struct json;	     /* text/json.h */
struct verify_check; /* figure/figure.h */
struct person_link;  /* mod/registry/registry.h */

enum { NONCE_SIZE = 16, SCAN_DIGEST = 16, SCANS_MAX = 500, DEVICE_MAX = 64, GUEST_MAX = 200 };

enum scan_kind { SCAN_IN, SCAN_OUT, SCAN_UNDO };
enum scan_result { SCAN_DONE, SCAN_DUPLICATE, SCAN_CONFLICT, SCAN_REFUSED };
/* RULE door-3: why a scan does not count. */
enum scan_reason {
	WHY_NONE,
	WHY_INVALID, /* not a ticket of ours, an unknown person, a ticket that waits for a place */
	WHY_REVOKED, /* the ticket was taken back before */
	WHY_CANCELLED,	 /* the event does not take place then */
	WHY_ALREADY_IN,	 /* in since `since` */
	WHY_NOT_IN,	 /* out without having been in */
	WHY_WRONG_EVENT, /* a ticket of another event */
	WHY_WRONG_DAY,	 /* none of the event's days by the device's clock */
	WHY_COUNT
};
/* What a human said of a scan: it counts whatever the gate found, or it does not count. */
enum scan_decision { DECIDED_NOT, DECIDED_ACCEPT, DECIDED_REJECT };

struct scan {
	/* the fact, as the device told it */
	unsigned char nonce[NONCE_SIZE], undoes[NONCE_SIZE]; /* undoes: only SCAN_UNDO */
	enum scan_kind kind;
	int64_t at; /* the device's clock */
	const char *device;
	int64_t ticket, person; /* 0 = none */
	const char *guest;
	const char *shown; /* what was shown and not understood; NULL otherwise */
	/* what the house adds when it comes */
	unsigned char digest[SCAN_DIGEST]; /* of all above */
	int64_t copy;			   /* 0; more for the same nonce with another content */
	int64_t batch, received_at, account;
	const char *subject;   /* NULL = nobody is meant */
	enum scan_reason fact; /* found at the gate from ticket, event and day; WHY_NONE = good */
	enum scan_decision decision;
	/* what follows: door_derive() */
	enum scan_result result;
	enum scan_reason reason;
	bool undone;
	bool stored;   /* it was there before */
	int64_t since; /* WHY_ALREADY_IN: the moment of the valid one; 0 = not asked */
};
/* What follows for a subject. */
struct pass {
	const char *subject;
	int64_t came; /* moment of the earliest valid in; 0 = did not come */
	bool inside;
	int64_t ticket, person, attendance; /* attendance 0 = none yet */
	const char *guest;
	int64_t seq;
};

/* ---- door_state.c: no database. Every copy of a nonce, every undo of one, and all scans of a subject
 * must be in the set. Sorts v; passes (room for n) in order of subjects. Same set, same answer. */
void door_derive(struct scan **v, size_t n, struct pass *passes, size_t *npasses);
void scan_digest(struct arena *a, struct scan *s); /* fills digest */
const char *scan_kind_code(enum scan_kind k);
bool scan_kind_parse(const char *s, enum scan_kind *out);
const char *scan_result_code(enum scan_result r);
const char *scan_reason_code(enum scan_reason r); /* NULL for WHY_NONE */
enum scan_reason scan_reason_parse(const char *s);
const char *scan_decision_code(enum scan_decision d); /* NULL for DECIDED_NOT */
bool nonce_parse(const char *uuid, unsigned char out[NONCE_SIZE]);
void nonce_text(const unsigned char nonce[NONCE_SIZE], char out[37]);

/* ---- door_rules.c: who keeps which door */
struct door_rights {
	bool uploads; /* scans are taken from this actor */
	bool reads;   /* the roster with names: a helper only about the event's days */
	bool staff;   /* decides about conflicts, sees devices */
	bool full;    /* whole names */
};
int door_rights(struct ctx *cx, const struct event *e, struct door_rights *out) MUST;
/* The event, if this actor may see its door; RC_NOTFOUND, RC_DENIED with a text. */
int door_event(struct ctx *cx, int64_t id, struct event *e, struct door_rights *can) MUST;

/* ---- door_store.c: an upload, durable when it returns RC_OK. The scans' facts are filled by the caller
 * (door_read.c); ticket, subject, fact and all below by this. n ≤ SCANS_MAX. RULE door-1, door-2 */
struct shown { /* what stands behind a scan's ticket: a long code's payload or a short code */
	int64_t event, ticket; /* of a long code; 0 = none */
	bool proved;	       /* the signature is this house's */
	const char *code;      /* short code, tidied; NULL = none */
};
struct upload {
	int64_t event;
	const struct scan *scans;
	const struct shown *shown;
	size_t n;
	const char *device; /* of the first scan: who brings it */
	int64_t queued;	    /* what the device still holds; INT_NONE = it does not say */
	int64_t batch;
	/* One each, in order, filled: the answer (also that it stood already), and the scan as it stands. */
	enum scan_result *results;
	struct scan *told;
};
int door_upload(struct ctx *cx, struct upload *u) MUST;
/* RULE door-6: a human's decision about one scan, recorded with who and when. Staff of the event. */
int door_decide(struct ctx *cx, int64_t event, const unsigned char nonce[NONCE_SIZE], int64_t copy,
    enum scan_decision d) MUST;

/* ---- door_json.c: the body of an upload read and answered */
int door_upload_json(struct ctx *cx, int64_t event, struct slice body, struct json *out) MUST;

extern const struct verify_check door_check; /* door_verify.c */
/* Erasure of a person, and the term of an event's attendances: door_cut.c. RULE door-9 */
extern const struct person_link door_links[];
extern const size_t door_nlinks;
struct cut_sums;
int door_expire_tx(
    struct ctx *cx, struct tx *tx, int64_t event, int upto, struct cut_sums *sums) MUST;
struct cut_term;
extern const struct cut_term door_terms[];

#endif

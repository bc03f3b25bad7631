/* charity.h – charity in peace: drives, donors, what was promised, what came, and the families that were helped.
 *
 * Promised, received and handed over are three figures and never mixed. A pledge is a promise and nothing
 * else. What came and what was handed over stand in the ledger (mod/stock/stock.h): a receipt and an act
 * of handing over each name one set of it, and every quantity shown is the sum of that set's lines. A set that
 * was taken back counts nowhere. Money lies in the account `cash`, apart from goods.
 *
 * Families are hidden: kind recipient and its acts open to CAP_CHARITY_FAMILY alone, to a leader those of the own
 * body. The ledger has one account for all of them (`household`), so it names nobody. Names and telephones of
 * donors and families are sealed. RULE charity-1 … -12 in docs/rules.md, ADR 0031. Sources: Law 402-V of 16
 * November 2015 on charity; Law 94-V of 21 May 2013 on personal data. */
#ifndef MOD_CHARITY_H
#define MOD_CHARITY_H

#include "mod/registry/registry.h"
#include "mod/stock/stock.h"

struct drive {
	struct rec rec;
	struct text3 name;
	int64_t body, programme; /* programme 0 = none */
	int from_day, to_day;	 /* to_day: last day, 0 = open end */
	struct text3 purpose;
	const char *place, *hours, *phone; /* where to bring it */
	const char *state;		   /* planned, open, closed */
};
/* What a drive asks for, or has enough of. */
struct drive_need {
	struct rec rec;
	int64_t drive, item;
	int64_t quantity;  /* the goal, base units; INT_NONE = no goal */
	const char *state; /* needed, enough */
};
struct donor {
	struct rec rec;
	const char *code, *type; /* person, body, company, anonymous */
	int64_t person, body;	 /* of the registry; 0 = none */
	struct sealed name;	 /* of a person who is not in the registry */
	const char *company, *bin;
	struct sealed phone;
	bool named; /* agreed to be named in public */
	int64_t account;
	const char *note;
};
struct pledge {
	struct rec rec;
	const char *code; /* of the gift: 8 symbols, charity_code_good() */
	int64_t donor, drive, item, quantity;
	int day, due; /* due 0 = not said */
	int withdrawn_on;
	const char *note;
};
struct charity_receipt {
	struct rec rec;
	const char *paper, *code; /* "17/2024"; of the gift */
	int64_t movement, donor, drive, pledge;
	int64_t year, number;
	int day;
	bool cash;
};
struct recipient {
	struct rec rec;
	const char *code,
	    *type; /* person, household; code NULL: the term is over, only what is counted is left */
	int64_t person; /* of the registry; 0 = none */
	struct sealed name;
	const char *name_mac;
	int64_t body, district, people, children;
	const char *reason;
	struct sealed phone;
	const char *note;
	int known_on;
};
struct charity_aid {
	struct rec rec;
	const char *paper;
	int64_t movement, recipient, drive; /* drive 0 = none */
	int64_t year, number;
	int day;
	int64_t people; /* of the family on that day */
	bool cash;
};
extern const struct kind drive_kind, drive_need_kind, donor_kind, pledge_kind, charity_receipt_kind,
    recipient_kind, charity_aid_kind;
extern const struct option drive_states[], drive_need_states[], donor_types[], recipient_types[],
    recipient_reasons[];

/* The account `cash` for money; what is there stays. At boot of a database, after stock_seed(). */
int charity_seed(struct ctx *cx) MUST;

/* ---- receiving and handing over: charity_post.c ---- */

/* Positive quantities, in base units. Money goes to the account `cash` whatever `store` says. */
struct charity_post {
	const char *nonce;	      /* of the form: the same one again is the same paper */
	int64_t at;		      /* of the form, so that a second press says the same */
	int64_t donor, drive, pledge; /* of a receipt; pledge 0 = brought without a promise */
	int64_t recipient;	      /* of a hand-over; its drive may be 0 */
	int64_t store;
	const struct movement_line *lines; /* item, lot, quantity; account is filled in here */
	size_t nlines;
};
struct charity_posted {
	int64_t id, movement;
	bool again; /* this form was entered before: nothing was written */
};
/* CAP_STOCK_WRITE. RC_INVALID: donor, drive, pledge, store, lines; RC_CONFLICT: the nonce has other content;
 * RC_RULE: of the ledger, in words. */
int charity_receive(struct ctx *cx, const struct charity_post *p, struct charity_posted *out) MUST;
/* CAP_STOCK_WRITE and the family visible to this actor. RC_RULE: there is less than that. */
int charity_hand_over(
    struct ctx *cx, const struct charity_post *p, struct charity_posted *out) MUST;
int pledge_withdraw(struct ctx *cx, int64_t id, int64_t version) MUST;

/* ---- what came of it: charity_sums.c ---- */

struct charity_line {
	struct item item;
	struct lot lot; /* rec.id 0 = none */
	int64_t quantity;
};
/* The goods of a set as they came or went, positive. *standing: it was not taken back. */
int charity_lines(
    struct ctx *cx, int64_t movement, struct charity_line **out, size_t *n, bool *standing) MUST;
struct charity_sum {
	struct item item;
	int64_t need; /* id; 0 = nothing is said */
	int64_t need_version;
	const char *need_state;
	int64_t goal; /* INT_NONE = none */
	int64_t promised, received, delivered;
};
/* By item, of a drive (0 = of all that stand open), in the order of items' titles. */
int charity_sums(struct ctx *cx, int64_t drive, struct charity_sum **out, size_t *n) MUST;
/* Of a pledge: what came for it so far. */
int pledge_received(struct ctx *cx, const struct pledge *p, int64_t *out) MUST;
/* promised, part, received, withdrawn */
const char *pledge_state(const struct pledge *p, int64_t received);
/* How the public reads a donor: NULL = it is not to be named. RULE charity-2 */
int donor_public_name(struct ctx *cx, const struct donor *d, const char **out) MUST;
/* For papers that the donor gets: the sealed name is opened, which stands in the audit; "" = anonymous. */
int donor_full_name(struct ctx *cx, const struct donor *d, const char **out) MUST;

#include "mod/charity/charity_gift.h"

/* ---- codes: charity_code.c ---- */
enum { CHARITY_CODE = 8 };
/* 35 random bits and a check symbol, Crockford's base32. */
const char *charity_code_new(struct arena *a);
/* One wrong symbol, or two neighbours exchanged, is always noticed. RULE charity-7 */
bool charity_code_good(const char *code);
/* "XXXX-XXXX" */
const char *charity_code_show(struct arena *a, const char *code);

/* ---- families: charity_person.c ---- */
/* The name, for whoever sees the family; the reading is recorded. "" = none is left. */
int recipient_name(struct ctx *cx, const struct recipient *r, const char **out) MUST;
/* Recorded once a day, account and way. */
int recipient_read_note(struct ctx *cx, int64_t recipient, const char *way) MUST;
struct recipient_reading {
	int day;
	const char *who, *way;
	int64_t times;
};
int recipient_reads(
    struct ctx *cx, int64_t recipient, struct recipient_reading **out, size_t *n) MUST;
/* The families that this full name belongs to, as far as this actor sees them. */
int recipient_find(struct ctx *cx, const char *name, int64_t **ids, size_t *n) MUST;
/* Retention: what names somebody goes, what is counted stays. */
struct cut_sums;
int recipient_expire_tx(
    struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums) MUST;
int donor_expire_tx(
    struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums) MUST;
struct cut_term;
extern const struct cut_term charity_terms[];
extern const struct person_link charity_links[];
extern const size_t charity_nlinks;

struct figure;
extern const struct figure *const charity_figures[];
extern const size_t charity_nfigures;

#endif

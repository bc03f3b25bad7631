/* office.h – the door of the office. Editions: a report's figures frozen, signed, and held against what is known later.
 *
 * Freezing writes, in one transaction, one text (JSON, canonical: the same records give the same
 * bytes on both engines) with the number, period, moment, every public figure with its split, and the
 * digest of the records behind each; and beside it the ids of those records with their amounts. No
 * name of a person stands in either. Freezing locks nothing: records go on changing, and a comparison
 * says what moved and why. A text is never written again; signing adds who, when and the number of the
 * document, withdrawing adds a reason.
 *
 * RULE edition-1: an edition is frozen once and never changes; its digest is that of its text, and the
 * records kept beside it give the digests that stand in the text (verify looks at both).
 * RULE edition-2: only a head signs, and only a frozen edition; everybody may read a signed or a
 * withdrawn one.
 * RULE edition-3: a comparison names every record that is in one and not in the other, or in both with
 * another amount or another place in the split, each with its reason. */
#ifndef MOD_OFFICE_H
#define MOD_OFFICE_H

#include "kind/kind.h"

struct ask; /* figure/figure.h */
struct figure;
struct verify_check;

struct edition {
	struct rec rec;
	int64_t number; /* 1, 2, 3 … over the whole assembly */
	struct text3 name;
	int from_day, to_day, on_day;
	int64_t body, district; /* INT_NONE = all */
	int64_t known_at;
	const char *state; /* "frozen" "signed" "withdrawn" */
	const char *document;
	int document_day;
	const char *signer; /* office and name as they stand under the document */
	int64_t signed_at;
	const char *reason; /* why it was withdrawn */
	const char *sha256;
};
extern const struct kind edition_kind;

/* Freeze what `a` asks (a->known must be 0). name NULL or "": made from the period, in
 * three languages; a given one stands in the first. *out: the stored
 * edition. RC_DENIED without CAP_EDITION_FREEZE; RC_INVALID. */
int edition_freeze(struct ctx *cx, const struct ask *a, const char *name, struct edition *out) MUST;
/* By its number, as far as this actor may see it. RC_NOTFOUND. */
int edition_get(struct ctx *cx, int64_t number, struct edition *out) MUST;
/* The frozen text. */
int edition_text(struct ctx *cx, const struct edition *e, const char **out) MUST;
struct edition_signing {
	int64_t number, version;
	const char *document; /* number of the document, "12-3/45"; may be "" */
	int document_day;     /* 0 = the business day */
	const char *signer;
};
/* RC_DENIED without CAP_EDITION_SIGN; RC_RULE when it is not frozen any more; RC_CONFLICT. */
int edition_sign(struct ctx *cx, const struct edition_signing *s) MUST;
int edition_withdraw(struct ctx *cx, int64_t number, int64_t version, const char *reason) MUST;

/* ---- comparison ---- */

enum edition_change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_AMOUNT, CHANGE_PLACE };
enum edition_why {
	WHY_LATE,     /* entered after the edition, for a day before it */
	WHY_NEW,      /* entered after the edition, for a day after it */
	WHY_CHANGED,  /* the record itself was changed: fields says which */
	WHY_BESIDE,   /* records that belong to it (attendances, a kind) */
	WHY_QUESTION, /* the two editions ask for other days */
};
struct edition_change {
	int64_t id;
	const char *label; /* title of the record; "" when this actor may not see it */
	int day;
	enum edition_change_kind change;
	enum edition_why why;
	const char *fields;		  /* labels of the changed fields, "" */
	int64_t was, is;		  /* amounts; INT_NONE = none */
	const char *place_was, *place_is; /* titles of the split's keys; NULL */
};
struct edition_value {
	bool asked, known; /* asked: the figure stands in that edition */
	double value;
};
struct edition_part {
	const char *code, *title;
	struct edition_value was, is;
};
struct edition_diff {
	const struct figure *figure;
	struct edition_value was, is;
	bool named; /* this actor may see which records */
	struct edition_change *change;
	size_t nchanges, counted[WHY_QUESTION + 1];
	struct edition_part *part; /* rows of the split whose value differs */
	size_t nparts;
};
enum { EDITION_CHANGES_MAX = 20000 };
/* `with` NULL = with what is known now. One entry a figure that differs in anything. RC_TOOBIG with
 * more than EDITION_CHANGES_MAX changes of one figure. */
int edition_compare(struct ctx *cx, const struct edition *e, const struct edition *with,
    struct edition_diff **out, size_t *n) MUST;
const char *edition_why_text(const struct ctx *cx, enum edition_why w);
/* One line of a change for people, in the reader's language. */
const char *edition_change_text(
    struct ctx *cx, const struct edition_diff *d, const struct edition_change *c);

extern const struct verify_check edition_check;

#endif

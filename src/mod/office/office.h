/* office.h – the door of the office: editions, as other modules see them. What they are and which rules
 * they keep is said in office_edition.h. */
#ifndef MOD_OFFICE_H
#define MOD_OFFICE_H

#include "kind/kind.h"

struct ask; /* figure/figure.h */

struct edition {
	struct rec rec;
	int64_t number; /* 1, 2, 3 … over the whole assembly */
	const char *name;
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

/* Freeze what `a` asks (a->known must be 0). name NULL or "": made from the period. *out: the stored
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

#endif

/* office_edition.h – editions: a report's figures frozen, signed, and held against what is known later.
 *
 * Freezing writes, in one transaction, one text (JSON, canonical: the same records give the same
 * bytes on both engines) with the number, period, moment, every public figure with its split, and the
 * digest of the records behind each; and beside it the ids of those records with their amounts. No
 * name of a person stands in either. Freezing locks nothing: records go on changing, and a comparison
 * says what moved and why. A text is never written again; signing adds who, when and the number of the
 * document, withdrawing adds a reason.
 *
 * The edition itself, freezing and signing stand in office.h, the door of this module.
 *
 * RULE edition-1: an edition is frozen once and never changes; its digest is that of its text, and the
 * records kept beside it give the digests that stand in the text (verify looks at both).
 * RULE edition-2: only a head signs, and only a frozen edition; everybody may read a signed or a
 * withdrawn one.
 * RULE edition-3: a comparison names every record that is in one and not in the other, or in both with
 * another amount or another place in the split, each with its reason. */
#ifndef MOD_OFFICE_EDITION_H
#define MOD_OFFICE_EDITION_H

#include "figure/figure.h"
#include "mod/office/office.h"

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

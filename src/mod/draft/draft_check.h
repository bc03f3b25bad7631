/* draft_check.h – an editor's text held against the records.
 *
 * Every count of the text (lang/claim.h) is matched to a figure by what is counted and the words around
 * it, every name in quotation marks, body, office, programme and observance to its record; each gets a
 * verdict. Matched is only what the reader may see; nothing of the text is stored.
 *
 * RULE draft-2: the question to a figure is the business day's, unless the sentence, or one before it in
 * the paragraph, names a year or a month, and a body or district named in the sentence is tried first.
 * RULE draft-3: stale is what is not true now, but is so in an edition of the year, or was as the records
 * were known before one of their last changes. */
#ifndef MOD_DRAFT_CHECK_H
#define MOD_DRAFT_CHECK_H

#include "figure/figure.h"
#include "lang/check.h"
#include "lang/claim.h"
#include "text/json.h"

enum { DRAFT_BYTES = 8 << 20 }; /* of a file; more is refused */

enum draft_verdict { DRAFT_TRUE, DRAFT_STALE, DRAFT_FALSE, DRAFT_NOSOURCE, DRAFT_VERDICTS };
const char *draft_verdict_code(enum draft_verdict v); /* true stale false nosource */

struct draft_claim {
	size_t from, to;   /* bytes of the file */
	size_t vfrom, vto; /* of the view */
	const char *text, *unit;
	bool counts; /* value and relation hold */
	int64_t value;
	enum claim_relation relation;
	/* A figure's code, "observance:code", "programme:5", "body:code", "office:5", "event:5"; "" = nothing. */
	const char *matched, *title; /* title: name of the figure or record for people */
	enum draft_verdict verdict;
	const char *expected;	     /* digits, a day 2024-06-04, or "" */
	const char *suggestion;	     /* in place of text, or "" */
	const char *note;	     /* attendances, edition N, known MOMENT; or "" */
	const struct figure *figure; /* NULL = no figure */
	struct ask ask;
	const char *body, *district; /* codes of what was named beside it; NULL = the whole */
	const char *path;	     /* page of the figure or record, "/bodies/5"; "" = none */
};
struct draft {
	struct slice view;	   /* the words that were read */
	struct draft_claim *claim; /* ascending */
	size_t nclaims, count[DRAFT_VERDICTS];
	const struct finding *finding; /* of the text check, bytes of the view */
	size_t nfindings;
	const size_t (*finding_place)[2]; /* the same in the file */
	bool html, cut;
};
/* cx->today is the business day. RC_TOOBIG past DRAFT_BYTES. */
int draft_check(struct ctx *cx, const char *file, size_t n, struct draft *out) MUST;
/* {claims: […], language: […], summary: {…}} */
void draft_json(struct json *j, const struct draft *d);
/* The view with the suggestions of the chosen claims and repairs in their places. */
struct slice draft_repaired(
    struct arena *a, const struct draft *d, const bool *claims, const bool *findings);
/* Of view bytes [first, end) alone; what reaches over an end stays. One flag for each claim and finding. */
struct draft_chosen {
	const bool *claims, *findings;
};
struct slice draft_repaired_part(struct arena *a, const struct draft *d,
    const struct draft_chosen *chosen, size_t first, size_t end);

#endif

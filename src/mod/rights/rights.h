/* rights.h – what people may ask of those who keep data about them, and what is done by itself: consents,
 * terms of storage, one person's file, the log of sensitive reads. Erasing and restricting a record are
 * rules of the registry (mod/registry/registry_erase.h).
 *
 * Law 94-V of 21 May 2013: art. 8 (consent and its withdrawal), 12 (term of storage), 17 (statistics),
 * 24 (to know, correct, block, destroy), 25 (who answers for it). Own proposals of terms stand in
 * docs/rules.md, rights-8; an office sets what its list of documents says. */
#ifndef MOD_RIGHTS_H
#define MOD_RIGHTS_H

#include "kind/kind.h"
#include "mod/registry/registry.h"

/* ---- consents: rights_kinds.c ---- */
struct consent {
	struct rec rec;
	int64_t person; /* 0: of an erased person; it counts for its days */
	int64_t body;	/* that kept the person's record when it was given; 0 = none */
	const char *purpose;
	const char *text, *text_version; /* what was put before the person */
	int given_on, until_day;	 /* until: last day; 0 = until withdrawn */
	int withdrawn_on;		 /* first day on which it no longer holds; 0 = holds */
	const char *given_by;		 /* self, parent, guardian */
	struct sealed representative;	 /* name of a parent or guardian */
	const char *document;
};
extern const struct kind consent_kind;
extern const struct option consent_purposes[], consent_givers[];
extern const struct person_link rights_links[];
extern const size_t rights_nlinks;
/* A parent's consent for taking part, given with a sign-up, for a person on record (signup_consent_set()). One
 * that holds already stays as it is. */
struct signup_consent;
int consent_of_signup_tx(struct ctx *cx, struct tx *tx, const struct signup_consent *c) MUST;
struct figure;
extern const struct figure consents_valid_figure;
/* Withdraw from a day on (RULE rights-7): whoever may write it. RC_RULE when it was withdrawn. */
int consent_withdraw(struct ctx *cx, int64_t id, int64_t version, int day) MUST;
/* Whether a consent for this purpose holds on the day. */
int consent_holds(struct ctx *cx, int64_t person, const char *purpose, int day, bool *holds) MUST;

/* ---- terms of storage: rights_retain.c ---- */
struct term {
	const char *setting; /* name in core/setting.h: months; "" or 0 = not applied */
	const char *label;   /* msgid: what goes */
	int proposed;	     /* months that `init` writes */
	bool whole_years;    /* a year goes whole */
};
extern const struct term retention_terms[];
extern const size_t nretention_terms;
struct cut_term;
extern const struct cut_term
    rights_terms[]; /* contacts, sensitive reads, sessions; handed over at boot as all others */
struct retained {
	const char *term;
	int months, upto; /* days up to this one were past their term */
	int64_t records, versions;
};
/* Apply all terms as of the business day; *out: one line a term that is set. CAP_RIGHTS. Each stretch is
 * a transaction of its own, and so is the proof behind the last. `most` records at once (0 = all). */
int retain(struct ctx *cx, int64_t most, struct retained **out, size_t *n) MUST;
struct retention_run {
	int64_t id, at, records, versions;
	int day, months, upto;
	const char *term;
};
int retention_runs(struct ctx *cx, int limit, struct retention_run **out, size_t *n) MUST;
/* The proposed terms into an empty database's settings. */
int retention_propose(struct ctx *cx) MUST;
struct verify_check;
extern const struct verify_check retention_check;

/* ---- one person's file: rights_file.c ---- */
/* Everything held about a person, with the records joined into it: the record, every kind that refers to
 * it, consents, who read it, history. Sealed values are opened, each recorded. CAP_RIGHTS. */
int person_file_json(struct ctx *cx, int64_t person, struct json *j) MUST;

/* ---- the log of sensitive reads: rights_reads.c; written by kind/sensitive.c (ADR 0013) ---- */
struct sensitive_read {
	int day;
	int64_t account, person, times, first_at, last_at;
	const char *way, *who;
};
/* Newest first, from the offset-th on; person 0 = of all. CAP_AUDIT_READ or CAP_RIGHTS. */
int sensitive_reads(struct ctx *cx, int64_t person, int offset, int limit,
    struct sensitive_read **out, size_t *n) MUST;

#endif
